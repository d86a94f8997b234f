/* The daemon's HTTP on libmicrohttpd: worker threads with one session each, refusals of
 * what could smuggle or starve, a sweeper for slow connections, one log line a request, a
 * graceful end.
 *
 *     struct http_options o = {.listen = "127.0.0.1:8080", .threads = 4,
 *                              .templates = templates};
 *     http_start(engine, &o, &h, &err);
 *     while (!told_to_end) { wait a second; http_sweep(h); }
 *     http_stop(h);
 *
 * Only GET, HEAD and OPTIONS are taken, without a body. A reply is made at the handler's
 * second call; a refusal at the first, after which the connection is closed.
 */
#ifndef HFSOK_HTTP_H
#define HFSOK_HTTP_H

#include <stdbool.h>

#include "answer.h"

struct http;

struct http_options {
    const char *listen; /* "127.0.0.1:8080", "[::1]:0" */
    unsigned threads;
    const struct hf_templates *templates; /* of the pages (view.h); borrowed */
    const char *public_url; /* "https://sok.example.org"; NULL: as asked for */
    unsigned rate_limit;    /* points a minute and client; 0: none */
    bool log_queries;       /* the log holds what people ask */
};

/* HF_BAD_ARGUMENT: an address that cannot be read; HF_IO: it cannot be listened at. */
HF_MUST_USE enum hf_status http_start(struct engine *e, const struct http_options *o,
                                      struct http **out, struct hf_error *err);

/* "http://127.0.0.1:8080/", with the real port. */
const char *http_address(const struct http *h);

/* Cuts connections that have not finished a request for 5 seconds or do not take their
 * reply; called about once a second by one thread. */
void http_sweep(struct http *h);

/* Tells the workers which generation is served and why a newer one is refused (NULL or
 * "": none is). Called by the thread that calls engine_refresh, after it. */
void http_serves(struct http *h, const char *refused);

/* Takes no new connections, lets those in work end (5 seconds at most), frees h. */
void http_stop(struct http *h);

#endif
