#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "collate_people_internal.h"

/* A document whose letters may be lost. */
#define DAMAGED 0.3

struct people *people_new(void)
{
    return hf_xcalloc(1, sizeof(struct people));
}

void people_free(struct people *p)
{
    if (!p) return;
    hf_arena_release(&p->arena);
    hf_map_release(&p->strings);
    hf_map_release(&p->known);
    free(p->seen);
    free(p->by_node);
    free(p->nodes);
    free(p->links);
    free(p->doc_from);
    free(p);
}

/* ---- what was seen ---- */

static const char *keep(struct people *p, const char *text)
{
    size_t len = text ? strlen(text) : 0;
    const char *have = hf_map_get(&p->strings, text ? text : "", len);
    if (have) return have;
    char *copy = hf_arena_strdup(&p->arena, text ? text : "", len);
    hf_map_put(&p->strings, copy, len, copy);
    return copy;
}

static const char *get(const json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

static bool is_attendee(const json_t *r)
{
    const char *type = get(r, "type");
    return type && !strcmp(type, "attendee");
}

/* A document whose helsefellesskap is not known is one of its own. */
static const char *place_of(struct people *p, const struct gist *g)
{
    char own[16];
    if (g->hf) return keep(p, strncmp(g->hf, "hf-", 3) ? g->hf : g->hf + 3);
    snprintf(own, sizeof own, "u-%.8s", g->sha256);
    return keep(p, own);
}

void people_add(struct people *p, size_t doc, const struct gist *g)
{
    const char *hf = place_of(p, g);
    while (p->n_docs <= doc) {
        p->doc_from = hf_grow(p->doc_from, &p->cap_docs, p->n_docs, sizeof *p->doc_from);
        p->doc_from[p->n_docs++] = p->n_seen;
    }
    for (size_t i = 0; i < g->n_people; i++) {
        const struct gist_person *a = &g->people[i];
        p->seen = hf_grow(p->seen, &p->cap_seen, p->n_seen, sizeof *p->seen);
        p->seen[p->n_seen++] = (struct seen){.doc = doc,
                                             .hf = hf,
                                             .name = keep(p, a->name),
                                             .org = keep(p, a->org),
                                             .side = keep(p, a->side),
                                             .group = keep(p, NULL),
                                             .is_there = a->is_there,
                                             .is_damaged = g->damage > DAMAGED};
    }
}

/* ---- two of one name ---- */

static int by_name(const void *a, const void *b)
{
    const struct seen *x = *(struct seen *const *)a, *y = *(struct seen *const *)b;
    int order = strcmp(x->hf, y->hf);
    if (!order) order = strcmp(x->name, y->name);
    if (!order) order = strcmp(x->group, y->group);
    if (!order) order = x->doc < y->doc ? -1 : x->doc > y->doc;
    return order ? order : x < y ? -1 : x > y;
}

bool people_are_apart(const struct seen *a, const struct seen *b)
{
    struct person_org x, y;
    static const char *const sides[] = {"kommune", "helseforetak", "bruker",
                                        "tillitsvalgt", "fastlege"};
    if (!strcmp(a->org, b->org) && !strcmp(a->side, b->side)) return false;
    person_org_read(&x, a->org);
    person_org_read(&y, b->org);
    if (x.n && y.n) return !person_org_shares(&x, &y);
    bool known[2] = {false, false};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        known[0] |= !strcmp(a->side, sides[i]);
        known[1] |= !strcmp(b->side, sides[i]);
    }
    return known[0] && known[1] && strcmp(a->side, b->side) != 0;
}

/* What tells two of one name apart: the organisation's own words, else the side. */
static const char *group_of(struct people *p, const struct seen *s)
{
    struct person_org org;
    struct hf_buf b = HF_BUF_INIT;
    person_org_read(&org, s->org);
    for (size_t i = 0; i < org.n; i++)
        hf_buf_addf(&b, "%s%s", i ? "-" : "", org.words[i]);
    if (!org.n) hf_buf_adds(&b, s->side);
    const char *group = keep(p, b.data);
    hf_buf_release(&b);
    return group;
}

/* One name in one helsefellesskap, by document: where one meeting has two of it, from
 * different organisations and both there, every organisation is a person. */
static void split(struct people *p, struct seen **at, size_t n)
{
    bool two = false;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && at[k]->doc == at[i]->doc && !two; k++)
            two = at[i]->is_there && at[k]->is_there && !at[i]->is_left_out &&
                  people_are_apart(at[i], at[k]);
    for (size_t i = 0; two && i < n; i++) at[i]->group = group_of(p, at[i]);
}

/* The end of the run of one name in one helsefellesskap (and one group) at from. */
static size_t run_end(const struct people *p, size_t from, bool with_group)
{
    const struct seen *a = p->by_node[from];
    size_t to = from + 1;
    for (; to < p->n_seen; to++) {
        const struct seen *b = p->by_node[to];
        if (a->hf != b->hf || a->name != b->name) break;
        if (with_group && a->group != b->group) break;
    }
    return to;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The words of all its organisations, in an order that no reading changes. */
static void note_orgs(struct people *p, struct node *node)
{
    const char **orgs = hf_xcalloc(node->n, sizeof *orgs);
    size_t n = 0;
    for (size_t i = node->first; i < node->first + node->n; i++)
        if (!p->by_node[i]->is_left_out) orgs[n++] = p->by_node[i]->org;
    if (n) qsort(orgs, n, sizeof *orgs, by_text);
    for (size_t i = 0; i < n; i++) {
        struct person_org one;
        if (i && orgs[i] == orgs[i - 1]) continue;
        person_org_read(&one, orgs[i]);
        for (size_t k = 0; k < one.n && node->org.n < 8; k++)
            memcpy(node->org.words[node->org.n++], one.words[k], sizeof one.words[k]);
    }
    free(orgs);
}

static void add_node(struct people *p, size_t from, size_t to)
{
    p->nodes = hf_grow(p->nodes, &p->cap_nodes, p->n_nodes, sizeof *p->nodes);
    struct node *node = &p->nodes[p->n_nodes];
    const struct seen *s = p->by_node[from];
    *node = (struct node){.hf = s->hf,
                          .name = s->name,
                          .group = s->group,
                          .first = from,
                          .n = to - from,
                          .root = p->n_nodes,
                          .best = p->n_nodes,
                          .next = NO_NODE};
    person_name_read(&node->words, s->name);
    for (size_t i = from; i < to; i++) {
        p->by_node[i]->node = p->n_nodes;
        node->n_clean += !p->by_node[i]->is_damaged && !p->by_node[i]->is_left_out;
    }
    note_orgs(p, node);
    p->n_nodes++;
}

static void make_nodes(struct people *p)
{
    p->by_node = hf_xcalloc(p->n_seen + 1, sizeof *p->by_node);
    for (size_t i = 0; i < p->n_seen; i++) p->by_node[i] = &p->seen[i];
    if (p->n_seen) qsort(p->by_node, p->n_seen, sizeof *p->by_node, by_name);
    for (size_t from = 0, to; from < p->n_seen; from = to) {
        to = run_end(p, from, false);
        split(p, p->by_node + from, to - from);
    }
    if (p->n_seen) qsort(p->by_node, p->n_seen, sizeof *p->by_node, by_name);
    for (size_t from = 0, to; from < p->n_seen; from = to) {
        to = run_end(p, from, true);
        add_node(p, from, to);
    }
}

/* ---- keys ---- */

size_t people_initials(const struct node *n)
{
    size_t count = 0;
    for (size_t i = 0; i < n->words.n; i++) count += n->words.words[i].is_initial;
    return count;
}

static bool is_better(const struct node *a, const struct node *b)
{
    if (!a->n_clean != !b->n_clean) return a->n_clean;
    if (!people_initials(a) != !people_initials(b)) return !people_initials(a);
    if (a->n_clean != b->n_clean) return a->n_clean > b->n_clean;
    if (a->words.n != b->words.n) return a->words.n > b->words.n;
    return strcmp(a->name, b->name) < 0;
}

/* Two people with one key are told apart by their organisation, at last by a number. */
static void make_keys(struct people *p)
{
    struct hf_map taken = {NULL, 0, 0};
    for (size_t i = 0; i < p->n_nodes; i++) {
        struct node *root = &p->nodes[i];
        if (root->root != i) continue;
        for (size_t k = i; k != NO_NODE; k = p->nodes[k].next)
            if (is_better(&p->nodes[k], &p->nodes[root->best])) root->best = k;
        const struct node *best = &p->nodes[root->best];
        struct hf_buf b = HF_BUF_INIT;
        hf_utf8_slug(&b, best->name, strlen(best->name));
        if (!b.len) hf_buf_adds(&b, "ukjent");
        hf_buf_addf(&b, ".%s", best->hf);
        if (*best->group) hf_buf_addf(&b, ".%s", best->group);
        size_t len = b.len;
        for (size_t n = 2; hf_map_get(&taken, b.data, b.len); n++) {
            hf_buf_cut(&b, len);
            hf_buf_addf(&b, ".%zu", n);
        }
        root->key = hf_arena_strdup(&p->arena, b.data, b.len);
        hf_map_put(&taken, root->key, b.len, root);
        hf_buf_release(&b);
    }
    hf_map_release(&taken);
}

/* ---- known names ---- */

static void make_known(struct people *p)
{
    for (size_t i = 0; i < p->n_nodes; i++) {
        const struct node *n = &p->nodes[i];
        for (size_t k = 0; n->n_clean && k < n->words.n; k++) {
            const struct person_word *w = &n->words.words[k];
            size_t len = strlen(w->sound);
            if (len < 2 || hf_map_get(&p->known, w->sound, len)) continue;
            hf_map_put(&p->known, w->sound, len,
                       hf_arena_strdup(&p->arena, n->name + w->start, w->len));
        }
    }
}

const struct hf_map *people_known(const struct people *p)
{
    return &p->known;
}

void people_finish(struct people *p, people_left_out_fn left_out, const void *ctx)
{
    for (size_t i = 0; i < p->n_seen; i++)
        p->seen[i].is_left_out = left_out && left_out(ctx, p->seen[i].doc);
    make_nodes(p);
    people_join(p);
    make_keys(p);
    make_known(p);
}

/* ---- records ---- */

static const char *evidence_of(const struct people *p, const struct node *best,
                               const struct node *n)
{
    struct person_damage damage = {!best->n_clean, !n->n_clean};
    enum person_evidence e = person_name_compare(&best->words, &n->words, damage);
    if (best->hf != n->hf) e = PERSON_ELSEWHERE;
    (void)p;
    return person_evidence_id(e ? e : n->evidence);
}

/* The person's other spellings, each with what joined it to the best one (the best one:
 * with what joined this one to it). */
static json_t *merged(const struct people *p, const struct node *own)
{
    const struct node *root = &p->nodes[own->root], *best = &p->nodes[root->best];
    json_t *list = json_array();
    for (size_t i = own->root; i != NO_NODE; i = p->nodes[i].next) {
        const struct node *n = &p->nodes[i];
        size_t k;
        json_t *have;
        bool known = n->name == own->name && n->hf == own->hf;
        json_array_foreach(list, k, have) known |= !strcmp(get(have, "name"), n->name);
        if (known) continue;
        const char *evidence = evidence_of(p, best, n == best ? own : n);
        json_array_append_new(
            list, json_pack("{s:s, s:s}", "name", n->name, "evidence", evidence));
    }
    if (json_array_size(list)) return list;
    json_decref(list);
    return json_null();
}

void people_apply(const struct people *p, size_t doc, json_t *records)
{
    size_t i, at = doc < p->n_docs ? p->doc_from[doc] : p->n_seen;
    json_t *r;
    json_array_foreach(records, i, r)
    {
        if (!is_attendee(r) || at >= p->n_seen || p->seen[at].doc != doc) continue;
        const struct node *own = &p->nodes[p->seen[at++].node];
        json_object_set_new(r, "person", json_string(p->nodes[own->root].key));
        json_object_set_new(r, "merged", merged(p, own));
    }
}

void people_outcome(const struct people *p, size_t doc, struct hf_buf *out)
{
    size_t at = doc < p->n_docs ? p->doc_from[doc] : p->n_seen;
    for (; at < p->n_seen && p->seen[at].doc == doc; at++) {
        const struct node *own = &p->nodes[p->seen[at].node];
        json_t *others = merged(p, own);
        char *text = json_is_null(others) ? NULL : json_dumps(others, JSON_COMPACT);
        hf_buf_adds(out, p->nodes[own->root].key);
        hf_buf_addc(out, 0);
        hf_buf_adds(out, text ? text : "");
        hf_buf_addc(out, 0);
        free(text);
        json_decref(others);
    }
}
