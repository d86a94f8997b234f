/* Every hit of a question as a table, piece by piece: however many there are, one piece
 * is in memory.
 *
 *     export_init(&x, &params, &columns);                 // takes the params over
 *     while (!x.is_done)
 *         if (export_next(&x, session, &out, &err) != HF_OK) ...
 *     export_release(&x);
 *
 * The pieces are questions of their own. If the index changes between two of them the
 * export ends with HF_CHANGED: a table that mixes two generations would be wrong without
 * anyone seeing it.
 */
#ifndef HFSOK_EXPORT_H
#define HFSOK_EXPORT_H

#include "answer.h"
#include "render_csv.h"

struct export
{
    struct params p;
    struct render_columns columns;
    enum params_format format;
    size_t total, n_sent;
    json_int_t generation;
    bool is_whole; /* all hits, not the page that the params name */
    bool has_begun, is_done;
    char *feed_head, *feed_base; /* of an Atom feed: what comes before the hits, and where
                                    they lie */
};

/* p is emptied. */
void export_init(struct export *x, struct params *p,
                 const struct render_columns *columns);
void export_release(struct export *x);

/* Appends the next rows, the first time also the head. */
HF_MUST_USE enum hf_status export_next(struct export *x, struct session *s,
                                       struct hf_buf *out, struct hf_error *err);

#endif
