#include "odt_styles.h"

#include <stdlib.h>
#include <string.h>

#include "prose.h"
#include "xml_pull.h"

#define MAX_STYLES 2500

static struct odt_style *add_style(struct odt_styles *s, struct xml_pull *x)
{
    if (s->n_styles >= MAX_STYLES) return NULL;
    s->style = hf_grow(s->style, &s->cap_styles, s->n_styles, sizeof *s->style);
    struct odt_style *st = &s->style[s->n_styles++];
    memset(st, 0, sizeof *st);
    st->bold = st->italic = -1;
    xml_pull_get(x, "name", st->name, sizeof st->name);
    xml_pull_get(x, "parent-style-name", st->parent, sizeof st->parent);
    int level = xml_pull_int(x, "default-outline-level", 0);
    if (level > 0 && level < 10) st->heading = level;
    if (!strcmp(st->name, "Title")) st->heading = 1;
    return st;
}

static void text_part(struct odt_style *st, struct xml_pull *x)
{
    char value[24];
    if (xml_pull_get(x, "font-weight", value, sizeof value))
        st->bold = !strcmp(value, "bold") || atoi(value) >= 600;
    if (xml_pull_get(x, "font-style", value, sizeof value))
        st->italic = strcmp(value, "normal") != 0;
}

static void add_level(struct odt_styles *s, const char *list, struct xml_pull *x)
{
    if (s->n_levels >= MAX_STYLES) return;
    s->level = hf_grow(s->level, &s->cap_levels, s->n_levels, sizeof *s->level);
    struct odt_level *l = &s->level[s->n_levels++];
    memset(l, 0, sizeof *l);
    memcpy(l->list, list, sizeof l->list);
    l->depth = xml_pull_int(x, "level", 1);
    l->start = xml_pull_int(x, "start-value", 1);
    l->display = xml_pull_int(x, "display-levels", 1);
    if (l->display < 1 || l->display > 9) l->display = 1;
    xml_pull_get(x, "bullet-char", l->glyph, sizeof l->glyph);
    if (!xml_pull_is(x, "list-level-style-bullet")) *l->glyph = 0;
    xml_pull_get(x, "num-format", l->format, sizeof l->format);
    xml_pull_get(x, "num-prefix", l->prefix, sizeof l->prefix);
    xml_pull_get(x, "num-suffix", l->suffix, sizeof l->suffix);
}

struct reading {
    struct odt_style *open;
    char list[64];
    struct prose *prose; /* where the margins of pages go, or NULL */
    struct text_doc *doc;
    bool in_margin;
};

static bool is_margin(const struct xml_pull *x)
{
    static const char *const names[] = {"header",       "footer",      "header-first",
                                        "footer-first", "header-left", "footer-left"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_pull_is(x, names[i])) return true;
    return false;
}

static void on_start(struct odt_styles *s, struct reading *r, struct xml_pull *x)
{
    if (is_margin(x) && r->prose) {
        r->in_margin = true;
        prose_aside(r->prose, &r->doc->margins);
    } else if (r->in_margin) {
        if (xml_pull_is(x, "p") || xml_pull_is(x, "tab") || xml_pull_is(x, "table-cell"))
            prose_text(r->prose, " ", 1);
    } else if (xml_pull_is(x, "style")) {
        r->open = add_style(s, x);
    } else if (xml_pull_is(x, "text-properties") && r->open) {
        text_part(r->open, x);
    } else if (xml_pull_is(x, "list-style")) {
        xml_pull_get(x, "name", r->list, sizeof r->list);
        r->open = NULL;
    } else if (*r->list && (xml_pull_is(x, "list-level-style-bullet") ||
                            xml_pull_is(x, "list-level-style-number"))) {
        add_level(s, r->list, x);
    }
}

static void on_stop(struct reading *r, const struct xml_pull *x)
{
    if (is_margin(x) && r->in_margin) {
        prose_end_aside(r->prose);
        r->in_margin = false;
    }
    if (xml_pull_is(x, "style")) r->open = NULL;
    if (xml_pull_is(x, "list-style")) *r->list = 0;
}

static void read_part(struct odt_styles *s, const struct hf_buf *part, struct reading *r)
{
    struct xml_pull x;
    xml_pull_open(&x, part->data, part->len);
    for (enum xml_pull_event e; (e = xml_pull_next(&x)) != XML_PULL_END;) {
        if (e == XML_PULL_START && xml_pull_is(&x, "body")) break;
        if (e == XML_PULL_START) on_start(s, r, &x);
        if (e == XML_PULL_STOP) on_stop(r, &x);
        if (e == XML_PULL_TEXT && r->in_margin) {
            const char *text = xml_pull_text(&x);
            prose_text(r->prose, text, strlen(text));
        }
    }
    if (xml_pull_close(&x, NULL) != HF_OK) return; /* the body will say it */
}

static void inherit(struct odt_styles *s)
{
    for (size_t i = 0; i < s->n_styles; i++) {
        struct odt_style *st = &s->style[i];
        const struct odt_style *base = odt_style_find(s, st->parent);
        for (int steps = 0; base && steps < 12; steps++) {
            if (!st->heading) st->heading = base->heading;
            if (st->bold < 0) st->bold = base->bold;
            if (st->italic < 0) st->italic = base->italic;
            base = odt_style_find(s, base->parent);
        }
    }
}

void odt_styles_read(struct odt_styles *s, const struct hf_buf *styles,
                     const struct hf_buf *content, struct text_doc *doc)
{
    struct reading r = {.prose = prose_new(doc), .doc = doc};
    memset(s, 0, sizeof *s);
    if (styles) read_part(s, styles, &r);
    prose_free(r.prose);
    r = (struct reading){.prose = NULL};
    read_part(s, content, &r);
    inherit(s);
}

void odt_styles_release(struct odt_styles *s)
{
    free(s->style);
    free(s->level);
    memset(s, 0, sizeof *s);
}

const struct odt_style *odt_style_find(const struct odt_styles *s, const char *name)
{
    for (size_t i = s->n_styles; *name && i-- > 0;)
        if (!strcmp(s->style[i].name, name)) return &s->style[i];
    return NULL;
}

const struct odt_level *odt_level_find(const struct odt_styles *s, const char *list,
                                       int depth)
{
    for (size_t i = s->n_levels; *list && i-- > 0;)
        if (s->level[i].depth == depth && !strcmp(s->level[i].list, list))
            return &s->level[i];
    return NULL;
}
