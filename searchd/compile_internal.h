/* Shared by compile.c (words, lists, targets and tiers) and compile_values.c (numbers,
 * facets, dates). */
#ifndef HFSOK_COMPILE_INTERNAL_H
#define HFSOK_COMPILE_INTERNAL_H

#include "compile.h"
#include "forms.h"

/* What kind of record a query is for: which fields its words may stand in. */
enum target { TARGET_CASE, TARGET_NAME, TARGET_PERSON, TARGET_MEETING };

/* Which ways of meeting count. */
enum strictness { ANY_FORM, STRONG_FORMS, OWN_FIELDS };

struct known_forms {
    const struct plan_node *node;
    struct forms forms;
};

struct builder {
    struct known_forms *known;
    size_t n_known, cap_known;
    struct planner *planner;
    struct hf_reader *reader;
    struct compiled *out;
    enum target target;
    enum strictness strictness;
    unsigned where; /* the parameter `in` */
    bool no_repairs;
    bool ranks_decisions; /* not only counts them */
    bool is_marking;      /* collect marks and interpretations on the way */
};

/* Of the words in a term's field; NULL where the index has none. */
struct hf_query *compile_term(struct builder *b, enum hf_field field,
                              const struct mark *t);

/* Notes how a node was read, while marks are collected; takes forms over. */
void compile_interpret(struct builder *b, const struct plan_node *n, const char *as,
                       json_t *forms);

/* A query that finds nothing. */
struct hf_query *compile_none(void);

/* Records with a flag (schema.h): T a type, K a case's number. */
struct hf_query *compile_flag(char capital, const char *value);

/* The nodes that are no words. */
struct hf_query *compile_number(struct builder *b, const struct plan_node *n);
struct hf_query *compile_facet(struct builder *b, const struct plan_node *n);
struct hf_query *compile_dates(const struct plan_node *n);

#endif
