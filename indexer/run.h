/* One run of the indexer. */
#ifndef HF_RUN_H
#define HF_RUN_H

#include "../shim/lexicon.h"
#include "minutes.h"
#include "options.h"
#include "report.h"
#include "walk.h"

/* The word knowledge of a run, loaded once. */
struct run_words {
    const struct minutes_cues *cues;
    const struct hf_lexicon *lex;
};

/* Reads every source on o->jobs threads and gives the records in the order of the
 * sources, collated, and the report's entries to counts (which counts nothing else here):
 * out[i] is NULL where the source failed (then a failure is in the
 * list) or is another source of a meeting. out has list->n places; json_decref each. */
void run_read(const struct options *o, const struct run_words *words,
              struct sources *list, json_t **out, struct run_counts *counts);

/* The index stage (index_run.c): reads the sources and writes the index, or prints the
 * terms when o->stop says so. Unreadable documents go to list->failures and do not make
 * it fail. */
HF_MUST_USE enum hf_status index_run(const struct options *o,
                                     const struct minutes_cues *cues,
                                     struct sources *list, struct run_counts *counts,
                                     struct hf_error *err);

#endif
