/* Questions in, the API's JSON out: the one place that API, pages and command line all
 * ask.
 *
 * An engine is one index that is open in this process: what is shared and read-only
 * (lexicon, facet columns of the generation). A session is one thread's handle on it.
 * When the pointer file names a new generation, sessions move to it at their next
 * question.
 *
 *     engine_open(dir, NULL, &e, &err);
 *     session_open(e, &s, &err);
 *     json_t *answer;
 *     answer_search(s, &params, &answer, &err);     // yours
 */
#ifndef HF_ANSWER_H
#define HF_ANSWER_H

#include <jansson.h>

#include "params.h"

struct engine;
struct session;

/* Opens the index in dir. HF_NO_INDEX, HF_LOCKED, HF_SCHEMA, HF_CORRUPT with one line
 * that says what to do. data_dir NULL: where the word lists are found by default
 * (lexicon.h). */
HF_MUST_USE enum hf_status engine_open(const char *dir, const char *data_dir,
                                       struct engine **out, struct hf_error *err);
void engine_close(struct engine *e);

/* Looks whether the pointer names another generation and, if it is good, loads it beside
 * the old one. A bad generation is refused with its reason, the old one is served on.
 * Called by one thread. */
HF_MUST_USE enum hf_status engine_refresh(struct engine *e, struct hf_error *err);

/* Facts of the generation served: number and time ("2026-11-22T05:00:00Z"). */
unsigned engine_generation(const struct engine *e);
const char *engine_updated(const struct engine *e);

HF_MUST_USE enum hf_status session_open(struct engine *e, struct session **out,
                                        struct hf_error *err);
void session_close(struct session *s);

/* Design, section 8: /v1/search, /v1/facets, /v1/explain, /v1/records/{id},
 * /v1/coverage. *out is a new
 * object. HF_BAD_ARGUMENT: the query cannot be read (the text says where and why);
 * HF_NOT_FOUND: no record. */
HF_MUST_USE enum hf_status answer_search(struct session *s, const struct params *p,
                                         json_t **out, struct hf_error *err);
/* The same as the API's bytes, appended to out with the end of line: most of an answer is
 * its hits, and they go without a tree. *head is the answer without them. */
HF_MUST_USE enum hf_status answer_search_text(struct session *s, const struct params *p,
                                              json_t **head, struct hf_buf *out,
                                              struct hf_error *err);
HF_MUST_USE enum hf_status answer_facets(struct session *s, const struct params *p,
                                         json_t **out, struct hf_error *err);
HF_MUST_USE enum hf_status answer_explain(struct session *s, const struct params *p,
                                          json_t **out, struct hf_error *err);
HF_MUST_USE enum hf_status answer_record(struct session *s, const char *id,
                                         const struct params *p, json_t **out,
                                         struct hf_error *err);

/* /v1/cases/{id}/chain: the cases of one matter in time order, each with its decisions
 * and how it hangs together with the others, and where a reference leads to nothing that
 * is here. HF_NOT_FOUND: no record has the id; HF_BAD_ARGUMENT: it is no case's, with
 * what would be right. */
HF_MUST_USE enum hf_status answer_chain(struct session *s, const char *id,
                                        const struct params *p, json_t **out,
                                        struct hf_error *err);

/* /v1/cases/{id}/similar: other cases about the same, those of other helsefellesskap
 * first, each with the words that it was found by; none of the case's own chain or
 * meeting. Failures as answer_chain. */
HF_MUST_USE enum hf_status answer_similar(struct session *s, const char *id,
                                          const struct params *p, json_t **out,
                                          struct hf_error *err);

/* What the page of a record shows: answer_record, and of a case or a decision its case's
 * "chain" and "similar". */
HF_MUST_USE enum hf_status answer_record_page(struct session *s, const char *id,
                                              const struct params *p, json_t **out,
                                              struct hf_error *err);

/* /v1/people/{key}: spellings, roles over time, meetings and cases of one person; key
 * with or without "person/". HF_NOT_FOUND: nobody has it. */
HF_MUST_USE enum hf_status answer_people(struct session *s, const char *key,
                                         const struct params *p, json_t **out,
                                         struct hf_error *err);

/* /v1/timeline: hits by year for each region, helsefellesskap or patient group (p->by),
 * beside the meetings held; decisions, where no type is asked for. */
HF_MUST_USE enum hf_status answer_timeline(struct session *s, const struct params *p,
                                           json_t **out, struct hf_error *err);

/* /v1/compare: what each helsefellesskap (of those asked for) decided, oldest first,
 * p->size decisions at most of each. «Nothing found» and «no meeting held here» are two
 * states. */
HF_MUST_USE enum hf_status answer_compare(struct session *s, const struct params *p,
                                          json_t **out, struct hf_error *err);

/* /v1/suggest: what may be meant by what has been typed so far (p->q): concepts, case
 * numbers, words, titles of cases and people, ANSWER_SUGGESTIONS at most, each with the
 * query to ask and the number of its hits within the filters; none that has no hits. */
enum { ANSWER_SUGGESTIONS = 10 };
HF_MUST_USE enum hf_status answer_suggest(struct session *s, const struct params *p,
                                          json_t **out, struct hf_error *err);

HF_MUST_USE enum hf_status answer_coverage(struct session *s, const struct params *p,
                                           json_t **out, struct hf_error *err);

/* The terms of one line of text for `hfsok analyse`: strong ones bare, weak ones with a
 * leading ~, separated by blanks; appended to b. */
struct analyse_options {
    bool is_query, is_damaged;
};
void answer_analyse(struct session *s, const struct analyse_options *o, const char *text,
                    size_t len, struct hf_buf *b);

#endif
