/* What one document means by its acronyms, where it says so itself (define.h finds
 * where), and, where it is damaged, which of its words were names of known people.
 *
 * An acronym that the word lists know by another long form is the document's own there: a
 * concept that comes from another name must not meet it. One that the lists do not know
 * carries the words of its long form, so that they find every place where the document
 * uses it. The names come from the records' names_read (record.h): who is known is a
 * matter of all documents, not of this one.
 */
#ifndef HF_LOCAL_H
#define HF_LOCAL_H

#include "analyse.h"
#include "define.h"

#include <jansson.h>

#include "map.h"

#define HF_LOCAL_MAX_WORDS 12

struct hf_local_acronym {
    char *text;
    bool is_redefined;                /* the word lists mean something else by it */
    char *lemmas[HF_LOCAL_MAX_WORDS]; /* of the long form; none where the lists know it */
    size_t n_lemmas;
};

struct hf_local {
    struct hf_local_acronym *at;
    size_t n, cap;
    struct hf_map names; /* lower-case word as printed → lower-case name */
    char **texts;        /* of both */
    size_t n_texts, cap_texts;
};

void hf_local_clear(struct hf_local *l);
/* Notes a definition; a is used to read the form, outside of any run of its own. */
void hf_local_add(struct hf_local *l, const struct hf_lexicon *lex, struct hf_analyser *a,
                  const struct hf_definition *d);
const struct hf_local_acronym *hf_local_find(const struct hf_local *l, const char *text,
                                             size_t len);

/* Notes the names_read of a record; null is fine. */
void hf_local_add_names(struct hf_local *l, const json_t *record);
/* The name that a word (lower case) of the document was, or NULL; borrowed. */
const char *hf_local_name(const struct hf_local *l, const char *word, size_t len);

#endif
