/* Lists of tasks below the cases ("Sak | Hva | Hvem | Når"): they belong to the cases
 * that their numbers name. Nothing here stands above a printed Ansvar or Frist.
 *
 *     followup_find(&list);                       // before the cases are looked for
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

#endif
