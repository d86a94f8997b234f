/* Which spellings are one person: candidates by sound, evidence, and what speaks against.
 */
#include <stdlib.h>
#include <string.h>

#include "../shim/buf.h"
#include "collate_people_internal.h"

/* ---- joining ---- */

/* No meeting has the two beside each other as two: from different organisations, or with
 * a spelling that says little and without a common organisation. */
static bool may_be_one(const struct people *p, const struct node *a, const struct node *b,
                       bool is_weak)
{
    size_t k = b->first, end = b->first + b->n;
    for (size_t i = a->first; i < a->first + a->n; i++) {
        const struct seen *x = p->by_node[i];
        while (k < end && p->by_node[k]->doc < x->doc) k++;
        for (size_t m = k; m < end && p->by_node[m]->doc == x->doc; m++) {
            struct person_org own, other;
            const struct seen *y = p->by_node[m];
            if (x->is_left_out) continue;
            person_org_read(&own, x->org);
            person_org_read(&other, y->org);
            if (people_are_apart(x, y)) return false;
            if (is_weak && !person_org_shares(&own, &other)) return false;
        }
    }
    return true;
}

static bool join(struct people *p, const struct link *l)
{
    size_t from = p->nodes[l->b].root, to = p->nodes[l->a].root;
    bool weak = l->evidence > PERSON_ORDER && l->evidence != PERSON_ELSEWHERE;
    if (from == to) return true;
    for (size_t i = from; i != NO_NODE; i = p->nodes[i].next)
        for (size_t k = to; k != NO_NODE; k = p->nodes[k].next)
            if (!may_be_one(p, &p->nodes[k], &p->nodes[i], weak)) return false;
    size_t marked = p->nodes[l->a].evidence ? l->b : l->a;
    if (!p->nodes[marked].evidence) p->nodes[marked].evidence = l->evidence;
    if (from < to) {
        size_t swap = from;
        from = to;
        to = swap;
    }
    size_t last = to;
    while (p->nodes[last].next != NO_NODE) last = p->nodes[last].next;
    p->nodes[last].next = from;
    for (size_t i = from; i != NO_NODE; i = p->nodes[i].next) p->nodes[i].root = to;
    return true;
}

/* ---- candidates ---- */

static const struct person_word *family_of(const struct node *n)
{
    return &n->words.words[n->words.n - 1];
}

/* By helsefellesskap and the sound of the family name (or of the given name). */
struct place {
    const struct people *p;
    const char *hf, *sound;
    size_t node;
};

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = strcmp(x->hf, y->hf);
    if (!order) order = strcmp(x->sound, y->sound);
    return order ? order : x->node < y->node ? -1 : x->node > y->node;
}

/* Everybody of a family has the same given name here: it is one's alone. */
static bool is_rare(const struct people *p, const struct place *block, size_t n,
                    const struct node *of)
{
    const struct person_word *given = &of->words.words[0];
    for (size_t i = 0; i < n; i++) {
        const struct node *other = &p->nodes[block[i].node];
        const struct person_word *w = &other->words.words[0];
        if (strcmp(family_of(other)->sound, family_of(of)->sound) != 0) continue;
        if (w->text[0] != given->text[0]) return false;
        if (!w->is_initial && !given->is_initial && strcmp(w->sound, given->sound) != 0)
            return false;
    }
    return true;
}

static bool is_enough(enum person_evidence e, const struct node *a, const struct node *b,
                      bool is_rare_name)
{
    bool shares = person_org_shares(&a->org, &b->org);
    bool apart = a->org.n && b->org.n && !shares;
    switch (e) {
    case PERSON_NOTHING:
    case PERSON_ELSEWHERE: return false;
    case PERSON_SPELLING:
    case PERSON_REPAIRED: return !apart || (a->words.n > 2 && b->words.n > 2);
    case PERSON_ORDER: return !apart;
    case PERSON_NEAR: return shares;
    case PERSON_MIDDLE:
    case PERSON_INITIAL: return shares || (!apart && is_rare_name);
    }
    return false;
}

/* The one that says less is the link's a. */
static bool says_less(const struct node *a, const struct node *b)
{
    if (!a->n_clean != !b->n_clean) return !a->n_clean;
    if (a->words.n != b->words.n) return a->words.n < b->words.n;
    return people_initials(a) > people_initials(b);
}

static void try_pair(struct people *p, const struct place *block, size_t n, size_t i,
                     size_t k)
{
    const struct node *a = &p->nodes[block[i].node], *b = &p->nodes[block[k].node];
    struct person_damage damage = {!a->n_clean, !b->n_clean};
    if (*a->group && *b->group) return; /* two of one name: nobody knows which */
    enum person_evidence e = person_name_compare(&a->words, &b->words, damage);
    if (!e) return;
    bool rare = (e == PERSON_MIDDLE || e == PERSON_INITIAL) && is_rare(p, block, n, a) &&
                is_rare(p, block, n, b);
    if (!is_enough(e, a, b, rare)) return;
    p->links = hf_grow(p->links, &p->cap_links, p->n_links, sizeof *p->links);
    bool turn = says_less(b, a);
    p->links[p->n_links++] =
        (struct link){block[turn ? k : i].node, block[turn ? i : k].node, e};
}

/* Every two names of a block beside each other. A family name that is damaged or sounds
 * but near is met by the given name. */
static void find_links(struct people *p, bool by_given)
{
    struct place *places = hf_xcalloc(p->n_nodes + 1, sizeof *places);
    size_t n = 0;
    for (size_t i = 0; i < p->n_nodes; i++) {
        const struct node *node = &p->nodes[i];
        if (node->words.n < 2) continue;
        const char *sound =
            by_given ? node->words.words[0].sound : family_of(node)->sound;
        places[n++] = (struct place){p, node->hf, sound, i};
    }
    if (n) qsort(places, n, sizeof *places, by_place);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && places[to].hf == places[from].hf &&
                            !strcmp(places[to].sound, places[from].sound);)
            to++;
        for (size_t i = from; i < to; i++)
            for (size_t k = i + 1; k < to; k++) {
                const struct node *a = &p->nodes[places[i].node],
                                  *b = &p->nodes[places[k].node];
                bool same = !strcmp(family_of(a)->sound, family_of(b)->sound);
                if (!by_given ||
                    (!same && (!a->n_clean || !b->n_clean ||
                               *family_of(a)->sound == *family_of(b)->sound)))
                    try_pair(p, places + from, to - from, i - from, k - from);
            }
    }
    free(places);
}

/* «Ljosland Rebekka» beside «Rebekka Ljosland»: the first word is the other's last. */
static void find_turned(struct people *p)
{
    struct hf_map families = {NULL, 0, 0};
    char **keys = hf_xcalloc(p->n_nodes + 1, sizeof *keys);
    size_t n_keys = 0;
    for (size_t turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < p->n_nodes; i++) {
            struct node *node = &p->nodes[i];
            struct hf_buf b = HF_BUF_INIT;
            if (node->words.n < 2) continue;
            const struct person_word *first = &node->words.words[0];
            const struct person_word *a = turn ? first : family_of(node);
            const struct person_word *z = turn ? &node->words.words[1] : first;
            hf_buf_addf(&b, "%s/%s/%s", node->hf, a->sound, z->sound);
            struct node *other = hf_map_get(&families, b.data, b.len);
            if (turn && other && other != node) {
                struct place two[2] = {{p, node->hf, "", i},
                                       {p, node->hf, "", (size_t)(other - p->nodes)}};
                try_pair(p, two, 2, 0, 1);
            } else if (!turn && !other) {
                size_t len = b.len;
                keys[n_keys] = hf_buf_take(&b);
                hf_map_put(&families, keys[n_keys++], len, node);
            }
            hf_buf_release(&b);
        }
    hf_map_release(&families);
    for (size_t i = 0; i < n_keys; i++) free(keys[i]);
    free(keys);
}

/* ---- deciding ---- */

static int by_trust(const void *a, const void *b)
{
    const struct link *x = a, *y = b;
    if (x->evidence != y->evidence) return x->evidence < y->evidence ? -1 : 1;
    if (x->a != y->a) return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* The links of one spelling by one kind of evidence. What says less may be several
 * people's: then it is that one's who shares its organisation, or nobody's. */
static void settle(struct people *p, const struct link *l, size_t n)
{
    const struct node *self = &p->nodes[l->a];
    size_t n_roots = 0, n_shared = 0, root = NO_NODE, shared = NO_NODE;
    for (size_t i = 0; i < n; i++) {
        const struct node *other = &p->nodes[l[i].b];
        n_roots += other->root != root && other->root != self->root;
        root = other->root;
        if (!person_org_shares(&self->org, &other->org) || other->root == shared)
            continue;
        shared = other->root;
        n_shared++;
    }
    bool doubtful = l->evidence > PERSON_ORDER && n_roots > 1;
    if (doubtful && n_shared != 1) return;
    for (size_t i = 0; i < n; i++)
        if (!doubtful || p->nodes[l[i].b].root == shared) join(p, &l[i]);
}

static void join_all(struct people *p)
{
    find_links(p, false);
    find_links(p, true);
    find_turned(p);
    if (p->n_links) qsort(p->links, p->n_links, sizeof *p->links, by_trust);
    for (size_t from = 0, to; from < p->n_links; from = to) {
        const struct link *l = &p->links[from];
        for (to = from + 1; to < p->n_links && p->links[to].a == l->a &&
                            p->links[to].evidence == l->evidence;)
            to++;
        settle(p, l, to - from);
    }
}

/* All words of the one organisation are the other's. */
static bool is_same_org(const struct node *a, const struct node *b)
{
    const struct person_org *few = a->org.n <= b->org.n ? &a->org : &b->org;
    const struct person_org *many = few == &a->org ? &b->org : &a->org;
    size_t common = 0;
    for (size_t i = 0; i < few->n; i++) {
        bool found = false;
        for (size_t k = 0; k < many->n && !found; k++)
            found = !strcmp(few->words[i], many->words[k]);
        common += found;
    }
    return few->n && common == few->n;
}

static int by_spelling(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = strcmp(x->sound, y->sound);
    return order ? order : x->node < y->node ? -1 : x->node > y->node;
}

/* The same name and the same organisation in two helsefellesskap. */
static void join_elsewhere(struct people *p)
{
    struct place *places = hf_xcalloc(p->n_nodes + 1, sizeof *places);
    size_t n = 0;
    for (size_t i = 0; i < p->n_nodes; i++)
        if (p->nodes[i].words.n > 1 && p->nodes[i].org.n)
            places[n++] = (struct place){p, p->nodes[i].hf, p->nodes[i].name, i};
    if (n) qsort(places, n, sizeof *places, by_spelling);
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && places[k].sound == places[i].sound; k++) {
            struct link l = {places[i].node, places[k].node, PERSON_ELSEWHERE};
            if (places[i].hf != places[k].hf &&
                is_same_org(&p->nodes[l.a], &p->nodes[l.b]))
                join(p, &l);
        }
    free(places);
}

void people_join(struct people *p)
{
    join_all(p);
    join_elsewhere(p);
}
