/* Lists and tables of people → roster; shared by the parts of minutes_people. */
#ifndef HF_MINUTES_PEOPLE_H
#define HF_MINUTES_PEOPLE_H

#include "minutes_fields.h"
#include "minutes_roster.h"

/* Reads a field whose text is a list of people and adds them. */
void people_read_list(const struct name_ctx *x, const struct text_doc *doc,
                      const struct field *f, const char *presence, struct roster *roster);

/* Says something of the person added last ("Vara for X", "kommunalsjef", "Forfall"). */
void people_add_attr(const struct name_ctx *x, const struct text_doc *doc,
                     const struct field *f, struct roster *roster, const char *text);

/* Reads a table of participants with headings (Navn, Stilling, Organisasjon, Møtte …). */
void people_read_table(const struct name_ctx *x, const struct text_doc *doc,
                       const struct field *f, struct roster *roster);

/* Finds the members that a report lists in running text. */
void people_read_members(const struct name_ctx *x, const struct text_doc *doc,
                         struct roster *roster);

/* A numbered list of people is no agenda: takes the numbers away before the cases are
 * looked for. view is a copy of the document's lines that may be changed; new cells go to
 * arena. */
void people_take_numbers_away(const struct name_ctx *x, struct text_doc *view,
                              struct hf_arena *arena);

#endif
