/* Images, which are recognised. */
#include "make_hostile.h"

static const char failed[] = "bildet kan ikke leses", empty[] = "bildet inneholder ingen tekst";

static uint32_t crc_of(uint32_t c, const unsigned char *p, size_t n)
{
    while (n--) {
        c ^= *p++;
        for (int k = 0; k < 8; k++) c = c & 1 ? 0xedb88320u ^ c >> 1 : c >> 1;
    }
    return c;
}

static void put_be(FILE *f, uint32_t v)
{
    for (int i = 24; i >= 0; i -= 8) fputc((int)(v >> i & 255), f);
}

static void chunk(FILE *f, const char *type, const void *bytes, size_t len)
{
    put_be(f, (uint32_t)len);
    fwrite(type, 1, 4, f);
    fwrite(bytes, 1, len, f);
    put_be(f, ~crc_of(crc_of(~0u, (const unsigned char *)type, 4), bytes, len));
}

static void begin_png(FILE *f, uint32_t width, uint32_t height)
{
    unsigned char head[13] = {(unsigned char)(width >> 24), (unsigned char)(width >> 16), (unsigned char)(width >> 8),
                              (unsigned char)width, (unsigned char)(height >> 24), (unsigned char)(height >> 16),
                              (unsigned char)(height >> 8), (unsigned char)height, 1, 0, 0, 0, 0};
    fwrite("\x89PNG\r\n\x1a\n", 1, 8, f);
    chunk(f, "IHDR", head, sizeof head);
}

/* An image of one colour, and no more bytes of it than `most`. */
static void png(FILE *f, uint32_t width, uint32_t height, size_t most)
{
    size_t size = ((size_t)width + 7) / 8 * height + height;
    struct bytes b = deflate_zeros(size < most ? size : most);
    begin_png(f, width, height);
    chunk(f, "IDAT", b.at, b.len);
    chunk(f, "IEND", "", 0);
    free(b.at);
    fclose(f);
}

static void tiff(FILE *f, uint32_t next)
{
    static const unsigned char tags[][12] = {
        {0, 1, 4, 0, 1, 0, 0, 0, 16, 0, 0, 0}, {1, 1, 4, 0, 1, 0, 0, 0, 16, 0, 0, 0},
        {2, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0},  {3, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0},
        {6, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0},  {17, 1, 4, 0, 255, 255, 255, 127, 0, 0, 0, 0},
    };
    fwrite("II*\0\x08\0\0\0\6\0", 1, 10, f);
    fwrite(tags, 1, sizeof tags, f);
    for (int i = 0; i < 4; i++) fputc((int)(next >> 8 * i & 255), f);
    fclose(f);
}

void make_images(void)
{
    png(bad("prikk.png", empty), 1, 1, SIZE_MAX);
    png(bad("svart.png", empty), 1000, 1000, SIZE_MAX);
    png(bad("strek.png", failed), 30000, 1, SIZE_MAX);
    if (is_long()) png(bad("bombe.png", failed), 30000, 30000, SIZE_MAX);
    png(bad("uendelig.png", failed), 0x7fffffff, 0x7fffffff, 1000);
    png(bad("lover-for-mye.png", failed), 5000, 5000, 100000);
    png(bad("uten-flate.png", failed), 0, 0, 100);
    FILE *f = bad("kutt-hode.png", failed);
    begin_png(f, 100, 100);
    fclose(f);
    f = bad("kutt-midt.png", failed);
    begin_png(f, 1000, 1000);
    put_be(f, 100000);
    fputs("IDAT\x78\x9c", f);
    fclose(f);
    f = bad("egentlig-bilde.docx", failed);
    fwrite("\x89PNG\r\n\x1a\n", 1, 8, f);
    put_noise(f, 10000);
    fclose(f);
    f = bad("kutt.jpg", failed);
    fwrite("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", 1, 20, f);
    fclose(f);
    f = bad("uendelig.jpg", failed);
    fwrite("\xff\xd8\xff\xc0\0\x0b\x08\xff\xff\xff\xff\1\1\x11\0\xff\xda\0\x08\1\1\0\0?\0", 1, 25, f);
    put_noise(f, 5000);
    fclose(f);
    tiff(bad("ring.tif", failed), 8);
    tiff(bad("kutt.tif", failed), 0xfffffff0u);
}
