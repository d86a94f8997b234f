/* The cases of one matter, across meetings and bodies: what a case refers to, what refers
 * to it, and the same number in the same series (schema.h), again and again until nothing
 * is new. Each case stands once, so references in a circle end.
 *
 *     struct chain c;
 *     enum hf_status status = chain_follow(&c, session, docid, &err);
 *     chain_sort(&c);                     // in time order
 *     for (size_t i = 0; i < c.n; i++) use(c.at[i].record);
 *     chain_release(&c);                  // also after a failure
 */
#ifndef HFSOK_CHAIN_H
#define HFSOK_CHAIN_H

#include "engine.h"

/* A matter with more steps is cut, and says so. */
enum { CHAIN_MAX = 50 };

/* Why the chain is not followed beyond a step. */
enum chain_end {
    CHAIN_ON,
    CHAIN_APPROVES, /* it only approves another step, or is approved */
    CHAIN_LIST      /* it refers to so many cases that it is a list of them */
};

struct chain_step {
    json_t *record;           /* a case; owned */
    const char *id, *meeting; /* of record */
    uint32_t docid, date;     /* yyyymmdd by the evidence, 0 = unknown */
    const char *relation;     /* to the step that led here: follows, refers, approves,
                                 same-number; NULL: the case that was asked for */
    enum chain_end end;
};

struct chain {
    struct session *session;
    struct chain_step at[CHAIN_MAX];
    size_t n;
    bool is_cut;
};

HF_MUST_USE enum hf_status chain_follow(struct chain *c, struct session *s,
                                        uint32_t docid, struct hf_error *err);
void chain_sort(struct chain *c);
void chain_release(struct chain *c);

/* The document of the case that has the id. HF_NOT_FOUND: no record has it;
 * HF_BAD_ARGUMENT: it is of another kind, with what would be right. Begins the session.
 */
HF_MUST_USE enum hf_status chain_case(struct session *s, const char *id,
                                      enum params_lang lang, uint32_t *docid,
                                      struct hf_error *err);

/* The step with this id, or NULL. */
const struct chain_step *chain_find(const struct chain *c, const char *id);

/* The references of a case that lead on: refs_detail less what the agenda of a meeting
 * says of its own cases. */
bool chain_leads(const json_t *record, const json_t *ref);

#endif
