#include "promise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/record.h"
#include "hits.h"
#include "render_json.h"
#include "strings.h"

enum { CLOSERS_SHOWN = 3 };

bool promise_is_later(uint32_t day, uint32_t other)
{
    if (!day || !other) return false;
    if (day % 10000 == 0 || other % 10000 == 0) return other / 10000 > day / 10000;
    return other > day;
}

/* ---- one case ---- */

struct closer {
    uint32_t docid, day;
    bool by_number;
};

struct look { /* what became of one case */
    const struct columns *columns;
    uint32_t day, until; /* its own day; the last day of which the body has minutes */
    bool by_number;
    struct closer first[CLOSERS_SHOWN]; /* in time order */
    size_t n;
};

static int take_closer(void *ctx, uint32_t docid)
{
    struct look *l = ctx;
    const struct columns *c = l->columns;
    if (docid > c->last || c->type[docid] != HF_TYPE_CASE + 1 ||
        !promise_is_later(l->day, c->date[docid]))
        return 0;
    struct closer new = {docid, c->date[docid], l->by_number};
    for (size_t k = 0; k < l->n; k++)
        if (l->first[k].docid == docid) return 0;
    size_t i = l->n;
    for (; i && l->first[i - 1].day > new.day; i--)
        if (i < CLOSERS_SHOWN) l->first[i] = l->first[i - 1];
    if (i < CLOSERS_SHOWN) l->first[i] = new;
    l->n += l->n < CLOSERS_SHOWN;
    return 0;
}

static int take_day(void *ctx, const char *term, size_t len, uint32_t freq)
{
    uint32_t *until = ctx, day = len > 8 ? (uint32_t)atoi(term + len - 8) : 0;
    (void)freq;
    if (day > *until) *until = day;
    return 0;
}

static enum hf_status look_for(struct session *s, const json_t *of_case, uint32_t docid,
                               struct look *l, struct hf_error *err)
{
    char term[HF_TERM_ROOM];
    const char *id = member_text(of_case, "id"),
               *meeting = member_text(of_case, "meeting");
    *l = (struct look){.columns = s->served->columns};
    l->day = l->columns->date[docid];
    hf_term_flag(term, 'R', id, strlen(id));
    enum hf_status status = hf_reader_postings(s->reader, term, take_closer, l, err);
    l->by_number = true;
    if (status == HF_OK &&
        hf_term_series(term, meeting, member_text(of_case, "number_normalised")))
        status = hf_reader_postings(s->reader, term, take_closer, l, err);
    hf_term_series_day(term, meeting, "");
    if (status == HF_OK)
        status = hf_reader_terms(s->reader, term, take_day, &l->until, err);
    return status;
}

static const char *state_of(const struct look *l)
{
    return l->n ? "closed" : promise_is_later(l->day, l->until) ? "open" : "unknown";
}

/* ---- as JSON ---- */

static json_t *day_json(uint32_t day)
{
    if (!day) return json_null();
    if (day % 10000 == 0) return json_sprintf("%04u", day / 10000);
    return json_sprintf("%04u-%02u-%02u", day / 10000, day / 100 % 100, day % 100);
}

static const char *relation_to(const json_t *closer, const char *id)
{
    size_t i;
    json_t *ref;
    json_array_foreach(json_object_get(closer, "refs_detail"), i, ref)
    {
        if (!strcmp(member_text(ref, "case"), id)) return member_text(ref, "direction");
    }
    return "refers";
}

static enum hf_status closers_json(struct session *s, const struct look *l,
                                   const char *id, json_t *list, struct hf_error *err)
{
    static const char *const fields[] = {"title", "number", "body", "body_name", "link"};
    enum hf_status status = HF_OK;
    for (size_t i = 0; status == HF_OK && i < l->n; i++) {
        json_t *closer;
        char day[11];
        status = session_record(s, l->first[i].docid, &closer, err);
        if (status != HF_OK) break;
        hit_cite(closer);
        json_t *one =
            json_pack("{s:O, s:s, s:s}", "case", json_object_get(closer, "id"), "day",
                      member_day(closer, day), "relation",
                      l->first[i].by_number ? "same-number" : relation_to(closer, id));
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
            json_t *value = json_object_get(closer, fields[k]);
            json_object_set(one, fields[k], value ? value : json_null());
        }
        json_array_append_new(list, one);
        json_decref(closer);
    }
    return status;
}

/* What all promises of a case have in common. */
static enum hf_status common(struct session *s, const struct params *p,
                             const json_t *of_case, uint32_t docid, json_t **out,
                             struct hf_error *err)
{
    struct look l;
    int y, m, d, date = 0;
    *out = NULL;
    enum hf_status status = look_for(s, of_case, docid, &l, err);
    if (status != HF_OK) return status;
    const char *printed = member_text(of_case, "deadline_date"), *state = state_of(&l);
    if (sscanf(printed, "%d-%d-%d", &y, &m, &d) == 3) date = y * 10000 + m * 100 + d;
    json_t *o = json_pack("{s:s, s:O?, s:O?}", "state", state, "deadline",
                          json_object_get(of_case, "deadline"), "deadline_date",
                          json_object_get(of_case, "deadline_date"));
    json_object_set_new(o, "due",
                        !date || l.n             ? json_null()
                        : date < params_today(p) ? json_string("passed")
                                                 : json_string("coming"));
    json_object_set_new(o, "searched_until", day_json(l.until));
    json_t *closers = json_array();
    status = closers_json(s, &l, member_text(of_case, "id"), closers, err);
    json_object_set_new(o, "closed_by", closers);
    struct hf_buf text = HF_BUF_INIT;
    const char *number = member_text(of_case, "number_normalised");
    strings_fill(&text, strchr(number, '/') ? S_PROMISE_CLOSES : S_PROMISE_CLOSES_DAY,
                 p->lang, member_text(of_case, "body"), number, NULL);
    json_object_set_new(o, "would_close", l.n ? json_null() : json_string(text.data));
    hf_buf_release(&text);
    *out = o;
    return status;
}

static void set(json_t *record, const json_t *promise, json_t *mandates)
{
    json_t *own = json_copy((json_t *)promise);
    json_object_set(own, "mandates", mandates);
    json_object_set_new(record, "promise", own);
}

/* decision NULL: the case and all its decisions. */
static enum hf_status note(struct session *s, const struct params *p, json_t *of_case,
                           uint32_t docid, json_t *decision, struct hf_error *err)
{
    json_t *promise, *mandates, *decisions = json_object_get(of_case, "decisions"), *d;
    size_t i;
    enum hf_status status = common(s, p, of_case, docid, &promise, err);
    if (status != HF_OK) {
        json_decref(promise);
        return status;
    }
    if (decision) {
        if (hf_record_promises(of_case, decisions, decision))
            set(decision, promise, json_object_get(decision, "mandates"));
    } else {
        mandates = json_array();
        json_array_foreach(decisions, i, d)
        {
            if (!hf_record_promises(of_case, decisions, d)) continue;
            set(d, promise, json_object_get(d, "mandates"));
            json_array_extend(mandates, json_object_get(d, "mandates"));
        }
        set(of_case, promise, mandates);
        json_decref(mandates);
    }
    json_decref(promise);
    return HF_OK;
}

enum hf_status promise_note(struct session *s, const struct params *p, json_t *record,
                            uint32_t docid, struct hf_error *err)
{
    const struct columns *c = s->served->columns;
    enum hf_status status = HF_OK;
    json_t *d, *of_case;
    size_t i;
    bool is_case = docid <= c->last && c->type[docid] == HF_TYPE_CASE + 1,
         is_decision = docid <= c->last && c->type[docid] == HF_TYPE_DECISION + 1;
    if (!is_case && !is_decision) return HF_OK;
    json_object_set_new(record, "promise", json_null());
    if (is_case)
        json_array_foreach(json_object_get(record, "decisions"), i, d)
            json_object_set_new(d, "promise", json_null());
    if (!c->is_promise[docid]) return HF_OK;
    if (is_case) return note(s, p, record, docid, NULL, err);
    uint32_t owner = session_find(s, 'Q', member_text(record, "case"));
    if (!owner) return HF_OK;
    status = session_record(s, owner, &of_case, err);
    if (status == HF_OK) status = note(s, p, of_case, owner, record, err);
    json_decref(of_case);
    return status;
}
