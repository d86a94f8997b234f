/* Pages without a text layer: an image of the page → words, by tesseract (Norwegian).
 *
 *     enum tool_end end = recognise(&scan, layout, page);
 */
#ifndef HF_RECOGNISE_H
#define HF_RECOGNISE_H

#include "layout.h"
#include "page_scan.h"
#include "run_tool.h"

#define RECOGNISE_MAX_PAGES SANDBOX_MAX_PAGES

/* Adds the words of a scanned page that was made ready (page_scan.h) to the page, and its
 * rules. */
enum tool_end recognise(const struct page_scan *scan, struct layout *l,
                        struct layout_page *page);

/* The reason for a person. */
const char *recognise_reason(enum tool_end end);

#endif
