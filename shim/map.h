/* A map from byte strings to pointers: open addressing, keys borrowed, no removal. */
#ifndef HF_MAP_H
#define HF_MAP_H

#include <stddef.h>
#include <stdint.h>

struct hf_map_slot {
    const char *key; /* NULL = free */
    size_t len;
    void *value;
};
struct hf_map {
    struct hf_map_slot *slots;
    size_t n, cap;
};

/* FNV-1a. */
uint64_t hf_hash(const char *key, size_t len);

/* The value of key, or NULL. A zeroed map is an empty map. */
void *hf_map_get(const struct hf_map *m, const char *key, size_t len);

/* Sets key, which must live as long as the map; returns the value that it had before, or
 * NULL. */
void *hf_map_put(struct hf_map *m, const char *key, size_t len, void *value);
void hf_map_release(struct hf_map *m);

#endif
