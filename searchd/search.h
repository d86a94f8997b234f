/* Plan and filters → matches, exact totals and disjunctive facet counts, in one pass.
 *
 * Every match of the text is looked at once: a record that passes all filters is a hit;
 * one that fails in a single facet counts for that facet alone, so that a facet's counts
 * ignore its own selection.
 */
#ifndef HF_SEARCH_H
#define HF_SEARCH_H

#include "columns.h"
#include "compile.h"
#include "params.h"

struct search_counts {
    uint32_t by_type[HF_N_TYPES]; /* records that pass all filters but the type's */
    uint32_t people;              /* distinct people among the attendees */
    uint32_t total;               /* hits of the list that was asked for */
    uint32_t unknown;             /* no hits: of their promises nothing can be told */
    uint32_t *
        facet[HF_N_FACETS]; /* by number (from 1) or bit (from 0); 64 Ki places at most */
};

struct search_result {
    struct hf_matches matches; /* the page asked for */
    struct search_counts counts;
};

/* Whether a record passes the filters; for collecting a person's attendances. */
struct search_filter {
    const struct columns *columns;
    const struct params *params;
    const uint8_t *promises; /* by document, enum promise_state; where params->open */
    uint8_t
        *chosen[HF_N_FACETS]; /* single facets: by number; NULL where nothing is chosen */
    uint16_t mask[HF_N_FACETS];   /* multiple facets: the chosen bits */
    bool impossible[HF_N_FACETS]; /* chosen values that no record has */
    int chosen_in[HF_N_FACETS]; /* the facets of which values are chosen, but the type */
    unsigned n_chosen;
    bool has_dates;
    bool passes_all; /* nothing is chosen at all */
};
void search_filter_init(struct search_filter *f, const struct columns *c,
                        const struct params *p);
void search_filter_release(struct search_filter *f);
/* The facets (a bit each) in which the record fails, type apart; SEARCH_NOT_OPEN where
 * only open ones are asked for; all bits where it fails by date. */
#define SEARCH_NOT_OPEN (1u << 31)
unsigned search_filter_failures(const struct search_filter *f, uint32_t docid);

HF_MUST_USE enum hf_status search_run(struct hf_reader *r, const struct compiled *c,
                                      const struct search_filter *f,
                                      struct search_result *out, struct hf_error *err);
void search_result_release(struct search_result *s);

#endif
