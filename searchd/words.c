#include "words.h"

#include <string.h>

enum { MOST_TERMS = 2 };

/* The terms of a word. */
static size_t spell(char terms[MOST_TERMS][HF_TERM_ROOM], enum hf_field field,
                    enum hf_kind kind, const char *word)
{
    size_t n = 0, len = strlen(word);
    hf_term_spell(terms[n++], field, kind, word, len);
    if (kind == HF_KIND_LEMMA) hf_term_spell(terms[n++], field, HF_KIND_EXACT, word, len);
    return n;
}

struct hf_query *words_query(struct hf_reader *r, enum hf_field field, enum hf_kind kind,
                             const char *word)
{
    char terms[MOST_TERMS][HF_TERM_ROOM];
    size_t n = spell(terms, field, kind, word);
    struct hf_query *one = NULL, *all = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!hf_reader_freq(r, terms[i])) continue;
        struct hf_query *term = hf_query_term(terms[i], 1);
        if (!one) {
            one = term;
            continue;
        }
        if (!all) all = hf_query_add(hf_query_new(HF_Q_SYNONYM), one);
        hf_query_add(all, term);
    }
    return all ? all : one;
}

uint32_t words_freq(struct hf_reader *r, enum hf_field field, enum hf_kind kind,
                    const char *word)
{
    char terms[MOST_TERMS][HF_TERM_ROOM];
    size_t n = spell(terms, field, kind, word);
    uint32_t most = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t freq = hf_reader_freq(r, terms[i]);
        if (freq > most) most = freq;
    }
    return most;
}

bool words_has(struct hf_reader *r, enum hf_field field, enum hf_kind kind,
               const char *word, uint32_t docid)
{
    char terms[MOST_TERMS][HF_TERM_ROOM];
    size_t n = spell(terms, field, kind, word);
    for (size_t i = 0; i < n; i++)
        if (hf_reader_has(r, terms[i], docid)) return true;
    return false;
}
