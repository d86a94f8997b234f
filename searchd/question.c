#include "question.h"

#include <stdlib.h>
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

/* The types asked for, a bit each; 0: the mixed list. */
static unsigned types_of(const struct params *p)
{
    const struct params_values *v = &p->facet[HF_FACET_TYPE];
    unsigned types = 0;
    for (size_t i = 0; i < v->n; i++) {
        int t = hf_choice_find(&hf_facets[HF_FACET_TYPE], v->at[i], strlen(v->at[i]));
        if (t >= 0) types |= 1u << t;
    }
    return types;
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
    unsigned types = types_of(q->params);
    struct compile_options o = {where_of(q->params), no_repairs, q->only,
                                types ? types : ~(1u << HF_TYPE_DECISION)};
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

static enum hf_status make_plan(struct question *q, struct session *s,
                                const struct params *p, bool list_alone,
                                struct hf_error *err)
{
    memset(q, 0, sizeof *q);
    q->session = s;
    q->params = p;
    enum hf_status status = session_begin(s, err);
    planner_speak(s->planner, p->lang);
    if (status == HF_OK) status = plan_parse(s->planner, p->q, &q->plan, err);
    if (status != HF_OK) return status;
    take_type(q);
    if (list_alone) q->only = types_of(q->params);
    question_compile(q, false);
    search_filter_init(&q->filter, s->served->columns, q->params);
    return p->open ? promise_states(s, &q->filter.promises, err) : HF_OK;
}

enum hf_status question_plan(struct question *q, struct session *s,
                             const struct params *p, struct hf_error *err)
{
    return make_plan(q, s, p, false, err);
}

enum hf_status question_ask(struct question *q, struct session *s, const struct params *p,
                            struct hf_error *err)
{
    enum hf_status status = make_plan(q, s, p, false, err);
    if (status == HF_OK)
        status = search_run(s->reader, &q->compiled, &q->filter, &q->result, err);
    return status;
}

enum hf_status question_ask_list(struct question *q, struct session *s,
                                 const struct params *p, struct hf_error *err)
{
    enum hf_status status = make_plan(q, s, p, true, err);
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

/* ---- counting ---- */

struct tally {
    const struct search_filter *filter;
    uint8_t *people; /* a bit each of those already counted; NULL: every record counts */
    uint32_t n;
};

/* As search.c counts the list's total: in the mixed list a person is one hit. */
static void tally(void *ctx, uint32_t docid)
{
    struct tally *t = ctx;
    const struct columns *c = t->filter->columns;
    if (docid > c->last || !c->type[docid] || search_filter_failures(t->filter, docid))
        return;
    uint32_t person =
        t->people && c->type[docid] == HF_TYPE_ATTENDEE + 1 ? c->person[docid] : 0;
    uint8_t bit = (uint8_t)(1u << (person & 7));
    if (person && t->people[person >> 3] & bit) return;
    if (person) t->people[person >> 3] |= bit;
    t->n++;
}

/* False where it cannot be read. */
static bool count(struct session *s, const struct params *p, uint32_t *n)
{
    struct question q;
    struct hf_error err;
    memset(&q, 0, sizeof q);
    q.session = s;
    q.params = p;
    struct tally t = {.filter = &q.filter};
    enum hf_status status = session_begin(s, &err);
    if (status == HF_OK) status = plan_parse(s->planner, p->q, &q.plan, &err);
    if (status == HF_OK) {
        const struct columns *c = s->served->columns;
        take_type(&q);
        search_filter_init(&q.filter, c, q.params);
        struct compile_options o = {.where = where_of(q.params)};
        unsigned types = types_of(q.params);
        struct hf_query *query = compile_count(s->planner, s->reader, q.plan, &o, types);
        if (!types) t.people = hf_xcalloc(c->n_people / 8 + 1, 1);
        status = hf_reader_each_match(s->reader, query, tally, &t, &err);
        hf_query_free(query);
    }
    free(t.people);
    question_release(&q);
    *n = status == HF_OK ? t.n : 0;
    return status == HF_OK;
}

uint32_t question_count(struct session *s, const struct params *p)
{
    struct hf_error err;
    struct params bare = *p; /* borrowed members; what changes no number is left out */
    struct hf_buf key = HF_BUF_INIT;
    uint32_t n = 0;
    if (session_begin(s, &err) != HF_OK) return 0;
    struct counts *known = &s->served->counts; /* the session holds it */
    bare.sort = SORT_RELEVANCE;
    bare.lang = LANG_NB;
    bare.has_format = bare.all = false;
    bare.size = 10;
    params_url(&bare, &key);
    if (!counts_get(known, key.data, &n) && count(s, p, &n) &&
        known == &s->served->counts)
        counts_put(known, key.data, n);
    hf_buf_release(&key);
    return n;
}
