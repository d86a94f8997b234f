/* The word knowledge of stopwords/, loaded once and read-only afterwards: stop words,
 * acronyms, concepts.
 *
 * A concept joins an acronym with its long forms in bokmål and nynorsk and with older
 * names. Its forms are plain strings; what they become as terms is the analyser's
 * business.
 *
 *     hf_lexicon_open(NULL, &lex, &err);
 *     const struct hf_acronym *a = hf_lexicon_acronym(lex, "LAR", 3);
 *     if (a) for (size_t i = 0; i < a->concept->n_forms; i++) use(a->concept->forms[i]);
 */
#ifndef HF_LEXICON_H
#define HF_LEXICON_H

#include <stdbool.h>

#include "status.h"

struct hf_lemmas;
struct hf_repair_model;

struct hf_concept {
    const char *id; /* "LAR" */
    const char *const
        *forms; /* the acronyms first, then the long forms, as written in the lists */
    size_t n_forms, n_acronyms;
    bool is_ambiguous; /* the acronym has another meaning locally: never expanded by
                          itself */
};

struct hf_acronym {
    const char *text;                 /* "LAR", case as it must be written */
    const struct hf_concept *concept; /* NULL: known only as an acronym */
    bool is_word;                     /* equals a lower-case word (lar, rop, ip) */
};

struct hf_lexicon;

/* Where the word lists are: $HFSOK_DATA, else beside the program (data/, ../share/hfsok),
 * else where they were installed. */
const char *hf_lexicon_dir(void);

/* dir NULL = hf_lexicon_dir(). HF_NOT_FOUND or HF_BAD_ARGUMENT name the file and line. */
HF_MUST_USE enum hf_status hf_lexicon_open(const char *dir, struct hf_lexicon **out,
                                           struct hf_error *err);
void hf_lexicon_close(struct hf_lexicon *lex);

/* By its exact spelling, or NULL. */
const struct hf_acronym *hf_lexicon_acronym(const struct hf_lexicon *lex,
                                            const char *text, size_t len);
/* By its spelling in any case (the key is lower-cased by the caller), or NULL. */
const struct hf_acronym *hf_lexicon_acronym_lower(const struct hf_lexicon *lex,
                                                  const char *lower, size_t len);
/* word in lower case. */
bool hf_lexicon_is_stop(const struct hf_lexicon *lex, const char *word, size_t len);

const struct hf_concept *hf_lexicon_concepts(const struct hf_lexicon *lex, size_t *n);

/* The lemma table of the same folder, shared. */
const struct hf_lemmas *hf_lexicon_lemmas(const struct hf_lexicon *lex);

/* The confusion model of the same folder, shared. */
const struct hf_repair_model *hf_lexicon_confusions(const struct hf_lexicon *lex);

#endif
