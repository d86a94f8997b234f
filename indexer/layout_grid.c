/* Ruled tables: from drawn lines to rows of cells. A cell is what lies between the
 * nearest rule above, below, left and right of a word, so merged cells come out whole. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout.h"

#define NEAR 3.0 /* points: rules that should meet seldom do */

struct axis { /* the distinct places of rules */
    double *at;
    size_t n, cap;
};

struct grid { /* one table: rules that touch each other */
    struct layout_rule *across, *down;
    size_t n_across, n_down, cap_across, cap_down;
    struct axis xs, ys;
};

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void axis_add(struct axis *a, double v)
{
    for (size_t i = 0; i < a->n; i++)
        if (fabs(a->at[i] - v) <= NEAR) return;
    a->at = hf_grow(a->at, &a->cap, a->n, sizeof *a->at);
    a->at[a->n++] = v;
}

/* True if a rule lies at `at` and covers the place. */
static bool covers(const struct layout_rule *rules, size_t n, double at, double place)
{
    for (size_t i = 0; i < n; i++)
        if (fabs(rules[i].at - at) <= NEAR && rules[i].from - NEAR <= place &&
            rules[i].to + NEAR >= place)
            return true;
    return false;
}

static bool touches(const struct layout_rule *across, const struct layout_rule *down)
{
    return down->at >= across->from - NEAR && down->at <= across->to + NEAR &&
           across->at >= down->from - NEAR && across->at <= down->to + NEAR;
}

/* A cell's side runs from one rule across to another; the strokes of letters do not. */
static bool is_side(const struct layout_page *p, const struct layout_rule *down)
{
    return covers(p->across, p->n_across, down->from, down->at) &&
           covers(p->across, p->n_across, down->to, down->at);
}

static bool is_in_word(const struct layout_page *p, const struct layout_rule *down)
{
    double length = down->to - down->from;
    for (size_t i = 0; i < p->n_words && length < 40; i++) {
        const struct layout_word *w = &p->words[i];
        if (down->at < w->x0 - 0.5 || down->at > w->x1 + 0.5) continue;
        double top = down->from > w->y0 ? down->from : w->y0;
        double bottom = down->to < w->y1 ? down->to : w->y1;
        if (bottom - top > 0.5 * length || bottom - top > 0.7 * (w->y1 - w->y0))
            return true;
    }
    return false;
}

/* A letter that touches the end of a rule makes it longer than its cell. */
static void cut_strokes(const struct layout_page *p, struct layout_rule *down)
{
    double from = down->to, to = down->from;
    for (size_t i = 0; i < p->n_across; i++) {
        const struct layout_rule *a = &p->across[i];
        if (a->from - NEAR > down->at || a->to + NEAR < down->at) continue;
        if (a->at < down->from - NEAR || a->at > down->to + NEAR) continue;
        if (a->at < from) from = a->at;
        if (a->at > to) to = a->at;
    }
    if (to - from < 10 || from - down->from > 12 || down->to - to > 12) return;
    down->from = from;
    down->to = to;
}

static void drop_strokes(struct layout_page *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_down; i++) cut_strokes(p, &p->down[i]);
    for (size_t i = 0; i < p->n_down; i++)
        if (is_side(p, &p->down[i]) && !is_in_word(p, &p->down[i]))
            p->down[n++] = p->down[i];
    p->n_down = n;
}

static void take(struct layout_rule **list, size_t *n, size_t *cap,
                 struct layout_rule rule)
{
    *list = hf_grow(*list, cap, *n, sizeof **list);
    (*list)[(*n)++] = rule;
}

/* Gathers all that hangs together with one rule down; used marks what a grid has. */
static void collect(const struct layout_page *p, struct grid *g, size_t first,
                    bool *used_a, bool *used_d)
{
    used_d[first] = true;
    take(&g->down, &g->n_down, &g->cap_down, p->down[first]);
    for (size_t da = 0, dd = 0; dd < g->n_down || da < g->n_across;) {
        if (dd < g->n_down) {
            for (size_t i = 0; i < p->n_across; i++) {
                if (used_a[i] || !touches(&p->across[i], &g->down[dd])) continue;
                used_a[i] = true;
                take(&g->across, &g->n_across, &g->cap_across, p->across[i]);
            }
            dd++;
        } else {
            for (size_t i = 0; i < p->n_down; i++) {
                if (used_d[i] || !touches(&g->across[da], &p->down[i])) continue;
                used_d[i] = true;
                take(&g->down, &g->n_down, &g->cap_down, p->down[i]);
            }
            da++;
        }
    }
    for (size_t i = 0; i < g->n_down; i++) axis_add(&g->xs, g->down[i].at);
    for (size_t i = 0; i < g->n_across; i++) axis_add(&g->ys, g->across[i].at);
    if (g->xs.n) qsort(g->xs.at, g->xs.n, sizeof *g->xs.at, by_value);
    if (g->ys.n) qsort(g->ys.at, g->ys.n, sizeof *g->ys.at, by_value);
}

static void grid_release(struct grid *g)
{
    free(g->across);
    free(g->down);
    free(g->xs.at);
    free(g->ys.at);
}

/* The index of the nearest rule before (or at) place that covers cross; -1 if there is
 * none. */
static int before(const struct axis *a, const struct layout_rule *rules, size_t n,
                  double place, double cross)
{
    for (size_t i = a->n; i-- > 0;)
        if (a->at[i] <= place + 0.5 && covers(rules, n, a->at[i], cross)) return (int)i;
    return -1;
}

struct place { /* a word and its cell */
    struct layout_word *word;
    int row, column;
};

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->row != y->row) return x->row - y->row;
    return x->column - y->column;
}

static size_t place_words(struct layout_page *p, const struct grid *g, struct place *out)
{
    size_t n = 0;
    double x1 = g->xs.at[g->xs.n - 1], y1 = g->ys.at[g->ys.n - 1];
    for (size_t i = 0; i < p->n_words; i++) {
        struct layout_word *w = &p->words[i];
        double x = (w->x0 + w->x1) / 2, y = (w->y0 + w->y1) / 2;
        if (w->is_taken || x > x1 || y > y1) continue;
        int column = before(&g->xs, g->down, g->n_down, x, y);
        int row = before(&g->ys, g->across, g->n_across, y, x);
        if (column < 0 || row < 0) continue;
        w->is_taken = true;
        out[n++] = (struct place){w, row, column};
    }
    if (n) qsort(out, n, sizeof *out, by_place);
    return n;
}

static struct layout_cell *add_cell(struct layout_row *r, const struct grid *g,
                                    int column)
{
    r->cells = hf_grow(r->cells, &r->cap, r->n, sizeof *r->cells);
    struct layout_cell *c = &r->cells[r->n++];
    memset(c, 0, sizeof *c);
    c->column = column;
    c->x0 = g->xs.at[column];
    c->x1 = (size_t)column + 1 < g->xs.n ? g->xs.at[column + 1] : c->x0;
    return c;
}

/* One row: a cell for each rule down that its band has, with words or without. */
static void build_row(struct layout_row *r, const struct grid *g, const struct place *at,
                      size_t n)
{
    size_t y = (size_t)at[0].row, used = 0;
    r->y0 = g->ys.at[y];
    r->y1 = y + 1 < g->ys.n ? g->ys.at[y + 1] : r->y0;
    double middle = (r->y0 + r->y1) / 2;
    struct layout_word **words = hf_xcalloc(n, sizeof *words);
    for (size_t x = 0; x + 1 < g->xs.n && r->n < TEXT_MAX_CELLS; x++) {
        size_t from = used;
        while (used < n && at[used].column == (int)x) {
            words[used] = at[used].word;
            used++;
        }
        if (used == from && !covers(g->down, g->n_down, g->xs.at[x], middle)) {
            if (r->n)
                r->cells[r->n - 1].x1 = g->xs.at[x + 1]; /* the cell before spans it */
            continue;
        }
        struct layout_cell *c = add_cell(r, g, (int)x);
        if (used > from) layout_gather(words + from, used - from, &c->lines, &c->n);
    }
    free(words);
}

static void build(struct layout_page *p, const struct grid *g, int table,
                  struct layout_rows *out)
{
    struct place *at = hf_xcalloc(p->n_words + 1, sizeof *at);
    size_t n = place_words(p, g, at);
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i; k < n && at[k].row == at[i].row;) k++;
        out->at = hf_grow(out->at, &out->cap, out->n, sizeof *out->at);
        struct layout_row *r = &out->at[out->n++];
        memset(r, 0, sizeof *r);
        r->table = table;
        build_row(r, g, at + i, k - i);
    }
    free(at);
}

/* A frame around text, or a single cell, is no table of columns but still reads as one
 * piece. */
static bool is_table(const struct grid *g)
{
    return g->xs.n >= 3 && g->xs.n < TEXT_MAX_CELLS && g->ys.n >= 2;
}

static int by_top(const void *a, const void *b)
{
    const struct layout_row *x = a, *y = b;
    return x->y0 < y->y0 ? -1 : x->y0 > y->y0;
}

void layout_find_rows(struct layout_page *p, struct layout_rows *out)
{
    bool *used_a = hf_xcalloc(p->n_across + 1, sizeof *used_a);
    bool *used_d = hf_xcalloc(p->n_down + 1, sizeof *used_d);
    int tables = 0;
    memset(out, 0, sizeof *out);
    drop_strokes(p);
    for (size_t i = 0; i < p->n_down; i++) {
        if (used_d[i]) continue;
        struct grid g = {0};
        collect(p, &g, i, used_a, used_d);
        if (is_table(&g)) build(p, &g, ++tables, out);
        grid_release(&g);
    }
    if (out->n) qsort(out->at, out->n, sizeof *out->at, by_top);
    free(used_a);
    free(used_d);
}

void layout_rows_release(struct layout_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        for (size_t k = 0; k < rows->at[i].n; k++)
            layout_lines_free(rows->at[i].cells[k].lines, rows->at[i].cells[k].n);
        free(rows->at[i].cells);
    }
    free(rows->at);
    memset(rows, 0, sizeof *rows);
}
