/* A scanned page made ready for recognition: upright, straightened, at RECOGNISE_DPI, its
 * ruling lines found and wiped out (recognition takes them for letters, or loses the
 * letters beside them). Done by leptonica in a process of its own, which may use what a
 * converter may and no more.
 *
 *     struct page_scan scan;
 *     enum tool_end end = page_scan_open(bytes, len, 0, 0, &scan);
 *     if (end == TOOL_OK) ... scan.image, scan.rules ...
 *     page_scan_close(&scan);
 */
#ifndef HF_PAGE_SCAN_H
#define HF_PAGE_SCAN_H

#include "page_image.h"
#include "run_tool.h"

#define PAGE_SCAN_DPI                                                                    \
    300 /* what recognition is best at; smaller for very large pages                     \
         */

struct page_scan_rule {
    int is_across; /* else down */
    int at, from, to;
};

struct page_scan {
    struct tool_run run; /* owns what the rest points into */
    int dpi, n_pages;    /* of the image; pages of the file */
    bool is_blank;
    const struct page_scan_rule *rules; /* in pixels of the image */
    size_t n_rules;
    struct page_image image;
    const char *pgm; /* the image as a file */
    size_t pgm_len;
};

/* Makes page number `index` (from 0) of an image file (PGM, PNG, JPEG, TIFF) ready. dpi
 * 0: what the file says of itself or, where that cannot be, what makes the page an A4. */
enum tool_end page_scan_open(const char *bytes, size_t len, int index, int dpi,
                             struct page_scan *out);
void page_scan_close(struct page_scan *scan);

/* Sets the page's size and adds the rules, in points. */
void page_scan_rules(const struct page_scan *scan, struct layout_page *page);

#endif
