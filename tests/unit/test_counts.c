/* Numbers kept for a generation: found again, and with an end. */
#include "t.h"

#include "../../searchd/counts.h"

static void test_counts(void **state)
{
    struct counts c;
    uint32_t n;
    char key[40];
    (void)state;
    counts_init(&c);
    assert_false(counts_get(&c, "q=LAR", &n));
    counts_put(&c, "q=LAR", 0); /* nothing found is a number too */
    assert_true(counts_get(&c, "q=LAR", &n));
    assert_int_equal(n, 0);
    for (unsigned i = 0; i < 100000; i++) {
        snprintf(key, sizeof key, "q=%u", i);
        counts_put(&c, key, i);
        assert_true(counts_get(&c, key, &n));
        assert_int_equal(n, i);
        assert_true(c.n <= 20000);
    }
    assert_false(counts_get(&c, "q=LAR", &n)); /* begun anew */
    counts_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_counts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
