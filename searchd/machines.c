/* What programs ask that do not search: watchers, crawlers, generators of clients. */
#include <jansson.h>
#include <string.h>

#include "ask.h"
#include "openapi.h"
#include "opensearch.h"

/* Takes doc over. */
static void give(struct ask *a, json_t *doc)
{
    ask_reply(a, doc);
    json_decref(doc);
}

void machine_health(struct ask *a)
{
    reply_header(a->r, "Cache-Control", "no-store");
    pthread_mutex_lock(&a->server->lock);
    int generation = (int)a->server->generation;
    pthread_mutex_unlock(&a->server->lock);
    give(a, json_pack("{s:s, s:i}", "status", "ok", "generation", generation));
}

void machine_ready(struct ask *a)
{
    struct hf_error err = {HF_INTERNAL, ""};
    struct server *s = a->server;
    bool can_ask = s->session(s, &err) != NULL;
    reply_header(a->r, "Cache-Control", "no-store");
    pthread_mutex_lock(&s->lock);
    const char *state = !can_ask ? "unavailable" : *s->refused ? "degraded" : "ready";
    json_t *doc = json_pack("{s:s, s:i, s:s}", "status", state, "generation",
                            (int)engine_generation(s->engine), "updated",
                            engine_updated(s->engine));
    if (*s->refused) json_object_set_new(doc, "refused", json_string(s->refused));
    pthread_mutex_unlock(&s->lock);
    if (!can_ask) a->r->status = 503;
    give(a, doc);
}

void machine_metrics(struct ask *a)
{
    reply_header(a->r, "Cache-Control", "no-store");
    reply_header(a->r, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    pthread_mutex_lock(&a->server->lock);
    unsigned generation = a->server->generation;
    pthread_mutex_unlock(&a->server->lock);
    metrics_write(&a->server->metrics, generation, &a->r->body);
}

void machine_robots(struct ask *a)
{
    static const char text[] = "User-agent: *\nDisallow: /v1/\nDisallow: /sok\n"
                               "Disallow: /person/\n";
    reply_header(a->r, "Content-Type", "text/plain; charset=utf-8");
    reply_header(a->r, "Cache-Control", "public, max-age=86400");
    a->r->fixed = text;
    a->r->fixed_len = sizeof text - 1;
}

void machine_no_icon(struct ask *a)
{
    a->r->status = 204;
    reply_header(a->r, "Cache-Control", "public, max-age=86400");
}

void machine_openapi(struct ask *a)
{
    size_t n;
    const struct route *routes = route_table(&n);
    struct hf_buf base = HF_BUF_INIT;
    reply_header(a->r, "Cache-Control", "public, max-age=3600");
    ask_base(a, &base);
    give(a, openapi_document(routes, n, base.data));
    hf_buf_release(&base);
}

void machine_opensearch(struct ask *a)
{
    struct hf_buf base = HF_BUF_INIT;
    ask_base(a, &base);
    reply_header(a->r, "Cache-Control", "public, max-age=86400");
    reply_header(a->r, "Vary", "Accept-Language");
    reply_header(a->r, "Content-Language", "%s", strings_lang(a->p.lang));
    reply_header(a->r, "Content-Type", "application/opensearchdescription+xml");
    opensearch_description(base.data, a->p.lang, &a->r->body);
    hf_buf_release(&base);
}
