/* Tables without rules: lines whose parts stand below each other with a white gutter
 * between. They become rows of cells like those of ruled tables; a line that only goes on
 * with what is above it (first column empty, or every part broken by its column's width)
 * belongs to the row above. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout.h"

#define MAX_COLUMNS 16
#define NEAR        4.0

struct part { /* of a line: words without a wide gap */
    struct layout_word **words;
    size_t n;
    double x0, x1;
};

struct columns {
    double x0[MAX_COLUMNS],
        x1[MAX_COLUMNS]; /* where they begin; how far their text reaches */
    size_t lines_with[MAX_COLUMNS];
    size_t n;
};

static int column_of(const struct columns *c, double x)
{
    for (size_t i = 0; i < c->n; i++)
        if (fabs(c->x0[i] - x) <= NEAR) return (int)i;
    return -1;
}

/* A wide gap parts a line; where a column is known to begin, a smaller one will do. */
static size_t split(const struct layout_line *l, const struct columns *c,
                    struct part *out)
{
    size_t n = 0;
    double limit = layout_gap_limit(l), small = 0.4 * (l->y1 - l->y0);
    for (size_t from = 0, to; from < l->n && n < MAX_COLUMNS; from = to) {
        for (to = from + 1; to < l->n; to++) {
            double gap = l->words[to]->x0 - l->words[to - 1]->x1;
            int at = gap > small ? column_of(c, l->words[to]->x0) : -1;
            if (gap > limit || (at > 0 && c->lines_with[at] > 1)) break;
        }
        out[n++] = (struct part){l->words + from, to - from, l->words[from]->x0,
                                 l->words[to - 1]->x1};
    }
    return n;
}

static void insert_column(struct columns *c, const struct part *p)
{
    size_t at = 0;
    while (at < c->n && c->x0[at] < p->x0) at++;
    for (size_t i = c->n; i > at; i--) {
        c->x0[i] = c->x0[i - 1];
        c->x1[i] = c->x1[i - 1];
        c->lines_with[i] = c->lines_with[i - 1];
    }
    c->x0[at] = p->x0;
    c->x1[at] = p->x1;
    c->lines_with[at] = 0;
    c->n++;
}

/* True if no column's text reaches over the place of another. */
static bool is_clear(const struct columns *c)
{
    for (size_t i = 0; i + 1 < c->n; i++)
        if (c->x1[i] > c->x0[i + 1] - 2) return false;
    return true;
}

/* Takes the line into the columns if all its parts fit. */
static bool fit(struct columns *c, const struct layout_line *l)
{
    struct part parts[MAX_COLUMNS];
    struct columns with = *c;
    size_t n = split(l, c, parts);
    bool matches = false;
    for (size_t i = 0; i < n; i++) {
        int at = column_of(&with, parts[i].x0);
        if (at < 0) {
            if (with.n >= MAX_COLUMNS || n == 1) return false;
            insert_column(&with, &parts[i]);
            at = column_of(&with, parts[i].x0);
        } else {
            matches = true;
        }
        if (parts[i].x1 > with.x1[at]) with.x1[at] = parts[i].x1;
        with.lines_with[at]++;
    }
    if (!is_clear(&with) || (c->n && !matches)) return false;
    *c = with;
    return true;
}

/* ---- rows ---- */

struct table {
    const struct columns *c;
    double wrap;
    struct layout_row *row;
    const struct layout_line
        *last[MAX_COLUMNS]; /* the last line of each cell of the row */
    size_t parts;           /* of the row's first line */
    double y0;              /* of the line before */
};

/* True if the part would not have fitted on the line above it. The text of a column ends
 * some way before the next one begins. */
static bool is_broken_by_width(const struct table *t, const struct part *p)
{
    int column = column_of(t->c, p->x0);
    const struct layout_line *a = column < 0 ? NULL : t->last[column];
    if (!a) return false;
    double right =
        (size_t)column + 1 < t->c->n ? t->c->x0[column + 1] - 8 : t->c->x1[column];
    if (right < t->c->x1[column]) right = t->c->x1[column];
    return a->x1 + 0.25 * (a->y1 - a->y0) + (p->words[0]->x1 - p->words[0]->x0) >
           right - 0.5;
}

/* A line that has all the parts of the row's first one is a row of its own, as is one
 * that begins with a number in the first column. */
static bool goes_on(const struct table *t, const struct layout_line *l,
                    const struct part *parts, size_t n)
{
    double pitch = (l->y0 - t->y0) / (l->y1 - l->y0);
    if (!t->row || pitch > 1.3 * t->wrap) return false;
    if (column_of(t->c, parts[0].x0) > 0) return true;
    char first = parts[0].words[0]->text[0];
    if (n >= t->parts || (first >= '0' && first <= '9')) return false;
    for (size_t i = 0; i < n; i++)
        if (!is_broken_by_width(t, &parts[i])) return false;
    return true;
}

static void begin_row(struct table *t, struct layout_rows *rows, int number,
                      const struct layout_line *l)
{
    t->row = &rows->at[rows->n++]; /* there is room for every line */
    memset(t->row, 0, sizeof *t->row);
    memset(t->last, 0, sizeof t->last);
    t->row->table = number;
    t->row->y0 = l->y0;
    for (size_t i = 0; i < t->c->n; i++) {
        t->row->cells =
            hf_grow(t->row->cells, &t->row->cap, t->row->n, sizeof *t->row->cells);
        struct layout_cell *cell = &t->row->cells[t->row->n++];
        memset(cell, 0, sizeof *cell);
        cell->column = (int)i;
        cell->x0 = t->c->x0[i];
        cell->x1 = t->c->x1[i];
    }
}

static void add_part(struct table *t, const struct layout_line *l, const struct part *p)
{
    size_t column = (size_t)column_of(t->c, p->x0);
    if (column >= t->row->n) return;
    struct layout_cell *cell = &t->row->cells[column];
    cell->lines = hf_grow(cell->lines, &cell->cap, cell->n, sizeof *cell->lines);
    struct layout_line *line = &cell->lines[cell->n++];
    *line = (struct layout_line){.x0 = p->x0, .x1 = p->x1, .y0 = l->y0, .y1 = l->y1};
    line->words = hf_xcalloc(p->n, sizeof *line->words);
    memcpy(line->words, p->words, p->n * sizeof *line->words);
    line->n = line->cap = p->n;
    for (size_t i = 0; i < t->row->n; i++) /* cells may have moved */
        t->last[i] =
            t->row->cells[i].n ? &t->row->cells[i].lines[t->row->cells[i].n - 1] : NULL;
}

static void build(struct layout_run *run, size_t from, size_t to, const struct columns *c)
{
    struct table t = {.c = c, .wrap = run->wrap};
    int number = ++run->tables;
    for (size_t i = from; i < to; i++) {
        struct layout_line *l = &run->lines[i];
        struct part parts[MAX_COLUMNS];
        size_t n = split(l, c, parts);
        run->skip[i] =
            run->skip[i] || i > from; /* the row stands in its first line's place */
        if (!goes_on(&t, l, parts, n)) {
            begin_row(&t, run->rows, number, l);
            t.parts = n;
            run->skip[i] = false;
            run->row_at[i] = run->rows->n; /* index + 1 */
        }
        t.row->y1 = l->y1;
        t.y0 = l->y0;
        for (size_t k = 0; k < n; k++) add_part(&t, l, &parts[k]);
    }
}

/* A line of one part only belongs to the table if it goes on in a column that is not the
 * first, or in the first within its width. */
static bool may_go_on(const struct columns *c, const struct layout_line *l)
{
    int at = column_of(c, l->x0);
    if (at < 0) return false;
    return (size_t)at + 1 >= c->n ? at > 0 : l->x1 < c->x0[at + 1] - 2;
}

static bool is_rest(const struct layout_run *run, const struct columns *c, size_t i,
                    size_t above)
{
    struct part part[MAX_COLUMNS], first[MAX_COLUMNS];
    const struct layout_line *l = &run->lines[i], *a = &run->lines[above];
    if (i != above + 1 || (l->y0 - a->y0) / (l->y1 - l->y0) > 1.1 * run->wrap)
        return false;
    split(l, c, part);
    split(a, c, first);
    struct layout_line line = {.x1 = first[0].x1, .y0 = a->y0, .y1 = a->y1};
    struct table t = {.c = c, .last = {&line}};
    return fabs(first[0].x0 - part[0].x0) <= NEAR && is_broken_by_width(&t, &part[0]);
}

static size_t run_from(const struct layout_run *run, size_t from, struct columns *c)
{
    size_t rows = 0, end = from, last_many = from;
    memset(c, 0, sizeof *c);
    struct columns with = *c;
    for (size_t i = from; i < run->n; i++) {
        const struct layout_line *l = &run->lines[i];
        if (l->row || run->skip[i]) break;
        bool many = layout_segment_end(l, 0, layout_gap_limit(l)) < l->n;
        if (i > from && l->y0 - run->lines[i - 1].y0 > 3 * (l->y1 - l->y0) * run->wrap)
            break;
        if (!many && !may_go_on(&with, l)) break;
        if (!fit(&with, l)) break;
        if (many) {
            rows++;
            last_many = i;
            *c = with;
        }
        end = i + 1;
    }
    /* Lines of one part at the end count in columns beside the first, and where they can
     * only be the rest of a broken cell. */
    while (end > last_many + 1 && column_of(c, run->lines[end - 1].x0) < 1 &&
           !is_rest(run, &with, end - 1, last_many))
        end--;
    *c = (struct columns){.n = 0};
    for (size_t i = from; i < end; i++)
        if (!fit(c, &run->lines[i])) return from;
    return rows >= 2 && c->n >= 2 ? end : from;
}

void layout_find_columns(struct layout_run *run)
{
    for (size_t i = 0; i < run->n;) {
        struct columns c;
        const struct layout_line *l = &run->lines[i];
        bool many = !l->row && !run->skip[i] &&
                    layout_segment_end(l, 0, layout_gap_limit(l)) < l->n;
        size_t end = many ? run_from(run, i, &c) : i;
        if (end > i + 1) build(run, i, end, &c);
        i = end > i + 1 ? end : i + 1;
    }
}
