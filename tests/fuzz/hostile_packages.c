/* Packages (zip), and the XML of Word and OpenDocument. */
#include "make_hostile.h"

static const char dtd[] = "dokumentet har en egen XML-typedefinisjon (DTD)",
                  too_large[] = "for stor når den pakkes ut", too_many[] = "dokumentet har for mange linjer";

/* ---- zip itself ---- */

static void zip_bombs(void)
{
    char *zeros = calloc(1, 70 << 20);
    struct archive *a = open_zip(bad_path("bombe.docx", too_large));
    put_part(a, "word/document.xml", zeros, 70 << 20);
    archive_write_free(a);
    a = open_odt(bad_path("bombe.odt", too_large));
    put_part(a, "content.xml", zeros, 70 << 20);
    archive_write_free(a);
    a = open_zip(bad_path("bombe-i-deler.docx", too_large)); /* each part small enough */
    for (int i = 1; i < 60; i++) {
        char name[40];
        snprintf(name, sizeof name, "word/header%d.xml", i);
        put_part(a, name, zeros, 2 << 20);
    }
    put_text(a, "word/document.xml", DOCX_HEAD DOCX_TAIL);
    archive_write_free(a);
    memset(zeros, ' ', 60 << 20);
    memcpy(zeros, DOCX_HEAD, strlen(DOCX_HEAD));
    a = open_zip(bad_path("nesten-bombe.docx", "filen er ødelagt (ugyldig XML)")); /* 60 MB of blanks: below the bound */
    put_part(a, "word/document.xml", zeros, 60 << 20);
    archive_write_free(a);
    free(zeros);
    if (!is_long()) return;
    a = open_zip(bad_path("bombe-1GB.docx", too_large));
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, "word/document.xml");
    archive_entry_set_size(e, (la_int64_t)1 << 30);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_write_header(a, e);
    char *part = calloc(1, 1 << 20);
    for (int i = 0; i < 1024; i++) archive_write_data(a, part, 1 << 20);
    free(part);
    archive_entry_free(e);
    archive_write_free(a);
}

static void odd_zips(void)
{
    struct archive *a = open_zip(bad_path("mange-deler.docx", "arkivet har mer enn 1000 deler"));
    put_text(a, "word/document.xml", DOCX_HEAD DOCX_TAIL);
    for (int i = 0; i < 5000; i++) {
        char name[64];
        snprintf(name, sizeof name, "word/%d.xml", i);
        put_text(a, name, "x");
    }
    archive_write_free(a);
    a = open_zip(bad_path("ut-av-mappen.docx", "Word-filen mangler selve teksten"));
    put_text(a, "../../../word/document.xml", "x");
    put_text(a, "/word/document.xml", "x");
    put_text(a, "word/../word/document.xml", "x");
    archive_write_free(a);
    a = open_zip(good_path("to-tekster.docx", "1/0/0")); /* the first one of a name stands */
    put_text(a, "word/document.xml", DOCX_HEAD "<w:p><w:r><w:t>Sak 1/24 Først</w:t></w:r></w:p>" DOCX_TAIL);
    put_text(a, "word/document.xml", DOCX_HEAD "<w:p><w:r><w:t>Sak 2/24 Sist</w:t></w:r></w:p>" DOCX_TAIL);
    archive_write_free(a);
    a = open_zip(bad_path("uten-tekst.docx", "Word-filen mangler selve teksten"));
    put_text(a, "word/annet.xml", "<x/>");
    archive_write_free(a);
    a = open_odt(bad_path("uten-tekst.odt", "ODT-filen mangler selve teksten"));
    archive_write_free(a);
    a = open_zip(bad_path("dokument-i-dokument.zip", "filen er et arkiv eller et regneark"));
    for (int i = 0; i < 16; i++) {
        struct bytes b = sample("ahus-fsu-2023-10-19.docx");
        char name[32];
        snprintf(name, sizeof name, "lag/%d.docx", i);
        put_part(a, name, b.at, b.len);
        free(b.at);
    }
    archive_write_free(a);
}

static void put_le(FILE *f, uint32_t v, int n)
{
    while (n--) {
        fputc((int)(v & 255), f);
        v >>= 8;
    }
}

/* Many entries of the list lead to the same compressed bytes. Read in its order the file holds them once. */
static void overlapping(void)
{
    struct bytes b = deflate_zeros(16 << 20);
    FILE *f = bad("overlapp.docx", "filen er avkortet eller ødelagt (zip)");
    const uint32_t raw = (uint32_t)b.len - 6, size = 16 << 20;
    fputs("PK\3\4", f);
    put_le(f, 20, 2), put_le(f, 0, 2), put_le(f, 8, 2), put_le(f, 0, 4), put_le(f, 0, 4);
    put_le(f, raw, 4), put_le(f, size, 4), put_le(f, 17, 2), put_le(f, 0, 2);
    fputs("word/document.xml", f);
    fwrite(b.at + 2, 1, raw, f);
    free(b.at);
    long list = ftell(f);
    for (int i = 0; i < 60; i++) {
        char name[32];
        int n = snprintf(name, sizeof name, i ? "word/header%d.xml" : "word/document.xml", i);
        fputs("PK\1\2", f);
        put_le(f, 20, 2), put_le(f, 20, 2), put_le(f, 0, 2), put_le(f, 8, 2), put_le(f, 0, 4), put_le(f, 0, 4);
        put_le(f, raw, 4), put_le(f, size, 4), put_le(f, (uint32_t)n, 2), put_le(f, 0, 4), put_le(f, 0, 4);
        put_le(f, 0, 4), put_le(f, 0, 4);
        fputs(name, f);
    }
    long end = ftell(f);
    fputs("PK\5\6", f);
    put_le(f, 0, 4), put_le(f, 60, 2), put_le(f, 60, 2), put_le(f, (uint32_t)(end - list), 4);
    put_le(f, (uint32_t)list, 4), put_le(f, 0, 2);
    fclose(f);
}

/* ---- XML ---- */

static void docx(const char *path, const char *head, const char *part, size_t n, const char *tail)
{
    char *s = repeat(head, part, n, tail);
    put_docx(path, s);
    free(s);
}

static void odt(const char *path, const char *head, const char *part, size_t n, const char *tail)
{
    char *s = repeat(head, part, n, tail);
    put_odt(path, s);
    free(s);
}

#define LAUGHS                                                                                                         \
    "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "                       \
    "\"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;\">]>"

static void entities(void)
{
    put_docx(bad_path("latter.docx", "filen er ødelagt (ugyldig XML)"), LAUGHS "<x>&e;&e;&e;&e;</x>");
    put_odt(bad_path("latter.odt", "filen er ødelagt (ugyldig XML)"), LAUGHS "<x>&e;&e;&e;&e;</x>");
    static const char outside[] = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
    docx(bad_path("utenfra.docx", dtd), outside, DOCX_HEAD "<w:p><w:r><w:t>&a;", 1, "</w:t></w:r></w:p>" DOCX_TAIL);
    odt(bad_path("utenfra.odt", dtd), outside, ODT_HEAD "<text:p>&a;", 1, "</text:p>" ODT_TAIL);
    char *big = repeat("<!DOCTYPE x [<!ENTITY a \"", "aaaaaaaaaa", 10000, "\">]><x>"), *all = repeat(big, "&a;", 100000, "</x>");
    put_docx(bad_path("kvadratisk.docx", dtd), all);
    put_odt(bad_path("kvadratisk.odt", dtd), all);
    free(big);
    free(all);
    put_docx(bad_path("fjern-dtd.docx", dtd), "<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\">" DOCX_HEAD DOCX_TAIL);
    put_docx(bad_path("ukjent-entitet.docx", "filen er ødelagt (ugyldig XML)"),
             DOCX_HEAD "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>" DOCX_TAIL);
}

#define P(t) "<w:p><w:r><w:t>" t "</w:t></w:r></w:p>"

static void word(void)
{
    docx(bad_path("dype-tabeller.docx", "filen er"), DOCX_HEAD, "<w:tbl><w:tr><w:tc>", 100000, "");
    docx(bad_path("dyp-xml.docx", "filen er"), DOCX_HEAD, "<w:sdt>", 300000, P("Sak 1/24"));
    docx(bad_path("avkortet-xml.docx", "filen er avkortet"), DOCX_HEAD, "<w:p/>", 300000, "<w:p><w:r><w:t>her");
    docx(bad_path("mange-linjer.docx", too_many), DOCX_HEAD, P("Linje"), 250000, DOCX_TAIL);
    if (is_long())
        docx(good_path("million-celler.docx", "1/0/0"), DOCX_HEAD P("Sak 1/24 Tabell") "<w:tbl><w:tr>",
             "<w:tc>" P("a") "</w:tc>", 1000000, "</w:tr></w:tbl>" DOCX_TAIL);
    docx(good_path("brede-celler.docx", "1/0/0"), DOCX_HEAD P("Sak 1/24 Tabell") "<w:tbl>",
         "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2147483647\"/></w:tcPr>" P("a") "</w:tc><w:tc>" P("b")
         "</w:tc></w:tr>", 1000, "</w:tbl>" DOCX_TAIL);
    docx(good_path("tom-million.docx", "1/0/0"), DOCX_HEAD P("Sak 1/24 Tomt"), "<w:p/>", 1000000, DOCX_TAIL);
    docx(bad_path("ugyldig-utf8.docx", "filen er ødelagt (ugyldig XML)"), DOCX_HEAD "<w:p><w:r><w:t>", "\xff\xfe", 10,
         "</w:t></w:r></w:p>" DOCX_TAIL);
    docx(bad_path("nuller.docx", "filen er ødelagt (ugyldig XML)"), DOCX_HEAD "<w:p><w:r><w:t>", "&#0;", 10,
         "</w:t></w:r></w:p>" DOCX_TAIL);
    docx(good_path("stor-egenskap.docx", "1/0/0"), DOCX_HEAD P("Sak 1/24 Navn") "<w:p w:rsidR=\"", "aaaaaaaaaa", 900000,
         "\"/>" DOCX_TAIL);
    docx(bad_path("for-mye-tekst.docx", "dokumentet har mer enn 4 MB tekst"), DOCX_HEAD "<w:p>", "<w:r><w:t>tekst </w:t></w:r>",
         900000, "</w:p>" DOCX_TAIL);
    docx(bad_path("bare-mellomrom.docx", "filen inneholder ingen tekst"), DOCX_HEAD "<w:p>",
         "<w:r><w:t xml:space=\"preserve\"> </w:t><w:tab/><w:br/></w:r>", 100000, "</w:p>" DOCX_TAIL);
    char *s = repeat("<w:styles xmlns:w=\"w\">", "<w:style w:styleId=\"A\"><w:basedOn w:val=\"A\"/></w:style>", 20000,
                     "</w:styles>");
    struct archive *a = open_zip(good_path("stiler-i-ring.docx", "1/0/0"));
    put_text(a, "word/styles.xml", s);
    put_text(a, "word/numbering.xml",
             "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"8\"><w:start "
             "w:val=\"2147483647\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%9%9%9%9%9%9%9%9%9\"/></w:lvl>"
             "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>");
    put_text(a, "word/document.xml",
             DOCX_HEAD P("Sak 1/24 Stil") "<w:p><w:pPr><w:pStyle w:val=\"A\"/><w:numPr><w:ilvl w:val=\"8\"/><w:numId "
             "w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>Punkt</w:t></w:r></w:p>" DOCX_TAIL);
    archive_write_free(a);
    free(s);
}

static void open_document(void)
{
    odt(bad_path("dype-tabeller.odt", "filen er"), ODT_HEAD, "<table:table><table:table-row><table:table-cell>", 100000, "");
    odt(bad_path("dype-lister.odt", "filen er"), ODT_HEAD, "<text:list><text:list-item>", 100000, "<text:p>x");
    char *s = repeat(ODT_HEAD "<text:p>Sak 1/24 ", "<text:span>", 200, "Dypt");
    odt(good_path("dype-formater.odt", "1/0/0"), s, "</text:span>", 200, "</text:p>" ODT_TAIL);
    free(s);
    odt(good_path("gjentatte-celler.odt", "1/0/0"), ODT_HEAD "<text:p>Sak 1/24 Tabell</text:p><table:table>",
        "<table:table-row table:number-rows-repeated=\"99999\"><table:table-cell "
        "table:number-columns-repeated=\"99999\"><text:p>a</text:p></table:table-cell></table:table-row>",
        1000, "</table:table>" ODT_TAIL);
    odt(bad_path("mellomrom.odt", "filen inneholder ingen tekst"), ODT_HEAD "<text:p>", "<text:s text:c=\"99999\"/>", 10000,
        "</text:p>" ODT_TAIL);
    odt(good_path("million-celler.odt", "1/0/0"), ODT_HEAD "<text:p>Sak 1/24 Tabell</text:p><table:table><table:table-row>",
        "<table:table-cell><text:p>a</text:p></table:table-cell>", 1000000, "</table:table-row></table:table>" ODT_TAIL);
}

void make_packages(void)
{
    zip_bombs();
    odd_zips();
    overlapping();
    entities();
    word();
    open_document();
}
