#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "assets.h"
#include "html.h"
#include "render_html.h"
#include "render_json.h"

static bool is_search(const struct params *p)
{
    bool any = p->q || p->from || p->to || p->open || p->in.n || p->page ||
               p->has_offset || p->sort != SORT_RELEVANCE;
    for (size_t f = 0; f < HF_N_FACETS; f++) any |= p->facet[f].n > 0;
    return any;
}

/* Begins the reply; path: where its other languages are. */
static struct page begin(struct ask *a, const char *path, bool is_private)
{
    reply_header(a->r, "Content-Type", "text/html; charset=utf-8");
    return (struct page){&a->p, a->lang_given, is_private,
                         path,  &a->r->body,   a->server->templates};
}

void page_front(struct ask *a)
{
    struct hf_error err = {HF_INTERNAL, ""};
    if (is_search(&a->p)) {
        page_search(a);
        return;
    }
    if (ask_cached(a)) return;
    a->p.size = 1; /* only the counts are shown */
    json_t *answer = ask_question(a, answer_search, &err);
    struct page page = begin(a, "/", false);
    render_front_page(&page, answer);
    json_decref(answer);
}

void page_search(struct ask *a)
{
    struct hf_error err = {HF_INTERNAL, ""};
    if (!is_search(&a->p)) {
        page_front(a);
        return;
    }
    if (ask_cached(a)) return;
    json_t *answer = ask_question(a, answer_search, &err);
    if (!answer) {
        ask_failed(a, &err, PROBLEM_QUERY);
        return;
    }
    json_t *timeline = ask_question(a, answer_timeline, &err);
    struct page page = begin(a, "/sok", true);
    render_search_page(&page, answer, timeline);
    json_decref(timeline);
    json_decref(answer);
}

/* A page about one thing, which the path names. */
static void about(struct ask *a, subject ask, const char *id, bool is_private,
                  void (*render)(const struct page *, const json_t *))
{
    struct hf_error err = {HF_INTERNAL, ""};
    if (ask_cached(a)) return;
    json_t *answer = ask_about(a, ask, &err);
    if (!answer) {
        ask_failed(a, &err, PROBLEM_QUERY);
        return;
    }
    struct hf_buf path = HF_BUF_INIT;
    html_record_url(&path, id);
    const char *type = member_text(json_object_get(answer, "record"), "type");
    is_private |= strcmp(type, "attendee") == 0;
    struct page page = begin(a, path.data, is_private);
    if (is_private) reply_header(a->r, "X-Robots-Tag", "noindex");
    render(&page, answer);
    hf_buf_release(&path);
    json_decref(answer);
}

void page_record(struct ask *a)
{
    if (strncmp(a->rest, "person/", 7) != 0) {
        about(a, answer_record_page, a->rest, false, render_record_page);
        return;
    }
    struct hf_buf url = HF_BUF_INIT; /* an address of former times */
    html_record_url(&url, a->rest);
    if (a->lang_given) hf_buf_addf(&url, "?lang=%s", strings_lang(a->p.lang));
    a->r->status = 301;
    reply_header(a->r, "Location", "%s", url.data);
    hf_buf_release(&url);
}

void page_person(struct ask *a)
{
    struct hf_buf id = HF_BUF_INIT;
    hf_buf_addf(&id, "person/%s", a->rest);
    about(a, answer_people, id.data, true, render_person_page);
    hf_buf_release(&id);
}

void page_coverage(struct ask *a)
{
    struct hf_error err = {HF_INTERNAL, ""};
    if (ask_cached(a)) return;
    json_t *answer = ask_question(a, answer_coverage, &err);
    if (!answer) {
        ask_failed(a, &err, PROBLEM_QUERY);
        return;
    }
    struct page page = begin(a, "/dekning", false);
    render_coverage_page(&page, answer);
    json_decref(answer);
}

/* An address that names this content (?v=…) holds for ever; the pages' own always do. */
static bool is_versioned(const struct ask *a, const struct asset *asset)
{
    const char *query = strchr(a->req->target, '?');
    return a->route->is_page ||
           (query && strncmp(query, "?v=", 3) == 0 && strcmp(query + 3, asset->tag) == 0);
}

void page_asset(struct ask *a)
{
    const struct asset *asset = assets_find(a->path);
    if (!asset) {
        ask_fail(a, PROBLEM_NOT_FOUND, NULL);
        return;
    }
    reply_header(a->r, "ETag", "W/\"%s\"", asset->tag); /* weak: also of its gzip */
    reply_header(a->r, "Cache-Control", "%s",
                 is_versioned(a, asset) ? "public, max-age=31536000, immutable"
                                        : "public, max-age=600");
    if (!a->route->is_page) /* also for pages that isolate themselves (COEP) */
        reply_header(a->r, "Cross-Origin-Resource-Policy", "cross-origin");
    if (a->req->if_none_match && strstr(a->req->if_none_match, asset->tag)) {
        a->r->status = 304;
        return;
    }
    reply_header(a->r, "Content-Type", "%s", asset->media_type);
    a->r->fixed = asset->start;
    a->r->fixed_len = (size_t)(asset->end - asset->start);
}

/* The widget on a page that is not ours: scripts of this server, and nothing inline. */
void page_demo(struct ask *a)
{
    reply_replace(a->r, "Content-Security-Policy",
                  "default-src 'none'; script-src 'self'; style-src 'self'; "
                  "connect-src 'self'; form-action 'self'; base-uri 'none'; "
                  "frame-ancestors 'none'");
    page_asset(a);
}

/* What was asked stands in the search field again, so that it can be put right. */
void page_problem(const struct server *s, const struct request *req,
                  const struct problem *problem, struct reply *r)
{
    struct pairs query = {0};
    struct params p;
    const char *at = strchr(req->target, '?');
    params_init(&p);
    p.lang = strings_accept(req->accept_language);
    bool is_read = at && pairs_parse(&query, at + 1, NULL) == HF_OK;
    const char *names[] = {"lang", "q"};
    bool lang_given = is_read && pairs_get(&query, "lang");
    for (size_t i = 0; i < 2 && is_read; i++) {
        const char *value = pairs_get(&query, names[i]);
        /* A value that is no good is what went wrong: the field stays empty. */
        if (value && params_set(&p, PARAMS_SEARCH, names[i], value, NULL) != HF_OK)
            lang_given = false;
    }
    /* The other languages of a page that is not there are asked for at its own address.
     */
    bool is_search = strcmp(req->target, "/") == 0 ||
                     strncmp(req->target, "/?", 2) == 0 ||
                     strncmp(req->target, "/sok", 4) == 0;
    char *path = hf_xstrndup(req->target, strcspn(req->target, "?"));
    struct page page = {&p,       lang_given,  true, is_search ? "/sok" : path,
                        &r->body, s->templates};
    render_problem_page(&page, problem);
    free(path);
    pairs_release(&query);
    params_release(&p);
}
