/* References between cases: which case of all documents «SSU-sak 18/23» means.
 *
 * A number belongs to a series: the cases of one body of one helsefellesskap (several
 * LSU have a series each). A reference that names a body means that body's series, else
 * the series of the case that it stands in; a number without a year means the same
 * meeting, or the meeting whose date stands beside it. Of several cases with one number
 * the first of the number's own year is meant; the later ones follow it up. What is not
 * certain stays open, with the reason: nothing is guessed.
 *
 *     refs_add(r, doc, gist);            // once a document
 *     refs_finish(r, final_id, ctx);
 *     refs_apply(r, records);            // with their final ids
 */
#ifndef HF_COLLATE_REFS_H
#define HF_COLLATE_REFS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "../shim/buf.h"
#include "gist.h"

struct refs;
struct refs *refs_new(void);
void refs_free(struct refs *r);

/* Notes the cases and references of one document; numbers come in rising order. Keeps no
 * reference. */
void refs_add(struct refs *r, size_t doc, const struct gist *g);

/* Knows, after the last refs_add, what is held. final_id appends the id that the
 * document's meeting has in the end; false: another document stands for it. */
typedef bool (*refs_final_id_fn)(const void *ctx, size_t doc, struct hf_buf *id);
void refs_finish(struct refs *r, refs_final_id_fn final_id, const void *ctx);

/* Sets in each refs_detail entry "case" (an id, or null) and "reason" (null, "not held",
 * "ambiguous"). The order of refs_add never matters. */
void refs_apply(const struct refs *r, json_t *records);

/* Appends what refs_apply would set in the records of a document whose meeting has the
 * final id `meeting`. */
void refs_outcome(const struct refs *r, size_t doc, const char *meeting,
                  struct hf_buf *out);

#endif
