/* A record's JSON by its members, without making a tree of it: a list of hits shows a
 * record as it is stored, with some members changed.
 *
 * The text is what the indexer wrote (JSON without blanks); another is refused.
 *
 *     struct spans s;
 *     if (spans_read(&s, text, len)) title = span_string(spans_get(&s, "title"), &room);
 */
#ifndef HF_SPAN_H
#define HF_SPAN_H

#include <stdbool.h>

#include "../shim/buf.h"

enum { SPANS_MAX = 64 };

struct span { /* of a value, as written */
    const char *at;
    size_t len;
};
struct spans {
    struct {
        struct span name, value; /* the name without its quotes */
    } at[SPANS_MAX];
    size_t n;
};

/* The members of one object; false where it is not such a text, or too large. */
bool spans_read(struct spans *s, const char *text, size_t len);
/* The value of a member; .at is NULL where there is none. */
struct span spans_get(const struct spans *s, const char *name);

/* Calls fn for each value of an array, until it returns false; false then and where it is
 * no array. */
bool span_each(struct span array, bool (*fn)(void *ctx, struct span value), void *ctx);

/* The bytes of a string; NULL at where it is none or empty. Borrowed from the text, or
 * from room where something had to be undone. */
struct span span_string(struct span value, struct hf_buf *room);
/* Whether it is that string (without anything to be undone). */
bool span_is(struct span value, const char *text);
int span_integer(struct span value);

/* Appends the value as the API writes it: numbers have eight digits at most. */
void span_write(struct span value, struct hf_buf *out);
/* Appends a string with its quotes. */
void span_quote(const char *text, size_t len, struct hf_buf *out);

#endif
