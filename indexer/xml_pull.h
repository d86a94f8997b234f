/* An XML part, element by element, within bounds: no network, no entities, no document
 * type.
 *
 *     struct xml_pull x;
 *     xml_pull_open(&x, bytes, len);
 *     while ((event = xml_pull_next(&x)) != XML_PULL_END)
 *         if (event == XML_PULL_START && xml_pull_is(&x, "p")) ...
 *     status = xml_pull_close(&x, err);
 */
#ifndef HF_XML_PULL_H
#define HF_XML_PULL_H

#include <libxml/xmlreader.h>
#include <stdbool.h>

#include "../shim/status.h"

enum xml_pull_event { XML_PULL_END, XML_PULL_START, XML_PULL_STOP, XML_PULL_TEXT };

struct xml_pull {
    xmlTextReaderPtr reader;
    const char *name; /* local name of the element; borrowed until the next event */
    int depth;        /* of the element, the root is 0 */
    bool is_empty;    /* <x/>: a stop follows all the same */
    bool owes_stop, has_type, failed, is_cut;
};

void xml_pull_open(struct xml_pull *x, const char *bytes, size_t len);
enum xml_pull_event xml_pull_next(struct xml_pull *x);
bool xml_pull_is(const struct xml_pull *x, const char *name);

/* Passes over what the element just begun holds; its stop is taken as well. */
void xml_pull_skip(struct xml_pull *x);

/* The attribute by its local name, copied into out; false (and out empty) if it is not
 * there. */
bool xml_pull_get(struct xml_pull *x, const char *name, char *out, size_t size);
/* The same as a number, or fallback. */
int xml_pull_int(struct xml_pull *x, const char *name, int fallback);

/* The text of a text event; borrowed until the next event. */
const char *xml_pull_text(struct xml_pull *x);

/* HF_UNREADABLE if the part broke off, is no XML or has a document type. */
HF_MUST_USE enum hf_status xml_pull_close(struct xml_pull *x, struct hf_error *err);

#endif
