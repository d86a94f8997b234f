/* The year of the meeting, as far as the cases need it, and whether 24/07 is case 7 of
 * 2024. */
#include <string.h>

#include "minutes_deadline.h"
#include "minutes_find.h"

#define FIRST_YEAR 1990
#define N_YEARS    71

struct votes {
    int by_year[N_YEARS];
};

static void vote(struct votes *v, int year, int weight)
{
    if (year >= FIRST_YEAR && year < FIRST_YEAR + N_YEARS)
        v->by_year[year - FIRST_YEAR] += weight;
}

/* The first date of the head counts most; other dates of the head a little. */
static void vote_dates(struct votes *v, const struct block_list *list, size_t to)
{
    int weight = 6;
    for (size_t i = 0; i < to && i < 120; i++) {
        const struct block *b = &list->at[i];
        struct date_found d;
        size_t len = b->len > 2000 ? 2000 : b->len;
        for (size_t at = 0; date_find(b->text, len, at, &d); at = d.end) {
            if (!d.year || !d.day) continue;
            vote(v, d.year, weight);
            weight = 1;
        }
    }
}

static int best_year(const struct votes *v)
{
    int best = -1;
    for (int i = 0; i < N_YEARS; i++)
        if (v->by_year[i] > 0 && (best < 0 || v->by_year[i] >= v->by_year[best]))
            best = i;
    return best < 0 ? 0 : FIRST_YEAR + best;
}

static bool is_pair(const struct case_number *n)
{
    return n->b >= 0 && n->a_digits <= 3 && n->b_digits <= 3;
}

/* How well the pairs read with the year in part a or b: near the meeting's year, and
 * constant while the other part runs. */
static int reads(const struct case_start *starts, size_t n, int year, bool first)
{
    int score = 0;
    for (size_t i = 0; i < n; i++) {
        const struct case_number *c = &starts[i].n;
        if (!is_pair(c)) continue;
        int yy = first ? c->a : c->b;
        if ((first ? c->a_digits : c->b_digits) != 2) {
            score -= 2;
            continue;
        }
        if (year && yy == year % 100)
            score += 3;
        else if (year && yy == (year - 1) % 100)
            score += 1;
    }
    return score;
}

static int changes(const struct case_start *starts, size_t n, bool first)
{
    int count = 0, before = -1;
    for (size_t i = 0; i < n; i++) {
        const struct case_number *c = &starts[i].n;
        if (!is_pair(c)) continue;
        int part = first ? c->a : c->b;
        if (before >= 0 && part != before) count++;
        before = part;
    }
    return count;
}

void number_scheme_find(struct number_scheme *out, const struct block_list *list,
                        const struct case_start *starts, size_t n)
{
    struct votes v = {{0}};
    memset(out, 0, sizeof *out);
    vote_dates(&v, list, n ? starts[0].block : list->n);
    for (size_t i = 0; i < n; i++) {
        if (starts[i].n.a_digits == 4) vote(&v, starts[i].n.a, 2);
        if (starts[i].n.b_digits == 4) vote(&v, starts[i].n.b, 2);
    }
    out->year = best_year(&v);
    int a = reads(starts, n, out->year, true), b = reads(starts, n, out->year, false);
    int a_moves = changes(starts, n, true), b_moves = changes(starts, n, false);
    out->is_year_first = a > b || (a == b && a_moves < b_moves);
    if (a_moves == 0 && b_moves >= 2 && b <= a + 2) out->is_year_first = true;
    if (b_moves == 0 && a_moves >= 2) out->is_year_first = false;
}
