#include "hits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/local.h"
#include "../shim/utf8.h"
#include "promise.h"

#define SNIPPET_ROOM 320

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

/* "Helsefellesskapet i Østfold" → "Østfold". */
static const char *short_name(const char *name)
{
    static const char *const heads[] = {"Helsefellesskapet i ", "Helsefellesskapet på ",
                                        "Helsefellesskapet ", "Helsefellesskap i ",
                                        "Helsefellesskap "};
    for (size_t i = 0; name && i < sizeof heads / sizeof *heads; i++)
        if (!strncmp(name, heads[i], strlen(heads[i]))) return name + strlen(heads[i]);
    return name;
}

static void cite_when(struct hf_buf *b, const json_t *hit)
{
    int year, month, day, real = (int)json_integer_value(json_object_get(hit, "year"));
    const char *date = string_of(hit, "date");
    if (date && sscanf(date, "%d-%d-%d", &year, &month, &day) == 3)
        hf_buf_addf(b, " %d.%d.%d", day, month, real ? real : year);
    else if (real)
        hf_buf_addf(b, " %d", real);
}

void hit_cite(json_t *hit)
{
    struct hf_buf b = HF_BUF_INIT;
    const char *body = string_of(hit, "body"),
               *where = short_name(string_of(hit, "helsefellesskap_name"));
    const char *number = string_of(hit, "case_number"), *id = string_of(hit, "id");
    const char *url = string_of(hit, "url"), *source = string_of(hit, "source");
    if (is_type(hit, "attendee") || is_type(hit, "person"))
        hf_buf_addf(&b, "%s, ", string_of(hit, "name"));
    hf_buf_addf(&b, "%s", body ? body : "Referat");
    if (where) hf_buf_addf(&b, " %s", where);
    cite_when(&b, hit);
    if (is_type(hit, "case")) number = string_of(hit, "number_normalised");
    if (number) hf_buf_addf(&b, ", sak %s", number);
    if (is_type(hit, "decision")) hf_buf_adds(&b, ", vedtak");
    int page = (int)json_integer_value(json_object_get(hit, "page"));
    if (page > 0) hf_buf_addf(&b, ", s. %d", page);
    json_object_set_new(hit, "citation", json_stringn(b.data, b.len));
    hf_buf_clear(&b);
    hf_buf_addf(&b, is_type(hit, "person") ? "/%s" : "/r/%s", id ? id : "");
    json_object_set_new(hit, "link", json_stringn(b.data, b.len));
    hf_buf_clear(&b);
    if (url || source) {
        hf_buf_adds(&b, url ? url : source);
        if (page > 0 && b.len > 4 && !strcasecmp(b.data + b.len - 4, ".pdf"))
            hf_buf_addf(&b, "#page=%d", page);
        json_object_set_new(hit, "source_link", json_stringn(b.data, b.len));
    } else {
        json_object_set_new(hit, "source_link", json_null());
    }
    hf_buf_release(&b);
}

/* ---- highlights ---- */

struct highlight {
    struct hit_maker *m;
    json_t *hit;
    unsigned how;
    json_t *where; /* matched_in */
    json_t *readings;
};

/* Where a word was met by a part of it or by its repaired reading: which. */
static void note_readings(struct highlight *h, const struct mark_hits *found,
                          const char *text)
{
    for (size_t i = 0; i < found->n; i++) {
        const struct mark_hit *hit = &found->at[i];
        if (!(hit->how & (MARK_PART | MARK_REPAIRED))) continue;
        json_t *one = json_pack("{s:o, s:s, s:s}", "text",
                                json_stringn(text + hit->start, hit->end - hit->start),
                                "as", h->m->marks->at[hit->mark].text, "matched",
                                hit->how & MARK_REPAIRED ? "repaired" : "part");
        size_t k;
        json_t *have;
        bool known = false;
        json_array_foreach(h->readings, k, have) known |= json_equal(have, one);
        if (!known) json_array_append(h->readings, one);
        json_decref(one);
    }
}

/* Finds what matches in a text, and notes what is learnt from it. */
static void find(struct highlight *h, const char *text, const char *field,
                 struct mark_hits *found)
{
    marks_find(h->m->marks, planner_analyser(h->m->session->planner), text, strlen(text),
               found);
    for (size_t i = 0; i < found->n; i++) h->how |= found->at[i].how;
    note_readings(h, found, text);
    if (found->n && field) {
        size_t i;
        json_t *have;
        bool known = false;
        json_array_foreach(h->where, i, have) known |=
            !strcmp(json_string_value(have), field);
        if (!known) json_array_append_new(h->where, json_string(field));
    }
}

/* Segments of a whole text, or of its best stretch where there is a room; *n, if given,
 * is how much matches in it. */
static json_t *segments(struct highlight *h, const char *text, const char *field,
                        size_t room, size_t *n)
{
    struct mark_hits found;
    if (!text) text = "";
    size_t len = strlen(text);
    find(h, text, field, &found);
    if (n) *n = found.n;
    json_t *out =
        room ? marks_snippet(&found, text, len, room) : marks_segments(&found, text, len);
    mark_hits_release(&found);
    return out;
}

/* Both of a decision's text: "segments" in o, and the best stretch. */
static json_t *both_segments(struct highlight *h, json_t *o, size_t *n)
{
    struct mark_hits found;
    const char *text = string_of(o, "text");
    if (!text) text = "";
    size_t len = strlen(text);
    find(h, text, "decision", &found);
    *n = found.n;
    json_object_set_new(o, "segments", marks_segments(&found, text, len));
    json_t *snippet = marks_snippet(&found, text, len, SNIPPET_ROOM);
    mark_hits_release(&found);
    return snippet;
}

/* The decisions of a case with segments, those with a match first; the snippet is the
 * best passage. */
static void highlight_case(struct highlight *h)
{
    json_t *decisions = json_object_get(h->hit, "decisions"), *d, *with = json_array(),
           *without = json_array();
    size_t i, n, best = 0;
    json_t *snippet = NULL;
    json_array_foreach(decisions, i, d)
    {
        json_t *stretch = both_segments(h, d, &n);
        json_array_append(n ? with : without, d);
        if (n > best) {
            best = n;
            json_decref(snippet);
            snippet = json_incref(stretch);
        }
        json_decref(stretch);
    }
    json_array_extend(with, without);
    json_decref(without);
    json_object_set_new(h->hit, "decisions", with);
    json_t *text = segments(h, string_of(h->hit, "text"), "text", SNIPPET_ROOM, &n);
    if (!snippet || !n) {
        if (n || !snippet) {
            json_decref(snippet);
            snippet = text;
            text = NULL;
        }
    }
    json_decref(text);
    json_object_set_new(h->hit, "snippet", snippet);
}

static void highlight(struct hit_maker *m, json_t *hit)
{
    struct highlight h = {
        .m = m, .hit = hit, .where = json_array(), .readings = json_array()};
    const char *title = is_type(hit, "decision") ? string_of(hit, "case_title")
                        : is_type(hit, "person") || is_type(hit, "attendee")
                            ? string_of(hit, "name")
                            : string_of(hit, "title");
    json_object_set_new(hit, "title_segments", segments(&h, title, "title", 0, NULL));
    if (is_type(hit, "case")) {
        highlight_case(&h);
    } else if (is_type(hit, "decision")) {
        size_t n;
        json_object_set_new(hit, "snippet", json_null()); /* its place in the order */
        json_t *snippet = both_segments(&h, hit, &n);
        json_object_set_new(hit, "snippet", snippet);
    } else if (is_type(hit, "meeting")) {
        const char *text = string_of(hit, "text");
        json_object_set_new(hit, "snippet",
                            segments(&h,
                                     text ? text : string_of(hit, "helsefellesskap_name"),
                                     text ? "text" : NULL, SNIPPET_ROOM, NULL));
    } else {
        struct hf_buf b = HF_BUF_INIT;
        const char *role = string_of(hit, "role"), *org = string_of(hit, "organisation");
        hf_buf_addf(&b, "%s%s%s", role ? role : "", role && org ? ", " : "",
                    org ? org : "");
        json_object_set_new(hit, "snippet",
                            segments(&h, b.data, NULL, SNIPPET_ROOM, NULL));
        hf_buf_release(&b);
    }
    json_object_set_new(hit, "matched", marks_how_json(h.how));
    json_object_set_new(hit, "matched_in", h.where);
    json_object_set_new(hit, "readings", h.readings);
}

/* A decision's case text is not in its record: whether the words stand there is what is
 * left. */
static void note_case_text(json_t *hit)
{
    json_t *where = json_object_get(hit, "matched_in");
    if (is_type(hit, "decision") && json_array_size(where) == 0)
        json_array_append_new(where, json_string("text"));
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

/* What the hit's own records say of names in damaged text: its own, those of its
 * decisions, those of a person's attendances. */
static void note_names(struct hf_local *l, const json_t *hit)
{
    static const char *const inside[] = {"decisions", "records"};
    size_t i;
    json_t *r;
    hf_local_add_names(l, hit);
    for (size_t k = 0; k < sizeof inside / sizeof *inside; k++)
        json_array_foreach(json_object_get(hit, inside[k]), i, r)
            hf_local_add_names(l, r);
}

static void highlight_as_indexed(struct hit_maker *m, json_t *hit, bool is_damaged)
{
    struct hf_analyser *a = planner_analyser(m->session->planner);
    struct hf_local local = {NULL};
    if (is_damaged) note_names(&local, hit);
    hf_analyser_damaged(a, is_damaged);
    hf_analyser_local(a, is_damaged ? &local : NULL);
    highlight(m, hit);
    hf_analyser_damaged(a, false);
    hf_analyser_local(a, NULL);
    hf_local_clear(&local);
}

enum hf_status hit_make(struct hit_maker *m, const struct hf_match *match, json_t **out,
                        struct hf_error *err)
{
    json_t *hit;
    *out = NULL;
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
    if (is_type(hit, "case")) {
        json_object_set(hit, "case_number", json_object_get(hit, "number_normalised"));
        json_object_set(hit, "case_title", json_object_get(hit, "title"));
    }
    hit_cite(hit);
    if (m->params->open) {
        status = promise_note(m->session, m->params, hit, match->docid, err);
        if (status != HF_OK) {
            json_decref(hit);
            return status;
        }
    }
    highlight_as_indexed(m, hit, m->session->served->columns->is_damaged[match->docid]);
    if (m->marks->n) note_case_text(hit);
    json_object_set_new(
        hit, "score",
        json_real((double)(long)(compiled_score(match->weight) * 1000) / 1000));
    *out = hit;
    return HF_OK;
}
