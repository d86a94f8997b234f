/* The marks that separate people in a list: commas, semicolons, dashes, colons, brackets,
 * "v/". */
#ifndef HF_MINUTES_MARKS_H
#define HF_MINUTES_MARKS_H

#include <stddef.h>

enum mark { MARK_NONE, MARK_COMMA, MARK_STOP, MARK_COLON, MARK_OPEN };

/* What separates at text[i], and how many bytes it takes. A full stop is a mark only at
 * the end of a sentence, a dash only between blanks. With MARK_NONE *n is the length of
 * the character. */
enum mark mark_at(const char *text, size_t len, size_t i, size_t *n);

/* "3. " or "12) " before a name: how many bytes it takes. */
size_t list_numbering(const char *text, size_t len);

/* The offset of the bracket that closes the one at `open`, len if there is none. */
size_t mark_close(const char *text, size_t len, size_t open);

#endif
