/* What a run keeps for the next one: a file of strings by keys, and stamps of files. */
#include "t.h"

#include <fcntl.h>
#include <time.h>

#include "../../indexer/kept.h"
#include "../../indexer/stamp.h"

static void expect_kept(const struct store *s, const char *key, const char *want)
{
    struct kept *g = kept_open(s, "gists");
    size_t len;
    const char *got = kept_get(g, key, &len);
    if (!want != !got || (want && (len != strlen(want) || memcmp(got, want, len) != 0)))
        fail_msg("%.6s: %.*s", key, (int)len, got ? got : "none");
    kept_free(g);
}

static void test_file(void **state)
{
    char *dir = t_path("gists"), path[300], one[65], two[65];
    struct store *s;
    struct hf_error err = {HF_OK, ""};
    struct hf_buf file = HF_BUF_INIT;
    struct stat before, after;
    size_t len;
    (void)state;
    hf_sha256("1", 1, one), hf_sha256("2", 1, two);
    assert_ok(store_open(dir, false, &s, &err));
    expect_kept(s, one, NULL);
    struct kept *g = kept_open(s, "gists");
    kept_put(g, one, "first", 5);
    kept_put(g, two, "", 0);
    assert_ok(kept_save(g, s, &err));
    kept_free(g);
    expect_kept(s, one, "first");
    expect_kept(s, two, "");
    snprintf(path, sizeof path, "%s/gists", dir);
    assert_int_equal(stat(path, &before), 0);
    g = kept_open(s, "gists");
    assert_non_null(kept_get(g, one, &len));
    assert_non_null(kept_get(g, two, &len));
    assert_ok(kept_save(g, s, &err)); /* the same again is not written */
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    kept_free(g);
    g = kept_open(s, "gists");
    assert_non_null(kept_get(g, one, &len));
    assert_ok(kept_save(g, s, &err)); /* what nobody asked for goes */
    kept_free(g);
    expect_kept(s, one, "first");
    expect_kept(s, two, NULL);
    assert_ok(hf_buf_read_file(&file, path, 4096, &err));
    for (size_t i = 0; i < file.len; i++) {
        file.data[i] ^= 1;
        t_write(path, file.data, file.len);
        file.data[i] ^= 1;
        if (i != 13 + 64) expect_kept(s, one, NULL); /* the line's end counts for nothing */
        t_write(path, file.data, i);
        expect_kept(s, one, NULL);
    }
    hf_buf_release(&file);
    store_close(s);
    free(dir);
}

/* ---- stamps ---- */

static void set_time(const char *path, time_t s, long ns)
{
    struct timespec times[2] = {{s, ns}, {s, ns}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void settle(void)
{
    struct timespec rest = {3, 100000000};
    while (nanosleep(&rest, &rest) < 0) {
    }
}

/* A program that sets the time back after it has changed a file is not believed. */
static void test_stamps(void **state)
{
    static const char *const names[] = {"as-it-was", "in-its-place", "changed", "touched", "other", "future"};
    enum { AS_IT_WAS, IN_ITS_PLACE, CHANGED, TOUCHED, OTHER, FUTURE, N };
    struct hf_buf before[N] = {HF_BUF_INIT}, now = HF_BUF_INIT;
    char *path[N], *link_to = t_path("link"), *folder = t_path("folder");
    (void)state;
    assert_false(stamp_of(folder, &now)); /* not there */
    mkdir(folder, 0755);
    for (int i = 0; i < N; i++) {
        path[i] = t_path(names[i]);
        t_write(path[i], "a", 1);
        assert_false(stamp_of(path[i], &now)); /* too new */
        set_time(path[i], 1700000000, 5);
        assert_false(stamp_of(path[i], &now)); /* an old time does not make it older */
    }
    set_time(path[FUTURE], time(NULL) + 1000, 0);
    assert_int_equal(symlink(path[AS_IT_WAS], link_to), 0);
    settle();
    assert_false(stamp_of(folder, &now));
    assert_false(stamp_of(link_to, &now));
    assert_false(stamp_of(path[FUTURE], &now));
    assert_int_equal(now.len, 0);
    for (int i = 0; i < FUTURE; i++) assert_true(stamp_of(path[i], &before[i]));
    assert_int_equal(rename(path[OTHER], path[IN_ITS_PLACE]), 0);
    t_write(path[CHANGED], "b", 1);
    set_time(path[CHANGED], 1700000000, 5);
    set_time(path[TOUCHED], 1700000000, 6);
    settle();
    for (int i = 0; i < OTHER; i++) {
        hf_buf_clear(&now);
        assert_true(stamp_of(path[i], &now));
        if (!strcmp(now.data, before[i].data) != (i == AS_IT_WAS)) fail_msg("%s: %s", names[i], now.data);
    }
    for (int i = 0; i < N; i++) hf_buf_release(&before[i]), free(path[i]);
    hf_buf_release(&now);
    free(link_to), free(folder);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_stamps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
