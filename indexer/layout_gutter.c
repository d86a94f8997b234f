/* Pages set in two columns of running text: the left one is read to its end before the
 * right one. A gutter is an upright strip near the middle that words and tables leave
 * white over a band of the page. A table of two columns is not meant: on both sides there
 * must be prose, line after line, that its column breaks, and paragraphs that begin where
 * they like. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout.h"

#define LEAST_LINES    6     /* of a side */
#define LEAST_TOGETHER 18    /* of both */
#define MOST_WORDS     20000 /* no page of prose has as many */

struct side {
    struct layout_line *lines;
    size_t n, n_words, full;
    double x0, x1, width;
};

static struct side measure(struct layout_word **words, size_t n)
{
    struct side s = {.n_words = n, .x0 = 1e9, .x1 = -1e9};
    layout_gather(words, n, &s.lines, &s.n);
    for (size_t i = 0; i < s.n; i++) {
        s.x0 = fmin(s.x0, s.lines[i].x0);
        s.x1 = fmax(s.x1, s.lines[i].x1);
        s.width += s.lines[i].x1 - s.lines[i].x0;
    }
    /* Full: the next line's first word did not fit. */
    for (size_t i = 0; i + 1 < s.n; i++) {
        const struct layout_word *next = s.lines[i + 1].words[0];
        s.full +=
            s.lines[i].x1 + 0.2 * (next->y1 - next->y0) + next->x1 - next->x0 > s.x1;
    }
    return s;
}

static bool is_prose(const struct side *s, double page_width, double least_full)
{
    double n = (double)s->n;
    return s->n >= LEAST_LINES && (double)s->full > least_full * n &&
           s->width > 0.22 * page_width * n && (double)s->n_words > 3.5 * n;
}

/* The least distance of lines. */
static double pitch_of(const struct side *s)
{
    double least = 1e9;
    for (size_t i = 1; i < s->n; i++) {
        double d = s->lines[i].y0 - s->lines[i - 1].y0;
        if (d > 0.5 * (s->lines[i].y1 - s->lines[i].y0)) least = fmin(least, d);
    }
    return least;
}

static bool is_after_space(const struct side *s, size_t i, double pitch)
{
    return i && s->lines[i].y0 - s->lines[i - 1].y0 > 1.35 * pitch;
}

/* Most paragraphs of the side that has fewer begin beside one of the other: rows. */
static bool begin_together(const struct side *a, const struct side *b)
{
    double pitch = fmin(pitch_of(a), pitch_of(b));
    size_t shared = 0, in_a = 0, in_b = 0;
    for (size_t k = 0; k < b->n; k++) in_b += is_after_space(b, k, pitch);
    for (size_t i = 0; i < a->n; i++) {
        if (!is_after_space(a, i, pitch)) continue;
        in_a++;
        for (size_t k = 0; k < b->n; k++)
            if (is_after_space(b, k, pitch) &&
                fabs(b->lines[k].y0 - a->lines[i].y0) < 0.2 * pitch) {
                shared++;
                break;
            }
    }
    return shared >= 3 && shared * 5 >= 3 * (in_a < in_b ? in_a : in_b);
}

/* ---- bands ---- */

struct search {
    const struct layout_page *page;
    struct layout_word **words; /* from above */
    size_t n;
    const struct layout_rows *rows;
    double known; /* the gutter of the page before, or 0 */
    double half;  /* of a gutter's width */
};

/* Does the gutter part the band into two columns of text? */
static bool parts(const struct search *s, struct layout_gutter *g, double y0, double y1)
{
    struct layout_word **left = hf_xcalloc(2 * s->n + 1, sizeof *left),
                       **right = left + s->n;
    size_t n_left = 0, n_right = 0;
    for (size_t i = 0; i < s->n; i++) {
        double y = (s->words[i]->y0 + s->words[i]->y1) / 2;
        if (y < y0 || y > y1) continue;
        if (s->words[i]->x0 < g->x)
            left[n_left++] = s->words[i];
        else
            right[n_right++] = s->words[i];
    }
    struct side a = measure(left, n_left), b = measure(right, n_right);
    bool is_same = s->known > 0 && fabs(g->x - s->known) < 0.03 * s->page->width;
    bool does = is_same
                    ? a.n && b.n && a.n + b.n > 2
                    : a.n + b.n >= LEAST_TOGETHER && is_prose(&a, s->page->width, 0.45) &&
                          is_prose(&b, s->page->width, 0.35) && !begin_together(&a, &b);
    if (does) {
        g->left_x1 = fmax(g->left_x1, a.x1);
        g->right_x1 = fmax(g->right_x1, b.x1);
    }
    layout_lines_free(a.lines, a.n);
    layout_lines_free(b.lines, b.n);
    free(left);
    return does;
}

static double row_x0(const struct layout_row *r)
{
    return r->n ? r->cells[0].x0 : 0;
}

static double row_x1(const struct layout_row *r)
{
    return r->n ? r->cells[r->n - 1].x1 : 0;
}

static void try_band(const struct search *s, struct layout_gutter *g, double y0,
                     double y1)
{
    if (g->n == LAYOUT_MAX_BANDS || y1 - y0 < 20 || !parts(s, g, y0, y1)) return;
    g->bands[g->n].y0 = y0;
    g->bands[g->n++].y1 = y1;
}

/* The next thing from above that stands across x, from *word and *row on. */
static bool next_across(const struct search *s, double x, size_t *word, size_t *row,
                        double *y0, double *y1)
{
    while (*word < s->n &&
           (s->words[*word]->x0 > x + s->half || s->words[*word]->x1 < x - s->half))
        ++*word;
    while (*row < s->rows->n && (row_x0(&s->rows->at[*row]) > x + s->half ||
                                 row_x1(&s->rows->at[*row]) < x - s->half))
        ++*row;
    const struct layout_word *w = *word < s->n ? s->words[*word] : NULL;
    const struct layout_row *r = *row < s->rows->n ? &s->rows->at[*row] : NULL;
    if (!w && !r) return false;
    bool is_row = !w || (r && r->y0 < w->y0);
    *y0 = is_row ? r->y0 : w->y0;
    *y1 = is_row ? r->y1 : w->y1;
    ++*(is_row ? row : word);
    return true;
}

/* Fills in the bands that a gutter at x parts; returns their height. */
static double find_bands(const struct search *s, double x, struct layout_gutter *g)
{
    double from = 0, y0, y1, height = 0;
    size_t word = 0, row = 0;
    *g = (struct layout_gutter){.x = x};
    while (next_across(s, x, &word, &row, &y0, &y1)) {
        if (y0 > from) try_band(s, g, from, y0);
        from = fmax(from, y1);
    }
    try_band(s, g, from, s->page->height + 1);
    for (size_t i = 0; i < g->n; i++) height += g->bands[i].y1 - g->bands[i].y0;
    return height;
}

static int from_above(const void *a, const void *b)
{
    const struct layout_word *x = *(struct layout_word *const *)a,
                             *y = *(struct layout_word *const *)b;
    return (x->y0 > y->y0) - (x->y0 < y->y0);
}

bool layout_find_gutter(const struct layout_page *page, struct layout_word **words,
                        size_t n, const struct layout_rows *rows, double known,
                        struct layout_gutter *out)
{
    struct search s = {page, words, n, rows, known, 0};
    double best = 0, sum = 0;
    *out = (struct layout_gutter){.n = 0};
    if ((n < 2 * LEAST_LINES && !(known > 0)) || n > MOST_WORDS) return false;
    qsort(words, n, sizeof *words, from_above);
    for (size_t i = 0; i < n; i++) sum += words[i]->y1 - words[i]->y0;
    s.half = n ? 0.35 * sum / (double)n : 0;
    for (double part = 0.35; part <= 0.65; part += 0.01) {
        struct layout_gutter g;
        double height = find_bands(&s, part * page->width, &g);
        if (height > best + 1) best = height, *out = g;
    }
    return out->n > 0;
}

int layout_region(const struct layout_gutter *g, double x0, double y)
{
    int region = 0;
    for (size_t i = 0; i < g->n && y >= g->bands[i].y0; i++, region += 3)
        if (y <= g->bands[i].y1) return region + (x0 < g->x ? 1 : 2);
    return region;
}

void layout_gather_regions(const struct layout_gutter *g, struct layout_word **words,
                           size_t n, struct layout_line **out, size_t *n_out)
{
    struct layout_word **in = hf_xcalloc(n + 1, sizeof *in);
    *out = NULL;
    *n_out = 0;
    for (int region = 0; region <= 3 * (int)g->n; region++) {
        struct layout_line *lines;
        size_t n_in = 0, n_lines;
        for (size_t i = 0; i < n; i++) {
            double y = (words[i]->y0 + words[i]->y1) / 2;
            if (layout_region(g, words[i]->x0, y) == region) in[n_in++] = words[i];
        }
        layout_gather(in, n_in, &lines, &n_lines);
        *out = hf_xrealloc(*out, (*n_out + n_lines + 1) * sizeof **out);
        for (size_t i = 0; i < n_lines; i++) {
            lines[i].region = region;
            lines[i].right = region % 3 == 1   ? g->left_x1
                             : region % 3 == 2 ? g->right_x1
                                               : 0;
            (*out)[(*n_out)++] = lines[i];
        }
        free(lines); /* their words went along */
    }
    free(in);
}
