/* The forms of one word or concept of a query: sequences of terms, without fields.
 *
 * «PLL» has the forms [a:PLL] and [z:pasient z:legemiddelliste]; «sykehusene» has
 * [z:sykehus] and [x:sykehusene]. A weak form counts only where no strong one is found,
 * and below it.
 */
#ifndef HF_FORMS_H
#define HF_FORMS_H

#include "../shim/index.h"
#include "marks.h"
#include "plan.h"

#define FORM_MAX_TERMS 10

struct form {
    struct mark terms[FORM_MAX_TERMS]; /* texts are the form's */
    size_t n;
    double factor;
    bool is_weak;
    bool is_bonus; /* adds to the others' weight (the exact spelling) */
    bool is_stops; /* fillers only, exact: met by HF_KIND_STOPS */
};

struct forms {
    struct form *at;
    size_t n, cap;
};

/* The forms of a node of kind WORD, CONCEPT, ACRONYM, EXACT or PREFIX. reader: for the
 * words that a prefix stands for, and to leave out what the index does not hold. */
void forms_of(struct planner *planner, struct hf_reader *reader,
              const struct plan_node *n, struct forms *out);
void forms_release(struct forms *f);

#endif
