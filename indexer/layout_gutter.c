/* Pages set in two columns of running text: the left one is read to its end before the
 * right one. A table of two columns is not meant: there both sides must be prose, line
 * after line, that its column breaks. */
#include <stdlib.h>
#include <string.h>

#include "layout.h"

#define LEAST_LINES 10

struct gutter {
    double x, y0, y1;         /* its place, and the band of lines that it parts */
    double left_x1, right_x1; /* how far the text of each side reaches */
};

/* The gap of the line that covers x: its edges in *from and *to. */
static bool gap_at(const struct layout_line *l, double x, double *from, double *to)
{
    for (size_t i = 1; i < l->n; i++) {
        *from = l->words[i - 1]->x1;
        *to = l->words[i]->x0;
        if (*from<x && * to> x) return *to - *from > 0.8 * (l->y1 - l->y0);
    }
    return false;
}

static size_t words_left_of(const struct layout_line *l, double x)
{
    size_t n = 0;
    while (n < l->n && l->words[n]->x1 <= x) n++;
    return n;
}

struct sides {
    size_t lines, crossed, full, words;
    double width;
};

/* Measures what lies on both sides of x. */
static struct sides measure(const struct layout_line *lines, size_t n, struct gutter *g)
{
    struct sides s = {0, 0, 0, 0, 0};
    double from, to;
    for (size_t i = 0; i < n; i++) {
        if (!gap_at(&lines[i], g->x, &from, &to)) continue;
        if (!s.lines++) g->y0 = lines[i].y0;
        g->y1 = lines[i].y1;
        if (from > g->left_x1) g->left_x1 = from;
        if (lines[i].x1 > g->right_x1) g->right_x1 = lines[i].x1;
        s.width +=
            from - lines[i].x0 < lines[i].x1 - to ? from - lines[i].x0 : lines[i].x1 - to;
        size_t left = words_left_of(&lines[i], g->x);
        s.words += left < lines[i].n - left ? left : lines[i].n - left;
    }
    for (size_t i = 0; i < n; i++) {
        bool in = lines[i].y0 >= g->y0 && lines[i].y1 <= g->y1;
        if (gap_at(&lines[i], g->x, &from, &to))
            s.full += from > g->left_x1 - 0.12 * (g->left_x1 - lines[i].x0);
        else if (in && lines[i].x0 < g->x && lines[i].x1 > g->x)
            s.crossed++;
    }
    return s;
}

static bool find(const struct layout_page *page, const struct layout_line *lines,
                 size_t n, struct gutter *g)
{
    for (double part = 0.35; part <= 0.65; part += 0.02) {
        *g = (struct gutter){.x = part * page->width};
        struct sides s = measure(lines, n, g);
        double count = (double)s.lines;
        if (s.lines >= LEAST_LINES && s.crossed * 12 <= s.lines && s.full * 2 > s.lines &&
            s.width / count > 0.22 * page->width && (double)s.words / count > 3.5)
            return true;
    }
    return false;
}

struct list {
    struct layout_line *lines;
    size_t n;
};

static void gather(struct list *out, struct layout_word **words, size_t n, double right)
{
    struct layout_line *lines;
    size_t count;
    layout_gather(words, n, &lines, &count);
    out->lines = hf_xrealloc(out->lines, (out->n + count + 1) * sizeof *out->lines);
    for (size_t i = 0; i < count; i++) {
        lines[i].right = right;
        out->lines[out->n++] = lines[i];
    }
    free(lines); /* their words went along */
}

bool layout_split_columns(struct layout_page *page, struct layout_line **lines, size_t *n)
{
    struct gutter g;
    struct list out = {.lines = NULL};
    if (!find(page, *lines, *n, &g)) return false;
    struct layout_word **words = hf_xcalloc(page->n_words + 1, sizeof *words);
    for (int part = 0; part < 4; part++) { /* above, left, right, below */
        size_t k = 0;
        for (size_t i = 0; i < page->n_words; i++) {
            struct layout_word *w = &page->words[i];
            double y = (w->y0 + w->y1) / 2;
            int where = y < g.y0 ? 0 : y > g.y1 ? 3 : w->x0 < g.x ? 1 : 2;
            if (where == part) words[k++] = w;
        }
        gather(&out, words, k, part == 1 ? g.left_x1 : part == 2 ? g.right_x1 : 0);
    }
    free(words);
    layout_lines_free(*lines, *n);
    *lines = out.lines;
    *n = out.n;
    return true;
}
