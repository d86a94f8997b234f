/* The text around a damaged word, and the terms of its readings. */
#include <string.h>

#include "lemma.h"
#include "repair.h"
#include "utf8.h"

enum { TERMS_MAX = 24, WORD_MAX = 60, ENOUGH_LETTERS = 60 };

bool hf_repair_is_healthy(const char *text, size_t len)
{
    size_t letters = 0, norwegian = 0;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (!hf_utf8_is_letter(c)) continue;
        c = hf_utf8_lower1(c);
        letters++;
        norwegian += c == 0xe6 || c == 0xf8 || c == 0xe5;
    }
    return letters >= ENOUGH_LETTERS && norwegian * 100 >= letters;
}

bool hf_repair_is_mid_sentence(const char *text, size_t at)
{
    unsigned newlines = 0;
    while (at && strchr(" \t\r\n\"'(", text[at - 1])) newlines += text[--at] == '\n';
    if (!at || newlines > 1) return false;
    unsigned char c = (unsigned char)text[at - 1];
    return c == ',' || c == '-' || c == '/' || c >= 0x80 || hf_utf8_is_letter(c) ||
           hf_utf8_is_digit(c);
}

size_t hf_repair_symbols_end(const struct hf_repair_model *m, const char *text,
                             size_t len, size_t at)
{
    bool has_symbol = false, has_lower = false, has_letter = false;
    size_t end = at, n;
    uint32_t c = 0;
    if (at && strchr("./@:", text[at - 1])) return 0;
    for (; end < len && end - at < WORD_MAX; end += n) {
        n = hf_utf8_next(text + end, len - end, &c);
        bool symbol = hf_repair_is_symbol(m, c);
        if (!symbol && !hf_utf8_is_letter(c) && !hf_utf8_is_digit(c)) break;
        has_symbol |= symbol;
        has_letter |= hf_utf8_is_letter(c);
        has_lower |= hf_utf8_is_lower(c);
    }
    if (!has_symbol || (has_letter && !has_lower)) return 0;
    if (!has_letter) return end - at <= 2 ? end : 0;
    /* an address: post@sykehus.no */
    if (end + 1 < len && strchr(".@/:", text[end])) {
        hf_utf8_next(text + end + 1, len - end - 1, &c);
        if (hf_utf8_is_letter(c)) return 0;
    }
    return end;
}

/* ---- terms ---- */

struct seen {
    size_t n;
    struct {
        size_t len;
        char text[HF_LEMMA_MAX_TERM_LEN];
    } at[TERMS_MAX];
};

static bool is_new(struct seen *s, const char *text, size_t len)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->at[i].len == len && !memcmp(s->at[i].text, text, len)) return false;
    if (s->n == TERMS_MAX || len > sizeof s->at[0].text) return false;
    s->at[s->n].len = len;
    memcpy(s->at[s->n++].text, text, len);
    return true;
}

void hf_repair_each_term(struct hf_repair *r, const struct hf_readings *readings,
                         hf_repair_term_fn fn, void *user)
{
    struct hf_lemma_result found;
    struct seen seen;
    seen.n = 0;
    for (size_t i = 0; i < readings->n; i++) {
        const struct hf_reading *x = &readings->at[i];
        for (size_t at = 0; at < x->len;) {
            const char *blank = memchr(x->text + at, ' ', x->len - at);
            size_t end = blank ? (size_t)(blank - x->text) : x->len;
            hf_lemma_analyse(hf_repair_lemmas_of(r), x->text + at, end - at, &found);
            for (size_t k = 0; k < found.n_terms; k++) {
                const struct hf_lemma_term *t = &found.terms[k];
                if (!t->is_strong && (i || !readings->is_sure)) continue;
                if (is_new(&seen, t->text, t->len)) fn(user, t);
            }
            at = end + 1;
        }
    }
}
