/* Growable bytes, reading files, and the map. */
#include "t.h"

#include "../../shim/map.h"

static void test_buf(void **state)
{
    struct hf_buf b = HF_BUF_INIT;
    (void)state;
    assert_string_equal(b.data, "");
    hf_buf_clear(&b); /* of nothing */
    hf_buf_rtrim(&b);
    hf_buf_add(&b, "", 0);
    assert_int_equal(b.cap, 0);
    char *empty = hf_buf_take(&b); /* even nothing is the caller's to free */
    assert_string_equal(empty, "");
    free(empty);
    for (unsigned i = 0; i < 10000; i++) {
        hf_buf_addf(&b, "%u,", i % 10);
        assert_int_equal(b.data[b.len], 0);
    }
    assert_int_equal(b.len, 20000);
    hf_buf_cut(&b, 5);
    assert_string_equal(b.data, "0,1,2");
    hf_buf_addc(&b, 0); /* bytes, not a string */
    hf_buf_adds(&b, "x \t\r\n");
    hf_buf_rtrim(&b);
    assert_int_equal(b.len, 7);
    assert_memory_equal(b.data, "0,1,2\0x", 8);
    char *taken = hf_buf_take(&b);
    assert_int_equal(b.len, 0);
    assert_string_equal(b.data, "");
    free(taken);
    hf_buf_adds(&b, " \n");
    hf_buf_rtrim(&b);
    assert_int_equal(b.len, 0);
    hf_buf_release(&b);
    hf_buf_release(&b); /* twice is once */
    char big[5000];
    memset(big, 'x', sizeof big - 1);
    big[sizeof big - 1] = 0;
    hf_buf_addf(&b, "<%s>", big);
    assert_int_equal(b.len, sizeof big + 1);
    hf_buf_release(&b);
}

static enum hf_status read_it(const char *path, size_t max, size_t *len)
{
    struct hf_buf b = HF_BUF_INIT;
    struct hf_error err = {HF_OK, ""};
    enum hf_status status = hf_buf_read_file(&b, path, max, &err);
    if (status != HF_OK) assert_non_null(strstr(err.text, path)); /* the path is named */
    *len = b.len;
    hf_buf_release(&b);
    return status;
}

static void test_read_file(void **state)
{
    char *file = t_path("file"), *empty = t_path("empty"), *link = t_path("link"),
         *fifo = t_path("fifo"), *none = t_path("none"), *secret = t_path("secret"),
         *big = t_path("big");
    char *bytes = hf_xcalloc(200000, 1);
    (void)state;
    t_write(file, "a\0b", 3);
    t_write(empty, "", 0);
    t_write(big, bytes, 200000);
    t_write(secret, "x", 1);
    assert_int_equal(chmod(secret, 0), 0);
    assert_int_equal(symlink(file, link), 0);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    const struct {
        const char *path;
        size_t max, len;
        enum hf_status status;
        const char *why;
    } rows[] = {
        {file, 100, 3, HF_OK, "bytes with a NUL"},
        {file, 3, 3, HF_OK, "just not too large"},
        {file, 2, 0, HF_UNREADABLE, "a byte too large"},
        {big, 200000, 200000, HF_OK, "larger than a block"},
        {empty, 0, 0, HF_OK, "empty"},
        {none, 100, 0, HF_NOT_FOUND, "not there"},
        {link, 100, 0, HF_IO, "a symbolic link is not followed"},
        {fifo, 100, 0, HF_UNREADABLE, "a FIFO, which would wait for ever"},
        {t_dir(), 100, 0, HF_UNREADABLE, "a folder"},
        {"/dev/zero", 100, 0, HF_UNREADABLE, "a device without end"},
    };
    for (size_t i = 0; i < N_OF(rows); i++) {
        size_t len;
        enum hf_status status = read_it(rows[i].path, rows[i].max, &len);
        if (status != rows[i].status || (status == HF_OK && len != rows[i].len))
            fail_msg("%s: %s, %zu bytes", rows[i].why, hf_status_name(status), len);
    }
    size_t len;
    if (geteuid() != 0) assert_int_equal(read_it(secret, 100, &len), HF_IO);
    struct hf_buf b = HF_BUF_INIT;
    assert_int_equal(hf_buf_read_file(&b, none, 10, NULL),
                     HF_NOT_FOUND); /* without an error to fill */
    hf_buf_release(&b);
    free(bytes);
    free(file), free(empty), free(link), free(fifo), free(none), free(secret), free(big);
}

static void test_map(void **state)
{
    enum { N = 5000 };
    static char keys[N][12];
    static size_t lens[N];
    struct hf_map m = {NULL, 0, 0};
    (void)state;
    assert_null(hf_map_get(&m, "x", 1)); /* an empty map can be asked */
    for (size_t i = 0; i < N; i++) {
        lens[i] =
            (size_t)snprintf(keys[i], sizeof keys[i], "%zu", i * 2654435761u % 100003);
        if (i % 3 == 0) keys[i][0] = 0; /* a NUL is a byte like any other */
        void *before = hf_map_put(&m, keys[i], lens[i], keys[i]);
        for (size_t k = 0; before && k < i; k++)
            if (before == keys[k]) assert_memory_equal(keys[k], keys[i], lens[i]);
    }
    assert_true(m.n <= N && m.n > N / 2 && m.cap >= m.n * 2);
    for (size_t i = 0; i < N; i++) {
        const char *found = hf_map_get(&m, keys[i], lens[i]);
        assert_non_null(found);
        assert_memory_equal(found, keys[i], lens[i]);
    }
    assert_ptr_equal(hf_map_put(&m, "ny", 2, &m), NULL);
    assert_ptr_equal(hf_map_put(&m, "ny", 2, keys), &m);
    assert_ptr_equal(hf_map_get(&m, "ny", 2), keys);
    assert_null(hf_map_get(&m, "ny ", 3));
    assert_ptr_equal(hf_map_put(&m, "", 0, keys), NULL); /* the empty key */
    assert_ptr_equal(hf_map_get(&m, "", 0), keys);
    hf_map_release(&m);
    assert_int_equal(m.n, 0);
    hf_map_release(&m);
}

static void test_hash(void **state)
{
    (void)state; /* FNV-1a, whose values stand in long terms */
    assert_true(hf_hash("", 0) == 0xcbf29ce484222325u);
    assert_true(hf_hash("a", 1) == 0xaf63dc4c8601ec8cu);
    assert_true(hf_hash("foobar", 6) == 0x85944171f73967e8u);
}

static void test_status(void **state)
{
    struct hf_error err = {HF_OK, ""};
    char long_text[2000];
    (void)state;
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = 0;
    assert_int_equal(hf_fail(&err, HF_IO, "%s", long_text), HF_IO);
    assert_int_equal(err.status, HF_IO);
    assert_true(strlen(err.text) < sizeof err.text);
    assert_int_equal(hf_fail(NULL, HF_LOCKED, "x"), HF_LOCKED);
    for (int s = HF_OK; s <= HF_INTERNAL; s++)
        for (int t = HF_OK; t < s; t++)
            assert_string_not_equal(hf_status_name((enum hf_status)s),
                                    hf_status_name((enum hf_status)t));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buf),    cmocka_unit_test(test_read_file),
        cmocka_unit_test(test_map),    cmocka_unit_test(test_hash),
        cmocka_unit_test(test_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
