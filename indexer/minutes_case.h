/* One case while it is read: its paragraphs, cleaned of columns, furniture and number,
 * and what the parts take from them in turn (title, labels, decisions). */
#ifndef HF_MINUTES_CASE_H
#define HF_MINUTES_CASE_H

#include "minutes_find.h"
#include "minutes_internal.h"
#include "minutes_label.h"

struct para {
    const char *text; /* in the arena of the minutes when joined, else of the document */
    size_t len;
    const struct block *block; /* its first block */
    size_t at;       /* bytes of the block that were taken off (number, title) */
    bool is_joined;  /* several lines that were broken by hand */
    bool starts_row; /* first paragraph of a table row that is not the case's first */
    bool starts_cell;
};

struct case_text {
    const struct minutes_cues *cues;
    const struct text_doc *doc;
    const struct block_list *list;
    struct hf_minutes *m;
    struct hf_case *c;
    struct para *at;
    size_t n, cap;
    size_t head_to; /* the first block of the first case */
    bool has_number;
    bool is_table; /* the case stands in rows of a table */
    bool is_last;
};

/* minutes_title.c: takes the title off the front of the paragraphs and sets it, with a
 * printed kind. */
void case_take_title(struct case_text *t);

/* minutes_decision.c: the labelled decisions, votes, responsible, deadline, attachments.
 */
void case_decisions(struct case_text *t);

/* minutes_implicit.c: decisions in prose; only for cases without a labelled one. */
void case_implicit(struct case_text *t, size_t from, size_t to);

/* The case is an election: «Ola Nordmann ble valgt» is its decision. */
bool case_elects(const struct case_text *t);

/* «Innkallinga vart godkjend utan merknader.»: the whole text is approvals of what every
 * meeting approves. */
bool sentence_approves(const struct minutes_cues *cues, const char *text, size_t len);

/* The end of the sentence that begins at `from`: after its full stop. Knows
 * abbreviations, dates and ordinals. */
size_t text_sentence_end(const char *text, size_t len, size_t from);

/* Adds text to a field, "; " between values. */
const char *case_join(struct hf_minutes *m, const char *old, const char *text,
                      size_t len);

/* "Kari Nordmann – lage plan – innen 1. mai", a line each: who first, the time last. */
void case_take_action(struct case_text *t, const char *text, size_t len);

/* "Kari Nordmann, 1. mai": who and when in one value. */
void case_take_both(struct case_text *t, const char *text, size_t len);

/* minutes_assigned.c: «Sekretariatet sender ut planen innen 1. mars.» in the paragraphs
 * or in the decisions: who does it, and by when. Only where no label said so. */
void case_assigned(struct case_text *t);

/* «Sekretariatet», «SSU v/ Kari Nordmann»: who, and nothing more. */
bool case_is_who(const struct case_text *t, const char *text, size_t len);
/* «Rådgiver i avdelingen, innen 1. mars» behind Oppfølging: who, and by when. */
bool case_is_who_and_when(const struct case_text *t, const char *text, size_t len);
/* «Alle kommuner innen 1. mars»: the value of Ansvar ends in a deadline. */
bool case_ends_in_when(const struct case_text *t, const char *text, size_t len);

/* minutes_closing.c: cuts off the last case what ends the document: the next meeting,
 * approval of these minutes, signatures. */
void case_cut_closing(struct case_text *t);
/* A paragraph that is nothing but a name or several; known by the given name or because
 * the head has it. */
bool case_is_name(const struct case_text *t, const char *text, size_t len);
/* The same, parted by commas, "og" or "/" too. */
bool case_is_names(const struct case_text *t, const char *text, size_t len);
/* «Ola Nordmann spurte om ...» below a decision: tells of the talk and is no part of it.
 */
bool case_is_narrative(const struct case_text *t, const struct para *p);
/* "Kari Nordmann (sign.)", "Kari Nordmann, referent", two names side by side. */
bool case_is_signature(const struct case_text *t, const struct para *p);

/* minutes_attach.c: attachments that the head lists by the numbers of the cases. */
void case_attachments(const struct minutes_cues *cues, const struct block_list *list,
                      const struct case_starts *starts, struct hf_minutes *m);

/* A label of the case's kind: "Beslutning", "Sak til orientering", "(D)". NULL if it is
 * none. */
const char *case_kind_of(const struct minutes_cues *cues, const char *text, size_t len);

#endif
