/* What all pages share: escaping, links, the frame around a page.
 *
 * html_text is the only way from a string into a page; everything else here calls it. A
 * link to a foreign place is written only where it is http or https.
 *
 *     html_open(&page, title, &out);
 *     hf_buf_adds(&out, "<h1>");
 *     html_text(&out, json_string_value(title));
 *     ...
 *     html_close(&page, &out);
 */
#ifndef HFSOK_HTML_H
#define HFSOK_HTML_H

#include <jansson.h>

#include "problem.h"
#include "strings.h"

/* One page being made. */
struct page {
    const struct params *p;
    bool lang_given;  /* the address names the language */
    bool is_private;  /* names people: search engines are asked to stay away */
    const char *path; /* "/sok", "/r/..." */
    struct hf_buf *out;
    const struct hf_templates *templates;
};

void html_text(struct hf_buf *b, const char *text);
void html_textn(struct hf_buf *b, const char *text, size_t len);

/* " name=\"value\"", escaped. */
void html_attr(struct hf_buf *b, const char *name, const char *value);

/* A string of the table, escaped, with its arguments (NULL ends them). */
__attribute__((sentinel)) void html_say(const struct page *page, enum string_id id, ...);

/* Segments [["text", is_match], ...] with the matches marked. */
void html_segments(struct hf_buf *b, const json_t *segments);

/* At most max characters, cut at a blank, with an ellipsis. */
void html_clipped(struct hf_buf *b, const char *text, size_t max);

/* A date in the reader's language inside <time>; nothing for NULL or "". */
void html_date(const struct page *page, const char *iso);

/* <a href="...">, for a place on this server ("/..."). False and nothing written where
 * the address is none. */
bool html_link(struct hf_buf *b, const char *address);

/* The same for a foreign place, http or https only: a document's source may be anything.
 */
bool html_web_link(struct hf_buf *b, const char *address);

/* An id as it stands in an address. */
void html_path(struct hf_buf *b, const char *id);

/* The address of a record's or ("person/...") a person's page. */
void html_record_url(struct hf_buf *b, const char *id);

/* A question that asks nothing yet, in the reader's language. Holds nothing to release.
 */
struct params html_question(const struct page *page);

/* The address of a question's page; page_no 0 or 1: the first. Not escaped. */
void html_search_url(const struct page *page, const struct params *p, size_t page_no,
                     struct hf_buf *url);

void html_open(const struct page *page, const char *title);
void html_close(const struct page *page);

/* The page for something that went wrong. */
void html_problem(const struct page *page, const struct problem *problem);

/* The search field on its own form, for pages without facets. */
void html_search_box(const struct page *page);

#endif
