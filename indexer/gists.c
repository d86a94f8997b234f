#include "gists.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/map.h"
#include "../shim/record.h"

/* The first line, with the form of the gists; the sum of the rest; entries of a key, the
 * length as a number of eight digits and the bytes. */
#define MARK      "hfsok-gists 1\n"
#define MARK_LEN  14
#define HEAD_LEN  (MARK_LEN + 65)
#define KEY_LEN   64
#define ENTRY_LEN (KEY_LEN + 8)
#define NAME      "gists"

struct gist_bytes {
    const char *at;
    size_t len;
};

struct gists {
    struct hf_buf file;
    struct hf_arena arena;
    struct hf_map by_key; /* → struct gist_bytes */
    size_t n_read;        /* from the file */
    bool is_new;
};

static void note(struct gists *g, const char *key, const char *at, size_t len)
{
    struct gist_bytes *b = hf_arena_alloc(&g->arena, sizeof *b);
    *b = (struct gist_bytes){at, len};
    hf_map_put(&g->by_key, key, KEY_LEN, b);
}

static bool is_whole(const struct hf_buf *file)
{
    char sum[65];
    if (file->len < HEAD_LEN || memcmp(file->data, MARK, MARK_LEN) != 0) return false;
    hf_sha256(file->data + HEAD_LEN, file->len - HEAD_LEN, sum);
    return !memcmp(sum, file->data + MARK_LEN, 64);
}

struct gists *gists_open(const struct store *s)
{
    struct gists *g = hf_xcalloc(1, sizeof *g);
    if (!store_load_bytes(s, NAME, &g->file) || !is_whole(&g->file)) return g;
    for (size_t at = HEAD_LEN; at + ENTRY_LEN <= g->file.len;) {
        char digits[9] = "";
        const char *entry = g->file.data + at;
        memcpy(digits, entry + KEY_LEN, 8);
        size_t len = strtoul(digits, NULL, 10);
        if (len > g->file.len - at - ENTRY_LEN) break;
        note(g, entry, entry + ENTRY_LEN, len);
        g->n_read++;
        at += ENTRY_LEN + len;
    }
    return g;
}

void gists_free(struct gists *g)
{
    if (!g) return;
    hf_buf_release(&g->file);
    hf_arena_release(&g->arena);
    hf_map_release(&g->by_key);
    free(g);
}

const char *gists_get(const struct gists *g, const char *key, size_t *len)
{
    const struct gist_bytes *b = hf_map_get(&g->by_key, key, KEY_LEN);
    *len = b ? b->len : 0;
    return b ? b->at : NULL;
}

void gists_put(struct gists *g, const char *key, const char *bytes, size_t len)
{
    if (len > 99999999) return;
    note(g, hf_arena_strdup(&g->arena, key, KEY_LEN),
         hf_arena_strdup(&g->arena, bytes, len), len);
    g->is_new = true;
}

enum hf_status gists_save(const struct gists *g, const struct store *s,
                          const json_t *meta, struct hf_error *err)
{
    struct hf_buf b = HF_BUF_INIT;
    struct hf_map done = {NULL, 0, 0};
    size_t i, n = 0;
    json_t *d;
    enum hf_status status = HF_OK;
    for (int k = 0; k < HEAD_LEN; k++) hf_buf_addc(&b, '\n');
    json_array_foreach(json_object_get(meta, "documents"), i, d)
    {
        const char *key = json_string_value(json_object_get(d, "key"));
        const struct gist_bytes *have =
            key ? hf_map_get(&g->by_key, key, strlen(key)) : NULL;
        if (!have || hf_map_put(&done, key, KEY_LEN, d)) continue;
        hf_buf_addf(&b, "%s%08zu", key, have->len);
        hf_buf_add(&b, have->at, have->len);
        n++;
    }
    if (g->is_new || n != g->n_read) {
        char sum[65];
        hf_sha256(b.data + HEAD_LEN, b.len - HEAD_LEN, sum);
        memcpy(b.data, MARK, MARK_LEN);
        memcpy(b.data + MARK_LEN, sum, 64);
        status = store_save_bytes(s, NAME, b.data, b.len, err);
    }
    hf_map_release(&done);
    hf_buf_release(&b);
    return status;
}
