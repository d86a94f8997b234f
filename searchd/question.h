/* One question on its way to an answer: plan, engine query, filters, matches and counts.
 * What every answer_*.c starts from.
 *
 *     struct question q;
 *     enum hf_status status = question_ask(&q, session, params, &err);
 *     if (status == HF_OK) use(q.result.counts.total);
 *     question_release(&q);     // also after a failure
 */
#ifndef HF_QUESTION_H
#define HF_QUESTION_H

#include "engine.h"
#include "search.h"

struct question {
    struct session *session;
    const struct params *params;
    struct params own; /* params with the type that the query itself names */
    struct plan *plan;
    unsigned only; /* compile.h */
    struct compiled compiled;
    struct search_filter filter;
    struct search_result result;
};

/* Moves the session to the generation served now, and plans. HF_BAD_ARGUMENT: the query
 * cannot be read. Keeps s and p. */
HF_MUST_USE enum hf_status question_plan(struct question *q, struct session *s,
                                         const struct params *p, struct hf_error *err);
/* The same, and asks. */
HF_MUST_USE enum hf_status question_ask(struct question *q, struct session *s,
                                        const struct params *p, struct hf_error *err);
/* The same for the list alone: totals of other types are 0. */
HF_MUST_USE enum hf_status question_ask_list(struct question *q, struct session *s,
                                             const struct params *p,
                                             struct hf_error *err);
/* Makes the engine query again; no_repairs: as if damaged texts had not been repaired. */
void question_compile(struct question *q, bool no_repairs);
void question_release(struct question *q);

/* How many hits a question has; 0 where it cannot be read. */
uint32_t question_count(struct session *s, const struct params *p);

/* True if record docid is a meeting that the filters leave, whatever the words: one that
 * was searched. */
bool question_searches_meeting(const struct question *q, uint32_t docid);

#endif
