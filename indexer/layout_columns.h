/* Tables that no rules draw: which columns some lines have, and the rows that they make.
 * layout_columns.c finds them, layout_rows.c builds the rows. */
#ifndef HF_LAYOUT_COLUMNS_H
#define HF_LAYOUT_COLUMNS_H

#include "layout.h"

#define LAYOUT_MAX_COLUMNS 16

struct layout_columns {
    double x0[LAYOUT_MAX_COLUMNS],
        x1[LAYOUT_MAX_COLUMNS];       /* how far their text reaches */
    double right[LAYOUT_MAX_COLUMNS]; /* where they break lines */
    size_t n;
};

struct layout_part { /* of a line: its words in one column */
    struct layout_word **words;
    size_t n, column;
    double x0, x1;
};

/* The table that stands last before a line, maybe on the page before. */
struct layout_table {
    struct layout_columns columns;
    struct layout_row *head, *last;
    bool at_foot; /* nothing stands below it on its page */
};

struct layout_run { /* the lines of a page */
    struct layout_line *lines;
    size_t n;
    bool *skip;     /* lines that went into a row above are set */
    size_t *row_at; /* for each line: number from 1 of the row that stands in its place */
    double wrap;    /* distance of lines in a paragraph, in heights */
    double near;    /* how exactly things that stand below each other do so, in points */
    bool is_recognised;
    double height;               /* of the common line */
    struct layout_rows *rows;    /* with room for n more; its rows stay where they are */
    int tables;                  /* on the page so far */
    struct layout_table *before; /* goes from page to page */
};

/* How far the line stands below another at y0; 1 is the usual distance. */
double layout_pitch(const struct layout_run *run, double y0, const struct layout_line *l);

/* Finds the tables of the page and builds their rows. */
void layout_find_columns(struct layout_run *run);

/* Parts the line; out has room for LAYOUT_MAX_COLUMNS. Returns how many parts. */
size_t layout_part_line(const struct layout_columns *c, const struct layout_line *l,
                        struct layout_part *out);

/* True if the part would not have fitted on the line above it, which ends at x1. */
bool layout_is_broken(const struct layout_columns *c, const struct layout_part *p,
                      double x1);

/* The rows of lines[from..to). They go on with the table before where `resumes` says so:
 * its repeated head is left out, and what has no first cell belongs to its last row. */
void layout_build_rows(struct layout_run *run, size_t from, size_t to,
                       const struct layout_columns *c, bool resumes);

#endif
