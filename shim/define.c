#include "define.h"

#include <stdbool.h>
#include <string.h>

#include "utf8.h"

#define MAX_LETTERS 8
#define MAX_WORDS   14
#define IMPOSSIBLE  1e9

struct word {
    size_t start, end;
    bool is_function; /* og, i, for ... */
};

struct shape { /* an acronym's letters, lower case */
    uint32_t letters[MAX_LETTERS];
    size_t n;
};

/* ---- acronyms ---- */

/* Reads an acronym of 2 to 8 letters and digits, two capitals at least, that fills text.
 */
static bool read_shape(const char *text, size_t len, struct shape *s)
{
    size_t upper = 0;
    s->n = 0;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (s->n == MAX_LETTERS || (!hf_utf8_is_letter(c) && !hf_utf8_is_digit(c)))
            return false;
        upper += hf_utf8_is_upper(c);
        s->letters[s->n++] = hf_utf8_lower1(c);
    }
    return s->n >= 2 && upper >= 2 && upper * 2 >= s->n;
}

/* ---- alignment ---- */

static bool is_function_word(const char *text, size_t len)
{
    static const char *const words[] = {"og", "i",  "for", "av",  "til", "med",
                                        "på", "om", "ved", "frå", "fra"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == len && !memcmp(words[i], text, len)) return true;
    return false;
}

/* The words of text[from, to). */
static size_t cut_words(const char *text, size_t from, size_t to, struct word *out)
{
    size_t n = 0;
    for (size_t i = from; i < to;) {
        uint32_t c;
        size_t step = hf_utf8_next(text + i, to - i, &c);
        if (!hf_utf8_is_letter(c)) {
            i += step;
            continue;
        }
        if (n == MAX_WORDS) { /* keep the last ones */
            memmove(out, out + 1, (MAX_WORDS - 1) * sizeof *out);
            n--;
        }
        out[n].start = i;
        while (i < to) {
            step = hf_utf8_next(text + i, to - i, &c);
            if (!hf_utf8_is_letter(c) && !hf_utf8_is_digit(c)) break;
            i += step;
        }
        out[n].end = i;
        out[n].is_function = is_function_word(text + out[n].start, i - out[n].start);
        n++;
    }
    return n;
}

/* cost[k]: the least cost of having used letters 0..k-1 up to here. Takes one more word.
 */
static void take_word(const char *text, const struct word *w, const struct shape *s,
                      double *cost)
{
    double next[MAX_LETTERS + 1];
    for (size_t k = 0; k <= s->n; k++) next[k] = cost[k] + (w->is_function ? 0.5 : 1.5);
    for (size_t k = 0; k < s->n; k++) {
        if (cost[k] >= IMPOSSIBLE) continue;
        double spent = cost[k];
        size_t letter = k;
        bool first = true;
        for (size_t i = w->start; i < w->end && letter < s->n;) {
            uint32_t c;
            i += hf_utf8_next(text + i, w->end - i, &c);
            bool match = hf_utf8_lower1(c) == s->letters[letter];
            if (first && !match && k == 0)
                break; /* the form begins with the acronym's first letter */
            if (match) {
                spent += first ? 0 : 1;
                letter++;
                if (spent < next[letter]) next[letter] = spent;
            }
            first = false;
        }
    }
    memcpy(cost, next, (s->n + 1) * sizeof *next);
}

/* The cheapest run of words, ending with the last, that spells the shape. */
static double align(const char *text, const struct word *words, size_t n,
                    const struct shape *s, size_t *from)
{
    double best = IMPOSSIBLE;
    for (size_t start = 0; start < n; start++) {
        double cost[MAX_LETTERS + 1];
        if (words[start].is_function) continue;
        for (size_t k = 1; k <= s->n; k++) cost[k] = IMPOSSIBLE;
        cost[0] = 0;
        take_word(text, &words[start], s, cost);
        cost[0] = IMPOSSIBLE; /* the first word must have given the first letter */
        for (size_t i = start + 1; i < n; i++) take_word(text, &words[i], s, cost);
        if (cost[s->n] < best) {
            best = cost[s->n];
            *from = start;
        }
    }
    return best;
}

/* ---- brackets ---- */

/* Where the sentence or line that at stands in begins. */
static size_t sentence_start(const char *text, size_t at)
{
    size_t i = at;
    while (i > 0 && !strchr(".:;()\n\t!?", text[i - 1])) i--;
    return i;
}

static int offer(const char *text, size_t from, size_t to, const char *acronym,
                 size_t acronym_len, hf_definition_fn fn, void *ctx)
{
    struct shape s;
    struct word words[MAX_WORDS];
    size_t first = 0;
    if (!read_shape(acronym, acronym_len, &s)) return 0;
    size_t n = cut_words(text, from, to, words);
    double cost = n ? align(text, words, n, &s, &first) : IMPOSSIBLE;
    if (cost > (double)s.n * 0.75 + 0.5) return 0;
    const char *form = text + words[first].start;
    size_t form_len = words[n - 1].end - words[first].start;
    if (form_len <= acronym_len) return 0;
    struct hf_definition d = {acronym, acronym_len, form, form_len, cost};
    return fn(ctx, &d);
}

/* The word that ends at `at`, blanks before `at` skipped. */
static size_t word_before(const char *text, size_t at, size_t *end)
{
    while (at > 0 && text[at - 1] == ' ') at--;
    *end = at;
    while (at > 0 && !strchr(" \t\n(),.;:", text[at - 1])) at--;
    return at;
}

void hf_define_each(const char *text, size_t len, hf_definition_fn fn, void *ctx)
{
    for (const char *open = memchr(text, '(', len); open;) {
        size_t at = (size_t)(open - text), end = at + 1, before_end;
        while (end < len && end - at < 160 && text[end] != ')' && text[end] != '(' &&
               text[end] != '\n')
            end++;
        bool closed = end < len && text[end] == ')';
        size_t before = word_before(text, at, &before_end);
        if (closed && offer(text, sentence_start(text, at), at, text + at + 1,
                            end - at - 1, fn, ctx))
            return;
        if (closed &&
            offer(text, at + 1, end, text + before, before_end - before, fn, ctx))
            return;
        open = memchr(text + at + 1, '(', len - at - 1);
    }
}
