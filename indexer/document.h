/* Record → terms, slots and data: what one Xapian document holds (schema.h has the form).
 *
 * The records of one source document come together, as hf_minutes_records made them,
 * because a decision and an attendee also carry what they inherit from their case and
 * meeting.
 *
 *     document_maker_new(lex, &maker, &err);
 *     struct document_origin origin = {digest, "2026-11-22T05:00:00Z"};
 *     document_each(maker, records, &origin, add_to_writer, writer, &err);
 */
#ifndef HF_DOCUMENT_H
#define HF_DOCUMENT_H

#include <jansson.h>

#include "../shim/analyse.h"
#include "../shim/index.h"
#include "../shim/schema.h"

struct document_maker;

/* One a thread. Keeps lex. */
HF_MUST_USE enum hf_status document_maker_new(const struct hf_lexicon *lex,
                                              struct document_maker **out,
                                              struct hf_error *err);
void document_maker_free(struct document_maker *m);

/* What the run knows of a document beside its records. */
struct document_origin {
    const char *digest;     /* names this form of the records */
    const char *first_seen; /* when its meeting first came into the index */
};

typedef enum hf_status (*document_fn)(void *ctx, const struct hf_doc *doc,
                                      struct hf_error *err);

/* Makes the document of each record in the array and hands it to fn; stops at the first
 * failure. Each document has the term D<digest>, by which it can be found and deleted. */
HF_MUST_USE enum hf_status document_each(struct document_maker *m, const json_t *records,
                                         const struct document_origin *origin,
                                         document_fn fn, void *ctx, struct hf_error *err);

/* For --stop-after=terms: one line a term, "type⇥field⇥kind⇥position⇥term", to be printed
 * by fn. */
typedef void (*document_line_fn)(void *ctx, const char *line);
void document_print(struct document_maker *m, const json_t *records, document_line_fn fn,
                    void *ctx);

#endif
