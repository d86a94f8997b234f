#include "unzip.h"

#include <archive.h>
#include <archive_entry.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_wanted(const struct unzip *z, const char *name, const char *const *wanted)
{
    if (strlen(name) >= sizeof z->parts->name || z->n >= UNZIP_MAX_PARTS ||
        unzip_find(z, name))
        return false;
    for (; *wanted; wanted++)
        if (!fnmatch(*wanted, name, FNM_PATHNAME)) return true;
    return false;
}

static enum hf_status inflate_part(struct archive *a, struct hf_buf *out, size_t *total,
                                   struct hf_error *err)
{
    const void *block;
    size_t n;
    la_int64_t offset;
    int got;
    while ((got = archive_read_data_block(a, &block, &n, &offset)) == ARCHIVE_OK) {
        *total += n;
        if (*total > UNZIP_MAX_BYTES)
            return hf_fail(err, HF_UNREADABLE, "for stor når den pakkes ut (over %zu MB)",
                           UNZIP_MAX_BYTES >> 20);
        hf_buf_add(out, block, n);
    }
    if (got != ARCHIVE_EOF)
        return hf_fail(err, HF_UNREADABLE, "filen er avkortet eller ødelagt (zip)");
    return HF_OK;
}

static enum hf_status read_entries(struct unzip *z, struct archive *a,
                                   const char *const *wanted, struct hf_error *err)
{
    struct archive_entry *entry;
    size_t entries = 0, total = 0;
    int got;
    while ((got = archive_read_next_header(a, &entry)) == ARCHIVE_OK ||
           got == ARCHIVE_WARN) {
        const char *name = archive_entry_pathname_utf8(entry);
        if (!name) name = archive_entry_pathname(entry);
        if (++entries > UNZIP_MAX_ENTRIES)
            return hf_fail(err, HF_UNREADABLE, "arkivet har mer enn %d deler",
                           UNZIP_MAX_ENTRIES);
        if (!name || !is_wanted(z, name, wanted)) continue;
        if (archive_entry_is_encrypted(entry))
            return hf_fail(err, HF_UNREADABLE, "dokumentet er beskyttet med passord");
        z->parts = hf_grow(z->parts, &z->cap, z->n, sizeof *z->parts);
        struct unzip_part *p = &z->parts[z->n++];
        memset(p, 0, sizeof *p);
        memcpy(p->name, name, strlen(name) + 1);
        hf_buf_init(&p->data);
        enum hf_status status = inflate_part(a, &p->data, &total, err);
        if (status != HF_OK) return status;
    }
    if (got != ARCHIVE_EOF)
        return hf_fail(err, HF_UNREADABLE, "filen er avkortet eller ødelagt (zip)");
    return HF_OK;
}

enum hf_status unzip_open(struct unzip *z, const char *bytes, size_t len,
                          const char *const *wanted, struct hf_error *err)
{
    enum hf_status status;
    memset(z, 0, sizeof *z);
    struct archive *a = archive_read_new();
    if (!a) return hf_fail(err, HF_NO_MEMORY, "for lite minne");
    archive_read_support_format_zip(a);
    if (archive_read_open_memory(a, bytes, len) != ARCHIVE_OK)
        status = hf_fail(err, HF_UNREADABLE, "filen er avkortet eller ødelagt (zip)");
    else
        status = read_entries(z, a, wanted, err);
    archive_read_free(a);
    return status;
}

const struct hf_buf *unzip_find(const struct unzip *z, const char *name)
{
    for (size_t i = 0; i < z->n; i++)
        if (!strcmp(z->parts[i].name, name)) return &z->parts[i].data;
    return NULL;
}

void unzip_close(struct unzip *z)
{
    for (size_t i = 0; i < z->n; i++) hf_buf_release(&z->parts[i].data);
    free(z->parts);
    memset(z, 0, sizeof *z);
}
