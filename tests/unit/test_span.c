/* A record's JSON by its members (span.h): what a JSON library reads and writes, without
 * its tree; and the answer that is made of it is the answer that is made of trees. */
#include "t.h"

#include "../../searchd/answer.h"
#include "../../searchd/render_json.h"
#include "../../searchd/span.h"

static void test_members(void **state)
{
    static const char text[] =
        "{\"a\":\"x\\\"}\\\\\",\"b\":[1,{\"c\":\"]\"},[]],\"c\":null,"
        "\"d\":-12,\"e\":{},\"f\":\"\",\"g\":\"\\u00e6\\n\\/\"}";
    struct spans s;
    struct hf_buf room = HF_BUF_INIT;
    (void)state;
    assert_true(spans_read(&s, text, strlen(text)));
    assert_int_equal(s.n, 7);
    struct span a = span_string(spans_get(&s, "a"), &room);
    assert_int_equal(a.len, 4);
    assert_memory_equal(a.at, "x\"}\\", 4);
    assert_int_equal(spans_get(&s, "b").len, strlen("[1,{\"c\":\"]\"},[]]"));
    assert_null(span_string(spans_get(&s, "c"), &room).at);
    assert_int_equal(span_integer(spans_get(&s, "d")), -12);
    assert_int_equal(span_integer(spans_get(&s, "a")), 0);
    assert_null(span_string(spans_get(&s, "f"), &room).at);
    struct span g = span_string(spans_get(&s, "g"), &room);
    assert_int_equal(g.len, 4);
    assert_memory_equal(g.at, "æ\n/", 4);
    assert_null(spans_get(&s, "x").at);
    assert_true(span_is(spans_get(&s, "f"), ""));
    hf_buf_release(&room);
}

static bool count(void *ctx, struct span value)
{
    ++*(unsigned *)ctx;
    return value.len > 0;
}

static void test_what_is_refused(void **state)
{
    static const char *const bad[] = {"",
                                      "{",
                                      "[]",
                                      "{\"a\":}",
                                      "{\"a\" :1}",
                                      "{\"a\"",
                                      "{\"a\":1",
                                      "{\"a\":1}x",
                                      "{\"a\":[1}",
                                      "{\"a\":\"x}",
                                      "{a:1}",
                                      "{\"a\":1,}",
                                      "{\"a\":\"\\\"}",
                                      "{ \"a\":1}",
                                      "{\"a\":1 }"};
    struct spans s;
    unsigned n = 0;
    (void)state;
    for (size_t i = 0; i < N_OF(bad); i++)
        if (spans_read(&s, bad[i], strlen(bad[i]))) fail_msg("%s", bad[i]);
    assert_true(spans_read(&s, "{}", 2));
    assert_true(span_each((struct span){"[]", 2}, count, &n));
    assert_false(span_each((struct span){"{}", 2}, count, &n));
    assert_false(span_each((struct span){"[\"a]", 4}, count, &n));
    assert_int_equal(n, 0);
    assert_true(span_each((struct span){"[1,[2,3],\"4,5\"]", 15}, count, &n));
    assert_int_equal(n, 3);
}

/* ---- beside jansson ---- */

static json_t *random_string(void)
{
    static const char *const bits[] = {"a",    "ø",    "\"",   "\\",    "\n", "/",
                                       "\x01", "\x1f", "\t",   "{}",    "[,", "€",
                                       ":",    " ",    "\x7f", "\b\f\r"};
    struct hf_buf b = HF_BUF_INIT;
    for (uint32_t n = t_random(12); n; n--) hf_buf_adds(&b, bits[t_random(N_OF(bits))]);
    json_t *s = json_stringn(b.data, b.len);
    hf_buf_release(&b);
    return s;
}

static json_t *random_value(unsigned depth)
{
    json_t *v;
    switch (t_random(depth ? 7 : 5)) {
    case 0: return json_null();
    case 1: return json_boolean(t_random(2));
    case 2: return json_integer(t_random(100000));
    case 3: return json_real(t_random(1000) / 7.0);
    case 5:
        v = json_array();
        for (uint32_t n = t_random(4); n; n--)
            json_array_append_new(v, random_value(depth - 1));
        return v;
    case 6:
        v = json_object();
        for (uint32_t n = t_random(4); n; n--) {
            char name[8];
            snprintf(name, sizeof name, "n%u", t_random(50));
            json_object_set_new(v, name, random_value(depth - 1));
        }
        return v;
    default: return random_string();
    }
}

static void check_member(const struct spans *s, const char *name, const json_t *v)
{
    struct hf_buf want = HF_BUF_INIT, got = HF_BUF_INIT, room = HF_BUF_INIT;
    struct span value = spans_get(s, name);
    assert_non_null(value.at);
    render_json_value(v, &want);
    span_write(value, &got);
    assert_string_equal(got.data, want.data);
    if (json_is_string(v)) {
        struct span text = span_string(value, &room);
        assert_int_equal(text.len, json_string_length(v));
        assert_memory_equal(text.len ? text.at : "", json_string_value(v), text.len);
        hf_buf_clear(&got);
        span_quote(text.len ? text.at : "", text.len, &got);
        assert_string_equal(got.data, want.data);
    }
    hf_buf_release(&want);
    hf_buf_release(&got);
    hf_buf_release(&room);
}

static void test_random(void **state)
{
    (void)state;
    for (unsigned i = 0; i < t_rounds(3000); i++) {
        json_t *o = json_object(), *v;
        const char *name;
        struct spans s;
        for (uint32_t n = t_random(20); n; n--) {
            char key[8];
            snprintf(key, sizeof key, "k%u", t_random(100));
            json_object_set_new(o, key, random_value(3));
        }
        char *text = json_dumps(o, JSON_COMPACT);
        size_t len = strlen(text);
        assert_true(spans_read(&s, text, len));
        assert_int_equal(s.n, json_object_size(o));
        json_object_foreach(o, name, v) check_member(&s, name, v);
        /* Cut or changed anywhere it may be refused, and nothing else happens. */
        assert_false(spans_read(&s, text, t_random((uint32_t)len)));
        text[t_random((uint32_t)len)] = "\"\\{}[],: x"[t_random(10)];
        if (spans_read(&s, text, len) && s.n) {
            struct hf_buf room = HF_BUF_INIT;
            unsigned n = 0;
            span_string(s.at[0].value, &room);
            span_each(s.at[0].value, count, &n);
            span_write(s.at[0].value, &room);
            hf_buf_release(&room);
        }
        free(text);
        json_decref(o);
    }
}

/* ---- the answer ---- */

static void same_answer(struct session *s, const char *query, const char *name,
                        const char *value)
{
    struct params p;
    struct hf_error err;
    json_t *tree, *head;
    struct hf_buf a = HF_BUF_INIT, b = HF_BUF_INIT;
    params_init(&p);
    assert_ok(params_set(&p, PARAMS_SEARCH, "q", query, &err));
    assert_ok(params_set(&p, PARAMS_SEARCH, name, value, &err));
    assert_ok(answer_search(s, &p, &tree, &err));
    assert_ok(answer_search_text(s, &p, &head, &b, &err));
    json_t *read = json_loadb(b.data, b.len, 0, NULL);
    assert_non_null(read);
    json_object_set_new(tree, "took_ms", json_real(0));
    json_object_set_new(read, "took_ms", json_real(0));
    hf_buf_clear(&b);
    render_json(tree, &a);
    render_json(read, &b);
    assert_string_equal(a.data, b.data);
    assert_int_equal(json_array_size(json_object_get(head, "hits")), 0);
    assert_true(
        json_equal(json_object_get(head, "total"), json_object_get(tree, "total")));
    json_decref(tree);
    json_decref(head);
    json_decref(read);
    hf_buf_release(&a);
    hf_buf_release(&b);
    params_release(&p);
}

static void test_answers(void **state)
{
    static const char *const queries[] = {"LAR",         "",         "møte",
                                          "\"hits\":[]", "pasient*", "finnesikke",
                                          "leder",       "IKKE LAR", "sak 14/2024"};
    static const char *const with[][2] = {
        {"size", "50"},   {"type", "decision"}, {"type", "meeting"}, {"type", "attendee"},
        {"open", "true"}, {"page", "2"},        {"sort", "newest"}};
    struct engine *e;
    struct session *s;
    struct hf_error err;
    (void)state;
    assert_ok(engine_open(t_corpus_index(), NULL, &e, &err));
    assert_ok(session_open(e, &s, &err));
    for (size_t i = 0; i < N_OF(queries); i++)
        for (size_t k = 0; k < N_OF(with); k++)
            same_answer(s, queries[i], with[k][0], with[k][1]);
    session_close(s);
    engine_close(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_members),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
