/* OpenDocument text (.odt): content.xml as a reader sees it. Insertions are part of the
 * text, what was deleted stands under text:tracked-changes and is passed over. */
#include <stdlib.h>
#include <string.h>

#include "extract.h"
#include "prose.h"
#include "list_label.h"
#include "odt_styles.h"
#include "unzip.h"
#include "xml_pull.h"

static const char *const parts[] = {"content.xml", "styles.xml", "META-INF/manifest.xml",
                                    NULL};

#define MAX_DEPTH 64
#define MAX_LISTS 10

struct look {
    bool bold, italic;
};

struct odt {
    struct xml_pull x;
    struct prose *prose;
    struct text_doc *doc;
    struct odt_styles styles;
    struct look look[MAX_DEPTH]; /* paragraph and spans, innermost last */
    size_t n_look;
    struct {
        char style[64];
        int count;
    } list[MAX_LISTS];
    int depth;        /* of lists */
    bool labels_next; /* the first paragraph of a list item gets its label */
    int covered;      /* cells that the last one covers beside it */
};

static struct look current(const struct odt *o)
{
    if (!o->n_look) return (struct look){false, false};
    return o->look[o->n_look > MAX_DEPTH ? MAX_DEPTH - 1 : o->n_look - 1];
}

static void push_look(struct odt *o)
{
    char name[64];
    struct look look = current(o);
    xml_pull_get(&o->x, "style-name", name, sizeof name);
    const struct odt_style *s = odt_style_find(&o->styles, name);
    if (s && s->bold >= 0) look.bold = s->bold == 1;
    if (s && s->italic >= 0) look.italic = s->italic == 1;
    if (o->n_look < MAX_DEPTH) o->look[o->n_look] = look;
    o->n_look++;
}

static void set_look(struct odt *o)
{
    struct look look = current(o);
    prose_style(o->prose, look.bold, look.italic);
}

static void add_label(struct odt *o)
{
    struct hf_buf b = HF_BUF_INIT;
    int depth = o->depth > MAX_LISTS ? MAX_LISTS : o->depth;
    o->labels_next = false;
    if (depth < 1) return;
    const char *style = "";
    for (int i = depth - 1; i >= 0 && !*style; i--) style = o->list[i].style;
    const struct odt_level *l = odt_level_find(&o->styles, style, depth);
    if (l && *l->glyph) {
        list_label_glyph(&b, l->glyph);
    } else if (l && *l->format) {
        hf_buf_adds(&b, l->prefix);
        for (int i = depth - l->display; i < depth; i++) {
            const struct odt_level *above = odt_level_find(&o->styles, style, i + 1);
            if (i < 0) continue;
            if (i > depth - l->display) hf_buf_addc(&b, '.');
            list_label_number(&b, above ? above->format : "1", o->list[i].count);
        }
        hf_buf_adds(&b, l->suffix);
    }
    if (b.len) hf_buf_addc(&b, ' ');
    prose_text(o->prose, b.data, b.len);
    hf_buf_release(&b);
}

/* ---- elements ---- */

static void start_paragraph(struct odt *o)
{
    bool heading = xml_pull_is(&o->x, "h");
    int level = heading ? xml_pull_int(&o->x, "outline-level", 1) : 0;
    char name[64];
    xml_pull_get(&o->x, "style-name", name, sizeof name);
    const struct odt_style *s = odt_style_find(&o->styles, name);
    if (!heading && s && s->heading) {
        heading = true;
        level = s->heading;
    }
    prose_para(o->prose, heading ? TEXT_HEADING : TEXT_PARAGRAPH, level > 9 ? 9 : level);
    o->n_look = 0;
    push_look(o);
    set_look(o);
    if (o->labels_next) add_label(o);
}

static void end_paragraph(struct odt *o)
{
    prose_end_para(o->prose);
    o->n_look = 0;
}

static void on_span(struct odt *o)
{
    push_look(o);
    set_look(o);
}

static void end_span(struct odt *o)
{
    if (o->n_look > 1) o->n_look--;
    set_look(o);
}

static void on_blank(struct odt *o)
{
    prose_text(o->prose, " ", 1);
}

static void on_tab(struct odt *o)
{
    prose_tab(o->prose);
}

static void on_break(struct odt *o)
{
    prose_break(o->prose);
}

static void on_link(struct odt *o)
{
    char url[2000];
    if (xml_pull_get(&o->x, "href", url, sizeof url) && !strncmp(url, "http", 4))
        text_doc_note(o->doc, &o->doc->links, url, strlen(url));
}

static void on_list(struct odt *o)
{
    if (o->depth < MAX_LISTS) {
        char *style = o->list[o->depth].style;
        xml_pull_get(&o->x, "style-name", style, sizeof o->list->style);
        char again[8];
        bool goes_on = xml_pull_get(&o->x, "continue-numbering", again, sizeof again) &&
                       !strcmp(again, "true");
        int depth = o->depth + 1;
        const struct odt_level *l = odt_level_find(&o->styles, style, depth);
        if (!goes_on) o->list[o->depth].count = l ? l->start - 1 : 0;
    }
    o->depth++;
}

static void end_list(struct odt *o)
{
    if (o->depth) o->depth--;
    o->labels_next = false;
}

static void on_item(struct odt *o)
{
    if (o->depth < 1 || o->depth > MAX_LISTS) return;
    int *count = &o->list[o->depth - 1].count;
    *count = xml_pull_int(&o->x, "start-value", *count + 1);
    o->labels_next = true;
}

static void on_item_header(struct odt *o)
{
    o->labels_next = false;
}

static void on_table(struct odt *o)
{
    prose_table(o->prose);
}

static void end_table(struct odt *o)
{
    prose_end_table(o->prose);
}

static void on_row(struct odt *o)
{
    prose_row(o->prose);
}

static void end_row(struct odt *o)
{
    prose_end_row(o->prose);
}

/* A covered cell is a cell without text: its place in the grid counts where it stands
 * below another (as in Word), not beside it. */
static void on_cell(struct odt *o)
{
    int columns = xml_pull_int(&o->x, "number-columns-spanned", 1);
    prose_cell(o->prose, columns);
    o->covered = columns - 1;
}

static void on_covered(struct odt *o)
{
    int n = xml_pull_int(&o->x, "number-columns-repeated", 1);
    while (n > 0 && o->covered > 0) {
        o->covered--;
        n--;
    }
    for (; n > 0 && n < 64; n--) {
        prose_cell(o->prose, 1);
        prose_end_cell(o->prose);
    }
    xml_pull_skip(&o->x);
}

static void end_cell(struct odt *o)
{
    prose_end_cell(o->prose);
}

static void on_note(struct odt *o)
{
    prose_aside(o->prose, &o->doc->notes);
}

static void end_note(struct odt *o)
{
    prose_end_aside(o->prose);
}

static void on_box(struct odt *o)
{
    prose_pause(o->prose);
}

static void on_skip(struct odt *o)
{
    xml_pull_skip(&o->x);
}

/* svg:title describes a picture; text:title is a field that shows the document's title.
 */
static void on_title(struct odt *o)
{
    const xmlChar *prefix = xmlTextReaderConstPrefix(o->x.reader);
    if (prefix && !strcmp((const char *)prefix, "svg")) xml_pull_skip(&o->x);
}

static const struct {
    const char *name;
    void (*start)(struct odt *o);
    void (*stop)(struct odt *o);
} elements[] = {
    {"p", start_paragraph, end_paragraph},
    {"h", start_paragraph, end_paragraph},
    {"span", on_span, end_span},
    {"s", on_blank, NULL},
    {"tab", on_tab, NULL},
    {"line-break", on_break, NULL},
    {"a", on_link, NULL},
    {"list", on_list, end_list},
    {"list-item", on_item, NULL},
    {"list-header", on_item_header, NULL},
    {"table", on_table, end_table},
    {"table-row", on_row, end_row},
    {"table-cell", on_cell, end_cell},
    {"covered-table-cell", on_covered, NULL},
    {"note-body", on_note, end_note},
    {"note-citation", on_skip, NULL},
    {"text-box", on_box, on_box},
    {"tracked-changes", on_skip, NULL},
    {"annotation", on_skip, NULL},
    {"automatic-styles", on_skip, NULL},
    {"font-face-decls", on_skip, NULL},
    {"scripts", on_skip, NULL},
    {"forms", on_skip, NULL},
    {"sequence-decls", on_skip, NULL},
    {"binary-data", on_skip, NULL},
    {"desc", on_skip, NULL},
    {"title", on_title, NULL},
};

static void handle(struct odt *o, bool start)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (!xml_pull_is(&o->x, elements[i].name)) continue;
        void (*fn)(struct odt *) = start ? elements[i].start : elements[i].stop;
        if (fn) fn(o);
        return;
    }
}

static enum hf_status read_content(struct odt *o, const struct hf_buf *part,
                                   struct hf_error *err)
{
    int inside = 0; /* open paragraphs: text elsewhere is only layout of the file */
    xml_pull_open(&o->x, part->data, part->len);
    for (enum xml_pull_event e; (e = xml_pull_next(&o->x)) != XML_PULL_END;) {
        if (prose_is_full(o->prose)) break;
        if (e == XML_PULL_TEXT && inside > 0) {
            const char *text = xml_pull_text(&o->x);
            prose_text(o->prose, text, strlen(text));
            continue;
        }
        if (e == XML_PULL_TEXT) continue;
        bool paragraph = xml_pull_is(&o->x, "p") || xml_pull_is(&o->x, "h");
        handle(o, e == XML_PULL_START);
        if (paragraph) inside += e == XML_PULL_START ? 1 : -1;
    }
    return xml_pull_close(&o->x, err);
}

static enum hf_status read_package(const struct unzip *z, struct text_doc *out,
                                   struct hf_error *err)
{
    const struct hf_buf *body = unzip_find(z, "content.xml");
    const struct hf_buf *manifest = unzip_find(z, "META-INF/manifest.xml");
    if (manifest && memmem(manifest->data, manifest->len, "encryption-data", 15))
        return hf_fail(err, HF_UNREADABLE, "dokumentet er beskyttet med passord");
    if (!body) return hf_fail(err, HF_UNREADABLE, "ODT-filen mangler selve teksten");
    struct odt *o = hf_xcalloc(1, sizeof *o);
    o->doc = out;
    o->prose = prose_new(out);
    odt_styles_read(&o->styles, unzip_find(z, "styles.xml"), body, out);
    enum hf_status status = read_content(o, body, err);
    if (status == HF_OK)
        status = prose_finish(o->prose, err);
    else
        prose_free(o->prose);
    odt_styles_release(&o->styles);
    free(o);
    return status;
}

enum hf_status extract_odt(const char *bytes, size_t len, struct text_doc *out,
                           struct hf_error *err)
{
    struct unzip z;
    enum hf_status status = unzip_open(&z, bytes, len, parts, err);
    if (status == HF_OK) status = read_package(&z, out, err);
    out->media_type = sniff_media_type(SNIFF_ODT);
    out->text_layer = "text";
    unzip_close(&z);
    return status;
}
