#include "minutes_text.h"

#include <string.h>

#include "../shim/utf8.h"

size_t text_trim_left(const char *text, size_t len)
{
    size_t i = 0;
    while (i < len) {
        uint32_t c;
        size_t n = hf_utf8_next(text + i, len - i, &c);
        if (!hf_utf8_is_space(c)) break;
        i += n;
    }
    return i;
}

size_t text_trim_right(const char *text, size_t len)
{
    for (;;) {
        if (len && strchr(" \t\r\n", text[len - 1]) && text[len - 1])
            len--;
        else if (len > 1 && !memcmp(text + len - 2, "\xc2\xa0", 2))
            len -= 2;
        else
            return len;
    }
}

size_t text_count(const char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) n += ((unsigned char)text[i] & 0xC0) != 0x80;
    return n;
}

static uint32_t first_letter(const char *text, size_t len)
{
    for (size_t i = 0; i < len && i < 12;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (hf_utf8_is_letter(c) || hf_utf8_is_digit(c)) return c;
        if (c != 0xAB && c != '"' && c != 0x201C && c != 0x201D && c != '(' && c != '\'')
            return 0;
    }
    return 0;
}

bool text_starts_upper(const char *text, size_t len)
{
    return hf_utf8_is_upper(first_letter(text, len));
}

bool text_starts_lower(const char *text, size_t len)
{
    return hf_utf8_is_lower(first_letter(text, len));
}

size_t text_until(const char *text, size_t len, const char *marks)
{
    size_t i = 0;
    while (i < len && (!text[i] || !strchr(marks, text[i]))) i++;
    return i;
}

bool text_is_word_at(const char *text, size_t len, size_t at)
{
    uint32_t c;
    if (at >= len) return false;
    hf_utf8_next(text + at, len - at, &c);
    return hf_utf8_is_letter(c) || hf_utf8_is_digit(c);
}
