/* Which committee (utvalg) met: its code (SSU, FSU …), its name as printed, and what
 * tells it from others of its kind ("nedre Telemark", "psykisk helse og rus"). */
#ifndef HF_MINUTES_BODY_H
#define HF_MINUTES_BODY_H

#include "minutes_fields.h"

struct body {
    const char *code;    /* NULL = not found */
    char *name, *suffix; /* in the arena; suffix NULL where there is none */
};

void body_read(struct body *b, const struct name_ctx *x, const struct fields *f,
               const struct text_doc *doc, struct hf_arena *arena);

/* True if text names a committee in so many words or by its letters. */
bool body_is_named(const struct name_ctx *x, const char *text, size_t len);

#endif
