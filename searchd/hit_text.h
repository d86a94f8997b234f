/* The hits that are nearly all there are, cases and decisions, straight from the stored
 * record to the API's JSON: the record's text with what the question adds. And the
 * highlighting that all hits share. Inside of hits.h.
 */
#ifndef HF_HIT_TEXT_H
#define HF_HIT_TEXT_H

#include "hits.h"
#include "span.h"

#define SNIPPET_ROOM 320

/* What is learnt on the way through a hit's texts. */
struct highlight {
    struct hit_maker *m;
    const char *field; /* whose text it is now, for "matched_in"; NULL: none */
    unsigned how;
    struct hf_buf where, readings; /* JSON: the items of an array */
};
void highlight_init(struct highlight *h);
void highlight_release(struct highlight *h);

/* Finds what matches in a text, and notes what is learnt from it. */
void highlight_find(struct highlight *h, struct span text, struct mark_hits *found);

/* Until it is called with false the texts are read as they were indexed: local NULL, or
 * as damaged ones with what the record says of names in them. */
struct hf_local;
void highlight_as_indexed(struct hit_maker *m, const struct hf_local *local, bool begins);

/* What the hit's own records say of names in damaged text. */
void hit_names(struct hf_local *l, const json_t *hit);

double hit_score(const struct hf_match *match);

/* Appends the hit of a case or a decision, without "promise". */
HF_MUST_USE enum hf_status hit_text(struct hit_maker *m, const struct hf_match *match,
                                    struct hf_buf *out, struct hf_error *err);

#endif
