/* Writes a text file's minutes as .docx, .odt and .html: the same lines, rows and bold words in each.
 *
 *     make_formats IN.txt OUT.docx|OUT.odt|OUT.html
 *
 * The files in this folder and those of make_all.sh are made with it (see README.md). */
#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../indexer/text.h"

enum format { DOCX, ODT, HTML };

static void add_escaped(struct hf_buf *b, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '&')
            hf_buf_adds(b, "&amp;");
        else if (text[i] == '<')
            hf_buf_adds(b, "&lt;");
        else if (text[i] == '>')
            hf_buf_adds(b, "&gt;");
        else
            hf_buf_addc(b, text[i]);
    }
}

static void add_run(struct hf_buf *b, enum format f, const char *text, size_t len, bool bold)
{
    static const char *const open[3][2] = {
        {"<w:r><w:t xml:space=\"preserve\">",
         "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">"},
        {"<text:span>", "<text:span text:style-name=\"Bold\">"},
        {"", "<b>"}};
    static const char *const close[3][2] = {
        {"</w:t></w:r>", "</w:t></w:r>"}, {"</text:span>", "</text:span>"}, {"", "</b>"}};
    if (!len) return;
    hf_buf_adds(b, open[f][bold]);
    add_escaped(b, text, len);
    hf_buf_adds(b, close[f][bold]);
}

static bool is_bold_at(const struct text_cell *c, size_t at)
{
    for (size_t i = 0; i < c->n_spans; i++)
        if (c->spans[i].is_bold && at >= c->spans[i].start && at < c->spans[i].end) return true;
    return false;
}

static void add_runs(struct hf_buf *b, enum format f, const struct text_cell *c, size_t from, size_t to)
{
    for (size_t i = from; i < to;) {
        size_t k = i;
        bool bold = is_bold_at(c, i);
        while (k < to && is_bold_at(c, k) == bold) k++;
        add_run(b, f, c->text + i, k - i, bold);
        i = k;
    }
}

static void add_paragraphs(struct hf_buf *b, enum format f, const struct text_cell *c, int level)
{
    for (size_t from = 0; from <= c->len;) {
        const char *nl = memchr(c->text + from, '\n', c->len - from);
        size_t to = nl ? (size_t)(nl - c->text) : c->len;
        if (f == DOCX && level)
            hf_buf_addf(b, "<w:p><w:pPr><w:pStyle w:val=\"Overskrift%d\"/></w:pPr>", level);
        else if (f == ODT && level)
            hf_buf_addf(b, "<text:h text:outline-level=\"%d\">", level);
        else if (level)
            hf_buf_addf(b, "<h%d>", level);
        else
            hf_buf_adds(b, f == DOCX ? "<w:p>" : f == ODT ? "<text:p>" : "<p>");
        add_runs(b, f, c, from, to);
        if (f == HTML && level)
            hf_buf_addf(b, "</h%d>\n", level);
        else
            hf_buf_adds(b, f == DOCX ? "</w:p>" : f == HTML ? "</p>\n" : level ? "</text:h>" : "</text:p>");
        from = to + 1;
    }
}

static void add_row(struct hf_buf *b, enum format f, const struct text_line *l)
{
    static const char *const row[3][2] = {{"<w:tr>", "</w:tr>"},
                                          {"<table:table-row>", "</table:table-row>"},
                                          {"<tr>", "</tr>\n"}};
    static const char *const cell[3][2] = {{"<w:tc>", "</w:tc>"},
                                           {"<table:table-cell>", "</table:table-cell>"},
                                           {"<td>", "</td>"}};
    hf_buf_adds(b, row[f][0]);
    for (size_t i = 0; i < l->n_cells; i++) {
        hf_buf_adds(b, cell[f][0]);
        add_paragraphs(b, f, &l->cells[i], 0);
        hf_buf_adds(b, cell[f][1]);
    }
    hf_buf_adds(b, row[f][1]);
}

static void add_gap(struct hf_buf *b, enum format f)
{
    hf_buf_adds(b, f == DOCX ? "<w:p/>" : f == ODT ? "<text:p/>" : "<p>&nbsp;</p>\n");
}

static void add_body(struct hf_buf *b, enum format f, const struct text_doc *doc)
{
    static const char *const table[3][2] = {{"<w:tbl>", "</w:tbl>"},
                                            {"<table:table>", "</table:table>"},
                                            {"<table>", "</table>\n"}};
    bool in_table = false;
    for (size_t i = 0; i < doc->n_lines; i++) {
        const struct text_line *l = &doc->lines[i];
        bool row = l->n_cells > 1;
        if (in_table && !row) {
            hf_buf_adds(b, table[f][1]);
            in_table = false;
        }
        if (l->blank_before && i && !in_table) add_gap(b, f);
        if (row && !in_table) hf_buf_adds(b, table[f][0]);
        in_table = row;
        if (row)
            add_row(b, f, l);
        else
            add_paragraphs(b, f, &l->cells[0], l->kind == TEXT_HEADING ? l->level : 0);
    }
    if (in_table) hf_buf_adds(b, table[f][1]);
}

static void put(struct archive *a, const char *name, const char *text, size_t len)
{
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_set_size(e, (la_int64_t)len);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_write_header(a, e);
    archive_write_data(a, text, len);
    archive_entry_free(e);
}

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

static void write_docx(struct archive *a, const struct hf_buf *body)
{
    static const char types[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types "
        "xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
        "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        "<Override PartName=\"/word/document.xml\" ContentType=\"application/"
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    static const char rels[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships "
        "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
        "Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        "officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    static const char styles[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:styles " W "><w:style w:type=\"paragraph\" "
        "w:styleId=\"Overskrift1\"><w:name w:val=\"heading 1\"/></w:style><w:style "
        "w:type=\"paragraph\" w:styleId=\"Overskrift2\"><w:name w:val=\"heading 2\"/></w:style>"
        "<w:style w:type=\"paragraph\" w:styleId=\"Overskrift3\"><w:name w:val=\"heading "
        "3\"/></w:style></w:styles>";
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_adds(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document " W "><w:body>");
    hf_buf_add(&b, body->data, body->len);
    hf_buf_adds(&b, "<w:sectPr/></w:body></w:document>");
    put(a, "[Content_Types].xml", types, sizeof types - 1);
    put(a, "_rels/.rels", rels, sizeof rels - 1);
    put(a, "word/styles.xml", styles, sizeof styles - 1);
    put(a, "word/document.xml", b.data, b.len);
    hf_buf_release(&b);
}

static void write_odt(struct archive *a, const struct hf_buf *body)
{
    static const char type[] = "application/vnd.oasis.opendocument.text";
    static const char head[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content "
        "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
        "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
        "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
        "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
        "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "
        "office:version=\"1.2\"><office:automatic-styles><style:style style:name=\"Bold\" "
        "style:family=\"text\"><style:text-properties fo:font-weight=\"bold\"/></style:style>"
        "</office:automatic-styles><office:body><office:text>";
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_adds(&b, head);
    hf_buf_add(&b, body->data, body->len);
    hf_buf_adds(&b, "</office:text></office:body></office:document-content>");
    put(a, "mimetype", type, sizeof type - 1);
    put(a, "content.xml", b.data, b.len);
    hf_buf_release(&b);
}

static int write_zip(const char *path, enum format f, const struct hf_buf *body)
{
    struct archive *a = archive_write_new();
    archive_write_set_format_zip(a);
    if (f == ODT) archive_write_zip_set_compression_store(a);
    if (archive_write_open_filename(a, path)) return 1;
    if (f == DOCX)
        write_docx(a, body);
    else
        write_odt(a, body);
    archive_write_free(a);
    return 0;
}

/* A page as a hospital's web site has it, with all that must not become part of the minutes. */
static int write_html(const char *path, const struct hf_buf *body)
{
    FILE *out = fopen(path, "w");
    if (!out) return 1;
    fputs("<!DOCTYPE html>\n<html lang=\"no\"><head><meta charset=\"utf-8\"><title>Referat</title>\n"
          "<style>p{margin:0}</style><script>var sak = \"Sak 99/99: script\";</script></head>\n<body>\n"
          "<div class=\"cookie-banner\"><p>Vi bruker informasjonskapsler. Vedtak: Godta alle.</p>"
          "<button>Godta</button></div>\n<header><a href=\"/\">Sykehuset</a><nav><ul><li>"
          "<a href=\"/a\">Behandlinger</a></li><li><a href=\"/b\">Sak 98/99 Avdelinger</a></li></ul>"
          "</nav></header>\n<div class=\"breadcrumb\">Hjem / Samhandling / Referater</div>\n"
          "<main><article>\n",
          out);
    fwrite(body->data, 1, body->len, out);
    fputs("</article>\n<aside><p>Sak 97/99 Relatert</p></aside>\n<h2>Relaterte saker</h2>\n<ul><li>"
          "<a href=\"/c\">Sak 96/99 Samarbeidsavtale</a></li><li><a href=\"/d\">Sak 95/99 Ny "
          "legevakt</a></li></ul></main>\n<footer><p>Kontakt oss. Sist oppdatert 01.02.2031</p>"
          "</footer>\n</body></html>\n",
          out);
    return fclose(out);
}

int main(int argc, char **argv)
{
    struct hf_buf in = HF_BUF_INIT, body = HF_BUF_INIT;
    struct hf_error err;
    struct text_doc doc;
    int failed = 1;
    if (argc != 3) return 2;
    const char *end = strrchr(argv[2], '.');
    enum format f = end && !strcmp(end, ".docx") ? DOCX : end && !strcmp(end, ".odt") ? ODT : HTML;
    text_doc_init(&doc);
    if (hf_buf_read_file(&in, argv[1], 1 << 20, &err) != HF_OK ||
        extract_text(in.data, in.len, &doc, &err) != HF_OK) {
        fprintf(stderr, "%s\n", err.text);
    } else {
        add_body(&body, f, &doc);
        failed = f == HTML ? write_html(argv[2], &body) : write_zip(argv[2], f, &body);
    }
    text_doc_release(&doc);
    hf_buf_release(&body);
    hf_buf_release(&in);
    return failed;
}
