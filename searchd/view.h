/* A page's view: the plain values that its template turns into markup (shim/template.h).
 * Nothing here is escaped and nothing here is markup; every value that a template writes
 * is escaped by html_textn, and no other function escapes.
 *
 *     json_t *view = view_page(&page, title);
 *     view_text(view, "name", member_text(record, "name"));
 *     json_t *rows = view_list(view, "rows");
 *     json_array_foreach(records, i, one) {
 *         json_t *row = view_item(rows);
 *         view_record(row, "address", &page, member_text(one, "id"));
 *         view_date(row, "date", &page, member_text(one, "day"));
 *     }
 *     view_show(&page, "record", view);                       // record.mustache
 *
 * Names. What the frame (head, foot and search_box.mustache) shows begins with page_; the
 * language's texts are names in CAPITALS, those of strings_table.h that take no arguments
 * (a text with arguments is made here, by view_say). A template finds a name that an item
 * of a list lacks in what stands around the list: give the two different names, or set
 * the item's always. Every function sets its name, to null where there is nothing to
 * show, and {{#name}} is then false.
 *
 * Addresses are checked here: what stands in a view as an address may stand in an href.
 *
 * Partials of which these functions make the values:
 *     {{#date}}{{> date}}{{/date}}  view_date        <time>, in words
 *     {{> link}}                    view_link        text, linked where it has an address
 *     {{> segments}}                view_segments    text with its matches in <mark>
 *     {{> paragraphs}}              view_paragraphs  <p> for each line
 *     {{> promise}}                 view_promise     render_promise.h
 *     {{> dot}}                     -                between the facts of one line
 */
#ifndef HFSOK_VIEW_H
#define HFSOK_VIEW_H

#include "../shim/template.h"
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

/* The templates of a data folder (folder/templates) with the texts of the three
 * languages; NULL: where the word lists are. HF_INTERNAL: they cannot be used, err says
 * why. *out is yours: hf_templates_close. */
HF_MUST_USE enum hf_status view_templates(const char *data_dir, struct hf_templates **out,
                                          struct hf_error *err);

/* A page's view with what its frame shows. title NULL or "": the product alone. */
json_t *view_page(const struct page *page, const char *title);

/* Appends the template filled with the view to the page; the view is used up. */
void view_show(const struct page *page, const char *name, json_t *view);

/* ---- lists and parts ---- */

/* A new empty list, or object, under the name; borrowed from the view. */
json_t *view_list(json_t *view, const char *name);
json_t *view_part(json_t *view, const char *name);
/* A new object at the end of the list; borrowed. */
json_t *view_item(json_t *list);

/* ---- values ---- */

void view_flag(json_t *view, const char *name, bool is_so);
/* Texts need not be valid UTF-8; NULL and "" are nothing. */
void view_text(json_t *view, const char *name, const char *text);
/* Text and integer members of an answer's object under their own names (NULL ends them).
 */
__attribute__((sentinel)) void view_copy(json_t *view, const json_t *from, ...);
/* A text of the table with its arguments (NULL ends them; at most 4). */
__attribute__((sentinel)) void view_say(json_t *view, const char *name,
                                        const struct page *page, enum string_id id, ...);
void view_number(json_t *view, const char *name, long long n);
/* {iso, text}, the date in the reader's language. */
void view_date(json_t *view, const char *name, const struct page *page, const char *iso);
/* The label of a facet's value; the value where it has none. */
void view_choice(json_t *view, const char *name, const struct page *page,
                 enum hf_facet facet, const char *id);
/* At most max characters, cut at a blank, with an ellipsis. */
void view_clipped(json_t *view, const char *name, const char *text, size_t max);
/* "nb" or "nn", for the lang of a quotation; nothing for anything else. */
void view_language(json_t *view, const char *name, const char *language);

/* Segments [["text", is_match], ...] as "segments": [{marked or plain}, ...]. */
void view_segments(json_t *view, const json_t *segments);
/* A text's lines that are not empty as "paragraphs". */
void view_paragraphs(json_t *view, const char *text);

/* ---- addresses ---- */

/* A place on this server ("/..."), with what may follow it as a query. False: it is none,
 * and the name is set to nothing. */
bool view_address(json_t *view, const char *name, const char *address);
/* The same in the page's language, for an address without a query. */
void view_place(json_t *view, const char *name, const struct page *page,
                const char *address);
/* A foreign place, http or https only: a document's source may be anything. Give the link
 * rel="noreferrer". */
bool view_web_address(json_t *view, const char *name, const char *address);
/* The page of a record or ("person/...") of a person, in the page's language; nothing for
 * "". */
void view_record(json_t *view, const char *name, const struct page *page, const char *id);
/* What {{> link}} shows: the text (the id where there is none), linked to the page of a
 * record or person; the text alone for "". */
void view_link(json_t *view, const struct page *page, const char *id, const char *text);
/* A question that asks nothing yet, in the page's language. Holds nothing to release. */
struct params view_new_question(const struct page *page);
/* The page of a question; page_no 0 or 1: its first. */
void view_question(json_t *view, const char *name, const struct page *page,
                   const struct params *q, size_t page_no);
/* The question at a path of the API, whole, with more parameters ("format=csv"). */
void view_export(json_t *view, const char *name, const struct params *p, const char *path,
                 const char *rest);

#endif
