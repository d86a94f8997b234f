/* The writing side of an index: commits, what an incremental run changes, locks, and what
 * is refused. */
#include "t.h"

#include <dirent.h>

#include "../../indexer/store.h"
#include "../../indexer/store_part.h"
#include "../../indexer/store_seal.h"
#include "../../indexer/store_share.h"
#include "../../shim/schema.h"

#define TEXT_OF(x)    #x
#define POINTER_OF(x) "hfsok-index " TEXT_OF(x)
#define POINTER       POINTER_OF(HF_INDEX_SCHEMA) /* of this version's index */

/* ---- a store by itself ---- */

static enum hf_status commit(struct store *s, const char *const *terms, size_t n,
                             const char *const *gone, size_t n_gone)
{
    struct hf_error err = {HF_OK, ""};
    struct hf_doc *d = hf_doc_new();
    struct store_slices slices;
    store_slices_init(&slices, n);
    enum hf_status status = store_begin(s, &err);
    for (size_t i = 0; status == HF_OK && i < n; i++) {
        struct store_part *part;
        store_part_open(s, &slices, n - i, &part); /* the order of their numbers counts */
        hf_doc_clear(d);
        hf_doc_posting(d, terms[i], strlen(terms[i]), 0, 1);
        status = store_part_close(part, store_part_add(part, d, &err), &err);
    }
    json_t *meta = json_object();
    if (status == HF_OK) status = store_commit(s, gone, n_gone, meta, &err);
    json_decref(meta);
    hf_doc_free(d);
    if (status != HF_OK) print_message("commit: %s\n", err.text);
    return status;
}

/* The terms of the served generation with the prefix D, joined. */
static int add_term(void *ctx, const char *term, size_t len, uint32_t freq)
{
    hf_buf_addf(ctx, "%.*s*%u ", (int)len, term, freq);
    return 0;
}

static unsigned served(const char *dir, struct hf_buf *terms)
{
    struct hf_generation g;
    struct hf_reader *r;
    struct hf_error err = {HF_OK, ""};
    hf_buf_clear(terms);
    if (hf_generation_current(dir, &g, &err) != HF_OK) return 0;
    if (hf_generation_verify(&g, 0, &err) != HF_OK) fail_msg("%s", err.text);
    assert_ok(hf_reader_open(g.db, &r, &err));
    assert_ok(hf_reader_terms(r, "D", add_term, terms, &err));
    hf_reader_close(r);
    unsigned number = g.number;
    assert_int_equal(json_integer_value(json_object_get(g.meta, "generation")), number);
    assert_non_null(json_string_value(json_object_get(g.meta, "updated")));
    hf_generation_release(&g);
    return number;
}

static void expect_served(const char *dir, unsigned number, const char *terms)
{
    struct hf_buf b = HF_BUF_INIT;
    unsigned got = served(dir, &b);
    if (got != number || strcmp(b.data, terms))
        fail_msg("generation %u: %s", got, b.data);
    hf_buf_release(&b);
}

static unsigned count_entries(const char *dir, const char *prefix)
{
    DIR *d = opendir(dir);
    unsigned n = 0;
    for (struct dirent *e; d && (e = readdir(d));)
        n += !strncmp(e->d_name, prefix, strlen(prefix)) && e->d_name[0] != '.';
    if (d) closedir(d);
    return n;
}

static void test_generations(void **state)
{
    char *dir = t_path("a/deep/index");
    struct store *s;
    struct hf_error err;
    static const char *const one[] = {"Done", "Dtwo"}, *const two[] = {"Dthree"},
                             *const gone[] = {"Done", "Dnever"};
    (void)state;
    assert_ok(store_open(dir, false, &s, &err)); /* folders are made */
    assert_int_equal(store_generation(s), 0);
    assert_ok(commit(s, one, 2, NULL, 0));
    store_close(s);
    expect_served(dir, 1, "Done*1 Dtwo*1 ");
    assert_ok(store_open(dir, false, &s, &err));
    assert_int_equal(store_generation(s), 1);
    assert_ok(commit(s, two, 1, gone, 2));
    store_close(s);
    expect_served(dir, 2, "Dthree*1 Dtwo*1 ");
    assert_ok(store_open(dir, true, &s, &err)); /* from nothing */
    assert_ok(commit(s, one, 1, NULL, 0));
    store_close(s);
    expect_served(dir, 3, "Done*1 ");
    for (unsigned i = 0; i < 3; i++) {
        assert_ok(store_open(dir, false, &s, &err));
        assert_ok(commit(s, NULL, 0, NULL, 0));
        store_close(s);
    }
    expect_served(dir, 6, "Done*1 ");
    assert_int_equal(count_entries(dir, "gen-"), 3); /* this one and two old ones */
    assert_int_equal(count_entries(dir, "new"), 0);
    assert_ok(store_open(dir, true, &s, &err)); /* an index of nothing is an index */
    assert_ok(commit(s, NULL, 0, NULL, 0));
    store_close(s);
    expect_served(dir, 7, "");
    free(dir);
}

/* Where nothing stays, the new generation is made of what is new alone; of nothing too.
 */
static void test_all_goes(void **state)
{
    char *dir = t_path("all-goes");
    struct store *s;
    struct hf_error err;
    static const char *const old[] = {"Done", "Dtwo"}, *const new[] = {"Dthree", "Dfour"};
    (void)state;
    assert_ok(store_open(dir, false, &s, &err));
    assert_ok(commit(s, old, 2, NULL, 0));
    store_close(s);
    assert_ok(store_open(dir, false, &s, &err));
    assert_ok(commit(s, new, 2, old, 2));
    store_close(s);
    expect_served(dir, 2, "Dfour*1 Dthree*1 ");
    assert_ok(store_open(dir, false, &s, &err));
    assert_ok(commit(s, NULL, 0, new, 2));
    store_close(s);
    expect_served(dir, 3, "");
    free(dir);
}

static void test_unfinished(void **state)
{
    char *dir = t_path("unfinished");
    struct store *s;
    struct hf_error err;
    struct store_part *part;
    struct store_slices slices;
    static const char *const one[] = {"Done"};
    (void)state;
    assert_ok(store_open(dir, false, &s, &err));
    assert_ok(commit(s, one, 1, NULL, 0));
    store_close(s);
    assert_ok(store_open(dir, false, &s, &err));
    assert_ok(store_begin(s, &err));
    store_slices_init(&slices, 1);
    store_part_open(s, &slices, 1, &part);
    struct hf_doc *d = hf_doc_new();
    hf_doc_posting(d, "Dlost", 5, 0, 1);
    assert_ok(store_part_add(part, d, &err));
    hf_doc_free(d);
    hf_fail(&err, HF_INTERNAL, "as if a document had failed");
    assert_int_equal(store_part_close(part, HF_INTERNAL, &err), HF_INTERNAL);
    store_close(s); /* without a commit */
    expect_served(dir, 1, "Done*1 ");
    assert_int_equal(count_entries(dir, "new"), 0);
    /* What a killed run left: a half-written generation, aside and under its last name.
     */
    char path[300];
    snprintf(path, sizeof path, "%s/new", dir);
    mkdir(path, 0755);
    snprintf(path, sizeof path, "%s/new/rubbish", dir);
    t_write(path, "x", 1);
    snprintf(path, sizeof path, "%s/gen-000002", dir);
    mkdir(path, 0755);
    assert_ok(store_open(dir, false, &s, &err));
    assert_ok(commit(s, NULL, 0, NULL, 0));
    store_close(s);
    expect_served(dir, 3, "Done*1 "); /* a number is never used twice */
    /* What nobody has seen goes; the one that was served before stays for who still reads
     * it. */
    assert_int_equal(count_entries(dir, "gen-000001"), 1);
    assert_int_equal(count_entries(dir, "gen-000002"), 0);
    assert_int_equal(count_entries(dir, "gen-"), 2);
    assert_int_equal(count_entries(dir, "new"), 0);
    free(dir);
}

/* A part of many slices keeps the order in which its documents came, and parts that of
 * their numbers; where few files may be open, there are few slices. */
static void check_parts(const char *name, struct store_slices *slices)
{
    char *dir = t_path(name), term[16], aside[300];
    struct store *s;
    struct hf_error err = {HF_OK, ""};
    struct hf_doc *d = hf_doc_new();
    struct hf_generation g;
    struct hf_reader *r;
    enum { PARTS = 3, DOCUMENTS = 400 };
    assert_ok(store_open(dir, false, &s, &err));
    assert_ok(store_begin(s, &err));
    for (unsigned p = PARTS; p-- > 0;) {
        struct store_part *part;
        store_part_open(s, slices, p, &part);
        for (unsigned i = 0; i < DOCUMENTS; i++) {
            hf_doc_clear(d);
            snprintf(term, sizeof term, "Q%u", p * DOCUMENTS + i);
            hf_doc_posting(d, term, strlen(term), 0, 1);
            assert_ok(store_part_add(part, d, &err));
        }
        assert_ok(store_part_close(part, HF_OK, &err));
    }
    snprintf(aside, sizeof aside, "%s/new", dir);
    assert_in_range(count_entries(aside, "part-"), PARTS, slices->most);
    json_t *meta = json_object();
    assert_ok(store_commit(s, NULL, 0, meta, &err));
    json_decref(meta);
    store_close(s);
    assert_ok(hf_generation_current(dir, &g, &err));
    assert_ok(hf_reader_open(g.db, &r, &err));
    assert_int_equal(hf_reader_count(r), PARTS * DOCUMENTS);
    for (unsigned i = 0; i < PARTS * DOCUMENTS; i++) {
        uint32_t docid;
        snprintf(term, sizeof term, "Q%u", i);
        assert_ok(hf_reader_find(r, term, &docid, &err));
        assert_int_equal(docid, i + 1);
    }
    hf_reader_close(r);
    hf_generation_release(&g);
    hf_doc_free(d);
    free(dir);
}

static void test_parts_keep_their_order(void **state)
{
    struct store_slices many, few = {.records = 20, .most = 12, .most_parts = 3}, large,
                              joined = {.records = 1, .most = 3, .joins_parts = true};
    (void)state;
    store_slices_init(&many, 60);
    assert_true(many.most > 12 && !many.joins_parts);
    check_parts("parts", &many);
    check_parts("few", &few);
    store_slices_init(&large, 1000000);
    assert_true(large.joins_parts);
    check_parts("joined", &joined); /* one database each: some two hundred slices */
}

/* A generation with a database of `n` records, not yet sealed; its folder, yours. */
static char *make_generation(const char *name, unsigned n)
{
    char *dir = t_path(name), path[300], term[16];
    struct hf_writer *w;
    struct hf_doc *d = hf_doc_new();
    struct hf_error err;
    mkdir(dir, 0755);
    snprintf(path, sizeof path, "%s/db", dir);
    assert_ok(hf_writer_open(path, &w, &err));
    for (unsigned i = 0; i < n; i++) {
        hf_doc_clear(d);
        snprintf(term, sizeof term, "Q%u", i);
        hf_doc_posting(d, term, strlen(term), 1, 1);
        assert_ok(hf_writer_add(w, d, &err));
    }
    assert_ok(hf_writer_close(w, &err));
    hf_doc_free(d);
    return dir;
}

/* What the check finds while the manifest is being written keeps the generation back. */
static void test_a_damaged_database_is_not_sealed(void **state)
{
    char *dir = make_generation("seal", 2000), path[300];
    struct hf_error err = {HF_OK, ""};
    (void)state;
    assert_ok(store_seal(dir, NULL, STORE_CHECK, &err));
    assert_int_equal(count_entries(dir, "manifest"), 1);
    snprintf(path, sizeof path, "%s/db/postlist.glass", dir);
    FILE *f = fopen(path, "r+b");
    assert_non_null(f);
    fseek(f, 8192 + 100, SEEK_SET);
    for (int i = 0; i < 4000; i++) fputc(0xa5, f);
    fclose(f);
    assert_int_not_equal(store_seal(dir, NULL, STORE_CHECK, &err), HF_OK);
    assert_true(*err.text);
    snprintf(path, sizeof path, "%s/nothing", dir);
    assert_int_not_equal(store_seal(path, NULL, STORE_CHECK, &err), HF_OK);
    free(dir);
}

/* A small change is written into the copy, a large one and every so many-th small one
 * compact the whole: the records are the same either way. */
static void test_small_changes(void **state)
{
    char *dir = t_path("small"), *terms[120], want[1200] = "", name[8], gone[8];
    struct hf_buf got = HF_BUF_INIT;
    struct store *s;
    struct hf_error err = {HF_OK, ""};
    bool was_loose = false, was_compact = false;
    (void)state;
    for (unsigned i = 0; i < N_OF(terms); i++) {
        snprintf(name, sizeof name, "D%03u", i);
        terms[i] = hf_xstrdup(name);
    }
    assert_ok(store_open(dir, false, &s, &err));
    assert_ok(commit(s, (const char *const *)terms, N_OF(terms), NULL, 0));
    store_close(s);
    for (unsigned round = 0; round < 20; round++) {
        const char *add[] = {name}, *drop[] = {gone};
        snprintf(name, sizeof name, "D%03u", 120 + round);
        snprintf(gone, sizeof gone, "D%03u", round);
        assert_ok(store_open(dir, false, &s, &err));
        assert_ok(commit(s, add, 1, drop, 1));
        store_close(s);
        assert_ok(store_open(dir, false, &s, &err));
        long long loose = json_integer_value(json_object_get(store_meta(s), "loose"));
        store_close(s);
        was_loose |= loose > 0;
        was_compact |= round > 0 && !loose;
        assert_int_equal(served(dir, &got), round + 2); /* sealed, and whole */
    }
    for (unsigned i = 20; i < 140; i++) snprintf(want + strlen(want), 9, "D%03u*1 ", i);
    assert_string_equal(got.data, want);
    assert_true(was_loose && was_compact);
    for (unsigned i = 0; i < N_OF(terms); i++) free(terms[i]);
    hf_buf_release(&got);
    free(dir);
}

/* The inode of a generation's table; 0 where there is none. */
static ino_t table_of(const char *dir, unsigned generation, off_t *size)
{
    char path[300];
    struct stat st = {0};
    snprintf(path, sizeof path, "%s/gen-%06u/db/postlist.glass", dir, generation);
    *size = stat(path, &st) == 0 ? st.st_size : 0;
    return *size ? st.st_ino : 0;
}

static void expect_terms(const struct hf_generation *g, const char *want)
{
    struct hf_buf b = HF_BUF_INIT;
    struct hf_reader *r;
    struct hf_error err = {HF_OK, ""};
    if (hf_generation_verify(g, 0, &err) != HF_OK) fail_msg("%s", err.text);
    assert_ok(hf_reader_open(g->db, &r, &err));
    assert_ok(hf_reader_terms(r, "D", add_term, &b, &err));
    assert_string_equal(b.data, want);
    hf_reader_close(r);
    hf_buf_release(&b);
}

/* An index of the terms D000 …, more than one block of each table. */
static void make_large(const char *dir, unsigned n)
{
    struct hf_error err = {HF_OK, ""};
    char **terms = hf_xcalloc(n, sizeof *terms), name[16];
    struct store *s;
    for (unsigned i = 0; i < n; i++) {
        snprintf(name, sizeof name, "D%03u", i);
        terms[i] = hf_xstrdup(name);
    }
    assert_ok(store_open(dir, false, &s, &err));
    assert_ok(commit(s, (const char *const *)terms, n, NULL, 0));
    store_close(s);
    for (unsigned i = 0; i < n; i++) free(terms[i]);
    free(terms);
}

static void change_one(const char *dir, const char *add, const char *drop)
{
    struct hf_error err = {HF_OK, ""};
    struct store *s;
    if (store_open(dir, false, &s, &err) != HF_OK) fail_msg("%s", err.text);
    assert_ok(commit(s, &add, 1, &drop, 1));
    store_close(s);
}

/* Small changes are written behind what is there, in the same files: every generation
 * that is kept stays as it was, byte by byte, and who has one open reads on, however many
 * follow. Where a killed run left bytes behind them, the next one goes on in a copy, and
 * so does one that goes on from an older generation: the newer one may still be read. */
static void test_shared_tables(void **state)
{
    enum { ROUNDS = 20, N = 600 };
    char *dir = t_path("shared"), add[8], drop[8], path[300];
    struct hf_buf want[ROUNDS + 1] = {HF_BUF_INIT}, got = HF_BUF_INIT;
    struct hf_generation g[ROUNDS + 1] = {{0}};
    struct hf_reader *first;
    struct hf_error err = {HF_OK, ""};
    unsigned n_shared = 0;
    bool had_rest = false;
    (void)state;
    make_large(dir, N);
    for (unsigned i = 0; i <= ROUNDS; i++) {
        snprintf(add, sizeof add, "D%03u", N + i);
        snprintf(drop, sizeof drop, "D%03u", i * 7);
        if (i) change_one(dir, add, drop);
        assert_ok(hf_generation_current(dir, &g[i], &err));
        assert_int_equal(g[i].number, i + 1);
        assert_int_equal(served(dir, &want[i]), i + 1);
        if (!i) assert_ok(hf_reader_open(g[0].db, &first, &err));
        for (unsigned k = i > 2 ? i - 2 : 0; k <= i; k++)
            expect_terms(&g[k], want[k].data);
        off_t size, before;
        ino_t ino = table_of(dir, i + 1, &size);
        bool is_shared = i && ino == table_of(dir, i, &before);
        n_shared += is_shared;
        if (i % 3 == 0) assert_false(is_shared && had_rest);
        had_rest = i % 3 == 2;
        snprintf(path, sizeof path, "%s/db/postlist.glass", g[i].path);
        FILE *f = i % 3 == 2 ? fopen(path, "ab") : NULL;
        for (int k = 0; f && k < 9000; k++) fputc(0xa5, f);
        if (f) fclose(f);
    }
    assert_in_range(n_shared, ROUNDS / 2, ROUNDS - 1); /* not where all is compacted */
    assert_ok(hf_reader_terms(first, "D", add_term, &got, &err));
    assert_string_equal(got.data, want[0].data);
    hf_reader_close(first);
    hf_buf_release(&got);
    for (unsigned i = 0; i <= ROUNDS; i++) {
        hf_buf_release(&want[i]);
        hf_generation_release(&g[i]);
    }
    free(dir);
}

/* Where the tables cannot be shared, the generation is a copy, and as good. */
static void test_not_shared(void **state)
{
    static const struct {
        size_t at;
        char to;
        const char *why;
    } rows[] = {
        {3, 'x', "not Xapian's mark"},
        {15, 0x6f, "another form of the file"},
        {32, (char)0xff, "numbers without end"},
        {39, 99, "a list of free blocks that is longer than the file"},
        {41, 0, "the first unused block is among those in use"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        char *dir = t_path("not-shared"), path[300], copy[300];
        struct hf_generation g;
        struct hf_sums *sums;
        struct hf_buf b = HF_BUF_INIT;
        struct hf_error err = {HF_OK, ""};
        t_remove(dir);
        make_large(dir, 600);
        assert_ok(hf_generation_current(dir, &g, &err));
        assert_ok(hf_generation_sums(&g, &sums, &err));
        snprintf(copy, sizeof copy, "%s/copy", dir);
        assert_true(store_share(g.db, copy, sums));
        t_remove(copy);
        assert_false(store_share(g.db, copy, NULL)); /* of nothing known */
        t_remove(copy);
        snprintf(path, sizeof path, "%s/iamglass", g.db);
        assert_ok(hf_buf_read_file(&b, path, 4096, &err));
        assert_int_equal(b.data[39], 6); /* as in rows */
        b.data[rows[i].at] = rows[i].to;
        t_write(path, b.data, b.len);
        if (store_share(g.db, copy, sums)) fail_msg("%s", rows[i].why);
        assert_ok(store_go_on(g.db, copy, sums, &err));
        assert_true(store_share_bytes(copy) > 0);
        assert_int_equal(store_share_bytes(copy), store_share_bytes(g.db));
        hf_buf_release(&b);
        hf_sums_free(sums);
        hf_generation_release(&g);
        free(dir);
    }
}

static void test_lock(void **state)
{
    char *dir = t_path("locked");
    struct store *s, *second = (struct store *)1;
    struct hf_error err;
    (void)state;
    assert_ok(store_open(dir, false, &s, &err));
    assert_int_equal(store_open(dir, false, &second, &err), HF_LOCKED);
    assert_null(second);
    assert_non_null(strstr(err.text, dir));
    assert_int_equal(store_open(dir, true, &second, &err),
                     HF_LOCKED); /* --rebuild does not break it */
    store_close(s);
    assert_ok(store_open(dir, false, &s, &err));
    store_close(s);
    store_close(NULL);
    free(dir);
}

/* ---- what is refused, and what --rebuild makes good ---- */

static void put(const char *dir, const char *name, const char *text)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "%s/%s", dir, name);
    t_write(b.data, text, strlen(text));
    hf_buf_release(&b);
}

static void test_refused(void **state)
{
    static const struct {
        const char *file, *text;
        enum hf_status plain, rebuild;
        const char *why;
    } rows[] = {
        {"current", "rubbish", HF_CORRUPT, HF_OK, "a damaged pointer"},
        {"current", "hfsok-index 99 1\n", HF_SCHEMA, HF_OK, "another schema"},
        {"current", POINTER " 5\n", HF_CORRUPT, HF_OK, "a generation that is not there"},
        {"gen-000001/manifest", "", HF_CORRUPT, HF_OK, "no manifest"},
        {"gen-000001/meta.json", "{}", HF_CORRUPT, HF_OK,
         "meta.json is not what was written"},
        {"gen-000001/db/iamglass", "x", HF_CORRUPT, HF_OK,
         "a damaged database is not built upon"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        char *dir = t_path("refused");
        struct store *s;
        struct hf_error err = {HF_OK, ""};
        static const char *const one[] = {"Done"};
        t_remove(dir);
        assert_ok(store_open(dir, false, &s, &err));
        assert_ok(commit(s, one, 1, NULL, 0));
        store_close(s);
        put(dir, rows[i].file, rows[i].text);
        enum hf_status status = store_open(dir, false, &s, &err);
        if (status != rows[i].plain || s || !strstr(err.text, "rebuild"))
            fail_msg("%s: %s «%s»", rows[i].why, hf_status_name(status), err.text);
        status = store_open(dir, true, &s, &err);
        if (status != rows[i].rebuild)
            fail_msg("%s, rebuilt: %s «%s»", rows[i].why, hf_status_name(status),
                     err.text);
        assert_ok(commit(s, one, 1, NULL, 0));
        store_close(s);
        expect_served(dir, 2, "Done*1 ");
        free(dir);
    }
}

static void test_foreign(void **state)
{
    char *dir = t_path("foreign"), *file = t_path("file");
    struct store *s;
    struct hf_error err;
    (void)state;
    mkdir(dir, 0755);
    put(dir, "bilde.jpg", "x");
    for (int rebuild = 0; rebuild < 2;
         rebuild++) { /* nobody's photographs are built over */
        assert_int_equal(store_open(dir, rebuild, &s, &err), HF_CORRUPT);
        assert_null(s);
        assert_int_equal(count_entries(dir, ""), 1);
    }
    t_write(file, "auto db\n", 8);
    assert_int_equal(store_open(file, false, &s, &err),
                     HF_BAD_ARGUMENT); /* a stub file is read only */
    char below[300];
    snprintf(below, sizeof below, "%s/index", file);
    assert_int_not_equal(store_open(below, false, &s, &err), HF_OK);
    assert_null(s);
    free(dir);
    free(file);
}

/* ---- cached records ---- */

static void test_cache(void **state)
{
    char *dir = t_path("cache"), key[65], path[400];
    struct store *s;
    struct hf_error err;
    json_t *records = json_pack("[{s:s}]", "title", "blåbær"), *meta;
    (void)state;
    hf_sha256("x", 1, key);
    assert_ok(store_open(dir, false, &s, &err));
    assert_null(store_load(s, key));
    assert_ok(store_save(s, key, records, &err));
    json_t *back = store_load(s, key);
    assert_true(json_equal(back, records));
    json_decref(back);
    back = store_load_brief(s, key);
    assert_true(json_equal(back, records));
    json_decref(back);
    static const struct {
        const char *why, *bytes;
        bool has_brief;
    } bad[] = {
        {"empty", "", false},
        {"another form", "[{\"title\":\"x\"}]", false},
        {"cut short in the brief records", "0000000004 0000000004\n[{", false},
        {"cut short in the records: the brief ones are no use alone",
         "0000000004 0000000004\n[{}][{", false},
        {"longer than it says", "0000000004 0000000004\n[{}][{}]]", false},
        {"lengths past all bounds", "9999999999 9999999999\n[{}][{}]", false},
        {"no array", "0000000004 0000000004\n{}  {}  ", false},
        {"no lengths", "x\n                    []", false},
        {"the disk lost what it held", "0000000004 0000000004\n[{}]\xff\xff\xff\xff",
         true},
    };
    snprintf(path, sizeof path, "%s/records/%.2s/%s.rec", dir, key, key);
    for (size_t i = 0; i < N_OF(bad); i++) {
        t_write(path, bad[i].bytes, strlen(bad[i].bytes));
        back = store_load_brief(s, key);
        if ((back != NULL) != bad[i].has_brief) fail_msg("%s", bad[i].why);
        json_decref(back);
        if (store_load(s, key)) fail_msg("%s", bad[i].why);
        assert_int_not_equal(access(path, F_OK), 0); /* read again by the next run */
    }
    assert_ok(store_save(s, key, records, &err));
    meta = json_pack("{s:[{s:s}]}", "documents", "key", key);
    store_prune(s, meta);
    back = store_load(s, key);
    assert_non_null(back); /* used: it stays */
    json_decref(back);
    json_decref(meta);
    meta = json_pack("{s:[]}", "documents");
    store_prune(s, meta);
    assert_null(store_load(s, key));
    json_decref(meta);
    json_decref(records);
    store_close(s);
    free(dir);
}

/* ---- whole runs: what an incremental run reads, changes and keeps ---- */

static char *sources, *index_dir;

static void minutes(const char *name, const char *body, const char *date,
                    const char *word)
{
    struct hf_buf path = HF_BUF_INIT, b = HF_BUF_INIT;
    hf_buf_addf(&path, "%s/%s", sources, name);
    hf_buf_addf(&b,
                "Referat fra møte i %s\nHelsefellesskapet Vestfold\nDato: %s\n\nTil "
                "stede: Kari Nordby, Tønsberg kommune\n\n"
                "Sak 01/24 Om %s\nKommunene orienterte om %s.\nVedtak: Saken om %s tas "
                "til orientering.\n",
                body, date, word, word, word);
    t_write(path.data, b.data, b.len);
    hf_buf_release(&path);
    hf_buf_release(&b);
}

static unsigned documents_with(const char *word)
{
    struct hf_generation g;
    struct hf_reader *r;
    struct hf_error err;
    char term[HF_TERM_ROOM];
    assert_ok(hf_generation_current(index_dir, &g, &err));
    assert_ok(hf_generation_verify(&g, 0, &err));
    assert_ok(hf_reader_open(g.db, &r, &err));
    hf_term_spell(term, HF_FIELD_TITLE, HF_KIND_EXACT, word, strlen(word));
    unsigned n = hf_reader_freq(r, term);
    hf_reader_close(r);
    hf_generation_release(&g);
    return n;
}

struct want {
    size_t read, unchanged, failed;
    unsigned generation;
};

static void run(bool rebuild, struct want want, const char *why)
{
    struct run_counts n = {0};
    size_t failed;
    char *paths[] = {sources};
    if (t_index_to(index_dir, paths, 1, rebuild, &n, &failed) != HF_OK)
        fail_msg("%s", why);
    unsigned generation = hf_generation_peek(index_dir);
    if (n.read != want.read || n.unchanged != want.unchanged || failed != want.failed ||
        generation != want.generation)
        fail_msg("%s: %zu read, %zu unchanged, %zu failed, generation %u", why, n.read,
                 n.unchanged, failed, generation);
}

static void test_runs(void **state)
{
    char from[300], to[300];
    (void)state;
    sources = t_path("sources");
    index_dir = t_path("index");
    mkdir(sources, 0755);
    minutes("a.txt", "strategisk samarbeidsutvalg (SSU)", "12.03.2024", "ambulanse");
    minutes("b.txt", "strategisk samarbeidsutvalg (SSU)", "13.04.2024", "jordmor");
    minutes("c.txt", "faglig samarbeidsutvalg (FSU)", "14.05.2024", "tannlege");
    run(false, (struct want){3, 0, 0, 1}, "the first run reads all");
    assert_int_equal(documents_with("jordmor"), 1); /* the case, for its decision too */
    run(false, (struct want){0, 3, 0, 1},
        "the second reads nothing and makes no generation");
    run(true, (struct want){0, 3, 0, 2}, "a rebuild takes the cached records");
    minutes("b.txt", "strategisk samarbeidsutvalg (SSU)", "13.04.2024", "helsestasjon");
    run(false, (struct want){1, 2, 0, 3}, "a changed file is read again");
    assert_int_equal(documents_with("jordmor"), 0);
    assert_int_equal(documents_with("helsestasjon"), 1);
    assert_int_equal(documents_with("ambulanse"), 1);
    minutes("d.txt", "lokalt samarbeidsutvalg (LSU)", "15.06.2024", "legevakt");
    run(false, (struct want){1, 3, 0, 4}, "a new file");
    assert_int_equal(documents_with("legevakt"), 1);
    snprintf(from, sizeof from, "%s/a.txt", sources);
    unlink(from);
    run(false, (struct want){0, 3, 0, 5}, "a removed file goes");
    assert_int_equal(documents_with("ambulanse"), 0);
    snprintf(from, sizeof from, "%s/c.txt", sources);
    snprintf(to, sizeof to, "%s/flyttet.txt", sources);
    rename(from, to);
    run(false, (struct want){0, 3, 0, 6}, "a moved file is not read again");
    assert_int_equal(documents_with("tannlege"), 1);
    snprintf(to, sizeof to, "%s/d.txt", sources);
    t_write(to, "\0\0\0\0", 4);
    run(false, (struct want){0, 2, 1, 7}, "a file that cannot be read any more is named");
    assert_int_equal(documents_with("legevakt"), 1); /* and keeps what was read before */
    minutes("d.txt", "lokalt samarbeidsutvalg (LSU)", "15.06.2024", "legevakt");
    run(false, (struct want){0, 3, 0, 8}, "repaired as it was");
    assert_int_equal(documents_with("legevakt"), 1);
}

/* Without its cache an index is built the same. */
static void test_cache_is_a_cache(void **state)
{
    char path[300];
    (void)state;
    snprintf(path, sizeof path, "%s/records", index_dir);
    t_remove(path);
    run(false, (struct want){3, 0, 0, 8}, "read again, nothing new");
    put(index_dir, "gists", "rubbish");
    run(false, (struct want){0, 3, 0, 8}, "their gists are made again");
    run(false, (struct want){0, 3, 0, 8}, "and serve");
    snprintf(path, sizeof path, "%s/records", index_dir);
    t_remove(path);
    run(true, (struct want){3, 0, 0, 9}, "and rebuilt");
    assert_int_equal(documents_with("legevakt"), 1);
    assert_int_equal(documents_with("tannlege"), 1);
}

/* A run of one folder keeps what other folders gave. */
static void test_other_folders_stay(void **state)
{
    char *other = t_path("other"), *first = sources, *paths[] = {other};
    struct run_counts n = {0};
    (void)state;
    mkdir(other, 0755);
    sources = other;
    minutes("e.txt", "strategisk samarbeidsutvalg (SSU)", "16.09.2024", "fysioterapi");
    assert_ok(t_index_to(index_dir, paths, 1, false, &n, NULL));
    assert_int_equal(n.read, 1);
    assert_int_equal(documents_with("fysioterapi"), 1);
    assert_int_equal(documents_with("tannlege"), 1);
    sources = first;
    run(false, (struct want){0, 3, 0, 10}, "and the other way round");
    assert_int_equal(documents_with("fysioterapi"), 1);
    /* So does what could not be read there. */
    struct hf_buf bad = HF_BUF_INIT;
    struct hf_generation g;
    struct hf_error err;
    hf_buf_addf(&bad, "%s/bad.txt", other);
    t_write(bad.data, "\0\0\0\0", 4);
    assert_ok(t_index_to(index_dir, paths, 1, false, &n, NULL));
    run(false, (struct want){0, 3, 0, 11}, "the other's failure is no change");
    assert_ok(hf_generation_current(index_dir, &g, &err));
    assert_int_equal(json_array_size(json_object_get(g.meta, "unreadable")), 1);
    hf_generation_release(&g);
    hf_buf_release(&bad);
    free(other);
}

/* The same documents, one by one in any order or all at once: the same index. */
static void test_order_does_not_matter(void **state)
{
    char *all = t_path("all"), *bit = t_path("bit"), names[3][300], *paths[] = {sources};
    static const char *const files[] = {"b.txt", "d.txt", "flyttet.txt"};
    struct hf_buf a = HF_BUF_INIT, b = HF_BUF_INIT;
    (void)state;
    assert_ok(t_index_to(all, paths, 1, false, NULL, NULL));
    for (unsigned round = 0; round < 3; round++) {
        t_remove(bit);
        for (unsigned i = 0; i < 3; i++) {
            snprintf(names[i], sizeof names[i], "%s/%s", sources, files[(i + round) % 3]);
            char *one[] = {names[i]};
            assert_ok(t_index_to(bit, one, 1, false, NULL, NULL));
        }
        served(all, &a);
        served(bit, &b);
        assert_string_equal(a.data,
                            b.data); /* digests of the records in their last form */
    }
    hf_buf_release(&a);
    hf_buf_release(&b);
    free(all), free(bit), free(sources), free(index_dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_generations),
        cmocka_unit_test(test_all_goes),
        cmocka_unit_test(test_unfinished),
        cmocka_unit_test(test_parts_keep_their_order),
        cmocka_unit_test(test_a_damaged_database_is_not_sealed),
        cmocka_unit_test(test_small_changes),
        cmocka_unit_test(test_shared_tables),
        cmocka_unit_test(test_not_shared),
        cmocka_unit_test(test_lock),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_foreign),
        cmocka_unit_test(test_cache),
        cmocka_unit_test(test_runs),
        cmocka_unit_test(test_cache_is_a_cache),
        cmocka_unit_test(test_other_folders_stay),
        cmocka_unit_test(test_order_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
