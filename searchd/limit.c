#include "limit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "../shim/status.h"

/* Buckets in groups of WAYS; where a group is full the bucket that has most points makes
 * room, which gives away least. */
enum { GROUPS = 4096, WAYS = 4 };

struct bucket {
    struct limit_client who;
    int64_t at_ms;  /* when `micro` was right; 0: empty place */
    uint64_t micro; /* millionths of points */
};

struct limit {
    pthread_mutex_t lock;
    unsigned per_minute;
    uint64_t seed; /* so that nobody outside knows which addresses share a group */
    struct bucket at[GROUPS][WAYS];
};

#define MICRO 1000000ull

struct limit *limit_new(unsigned per_minute)
{
    struct limit *l = hf_xcalloc(1, sizeof *l);
    pthread_mutex_init(&l->lock, NULL);
    l->per_minute = per_minute;
    if (getrandom(&l->seed, sizeof l->seed, GRND_NONBLOCK) != sizeof l->seed)
        l->seed = (uint64_t)(uintptr_t)l;
    return l;
}

void limit_free(struct limit *l)
{
    if (!l) return;
    pthread_mutex_destroy(&l->lock);
    free(l);
}

unsigned limit_per_minute(const struct limit *l)
{
    return l->per_minute;
}

/* ---- who asks ---- */

static void set_v4(struct limit_client *c, const struct in_addr *a)
{
    memset(c->at, 0, sizeof c->at);
    memset(c->at + 10, 0xFF, 2);
    memcpy(c->at + 12, a, 4);
}

static void set_v6(struct limit_client *c, const struct in6_addr *a)
{
    memcpy(c->at, a, 16);
    if (!IN6_IS_ADDR_V4MAPPED(a)) memset(c->at + 8, 0, 8);
}

static bool is_here(const struct sockaddr *peer)
{
    if (!peer || peer->sa_family == AF_UNIX) return true;
    if (peer->sa_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)peer)->sin_addr.s_addr) >> 24 == 127;
    const struct in6_addr *a = &((const struct sockaddr_in6 *)peer)->sin6_addr;
    return IN6_IS_ADDR_LOOPBACK(a) || (IN6_IS_ADDR_V4MAPPED(a) && a->s6_addr[12] == 127);
}

/* "203.0.113.9", "2001:db8::1", "[2001:db8::1]:443", "203.0.113.9:443". */
static bool read_address(struct limit_client *c, const char *text)
{
    char host[INET6_ADDRSTRLEN] = "";
    struct in_addr v4;
    struct in6_addr v6;
    text += strspn(text, " \t");
    bool is_bracketed = *text == '[', is_v4 = strchr(text, '.') && !strchr(text, '[');
    size_t len = is_bracketed ? strcspn(++text, "]")
                 : is_v4 && strspn(text, "0123456789.") < strlen(text)
                     ? strspn(text, "0123456789.")
                     : strcspn(text, " \t");
    if (len >= sizeof host) return false;
    memcpy(host, text, len);
    if (inet_pton(AF_INET, host, &v4) == 1)
        set_v4(c, &v4);
    else if (inet_pton(AF_INET6, host, &v6) == 1)
        set_v6(c, &v6);
    else
        return false;
    return true;
}

struct limit_client limit_client(const struct sockaddr *peer, const char *forwarded)
{
    struct limit_client c = {{0}};
    const char *last = forwarded ? strrchr(forwarded, ',') : NULL;
    if (forwarded && is_here(peer) && read_address(&c, last ? last + 1 : forwarded))
        return c;
    if (peer && peer->sa_family == AF_INET)
        set_v4(&c, &((const struct sockaddr_in *)peer)->sin_addr);
    if (peer && peer->sa_family == AF_INET6)
        set_v6(&c, &((const struct sockaddr_in6 *)peer)->sin6_addr);
    return c;
}

/* ---- the buckets ---- */

static uint64_t full(const struct limit *l)
{
    return l->per_minute * MICRO;
}

/* Points a minute are as many thousandths of 60 points a millisecond. */
static uint64_t gained(const struct limit *l, int64_t ms)
{
    return ms <= 0 ? 0 : ms >= 60000 ? full(l) : full(l) / 60000 * (uint64_t)ms;
}

static uint64_t held(const struct limit *l, const struct bucket *b, int64_t now_ms)
{
    uint64_t n = b->at_ms ? b->micro + gained(l, now_ms - b->at_ms) : full(l);
    return n < full(l) ? n : full(l);
}

static struct bucket *bucket_of(struct limit *l, const struct limit_client *who,
                                int64_t now_ms)
{
    uint64_t h = l->seed;
    for (size_t i = 0; i < sizeof who->at; i++)
        h = (h ^ who->at[i]) * 0x9E3779B97F4A7C15u + (h >> 29);
    struct bucket *group = l->at[(h >> 32) % GROUPS], *best = group;
    for (size_t i = 0; i < WAYS; i++) {
        struct bucket *b = &group[i];
        if (b->at_ms && memcmp(&b->who, who, sizeof *who) == 0) return b;
        if (held(l, b, now_ms) > held(l, best, now_ms)) best = b;
    }
    *best = (struct bucket){*who, 0, 0};
    return best;
}

static unsigned seconds(const struct limit *l, uint64_t micro)
{
    uint64_t per_s = full(l) / 60;
    return (unsigned)((micro + per_s - 1) / per_s);
}

bool limit_take(struct limit *l, const struct limit_client *who, unsigned cost,
                int64_t now_ms, struct limit_left *left)
{
    uint64_t want = cost * MICRO < full(l) ? cost * MICRO : full(l);
    pthread_mutex_lock(&l->lock);
    struct bucket *b = bucket_of(l, who, now_ms);
    uint64_t have = held(l, b, now_ms);
    bool is_there = have >= want;
    b->micro = have - (is_there ? want : 0);
    b->at_ms = now_ms > 0 ? now_ms : 1;
    have = b->micro;
    pthread_mutex_unlock(&l->lock);
    left->points = (unsigned)(have / MICRO);
    left->full_s = seconds(l, full(l) - have);
    left->retry_s = is_there ? 0 : seconds(l, want - have);
    return is_there;
}
