/* Cuts the paragraphs of a case at labels. */
#include "minutes_cut.h"
#include "minutes_deadline.h"
#include "minutes_votes.h"

#include <string.h>

/* A hostile file must not cost more than its size. */
#define MAX_SCANNED ((size_t)256 * 1024)

static void add_section(struct sections *s, size_t para, size_t at, const struct label *l)
{
    if (s->n >= CUT_MAX) return;
    s->at = hf_grow(s->at, &s->cap, s->n, sizeof *s->at);
    s->at[s->n++] = (struct section){para, at, *l, false};
}

bool label_decides(enum label_class c)
{
    return c == LABEL_DECISION || c == LABEL_DONE || c == LABEL_ADVICE ||
           c == LABEL_FOLLOWUP;
}

/* "Vedtak SSU tar saken til orientering.": the colon was forgotten, and the body is no
 * part of the label. */
static bool is_label_before_body(const struct para *p, size_t skip, struct label *l)
{
    const char *text = p->text + skip;
    size_t len = p->len - skip, word = text_until(text, len, " "), rest = l->end;
    if (l->class != LABEL_DECISION || l->n_words != 2 || l->has_colon || l->is_alone)
        return false;
    if (word + 2 >= len || text[len - 1] != '.' || text[word + 2] > 'Z') return false;
    rest += text_trim_left(text + rest, len - rest);
    size_t verb = text_until(text + rest, len - rest, " .");
    if (verb < 3 || !text_starts_lower(text + rest, verb) ||
        text[rest + verb - 1] != 'r' || !memcmp(text + rest, "har", 3))
        return false;
    l->end = word;
    l->rest = word + 1;
    l->votes = l->votes_end = 0;
    return true;
}

/* A label at the start of a paragraph needs a colon, or the line for itself, or to be set
 * in bold; a decision's also a full stop or dash, or a sentence that follows at once. */
static bool is_label_at_start(const struct para *p, size_t skip, const struct label *l)
{
    if (l->has_colon) return true;
    if (l->is_alone && l->class == LABEL_OTHER) /* a point of a list is no heading */
        return !l->is_stopped && p->len < 40 && !skip && !p->block->is_point;
    if (l->is_alone) return true;
    size_t bold =
        p->is_joined || p->block->bold_to <= p->at ? 0 : p->block->bold_to - p->at;
    if (bold && bold >= skip + l->end && bold <= skip + l->rest + 1) return true;
    if (!label_decides(l->class) && l->class != LABEL_PROPOSAL) return false;
    const char *rest = p->text + skip + l->rest;
    size_t len = p->len - skip - l->rest;
    if (!text_starts_upper(rest, len) || l->class == LABEL_FOLLOWUP) return false;
    if (l->is_stopped) return true;
    return l->class == LABEL_DECISION && l->n_words == 1 && p->text[p->len - 1] == '.';
}

/* Inside a paragraph a heading that is no decision must follow a full stop. */
static bool is_label_inside(const struct para *p, size_t at, const struct label *l)
{
    if (label_decides(l->class) || l->class == LABEL_PROPOSAL ||
        l->class == LABEL_COUNTER)
        return true;
    size_t before = text_trim_right(p->text, at);
    if (!before) return true;
    if (l->class == LABEL_DEADLINE && before > 1 &&
        (strchr(",|*_", p->text[before - 1]) ||
         !memcmp(p->text + before - 2, "\xc2\xb7", 2)))
        return true; /* "Ansvar: Kari Nordmann · Frist: 1. mai" */
    return strchr(".!?;)(", p->text[before - 1]) != NULL || p->text[at - 1] == '\n';
}

static void find_bold(struct sections *s, const struct case_text *t, size_t i,
                      size_t from)
{
    const struct para *p = &t->at[i];
    struct label l;
    if (p->is_joined) return;
    size_t base = p->block->offset + p->at;
    for (size_t k = 0; k < p->block->cell->n_spans && k < CUT_MAX; k++) {
        const struct text_span *span = &p->block->cell->spans[k];
        if (!span->is_bold || span->start < base + from || span->end > base + p->len)
            continue;
        size_t at = span->start - base, len = span->end - span->start;
        if (!label_parse(cues_table(t->cues, "decisions"), p->text + at, len, &l))
            continue;
        if (l.has_colon || !l.is_alone || !label_decides(l.class)) continue;
        l.rest = l.end + text_trim_left(p->text + at + l.end, p->len - at - l.end);
        l.is_alone = at + l.rest >= p->len;
        add_section(s, i, at, &l);
    }
}

/* "Til beslutning" below the title: what kind of case it is. */
static bool is_kind_line(const struct case_text *t, const struct para *p)
{
    const char *kind = NULL;
    if (p->len < 24 && p->len > 4 && !strncasecmp(p->text, "til ", 4))
        kind = case_kind_of(t->cues, p->text + 4, p->len - 4);
    if (kind && !t->c->kind) t->c->kind = kind;
    return kind != NULL;
}

/* "Ansvarlig for oppfølging er Kari Nordmann, frist 1. mai.": a sentence that says what a
 * label would. */
static bool case_said(const struct case_text *t, const struct para *p, size_t at,
                      struct label *l)
{
    const struct cue_table *labels = cues_table(t->cues, "decisions");
    const char *text = p->text + at;
    size_t len = p->len - at, verb = 0;
    if (strncasecmp(text, "ansvar", len < 6 ? len : 6) != 0 || len < 16) return false;
    if (!label_parse(labels, text, len, l) || l->class != LABEL_RESPONSIBLE) return false;
    size_t end = text_sentence_end(text, len, 0);
    for (size_t i = l->end; i + 4 < end && i < l->end + 80 && !verb; i++)
        if (!strncmp(text + i, " er ", 4) || !strncmp(text + i, " blir ", 6) ||
            !strncmp(text + i, " vert ", 6))
            verb = i + (text[i + 1] == 'e' ? 4 : 6);
    if (!verb) return false;
    size_t to = verb;
    while (to < end && strncmp(text + to, ", frist", 7) != 0) to++;
    if (!case_is_names(t, text + verb, to - verb)) return false;
    l->rest = verb;
    l->is_sentence = true;
    l->is_alone = false;
    return true;
}

/* "SSU vedtok planen enstemmig." below the proposal: told of the meeting. */
static bool tells_act(const char *text, size_t len)
{
    static const char *const verbs[] = {"vedtok ",         "godkjente ",     "godkjende ",
                                        "besluttet ",      "beslutta ",      "støttet ",
                                        "sluttet seg til", "slutta seg til", "støtta "};
    static const char *const bodies[] = {"utvalget", "utvalet", "møtet",
                                         "samarbeidsutvalget", "samarbeidsutvalet"};
    size_t n = 0;
    while (n < len && n < 6 && text[n] >= 'A' && text[n] <= 'Z') n++;
    if (n < 2) n = 0;
    for (size_t k = 0; !n && k < sizeof bodies / sizeof *bodies; k++)
        n = cue_key_match(bodies[k], text, len);
    if (!n || n + 1 >= len || text[n] != ' ') return false;
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (cue_key_match(verbs[k], text + n + 1, len - n - 1)) return true;
    return false;
}

/* "Marit Eira ble enstemmig valgt." below whom the proposal named. */
static bool tells_choice(const struct case_text *t, const struct para *p)
{
    const struct cue_table *prose = cues_table(t->cues, "prose");
    struct cue_match hit;
    if (p->len > 200 || !case_elects(t)) return false;
    for (size_t at = 0; cue_find(prose, p->text, p->len, at, &hit); at = hit.end)
        if (!strcmp(hit.value, "chosen")) return true;
    return false;
}

/* A name or names alone in the last line below a decision, or above its deadline: who
 * follows up. */
static bool is_names_below(const struct sections *s, const struct case_text *t, size_t i)
{
    const struct cue_table *labels = cues_table(t->cues, "decisions");
    const struct para *p = &t->at[i], *above = i ? p - 1 : p, *below = p + 1;
    struct label l;
    if (!i || !s->n || s->at[s->n - 1].para == i || p->len > 80) return false;
    if (!label_decides(s->at[s->n - 1].l.class) || s->at[s->n - 1].is_bare) return false;
    if (p->block->is_row || p->block->is_point || block_bullet(p->text, p->len))
        return false;
    if (i + 1 < t->n ? !label_parse(labels, below->text, below->len, &l) ||
                           !l.has_colon || l.class != LABEL_DEADLINE
                     : t->is_last)
        return false;
    return above->len && above->text[above->len - 1] == '.' &&
           case_is_names(t, p->text, p->len);
}

/* "Frist 1. mai.": the colon is not always there. */
static bool is_deadline_line(const struct para *p)
{
    struct date_found d;
    return p->len > 8 && p->len < 50 && !strncasecmp(p->text, "frist ", 6) &&
           date_find(p->text + 6, p->len - 6, 0, &d) && !d.start;
}

/* The same as a label and its text, where no label is printed. */
/* "Møtet besluttet:" */
static bool is_decision_label(const struct case_text *t, const struct para *p)
{
    struct label l;
    return label_parse(cues_table(t->cues, "decisions"), p->text, p->len, &l) &&
           l.has_colon && label_decides(l.class);
}

/* "Forslag 2: Helse Fonna betaler." */
static bool is_numbered_proposal(const struct case_text *t, const struct para *p,
                                 struct label *l)
{
    struct cue_match hit;
    if (!cue_here(cues_table(t->cues, "votes"), p->text, p->len, &hit) ||
        strcmp(hit.value, "subject") != 0)
        return false;
    size_t at = hit.end;
    while (at < p->len && strchr(" nr.", p->text[at])) at++;
    size_t digits = strspn(p->text + at, "0123456789ABC");
    if (!digits || digits > 2 || at + digits >= p->len || p->text[at + digits] != ':')
        return false;
    *l = (struct label){.class = LABEL_COUNTER, .end = at + digits, .has_colon = true};
    l->rest = l->end + 1 + text_trim_left(p->text + l->end + 1, p->len - l->end - 1);
    return true;
}

/* "Forslaget fikk 6 stemmer og er dermed vedtatt.": the votes; with a colon, what was
 * passed stands below. */
static bool is_vote(const struct case_text *t, const struct para *p, struct label *l)
{
    const struct cue_table *words = cues_table(t->cues, "votes");
    struct vote v;
    size_t end = text_sentence_end(p->text, p->len, 0);
    if (!vote_told(words, p->text, end, &v)) return false;
    l->class = LABEL_VOTES;
    if (!v.passed || !v.ends_in_colon || end < p->len) return true;
    l->class = LABEL_DONE;
    l->has_colon = l->is_alone = true;
    l->end = text_trim_right(p->text, p->len) - 1;
    l->rest = p->len;
    if (!vote_phrase(words, p->text, l->end, &l->votes, &l->votes_end))
        l->votes = l->votes_end = 0;
    return true;
}

static bool cut_without_label(struct sections *s, const struct case_text *t, size_t i)
{
    const struct para *p = &t->at[i];
    const struct section *last = s->n ? &s->at[s->n - 1] : NULL;
    struct label l;
    memset(&l, 0, sizeof l);
    if (is_kind_line(t, p)) return true;
    if (is_names_below(s, t, i))
        l.class = LABEL_RESPONSIBLE;
    else if (is_deadline_line(p))
        l = (struct label){.class = LABEL_DEADLINE, .end = 5, .rest = 6};
    else if (last && last->l.class == LABEL_PROPOSAL && last->para < i &&
             !is_decision_label(t, p) &&
             (tells_act(p->text, p->len) || tells_choice(t, p)))
        l.class = LABEL_OTHER;
    else if (is_decision_label(t, p) ||
             (!is_numbered_proposal(t, p, &l) && !is_vote(t, p, &l)))
        return false;
    add_section(s, i, 0, &l);
    return true;
}

void case_cut(struct sections *s, const struct case_text *t, size_t i)
{
    const struct cue_table *labels = cues_table(t->cues, "decisions");
    const struct para *p = &t->at[i];
    size_t skip = block_bullet(p->text, p->len), from = 1;
    struct label l;
    const struct section *last = s->n ? &s->at[s->n - 1] : NULL;
    bool named = last && i && last->para == i - 1 && last->l.class == LABEL_DECISION &&
                 last->l.is_alone && !last->is_bare; /* "Vedtak:", below it "Godkjent" */
    if (label_bare_approval(p->text, p->len) && i < 6 && !named) {
        memset(&l, 0, sizeof l);
        l.class = LABEL_DECISION;
        l.end = label_bare_approval(p->text, p->len);
        add_section(s, i, 0, &l);
        if (s->n) s->at[s->n - 1].is_bare = true;
        return;
    }
    if (s->n && s->at[s->n - 1].l.class == LABEL_PROPOSAL &&
        label_is_as_proposed(p->text, p->len) && !is_decision_label(t, p)) {
        memset(&l, 0,
               sizeof l); /* "Forslaget ble enstemmig vedtatt." below the proposal */
        l.class = LABEL_VOTES;
        add_section(s, i, 0, &l);
        return;
    }
    if (cut_without_label(s, t, i)) return;
    if (label_parse(labels, p->text + skip, p->len - skip, &l) &&
        (is_label_at_start(p, skip, &l) || is_label_before_body(p, skip, &l))) {
        add_section(s, i, skip, &l);
        from = skip + l.rest;
    }
    size_t before = s->n, at;
    if (from == 1 && case_said(t, p, skip, &l)) {
        add_section(s, i, skip, &l);
        from = skip + l.rest;
        before = SIZE_MAX;
    }
    size_t len = p->len > MAX_SCANNED ? MAX_SCANNED : p->len;
    for (; from < len && label_find(labels, p->text, len, from, &at, &l);
         from = at + l.rest)
        if (is_label_inside(p, at, &l)) add_section(s, i, at, &l);
    if (before == s->n) find_bold(s, t, i, from > 1 ? from : 1);
}
