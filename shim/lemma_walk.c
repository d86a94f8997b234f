/* Walks over the forms: by prefix, and by nearness with a table of confusions. */
#include "lemma_table.h"

#include <string.h>

enum { MAX_FORM = 128, DEFAULT_STEPS = 200000 };

struct confusion { /* in the table's alphabet */
    uint8_t written[4], meant[4];
    uint8_t written_len, meant_len;
    unsigned cost;
};

enum { MAX_CONFUSIONS = 256 };

struct walk {
    const struct hf_lemmas *l;
    hf_lemmas_form_fn fn;
    void *user;
    uint8_t form[MAX_FORM];
    size_t len;
    /* near only */
    const struct lemma_word *word;
    const struct hf_lemma_near *how;
    struct confusion confusions[MAX_CONFUSIONS];
    size_t n_confusions;
    unsigned steps, max_steps;
};

static int report(struct walk *w, unsigned cost)
{
    char text[2 * MAX_FORM + 1];
    size_t n = 0;
    for (size_t i = 0; i < w->len; i++) {
        uint8_t c = w->form[i];
        if (c >= 0x80) {
            text[n++] = (char)(0xc0 | c >> 6);
            text[n++] = (char)(0x80 | (c & 0x3f));
        } else {
            text[n++] = (char)c;
        }
    }
    text[n] = 0;
    return w->fn(w->user, text, n, cost);
}

static int each_below(struct walk *w, uint32_t state)
{
    if (!state) return 0;
    for (const uint64_t *a = w->l->forms + state;; a++) {
        if (w->len < MAX_FORM) {
            w->form[w->len++] = ARC_LETTER(*a);
            int stop = ARC_IS_WORD(*a) ? report(w, 0) : 0;
            if (!stop) stop = each_below(w, ARC_TARGET(*a));
            w->len--;
            if (stop) return stop;
        }
        if (ARC_IS_LAST(*a)) return 0;
    }
}

int hf_lemmas_each_prefix(const struct hf_lemmas *l, const char *prefix, size_t len,
                          hf_lemmas_form_fn fn, void *user)
{
    struct lemma_word p;
    struct walk w = {.l = l, .fn = fn, .user = user};
    uint32_t state = l->header->forms_root;
    bool is_word = false;
    if (len && !lemma_word_make(&p, prefix, len)) return 0;
    for (size_t i = 0; len && i < p.len; i++) {
        const uint64_t *a = lemma_arc(l->forms, state, p.letters[i]);
        if (!a) return 0;
        w.form[w.len++] = p.letters[i];
        is_word = ARC_IS_WORD(*a);
        state = ARC_TARGET(*a);
    }
    int stop = is_word ? report(&w, 0) : 0;
    return stop ? stop : each_below(&w, state);
}

static int near(struct walk *w, size_t at, uint32_t state, bool is_word, unsigned cost);

/* Steps along the letters of `meant`, then goes on behind `at`. */
static int along(struct walk *w, const uint8_t *meant, size_t n, size_t at,
                 uint32_t state, bool is_word, unsigned cost)
{
    if (w->len + n > MAX_FORM) return 0;
    size_t len = w->len;
    for (size_t i = 0; i < n; i++) {
        const uint64_t *a = lemma_arc(w->l->forms, state, meant[i]);
        if (!a) {
            w->len = len;
            return 0;
        }
        w->form[w->len++] = meant[i];
        is_word = ARC_IS_WORD(*a);
        state = ARC_TARGET(*a);
    }
    int stop = near(w, at, state, is_word, cost);
    w->len = len;
    return stop;
}

/* Any letter of the table in place of the next (skip 1) or before it (skip 0). */
static int any_letter(struct walk *w, size_t at, size_t skip, uint32_t state,
                      unsigned cost)
{
    if (!state || w->len >= MAX_FORM) return 0;
    for (const uint64_t *a = w->l->forms + state;; a++) {
        bool is_same = at < w->word->len && ARC_LETTER(*a) == w->word->letters[at];
        if (!is_same) {
            w->form[w->len++] = ARC_LETTER(*a);
            int stop = near(w, at + skip, ARC_TARGET(*a), ARC_IS_WORD(*a), cost);
            w->len--;
            if (stop) return stop;
        }
        if (ARC_IS_LAST(*a)) return 0;
    }
}

static int edits(struct walk *w, size_t at, uint32_t state, bool is_word, unsigned cost)
{
    const struct hf_lemma_near *how = w->how;
    const uint8_t *p = w->word->letters + at;
    size_t left = w->word->len - at;
    int stop = 0;
    if (left && how->replace && cost + how->replace <= how->max_cost) {
        stop = any_letter(w, at, 1, state, cost + how->replace);
    }
    if (!stop && how->insert && cost + how->insert <= how->max_cost) {
        stop = any_letter(w, at, 0, state, cost + how->insert);
    }
    if (!stop && left && how->drop && cost + how->drop <= how->max_cost) {
        stop = near(w, at + 1, state, is_word, cost + how->drop);
    }
    if (!stop && left > 1 && p[0] != p[1] && how->swap &&
        cost + how->swap <= how->max_cost) {
        uint8_t swapped[2] = {p[1], p[0]};
        stop = along(w, swapped, 2, at + 2, state, is_word, cost + how->swap);
    }
    return stop;
}

static int near(struct walk *w, size_t at, uint32_t state, bool is_word, unsigned cost)
{
    if (++w->steps > w->max_steps) return 0;
    const uint8_t *p = w->word->letters + at;
    size_t left = w->word->len - at;
    int stop = !left && is_word ? report(w, cost) : 0;
    if (!stop && left) stop = along(w, p, 1, at + 1, state, is_word, cost);
    for (size_t i = 0; i < w->n_confusions && !stop; i++) {
        const struct confusion *c = &w->confusions[i];
        if (c->written_len > left || cost + c->cost > w->how->max_cost) continue;
        if (memcmp(p, c->written, c->written_len)) continue;
        stop = along(w, c->meant, c->meant_len, at + c->written_len, state, is_word,
                     cost + c->cost);
    }
    return stop ? stop : edits(w, at, state, is_word, cost);
}

static uint8_t fold_few(const char *text, uint8_t *out)
{
    struct lemma_word w;
    if (!*text) return 0;
    if (!lemma_word_make(&w, text, strlen(text)) || w.len > 4) return 255;
    memcpy(out, w.letters, w.len);
    return (uint8_t)w.len;
}

int hf_lemmas_each_near(const struct hf_lemmas *l, const char *word, size_t len,
                        const struct hf_lemma_near *how, hf_lemmas_form_fn fn, void *user)
{
    struct lemma_word folded;
    struct walk w = {.l = l, .fn = fn, .user = user, .word = &folded, .how = how};
    if (!lemma_word_make(&folded, word, len)) return 0;
    w.max_steps = how->max_steps ? how->max_steps : DEFAULT_STEPS;
    for (size_t i = 0; i < how->n_confusions && w.n_confusions < MAX_CONFUSIONS; i++) {
        struct confusion c = {.cost =
                                  how->confusions[i].cost ? how->confusions[i].cost : 1};
        c.written_len = fold_few(how->confusions[i].written, c.written);
        c.meant_len = fold_few(how->confusions[i].meant, c.meant);
        if (c.written_len <= 4 && c.meant_len <= 4) w.confusions[w.n_confusions++] = c;
    }
    return near(&w, 0, l->header->forms_root, false, 0);
}
