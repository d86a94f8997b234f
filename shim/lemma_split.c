/* Compounds that the table lacks. */
#include "lemma_table.h"

#include <string.h>

enum { MIN_HEAD = 3, MIN_WORD = 5 };

struct split {
    const struct lemma_mod *mod;
    const uint32_t *head; /* its set; NULL = no split found */
    unsigned score;
};

/* The best way to cut w in a first part and a known head. */
static void search(const struct hf_lemmas *l, const uint8_t *w, size_t len,
                   struct split *best)
{
    uint32_t state = l->header->mods_root, rank = 0;
    bool is_word = false;
    for (size_t i = 0; i + MIN_HEAD < len; i++) {
        const uint64_t *a = lemma_arc(l->mods, state, w[i]);
        if (!a) return;
        rank += ARC_SKIP(*a) + is_word;
        is_word = ARC_IS_WORD(*a);
        state = ARC_TARGET(*a);
        if (!is_word) continue;
        const uint32_t *head = lemma_set(l, w + i + 1, len - i - 1);
        if (!head || !(head[0] & SET_IS_HEAD)) continue;
        const struct lemma_mod *m = l->mod_records + rank;
        unsigned score = MOD_WEIGHT(m) + SET_WEIGHT(head[0]);
        if (!best->head || score > best->score) *best = (struct split){m, head, score};
    }
}

/* Latin-1 from the pool's UTF-8; returns the new length. */
static size_t add_latin1(uint8_t *to, size_t n, const uint8_t *s, size_t len)
{
    for (size_t i = 0; i < len && n < HF_LEMMA_MAX_WORD; i++) {
        uint8_t c = s[i];
        if (c >= 0xc0 && i + 1 < len) c = (uint8_t)(c << 6 | (s[++i] & 0x3f));
        to[n++] = c;
    }
    return n;
}

/* A reading of the first part: how it is written in the whole, and its lemma. */
struct first {
    const uint8_t *text, *lemma; /* in the pool */
};

/* The set of first + joint + head where that is a known word: its dictionary may join it
 * otherwise. */
static const uint32_t *known_whole(const struct hf_lemmas *l, const struct first *f,
                                   const uint8_t *head)
{
    static const char *const joints[] = {NULL, "", "s", "e"};
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        uint8_t whole[HF_LEMMA_MAX_WORD + 1];
        size_t n = 0;
        if (joints[i]) {
            n = add_latin1(whole, n, f->lemma + 3, f->lemma[0]);
            if (*joints[i] && n < HF_LEMMA_MAX_WORD) whole[n++] = (uint8_t)*joints[i];
        } else {
            n = add_latin1(whole, n, f->text + 1, f->text[0]);
        }
        n = add_latin1(whole, n, head + 3, head[0]);
        const uint32_t *set = lemma_set(l, whole, n);
        if (set) return set;
    }
    return NULL;
}

static void add_whole(const struct hf_lemmas *l, const struct first *f,
                      const uint8_t *head, struct hf_lemma_result *r)
{
    const uint32_t *set = known_whole(l, f, head);
    uint8_t whole[512];
    if (r->n_terms >= HF_LEMMA_MAX_STRONG) return;
    if (set) {
        const uint8_t *rec = lemma_record(l, set[1]);
        lemma_add(r, rec + 3, rec[0], HF_LEMMA_LEMMA, true);
        return;
    }
    memcpy(whole, f->text + 1, f->text[0]);
    memcpy(whole + f->text[0], head + 3, head[0]);
    lemma_add(r, whole, (size_t)f->text[0] + head[0], HF_LEMMA_LEMMA, true);
}

/* The readings of a first part; returns how many. */
static size_t readings(const struct hf_lemmas *l, const struct lemma_mod *m,
                       struct first *f)
{
    const struct lemma_mod_extra *x = l->mod_extras + m->extra;
    f[0] = (struct first){l->pool + m->text, lemma_record(l, MOD_LEMMA(m))};
    if (!m->extra || !x->alt_text) return 1;
    f[1] = (struct first){l->pool + x->alt_text, lemma_record(l, x->alt_lemma)};
    return 2;
}

static void add_part(const struct hf_lemmas *l, uint32_t no, struct hf_lemma_result *r)
{
    const uint8_t *rec = lemma_record(l, no);
    lemma_add(r, rec + 3, rec[0], HF_LEMMA_PART, false);
}

static void add_parts(const struct hf_lemmas *l, const struct split *s,
                      struct hf_lemma_result *r)
{
    const struct lemma_mod *m = s->mod;
    const struct lemma_mod_extra *x = l->mod_extras + m->extra;
    add_part(l, MOD_LEMMA(m), r);
    if (m->extra) add_part(l, x->part, r);
    if (m->extra && x->alt_text) add_part(l, x->alt_lemma, r);
    for (size_t i = 0; i < SET_COUNT(s->head[0]); i++) add_part(l, s->head[1 + i], r);
    lemma_add_parts(l, r, MOD_LEMMA(m));
    for (size_t i = 0; i < SET_COUNT(s->head[0]); i++)
        lemma_add_parts(l, r, s->head[1 + i]);
}

/* e-helsen, 4-åringer: the word behind the last hyphen is the head. */
static bool split_hyphen(const struct hf_lemmas *l, const struct lemma_word *w,
                         struct hf_lemma_result *r)
{
    size_t cut = w->len;
    while (cut > 0 && w->letters[cut - 1] != '-') cut--;
    if (!cut || w->len - cut < MIN_HEAD) return false;
    const uint32_t *set = lemma_set(l, w->letters + cut, w->len - cut);
    if (!set) return false;
    char whole[HF_LEMMA_MAX_TERM_LEN + 256];
    size_t n = lemma_to_utf8(w->letters, cut, whole), n_lemmas = SET_COUNT(set[0]);
    for (size_t i = 0; i < n_lemmas; i++) {
        const uint8_t *rec = lemma_record(l, set[1 + i]);
        memcpy(whole + n, rec + 3, rec[0]);
        lemma_add(r, whole, n + rec[0], HF_LEMMA_LEMMA, true);
    }
    const uint32_t *first = lemma_set(l, w->letters, cut - 1);
    if (first && (first[0] & SET_IS_HEAD)) add_part(l, first[1], r);
    for (size_t i = 0; i < n_lemmas; i++) add_part(l, set[1 + i], r);
    for (size_t i = 0; i < n_lemmas; i++) lemma_add_parts(l, r, set[1 + i]);
    return true;
}

bool lemma_split(const struct hf_lemmas *l, const struct lemma_word *w,
                 struct hf_lemma_result *r)
{
    struct split best = {0};
    struct first f[2];
    if (w->len < MIN_WORD) return false;
    if (memchr(w->letters, '-', w->len)) return split_hyphen(l, w, r);
    search(l, w->letters, w->len, &best);
    if (!best.head) return false;
    size_t n = readings(l, best.mod, f);
    for (size_t i = 0; i < SET_COUNT(best.head[0]); i++) {
        for (size_t k = 0; k < n; k++)
            add_whole(l, &f[k], lemma_record(l, best.head[1 + i]), r);
    }
    uint8_t whole[512];
    const uint8_t *head = lemma_record(l, best.head[1]);
    memcpy(whole, f[0].text + 1, f[0].text[0]);
    memcpy(whole + f[0].text[0], head + 3, head[1]);
    lemma_add(r, whole, (size_t)f[0].text[0] + head[1], HF_LEMMA_STEM, false);
    add_parts(l, &best, r);
    return true;
}
