#include "person_name.h"

#include <stdint.h>
#include <string.h>

#include "../shim/analyse.h"
#include "../shim/utf8.h"

/* ---- reading ---- */

static bool is_separator(uint32_t c)
{
    return hf_utf8_is_space(c) || c == '-' || c == '.' || c == ',' || c == 0x2010 ||
           c == 0x2011 || c == 0x2013;
}

/* The Sámi letters and the accents are kept: the sound key folds them. */
static bool add_word(struct person_name *n, const char *name, size_t start, size_t len)
{
    const char *text = name + start;
    struct hf_buf lower = HF_BUF_INIT, sound = HF_BUF_INIT;
    bool fits = n->n < PERSON_MAX_WORDS;
    hf_utf8_lower(&lower, text, len);
    hf_sound_key(&sound, lower.data, lower.len);
    fits = fits && lower.len < sizeof n->words[0].text &&
           sound.len < sizeof n->words[0].sound;
    if (fits) {
        struct person_word *w = &n->words[n->n++];
        memcpy(w->text, lower.data, lower.len + 1);
        w->start = start;
        w->len = len;
        w->is_initial = hf_utf8_count(lower.data, lower.len) == 1;
        memcpy(w->sound, w->is_initial ? "" : sound.data,
               w->is_initial ? 1 : sound.len + 1);
    }
    hf_buf_release(&lower);
    hf_buf_release(&sound);
    return fits;
}

void person_name_read(struct person_name *out, const char *text)
{
    size_t len = text ? strlen(text) : 0, start = 0;
    out->n = 0;
    for (size_t i = 0; i <= len;) {
        uint32_t c = ' ';
        size_t step = i < len ? hf_utf8_next(text + i, len - i, &c) : 1;
        if (i == len || is_separator(c)) {
            if (i > start && !add_word(out, text, start, i - start)) {
                out->n = 0;
                return;
            }
            start = i + step;
        }
        i += step;
    }
}

/* ---- words ---- */

static bool is_same(const struct person_word *a, const struct person_word *b)
{
    return !strcmp(a->text, b->text) || (*a->sound && !strcmp(a->sound, b->sound));
}

/* Without an h before a consonant: Ohlsen, Olsen; Dahl, Dal. Such pairs are also two
 * families. */
static bool is_near(const struct person_word *a, const struct person_word *b)
{
    char bare[2][PERSON_MAX_WORD * 2];
    const struct person_word *both[2] = {a, b};
    for (size_t k = 0; k < 2; k++) {
        size_t n = 0;
        for (const char *s = both[k]->sound; *s; s++)
            if (*s != 'h' || s == both[k]->sound || (s[1] && strchr("aeiou", s[1])))
                bare[k][n++] = *s;
        bare[k][n] = 0;
    }
    return *bare[0] && !strcmp(bare[0], bare[1]);
}

/* Ann and Anne, before another given name. */
static bool is_short_given(const struct person_word *a, const struct person_word *b)
{
    size_t n = strlen(a->sound), m = strlen(b->sound);
    const struct person_word *shorter = n < m ? a : b, *longer = n < m ? b : a;
    size_t k = n < m ? n : m;
    return k >= 2 && (n > m ? n - m : m - n) == 1 && longer->sound[k] == 'e' &&
           !strncmp(shorter->sound, longer->sound, k) &&
           strchr("nkt", shorter->sound[k - 1]);
}

static bool is_initial_of(const struct person_word *a, const struct person_word *b)
{
    if (a->is_initial == b->is_initial) return false;
    const struct person_word *one = a->is_initial ? a : b, *whole = a->is_initial ? b : a;
    return !strncmp(one->text, whole->text, strlen(one->text));
}

/* ---- damage ---- */

/* What recognition makes of æ, ø and å, as lower-case letters. */
static const struct {
    uint32_t right;
    const char *read[10];
} lost[] = {{0xF8, {"o", "a", "g", "e", "ag", "ga", "gr", "6", "0", NULL}},
            {0xE6, {"e", "a", "ae", "z", "ee", "ce", NULL}},
            {0xE5, {"a", "4", "&", "aa", "ä", NULL}}};

/* True if `read` is `right` with at most `budget` letters lost. */
static bool is_reading(const char *right, const char *read, unsigned budget)
{
    while (*right) {
        uint32_t c;
        size_t n = hf_utf8_next(right, strlen(right), &c);
        for (size_t i = 0; budget && i < sizeof lost / sizeof *lost; i++)
            for (size_t k = 0; lost[i].right == c && lost[i].read[k]; k++) {
                size_t len = strlen(lost[i].read[k]);
                if (!strncmp(read, lost[i].read[k], len) &&
                    is_reading(right + n, read + len, budget - 1))
                    return true;
            }
        if (strncmp(right, read, n) != 0) return false;
        right += n;
        read += n;
    }
    return !*read;
}

static bool is_damaged_form(const struct person_word *right,
                            const struct person_word *read)
{
    return !right->is_initial && is_reading(right->text, read->text, 2);
}

/* ---- names ---- */

static enum person_evidence same_length(const struct person_name *a,
                                        const struct person_name *b,
                                        struct person_damage damage)
{
    enum person_evidence e = PERSON_SPELLING;
    bool given_short = false;
    for (size_t i = 0; i < a->n; i++) {
        const struct person_word *x = &a->words[i], *y = &b->words[i];
        enum person_evidence word = PERSON_SPELLING;
        bool is_family = i + 1 == a->n;
        if (is_same(x, y)) {
        } else if ((damage.b && is_damaged_form(x, y)) ||
                   (damage.a && is_damaged_form(y, x))) {
            word = PERSON_REPAIRED;
        } else if (!is_family && is_initial_of(x, y)) {
            word = PERSON_INITIAL;
        } else if (i == 0 && a->n > 2 && !given_short && is_short_given(x, y)) {
            given_short = true;
        } else if (is_near(x, y)) {
            word = PERSON_NEAR;
        } else {
            return PERSON_NOTHING;
        }
        if (word > e) e = word;
    }
    return e;
}

static bool is_turned(const struct person_name *a, const struct person_name *b)
{
    if (!is_same(&a->words[a->n - 1], &b->words[0])) return false;
    for (size_t i = 0; i + 1 < a->n; i++)
        if (!is_same(&a->words[i], &b->words[i + 1])) return false;
    return true;
}

/* First and last word meet, and the shorter name's others stand in the longer one in
 * their order. */
static enum person_evidence lacks_middle(const struct person_name *s,
                                         const struct person_name *l)
{
    enum person_evidence e = PERSON_MIDDLE;
    size_t k = 0;
    if (!is_same(&s->words[s->n - 1], &l->words[l->n - 1])) return PERSON_NOTHING;
    if (!is_same(&s->words[0], &l->words[0])) {
        if (!is_initial_of(&s->words[0], &l->words[0])) return PERSON_NOTHING;
        e = PERSON_INITIAL;
    }
    for (size_t i = 0; i < s->n; i++, k++) {
        while (k < l->n && !is_same(&s->words[i], &l->words[k]) &&
               !is_initial_of(&s->words[i], &l->words[k]))
            k++;
        if (k == l->n) return PERSON_NOTHING;
    }
    return e;
}

enum person_evidence person_name_compare(const struct person_name *a,
                                         const struct person_name *b,
                                         struct person_damage damage)
{
    if (a->n < 2 || b->n < 2) return PERSON_NOTHING;
    if (a->n != b->n) return a->n < b->n ? lacks_middle(a, b) : lacks_middle(b, a);
    enum person_evidence e = same_length(a, b, damage);
    if (!e && (is_turned(a, b) || is_turned(b, a))) e = PERSON_ORDER;
    return e;
}

const char *person_evidence_id(enum person_evidence e)
{
    switch (e) {
    case PERSON_NOTHING:
    case PERSON_SPELLING:
    case PERSON_NEAR: return "spelling";
    case PERSON_ORDER: return "order";
    case PERSON_MIDDLE: return "middle_name";
    case PERSON_INITIAL: return "initial";
    case PERSON_REPAIRED: return "repaired";
    case PERSON_ELSEWHERE: return "organisation";
    }
    return "spelling";
}

/* ---- organisations ---- */

/* Words that many organisations share, and national ones with members everywhere; as
 * slugs, a star stands for any ending. */
static const char *const common[] = {
    "kommun*",   "helse",        "helsefor*", "helsefell*", "sykehus*",    "sjukehus*",
    "hf",        "og",           "for",       "ved",        "av",          "de",
    "den",       "det",          "fra",       "til",        "arbeidsutv*", "sekretaria*",
    "bruker*",   "brukar*",      "repres*",   "tillitsv*",  "fastleg*",    "observ*",
    "klinikk*",  "avdeling*",    "seksjon*",  "enhet*",     "eining*",     "senter*",
    "psykisk*",  "rus",          "omsorg*",   "velferd",    "tjenest*",    "tenest*",
    "regional*", "universitet*", "region*",   "medlem*",    "vara*",       "leder*",
    "leiar*",    "private",      "ideelle",   "norsk*",     "norges",      "ks",
    "nsf",       "legefor*",     "sykeplei*", "sjukeplei*", "fagforb*",    "delta",
    "ffo",       "forbund*",     "mental",    "eldrer*",    "ungdoms*",    "utvalg*",
    "utval*",    "interkomm*",   "ou",        "innen",      "helsevern*",  "privat*",
    "statsforv*"};

static bool is_common(const char *word)
{
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
        size_t n = strlen(common[i]);
        if (common[i][n - 1] == '*' ? !strncmp(word, common[i], n - 1)
                                    : !strcmp(word, common[i]))
            return true;
    }
    return false;
}

void person_org_read(struct person_org *out, const char *text)
{
    struct hf_buf slug = HF_BUF_INIT;
    memset(out, 0, sizeof *out);
    if (text) hf_utf8_slug(&slug, text, strlen(text));
    for (char *s = slug.data; *s && out->n < 8;) {
        size_t n = strcspn(s, "-"), keep = n < 31 ? n : 31;
        char *word = out->words[out->n];
        memcpy(word, s, keep);
        word[keep] = 0;
        if (keep > 2 && !is_common(word)) out->n++;
        s += n + (s[n] == '-');
    }
    if (out->n < 8) out->words[out->n][0] = 0;
    hf_buf_release(&slug);
}

/* Vestfold, and Ringerike in Ringeriksregionen: six letters of the beginning are enough.
 */
bool person_org_shares(const struct person_org *a, const struct person_org *b)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++) {
            const char *x = a->words[i], *y = b->words[k];
            if (!strcmp(x, y) || (strlen(x) > 5 && !strncmp(x, y, 6))) return true;
        }
    return false;
}
