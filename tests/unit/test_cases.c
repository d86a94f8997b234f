/* Whole small documents: tests/cases/minutes/NAME/{input.txt,expect.json,why.txt}. What
 * expect.json names of a case must be so; what it leaves out is not asked. Every document
 * is also read cut short at many places and with its lines shuffled: no answer is
 * expected, only that nothing breaks. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../indexer/minutes_cues.h"
#include "../../indexer/minutes_internal.h"
#include "t_cues.h"

#define DIR_OF_CASES "tests/cases/minutes"

static json_t *records_of(const char *text, size_t len)
{
    struct text_doc doc;
    struct hf_minutes m;
    struct hf_error err;
    struct minutes_parts parts;
    json_t *records = NULL;
    text_doc_init(&doc);
    hf_minutes_init(&m);
    m.source = "input.txt";
    if (extract_text(text, len, &doc, &err) == HF_OK) {
        minutes_cases(cues, &doc, &m, &parts);
        minutes_meaning(cues, &doc, &m);
        records = hf_minutes_records(&m);
    }
    hf_minutes_release(&m);
    text_doc_release(&doc);
    return records;
}

static const char *string_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s ? s : "(null)";
}

/* The decisions of a case as [{label, text}], to be compared as one value. */
static json_t *decisions_of(const json_t *records, const char *id)
{
    json_t *list = json_array(), *r;
    size_t i;
    json_array_foreach(records, i, r)
    {
        if (strcmp(string_of(r, "type"), "decision") || strcmp(string_of(r, "case"), id))
            continue;
        json_t *label = json_object_get(r, "label");
        json_array_append_new(list, json_pack("{s:O, s:O}", "label",
                                              label ? label : json_null(), "text",
                                              json_object_get(r, "text")));
    }
    return list;
}

static void compare(const char *name, json_t *records, json_t *want, json_t *got)
{
    const char *key;
    json_t *value;
    json_object_foreach(want, key, value)
    {
        json_t *decisions = NULL, *have = json_object_get(got, key);
        if (!strcmp(key, "decisions"))
            have = decisions = decisions_of(records, string_of(got, "id"));
        if (!json_equal(value, have ? have : json_null())) {
            char *a = json_dumps(value, JSON_ENCODE_ANY),
                 *b = json_dumps(have, JSON_ENCODE_ANY);
            fail_msg("%s, case %s, %s: want %s, got %s", name, string_of(want, "number"),
                     key, a, b);
        }
        json_decref(decisions);
    }
}

static void check_one(const char *name, json_t *records, json_t *expected)
{
    json_t *r, *cases = json_object_get(expected, "cases");
    size_t i, n = 0;
    json_array_foreach(records, i, r)
    {
        if (strcmp(string_of(r, "type"), "case")) continue;
        if (n < json_array_size(cases))
            compare(name, records, json_array_get(cases, n), r);
        n++;
    }
    if (n != json_array_size(cases))
        fail_msg("%s: %zu cases, want %zu", name, n, json_array_size(cases));
}

static void break_it(const struct hf_buf *text)
{
    for (size_t k = 1; k < 40; k++) {
        size_t len = text->len * k / 40;
        char *copy = hf_xstrndup(text->data, len);
        json_decref(records_of(copy, len));
        for (size_t i = 0; i + 7 < len;
             i += 7 + k) { /* swaps bytes: lines, tags and letters break */
            char c = copy[i];
            copy[i] = copy[(i * 31 + k) % len];
            copy[(i * 31 + k) % len] = c;
        }
        json_decref(records_of(copy, len));
        free(copy);
    }
}

static void each_folder(void **state)
{
    struct dirent **list;
    int n = scandir(DIR_OF_CASES, &list, NULL, alphasort), seen = 0;
    (void)state;
    for (int i = 0; i < n; i++) {
        char path[512];
        struct hf_buf text = HF_BUF_INIT;
        struct hf_error err;
        json_error_t why;
        snprintf(path, sizeof path, DIR_OF_CASES "/%s/input.txt", list[i]->d_name);
        if (list[i]->d_name[0] != '.' &&
            hf_buf_read_file(&text, path, 1 << 20, &err) == HF_OK) {
            snprintf(path, sizeof path, DIR_OF_CASES "/%s/expect.json", list[i]->d_name);
            json_t *expected = json_load_file(path, 0, &why);
            json_t *records = records_of(text.data, text.len);
            assert_non_null(expected);
            assert_non_null(records);
            check_one(list[i]->d_name, records, expected);
            json_decref(records);
            json_decref(expected);
            break_it(&text);
            seen++;
        }
        hf_buf_release(&text);
        free(list[i]);
    }
    if (n >= 0) free(list);
    assert_true(seen > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_folder)};
    return cmocka_run_group_tests(tests, open_cues, close_cues);
}
