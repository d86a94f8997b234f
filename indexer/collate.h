/* The documents of one run beside each other: ids unique, one meeting in two formats made
 * one, attendees joined to people (collate_people.h), names in damaged text told by the
 * people who are known (names_read.h), references led to their cases (collate_refs.h).
 *
 * Works on short summaries, so a run need not hold all records at once. The outcome
 * depends on the documents alone, never on the order in which they were read.
 *
 *     struct collate *c = collate_new(lex, cues);
 *     for (i ...) collate_add(c, records[i]);      // the array of one document; only
 * looked at collate_finish(c); for (i ...) if (collate_apply(c, i, records[i]))
 * print(records[i]); collate_free(c);
 */
#ifndef HF_COLLATE_H
#define HF_COLLATE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "../shim/lexicon.h"
#include "gist.h"

struct collate;
/* Keeps lex and cues; without cues (NULL) the names of files say nothing. */
struct minutes_cues;
struct collate *collate_new(const struct hf_lexicon *lex,
                            const struct minutes_cues *cues);
void collate_free(struct collate *c);

/* Notes one document's records; returns its number, from 0 in the order of the calls.
 * Keeps no reference to records. */
size_t collate_add(struct collate *c, const json_t *records);

/* The same of a document's gist; path: where the document is now. */
size_t collate_add_gist(struct collate *c, const struct gist *g, const char *path);

/* Decides, after the last collate_add. */
void collate_finish(struct collate *c);

/* Brings one document's records to their final form: new ids where two documents would
 * have the same, all sources of a meeting in its record. False where another source
 * stands for the same meeting (approved minutes before a draft, then the better text):
 * leave these records out. */
bool collate_apply(const struct collate *c, size_t doc, json_t *records);

/* Appends what collate_apply would make of the document: bytes that are others whenever
 * its records would be, but for names read in damaged text. False as there. */
bool collate_outcome(const struct collate *c, size_t doc, struct hf_buf *out);
/* Appends the meeting's id as collate_apply sets it. */
void collate_meeting(const struct collate *c, size_t doc, struct hf_buf *out);

#endif
