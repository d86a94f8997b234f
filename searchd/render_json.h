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
/* The same of any value, without the end of line. */
void render_json_value(const json_t *value, struct hf_buf *out);

/* What a JSON text member holds; "" where it is absent or no string. Borrowed. */
const char *member_text(const json_t *object, const char *name);

/* The day of a record as people are to read it, YYYY-MM-DD in out: the printed day and
 * month in the year that the evidence gives (the record's `date` stays as printed);
 * YYYY without a day. */
const char *member_day(const json_t *record, char out[11]);

/* Whether segments [["text", is_match], ...] hold a match. */
bool member_matches(const json_t *object, const char *name);

/* Whether a hit's snippet says something that its decisions, which stand above it, do
 * not: it does where there are none, or where the match is in the text alone. */
bool member_snippet_adds(const json_t *hit);

#endif
