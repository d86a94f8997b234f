/* Readings of words that recognition has damaged: skrgpelighet may be skrøpelighet.
 *
 * A reading is a word of the lemma table, a compound of its words, or two of its words
 * whose blank was lost. It is found by undoing confusions (stopwords/confusions.tsv) and
 * judged by what the confusions cost and how common the word is
 * (stopwords/frequencies.tsv), against what speaks for the word as it was read. Costs are
 * tenths of a natural logarithm of a probability. Nothing here is a list of damaged
 * words.
 *
 *     struct hf_readings out;
 *     hf_repair_word(r, "mgte", 4, HF_REPAIR_WORD, &out);
 *     for (size_t i = 0; i < out.n; i++) use(out.at[i].text, out.at[i].len);
 *
 * The model is read-only and shared by all threads; a hf_repair belongs to one thread.
 */
#ifndef HF_REPAIR_H
#define HF_REPAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "status.h"

struct hf_lexicon;
struct hf_lemma_ctx;
struct hf_lemma_term;
struct hf_repair_model;
struct hf_repair;

/* Loads confusions.tsv and frequencies.tsv of folder dir.
 *
 * *out is yours; hf_repair_model_close it. HF_NOT_FOUND or HF_BAD_ARGUMENT name the file
 * and line. */
HF_MUST_USE enum hf_status
hf_repair_model_open(const char *dir, struct hf_repair_model **out, struct hf_error *err);
void hf_repair_model_close(struct hf_repair_model *m);

/* True if c is no letter or digit but may stand for one (& for å, | for I). */
bool hf_repair_is_symbol(const struct hf_repair_model *m, uint32_t c);

/* How common a word is (lower-case UTF-8): 20 to 31 as in frequencies.tsv, 0 for the
 * rest. */
unsigned hf_repair_class(const struct hf_repair_model *m, const char *word, size_t len);

enum {
    HF_READINGS_MAX = 6, /* 4 of a word, 6 of a name */
    HF_READING_ROOM = 96 /* bytes of a reading's text */
};

/* Texts are UTF-8, lower case, NUL-terminated; one blank where a blank was lost. Best
 * first. */
struct hf_readings {
    size_t n;
    bool is_sure; /* the best one is but a letter or two away */
    struct hf_reading {
        unsigned cost;
        size_t len;
        char text[HF_READING_ROOM];
    } at[HF_READINGS_MAX];
};

enum hf_repair_as {
    HF_REPAIR_WORD,    /* a word of running text */
    HF_REPAIR_CAPITAL, /* begins a sentence with a capital: rather a name than a doubtful
                          reading */
    HF_REPAIR_NAME,   /* has a capital inside a sentence: only whole words of the table */
    HF_REPAIR_HEALTHY /* in a text that has not lost its æ, ø and å: only if the word is
                         none as it stands */
};

/* Keeps lex and lemmas, which must outlive it. */
struct hf_repair *hf_repair_new(const struct hf_lexicon *lex,
                                struct hf_lemma_ctx *lemmas);
void hf_repair_free(struct hf_repair *r);

/* Borrowed. */
struct hf_lemma_ctx *hf_repair_lemmas_of(const struct hf_repair *r);

/* The readings of a word (lower-case NFC; any bytes are safe), which may be none. The
 * word itself is never among them. About 20 µs, less where the word was seen lately. */
void hf_repair_word(struct hf_repair *r, const char *word, size_t len,
                    enum hf_repair_as as, struct hf_readings *out);

/* The sound keys of spellings that a damaged name may have had (Hagrthe: that of Hørthe),
 * as the texts of out; no dictionary, cheapest confusions of æ, ø and å first. None for a
 * word that is known as it stands, and never the key of the word itself. The caller holds
 * them against the names of people who are known. */
void hf_repair_name_keys(const struct hf_lexicon *lex, const char *word, size_t len,
                         struct hf_readings *out);

/* The joined word's reading of two words in a row, if recognition seems to have split it
 * («rettighets vurderes»). */
bool hf_repair_join(struct hf_repair *r, const char *first, size_t first_len,
                    const char *second, size_t second_len, struct hf_reading *out);

/* Calls fn with the canonical lemmas of the readings, and with stem and parts of the best
 * one if it is sure; no term comes twice. */
typedef void (*hf_repair_term_fn)(void *user, const struct hf_lemma_term *term);
void hf_repair_each_term(struct hf_repair *r, const struct hf_readings *readings,
                         hf_repair_term_fn fn, void *user);

/* ---- the text around a word ---- */

/* True if a text has about as many æ, ø and å as Norwegian has: its words were read with
 * them. */
bool hf_repair_is_healthy(const char *text, size_t len);

/* True if the word at `at` does not begin a sentence or a heading. */
bool hf_repair_is_mid_sentence(const char *text, size_t at);

/* The end of a word with symbols in it (m&te, @konomi) or of a lone symbol that begins at
 * `at`; 0 if there is none. */
size_t hf_repair_symbols_end(const struct hf_repair_model *m, const char *text,
                             size_t len, size_t at);

#endif
