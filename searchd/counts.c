#include "counts.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/status.h"

enum { MOST = 20000 };

void counts_init(struct counts *c)
{
    *c = (struct counts){.by_key = {NULL, 0, 0}};
    pthread_mutex_init(&c->lock, NULL);
}

static void clear(struct counts *c)
{
    for (size_t i = 0; i < c->n; i++) free(c->keys[i]);
    hf_map_release(&c->by_key);
    c->by_key = (struct hf_map){NULL, 0, 0};
    c->n = 0;
}

void counts_release(struct counts *c)
{
    clear(c);
    free(c->keys);
    pthread_mutex_destroy(&c->lock);
}

bool counts_get(struct counts *c, const char *key, uint32_t *n)
{
    pthread_mutex_lock(&c->lock);
    uintptr_t found = (uintptr_t)hf_map_get(&c->by_key, key, strlen(key));
    pthread_mutex_unlock(&c->lock);
    *n = (uint32_t)(found - 1);
    return found > 0;
}

void counts_put(struct counts *c, const char *key, uint32_t n)
{
    pthread_mutex_lock(&c->lock);
    if (c->n == MOST) clear(c);
    if (!hf_map_get(&c->by_key, key, strlen(key))) {
        c->keys = hf_grow(c->keys, &c->cap, c->n, sizeof *c->keys);
        char *own = c->keys[c->n++] = hf_xstrdup(key);
        hf_map_put(&c->by_key, own, strlen(own), (void *)((uintptr_t)n + 1));
    }
    pthread_mutex_unlock(&c->lock);
}
