/* The words of a generation, for «did you mean»: every exact form of names, titles,
 * decisions and texts, in memory, and the ones near to a word that was typed.
 *
 * Near is counted in tenths of a letter: what Norwegians and their keyboards mix up (å
 * and aa, sj and skj, one consonant for two, neighbouring keys) costs less than a letter.
 * About 20 bytes a word; a million words are looked through in 2 ms, and what was near to
 * the last few hundred is remembered. Shared by all threads.
 *
 *     dictionary_load(reader, &d, &err);
 *     size_t n = dictionary_near(d, "akutkjeden", 20, found);
 *     for (size_t i = 0; i < n; i++) use(found[i].text);
 */
#ifndef HF_DICTIONARY_H
#define HF_DICTIONARY_H

#include "../shim/index.h"

#define DICTIONARY_MAX_LETTERS 40
#define DICTIONARY_NEAR        6

struct dictionary;

HF_MUST_USE enum hf_status dictionary_load(struct hf_reader *r, struct dictionary **out,
                                           struct hf_error *err);
void dictionary_free(struct dictionary *d);

struct dictionary_word {
    const char *text; /* the dictionary's */
    uint32_t freq;    /* records, at least */
    unsigned cost;
};

/* The words within max_cost of word (lower case), nearest first, of equally near ones the
 * more frequent; not the word itself. */
size_t dictionary_near(const struct dictionary *d, const char *word, unsigned max_cost,
                       struct dictionary_word out[DICTIONARY_NEAR]);

/* The words that begin with prefix (lower case), the most frequent first; the prefix
 * itself is one where it is a word. */
size_t dictionary_begin(const struct dictionary *d, const char *prefix, size_t len,
                        struct dictionary_word out[DICTIONARY_NEAR]);

/* In how many records a word stands; 0: it is not there. */
uint32_t dictionary_freq(const struct dictionary *d, const char *word, size_t len);

/* What it costs to read `written` where `meant` is right, or max + 1. For tests. */
unsigned dictionary_cost(const char *written, const char *meant, unsigned max);

#endif
