/* Words on pages, with their places → lines of the model. For PDF and for recognised
 * scans.
 *
 * Words are gathered into lines; lines that the margin broke are joined to paragraphs;
 * where rules are drawn the words between them become the cells of a table; words set
 * apart by wide gaps become cells as in a text file. What stands at the head or foot of
 * every page goes to the margins. Lengths are in points from the upper left corner.
 *
 *     struct layout l;
 *     layout_init(&l);
 *     struct layout_page *page = layout_add_page(&l, 595, 842);
 *     layout_add_word(&l, page, (struct layout_word){...});
 *     layout_to_doc(&l, doc);
 *     layout_release(&l);
 */
#ifndef HF_LAYOUT_H
#define HF_LAYOUT_H

#include "text.h"

struct layout_word {
    double x0, y0, x1, y1;
    const char *text; /* in the layout's arena */
    size_t len;
    bool bold, italic;
    bool is_taken; /* by a table */
};

struct layout_rule { /* a drawn line; horizontal: from..to in x, at in y */
    double at, from, to;
};

struct layout_page {
    int number; /* from 1 */
    double width, height;
    bool is_recognised;
    struct layout_word *words;
    size_t n_words, cap_words;
    struct layout_rule *across, *down;
    size_t n_across, cap_across, n_down, cap_down;
};

struct layout {
    struct hf_arena arena;
    struct layout_page *pages;
    size_t n_pages, cap_pages;
    size_t n_words; /* of all pages */
};

#define LAYOUT_MAX_PAGES 2000
#define LAYOUT_MAX_WORDS 1000000
#define LAYOUT_MAX_RULES 5000

void layout_init(struct layout *l);
void layout_release(struct layout *l);

/* NULL once there are LAYOUT_MAX_PAGES. Valid until the next page is added. */
struct layout_page *layout_add_page(struct layout *l, double width, double height);
/* Copies the text (cleaned); words beyond the bounds or without text are left out. */
void layout_add_word(struct layout *l, struct layout_page *page, struct layout_word word);
void layout_add_rule(struct layout_page *page, bool is_across, struct layout_rule rule);

/* Appends all lines, in reading order, to doc. */
void layout_to_doc(struct layout *l, struct text_doc *doc);

/* layout_lines.c, layout_grid.c: the two halves of the work on a page. */
struct layout_line {            /* a printed line, or a row of a ruled table */
    struct layout_word **words; /* by x */
    size_t n, cap;
    double x0, x1, y0, y1;
    struct layout_row *row; /* of a table, or NULL */
    double right;           /* where its column breaks lines; 0: as the page */
    int region;             /* layout_region */
    bool is_justified;      /* stretched between the margins: no gap parts it */
};

struct layout_cell {
    struct layout_line *lines;
    size_t n, cap;
    int column;
    double x0, x1;
};

struct layout_row {
    struct layout_cell *cells;
    size_t n, cap;
    int table; /* number on the page, from 1 */
    double y0, y1;
};

struct layout_rows {
    struct layout_row *at;
    size_t n, cap;
};

/* The rows of the page's ruled tables from above; their words are marked as taken. */
void layout_find_rows(struct layout_page *page, struct layout_rows *out);
void layout_rows_release(struct layout_rows *rows);

/* layout_marks.c: takes a watermark off the page; its text goes to the document's
 * margins. */
void layout_take_marks(struct layout_page *page, struct text_doc *doc);

/* layout_gutter.c: where a page is set in two columns of prose. */
#define LAYOUT_MAX_BANDS 16
struct layout_gutter {
    double x;                 /* its place */
    double left_x1, right_x1; /* how far the text of each side reaches */
    size_t n;                 /* bands of the page that it parts, from above */
    struct {
        double y0, y1;
    } bands[LAYOUT_MAX_BANDS];
};

/* Words come from outside of tables and are sorted; rows stand in the way of a gutter.
 * known: the gutter of the page before, at which few lines are enough, or 0. False: the
 * page has none. */
bool layout_find_gutter(const struct layout_page *page, struct layout_word **words,
                        size_t n, const struct layout_rows *rows, double known,
                        struct layout_gutter *out);

/* The regions of the page in reading order, 3n + 1 of them: above a band, its left side,
 * its right side, below. */
int layout_region(const struct layout_gutter *g, double x0, double y);

/* The lines of all regions, one region after the other. */
void layout_gather_regions(const struct layout_gutter *g, struct layout_word **words,
                           size_t n, struct layout_line **out, size_t *n_out);
/* A gap between words that starts a new cell, whether one stands before word i, and where
 * the words from `from` meet one. Gaps that are all alike are those of a justified line.
 */
double layout_gap_limit(const struct layout_line *l);
bool layout_is_gap(const struct layout_line *l, size_t i, double limit);
bool layout_is_even(const struct layout_line *l, size_t i);

/* Finds lines with wide gaps that go from margin to margin as the whole one beside them.
 */
void layout_mark_justified(struct layout_line *lines, size_t n);
size_t layout_segment_end(const struct layout_line *l, size_t from, double limit);

/* True if the word begins with a small letter. */
bool layout_starts_lower(const struct layout_word *w);

/* Where a cell holds a table without rules in a table: the gap that all its lines have,
 * or 0. */
double layout_cell_gutter(const struct layout_cell *c);

/* Gathers words into lines from above; each line's words by x. */
void layout_gather(struct layout_word **words, size_t n, struct layout_line **out,
                   size_t *n_out);
void layout_lines_free(struct layout_line *lines, size_t n);

#endif
