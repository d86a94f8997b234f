#include "collate.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/buf.h"
#include "../shim/record.h"
#include "../shim/utf8.h"
#include "collate_people.h"
#include "collate_refs.h"
#include "minutes_version.h"
#include "names_read.h"

struct doc { /* what must be known of a document to tell whether it is another one again
              */
    char *id, *sha256;
    json_t *source; /* the entry of sources[] */
    char **cases;   /* numbers or folded titles, sorted */
    size_t n_cases;
    double damage;
    int version; /* 0 approved, 1 not said, 2 draft */
    int layer;   /* 0 text, 1 repaired, 2 ocr */
    size_t n_records;
    size_t
        same_as; /* the document whose text stands for this meeting; itself if it does */
    size_t next_same;  /* the next document of the same meeting, SIZE_MAX = none */
    bool is_collision; /* another meeting already has this id */
};

struct collate {
    const struct hf_lexicon *lex;
    const struct minutes_cues *cues;
    struct doc *docs;
    size_t n, cap;
    struct people *people;
    struct refs *refs;
};

struct collate *collate_new(const struct hf_lexicon *lex, const struct minutes_cues *cues)
{
    struct collate *c = hf_xcalloc(1, sizeof *c);
    c->lex = lex;
    c->cues = cues;
    c->people = people_new();
    c->refs = refs_new();
    return c;
}

void collate_free(struct collate *c)
{
    if (!c) return;
    for (size_t i = 0; i < c->n; i++) {
        struct doc *d = &c->docs[i];
        for (size_t k = 0; k < d->n_cases; k++) free(d->cases[k]);
        free(d->cases);
        free(d->id);
        free(d->sha256);
        json_decref(d->source);
    }
    free(c->docs);
    people_free(c->people);
    refs_free(c->refs);
    free(c);
}

static const char *get(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s ? s : "";
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void note_cases(struct doc *d, const struct gist *g)
{
    d->cases = hf_xcalloc(g->n_cases + 1, sizeof *d->cases);
    for (size_t i = 0; i < g->n_cases; i++)
        d->cases[d->n_cases++] = hf_xstrdup(g->cases[i].key);
    if (d->n_cases) qsort(d->cases, d->n_cases, sizeof *d->cases, by_text);
}

/* Where the document itself does not say it, its file's name may. Not part of the cached
 * records: a file can be renamed. */
static void note_version(const struct collate *c, struct doc *d)
{
    const char *name, *version = get(d->source, "version");
    if (!*version && c->cues) {
        version = version_of_path(c->cues, get(d->source, "source"), &name);
        if (version) {
            json_object_set_new(d->source, "version", json_string(version));
            json_object_set_new(d->source, "version_printed", json_string(name));
            json_object_set_new(d->source, "version_from", json_string("file_name"));
        }
    }
    bool says = version && *version;
    d->version = !says ? 1 : !strcmp(version, "approved") ? 0 : 2;
}

size_t collate_add_gist(struct collate *c, const struct gist *g, const char *path)
{
    c->docs = hf_grow(c->docs, &c->cap, c->n, sizeof *c->docs);
    struct doc *d = &c->docs[c->n];
    memset(d, 0, sizeof *d);
    d->id = hf_xstrdup(g->id);
    d->sha256 = hf_xstrdup(g->sha256);
    d->source = json_deep_copy(g->source);
    if (path && d->source) json_object_set_new(d->source, "source", json_string(path));
    d->damage = g->damage;
    d->layer = !strcmp(g->layer, "text") ? 0 : !strcmp(g->layer, "repaired") ? 1 : 2;
    d->n_records = g->n_records;
    d->same_as = c->n;
    d->next_same = SIZE_MAX;
    note_version(c, d);
    note_cases(d, g);
    people_add(c->people, c->n, g);
    refs_add(c->refs, c->n, g);
    return c->n++;
}

size_t collate_add(struct collate *c, const json_t *records)
{
    struct hf_buf b = HF_BUF_INIT;
    struct gist g;
    gist_pack(records, &b);
    if (!gist_open(&g, b.data, b.len)) HF_BUG("a gist that was just packed");
    size_t number = collate_add_gist(c, &g, NULL);
    gist_release(&g);
    hf_buf_release(&b);
    return number;
}

/* Two documents with one key are one meeting if most of the shorter one's cases are in
 * the other. */
static bool is_same_meeting(const struct doc *a, const struct doc *b)
{
    size_t i = 0, k = 0, common = 0;
    size_t fewer = a->n_cases < b->n_cases ? a->n_cases : b->n_cases;
    if (!strcmp(a->sha256, b->sha256)) return true;
    while (i < a->n_cases && k < b->n_cases) {
        int order = strcmp(a->cases[i], b->cases[k]);
        if (!order) common++;
        if (order <= 0) i++;
        if (order >= 0) k++;
    }
    return fewer ? common * 2 >= fewer : a->n_cases == b->n_cases;
}

/* What was approved before what does not say it, and that before a draft. Then the better
 * text first: text before repaired before recognised, less damage, more read. The
 * hash settles what is equal, so the order of reading never matters. */
static int better(const struct doc *a, const struct doc *b)
{
    if (a->version != b->version) return a->version < b->version ? -1 : 1;
    if (a->layer != b->layer) return a->layer < b->layer ? -1 : 1;
    if (a->damage < b->damage - 0.02) return -1;
    if (a->damage > b->damage + 0.02) return 1;
    if (a->n_records != b->n_records) return a->n_records > b->n_records ? -1 : 1;
    int order = strcmp(a->sha256, b->sha256);
    return order ? order : strcmp(get(a->source, "source"), get(b->source, "source"));
}

static int by_id_then_quality(const void *a, const void *b)
{
    const struct doc *x = *(struct doc *const *)a, *y = *(struct doc *const *)b;
    int order = strcmp(x->id, y->id);
    return order ? order : better(x, y);
}

static int by_hash(const void *a, const void *b)
{
    return strcmp((*(struct doc *const *)a)->sha256, (*(struct doc *const *)b)->sha256);
}

/* One key's documents, best first: each joins the first meeting that it agrees with. Of
 * several meetings the one with the smallest hash keeps the plain id. */
static void settle(struct collate *c, struct doc **group, size_t n)
{
    struct doc **heads = hf_xcalloc(n, sizeof *heads);
    size_t n_heads = 0;
    for (size_t i = 0; i < n; i++) {
        struct doc *head = NULL;
        for (size_t k = 0; k < n_heads && !head; k++)
            if (is_same_meeting(heads[k], group[i])) head = heads[k];
        if (!head) {
            heads[n_heads++] = group[i];
            continue;
        }
        group[i]->same_as = (size_t)(head - c->docs);
        group[i]->next_same = head->next_same;
        head->next_same = (size_t)(group[i] - c->docs);
    }
    qsort(heads, n_heads, sizeof *heads, by_hash);
    for (size_t i = 1; i < n_heads; i++) heads[i]->is_collision = true;
    free(heads);
}

static bool is_left_out(const void *ctx, size_t doc)
{
    const struct collate *c = ctx;
    return c->docs[doc].same_as != doc;
}

static void add_final_id(struct hf_buf *b, const struct doc *d)
{
    hf_buf_adds(b, d->id);
    if (d->is_collision) hf_buf_addf(b, ".%.8s", d->sha256);
}

static bool final_id(const void *ctx, size_t doc, struct hf_buf *id)
{
    const struct collate *c = ctx;
    add_final_id(id, &c->docs[doc]);
    return c->docs[doc].same_as == doc;
}

void collate_finish(struct collate *c)
{
    if (!c->n) return;
    struct doc **order = hf_xcalloc(c->n, sizeof *order);
    for (size_t i = 0; i < c->n; i++) order[i] = &c->docs[i];
    qsort(order, c->n, sizeof *order, by_id_then_quality);
    for (size_t from = 0, to; from < c->n; from = to) {
        for (to = from + 1; to < c->n && !strcmp(order[from]->id, order[to]->id); to++) {
        }
        if (to - from > 1) settle(c, order + from, to - from);
    }
    free(order);
    people_finish(c->people, is_left_out, c);
    refs_finish(c->refs, final_id, c);
}

static void move_id(json_t *record, const char *key, const char *from, const char *to)
{
    const char *id = get(record, key);
    size_t n = strlen(from);
    if (strncmp(id, from, n) || (id[n] && id[n] != '/')) return;
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "%s%s", to, id + n);
    json_object_set_new(record, key, json_string(b.data));
    hf_buf_release(&b);
}

static void move_ids(const struct doc *d, json_t *records)
{
    struct hf_buf to = HF_BUF_INIT;
    size_t i;
    json_t *r;
    add_final_id(&to, d);
    json_array_foreach(records, i, r)
    {
        move_id(r, "id", d->id, to.data);
        move_id(r, "meeting", d->id, to.data);
        move_id(r, "case", d->id, to.data);
    }
    hf_buf_release(&to);
    json_array_append_new(
        json_object_get(json_array_get(records, 0), "warnings"),
        json_string("et annet møte har samme utvalg og dato; id-en er gjort "
                    "entydig med innholdet"));
}

/* The meeting is as its own source is; the sources of the same meeting follow. */
static void apply_sources(const struct collate *c, size_t doc, json_t *meeting)
{
    static const char *const keys[] = {"version", "version_printed", "version_from"};
    const struct doc *d = &c->docs[doc];
    json_t *sources = json_array();
    if (!d->source) return;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        json_t *value = json_object_get(d->source, keys[i]);
        if (value) json_object_set(meeting, keys[i], value);
    }
    json_array_append(sources, d->source);
    for (size_t i = d->next_same; i != SIZE_MAX; i = c->docs[i].next_same)
        json_array_append(sources, c->docs[i].source);
    json_object_set_new(meeting, "sources", sources);
}

bool collate_apply(const struct collate *c, size_t doc, json_t *records)
{
    const struct doc *d = &c->docs[doc];
    apply_sources(c, doc, json_array_get(records, 0));
    if (d->same_as != doc) return false;
    people_apply(c->people, doc, records);
    if (d->damage > HF_DAMAGE_GATE)
        names_read_apply(c->lex, people_known(c->people), records);
    if (d->is_collision) move_ids(d, records);
    refs_apply(c->refs, records);
    return true;
}

void collate_meeting(const struct collate *c, size_t doc, struct hf_buf *out)
{
    add_final_id(out, &c->docs[doc]);
}

static void add_source(struct hf_buf *b, const struct doc *d)
{
    char *text = d->source ? json_dumps(d->source, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    hf_buf_adds(b, text ? text : "");
    hf_buf_addc(b, 0);
    free(text);
}

bool collate_outcome(const struct collate *c, size_t doc, struct hf_buf *out)
{
    const struct doc *d = &c->docs[doc];
    struct hf_buf id = HF_BUF_INIT;
    if (d->same_as != doc) return false;
    add_final_id(&id, d);
    hf_buf_add(out, id.data, id.len + 1);
    add_source(out, d);
    for (size_t i = d->next_same; d->source && i != SIZE_MAX; i = c->docs[i].next_same)
        add_source(out, &c->docs[i]);
    hf_buf_addc(out, 0);
    people_outcome(c->people, doc, out);
    refs_outcome(c->refs, doc, id.data, out);
    hf_buf_release(&id);
    return true;
}
