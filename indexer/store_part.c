#include "store_part.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "../shim/buf.h"
#include "folder.h"
#include "store.h"

/* Records of a slice: fewer make more files than they save, more leave the caches. */
#define SLICE_RECORDS 150
/* Slices of a part that is joined by itself; after so many, they grow. */
#define PART_SLICES 64
/* Records that a document has, roughly. */
#define USUAL_RECORDS 20
#define MAX_SLICES    1000
/* Files of an open slice, and files that are open besides. */
#define SLICE_FILES 4
#define OTHER_FILES 64

struct store_part {
    const struct store *store;
    struct store_slices *slices;
    size_t number, n_slices, n_records, room; /* the two last: of the open slice */
    struct hf_writer *writer;                 /* of the open slice, or NULL */
};

void store_slices_init(struct store_slices *slices, size_t n_documents)
{
    const size_t want = MAX_SLICES * SLICE_FILES + OTHER_FILES;
    struct rlimit files = {256, 256};
    getrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < want) {
        files.rlim_cur = files.rlim_max < want ? files.rlim_max : want;
        setrlimit(RLIMIT_NOFILE, &files);
        getrlimit(RLIMIT_NOFILE, &files);
    }
    size_t may = files.rlim_cur < want ? (size_t)files.rlim_cur : want;
    slices->most = may > OTHER_FILES ? (may - OTHER_FILES) / SLICE_FILES : 1;
    if (!slices->most) slices->most = 1;
    /* Half of them for what is expected, a quarter for what may come (next_room), one for
     * the rest of each part. Where that is not enough each part is joined by itself. */
    slices->records = SLICE_RECORDS;
    slices->joins_parts = 2 * n_documents * USUAL_RECORDS / SLICE_RECORDS > slices->most;
    slices->most_parts = slices->most < 4 ? 1 : slices->most / 4;
    atomic_init(&slices->n, 0);
}

/* The records that the part's next slice takes. */
static size_t next_room(const struct store_part *p)
{
    struct store_slices *slices = p->slices;
    if (slices->joins_parts)
        return slices->records << 2 * (p->n_slices / PART_SLICES < 8
                                           ? p->n_slices / PART_SLICES
                                           : 8);
    size_t n = atomic_fetch_add(&slices->n, 1);
    if (n < slices->most / 2) return slices->records;
    return n < slices->most - slices->most_parts ? slices->records * 4 : SIZE_MAX;
}

void store_part_open(const struct store *s, struct store_slices *slices, size_t number,
                     struct store_part **out)
{
    *out = hf_xcalloc(1, sizeof **out);
    (*out)->store = s;
    (*out)->slices = slices;
    (*out)->number = number;
}

static char *slice_path(const struct store_part *p, size_t i)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "%s/part-%06zu-%06zu", store_aside(p->store), p->number, i);
    return hf_buf_take(&b);
}

static enum hf_status begin_slice(struct store_part *p, struct hf_error *err)
{
    char *path = slice_path(p, p->n_slices++);
    enum hf_status status = hf_writer_open(path, &p->writer, err);
    p->n_records = 0;
    p->room = next_room(p);
    free(path);
    return status;
}

static enum hf_status end_slice(struct store_part *p, struct hf_error *err)
{
    enum hf_status status = p->writer ? hf_writer_close(p->writer, err) : HF_OK;
    p->writer = NULL;
    return status;
}

enum hf_status store_part_add(void *part, const struct hf_doc *doc, struct hf_error *err)
{
    struct store_part *p = part;
    enum hf_status status = HF_OK;
    if (p->n_records >= p->room) status = end_slice(p, err);
    if (status == HF_OK && !p->writer) status = begin_slice(p, err);
    if (status == HF_OK) status = hf_writer_add(p->writer, doc, err);
    p->n_records++;
    return status;
}

/* Makes one database of the slices, in the place of the first of them. */
static enum hf_status join_slices(struct store_part *p, struct hf_error *err)
{
    char **paths = hf_xcalloc(p->n_slices, sizeof *paths);
    struct hf_buf joined = HF_BUF_INIT;
    hf_buf_addf(&joined, "%s/joined-%06zu", store_aside(p->store), p->number);
    for (size_t i = 0; i < p->n_slices; i++) paths[i] = slice_path(p, i);
    enum hf_status status =
        hf_index_compact((const char *const *)paths, p->n_slices, joined.data, err);
    for (size_t i = 0; i < p->n_slices; i++) folder_remove(paths[i]);
    if (status == HF_OK && rename(joined.data, paths[0]) < 0)
        status = hf_fail(err, HF_IO, "%s: %s", paths[0], strerror(errno));
    for (size_t i = 0; i < p->n_slices; i++) free(paths[i]);
    free(paths);
    hf_buf_release(&joined);
    return status;
}

enum hf_status store_part_close(struct store_part *p, enum hf_status status,
                                struct hf_error *err)
{
    if (status == HF_OK)
        status = end_slice(p, err);
    else
        hf_writer_abandon(p->writer);
    if (status == HF_OK && p->slices->joins_parts && p->n_slices > 1)
        status = join_slices(p, err);
    for (size_t i = 0; status != HF_OK && i < p->n_slices; i++) {
        char *path = slice_path(p, i);
        folder_remove(path);
        free(path);
    }
    free(p);
    return status;
}
