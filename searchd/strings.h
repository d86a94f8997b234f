/* Everything that users read, in bokmål, nynorsk and English: one table (strings.c).
 *
 * {0} to {9} stand for arguments. Text is plain; whoever writes HTML escapes it.
 *
 *     strings_get(S_SEARCH, LANG_NN);
 *     strings_fill(&b, S_ERR_TWICE, lang, "size", NULL);
 */
#ifndef HFSOK_STRINGS_H
#define HFSOK_STRINGS_H

#include <jansson.h>

#include "params.h"

enum string_id {
#define S(id, nb, nn, en) S_##id,
#include "strings_table.h"
#undef S
    S_N
};

const char *strings_get(enum string_id id, enum params_lang lang);

/* Appends the text with its arguments (const char *, NULL ends them). */
__attribute__((sentinel)) void strings_fill(struct hf_buf *b, enum string_id id,
                                            enum params_lang lang, ...);

/* The texts that take no arguments, by their names in the table ("SEARCH"). Yours. */
json_t *strings_words(enum params_lang lang);

/* "nb", "nn", "en". */
const char *strings_lang(enum params_lang lang);

/* Appends a date YYYY-MM-DD as a reader writes it ("3. februar 2025"); anything else as
 * it is. */
void strings_date(struct hf_buf *b, const char *iso, enum params_lang lang);

/* The language that an Accept-Language header likes best; NULL or none of ours: bokmål.
 */
enum params_lang strings_accept(const char *accept_language);

/* How much a header like Accept likes a value, 0 to 1000; *: and part/ * count as the
 * header says. */
int strings_quality(const char *header, const char *value);

#endif
