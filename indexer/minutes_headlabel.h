/* Labels of the head ("Møteleder:", "Til stede fra kommunene:", "Dato" in a cell of its
 * own), with and without their colon.
 *
 *     struct label l;
 *     if (read_label(&reader, text, len, false, &l)) value = text + l.rest;
 */
#ifndef HF_MINUTES_HEADLABEL_H
#define HF_MINUTES_HEADLABEL_H

#include "minutes_names.h"

struct label_reader {
    const struct name_ctx *x;
    const struct text_doc *doc;
    const struct cue_table *head, *people, *words;
    size_t line_index; /* the line that is read */
};

struct label {
    const char *what, *note;
    size_t start, end; /* as printed */
    size_t rest;
    bool is_people, has_colon, is_alone;
    bool is_free; /* no table has it; it holds a word of presence */
};

/* True if text begins with a label. in_row: it is a cell of a table, so it needs no
 * colon. What a label without a colon promises (a date, a name) must follow it. */
bool read_label(const struct label_reader *s, const char *text, size_t len, bool in_row,
                struct label *l);

#endif
