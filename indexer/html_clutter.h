/* Which parts of a web page are not the document: menus, cookie notices, related links,
 * forms.
 *
 *     if (html_is_clutter(node, in_content)) skip(node);
 */
#ifndef HF_HTML_CLUTTER_H
#define HF_HTML_CLUTTER_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

/* in_content: node stands inside the part that was chosen as the content, where a
 * <header> holds the document's own heading. */
bool html_is_clutter(const xmlNode *node, bool in_content);

/* The node that holds the document: <main>, an article, a container called content; else
 * root. */
const xmlNode *html_content(const xmlNode *root);

/* A heading or line such as "Relaterte saker", and what follows it is a list of links. */
bool html_opens_links(const xmlNode *node);

/* The attribute copied into out, lower case; false if it is not there. */
bool html_get(const xmlNode *node, const char *name, char *out, size_t size);
bool html_is(const xmlNode *node, const char *name);

#endif
