/* The head of minutes as a sequence of labelled fields, whatever way it is set: a grid of
 * table cells, `Label: value` lines, a label with its values on the lines below, several
 * labels on a line.
 *
 *     struct fields f;
 *     fields_read(&f, cues, doc, parts);
 *     for (size_t i = 0; i < f.n; i++)
 *         if (!strcmp(f.at[i].what, "chair")) use(f.at[i].text.data);
 *     fields_release(&f);
 */
#ifndef HF_MINUTES_FIELDS_H
#define HF_MINUTES_FIELDS_H

#include "../shim/buf.h"
#include "minutes_internal.h"
#include "minutes_names.h"

struct field_mark { /* from this offset on the text is of this line */
    size_t at, line_index;
};

struct field {
    const char
        *what; /* the cue's value: present absent date place …; table; "" = no label */
    const char *note;    /* the cue's note: chair, minutes_by, group … */
    struct hf_buf label; /* as printed, with what stood up to the colon */
    struct hf_buf text;  /* '\n' between lines and paragraphs, '\t' between cells */
    struct field_mark *marks;
    size_t n_marks, cap_marks;
    bool is_people;     /* label of the presence table */
    bool is_block;      /* its values stand on the lines below the label */
    bool after_stop;    /* an agenda began before it */
    bool is_tail;       /* stands after the last case */
    bool is_whole_line; /* "": an unlabelled line of its own */
};

struct fields {
    struct field *at;
    size_t n, cap;
};

void fields_read(struct fields *f, const struct name_ctx *x, const struct text_doc *doc,
                 const struct minutes_parts *parts);
/* The same of what stands among and after the cases: for documents that name their people
 * last. */
void fields_read_rest(struct fields *f, const struct name_ctx *x,
                      const struct text_doc *doc, const struct minutes_parts *parts);
void fields_release(struct fields *f);

/* The index of the line that the byte at `at` of the field's text came from. */
size_t field_line(const struct field *f, size_t at);

#endif
