/* Writes files that no reader should trust into a folder; hostile.sh says what each must end in.
 *
 *     make_hostile FOLDER */
#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *folder;

static FILE *create(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f) exit(1);
    return f;
}

static struct archive *open_zip(const char *name)
{
    char path[4096];
    struct archive *a = archive_write_new();
    snprintf(path, sizeof path, "%s/%s", folder, name);
    archive_write_set_format_zip(a);
    if (archive_write_open_filename(a, path)) exit(1);
    return a;
}

static void begin(struct archive *a, const char *name, size_t size)
{
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_set_size(e, (la_int64_t)size);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_write_header(a, e);
    archive_entry_free(e);
}

static void put(struct archive *a, const char *name, const char *text)
{
    begin(a, name, strlen(text));
    archive_write_data(a, text, strlen(text));
}

static void docx(const char *file, const char *xml)
{
    struct archive *a = open_zip(file);
    put(a, "word/document.xml", xml);
    archive_write_free(a);
}

static char *repeat(const char *head, const char *part, size_t n, const char *tail)
{
    size_t a = strlen(head), b = strlen(part), c = strlen(tail);
    char *s = malloc(a + b * n + c + 1), *p = s;
    memcpy(p, head, a);
    for (p += a; n--; p += b) memcpy(p, part, b);
    memcpy(p, tail, c + 1);
    return s;
}

static void repeated(const char *file, const char *head, const char *part, size_t n, const char *tail)
{
    FILE *f = create(file);
    fputs(head, f);
    while (n--) fputs(part, f);
    fputs(tail, f);
    fclose(f);
}

static void zip_bombs(void)
{
    size_t size = (size_t)1 << 30;
    char *zeros = calloc(1, 1 << 20);
    struct archive *a = open_zip("zipbombe.docx");
    begin(a, "word/document.xml", size);
    for (size_t i = 0; i < size; i += 1 << 20) archive_write_data(a, zeros, 1 << 20);
    archive_write_free(a);
    free(zeros);
    a = open_zip("mange-deler.docx");
    put(a, "word/document.xml", "<x>tekst</x>");
    for (int i = 0; i < 5000; i++) {
        char name[64];
        snprintf(name, sizeof name, "word/../../../tmp/%d.xml", i);
        put(a, name, "x");
    }
    archive_write_free(a);
    a = open_zip("uten-tekst.docx");
    put(a, "word/annet.xml", "<x/>");
    archive_write_free(a);
}

#define W "<w:document xmlns:w=\"w\"><w:body>"

static void xml_bombs(void)
{
    docx("entitetsbombe.docx",
         "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
         "\"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]><x>&d;&d;&d;&d;</x>");
    docx("ekstern-entitet.docx",
         "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" W
         "<w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>");
    char *s = repeat(W, "<w:tbl><w:tr><w:tc>", 100000, "");
    docx("dypt.docx", s);
    free(s);
    s = repeat(W, "<w:p/>", 300000, "<w:p><w:r><w:t>avkortet her");
    docx("avkortet-xml.docx", s);
    free(s);
    s = repeat(W, "<w:p><w:r><w:t>Linje</w:t></w:r></w:p>", 250000, "</w:body></w:document>");
    docx("mange-linjer.docx", s);
    free(s);
    s = repeat("<w:styles xmlns:w=\"w\">",
               "<w:style w:styleId=\"A\"><w:basedOn w:val=\"A\"/></w:style>", 20000, "</w:styles>");
    struct archive *a = open_zip("stiler-i-ring.docx");
    put(a, "word/styles.xml", s);
    put(a, "word/document.xml", W "</w:body></w:document>");
    archive_write_free(a);
    free(s);
}

static void pages(void)
{
    repeated("like-attributter.html", "<html><body><p ", "a=b ", 500000, ">Sak</p>");
    repeated("mange-attributter.html", "<html><body><p ", "", 0, "");
    FILE *f = create("mange-attributter.html");
    fputs("<html><body><p ", f);
    for (int i = 0; i < 300000; i++) fprintf(f, "a%d=b ", i);
    fputs("></p></body></html>", f);
    fclose(f);
    repeated("dyp.html", "<html><body>", "<div><b>", 500000, "");
    repeated("stor.html", "<html><body>", "<p></p>", 6000000, "");
}

/* A PDF of the given objects; the reader must find them without a table. */
static void pdf(const char *name, const char *objects, const char *stream, size_t len)
{
    FILE *f = create(name);
    fprintf(f, "%%PDF-1.4\n%s\n", objects);
    if (stream) {
        fputs("4 0 obj\n<</Length ", f);
        fprintf(f, "%zu/Filter[/RunLengthDecode/RunLengthDecode/RunLengthDecode/RunLengthDecode]>>stream\n",
                len);
        fwrite(stream, 1, len, f);
        fputs("\nendstream\nendobj\n", f);
    }
    fputs("trailer<</Root 1 0 R>>\n%%EOF\n", f);
    fclose(f);
}

static void pdfs(void)
{
    char bomb[2000];
    memset(bomb, 0x81, sizeof bomb);
    pdf("pdfbombe.pdf",
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count "
        "1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj",
        bomb, sizeof bomb);
    pdf("ring.pdf",
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count "
        "100000>>endobj",
        NULL, 0);
    pdf("kjempeside.pdf",
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count "
        "1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9999999 9999999]>>endobj",
        NULL, 0);
    char *kids = repeat("1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[", "3 0 R ",
                        200000,
                        "]/Count 200000>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
                        "endobj");
    pdf("mange-sider.pdf", kids, NULL, 0);
    free(kids);
}

static void others(void)
{
    FILE *f = create("nuller.txt");
    for (int i = 0; i < 100000; i++) fwrite("Sak\0 1/24\0", 1, 10, f);
    fclose(f);
    f = create("tilfeldig.pdf");
    unsigned seed = 1;
    fputs("%PDF-1.7\n", f);
    for (int i = 0; i < 1000000; i++) fputc((int)((seed = seed * 1103515245u + 12345u) >> 20) & 255, f);
    fclose(f);
    repeated("for-stor.txt", "Sak 1/24 ", "Vedtak: ja. Utvalget er enig. ", 1800000, "\n");
    repeated("en-linje.txt", "Sak 1/24 ", "Vedtak: ja. Utvalget er enig. ", 1650000, "\n");
    repeated("tabulatorer.txt", "Sak 1/24 ", "a\t", 24000000, "\n");
    fclose(create("tom.docx"));
    repeated("avkortet.png", "\x89PNG\r\n\x1a\n", "x", 1000, "");
    repeated("avkortet.jpg", "\xff\xd8\xff\xe0", "x", 1000, "");
    repeated("avkortet.rtf", "{\\rtf1", "{\\b", 200000, "");
    repeated("avkortet.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "W\x01", 1000, "");
    static const char ole[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    f = create("passord.docx");
    fwrite(ole, 1, sizeof ole, f);
    fclose(f);
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    folder = argv[1];
    zip_bombs();
    xml_bombs();
    pages();
    pdfs();
    others();
    return 0;
}
