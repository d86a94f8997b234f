/* The addresses of a question's other pages, for the Link header and for feeds.
 *
 *     paging_each(&params, answer, add_link, &buf);
 */
#ifndef HFSOK_PAGING_H
#define HFSOK_PAGING_H

#include <jansson.h>

#include "params.h"

/* The address of a page of the question in the API, appended; page 0 or 1: the first. */
void paging_url(const struct params *p, size_t page, struct hf_buf *out);

/* Calls fn for each of first, prev, next and last that there is; none where all hits
 * stand in one document or there are none. */
typedef void (*paging_fn)(void *ctx, const char *rel, const char *url);
void paging_each(const struct params *p, const json_t *answer, paging_fn fn, void *ctx);

#endif
