/* Records in brief stand for the whole where documents are laid beside each other. */
#include "t.h"

#include "../../indexer/brief.h"
#include "../../indexer/collate.h"
#include "../../indexer/minutes.h"
#include "../../shim/record.h"

static void test_what_stays(void **state)
{
    json_t *records = json_pack("[{s:s,s:s,s:s},{s:s,s:s,s:s,s:[{s:s}]},{s:s,s:s,s:s},{s:s,s:s}]", "type", "meeting",
                                "title", "Møte", "text", "lang", "type", "case", "title", "Sak", "text", "lang",
                                "refs_detail", "number", "3/2024", "type", "decision", "case", "m/1", "text", "lang",
                                "type", "attendee", "name", "K. Hørthe");
    json_t *want = json_pack("[{s:s,s:s},{s:s,s:s,s:[{s:s}]},{s:s,s:s},{s:s,s:s}]", "type", "meeting", "title", "Møte",
                             "type", "case", "title", "Sak", "refs_detail", "number", "3/2024", "type", "decision",
                             "case", "m/1", "type", "attendee", "name", "K. Hørthe");
    (void)state;
    json_t *brief = brief_of(records), *again = brief_of(brief);
    assert_true(json_equal(brief, want));
    assert_true(json_equal(again, want));
    json_decref(brief);
    json_decref(again);
    /* names are looked for in all of a damaged document */
    json_object_set_new(json_array_get(records, 0), "damage", json_real(HF_DAMAGE_GATE + .1));
    brief = brief_of(records);
    assert_true(json_equal(brief, records));
    json_decref(brief);
    json_decref(records);
    json_decref(want);
}

/* The sample collated in brief, some of it damaged, is the sample collated and then made brief. */
static void test_collating(void **state)
{
    size_t n, *number;
    struct hf_error err;
    struct minutes_cues *cues;
    json_t **records = t_corpus_records(&n);
    (void)state;
    assert_ok(minutes_cues_open(hf_lexicon_dir(), &cues, &err));
    struct collate *whole = collate_new(t_lexicon(), cues), *brief = collate_new(t_lexicon(), cues);
    for (size_t i = n; i-- > 0;) /* doubles have no records */
        if (!records[i]) records[i] = records[--n];
    json_t **in_brief = hf_xcalloc(n, sizeof *in_brief);
    number = hf_xcalloc(n, sizeof *number);
    for (size_t i = 0; i < n; i++) {
        if (i % 5 == 3) json_object_set_new(json_array_get(records[i], 0), "damage", json_real(.4));
        json_t *part = brief_of(records[i]);
        in_brief[i] = json_deep_copy(part);
        json_decref(part);
        number[i] = collate_add(whole, records[i]);
        assert_int_equal(collate_add(brief, in_brief[i]), number[i]);
    }
    collate_finish(whole);
    collate_finish(brief);
    size_t n_own = 0;
    for (size_t i = 0; i < n; i++) {
        bool is_own = collate_apply(whole, number[i], records[i]);
        n_own += is_own;
        assert_int_equal(collate_apply(brief, number[i], in_brief[i]), is_own);
        json_t *want = brief_of(records[i]);
        if (!json_equal(in_brief[i], want)) fail_msg("document %zu", i);
        json_decref(want);
        json_decref(in_brief[i]);
        json_decref(records[i]);
    }
    assert_true(n_own > 10);
    collate_free(whole);
    collate_free(brief);
    minutes_cues_close(cues);
    free(in_brief);
    free(number);
    free(records);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_stays),
        cmocka_unit_test(test_collating),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
