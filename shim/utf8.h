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

/* Decodes the code point at text (len > 0); returns its length in bytes. A bad byte
 * counts as one byte and gives U+FFFD. */
size_t hf_utf8_next(const char *text, size_t len, uint32_t *c);

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
uint32_t hf_utf8_lower1(uint32_t c);

/* Appends text folded for keys: lower case, accents off, æ→ae, ø→o, å→a, anything that is
 * not a letter or digit becomes one '-' between runs (none at the ends). */
void hf_utf8_slug(struct hf_buf *b, const char *text, size_t len);

bool hf_utf8_is_letter(uint32_t c); /* also combining marks */
bool hf_utf8_is_digit(uint32_t c);  /* 0-9 only */
bool hf_utf8_is_upper(uint32_t c);
bool hf_utf8_is_lower(uint32_t c);
bool hf_utf8_is_space(uint32_t c); /* also NBSP and the other Unicode blanks */

/* The number of code points. */
size_t hf_utf8_count(const char *text, size_t len);

#ifdef __cplusplus
}
#endif
#endif
