/* The one intermediate model between a file's bytes and the reader of minutes.
 *
 * A document is a sequence of lines. A line is one paragraph, heading, list item or table
 * row as the source has it (a physical line of a text file; a <p>, <li>, <tr>, w:p, w:tr
 * of the other formats). A line has one cell, or several where it is a row of a table
 * (tabs in a text file). A cell is plain UTF-8 in NFC: tags are gone, '\n' stands between
 * paragraphs inside a cell, list glyphs stay as printed; what was bold or italic is
 * remembered in spans. Byte offsets are of the cell's text. Everything lives in the
 * document's arena.
 */
#ifndef HF_TEXT_H
#define HF_TEXT_H

#include "../shim/buf.h"
#include "../shim/record.h"

enum text_kind { TEXT_PARAGRAPH, TEXT_HEADING, TEXT_ITEM, TEXT_ROW };

struct text_span {
    size_t start, end; /* bytes */
    bool is_bold;      /* else italic */
};

struct text_cell {
    const char *text;
    size_t len;
    struct text_span *spans;
    size_t n_spans;
    int grid_column; /* first column it stands in, from 0; merged cells skip numbers */
    int at_char; /* where it begins on its printed line, in characters; 0 where not known
                  */
};

struct text_line {
    enum text_kind kind;
    int level;        /* heading level, list depth; 0 unknown */
    int page, line;   /* from 1 */
    int blank_before; /* blank lines (or a paragraph gap) before it */
    bool is_broken;   /* a forced break parts it from the line before: one paragraph */
    int indent;       /* columns of white space before the first cell */
    int table;        /* number of the table it belongs to, from 1; 0 = none */
    struct text_cell *cells;
    size_t n_cells;
};

struct text_doc {
    struct hf_arena arena;
    const char *media_type; /* text/plain ... */
    const char *text_layer; /* text | ocr | mixed: some pages had to be recognised */
    int n_pages;            /* 0 = unpaged */
    struct text_line *lines;
    size_t n_lines, cap_lines;
    struct hf_strings links; /* URLs that stood apart from the text */
    struct hf_strings notes; /* footnotes and endnotes, in order */
    struct hf_strings
        margins; /* running heads and feet of pages, each once; a page's title */
    struct hf_strings warnings; /* what was left out and why, for a person */
};

void text_doc_init(struct text_doc *d);
void text_doc_release(struct text_doc *d);
struct text_line *text_doc_add(struct text_doc *d);

/* Appends one cell to the line (which must be the last one added). The text is copied;
 * blanks of all kinds are brought to single ones, '\n' stays. Spans of bold and italic
 * are set afterwards with text_cell_mark, in bytes of cell->text. */
struct text_cell *text_line_add_cell(struct text_doc *d, struct text_line *line,
                                     const char *text, size_t len);
void text_cell_mark(struct text_doc *d, struct text_cell *cell, struct text_span span);

/* Settles what follows from the lines as a whole: kind (rows and list items), numbers of
 * tables. Every extractor calls it once at the end. */
void text_doc_finish(struct text_doc *d);

/* Bytes of unknown encoding → UTF-8 in NFC without soft hyphens, ligatures and zero-width
 * characters. HF_UNREADABLE with the reason where the bytes are no text. */
HF_MUST_USE enum hf_status text_decode(const char *bytes, size_t len, struct hf_buf *out,
                                       struct hf_error *err);

/* UTF-8 → NFC without soft hyphens, ligatures, zero-width and control characters,
 * appended. */
void text_clean(const char *text, size_t len, struct hf_buf *out);

/* Adds a copy of text to one of the document's lists; empty text and doubles are left
 * out. */
void text_doc_note(struct text_doc *d, struct hf_strings *list, const char *text,
                   size_t len);

/* True if at least three letters stand in the text: less is no text to read. */
bool text_has_letters(const char *text, size_t len);

/* The text of a line with its cells joined by blanks, appended to out. */
void text_line_join(const struct text_line *line, struct hf_buf *out);

/* Bounds that every extractor keeps: more is refused or left out with a warning. */
#define TEXT_MAX_LINES 200000
#define TEXT_MAX_CELLS 256

/* Bytes of a text file → model. Decodes UTF-8 (BOM allowed), UTF-16 with BOM, else
 * Windows-1252; inline tags (b i p ul li br ...) become spans and line breaks, tabs
 * separate cells, form feeds pages. HF_UNREADABLE with the reason: empty, binary, no
 * letters. */
HF_MUST_USE enum hf_status extract_text(const char *bytes, size_t len,
                                        struct text_doc *out, struct hf_error *err);

#endif
