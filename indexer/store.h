/* The writing side of an index folder: lock, cached records, and new generations
 * (generation.h has the layout).
 *
 * A generation is written aside: the last database's copy less what went plus new slices,
 * compacted into one (small changes: store_share.h), checked, sealed with a manifest,
 * synced, renamed, and only then named by the pointer file. Killed at any moment, the
 * folder still names the last good generation. Two old ones are kept.
 *
 *     store_open(dir, rebuild, &s, &err);                  // HF_LOCKED: another run
 *     store_begin(s, &err);
 *     store_part_open(s, i, &part) ... store_part_close(part, status, &err)    // any
 * number, any thread: store_part.h
 *     store_commit(s, gone, n_gone, meta, &err);
 *     store_close(s);
 */
#ifndef HF_STORE_H
#define HF_STORE_H

#include "../shim/generation.h"
#include "../shim/index.h"

struct store;

/* Makes the folder where needed and takes the lock. rebuild: the new generation starts
 * from nothing, and a damaged or older index is no error. HF_LOCKED, HF_SCHEMA,
 * HF_CORRUPT, HF_IO. */
HF_MUST_USE enum hf_status store_open(const char *dir, bool rebuild, struct store **out,
                                      struct hf_error *err);
void store_close(struct store *s);

/* meta.json of the last generation, or an empty object. Borrowed. */
const json_t *store_meta(const struct store *s);
unsigned store_generation(const struct store *s);
/* The same of what was there before a --rebuild too, for what outlives one. Borrowed. */
const json_t *store_history(const struct store *s);

/* Cached records under key (64 hexadecimal digits), all of them or in brief (brief.h):
 * NULL where there are none. Yours. */
json_t *store_load(const struct store *s, const char *key);
json_t *store_load_brief(const struct store *s, const char *key);
/* Whether there are any, whole by their lengths: their text is not read. */
bool store_has(const struct store *s, const char *key);
HF_MUST_USE enum hf_status store_save(const struct store *s, const char *key,
                                      const json_t *records, struct hf_error *err);

/* A small list of the writer's own beside the generations, a cache too: NULL where there
 * is none or it is damaged. */
json_t *store_load_file(const struct store *s, const char *name);
HF_MUST_USE enum hf_status store_save_file(const struct store *s, const char *name,
                                           const json_t *list, struct hf_error *err);

/* The same of plain bytes. */
bool store_load_bytes(const struct store *s, const char *name, struct hf_buf *out);
HF_MUST_USE enum hf_status store_save_bytes(const struct store *s, const char *name,
                                            const char *bytes, size_t len,
                                            struct hf_error *err);

/* Starts a generation aside; removes what a killed run left. */
HF_MUST_USE enum hf_status store_begin(struct store *s, struct hf_error *err);

/* The folder where the generation is being written. */
const char *store_aside(const struct store *s);

/* Joins the parts with what stays of the last generation (every document with one of the
 * `gone` terms leaves) and makes the result the served generation. meta gets "generation"
 * and "updated". */
HF_MUST_USE enum hf_status store_commit(struct store *s, const char *const *gone,
                                        size_t n_gone, json_t *meta,
                                        struct hf_error *err);

/* Removes cached records whose keys meta does not name ("documents":[{"key":…}]). */
void store_prune(struct store *s, const json_t *meta);

#endif
