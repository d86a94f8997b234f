#include "page_scan.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_PIXELS (100L << 20) /* of an image as it comes: an A3 at 600 dpi has 70 M */
#define MAX_SIDE   5000         /* as it is recognised */
#define MAX_RULES  4000
#define MAGIC      0x68667363

#define WHITE         245
#define PAPER         200 /* darker is ink, also of grey rules */
#define TYPE          160 /* darker are letters */
#define TINT_LIGHTEST 230
#define TINT_DARKEST  140

/* Lengths at PAGE_SCAN_DPI. */
#define ACROSS_LEAST 150 /* 36 points: no stroke of a letter is as long */
#define DOWN_LEAST   42  /* 10 points: a row of small print */
#define DOWN_SURE    250 /* so long that it need not meet a rule across */
#define THICK_MOST   14  /* more is an area or a picture */
#define SPECK        3
#define TINT_WIDTH   7
#define LETTER_GAP   8 /* less than the blank between a cell's rule and its text */
#define MEET         5 /* rules that should meet end this near each other */

struct head {
    int magic, dpi, n_pages, is_blank;
    unsigned n_rules;
};

struct job {
    const char *bytes;
    size_t len;
    int index, dpi;
};

struct found {
    struct page_scan_rule at[MAX_RULES];
    unsigned n;
};

/* ---- in the process of its own ---- */

static bool put(const void *bytes, size_t len)
{
    const char *p = bytes;
    while (len) {
        ssize_t n = write(1, p, len);
        if (n <= 0) return false;
        p += n;
        len -= (size_t)n;
    }
    return true;
}

static int count_pages(const struct job *j)
{
    int n = 1;
    FILE *f = fmemopen((void *)(uintptr_t)j->bytes, j->len, "rb");
    if (!f || tiffGetCount(f, &n)) n = 1;
    if (f) fclose(f);
    return n;
}

/* NULL where it is no image, or one too large. */
static PIX *read_image(const struct job *j, int *n_pages)
{
    const l_uint8 *data = (const l_uint8 *)j->bytes;
    l_int32 format, w, h, bits, samples, map;
    *n_pages = 1;
    if (pixReadHeaderMem(data, j->len, &format, &w, &h, &bits, &samples, &map))
        return NULL;
    if (w < 1 || h < 1 || (long)w * h > MAX_PIXELS) return NULL;
    if (format < IFF_TIFF || format > IFF_TIFF_ZIP) return pixReadMem(data, j->len);
    *n_pages = count_pages(j);
    PIX *pix = pixReadMemTiff(data, j->len, j->index);
    if (pix && (long)pixGetWidth(pix) * pixGetHeight(pix) > MAX_PIXELS) pixDestroy(&pix);
    return pix;
}

static void replace(PIX **pix, PIX *with)
{
    if (!with) _exit(1);
    pixDestroy(pix);
    *pix = with;
}

static int dpi_of(PIX *pix, int known)
{
    int w = pixGetWidth(pix), h = pixGetHeight(pix),
        dpi = known ? known : pixGetXRes(pix);
    double inches = w < h ? 8.27 : 11.69;
    bool is_page = dpi >= 50 && w > 3 * dpi && w < 18 * dpi;
    return known || is_page ? dpi : (int)(w / inches + 0.5);
}

/* Grey, at the resolution that recognition wants. Returns it. */
static int bring_to_size(PIX **pix, int dpi)
{
    int w = pixGetWidth(*pix), h = pixGetHeight(*pix), side = w > h ? w : h;
    double factor = (double)PAGE_SCAN_DPI / (dpi > 20 ? dpi : 20);
    if (side * factor > MAX_SIDE) factor = (double)MAX_SIDE / side;
    if (pixGetSpp(*pix) == 4) replace(pix, pixRemoveAlpha(*pix));
    replace(pix, pixConvertTo8(*pix, 0));
    if (factor < 0.98 || factor > 1.02)
        replace(pix, pixScale(*pix, (float)factor, (float)factor));
    else
        factor = 1;
    int now = (int)(dpi * factor + 0.5);
    return now > 20 ? now : 20;
}

/* Grey paper and shadows become white: the median of a page is its paper. */
static void whiten(PIX **pix)
{
    l_float32 paper = 255;
    NUMA *counts = pixGetGrayHistogram(*pix, 4);
    if (counts) numaHistogramGetValFromRank(counts, 0.5F, &paper);
    numaDestroy(&counts);
    if (paper > 235) return;
    PIX *white = pixBackgroundNorm(*pix, NULL, NULL, 10, 15, 60, 40, WHITE, 2, 1);
    if (white) replace(pix, white);
}

/* Areas of a light grey become white: watermarks, shaded cells. No letter has one: its
 * edges are grey, but thin. */
static void clear_tints(PIX *page)
{
    PIX *light = pixThresholdToBinary(page, TINT_LIGHTEST);
    PIX *dark = pixThresholdToBinary(page, TINT_DARKEST);
    PIX *tints = light && dark ? pixSubtract(NULL, light, dark) : NULL;
    PIX *areas = tints ? pixOpenBrick(NULL, tints, TINT_WIDTH, TINT_WIDTH) : NULL;
    PIX *wide =
        areas ? pixDilateBrick(NULL, areas, 2 * TINT_WIDTH, 2 * TINT_WIDTH) : NULL;
    PIX *mask = wide ? pixAnd(NULL, wide, tints) : NULL;
    if (mask) pixSetMasked(page, mask, 255);
    pixDestroy(&light);
    pixDestroy(&dark);
    pixDestroy(&tints);
    pixDestroy(&areas);
    pixDestroy(&wide);
    pixDestroy(&mask);
}

/* Upside down or on its side, told by which way the long letters reach; a page that does
 * not say so clearly stays as it is. */
static void set_upright(PIX **pix)
{
    static const int quarters[] = {
        [L_TEXT_ORIENT_LEFT] = 1, [L_TEXT_ORIENT_DOWN] = 2, [L_TEXT_ORIENT_RIGHT] = 3};
    l_float32 up = 0, left = 0;
    l_int32 way = L_TEXT_ORIENT_UNKNOWN;
    PIX *ink = pixThresholdToBinary(*pix, TYPE);
    if (ink && !pixOrientDetect(ink, &up, &left, 0, 0))
        makeOrientDecision(up, left, 0, 0, &way, 0);
    pixDestroy(&ink);
    if (way > L_TEXT_ORIENT_UP && way <= L_TEXT_ORIENT_RIGHT)
        replace(pix, pixRotateOrth(*pix, quarters[way]));
}

static void straighten(PIX **pix)
{
    l_float32 degrees = 0, sure = 0;
    PIX *ink = pixThresholdToBinary(*pix, TYPE);
    if (ink && !pixFindSkew(ink, &degrees, &sure) && sure > 3 && fabsf(degrees) > 0.03F)
        replace(pix, pixRotateAMGray(*pix, degrees * 3.14159265F / 180, 255));
    pixDestroy(&ink);
}

static void add_rule(struct found *f, bool is_across, BOX *b)
{
    int x, y, w, h;
    boxGetGeometry(b, &x, &y, &w, &h);
    if (f->n >= MAX_RULES) return;
    f->at[f->n++] = is_across ? (struct page_scan_rule){1, y + h / 2, x, x + w}
                              : (struct page_scan_rule){0, x + w / 2, y, y + h};
}

/* True if a rule across passes the end of a rule down. */
static bool meets(const struct found *f, int x, int y)
{
    for (unsigned i = 0; i < f->n; i++) {
        const struct page_scan_rule *r = &f->at[i];
        if (r->is_across && abs(r->at - y) <= MEET && x >= r->from - MEET &&
            x <= r->to + MEET)
            return true;
    }
    return false;
}

/* A j in a low row reaches from rule to rule too, but a letter stands close beside it:
 * ink on more than a seventh of the strip to its right, half of its height. */
static bool is_in_word(PIX *ink, int x, int y, int w, int h)
{
    l_int32 n = 0;
    BOX *beside = boxCreate(x + w + 1, y + h / 4, LETTER_GAP, h / 2);
    if (!beside || pixCountPixelsInRect(ink, beside, &n, NULL)) n = 0;
    boxDestroy(&beside);
    return n * 7 > LETTER_GAP * (h / 2);
}

/* What is left of the ink when all is gone that is shorter than a rule: the rules. Black
 * areas are taken out again. Yours. */
static PIX *find_rules(PIX *ink, bool is_across, struct found *f)
{
    PIX *closed = is_across ? pixCloseSafeBrick(NULL, ink, 3, 1)
                            : pixCloseSafeBrick(NULL, ink, 1, 5);
    PIX *lines = is_across ? pixOpenBrick(NULL, closed, ACROSS_LEAST, 1)
                           : pixOpenBrick(NULL, closed, 1, DOWN_LEAST);
    BOXA *boxes = lines ? pixConnCompBB(lines, 8) : NULL;
    int n = boxes ? boxaGetCount(boxes) : 0;
    for (int i = 0; i < n; i++) {
        BOX *b = boxaGetBox(boxes, i, L_CLONE);
        int x, y, w, h;
        boxGetGeometry(b, &x, &y, &w, &h);
        bool is_rule = (is_across ? h : w) <= THICK_MOST;
        if (!is_across && h < DOWN_SURE)
            is_rule = is_rule && meets(f, x + w / 2, y) && meets(f, x + w / 2, y + h) &&
                      !is_in_word(ink, x, y, w, h);
        if (is_rule)
            add_rule(f, is_across, b);
        else
            pixClearInRect(lines, b);
        boxDestroy(&b);
    }
    boxaDestroy(&boxes);
    pixDestroy(&closed);
    return lines;
}

static void wipe(PIX *page, PIX *mask, int width)
{
    PIX *wide = mask ? pixDilateBrick(NULL, mask, width, width) : NULL;
    if (wide) pixSetMasked(page, wide, 255);
    pixDestroy(&wide);
}

/* Specks smaller than the smallest full stop, which recognition reads as one. */
static void wipe_specks(PIX *page)
{
    PIX *ink = pixThresholdToBinary(page, PAPER);
    PIX *specks = ink ? pixSelectBySize(ink, SPECK, SPECK, 8, L_SELECT_IF_BOTH,
                                        L_SELECT_IF_LTE, NULL)
                      : NULL;
    wipe(page, specks, 3);
    pixDestroy(&specks);
    pixDestroy(&ink);
}

static bool is_blank(PIX *page)
{
    l_int32 n = 0;
    PIX *ink = pixThresholdToBinary(page, 128);
    if (!ink || pixCountPixels(ink, &n, NULL)) n = 0;
    pixDestroy(&ink);
    return (long)n * 5000 < (long)pixGetWidth(page) * pixGetHeight(page);
}

static int prepare(const void *data)
{
    const struct job *j = data;
    struct head head = {.magic = MAGIC};
    static struct found found;
    l_uint8 *pgm = NULL;
    size_t len = 0;
    setMsgSeverity(L_SEVERITY_NONE);
    PIX *page = read_image(j, &head.n_pages);
    if (!page) return 1;
    head.dpi = bring_to_size(&page, dpi_of(page, j->dpi));
    whiten(&page);
    clear_tints(page);
    head.is_blank = is_blank(page);
    if (!head.is_blank) {
        set_upright(&page);
        straighten(&page);
        PIX *ink = pixThresholdToBinary(page, PAPER);
        PIX *across = find_rules(ink, true, &found);
        PIX *down = find_rules(ink, false, &found);
        wipe(page, across, 5);
        wipe(page, down, 5);
        wipe_specks(page);
    }
    head.n_rules = found.n;
    if (pixWriteMemPnm(&pgm, &len, page)) return 1;
    return !put(&head, sizeof head) || !put(found.at, found.n * sizeof *found.at) ||
           !put(pgm, len);
}

/* ---- on the other side ---- */

/* What the process says is data: it has read a stranger's file. */
static bool take(struct page_scan *s)
{
    struct head head;
    const char *p = s->run.out.data;
    size_t len = s->run.out.len;
    if (len < sizeof head) return false;
    memcpy(&head, p, sizeof head);
    if (head.magic != MAGIC || head.n_rules > MAX_RULES || head.dpi < 1 ||
        len - sizeof head < head.n_rules * sizeof *s->rules)
        return false;
    s->dpi = head.dpi;
    s->n_pages = head.n_pages > 1 ? head.n_pages : 1;
    s->is_blank = head.is_blank != 0;
    s->n_rules = head.n_rules;
    s->rules = (const struct page_scan_rule *)(const void *)(p + sizeof head);
    s->pgm = p + sizeof head + head.n_rules * sizeof *s->rules;
    s->pgm_len = (size_t)(p + len - s->pgm);
    const char *rest = s->pgm;
    size_t left = s->pgm_len;
    return page_image_next(&rest, &left, &s->image);
}

enum tool_end page_scan_open(const char *bytes, size_t len, int index, int dpi,
                             struct page_scan *out)
{
    struct job job = {bytes, len, index, dpi};
    memset(out, 0, sizeof *out);
    out->run = (struct tool_run){.work = prepare,
                                 .work_data = &job,
                                 .level = SANDBOX_OCR,
                                 .seconds = TOOL_SECONDS,
                                 .max_bytes = (size_t)MAX_SIDE * MAX_SIDE + (1 << 20)};
    enum tool_end end = run_tool(&out->run);
    out->run.work_data = NULL;
    return end == TOOL_OK && !take(out) ? TOOL_FAILED : end;
}

void page_scan_close(struct page_scan *scan)
{
    tool_run_release(&scan->run);
}

void page_scan_rules(const struct page_scan *scan, struct layout_page *page)
{
    double scale = 72.0 / scan->dpi;
    page->width = scan->image.width * scale;
    page->height = scan->image.height * scale;
    for (size_t i = 0; i < scan->n_rules; i++) {
        const struct page_scan_rule *r = &scan->rules[i];
        layout_add_rule(
            page, r->is_across,
            (struct layout_rule){r->at * scale, r->from * scale, r->to * scale});
    }
}
