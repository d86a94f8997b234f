/* What the compiler knows while it works. */
#ifndef HF_MKLEMMA_WORLD_H
#define HF_MKLEMMA_WORLD_H

#include "mklemma.h"

struct mk_pair { /* the same word in both languages */
    uint32_t nn, nb;
    uint8_t pos, ways; /* 1 found from nynorsk, 2 from bokmål, 4 in the supplement */
};

struct mk_listed {
    uint32_t word;
    uint8_t lang;
};

struct mk_candidate {     /* a lemma that a form may have */
    uint32_t form, lemma; /* the canonical lemma */
    uint32_t own;         /* as the language itself has it */
    uint8_t lang, pos, gender, flags;
};

struct mk_modifier { /* see struct lemma_mod */
    uint32_t form, text, lemma;
    uint32_t part, alt_text, alt_lemma; /* 0 = none */
    float weight;
};

enum { MK_TAIL_SHARE = 25 }; /* per cent of the best rule's votes that another needs */

struct mk_tail { /* an ending, reversed, and its rules, best first */
    uint32_t text;
    size_t n;
    uint8_t cut[3];
    uint32_t add[3];
};

struct mk_world {
    struct mk_readings readings;
    struct mk_pair *pairs;
    size_t n_pairs, pairs_cap;
    struct mk_listed *list;
    size_t n_list, list_cap;
    struct mk_candidate *cands; /* sorted by form */
    size_t n_cands, cands_cap;
    uint32_t *first_cand; /* of a form; [n_words] = n_cands */
    size_t n_words;
    uint32_t *by_own, *first_form; /* candidates by the language's own lemma; where those
                                      of a lemma begin */
    float *mod_weight;  /* of a form as first part: how many words it begins; < 0 no first
                           part */
    float *head_weight; /* of a lemma as last part */
    uint8_t *is_lemma[2]; /* of a string, by language: a bit for each word class */
    size_t n_lemma_marks;
    struct mk_modifier *mods; /* sorted by form's text */
    size_t n_mods;
    struct mk_tail *tails; /* sorted by text */
    size_t n_tails;
};

void mk_read_dictionary(struct mk_world *w, const char *path, uint8_t lang,
                        bool is_analyser);
void mk_read_pairs(struct mk_world *w, const char *path, uint8_t from);
void mk_read_supplement(struct mk_world *w, const char *path);
void mk_read_list(struct mk_world *w, const char *path, uint8_t lang);

/* Fills cands, anew at each stage: nynorsk lemmas carried to bokmål by the pairs; then
 * variants of one bokmål word joined (wants compounds counted); then, what no pair knows,
 * part by part (wants modifiers). */
enum mk_stage { MK_PLAIN, MK_VARIANTS, MK_PARTS };
void mk_carry(struct mk_world *w, enum mk_stage stage);

/* How unlike two words are: edits, cheap among vowels and for doubled letters, per letter
 * of the longer. */
double mk_distance(const char *a, const char *b);

/* Fills the weights and mods from the word lists. */
void mk_count_compounds(struct mk_world *w);
/* Fills mods anew, with the weights as they are. */
void mk_collect_modifiers(struct mk_world *w);

struct mk_split {
    uint32_t mod, head;
    double score;
};

/* All ways to cut a word in a known first part and a known head. */
size_t mk_splits(const struct mk_world *w, uint32_t word, struct mk_split *out,
                 size_t cap);
/* How many words a form ends. */
double mk_head_weight(const struct mk_world *w, uint32_t form);
/* The modifier, or NULL. */
const struct mk_modifier *mk_mod(const struct mk_world *w, uint32_t form);

/* The candidates of a form. */
const struct mk_candidate *mk_cands(const struct mk_world *w, uint32_t form, size_t *n);

/* Up to cap lemmas of a form, best first; *flags gets SET_IS_HEAD and SET_IS_NAME. */
size_t mk_choose(const struct mk_world *w, uint32_t form, uint32_t *lemmas, size_t cap,
                 uint32_t *flags);

/* The parts of a lemma that is a compound (at most cap), from left to right. */
size_t mk_parts(const struct mk_world *w, uint32_t lemma, uint32_t *parts, size_t cap);

/* Fills tails from the forms of the dictionary. */
void mk_learn_tails(struct mk_world *w);

void mk_write(struct mk_world *w, const char *path);

#endif
