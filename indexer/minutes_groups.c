/* Patient groups by rules (stopwords/patient_groups.tsv), each tag with its evidence. The
 * title is the strongest; a mention in passing is no tag. No evidence: a department's or
 * a committee's name, a line that merely lists the groups. */
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_case.h"
#include "minutes_glob.h"
#include "minutes_meaning.h"

#define N_GROUPS 5
#define TAG_FROM 0.75

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
};

struct search {
    const struct pattern_rows *rules;
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

static bool is_unit_word(const struct search *s, const struct glob_words *w, size_t i)
{
    struct glob_cursor cursor = {0};
    size_t row, n;
    while (glob_set_next(&s->rules->set, w, i, &cursor, &row, &n))
        if (s->rules->list->rows[row].field[0][0] == '-') return true;
    return false;
}

/* «klinikksjef psykisk helse og rus», «FSU barn og unge»: up to three words before. */
static bool is_unit_name(const struct search *s, const struct glob_words *w, size_t i)
{
    for (size_t k = 1; k <= 3 && k <= i; k++) {
        size_t from = w->at[i - k].at + w->at[i - k].len, to = w->at[i - k + 1].at;
        if (memchr(w->text + from, '.', to - from)) return false;
        if (is_unit_word(s, w, i - k)) return true;
    }
    return false;
}

/* «personer med alvorlig psykisk lidelse», «pasienter med KOLS»: the case is about them.
 */
static bool is_about_people(const struct glob_words *w, size_t i)
{
    static const char *const words[] = {"person*", "pasient*", "brukere", "brukarar",
                                        "voksne",  "vaksne",   "eldre",   "dem",
                                        "dei",     "de",       "gruppe*"};
    for (size_t k = 1; k <= 3 && k < i; k++) {
        if (!glob_match(w, i - k, "med")) continue;
        for (size_t j = 0; j < sizeof words / sizeof *words; j++)
            if (glob_match(w, i - k - 1, words[j])) return true;
    }
    return false;
}

/* The best hit of each group at each place; longer patterns take the words of shorter
 * ones. */
static void find_hits(struct search *s, const struct glob_words *w)
{
    size_t taken[N_GROUPS] = {0};
    s->n = 0;
    for (size_t i = 0; i < w->n; i++) {
        struct hit best[N_GROUPS] = {{0}};
        struct glob_cursor cursor = {0};
        size_t r, n;
        while (glob_set_next(&s->rules->set, w, i, &cursor, &r, &n)) {
            const struct cue_row *row = &s->rules->list->rows[r];
            int g = group_of(row->field[0]);
            if (g < 0 || i < taken[g]) continue;
            double strength = strtod(row->field[2], NULL);
            if (strength > best[g].strength ||
                (best[g].strength > 0 && strength >= best[g].strength && r < best[g].row))
                best[g] = (struct hit){g, i, i + n, strength, r, row->field[1]};
        }
        for (int g = 0; g < N_GROUPS; g++) {
            if (best[g].strength <= 0) continue;
            taken[g] = best[g].end;
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

static void note(struct search *s, struct tally *t, const struct glob_words *w, size_t k,
                 double weight)
{
    const struct hit *h = &s->hits[k];
    double value = h->strength * weight;
    t->sum[h->group] += value;
    if (value <= t->best[h->group]) return;
    t->best[h->group] = value;
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
    t->evidence[h->group] = hf_arena_strdup(&s->m->arena, w->text + from, len);
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
        if (groups_near(s, k) >= 4) continue;
        bool unit = is_unit_name(s, &w, s->hits[k].at);
        if (unit && !is_title) continue;
        note(s, t, &w, k,
             is_title || !is_about_people(&w, s->hits[k].at) ? weight : weight * 1.5);
    }
    glob_words_release(&w);
}

void meaning_groups(const struct pattern_rows *rules, struct hf_minutes *m,
                    struct hf_case *c)
{
    struct search s = {.rules = rules, .m = m};
    struct tally t = {.sum = {0}};
    weigh(&s, &t, c->title, 1.25, true);
    weigh(&s, &t, c->text, 0.38, false);
    for (size_t i = 0; i < c->n_decisions; i++)
        if (!c->decisions[i].implicit) weigh(&s, &t, c->decisions[i].text, 0.2, false);
    for (int g = 0; g < N_GROUPS; g++) {
        if (t.sum[g] < TAG_FROM || !t.evidence[g]) continue;
        struct hf_group *e = hf_case_add_group(c);
        e->group = ids[g];
        e->text = t.evidence[g];
        e->rule = t.rule[g];
        e->strength = t.sum[g] > 1 ? 1 : t.sum[g];
    }
    free(s.hits);
}
