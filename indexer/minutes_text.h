/* Small things about pieces of text that the parts of the reader share. Lengths are in
 * bytes, but for text_count. */
#ifndef HF_MINUTES_TEXT_H
#define HF_MINUTES_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Blanks to skip, and the length without blanks at the end. */
size_t text_trim_left(const char *text, size_t len);
size_t text_trim_right(const char *text, size_t len);

size_t text_count(const char *text, size_t len); /* code points */

/* What the first letter is, after quotes. */
bool text_starts_upper(const char *text, size_t len);
bool text_starts_lower(const char *text, size_t len);

/* Bytes before the first of marks, or len. */
size_t text_until(const char *text, size_t len, const char *marks);

/* A letter or digit stands there. */
bool text_is_word_at(const char *text, size_t len, size_t at);

#endif
