/* The files that stopped their reader: kept by their bytes and by the converters, until nobody speaks of them. */
#include "t.h"

#include <utime.h>

#include "../../indexer/stopped.h"

static char key[65] = "0123456789012345678901234567890123456789012345678901234567890123";

static bool covers(const void *ctx, const char *path)
{
    return !strncmp(path, ctx, strlen(ctx));
}

static struct store *open_store(void)
{
    struct store *s;
    struct hf_error err;
    char *dir = t_path("index");
    assert_ok(store_open(dir, false, &s, &err));
    free(dir);
    return s;
}

static void expect(struct stopped *s, bool listed, const char *why)
{
    char *reason = stopped_reason(s, key);
    if (listed ? !reason || strncmp(reason, "tok for lang tid; ikke prøvd igjen", 30) : reason != NULL)
        fail_msg("%s: %s", why, reason ? reason : "not listed");
    free(reason);
}

static void save(struct stopped *s, const struct store *store, const char *folder)
{
    struct hf_error err;
    assert_ok(stopped_save(s, store, covers, folder, &err));
    stopped_close(s);
}

static void test_list(void **state)
{
    struct store *store = open_store();
    struct stopped *s = stopped_open(store, false);
    (void)state;
    expect(s, false, "a new index");
    stopped_add(s, key, "a/x.pdf", "tok for lang tid");
    expect(s, true, "a copy of it in the same run");
    save(s, store, "a/");
    s = stopped_open(store, false);
    expect(s, true, "the next run");
    save(s, store, "a/");
    s = stopped_open(store, false);
    save(s, store, "b/"); /* a run that does not look into its folder */
    s = stopped_open(store, false);
    expect(s, true, "of another folder");
    stopped_close(s);
    s = stopped_open(store, true);
    expect(s, false, "--rebuild tries all again");
    stopped_close(s);
    s = stopped_open(store, false);
    save(s, store, "a/"); /* the file has changed or is gone: nobody asked for it */
    s = stopped_open(store, false);
    expect(s, false, "gone");
    stopped_close(s);
    store_close(store);
}

static void test_damaged_list(void **state)
{
    static const char *const rows[] = {"", "x", "[]", "{\"tools\": 1}", "{\"tools\": \"other\", \"files\": {\"a\": {}}}",
                                       "{\"files\": []}"};
    struct store *store = open_store();
    char *path = t_path("index/stopped.json");
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        t_write(path, rows[i], strlen(rows[i]));
        struct stopped *s = stopped_open(store, false);
        expect(s, false, rows[i]);
        stopped_add(s, key, "a/x.pdf", "tok for lang tid");
        save(s, store, "a/");
        s = stopped_open(store, false);
        expect(s, true, "after a damaged list");
        stopped_close(s);
    }
    free(path);
    store_close(store);
}

static void test_tools(void **state)
{
    char *dir = t_path("bin"), *tool = t_path("bin/pdftotext"), one[65], again[65], other[65], path[300];
    struct utimbuf old = {1000000000, 1000000000};
    (void)state;
    mkdir(dir, 0755);
    snprintf(path, sizeof path, "/nowhere:%s", dir);
    t_write(tool, "one", 3);
    utime(tool, &old);
    stopped_tools(path, one);
    stopped_tools(path, again);
    assert_string_equal(one, again);
    t_write(tool, "others", 6); /* another size */
    utime(tool, &old);
    stopped_tools(path, other);
    assert_string_not_equal(one, other);
    t_write(tool, "two", 3); /* another time */
    stopped_tools(path, other);
    assert_string_not_equal(one, other);
    remove(tool);
    stopped_tools(path, again);
    assert_string_not_equal(one, again);
    free(dir);
    free(tool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_list), cmocka_unit_test(test_damaged_list),
                                       cmocka_unit_test(test_tools)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
