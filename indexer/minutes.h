/* The reader of minutes: text model in, struct hf_minutes out. It cannot fail: a document
 * in a layout that is not understood gives one meeting with what is certain and says so
 * in `warnings`.
 *
 * Order: head (what, where, when), attendees, cases with their decisions, then what
 * follows from the whole (year by evidence, references, patient groups). Cues are tables
 * (data), grammar is code; nothing is keyed to a given document.
 */
#ifndef HF_MINUTES_H
#define HF_MINUTES_H

#include "text.h"

/* Everything that the reader knows besides its grammar; loaded once, read-only, shared.
 */
struct minutes_cues;
HF_MUST_USE enum hf_status
minutes_cues_open(const char *data_dir, struct minutes_cues **out, struct hf_error *err);
void minutes_cues_close(struct minutes_cues *cues);

/* Reads one document. m is initialised by the caller with source, sha256 and so on filled
 * in. */
void minutes_read(const struct minutes_cues *cues, const struct text_doc *doc,
                  struct hf_minutes *m);

#endif
