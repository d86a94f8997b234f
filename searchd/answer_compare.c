/* What the nineteen decided, side by side, and how often over the years: exact counts
 * over all hits, beside the meetings that were searched. */
#include "answer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "hits.h"
#include "known.h"
#include "question.h"

/* The columns or series of an answer: the values of a facet, or those that are chosen. */
struct rows {
    enum hf_facet facet;
    const struct hf_choice *choices;
    size_t n;
};

static struct rows rows_of(enum hf_facet facet)
{
    struct rows r = {.facet = facet};
    r.choices = known_choices(facet, &r.n);
    return r;
}

static bool is_wanted(const struct params *p, const struct rows *r, size_t i)
{
    const struct params_values *chosen = &p->facet[r->facet];
    for (size_t k = 0; k < chosen->n; k++)
        if (!strcasecmp(chosen->at[k], r->choices[i].id)) return true;
    return !chosen->n;
}

/* The records that have one value of the facet; its number is looked up once, not for
 * each record. */
struct value {
    const struct columns *columns;
    enum hf_facet facet;
    uint16_t number; /* a bit where the facet is multiple; 0: no record has it */
};

static struct value value_of(const struct question *q, const struct rows *r, size_t i)
{
    const struct columns *c = q->session->served->columns;
    return (struct value){c, r->facet, columns_find(c, r->facet, r->choices[i].id)};
}

static bool has_value(const struct value *v, uint32_t docid)
{
    uint16_t value = v->columns->value[v->facet][docid];
    return v->number && (hf_facets[v->facet].is_multiple ? (value & v->number) != 0
                                                         : value == v->number);
}

/* The question for records of the given types, all of them, in time order. */
static void all_of(struct params *to, const struct params *p, const char *const *types,
                   size_t n)
{
    struct params_values *list = &to->facet[HF_FACET_TYPE];
    *to = *p;
    to->all = true;
    to->sort = SORT_OLDEST;
    for (list->n = 0; list->n < n; list->n++) list->at[list->n] = (char *)types[list->n];
}

/* ---- compare ---- */

static uint32_t meetings_of(const struct question *q, const struct value *v)
{
    uint32_t n = 0;
    for (uint32_t d = 1; d <= v->columns->last; d++)
        n += has_value(v, d) && question_searches_meeting(q, d);
    return n;
}

static enum hf_status column(struct question *q, const struct rows *r, size_t i,
                             json_t **out, struct hf_error *err)
{
    struct value v = value_of(q, r, i);
    struct hit_maker m = {q->session, &q->compiled.marks, &q->filter, q->params, false};
    enum hf_status status = HF_OK;
    size_t total = 0;
    json_t *decisions = json_array();
    for (size_t k = 0; status == HF_OK && k < q->result.matches.n; k++) {
        json_t *hit;
        if (!has_value(&v, q->result.matches.at[k].docid)) continue;
        if (total++ >= q->params->size) continue;
        status = hit_make(&m, &q->result.matches.at[k], &hit, err);
        if (status == HF_OK) json_array_append_new(decisions, hit);
    }
    *out = json_pack("{s:s, s:s, s:I, s:I, s:o}", "helsefellesskap", r->choices[i].id,
                     "label", known_label(&r->choices[i], q->params->lang),
                     "meetings_held", (json_int_t)meetings_of(q, &v), "total",
                     (json_int_t)total, "decisions", decisions);
    return status;
}

static void set_state(json_t *column, uint32_t mentions)
{
    bool decided = json_integer_value(json_object_get(column, "total")) > 0;
    bool held = json_integer_value(json_object_get(column, "meetings_held")) > 0;
    const char *state = decided    ? "decided"
                        : mentions ? "mentioned"
                        : held     ? "nothing"
                                   : "not_held";
    json_object_set_new(column, "mentions", json_integer(mentions));
    json_object_set_new(column, "state", json_string(state));
}

static uint32_t mentions_of(const struct question *q, const struct rows *r, size_t i)
{
    struct value v = value_of(q, r, i);
    return v.number ? q->result.counts.facet[r->facet][v.number] : 0;
}

enum hf_status answer_compare(struct session *s, const struct params *p, json_t **out,
                              struct hf_error *err)
{
    static const char *const decision[] = {"decision"}, *const other[] = {"case",
                                                                          "meeting"};
    struct params decisions, mentions;
    struct question q, also = {NULL};
    struct rows r = rows_of(HF_FACET_HELSEFELLESSKAP);
    json_t *list = json_array(), *one;
    *out = NULL;
    all_of(&decisions, p, decision, 1);
    all_of(&mentions, p, other, 2);
    mentions.all = false;
    enum hf_status status = question_ask(&q, s, &decisions, err);
    if (status == HF_OK) status = question_ask(&also, s, &mentions, err);
    for (size_t i = 0; status == HF_OK && i < r.n; i++) {
        if (!is_wanted(p, &r, i)) continue;
        status = column(&q, &r, i, &one, err);
        set_state(one, mentions_of(&also, &r, i));
        json_array_append_new(list, one);
    }
    if (status == HF_OK)
        *out = json_pack("{s:s, s:I, s:O}", "query", q.plan->query, "total",
                         (json_int_t)q.result.counts.total, "columns", list);
    json_decref(list);
    question_release(&q);
    question_release(&also);
    return status;
}

/* ---- timeline ---- */

struct span {
    unsigned from, to; /* years; from 0: none */
};

static unsigned year_of(const struct columns *c, uint32_t docid)
{
    return c->date[docid] / 10000;
}

static void widen(struct span *s, unsigned year)
{
    if (!year) return;
    if (!s->from || year < s->from) s->from = year;
    if (year > s->to) s->to = year;
}

/* From the first year with a meeting or a hit to the last. */
static struct span span_of(const struct question *q)
{
    const struct columns *c = q->session->served->columns;
    struct span s = {0, 0};
    for (uint32_t d = 1; d <= c->last; d++)
        if (question_searches_meeting(q, d)) widen(&s, year_of(c, d));
    for (size_t k = 0; k < q->result.matches.n; k++)
        widen(&s, year_of(c, q->result.matches.at[k].docid));
    return s;
}

/* Hits and meetings of one series by year; place 0 is «no year». A patient group is no
 * matter of meetings: there all meetings count. */
static json_t *series(const struct question *q, const struct rows *r, size_t i,
                      struct span span)
{
    const struct columns *c = q->session->served->columns;
    size_t n = span.from ? span.to - span.from + 2 : 1;
    uint32_t *hits = hf_xcalloc(n, sizeof *hits), *meetings = hf_xcalloc(n, sizeof *hits);
    bool is_group = r->facet == HF_FACET_GROUP;
    struct value v = value_of(q, r, i);
    for (uint32_t d = 1; d <= c->last; d++) {
        unsigned year = year_of(c, d);
        if (question_searches_meeting(q, d) && (is_group || has_value(&v, d)))
            meetings[year ? year - span.from + 1 : 0]++;
    }
    for (size_t k = 0; k < q->result.matches.n; k++) {
        uint32_t d = q->result.matches.at[k].docid;
        unsigned year = year_of(c, d);
        if (has_value(&v, d)) hits[year ? year - span.from + 1 : 0]++;
    }
    json_t *years = json_array();
    for (size_t k = 0; k < n; k++) {
        if (!k && !hits[0] && !meetings[0]) continue;
        json_t *year = k ? json_integer((json_int_t)(span.from + k - 1)) : json_null();
        json_array_append_new(years, json_pack("{s:o, s:I, s:I}", "year", year, "hits",
                                               (json_int_t)hits[k], "meetings",
                                               (json_int_t)meetings[k]));
    }
    free(hits);
    free(meetings);
    return json_pack("{s:s, s:s, s:o}", "value", r->choices[i].id, "label",
                     known_label(&r->choices[i], q->params->lang), "years", years);
}

enum hf_status answer_timeline(struct session *s, const struct params *p, json_t **out,
                               struct hf_error *err)
{
    static const char *const decision[] = {"decision"};
    const struct params_values *types = &p->facet[HF_FACET_TYPE];
    struct params all;
    struct question q;
    struct rows r = rows_of(p->by);
    *out = NULL;
    all_of(&all, p, types->n ? (const char *const *)types->at : decision,
           types->n ? types->n : 1);
    enum hf_status status = question_ask(&q, s, &all, err);
    if (status == HF_OK) {
        json_t *list = json_array();
        struct span span = span_of(&q);
        for (size_t i = 0; i < r.n; i++)
            if (is_wanted(p, &r, i)) json_array_append_new(list, series(&q, &r, i, span));
        *out = json_pack("{s:s, s:s, s:I, s:o}", "query", q.plan->query, "by",
                         hf_facets[p->by].name, "total",
                         (json_int_t)q.result.counts.total, "series", list);
    }
    question_release(&q);
    return status;
}
