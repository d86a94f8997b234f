#include "ocr_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "pdf_words.h"

#define MAX_WORDS 50000
#define INK       128
#define BOLD      1.35 /* so much thicker than the page's common stroke */
#define FOOT      0.2  /* what hangs below the base, of a line's size */

struct ocr_line {
    double x0, bottom, slope, offset, size;
};

struct tag { /* <span class='…' title='…'>: one a line of the output */
    const char *at, *end;
};

/* What follows `name` in the tag's title, as up to n numbers. */
static int numbers_of(const struct tag *t, const char *name, double *out, int n)
{
    char value[80];
    size_t len = strlen(name);
    const char *at = memmem(t->at, (size_t)(t->end - t->at), name, len), *p = value;
    int found = 0;
    if (!at) return 0;
    at += len;
    size_t rest = (size_t)(t->end - at) < sizeof value - 1 ? (size_t)(t->end - at)
                                                           : sizeof value - 1;
    memcpy(value, at, rest);
    value[rest] = 0;
    for (char *next; found < n; p = next) {
        double v = strtod(p, &next);
        if (next == p || !(v > -1e5 && v < 1e5)) break;
        out[found++] = v;
    }
    return found;
}

static bool is_noise(const struct ocr_word *w, double confidence)
{
    if (!w->len || w->x1 <= w->x0) return true;
    if (w->len == 1 && strchr("|_~=`^[]{}\\", w->text[0]))
        return true; /* the remains of rules */
    bool sign = w->len == 1 && strchr(".,:;'\"", w->text[0]);
    return (confidence < 40 && w->len < 4) || (confidence < 80 && sign);
}

/* "llestad", "lngrid": in many types a capital I looks like an l, and no Norwegian word
 * begins so. */
static void mend_capital(struct hf_buf *b)
{
    size_t letters = 0;
    while (letters < b->len && (unsigned char)b->data[letters] >= 'a') letters++;
    if (letters > 3 && b->data[0] == 'l' && strchr("bcdfghklmnpqrstvwxz", b->data[1]))
        b->data[0] = 'I';
}

static void add_word(struct ocr_words *words, const struct ocr_line *line,
                     const struct tag *t, const char *text, size_t len)
{
    double box[4], confidence = 0;
    struct hf_buf b = HF_BUF_INIT;
    if (words->n >= MAX_WORDS || numbers_of(t, "bbox ", box, 4) < 4) return;
    numbers_of(t, "x_wconf ", &confidence, 1);
    pdf_words_unescape(&b, text, len);
    mend_capital(&b);
    struct ocr_word w = {.x0 = box[0],
                         .x1 = box[2],
                         .size = line->size,
                         .top = (int)box[1],
                         .bottom = (int)box[3],
                         .text = b.data,
                         .len = b.len};
    double middle = (box[0] + box[2]) / 2;
    double base = line->bottom + line->offset + line->slope * (middle - line->x0);
    w.y1 = base + FOOT * line->size;
    w.y0 = w.y1 - line->size;
    if (!is_noise(&w, confidence)) {
        w.text = hf_arena_strdup(&words->arena, b.data, b.len);
        words->at = hf_grow(words->at, &words->cap, words->n, sizeof w);
        words->at[words->n++] = w;
    }
    hf_buf_release(&b);
}

static bool read_line(const struct tag *t, struct ocr_line *out)
{
    double box[4], base[2] = {0, 0}, size = 0;
    if (numbers_of(t, "bbox ", box, 4) < 4) return false;
    if (numbers_of(t, "x_size ", &size, 1) < 1 || size < 2) size = box[3] - box[1];
    numbers_of(t, "baseline ", base, 2);
    *out = (struct ocr_line){box[0], box[3], base[0], base[1], size > 2 ? size : 2};
    return true;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *values, size_t n)
{
    if (!n) return 0;
    qsort(values, n, sizeof *values, by_value);
    return values[n / 2];
}

/* tesseract measures each line for itself: those of nearly the page's common size have
 * it. */
static void even_sizes(struct ocr_words *words)
{
    double *sizes = hf_xcalloc(words->n + 1, sizeof *sizes);
    for (size_t i = 0; i < words->n; i++) sizes[i] = words->at[i].size;
    double common = median(sizes, words->n);
    for (size_t i = 0; i < words->n; i++) {
        struct ocr_word *w = &words->at[i];
        if (w->size < 0.85 * common || w->size > 1.15 * common) continue;
        double base = w->y1 - FOOT * w->size;
        w->size = common;
        w->y1 = base + FOOT * common;
        w->y0 = w->y1 - common;
    }
    free(sizes);
}

void ocr_words_read(struct ocr_words *words, const char *hocr, size_t len)
{
    const char *p = hocr, *end = hocr + len;
    struct ocr_line line = {.size = 0};
    bool has_line = false;
    memset(words, 0, sizeof *words);
    while ((p = memmem(p, (size_t)(end - p), "<span ", 6)) != NULL) {
        struct tag t = {p, memchr(p, '>', (size_t)(end - p))};
        if (!t.end) break;
        p = t.end + 1;
        if (!memmem(t.at, (size_t)(t.end - t.at), "ocrx_word", 9)) {
            has_line = read_line(&t, &line);
            continue;
        }
        const char *stop = memmem(p, (size_t)(end - p), "</span>", 7);
        if (!stop) break;
        if (has_line) add_word(words, &line, &t, p, (size_t)(stop - p));
        p = stop;
    }
    even_sizes(words);
}

/* ---- bold ---- */

/* The common length of the runs of ink across the word: most cross an upright stroke. */
static double stroke_of(const struct ocr_word *w, const struct page_image *image)
{
    size_t runs[64] = {0}, n = 0, half = 0;
    int x0 = w->x0 > 0 ? (int)w->x0 : 0,
        x1 = w->x1 < image->width ? (int)w->x1 : image->width;
    int y0 = w->top > 0 ? w->top : 0,
        y1 = w->bottom < image->height ? w->bottom : image->height;
    for (int y = y0; y < y1; y++) {
        const unsigned char *row = image->pixels + (size_t)y * (size_t)image->width;
        int run = 0;
        for (int x = x0; x <= x1; x++) {
            bool ink = x < x1 && row[x] < INK;
            if (!ink && run > 1) { /* one pixel is noise */
                runs[run < 63 ? run : 63]++;
                n++;
            }
            run = ink ? run + 1 : 0;
        }
    }
    if (n < 8) return 0;
    for (int i = 0; i < 63; i++) { /* the median, between whole pixels */
        if (half + runs[i] > n / 2)
            return i - 0.5 + ((double)n / 2 - (double)half) / (double)runs[i];
        half += runs[i];
    }
    return 63;
}

void ocr_words_find_bold(struct ocr_words *words, const struct page_image *image)
{
    double *values = hf_xcalloc(words->n + 1, sizeof *values);
    size_t n = 0;
    for (size_t i = 0; i < words->n; i++) {
        struct ocr_word *w = &words->at[i];
        w->stroke = stroke_of(w, image) / w->size;
        if (w->stroke > 0 && w->len > 2) values[n++] = w->stroke;
    }
    double common = median(values, n);
    for (size_t i = 0; i < words->n; i++)
        words->at[i].is_bold = n > 10 && words->at[i].stroke > BOLD * common;
    free(values);
}

void ocr_words_release(struct ocr_words *words)
{
    hf_arena_release(&words->arena);
    free(words->at);
    memset(words, 0, sizeof *words);
}
