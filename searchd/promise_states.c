/* The states of all promises of a generation, from terms and columns alone: no record is
 * read. */
#include <stdlib.h>
#include <string.h>

#include "../shim/map.h"
#include "promise.h"

struct terms {
    char **at;
    size_t n, cap;
    bool shared_only;
};

struct states {
    struct session *s;
    const struct columns *columns;
    uint8_t *state;
    struct hf_map until; /* series → the last day of its minutes */
    const char *last;    /* key of it, of the term before */
    size_t last_len;
    uint32_t day;  /* of the case looked at */
    bool is_later; /* another case came after it */
};

static int take_term(void *ctx, const char *term, size_t len, uint32_t freq)
{
    struct terms *t = ctx;
    if (t->shared_only && (freq < 2 || strstr(term, "#@"))) return 0;
    t->at = hf_grow(t->at, &t->cap, t->n, sizeof *t->at);
    t->at[t->n++] = hf_xstrndup(term, len);
    return 0;
}

static void terms_release(struct terms *t)
{
    for (size_t i = 0; i < t->n; i++) free(t->at[i]);
    free(t->at);
}

/* ---- how far each body's minutes go ---- */

static int take_day(void *ctx, const char *term, size_t len, uint32_t freq)
{
    struct states *s = ctx;
    const char *at = strstr(term, "#@");
    (void)freq;
    if (!at || (size_t)(at - term) + 10 != len) return 0;
    uintptr_t day = (uintptr_t)atol(at + 2);
    /* Days of a series come in ascending order, so the last one stays. */
    size_t n = (size_t)(at - term) - 1;
    if (n == s->last_len && !strncmp(s->last, term + 1, n)) {
        hf_map_put(&s->until, s->last, n, (void *)day);
        return 0;
    }
    s->last = hf_xstrndup(term + 1, n);
    s->last_len = n;
    hf_map_put(&s->until, s->last, n, (void *)day);
    return 0;
}

static int take_meeting(void *ctx, uint32_t docid, const char *bytes, size_t len)
{
    struct states *s = ctx;
    const struct columns *c = s->columns;
    if (docid > c->last || !c->is_promise[docid]) return 0;
    const char *slash = memrchr(bytes, '/', len);
    size_t n = slash ? (size_t)(slash - bytes) : len;
    uint32_t until = (uint32_t)(uintptr_t)hf_map_get(&s->until, bytes, n);
    s->state[docid] =
        promise_is_later(c->date[docid], until) ? PROMISE_OPEN : PROMISE_UNKNOWN;
    return 0;
}

/* ---- what is taken up ---- */

static int see_other(void *ctx, uint32_t docid)
{
    struct states *s = ctx;
    const struct columns *c = s->columns;
    s->is_later |= docid <= c->last && c->type[docid] == HF_TYPE_CASE + 1 &&
                   promise_is_later(s->day, c->date[docid]);
    return s->is_later;
}

static int close_decision(void *ctx, uint32_t docid)
{
    struct states *s = ctx;
    if (docid <= s->columns->last && s->state[docid]) s->state[docid] = PROMISE_CLOSED;
    return 0;
}

/* Closes the case and its decisions; id as in the flag terms: cut where it is long. */
static enum hf_status close_case(struct states *s, uint32_t docid, const char *id,
                                 struct hf_error *err)
{
    char term[HF_TERM_ROOM];
    if (!s->state[docid]) return HF_OK;
    s->state[docid] = PROMISE_CLOSED;
    size_t n = strnlen(id, sizeof term - 2);
    term[0] = 'C';
    memcpy(term + 1, id, n);
    term[n + 1] = 0;
    return hf_reader_postings(s->s->reader, term, close_decision, s, err);
}

static enum hf_status by_references(struct states *s, struct hf_error *err)
{
    struct terms t = {.n = 0};
    enum hf_status status = hf_reader_terms(s->s->reader, "R", take_term, &t, err);
    for (size_t i = 0; status == HF_OK && i < t.n; i++) {
        uint32_t docid;
        char *term = t.at[i];
        *term = 'Q';
        bool is_held = hf_reader_find(s->s->reader, term, &docid, NULL) == HF_OK;
        *term = 'R';
        if (!is_held || docid > s->columns->last || !s->state[docid]) continue;
        s->day = s->columns->date[docid];
        s->is_later = false;
        status = hf_reader_postings(s->s->reader, term, see_other, s, err);
        if (status == HF_OK && s->is_later) status = close_case(s, docid, term + 1, err);
    }
    terms_release(&t);
    return status;
}

struct group {
    uint32_t at[64]; /* the cases of one number; more are no matter but a mistake */
    size_t n;
};

static int take_case(void *ctx, uint32_t docid)
{
    struct group *g = ctx;
    if (g->n < sizeof g->at / sizeof *g->at) g->at[g->n++] = docid;
    return 0;
}

static enum hf_status by_numbers(struct states *s, struct hf_error *err)
{
    struct terms t = {.shared_only = true};
    enum hf_status status = hf_reader_terms(s->s->reader, "S", take_term, &t, err);
    for (size_t i = 0; status == HF_OK && i < t.n; i++) {
        struct group g = {.n = 0};
        status = hf_reader_postings(s->s->reader, t.at[i], take_case, &g, err);
        for (size_t k = 0; status == HF_OK && k < g.n; k++) {
            json_t *record;
            if (g.at[k] > s->columns->last || !s->state[g.at[k]]) continue;
            s->day = s->columns->date[g.at[k]];
            s->is_later = false;
            for (size_t m = 0; m < g.n; m++) see_other(s, g.at[m]);
            if (!s->is_later) continue;
            status = session_record(s->s, g.at[k], &record, err);
            if (status != HF_OK) break;
            char term[HF_TERM_ROOM];
            const char *id = json_string_value(json_object_get(record, "id"));
            hf_term_flag(term, 'C', id ? id : "", id ? strlen(id) : 0);
            status = close_case(s, g.at[k], term + 1, err);
            json_decref(record);
        }
    }
    terms_release(&t);
    return status;
}

static enum hf_status load(struct session *session, uint8_t **out, struct hf_error *err)
{
    const struct columns *c = session->served->columns;
    struct states s = {.s = session, .columns = c};
    s.state = hf_xcalloc((size_t)c->last + 1, 1);
    *out = NULL;
    enum hf_status status = hf_reader_terms(session->reader, "S", take_day, &s, err);
    if (status == HF_OK)
        status =
            hf_reader_values(session->reader, HF_SLOT_MEETING, take_meeting, &s, err);
    if (status == HF_OK) status = by_references(&s, err);
    if (status == HF_OK) status = by_numbers(&s, err);
    for (size_t i = 0; i < s.until.cap; i++) free((char *)s.until.slots[i].key);
    hf_map_release(&s.until);
    if (status == HF_OK)
        *out = s.state;
    else
        free(s.state);
    return status;
}

enum hf_status promise_states(struct session *s, const uint8_t **out,
                              struct hf_error *err)
{
    struct served *v = s->served;
    enum hf_status status = HF_OK;
    pthread_mutex_lock(&v->promising);
    if (!v->promises) status = load(s, &v->promises, err);
    *out = v->promises;
    pthread_mutex_unlock(&v->promising);
    return status;
}
