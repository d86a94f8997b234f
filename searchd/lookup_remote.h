/* The same questions to a hfsok-searchd elsewhere, over HTTP.
 *
 *     lookup_remote("https://sok.example.no", "/v1/search?q=LAR", &answer, &err);
 */
#ifndef HFSOK_LOOKUP_REMOTE_H
#define HFSOK_LOOKUP_REMOTE_H

#include <jansson.h>

#include "../shim/status.h"

/* *out is the JSON that stands at server + target, yours. HF_NO_INDEX: no such server, or
 * it is out of order; HF_BAD_ARGUMENT and HF_NOT_FOUND with the server's own words. */
HF_MUST_USE enum hf_status lookup_remote(const char *server, const char *target,
                                         json_t **out, struct hf_error *err);

/* The same for JSON Lines: each line as it comes, until the end; fn takes the object
 * over. */
typedef void (*lookup_line_fn)(void *ctx, json_t *line);
HF_MUST_USE enum hf_status lookup_remote_lines(const char *server, const char *target,
                                               lookup_line_fn fn, void *ctx,
                                               struct hf_error *err);

#endif
