/* Drafts and approved minutes: lines, names of files, whole documents, and which of two
 * documents stands for a meeting. */
#include "t.h"

#include <cmocka.h>

#include "../../indexer/collate.h"
#include "../../indexer/minutes_version.h"
#include "t_cues.h"

static const struct {
    enum version_place place;
    const char *text, *version, *why;
} lines[] = {
    {VERSION_LINE, "UTKAST", "draft", "alone"},
    {VERSION_LINE, "(Utkast)", "draft", "in brackets"},
    {VERSION_LINE, "Utkast pr. 12.03.2024", "draft", "with its date"},
    {VERSION_LINE, "Versjon: utkast", "draft", "as a value"},
    {VERSION_LINE, "Utkast versjon 0.2", "draft", "with a number"},
    {VERSION_LINE, "Utkast til referat fra møte i SSU 12.03.2024", "draft", "of minutes"},
    {VERSION_LINE, "Utkast til protokoll", "draft", "of a protocol"},
    {VERSION_LINE, "FORELØPIG REFERAT", "draft", "capitals"},
    {VERSION_LINE, "Førebels møtebok frå LSU", "draft", "nynorsk"},
    {VERSION_LINE, "Foreløpig, ikke godkjent protokoll", "draft", "two words"},
    {VERSION_LINE, "Referat fra SSU 12.03.2024 (utkast)", "draft", "at the end"},
    {VERSION_LINE, "Møtereferat SSU – ikke godkjent", "draft", "behind a dash"},
    {VERSION_LINE, "Referat SSU 12. mars 2024 UTKAST", "draft", "capitals set it apart"},
    {VERSION_LINE, "Protokollen er ikkje godkjend", "draft", "told"},
    {VERSION_LINE, "Dette referatet er foreløpig", "draft", "told of it"},
    {VERSION_LINE, "Referat SSU – foreløpig versjon til kommentar", "draft", "a version"},
    {VERSION_LINE, "UTKAST – referat fra møte i SSU", "draft", "before a dash"},
    {VERSION_LINE, "Foreløpig versjon av referat", "draft", "a version of it"},
    {VERSION_LINE, "v0.9 utkast", "draft", "behind a number"},
    {VERSION_LINE, "Godkjent på e-post 14.06.2024", "approved", "how"},
    {VERSION_LINE, "UTKAST – plan for kompetanse", NULL, "a plan's"},
    {VERSION_LINE, "Godkjent referat", "approved", "a title"},
    {VERSION_LINE, "Godkjend møtebok, LSU Sunnfjord", "approved", "nynorsk"},
    {VERSION_LINE, "Godkjent 12.03.2024", "approved", "with its date"},
    {VERSION_LINE, "Godkjent av SSU 12. mars 2024", "approved", "by whom"},
    {VERSION_LINE, "Referat godkjent: 12.03.2024", "approved", "a label"},
    {VERSION_LINE, "Status: Godkjent", "approved", "a value"},
    {VERSION_LINE, "Endelig versjon", "approved", "final"},
    {VERSION_LINE, "Endeleg referat", "approved", "final, nynorsk"},
    {VERSION_LINE, "Referat fra SSU (godkjent)", "approved", "in brackets"},
    {VERSION_SENTENCE, "Protokollen ble godkjent i møte 14.06.2024.", "approved", "told"},
    {VERSION_SENTENCE, "Referatet vart samrøystes godkjent.", "approved", "told, nynorsk"},
    {VERSION_SENTENCE, "Protokollen ble lest opp og godkjent.", "approved", "read first"},
    {VERSION_SENTENCE, "Referatet legges fram til godkjenning i neste møte.", "draft",
     "not yet"},
    /* refusals */
    {VERSION_LINE, "Utkast til handlingsplan", NULL, "of a plan"},
    {VERSION_LINE, "Utkast til møteplan 2025", NULL, "of a calendar"},
    {VERSION_LINE, "Foreløpig saksliste", NULL, "an agenda"},
    {VERSION_LINE, "Referat SSU 12.03.2024. Utkast til samarbeidsavtale", NULL,
     "of an agreement"},
    {VERSION_LINE, "Godkjenning av referat", NULL, "a case"},
    {VERSION_LINE, "Godkjent referat fra forrige møte", NULL, "of another meeting"},
    {VERSION_LINE, "Referat fra forrige møte ble godkjent", NULL, "of another meeting"},
    {VERSION_LINE, "Innkallingen ble godkjent", NULL, "the notice"},
    {VERSION_LINE, "Godkjent", NULL, "what?"},
    {VERSION_LINE, "Endelig tilskudd 2024", NULL, "money"},
    {VERSION_LINE, "Møtet var foreløpig det siste", NULL, "an adverb"},
    {VERSION_SENTENCE, "Referatet anses som godkjent dersom ingen melder seg.", NULL,
     "a condition"},
    {VERSION_SENTENCE, "Utkastet sendes på høring.", NULL, "another text's"},
    {VERSION_SENTENCE, "Godkjent 12.03.2024", NULL, "in running text: of what?"},
    {VERSION_NAME, "Utkast referat SSU 2024 03 14", "draft", "a file"},
    {VERSION_NAME, "ssu 2024 03 14 godkjent", "approved", "a file"},
    {VERSION_NAME, "referat ssu ikke godkjent", "draft", "a file"},
    {VERSION_NAME, "utkast til handlingsplan", NULL, "a plan's file"},
    {VERSION_NAME, "referat ssu 2024 03 14", NULL, "says nothing"},
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_OF(lines); i++) {
        struct version_found v = {.version = NULL};
        const char *text = lines[i].text;
        if (!version_in(cues, text, strlen(text), lines[i].place, &v)) v.version = NULL;
        if (strcmp(v.version ? v.version : "-", lines[i].version ? lines[i].version : "-"))
            fail_msg("\"%s\": %s (%s)", text, v.version ? v.version : "-", lines[i].why);
    }
}

/* ---- documents --------------------------------------------------------------------- */

#define CASES                                                                              \
    "\nSak 1/24 Utkast til handlingsplan\nUtkast til handlingsplan ble lagt fram.\n"       \
    "Vedtak: Planen vedtas.\n\nSak 2/24 Godkjenning av referat fra forrige møte\n"         \
    "Referatet ble godkjent.\n\nSak 3/24 Eventuelt\nIngen saker.\n"

static const struct {
    const char *text, *margin, *version, *printed, *from, *why;
} documents[] = {
    {"Referat fra møte i SSU 12.03.2024\nTil stede: Kari Nordby" CASES, NULL, NULL, NULL, NULL,
     "a plan's draft and another meeting's approval are in the cases"},
    {"Utkast til referat fra møte i SSU 12.03.2024\n" CASES, NULL, "draft", "Utkast til referat",
     "title", "in the title"},
    {"Referat fra møte i SSU\nDato: 12.03.2024\nVersjon: Utkast\n" CASES, NULL, "draft", "Utkast",
     "head", "in the head"},
    {"Referat fra møte i SSU\nDato: 12.03.2024\nGodkjent: 04.06.2024\n" CASES, NULL, "approved",
     "Godkjent: 04.06.2024", "head", "a label"},
    {"Referat fra møte i SSU\nGodkjent av SSU 04.06.2024\nTirsdag 12.03.2024\n" CASES, NULL, "approved",
     "Godkjent av SSU 04.06.2024", "head", "its date is not the meeting's"},
    {"Godkjent referat fra møte i SSU 12.03.2024\n" CASES, NULL, "approved",
     "Godkjent referat fra møte i SSU 12.03.2024", "title", "here the date is the meeting's"},
    {"Referat fra møte i SSU 12.03.2024\n" CASES "\nProtokollen ble godkjent i møte 04.06.2024.\n", NULL,
     "approved", "godkjent i møte 04.06.2024.", "foot", "below the cases"},
    {"Foreløpig referat fra møte i SSU 12.03.2024\n" CASES "\nReferatet er godkjent 04.06.2024.\n", NULL,
     "approved", "godkjent 04.06.2024.", "foot", "what is told last"},
    {"Referat fra møte i SSU 12.03.2024\n" CASES "\nReferatet ble godkjent 01.02.2024.\n", NULL, NULL,
     NULL, NULL, "before the meeting: another's"},
    {"Referat fra møte i SSU 12.03.2024\n" CASES, "UTKAST", "draft", "UTKAST", "margin", "a watermark"},
    {"Referat fra møte i SSU 12.03.2024\n" CASES, "Utkast til strategi", NULL, NULL, NULL,
     "the head of another text"},
    {"Referat fra møte i SSU 12.03.2024\nUTKAST\n" CASES, NULL, "draft", "UTKAST", "head",
     "a line of the head"},
    {"Saksliste\nUtkast til referat fra SSU 12.03.2024\n" CASES, NULL, "draft", "Utkast til referat",
     "title", "the title is below"},
    {"Referat fra møte i SSU 12.03.2024\nSaksliste:\nUtkast til referat\nÅrsplan\n" CASES, NULL, NULL,
     NULL, NULL, "a point of the agenda"},
};

static json_t *read_document(const char *text, const char *margin, const char *source)
{
    struct text_doc doc;
    struct hf_minutes m;
    struct hf_error err;
    char sha[65];
    snprintf(sha, sizeof sha, "%08zx%056d", strlen(text) * 2654435761u % 0xffffffff, 7);
    text_doc_init(&doc);
    hf_minutes_init(&m);
    assert_int_equal(extract_text(text, strlen(text), &doc, &err), HF_OK);
    if (margin) text_doc_note(&doc, &doc.margins, margin, strlen(margin));
    m.source = source;
    m.source_sha256 = sha;
    minutes_read(cues, &doc, &m);
    json_t *records = hf_minutes_records(&m);
    hf_minutes_release(&m);
    text_doc_release(&doc);
    return records;
}

static const char *said(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s ? s : "-";
}

static void test_documents(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_OF(documents); i++) {
        json_t *r = read_document(documents[i].text, documents[i].margin, "a.txt");
        const json_t *m = json_array_get(r, 0);
        const char *want[] = {documents[i].version, documents[i].printed, documents[i].from};
        const char *keys[] = {"version", "version_printed", "version_from"};
        for (size_t k = 0; k < N_OF(keys); k++)
            if (strcmp(said(m, keys[k]), want[k] ? want[k] : "-"))
                fail_msg("%s: %s is \"%s\"", documents[i].why, keys[k], said(m, keys[k]));
        assert_string_equal(said(m, "date"), "2024-03-12");
        json_decref(r);
    }
}

/* One meeting, the approved minutes' records, whichever is read first. */
static void test_sources(void **state)
{
    static const struct {
        const char *first, *first_name, *second, *second_name, *source, *versions;
    } rows[] = {
        {"Utkast til referat fra møte i SSU 12.03.2024\nMer tekst.\n" CASES, "a.txt",
         "Godkjent referat fra møte i SSU 12.03.2024\n" CASES, "b.txt", "b.txt", "approved draft"},
        {"Utkast til referat fra møte i SSU 12.03.2024\nMer tekst.\n" CASES, "a.txt",
         "Referat fra møte i SSU 12.03.2024\n" CASES, "b.txt", "b.txt", "- draft"},
        {"Referat fra møte i SSU 12.03.2024\nMer tekst.\n" CASES, "Utkast_referat.txt",
         "Referat fra møte i SSU 12.03.2024\n" CASES, "b.txt", "b.txt", "- draft"},
        {"Referat fra møte i SSU 12.03.2024\nMer tekst.\n" CASES, "x/a.txt",
         "Referat fra møte i SSU 12.03.2024\n" CASES, "utkast/godkjent-referat.txt",
         "utkast/godkjent-referat.txt", "approved -"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows) * 2; i++) {
        size_t k = i / 2, numbers[2];
        json_t *r[2] = {read_document(rows[k].first, NULL, rows[k].first_name),
                        read_document(rows[k].second, NULL, rows[k].second_name)};
        struct collate *c = collate_new(t_lexicon(), cues);
        for (size_t n = 0; n < 2; n++) numbers[(n + i) % 2] = collate_add(c, r[(n + i) % 2]);
        collate_finish(c);
        assert_false(collate_apply(c, numbers[0], r[0]));
        assert_true(collate_apply(c, numbers[1], r[1]));
        json_t *m = json_array_get(r[1], 0), *sources = json_object_get(m, "sources");
        char versions[40];
        assert_int_equal(json_array_size(sources), 2);
        snprintf(versions, sizeof versions, "%s %s", said(json_array_get(sources, 0), "version"),
                 said(json_array_get(sources, 1), "version"));
        assert_string_equal(versions, rows[k].versions);
        assert_string_equal(said(m, "source"), rows[k].source);
        assert_string_equal(said(m, "version"), said(json_array_get(sources, 0), "version"));
        collate_free(c);
        json_decref(r[0]);
        json_decref(r[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lines), cmocka_unit_test(test_documents),
                                       cmocka_unit_test(test_sources)};
    return cmocka_run_group_tests(tests, open_cues, close_cues);
}
