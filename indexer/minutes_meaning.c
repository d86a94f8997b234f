/* What follows from the text of the cases: kind, outcome, dates of deadlines, references,
 * people and patient groups. */
#include "minutes_meaning.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_deadline.h"
#include "minutes_glob.h"

/* Norwegian has two to three of these letters in a hundred; recognition without them has
 * none. */
static bool lost_letters(const struct hf_minutes *m, const struct text_doc *doc)
{
    size_t letters = 0, norwegian = 0;
    if (doc->text_layer && !strcmp(doc->text_layer, "ocr")) return true;
    for (size_t i = 0; i < m->n_cases && letters < 20000; i++) {
        const char *text = m->cases[i].text;
        size_t len = text ? strlen(text) : 0;
        for (size_t k = 0; k + 1 < len && letters < 20000; k++) {
            letters += (text[k] | 32) >= 'a' && (text[k] | 32) <= 'z';
            norwegian += text[k] == '\xc3' &&
                         strchr("\xa5\xa6\xb8\x85\x86\x98", text[k + 1]) != NULL;
        }
    }
    return m->damage > 0.02 || (letters > 400 && norwegian * 1000 < letters * 4);
}

/* ---- outcome
 * ------------------------------------------------------------------------------- */

/* The first row of the list that matches anywhere. */
static const char *outcome_of(const struct cue_patterns *rules,
                              const struct hf_decision *d)
{
    struct glob_words w;
    size_t best = SIZE_MAX, len = strlen(d->text), row, n;
    glob_words_init(&w, d->text, len > 4000 ? 4000 : len, rules->set.is_damaged);
    for (size_t i = 0; i < w.n; i++) {
        struct glob_cursor cursor;
        glob_set_begin(&rules->set, &w, i, &cursor);
        while (glob_set_next(&rules->set, &w, i, &cursor, &row, &n))
            if (row < best) best = row;
    }
    glob_words_release(&w);
    if (best != SIZE_MAX) return rules->list->rows[best].field[0];
    return d->label && !strncasecmp(d->label, "oppf", 4) ? "oppfolging" : "vedtatt";
}

/* ---- kind
 * ---------------------------------------------------------------------------------- */

static bool has(const struct glob_words *w, const char *pattern, bool first)
{
    for (size_t i = 0; i < w->n && (!first || !i); i++)
        if (glob_match(w, i, pattern)) return true;
    return false;
}

/* Vedtak and Beslutning are decisions by their name; a Konklusjon ends what was talked
 * over. */
static bool is_formal(const char *label)
{
    static const char *const words[] = {"vedt", "beslut", "tilråd", "avgj"};
    for (size_t k = 0; label && k < sizeof words / sizeof *words; k++)
        for (size_t i = 0; label[i]; i++)
            if (cue_key_match(words[k], label + i, strlen(label + i))) return true;
    return false;
}

static const char *kind_by_title(const struct glob_words *title)
{
    static const char *const approvals[] = {"godkjenn*", "innkalling*", "referat",
                                            "referatet", "møtereferat", "protokoll",
                                            "møtebok"};
    for (size_t k = 0; k < sizeof approvals / sizeof *approvals; k++)
        if (has(title, approvals[k], true)) return "godkjenning";
    if (has(title, "eventuelt", true) || has(title, "ymse", true)) return "";
    return has(title, "orientering*", false) ? "orientering" : NULL;
}

static const char *kind_by_text(const struct hf_case *c, const struct glob_words *text)
{
    static const char *const talks[] = {"innspill*", "drøft*", "diskut*"};
    static const char *const tells[] = {"orienter*",  "informer*", "redegj*",
                                        "presenter*", "la fram",   "v"};
    for (size_t i = 0; i < c->n_decisions; i++) {
        const struct hf_decision *d = &c->decisions[i];
        if (d->probable || !strcmp(d->outcome, "orientering")) continue;
        if (!c->title && !strcmp(d->outcome, "godkjent")) return "godkjenning";
        if (d->implicit || is_formal(d->label)) return "vedtak";
    }
    for (size_t k = 0; k < sizeof talks / sizeof *talks; k++)
        if (has(text, talks[k], false)) return "drofting";
    for (size_t k = 0; k < sizeof tells / sizeof *tells; k++)
        if (has(text, tells[k], false)) return "orientering";
    return c->n_decisions ? "drofting" : NULL;
}

static const char *kind_of(const struct hf_case *c)
{
    struct glob_words w;
    const char *kind = NULL;
    size_t len = c->title ? strlen(c->title) : 0;
    glob_words_init(&w, c->title ? c->title : "", len, false);
    kind = kind_by_title(&w);
    glob_words_release(&w);
    if (kind) return *kind ? kind : NULL;
    len = c->text ? strlen(c->text) : 0;
    glob_words_init(&w, c->text ? c->text : "", len > 4000 ? 4000 : len, false);
    kind = kind_by_text(c, &w);
    glob_words_release(&w);
    return kind;
}

/* ---- deadline
 * ------------------------------------------------------------------------------ */

/* A date without a year lies after the meeting. */
static void set_deadline(struct hf_minutes *m, struct hf_case *c)
{
    struct date_found d;
    size_t len = c->deadline ? strlen(c->deadline) : 0, at = 0;
    int month =
        m->date && strlen(m->date) >= 7 ? (m->date[5] - '0') * 10 + m->date[6] - '0' : 0;
    while (at < len && date_find(c->deadline, len, at, &d)) {
        at = d.end;
        if (!d.day) continue;
        int year = d.year;
        if (!year && m->year) year = m->year + (month && d.month < month ? 1 : 0);
        if (!year) continue;
        c->deadline_date =
            hf_arena_printf(&m->arena, "%04d-%02d-%02d", year, d.month, d.day);
        return;
    }
}

void minutes_meaning(const struct minutes_cues *cues, const struct text_doc *doc,
                     struct hf_minutes *m)
{
    bool damaged = lost_letters(m, doc);
    struct number_scheme scheme = meaning_scheme(m);
    const struct cue_patterns *groups = cues_patterns(cues, "patient_groups", damaged);
    const struct cue_patterns *outcomes = cues_patterns(cues, "outcomes", damaged);
    for (size_t i = 0; i < m->n_cases; i++) {
        struct hf_case *c = &m->cases[i];
        for (size_t k = 0; k < c->n_decisions; k++) {
            c->decisions[k].outcome = outcome_of(outcomes, &c->decisions[k]);
            meaning_promises(cues, damaged, m, &c->decisions[k]);
        }
        if (!c->kind) c->kind = kind_of(c);
        set_deadline(m, c);
        meaning_refs(&scheme, m, c);
        meaning_people(cues, m, c);
        meaning_groups(groups, m, c);
    }
}
