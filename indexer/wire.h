/* A text_doc as bytes: how a sandboxed child hands over what it read.
 *
 * The receiver believes nothing: every number is bounded, every text checked for UTF-8,
 * before it becomes part of a document.
 *
 *     wire_put(&buf, &doc, status, err.text);          the child
 *     status = wire_get(buf.data, buf.len, &doc, &err); the parent
 */
#ifndef HF_WIRE_H
#define HF_WIRE_H

#include "text.h"

#define WIRE_MAX_BYTES ((size_t)16 << 20)

/* Appends the document, or the failure where status is not HF_OK. */
void wire_put(struct hf_buf *out, const struct text_doc *doc, enum hf_status status,
              const char *reason);

/* Fills doc (initialised, empty). Returns the status that was put; HF_UNREADABLE if the
 * bytes are not what wire_put writes. */
HF_MUST_USE enum hf_status wire_get(const char *bytes, size_t len, struct text_doc *doc,
                                    struct hf_error *err);

#endif
