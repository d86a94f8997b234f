/* The gists of all documents of an index in one file, by the keys of their cached
 * records: a cache of a cache, with its own checksum. Damaged, of another form or not
 * there, it is empty, and each gist is made of the records again.
 *
 *     struct gists *g = gists_open(store);
 *     bytes = gists_get(g, key, &len);               // or NULL
 *     gists_put(g, key, bytes, len);
 *     gists_save(g, store, meta, &err);
 *     gists_free(g);
 */
#ifndef HF_GISTS_H
#define HF_GISTS_H

#include <jansson.h>

#include "store.h"

struct gists;
struct gists *gists_open(const struct store *s);
void gists_free(struct gists *g);

/* Borrowed until gists_free. One thread at a time, as gists_put. */
const char *gists_get(const struct gists *g, const char *key, size_t *len);
/* Keeps a copy. */
void gists_put(struct gists *g, const char *key, const char *bytes, size_t len);

/* Writes those whose keys meta names ("documents":[{"key":…}]), where they are others
 * than were read. */
HF_MUST_USE enum hf_status gists_save(const struct gists *g, const struct store *s,
                                      const json_t *meta, struct hf_error *err);

#endif
