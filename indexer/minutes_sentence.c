/* Where a sentence ends in minutes: dates, ordinals, abbreviations and "kl." end none. */
#include <string.h>

#include "minutes_case.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The words begin with a small letter. */
static bool is_one_of(const char *const *words, const char *text, size_t len)
{
    char first = len ? (char)(*text | 32) : 0;
    for (; *words; words++)
        if (**words == first && strlen(*words) == len && !strncasecmp(text, *words, len))
            return true;
    return false;
}

/* What stands before the full stop: 'n' an abbreviation that goes on ("jf.", "kl."), 'e'
 * one that may end a sentence ("osv."), 0 neither. */
static char abbreviation(const char *text, size_t dot)
{
    static const char *const inside[] = {
        "kl",  "nr",  "jf",   "jfr", "ref", "bl.a", "f.eks", "dvs",  "mill",
        "ca",  "evt", "pkt",  "pga", "mht", "inkl", "tlf",   "dr",   "st",
        "tom", "fom", "vedr", "d.d", "gj",  "adm",  "avd",   "sept", "saksnr",
        "s",   "hhv", "iht",  "ift", "ad",  "prof", "kap",   "ang",  "okt",
        "nov", "des", "jan",  "feb", "red", "bla",  "eks",   NULL};
    static const char *const closing[] = {"osv", "etc", "mv",  "m.v",
                                          "o.l", "m.m", "min", NULL};
    size_t i = dot;
    while (i && text[i - 1] != ' ' && text[i - 1] != '(' && text[i - 1] != '\n' &&
           dot - i < 8)
        i--;
    if (is_one_of(inside, text + i, dot - i)) return 'n';
    if (is_one_of(closing, text + i, dot - i)) return 'e';
    return dot - i == 1 && text[i] >= 'A' && text[i] <= 'Z' ? 'n' : 0;
}

/* "4. DESEMBER": is the next word a month? */
static bool is_month(const char *text, size_t len)
{
    static const char *const months[] = {
        "januar", "februar",   "mars",    "april",    "mai",      "juni", "juli",
        "august", "september", "oktober", "november", "desember", NULL};
    size_t n = 0;
    while (n < len && n < 10 && text_is_word_at(text, len, n)) n++;
    return is_one_of(months, text, n);
}

static bool is_end(const char *text, size_t len, size_t dot)
{
    size_t next = dot + 1;
    while (next < len && strchr("\")'", text[next])) next++;
    if (next + 1 < len && !memcmp(text + next, "\xc2\xbb", 2)) next += 2;
    if (next >= len) return true;
    size_t blanks = text_trim_left(text + next, len - next > 16 ? 16 : len - next);
    if (!blanks) return false;
    next += blanks;
    if (next >= len) return true;
    if (text_starts_lower(text + next, len - next)) return false;
    if (text[dot] != '.') return true;
    if (abbreviation(text, dot) == 'n') return false;
    return !(dot && is_digit(text[dot - 1]) &&
             (is_digit(text[next]) || is_month(text + next, len - next)));
}

size_t text_sentence_end(const char *text, size_t len, size_t from)
{
    for (size_t i = from; i < len; i++) {
        if (text[i] == '\n') return i + 1;
        if (text[i] != '.' && text[i] != '?' && text[i] != '!') continue;
        if (!is_end(text, len, i)) continue;
        i++;
        while (i < len && strchr("\")'.?!", text[i])) i++;
        if (i + 1 < len && !memcmp(text + i, "\xc2\xbb", 2)) i += 2;
        return i;
    }
    return len;
}
