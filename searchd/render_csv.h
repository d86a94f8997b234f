/* Tables of hits: CSV that opens in a Norwegian Excel, TSV for shell tools, JSON Lines.
 *
 * One row a hit. CSV: UTF-8 with BOM, ';', CRLF, a cell that Excel would take for a
 * formula gets a leading apostrophe. TSV: tabs and line ends inside a cell become blanks.
 * JSON Lines: one hit a line.
 *
 *     struct render_columns c;
 *     render_columns_parse(&c, "date,title,text", &err);       // NULL: the columns of
 * the design render_table_head(FORMAT_CSV, &c, &out); render_table_rows(FORMAT_CSV, &c,
 * hits, &out);
 */
#ifndef HFSOK_RENDER_CSV_H
#define HFSOK_RENDER_CSV_H

#include <jansson.h>

#include "params.h"

enum { COLUMNS_MAX = 40 };

struct render_columns {
    const char *at[COLUMNS_MAX]; /* names from the table of columns */
    size_t n;
    bool is_default;
};

/* Names between commas, out of the table of columns. HF_BAD_ARGUMENT names the nearest.
 */
HF_MUST_USE enum hf_status render_columns_parse(struct render_columns *c,
                                                const char *list, enum params_lang lang,
                                                struct hf_error *err);

void render_table_head(enum params_format format, const struct render_columns *c,
                       struct hf_buf *out);
/* One cell, quoted or cleaned as the format needs it. */
void render_table_cell(enum params_format format, const char *text, struct hf_buf *out);
void render_table_rows(enum params_format format, const struct render_columns *c,
                       const json_t *hits, struct hf_buf *out);

/* A hit with only these members, in this order; new. The default columns: the hit as it
 * is. */
json_t *render_columns_pick(const struct render_columns *c, json_t *hit);

#endif
