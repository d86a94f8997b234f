/* Judges what the walk finds. The cost of a reading is what its confusions cost plus what
 * its rarity costs; the word as it was read is a rival with no confusions. */
#include "repair.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lemma.h"
#include "lexicon.h"
#include "repair_model.h"
#include "utf8.h"

enum {
    CACHE_SIZE = 4096,
    MOST_READINGS = 4,
    CORPUS = 172, /* 10 ln of the corpus of frequencies.tsv */
    COST_COMMONEST = 36,
    COST_RARE =
        112, /* of a form that is not listed; LEMMA_PERCENT of its lemma's on top */
    LEMMA_PERCENT = 17,
    COST_KNOWN = 140, /* where its lemma is not listed either */
    COST_NAME = 150,
    COST_COMPOUND = 95, /* beside MOD and HEAD percent of what its parts cost */
    MOD_PERCENT = 35,
    HEAD_PERCENT = 60,
    MOD_WEIGHT_MAX = 200,
    COST_DOUBTFUL = 190, /* a compound so dear is hardly one */
    COST_UNKNOWN = 150,  /* and UNKNOWN_LETTER for each letter */
    UNKNOWN_LETTER = 7,
    STOP_CLASS = 28,
    PAIR_GAIN = 10,    /* two words are likelier together than by chance */
    PAIR_COMMON = 50,  /* of two words with a lost blank, a short one is so common */
    MARGIN_KNOWN = 10, /* how much dearer than a rival that is a word a reading may be */
    MARGIN_CAPITAL = -25, /* the same where the capital may be a name's */
    MARGIN_RARE = 21,     /* the same where that word is rare */
    MARGIN_BEST = 25,     /* how much dearer than the best reading */
    NEAR_PATH = 60,       /* tried first: most damage is no more than this */
    MAX_PATH = 125,
    MAX_CAPITAL_PATH = 60,
    MAX_LETTER_PATH = 30, /* of a word of one letter */
    MAX_SYMBOL_PATH = 60, /* of a symbol that stands alone: it must mean something */
    SURE_PATH = 45,       /* a compound so near has its parts found too */
    MIN_EDIT_LETTERS = 6,
    COMMON_CLASS = 28 /* a reading of a single letter must be so common */
};

struct cached {
    uint32_t hash;
    uint8_t len, as; /* len 0 = empty */
    char word[HF_LEMMA_MAX_WORD];
    struct hf_readings readings;
};

struct hf_repair {
    const struct hf_lexicon *lex;
    const struct hf_repair_model *model;
    const struct hf_lemmas *lemmas;
    struct hf_lemma_ctx *ctx;
    struct repair_walk *walk;
    struct cached *cache;
    unsigned cost_of_class[64];
};

struct hf_repair *hf_repair_new(const struct hf_lexicon *lex, struct hf_lemma_ctx *lemmas)
{
    struct hf_repair *r = hf_xcalloc(1, sizeof *r);
    r->lex = lex;
    r->model = hf_lexicon_confusions(lex);
    r->lemmas = hf_lexicon_lemmas(lex);
    r->ctx = lemmas;
    r->walk = repair_walk_new(r->model, r->lemmas);
    r->cache = hf_xcalloc(CACHE_SIZE, sizeof *r->cache);
    for (unsigned c = 0; c < 64; c++) {
        double times = exp((c + 9) / 15.0) - 1; /* ln of them */
        r->cost_of_class[c] =
            times > 13.6 ? COST_COMMONEST : (unsigned)(CORPUS - 10 * times);
    }
    return r;
}

void hf_repair_free(struct hf_repair *r)
{
    if (!r) return;
    repair_walk_free(r->walk);
    free(r->cache);
    free(r);
}

struct hf_lemma_ctx *hf_repair_lemmas_of(const struct hf_repair *r)
{
    return r->ctx;
}

/* ---- rarity ---- */

/* What it costs to meet a word of the table by its own class or that of its commonest
 * lemma. */
static unsigned set_cost(const struct hf_repair *r, const uint32_t *set)
{
    unsigned best = set[0] & SET_IS_NAME ? COST_NAME : COST_KNOWN;
    for (size_t i = 0; i < SET_COUNT(set[0]); i++) {
        const uint8_t *rec = lemma_record(r->lemmas, set[1 + i]);
        unsigned class = hf_repair_class(r->model, (const char *)rec + 3, rec[0]);
        unsigned cost =
            class ? COST_RARE + r->cost_of_class[class] * LEMMA_PERCENT / 100 : best;
        if (cost < best) best = cost;
    }
    return best;
}

/* What it costs to meet this word at all; 0 if it is no word of the table. */
static unsigned known_cost(const struct hf_repair *r, const uint8_t *letters, size_t len)
{
    char text[2 * HF_LEMMA_MAX_WORD + 2];
    const uint32_t *set = lemma_set(r->lemmas, letters, len);
    if (!set) return 0;
    size_t n = lemma_to_utf8(letters, len, text);
    unsigned class = hf_repair_class(r->model, text, n);
    if (class < STOP_CLASS && hf_lexicon_is_stop(r->lex, text, n)) class = STOP_CLASS;
    return class ? r->cost_of_class[class] : set_cost(r, set);
}

static unsigned compound_cost(const struct hf_repair *r, const uint8_t *letters,
                              size_t head, size_t len)
{
    const struct hf_lemmas *l = r->lemmas;
    int64_t rank = lemma_rank(l->mods, l->header->mods_root, letters, head);
    unsigned weight = rank < 0 ? 0 : MOD_WEIGHT(l->mod_records + rank);
    unsigned last = known_cost(r, letters + head, len - head);
    if (rank < 0 || !last) return 0;
    if (weight > MOD_WEIGHT_MAX) weight = MOD_WEIGHT_MAX;
    return COST_COMPOUND + (MOD_WEIGHT_MAX - weight) * MOD_PERCENT / 100 +
           last * HEAD_PERCENT / 100;
}

/* The rarity of a path, 0 if it is no reading. */
static unsigned path_cost(const struct hf_repair *r, const struct repair_path *p)
{
    size_t end = p->blank ? p->blank : p->len;
    unsigned first =
        p->head ? compound_cost(r, p->text, p->head, end) : known_cost(r, p->text, end);
    if (!p->blank || !first) return first;
    unsigned second = known_cost(r, p->text + end, p->len - end);
    if (!second || second >= COST_NAME || (!p->head && first >= COST_NAME)) return 0;
    if (end < 3 && first > PAIR_COMMON) return 0;
    if (p->len - end < 3 && second > PAIR_COMMON) return 0;
    return first + second - PAIR_GAIN;
}

/* ---- choosing ---- */

static size_t reading_text(const struct repair_path *p, char *text)
{
    size_t end = p->blank ? p->blank : p->len, n = lemma_to_utf8(p->text, end, text);
    if (p->blank) {
        text[n++] = ' ';
        n += lemma_to_utf8(p->text + end, p->len - end, text + n);
    }
    text[n] = 0;
    return n;
}

void repair_add(struct hf_readings *out, size_t most, const char *text, size_t len,
                unsigned cost)
{
    size_t i = 0, n = out->n;
    if (len >= HF_READING_ROOM) return;
    while (i < n && out->at[i].cost <= cost) {
        if (out->at[i].len == len && !memcmp(out->at[i].text, text, len)) return;
        i++;
    }
    for (size_t k = i; k < n; k++)
        if (out->at[k].len == len && !memcmp(out->at[k].text, text, len)) {
            memmove(out->at + k, out->at + k + 1, (n - k - 1) * sizeof *out->at);
            n--;
            break;
        }
    out->n = n;
    if (i >= most) return;
    if (n == most) n--;
    memmove(out->at + i + 1, out->at + i, (n - i) * sizeof *out->at);
    out->at[i].cost = cost;
    out->at[i].len = len;
    memcpy(out->at[i].text, text, len);
    out->at[i].text[len] = 0;
    out->n = n + 1;
}

static bool is_same(const struct repair_path *p, const struct lemma_word *w)
{
    return !p->blank && p->len == w->len && !memcmp(p->text, w->letters, w->len);
}

/* What the word as it was read costs, and whether it is one. */
struct rival {
    unsigned cost;
    bool is_known, is_compound;
};

/* As a compound, if the walk found it to be one. */
static void look_for_compound(const struct hf_repair *r, const struct lemma_word *w,
                              const struct repair_path *p, size_t n, struct rival *rival)
{
    for (size_t i = 0; i < n; i++) {
        if (!p[i].head || !is_same(&p[i], w)) continue;
        unsigned cost = path_cost(r, &p[i]);
        if (!cost || cost >= rival->cost) continue;
        rival->cost = cost;
        rival->is_compound = cost < COST_DOUBTFUL;
    }
}

/* True if the path leads to another form of the word's own lemmas (foretak, føretak). */
static bool is_form(const struct hf_repair *r, const struct repair_path *p,
                    const uint32_t *own)
{
    const uint32_t *set =
        own && !p->head && !p->blank ? lemma_set(r->lemmas, p->text, p->len) : NULL;
    if (!set) return false;
    for (size_t i = 1; i <= SET_COUNT(set[0]); i++) {
        size_t k = 1;
        while (k <= SET_COUNT(own[0]) && own[k] != set[i]) k++;
        if (k > SET_COUNT(own[0])) return false;
    }
    return true;
}

struct task {
    struct lemma_word word;
    struct rival rival;
    const uint32_t *set; /* of the word as it was read; NULL: it is none of the table */
    struct repair_limits limits;
    int margin;
};

static void choose(struct hf_repair *r, struct task *t, struct hf_readings *out)
{
    size_t n;
    const struct repair_path *p = repair_walk(r->walk, &t->word, &t->limits, &n);
    if (!t->rival.is_known) look_for_compound(r, &t->word, p, n, &t->rival);
    bool is_word = t->rival.is_known || t->rival.is_compound;
    int most = (int)t->rival.cost + (is_word || t->margin < 0 ? t->margin : 0);
    for (size_t i = 0; i < n; i++, p++) {
        char text[2 * HF_READING_ROOM + 2];
        int least = (int)p->cost + COST_COMMONEST;
        if (least > most || is_same(p, &t->word) || is_form(r, p, t->set)) continue;
        if (out->n && least > (int)out->at[0].cost + MARGIN_BEST) continue;
        unsigned rarity = path_cost(r, p), cost = rarity + p->cost;
        if (!rarity || (int)cost > most) continue;
        if (t->word.len == 1 && rarity > r->cost_of_class[COMMON_CLASS]) continue;
        repair_add(out, MOST_READINGS, text, reading_text(p, text), cost);
        if (out->n && out->at[0].cost == cost) out->is_sure = p->cost <= SURE_PATH;
    }
    while (out->n && out->at[out->n - 1].cost > out->at[0].cost + MARGIN_BEST) out->n--;
}

/* A name of the table; what has no vowel (SGR) is an abbreviation there. */
static bool is_name(const uint32_t *set, const struct lemma_word *w)
{
    const char *letters = (const char *)w->letters;
    return (set[0] & SET_IS_NAME) && strpbrk(letters, "aeiouy\xe6\xf8\xe5");
}

static void find(struct hf_repair *r, const char *word, size_t len, enum hf_repair_as as,
                 struct hf_readings *out)
{
    bool is_capital = as == HF_REPAIR_NAME || as == HF_REPAIR_CAPITAL;
    struct task t = {.margin = is_capital ? MARGIN_CAPITAL : MARGIN_RARE};
    out->n = 0;
    if (!repair_word_make(&t.word, word, len) || t.word.len > REPAIR_LETTERS_MAX) return;
    const uint32_t *set = lemma_set(r->lemmas, t.word.letters, t.word.len);
    if (set && (as == HF_REPAIR_HEALTHY || (is_capital && is_name(set, &t.word)))) return;
    t.rival.is_known = set != NULL;
    t.set = set;
    t.rival.cost = set ? known_cost(r, t.word.letters, t.word.len)
                       : COST_UNKNOWN + UNKNOWN_LETTER * (unsigned)t.word.len;
    if (!is_capital && set && t.rival.cost < COST_RARE) t.margin = MARGIN_KNOWN;
    int room = (int)t.rival.cost + (set ? t.margin : 0) - COST_COMMONEST;
    if (room <= 0) return;
    t.limits.max_cost = is_capital ? MAX_CAPITAL_PATH : MAX_PATH;
    if (t.word.len == 1)
        t.limits.max_cost = hf_repair_is_symbol(r->model, t.word.letters[0])
                                ? MAX_SYMBOL_PATH
                                : MAX_LETTER_PATH;
    if (t.limits.max_cost > (unsigned)room) t.limits.max_cost = (unsigned)room;
    t.limits.only_special = set != NULL;
    t.limits.only_whole = as == HF_REPAIR_NAME || as == HF_REPAIR_HEALTHY || set;
    unsigned max_cost = t.limits.max_cost;
    if (max_cost > NEAR_PATH) {
        t.limits.max_cost = NEAR_PATH;
        choose(r, &t, out);
        t.limits.max_cost = max_cost;
    }
    if (!out->n) choose(r, &t, out);
    bool is_word = t.rival.is_known || t.rival.is_compound;
    if (is_word && as == HF_REPAIR_HEALTHY) out->n = 0;
    if (out->n || is_word || as != HF_REPAIR_WORD || t.word.len < MIN_EDIT_LETTERS)
        return;
    t.limits.any_edit = true;
    t.limits.only_whole = true;
    choose(r, &t, out);
}

void hf_repair_word(struct hf_repair *r, const char *word, size_t len,
                    enum hf_repair_as as, struct hf_readings *out)
{
    out->n = 0;
    if (!len || len > HF_LEMMA_MAX_WORD) return;
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++) h = (h ^ (uint8_t)word[i]) * 16777619u;
    struct cached *c = &r->cache[(h ^ h >> 15) % CACHE_SIZE];
    if (c->len != len || c->hash != h || c->as != as || memcmp(c->word, word, len)) {
        find(r, word, len, as, &c->readings);
        c->hash = h;
        c->len = (uint8_t)len;
        c->as = (uint8_t)as;
        memcpy(c->word, word, len);
    }
    out->n = c->readings.n;
    out->is_sure = c->readings.is_sure;
    memcpy(out->at, c->readings.at, out->n * sizeof *out->at);
}

bool hf_repair_join(struct hf_repair *r, const char *first, size_t first_len,
                    const char *second, size_t second_len, struct hf_reading *out)
{
    struct hf_lemma_result found;
    struct lemma_word w;
    size_t len = first_len + second_len;
    if (first_len < 3 || second_len < 3 || len >= HF_READING_ROOM) return false;
    memcpy(out->text, first, first_len);
    memcpy(out->text + first_len, second, second_len);
    out->text[len] = 0;
    out->len = len;
    out->cost = 0;
    if (!repair_word_make(&w, out->text, len)) return false;
    bool has_first = hf_lemmas_knows(r->lemmas, first, first_len);
    bool has_second = hf_lemmas_knows(r->lemmas, second, second_len);
    if (!has_first || !has_second) return lemma_set(r->lemmas, w.letters, w.len) != NULL;
    /* the joint of a compound, and hardly ever a genitive: samhandlings tilskudd */
    if (first[first_len - 1] != 's' || first_len < 6 || second_len < 5) return false;
    if (hf_repair_class(r->model, first, first_len)) return false;
    hf_lemma_analyse(r->ctx, out->text, len, &found);
    return found.source == HF_LEMMA_COMPOUND || found.source == HF_LEMMA_KNOWN;
}

void hf_repair_name_keys(const struct hf_lexicon *lex, const char *word, size_t len,
                         struct hf_readings *out)
{
    struct lemma_word w;
    out->n = 0;
    if (!repair_word_make(&w, word, len) || w.len < 3) return;
    if (!lemma_set(hf_lexicon_lemmas(lex), w.letters, w.len))
        repair_name_keys(hf_lexicon_confusions(lex), &w, out);
}
