/* Which decisions a case has, and that a file of thousands of them in one case costs what it may. */
#include "t.h"

#include <time.h>

#include "../../indexer/document.h"
#include "../../indexer/kin.h"

/* One meeting, n cases of a text of len bytes, each with n_decisions. */
static json_t *make_records(int n, size_t len, int n_decisions)
{
    json_t *records = json_pack("[{s:s,s:s,s:s}]", "type", "meeting", "id", "m", "title", "Møte");
    char *text = hf_xmalloc(len + 1), id[32];
    for (size_t i = 0; i < len; i++) text[i] = "samarbeid "[i % 10];
    text[len] = 0;
    for (int i = 0; i < n; i++) {
        snprintf(id, sizeof id, "m/%d", i);
        json_array_append_new(records, json_pack("{s:s,s:s,s:s,s:s,s:[s]}", "type", "case", "id", id, "title", "Sak",
                                                 "text", text, "refs", "3/2024"));
        for (int k = 0; k < n_decisions; k++)
            json_array_append_new(records, json_pack("{s:s,s:s,s:s,s:o}", "type", "decision", "case", id, "text",
                                                     "Godkjent.", "n", json_integer(k)));
    }
    free(text);
    return records;
}

static void test_family(void **state)
{
    struct kin k;
    json_t *records = make_records(3, 100, 2);
    (void)state;
    json_array_append_new(records, json_pack("{s:s,s:s}", "type", "decision", "text", "uten sak"));
    kin_init(&k, records);
    assert_ptr_equal(kin_case(&k, "m/1"), json_array_get(records, 4));
    assert_null(kin_case(&k, "m/3"));
    assert_null(kin_case(&k, NULL));
    const json_t *own = kin_decisions(&k, "m/1");
    assert_int_equal(json_array_size(own), 2);
    assert_ptr_equal(json_array_get(own, 1), json_array_get(records, 6));
    assert_null(kin_decisions(&k, "m/9"));
    assert_false(k.is_bounded);
    kin_release(&k);
    json_decref(records);
}

static void test_share(void **state)
{
    static const struct {
        int cases, decisions;
        size_t len, share;
        const char *why;
    } rows[] = {
        {40, 3, 20000, SIZE_MAX, "long minutes"},
        {1, 100, 80000, SIZE_MAX, "one long case with many decisions: eight million bytes in all"},
        {1, 100, 90000, KIN_MAX_INHERITED / 100, "more than that"},
        {1, 20000, 200000, KIN_MAX_INHERITED / 20000, "a file made to hurt"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct kin k;
        json_t *records = make_records(rows[i].cases, rows[i].len, rows[i].decisions);
        kin_init(&k, records);
        if (k.share != rows[i].share) fail_msg("%s: %zu", rows[i].why, k.share);
        kin_release(&k);
        json_decref(records);
    }
}

static enum hf_status count(void *ctx, const struct hf_doc *doc, struct hf_error *err)
{
    (void)doc;
    (void)err;
    ++*(int *)ctx;
    return HF_OK;
}

/* Four gigabytes of inherited text without the bound. */
static void test_cost(void **state)
{
    struct document_maker *m;
    struct hf_error err;
    json_t *records = make_records(1, 200000, 20000);
    int n = 0;
    const struct document_origin origin = {"0", "2026-01-01T00:00:00Z"};
    clock_t start = clock();
    (void)state;
    assert_ok(document_maker_new(t_lexicon(), &m, &err));
    assert_ok(document_each(m, records, &origin, count, &n, &err));
    assert_int_equal(n, 20002);
    double took = (double)(clock() - start) / CLOCKS_PER_SEC;
    if (took > 20) fail_msg("%.1f s", took);
    document_maker_free(m);
    json_decref(records);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_family), cmocka_unit_test(test_share),
                                       cmocka_unit_test(test_cost)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
