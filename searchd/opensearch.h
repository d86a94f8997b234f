/* OpenSearch 1.1: how a browser, or a search of searches, asks us.
 *
 *     opensearch_description("https://sok.example.org", LANG_NB, &out);
 *     json_t *list = opensearch_suggestions("https://sok.example.org", answer);
 */
#ifndef HFSOK_OPENSEARCH_H
#define HFSOK_OPENSEARCH_H

#include <jansson.h>

#include "params.h"

/* The description document, with templates for pages, JSON, feed and suggestions. */
void opensearch_description(const char *base, enum params_lang lang, struct hf_buf *out);

/* The answer of /v1/suggest in the form that browsers read: [what was typed, [queries],
 * [what each means], [the address of its page]]. Yours. */
json_t *opensearch_suggestions(const char *base, const json_t *answer);

#endif
