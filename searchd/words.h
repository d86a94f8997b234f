/* Words in the index: under which terms a word of a field is stored (schema.h), as one
 * query and as one number.
 *
 *     struct hf_query *q = words_query(reader, HF_FIELD_TEXT, HF_KIND_LEMMA, "sykehus");
 */
#ifndef HF_WORDS_H
#define HF_WORDS_H

#include "../shim/index.h"
#include "../shim/schema.h"

/* NULL where the index has none. */
struct hf_query *words_query(struct hf_reader *r, enum hf_field field, enum hf_kind kind,
                             const char *word);

/* In how many documents it is stored, at least. */
uint32_t words_freq(struct hf_reader *r, enum hf_field field, enum hf_kind kind,
                    const char *word);

/* Whether it is stored with the document. */
bool words_has(struct hf_reader *r, enum hf_field field, enum hf_kind kind,
               const char *word, uint32_t docid);

#endif
