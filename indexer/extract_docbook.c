/* DocBook as antiword writes it: the one form of its output in which the cells of a table
 * are whole. Its printed tables cut every cell to a column's width, and a name that runs
 * over the edge is two names. */
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include "../shim/utf8.h"
#include "extract.h"
#include "list_label.h"
#include "prose.h"

#define MAX_DEPTH 200

struct book {
    struct prose *prose;
    struct text_doc *doc;
    int depth, lists;
};

static void walk(struct book *b, const xmlNode *node);

static bool is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && !strcmp((const char *)node->name, name);
}

static void walk_children(struct book *b, const xmlNode *node)
{
    for (const xmlNode *c = node->children; c && !prose_is_full(b->prose); c = c->next)
        walk(b, c);
}

/* Bytes of a label at the start, up to its colon: "Dato:", "Frist for svar:". */
static size_t label_at(const char *text, size_t len)
{
    uint32_t c;
    size_t i = 0, letters = 0;
    while (i < len && i < 30) {
        size_t n = hf_utf8_next(text + i, len - i, &c);
        if (!letters && !hf_utf8_is_upper(c)) return 0;
        if (!hf_utf8_is_letter(c) && c != ' ') break;
        letters++;
        i += n;
    }
    return letters > 2 && i < len && text[i] == ':' ? i + 1 : 0;
}

/* "25/20 Legevakt": a case of a list. */
static bool is_case_at(const char *text, size_t len)
{
    uint32_t c = 0;
    size_t n = strspn(text, "0123456789"), year;
    if (!n || n > 3 || text[n] != '/') return false;
    year = strspn(text + n + 1, "0123456789");
    n += 1 + year;
    if ((year != 2 && year != 4) || n + 1 >= len || text[n] != ' ') return false;
    hf_utf8_next(text + n + 1, len - n - 1, &c);
    return hf_utf8_is_upper(c);
}

static bool ends_in_year(const char *text, size_t len)
{
    return len >= 5 && (text[len - 5] == '.' || text[len - 5] == ' ') &&
           (!memcmp(text + len - 4, "19", 2) || !memcmp(text + len - 4, "20", 2)) &&
           strspn(text + len - 4, "0123456789") >= 4;
}

/* antiword leaves out the breaks of a line within a paragraph: "kl. 13.30Stad: Ål",
 * "Legevakt26/20 Avtaler". True where the text must have had one at `at`. */
static bool is_glued(const char *text, size_t at, size_t len)
{
    if (!at) return false;
    char before = text[at - 1];
    bool letter = (before >= 'a' && before <= 'z') || before == ')' ||
                  (unsigned char)before >= 0x80;
    bool digit = before >= '0' && before <= '9';
    const char *next = text + at;
    if (*next >= '0' && *next <= '9')
        return (letter || ends_in_year(text, at)) && is_case_at(next, len - at);
    return (letter || digit) && label_at(next, len - at) > 0;
}

/* Text without line ends, broken before the labels that stick to what stands before. */
static void add_line(struct book *b, const char *text, size_t len)
{
    size_t from = 0;
    for (size_t i = 2; i < len; i++) {
        if (!is_glued(text, i, len)) continue;
        prose_text(b->prose, text + from, i - from);
        prose_break(b->prose);
        from = i;
    }
    prose_text(b->prose, text + from, len - from);
}

/* A line of the source is a line of the document; those around a tag are layout. */
static void add_text(struct book *b, const char *text, bool is_first, bool is_last)
{
    if (is_first) text += strspn(text, " \n");
    for (;;) {
        size_t n = strcspn(text, "\n\t");
        add_line(b, text, n);
        const char *next = text + n;
        if (!*next || (is_last && !next[strspn(next, " \n")])) return;
        if (*next == '\t')
            prose_tab(b->prose);
        else
            prose_break(b->prose);
        text = next + 1;
    }
}

static void on_para(struct book *b, const xmlNode *node)
{
    prose_para(b->prose, TEXT_PARAGRAPH, 0);
    walk_children(b, node);
    prose_end_para(b->prose);
}

static void on_title(struct book *b, const xmlNode *node)
{
    const char *of = node->parent ? (const char *)node->parent->name : "";
    if (!node->children) return; /* every chapter has one, most are empty */
    int level = !strncmp(of, "sect", 4) && of[4] >= '1' && of[4] <= '5' ? of[4] - '0' : 0;
    prose_pause(b->prose);
    prose_gap(b->prose);
    prose_para(b->prose, TEXT_HEADING, level + 1);
    walk_children(b, node);
    prose_end_para(b->prose);
}

/* The format of a list's numbers as HTML names it. */
static const char *format_of(const xmlNode *list)
{
    static const char *const formats[][2] = {{"loweralpha", "a"},
                                             {"upperalpha", "A"},
                                             {"lowerroman", "i"},
                                             {"upperroman", "I"}};
    const char *format = "1";
    xmlChar *value = xmlGetProp(list, (const xmlChar *)"numeration");
    for (size_t i = 0; value && i < 4; i++)
        if (!strcmp((const char *)value, formats[i][0])) format = formats[i][1];
    xmlFree(value);
    return format;
}

static void on_list(struct book *b, const xmlNode *node)
{
    bool is_numbered = is(node, "orderedlist");
    int n = 1;
    b->lists++;
    for (const xmlNode *c = node->children; c && !prose_is_full(b->prose); c = c->next) {
        struct hf_buf label = HF_BUF_INIT;
        if (!is(c, "listitem")) continue;
        if (is_numbered) list_label_number(&label, format_of(node), n++);
        hf_buf_adds(&label, is_numbered ? ". " : "• ");
        prose_para(b->prose, is_numbered ? TEXT_PARAGRAPH : TEXT_ITEM, b->lists);
        prose_text(b->prose, label.data, label.len);
        hf_buf_release(&label);
        for (const xmlNode *k = c->children; k; k = k->next) {
            if (is(k, "para")) /* its text stands beside the label */
                walk_children(b, k);
            else if (k->type == XML_ELEMENT_NODE)
                walk(b, k);
        }
        prose_pause(b->prose);
    }
    b->lists--;
}

static void on_table(struct book *b, const xmlNode *node)
{
    prose_table(b->prose);
    walk_children(b, node);
    prose_end_table(b->prose);
}

static void on_row(struct book *b, const xmlNode *node)
{
    prose_row(b->prose);
    walk_children(b, node);
    prose_end_row(b->prose);
}

static void on_entry(struct book *b, const xmlNode *node)
{
    prose_cell(b->prose, 1);
    walk_children(b, node);
    prose_end_cell(b->prose);
}

static void on_emphasis(struct book *b, const xmlNode *node)
{
    xmlChar *role = xmlGetProp(node, (const xmlChar *)"role");
    bool is_bold = role && !strcmp((const char *)role, "bold");
    xmlFree(role);
    const xmlNode *before = node->prev, *text = node->children;
    if (before && before->type == XML_TEXT_NODE && text && text->type == XML_TEXT_NODE) {
        struct hf_buf both = HF_BUF_INIT;
        hf_buf_adds(&both, (const char *)before->content);
        size_t at = both.len;
        hf_buf_adds(&both, (const char *)text->content);
        if (is_glued(both.data, at, both.len)) prose_break(b->prose);
        hf_buf_release(&both);
    }
    prose_style(b->prose, is_bold, !is_bold);
    walk_children(b, node);
    prose_style(b->prose, false, false);
}

static void on_footnote(struct book *b, const xmlNode *node)
{
    prose_aside(b->prose, &b->doc->notes);
    walk_children(b, node);
    prose_end_aside(b->prose);
}

static void on_nothing(struct book *b, const xmlNode *node)
{
    (void)b;
    (void)node;
}

static const struct {
    const char *name;
    void (*fn)(struct book *b, const xmlNode *node);
} elements[] = {
    {"bookinfo", on_nothing},  {"para", on_para},        {"title", on_title},
    {"itemizedlist", on_list}, {"orderedlist", on_list}, {"informaltable", on_table},
    {"row", on_row},           {"entry", on_entry},      {"emphasis", on_emphasis},
    {"footnote", on_footnote},
};

static void walk(struct book *b, const xmlNode *node)
{
    if (node->type == XML_TEXT_NODE) {
        const char *text = (const char *)node->content;
        bool is_blank = !text || !text[strspn(text, " \n\t")];
        if (!is_blank) add_text(b, text, !node->prev, !node->next);
        return;
    }
    if (node->type != XML_ELEMENT_NODE || b->depth >= MAX_DEPTH) return;
    b->depth++;
    size_t i = 0, n = sizeof elements / sizeof *elements;
    while (i < n && !is(node, elements[i].name)) i++;
    if (i < n)
        elements[i].fn(b, node);
    else
        walk_children(b, node);
    b->depth--;
}

enum hf_status extract_docbook(const char *bytes, size_t len, struct text_doc *out,
                               struct hf_error *err)
{
    int options = XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                  XML_PARSE_NONET | XML_PARSE_COMPACT;
    struct book b = {.doc = out};
    out->text_layer = "text";
    if (len > INT32_MAX) return hf_fail(err, HF_UNREADABLE, "filen er for stor");
    xmlDocPtr tree = xmlReadMemory(bytes, (int)len, NULL, "UTF-8", options);
    const xmlNode *root = tree ? xmlDocGetRootElement(tree) : NULL;
    enum hf_status status;
    if (root) {
        b.prose = prose_new(out);
        walk(&b, root);
        status = prose_finish(b.prose, err);
    } else {
        status = hf_fail(err, HF_UNREADABLE, "filen er avkortet eller ødelagt");
    }
    xmlFreeDoc(tree);
    return status;
}
