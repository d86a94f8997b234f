/* What the system says of a file: while it says the same, the file holds the same, and
 * need not be read to know its hash.
 *
 * A stamp is of size, inode, and the times of the last change of the bytes and of the
 * file, to the nanosecond: a program can set the first time back, but not the second. A
 * file that was changed within two seconds has none: it may change again within what the
 * system's clock tells apart.
 *
 *     struct hf_buf before = HF_BUF_INIT;
 *     if (stamp_of(path, &before)) ...    // compare bytes
 */
#ifndef HF_STAMP_H
#define HF_STAMP_H

#include <stdbool.h>

#include "../shim/buf.h"

/* Appends the stamp; false where there is none: not there, no plain file, or too new. */
bool stamp_of(const char *path, struct hf_buf *out);

#endif
