/* What a Word document keeps apart from its text: styles and the numbering of lists.
 *
 *     docx_styles_read(&s, styles_xml, numbering_xml);
 *     const struct docx_style *st = docx_style_find(&s, "Overskrift1");
 *     docx_number_next(&s, num_id, level, &label);
 *     docx_styles_release(&s);
 */
#ifndef HF_DOCX_STYLES_H
#define HF_DOCX_STYLES_H

#include <stdbool.h>

#include "../shim/buf.h"

#define DOCX_LEVELS 9

struct docx_style {
    char id[64], based_on[64];
    int heading;              /* level from 1; 0 = none */
    int num_id, num_level;    /* -1 = not said */
    signed char bold, italic; /* 1 on, 0 off, -1 not said */
    bool hidden;
};

struct docx_level {
    int start;
    char format[24]; /* decimal bullet lowerLetter ... */
    char text[64];   /* "%1." or a glyph */
};

struct docx_list { /* an abstract numbering and where its counters stand */
    int id;
    struct docx_level level[DOCX_LEVELS];
    int count[DOCX_LEVELS];
    bool used[DOCX_LEVELS];
};

struct docx_num {
    int id, list;           /* index into lists, -1 = unknown */
    int start[DOCX_LEVELS]; /* override, -1 = none; taken once */
};

struct docx_styles {
    struct docx_style *style;
    size_t n_styles, cap_styles;
    struct docx_list *list;
    size_t n_lists, cap_lists;
    struct docx_num *num;
    size_t n_nums, cap_nums;
};

/* Either part may be NULL; a broken part is read as far as it goes. */
void docx_styles_read(struct docx_styles *s, const struct hf_buf *styles,
                      const struct hf_buf *numbering);
void docx_styles_release(struct docx_styles *s);

/* The style with all that it inherits, or NULL. */
const struct docx_style *docx_style_find(const struct docx_styles *s, const char *id);

/* Counts one paragraph of the list and appends its label as printed ("2.1.", "•"), no
 * blank. */
void docx_number_next(struct docx_styles *s, int num_id, int level, struct hf_buf *label);

#endif
