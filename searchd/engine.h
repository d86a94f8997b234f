/* One index that is open in this process, and one thread's handle on it. Inside of
 * answer.h.
 *
 * A served generation is shared by the sessions that use it and ends with the last of
 * them; engine_refresh puts a new one in its place, and a session moves over at its next
 * question.
 */
#ifndef HF_ENGINE_H
#define HF_ENGINE_H

#include <pthread.h>

#include "../shim/generation.h"
#include "../shim/lexicon.h"
#include "answer.h"
#include "columns.h"
#include "counts.h"
#include "dictionary.h"
#include "plan.h"

struct served { /* one generation, shared */
    struct hf_generation generation;
    struct columns *columns;
    size_t n_unreadable;
    pthread_mutex_t making; /* of the dictionary, which is made when first asked for */
    struct dictionary *dictionary;
    pthread_mutex_t covering; /* of the coverage, which is made likewise */
    json_t *coverage;         /* coverage.h; read-only once made */
    pthread_mutex_t promising;
    uint8_t *promises;    /* promise.h; likewise */
    struct counts counts; /* of offers */
    unsigned uses;        /* under the engine's lock */
};

struct engine {
    char *dir;
    struct hf_lexicon *lex;
    struct served *now;
    pthread_mutex_t lock;
};

struct session {
    struct engine *engine;
    struct served *served;
    struct hf_reader *reader;
    struct planner *planner;
};

/* Brings the session to the generation that is served now. Call first in every question.
 */
HF_MUST_USE enum hf_status session_begin(struct session *s, struct hf_error *err);

/* The data of one record as JSON; HF_CORRUPT where it cannot be read. *out is yours. */
HF_MUST_USE enum hf_status session_record(struct session *s, uint32_t docid, json_t **out,
                                          struct hf_error *err);
/* The generation's dictionary, made at the first call; NULL where it cannot be read. */
const struct dictionary *session_dictionary(struct session *s);
/* The document of a flag term (schema.h), 0 if there is none. */
uint32_t session_find(struct session *s, char capital, const char *value);

#endif
