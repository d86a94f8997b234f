/* A text gives the same terms the second time, under another field, and after the analyser was told something
 * else. */
#include "t.h"

#include "../../indexer/pieces.h"
#include "../../shim/schema.h"

static struct hf_analyser *analyser;
static struct pieces *pieces;

struct got {
    struct hf_buf lines;
    char field;
};

static void note(void *ctx, const struct piece_term *t)
{
    struct got *g = ctx;
    t->bytes[0] = g->field;
    assert_int_equal(strlen(t->bytes), t->len);
    hf_buf_addf(&g->lines, "%s@%u/%u\n", t->bytes, t->pos, t->wdf);
}

/* The terms of text, one a line; yours. */
static char *terms_of(const char *text, char field, unsigned *last)
{
    struct got g = {HF_BUF_INIT, field};
    *last = pieces_each(pieces, text, true, note, &g);
    return hf_buf_take(&g.lines);
}

static void assert_has(const char *lines, const char *line)
{
    if (!strstr(lines, line)) fail_msg("%s is not in\n%s", line, lines);
}

static void test_again(void **state)
{
    static const char *const texts[] = {"Det er vedtatt at LAR-pasientene følges opp, jf. sak 14/2024.", "...", "og i det"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        unsigned last, again;
        char *first = terms_of(texts[i], 't', &last), *second = terms_of(texts[i], 't', &again);
        assert_string_equal(first, second);
        assert_int_equal(last, again);
        free(first);
        free(second);
    }
}

static void test_field(void **state)
{
    unsigned last;
    (void)state;
    free(terms_of("og i det kommunale sykehuset", 't', &last));
    char *title = terms_of("og i det kommunale sykehuset", 's', &last);
    assert_int_equal(last, 5);
    assert_has(title, "szsykehus@5/1\n");
    assert_has(title, "sxsykehuset@5/1\n");
    assert_has(title, "sgog i@1/0\n"); /* fillers in a row: without length */
    assert_has(title, "sgog i det@1/0\n");
    assert_null(strstr(title, "\ntx"));
    free(title);
    title = terms_of("i sykehuset og det", 's', &last); /* and never over other words */
    assert_null(strstr(title, "sgi og"));
    free(title);
}

static void test_forget(void **state)
{
    unsigned last;
    (void)state;
    char *healthy = terms_of("kommunon har vedtatt det", 't', &last);
    assert_null(strstr(healthy, "trkommune@"));
    hf_analyser_damaged(analyser, true);
    pieces_forget(pieces);
    char *damaged = terms_of("kommunon har vedtatt det", 't', &last);
    assert_has(damaged, "trkommune@1/1\n"); /* a repaired reading has a position */
    hf_analyser_damaged(analyser, false);
    pieces_forget(pieces);
    free(healthy);
    free(damaged);
}

/* Past what is kept, texts are analysed as before. */
static void test_long(void **state)
{
    struct hf_buf text = HF_BUF_INIT;
    (void)state;
    for (int i = 0; i < 60000; i++) hf_buf_adds(&text, "samarbeid om ");
    unsigned last, again;
    char *first = terms_of(text.data, 't', &last), *second = terms_of(text.data, 't', &again);
    assert_int_equal(last, 120000);
    assert_int_equal(again, 120000);
    assert_string_equal(first, second);
    free(first);
    free(second);
    hf_buf_release(&text);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_again),
        cmocka_unit_test(test_field),
        cmocka_unit_test(test_forget),
        cmocka_unit_test(test_long),
    };
    struct hf_error err;
    if (hf_analyser_new(t_lexicon(), &analyser, &err) != HF_OK) return 1;
    pieces = pieces_new(analyser);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    pieces_free(pieces);
    hf_analyser_free(analyser);
    return failed;
}
