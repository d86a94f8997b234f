#include "minutes_deadline.h"

#include <string.h>

#include "minutes_block.h"

static const struct {
    const char *name;
    int month;
} months[] = {{"januar", 1},    {"februar", 2},  {"mars", 3},      {"april", 4},
              {"mai", 5},       {"juni", 6},     {"juli", 7},      {"august", 8},
              {"september", 9}, {"oktober", 10}, {"november", 11}, {"desember", 12},
              {"jan", 1},       {"feb", 2},      {"apr", 4},       {"jun", 6},
              {"jul", 7},       {"aug", 8},      {"sept", 9},      {"sep", 9},
              {"okt", 10},      {"nov", 11},     {"des", 12}};

static size_t number(const char *text, size_t len, size_t at, int *value)
{
    size_t n = 0;
    *value = 0;
    while (at + n < len && n < 5 && text[at + n] >= '0' && text[at + n] <= '9')
        *value = *value * 10 + (text[at + n++] - '0');
    return n;
}

static size_t blanks(const char *text, size_t len, size_t at)
{
    return text_trim_left(text + at, len - at > 4 ? 4 : len - at);
}

/* A month's name at `at`; its bytes. */
static size_t month_name(const char *text, size_t len, size_t at, int *month)
{
    for (size_t k = 0; k < sizeof months / sizeof *months; k++) {
        size_t n = strlen(months[k].name);
        if (len - at < n || strncasecmp(text + at, months[k].name, n)) continue;
        if (text_is_word_at(text, len, at + n)) continue;
        *month = months[k].month;
        return n;
    }
    return 0;
}

static size_t year_after(const char *text, size_t len, size_t at, int *year)
{
    size_t i = at;
    while (i < len && (text[i] == ' ' || text[i] == '.' || text[i] == ',') && i < at + 3)
        i++;
    int value;
    size_t n = number(text, len, i, &value);
    if (n != 4 || value < 1990 || value > 2099) return at;
    *year = value;
    return i + n;
}

static bool is_valid(const struct date_found *d)
{
    return d->month >= 1 && d->month <= 12 && d->day <= 31 &&
           (!d->year || (d->year >= 1990 && d->year <= 2060));
}

/* "03.02.2024", "12.9.22", "1/6-23", "1.6."; the day has been read. */
static bool by_numbers(const char *text, size_t len, size_t at, struct date_found *out)
{
    char sep = at < len ? text[at] : 0;
    if (sep != '.' && sep != '/' && sep != '-') return false;
    size_t i = at + 1;
    if (i < len && text[i] == ' ') i++;
    size_t n = number(text, len, i, &out->month);
    if (!n || n > 2) return false;
    i += n;
    out->end = i;
    if (i >= len || !strchr(".-/ ", text[i])) return false;
    bool dotted = text[i] == '.';
    size_t k = i + 1;
    if (dotted && k < len && text[k] == ' ') k++;
    int year;
    n = number(text, len, k, &year);
    if (n == 4 || n == 2) {
        out->year = n == 2 ? 2000 + year : year;
        out->end = k + n;
        return !text_is_word_at(text, len, k + n) && is_valid(out) && out->day > 0;
    }
    return sep == '.' && dotted && is_valid(out) && out->day > 0;
}

static bool date_here(const char *text, size_t len, size_t at, struct date_found *out)
{
    memset(out, 0, sizeof *out);
    out->start = at;
    size_t n = number(text, len, at, &out->day);
    if (n > 2) return false;
    size_t i = at + n;
    if (n && by_numbers(text, len, i, out)) return true;
    out->year = 0;
    if (n && (!out->day || out->day > 31)) return false;
    if (n && i < len && text[i] == '.') i++;
    if (n) i += blanks(text, len, i);
    size_t m = month_name(text, len, i, &out->month);
    if (!m) return false;
    out->end = year_after(text, len, i + m, &out->year);
    return n || out->year;
}

bool date_find(const char *text, size_t len, size_t from, struct date_found *out)
{
    for (size_t i = from; i < len; i++) {
        char c = text[i];
        bool digit = c >= '0' && c <= '9', letter = (c | 32) >= 'a' && (c | 32) <= 's';
        if (!digit && !letter) continue;
        if (i && (text_is_word_at(text, len, i - 1) || text[i - 1] == '/')) continue;
        if (i && (unsigned char)text[i - 1] >= 0x80 && (unsigned char)text[i - 1] != 0xA0)
            continue;
        if (date_here(text, len, i, out)) return true;
    }
    return false;
}
