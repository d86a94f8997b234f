/* Errors for programs: application/problem+json (RFC 9457) in the reader's language.
 *
 *     struct problem p = problem_from(&err, PROBLEM_QUERY);
 *     problem_json(&p, "/v1/search", LANG_NN, &body);
 */
#ifndef HFSOK_PROBLEM_H
#define HFSOK_PROBLEM_H

#include "strings.h"

enum problem_kind {
    PROBLEM_REQUEST,     /* 400: HTTP that is not taken: a body, a broken header */
    PROBLEM_PARAMETER,   /* 400: an unknown parameter or value */
    PROBLEM_QUERY,       /* 400: the query cannot be read */
    PROBLEM_NOT_FOUND,   /* 404 */
    PROBLEM_GONE,        /* 410: a cursor of a generation that is not served any more */
    PROBLEM_METHOD,      /* 405 */
    PROBLEM_TOO_LONG,    /* 414 */
    PROBLEM_TOO_MANY,    /* 429 */
    PROBLEM_UNAVAILABLE, /* 503 */
    PROBLEM_INTERNAL,    /* 500 */
    PROBLEM_N
};

struct problem {
    enum problem_kind kind;
    const char *detail; /* borrowed; NULL: the title says it all */
};

unsigned problem_status(enum problem_kind kind);
const char *problem_title(enum problem_kind kind, enum params_lang lang);

/* The kind that a failed status means; HF_BAD_ARGUMENT is what the caller says it is. */
enum problem_kind problem_of(enum hf_status status, enum problem_kind if_bad_argument);

/* Appends the document and a line end. Detail and instance need not be valid UTF-8. */
void problem_json(const struct problem *p, const char *instance, enum params_lang lang,
                  struct hf_buf *out);

/* The exit code of the programs for a status (design, section 9). */
int problem_exit(enum hf_status status);

#endif
