/* The answers of the API, as JSON (design, section 8). */
#include "answer.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hits.h"
#include "known.h"
#include "question.h"
#include "render_json.h"
#include "suggest.h"

/* ---- facets ---- */

static const char *label_of(enum hf_facet facet, const char *id, enum params_lang lang)
{
    const struct hf_choice *c = known_find(facet, id);
    return c ? known_label(c, lang) : id;
}

static bool is_selected(const struct params *p, enum hf_facet facet, const char *id)
{
    for (size_t i = 0; i < p->facet[facet].n; i++)
        if (!strcasecmp(p->facet[facet].at[i], id)) return true;
    return false;
}

struct counted {
    const char *id;
    uint32_t count;
};

static int by_count(const void *a, const void *b)
{
    const struct counted *x = a, *y = b;
    if (x->count != y->count) return x->count < y->count ? 1 : -1;
    return strcmp(x->id, y->id);
}

static int by_id_down(const void *a, const void *b)
{
    return strcmp(((const struct counted *)b)->id, ((const struct counted *)a)->id);
}

static void add_value(json_t *list, enum hf_facet facet, const struct counted *c,
                      const struct params *p)
{
    const char *region = facet == HF_FACET_HELSEFELLESSKAP ? known_region(c->id) : NULL;
    json_array_append_new(
        list, json_pack("{s:s, s:s, s:I, s:b, s:s*}", "value", c->id, "label",
                        label_of(facet, c->id, p->lang), "count", (json_int_t)c->count,
                        "selected", is_selected(p, facet, c->id), "region", region));
}

/* Values with hits, and the selected ones even without; also a selected value that the
 * index lacks. */
static json_t *facet_json(const struct question *q, enum hf_facet facet)
{
    const struct columns *c = q->session->served->columns;
    const struct params_values *chosen = &q->params->facet[facet];
    size_t n = columns_count(c, facet), m = 0;
    bool multiple = hf_facets[facet].is_multiple;
    struct counted *list = hf_xcalloc(n + 1, sizeof *list);
    json_t *out = json_array();
    for (size_t i = 0; i < n; i++) {
        size_t number = multiple ? i : i + 1;
        struct counted v = {columns_id(c, facet, number),
                            q->result.counts.facet[facet][number]};
        if (v.count || is_selected(q->params, facet, v.id)) list[m++] = v;
    }
    qsort(list, m, sizeof *list, facet == HF_FACET_YEAR ? by_id_down : by_count);
    for (size_t i = 0; i < m; i++) add_value(out, facet, &list[i], q->params);
    for (size_t i = 0; i < chosen->n; i++) {
        struct counted none = {chosen->at[i], 0};
        if (!columns_find(c, facet, chosen->at[i]))
            add_value(out, facet, &none, q->params);
    }
    free(list);
    return out;
}

static json_t *facets_json(const struct question *q)
{
    json_t *out = json_object();
    for (int f = 0; f < HF_N_FACETS; f++)
        if (hf_facets[f].is_answered)
            json_object_set_new(out, hf_facets[f].name, facet_json(q, (enum hf_facet)f));
    return out;
}

/* ---- what the answer says of itself ---- */

static json_t *totals_json(const struct search_counts *n)
{
    return json_pack(
        "{s:I, s:I, s:I, s:I, s:I}", "case", (json_int_t)n->by_type[HF_TYPE_CASE],
        "decision", (json_int_t)n->by_type[HF_TYPE_DECISION], "meeting",
        (json_int_t)n->by_type[HF_TYPE_MEETING], "attendee",
        (json_int_t)n->by_type[HF_TYPE_ATTENDEE], "person", (json_int_t)n->people);
}

struct searched {
    uint32_t meetings, trusts;
};

/* The meetings that the filters leave, whatever the words: what was searched. */
static struct searched count_searched(const struct question *q)
{
    const struct columns *c = q->session->served->columns;
    struct searched n = {0, 0};
    uint8_t *seen = hf_xcalloc(columns_count(c, HF_FACET_HELSEFELLESSKAP) + 1, 1);
    for (uint32_t i = 0; i < c->n_type[HF_TYPE_MEETING]; i++) {
        uint32_t d = c->meetings[i];
        if (!question_searches_meeting(q, d)) continue;
        n.meetings++;
        uint16_t trust = c->value[HF_FACET_HELSEFELLESSKAP][d];
        n.trusts += trust && !seen[trust];
        seen[trust] = 1;
    }
    free(seen);
    return n;
}

/* The same, counted once a generation for each choice of filters. */
static struct searched searched_by(const struct question *q)
{
    static const enum hf_facet of_meetings[] = {HF_FACET_REGION, HF_FACET_HELSEFELLESSKAP,
                                                HF_FACET_YEAR, HF_FACET_BODY};
    struct counts *known = &q->session->served->counts;
    struct params filters; /* borrowed members */
    struct hf_buf key = HF_BUF_INIT;
    struct searched n;
    params_init(&filters);
    for (size_t i = 0; i < sizeof of_meetings / sizeof *of_meetings; i++)
        filters.facet[of_meetings[i]] = q->params->facet[of_meetings[i]];
    filters.from = q->params->from;
    filters.to = q->params->to;
    params_url(&filters, &key);
    hf_buf_adds(&key, " meetings"); /* no address has a blank */
    size_t len = key.len - strlen("meetings");
    bool is_known = counts_get(known, key.data, &n.meetings);
    hf_buf_cut(&key, len);
    hf_buf_adds(&key, "trusts");
    if (!is_known || !counts_get(known, key.data, &n.trusts)) {
        n = count_searched(q);
        counts_put(known, key.data, n.trusts);
        hf_buf_cut(&key, len);
        hf_buf_adds(&key, "meetings");
        counts_put(known, key.data, n.meetings);
    }
    hf_buf_release(&key);
    return n;
}

static json_t *recall_json(const struct question *q)
{
    struct searched n = searched_by(q);
    return json_pack("{s:I, s:I, s:I}", "meetings_searched", (json_int_t)n.meetings,
                     "meetings_without_text",
                     (json_int_t)q->session->served->n_unreadable,
                     "helsefellesskap_covered", (json_int_t)n.trusts);
}

/* Hits that only the repair of damaged text found: what is missing when the question is
 * asked without. */
static uint32_t repair_only(const struct question *q)
{
    struct question without = *q;
    struct params none = *q->params;
    struct hf_error err;
    uint32_t total = q->result.counts.total, found = total;
    if (!q->compiled.has_repairs || !total) return 0;
    memset(&without.compiled, 0, sizeof without.compiled);
    memset(&without.result, 0, sizeof without.result);
    none.offset = 0;
    none.size = 1;
    none.all = false;
    without.params = without.filter.params = &none;
    question_compile(&without, true);
    if (search_run(q->session->reader, &without.compiled, &without.filter,
                   &without.result, &err) == HF_OK)
        found = without.result.counts.total;
    search_result_release(&without.result);
    compiled_release(&without.compiled);
    return total - found;
}

static json_t *link_with_query(const struct params *p, const char *query)
{
    struct params other = *p;
    struct hf_buf b = HF_BUF_INIT;
    other.q = (char *)query;
    hf_buf_adds(&b, "/v1/search?");
    params_url(&other, &b);
    json_t *link = json_stringn(b.data, b.len);
    hf_buf_release(&b);
    return link;
}

/* The readings, each with the address of the same question without it. */
static json_t *interpreted_json(const struct question *q)
{
    json_t *out = json_array(), *i_of;
    size_t i;
    json_array_foreach(q->compiled.interpreted, i, i_of)
    {
        size_t start = (size_t)json_integer_value(json_object_get(i_of, "start"));
        size_t end = (size_t)json_integer_value(json_object_get(i_of, "end"));
        const char *query = q->plan->query;
        struct hf_buf b = HF_BUF_INIT;
        hf_buf_addf(&b, "%.*s\"%.*s\"%s", (int)start, query, (int)(end - start),
                    query + start, query + end);
        json_t *one = json_pack(
            "{s:O, s:O, s:O, s:o}", "word", json_object_get(i_of, "word"), "as",
            json_object_get(i_of, "as"), "forms", json_object_get(i_of, "forms"), "off",
            link_with_query(q->params, b.data));
        json_array_append_new(out, one);
        hf_buf_release(&b);
    }
    return out;
}

static uint32_t count_of(const struct question *q, char *query)
{
    struct params other = *q->params;
    other.q = query;
    return question_count(q->session, &other);
}

static json_t *offer(const struct question *q, const char *query, uint32_t total)
{
    return json_pack("{s:s, s:I, s:o}", "query", query, "total", (json_int_t)total,
                     "link", link_with_query(q->params, query));
}

/* Where there are hits, a misspelt word is worth a word only if the right one finds far
 * more. */
#define FEW_HITS 2
#define FAR_MORE 10

static json_t *did_you_mean_json(const struct question *q)
{
    uint32_t have = q->result.counts.total;
    struct suggestions list;
    json_t *out = NULL;
    if (have > FEW_HITS || !q->plan->has_words) return json_null();
    suggest(q->session, q->plan, have > 0, &list);
    for (size_t i = 0; !out && i < list.n; i++) {
        const struct suggestion *s = &list.at[i];
        if (s->proof && !count_of(q, s->proof)) continue;
        uint32_t total = count_of(q, s->query);
        if (total && total >= have * FAR_MORE) out = offer(q, s->query, total);
    }
    suggestions_release(&list);
    return out ? out : json_null();
}

/* The query less one word, where all words are known but no record has them all. */
#define MAX_ALTERNATIVES 3

static json_t *alternatives_json(const struct question *q)
{
    char **shorter;
    size_t n;
    json_t *out = json_array();
    if (q->result.counts.total || !q->plan->has_words) return out;
    suggest_shorter(q->session, q->plan, &shorter, &n);
    for (size_t i = 0; i < n; i++) {
        uint32_t total = count_of(q, shorter[i]);
        size_t at = 0;
        while (at < json_array_size(out) &&
               json_integer_value(json_object_get(json_array_get(out, at), "total")) >=
                   (json_int_t)total)
            at++;
        if (total && at < MAX_ALTERNATIVES)
            json_array_insert_new(out, at, offer(q, shorter[i], total));
        if (json_array_size(out) > MAX_ALTERNATIVES)
            json_array_remove(out, MAX_ALTERNATIVES);
        free(shorter[i]);
    }
    free(shorter);
    return out;
}

static struct hit_maker maker_of(const struct question *q)
{
    return (struct hit_maker){q->session, &q->compiled.marks, &q->filter, q->params,
                              !q->params->facet[HF_FACET_TYPE].n};
}

static enum hf_status hits_json(const struct question *q, json_t *out,
                                struct hf_error *err)
{
    struct hit_maker m = maker_of(q);
    enum hf_status status = HF_OK;
    for (size_t i = 0; status == HF_OK && i < q->result.matches.n; i++) {
        json_t *hit;
        status = hit_make(&m, &q->result.matches.at[i], &hit, err);
        if (status == HF_OK) json_array_append_new(out, hit);
    }
    return status;
}

static enum hf_status hits_text(const struct question *q, struct hf_buf *out,
                                struct hf_error *err)
{
    struct hit_maker m = maker_of(q);
    enum hf_status status = HF_OK;
    for (size_t i = 0; status == HF_OK && i < q->result.matches.n; i++) {
        if (i) hf_buf_addc(out, ',');
        status = hit_write(&m, &q->result.matches.at[i], out, err);
    }
    return status;
}

static const char *updated_of(const struct served *v)
{
    const char *when = json_string_value(json_object_get(v->generation.meta, "updated"));
    return when ? when : "";
}

static double ms_since(const struct timespec *t)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double ms =
        (double)(now.tv_sec - t->tv_sec) * 1e3 + (double)(now.tv_nsec - t->tv_nsec) / 1e6;
    return (double)(long)(ms * 100) / 100;
}

/* ---- the answers ---- */

/* The answer with these hits. */
static json_t *search_json(const struct question *q, json_t *hits,
                           const struct timespec *started)
{
    const struct params *p = q->params;
    const struct served *served = q->session->served;
    size_t total = q->result.counts.total, size = p->all ? (total ? total : 1) : p->size;
    json_t *a = json_pack("{s:s}", "query", q->plan->query);
    json_object_set_new(a, "interpreted", interpreted_json(q));
    json_object_set_new(a, "total", json_integer((json_int_t)total));
    json_object_set_new(a, "totals_by_type", totals_json(&q->result.counts));
    json_object_set(a, "hits", hits);
    json_object_set_new(a, "facets", facets_json(q));
    json_object_set_new(a, "did_you_mean", did_you_mean_json(q));
    json_object_set_new(a, "alternatives", alternatives_json(q));
    json_object_set_new(a, "recall", recall_json(q));
    json_object_set_new(json_object_get(a, "recall"), "hits_by_repair_only",
                        json_integer(repair_only(q)));
    if (p->open)
        json_object_set_new(json_object_get(a, "recall"), "promises_unknown",
                            json_integer(q->result.counts.unknown));
    json_object_set_new(a, "index",
                        json_pack("{s:I, s:s}", "generation",
                                  (json_int_t)served->generation.number, "updated",
                                  updated_of(served)));
    json_object_set_new(a, "page",
                        json_integer((json_int_t)(p->all ? 1 : p->offset / size + 1)));
    json_object_set_new(a, "size", json_integer((json_int_t)(p->all ? total : size)));
    json_object_set_new(a, "pages",
                        json_integer((json_int_t)((total + size - 1) / size)));
    json_object_set_new(a, "took_ms", json_real(ms_since(started)));
    return a;
}

enum hf_status answer_search(struct session *s, const struct params *p, json_t **out,
                             struct hf_error *err)
{
    struct timespec started;
    struct question q;
    json_t *hits = json_array();
    clock_gettime(CLOCK_MONOTONIC, &started);
    *out = NULL;
    enum hf_status status = question_ask(&q, s, p, err);
    if (status == HF_OK) status = hits_json(&q, hits, err);
    if (status == HF_OK) *out = search_json(&q, hits, &started);
    json_decref(hits);
    question_release(&q);
    return status;
}

/* The hits' place in the rest of the answer: in no string can this stand. */
static const char no_hits[] = "\"hits\":[]";

enum hf_status answer_search_text(struct session *s, const struct params *p,
                                  json_t **head, struct hf_buf *out, struct hf_error *err)
{
    struct timespec started;
    struct question q;
    struct hf_buf hits = HF_BUF_INIT, rest = HF_BUF_INIT;
    json_t *none = json_array();
    clock_gettime(CLOCK_MONOTONIC, &started);
    *head = NULL;
    enum hf_status status = question_ask(&q, s, p, err);
    if (status == HF_OK) status = hits_text(&q, &hits, err);
    if (status == HF_OK) {
        *head = search_json(&q, none, &started);
        render_json(*head, &rest);
        const char *place = strstr(rest.data, no_hits);
        if (!place) HF_BUG("an answer without hits");
        size_t before = (size_t)(place - rest.data) + strlen(no_hits) - 1;
        hf_buf_reserve(out, rest.len + hits.len);
        hf_buf_add(out, rest.data, before);
        hf_buf_add(out, hits.data, hits.len);
        hf_buf_add(out, rest.data + before, rest.len - before);
    }
    json_decref(none);
    hf_buf_release(&hits);
    hf_buf_release(&rest);
    question_release(&q);
    return status;
}

enum hf_status answer_facets(struct session *s, const struct params *p, json_t **out,
                             struct hf_error *err)
{
    struct question q;
    *out = NULL;
    enum hf_status status = question_ask(&q, s, p, err);
    if (status == HF_OK)
        *out = json_pack("{s:I, s:o, s:o}", "total", (json_int_t)q.result.counts.total,
                         "totals_by_type", totals_json(&q.result.counts), "facets",
                         facets_json(&q));
    question_release(&q);
    return status;
}

enum hf_status answer_explain(struct session *s, const struct params *p, json_t **out,
                              struct hf_error *err)
{
    struct question q;
    *out = NULL;
    enum hf_status status = question_plan(&q, s, p, err);
    if (status == HF_OK) {
        json_t *terms = json_array();
        for (size_t i = 0; i < q.compiled.marks.n; i++) {
            const struct mark *m = &q.compiled.marks.at[i];
            char kind[2] = {(char)m->kind, 0};
            json_array_append_new(terms,
                                  json_pack("{s:s, s:s, s:o}", "term", m->text, "kind",
                                            kind, "matched", marks_how_json(m->how)));
        }
        char *engine = hf_query_describe(q.compiled.query);
        *out = json_pack("{s:s, s:o, s:o, s:o, s:s}", "query", q.plan->query, "plan",
                         plan_json(q.plan->root), "terms", terms, "interpreted",
                         interpreted_json(&q), "engine", engine);
        free(engine);
    }
    question_release(&q);
    return status;
}

/* ---- hfsok analyse ---- */

/* The terms of one line, each once; one that is strong anywhere in it is strong. */
struct printed {
    struct hf_map by_text; /* number + 1 */
    struct printed_term {
        char *text;
        bool is_weak;
    } * at;
    size_t n, cap;
};

static void note_term(struct printed *p, const char *text, size_t len, bool is_weak)
{
    size_t known = (size_t)hf_map_get(&p->by_text, text, len);
    if (known) {
        p->at[known - 1].is_weak &= is_weak;
        return;
    }
    p->at = hf_grow(p->at, &p->cap, p->n, sizeof *p->at);
    p->at[p->n] = (struct printed_term){hf_xstrndup(text, len), is_weak};
    hf_map_put(&p->by_text, p->at[p->n].text, len, (void *)(p->n + 1));
    p->n++;
}

/* A word with digits only has but its exact form. */
static int note_one(void *ctx, const struct hf_term *t)
{
    bool digits = t->kind == HF_TERM_EXACT && strspn(t->text, "0123456789") >= t->len;
    if (t->kind == HF_TERM_SOUND || (t->kind == HF_TERM_EXACT && !digits)) return 0;
    note_term(ctx, t->text, t->len, t->is_weak);
    return 0;
}

void answer_analyse(struct session *s, const struct analyse_options *o, const char *text,
                    size_t len, struct hf_buf *b)
{
    struct printed p = {.n = 0};
    struct hf_analyser *a = planner_analyser(s->planner);
    hf_analyser_damaged(a, o->is_damaged);
    hf_analyse(a, o->is_query ? HF_QUERY_TEXT : HF_INDEX_TEXT, text, len, note_one, &p);
    hf_analyser_damaged(a, false);
    for (size_t i = 0; i < p.n; i++) {
        hf_buf_addf(b, "%s%s%s", i ? " " : "", p.at[i].is_weak ? "~" : "", p.at[i].text);
        free(p.at[i].text);
    }
    free(p.at);
    hf_map_release(&p.by_text);
}
