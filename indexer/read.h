/* One source → its text or its records. Thread-safe: the cues are read-only, all else is
 * the call's.
 *
 *     json_t *records;
 *     if (read_records(cues, lex, &list.at[i], &records, &err) != HF_OK)
 *         sources_fail(&list, list.at[i].path, err.text);
 */
#ifndef HF_READ_H
#define HF_READ_H

#include <jansson.h>

#include "../shim/lexicon.h"
#include "minutes.h"
#include "walk.h"

#define READ_MAX_FILE ((size_t)50 << 20)
/* Of any format: minutes are far below, and the reader takes up to a second for each MB.
 */
#define READ_MAX_TEXT ((size_t)4 << 20)

/* The text of one file, words that its layout broke joined by the lexicon (which may be
 * NULL). doc is initialised here; release it, also after failure. err says
 * why in words for the person who put the file there, without the path. */
HF_MUST_USE enum hf_status read_text(const struct source *s, const struct hf_lexicon *lex,
                                     struct text_doc *doc, char sha256[65],
                                     struct hf_error *err);

/* The records of one file (meeting, cases, decisions, attendees) as a new JSON array,
 * what kilder.tsv says filled in. Yours; json_decref it. */
HF_MUST_USE enum hf_status read_records(const struct minutes_cues *cues,
                                        const struct hf_lexicon *lex,
                                        const struct source *s, json_t **out,
                                        struct hf_error *err);

#endif
