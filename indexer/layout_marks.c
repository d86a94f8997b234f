/* Watermarks: large letters behind the text, most often on the slant, which come as words
 * of their own that lie over others. They are taken off the page; what they say
 * ("UTKAST") goes to the margins. */
#include <stdlib.h>
#include <string.h>

#include "layout.h"

#define MOST_PIECES  64  /* more large words are a poster */
#define LARGE        2.2 /* times the height of the common word */
#define MOST_LETTERS 12  /* bytes of a piece: a slanted word comes in ones and twos */

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double common_height(const struct layout_page *page)
{
    double *heights = hf_xcalloc(page->n_words, sizeof *heights);
    for (size_t i = 0; i < page->n_words; i++)
        heights[i] = page->words[i].y1 - page->words[i].y0;
    qsort(heights, page->n_words, sizeof *heights, by_number);
    double h = heights[page->n_words / 2];
    free(heights);
    return h;
}

/* Does the middle of a smaller word lie well within the large one? */
static bool lies_behind(const struct layout_page *page, const struct layout_word *w)
{
    double dx = (w->x1 - w->x0) * 0.1, dy = (w->y1 - w->y0) * 0.1;
    for (size_t i = 0; i < page->n_words; i++) {
        const struct layout_word *o = &page->words[i];
        double x = (o->x0 + o->x1) / 2, y = (o->y0 + o->y1) / 2;
        if (2 * (o->y1 - o->y0) < w->y1 - w->y0 && x > w->x0 + dx && x < w->x1 - dx &&
            y > w->y0 + dy && y < w->y1 - dy)
            return true;
    }
    return false;
}

static int by_left(const void *a, const void *b)
{
    const struct layout_word *x = a, *y = b;
    return (x->x0 > y->x0) - (x->x0 < y->x0);
}

void layout_take_marks(struct layout_page *page, struct text_doc *doc)
{
    struct layout_word pieces[MOST_PIECES];
    size_t n = 0, kept = 0;
    bool is_mark = false;
    if (page->n_words < 2) return;
    double least = LARGE * common_height(page);
    for (size_t i = 0; i < page->n_words; i++) {
        const struct layout_word *w = &page->words[i];
        if (w->y1 - w->y0 < least || w->len > MOST_LETTERS) continue;
        if (n == MOST_PIECES) return;
        is_mark |= lies_behind(page, w);
        pieces[n++] = *w;
    }
    if (!is_mark) return;
    for (size_t i = 0; i < page->n_words; i++) {
        const struct layout_word *w = &page->words[i];
        if (w->y1 - w->y0 < least || w->len > MOST_LETTERS) page->words[kept++] = *w;
    }
    page->n_words = kept;
    struct hf_buf text = HF_BUF_INIT;
    qsort(pieces, n, sizeof *pieces, by_left);
    for (size_t i = 0; i < n; i++) hf_buf_add(&text, pieces[i].text, pieces[i].len);
    text_doc_note(doc, &doc->margins, text.data, text.len);
    hf_buf_release(&text);
}
