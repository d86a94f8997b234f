/* The open connections of the daemon, for the sweeper and for the graceful end. Safe from
 * any thread.
 *
 * A connection waits for a request, is being answered, or is sending. Whether a waiting
 * one is idle or drips is told by the bytes that the kernel has received since its last
 * request. The worker that owns a socket removes it here before it closes it, so a socket
 * that stands here is open.
 */
#ifndef HFSOK_HTTP_CONN_H
#define HFSOK_HTTP_CONN_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

enum conn_state { CONN_WAITING, CONN_ANSWERING, CONN_SENDING };

struct conn {
    struct conn *next, *prev;
    int fd;
    enum conn_state state;
    bool has_asked;   /* at least one request was finished */
    int64_t since_ms; /* when the state, or what `mark` counts, last moved */
    uint64_t mark;    /* waiting: bytes received then; sending: bytes acknowledged then */
    bool is_dripping; /* waiting: a request has begun */
};

struct conn_table {
    pthread_mutex_t lock;
    struct conn *first;
    unsigned n;
};

int64_t conn_now_ms(void);

void conn_table_init(struct conn_table *t);
void conn_table_release(struct conn_table *t);

struct conn *conn_add(struct conn_table *t, int fd);
void conn_remove(struct conn_table *t, struct conn *c);
void conn_move(struct conn_table *t, struct conn *c, enum conn_state state);

/* Cuts the slow ones; returns how many. */
unsigned conn_sweep(struct conn_table *t);

/* At the end: cuts what is idle; returns how many connections are left. `patience_ms` is
 * how long one that has never asked may still begin. */
unsigned conn_drain(struct conn_table *t, int64_t patience_ms);

#endif
