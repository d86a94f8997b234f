/* What a file is, by its first bytes and never by its name.
 *
 *     enum sniff_kind kind = sniff(bytes, len);
 *     if (kind == SNIFF_REFUSED) report(sniff_reason(bytes, len));
 */
#ifndef HF_SNIFF_H
#define HF_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

enum sniff_kind {
    SNIFF_TEXT,
    SNIFF_HTML,
    SNIFF_DOCX,
    SNIFF_ODT,
    SNIFF_PDF,
    SNIFF_DOC,
    SNIFF_RTF,
    SNIFF_IMAGE, /* PNG, JPEG, TIFF: a scan */
    SNIFF_REFUSED
};

enum sniff_kind sniff(const char *bytes, size_t len);

/* Why a file is refused, in words for the person who put it there. */
const char *sniff_reason(const char *bytes, size_t len);

/* True if other programs (poppler, tesseract ...) read files of this kind for us. */
bool sniff_needs_tools(enum sniff_kind kind);

/* text/plain, text/html, … */
const char *sniff_media_type(enum sniff_kind kind);

#endif
