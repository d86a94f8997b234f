#include "export.h"

#include <stdlib.h>

#include "render_atom.h"

/* Hits a piece: a larger one holds up the other connections of its thread, smaller ones
 * rank anew more often. Builds for tests shrink it. */
#ifndef EXPORT_PIECE
#define EXPORT_PIECE 500
#endif

void export_init(struct export *x, struct params *p, const struct render_columns *columns)
{
    *x = (struct export){.p = *p, .columns = *columns, .format = p->format};
    params_init(p);
    if (!x->p.all) return;
    x->is_whole = true;
    x->p.all = false;
    x->p.offset = 0;
    x->p.size = EXPORT_PIECE;
}

void export_release(struct export *x)
{
    params_release(&x->p);
    free(x->feed_head);
    free(x->feed_base);
}

static void put_hits(struct export *x, const json_t *hits, struct hf_buf *out)
{
    if (x->format == FORMAT_ATOM) {
        if (!x->has_begun) hf_buf_adds(out, x->feed_head);
        render_atom_entries(x->feed_base, hits, out);
        return;
    }
    if (!x->has_begun) render_table_head(x->format, &x->columns, out);
    render_table_rows(x->format, &x->columns, hits, out);
}

enum hf_status export_next(struct export *x, struct session *s, struct hf_buf *out,
                           struct hf_error *err)
{
    json_t *answer = NULL;
    enum hf_status status = answer_search(s, &x->p, &answer, err);
    if (status == HF_CHANGED) status = answer_search(s, &x->p, &answer, err);
    if (status != HF_OK) return status;
    const json_t *hits = json_object_get(answer, "hits");
    json_int_t generation = json_integer_value(
        json_object_get(json_object_get(answer, "index"), "generation"));
    if (x->has_begun && generation != x->generation)
        status = hf_fail(err, HF_CHANGED, "indeksen ble byttet under eksporten");
    if (status == HF_OK) {
        put_hits(x, hits, out);
        x->has_begun = true;
        x->generation = generation;
        x->total = (size_t)json_integer_value(json_object_get(answer, "total"));
        x->n_sent += json_array_size(hits);
        x->p.offset += json_array_size(hits);
        x->is_done = !x->is_whole || !json_array_size(hits) || x->n_sent >= x->total;
    }
    json_decref(answer);
    if (status == HF_OK && x->is_done && x->format == FORMAT_ATOM) render_atom_tail(out);
    return status;
}
