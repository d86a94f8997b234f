#include "list_label.h"

#include <stdbool.h>
#include <string.h>

#include "../shim/utf8.h"

static void add_roman(struct hf_buf *out, int n, bool upper)
{
    static const struct {
        int value;
        const char *text;
    } parts[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                 {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                 {5, "v"},    {4, "iv"},   {1, "i"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (; n >= parts[i].value; n -= parts[i].value)
            for (const char *p = parts[i].text; *p; p++)
                hf_buf_addc(out, (char)(upper ? *p - 'a' + 'A' : *p));
}

void list_label_number(struct hf_buf *out, const char *format, int n)
{
    bool lower = !strcmp(format, "lowerLetter") || !strcmp(format, "a");
    bool upper = !strcmp(format, "upperLetter") || !strcmp(format, "A");
    bool small = !strcmp(format, "lowerRoman") || !strcmp(format, "i");
    bool large = !strcmp(format, "upperRoman") || !strcmp(format, "I");
    if ((lower || upper) && n > 0 && n <= 26)
        hf_buf_addc(out, (char)((upper ? 'A' : 'a') + n - 1));
    else if ((small || large) && n > 0 && n < 4000)
        add_roman(out, n, large);
    else
        hf_buf_addf(out, !strcmp(format, "decimalZero") ? "%02d" : "%d", n);
}

void list_label_glyph(struct hf_buf *out, const char *glyph)
{
    uint32_t c = 0;
    size_t len = strlen(glyph);
    if (len) hf_utf8_next(glyph, len, &c);
    if (!c || (c >= 0xE000 && c <= 0xF8FF) || c == 'o' || c == 0xA7 || c == 0xFFFD)
        hf_buf_adds(out, "•");
    else
        hf_buf_adds(out, glyph);
}
