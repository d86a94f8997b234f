/* A request as the routes see it, and the reply that they make; neither knows the HTTP
 * library.
 *
 *     struct reply r;
 *     reply_init(&r);
 *     route_answer(server, session, &request, &r);
 *     send(r.status, r.headers, r.body);
 *     reply_release(&r);
 */
#ifndef HFSOK_REPLY_H
#define HFSOK_REPLY_H

#include <sys/socket.h>

#include "pairs.h"

enum { REPLY_MAX_HEADERS = 24 };

struct request {
    const char *method;
    const char *target; /* as sent: path and query */
    /* Headers; NULL where not sent. proto and forwarded: what a proxy in front says of
     * who asked it, and how. */
    const char *accept, *accept_language, *if_none_match, *host, *proto, *forwarded;
    const struct sockaddr *peer; /* NULL where it is not known */
};

struct export;

struct reply_header {
    const char *name; /* static */
    char *value;
};

struct reply {
    unsigned status;
    struct hf_buf body;
    const char *fixed; /* a body that lives for ever, instead of body */
    size_t fixed_len;
    struct export *more; /* what follows body, piece by piece; NULL: body is all */
    const char *route;   /* the pattern that answered, for the log */
    bool must_close;
    struct reply_header headers[REPLY_MAX_HEADERS];
    size_t n_headers;
};

void reply_init(struct reply *r);
void reply_release(struct reply *r);

/* Adds a header; control characters in the value become blanks. */
void reply_header(struct reply *r, const char *name, const char *fmt, ...)
    HF_PRINTF(3, 4);

/* Adds a header in the place of one of the same name. */
void reply_replace(struct reply *r, const char *name, const char *value);

/* Empties body, headers and what would follow; the route stays. */
void reply_clear(struct reply *r);

#endif
