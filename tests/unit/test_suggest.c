/* «Did you mean»: what is cheap to mix up, what is offered, and what never is. */
#include "t.h"

#include "../../searchd/answer.h"
#include "../../searchd/dictionary.h"
#include "../../searchd/engine.h"

/* ---- costs, in tenths of a letter ---- */

static const struct {
    const char *written, *meant;
    unsigned most; /* at most this; 0: more than two letters */
    const char *why;
} costs[] = {
    {"legemidelliste", "legemiddelliste", 3, "one consonant for two"},
    {"akutkjeden", "akuttkjeden", 3, "the same"},
    {"ohren", "øhren", 3, "ø without the key"},
    {"oehren", "øhren", 3, "oe"},
    {"baerum", "bærum", 3, "ae"},
    {"bråten", "braaten", 3, "aa"},
    {"sjøtte", "skjøtte", 3, "sj for skj"},
    {"kjøtte", "skjøtte", 4, "kj for skj"},
    {"jenta", "gjenta", 4, "j for gj"},
    {"vem", "hvem", 4, "v for hv"},
    {"viktilig", "viktili", 3, "-lig and -li"},
    {"lannet", "landet", 7, "nn for nd"},
    {"samhanlding", "samhandling", 6, "two letters turned"},
    {"samhamdling", "samhandling", 7, "the key beside"},
    {"kva", "hva", 4, "nynorsk"},
    {"čáhppi", "cahppi", 3, "Sámi letters"},
    {"samhandling", "samarbeid", 0, "another word"},
    {"nordmann", "nordberg", 0, "another name"},
};

static void test_costs(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_OF(costs); i++) {
        unsigned there = dictionary_cost(costs[i].written, costs[i].meant, 20);
        unsigned back = dictionary_cost(costs[i].meant, costs[i].written, 20);
        unsigned least = there < back ? there : back;
        if (costs[i].most ? least > costs[i].most : least <= 20)
            fail_msg("%s for %s: %u (%s)", costs[i].written, costs[i].meant, least,
                     costs[i].why);
    }
}

/* Noise is safe and never cheaper than nothing. */
static void test_noise(void **state)
{
    static const char *const letters[] = {"a", "s", "k", "j", "å", "o",
                                          "e", "n", "d", "ø", "č"};
    (void)state;
    for (unsigned round = 0; round < t_rounds(20000); round++) {
        struct hf_buf a = HF_BUF_INIT, b = HF_BUF_INIT;
        for (unsigned n = t_random(50); n; n--)
            hf_buf_adds(&a, letters[t_random(N_OF(letters))]);
        for (unsigned n = t_random(50); n; n--)
            hf_buf_adds(&b, letters[t_random(N_OF(letters))]);
        unsigned cost = dictionary_cost(a.data, b.data, 20);
        assert_true(cost <= 21);
        if (!strcmp(a.data, b.data)) assert_true(cost == 0 || cost == 21);
        hf_buf_release(&a);
        hf_buf_release(&b);
    }
}

/* ---- offers, on the sample corpus ---- */

static struct session *session;

static json_t *ask(const char *query)
{
    struct params p;
    struct hf_error err;
    json_t *answer;
    params_init(&p);
    p.q = (char *)query;
    assert_ok(answer_search(session, &p, &answer, &err));
    p.q = NULL;
    params_release(&p);
    return answer;
}

static const struct {
    const char *query, *meant, *why;
} offers[] = {
    {"samhanling", "samhandling", "a letter left out"},
    {"sam handling", "samhandling", "a compound in two"},
    {"psykiskhelse", "psykisk helse", "two words in one"},
    {"helsefellesksap", "helsefellesskap", "a double wrong and turned"},
    {"pasientforlop", NULL, "ø without the key: the offer, or the hits themselves"},
    {"koronavaksine", NULL, "Norwegian, and not there"},
    {"Ola Nordmann", NULL, "a name that nobody here has"},
    {"99/2031", NULL, "a number is no misspelling"},
    {"samhandling", NULL, "it is there"},
    {"xqzzwv", NULL, "nothing is near"},
    {"\"samhanling\"", NULL, "quotes mean exact"},
};

static void test_offers(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_OF(offers); i++) {
        json_t *a = ask(offers[i].query), *other = json_object_get(a, "did_you_mean");
        const char *got = json_string_value(json_object_get(other, "query"));
        bool free_choice = !strcmp(offers[i].query, "pasientforlop");
        if (got) assert_true(json_integer_value(json_object_get(other, "total")) > 0);
        if (free_choice) {
            assert_true(got || json_integer_value(json_object_get(a, "total")) > 0);
        } else if ((got == NULL) != (offers[i].meant == NULL) ||
                   (got && strcmp(got, offers[i].meant) != 0)) {
            fail_msg("%s: %s (%s)", offers[i].query, got ? got : "nothing",
                     offers[i].why);
        }
        json_decref(a);
    }
}

/* Known words that stand nowhere together: the query less one, each with its hits, best
 * first. */
static void test_alternatives(void **state)
{
    (void)state;
    json_t *a = ask("samhandling legemiddelliste ambulanse sykehjem"), *one;
    json_int_t last = 1 << 30;
    size_t i;
    const json_t *list = json_object_get(a, "alternatives");
    assert_true(json_is_array(list) && json_array_size(list) <= 3);
    json_array_foreach(list, i, one)
    {
        json_int_t total = json_integer_value(json_object_get(one, "total"));
        assert_true(total > 0 && total <= last);
        last = total;
        json_t *again = ask(json_string_value(json_object_get(one, "query")));
        assert_int_equal(json_integer_value(json_object_get(again, "total")), total);
        json_decref(again);
    }
    json_decref(a);
    a = ask("samhandling");
    assert_int_equal(json_array_size(json_object_get(a, "alternatives")), 0);
    json_decref(a);
    a = ask("samhandling xqzzwv"); /* one is not known: no use to leave out the other */
    assert_int_equal(json_array_size(json_object_get(a, "alternatives")), 0);
    json_decref(a);
}

/* What is near to a word is the same when it is remembered; of another cost or word it is
 * found anew, also where they share a place in the memory. */
static void test_near_again(void **state)
{
    struct dictionary_word first[DICTIONARY_NEAR], again[DICTIONARY_NEAR];
    const struct dictionary *d = session_dictionary(session);
    (void)state;
    assert_non_null(d);
    size_t n = dictionary_near(d, "samhandlnig", 20, first);
    assert_true(n > 0);
    assert_string_equal(first[0].text, "samhandling");
    for (unsigned i = 0; i < 3000; i++) {
        char other[24];
        snprintf(other, sizeof other, "xq%c%c%czzw", 'a' + i % 26, 'a' + i / 26 % 26,
                 'a' + i / 676);
        assert_int_equal(dictionary_near(d, other, 3, again), 0);
        if (i % 1000) continue;
        for (unsigned k = 0; k < 2; k++) {
            assert_int_equal(dictionary_near(d, "samhandlnig", 20, again), n);
            for (size_t j = 0; j < n; j++) {
                assert_ptr_equal(again[j].text, first[j].text);
                assert_int_equal(again[j].cost, first[j].cost);
            }
        }
        assert_int_equal(dictionary_near(d, "samhandlnig", 1, again), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_near_again),   cmocka_unit_test(test_costs),
        cmocka_unit_test(test_noise),        cmocka_unit_test(test_offers),
        cmocka_unit_test(test_alternatives),
    };
    struct engine *e;
    struct hf_error err;
    assert_ok(engine_open(t_corpus_index(), NULL, &e, &err));
    assert_ok(session_open(e, &session, &err));
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    session_close(session);
    engine_close(e);
    return failed;
}
