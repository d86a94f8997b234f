/* The file lemmas.dat, as mklemma writes it and lemma.c maps it: native byte order,
 * 8-byte aligned.
 *
 *     header │ forms │ values │ starts │ sets │ modifiers │ modifier values │ modifier
 * records │ tails │ lemmas │ pool
 *
 * Words inside are Latin-1, one byte a letter (what Latin-1 lacks does not stand in the
 * table); text that goes out (lemmas, rebuilt modifiers) is UTF-8 in the pool. An
 * automaton is an array of arcs; the arcs of a state lie side by side. It is minimal and
 * numbers its words: the sum of the `skip` along a path is the word's rank, an index into
 * its values.
 */
#ifndef HF_LEMMA_FORMAT_H
#define HF_LEMMA_FORMAT_H

#include <stdint.h>

#define LEMMA_MAGIC   "HFLEMMA"
#define LEMMA_VERSION 2u
#define LEMMA_ORDER   0x01020304u

enum lemma_section {
    LEMMA_FORMS,  /* uint64_t arcs: all full forms */
    LEMMA_VALUES, /* 3 bytes, low first: number of the form's set in LEMMA_STARTS */
    LEMMA_STARTS, /* uint32_t: where the set begins in LEMMA_SETS */
    LEMMA_SETS,   /* uint32_t: set header, then lemma numbers */
    LEMMA_MODS, /* uint64_t arcs: first parts of compounds, with their joint (arbeids) */
    LEMMA_MOD_RECORDS, /* struct lemma_mod, by rank */
    LEMMA_MOD_EXTRAS,  /* struct lemma_mod_extra */
    LEMMA_TAILS,       /* uint64_t arcs: endings, reversed */
    LEMMA_TAIL_VALUES, /* uint32_t: where the ending's rules begin in LEMMA_RULES */
    LEMMA_RULES,       /* struct lemma_rule */
    LEMMA_LEMMAS,      /* uint32_t: where the lemma lies in the pool */
    LEMMA_POOL,        /* bytes */
    LEMMA_SECTIONS
};

struct lemma_extent {
    uint64_t offset; /* from the start of the file */
    uint64_t count;  /* of elements */
};

struct lemma_header {
    char magic[8];
    uint32_t version, byte_order;
    uint64_t file_len;
    uint64_t checksum; /* of all behind the header */
    uint32_t forms_root, mods_root, tails_root;
    uint32_t n_forms;
    struct lemma_extent sections[LEMMA_SECTIONS];
};

/* An arc: letter 8 │ last 1 │ final 1 │ has_next 1 │ unused 1 │ skip 26 │ target 26. */
#define ARC_LETTER(a)  ((uint8_t)(a))
#define ARC_IS_LAST(a) (((a) >> 8) & 1)
#define ARC_IS_WORD(a) (((a) >> 9) & 1)
#define ARC_SKIP(a)    ((uint32_t)((a) >> 12) & 0x3ffffffu)
#define ARC_TARGET(a)  ((uint32_t)((a) >> 38)) /* 0 = no further letters */
#define ARC_MAX        0x3ffffffu

/* A set header: lemmas 8 │ flags 8 │ head weight 8. */
#define SET_COUNT(h)  ((h)&0xffu)
#define SET_WEIGHT(h) (((h) >> 16) & 0xffu)
enum { SET_IS_HEAD = 1u << 8, SET_IS_NAME = 1u << 9 };

struct lemma_mod {
    uint32_t text;  /* in the pool: length, bytes: how the whole is rebuilt */
    uint32_t lemma; /* of the first part, and in the low 8 bits how many words it begins,
                       logarithmic */
    uint32_t extra; /* index into LEMMA_MOD_EXTRAS, 0 = nothing special */
};

#define MOD_LEMMA(m)  ((m)->lemma >> 8)
#define MOD_WEIGHT(m) ((m)->lemma & 0xffu)

struct lemma_mod_extra {
    uint32_t
        part; /* the lemma under which the first part is found as a word of its own */
    uint32_t alt_text; /* another reading (val- is val or valg): as text, 0 = none */
    uint32_t alt_lemma;
};

/* A rule of an ending: cut so many letters, add so many letters (Latin-1) of the pool.
 * The rules of one ending lie side by side; n_more counts those that follow. */
struct lemma_rule {
    uint8_t cut, add_len, n_more, unused;
    uint32_t add;
};

/* A lemma in the pool: text_len, stem_len (of the text's beginning), n_parts, text, then
 * 4 bytes a part. */

/* The checksum: four lanes of multiply-and-rotate over words of 8 bytes, the tail padded
 * with zeros. */
static inline uint64_t lemma_checksum(const unsigned char *p, uint64_t len)
{
    uint64_t lane[4] = {1, 2, 3, 4}, i = 0;
    for (; i + 32 <= len; i += 32) {
        for (unsigned k = 0; k < 4; k++) {
            uint64_t w;
            __builtin_memcpy(&w, p + i + 8 * k, 8);
            lane[k] = (lane[k] ^ w) * 0x9e3779b97f4a7c15u;
            lane[k] ^= lane[k] >> 29;
        }
    }
    for (; i < len; i++) lane[0] = (lane[0] ^ p[i]) * 0x100000001b3u;
    uint64_t h = len;
    for (unsigned k = 0; k < 4; k++)
        h = (h ^ lane[k]) * 0xff51afd7ed558ccdu, h ^= h >> 32;
    return h;
}

/* The letter of Latin-1 under which code point c stands in the table, 0 if it cannot. */
static inline uint8_t lemma_fold(uint32_t c)
{
    if (c < 0x80) return (uint8_t)c;
    switch (c) {
    case 0xe0:
    case 0xe1:
    case 0xe2:
    case 0xe3: return 'a';
    case 0xe4: return 0xe6;
    case 0xe7: return 'c';
    case 0xe8:
    case 0xe9:
    case 0xea:
    case 0xeb: return 'e';
    case 0xec:
    case 0xed:
    case 0xee:
    case 0xef: return 'i';
    case 0xf1: return 'n';
    case 0xf2:
    case 0xf3:
    case 0xf4:
    case 0xf5: return 'o';
    case 0xf6: return 0xf8;
    case 0xf9:
    case 0xfa:
    case 0xfb: return 'u';
    case 0xfd: return 'y';
    default: return c >= 0xc0 && c <= 0xff ? (uint8_t)c : 0;
    }
}

#endif
