/* Between the parts of the reader of minutes; nobody else includes it. */
#ifndef HF_MINUTES_INTERNAL_H
#define HF_MINUTES_INTERNAL_H

#include "minutes.h"

struct name_ctx;
struct fields;

/* Where the parts of a document lie, as line numbers [from, to) into doc->lines. */
struct minutes_parts {
    size_t head_to;    /* the head (title, place, attendees) ends before this line */
    size_t cases_from; /* the first line that belongs to a case, or n_lines */
    size_t cases_to;   /* after the last line of the last case */
    const struct name_ctx *names; /* what knows names and words in this document */
    const struct fields *fields;  /* the head as labelled fields */
};

/* minutes_cases.c: finds the cases (numbers, titles, text, page and line, responsible,
 * deadline, attachments) and their decisions; sets the parts. */
void minutes_cases(const struct minutes_cues *cues, const struct text_doc *doc,
                   struct hf_minutes *m, struct minutes_parts *parts);

/* minutes_head.c: title, helsefellesskap, region, body, dates, place, chair, minutes_by,
 * language. */
void minutes_head(const struct minutes_cues *cues, const struct text_doc *doc,
                  const struct minutes_parts *parts, struct hf_minutes *m);

/* minutes_people.c: attendees with presence, role, organisation and side. */
void minutes_people(const struct minutes_cues *cues, const struct text_doc *doc,
                    const struct minutes_parts *parts, struct hf_minutes *m);

/* minutes_year.c: the year by evidence, date_note; case numbers without ambiguity. */
void minutes_year(const struct minutes_cues *cues, const struct text_doc *doc,
                  struct hf_minutes *m);

/* minutes_meaning.c: references, people named in cases, case kind, decision outcome,
 * deadline dates, patient groups with evidence. */
void minutes_meaning(const struct minutes_cues *cues, const struct text_doc *doc,
                     struct hf_minutes *m);

/* minutes_approved.c: the dates of the earlier minutes that the meeting approves. After
 * minutes_meaning. */
void minutes_approved(const struct minutes_cues *cues, struct hf_minutes *m);

#endif
