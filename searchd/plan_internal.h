/* Between the parts of the planner; nobody else includes it. */
#ifndef HF_PLAN_INTERNAL_H
#define HF_PLAN_INTERNAL_H

#include "../shim/map.h"
#include "plan.h"

struct planner {
    const struct hf_lexicon *lex;
    struct hf_analyser *analyser;
    enum params_lang lang;        /* of messages */
    struct hf_map concept_by_key; /* hf_concept_key of a long form → struct hf_concept */
    char **keys;
    size_t n_keys, cap_keys;
};

struct plan_node *plan_node_new(enum plan_kind kind);
void plan_node_free(struct plan_node *n);
void plan_node_add(struct plan_node *parent, struct plan_node *kid);

/* plan_words.c: what the words of an AND list mean together: case numbers, concepts,
 * acronyms, stop words. is_whole: the list is the whole query. */
void plan_refine(struct planner *p, const char *query, struct plan_node *list,
                 bool is_whole);

#endif
