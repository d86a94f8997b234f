#include "prose.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"

#define MAX_DEPTH       16
#define MAX_TOTAL_CELLS 1000000
#define MAX_SPANS       4096

struct piece { /* one paragraph on its way; '\n' a line, '\t' a cell */
    enum text_kind kind;
    int level, blank;
    struct hf_buf text;
    struct text_span *spans;
    size_t n_spans, cap_spans;
};

struct row;
struct node { /* what stands in a cell, in order */
    struct piece *piece;
    struct row *row;
};

struct cell {
    int column;
    struct node *at;
    size_t n, cap;
};

struct row {
    struct cell *cells;
    size_t n, cap;
    int columns; /* grid columns so far */
    int blank;
    int table;
    bool dropped;
};

struct level {       /* an open table */
    struct row *row; /* open row, or NULL */
    bool in_cell;
    int table;
};

struct prose {
    struct text_doc *doc;
    struct piece *open;
    bool bold, italic;
    int blank, line, tables;
    struct level stack[MAX_DEPTH];
    size_t depth, too_deep; /* too_deep: tables below MAX_DEPTH, flattened */
    size_t n_cells;
    struct hf_strings *aside;
    struct hf_buf aside_text;
    bool full;
};

/* ---- making and ending ---- */

struct prose *prose_new(struct text_doc *doc)
{
    struct prose *f = hf_xcalloc(1, sizeof *f);
    f->doc = doc;
    hf_buf_init(&f->aside_text);
    return f;
}

static void free_piece(struct piece *p)
{
    if (!p) return;
    hf_buf_release(&p->text);
    free(p->spans);
    free(p);
}

static void free_row(struct row *r)
{
    if (!r) return;
    for (size_t i = 0; i < r->n; i++) {
        for (size_t k = 0; k < r->cells[i].n; k++) {
            free_piece(r->cells[i].at[k].piece);
            free_row(r->cells[i].at[k].row);
        }
        free(r->cells[i].at);
    }
    free(r->cells);
    free(r);
}

void prose_free(struct prose *f)
{
    if (!f) return;
    free_piece(f->open);
    for (size_t i = 0; i < f->depth; i++) free_row(f->stack[i].row);
    hf_buf_release(&f->aside_text);
    free(f);
}

bool prose_is_full(const struct prose *f)
{
    return f->full;
}

/* ---- out: pieces and rows → lines ---- */

static struct text_line *add_line(struct prose *f, int blank)
{
    if (f->doc->n_lines >= TEXT_MAX_LINES) {
        f->full = true;
        return NULL;
    }
    struct text_line *l = text_doc_add(f->doc);
    l->page = 1;
    l->line = ++f->line;
    l->blank_before = blank;
    return l;
}

static void mark(struct prose *f, struct text_cell *cell, const struct piece *p,
                 size_t from)
{
    for (size_t i = 0; i < p->n_spans; i++) {
        struct text_span s = p->spans[i];
        if (s.end <= from || s.start >= from + cell->len) continue;
        s.start = s.start > from ? s.start - from : 0;
        s.end -= from;
        text_cell_mark(f->doc, cell, s);
    }
}

static void emit_line(struct prose *f, const struct piece *p, size_t from, size_t to)
{
    struct text_line *l = add_line(f, from ? 0 : p->blank);
    if (!l) return;
    l->kind = p->kind;
    l->level = p->level;
    l->is_broken = from > 0;
    for (size_t at = from; at <= to;) {
        const char *tab = l->n_cells + 1 < TEXT_MAX_CELLS
                              ? memchr(p->text.data + at, '\t', to - at)
                              : NULL;
        size_t end = tab ? (size_t)(tab - p->text.data) : to;
        while (at < end && p->text.data[at] == ' ') at++;
        struct text_cell *c = text_line_add_cell(f->doc, l, p->text.data + at, end - at);
        mark(f, c, p, at);
        at = end + 1;
    }
}

static void emit_piece(struct prose *f, const struct piece *p)
{
    for (size_t at = 0; at <= p->text.len;) {
        const char *nl = memchr(p->text.data + at, '\n', p->text.len - at);
        size_t end = nl ? (size_t)(nl - p->text.data) : p->text.len;
        if (end > at) emit_line(f, p, at, end);
        at = end + 1;
    }
}

static void emit_row(struct prose *f, const struct row *r);

static void emit_nodes(struct prose *f, const struct cell *c)
{
    for (size_t i = 0; i < c->n; i++) {
        if (c->at[i].piece) emit_piece(f, c->at[i].piece);
        if (c->at[i].row) emit_row(f, c->at[i].row);
    }
}

/* The paragraphs of a cell in one text, their spans moved along. */
static void emit_cell(struct prose *f, struct text_line *l, const struct cell *c)
{
    struct piece all = {.text = HF_BUF_INIT};
    for (size_t i = 0; i < c->n; i++) {
        const struct piece *p = c->at[i].piece;
        if (!p || !p->text.len) continue;
        if (all.text.len) hf_buf_addc(&all.text, '\n');
        size_t from = all.text.len;
        hf_buf_add(&all.text, p->text.data, p->text.len);
        for (size_t k = from; k < all.text.len; k++)
            if (all.text.data[k] == '\t') all.text.data[k] = ' ';
        for (size_t k = 0; k < p->n_spans && all.n_spans < MAX_SPANS; k++) {
            all.spans =
                hf_grow(all.spans, &all.cap_spans, all.n_spans, sizeof *all.spans);
            all.spans[all.n_spans] = p->spans[k];
            all.spans[all.n_spans].start += from;
            all.spans[all.n_spans++].end += from;
        }
    }
    struct text_cell *cell = text_line_add_cell(f->doc, l, all.text.data, all.text.len);
    cell->grid_column = c->column;
    if (cell->len == all.text.len) mark(f, cell, &all, 0);
    hf_buf_release(&all.text);
    free(all.spans);
}

static bool has_text(const struct cell *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->at[i].piece && c->at[i].piece->text.len) return true;
    return false;
}

static void emit_row(struct prose *f, const struct row *r)
{
    size_t with_text = 0;
    bool nested = false;
    if (r->dropped) return;
    for (size_t i = 0; i < r->n; i++) {
        with_text += has_text(&r->cells[i]);
        for (size_t k = 0; k < r->cells[i].n; k++)
            nested |= r->cells[i].at[k].row != NULL;
    }
    if (r->n == 1 || (nested && with_text <= 1)) {
        for (size_t i = 0; i < r->n; i++) emit_nodes(f, &r->cells[i]);
        return;
    }
    struct text_line *l = with_text ? add_line(f, r->blank) : NULL;
    if (l) {
        l->kind = TEXT_ROW;
        l->table = r->table;
        for (size_t i = 0; i < r->n && i < TEXT_MAX_CELLS; i++)
            emit_cell(f, l, &r->cells[i]);
    }
    for (size_t i = 0; nested && i < r->n; i++)
        for (size_t k = 0; k < r->cells[i].n; k++)
            if (r->cells[i].at[k].row) emit_row(f, r->cells[i].at[k].row);
}

/* ---- in ---- */

static struct level *top(struct prose *f)
{
    return f->depth ? &f->stack[f->depth - 1] : NULL;
}

/* The innermost cell that is open, or NULL. */
static struct cell *open_cell(struct prose *f)
{
    for (size_t i = f->depth; i-- > 0;) {
        struct level *t = &f->stack[i];
        if (t->in_cell && t->row && t->row->n) return &t->row->cells[t->row->n - 1];
    }
    return NULL;
}

static int take_blank(struct prose *f)
{
    int n = f->blank;
    f->blank = 0;
    return n;
}

void prose_para(struct prose *f, enum text_kind kind, int level)
{
    if (f->aside) {
        if (f->aside_text.len) hf_buf_addc(&f->aside_text, ' ');
        return;
    }
    prose_end_para(f);
    f->open = hf_xcalloc(1, sizeof *f->open);
    hf_buf_init(&f->open->text);
    f->open->kind = kind;
    f->open->level = level;
}

static void put_piece(struct prose *f, struct piece *p)
{
    struct cell *c = open_cell(f);
    if (!c) {
        emit_piece(f, p);
        free_piece(p);
        return;
    }
    c->at = hf_grow(c->at, &c->cap, c->n, sizeof *c->at);
    c->at[c->n++] = (struct node){p, NULL};
}

void prose_end_para(struct prose *f)
{
    struct piece *p = f->open;
    if (!p || f->aside) return;
    f->open = NULL;
    hf_buf_rtrim(&p->text);
    if (strspn(p->text.data, "\n\t ") == p->text.len) { /* an empty line */
        free_piece(p);
        f->blank++;
        return;
    }
    p->blank = take_blank(f);
    put_piece(f, p);
}

void prose_pause(struct prose *f)
{
    int blank = f->blank;
    bool empty = f->open && strspn(f->open->text.data, " \n\t") == f->open->text.len;
    prose_end_para(f);
    if (empty) f->blank = blank;
}

/* The text from `from` on is bold or italic. It joins the span that ended right there;
 * one that ended before a blank of its own look is another span, often a label. */
static void add_span(struct piece *p, size_t from, bool is_bold)
{
    size_t to = p->text.len, start = from;
    for (size_t i = p->n_spans; i-- > 0 && i + 2 >= p->n_spans;) {
        struct text_span *s = &p->spans[i];
        if (s->is_bold != is_bold || s->end != from || to == from) continue;
        s->end = to;
        return;
    }
    while (start < to && p->text.data[start] == ' ') start++;
    if (start >= to || p->n_spans >= MAX_SPANS) return;
    p->spans = hf_grow(p->spans, &p->cap_spans, p->n_spans, sizeof *p->spans);
    p->spans[p->n_spans++] = (struct text_span){start, to, is_bold};
}

/* Appends with white space brought to single blanks, none after a break. */
static void add_text(struct hf_buf *b, const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t n = hf_utf8_next(text + i, len - i, &c);
        if (hf_utf8_is_space(c) || c == '\n') {
            if (b->len && !strchr(" \n\t", b->data[b->len - 1])) hf_buf_addc(b, ' ');
        } else {
            hf_buf_add(b, text + i, n);
        }
        i += n;
    }
}

void prose_text(struct prose *f, const char *text, size_t len)
{
    struct hf_buf clean = HF_BUF_INIT;
    text_clean(text, len, &clean);
    if (f->aside) {
        add_text(&f->aside_text, clean.data, clean.len);
    } else if (f->open || strspn(clean.data, " \t\n\r\f") < clean.len) {
        if (!f->open) prose_para(f, TEXT_PARAGRAPH, 0);
        size_t from = f->open->text.len;
        add_text(&f->open->text, clean.data, clean.len);
        size_t word = from;
        while (word < f->open->text.len && f->open->text.data[word] == ' ') word++;
        if (f->bold) add_span(f->open, word, true);
        if (f->italic) add_span(f->open, word, false);
    }
    hf_buf_release(&clean);
}

void prose_style(struct prose *f, bool bold, bool italic)
{
    f->bold = bold;
    f->italic = italic;
}

static void add_mark(struct prose *f, char c)
{
    if (f->aside) {
        add_text(&f->aside_text, " ", 1);
        return;
    }
    if (!f->open) prose_para(f, TEXT_PARAGRAPH, 0);
    struct hf_buf *b = &f->open->text;
    while (b->len && b->data[b->len - 1] == ' ') hf_buf_cut(b, b->len - 1);
    if (c == '\t' || b->len) hf_buf_addc(b, c);
}

void prose_break(struct prose *f)
{
    if (f->open) add_mark(f, '\n');
}

void prose_tab(struct prose *f)
{
    add_mark(f, '\t');
}

void prose_gap(struct prose *f)
{
    if (!f->blank) f->blank = 1;
}

/* ---- tables ---- */

void prose_table(struct prose *f)
{
    prose_end_para(f);
    if (f->depth >= MAX_DEPTH || f->aside) {
        f->too_deep++;
        return;
    }
    f->stack[f->depth++] = (struct level){.table = ++f->tables};
}

void prose_row(struct prose *f)
{
    struct level *t = top(f);
    if (!t || f->too_deep) return;
    if (t->row) prose_end_row(f);
    t->row = hf_xcalloc(1, sizeof *t->row);
    t->row->table = t->table;
    t->row->blank = take_blank(f);
}

void prose_cell(struct prose *f, int columns)
{
    struct level *t = top(f);
    prose_end_para(f);
    if (!t || f->too_deep) return;
    if (!t->row) prose_row(f);
    if (f->n_cells++ >= MAX_TOTAL_CELLS) {
        f->full = true;
        return;
    }
    struct row *r = t->row;
    r->cells = hf_grow(r->cells, &r->cap, r->n, sizeof *r->cells);
    r->cells[r->n++] = (struct cell){.column = r->columns};
    r->columns += columns > 0 && columns < 1000 ? columns : 1;
    t->in_cell = true;
}

void prose_end_cell(struct prose *f)
{
    prose_end_para(f);
    f->blank = 0;
    if (top(f) && !f->too_deep) top(f)->in_cell = false;
}

void prose_drop_row(struct prose *f)
{
    if (top(f) && top(f)->row && !f->too_deep) top(f)->row->dropped = true;
}

void prose_end_row(struct prose *f)
{
    struct level *t = top(f);
    if (!t || f->too_deep || !t->row) return;
    if (t->in_cell) prose_end_cell(f);
    struct row *r = t->row;
    t->row = NULL;
    struct cell *outer = open_cell(f);
    if (outer) {
        outer->at = hf_grow(outer->at, &outer->cap, outer->n, sizeof *outer->at);
        outer->at[outer->n++] = (struct node){NULL, r};
    } else {
        emit_row(f, r);
        free_row(r);
    }
}

void prose_end_table(struct prose *f)
{
    prose_end_para(f);
    if (f->too_deep) {
        f->too_deep--;
        return;
    }
    if (!f->depth) return;
    prose_end_row(f);
    f->depth--;
}

/* ---- asides and the end ---- */

void prose_aside(struct prose *f, struct hf_strings *list)
{
    f->aside = list;
    hf_buf_clear(&f->aside_text);
}

void prose_end_aside(struct prose *f)
{
    if (!f->aside) return;
    hf_buf_rtrim(&f->aside_text);
    if (f->aside_text.len < 4000)
        text_doc_note(f->doc, f->aside, f->aside_text.data, f->aside_text.len);
    f->aside = NULL;
}

static bool doc_has_letters(const struct text_doc *d)
{
    struct hf_buf b = HF_BUF_INIT;
    bool found = false;
    for (size_t i = 0; i < d->n_lines && !found; i++) {
        text_line_join(&d->lines[i], &b);
        found = text_has_letters(b.data, b.len);
    }
    hf_buf_release(&b);
    return found;
}

enum hf_status prose_finish(struct prose *f, struct hf_error *err)
{
    struct text_doc *d = f->doc;
    bool full = f->full;
    prose_end_aside(f);
    f->too_deep = 0;
    while (f->depth) prose_end_table(f);
    prose_end_para(f);
    full |= f->full;
    prose_free(f);
    text_doc_finish(d);
    if (full)
        return hf_fail(err, HF_UNREADABLE,
                       "dokumentet har for mange linjer eller tabellceller");
    if (!doc_has_letters(d))
        return hf_fail(err, HF_UNREADABLE, "filen inneholder ingen tekst");
    return HF_OK;
}
