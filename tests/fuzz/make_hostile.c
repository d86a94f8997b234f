/* make_hostile FOLDER SAMPLES quick|long: writes the files of make_hostile.h into the folder, and on stdout what must
 * come of each. */
#include "make_hostile.h"

static const char *folder, *samples;
static bool all;

bool is_long(void)
{
    return all;
}

/* As jq's @tsv writes a name. */
static const char *expect(const char *name, const char *what, const char *value)
{
    static char path[4200];
    for (const char *p = name; *p; p++) {
        if (*p == '\n') fputs("\\n", stdout);
        else if (*p == '\t') fputs("\\t", stdout);
        else if (*p == '\\') fputs("\\\\", stdout);
        else if ((unsigned char)*p == 0xff) fputs("\\\\xFF", stdout); /* the only byte used that is no UTF-8 */
        else putchar(*p);
    }
    printf("\t%s\t%s\n", what, value);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static FILE *create(const char *path)
{
    FILE *f = fopen(path, "wb");
    if (!f) {
        perror(path);
        exit(1);
    }
    return f;
}

const char *bad_path(const char *name, const char *reason)
{
    return expect(name, "refused", reason);
}

const char *good_path(const char *name, const char *counts)
{
    return expect(name, "read", counts);
}

FILE *bad(const char *name, const char *reason)
{
    return create(bad_path(name, reason));
}

FILE *good(const char *name, const char *counts)
{
    return create(good_path(name, counts));
}

char *repeat(const char *head, const char *part, size_t n, const char *tail)
{
    size_t a = strlen(head), b = strlen(part), c = strlen(tail);
    char *s = malloc(a + b * n + c + 1), *p = s;
    memcpy(p, head, a);
    for (p += a; n--; p += b) memcpy(p, part, b);
    memcpy(p, tail, c + 1);
    return s;
}

void put_repeated(FILE *f, const char *part, size_t n)
{
    while (n--) fputs(part, f);
}

void put_noise(FILE *f, size_t n)
{
    unsigned seed = 1;
    while (n--) fputc((int)((seed = seed * 1103515245u + 12345u) >> 20) & 255, f);
}

struct archive *open_zip(const char *path)
{
    struct archive *a = archive_write_new();
    archive_write_set_format_zip(a);
    if (archive_write_open_filename(a, path)) exit(1);
    return a;
}

void put_part(struct archive *a, const char *name, const void *bytes, size_t len)
{
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_set_size(e, (la_int64_t)len);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_write_header(a, e);
    archive_write_data(a, bytes, len);
    archive_entry_free(e);
}

void put_text(struct archive *a, const char *name, const char *text)
{
    put_part(a, name, text, strlen(text));
}

void put_docx(const char *path, const char *xml)
{
    struct archive *a = open_zip(path);
    put_text(a, "word/document.xml", xml);
    archive_write_free(a);
}

struct archive *open_odt(const char *path)
{
    struct archive *a = open_zip(path);
    archive_write_zip_set_compression_store(a);
    put_text(a, "mimetype", "application/vnd.oasis.opendocument.text");
    archive_write_zip_set_compression_deflate(a);
    return a;
}

void put_odt(const char *path, const char *xml)
{
    struct archive *a = open_odt(path);
    put_text(a, "content.xml", xml);
    archive_write_free(a);
}

struct bits {
    struct bytes b;
    unsigned n;
};

static void put_bit(struct bits *s, unsigned bit)
{
    if (!(s->n & 7)) s->b.at[s->b.len++] = 0;
    s->b.at[s->b.len - 1] |= (unsigned char)(bit << (s->n++ & 7));
}

static void put_code(struct bits *s, unsigned code, int length) /* highest bit first */
{
    while (length--) put_bit(s, code >> length & 1);
}

/* One literal zero, then matches of 258 bytes at distance 1: 13 bits for each. */
struct bytes deflate_zeros(size_t n)
{
    struct bits s = {{malloc(512 + n / 150), 0}, 0};
    static const unsigned char head[] = {0x78, 0x9c};
    memcpy(s.b.at, head, 2);
    s.b.len = 2;
    put_bit(&s, 1); /* the last block, of fixed codes */
    put_bit(&s, 1);
    put_bit(&s, 0);
    put_code(&s, 0x30, 8);
    size_t done = 1;
    for (; done + 258 <= n; done += 258) {
        put_code(&s, 0xc5, 8);
        put_code(&s, 0, 5);
    }
    for (; done < n; done++) put_code(&s, 0x30, 8);
    put_code(&s, 0, 7);
    uint32_t sum = (uint32_t)(n % 65521) << 16 | 1;
    for (int i = 24; i >= 0; i -= 8) s.b.at[s.b.len++] = (unsigned char)(sum >> i);
    return s.b;
}

struct bytes sample(const char *name)
{
    char path[4200];
    struct bytes b = {malloc(1 << 22), 0};
    snprintf(path, sizeof path, "%s/%s", samples, name);
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        exit(1);
    }
    b.len = fread(b.at, 1, 1 << 22, f);
    fclose(f);
    return b;
}

int main(int argc, char **argv)
{
    if (argc != 4) return 2;
    folder = argv[1];
    samples = argv[2];
    all = !strcmp(argv[3], "long");
    make_cut();
    make_packages();
    make_pages();
    make_pdfs();
    make_images();
    make_texts();
    make_names();
    return 0;
}
