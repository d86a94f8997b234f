/* Where cases begin. Candidates are collected from the starts of lines and rows, then one
 * numbering scheme is chosen for the whole document, and what does not fit it is refused:
 * references in running text, agendas that come again with text, lists of attachments,
 * dates and archive numbers.
 */
#ifndef HF_MINUTES_FIND_H
#define HF_MINUTES_FIND_H

#include "minutes_block.h"
#include "minutes_number.h"

struct case_start {
    size_t block;        /* the block that holds the number (or the heading) */
    size_t number_block; /* the same, unless an agenda has the number and another line the
                            text */
    size_t line_block;   /* the first block of its line */
    size_t to;           /* first block after its text */
    struct case_number n; /* offsets are into that block's text */
    int number, year;     /* 0 = none */
    size_t owner;   /* index of the case that this goes on with; itself for a new one */
    size_t content; /* bytes of text up to the next candidate */
    bool has_number;
    const char *kind; /* "Sak 9/24 (drøfting): ...", of the word table; NULL = not said */
    bool ends_in_page; /* "... 3": a line of a table of contents */
    bool is_dropped;
    bool has_title;   /* a row without number that has a title in bold */
    bool is_approval; /* an item without number and title before the first case */
};

struct case_starts {
    struct case_start *at;
    size_t n, cap;
    struct number_scheme scheme;
};

/* Cuts the list where a web page goes on with other things. */
void case_starts_find(struct case_starts *out, const struct minutes_cues *cues,
                      struct block_list *list);
void case_starts_release(struct case_starts *s);

/* minutes_agenda.c: drops what is dropped (and measures the text of the rest); refuses
 * agendas that come again with text; joins parts of one case; finds the text of cases
 * whose number only the agenda has. */
void case_start_drop(struct case_start *c);
void case_starts_pack(struct case_starts *s, const struct block_list *list);
void case_starts_agendas(struct case_starts *s, const struct block_list *list);
void case_starts_doubles(struct case_starts *s, const struct block_list *list);
void case_starts_to_headings(struct case_starts *s, const struct block_list *list);

/* minutes_scheme.c: the year of the meeting and the order of two-digit pairs. */
void number_scheme_find(struct number_scheme *out, const struct block_list *list,
                        const struct case_start *starts, size_t n);

/* minutes_bare.c: the run of bare numbers (1., 2., 3. ...) that are cases; marks the
 * others dropped. */
size_t bare_numbers_choose(const struct minutes_cues *cues, const struct block_list *list,
                           struct case_start *starts, size_t n);

/* minutes_sections.c: headings of a document without numbers. */
void sections_find(struct case_starts *out, const struct minutes_cues *cues,
                   struct block_list *list);
/* An item before the first number: the first row of a table, right below the header row,
 * or approvals in plain lines. */
void unnumbered_find(struct case_starts *out, const struct minutes_cues *cues,
                     const struct block_list *list);

#endif
