/* Our C face over Xapian: a writer, a reader, queries as plain trees. Knows terms, slots
 * and weights, and nothing of Norwegian or of minutes.
 *
 * No exception and no C++ object crosses: every failure is a status with one line of
 * text, every result is copied into C memory. A reader belongs to one thread. A writer
 * makes a new database or opens one that no reader serves; two writers on one path: the
 * second gets HF_LOCKED.
 *
 *     hf_reader_open(path, &r, &err) HF_NOEXCEPT;
 *     struct hf_query *q = hf_query_term("Zsykehus", 1);
 *     hf_reader_search(r, q, &options, &matches, &err) HF_NOEXCEPT;
 *     for (size_t i = 0; i < matches.n; i++) use(matches.at[i].docid,
 * matches.at[i].weight);
 */
#ifndef HF_INDEX_H
#define HF_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Terms longer than this are cut by hf_doc_posting (Xapian's bound is 245 bytes). */
#define HF_TERM_MAX 200

/* ---- documents and the writer ---- */

struct hf_doc; /* one document being built */
struct hf_writer;

struct hf_doc *hf_doc_new(void) HF_NOEXCEPT;
void hf_doc_free(struct hf_doc *d) HF_NOEXCEPT;
/* Empties d for the next record; its memory is kept. */
void hf_doc_clear(struct hf_doc *d) HF_NOEXCEPT;
/* Adds term with wdf; pos 0 = without a position. Terms are bytes without NUL. */
void hf_doc_posting(struct hf_doc *d, const char *term, size_t len, unsigned pos,
                    unsigned wdf) HF_NOEXCEPT;
void hf_doc_value(struct hf_doc *d, unsigned slot, const char *bytes,
                  size_t len) HF_NOEXCEPT;
void hf_doc_data(struct hf_doc *d, const char *bytes, size_t len) HF_NOEXCEPT;

/* Creates a database in the new or empty folder path, or opens the one that is there.
 * Nothing that it writes is synced: who publishes a database syncs its files. */
HF_MUST_USE enum hf_status hf_writer_open(const char *path, struct hf_writer **out,
                                          struct hf_error *err) HF_NOEXCEPT;
HF_MUST_USE enum hf_status hf_writer_add(struct hf_writer *w, const struct hf_doc *d,
                                         struct hf_error *err) HF_NOEXCEPT;
/* Deletes every document that has the term. */
HF_MUST_USE enum hf_status hf_writer_delete(struct hf_writer *w, const char *term,
                                            struct hf_error *err) HF_NOEXCEPT;
/* Adds every document of the database at path, in its order. */
HF_MUST_USE enum hf_status hf_writer_add_all(struct hf_writer *w, const char *path,
                                             struct hf_error *err) HF_NOEXCEPT;
HF_MUST_USE enum hf_status hf_writer_metadata(struct hf_writer *w, const char *key,
                                              const char *bytes, size_t len,
                                              struct hf_error *err) HF_NOEXCEPT;
/* Commits, closes and frees w. On failure w is freed too and nothing after the last
 * commit stays. */
HF_MUST_USE enum hf_status hf_writer_close(struct hf_writer *w,
                                           struct hf_error *err) HF_NOEXCEPT;
/* Frees w without a commit. */
void hf_writer_abandon(struct hf_writer *w) HF_NOEXCEPT;

/* Joins the databases at paths into one new compact database at dest, documents in the
 * order given. */
HF_MUST_USE enum hf_status hf_index_compact(const char *const *paths, size_t n,
                                            const char *dest,
                                            struct hf_error *err) HF_NOEXCEPT;
/* Checks a database's structure. HF_CORRUPT with what is wrong. */
HF_MUST_USE enum hf_status hf_index_check(const char *path,
                                          struct hf_error *err) HF_NOEXCEPT;

/* ---- queries ---- */

enum hf_query_op {
    HF_Q_TERM,
    HF_Q_ALL,
    HF_Q_NONE,
    HF_Q_AND,
    HF_Q_OR,
    HF_Q_AND_NOT,   /* first, and none of the others */
    HF_Q_AND_MAYBE, /* first; the others only add weight */
    HF_Q_FILTER,    /* first, weighted; the others must match too, without weight */
    HF_Q_MAX,       /* any, weight of the best one */
    HF_Q_SYNONYM,   /* any of the terms below it, counted as one term */
    HF_Q_PHRASE,    /* terms in this order within `window` */
    HF_Q_NEAR,      /* terms in any order within `window` */
    HF_Q_BONUS,     /* first, plus the constant weight `factor` */
    HF_Q_RANGE      /* value of slot `window` from `term` to `to`, both included */
};

/* A query tree; hf_query_free frees it with everything below. */
struct hf_query {
    enum hf_query_op op;
    char *term;    /* HF_Q_TERM; HF_Q_RANGE: the lower bound */
    char *to;      /* HF_Q_RANGE: the upper bound */
    double factor; /* scales the weight of the whole node; HF_Q_BONUS: the constant */
    unsigned window;
    struct hf_query **kids;
    size_t n_kids, cap_kids;
};

struct hf_query *hf_query_new(enum hf_query_op op);
struct hf_query *hf_query_term(const char *term, double factor);
/* Adds a child (ownership moves); NULL is ignored. Returns parent. */
struct hf_query *hf_query_add(struct hf_query *parent, struct hf_query *kid);
struct hf_query *hf_query_copy(const struct hf_query *q);
void hf_query_free(struct hf_query *q);

/* ---- the reader ---- */

struct hf_reader;

HF_MUST_USE enum hf_status hf_reader_open(const char *path, struct hf_reader **out,
                                          struct hf_error *err) HF_NOEXCEPT;
void hf_reader_close(struct hf_reader *r) HF_NOEXCEPT;

uint32_t hf_reader_count(const struct hf_reader *r) HF_NOEXCEPT;
uint32_t
hf_reader_last(const struct hf_reader *r) HF_NOEXCEPT; /* the highest document number */
/* Of how many databases it is made; document d is of the one (d - 1) % shards, in which
 * d + shards comes after it. */
uint32_t hf_reader_shards(const struct hf_reader *r) HF_NOEXCEPT;

/* Metadata or document data as a malloc'ed, NUL-terminated string (empty metadata: "").
 * Yours. */
HF_MUST_USE enum hf_status hf_reader_metadata(struct hf_reader *r, const char *key,
                                              char **out,
                                              struct hf_error *err) HF_NOEXCEPT;
HF_MUST_USE enum hf_status hf_reader_data(struct hf_reader *r, uint32_t docid, char **out,
                                          size_t *len, struct hf_error *err) HF_NOEXCEPT;

/* The first document that has the term. HF_NOT_FOUND. */
HF_MUST_USE enum hf_status hf_reader_find(struct hf_reader *r, const char *term,
                                          uint32_t *docid,
                                          struct hf_error *err) HF_NOEXCEPT;
/* In how many documents a term stands, heirs not counted; 0 where it does not or on any
 * failure. */
uint32_t hf_reader_freq(struct hf_reader *r, const char *term) HF_NOEXCEPT;

/* Each term with the prefix, in byte order, until fn returns non-zero. */
typedef int (*hf_term_each_fn)(void *ctx, const char *term, size_t len, uint32_t freq);
HF_MUST_USE enum hf_status hf_reader_terms(struct hf_reader *r, const char *prefix,
                                           hf_term_each_fn fn, void *ctx,
                                           struct hf_error *err) HF_NOEXCEPT;
/* Each document number that has the term. */
typedef int (*hf_doc_each_fn)(void *ctx, uint32_t docid);
HF_MUST_USE enum hf_status hf_reader_postings(struct hf_reader *r, const char *term,
                                              hf_doc_each_fn fn, void *ctx,
                                              struct hf_error *err) HF_NOEXCEPT;
/* Each document that has a value in the slot, in ascending order. */
typedef int (*hf_value_each_fn)(void *ctx, uint32_t docid, const char *bytes, size_t len);
HF_MUST_USE enum hf_status hf_reader_values(struct hf_reader *r, unsigned slot,
                                            hf_value_each_fn fn, void *ctx,
                                            struct hf_error *err) HF_NOEXCEPT;

/* What is kept in memory of every document, by its number up to `last`, and shared by
 * the readers of one index: with it they rank without the engine's matcher, by the same
 * weights in the same order. */
/* Terms that are stored with one document and hold for others too (heirs), which do not
 * store them and by which they weigh as much as it does: those that begin with one of the
 * letters. */
struct hf_share {
    const char *letters;
    const uint32_t *holder; /* who stores a document's terms: itself, or one before it */
    const uint32_t *next;   /* the next of a holder's heirs; 0 = no more */
    uint32_t n_holders;
};
struct hf_resident {
    uint32_t last;
    const uint32_t *lengths; /* hf_reader_lengths, and of heirs that of what they share */
    double mean_length;
    const uint8_t *kinds;          /* from 1; 0 = no such document */
    const char *const *kind_terms; /* the term that the documents of kind i + 1 have */
    size_t n_kinds;
    unsigned key_slot;      /* of numbers of eight digits at most */
    const uint32_t *keys;   /* its values; 0 = none */
    unsigned group_slot;    /* for collapsing */
    const uint32_t *groups; /* a number for each of its values; 0 = none */
    /* No letter in two of them; the documents of one family in the first are of one
     * family in the second, and so on. */
    const struct hf_share *shares;
    size_t n_shares;
};
/* Borrowed by r from now on; NULL: nothing is. */
void hf_reader_resident(struct hf_reader *r, const struct hf_resident *in) HF_NOEXCEPT;
/* The lengths of all documents into out[0 … hf_reader_last]; 0 where there is none. */
HF_MUST_USE enum hf_status hf_reader_lengths(struct hf_reader *r, uint32_t *out,
                                             struct hf_error *err) HF_NOEXCEPT;

struct hf_match {
    uint32_t docid;
    double weight;
};
struct hf_matches {
    struct hf_match *at;
    size_t n;
};
void hf_matches_release(struct hf_matches *m) HF_NOEXCEPT;

struct hf_search_options {
    size_t offset, size;
    /* Called once for each document that the query matches, in any order; false drops it.
     * May be NULL. It must not call the reader. */
    bool (*accept)(void *ctx, uint32_t docid);
    void *accept_ctx;
    bool accepts_few; /* a hint: most matches are dropped */
    int sort_slot;    /* -1: by weight, then by the slot tie_slot downwards */
    bool sort_ascending;
    unsigned tie_slot;
    /* The values of tie_slot as numbers of the same order, by document number, where they
     * are in memory; NULL: the slot is read for every match. Not used over shards. */
    const uint32_t *tie_keys;
    int collapse_slot; /* -1: none; documents with equal non-empty values count once */
};

/* The matches [offset, offset+size) in order. Every matching document is offered to
 * `accept`. */
HF_MUST_USE enum hf_status hf_reader_search(struct hf_reader *r, const struct hf_query *q,
                                            const struct hf_search_options *o,
                                            struct hf_matches *out,
                                            struct hf_error *err) HF_NOEXCEPT;

/* Whether the document has the term; false on any failure. */
bool hf_reader_has(struct hf_reader *r, const char *term, uint32_t docid) HF_NOEXCEPT;

/* The terms that tell the documents from all others, the most telling first, by the
 * engine's expansion; those of which `keep` says so (it may ask hf_reader_freq). At most
 * `size`. */
struct hf_expand_options {
    size_t size;
    bool (*keep)(void *ctx, const char *term, size_t len);
    void *keep_ctx;
};
struct hf_expand_term {
    char *term;
    double weight;
};
struct hf_expansion {
    struct hf_expand_term *at;
    size_t n;
};
void hf_expansion_release(struct hf_expansion *e) HF_NOEXCEPT;
HF_MUST_USE enum hf_status hf_reader_expand(struct hf_reader *r, const uint32_t *docids,
                                            size_t n, const struct hf_expand_options *o,
                                            struct hf_expansion *out,
                                            struct hf_error *err) HF_NOEXCEPT;

/* Calls fn for every match of q, without weights and in no order: for counting. fn must
 * not call the reader. */
HF_MUST_USE enum hf_status hf_reader_each_match(struct hf_reader *r,
                                                const struct hf_query *q,
                                                void (*fn)(void *ctx, uint32_t docid),
                                                void *ctx,
                                                struct hf_error *err) HF_NOEXCEPT;

/* The engine's own description of q, malloc'ed; for explanations. */
char *hf_query_describe(const struct hf_query *q) HF_NOEXCEPT;

/* "xapian-core 1.4.22" */
const char *hf_index_engine(void) HF_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
