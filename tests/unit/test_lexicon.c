/* The word lists: what is loaded, and what is said of a bad list. */
#include "t.h"

#include "../../shim/utf8.h"

static const struct hf_concept *concept_of(const char *acronym)
{
    const struct hf_acronym *a =
        hf_lexicon_acronym(t_lexicon(), acronym, strlen(acronym));
    return a ? a->concept : NULL;
}

static bool has_form(const struct hf_concept *c, const char *form)
{
    for (size_t i = 0; c && i < c->n_forms; i++)
        if (!strcmp(c->forms[i], form)) return true;
    return false;
}

static void test_concepts(void **state)
{
    static const struct {
        const char *acronym, *form, *why;
    } rows[] = {
        {"LAR", "legemiddelassistert rehabilitering", "the long form"},
        {"LAR", "LAR", "the acronym is its own form"},
        {"LAR", "substitusjonsbehandling", "another name, out of concepts.tsv"},
        {"PLL", "pasientens legemiddelliste", "the long form"},
        {"SSU", "OSO", "an older name in capitals"},
        {"SSU", "strategisk samarbeidsutvalg", "the long form"},
        {"ALIS", "allmennlegar i spesialisering", "nynorsk"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++)
        if (!has_form(concept_of(rows[i].acronym), rows[i].form))
            fail_msg("%s has no form «%s» (%s)", rows[i].acronym, rows[i].form,
                     rows[i].why);
    assert_true(has_form(concept_of("OSO"), "SSU")); /* the older name finds the new one */
    assert_true(has_form(concept_of("OSO"), "overordnet samarbeidsorgan"));
    assert_null(hf_lexicon_acronym(t_lexicon(), "lar", 3)); /* case is part of it */
    assert_null(hf_lexicon_acronym(t_lexicon(), "Lar", 3));
    assert_null(hf_lexicon_acronym(t_lexicon(), "LARS", 4));
    assert_null(hf_lexicon_acronym(t_lexicon(), "", 0));
    assert_string_equal(hf_lexicon_acronym_lower(t_lexicon(), "lar", 3)->text, "LAR");
    assert_string_equal(hf_lexicon_acronym_lower(t_lexicon(), "øhd", strlen("øhd"))->text,
                        "ØHD");
    assert_true(hf_lexicon_acronym(t_lexicon(), "LAR", 3)->is_word);
    assert_true(hf_lexicon_acronym(t_lexicon(), "ROP", 3)->is_word);
    assert_false(hf_lexicon_acronym(t_lexicon(), "PLL", 3)->is_word);
    assert_true(concept_of("ACT")->is_ambiguous);
    assert_true(hf_lexicon_is_stop(t_lexicon(), "og", 2));
    assert_true(hf_lexicon_is_stop(t_lexicon(), "på", strlen("på")));
    assert_true(hf_lexicon_is_stop(t_lexicon(), "dei", 3)); /* nynorsk */
    assert_false(hf_lexicon_is_stop(t_lexicon(), "sykehus", 7));
    assert_false(hf_lexicon_is_stop(t_lexicon(), "o", 1));
}

static void test_every_concept(void **state)
{
    size_t n;
    const struct hf_concept *all = hf_lexicon_concepts(t_lexicon(), &n);
    (void)state;
    assert_true(n > 50);
    for (size_t i = 0; i < n; i++) {
        const struct hf_concept *c = &all[i];
        assert_true(c->id && *c->id && c->n_forms > 0 && c->n_acronyms <= c->n_forms);
        for (size_t k = 0; k < c->n_forms; k++) {
            const char *form = c->forms[k];
            size_t len = strlen(form);
            if (!len || form[0] == ' ' || form[len - 1] == ' ' || strchr(form, '\t') ||
                strchr(form, '|') || strstr(form, "  "))
                fail_msg("%s: form «%s»", c->id, form);
            assert_true(hf_utf8_is_valid(form, len, NULL));
            for (size_t m = 0; m < k; m++)
                if (!strcmp(form, c->forms[m])) fail_msg("%s: «%s» twice", c->id, form);
            if (k >= c->n_acronyms) continue;
            const struct hf_acronym *a = hf_lexicon_acronym(t_lexicon(), form, len);
            if (!a || !a->concept)
                fail_msg("%s: its acronym «%s» is not known as one", c->id, form);
        }
    }
}

/* ---- bad lists ---- */

static void test_bad_lists(void **state)
{
    static const struct {
        const char *stop, *acronyms, *concepts;
        enum hf_status status;
        const char *says, *why;
    } rows[] = {
        {NULL, NULL, NULL, HF_NOT_FOUND, "stopwords.txt", "an empty folder"},
        {"og\n", NULL, NULL, HF_NOT_FOUND, "acronyms.tsv", "the second is missing"},
        {"og\n", "LAR\tx\n", NULL, HF_NOT_FOUND, "concepts.tsv", "the third is missing"},
        {"og\n", "# x\nLAR\n", "", HF_BAD_ARGUMENT, "acronyms.tsv:2",
         "an acronym without a form"},
        {"og\n", "LAR\tx\n", "LAR\n", HF_BAD_ARGUMENT, "concepts.tsv:1",
         "a concept without forms"},
        {"og\xff\n", "LAR\tx\n", "", HF_BAD_ARGUMENT, "byte 2", "not UTF-8"},
        {"og\n", "LAR\tx\n", "", HF_NOT_FOUND, "lemmas.dat", "no lemma table"},
        {"", "", "", HF_NOT_FOUND, "lemmas.dat", "empty lists are lists"},
        {"og\r\ni\r\n", "LAR\tx|y||z\tword\r\n", "", HF_NOT_FOUND, "lemmas.dat",
         "line ends of Windows, empty forms"},
    };
    static const char *const names[] = {"stopwords.txt", "acronyms.tsv", "concepts.tsv"};
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        const char *texts[] = {rows[i].stop, rows[i].acronyms, rows[i].concepts};
        struct hf_lexicon *lex = (struct hf_lexicon *)1;
        struct hf_error err = {HF_OK, ""};
        char *dir = t_path("lists");
        mkdir(dir, 0755);
        for (size_t k = 0; k < 3; k++) {
            struct hf_buf path = HF_BUF_INIT;
            hf_buf_addf(&path, "%s/%s", dir, names[k]);
            if (texts[k]) t_write(path.data, texts[k], strlen(texts[k]));
            hf_buf_release(&path);
        }
        enum hf_status status = hf_lexicon_open(dir, &lex, &err);
        if (status != rows[i].status || !strstr(err.text, rows[i].says) || lex)
            fail_msg("%s: %s «%s»", rows[i].why, hf_status_name(status), err.text);
        t_remove(dir);
        free(dir);
    }
}

/* A damaged lemma table is refused whole, never read half. */
static void test_bad_lemma_table(void **state)
{
    static const char *const names[] = {"stopwords.txt", "acronyms.tsv", "concepts.tsv"};
    char *dir = t_path("table");
    struct hf_buf path = HF_BUF_INIT, table = HF_BUF_INIT;
    (void)state;
    mkdir(dir, 0755);
    for (size_t k = 0; k < 3; k++) {
        hf_buf_clear(&path);
        hf_buf_addf(&path, "%s/%s", dir, names[k]);
        t_write(path.data, "A\ta\n", k ? 4 : 0);
    }
    hf_buf_clear(&path);
    hf_buf_addf(&path, "%s/lemmas.dat", hf_lexicon_dir());
    t_read(&table, path.data);
    hf_buf_clear(&path);
    hf_buf_addf(&path, "%s/lemmas.dat", dir);
    for (unsigned round = 0; round < 12; round++) {
        struct hf_lexicon *lex;
        struct hf_error err;
        size_t len = table.len,
               at = round < 4 ? round * 4 : t_random((uint32_t)table.len);
        if (round == 4) len = 0;
        if (round == 5) len = 10;
        if (round == 6) len = table.len - 1;
        if (round == 7) len = table.len / 2;
        bool flipped = round < 4 || round > 7;
        if (flipped) table.data[at] = (char)(table.data[at] ^ 0x41);
        t_write(path.data, table.data, len);
        enum hf_status status = hf_lexicon_open(dir, &lex, &err);
        if (status != HF_CORRUPT && status != HF_SCHEMA)
            fail_msg("round %u, byte %zu: %s", round, at, hf_status_name(status));
        if (flipped) table.data[at] = (char)(table.data[at] ^ 0x41);
    }
    hf_buf_release(&path);
    hf_buf_release(&table);
    free(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_concepts),
        cmocka_unit_test(test_every_concept),
        cmocka_unit_test(test_bad_lists),
        cmocka_unit_test(test_bad_lemma_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
