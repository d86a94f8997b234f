#include "question.h"

#include <string.h>

#include "promise.h"

static unsigned where_of(const struct params *p)
{
    static const struct {
        const char *id;
        unsigned where;
    } names[] = {
        {"title", WHERE_TITLE}, {"decision", WHERE_DECISION}, {"text", WHERE_TEXT}};
    unsigned where = 0;
    for (size_t i = 0; i < p->in.n; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (!strcmp(p->in.at[i], names[k].id)) where |= names[k].where;
    return where;
}

void question_release(struct question *q)
{
    search_result_release(&q->result);
    search_filter_release(&q->filter);
    compiled_release(&q->compiled);
    plan_free(q->plan);
}

void question_compile(struct question *q, bool no_repairs)
{
    struct compile_options o = {where_of(q->params), no_repairs};
    compiled_release(&q->compiled);
    compile(q->session->planner, q->session->reader, q->plan, &o, &q->compiled);
}

/* «type:decision LAR»: a type in the query chooses the list, as the parameter does. */
static void take_type(struct question *q)
{
    const struct plan_node *root = q->plan->root;
    struct params_values *types = &q->own.facet[HF_FACET_TYPE];
    size_t n = root->kind == PLAN_AND ? root->n_kids : 1;
    for (size_t i = 0; !q->params->facet[HF_FACET_TYPE].n && i < n; i++) {
        const struct plan_node *kid = root->kind == PLAN_AND ? root->kids[i] : root;
        if (kid->kind != PLAN_FACET || kid->facet != HF_FACET_TYPE) continue;
        q->own = *q->params;
        types->at[types->n++] = kid->text; /* borrowed from the plan */
        q->params = &q->own;
    }
}

enum hf_status question_plan(struct question *q, struct session *s,
                             const struct params *p, struct hf_error *err)
{
    memset(q, 0, sizeof *q);
    q->session = s;
    q->params = p;
    enum hf_status status = session_begin(s, err);
    if (status == HF_OK) status = plan_parse(s->planner, p->q, &q->plan, err);
    if (status != HF_OK) return status;
    take_type(q);
    question_compile(q, false);
    search_filter_init(&q->filter, s->served->columns, q->params);
    return p->open ? promise_states(s, &q->filter.promises, err) : HF_OK;
}

enum hf_status question_ask(struct question *q, struct session *s, const struct params *p,
                            struct hf_error *err)
{
    enum hf_status status = question_plan(q, s, p, err);
    if (status == HF_OK)
        status = search_run(s->reader, &q->compiled, &q->filter, &q->result, err);
    return status;
}

bool question_searches_meeting(const struct question *q, uint32_t docid)
{
    const struct columns *c = q->session->served->columns;
    unsigned about_meetings = 1u << HF_FACET_REGION | 1u << HF_FACET_HELSEFELLESSKAP |
                              1u << HF_FACET_YEAR | 1u << HF_FACET_BODY;
    if (c->type[docid] != HF_TYPE_MEETING + 1) return false;
    unsigned failed = search_filter_failures(&q->filter, docid);
    return failed != ~0u && !(failed & about_meetings);
}

uint32_t question_count(struct session *s, const struct params *p)
{
    struct question q;
    struct hf_error err;
    struct params none = *p;
    none.offset = 0;
    none.size = 1;
    none.all = false;
    uint32_t n = question_ask(&q, s, &none, &err) == HF_OK ? q.result.counts.total : 0;
    question_release(&q);
    return n;
}
