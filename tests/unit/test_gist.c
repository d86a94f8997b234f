/* The gist of a document stands for its records where documents are laid beside each
 * other, and what comes of it tells whether they change. */
#include "t.h"

#include "../../indexer/brief.h"
#include "../../indexer/collate.h"
#include "../../indexer/minutes.h"

/* The sample's records, with two documents more: another copy of the first one's meeting,
 * and another meeting under the second one's id. */
static json_t **documents(size_t *n)
{
    json_t **records = t_corpus_records(n), *r;
    size_t k;
    for (size_t i = *n; i-- > 0;) /* doubles have no records */
        if (!records[i]) records[i] = records[--*n];
    records = realloc(records, (*n + 2) * sizeof *records);
    for (size_t extra = 0; extra < 2; extra++) {
        json_t *copy = json_deep_copy(records[extra]);
        json_object_set_new(json_array_get(copy, 0), "source_sha256", json_string(extra ? "ff00ff00ff" : "ee00ee00ee"));
        json_array_foreach(copy, k, r)
        {
            if (!extra || strcmp(json_string_value(json_object_get(r, "type")), "case") != 0) continue;
            json_object_set_new(r, "number_normalised", json_null());
            json_object_set_new(r, "title", json_sprintf("Noe annet, %zu", k));
        }
        records[(*n)++] = copy;
    }
    return records;
}

static void release(json_t **records, size_t n)
{
    for (size_t i = 0; i < n; i++) json_decref(records[i]);
    free(records);
}

static void test_packing(void **state)
{
    size_t n;
    json_t **records = documents(&n);
    (void)state;
    for (size_t i = 0; i < n; i++) {
        struct hf_buf whole = HF_BUF_INIT, in_brief = HF_BUF_INIT;
        struct gist g;
        json_t *brief = brief_of(records[i]);
        gist_pack(records[i], &whole);
        gist_pack(brief, &in_brief);
        assert_int_equal(whole.len, in_brief.len);
        assert_memory_equal(whole.data, in_brief.data, whole.len);
        assert_true(gist_open(&g, whole.data, whole.len));
        assert_int_equal(g.n_records, json_array_size(records[i]));
        assert_int_equal(g.n_records, g.n_meetings + g.n_cases + g.n_decisions + g.n_people);
        gist_release(&g);
        for (size_t len = 0; i < 3 && len < whole.len; len++) { /* cut anywhere it is none */
            char *part = hf_xmalloc(len + 1);
            memcpy(part, whole.data, len);
            if (gist_open(&g, part, len)) fail_msg("%zu of %zu bytes", len, whole.len);
            gist_release(&g);
            free(part);
        }
        hf_buf_addc(&whole, 'x');
        assert_false(gist_open(&g, whole.data, whole.len));
        gist_release(&g);
        hf_buf_release(&whole);
        hf_buf_release(&in_brief);
        json_decref(brief);
    }
    release(records, n);
}

struct collated { /* of each document: what is told of it, and its records as they are then */
    char **outcome, **records;
};

/* Collates all documents but number `without`. */
static struct collated collate(json_t *const *records, size_t n, size_t without, const struct minutes_cues *cues)
{
    struct collated out = {hf_xcalloc(n, sizeof *out.outcome), hf_xcalloc(n, sizeof *out.records)};
    struct collate *c = collate_new(t_lexicon(), cues);
    size_t *number = hf_xcalloc(n, sizeof *number);
    for (size_t i = 0; i < n; i++)
        if (i != without) number[i] = collate_add(c, records[i]);
    collate_finish(c);
    for (size_t i = 0; i < n; i++) {
        struct hf_buf b = HF_BUF_INIT, id = HF_BUF_INIT;
        if (i == without) continue;
        json_t *copy = json_deep_copy(records[i]);
        bool is_own = collate_apply(c, number[i], copy);
        assert_int_equal(collate_outcome(c, number[i], &b), is_own);
        if (is_own) {
            json_t *brief = brief_of(copy);
            out.outcome[i] = hf_xcalloc(2 * b.len + 1, 1);
            for (size_t k = 0; k < b.len; k++) snprintf(out.outcome[i] + 2 * k, 3, "%02x", (unsigned char)b.data[k]);
            out.records[i] = json_dumps(brief, JSON_COMPACT | JSON_SORT_KEYS);
            collate_meeting(c, number[i], &id);
            assert_string_equal(id.data, json_string_value(json_object_get(json_array_get(copy, 0), "id")));
            json_decref(brief);
        }
        json_decref(copy);
        hf_buf_release(&b);
        hf_buf_release(&id);
    }
    free(number);
    collate_free(c);
    return out;
}

/* When a document joins the others or leaves them, the outcome of another one is a new
 * one if and only if its records are. */
static void test_outcome(void **state)
{
    size_t n, n_same = 0, n_changed = 0;
    struct hf_error err;
    struct minutes_cues *cues;
    json_t **records = documents(&n);
    (void)state;
    assert_ok(minutes_cues_open(hf_lexicon_dir(), &cues, &err));
    struct collated all = collate(records, n, n, cues);
    for (size_t k = 0; k < n; k++) {
        struct collated less = collate(records, n, k, cues);
        for (size_t i = 0; i < n; i++) {
            bool has_both = all.records[i] && less.records[i];
            bool is_same = has_both && !strcmp(all.records[i], less.records[i]);
            if (has_both && is_same != !strcmp(all.outcome[i], less.outcome[i]))
                fail_msg("document %zu without %zu: %s", i, k, is_same ? "no change" : "a change");
            n_same += is_same;
            n_changed += has_both && !is_same;
            free(less.outcome[i]), free(less.records[i]);
        }
        free(less.outcome), free(less.records);
    }
    print_message("%zu changes, %zu times none\n", n_changed, n_same);
    assert_true(n_changed > 10 && n_same > 100);
    for (size_t i = 0; i < n; i++) free(all.outcome[i]), free(all.records[i]);
    free(all.outcome), free(all.records);
    minutes_cues_close(cues);
    release(records, n);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_packing),
        cmocka_unit_test(test_outcome),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
