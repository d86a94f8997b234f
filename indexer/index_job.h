/* Between the parts of the index stage (index_run.c, index_read.c); nobody else includes
 * it. */
#ifndef HF_INDEX_JOB_H
#define HF_INDEX_JOB_H

#include <pthread.h>

#include "../shim/map.h"
#include "collate.h"
#include "document.h"
#include "kept.h"
#include "report.h"
#include "run.h"
#include "seen.h"
#include "stopped.h"
#include "store.h"
#include "store_part.h"

struct entry {                   /* one document of the new generation */
    const struct source *source; /* NULL: from an earlier run, not read now */
    const char *path;
    char key[65];    /* of its cached records */
    char digest[65]; /* of their final form */
    char *meeting;   /* id of the meeting that it stands for; NULL: another source does */
    size_t number;   /* collate's */
    bool has_records, is_unchanged, is_double, is_kept, is_damaged;
    struct run_counts own_counts; /* of its records, whether or not it stands for them */
    char *reason;                 /* why it cannot be read */
    struct run_counts counts;
    json_t *report; /* its entry of the report, where there are records */
};

struct index_job {
    const struct options *o;
    const struct minutes_cues *cues;
    struct store *store;
    struct stopped *stopped;
    struct kept *gists;  /* gist.h, by the keys of records; under the lock */
    struct kept *hashes; /* stamp and content hash of each source; under the lock */
    struct hf_lexicon *lex;
    struct collate *collate;
    struct entry *entries;
    size_t n;
    bool has_report;
    struct hf_map before; /* digest → non-NULL: indexed in the last generation */
    struct hf_map saved;  /* key → non-NULL: read in this run; under the lock */
    struct seen seen;
    struct store_slices slices;
    struct document_maker **makers; /* one a worker: it remembers words */
    pthread_mutex_t lock;
    enum hf_status status; /* the first failure that ends the run */
    struct hf_error err;
};

/* Notes the first failure that ends the run. */
void index_fail(struct index_job *j, const struct hf_error *err);

/* Pass 1, of entry number i (a pool_fn over the struct index_job): its key, its cached
 * records or new ones, and its gist to those that are collated. */
void index_read(void *job, size_t i, size_t worker);

/* Adds what an earlier run read under the entry's key; false where there is nothing. */
bool index_add_cached(struct index_job *j, struct entry *e);

/* A moved file keeps its records but for the path. */
void index_set_source(json_t *records, const char *path);

#endif
