/* /v1/cases/{id}/chain: one matter across meetings and bodies, in time order, and where
 * it breaks off because a meeting or a case is not here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chain.h"
#include "hits.h"
#include "known.h"
#include "promise.h"
#include "render_json.h"
#include "strings.h"

static void copy(json_t *to, const json_t *from, const char *name)
{
    json_t *value = json_object_get(from, name);
    json_object_set(to, name, value ? value : json_null());
}

/* ---- how the steps hang together ---- */

static void add_link(const struct chain *c, json_t *const *joined, const char *id,
                     json_t *link)
{
    const struct chain_step *step = chain_find(c, id);
    json_array_append_new(joined[step - c->at], link);
}

static void join_references(const struct chain *c, size_t i, json_t *const *joined)
{
    const struct chain_step *step = &c->at[i];
    size_t k;
    json_t *ref;
    json_array_foreach(json_object_get(step->record, "refs_detail"), k, ref)
    {
        static const char form[] = "{s:s, s:s, s:s, s:O?, s:s}";
        const char *other = member_text(ref, "case");
        if (!chain_leads(step->record, ref) || !chain_find(c, other)) continue;
        json_t *printed = json_object_get(ref, "as_printed");
        const char *relation = member_text(ref, "direction");
        add_link(c, joined, step->id,
                 json_pack(form, "by", "reference", "direction", "to", "relation",
                           relation, "as_printed", printed, "case", other));
        add_link(c, joined, other,
                 json_pack(form, "by", "reference", "direction", "from", "relation",
                           relation, "as_printed", printed, "case", step->id));
    }
}

/* The next step of another meeting that has the number of this one. */
static void join_number(const struct chain *c, size_t i, json_t *const *joined)
{
    static const char form[] = "{s:s, s:s, s:s, s:O?, s:s}";
    char own[HF_TERM_ROOM], term[HF_TERM_ROOM];
    const struct chain_step *step = &c->at[i];
    const json_t *number = json_object_get(step->record, "number");
    if (!hf_term_series(own, step->meeting,
                        member_text(step->record, "number_normalised")))
        return;
    for (size_t k = i + 1; k < c->n; k++) {
        const struct chain_step *next = &c->at[k];
        if (!strcmp(next->meeting, step->meeting) ||
            !hf_term_series(term, next->meeting,
                            member_text(next->record, "number_normalised")) ||
            strcmp(term, own) != 0)
            continue;
        add_link(c, joined, step->id,
                 json_pack(form, "by", "number", "direction", "from", "relation",
                           "same-number", "as_printed",
                           json_object_get(next->record, "number"), "case", next->id));
        add_link(c, joined, next->id,
                 json_pack(form, "by", "number", "direction", "to", "relation",
                           "same-number", "as_printed", number, "case", step->id));
        return;
    }
}

/* ---- a step ---- */

static json_t *decisions_json(json_t *record)
{
    static const char *const fields[] = {"id",       "label",    "text",
                                         "outcome",  "implicit", "certainty",
                                         "citation", "link",     "promise"};
    json_t *list = json_array(), *d;
    size_t i;
    json_array_foreach(json_object_get(record, "decisions"), i, d)
    {
        static const char *const inherited[] = {"helsefellesskap_name", "body", "date",
                                                "year"};
        json_t *one = json_object();
        for (size_t k = 0; k < sizeof inherited / sizeof *inherited; k++)
            copy(d, record, inherited[k]);
        hit_cite(d);
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
            copy(one, d, fields[k]);
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *step_json(const struct chain_step *step, json_t *joined)
{
    static const char *const fields[] = {"meeting",
                                         "title",
                                         "number",
                                         "helsefellesskap",
                                         "helsefellesskap_name",
                                         "body",
                                         "date",
                                         "body_name",
                                         "year",
                                         "citation",
                                         "link"};
    static const char *const ends[] = {NULL, "approves", "list"};
    json_t *o = json_pack("{s:s}", "case", step->id);
    char day[11];
    hit_cite(step->record);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        copy(o, step->record, fields[i]);
    copy(o, step->record, "number_normalised");
    copy(o, step->record, "language");
    json_object_set_new(o, "day", json_string(member_day(step->record, day)));
    json_object_set_new(o, "is_asked", json_boolean(!step->relation));
    json_object_set_new(o, "relation",
                        step->relation ? json_string(step->relation) : json_null());
    json_object_set(o, "joined", joined);
    json_object_set_new(o, "ends",
                        ends[step->end] ? json_string(ends[step->end]) : json_null());
    copy(o, step->record, "promise");
    json_object_set_new(o, "decisions", decisions_json(step->record));
    return o;
}

/* Open: something that a step promised was not taken up. null: nobody can tell. */
static json_t *open_json(const struct chain *c)
{
    bool is_open = false, is_unknown = false;
    for (size_t i = 0; i < c->n; i++) {
        const char *state =
            member_text(json_object_get(c->at[i].record, "promise"), "state");
        is_open |= !strcmp(state, "open");
        is_unknown |= !strcmp(state, "unknown");
    }
    return is_open ? json_true() : is_unknown ? json_null() : json_false();
}

static json_t *steps_json(const struct chain *c)
{
    json_t *joined[CHAIN_MAX], *steps = json_array();
    for (size_t i = 0; i < c->n; i++) joined[i] = json_array();
    for (size_t i = 0; i < c->n; i++) {
        join_references(c, i, joined);
        join_number(c, i, joined);
    }
    for (size_t i = 0; i < c->n; i++)
        json_array_append_new(steps, step_json(&c->at[i], joined[i]));
    for (size_t i = 0; i < c->n; i++) json_decref(joined[i]);
    return steps;
}

/* ---- where it breaks off ---- */

/* The meetings of one body (any of its series, unless only that one is meant). */
struct meetings {
    struct session *s;
    const char *series; /* of the asking meeting, "" where another body is meant */
    size_t prefix_len;  /* of "M<helsefellesskap>/<body>" */
    int year;           /* counted: meetings of this year */
    uint32_t day;       /* looked for, yyyymmdd; 0: none */
    unsigned n;
    bool is_there;
};

static bool is_series(const struct meetings *m, const char *id)
{
    const char *slash = strrchr(id, '/');
    size_t len = slash ? (size_t)(slash - id) : 0, n = strlen(m->series);
    bool is_whole = !memchr(id, '.', len) || !strchr(m->series, '.');
    return is_whole || (len == n && !strncmp(id, m->series, n));
}

static int take_meeting(void *ctx, const char *term, size_t len, uint32_t freq)
{
    struct meetings *m = ctx;
    const struct columns *c = m->s->served->columns;
    (void)freq;
    if (len <= m->prefix_len || !strchr("./", term[m->prefix_len])) return 0;
    uint32_t docid = session_find(m->s, 'Q', term + 1);
    if (!docid || docid > c->last || !is_series(m, term + 1)) return 0;
    m->n += c->date[docid] / 10000 == (uint32_t)m->year;
    m->is_there |= m->day && c->date[docid] == m->day;
    return 0;
}

/* Looks at the meetings of a body in the helsefellesskap of step. */
static enum hf_status look(struct meetings *m, const struct chain_step *step,
                           const char *body, struct hf_error *err)
{
    struct hf_buf prefix = HF_BUF_INIT, series = HF_BUF_INIT;
    const char *own = member_text(step->record, "body"),
               *slash = strrchr(step->meeting, '/');
    bool is_own = !*body || !strcmp(body, own);
    hf_buf_addf(&prefix, "M%.*s/%s", (int)strcspn(step->meeting, "/"), step->meeting,
                *body ? body : own);
    if (is_own && slash)
        hf_buf_add(&series, step->meeting, (size_t)(slash - step->meeting));
    m->series = series.data;
    m->prefix_len = prefix.len;
    enum hf_status status =
        hf_reader_terms(m->s->reader, prefix.data, take_meeting, m, err);
    hf_buf_release(&prefix);
    hf_buf_release(&series);
    return status;
}

static enum hf_status break_of_ref(const struct chain *c, const struct chain_step *step,
                                   json_t *ref, json_t *breaks, struct hf_error *err)
{
    const char *slash = strchr(member_text(ref, "number"), '/');
    struct meetings m = {.s = c->session, .year = slash ? atoi(slash + 1) : 0};
    enum hf_status status = HF_OK;
    if (m.year) status = look(&m, step, member_text(ref, "body"), err);
    json_t *one = json_pack("{s:s, s:s}", "case", step->id, "kind", "case");
    copy(one, ref, "as_printed");
    copy(one, ref, "number");
    const char *body = member_text(ref, "body");
    json_object_set_new(one, "body",
                        json_string(*body ? body : member_text(step->record, "body")));
    json_object_set_new(one, "relation", json_string(member_text(ref, "direction")));
    json_object_set(one, "reason", json_object_get(ref, "reason"));
    json_object_set_new(one, "year", m.year ? json_integer(m.year) : json_null());
    json_object_set_new(one, "meetings_held",
                        m.year ? json_integer((json_int_t)m.n) : json_null());
    json_array_append_new(breaks, one);
    return status;
}

/* The minutes that a step approves and that are not here. */
static enum hf_status breaks_of_meeting(const struct chain *c,
                                        const struct chain_step *step, json_t *breaks,
                                        struct hf_error *err)
{
    json_t *meeting = NULL, *a;
    size_t i;
    int y, month, day;
    uint32_t docid = session_find(c->session, 'Q', step->meeting);
    enum hf_status status =
        docid ? session_record(c->session, docid, &meeting, err) : HF_OK;
    json_array_foreach(json_object_get(meeting, "approves"), i, a)
    {
        const char *date = member_text(a, "date"),
                   *number = member_text(a, "case_number");
        struct meetings m = {.s = c->session};
        if (!*number || strcmp(number, member_text(step->record, "number")) != 0 ||
            sscanf(date, "%d-%d-%d", &y, &month, &day) != 3)
            continue;
        m.year = y;
        m.day = (uint32_t)(y * 10000 + month * 100 + day);
        status = look(&m, step, "", err);
        if (status != HF_OK) break;
        if (!m.is_there)
            json_array_append_new(
                breaks, json_pack("{s:s, s:s, s:O?, s:n, s:O?, s:s, s:s, s:i, s:i, s:s}",
                                  "case", step->id, "kind", "meeting", "as_printed",
                                  json_object_get(a, "as_printed"), "number", "body",
                                  json_object_get(step->record, "body"), "relation",
                                  "approves", "reason", "not held", "year", y,
                                  "meetings_held", (int)m.n, "date", date));
    }
    json_decref(meeting);
    return status;
}

static enum hf_status breaks_json(const struct chain *c, json_t *breaks,
                                  struct hf_error *err)
{
    enum hf_status status = HF_OK;
    size_t k;
    json_t *ref;
    for (size_t i = 0; status == HF_OK && i < c->n; i++) {
        json_array_foreach(json_object_get(c->at[i].record, "refs_detail"), k, ref)
        {
            if (!*member_text(ref, "case") && status == HF_OK)
                status = break_of_ref(c, &c->at[i], ref, breaks, err);
        }
        if (status == HF_OK) status = breaks_of_meeting(c, &c->at[i], breaks, err);
    }
    return status;
}

/* ---- the answer ---- */

/* What was asked for is no case: which id would be right. */
struct first_case {
    struct session *s;
    uint32_t docid;
};

static int take_first(void *ctx, uint32_t docid)
{
    struct first_case *f = ctx;
    const struct columns *c = f->s->served->columns;
    if (docid > c->last || c->type[docid] != HF_TYPE_CASE + 1) return 0;
    f->docid = docid;
    return 1;
}

/* A case that the record belongs to, or one of its meeting, for the message. */
static enum hf_status right_id(struct session *s, const json_t *record, struct hf_buf *id,
                               struct hf_error *err)
{
    struct first_case first = {s, 0};
    char term[HF_TERM_ROOM];
    json_t *one;
    const char *meeting = member_text(record, "meeting"),
               *own = member_text(record, "case");
    hf_buf_adds(id, own);
    if (*own) return HF_OK;
    if (!*meeting) meeting = member_text(record, "id");
    hf_term_flag(term, 'M', meeting, strlen(meeting));
    enum hf_status status = hf_reader_postings(s->reader, term, take_first, &first, err);
    if (status != HF_OK || !first.docid) return status;
    status = session_record(s, first.docid, &one, err);
    if (status == HF_OK) hf_buf_adds(id, member_text(one, "id"));
    json_decref(one);
    return status;
}

static enum hf_status another_kind(struct session *s, const json_t *record,
                                   enum params_lang lang, struct hf_error *err)
{
    struct hf_buf text = HF_BUF_INIT, right = HF_BUF_INIT;
    const char *type = member_text(record, "type");
    const struct hf_choice *kind = known_find(HF_FACET_TYPE, type);
    enum hf_status status = right_id(s, record, &right, err);
    if (kind && kind->alias && lang != LANG_EN) type = kind->alias;
    strings_fill(&text,
                 !right.len                     ? S_ERR_NO_CASE_KIND
                 : *member_text(record, "case") ? S_ERR_CASE_OF
                                                : S_ERR_CASE_LIKE,
                 lang, member_text(record, "id"), type, right.data, NULL);
    if (status == HF_OK) status = hf_fail(err, HF_BAD_ARGUMENT, "%s", text.data);
    hf_buf_release(&text);
    hf_buf_release(&right);
    return status;
}

enum hf_status chain_case(struct session *s, const char *id, enum params_lang lang,
                          uint32_t *docid, struct hf_error *err)
{
    json_t *record;
    enum hf_status status = session_begin(s, err);
    *docid = 0;
    if (status != HF_OK) return status;
    uint32_t found = session_find(s, 'Q', id);
    if (!found && !strncmp(id, "person/", 7)) found = session_find(s, 'P', id + 7);
    if (!found) {
        struct hf_buf text = HF_BUF_INIT;
        strings_fill(&text, S_ERR_NO_CASE, lang, id, NULL);
        status = hf_fail(err, HF_NOT_FOUND, "%s", text.data);
        hf_buf_release(&text);
        return status;
    }
    if (s->served->columns->type[found] == HF_TYPE_CASE + 1) {
        *docid = found;
        return HF_OK;
    }
    status = session_record(s, found, &record, err);
    if (status == HF_OK) status = another_kind(s, record, lang, err);
    json_decref(record);
    return status;
}

enum hf_status answer_chain(struct session *s, const char *id, const struct params *p,
                            json_t **out, struct hf_error *err)
{
    struct chain c = {NULL};
    uint32_t docid;
    json_t *breaks = json_array();
    *out = NULL;
    enum hf_status status = chain_case(s, id, p->lang, &docid, err);
    if (status == HF_OK) status = chain_follow(&c, s, docid, err);
    for (size_t i = 0; status == HF_OK && i < c.n; i++)
        status = promise_note(s, p, c.at[i].record, c.at[i].docid, err);
    if (status == HF_OK) {
        chain_sort(&c);
        status = breaks_json(&c, breaks, err);
    }
    if (status == HF_OK) {
        *out = json_pack("{s:s, s:o, s:O, s:o, s:b, s:b}", "case", id, "steps",
                         steps_json(&c), "breaks", breaks, "open", open_json(&c),
                         "is_alone", c.n == 1, "is_cut", c.is_cut);
    }
    json_decref(breaks);
    chain_release(&c);
    return status;
}
