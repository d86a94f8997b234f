/* The labels of list items as they are printed: "•", "3", "c", "iv". */
#ifndef HF_LIST_LABEL_H
#define HF_LIST_LABEL_H

#include "../shim/buf.h"

/* format: decimal lowerLetter upperLetter lowerRoman upperRoman (Word's words), or ODF's
 * and HTML's "1 a A i I". Anything else counts in figures. */
void list_label_number(struct hf_buf *out, const char *format, int n);

/* A glyph as a reader sees it: those of symbol fonts become bullets. */
void list_label_glyph(struct hf_buf *out, const char *glyph);

#endif
