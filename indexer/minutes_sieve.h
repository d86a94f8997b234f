/* Which keys of a table of cues may stand at a place, told by the first bytes of the
 * text: a set of keys (a bit each) for every place and byte; their intersection is what
 * is left to be matched, mostly nothing. It never loses a key that would match.
 *
 *     struct cue_walk walk;
 *     cue_walk_begin(&table->sieve, text, len, &walk);
 *     for (size_t k; (k = cue_walk_next(&walk)) != CUE_WALK_END;)
 *         try(&table->cues[k]);
 */
#ifndef HF_MINUTES_SIEVE_H
#define HF_MINUTES_SIEVE_H

#include <stddef.h>
#include <stdint.h>

#define CUE_SIEVE_DEPTH 4 /* bytes that are looked at */
#define CUE_WALK_END    SIZE_MAX

/* All zero is the sieve of no keys. */
struct cue_sieve {
    uint64_t *rows; /* by place, byte (small letters; all from 0x80 as one) and 64 keys */
    size_t n_words; /* 64 keys each */
};

/* Makes room for n keys. */
void cue_sieve_init(struct cue_sieve *s, size_t n);
void cue_sieve_release(struct cue_sieve *s);

/* Puts in key i < n. */
void cue_sieve_add(struct cue_sieve *s, size_t i, const char *key);

/* The keys that may stand at text, in their order. Borrows the sieve. */
struct cue_walk {
    const uint64_t *row[CUE_SIEVE_DEPTH];
    uint64_t left; /* of the 64 keys before `word` */
    size_t word, n_words;
};
void cue_walk_begin(const struct cue_sieve *s, const char *text, size_t len,
                    struct cue_walk *walk);
size_t cue_walk_next(struct cue_walk *walk);

#endif
