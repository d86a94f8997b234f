/* What belongs to the page and not to the text: page numbers, headers and footers, rules.
 * A repeated line alone is no evidence («Saken tas til orientering.» is often repeated):
 * it must stand at the edge of a page, beside a page mark, or repeat one of the first
 * lines of the document. */
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_block.h"
#include "minutes_number.h"

#define MAX_FURNITURE 240

static bool is_rule(const char *text, size_t len)
{
    size_t marks = 0;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (c == '-' || c == '_' || c == '=' || c == '*' || c == '.' || c == '~' ||
            c == 0x2013 || c == 0x2014 || c == 0x2026 || c == '|')
            marks++;
        else if (!hf_utf8_is_space(c))
            return false;
    }
    return marks >= 2;
}

static size_t digits(const char *text, size_t len, size_t i)
{
    size_t n = 0;
    while (i + n < len && n < 4 && text[i + n] >= '0' && text[i + n] <= '9') n++;
    return n;
}

/* "Side 2 av 4", "side 3", "Page 1/2", "s. 2": the bytes it takes at i, 0 if none. */
static size_t page_mark(const char *text, size_t len, size_t i)
{
    static const char *const words[] = {"side", "page", "sida"};
    size_t at = 0;
    for (size_t k = 0; k < 3 && !at; k++)
        if (len - i > 5 && !strncasecmp(text + i, words[k], 4)) at = i + 4;
    if (!at || (text[at] != ' ' && text[at] != ':')) return 0;
    while (at < len && (text[at] == ' ' || text[at] == ':')) at++;
    size_t n = digits(text, len, at);
    if (!n) return 0;
    at += n;
    size_t back = at;
    while (at < len && text[at] == ' ') at++;
    if (at + 2 < len &&
        (!strncasecmp(text + at, "av", 2) || !strncasecmp(text + at, "of", 2)))
        at += 2;
    else if (at < len && text[at] == '/')
        at++;
    else
        return back - i;
    while (at < len && text[at] == ' ') at++;
    n = digits(text, len, at);
    return (n ? at + n : back) - i;
}

/* A line that is nothing but a page mark: "Side 2 av 4", "~ 2 ~", "- 3 -", "2/4", "[3]".
 */
static bool is_page_mark(const char *text, size_t len)
{
    if (len > 40) return false;
    size_t i = 0;
    while (i < len && strchr(" -~[|_", text[i])) i++;
    size_t framed = i;
    size_t n = page_mark(text, len, i);
    if (!n) {
        n = digits(text, len, i);
        if (!n || n > 3) return false;
        if (!framed) return false;
    }
    i += n;
    while (i < len && strchr(" -~]|_.", text[i])) i++;
    return i == len;
}

/* A footer that ends in a page mark: "Helsefellesskapet X ... Side 2 av 2". */
static bool ends_in_page_mark(const char *text, size_t len)
{
    if (len > MAX_FURNITURE || len < 6) return false;
    for (size_t i = len - 5; i > 0 && i + 24 > len; i--) {
        if (text[i - 1] != ' ' && text[i - 1] != '\t' && text[i - 1] != '|') continue;
        size_t n = page_mark(text, len, i);
        if (!n || i + n != len) continue;
        bool full = memchr(text + i, 'v', n) || memchr(text + i, '/', n) ||
                    memchr(text + i, 'f', n);
        return full || i > 2;
    }
    return false;
}

/* "10.10–10.25 Pause", "Lunsj": a line of the programme. */
static bool is_break(const char *text, size_t len)
{
    static const char *const words[] = {"pause",          "lunsj",    "lunch",
                                        "kaffepause",     "matpause", "beinstrekk",
                                        "strekk på beina"};
    size_t skip = case_number_clock(text, len);
    while (len && text[len - 1] == '.') len--;
    if (len > 40 || skip > len) return false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (len - skip == strlen(words[k]) &&
            !strncasecmp(text + skip, words[k], len - skip))
            return true;
    return false;
}

struct seen {
    unsigned long hash;
    size_t block;
};

static unsigned long hash_of(const struct block *b)
{
    unsigned long h = 5381;
    for (size_t i = 0; i < b->len && i < MAX_FURNITURE; i++) {
        unsigned char c = (unsigned char)b->text[i];
        if (c == ' ') continue;
        if (c >= '0' && c <= '9') c = '#';
        h = h * 33 + c;
    }
    return h ? h : 1;
}

static int by_hash(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return x->block < y->block ? -1 : x->block > y->block;
}

/* Up to three lines from the edge of a page, or beside a page mark. */
static bool is_at_edge(const struct block_list *list, const struct text_doc *doc,
                       size_t i)
{
    int page = doc->lines[list->at[i].line].page;
    for (int dir = -1; dir <= 1; dir += 2) {
        size_t k = i;
        for (int steps = 0; steps < 3; steps++) {
            if ((dir < 0 && !k) || (dir > 0 && k + 1 >= list->n)) return doc->n_pages > 1;
            k = dir < 0 ? k - 1 : k + 1;
            const struct block *o = &list->at[k];
            if (doc->lines[o->line].page != page) return true;
            if (is_page_mark(o->text, o->len) || ends_in_page_mark(o->text, o->len) ||
                page_mark(o->text, o->len, 0) == o->len)
                return true;
        }
    }
    return false;
}

static bool may_repeat(const struct block *b)
{
    struct case_number n;
    if (case_number_parse(b->text, b->len, &n)) return false;
    return b->len >= 6 && b->len < MAX_FURNITURE && b->starts_line &&
           (!b->is_row || b->is_drawn) && b->text[b->len - 1] != ':' &&
           !(b->text[0] >= '0' && b->text[0] <= '9');
}

/* A sentence that proposal and decision share may stand beside a page mark once;
 * furniture always does. */
static bool all_at_edge(const struct block_list *list, const struct text_doc *doc,
                        const struct seen *seen, size_t n)
{
    if (seen[0].block < 12) return true;
    for (size_t i = 0; i < n; i++)
        if (!is_at_edge(list, doc, seen[i].block)) return false;
    return true;
}

static void mark_line(struct block_list *list, size_t i)
{
    for (size_t k = i; k < list->n && list->at[k].line == list->at[i].line; k++)
        list->at[k].is_noise = true;
}

static void mark_repeated(struct block_list *list, const struct text_doc *doc)
{
    struct seen *seen = hf_xcalloc(list->n + 1, sizeof *seen);
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        if (may_repeat(&list->at[i])) seen[n++] = (struct seen){hash_of(&list->at[i]), i};
    if (n) qsort(seen, n, sizeof *seen, by_hash);
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i + 1; k < n && seen[k].hash == seen[i].hash;) k++;
        if (k - i < 2) continue;
        if (!all_at_edge(list, doc, seen + i, k - i)) continue;
        bool opens = seen[i].block < 6 && list->at[seen[i].block].len >= 12;
        for (size_t j = i; j < k; j++) {
            if (j == i && seen[i].block < 12) continue; /* the heading itself stays */
            bool edge = is_at_edge(list, doc, seen[j].block);
            if (edge || (opens && list->at[seen[j].block].blank_before))
                mark_line(list, seen[j].block);
        }
    }
    free(seen);
}

void block_furniture(struct block_list *list, const struct text_doc *doc)
{
    for (size_t i = 0; i < list->n; i++) {
        struct block *b = &list->at[i];
        if (is_rule(b->text, b->len) || is_page_mark(b->text, b->len) ||
            is_break(b->text, b->len))
            b->is_noise = true;
        else if (b->n_cells <= 3 && ends_in_page_mark(b->text, b->len) && !b->nth_cell)
            b->is_noise = true;
        else if (b->nth_cell && page_mark(b->text, b->len, 0) == b->len)
            for (size_t k = i + 1; k-- > 0 && list->at[k].line == b->line;)
                list->at[k].is_noise = true;
    }
    mark_repeated(list, doc);
}
