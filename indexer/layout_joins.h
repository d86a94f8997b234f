/* What the words at the end of a printed line and at the beginning of the next one say:
 * whether they are one paragraph, and what stands between them. */
#ifndef HF_LAYOUT_JOINS_H
#define HF_LAYOUT_JOINS_H

#include "layout.h"

enum layout_joint { LAYOUT_BLANK, LAYOUT_HYPHEN, LAYOUT_NONE, LAYOUT_BREAK };

/* What stands between the text so far and the word that begins the next line. */
enum layout_joint layout_joint_of(const struct hf_buf *text,
                                  const struct layout_word *next);

/* True if the line ends inside a word. */
bool layout_is_hyphenated(const struct layout_line *l, const struct layout_line *next);

/* True if the line may be the beginning of a word that was too long for its column: it is
 * one word, and after it was no room for one letter. */
bool layout_may_be_broken(const struct layout_line *l, const struct layout_line *next,
                          double right);

/* True if the line begins with the mark of a list; is_full: there was no room for it on
 * the line before. */
bool layout_starts_item(const struct layout_line *l, const struct layout_line *before,
                        bool is_full);

/* True if the line cannot belong to the paragraph before. */
bool layout_starts_anew(const struct layout_line *l, const struct layout_line *before);

/* True if nothing ends with such a word: "og", "for", "pasient-". */
bool layout_is_open(const struct layout_word *w);

/* True if the line is the whole title of a case, by its number, and the next one begins a
 * sentence below it. */
bool layout_ends_title(const struct layout_line *l, const struct layout_line *next);

#endif
