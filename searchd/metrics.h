/* Counts of the daemon for Prometheus; safe from any thread. No query text, no addresses.
 *
 *     metrics_count(&m, 200, 1.3);
 *     metrics_write(&m, engine_generation(e), &out);
 */
#ifndef HFSOK_METRICS_H
#define HFSOK_METRICS_H

#include <stdatomic.h>
#include <time.h>

#include "../shim/buf.h"

enum { METRICS_BUCKETS = 10 };

struct metrics {
    atomic_ullong by_class[6]; /* 2 = 2xx ... */
    atomic_ullong buckets[METRICS_BUCKETS + 1];
    atomic_ullong micros;
    atomic_uint connections;
    atomic_ullong swept, limited;
    time_t started;
};

void metrics_init(struct metrics *m);
void metrics_count(struct metrics *m, unsigned status, double ms);
void metrics_write(struct metrics *m, unsigned generation, struct hf_buf *out);

#endif
