/* Bytes of text files → lines, cells, spans; and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../indexer/privacy.h"
#include "../../indexer/sniff.h"
#include "../../indexer/text.h"
#include "../../shim/buf.h"

struct row {
    const char *why;
    const char *bytes;
    size_t len; /* 0 = strlen */
    const char
        *want; /* "page:line kind|cell|cell" joined by newlines; bold as {from-to} */
};

#define BYTES(s) s, sizeof s - 1

static const struct row rows[] = {
    {"lines and blank lines", "en\n\nto\n", 0, "1:1 P|en\n1:3 P+1|to"},
    {"CR LF and CR", "en\r\nto\rtre", 0, "1:1 P|en\n1:2 P|to\n1:3 P|tre"},
    {"tabs are cells, also empty ones", "a\tb\t\n\tNr.\n", 0, "1:1 R|a|b|\n1:2 R||Nr."},
    {"a row of nothing but tabs is a blank line", "en\n\t\t\nto", 0,
     "1:1 P|en\n1:3 P+1|to"},
    {"rules are no rows", "a\tb\n--\t--\nc\td", 0, "1:1 R|a|b\n1:3 R|c|d"},
    {"bold tags become spans", "<b>Møte:</b> SSU", 0, "1:1 P|Møte: SSU{0-6}"},
    {"Markdown's bold and heading", "## Referat\n**Dato:** 12.3.", 0,
     "1:1 H2|Referat\n1:2 P|Dato: 12.3.{0-5}"},
    {"paragraph tags break within a cell", "1\t<p>en</p> <p>to<br>tre</p>\t", 0,
     "1:1 R|1|en/to/tre|"},
    {"a link between brackets is text", "se <https://x.no/a> her", 0,
     "1:1 P|se <https://x.no/a> her"},
    {"less-than is no tag", "5 < 6 og b <c", 0, "1:1 P|5 < 6 og b <c"},
    {"character references", "K&aring;re &amp; Co", 0, "1:1 P|Kåre & Co"},
    {"hard blanks are blanks", "Navn:\xc2\xa0 Kari\xc2\xa0", 0, "1:1 P|Navn: Kari"},
    {"columns by blanks", "Dato:   12.3.     Tid:   10", 0, "1:1 R|Dato:|12.3.|Tid:|10"},
    {"two blanks are one", "godkjent.  Ingen saker", 0, "1:1 P|godkjent. Ingen saker"},
    {"form feeds are pages", "en\n\fto\ntre\f", 0, "1:1 P|en\n2:2 P+1|to\n2:3 P|tre"},
    {"list glyphs", "- en\n• to\n· tre\n* fire", 0,
     "1:1 I|- en\n1:2 I|• to\n1:3 I|· tre\n1:4 I|* fire"},
    {"a Markdown table", "| a | b |\n|---|---|\n| c | d |", 0, "1:1 R|a|b\n1:3 R|c|d"},
    {"UTF-8 with a mark", BYTES("\xef\xbb\xbfK\xc3\xa5re"), "1:1 P|Kåre"},
    {"Windows-1252",
     BYTES("K\xe5re \x96 \x93r\xf8"
           "d\x94"),
     "1:1 P|Kåre – “rød”"},
    {"UTF-16 little-endian", BYTES("\xff\xfeK\0\xe5\0r\0e\0"), "1:1 P|Kåre"},
    {"UTF-16 big-endian", BYTES("\xfe\xff\0K\0\xe5\0r\0e"), "1:1 P|Kåre"},
    {"UTF-16 without a mark", BYTES("K\0a\0r\0i\0 \0N\0o\0r\0d\0"), "1:1 P|Kari Nord"},
    {"combining accents are composed", "Ka\xcc\x8are", 0, "1:1 P|Kåre"},
    {"soft hyphens and ligatures are undone",
     "helse\xc2\xad"
     "fellesskap o\xef\xac\x81"
     "cer",
     0, "1:1 P|helsefellesskap oficer"},
    {"a cut-off letter at the end",
     BYTES("K\xc3\xa5re K\xc3\xa5re K\xc3\xa5re K\xc3\xa5re K\xc3\xa5re \xc3"),
     "1:1 P|Kåre Kåre Kåre Kåre Kåre \xef\xbf\xbd"},
};

static void add_line(struct hf_buf *b, const struct text_line *l)
{
    static const char kinds[] = "PHIR";
    hf_buf_addf(b, "%s%d:%d %c", b->len ? "\n" : "", l->page, l->line, kinds[l->kind]);
    if (l->level) hf_buf_addf(b, "%d", l->level);
    if (l->blank_before) hf_buf_addf(b, "+%d", l->blank_before);
    for (size_t k = 0; k < l->n_cells; k++) {
        hf_buf_addc(b, '|');
        for (const char *p = l->cells[k].text; *p; p++)
            hf_buf_addc(b, *p == '\n' ? '/' : *p);
        for (size_t s = 0; s < l->cells[k].n_spans; s++)
            hf_buf_addf(b, "{%zu-%zu}", l->cells[k].spans[s].start,
                        l->cells[k].spans[s].end);
    }
}

static void model(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text_doc doc;
        struct hf_error err;
        struct hf_buf b = HF_BUF_INIT;
        text_doc_init(&doc);
        size_t len = rows[i].len ? rows[i].len : strlen(rows[i].bytes);
        if (extract_text(rows[i].bytes, len, &doc, &err) != HF_OK)
            fail_msg("%s: %s", rows[i].why, err.text);
        for (size_t k = 0; k < doc.n_lines; k++) add_line(&b, &doc.lines[k]);
        if (strcmp(b.data, rows[i].want))
            fail_msg("%s:\nwant\n%s\ngot\n%s", rows[i].why, rows[i].want, b.data);
        hf_buf_release(&b);
        text_doc_release(&doc);
    }
}

static void refused(void **state)
{
    static const struct row bad[] = {
        {"empty", "", 0, "tom"},
        {"blank", " \n\t\n", 0, "ingen tekst"},
        {"no letters", "1 2 3 4\n--\n", 0, "ingen tekst"},
        {"NUL bytes", BYTES("abc\0def\0\0\0ghi"), "binær"},
        {"control characters",
         BYTES("\x01\x02\x03\x04\x05"
               "abc\x06\x07"),
         "binær"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct text_doc doc;
        struct hf_error err = {HF_OK, ""};
        text_doc_init(&doc);
        size_t len = bad[i].len ? bad[i].len : strlen(bad[i].bytes);
        assert_int_equal(extract_text(bad[i].bytes, len, &doc, &err), HF_UNREADABLE);
        if (!strstr(err.text, bad[i].want))
            fail_msg("%s: says «%s»", bad[i].why, err.text);
        text_doc_release(&doc);
    }
}

static void kinds(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
        enum sniff_kind kind;
    } files[] = {
        {BYTES("%PDF-1.7\n"), SNIFF_PDF},
        {BYTES("Referat fra SSU"), SNIFF_TEXT},
        {BYTES("\xef\xbb\xbf<!DOCTYPE html><p>a"), SNIFF_HTML},
        {BYTES("<!-- x --> <html>"), SNIFF_HTML},
        {BYTES("<b>Referat</b>"), SNIFF_TEXT},
        {BYTES("{\\rtf1 abc"), SNIFF_RTF},
        {BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), SNIFF_DOC},
        {BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), SNIFF_IMAGE},
        {BYTES("GIF89a\1\0\1\0"), SNIFF_REFUSED},
        {BYTES("{\"id\":\"x\"}\n"), SNIFF_REFUSED},
        {BYTES("PK\3\4xxxxword/document.xml"), SNIFF_DOCX},
        {BYTES("PK\3\4xxxxxl/workbook.xml"), SNIFF_REFUSED},
        {BYTES(""), SNIFF_TEXT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (sniff(files[i].bytes, files[i].len) != files[i].kind)
            fail_msg("file %zu is taken for %s", i,
                     sniff_media_type(sniff(files[i].bytes, files[i].len)));
}

/* The numbers are made up and belong to nobody; their check digits are right. */
static void identity_numbers(void **state)
{
    static const struct {
        const char *text;
        bool found;
    } texts[] = {
        {"født %s, bosatt", true},
        {"%s", true},
        {"%s (D-nummer)", true},
        {"%s (feil kontrollsiffer)", false},
        {"konto 1234 56 78901 og 12345678901", false},
        {"9%s er tolv sifre", false},
    };
    static const char *const numbers[] = {
        "01010050053", "010100 50053", "41010050047", "01010050054", "", "01010050053"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct hf_buf b = HF_BUF_INIT;
        const char *hole = strstr(texts[i].text, "%s");
        hf_buf_add(&b, texts[i].text,
                   hole ? (size_t)(hole - texts[i].text) : strlen(texts[i].text));
        if (hole) hf_buf_addf(&b, "%s%s", numbers[i], hole + 2);
        if (privacy_has_identity_number(b.data, b.len) != texts[i].found)
            fail_msg("%s", b.data);
        hf_buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(model), cmocka_unit_test(refused),
                                       cmocka_unit_test(kinds),
                                       cmocka_unit_test(identity_numbers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
