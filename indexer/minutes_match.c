#include <string.h>
#include <strings.h>

#include "../shim/utf8.h"
#include "minutes_cues.h"
#include "minutes_text.h"

/* ---- matching ---------------------------------------------------------------------- */

/* What recognition makes of a letter, as a list of NUL-terminated readings. */
const char *cue_readings(uint32_t c)
{
    switch (c) {
    case 0xE6: return "ae\0ee\0e\0z\0a\0aea\0";
    case 0xF8:
        return "o\0g\0a\0e\0s\0@\0ga\0ag\0aea\0j\0"
               "0\0"
               "6\0q\0oe\0\xc3\xb6\0\xc2\xa2\0";
    case 0xE5:
        return "a\0&\0"
               "a8\0aa\0"
               "4\0\xc3\xa4\0\xc3\xa0\0";
    case 0xE1: return "a\0";
    case 'i':
        return "|\0l\0"
               "1\0!\0";
    case 'l':
        return "|\0i\0"
               "1\0";
    case 'j': return "i\0";
    }
    return NULL;
}

static unsigned char ascii_lower(unsigned char b)
{
    return b >= 'A' && b <= 'Z' ? (unsigned char)(b + 32) : b;
}

static bool match_from(const char *key, const char *text, size_t len, size_t at,
                       size_t *end);

/* The letter k was read as something else: each reading is tried with the rest of the
 * key. */
static bool match_misread(const char *key, const char *text, size_t len, size_t at,
                          size_t *end)
{
    uint32_t k;
    const char *rest = key + hf_utf8_next(key, 4, &k);
    k = hf_utf8_lower1(k);
    char t = text[at];
    if (k < 0x80 && t != '|' && t != 'l' && t != 'i' && t != 'I' && t != 'L' &&
        t != '1' && t != '!')
        return false;
    for (const char *r = cue_readings(k); r && *r; r++) {
        size_t i = at;
        while (*r && i < len &&
               ascii_lower((unsigned char)text[i]) == (unsigned char)*r) {
            i++;
            r++;
        }
        if (!*r && match_from(rest, text, len, i, end)) return true;
        while (*r) r++;
    }
    return false;
}

static bool is_dash(uint32_t c)
{
    return c == '-' || c == 0x2013 || c == 0x2011 || c == 0x2010;
}

/* Most letters are ASCII and right: they are compared as bytes. */
static bool match_from(const char *key, const char *text, size_t len, size_t at,
                       size_t *end)
{
    while (*key) {
        unsigned char kb = (unsigned char)*key,
                      tb = at < len ? (unsigned char)text[at] : 0;
        if (kb == ' ') { /* blanks may be lost or many */
            at += text_trim_left(text + at, len - at);
            key++;
            continue;
        }
        if (at >= len) return false;
        kb = ascii_lower(kb);
        if (kb < 0x80 && ascii_lower(tb) == kb) {
            at++;
            key++;
            continue;
        }
        if (kb < 0x80 && tb < 0x80 && kb != 'i' && kb != 'j' && kb != 'l') return false;
        uint32_t k = kb, c;
        size_t kn = kb < 0x80 ? 1 : hf_utf8_next(key, 4, &k);
        size_t n = hf_utf8_next(text + at, len - at, &c);
        k = hf_utf8_lower1(k);
        bool same = hf_utf8_lower1(c) == k || (k == '-' && is_dash(c));
        if (!same) return match_misread(key, text, len, at, end);
        at += n;
        key += kn;
    }
    *end = at;
    return true;
}

size_t cue_key_match_all(const char *key, const char *text, size_t len)
{
    size_t end = 0;
    return match_from(key, text, len, 0, &end) ? end : 0;
}

static bool is_word_char(const char *text, size_t len, size_t at)
{
    uint32_t c;
    if (at >= len) return false;
    hf_utf8_next(text + at, len - at, &c);
    return hf_utf8_is_letter(c) || hf_utf8_is_digit(c);
}

static void finish_match(struct cue_match *m, const char *text, size_t len)
{
    size_t i = m->end;
    while (i < len && text[i] == '*') i++;
    i += text_trim_left(text + i, len - i);
    if (i < len && strchr(":;", text[i])) {
        m->has_colon = true;
        i++;
        while (i < len && (text[i] == '*' || text[i] == ':')) i++;
        i += text_trim_left(text + i, len - i);
    }
    m->rest = i;
    m->is_alone = i >= len;
}

/* UNN, KS, SiV: no small letter, or a capital after one. */
static bool is_acronym(const char *key, size_t len)
{
    bool any_lower = false;
    for (size_t at = 0; at < len;) {
        uint32_t c;
        at += hf_utf8_next(key + at, len - at, &c);
        if (c == ' ' || c == '-') return !any_lower && is_acronym(key + at, len - at);
        if (hf_utf8_is_upper(c) && any_lower) return true;
        any_lower |= hf_utf8_is_lower(c);
    }
    return !any_lower;
}

bool cue_is_exact(const char *key, const char *text, size_t len)
{
    size_t key_len = strlen(key), k = 0, i = 0;
    bool acronym = is_acronym(key, key_len);
    while (k < key_len && i < len) {
        uint32_t a, b;
        size_t kn = hf_utf8_next(key + k, key_len - k, &a);
        size_t n = hf_utf8_next(text + i, len - i, &b);
        if (a == ' ' && hf_utf8_is_space(b)) {
            k += kn;
            i += text_trim_left(text + i, len - i);
            continue;
        }
        if (b == 0x2013 || b == 0x2010 || b == 0x2011) b = '-';
        bool same = acronym ? a == b : hf_utf8_lower1(a) == hf_utf8_lower1(b);
        if (!same) return false;
        k += kn;
        i += n;
    }
    return k == key_len && i == len;
}

/* The longest label wins; of two that take the same bytes ("fråfall" read as damaged,
 * "frafall") the one that is spelled so. */
bool cue_here(const struct cue_table *t, const char *text, size_t len,
              struct cue_match *out)
{
    const struct cue *best = NULL;
    size_t best_end = 0;
    if (!len) return false;
    struct cue_walk walk;
    cue_walk_begin(&t->sieve, text, len, &walk);
    for (size_t k; (k = cue_walk_next(&walk)) != CUE_WALK_END;) {
        const struct cue *cue = &t->cues[k];
        if (best && cue->key_len + 4 < best_end) break;
        size_t end = cue_key_match_all(cue->key, text, len);
        if (!end || end < best_end || is_word_char(text, len, end)) continue;
        bool exact = cue_is_exact(cue->key, text, end);
        if (end == best_end && !exact) continue;
        best = cue;
        best_end = end;
        if (exact) break;
    }
    if (!best) return false;
    memset(out, 0, sizeof *out);
    out->cue = best;
    out->value = best->value;
    out->end = best_end;
    finish_match(out, text, len);
    return true;
}

static void shift_match(struct cue_match *m, size_t by)
{
    m->start += by;
    m->end += by;
    m->rest += by;
}

bool cue_at_start(const struct cue_table *t, const char *text, size_t len,
                  struct cue_match *out)
{
    size_t i = 0;
    while (i < len) {
        uint32_t c;
        size_t n = hf_utf8_next(text + i, len - i, &c);
        bool glyph = hf_utf8_is_space(c) || c == '*' || c == '#' || c == '-' ||
                     c == '+' || c == 0xB7 || c == 0x2022 || c == 0x2013 || c == 0xAB ||
                     c == '_';
        if (!glyph) break;
        i += n;
    }
    if (!cue_here(t, text + i, len - i, out)) return false;
    shift_match(out, i);
    return true;
}

bool cue_is_whole(const struct cue_table *t, const char *text, size_t len,
                  struct cue_match *out)
{
    return cue_at_start(t, text, len, out) && out->is_alone;
}

bool cue_find(const struct cue_table *t, const char *text, size_t len, size_t from,
              struct cue_match *out)
{
    bool in_word = from > 0 && from <= len && is_word_char(text, len, from - 1);
    for (size_t i = from; i < len;) {
        uint32_t c;
        size_t n = hf_utf8_next(text + i, len - i, &c);
        bool word = hf_utf8_is_letter(c) || hf_utf8_is_digit(c) || c == '|' || c == '@';
        if (word && !in_word && cue_here(t, text + i, len - i, out)) {
            shift_match(out, i);
            return true;
        }
        in_word = word;
        i += n;
    }
    return false;
}
