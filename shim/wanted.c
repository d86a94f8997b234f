#include "wanted.h"

#include <stdlib.h>
#include <string.h>

#include "analyse.h"
#include "utf8.h"

enum {
    WORD_BITS = 17,
    N_WORDS = 1 << WORD_BITS,
    N_PLACES = 11,
    LONGEST = 96,
    LOOK_AT_IT = 255
};

struct seen_word { /* half a cache line */
    uint64_t hash; /* of its bytes; 0 = empty */
    uint8_t n;     /* LOOK_AT_IT: an acronym, or too many terms */
    uint16_t places[N_PLACES];
};

struct hf_words {
    const struct hf_lexicon *lex;
    struct hf_lemma_ctx *lemmas;
    struct hf_buf lower, sound;
    struct seen_word at[N_WORDS];
};

static uint64_t mix(uint64_t h)
{
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93u;
    return h ^ h >> 32;
}

static uint64_t hash_of(const char *text, size_t len)
{
    uint64_t h = len * 0x9E3779B97F4A7C15u, word;
    for (; len >= 8; text += 8, len -= 8) {
        memcpy(&word, text, 8);
        h = mix(h ^ word);
    }
    word = 0;
    memcpy(&word, text, len);
    return mix(mix(h ^ word));
}

static uint16_t place_of(const char *text, size_t len)
{
    return (uint16_t)(hash_of(text, len) % HF_WANTED_PLACES);
}

void hf_wanted_add(struct hf_wanted *w, const char *text, size_t len)
{
    uint16_t place = place_of(text, len);
    w->bits[place / 64] |= 1ull << place % 64;
}

struct hf_words *hf_words_new(const struct hf_lexicon *lex, struct hf_lemma_ctx *lemmas)
{
    struct hf_words *w = hf_xcalloc(1, sizeof *w);
    w->lex = lex;
    w->lemmas = lemmas;
    hf_buf_init(&w->lower);
    hf_buf_init(&w->sound);
    return w;
}

void hf_words_free(struct hf_words *w)
{
    if (!w) return;
    hf_buf_release(&w->lower);
    hf_buf_release(&w->sound);
    free(w);
}

static void add_place(struct seen_word *s, const char *text, size_t len)
{
    if (s->n < N_PLACES) s->places[s->n] = place_of(text, len);
    s->n = s->n < N_PLACES ? (uint8_t)(s->n + 1) : LOOK_AT_IT;
}

/* The places of all that analyse.c makes of a plain word. */
static void learn(struct hf_words *w, struct seen_word *s, const char *text, size_t len)
{
    struct hf_lemma_result r;
    s->n = LOOK_AT_IT;
    if (hf_lexicon_acronym(w->lex, text, len)) return;
    hf_buf_clear(&w->lower);
    hf_buf_clear(&w->sound);
    hf_utf8_lower(&w->lower, text, len);
    hf_lemma_analyse(w->lemmas, w->lower.data, w->lower.len, &r);
    s->n = 0;
    add_place(s, w->lower.data, w->lower.len);
    for (size_t i = 0; i < r.n_terms && s->n != LOOK_AT_IT; i++)
        add_place(s, r.terms[i].text, r.terms[i].len);
    hf_sound_key(&w->sound, w->lower.data, w->lower.len);
    if (s->n != LOOK_AT_IT) add_place(s, w->sound.data, w->sound.len);
}

/* æ ø å and, where the word begins, Æ Ø Å, in two bytes. */
static bool is_letter(const char *at, bool can_be_capital)
{
    unsigned char second = (unsigned char)at[1];
    if ((unsigned char)at[0] != 0xC3) return false;
    if (second == 0xA6 || second == 0xB8 || second == 0xA5) return true;
    return can_be_capital && (second == 0x86 || second == 0x98 || second == 0x85);
}

/* The length of a plain word, or 0. */
static size_t plain_word(const char *text, size_t len)
{
    size_t i = 0, n_lower = 0;
    while (i < len) {
        char c = text[i];
        if (c >= 'a' && c <= 'z') {
            i++;
            n_lower++;
        } else if (c >= 'A' && c <= 'Z' && !i) {
            i++;
        } else if (i + 1 < len && is_letter(text + i, !i)) {
            n_lower += (unsigned char)text[i + 1] >= 0xA0;
            i += 2;
        } else {
            break;
        }
    }
    if (!n_lower || i > LONGEST) return 0;
    if (i == len) return i;
    unsigned char next = (unsigned char)text[i];
    bool may_go_on = next >= 0x80 || next == '-' || (next >= '0' && next <= '9') ||
                     (next >= 'A' && next <= 'Z');
    return may_go_on ? 0 : i;
}

/* A word has two places: the newer one first. */
static const struct seen_word *recall(struct hf_words *w, uint64_t hash, const char *text,
                                      size_t len)
{
    size_t i = hash >> (64 - WORD_BITS);
    struct seen_word *s = &w->at[i], *other = &w->at[i ^ 1];
    if (s->hash == hash) return s;
    if (other->hash == hash) return other;
    *other = *s;
    s->hash = hash;
    learn(w, s, text, len);
    return s;
}

/* The length of the plain word at text if it is of no interest, else 0. */
static size_t skip(struct hf_words *w, const struct hf_wanted *wanted, const char *text,
                   size_t len)
{
    size_t n = plain_word(text, len);
    if (!n) return 0;
    uint64_t hash = hash_of(text, n) | 1;
    const struct seen_word *s = recall(w, hash, text, n);
    if (s->n == LOOK_AT_IT) return 0;
    for (unsigned i = 0; i < s->n; i++)
        if (wanted->bits[s->places[i] / 64] >> s->places[i] % 64 & 1) return 0;
    return n;
}

static bool parts_words(unsigned char c)
{
    bool is_word =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return c < 0x80 && c != '-' && !is_word;
}

void hf_words_pass(struct hf_words *w, const struct hf_wanted *wanted, const char *text,
                   size_t len, struct hf_passed *p)
{
    for (size_t at = p->at; at < len;) {
        if (parts_words((unsigned char)text[at])) {
            at++;
            continue;
        }
        size_t n = text[at] == '-' ? 0 : skip(w, wanted, text + at, len - at);
        if (!n) return;
        if (at >= p->line_end) {
            const char *nl = memchr(text + at, '\n', len - at);
            p->line_end = nl ? (size_t)(nl - text) + 1 : len;
        }
        at += n;
        p->at = at;
        p->n++;
    }
}
