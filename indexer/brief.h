/* Records in brief: what of them counts when documents are laid beside each other.
 *
 * Reading the records of ten thousand unchanged documents is most of the work of a run
 * that changes five. Collating asks for ids, numbers, titles, people and references and
 * writes nothing else, so a document that has not changed is collated by those alone, and
 * its texts stay on the disk. Of damaged text everything is kept: names are looked for in
 * all of it (names_read.h).
 *
 *     json_t *brief = brief_of(records);
 *     // collate_apply(records) and then brief_of is collate_apply(brief)
 */
#ifndef HF_BRIEF_H
#define HF_BRIEF_H

#include <jansson.h>
#include <stdbool.h>

#include "../shim/buf.h"

/* The records of one document in brief; of brief records the same again. Shares the
 * values with records. Yours. */
json_t *brief_of(const json_t *records);

/* A file of records, to be loaded in brief or as a whole: appends it to b. */
void brief_file_make(const json_t *records, struct hf_buf *b);

/* Whether brief_file_load may find something: by the lengths, the text is not read. */
bool brief_file_is(const char *path);

/* NULL where there is no such file, or it is damaged or not of this form. One that was
 * cut short gives nothing in brief either. Yours. */
json_t *brief_file_load(const char *path, bool in_brief);

#endif
