/* A question as an Atom feed (RFC 4287), with paging (RFC 5005).
 *
 * An entry's id is made from the record's id alone and outlives every new index; its
 * `updated` is when the meeting first came into the index and `published` the day of the
 * meeting, so that a reader tells what is new from what is old and newly found.
 *
 *     struct atom_feed feed = {&params, "https://sok.example.org", updated, false};
 *     render_atom_head(&feed, answer, &out);           // answer NULL: no other pages
 *     render_atom_entries(feed.base, hits, &out);      // any number of times
 *     render_atom_tail(&out);
 */
#ifndef HFSOK_RENDER_ATOM_H
#define HFSOK_RENDER_ATOM_H

#include <jansson.h>

#include "params.h"

struct atom_feed {
    const struct params *p;
    const char *base;    /* scheme and host: addresses in a feed are read far from it */
    const char *updated; /* of the index; the entries' own where there are any */
    bool is_complete;    /* every hit stands in this document */
};

void render_atom_head(const struct atom_feed *feed, const json_t *answer,
                      struct hf_buf *out);
void render_atom_entries(const char *base, const json_t *hits, struct hf_buf *out);
void render_atom_tail(struct hf_buf *out);

#endif
