#include "text.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"

void text_doc_init(struct text_doc *d)
{
    memset(d, 0, sizeof *d);
}

void text_doc_release(struct text_doc *d)
{
    free(d->lines);
    free(d->links.at);
    free(d->notes.at);
    free(d->margins.at);
    free(d->warnings.at);
    hf_arena_release(&d->arena);
    memset(d, 0, sizeof *d);
}

struct text_line *text_doc_add(struct text_doc *d)
{
    d->lines = hf_grow(d->lines, &d->cap_lines, d->n_lines, sizeof *d->lines);
    struct text_line *l = &d->lines[d->n_lines++];
    memset(l, 0, sizeof *l);
    return l;
}

#define MAX_NOTES 10000

void text_doc_note(struct text_doc *d, struct hf_strings *list, const char *text,
                   size_t len)
{
    if (!len || list->n >= MAX_NOTES) return;
    size_t from = list->n > 200 ? list->n - 200 : 0; /* doubles stand near each other */
    for (size_t i = from; i < list->n; i++)
        if (strlen(list->at[i]) == len && !memcmp(list->at[i], text, len)) return;
    hf_strings_add(list, hf_arena_strdup(&d->arena, text, len));
}

/* Room for one more element in an arena array of n: doubled at each power of two. */
static void *arena_more(struct hf_arena *a, void *old, size_t n, size_t size)
{
    if (n && (n & (n - 1))) return old;
    void *p = hf_arena_alloc(a, (n ? n * 2 : 1) * size);
    if (n) memcpy(p, old, n * size);
    return p;
}

static bool is_blank(uint32_t c)
{
    return c != '\n' && hf_utf8_is_space(c);
}

struct text_cell *text_line_add_cell(struct text_doc *d, struct text_line *line,
                                     const char *text, size_t len)
{
    struct hf_buf b = HF_BUF_INIT;
    bool gap = false;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t n = hf_utf8_next(text + i, len - i, &c), run;
        if (!gap && (run = hf_utf8_plain_run(text + i, len - i))) {
            hf_buf_add(&b, text + i, run);
            n = run;
        } else if (is_blank(c)) {
            gap = true;
        } else {
            bool after_break = !b.len || b.data[b.len - 1] == '\n';
            if (gap && !after_break && c != '\n') hf_buf_addc(&b, ' ');
            gap = false;
            if (c != '\n' || !after_break) hf_buf_add(&b, text + i, n);
        }
        i += n;
    }
    hf_buf_rtrim(&b);
    line->cells = arena_more(&d->arena, line->cells, line->n_cells, sizeof *line->cells);
    struct text_cell *cell = &line->cells[line->n_cells];
    memset(cell, 0, sizeof *cell);
    cell->text = hf_arena_strdup(&d->arena, b.data, b.len);
    cell->len = b.len;
    cell->grid_column = (int)line->n_cells++;
    hf_buf_release(&b);
    return cell;
}

void text_cell_mark(struct text_doc *d, struct text_cell *cell, struct text_span span)
{
    if (span.end > cell->len) span.end = cell->len;
    if (span.start >= span.end) return;
    cell->spans = arena_more(&d->arena, cell->spans, cell->n_spans, sizeof *cell->spans);
    cell->spans[cell->n_spans++] = span;
}

static bool begins_like_item(const struct text_cell *cell)
{
    uint32_t c;
    if (!cell->len) return false;
    size_t n = hf_utf8_next(cell->text, cell->len, &c);
    if (c == 0x2022 || c == 0xB7 || c == 0x25CF || c == 0x25AA || c == 0xF0B7 ||
        c == 0x2023)
        return true;
    if (n >= cell->len || cell->text[n] != ' ') return false;
    return c == '-' || c == 0x2013 || c == '*' || c == '+' || c == 'o' || c == 0xA2;
}

void text_doc_finish(struct text_doc *d)
{
    int table = 0;
    bool in_table = false;
    for (size_t i = 0; i < d->n_lines; i++) {
        struct text_line *l = &d->lines[i];
        if (l->kind == TEXT_PARAGRAPH && l->n_cells > 1) l->kind = TEXT_ROW;
        if (l->kind == TEXT_PARAGRAPH && l->n_cells == 1 &&
            begins_like_item(&l->cells[0]))
            l->kind = TEXT_ITEM;
        bool row = l->kind == TEXT_ROW;
        if (row && !l->table) {
            if (!in_table) table++;
            l->table = table;
        } else if (row && l->table > table) {
            table = l->table;
        }
        in_table = row;
    }
}

void text_line_join(const struct text_line *line, struct hf_buf *out)
{
    for (size_t i = 0; i < line->n_cells; i++) {
        if (!line->cells[i].len) continue;
        if (out->len && !strchr(" \n", out->data[out->len - 1])) hf_buf_addc(out, ' ');
        hf_buf_add(out, line->cells[i].text, line->cells[i].len);
    }
}

/* ---- encodings --------------------------------------------------------------------- */

/* What Windows-1252 has between 0x80 and 0x9F; 0 = nothing. */
static const unsigned short cp1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static void from_cp1252(const char *bytes, size_t len, struct hf_buf *out)
{
    hf_buf_reserve(out, len + len / 8);
    for (size_t i = 0; i < len; i++) {
        unsigned char b = (unsigned char)bytes[i];
        uint32_t c = b < 0x80 || b >= 0xA0 ? b : cp1252[b - 0x80];
        if (c) hf_utf8_put(out, c);
    }
}

static void from_utf16(const char *bytes, size_t len, bool big, struct hf_buf *out)
{
    const unsigned char *b = (const unsigned char *)bytes;
    for (size_t i = 0; i + 1 < len; i += 2) {
        uint32_t c =
            big ? (uint32_t)(b[i] << 8 | b[i + 1]) : (uint32_t)(b[i + 1] << 8 | b[i]);
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < len) {
            uint32_t low = big ? (uint32_t)(b[i + 2] << 8 | b[i + 3])
                               : (uint32_t)(b[i + 3] << 8 | b[i + 2]);
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        if (c) hf_utf8_put(out, c);
    }
}

/* UTF-16 without a mark: nearly every second byte is NUL. */
static int unmarked_utf16(const char *bytes, size_t len)
{
    size_t even = 0, odd = 0, n = len < 4096 ? len : 4096;
    if (n < 8 || len % 2) return 0;
    for (size_t i = 0; i < n; i++) {
        if (bytes[i]) continue;
        if (i % 2)
            odd++;
        else
            even++;
    }
    if (odd > n * 2 / 5 && even <= n / 50) return 1; /* little-endian */
    if (even > n * 2 / 5 && odd <= n / 50) return 2; /* big-endian */
    return 0;
}

/* A text that is UTF-8 but for a few bytes is damaged UTF-8, not Windows-1252. */
static bool is_mostly_utf8(const char *bytes, size_t len)
{
    size_t good = 0, bad = 0;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t n = hf_utf8_next(bytes + i, len - i, &c);
        if (n > 1) good++;
        if (n == 1 && (unsigned char)bytes[i] >= 0x80) bad++;
        i += n;
    }
    return good > bad * 4;
}

static bool is_binary(const char *bytes, size_t len)
{
    size_t control = 0, n = len < 65536 ? len : 65536;
    for (size_t i = 0; i < n; i++) {
        unsigned char b = (unsigned char)bytes[i];
        if (b == 0) return true;
        if (b < 32 && !strchr("\t\n\r\f\v\x1b", b)) control++;
    }
    return control > n / 50;
}

/* Drops what no reader sees and no searcher types, and undoes ligatures. */
static void add_clean(struct hf_buf *out, const char *text, size_t len)
{
    static const char *const ligature[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    size_t kept = 0; /* text[kept, i) goes on as it is */
    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t n = hf_utf8_next(text + i, len - i, &c), at = i;
        i += n;
        if (c >= 32 && c < 127) continue;
        bool hidden = c == 0xAD || c == 0xFEFF || (c >= 0x200B && c <= 0x200F) ||
                      c == 0x2060 || (c >= 0x202A && c <= 0x202E) ||
                      (c < 32 && !strchr("\t\n\r\f", (int)c)) || c == 127;
        bool is_ligature = c >= 0xFB00 && c <= 0xFB06;
        bool breaks = c == 0x2028 || c == 0x2029;
        if (!hidden && !is_ligature && !breaks) continue;
        hf_buf_add(out, text + kept, at - kept);
        kept = i;
        if (is_ligature) hf_buf_adds(out, ligature[c - 0xFB00]);
        if (breaks) hf_buf_addc(out, '\n');
    }
    hf_buf_add(out, text + kept, len - kept);
}

void text_clean(const char *text, size_t len, struct hf_buf *out)
{
    struct hf_buf nfc = HF_BUF_INIT;
    hf_utf8_nfc(&nfc, text, len);
    add_clean(out, nfc.data, nfc.len);
    hf_buf_release(&nfc);
}

bool text_has_letters(const char *text, size_t len)
{
    size_t letters = 0;
    for (size_t i = 0; i < len && letters < 3;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (c != 0xFFFD && hf_utf8_is_letter(c)) letters++;
    }
    return letters >= 3;
}

enum hf_status text_decode(const char *bytes, size_t len, struct hf_buf *out,
                           struct hf_error *err)
{
    struct hf_buf utf8 = HF_BUF_INIT;
    enum hf_status status = HF_OK;
    int utf16 = unmarked_utf16(bytes, len);
    if (!len) {
        status = hf_fail(err, HF_UNREADABLE, "filen er tom");
        goto out;
    }
    if (len >= 2 && !memcmp(bytes, "\xff\xfe", 2))
        from_utf16(bytes + 2, len - 2, false, &utf8);
    else if (len >= 2 && !memcmp(bytes, "\xfe\xff", 2))
        from_utf16(bytes + 2, len - 2, true, &utf8);
    else if (utf16)
        from_utf16(bytes, len, utf16 == 2, &utf8);
    else if (is_binary(bytes, len))
        status = hf_fail(err, HF_UNREADABLE, "filen er ikke tekst (binære data)");
    else if (hf_utf8_is_valid(bytes, len, NULL) || is_mostly_utf8(bytes, len))
        hf_buf_add(&utf8, bytes, len);
    else
        from_cp1252(bytes, len, &utf8);
    if (status != HF_OK) goto out;
    text_clean(utf8.data, utf8.len, out);
    if (!text_has_letters(out->data, out->len))
        status = hf_fail(err, HF_UNREADABLE, "filen inneholder ingen tekst");
out:
    hf_buf_release(&utf8);
    return status;
}
