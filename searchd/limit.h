/* How much one client may ask: a bucket of points an address, filled steadily, and what
 * dear questions cost more. Safe from any thread; its memory is fixed at the start.
 *
 *     struct limit *l = limit_new(600);                  // points a minute
 *     struct limit_client who = limit_client(peer, forwarded_for);
 *     struct limit_left left;
 *     if (!limit_take(l, &who, 5, conn_now_ms(), &left)) refuse(left.retry_s);
 *
 * An address is an IPv4 address or an IPv6 /64, which one subscriber has whole. Where the
 * connection comes from this machine a proxy stands in front, and the last address of
 * X-Forwarded-For, which that proxy wrote, is the client's.
 */
#ifndef HFSOK_LIMIT_H
#define HFSOK_LIMIT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

struct limit;

struct limit_client {
    uint8_t at[16];
};

struct limit_left {
    unsigned points;  /* left now */
    unsigned full_s;  /* until the bucket is full again */
    unsigned retry_s; /* refused: until this question can be asked */
};

struct limit *limit_new(unsigned per_minute);
void limit_free(struct limit *l);
unsigned limit_per_minute(const struct limit *l);

/* peer NULL: nobody knows; all such are one client. forwarded may be NULL. */
struct limit_client limit_client(const struct sockaddr *peer, const char *forwarded);

/* Takes the points where they are there; a cost above a whole bucket is a whole bucket.
 */
bool limit_take(struct limit *l, const struct limit_client *who, unsigned cost,
                int64_t now_ms, struct limit_left *left);

#endif
