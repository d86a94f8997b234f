#include "metrics.h"

/* Upper bounds in milliseconds. */
static const double bounds[METRICS_BUCKETS] = {0.5, 1, 2, 5, 10, 25, 50, 100, 500, 2500};

void metrics_init(struct metrics *m)
{
    for (size_t i = 0; i < 6; i++) atomic_init(&m->by_class[i], 0);
    for (size_t i = 0; i <= METRICS_BUCKETS; i++) atomic_init(&m->buckets[i], 0);
    atomic_init(&m->micros, 0);
    atomic_init(&m->connections, 0);
    atomic_init(&m->swept, 0);
    m->started = time(NULL);
}

void metrics_count(struct metrics *m, unsigned status, double ms)
{
    size_t i = 0;
    while (i < METRICS_BUCKETS && ms > bounds[i]) i++;
    atomic_fetch_add_explicit(&m->by_class[status / 100 % 6], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&m->buckets[i], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&m->micros, (unsigned long long)(ms * 1000),
                              memory_order_relaxed);
}

void metrics_write(struct metrics *m, unsigned generation, struct hf_buf *out)
{
    hf_buf_adds(out,
                "# HELP hfsok_requests_total Requests answered, by class of status.\n"
                "# TYPE hfsok_requests_total counter\n");
    for (size_t i = 2; i < 6; i++)
        hf_buf_addf(out, "hfsok_requests_total{class=\"%zuxx\"} %llu\n", i,
                    (unsigned long long)atomic_load(&m->by_class[i]));
    hf_buf_adds(out, "# HELP hfsok_request_seconds Time from request to reply.\n"
                     "# TYPE hfsok_request_seconds histogram\n");
    unsigned long long sum = 0;
    for (size_t i = 0; i <= METRICS_BUCKETS; i++) {
        sum += atomic_load(&m->buckets[i]);
        if (i < METRICS_BUCKETS)
            hf_buf_addf(out, "hfsok_request_seconds_bucket{le=\"%g\"} %llu\n",
                        bounds[i] / 1000, sum);
    }
    hf_buf_addf(out,
                "hfsok_request_seconds_bucket{le=\"+Inf\"} %llu\n"
                "hfsok_request_seconds_sum %.6f\nhfsok_request_seconds_count %llu\n",
                sum, (double)atomic_load(&m->micros) / 1e6, sum);
    hf_buf_addf(
        out,
        "# HELP hfsok_connections Open connections.\n# TYPE hfsok_connections gauge\n"
        "hfsok_connections %u\n"
        "# HELP hfsok_swept_total Slow connections that were cut.\n"
        "# TYPE hfsok_swept_total counter\nhfsok_swept_total %llu\n"
        "# HELP hfsok_limited_total Requests above a client's limit.\n"
        "# TYPE hfsok_limited_total counter\nhfsok_limited_total %llu\n"
        "# HELP hfsok_generation Generation of the index served.\n"
        "# TYPE hfsok_generation gauge\nhfsok_generation %u\n"
        "# HELP hfsok_start_time_seconds When the daemon started.\n"
        "# TYPE hfsok_start_time_seconds gauge\nhfsok_start_time_seconds %lld\n",
        atomic_load(&m->connections), (unsigned long long)atomic_load(&m->swept),
        (unsigned long long)atomic_load(&m->limited), generation, (long long)m->started);
}
