/* A page as an image (PGM): its drawn lines.
 *
 *     struct page_image image;
 *     while (page_image_next(&bytes, &len, &image))
 *         page_image_rules(&image, page);
 */
#ifndef HF_PAGE_IMAGE_H
#define HF_PAGE_IMAGE_H

#include "layout.h"

struct page_image {
    int width, height;
    const unsigned char *pixels; /* borrowed; one byte each, 0 is black */
};

/* Takes the first image of a row of binary PGM files (as pdftoppm writes them) and moves
 * on. */
bool page_image_next(const char **bytes, size_t *len, struct page_image *image);

/* Adds the straight thin lines of the image to the page, in the page's lengths. */
void page_image_rules(const struct page_image *image, struct layout_page *page);

#endif
