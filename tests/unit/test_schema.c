/* The field table: terms that fit and differ, slots that do not clash, choices by every
 * name. */
#include "t.h"

#include "../../shim/index.h"
#include "../../shim/schema.h"
#include "../../shim/utf8.h"

static void test_slots(void **state)
{
    static const unsigned slots[] = {
        HF_SLOT_TYPE, HF_SLOT_REGION,  HF_SLOT_TRUST,    HF_SLOT_YEAR, HF_SLOT_GROUP,
        HF_SLOT_BODY, HF_SLOT_OUTCOME, HF_SLOT_PRESENCE, HF_SLOT_DATE, HF_SLOT_PERSON,
        HF_SLOT_CASE, HF_SLOT_FLAGS,   HF_SLOT_MEETING};
    (void)state;
    for (size_t i = 0; i < N_OF(slots); i++)
        assert_int_equal(slots[i], i); /* they are part of the index form */
    for (int f = 0; f < HF_N_FACETS; f++)
        for (int g = 0; g < f; g++) {
            assert_int_not_equal(hf_facets[f].slot, hf_facets[g].slot);
            assert_string_not_equal(hf_facets[f].name, hf_facets[g].name);
        }
}

static void test_choices(void **state)
{
    static const struct {
        enum hf_facet facet;
        const char *id;
        int want;
        const char *why;
    } rows[] = {
        {HF_FACET_REGION, "vest", 2, "by id"},
        {HF_FACET_REGION, "VEST", 2, "in any case"},
        {HF_FACET_REGION, "Helse Vest", 2, "by name"},
        {HF_FACET_REGION, "sor-ost", 3, "the four of the design"},
        {HF_FACET_REGION, "ves", -1, "not by a beginning"},
        {HF_FACET_REGION, "vestt", -1, "nor longer"},
        {HF_FACET_REGION, "", -1, "nothing"},
        {HF_FACET_TYPE, "vedtak", 2, "in Norwegian"},
        {HF_FACET_TYPE, "attendee", 3, "type"},
        {HF_FACET_TYPE, "person", -1, "a person is no record"},
        {HF_FACET_GROUP, "fodende", 4, "the fifth group"},
        {HF_FACET_OUTCOME, "vedteke", 0, "nynorsk"},
        {HF_FACET_PRESENCE, "forfall", 1, "in Norwegian"},
    };
    static const char *const groups[] = {"barn_og_unge", "psykisk_helse_og_rus",
                                         "skropelige_eldre", "kroniske_lidelser",
                                         "fodende"};
    static const char *const outcomes[] = {"vedtatt", "godkjent",  "orientering",
                                           "enighet", "oversendt", "utsatt",
                                           "avvist",  "oppfolging"};
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++)
        if (hf_choice_find(&hf_facets[rows[i].facet], rows[i].id, strlen(rows[i].id)) !=
            rows[i].want)
            fail_msg("«%s» (%s)", rows[i].id, rows[i].why);
    for (size_t i = 0; i < N_OF(groups); i++)
        assert_string_equal(hf_facets[HF_FACET_GROUP].choices[i].id, groups[i]);
    for (size_t i = 0; i < N_OF(outcomes); i++)
        assert_string_equal(hf_facets[HF_FACET_OUTCOME].choices[i].id, outcomes[i]);
    for (int f = 0; f < HF_N_FACETS; f++)
        for (size_t i = 0; i < hf_facets[f].n_choices; i++) {
            const struct hf_choice *c = &hf_facets[f].choices[i];
            assert_true(c->id && c->label_nb && c->label_nn && c->label_en);
            assert_int_equal(hf_choice_find(&hf_facets[f], c->id, strlen(c->id)), (int)i);
            if (hf_facets[f].is_multiple) assert_true(i < 16); /* a bit each in 16 */
        }
    assert_int_equal(hf_region_find("Helse Sør-Øst"), 3);
    assert_int_equal(hf_region_find("helse vest"), -1);
    assert_int_equal(hf_region_find(NULL), -1);
}

static void test_spell(void **state)
{
    char term[HF_TERM_ROOM], word[1000];
    (void)state;
    assert_int_equal(hf_term_spell(term, HF_FIELD_TEXT, HF_KIND_LEMMA, "sykehus", 7), 9);
    assert_string_equal(term, "tzsykehus");
    assert_int_equal(hf_term_spell(term, HF_FIELD_TITLE, HF_KIND_ACRONYM, "", 0), 2);
    /* Long words are cut between letters, at any offset of the letters. */
    for (size_t shift = 0; shift < 4; shift++) {
        memset(word, 'a', sizeof word);
        for (size_t i = shift; i + 3 <= sizeof word; i += 3) memcpy(word + i, "…", 3);
        size_t len =
            hf_term_spell(term, HF_FIELD_TEXT, HF_KIND_EXACT, word, sizeof word - 3);
        assert_true(len < HF_TERM_ROOM && len <= HF_TERM_MAX + 2 && len > 150);
        assert_true(hf_utf8_is_valid(term, len, NULL));
        assert_int_equal(strlen(term), len);
    }
    for (size_t len = 0; len < 400; len++) {
        memset(word, 'x', len);
        size_t n = hf_term_spell(term, HF_FIELD_TEXT, HF_KIND_EXACT, word, len);
        assert_true(n == (len < HF_TERM_ROOM - 8 ? len : HF_TERM_ROOM - 8) + 2);
        assert_true(n <= 245); /* Xapian's bound */
    }
}

static void test_flags(void **state)
{
    char a[HF_TERM_ROOM], b[HF_TERM_ROOM], value[1000];
    (void)state;
    assert_int_equal(hf_term_flag(a, 'Q', "x/y", 3), 4);
    assert_string_equal(a, "Qx/y");
    /* Ids that differ only far behind stay different. */
    for (size_t len = 150; len < 1000; len += 7) {
        memset(value, 'x', len);
        size_t n = hf_term_flag(a, 'Q', value, len);
        value[len - 1] = 'y';
        size_t m = hf_term_flag(b, 'Q', value, len);
        assert_true(n < HF_TERM_ROOM && n == m && n <= HF_TERM_MAX);
        assert_int_equal(strlen(a), n);
        assert_string_not_equal(a, b);
    }
    /* The same value, the same term. */
    hf_term_flag(a, 'Q', value, 999);
    hf_term_flag(b, 'Q', value, 999);
    assert_string_equal(a, b);
    hf_term_facet(a, HF_FACET_BODY, "SSU", 3);
    assert_string_equal(a, "Xbody:ssu");
    hf_term_facet(b, HF_FACET_HELSEFELLESSKAP, "SSU", 3);
    assert_string_not_equal(a, b);
    memset(value, 'V', sizeof value);
    assert_true(hf_term_facet(a, HF_FACET_HELSEFELLESSKAP, value, sizeof value) <
                HF_TERM_ROOM);
}

/* Which cases are one matter by their number alone. */
static void test_series(void **state)
{
    static const struct {
        const char *meeting, *number, *term, *why;
    } rows[] = {
        {"hf-x/SSU/2022-02-10", "14/2022", "Shf-x/SSU#14/2022", "a body's number"},
        {"hf-x/LSU.nord/2022-02-10", "14/2022", "Shf-x/LSU.nord#14/2022", "one of several"},
        {"hf-x/SSU/2022-02-10.0a1b2c3d", "14/2022", "Shf-x/SSU#14/2022",
         "an id that was made unambiguous"},
        {"hf-x/SSU/2022-02-10", "14b/2022", "Shf-x/SSU#14b/2022", "a part of a case"},
        {"hf-x/FSU/2022-02-10", "1512/2022", "Shf-x#1512/2022", "an archive's number"},
        {"hf-x/SSU/2022-02-10", "4", "", "without a year it is the meeting's own"},
        {"hf-x/SSU/2022-02-10", "", "", "no number"},
        {"", "14/2022", "", "no meeting"},
    };
    char term[HF_TERM_ROOM];
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        size_t n = hf_term_series(term, rows[i].meeting, rows[i].number);
        if (strcmp(term, rows[i].term) != 0 || n != strlen(term))
            fail_msg("%s: %s", rows[i].why, term);
    }
    char meeting[1000];
    memset(meeting, 'x', sizeof meeting);
    memcpy(meeting + sizeof meeting - 4, "/u1", 4);
    assert_true(hf_term_series(term, meeting, "14/2022") < HF_TERM_ROOM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slots),
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_spell),
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_series),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
