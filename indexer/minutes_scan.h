/* The head while it is being read: the fields so far, what is open, and the tables of
 * people. Between minutes_fields.c (lines and labels) and minutes_scan.c (tables and
 * columns). */
#ifndef HF_MINUTES_SCAN_H
#define HF_MINUTES_SCAN_H

#include "minutes_fields.h"
#include "minutes_headlabel.h"

#define MAX_HEADS   6
#define MAX_COLUMNS 12

struct scan {
    struct fields *f;
    struct label_reader labels;
    const struct name_ctx *x;
    const struct text_doc *doc;
    const struct cue_table *columns;
    size_t open;  /* index of the field that further lines belong to, SIZE_MAX = none */
    size_t bytes; /* read so far */
    bool after_stop, is_tail;
    size_t head_field[MAX_HEADS]; /* columns that have labels of their own, and where they
                                     stand */
    int head_at[MAX_HEADS];
    size_t n_heads;
    int table_at[MAX_COLUMNS]; /* where the columns of a table set with blanks stand */
    size_t n_table_columns;    /* 0 = its cells are counted */
    bool in_table;
    bool wants_value; /* the open field's label stood alone */
};

/* A new field at the end; pointers to fields are invalid afterwards. */
struct field *scan_field(struct scan *s, const char *what);

/* Adds text of this line, after sep (0 = none). What makes the field too long is left
 * out. */
void field_append(struct field *f, const char *text, size_t len, char sep,
                  size_t line_index);

/* The cell's text with colons where bold shows a group's heading. malloc'ed. */
char *scan_cell_text(const struct text_cell *cell);

/* Adds a row of a list or table: cells by tabs. */
void scan_row(struct field *f, const struct text_line *l, size_t line_index);

/* What a heading of a table of participants says: name role org present absent remark
 * deputy, or NULL. */
const char *scan_column(const struct cue_table *columns, const char *text, size_t len);

/* True if the cells are headings of a table of participants (Navn, Stilling …); the
 * column of names may have none. scan_table_row takes such a row and those below it. */
bool scan_has_columns(const struct scan *s, const struct text_line *l);
bool scan_table_row(struct scan *s, size_t i);

/* A row of headings, each with a list of people below it; and the lines below. */
bool scan_heads(struct scan *s, size_t i);
bool scan_below_heads(struct scan *s, size_t i);

/* A table that lost its columns: the lines it takes, 0 if there is none. */
size_t scan_vertical_table(struct scan *s, size_t from, size_t to);

#endif
