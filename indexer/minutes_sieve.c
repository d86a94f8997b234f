#include "minutes_sieve.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/buf.h"
#include "../shim/utf8.h"
#include "minutes_cues.h"

#define N_BYTES                                                                          \
    ((size_t)129) /* ASCII, and one for all else; 0 is the end of the text               \
                   */
#define WIDE ((size_t)0x80)

static size_t row_of(unsigned char b)
{
    if (b >= 0x80) return WIDE;
    return b >= 'A' && b <= 'Z' ? b + 32u : b;
}

void cue_sieve_init(struct cue_sieve *s, size_t n)
{
    s->n_words = (n + 63) / 64;
    s->rows = hf_xcalloc(CUE_SIEVE_DEPTH * N_BYTES * s->n_words + 1, sizeof *s->rows);
}

void cue_sieve_release(struct cue_sieve *s)
{
    free(s->rows);
    memset(s, 0, sizeof *s);
}

/* ---- what a key allows ------------------------------------------------------------- */

struct filler {
    struct cue_sieve *sieve;
    size_t key;
};

static void allow(const struct filler *f, size_t place, size_t row)
{
    size_t at = (place * N_BYTES + row) * f->sieve->n_words + f->key / 64;
    f->sieve->rows[at] |= (uint64_t)1 << f->key % 64;
}

static void allow_all_from(const struct filler *f, size_t place)
{
    for (; place < CUE_SIEVE_DEPTH; place++)
        for (size_t row = 0; row < N_BYTES; row++) allow(f, place, row);
}

static void fill(const struct filler *f, const char *key, const char *reading,
                 size_t place);

/* A letter of two to four bytes, and the rest of the key behind. */
static void fill_wide(const struct filler *f, const char *rest, size_t place)
{
    for (size_t n = 0; n < 4 && place + n < CUE_SIEVE_DEPTH; n++) {
        allow(f, place + n, WIDE);
        if (n) fill(f, rest, "", place + n + 1);
    }
}

/* Lets through what cue_key_match takes for the rest of the key; `reading` is what is
 * left of a letter that was read as something else. */
static void fill(const struct filler *f, const char *key, const char *reading,
                 size_t place)
{
    if (place >= CUE_SIEVE_DEPTH) return;
    if (*reading) {
        allow(f, place, row_of((unsigned char)*reading));
        fill(f, key, reading + 1, place + 1);
        return;
    }
    if (!*key) {
        allow_all_from(f, place);
        return;
    }
    if (*key == ' ') { /* lost, or any number of them */
        fill(f, key + 1, "", place);
        for (size_t b = '\t'; b <= '\r'; b++) allow(f, place, b);
        allow(f, place, ' ');
        fill(f, key, "", place + 1);
        fill_wide(f, key, place);
        return;
    }
    uint32_t k;
    const char *rest = key + hf_utf8_next(key, strlen(key), &k);
    k = hf_utf8_lower1(k);
    if (k < 0x80) {
        allow(f, place, k);
        fill(f, rest, "", place + 1);
    }
    /* Other dashes and the few letters whose small form is ASCII; a label begins with
     * none of these. */
    if (k >= 0x80 || (place && (k == '-' || k == 'i' || k == 'k')))
        fill_wide(f, rest, place);
    for (const char *r = cue_readings(k); r && *r; r += strlen(r) + 1)
        fill(f, rest, r, place);
}

void cue_sieve_add(struct cue_sieve *s, size_t i, const char *key)
{
    const struct filler f = {s, i};
    fill(&f, key, "", 0);
}

/* ---- walk -------------------------------------------------------------------------- */

void cue_walk_begin(const struct cue_sieve *s, const char *text, size_t len,
                    struct cue_walk *walk)
{
    for (size_t i = 0; i < CUE_SIEVE_DEPTH; i++) {
        size_t row = i < len ? row_of((unsigned char)text[i]) : 0;
        walk->row[i] = s->rows + (i * N_BYTES + row) * s->n_words;
    }
    walk->left = 0;
    walk->word = 0;
    walk->n_words = s->n_words;
}

size_t cue_walk_next(struct cue_walk *walk)
{
    while (!walk->left) {
        size_t w = walk->word;
        if (w == walk->n_words) return CUE_WALK_END;
        walk->word++;
        walk->left = walk->row[0][w] & walk->row[1][w]; /* mostly nothing is left */
        for (size_t i = 2; i < CUE_SIEVE_DEPTH && walk->left; i++)
            walk->left &= walk->row[i][w];
    }
    size_t bit = (size_t)__builtin_ctzll(walk->left);
    walk->left &= walk->left - 1;
    return (walk->word - 1) * 64 + bit;
}
