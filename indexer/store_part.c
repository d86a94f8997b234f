#include "store_part.h"

#include <stdlib.h>

#include "../shim/buf.h"
#include "store.h"

/* Records a slice; twice as many after each 64 slices, so that the open files of a join
 * are bounded. */
#define SLICE_RECORDS 100
#define SLICES_A_SIZE 64

struct store_part {
    const struct store *store;
    size_t number, n_slices, n_records; /* n_records: of the open slice */
    struct hf_writer *writer;           /* of the open slice, or NULL */
};

void store_part_open(const struct store *s, size_t number, struct store_part **out)
{
    *out = hf_xcalloc(1, sizeof **out);
    (*out)->store = s;
    (*out)->number = number;
}

static char *slice_path(const struct store_part *p, size_t i)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "%s/slice-%06zu-%06zu", store_aside(p->store), p->number, i);
    return hf_buf_take(&b);
}

static enum hf_status begin_slice(struct store_part *p, struct hf_error *err)
{
    char *path = slice_path(p, p->n_slices++);
    enum hf_status status = hf_writer_open(path, &p->writer, err);
    p->n_records = 0;
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
    size_t room = (size_t)SLICE_RECORDS << (p->n_slices / SLICES_A_SIZE);
    enum hf_status status = HF_OK;
    if (p->n_records >= room) status = end_slice(p, err);
    if (status == HF_OK && !p->writer) status = begin_slice(p, err);
    if (status == HF_OK) status = hf_writer_add(p->writer, doc, err);
    p->n_records++;
    return status;
}

/* Makes the slices one database. */
static enum hf_status join(const struct store_part *p, struct hf_error *err)
{
    struct hf_buf dest = HF_BUF_INIT;
    char **paths = hf_xcalloc(p->n_slices, sizeof *paths);
    for (size_t i = 0; i < p->n_slices; i++) paths[i] = slice_path(p, i);
    hf_buf_addf(&dest, "%s/part-%06zu", store_aside(p->store), p->number);
    enum hf_status status =
        hf_index_compact((const char *const *)paths, p->n_slices, dest.data, err);
    for (size_t i = 0; i < p->n_slices; i++) {
        store_remove(paths[i]);
        free(paths[i]);
    }
    free(paths);
    hf_buf_release(&dest);
    return status;
}

enum hf_status store_part_close(struct store_part *p, enum hf_status status,
                                struct hf_error *err)
{
    if (status == HF_OK)
        status = end_slice(p, err);
    else
        hf_writer_abandon(p->writer);
    if (status == HF_OK && p->n_slices) status = join(p, err);
    free(p);
    return status;
}
