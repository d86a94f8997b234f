/* The face over Xapian: what is written is found, and every failure arrives as a status.
 */
#include "t.h"

#include <fcntl.h>
#include <sys/wait.h>

#include "../../shim/index.h"

/* ---- a small database: number, words by position, value, data ---- */

static const struct {
    const char *words[8];
    const char *year, *person, *data;
} docs[] = {
    {{"en", "plan", "for", "lar"}, "2021", "a", "{\"n\":1}"},
    {{"plan", "en", "lar"}, "2022", "b", "{\"n\":2}"},
    {{"lar", "plan"}, "2023", "a", "{\"n\":3}"},
    {{"helt", "annet"}, "2024", "", "{\"n\":4}"},
    {{"plan", "plan", "plan", "plan"}, "2025", "b", "{\"n\":5}"},
};
enum { SLOT_YEAR = 3, SLOT_PERSON = 9 };

static char *base;
static struct hf_reader *reader;

static void fill(struct hf_doc *d, size_t i)
{
    hf_doc_clear(d);
    for (unsigned k = 0; k < 8 && docs[i].words[k]; k++)
        hf_doc_posting(d, docs[i].words[k], strlen(docs[i].words[k]), k + 1, 1);
    hf_doc_posting(d, "Tcase", 5, 0, 0);
    char id[8];
    snprintf(id, sizeof id, "Q%zu", i + 1);
    hf_doc_posting(d, id, strlen(id), 0, 0);
    hf_doc_value(d, SLOT_YEAR, docs[i].year, strlen(docs[i].year));
    hf_doc_value(d, SLOT_PERSON, docs[i].person, strlen(docs[i].person));
    hf_doc_data(d, docs[i].data, strlen(docs[i].data));
}

static void make(const char *path, size_t from, size_t to)
{
    struct hf_writer *w;
    struct hf_error err = {HF_OK, ""};
    struct hf_doc *d = hf_doc_new();
    assert_ok(hf_writer_open(path, &w, &err));
    for (size_t i = from; i < to; i++) {
        fill(d, i);
        assert_ok(hf_writer_add(w, d, &err));
    }
    assert_ok(hf_writer_metadata(w, "key", "a\0b", 3, &err));
    assert_ok(hf_writer_close(w, &err));
    hf_doc_free(d);
}

static int setup(void **state)
{
    struct hf_error err;
    (void)state;
    base = t_path("base");
    make(base, 0, N_OF(docs));
    return hf_reader_open(base, &reader, &err) != HF_OK;
}

static int teardown(void **state)
{
    (void)state;
    hf_reader_close(reader);
    free(base);
    return 0;
}

/* ---- reading ---- */

static int count_terms(void *ctx, const char *term, size_t len, uint32_t freq)
{
    assert_int_equal(strlen(term), len);
    assert_true(freq > 0);
    return ++*(unsigned *)ctx >= 3;
}

static int count_docs(void *ctx, uint32_t docid)
{
    *(unsigned *)ctx = *(unsigned *)ctx * 10 + docid;
    return 0;
}

static int join_values(void *ctx, uint32_t docid, const char *bytes, size_t len)
{
    hf_buf_addf(ctx, "%u=%.*s ", docid, (int)len, bytes);
    return docid == 3;
}

static void test_reading(void **state)
{
    struct hf_error err = {HF_OK, ""};
    uint32_t docid;
    char *text;
    size_t len;
    unsigned n = 0;
    struct hf_buf b = HF_BUF_INIT;
    (void)state;
    assert_int_equal(hf_reader_count(reader), N_OF(docs));
    assert_int_equal(hf_reader_last(reader), N_OF(docs));
    assert_ok(hf_reader_data(reader, 2, &text, &len, &err));
    assert_string_equal(text, docs[1].data);
    assert_int_equal(len, strlen(docs[1].data));
    free(text);
    assert_ok(hf_reader_metadata(reader, "key", &text, &err));
    assert_memory_equal(text, "a\0b", 4);
    free(text);
    assert_ok(hf_reader_metadata(reader, "none", &text, &err));
    assert_string_equal(text, "");
    free(text);
    assert_ok(hf_reader_find(reader, "Q3", &docid, &err));
    assert_int_equal(docid, 3);
    assert_int_equal(hf_reader_freq(reader, "plan"), 4);
    assert_int_equal(hf_reader_freq(reader, "borte"), 0);
    assert_ok(hf_reader_terms(reader, "", count_terms, &n, &err));
    assert_int_equal(n, 3); /* stopped */
    n = 0;
    assert_ok(hf_reader_terms(reader, "Q", count_terms, &n, &err));
    assert_int_equal(n, 3);
    n = 0;
    assert_ok(hf_reader_terms(reader, "Qx", count_terms, &n, &err));
    assert_int_equal(n, 0);
    assert_ok(hf_reader_postings(reader, "lar", count_docs, &n, &err));
    assert_int_equal(n, 123);
    assert_ok(hf_reader_values(reader, SLOT_YEAR, join_values, &b, &err));
    assert_string_equal(b.data, "1=2021 2=2022 3=2023 ");
    hf_buf_clear(&b);
    assert_ok(hf_reader_values(reader, SLOT_PERSON, join_values, &b, &err));
    assert_string_equal(b.data, "1=a 2=b 3=a ");
    hf_buf_release(&b);
}

/* ---- queries ---- */

static struct hf_query *term(const char *t)
{
    return hf_query_term(t, 1);
}

static struct hf_query *join(enum hf_query_op op, struct hf_query *a, struct hf_query *b)
{
    return hf_query_add(hf_query_add(hf_query_new(op), a), b);
}

static struct hf_query *window(enum hf_query_op op, const char *a, const char *b,
                               unsigned n)
{
    struct hf_query *q = join(op, term(a), term(b));
    q->window = n;
    return q;
}

static struct hf_query *range(const char *from, const char *to)
{
    struct hf_query *q = hf_query_new(HF_Q_RANGE);
    q->window = SLOT_YEAR;
    q->term = hf_xstrdup(from);
    q->to = hf_xstrdup(to);
    return q;
}

static struct hf_query *bonus(struct hf_query *q, double constant)
{
    struct hf_query *b = hf_query_add(hf_query_new(HF_Q_BONUS), q);
    b->factor = constant;
    return b;
}

/* The numbers of the hits in ascending order, as "123". */
static void hits(struct hf_query *q, const char *want, const char *why)
{
    struct hf_search_options o = {.size = 100, .sort_slot = -1, .collapse_slot = -1};
    struct hf_matches m;
    struct hf_error err = {HF_OK, ""};
    char got[32] = "";
    struct hf_query *copy = hf_query_copy(q);
    enum hf_status status = hf_reader_search(reader, copy, &o, &m, &err);
    if (status != HF_OK) fail_msg("%s: %s", why, err.text);
    for (uint32_t d = 1; d <= N_OF(docs); d++)
        for (size_t i = 0; i < m.n; i++)
            if (m.at[i].docid == d)
                snprintf(got + strlen(got), sizeof got - strlen(got), "%u", d);
    if (strcmp(got, want)) fail_msg("%s: %s instead of %s", why, got, want);
    hf_matches_release(&m);
    char *text = hf_query_describe(q);
    assert_true(strlen(text) > 0);
    free(text);
    hf_query_free(copy);
    hf_query_free(q);
}

static void test_queries(void **state)
{
    (void)state;
    hits(term("lar"), "123", "a term");
    hits(term("borte"), "", "one that is not there");
    hits(hf_query_new(HF_Q_ALL), "12345", "all");
    hits(hf_query_new(HF_Q_NONE), "", "none");
    hits(hf_query_new(HF_Q_AND), "", "an AND of nothing");
    hits(hf_query_new(HF_Q_OR), "", "an OR of nothing");
    hits(join(HF_Q_AND, term("plan"), term("en")), "12", "AND");
    hits(join(HF_Q_OR, term("helt"), term("en")), "124", "OR");
    hits(join(HF_Q_OR, term("helt"), hf_query_new(HF_Q_NONE)), "4", "OR with none");
    hits(join(HF_Q_AND, term("helt"), hf_query_new(HF_Q_NONE)), "", "AND with none");
    hits(join(HF_Q_MAX, term("helt"), term("en")), "124", "MAX");
    hits(join(HF_Q_SYNONYM, term("helt"), term("en")), "124", "SYNONYM");
    hits(join(HF_Q_AND_NOT, term("plan"), term("lar")), "5", "AND NOT");
    hits(hf_query_add(join(HF_Q_AND_NOT, hf_query_new(HF_Q_ALL), term("lar")),
                      term("helt")),
         "5", "none of two");
    hits(join(HF_Q_AND_NOT, term("plan"), hf_query_new(HF_Q_NONE)), "1235",
         "AND NOT nothing");
    hits(join(HF_Q_AND_MAYBE, term("lar"), term("helt")), "123", "AND MAYBE");
    hits(join(HF_Q_FILTER, term("plan"), term("Tcase")), "1235", "FILTER");
    hits(window(HF_Q_PHRASE, "en", "plan", 2), "1", "a phrase");
    hits(window(HF_Q_PHRASE, "plan", "lar", 2), "", "not with words between");
    hits(window(HF_Q_PHRASE, "plan", "lar", 3), "12", "with a wider window");
    hits(window(HF_Q_PHRASE, "plan", "plan", 2), "5", "the same word twice");
    hits(window(HF_Q_NEAR, "lar", "plan", 2), "3", "near");
    hits(window(HF_Q_NEAR, "lar", "plan", 3), "123", "near, wider");
    hits(range("2022", "2024"), "234", "a range, both ends in it");
    hits(range("2022", "2022"), "2", "of one");
    hits(range("2024", "2022"), "", "the wrong way round");
    hits(range("", "9"), "12345", "open");
    hits(join(HF_Q_AND, term("lar"), range("2022", "2023")), "23", "a range in an AND");
    hits(bonus(term("lar"), 1000), "123", "a bonus finds nothing new");
}

static double weight_of(struct hf_query *q, uint32_t docid)
{
    struct hf_search_options o = {.size = 100, .sort_slot = -1, .collapse_slot = -1};
    struct hf_matches m;
    struct hf_error err;
    double weight = -1;
    assert_ok(hf_reader_search(reader, q, &o, &m, &err));
    for (size_t i = 0; i < m.n; i++)
        if (m.at[i].docid == docid) weight = m.at[i].weight;
    hf_matches_release(&m);
    hf_query_free(q);
    return weight;
}

static bool is_near(double a, double b)
{
    return a - b < 1e-6 && b - a < 1e-6;
}

static void test_weights(void **state)
{
    (void)state;
    double plain = weight_of(term("lar"), 3), other = weight_of(term("plan"), 3);
    assert_true(plain > 0 && other > 0);
    assert_true(is_near(weight_of(hf_query_term("lar", 3), 3), 3 * plain));
    assert_true(
        is_near(weight_of(hf_query_term("lar", 0), 3), 0)); /* found, without weight */
    assert_true(is_near(weight_of(bonus(term("lar"), 1000), 3), plain + 1000));
    assert_true(
        is_near(weight_of(join(HF_Q_AND, term("lar"), term("plan")), 3), plain + other));
    assert_true(
        is_near(weight_of(join(HF_Q_FILTER, term("lar"), term("plan")), 3), plain));
    assert_true(is_near(weight_of(join(HF_Q_MAX, term("lar"), term("plan")), 3),
                        plain > other ? plain : other));
    assert_true(
        is_near(weight_of(join(HF_Q_AND_MAYBE, term("lar"), bonus(term("plan"), 10)), 3),
                plain + other + 10));
    struct hf_query *scaled = join(HF_Q_OR, term("lar"), term("plan"));
    scaled->factor = 2;
    assert_true(is_near(weight_of(scaled, 3), 2 * (plain + other)));
}

/* ---- order, pages, collapse, accept ---- */

static bool accept_odd(void *ctx, uint32_t docid)
{
    ++*(unsigned *)ctx;
    return docid % 2;
}

static void listed(const struct hf_search_options *o, const char *want, const char *why)
{
    struct hf_query *q = hf_query_new(HF_Q_ALL);
    struct hf_matches m;
    struct hf_error err;
    char got[32] = "";
    assert_ok(hf_reader_search(reader, q, o, &m, &err));
    for (size_t i = 0; i < m.n; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), "%u", m.at[i].docid);
    if (strcmp(got, want)) fail_msg("%s: %s instead of %s", why, got, want);
    hf_matches_release(&m);
    hf_query_free(q);
}

static void test_options(void **state)
{
    unsigned seen = 0;
    (void)state;
    struct hf_search_options o = {
        .size = 100, .sort_slot = SLOT_YEAR, .collapse_slot = -1};
    listed(&o, "54321", "the newest first");
    o.sort_ascending = true;
    listed(&o, "12345", "the oldest first");
    o.offset = 1;
    o.size = 2;
    listed(&o, "23", "a page");
    o.offset = 4;
    listed(&o, "5", "the last page");
    o.offset = 5;
    listed(&o, "", "past the end");
    o.offset = 1000000;
    listed(&o, "", "far past it");
    o = (struct hf_search_options){.size = 0, .sort_slot = -1, .collapse_slot = -1};
    listed(&o, "", "no size");
    o = (struct hf_search_options){.size = 100,
                                   .sort_slot = SLOT_YEAR,
                                   .sort_ascending = true,
                                   .collapse_slot = SLOT_PERSON};
    listed(&o, "124", "each person once, those without stay");
    o.collapse_slot = -1;
    o.accept = accept_odd;
    o.accept_ctx = &seen;
    listed(&o, "135", "what is not accepted is dropped");
    assert_int_equal(seen, N_OF(docs)); /* each match is shown once */
    seen = 0;
    o.size = 1;
    listed(&o, "1", "also for a short page");
    assert_int_equal(seen, N_OF(docs));
    seen = 0;
    o.size = 100;
    o.collapse_slot = SLOT_PERSON;
    listed(&o, "15", "refused hits do not take their person with them");
    assert_int_equal(seen, N_OF(docs));
}

/* ---- failures ---- */

static void expect_status(enum hf_status got, enum hf_status want,
                          const struct hf_error *err, const char *why)
{
    if (got != want)
        fail_msg("%s: %s (%s), not %s", why, hf_status_name(got), err->text,
                 hf_status_name(want));
    if (got != HF_OK && (!*err->text || strchr(err->text, '\n')))
        fail_msg("%s: no line of text", why);
}

static void test_failures(void **state)
{
    struct hf_error err = {HF_OK, ""};
    struct hf_reader *r = (struct hf_reader *)1;
    struct hf_writer *w, *second = (struct hf_writer *)1;
    struct hf_matches m;
    char *text = (char *)1, *none = t_path("none"), *file = t_path("file"),
         *folder = t_path("folder");
    uint32_t docid = 7;
    size_t len;
    (void)state;
    expect_status(hf_reader_open(none, &r, &err), HF_NO_INDEX, &err, "nothing there");
    assert_null(r);
    t_write(file, "some text\n", 10);
    enum hf_status status = hf_reader_open(file, &r, &err);
    assert_true(status != HF_OK && !r);
    mkdir(folder, 0755);
    expect_status(hf_reader_open(folder, &r, &err), HF_NO_INDEX, &err, "an empty folder");
    status = hf_writer_open(file, &second, &err);
    assert_true(status != HF_OK && !second);
    /* Numbers come from the index itself; one that is not there has no data, which is no
     * record. */
    expect_status(hf_reader_data(reader, 99, &text, &len, &err), HF_OK, &err,
                  "no such document");
    assert_string_equal(text, "");
    free(text);
    status = hf_reader_data(reader, 0, &text, &len, &err);
    assert_true(status != HF_OK && !text);
    expect_status(hf_reader_find(reader, "Q99", &docid, &err), HF_NOT_FOUND, &err,
                  "no such term");
    assert_int_equal(docid, 0);

    char *locked = t_path("locked");
    assert_ok(hf_writer_open(locked, &w, &err));
    expect_status(hf_writer_open(locked, &second, &err), HF_LOCKED, &err,
                  "a second writer");
    assert_null(second);
    hf_writer_abandon(w);
    assert_ok(hf_writer_open(locked, &w, &err)); /* free again */
    expect_status(hf_writer_delete(w, "", &err), HF_BAD_ARGUMENT, &err,
                  "delete by the empty term");
    assert_ok(hf_writer_delete(w, "Q99", &err)); /* nothing to delete is no failure */
    hf_writer_abandon(w);
    hf_writer_abandon(NULL);
    hf_reader_close(NULL);
    hf_doc_free(NULL);

    /* A query that is nested too deeply is refused, not a crash. */
    struct hf_query *q = term("lar");
    for (unsigned i = 0; i < 2000; i++) q = hf_query_add(hf_query_new(HF_Q_OR), q);
    struct hf_search_options o = {.size = 10, .sort_slot = -1, .collapse_slot = -1};
    expect_status(hf_reader_search(reader, q, &o, &m, &err), HF_BAD_ARGUMENT, &err,
                  "2,000 deep");
    assert_true(!m.at && !m.n);
    hf_query_free(q);
    free(none), free(file), free(folder), free(locked);
}

/* Terms that Xapian would refuse never reach it, or come back as a status. */
static void test_long_terms(void **state)
{
    struct hf_error err = {HF_OK, ""};
    struct hf_writer *w;
    struct hf_doc *d = hf_doc_new();
    char *path = t_path("long"), word[1000];
    (void)state;
    for (size_t len = 1; len < sizeof word; len += 37) {
        memset(word, 'x', len);
        hf_doc_posting(d, word, len, 1, 1);
    }
    for (size_t i = 0; i + 2 < sizeof word; i += 2) memcpy(word + i, "ø", 2);
    hf_doc_posting(d, word, sizeof word - 2, 1, 1);
    hf_doc_posting(d, "", 0, 1, 1);
    hf_doc_posting(d, "x", 1, ~0u, ~0u);
    hf_doc_value(d, 0, word, sizeof word);
    assert_ok(hf_writer_open(path, &w, &err));
    assert_ok(hf_writer_add(w, d, &err));
    hf_doc_clear(d);
    hf_doc_posting(d, "a\0b", 3, 1, 1); /* NUL: kept as bytes */
    assert_ok(hf_writer_add(w, d, &err));
    hf_doc_clear(d);
    memset(word, 0, sizeof word);
    hf_doc_posting(d, word, 200, 1, 1); /* NULs count twice: too long for Xapian */
    enum hf_status status = hf_writer_add(w, d, &err);
    if (status == HF_OK)
        status = hf_writer_close(w, &err);
    else
        hf_writer_abandon(w);
    assert_int_equal(status, HF_BAD_ARGUMENT);
    hf_doc_free(d);
    free(path);
}

static void test_nothing_after_the_last_commit(void **state)
{
    struct hf_error err = {HF_OK, ""};
    struct hf_writer *w;
    struct hf_reader *r;
    struct hf_doc *d = hf_doc_new();
    char *path = t_path("abandoned");
    (void)state;
    make(path, 0, 2);
    assert_ok(hf_writer_open(path, &w, &err));
    fill(d, 2);
    assert_ok(hf_writer_add(w, d, &err));
    hf_writer_abandon(w);
    assert_ok(hf_reader_open(path, &r, &err));
    assert_int_equal(hf_reader_count(r), 2);
    hf_reader_close(r);
    assert_ok(hf_writer_open(path, &w, &err));
    assert_ok(hf_writer_delete(w, "Q1", &err));
    assert_ok(hf_writer_close(w, &err));
    assert_ok(hf_reader_open(path, &r, &err));
    assert_int_equal(hf_reader_count(r), 1);
    assert_int_equal(hf_reader_last(r), 2);
    hf_reader_close(r);
    hf_doc_free(d);
    free(path);
}

static void test_compact(void **state)
{
    struct hf_error err = {HF_OK, ""};
    struct hf_reader *r;
    char *a = t_path("part-a"), *b = t_path("part-b"), *dest = t_path("joined"),
         *none = t_path("part-none"), *text;
    size_t len;
    (void)state;
    make(a, 0, 3);
    make(b, 3, 5);
    const char *both[] = {a, b}, *bad[] = {a, none};
    assert_ok(hf_index_compact(both, 2, dest, &err));
    assert_ok(hf_index_check(dest, &err));
    assert_ok(hf_reader_open(dest, &r, &err));
    assert_int_equal(hf_reader_count(r), 5);
    for (uint32_t i = 0; i < 5; i++) { /* in the order given */
        assert_ok(hf_reader_data(r, i + 1, &text, &len, &err));
        assert_string_equal(text, docs[i].data);
        free(text);
    }
    hf_reader_close(r);
    expect_status(hf_index_compact(bad, 2, none, &err), HF_NO_INDEX, &err,
                  "a part is missing");
    enum hf_status status = hf_index_check(none, &err);
    assert_int_not_equal(status, HF_OK);
    free(a), free(b), free(dest), free(none);
}

/* ---- damage ---- */

/* Reads a database whole, as columns and hits do; the first failure. In a child: Xapian
 * may crash on a damaged one, which is why nothing is served before its manifest is
 * verified. */
static enum hf_status read_all(const char *path)
{
    struct hf_error err;
    struct hf_reader *r;
    struct hf_buf b = HF_BUF_INIT;
    unsigned n = 0;
    enum hf_status status = hf_reader_open(path, &r, &err);
    if (status != HF_OK) return status;
    for (uint32_t d = 1; status == HF_OK && d <= 5; d++) {
        char *text;
        size_t len;
        status = hf_reader_data(r, d, &text, &len, &err);
        free(text);
    }
    if (status == HF_OK) status = hf_reader_values(r, SLOT_PERSON, join_values, &b, &err);
    if (status == HF_OK) status = hf_reader_terms(r, "p", count_terms, &n, &err);
    struct hf_query *q = window(HF_Q_PHRASE, "plan", "lar", 3);
    struct hf_search_options o = {
        .size = 10, .sort_slot = SLOT_YEAR, .collapse_slot = SLOT_PERSON};
    struct hf_matches m;
    if (status == HF_OK) status = hf_reader_search(r, q, &o, &m, &err);
    if (status == HF_OK) hf_matches_release(&m);
    hf_query_free(q);
    hf_buf_release(&b);
    hf_reader_close(r);
    return status;
}

static void test_damage(void **state)
{
    static const char *const files[] = {"postlist.glass", "docdata.glass",
                                        "termlist.glass", "position.glass", "iamglass"};
    unsigned refused = 0, crashed = 0;
    (void)state;
    for (unsigned round = 0; round < t_rounds(60); round++) {
        char *path = t_path("damaged");
        struct hf_buf file = HF_BUF_INIT, bytes = HF_BUF_INIT;
        make(path, 0, 5);
        hf_buf_addf(&file, "%s/%s", path, files[t_random(N_OF(files))]);
        t_read(&bytes, file.data);
        size_t len = bytes.len;
        if (t_random(3) == 0) len = t_random((uint32_t)len + 1);
        for (unsigned n = 1 + t_random(200); n && len; n--)
            bytes.data[t_random((uint32_t)len)] = (char)t_random(256);
        t_write(file.data, bytes.data, len);
        pid_t child = fork();
        if (!child) {
            int null = open("/dev/null", O_WRONLY);
            dup2(null, STDERR_FILENO);
            alarm(20);
            _exit((int)read_all(path));
        }
        int how;
        assert_int_equal(waitpid(child, &how, 0), child);
        if (WIFEXITED(how)) {
            int status = WEXITSTATUS(how);
            refused += status != HF_OK;
            if (status > HF_INTERNAL) crashed++; /* a sanitizer's exit */
        } else {
            crashed++;
            assert_int_not_equal(WTERMSIG(how), SIGALRM); /* never for ever */
        }
        t_remove(path);
        hf_buf_release(&file);
        hf_buf_release(&bytes);
        free(path);
    }
    print_message("damaged databases: %u refused, %u crashed the reader's child\n",
                  refused, crashed);
    assert_true(refused > 0);
}

static void test_names(void **state)
{
    (void)state;
    assert_non_null(strstr(hf_index_engine(), "xapian"));
}

/* ---- what tells documents from others ---- */

static bool is_small(void *ctx, const char *term, size_t len)
{
    (void)len;
    ++*(unsigned *)ctx;
    return *term >= 'a' && hf_reader_freq(reader, term) < 4;
}

static void test_expansion(void **state)
{
    unsigned asked = 0;
    struct hf_expand_options o = {10, is_small, &asked};
    struct hf_expansion e;
    struct hf_error err;
    const uint32_t first[] = {1, 2}, none[] = {99};
    (void)state;
    assert_ok(hf_reader_expand(reader, first, 2, &o, &e, &err));
    /* «plan» stands in too many documents, Tcase is no word. */
    assert_int_equal(e.n, 3);
    assert_string_equal(e.at[0].term, "en"); /* in both, and in no other */
    for (size_t i = 1; i < e.n; i++) assert_true(e.at[i].weight <= e.at[i - 1].weight);
    assert_true(asked >= 5);
    hf_expansion_release(&e);
    assert_int_equal(e.n, 0);
    o.size = 1;
    assert_ok(hf_reader_expand(reader, first, 2, &o, &e, &err));
    assert_int_equal(e.n, 1);
    hf_expansion_release(&e);
    assert_ok(hf_reader_expand(reader, first, 0, &o, &e, &err));
    assert_int_equal(e.n, 0);
    hf_expansion_release(&e);
    assert_true(hf_reader_expand(reader, none, 1, &o, &e, &err) != HF_OK);
    assert_null(e.at);
    assert_true(hf_reader_has(reader, "lar", 1) && hf_reader_has(reader, "lar", 3));
    assert_false(hf_reader_has(reader, "lar", 4) || hf_reader_has(reader, "lar", 99) ||
                 hf_reader_has(reader, "ingen", 1) || hf_reader_has(reader, "lar", 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading),
        cmocka_unit_test(test_queries),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_expansion),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_long_terms),
        cmocka_unit_test(test_nothing_after_the_last_commit),
        cmocka_unit_test(test_compact),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
