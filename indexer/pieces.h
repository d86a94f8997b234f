/* The terms of a piece of text, each text of a document analysed once.
 *
 * Several decisions of one case have its title and text all. What such a text gives is
 * kept and given again. The terms are kind letter and word behind a place for the field
 * letter (schema.h), so that they serve every field; beside the analyser's terms there
 * are the runs of fillers.
 *
 *     pieces_forget(p);                         // a new document: other acronyms, other
 *                                               // damage
 *     unsigned last = pieces_each(p, text, will_come_again, add, ctx);
 */
#ifndef HF_PIECES_H
#define HF_PIECES_H

#include "../shim/analyse.h"

struct pieces;

/* Keeps the analyser, which must outlive it. One a thread. */
struct pieces *pieces_new(struct hf_analyser *a);
void pieces_free(struct pieces *p);

/* To be called before the next text whenever the analyser's settings have changed. */
void pieces_forget(struct pieces *p);

/* A term: the first byte is the caller's to set, a NUL follows. pos from 1; 0: no
 * position. wdf 0: a run of fillers, which adds nothing to the length. */
struct piece_term {
    char *bytes;
    size_t len;
    unsigned pos, wdf;
    bool
        is_exact; /* a lemma that is the word itself, of which the exact term was given */
};
typedef void (*piece_fn)(void *ctx, const struct piece_term *term);

/* Gives the terms of the text in their order; returns the last position, 0 where there is
 * none. keep: the text will come again. fn must not call p. */
unsigned pieces_each(struct pieces *p, const char *text, bool keep, piece_fn fn,
                     void *ctx);

#endif
