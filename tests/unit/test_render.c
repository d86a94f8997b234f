/* What leaves the product: pages that no text can break out of, tables that Excel reads
 * as text, a terminal that no document controls, JSON that is the same everywhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../searchd/html.h"
#include "../../searchd/problem.h"
#include "../../searchd/render_csv.h"
#include "../../searchd/render_html.h"
#include "../../searchd/render_json.h"
#include "../../searchd/render_text.h"
#include "../../searchd/view.h"
#include "../../shim/utf8.h"

static struct hf_templates *templates;

/* An answer of the form of /v1/search with one text everywhere. */
static json_t *answer_with(const char *text)
{
    json_t *segments = json_pack("[[s,b],[s,b]]", text, 0, text, 1);
    json_t *hit =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "type",
                  "decision", "id", "hf-x/ssu/2023-01-01/1-2023/v1", "link",
                  "/r/hf-x/ssu/2023-01-01/1-2023/v1", "title", text, "text", text,
                  "label", text, "body", text, "helsefellesskap_name", text, "citation",
                  text, "source", text, "source_link", text, "language", text);
    json_object_set(hit, "title_segments", segments);
    json_object_set(hit, "snippet", segments);
    json_t *person =
        json_pack("{s:s, s:s, s:s, s:[{s:s, s:s, s:s, s:s}]}", "type", "person", "id",
                  "person/x", "name", text, "records", "meeting", "m", "body", text,
                  "role", text, "presence", text);
    json_t *facets = json_object();
    for (int f = 0; f < HF_N_FACETS; f++)
        json_object_set_new(facets, hf_facets[f].name,
                            json_pack("[{s:s, s:s, s:i, s:b}]", "value", text, "label",
                                      text, "count", 3, "selected", 1));
    json_t *interpreted = json_pack("[{s:s, s:s, s:[s], s:s}]", "word", text, "as", text,
                                    "forms", text, "off", text);
    json_t *out =
        json_pack("{s:s, s:o, s:i, s:{}, s:[o, o], s:o, s:{s:s, s:i}, s:i, s:i, s:i}",
                  "query", text, "interpreted", interpreted, "total", 25,
                  "totals_by_type", "hits", hit, person, "facets", facets, "did_you_mean",
                  "query", text, "total", 3, "page", 1, "size", 10, "pages", 3);
    json_decref(segments);
    assert_non_null(out);
    return out;
}

/* The names of the tags of a page, in order: what a browser makes of it, texts aside. */
static void skeleton(const char *page, struct hf_buf *out)
{
    for (const char *s = page; (s = strchr(s, '<')); s++) {
        size_t len = strcspn(s, " >\n");
        hf_buf_add(out, s, len);
        hf_buf_addc(out, ' ');
    }
}

/* Of /v1/timeline: hits, none, and no meeting. */
static json_t *timeline_with(const char *text)
{
    json_t *out = json_pack("{s:i, s:[{s:s, s:s, s:[{s:i,s:i,s:i},{s:i,s:i,s:i},"
                            "{s:n,s:i,s:i}]}]}",
                            "total", 2, "series", "value", text, "label", text, "years",
                            "year", 2023, "hits", 2, "meetings", 3, "year", 2024, "hits",
                            0, "meetings", 1, "year", "hits", 0, "meetings", 0);
    assert_non_null(out);
    return out;
}

static void search_page(const char *text, struct hf_buf *out)
{
    struct params p;
    json_t *answer = answer_with(text);
    params_init(&p);
    p.q = hf_xstrdup(text);
    p.facet[HF_FACET_REGION].at[p.facet[HF_FACET_REGION].n++] = hf_xstrdup(text);
    struct page page = {&p, true, false, "/sok", out, templates};
    json_t *timeline = timeline_with(text);
    render_search_page(&page, answer, timeline);
    params_release(&p);
    json_decref(timeline);
    json_decref(answer);
}

static void record_page(const char *text, struct hf_buf *out)
{
    struct params p;
    json_t *record =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:[{s:s, s:s}], s:[{s:s}], s:[s], "
                  "s:[{s:s, s:s}]}",
                  "type", "case", "id", text, "title", text, "text", text, "number", text,
                  "source", text, "url", text, "refs_detail", "as_printed", text,
                  "number", text, "people", "name", text, "patient_groups", text,
                  "group_evidence", "group", text, "text", text);
    json_t *meeting =
        json_pack("{s:s, s:s, s:s}", "id", text, "body", text, "date", text);
    json_t *decision =
        json_pack("{s:s, s:s, s:s}", "label", text, "text", text, "votes", text);
    json_t *answer =
        json_pack("{s:o, s:o, s:[o], s:[{s:s, s:s}], s:{s:s, s:s}}", "record", record,
                  "meeting", meeting, "decisions", decision, "attendees", "id", text,
                  "name", text, "previous", "id", text, "title", text);
    assert_non_null(answer);
    params_init(&p);
    struct page page = {&p, false, true, "/r/x", out, templates};
    render_record_page(&page, answer);
    params_release(&p);
    json_decref(answer);
}

/* Of a helsefellesskap that is not known, and of one whose every text is the same. */
static void coverage_page(const char *text, struct hf_buf *out)
{
    struct params p;
    json_t *answer = json_pack(
        "{s:[{s:s, s:s, s:s, s:s, s:i, s:i}, {s:s, s:s, s:s, s:s, s:i, s:i, s:[{s:s}], "
        "s:[s]}], s:[{s:s, s:s}], s:{s:i}, s:{s:s}}",
        "rows", "helsefellesskap", "", "helsefellesskap_name", "", "region", "", "body",
        "", "year", 2024, "meetings", 1, "helsefellesskap", text, "helsefellesskap_name",
        text, "region", text, "body", text, "year", 2024, "meetings", 7, "missing",
        "reason", text, "unreadable", text, "unreadable", "source", text, "reason", text,
        "totals", "meetings", 8, "index", "updated", text);
    assert_non_null(answer);
    params_init(&p);
    struct page page = {&p, true, false, "/dekning", out, templates};
    render_coverage_page(&page, answer);
    params_release(&p);
    json_decref(answer);
}

static void person_page(const char *text, struct hf_buf *out)
{
    struct params p;
    json_t *answer = json_pack(
        "{s:s, s:[{s:s, s:i}, {s:s, s:i}], s:i, s:i, s:[{s:s, s:s, s:s, s:s}], "
        "s:[{s:s, s:s, s:s, s:s}], s:[{s:s, s:s, s:s}]}",
        "name", text, "spellings", "text", text, "meetings", 2, "text", text, "meetings",
        1, "present", 3, "absent", 0, "roles", "role", text, "organisation", text, "from",
        text, "to", "2024-01-01", "cases", "id", text, "title", text, "body", text,
        "function", "presenter", "meetings", "id", text, "body", text, "presence", text);
    assert_non_null(answer);
    params_init(&p);
    struct page page = {&p, true, true, "/person/x", out, templates};
    render_person_page(&page, answer);
    params_release(&p);
    json_decref(answer);
}

static const char *const hostile[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></style></textarea><svg onload=alert(1)>",
    "javascript:alert(1)",
    "//evil.example/x",
    "/\\evil.example",
    "&lt;script&gt;&#60;b&#62;",
    "<!-- --><![CDATA[x]]><?php?>",
    "data:text/html,<script>alert(1)</script>",
    "\x01\x02\x1b[31m\x7f",
    "a&b<c>d\"e'f`g",
    "\u2028\u202e\ufeff<b>",
};

/* Nothing that a text holds changes what a page is made of. */
static void test_hostile_pages(void **state)
{
    (void)state;
    void (*const pages[])(const char *, struct hf_buf *) = {search_page, record_page,
                                                            coverage_page, person_page};
    for (size_t k = 0; k < sizeof pages / sizeof *pages; k++) {
        struct hf_buf plain = HF_BUF_INIT, bones = HF_BUF_INIT;
        pages[k]("plain", &plain);
        skeleton(plain.data, &bones);
        for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
            struct hf_buf page = HF_BUF_INIT, other = HF_BUF_INIT;
            pages[k](hostile[i], &page);
            skeleton(page.data, &other);
            if (strcmp(bones.data, other.data) != 0)
                fail_msg("%s:\n%s\n%s", hostile[i], bones.data, other.data);
            assert_null(strstr(page.data, "href=\"javascript"));
            assert_null(strstr(page.data, "href=\"data:"));
            assert_null(strstr(page.data, "href=\"//"));
            assert_null(strstr(page.data, "href=\"/\\"));
            assert_null(strstr(page.data, " style="));
            assert_null(strchr(page.data, 0x1b));
            hf_buf_release(&page);
            hf_buf_release(&other);
        }
        hf_buf_release(&plain);
        hf_buf_release(&bones);
    }
}

/* What a page says of a list's item is the item's own, whatever stands around it. */
static void test_own_values(void **state)
{
    static const struct {
        void (*page)(const char *, struct hf_buf *);
        const char *holds, *why;
    } rows[] = {
        {search_page, "y=\"16\">2</text>", "the hits of a year"},
        {search_page, "<text class=\"value\" x=\"84\" y=\"112\">0</text>",
         "a year with meetings, without hits"},
        {search_page, "<text class=\"value none\" x=\"140\" y=\"112\">–</text>",
         "a year without meetings, on a page that has hits"},
        {search_page, "<th scope=\"row\">uten år</th>", "no year"},
        {coverage_page, "<td class=\"held\">1<span", "unknown: not the sum of all"},
        {coverage_page, "year=2024&amp;sort=oldest&amp;lang=nb\">7<span",
         "a search finds just these"},
        {person_page, "<time datetime=\"2024-01-01\">1. januar 2024</time></td>",
         "to the end of the period"},
        {person_page, "<a href=\"/r/plain?lang=nb\">", "the language is kept"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct hf_buf page = HF_BUF_INIT;
        rows[i].page("plain", &page);
        if (!strstr(page.data, rows[i].holds))
            fail_msg("%s: no «%s»", rows[i].why, rows[i].holds);
        hf_buf_release(&page);
    }
}

/* 10,000 strings of the characters that matter, through the one escaping function. */
static void test_random_escape(void **state)
{
    (void)state;
    static const char alphabet[] = "<>\"'&/;:=`{}()! \n\taæ#x0";
    uint32_t seed = 20261122;
    for (int round = 0; round < 10000; round++) {
        char text[41];
        size_t len = 0;
        for (; len < 40; len++) {
            seed = seed * 1664525u + 1013904223u;
            text[len] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        text[len] = 0;
        struct hf_buf out = HF_BUF_INIT;
        html_text(&out, text);
        assert_null(strpbrk(out.data, "<>\"'"));
        for (const char *s = out.data; (s = strchr(s, '&')); s++)
            assert_true(!strncmp(s, "&amp;", 5) || !strncmp(s, "&lt;", 4) ||
                        !strncmp(s, "&gt;", 4) || !strncmp(s, "&quot;", 6) ||
                        !strncmp(s, "&#39;", 5));
        hf_buf_release(&out);
    }
}

/* A wrong year on the page is a serious fault: the evidence's year is shown, not the
 * printed one. */
static void test_day(void **state)
{
    static const struct {
        const char *json, *day, *why;
    } rows[] = {
        {"{\"date\":\"2024-02-03\",\"year\":2025}", "2025-02-03",
         "printed in the old year"},
        {"{\"date\":\"2024-02-03\",\"year\":2024}", "2024-02-03", "as printed"},
        {"{\"date\":null,\"year\":2024}", "2024", "a report has but its year"},
        {"{\"date\":\"2024-02-03\"}", "2024-02-03", "no year: the date as it is"},
        {"{}", "", "nothing is known"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char day[11];
        json_t *record = json_loads(rows[i].json, 0, NULL);
        if (strcmp(member_day(record, day), rows[i].day) != 0)
            fail_msg("%s: «%s», not «%s»", rows[i].why, day, rows[i].day);
        json_decref(record);
    }
}

static void test_links(void **state)
{
    (void)state;
    struct hf_buf b = HF_BUF_INIT;
    json_t *view = json_object();
    assert_true(view_address(view, "a", "/sok?q=a"));
    assert_string_equal(member_text(view, "a"), "/sok?q=a");
    assert_false(view_address(view, "a", "//x.example"));
    assert_true(json_is_null(json_object_get(view, "a")));
    assert_false(view_address(view, "a", "/\\x.example"));
    assert_false(view_address(view, "a", "https://x.example"));
    assert_false(view_address(view, "a", ""));
    assert_true(view_web_address(view, "a", "HTTPS://x.example/"));
    assert_false(view_web_address(view, "a", "/etc/passwd"));
    assert_false(view_web_address(view, "a", "javascript:alert(1)"));
    assert_false(view_web_address(view, "a", " https://x.example"));
    assert_true(json_is_null(json_object_get(view, "a")));
    json_decref(view);
    html_record_url(&b, "hf-x/SSU/2023-01-01/1-2023?a#b c\xc3\xa6");
    assert_string_equal(b.data, "/r/hf-x/SSU/2023-01-01/1-2023%3Fa%23b%20c%C3%A6");
    hf_buf_release(&b);
}

static void test_csv(void **state)
{
    (void)state;
    static const struct {
        const char *text, *cell, *why;
    } cells[] = {
        {"plain", "plain", "as it is"},
        {"a;b", "\"a;b\"", "the separator"},
        {"a \"b\"", "\"a \"\"b\"\"\"", "quotes doubled"},
        {"a\nb", "\"a\nb\"", "two lines in one cell"},
        {"=1+1", "\"'=1+1\"", "a formula"},
        {"+47 22", "\"'+47 22\"", "a sum"},
        {"-punkt", "\"'-punkt\"", "a difference"},
        {"@SUM(A1)", "\"'@SUM(A1)\"", "an old formula"},
        {"\t=1", "\"' =1\"", "behind a tab"},
        {"a=b", "a=b", "not at the beginning"},
    };
    struct render_columns c;
    assert_int_equal(render_columns_parse(&c, "text,year", LANG_NB, NULL), HF_OK);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct hf_buf out = HF_BUF_INIT, expected = HF_BUF_INIT;
        json_t *hits = json_pack("[{s:s, s:i}]", "text", cells[i].text, "year", 2023);
        render_table_rows(FORMAT_CSV, &c, hits, &out);
        hf_buf_addf(&expected, "%s;2023\r\n", cells[i].cell);
        if (strcmp(out.data, expected.data) != 0)
            fail_msg("%s: expected %s, got %s", cells[i].why, expected.data, out.data);
        json_decref(hits);
        hf_buf_release(&out);
        hf_buf_release(&expected);
    }
}

static void test_table_head(void **state)
{
    (void)state;
    struct render_columns c;
    struct hf_buf out = HF_BUF_INIT;
    assert_int_equal(render_columns_parse(&c, NULL, LANG_NB, NULL), HF_OK);
    render_table_head(FORMAT_CSV, &c, &out);
    assert_string_equal(
        out.data,
        "\xEF\xBB\xBFtype;helsefellesskap;region;body;date;year;case_number;title;"
        "label;outcome;text;groups;responsible;deadline;source;page;link;"
        "citation\r\n");
    hf_buf_clear(&out);
    json_t *hits = json_pack("[{s:s, s:s, s:[s, s], s:n, s:[{s:s}, {s:s}, {s:s}]}]",
                             "title", "a\tb\nc", "health_region", "Helse Sør-Øst",
                             "patient_groups", "x", "y", "page", "decisions", "outcome",
                             "vedtatt", "outcome", "utsatt", "outcome", "vedtatt");
    assert_int_equal(
        render_columns_parse(&c, "title, region,groups,page,outcome", LANG_NB, NULL),
        HF_OK);
    render_table_rows(FORMAT_TSV, &c, hits, &out);
    assert_string_equal(out.data, "a b c\tsor-ost\tx; y\t\tvedtatt; utsatt\n");
    hf_buf_clear(&out);
    render_table_rows(FORMAT_JSONL, &c, hits, &out);
    assert_string_equal(
        out.data, "{\"title\":\"a\\tb\\nc\",\"region\":\"Helse Sør-Øst\",\"groups\":"
                  "[\"x\",\"y\"],\"page\":null,\"outcome\":null}\n");
    json_decref(hits);
    hf_buf_release(&out);
}

static void test_unknown_column(void **state)
{
    (void)state;
    struct render_columns c;
    struct hf_error err;
    assert_int_equal(render_columns_parse(&c, "titel", LANG_NB, &err), HF_BAD_ARGUMENT);
    assert_non_null(strstr(err.text, "«title»"));
}

/* No byte of a document steers the terminal; no line is wider than asked. */
static void test_terminal(void **state)
{
    (void)state;
    static const size_t widths[] = {30, 41, 80};
    for (size_t w = 0; w < 3; w++)
        for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
            struct text_style style = {widths[w], false, LANG_NN};
            struct hf_buf out = HF_BUF_INIT;
            json_t *answer = answer_with(hostile[i]);
            render_text_search(&style, answer, &out);
            render_text_notes(&style, answer, &out);
            for (const char *s = out.data; *s; s++)
                assert_true((unsigned char)*s >= 0x20 || *s == '\n');
            json_decref(answer);
            hf_buf_release(&out);
        }
}

static void test_wrap(void **state)
{
    (void)state;
    struct text_style style = {40, false, LANG_NB};
    struct hf_buf out = HF_BUF_INIT;
    json_t *answer = answer_with("ærlig ørret åpner såra når våren blåser over øyene");
    render_text_search(&style, answer, &out);
    for (const char *s = out.data; *s;) {
        size_t len = strcspn(s, "\n");
        if (hf_utf8_count(s, len) > 40) fail_msg("%.*s", (int)len, s);
        s += len + (s[len] == '\n');
    }
    style.colour = true;
    hf_buf_clear(&out);
    render_text_search(&style, answer, &out);
    assert_non_null(strstr(out.data, "\033[1;31mærlig\033[0m"));
    json_decref(answer);
    hf_buf_release(&out);
}

static void test_problem(void **state)
{
    (void)state;
    struct hf_buf out = HF_BUF_INIT;
    struct problem p = {PROBLEM_PARAMETER, "m\xf8te \"x\"\n"};
    problem_json(&p, "/v1/search", LANG_NN, &out);
    json_t *doc = json_loads(out.data, 0, NULL);
    assert_non_null(doc);
    assert_int_equal(json_integer_value(json_object_get(doc, "status")), 400);
    assert_string_equal(member_text(doc, "type"), "/problems/bad-parameter");
    assert_string_equal(member_text(doc, "detail"), "m\uFFFDte \"x\"\n");
    json_decref(doc);
    hf_buf_release(&out);
    static const struct {
        enum hf_status status;
        int code;
    } codes[] = {{HF_OK, 0},       {HF_NOT_FOUND, 1}, {HF_BAD_ARGUMENT, 2},
                 {HF_NO_INDEX, 3}, {HF_LOCKED, 4},    {HF_SCHEMA, 5},
                 {HF_CORRUPT, 6}};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_int_equal(problem_exit(codes[i].status), codes[i].code);
}

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *iso;
        enum params_lang lang;
        const char *text;
    } rows[] = {{"2025-02-03", LANG_NB, "3. februar 2025"},
                {"2025-12-31", LANG_NN, "31. desember 2025"},
                {"2025-10-01", LANG_EN, "1 October 2025"},
                {"2025", LANG_NB, "2025"},
                {"2025-13-01", LANG_NB, "2025-13-01"},
                {"<b>", LANG_NB, "<b>"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct hf_buf b = HF_BUF_INIT;
        strings_date(&b, rows[i].iso, rows[i].lang);
        assert_string_equal(b.data, rows[i].text);
        hf_buf_release(&b);
    }
}

static int open_templates(void **state)
{
    struct hf_error err;
    (void)state;
    if (view_templates(NULL, &templates, &err) == HF_OK) return 0;
    print_error("%s\n", err.text);
    return 1;
}

static int close_templates(void **state)
{
    (void)state;
    hf_templates_close(templates);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hostile_pages),
        cmocka_unit_test(test_own_values),
        cmocka_unit_test(test_random_escape),
        cmocka_unit_test(test_day),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_table_head),
        cmocka_unit_test(test_unknown_column),
        cmocka_unit_test(test_terminal),
        cmocka_unit_test(test_wrap),
        cmocka_unit_test(test_problem),
        cmocka_unit_test(test_dates),
    };
    return cmocka_run_group_tests(tests, open_templates, close_templates);
}
