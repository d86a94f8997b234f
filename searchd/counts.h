/* Numbers of hits that were counted in one generation, so that the same offer, made at
 * every letter that anybody types, is counted once. Safe from any thread; holds a bounded
 * number and then begins anew.
 *
 *     if (!counts_get(c, key, &n)) counts_put(c, key, n = count());
 */
#ifndef HF_COUNTS_H
#define HF_COUNTS_H

#include <pthread.h>
#include <stdbool.h>

#include "../shim/map.h"

struct counts {
    pthread_mutex_t lock;
    struct hf_map by_key; /* key → number + 1 */
    char **keys;
    size_t n, cap;
};

void counts_init(struct counts *c);
void counts_release(struct counts *c);

bool counts_get(struct counts *c, const char *key, uint32_t *n);
void counts_put(struct counts *c, const char *key, uint32_t n);

#endif
