/* Parts of minutes_meaning.c; nobody else includes it. */
#ifndef HF_MINUTES_MEANING_H
#define HF_MINUTES_MEANING_H

#include "minutes_cues.h"
#include "minutes_internal.h"
#include "minutes_number.h"

/* Longest text of a case that is searched for evidence. */
#define MEANING_MAX ((size_t)200000)

/* minutes_refs.c: references to other cases, in any form of number, with body and
 * direction; how two-digit pairs are to be read is asked once for all cases. */
struct number_scheme meaning_scheme(const struct hf_minutes *m);
void meaning_refs(const struct number_scheme *scheme, struct hf_minutes *m,
                  struct hf_case *c);

/* minutes_groups.c: patient groups with evidence. `damaged`: letters as recognition
 * leaves them. */
void meaning_groups(const struct cue_patterns *rules, struct hf_minutes *m,
                    struct hf_case *c);

/* minutes_promise.c: the sentences of a decision that promise something; its outcome is
 * known. */
void meaning_promises(const struct minutes_cues *cues, bool damaged, struct hf_minutes *m,
                      struct hf_decision *d);

/* minutes_mentions.c: people named in the case and what they did in it. */
void meaning_people(const struct minutes_cues *cues, struct hf_minutes *m,
                    struct hf_case *c);

#endif
