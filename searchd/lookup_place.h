/* Where the command line gets its answers: an index that is open here, or a server.
 *
 *     struct place at;
 *     place_open(&at, &options, &err);
 *     place_ask(&at, &answer, &err);
 *     place_close(&at);
 */
#ifndef HFSOK_LOOKUP_PLACE_H
#define HFSOK_LOOKUP_PLACE_H

#include "engine.h"
#include "lookup_options.h"
#include "render_csv.h"

struct place {
    const struct lookup_options *o;
    struct engine *engine;
    struct session *session;
    struct hf_lexicon
        *lex; /* of analyse, with a session that has nothing but a planner */
    struct session words;
};

/* Close it in any case. */
HF_MUST_USE enum hf_status place_open(struct place *at, const struct lookup_options *o,
                                      struct hf_error *err);
void place_close(struct place *at);

/* The answer to the command's question, yours. */
HF_MUST_USE enum hf_status place_ask(struct place *at, json_t **out,
                                     struct hf_error *err);

/* Writes the hits as a table, piece by piece; *n is how many rows. HF_IO: the output is
 * full. */
HF_MUST_USE enum hf_status place_table(struct place *at,
                                       const struct render_columns *columns, size_t *n,
                                       struct hf_error *err);

#endif
