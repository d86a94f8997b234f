/* The report of a run (--report): the totals, and one entry for every document, whatever
 * became of it.
 *
 *     {"source", "status", "reason"?, "media_type", "text_layer", "version", "meeting",
 *      "counts": {"cases", "decisions", "attendees"}, "warnings": []}
 *
 * status: read, unchanged (its records were kept), double (another source of its meeting
 * stands for it), failed, held_back (for privacy), kept (of an earlier run, not looked at
 * now). A document that cannot be read now but could before is "failed" and has what is
 * still indexed of it. What is not known is null, and the counts are 0.
 *
 *     json_t *list = json_array();
 *     json_array_append_new(list, report_document(path, "read", records, NULL));
 */
#ifndef HF_REPORT_H
#define HF_REPORT_H

#include <jansson.h>

struct run_counts {
    size_t read, unchanged,
        doubles; /* documents; doubles = another source of a meeting */
    size_t meetings, cases, decisions, attendees;
    json_t *documents; /* the report's (report.h); NULL: none is wanted */
};

/* Adds one document's records to the counts. */
void run_count(struct run_counts *n, const json_t *records);

/* One entry; yours. records: the document's, or NULL; reason: why it failed, or NULL
 * (then the status is replaced by failed or held_back). */
json_t *report_document(const char *source, const char *status, const json_t *records,
                        const char *reason);

/* Puts the entries in the order of their sources. */
void report_sort(json_t *documents);

#endif
