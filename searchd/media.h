/* The forms that an answer can have: their media types, and which of them a reader likes
 * best.
 *
 *     p.format = media_liked(request->accept, MEDIA_TABLES | MEDIA(FORMAT_ATOM));
 *     const struct media *m = media_of(p.format);
 */
#ifndef HFSOK_MEDIA_H
#define HFSOK_MEDIA_H

#include "params.h"

#define MEDIA(format) (1u << (format))
#define MEDIA_TABLES  (MEDIA(FORMAT_JSONL) | MEDIA(FORMAT_CSV) | MEDIA(FORMAT_TSV))

struct media {
    enum params_format format;
    const char *name;    /* as the parameter format names it */
    const char *type;    /* as Accept names it */
    const char *content; /* as Content-Type says it */
    const char *file;    /* a name to save it under, or NULL */
};

/* All of them, JSON first. */
const struct media *media_table(size_t *n);

/* NULL where HTTP does not have the form. */
const struct media *media_of(enum params_format format);

/* The form among these (MEDIA bits; JSON always) that an Accept header likes best; JSON
 * where it says nothing of any. */
enum params_format media_liked(const char *accept, unsigned forms);

#endif
