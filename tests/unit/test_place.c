/* Whose minutes: every name of the registry, and the company that any municipality keeps,
 * say which helsefellesskap it is. The truth is stopwords/registry.json itself, so a
 * correction there is tested with it. */
#include "t.h"

#include "../../indexer/minutes.h"

static struct minutes_cues *cues;
static unsigned n_asked, n_wrong;

#define CASES "\n1/24 Godkjenning av innkalling\nVedtak: Innkallingen godkjennes.\n"

static void expect(const char *text, const char *hf, const char *why)
{
    struct text_doc doc;
    struct hf_minutes m;
    struct hf_error err;
    text_doc_init(&doc);
    hf_minutes_init(&m);
    assert_ok(extract_text(text, strlen(text), &doc, &err));
    minutes_read(cues, &doc, &m);
    n_asked++;
    if (!m.helsefellesskap || strcmp(m.helsefellesskap, hf) != 0) {
        n_wrong++;
        print_error("%s: %s, not %s, of\n%s\n", why,
                    m.helsefellesskap ? m.helsefellesskap : "none", hf, text);
    }
    hf_minutes_release(&m);
    text_doc_release(&doc);
}

static void expect_line(const char *format, const char *name, const char *hf,
                        const char *why)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_adds(&b, "Referat fra møte i strategisk samarbeidsutvalg 14.03.2024\n");
    hf_buf_addf(&b, format, name);
    hf_buf_adds(&b, CASES);
    expect(b.data, hf, why);
    hf_buf_release(&b);
}

static const char *get(const json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

/* Three municipalities in a row: neither Herøy nor Time alone says much, the three do. */
static void expect_company(const json_t *places, size_t at, const char *hf)
{
    static const char *const names[] = {"Kari Nesheim", "Ola Brekkhus", "Siri Tangvik"};
    struct hf_buf lines = HF_BUF_INIT, brackets = HF_BUF_INIT;
    for (size_t i = 0; i < 3; i++) {
        const json_t *place = json_array_get(places, (at + i) % json_array_size(places));
        hf_buf_addf(&lines, "%s, kommunedirektør, %s kommune\n", names[i],
                    get(place, "name"));
        hf_buf_addf(&brackets, "%s%s (%s)", i ? "; " : "", names[i], get(place, "name"));
    }
    expect_line("Til stede:\n%s", lines.data, hf, "three municipalities, a line each");
    expect_line("Til stades frå kommunane: %s\n", brackets.data, hf,
                "three municipalities in brackets");
    hf_buf_release(&lines);
    hf_buf_release(&brackets);
}

static void test_registry(void **state)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/registry.json", getenv("HFSOK_DATA"));
    json_t *registry = json_load_file(path, 0, NULL), *hf, *name;
    size_t i, k;
    (void)state;
    assert_non_null(registry);
    json_array_foreach(json_object_get(registry, "helsefellesskap"), i, hf)
    {
        const char *id = get(hf, "id");
        expect_line("%s\nTil stede: Kari Nesheim, Ola Brekkhus\n", get(hf, "canonical"),
                    id, "the name");
        json_array_foreach(json_object_get(hf, "aliases"), k, name)
            expect_line("%s\nTil stede: Kari Nesheim, Ola Brekkhus\n",
                        json_string_value(name), id, "another name");
        json_array_foreach(json_object_get(hf, "trusts"), k, name)
            expect_line("Til stede:\nKari Nesheim, fagdirektør, %s\nOla Brekkhus, "
                        "brukerrepresentant\n",
                        json_string_value(name), id, "the trust of one who was there");
        const json_t *places = json_object_get(hf, "municipalities");
        for (k = 0; k < json_array_size(places); k++) {
            const json_t *place = json_array_get(places, k);
            if (json_is_true(json_object_get(place, "shared"))) continue;
            expect_line("Sted: %s rådhus, møterom 3\n", get(place, "name"), id,
                        "where they met, also where the name is a common word");
            expect_line("Møtestad: Heradssalen, %s kommunehus\n", get(place, "name"), id,
                        "where they met, behind the room");
        }
        for (k = 0; json_array_size(places) > 2 && k < json_array_size(places); k++)
            expect_company(places, k, id);
    }
    json_decref(registry);
    print_message("%u documents, %u wrong\n", n_asked, n_wrong);
    assert_true(n_asked > 800);
    assert_int_equal(n_wrong, 0);
}

/* What stands inside another name, or is two places. */
static void test_traps(void **state)
{
    (void)state;
    expect_line("Helse Nord-Trøndelag HF\n%s", "", "hf-nord-trondelag",
                "Helse Nord is no part of it");
    expect_line("Til stede: Kari Nesheim (Herøy), Ola Brekkhus (%s)\n", "Ulstein",
                "hf-more-romsdal", "Herøy by company");
    expect_line("Til stede: Kari Nesheim (Herøy), Ola Brekkhus (%s)\n", "Dønna",
                "hf-helgeland", "Herøy by company");
    expect_line("Til stede: Kari Nesheim (Våler), Ola Brekkhus (%s)\n", "Moss",
                "hf-ostfold", "Våler by company");
    expect_line("Sted: Våler rådhus\nTil stede: Kari Nesheim (%s)\n", "Moss", "hf-ostfold",
                "Våler's town hall by company");
    expect_line("Sted: Herøy kommunehus\nTil stede: Kari Nesheim (%s)\n", "Ulstein",
                "hf-more-romsdal", "Herøy's by company");
    expect_line("Til stede: Kari Nesheim (Våler), Ola Brekkhus (%s)\n", "Åsnes",
                "hf-innlandet", "Våler by company");
    assert_int_equal(n_wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_registry),
                                       cmocka_unit_test(test_traps)};
    struct hf_error err;
    if (minutes_cues_open(getenv("HFSOK_DATA"), &cues, &err) != HF_OK) {
        print_error("%s\n", err.text);
        return 1;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    minutes_cues_close(cues);
    return failed;
}
