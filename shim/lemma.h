/* Norwegian words: from a written form to the terms it is indexed and searched by.
 *
 * The table (build/lemmas.dat, made by mklemmas.sh) holds the full forms of bokmål and
 * nynorsk with up to three bokmål-canonical lemmas each, so that helseføretaket and
 * helseforetaket meet; there is no guessing of the language. A word it lacks is split as
 * a compound and rebuilt with bokmål parts, or inflected like the longest ending that is
 * known; what is left over is stemmed. Words are lower-case NFC; é è ê ô ò ö ä and their
 * like are folded inside. Terms are UTF-8.
 *
 * struct hf_lemmas is read-only and shared by all threads; struct hf_lemma_ctx belongs to
 * one thread.
 *
 *     struct hf_lemma_result r;
 *     hf_lemma_analyse(ctx, word, len, &r);
 *     for (size_t i = 0; i < r.n_terms; i++)
 *         add(r.terms[i].text, r.terms[i].len, r.terms[i].is_strong);
 */
#ifndef HF_LEMMA_H
#define HF_LEMMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdint.h>

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum hf_lemma_kind {
    HF_LEMMA_LEMMA, /* strong: a canonical lemma, or a rebuilt compound */
    HF_LEMMA_STEM,  /* Snowball's stem; strong only where nothing better is known */
    HF_LEMMA_PART   /* weak: the lemma of a part of a compound; for the index side only */
};

/* How a word came by its strong terms. */
enum hf_lemma_source {
    HF_LEMMA_KNOWN,     /* it stands in the table */
    HF_LEMMA_COMPOUND,  /* split and rebuilt */
    HF_LEMMA_INFLECTED, /* by its longest known ending */
    HF_LEMMA_STEMMED,   /* Snowball alone */
    HF_LEMMA_NOTHING    /* no letters, or too long: no terms */
};

struct hf_lemma_term {
    const char *text; /* inside the result, NUL-terminated */
    size_t len;
    enum hf_lemma_kind kind;
    bool is_strong;
};

enum {
    HF_LEMMA_MAX_STRONG = 4,
    HF_LEMMA_MAX_TERMS = 16,
    HF_LEMMA_MAX_WORD = 120,     /* bytes; a longer word has no terms */
    HF_LEMMA_MAX_TERM_LEN = 200, /* bytes */
    HF_LEMMA_ROOM = 2048
};

/* Strong terms come first, then the stem, then the parts from left to right. No term
 * comes twice. */
struct hf_lemma_result {
    size_t n_terms;
    enum hf_lemma_source source;
    struct hf_lemma_term terms[HF_LEMMA_MAX_TERMS];
    size_t room_len;
    char room[HF_LEMMA_ROOM];
};

struct hf_lemmas;
struct hf_lemma_ctx;

/* Maps the table at path and checks version and checksum.
 *
 * *out is yours; hf_lemmas_close it when no context uses it any more.
 * On failure *out is NULL: HF_NOT_FOUND no such file, HF_SCHEMA another version,
 * HF_CORRUPT damaged, HF_IO. */
HF_MUST_USE enum hf_status hf_lemmas_open(const char *path, struct hf_lemmas **out,
                                          struct hf_error *err);
void hf_lemmas_close(struct hf_lemmas *l);

/* Makes a context for one thread (a stemmer and a small cache). Keeps l, which must
 * outlive it.
 *
 * *out is yours; hf_lemma_ctx_free it. HF_INTERNAL where libstemmer has no Norwegian. */
HF_MUST_USE enum hf_status hf_lemma_ctx_new(const struct hf_lemmas *l,
                                            struct hf_lemma_ctx **out,
                                            struct hf_error *err);
void hf_lemma_ctx_free(struct hf_lemma_ctx *ctx);

/* Gives the terms of one word (lower-case NFC, any bytes are safe). Never fails and never
 * allocates; about 0.3 µs for a known word, 2 µs for an unknown one, less where the word
 * was seen lately. */
void hf_lemma_analyse(struct hf_lemma_ctx *ctx, const char *word, size_t len,
                      struct hf_lemma_result *r);

/* True if word is a form of the table. Thread-safe, 0.1 µs. */
bool hf_lemmas_knows(const struct hf_lemmas *l, const char *word, size_t len);

/* The number of forms in the table. */
size_t hf_lemmas_count(const struct hf_lemmas *l);

/* Called with a form of the table (UTF-8, NUL-terminated, borrowed until it returns) and
 * what it costs. Non-zero stops the walk and is returned. */
typedef int (*hf_lemmas_form_fn)(void *user, const char *form, size_t len, unsigned cost);

/* Walks the forms that begin with prefix, in the order of their code points; cost is 0.
 */
int hf_lemmas_each_prefix(const struct hf_lemmas *l, const char *prefix, size_t len,
                          hf_lemmas_form_fn fn, void *user);

/* What it costs that `written` stands where `meant` is right, both UTF-8 and at most
 * three letters; one of them may be empty (a letter lost or added). All costs are ≥ 1.
 * The lists of a walk decide which pairs are asked. */
struct hf_lemma_confusion {
    const char *written, *meant;
    unsigned cost;
};

/* What hf_lemmas_each_near allows. Any single letter may be replaced, added or dropped at
 * these costs (0: never); the confusions are cheaper ways, tried beside them. */
struct hf_lemma_near {
    unsigned replace, insert, drop, swap;
    unsigned max_cost;
    unsigned
        max_steps; /* bound on the work; 0 = 200,000 states. The walk then ends early. */
    const struct hf_lemma_confusion *confusions;
    size_t n_confusions;
};

/* Walks the forms within max_cost of word; a form may come more than once, with different
 * costs, in no order. */
int hf_lemmas_each_near(const struct hf_lemmas *l, const char *word, size_t len,
                        const struct hf_lemma_near *how, hf_lemmas_form_fn fn,
                        void *user);

#ifdef __cplusplus
}
#endif
#endif
