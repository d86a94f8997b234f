/* Which of the 19 helsefellesskap a document is of, by strength of evidence. */
#ifndef HF_MINUTES_PLACE_H
#define HF_MINUTES_PLACE_H

#include "minutes_fields.h"

struct place_evidence {
    double *score; /* one for each of registry.hf */
    const struct name_ctx *x;
};

void place_init(struct place_evidence *e, const struct name_ctx *x);
void place_release(struct place_evidence *e);

/* Adds what text says; weight 1 for running text, more for letterhead and title. */
void place_add(struct place_evidence *e, const char *text, size_t len, double weight);

/* The index into registry.hf, -1 where the evidence is too weak or even. *is_clear: more
 * evidence would not change it. */
int place_decide(const struct place_evidence *e, bool *is_clear);

/* The health region that is named in so many words, or NULL. */
const char *place_region(const char *text, size_t len);

#endif
