#include "pool.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define MAX_WORKERS 64

struct pool {
    const struct pool_options *options;
    pool_fn fn;
    void *ctx;
    size_t n, next, done, shown;
    struct timespec started;
    bool is_terminal;
    pthread_mutex_t lock;
};

struct worker {
    struct pool *pool;
    size_t number;
    pthread_t thread;
};

size_t pool_workers(const struct pool_options *o, size_t n)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t want = o->jobs > 0 ? (size_t)o->jobs : cores > 0 ? (size_t)cores : 1;
    if (want > MAX_WORKERS) want = MAX_WORKERS;
    if (want > n) want = n;
    return want ? want : 1;
}

static double seconds_since(const struct timespec *t)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - t->tv_sec) + (double)(now.tv_nsec - t->tv_nsec) / 1e9;
}

/* On a terminal one line that renews itself; elsewhere a line for each thousand. */
static void show_progress(struct pool *p)
{
    if (p->options->quiet) return;
    double seconds = seconds_since(&p->started);
    double rate = seconds > 0 ? (double)p->done / seconds : 0;
    bool last = p->done == p->n;
    if (p->is_terminal && (last || (size_t)(seconds * 10) > p->shown)) {
        p->shown = (size_t)(seconds * 10);
        fprintf(stderr, "\r%zu av %zu %s, %.0f i sekundet, %.0f s igjen   %s", p->done,
                p->n, p->options->what, rate,
                rate > 0 ? (double)(p->n - p->done) / rate : 0, last ? "\n" : "");
    } else if (!p->is_terminal && p->done % 1000 == 0) {
        fprintf(stderr, "%zu av %zu %s\n", p->done, p->n, p->options->what);
    }
}

static void *work(void *arg)
{
    struct worker *w = arg;
    struct pool *p = w->pool;
    for (;;) {
        pthread_mutex_lock(&p->lock);
        size_t i = p->next < p->n ? p->next++ : p->n;
        pthread_mutex_unlock(&p->lock);
        if (i == p->n) return NULL;
        p->fn(p->ctx, i, w->number);
        pthread_mutex_lock(&p->lock);
        p->done++;
        show_progress(p);
        pthread_mutex_unlock(&p->lock);
    }
}

void pool_each(const struct pool_options *o, size_t n, pool_fn fn, void *ctx)
{
    struct pool p = {.options = o, .fn = fn, .ctx = ctx, .n = n};
    struct worker workers[MAX_WORKERS];
    size_t want = pool_workers(o, n), started = 0;
    clock_gettime(CLOCK_MONOTONIC, &p.started);
    p.is_terminal = isatty(STDERR_FILENO) == 1;
    pthread_mutex_init(&p.lock, NULL);
    for (size_t i = 0; i < want; i++)
        workers[i] = (struct worker){.pool = &p, .number = i};
    while (started + 1 < want && !pthread_create(&workers[started + 1].thread, NULL, work,
                                                 &workers[started + 1]))
        started++;
    work(&workers[0]);
    for (size_t i = 1; i <= started; i++) pthread_join(workers[i].thread, NULL);
    pthread_mutex_destroy(&p.lock);
}
