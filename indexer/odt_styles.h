/* The styles of an OpenDocument text: bold and italic, headings, the labels of lists. The
 * heads and feet of its pages are added to the document's margins on the way.
 *
 *     odt_styles_read(&s, styles_xml, content_xml, doc);
 *     const struct odt_style *st = odt_style_find(&s, "P12");
 *     const struct odt_level *l = odt_level_find(&s, "L1", 1);
 *     odt_styles_release(&s);
 */
#ifndef HF_ODT_STYLES_H
#define HF_ODT_STYLES_H

#include "text.h"

struct odt_style {
    char name[64], parent[64];
    int heading;              /* outline level; 0 = none */
    signed char bold, italic; /* 1 on, 0 off, -1 not said */
};

struct odt_level {
    char list[64];
    int depth, start,
        display; /* depth from 1; display: how many levels the label shows */
    char glyph[8], format[8], prefix[16], suffix[16];
};

struct odt_styles {
    struct odt_style *style;
    size_t n_styles, cap_styles;
    struct odt_level *level;
    size_t n_levels, cap_levels;
};

/* styles may be NULL; content holds the automatic styles. */
void odt_styles_read(struct odt_styles *s, const struct hf_buf *styles,
                     const struct hf_buf *content, struct text_doc *doc);
void odt_styles_release(struct odt_styles *s);
const struct odt_style *odt_style_find(const struct odt_styles *s, const char *name);
const struct odt_level *odt_level_find(const struct odt_styles *s, const char *list,
                                       int depth);

#endif
