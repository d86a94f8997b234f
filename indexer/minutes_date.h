/* Dates as minutes print them, bokmål and nynorsk: 03.02.2024, 12.09.22,
 * torsdag 2.2.2023,
 * 30. november 2023, 18. des., 16.februar, 12.–13. mars 2024, 2024-02-03.
 *
 *     struct printed_day d;
 *     if (day_find(text, len, 0, &d) && d.year) use(d.year, d.month, d.day);
 */
#ifndef HF_MINUTES_DATE_H
#define HF_MINUTES_DATE_H

#include <stdbool.h>
#include <stddef.h>

struct printed_day {
    int year, month, day; /* 0 = not printed */
    int weekday;          /* 1 Monday … 7 Sunday, as printed; 0 = none */
    size_t start, end;    /* with the weekday before it */
};

/* The first date at or after `from` that has a day and a month. */
bool day_find(const char *text, size_t len, size_t from, struct printed_day *out);

/* A month with a year and no day ("januar 2024"); day is 0. */
bool day_find_month(const char *text, size_t len, struct printed_day *out);

/* The first year 1990–2079 that stands alone, 0 if there is none. */
int day_find_year(const char *text, size_t len);

/* Days since 1970-01-01; the weekday (1 Monday) of that day. */
long day_number(int year, int month, int day);
int day_weekday(int year, int month, int day);

/* A time or range of times ("kl. 0900 – 1200", "14.30-15.30", "klokken 13 til 16"). */
bool clock_find(const char *text, size_t len, size_t from, size_t *start, size_t *end);

#endif
