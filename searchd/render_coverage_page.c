/* The page of /dekning: what is held of each helsefellesskap in each year as a table of
 * 19 rows, and below it each gap by name. */
#include <stdlib.h>
#include <string.h>

#include "known.h"
#include "render_html.h"
#include "render_json.h"

enum { MAX_YEARS = 64 };

struct matrix {
    const struct page *page;
    const json_t
        *rows; /* of the answer; those of one helsefellesskap follow each other */
    int years[MAX_YEARS];
    size_t n_years;
};

/* One helsefellesskap: its rows from `from` up to `to`. */
struct trust {
    const json_t *first;
    const char *id;
    size_t from, to;
};

static json_int_t member_number(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

static json_int_t member_size(const json_t *object, const char *name)
{
    return (json_int_t)json_array_size(json_object_get(object, name));
}

/* The helsefellesskap whose rows begin at `from`; false at the end. */
static bool next_trust(const struct matrix *m, size_t from, struct trust *t)
{
    t->first = json_array_get(m->rows, from);
    t->id = member_text(t->first, "helsefellesskap");
    t->from = t->to = from;
    while (t->to < json_array_size(m->rows) &&
           !strcmp(member_text(json_array_get(m->rows, t->to), "helsefellesskap"), t->id))
        t->to++;
    return t->to > from;
}

/* The newest year first; «without year» (0) is the last column. */
static int newest_first(const void *a, const void *b)
{
    return *(const int *)b - *(const int *)a;
}

/* The row of a helsefellesskap of which nothing is here. */
static bool is_empty(const json_t *row)
{
    return json_is_null(json_object_get(row, "year")) &&
           !member_number(row, "meetings") && !member_number(row, "notices") &&
           !member_number(row, "reports") && !member_size(row, "unreadable");
}

static void find_years(struct matrix *m)
{
    size_t i, k;
    json_t *row;
    json_array_foreach((json_t *)m->rows, i, row)
    {
        int year = (int)member_number(row, "year");
        for (k = 0; k < m->n_years && m->years[k] != year; k++) {
        }
        if (is_empty(row) || k < m->n_years || m->n_years == MAX_YEARS) continue;
        m->years[m->n_years++] = year;
    }
    qsort(m->years, m->n_years, sizeof *m->years, newest_first);
}

/* ---- the table ---- */

/* The meetings of one helsefellesskap and year as a search; nothing where no search finds
 * just them. */
static void meetings_address(json_t *view, const struct page *page, const char *trust,
                             int year)
{
    struct params q = view_new_question(page);
    struct params_values *of = &q.facet[HF_FACET_HELSEFELLESSKAP];
    char number[16];
    view_text(view, "address", NULL);
    if (!*trust || !year) return;
    snprintf(number, sizeof number, "%d", year);
    q.facet[HF_FACET_TYPE].at[q.facet[HF_FACET_TYPE].n++] = (char *)"meeting";
    of->at[of->n++] = (char *)trust;
    q.facet[HF_FACET_YEAR].at[q.facet[HF_FACET_YEAR].n++] = number;
    q.sort = SORT_OLDEST;
    view_question(view, "address", page, &q, 1);
}

/* Appends how many there are of what a cell lacks; nothing for none. */
static void lack(struct hf_buf *b, const struct page *page, enum string_id id,
                 json_int_t n)
{
    char text[24];
    if (!n) return;
    snprintf(text, sizeof text, "%lld", (long long)n);
    if (b->len) hf_buf_adds(b, ", ");
    strings_fill(b, id, page->p->lang, text, NULL);
}

static void cell(json_t *view, const struct matrix *m, const struct trust *t, int year)
{
    json_int_t held = 0, missing = 0, unreadable = 0;
    struct hf_buf lacks = HF_BUF_INIT;
    for (size_t i = t->from; i < t->to; i++) {
        const json_t *row = json_array_get(m->rows, i);
        if (member_number(row, "year") != year) continue;
        held += member_number(row, "meetings") + member_number(row, "notices") +
                member_number(row, "reports");
        missing += member_size(row, "missing");
        unreadable += member_size(row, "unreadable");
    }
    lack(&lacks, m->page, S_COVERAGE_N_MISSING, missing);
    lack(&lacks, m->page, S_COVERAGE_N_UNREADABLE, unreadable);
    view_text(view, "lacks", lacks.data);
    view_text(view, "state", lacks.len ? "gaps" : held ? "held" : "none");
    view_text(view, "held", NULL);
    hf_buf_release(&lacks);
    if (!held) return;
    view_number(view, "held", held);
    meetings_address(view, m->page, t->id, year);
}

static bool has_detail(const struct matrix *m, const struct trust *t)
{
    for (size_t i = t->from; i < t->to; i++) {
        const json_t *row = json_array_get(m->rows, i);
        if (member_size(row, "missing") || member_size(row, "unreadable")) return true;
    }
    return false;
}

/* What a helsefellesskap is called, and where its gaps stand on the page. */
static void name(json_t *view, const struct matrix *m, const struct trust *t)
{
    view_copy(view, t->first, "helsefellesskap_name", NULL);
    view_text(view, "anchor", !has_detail(m, t) ? NULL : *t->id ? t->id : "ukjent");
}

/* The helsefellesskap of one health region below each other. */
static void table(json_t *view, const struct matrix *m)
{
    json_t *regions = view_list(view, "regions"), *trusts = NULL;
    const char *region = NULL;
    struct trust t;
    view_number(view, "n_columns", (long long)m->n_years + 1);
    json_t *years = view_list(view, "years");
    for (size_t k = 0; k < m->n_years; k++) {
        json_t *one = view_item(years);
        view_text(one, "year", NULL);
        if (m->years[k]) view_number(one, "year", m->years[k]);
    }
    for (size_t i = 0; next_trust(m, i, &t); i = t.to) {
        const char *own = member_text(t.first, "region");
        if (!region || strcmp(own, region) != 0) {
            json_t *one = view_item(regions);
            view_choice(one, "region", m->page, HF_FACET_REGION, own);
            trusts = view_list(one, "trusts");
        }
        region = own;
        json_t *row = view_item(trusts), *cells = view_list(row, "cells");
        name(row, m, &t);
        for (size_t k = 0; k < m->n_years; k++)
            cell(view_item(cells), m, &t, m->years[k]);
    }
}

/* ---- the gaps by name ---- */

static void gap(json_t *list, const struct page *page, const json_t *row,
                enum string_id id, const char *text)
{
    json_t *one = view_item(list);
    view_copy(one, row, "body", "year", NULL);
    view_say(one, "what", page, id, text, NULL);
}

static void gaps(json_t *view, const struct matrix *m)
{
    json_t *list = view_list(view, "lacking"), *one;
    struct trust t;
    size_t k;
    for (size_t i = 0; next_trust(m, i, &t); i = t.to) {
        if (!has_detail(m, &t)) continue;
        json_t *of = view_item(list), *items = view_list(of, "gaps");
        name(of, m, &t);
        for (size_t r = t.from; r < t.to; r++) {
            const json_t *row = json_array_get(m->rows, r);
            json_array_foreach(json_object_get(row, "missing"), k, one)
                gap(items, m->page, row, S_COVERAGE_MISSING, member_text(one, "reason"));
            json_array_foreach(json_object_get(row, "unreadable"), k, one)
                gap(items, m->page, row, S_COVERAGE_UNREADABLE, json_string_value(one));
        }
    }
}

/* Documents of which nobody knows where they belong. */
static void unreadable(json_t *view, const json_t *answer)
{
    json_t *list = view_list(view, "strays"), *one;
    size_t i;
    json_array_foreach(json_object_get(answer, "unreadable"), i, one)
        view_copy(view_item(list), one, "source", "reason", NULL);
}

static void summary(json_t *view, const struct page *page, const json_t *answer)
{
    char meetings[24], trusts[24], day[16];
    size_t not_covered = json_array_size(json_object_get(answer, "not_covered")), n;
    known_choices(HF_FACET_HELSEFELLESSKAP, &n);
    snprintf(meetings, sizeof meetings, "%lld",
             (long long)member_number(json_object_get(answer, "totals"), "meetings"));
    snprintf(trusts, sizeof trusts, "%zu", n > not_covered ? n - not_covered : 0);
    view_say(view, "lead", page, S_COVERAGE_LEAD, meetings, trusts, NULL);
    snprintf(day, sizeof day, "%.10s",
             member_text(json_object_get(answer, "index"), "updated"));
    view_date(view, "updated", page, day);
}

void render_coverage_page(const struct page *page, const json_t *answer)
{
    struct matrix m = {.page = page, .rows = json_object_get(answer, "rows")};
    json_t *view = view_page(page, strings_get(S_COVERAGE_TITLE, page->p->lang));
    find_years(&m);
    summary(view, page, answer);
    table(view, &m);
    gaps(view, &m);
    unreadable(view, answer);
    view_export(view, "csv", page->p, "/v1/coverage", "format=csv");
    view_show(page, "coverage", view);
}
