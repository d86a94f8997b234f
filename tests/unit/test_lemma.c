/* The lemma table against vocabularies (tests/vocab) and against abuse. The table is
 * $HFSOK_LEMMAS, else build/lemmas.dat; run from the top of the project. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../shim/lemma.h"

static struct hf_lemmas *lemmas;
static struct hf_lemma_ctx *ctx;

static const char *table(void)
{
    const char *path = getenv("HFSOK_LEMMAS");
    return path ? path : "build/lemmas.dat";
}

static int open_table(void **state)
{
    struct hf_error err;
    (void)state;
    if (hf_lemmas_open(table(), &lemmas, &err) != HF_OK ||
        hf_lemma_ctx_new(lemmas, &ctx, &err) != HF_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    return 0;
}

static int close_table(void **state)
{
    (void)state;
    hf_lemma_ctx_free(ctx);
    hf_lemmas_close(lemmas);
    return 0;
}

static void analyse(const char *word, struct hf_lemma_result *r)
{
    hf_lemma_analyse(ctx, word, strlen(word), r);
}

static bool has(const struct hf_lemma_result *r, const struct hf_lemma_term *t,
                bool strong_only)
{
    for (size_t i = 0; i < r->n_terms; i++) {
        const struct hf_lemma_term *x = &r->terms[i];
        if (strong_only && !x->is_strong) continue;
        if (x->len == t->len && !memcmp(x->text, t->text, t->len)) return true;
    }
    return false;
}

/* Whether a strong term of b is a term of a (a strong one, or any). */
static bool meets(const char *a, const char *b, bool strong_only)
{
    struct hf_lemma_result ra, rb;
    analyse(a, &ra);
    analyse(b, &rb);
    for (size_t i = 0; i < rb.n_terms; i++) {
        if (rb.terms[i].is_strong && has(&ra, &rb.terms[i], strong_only)) return true;
    }
    return false;
}

static FILE *vocabulary(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "tests/vocab/%s", name);
    FILE *f = fopen(path, "r");
    if (!f) fail_msg("%s is missing", path);
    return f;
}

/* Splits a line at blanks or tabs in place; returns the number of fields. */
static size_t fields(char *line, const char *at, char **out, size_t cap)
{
    size_t n = 0;
    line[strcspn(line, "\r\n")] = 0;
    for (char *p = strtok(line, at); p && n < cap; p = strtok(NULL, at)) out[n++] = p;
    return n;
}

static void share_a_term(const char *name)
{
    FILE *f = vocabulary(name);
    char line[512], *word[32];
    size_t wrong = 0;
    while (fgets(line, sizeof line, f)) {
        size_t n = fields(line, " ", word, 32);
        for (size_t i = 1; i < n; i++) {
            if (meets(word[0], word[i], true)) continue;
            print_error("%s: %s and %s do not meet\n", name, word[0], word[i]);
            wrong++;
        }
    }
    fclose(f);
    assert_int_equal(wrong, 0);
}

static void test_bokmaal(void **state)
{
    (void)state;
    share_a_term("nb.tsv");
}

static void test_nynorsk(void **state)
{
    (void)state;
    share_a_term("nn.tsv");
}

static void pairs(const char *name, bool should_meet)
{
    FILE *f = vocabulary(name);
    char line[512], *word[4];
    size_t wrong = 0;
    while (fgets(line, sizeof line, f)) {
        if (fields(line, "\t", word, 4) < 2 ||
            meets(word[0], word[1], true) == should_meet)
            continue;
        print_error("%s: %s and %s %s\n", name, word[0], word[1],
                    should_meet ? "do not meet" : "meet");
        wrong++;
    }
    fclose(f);
    assert_int_equal(wrong, 0);
}

static void test_across(void **state)
{
    (void)state;
    pairs("across.tsv", true);
}

static void test_refusals(void **state)
{
    (void)state;
    pairs("refusals.tsv", false);
}

static size_t count_parts(const char *word)
{
    struct hf_lemma_result r;
    size_t n = 0;
    analyse(word, &r);
    for (size_t i = 0; i < r.n_terms; i++) n += r.terms[i].kind == HF_LEMMA_PART;
    return n;
}

static void test_compounds(void **state)
{
    (void)state;
    FILE *f = vocabulary("compounds.tsv");
    char line[512], *word[4];
    size_t wrong = 0;
    while (fgets(line, sizeof line, f)) {
        if (fields(line, "\t", word, 4) < 3) continue;
        bool is_right = word[1][0] == '-' ? count_parts(word[0]) == 0
                                          : meets(word[0], word[1], false) &&
                                                meets(word[0], word[2], false);
        if (is_right) continue;
        print_error("compounds.tsv: %s\n", word[0]);
        wrong++;
    }
    fclose(f);
    assert_int_equal(wrong, 0);
}

/* Whatever comes in, the result is whole: strong terms first, no doubles, text inside,
 * and again the same. */
static void check_whole(const char *word, size_t len)
{
    struct hf_lemma_result r, again;
    bool was_weak = false;
    hf_lemma_analyse(ctx, word, len, &r);
    hf_lemma_analyse(ctx, word, len, &again);
    assert_int_equal(r.n_terms, again.n_terms);
    assert_true(r.n_terms <= HF_LEMMA_MAX_TERMS);
    for (size_t i = 0; i < r.n_terms; i++) {
        const struct hf_lemma_term *t = &r.terms[i];
        assert_true(t->text >= r.room && t->text + t->len < r.room + r.room_len);
        assert_true(t->len > 0 && t->len <= HF_LEMMA_MAX_TERM_LEN && !t->text[t->len]);
        assert_string_equal(t->text, again.terms[i].text);
        assert_false(was_weak && t->is_strong);
        was_weak = !t->is_strong;
        for (size_t k = 0; k < i; k++) assert_string_not_equal(t->text, r.terms[k].text);
    }
}

static void test_abuse(void **state)
{
    (void)state;
    uint32_t seed = 1;
    char word[300];
    static const char *const odd[] = {"",
                                      "-",
                                      "a",
                                      "å",
                                      "æøå",
                                      "\xff\xfe",
                                      "\xc3",
                                      "ć",
                                      "日本",
                                      "a\xcc\x8a",
                                      "naïve",
                                      "123",
                                      "4-åring",
                                      "e-helse",
                                      "ssssssssssssssssssss",
                                      "kulturseksjonens",
                                      "samhandlingsreformen",
                                      "møte møte"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        check_whole(odd[i], strlen(odd[i]));
    memset(word, 's', sizeof word);
    for (size_t len = 0; len <= sizeof word; len++) check_whole(word, len);
    for (size_t i = 0; i + 1 < sizeof word; i += 2) memcpy(word + i, "ø", 2);
    for (size_t len = 0; len <= sizeof word; len++) check_whole(word, len);
    for (int i = 0; i < 200000; i++) {
        size_t len = 0, want = 1 + (seed >> 8) % 40;
        for (; len < want; len++) {
            seed = seed * 1103515245u + 12345u;
            word[len] =
                i % 4 ? "abdefghijklmnoprstuvøå"[(seed >> 16) % 24] : (char)(seed >> 16);
        }
        check_whole(word, len);
    }
}

static void random_word(uint32_t *seed, char *word, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        *seed = *seed * 1103515245u + 12345u;
        word[i] = "abdefghijklmnoprstuvyz"[(*seed >> 16) % 22];
    }
}

/* What is kept of words, also of the longest, does not get into each other's way: after
 * many the result is the one of a context that has seen no other. */
static void test_kept(void **state)
{
    enum { N = 20000, LONG = 3000 };
    struct hf_lemma_ctx *fresh;
    struct hf_lemma_result r, want;
    struct hf_error err;
    char word[HF_LEMMA_MAX_WORD];
    (void)state;
    for (int pass = 0; pass < 2; pass++) {
        uint32_t seed = 7;
        for (int i = 0; i < N + LONG; i++) {
            size_t len = i < N ? 3 + (size_t)i % 9 : 80 + (size_t)i % 41;
            random_word(&seed, word, len);
            hf_lemma_analyse(ctx, word, len, &r);
            if (!pass || i % 8) continue;
            if (i % 800 == 0) {
                if (i) hf_lemma_ctx_free(fresh);
                assert_int_equal(hf_lemma_ctx_new(lemmas, &fresh, &err), HF_OK);
            }
            hf_lemma_analyse(fresh, word, len, &want);
            assert_int_equal(r.n_terms, want.n_terms);
            assert_int_equal(r.source, want.source);
            for (size_t k = 0; k < r.n_terms; k++) {
                assert_string_equal(r.terms[k].text, want.terms[k].text);
                assert_int_equal(r.terms[k].kind, want.terms[k].kind);
            }
        }
    }
    hf_lemma_ctx_free(fresh);
}

static void test_folding(void **state)
{
    (void)state;
    assert_true(meets("komité", "komite", true));
    assert_true(meets("sjöhus", "sjøhus", true));
    assert_true(hf_lemmas_knows(lemmas, "helse", 5));
    assert_false(hf_lemmas_knows(lemmas, "hels", 0));
    assert_false(hf_lemmas_knows(lemmas, "xqzzt", 5));
}

static int collect(void *user, const char *form, size_t len, unsigned cost)
{
    size_t *seen = user;
    assert_int_equal(strlen(form), len);
    assert_true(hf_lemmas_knows(lemmas, form, len));
    seen[cost < 4 ? cost : 4]++;
    return seen[0] + seen[1] + seen[2] >= 100000 ? 7 : 0;
}

static int is_word(void *user, const char *form, size_t len, unsigned cost)
{
    (void)len;
    (void)cost;
    return !strcmp(form, user);
}

static void test_prefix(void **state)
{
    (void)state;
    size_t seen[5] = {0};
    assert_int_equal(hf_lemmas_each_prefix(lemmas, "samhandling", 11, collect, seen), 0);
    assert_true(seen[0] > 10);
    char want[] = "samhandlingen";
    assert_int_equal(hf_lemmas_each_prefix(lemmas, "samh", 4, is_word, want), 1);
    assert_int_equal(hf_lemmas_each_prefix(lemmas, "xqzzt", 5, is_word, want), 0);
    memset(seen, 0, sizeof seen);
    assert_int_equal(hf_lemmas_each_prefix(lemmas, "", 0, collect, seen), 7);
}

static void test_near(void **state)
{
    (void)state;
    struct hf_lemma_near edits = {
        .replace = 1, .insert = 1, .drop = 1, .swap = 1, .max_cost = 1};
    char right[] = "legemiddel", swapped[] = "vedtak", damaged[] = "økonomien",
         scanned[] = "gjennomføring";
    assert_int_equal(hf_lemmas_each_near(lemmas, "legemidel", 9, &edits, is_word, right),
                     1);
    assert_int_equal(hf_lemmas_each_near(lemmas, "vedtka", 6, &edits, is_word, swapped),
                     1);
    size_t seen[5] = {0};
    assert_int_equal(hf_lemmas_each_near(lemmas, "referat", 7, &edits, collect, seen), 0);
    assert_int_equal(seen[0], 1);
    assert_int_equal(seen[2] + seen[3] + seen[4], 0);
    static const struct hf_lemma_confusion signs[] = {
        {"a", "ø", 1}, {"a", "å", 1}, {"gi", "gj", 1}};
    struct hf_lemma_near ocr = {.max_cost = 2, .confusions = signs, .n_confusions = 3};
    assert_int_equal(hf_lemmas_each_near(lemmas, "akonomien", 9, &ocr, is_word, damaged),
                     1);
    assert_int_equal(
        hf_lemmas_each_near(lemmas, "giennomfaring", 13, &ocr, is_word, scanned), 1);
    ocr.max_cost = 0;
    assert_int_equal(hf_lemmas_each_near(lemmas, "akonomien", 9, &ocr, is_word, damaged),
                     0);
}

static void spoil(const char *path, long at, int c, size_t keep)
{
    FILE *in = fopen(table(), "rb"), *out = fopen(path, "wb");
    assert_non_null(in);
    assert_non_null(out);
    for (size_t i = 0; i < keep; i++) {
        int byte = fgetc(in);
        if (byte == EOF) break;
        fputc((long)i == at ? c : byte, out);
    }
    fclose(in);
    fclose(out);
}

static void test_damaged_table(void **state)
{
    (void)state;
    struct hf_lemmas *l;
    struct hf_error err;
    char path[] = "/tmp/hf-lemma-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(hf_lemmas_open("/nowhere/lemmas.dat", &l, &err), HF_NOT_FOUND);
    assert_null(l);
    assert_int_equal(hf_lemmas_open("/tmp", &l, &err), HF_CORRUPT);
    assert_int_equal(hf_lemmas_open(path, &l, NULL), HF_CORRUPT);
    spoil(path, 0, 'X', 4096);
    assert_int_equal(hf_lemmas_open(path, &l, &err), HF_CORRUPT);
    spoil(path, 8, 99, 4096);
    assert_int_equal(hf_lemmas_open(path, &l, &err), HF_SCHEMA);
    spoil(path, -1, 0, 100000);
    assert_int_equal(hf_lemmas_open(path, &l, &err), HF_CORRUPT);
    spoil(path, 1000000, 0x55, (size_t)-1);
    assert_int_equal(hf_lemmas_open(path, &l, &err), HF_CORRUPT);
    assert_null(l);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bokmaal),   cmocka_unit_test(test_nynorsk),
        cmocka_unit_test(test_across),    cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_compounds), cmocka_unit_test(test_folding),
        cmocka_unit_test(test_abuse),     cmocka_unit_test(test_kept),
        cmocka_unit_test(test_prefix),
        cmocka_unit_test(test_near),      cmocka_unit_test(test_damaged_table),
    };
    return cmocka_run_group_tests(tests, open_table, close_table);
}
