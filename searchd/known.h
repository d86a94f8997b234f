/* The values that an open facet may have, whether the index holds any or not: the
 * helsefellesskap of the registry (stopwords/registry.json) and the kinds of body. Read
 * once at first use, kept to the end.
 *
 *     size_t n;
 *     const struct hf_choice *c = known_choices(HF_FACET_HELSEFELLESSKAP, &n);
 */
#ifndef HFSOK_KNOWN_H
#define HFSOK_KNOWN_H

#include "../shim/schema.h"
#include "params.h"

/* The choices of a facet in the order in which they are shown; NULL and n = 0 for the
 * years, and for the helsefellesskap where the registry cannot be read. Safe from any
 * thread. */
const struct hf_choice *known_choices(enum hf_facet facet, size_t *n);

/* The choice that value means (id, alias or label, in any letter case), or NULL. */
const struct hf_choice *known_find(enum hf_facet facet, const char *value);

/* The id of the health region of a helsefellesskap (id), or NULL. */
const char *known_region(const char *trust);

/* The label in the reader's language. */
const char *known_label(const struct hf_choice *choice, enum params_lang lang);
const char *known_facet_label(enum hf_facet facet, enum params_lang lang);

#endif
