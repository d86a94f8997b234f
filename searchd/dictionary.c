#include "dictionary.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/map.h"
#include "../shim/record.h"
#include "../shim/schema.h"
#include "../shim/utf8.h"

#define LETTER    10u /* any other letter, one too many, one too few */
#define SWAPPED   6u
#define DOUBLED   3 /* one consonant for two */
#define NEXT_KEY  7u
#define FIRST     3u /* more for the first letter: it is seldom wrong */
#define BEHIND    8  /* so much dearer than the best is not offered */
#define MAX_RULES 6  /* that end at one letter */

struct letters {
    uint32_t at[DICTIONARY_MAX_LETTERS];
    size_t n;
};

struct word {
    const char *text;
    uint32_t freq;
};

/* What words were near to some that were asked for: a misspelt question is asked again
 * with each page and filter. */
struct remembered {
    char *word; /* NULL: nothing yet */
    unsigned max_cost;
    size_t n;
    struct dictionary_word near[DICTIONARY_NEAR];
};
enum { REMEMBERED = 256 };
struct memory {
    pthread_mutex_t lock;
    struct remembered at[REMEMBERED];
};

struct dictionary {
    struct hf_arena arena;
    struct memory *memory;
    struct hf_map by_text;
    struct word *words;
    uint64_t *signatures; /* which letters are in it; by the word's number */
    uint8_t *n_letters;
    size_t n, cap;
    /* The words by their number of letters, apart: what a search for near words looks at
     * in all that are about as long. */
    uint32_t *by_length;
    uint64_t *signature_at;
    size_t begin[DICTIONARY_MAX_LETTERS + 2];
};

static bool spell_out(struct letters *l, const char *text, size_t len)
{
    l->n = 0;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (l->n == DICTIONARY_MAX_LETTERS) return false;
        l->at[l->n++] = c;
    }
    return l->n > 0;
}

/* Two bits a letter, how often it stands there (twice and more is one); æ, ø, å with the
 * letters that stand for them. */
static uint64_t signature(const struct letters *l)
{
    uint64_t s = 0;
    for (size_t i = 0; i < l->n; i++) {
        uint32_t c = l->at[i];
        if (c == 0xE5 || c == 0xE4 || c == 0xE1) c = 'a';
        if (c == 0xE6 || c == 0xE9 || c == 0xE8) c = 'e';
        if (c == 0xF8 || c == 0xF6 || c == 0xF3) c = 'o';
        uint64_t one = 1ull << 2 * (c >= 'a' && c <= 'z' ? c - 'a' : 26);
        s |= s & one ? one << 1 : one;
    }
    return s;
}

/* How many bits of each of BLOCK words are other than those of own: straight on, so that
 * the compiler does several at a time. */
enum { BLOCK = 64 };
static void distances(uint64_t own, const uint64_t *at, uint64_t out[BLOCK])
{
    for (int i = 0; i < BLOCK; i++) {
        uint64_t x = own ^ at[i];
        x -= x >> 1 & 0x5555555555555555u;
        x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
        x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
        x += x >> 8;
        x += x >> 16;
        out[i] = (x + (x >> 32)) & 0x7F;
    }
}

/* ---- loading ---- */

static int add_word(void *ctx, const char *term, size_t len, uint32_t freq)
{
    struct dictionary *d = ctx;
    struct letters l;
    const char *text = term + 2;
    len -= 2;
    if (!spell_out(&l, text, len) || l.n < 2) return 0;
    for (size_t i = 0; i < l.n; i++)
        if (!hf_utf8_is_letter(l.at[i]) || hf_utf8_is_upper(l.at[i])) return 0;
    const struct word *have = hf_map_get(&d->by_text, text, len);
    if (have) {
        struct word *w = &d->words[(size_t)(uintptr_t)have - 1];
        if (freq > w->freq) w->freq = freq;
        return 0;
    }
    if (d->n == d->cap) {
        d->words = hf_grow(d->words, &d->cap, d->n, sizeof *d->words);
        d->signatures = hf_xrealloc(d->signatures, d->cap * sizeof *d->signatures);
        d->n_letters = hf_xrealloc(d->n_letters, d->cap);
    }
    char *copy = hf_arena_strdup(&d->arena, text, len);
    d->signatures[d->n] = signature(&l);
    d->n_letters[d->n] = (uint8_t)l.n;
    d->words[d->n++] = (struct word){copy, freq};
    hf_map_put(&d->by_text, copy, len, (void *)(uintptr_t)d->n);
    return 0;
}

static void sort_by_length(struct dictionary *d)
{
    size_t at[DICTIONARY_MAX_LETTERS + 1];
    d->by_length = hf_xcalloc(d->n + 1, sizeof *d->by_length);
    d->signature_at = hf_xcalloc(d->n + BLOCK, sizeof *d->signature_at);
    for (size_t i = 0; i < d->n; i++) d->begin[d->n_letters[i] + 1]++;
    for (size_t l = 1; l <= DICTIONARY_MAX_LETTERS + 1; l++)
        d->begin[l] += d->begin[l - 1];
    memcpy(at, d->begin, sizeof at);
    for (size_t i = 0; i < d->n; i++) {
        size_t place = at[d->n_letters[i]]++;
        d->by_length[place] = (uint32_t)i;
        d->signature_at[place] = d->signatures[i];
    }
    free(d->signatures);
    free(d->n_letters);
    d->signatures = NULL;
    d->n_letters = NULL;
}

enum hf_status dictionary_load(struct hf_reader *r, struct dictionary **out,
                               struct hf_error *err)
{
    static const enum hf_field fields[] = {HF_FIELD_NAME, HF_FIELD_TITLE,
                                           HF_FIELD_DECISION, HF_FIELD_TEXT};
    struct dictionary *d = hf_xcalloc(1, sizeof *d);
    d->memory = hf_xcalloc(1, sizeof *d->memory);
    pthread_mutex_init(&d->memory->lock, NULL);
    enum hf_status status = HF_OK;
    *out = NULL;
    for (size_t i = 0; status == HF_OK && i < sizeof fields / sizeof *fields; i++) {
        char prefix[3] = {(char)fields[i], HF_KIND_EXACT, 0};
        status = hf_reader_terms(r, prefix, add_word, d, err);
    }
    sort_by_length(d);
    if (status == HF_OK)
        *out = d;
    else
        dictionary_free(d);
    return status;
}

void dictionary_free(struct dictionary *d)
{
    if (!d) return;
    for (size_t i = 0; i < REMEMBERED; i++) free(d->memory->at[i].word);
    pthread_mutex_destroy(&d->memory->lock);
    free(d->memory);
    hf_map_release(&d->by_text);
    hf_arena_release(&d->arena);
    free(d->words);
    free(d->by_length);
    free(d->signature_at);
    free(d);
}

uint32_t dictionary_freq(const struct dictionary *d, const char *word, size_t len)
{
    size_t number = (size_t)(uintptr_t)hf_map_get(&d->by_text, word, len);
    return number ? d->words[number - 1].freq : 0;
}

size_t dictionary_begin(const struct dictionary *d, const char *prefix, size_t len,
                        struct dictionary_word out[DICTIONARY_NEAR])
{
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++) {
        const struct word *w = &d->words[i];
        if (strncmp(w->text, prefix, len) != 0) continue;
        size_t at = n;
        while (at && out[at - 1].freq < w->freq) at--;
        if (at == DICTIONARY_NEAR) continue;
        if (n < DICTIONARY_NEAR) n++;
        memmove(out + at + 1, out + at, (n - at - 1) * sizeof *out);
        out[at] = (struct dictionary_word){w->text, w->freq, 0};
    }
    return n;
}

/* ---- cost ---- */

/* What is mixed up in either direction. */
static const struct rule {
    const char *a, *b;
    unsigned cost;
} rules[] = {
    {"aa", "å", 2},   {"a", "å", 3},   {"oe", "ø", 2},   {"o", "ø", 3},   {"ö", "ø", 1},
    {"ae", "æ", 2},   {"ä", "æ", 1},   {"e", "æ", 3},    {"a", "æ", 5},   {"o", "å", 4},
    {"sj", "skj", 3}, {"sj", "kj", 4}, {"skj", "kj", 4}, {"sj", "sk", 4}, {"kj", "tj", 4},
    {"gj", "j", 4},   {"hj", "j", 4},  {"hv", "v", 3},   {"kv", "hv", 4}, {"kv", "k", 5},
    {"lig", "li", 3}, {"nd", "n", 4},  {"ld", "l", 4},   {"rd", "r", 5},  {"th", "t", 3},
    {"ch", "k", 3},   {"c", "k", 3},   {"c", "s", 4},    {"w", "v", 3},   {"z", "s", 3},
    {"gn", "ng", 5},  {"ph", "f", 3},  {"y", "i", 5},    {"x", "ks", 3},  {"é", "e", 1},
    {"ei", "e", 6},   {"æ", "ø", 6},   {"ø", "y", 6},    {"š", "s", 1},   {"č", "c", 1},
    {"á", "a", 1},    {"đ", "d", 1},   {"ŋ", "n", 1},    {"ž", "z", 1},   {"ŧ", "t", 1}};

struct side { /* one direction of a rule, spelt out */
    struct letters from, to;
    unsigned cost;
};

/* The rules that end at each letter of a word. */
struct typed {
    struct letters word;
    struct side sides[DICTIONARY_MAX_LETTERS + 1][MAX_RULES];
    size_t n_sides[DICTIONARY_MAX_LETTERS + 1];
    unsigned drop[DICTIONARY_MAX_LETTERS];      /* what it costs to leave out a letter */
    uint32_t next_keys[DICTIONARY_MAX_LETTERS]; /* a bit a letter beside it */
};

typedef uint16_t cost_row[DICTIONARY_MAX_LETTERS + 1];

static bool ends_at(const struct letters *word, size_t end, const struct letters *part)
{
    size_t n = part->n;
    if (n > end) return false;
    while (n && word->at[--end] == part->at[n - 1]) n--;
    return !n;
}

static bool is_consonant(uint32_t c)
{
    return c < 0x80 && c != 'a' && c != 'e' && c != 'i' && c != 'o' && c != 'u' &&
           c != 'y';
}

static bool are_next_keys(uint32_t a, uint32_t b)
{
    static const char *const keys[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
    if (a >= 0x80 || b >= 0x80) return false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *x = strchr(keys[i], (int)a), *y = strchr(keys[i], (int)b);
        if (x && y) return x - y == 1 || y - x == 1;
    }
    return false;
}

/* A letter at place i that its neighbour doubles costs little to drop or to add. */
static unsigned lone(const struct letters *l, size_t i)
{
    uint32_t c = l->at[i];
    if (is_consonant(c) &&
        ((i && l->at[i - 1] == c) || (i + 1 < l->n && l->at[i + 1] == c)))
        return DOUBLED;
    return LETTER + (i ? 0 : FIRST);
}

static bool typed_init(struct typed *t, const char *word)
{
    memset(t->n_sides, 0, sizeof t->n_sides);
    if (!spell_out(&t->word, word, strlen(word))) return false;
    for (size_t i = 0; i < t->word.n; i++) {
        t->drop[i] = lone(&t->word, i);
        t->next_keys[i] = 0;
        for (uint32_t c = 'a'; c <= 'z'; c++)
            if (are_next_keys(t->word.at[i], c)) t->next_keys[i] |= 1u << (c - 'a');
    }
    for (size_t k = 0; k < 2 * sizeof rules / sizeof *rules; k++) {
        const struct rule *r = &rules[k / 2];
        const char *from = k & 1 ? r->b : r->a, *to = k & 1 ? r->a : r->b;
        struct side s = {.cost = r->cost};
        if (!spell_out(&s.from, from, strlen(from)) || !spell_out(&s.to, to, strlen(to)))
            continue;
        for (size_t i = 1; i <= t->word.n; i++)
            if (t->n_sides[i] < MAX_RULES && ends_at(&t->word, i, &s.from))
                t->sides[i][t->n_sides[i]++] = s;
    }
    return true;
}

static unsigned replaced(const struct typed *t, size_t i, uint32_t by)
{
    if (t->word.at[i] == by) return 0;
    bool near = by >= 'a' && by <= 'z' && t->next_keys[i] >> (by - 'a') & 1;
    return (near ? NEXT_KEY : LETTER) + (i ? 0 : FIRST);
}

/* The least cost of the i first letters typed for the j first of b, by the cells before;
 * to add its last letter costs lone_cost. */
static unsigned cell(const struct typed *t, const struct letters *b, size_t i, size_t j,
                     unsigned lone_cost, cost_row *d)
{
    const struct letters *a = &t->word;
    unsigned c = d[i - 1][j - 1] + replaced(t, i - 1, b->at[j - 1]);
    unsigned drop = d[i - 1][j] + t->drop[i - 1], add = d[i][j - 1] + lone_cost;
    if (drop < c) c = drop;
    if (add < c) c = add;
    if (i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2] && a->at[i - 2] == b->at[j - 1] &&
        d[i - 2][j - 2] + SWAPPED < c)
        c = d[i - 2][j - 2] + SWAPPED;
    for (size_t k = 0; k < t->n_sides[i]; k++) {
        const struct side *s = &t->sides[i][k];
        if (!ends_at(b, j, &s->to)) continue;
        unsigned by_rule = d[i - s->from.n][j - s->to.n] + s->cost;
        if (by_rule < c) c = by_rule;
    }
    return c;
}

/* Cells far from the diagonal are not looked at: they cost too much anyway. */
static unsigned cost_between(const struct typed *t, const struct letters *b, unsigned max)
{
    cost_row d[DICTIONARY_MAX_LETTERS + 1];
    size_t n = t->word.n, wide = max / LETTER + 3;
    size_t late = 0; /* rows in a row that are too dear: a rule reaches back three */
    unsigned lone_costs[DICTIONARY_MAX_LETTERS];
    for (size_t j = 0; j < b->n; j++) lone_costs[j] = lone(b, j);
    memset(d, 0x3F, (n + 1) * sizeof *d);
    d[0][0] = 0;
    for (size_t j = 1; j <= b->n && j <= wide; j++)
        d[0][j] = (uint16_t)(d[0][j - 1] + lone_costs[j - 1]);
    for (size_t i = 1; i <= n; i++) {
        size_t from = i > wide ? i - wide : 1, to = i + wide < b->n ? i + wide : b->n;
        unsigned least = i <= wide ? d[i - 1][0] + t->drop[i - 1] : max + 1;
        if (i <= wide) d[i][0] = (uint16_t)least;
        for (size_t j = from; j <= to; j++) {
            unsigned c = cell(t, b, i, j, lone_costs[j - 1], d);
            d[i][j] = (uint16_t)c;
            if (c < least) least = c;
        }
        late = least > max ? late + 1 : 0;
        if (late == 3) return max + 1;
    }
    return d[n][b->n] <= max ? d[n][b->n] : max + 1;
}

unsigned dictionary_cost(const char *written, const char *meant, unsigned max)
{
    struct typed t;
    struct letters b;
    if (!typed_init(&t, written) || !spell_out(&b, meant, strlen(meant))) return max + 1;
    return cost_between(&t, &b, max);
}

/* ---- the nearest ---- */

static bool is_nearer(const struct dictionary_word *a, const struct dictionary_word *b)
{
    if (a->cost != b->cost) return a->cost < b->cost;
    if (a->freq != b->freq) return a->freq > b->freq;
    return strcmp(a->text, b->text) < 0;
}

static size_t insert(struct dictionary_word *list, size_t n, struct dictionary_word w)
{
    size_t at = n;
    while (at && is_nearer(&w, &list[at - 1])) at--;
    if (at == DICTIONARY_NEAR) return n;
    if (n < DICTIONARY_NEAR) n++;
    memmove(list + at + 1, list + at, (n - at - 1) * sizeof *list);
    list[at] = w;
    return n;
}

/* A search for near words: the best so far. */
struct search {
    const struct dictionary *d;
    const struct typed *typed;
    uint64_t signature;
    unsigned max_cost;
    struct dictionary_word *out;
    size_t n;
};

/* What is far behind the best is not worth a look. */
static unsigned bound(const struct search *s)
{
    bool has_best = s->n && s->out[0].cost + BEHIND < s->max_cost;
    return has_best ? s->out[0].cost + BEHIND : s->max_cost;
}

static void look_at(struct search *s, const struct word *w)
{
    struct letters b;
    unsigned max = bound(s);
    if (!spell_out(&b, w->text, strlen(w->text))) return;
    unsigned cost = cost_between(s->typed, &b, max);
    if (!cost || cost > max) return;
    s->n = insert(s->out, s->n, (struct dictionary_word){w->text, w->freq, cost});
}

static void look_among(struct search *s, size_t n_letters)
{
    const struct dictionary *d = s->d;
    uint64_t apart[BLOCK], most = s->max_cost / LETTER * 2 + 1;
    size_t end = d->begin[n_letters + 1];
    for (size_t from = d->begin[n_letters]; from < end; from += BLOCK) {
        size_t n = end - from < BLOCK ? end - from : BLOCK;
        distances(s->signature, d->signature_at + from, apart);
        for (size_t i = 0; i < n; i++)
            if (apart[i] <= most) look_at(s, &d->words[d->by_length[from + i]]);
    }
}

static size_t find_near(const struct dictionary *d, const char *word, unsigned max_cost,
                        struct dictionary_word out[DICTIONARY_NEAR])
{
    struct typed t;
    if (!typed_init(&t, word)) return 0;
    struct search s = {d, &t, signature(&t.word), max_cost, out, 0};
    size_t longer = max_cost / LETTER + 1, own = t.word.n;
    for (size_t apart = 0; apart <= longer; apart++) {
        if (own + apart <= DICTIONARY_MAX_LETTERS) look_among(&s, own + apart);
        if (apart && apart < own) look_among(&s, own - apart);
    }
    while (s.n && s.out[s.n - 1].cost > bound(&s)) s.n--;
    return s.n;
}

size_t dictionary_near(const struct dictionary *d, const char *word, unsigned max_cost,
                       struct dictionary_word out[DICTIONARY_NEAR])
{
    struct remembered *m = &d->memory->at[hf_hash(word, strlen(word)) % REMEMBERED];
    pthread_mutex_lock(&d->memory->lock);
    bool is_known = m->word && m->max_cost == max_cost && !strcmp(m->word, word);
    size_t n = is_known ? m->n : 0;
    memcpy(out, m->near, n * sizeof *out);
    pthread_mutex_unlock(&d->memory->lock);
    if (is_known) return n;
    n = find_near(d, word, max_cost, out);
    pthread_mutex_lock(&d->memory->lock);
    free(m->word);
    *m = (struct remembered){.word = hf_xstrdup(word), .max_cost = max_cost, .n = n};
    memcpy(m->near, out, n * sizeof *out);
    pthread_mutex_unlock(&d->memory->lock);
    return n;
}
