/* Inside minutes_decision.c: the sections that labels cut the text of a case into. */
#ifndef HF_MINUTES_CUT_H
#define HF_MINUTES_CUT_H

#include "minutes_case.h"

/* More sections than any minutes hold. */
#define CUT_MAX ((size_t)2000)

struct section {
    size_t para, at; /* where the label begins */
    struct label l;  /* offsets from `at` */
    bool is_bare;    /* "Godkjent.": label and text in one */
};

struct sections {
    struct section *at;
    size_t n, cap;
};

/* Adds the labels of paragraph i. */
void case_cut(struct sections *s, const struct case_text *t, size_t i);

/* Decisions, participles, advice and follow-up: what stands below is a decision. */
bool label_decides(enum label_class c);

#endif
