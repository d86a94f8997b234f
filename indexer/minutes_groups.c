/* Patient groups by rules (stopwords/patient_groups.tsv), each tag with its evidence. The
 * title is the strongest; a mention in passing is no tag. No evidence: a department's or
 * a committee's name. A line that merely lists the groups is weak evidence: it is kept,
 * and makes no tag. */
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_case.h"
#include "minutes_glob.h"
#include "minutes_meaning.h"

#define N_GROUPS 5
#define TAG_FROM 0.7
#define WEAK     0.3 /* the strength of a group that is merely listed */

static const char *const ids[N_GROUPS] = {"barn_og_unge", "psykisk_helse_og_rus",
                                          "skropelige_eldre", "kroniske_lidelser",
                                          "fodende"};

struct hit {
    int group;
    size_t at, end; /* words */
    double strength;
    size_t row;
    const char *rule;
};

struct tally {
    double sum[N_GROUPS], best[N_GROUPS];
    const char *evidence[N_GROUPS]; /* in the arena of the minutes */
    const char *rule[N_GROUPS];
    const char *listed[N_GROUPS]; /* the sentence that lists it among the others */
};

struct search {
    const struct cue_patterns *rules;
    struct hf_minutes *m;
    struct hit *hits;
    size_t n, cap;
};

static int group_of(const char *id)
{
    for (int g = 0; g < N_GROUPS; g++)
        if (!strcmp(id, ids[g])) return g;
    return -1;
}

/* Is word i one of these words of the table: "-unit", "-office" …? */
static bool is_word_of(const struct search *s, const struct glob_words *w, size_t i,
                       const char *what, size_t *words)
{
    struct glob_cursor cursor;
    size_t row, n;
    glob_set_begin(&s->rules->set, w, i, &cursor);
    while (glob_set_next(&s->rules->set, w, i, &cursor, &row, &n))
        if (!strcmp(s->rules->list->rows[row].field[0], what)) {
            if (words) *words = n;
            return true;
        }
    return false;
}

/* How much a name of a unit takes from what it names: "klinikksjef psykisk helse og rus",
 * "FSU barn og unge", up to three words before. In a title the unit may be the matter. */
static double weight_as_name(const struct search *s, const struct glob_words *w, size_t i,
                             bool is_title)
{
    for (size_t k = 1; k <= 3 && k <= i; k++) {
        size_t from = w->at[i - k].at + w->at[i - k].len, to = w->at[i - k + 1].at;
        if (memchr(w->text + from, '.', to - from)) break;
        if (is_word_of(s, w, i - k, "-office", NULL)) return 0;
        if (is_word_of(s, w, i - k, "-unit", NULL)) return is_title ? 0.5 : 0;
        if (is_word_of(s, w, i - k, "-body", NULL)) return is_title ? 1 : 0;
    }
    return 1;
}

/* "personer med alvorlig psykisk lidelse", "Planen gjelder barn og unge": the case is
 * about them. */
static bool is_about(const struct search *s, const struct glob_words *w, size_t i)
{
    size_t n;
    for (size_t k = 1; k <= 3 && k <= i; k++) {
        if (is_word_of(s, w, i - k, "-about", &n) && n <= k) return true;
        if (k < i && glob_match(w, i - k, "med") &&
            is_word_of(s, w, i - k - 1, "-people", NULL))
            return true;
    }
    return false;
}

/* A row of strength 0 refuses the words that it takes. */
static bool beats(const struct hit *a, const struct hit *b)
{
    if (a->strength <= 0 || b->strength <= 0) {
        size_t n = a->end - a->at, m = b->end - b->at;
        return n != m ? n > m : a->strength < b->strength;
    }
    if (a->strength != b->strength) return a->strength > b->strength;
    return a->row < b->row;
}

/* The best hit of each group at each place; longer patterns take the words of shorter
 * ones. */
static void find_hits(struct search *s, const struct glob_words *w)
{
    size_t taken[N_GROUPS] = {0};
    s->n = 0;
    for (size_t i = 0; i < w->n; i++) {
        struct hit best[N_GROUPS] = {{0}};
        struct glob_cursor cursor;
        size_t r, n;
        glob_set_begin(&s->rules->set, w, i, &cursor);
        while (glob_set_next(&s->rules->set, w, i, &cursor, &r, &n)) {
            const struct cue_row *row = &s->rules->list->rows[r];
            int g = group_of(row->field[0]);
            if (g < 0 || i < taken[g]) continue;
            double strength = strtod(row->field[2], NULL);
            struct hit hit = {g, i, i + n, strength, r, row->field[1]};
            if (!best[g].rule || beats(&hit, &best[g])) best[g] = hit;
        }
        for (int g = 0; g < N_GROUPS; g++) {
            if (!best[g].rule) continue;
            taken[g] = best[g].end;
            if (best[g].strength <= 0) continue;
            s->hits = hf_grow(s->hits, &s->cap, s->n, sizeof *s->hits);
            s->hits[s->n++] = best[g];
        }
    }
}

/* How many groups the words around hit k name: a list of them is no evidence for any. */
static int groups_near(const struct search *s, size_t k)
{
    bool seen[N_GROUPS] = {false};
    int n = 0;
    for (size_t j = 0; j < s->n; j++) {
        size_t a = s->hits[j].at, b = s->hits[k].at;
        if ((a > b ? a - b : b - a) > 25 || s->hits[j].strength < 0.7) continue;
        n += !seen[s->hits[j].group];
        seen[s->hits[j].group] = true;
    }
    return n;
}

/* The sentence that hit h stands in. */
static const char *sentence_of(struct search *s, const struct glob_words *w,
                               const struct hit *h)
{
    size_t at = w->at[h->at].at, from = at > 300 ? at - 300 : 0;
    while (from && ((unsigned char)w->text[from] & 0xC0) == 0x80) from++;
    for (size_t end; (end = text_sentence_end(w->text, w->len, from)) <= at; from = end) {
    }
    size_t end = text_sentence_end(w->text, w->len, from);
    if (end - from > 400) end = from + 400;
    while (end < w->len && end > from && ((unsigned char)w->text[end] & 0xC0) == 0x80)
        end--;
    from += text_trim_left(w->text + from, end - from);
    size_t len = text_trim_right(w->text + from, end - from);
    return hf_arena_strdup(&s->m->arena, w->text + from, len);
}

static void note(struct search *s, struct tally *t, const struct glob_words *w, size_t k,
                 double weight)
{
    const struct hit *h = &s->hits[k];
    double value = h->strength * weight;
    t->sum[h->group] += value;
    if (value <= t->best[h->group]) return;
    t->best[h->group] = value;
    t->evidence[h->group] = sentence_of(s, w, h);
    t->rule[h->group] = h->rule;
}

static void weigh(struct search *s, struct tally *t, const char *text, double weight,
                  bool is_title)
{
    struct glob_words w;
    if (!text) return;
    size_t len = strlen(text);
    glob_words_init(&w, text, len > MEANING_MAX ? MEANING_MAX : len,
                    s->rules->set.is_damaged);
    find_hits(s, &w);
    for (size_t k = 0; k < s->n && k < 400; k++) {
        const struct hit *h = &s->hits[k];
        if (groups_near(s, k) >= 4) {
            if (!t->listed[h->group]) t->listed[h->group] = sentence_of(s, &w, h);
            continue;
        }
        double named = weight_as_name(s, &w, h->at, is_title);
        if (named <= 0) continue;
        bool about = !is_title && is_about(s, &w, h->at);
        note(s, t, &w, k, weight * named * (about ? 1.5 : 1));
    }
    glob_words_release(&w);
}

/* Was the group one of those to be put first in the meeting's year? -1 = not known. */
static int is_priority(const struct cue_patterns *rules, const char *group, int year)
{
    for (size_t i = 0; i < rules->list->n; i++) {
        const struct cue_row *r = &rules->list->rows[i];
        if (!strcmp(r->field[0], "-since") && !strcmp(r->field[1], group))
            return year ? year >= atoi(r->field[2]) : -1;
    }
    return -1;
}

static struct hf_group *add(const struct search *s, struct hf_case *c, int g)
{
    struct hf_group *e = hf_case_add_group(c);
    e->group = ids[g];
    e->priority = is_priority(s->rules, ids[g], s->m->year);
    return e;
}

void meaning_groups(const struct cue_patterns *rules, struct hf_minutes *m,
                    struct hf_case *c)
{
    struct search s = {.rules = rules, .m = m};
    struct tally t = {.sum = {0}};
    weigh(&s, &t, c->title, 1.25, true);
    weigh(&s, &t, c->text, 0.38, false);
    for (size_t i = 0; i < c->n_decisions; i++)
        if (!c->decisions[i].implicit) weigh(&s, &t, c->decisions[i].text, 0.2, false);
    for (int g = 0; g < N_GROUPS; g++) {
        if (t.sum[g] >= TAG_FROM && t.evidence[g]) {
            struct hf_group *e = add(&s, c, g);
            e->text = t.evidence[g];
            e->rule = t.rule[g];
            e->strength = t.sum[g] > 1 ? 1 : t.sum[g];
        } else if (t.listed[g]) {
            struct hf_group *e = add(&s, c, g);
            e->text = t.listed[g];
            e->rule = "enumeration";
            e->strength = WEAK;
            e->is_weak = true;
        }
    }
    free(s.hits);
}
