/* Minutes written in Word, from the package's bytes to the records: letterheads, changes,
 * text boxes, content controls, tables in cells, numbers that Word makes. */
#include "t.h"

#include <archive.h>
#include <archive_entry.h>

#include "../../indexer/extract.h"
#include "../../indexer/minutes.h"
#include "t_cues.h"

/* ---- packages ---- */

static la_ssize_t take(struct archive *a, void *ctx, const void *bytes, size_t len)
{
    (void)a;
    hf_buf_add(ctx, bytes, len);
    return (la_ssize_t)len;
}

static void put(struct archive *a, const char *name, const char *root, const char *body)
{
    struct hf_buf b = HF_BUF_INIT;
    struct archive_entry *e = archive_entry_new();
    hf_buf_addf(&b, "<w:%s xmlns:w=\"w\" xmlns:mc=\"mc\" xmlns:v=\"v\">%s</w:%s>", root, body, root);
    archive_entry_set_pathname(e, name);
    archive_entry_set_size(e, (la_int64_t)b.len);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_write_header(a, e);
    archive_write_data(a, b.data, b.len);
    archive_entry_free(e);
    hf_buf_release(&b);
}

static const char numbering[] =
    "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/><w:numFmt "
    "w:val=\"decimal\"/><w:lvlText w:val=\"Sak %1/24\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:numFmt "
    "w:val=\"lowerLetter\"/><w:lvlText w:val=\"%2)\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\">"
    "<w:abstractNumId w:val=\"1\"/></w:num>";

struct word { /* the parts of a package; header and footer may be NULL */
    const char *body, *header, *footer;
};

static json_t *records_of(const struct word *w)
{
    struct hf_buf bytes = HF_BUF_INIT, b = HF_BUF_INIT;
    struct archive *a = archive_write_new();
    struct text_doc doc;
    struct hf_minutes m;
    struct hf_error err = {HF_OK, ""};
    archive_write_set_format_zip(a);
    archive_write_set_bytes_in_last_block(a, 1);
    archive_write_open(a, &bytes, NULL, take, NULL);
    hf_buf_addf(&b, "<w:body>%s</w:body>", w->body);
    put(a, "word/document.xml", "document", b.data);
    put(a, "word/numbering.xml", "numbering", numbering);
    if (w->header) put(a, "word/header1.xml", "hdr", w->header);
    if (w->footer) put(a, "word/footer1.xml", "ftr", w->footer);
    archive_write_free(a);
    text_doc_init(&doc);
    hf_minutes_init(&m);
    if (extract_docx(bytes.data, bytes.len, &doc, &err) != HF_OK) fail_msg("%s", err.text);
    m.source = "a.docx";
    m.source_sha256 = "00000000000000000000000000000000000000000000000000000000000000ab";
    minutes_read(cues, &doc, &m);
    json_t *records = hf_minutes_records(&m);
    hf_minutes_release(&m);
    text_doc_release(&doc);
    hf_buf_release(&b);
    hf_buf_release(&bytes);
    return records;
}

#define T(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define P(text) "<w:p>" T(text) "</w:p>"
#define GAP     "<w:p/>"
#define BOLD(t) "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>" t "</w:t></w:r></w:p>"
#define TC(c)   "<w:tc>" c "</w:tc>"
#define NUM(level, text)                                                                              \
    "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>" T(text) "</w:p>"
#define CASES                                                                                         \
    GAP P("Sak 3/24 Legevakt") P("Vedtak: SSU ber om en rapport.") GAP P("Sak 4/24 Eventuelt")        \
        P("Ingen saker.")

static const char *said(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s ? s : "-";
}

/* ---- letterheads ---- */

static void test_letterhead(void **state)
{
    static const struct {
        struct word w;
        const char *hf, *body, *date, *note, *version, *why;
    } rows[] = {
        {{P("Referat") P("Til stede: Kari Nordby, Ola Haug") CASES,
          P("Helse Fonna") P("Strategisk samarbeidsutvalg (SSU) 12.03.2024"), NULL},
         "hf-fonna", "SSU", "2024-03-12", "datoen står bare i topp- eller bunnteksten", "-",
         "the letterhead is all there is"},
        {{P("Referat fra møte i LSU") P("Helse Bergen") P("Dato: 04.04.2024") CASES,
          P("Helse Fonna, FSU 12.03.2024"), NULL},
         "hf-bergen", "LSU", "2024-04-04", "-", "-", "the head is stronger"},
        {{P("Referat fra møte i SSU") P("Dato: 04.04.2024") CASES, NULL,
          P("Finnmarkssykehuset HF, postboks 1294, 9613 Hammerfest")},
         "hf-finnmark", "SSU", "2024-04-04", "-", "-", "an address in the foot"},
        {{P("Referat fra møte i SSU") P("Dato: 04.04.2024") CASES, P("Utskriftsdato 05.05.2024 Helse Møre og Romsdal"),
          NULL},
         "hf-more-romsdal", "SSU", "2024-04-04", "-", "-", "the day of printing is no date"},
        {{P("Referat fra møte i SSU") P("Helse Fonna 04.04.2024") CASES,
          "<w:p><w:r><w:pict><v:shape><v:textpath string=\"UTKAST\"/></v:shape></w:pict></w:r></w:p>", NULL},
         "hf-fonna", "SSU", "2024-04-04", "-", "draft", "a watermark"},
        {{P("Referat fra møte i SSU") P("Helse Fonna 04.04.2024") CASES, NULL, P("Godkjent referat – side 1")},
         "hf-fonna", "SSU", "2024-04-04", "-", "approved", "a running foot"},
        {{P("Godkjent referat fra møte i SSU") P("Helse Fonna 04.04.2024") CASES, P("UTKAST"), NULL},
         "hf-fonna", "SSU", "2024-04-04", "-", "approved", "the title is stronger than a mark left behind"},
        {{P("Referat fra møte i SSU") P("Helse Fonna 04.04.2024") CASES, P("Utkast til samarbeidsavtale"), NULL},
         "hf-fonna", "SSU", "2024-04-04", "-", "-", "another text's head"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        json_t *records = records_of(&rows[i].w);
        const json_t *m = json_array_get(records, 0);
        const char *want[] = {rows[i].hf, rows[i].body, rows[i].date, rows[i].note, rows[i].version};
        const char *keys[] = {"helsefellesskap", "body", "date", "date_note", "version"};
        for (size_t k = 0; k < N_OF(keys); k++)
            if (strcmp(said(m, keys[k]), want[k]))
                fail_msg("%s: %s is \"%s\", not \"%s\"", rows[i].why, keys[k], said(m, keys[k]), want[k]);
        json_decref(records);
    }
}

/* ---- what Word does to a text ---- */

/* The cases as "number title [decision|decision]; …", and the people. */
static void outline(const json_t *records, struct hf_buf *out)
{
    size_t i;
    json_t *r;
    json_array_foreach(records, i, r)
    {
        if (!strcmp(said(r, "type"), "case"))
            hf_buf_addf(out, "%s%s %s", out->len ? "; " : "", said(r, "number"), said(r, "title"));
        if (!strcmp(said(r, "type"), "decision")) hf_buf_addf(out, " [%s]", said(r, "text"));
        if (!strcmp(said(r, "type"), "attendee"))
            hf_buf_addf(out, "; %s=%c", said(r, "name"), *said(r, "presence"));
    }
}

#define HEAD P("Referat fra møte i SSU") P("Helse Fonna 04.04.2024")

static const struct {
    const char *body, *want, *why;
} texts[] = {
    {HEAD NUM("0", "Legevakt") P("Vedtak: SSU ber om en rapport.") NUM("0", "Eventuelt") P("Ingen saker."),
     "3/24 Legevakt [SSU ber om en rapport.]; 4/24 Eventuelt", "the numbers of the cases are Word's"},
    {HEAD P("Sak 3/24 Legevakt") P("Vedtak:") NUM("1", "Rapport lages.") NUM("1", "Saken følges opp."),
     "3/24 Legevakt [a) Rapport lages.\nb) Saken følges opp.]", "the points of a decision are Word's"},
    {HEAD P("Sak 3/24 Legevakt")
         "<w:p>" T("Vedtak: SSU ") "<w:del><w:r><w:delText>avviser</w:delText></w:r></w:del><w:ins>" T("vedtar")
             "</w:ins>" T(" planen.") "</w:p>"
         "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>Vedtak: Utsatt.</w:delText></w:r></w:del></w:p>"
         P("Sak 4/24 Eventuelt") P("Ingen saker."),
     "3/24 Legevakt [SSU vedtar planen.]; 4/24 Eventuelt", "changes are taken as accepted"},
    {HEAD P("Sak 3/24 Legevakt")
         "<w:moveFrom>" T("x") "</w:moveFrom><w:p><w:moveFrom><w:r><w:t>Vedtak: Flyttet bort.</w:t></w:r></w:moveFrom></w:p>"
         "<w:p><w:moveTo>" T("Vedtak: Flyttet hit.") "</w:moveTo></w:p>",
     "3/24 Legevakt [Flyttet hit.]", "what was moved stands where it was moved to"},
    {HEAD "<w:sdt><w:sdtPr><w:alias w:val=\"Sak\"/></w:sdtPr><w:sdtContent>" P("Sak 3/24 Legevakt")
         P("Vedtak: Godkjent.") "</w:sdtContent></w:sdt><w:p>" T("Sak 4/24 ")
         "<w:sdt><w:sdtPr/><w:sdtContent>" T("Eventuelt") "</w:sdtContent></w:sdt></w:p>" P("Ingen saker."),
     "3/24 Legevakt [Godkjent.]; 4/24 Eventuelt", "content controls around blocks and in a line"},
    {HEAD "<w:tbl><w:tr>" TC("<w:sdt><w:sdtContent>" P("Sak 3/24") "</w:sdtContent></w:sdt>")
         TC(P("Legevakt") P("Vedtak: Godkjent.")) "</w:tr><w:sdt><w:sdtContent><w:tr>" TC(P("Sak 4/24"))
             TC(P("Eventuelt")) "</w:tr></w:sdtContent></w:sdt></w:tbl>",
     "3/24 Legevakt [Godkjent.]; 4/24 Eventuelt", "content controls around a cell's text and a row"},
    {HEAD "<w:tbl><w:tr>" TC(P("Saksnr.")) TC(P("Sak")) TC(P("Ansvar")) "</w:tr><w:tr>" TC(P("3/24"))
         TC(P("Legevakt") P("Vedtak: Godkjent.") "<w:tbl><w:tr>" TC(P("Kommune")) TC(P("Antall"))
            "</w:tr><w:tr>" TC(P("Stord")) TC(P("12")) "</w:tr></w:tbl>" GAP) TC(P("Kari Nordby"))
             "</w:tr><w:tr>" TC(P("4/24")) TC(P("Eventuelt")) TC(GAP) "</w:tr></w:tbl>",
     "3/24 Legevakt [Godkjent.]; 4/24 Eventuelt", "a table in a cell is no case"},
    {HEAD "<w:p>" T("Sak 3/24 Oppfølging av") "<w:r><w:br/></w:r>" T("møtet 18. juni 2020") "</w:p>"
         P("Vedtak: Godkjent.") "<w:p>" T("Sak 4/24 Protokoll fra møtet") "<w:r><w:br/></w:r>"
             T("18. juni 2020") "</w:p>" P("Sak 5/24 Protokoll fra møtet") P("18. juni 2020") P("Vedtak: Godkjent."),
     "3/24 Oppfølging av møtet 18. juni 2020 [Godkjent.]; 4/24 Protokoll fra møtet 18. juni 2020; "
     "5/24 Protokoll fra møtet 18. juni 2020 [Godkjent.]",
     "a forced break inside a title, and a day on a line of its own"},
    {HEAD "<w:p>" T("Sak 3/24 Legevakt") "<w:r><w:br/></w:r>" T("Kommunene fortalte om vakten.")
         "<w:r><w:br/></w:r>" T("Vedtak: Godkjent.") "</w:p><w:p>" T("Sak 4/24 Møteplan") "<w:r><w:br/></w:r>"
             T("18. juni er en lørdag.") "</w:p>",
     "3/24 Legevakt [Godkjent.]; 4/24 Møteplan", "text behind a forced break is no title"},
    {HEAD "<w:tbl><w:tr>" TC(P("3/24")) TC("<w:p>" T("Samarbeid om") "<w:r><w:br/></w:r>" T("ambulanse")
         "<w:r><w:br/></w:r>" T("Saken drøftes.") "</w:p>") TC(P("Kari Nordby")) "</w:tr><w:tr>" TC(P("4/24"))
             TC(P("Eventuelt")) TC(GAP) "</w:tr></w:tbl>",
     "3/24 Samarbeid om ambulanse; 4/24 Eventuelt", "a break inside a title in a cell"},
    {"<w:p>" T("Referat fra møte i SSU")
         "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" P("Til stede: Kari Nordby, Ola Haug")
             "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" P("Til stede: Kari Nordby, Ola Haug")
                 "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>" P("Helse Fonna 04.04.2024") CASES,
     "3/24 Legevakt [SSU ber om en rapport.]; 4/24 Eventuelt; Kari Nordby=p; Ola Haug=p",
     "a text box holds the list of people, once"},
};

static void test_texts(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < N_OF(texts); i++) {
        struct word w = {texts[i].body, NULL, NULL};
        struct hf_buf out = HF_BUF_INIT;
        json_t *records = records_of(&w);
        outline(records, &out);
        if (strcmp(out.data, texts[i].want)) {
            print_error("%s:\n  %s\n  not %s\n", texts[i].why, out.data, texts[i].want);
            wrong++;
        }
        assert_string_equal(said(json_array_get(records, 0), "date"), "2024-04-04");
        hf_buf_release(&out);
        json_decref(records);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_letterhead), cmocka_unit_test(test_texts)};
    return cmocka_run_group_tests(tests, open_cues, close_cues);
}
