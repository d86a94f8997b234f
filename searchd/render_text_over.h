/* What the command line shows across meetings: the nineteen side by side, hits over the
 * years, one person. Rules as in render_text.h. */
#ifndef HFSOK_RENDER_TEXT_OVER_H
#define HFSOK_RENDER_TEXT_OVER_H

#include "render_text.h"

void render_text_compare(const struct text_style *style, const json_t *answer,
                         struct hf_buf *out);
void render_text_timeline(const struct text_style *style, const json_t *answer,
                          struct hf_buf *out);
void render_text_person(const struct text_style *style, const json_t *answer,
                        struct hf_buf *out);

#endif
