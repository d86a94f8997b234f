/* The answer of /v1/coverage for a terminal.
 *
 *     render_coverage_text(&style, answer, &out);
 */
#ifndef HFSOK_RENDER_COVERAGE_H
#define HFSOK_RENDER_COVERAGE_H

#include <jansson.h>

#include "render_text.h"

void render_coverage_text(const struct text_style *style, const json_t *answer,
                          struct hf_buf *out);

#endif
