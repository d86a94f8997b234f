#include "map.h"

#include <stdlib.h>
#include <string.h>

#include "status.h"

uint64_t hf_hash(const char *key, size_t len)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < len; i++) h = (h ^ (unsigned char)key[i]) * 1099511628211u;
    return h;
}

static struct hf_map_slot *find(const struct hf_map *m, const char *key, size_t len)
{
    size_t i = (size_t)hf_hash(key, len) & (m->cap - 1);
    while (m->slots[i].key &&
           (m->slots[i].len != len || memcmp(m->slots[i].key, key, len) != 0))
        i = (i + 1) & (m->cap - 1);
    return &m->slots[i];
}

void *hf_map_get(const struct hf_map *m, const char *key, size_t len)
{
    return m->cap ? find(m, key, len)->value : NULL;
}

static void grow(struct hf_map *m)
{
    struct hf_map old = *m;
    m->cap = old.cap ? old.cap * 2 : 64;
    m->slots = hf_xcalloc(m->cap, sizeof *m->slots);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].key) *find(m, old.slots[i].key, old.slots[i].len) = old.slots[i];
    free(old.slots);
}

void *hf_map_put(struct hf_map *m, const char *key, size_t len, void *value)
{
    if ((m->n + 1) * 2 > m->cap) grow(m);
    struct hf_map_slot *s = find(m, key, len);
    void *before = s->value;
    if (!s->key) m->n++;
    *s = (struct hf_map_slot){key, len, value};
    return before;
}

void hf_map_release(struct hf_map *m)
{
    free(m->slots);
    *m = (struct hf_map){NULL, 0, 0};
}
