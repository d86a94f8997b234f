/* Who is who: the attendees of all documents of a run, joined to people by evidence.
 *
 * One person: the same name, or a likely spelling of it, within one helsefellesskap; or
 * the same name and the same organisation in two. Two of one name in one meeting, both
 * there and from different organisations, are two people. In doubt there are two.
 * The outcome depends on the documents alone.
 *
 *     people_add(p, doc, gist);  // once a document, numbers as collate.c gives them
 *     people_finish(p, is_left_out);
 *     people_apply(p, doc, records);
 */
#ifndef HF_COLLATE_PEOPLE_H
#define HF_COLLATE_PEOPLE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "gist.h"

struct hf_map;
struct people;
struct people *people_new(void);
void people_free(struct people *p);

/* Notes the attendees of document number doc; numbers come in rising order. Keeps no
 * reference. */
void people_add(struct people *p, size_t doc, const struct gist *g);

/* Decides. left_out(ctx, doc): another document stands for that one. */
typedef bool (*people_left_out_fn)(const void *ctx, size_t doc);
void people_finish(struct people *p, people_left_out_fn left_out, const void *ctx);

/* The words of the names in undamaged documents: sound key → the word as it is spelt,
 * of several spellings the first by helsefellesskap and name. Borrowed. */
const struct hf_map *people_known(const struct people *p);

/* Sets "person" (<slug of the best spelling>.<helsefellesskap>) and "merged"
 * ([{name, evidence}] or null) of the document's attendees. */
void people_apply(const struct people *p, size_t doc, json_t *records);

/* Appends what people_apply would set. */
void people_outcome(const struct people *p, size_t doc, struct hf_buf *out);

#endif
