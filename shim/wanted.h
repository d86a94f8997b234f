/* Which words of a text can give one of a few terms: for those who look for some terms
 * only, as a highlighter does.
 *
 * A set holds the places of its terms' texts, 12 bits of a hash each; of a word that was
 * seen before the places of all its terms are remembered. Where the two share none the
 * word gives none of the terms, and that is known without analysing it. Where they share
 * one it may.
 *
 *     hf_wanted_add(&set, "sykehus", 7);
 *     hf_words_pass(words, &set, text, len, &passed);    // what is of no interest
 */
#ifndef HF_WANTED_H
#define HF_WANTED_H

#include "lemma.h"
#include "lexicon.h"

enum { HF_WANTED_PLACES = 4096 };

struct hf_wanted { /* zeroed: nothing */
    uint64_t bits[HF_WANTED_PLACES / 64];
};
void hf_wanted_add(struct hf_wanted *w, const char *text, size_t len);

/* Words that were seen, of one thread. Keeps lex and lemmas. */
struct hf_words;
struct hf_words *hf_words_new(const struct hf_lexicon *lex, struct hf_lemma_ctx *lemmas);
void hf_words_free(struct hf_words *w);

/* How far a text was passed over. */
struct hf_passed {
    size_t at;       /* behind the last word */
    size_t line_end; /* of the line that is being read */
    unsigned n;      /* words */
};

/* Passes over plain words (letters of Norwegian, lower-case but for the first, with
 * nothing around them that may belong to them) as long as neither they nor their lemmas,
 * stem, parts or sound are wanted and they are no acronyms; from p->at on. */
void hf_words_pass(struct hf_words *w, const struct hf_wanted *wanted, const char *text,
                   size_t len, struct hf_passed *p);

#endif
