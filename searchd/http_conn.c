#include "http_conn.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

/* The kernel's own header: glibc's <netinet/tcp.h> lacks the byte counts. */
#include <linux/tcp.h>

#include "../shim/status.h"

enum { REQUEST_MS = 5000, IDLE_MS = 30000, SEND_MS = 5000, SEND_BYTES = 4096 };

int64_t conn_now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void conn_table_init(struct conn_table *t)
{
    pthread_mutex_init(&t->lock, NULL);
    t->first = NULL;
    t->n = 0;
}

void conn_table_release(struct conn_table *t)
{
    for (struct conn *c = t->first, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    pthread_mutex_destroy(&t->lock);
}

static uint64_t bytes(int fd, bool received)
{
    struct tcp_info info = {0};
    socklen_t len = sizeof info;
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) < 0) return 0;
    return received ? info.tcpi_bytes_received : info.tcpi_bytes_acked;
}

struct conn *conn_add(struct conn_table *t, int fd)
{
    struct conn *c = hf_xcalloc(1, sizeof *c);
    c->fd = fd;
    c->since_ms = conn_now_ms();
    pthread_mutex_lock(&t->lock);
    c->next = t->first;
    if (c->next) c->next->prev = c;
    t->first = c;
    t->n++;
    pthread_mutex_unlock(&t->lock);
    return c;
}

void conn_remove(struct conn_table *t, struct conn *c)
{
    pthread_mutex_lock(&t->lock);
    if (c->prev) c->prev->next = c->next;
    if (!c->prev) t->first = c->next;
    if (c->next) c->next->prev = c->prev;
    t->n--;
    pthread_mutex_unlock(&t->lock);
    free(c);
}

void conn_move(struct conn_table *t, struct conn *c, enum conn_state state)
{
    pthread_mutex_lock(&t->lock);
    if (c->state == CONN_SENDING && state == CONN_WAITING) c->has_asked = true;
    c->state = state;
    c->since_ms = 0; /* counted from the next sweep */
    pthread_mutex_unlock(&t->lock);
}

/* Whether this connection has used up its time; looks at the kernel's counts only here.
 */
static bool is_slow(struct conn *c, int64_t now)
{
    if (c->state == CONN_ANSWERING) return false;
    uint64_t n = bytes(c->fd, c->state == CONN_WAITING);
    if (!c->since_ms) { /* first look since it moved */
        c->since_ms = now;
        c->mark = n;
        c->is_dripping = false;
        return false;
    }
    int64_t age = now - c->since_ms;
    if (c->state == CONN_SENDING) {
        if (age < SEND_MS) return false;
        if (n < c->mark + SEND_BYTES) return true;
        c->since_ms = now;
        c->mark = n;
        return false;
    }
    if (!c->has_asked) return age >= REQUEST_MS;
    if (n != c->mark && !c->is_dripping) {
        c->is_dripping = true;
        c->since_ms = now;
        return false;
    }
    return age >= (c->is_dripping ? REQUEST_MS : IDLE_MS);
}

unsigned conn_sweep(struct conn_table *t)
{
    unsigned cut = 0;
    int64_t now = conn_now_ms();
    pthread_mutex_lock(&t->lock);
    for (struct conn *c = t->first; c; c = c->next) {
        if (!is_slow(c, now)) continue;
        shutdown(c->fd, SHUT_RDWR);
        c->since_ms = now; /* its worker removes it */
        cut++;
    }
    pthread_mutex_unlock(&t->lock);
    return cut;
}

/* Idle: it has asked before and sent nothing since, or it never began and patience is
 * over. */
static bool is_idle(struct conn *c, int64_t patience_ms)
{
    if (c->state != CONN_WAITING) return false;
    uint64_t n = bytes(c->fd, true);
    if (!c->has_asked) return !n && patience_ms <= 0;
    if (!c->since_ms) {
        c->since_ms = conn_now_ms();
        c->mark = n;
        return false;
    }
    return n == c->mark;
}

unsigned conn_drain(struct conn_table *t, int64_t patience_ms)
{
    pthread_mutex_lock(&t->lock);
    for (struct conn *c = t->first; c; c = c->next)
        if (is_idle(c, patience_ms)) shutdown(c->fd, SHUT_RDWR);
    unsigned n = t->n;
    pthread_mutex_unlock(&t->lock);
    return n;
}
