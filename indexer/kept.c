#include "kept.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/map.h"
#include "../shim/record.h"

/* The first line, with the form of what is kept; the sum of the rest; entries of a key,
 * the length as a number of eight digits and the bytes. */
#define MARK      "hfsok-kept 1\n"
#define MARK_LEN  13
#define HEAD_LEN  (MARK_LEN + 65)
#define KEY_LEN   64
#define ENTRY_LEN (KEY_LEN + 8)
#define MAX_BYTES 99999999

struct bytes {
    const char *at;
    size_t len;
    bool is_used;
};

struct kept {
    const char *name;
    struct hf_buf file;
    struct hf_arena arena;
    struct hf_map by_key; /* → struct bytes */
    size_t n_read;        /* from the file */
    bool is_new;
};

static void note(struct kept *k, const char *key, const struct bytes *bytes)
{
    struct bytes *b = hf_arena_alloc(&k->arena, sizeof *b);
    *b = *bytes;
    hf_map_put(&k->by_key, key, KEY_LEN, b);
}

static bool is_whole(const struct hf_buf *file)
{
    char sum[65];
    if (file->len < HEAD_LEN || memcmp(file->data, MARK, MARK_LEN) != 0) return false;
    hf_sha256(file->data + HEAD_LEN, file->len - HEAD_LEN, sum);
    return !memcmp(sum, file->data + MARK_LEN, 64);
}

struct kept *kept_open(const struct store *s, const char *name)
{
    struct kept *k = hf_xcalloc(1, sizeof *k);
    k->name = name;
    if (!store_load_bytes(s, name, &k->file) || !is_whole(&k->file)) return k;
    for (size_t at = HEAD_LEN; at + ENTRY_LEN <= k->file.len;) {
        char digits[9] = "";
        const char *entry = k->file.data + at;
        memcpy(digits, entry + KEY_LEN, 8);
        size_t len = strtoul(digits, NULL, 10);
        if (len > k->file.len - at - ENTRY_LEN) break;
        note(k, entry, &(struct bytes){entry + ENTRY_LEN, len, false});
        k->n_read++;
        at += ENTRY_LEN + len;
    }
    return k;
}

void kept_free(struct kept *k)
{
    if (!k) return;
    hf_buf_release(&k->file);
    hf_arena_release(&k->arena);
    hf_map_release(&k->by_key);
    free(k);
}

const char *kept_get(struct kept *k, const char *key, size_t *len)
{
    struct bytes *b = hf_map_get(&k->by_key, key, KEY_LEN);
    *len = b ? b->len : 0;
    if (b) b->is_used = true;
    return b ? b->at : NULL;
}

void kept_put(struct kept *k, const char *key, const char *bytes, size_t len)
{
    if (len > MAX_BYTES) return;
    note(k, hf_arena_strdup(&k->arena, key, KEY_LEN),
         &(struct bytes){hf_arena_strdup(&k->arena, bytes, len), len, true});
    k->is_new = true;
}

static int by_key(const void *a, const void *b)
{
    const struct hf_map_slot *x = a, *y = b;
    return memcmp(x->key, y->key, KEY_LEN);
}

static void write_entries(struct hf_map_slot *sorted, size_t n, struct hf_buf *out)
{
    char sum[65];
    qsort(sorted, n, sizeof *sorted, by_key);
    for (int i = 0; i < HEAD_LEN; i++) hf_buf_addc(out, '\n');
    for (size_t i = 0; i < n; i++) {
        const struct bytes *b = sorted[i].value;
        hf_buf_addf(out, "%.64s%08zu", sorted[i].key, b->len);
        hf_buf_add(out, b->at, b->len);
    }
    hf_sha256(out->data + HEAD_LEN, out->len - HEAD_LEN, sum);
    memcpy(out->data, MARK, MARK_LEN);
    memcpy(out->data + MARK_LEN, sum, 64);
}

enum hf_status kept_save(const struct kept *k, const struct store *s,
                         struct hf_error *err)
{
    struct hf_map_slot *used = hf_xcalloc(k->by_key.n + 1, sizeof *used);
    enum hf_status status = HF_OK;
    size_t n = 0;
    for (size_t i = 0; i < k->by_key.cap; i++) {
        const struct hf_map_slot *slot = &k->by_key.slots[i];
        const struct bytes *b = slot->key ? slot->value : NULL;
        if (b && b->is_used) used[n++] = *slot;
    }
    if (k->is_new || n != k->n_read) {
        struct hf_buf b = HF_BUF_INIT;
        write_entries(used, n, &b);
        status = store_save_bytes(s, k->name, b.data, b.len, err);
        hf_buf_release(&b);
    }
    free(used);
    return status;
}
