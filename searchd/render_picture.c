/* The answer of /v1/timeline as pictures: a bar for each year, and a map of the series by
 * year, stronger in colour for more hits a meeting and hatched where no meeting is held.
 * Shapes are SVG with classes (the stylesheet has the colours), and all figures stand in
 * a table beneath. */
#include <string.h>

#include "render_html.h"
#include "render_json.h"

enum {
    CELL_WIDTH = 56,
    CELL_HEIGHT = 34,
    LETTER_WIDTH = 7, /* of a label, about */
    BARS_HEIGHT = 96,
    TEXT_HEIGHT = 22
};

struct picture {
    const struct page *page;
    const json_t *series; /* of the answer */
    size_t n_years, label_width;
};

static json_int_t member_number(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

static const json_t *year_at(const json_t *series, size_t k)
{
    return json_array_get(json_object_get(series, "years"), k);
}

/* Hits and meetings of all series in the k-th year. A helsefellesskap lies in one region;
 * of groups, of which a case may have several, there is no such sum. */
static void sum_at(const struct picture *p, size_t k, json_int_t *hits,
                   json_int_t *meetings)
{
    size_t i;
    json_t *one;
    *hits = *meetings = 0;
    json_array_foreach((json_t *)p->series, i, one)
    {
        *hits += member_number(year_at(one, k), "hits");
        *meetings += member_number(year_at(one, k), "meetings");
    }
}

/* Room for the longest label. */
static size_t label_width(const json_t *series)
{
    size_t most = 0, i;
    json_t *one;
    json_array_foreach((json_t *)series, i, one)
    {
        size_t n = 0;
        for (const char *s = member_text(one, "label"); *s; s++)
            n += ((unsigned char)*s & 0xC0) != 0x80;
        if (n > most) most = n;
    }
    return (most + 2) * LETTER_WIDTH;
}

static void svg_open(const struct page *page, size_t width, size_t height,
                     const char *label)
{
    hf_buf_adds(page->out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\"");
    html_attr(page->out, "aria-label", label);
    hf_buf_addf(page->out,
                "><svg class=\"chart\" role=\"img\" width=\"%zu\" height=\"%zu\" "
                "viewBox=\"0 0 %zu %zu\"",
                width, height, width, height);
    html_attr(page->out, "aria-label", label);
    hf_buf_adds(page->out, ">\n");
}

static void svg_text(struct hf_buf *b, const char *class, size_t x, size_t y,
                     const char *text)
{
    hf_buf_addf(b, "<text class=\"%s\" x=\"%zu\" y=\"%zu\">", class, x, y);
    html_text(b, text);
    hf_buf_adds(b, "</text>\n");
}

static void year_label(const struct picture *p, size_t k, char out[24])
{
    json_int_t year = member_number(year_at(json_array_get(p->series, 0), k), "year");
    if (year)
        snprintf(out, 24, "%d", (int)year);
    else
        snprintf(out, 24, "%s", strings_get(S_TIMELINE_NO_YEAR, p->page->p->lang));
}

/* ---- the bars ---- */

static void bars(const struct picture *p, const char *label)
{
    struct hf_buf *b = p->page->out;
    json_int_t hits, meetings, most = 1;
    char text[24];
    for (size_t k = 0; k < p->n_years; k++) {
        sum_at(p, k, &hits, &meetings);
        if (hits > most) most = hits;
    }
    svg_open(p->page, p->n_years * CELL_WIDTH, BARS_HEIGHT + 2 * TEXT_HEIGHT, label);
    for (size_t k = 0; k < p->n_years; k++) {
        sum_at(p, k, &hits, &meetings);
        size_t x = k * CELL_WIDTH, height = (size_t)(hits * BARS_HEIGHT / most);
        size_t top = TEXT_HEIGHT + BARS_HEIGHT - height;
        if (hits && !height) height = 1;
        if (height)
            hf_buf_addf(b,
                        "<rect class=\"bar\" x=\"%zu\" y=\"%zu\" width=\"%d\" "
                        "height=\"%zu\"/>\n",
                        x + 8, top, CELL_WIDTH - 16, height);
        snprintf(text, sizeof text, "%lld", (long long)hits);
        svg_text(b, meetings ? "value" : "value none", x + CELL_WIDTH / 2, top - 6,
                 meetings || hits ? text : "–");
        year_label(p, k, text);
        svg_text(b, "axis", x + CELL_WIDTH / 2, BARS_HEIGHT + 2 * TEXT_HEIGHT - 6, text);
    }
    hf_buf_addf(b, "<path class=\"base\" d=\"M0 %d.5H%zu\"/>\n</svg></div>\n",
                BARS_HEIGHT + TEXT_HEIGHT, p->n_years * CELL_WIDTH);
}

/* ---- the map ---- */

/* Steps of hits a meeting, of which the colours of the stylesheet tell: none, fewer than
 * one in four, in two, than one, one or more. */
static int step_of(json_int_t hits, json_int_t meetings)
{
    if (!hits) return 0;
    return hits * 4 < meetings ? 1 : hits * 2 < meetings ? 2 : hits < meetings ? 3 : 4;
}

static void square(struct hf_buf *b, const json_t *year, size_t x, size_t y)
{
    json_int_t hits = member_number(year, "hits"),
               meetings = member_number(year, "meetings");
    char class[16] = "held none", text[48];
    if (meetings || hits)
        snprintf(class, sizeof class, "held s%d", step_of(hits, meetings));
    hf_buf_addf(b,
                "<rect class=\"%s\" x=\"%zu.5\" y=\"%zu.5\" width=\"%d\" "
                "height=\"%d\"/>\n",
                class, x, y, CELL_WIDTH - 3, CELL_HEIGHT - 3);
    if (!meetings && !hits) return;
    snprintf(text, sizeof text, "%lld/%lld", (long long)hits, (long long)meetings);
    snprintf(class, sizeof class, "cell s%d", step_of(hits, meetings));
    svg_text(b, class, x + CELL_WIDTH / 2 - 1, y + CELL_HEIGHT / 2 + 4, text);
}

static void map(const struct picture *p, const char *label)
{
    struct hf_buf *b = p->page->out;
    size_t n = json_array_size(p->series), i;
    char text[24];
    json_t *one;
    svg_open(p->page, p->label_width + p->n_years * CELL_WIDTH,
             n * CELL_HEIGHT + TEXT_HEIGHT, label);
    hf_buf_adds(b, "<defs><pattern id=\"skravert\" width=\"6\" height=\"6\" "
                   "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
                   "<path class=\"hatch\" d=\"M0 0V6\"/></pattern></defs>\n");
    json_array_foreach((json_t *)p->series, i, one)
    {
        svg_text(b, "name", 0, i * CELL_HEIGHT + CELL_HEIGHT / 2 + 4,
                 member_text(one, "label"));
        for (size_t k = 0; k < p->n_years; k++)
            square(b, year_at(one, k), p->label_width + k * CELL_WIDTH, i * CELL_HEIGHT);
    }
    for (size_t k = 0; k < p->n_years; k++) {
        year_label(p, k, text);
        svg_text(b, "axis", p->label_width + k * CELL_WIDTH + CELL_WIDTH / 2,
                 n * CELL_HEIGHT + TEXT_HEIGHT - 6, text);
    }
    hf_buf_adds(b, "</svg></div>\n");
}

/* ---- the same in figures ---- */

static void figure(const struct page *page, json_int_t hits, json_int_t meetings)
{
    char n[24], of[24];
    snprintf(n, sizeof n, "%lld", (long long)hits);
    snprintf(of, sizeof of, "%lld", (long long)meetings);
    hf_buf_adds(page->out, "<td>");
    html_say(page, meetings || hits ? S_PICTURE_CELL : S_COVERAGE_NONE, n, of, NULL);
    hf_buf_adds(page->out, "</td>");
}

static void table(const struct picture *p)
{
    struct hf_buf *b = p->page->out;
    char text[24];
    size_t i;
    json_t *one;
    hf_buf_adds(b, "<details><summary>");
    html_say(p->page, S_PICTURE_TABLE, NULL);
    hf_buf_adds(b, "</summary>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\"");
    html_attr(b, "aria-label", strings_get(S_PICTURE_TABLE, p->page->p->lang));
    hf_buf_adds(b, "><table><thead><tr><th scope=\"col\">");
    html_say(p->page, S_COVERAGE_YEAR, NULL);
    hf_buf_adds(b, "</th>");
    json_array_foreach((json_t *)p->series, i, one)
    {
        hf_buf_adds(b, "<th scope=\"col\">");
        html_text(b, member_text(one, "label"));
        hf_buf_adds(b, "</th>");
    }
    hf_buf_adds(b, "<th scope=\"col\">");
    html_say(p->page, S_ALL_REGIONS, NULL);
    hf_buf_adds(b, "</th></tr></thead>\n<tbody>\n");
    for (size_t k = 0; k < p->n_years; k++) {
        json_int_t hits, meetings;
        year_label(p, k, text);
        hf_buf_adds(b, "<tr><th scope=\"row\">");
        html_text(b, text);
        hf_buf_adds(b, "</th>");
        json_array_foreach((json_t *)p->series, i, one)
            figure(p->page, member_number(year_at(one, k), "hits"),
                   member_number(year_at(one, k), "meetings"));
        sum_at(p, k, &hits, &meetings);
        figure(p->page, hits, meetings);
        hf_buf_adds(b, "</tr>\n");
    }
    hf_buf_adds(b, "</tbody></table></div>\n</details>\n");
}

static void heading(const struct page *page, enum string_id id)
{
    hf_buf_adds(page->out, "<h3>");
    html_say(page, id, NULL);
    hf_buf_adds(page->out, "</h3>\n");
}

void render_picture(const struct page *page, const json_t *answer)
{
    struct hf_buf *b = page->out, query = HF_BUF_INIT;
    struct picture p = {.page = page, .series = json_object_get(answer, "series")};
    p.n_years = json_array_size(json_object_get(json_array_get(p.series, 0), "years"));
    if (!p.n_years || !member_number(answer, "total")) return;
    p.label_width = label_width(p.series);
    bool of_decisions = page->p->facet[HF_FACET_TYPE].n == 0;
    const struct params_values *types = &page->p->facet[HF_FACET_TYPE];
    if (types->n == 1 && !strcmp(types->at[0], "decision")) of_decisions = true;
    hf_buf_adds(b, "<details class=\"picture\"><summary><h2>");
    html_say(page, of_decisions ? S_PICTURE_TITLE : S_PICTURE_HITS_TITLE, NULL);
    hf_buf_adds(b, "</h2></summary>\n");
    heading(page, S_PICTURE_BY_YEAR);
    bars(&p, strings_get(S_PICTURE_BY_YEAR, page->p->lang));
    heading(page, S_PICTURE_BY_REGION);
    map(&p, strings_get(S_PICTURE_BY_REGION, page->p->lang));
    hf_buf_adds(b, "<p class=\"legend\">");
    html_say(page, S_PICTURE_LEGEND, NULL);
    hf_buf_adds(b, "</p>\n");
    table(&p);
    struct params q = *page->p;
    q.has_format = q.all = false;
    q.size = 10;
    q.sort = SORT_RELEVANCE;
    params_url(&q, &query);
    hf_buf_adds(b, "<p class=\"exports\">");
    html_say(page, S_EXPORT_FIGURES, NULL);
    hf_buf_adds(b, " <a href=\"/v1/timeline?");
    html_text(b, query.data);
    hf_buf_addf(b, "%sby=region&amp;format=csv\">CSV (Excel)</a></p>\n</details>\n",
                query.len ? "&amp;" : "");
    hf_buf_release(&query);
}
