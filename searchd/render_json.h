/* The bytes of an answer: the same from the API and at the prompt.
 *
 *     render_json(answer, &body);
 */
#ifndef HFSOK_RENDER_JSON_H
#define HFSOK_RENDER_JSON_H

#include <jansson.h>
#include <stdbool.h>

#include "../shim/buf.h"

/* Appends compact JSON in the order in which it was built, and a line end. */
void render_json(const json_t *doc, struct hf_buf *out);

/* What a JSON text member holds; "" where it is absent or no string. Borrowed. */
const char *member_text(const json_t *object, const char *name);

/* Whether segments [["text", is_match], ...] hold a match. */
bool member_matches(const json_t *object, const char *name);

/* Whether a hit's snippet says something that its decisions, which stand above it, do
 * not: it does where there are none, or where the match is in the text alone. */
bool member_snippet_adds(const json_t *hit);

#endif
