/* The one analyser: text in, terms out, the same for index and query.
 *
 * Each word gives terms at one position (from 1, no gaps between sentences): its exact
 * form in lower case (an acronym in its own case), its canonical lemmas (up to three; of
 * an unknown word its stem), and weak terms: Snowball's stem beside a lemma, parts of a
 * compound (index only), repaired readings (damaged text only). An acronym gives
 * HF_TERM_ACRONYM and no lemma, so that LAR is neither lar nor Lars. Soft hyphens,
 * hyphens at line ends, ligatures and combining accents are undone first. Offsets are
 * bytes of the text as given, on whole words.
 *
 * An analyser belongs to one thread; the lexicon is shared. It needs no index.
 */
#ifndef HF_ANALYSE_H
#define HF_ANALYSE_H

#include <stdint.h>

#include "buf.h"
#include "lexicon.h"

enum hf_term_kind {
    HF_TERM_EXACT,
    HF_TERM_LEMMA,
    HF_TERM_ACRONYM,
    HF_TERM_STEM,   /* weak */
    HF_TERM_PART,   /* weak */
    HF_TERM_REPAIR, /* weak: a lemma of a repaired reading */
    HF_TERM_NUMBER, /* a case number in the text, as N/YYYY */
    HF_TERM_SOUND   /* weak: sound key of a word that may be a name */
};

enum hf_reason { HF_INDEX_TEXT, HF_QUERY_TEXT };

struct hf_term {
    enum hf_term_kind kind;
    bool is_weak;
    bool is_capital;  /* the word begins with a capital in the source */
    bool is_stop;     /* the word is a stop word */
    const char *text; /* borrowed until the callback returns */
    size_t len;
    size_t start, end; /* bytes in the text given to hf_analyse */
    unsigned pos;      /* from 1 */
};

/* Non-zero stops the analysis. */
typedef int (*hf_term_fn)(void *ctx, const struct hf_term *term);

struct hf_analyser;

HF_MUST_USE enum hf_status hf_analyser_new(const struct hf_lexicon *lex,
                                           struct hf_analyser **out,
                                           struct hf_error *err);
void hf_analyser_free(struct hf_analyser *a);

/* The words of its thread: for who asks about one word. Borrowed. */
struct hf_lemma_ctx *hf_analyser_lemmas(struct hf_analyser *a);

/* Marks the texts that follow as damaged by recognition (repairs are added) or not. */
void hf_analyser_damaged(struct hf_analyser *a, bool is_damaged);

/* What the texts that follow mean by their acronyms (local.h); borrowed, NULL: nothing of
 * their own. */
struct hf_local;
void hf_analyser_local(struct hf_analyser *a, const struct hf_local *local);

/* For who looks for some terms only: plain words that give none of them give no terms
 * from now on, and keep their place; every other term may still come. Borrowed; NULL: as
 * at first. Damaged texts are always read in full. */
struct hf_wanted;
void hf_analyser_wanted(struct hf_analyser *a, const struct hf_wanted *wanted);

/* The mark behind an acronym that a document redefines: «PLL» there is the term "PLL=".
 */
#define HF_REDEFINED '='

/* Returns the number of positions used. */
unsigned hf_analyse(struct hf_analyser *a, enum hf_reason reason, const char *text,
                    size_t len, hf_term_fn fn, void *ctx);

/* A key under which different spellings of one name meet (Braathen, Brathen, Bråten);
 * lower-case ASCII, appended to b. */
void hf_sound_key(struct hf_buf *b, const char *word, size_t len);

/* The case number at text as N/YYYY ("39/23", "2023.08", "14/2024", "2024/15"), appended
 * to b; returns the bytes read, 0 if there is none. */
size_t hf_number_read(struct hf_buf *b, const char *text, size_t len);

/* The same where it stands in running text, where 03-2026 may be anything: who asks for
 * that number finds it there. 2019-2023 is none. */
size_t hf_number_in_text(struct hf_buf *b, const char *text, size_t len);

/* A key for comparing long forms: the lemmas of the words without blanks and hyphens,
 * appended. */
void hf_concept_key(struct hf_analyser *a, struct hf_buf *b, const char *text,
                    size_t len);

#endif
