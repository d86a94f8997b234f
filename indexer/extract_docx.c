/* Word (.docx): the text of word/document.xml as a reader sees it. Tracked changes count
 * as accepted, fields and placeholders show what stands in them, hidden text is left out.
 */
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "docx_styles.h"
#include "extract.h"
#include "prose.h"
#include "unzip.h"
#include "xml_pull.h"

static const char *const parts[] = {"word/document*.xml", "word/styles.xml",
                                    "word/numbering.xml", "word/footnotes.xml",
                                    "word/endnotes.xml",  "word/header*.xml",
                                    "word/footer*.xml",   "word/_rels/document*.xml.rels",
                                    "EncryptedPackage",   NULL};

#define MAX_LINKS 2000

struct look { /* how text is set; paragraph styles give the start */
    bool bold, italic, hidden;
};

struct docx {
    struct xml_pull x;
    struct prose *prose;
    struct text_doc *doc;
    struct docx_styles styles;
    struct {
        char id[32], *url;
    } links[MAX_LINKS];
    size_t n_links;

    int heading, num_id, num_level; /* of the paragraph */
    struct look base, run;
    struct hf_buf label;
    bool begun, mark_deleted, joins; /* joins: the mark before was deleted */
    bool in_ppr, in_rpr, in_cell_head, placeholder;
    int columns; /* of the cell whose properties are read */
};

/* ---- paragraphs and runs ---- */

static void start_paragraph(struct docx *d)
{
    d->heading = 0;
    d->num_id = d->num_level = -1;
    d->base = d->run = (struct look){false, false, false};
    d->begun = d->mark_deleted = false;
    hf_buf_clear(&d->label);
}

static void end_cell_head(struct docx *d)
{
    if (!d->in_cell_head) return;
    d->in_cell_head = false;
    prose_cell(d->prose, d->columns);
}

static void begin(struct docx *d)
{
    if (d->begun) return;
    d->begun = true;
    if (d->joins) {
        d->joins = false;
        return;
    }
    prose_para(d->prose, d->heading ? TEXT_HEADING : TEXT_PARAGRAPH, d->heading);
    if (d->num_id > 0)
        docx_number_next(&d->styles, d->num_id, d->num_level < 0 ? 0 : d->num_level,
                         &d->label);
}

static void add_text(struct docx *d, const char *text)
{
    if (d->run.hidden) return;
    begin(d);
    if (d->label.len) { /* printed once there is something to number */
        hf_buf_addc(&d->label, ' ');
        prose_style(d->prose, d->base.bold, d->base.italic);
        prose_text(d->prose, d->label.data, d->label.len);
        hf_buf_clear(&d->label);
    }
    prose_style(d->prose, d->run.bold, d->run.italic);
    prose_text(d->prose, text, strlen(text));
}

static void end_paragraph(struct docx *d)
{
    begin(d);
    d->joins = d->mark_deleted;
    if (!d->joins) prose_end_para(d->prose);
    start_paragraph(d);
}

static void use_style(struct look *look, const struct docx_style *s)
{
    if (s->bold >= 0) look->bold = s->bold == 1;
    if (s->italic >= 0) look->italic = s->italic == 1;
    if (s->hidden) look->hidden = true;
}

static bool read_toggle(struct xml_pull *x)
{
    char value[16];
    if (!xml_pull_get(x, "val", value, sizeof value)) return true;
    return strcmp(value, "0") && strcmp(value, "false") && strcmp(value, "off");
}

/* Inside w:pPr. */
static void paragraph_part(struct docx *d)
{
    struct xml_pull *x = &d->x;
    char value[64];
    if (d->in_rpr) { /* of the paragraph mark */
        if (xml_pull_is(x, "del") || xml_pull_is(x, "moveFrom")) d->mark_deleted = true;
    } else if (xml_pull_is(x, "pStyle") && xml_pull_get(x, "val", value, sizeof value)) {
        const struct docx_style *s = docx_style_find(&d->styles, value);
        if (!s) return;
        use_style(&d->base, s);
        d->heading = s->heading;
        if (d->num_id < 0) d->num_id = s->num_id;
        if (d->num_level < 0) d->num_level = s->num_level;
    } else if (xml_pull_is(x, "outlineLvl")) {
        int n = xml_pull_int(x, "val", 9);
        if (n >= 0 && n < 9) d->heading = n + 1;
    } else if (xml_pull_is(x, "numId")) {
        d->num_id = xml_pull_int(x, "val", 0);
    } else if (xml_pull_is(x, "ilvl")) {
        d->num_level = xml_pull_int(x, "val", 0);
    }
}

/* Inside w:rPr of a run. */
static void run_part(struct docx *d)
{
    struct xml_pull *x = &d->x;
    char value[64];
    if (xml_pull_is(x, "b"))
        d->run.bold = read_toggle(x);
    else if (xml_pull_is(x, "i"))
        d->run.italic = read_toggle(x);
    else if (xml_pull_is(x, "vanish"))
        d->run.hidden = read_toggle(x);
    else if (xml_pull_is(x, "rStyle") && xml_pull_get(x, "val", value, sizeof value)) {
        const struct docx_style *s = docx_style_find(&d->styles, value);
        if (s) use_style(&d->run, s);
    }
}

static void add_symbol(struct docx *d)
{
    char value[16];
    struct hf_buf b = HF_BUF_INIT;
    if (!xml_pull_get(&d->x, "char", value, sizeof value)) return;
    unsigned long c = strtoul(value, NULL, 16);
    if (c == 0xF0FC || c == 0xF0FE || c == 0xF052)
        hf_buf_adds(&b, "✓");
    else if (c == 0xF0FD || c == 0xF0FB)
        hf_buf_adds(&b, "X");
    else if (c >= 0xE000 && c <= 0xF8FF)
        hf_buf_adds(&b, "•");
    else if (c > 31 && c < 0x110000)
        hf_utf8_put(&b, (uint32_t)c);
    add_text(d, b.data);
    hf_buf_release(&b);
}

static void add_link(struct docx *d, const char *url, size_t len)
{
    if (len > 8 && len < 2000 && !strncmp(url, "http", 4))
        text_doc_note(d->doc, &d->doc->links, url, len);
}

/* ---- elements ---- */

typedef void (*element_fn)(struct docx *d);

static void on_p(struct docx *d)
{
    end_cell_head(d);
    start_paragraph(d);
}

static void on_ppr(struct docx *d)
{
    d->in_ppr = true;
}

static void on_rpr(struct docx *d)
{
    d->in_rpr = true;
}

static void on_r(struct docx *d)
{
    d->run = d->base;
}

static void on_t(struct docx *d)
{
    if (d->x.is_empty) return;
    for (enum xml_pull_event e; (e = xml_pull_next(&d->x)) == XML_PULL_TEXT;)
        add_text(d, xml_pull_text(&d->x));
}

/* A watermark ("UTKAST" across the page) stands apart from the text that it lies behind.
 */
static void on_text_path(struct docx *d)
{
    char text[200];
    if (xml_pull_get(&d->x, "string", text, sizeof text))
        text_doc_note(d->doc, &d->doc->margins, text, strlen(text));
}

static void on_tab(struct docx *d)
{
    add_text(d, "");
    prose_tab(d->prose);
}

static void on_br(struct docx *d)
{
    char type[24];
    xml_pull_get(&d->x, "type", type, sizeof type);
    if (strcmp(type, "page") && strcmp(type, "column")) {
        add_text(d, "");
        prose_break(d->prose);
    } else {
        prose_gap(d->prose);
    }
}

static void on_hyphen(struct docx *d)
{
    add_text(d, "-");
}

static void on_field(struct docx *d)
{
    if (d->x.is_empty) return;
    for (enum xml_pull_event e; (e = xml_pull_next(&d->x)) == XML_PULL_TEXT;) {
        const char *text = xml_pull_text(&d->x), *url = strstr(text, "HYPERLINK \"");
        const char *end = url ? strchr(url + 11, '"') : NULL;
        if (end) add_link(d, url + 11, (size_t)(end - url - 11));
    }
}

static void on_hyperlink(struct docx *d)
{
    char id[32];
    if (!xml_pull_get(&d->x, "id", id, sizeof id)) return;
    for (size_t i = 0; i < d->n_links; i++)
        if (!strcmp(d->links[i].id, id))
            add_link(d, d->links[i].url, strlen(d->links[i].url));
}

static void on_text_box(struct docx *d)
{
    prose_pause(d->prose);
    start_paragraph(d);
}

static void on_table(struct docx *d)
{
    end_cell_head(d);
    prose_table(d->prose);
}

static void on_row(struct docx *d)
{
    prose_row(d->prose);
}

static void on_cell(struct docx *d)
{
    d->in_cell_head = true;
    d->columns = 1;
}

static void on_grid_span(struct docx *d)
{
    if (d->in_cell_head) d->columns = xml_pull_int(&d->x, "val", 1);
}

static void on_grid_before(struct docx *d)
{
    int n = xml_pull_int(&d->x, "val", 0);
    if (n < 1) return;
    prose_cell(d->prose, n);
    prose_end_cell(d->prose);
}

/* w:del as a property marks a deleted row; around runs it holds what was deleted. */
static void on_del(struct docx *d)
{
    if (d->x.is_empty)
        prose_drop_row(d->prose);
    else
        xml_pull_skip(&d->x);
}

static void on_skip(struct docx *d)
{
    xml_pull_skip(&d->x);
}

static void on_placeholder(struct docx *d)
{
    d->placeholder = true;
}

static void on_content(struct docx *d)
{
    if (d->placeholder) xml_pull_skip(&d->x);
    d->placeholder = false;
}

static void on_note(struct docx *d)
{
    char type[32];
    if (xml_pull_get(&d->x, "type", type, sizeof type) && strcmp(type, "normal"))
        xml_pull_skip(&d->x);
    else
        prose_aside(d->prose, &d->doc->notes);
}

static void end_ppr(struct docx *d)
{
    d->in_ppr = false;
    d->run = d->base;
}

static void end_rpr(struct docx *d)
{
    d->in_rpr = false;
}

static void end_cell(struct docx *d)
{
    end_cell_head(d);
    d->joins = false;
    prose_end_cell(d->prose);
}

static void end_row(struct docx *d)
{
    prose_end_row(d->prose);
}

static void end_table(struct docx *d)
{
    prose_end_table(d->prose);
    start_paragraph(d);
}

static void end_box(struct docx *d)
{
    d->joins = false;
    prose_end_para(d->prose);
    start_paragraph(d);
}

static void end_note(struct docx *d)
{
    prose_end_aside(d->prose);
}

static const struct {
    const char *name;
    element_fn start, stop;
} elements[] = {
    {"t", on_t, NULL},
    {"r", on_r, NULL},
    {"rPr", on_rpr, end_rpr},
    {"p", on_p, end_paragraph},
    {"pPr", on_ppr, end_ppr},
    {"textpath", on_text_path, NULL},
    {"tab", on_tab, NULL},
    {"ptab", on_tab, NULL},
    {"br", on_br, NULL},
    {"cr", on_br, NULL},
    {"noBreakHyphen", on_hyphen, NULL},
    {"sym", add_symbol, NULL},
    {"instrText", on_field, NULL},
    {"hyperlink", on_hyperlink, NULL},
    {"tbl", on_table, end_table},
    {"tr", on_row, end_row},
    {"tc", on_cell, end_cell},
    {"gridSpan", on_grid_span, NULL},
    {"gridBefore", on_grid_before, NULL},
    {"del", on_del, NULL},
    {"moveFrom", on_del, NULL},
    {"cellDel", on_skip, NULL},
    {"delText", on_skip, NULL},
    {"Fallback", on_skip, NULL},
    {"pPrChange", on_skip, NULL},
    {"rPrChange", on_skip, NULL},
    {"tblPrChange", on_skip, NULL},
    {"trPrChange", on_skip, NULL},
    {"tcPrChange", on_skip, NULL},
    {"tblGrid", on_skip, NULL},
    {"sectPr", on_skip, NULL},
    {"tabs", on_skip, NULL},
    {"showingPlcHdr", on_placeholder, NULL},
    {"sdtContent", on_content, NULL},
    {"txbxContent", on_text_box, end_box},
    {"footnote", on_note, end_note},
    {"endnote", on_note, end_note},
};

static void handle_start(struct docx *d)
{
    if (d->in_rpr && !d->in_ppr) {
        run_part(d);
        if (!xml_pull_is(&d->x, "rPrChange")) return;
    } else if (d->in_ppr && !xml_pull_is(&d->x, "rPr") && strcmp(d->x.name, "tabs") &&
               !strstr(d->x.name, "Change")) {
        paragraph_part(d);
        return;
    }
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (xml_pull_is(&d->x, elements[i].name)) {
            elements[i].start(d);
            return;
        }
}

static void handle_stop(struct docx *d)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (elements[i].stop && xml_pull_is(&d->x, elements[i].name)) {
            elements[i].stop(d);
            return;
        }
}

static enum hf_status read_part(struct docx *d, const struct hf_buf *part,
                                struct hf_error *err)
{
    xml_pull_open(&d->x, part->data, part->len);
    start_paragraph(d);
    d->in_ppr = d->in_rpr = d->in_cell_head = d->placeholder = d->joins = false;
    for (enum xml_pull_event e; (e = xml_pull_next(&d->x)) != XML_PULL_END;) {
        if (prose_is_full(d->prose)) break;
        if (e == XML_PULL_START) handle_start(d);
        if (e == XML_PULL_STOP) handle_stop(d);
    }
    return xml_pull_close(&d->x, err);
}

/* ---- the package ---- */

static void read_links(struct docx *d, const struct hf_buf *part)
{
    struct xml_pull x;
    char url[2000];
    xml_pull_open(&x, part->data, part->len);
    for (enum xml_pull_event e; (e = xml_pull_next(&x)) != XML_PULL_END;) {
        if (e != XML_PULL_START || !xml_pull_is(&x, "Relationship")) continue;
        if (d->n_links >= MAX_LINKS || !xml_pull_get(&x, "Target", url, sizeof url))
            continue;
        if (strncmp(url, "http", 4)) continue;
        xml_pull_get(&x, "Id", d->links[d->n_links].id, sizeof d->links->id);
        d->links[d->n_links++].url = hf_xstrdup(url);
    }
    if (xml_pull_close(&x, NULL) != HF_OK) return;
}

static const struct hf_buf *find_like(const struct unzip *z, const char *start,
                                      const char *end)
{
    for (size_t i = 0; i < z->n; i++) {
        size_t n = strlen(z->parts[i].name), k = strlen(end);
        if (!strncmp(z->parts[i].name, start, strlen(start)) && n > k &&
            !strcmp(z->parts[i].name + n - k, end))
            return &z->parts[i].data;
    }
    return NULL;
}

/* Footnotes and the heads and feet of pages stand apart; if one is broken the text still
 * counts. */
static void read_apart(struct docx *d, const struct unzip *z)
{
    struct hf_error ignored;
    for (size_t i = 0; i < z->n; i++) {
        const char *name = z->parts[i].name;
        bool margin =
            !strncmp(name, "word/header", 11) || !strncmp(name, "word/footer", 11);
        bool note =
            !strcmp(name, "word/footnotes.xml") || !strcmp(name, "word/endnotes.xml");
        if (!margin && !note) continue;
        if (margin) prose_aside(d->prose, &d->doc->margins);
        if (read_part(d, &z->parts[i].data, &ignored) != HF_OK)
            hf_strings_add(&d->doc->warnings,
                           "fotnoter eller topptekst i filen er ødelagt");
        prose_end_aside(d->prose);
    }
}

static enum hf_status read_package(const struct unzip *z, struct text_doc *out,
                                   struct hf_error *err)
{
    const struct hf_buf *body = unzip_find(z, "word/document.xml");
    if (!body) body = find_like(z, "word/document", ".xml");
    if (!body) return hf_fail(err, HF_UNREADABLE, "Word-filen mangler selve teksten");
    struct docx *d = hf_xcalloc(1, sizeof *d);
    const struct hf_buf *rels = find_like(z, "word/_rels/document", ".rels");
    d->doc = out;
    d->prose = prose_new(out);
    hf_buf_init(&d->label);
    docx_styles_read(&d->styles, unzip_find(z, "word/styles.xml"),
                     unzip_find(z, "word/numbering.xml"));
    if (rels) read_links(d, rels);
    enum hf_status status = read_part(d, body, err);
    if (status == HF_OK) {
        read_apart(d, z);
        status = prose_finish(d->prose, err);
    } else {
        prose_free(d->prose);
    }
    for (size_t i = 0; i < d->n_links; i++) free(d->links[i].url);
    docx_styles_release(&d->styles);
    hf_buf_release(&d->label);
    free(d);
    return status;
}

enum hf_status extract_docx(const char *bytes, size_t len, struct text_doc *out,
                            struct hf_error *err)
{
    struct unzip z;
    enum hf_status status = unzip_open(&z, bytes, len, parts, err);
    if (status == HF_OK) status = read_package(&z, out, err);
    out->media_type = sniff_media_type(SNIFF_DOCX);
    out->text_layer = "text";
    unzip_close(&z);
    return status;
}
