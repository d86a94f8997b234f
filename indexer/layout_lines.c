/* Pages, words, and words gathered into printed lines. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "layout.h"

void layout_init(struct layout *l)
{
    memset(l, 0, sizeof *l);
}

void layout_release(struct layout *l)
{
    for (size_t i = 0; i < l->n_pages; i++) {
        free(l->pages[i].words);
        free(l->pages[i].across);
        free(l->pages[i].down);
    }
    free(l->pages);
    hf_arena_release(&l->arena);
    memset(l, 0, sizeof *l);
}

struct layout_page *layout_add_page(struct layout *l, double width, double height)
{
    if (l->n_pages >= LAYOUT_MAX_PAGES) return NULL;
    l->pages = hf_grow(l->pages, &l->cap_pages, l->n_pages, sizeof *l->pages);
    struct layout_page *p = &l->pages[l->n_pages++];
    memset(p, 0, sizeof *p);
    p->number = (int)l->n_pages;
    p->width = width > 1 && width < 20000 ? width : 595;
    p->height = height > 1 && height < 20000 ? height : 842;
    return p;
}

static bool is_sane(const struct layout_word *w)
{
    const double most = 20000;
    return w->x0 > -most && w->y0 > -most && w->x1 < most && w->y1 < most &&
           w->x1 >= w->x0 && w->y1 > w->y0;
}

void layout_add_word(struct layout *l, struct layout_page *page, struct layout_word word)
{
    struct hf_buf b = HF_BUF_INIT;
    if (!is_sane(&word) || l->n_words >= LAYOUT_MAX_WORDS) return;
    text_clean(word.text, word.len, &b);
    for (size_t i = 0; i < b.len; i++) /* a word holds no blanks of any kind */
        if (strchr("\n\t\r\f", b.data[i])) b.data[i] = ' ';
    char *nbsp;
    while ((nbsp = strstr(b.data, "\xc2\xa0")) != NULL) {
        memmove(nbsp + 1, nbsp + 2, strlen(nbsp + 2) + 1);
        *nbsp = ' ';
        hf_buf_cut(&b, b.len - 1);
    }
    hf_buf_rtrim(&b);
    if (word.len > 2 && !memcmp(word.text + word.len - 2, "\xc2\xad", 2))
        hf_buf_addc(&b, '-'); /* a soft hyphen that is printed */
    size_t skip = strspn(b.data, " ");
    if (b.len > skip) {
        word.len = b.len - skip;
        word.text = hf_arena_strdup(&l->arena, b.data + skip, word.len);
        word.is_taken = false;
        page->words = hf_grow(page->words, &page->cap_words, page->n_words, sizeof word);
        page->words[page->n_words++] = word;
        l->n_words++;
    }
    hf_buf_release(&b);
}

void layout_add_rule(struct layout_page *page, bool is_across, struct layout_rule rule)
{
    size_t *n = is_across ? &page->n_across : &page->n_down;
    size_t *cap = is_across ? &page->cap_across : &page->cap_down;
    struct layout_rule **list = is_across ? &page->across : &page->down;
    if (*n >= LAYOUT_MAX_RULES) return;
    *list = hf_grow(*list, cap, *n, sizeof **list);
    (*list)[(*n)++] = rule;
}

bool layout_starts_lower(const struct layout_word *w)
{
    uint32_t c;
    hf_utf8_next(w->text, w->len, &c);
    return hf_utf8_is_lower(c);
}

static int by_y(const void *a, const void *b)
{
    const struct layout_word *x = *(struct layout_word *const *)a;
    const struct layout_word *y = *(struct layout_word *const *)b;
    double p = x->y0 + x->y1, q = y->y0 + y->y1;
    if (p < q || p > q) return p < q ? -1 : 1;
    return x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

static int by_x(const void *a, const void *b)
{
    const struct layout_word *x = *(struct layout_word *const *)a;
    const struct layout_word *y = *(struct layout_word *const *)b;
    return x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

/* On the line if half of the lower of the two stands beside it. */
static bool is_on(const struct layout_line *line, const struct layout_word *w)
{
    double top = line->y0 > w->y0 ? line->y0 : w->y0;
    double bottom = line->y1 < w->y1 ? line->y1 : w->y1;
    double a = line->y1 - line->y0, b = w->y1 - w->y0;
    return bottom - top > 0.5 * (a < b ? a : b);
}

static void add_word(struct layout_line *line, struct layout_word *w)
{
    line->words = hf_grow(line->words, &line->cap, line->n, sizeof *line->words);
    if (!line->n) {
        line->y0 = w->y0;
        line->y1 = w->y1;
        line->x0 = w->x0;
        line->x1 = w->x1;
    }
    line->words[line->n++] = w;
    if (w->x0 < line->x0) line->x0 = w->x0;
    if (w->x1 > line->x1) line->x1 = w->x1;
    /* Tall glyphs must not make the line reach its neighbours: its height is the common
     * one. */
    line->y0 += (w->y0 - line->y0) / (double)line->n;
    line->y1 += (w->y1 - line->y1) / (double)line->n;
}

void layout_gather(struct layout_word **words, size_t n, struct layout_line **out,
                   size_t *n_out)
{
    size_t cap = 0;
    *out = NULL;
    *n_out = 0;
    if (n) qsort(words, n, sizeof *words, by_y);
    for (size_t i = 0; i < n; i++) {
        if (!*n_out || !is_on(&(*out)[*n_out - 1], words[i])) {
            *out = hf_grow(*out, &cap, *n_out, sizeof **out);
            memset(&(*out)[(*n_out)++], 0, sizeof **out);
        }
        add_word(&(*out)[*n_out - 1], words[i]);
    }
    for (size_t i = 0; i < *n_out; i++)
        qsort((*out)[i].words, (*out)[i].n, sizeof *(*out)[i].words, by_x);
}

void layout_lines_free(struct layout_line *lines, size_t n)
{
    for (size_t i = 0; i < n; i++) free(lines[i].words);
    free(lines);
}

/* A gap between words that starts a new cell. Where all gaps of the line are alike it is
 * justified. */
double layout_gap_limit(const struct layout_line *l)
{
    double h = l->y1 - l->y0, sum = 0, widest = 0;
    if (l->is_justified) return l->x1 - l->x0;
    for (size_t i = 1; i < l->n; i++) {
        double gap = l->words[i]->x0 - l->words[i - 1]->x1;
        sum += gap > 0 ? gap : 0;
        if (gap > widest) widest = gap;
    }
    double mean = l->n > 1 ? sum / (double)(l->n - 1) : 0;
    return l->n > 4 && widest < 1.8 * mean ? widest + 1 : h;
}

static double gap_before(const struct layout_line *l, size_t i)
{
    return l->words[i]->x0 - l->words[i - 1]->x1;
}

bool layout_is_even(const struct layout_line *l, size_t i)
{
    double gap = gap_before(l, i);
    size_t from = i, to = i;
    while (from > 1 && fabs(gap_before(l, from - 1) - gap) < 0.5) from--;
    while (to + 1 < l->n && fabs(gap_before(l, to + 1) - gap) < 0.5) to++;
    return to - from >= 2;
}

bool layout_is_gap(const struct layout_line *l, size_t i, double limit)
{
    return gap_before(l, i) > limit && !layout_is_even(l, i);
}

size_t layout_segment_end(const struct layout_line *l, size_t from, double limit)
{
    size_t i = from + 1;
    while (i < l->n && !layout_is_gap(l, i, limit)) i++;
    return i;
}

static bool is_stretched_as(const struct layout_line *l, const struct layout_line *o)
{
    double apart = fabs(l->y0 - o->y0), h = l->y1 - l->y0;
    return apart < 2 * h && fabs(l->x0 - o->x0) < 1 && fabs(l->x1 - o->x1) < 1 &&
           (o->is_justified ||
            (o->n > 3 && layout_segment_end(o, 0, layout_gap_limit(o)) == o->n));
}

void layout_mark_justified(struct layout_line *lines, size_t n)
{
    for (size_t i = 1; i < n; i++)
        lines[i].is_justified = is_stretched_as(&lines[i], &lines[i - 1]);
    for (size_t i = n; i-- > 1;)
        lines[i - 1].is_justified |= is_stretched_as(&lines[i - 1], &lines[i]);
}
