/* Words that a narrow column has broken without a hyphen: "+" stands for the break. */
#include "t.h"

#include "../../indexer/text_breaks.h"

static char *mend(const char *written, const char *elsewhere, const struct hf_lemmas *lemmas, struct text_doc *doc)
{
    char *text = hf_xstrdup(written);
    for (char *p = text; *p; p++)
        if (*p == '+') *p = TEXT_BREAK;
    text_doc_init(doc);
    struct text_line *line = text_doc_add(doc);
    struct text_cell *c = text_line_add_cell(doc, line, text, strlen(text));
    text_cell_mark(doc, c, (struct text_span){0, strlen(text), true});
    line = text_doc_add(doc);
    text_line_add_cell(doc, line, elsewhere, strlen(elsewhere));
    text_breaks_mend(doc, lemmas);
    free(text);
    return hf_xstrdup(doc->lines[0].cells[0].text);
}

static void test_words(void **state)
{
    static const struct {
        const char *why, *text, *elsewhere, *want;
    } rows[] = {
        {"a compound whose pieces are none", "Felles legemiddelgjennomg+ang på", "", "Felles legemiddelgjennomgang på"},
        {"a word of the table", "samarbeidsutval+g (FSU)", "", "samarbeidsutvalg (FSU)"},
        {"an ending", "legemiddelendring+er og", "", "legemiddelendringer og"},
        {"behind a stroke", "Jevnesveen/stedfor+treder Jevnaker", "", "Jevnesveen/stedfortreder Jevnaker"},
        {"two words are two", "framdriftsplanen+for pasientens", "", "framdriftsplanen for pasientens"},
        {"also where the second is rare", "kommunene+merknader", "", "kommunene merknader"},
        {"a name that stands whole elsewhere", "Ytterstrandh+øgda ved", "på ytterstrandhøgda.",
         "Ytterstrandhøgda ved"},
        {"what no dictionary knows stays apart", "Qvistgxaa+wrtz her", "", "Qvistgxaa wrtz her"},
        {"nothing to join", "(+)", "", "( )"},
    };
    struct hf_lexicon *lex;
    struct hf_error err;
    (void)state;
    assert_ok(hf_lexicon_open(getenv("HFSOK_DATA"), &lex, &err));
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct text_doc doc;
        char *got = mend(rows[i].text, rows[i].elsewhere, hf_lexicon_lemmas(lex), &doc);
        if (strcmp(got, rows[i].want)) fail_msg("%s: %s", rows[i].why, got);
        assert_int_equal(doc.lines[0].cells[0].len, strlen(got));
        assert_int_equal(doc.lines[0].cells[0].spans[0].end, strlen(got)); /* bold to the end */
        text_doc_release(&doc);
        free(got);
    }
    hf_lexicon_close(lex);
}

static void test_without_lexicon(void **state) /* a blank, but for what the document says */
{
    struct text_doc doc;
    (void)state;
    char *got = mend("samarbeidsutval+g og helse+felleskap", "Samarbeidsutvalg", NULL, &doc);
    assert_string_equal(got, "samarbeidsutvalg og helse felleskap");
    text_doc_release(&doc);
    free(got);
}

/* As many breaks as a hostile file may hold cost little, and none is left. */
static void test_many(void **state)
{
    struct hf_buf b = HF_BUF_INIT;
    struct text_doc doc;
    (void)state;
    for (int i = 0; i < 200000; i++) hf_buf_adds(&b, "utval+g ");
    char *got = mend(b.data, "", NULL, &doc);
    assert_null(strchr(got, TEXT_BREAK));
    text_doc_release(&doc);
    free(got);
    hf_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words), cmocka_unit_test(test_without_lexicon),
                                       cmocka_unit_test(test_many)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
