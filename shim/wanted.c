#include "wanted.h"

#include <stdlib.h>
#include <string.h>

#include "analyse.h"
#include "utf8.h"

enum { SET_BITS = 16, WAYS = 4, HEAD_BITS = 17, N_PLACES = 6, LONGEST = 96, AHEAD = 8 };

/* Two words, as there are a quarter of a million of them: the hash of the word's bytes
 * (but for the bits that its place tells), a place of 12 bits and the number of places in
 * 5; five places more. Zero: empty. */
struct seen_word {
    uint64_t head, places;
};
enum { LOOK_AT_IT = 31 }; /* for the number: an acronym, or too many terms */

struct hf_words {
    const struct hf_lexicon *lex;
    struct hf_lemma_ctx *lemmas;
    struct hf_buf lower, sound;
    struct seen_word at[1 << SET_BITS][WAYS];
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
    for (size_t i = 0; i < len; i++) word = word << 8 | (unsigned char)text[i];
    return mix(mix(h ^ word));
}

enum { PLACE_BITS = 12 }; /* of HF_WANTED_PLACES */

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

struct places {
    uint16_t at[N_PLACES];
    unsigned n;
};

static void add_place(struct places *p, const char *text, size_t len)
{
    uint16_t place = place_of(text, len);
    for (unsigned i = 0; i < p->n && p->n <= N_PLACES; i++)
        if (p->at[i] == place) return;
    if (p->n < N_PLACES) p->at[p->n] = place;
    if (p->n <= N_PLACES) p->n++;
}

/* The places of all that analyse.c makes of a plain word. */
static void find_places(struct hf_words *w, const char *text, size_t len,
                        struct places *p)
{
    struct hf_lemma_result r;
    hf_buf_clear(&w->lower);
    hf_utf8_lower(&w->lower, text, len);
    hf_lemma_analyse(w->lemmas, w->lower.data, w->lower.len, &r);
    p->n = 0;
    add_place(p, w->lower.data, w->lower.len);
    for (size_t i = 0; i < r.n_terms && p->n <= N_PLACES; i++)
        add_place(p, r.terms[i].text, r.terms[i].len);
    if (w->lower.len == len && !memcmp(w->lower.data, text, len)) return;
    hf_buf_clear(&w->sound); /* of what begins with a capital */
    hf_sound_key(&w->sound, w->lower.data, w->lower.len);
    add_place(p, w->sound.data, w->sound.len);
}

static void learn(struct hf_words *w, struct seen_word *s, const char *text, size_t len)
{
    struct places p = {.n = N_PLACES + 1};
    if (!hf_lexicon_acronym(w->lex, text, len)) find_places(w, text, len, &p);
    s->places = 0;
    if (p.n > N_PLACES) {
        s->head |= LOOK_AT_IT;
        return;
    }
    for (unsigned i = 0; i + 1 < p.n; i++)
        s->places |= (uint64_t)p.at[i] << i * PLACE_BITS;
    s->head |= (uint64_t)p.at[p.n - 1] << 5 | p.n;
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

/* ---- passing over ---- */

struct word { /* one that was found ahead */
    size_t at, len;
    uint64_t hash;
};

static bool is_kept(const struct seen_word *s, uint64_t hash)
{
    return s->head && (s->head ^ hash) >> HEAD_BITS == 0;
}

/* What is known of a word. It has four places: the newest one first. */
static struct seen_word recall(struct hf_words *w, const struct word *word,
                               const char *text)
{
    struct seen_word *s = w->at[word->hash & ((1 << SET_BITS) - 1)];
    for (unsigned i = 0; i < WAYS; i++)
        if (is_kept(&s[i], word->hash)) return s[i];
    memmove(s + 1, s, (WAYS - 1) * sizeof *s);
    s->head = word->hash >> HEAD_BITS << HEAD_BITS;
    learn(w, s, text + word->at, word->len);
    return *s;
}

static bool has(const struct hf_wanted *wanted, uint64_t place)
{
    place %= HF_WANTED_PLACES;
    return wanted->bits[place / 64] >> place % 64 & 1;
}

static bool may_matter(const struct hf_wanted *wanted, struct seen_word s)
{
    unsigned n = s.head & 31;
    if (n == LOOK_AT_IT || has(wanted, s.head >> 5)) return true;
    for (; n > 1; n--, s.places >>= PLACE_BITS)
        if (has(wanted, s.places)) return true;
    return false;
}

static bool parts_words(unsigned char c)
{
    bool is_word =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return c < 0x80 && c != '-' && !is_word;
}

/* The plain words from `at` on, up to the next that is none. What is known of them is
 * fetched meanwhile. */
static size_t look_ahead(const struct hf_words *w, const char *text, size_t len,
                         size_t at, struct word out[AHEAD])
{
    size_t n = 0;
    while (n < AHEAD) {
        while (at < len && parts_words((unsigned char)text[at])) at++;
        if (at == len || text[at] == '-') break;
        size_t word_len = plain_word(text + at, len - at);
        if (!word_len) break;
        out[n] = (struct word){at, word_len, hash_of(text + at, word_len)};
        __builtin_prefetch(w->at[out[n++].hash & ((1 << SET_BITS) - 1)]);
        at += word_len;
    }
    return n;
}

void hf_words_pass(struct hf_words *w, const struct hf_wanted *wanted, const char *text,
                   size_t len, struct hf_passed *p)
{
    struct word ahead[AHEAD];
    size_t n;
    while ((n = look_ahead(w, text, len, p->at, ahead)) > 0) {
        for (size_t i = 0; i < n; i++) {
            size_t at = ahead[i].at;
            if (may_matter(wanted, recall(w, &ahead[i], text))) return;
            if (at >= p->line_end) {
                const char *nl = memchr(text + at, '\n', len - at);
                p->line_end = nl ? (size_t)(nl - text) + 1 : len;
            }
            p->at = at + ahead[i].len;
            p->n++;
        }
    }
}
