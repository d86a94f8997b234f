#include "coverage.h"

#include <stdlib.h>

/* Case numbers that lie closer are of one run: a point may have been left out. */
#define CLOSE 3
/* Fewer numbers of another year than this are old cases, not a meeting's own. */
#define FEW 3

static int by_number(const void *a, const void *b)
{
    const struct coverage_number *x = a, *y = b;
    if (x->year != y->year) return x->year < y->year ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static size_t run_end(const struct coverage_number *list, size_t n, size_t from)
{
    size_t end = from + 1;
    while (end < n && list[end].year == list[from].year &&
           list[end].number - list[end - 1].number <= CLOSE)
        end++;
    return end;
}

void coverage_mark(struct coverage_number *list, size_t n, int meeting_year)
{
    size_t main = 0, main_len = 0;
    if (!n) return;
    qsort(list, n, sizeof *list, by_number);
    for (size_t i = 0, end; i < n; i = end) {
        end = run_end(list, n, i);
        bool is_same_year = list[i].year == meeting_year;
        bool was_same_year = main_len && list[main].year == meeting_year;
        if (end - i < main_len || (end - i == main_len && was_same_year && !is_same_year))
            continue;
        main = i;
        main_len = end - i;
    }
    int year = list[main].year;
    bool is_old = meeting_year && year != meeting_year && main_len < FEW;
    for (size_t i = 0, end; i < n; i = end) {
        end = run_end(list, n, i);
        bool is_alone = i != main && end - i == 1 && main_len >= FEW;
        for (size_t k = i; k < end; k++)
            list[k].is_own = !is_old && list[k].year == year && !is_alone;
    }
}

size_t coverage_gaps(const uint8_t state[COVERAGE_MAX],
                     const uint8_t elsewhere[COVERAGE_MAX], struct coverage_gap *out,
                     size_t room)
{
    int last = 0;
    size_t n = 0;
    for (int i = 1; i < COVERAGE_MAX; i++)
        if (state[i] == COVERAGE_OWN) last = i;
    for (int i = 1, end; i < last; i = end) {
        bool has_missing = false;
        end = i;
        while (end < last && state[end] != COVERAGE_OWN && !(elsewhere && elsewhere[end]))
            has_missing |= state[end++] == COVERAGE_NONE;
        if (has_missing && n < room) out[n++] = (struct coverage_gap){i, end - 1};
        if (end == i) end++;
    }
    return n;
}

bool coverage_is_shared(const uint8_t a[COVERAGE_MAX], const uint8_t b[COVERAGE_MAX])
{
    bool a_then_b = false, b_then_a = false;
    for (int i = 1; i < COVERAGE_MAX; i++) {
        bool is_a = a[i] == COVERAGE_OWN, is_b = b[i] == COVERAGE_OWN;
        if (is_a && is_b) return false;
        a_then_b |= is_b && a[i - 1] == COVERAGE_OWN;
        b_then_a |= is_a && b[i - 1] == COVERAGE_OWN;
    }
    return a_then_b && b_then_a;
}
