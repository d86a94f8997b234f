/* What pages and feeds share: the one function that escapes, addresses, and the page that
 * is being made.
 *
 * html_textn is the only way from a string into markup. The templates of the pages call
 * it for every value (view.h); a feed, which is XML, calls it where it stands.
 *
 *     hf_buf_adds(&out, "<title>");
 *     html_text(&out, title);
 *     hf_buf_adds(&out, "</title>");
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

/* Appends a text as it may stand in markup, between tags or in quotes; NULL is none. */
void html_text(struct hf_buf *b, const char *text);
void html_textn(struct hf_buf *b, const char *text, size_t len);

/* " name=\"value\"", escaped. */
void html_attr(struct hf_buf *b, const char *name, const char *value);

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

/* The page for something that went wrong. */
void html_problem(const struct page *page, const struct problem *problem);

#endif
