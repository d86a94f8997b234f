/* Patterns of words, as a domain person writes them in stopwords/: "psykisk* helse*",
 * "KOLS", "barn og unge". Words stand one after the other; * is any letters; a pattern
 * word in capitals is an acronym and must be written in capitals ("BUP+": also where the
 * whole line is set in them). Hyphens and slashes
 * part words: "ROP-tilbudet" holds ROP.
 */
#ifndef HF_MINUTES_GLOB_H
#define HF_MINUTES_GLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct glob_word {
    size_t at, len; /* in the text */
    bool in_caps_line;
};

struct glob_words {
    const char *text;
    size_t len;
    struct glob_word *at;
    size_t n, cap;
    bool is_damaged; /* letters may be read as recognition leaves them */
};

/* Cuts text into words. The text must outlive them. */
void glob_words_init(struct glob_words *w, const char *text, size_t len, bool is_damaged);
void glob_words_release(struct glob_words *w);

/* The number of words from word i on that the pattern takes, 0 if it does not match
 * there. */
size_t glob_match(const struct glob_words *w, size_t i, const char *pattern);

/* Many patterns, asked for every word. Of each, one pair of letters that its first word
 * must have leads to it: an opening where it has one, else the rarest. Few words have any
 * such pair, and of those few have the other pairs as well. Built once, read-only. */
#define GLOB_CHAINS 1024
struct glob_set {
    const char *const *patterns;
    size_t n;
    bool is_damaged;
    unsigned short *order; /* the patterns as they are asked: those that may begin with
                              any letter ("*sorg") come last */
    uint64_t *need;        /* the pairs of each, a bit by hash; in that order */
    unsigned short *next;  /* the one after this one in its chain, from 1; 0 = end */
    unsigned short first[GLOB_CHAINS]; /* chains by pair, from 1 */
    unsigned short loose;              /* patterns without any pair */
};

/* The patterns must outlive the set. */
void glob_set_init(struct glob_set *s, const char *const *patterns, size_t n,
                   bool is_damaged);
void glob_set_release(struct glob_set *s);

/* Goes through the patterns that match at word i: gives the index of the pattern and the
 * words it took, false at the end. */
#define GLOB_MAY 24
struct glob_cursor {
    unsigned short may[GLOB_MAY]; /* places in the order, ascending */
    size_t at, n;
    bool is_full; /* there were more: all are tried */
};
void glob_set_begin(const struct glob_set *s, const struct glob_words *w, size_t i,
                    struct glob_cursor *cursor);
bool glob_set_next(const struct glob_set *s, const struct glob_words *w, size_t i,
                   struct glob_cursor *cursor, size_t *pattern, size_t *n_words);

#endif
