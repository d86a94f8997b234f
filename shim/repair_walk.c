/* From a damaged word to the words of the table: a beam over the automata, one letter of
 * the written word at a time. The beam keeps the cheapest paths of each place, so that
 * the work of a word is bounded whatever its letters are. */
#include "repair_model.h"

#include <stdlib.h>
#include <string.h>

#include "status.h"

enum {
    BEAM = 64,        /* paths of a place that are followed */
    BEAM_ROOM = 1536, /* paths of a place that are kept */
    TRAILS_MAX = 60000,
    RULES_HERE = 64,
    MIN_HEAD = 3,
    COMPOUND_COST = 5,
    COST_MAX = 255
};

enum phase { WHOLE, FIRST, HEAD, REST };

struct item {
    uint32_t state, trail;
    uint16_t cost;
    uint8_t phase, len, head, blank;
    bool is_word, was_edited;
};

/* The letters of a path, last first. */
struct trail {
    uint32_t before;
    uint8_t n, letters[4];
};

struct place {
    size_t n;
    struct item at[BEAM_ROOM];
};

struct repair_walk {
    const struct hf_repair_model *m;
    const struct hf_lemmas *l;
    const struct lemma_word *word;
    const struct repair_limits *limits;
    struct trail trails[TRAILS_MAX];
    size_t n_trails;
    struct repair_path paths[REPAIR_PATHS_MAX];
    size_t n_paths;
    const struct repair_rule *here[RULES_HERE];
    size_t n_here;
    struct place places[REPAIR_LETTERS_MAX + 1];
};

struct repair_walk *repair_walk_new(const struct hf_repair_model *m,
                                    const struct hf_lemmas *l)
{
    struct repair_walk *w = hf_xcalloc(1, sizeof *w);
    w->m = m;
    w->l = l;
    return w;
}

void repair_walk_free(struct repair_walk *w)
{
    free(w);
}

static const uint64_t *arcs_of(const struct repair_walk *w, uint8_t phase)
{
    return phase == FIRST ? w->l->mods : w->l->forms;
}

static void put(struct repair_walk *w, size_t place, const struct item *item)
{
    struct place *p = &w->places[place];
    if (item->cost > w->limits->max_cost || item->cost > COST_MAX) return;
    if (p->n < BEAM_ROOM) p->at[p->n++] = *item;
}

/* Follows letters from item and puts what is reached at place; cost is added. */
static void follow(struct repair_walk *w, const struct item *item, const uint8_t *letters,
                   size_t n, size_t place, unsigned cost)
{
    struct item to = *item;
    const uint64_t *arcs = arcs_of(w, item->phase);
    if (item->cost + cost > w->limits->max_cost || w->n_trails == TRAILS_MAX) return;
    if (item->len + n >= HF_READING_ROOM / 2) return;
    for (size_t i = 0; i < n; i++) {
        const uint64_t *a = lemma_arc(arcs, to.state, letters[i]);
        if (!a) return;
        to.is_word = ARC_IS_WORD(*a);
        to.state = ARC_TARGET(*a);
    }
    struct trail *t = &w->trails[w->n_trails];
    t->before = item->trail;
    t->n = (uint8_t)n;
    memcpy(t->letters, letters, n);
    to.trail = (uint32_t)w->n_trails++;
    to.len = (uint8_t)(item->len + n);
    to.cost = (uint16_t)(item->cost + cost);
    put(w, place, &to);
}

/* At the end of a first part the head begins, behind a word another word. */
static void open_second(struct repair_walk *w, const struct item *item, size_t at)
{
    struct item to = *item;
    if (!item->is_word || w->limits->only_whole) return;
    to.state = w->l->header->forms_root;
    to.is_word = false;
    if (item->phase == FIRST) {
        to.phase = HEAD;
        to.head = item->len;
        to.cost = (uint16_t)(to.cost + COMPOUND_COST);
    } else if (item->phase == WHOLE || item->phase == HEAD) {
        to.phase = REST;
        to.blank = item->len;
        to.cost = (uint16_t)(to.cost + w->m->blank);
    } else {
        return;
    }
    put(w, at, &to);
}

/* The rules that what is written at `at` fits, cheapest first. */
static void look_up_rules(struct repair_walk *w, size_t at)
{
    const uint8_t *p = w->word->letters + at;
    size_t left = w->word->len - at;
    w->n_here = 0;
    if (!left) return;
    for (size_t i = w->m->first[*p]; i < w->m->first[*p + 1u]; i++) {
        const struct repair_rule *r = &w->m->rules[i];
        if (r->n_written > left || memcmp(r->written, p, r->n_written)) continue;
        if (w->limits->only_special && !r->is_special) continue;
        if (w->n_here < RULES_HERE) w->here[w->n_here++] = r;
    }
}

static void undo_confusions(struct repair_walk *w, const struct item *item, size_t at)
{
    const uint8_t *p = w->word->letters + at;
    size_t left = w->word->len - at;
    for (size_t i = 0; i < w->n_here; i++) {
        const struct repair_rule *r = w->here[i];
        if (item->cost + r->cost > w->limits->max_cost) break; /* sorted by cost */
        if (r->at_start && item->len) continue;
        follow(w, item, r->meant, r->n_meant, at + r->n_written, r->cost);
    }
    if (w->limits->only_special) return;
    if (left > 1 && p[0] == p[1]) follow(w, item, p, 1, at + 2, w->m->redouble);
    uint8_t twice[2] = {*p, *p};
    follow(w, item, twice, 2, at + 1, w->m->undouble);
}

/* Any one letter replaced, lost or added. */
static void undo_any(struct repair_walk *w, const struct item *item, size_t at)
{
    struct item edited = *item;
    if (item->was_edited) return;
    edited.was_edited = true;
    if (at < w->word->len && item->len) {
        edited.cost = (uint16_t)(item->cost + w->m->drop);
        put(w, at + 1, &edited);
        edited.cost = item->cost;
    }
    if (!item->state) return;
    for (const uint64_t *a = arcs_of(w, item->phase) + item->state;; a++) {
        uint8_t letter = ARC_LETTER(*a);
        if (at < w->word->len && letter != w->word->letters[at])
            follow(w, &edited, &letter, 1, at + 1, w->m->replace);
        if (item->len) follow(w, &edited, &letter, 1, at, w->m->insert);
        if (ARC_IS_LAST(*a)) return;
    }
}

/* True if the head, if there is one, is long enough and may be one. */
static bool is_compound(const struct hf_lemmas *l, const struct repair_path *p)
{
    size_t end = p->blank ? p->blank : p->len;
    if (!p->head) return true;
    if (end < p->head + MIN_HEAD) return false;
    const uint32_t *set = lemma_set(l, p->text + p->head, end - p->head);
    return set && (set[0] & SET_IS_HEAD);
}

static void report(struct repair_walk *w, const struct item *item)
{
    if (!item->is_word || item->phase == FIRST || w->n_paths == REPAIR_PATHS_MAX) return;
    struct repair_path *p = &w->paths[w->n_paths];
    p->len = item->len;
    p->head = item->head;
    p->blank = item->blank;
    p->cost = item->cost;
    size_t at = p->len;
    for (uint32_t t = item->trail; at; t = w->trails[t].before) {
        at -= w->trails[t].n;
        memcpy(p->text + at, w->trails[t].letters, w->trails[t].n);
    }
    p->text[p->len] = 0;
    if (is_compound(w->l, p)) w->n_paths++;
}

/* The highest cost such that no more than BEAM paths of the place cost less. */
static unsigned cut(const struct place *p)
{
    size_t count[COST_MAX + 1] = {0}, sum = 0;
    if (p->n <= BEAM) return COST_MAX;
    for (size_t i = 0; i < p->n; i++) count[p->at[i].cost]++;
    for (unsigned c = 0; c <= COST_MAX; c++)
        if ((sum += count[c]) > BEAM) return c;
    return COST_MAX;
}

const struct repair_path *repair_walk(struct repair_walk *w,
                                      const struct lemma_word *word,
                                      const struct repair_limits *limits, size_t *n)
{
    w->word = word;
    w->limits = limits;
    w->n_trails = 1; /* trail 0 is the empty one */
    w->n_paths = *n = 0;
    if (word->len > REPAIR_LETTERS_MAX) return w->paths;
    for (size_t i = 0; i <= word->len; i++) w->places[i].n = 0;
    struct item start = {.state = w->l->header->forms_root, .phase = WHOLE};
    put(w, 0, &start);
    start = (struct item){.state = w->l->header->mods_root, .phase = FIRST};
    if (!limits->only_whole) put(w, 0, &start);
    for (size_t at = 0; at <= word->len; at++) {
        struct place *p = &w->places[at];
        unsigned limit = cut(p);
        look_up_rules(w, at);
        for (size_t i = 0; i < p->n;
             i++) { /* open_second and undo_any add to this place */
            struct item item = p->at[i];
            if (item.cost > limit) continue;
            if (at == word->len) report(w, &item);
            if (limits->any_edit) undo_any(w, &item, at);
            if (at == word->len) continue;
            follow(w, &item, word->letters + at, 1, at + 1, 0);
            undo_confusions(w, &item, at);
            open_second(w, &item, at);
        }
    }
    *n = w->n_paths;
    return w->paths;
}
