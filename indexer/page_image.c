#include "page_image.h"

#include <stdlib.h>
#include <string.h>

#define DARK      200 /* below: ink, also of grey rules */
#define MAX_THICK 4   /* pixels: more is an area, not a rule */
#define MAX_SIDE  20000

static bool read_number(const char **p, const char *end, int *out)
{
    int n = 0;
    while (*p < end && (strchr(" \t\r\n", **p) || **p == '#')) {
        if (**p == '#')
            while (*p < end && **p != '\n') (*p)++;
        else
            (*p)++;
    }
    if (*p >= end || **p < '0' || **p > '9') return false;
    while (*p < end && **p >= '0' && **p <= '9' && n < 100000)
        n = n * 10 + (*(*p)++ - '0');
    *out = n;
    return true;
}

bool page_image_next(const char **bytes, size_t *len, struct page_image *image)
{
    const char *p = *bytes, *end = p + *len;
    int most;
    if (*len < 8 || memcmp(p, "P5", 2)) return false;
    p += 2;
    if (!read_number(&p, end, &image->width) || !read_number(&p, end, &image->height) ||
        !read_number(&p, end, &most) || most != 255)
        return false;
    if (image->width < 1 || image->height < 1 || image->width > MAX_SIDE ||
        image->height > MAX_SIDE || p >= end)
        return false;
    p++;
    size_t size = (size_t)image->width * (size_t)image->height;
    if ((size_t)(end - p) < size) return false;
    image->pixels = (const unsigned char *)p;
    *bytes = p + size;
    *len = (size_t)(end - *bytes);
    return true;
}

struct scan { /* the image seen along one direction; along = x for rules across */
    const struct page_image *image;
    bool is_across;
    int length, lines; /* pixels along a line, number of lines */
};

static bool is_dark(const struct scan *s, int along, int line)
{
    int x = s->is_across ? along : line, y = s->is_across ? line : along;
    if (line < 0 || line >= s->lines) return false;
    return s->image->pixels[(size_t)y * (size_t)s->image->width + (size_t)x] < DARK;
}

/* Thin if both sides are light somewhere within MAX_THICK, for most of the run. */
static bool is_thin(const struct scan *s, int from, int to, int line)
{
    int thin = 0, looked = 0;
    for (int i = from; i < to; i += 4) {
        int up = 0, down = 0;
        while (up <= MAX_THICK && is_dark(s, i, line - up - 1)) up++;
        while (down <= MAX_THICK && is_dark(s, i, line + down + 1)) down++;
        looked++;
        thin += up + down + 1 <= MAX_THICK;
    }
    return thin * 10 >= looked * 7;
}

/* A rule two pixels thick is found twice: it is taken where the line above has no such
 * run. */
static bool is_first(const struct scan *s, int from, int to, int line)
{
    int dark = 0, looked = 0;
    for (int i = from; i < to; i += 3) {
        looked++;
        dark += is_dark(s, i, line - 1);
    }
    return dark * 2 < looked;
}

static void find_rules(const struct scan *s, struct layout_page *page, double scale,
                       int least)
{
    for (int line = 0; line < s->lines; line++) {
        for (int i = 0; i < s->length;) {
            if (!is_dark(s, i, line)) {
                i++;
                continue;
            }
            int from = i, light = 0, last = i;
            for (; i < s->length && light <= 2;
                 i++) { /* small breaks do not end a rule */
                if (is_dark(s, i, line)) {
                    light = 0;
                    last = i;
                } else {
                    light++;
                }
            }
            if (last - from + 1 < least || !is_first(s, from, last + 1, line) ||
                !is_thin(s, from, last + 1, line))
                continue;
            layout_add_rule(
                page, s->is_across,
                (struct layout_rule){line * scale, from * scale, (last + 1) * scale});
        }
    }
}

void page_image_rules(const struct page_image *image, struct layout_page *page)
{
    double scale = page->width / image->width;
    struct scan across = {image, true, image->width, image->height};
    struct scan down = {image, false, image->height, image->width};
    find_rules(&across, page, scale, (int)(28 / scale));
    find_rules(&down, page, scale, (int)(10 / scale));
}
