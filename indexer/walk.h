/* Folders and files → the sorted list of sources to read.
 *
 * Symbolic links are not followed (a link given as an argument is refused as well).
 * Hidden files, README files and data beside the minutes (json, tsv, csv) are left out of
 * folders. A file `kilder.tsv` in a folder gives addresses:
 * `path⇥url⇥helsefellesskap⇥body`, path relative to the folder and with globs, the last
 * two optional; they override what cannot be read from the text.
 *
 *     struct sources list = {0};
 *     walk(&list, path);
 *     for (size_t i = 0; i < list.n; i++) read(&list.at[i]);
 *     sources_release(&list);
 */
#ifndef HF_WALK_H
#define HF_WALK_H

#include "../shim/buf.h"

struct source {
    char *file; /* as given, or below the folder as given: what is opened */
    char *path; /* the same as text: a byte that is no UTF-8 is written \xNN */
    char *url, *helsefellesskap, *body; /* from kilder.tsv, or NULL */
};

struct source_failure { /* what cannot be read, and why */
    char *path, *reason;
};

struct sources {
    struct source *at;
    size_t n, cap;
    struct source_failure *failures;
    size_t n_failures, cap_failures;
};

/* Adds the file, or all files below the folder. What cannot be opened becomes a failure.
 */
void walk(struct sources *list, const char *path);

/* Appends the file's bytes. The reason does not name the file. */
HF_MUST_USE enum hf_status source_read(const struct source *s, size_t max,
                                       struct hf_buf *b, struct hf_error *err);

/* Brings the list into the order of its paths and drops doubles. Call once after the last
 * walk. */
void sources_sort(struct sources *list);
/* path may be the file or its text. */
void sources_fail(struct sources *list, const char *path, const char *reason);
void sources_release(struct sources *list);

#endif
