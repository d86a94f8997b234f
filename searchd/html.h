/* Escaping, and the addresses of pages.
 *
 * html_textn is the one way from a string into a page: the templates write every value by
 * it (view.h). The XML that is written without a template (a feed, OpenSearch) takes
 * html_text and html_attr, which call it.
 */
#ifndef HFSOK_HTML_H
#define HFSOK_HTML_H

#include "../shim/buf.h"

/* Appends the text so that it is text in HTML and in XML, also between quotation marks.
 */
void html_textn(struct hf_buf *b, const char *text, size_t len);
void html_text(struct hf_buf *b, const char *text); /* NULL: nothing */

/* " name=\"value\"", escaped. */
void html_attr(struct hf_buf *b, const char *name, const char *value);

/* An id as it stands in an address. */
void html_path(struct hf_buf *b, const char *id);

/* The address of a record's or ("person/...") a person's page. */
void html_record_url(struct hf_buf *b, const char *id);

#endif
