/* Folders and files of the index on the disk: made, written whole, removed.
 *
 *     status = folder_make("index/new", &err);
 *     status = folder_write("index/new/meta.json", text, len, true, &err);
 *     folder_remove("index/new");
 */
#ifndef HF_FOLDER_H
#define HF_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "../shim/status.h"

/* Makes the folder and those that it lies in, where they are not there. */
HF_MUST_USE enum hf_status folder_make(const char *path, struct hf_error *err);

/* Removes a folder or file with all that is in it, if it is there. */
void folder_remove(const char *path);

/* Writes a file through a temporary name of this thread's, so that no reader and no other
 * writer of the same file meets half of it; sync: not before the disk has it. */
HF_MUST_USE enum hf_status folder_write(const char *path, const char *bytes, size_t len,
                                        bool sync, struct hf_error *err);

#endif
