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

static void chain(struct glob_set *s, unsigned short *head, size_t i)
{
    s->next[i] = *head;
    *head = (unsigned short)(i + 1);
}

/* The chain of words that begin with this byte, small or capital; all that are no ASCII
 * share one. */
static unsigned char bucket(unsigned char b)
{
    return b >= 0x80 ? 0x80 : fold(b);
}

void glob_set_init(struct glob_set *s, const char *const *patterns, size_t n,
                   bool is_damaged)
{
    memset(s, 0, sizeof *s);
    s->patterns = patterns;
    s->n = n > 60000 ? 60000 : n;
    s->is_damaged = is_damaged;
    s->next = hf_xcalloc(s->n + 1, sizeof *s->next);
    for (size_t i = s->n; i-- > 0;) {
        unsigned char b = (unsigned char)*patterns[i];
        if (!b) continue;
        if (b == '*' || (b >= 0x80 && is_damaged))
            chain(s, &s->any, i);
        else
            chain(s, &s->first[bucket(b)], i);
    }
}

void glob_set_release(struct glob_set *s)
{
    free(s->next);
    memset(s, 0, sizeof *s);
}

bool glob_set_next(const struct glob_set *s, const struct glob_words *w, size_t i,
                   struct glob_cursor *cursor, size_t *pattern, size_t *n_words)
{
    unsigned char b = bucket((unsigned char)w->text[w->at[i].at]);
    if (!cursor->at && !cursor->is_any) {
        cursor->at = s->first[b];
        if (!cursor->at) {
            cursor->at = s->any;
            cursor->is_any = true;
        }
    }
    while (cursor->at) {
        size_t k = cursor->at - 1u;
        cursor->at = s->next[k];
        if (!cursor->at && !cursor->is_any) {
            cursor->at = s->any;
            cursor->is_any = true;
        }
        *n_words = glob_match(w, i, s->patterns[k]);
        *pattern = k;
        if (*n_words) return true;
    }
    return false;
}
