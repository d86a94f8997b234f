/* A database that goes on where another one ends, in the same files.
 *
 * A few changed documents touch a small part of a large index, and a copy of all of it is
 * most of what a run would cost. Xapian never overwrites a block that its last commit
 * uses; it only takes again, two commits later, what earlier ones left free. So where it
 * is made to forget what is free, all that it writes is put behind what is there: the
 * tables of both databases are then the same files (hard links), and each database sees
 * its own blocks. What is forgotten is lost to the file until the database is compacted.
 *
 *     status = store_go_on(last, dest, sums, &err);
 *     // now write to dest, but not to last
 */
#ifndef HF_STORE_SHARE_H
#define HF_STORE_SHARE_H

#include <stdbool.h>

#include "../shim/generation.h"

/* Makes the folder `to` a database that shares its tables with the one in `from`, of
 * whose files `sums` knows the bytes: nothing that is ever written to it changes one of
 * those. False where that cannot be: no hard links there, a form of Xapian's files that
 * this does not know, or somebody has gone on behind them before; then nothing of `to` is
 * of use. */
bool store_share(const char *from, const char *to, const struct hf_sums *sums);

/* Makes the folder `to` a database that is the one in `from`, to be written to: shared,
 * or a copy where that cannot be. */
HF_MUST_USE enum hf_status store_go_on(const char *from, const char *to,
                                       const struct hf_sums *sums, struct hf_error *err);

/* The bytes of the tables of a database, with what stands behind its own. */
unsigned long long store_share_bytes(const char *db);

#endif
