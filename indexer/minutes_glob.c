#include "minutes_glob.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/buf.h"
#include "../shim/utf8.h"
#include "minutes_block.h"

#define MAX_WORDS ((size_t)60000)

static bool is_part(uint32_t c, bool damaged)
{
    return hf_utf8_is_letter(c) || hf_utf8_is_digit(c) || c == '+' ||
           (damaged && (c == '@' || c == '&' || c == '|'));
}

/* A line of three words or more without a small letter: acronyms are not to be told by
 * capitals. */
static bool is_caps_line(const char *text, size_t len)
{
    size_t upper = 0, words = 0;
    bool in_word = false;
    for (size_t i = 0; i < len && text[i] != '\n';) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (hf_utf8_is_lower(c)) return false;
        upper += hf_utf8_is_upper(c);
        bool letter = hf_utf8_is_letter(c);
        words += letter && !in_word;
        in_word = letter;
    }
    return words >= 3 && upper >= 6;
}

void glob_words_init(struct glob_words *w, const char *text, size_t len, bool is_damaged)
{
    bool caps = is_caps_line(text, len);
    memset(w, 0, sizeof *w);
    w->text = text;
    w->len = len;
    w->is_damaged = is_damaged;
    for (size_t i = 0; i < len && w->n < MAX_WORDS;) {
        uint32_t c;
        size_t n = hf_utf8_next(text + i, len - i, &c);
        if (c == '\n') caps = is_caps_line(text + i + 1, len - i - 1);
        if (!is_part(c, is_damaged)) {
            i += n;
            continue;
        }
        size_t from = i;
        while (i < len) {
            n = hf_utf8_next(text + i, len - i, &c);
            if (!is_part(c, is_damaged)) break;
            i += n;
        }
        w->at = hf_grow(w->at, &w->cap, w->n, sizeof *w->at);
        w->at[w->n++] = (struct glob_word){from, i - from, caps};
    }
}

void glob_words_release(struct glob_words *w)
{
    free(w->at);
    memset(w, 0, sizeof *w);
}

static const char *readings(uint32_t c)
{
    if (c == 0xE6) return "ae\0ee\0e\0a\0z\0";
    if (c == 0xF8) return "o\0g\0a\0e\0s\0@\0ga\0ag\0aea\0oe\0";
    if (c == 0xE5)
        return "a\0&\0"
               "a8\0aa\0";
    return NULL;
}

static unsigned char fold(unsigned char b)
{
    return b >= 'A' && b <= 'Z' ? (unsigned char)(b + 32) : b;
}

/* A look at two letters spares most patterns the matching: false where both are ASCII and
 * differ. */
static bool may_match(const char *p, const char *t, size_t len)
{
    for (size_t i = 0; i < 2; i++) {
        unsigned char a = (unsigned char)p[i];
        if (a == '*' || a >= 0x80) return true;
        if (!a || a == ' ') return true; /* capitals may have letters behind */
        if (i >= len) return false;
        unsigned char b = (unsigned char)t[i];
        if (b >= 0x80 || fold(a) != fold(b)) return false;
    }
    return true;
}

/* One pattern word (up to blank or end) against one text word. */
static bool word_match(const char *p, const char *t, size_t len, bool damaged)
{
    while (*p && *p != ' ') {
        if (*p == '*') {
            while (*p == '*') p++;
            if (!*p || *p == ' ') return true;
            unsigned char first = (unsigned char)*p;
            for (size_t i = 0; i <= len; i++)
                if ((first >= 0x80 || (i < len && fold((unsigned char)t[i]) == first)) &&
                    word_match(p, t + i, len - i, damaged))
                    return true;
            return false;
        }
        if (!len) return false;
        unsigned char pb = (unsigned char)*p, tb = (unsigned char)*t;
        if (pb < 0x80 && tb < 0x80) { /* no reading of recognition begins with these */
            if (fold(tb) != pb) return false;
            p++;
            t++;
            len--;
            continue;
        }
        uint32_t k, c;
        size_t kn = hf_utf8_next(p, 4, &k), n = hf_utf8_next(t, len, &c);
        if (hf_utf8_lower1(c) != k) {
            const char *r = damaged ? readings(k) : NULL;
            for (; r && *r; r += strlen(r) + 1) {
                size_t rn = strlen(r);
                if (rn <= len && !strncasecmp(t, r, rn) &&
                    word_match(p + kn, t + rn, len - rn, damaged))
                    return true;
            }
            return false;
        }
        p += kn;
        t += n;
        len -= n;
    }
    return !len;
}

/* "LAR" in the text as LAR, LARs, LAR:; never lar or Lars. In a line of capitals it says
 * nothing. */
static bool acronym_match(const char *p, size_t plen, const char *t, size_t len)
{
    if (len < plen || memcmp(p, t, plen) || len > plen + 3) return false;
    for (size_t i = plen; i < len; i++)
        if (t[i] < 'a' || t[i] > 'z') return false;
    return true;
}

static bool is_acronym(const char *p, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (p[i] < 'A' || p[i] > 'Z') return false;
    return len > 1;
}

size_t glob_match(const struct glob_words *w, size_t i, const char *pattern)
{
    size_t n = 0;
    if (i < w->n && !may_match(pattern, w->text + w->at[i].at, w->at[i].len)) return 0;
    for (const char *p = pattern; *p; n++) {
        if (i + n >= w->n) return 0;
        const struct glob_word *word = &w->at[i + n];
        size_t plen = 0;
        while (p[plen] && p[plen] != ' ') plen++;
        bool ok, no_word = plen && p[plen - 1] == '+'; /* "BUP+" is no word as well */
        size_t letters = plen - no_word;
        if (is_acronym(p, letters))
            ok = acronym_match(p, letters, w->text + word->at, word->len) &&
                 (!word->in_caps_line || letters > 3 || no_word);
        else
            ok = word->len < 64 &&
                 word_match(p, w->text + word->at, word->len, w->is_damaged);
        if (!ok) return 0;
        p += plen;
        while (*p == ' ') p++;
    }
    return n;
}

/* ---- many patterns
 * ------------------------------------------------------------------------- */

#define MAX_PAIRS ((size_t)72)
#define OPENING   0x200000u /* beyond all letters: the first letter of a word */
#define BEGIN     0x400000u
#define END       0x800000u

/* The pairs of neighbouring letters of a word, as hashes. */
struct pairs {
    uint32_t at[MAX_PAIRS];
    size_t n;
    bool has_opening; /* the second is that of the first two letters */
    bool is_cut;
};

static void pair_add(struct pairs *p, uint32_t a, uint32_t b)
{
    if (p->n == MAX_PAIRS) {
        p->is_cut = true;
        return;
    }
    p->at[p->n++] = (a * 0x9E3779B1u ^ b) * 0x85EBCA6Bu >> 8;
}

static uint64_t pair_bit(uint32_t pair)
{
    return (uint64_t)1 << pair % 64;
}

static uint32_t pair_chain(uint32_t pair)
{
    return pair / 64 % GLOB_CHAINS;
}

static void pairs_of_word(struct pairs *p, const char *text, size_t len)
{
    uint32_t before = BEGIN, c;
    p->n = 0;
    p->is_cut = false;
    for (size_t i = 0, n = 0; i < len; n++) {
        i += hf_utf8_next(text + i, len - i, &c);
        c = hf_utf8_lower1(c);
        if (n == 1) pair_add(p, before | OPENING, c);
        pair_add(p, before, c);
        before = c;
    }
    pair_add(p, before, END);
}

/* The pairs that the first word of a pattern asks for; letters that may be misread make
 * none. */
static void pairs_of_pattern(struct pairs *p, const char *pattern, bool is_damaged)
{
    size_t len = strcspn(pattern, " ");
    size_t letters = len - (len && pattern[len - 1] == '+');
    bool acronym = is_acronym(pattern, letters);
    uint32_t before = BEGIN, c;
    memset(p, 0, sizeof *p);
    if (acronym) len = letters;
    for (size_t i = 0, n = 0; i < len; n++) {
        i += hf_utf8_next(pattern + i, len - i, &c);
        c = c == '*' || (is_damaged && c >= 0x80) ? 0 : hf_utf8_lower1(c);
        if (n == 1 && before && c) {
            p->has_opening = true;
            pair_add(p, before | OPENING, c);
        }
        if (before && c) pair_add(p, before, c);
        before = c;
    }
    if (before && len && !acronym) pair_add(p, before, END);
}

static bool begins_with_any(const char *pattern, bool is_damaged)
{
    return *pattern == '*' || ((unsigned char)*pattern >= 0x80 && is_damaged);
}

/* Puts the pattern at place i of the order into the chain of its opening, or of the pair
 * that the fewest have. */
static void chain(struct glob_set *s, size_t i, const struct pairs *p, const size_t *uses)
{
    unsigned short *head = &s->loose;
    for (size_t k = 0, least = SIZE_MAX; k < p->n; k++) {
        uint32_t c = pair_chain(p->at[k]);
        s->need[i] |= pair_bit(p->at[k]);
        if (uses[c] >= least || (p->has_opening && k != 1)) continue;
        least = uses[c];
        head = &s->first[c];
    }
    s->next[i] = *head;
    *head = (unsigned short)(i + 1);
}

void glob_set_init(struct glob_set *s, const char *const *patterns, size_t n,
                   bool is_damaged)
{
    size_t uses[GLOB_CHAINS] = {0};
    struct pairs p;
    memset(s, 0, sizeof *s);
    s->patterns = patterns;
    s->is_damaged = is_damaged;
    if (n > 60000) n = 60000;
    s->order = hf_xcalloc(n + 1, sizeof *s->order);
    s->need = hf_xcalloc(n + 1, sizeof *s->need);
    s->next = hf_xcalloc(n + 1, sizeof *s->next);
    for (int any = 0; any < 2; any++)
        for (size_t i = 0; i < n; i++)
            if (*patterns[i] && begins_with_any(patterns[i], is_damaged) == (any > 0))
                s->order[s->n++] = (unsigned short)i;
    for (size_t i = 0; i < s->n; i++) {
        pairs_of_pattern(&p, patterns[s->order[i]], is_damaged);
        for (size_t k = 0; k < p.n; k++) uses[pair_chain(p.at[k])]++;
    }
    for (size_t i = s->n; i-- > 0;) {
        pairs_of_pattern(&p, patterns[s->order[i]], is_damaged);
        chain(s, i, &p, uses);
    }
}

void glob_set_release(struct glob_set *s)
{
    free(s->order);
    free(s->need);
    free(s->next);
    memset(s, 0, sizeof *s);
}

/* Notes a place of the order once, among the others by their order. */
static void may_add(struct glob_cursor *cursor, unsigned short place)
{
    size_t k = cursor->n;
    while (k && cursor->may[k - 1] > place) k--;
    if (k && cursor->may[k - 1] == place) return;
    if (cursor->n == GLOB_MAY) {
        cursor->is_full = true;
        return;
    }
    memmove(cursor->may + k + 1, cursor->may + k, (cursor->n - k) * sizeof *cursor->may);
    cursor->may[k] = place;
    cursor->n++;
}

static void may_add_chain(const struct glob_set *s, unsigned short head, uint64_t has,
                          struct glob_cursor *cursor)
{
    for (; head; head = s->next[head - 1])
        if (!(s->need[head - 1] & ~has)) may_add(cursor, (unsigned short)(head - 1));
}

void glob_set_begin(const struct glob_set *s, const struct glob_words *w, size_t i,
                    struct glob_cursor *cursor)
{
    struct pairs p;
    uint64_t has = 0;
    cursor->at = cursor->n = 0;
    pairs_of_word(&p, w->text + w->at[i].at, w->at[i].len);
    for (size_t k = 0; k < p.n; k++) has |= pair_bit(p.at[k]);
    cursor->is_full = p.is_cut;
    for (size_t k = 0; k < p.n; k++)
        may_add_chain(s, s->first[pair_chain(p.at[k])], has, cursor);
    may_add_chain(s, s->loose, has, cursor);
}

bool glob_set_next(const struct glob_set *s, const struct glob_words *w, size_t i,
                   struct glob_cursor *cursor, size_t *pattern, size_t *n_words)
{
    while (cursor->at < (cursor->is_full ? s->n : cursor->n)) {
        size_t place = cursor->is_full ? cursor->at : cursor->may[cursor->at];
        cursor->at++;
        *pattern = s->order[place];
        *n_words = glob_match(w, i, s->patterns[*pattern]);
        if (*n_words) return true;
    }
    return false;
}
