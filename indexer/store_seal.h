/* Makes what was written last: synced to disk, and a generation sealed with its manifest.
 *
 *     status = store_seal(gen, NULL, STORE_CHECK, &err);
 *     ... rename ...
 *     status = store_sync(dir, &err);
 */
#ifndef HF_STORE_SEAL_H
#define HF_STORE_SEAL_H

#include "../shim/generation.h"

/* Syncs one file or folder. */
HF_MUST_USE enum hf_status store_sync(const char *path, struct hf_error *err);

enum store_check { STORE_NO_CHECK, STORE_CHECK };

/* Writes the manifest of the generation in the folder gen and syncs all that is in it;
 * with STORE_CHECK its database is checked at the same time, on a thread of its own: all
 * three only read what is there. Returns when all is done; HF_CORRUPT where the check
 * says so, whatever became of the rest. known: hf_generation_seal. */
HF_MUST_USE enum hf_status store_seal(const char *gen, const struct hf_sums *known,
                                      enum store_check check, struct hf_error *err);

#endif
