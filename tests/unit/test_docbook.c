/* DocBook as antiword writes it for an old Word document → lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../indexer/extract.h"

static const char book[] =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><!DOCTYPE book PUBLIC \"-//OASIS//DTD DocBook\" \"x.dtd\">\n"
    "<book><bookinfo><date>1600-12-31</date></bookinfo><chapter>\n<title/>\n <para>\nReferat\n </para>\n"
    " <para>\n <informaltable><tgroup cols='2'><tbody><row>\n <entry>\nTil stades:\n </entry>\n <entry>\n"
    "Anne <emphasis role='bold'>Vik</emphasis>, Stord\nOle Bø, Bømlo\n </entry></row></tbody></tgroup>"
    "</informaltable>\n </para>\n<orderedlist numeration='loweralpha'><listitem><para>\nFørst\n</para>"
    "</listitem><listitem><para>\nSå\n</para></listitem></orderedlist></chapter></book>";

static void reads(const char *bytes, size_t len, const char *want)
{
    struct text_doc doc;
    struct hf_error err = {HF_OK, ""};
    struct hf_buf got = HF_BUF_INIT;
    text_doc_init(&doc);
    enum hf_status status = extract_docbook(bytes, len, &doc, &err);
    assert_int_equal(status, want ? HF_OK : HF_UNREADABLE);
    hf_buf_adds(&got, "");
    for (size_t i = 0; i < doc.n_lines; i++) {
        for (size_t k = 0; k < doc.lines[i].n_cells; k++) {
            const struct text_cell *c = &doc.lines[i].cells[k];
            if (k) hf_buf_addc(&got, '|');
            hf_buf_add(&got, c->text, c->len);
        }
        hf_buf_addc(&got, ';');
    }
    if (want) assert_string_equal(got.data, want);
    hf_buf_release(&got);
    text_doc_release(&doc);
}

static void test_cells_are_whole(void **state)
{
    (void)state;
    reads(book, sizeof book - 1, "Referat;Til stades:|Anne Vik, Stord\nOle Bø, Bømlo;a. Først;b. Så;");
}

/* The converter leaves out the breaks of a line within a paragraph. */
static void test_labels_that_stick(void **state)
{
    static const char *const rows[][2] = {
        {"Tid: 10.00–13.30Stad: ÅlMøteleiar: Kari Nes", "Tid: 10.00–13.30;Stad: Ål;Møteleiar: Kari Nes;"},
        {"<emphasis role='bold'>Dato:</emphasis> 3. mai<emphasis role='bold'>Møtestad:</emphasis> Molde",
         "Dato: 3. mai;Møtestad: Molde;"},
        {"24/20 Referat frå 27.08.202025/20 Legevakt26/20 Avtaler", "24/20 Referat frå 27.08.2020;25/20 Legevakt;26/20 Avtaler;"},
        {"Sjå 3/4 Liter, ISO27001/22 Krav og x1/20 av", "Sjå 3/4 Liter, ISO27001/22 Krav og x1/20 av;"},
        {"iPad: ny. HelseNorge og PasientSky er nemnde", "iPad: ny. HelseNorge og PasientSky er nemnde;"},
        {"Sjå Dato: 3. mai", "Sjå Dato: 3. mai;"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct hf_buf b = HF_BUF_INIT;
        hf_buf_addf(&b, "<book><chapter><title/><para>\n%s\n</para></chapter></book>", rows[i][0]);
        reads(b.data, b.len, rows[i][1]);
        hf_buf_release(&b);
    }
}

static void test_cut_off_anywhere(void **state)
{
    (void)state;
    reads("", 0, NULL);
    for (size_t n = 1; n < sizeof book - 1; n++) {
        struct text_doc doc;
        struct hf_error err = {HF_OK, ""};
        text_doc_init(&doc);
        enum hf_status status = extract_docbook(book, n, &doc, &err);
        assert_true(status == HF_OK || (status == HF_UNREADABLE && *err.text));
        text_doc_release(&doc);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_are_whole),
        cmocka_unit_test(test_labels_that_stick),
        cmocka_unit_test(test_cut_off_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
