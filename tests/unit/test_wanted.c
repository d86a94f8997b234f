/* Passing over words that cannot matter (wanted.h) loses no term and moves none: what is
 * wanted comes out as it does when every word is analysed. */
#include "t.h"

#include "../../shim/analyse.h"
#include "../../shim/wanted.h"

static struct hf_analyser *plain, *quick;

static int setup(void **state)
{
    struct hf_error err;
    (void)state;
    assert_ok(hf_analyser_new(t_lexicon(), &plain, &err));
    assert_ok(hf_analyser_new(t_lexicon(), &quick, &err));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    hf_analyser_free(plain);
    hf_analyser_free(quick);
    return 0;
}

/* The texts that are looked for, and what was found of them: a line a term. */
struct look {
    char **texts;
    size_t n, n_others;
    struct hf_buf out;
};

static int note(void *ctx, const struct hf_term *t)
{
    struct look *l = ctx;
    bool known = false;
    for (size_t i = 0; i < l->n; i++)
        known |= strlen(l->texts[i]) == t->len && !memcmp(l->texts[i], t->text, t->len);
    l->n_others += !known;
    if (known)
        hf_buf_addf(&l->out, "%d %d%d%d %zu-%zu %u %.*s\n", t->kind, t->is_weak,
                    t->is_capital, t->is_stop, t->start, t->end, t->pos, (int)t->len,
                    t->text);
    return 0;
}

struct collect {
    char *texts[4];
    unsigned n, seen;
};

/* Four terms of a text, each as likely as the next. */
static int collect(void *ctx, const struct hf_term *t)
{
    struct collect *c = ctx;
    unsigned place = c->n < 4 ? c->n : t_random(++c->seen);
    if (place >= 4) return 0;
    if (c->n < 4)
        c->n++;
    else
        free(c->texts[place]);
    c->texts[place] = hf_xstrndup(t->text, t->len);
    return 0;
}

static size_t n_all, n_quick;

static void same(const char *text, size_t len, bool is_damaged)
{
    struct collect c = {.n = 0};
    struct hf_wanted wanted = {{0}};
    hf_analyser_damaged(plain, is_damaged);
    hf_analyser_damaged(quick, is_damaged);
    hf_analyse(plain, HF_INDEX_TEXT, text, len, collect, &c);
    for (unsigned i = 0; i < c.n; i++)
        hf_wanted_add(&wanted, c.texts[i], strlen(c.texts[i]));
    struct look a = {.texts = c.texts, .n = c.n, .out = HF_BUF_INIT}, b = a;
    unsigned positions = hf_analyse(plain, HF_INDEX_TEXT, text, len, note, &a);
    hf_analyser_wanted(quick, &wanted);
    assert_int_equal(hf_analyse(quick, HF_INDEX_TEXT, text, len, note, &b), positions);
    hf_analyser_wanted(quick, NULL);
    hf_buf_addc(&a.out, '.');
    hf_buf_addc(&b.out, '.');
    if (strcmp(a.out.data, b.out.data) != 0)
        fail_msg("%.200s\n--- all:\n%s\n--- passing over:\n%s", text, a.out.data,
                 b.out.data);
    n_all += a.n_others;
    n_quick += b.n_others;
    hf_buf_release(&a.out);
    hf_buf_release(&b.out);
    for (unsigned i = 0; i < c.n; i++) free(c.texts[i]);
}

static void test_cases(void **state)
{
    static const char *const texts[] = {
        "LAR og lar, Lars og PLLen i LSU’ene; FACT-team",
        "SAK OM LAR\nsak om lar\nSAK om LAR OG PLL\nPLL LAR FOR ALLE\nalle LAR FOR OSS",
        "barne- og ungdomsvern, samhandlings-tilskudd og samhandlings-\ntilskudd",
        "Rekrutterings-\nog rekrutte\xC2\xADring Ås øl ÆØÅ Ærlig ærlig",
        "sak 14/2023, 2023-2024, 3b b3 a1-plan iPad A a å",
        "plan\xCC\x81 o\xCC\x88l e\xCC\x81n – en«to»tre…fire",
        "",
        "-",
        "- a -b- c-",
        "helse–plan helse‑plan helse_plan helse.plan helse'n",
    };
    (void)state;
    for (size_t i = 0; i < N_OF(texts); i++)
        for (unsigned k = 0; k < t_rounds(200); k++)
            same(texts[i], strlen(texts[i]), k % 8 == 0);
}

/* Pieces of minutes, some with a byte changed. */
static void test_minutes(void **state)
{
    static const char *const files[] = {"tests/corpus/ahus-fsu-2023-10-19.txt",
                                        "tests/corpus/sogn-fjordane-lsu-2022-05-05.txt",
                                        "tests/corpus/nord-trondelag-asu-2020-10-08.txt"};
    static const char signs[] = "-aA.\n 1\xC3\xB8&'";
    (void)state;
    n_all = n_quick = 0;
    for (size_t i = 0; i < N_OF(files); i++) {
        struct hf_buf b = HF_BUF_INIT;
        t_read(&b, files[i]);
        for (unsigned k = 0; k < t_rounds(300); k++) {
            size_t at = t_random((uint32_t)b.len), len = t_random(900);
            if (len > b.len - at) len = b.len - at;
            char *piece = hf_xstrndup(b.data + at, len);
            for (unsigned m = 0; len && m < k % 5; m++)
                piece[t_random((uint32_t)len)] = signs[t_random(sizeof signs - 1)];
            same(piece, len, k % 10 == 0);
            free(piece);
        }
        hf_buf_release(&b);
    }
    assert_true(n_quick * 2 < n_all); /* most words are passed over */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_minutes),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
