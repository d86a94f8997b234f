#include "routes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "media.h"
#include "nearest.h"
#include "paging.h"
#include "render_json.h"
#include "view.h"

#define WHOLE(p) p, sizeof p - 1

/* An address may stand under two patterns; the first one wins. */
static const struct route routes[] = {
    {WHOLE("/v1/search"), PARAMS_SEARCH | PARAMS_CURSOR, false, api_search},
    {"/v1/records/{id}", sizeof "/v1/records/" - 1, PARAMS_RECORD, false, api_record},
    {WHOLE("/v1/facets"), PARAMS_FACETS, false, api_facets},
    {WHOLE("/v1/explain"), PARAMS_EXPLAIN, false, api_explain},
    {WHOLE("/v1/timeline"), PARAMS_TIMELINE, false, api_timeline},
    {WHOLE("/v1/compare"), PARAMS_COMPARE, false, api_compare},
    {WHOLE("/v1/suggest"), PARAMS_SUGGEST, false, api_suggest},
    {"/v1/cases/{id}/chain", sizeof "/v1/cases/" - 1, PARAMS_RECORD, false, api_chain},
    {"/v1/cases/{id}/similar", sizeof "/v1/cases/" - 1, PARAMS_RECORD, false,
     api_similar},
    {"/v1/people/{key}", sizeof "/v1/people/" - 1, PARAMS_RECORD, false, api_people},
    {WHOLE("/v1/coverage"), PARAMS_COVERAGE, false, api_coverage},
    {WHOLE("/"), PARAMS_SEARCH, true, page_front},
    {WHOLE("/sok"), PARAMS_SEARCH, true, page_search},
    {"/r/{id}", sizeof "/r/" - 1, PARAMS_RECORD, true, page_record},
    {"/person/{key}", sizeof "/person/" - 1, PARAMS_RECORD, true, page_person},
    {WHOLE("/dekning"), PARAMS_COVERAGE, true, page_coverage},
    {"/page/{file}", sizeof "/page/" - 1, 0, true, page_asset},
    {"/widget/{file}", sizeof "/widget/" - 1, 0, false, page_asset},
    {WHOLE("/demo"), 0, false, page_demo},
    {WHOLE("/openapi.json"), 0, false, machine_openapi},
    {WHOLE("/opensearch.xml"), 0, false, machine_opensearch},
    {WHOLE("/healthz"), 0, false, machine_health},
    {WHOLE("/readyz"), 0, false, machine_ready},
    {WHOLE("/metrics"), 0, false, machine_metrics},
    {WHOLE("/robots.txt"), 0, false, machine_robots},
    {WHOLE("/favicon.ico"), 0, false, machine_no_icon},
};
enum { N_ROUTES = sizeof routes / sizeof *routes };

const struct route *route_table(size_t *n)
{
    *n = N_ROUTES;
    return routes;
}

/* What stands behind {…}: "/chain", mostly nothing. */
static const char *suffix_of(const struct route *route)
{
    const char *brace = strchr(route->pattern + route->fixed_len, '}');
    return brace ? brace + 1 : "";
}

static const struct route *route_of(const char *path)
{
    size_t len = strlen(path);
    for (size_t i = 0; i < N_ROUTES; i++) {
        const struct route *route = &routes[i];
        const char *suffix = suffix_of(route);
        size_t fixed = route->fixed_len + strlen(suffix);
        bool is_prefix = route->pattern[route->fixed_len] == '{';
        if (strncmp(path, route->pattern, route->fixed_len) == 0 &&
            (is_prefix ? len > fixed : len == fixed) &&
            strcmp(path + len - strlen(suffix), suffix) == 0)
            return route;
    }
    return NULL;
}

/* ---- failures ---- */

static enum params_lang language(const struct request *req)
{
    return strings_accept(req->accept_language);
}

static void common_headers(struct reply *r, bool is_page)
{
    reply_header(r, "X-Content-Type-Options", "nosniff");
    reply_header(r, "Referrer-Policy", "no-referrer");
    reply_header(r, "Content-Security-Policy",
                 is_page ? "default-src 'none'; script-src 'self'; style-src 'self'; "
                           "connect-src 'self'; form-action 'self'; base-uri 'none'; "
                           "frame-ancestors 'none'; require-trusted-types-for 'script'; "
                           "trusted-types 'none'"
                         : "default-src 'none'; frame-ancestors 'none'");
    if (is_page) return;
    reply_header(r, "Access-Control-Allow-Origin", "*");
    reply_header(r, "Access-Control-Expose-Headers",
                 "Content-Disposition, Content-Language, ETag, Link, RateLimit-Limit, "
                 "RateLimit-Policy, RateLimit-Remaining, RateLimit-Reset, Retry-After");
}

/* Whether an address is a page's; one that is nobody's is where the reader asks for HTML.
 */
static bool is_page_path(const struct request *req)
{
    char *path = hf_xstrndup(req->target, strcspn(req->target, "?"));
    const struct route *route = route_of(path);
    bool is_api = strncmp(path, "/v1/", 4) == 0;
    free(path);
    if (route) return route->is_page;
    return !is_api && req->accept &&
           strings_quality(req->accept, "text/html") >
               strings_quality(req->accept, "application/json");
}

static void problem_reply(const struct server *s, const struct request *req,
                          const struct problem *problem, enum params_lang lang,
                          struct reply *r)
{
    reply_clear(r);
    r->status = problem_status(problem->kind);
    bool is_page = is_page_path(req);
    common_headers(r, is_page);
    reply_header(r, "Cache-Control", "no-store");
    reply_header(r, "Vary", "Accept-Language");
    reply_header(r, "Content-Language", "%s", strings_lang(lang));
    if (is_page) {
        reply_header(r, "Content-Type", "text/html; charset=utf-8");
        page_problem(s, req, problem, r);
        return;
    }
    char *path = hf_xstrndup(req->target, strcspn(req->target, "?"));
    reply_header(r, "Content-Type", "application/problem+json");
    problem_json(problem, path, lang, &r->body);
    free(path);
}

void route_problem(const struct server *s, const struct request *req,
                   const struct problem *problem, struct reply *r)
{
    problem_reply(s, req, problem, language(req), r);
}

void ask_fail(struct ask *a, enum problem_kind kind, const char *detail)
{
    struct problem problem = {kind, detail};
    problem_reply(a->server, a->req, &problem, a->p.lang, a->r);
}

/* What failed inside is for the log of the operator, not for the reader: a path, an
 * errno. */
void ask_failed(struct ask *a, const struct hf_error *err,
                enum problem_kind if_bad_argument)
{
    enum problem_kind kind = problem_of(err->status, if_bad_argument);
    bool is_inside = kind == PROBLEM_INTERNAL || kind == PROBLEM_UNAVAILABLE;
    struct hf_buf b = HF_BUF_INIT;
    if (is_inside)
        hf_buf_adds(&b, strings_get(S_TRY_AGAIN, a->p.lang));
    else if (kind == PROBLEM_NOT_FOUND && a->rest)
        strings_fill(&b, S_ERR_NO_RECORD, a->p.lang, a->rest, NULL);
    else
        hf_buf_adds(&b, err->text);
    ask_fail(a, kind, b.data);
    hf_buf_release(&b);
    if (kind == PROBLEM_UNAVAILABLE) reply_header(a->r, "Retry-After", "5");
}

static void no_such_address(struct ask *a)
{
    struct nearest near;
    struct hf_buf b = HF_BUF_INIT;
    nearest_init(&near, a->path);
    for (size_t i = 0; i < N_ROUTES; i++)
        if (routes[i].fixed_len > 1) nearest_offer(&near, routes[i].pattern);
    strings_fill(&b, S_ERR_NO_ADDRESS, a->p.lang, a->path, NULL);
    if (near.best) {
        hf_buf_addc(&b, ' ');
        strings_fill(&b, S_ERR_DID_YOU_MEAN, a->p.lang, near.best, NULL);
    }
    ask_fail(a, PROBLEM_NOT_FOUND, b.data);
    hf_buf_release(&b);
}

/* ---- asking ---- */

static bool is_host(const char *host)
{
    size_t len = host ? strlen(host) : 0;
    for (size_t i = 0; i < len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]",
                    host[i]))
            return false;
    return len > 0 && len < 256;
}

void ask_base(const struct ask *a, struct hf_buf *out)
{
    const struct server *s = a->server;
    bool is_safe = a->req->proto && strcmp(a->req->proto, "https") == 0;
    if (s->public_url)
        hf_buf_adds(out, s->public_url);
    else if (is_host(a->req->host))
        hf_buf_addf(out, "http%s://%s", is_safe ? "s" : "", a->req->host);
}

struct session *ask_session(struct ask *a)
{
    struct hf_error err = {HF_INTERNAL, ""};
    struct session *s = a->server->session(a->server, &err);
    if (!s) ask_failed(a, &err, PROBLEM_INTERNAL);
    return s;
}

json_t *ask_question(struct ask *a, question ask, struct hf_error *err)
{
    json_t *out = NULL;
    struct session *s = a->server->session(a->server, err);
    if (!s) return NULL;
    enum hf_status status = ask(s, &a->p, &out, err);
    if (status == HF_CHANGED) status = ask(s, &a->p, &out, err);
    return status == HF_OK ? out : NULL;
}

json_t *ask_about(struct ask *a, subject ask, struct hf_error *err)
{
    json_t *out = NULL;
    struct session *s = a->server->session(a->server, err);
    if (!s) return NULL;
    enum hf_status status = ask(s, a->rest, &a->p, &out, err);
    if (status == HF_CHANGED) status = ask(s, a->rest, &a->p, &out, err);
    return status == HF_OK ? out : NULL;
}

static uint64_t hash(uint64_t h, const char *text)
{
    for (; *text; text++) h = (h ^ (unsigned char)*text) * 1099511628211u;
    return (h ^ 0xFF) * 1099511628211u;
}

bool ask_cached(struct ask *a)
{
    struct hf_buf key = HF_BUF_INIT;
    struct server *server = a->server;
    char tag[64], updated[40];
    pthread_mutex_lock(&server->lock);
    unsigned generation = server->generation;
    memcpy(updated, server->updated, sizeof updated);
    pthread_mutex_unlock(&server->lock);
    params_url(&a->p, &key);
    hf_buf_addf(&key, "|%zu|%d|%d|%d|%d", a->p.offset, (int)a->p.format, (int)a->p.lang,
                (int)a->lang_given, params_today(&a->p));
    uint64_t h = hash(14695981039346656037u, HFSOK_VERSION);
    h = hash(h, updated);
    if (a->route->is_page) h = hash(h, hf_templates_tag(server->templates));
    h = hash(h, a->path);
    h = hash(h, key.data);
    hf_buf_release(&key);
    /* Weak: the answers differ in took_ms. */
    snprintf(tag, sizeof tag, "W/\"g%u-%016" PRIx64 "\"", generation, h);
    reply_header(a->r, "ETag", "%s", tag);
    reply_header(a->r, "Cache-Control", "public, max-age=60, stale-while-revalidate=600");
    reply_header(a->r, "Vary",
                 a->route->is_page ? "Accept-Language" : "Accept, Accept-Language");
    reply_header(a->r, "Content-Language", "%s", strings_lang(a->p.lang));
    const char *held = a->req->if_none_match;
    if (!held || (!strstr(held, tag + 2) && strcmp(held, "*") != 0)) return false;
    a->r->status = 304;
    return true;
}

void ask_reply(struct ask *a, const json_t *doc)
{
    reply_header(a->r, "Content-Type", "application/json");
    render_json(doc, &a->r->body);
}

/* ---- dispatch ---- */

/* Marks that others hang on addresses of pages. */
static void drop_trackers(struct pairs *list)
{
    static const char *const names[] = {"fbclid", "gclid", "msclkid", "mc_cid", "mc_eid"};
    for (size_t i = 0; i < list->n; i++) {
        bool drop = strncmp(list->at[i].name, "utm_", 4) == 0;
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            drop |= strcmp(list->at[i].name, names[k]) == 0;
        if (!drop) continue;
        free(list->at[i].name);
        free(list->at[i].value);
        list->at[i--] = list->at[--list->n];
    }
}

unsigned route_forms(const struct route *route)
{
    if (route->is_page) return 0;
    if (route->scope & PARAMS_SEARCH) return MEDIA_TABLES | MEDIA(FORMAT_ATOM);
    if (route->scope == PARAMS_SUGGEST) return MEDIA(FORMAT_OPENSEARCH);
    return route->scope & (PARAMS_COVERAGE | PARAMS_TIMELINE) ? MEDIA_TABLES : 0;
}

static void no_such_form(struct ask *a)
{
    struct hf_buf valid = HF_BUF_INIT, b = HF_BUF_INIT;
    size_t n;
    const struct media *media = media_table(&n);
    for (size_t i = 0; i < n; i++)
        if (!i || route_forms(a->route) & MEDIA(media[i].format))
            hf_buf_addf(&valid, "%s%s", i ? ", " : "", media[i].name);
    strings_fill(&b, S_ERR_FORMS, a->p.lang, valid.data, NULL);
    ask_fail(a, PROBLEM_PARAMETER, b.data);
    hf_buf_release(&valid);
    hf_buf_release(&b);
}

static bool read_query(struct ask *a, const char *query)
{
    struct hf_error err = {HF_INTERNAL, ""};
    if (!a->route->scope) return true;
    a->p.format = media_liked(a->req->accept, route_forms(a->route));
    a->query.lang = a->p.lang;
    enum hf_status status = pairs_parse(&a->query, query, &err);
    if (status == HF_OK) {
        if (a->route->is_page) drop_trackers(&a->query);
        a->lang_given = pairs_get(&a->query, "lang") != NULL;
        status = pairs_apply(&a->query, a->route->scope, &a->p, &err);
    }
    if (status == HF_OK && a->p.format != FORMAT_JSON &&
        !(route_forms(a->route) & MEDIA(a->p.format))) {
        no_such_form(a);
        return false;
    }
    if (status == HF_OK && !paging_fits(&a->p)) {
        ask_fail(a, PROBLEM_PARAMETER, strings_get(S_ERR_CURSOR_OTHER, a->p.lang));
        return false;
    }
    if (status != HF_OK) ask_failed(a, &err, PROBLEM_PARAMETER);
    return status == HF_OK;
}

static void options(struct ask *a)
{
    a->r->status = 204;
    reply_header(a->r, "Allow", "GET, HEAD, OPTIONS");
    reply_header(a->r, "Access-Control-Allow-Origin", "*");
    reply_header(a->r, "Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
    reply_header(a->r, "Access-Control-Allow-Headers",
                 "Accept, Accept-Language, If-None-Match");
    reply_header(a->r, "Access-Control-Max-Age", "86400");
}

void route_answer(struct server *s, const struct request *req, struct reply *r)
{
    struct ask a = {.server = s, .req = req, .r = r};
    char *rest = NULL;
    size_t path_len = strcspn(req->target, "?");
    char *path = pairs_decode(req->target, path_len, false);
    const char *query = req->target + path_len + (req->target[path_len] == '?');
    params_init(&a.p);
    a.p.lang = language(req);
    a.path = path ? path : "";
    a.route = route_of(a.path);
    if (strcmp(req->method, "OPTIONS") == 0) {
        r->route = a.route ? a.route->pattern : "-";
        options(&a);
    } else if (!limit_lets(&a, limit_cost(a.route))) {
        r->route = a.route ? a.route->pattern : "-";
        limit_tell(&a);
    } else if (!a.route) {
        no_such_address(&a);
        limit_tell(&a);
    } else {
        r->route = a.route->pattern;
        rest = hf_xstrdup(a.path + a.route->fixed_len);
        if (strlen(rest)) rest[strlen(rest) - strlen(suffix_of(a.route))] = 0;
        a.rest = rest;
        if (read_query(&a, query) && (!a.p.all || limit_lets(&a, LIMIT_EXPORT))) {
            common_headers(r, a.route->is_page);
            a.route->answer(&a);
        }
        limit_tell(&a);
    }
    pairs_release(&a.query);
    params_release(&a.p);
    free(path);
    free(rest);
}
