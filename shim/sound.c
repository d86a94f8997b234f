/* The sound key of a name. Norwegian spellings of one name differ in doubled consonants,
 * a silent h or d, th/t, aa/å, ö/ø, ä/æ, w/v, c/k, ch/k, c/s before e and i, ph/f, z/s,
 * q/k, y/i, j/i behind a vowel, and in what recognition or a foreign keyboard made of æ,
 * ø and å. The key keeps the first letter's sound and all vowels: it must join Braathen,
 * Brathen and Bråten, and keep Hansen from Hanssen's neighbour Hagen. */
#include <string.h>

#include "analyse.h"
#include "utf8.h"

static char plain_letter(uint32_t c)
{
    switch (c) {
    case 0xE6:
    case 0xE4:
    case 0xE9:
    case 0xE8:
    case 0xEA:
    case 0xEB: return 'e';
    case 0xF8:
    case 0xF6:
    case 0xF3:
    case 0xF2:
    case 0xF4: return 'o';
    case 0xE5:
    case 0xE0:
    case 0xE1:
    case 0xE2: return 'a';
    case 0xFC:
    case 0xFA:
    case 0xF9: return 'u';
    case 0xED:
    case 0xEC: return 'i';
    case 0x10D:
    case 0xE7: return 'k';
    case 0x111:
    case 0xF0: return 'd';
    case 0x14B: return 'n';
    case 0x161: return 's';
    case 0x167: return 't';
    case 0x17E: return 's';
    default: return c < 0x80 && hf_utf8_is_letter(c) ? (char)c : 0;
    }
}

/* Pairs of letters that sound as one. */
static const struct {
    char from[3], to;
} pairs[] = {{"aa", 'a'}, {"ae", 'e'}, {"oe", 'o'}, {"th", 't'}, {"ch", 'k'},
             {"ck", 'k'}, {"ph", 'f'}, {"dt", 't'}, {"gh", 'g'}, {"kh", 'k'},
             {"rh", 'r'}, {"hj", 'j'}, {"gj", 'j'}, {"hv", 'v'}};

static bool is_vowel(char c)
{
    return c && strchr("aeiouy", c);
}

/* One letter by its neighbours (before as it sounds): c is s before e, i and y (Cecilie),
 * else k; j behind a vowel is i (Kaj, Hojem). */
static char single(char before, char c, char next)
{
    switch (c) {
    case 'w': return 'v';
    case 'c': return next && strchr("eiy", next) ? 's' : 'k';
    case 'j': return is_vowel(before) ? 'i' : 'j';
    case 'q': return 'k';
    case 'z': return 's';
    case 'y': return 'i';
    default: return c;
    }
}

void hf_sound_key(struct hf_buf *b, const char *word, size_t len)
{
    char letters[65]; /* with a NUL behind the last */
    size_t n = 0;
    for (size_t i = 0; i < len && n < sizeof letters - 1;) {
        uint32_t c;
        i += hf_utf8_next(word + i, len - i, &c);
        char p = plain_letter(hf_utf8_lower1(c));
        if (p) letters[n++] = p;
    }
    char last = 0;
    letters[n] = 0;
    for (size_t i = 0; i < n; i++) {
        char out = 0;
        for (size_t k = 0; i + 1 < n && !out && k < sizeof pairs / sizeof *pairs; k++)
            if (pairs[k].from[0] == letters[i] && pairs[k].from[1] == letters[i + 1])
                out = pairs[k].to;
        if (out)
            i++;
        else if (letters[i] == 'x')
            hf_buf_addc(b, 'k'), out = 's';
        else
            out = single(last, letters[i], letters[i + 1]);
        if (out == last) continue;
        hf_buf_addc(b, out);
        last = out;
    }
}
