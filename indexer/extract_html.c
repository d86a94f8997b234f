/* Web pages: the document in them, without what stands around it. libxml2 reads no
 * network and no files; its tree is at most 256 deep. */
#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../shim/utf8.h"
#include "extract.h"
#include "prose.h"
#include "html_clutter.h"
#include "list_label.h"

#define MAX_DEPTH 300

struct page {
    struct prose *prose;
    struct text_doc *doc;
    int bold, italic, pre;
    int list_depth, depth;
    bool in_content;
    const xmlNode *lines_of; /* the last <p> that broke its lines by <br> */
};

static void walk(struct page *p, const xmlNode *node);

static void walk_children(struct page *p, const xmlNode *node)
{
    for (const xmlNode *c = node->children; c && !prose_is_full(p->prose); c = c->next) {
        if (html_opens_links(
                c)) { /* "Relaterte saker" and its list: both are passed over */
            for (c = c->next; c && c->type != XML_ELEMENT_NODE;) c = c->next;
            if (!c) return;
            continue;
        }
        walk(p, c);
    }
}

static void style(struct page *p, int bold, int italic)
{
    p->bold += bold;
    p->italic += italic;
    prose_style(p->prose, p->bold > 0, p->italic > 0);
}

/* ---- elements ---- */

static size_t count_breaks(const xmlNode *node, int depth)
{
    size_t n = 0;
    if (depth > 20) return 0;
    for (const xmlNode *c = node->children; c; c = c->next)
        n += html_is(c, "br") ? 1 : count_breaks(c, depth + 1);
    return n;
}

/* Where lines are broken by <br>, the paragraphs are groups of lines with a gap between;
 * where every line is a <p>, a gap would say nothing. */
static void on_paragraph(struct page *p, const xmlNode *node)
{
    bool grouped = html_is(node, "p") && count_breaks(node, 0) >= 2;
    if (grouped || p->lines_of) prose_gap(p->prose);
    p->lines_of = grouped ? node : NULL;
    prose_para(p->prose, TEXT_PARAGRAPH, 0);
    walk_children(p, node);
    prose_end_para(p->prose);
}

static void on_block(struct page *p, const xmlNode *node)
{
    prose_pause(p->prose);
    walk_children(p, node);
    prose_pause(p->prose);
}

static void on_heading(struct page *p, const xmlNode *node)
{
    prose_pause(p->prose);
    prose_gap(p->prose);
    prose_para(p->prose, TEXT_HEADING, node->name[1] - '0');
    walk_children(p, node);
    prose_end_para(p->prose);
}

static void on_list(struct page *p, const xmlNode *node)
{
    bool numbered = html_is(node, "ol");
    char value[16], format[16] = "1";
    int n = html_get(node, "start", value, sizeof value) ? atoi(value) : 1;
    for (const xmlAttr *a = node->properties; a; a = a->next) /* "a" and "A" differ */
        if (a->children && a->children->content &&
            !strcasecmp((const char *)a->name, "type"))
            snprintf(format, sizeof format, "%.8s", (const char *)a->children->content);
    prose_pause(p->prose);
    p->list_depth++;
    for (const xmlNode *c = node->children; c && !prose_is_full(p->prose); c = c->next) {
        if (!html_is(c, "li")) {
            if (c->type == XML_ELEMENT_NODE) walk(p, c);
            continue;
        }
        struct hf_buf label = HF_BUF_INIT;
        if (html_get(c, "value", value, sizeof value)) n = atoi(value);
        if (numbered) list_label_number(&label, format, n);
        hf_buf_adds(&label, numbered ? ". " : "• ");
        prose_pause(p->prose);
        prose_para(p->prose, numbered ? TEXT_PARAGRAPH : TEXT_ITEM, p->list_depth);
        prose_text(p->prose, label.data, label.len);
        hf_buf_release(&label);
        n++;
        for (const xmlNode *k = c->children; k;
             k = k->next) { /* a <p> in it is its own text */
            if (html_is(k, "p") && k == c->children)
                walk_children(p, k);
            else
                walk(p, k);
        }
        prose_pause(p->prose);
    }
    p->list_depth--;
}

static void on_table(struct page *p, const xmlNode *node)
{
    prose_table(p->prose);
    walk_children(p, node);
    prose_end_table(p->prose);
}

static void on_row(struct page *p, const xmlNode *node)
{
    prose_row(p->prose);
    walk_children(p, node);
    prose_end_row(p->prose);
}

static void on_cell(struct page *p, const xmlNode *node)
{
    char value[16];
    int columns = html_get(node, "colspan", value, sizeof value) ? atoi(value) : 1;
    bool head = html_is(node, "th");
    prose_cell(p->prose, columns > 0 && columns < 1000 ? columns : 1);
    if (head) style(p, 1, 0);
    walk_children(p, node);
    if (head) style(p, -1, 0);
    prose_end_cell(p->prose);
}

static void on_bold(struct page *p, const xmlNode *node)
{
    style(p, 1, 0);
    walk_children(p, node);
    style(p, -1, 0);
}

static void on_italic(struct page *p, const xmlNode *node)
{
    style(p, 0, 1);
    walk_children(p, node);
    style(p, 0, -1);
}

static void on_break(struct page *p, const xmlNode *node)
{
    (void)node;
    prose_break(p->prose);
}

static void on_rule(struct page *p, const xmlNode *node)
{
    (void)node;
    prose_pause(p->prose);
    prose_gap(p->prose);
}

static void on_link(struct page *p, const xmlNode *node)
{
    xmlChar *url = xmlGetProp(node, (const xmlChar *)"href");
    if (url && !strncmp((const char *)url, "http", 4) && strlen((const char *)url) < 2000)
        text_doc_note(p->doc, &p->doc->links, (const char *)url,
                      strlen((const char *)url));
    xmlFree(url);
    walk_children(p, node);
}

static void on_pre(struct page *p, const xmlNode *node)
{
    prose_pause(p->prose);
    p->pre++;
    walk_children(p, node);
    p->pre--;
    prose_pause(p->prose);
}

static void on_deleted(struct page *p, const xmlNode *node)
{
    (void)p;
    (void)node;
}

/* Any element that CSS sets bold by a style attribute. */
static void on_span(struct page *p, const xmlNode *node)
{
    char value[200];
    html_get(node, "style", value, sizeof value);
    const char *weight = strstr(value, "font-weight");
    bool bold = weight && (strstr(weight, "bold") || strstr(weight, "700") ||
                           strstr(weight, "600"));
    bool italic =
        strstr(value, "font-style:italic") || strstr(value, "font-style: italic");
    style(p, bold, italic);
    walk_children(p, node);
    style(p, -(int)bold, -(int)italic);
}

static const struct {
    const char *name;
    void (*fn)(struct page *p, const xmlNode *node);
} elements[] = {
    {"p", on_paragraph},      {"div", on_block},        {"section", on_block},
    {"article", on_block},    {"main", on_block},       {"header", on_block},
    {"blockquote", on_block}, {"address", on_block},    {"dl", on_block},
    {"dt", on_block},         {"dd", on_block},         {"fieldset", on_block},
    {"figure", on_block},     {"figcaption", on_block}, {"center", on_block},
    {"details", on_block},    {"summary", on_block},    {"caption", on_block},
    {"h1", on_heading},       {"h2", on_heading},       {"h3", on_heading},
    {"h4", on_heading},       {"h5", on_heading},       {"h6", on_heading},
    {"ul", on_list},          {"ol", on_list},          {"table", on_table},
    {"tr", on_row},           {"td", on_cell},          {"th", on_cell},
    {"b", on_bold},           {"strong", on_bold},      {"i", on_italic},
    {"em", on_italic},        {"br", on_break},         {"hr", on_rule},
    {"a", on_link},           {"pre", on_pre},          {"del", on_deleted},
    {"s", on_deleted},        {"strike", on_deleted},   {"span", on_span},
};

/* Text in <pre> keeps its lines. */
static void add_text(struct page *p, const char *text)
{
    if (!p->pre) {
        prose_text(p->prose, text, strlen(text));
        return;
    }
    for (;;) {
        size_t n = strcspn(text, "\n\t");
        prose_text(p->prose, text, n);
        if (!text[n]) return;
        if (text[n] == '\t')
            prose_tab(p->prose);
        else
            prose_break(p->prose);
        text += n + 1;
    }
}

static void walk(struct page *p, const xmlNode *node)
{
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        if (node->content) add_text(p, (const char *)node->content);
        return;
    }
    if (node->type != XML_ELEMENT_NODE || p->depth >= MAX_DEPTH) return;
    if (html_is_clutter(node, p->in_content)) return;
    p->depth++;
    size_t i = 0, n = sizeof elements / sizeof *elements;
    while (i < n && !html_is(node, elements[i].name)) i++;
    if (i < n)
        elements[i].fn(p, node);
    else
        walk_children(p, node);
    p->depth--;
}

/* ---- the page ---- */

static const xmlNode *find(const xmlNode *node, const char *name, int depth)
{
    if (html_is(node, name)) return node;
    if (depth > MAX_DEPTH) return NULL;
    for (const xmlNode *c = node->children; c; c = c->next) {
        const xmlNode *found =
            c->type == XML_ELEMENT_NODE ? find(c, name, depth + 1) : NULL;
        if (found) return found;
    }
    return NULL;
}

static void add_title(struct page *p, const xmlNode *root)
{
    const xmlNode *title = find(root, "title", 0);
    if (!title || !title->children || !title->children->content) return;
    prose_aside(p->prose, &p->doc->margins);
    prose_text(p->prose, (const char *)title->children->content,
               strlen((const char *)title->children->content));
    prose_end_aside(p->prose);
}

static enum hf_status read_tree(const xmlNode *root, struct text_doc *out,
                                struct hf_error *err)
{
    struct page p = {.prose = prose_new(out), .doc = out};
    const xmlNode *content = html_content(root);
    const xmlNode *heading = content == root ? NULL : find(root, "h1", 0);
    add_title(&p, root);
    p.in_content = content != root;
    if (heading && !find(content, "h1", 0)) on_heading(&p, heading);
    walk(&p, content);
    return prose_finish(p.prose, err);
}

/* What <meta charset> names, if neither a byte order mark nor UTF-8 says otherwise. */
static const char *charset_of(const char *bytes, size_t len, char *out, size_t size)
{
    const char *at = memmem(bytes, len < 4096 ? len : 4096, "charset=", 8);
    size_t n = 0;
    if (!at) return NULL;
    at += 8;
    while (at < bytes + len && (*at == '"' || *at == '\'')) at++;
    while (at + n < bytes + len && n + 1 < size && at[n] > ' ' &&
           !strchr("\"'>;/", at[n]))
        n++;
    memcpy(out, at, n);
    out[n] = 0;
    bool usual = !strncasecmp(out, "utf", 3) || !strncasecmp(out, "windows-1252", 12) ||
                 !strcasecmp(out, "iso-8859-1") || !strcasecmp(out, "us-ascii") || !n;
    return usual || hf_utf8_is_valid(bytes, len, NULL) ? NULL : out;
}

static htmlDocPtr parse(const char *bytes, size_t len, struct hf_error *err)
{
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                  HTML_PARSE_NONET | HTML_PARSE_COMPACT;
    char name[40];
    const char *charset = charset_of(bytes, len, name, sizeof name);
    htmlDocPtr tree = NULL;
    struct hf_buf b = HF_BUF_INIT;
    if (charset) tree = htmlReadMemory(bytes, (int)len, NULL, charset, options);
    if (!tree) {
        if (text_decode(bytes, len, &b, err) != HF_OK) return NULL;
        tree = htmlReadMemory(b.data, (int)b.len, NULL, "UTF-8", options);
        hf_buf_release(&b);
    }
    if (!tree)
        hf_fail(err, HF_UNREADABLE,
                "nettsiden kan ikke tolkes: den er ødelagt eller for stor");
    return tree;
}

enum hf_status extract_html(const char *bytes, size_t len, struct text_doc *out,
                            struct hf_error *err)
{
    struct hf_error own = {HF_OK, ""};
    out->media_type = sniff_media_type(SNIFF_HTML);
    out->text_layer = "text";
    if (len > INT32_MAX) return hf_fail(err, HF_UNREADABLE, "filen er for stor");
    htmlDocPtr tree = parse(bytes, len, &own);
    if (!tree) return hf_fail(err, HF_UNREADABLE, "%s", own.text);
    const xmlNode *root = xmlDocGetRootElement(tree);
    enum hf_status status =
        root ? read_tree(root, out, err)
             : hf_fail(err, HF_UNREADABLE, "filen inneholder ingen tekst");
    xmlFreeDoc(tree);
    return status;
}
