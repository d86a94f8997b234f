#include "minutes_names.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/buf.h"
#include "../shim/utf8.h"

#define MAX_NAME_WORDS 7

/* ---- words ------------------------------------------------------------------------- */

static bool is_name_char(uint32_t c)
{
    return hf_utf8_is_letter(c) || c == '-' || c == '\'' || c == 0x2019 || c == '&' ||
           c == 0xA2 || c == '@' || c == 0x2011 || c == '`' || c == 0xB4;
}

static bool starts_word(uint32_t c)
{
    return hf_utf8_is_letter(c) || hf_utf8_is_digit(c) || c == '@';
}

static size_t word_end(const char *text, size_t len, size_t from)
{
    size_t i = from;
    while (i < len) {
        uint32_t c;
        size_t n = hf_utf8_next(text + i, len - i, &c);
        if (!is_name_char(c) && !hf_utf8_is_digit(c)) break;
        i += n;
    }
    while (i > from && strchr("-'&`", text[i - 1])) i--;
    return i;
}

static const struct cue *exact_or_damaged(const struct name_ctx *x, const struct cue *cue,
                                          const char *text, size_t len)
{
    return x->is_damaged || cue_is_exact(cue->key, text, len) ? cue : NULL;
}

/* Endings end in letters that are rarely misread: most need no matching. */
static bool differs_at_end(char key, char printed)
{
    if (key < 'a' || key > 'z' || key == 'i' || key == 'j' || key == 'l') return false;
    return (printed | 32) != key;
}

/* The entry of cues_words for one word: the whole word, or an ending ('-sjef'). */
static const struct cue *find_word(const struct name_ctx *x, const char *word, size_t len)
{
    struct cue_match hit;
    const struct cue_table *t = x->words;
    if (cue_here(t, word, len, &hit) && hit.end == len) {
        const struct cue *cue = exact_or_damaged(x, hit.cue, word, len);
        bool caps = cue && cue->key[0] >= 'A' && cue->key[0] <= 'Z' &&
                    cue->key[1] >= 'A' && cue->key[1] <= 'Z';
        if (cue && (!caps || cue_is_exact(cue->key, word, len))) return cue;
    }
    for (size_t k = 0; k < t->n_endings; k++) {
        const struct cue *cue = t->endings[k];
        if (differs_at_end(cue->key[cue->key_len - 1], word[len - 1])) continue;
        size_t n = cue->key_len - 1, least = n + 2 < len ? len - n - 2 : 0;
        for (size_t at = least; at + n <= len + 3 && at < len; at++) {
            if ((word[at] & 0xC0) == 0x80) continue;
            if (cue_key_match(cue->key + 1, word + at, len - at) != len - at) continue;
            if (x->is_damaged || cue_is_exact(cue->key + 1, word + at, len - at))
                return cue;
        }
    }
    return NULL;
}

static bool is_particle(const char *w, size_t len)
{
    static const char *const particles[] = {
        "von", "van", "der", "den", "de",  "del", "della", "da",  "di",  "du", "la",
        "le",  "el",  "al",  "bin", "ibn", "af",  "ter",   "ten", "dos", "zu"};
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
        if (strlen(particles[i]) == len && !memcmp(particles[i], w, len)) return true;
    return false;
}

static bool is_given(const struct name_ctx *x, const char *word, size_t len)
{
    const char *dash = memchr(word, '-', len);
    size_t n = dash ? (size_t)(dash - word) : len;
    return cues_is_given_name(x->cues, word, n) ||
           (dash && cues_is_given_name(x->cues, word, len)) ||
           (x->is_damaged && cues_is_misread_name(x->cues, word, n));
}

static bool is_place_name(const struct name_ctx *x, const char *text, size_t len)
{
    struct cue_match hit;
    return cue_here(cues_registry_places(x->cues), text, len, &hit) && hit.end == len &&
           exact_or_damaged(x, hit.cue, text, len);
}

struct letters {
    size_t n, upper, lower, inner_upper, digits;
};

static struct letters count_letters(const char *w, size_t len)
{
    struct letters l = {0};
    bool after_lower = false;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(w + i, len - i, &c);
        if (hf_utf8_is_digit(c)) l.digits++;
        if (!hf_utf8_is_letter(c)) {
            after_lower = false;
            continue;
        }
        l.n++;
        if (hf_utf8_is_upper(c)) {
            l.upper++;
            l.inner_upper += after_lower;
        } else {
            l.lower++;
        }
        after_lower = hf_utf8_is_lower(c);
    }
    return l;
}

static enum word_class class_of(const char *value)
{
    if (!strcmp(value, "role")) return WORD_ROLE;
    if (!strcmp(value, "org")) return WORD_ORG;
    if (!strcmp(value, "first")) return WORD_FIRST;
    return WORD_MISC;
}

/* 0la for Ola, lngrid for Ingrid: the first letter misread. */
static bool is_misread_capital(const struct name_ctx *x, const char *s, size_t n,
                               const struct letters *l)
{
    if (*s == '0') return l->digits == 1 && l->lower && l->lower == l->n;
    if (*s != 'l' || n < 4 || n > 20 || l->upper || l->digits) return false;
    char with_i[24];
    memcpy(with_i, s, n);
    with_i[0] = 'I';
    return is_given(x, with_i, n);
}

#define CACHE_SLOTS 1024
#define CACHE_WORD  30

struct cached_word {
    char text[CACHE_WORD];
    unsigned char len; /* 0 = free */
    bool has_stop;     /* a full stop follows: an initial takes it */
    struct word word;
};

struct word_cache {
    struct cached_word slot[CACHE_SLOTS];
};

void name_ctx_init(struct name_ctx *x, const struct minutes_cues *cues, bool is_damaged)
{
    x->cues = cues;
    x->words = cues_table(cues, "words");
    x->is_damaged = is_damaged;
    x->cache = hf_xcalloc(1, sizeof *x->cache);
}

void name_ctx_release(struct name_ctx *x)
{
    free(x->cache);
    x->cache = NULL;
}

static struct cached_word *cache_slot(const struct name_ctx *x, const char *word,
                                      size_t len)
{
    unsigned h = 2166136261u;
    if (!x->cache || !len || len > CACHE_WORD) return NULL;
    for (size_t i = 0; i < len; i++) h = (h ^ (unsigned char)word[i]) * 16777619u;
    return &x->cache->slot[(h ^ h >> 15) % CACHE_SLOTS];
}

static void classify_new(const struct name_ctx *x, const char *text, size_t len,
                         struct word *w);

/* A document says the same words again and again: each is judged once. */
static void classify(const struct name_ctx *x, const char *text, size_t len,
                     struct word *w)
{
    size_t start = w->start, n = w->end - w->start;
    bool has_stop = w->end < len && text[w->end] == '.';
    struct cached_word *c = cache_slot(x, text + start, n);
    if (c && c->len == n && c->has_stop == has_stop &&
        !memcmp(c->text, text + start, n)) {
        *w = c->word;
        w->end = start + c->word.end;
        w->start = start;
        return;
    }
    classify_new(x, text, len, w);
    if (!c) return;
    memcpy(c->text, text + start, n);
    c->len = (unsigned char)n;
    c->has_stop = has_stop;
    c->word = *w;
    c->word.end -= start;
}

static void classify_new(const struct name_ctx *x, const char *text, size_t len,
                         struct word *w)
{
    const char *s = text + w->start;
    size_t n = w->end - w->start;
    struct letters l = count_letters(s, n);
    uint32_t first;
    hf_utf8_next(s, n, &first);
    w->is_capital = hf_utf8_is_upper(first) || first == '@';
    w->is_caps = l.n > 1 && !l.lower;
    w->is_given = w->is_capital && is_given(x, s, n);
    w->is_place = w->is_capital && is_place_name(x, s, n);
    const struct cue *cue = w->is_given ? NULL : find_word(x, s, n);
    bool misread = !w->is_capital && !cue && is_misread_capital(x, s, n, &l);
    if (cue && class_of(cue->value) == WORD_FIRST && !w->is_capital) cue = NULL;
    if (cue) {
        w->kind = class_of(cue->value);
        w->side = cue->note;
        w->is_ending = cue->key[0] == '-' && cue->key_len <= 7;
    } else if (misread) {
        w->kind = WORD_NAME;
        w->is_capital = w->is_given = true;
    } else if (l.digits || !l.n) {
        w->kind = WORD_OTHER;
    } else if (w->is_capital && (l.n == 1 || (l.n == 2 && !w->is_caps && n == 2 &&
                                              w->end < len && text[w->end] == '.'))) {
        w->kind = WORD_INITIAL;
        if (w->end < len && text[w->end] == '.') w->end++;
    } else if (!w->is_capital) {
        w->kind = is_particle(s, n) ? WORD_PARTICLE : WORD_LOWER;
    } else if (l.inner_upper && strncmp(s, "Mc", 2) && strncmp(s, "Mac", 3)) {
        w->kind = WORD_ORG; /* SiV, UiB, PLLen */
    } else if (w->is_caps && !w->is_given && l.n <= 5) {
        w->kind =
            WORD_ORG; /* an acronym; a family name in capitals follows a given name */
    } else {
        w->kind = WORD_NAME;
    }
}

/* A name of the registry (Vestre Viken, Helse Fonna, UNN) at a word's start. */
static bool registry_word(const struct name_ctx *x, const char *text, size_t len,
                          struct word *w)
{
    struct cue_match hit;
    uint32_t c;
    const struct registry *r = cues_registry(x->cues);
    hf_utf8_next(text + w->start, len - w->start, &c);
    if (!hf_utf8_is_upper(c)) return false;
    if (!cue_here(cues_registry_names(x->cues), text + w->start, len - w->start, &hit))
        return false;
    const char *printed = text + w->start;
    bool exact = cue_is_exact(hit.cue->key, printed, hit.end);
    if (!exact && (!x->is_damaged || hit.cue->key_len < 6)) return false;
    if (w->start + hit.end < len && printed[hit.end] == '-')
        return false; /* SiV in Siv-Janne */
    const struct registry_name *name = &r->names[strtoul(hit.value, NULL, 10)];
    bool one_word = !memchr(printed, ' ', hit.end) && !memchr(printed, '-', hit.end);
    if (name->kind == 'p' && one_word)
        return false; /* Lister, Salten: also family names */
    w->end = w->start + hit.end;
    w->kind = WORD_ORG;
    w->is_capital = true;
    w->side = name->kind == 'p' ? "kommune" : "helseforetak";
    return true;
}

bool word_next(const struct name_ctx *x, const char *text, size_t len, size_t from,
               struct word *out)
{
    size_t i = from;
    memset(out, 0, sizeof *out);
    out->side = "";
    while (i < len) {
        uint32_t c;
        size_t n = hf_utf8_next(text + i, len - i, &c);
        if (starts_word(c)) break;
        i += n;
    }
    if (i >= len) return false;
    out->start = i;
    if (registry_word(x, text, len, out)) return true;
    out->end = word_end(text, len, i);
    if (out->end == i) {
        uint32_t c;
        out->end = i + hf_utf8_next(text + i, len - i, &c);
    }
    classify(x, text, len, out);
    return true;
}

/* ---- names ------------------------------------------------------------------------- */

static bool only_blanks(const char *text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (text[i] != ' ') return false;
    return true;
}

static bool looks_like_family_name(const char *w, size_t len)
{
    static const char *const endings[] = {
        "sen",   "son",  "vik",    "land",   "stad",   "berg",   "dal",   "mo",
        "nes",   "rud",  "heim",   "haug",   "bakk",   "by",     "lie",   "aas",
        "eng",   "gård", "gaard",  "ås",     "moen",   "lund",   "strøm", "holm",
        "bø",    "set",  "seth",   "sæter",  "øy",     "tveit",  "tvedt", "vold",
        "voll",  "hus",  "brekke", "lien",   "bakken", "haugen", "hagen", "li",
        "stein", "sund", "fjord",  "sæther", "gren",   "quist",  "mann",  "myr",
        "myhr",  "skog", "våg",    "erud",   "dahl",   "viken",  "bråten"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (len > n && !memcmp(w + len - n, endings[i], n)) return true;
    }
    return false;
}

struct name_run {
    struct word w[MAX_NAME_WORDS];
    size_t n;      /* words in the run */
    size_t n_full; /* without initials and particles */
};

static bool may_continue(const struct word *w, bool after_given, bool all_caps)
{
    if (w->kind == WORD_NAME || w->kind == WORD_INITIAL || w->kind == WORD_PARTICLE)
        return true;
    if (w->is_ending && w->is_capital && after_given && !w->is_caps) return true;
    /* HANSEN after Kari: not an acronym */
    if (w->kind != WORD_ORG || !w->is_caps || !after_given || *w->side) return false;
    return w->end - w->start > 3 || all_caps;
}

/* "Ruben Øvre Eikerbakk": a word that begins a place or an organisation is part of a
 * farm's name between a given and a family name. */
static bool begins_farm_name(const struct name_ctx *x, const char *text, size_t len,
                             const struct name_run *run, const struct word *w)
{
    struct word next;
    if (w->kind != WORD_FIRST || !w->is_capital || w->is_caps || !run->n) return false;
    for (size_t i = 0; i < run->n; i++)
        if (!run->w[i].is_given) return false;
    return word_next(x, text, len, w->end, &next) &&
           only_blanks(text, w->end, next.start) && next.kind == WORD_NAME &&
           !is_place_name(x, text + w->start, next.end - w->start);
}

static void read_run(const struct name_ctx *x, const char *text, size_t len, size_t from,
                     struct name_run *run)
{
    struct word w;
    run->n = run->n_full = 0;
    for (size_t at = from; run->n < MAX_NAME_WORDS && word_next(x, text, len, at, &w);) {
        size_t before = run->n ? run->w[run->n - 1].end : from;
        if (!only_blanks(text, before, w.start)) break;
        bool given = run->n && run->w[0].is_given;
        bool caps = run->n && run->w[0].is_caps;
        bool begins = w.kind == WORD_NAME || w.is_given || w.kind == WORD_INITIAL;
        if (!may_continue(&w, given, caps) && !begins_farm_name(x, text, len, run, &w))
            break;
        if (!run->n && !begins) break;
        run->w[run->n++] = w;
        at = w.end;
    }
    while (run->n && (run->w[run->n - 1].kind == WORD_PARTICLE ||
                      run->w[run->n - 1].kind == WORD_INITIAL))
        run->n--;
    for (size_t i = 0; i < run->n; i++)
        run->n_full += run->w[i].kind != WORD_INITIAL && run->w[i].kind != WORD_PARTICLE;
}

/* Where two people stand without a mark between them: a given name after a family name,
 * with a family name of its own. */
static void cut_second_person(struct name_run *run)
{
    if (!run->n || !run->w[0].is_given) return;
    for (size_t k = 2; k + 1 < run->n; k++) {
        if (!run->w[k].is_given || run->w[k - 1].is_given ||
            run->w[k - 1].kind != WORD_NAME)
            continue;
        if (run->w[k + 1].kind != WORD_NAME) continue;
        run->n = run->n_full = k;
        return;
    }
}

/* "Bjørg Leinvik Vefsn kommune": the place belongs to the word after the run. */
static void give_back_place(const struct name_ctx *x, const char *text,
                            const struct word *next, struct name_run *run)
{
    size_t n = next->end - next->start;
    bool takes_place = next->kind == WORD_ORG && !next->is_capital &&
                       (!strncmp(text + next->start, "kommun", 6) ||
                        !strncmp(text + next->start, "sykehus", 7) ||
                        !strncmp(text + next->start, "sjukehus", 8) ||
                        !strncmp(text + next->start, "legevakt", 8) ||
                        !strncmp(text + next->start, "univers", 7) ||
                        !strncmp(text + next->start, "bydel", 5)) &&
                       n < 30;
    if (!takes_place || !run->n) return;
    size_t first = run->n - 1;
    for (size_t k = run->n; k-- > 0;) {
        size_t from = run->w[k].start, to = run->w[run->n - 1].end;
        if (is_place_name(x, text + from, to - from)) first = k;
    }
    run->n_full -= run->n - first;
    run->n = first;
}

static int run_score(const struct name_run *run, const char *text, bool expected)
{
    const struct word *last = &run->w[run->n - 1];
    int score = expected ? 2 : 0;
    if (run->w[0].is_given) score += 3;
    if (!expected && run->n == 2 && run->w[1].is_given && !run->w[0].is_given) score -= 1;
    if (looks_like_family_name(text + last->start, last->end - last->start)) score += 1;
    if (run->n_full >= 3) score += 1;
    if (run->w[0].is_place && !run->w[0].is_given) score -= 2;
    if (last->is_place && run->n == 2 && !run->w[0].is_given) score -= 1;
    return score;
}

static bool run_is_name(const struct name_ctx *x, const char *text, size_t len,
                        bool expected, struct name_run *run)
{
    struct word next;
    if (run->n < 2) return false;
    cut_second_person(run);
    size_t end = run->w[run->n - 1].end;
    if (word_next(x, text, len, end, &next) && only_blanks(text, end, next.start)) {
        give_back_place(x, text, &next, run);
        if (run->n < 2) return false;
        /* "Nic Waals Institutt": the word after the run makes it an organisation */
        bool makes_org = next.kind == WORD_ORG && next.is_capital && !next.is_caps;
        if (makes_org && !run->w[0].is_given) return false;
    }
    bool initial = run->w[0].kind == WORD_INITIAL && run->n_full == 1 && expected;
    if (run->n_full < 2 && !initial) return false;
    if (initial &&
        memchr(text + run->w[0].start, '.', run->w[0].end - run->w[0].start) == NULL)
        return false;
    if (is_place_name(x, text + run->w[0].start,
                      run->w[run->n - 1].end - run->w[0].start))
        return false;
    return run_score(run, text, expected) >= 2;
}

static void take_run(const struct name_run *run, struct name_part *out)
{
    out->start = run->w[0].start;
    out->end = run->w[run->n - 1].end;
    out->is_given = run->w[0].is_given;
}

bool name_starts(const struct name_ctx *x, const char *text, size_t len,
                 struct name_part *out)
{
    struct name_run run;
    struct word w;
    if (!word_next(x, text, len, 0, &w)) return false;
    read_run(x, text, len, w.start, &run);
    if (!run_is_name(x, text, len, true, &run)) return false;
    take_run(&run, out);
    return true;
}

/* Inside a segment a name begins only with a known given name, or follows a role's word
 * in small letters and ends like a family name. */
static bool embedded_is_name(const struct name_run *run, const char *text,
                             const struct word *before)
{
    const struct word *last = &run->w[run->n - 1];
    if (run->w[0].is_given) return true;
    if (before->kind != WORD_ROLE || (before->is_capital && before->start > 3))
        return false; /* "Kommunalsjef Solvår Kildal", "lege Nasrin Karimi" */
    if (run->w[0].is_place || last->is_place) return false;
    return !before->is_capital ||
           looks_like_family_name(text + last->start, last->end - last->start);
}

bool name_split(const struct name_ctx *x, const char *seg, size_t len, bool expected,
                struct name_part *out)
{
    struct word w, before;
    struct name_run run;
    bool first = true;
    memset(&before, 0, sizeof before);
    for (size_t at = 0; word_next(x, seg, len, at, &w);
         at = w.end, before = w, first = false) {
        bool initial = first && w.kind == WORD_INITIAL;
        if (w.kind != WORD_NAME && !w.is_given && !initial) continue;
        read_run(x, seg, len, w.start, &run);
        if (run_is_name(x, seg, len, first && expected, &run) &&
            (first || embedded_is_name(&run, seg, &before))) {
            take_run(&run, out);
            return true;
        }
        if (!first || !run.n) continue;
        w.end = run.w[0].end;
    }
    return false;
}

bool name_after_role(const struct name_ctx *x, const char *seg, size_t len,
                     struct name_part *out)
{
    struct word w;
    struct name_run run;
    bool role = false;
    for (size_t at = 0; word_next(x, seg, len, at, &w); at = w.end) {
        if (w.kind != WORD_NAME) {
            role = w.kind == WORD_ROLE;
            continue;
        }
        read_run(x, seg, len, w.start, &run);
        if (!role || run.n < 2 || run.w[0].is_place || run.w[run.n - 1].end < len ||
            !run_is_name(x, seg, len, true, &run))
            return false;
        take_run(&run, out);
        return true;
    }
    return false;
}

/* ---- attributes -------------------------------------------------------------------- */

enum attr_kind attr_classify(const struct name_ctx *x, const char *seg, size_t len,
                             const char **side)
{
    struct word w;
    size_t n = 0, roles = 0, orgs = 0, misc = 0, capitals = 0, others = 0;
    const char *role_side = NULL, *org_side = NULL;
    for (size_t at = 0; word_next(x, seg, len, at, &w); at = w.end) {
        n++;
        capitals += w.is_capital;
        if (w.kind == WORD_ROLE) {
            roles++;
            if (!role_side && *w.side) role_side = w.side;
        } else if (w.kind == WORD_ORG || w.kind == WORD_FIRST || w.is_place) {
            orgs++;
            if (w.is_place && !org_side) org_side = "kommune";
            if (!org_side && *w.side) org_side = w.side;
        } else if (w.kind == WORD_MISC) {
            misc++;
        } else if (w.kind == WORD_OTHER) {
            others++;
        }
    }
    *side = role_side ? role_side : org_side;
    if (!n) return ATTR_NONE;
    if (roles) return ATTR_ROLE;
    if (misc && !orgs) return ATTR_MANNER;
    if (orgs) return ATTR_ORG;
    if (others) return ATTR_MANNER;
    return capitals ? ATTR_ORG : ATTR_UNIT;
}

static void add_title_case(struct hf_buf *b, const char *w, size_t len)
{
    bool first = true;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t n = hf_utf8_next(w + i, len - i, &c);
        hf_utf8_put(b, first ? c : hf_utf8_lower1(c));
        first = !hf_utf8_is_letter(c);
        i += n;
    }
}

char *name_clean(struct hf_arena *a, const char *name, size_t len)
{
    struct hf_buf b = HF_BUF_INIT;
    struct letters l = count_letters(name, len);
    bool caps = l.n > 3 && !l.lower;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t n = hf_utf8_next(name + i, len - i, &c);
        if (hf_utf8_is_space(c)) {
            if (b.len && b.data[b.len - 1] != ' ') hf_buf_addc(&b, ' ');
        } else if (c == 0x2011) {
            hf_buf_addc(&b, '-');
        } else {
            hf_buf_add(&b, name + i, n);
        }
        i += n;
    }
    hf_buf_rtrim(&b);
    char *copy;
    if (caps) {
        struct hf_buf t = HF_BUF_INIT;
        add_title_case(&t, b.data, b.len);
        copy = hf_arena_strdup(a, t.data, t.len);
        hf_buf_release(&t);
    } else {
        copy = hf_arena_strdup(a, b.data, b.len);
    }
    hf_buf_release(&b);
    return copy;
}
