/* A bounded number of threads over a numbered list of jobs, with progress on stderr. */
#ifndef HF_POOL_H
#define HF_POOL_H

#include <stdbool.h>
#include <stddef.h>

/* One job; worker is from 0 and below pool_workers(). Runs on several threads at once. */
typedef void (*pool_fn)(void *ctx, size_t job, size_t worker);

struct pool_options {
    int jobs;         /* threads; 0 = one for each core */
    bool quiet;       /* no progress */
    const char *what; /* "dokumenter lest" */
};

/* How many threads would work on n jobs. */
size_t pool_workers(const struct pool_options *o, size_t n);

/* Calls fn for 0..n-1, each once; returns when all are done. */
void pool_each(const struct pool_options *o, size_t n, pool_fn fn, void *ctx);

#endif
