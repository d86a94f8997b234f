/* The addresses of a question's other pages, for the Link header and for feeds.
 *
 * A cursor names a place in the hits of one generation of the index: where the index has
 * been replaced since, pages would overlap or leave hits out, and the cursor is refused
 * instead. It belongs to its question (language and form apart).
 *
 *     paging_each(&params, answer, add_link, &buf);
 */
#ifndef HFSOK_PAGING_H
#define HFSOK_PAGING_H

#include <jansson.h>

#include "params.h"

struct paging_place {
    unsigned generation;
    size_t offset;
};

/* Where the answer stands. */
struct paging_place paging_here(const struct params *p, const json_t *answer);

/* The address of a place in the question's hits, appended; NULL or offset 0: their
 * beginning, in whatever generation is served then. */
void paging_url(const struct params *p, const struct paging_place *at,
                struct hf_buf *out);

/* Whether the cursor, if there is one, was made for this question. */
bool paging_fits(const struct params *p);

/* Calls fn for each of first, prev, next and last that there is; none where all hits
 * stand in one document or there are none. */
typedef void (*paging_fn)(void *ctx, const char *rel, const char *url);
void paging_each(const struct params *p, const json_t *answer, paging_fn fn, void *ctx);

#endif
