/* Growable bytes: the one string builder of the project.
 *
 * `data` is always NUL-terminated and never NULL after hf_buf_init. hf_buf_take gives the
 * string away and leaves the buffer empty; hf_buf_release frees it.
 *
 *     struct hf_buf b = HF_BUF_INIT;
 *     hf_buf_addf(&b, "%d of %d", i, n);
 *     char *s = hf_buf_take(&b);
 */
#ifndef HF_BUF_H
#define HF_BUF_H

#include <stddef.h>

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

struct hf_buf {
    char *data;
    size_t len, cap;
};

extern char hf_buf_empty[1];
#define HF_BUF_INIT                                                                      \
    {                                                                                    \
        hf_buf_empty, 0, 0                                                               \
    }

void hf_buf_init(struct hf_buf *b);
void hf_buf_release(struct hf_buf *b);
void hf_buf_clear(struct hf_buf *b);

/* Makes room for n more bytes (and the NUL). */
void hf_buf_reserve(struct hf_buf *b, size_t n);
void hf_buf_add(struct hf_buf *b, const char *text, size_t len);
void hf_buf_adds(struct hf_buf *b, const char *s);
void hf_buf_addc(struct hf_buf *b, char c);
void hf_buf_addf(struct hf_buf *b, const char *fmt, ...) HF_PRINTF(2, 3);

/* Cuts back to len bytes; len must not exceed the present length. */
void hf_buf_cut(struct hf_buf *b, size_t len);

/* Removes blanks, tabs and line ends at the end. */
void hf_buf_rtrim(struct hf_buf *b);

/* Gives the bytes away as a malloc'ed string; the buffer is empty afterwards. */
char *hf_buf_take(struct hf_buf *b);

/* Reads a whole regular file of at most max bytes. HF_NOT_FOUND, HF_IO or HF_UNREADABLE
 * (too large, not a regular file) with the path in the text. Symbolic links are not
 * followed. */
HF_MUST_USE enum hf_status hf_buf_read_file(struct hf_buf *b, const char *path,
                                            size_t max, struct hf_error *err);

/* The same; the reason does not name the file. */
HF_MUST_USE enum hf_status hf_buf_load(struct hf_buf *b, const char *path, size_t max,
                                       struct hf_error *err);

#ifdef __cplusplus
}
#endif
#endif
