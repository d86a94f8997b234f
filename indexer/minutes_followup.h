/* What is promised: who does what by when, where no label of the case says it.
 *
 * A list of tasks below the cases ("Sak | Hva | Hvem | Når") belongs to the cases that
 * its numbers name; «Sekretariatet samler listen innen 1. mars» in a decision says both
 * who and when. Nothing here stands above a printed Ansvar or Frist.
 *
 *     followup_find(&list);                       // before the cases are looked for
 *     for each case: case_promises(&t);           // after its decisions
 *     followup_apply(&list, &starts.scheme, m);   // after all cases
 */
#ifndef HF_MINUTES_FOLLOWUP_H
#define HF_MINUTES_FOLLOWUP_H

#include "minutes_case.h"

/* Takes the rows of such lists out of the text (is_noise, is_followup). A table is one
 * where its columns are a number, a task and who or when, and cases of these numbers
 * stand above it. */
void followup_find(struct block_list *list);

/* Gives the rows to their cases: responsible, deadline, and the row as a last line of the
 * text. A row of a case that is not here becomes a line of the last case. */
void followup_apply(const struct block_list *list, const struct number_scheme *scheme,
                    struct hf_minutes *m);

/* Sets deadline and responsible from the decisions' own sentences where the case has
 * none. */
void case_promises(struct case_text *t);

/* "Rådgiver i samhandlingsavdelingen, innen 20.12.2022": takes both; false where the text
 * is no such pair. */
bool case_take_who_by_when(struct case_text *t, const char *text, size_t len);

/* "Sekretariatet", "SSU v/ Kari Nordmann": who, and nothing more. */
bool case_is_who(const struct case_text *t, const char *text, size_t len);

/* "LSU", "Sekretariatet", "Alle": no name, but someone who can be responsible. */
bool case_is_someone(const char *text, size_t len);

#endif
