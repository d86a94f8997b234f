/* Inside the repair module: the loaded model, and the walk over the lemma table. */
#ifndef HF_REPAIR_MODEL_H
#define HF_REPAIR_MODEL_H

#include "buf.h"
#include "lemma_table.h"
#include "repair.h"

/* `written` stands where `meant` is right; letters in the table's alphabet. */
struct repair_rule {
    uint8_t written[4], meant[4];
    uint8_t n_written, n_meant;
    bool at_start;   /* only at the beginning of a word */
    bool is_special; /* meant has æ, ø or å */
    unsigned cost;
};

struct hf_repair_model {
    struct repair_rule *rules; /* by their first written letter */
    size_t n_rules;
    uint16_t first[257]; /* the rules of letter c: first[c] to first[c + 1] */
    unsigned blank;      /* costs: a lost blank */
    unsigned replace, insert, drop, undouble, redouble;
    struct hf_buf
        words; /* frequencies.tsv: each line NUL-terminated, class in front of it */
    uint32_t *starts;
    size_t n_words;
    bool symbols[256];
};

/* The letter of Latin-1 under which c is written in rules and words; 0 if there is none.
 */
uint8_t repair_fold(uint32_t c);

/* Folds a word; false if it is empty, too long or has what no rule speaks of. */
bool repair_word_make(struct lemma_word *w, const char *text, size_t len);

struct repair_path {
    uint8_t text[HF_READING_ROOM]; /* Latin-1 */
    size_t len;
    size_t head;  /* where the head of the (first) word begins; 0: no compound */
    size_t blank; /* where a second word begins whose blank was lost; 0: none */
    unsigned cost;
};

struct repair_limits {
    unsigned max_cost;
    bool only_whole;   /* no compounds, no lost blanks */
    bool only_special; /* only confusions of æ, ø and å */
    bool any_edit;     /* one letter may be any other, lost or added */
};

enum { REPAIR_PATHS_MAX = 192, REPAIR_LETTERS_MAX = 44 };

/* Puts a reading in its place by cost, if it is among the `most` best; the cheaper of two
 * equal texts stays. */
void repair_add(struct hf_readings *out, size_t most, const char *text, size_t len,
                unsigned cost);

/* What hf_repair_name_keys does, given the model alone. */
void repair_name_keys(const struct hf_repair_model *m, const struct lemma_word *word,
                      struct hf_readings *out);

struct repair_walk;
struct repair_walk *repair_walk_new(const struct hf_repair_model *m,
                                    const struct hf_lemmas *l);
void repair_walk_free(struct repair_walk *w);

/* The paths from word to forms within the limits, borrowed until the next walk; in no
 * order, a text may come more than once. */
const struct repair_path *repair_walk(struct repair_walk *w,
                                      const struct lemma_word *word,
                                      const struct repair_limits *limits, size_t *n);

#endif
