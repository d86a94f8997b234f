/* Case numbers in running text. */
#include <string.h>

#include "analyse.h"
#include "utf8.h"

static size_t digits(const char *s, size_t len, unsigned *value)
{
    size_t n = 0;
    *value = 0;
    while (n < len && n < 5 && s[n] >= '0' && s[n] <= '9')
        *value = *value * 10 + (unsigned)(s[n++] - '0');
    return n;
}

size_t hf_number_read(struct hf_buf *b, const char *text, size_t len)
{
    unsigned first, second;
    size_t n1 = digits(text, len, &first);
    if (!n1 || n1 > 4 || n1 + 1 >= len) return 0;
    char mark = text[n1];
    if (mark != '/' && !(mark == '.' && n1 == 4)) return 0;
    size_t n2 = digits(text + n1 + 1, len - n1 - 1, &second), end = n1 + 1 + n2;
    if (!n2 || n2 > 4) return 0;
    if (end < len && strchr("/.-", text[end]) && end + 1 < len && text[end + 1] >= '0' &&
        text[end + 1] <= '9')
        return 0; /* a date or an archive number */
    bool year_first = n1 == 4 && first >= 1990 && first < 2100 && n2 <= 3;
    if (mark == '.' && !year_first) return 0;
    if (!year_first && n2 != 2 && !(n2 == 4 && second >= 1990 && second < 2100)) return 0;
    if (!year_first && (n1 > 3 || !first)) return 0;
    if (year_first)
        hf_buf_addf(b, "%u/%u", second, first);
    else
        hf_buf_addf(b, "%u/%u", first, n2 == 2 ? 2000 + second : second);
    return end;
}

size_t hf_number_in_text(struct hf_buf *b, const char *text, size_t len)
{
    char slashed[12];
    size_t n = hf_number_read(b, text, len), k = 0;
    if (n) return n;
    while (k < len && k < 4 && hf_utf8_is_digit((unsigned char)text[k])) k++;
    if (!k || k > 3 || k >= len || text[k] != '-') return 0;
    size_t room = len < k + 7 ? len : k + 7;
    memcpy(slashed, text, room);
    slashed[k] = '/';
    n = hf_number_read(b, slashed, room);
    if (n == k + 5) return n; /* with the year in full */
    hf_buf_clear(b);
    return 0;
}
