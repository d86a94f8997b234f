/* Decisions in prose: «Referatet fra 14. september ble godkjent uten merknader.» A
 * sentence is one only if the words say so by themselves (stopwords/cues_prose.tsv) and
 * nothing in it takes them back. Better to miss one than to invent one. */
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_case.h"
#include "minutes_votes.h"

#define MAX_SENTENCE 420
#define MAX_SCANNED  ((size_t)256 * 1024)

struct signs {
    size_t subject, approve, body_end, taker; /* offsets + 1, 0 = not there */
    bool acts, is_clear, is_probable, has_veto, chooses, thanks;
};

/* "SSU takker for orienteringen og ber om ...": after the thanks, what is wanted. */
static void note_wish(struct signs *s, const char *text, const char *use, size_t at)
{
    if (!strcmp(use, "thank") && s->body_end && at < s->body_end + 3)
        s->thanks = true;
    else if (s->thanks && at > 4 && !memcmp(text + at - 4, " og ", 4) &&
             (!strcmp(use, "wish") || !strcmp(use, "act") || !strcmp(use, "taker")))
        s->acts = true;
}

static void note(struct signs *s, const char *use, size_t at, size_t end)
{
    if (!strcmp(use, "subject") && !s->subject && at < 70)
        s->subject = at + 1;
    else if (!strcmp(use, "approve") && s->subject && !s->approve)
        s->approve = at + 1;
    else if (!strcmp(use, "approve") && s->body_end && at < s->body_end + 3)
        s->acts = true;
    else if (!strcmp(use, "body") && at < 4)
        s->body_end = end + 1;
    else if (!strcmp(use, "act") && s->body_end && at < s->body_end + 3)
        s->acts = true;
    else if (!strcmp(use, "agree") && s->body_end && at < s->body_end + 3)
        s->is_probable = true;
    else if (!strcmp(use, "clear"))
        s->is_clear = true;
    else if (!strcmp(use, "taker") && !s->taker)
        s->taker = at + 1;
    else if (!strcmp(use, "notice"))
        s->is_clear |= s->taker && at < s->taker + 60;
    else if (!strcmp(use, "first") && at < 3)
        s->is_clear = true;
    else if (!strcmp(use, "probable") && at < 4)
        s->is_probable = true;
    else if (!strcmp(use, "chosen"))
        s->chooses = true;
    else if (!strcmp(use, "elsewhere"))
        s->has_veto = true; /* "godkjent av styret": whatever stands before */
    else if (!strcmp(use, "veto")) {
        /* what comes after the decision does not take it back */
        bool decided = s->approve || s->acts || s->is_clear || s->is_probable;
        s->has_veto |= !decided;
    }
}

static void read_signs(const struct cue_table *prose, const char *text, size_t len,
                       struct signs *s)
{
    struct cue_match hit;
    memset(s, 0, sizeof *s);
    for (size_t at = 0; at < len;) {
        if (!cue_find(prose, text, len, at, &hit)) return;
        note(s, hit.value, hit.start, hit.end);
        note_wish(s, text, hit.value, hit.start);
        at = hit.end > at ? hit.end : at + 1;
    }
}

static void add(struct case_text *t, const struct para *p, const char *text, size_t len,
                bool probable)
{
    struct hf_decision *d = hf_case_add_decision(t->c);
    const struct text_line *line = &t->doc->lines[p->block->line];
    d->text = hf_arena_strdup(&t->m->arena, text, len);
    d->implicit = true;
    d->probable = probable;
    d->page = line->page;
    d->line = line->line;
}

/* «Ola Nordmann ble valgt» is a decision where the case is an election. */
bool case_elects(const struct case_text *t)
{
    static const char *const words[] = {"Valg ", "Val av", "Oppnevn", "Oppnemn",
                                        "Konstituer"};
    size_t len = t->c->title ? strlen(t->c->title) : 0;
    if (len && (!strcasecmp(t->c->title, "Val") || !strcasecmp(t->c->title, "Valg")))
        return true;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (len > strlen(words[k]) &&
            !strncasecmp(t->c->title, words[k], strlen(words[k])))
            return true;
    return false;
}

/* "Samrøystes godkjent.": bytes of the first word and its blank. */
static size_t unanimously(const char *text, size_t len)
{
    static const char *const words[] = {"samrøystes ", "enstemmig ", "einstemmig ",
                                        "samstemmig "};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        size_t n = cue_key_match(words[k], text, len);
        if (n && n < len) return n;
    }
    return 0;
}

static void read_sentence(struct case_text *t, const struct para *p, const char *text,
                          size_t len)
{
    size_t skip = text_trim_left(text, len);
    text += skip;
    len = text_trim_right(text, len - skip);
    skip = block_bullet(text, len);
    if (!skip) skip = block_point(text, len);
    text += skip;
    len -= skip;
    if (len < 6 || len > MAX_SENTENCE || text[len - 1] == '?' || text[len - 1] == ':')
        return;
    struct signs s;
    struct vote vote;
    size_t votes = unanimously(text, len);
    if (vote_told(cues_table(t->cues, "votes"), text, len, &vote)) {
        if (vote.decided && vote.passed) add(t, p, text, len, false);
        return; /* a proposal that fell is no decision */
    }
    if (len < 40 && (text[len - 1] == '.' || votes) &&
        label_bare_approval(text + votes, len - votes)) {
        add(t, p, text, len, false); /* "Ingen merknader. Godkjent." */
        return;
    }
    read_signs(cues_table(t->cues, "prose"), text, len, &s);
    if (s.has_veto) return;
    if (len < 12 && !s.is_clear) return;
    if (s.chooses && case_elects(t)) s.is_clear = true;
    if (s.approve || s.acts || s.is_clear)
        add(t, p, text, len, false);
    else if (s.is_probable)
        add(t, p, text, len, true);
}

/* "Til orientering.": the last line of a case, below its text. */
static bool is_bare_notice(const struct case_text *t, const struct para *p)
{
    struct cue_match hit;
    size_t len = p->len;
    while (len && strchr(" .", p->text[len - 1])) len--;
    return p->len < 28 && len < p->len && p == &t->at[t->n - 1] && t->n > 1 &&
           cue_is_whole(cues_table(t->cues, "prose"), p->text, len, &hit) &&
           !strcmp(hit.value, "notice");
}

void case_implicit(struct case_text *t, size_t from, size_t to)
{
    if (to > from && to == t->n && is_bare_notice(t, &t->at[to - 1]))
        add(t, &t->at[to - 1], t->at[to - 1].text, t->at[to - 1].len, false);
    for (size_t i = from; i < to; i++) {
        const struct para *p = &t->at[i];
        for (size_t at = 0; at < p->len && at < MAX_SCANNED && t->c->n_decisions < 100;) {
            size_t end = text_sentence_end(p->text, p->len, at);
            if (p->text[at] != '\xc2') read_sentence(t, p, p->text + at, end - at);
            at = end;
        }
    }
}

bool sentence_approves(const struct minutes_cues *cues, const char *text, size_t len)
{
    struct signs s;
    if (len > MAX_SENTENCE || len < 12 || text[len - 1] != '.') return false;
    read_signs(cues_table(cues, "prose"), text, len, &s);
    return s.approve && !s.has_veto && s.subject < 14;
}
