/* Does a printed line go on with the one before it, and how? */
#include "layout_joins.h"

#include <string.h>

#include "../shim/utf8.h"

/* How a line that ends in a hyphen goes on: "samar-" "beid" is one word, "Nils-" "Ove"
 * keeps its hyphen, "fag-" "og" also its blank. */
enum layout_joint layout_joint_of(const struct hf_buf *text,
                                  const struct layout_word *next)
{
    static const char *const words[] = {"og", "eller", "samt", "til"};
    if (text->len < 2 || text->data[text->len - 1] != '-' ||
        text->data[text->len - 2] == ' ')
        return LAYOUT_BLANK;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (next->len == strlen(words[i]) && !memcmp(next->text, words[i], next->len))
            return LAYOUT_BLANK;
    unsigned char before = (unsigned char)text->data[text->len - 2];
    bool lower = (before >= 'a' && before <= 'z') || before >= 0x80;
    bool letter = text->len == 2 || text->data[text->len - 3] == ' '; /* "e-" "post" */
    return lower && !letter && layout_starts_lower(next) ? LAYOUT_NONE : LAYOUT_HYPHEN;
}

/* True if the line ends inside a word. */
bool layout_is_hyphenated(const struct layout_line *l, const struct layout_line *next)
{
    const struct layout_word *w = l->words[l->n - 1];
    return w->len > 2 && w->text[w->len - 1] == '-' && w->text[w->len - 2] != '-' &&
           layout_starts_lower(next->words[0]);
}

bool layout_may_be_broken(const struct layout_line *l, const struct layout_line *next,
                          double right)
{
    const struct layout_word *a = l->words[0], *b = next->words[0];
    if (l->n != 1 || a->len < 4 || !layout_starts_lower(b)) return false;
    double letter = (b->x1 - b->x0) / (double)hf_utf8_count(b->text, b->len);
    return a->x1 + letter > right - 0.5;
}

static char last_char(const struct layout_line *l)
{
    const struct layout_word *w = l->words[l->n - 1];
    return w->text[w->len - 1];
}

/* A glyph, or a number where the line before has come to an end ("... post" "70. Dette"
 * has not). A dash may also be the next word of a sentence. */
bool layout_starts_item(const struct layout_line *l, const struct layout_line *before,
                        bool is_full)
{
    const struct layout_word *w = l->words[0];
    bool ended = strchr(".:;?!", last_char(before)) != NULL;
    uint32_t c;
    hf_utf8_next(w->text, w->len, &c);
    if (c == 0x2022 || c == 0xB7 || c == 0x25CF || c == 0x25AA || c == 0x25E6 ||
        c == 0x25CB || (c >= 0xE000 && c <= 0xF8FF))
        return true;
    bool is_dash = !strcmp(w->text, "-") || !strcmp(w->text, "–");
    if (is_dash && l->n > 1) return ended || !is_full;
    if (w->len == 1 && l->n > 1 && strchr("*+o", w->text[0])) return true;
    size_t digits = strspn(w->text, "0123456789");
    return digits && digits < 3 && w->len == digits + 1 &&
           strchr(".)", w->text[digits]) && ended;
}

/* "Deltakarar frå Helse Stavanger: ..." */
static bool starts_label(const struct layout_line *l)
{
    if (layout_starts_lower(l->words[0])) return false;
    for (size_t i = 0; i < l->n && i < 5; i++)
        if (l->words[i]->text[l->words[i]->len - 1] == ':') return true;
    return false;
}

/* "06-2026 Tilskudd" after a full stop is the next case, "Forfall:" the next label, not
 * the rest of the paragraph. */
bool layout_starts_anew(const struct layout_line *l, const struct layout_line *before)
{
    const struct layout_word *w = l->words[0];
    size_t digits = strspn(w->text, "0123456789");
    bool number = digits && digits < w->len && strchr("/-.", w->text[digits]);
    if (w->len > 4 && w->text[w->len - 1] == ':' && !layout_starts_lower(w)) return true;
    if (starts_label(l) && strchr(".?!)", last_char(before))) return true;
    bool named = w->len == 3 && !strncasecmp(w->text, "sak", 3);
    return (number || named) && strchr(".:?!", last_char(before));
}

/* 17/23, 17-2023, 17/23: */
static bool is_number(const struct layout_word *w)
{
    size_t a = strspn(w->text, "0123456789");
    if (!a || a == w->len || !strchr("/-", w->text[a])) return false;
    size_t b = strspn(w->text + a + 1, "0123456789");
    return b >= 2 && a + 1 + b + 1 >= w->len;
}

bool layout_ends_title(const struct layout_line *l, const struct layout_line *next)
{
    if (!is_number(l->words[0]) && (l->n < 2 || !is_number(l->words[1]))) return false;
    return l->n > 2 && !layout_starts_lower(next->words[0]) &&
           !layout_is_open(l->words[l->n - 1]);
}

bool layout_is_open(const struct layout_word *w)
{
    static const char *const words[] = {"og",  "i",   "for",   "med",   "til", "av",
                                        "på",  "om",  "ved",   "eller", "fra", "frå",
                                        "mot", "hos", "under", "–",     "-"};
    if (strchr(",-/&", w->text[w->len - 1])) return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(w->text, words[i])) return true;
    return false;
}

/* The gap of a line that covers x, at least most of a line's height wide. */
static bool has_gap_at(const struct layout_line *l, double x)
{
    for (size_t i = 1; i < l->n; i++)
        if (l->words[i - 1]->x1 < x && l->words[i]->x0 > x)
            return l->words[i]->x0 - l->words[i - 1]->x1 > 0.8 * (l->y1 - l->y0);
    return false;
}

double layout_cell_gutter(const struct layout_cell *c)
{
    if (c->n < 2) return 0;
    const struct layout_line *first = &c->lines[0];
    for (size_t i = 1; i < first->n; i++) {
        double x = first->words[i]->x0 - 1;
        bool all = true;
        for (size_t k = 0; k < c->n && all; k++) all = has_gap_at(&c->lines[k], x);
        if (all) return x;
    }
    return 0;
}
