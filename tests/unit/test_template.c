/* Templates: what they make of a view, that every value is escaped, and what is refused
 * when a folder is opened. */
#include "t.h"

#include <pthread.h>

#include "../../searchd/html.h"
#include "../../shim/template.h"

static const char *folder;

static void write_template(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s.mustache", folder, name);
    t_write(path, text, strlen(text));
}

static enum hf_status open_folder(struct hf_templates **t, struct hf_error *err)
{
    json_t *words[] = {json_pack("{s:s}", "SEARCH", "Søk & finn"),
                       json_pack("{s:s}", "SEARCH", "Search")};
    static const char *const names[] = {"page"};
    struct hf_template_options o = {
        folder, names, 1, html_textn, (const json_t *const *)words, 2};
    enum hf_status status = hf_templates_open(&o, t, err);
    json_decref(words[0]);
    json_decref(words[1]);
    return status;
}

static void test_values(void **state)
{
    static const struct {
        const char *template, *view, *page, *why;
    } rows[] = {
        {"a{{x}}b", "{\"x\":\"<i>&'\\\"\"}", "a&lt;i&gt;&amp;&#39;&quot;b", "escaped"},
        {"{{x}}", "{\"x\":\"a\\u0001\\u001bb\"}", "a  b", "by our own function"},
        {"{{n}} {{m}}", "{\"n\":1234567890123,\"m\":-7}", "1234567890123 -7", "numbers"},
        {"a{{x}}b", "{}", "ab", "what is not there"},
        {"{{x}}{{y}}{{z}}", "{\"x\":true,\"y\":null,\"z\":[1]}", "", "what is no text"},
        {"{{SEARCH}}", "{}", "Søk &amp; finn", "the words, escaped too"},
        {"{{#x}}+{{/x}}{{^x}}-{{/x}}", "{\"x\":\"\"}", "-", "an empty text is nothing"},
        {"{{#x}}+{{/x}}{{^x}}-{{/x}}", "{\"x\":0}", "+", "a number is there"},
        {"{{#x}}+{{/x}}{{^x}}-{{/x}}", "{\"x\":[]}", "-", "an empty list"},
        {"{{#has_x}}+{{#x}}{{.}}{{/x}}{{/has_x}}", "{\"x\":[1,2]}", "+12",
         "what stands once around a list"},
        {"{{#x}}{{#has_y}}+{{/has_y}}{{/x}}", "{\"y\":[1],\"x\":[{\"y\":[]}]}", "",
         "an empty list within one that is not"},
        {"{{#x}}+{{/x}}{{^x}}-{{/x}}", "{\"x\":false}", "-", "false"},
        {"{{#x}}+{{/x}}{{^x}}-{{/x}}", "{}", "-", "not there"},
        {"{{#x}}[{{.}}]{{/x}}", "{\"x\":[\"a\",\"<\"]}", "[a][&lt;]", "a list of texts"},
        {"{{#x}}{{a}}{{b}};{{/x}}", "{\"b\":\"B\",\"x\":[{\"a\":1},{\"a\":2,\"b\":3}]}",
         "1B;23;", "a name is sought in the item, then around it"},
        {"{{#x}}{{b}}{{/x}}", "{\"b\":\"B\",\"x\":[{\"b\":null}]}", "",
         "null hides what stands around"},
        {"a\n  {{#x}}\n  <b>{{.}}</b>\n  {{/x}}\nc", "{\"x\":[1,2]}",
         "a\n<b>1</b>\n<b>2</b>\nc", "lines of tags alone and blanks before a line"},
        {"a\n{{#x}}\nb\n{{/x}}\n{{^x}}\nc\n{{/x}}\nd", "{\"x\":[]}", "a\nc\nd",
         "and they leave no empty line"},
        {"a\n\n{{x}}\nb\n", "{}", "a\n\n\nb", "others stay"},
        {"a{{! never seen }}b\n{{! nor {{this }}\nc", "{}", "ab\nc", "comments"},
        {"<{{> other}}>", "{\"y\":\"&\"}", "<(&amp;)>", "a partial, without a line end"},
        {"{{#x}}{{> other}}{{/x}}", "{\"x\":[{\"y\":1},{\"y\":2}]}", "(1)(2)",
         "a partial for each item"},
    };
    (void)state;
    write_template("other", "({{y}})\n");
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct hf_error err = {HF_OK, ""};
        struct hf_templates *t;
        struct hf_buf out = HF_BUF_INIT;
        json_t *view = json_loads(rows[i].view, 0, NULL);
        write_template("page", rows[i].template);
        if (open_folder(&t, &err) != HF_OK) fail_msg("%s: %s", rows[i].why, err.text);
        assert_ok(hf_templates_render(t, "page", 0, view, &out, &err));
        if (strcmp(out.data, rows[i].page) != 0)
            fail_msg("%s: «%s», not «%s»", rows[i].why, out.data, rows[i].page);
        hf_buf_clear(&out);
        assert_int_equal(hf_templates_render(t, "none", 0, view, &out, &err),
                         HF_NOT_FOUND);
        assert_int_equal(out.len, 0);
        json_decref(view);
        hf_buf_release(&out);
        hf_templates_close(t);
    }
}

static void test_refused(void **state)
{
    static const struct {
        const char *template, *says, *why;
    } rows[] = {
        {"a\n{{{x}}}", "page.mustache:2: ", "not escaped"},
        {"{{&x}}", "page.mustache:1: ", "not escaped"},
        {"{{ & x }}", "page.mustache:1: ", "not escaped, with blanks"},
        {"{{#x}}\n{{& x}}{{/x}}", "page.mustache:2: ", "not escaped, in a section"},
        {"{{=<% %>=}}<%& x %>", "page.mustache:1: ", "other delimiters hide it"},
        {"a\n\n{{#x}}", "page.mustache:3: ", "a section that is never closed"},
        {"a\n{{#x}}{{/y}}", "page.mustache:2: ", "a section closed by another name"},
        {"{{/x}}", "page.mustache:1: ", "a section that was never opened"},
        {"\n{{x", "page.mustache:2: ", "a tag that is never closed"},
        {"{{", "page.mustache:1: ", "a tag of which there is only the beginning"},
        {"{{> nothing}}", "«nothing»", "a partial that is not there"},
        {"{{> page}}", "page.mustache:1: ", "a template within itself"},
        {"{{> ring}}", "ring.mustache:1: ", "a template within itself, by another"},
        {"\n{{SAERCH}}", "page.mustache:2: ", "a word that is none"},
        {"{{^SAERCH}}{{/SAERCH}}", "«SAERCH»", "a word that is none, as a section"},
        {"a\xff", "page.mustache:1: ", "no UTF-8"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct hf_error err = {HF_OK, ""};
        struct hf_templates *t;
        write_template("ring", "{{> page}}");
        write_template("page", rows[i].template);
        if (!strstr(rows[i].template, "> ring")) write_template("ring", "");
        assert_int_equal(open_folder(&t, &err), HF_BAD_ARGUMENT);
        assert_null(t);
        if (!strstr(err.text, rows[i].says))
            fail_msg("%s: «%s» does not say «%s»", rows[i].why, err.text, rows[i].says);
    }
    write_template("page", "");
    write_template("ring", "");
}

/* Partials that hold each other twice, thirty deep, would fill the memory. */
static void test_too_much(void **state)
{
    struct hf_error err;
    struct hf_templates *t;
    char name[8], text[64];
    (void)state;
    write_template("page", "{{> d0}}");
    for (int i = 0; i < 30; i++) {
        snprintf(name, sizeof name, "d%d", i);
        snprintf(text, sizeof text, i < 29 ? "{{> d%d}}{{> d%d}}" : "0123456789", i + 1,
                 i + 1);
        write_template(name, text);
    }
    assert_int_equal(open_folder(&t, &err), HF_BAD_ARGUMENT);
    assert_non_null(strstr(err.text, "store"));
    write_template("page", "{{#x}}a{{/x}}"); /* and what nothing asks for is not read */
    assert_ok(open_folder(&t, &err));
    hf_templates_close(t);
    static const char *const names[] = {"page", "missing"};
    struct hf_template_options none = {folder, names, 2, html_textn, NULL, 0};
    assert_int_equal(hf_templates_open(&none, &t, &err), HF_NOT_FOUND);
    assert_non_null(strstr(err.text, "missing.mustache"));
    assert_null(t);
}

/* ---- threads share the templates ---- */

static void *render_often(void *templates)
{
    json_t *view = json_pack("{s:[{s:s},{s:i}]}", "x", "y", "<", "y", 2);
    long wrong = 0;
    for (int i = 0; i < 2000; i++) {
        struct hf_buf out = HF_BUF_INIT;
        if (hf_templates_render(templates, "page", 1, view, &out, NULL) != HF_OK ||
            strcmp(out.data, "Search(&lt;)(2)") != 0)
            wrong++;
        hf_buf_release(&out);
    }
    json_decref(view);
    return (void *)wrong;
}

static void test_threads(void **state)
{
    pthread_t threads[4];
    struct hf_templates *t;
    struct hf_error err;
    (void)state;
    write_template("page", "{{SEARCH}}{{#x}}{{> other}}{{/x}}");
    assert_ok(open_folder(&t, &err));
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, render_often, t), 0);
    for (size_t i = 0; i < 4; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
    hf_templates_close(t);
}

static void test_tag(void **state)
{
    struct hf_templates *a, *b, *c;
    struct hf_error err;
    (void)state;
    write_template("page", "one");
    assert_ok(open_folder(&a, &err));
    assert_ok(open_folder(&b, &err));
    write_template("page", "two");
    assert_ok(open_folder(&c, &err));
    assert_string_equal(hf_templates_tag(a), hf_templates_tag(b));
    assert_string_not_equal(hf_templates_tag(a), hf_templates_tag(c));
    hf_templates_close(a);
    hf_templates_close(b);
    hf_templates_close(c);
    hf_templates_close(NULL);
}

int main(void)
{
    folder = t_dir();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),   cmocka_unit_test(test_refused),
        cmocka_unit_test(test_too_much), cmocka_unit_test(test_threads),
        cmocka_unit_test(test_tag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
