/* Bare numbers as cases: "1. Godkjenning av innkalling (B)". Points of a decision look
 * the same, so the whole document is asked for the best run 1, 2, 3 ...: each line has a
 * weight for how much it looks like a title, and the heaviest run wins. */
#include <stdlib.h>
#include <string.h>

#include "minutes_find.h"
#include "minutes_label.h"

#define MAX_NUMBER 200

struct run {
    int weight;
    int last; /* index into starts, -1 none */
};

static bool has_kind_bracket(const struct minutes_cues *cues, const struct block *b)
{
    if (b->len < 3 || b->text[b->len - 1] != ')') return false;
    size_t i = b->len - 1;
    while (i && b->text[i] != '(' && b->len - i < 40) i--;
    if (b->text[i] != '(') return false;
    struct cue_match hit;
    return cue_is_whole(cues_table(cues, "kinds"), b->text + i + 1, b->len - i - 2, &hit);
}

/* True if a decision label stands a few lines above with nothing but points between, the
 * first of them 1. */
static bool is_point_of_decision(const struct minutes_cues *cues,
                                 const struct block_list *list, size_t block)
{
    const struct cue_table *t = cues_table(cues, "decisions");
    struct label l;
    if (list->at[block].blank_before) return false;
    for (size_t k = block, steps = 0; k-- > 0 && steps < 8; steps++) {
        const struct block *b = &list->at[k];
        if (label_parse(t, b->text, b->len, &l) && (l.has_colon || l.is_alone))
            return l.is_alone ||
                   (list->at[k + 1].text[0] == '1' && list->at[k + 1].text[1] != '0');
        if (list->at[k + 1].blank_before > 0 || !block_point(b->text, b->len))
            return false;
    }
    return false;
}

static int weight_of(const struct minutes_cues *cues, const struct block_list *list,
                     const struct case_start *c)
{
    const struct block *b = &list->at[c->block];
    int w = 2;
    if (b->is_heading || b->bold_to + 2 >= b->len)
        w += 4;
    else if (b->bold_to)
        w += 2;
    if (has_kind_bracket(cues, b)) w += 4;
    if (b->blank_before) w += 2;
    if (b->is_row && c->n.rest >= b->len) w += 3;
    if (b->len && b->text[b->len - 1] == '.') w -= 3;
    if (b->len - c->n.rest > 140) w -= 2;
    if (is_point_of_decision(cues, list, c->block)) w -= 6;
    return w;
}

size_t bare_numbers_choose(const struct minutes_cues *cues, const struct block_list *list,
                           struct case_start *starts, size_t n)
{
    struct run best[MAX_NUMBER + 1];
    int *before = hf_xcalloc(n + 1, sizeof *before);
    int top = 0;
    for (size_t k = 0; k <= MAX_NUMBER; k++) best[k] = (struct run){0, -1};
    for (size_t i = 0; i < n; i++) {
        int a = starts[i].n.a;
        before[i] = -1;
        if (starts[i].is_dropped || starts[i].n.b >= 0 || a < 1 || a > MAX_NUMBER)
            continue;
        int w = weight_of(cues, list, &starts[i]);
        const struct run *from = &best[a - 1];
        if (a > 1 && from->last < 0) continue;
        if (from->weight + w < best[a].weight && best[a].last >= 0) continue;
        best[a] = (struct run){from->weight + w, (int)i};
        before[i] = a > 1 ? from->last : -1;
    }
    for (int k = 1; k <= MAX_NUMBER; k++)
        if (best[k].last >= 0 && best[k].weight > best[top].weight) top = k;
    for (size_t i = 0; i < n; i++)
        if (starts[i].n.b < 0) starts[i].is_dropped = true;
    size_t length = 0;
    for (int i = top ? best[top].last : -1; i >= 0; i = before[i]) {
        starts[i].is_dropped = false;
        length++;
    }
    free(before);
    return length;
}
