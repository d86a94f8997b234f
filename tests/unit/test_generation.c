/* The folder of an index as its readers see it: the pointer, meta.json, the manifest. */
#include "t.h"

#include "../../shim/generation.h"
#include "../../shim/schema.h"

#define TEXT_OF(x)    #x
#define POINTER_OF(x) "hfsok-index " TEXT_OF(x)
#define POINTER       POINTER_OF(HF_INDEX_SCHEMA) /* of this version's index */

static void put(const char *dir, const char *name, const char *text)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "%s/%s", dir, name);
    t_write(b.data, text, strlen(text));
    hf_buf_release(&b);
}

static void folder(const char *dir, const char *name)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "%s/%s", dir, name);
    assert_int_equal(mkdir(b.data, 0755), 0);
    hf_buf_release(&b);
}

/* An index of one generation with two files for a database. */
static char *make(const char *name)
{
    char *dir = t_path(name), gen[300];
    struct hf_error err;
    t_remove(dir);
    assert_int_equal(mkdir(dir, 0755), 0);
    folder(dir, "gen-000041");
    folder(dir, "gen-000041/db");
    put(dir, "gen-000041/db/iamglass", "glass");
    put(dir, "gen-000041/db/postlist.glass", "postings");
    put(dir, "gen-000041/meta.json", "{\"updated\":\"2026-01-01T00:00:00Z\"}");
    snprintf(gen, sizeof gen, "%s/gen-000041", dir);
    assert_ok(hf_generation_seal(gen, NULL, &err));
    put(dir, "current", POINTER " 41\n");
    put(dir, "lock", "");
    return dir;
}

static void test_current(void **state)
{
    char *dir = make("good");
    struct hf_generation g;
    struct hf_error err;
    (void)state;
    assert_ok(hf_generation_current(dir, &g, &err));
    assert_int_equal(g.number, 41);
    assert_int_equal(g.schema, HF_INDEX_SCHEMA);
    assert_non_null(strstr(g.db, "/gen-000041/db"));
    assert_string_equal(json_string_value(json_object_get(g.meta, "updated")),
                        "2026-01-01T00:00:00Z");
    assert_int_equal(hf_generation_peek(dir), 41);
    assert_ok(hf_generation_verify(&g, 0, &err));
    assert_ok(hf_generation_verify(&g, 1, &err));
    hf_generation_release(&g);
    hf_generation_release(&g); /* twice is once */
    free(dir);
}

/* ---- what stands at the place, and what is said of it ---- */

static void test_places(void **state)
{
    static const struct {
        const char *pointer; /* NULL: no such file */
        bool lock, other;
        enum hf_status status;
        const char *says, *why;
    } rows[] = {
        {NULL, false, false, HF_NO_INDEX, "indeks", "an empty folder"},
        {NULL, true, false, HF_NO_INDEX, "indeks",
         "a run that was killed before its first commit"},
        {NULL, false, true, HF_CORRUPT, "ikke en indeks", "a folder of something else"},
        {NULL, true, true, HF_NO_INDEX, "indeks", "the lock shows that it is ours"},
        {"", true, false, HF_CORRUPT, "current", "an empty pointer"},
        {"rubbish\n", true, false, HF_CORRUPT, "current", "no pointer at all"},
        {POINTER "\n", true, false, HF_CORRUPT, "current", "half a pointer"},
        {POINTER " 0\n", true, false, HF_CORRUPT, "current", "there is no generation 0"},
        {"hfsok-index 99 41\n", true, false, HF_SCHEMA, "skjema 99", "a later schema"},
        {"hfsok-index 0 41\n", true, false, HF_SCHEMA, "skjema 0", "an earlier one"},
        {POINTER " 42\n", true, false, HF_CORRUPT, "42",
         "a generation that is not there"},
        {POINTER " 99999999999999999999\n", true, false, HF_CORRUPT, "",
         "a number without end"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        char *dir = t_path("place");
        struct hf_generation g = {.number = 7};
        struct hf_error err = {HF_OK, ""};
        mkdir(dir, 0755);
        if (rows[i].pointer) put(dir, "current", rows[i].pointer);
        if (rows[i].lock) put(dir, "lock", "");
        if (rows[i].other) put(dir, "bilde.jpg", "x");
        enum hf_status status = hf_generation_current(dir, &g, &err);
        if (status != rows[i].status || !strstr(err.text, rows[i].says) ||
            !strstr(err.text, dir) || strchr(err.text, '\n'))
            fail_msg("%s: %s «%s»", rows[i].why, hf_status_name(status), err.text);
        assert_true(!g.path && !g.db && !g.meta);
        hf_generation_release(&g);
        t_remove(dir);
        free(dir);
    }
    struct hf_generation g;
    struct hf_error err;
    char *none = t_path("none"), *file = t_path("stub"), *fifo = t_path("pipe");
    assert_int_equal(hf_generation_current(none, &g, &err), HF_NO_INDEX);
    assert_int_equal(hf_generation_peek(none), 0);
    mkfifo(fifo, 0600);
    assert_int_equal(hf_generation_current(fifo, &g, &err), HF_CORRUPT);
    t_write(file, "auto db\n", 8);
    assert_ok(hf_generation_current(file, &g,
                                    &err)); /* a stub file names a database by itself */
    assert_string_equal(g.db, file);
    assert_int_equal(g.number, 0);
    assert_ok(hf_generation_verify(&g, 0, &err));
    assert_true(json_is_object(g.meta));
    hf_generation_release(&g);
    free(none), free(file), free(fifo);
}

/* ---- damage ---- */

static void test_damage(void **state)
{
    static const struct {
        const char *name, *text; /* NULL: the file goes */
        const char *why;
    } rows[] = {
        {"gen-000041/db/postlist.glass", "postingz", "a changed byte"},
        {"gen-000041/db/postlist.glass", "posting", "a byte too few"},
        {"gen-000041/db/iamglass", "glasss", "a byte too many"},
        {"gen-000041/db/postlist.glass", NULL, "a file that went"},
        {"gen-000041/db/iamglass", "", "an empty file"},
        {"gen-000041/meta.json", "{\"updated\":\"2026-01-01T00:00:01Z\"}",
         "another meta.json"},
        {"gen-000041/manifest", NULL, "no manifest"},
        {"gen-000041/manifest", "", "an empty manifest"},
        {"gen-000041/manifest", "rubbish\n", "no manifest at all"},
        {"gen-000041/manifest",
         "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 ../lock\n",
         "a manifest that points out of the folder"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        char *dir = make("damaged"), path[300];
        struct hf_generation g;
        struct hf_error err = {HF_OK, ""};
        snprintf(path, sizeof path, "%s/%s", dir, rows[i].name);
        if (rows[i].text)
            put(dir, rows[i].name, rows[i].text);
        else
            unlink(path);
        enum hf_status status = hf_generation_current(dir, &g, &err);
        if (status == HF_OK) status = hf_generation_verify(&g, 0, &err);
        if (status != HF_CORRUPT || !strstr(err.text, "rebuild"))
            fail_msg("%s: %s «%s»", rows[i].why, hf_status_name(status), err.text);
        for (int k = 0; g.path && k < 50; k++) { /* whichever of the two meets it */
            struct hf_sums *sums;
            err.text[0] = 0;
            status = hf_generation_sums(&g, &sums, &err);
            if (status != HF_CORRUPT || sums || !strstr(err.text, "rebuild"))
                fail_msg("%s: %s «%s»", rows[i].why, hf_status_name(status), err.text);
        }
        hf_generation_release(&g);
        free(dir);
    }
    static const char *const metas[] = {"", "{", "[]", "7", "\xff"};
    for (size_t i = 0; i < N_OF(metas); i++) {
        char *dir = make("meta");
        struct hf_generation g;
        struct hf_error err = {HF_OK, ""};
        put(dir, "gen-000041/meta.json", metas[i]);
        assert_int_equal(hf_generation_current(dir, &g, &err), HF_CORRUPT);
        assert_null(g.meta);
        free(dir);
    }
}

/* What a later generation wrote behind a table's own bytes is not this one's; of a file
 * that is known only that is read, and the manifest is of the whole. */
static void test_grown(void **state)
{
    char *dir = make("grown"), path[300];
    struct hf_generation g;
    struct hf_sums *sums;
    struct hf_error err = {HF_OK, ""};
    (void)state;
    assert_ok(hf_generation_current(dir, &g, &err));
    assert_ok(hf_generation_sums(&g, &sums, &err));
    snprintf(path, sizeof path, "%s/db/postlist.glass", g.path);
    FILE *f = fopen(path, "ab");
    assert_non_null(f);
    fputs(" and more", f);
    fclose(f);
    assert_ok(hf_generation_verify(&g, 0, &err));
    assert_ok(hf_generation_seal(g.path, sums, &err));
    assert_ok(hf_generation_verify(&g, 0, &err));
    put(dir, "gen-000041/db/postlist.glass", "postings and mose");
    assert_int_equal(hf_generation_verify(&g, 0, &err), HF_CORRUPT);
    put(dir, "gen-000041/db/postlist.glass", "postinks and more");
    assert_int_equal(hf_generation_verify(&g, 0, &err), HF_CORRUPT);
    /* Another file of the same name is not known. */
    unlink(path);
    put(dir, "gen-000041/db/postlist.glass", "Postings and more");
    assert_ok(hf_generation_seal(g.path, sums, &err));
    assert_ok(hf_generation_verify(&g, 0, &err));
    hf_sums_free(sums);
    assert_int_equal(
        hf_generation_sums(&(struct hf_generation){.path = dir}, &sums, &err),
        HF_CORRUPT);
    assert_null(sums);
    hf_generation_release(&g);
    free(dir);
}

/* A bound on what is hashed: sizes are compared beyond it, contents are not. */
static void test_bound(void **state)
{
    char *dir = make("bound");
    struct hf_generation g;
    struct hf_error err;
    (void)state;
    put(dir, "gen-000041/db/postlist.glass", "postingz");
    assert_ok(hf_generation_current(dir, &g, &err));
    assert_ok(hf_generation_verify(&g, 1, &err));
    assert_int_equal(hf_generation_verify(&g, 1000, &err), HF_CORRUPT);
    put(dir, "gen-000041/db/postlist.glass", "posting");
    assert_int_equal(hf_generation_verify(&g, 1, &err), HF_CORRUPT);
    hf_generation_release(&g);
    free(dir);
}

static void test_sha256(void **state)
{
    static const struct {
        const char *text, *sum;
    } rows[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    };
    char sum[65], *path = t_path("sum");
    unsigned long long size;
    struct hf_error err;
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        hf_sha256(rows[i].text, strlen(rows[i].text), sum);
        assert_string_equal(sum, rows[i].sum);
        t_write(path, rows[i].text, strlen(rows[i].text));
        assert_ok(hf_sha256_file(path, sum, &size, &err));
        assert_string_equal(sum, rows[i].sum);
        assert_int_equal(size, strlen(rows[i].text));
    }
    /* More than a block, the same by both roads. */
    size_t len = 700001;
    char *bytes = hf_xmalloc(len), by_file[65];
    for (size_t i = 0; i < len; i++) bytes[i] = (char)t_random(256);
    t_write(path, bytes, len);
    hf_sha256(bytes, len, sum);
    assert_ok(hf_sha256_file(path, by_file, &size, &err));
    assert_string_equal(sum, by_file);
    unlink(path);
    assert_int_equal(hf_sha256_file(path, sum, &size, &err), HF_IO);
    assert_int_equal(hf_sha256_file(t_dir(), sum, &size, &err), HF_IO);
    free(bytes);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_current), cmocka_unit_test(test_places),
        cmocka_unit_test(test_damage),  cmocka_unit_test(test_grown),
        cmocka_unit_test(test_bound),   cmocka_unit_test(test_sha256),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
