/* What a query's hits are to show: single terms and sequences of terms, by kind and text,
 * without fields.
 *
 * The highlighter analyses a hit's text with the one analyser and marks every word that
 * gives one of these terms, in the source's own spelling.
 */
#ifndef HF_MARKS_H
#define HF_MARKS_H

#include <jansson.h>
#include <stdbool.h>

#include "../shim/analyse.h"
#include "../shim/map.h"
#include "../shim/schema.h"
#include "../shim/wanted.h"

/* How a word was met; the answer's "matched". */
enum mark_how {
    MARK_EXACT = 1,
    MARK_FORM = 2,    /* another inflection or written form */
    MARK_CONCEPT = 4, /* another name of the same thing */
    MARK_PART = 8,
    MARK_REPAIRED = 16,
    MARK_LIKENESS = 32, /* a name that sounds alike */
    MARK_PREFIX = 64
};

struct mark {
    enum hf_kind kind;
    char *text;
    unsigned how;
};

struct mark_sequence {
    size_t *marks; /* numbers of marks, in order */
    size_t n;
};

struct marks {
    struct mark *at;
    size_t n, cap;
    struct hf_wanted wanted; /* of all texts */
    struct hf_map by_term;   /* kind letter and text → number + 1 */
    char **keys;
    size_t n_keys, cap_keys;
    unsigned char *is_single; /* by number: marked alone, not only in a sequence */
    struct mark_sequence *sequences;
    size_t n_sequences, cap_sequences;
};

void marks_init(struct marks *m);
void marks_release(struct marks *m);

/* Adds a term that is marked wherever it stands. */
void marks_add(struct marks *m, enum hf_kind kind, const char *text, unsigned how);
/* Adds terms (same kinds and texts as spelt in the index) that are marked only one after
 * another. */
void marks_add_sequence(struct marks *m, const struct mark *terms, size_t n);

/* A stretch of text and whether it matches: marks_find gives the matching stretches of
 * text, in order. */
struct mark_hit {
    size_t start, end;
    unsigned how;
    size_t mark; /* the term that met it in that way: a number in marks.at */
};
struct mark_hits {
    struct mark_hit *at;
    size_t n, cap;
};
void marks_find(const struct marks *m, struct hf_analyser *a, const char *text,
                size_t len, struct mark_hits *out);
void mark_hits_release(struct mark_hits *h);

/* Appends [["text",false],["LAR",true],…] of the whole text. */
void marks_segments(const struct mark_hits *h, const char *text, size_t len,
                    struct hf_buf *out);
/* The same of the best stretch of about `room` bytes, with … where something is left out.
 */
void marks_snippet(const struct mark_hits *h, const char *text, size_t len, size_t room,
                   struct hf_buf *out);

/* ["exact","concept"] */
json_t *marks_how_json(unsigned how);

#endif
