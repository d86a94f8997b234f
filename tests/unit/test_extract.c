/* Web pages, Word and OpenDocument → lines. Each row is a body and the lines that must come of it: kind (P
 * paragraph, H heading, I item, R row), '>' for a blank line before, cells parted by '|', paragraphs in a
 * cell by '/', bold in '*'. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>

#include "../../indexer/extract.h"
#include "../../indexer/layout.h"
#include "../../indexer/pdf_words.h"
#include "../../indexer/unzip.h"
#include "../../indexer/wire.h"

struct row {
    const char *why, *body, *want;
};

static void dump_cell(const struct text_cell *c, struct hf_buf *out)
{
    for (size_t i = 0; i <= c->len; i++) {
        for (size_t k = 0; k < c->n_spans; k++)
            if (c->spans[k].is_bold && (c->spans[k].start == i || c->spans[k].end == i))
                hf_buf_addc(out, '*');
        if (i < c->len) hf_buf_addc(out, c->text[i] == '\n' ? '/' : c->text[i]);
    }
}

static void dump(const struct text_doc *d, struct hf_buf *out)
{
    hf_buf_clear(out);
    for (size_t i = 0; i < d->n_lines; i++) {
        const struct text_line *l = &d->lines[i];
        if (l->blank_before) hf_buf_addc(out, '>');
        hf_buf_addc(out, "PHIR"[l->kind]);
        if (l->kind == TEXT_HEADING) hf_buf_addf(out, "%d", l->level);
        hf_buf_addc(out, ' ');
        for (size_t k = 0; k < l->n_cells; k++) {
            if (k) hf_buf_addc(out, '|');
            if (l->cells[k].grid_column != (int)k) hf_buf_addf(out, "%d:", l->cells[k].grid_column);
            dump_cell(&l->cells[k], out);
        }
        hf_buf_addc(out, '\n');
    }
}

/* ---- packages ---- */

struct sink {
    struct hf_buf b;
};

static la_ssize_t take(struct archive *a, void *ctx, const void *bytes, size_t len)
{
    (void)a;
    hf_buf_add(&((struct sink *)ctx)->b, bytes, len);
    return (la_ssize_t)len;
}

static struct archive *open_zip(struct sink *s)
{
    struct archive *a = archive_write_new();
    hf_buf_init(&s->b);
    archive_write_set_format_zip(a);
    archive_write_set_bytes_in_last_block(a, 1);
    archive_write_open(a, s, NULL, take, NULL);
    return a;
}

static void put(struct archive *a, const char *name, const char *text, size_t len)
{
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_set_size(e, (la_int64_t)len);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_write_header(a, e);
    archive_write_data(a, text, len);
    archive_entry_free(e);
}

static const char styles[] =
    "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"H1\"><w:name w:val=\"heading 1\"/><w:rPr><w:b/></w:rPr>"
    "</w:style><w:style w:styleId=\"Under\"><w:basedOn w:val=\"H1\"/><w:pPr><w:outlineLvl "
    "w:val=\"1\"/></w:pPr></w:style></w:styles>";
static const char numbering[] =
    "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"4\"><w:lvl w:ilvl=\"0\"><w:start "
    "w:val=\"7\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"Sak %1/24\"/></w:lvl></w:abstractNum>"
    "<w:abstractNum w:abstractNumId=\"5\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText "
    "w:val=\"\xef\x82\xb7\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"4\"/>"
    "</w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"5\"/></w:num></w:numbering>";

static void make_docx(const char *body, struct sink *s)
{
    static const char notes[] = "<w:footnotes xmlns:w=\"w\"><w:footnote w:type=\"separator\"><w:p/>"
                                "</w:footnote><w:footnote><w:p><w:r><w:t>En fotnote.</w:t></w:r></w:p>"
                                "</w:footnote></w:footnotes>";
    static const char head[] = "<w:hdr xmlns:w=\"w\"><w:p><w:r><w:t>Topptekst</w:t></w:r></w:p></w:hdr>";
    struct archive *a = open_zip(s);
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>%s</w:body></w:document>", body);
    put(a, "word/document.xml", b.data, b.len);
    put(a, "word/styles.xml", styles, sizeof styles - 1);
    put(a, "word/numbering.xml", numbering, sizeof numbering - 1);
    put(a, "word/footnotes.xml", notes, sizeof notes - 1);
    put(a, "word/header1.xml", head, sizeof head - 1);
    archive_write_free(a);
    hf_buf_release(&b);
}

static void make_odt(const char *body, struct sink *s)
{
    static const char type[] = "application/vnd.oasis.opendocument.text";
    struct archive *a = open_zip(s);
    struct hf_buf b = HF_BUF_INIT;
    put(a, "mimetype", type, sizeof type - 1);
    hf_buf_addf(&b,
                "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\" "
                "xmlns:style=\"s\" xmlns:fo=\"f\"><office:automatic-styles><style:style "
                "style:name=\"T1\"><style:text-properties fo:font-weight=\"bold\"/></style:style>"
                "<text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\" "
                "style:num-format=\"1\" style:num-suffix=\".\"/></text:list-style></office:automatic-styles>"
                "<office:body><office:text>%s</office:text></office:body></office:document-content>",
                body);
    put(a, "content.xml", b.data, b.len);
    archive_write_free(a);
    hf_buf_release(&b);
}

#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(text) "<w:tc>" P(text) "</w:tc>"

static const struct row docx_rows[] = {
    {"paragraphs, an empty one is a gap", P("Referat") "<w:p/>" P("Sted: Bodø"), "P Referat\n>P Sted: Bodø\n"},
    {"bold runs; w:val=0 is off",
     "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Vedtak:</w:t></w:r><w:r><w:rPr><w:b w:val=\"0\"/></w:rPr><w:t "
     "xml:space=\"preserve\"> ja takk</w:t></w:r></w:p>",
     "P *Vedtak:* ja takk\n"},
    {"headings by style and by outline level; the style's bold",
     "<w:p><w:pPr><w:pStyle w:val=\"H1\"/></w:pPr><w:r><w:t>Første</w:t></w:r></w:p><w:p><w:pPr><w:pStyle "
     "w:val=\"Under\"/></w:pPr><w:r><w:t>Andre</w:t></w:r></w:p>",
     "H1 *Første*\nH2 *Andre*\n"},
    {"numbers that Word makes are printed",
     "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>Budsjett"
     "</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>Plan</w:t>"
     "</w:r></w:p>",
     "P Sak 7/24 Budsjett\nP Sak 8/24 Plan\n"},
    {"bullets of symbol fonts",
     "<w:p><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr><w:r><w:t>Kari Nes</w:t></w:r></w:p>",
     "I • Kari Nes\n"},
    {"tabs part cells, breaks lines",
     "<w:p><w:r><w:t>Sak 1/24</w:t><w:tab/><w:t>Tittel</w:t><w:br/><w:t>mer</w:t></w:r></w:p>",
     "R Sak 1/24|Tittel\nP mer\n"},
    {"a table with a merged and a continued cell",
     "<w:tbl><w:tr>" TC("Nr") TC("Sak") TC("Ansvar") "</w:tr><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/>"
     "</w:tcPr>" P("Felles") "</w:tc>" TC("Liv") "</w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/>"
     "</w:tc>" TC("x") TC("y") "</w:tr></w:tbl>",
     "R Nr|Sak|Ansvar\nR Felles|2:Liv\nR |x|y\n"},
    {"paragraphs in a cell; a row of one cell is no row",
     "<w:tbl><w:tr><w:tc>" P("a") P("b") "</w:tc>" TC("c") "</w:tr><w:tr><w:tc>" P("d") P("e")
     "</w:tc></w:tr></w:tbl>",
     "R a/b|c\nP d\nP e\n"},
    {"a table in a cell follows its row",
     "<w:tbl><w:tr>" TC("1/24") "<w:tc>" P("tekst") "<w:tbl><w:tr>" TC("Hva") TC("Hvem")
     "</w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
     "R 1/24|tekst\nR Hva|Hvem\n"},
    {"changes count as accepted",
     "<w:p><w:r><w:t xml:space=\"preserve\">Møtet er </w:t></w:r><w:del><w:r><w:delText>mandag</w:delText>"
     "</w:r></w:del><w:ins><w:r><w:t>tirsdag</w:t></w:r></w:ins></w:p>",
     "P Møtet er tirsdag\n"},
    {"a deleted paragraph mark joins two",
     "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">En </w:t></w:r></w:p>"
     P("to"),
     "P En to\n"},
    {"a deleted row", "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" TC("bort") TC("x") "</w:tr><w:tr>" TC("inn")
     TC("y") "</w:tr></w:tbl>", "R inn|y\n"},
    {"a text box once, not its fallback too",
     "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" P("Boks") "</w:txbxContent></mc:Choice>"
     "<mc:Fallback><w:txbxContent>" P("Boks") "</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>Tekst"
     "</w:t></w:r></w:p>",
     "P Boks\nP Tekst\n"},
    {"hidden text, fields' codes and placeholders are not seen",
     "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
     "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Klikk her</w:t></w:r>"
     "</w:sdtContent></w:sdt><w:r><w:t>synlig</w:t></w:r></w:p>",
     "P synlig\n"},
};

static const struct row odt_rows[] = {
    {"headings, spans, blanks, tabs and breaks",
     "<text:h text:outline-level=\"2\">Saker</text:h><text:p><text:span text:style-name=\"T1\">Vedtak:"
     "</text:span><text:s/>ja<text:line-break/>nei<text:tab/>takk</text:p>",
     "H2 Saker\nP *Vedtak:* ja\nR nei|takk\n"},
    {"numbered list",
     "<text:list text:style-name=\"L1\"><text:list-item><text:p>a</text:p><text:p>b</text:p></text:list-item>"
     "<text:list-item><text:p>ccc</text:p></text:list-item></text:list>",
     "P 1. a\nP b\nP 2. ccc\n"},
    {"tables, merged both ways",
     "<table:table><table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>abc</text:p>"
     "</table:table-cell><table:covered-table-cell/><table:table-cell><text:p>d</text:p></table:table-cell>"
     "</table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>x</text:p>"
     "</table:table-cell></table:table-row></table:table>",
     "R abc|2:d\nR |x\n"},
    {"what was deleted is not there",
     "<text:tracked-changes><text:changed-region><text:deletion><text:p>bort</text:p></text:deletion>"
     "</text:changed-region></text:tracked-changes><text:p>igjen</text:p>",
     "P igjen\n"},
    {"notes stand apart",
     "<text:p>tekst<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p>"
     "</text:note-body></text:note> mer</text:p>",
     "P tekst mer\n"},
};

static const struct row html_rows[] = {
    {"main only; no menu, cookies, footer, related links",
     "<div class=cookie-banner>Godta</div><nav>Meny</nav><main><h1>Referat</h1><p>Sted: Bodø</p><h2>Relaterte "
     "saker</h2><ul><li><a href=/x>Sak 1/99</a></ul></main><footer>Kontakt</footer>",
     ">H1 Referat\nP Sted: Bodø\n"},
    {"lists with glyphs and numbers", "<ul><li>en</li></ul><ol start=3><li>to<li>tre</ol>",
     "I • en\nP 3. to\nP 4. tre\n"},
    {"tables", "<table><tr><th>Nr<th colspan=2>Sak<th>Hvem<tr><td><p>1</p><p>2</p><td>b<td>c<td>d</table>",
     "R *Nr*|*Sak*|3:*Hvem*\nR 1/2|b|c|d\n"},
    {"a table that lays out the page", "<table><tr><td><p>En <b>to</b></p><p>tre</p></td></tr></table>",
     "P En *to*\nP tre\n"},
    {"breaks", "<p>Til stede:<br>Kari<br>Ola</p><p>Forfall: Per</p>", ">P Til stede:\nP Kari\nP Ola\n>P Forfall: Per\n"},
    {"script and comments are nothing", "abc<script>Sak 1/24</script><!-- Sak 2/24 --><style>x{}</style>", "P abc\n"},
    {"entities", "<p>S&aelig;r &amp; r&oslash;d&nbsp;&#8211; &lt;b&gt;</p>", "P Sær & rød – <b>\n"},
    {"deleted text", "<p>ja <del>nei</del>visst</p>", "P ja visst\n"},
};

typedef enum hf_status (*extract_fn)(const char *, size_t, struct text_doc *, struct hf_error *);

static void check(const struct row *r, extract_fn fn, const char *bytes, size_t len)
{
    struct text_doc doc, again;
    struct hf_error err = {HF_OK, ""};
    struct hf_buf got = HF_BUF_INIT, wire = HF_BUF_INIT;
    text_doc_init(&doc);
    text_doc_init(&again);
    if (fn(bytes, len, &doc, &err) != HF_OK) fail_msg("%s: %s", r->why, err.text);
    dump(&doc, &got);
    if (strcmp(got.data, r->want)) fail_msg("%s:\n%sbut wanted\n%s", r->why, got.data, r->want);
    wire_put(&wire, &doc, HF_OK, "");
    assert_int_equal(wire_get(wire.data, wire.len, &again, &err), HF_OK);
    dump(&again, &got);
    if (strcmp(got.data, r->want)) fail_msg("%s: changed on the wire", r->why);
    for (size_t cut = 0; cut < wire.len; cut += 7) {
        text_doc_release(&again);
        text_doc_init(&again);
        assert_int_not_equal(wire_get(wire.data, cut, &again, &err), HF_OK);
    }
    hf_buf_release(&wire);
    hf_buf_release(&got);
    text_doc_release(&again);
    text_doc_release(&doc);
}

static void test_docx(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof docx_rows / sizeof *docx_rows; i++) {
        struct sink s;
        make_docx(docx_rows[i].body, &s);
        assert_int_equal(sniff(s.b.data, s.b.len), SNIFF_DOCX);
        check(&docx_rows[i], extract_docx, s.b.data, s.b.len);
        hf_buf_release(&s.b);
    }
}

static void test_odt(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof odt_rows / sizeof *odt_rows; i++) {
        struct sink s;
        make_odt(odt_rows[i].body, &s);
        check(&odt_rows[i], extract_odt, s.b.data, s.b.len);
        hf_buf_release(&s.b);
    }
}

static void test_html(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof html_rows / sizeof *html_rows; i++)
        check(&html_rows[i], extract_html, html_rows[i].body, strlen(html_rows[i].body));
}

static void test_apart(void **state) /* notes and margins have their own lists */
{
    struct sink s;
    struct text_doc doc;
    struct hf_error err;
    (void)state;
    text_doc_init(&doc);
    make_docx(P("Tekst"), &s);
    assert_int_equal(extract_docx(s.b.data, s.b.len, &doc, &err), HF_OK);
    assert_int_equal(doc.notes.n, 1);
    assert_string_equal(doc.notes.at[0], "En fotnote.");
    assert_int_equal(doc.margins.n, 1);
    assert_string_equal(doc.margins.at[0], "Topptekst");
    hf_buf_release(&s.b);
    text_doc_release(&doc);
}

static void test_encodings(void **state) /* of web pages */
{
    static const struct {
        const char *bytes;
        size_t len;
    } pages[] = {{"<p>B\xc3\xa5tsfjord</p>", 17},
                 {"<p>B\xe5tsfjord</p>", 16},
                 {"<meta charset=iso-8859-10><p>B\xe5tsfjord</p>", 42},
                 {"\xef\xbb\xbf<html><p>B\xc3\xa5tsfjord</p>", 26}};
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct text_doc doc;
        struct hf_error err = {HF_OK, ""};
        text_doc_init(&doc);
        assert_int_equal(extract_html(pages[i].bytes, pages[i].len, &doc, &err), HF_OK);
        assert_string_equal(doc.lines[0].cells[0].text, "Båtsfjord");
        text_doc_release(&doc);
    }
}

/* ---- hostile input ---- */

static const char *reason(extract_fn fn, const struct hf_buf *b, struct hf_error *err)
{
    struct text_doc doc;
    text_doc_init(&doc);
    err->text[0] = 0;
    if (fn(b->data, b->len, &doc, err) == HF_OK) err->text[0] = 0;
    text_doc_release(&doc);
    return err->text;
}

static void test_bombs(void **state)
{
    struct sink s;
    struct hf_error err;
    (void)state;
    struct archive *a = open_zip(&s);
    char *zeros = calloc(1, 70 << 20);
    put(a, "word/document.xml", zeros, 70 << 20);
    archive_write_free(a);
    assert_string_equal(reason(extract_docx, &s.b, &err), "for stor når den pakkes ut (over 64 MB)");
    hf_buf_release(&s.b);
    a = open_zip(&s);
    for (int i = 0; i < 1100; i++) {
        char name[32];
        snprintf(name, sizeof name, "../../word/x%d", i);
        put(a, name, "x", 1);
    }
    put(a, "word/document.xml", "<a/>", 4);
    archive_write_free(a);
    assert_string_equal(reason(extract_docx, &s.b, &err), "arkivet har mer enn 1000 deler");
    hf_buf_release(&s.b);
    static const char entities[] = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
                                   "<x>&b;&b;</x>";
    a = open_zip(&s);
    put(a, "word/document.xml", entities, sizeof entities - 1);
    archive_write_free(a);
    assert_non_null(strstr(reason(extract_docx, &s.b, &err), "DTD"));
    hf_buf_release(&s.b);
    free(zeros);
}

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 8;
}

/* Cut off anywhere, or with bytes changed: an answer or a reason, never a crash. */
static void batter(extract_fn fn, const struct hf_buf *good)
{
    struct hf_error err;
    unsigned seed = 42;
    char *copy = malloc(good->len + 1);
    for (size_t cut = 0; cut < good->len; cut += good->len / 60 + 1) {
        memcpy(copy, good->data, cut); /* of exactly that size: reading past it is seen */
        char *exact = malloc(cut ? cut : 1);
        memcpy(exact, copy, cut);
        struct hf_buf b = {exact, cut, cut};
        reason(fn, &b, &err);
        free(exact);
    }
    for (int round = 0; round < 300; round++) {
        memcpy(copy, good->data, good->len);
        for (int i = 0; i < 1 + round % 8; i++)
            copy[next_random(&seed) % good->len] = (char)next_random(&seed);
        struct hf_buf b = {copy, good->len, good->len};
        reason(fn, &b, &err);
    }
    for (size_t i = 0; i < good->len; i++) copy[i] = (char)next_random(&seed);
    struct hf_buf b = {copy, good->len, good->len};
    reason(fn, &b, &err);
    free(copy);
}

static void test_damaged(void **state)
{
    struct sink s;
    struct hf_buf html = HF_BUF_INIT;
    (void)state;
    make_docx(docx_rows[6].body, &s);
    batter(extract_docx, &s.b);
    hf_buf_release(&s.b);
    make_odt(odt_rows[2].body, &s);
    batter(extract_odt, &s.b);
    hf_buf_release(&s.b);
    for (size_t i = 0; i < 4; i++) hf_buf_adds(&html, html_rows[i].body);
    batter(extract_html, &html);
    hf_buf_release(&html);
}

static void test_deep(void **state)
{
    struct sink s;
    struct hf_error err;
    struct hf_buf b = HF_BUF_INIT;
    (void)state;
    for (int i = 0; i < 200; i++) hf_buf_adds(&b, "<w:tbl><w:tr><w:tc>");
    hf_buf_adds(&b, P("dypt"));
    make_docx(b.data, &s);
    reason(extract_docx, &s.b, &err);
    hf_buf_release(&s.b);
    hf_buf_clear(&b);
    hf_buf_adds(&b, "<text:p>"); /* spans in spans, and the text after each */
    for (int i = 0; i < 200; i++) hf_buf_adds(&b, "<text:span text:style-name=\"T1\">i");
    for (int i = 0; i < 200; i++) hf_buf_adds(&b, "</text:span>");
    hf_buf_adds(&b, "</text:p>");
    make_odt(b.data, &s);
    assert_string_equal(reason(extract_odt, &s.b, &err), "");
    hf_buf_release(&s.b);
    hf_buf_clear(&b);
    for (int i = 0; i < 20000; i++) hf_buf_adds(&b, "<div><table><tr><td><b>");
    hf_buf_adds(&b, "dypt");
    reason(extract_html, &b, &err);
    hf_buf_release(&b);
}

/* ---- pages ---- */

struct placed {
    double x, y;
    const char *text;
};

static void put_words(struct layout *l, struct layout_page *page, const struct placed *w)
{
    for (; w->text; w++) {
        double x = w->x;
        for (const char *p = w->text; *p;) {
            size_t n = strcspn(p, " ");
            struct layout_word word = {.x0 = x, .x1 = x + 6.0 * (double)n, .y0 = w->y,
                                       .y1 = w->y + 12, .text = p, .len = n};
            layout_add_word(l, page, word);
            x += 6.0 * (double)n + 3;
            p += n + (p[n] == ' ');
        }
    }
}

static void add_box(struct layout_page *p, double x0, double y0, double x1, double y1)
{
    layout_add_rule(p, true, (struct layout_rule){y0, x0, x1});
    layout_add_rule(p, true, (struct layout_rule){y1, x0, x1});
    layout_add_rule(p, false, (struct layout_rule){x0, y0, y1});
    layout_add_rule(p, false, (struct layout_rule){x1, y0, y1});
}

static void test_pages(void **state)
{
    static const struct {
        const char *why;
        struct placed words[12];
        double boxes[8][4];
        const char *want;
    } rows[] = {
        {"lines that the margin broke are one paragraph",
         {{70, 100, "Utvalget drøftet saken lenge og"}, {70, 114, "ble enig om veien videre."}, {70, 128, "Slutt"}},
         {{0}},
         "P Utvalget drøftet saken lenge og ble enig om veien videre.\nP Slutt\n"},
        {"ruled cells, not interleaved",
         {{75, 100, "20/25"}, {135, 100, "Digital"}, {135, 114, "heimeoppfølging"}, {305, 100, "Liv"}, {305, 114, "Nes"},
          {75, 134, "21/25"}, {135, 134, "Plan"}},
         {{70, 98, 130, 130}, {130, 98, 240, 130}, {240, 98, 400, 130}, {70, 130, 130, 160},
          {130, 130, 240, 160}, {240, 130, 400, 160}},
         "R 20/25|Digital heimeoppfølging|Liv/Nes\nR 21/25|Plan|\n"},
        {"columns without rules",
         {{70, 100, "Navn"}, {200, 100, "Rolle"}, {70, 114, "Kari Nes"}, {200, 114, "leder"}, {70, 128, "Ola By"},
          {200, 128, "lege"}},
         {{0}},
         "R Navn|Rolle\nR Kari Nes|leder\nR Ola By|lege\n"},
        {"hyphens at the margin",
         {{70, 100, "Til stede var Anne, Kjell, Nils-"}, {70, 114, "Ove og hele samarbeidet sam-"}, {70, 128, "let"}},
         {{0}},
         "P Til stede var Anne, Kjell, Nils-Ove og hele samarbeidet samlet\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct layout l;
        struct text_doc doc;
        struct hf_buf got = HF_BUF_INIT;
        layout_init(&l);
        text_doc_init(&doc);
        struct layout_page *p = layout_add_page(&l, 595, 842);
        put_words(&l, p, rows[i].words);
        for (size_t k = 0; k < 8 && rows[i].boxes[k][2] > 0; k++)
            add_box(p, rows[i].boxes[k][0], rows[i].boxes[k][1], rows[i].boxes[k][2], rows[i].boxes[k][3]);
        layout_to_doc(&l, &doc);
        dump(&doc, &got);
        if (strcmp(got.data, rows[i].want)) fail_msg("%s:\n%s", rows[i].why, got.data);
        hf_buf_release(&got);
        text_doc_release(&doc);
        layout_release(&l);
    }
}

static void test_two_columns(void **state) /* the left one first */
{
    struct layout l;
    struct text_doc doc;
    (void)state;
    layout_init(&l);
    text_doc_init(&doc);
    struct layout_page *p = layout_add_page(&l, 595, 842);
    for (int i = 0; i < 12; i++) {
        struct placed words[] = {{70, 100 + 14 * i, "venstre spalte har mange ord her"},
                                 {320, 100 + 14 * i, "høyre spalte har også mange ord"}, {0, 0, NULL}};
        put_words(&l, p, words);
    }
    layout_to_doc(&l, &doc);
    bool right = false;
    for (size_t i = 0; i < doc.n_lines; i++) {
        const char *text = doc.lines[i].cells[0].text, *at = strstr(text, "høyre");
        assert_int_equal(doc.lines[i].n_cells, 1);
        assert_false((right || at) && strstr(at ? at : text, "venstre"));
        right |= at != NULL;
    }
    assert_true(right);
    text_doc_release(&doc);
    layout_release(&l);
}

static void test_margins(void **state) /* running heads and page numbers leave the text */
{
    struct layout l;
    struct text_doc doc;
    struct hf_buf got = HF_BUF_INIT;
    (void)state;
    layout_init(&l);
    text_doc_init(&doc);
    for (int i = 1; i <= 3; i++) {
        char number[24];
        snprintf(number, sizeof number, "Side %d", i);
        struct placed words[] = {{70, 40, "Helsefellesskapet"}, {70, 100 + i, i == 2 ? "Midten" : "Tekst"},
                                 {70, 800, number}, {0, 0, NULL}};
        put_words(&l, layout_add_page(&l, 595, 842), words);
    }
    layout_to_doc(&l, &doc);
    dump(&doc, &got);
    assert_string_equal(got.data, "P Helsefellesskapet\n>P Tekst\n>P Midten\n>P Tekst\n");
    assert_int_equal(doc.n_pages, 3);
    assert_int_equal(doc.lines[2].page, 2);
    assert_int_equal(doc.margins.n, 4);
    hf_buf_release(&got);
    text_doc_release(&doc);
    layout_release(&l);
}

/* What poppler writes, whole, cut off and damaged. */
static void test_poppler(void **state)
{
    static const char bbox[] =
        "<page width=\"595.0\" height=\"842.0\">\n <word xMin=\"70\" yMin=\"100\" xMax=\"120\" "
        "yMax=\"112\">Vedtak:</word>\n<word xMin=\"124\" yMin=\"100\" xMax=\"150\" yMax=\"112\">A&amp;B"
        "</word>\n</page>\n";
    static const char fonts[] =
        "<page number=\"1\" top=\"0\" left=\"0\" height=\"842\" width=\"595\">\n<text top=\"100\" "
        "left=\"70\" width=\"80\" height=\"12\" font=\"0\"><b>Vedtak:</b> <a "
        "href=\"https://x.no/?a=1&amp;b\">A&amp;B</a></text>\n</page>\n";
    unsigned seed = 5;
    (void)state;
    for (size_t round = 0; round < 400; round++) {
        struct layout l;
        struct text_doc doc;
        struct hf_buf a = HF_BUF_INIT, b = HF_BUF_INIT, got = HF_BUF_INIT;
        layout_init(&l);
        text_doc_init(&doc);
        hf_buf_add(&a, bbox, round < 200 ? sizeof bbox - 1 : 1 + (round - 190) % (sizeof bbox - 1));
        hf_buf_add(&b, fonts, sizeof fonts - 1);
        for (size_t k = 0; k < round % 200; k += 10) {
            a.data[next_random(&seed) % a.len] = (char)next_random(&seed);
            b.data[next_random(&seed) % b.len] = (char)next_random(&seed);
        }
        pdf_words_read(&l, a.data, a.len);
        pdf_fonts_read(&l, &doc, b.data, b.len);
        layout_to_doc(&l, &doc);
        dump(&doc, &got);
        if (!round) {
            assert_string_equal(got.data, "P *Vedtak:* A&B\n");
            assert_int_equal(doc.links.n, 1);
            assert_string_equal(doc.links.at[0], "https://x.no/?a=1&b");
        }
        hf_buf_release(&a);
        hf_buf_release(&b);
        hf_buf_release(&got);
        text_doc_release(&doc);
        layout_release(&l);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_docx),   cmocka_unit_test(test_odt),     cmocka_unit_test(test_html),
        cmocka_unit_test(test_apart),  cmocka_unit_test(test_encodings), cmocka_unit_test(test_bombs),
        cmocka_unit_test(test_damaged), cmocka_unit_test(test_deep),   cmocka_unit_test(test_pages),
        cmocka_unit_test(test_margins), cmocka_unit_test(test_poppler), cmocka_unit_test(test_two_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
