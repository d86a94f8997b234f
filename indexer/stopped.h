/* The files that stopped their reader (HF_STOPPED: a crash, CPU or memory): each costs
 * its whole limit, so it is not tried again until its bytes, the reader or a converter
 * change, only named with the reason that it had. --rebuild forgets them all.
 *
 * Kept as stopped.json in the index's folder, by the key of their records. What is
 * missing or damaged is an empty list: the files are tried again.
 *
 *     struct stopped *s = stopped_open(store, rebuild);
 *     char *reason = stopped_reason(s, key);             on any thread; NULL: read it
 *     if (status == HF_STOPPED) stopped_add(s, key, path, err.text);
 *     status = stopped_save(s, store, is_covered, options, &err);
 *     stopped_close(s);
 */
#ifndef HF_STOPPED_H
#define HF_STOPPED_H

#include "store.h"

struct stopped;

struct stopped *stopped_open(const struct store *store, bool rebuild);
void stopped_close(struct stopped *s);

/* Why the file with these records was stopped, and that it is not tried again; yours.
 * NULL: it was not. */
char *stopped_reason(struct stopped *s, const char *key);
void stopped_add(struct stopped *s, const char *key, const char *path,
                 const char *reason);

/* Writes the list where it has changed: without the entries that nobody has asked for and
 * whose paths this run speaks of, because those files have changed or are gone. */
typedef bool (*stopped_covers)(const void *ctx, const char *path);
HF_MUST_USE enum hf_status stopped_save(struct stopped *s, const struct store *store,
                                        stopped_covers covers, const void *ctx,
                                        struct hf_error *err);

/* What the converters are, found in the folders of path ("/usr/bin:/bin"), by size and
 * time of change, and the libraries by version. */
void stopped_tools(const char *path, char out[65]);

#endif
