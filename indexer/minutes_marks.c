#include "minutes_marks.h"

#include <stdbool.h>
#include <string.h>

#include "../shim/utf8.h"

size_t list_numbering(const char *text, size_t len)
{
    size_t i = 0;
    while (i < len && i < 3 && text[i] >= '0' && text[i] <= '9') i++;
    if (!i || i + 1 >= len || !strchr(".)", text[i]) || text[i + 1] != ' ') return 0;
    return i + 2;
}

static bool is_abbreviation(const char *text, size_t dot)
{
    static const char *const known[] = {
        "adm",   "dir",  "ass",  "St",   "st",  "Dr",     "dr",   "Prof", "prof",
        "konst", "fung", "avd",  "repr", "m",   "evt",    "jf",   "tlf",  "sekr",
        "kl",    "nr",   "vara", "med",  "pst", "org",    "samh", "Aa",   "Th",
        "Kr",    "Chr",  "Joh",  "komm", "kst", "viseadm"};
    size_t from = dot;
    while (from && !strchr(" (,.\n\t/", text[from - 1])) from--;
    size_t n = dot - from;
    if (n <= 1) return true;
    if (n == 2 && (text[from] & 0x80)) return true; /* Å. */
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i]) == n && !memcmp(known[i], text + from, n)) return true;
    if (n > 3 && (!memcmp(text + dot - 3, "rep", 3) || !memcmp(text + dot - 3, "dir", 3)))
        return true; /* brukerrep., kommunaldir. */
    return text[from] >= '0' && text[from] <= '9';
}

static bool is_dash_at(const char *text, size_t len, size_t i, size_t *n)
{
    uint32_t c;
    *n = hf_utf8_next(text + i, len - i, &c);
    if (c != '-' && c != 0x2013 && c != 0x2014) return false;
    return i && text[i - 1] == ' ' && i + *n < len && text[i + *n] == ' ';
}

/* What separates at text[i], and how many bytes it takes. */
enum mark mark_at(const char *text, size_t len, size_t i, size_t *n)
{
    *n = 1;
    switch (text[i]) {
    case ',': return MARK_COMMA;
    case ';':
    case '|': return i + 1 < len || text[i] == ';' ? MARK_STOP : MARK_COMMA;
    case '(': return MARK_OPEN;
    case '[': return MARK_OPEN;
    case ':':
        return i + 1 < len && text[i + 1] >= '0' && text[i + 1] <= '9' ? MARK_NONE
                                                                       : MARK_COLON;
    case '.':
        if (i + 1 < len && text[i + 1] != ' ') return MARK_NONE;
        return is_abbreviation(text, i) ? MARK_NONE : MARK_STOP;
    case '/': /* a slash between blanks; without them it may divide a name or a word */
        return i && text[i - 1] == ' ' && i + 1 < len && text[i + 1] == ' ' ? MARK_COMMA
                                                                            : MARK_NONE;
    case 'v':
        if (i + 1 < len && text[i + 1] == '/' && (!i || text[i - 1] == ' ')) {
            *n = 2;
            return MARK_COMMA;
        }
        return MARK_NONE;
    default: return is_dash_at(text, len, i, n) ? MARK_COMMA : MARK_NONE;
    }
}

size_t mark_close(const char *text, size_t len, size_t open)
{
    size_t depth = 0;
    for (size_t i = open; i < len; i++) {
        if (strchr("([", text[i])) depth++;
        if (strchr(")]", text[i]) && --depth == 0) return i;
    }
    return len;
}
