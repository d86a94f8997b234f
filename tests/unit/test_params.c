/* The parameter table: what is right, what is refused, and whether a refusal helps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../searchd/known.h"
#include "../../searchd/nearest.h"
#include "../../searchd/pairs.h"
#include "../../searchd/strings.h"

/* A query string and what it becomes, or a part of the message that refuses it. */
struct row {
    const char *query, *url, *refusal, *why;
};

static const struct row rows[] = {
    {"", "", NULL, "nothing asked"},
    {"q=LAR", "q=LAR", NULL, "the plain case"},
    {"q=&type=&year=", "", NULL, "an empty parameter is absent"},
    {"q=+LAR+", "q=LAR", NULL, "blanks around are no part of it"},
    {"q=skr%C3%B8pelige+eldre", "q=skr%C3%B8pelige%20eldre", NULL,
     "decoded and encoded once"},
    {"q=100%25%zz", "q=100%25%25zz", NULL, "a lone percent sign is itself"},
    {"region=VEST", "region=vest", NULL, "ids in any letter case"},
    {"region=Helse+Vest", "region=vest", NULL, "the name for the id"},
    {"region=Helse+S%C3%B8r-%C3%98st", "region=sor-ost", NULL,
     "the name, with its letters"},
    {"region=vest&region=nord&region=vest", "region=nord&region=vest", NULL,
     "repeatable; sorted and single"},
    {"region=vest,nord", "region=nord&region=vest", NULL, "several in one"},
    {"type=vedtak", "type=decision", NULL, "the label for the id"},
    {"type=sak&type=decision", "type=case&type=decision", NULL, "two types"},
    {"group=skr%C3%B8pelige_eldre", "group=skropelige_eldre", NULL, "with its letter"},
    {"body=ssu", "body=SSU", NULL, "canonical spelling"},
    {"year=2023&year=2024", "year=2023&year=2024", NULL, "two years"},
    {"in=tittel,vedtak", "in=decision&in=title", NULL, "Norwegian names of fields"},
    {"from=2020", "from=2020-01-01", NULL, "a year is its first day"},
    {"to=2020", "to=2020-12-31", NULL, "or its last"},
    {"from=2024-02", "from=2024-02-01", NULL, "a month"},
    {"to=2024-02", "to=2024-02-29", NULL, "its last day, leap year"},
    {"from=03.02.2023", "from=2023-02-03", NULL, "as Norwegians write it"},
    {"from=3.2.2023", "from=2023-02-03", NULL, "without zeros"},
    {"sort=newest", "sort=newest", NULL, "a sort"},
    {"sort=relevance&size=10", "", NULL, "defaults are not written"},
    {"size=20&page=3", "size=20", NULL, "page is none of the question"},
    {"limit=20", "size=20", NULL, "the command line's name"},
    {"open=true", "open=true", NULL, "a flag"},
    {"open=false", "", NULL, "a flag that is off"},
    {"today=3.2.2023", "today=2023-02-03", NULL, "the day of deadlines"},
    {"lang=nn&q=a", "q=a&lang=nn", NULL, "canonical order"},
    {"format=csv", "all=true&format=csv", NULL, "an export has every hit"},
    {"format=csv&size=5", "size=5&format=csv", NULL, "unless told otherwise"},
    {"format=json", "", NULL, "JSON is what stands there anyway"},
    {"q=a&format=atom", "q=a&sort=added&size=50&format=atom", NULL,
     "a feed: a long page of what came last"},
    {"format=atom&sort=oldest&size=5", "sort=oldest&size=5&format=atom", NULL,
     "unless told otherwise"},
    {"sort=tilkommet", "sort=added", NULL, "by when it came into the index"},

    {"regoin=vest", NULL, "Mente du «region»?", "an unknown parameter names the nearest"},
    {"xyzzy=1", NULL, "Gyldig: q, type, region", "or all, where none is near"},
    {"region=vets", NULL, "Mente du «vest»?", "an unknown value"},
    {"region=mars", NULL, "Gyldig: nord, midt, vest, sor-ost.",
     "with all that are valid"},
    {"outcome=godkjendt", NULL, "Mente du «godkjent»?", "a misspelt outcome"},
    {"type=descision", NULL, "Mente du «decision»?", "a misspelt type"},
    {"year=23", NULL, "fire siffer", "two digits are no year"},
    {"year=20233", NULL, "fire siffer", "five neither"},
    {"from=2023-13", NULL, "Ukjent verdi", "no thirteenth month"},
    {"from=2023-02-30", NULL, "Ukjent verdi", "no thirtieth of February"},
    {"from=30.02.2023", NULL, "Ukjent verdi", "nor so written"},
    {"from=2023-02-03x", NULL, "Ukjent verdi", "nothing behind"},
    {"from=2024&to=2023", NULL, "«from» er senere", "an empty period"},
    {"page=0", NULL, "et tall fra 1", "pages begin at one"},
    {"page=2&offset=10", NULL, "ikke begge", "one of them"},
    {"size=101", NULL, "1 til 100", "the bound"},
    {"size=0", NULL, "1 til 100", "the other bound"},
    {"size=-1", NULL, "1 til 100", "no sign"},
    {"size=99999999999999999999", NULL, "1 til 100", "no overflow"},
    {"page=1001", NULL, "10 000", "past the depth"},
    {"page=1000", "", NULL, "at the depth"},
    {"cursor=0000002900000014deadbeefdeadbeef", NULL, "Ukjent parameter",
     "a place in an answer is the API's alone"},
    {"offset=9991", NULL, "10 000", "past the depth"},
    {"q=a&q=b", NULL, "mer enn én gang", "one query"},
    {"size=5&size=6", NULL, "mer enn én gang", "one size"},
    {"size=5&limit=5", NULL, "mer enn én gang", "also under two names"},
    {"sort=relevance&sort=newest", NULL, "mer enn én gang", "one sort"},
    {"q=%FF", NULL, "UTF-8", "no Latin-1"},
    {"q=%00", NULL, "%00", "no NUL"},
    {"lang=nn&region=vets", NULL, "Meinte du «vest»?", "in the reader's language"},
    {"region=vets&lang=en", NULL, "Did you mean “vest”?", "wherever it stands"},
    {"lang=de", NULL, "nb, nn, en", "an unknown language"},
    {"format=xml", NULL, "json, jsonl, csv, tsv", "an unknown form"},
};

static void ask(const struct row *row)
{
    struct pairs list = {0};
    struct params p;
    struct hf_error err = {HF_OK, ""};
    struct hf_buf url = HF_BUF_INIT;
    params_init(&p);
    enum hf_status status = pairs_parse(&list, row->query, &err);
    if (status == HF_OK) status = pairs_apply(&list, PARAMS_SEARCH, &p, &err);
    params_url(&p, &url);
    if (row->refusal && (status != HF_BAD_ARGUMENT || !strstr(err.text, row->refusal)))
        fail_msg("%s (%s): expected «%s», got %d «%s»", row->query, row->why,
                 row->refusal, (int)status, err.text);
    if (row->url && (status != HF_OK || strcmp(url.data, row->url) != 0))
        fail_msg("%s (%s): expected «%s», got «%s» %s", row->query, row->why, row->url,
                 url.data, err.text);
    hf_buf_release(&url);
    params_release(&p);
    pairs_release(&list);
}

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) ask(&rows[i]);
}

/* Setting what params_url wrote gives the same again. */
static void test_url_is_stable(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct row again = {rows[i].url, rows[i].url, NULL, "read again"};
        if (rows[i].url) ask(&again);
    }
}

static void test_scopes(void **state)
{
    (void)state;
    struct params p;
    struct hf_error err;
    params_init(&p);
    assert_int_equal(params_set(&p, PARAMS_FACETS, "page", "2", &err), HF_BAD_ARGUMENT);
    assert_int_equal(params_set(&p, PARAMS_RECORD, "q", "x", &err), HF_BAD_ARGUMENT);
    assert_int_equal(params_set(&p, PARAMS_RECORD, "lang", "nn", &err), HF_OK);
    assert_int_equal(params_set(&p, PARAMS_EXPLAIN, "region", "vest", &err), HF_OK);
    params_release(&p);
}

static void test_offset(void **state)
{
    (void)state;
    struct params p;
    params_init(&p);
    assert_int_equal(params_set(&p, PARAMS_SEARCH, "page", "3", NULL), HF_OK);
    assert_int_equal(params_set(&p, PARAMS_SEARCH, "size", "20", NULL), HF_OK);
    assert_int_equal(params_check(&p, NULL), HF_OK);
    assert_int_equal(p.offset, 40);
    params_release(&p);
}

static void test_long_query(void **state)
{
    (void)state;
    struct params p;
    char text[1002];
    memset(text, 'a', 1001);
    text[1001] = 0;
    params_init(&p);
    assert_int_equal(params_set(&p, PARAMS_SEARCH, "q", text, NULL), HF_BAD_ARGUMENT);
    text[1000] = 0;
    assert_int_equal(params_set(&p, PARAMS_SEARCH, "q", text, NULL), HF_OK);
    params_release(&p);
}

static void test_many_pairs(void **state)
{
    (void)state;
    struct pairs list = {0};
    struct hf_buf query = HF_BUF_INIT;
    for (int i = 0; i < 301; i++) hf_buf_adds(&query, "a&");
    assert_int_equal(pairs_parse(&list, query.data, NULL), HF_BAD_ARGUMENT);
    pairs_release(&list);
    hf_buf_release(&query);
}

/* Every choice can be asked for by its id and by its labels, and means itself. */
static void test_choices(void **state)
{
    (void)state;
    for (int f = 0; f < HF_N_FACETS; f++) {
        size_t n;
        const struct hf_choice *c = known_choices((enum hf_facet)f, &n);
        for (size_t i = 0; i < n; i++) {
            const struct hf_choice *found = known_find((enum hf_facet)f, c[i].id);
            assert_non_null(found);
            assert_string_equal(found->id, c[i].id);
            assert_non_null(known_find((enum hf_facet)f, c[i].label_nb));
        }
    }
    assert_null(known_find(HF_FACET_REGION, "Sverige"));
}

static void test_nearest(void **state)
{
    (void)state;
    static const char *const names[] = {"region", "year", "body", "group", "outcome"};
    static const struct {
        const char *word, *best;
    } near[] = {{"regoin", "region"}, {"yaer", "year"},      {"bodys", "body"},
                {"reg", "region"},    {"utfall", NULL},      {"zzzzzz", NULL},
                {"", NULL},           {"Outcome", "outcome"}};
    for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
        struct nearest n;
        nearest_init(&n, near[i].word);
        for (size_t k = 0; k < 5; k++) nearest_offer(&n, names[k]);
        if (!near[i].best) assert_null(n.best);
        if (near[i].best && (!n.best || strcmp(n.best, near[i].best) != 0))
            fail_msg("%s: %s", near[i].word, n.best ? n.best : "nothing");
    }
}

/* Each string in three languages, with the same arguments in each. */
static void test_strings(void **state)
{
    (void)state;
    for (int id = 0; id < S_N; id++) {
        const char *nb = strings_get((enum string_id)id, LANG_NB);
        assert_true(nb && *nb);
        for (int lang = LANG_NN; lang <= LANG_EN; lang++) {
            const char *other = strings_get((enum string_id)id, (enum params_lang)lang);
            assert_true(other && *other);
            for (char arg = '0'; arg <= '9'; arg++) {
                char hole[] = {'{', arg, '}', 0};
                if (!strstr(nb, hole) != !strstr(other, hole))
                    fail_msg("%s / %s", nb, other);
            }
        }
    }
}

static void test_accept(void **state)
{
    (void)state;
    assert_int_equal(strings_accept(NULL), LANG_NB);
    assert_int_equal(strings_accept("nn-NO,nn;q=0.9,nb;q=0.8,en;q=0.7"), LANG_NN);
    assert_int_equal(strings_accept("en-US,en;q=0.9"), LANG_EN);
    assert_int_equal(strings_accept("no"), LANG_NB);
    assert_int_equal(strings_accept("de,fr"), LANG_NB);
    assert_int_equal(strings_accept("en;q=0.2, nn;q=0.3"), LANG_NN);
    assert_int_equal(strings_accept("*"), LANG_NB);
    assert_int_equal(strings_accept("nn;q=0, en"), LANG_EN);
    assert_int_equal(strings_quality("text/csv;q=0.5, application/json", "text/csv"),
                     500);
    assert_int_equal(strings_quality("text/*;q=0.4, */*;q=0.1", "text/csv"), 400);
    assert_int_equal(strings_quality("text/*;q=0.4, text/csv;q=0", "text/csv"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),       cmocka_unit_test(test_url_is_stable),
        cmocka_unit_test(test_scopes),     cmocka_unit_test(test_offset),
        cmocka_unit_test(test_long_query), cmocka_unit_test(test_many_pairs),
        cmocka_unit_test(test_choices),    cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_strings),    cmocka_unit_test(test_accept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
