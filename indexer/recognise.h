/* Pages without a text layer: an image of the page → words, by tesseract (Norwegian).
 *
 *     enum tool_end end = recognise(bytes, len, page, layout);
 */
#ifndef HF_RECOGNISE_H
#define HF_RECOGNISE_H

#include "layout.h"
#include "run_tool.h"

#define RECOGNISE_MAX_PAGES SANDBOX_MAX_PAGES
#define RECOGNISE_DPI       300

/* Reads an image file (PGM, PNG, JPEG, TIFF) and adds its words to the page, whose
 * lengths are set by dpi where the image tells its size in pixels. image NULL: the file
 * of the child itself. */
enum tool_end recognise(const char *image, size_t len, int dpi, struct layout *l,
                        struct layout_page *page);

/* The reason for a person. */
const char *recognise_reason(enum tool_end end);

#endif
