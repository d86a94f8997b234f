/* Words that a narrow column has broken without a hyphen: "legemiddelgjennomg" "ang".
 *
 * Whoever lays out a page puts TEXT_BREAK between two pieces that may be one word; what
 * they are the dictionary tells afterwards, outside of the process that reads the file.
 */
#ifndef HF_TEXT_BREAKS_H
#define HF_TEXT_BREAKS_H

#include "text.h"

#define TEXT_BREAK '\x1f' /* control characters do not come through text_clean */

struct hf_lemmas;

/* Joins the pieces or puts a blank between them, everywhere in the document. Joined is
 * what is a word together and is none in pieces, or stands whole elsewhere in the
 * document. lemmas may be NULL: then only the latter counts. */
void text_breaks_mend(struct text_doc *doc, const struct hf_lemmas *lemmas);

#endif
