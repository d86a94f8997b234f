#include "privacy.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The check digits are weighted sums modulo 11 (Skatteetaten's rule); D-numbers add 4 to
 * the first digit of the day. */
static bool is_identity_number(const int d[11])
{
    static const int first[] = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
    static const int second[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
    int day = d[0] * 10 + d[1], month = d[2] * 10 + d[3], sum = 0;
    if (day > 40) day -= 40;
    if (day < 1 || day > 31 || month < 1 || month > 12) return false;
    for (int i = 0; i < 10; i++) sum += first[i] * d[i];
    if (sum % 11) return false;
    sum = 0;
    for (int i = 0; i < 11; i++) sum += second[i] * d[i];
    return sum % 11 == 0;
}

bool privacy_has_identity_number(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (!is_digit(text[i]) || (i && is_digit(text[i - 1]))) continue;
        int d[11];
        size_t n = 0, at = i;
        while (at < len && n < 11) {
            if (is_digit(text[at]))
                d[n++] = text[at] - '0';
            else if (!(n == 6 && text[at] == ' '))
                break;
            at++;
        }
        if (n == 11 && (at >= len || !is_digit(text[at])) && is_identity_number(d))
            return true;
    }
    return false;
}
