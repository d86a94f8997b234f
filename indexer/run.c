#include "run.h"

#include <stdlib.h>
#include <string.h>

#include "collate.h"
#include "pool.h"
#include "read.h"
#include "report.h"

struct reading {
    const struct run_words *words;
    struct sources *list;
    json_t **out;
    char **reasons;
};

static void read_one(void *ctx, size_t i, size_t worker)
{
    struct reading *r = ctx;
    struct hf_error err = {HF_OK, ""};
    (void)worker;
    const struct source *s = &r->list->at[i];
    if (read_records(r->words->cues, r->words->lex, s, &r->out[i], &err) != HF_OK)
        r->reasons[i] = hf_xstrdup(err.text);
}

/* Collates, and tells the report of what can be read. */
static void collate_all(const struct run_words *words, const struct sources *list,
                        json_t **out, json_t *documents)
{
    size_t n = list->n;
    struct collate *c = collate_new(words->lex, words->cues);
    size_t *numbers = hf_xcalloc(n, sizeof *numbers);
    for (size_t i = 0; i < n; i++)
        if (out[i]) numbers[i] = collate_add(c, out[i]);
    collate_finish(c);
    for (size_t i = 0; i < n; i++) {
        if (!out[i]) continue;
        bool is_double = !collate_apply(c, numbers[i], out[i]);
        if (documents)
            json_array_append_new(
                documents, report_document(list->at[i].path,
                                           is_double ? "double" : "read", out[i], NULL));
        if (!is_double) continue;
        json_decref(out[i]);
        out[i] = NULL;
    }
    free(numbers);
    collate_free(c);
}

void run_read(const struct options *o, const struct run_words *words,
              struct sources *list, json_t **out, struct run_counts *counts)
{
    struct reading r = {words, list, out, hf_xcalloc(list->n, sizeof *r.reasons)};
    struct pool_options p = {o->jobs, o->quiet, "dokumenter lest"};
    pool_each(&p, list->n, read_one, &r);
    for (size_t i = 0; i < list->n; i++) {
        if (r.reasons[i]) sources_fail(list, list->at[i].path, r.reasons[i]);
        free(r.reasons[i]);
    }
    free(r.reasons);
    collate_all(words, list, out, counts->documents);
}
