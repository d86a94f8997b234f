/* Names in damaged text: which words were the names of people who are known.
 *
 * A name is in no dictionary, so nothing in a damaged text tells whether «Hagrthe» was
 * Hørthe; somebody of that name in an undamaged document does. A word that is itself
 * such a name, or a word of the language, stays what it is.
 *
 *     names_read_apply(lex, people_known(people), records);
 */
#ifndef HF_NAMES_READ_H
#define HF_NAMES_READ_H

#include <jansson.h>

#include "../shim/lexicon.h"
#include "../shim/map.h"

/* Sets "names_read" of each record of one damaged document: [{printed, name}] of the
 * words in its own text, both as they are spelt, in the order of their first places;
 * null where there are none. known: sound key → name. */
void names_read_apply(const struct hf_lexicon *lex, const struct hf_map *known,
                      json_t *records);

#endif
