/* UTF-8, NFC and Norwegian letters, on utf8proc.
 *
 * All text inside the project is valid UTF-8 in NFC after extraction; offsets are bytes.
 * Functions that classify take one code point.
 *
 *     for (size_t i = 0; i < len;) {
 *         uint32_t c;
 *         i += hf_utf8_next(text + i, len - i, &c);
 *     }
 */
#ifndef HF_UTF8_H
#define HF_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What stands below as inline functions is asked for every letter of every text: ASCII is
 * answered in place, these answer for the rest (c, or the first byte, from 0x80). */
size_t hf_utf8_wide_next(const char *text, size_t len, uint32_t *c);
uint32_t hf_utf8_wide_lower1(uint32_t c);
bool hf_utf8_wide_is_letter(uint32_t c);
bool hf_utf8_wide_is_upper(uint32_t c);
bool hf_utf8_wide_is_lower(uint32_t c);
bool hf_utf8_wide_is_space(uint32_t c);

/* Decodes the code point at text (len > 0); returns its length in bytes. A bad byte
 * counts as one byte and gives U+FFFD. */
static inline size_t hf_utf8_next(const char *text, size_t len, uint32_t *c)
{
    if ((unsigned char)*text >= 0x80) return hf_utf8_wide_next(text, len, c);
    *c = (unsigned char)*text;
    return 1;
}

/* Appends c as UTF-8. */
void hf_utf8_put(struct hf_buf *b, uint32_t c);

/* True if text is valid UTF-8 without NUL; otherwise *bad is the offset of the first bad
 * byte. */
bool hf_utf8_is_valid(const char *text, size_t len, size_t *bad);

/* Appends text as valid UTF-8: a byte that is none becomes \xNN; with controls, control
 * characters as well, so that a name cannot write on a terminal what it likes. */
void hf_utf8_show(struct hf_buf *b, const char *text, bool controls);

/* Appends text in NFC. Bad bytes become U+FFFD. ASCII and already composed text is copied
 * fast. */
void hf_utf8_nfc(struct hf_buf *b, const char *text, size_t len);

/* Appends text in lower case, code point by code point (no locale, no special casing). */
void hf_utf8_lower(struct hf_buf *b, const char *text, size_t len);
static inline uint32_t hf_utf8_lower1(uint32_t c)
{
    if (c >= 0x80) return hf_utf8_wide_lower1(c);
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

/* Appends text folded for keys: lower case, accents off, æ→ae, ø→o, å→a, anything that is
 * not a letter or digit becomes one '-' between runs (none at the ends). */
void hf_utf8_slug(struct hf_buf *b, const char *text, size_t len);

/* Letters (also combining marks), capitals, small letters; 0-9; blanks (also NBSP and the
 * other Unicode blanks). */
static inline bool hf_utf8_is_upper(uint32_t c)
{
    return c < 0x80 ? c >= 'A' && c <= 'Z' : hf_utf8_wide_is_upper(c);
}
static inline bool hf_utf8_is_lower(uint32_t c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z' : hf_utf8_wide_is_lower(c);
}
static inline bool hf_utf8_is_letter(uint32_t c)
{
    return c < 0x80 ? (c | 32) >= 'a' && (c | 32) <= 'z' : hf_utf8_wide_is_letter(c);
}
static inline bool hf_utf8_is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}
static inline bool hf_utf8_is_space(uint32_t c)
{
    return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : hf_utf8_wide_is_space(c);
}

/* How many bytes from text on are words of ASCII and of the letters À to ÿ with single
 * blanks between them: what may be copied as it is where blanks are put in order. It
 * neither begins nor ends in a blank. */
size_t hf_utf8_plain_run(const char *text, size_t len);

/* The number of code points. */
size_t hf_utf8_count(const char *text, size_t len);

#ifdef __cplusplus
}
#endif
#endif
