/* What the reader of minutes knows besides its grammar: tables of labels and words, the
 * registry of the 19 helsefellesskap, and given names. All of it is data in stopwords/.
 *
 * A table is a file `cues_<name>.tsv`: lines `key⇥value⇥note`, '#' comments, no other
 * syntax. The loader takes every such file, so a new table needs no code. Keys are
 * written in plain Norwegian; matching forgives case, lost blanks and what recognition
 * makes of letters (ø → o g a e @ …).
 *
 *     const struct cue_table *t = cues_table(cues, "head");
 *     struct cue_match hit;
 *     if (cue_at_start(t, cell->text, cell->len, &hit) && !strcmp(hit.value, "chair"))
 *         use(cell->text + hit.rest, cell->len - hit.rest);
 */
#ifndef HF_MINUTES_CUES_H
#define HF_MINUTES_CUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "minutes.h"
#include "minutes_glob.h"
#include "minutes_sieve.h"

struct cue {
    const char *key, *value, *note; /* value and note are "" where not given */
    size_t key_len;
};

struct cue_table {
    const char *name;
    struct cue *cues; /* longest key first, so the first match is the longest */
    size_t n, cap;
    struct cue_sieve sieve;     /* which of them may stand at a place */
    const struct cue **endings; /* those that begin with '-', in the same order */
    size_t n_endings, cap_endings;
};

struct cue_match {
    const struct cue *cue;
    const char *value;
    size_t start;   /* the label as printed is text[start, end): leading glyphs and blanks
                       skipped */
    size_t end;     /* without colon */
    size_t rest;    /* where the value begins: after colon or semicolon and blanks */
    bool has_colon; /* a colon or semicolon followed */
    bool is_alone;  /* nothing follows: rest == len */
};

/* The table of stopwords/cues_<name>.tsv; an empty table where there is no such file.
 * Borrowed. */
const struct cue_table *cues_table(const struct minutes_cues *cues, const char *name);

/* True if text begins with a label of the table (whole words; leading blanks, list
 * glyphs, '#' and '*' do not count). The longest label wins. */
bool cue_at_start(const struct cue_table *t, const char *text, size_t len,
                  struct cue_match *out);

/* The same exactly at text (no glyphs skipped); offsets are from text. */
bool cue_here(const struct cue_table *t, const char *text, size_t len,
              struct cue_match *out);

/* True if the whole text (trimmed, without closing colon) is a label of the table. */
bool cue_is_whole(const struct cue_table *t, const char *text, size_t len,
                  struct cue_match *out);

/* The first place at or after `from`, at the start of a word, where a label of the table
 * stands. */
bool cue_find(const struct cue_table *t, const char *text, size_t len, size_t from,
              struct cue_match *out);

/* How many bytes of text the key takes, 0 if it does not stand there: the matching that
 * all of the above share. Forgives case, damage and blanks; does not look at what
 * follows. */
size_t cue_key_match_all(const char *key, const char *text, size_t len);
static inline size_t cue_key_match(const char *key, const char *text, size_t len)
{
    unsigned char k = (unsigned char)(*key | 32), t = len ? (unsigned char)*text : 0;
    bool is_sure = k >= 'a' && k <= 'z' && k != 'i' && k != 'j' && k != 'l';
    if (is_sure && t < 0x80 && (t | 32) != k) return 0; /* most differ at once */
    return cue_key_match_all(key, text, len);
}

/* The rows of a list that is no table of labels (patient_groups, outcomes); no rows where
 * there is no such file. Missing fields are "". Borrowed. */
#define CUE_ROW_FIELDS 4
struct cue_row {
    const char *field[CUE_ROW_FIELDS];
};
struct cue_rows {
    const char *name;
    struct cue_row *rows;
    size_t n, cap;
};
const struct cue_rows *cues_rows(const struct minutes_cues *cues, const char *name);

/* Such a list with the patterns of its second field, ready to be asked; is_damaged:
 * letters may be read as recognition leaves them. Borrowed. */
struct cue_patterns {
    const struct cue_rows *list;
    const char **patterns;
    struct glob_set set;
};
const struct cue_patterns *cues_patterns(const struct minutes_cues *cues,
                                         const char *name, bool is_damaged);

/* What recognition makes of a small letter: NUL-terminated readings one after the other,
 * an empty one at the end; NULL where it is always read right. */
const char *cue_readings(uint32_t c);

/* The registry of helsefellesskap (stopwords/registry.json). */
struct registry_place { /* a municipality, by name or alias */
    const char *name;
    int hf;         /* index into registry.hf */
    bool is_word;   /* also a common word or part of names: needs "kommune" beside it */
    bool is_shared; /* the same name in two helsefellesskap: needs other evidence */
};
struct registry_name { /* a name, a trust, a hospital, a web host */
    const char *text;
    int hf;
    char kind; /* n name, a alias, t trust, h hospital, w web host, p place or region */
};
struct registry_hf {
    const char *id, *name, *region;
};
struct registry {
    struct registry_hf *hf;
    size_t n_hf, cap_hf;
    struct registry_name *names;
    size_t n_names, cap_names;
    struct registry_place *places;
    size_t n_places, cap_places;
};
const struct registry *cues_registry(const struct minutes_cues *cues);

/* The names of the registry as a table of cues: value = index into registry.names. The
 * municipalities in the same way: value = index into registry.places. */
const struct cue_table *cues_registry_names(const struct minutes_cues *cues);
const struct cue_table *cues_registry_places(const struct minutes_cues *cues);

/* True if the printed text is the key letter by letter but for case: what a
 * damage-tolerant match must be in a document that is not damaged. A key in capitals (an
 * acronym) must be in capitals. */
bool cue_is_exact(const char *key, const char *text, size_t len);

/* True if the word (one name, hyphens allowed) is a common given name
 * (stopwords/given_names.tsv). */
bool cues_is_given_name(const struct minutes_cues *cues, const char *word, size_t len);

/* The same for a name whose ø, å or æ were misread: "Jgrgen". */
bool cues_is_misread_name(const struct minutes_cues *cues, const char *word, size_t len);

#endif
