/* The answer of /v1/coverage for people: as a table (CSV, TSV, JSON Lines) and for a
 * terminal.
 *
 *     render_coverage_table(FORMAT_CSV, answer, &out);
 *     render_coverage_text(&style, answer, &out);
 */
#ifndef HFSOK_RENDER_COVERAGE_H
#define HFSOK_RENDER_COVERAGE_H

#include <jansson.h>

#include "render_text.h"

/* A line a row, with a head but for JSON Lines; then a line for each unreadable document
 * that is of no known helsefellesskap. */
void render_coverage_table(enum params_format format, const json_t *answer,
                           struct hf_buf *out);

void render_coverage_text(const struct text_style *style, const json_t *answer,
                          struct hf_buf *out);

#endif
