/* The limit as a request meets it: what its route costs, the refusal, the headers. */
#include <stdio.h>

#include "ask.h"
#include "http_conn.h"

/* What a route costs beside another, about as they differ in time. */
unsigned limit_cost(const struct route *route)
{
    static const struct {
        unsigned scopes, cost;
    } rows[] = {{PARAMS_TIMELINE | PARAMS_COMPARE, 10},
                {PARAMS_COVERAGE, 5},
                {PARAMS_SUGGEST, 2},
                {PARAMS_SEARCH | PARAMS_FACETS, 2}};
    if (route && !route->scope) return 0; /* watchers, stylesheets */
    for (size_t i = 0; route && i < sizeof rows / sizeof *rows; i++)
        if (route->scope & rows[i].scopes) return rows[i].cost;
    return 1;
}

bool limit_lets(struct ask *a, unsigned cost)
{
    struct limit *l = a->server->limit;
    struct limit_client who;
    struct limit_left left;
    char text[16];
    if (!l || !cost) return true;
    who = limit_client(a->req->peer, a->req->forwarded);
    bool is_there = limit_take(l, &who, cost, conn_now_ms(), &left);
    if (!is_there) {
        struct hf_buf b = HF_BUF_INIT;
        snprintf(text, sizeof text, "%u", left.retry_s);
        strings_fill(&b, S_ERR_TOO_MANY, a->p.lang, text, NULL);
        ask_fail(a, PROBLEM_TOO_MANY, b.data);
        reply_header(a->r, "Retry-After", "%s", text);
        atomic_fetch_add(&a->server->metrics.limited, 1);
        hf_buf_release(&b);
    }
    a->left = left;
    return is_there;
}

void limit_tell(struct ask *a)
{
    const struct limit *l = a->server->limit;
    if (!l || !limit_cost(a->route)) return;
    reply_header(a->r, "RateLimit-Policy", "%u;w=60", limit_per_minute(l));
    reply_header(a->r, "RateLimit-Limit", "%u", limit_per_minute(l));
    reply_header(a->r, "RateLimit-Remaining", "%u", a->left.points);
    reply_header(a->r, "RateLimit-Reset", "%u", a->left.full_s);
}
