/* The route table: which function answers which address. Knows nothing of the HTTP
 * library.
 *
 *     struct server s = {.engine = engine, .session = thread_session};
 *     route_answer(&s, &request, &reply);
 */
#ifndef HFSOK_ROUTES_H
#define HFSOK_ROUTES_H

#include <pthread.h>

#include "answer.h"
#include "limit.h"
#include "metrics.h"
#include "problem.h"
#include "reply.h"

#ifndef HFSOK_VERSION
#define HFSOK_VERSION "0.1"
#endif

struct server {
    struct engine *engine;
    /* The calling thread's session, opened at its first question; NULL and err on
     * failure. */
    struct session *(*session)(struct server *s, struct hf_error *err);
    const struct hf_templates *templates; /* of the pages (view.h) */
    const char *public_url; /* where readers find this server; NULL: where they asked */
    struct limit *limit;    /* NULL: anyone may ask as much as they like */
    struct metrics metrics;
    pthread_mutex_t
        lock; /* guards what follows, set by the thread that refreshes the engine */
    unsigned generation;
    char updated[40];
    char refused[256]; /* why the newest generation is not served; "" where it is */
};

/* Answers any GET, HEAD or OPTIONS; other methods are refused before. */
void route_answer(struct server *s, const struct request *req, struct reply *r);

/* Fills r with the error as problem+json, or as a page where the address is one of a
 * page. */
void route_problem(const struct server *s, const struct request *req,
                   const struct problem *problem, struct reply *r);

#endif
