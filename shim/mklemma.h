/* Inside the compiler of the lemma table (mklemma): strings, readings, transducers,
 * automata.
 *
 * mklemma runs once, at build time, and ends: what it allocates it keeps. Words are
 * Latin-1 as in the table (lemma_format.h); a string is known by its number, 0 is the
 * empty string.
 */
#ifndef HF_MKLEMMA_H
#define HF_MKLEMMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "lemma_format.h"
#include "status.h"

/* Ends the program with a message: the build has to stop. */
__attribute__((noreturn)) void mk_die(const char *fmt, ...) HF_PRINTF(1, 2);

/* --- strings
 * -------------------------------------------------------------------------------------------
 */

struct mk_strings {
    char *bytes;
    size_t bytes_len, bytes_cap;
    uint32_t *offset; /* of string n */
    uint8_t *len;
    size_t n, offset_cap, len_cap;
    uint32_t *slots;
    size_t n_slots;
};

extern struct mk_strings mk_words;

/* The number of the string, entered if it is new (len ≤ 120). */
uint32_t mk_enter(const char *s, size_t len);
/* The number of the string, 0 if it is not there. */
uint32_t mk_find(const char *s, size_t len);
const char *mk_text(uint32_t id);
size_t mk_len(uint32_t id);

/* UTF-8 (or Latin-1 where is_latin1) to folded lower-case Latin-1; returns the length, 0
 * if it has other characters than letters and inner hyphens or does not fit. */
size_t mk_fold(const char *s, size_t len, bool is_latin1, char *out, size_t cap);

/* --- readings
 * ------------------------------------------------------------------------------------------
 */

enum mk_lang { MK_NB, MK_NN };
enum mk_pos { MK_NOUN, MK_VERB, MK_ADJ, MK_NAME, MK_ADV, MK_OTHER, MK_N_POS };
enum {
    MK_CMP = 1,
    MK_GENITIVE = 2,
    MK_BASE = 4,
    MK_GUESSED = 8,
    MK_SURE = 16,
    MK_PAIRED = 32
};

struct mk_reading {
    uint32_t form, lemma;
    uint8_t lang, pos, gender, flags;
};

struct mk_readings {
    struct mk_reading *v;
    size_t n, cap;
};

void mk_reading_add(struct mk_readings *r, struct mk_reading x);

/* --- transducers (AT&T text, as lt-print writes it)
 * ------------------------------------------------------ */

/* Called with each path: the side of the written form, the side of lemma and tags. */
typedef void (*mk_path_fn)(void *user, const char *form, const char *analysis);

/* Expands the main section of an analyser (is_analyser: the form is the first side) or
 * generator. */
void mk_expand(const char *path, bool is_analyser, mk_path_fn fn, void *user);

/* --- automata
 * ------------------------------------------------------------------------------------------
 */

struct mk_automaton {
    uint64_t *arcs;
    size_t n_arcs, cap;
    uint32_t root, n_words;
};

/* Builds the minimal automaton of words sorted by their bytes, without doubles. */
void mk_automaton_build(struct mk_automaton *a, const uint32_t *words, size_t n);

#endif
