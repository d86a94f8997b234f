/* From printed lines to paragraphs, cells and rows. */
#include "layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "layout_columns.h"
#include "layout_joins.h"
#include "text_breaks.h"

struct sheet { /* a page's lines, rows of tables among them, from above */
    struct layout_page *page;
    struct layout_line *lines;
    size_t n;
    struct layout_rows rows;
    bool *skip;        /* heads and feet */
    double right;      /* where lines are broken */
    size_t n_measured; /* lines that told so */
};

struct setting {   /* what holds for the whole document */
    double height; /* of the common line */
    double char_width;
    double left;       /* margin of the text */
    double wrap_pitch; /* distance of lines in a paragraph, in heights */
};

struct build {
    struct layout *l;
    struct text_doc *doc;
    struct sheet *sheets;
    struct setting set;
    int line, tables;
    /* the paragraph on its way */
    struct hf_buf text;
    struct text_span *spans;
    size_t n_spans, cap_spans;
    const struct layout_line *last;
    const struct layout_row *row; /* where a row stands before, not a line */
    struct text_line head;        /* its kind, page and place */
    bool is_open, last_on_page_before;
    bool is_first;      /* it has one line so far */
    bool may_be_broken; /* the next line may begin inside a word */
};

/* ---- text of words ---- */

/* "Vedtak:" after a bold title is bold for itself. */
static bool is_label(const struct layout_word *w, const struct layout_word *next)
{
    return w->text[w->len - 1] == ':' && !layout_starts_lower(w) && next && !next->bold;
}

static void add_span(struct build *b, size_t from, bool is_bold, bool apart)
{
    for (size_t i = b->n_spans; !apart && i-- > 0 && i + 3 > b->n_spans;) {
        struct text_span *s = &b->spans[i];
        if (s->is_bold != is_bold || s->end + 1 < from) continue;
        s->end = b->text.len;
        return;
    }
    b->spans = hf_grow(b->spans, &b->cap_spans, b->n_spans, sizeof *b->spans);
    b->spans[b->n_spans++] = (struct text_span){from, b->text.len, is_bold};
}

static void add_words(struct build *b, struct layout_word **words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct layout_word *w = words[i];
        bool at_break = b->text.len && b->text.data[b->text.len - 1] == '\n';
        enum layout_joint joint = i ? LAYOUT_BLANK : layout_joint_of(&b->text, w);
        if (!i && b->may_be_broken && joint == LAYOUT_BLANK) joint = LAYOUT_BREAK;
        if (joint == LAYOUT_NONE)
            hf_buf_cut(&b->text, b->text.len - 1);
        else if (joint != LAYOUT_HYPHEN && b->text.len && !at_break)
            hf_buf_addc(&b->text, joint == LAYOUT_BREAK ? TEXT_BREAK : ' ');
        size_t from = b->text.len;
        hf_buf_add(&b->text, w->text, w->len);
        if (w->bold)
            add_span(b, from, true, is_label(w, i + 1 < n ? words[i + 1] : NULL));
        if (w->italic) add_span(b, from, false, false);
    }
}

static struct text_cell *flush_cell(struct build *b, struct text_line *line)
{
    struct text_cell *c = text_line_add_cell(b->doc, line, b->text.data, b->text.len);
    for (size_t i = 0; i < b->n_spans; i++) text_cell_mark(b->doc, c, b->spans[i]);
    b->n_spans = 0;
    hf_buf_clear(&b->text);
    return c;
}

static struct text_line *add_line(struct build *b, const struct text_line *head)
{
    if (b->doc->n_lines >= TEXT_MAX_LINES) return NULL;
    struct text_line *line = text_doc_add(b->doc);
    *line = *head;
    line->line = ++b->line;
    return line;
}

static void end_paragraph(struct build *b)
{
    if (!b->is_open) return;
    struct text_line *line = add_line(b, &b->head);
    if (line)
        flush_cell(b, line);
    else
        hf_buf_clear(&b->text);
    b->n_spans = 0;
    b->is_open = false;
}

/* ---- measures ---- */

static double height_of(const struct layout_line *l)
{
    return l->y1 - l->y0;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double part_of(double *values, size_t n, double part, double fallback)
{
    if (!n) return fallback;
    qsort(values, n, sizeof *values, by_value);
    size_t i = (size_t)(part * (double)(n - 1) + 0.5);
    return values[i];
}

static bool is_single(const struct layout_line *l)
{
    return !l->row && layout_segment_end(l, 0, layout_gap_limit(l)) == l->n;
}

static double word_width(const struct layout_word *w)
{
    return w->x1 - w->x0;
}

/* True if the margin broke the line: the next word did not fit. */
static bool is_full(const struct layout_line *l, const struct layout_line *next,
                    double right)
{
    if (l->right > 0) right = l->right;
    return l->x1 + 0.25 * height_of(l) + word_width(next->words[0]) > right - 0.5;
}

/* The boxes of recognised words end where their ink does, and a pixel off. */
static double slack_of(const struct layout_page *page)
{
    return page->is_recognised ? 4 : 0;
}

/* ---- what holds for the page and the document ---- */

/* Returns how many lines tell it. */
static size_t measure_right(struct sheet *s, double *values)
{
    size_t n = 0;
    double most = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (s->lines[i].row || s->skip[i]) continue;
        if (s->lines[i].x1 > most) most = s->lines[i].x1;
        if (s->lines[i].n >= 5 && is_single(&s->lines[i])) values[n++] = s->lines[i].x1;
    }
    s->right = n >= 4 ? part_of(values, n, 1.0, most) : most;
    return n;
}

/* A page of few lines breaks them where the others do. */
static void measure_rights(struct build *b, double *values)
{
    size_t n, most = 0;
    const struct sheet *best = NULL;
    for (size_t p = 0; p < b->l->n_pages; p++) {
        struct sheet *s = &b->sheets[p];
        n = measure_right(s, values);
        s->n_measured = n;
        if (n > most) best = s;
        if (n > most) most = n;
    }
    for (size_t p = 0; best && p < b->l->n_pages; p++) {
        struct sheet *s = &b->sheets[p];
        bool alike = fabs(s->page->width - best->page->width) < 1;
        if (s->n_measured < 10 && alike && s->right < best->right) s->right = best->right;
    }
}

static void measure_pitch(struct build *b, double *wrap)
{
    size_t n = 0;
    for (size_t p = 0; p < b->l->n_pages; p++) {
        const struct sheet *s = &b->sheets[p];
        for (size_t i = 0; i + 1 < s->n; i++) {
            const struct layout_line *a = &s->lines[i], *c = &s->lines[i + 1];
            if (a->row || c->row || s->skip[i] || s->skip[i + 1]) continue;
            double pitch = (c->y0 - a->y0) / height_of(a);
            if (pitch < 3 && pitch > 0.5 && is_full(a, c, s->right) && is_single(a) &&
                layout_starts_lower(c->words[0]))
                wrap[n++] = pitch;
        }
    }
    b->set.wrap_pitch = part_of(wrap, n, 0.5, 1.2);
}

static void measure(struct build *b)
{
    size_t n = 0, lefts = 0, all = 0;
    double chars = 0, width = 0;
    for (size_t p = 0; p < b->l->n_pages; p++) all += b->sheets[p].n;
    double *values = hf_xcalloc(all + 1, sizeof *values),
           *left = hf_xcalloc(all + 1, sizeof *left);
    for (size_t p = 0; p < b->l->n_pages; p++) {
        const struct sheet *s = &b->sheets[p];
        for (size_t i = 0; i < s->n; i++) {
            if (s->lines[i].row) continue;
            values[n++] = height_of(&s->lines[i]);
            left[lefts++] = s->lines[i].x0;
            for (size_t k = 0; k < s->lines[i].n; k++) {
                chars += (double)hf_utf8_count(s->lines[i].words[k]->text,
                                               s->lines[i].words[k]->len);
                width += word_width(s->lines[i].words[k]);
            }
        }
    }
    b->set.height = part_of(values, n, 0.5, 12);
    b->set.left = part_of(left, lefts, 0.1, 72);
    b->set.char_width = chars > 0 && width > 0 ? width / chars : 6;
    measure_rights(b, values);
    measure_pitch(b, values);
    free(values);
    free(left);
}

/* ---- heads and feet ---- */

/* Of a scan the letters alone: signs and numbers are read now so, now so. */
static void key_of(const struct layout_line *l, bool is_scan, struct hf_buf *key)
{
    hf_buf_clear(key);
    for (size_t i = 0; i < l->n && key->len < 300; i++)
        for (size_t k = 0; k < l->words[i]->len; k++) {
            char c = l->words[i]->text[k];
            bool digit = c >= '0' && c <= '9';
            if (is_scan && (unsigned char)c < 'A') continue;
            if (!digit)
                hf_buf_addc(key, c);
            else if (!key->len || key->data[key->len - 1] != '#')
                hf_buf_addc(key, '#');
        }
}

/* 1 at the head of the page, 2 at its foot, 0 between. */
static int zone_of(const struct layout_page *p, const struct layout_line *l)
{
    if (l->y1 < 0.14 * p->height) return 1;
    return l->y0 > 0.88 * p->height ? 2 : 0;
}

/* On how many pages a line with that key stands at the same height. */
static size_t pages_with(const struct build *b, const struct sheet *of, size_t line,
                         const char *key, struct hf_buf *other)
{
    size_t found = 0;
    double y = of->lines[line].y0, near = of->page->is_recognised ? 15 : 1.5;
    for (size_t p = 0; p < b->l->n_pages && p < 40; p++) {
        const struct sheet *s = &b->sheets[p];
        for (size_t i = 0; i < s->n; i++) {
            if (s->lines[i].row || fabs(s->lines[i].y0 - y) > near) continue;
            key_of(&s->lines[i], of->page->is_recognised, other);
            if (strcmp(other->data, key) != 0) continue;
            found++;
            break;
        }
    }
    return found;
}

static void note_margin(struct build *b, const struct layout_line *l)
{
    add_words(b, l->words, l->n);
    text_doc_note(b->doc, &b->doc->margins, b->text.data, b->text.len);
    hf_buf_clear(&b->text);
    b->n_spans = 0;
}

static bool is_number_only(const char *key)
{
    return strspn(key, "#-–~ ./[]|") == strlen(key) || !strncasecmp(key, "side#", 5) ||
           !strncasecmp(key, "sida#", 5) || !strcasecmp(key, "side") ||
           !strcasecmp(key, "sida");
}

/* "2 / 5" is the foot of page 2; "12/24" may be the number of a case. */
static bool is_page_number(const struct layout_page *page, const struct layout_line *l,
                           const char *key)
{
    const char *first = strchr(key, '#');
    if (!is_number_only(key)) return false;
    if (!first || !strchr(first + 1, '#')) return true;
    for (size_t i = 0; i < l->n; i++) {
        size_t skip = strcspn(l->words[i]->text, "0123456789");
        if (l->words[i]->text[skip])
            return atoi(l->words[i]->text + skip) == page->number;
    }
    return false;
}

/* What repeats at the edge of the pages is no text; the head stays where it stands first.
 */
static void find_margins(struct build *b)
{
    struct hf_buf key = HF_BUF_INIT, other = HF_BUF_INIT;
    size_t pages = b->l->n_pages, looked = pages < 40 ? pages : 40;
    for (size_t p = 0; p < pages; p++) {
        struct sheet *s = &b->sheets[p];
        for (size_t i = 0; i < s->n; i++) {
            int zone = s->lines[i].row ? 0 : zone_of(s->page, &s->lines[i]);
            if (!zone && (i + 1 < s->n || s->lines[i].row)) continue;
            key_of(&s->lines[i], s->page->is_recognised, &key);
            if (!zone && strncasecmp(key.data, "sid", 3) != 0) continue;
            if (!zone && is_number_only(key.data)) zone = 2; /* the last line, at least */
            if (!zone) continue;
            if (zone == 2 && is_page_number(s->page, &s->lines[i], key.data))
                s->skip[i] = true;
            size_t found = pages_with(b, s, i, key.data, &other);
            if (found < 2 || found * 2 < looked) continue;
            note_margin(b, &s->lines[i]);
            s->skip[i] = p > 0 || zone == 2 || is_number_only(key.data);
        }
    }
    hf_buf_release(&key);
    hf_buf_release(&other);
}

/* ---- paragraphs ---- */

static bool is_all_bold(const struct layout_line *l)
{
    for (size_t i = 0; i < l->n; i++)
        if (!l->words[i]->bold) return false;
    return true;
}

/* The line is the first of its page or column. */
static bool begins_page(const struct build *b, const struct layout_line *l)
{
    return b->last_on_page_before || (b->last && l->region != b->last->region);
}

static bool goes_on(const struct build *b, const struct sheet *s,
                    const struct layout_line *l)
{
    const struct layout_line *a = b->last;
    if (!b->is_open || !is_single(l)) return false;
    bool over = begins_page(b, l),
         to_right = a->region % 3 == 1 && l->region == a->region + 1;
    if (over && !b->last_on_page_before && !to_right) return false;
    bool full = is_full(a, l, s->right - slack_of(s->page));
    if (layout_starts_item(l, a, full)) return false;
    if (b->is_first && layout_ends_title(a, l)) return false;
    double h = height_of(a), pitch = (l->y0 - a->y0) / h;
    if (fabs(height_of(l) - h) > 0.12 * h && !s->page->is_recognised) return false;
    double most = (s->page->is_recognised ? 1.1 : 1.07) * b->set.wrap_pitch + 0.02;
    if (!over && pitch > most) return false;
    const struct layout_word *end = a->words[a->n - 1];
    if (over && !layout_starts_lower(l->words[0]) &&
        (strchr(".:?!", end->text[end->len - 1]) || a->x1 < 0.6 * s->page->width))
        return false;
    if (is_all_bold(a) && !l->words[0]->bold) return false;
    if ((l->region == a->region && l->x0 < a->x0 - 3) || layout_starts_anew(l, a))
        return false;
    return full || layout_is_hyphenated(a, l);
}

static bool is_heading(const struct build *b, const struct sheet *s,
                       const struct layout_line *l)
{
    return !s->page->is_recognised && height_of(l) > 1.15 * b->set.height && l->n < 25;
}

static int blank_before(const struct build *b, const struct layout_line *l)
{
    if (!b->last && b->row && !b->last_on_page_before)
        return l->y0 - b->row->y1 > 0.65 * b->set.wrap_pitch * height_of(l);
    if (!b->last || begins_page(b, l)) return b->last != NULL;
    double pitch = (l->y0 - b->last->y0) / height_of(b->last);
    return pitch >
           1.65 * b->set.wrap_pitch; /* the usual space after a paragraph is less */
}

static void open_line(struct build *b, const struct sheet *s, const struct layout_line *l)
{
    double indent = (l->x0 - b->set.left) / b->set.char_width;
    b->head = (struct text_line){.kind = TEXT_PARAGRAPH, .page = s->page->number};
    b->head.blank_before = blank_before(b, l);
    b->head.indent = indent > 0.7 && indent < 500 ? (int)(indent + 0.5) : 0;
    if (is_heading(b, s, l)) {
        b->head.kind = TEXT_HEADING;
        b->head.level = height_of(l) > 1.5 * b->set.height ? 1 : 2;
    }
}

/* Words set apart by wide gaps: cells, as in the rows of a table. */
static void put_cells(struct build *b, const struct layout_line *l)
{
    double limit = layout_gap_limit(l);
    struct text_line *line = add_line(b, &b->head);
    if (!line) return;
    for (size_t from = 0, to; from < l->n; from = to) {
        to = layout_segment_end(l, from, limit);
        if (line->n_cells + 1 >= TEXT_MAX_CELLS) to = l->n;
        add_words(b, l->words + from, to - from);
        flush_cell(b, line);
    }
}

static void take_line(struct build *b, const struct sheet *s, const struct layout_line *l)
{
    if (goes_on(b, s, l)) {
        add_words(b, l->words, l->n);
        b->is_first = false;
    } else {
        end_paragraph(b);
        open_line(b, s, l);
        if (is_single(l)) {
            add_words(b, l->words, l->n);
            b->is_open = b->is_first = true;
        } else {
            put_cells(b, l);
        }
    }
    b->last = l;
    b->last_on_page_before = false;
}

/* ---- rows of ruled tables ---- */

/* The lines of a cell: those that its width broke are joined, others stand apart. */
static void add_cell_text(struct build *b, const struct layout_cell *c, double slack)
{
    double pad = 12;
    for (size_t i = 0; i < c->n; i++)
        if (c->lines[i].x0 - c->x0 < pad) pad = c->lines[i].x0 - c->x0;
    if (pad < 0) pad = 0;
    double gutter = layout_cell_gutter(c);
    for (size_t i = 0; i < c->n; i++) {
        const struct layout_line *l = &c->lines[i], *a = i ? &c->lines[i - 1] : NULL;
        if (a) {
            double pitch = (l->y0 - a->y0) / height_of(a);
            bool full = is_full(a, l, c->x1 - pad - slack);
            bool joins = full && !layout_starts_item(l, a, full) &&
                         pitch < 1.35 * b->set.wrap_pitch + 0.1 &&
                         (!is_all_bold(a) || l->words[0]->bold ||
                          layout_starts_lower(l->words[0]));
            joins |= layout_is_hyphenated(a, l);
            if (!joins && b->text.len) hf_buf_addc(&b->text, '\n');
            b->may_be_broken = joins && layout_may_be_broken(a, l, c->x1 - pad);
        }
        size_t left = 0;
        while (gutter > 0 && left < l->n && l->words[left]->x1 < gutter) left++;
        add_words(b, l->words, left);
        if (left && !strchr(",;:", b->text.data[b->text.len - 1]))
            hf_buf_addc(&b->text, ',');
        add_words(b, l->words + left, l->n - left);
        b->may_be_broken = false;
    }
}

static void take_row(struct build *b, const struct sheet *s, const struct layout_line *l)
{
    struct layout_row *r = l->row;
    end_paragraph(b);
    struct text_line head = {.kind = TEXT_ROW, .page = s->page->number};
    if (r->n == 1) { /* one cell over the whole width is no row */
        b->last = NULL;
        for (size_t i = 0; i < r->cells[0].n; i++) take_line(b, s, &r->cells[0].lines[i]);
        end_paragraph(b);
        b->last = NULL;
        return;
    }
    head.table = b->tables + r->table;
    struct text_line *line = add_line(b, &head);
    for (size_t i = 0; line && i < r->n; i++) {
        add_cell_text(b, &r->cells[i], slack_of(s->page));
        flush_cell(b, line)->grid_column = r->cells[i].column;
    }
    b->last = NULL;
    b->row = r;
    b->last_on_page_before = false;
}

/* ---- the whole ---- */

static int in_reading_order(const void *a, const void *b)
{
    const struct layout_line *x = a, *y = b;
    if (x->region != y->region) return x->region < y->region ? -1 : 1;
    return x->y0 < y->y0 ? -1 : x->y0 > y->y0;
}

static void add_rows(struct sheet *s, const struct layout_gutter *g)
{
    s->lines = hf_xrealloc(s->lines, (s->n + s->rows.n) * sizeof *s->lines);
    for (size_t i = 0; i < s->rows.n; i++) {
        struct layout_row *r = &s->rows.at[i];
        s->lines[s->n++] = (struct layout_line){
            .row = r,
            .y0 = r->y0,
            .y1 = r->y1,
            .region = layout_region(g, r->n ? r->cells[0].x0 : 0, (r->y0 + r->y1) / 2)};
    }
    qsort(s->lines, s->n, sizeof *s->lines, in_reading_order);
}

/* *gutter: that of the page before, if any; becomes that of this one. */
static void lay_out(struct sheet *s, struct layout_page *page, double *gutter)
{
    struct layout_word **words = hf_xcalloc(page->n_words + 1, sizeof *words);
    struct layout_gutter g;
    size_t n = 0;
    s->page = page;
    layout_find_rows(page, &s->rows);
    for (size_t i = 0; i < page->n_words; i++)
        if (!page->words[i].is_taken) words[n++] = &page->words[i];
    if (layout_find_gutter(page, words, n, &s->rows, *gutter, &g)) {
        layout_gather_regions(&g, words, n, &s->lines, &s->n);
        *gutter = g.x;
    } else {
        layout_gather(words, n, &s->lines, &s->n);
        *gutter = 0;
    }
    free(words);
    layout_mark_justified(s->lines, s->n);
    if (s->rows.n) add_rows(s, &g);
    s->skip = hf_xcalloc(s->n + 1, sizeof *s->skip);
}

/* Adds the rows of tables that no rules draw. */
static void add_columns(struct build *b, struct sheet *s, struct layout_table *before)
{
    struct layout_run run = {.lines = s->lines,
                             .n = s->n,
                             .skip = s->skip,
                             .wrap = b->set.wrap_pitch,
                             .near = s->page->is_recognised ? 5 : 2,
                             .is_recognised = s->page->is_recognised,
                             .height = b->set.height,
                             .rows = &s->rows,
                             .before = before};
    struct layout_row *old = s->rows.at;
    for (size_t i = 0; i < s->rows.n; i++)
        if (old[i].table > run.tables) run.tables = old[i].table;
    run.row_at = hf_xcalloc(s->n + 1, sizeof *run.row_at);
    for (size_t i = 0; i < s->n; i++)
        if (s->lines[i].row) run.row_at[i] = (size_t)(s->lines[i].row - old) + 1;
    s->rows.cap = s->rows.n + s->n + 1;
    s->rows.at = hf_xrealloc(old, s->rows.cap * sizeof *s->rows.at);
    for (size_t i = 0; i < s->n; i++)
        if (run.row_at[i]) s->lines[i].row = &s->rows.at[run.row_at[i] - 1];
    layout_find_columns(&run);
    for (size_t i = 0; i < s->n; i++)
        if (run.row_at[i]) s->lines[i].row = &s->rows.at[run.row_at[i] - 1];
    free(run.row_at);
}

static void take_page(struct build *b, const struct sheet *s)
{
    int tables = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (s->skip[i]) continue;
        if (s->lines[i].row) {
            take_row(b, s, &s->lines[i]);
            if (s->lines[i].row->table > tables) tables = s->lines[i].row->table;
        } else {
            take_line(b, s, &s->lines[i]);
        }
    }
    b->tables += tables;
    b->last_on_page_before = true;
}

void layout_to_doc(struct layout *l, struct text_doc *doc)
{
    struct build b = {.l = l, .doc = doc};
    hf_buf_init(&b.text);
    b.sheets = hf_xcalloc(l->n_pages + 1, sizeof *b.sheets);
    double gutter = 0;
    for (size_t i = 0; i < l->n_pages; i++) {
        layout_take_marks(&l->pages[i], doc);
        lay_out(&b.sheets[i], &l->pages[i], &gutter);
    }
    find_margins(&b);
    measure(&b);
    struct layout_table before = {.at_foot = false};
    for (size_t i = 0; i < l->n_pages; i++) add_columns(&b, &b.sheets[i], &before);
    for (size_t i = 0; i < l->n_pages; i++) take_page(&b, &b.sheets[i]);
    end_paragraph(&b);
    doc->n_pages = (int)l->n_pages;
    for (size_t i = 0; i < l->n_pages; i++) {
        layout_rows_release(&b.sheets[i].rows);
        layout_lines_free(b.sheets[i].lines, b.sheets[i].n);
        free(b.sheets[i].skip);
    }
    free(b.sheets);
    free(b.spans);
    hf_buf_release(&b.text);
    text_doc_finish(doc);
}
