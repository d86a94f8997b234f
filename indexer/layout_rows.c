/* Lines in columns → rows of cells. No rule tells where a row ends: a line belongs to the
 * row above if its first cell is empty, or if all its parts can only be the rest of cells
 * that their columns broke. To take two rows for one is worse than to part one. */
#include <stdlib.h>
#include <string.h>

#include "layout_columns.h"
#include "layout_joins.h"

struct table {
    const struct layout_columns *c;
    const struct layout_run *run;
    struct layout_row *row;
    size_t at, to;                    /* its line, and its end */
    bool regular[LAYOUT_MAX_COLUMNS]; /* most rows have something there */
    bool has_rests;                   /* some lines can only be rests of cells */
    bool has_first, has_names; /* first cells: most are there; have several words */
    bool is_banded;            /* space stands between rows, and only there */
    bool is_numbered;          /* most rows begin with a number */
    size_t parts;              /* of the row's first line */
    double y0;                 /* of the line before */
};

static const struct layout_line *last_line(const struct layout_row *r, size_t column)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->cells[i].column == (int)column && r->cells[i].n)
            return &r->cells[i].lines[r->cells[i].n - 1];
    return NULL;
}

/* ---- does a line go on with the row above? ---- */

static bool is_broken(const struct table *t, const struct layout_part *p)
{
    const struct layout_line *a = last_line(t->row, p->column);
    return a && layout_is_broken(t->c, p, a->x1);
}

/* The text above cannot end there, or the part cannot begin a cell. */
static bool is_open(const struct table *t, const struct layout_part *p)
{
    const struct layout_line *a = last_line(t->row, p->column);
    if (!a) return false;
    if (layout_is_open(a->words[a->n - 1])) return true;
    for (size_t i = 0; i < t->row->n; i++)
        if (t->row->cells[i].column == (int)p->column && t->row->cells[i].n)
            return layout_starts_lower(p->words[0]) &&
                   !layout_starts_lower(t->row->cells[i].lines[0].words[0]);
    return false;
}

/* Few words in every cell, but for one maybe, and neither numbers nor labels. */
static bool is_head(const struct layout_row *r)
{
    size_t words = 0, empty = 0;
    for (size_t i = 0; i < r->n; i++) {
        empty += !r->cells[i].n;
        for (size_t k = 0; k < r->cells[i].n; k++)
            for (size_t w = 0; w < r->cells[i].lines[k].n; w++) {
                const struct layout_word *word = r->cells[i].lines[k].words[w];
                words++;
                if (strpbrk(word->text, "0123456789,:")) return false;
            }
    }
    return (!empty || (empty == 1 && r->n > 2)) && words < 3 * r->n + 3;
}

/* Below a head what begins anew is a row. */
static bool leaves_head(const struct table *t, const struct layout_part *parts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct layout_line *a = last_line(t->row, parts[i].column);
        if (!a || layout_starts_lower(parts[i].words[0]) || is_open(t, &parts[i]))
            return false;
        if (a->words[0]->bold && parts[i].words[0]->bold) return false;
    }
    return true;
}

static bool begins_with_digit(struct layout_word *const *words)
{
    return words[0]->text[0] >= '0' && words[0]->text[0] <= '9';
}

static bool has_digit(const struct layout_part *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (strpbrk(p->words[i]->text, "0123456789")) return true;
    return false;
}

/* True for a row without a number if the next one has one, or stands on the next page. */
static bool is_above_numbers(const struct table *t)
{
    struct layout_part parts[LAYOUT_MAX_COLUMNS];
    const struct layout_cell *first = &t->row->cells[0];
    if (first->n && begins_with_digit(first->lines[0].words)) return false;
    for (size_t i = t->at; i < t->to; i++) {
        layout_part_line(t->c, &t->run->lines[i], parts);
        if (!parts[0].column) return begins_with_digit(parts[0].words);
    }
    return true;
}

static bool goes_on_without_first(const struct table *t, const struct layout_part *parts,
                                  size_t n)
{
    size_t broken = 0, open = 0;
    if (is_above_numbers(t) && is_head(t->row) && leaves_head(t, parts, n)) return false;
    for (size_t i = 0; i < n; i++) {
        broken += is_broken(t, &parts[i]);
        open += is_open(t, &parts[i]);
    }
    /* A first cell may stand for several rows, but the number of a case for one. */
    const struct layout_cell *first = &t->row->cells[0];
    bool is_case = first->n && begins_with_digit(first->lines[0].words);
    return n < 2 || n + 1 < t->parts || open ||
           ((is_case || t->has_first) && broken == n);
}

static bool is_label(const struct layout_part *p)
{
    const struct layout_word *w = p->words[p->n - 1];
    return w->text[w->len - 1] == ':';
}

/* Words below the number of a case, beside text that goes on. */
static bool is_beside_number(const struct table *t, const struct layout_part *parts,
                             size_t n)
{
    const struct layout_cell *first = &t->row->cells[0];
    if (!t->is_numbered || n < 2 || n >= t->parts + (t->parts == 2)) return false;
    if (!first->n || !begins_with_digit(first->lines[0].words)) return false;
    for (size_t i = 1; i < n; i++)
        if (!is_broken(t, &parts[i])) return false;
    return true;
}

static bool goes_on(const struct table *t, const struct layout_line *l,
                    const struct layout_part *parts, size_t n)
{
    bool has[LAYOUT_MAX_COLUMNS] = {false}, open = false, lacks = false;
    if (!t->row || layout_pitch(t->run, t->y0, l) > 1.3) return false;
    if (t->is_banded) return true;
    if (parts[0].column) return goes_on_without_first(t, parts, n);
    if (has_digit(&parts[0])) return false;
    if (is_beside_number(t, parts, n)) return true;
    if (is_label(&parts[0]) && !layout_starts_lower(parts[0].words[0])) return false;
    for (size_t i = 0; i < n; i++) {
        if (!is_broken(t, &parts[i])) return false;
        open |= is_open(t, &parts[i]);
        has[parts[i].column] = true;
    }
    for (size_t i = 0; i < t->c->n; i++)
        lacks |= t->regular[i] && !has[i] && (n == 1 || i < parts[n - 1].column);
    bool is_surname = t->has_names && parts[0].n == 1 && last_line(t->row, 0)->n > 1;
    return open || (t->has_rests && ((lacks && n < t->parts) || is_surname));
}

/* ---- rows ---- */

static void begin_row(struct table *t, struct layout_rows *rows, int number,
                      const struct layout_line *l)
{
    t->row = &rows->at[rows->n++]; /* there is room for every line */
    memset(t->row, 0, sizeof *t->row);
    t->row->table = number;
    t->row->y0 = l->y0;
    for (size_t i = 0; i < t->c->n; i++) {
        t->row->cells =
            hf_grow(t->row->cells, &t->row->cap, t->row->n, sizeof *t->row->cells);
        struct layout_cell *cell = &t->row->cells[t->row->n++];
        memset(cell, 0, sizeof *cell);
        cell->column = (int)i;
        cell->x0 = t->c->x0[i];
        cell->x1 = t->c->right[i];
    }
}

static void add_part(struct table *t, const struct layout_line *l,
                     const struct layout_part *p)
{
    if (p->column >= t->row->n) return;
    struct layout_cell *cell = &t->row->cells[p->column];
    cell->lines = hf_grow(cell->lines, &cell->cap, cell->n, sizeof *cell->lines);
    struct layout_line *line = &cell->lines[cell->n++];
    *line = (struct layout_line){.x0 = p->x0, .x1 = p->x1, .y0 = l->y0, .y1 = l->y1};
    line->words = hf_xcalloc(p->n, sizeof *line->words);
    memcpy(line->words, p->words, p->n * sizeof *line->words);
    line->n = line->cap = p->n;
}

/* Cells set in the middle of their row: below a space come lines without a first cell and
 * then one with it, but never two numbers. */
static void find_bands(struct table *t, size_t from, size_t to)
{
    struct layout_part parts[LAYOUT_MAX_COLUMNS];
    bool without = false, with = false, number = false;
    for (size_t i = from; i < to; i++) {
        const struct layout_line *l = &t->run->lines[i];
        layout_part_line(t->c, l, parts);
        bool apart = i > from && layout_pitch(t->run, t->run->lines[i - 1].y0, l) > 1.3;
        if (apart) without = with = number = false;
        bool first = !parts[0].column, digit = first && begins_with_digit(parts[0].words);
        if (digit && number) {
            t->is_banded = false;
            return;
        }
        if (first && without && !with && i > from) t->is_banded = true;
        number |= digit;
        without |= apart && !first;
        with |= first;
    }
}

static void find_regular(struct table *t, size_t from, size_t to)
{
    size_t with[LAYOUT_MAX_COLUMNS] = {0}, all = 0, numbers = 0, without = 0, longer = 0;
    struct layout_part parts[LAYOUT_MAX_COLUMNS];
    for (size_t i = from; i < to; i++) {
        size_t n = layout_part_line(t->c, &t->run->lines[i], parts);
        t->has_rests |= i > from && (n < 2 || parts[0].column);
        without += n > 1 && parts[0].column;
        if (n < 2 || parts[0].column) continue;
        all++;
        longer += parts[0].n > 1;
        numbers += begins_with_digit(parts[0].words);
        for (size_t k = 0; k < n; k++) with[parts[k].column]++;
    }
    t->has_first = all > 2 * without;
    t->has_names = all > 2 && longer * 5 >= all * 3;
    t->is_numbered = numbers > 1 && numbers * 3 > all;
    for (size_t i = 0; i < t->c->n; i++)
        t->regular[i] = all > 2 && with[i] * 3 >= all * 2;
}

/* The words of some lines of a table, column by column. */
static void text_of(const struct layout_row *r, struct hf_buf *out)
{
    hf_buf_clear(out);
    for (size_t i = 0; i < r->n; i++) {
        for (size_t k = 0; k < r->cells[i].n; k++)
            for (size_t w = 0; w < r->cells[i].lines[k].n; w++)
                hf_buf_adds(out, r->cells[i].lines[k].words[w]->text);
        hf_buf_addc(out, '\t');
    }
}

/* Takes away the head where the new page repeats it; true if it was there. */
static bool drop_head(struct layout_run *run, const struct layout_row *head)
{
    struct hf_buf a = HF_BUF_INIT, b = HF_BUF_INIT;
    struct layout_rows last = {&run->rows->at[run->rows->n - 1], 1, 1};
    text_of(head, &a);
    text_of(last.at, &b);
    bool same = head != last.at && is_head(head) && !strcmp(a.data, b.data);
    if (same) {
        for (size_t i = 0; i < last.at->n; i++)
            layout_lines_free(last.at->cells[i].lines, last.at->cells[i].n);
        free(last.at->cells);
        run->rows->n--;
    }
    hf_buf_release(&a);
    hf_buf_release(&b);
    return same;
}

void layout_build_rows(struct layout_run *run, size_t from, size_t to,
                       const struct layout_columns *c, bool resumes)
{
    struct table t = {.c = c, .run = run, .to = to};
    struct layout_table *before = run->before;
    size_t first = run->rows->n, at = from;
    int number = ++run->tables;
    find_regular(&t, from, to);
    find_bands(&t, from, to);
    if (resumes && before->last->n == c->n) {
        t.row = before->last;
        t.y0 = run->lines[from].y0;
    }
    for (size_t i = from; i < to; i++) {
        struct layout_line *l = &run->lines[i];
        struct layout_part parts[LAYOUT_MAX_COLUMNS];
        size_t n = layout_part_line(c, l, parts);
        t.at = i;
        if (resumes && run->rows->n == first + 1 && drop_head(run, before->head)) {
            run->row_at[at] = 0;
            run->skip[at] = true;
            t.row = before->last;
            t.y0 = l->y0;
        }
        if (!goes_on(&t, l, parts, n)) {
            begin_row(&t, run->rows, number, l);
            t.parts = n;
            run->row_at[i] = run->rows->n; /* index + 1 */
            at = i;
        } else {
            run->skip[i] = true; /* the row stands in its first line's place */
        }
        t.row->y1 = l->y1;
        t.y0 = l->y0;
        for (size_t k = 0; k < n; k++) add_part(&t, l, &parts[k]);
    }
    if (run->rows->n > first && !resumes) before->head = &run->rows->at[first];
    before->last = t.row;
    before->columns = *c;
}
