/* Case numbers in all their forms, and the one scheme that a document uses.
 *
 * Forms: 18/2024, 21/22, 01-21, 03-2026, 2023.06, 2024/15, 24/07 (year first), and with
 * words before them: "Sak", "Saksnr.", "SSU-sak", "ASU-sak", "Orienteringssak". A bare
 * number ("Sak nr. 3", "1.") has no year and gets none. What is no case number is refused
 * here where the form alone says so: dates, archive numbers (14/3716), amounts, times.
 */
#ifndef HF_MINUTES_NUMBER_H
#define HF_MINUTES_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

struct case_number {
    size_t start, end; /* the number in the text, without words */
    size_t rest;       /* where the title begins: after punctuation and blanks */
    int a, b;          /* the two parts; b = -1 where there is one */
    int a_digits, b_digits;
    char sep;         /* '/' '-' '.' or 0 */
    char after;       /* the mark that follows: ':' '.' ')' '-' or 0 */
    char suffix;      /* 'a' of 8a/23, 8/23a; 0 = none */
    bool is_weak;     /* a bare number without any mark: "1 Åpning" */
    bool has_word;    /* "Sak" or the like stands before it */
    bool has_capital; /* ... and begins with a capital letter */
    bool has_body;    /* ... or a body's letters: "SSU 2022.41" */
    bool has_blanks;  /* blanks around the separator */
    const char *body; /* its letters, NULL = none; body_len of them */
    size_t body_len;
    const char *word; /* the word before the number: "Orienteringssak" */
    size_t word_len;
};

/* Reads a case number at the start of text. False if there is none. */
bool case_number_parse(const char *text, size_t len, struct case_number *out);

/* "1 Åpning og konstituering": a bare number, a blank and a capital; sets is_weak. */
bool case_number_parse_weak(const char *text, size_t len, struct case_number *out);

/* Bytes of a time of day with its blanks at the start of text: "09.05–09.40 ", "kl.
 * 10:15: "; 0 = none. */
size_t case_number_clock(const char *text, size_t len);

/* How the numbers of one document are to be read. */
struct number_scheme {
    bool is_year_first; /* of two-digit pairs: 24/07 is case 7 of 2024 */
    int year;           /* the meeting's, 0 = unknown */
};

/* Number and year by the scheme; *year is 0 for a bare number. False where the parts can
 * be none: no part is a year. */
bool case_number_split(const struct case_number *n, const struct number_scheme *s,
                       int *number, int *year);

/* True if `year` is near enough to the meeting's for a case of it. */
bool case_year_is_near(const struct number_scheme *s, int year);

#endif
