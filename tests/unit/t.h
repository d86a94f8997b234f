/* What the unit tests share: cmocka with what it needs, the lexicon, folders that go
 * away, and an index of the sample corpus.
 *
 * Tests run in the root of the project with HFSOK_DATA set (tests/run.sh). Random tests
 * take their seed from $SEED and their number of rounds from $ROUNDS; a failure names the
 * seed.
 */
#ifndef HFSOK_TESTS_T_H
#define HFSOK_TESTS_T_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../indexer/run.h"
#include "../../shim/buf.h"
#include "../../shim/lexicon.h"

#define N_OF(a)      (sizeof(a) / sizeof *(a))
#define T_CORPUS     "tests/corpus"
#define assert_ok(e) t_assert_ok((e), #e, __FILE__, __LINE__)

static inline void t_assert_ok(enum hf_status status, const char *what, const char *file,
                               int line)
{
    if (status == HF_OK) return;
    print_error("%s: %s\n", what, hf_status_name(status));
    _fail(file, line);
}

/* ---- chance ---- */

static inline uint64_t *t_state(void)
{
    static uint64_t state;
    if (!state) {
        const char *seed = getenv("SEED");
        state = seed ? strtoull(seed, NULL, 10) * 2 + 1 : 20260101;
    }
    return &state;
}

static inline uint32_t t_random(uint32_t below) /* xorshift* */
{
    uint64_t *s = t_state();
    *s ^= *s >> 12;
    *s ^= *s << 25;
    *s ^= *s >> 27;
    return below ? (uint32_t)((*s * 2685821657736338717u) >> 33) % below : 0;
}

static inline unsigned t_rounds(unsigned usual)
{
    const char *rounds = getenv("ROUNDS");
    return rounds ? (unsigned)strtoul(rounds, NULL, 10) : usual;
}

/* ---- folders ---- */

static inline int t_remove_one(const char *path, const struct stat *st, int flag,
                               struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path) && 0;
}

static inline void t_remove(const char *path)
{
    nftw(path, t_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static char t_dir_path[200];

static inline void t_dir_end(void)
{
    t_remove(t_dir_path);
}

/* The program's own folder; it goes away at exit. */
static inline const char *t_dir(void)
{
    if (*t_dir_path) return t_dir_path;
    const char *tmp = getenv("TMPDIR");
    snprintf(t_dir_path, sizeof t_dir_path, "%.150s/hfsok-test-XXXXXX",
             tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(t_dir_path)) abort();
    atexit(t_dir_end);
    return t_dir_path;
}

/* A path below it, made new for each name; valid until the end. */
static inline char *t_path(const char *name)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "%s/%s", t_dir(), name);
    return hf_buf_take(&b);
}

static inline void t_write(const char *path, const void *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, len, f) != len || fclose(f)) {
        print_error("%s cannot be written\n", path);
        abort();
    }
}

static inline void t_read(struct hf_buf *b, const char *path)
{
    struct hf_error err;
    hf_buf_clear(b);
    if (hf_buf_read_file(b, path, (size_t)64 << 20, &err) != HF_OK) {
        print_error("%s\n", err.text);
        abort();
    }
}

/* ---- what takes time to open, once a program ---- */

static inline const struct hf_lexicon *t_lexicon(void)
{
    static struct hf_lexicon *lex;
    struct hf_error err;
    if (lex) return lex;
    if (hf_lexicon_open(NULL, &lex, &err) != HF_OK) {
        print_error("%s (is HFSOK_DATA set?)\n", err.text);
        exit(1);
    }
    return lex;
}

/* Indexes the files or folders at paths into the folder index; the status of the run.
 * counts and n_failures may be NULL. */
static inline enum hf_status t_index_to(const char *index, char **paths, size_t n,
                                        bool rebuild, struct run_counts *counts,
                                        size_t *n_failures)
{
    struct options o = {.index_dir = index,
                        .data_dir = hf_lexicon_dir(),
                        .rebuild = rebuild,
                        .quiet = true,
                        .jobs = 2,
                        .paths = paths,
                        .n_paths = n};
    struct run_counts unused = {0};
    struct sources list = {0};
    struct minutes_cues *cues;
    struct hf_error err = {HF_OK, ""};
    enum hf_status status = minutes_cues_open(o.data_dir, &cues, &err);
    for (size_t i = 0; i < n; i++) walk(&list, paths[i]);
    sources_sort(&list);
    if (status == HF_OK) {
        status = index_run(&o, cues, &list, counts ? counts : &unused, &err);
        minutes_cues_close(cues);
    }
    if (n_failures) *n_failures = list.n_failures;
    sources_release(&list);
    if (status != HF_OK) print_message("index: %s\n", err.text);
    return status;
}

/* An index of the sample corpus, made once. */
static inline const char *t_corpus_index(void)
{
    static char *index;
    char corpus[] = T_CORPUS, *paths[] = {corpus};
    if (index) return index;
    index = t_path("corpus-index");
    if (t_index_to(index, paths, 1, false, NULL, NULL) != HF_OK) exit(1);
    return index;
}

/* The records of the sample corpus in the order of its files, collated: arrays, NULL for
 * doubles. */
static inline json_t **t_corpus_records(size_t *n)
{
    struct options o = {.data_dir = hf_lexicon_dir(), .quiet = true, .jobs = 2};
    struct sources list = {0};
    struct minutes_cues *cues;
    struct hf_error err;
    if (minutes_cues_open(o.data_dir, &cues, &err) != HF_OK) {
        print_error("%s\n", err.text);
        exit(1);
    }
    walk(&list, T_CORPUS);
    sources_sort(&list);
    json_t **out = hf_xcalloc(list.n + 1, sizeof *out);
    *n = list.n;
    struct run_counts counts = {0};
    struct run_words words = {cues, t_lexicon()};
    run_read(&o, &words, &list, out, &counts);
    sources_release(&list);
    minutes_cues_close(cues);
    return out;
}

#endif
