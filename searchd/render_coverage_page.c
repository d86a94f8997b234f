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
    const json_t *rows; /* of the answer */
    int years[MAX_YEARS];
    size_t n_years;
};

struct cell {
    json_int_t meetings, documents, missing, unreadable;
};

static json_int_t member_number(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

static bool is_of(const json_t *row, const char *trust)
{
    return strcmp(member_text(row, "helsefellesskap"), trust) == 0;
}

/* What the rows of one helsefellesskap ("": of all) say of a year. */
static struct cell cell_of(const struct matrix *m, const char *trust, int year)
{
    struct cell c = {0, 0, 0, 0};
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)m->rows, i, row)
    {
        if ((*trust && !is_of(row, trust)) || member_number(row, "year") != year)
            continue;
        c.meetings += member_number(row, "meetings");
        c.documents += member_number(row, "notices") + member_number(row, "reports");
        c.missing += (json_int_t)json_array_size(json_object_get(row, "missing"));
        c.unreadable += (json_int_t)json_array_size(json_object_get(row, "unreadable"));
    }
    return c;
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
           !member_number(row, "reports") &&
           !json_array_size(json_object_get(row, "unreadable"));
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

static void say_number(const struct page *page, enum string_id id, json_int_t n)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)n);
    html_say(page, id, text, NULL);
}

/* The meetings of one helsefellesskap and year as a search. */
static void meetings_link(const struct page *page, const char *trust, int year)
{
    struct params q = html_question(page);
    struct hf_buf url = HF_BUF_INIT;
    char number[16];
    snprintf(number, sizeof number, "%d", year);
    q.facet[HF_FACET_TYPE].at[q.facet[HF_FACET_TYPE].n++] = (char *)"meeting";
    if (*trust)
        q.facet[HF_FACET_HELSEFELLESSKAP].at[q.facet[HF_FACET_HELSEFELLESSKAP].n++] =
            (char *)trust;
    q.facet[HF_FACET_YEAR].at[q.facet[HF_FACET_YEAR].n++] = number;
    q.sort = SORT_OLDEST;
    html_search_url(page, &q, 1, &url);
    html_link(page->out, url.data);
    hf_buf_release(&url);
}

static void one_cell(const struct matrix *m, const char *trust, int year)
{
    struct hf_buf *b = m->page->out;
    struct cell c = cell_of(m, trust, year);
    const char *state = c.missing || c.unreadable   ? "gaps"
                        : c.meetings || c.documents ? "held"
                                                    : "none";
    hf_buf_addf(b, "<td class=\"%s\">", state);
    if (c.meetings || c.documents) {
        if (year) meetings_link(m->page, trust, year);
        hf_buf_addf(b, "%lld<span class=\"vh\"> ", (long long)(c.meetings + c.documents));
        html_say(m->page, S_DOCUMENTS_WORD, NULL);
        hf_buf_adds(b, year ? "</span></a>" : "</span>");
    } else {
        hf_buf_adds(b, "<span aria-hidden=\"true\">–</span><span class=\"vh\">");
        html_say(m->page, S_COVERAGE_NONE, NULL);
        hf_buf_adds(b, "</span>");
    }
    if (c.missing || c.unreadable) {
        hf_buf_adds(b, " <span class=\"gap\">");
        if (c.missing) say_number(m->page, S_COVERAGE_N_MISSING, c.missing);
        if (c.missing && c.unreadable) hf_buf_adds(b, ", ");
        if (c.unreadable) say_number(m->page, S_COVERAGE_N_UNREADABLE, c.unreadable);
        hf_buf_adds(b, "</span>");
    }
    hf_buf_adds(b, "</td>");
}

static bool has_detail(const struct matrix *m, const char *trust)
{
    size_t i;
    json_t *row;
    json_array_foreach(
        (json_t *)m->rows, i,
        row) if (is_of(row, trust) &&
                 (json_array_size(json_object_get(row, "missing")) ||
                  json_array_size(json_object_get(row, "unreadable")))) return true;
    return false;
}

static void row_head(const struct matrix *m, const json_t *row)
{
    struct hf_buf *b = m->page->out;
    const char *trust = member_text(row, "helsefellesskap"),
               *name = member_text(row, "helsefellesskap_name");
    bool linked = has_detail(m, trust);
    hf_buf_adds(b, "<tr><th scope=\"row\">");
    if (linked) hf_buf_addf(b, "<a href=\"#%s\">", *trust ? trust : "ukjent");
    if (*name)
        html_text(b, name);
    else
        html_say(m->page, S_COVERAGE_UNKNOWN, NULL);
    if (linked) hf_buf_adds(b, "</a>");
    hf_buf_adds(b, "</th>");
}

/* A line between the health regions. */
static void region_head(const struct matrix *m, const char *region)
{
    const struct hf_choice *c = known_find(HF_FACET_REGION, region);
    hf_buf_addf(m->page->out,
                "<tr class=\"region\"><th scope=\"rowgroup\" colspan=\"%zu\">",
                m->n_years + 1);
    html_text(m->page->out, c ? known_label(c, m->page->p->lang) : "–");
    hf_buf_adds(m->page->out, "</th></tr>\n");
}

static void table(const struct matrix *m)
{
    struct hf_buf *b = m->page->out;
    const char *trust = NULL, *region = NULL;
    size_t i, k;
    json_t *row;
    hf_buf_adds(b, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                   "aria-labelledby=\"dekning\">\n<table class=\"matrix\"><thead><tr>"
                   "<th scope=\"col\">");
    html_say(m->page, S_ONE_HELSEFELLESSKAP, NULL);
    hf_buf_adds(b, "</th>");
    for (k = 0; k < m->n_years; k++) {
        hf_buf_adds(b, "<th scope=\"col\">");
        if (m->years[k])
            hf_buf_addf(b, "%d", m->years[k]);
        else
            html_say(m->page, S_TIMELINE_NO_YEAR, NULL);
        hf_buf_adds(b, "</th>");
    }
    hf_buf_adds(b, "</tr></thead>\n");
    json_array_foreach((json_t *)m->rows, i, row)
    {
        const char *own = member_text(row, "helsefellesskap"),
                   *where = member_text(row, "region");
        if (trust && strcmp(own, trust) == 0) continue;
        if (!region || strcmp(where, region) != 0) {
            hf_buf_adds(b, region ? "</tbody>\n<tbody>\n" : "<tbody>\n");
            region_head(m, where);
        }
        trust = own;
        region = where;
        row_head(m, row);
        for (k = 0; k < m->n_years; k++) one_cell(m, own, m->years[k]);
        hf_buf_adds(b, "</tr>\n");
    }
    hf_buf_adds(b, "</tbody></table></div>\n<p class=\"legend\">");
    html_say(m->page, S_COVERAGE_LEGEND, NULL);
    hf_buf_adds(b, "</p>\n");
}

/* ---- the gaps by name ---- */

static void gap(const struct page *page, const json_t *row, enum string_id id,
                const char *text)
{
    struct hf_buf *b = page->out;
    json_int_t year = member_number(row, "year");
    hf_buf_adds(b, "<li><span class=\"number\">");
    html_text(b, member_text(row, "body"));
    if (year) hf_buf_addf(b, " %lld", (long long)year);
    hf_buf_adds(b, "</span> ");
    html_say(page, id, text, NULL);
    hf_buf_adds(b, "</li>\n");
}

static void gaps_of(const struct matrix *m, const json_t *first)
{
    struct hf_buf *b = m->page->out;
    const char *trust = member_text(first, "helsefellesskap"),
               *name = member_text(first, "helsefellesskap_name");
    size_t i, k;
    json_t *row, *one;
    hf_buf_adds(b, "<section><h3");
    html_attr(b, "id", *trust ? trust : "ukjent");
    hf_buf_adds(b, ">");
    if (*name)
        html_text(b, name);
    else
        html_say(m->page, S_COVERAGE_UNKNOWN, NULL);
    hf_buf_adds(b, "</h3>\n<ul class=\"agenda\">\n");
    json_array_foreach((json_t *)m->rows, i, row)
    {
        if (!is_of(row, trust)) continue;
        json_array_foreach(json_object_get(row, "missing"), k, one)
            gap(m->page, row, S_COVERAGE_MISSING, member_text(one, "reason"));
        json_array_foreach(json_object_get(row, "unreadable"), k, one)
            gap(m->page, row, S_COVERAGE_UNREADABLE, json_string_value(one));
    }
    hf_buf_adds(b, "</ul></section>\n");
}

static void gaps(const struct matrix *m)
{
    const char *trust = NULL;
    bool any = false;
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)m->rows, i, row)
    {
        const char *own = member_text(row, "helsefellesskap");
        if (trust && strcmp(own, trust) == 0) continue;
        trust = own;
        if (!has_detail(m, own)) continue;
        if (!any) {
            hf_buf_adds(m->page->out, "<h2>");
            html_say(m->page, S_COVERAGE_GAPS, NULL);
            hf_buf_adds(m->page->out, "</h2>\n");
        }
        any = true;
        gaps_of(m, row);
    }
}

/* Documents of which nobody knows where they belong. */
static void unreadable(const struct page *page, const json_t *answer)
{
    struct hf_buf *b = page->out;
    const json_t *list = json_object_get(answer, "unreadable");
    size_t i;
    json_t *one;
    if (!json_array_size(list)) return;
    hf_buf_adds(b, "<h2>");
    html_say(page, S_COVERAGE_OTHERS, NULL);
    hf_buf_adds(b, "</h2>\n<ul class=\"agenda\">\n");
    json_array_foreach((json_t *)list, i, one)
    {
        hf_buf_adds(b, "<li>");
        html_text(b, member_text(one, "source"));
        hf_buf_adds(b, ": ");
        html_text(b, member_text(one, "reason"));
        hf_buf_adds(b, "</li>\n");
    }
    hf_buf_adds(b, "</ul>\n");
}

static void summary(const struct page *page, const json_t *answer)
{
    struct hf_buf *b = page->out;
    const json_t *totals = json_object_get(answer, "totals");
    char meetings[24], trusts[24], day[16];
    size_t not_covered = json_array_size(json_object_get(answer, "not_covered")), n;
    known_choices(HF_FACET_HELSEFELLESSKAP, &n);
    snprintf(meetings, sizeof meetings, "%lld",
             (long long)member_number(totals, "meetings"));
    snprintf(trusts, sizeof trusts, "%zu", n > not_covered ? n - not_covered : 0);
    hf_buf_adds(b, "<p class=\"lead\">");
    html_say(page, S_COVERAGE_LEAD, meetings, trusts, NULL);
    hf_buf_addc(b, ' ');
    html_say(page, S_UPDATED, NULL);
    hf_buf_addc(b, ' ');
    snprintf(day, sizeof day, "%.10s",
             member_text(json_object_get(answer, "index"), "updated"));
    html_date(page, day);
    hf_buf_adds(b, ".</p>\n");
}

void render_coverage_page(const struct page *page, const json_t *answer)
{
    struct hf_buf *b = page->out, query = HF_BUF_INIT;
    struct matrix m = {.page = page, .rows = json_object_get(answer, "rows")};
    struct params q = *page->p;
    find_years(&m);
    html_open(page, strings_get(S_COVERAGE_TITLE, page->p->lang));
    hf_buf_adds(b, "<main id=\"innhold\">\n");
    html_search_box(page);
    hf_buf_adds(b, "<h1 id=\"dekning\">");
    html_say(page, S_COVERAGE_TITLE, NULL);
    hf_buf_adds(b, "</h1>\n");
    summary(page, answer);
    table(&m);
    q.has_format = false;
    q.size = 10;
    params_url(&q, &query);
    hf_buf_adds(b, "<p class=\"exports\">");
    html_say(page, S_EXPORT_FIGURES, NULL);
    hf_buf_adds(b, " <a href=\"/v1/coverage?");
    html_text(b, query.data);
    hf_buf_addf(b, "%sformat=csv\">CSV (Excel)</a></p>\n", query.len ? "&amp;" : "");
    gaps(&m);
    unreadable(page, answer);
    hf_buf_adds(b, "</main>\n");
    html_close(page);
    hf_buf_release(&query);
}
