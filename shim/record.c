#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "utf8.h"

/* ---- arena and lists --------------------------------------------------------------- */

#define CHUNK ((size_t)16 << 10)

struct hf_arena_chunk {
    struct hf_arena_chunk *next;
    size_t used, size;
    _Alignas(16) char bytes[];
};

void *hf_arena_alloc(struct hf_arena *a, size_t n)
{
    n = (n + 15) & ~(size_t)15;
    struct hf_arena_chunk *c = a->chunks;
    if (!c || c->size - c->used < n) {
        size_t size = n > CHUNK / 4 ? n : CHUNK;
        c = hf_xmalloc(sizeof *c + size);
        c->used = 0;
        c->size = size;
        if (size == CHUNK || !a->chunks) {
            c->next = a->chunks;
            a->chunks = c;
        } else { /* a large block goes behind, so that the open chunk stays in use */
            c->next = a->chunks->next;
            a->chunks->next = c;
        }
    }
    void *p = c->bytes + c->used;
    c->used += n;
    memset(p, 0, n);
    return p;
}

char *hf_arena_strdup(struct hf_arena *a, const char *text, size_t len)
{
    if (!text) return NULL;
    char *s = hf_arena_alloc(a, len + 1);
    if (len) memcpy(s, text, len);
    s[len] = 0;
    return s;
}

char *hf_arena_printf(struct hf_arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0) HF_BUG("format");
    char *s = hf_arena_alloc(a, (size_t)n + 1);
    vsnprintf(s, (size_t)n + 1, fmt, again);
    va_end(again);
    return s;
}

void hf_arena_release(struct hf_arena *a)
{
    for (struct hf_arena_chunk *c = a->chunks, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    a->chunks = NULL;
}

void hf_strings_add(struct hf_strings *s, const char *text)
{
    s->at = hf_grow(s->at, &s->cap, s->n, sizeof *s->at);
    s->at[s->n++] = text;
}

void hf_minutes_init(struct hf_minutes *m)
{
    memset(m, 0, sizeof *m);
}

static void release_case(struct hf_case *c)
{
    for (size_t i = 0; i < c->n_decisions; i++) {
        free(c->decisions[i].items.at);
        free(c->decisions[i].mandates.at);
    }
    free(c->decisions);
    free(c->refs);
    free(c->people);
    free(c->groups);
    free(c->attachments.at);
}

void hf_minutes_release(struct hf_minutes *m)
{
    for (size_t i = 0; i < m->n_cases; i++) release_case(&m->cases[i]);
    free(m->cases);
    free(m->attendees);
    free(m->warnings.at);
    free(m->approved);
    hf_arena_release(&m->arena);
    memset(m, 0, sizeof *m);
}

#define APPEND(list, n, cap)                                                             \
    do {                                                                                 \
        (list) = hf_grow((list), &(cap), (n), sizeof *(list));                           \
        memset(&(list)[n], 0, sizeof *(list));                                           \
        return &(list)[(n)++];                                                           \
    } while (0)

struct hf_case *hf_minutes_add_case(struct hf_minutes *m)
{
    APPEND(m->cases, m->n_cases, m->cap_cases);
}

struct hf_attendee *hf_minutes_add_attendee(struct hf_minutes *m)
{
    APPEND(m->attendees, m->n_attendees, m->cap_attendees);
}

struct hf_approved *hf_minutes_add_approved(struct hf_minutes *m)
{
    APPEND(m->approved, m->n_approved, m->cap_approved);
}

struct hf_decision *hf_case_add_decision(struct hf_case *c)
{
    APPEND(c->decisions, c->n_decisions, c->cap_decisions);
}

struct hf_ref *hf_case_add_ref(struct hf_case *c)
{
    APPEND(c->refs, c->n_refs, c->cap_refs);
}

struct hf_mention *hf_case_add_person(struct hf_case *c)
{
    APPEND(c->people, c->n_people, c->cap_people);
}

struct hf_group *hf_case_add_group(struct hf_case *c)
{
    APPEND(c->groups, c->n_groups, c->cap_groups);
}

/* ---- ids --------------------------------------------------------------------------- */

/* A tag for "this text and no other" where the document itself gives nothing better
 * (FNV-1a). */
static unsigned text_tag(const char *s)
{
    unsigned h = 2166136261u;
    for (; s && *s; s++) h = (h ^ (unsigned char)*s) * 16777619u;
    return h;
}

static void add_slug(struct hf_buf *b, const char *text, const char *otherwise)
{
    size_t before = b->len;
    if (text) hf_utf8_slug(b, text, strlen(text));
    if (b->len == before) hf_buf_adds(b, otherwise);
}

static char *meeting_id(const struct hf_minutes *m)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "%s/%s", m->helsefellesskap ? m->helsefellesskap : "ukjent",
                m->body ? m->body : "ukjent");
    if (m->body_suffix) {
        hf_buf_addc(&b, '.');
        add_slug(&b, m->body_suffix, "x");
    }
    if (m->kind && !strcmp(m->kind, "report") && m->year)
        hf_buf_addf(&b, "/%d", m->year);
    else if (m->date)
        hf_buf_addf(&b, "/%s", m->date);
    else if (m->year && m->helsefellesskap && m->body && m->kind &&
             strcmp(m->kind, "minutes"))
        hf_buf_addf(&b, "/%d", m->year);
    else
        hf_buf_addf(&b, "/u-%.8s", m->source_sha256 ? m->source_sha256 : "00000000");
    return hf_buf_take(&b);
}

/* The case's part of its id: its number, else its place among the cases; a second case of
 * the same number is told apart by its title, so that its id does not depend on the
 * first. */
static char *case_id(const struct hf_minutes *m, size_t k, const char *meeting,
                     json_t *taken)
{
    const struct hf_case *c = &m->cases[k];
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "%s/", meeting);
    size_t before = b.len;
    if (c->number_normalised)
        hf_utf8_slug(&b, c->number_normalised, strlen(c->number_normalised));
    if (b.len == before) hf_buf_addf(&b, "p%zu", k + 1);
    if (json_object_get(taken, b.data)) hf_buf_addf(&b, "-%08x", text_tag(c->title));
    if (json_object_get(taken, b.data)) hf_buf_addf(&b, "-p%zu", k + 1);
    json_object_set_new(taken, b.data, json_true());
    return hf_buf_take(&b);
}

static char *person_key(const char *name)
{
    struct hf_buf b = HF_BUF_INIT;
    add_slug(&b, name, "ukjent");
    return hf_buf_take(&b);
}

/* ---- records ----------------------------------------------------------------------- */

static void set_text(json_t *o, const char *key, const char *text)
{
    json_t *v = text && *text ? json_string(text) : json_null();
    if (!v) v = json_null(); /* not UTF-8: never in a record */
    json_object_set_new(o, key, v);
}

static void set_int(json_t *o, const char *key, int n)
{
    json_object_set_new(o, key, n > 0 ? json_integer(n) : json_null());
}

static json_t *list_of(const struct hf_strings *s)
{
    json_t *list = json_array();
    for (size_t i = 0; i < s->n; i++) {
        json_t *v = s->at[i] ? json_string(s->at[i]) : NULL;
        if (v) json_array_append_new(list, v);
    }
    return list;
}

static json_t *new_record(const struct hf_minutes *m, const char *type, const char *id,
                          int page, int line)
{
    json_t *o = json_object();
    set_text(o, "type", type);
    set_text(o, "id", id);
    set_text(o, "source", m->source);
    set_text(o, "source_sha256", m->source_sha256);
    set_text(o, "url", m->url);
    set_int(o, "page", m->n_pages ? page : 0);
    set_int(o, "line", line);
    set_text(o, "text_layer", m->text_layer ? m->text_layer : "text");
    json_object_set_new(o, "names_read", json_null());
    json_object_set_new(o, "schema", json_integer(HF_RECORD_SCHEMA));
    return o;
}

static json_t *approved_list(const struct hf_minutes *m)
{
    json_t *list = json_array();
    for (size_t i = 0; i < m->n_approved; i++) {
        const struct hf_approved *a = &m->approved[i];
        json_t *o = json_object();
        set_text(o, "date", a->date);
        set_text(o, "as_printed", a->as_printed);
        set_text(o, "case_number", a->case_number);
        json_array_append_new(list, o);
    }
    return list;
}

static void set_version(json_t *o, const struct hf_minutes *m)
{
    set_text(o, "version", m->version);
    set_text(o, "version_printed", m->version_printed);
    set_text(o, "version_from", m->version_from);
}

static json_t *meeting_record(const struct hf_minutes *m, const char *id)
{
    json_t *o = new_record(m, "meeting", id, 1, 1);
    set_text(o, "kind", m->kind ? m->kind : "minutes");
    set_text(o, "title", m->title);
    set_text(o, "helsefellesskap", m->helsefellesskap);
    set_text(o, "helsefellesskap_name", m->helsefellesskap_name);
    set_text(o, "health_region", m->health_region);
    set_text(o, "body", m->body);
    set_text(o, "body_name", m->body_name);
    set_text(o, "date", m->date);
    set_int(o, "year", m->year);
    set_text(o, "date_printed", m->date_printed);
    set_text(o, "date_note", m->date_note);
    set_text(o, "time", m->time);
    set_text(o, "place", m->place);
    set_text(o, "chair", m->chair);
    set_text(o, "minutes_by", m->minutes_by);
    set_version(o, m);
    set_text(o, "language", m->language);
    json_object_set_new(o, "damage", json_real(m->damage));
    json_t *source = json_object();
    set_text(source, "source", m->source);
    set_text(source, "source_sha256", m->source_sha256);
    set_text(source, "url", m->url);
    set_text(source, "media_type", m->media_type);
    set_text(source, "text_layer", m->text_layer ? m->text_layer : "text");
    set_version(source, m);
    json_object_set_new(o, "sources", json_pack("[o]", source));
    json_object_set_new(o, "approves", approved_list(m));
    json_object_set_new(o, "warnings", list_of(&m->warnings));
    if (m->text && !m->n_cases) set_text(o, "text", m->text);
    return o;
}

static void set_refs(json_t *o, const struct hf_case *c)
{
    json_t *numbers = json_array(), *detail = json_array();
    for (size_t i = 0; i < c->n_refs; i++) {
        const struct hf_ref *r = &c->refs[i];
        bool known = !r->number;
        for (size_t k = 0; k < i && !known; k++)
            known = c->refs[k].number && !strcmp(c->refs[k].number, r->number);
        if (!known) json_array_append_new(numbers, json_string(r->number));
        json_t *d = json_object();
        set_text(d, "as_printed", r->as_printed);
        set_text(d, "number", r->number);
        set_text(d, "body", r->body);
        set_text(d, "direction", r->direction);
        json_array_append_new(detail, d);
    }
    json_object_set_new(o, "refs", numbers);
    json_object_set_new(o, "refs_detail", detail);
}

static void set_groups(json_t *o, const struct hf_case *c)
{
    json_t *ids = json_array(), *detail = json_array();
    for (size_t i = 0; i < c->n_groups; i++) {
        const struct hf_group *g = &c->groups[i];
        bool known = g->is_weak;
        for (size_t k = 0; k < i && !known; k++)
            known = !strcmp(c->groups[k].group, g->group);
        if (!known) json_array_append_new(ids, json_string(g->group));
        json_t *d = json_object();
        set_text(d, "group", g->group);
        set_text(d, "text", g->text);
        set_text(d, "rule", g->rule);
        json_object_set_new(d, "strength", json_real(g->strength));
        json_object_set_new(d, "weak", json_boolean(g->is_weak));
        json_object_set_new(d, "priority",
                            g->priority < 0 ? json_null() : json_boolean(g->priority));
        json_array_append_new(detail, d);
    }
    json_object_set_new(o, "patient_groups", ids);
    json_object_set_new(o, "group_evidence", detail);
}

static json_t *case_record(const struct hf_minutes *m, const struct hf_case *c,
                           const char *id, const char *meeting)
{
    json_t *o = new_record(m, "case", id, c->page, c->line);
    set_text(o, "meeting", meeting);
    set_text(o, "number", c->number);
    set_text(o, "number_normalised", c->number_normalised);
    set_text(o, "title", c->title);
    set_text(o, "kind", c->kind);
    set_text(o, "text", c->text);
    set_text(o, "responsible", c->responsible);
    set_text(o, "deadline", c->deadline);
    set_text(o, "deadline_date", c->deadline_date);
    set_refs(o, c);
    json_t *people = json_array();
    for (size_t i = 0; i < c->n_people; i++) {
        json_t *p = json_object();
        set_text(p, "name", c->people[i].name);
        set_text(p, "function", c->people[i].function);
        json_array_append_new(people, p);
    }
    json_object_set_new(o, "people", people);
    json_object_set_new(o, "attachments", list_of(&c->attachments));
    set_groups(o, c);
    return o;
}

static json_t *decision_record(const struct hf_minutes *m, const struct hf_case *c,
                               size_t k, const char *of_case)
{
    const struct hf_decision *d = &c->decisions[k];
    struct hf_buf id = HF_BUF_INIT;
    hf_buf_addf(&id, "%s/v%zu", of_case, k + 1);
    json_t *o = new_record(m, "decision", id.data, d->page ? d->page : c->page,
                           d->line ? d->line : c->line);
    hf_buf_release(&id);
    set_text(o, "case", of_case);
    set_text(o, "case_number", c->number_normalised);
    set_text(o, "case_title", c->title);
    set_text(o, "label", d->label);
    set_text(o, "text", d->text);
    set_text(o, "outcome", d->outcome);
    json_object_set_new(o, "implicit", json_boolean(d->implicit));
    set_text(o, "certainty", d->probable ? "probable" : "clear");
    set_text(o, "votes", d->votes);
    json_object_set_new(o, "items", list_of(&d->items));
    json_object_set_new(o, "mandates", list_of(&d->mandates));
    return o;
}

static void add_case_records(json_t *records, const struct hf_minutes *m,
                             const char *meeting)
{
    json_t *taken = json_object();
    for (size_t i = 0; i < m->n_cases; i++) {
        const struct hf_case *c = &m->cases[i];
        char *id = case_id(m, i, meeting, taken);
        json_array_append_new(records, case_record(m, c, id, meeting));
        for (size_t k = 0; k < c->n_decisions; k++) {
            json_t *d = decision_record(m, c, k, id);
            set_text(d, "meeting", meeting);
            json_array_append_new(records, d);
        }
        free(id);
    }
    json_decref(taken);
}

static json_t *attendee_record(const struct hf_minutes *m, const struct hf_attendee *a,
                               const char *meeting, json_t *taken)
{
    char *key = person_key(a->name);
    struct hf_buf id = HF_BUF_INIT;
    hf_buf_addf(&id, "%s/a-%s", meeting, key);
    json_t *before = json_object_get(taken, id.data);
    json_int_t n = before ? json_integer_value(before) + 1 : 1;
    json_object_set_new(taken, id.data, json_integer(n));
    if (n > 1) hf_buf_addf(&id, "-%d", (int)n);
    json_t *o = new_record(m, "attendee", id.data, a->page, a->line);
    set_text(o, "meeting", meeting);
    set_text(o, "name", a->name);
    set_text(o, "person", key);
    set_text(o, "role", a->role);
    set_text(o, "organisation", a->organisation);
    set_text(o, "side", a->side);
    set_text(o, "presence", a->presence);
    set_text(o, "deputy_for", a->deputy_for);
    set_text(o, "name_printed", a->name_printed ? a->name_printed : a->name);
    hf_buf_release(&id);
    free(key);
    return o;
}

json_t *hf_minutes_records(const struct hf_minutes *m)
{
    json_t *records = json_array(), *taken = json_object();
    char *meeting = meeting_id(m);
    json_array_append_new(records, meeting_record(m, meeting));
    add_case_records(records, m, meeting);
    for (size_t i = 0; i < m->n_attendees; i++)
        json_array_append_new(records,
                              attendee_record(m, &m->attendees[i], meeting, taken));
    json_decref(taken);
    free(meeting);
    return records;
}

/* ---- promises ---- */

static bool has_mandates(const json_t *decision)
{
    return json_array_size(json_object_get(decision, "mandates")) > 0;
}

bool hf_record_promises(const json_t *of_case, const json_t *decisions,
                        const json_t *decision)
{
    bool any = false, has_deadline = json_is_string(json_object_get(of_case, "deadline"));
    size_t i;
    json_t *d;
    json_array_foreach(decisions, i, d) any |= has_mandates(d);
    if (decision) return has_mandates(decision) || (has_deadline && !any);
    return any || has_deadline;
}
