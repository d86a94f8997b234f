/* One record with what surrounds it: its meeting, its case, its decisions, its
 * neighbours. */
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "hits.h"
#include "promise.h"

static const char *string_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s && *s ? s : NULL;
}

struct members { /* the records of a meeting, by type, in their order */
    struct session *s;
    json_t *list[HF_N_TYPES];
    enum hf_status status;
    struct hf_error *err;
};

static int add_member(void *ctx, uint32_t docid)
{
    struct members *m = ctx;
    json_t *r;
    const struct columns *c = m->s->served->columns;
    if (docid > c->last || !c->type[docid]) return 0;
    m->status = session_record(m->s, docid, &r, m->err);
    if (m->status != HF_OK) return 1;
    hit_cite(r);
    json_array_append_new(m->list[c->type[docid] - 1], r);
    return 0;
}

static json_t *find_by_id(const json_t *list, const char *id, size_t *at)
{
    size_t i;
    json_t *r;
    json_array_foreach(list, i, r)
    {
        const char *own = string_of(r, "id");
        if (!own || !id || strcmp(own, id) != 0) continue;
        if (at) *at = i;
        return r;
    }
    return NULL;
}

static json_t *brief(const json_t *r)
{
    if (!r) return json_null();
    return json_pack("{s:O, s:O, s:O?, s:O}", "id", json_object_get(r, "id"), "title",
                     json_object_get(r, "title"), "number", json_object_get(r, "number"),
                     "link", json_object_get(r, "link"));
}

static void add_case(json_t *out, const struct members *m, const char *case_id)
{
    size_t at = 0, i;
    json_t *d, *decisions = json_array(), *list = m->list[HF_TYPE_CASE];
    json_t *own = find_by_id(list, case_id, &at);
    json_object_set(out, "case", own ? own : json_null());
    json_array_foreach(m->list[HF_TYPE_DECISION], i, d)
    {
        const char *of = string_of(d, "case");
        if (own && of && !strcmp(of, case_id)) json_array_append(decisions, d);
    }
    json_object_set_new(out, "decisions", decisions);
    json_object_set_new(out, "previous",
                        brief(own && at ? json_array_get(list, at - 1) : NULL));
    json_object_set_new(out, "next", brief(own ? json_array_get(list, at + 1) : NULL));
}

static enum hf_status surround(struct session *s, json_t *record, json_t *out,
                               struct hf_error *err)
{
    struct members m = {.s = s, .status = HF_OK, .err = err};
    char term[HF_TERM_ROOM];
    const char *type = string_of(record, "type"), *meeting = string_of(record, "meeting");
    bool is_meeting = type && !strcmp(type, "meeting");
    if (is_meeting) meeting = string_of(record, "id");
    for (int t = 0; t < HF_N_TYPES; t++) m.list[t] = json_array();
    if (meeting) {
        hf_term_flag(term, 'M', meeting, strlen(meeting));
        enum hf_status status = hf_reader_postings(s->reader, term, add_member, &m, err);
        if (m.status == HF_OK) m.status = status;
    }
    json_t *own = json_array_get(m.list[HF_TYPE_MEETING], 0);
    json_object_set(out, "meeting", own ? own : json_null());
    const char *case_id = type && !strcmp(type, "case") ? string_of(record, "id")
                                                        : string_of(record, "case");
    add_case(out, &m, case_id);
    if (is_meeting) json_object_set(out, "cases", m.list[HF_TYPE_CASE]);
    if (is_meeting) json_object_set(out, "decisions", m.list[HF_TYPE_DECISION]);
    json_object_set(out, "attendees", m.list[HF_TYPE_ATTENDEE]);
    for (int t = 0; t < HF_N_TYPES; t++) json_decref(m.list[t]);
    return m.status;
}

/* What became of what the case and its decisions promise; the same on the record. */
static enum hf_status add_promises(struct session *s, const struct params *p,
                                   json_t *record, json_t *out, struct hf_error *err)
{
    json_t *own = json_object_get(out, "case"), *d, *promise;
    const char *id = string_of(own, "id");
    uint32_t docid = id ? session_find(s, 'Q', id) : 0;
    size_t i;
    if (!docid) return HF_OK;
    enum hf_status status = promise_note(s, p, own, docid, err);
    if (status != HF_OK) return status;
    const char *of_record = string_of(record, "id");
    if (of_record && !strcmp(of_record, id)) {
        json_object_set(record, "promise", json_object_get(own, "promise"));
        json_object_set(record, "decisions", json_object_get(own, "decisions"));
    }
    json_array_foreach(json_object_get(own, "decisions"), i, d)
    {
        promise = json_object_get(d, "promise");
        json_t *listed =
            find_by_id(json_object_get(out, "decisions"), string_of(d, "id"), NULL);
        if (listed) json_object_set(listed, "promise", promise);
        if (of_record && !strcmp(of_record, string_of(d, "id")))
            json_object_set(record, "promise", promise);
    }
    return HF_OK;
}

enum hf_status answer_record(struct session *s, const char *id, const struct params *p,
                             json_t **out, struct hf_error *err)
{
    json_t *record = NULL;
    *out = NULL;
    enum hf_status status = session_begin(s, err);
    if (status != HF_OK) return status;
    if (!strncmp(id, "person/", 7)) {
        status = hit_person(s, id + 7, NULL, &record, err);
    } else {
        uint32_t docid = session_find(s, 'Q', id);
        status = docid ? session_record(s, docid, &record, err)
                       : hf_fail(err, HF_NOT_FOUND, "Ingen post har id-en «%.200s»", id);
        if (status == HF_OK) hit_cite(record);
    }
    if (status != HF_OK) return status;
    json_t *a = json_pack("{s:O}", "record", record);
    status = surround(s, record, a, err);
    if (status == HF_OK) status = add_promises(s, p, record, a, err);
    json_decref(record);
    if (status == HF_OK)
        *out = a;
    else
        json_decref(a);
    return status;
}

enum hf_status answer_record_page(struct session *s, const char *id,
                                  const struct params *p, json_t **out,
                                  struct hf_error *err)
{
    json_t *chain = NULL, *similar = NULL;
    enum hf_status status = answer_record(s, id, p, out, err);
    if (status != HF_OK) return status;
    const char *own = string_of(json_object_get(*out, "case"), "id");
    if (own) {
        status = answer_chain(s, own, p, &chain, err);
        if (status == HF_OK) status = answer_similar(s, own, p, &similar, err);
    }
    if (status == HF_OK && own) {
        json_object_set(*out, "chain", chain);
        json_object_set(*out, "similar", similar);
    }
    json_decref(chain);
    json_decref(similar);
    if (status == HF_OK) return HF_OK;
    json_decref(*out);
    *out = NULL;
    return status;
}
