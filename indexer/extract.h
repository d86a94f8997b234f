/* Bytes of one file → model, by kind. These parse what strangers made: outside of tests
 * they run in a sandboxed child (extract_child.h); only plain text is read in the program
 * itself.
 *
 *     struct text_doc doc;
 *     text_doc_init(&doc);
 *     status = extract_by_kind(sniff(bytes, len), bytes, len, &doc, &err);
 *     text_doc_release(&doc);
 *
 * Every function: HF_UNREADABLE with a reason in words for the person who put the file
 * there. The bytes are only read. extract_text stands in text.h.
 */
#ifndef HF_EXTRACT_H
#define HF_EXTRACT_H

#include "sniff.h"
#include "text.h"

#define EXTRACT_FN(name)                                                                 \
    HF_MUST_USE enum hf_status name(const char *bytes, size_t len, struct text_doc *out, \
                                    struct hf_error *err)

EXTRACT_FN(extract_html);
EXTRACT_FN(extract_docx);
EXTRACT_FN(extract_odt);
EXTRACT_FN(extract_docbook); /* of antiword */
/* These start other programs on descriptor 0, which must be the file. */
EXTRACT_FN(extract_pdf);
EXTRACT_FN(extract_image);
EXTRACT_FN(extract_doc);
EXTRACT_FN(extract_rtf);

HF_MUST_USE enum hf_status extract_by_kind(enum sniff_kind kind, const char *bytes,
                                           size_t len, struct text_doc *out,
                                           struct hf_error *err);

#endif
