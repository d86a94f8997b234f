/* People who are named in sentences of the head ("Kari Nordby ledet møtet", "Ola Haug
 * hadde meldt forfall"), not in a list. */
#ifndef HF_MINUTES_TOLD_H
#define HF_MINUTES_TOLD_H

#include "minutes_fields.h"
#include "minutes_roster.h"

/* Who led the meeting and who wrote the minutes, in text without a label. */
void told_officers(const struct name_ctx *x, const struct text_doc *doc,
                   const struct field *f, struct roster *r);

/* Who came and who did not, in text without a label; absent_only: who did not. */
void told_presence(const struct name_ctx *x, const struct text_doc *doc,
                   const struct field *f, struct roster *r, bool absent_only);

/* Sentences that stand in a list, as where a paragraph goes on after it: reads them and
 * puts blanks for them into f->text, so that the list is what is left. */
void told_in_list(const struct name_ctx *x, const struct text_doc *doc, struct field *f,
                  struct roster *r);

#endif
