/* The API's addresses: /v1/... (routes.c leads here). */
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "export.h"
#include "media.h"
#include "opensearch.h"
#include "paging.h"
#include "render_atom.h"
#include "render_figures.h"
#include "render_json.h"

enum { MAX_WHOLE = 10000 };

/* True where the question goes on from a cursor of another generation than the answer's:
 * the reply (410) is made. */
static bool is_stale(struct ask *a, const struct params *p, json_int_t generation)
{
    char was[16], is[16];
    struct hf_buf b = HF_BUF_INIT;
    if (!p->has_cursor || p->cursor_generation == generation) return false;
    snprintf(was, sizeof was, "%u", p->cursor_generation);
    snprintf(is, sizeof is, "%u", (unsigned)generation);
    strings_fill(&b, S_ERR_CURSOR_OLD, a->p.lang, was, is, NULL);
    ask_fail(a, PROBLEM_GONE, b.data);
    hf_buf_release(&b);
    return true;
}

/* The other pages of this question, as a Link header. */
static void add_link(void *ctx, const char *rel, const char *url)
{
    struct hf_buf *b = ctx;
    hf_buf_addf(b, "%s<%s>; rel=\"%s\"", b->len ? ", " : "", url, rel);
}

static void paging_links(struct ask *a, const json_t *answer)
{
    struct hf_buf b = HF_BUF_INIT;
    paging_each(&a->p, answer, add_link, &b);
    if (b.len) reply_header(a->r, "Link", "%s", b.data);
    hf_buf_release(&b);
}

static void media_headers(struct ask *a)
{
    const struct media *m = media_of(a->p.format);
    reply_header(a->r, "Content-Type", "%s", m->content);
    if (m->file)
        reply_header(a->r, "Content-Disposition", "attachment; filename=\"%s\"", m->file);
}

static void updated(struct ask *a, char out[40])
{
    pthread_mutex_lock(&a->server->lock);
    memcpy(out, a->server->updated, 40);
    pthread_mutex_unlock(&a->server->lock);
}

/* A feed of every hit has no other pages; its head is made before any hit is known. */
static void begin_feed(struct ask *a, struct export *x)
{
    char when[40];
    struct params p = x->p; /* borrowed members */
    struct hf_buf base = HF_BUF_INIT, head = HF_BUF_INIT;
    ask_base(a, &base);
    updated(a, when);
    p.all = true;
    p.size = a->p.size;
    struct atom_feed feed = {&p, base.data, when, true};
    render_atom_head(&feed, NULL, &head);
    x->feed_head = hf_buf_take(&head);
    x->feed_base = hf_buf_take(&base);
}

/* The first piece is made here, so that a query that cannot be read has its status; the
 * rest follows while it is sent. */
static void api_table(struct ask *a)
{
    struct hf_error err = {HF_INTERNAL, ""};
    struct render_columns columns;
    struct session *session = ask_session(a);
    if (!session) return;
    if (render_columns_parse(&columns, NULL, a->p.lang, NULL) != HF_OK)
        HF_BUG("default columns");
    media_headers(a);
    struct export *x = hf_xmalloc(sizeof *x);
    enum params_lang lang = a->p.lang;
    export_init(x, &a->p, &columns);
    if (x->format == FORMAT_ATOM) begin_feed(a, x);
    a->p.lang = lang; /* of messages still to come */
    a->r->more = x;
    if (export_next(x, session, &a->r->body, &err) != HF_OK)
        ask_failed(a, &err, PROBLEM_QUERY);
    else
        (void)is_stale(a, &x->p, x->generation);
}

/* All hits as one JSON document lie in memory: few enough of them only. */
static bool is_too_much(struct ask *a)
{
    struct hf_error err;
    if (!a->p.all) return false;
    size_t size = a->p.size;
    a->p.all = false;
    a->p.size = 1;
    json_t *answer = ask_question(a, answer_facets, &err);
    json_int_t total = json_integer_value(json_object_get(answer, "total"));
    json_decref(answer);
    a->p.all = true;
    a->p.size = size;
    if (total <= MAX_WHOLE) return false;
    ask_fail(a, PROBLEM_PARAMETER, strings_get(S_ERR_WHOLE, a->p.lang));
    return true;
}

static void feed_reply(struct ask *a, const json_t *answer)
{
    char when[40];
    struct hf_buf base = HF_BUF_INIT;
    ask_base(a, &base);
    updated(a, when);
    struct atom_feed feed = {&a->p, base.data, when, false};
    media_headers(a);
    render_atom_head(&feed, answer, &a->r->body);
    render_atom_entries(base.data, json_object_get(answer, "hits"), &a->r->body);
    render_atom_tail(&a->r->body);
    hf_buf_release(&base);
}

/* The answer as the body; what comes back has no hits. */
static json_t *search_text(struct ask *a, struct hf_error *err)
{
    json_t *head = NULL;
    struct session *s = a->server->session(a->server, err);
    if (!s) return NULL;
    reply_header(a->r, "Content-Type", "application/json");
    enum hf_status status = answer_search_text(s, &a->p, &head, &a->r->body, err);
    if (status == HF_CHANGED)
        status = answer_search_text(s, &a->p, &head, &a->r->body, err);
    return status == HF_OK ? head : NULL;
}

void api_search(struct ask *a)
{
    struct hf_error err = {HF_INTERNAL, ""};
    bool is_feed = a->p.format == FORMAT_ATOM && !a->p.all;
    if (ask_cached(a)) return;
    if (a->p.format != FORMAT_JSON && !is_feed) {
        api_table(a);
        return;
    }
    if (is_too_much(a)) return;
    json_t *answer =
        is_feed ? ask_question(a, answer_search, &err) : search_text(a, &err);
    if (!answer) {
        ask_failed(a, &err, PROBLEM_QUERY);
        return;
    }
    if (!is_stale(a, &a->p, paging_here(&a->p, answer).generation)) {
        paging_links(a, answer);
        if (is_feed) feed_reply(a, answer);
    }
    json_decref(answer);
}

/* An id that names another kind of thing is no fault of a query. */
static void json_only(struct ask *a, question ask, subject about)
{
    struct hf_error err = {HF_INTERNAL, ""};
    if (ask_cached(a)) return;
    json_t *answer = ask ? ask_question(a, ask, &err) : ask_about(a, about, &err);
    if (!answer) {
        ask_failed(a, &err, ask ? PROBLEM_QUERY : PROBLEM_PARAMETER);
        return;
    }
    ask_reply(a, answer);
    json_decref(answer);
}

void api_facets(struct ask *a)
{
    json_only(a, answer_facets, NULL);
}

void api_explain(struct ask *a)
{
    json_only(a, answer_explain, NULL);
}

void api_record(struct ask *a)
{
    json_only(a, NULL, answer_record);
}

void api_compare(struct ask *a)
{
    json_only(a, answer_compare, NULL);
}

void api_people(struct ask *a)
{
    json_only(a, NULL, answer_people);
}

void api_chain(struct ask *a)
{
    json_only(a, NULL, answer_chain);
}

void api_similar(struct ask *a)
{
    json_only(a, NULL, answer_similar);
}

void api_suggest(struct ask *a)
{
    struct hf_error err = {HF_INTERNAL, ""};
    if (a->p.format == FORMAT_JSON) {
        json_only(a, answer_suggest, NULL);
        return;
    }
    if (ask_cached(a)) return;
    json_t *answer = ask_question(a, answer_suggest, &err);
    if (!answer) {
        ask_failed(a, &err, PROBLEM_QUERY);
        return;
    }
    struct hf_buf base = HF_BUF_INIT;
    ask_base(a, &base);
    json_t *list = opensearch_suggestions(base.data, answer);
    media_headers(a);
    render_json(list, &a->r->body);
    json_decref(list);
    json_decref(answer);
    hf_buf_release(&base);
}

/* An answer of figures: JSON, or a table of them. */
static void figures(struct ask *a, question ask,
                    void (*render)(enum params_format, const json_t *, struct hf_buf *))
{
    struct hf_error err = {HF_INTERNAL, ""};
    if (a->p.format == FORMAT_JSON) {
        json_only(a, ask, NULL);
        return;
    }
    if (ask_cached(a)) return;
    json_t *answer = ask_question(a, ask, &err);
    if (!answer) {
        ask_failed(a, &err, PROBLEM_QUERY);
        return;
    }
    media_headers(a);
    render(a->p.format, answer, &a->r->body);
    json_decref(answer);
}

void api_coverage(struct ask *a)
{
    figures(a, answer_coverage, render_coverage_table);
}

void api_timeline(struct ask *a)
{
    figures(a, answer_timeline, render_timeline_table);
}
