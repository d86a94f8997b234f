#include "minutes_number.h"

#include <string.h>

#include "../shim/utf8.h"
#include "minutes_text.h"

struct scan {
    const char *text;
    size_t len, i;
};

static void blanks(struct scan *s)
{
    s->i += text_trim_left(s->text + s->i, s->len - s->i);
}

static size_t word_len(const struct scan *s)
{
    size_t i = s->i;
    while (i < s->len && i - s->i < 40) {
        uint32_t c;
        size_t n = hf_utf8_next(s->text + i, s->len - i, &c);
        if (!hf_utf8_is_letter(c)) break;
        i += n;
    }
    return i - s->i;
}

static bool is_word(const char *text, size_t len, const char *word)
{
    return strlen(word) == len && !strncasecmp(text, word, len);
}

static bool is_case_word(const char *w, size_t len)
{
    static const char *const words[] = {"sak",   "saksnr",      "saknr",  "saksnummer",
                                        "saker", "saknummer",   "sakene", "saka",
                                        "sakar", "saken",       "sakane", "punkt",
                                        "pkt",   "agendapunkt", "sa"};
    for (size_t k = 0; k + 1 < sizeof words / sizeof *words; k++)
        if (is_word(w, len, words[k])) return true;
    return len > 5 && len < 28 && !strncasecmp(w + len - 3, "sak", 3) &&
           strncasecmp(w, "arkiv", 5) != 0;
}

static bool is_capitals(const char *w, size_t len)
{
    if (len < 2 || len > 6) return false;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(w + i, len - i, &c);
        if (!hf_utf8_is_upper(c)) return false;
    }
    return true;
}

static bool take(struct scan *s, const char *mark)
{
    size_t n = strlen(mark);
    if (s->len - s->i < n || strncasecmp(s->text + s->i, mark, n)) return false;
    s->i += n;
    return true;
}

static bool take_dash(struct scan *s)
{
    return take(s, "-") || take(s, "–") || take(s, "\xe2\x80\x91") || take(s, "—");
}

static void take_nr(struct scan *s)
{
    size_t back = s->i;
    blanks(s);
    size_t n = word_len(s);
    if (is_word(s->text + s->i, n, "nr") || is_word(s->text + s->i, n, "nummer") ||
        is_word(s->text + s->i, n, "no")) {
        s->i += n;
        take(s, ".");
    } else {
        s->i = back;
    }
}

/* "S 8/25": the letter and its blank, before a number with a stroke. */
static bool single_letter(struct scan *s)
{
    size_t i = s->i += 2;
    while (i < s->len && i < s->i + 4 && s->text[i] >= '0' && s->text[i] <= '9') i++;
    return i > s->i && i < s->len && s->text[i] == '/';
}

/* "SSU-sak", "Sak nr.", "SSU", "Saksnr:" ... Sets the word fields; false if the words are
 * others. */
static bool words_before(struct scan *s, struct case_number *out)
{
    size_t n = word_len(s);
    if (!n) return true;
    if (is_word(s->text + s->i, n, "ad")) { /* "Ad sak 45/18" */
        s->i += n;
        blanks(s);
        n = word_len(s);
        if (!is_case_word(s->text + s->i, n)) return false;
    }
    const char *w = s->text + s->i;
    if (n == 1 && s->len - s->i > 5 &&
        !strncasecmp(w + 1, "-sak", 4)) { /* "O-sak 1/25" */
        out->has_word = out->has_capital = true;
        out->word = w;
        out->word_len = 5;
        s->i += 5;
        blanks(s);
        return !text_is_word_at(w, 6, 5);
    }
    if (n == 1 && *w == 'S' && s->len - s->i > 4 && w[1] == ' ') {
        out->has_word = out->has_capital = single_letter(s);
        out->word = w;
        out->word_len = 1;
        return out->has_word;
    }
    if (is_capitals(w, n) && !is_case_word(w, n)) {
        out->body = w;
        out->body_len = n;
        out->has_body = true;
        s->i += n;
        if (s->i < s->len && s->text[s->i] == ' ')
            s->i++;
        else if (!take_dash(s))
            return false;
        n = word_len(s);
        w = s->text + s->i;
    }
    if (n) {
        bool nr = is_word(w, n, "nr");
        if (!nr && !is_case_word(w, n)) return false;
        out->has_word = true;
        out->has_capital = out->has_body || text_starts_upper(w, n);
        out->word = w;
        out->word_len = n;
        s->i += n;
        take(s, ".");
        take_nr(s);
        take(s, ":");
        blanks(s);
        size_t k = word_len(s); /* "Sak SSU 12/24", "Sak B 3/24" */
        if (k && k < 6 && is_capitals(s->text + s->i, k)) {
            out->body = s->text + s->i;
            out->body_len = k;
        }
        if (k && (k == 1 || out->body_len == k) && s->i + k < s->len &&
            (s->text[s->i + k] == ' ' || s->text[s->i + k] == '-'))
            s->i += k + 1;
    }
    return true;
}

/* A digit as printed or as recognition reads it (l, I, | for 1, O for 0). */
static int digit(char c, bool lenient)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (!lenient) return -1;
    if (c == 'l' || c == 'I' || c == '|' || c == 'i') return 1;
    if (c == 'O' || c == 'o') return 0;
    return -1;
}

static int digits(struct scan *s, int *value, bool lenient)
{
    int n = 0, real = 0;
    size_t from = s->i;
    *value = 0;
    while (s->i < s->len && n < 5 && digit(s->text[s->i], lenient) >= 0) {
        real += s->text[s->i] >= '0' && s->text[s->i] <= '9';
        *value = *value * 10 + digit(s->text[s->i++], lenient);
        n++;
    }
    if (n == 5 || (n && !real && n != 1)) {
        s->i = from;
        return 0;
    }
    return n;
}

/* The separator with at most one blank on each side; 0 if there is none. */
static char separator(struct scan *s, bool has_word, bool *has_blanks)
{
    size_t from = s->i;
    char sep = 0;
    if (take(s, " ")) *has_blanks = true;
    if (take(s, "/"))
        sep = '/';
    else if (take(s, "."))
        sep = '.';
    else if (take_dash(s))
        sep = '-';
    if (sep && take(s, " ")) *has_blanks = true;
    if (!sep || (*has_blanks && (!has_word || sep == '.')) || s->i >= s->len) {
        s->i = from;
        *has_blanks = false;
        return 0;
    }
    return sep;
}

static bool ends_well(const struct scan *s)
{
    if (s->i >= s->len) return true;
    char c = s->text[s->i], d = s->i + 1 < s->len ? s->text[s->i + 1] : 0;
    if ((c >= '0' && c <= '9') || c == '%') return false;
    if (strchr("/.-,:", c) && d >= '0' && d <= '9') return false;
    if (c == '/') return false;
    if (text_is_word_at(s->text, s->len, s->i)) return false;
    return true;
}

/* What stands between the number and the title: ": ", " – ", ") ", blanks. */
static void punctuation(struct scan *s, struct case_number *out)
{
    blanks(s);
    if (s->i >= s->len) return;
    size_t from = s->i;
    char c = s->text[s->i];
    if (strchr(":.)", c)) {
        out->after = c;
        s->i++;
    } else if (take_dash(s)) {
        out->after = '-';
        if (s->i < s->len && s->text[s->i] != ' ' &&
            !text_starts_upper(s->text + s->i, s->len - s->i))
            s->i = from;
    }
    blanks(s);
    if (out->after && s->i < s->len && (s->text[s->i] == ':' || s->text[s->i] == '-')) {
        s->i++;
        blanks(s);
    }
}

static bool is_year4(int n, int digits_of_it)
{
    return digits_of_it == 4 && n >= 1990 && n <= 2099;
}

static bool form_is_possible(const struct case_number *n)
{
    if (n->b < 0) return n->a_digits <= 3 && n->a > 0;
    if (is_year4(n->a, n->a_digits)) return n->b_digits <= 3 && n->b > 0;
    if (is_year4(n->b, n->b_digits)) return n->a_digits <= 3 && n->a > 0;
    if (n->a_digits > 3 || n->b_digits != 2)
        return n->a_digits == 2 && n->b_digits <= 3 && n->b > 0 && n->sep != '.';
    return n->sep != '.' || n->has_word;
}

/* "8a/23", "8/23b": parts of what an agenda has as one. */
static void suffix(struct scan *s, struct case_number *out)
{
    if (out->suffix || s->i >= s->len || s->text[s->i] < 'a' || s->text[s->i] > 'h')
        return;
    if (text_is_word_at(s->text, s->len, s->i + 1)) return;
    out->suffix = s->text[s->i++];
}

/* "sak i dag": an i may be read as 1, but not alone. */
static bool has_digit(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] >= '0' && text[i] <= '9') return true;
    return false;
}

/* "(kl. 09.15–09.40)" between number and title: bytes with its blank. */
static size_t clock_in_brackets(const char *text, size_t len)
{
    size_t n = len > 2 && *text == '(' ? case_number_clock(text + 1, len - 1) : 0;
    if (!n) {
        const char *close = memchr(text, ')', len);
        if (!close || *text != '(') return 0;
        size_t inside = (size_t)(close - text) - 1;
        n = case_number_clock(text + 1, inside);
        if (n != inside) return 0;
    }
    return 1 + n < len && text[1 + n] == ')' ? n + 2 : 0;
}

bool case_number_parse(const char *text, size_t len, struct case_number *out)
{
    struct scan s = {text, len > 400 ? 400 : len, 0};
    memset(out, 0, sizeof *out);
    out->b = -1;
    if (!words_before(&s, out)) return false;
    bool named = out->has_word || out->has_body;
    out->start = s.i;
    out->a_digits = digits(&s, &out->a, out->has_word);
    if (!out->a_digits) return false;
    if (s.i + 2 < s.len && strchr("/-.", s.text[s.i + 1])) suffix(&s, out);
    struct scan one = s;
    out->sep = separator(&s, out->has_word, &out->has_blanks);
    if (out->sep) out->b_digits = digits(&s, &out->b, out->has_word);
    if (out->b_digits || out->has_word) suffix(&s, out);
    if (out->sep && (!out->b_digits || !ends_well(&s) || !form_is_possible(out))) {
        if (out->b_digits) return false; /* a date, an archive number */
        s = one;
        out->sep = 0;
        out->has_blanks = false;
    }
    if (!out->sep) {
        out->b = -1;
        out->b_digits = 0;
        if (!ends_well(&s) || !form_is_possible(out)) return false;
    }
    out->end = s.i;
    if (out->has_word && out->sep) {
        size_t at = s.i + text_trim_left(text + s.i, s.len - s.i);
        size_t clock = clock_in_brackets(text + at, s.len - at);
        if (clock) s.i = at + clock;
    }
    if (!has_digit(text + out->start, out->end - out->start)) return false;
    punctuation(&s, out);
    if (out->b < 0 && !named && out->after != '.' && out->after != ')' && s.i < s.len)
        return false;
    if (out->b < 0 && out->has_body && !out->has_word) return false;
    out->rest = s.i;
    return true;
}

bool case_number_parse_weak(const char *text, size_t len, struct case_number *out)
{
    struct scan s = {text, len, 0};
    memset(out, 0, sizeof *out);
    out->b = -1;
    out->a_digits = digits(&s, &out->a, false);
    out->end = s.i;
    blanks(&s);
    out->rest = s.i;
    out->is_weak = true;
    return out->a_digits > 0 && out->a_digits < 3 && out->a > 0 && s.i > out->end &&
           s.i < len && len - s.i < 140 && text_starts_upper(text + s.i, len - s.i) &&
           !strchr(".,;:", text[len - 1]);
}

/* "9.05", "09:05", "0905": bytes. */
static size_t clock_time(const char *text, size_t len)
{
    size_t i = 0, n = 0;
    while (i < len && n < 4 && text[i] >= '0' && text[i] <= '9') i++, n++;
    if (n == 4) return text[0] <= '2' && text[2] <= '5' ? i : 0;
    if (!n || n > 2 || i + 2 >= len || (text[i] != '.' && text[i] != ':')) return 0;
    if (text[i + 1] < '0' || text[i + 1] > '5' || text[i + 2] < '0' || text[i + 2] > '9')
        return 0;
    i += 3;
    return i < len && ((text[i] >= '0' && text[i] <= '9') || text[i] == '.') ? 0 : i;
}

size_t case_number_clock(const char *text, size_t len)
{
    struct scan s = {text, len, 0};
    if (take(&s, "kl")) {
        take(&s, ".");
        blanks(&s);
    }
    size_t n = clock_time(text + s.i, len - s.i);
    if (!n) return 0;
    s.i += n;
    size_t one = s.i;
    blanks(&s);
    if (take_dash(&s)) {
        blanks(&s);
        n = clock_time(text + s.i, len - s.i);
        s.i = n ? s.i + n : one;
    } else {
        s.i = one;
    }
    take(&s, ":");
    size_t end = s.i;
    blanks(&s);
    if (s.i < len && s.i == end) return 0;
    return s.i;
}

static int full_year(int yy)
{
    return yy > 80 ? 1900 + yy : 2000 + yy;
}

bool case_year_is_near(const struct number_scheme *s, int year)
{
    if (!s->year) return year >= 1995 && year <= 2060;
    return year >= s->year - 9 && year <= s->year + 1;
}

bool case_number_split(const struct case_number *n, const struct number_scheme *s,
                       int *number, int *year)
{
    if (n->b < 0) {
        *number = n->a;
        *year = 0;
        return true;
    }
    if (is_year4(n->a, n->a_digits)) {
        *number = n->b;
        *year = n->a;
    } else if (is_year4(n->b, n->b_digits)) {
        *number = n->a;
        *year = n->b;
    } else if (n->a_digits == 2 && (s->is_year_first || n->b_digits != 2)) {
        *number = n->b;
        *year = full_year(n->a);
    } else {
        *number = n->a;
        *year = full_year(n->b);
    }
    return *number > 0;
}
