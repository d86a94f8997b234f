#include "minutes_date.h"

#include <string.h>

#include "../shim/utf8.h"
#include "minutes_cues.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads up to max digits; the count of digits in *n. */
static int number_at(const char *text, size_t len, size_t at, size_t *n)
{
    int value = 0;
    *n = 0;
    while (at + *n < len && is_digit(text[at + *n]) && *n < 5)
        value = value * 10 + text[at + (*n)++] - '0';
    return value;
}

static bool is_letter_at(const char *text, size_t len, size_t at)
{
    uint32_t c;
    if (at >= len) return false;
    hf_utf8_next(text + at, len - at, &c);
    return hf_utf8_is_letter(c);
}

static size_t blanks(const char *text, size_t len, size_t at)
{
    size_t n = 0;
    while (at + n < len && text[at + n] == ' ') n++;
    return n;
}

static int full_year(int value, size_t digits)
{
    if (digits == 2) return value < 80 ? 2000 + value : 0;
    return digits == 4 && value >= 1970 && value < 2080 ? value : 0;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100) || year % 400 == 0;
    return month == 2 && (leap || !year) ? 29 : days[month - 1];
}

static bool is_day(const struct printed_day *d)
{
    return d->month >= 1 && d->month <= 12 && d->day >= 1 &&
           d->day <= days_in(d->year, d->month);
}

static int month_at(const char *text, size_t len, size_t at, size_t *n)
{
    static const char *const months[12][4] = {{"januar", "jan.", "jan", NULL},
                                              {"februar", "febr.", "feb.", "feb"},
                                              {"mars", "mar.", NULL, NULL},
                                              {"april", "apr.", "apr", NULL},
                                              {"mai", NULL, NULL, NULL},
                                              {"juni", "jun.", NULL, NULL},
                                              {"juli", "jul.", NULL, NULL},
                                              {"august", "aug.", "aug", NULL},
                                              {"september", "sept.", "sep.", "sept"},
                                              {"oktober", "okt.", "okt", NULL},
                                              {"november", "nov.", "nov", NULL},
                                              {"desember", "des.", "des", NULL}};
    for (int m = 0; m < 12; m++)
        for (int k = 0; k < 4 && months[m][k]; k++) {
            size_t used = strlen(months[m][k]);
            if (used > len - at || strncasecmp(text + at, months[m][k], used)) continue;
            if (is_letter_at(text, len, at + used)) continue;
            *n = used;
            return m + 1;
        }
    return 0;
}

/* "02.2023" or ".2.23" after a day: numbers all the way. */
static bool numeric_rest(const char *text, size_t len, size_t at, struct printed_day *d)
{
    size_t n, i = at;
    if (i >= len || !strchr("./-", text[i])) return false;
    char sep = text[i++];
    i += blanks(text, len, i);
    d->month = number_at(text, len, i, &n);
    if (n < 1 || n > 2) return false;
    i += n;
    size_t day_month_end = i;
    if (i < len && (text[i] == sep || (sep == '/' && strchr("- ", text[i])))) {
        size_t skip = 1 + blanks(text, len, i + 1);
        int y = number_at(text, len, i + skip, &n);
        d->year = full_year(y, n);
        if (d->year) {
            d->end = i + skip + n;
            return is_day(d) && !(sep == '-' && n == 2 && d->day > 31);
        }
        if (n) return false;
    }
    d->year = 0;
    d->end = day_month_end + (day_month_end < len && text[day_month_end] == '.');
    return sep == '.' && is_day(d);
}

/* "12.-13.03.2024", "12.3.–13.3.2024": the last day's month and year, the first one's
 * day. */
static bool range_rest(const char *text, size_t len, size_t at, struct printed_day *d)
{
    struct printed_day last;
    size_t i = at, n;
    if (i < len && text[i] == '.') i++;
    i += blanks(text, len, i);
    size_t joint = i < len && text[i] == '-' ? 1 : 0;
    if (!joint && i + 3 <= len && !memcmp(text + i, "\xe2\x80\x93", 3)) joint = 3;
    if (!joint) return false;
    i += joint + blanks(text, len, i + joint);
    memset(&last, 0, sizeof last);
    last.day = number_at(text, len, i, &n);
    if (n < 1 || n > 2 || !numeric_rest(text, len, i + n, &last) || !last.year)
        return false;
    if (!d->month) d->month = last.month;
    d->year = last.year;
    d->end = last.end;
    return is_day(d);
}

static bool word_rest(const char *text, size_t len, size_t at, struct printed_day *d)
{
    size_t n, i = at;
    if (i < len && text[i] == '.') i++;
    /* the first of several days: 12.–13. mars, 8. og 9. juni */
    for (int more = 0; more < 2; more++) {
        size_t k = i + blanks(text, len, i);
        size_t joint = k < len && text[k] == '-' ? 1 : 0;
        if (!joint && k + 3 <= len && !memcmp(text + k, "\xe2\x80\x93", 3)) joint = 3;
        if (!joint && k + 3 <= len && (!memcmp(text + k, "og ", 3))) joint = 3;
        if (!joint) break;
        k += joint + blanks(text, len, k + joint);
        int day = number_at(text, len, k, &n);
        if (!n || n > 2 || day > 31) return false;
        i = k + n;
        if (i < len && text[i] == '.') i++;
    }
    i += blanks(text, len, i);
    d->month = i < len ? month_at(text, len, i, &n) : 0;
    if (!d->month) return false;
    i += n;
    d->end = i;
    size_t skip = blanks(text, len, i);
    if (i + skip < len && strchr(",-/", text[i + skip]))
        skip += 1 + blanks(text, len, i + skip + 1);
    size_t year_at = i + skip;
    if (year_at < len && text[year_at] == '\'') year_at++;
    int y = number_at(text, len, year_at, &n);
    bool clock = year_at + n < len && strchr(".:", text[year_at + n]) &&
                 year_at + n + 1 < len && is_digit(text[year_at + n + 1]);
    d->year = clock ? 0 : full_year(y, n);
    if (d->year) d->end = year_at + n;
    return is_day(d);
}

static bool iso_date(const char *text, size_t len, size_t at, struct printed_day *d)
{
    size_t n;
    int y = number_at(text, len, at, &n);
    if (n != 4 || !(d->year = full_year(y, 4)) || at + 10 > len || text[at + 4] != '-' ||
        text[at + 7] != '-')
        return false;
    size_t a, b;
    d->month = number_at(text, len, at + 5, &a);
    d->day = number_at(text, len, at + 8, &b);
    d->end = at + 10;
    return a == 2 && b == 2 && is_day(d);
}

static int weekday_before(const char *text, size_t at, size_t *start)
{
    static const char *const days[7][2] = {{"mandag", "måndag"}, {"tirsdag", "tysdag"},
                                           {"onsdag", "onsdag"}, {"torsdag", "torsdag"},
                                           {"fredag", "fredag"}, {"lørdag", "laurdag"},
                                           {"søndag", "sundag"}};
    size_t end = at;
    if (end >= 4 && !memcmp(text + end - 4, "den ", 4)) end -= 4;
    while (end && strchr(" ,.", text[end - 1])) end--;
    for (int d = 0; d < 7; d++)
        for (int k = 0; k < 2; k++)
            for (size_t n = 6; n <= 9 && n <= end; n++) {
                if (cue_key_match(days[d][k], text + end - n, n) != n) continue;
                *start = end - n;
                return d + 1;
            }
    return 0;
}

static bool rest_of_day(const char *text, size_t len, size_t at, struct printed_day *d)
{
    if (!numeric_rest(text, len, at, d)) {
        d->month = d->year = 0;
        return range_rest(text, len, at, d) || word_rest(text, len, at, d);
    }
    if (!d->year) {
        struct printed_day first = *d;
        if (range_rest(text, len, d->end, &first)) *d = first;
    }
    return true;
}

bool day_find(const char *text, size_t len, size_t from, struct printed_day *out)
{
    for (size_t i = from; i < len; i++) {
        size_t n;
        if (!is_digit(text[i]) || (i && (is_digit(text[i - 1]) || text[i - 1] == '.')))
            continue;
        memset(out, 0, sizeof *out);
        if (!iso_date(text, len, i, out)) {
            memset(out, 0, sizeof *out);
            out->day = number_at(text, len, i, &n);
            if (n < 1 || n > 2) continue;
            if (!rest_of_day(text, len, i + n, out)) continue;
            if (out->end < len && is_digit(text[out->end])) continue;
        }
        out->start = i;
        size_t start;
        out->weekday = weekday_before(text, i, &start);
        if (out->weekday) out->start = start;
        return true;
    }
    return false;
}

bool day_find_month(const char *text, size_t len, struct printed_day *out)
{
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < len; i++) {
        size_t n, digits;
        if (i && is_letter_at(text, len, i - 1)) continue;
        out->month = month_at(text, len, i, &n);
        if (!out->month) continue;
        size_t at = i + n + blanks(text, len, i + n);
        int y = number_at(text, len, at, &digits);
        out->year = full_year(y, digits);
        if (!out->year) continue;
        out->start = i;
        out->end = at + digits;
        return true;
    }
    return false;
}

int day_find_year(const char *text, size_t len)
{
    for (size_t i = 0; i + 4 <= len; i++) {
        size_t n;
        if (!is_digit(text[i]) ||
            (i && (is_digit(text[i - 1]) || strchr("/.-", text[i - 1]))))
            continue;
        int y = number_at(text, len, i, &n);
        bool joined = i + n < len && strchr("/-", text[i + n]) && i + n + 1 < len &&
                      is_digit(text[i + n + 1]);
        if (n == 4 && y >= 1990 && y < 2080 && !joined) return y;
        i += n;
    }
    return 0;
}

/* Howard Hinnant's days_from_civil. */
long day_number(int year, int month, int day)
{
    long y = month <= 2 ? year - 1 : year;
    long era = (y >= 0 ? y : y - 399) / 400;
    long yoe = y - era * 400;
    long doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

int day_weekday(int year, int month, int day)
{
    long d = (day_number(year, month, day) + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(d < 0 ? d + 7 : d) + 1;
}

/* ---- times ------------------------------------------------------------------------- */

/* 14, 0900, 14.30, 14:30; the bytes it takes, 0 if it is none. *strong: it can be nothing
 * else. */
static size_t clock_at(const char *text, size_t len, size_t at, bool *strong)
{
    size_t n, m;
    int h = number_at(text, len, at, &n);
    *strong = false;
    if (n == 4) {
        *strong = true;
        return h / 100 < 25 && h % 100 < 60 ? 4 : 0;
    }
    if (n < 1 || n > 2 || h > 24) return 0;
    if (at + n + 1 < len && strchr(".:", text[at + n])) {
        int min = number_at(text, len, at + n + 1, &m);
        if (m == 2 && min < 60) {
            bool goes_on = at + n + 3 < len && text[at + n + 3] == '.' &&
                           at + n + 4 < len && is_digit(text[at + n + 4]);
            *strong = !goes_on;
            return goes_on ? 0 : n + 3;
        }
    }
    return n;
}

static size_t joint_at(const char *text, size_t len, size_t at)
{
    size_t i = at + blanks(text, len, at), n;
    uint32_t c;
    if (i >= len) return 0;
    n = hf_utf8_next(text + i, len - i, &c);
    if (c == '-' || c == 0x2013 || c == 0x2014)
        i += n;
    else if (i + 4 <= len && !memcmp(text + i, "til ", 4))
        i += 3;
    else
        return 0;
    i += blanks(text, len, i);
    if (i + 3 <= len && !memcmp(text + i, "kl.", 3)) i += 3 + blanks(text, len, i + 3);
    return i - at;
}

bool clock_find(const char *text, size_t len, size_t from, size_t *start, size_t *end)
{
    for (size_t i = from; i < len; i++) {
        bool strong, strong2;
        if (!is_digit(text[i]) || (i && (is_digit(text[i - 1]) || text[i - 1] == '.')))
            continue;
        size_t n = clock_at(text, len, i, &strong), joint, m;
        if (!n) continue;
        joint = joint_at(text, len, i + n);
        m = joint ? clock_at(text, len, i + n + joint, &strong2) : 0;
        size_t b = i;
        while (b && text[b - 1] == ' ') b--;
        bool announced =
            (b >= 2 &&
             (!memcmp(text + b - 2, "kl", 2) || !memcmp(text + b - 2, "l.", 2) ||
              !memcmp(text + b - 2, "en", 2) || !memcmp(text + b - 2, "ka", 2)));
        if (!announced && !(m && (strong || strong2))) continue;
        *start = i;
        *end = m ? i + n + joint + m : i + n;
        return true;
    }
    return false;
}
