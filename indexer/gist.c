#include "gist.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"

/* ---- packing: strings, each with its NUL ---- */

static void put(struct hf_buf *b, const char *text)
{
    hf_buf_add(b, text ? text : "", text ? strlen(text) + 1 : 1);
}

static void put_member(struct hf_buf *b, const json_t *o, const char *key)
{
    put(b, json_string_value(json_object_get(o, key)));
}

static void put_count(struct hf_buf *b, size_t n)
{
    hf_buf_addf(b, "%zu", n);
    hf_buf_addc(b, 0);
}

static bool is_type(const json_t *record, const char *type)
{
    const char *is = json_string_value(json_object_get(record, "type"));
    return is && !strcmp(is, type);
}

static size_t count(const json_t *records, const char *type)
{
    size_t i, n = 0;
    json_t *r;
    json_array_foreach(records, i, r) n += is_type(r, type);
    return n;
}

static void put_meeting(struct hf_buf *b, const json_t *meeting)
{
    const char *hf = json_string_value(json_object_get(meeting, "helsefellesskap"));
    json_t *source = json_array_get(json_object_get(meeting, "sources"), 0);
    char *text = source ? json_dumps(source, JSON_COMPACT) : NULL;
    put_member(b, meeting, "id");
    put_member(b, meeting, "source_sha256");
    put_member(b, meeting, "text_layer");
    put(b, hf ? "hf" : "");
    put(b, hf);
    hf_buf_addf(b, "%.17g", json_number_value(json_object_get(meeting, "damage")));
    hf_buf_addc(b, 0);
    put(b, text);
    free(text);
}

static void put_case(struct hf_buf *b, const json_t *c)
{
    const char *number = json_string_value(json_object_get(c, "number_normalised"));
    const char *title = json_string_value(json_object_get(c, "title"));
    put_member(b, c, "id");
    put(b, number);
    if (number && *number) {
        put(b, number);
        return;
    }
    hf_utf8_slug(b, title ? title : "", title ? strlen(title) : 0);
    hf_buf_addc(b, 0);
}

static void put_person(struct hf_buf *b, const json_t *a)
{
    const char *presence = json_string_value(json_object_get(a, "presence"));
    put_member(b, a, "name");
    put_member(b, a, "organisation");
    put_member(b, a, "side");
    put(b, presence && !strcmp(presence, "absent") ? "absent" : "");
}

static void put_refs(struct hf_buf *b, const json_t *records)
{
    size_t i, k, n = 0;
    json_t *r, *ref;
    json_array_foreach(records, i, r) n +=
        json_array_size(json_object_get(r, "refs_detail"));
    put_count(b, n);
    json_array_foreach(records, i, r)
        json_array_foreach(json_object_get(r, "refs_detail"), k, ref)
    {
        put_member(b, r, "id");
        put_member(b, ref, "number");
        put_member(b, ref, "body");
        put_member(b, ref, "as_printed");
    }
}

void gist_pack(const json_t *records, struct hf_buf *out)
{
    size_t i;
    json_t *r;
    put_meeting(out, json_array_get(records, 0));
    put_count(out, json_array_size(records));
    put_count(out, count(records, "meeting"));
    put_count(out, count(records, "decision"));
    put_count(out, count(records, "case"));
    json_array_foreach(records, i, r) if (is_type(r, "case")) put_case(out, r);
    put_count(out, count(records, "attendee"));
    json_array_foreach(records, i, r) if (is_type(r, "attendee")) put_person(out, r);
    put_refs(out, records);
}

/* ---- opening ---- */

struct reading {
    const char *at, *end;
    bool ok;
};

static const char *take(struct reading *r)
{
    const char *text = r->at,
               *nul = r->ok ? memchr(text, 0, (size_t)(r->end - text)) : NULL;
    if (!nul) {
        r->ok = false;
        return "";
    }
    r->at = nul + 1;
    return text;
}

/* No more than there can be strings. */
static size_t take_count(struct reading *r)
{
    char *end;
    const char *text = take(r);
    unsigned long long n = strtoull(text, &end, 10);
    if (end == text || *end || n > (unsigned long long)(r->end - r->at)) r->ok = false;
    return r->ok ? (size_t)n : 0;
}

static void take_meeting(struct reading *r, struct gist *g)
{
    g->id = take(r);
    g->sha256 = take(r);
    g->layer = take(r);
    bool has_hf = *take(r);
    const char *hf = take(r);
    g->hf = has_hf ? hf : NULL;
    g->damage = strtod(take(r), NULL);
    const char *source = take(r);
    if (*source) g->source = json_loads(source, JSON_ALLOW_NUL, NULL);
    if (*source && !json_is_object(g->source)) r->ok = false;
}

bool gist_open(struct gist *g, const char *bytes, size_t len)
{
    struct reading r = {bytes, bytes + len, true};
    *g = (struct gist){0};
    take_meeting(&r, g);
    char *end;
    g->n_records = strtoul(take(&r), &end, 10);
    g->n_meetings = strtoul(take(&r), &end, 10);
    g->n_decisions = strtoul(take(&r), &end, 10);
    g->n_cases = take_count(&r);
    g->cases = hf_xcalloc(g->n_cases + 1, sizeof *g->cases);
    for (size_t i = 0; i < g->n_cases; i++) {
        struct gist_case *c = &g->cases[i];
        c->id = take(&r), c->number = take(&r), c->key = take(&r);
    }
    g->n_people = take_count(&r);
    g->people = hf_xcalloc(g->n_people + 1, sizeof *g->people);
    for (size_t i = 0; i < g->n_people; i++) {
        struct gist_person *p = &g->people[i];
        p->name = take(&r), p->org = take(&r), p->side = take(&r);
        p->is_there = !*take(&r);
    }
    g->n_refs = take_count(&r);
    g->refs = hf_xcalloc(g->n_refs + 1, sizeof *g->refs);
    for (size_t i = 0; i < g->n_refs; i++) {
        struct gist_ref *f = &g->refs[i];
        f->self = take(&r), f->number = take(&r);
        f->body = take(&r), f->as_printed = take(&r);
    }
    return r.ok && r.at == r.end;
}

void gist_release(struct gist *g)
{
    json_decref(g->source);
    free(g->cases);
    free(g->people);
    free(g->refs);
    *g = (struct gist){0};
}
