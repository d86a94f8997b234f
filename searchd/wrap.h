/* Words wrapped to the width of a terminal, with colours; the measure is code points.
 *
 *     struct wrap f;
 *     wrap_start(&f, style, out, 4);
 *     wrap_text(&f, "Vedtak: ", WRAP_DIM);
 *     wrap_segments(&f, snippet, NULL);
 *     wrap_end(&f);
 */
#ifndef HFSOK_WRAP_H
#define HFSOK_WRAP_H

#include "render_text.h"

#define WRAP_BOLD  "1"
#define WRAP_MARK  "1;31"
#define WRAP_DIM   "2"
#define WRAP_TITLE "1;34"

/* A paragraph on its way out: words are held back until they are known to fit. */
struct wrap {
    const struct text_style *style;
    struct hf_buf *out;
    struct hf_buf word; /* with its colour codes */
    size_t word_width, column, indent;
};

void wrap_start(struct wrap *f, const struct text_style *style, struct hf_buf *out,
                size_t indent);

/* Text in one colour (NULL: plain); control characters become blanks. */
void wrap_text(struct wrap *f, const char *text, const char *code);

/* Segments [["text", is_match], ...], matches marked. */
void wrap_segments(struct wrap *f, const json_t *segments, const char *code);
void wrap_end(struct wrap *f);

/* A paragraph by itself; nothing for NULL or "". */
void wrap_line(const struct text_style *style, struct hf_buf *out, const char *text,
               const char *code);

/* A heading at the left margin. */
void wrap_heading(const struct text_style *style, struct hf_buf *out, const char *text);

enum { WRAP_INDENT = 5 };

#endif
