#include "docx_styles.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../shim/utf8.h"
#include "list_label.h"
#include "xml_pull.h"

#define MAX_STYLES 2500
#define MAX_LISTS  4000

/* <w:b/>, <w:b w:val="0"/> */
static signed char read_toggle(struct xml_pull *x)
{
    char value[16];
    if (!xml_pull_get(x, "val", value, sizeof value)) return 1;
    return strcmp(value, "0") && strcmp(value, "false") && strcmp(value, "off") &&
           strcmp(value, "none");
}

/* "heading 2", "Overskrift 2", "Title" → level. */
static int heading_of(const char *name)
{
    static const char *const words[] = {"heading ", "overskrift ", "overskrift",
                                        "heading"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (strncasecmp(name, words[i], n) || !isdigit((unsigned char)name[n])) continue;
        return atoi(name + n) > 0 && atoi(name + n) < 10 ? atoi(name + n) : 0;
    }
    return !strcasecmp(name, "title") || !strcasecmp(name, "tittel") ? 1 : 0;
}

static void style_part(struct docx_style *s, struct xml_pull *x)
{
    char value[64];
    if (xml_pull_is(x, "name") && xml_pull_get(x, "val", value, sizeof value)) {
        if (heading_of(value)) s->heading = heading_of(value);
    } else if (xml_pull_is(x, "basedOn")) {
        xml_pull_get(x, "val", s->based_on, sizeof s->based_on);
    } else if (xml_pull_is(x, "outlineLvl")) {
        int n = xml_pull_int(x, "val", 9);
        if (n >= 0 && n < 9) s->heading = n + 1;
    } else if (xml_pull_is(x, "numId")) {
        s->num_id = xml_pull_int(x, "val", 0);
        if (s->num_level < 0) s->num_level = 0;
    } else if (xml_pull_is(x, "ilvl")) {
        s->num_level = xml_pull_int(x, "val", 0);
    } else if (xml_pull_is(x, "b")) {
        s->bold = read_toggle(x);
    } else if (xml_pull_is(x, "i")) {
        s->italic = read_toggle(x);
    } else if (xml_pull_is(x, "vanish")) {
        s->hidden = read_toggle(x) == 1;
    }
}

static void read_styles(struct docx_styles *s, const struct hf_buf *part)
{
    struct xml_pull x;
    struct docx_style *open = NULL;
    xml_pull_open(&x, part->data, part->len);
    for (enum xml_pull_event e; (e = xml_pull_next(&x)) != XML_PULL_END;) {
        if (e == XML_PULL_STOP && xml_pull_is(&x, "style")) open = NULL;
        if (e != XML_PULL_START) continue;
        if (open) {
            style_part(open, &x);
        } else if (xml_pull_is(&x, "style") && s->n_styles < MAX_STYLES) {
            s->style = hf_grow(s->style, &s->cap_styles, s->n_styles, sizeof *s->style);
            open = &s->style[s->n_styles++];
            memset(open, 0, sizeof *open);
            open->num_id = open->num_level = open->bold = open->italic = -1;
            xml_pull_get(&x, "styleId", open->id, sizeof open->id);
        }
    }
    if (xml_pull_close(&x, NULL) != HF_OK) return; /* what was read of it stands */
}

static struct docx_style *find(const struct docx_styles *s, const char *id)
{
    for (size_t i = 0; *id && i < s->n_styles; i++)
        if (!strcmp(s->style[i].id, id)) return &s->style[i];
    return NULL;
}

/* Takes over what the styles below say and this one does not. */
static void inherit(struct docx_styles *s)
{
    for (size_t i = 0; i < s->n_styles; i++) {
        struct docx_style *st = &s->style[i];
        const struct docx_style *base = find(s, st->based_on);
        for (int steps = 0; base && steps < 12; steps++) {
            if (!st->heading) st->heading = base->heading;
            if (st->num_id < 0) st->num_id = base->num_id;
            if (st->num_level < 0) st->num_level = base->num_level;
            if (st->bold < 0) st->bold = base->bold;
            if (st->italic < 0) st->italic = base->italic;
            base = find(s, base->based_on);
        }
    }
}

const struct docx_style *docx_style_find(const struct docx_styles *s, const char *id)
{
    return find(s, id);
}

/* ---- numbering ---- */

static void level_part(struct docx_level *l, struct xml_pull *x)
{
    if (xml_pull_is(x, "start"))
        l->start = xml_pull_int(x, "val", 1);
    else if (xml_pull_is(x, "numFmt"))
        xml_pull_get(x, "val", l->format, sizeof l->format);
    else if (xml_pull_is(x, "lvlText"))
        xml_pull_get(x, "val", l->text, sizeof l->text);
}

static struct docx_list *add_list(struct docx_styles *s, int id)
{
    if (s->n_lists >= MAX_LISTS) return NULL;
    s->list = hf_grow(s->list, &s->cap_lists, s->n_lists, sizeof *s->list);
    struct docx_list *l = &s->list[s->n_lists++];
    memset(l, 0, sizeof *l);
    l->id = id;
    for (int i = 0; i < DOCX_LEVELS; i++) l->level[i].start = 1;
    return l;
}

static struct docx_num *add_num(struct docx_styles *s, int id)
{
    if (s->n_nums >= MAX_LISTS) return NULL;
    s->num = hf_grow(s->num, &s->cap_nums, s->n_nums, sizeof *s->num);
    struct docx_num *n = &s->num[s->n_nums++];
    n->id = id;
    n->list = -1;
    for (int i = 0; i < DOCX_LEVELS; i++) n->start[i] = -1;
    return n;
}

struct numbering { /* what is open while numbering.xml is read */
    struct docx_list *list;
    struct docx_num *num;
    int level;
};

static void numbering_part(struct docx_styles *s, struct numbering *in,
                           struct xml_pull *x)
{
    int level = in->level >= 0 && in->level < DOCX_LEVELS ? in->level : DOCX_LEVELS - 1;
    if (xml_pull_is(x, "abstractNum")) {
        in->list = add_list(s, xml_pull_int(x, "abstractNumId", -1));
        in->num = NULL;
    } else if (xml_pull_is(x, "num")) {
        in->num = add_num(s, xml_pull_int(x, "numId", -1));
        in->list = NULL;
    } else if (xml_pull_is(x, "lvl") || xml_pull_is(x, "lvlOverride")) {
        in->level = xml_pull_int(x, "ilvl", 0);
    } else if (xml_pull_is(x, "abstractNumId") && in->num) {
        int id = xml_pull_int(x, "val", -1);
        for (size_t i = 0; i < s->n_lists; i++)
            if (s->list[i].id == id) in->num->list = (int)i;
    } else if (xml_pull_is(x, "startOverride") && in->num) {
        in->num->start[level] = xml_pull_int(x, "val", 1);
    } else if (in->list) {
        level_part(&in->list->level[level], x);
    }
}

static void read_numbering(struct docx_styles *s, const struct hf_buf *part)
{
    struct xml_pull x;
    struct numbering in = {NULL, NULL, 0};
    xml_pull_open(&x, part->data, part->len);
    for (enum xml_pull_event e; (e = xml_pull_next(&x)) != XML_PULL_END;)
        if (e == XML_PULL_START) numbering_part(s, &in, &x);
    if (xml_pull_close(&x, NULL) != HF_OK) return;
}

static void add_count(const struct docx_list *l, int level, struct hf_buf *out)
{
    const struct docx_level *lv = &l->level[level];
    int n = l->used[level] ? l->count[level] : lv->start;
    list_label_number(out, lv->format, n);
}

void docx_number_next(struct docx_styles *s, int num_id, int level, struct hf_buf *label)
{
    struct docx_num *num = NULL;
    for (size_t i = 0; i < s->n_nums && !num; i++)
        if (s->num[i].id == num_id) num = &s->num[i];
    if (!num || num->list < 0) return;
    if (level < 0 || level >= DOCX_LEVELS) level = DOCX_LEVELS - 1;
    struct docx_list *l = &s->list[num->list];
    const struct docx_level *lv = &l->level[level];
    if (!strcmp(lv->format, "none")) return;
    if (!strcmp(lv->format, "bullet")) {
        list_label_glyph(label, lv->text);
        return;
    }
    if (num->start[level] >= 0) {
        l->count[level] = num->start[level];
        num->start[level] = -1;
    } else {
        l->count[level] = l->used[level] ? l->count[level] + 1 : lv->start;
    }
    l->used[level] = true;
    for (int k = level + 1; k < DOCX_LEVELS; k++) l->used[k] = false;
    for (const char *p = lv->text; *p; p++) {
        if (*p == '%' && p[1] >= '1' && p[1] <= '9')
            add_count(l, *++p - '1', label);
        else
            hf_buf_addc(label, *p);
    }
}

void docx_styles_read(struct docx_styles *s, const struct hf_buf *styles,
                      const struct hf_buf *numbering)
{
    memset(s, 0, sizeof *s);
    if (styles) read_styles(s, styles);
    if (numbering) read_numbering(s, numbering);
    inherit(s);
}

void docx_styles_release(struct docx_styles *s)
{
    free(s->style);
    free(s->list);
    free(s->num);
    memset(s, 0, sizeof *s);
}
