#include <stdlib.h>
#include <string.h>

#include "minutes_cues.h"
#include "minutes_date.h"
#include "minutes_internal.h"

/* The year of the meeting by the document's own evidence. The printed date stands unless
 * several things in the document contradict it: then the evidence decides the year, the
 * date stays as it is printed, and date_note says why. */

struct evidence {
    int printed; /* the year of the printed date, 0 = none */
    int month, day, weekday;
    int years[64]; /* of the numbered cases */
    size_t n_years;
    struct printed_day approved; /* date of the minutes that the meeting approves */
    bool has_approved;
    struct printed_day deadline; /* a weekday with a full date in the text */
    bool has_deadline;
};

static int case_year(const struct hf_case *c)
{
    const char *slash = c->number_normalised ? strchr(c->number_normalised, '/') : NULL;
    return slash && strlen(slash + 1) == 4 ? atoi(slash + 1) : 0;
}

/* "Referat fra 02.12.2024 er godkjent": the meeting came after that day. */
static void find_approved(struct evidence *e, const char *text, size_t len)
{
    static const char *const words[] = {
        "referat fra",     "referat frå",      "referatet fra",   "referatet frå",
        "protokoll fra",   "protokoll frå",    "protokollen fra", "møtebok frå",
        "møteboka frå",    "referat fra møte", "referat SSU",     "referat FSU",
        "møtereferat fra", "referat LSU"};
    static const char *const stems[] = {"referat", "protokoll", "møte"}; /* of all */
    for (size_t at = 0; at < len && !e->has_approved; at++) {
        bool may = false;
        if (at && text[at - 1] != ' ' && text[at - 1] != '\n') continue;
        for (size_t i = 0; i < sizeof stems / sizeof *stems && !may; i++)
            may = cue_key_match(stems[i], text + at, len - at) > 0;
        if (!may) continue;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            size_t n = cue_key_match(words[i], text + at, len - at);
            struct printed_day d;
            if (!n || !day_find(text, len, at + n, &d)) continue;
            if (!d.year || d.start > at + n + 30) continue;
            e->approved = d;
            e->has_approved = true;
            return;
        }
    }
}

/* A full date with its weekday, right for itself: "fredag 07.02.2025". */
static void find_deadline(struct evidence *e, const char *text, size_t len)
{
    struct printed_day d;
    for (size_t from = 0; !e->has_deadline && day_find(text, len, from, &d);
         from = d.end) {
        if (!d.year || !d.weekday || day_weekday(d.year, d.month, d.day) != d.weekday)
            continue;
        if (d.month == e->month && d.day == e->day) continue;
        e->deadline = d;
        e->has_deadline = true;
    }
}

static void gather(struct evidence *e, const struct hf_minutes *m)
{
    struct printed_day d;
    memset(e, 0, sizeof *e);
    if (m->date_printed && day_find(m->date_printed, strlen(m->date_printed), 0, &d)) {
        e->printed = d.year;
        e->month = d.month;
        e->day = d.day;
        e->weekday = d.weekday;
    }
    for (size_t i = 0; i < m->n_cases; i++) {
        const struct hf_case *c = &m->cases[i];
        int year = case_year(c);
        if (year && e->n_years < 64) e->years[e->n_years++] = year;
        if (c->title) find_approved(e, c->title, strlen(c->title));
        if (c->text) {
            find_approved(e, c->text, strlen(c->text));
            find_deadline(e, c->text, strlen(c->text));
        }
    }
}

static size_t count_year(const struct evidence *e, int year)
{
    size_t n = 0;
    for (size_t i = 0; i < e->n_years; i++) n += e->years[i] == year;
    return n;
}

static int newest_year(const struct evidence *e)
{
    int newest = 0;
    for (size_t i = 0; i < e->n_years; i++)
        if (e->years[i] > newest && count_year(e, e->years[i]) * 20 >= e->n_years)
            newest = e->years[i];
    return newest;
}

/* How well a year agrees with what the document says. */
static double agreement(const struct evidence *e, int year)
{
    double score = 0;
    long day = e->month ? day_number(year, e->month, e->day) : day_number(year, 7, 1);
    if (e->weekday && e->month)
        score += day_weekday(year, e->month, e->day) == e->weekday ? 1.5 : -1.5;
    if (e->n_years) {
        int newest = newest_year(e);
        if (newest == year) score += 1.5;
        if (newest > year) score -= 2; /* a case of a year to come */
        if (newest && newest < year) score -= e->n_years > 1 ? 1.5 : 0.5;
        if (newest == year && count_year(e, year) * 2 >= e->n_years) score += 0.5;
    }
    if (e->has_approved && e->month) {
        long since =
            day - day_number(e->approved.year, e->approved.month, e->approved.day);
        score += since <= 0 ? -2 : since < 300 ? 1 : since > 400 ? -1 : 0;
    }
    if (e->has_deadline && e->month) {
        long until =
            day_number(e->deadline.year, e->deadline.month, e->deadline.day) - day;
        score += until >= -40 && until <= 250 ? 0.5 : -0.5;
    }
    return score;
}

static const char *weekday_name(int weekday)
{
    static const char *const names[] = {"",        "mandag", "tirsdag", "onsdag",
                                        "torsdag", "fredag", "lørdag",  "søndag"};
    return names[weekday];
}

static void explain(const struct evidence *e, struct hf_minutes *m, int year)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "trykt %s; sannsynlig år %d:", m->date_printed, year);
    if (newest_year(e) == year) hf_buf_addf(&b, " saksnumre fra %d;", year);
    if (e->weekday && e->month && day_weekday(year, e->month, e->day) == e->weekday)
        hf_buf_addf(&b, " dagen er en %s i %d;", weekday_name(e->weekday), year);
    if (e->has_approved)
        hf_buf_addf(&b, " godkjenner referat fra %02d.%02d.%d;", e->approved.day,
                    e->approved.month, e->approved.year);
    if (e->has_deadline)
        hf_buf_addf(&b, " frist %s %02d.%02d.%d;", weekday_name(e->deadline.weekday),
                    e->deadline.day, e->deadline.month, e->deadline.year);
    hf_buf_cut(&b, b.len - (b.data[b.len - 1] == ';'));
    m->date_note = hf_arena_strdup(&m->arena, b.data, b.len);
    hf_buf_release(&b);
}

static void doubt_printed(const struct evidence *e, struct hf_minutes *m)
{
    int best = e->printed;
    double stands = agreement(e, e->printed), top = stands;
    for (int year = e->printed - 2; year <= e->printed + 2; year++) {
        double score = agreement(e, year);
        if (score > top) {
            top = score;
            best = year;
        }
    }
    if (best != e->printed && top - stands >= 2.5 && top > 1) {
        m->year = best;
        explain(e, m, best);
    } else if (e->weekday && day_weekday(e->printed, e->month, e->day) != e->weekday) {
        m->date_note =
            hf_arena_printf(&m->arena, "trykt %s, men dagen var en %s", m->date_printed,
                            weekday_name(day_weekday(e->printed, e->month, e->day)));
    }
}

/* A day is printed without its year: the cases, the approved minutes and the weekday know
 * it. */
static void find_year(const struct evidence *e, struct hf_minutes *m)
{
    int from = newest_year(e), best = m->year;
    if (!from && e->has_approved) from = e->approved.year;
    if (!from && !best) return;
    if (!best) {
        double top = -100;
        for (int year = from - 1; year <= from + 1; year++) {
            double score = agreement(e, year);
            if (score <= top) continue;
            top = score;
            best = year;
        }
    }
    m->year = best;
    if (!e->month) return;
    m->date = hf_arena_printf(&m->arena, "%04d-%02d-%02d", best, e->month, e->day);
    m->date_note =
        hf_arena_printf(&m->arena, "året er ikke trykt i datoen; %d går fram av %s", best,
                        newest_year(e) == best ? "saksnumrene" : "dokumentet");
}

void minutes_year(const struct minutes_cues *cues, const struct text_doc *doc,
                  struct hf_minutes *m)
{
    struct evidence e;
    (void)cues;
    (void)doc;
    gather(&e, m);
    bool report = m->kind && !strcmp(m->kind, "report");
    if (e.printed && !report)
        doubt_printed(&e, m);
    else if (!m->date && !report)
        find_year(&e, m);
    if (!m->year)
        hf_strings_add(&m->warnings, "årstallet går ikke fram av dokumentet");
    else if (!m->date && !report)
        hf_strings_add(&m->warnings, "datoen går ikke fram av dokumentet");
}
