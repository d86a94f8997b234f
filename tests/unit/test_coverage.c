/* What is lacking: gaps in case numbers, each row with its reason, and what is refused.
 */
#include "t.h"

#include "../../searchd/coverage.h"

static const struct {
    const char *why;
    int year;         /* of the meeting */
    const char *list; /* numbers as the minutes have them */
    const char *own;
} meetings[] = {
    {"a run", 2023, "1/2023 2/2023 3/2023", "1/2023 2/2023 3/2023"},
    {"an old case of the year before", 2023, "38/2022 1/2023 2/2023 3/2023",
     "1/2023 2/2023 3/2023"},
    {"an old case of the same year", 2023, "20/2023 21/2023 22/2023 14/2023",
     "20/2023 21/2023 22/2023"},
    {"a point left out is no old case", 2023, "4/2023 7/2023 8/2023 9/2023",
     "4/2023 7/2023 8/2023 9/2023"},
    {"two runs of one year: a part could not be read", 2023,
     "1/2023 2/2023 8/2023 9/2023 10/2023", "1/2023 2/2023 8/2023 9/2023 10/2023"},
    {"few cases, far apart: all its own", 2023, "3/2023 9/2023", "3/2023 9/2023"},
    {"one new case and an old one: the meeting's year", 2025, "14/2024 2/2025", "2/2025"},
    {"as many old cases as new ones", 2025, "18/2024 19/2024 1/2025 2/2025",
     "1/2025 2/2025"},
    {"only old cases have numbers", 2025, "14/2024 18/2024", ""},
    {"a meeting in January that ends the old year's numbers", 2023,
     "38/2022 39/2022 40/2022 41/2022", "38/2022 39/2022 40/2022 41/2022"},
    {"the meeting's year is not known", 0, "5/2023", "5/2023"},
    {"the same number twice", 2023, "5/2023 5/2023 6/2023", "5/2023 5/2023 6/2023"},
    {"no numbers", 2023, "", ""},
};

static void marks(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < N_OF(meetings); i++) {
        struct coverage_number list[16];
        struct hf_buf got = HF_BUF_INIT;
        size_t n = 0;
        int bytes;
        for (const char *s = meetings[i].list;
             sscanf(s, " %d/%d%n", &list[n].number, &list[n].year, &bytes) == 2;
             s += bytes)
            n++;
        coverage_mark(list, n, meetings[i].year);
        for (size_t k = 0; k < n; k++)
            if (list[k].is_own)
                hf_buf_addf(&got, "%s%d/%d", got.len ? " " : "", list[k].number,
                            list[k].year);
        if (strcmp(got.data, meetings[i].own) != 0) {
            print_error("%s: got %s\n", meetings[i].why, got.data);
            wrong++;
        }
        hf_buf_release(&got);
    }
    assert_int_equal(wrong, 0);
}

static const struct {
    const char *why;
    const char *own, *listed, *elsewhere; /* "1-11 20-25" */
    const char *gaps;
} series[] = {
    {"a gap between two meetings", "1-11 20-25", "", "", "12-19"},
    {"nothing is lacking", "1-25", "", "", ""},
    {"the first meetings of the year", "15-21 22-27", "", "", "1-14"},
    {"two gaps, one of them a single number", "1-5 7-9 14-16", "", "", "6-6 10-13"},
    {"a case that a later meeting lists does not end the gap", "1-11 20-25", "14", "",
     "12-19"},
    {"listed at the edges of the gap", "1-11 20-25", "12 19", "", "12-19"},
    {"a gap of listed ones alone is none", "1-11 13-25", "12", "", ""},
    {"a listed number above all others proves no meeting of its own", "1-11", "30", "",
     ""},
    {"only listed numbers", "", "5 8", "", ""},
    {"another body of the same series holds them", "1-5 10-14", "", "6-9", ""},
    {"it holds a part of them", "1-5 10-14", "", "7-8", "6-6 9-9"},
    {"nothing at all", "", "", "", ""},
    {"the highest number that counts", "1-998 999", "", "", ""},
};

static void set(uint8_t *at, const char *text, uint8_t value)
{
    int from, to, bytes;
    for (; sscanf(text, " %d%n", &from, &bytes) == 1; text += bytes) {
        int more = 0;
        to = from;
        if (sscanf(text + bytes, "-%d%n", &to, &more) == 1) bytes += more;
        for (int i = from; i <= to; i++) at[i] = value;
    }
}

static void gaps(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < N_OF(series); i++) {
        uint8_t at[COVERAGE_MAX] = {0}, elsewhere[COVERAGE_MAX] = {0};
        struct coverage_gap list[16];
        struct hf_buf got = HF_BUF_INIT;
        set(at, series[i].own, COVERAGE_OWN);
        set(at, series[i].listed, COVERAGE_LISTED);
        set(elsewhere, series[i].elsewhere, COVERAGE_OWN);
        size_t n = coverage_gaps(at, elsewhere, list, N_OF(list));
        for (size_t k = 0; k < n; k++)
            hf_buf_addf(&got, "%s%d-%d", k ? " " : "", list[k].from, list[k].to);
        if (strcmp(got.data, series[i].gaps) != 0) {
            print_error("%s: got %s\n", series[i].why, got.data);
            wrong++;
        }
        hf_buf_release(&got);
    }
    assert_int_equal(wrong, 0);
}

static void sharing(void **state)
{
    uint8_t a[COVERAGE_MAX] = {0}, b[COVERAGE_MAX] = {0};
    (void)state;
    set(a, "1-5 10-14", COVERAGE_OWN);
    set(b, "6-9", COVERAGE_OWN);
    set(b, "3", COVERAGE_LISTED);
    assert_true(coverage_is_shared(a, b));
    assert_true(coverage_is_shared(b, a));
    set(b, "1", COVERAGE_OWN); /* each begins with 1: two series */
    assert_false(coverage_is_shared(a, b));
    memset(b, 0, sizeof b);
    set(b, "7-8", COVERAGE_OWN); /* in the gap by chance */
    assert_false(coverage_is_shared(a, b));
    set(b, "6", COVERAGE_OWN); /* goes on, but is not gone on from */
    assert_false(coverage_is_shared(a, b));
}

static void paths(void **state)
{
    static const struct {
        const char *path, *trust;
    } rows[] = {
        {"minutes/hf-oslo/2023/a.pdf", "hf-oslo"},
        {"minutes/St-Olav/a.pdf", "hf-st-olav"},
        {"minutes/sor-rogaland-fsu-2021.pdf", "hf-sor-rogaland"},
        {"minutes/bergen_ssu.pdf", "hf-bergen"},
        {"hf-bergen/hf-fonna/a.pdf", "hf-fonna"},
        {"hf-bergen/referat-oslo.pdf", "hf-bergen"},
        {"minutes/osloveien.pdf", NULL},
        {"minutes/a.pdf", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        const char *got = coverage_path_trust(rows[i].path);
        if (!rows[i].trust)
            assert_null(got);
        else
            assert_string_equal(got ? got : rows[i].path, rows[i].trust);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(marks), cmocka_unit_test(gaps),
                                       cmocka_unit_test(sharing),
                                       cmocka_unit_test(paths)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
