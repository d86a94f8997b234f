/* The answer of /v1/timeline as pictures: a bar for each year, and a map of the series by
 * year, stronger in colour for more hits a meeting and hatched where no meeting is held.
 * The shapes are in the template and their colours in the stylesheet; here is where they
 * stand. All figures are in a table beneath. */
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
    long n_years, label_width;
};

/* Hits and meetings of a year. */
struct figure {
    json_int_t hits, meetings;
};

static json_int_t member_number(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

static const json_t *year_at(const json_t *series, long k)
{
    return json_array_get(json_object_get(series, "years"), (size_t)k);
}

static struct figure figure_at(const json_t *series, long k)
{
    const json_t *year = year_at(series, k);
    return (struct figure){member_number(year, "hits"), member_number(year, "meetings")};
}

/* All series in the k-th year. A helsefellesskap lies in one region; of groups, of which
 * a case may have several, there is no such sum. */
static struct figure sum_at(const struct picture *p, long k)
{
    struct figure sum = {0, 0};
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)p->series, i, one)
    {
        sum.hits += figure_at(one, k).hits;
        sum.meetings += figure_at(one, k).meetings;
    }
    return sum;
}

/* Room for the longest label. */
static long label_width(const json_t *series)
{
    long most = 0;
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)series, i, one)
    {
        long n = 0;
        for (const char *s = member_text(one, "label"); *s; s++)
            n += ((unsigned char)*s & 0xC0) != 0x80;
        if (n > most) most = n;
    }
    return (most + 2) * LETTER_WIDTH;
}

/* A number that is nothing where there is none. */
static void number(json_t *view, const char *name, json_int_t n, bool is_there)
{
    view_text(view, name, NULL);
    if (is_there) view_number(view, name, n);
}

/* Sets the figure's text, nothing where no meeting is held. */
static void figure(json_t *view, const struct picture *p, struct figure f)
{
    char hits[24], meetings[24];
    snprintf(hits, sizeof hits, "%lld", (long long)f.hits);
    snprintf(meetings, sizeof meetings, "%lld", (long long)f.meetings);
    view_text(view, "figure", NULL);
    if (f.meetings || f.hits)
        view_say(view, "figure", p->page, S_PICTURE_CELL, hits, meetings, NULL);
}

/* ---- the years: the bars, and a row each in the table ---- */

static void bar(json_t *view, long k, struct figure sum, json_int_t most)
{
    long height = (long)(sum.hits * BARS_HEIGHT / most);
    long top = TEXT_HEIGHT + BARS_HEIGHT - height;
    if (sum.hits && !height) height = 1;
    view_number(view, "x", k * CELL_WIDTH + 8);
    view_number(view, "y", top);
    number(view, "height", height, height > 0);
    view_number(view, "middle", k * CELL_WIDTH + CELL_WIDTH / 2);
    view_number(view, "text_y", top - 6);
    number(view, "hits", sum.hits, sum.meetings || sum.hits);
    view_flag(view, "is_held", sum.meetings > 0);
}

static void years(json_t *view, const struct picture *p)
{
    json_t *list = view_list(view, "years"), *one;
    json_int_t most = 1;
    size_t i;
    for (long k = 0; k < p->n_years; k++)
        if (sum_at(p, k).hits > most) most = sum_at(p, k).hits;
    for (long k = 0; k < p->n_years; k++) {
        json_t *year = view_item(list), *figures = view_list(year, "figures");
        json_int_t no = member_number(year_at(json_array_get(p->series, 0), k), "year");
        number(year, "year", no, no != 0);
        bar(year, k, sum_at(p, k), most);
        view_number(year, "map_x", p->label_width + k * CELL_WIDTH + CELL_WIDTH / 2);
        json_array_foreach((json_t *)p->series, i, one)
            figure(view_item(figures), p, figure_at(one, k));
        figure(view_item(figures), p, sum_at(p, k));
    }
    view_number(view, "bar_width", CELL_WIDTH - 16);
    view_number(view, "bars_width", p->n_years * CELL_WIDTH);
    view_number(view, "bars_height", BARS_HEIGHT + 2 * TEXT_HEIGHT);
    view_number(view, "bars_base", BARS_HEIGHT + TEXT_HEIGHT);
    view_number(view, "bars_year_y", BARS_HEIGHT + 2 * TEXT_HEIGHT - 6);
}

/* ---- the map ---- */

/* Steps of hits a meeting, of which the colours of the stylesheet tell: none, fewer than
 * one in four, in two, than one, one or more. */
static int step_of(struct figure f)
{
    if (!f.hits) return 0;
    return f.hits * 4 < f.meetings   ? 1
           : f.hits * 2 < f.meetings ? 2
           : f.hits < f.meetings     ? 3
                                     : 4;
}

static void map(json_t *view, const struct picture *p)
{
    json_t *list = view_list(view, "series"), *one;
    long height = (long)json_array_size(p->series) * CELL_HEIGHT + TEXT_HEIGHT;
    size_t i;
    json_array_foreach((json_t *)p->series, i, one)
    {
        json_t *series = view_item(list), *squares = view_list(series, "squares");
        view_copy(series, one, "label", NULL);
        view_number(series, "y", (long)i * CELL_HEIGHT);
        view_number(series, "text_y", (long)i * CELL_HEIGHT + CELL_HEIGHT / 2 + 4);
        for (long k = 0; k < p->n_years; k++) {
            json_t *square = view_item(squares);
            struct figure f = figure_at(one, k);
            long x = p->label_width + k * CELL_WIDTH;
            bool is_held = f.meetings || f.hits;
            view_number(square, "x", x);
            view_flag(square, "is_held", is_held);
            if (!is_held) continue;
            view_number(square, "middle", x + CELL_WIDTH / 2 - 1);
            view_number(square, "step", step_of(f));
            view_number(square, "hits", f.hits);
            view_number(square, "meetings", f.meetings);
        }
    }
    view_number(view, "square_width", CELL_WIDTH - 3);
    view_number(view, "square_height", CELL_HEIGHT - 3);
    view_number(view, "map_width", p->label_width + p->n_years * CELL_WIDTH);
    view_number(view, "map_height", height);
    view_number(view, "map_year_y", height - 6);
}

void view_picture(json_t *view, const struct page *page, const json_t *answer)
{
    struct picture p = {.page = page, .series = json_object_get(answer, "series")};
    const struct params_values *types = &page->p->facet[HF_FACET_TYPE];
    struct params q = *page->p;
    p.n_years =
        (long)json_array_size(json_object_get(json_array_get(p.series, 0), "years"));
    if (!p.n_years || !member_number(answer, "total")) return;
    p.label_width = label_width(p.series);
    json_t *part = view_part(view, "picture");
    view_flag(part, "is_of_decisions",
              !types->n || (types->n == 1 && !strcmp(types->at[0], "decision")));
    years(part, &p);
    map(part, &p);
    q.sort = SORT_RELEVANCE;
    view_export(part, "csv", &q, "/v1/timeline", "by=region&format=csv");
}
