/* Tables without rules, found by their gutters: upright strips that stay white over
 * several lines and that at least one line crosses with a wide gap. What stands below
 * each other must also begin (or end, or have its middle) in the same place. A prose line
 * covers the strips and so ends the table: to part prose wrongly is worse than to miss a
 * table. */
#include "layout_columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_STRIPS 48
#define MAX_LINES  400
#define NARROW     0.4 /* of a line's height: less is a blank between words */

struct strip { /* of text; and what is known of the gutter on its right */
    double x0, x1;
    size_t wide; /* lines that have a wide gap there */
};

struct cover {
    struct strip at[MAX_STRIPS];
    size_t n;
};

static double height_of(const struct layout_line *l)
{
    return l->y1 - l->y0;
}

/* ---- strips ---- */

/* Text stands from x0 to x1: strips that it touches (to `least` points) become one. */
static bool cover(struct cover *c, double x0, double x1, double least)
{
    size_t from = 0, to;
    while (from < c->n && c->at[from].x1 < x0 - least) from++;
    for (to = from; to < c->n && c->at[to].x0 <= x1 + least;) to++;
    if (to > from) {
        struct strip *s = &c->at[from], last = c->at[to - 1];
        *s = (struct strip){s->x0 < x0 ? s->x0 : x0, last.x1 > x1 ? last.x1 : x1,
                            last.wide};
        memmove(s + 1, c->at + to, (c->n - to) * sizeof *s);
        c->n -= to - from - 1;
        return true;
    }
    if (c->n >= MAX_STRIPS) return false;
    memmove(c->at + from + 1, c->at + from, (c->n - from) * sizeof *c->at);
    bool inside = from && from < c->n; /* a gutter is parted: both halves are white */
    c->at[from] = (struct strip){x0, x1, inside ? c->at[from - 1].wide : 0};
    c->n++;
    return true;
}

/* What the line says of the gutters that it leaves white. Where it has nothing in a
 * column it does not tell on which side of that a gutter lies. */
static void count_gaps(struct cover *c, const struct layout_line *l)
{
    double limit = layout_gap_limit(l);
    for (size_t i = 1, k = 0; i < l->n; i++) {
        double from = l->words[i - 1]->x1, to = l->words[i]->x0;
        while (k + 1 < c->n && c->at[k].x1 < from) k++;
        bool one = k + 1 < c->n && c->at[k + 1].x0 <= to &&
                   (k + 2 >= c->n || c->at[k + 2].x0 > to);
        if (one && layout_is_gap(l, i, limit)) c->at[k].wide++;
    }
}

/* True if one of three or more columns begins there. */
static bool begins_column(const struct cover *c, double x)
{
    size_t gutters = 0;
    bool found = false;
    for (size_t i = 0; i + 1 < c->n; i++) {
        gutters += c->at[i].wide > 0;
        found |= c->at[i].wide && fabs(c->at[i + 1].x0 - x) < 0.8;
    }
    return found && gutters > 1;
}

/* Words of the line with no more than a blank between are one piece, unless a column is
 * known to begin there, and a justified cell has no gutters. */
static bool cover_line(struct cover *c, const struct layout_line *l)
{
    const struct cover known = *c;
    for (size_t i = 0, k; i < l->n; i = k) {
        double x1 = l->words[i]->x1, least = NARROW * height_of(l);
        for (k = i + 1; k < l->n; k++) {
            double gap = l->words[k]->x0 - x1;
            if (gap > least && !layout_is_even(l, k)) break;
            if (gap > 1 && begins_column(&known, l->words[k]->x0)) break;
            if (l->words[k]->x1 > x1) x1 = l->words[k]->x1;
        }
        if (!cover(c, l->words[i]->x0, x1, 0.5)) return false;
    }
    count_gaps(c, l);
    return true;
}

static bool has_gutter_in(const struct cover *c, double from, double to)
{
    for (size_t i = 0; i + 1 < c->n; i++)
        if (c->at[i].x1 >= from - 0.01 && c->at[i + 1].x0 <= to + 0.01) return true;
    return false;
}

/* Takes the line in if it leaves the gutters white: no cell holds a wide gap. On a
 * recognised page a word may be lost or stand askew: there a gutter that one line only
 * knows may go as long as another stays. */
static bool fit(struct cover *c, const struct layout_line *l, bool is_recognised)
{
    struct cover with = *c;
    bool lost = false, stays = false;
    if (!cover_line(&with, l)) return false;
    for (size_t i = 0; i + 1 < c->n; i++) {
        if (!c->at[i].wide || has_gutter_in(&with, c->at[i].x1, c->at[i + 1].x0))
            continue;
        if (!is_recognised || c->at[i].wide > 1) return false;
        lost = true;
    }
    for (size_t i = 0; i + 1 < with.n; i++) stays |= with.at[i].wide > 1;
    if (lost && !stays) return false;
    *c = with;
    return true;
}

/* Between two columns there are at least the margins of two cells, which are the same all
 * over the table: the narrowest gutter shows them. */
static void set_right(struct layout_columns *c)
{
    double pad = 14;
    for (size_t i = 0; i + 1 < c->n; i++)
        if (c->x0[i + 1] - c->x1[i] < pad) pad = c->x0[i + 1] - c->x1[i];
    for (size_t i = 0; i < c->n; i++) {
        c->right[i] = i + 1 < c->n ? c->x0[i + 1] - pad : c->x1[i];
        if (c->right[i] < c->x1[i]) c->right[i] = c->x1[i];
    }
}

static bool columns_of(const struct cover *c, struct layout_columns *out)
{
    out->n = 0;
    for (size_t i = 0; i < c->n; i++) {
        bool is_new = !i || c->at[i - 1].wide;
        if (is_new && out->n >= LAYOUT_MAX_COLUMNS) return false;
        if (is_new) out->x0[out->n++] = c->at[i].x0;
        out->x1[out->n - 1] = c->at[i].x1;
    }
    set_right(out);
    return out->n > 1;
}

static void cover_of(const struct layout_columns *columns, struct cover *out)
{
    out->n = columns->n;
    for (size_t i = 0; i < columns->n; i++)
        out->at[i] = (struct strip){columns->x0[i], columns->x1[i], 1};
}

double layout_pitch(const struct layout_run *run, double y0, const struct layout_line *l)
{
    double height = run->is_recognised ? run->height : height_of(l);
    return (l->y0 - y0) / height / run->wrap;
}

/* ---- parts of lines ---- */

struct growth { /* a table on its way down the page */
    struct cover cover;
    struct layout_columns columns;
    size_t from, end, last_many, rows;
    bool at_top;    /* it goes on from the page before */
    bool has_tight; /* two rows without extra space between them */
};

size_t layout_part_line(const struct layout_columns *c, const struct layout_line *l,
                        struct layout_part *out)
{
    size_t n = 0, column = 0;
    for (size_t i = 0; i < l->n; i++) {
        double middle = (l->words[i]->x0 + l->words[i]->x1) / 2;
        while (column + 1 < c->n && middle > (c->x1[column] + c->x0[column + 1]) / 2)
            column++;
        if (!n || out[n - 1].column != column)
            out[n++] = (struct layout_part){l->words + i, 0, column, l->words[i]->x0, 0};
        out[n - 1].n++;
        out[n - 1].x1 = l->words[i]->x1;
    }
    return n;
}

bool layout_is_broken(const struct layout_columns *c, const struct layout_part *p,
                      double x1)
{
    const struct layout_word *w = p->words[0];
    return x1 + 0.25 * (w->y1 - w->y0) + w->x1 - w->x0 > c->right[p->column] - 0.5;
}

/* True if the part begins where text does below a gutter. */
static bool begins_in_place(const struct layout_run *run, const struct cover *c,
                            const struct layout_part *p)
{
    for (size_t i = 0; i < c->n; i++)
        if (fabs(p->x0 - c->at[i].x0) <= run->near) return true;
    return false;
}

/* As well where it is indented a little, ends with its column or has its middle there, or
 * where no column was known. */
static bool is_in_place(const struct layout_run *run, const struct growth *g,
                        const struct layout_part *p)
{
    const struct layout_columns *c = &g->columns;
    if (begins_in_place(run, &g->cover, p)) return true;
    bool is_new = true;
    for (size_t i = 0; i < c->n; i++) {
        is_new &= p->x1 < c->x0[i] || p->x0 > c->x1[i];
        if ((p->x0 > c->x0[i] && p->x0 < c->x0[i] + 20) ||
            fabs(p->x1 - c->x1[i]) <= run->near ||
            fabs(p->x0 + p->x1 - c->x0[i] - c->x1[i]) <= 2 * run->near)
            return true;
    }
    return is_new;
}

/* True if a wide gap of the line lies where lines above have text: it has columns of its
 * own. */
static bool has_other_gaps(const struct cover *c, const struct layout_line *l)
{
    double limit = layout_gap_limit(l);
    for (size_t i = 1; i < l->n; i++) {
        double from = l->words[i - 1]->x1, to = l->words[i]->x0;
        bool found = !layout_is_gap(l, i, limit);
        for (size_t k = 0; k + 1 < c->n && !found; k++)
            found = c->at[k].x1 < to && c->at[k + 1].x0 > from;
        if (!found) return true;
    }
    return false;
}

/* ---- runs of lines ---- */

static bool is_usable(const struct layout_run *run, size_t i)
{
    return i < run->n && !run->lines[i].row && !run->skip[i] && run->lines[i].n;
}

static bool is_many(const struct layout_line *l)
{
    return layout_segment_end(l, 0, layout_gap_limit(l)) < l->n;
}

static double pitch_at(const struct layout_run *run, size_t i)
{
    return layout_pitch(run, run->lines[i - 1].y0, &run->lines[i]);
}

/* A line in one column only goes on with a cell above: with any but the first one if it
 * stands below it, with the first one if nothing else can be. */
static bool is_rest(const struct layout_run *run, const struct growth *g,
                    const struct layout_columns *c, const struct layout_part *p, size_t i)
{
    bool is_far = i > g->from && pitch_at(run, i) > 1.65;
    for (size_t k = 1; p->column && !is_far && k < g->columns.n; k++)
        if (p->x0 > g->columns.x0[k] - run->near && p->x0 < g->columns.x0[k] + 30 &&
            p->x0 < g->columns.x1[k])
            return true;
    if (p->column) return false;
    struct layout_part above[LAYOUT_MAX_COLUMNS];
    const struct layout_word *w = p->words[0];
    if (i == g->from || pitch_at(run, i) > 1.3 || w->text[w->len - 1] == ':')
        return false;
    layout_part_line(c, &run->lines[i - 1], above);
    if (above[0].column || fabs(above[0].x0 - p->x0) > run->near) return false;
    return layout_starts_lower(w) || layout_is_broken(c, p, above[0].x1);
}

/* A line with parts in several columns, which stand in place. */
static bool is_row(const struct layout_run *run, const struct growth *g,
                   const struct layout_part *parts, size_t n, size_t i)
{
    size_t in_place = 0, begin = 0;
    for (size_t k = 0; k < n; k++) {
        in_place += is_in_place(run, g, &parts[k]);
        begin += begins_in_place(run, &g->cover, &parts[k]);
    }
    if (i == g->from && g->columns.n && begin < n && (!g->at_top || begin * 2 <= n))
        return false;
    if (i == g->from) return true;
    if (in_place < n) return false;
    if (pitch_at(run, i) <= 1.3) return true;
    /* Beyond more space than there is between lines only what is like the rows before. */
    if (begin < (g->rows == 1 ? 2 : n) || pitch_at(run, i) > 3) return false;
    return !g->has_tight || (n + 1 >= g->columns.n && pitch_at(run, i) <= 1.65);
}

/* A line in one column of a table whose rows are set apart by space. */
static bool is_spaced(const struct layout_run *run, const struct growth *g,
                      const struct layout_part *p, size_t i)
{
    const struct layout_word *end = p->words[p->n - 1];
    if (i == g->from || !g->rows || g->has_tight || pitch_at(run, i) > 3) return false;
    bool leads = is_usable(run, i + 1) && pitch_at(run, i + 1) <= 1.3 &&
                 is_many(&run->lines[i + 1]);
    return begins_in_place(run, &g->cover, p) && (p->column || g->rows > 1 || leads) &&
           end->text[end->len - 1] != ':';
}

static bool take(struct layout_run *run, struct growth *g, size_t i)
{
    struct cover with = g->cover;
    struct layout_columns c;
    struct layout_part parts[LAYOUT_MAX_COLUMNS];
    const struct layout_line *l = &run->lines[i];
    if (g->cover.n ? !fit(&with, l, run->is_recognised) : !cover_line(&with, l))
        return false;
    if (!columns_of(&with, &c)) return false;
    if (!run->is_recognised && has_other_gaps(&with, l)) return false;
    size_t n = layout_part_line(&c, l, parts);
    bool fits = n > 1 ? is_row(run, g, parts, n, i)
                      : is_rest(run, g, &c, parts, i) || is_spaced(run, g, parts, i);
    if (!fits) return false;
    if (n > 1) {
        g->has_tight |= g->rows && i == g->last_many + 1 && !parts[0].column &&
                        pitch_at(run, i) <= 1.3;
        g->rows++;
        g->last_many = i;
    }
    g->cover = with;
    g->columns = c;
    g->end = i + 1;
    return true;
}

/* Lines in one column at the end are the rest of the last row only without a space
 * between. */
static void trim(const struct layout_run *run, struct growth *g)
{
    struct layout_part part[LAYOUT_MAX_COLUMNS];
    size_t end = g->rows ? g->last_many + 1 : g->from + 1;
    for (; end < g->end; end++) {
        if (pitch_at(run, end) > 1.3) break;
        layout_part_line(&g->columns, &run->lines[end], part);
        if (!is_rest(run, g, &g->columns, part, end)) break;
    }
    g->end = end;
}

/* A word that stands askew on a recognised page makes no column. */
static void drop_strays(const struct layout_run *run, struct growth *g)
{
    size_t with[LAYOUT_MAX_COLUMNS] = {0}, in_first = 0, n;
    struct layout_part parts[LAYOUT_MAX_COLUMNS];
    for (size_t i = g->from; i < g->end; i++) {
        n = layout_part_line(&g->columns, &run->lines[i], parts);
        for (size_t k = 0; k < n; k++) {
            with[parts[k].column]++;
            if (i == g->from) in_first |= 1u << parts[k].column;
        }
    }
    for (size_t i = g->columns.n; i-- > 1;) {
        if (with[i] > 1 || in_first >> i & 1) continue;
        struct layout_columns *c = &g->columns;
        c->x1[i - 1] = c->x1[i];
        c->n--;
        for (size_t k = i; k < c->n; k++) {
            c->x0[k] = c->x0[k + 1];
            c->x1[k] = c->x1[k + 1];
        }
    }
    set_right(&g->columns);
}

static void grow(struct layout_run *run, struct growth *g,
                 const struct layout_columns *known)
{
    struct cover start = {.n = 0};
    if (known) cover_of(known, &start);
    g->cover = start;
    if (known) g->columns = *known;
    g->end = g->from;
    for (size_t i = g->from; is_usable(run, i) && i < g->from + MAX_LINES; i++)
        if (!take(run, g, i)) break;
    if (g->end == g->from) return;
    trim(run, g);
    g->cover = start;
    for (size_t i = g->from; i < g->end; i++)
        if (!cover_line(&g->cover, &run->lines[i])) g->end = g->from;
    if (g->end > g->from && !columns_of(&g->cover, &g->columns)) g->end = g->from;
    if (run->is_recognised) drop_strays(run, g);
}

/* Lines above whose gaps are narrow, but where the gutters are. */
static void grow_up(struct layout_run *run, struct growth *g, size_t least)
{
    struct layout_part parts[LAYOUT_MAX_COLUMNS];
    while (g->from > least && is_usable(run, g->from - 1) &&
           pitch_at(run, g->from) <= 1.3) {
        struct cover with = g->cover;
        struct layout_columns c;
        const struct layout_line *l = &run->lines[g->from - 1];
        size_t in_place = 0;
        if (!fit(&with, l, run->is_recognised) || !columns_of(&with, &c) ||
            c.n != g->columns.n)
            return;
        size_t n = layout_part_line(&c, l, parts);
        for (size_t k = 0; k < n; k++)
            in_place += begins_in_place(run, &g->cover, &parts[k]);
        if (n < 2 || in_place < n) return;
        g->from--;
        g->cover = with;
        g->columns = c;
    }
}

/* The columns of the table before, where lines stand in them. */
static bool resume(struct layout_run *run, struct growth *g)
{
    const struct layout_table *t = run->before;
    if (!t->columns.n || !t->last || (!g->at_top && !is_many(&run->lines[g->from])))
        return false;
    grow(run, g, &t->columns);
    return g->end > g->from;
}

static bool begin(struct layout_run *run, struct growth *g, size_t least)
{
    if (!is_many(&run->lines[g->from])) return false;
    grow(run, g, NULL);
    if (g->end < g->from + 2) return false; /* two rows, or one that goes on */
    grow_up(run, g, least);
    return true;
}

void layout_find_columns(struct layout_run *run)
{
    size_t first = 0, least = 0, last = 0;
    while (first < run->n && run->skip[first]) first++;
    for (size_t i = 0; i < run->n;) {
        bool at_top = i == first && run->before->at_foot;
        struct growth g = {.from = i, .at_top = at_top};
        bool resumes = is_usable(run, i) && resume(run, &g);
        if (!resumes) g = (struct growth){.from = i};
        if (!resumes && !(is_usable(run, i) && begin(run, &g, least))) {
            i++;
            continue;
        }
        layout_build_rows(run, g.from, g.end, &g.columns, resumes && at_top);
        i = least = last = g.end;
    }
    while (last < run->n && run->skip[last]) last++;
    run->before->at_foot = last > first && last == run->n;
}
