/* The folder of an index: generations, the pointer to the one that is served, and their
 * manifests.
 *
 *     INDEX/lock               held by the run that writes
 *     INDEX/current            "hfsok-index 2 41": schema and generation; replaced by
 * rename INDEX/gen-000041/db/     the Xapian database, compact, never written again
 *     INDEX/gen-000041/meta.json  when, from which documents, what could not be read
 *     INDEX/gen-000041/manifest   "sha256 bytes path" of every other file; a table of the
 *                              database may be one file with a later generation's,
 *                              which goes on behind those bytes (store_share.h)
 *     INDEX/records/           records of documents by content hash (a cache: may be
 *                              deleted), in INDEX/gists what of them is collated, in
 *                              INDEX/hashes of which files they are (caches too)
 *
 * A path that is a file is taken for a Xapian stub file: the database it names is opened
 * as it is.
 */
#ifndef HF_GENERATION_H
#define HF_GENERATION_H

#include <jansson.h>
#include <stdbool.h>

#include "buf.h"

struct hf_generation {
    unsigned number; /* 0 for a stub file */
    unsigned schema;
    char *path;   /* INDEX/gen-000041, NULL for a stub */
    char *db;     /* what hf_reader_open takes */
    json_t *meta; /* meta.json; an empty object for a stub */
};

/* Finds the served generation of the index at dir, without looking into its files.
 *
 * HF_NO_INDEX nothing there · HF_SCHEMA other version · HF_CORRUPT damaged, or a folder
 * of something else; err names dir and says what to do. */
HF_MUST_USE enum hf_status
hf_generation_current(const char *dir, struct hf_generation *out, struct hf_error *err);
void hf_generation_release(struct hf_generation *g);

/* meta.json of the generation that the pointer names, whatever its schema and however
 * damaged its database; NULL where it cannot be read. Yours. */
json_t *hf_generation_history(const char *dir);

/* The number in the pointer file alone, 0 where there is none; cheap enough to ask each
 * second. */
unsigned hf_generation_peek(const char *dir);

/* Checks every file of a generation against its manifest. max_bytes bounds how much is
 * hashed (0 = all): beyond it only sizes are compared. HF_CORRUPT names the file. */
HF_MUST_USE enum hf_status hf_generation_verify(const struct hf_generation *g,
                                                unsigned long long max_bytes,
                                                struct hf_error *err);

/* The files of a generation that were found whole, and their hashes so far: a file that
 * has only grown since is hashed from there on. */
struct hf_sums;
/* Checks every byte, as hf_generation_verify(g, 0), and remembers. *out is yours;
 * hf_sums_free it. */
HF_MUST_USE enum hf_status hf_generation_sums(const struct hf_generation *g,
                                              struct hf_sums **out, struct hf_error *err);
/* The bytes that are known of the file that is open as fd; 0: another file. */
unsigned long long hf_sums_size(const struct hf_sums *sums, int fd);
void hf_sums_free(struct hf_sums *sums);

/* Writes path/manifest over the files below path (meta.json and db/). Where a file is one
 * of `known` (NULL: none), only what is behind its known bytes is read. */
HF_MUST_USE enum hf_status
hf_generation_seal(const char *path, const struct hf_sums *known, struct hf_error *err);

/* SHA-256 as 64 hexadecimal digits and NUL. */
void hf_sha256(const void *bytes, size_t len, char out[65]);
HF_MUST_USE enum hf_status hf_sha256_file(const char *path, char out[65],
                                          unsigned long long *size, struct hf_error *err);

#endif
