/* The wanted parts of a zip archive in memory, counted while they are inflated.
 *
 * Names are only compared, never used as paths. Bounds: 1,000 entries, 64 MB unpacked.
 *
 *     static const char *const parts[] = {"word/document.xml", "word/header*.xml", NULL};
 *     struct unzip z;
 *     status = unzip_open(&z, bytes, len, parts, err);
 *     const struct hf_buf *body = unzip_find(&z, "word/document.xml");
 *     unzip_close(&z);
 */
#ifndef HF_UNZIP_H
#define HF_UNZIP_H

#include "../shim/buf.h"

#define UNZIP_MAX_BYTES   ((size_t)64 << 20)
#define UNZIP_MAX_ENTRIES 1000
#define UNZIP_MAX_PARTS   64

struct unzip_part {
    char name[128];
    struct hf_buf data;
};

struct unzip {
    struct unzip_part *parts;
    size_t n, cap;
};

/* wanted: fnmatch patterns, ended by NULL. HF_UNREADABLE with the reason: cut off,
 * encrypted, too large when unpacked, too many entries. Close z also after failure. */
HF_MUST_USE enum hf_status unzip_open(struct unzip *z, const char *bytes, size_t len,
                                      const char *const *wanted, struct hf_error *err);
const struct hf_buf *unzip_find(const struct unzip *z,
                                const char *name); /* NULL: not there */
void unzip_close(struct unzip *z);

#endif
