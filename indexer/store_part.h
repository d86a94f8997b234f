/* The documents of one stretch of a run, on their way into the new generation.
 *
 * Small databases are made much faster than large ones, because Xapian's trees stay in
 * the processor's caches: the documents go into slices of some hundred records, which
 * store_commit joins into one database, all at once: whatever is copied twice costs
 * twice. Only where they would be too many each part is joined before, by its thread. The
 * parts are joined in the order of their numbers, whichever thread was first.
 *
 *     struct store_slices slices;
 *     store_slices_init(&slices, n_documents);
 *     store_part_open(s, &slices, 3, &part);
 *     document_each(maker, records, digest, store_part_add, part, &err);
 *     status = store_part_close(part, status, &err);
 */
#ifndef HF_STORE_PART_H
#define HF_STORE_PART_H

#include <stdatomic.h>

#include "../shim/index.h"

struct store;
struct store_part;

/* The slices of a run, all parts together: how large they are, and whether parts are
 * joined by themselves, so that no more are open at once than the process may have files.
 */
struct store_slices {
    size_t records, most, most_parts;
    bool joins_parts;
    atomic_size_t n;
};

/* Raises the process's own limit of open files as far as it may. */
void store_slices_init(struct store_slices *slices, size_t n_documents);

/* No two parts of a run have one number, and there are at most most_parts. One thread a
 * part; keeps s and slices. */
void store_part_open(const struct store *s, struct store_slices *slices, size_t number,
                     struct store_part **out);

/* Adds a document to the struct store_part `part`. */
HF_MUST_USE enum hf_status store_part_add(void *part, const struct hf_doc *doc,
                                          struct hf_error *err);

/* Ends the part and frees it; nothing of it stays where status is a failure. Returns
 * status, or what failed here. */
HF_MUST_USE enum hf_status store_part_close(struct store_part *part,
                                            enum hf_status status, struct hf_error *err);

#endif
