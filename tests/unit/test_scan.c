/* Scanned pages: what is done to the image before it is recognised, and what is made of
 * the words afterwards. tests/e2e/formats_all.sh and scans.sh read whole ones. */
#include "t.h"

#include <leptonica/allheaders.h>
#include <math.h>

#include "../../indexer/ocr_words.h"
#include "../../indexer/page_scan.h"

/* ---- words ---- */

#define LINE(title) "<span class='ocr_line' id='line_1_1' title=\"" title "\">\n"
#define WORD(box, c, text)                                                               \
    "<span class='ocrx_word' id='word_1_1' title='bbox " box "; x_wconf " c "'>" text    \
    "</span>\n"

static void test_words(void **state)
{
    (void)state;
    static const struct {
        const char *hocr, *expect, *why;
    } rows[] = {
        {LINE("bbox 0 0 900 40; baseline 0 -10; x_size 40")
             WORD("0 10 100 30", "90", "ane") WORD("120 0 300 40", "90", "Ålg"),
         "ane 0-100 -2-38|Ålg 120-300 -2-38|", "one line, one height"},
        {LINE("bbox 0 0 1000 50; baseline 0.01 -10; x_size 40")
             WORD("0 0 100 40", "90", "fall") WORD("800 8 1000 48", "90", "av"),
         "fall 0-100 8.5-48.5|av 800-1000 17-57|", "a base that falls"},
        {LINE("bbox 0 0 90 40; x_size 40") WORD("0 0 90 40", "90", "R&amp;D&#39;s &lt;"),
         "R&D's < 0-90 8-48|", "entities"},
        {LINE("bbox 0 0 90 40; x_size 40") WORD("0 0 9 9", "12", "ii")
             WORD("9 0 12 9", "95", "|") WORD("20 0 22 2", "60", "."),
         "", "specks, and the remains of rules"},
        {LINE("bbox 0 0 90 40; x_size 40") WORD("0 0 90 40", "30", "Tinnes"),
         "Tinnes 0-90 8-48|", "a long word that is not sure is none the less a word"},
        {LINE("bbox 0 0 90 40; x_size 40") WORD("0 0 90 40", "90", "llestad")
             WORD("0 0 90 40", "90", "lnger,") WORD("0 0 90 40", "90", "lege")
                 WORD("0 0 90 40", "90", "ljom") WORD("0 0 90 40", "90", "ltr")
                     WORD("0 0 90 40", "90", "l2kl"),
         "Ilestad 0-90 8-48|Inger, 0-90 8-48|lege 0-90 8-48|ljom 0-90 8-48|"
         "ltr 0-90 8-48|l2kl 0-90 8-48|",
         "a capital I taken for an l, only where no word begins with l"},
        {LINE("bbox 0 0 90") WORD("0 0 90 40", "90", "uten"), "", "a line without a box"},
        {LINE("bbox 0 0 90 40") WORD("0 0 90", "90", "uten"), "", "a word without one"},
        {LINE("bbox 0 0 90 40") WORD("nan inf 1e300 40", "90", "uten"), "", "no places"},
        {LINE("bbox 0 0 90 40") "<span class='ocrx_word' title='bbox 0 0 9 9'>avkuttet",
         "", "cut off"},
    };
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct ocr_words words;
        struct hf_buf got = HF_BUF_INIT;
        ocr_words_read(&words, rows[i].hocr, strlen(rows[i].hocr));
        for (size_t k = 0; k < words.n; k++)
            hf_buf_addf(&got, "%s %g-%g %g-%g|", words.at[k].text, words.at[k].x0,
                        words.at[k].x1, words.at[k].y0, words.at[k].y1);
        if (strcmp(got.data, rows[i].expect) != 0)
            fail_msg("%s:\n got %s\nnot %s", rows[i].why, got.data, rows[i].expect);
        hf_buf_release(&got);
        ocr_words_release(&words);
    }
}

/* ---- pages ---- */

struct drawing {
    int width, height;
    double slope; /* how far the page fails to be straight */
    struct hf_buf pgm;
};

static void begin(struct drawing *d, int width, int height)
{
    *d = (struct drawing){.width = width, .height = height};
    hf_buf_init(&d->pgm);
    hf_buf_addf(&d->pgm, "P5\n%d %d\n255\n", width, height);
    for (int i = 0; i < width * height; i++) hf_buf_addc(&d->pgm, (char)255);
}

static unsigned char *pixels(struct drawing *d)
{
    return (unsigned char *)d->pgm.data + d->pgm.len -
           (size_t)d->width * (size_t)d->height;
}

static void fill(struct drawing *d, int x0, int y0, int x1, int y1)
{
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) {
            int fx = x - (int)lround(d->slope * y), fy = y + (int)lround(d->slope * x);
            if (fx < 0 || fx >= d->width || fy < 0 || fy >= d->height) continue;
            pixels(d)[fy * d->width + fx] = 0;
        }
}

/* Lines of strokes, as letters are: 20 high, now and then 40. */
static void write_text(struct drawing *d, int x0, int y, int x1)
{
    for (int x = x0, i = 0; x < x1; x += 11, i++)
        if (i % 7 != 6) fill(d, x, y - (i % 3 ? 0 : 18), x + 4, y + 20);
}

/* A table of three rows and two columns from 300,400 to 2100,1300, with text in it. */
static void draw_table(struct drawing *d, double slope)
{
    begin(d, 2480, 1754);
    d->slope = slope;
    for (int i = 0; i < 4; i++) fill(d, 300, 400 + 300 * i, 2103, 403 + 300 * i);
    fill(d, 300, 400, 303, 1303);
    fill(d, 1200, 400, 1203, 1303);
    fill(d, 2100, 400, 2103, 1303);
    for (int row = 0; row < 3; row++)
        for (int line = 0; line < 4; line++) {
            write_text(d, 340, 450 + 300 * row + 58 * line, 1100);
            write_text(d, 1240, 450 + 300 * row + 58 * line, 2000);
        }
}

/* Each page is a file of its own, with a file's CPU. */
static void open_drawing(struct drawing *d, int dpi, struct page_scan *s)
{
    run_tool_allow(TOOL_CPU_MS);
    if (page_scan_open(d->pgm.data, d->pgm.len, 0, dpi, s) != TOOL_OK)
        fail_msg("the page is not read");
    hf_buf_release(&d->pgm);
}

static size_t count_rules(const struct page_scan *s, bool is_across)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_rules; i++) n += s->rules[i].is_across == is_across;
    return n;
}

static size_t ink_in(const struct page_scan *s, int x0, int y0, int x1, int y1)
{
    size_t n = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) n += s->image.pixels[y * s->image.width + x] < 128;
    return n;
}

static void test_rules(void **state)
{
    (void)state;
    static const double slopes[] = {0, 0.012, -0.03}; /* 0, 0.7 and -1.7 degrees */
    for (size_t i = 0; i < N_OF(slopes); i++) {
        struct drawing d;
        struct page_scan s;
        draw_table(&d, slopes[i]);
        open_drawing(&d, 300, &s);
        assert_int_equal(count_rules(&s, true), 4);
        assert_int_equal(count_rules(&s, false), 3);
        for (size_t k = 0; k < s.n_rules; k++) {
            const struct page_scan_rule *r = &s.rules[k];
            int length = r->is_across ? 1803 : 903;
            if (abs(r->to - r->from - length) > 16)
                fail_msg("slope %g: a rule of %d, not %d", slopes[i], r->to - r->from,
                         length);
            /* wiped out, over its whole length */
            size_t left = r->is_across ? ink_in(&s, r->from, r->at - 2, r->to, r->at + 2)
                                       : ink_in(&s, r->at - 2, r->from, r->at + 2, r->to);
            assert_int_equal(left, 0);
        }
        /* The letters stand: 12 lines of two columns, some 60 strokes each. */
        size_t ink = ink_in(&s, 0, 0, s.image.width, s.image.height);
        if (ink < 120000) fail_msg("slope %g: only %zu of the letters", slopes[i], ink);
        page_scan_close(&s);
    }
}

static void test_no_rules(void **state)
{
    (void)state;
    static const struct {
        int x, y, width, height;
        const char *why;
    } rows[] = {
        {700, 706, 4, 44, "a j between the rules of a low row, that touches neither"},
        {700, 900, 140, 5, "a stroke too short for a rule"},
        {700, 900, 600, 40, "a black bar"},
        {700, 900, 40, 500, "a black bar on end"},
    };
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct drawing d;
        struct page_scan s;
        begin(&d, 2480, 1754);
        fill(&d, 300, 697, 2103, 700);
        fill(&d, 300, 756, 2103, 759);
        fill(&d, rows[i].x, rows[i].y, rows[i].x + rows[i].width,
             rows[i].y + rows[i].height);
        open_drawing(&d, 300, &s);
        size_t ink = (size_t)rows[i].width * (size_t)rows[i].height;
        size_t left = ink_in(&s, 0, 0, s.image.width, s.image.height);
        if (s.n_rules != 2 || left < ink * 9 / 10)
            fail_msg("%s: %zu rules, %zu of %zu left", rows[i].why, s.n_rules, left, ink);
        page_scan_close(&s);
    }
}

/* A letter that reaches from rule to rule of a low row is known by what stands beside it;
 * a rule of the same height, with its cell's margin, stays one. */
static void test_letter_between_rules(void **state)
{
    (void)state;
    struct drawing d;
    struct page_scan s;
    begin(&d, 2480, 1754);
    fill(&d, 300, 697, 2103, 700);
    fill(&d, 300, 750, 2103, 753);
    fill(&d, 700, 699, 705, 751);
    write_text(&d, 709, 722, 900);
    fill(&d, 1200, 699, 1203, 751);
    write_text(&d, 1224, 722, 1400);
    open_drawing(&d, 300, &s);
    assert_int_equal(count_rules(&s, true), 2);
    assert_int_equal(count_rules(&s, false), 1);
    assert_true(ink_in(&s, 690, 697, 706, 753) > 5 * 40);
    page_scan_close(&s);
}

/* A watermark's strokes become paper; the letters over them and grey letters stay. */
static void test_tints(void **state)
{
    (void)state;
    struct drawing d;
    struct page_scan s;
    begin(&d, 2480, 1754);
    for (int y = 300; y < 900; y++)
        for (int x = 600; x < 660; x++) pixels(&d)[y * d.width + x] = 190;
    write_text(&d, 400, 500, 900);
    for (int i = 0; i < 40; i++)
        for (int y = 1200; y < 1230; y++)
            for (int x = 0; x < 5; x++) pixels(&d)[y * d.width + 400 + 12 * i + x] = 150;
    open_drawing(&d, 300, &s);
    size_t grey = 0, faint = 0;
    for (int y = 300; y < 480; y++)
        for (int x = 590; x < 670; x++)
            grey += s.image.pixels[y * s.image.width + x] < 240;
    for (int y = 1200; y < 1230; y++)
        for (int x = 390; x < 900; x++)
            faint += s.image.pixels[y * s.image.width + x] < 200;
    assert_int_equal(grey, 0);
    assert_true(ink_in(&s, 600, 480, 660, 525) > 5 * 4 * 20 / 2);
    assert_true(faint > 40 * 5 * 25);
    page_scan_close(&s);
}

static void test_size(void **state)
{
    (void)state;
    static const struct {
        int width, height, dpi, expect_dpi, expect_width;
        const char *why;
    } rows[] = {
        {1240, 1754, 0, 300, 2481, "no resolution given: taken for an A4"},
        {1754, 1240, 0, 300, 3509, "the same on its side"},
        {2480, 3508, 300, 300, 2480, "as it should be"},
        {1654, 2339, 200, 300, 2481, "a fax is made larger"},
        {3000, 300, 50, 83, 5000, "no side above 5,000"},
    };
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct drawing d;
        struct page_scan s;
        begin(&d, rows[i].width, rows[i].height);
        fill(&d, 100, 100, 400, 200);
        open_drawing(&d, rows[i].dpi, &s);
        if (abs(s.dpi - rows[i].expect_dpi) > 1 ||
            abs(s.image.width - rows[i].expect_width) > 2)
            fail_msg("%s: %d dpi, %d wide", rows[i].why, s.dpi, s.image.width);
        assert_false(s.is_blank);
        page_scan_close(&s);
    }
}

static void test_blank_and_bad(void **state)
{
    (void)state;
    struct drawing d;
    struct page_scan s;
    begin(&d, 1240, 1754);
    for (int i = 0; i < 200; i++)
        fill(&d, 37 * i % 1200, 53 * i % 1700, 37 * i % 1200 + 1, 53 * i % 1700 + 1);
    open_drawing(&d, 150, &s);
    assert_true(s.is_blank);
    page_scan_close(&s);

    static const char *const bad[] = {
        "P5\n60000 60000\n255\n",   "P5\n100 100\n255\nxx", "\x89PNG\r\n\x1a\n garbage",
        "\xff\xd8\xff\xe0 garbage", "II*\0\x08\0\0\0",      "not an image at all",
    };
    for (size_t i = 0; i < N_OF(bad); i++) {
        enum tool_end end = page_scan_open(bad[i], i == 4 ? 8 : strlen(bad[i]), 0, 0, &s);
        if (end != TOOL_FAILED) fail_msg("bad image %zu: %d", i, (int)end);
        page_scan_close(&s);
    }
}

/* A page of letters, turned by so many quarters. */
static void write_letters(struct hf_buf *out, int quarters)
{
    l_uint8 *bytes = NULL;
    size_t len = 0;
    l_int32 width, overflow;
    PIX *page = pixCreate(2480, 3508, 8);
    L_BMF *font = bmfCreate(NULL, 10);
    pixSetAll(page);
    for (int i = 0; i < 30; i++)
        pixSetTextline(page, font,
                       "Helseforetaket og kommunene har delt planen om legemidler", 0,
                       120, 200 + 44 * i, &width, &overflow);
    bmfDestroy(&font);
    PIX *turned = pixRotateOrth(page, quarters);
    pixSetResolution(turned, 300, 300);
    assert_int_equal(pixWriteMemPng(&bytes, &len, turned, 0), 0);
    hf_buf_clear(out);
    hf_buf_add(out, (const char *)bytes, len);
    lept_free(bytes);
    pixDestroy(&turned);
    pixDestroy(&page);
}

static void test_turned_pages(void **state)
{
    (void)state;
    struct hf_buf png = HF_BUF_INIT;
    struct page_scan upright, turned;
    write_letters(&png, 0);
    assert_int_equal(page_scan_open(png.data, png.len, 0, 0, &upright), TOOL_OK);
    for (int quarters = 1; quarters < 4; quarters++) {
        write_letters(&png, quarters);
        assert_int_equal(page_scan_open(png.data, png.len, 0, 0, &turned), TOOL_OK);
        assert_int_equal(turned.image.width, upright.image.width);
        if (memcmp(turned.image.pixels, upright.image.pixels,
                   (size_t)upright.image.width * (size_t)upright.image.height) != 0)
            fail_msg("turned by %d quarters", quarters);
        page_scan_close(&turned);
    }
    page_scan_close(&upright);
    hf_buf_release(&png);
}

/* Paper that goes from 140 to 230 across the page. */
static void test_grey_paper(void **state)
{
    (void)state;
    struct drawing d;
    struct page_scan s;
    draw_table(&d, 0);
    for (int i = 0; i < d.width * d.height; i++) {
        unsigned char *p = pixels(&d) + i;
        *p = (unsigned char)(*p * (140 + 90 * (i % d.width) / d.width) / 255);
    }
    open_drawing(&d, 300, &s);
    assert_int_equal(count_rules(&s, true), 4);
    assert_int_equal(count_rules(&s, false), 3);
    assert_true(s.image.pixels[20 * s.image.width + 20] > 230);
    page_scan_close(&s);
}

static void test_pages_of_tiff(void **state)
{
    (void)state;
    l_uint8 *bytes = NULL;
    size_t len = 0;
    PIXA *pages = pixaCreate(3);
    for (int i = 0; i < 3; i++) {
        PIX *pix = pixCreate(1240 + 10 * i, 1754, 8);
        pixSetAll(pix);
        pixRasterop(pix, 100, 100, 300, 200, PIX_CLR, NULL, 0, 0);
        pixSetResolution(pix, 150, 150);
        pixaAddPix(pages, pix, L_INSERT);
    }
    assert_int_equal(pixaWriteMemMultipageTiff(&bytes, &len, pages), 0);
    pixaDestroy(&pages);
    for (int i = 0; i < 3; i++) {
        struct page_scan s;
        assert_int_equal(page_scan_open((const char *)bytes, len, i, 0, &s), TOOL_OK);
        assert_int_equal(s.n_pages, 3);
        assert_int_equal(s.image.width, 2480 + 20 * i);
        page_scan_close(&s);
    }
    lept_free(bytes);
}

static void test_bold(void **state)
{
    (void)state;
    struct drawing d;
    struct page_scan s;
    struct ocr_words words;
    struct hf_buf hocr = HF_BUF_INIT;
    begin(&d, 2480, 1754);
    for (int i = 0; i < 20; i++) { /* every fifth word of strokes twice as thick */
        int y = 100 + 60 * i;
        hf_buf_addf(&hocr,
                    "<span class='ocr_line' title=\"bbox 100 %d 400 %d; x_size 40\">", y,
                    y + 40);
        hf_buf_addf(&hocr,
                    "<span class='ocrx_word' title='bbox 100 %d 400 %d; x_wconf 95'>ord%d"
                    "</span>",
                    y, y + 40, i);
        for (int x = 100; x < 390; x += 20) fill(&d, x, y, x + (i % 5 ? 4 : 8), y + 30);
    }
    open_drawing(&d, 300, &s);
    ocr_words_read(&words, hocr.data, hocr.len);
    ocr_words_find_bold(&words, &s.image);
    assert_int_equal(words.n, 20);
    for (size_t i = 0; i < words.n; i++)
        if (words.at[i].is_bold != (i % 5 == 0)) fail_msg("word %zu", i);
    ocr_words_release(&words);
    hf_buf_release(&hocr);
    page_scan_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),         cmocka_unit_test(test_rules),
        cmocka_unit_test(test_no_rules),      cmocka_unit_test(test_letter_between_rules),
        cmocka_unit_test(test_tints),         cmocka_unit_test(test_size),
        cmocka_unit_test(test_blank_and_bad), cmocka_unit_test(test_pages_of_tiff),
        cmocka_unit_test(test_bold),          cmocka_unit_test(test_turned_pages),
        cmocka_unit_test(test_grey_paper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
