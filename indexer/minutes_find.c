#include "minutes_find.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"

#define MAX_STARTS ((size_t)20000)

/* ---- candidates
 * ---------------------------------------------------------------------------- */

static bool is_number_word(const char *text, size_t len)
{
    static const char *const words[] = {
        "sak",        "saksnr", "saksnr.", "saknr",    "sak nr",   "sak nr.",
        "saksnummer", "sak:",   "saksnr:", "saksnr.:", "sak nr.:", "saksnummer:"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (strlen(words[k]) == len && !strncasecmp(text, words[k], len)) return true;
    return false;
}

/* "Title ........ 3": true, with the bytes of the page number's tail in *tail. */
static bool ends_in_page(const char *text, size_t len)
{
    size_t i = len, digits = 0;
    while (i && text[i - 1] >= '0' && text[i - 1] <= '9') i--, digits++;
    if (!digits || digits > 3 || !i) return false;
    size_t dots = 0;
    while (i && (text[i - 1] == '.' || text[i - 1] == ' ' || text[i - 1] == '_')) {
        dots += text[i - 1] != ' ';
        i--;
    }
    return dots >= 3;
}

static void add_start(struct case_starts *s, const struct block_list *list, size_t block,
                      const struct case_number *n)
{
    s->at = hf_grow(s->at, &s->cap, s->n, sizeof *s->at);
    struct case_start *c = &s->at[s->n];
    memset(c, 0, sizeof *c);
    c->block = c->line_block = c->number_block = block;
    while (c->line_block && list->at[c->line_block - 1].line == list->at[block].line &&
           list->at[block].is_row)
        c->line_block--;
    c->n = *n;
    c->owner = s->n++;
    c->has_number = true;
    const struct block *b = &list->at[block];
    c->ends_in_page = ends_in_page(b->text, b->len);
}

/* A number in the second cell of a row whose first cell is "Saksnr." or a time of day. */
static bool takes_next_cell(const struct block_list *list, size_t i,
                            struct case_number *n)
{
    const struct block *b = &list->at[i];
    if (!b->is_row || i + 1 >= list->n || list->at[i + 1].line != b->line) return false;
    bool clock = case_number_clock(b->text, b->len) == b->len;
    if (!clock && !is_number_word(b->text, b->len)) return false;
    if (!case_number_parse(list->at[i + 1].text, list->at[i + 1].len, n)) return false;
    if (clock) return n->has_word || n->b >= 0;
    n->has_word = n->has_capital = true;
    return n->b >= 0 || n->rest >= list->at[i + 1].len;
}

/* Reads a number at the start of a block: after a list glyph, after a time of day. */
/* "3. Sak 12/24", "2 2. Legevakt": bytes of the count of headings before a whole case
 * number, or before a number that is printed. */
static size_t heading_count(const char *text, size_t len)
{
    struct case_number n;
    size_t i = 0;
    while (i < len && i < 2 && text[i] >= '0' && text[i] <= '9') i++;
    if (!i || i >= len) return 0;
    if (strchr(".)", text[i])) i++;
    size_t blanks = text_trim_left(text + i, len - i);
    i += blanks;
    if (!blanks || !case_number_parse(text + i, len - i, &n)) return 0;
    bool whole = text_starts_upper(text + i, len - i) && n.has_word && n.b >= 0;
    bool counted = n.b < 0 && !n.has_word && n.after == '.' &&
                   !strchr(".)", text[i - blanks - 1]) &&
                   text_starts_upper(text + i + n.rest, len - i - n.rest);
    return whole || counted ? i : 0;
}

static bool number_of_block(const struct block *b, struct case_number *n)
{
    size_t skip = block_bullet(b->text, b->len);
    if (b->is_point && !b->is_row) return false;
    skip += heading_count(b->text + skip, b->len - skip);
    size_t clock = case_number_clock(b->text + skip, b->len - skip);
    if (clock && case_number_parse(b->text + skip + clock, b->len - skip - clock, n) &&
        (n->has_word || n->b >= 0))
        skip += clock;
    else if (!case_number_parse(b->text + skip, b->len - skip, n)) {
        bool apart = b->starts_line && !b->is_row &&
                     (b->blank_before || b->is_heading || b->bold_to >= b->len);
        if (skip || !apart) return false;
        return case_number_parse_weak(b->text, b->len, n);
    }
    n->start += skip;
    n->end += skip;
    n->rest += skip;
    return true;
}

/* "O – Title", "Vedtakssak: Title": bytes of the kind and its mark. Other words that may
 * be kinds are more often part of the title. */
static size_t kind_letter(const struct minutes_cues *cues, const char *text, size_t len,
                          struct cue_match *hit)
{
    size_t n = 0;
    while (n < len && n < 28 && text_is_word_at(text, len, n)) {
        uint32_t c;
        n += hf_utf8_next(text + n, len - n, &c);
    }
    if (!n || (n > 1 && (n < 5 || strncasecmp(text + n - 3, "sak", 3) != 0))) return 0;
    if (n == 1 && (*text < 'A' || *text > 'Z')) return 0;
    size_t i = n + text_trim_left(text + n, len - n), mark = 0;
    if (i < len && text[i] == ':')
        mark = 1;
    else if (i > n && i < len && text[i] == '-')
        mark = 1;
    else if (i > n && i + 3 < len && !memcmp(text + i, "\xe2\x80\x93", 3))
        mark = 3;
    if (!mark || !cue_is_whole(cues_table(cues, "kinds"), text, n, hit) || !*hit->value)
        return 0;
    i += mark;
    return i + text_trim_left(text + i, len - i);
}

/* "Sak 9/24 (drøfting): Title": the kind, and the title behind it. */
static const char *kind_after(const struct minutes_cues *cues, const struct block *b,
                              struct case_number *n)
{
    struct cue_match hit;
    const char *text = b->text + n->rest;
    size_t len = b->len - n->rest;
    size_t letter = kind_letter(cues, text, len, &hit);
    if (letter) {
        n->rest += letter;
        return hit.value;
    }
    const char *end = len && (*text == '(' || *text == '[')
                          ? memchr(text, *text == '(' ? ')' : ']', len > 40 ? 40 : len)
                          : NULL;
    if (!end) return NULL;
    size_t to = (size_t)(end - text);
    if (!cue_is_whole(cues_table(cues, "kinds"), text + 1, to - 1, &hit)) return NULL;
    to++;
    while (to < len && strchr(" :.-", text[to])) to++;
    if (to + 3 < len && !memcmp(text + to, "\xe2\x80\x93", 3)) to += 3;
    to += text_trim_left(text + to, len - to);
    n->rest += to;
    return *hit.value ? hit.value : NULL;
}

/* "Relaterte saker" and what else a web page adds below the minutes. */
static bool ends_page(const struct minutes_cues *cues, const struct block *b)
{
    struct cue_match hit;
    return b->len < 60 && b->starts_line &&
           cue_is_whole(cues_table(cues, "cases"), b->text, b->len, &hit) &&
           !strcmp(hit.value, "end");
}

/* "Til stede:" alone, below it "1. Kari Nordmann – Bærum": people, no cases. */
static bool is_person_of_list(const struct minutes_cues *cues,
                              const struct block_list *list, size_t i,
                              const struct case_number *n)
{
    const struct cue_table *presence = cues_table(cues, "presence");
    const struct block *b = &list->at[i];
    bool gap = b->blank_before > 0;
    for (size_t k = i, steps = 0; k-- > 0 && steps < 60; steps++) {
        const struct block *a = &list->at[k];
        struct cue_match hit;
        struct case_number m;
        if (cue_is_whole(presence, a->text, a->len, &hit) ||
            (cue_at_start(presence, a->text, a->len, &hit) && hit.is_alone)) {
            const char *name = b->text + n->rest;
            size_t len = b->len - n->rest, first = text_until(name, len, " ,.;");
            return !gap || (first < len && cues_is_given_name(cues, name, first));
        }
        if (!case_number_parse(a->text, a->len, &m) || m.b >= 0 || m.has_word)
            return false;
        gap |= a->blank_before > 0;
    }
    return false;
}

static void collect(struct case_starts *s, const struct minutes_cues *cues,
                    struct block_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct block *b = &list->at[i];
        if (s->n >= MAX_STARTS) return;
        if (s->n && ends_page(cues, b)) {
            list->n = i;
            return;
        }
        if (b->is_noise || (b->is_row && !b->starts_line)) continue;
        struct case_number n;
        bool next = takes_next_cell(list, i, &n);
        if (!next && !number_of_block(b, &n)) continue;
        if (n.b < 0 && !n.has_word && is_person_of_list(cues, list, i, &n)) continue;
        const char *kind = kind_after(cues, &list->at[i + next], &n);
        add_start(s, list, i + next, &n);
        s->at[s->n - 1].kind = kind;
    }
}

/* ---- what a candidate looks like
 * ----------------------------------------------------------- */

static bool stands_alone(const struct block_list *list, const struct case_start *c)
{
    return c->n.rest >= list->at[c->block].len;
}

/* The sentence goes on: "sak 12/24 ble utsatt". A title begins with a capital, but for
 * the few words that minutes print small. */
static bool runs_on(const struct minutes_cues *cues, const struct block_list *list,
                    const struct case_start *c)
{
    const struct block *b = &list->at[c->block];
    struct cue_match hit;
    if (stands_alone(list, c)) return false;
    const char *rest = b->text + c->n.rest;
    size_t len = b->len - c->n.rest;
    if (strchr(",;)", *rest) && *rest) return true;
    if (!text_starts_lower(rest, len)) return false;
    return !cue_at_start(cues_table(cues, "cases"), rest, len > 60 ? 60 : len, &hit) ||
           (strcmp(hit.value, "title") != 0 && strcmp(hit.value, "last") != 0);
}

/* "..., jf." and then, over the end of a page or a column, "sak 38/25." */
static bool goes_on_over_page(const struct block_list *list, const struct case_start *c)
{
    size_t i = c->block;
    if (!c->n.has_word || c->n.has_capital) return false;
    while (i && (list->at[i - 1].is_noise || !list->at[i - 1].len)) i--;
    if (!i || list->at[i - 1].is_row) return false;
    return block_ends_open(list->at[i - 1].text, list->at[i - 1].len);
}

/* The line before was broken in the middle of a sentence, and this is its rest. */
static bool is_wrapped_tail(const struct block_list *list, const struct case_start *c)
{
    const struct block *b = &list->at[c->block];
    if (!c->block || b->is_row || b->blank_before || !list->wrap) return false;
    const struct block *a = &list->at[c->block - 1];
    if (a->is_row || a->is_noise || !a->len || strchr(".:;?!", a->text[a->len - 1]))
        return false;
    return (int)text_count(a->text, a->len) + a->column > list->wrap * 3 / 5 &&
           (!c->n.has_capital || b->text[0] != 'S');
}

static bool year_fits(const struct number_scheme *scheme, const struct case_start *c)
{
    if (c->n.b < 0) return true;
    if (!case_year_is_near(scheme, c->year)) return false;
    if (c->n.has_word || c->n.has_body || c->n.a_digits == 4 || c->n.b_digits == 4)
        return true;
    if (c->n.sep == '-')
        return !scheme->year || c->year == scheme->year || c->year == scheme->year - 1;
    return true;
}

/* The form that all numbers of a document share: words before it, separator, place and
 * length of the year. */
static int style_of(const struct case_number *n)
{
    int form = n->a_digits == 4 ? 1 : n->b_digits == 4 ? 2 : n->b < 0 ? 3 : 0;
    int sep = n->sep == '/' ? 0 : n->sep == '-' ? 1 : n->sep == '.' ? 2 : 3;
    return (n->has_word || n->has_body) * 16 + form * 4 + sep;
}

/* ---- one scheme
 * ---------------------------------------------------------------------------- */

#define N_STYLES 32

static int main_style(const struct case_starts *s, size_t *count)
{
    size_t by_style[N_STYLES] = {0};
    int best = -1;
    for (size_t i = 0; i < s->n; i++) {
        const struct case_start *c = &s->at[i];
        if (c->is_dropped || c->n.b < 0) continue;
        bool again = false;
        for (size_t k = i; k-- > 0 && i - k < 200 && !again;)
            again = !s->at[k].is_dropped && s->at[k].n.b >= 0 &&
                    s->at[k].number == c->number && s->at[k].year == c->year &&
                    s->at[k].n.suffix == c->n.suffix &&
                    style_of(&s->at[k].n) == style_of(&c->n);
        if (!again) by_style[style_of(&c->n)]++;
    }
    for (int k = 0; k < N_STYLES; k++)
        if (by_style[k] && (best < 0 || by_style[k] >= by_style[best])) best = k;
    *count = best < 0 ? 0 : by_style[best];
    return best;
}

/* Refuses numbers of another form than the document's own: with words before them where
 * its own have none they are agendas or references; without, anything. */
static void refuse_other_styles(struct case_starts *s, const struct block_list *list)
{
    size_t count;
    int style = main_style(s, &count);
    if (style < 0) return;
    for (size_t i = 0; i < s->n; i++) {
        struct case_start *c = &s->at[i];
        if (c->is_dropped || c->n.b < 0 || style_of(&c->n) == style) continue;
        bool same_form = (style_of(&c->n) & 15) == (style & 15);
        bool named = c->n.has_word || c->n.has_body;
        bool own_line = list->at[c->block].blank_before || stands_alone(list, c);
        if (same_form && (named || count < 2 || own_line)) continue;
        if (count < 2 && named) continue;
        case_start_drop(c);
    }
}

/* ---- bare numbers
 * -------------------------------------------------------------------------- */

/* A bare number beside real ones is a case only where agenda and text both have it, with
 * the same title; by themselves bare numbers must run 1, 2, 3 ... */
static bool same_title(const struct block_list *list, const struct case_start *a,
                       const struct case_start *b)
{
    const struct block *x = &list->at[a->block], *y = &list->at[b->block];
    size_t n = x->len - a->n.rest, m = y->len - b->n.rest;
    if (n < 8 || m < 8 || x->text[x->len - 1] == '.') return false;
    size_t k = n < m ? n : m;
    return !strncasecmp(x->text + a->n.rest, y->text + b->n.rest, k > 40 ? 40 : k);
}

/* Points of a proposal come again in the decision; between agenda and text stand other
 * numbers. */
static bool pair_between(const struct case_starts *s, size_t i, size_t j)
{
    for (size_t k = (i < j ? i : j) + 1; k < (i < j ? j : i); k++)
        if (!s->at[k].is_dropped && s->at[k].n.b >= 0) return true;
    return false;
}

static void choose_bare_beside(struct case_starts *s, const struct block_list *list)
{
    for (size_t j = 0; j < s->n; j++) {
        struct case_start *c = &s->at[j];
        if (c->is_dropped || c->n.b >= 0 || c->n.has_word) continue;
        bool twice = false;
        for (size_t i = j > 400 ? j - 400 : 0; i < s->n && i < j + 400 && !twice; i++)
            twice = i != j && s->at[i].n.b < 0 && s->at[i].n.a == c->n.a &&
                    same_title(list, &s->at[i], c) && pair_between(s, i, j);
        if (!twice) case_start_drop(c);
    }
}

static size_t count_kept(const struct case_starts *s, bool bare)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        n += !s->at[i].is_dropped && (s->at[i].n.b < 0) == bare;
    return n;
}

static void refuse_bare(struct case_starts *s, bool words_too)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->at[i].n.b < 0 && (words_too || !s->at[i].n.has_word))
            case_start_drop(&s->at[i]);
}

/* "09.00 Sak 1: Åpning" ... in a programme, and below it "1 Åpning" ... with text: keeps
 * those below. */
static bool is_programme(struct case_starts *s, const struct minutes_cues *cues,
                         const struct block_list *list)
{
    size_t last = 0, words = 0, text = 0, first = s->n;
    for (size_t i = 0; i < s->n; i++) {
        const struct case_start *c = &s->at[i];
        if (c->is_dropped || c->n.b >= 0) continue;
        if (c->n.has_word) {
            if (words++) text += s->at[last].content;
            last = i;
        } else if (words && c->n.a == 1 && first == s->n) {
            first = i;
        }
    }
    if (first <= last || first == s->n || text > words * 130) return false;
    bool *kept = hf_xcalloc(s->n, sizeof *kept);
    for (size_t i = 0; i < s->n; i++) {
        kept[i] = !s->at[i].is_dropped;
        if (i < first || s->at[i].n.has_word) case_start_drop(&s->at[i]);
    }
    bool found = bare_numbers_choose(cues, list, s->at, s->n) >= words;
    for (size_t i = 0; i < s->n && !found; i++) s->at[i].is_dropped = !kept[i];
    free(kept);
    return found;
}

static void choose_bare(struct case_starts *s, const struct minutes_cues *cues,
                        const struct block_list *list)
{
    size_t paired = count_kept(s, false), words = 0;
    for (size_t i = 0; i < s->n; i++)
        words += !s->at[i].is_dropped && s->at[i].n.b < 0 && s->at[i].n.has_word;
    if (paired >= 2 && paired >= words) {
        for (size_t i = 0; i < s->n; i++)
            if (s->at[i].n.b < 0 && s->at[i].n.has_word) case_start_drop(&s->at[i]);
        choose_bare_beside(s, list);
        return;
    }
    if (words >= 2 && !paired && is_programme(s, cues, list)) return;
    if (words >= 2 || (words && !paired)) {
        refuse_bare(s, false);
        return;
    }
    size_t run = bare_numbers_choose(cues, list, s->at, s->n);
    if (run < 3 || (paired && run <= paired * 2)) {
        refuse_bare(s, paired > 0);
        return;
    }
    for (size_t i = 0; i < s->n; i++)
        if (s->at[i].n.b >= 0) case_start_drop(&s->at[i]);
}

/* ---- all of it
 * ----------------------------------------------------------------------------- */

void case_starts_find(struct case_starts *out, const struct minutes_cues *cues,
                      struct block_list *list)
{
    memset(out, 0, sizeof *out);
    collect(out, cues, list);
    for (size_t i = 0; i < out->n; i++)
        if (runs_on(cues, list, &out->at[i]) || is_wrapped_tail(list, &out->at[i]) ||
            goes_on_over_page(list, &out->at[i]))
            case_start_drop(&out->at[i]);
    case_starts_pack(out, list);
    number_scheme_find(&out->scheme, list, out->at, out->n);
    for (size_t i = 0; i < out->n; i++) {
        struct case_start *c = &out->at[i];
        if (!case_number_split(&c->n, &out->scheme, &c->number, &c->year) ||
            !year_fits(&out->scheme, c))
            case_start_drop(c);
    }
    refuse_other_styles(out, list);
    choose_bare(out, cues, list);
    case_starts_pack(out, list);
    case_starts_agendas(out, list);
    case_starts_doubles(out, list);
    case_starts_pack(out, list);
    case_starts_to_headings(out, list);
    unnumbered_find(out, cues, list);
    if (!out->n) sections_find(out, cues, list);
}

void case_starts_release(struct case_starts *s)
{
    free(s->at);
    memset(s, 0, sizeof *s);
}
