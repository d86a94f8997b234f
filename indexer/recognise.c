#include "recognise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TSV ((size_t)8 << 20)

struct tsv_word {
    int level, block, par, line, left, top, width, height;
    double confidence;
    const char *text;
    size_t len;
};

/* level page block par line word left top width height conf text */
static bool read_row(const char *row, size_t len, struct tsv_word *w)
{
    char head[200];
    int page, word, used = 0;
    const char *tab = row;
    for (int i = 0; i < 11 && tab; i++) {
        tab = memchr(tab, '\t', len - (size_t)(tab - row));
        if (tab) tab++;
    }
    if (!tab || (size_t)(tab - row) >= sizeof head) return false;
    memcpy(head, row, (size_t)(tab - row));
    head[tab - row] = 0;
    if (sscanf(head, "%d %d %d %d %d %d %d %d %d %d %lf%n", &w->level, &page, &w->block,
               &w->par, &w->line, &word, &w->left, &w->top, &w->width, &w->height,
               &w->confidence, &used) != 11)
        return false;
    w->text = tab;
    w->len = len - (size_t)(tab - row);
    return true;
}

static bool next_row(const char **p, const char *end, struct tsv_word *w)
{
    while (*p < end) {
        const char *nl = memchr(*p, '\n', (size_t)(end - *p));
        size_t len = nl ? (size_t)(nl - *p) : (size_t)(end - *p);
        const char *row = *p;
        *p += len + (nl != NULL);
        if (read_row(row, len, w)) return true;
    }
    return false;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* How far lines fall for each pixel to the right: the median over neighbouring words. */
static double slope_of(const struct hf_buf *tsv)
{
    const char *p = tsv->data, *end = p + tsv->len;
    struct tsv_word w, first = {0};
    double values[2000];
    size_t n = 0;
    bool has_first = false;
    while (next_row(&p, end, &w) && n < 2000) {
        if (w.level != 5) {
            has_first = false;
            continue;
        }
        if (!has_first) {
            first = w;
            has_first = true;
        } else if (w.left >
                   first.left + 400) { /* bottoms: few letters reach below the line */
            values[n++] = (double)(w.top + w.height - first.top - first.height) /
                          (double)(w.left - first.left);
            has_first = false;
        }
    }
    if (n < 5) return 0;
    qsort(values, n, sizeof *values, by_value);
    return values[n / 2];
}

static bool is_noise(const struct tsv_word *w)
{
    if (w->level != 5 || w->confidence < 0 || !w->len || w->width < 1 || w->height < 1)
        return true;
    if (w->len == 1 && strchr("|_~=`^[]{}\\", w->text[0]))
        return true; /* the rules of tables */
    bool sign = w->len == 1 && strchr(".,:;'\"", w->text[0]);
    return (w->confidence < 40 && w->len < 4) || (w->confidence < 80 && sign);
}

/* The words of a line have one height: a line of "ane" must not differ from one of "Ålg".
 */
static void add_words(const struct hf_buf *tsv, double scale, struct layout *l,
                      struct layout_page *page)
{
    const char *p = tsv->data, *end = p + tsv->len;
    double slope = slope_of(tsv);
    struct tsv_word w;
    page->slope = slope;
    while (next_row(&p, end, &w)) {
        if (is_noise(&w)) continue;
        double drop = slope * w.left, shift = slope * w.top;
        struct layout_word word = {.text = w.text, .len = w.len};
        word.x0 = (w.left + shift) * scale;
        word.x1 = (w.left + w.width + shift) * scale;
        word.y0 = (w.top - drop) * scale;
        word.y1 = (w.top + w.height - drop) * scale;
        layout_add_word(l, page, word);
    }
}

static void set_size(const struct hf_buf *tsv, double scale, struct layout_page *page)
{
    const char *p = tsv->data, *end = p + tsv->len;
    struct tsv_word w;
    while (next_row(&p, end, &w)) {
        if (w.level != 1 || w.width < 1 || w.height < 1) continue;
        page->width = w.width * scale;
        page->height = w.height * scale;
        return;
    }
}

enum tool_end recognise(const char *image, size_t len, int dpi, struct layout *l,
                        struct layout_page *page)
{
    char dots[16];
    snprintf(dots, sizeof dots, "%d", dpi);
    const char *const argv[] = {"tesseract", "stdin", "stdout", "-l",  "nor", "--dpi",
                                dots,        "--psm", "3",      "tsv", NULL};
    struct tool_run run = {.argv = argv,
                           .level = SANDBOX_OCR,
                           .seconds = TOOL_SECONDS,
                           .max_bytes = MAX_TSV,
                           .input = image,
                           .input_len = len};
    enum tool_end end = run_tool(&run);
    double scale = 72.0 / dpi;
    if (end == TOOL_OK) {
        page->is_recognised = true;
        if (!image) set_size(&run.out, scale, page);
        add_words(&run.out, scale, l, page);
    }
    tool_run_release(&run);
    return end;
}

const char *recognise_reason(enum tool_end end)
{
    switch (end) {
    case TOOL_OK: return "";
    case TOOL_MISSING: return "tekstgjenkjenning (tesseract) er ikke installert";
    case TOOL_TIME: return "tekstgjenkjenningen tok for lang tid (over 10 sekunder)";
    case TOOL_WAIT:
        return "tekstgjenkjenningen tok for lang tid fordi maskinen er opptatt";
    case TOOL_CRASHED: return "bildet er ødelagt, eller krever for mye minne";
    case TOOL_LARGE: return "siden har for mye tekst";
    default: return "tekstgjenkjenningen feilet";
    }
}
