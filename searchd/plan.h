/* Query string → plan: the tree of what was asked, before anything is known of the index.
 *
 * The grammar (design, section 7): words, all required; "exact phrase"; OG ELLER IKKE
 * (AND OR NOT, nn IKKJE), -word; ( ); word* from three letters; field:value. Capitals
 * make an operator; in lower case og, eller and ikke are words. Pure: no index, no state.
 *
 *     planner_new(lex, &planner, &err);            // one a thread
 *     plan_parse(planner, query, &plan, &err);
 *     walk(plan->root);
 *     plan_free(plan);
 */
#ifndef HF_PLAN_H
#define HF_PLAN_H

#include <jansson.h>
#include <stdbool.h>

#include "../shim/analyse.h"
#include "../shim/schema.h"
#include "params.h"

#define PLAN_MAX_BYTES     1000
#define PLAN_MAX_WORDS     32
#define PLAN_MAX_WILDCARDS 5
#define PLAN_MAX_DEPTH     20

enum plan_kind {
    PLAN_ALL, /* an empty query */
    PLAN_AND,
    PLAN_OR,
    PLAN_NOT,     /* one kid */
    PLAN_WORD,    /* text in all its forms */
    PLAN_CONCEPT, /* text meant as concept; kids: its words, as the other reading */
    PLAN_ACRONYM, /* text meant as an acronym that stands in no list, or is ambiguous */
    PLAN_EXACT,   /* a quoted phrase or eksakt:word, as written */
    PLAN_PREFIX,  /* text without its star */
    PLAN_NUMBER,  /* a case number; number is N/YYYY or N */
    PLAN_FACET,   /* a facet value: facet, text = canonical id */
    PLAN_DATES    /* from, to as yyyymmdd */
};

/* Where the words below must stand. */
enum plan_where {
    WHERE_ANY = 0,
    WHERE_TITLE = 1,
    WHERE_DECISION = 2,
    WHERE_TEXT = 4,
    WHERE_NAME = 8,
    WHERE_CASE = 16 /* sak: the case's own number */
};

struct plan_node {
    enum plan_kind kind;
    char *text;        /* as written, NFC */
    size_t start, end; /* bytes in the query */
    unsigned where;    /* of enum plan_where */
    const struct hf_concept *concept;
    char *number; /* PLAN_NUMBER: N/YYYY or N; PLAN_CONCEPT, PLAN_ACRONYM: the acronym as
                     it is spelt */
    char *body;   /* PLAN_NUMBER: of «SSU-sak 18/23», or NULL */
    enum hf_facet facet;
    int from, to;
    bool is_second_reading; /* PLAN_WORD: below the acronym of the same spelling */
    bool is_stop;
    struct plan_node **kids;
    size_t n_kids, cap_kids;
};

struct plan {
    char *query; /* NFC */
    struct plan_node *root;
    bool has_words; /* anything that can be ranked */
};

/* What a thread needs for planning: an analyser and the long forms of all concepts. Keeps
 * lex. */
struct planner;
HF_MUST_USE enum hf_status planner_new(const struct hf_lexicon *lex, struct planner **out,
                                       struct hf_error *err);
void planner_free(struct planner *p);
/* The language in which the planner says what it cannot read; bokmål at first. */
void planner_speak(struct planner *p, enum params_lang lang);
struct hf_analyser *planner_analyser(struct planner *p);
const struct hf_lexicon *planner_lexicon(const struct planner *p);

/* Reads a query. NULL or blanks give PLAN_ALL. HF_BAD_ARGUMENT: err says where it
 * stopped, why, and what would be right. *out is yours. */
HF_MUST_USE enum hf_status plan_parse(struct planner *planner, const char *query,
                                      struct plan **out, struct hf_error *err);
void plan_free(struct plan *p);

/* A node and its kids as JSON, for explanations. */
json_t *plan_json(const struct plan_node *n);

#endif
