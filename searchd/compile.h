/* Plan → engine query: which terms, in which fields, with which weights; and what the
 * highlighter is to mark. The order of an answer is decided here: BM25 within tiers,
 * tiers by constant bonuses.
 *
 *     struct compiled c;
 *     compile(planner, reader, plan, &options, &c);
 *     hf_reader_search(reader, c.query, ...);
 *     compiled_release(&c);
 */
#ifndef HF_COMPILE_H
#define HF_COMPILE_H

#include "../shim/index.h"
#include "marks.h"
#include "plan.h"

/* Bonuses of the tiers; a score is shown without them. A decision that says it itself or
 * by its case's title stands above one whose case only mentions it; then come the first
 * of two readings, and all words found in a strong form above any found only by a part, a
 * repair or a likeness. */
#define TIER_OWN    1e6
#define TIER_STRONG 1e4
#define TIER_FIRST  1e5

struct compiled {
    struct hf_query *query;   /* records of all four types */
    struct hf_query *by_name; /* attendees by name alone; NULL where there are no words */
    struct marks marks;
    bool has_people;     /* an attendee can match at all */
    json_t *interpreted; /* [{word, as, forms, start, end}] */
    bool has_repairs;    /* some form of it stands in the index as a repaired reading */
};

struct compile_options {
    unsigned where;  /* of enum plan_where, the parameter `in`; 0 = anywhere */
    bool no_repairs; /* as if damaged texts had not been repaired */
    unsigned
        only; /* types, a bit each, where nobody asks for the others' numbers; 0: all */
    unsigned ranked; /* types of the list: the others are only counted; 0: all */
};

void compile(struct planner *planner, struct hf_reader *reader, const struct plan *plan,
             const struct compile_options *o, struct compiled *out);
void compiled_release(struct compiled *c);

/* The query of the list that was asked for and nothing of its order or its words: for
 * counting. types: a bit each of the types asked for; 0: the mixed list, of which people
 * are a part by their names alone. Yours. */
struct hf_query *compile_count(struct planner *planner, struct hf_reader *reader,
                               const struct plan *plan, const struct compile_options *o,
                               unsigned types);

/* Takes the tiers' bonuses off a weight. */
double compiled_score(double weight);

#endif
