#include "utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

size_t hf_utf8_wide_next(const char *text, size_t len, uint32_t *c)
{
    unsigned char b = (unsigned char)*text;
    if (b >= 0xC2 && b < 0xE0 && len > 1 && ((unsigned char)text[1] & 0xC0) == 0x80) {
        *c = (uint32_t)(b & 0x1F) << 6 | ((unsigned char)text[1] & 0x3F);
        return 2;
    }
    utf8proc_int32_t cp;
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &cp);
    if (n < 1) {
        *c = 0xFFFD;
        return 1;
    }
    *c = (uint32_t)cp;
    return (size_t)n;
}

void hf_utf8_put(struct hf_buf *b, uint32_t c)
{
    utf8proc_uint8_t out[4];
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = 0xFFFD;
    utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)c, out);
    hf_buf_add(b, (const char *)out, (size_t)n);
}

/* How many bytes from text on are ASCII and not NUL: eight at a time, never too many. */
static size_t ascii_run(const char *text, size_t len)
{
    const uint64_t ones = 0x0101010101010101u, high = ones << 7;
    size_t i = 0;
    for (uint64_t v; i + sizeof v <= len; i += sizeof v) {
        memcpy(&v, text + i, sizeof v);
        if ((v | (v - ones)) & high) break; /* also at some bytes after a NUL */
    }
    return i;
}

bool hf_utf8_is_valid(const char *text, size_t len, size_t *bad)
{
    for (size_t i = 0; i < len;) {
        if (text[i] && (unsigned char)text[i] < 0x80) {
            i += 1 + ascii_run(text + i + 1, len - i - 1);
            continue;
        }
        uint32_t c;
        size_t n = text[i] ? hf_utf8_next(text + i, len - i, &c) : 0;
        if (n < 2) {
            if (bad) *bad = i;
            return false;
        }
        i += n;
    }
    return true;
}

/* A text needs normalising only where a combining mark or a singleton may stand;
 * everything below U+0300 is its own NFC. */
static bool is_plainly_nfc(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char b = (unsigned char)text[i];
        /* General punctuation is, but for U+2000 and U+2001. */
        if (b < 0x80) {
            i += ascii_run(text + i + 1, len - i - 1);
            continue;
        }
        bool dash = b == 0xE2 && i + 2 < len && (unsigned char)text[i + 1] == 0x80 &&
                    (unsigned char)text[i + 2] > 0x81;
        if (b >= 0xCC && !dash) return false;
    }
    return hf_utf8_is_valid(text, len, NULL);
}

void hf_utf8_nfc(struct hf_buf *b, const char *text, size_t len)
{
    if (is_plainly_nfc(text, len)) {
        hf_buf_add(b, text, len);
        return;
    }
    struct hf_buf clean = HF_BUF_INIT;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        hf_utf8_put(&clean, c);
    }
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)clean.data, (utf8proc_ssize_t)clean.len,
                     &out, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n >= 0)
        hf_buf_add(b, (const char *)out, (size_t)n);
    else
        hf_buf_add(b, clean.data, clean.len);
    free(out);
    hf_buf_release(&clean);
}

/* À to ÿ hold æ, ø, å and nearly all else that is not ASCII: × and ÷ are no letters, ß
 * and ÿ have their capitals elsewhere. */
static bool is_latin1_letter(uint32_t c)
{
    return c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7;
}

uint32_t hf_utf8_wide_lower1(uint32_t c)
{
    if (is_latin1_letter(c)) return c < 0xDF ? c + 32 : c;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

void hf_utf8_lower(struct hf_buf *b, const char *text, size_t len)
{
    if (!len) return;
    hf_buf_reserve(b, len);
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (c < 0x80) {
            b->data[b->len++] = (char)hf_utf8_lower1(c);
        } else {
            b->data[b->len] = 0;
            hf_utf8_put(b, hf_utf8_lower1(c));
            hf_buf_reserve(b, len - i); /* small letters may be longer */
        }
    }
    b->data[b->len] = 0;
}

static const char *folded_letter(uint32_t c)
{
    switch (c) {
    case 0xE6: return "ae";
    case 0xF8: return "o";
    case 0xE5: return "a";
    case 0x111: return "d";
    case 0x14B: return "n";
    case 0x167: return "t";
    case 0xF0: return "d";
    case 0xFE: return "th";
    case 0xDF: return "ss";
    default: return NULL;
    }
}

void hf_utf8_show(struct hf_buf *b, const char *text, bool controls)
{
    for (size_t i = 0, len = strlen(text), n; i < len; i += n) {
        uint32_t c;
        n = hf_utf8_next(text + i, len - i, &c);
        bool bad = c == 0xFFFD && n == 1;
        if (!bad && !(controls && (c < 0x20 || (c >= 0x7F && c < 0xA0))))
            hf_buf_add(b, text + i, n);
        else
            for (size_t k = 0; k < n; k++)
                hf_buf_addf(b, "\\x%02X", (unsigned char)text[i + k]);
    }
}

void hf_utf8_slug(struct hf_buf *b, const char *text, size_t len)
{
    size_t start = b->len;
    bool gap = false;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        c = hf_utf8_lower1(c);
        const char *s = folded_letter(c);
        char one[2] = {0, 0};
        if (!s && c >= 0x80) {
            utf8proc_int32_t parts[8];
            int boundary = 0;
            utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8,
                                                         UTF8PROC_DECOMPOSE, &boundary);
            if (n > 0 && parts[0] < 0x80) c = (uint32_t)parts[0];
            if (utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_MN) continue;
        }
        if (!s && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
            one[0] = (char)c;
            s = one;
        }
        if (!s) {
            gap = true;
            continue;
        }
        if (gap && b->len > start) hf_buf_addc(b, '-');
        gap = false;
        hf_buf_adds(b, s);
    }
}

static utf8proc_category_t category(uint32_t c)
{
    return utf8proc_category((utf8proc_int32_t)c);
}

bool hf_utf8_wide_is_letter(uint32_t c)
{
    if (is_latin1_letter(c)) return true;
    utf8proc_category_t k = category(c);
    return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO) ||
           k == UTF8PROC_CATEGORY_MN;
}

bool hf_utf8_wide_is_upper(uint32_t c)
{
    if (is_latin1_letter(c)) return c < 0xDF;
    utf8proc_category_t k = category(c);
    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LT;
}

bool hf_utf8_wide_is_lower(uint32_t c)
{
    if (is_latin1_letter(c)) return c >= 0xDF;
    return category(c) == UTF8PROC_CATEGORY_LL;
}

bool hf_utf8_wide_is_space(uint32_t c)
{
    return c == 0x85 || category(c) == UTF8PROC_CATEGORY_ZS || c == 0x2028 || c == 0x2029;
}

size_t hf_utf8_plain_run(const char *text, size_t len)
{
    size_t i = 0, end = 0; /* of the last word */
    while (i < len) {
        unsigned char b = (unsigned char)text[i];
        if (b > ' ' && b < 0x7F)
            end = ++i;
        else if (b == 0xC3 && i + 1 < len && ((unsigned char)text[i + 1] & 0xC0) == 0x80)
            end = i += 2;
        else if (b == ' ' && i && end == i)
            i++;
        else
            break;
    }
    return end;
}

size_t hf_utf8_count(const char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) n += ((unsigned char)text[i] & 0xC0) != 0x80;
    return n;
}
