/* Case numbers: what is one, how it is read, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../indexer/minutes_number.h"

struct row {
    const char *why;
    const char *text;
    const char *number; /* as printed; NULL = none */
    int n, year;        /* as read in a document of 2024, year last */
    const char *title;
};

static const struct row rows[] = {
    {"the usual form", "Sak 18/2024 Title", "18/2024", 18, 2024, "Title"},
    {"two-digit year", "21/22 Title", "21/22", 21, 2022, "Title"},
    {"year first with a full stop", "2023.06 Dialog", "2023.06", 6, 2023, "Dialog"},
    {"hyphen", "01-21 Title", "01-21", 1, 2021, "Title"},
    {"hyphen and long year", "03-2026 Title", "03-2026", 3, 2026, "Title"},
    {"year first", "Sak 2024/15 Title", "2024/15", 15, 2024, "Title"},
    {"body and hyphen before", "SSU-sak 15/23 Title", "15/23", 15, 2023, "Title"},
    {"body and blank before", "SSU sak 2022.38", "2022.38", 38, 2022, ""},
    {"body alone", "FSU 05/24 Title", "05/24", 5, 2024, "Title"},
    {"single-digit number", "ASU-sak 9/20 Title", "9/20", 9, 2020, "Title"},
    {"dash after it", "SAK 01/2022 – TITLE", "01/2022", 1, 2022, "TITLE"},
    {"colon after it", "Sak 33/09: Title", "33/09", 33, 2009, "Title"},
    {"number without a year gets none", "Sak nr. 3: Title", "3", 3, 0, "Title"},
    {"a point of an agenda", "1. Title (B)", "1", 1, 0, "Title (B)"},
    {"number by itself", "Saksnr. 2022/4", "2022/4", 4, 2022, ""},
    {"a letter for the kind", "O-sak 1/25 Title", "1/25", 1, 2025, "Title"},
    {"a word for the kind", "Orienteringssak 3/24 Title", "3/24", 3, 2024, "Title"},
    {"recognition reads 1 as l", "Sak l5/23 Title", "l5/23", 15, 2023, "Title"},
    {"a letter behind the number", "8a/23 Title", "8a/23", 8, 2023, "Title"},
    {"a letter behind the year", "Sak 8/23b: Title", "8/23b", 8, 2023, "Title"},
    {"a small word is no number", "Sak i dag", NULL, 0, 0, NULL},
    {"blanks around the stroke, after the word", "Sak 12 / 24 Title", "12 / 24", 12, 2024,
     "Title"},
    {"a date", "12.09.22 Title", NULL, 0, 0, NULL},
    {"a date with a word", "Sak 01.06.2023 Title", NULL, 0, 0, NULL},
    {"a time", "09.30 Kaffe", NULL, 0, 0, NULL},
    {"an archive number", "14/3716 Title", NULL, 0, 0, NULL},
    {"an archive number with a dash", "Arkivsak 2022/310-4", NULL, 0, 0, NULL},
    {"an archive number behind its year", "2014/4587 Title", NULL, 0, 0, NULL},
    {"attendance by cases", "47-55/14", NULL, 0, 0, NULL},
    {"an amount", "2.500 kroner", NULL, 0, 0, NULL},
    {"a share", "12/24% av", NULL, 0, 0, NULL},
    {"another word", "Vedlegg 2023.03: Title", NULL, 0, 0, NULL},
    {"a count", "14 saker", NULL, 0, 0, NULL},
    {"an official report", "NOU 2023:4", NULL, 0, 0, NULL},
    {"nothing", "", NULL, 0, 0, NULL},
};

static void forms(void **state)
{
    const struct number_scheme scheme = {.is_year_first = false, .year = 2024};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *r = &rows[i];
        struct case_number n;
        int number = 0, year = 0;
        bool ok = case_number_parse(r->text, strlen(r->text), &n);
        if (ok != (r->number != NULL)) fail_msg("%s: \"%s\"", r->why, r->text);
        if (!ok) continue;
        if (strlen(r->number) != n.end - n.start ||
            strncmp(r->text + n.start, r->number, n.end - n.start) != 0)
            fail_msg("%s: \"%s\" gives \"%.*s\"", r->why, r->text, (int)(n.end - n.start),
                     r->text + n.start);
        assert_true(case_number_split(&n, &scheme, &number, &year));
        if (number != r->n || year != r->year)
            fail_msg("%s: \"%s\" gives %d of %d", r->why, r->text, number, year);
        assert_string_equal(r->text + n.rest, r->title);
    }
}

static void year_first(void **state)
{
    const struct number_scheme scheme = {.is_year_first = true, .year = 2024};
    struct case_number n;
    int number, year;
    (void)state;
    assert_true(case_number_parse("Saksnr. 24/07", 13, &n));
    assert_true(case_number_split(&n, &scheme, &number, &year));
    assert_int_equal(number, 7);
    assert_int_equal(year, 2024);
}

/* Any prefix of any row must be read without looking past its end (run under a
 * sanitizer). */
static void cut_short(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t len = 0; len <= strlen(rows[i].text); len++) {
            char *copy = test_malloc(len + 1);
            struct case_number n;
            memcpy(copy, rows[i].text, len);
            if (case_number_parse(copy, len, &n))
                assert_true(n.end <= len && n.rest <= len);
            test_free(copy);
        }
}

static void clocks(void **state)
{
    static const struct {
        const char *text;
        size_t bytes;
    } clock[] = {{"09.05 Sak 1/24", 6},
                 {"kl. 10:15: Sak 1/24", 11},
                 {"0905-0940 Sak 1/24", 10},
                 {"9:05 - 9:40 Sak 1/24", 12},
                 {"12.09.22 Sak", 0},
                 {"09.75 Sak", 0},
                 {"9 Sak", 0},
                 {"Sak", 0},
                 {"", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof clock / sizeof *clock; i++)
        if (case_number_clock(clock[i].text, strlen(clock[i].text)) != clock[i].bytes)
            fail_msg("\"%s\": %zu", clock[i].text,
                     case_number_clock(clock[i].text, strlen(clock[i].text)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(forms), cmocka_unit_test(clocks),
                                       cmocka_unit_test(year_first),
                                       cmocka_unit_test(cut_short)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
