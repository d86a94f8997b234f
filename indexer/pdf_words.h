/* What poppler's programs write → words with places, and which of them are bold. */
#ifndef HF_PDF_WORDS_H
#define HF_PDF_WORDS_H

#include "layout.h"

/* pdftotext -bbox: adds the pages and their words. Broken output is read as far as it
 * goes. */
void pdf_words_read(struct layout *l, const char *html, size_t len);

/* pdftohtml -xml -zoom 1: marks bold and italic words, adds the addresses of links to
 * doc. */
void pdf_fonts_read(struct layout *l, struct text_doc *doc, const char *xml, size_t len);

/* Text of a tag's content, with the five entities of XML and numbers, appended. */
void pdf_words_unescape(struct hf_buf *out, const char *text, size_t len);

#endif
