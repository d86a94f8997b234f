#include <string.h>

#include "minutes_cues.h"
#include "minutes_date.h"
#include "minutes_internal.h"

/* Which earlier meetings' minutes a meeting approves: "Godkjenning av referat fra møte
 * 30.11.2023 og 25.01.2024", "Referat fra 31. august godkjennes". A day without its year
 * is the last such day before the meeting. Refused are minutes of another body (they are
 * only told of), days that are not before the meeting, and days years before it. */

#define MAX_WORDS    44 /* bytes between the word and its date */
#define MAX_BETWEEN  8  /* bytes between two dates of a list: " og " */
#define MAX_DAY      40 /* bytes of a day as printed, with its weekday */
#define MAX_AGE_DAYS 800

struct scan {
    const struct minutes_cues *cues;
    struct hf_minutes *m;
    const struct hf_case *c;
    int year, month, day; /* of the meeting; day 0 = unknown */
};

/* Another body stands beside the word: its minutes are not ours to approve. */
static bool is_of_another(const struct scan *s, const char *text, size_t from, size_t end)
{
    const struct cue_table *bodies = cues_table(s->cues, "bodies");
    struct cue_match hit;
    for (size_t at = from; cue_find(bodies, text, end, at, &hit); at = hit.end) {
        bool is_acronym = !strcmp(hit.cue->note, "acronym");
        if (is_acronym &&
            !cue_is_exact(hit.cue->key, text + hit.start, hit.end - hit.start))
            continue;
        if (s->m->body && strcmp(hit.value, s->m->body) != 0) return true;
    }
    return false;
}

static void add(struct scan *s, const char *text, const struct printed_day *d)
{
    int year = d->year;
    if (!year)
        year = d->month * 100 + d->day < s->month * 100 + s->day ? s->year : s->year - 1;
    long age = day_number(s->year, s->month, s->day) - day_number(year, d->month, d->day);
    if (age <= 0 || age > MAX_AGE_DAYS) return;
    struct hf_arena *a = &s->m->arena;
    const char *date = hf_arena_printf(a, "%04d-%02d-%02d", year, d->month, d->day);
    for (size_t i = 0; i < s->m->n_approved; i++)
        if (!strcmp(s->m->approved[i].date, date)) return;
    struct hf_approved *new = hf_minutes_add_approved(s->m);
    new->date = date;
    new->as_printed = hf_arena_strdup(a, text + d->start, d->end - d->start);
    new->case_number = s->c->number;
}

/* How far a text need be searched for a day that begins before `to`. */
static size_t reach(size_t len, size_t to)
{
    return to + MAX_DAY < len ? to + MAX_DAY : len;
}

static void scan_text(struct scan *s, const char *text)
{
    const struct cue_table *words = cues_table(s->cues, "approved");
    size_t len = text ? strlen(text) : 0;
    struct cue_match hit;
    for (size_t at = 0; cue_find(words, text, len, at, &hit); at = hit.end) {
        struct printed_day d;
        size_t from = hit.end, room = MAX_WORDS;
        while (day_find(text, reach(len, from + room), from, &d) &&
               d.start <= from + room) {
            size_t before = hit.start > 12 ? hit.start - 12 : 0;
            size_t after = d.end + 12 < len ? d.end + 12 : len;
            while (before < hit.start && (text[before] & 0xC0) == 0x80) before++;
            while (after < len && (text[after] & 0xC0) == 0x80) after++;
            if (is_of_another(s, text, before, after)) break;
            add(s, text, &d);
            from = d.end;
            room = MAX_BETWEEN;
        }
        if (from > hit.end) hit.end = from;
    }
}

static bool is_approval(const struct hf_case *c)
{
    if (c->kind && !strcmp(c->kind, "godkjenning")) return true;
    for (size_t i = 0; i < c->n_decisions; i++) {
        const char *text = c->decisions[i].text;
        if (c->decisions[i].outcome && !strcmp(c->decisions[i].outcome, "godkjent"))
            return true;
        for (size_t k = 0, len = text ? strlen(text) : 0; k < len; k++)
            if (cue_key_match("godkjenn", text + k, len - k)) return true;
    }
    return false;
}

void minutes_approved(const struct minutes_cues *cues, struct hf_minutes *m)
{
    struct printed_day d;
    struct scan s = {.cues = cues, .m = m, .year = m->year};
    bool is_report = m->kind && !strcmp(m->kind, "report");
    if (is_report || !m->year || !m->date || !day_find(m->date, strlen(m->date), 0, &d))
        return;
    s.month = d.month;
    s.day = d.day;
    for (size_t i = 0; i < m->n_cases; i++) {
        s.c = &m->cases[i];
        if (!is_approval(s.c)) continue;
        scan_text(&s, s.c->title);
        scan_text(&s, s.c->text);
        for (size_t k = 0; k < s.c->n_decisions; k++)
            scan_text(&s, s.c->decisions[k].text);
    }
}
