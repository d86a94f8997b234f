/* How much of the letters recognition lost, and which language the text is in. */
#ifndef HF_MINUTES_DAMAGE_H
#define HF_MINUTES_DAMAGE_H

#include "minutes_cues.h"

/* From here on damaged spellings of names, places and roles are taken for what they were.
 */
#define DAMAGE_MATTERS 0.4

/* 0 clean … 1 no æ, ø or å where a Norwegian text has one in fifty letters. */
double damage_measure(const struct text_doc *doc);

/* nb, nn or mixed, by the words that only one of them has. */
const char *language_measure(const struct minutes_cues *cues, const struct text_doc *doc);

#endif
