/* Inside minutes_decision.c: the proposals of one case, and which of them the votes that
 * are told of passed. */
#ifndef HF_MINUTES_PROPOSALS_H
#define HF_MINUTES_PROPOSALS_H

#include "minutes_case.h"

struct proposal {
    const char *label; /* "Forslag fra Alta" */
    const char *text;
    struct hf_strings items; /* its points, if it has several */
    bool fell;
};

struct passed {
    size_t proposal;   /* SIZE_MAX: none is printed */
    const char *votes; /* the sentence that tells it */
    size_t para;       /* it stands there */
};

struct proposals {
    struct proposal *at;
    size_t n, cap;
    struct passed *passed;
    size_t n_passed, cap_passed;
};

void proposals_release(struct proposals *p);

/* Copies the items. */
void proposals_add(struct proposals *p, const char *label, const char *text,
                   const struct hf_strings *items);

/* Reads the sentences of a text that tells of votes: marks what fell, notes what passed.
 * Returns whether any does; *votes is then the last sentence that tells of one passed, in
 * the arena, or NULL. is_below: a proposal's own text ends in them. */
bool proposals_vote(struct proposals *p, const struct case_text *t, size_t para,
                    const char *text, size_t len, bool is_below, const char **votes);

/* Where the sentences that only tell of votes begin, at the end of a proposal's text; len
 * if it has none. */
size_t proposals_text_end(const struct case_text *t, const char *text, size_t len);

/* What was passed where no proposal is printed: the paragraph before; NULL where none can
 * be it. */
const char *proposals_text_before(const struct case_text *t, size_t para);

/* Sets the votes that the decisions' own words tell: "SSU vedtok med 8 mot 1 stemme …".
 */
void proposals_find_votes(const struct case_text *t);

#endif
