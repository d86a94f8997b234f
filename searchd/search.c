#include "search.h"

#include <stdlib.h>
#include <string.h>

#define FAILS_ALL (~0u)

/* ---- filters ---- */

void search_filter_init(struct search_filter *f, const struct columns *c,
                        const struct params *p)
{
    memset(f, 0, sizeof *f);
    f->columns = c;
    f->params = p;
    f->has_dates = p->from || p->to;
    f->passes_all = !f->has_dates && !p->open;
    for (int g = 0; g < HF_N_FACETS; g++) {
        const struct params_values *v = &p->facet[g];
        bool multiple = hf_facets[g].is_multiple;
        if (!v->n || g == HF_FACET_TYPE) continue;
        f->passes_all = false;
        f->chosen_in[f->n_chosen++] = g;
        if (!multiple)
            f->chosen[g] = hf_xcalloc(columns_count(c, (enum hf_facet)g) + 1, 1);
        bool any = false;
        for (size_t i = 0; i < v->n; i++) {
            uint16_t n = columns_find(c, (enum hf_facet)g, v->at[i]);
            any |= n != 0;
            if (multiple)
                f->mask[g] = (uint16_t)(f->mask[g] | n);
            else if (n)
                f->chosen[g][n] = 1;
        }
        f->impossible[g] = !any;
    }
}

void search_filter_release(struct search_filter *f)
{
    for (int g = 0; g < HF_N_FACETS; g++) free(f->chosen[g]);
    memset(f, 0, sizeof *f);
}

/* from and to compare the date; the year alone where there is no date. */
static bool passes_dates(const struct search_filter *f, uint32_t docid)
{
    const struct params *p = f->params;
    uint32_t date = f->columns->date[docid], from = (uint32_t)p->from,
             to = (uint32_t)p->to;
    if (!date) return false;
    if (date % 10000 == 0) {
        from = from / 10000 * 10000;
        to = to / 10000 * 10000;
    }
    return (!p->from || date >= from) && (!p->to || date <= to);
}

unsigned search_filter_failures(const struct search_filter *f, uint32_t docid)
{
    const struct columns *c = f->columns;
    unsigned failed = 0;
    if (f->passes_all) return 0;
    if (f->has_dates && !passes_dates(f, docid)) return FAILS_ALL;
    if (f->params->open && (!f->promises || f->promises[docid] != PROMISE_OPEN))
        failed |= SEARCH_NOT_OPEN;
    for (unsigned i = 0; i < f->n_chosen; i++) {
        int g = f->chosen_in[i];
        bool ok = f->chosen[g] ? f->chosen[g][c->value[g][docid]]
                               : c->value[g][docid] & f->mask[g];
        if (f->impossible[g] || !ok) failed |= 1u << g;
    }
    return failed;
}

/* ---- one pass ---- */

struct pass {
    const struct search_filter *f;
    struct search_result *out;
    const uint8_t *by_name;    /* a bit a document: attendees that match by name */
    uint8_t *people_seen;      /* a bit a person */
    unsigned wanted;           /* types of the list: a bit each */
    bool is_mixed;             /* no type asked for: people once each */
    int answered[HF_N_FACETS]; /* the facets that are counted */
    unsigned n_answered;
    struct pair_set {
        uint64_t *at;
        size_t n, cap;
    } counted;
};

static bool test_and_set(uint8_t *bits, uint32_t i)
{
    uint8_t bit = (uint8_t)(1u << (i & 7));
    bool was = bits[i >> 3] & bit;
    bits[i >> 3] |= bit;
    return was;
}

/* A person counts once for each value of a facet, however many attendances there are. */
static bool pair_is_new(struct pair_set *s, uint64_t pair)
{
    if ((s->n + 1) * 2 > s->cap) {
        struct pair_set old = *s;
        s->cap = old.cap ? old.cap * 2 : 1024;
        s->at = hf_xcalloc(s->cap, sizeof *s->at);
        s->n = 0;
        for (size_t i = 0; i < old.cap; i++)
            if (old.at[i]) pair_is_new(s, old.at[i]);
        free(old.at);
    }
    size_t i = (size_t)(pair * 0x9E3779B97F4A7C15u >> 20) & (s->cap - 1);
    while (s->at[i] && s->at[i] != pair) i = (i + 1) & (s->cap - 1);
    if (s->at[i] == pair) return false;
    s->at[i] = pair;
    s->n++;
    return true;
}

static void count_value(struct pass *p, int g, size_t number, uint32_t person)
{
    if (person) {
        uint64_t pair =
            (uint64_t)person << 28 | (uint64_t)(g + 1) << 20 | (uint64_t)(number + 1);
        if (!pair_is_new(&p->counted, pair)) return;
    }
    p->out->counts.facet[g][number]++;
}

static void count_facet(struct pass *p, int g, uint32_t docid, uint32_t person)
{
    unsigned value = p->f->columns->value[g][docid];
    if (!value) return;
    if (!hf_facets[g].is_multiple) {
        count_value(p, g, value, person);
        return;
    }
    for (; value; value &= value - 1)
        count_value(p, g, (size_t)__builtin_ctz(value), person);
}

static bool look_at(void *ctx, uint32_t docid)
{
    struct pass *p = ctx;
    const struct columns *c = p->f->columns;
    if (docid > c->last || !c->type[docid]) return false;
    unsigned type = c->type[docid] - 1u, failed = search_filter_failures(p->f, docid);
    bool named = type != HF_TYPE_ATTENDEE || !p->by_name ||
                 p->by_name[docid >> 3] >> (docid & 7) & 1;
    bool in_list = p->wanted >> type & 1 && (named || !p->is_mixed);
    /* In the mixed list an attendee stands for a person, who is one hit. */
    uint32_t person = p->is_mixed && type == HF_TYPE_ATTENDEE ? c->person[docid] : 0;
    if (failed && (failed & (failed - 1))) return false; /* fails in two facets */
    for (unsigned i = 0; in_list && i < p->n_answered; i++)
        if (!(failed & ~(1u << p->answered[i])))
            count_facet(p, p->answered[i], docid, person);
    if (failed == SEARCH_NOT_OPEN && in_list && p->f->promises)
        p->out->counts.unknown += p->f->promises[docid] == PROMISE_UNKNOWN;
    if (failed) return false;
    p->out->counts.by_type[type]++;
    if (type == HF_TYPE_ATTENDEE && named && c->person[docid] &&
        !test_and_set(p->people_seen, c->person[docid])) {
        p->out->counts.people++;
        p->out->counts.total += in_list && p->is_mixed;
    }
    bool is_person = p->is_mixed && type == HF_TYPE_ATTENDEE;
    p->out->counts.total += in_list && (!is_person || !c->person[docid]);
    return in_list;
}

static void note_name(void *ctx, uint32_t docid)
{
    test_and_set(ctx, docid);
}

static void set_order(struct hf_search_options *o, const struct params *p, bool has_words,
                      const uint32_t *dates)
{
    enum params_sort sort = p->sort;
    o->sort_slot = -1;
    o->tie_slot = HF_SLOT_DATE;
    o->tie_keys = dates;
    if (sort == SORT_RELEVANCE && !has_words) sort = SORT_NEWEST;
    if (sort == SORT_NEWEST || sort == SORT_OLDEST) {
        o->sort_slot = HF_SLOT_DATE;
        o->sort_ascending = sort == SORT_OLDEST;
    } else if (sort == SORT_ADDED) {
        o->sort_slot = HF_SLOT_SEEN;
    } else if (sort == SORT_CASE) {
        o->sort_slot = HF_SLOT_CASE;
        o->sort_ascending = true;
    }
}

enum hf_status search_run(struct hf_reader *r, const struct compiled *c,
                          const struct search_filter *f, struct search_result *out,
                          struct hf_error *err)
{
    const struct columns *col = f->columns;
    const struct params *p = f->params;
    const struct params_values *types = &p->facet[HF_FACET_TYPE];
    memset(out, 0, sizeof *out);
    for (int g = 0; g < HF_N_FACETS; g++)
        out->counts.facet[g] =
            hf_xcalloc(columns_count(col, (enum hf_facet)g) + 17, sizeof(uint32_t));
    struct pass pass = {.f = f, .out = out, .is_mixed = !types->n};
    for (int g = 0; g < HF_N_FACETS; g++)
        if (hf_facets[g].is_answered) pass.answered[pass.n_answered++] = g;
    uint8_t *by_name = hf_xcalloc(col->last / 8 + 1, 1);
    pass.people_seen = hf_xcalloc(col->n_people / 8 + 1, 1);
    pass.wanted = 1u << HF_TYPE_CASE | 1u << HF_TYPE_ATTENDEE | 1u << HF_TYPE_MEETING;
    if (types->n) pass.wanted = 0;
    for (size_t i = 0; i < types->n; i++) {
        int t =
            hf_choice_find(&hf_facets[HF_FACET_TYPE], types->at[i], strlen(types->at[i]));
        if (t >= 0) pass.wanted |= 1u << t;
    }
    enum hf_status status = HF_OK;
    if (c->by_name) {
        pass.by_name = by_name;
        status = hf_reader_each_match(r, c->by_name, note_name, by_name, err);
    }
    struct hf_search_options o = {.offset = p->offset,
                                  .size = p->size,
                                  .accept = look_at,
                                  .accept_ctx = &pass,
                                  .accepts_few = !f->passes_all,
                                  .collapse_slot = -1};
    if (p->all) {
        o.offset = 0;
        o.size = col->last;
    }
    if (pass.is_mixed && c->has_people) o.collapse_slot = HF_SLOT_PERSON;
    set_order(&o, p, c->by_name != NULL, col->date);
    if (status == HF_OK) status = hf_reader_search(r, c->query, &o, &out->matches, err);
    free(by_name);
    free(pass.people_seen);
    free(pass.counted.at);
    if (status != HF_OK) search_result_release(out);
    return status;
}

void search_result_release(struct search_result *s)
{
    hf_matches_release(&s->matches);
    for (int g = 0; g < HF_N_FACETS; g++) free(s->counts.facet[g]);
    memset(s, 0, sizeof *s);
}
