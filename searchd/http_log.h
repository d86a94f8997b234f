/* One JSON line a request on stderr. What people ask stands there only where the operator
 * wants it; addresses are shortened to their network.
 *
 *     {"time":"2026-11-22T08:00:00.123Z","method":"GET","route":"/v1/search","status":200,"bytes":812,
 *      "ms":1.4,"client":"192.0.2.0/24"}
 */
#ifndef HFSOK_HTTP_LOG_H
#define HFSOK_HTTP_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

struct http_log_line {
    const char *method, *route, *target; /* target: path and query as sent */
    unsigned status;
    size_t bytes;
    double ms;
    bool is_cut; /* the connection broke before the end */
    bool with_query;
    const struct sockaddr *client;
};

void http_log(const struct http_log_line *line);

/* Something that the operator should know, as a line of the same log. */
void http_log_event(const char *event, const char *detail);

#endif
