/* Index and query agree: each word of each text of the sample's records, typed as a
 * query, finds that record; so do two words in a row in quotes, and a case's number. */
#include "t.h"

#include "../../searchd/engine.h"
#include "../../searchd/search.h"
#include "../../shim/map.h"
#include "../../shim/utf8.h"

#define SHOWN 40

static struct engine *engine;
static struct session *session;
static uint32_t n_records;
static struct hf_map asked; /* query → a byte a document */
static unsigned n_asked, n_checked, n_wrong, n_unreadable;

/* The documents that a query finds, of all types; NULL where it cannot be read. */
static const uint8_t *ask(const char *query)
{
    struct params p;
    struct hf_error err = {HF_OK, ""};
    struct plan *plan;
    struct compiled c;
    struct search_filter f;
    struct search_result result;
    struct compile_options o = {0};
    uint8_t *set = hf_map_get(&asked, query, strlen(query));
    if (set) return set;
    n_asked++;
    if (plan_parse(session->planner, query, &plan, &err) != HF_OK) return NULL;
    params_init(&p);
    p.all = true;
    for (int t = 0; t < HF_N_TYPES; t++)
        assert_ok(params_set(&p, PARAMS_SEARCH, "type",
                             hf_facets[HF_FACET_TYPE].choices[t].id, &err));
    compile(session->planner, session->reader, plan, &o, &c);
    search_filter_init(&f, session->served->columns, &p);
    assert_ok(search_run(session->reader, &c, &f, &result, &err));
    set = hf_xcalloc(n_records + 1, 1);
    for (size_t i = 0; i < result.matches.n; i++) set[result.matches.at[i].docid] = 1;
    search_result_release(&result);
    search_filter_release(&f);
    compiled_release(&c);
    plan_free(plan);
    params_release(&p);
    hf_map_put(&asked, hf_xstrdup(query), strlen(query), set);
    return set;
}

/* ---- the words of a text, as a reader would type or paste them ---- */

static bool is_mark(uint32_t c) /* what is left away at the ends of a word */
{
    return !hf_utf8_is_letter(c) && !hf_utf8_is_digit(c) && c != '@' && c != '&';
}

/* The next word from *at: blanks, quotes and brackets part words, other signs go at its
 * ends. */
static bool next_word(const char *text, size_t len, size_t *at, size_t *start,
                      size_t *end)
{
    size_t i = *at, n;
    uint32_t c;
    while (i < len && (hf_utf8_next(text + i, len - i, &c), is_mark(c)))
        i += hf_utf8_next(text + i, len - i, &c);
    *start = *end = i;
    for (; i < len; i += n) {
        n = hf_utf8_next(text + i, len - i, &c);
        if (hf_utf8_is_space(c) || (c < 0x80 && strchr("\"()", (int)c)) || c == 0xAB ||
            c == 0xBB || c == 0x201C || c == 0x201D)
            break;
        if (!is_mark(c)) *end = i + n;
    }
    *at = i;
    return *end > *start;
}

static bool is_operator(const char *word)
{
    static const char *const words[] = {"OG",   "AND",   "ELLER", "OR",
                                        "IKKE", "IKKJE", "NOT"};
    for (size_t i = 0; i < N_OF(words); i++)
        if (!strcmp(word, words[i])) return true;
    return false;
}

/* In a line in capitals LAR is the word «lar»: the rule of design, section 5. */
static bool is_word_in_capitals(const char *word)
{
    const struct hf_acronym *a = hf_lexicon_acronym(t_lexicon(), word, strlen(word));
    return a && a->is_word;
}

static bool line_is_in_capitals(const char *text, size_t len, size_t at)
{
    size_t from = at, to = at;
    while (from && text[from - 1] != '\n') from--;
    while (to < len && text[to] != '\n') to++;
    for (size_t i = from; i < to;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (hf_utf8_is_lower(c)) return false;
    }
    return true;
}

static void expect(const char *query, uint32_t docid, const char *field)
{
    const uint8_t *set = ask(query);
    n_checked++;
    if (!set) {
        if (n_unreadable++ < SHOWN)
            print_message("cannot be typed as it is: %s\n", query);
        return;
    }
    if (set[docid]) return;
    if (n_wrong++ < SHOWN)
        print_error("«%s» does not find document %u, in whose %s it stands\n", query,
                    docid, field);
}

/* A record's decisions stand in a field of their own, so a phrase cannot reach into or
 * out of one. */
static bool crosses_decision(const json_t *decisions, const char *text, size_t from,
                             size_t to)
{
    size_t i;
    json_t *d;
    json_array_foreach(decisions, i, d)
    {
        const char *own = json_string_value(json_object_get(d, "text")),
                   *at = own ? strstr(text, own) : NULL;
        if (!at || at == text) continue;
        size_t start = (size_t)(at - text), end = start + strlen(own);
        if ((from < start && to > start) || (from < end && to > end)) return true;
    }
    return false;
}

/* In damaged text a sign may stand for a letter (m@te). Such a word is found by itself;
 * in quotes its parts are taken for words. TODO. */
static bool has_sign(const char *phrase)
{
    return strpbrk(phrase + 1, "@&|") || strstr(phrase, "¢");
}

static void check_text(uint32_t docid, const char *field, const char *text,
                       const json_t *decisions)
{
    size_t at = 0, start, end, len = strlen(text), last_start = 0, last_end = 0;
    bool last_exempt = false;
    while (next_word(text, len, &at, &start, &end)) {
        struct hf_buf q = HF_BUF_INIT;
        hf_buf_add(&q, text + start, end - start);
        bool exempt =
            is_word_in_capitals(q.data) && line_is_in_capitals(text, len, start);
        if (is_operator(q.data)) {
            hf_buf_clear(&q);
            hf_buf_addf(&q, "\"%.*s\"", (int)(end - start), text + start);
        }
        if (!exempt) expect(q.data, docid, field);
        /* Two words of one line, as they stand there. */
        bool same_line = last_end && !memchr(text + last_end, '\n', start - last_end) &&
                         !memchr(text + last_start, '"', end - last_start) && !exempt &&
                         !last_exempt;
        if (same_line && t_random(8) == 0 &&
            !crosses_decision(decisions, text, last_start, end)) {
            hf_buf_clear(&q);
            hf_buf_addf(&q, "\"%.*s\"", (int)(end - last_start), text + last_start);
            if (!has_sign(q.data) && !strstr(q.data, "«") && !strstr(q.data, "»") &&
                !strstr(q.data, "”"))
                expect(q.data, docid, field);
        }
        last_start = start;
        last_end = end;
        last_exempt = exempt;
        hf_buf_release(&q);
    }
}

static void check_field(uint32_t docid, const json_t *o, const char *field)
{
    const char *text = json_string_value(json_object_get(o, field));
    if (text) check_text(docid, field, text, json_object_get(o, "decisions"));
}

static void check_record(uint32_t docid, const json_t *o)
{
    static const char *const own[] = {"title", "text", "responsible",  "deadline",
                                      "name",  "role", "organisation", NULL};
    const char *type = json_string_value(json_object_get(o, "type"));
    size_t i;
    json_t *d;
    /* A meeting stands for its header; what it carries else is not searched. */
    for (i = 0; own[i]; i++) check_field(docid, o, own[i]);
    json_array_foreach(json_object_get(o, "decisions"), i, d)
        check_field(docid, d, "text");
    if (!strcmp(type, "decision")) check_field(docid, o, "case_title");
    if (!strcmp(type, "case")) {
        const char *number = json_string_value(json_object_get(o, "number_normalised"));
        const char *printed = json_string_value(json_object_get(o, "number"));
        struct hf_buf q = HF_BUF_INIT;
        if (number) hf_buf_addf(&q, "sak:%s", number);
        if (number) expect(q.data, docid, "number");
        hf_buf_clear(&q);
        if (printed && !strpbrk(printed, " \t")) hf_buf_addf(&q, "sak:%s", printed);
        if (q.len) expect(q.data, docid, "number as printed");
        hf_buf_release(&q);
    }
}

static void test_every_word_finds_its_record(void **state)
{
    (void)state;
    n_records = hf_reader_last(session->reader);
    for (uint32_t d = 1; d <= n_records; d++) {
        json_t *o;
        struct hf_error err;
        assert_ok(session_record(session, d, &o, &err));
        check_record(d, o);
        json_decref(o);
    }
    print_message(
        "%u words and phrases checked, %u questions, %u cannot be typed as they are\n",
        n_checked, n_asked, n_unreadable);
    assert_true(n_checked > 10000);
    assert_int_equal(n_wrong, 0);
    /* Only what looks like a field («Tid:09.00») needs quotes. */
    assert_true(n_unreadable * 500 < n_checked);
}

/* What stands in a meeting's header is a question's context: «LAR Vestfold». */
static void test_header_is_context(void **state)
{
    unsigned before = n_wrong;
    (void)state;
    for (uint32_t d = 1; d <= n_records; d += 7) {
        json_t *o;
        struct hf_error err;
        assert_ok(session_record(session, d, &o, &err));
        const char *title = json_string_value(json_object_get(o, "title")),
                   *body = json_string_value(json_object_get(o, "body"));
        long long year = json_integer_value(json_object_get(o, "year"));
        size_t at = 0, start, end;
        if (title && body && year &&
            !strcmp(json_string_value(json_object_get(o, "type")), "case") &&
            next_word(title, strlen(title), &at, &start, &end)) {
            struct hf_buf q = HF_BUF_INIT;
            hf_buf_addf(&q, "%.*s %s", (int)(end - start), title + start, body);
            if (!is_operator(title)) expect(q.data, d, "title and header");
            hf_buf_release(&q);
        }
        json_decref(o);
    }
    assert_int_equal(n_wrong, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_word_finds_its_record),
        cmocka_unit_test(test_header_is_context),
    };
    struct hf_error err;
    if (engine_open(t_corpus_index(), NULL, &engine, &err) != HF_OK ||
        session_open(engine, &session, &err) != HF_OK) {
        print_error("%s\n", err.text);
        return 1;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    for (size_t i = 0; i < asked.cap; i++) {
        free(asked.slots[i].value);
        free((char *)asked.slots[i].key);
    }
    hf_map_release(&asked);
    session_close(session);
    engine_close(engine);
    return failed;
}
