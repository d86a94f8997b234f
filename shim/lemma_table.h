/* Inside the lemma module: the mapped table and its automata. */
#ifndef HF_LEMMA_TABLE_H
#define HF_LEMMA_TABLE_H

#include "lemma.h"
#include "lemma_format.h"

struct hf_lemmas {
    void *map;
    size_t map_len;
    const struct lemma_header *header;
    const uint64_t *forms, *mods, *tails;
    const uint8_t *values;
    const uint32_t *starts, *sets, *tail_values, *lemmas;
    const struct lemma_mod *mod_records;
    const struct lemma_mod_extra *mod_extras;
    const struct lemma_rule *rules;
    const uint8_t *pool;
};

/* A word in the table's alphabet. */
struct lemma_word {
    uint8_t letters[HF_LEMMA_MAX_WORD + 1];
    size_t len;
};

/* Folds a word; false if it is empty, too long or has letters that the table lacks. */
bool lemma_word_make(struct lemma_word *w, const char *text, size_t len);

/* The arc of a state with this letter, or NULL. */
static inline const uint64_t *lemma_arc(const uint64_t *arcs, uint32_t state,
                                        uint8_t letter)
{
    if (!state) return NULL;
    for (const uint64_t *a = arcs + state;; a++) {
        if (ARC_LETTER(*a) == letter) return a;
        if (ARC_IS_LAST(*a)) return NULL;
    }
}

/* The rank of a word in an automaton, or -1. */
int64_t lemma_rank(const uint64_t *arcs, uint32_t root, const uint8_t *w, size_t len);

/* The set of a form (header, then lemma numbers), or NULL. */
const uint32_t *lemma_set(const struct hf_lemmas *l, const uint8_t *w, size_t len);

/* The record of a lemma in the pool. */
static inline const uint8_t *lemma_record(const struct hf_lemmas *l, uint32_t no)
{
    return l->pool + l->lemmas[no];
}

/* Adds a term unless it is there or there is no room. */
void lemma_add(struct hf_lemma_result *r, const void *text, size_t len,
               enum hf_lemma_kind kind, bool is_strong);
/* Adds the parts of lemma no as weak terms. */
void lemma_add_parts(const struct hf_lemmas *l, struct hf_lemma_result *r, uint32_t no);

/* Adds the lemmas of a set as strong terms. */
void lemma_add_known(const struct hf_lemmas *l, const uint32_t *set,
                     struct hf_lemma_result *r);

/* Splits an unknown word and adds the rebuilt whole and its parts; false if it is no
 * compound. */
bool lemma_split(const struct hf_lemmas *l, const struct lemma_word *w,
                 struct hf_lemma_result *r);

/* Inflects an unknown word by its longest known ending and adds what may be its lemmas;
 * false if no ending fits. */
bool lemma_inflect(const struct hf_lemmas *l, const struct lemma_word *w,
                   struct hf_lemma_result *r);

/* Latin-1 to UTF-8; out has room for 2 * len bytes. */
size_t lemma_to_utf8(const uint8_t *s, size_t len, char *out);

#endif
