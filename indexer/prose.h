/* Structured documents (HTML, Word, ODT) → lines of the model, by one set of rules.
 *
 * A paragraph becomes a line, a forced break in it starts another; a tab in running text
 * starts a new cell, as in a text file. A row of a table becomes a line of cells;
 * paragraphs in a cell are parted by '\n'. A row of one cell (tables that only lay out
 * the page) is no row: its paragraphs become lines of their own. A table inside a cell
 * follows the row it stands in. White space is brought to single blanks. Text is UTF-8 of
 * any form; it is cleaned here.
 *
 *     struct prose *f = prose_new(doc);
 *     prose_para(f, TEXT_HEADING, 1);
 *     prose_style(f, true, false);
 *     prose_text(f, "Sak 1/24", 8);
 *     prose_end_para(f);
 *     status = prose_finish(f, err);
 */
#ifndef HF_PROSE_H
#define HF_PROSE_H

#include "text.h"

struct prose;

struct prose *
prose_new(struct text_doc *doc); /* doc must outlive it; prose_finish frees it */

/* Begins a paragraph; an open one ends. level: of heading or list. */
void prose_para(struct prose *f, enum text_kind kind, int level);
void prose_end_para(struct prose *f);
/* Ends the open paragraph, but an empty one leaves no blank line: something else comes
 * between. */
void prose_pause(struct prose *f);
/* Text outside a paragraph begins one. */
void prose_text(struct prose *f, const char *text, size_t len);
void prose_style(struct prose *f, bool bold, bool italic); /* of the text that follows */
void prose_break(struct prose *f);                         /* a new line */
void prose_tab(struct prose *f);
void prose_gap(struct prose *f); /* a blank line before what follows */

void prose_table(struct prose *f);
void prose_row(struct prose *f);
void prose_cell(struct prose *f, int columns); /* columns: how many it spans */
void prose_end_cell(struct prose *f);
void prose_end_row(struct prose *f);
void prose_drop_row(struct prose *f); /* the open row is left out when it ends */
void prose_end_table(struct prose *f);

/* Text of a footnote, of a page's margin: goes to its list until the end is called. */
void prose_aside(struct prose *f, struct hf_strings *list);
void prose_end_aside(struct prose *f);

/* True once a bound is passed: the caller may stop reading. */
bool prose_is_full(const struct prose *f);

/* Ends what is open, settles the document and frees f. HF_UNREADABLE where a bound was
 * passed or no text was found. */
HF_MUST_USE enum hf_status prose_finish(struct prose *f, struct hf_error *err);
void prose_free(struct prose *f);

#endif
