/* The documents of one stretch of a run, on their way into the new generation.
 *
 * Small databases are made much faster than large ones, because Xapian's trees stay in
 * the processor's caches: the documents go into slices of some hundred, and the slices of
 * a part become one database. Parts are joined in the order of their numbers, whichever
 * thread was first.
 *
 *     store_part_open(s, 3, &part);
 *     document_each(maker, records, digest, store_part_add, part, &err);
 *     status = store_part_close(part, status, &err);
 */
#ifndef HF_STORE_PART_H
#define HF_STORE_PART_H

#include "../shim/index.h"

struct store;
struct store_part;

/* No two parts of a run have one number. One thread a part; keeps s. */
void store_part_open(const struct store *s, size_t number, struct store_part **out);

/* Adds a document to the struct store_part `part`. */
HF_MUST_USE enum hf_status store_part_add(void *part, const struct hf_doc *doc,
                                          struct hf_error *err);

/* Ends the part and frees it; nothing of it stays where status is a failure. Returns
 * status, or what failed here. */
HF_MUST_USE enum hf_status store_part_close(struct store_part *part,
                                            enum hf_status status, struct hf_error *err);

#endif
