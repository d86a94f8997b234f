/* Answers that are figures, as tables: CSV, TSV or JSON Lines, with a head but for the
 * last.
 *
 *     render_coverage_table(FORMAT_CSV, answer, &out);
 */
#ifndef HFSOK_RENDER_FIGURES_H
#define HFSOK_RENDER_FIGURES_H

#include <jansson.h>

#include "params.h"

/* /v1/coverage: a line a row, then one for each unreadable document that is of no known
 * helsefellesskap. */
void render_coverage_table(enum params_format format, const json_t *answer,
                           struct hf_buf *out);

/* /v1/timeline: a line for each year of each series (value, label, year, hits, meetings).
 */
void render_timeline_table(enum params_format format, const json_t *answer,
                           struct hf_buf *out);

#endif
