/* Good files cut off, locked, or under the name of another kind. */
#include "make_hostile.h"

static void write_part(FILE *f, struct bytes b, size_t from, size_t to)
{
    fwrite(b.at + from, 1, to - from, f);
    fclose(f);
}

#define ID "ahus-fsu-2023-10-19"

static void cut_off(void)
{
    static const char zip[] = "filen er avkortet eller ødelagt (zip)", pdf[] = "filen er avkortet eller ødelagt (PDF)";
    struct bytes b = sample(ID ".docx");
    write_part(bad("kutt-300.docx", zip), b, 0, 300);
    write_part(bad("kutt-1500.docx", zip), b, 0, 1500);
    write_part(bad("kutt-halv.docx", zip), b, 0, b.len / 2);
    write_part(good("kutt-slutt.docx", "6/5/8"), b, 0, b.len - 22); /* all parts are there, only the list is not */
    write_part(bad("uten-hode.docx", "filen er ikke tekst"), b, 40, b.len);
    free(b.at);
    b = sample(ID ".odt");
    write_part(bad("kutt-300.odt", zip), b, 0, 300);
    write_part(bad("kutt-1500.odt", zip), b, 0, 1500);
    write_part(bad("kutt-halv.odt", zip), b, 0, b.len / 2);
    free(b.at);
    b = sample(ID ".pdf");
    write_part(bad("kutt-300.pdf", pdf), b, 0, 300);
    write_part(bad("kutt-halv.pdf", pdf), b, 0, b.len / 2);
    write_part(bad("kutt-slutt.pdf", pdf), b, 0, b.len - 100);
    free(b.at);
    b = sample(ID ".html");
    write_part(good("kutt-halv.html", ""), b, 0, b.len / 2); /* a page that ends early is a page */
    write_part(bad("kutt-60.html", "filen inneholder ingen tekst"), b, 0, 60);
    free(b.at);
    b = sample("fonna-fsu-2025-10-16.doc");
    write_part(bad("kutt-2000.doc", "filen er"), b, 0, 2000);
    write_part(bad("kutt-halv.doc", "filen er"), b, 0, b.len / 2);
    free(b.at);
    b = sample("fonna-fsu-2025-10-16.rtf");
    write_part(good("kutt-halv.rtf", ""), b, 0, b.len / 2);
    free(b.at);
    fclose(bad("tom.docx", "filen er tom"));
    fclose(bad("tom.pdf", "filen er tom"));
    fclose(bad("tom.txt", "filen er tom"));
}

static void locked(void)
{
    static const char password[] = "dokumentet er beskyttet med passord";
    static const char ole[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    struct bytes b = sample("hostile/encrypted.pdf");
    write_part(bad("kryptert.pdf", "kryptert PDF: den krever passord"), b, 0, b.len);
    free(b.at);
    FILE *f = bad("passord.docx", password);
    fwrite(ole, 1, sizeof ole, f);
    fclose(f);
    struct archive *a = archive_write_new();
    archive_write_set_format_zip(a);
    archive_write_set_options(a, "zip:encryption=traditional");
    archive_write_set_passphrase(a, "hemmelig");
    if (archive_write_open_filename(a, bad_path("passord-zip.docx", password))) exit(1);
    put_text(a, "word/document.xml", DOCX_HEAD DOCX_TAIL);
    archive_write_free(a);
    a = open_odt(bad_path("passord.odt", password));
    put_text(a, "META-INF/manifest.xml",
             "<manifest:manifest xmlns:manifest=\"m\"><manifest:file-entry manifest:full-path=\"content.xml\">"
             "<manifest:encryption-data manifest:checksum=\"x\"/></manifest:file-entry></manifest:manifest>");
    put_part(a, "content.xml", "\x12\x93\x81\xf0 not XML", 13);
    archive_write_free(a);
    b = sample("fonna-fsu-2025-10-16.doc");
    for (size_t i = 0; i + 12 < b.len; i += 512) /* the first bytes of the text's own part; then the flag */
        if (b.at[i] == 0xec && b.at[i + 1] == 0xa5) b.at[i + 11] |= 1;
    write_part(bad("passord.doc", password), b, 0, b.len);
    free(b.at);
}

static void misnamed(void)
{
    static const char *const rows[][3] = {
        {ID ".pdf", "egentlig-pdf.txt", "6/5/8"},     {ID ".docx", "egentlig-word.pdf", "6/5/8"},
        {ID ".odt", "egentlig-odt.html", "6/5/8"},    {ID ".html", "egentlig-nettside.doc", "6/5/8"},
        {"fonna-fsu-2025-10-16.rtf", "egentlig-rtf.doc", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bytes b = sample(rows[i][0]);
        write_part(good(rows[i][1], rows[i][2]), b, 0, b.len);
        free(b.at);
    }
    struct archive *a = open_zip(bad_path("egentlig-zip.html", "filen er et arkiv eller et regneark"));
    put_text(a, "bilag/1.txt", "Sak 1/24");
    archive_write_free(a);
    a = open_zip(bad_path("regneark.docx", "filen er et arkiv eller et regneark"));
    put_text(a, "xl/workbook.xml", "<workbook/>");
    archive_write_free(a);
}

static void other_kinds(void)
{
    static const struct {
        const char *name, *bytes, *reason;
        size_t len;
    } rows[] = {
        {"program.txt", "\x7f" "ELF\2\1\1\0\0\0", "filen er et program", 10},
        {"program.doc", "MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff", "filen er ikke tekst", 14},
        {"pakket.docx", "\x1f\x8b\x08\0\0\0\0\0", "filen er en pakket fil (gzip)", 8},
        {"pakket-7z.docx", "7z\xbc\xaf\x27\x1c\0\4", "filen er en pakket fil (7z)", 8},
        {"pakket-rar.docx", "Rar!\x1a\7\1\0", "filen er en pakket fil (RAR)", 8},
        {"film.docx", "\0\0\0\x18" "ftypmp42", "filen er en lyd- eller videofil", 12},
        {"base.docx", "SQLite format 3\0", "filen er en database", 16},
        {"data.txt", "{\"saker\": [1, 2]}", "filen er data (JSON)", 17},
        {"bilde.gif", "GIF89a\1\0\1\0\0\0\0", "filen er et bilde (GIF)", 13},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        FILE *f = bad(rows[i].name, rows[i].reason);
        fwrite(rows[i].bytes, 1, rows[i].len, f);
        fclose(f);
    }
    static const char mail[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" "__substg1.0_1000001F";
    FILE *f = bad("epost.doc", "filen er ikke et Word-dokument");
    fwrite(mail, 1, sizeof mail, f);
    fclose(f);
}

void make_cut(void)
{
    cut_off();
    locked();
    misnamed();
    other_kinds();
}
