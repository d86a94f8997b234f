/* Endings: how words that end so are brought to their lemma, for words that the
 * dictionary lacks. */
#include "mklemma_world.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_TAIL = 8, MIN_COUNT = 3, MAX_CHOICES = 12 };

struct choice {
    uint32_t add; /* string */
    uint8_t cut;
    uint32_t n;
};

struct tail {
    uint32_t text; /* reversed */
    uint32_t n, n_choices;
    struct choice choices[MAX_CHOICES];
};

struct tails {
    uint32_t *slots; /* from 1 */
    size_t n_slots;
    struct tail *v;
    size_t n, cap;
};

static struct tail *tail_of(struct tails *t, uint32_t text)
{
    if (2 * t->n >= t->n_slots) {
        t->n_slots = t->n_slots ? 2 * t->n_slots : 1u << 16;
        free(t->slots);
        t->slots = hf_xcalloc(t->n_slots, sizeof *t->slots);
        for (size_t i = 0; i < t->n; i++) {
            size_t j = t->v[i].text * 2654435761u & (t->n_slots - 1);
            while (t->slots[j]) j = (j + 1) & (t->n_slots - 1);
            t->slots[j] = (uint32_t)i + 1;
        }
    }
    size_t j = text * 2654435761u & (t->n_slots - 1);
    for (; t->slots[j]; j = (j + 1) & (t->n_slots - 1)) {
        if (t->v[t->slots[j] - 1].text == text) return &t->v[t->slots[j] - 1];
    }
    t->v = hf_grow(t->v, &t->cap, t->n, sizeof *t->v);
    memset(&t->v[t->n], 0, sizeof *t->v);
    t->v[t->n].text = text;
    t->slots[j] = (uint32_t)++t->n;
    return &t->v[t->n - 1];
}

static void vote(struct tail *t, uint8_t cut, uint32_t add)
{
    size_t k = 0;
    t->n++;
    while (k < t->n_choices && (t->choices[k].cut != cut || t->choices[k].add != add))
        k++;
    if (k == MAX_CHOICES) return;
    if (k == t->n_choices) t->choices[t->n_choices++] = (struct choice){add, cut, 0};
    t->choices[k].n++;
}

static void learn(struct tails *t, const struct mk_candidate *c)
{
    size_t len = mk_len(c->form), lemma_len = mk_len(c->own), same = 0;
    char form[128], lemma[128],
        reversed[MAX_TAIL + 1]; /* copies: entering strings moves them */
    memcpy(form, mk_text(c->form), len);
    memcpy(lemma, mk_text(c->own), lemma_len);
    while (same < len && same < lemma_len && form[same] == lemma[same]) same++;
    size_t cut = len - same;
    if (cut > MAX_TAIL - 1 || same < 2 || lemma_len - same > 8) return;
    uint32_t add = mk_enter(lemma + same, lemma_len - same);
    for (size_t k = 1; k <= MAX_TAIL && k < len; k++) {
        reversed[k - 1] = form[len - k];
        if (k >= cut) vote(tail_of(t, mk_enter(reversed, k)), (uint8_t)cut, add);
    }
}

static int by_votes(const void *a, const void *b)
{
    const struct choice *x = a, *y = b;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    if (x->cut != y->cut) return x->cut < y->cut ? -1 : 1;
    return strcmp(mk_text(x->add), mk_text(y->add));
}

/* Keeps the choices that count. */
static void settle(struct tail *t)
{
    qsort(t->choices, t->n_choices, sizeof *t->choices, by_votes);
    uint32_t n = 0;
    while (n < t->n_choices && n < 3 &&
           100 * t->choices[n].n >= MK_TAIL_SHARE * t->choices[0].n)
        n++;
    t->n_choices = n;
}

static bool is_same(const struct tail *a, const struct tail *b)
{
    if (a->n_choices != b->n_choices) return false;
    for (size_t i = 0; i < a->n_choices; i++) {
        if (a->choices[i].cut != b->choices[i].cut ||
            a->choices[i].add != b->choices[i].add)
            return false;
    }
    return true;
}

static int by_text(const void *a, const void *b)
{
    const struct tail *x = a, *y = b;
    return strcmp(mk_text(x->text), mk_text(y->text));
}

void mk_learn_tails(struct mk_world *w)
{
    struct tails t = {0};
    for (size_t i = 0; i < w->n_cands; i++) {
        const struct mk_candidate *c = &w->cands[i];
        bool is_again = i && c[-1].form == c->form && c[-1].own == c->own;
        if ((c->flags & MK_CMP) || c->pos > MK_ADJ || is_again ||
            c->own >= w->n_lemma_marks)
            continue;
        learn(&t, c);
    }
    for (size_t i = 0; i < t.n; i++) settle(&t.v[i]);
    struct tail *kept = hf_xmalloc((t.n + 1) * sizeof *kept);
    size_t n = 0;
    for (size_t i = 0; i < t.n;
         i++) { /* a longer tail only where it says something else */
        size_t len = mk_len(t.v[i].text);
        if (t.v[i].n < MIN_COUNT) continue;
        if (len > 1 &&
            is_same(&t.v[i], tail_of(&t, mk_enter(mk_text(t.v[i].text), len - 1))))
            continue;
        kept[n++] = t.v[i];
    }
    qsort(kept, n, sizeof *kept, by_text);
    w->tails = hf_xmalloc((n + 1) * sizeof *w->tails);
    for (size_t i = 0; i < n; i++) {
        struct mk_tail *x = &w->tails[w->n_tails++];
        x->text = kept[i].text;
        x->n = kept[i].n_choices;
        for (size_t k = 0; k < x->n; k++) {
            x->cut[k] = kept[i].choices[k].cut;
            x->add[k] = kept[i].choices[k].add;
        }
    }
    free(kept);
    free(t.v);
    free(t.slots);
}
