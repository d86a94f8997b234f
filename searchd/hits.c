#include "hits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/local.h"
#include "../shim/utf8.h"
#include "cite.h"
#include "hit_text.h"
#include "promise.h"
#include "render_json.h"

static const char *string_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s && *s ? s : NULL;
}

static bool is_type(const json_t *o, const char *type)
{
    const char *t = string_of(o, "type");
    return t && !strcmp(t, type);
}

/* ---- citation and links ---- */

static struct span string_at(const json_t *o, const char *key)
{
    const char *s = string_of(o, key);
    return (struct span){s, s ? strlen(s) : 0};
}

void hit_cite(json_t *hit)
{
    struct hf_buf b = HF_BUF_INIT;
    struct cite c = {.body = string_at(hit, "body"),
                     .where = string_at(hit, "helsefellesskap_name"),
                     .date = string_at(hit, "date"),
                     .id = string_at(hit, "id"),
                     .url = string_at(hit, "url"),
                     .source = string_at(hit, "source"),
                     .year = (int)json_integer_value(json_object_get(hit, "year")),
                     .page = (int)json_integer_value(json_object_get(hit, "page")),
                     .is_decision = is_type(hit, "decision"),
                     .is_person = is_type(hit, "person")};
    bool is_case = is_type(hit, "case");
    c.number = string_at(hit, is_case ? "number_normalised" : "case_number");
    if (c.is_person || is_type(hit, "attendee")) c.name = string_at(hit, "name");
    cite_text(&c, &b);
    json_object_set_new(hit, "citation", json_stringn(b.data, b.len));
    hf_buf_clear(&b);
    cite_link(&c, &b);
    json_object_set_new(hit, "link", json_stringn(b.data, b.len));
    hf_buf_clear(&b);
    bool has_source = cite_source(&c, &b);
    json_object_set_new(hit, "source_link",
                        has_source ? json_stringn(b.data, b.len) : json_null());
    hf_buf_release(&b);
}

/* ---- highlights ---- */

static void set_array(json_t *hit, const char *name, const struct hf_buf *items)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "[%s]", items->data);
    json_object_set_new(hit, name, json_loadb(b.data, b.len, 0, NULL));
    hf_buf_release(&b);
}

static void set_segments(struct highlight *h, json_t *hit, const char *name,
                         const char *text, size_t room)
{
    struct mark_hits found;
    struct hf_buf b = HF_BUF_INIT;
    struct span s = {text ? text : "", text ? strlen(text) : 0};
    highlight_find(h, s, &found);
    if (room)
        marks_snippet(&found, s.at, s.len, room, &b);
    else
        marks_segments(&found, s.at, s.len, &b);
    json_object_set_new(hit, name, json_loadb(b.data, b.len, 0, NULL));
    mark_hits_release(&found);
    hf_buf_release(&b);
}

/* Of a meeting, a person or an attendance. */
static void highlight(struct hit_maker *m, json_t *hit)
{
    struct hf_buf b = HF_BUF_INIT;
    struct highlight h = {.m = m, .field = "title"};
    bool is_meeting = is_type(hit, "meeting");
    const char *text = string_of(hit, "text");
    highlight_init(&h);
    set_segments(&h, hit, "title_segments", string_of(hit, is_meeting ? "title" : "name"),
                 0);
    h.field = is_meeting && text ? "text" : NULL;
    if (is_meeting && !text) text = string_of(hit, "helsefellesskap_name");
    if (!is_meeting) {
        const char *role = string_of(hit, "role"), *org = string_of(hit, "organisation");
        hf_buf_addf(&b, "%s%s%s", role ? role : "", role && org ? ", " : "",
                    org ? org : "");
        text = b.data;
    }
    set_segments(&h, hit, "snippet", text, SNIPPET_ROOM);
    hf_buf_release(&b);
    json_object_set_new(hit, "matched", marks_how_json(h.how));
    set_array(hit, "matched_in", &h.where);
    set_array(hit, "readings", &h.readings);
    highlight_release(&h);
}

/* ---- people ---- */

struct gather {
    struct session *s;
    const struct search_filter *filter;
    uint32_t *at;
    size_t n, cap;
};

static int gather_one(void *ctx, uint32_t docid)
{
    struct gather *g = ctx;
    if (g->filter && search_filter_failures(g->filter, docid)) return 0;
    g->at = hf_grow(g->at, &g->cap, g->n, sizeof *g->at);
    g->at[g->n++] = docid;
    return 0;
}

static void add_once(json_t *list, const char *text)
{
    size_t i;
    json_t *have;
    if (!text) return;
    json_array_foreach(list, i, have) if (!strcmp(json_string_value(have), text)) return;
    json_array_append_new(list, json_string(text));
}

/* The newest attendance gives name, role and meeting of the person. */
static void describe(json_t *person, const json_t *records)
{
    static const char *const fields[] = {"name",
                                         "role",
                                         "organisation",
                                         "side",
                                         "helsefellesskap",
                                         "helsefellesskap_name",
                                         "health_region",
                                         "body",
                                         "body_name",
                                         "date",
                                         "year",
                                         "first_seen",
                                         "source",
                                         "url",
                                         "page",
                                         "line",
                                         "text_layer"};
    const json_t *newest = NULL;
    size_t i;
    json_t *r;
    json_array_foreach(records, i, r)
    {
        long long year = json_integer_value(json_object_get(r, "year"));
        long long best = json_integer_value(json_object_get(newest, "year"));
        const char *a = string_of(r, "date"), *b = string_of(newest, "date");
        if (!newest || year > best || (year == best && a && (!b || strcmp(a, b) > 0)))
            newest = r;
    }
    for (i = 0; i < sizeof fields / sizeof *fields; i++) {
        json_t *value = json_object_get(newest, fields[i]);
        json_object_set(person, fields[i], value ? value : json_null());
    }
}

/* Of several spellings the one that gave the key is the person's name: never a damaged
 * one where there is a sound one. */
static void set_best_name(json_t *person, const json_t *spellings, const char *key)
{
    struct hf_buf slug = HF_BUF_INIT;
    size_t i;
    json_t *name;
    json_array_foreach(spellings, i, name)
    {
        hf_buf_clear(&slug);
        hf_utf8_slug(&slug, json_string_value(name), json_string_length(name));
        if (!strncmp(key, slug.data, slug.len) && key[slug.len] == '.')
            json_object_set(person, "name", name);
    }
    hf_buf_release(&slug);
}

enum hf_status hit_person(struct session *s, const char *key,
                          const struct search_filter *filter, json_t **out,
                          struct hf_error *err)
{
    struct gather g = {.s = s, .filter = filter};
    char term[HF_TERM_ROOM];
    *out = NULL;
    hf_term_flag(term, 'P', key, strlen(key));
    enum hf_status status = hf_reader_postings(s->reader, term, gather_one, &g, err);
    if (status == HF_OK && !g.n)
        status = hf_fail(err, HF_NOT_FOUND, "person/%s: ingen har denne id-en", key);
    json_t *records = json_array(), *spellings = json_array(), *meetings = json_object();
    unsigned present = 0, absent = 0;
    for (size_t i = 0; status == HF_OK && i < g.n; i++) {
        json_t *r;
        status = session_record(s, g.at[i], &r, err);
        if (status != HF_OK) break;
        const char *presence = string_of(r, "presence"),
                   *meeting = string_of(r, "meeting");
        present += presence && strcmp(presence, "absent") != 0 &&
                   strcmp(presence, "member") != 0;
        absent += presence && !strcmp(presence, "absent");
        add_once(spellings, string_of(r, "name"));
        if (meeting) json_object_set_new(meetings, meeting, json_true());
        hit_cite(r);
        json_array_append_new(records, r);
    }
    if (status == HF_OK) {
        /* Asked for by an older spelling's key, the person answers by the one of now. */
        const char *now = string_of(json_array_get(records, 0), "person");
        json_t *p =
            json_pack("{s:s, s:s+}", "type", "person", "id", "person/", now ? now : key);
        describe(p, records);
        set_best_name(p, spellings, now ? now : key);
        json_object_set(p, "spellings", spellings);
        json_object_set_new(p, "meetings",
                            json_integer((json_int_t)json_object_size(meetings)));
        json_object_set_new(p, "present", json_integer(present));
        json_object_set_new(p, "absent", json_integer(absent));
        json_object_set(p, "records", records);
        hit_cite(p);
        *out = p;
    }
    json_decref(records);
    json_decref(spellings);
    json_decref(meetings);
    free(g.at);
    return status;
}

/* ---- hits ---- */

/* What the hit's own records say of names in damaged text: its own, those of a case's
 * decisions, those of a person's attendances. */
void hit_names(struct hf_local *l, const json_t *hit)
{
    static const char *const inside[] = {"decisions", "records"};
    size_t i;
    json_t *r;
    hf_local_add_names(l, hit);
    for (size_t k = 0; k < sizeof inside / sizeof *inside; k++)
        json_array_foreach(json_object_get(hit, inside[k]), i, r)
            hf_local_add_names(l, r);
}

/* Meetings, people and attendances; cases and decisions: hit_text.c. */
static enum hf_status make_other(struct hit_maker *m, const struct hf_match *match,
                                 json_t **out, struct hf_error *err)
{
    json_t *hit;
    enum hf_status status = session_record(m->session, match->docid, &hit, err);
    if (status != HF_OK) return status;
    const char *key = string_of(hit, "person");
    if (m->is_mixed && is_type(hit, "attendee") && key) {
        json_t *person;
        status = hit_person(m->session, key, m->filter, &person, err);
        json_decref(hit);
        if (status != HF_OK) return status;
        hit = person;
    }
    hit_cite(hit);
    struct hf_local local = {NULL};
    bool is_damaged = m->session->served->columns->is_damaged[match->docid];
    if (is_damaged) hit_names(&local, hit);
    highlight_as_indexed(m, is_damaged ? &local : NULL, true);
    highlight(m, hit);
    highlight_as_indexed(m, NULL, false);
    hf_local_clear(&local);
    json_object_set_new(hit, "score", json_real(hit_score(match)));
    *out = hit;
    return HF_OK;
}

static bool is_case_or_decision(const struct hit_maker *m, const struct hf_match *match)
{
    uint8_t type = m->session->served->columns->type[match->docid];
    return type == HF_TYPE_CASE + 1 || type == HF_TYPE_DECISION + 1;
}

enum hf_status hit_make(struct hit_maker *m, const struct hf_match *match, json_t **out,
                        struct hf_error *err)
{
    struct hf_buf b = HF_BUF_INIT;
    *out = NULL;
    if (!is_case_or_decision(m, match)) return make_other(m, match, out, err);
    enum hf_status status = hit_text(m, match, &b, err);
    if (status == HF_OK) {
        *out = json_loadb(b.data, b.len, 0, NULL);
        if (!*out) HF_BUG("a hit that is no JSON");
    }
    if (status == HF_OK && m->params->open)
        status = promise_note(m->session, m->params, *out, match->docid, err);
    hf_buf_release(&b);
    if (status == HF_OK) return HF_OK;
    json_decref(*out);
    *out = NULL;
    return status;
}

enum hf_status hit_write(struct hit_maker *m, const struct hf_match *match,
                         struct hf_buf *out, struct hf_error *err)
{
    json_t *hit;
    if (is_case_or_decision(m, match) && !m->params->open)
        return hit_text(m, match, out, err);
    enum hf_status status = hit_make(m, match, &hit, err);
    if (status != HF_OK) return status;
    render_json_value(hit, out);
    json_decref(hit);
    return HF_OK;
}
