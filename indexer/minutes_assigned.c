/* Who does what by when, said in a sentence: «Sekretariatet sender ut planen innen
 * 1. mars.» The words are in stopwords/cues_tasks.tsv. A task without a deadline is no
 * more than what minutes say everywhere, and names nobody responsible. */
#include <string.h>

#include "minutes_case.h"
#include "minutes_deadline.h"

#define MAX_WHO  90 /* bytes */
#define MAX_WHEN 60
#define MAX_SAID 400 /* a longer sentence tells more than a task */

struct said {
    const char *who, *when;
    size_t who_len, when_len;
};

static const struct cue_table *tasks(const struct case_text *t)
{
    return cues_table(t->cues, "tasks");
}

/* Where the search goes on after a match. */
static size_t past(const struct cue_match *hit, size_t at)
{
    return hit->end > at ? hit->end : at + 1;
}

/* "AU", "FSU barn og unge", "UNN Harstad": letters that stand for a body. */
static bool is_acronym(const char *text, size_t len)
{
    size_t n = text_until(text, len, " -/");
    size_t upper = 0;
    while (upper < n && text[upper] >= 'A' && text[upper] <= 'Z') upper++;
    return n > 1 && upper == n;
}

/* "Nordby kommune", "Klinisk samarbeidsutvalg", "Helse Fonna". */
static bool is_organisation(const struct case_text *t, const char *text, size_t len)
{
    struct cue_match hit;
    static const char *const ends[] = {" kommune", " HF", " kommuner", " DPS", " bydel"};
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
        size_t n = strlen(ends[k]);
        if (len > n && !memcmp(text + len - n, ends[k], n)) return true;
    }
    if (cue_here(cues_registry_names(t->cues), text, len, &hit) && hit.end == len)
        return true;
    if (cue_here(cues_registry_places(t->cues), text, len, &hit) && hit.end == len)
        return true;
    return cue_here(cues_table(t->cues, "bodies"), text, len, &hit);
}

/* "Nordby kommune v/ Kari Nordmann": the bytes before who speaks for them. */
static size_t before_speaker(const char *text, size_t len)
{
    const char *by = memmem(text, len, " v/", 3);
    if (!by) by = memmem(text, len, " ved ", 5);
    return by ? (size_t)(by - text) : len;
}

/* "Kari og Ola": given names alone. */
static bool is_given_names(const struct case_text *t, const char *text, size_t len)
{
    size_t names = 0;
    for (size_t at = 0; at < len; names++) {
        size_t n = text_until(text + at, len - at, " ,");
        bool joint = names && n == 2 && !memcmp(text + at, "og", 2);
        if (n && !joint && !cues_is_given_name(t->cues, text + at, n)) return false;
        at += n + 1;
    }
    return names > 0;
}

/* Is this who a task may be given to? Not the committee itself in general, but by name.
 */
bool case_is_who(const struct case_text *t, const char *text, size_t len)
{
    struct cue_match hit;
    if (len < 2 || len > MAX_WHO) return false;
    if (memchr(text, ':', len) || memchr(text, '.', len)) return false;
    len = before_speaker(text, len);
    if (cue_here(tasks(t), text, len, &hit) && !strcmp(hit.value, "who")) return true;
    if (!text_starts_upper(text, len)) return false;
    if (is_given_names(t, text, len)) return true;
    if (case_is_names(t, text, len) || is_acronym(text, len)) return true;
    return is_organisation(t, text, len);
}

/* The words of a time from `at` on: "utgangen av mai 2024", "uke 24", "neste møte". */
static size_t time_end(const struct case_text *t, const char *text, size_t len, size_t at)
{
    struct cue_match hit;
    struct date_found d;
    size_t end = 0;
    for (size_t i = at; i < len && i < at + MAX_WHEN;) {
        size_t blank = text_trim_left(text + i, len - i);
        i += end ? blank : 0;
        size_t word = text_until(text + i, len - i, " ,.;)\n");
        if (date_find(text, len, i, &d) && d.start == i)
            i = d.end;
        else if (cue_here(tasks(t), text + i, len - i, &hit) &&
                 !strcmp(hit.value, "time"))
            i += hit.end;
        else if (end && word == 4 && text[i] == '2' && text[i + 1] == '0')
            i += word;
        else if (end && word && word < 3 && text[i] >= '0' && text[i] <= '9')
            i += word;
        else
            break;
        end = i;
    }
    return end;
}

/* «innen 1. mars», «før jul»: the deadline in the rest of a sentence. */
static bool find_when(const struct case_text *t, const char *text, size_t len, bool who,
                      struct said *out)
{
    struct cue_match hit;
    for (size_t at = 0; cue_find(tasks(t), text, len, at, &hit); at = past(&hit, at)) {
        bool until = !strcmp(hit.value, "until");
        bool to = who && !strcmp(hit.value, "to");
        if (!until && !to && strcmp(hit.value, "by") != 0) continue;
        size_t from = hit.end + text_trim_left(text + hit.end, len - hit.end);
        size_t end = time_end(t, text, len, from);
        if (!end) continue;
        struct date_found d;
        bool keeps = until && !(date_find(text, len, from, &d) && d.start == from);
        out->when = text + (keeps ? hit.start : from);
        out->when_len = (size_t)(text + end - out->when);
        return true;
    }
    return false;
}

/* Who is named behind "ber" or "følges opp av": up to what is asked, or the time. */
static bool find_who_behind(const struct case_text *t, const char *text, size_t len,
                            struct said *out)
{
    static const char *const ends[] = {" om ", " å ", " innen ", " innan ", ",", "."};
    size_t n = len;
    struct cue_match hit;
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
        const char *end = memmem(text, n, ends[k], strlen(ends[k]));
        if (end) n = (size_t)(end - text);
    }
    if (cue_here(tasks(t), text, n, &hit) && !strcmp(hit.value, "who") &&
        n > hit.end + 20)
        n = hit.end;
    if (!case_is_who(t, text, n)) return false;
    out->who = text;
    out->who_len = n;
    return true;
}

/* "Ola Nordmann: Lage mandat innen 1. juni" in a list of tasks. */
static bool find_who_with_colon(const struct case_text *t, const char *text, size_t len,
                                struct said *out)
{
    size_t n = text_until(text, len, ":.");
    if (n >= len || n > MAX_WHO || text[n] != ':' || !case_is_names(t, text, n))
        return false;
    out->who = text;
    out->who_len = n;
    return true;
}

/* Who begins the sentence, before the first verb of doing, or stands behind one of
 * asking; NULL if nobody does. The verb's use. */
static const char *find_who(const struct case_text *t, const char *text, size_t len,
                            struct said *out, size_t *after)
{
    struct cue_match hit;
    if (find_who_with_colon(t, text, len, out)) return "does";
    for (size_t at = 1; cue_find(tasks(t), text, len, at, &hit); at = past(&hit, at)) {
        if (hit.start >= MAX_WHO) break;
        bool behind = !strcmp(hit.value, "asked") || !strcmp(hit.value, "through");
        if (!behind && strcmp(hit.value, "does") != 0 && strcmp(hit.value, "takes") != 0)
            continue;
        *after = hit.end;
        size_t from = hit.end + text_trim_left(text + hit.end, len - hit.end);
        if (behind)
            return find_who_behind(t, text + from, len - from, out) ? hit.value : NULL;
        size_t n = text_trim_right(text, hit.start);
        if (!case_is_who(t, text, n) || !text_starts_upper(text, n)) return NULL;
        out->who = text;
        out->who_len = n;
        return hit.value;
    }
    return NULL;
}

/* Where the sentence proper begins, behind bullets and a label with a colon. */
static size_t sentence_begin(const struct case_text *t, const char *text, size_t len)
{
    struct label l;
    size_t at = text_trim_left(text, len), n = block_bullet(text + at, len - at);
    at += n;
    if (label_parse(cues_table(t->cues, "decisions"), text + at, len - at, &l) &&
        l.has_colon)
        at += l.rest;
    at += block_bullet(text + at, len - at);
    return at + block_point(text + at, len - at);
}

struct taken {
    const char *who, *when; /* joined; NULL = none */
    const char *last;       /* who acts last, deadline or not */
    const char *near;       /* who acts in the sentence before, without a time */
    bool is_decided;        /* the sentences stand in or below a decision */
};

static bool is_deadline(const struct case_text *t, const char *text, size_t len)
{
    struct label l;
    size_t at = text_trim_left(text, len);
    return label_parse(cues_table(t->cues, "decisions"), text + at, len - at, &l) &&
           l.class == LABEL_DEADLINE;
}

/* «SSU tar saken til orientering»: nobody's task. */
static bool takes_notice(const struct case_text *t, const char *text, size_t len)
{
    struct cue_match hit;
    for (size_t at = 0; cue_find(tasks(t), text, len, at, &hit); at = past(&hit, at))
        if (!strcmp(hit.value, "notice")) return true;
    return false;
}

static void read_sentence(struct case_text *t, const char *text, size_t len,
                          struct taken *out)
{
    struct said s = {0};
    size_t at = sentence_begin(t, text, len), after = 0;
    const char *use;
    struct cue_match hit;
    const char *near = out->near;
    out->near = NULL;
    if (near && is_deadline(t, text, len)) /* "Ola Haug lager malen. Frist: 1. mai" */
        out->who = case_join(t->m, out->who, near, strlen(near));
    if (at >= len || len - at > MAX_SAID) return;
    text += at;
    len = text_trim_right(text, len - at);
    if (cue_here(tasks(t), text, len, &hit) && !strcmp(hit.value, "through"))
        use = find_who_behind(t, text + hit.rest, len - hit.rest, &s) ? hit.value : NULL;
    else
        use = find_who(t, text, len, &s, &after);
    bool when = find_when(t, text + after, len - after, use != NULL, &s);
    bool for_good = use && (!strcmp(use, "takes") || !strcmp(use, "through")) &&
                    (out->is_decided || case_is_names(t, s.who, s.who_len));
    if (use && takes_notice(t, text, len)) use = NULL;
    if (use && strcmp(use, "asked") != 0)
        out->last = case_join(t->m, NULL, s.who, s.who_len);
    else if (!is_deadline(t, text, len))
        out->last = NULL;
    if (use && !when && !for_good) out->near = out->last;
    if (use && (when || for_good)) out->who = case_join(t->m, out->who, s.who, s.who_len);
    if (when && (use || out->is_decided))
        out->when = case_join(t->m, out->when, s.when, s.when_len);
}

static void read_para(struct case_text *t, const struct para *p, struct taken *out)
{
    for (size_t at = 0, end; at < p->len && at < 8000; at = end) {
        end = text_sentence_end(p->text, p->len, at);
        const char *line = memchr(p->text + at, '\n', end - at);
        if (line) end = (size_t)(line - p->text) + 1;
        read_sentence(t, p->text + at, end - at, out);
    }
}

/* The first paragraph of the labelled decisions; 0 where there are none. */
static size_t first_decided(const struct case_text *t, bool *is_decided)
{
    const struct hf_decision *d = NULL;
    for (size_t i = 0; i < t->c->n_decisions && !d; i++)
        if (t->c->decisions[i].label) d = &t->c->decisions[i];
    *is_decided = d != NULL;
    for (size_t i = 0; d && i < t->n; i++) {
        const struct text_line *l = &t->doc->lines[t->at[i].block->line];
        if (l->page == d->page && l->line == d->line) return i;
    }
    return 0;
}

static bool is_proposal(const struct case_text *t, const struct para *p, bool *is_alone)
{
    struct label l;
    if (!label_parse(cues_table(t->cues, "decisions"), p->text, p->len, &l)) return false;
    *is_alone = l.is_alone;
    return l.class == LABEL_PROPOSAL || l.class == LABEL_COUNTER;
}

void case_assigned(struct case_text *t)
{
    struct hf_case *c = t->c;
    struct taken out = {0};
    if (c->responsible && c->deadline) return;
    for (size_t i = first_decided(t, &out.is_decided); i < t->n; i++) {
        bool alone = false;
        if (is_proposal(t, &t->at[i], &alone))
            i += alone;
        else
            read_para(t, &t->at[i], &out);
    }
    if (!c->responsible && out.who)
        c->responsible = out.who;
    else if (!c->responsible && c->deadline)
        c->responsible = out.last;
    if (!c->deadline) c->deadline = out.when;
}

/* The next " – " or " - " at or after `at`; len if there is none. */
static size_t next_dash(const char *text, size_t len, size_t at)
{
    while (at < len && !(text[at] == ' ' && (!strncmp(text + at, " – ", 5) ||
                                             !strncmp(text + at, " - ", 3))))
        at++;
    return at;
}

void case_take_action(struct case_text *t, const char *text, size_t len)
{
    for (size_t at = 0, n; at < len; at += n + 1) {
        struct said s = {0};
        const char *line = text + at;
        n = text_until(line, len - at, "\n");
        size_t name = next_dash(line, n, 0), last = name;
        if (name >= n || !case_is_names(t, line, name)) continue;
        t->c->responsible = case_join(t->m, t->c->responsible, line, name);
        for (size_t next; (next = next_dash(line, n, last + 1)) < n;) last = next;
        if (find_when(t, line + last, n - last, false, &s))
            t->c->deadline = case_join(t->m, t->c->deadline, s.when, s.when_len);
    }
}

bool case_ends_in_when(const struct case_text *t, const char *text, size_t len)
{
    struct said s = {0};
    while (len && strchr(" .)", text[len - 1])) len--;
    return find_when(t, text, len, false, &s) && s.when + s.when_len == text + len &&
           s.when > text + 4;
}

/* "Kari Nordmann innen 1. mars": a name, and at once the time. */
static bool is_name_and_when(const struct case_text *t, const char *text, size_t len)
{
    struct said s = {0};
    while (len && strchr(" .)", text[len - 1])) len--;
    if (len > 140 || !find_when(t, text, len, false, &s)) return false;
    if (s.when + s.when_len != text + len) return false;
    size_t name = text_trim_right(text, (size_t)(s.when - text));
    size_t last = name;
    while (last && text[last - 1] != ' ') last--;
    struct cue_match hit; /* "innen" is no part of the time's text */
    if (last && cue_is_whole(tasks(t), text + last, name - last, &hit))
        name = text_trim_right(text, last);
    return name < MAX_WHO && case_is_names(t, text, name);
}

bool case_is_who_and_when(const struct case_text *t, const char *text, size_t len)
{
    struct cue_match hit;
    size_t comma = text_until(text, len, ",(");
    size_t words = 1;
    if (is_name_and_when(t, text, len)) return true;
    if (comma >= len || comma > MAX_WHO || len > 140) return false;
    while (len && strchr(" .)", text[len - 1])) len--;
    for (size_t i = 0; i < comma; i++) {
        if (strchr(".;:", text[i])) return false;
        words += text[i] == ' ';
    }
    for (size_t at = 0; cue_find(tasks(t), text, comma, at, &hit); at = past(&hit, at))
        if (!strcmp(hit.value, "does")) return false;
    if (words < 8 && text[comma] == '(' && time_end(t, text, len, comma + 1) == len)
        return true;
    return words < 8 && case_ends_in_when(t, text, len);
}
