/* The document as the reader of cases sees it: a list of blocks.
 *
 * A block is one paragraph of one cell, trimmed. Header rows of tables give their columns
 * a role, page furniture is marked as noise. Blocks borrow their text from the document
 * (or from the arena of the list) and hold no NUL.
 *
 *     struct block_list list;
 *     block_list_init(&list, cues, doc);
 *     for (size_t i = 0; i < list.n; i++) use(&list.at[i]);
 *     block_list_release(&list);
 */
#ifndef HF_MINUTES_BLOCK_H
#define HF_MINUTES_BLOCK_H

#include "minutes_cues.h"
#include "minutes_text.h"

enum block_role {
    ROLE_TEXT,
    ROLE_NUMBER,
    ROLE_TITLE,
    ROLE_RESPONSIBLE,
    ROLE_DEADLINE,
    ROLE_BOTH, /* Ansvar/frist */
    ROLE_KIND,
    ROLE_DECISION, /* a column headed Vedtak, Konklusjon ... */
    ROLE_FOLLOWUP, /* Oppfølging: while columns are read; then it is BOTH or TEXT */
    ROLE_ACTION,   /* a column headed Tiltak, Hva ... */
    ROLE_OTHER     /* a column that says nothing about cases: names, remarks */
};

struct block {
    const char *text;
    size_t len;
    size_t line;        /* index into doc->lines */
    const char *header; /* ROLE_DECISION: the heading of its column, as printed */
    const struct text_cell *cell;
    size_t offset;  /* of text in the cell */
    size_t bold_to; /* bytes from the start that are bold, 0 = none */
    int column;     /* code points from the left margin; grid column in tables */
    int blank_before;
    unsigned nth_cell; /* number of the cell in its row, empty cells count */
    unsigned n_cells;
    enum block_role role;
    int column_no;    /* of the header row's columns, from 1; 0 = no header above */
    int limit;        /* of a drawn column: where the next one begins; 0 = not known */
    bool starts_line; /* first block of its line */
    bool starts_cell;
    bool is_row;    /* its line has several cells */
    bool is_drawn;  /* ... set apart by blanks: column counts characters */
    bool after_gap; /* its row begins with an empty cell */
    bool is_heading;
    bool is_broken; /* a forced break parts its line from the one before: one paragraph */
    bool is_point;  /* a list glyph stood before it, in a cell or on a line of its own */
    bool is_noise;  /* page furniture, rules, header rows */
    bool is_header; /* of a header row */
    bool is_followup; /* of a list of tasks (minutes_followup.h) */
};

struct block_list {
    struct block *at;
    size_t n, cap;
    int wrap; /* width at which the text was wrapped by hand; 0 = it was not */
    enum block_role flat[8]; /* columns of a table whose cells stand one to a line */
    size_t n_flat;
    bool has_keys;  /* tables of a label and its text: "Vedtak⇥Godkjent." */
    bool has_glyph; /* the line read last is a list glyph alone */
    struct hf_arena arena;
};

void block_list_init(struct block_list *list, const struct minutes_cues *cues,
                     const struct text_doc *doc);
void block_list_release(struct block_list *list);

/* minutes_columns.c: gives the blocks of table rows their roles and marks header rows. */
void block_columns(struct block_list *list, const struct minutes_cues *cues);

/* minutes_furniture.c: marks page headers, footers, page numbers and rules. */
void block_furniture(struct block_list *list, const struct text_doc *doc);

/* True if b continues the sentence of a, which was broken by hand at the margin. */
bool block_continues(const struct block_list *list, const struct block *a,
                     const struct block *b);

/* Does the text end in a word that asks for more ("og", "med", "at")? */
bool block_ends_open(const char *text, size_t len);

/* Bytes of a list glyph with its blanks at the start of text: "- ", "• ", "o ", "1. "; 0
 * = none. */
size_t block_bullet(const char *text, size_t len);
/* The same for a number: "1. ", "2) ", "a) ". */
size_t block_point(const char *text, size_t len);

#endif
