/* Strings of bytes by keys of 64 hexadecimal digits, all of a kind in one file beside the
 * generations: a cache, with its own checksum. Damaged, of another form or not there, it
 * is empty. What a run does not ask for is not kept for the next one.
 *
 *     struct kept *k = kept_open(store, "gists");
 *     bytes = kept_get(k, key, &len);                // or NULL
 *     kept_put(k, key, bytes, len);
 *     kept_save(k, store, &err);
 *     kept_free(k);
 */
#ifndef HF_KEPT_H
#define HF_KEPT_H

#include "store.h"

struct kept;
/* Keeps name. */
struct kept *kept_open(const struct store *s, const char *name);
void kept_free(struct kept *k);

/* Borrowed until kept_free. One thread at a time, as kept_put. */
const char *kept_get(struct kept *k, const char *key, size_t *len);
/* Keeps a copy, in the place of what is there. */
void kept_put(struct kept *k, const char *key, const char *bytes, size_t len);

/* Writes what was asked for or put, where that is not what was read. */
HF_MUST_USE enum hf_status kept_save(const struct kept *k, const struct store *s,
                                     struct hf_error *err);

#endif
