/* What a damaged name may have sounded like. Names are in no dictionary, so every cheap
 * confusion of æ, ø and å may be undone, alone or two together; what cannot be said is
 * left out. */
#include <string.h>

#include "analyse.h"
#include "repair_model.h"

enum { MAX_COST = 50, MAX_LETTERS = 24, MAX_KEYS = 6 };

struct spelling {
    uint8_t letters[2 * MAX_LETTERS + 8];
    size_t len, at; /* the letters before `at` are settled */
    unsigned cost;
};

static bool is_vowel(uint8_t c)
{
    return c && (strchr("aeiouy", c) || c == 0xe6 || c == 0xf8 || c == 0xe5);
}

static bool is_letter(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || c >= 0xdf;
}

/* A consonant that was a vowel: not behind another vowel (Hagen is not Haøen). */
static bool can_be_said(const struct spelling *s, const struct repair_rule *r, size_t at)
{
    bool had_vowel = false;
    for (size_t i = 0; i < r->n_written; i++)
        had_vowel |= is_vowel(r->written[i]) || !is_letter(r->written[i]);
    return had_vowel || !at || !is_vowel(s->letters[at - 1]);
}

static void add_key(struct hf_readings *out, const char *own, const struct spelling *s)
{
    char text[2 * sizeof s->letters];
    struct hf_buf key = HF_BUF_INIT;
    size_t n = lemma_to_utf8(s->letters, s->len, text);
    hf_sound_key(&key, text, n);
    if (key.len > 1 && strcmp(key.data, own) != 0)
        repair_add(out, MAX_KEYS, key.data, key.len, s->cost);
    hf_buf_release(&key);
}

/* Undoes one confusion behind s->at in every way; `more` of them after it. */
static void undo(const struct hf_repair_model *m, const struct spelling *s,
                 const char *own, unsigned more, struct hf_readings *out)
{
    for (size_t at = s->at; at < s->len; at++) {
        uint8_t c = s->letters[at];
        for (size_t i = m->first[c]; i < m->first[c + 1u]; i++) {
            const struct repair_rule *r = &m->rules[i];
            if (!r->is_special || s->cost + r->cost > MAX_COST) continue;
            if (r->at_start && at) continue;
            if (r->n_written > s->len - at) continue;
            if (memcmp(r->written, s->letters + at, r->n_written)) continue;
            if (!can_be_said(s, r, at)) continue;
            struct spelling to = *s;
            size_t rest = s->len - at - r->n_written;
            memcpy(to.letters + at, r->meant, r->n_meant);
            memcpy(to.letters + at + r->n_meant, s->letters + at + r->n_written, rest);
            to.len = at + r->n_meant + rest;
            to.at = at + r->n_meant;
            to.cost += r->cost;
            add_key(out, own, &to);
            if (more && to.len <= MAX_LETTERS) undo(m, &to, own, more - 1, out);
        }
    }
}

void repair_name_keys(const struct hf_repair_model *m, const struct lemma_word *word,
                      struct hf_readings *out)
{
    char text[2 * HF_LEMMA_MAX_WORD + 2];
    struct spelling s = {.len = word->len};
    struct hf_buf own = HF_BUF_INIT;
    out->n = 0;
    if (word->len > MAX_LETTERS) return;
    memcpy(s.letters, word->letters, word->len);
    hf_sound_key(&own, text, lemma_to_utf8(word->letters, word->len, text));
    undo(m, &s, own.data, 1, out);
    hf_buf_release(&own);
}
