/* Whether minutes are a draft or approved, and the other documents of a meeting, in words
 * for the page and the terminal.
 *
 *     version_say(&b, record, lang);          // "Utkast («Foreløpig referat»)"
 *     version_sources(&b, meeting, ", ", lang);  // "a.docx (Utkast), b.pdf"
 */
#ifndef HFSOK_RENDER_VERSION_H
#define HFSOK_RENDER_VERSION_H

#include <jansson.h>

#include "strings.h"

/* Appends the version of a meeting and the words that say so; nothing where none is said.
 */
void version_say(struct hf_buf *b, const json_t *record, enum params_lang lang);

/* Appends the sources of a meeting but for its own, each with its version. */
void version_sources(struct hf_buf *b, const json_t *meeting, const char *between,
                     enum params_lang lang);

#endif
