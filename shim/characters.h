/* What the analyser takes for a letter, and what may stand inside a word besides. */
#ifndef HF_CHARACTERS_H
#define HF_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "utf8.h"

#define SOFT_HYPHEN 0xAD

static inline bool is_invisible(uint32_t c)
{
    return c == SOFT_HYPHEN || c == 0x200B || c == 0x200C || c == 0x200D || c == 0xFEFF ||
           c == 0x2060;
}

static inline bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

static inline bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == '`' || c == 0xB4;
}

static inline const char *ligature(uint32_t c)
{
    static const char *const at[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    return c >= 0xFB00 && c <= 0xFB06 ? at[c - 0xFB00] : NULL;
}

static inline bool is_word_char(uint32_t c)
{
    return hf_utf8_is_letter(c) || hf_utf8_is_digit(c) || ligature(c);
}

#endif
