#include "minutes_proposals.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_votes.h"

#define MAX_BEFORE    600 /* bytes of a paragraph that can be a proposal */
#define MAX_PROPOSALS 64  /* each told vote is compared with all of them */

void proposals_release(struct proposals *p)
{
    for (size_t i = 0; i < p->n; i++) free(p->at[i].items.at);
    free(p->at);
    free(p->passed);
    memset(p, 0, sizeof *p);
}

void proposals_add(struct proposals *p, const char *label, const char *text,
                   const struct hf_strings *items)
{
    if (p->n >= MAX_PROPOSALS) return;
    p->at = hf_grow(p->at, &p->cap, p->n, sizeof *p->at);
    struct proposal *new = &p->at[p->n++];
    memset(new, 0, sizeof *new);
    new->label = label;
    new->text = text;
    for (size_t i = 0; items->n > 1 && i < items->n; i++)
        hf_strings_add(&new->items, items->at[i]);
}

/* How many words of the label stand in what was voted on: names and numbers count, and
 * the kind of proposal. */
static int likeness(const char *label, const char *text, size_t len)
{
    int n = 0;
    for (size_t i = 0; label[i];) {
        size_t end = i + strcspn(label + i, " .,:()");
        bool tells =
            (label[i] >= '0' && label[i] <= '9') || text_starts_upper(label + i, end - i);
        if (end - i > 3 || (end > i && tells)) {
            size_t stem = end - i > 7 ? 7 : end - i; /* Innstilling, innstillingen */
            for (size_t k = 0; k + stem <= len; k++)
                if (!strncasecmp(text + k, label + i, stem) &&
                    (!k || text[k - 1] == ' ')) {
                    n += tells && i ? 3 : 1;
                    break;
                }
        }
        i = end + (label[end] != 0);
    }
    return n;
}

/* The proposal that a sentence speaks of: the likest, else the last that still stands. */
static size_t pick(const struct proposals *p, const char *text, size_t len)
{
    size_t best = SIZE_MAX;
    int top = -1;
    for (size_t i = 0; i < p->n; i++) {
        bool taken = p->at[i].fell;
        for (size_t k = 0; k < p->n_passed; k++) taken |= p->passed[k].proposal == i;
        int score = taken ? -1 : likeness(p->at[i].label, text, len);
        if (score < top || score < 0) continue;
        top = score;
        best = i;
    }
    return best;
}

static void note(struct proposals *p, const struct vote *v, const char *sentence,
                 size_t para)
{
    size_t i = pick(p, sentence, v->subject_end);
    if (!v->decided) return;
    if (!v->passed) {
        if (i != SIZE_MAX) p->at[i].fell = true;
        return;
    }
    p->passed = hf_grow(p->passed, &p->cap_passed, p->n_passed, sizeof *p->passed);
    p->passed[p->n_passed++] = (struct passed){i, sentence, para};
}

bool proposals_vote(struct proposals *p, const struct case_text *t, size_t para,
                    const char *text, size_t len, bool is_below, const char **votes)
{
    const struct cue_table *words = cues_table(t->cues, "votes");
    bool any = false;
    *votes = NULL;
    for (size_t at = 0, end; at < len && p->n_passed < 100; at = end) {
        struct vote v;
        end = text_sentence_end(text, len, at);
        if (end <= at) break;
        size_t from = at + text_trim_left(text + at, end - at);
        size_t n = text_trim_right(text + from, end - from);
        if (is_below ? !vote_told_below(words, text + from, n, &v)
                     : !vote_told(words, text + from, n, &v))
            continue;
        any = true;
        const char *sentence = hf_arena_strdup(&t->m->arena, text + from, n);
        if (v.decided && v.passed) *votes = sentence;
        note(p, &v, sentence, para);
    }
    return any;
}

size_t proposals_text_end(const struct case_text *t, const char *text, size_t len)
{
    struct vote v;
    size_t cut = len;
    for (size_t at = 0, end; at < len; at = end) {
        end = text_sentence_end(text, len, at);
        if (end <= at) break;
        size_t from = at + text_trim_left(text + at, end - at);
        bool told = vote_told_below(cues_table(t->cues, "votes"), text + from,
                                    text_trim_right(text + from, end - from), &v);
        if (told && cut == len) cut = at;
        if (!told) cut = len;
    }
    return cut ? cut : len;
}

const char *proposals_text_before(const struct case_text *t, size_t para)
{
    struct vote v;
    const struct para *before = para ? &t->at[para - 1] : NULL;
    if (!before || before->len < 12 || before->len > MAX_BEFORE ||
        before->block->is_heading ||
        vote_told(cues_table(t->cues, "votes"), before->text, before->len, &v))
        return NULL;
    return hf_arena_strdup(&t->m->arena, before->text, before->len);
}

void proposals_find_votes(const struct case_text *t)
{
    const struct cue_table *words = cues_table(t->cues, "votes");
    for (size_t i = 0; i < t->c->n_decisions; i++) {
        struct hf_decision *d = &t->c->decisions[i];
        size_t start, end, len = d->text ? strlen(d->text) : 0;
        if (d->votes || len > 400 || !vote_phrase(words, d->text, len, &start, &end))
            continue;
        d->votes = hf_arena_strdup(&t->m->arena, d->text + start, end - start);
    }
}
