/* Answers for a terminal: ranked hits with their citation, matches in bold or colour,
 * wrapped to a width. Control characters of documents never reach the terminal.
 *
 *     struct text_style style = {.width = 80, .colour = true, .lang = LANG_NB};
 *     render_text_search(&style, answer, &out);
 *     render_text_notes(&style, answer, &notes);
 */
#ifndef HFSOK_RENDER_TEXT_H
#define HFSOK_RENDER_TEXT_H

#include <jansson.h>

#include "params.h"

struct text_style {
    size_t width;
    bool colour;
    enum params_lang lang;
};

/* The hits and the facet summary: what was asked for. */
void render_text_search(const struct text_style *style, const json_t *answer,
                        struct hf_buf *out);

/* How the question was read, another spelling, what was searched: beside the point. */
void render_text_notes(const struct text_style *style, const json_t *answer,
                       struct hf_buf *out);

void render_text_facets(const struct text_style *style, const json_t *answer,
                        struct hf_buf *out);
void render_text_record(const struct text_style *style, const json_t *answer,
                        struct hf_buf *out);

/* Any JSON as an indented outline; for explain. */
void render_text_outline(const struct text_style *style, const json_t *value,
                         struct hf_buf *out);

#endif
