#include "pdf_words.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"

/* Both outputs are lines of simple tags; they are read as such, not as XML, which they
 * are not always. */

struct line {
    const char *at;
    size_t len;
};

static bool next_line(const char **p, const char *end, struct line *line)
{
    if (*p >= end) return false;
    const char *nl = memchr(*p, '\n', (size_t)(end - *p));
    line->at = *p;
    line->len = nl ? (size_t)(nl - *p) : (size_t)(end - *p);
    *p += line->len + (nl != NULL);
    while (line->len && (*line->at == ' ' || *line->at == '\t')) {
        line->at++;
        line->len--;
    }
    return true;
}

static bool starts(const struct line *line, const char *text)
{
    size_t n = strlen(text);
    return line->len >= n && !memcmp(line->at, text, n);
}

/* The number of name="..." in the line's first tag; 0 if it is not there. */
static double number_of(const struct line *line, const char *name)
{
    char value[32];
    size_t n = strlen(name), k = 0;
    const char *at = memmem(line->at, line->len, name, n), *end = line->at + line->len;
    if (!at) return 0;
    at += n;
    while (at < end && *at != '"' && k + 1 < sizeof value) value[k++] = *at++;
    value[k] = 0;
    return strtod(value, NULL);
}

void pdf_words_unescape(struct hf_buf *out, const char *text, size_t len)
{
    static const struct {
        const char *name;
        char c;
    } known[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (size_t i = 0; i < len;) {
        size_t n = 0;
        if (text[i] == '&' && i + 3 < len && text[i + 1] == '#') {
            char *end;
            bool hex = text[i + 2] == 'x';
            unsigned long c = strtoul(text + i + (hex ? 3 : 2), &end, hex ? 16 : 10);
            if (*end == ';' && (size_t)(end - text) < len) {
                if (c > 31 && c < 0x110000 && (c < 0xD800 || c > 0xDFFF))
                    hf_utf8_put(out, (uint32_t)c);
                i = (size_t)(end - text) + 1;
                continue;
            }
        }
        for (size_t k = 0; text[i] == '&' && k < sizeof known / sizeof *known && !n;
             k++) {
            n = strlen(known[k].name);
            if (i + n <= len && !memcmp(text + i, known[k].name, n))
                hf_buf_addc(out, known[k].c);
            else
                n = 0;
        }
        if (!n) hf_buf_addc(out, text[i]);
        i += n ? n : 1;
    }
}

void pdf_words_read(struct layout *l, const char *html, size_t len)
{
    const char *p = html, *end = html + len;
    struct layout_page *page = NULL;
    struct hf_buf text = HF_BUF_INIT;
    struct line line;
    while (next_line(&p, end, &line)) {
        if (starts(&line, "<page ")) {
            page = layout_add_page(l, number_of(&line, "width=\""),
                                   number_of(&line, "height=\""));
            if (!page) break;
        } else if (page && starts(&line, "<word ")) {
            const char *from = memchr(line.at, '>', line.len);
            const char *to =
                from ? memmem(from, line.len - (size_t)(from - line.at), "</word>", 7)
                     : NULL;
            if (!to) continue;
            struct layout_word w = {.x0 = number_of(&line, "xMin=\""),
                                    .y0 = number_of(&line, "yMin=\""),
                                    .x1 = number_of(&line, "xMax=\""),
                                    .y1 = number_of(&line, "yMax=\"")};
            hf_buf_clear(&text);
            pdf_words_unescape(&text, from + 1, (size_t)(to - from - 1));
            w.text = text.data;
            w.len = text.len;
            layout_add_word(l, page, w);
        }
    }
    hf_buf_release(&text);
}

/* ---- fonts ---- */

struct fragment {
    double x0, y0, x1, y1;
    struct hf_buf looks; /* one byte for each word: 1 bold, 2 italic */
};

/* The looks of the fragment's words, as most of each word's letters have it. */
static void read_looks(struct fragment *f, const char *text, size_t len)
{
    int bold = 0, italic = 0;
    size_t n = 0, n_bold = 0, n_italic = 0;
    hf_buf_clear(&f->looks);
    for (size_t i = 0; i <= len; i++) {
        if (i < len && text[i] == '<') {
            size_t k = i + 1;
            bool closes = k < len && text[k] == '/';
            k += closes;
            if (k + 1 < len && text[k + 1] == '>') {
                bold += text[k] == 'b' ? (closes ? -1 : 1) : 0;
                italic += text[k] == 'i' ? (closes ? -1 : 1) : 0;
            }
            while (i < len && text[i] != '>') i++;
        } else if (i == len || text[i] == ' ' ||
                   !memcmp(text + i, "\xc2\xa0", len - i > 1 ? 2 : 1)) {
            if (n)
                hf_buf_addc(&f->looks, (char)((n_bold * 2 > n ? 1 : 0) |
                                              (n_italic * 2 > n ? 2 : 0) | 4));
            n = n_bold = n_italic = 0;
        } else {
            n++;
            n_bold += bold > 0;
            n_italic += italic > 0;
        }
    }
}

static int by_x(const void *a, const void *b)
{
    const struct layout_word *x = *(struct layout_word *const *)a;
    const struct layout_word *y = *(struct layout_word *const *)b;
    return x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

#define MAX_IN_FRAGMENT 512

/* The page's words come sorted by the middle of their height: those beside the fragment
 * are near. */
static void apply(const struct fragment *f, struct layout_word **words, size_t n)
{
    struct layout_word *in[MAX_IN_FRAGMENT];
    size_t lo = 0, hi = n, k = 0;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if ((words[mid]->y0 + words[mid]->y1) / 2 < f->y0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < n && k < MAX_IN_FRAGMENT && (words[lo]->y0 + words[lo]->y1) / 2 <= f->y1;
         lo++) {
        double x = (words[lo]->x0 + words[lo]->x1) / 2;
        if (x >= f->x0 - 1 && x <= f->x1 + 1) in[k++] = words[lo];
    }
    if (!k || !f->looks.len) return;
    qsort(in, k, sizeof *in, by_x);
    for (size_t i = 0; i < k; i++) {
        /* the same words in the same order; where the counts differ, by their share */
        size_t at = k == f->looks.len ? i : i * f->looks.len / k;
        in[i]->bold = f->looks.data[at] & 1;
        in[i]->italic = (f->looks.data[at] & 2) != 0;
    }
}

static int by_middle(const void *a, const void *b)
{
    const struct layout_word *x = *(struct layout_word *const *)a;
    const struct layout_word *y = *(struct layout_word *const *)b;
    double p = x->y0 + x->y1, q = y->y0 + y->y1;
    return p < q ? -1 : p > q;
}

static size_t sort_words(struct layout_page *page, struct layout_word ***out)
{
    *out = hf_xrealloc(*out, (page->n_words + 1) * sizeof **out);
    for (size_t i = 0; i < page->n_words; i++) (*out)[i] = &page->words[i];
    if (page->n_words) qsort(*out, page->n_words, sizeof **out, by_middle);
    return page->n_words;
}

static void add_links(struct text_doc *doc, const struct line *line)
{
    const char *at = line->at, *end = at + line->len;
    struct hf_buf url = HF_BUF_INIT;
    while ((at = memmem(at, (size_t)(end - at), "href=\"http", 10)) != NULL) {
        const char *from = at + 6, *to = memchr(from, '"', (size_t)(end - from));
        if (!to) break;
        hf_buf_clear(&url);
        pdf_words_unescape(&url, from, (size_t)(to - from));
        if (url.len < 2000 && hf_utf8_is_valid(url.data, url.len, NULL))
            text_doc_note(doc, &doc->links, url.data, url.len);
        at = to;
    }
    hf_buf_release(&url);
}

void pdf_fonts_read(struct layout *l, struct text_doc *doc, const char *xml, size_t len)
{
    const char *p = xml, *end = xml + len;
    struct layout_word **words = NULL;
    size_t n_words = 0, page = 0;
    struct fragment f = {.looks = HF_BUF_INIT};
    struct line line;
    while (next_line(&p, end, &line)) {
        if (starts(&line, "<page ")) {
            n_words = page < l->n_pages ? sort_words(&l->pages[page], &words) : 0;
            page++;
        } else if (n_words && starts(&line, "<text ")) {
            const char *from = memchr(line.at, '>', line.len);
            if (!from) continue;
            size_t rest = line.len - (size_t)(from + 1 - line.at);
            const char *to = memmem(from, rest + 1, "</text>", 7);
            f.x0 = number_of(&line, "left=\"");
            f.y0 = number_of(&line, "top=\"");
            f.x1 = f.x0 + number_of(&line, "width=\"");
            f.y1 = f.y0 + number_of(&line, "height=\"");
            read_looks(&f, from + 1, to ? (size_t)(to - from - 1) : rest);
            apply(&f, words, n_words);
            add_links(doc, &line);
        }
    }
    free(words);
    hf_buf_release(&f.looks);
}
