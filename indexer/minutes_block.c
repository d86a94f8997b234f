#include "minutes_block.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"

#define MAX_BLOCKS ((size_t)2000000)

size_t block_point(const char *text, size_t len)
{
    size_t i = 0;
    while (i < len && i < 2 && text[i] >= '0' && text[i] <= '9') i++;
    if (!i && len > 1 && text[0] >= 'a' && text[0] <= 'h') i = 1;
    if (!i || i >= len || (text[i] != '.' && text[i] != ')')) return 0;
    if (text[0] >= 'a' && text[i] == '.') return 0;
    i++;
    size_t blanks = text_trim_left(text + i, len - i);
    if (!blanks && i < len && !text_starts_upper(text + i, len - i)) return 0;
    return i + blanks;
}

size_t block_bullet(const char *text, size_t len)
{
    static const char *const glyphs[] = {"-",
                                         "–",
                                         "—",
                                         "•",
                                         "·",
                                         "*",
                                         "+",
                                         "¢",
                                         "▪",
                                         "●",
                                         "○",
                                         "◦",
                                         "\xef\x82\xb7",
                                         "\xef\x80\xad",
                                         "\xef\x82\xa7",
                                         "►"};
    for (size_t k = 0; k < sizeof glyphs / sizeof *glyphs; k++) {
        size_t n = strlen(glyphs[k]);
        if (len <= n || memcmp(text, glyphs[k], n)) continue;
        size_t blanks = text_trim_left(text + n, len - n);
        if (blanks || text_starts_upper(text + n, len - n)) return n + blanks;
    }
    if (len > 3 && (text[0] == 'o' || text[0] == 'e') && text[1] == ' ' &&
        text_starts_upper(text + 2, len - 2))
        return 2;
    return 0;
}

static void set_bold(struct block *b)
{
    size_t to = b->offset;
    for (size_t k = 0; k < b->cell->n_spans; k++) {
        const struct text_span *s = &b->cell->spans[k];
        if (!s->is_bold || s->end <= to || s->start >= b->offset + b->len) continue;
        if (s->start > to) break; /* a gap: another span, often a label */
        to = s->end;
    }
    b->bold_to = to > b->offset ? to - b->offset : 0;
    if (b->bold_to > b->len) b->bold_to = b->len;
    b->bold_to = text_trim_right(b->text, b->bold_to);
}

static struct block *add_block(struct block_list *list, const struct text_cell *cell,
                               size_t from, size_t to)
{
    from += text_trim_left(cell->text + from, to - from);
    size_t len = text_trim_right(cell->text + from, to - from);
    if (!len || list->n >= MAX_BLOCKS) return NULL;
    list->at = hf_grow(list->at, &list->cap, list->n, sizeof *list->at);
    struct block *b = &list->at[list->n++];
    memset(b, 0, sizeof *b);
    b->text = cell->text + from;
    b->len = len;
    b->cell = cell;
    b->offset = from;
    if (cell->n_spans) set_bold(b);
    return b;
}

static void add_cell(struct block_list *list, const struct text_line *line, size_t nth)
{
    const struct text_cell *cell = &line->cells[nth];
    size_t first = list->n;
    for (size_t i = 0; i <= cell->len;) {
        const char *nl =
            i < cell->len ? memchr(cell->text + i, '\n', cell->len - i) : NULL;
        size_t to = nl ? (size_t)(nl - cell->text) : cell->len;
        add_block(list, cell, i, to);
        i = to + 1;
    }
    for (size_t k = first; k < list->n; k++) {
        list->at[k].nth_cell = (unsigned)nth;
        list->at[k].starts_cell = k == first;
    }
}

/* A cell that holds nothing but a list glyph: "·", "o", "a)". */
static bool is_glyph(const struct text_cell *c)
{
    char with[24];
    if (!c->len || c->len > 4) return false;
    if (c->text[0] >= '0' && c->text[0] <= '9') return false;
    memcpy(with, c->text, c->len);
    memcpy(with + c->len, " Ab", 3); /* a glyph is one before text */
    return block_bullet(with, c->len + 3) == c->len + 1 ||
           (c->len == 2 && block_point(with, c->len + 3) == c->len + 1);
}

/* Cells before the text of a list item: empty ones and one glyph; 0 if it is none. */
static size_t glyph_cells(const struct text_line *line)
{
    size_t i = 0;
    while (i < line->n_cells && !line->cells[i].len) i++;
    return i < line->n_cells && is_glyph(&line->cells[i]) ? i + 1 : 0;
}

static void add_line(struct block_list *list, const struct text_doc *doc, size_t n)
{
    const struct text_line *line = &doc->lines[n];
    size_t first = list->n, glyph = glyph_cells(line);
    bool row = line->n_cells > 1 && !(glyph && line->n_cells <= 2);
    bool was_glyph = list->has_glyph;
    list->has_glyph = glyph && glyph == line->n_cells;
    for (size_t i = glyph; i < line->n_cells; i++) add_cell(list, line, i);
    bool drawn = row && line->cells[line->n_cells - 1].at_char > 0;
    for (size_t k = first; k < list->n; k++) {
        struct block *b = &list->at[k];
        b->line = n;
        b->n_cells = row ? (unsigned)line->n_cells : 1;
        b->is_row = row;
        b->is_drawn = drawn;
        b->column = drawn ? b->cell->at_char : row ? b->cell->grid_column : line->indent;
        b->is_heading = line->kind == TEXT_HEADING;
        b->is_broken = line->is_broken && k == first;
        b->starts_line = k == first;
        b->after_gap = row && !line->cells[0].len;
        b->is_point = k == first && (glyph || (was_glyph && !line->blank_before));
        if (!row) b->nth_cell = 0;
    }
    if (list->n > first) list->at[first].blank_before = line->blank_before;
}

/* Text wrapped by hand: many lines end near one width without a full stop and go on in
 * lower case. */
static int find_wrap(const struct block_list *list)
{
    size_t by_width[201] = {0}, wrapped = 0, pairs = 0;
    for (size_t i = 0; i + 1 < list->n; i++) {
        const struct block *a = &list->at[i], *b = &list->at[i + 1];
        if (a->is_row || b->is_row || b->blank_before || !b->starts_line || !a->len)
            continue;
        if (!memchr(a->text, ' ', a->len) || !memchr(b->text, ' ', b->len)) continue;
        size_t width = text_count(a->text, a->len) + (size_t)a->column;
        if (width < 35) continue;
        pairs++;
        if (strchr(".:;?!", a->text[a->len - 1]) || !text_starts_lower(b->text, b->len))
            continue;
        wrapped++;
        if (width <= 200) by_width[width]++;
    }
    if (wrapped < 2 || wrapped * 6 < pairs) return 0;
    size_t above = 0; /* the width that nine of ten wrapped lines do not pass */
    for (size_t w = 200; w > 0; w--) {
        above += by_width[w];
        if (above * 10 >= wrapped) return (int)w > 160 ? 0 : (int)w;
    }
    return 0;
}

static size_t first_word(const char *text, size_t len)
{
    const char *blank = memchr(text, ' ', len);
    return text_count(text, blank ? (size_t)(blank - text) : len);
}

bool block_ends_open(const char *text, size_t len)
{
    static const char *const words[] = {"på",  "og",  "i",    "av",  "til",  "for", "som",
                                        "med", "om",  "at",   "fra", "er",   "har", "ved",
                                        "å",   "frå", "den",  "det", "en",   "et",  "ein",
                                        "se",  "sjå", "også", "jf.", "jfr.", "ref."};
    size_t i = len;
    while (i && text[i - 1] != ' ') i--;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        size_t n = cue_key_match(words[k], text + i, len - i);
        if (n && i + n == len) return true;
    }
    return false;
}

bool block_continues(const struct block_list *list, const struct block *a,
                     const struct block *b)
{
    int wrap = list->wrap;
    if (a->limit && (!wrap || a->limit < wrap + 8)) wrap = a->limit - 1;
    if (!wrap || b->blank_before || b->line == a->line || !a->len) return false;
    if (b->is_point || block_bullet(b->text, b->len) || block_point(b->text, b->len))
        return false;
    char last = a->text[a->len - 1];
    if (last == ':') return false;
    size_t width = text_count(a->text, a->len) + (size_t)a->column;
    bool full = width + 1 + first_word(b->text, b->len) > (size_t)wrap;
    if (text_starts_lower(b->text, b->len)) return last != '.' || full;
    return full || (width * 4 > (size_t)wrap * 3 && block_ends_open(a->text, a->len));
}

void block_list_init(struct block_list *list, const struct minutes_cues *cues,
                     const struct text_doc *doc)
{
    memset(list, 0, sizeof *list);
    for (size_t n = 0; n < doc->n_lines; n++) add_line(list, doc, n);
    block_furniture(list, doc);
    block_columns(list, cues);
    list->wrap = find_wrap(list);
}

void block_list_release(struct block_list *list)
{
    free(list->at);
    hf_arena_release(&list->arena);
    memset(list, 0, sizeof *list);
}
