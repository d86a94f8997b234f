/* Dates as minutes print them: 03.02.2024, 12.09.22, 1/6-23, 30. november 2023, 1. mai,
 * juni 2025. */
#ifndef HF_MINUTES_DEADLINE_H
#define HF_MINUTES_DEADLINE_H

#include <stdbool.h>
#include <stddef.h>

struct date_found {
    int year;  /* 0 = not printed */
    int month; /* 1-12 */
    int day;   /* 0 = only a month */
    size_t start, end;
};

/* The first date at or after `from`; false if there is none. */
bool date_find(const char *text, size_t len, size_t from, struct date_found *out);

#endif
