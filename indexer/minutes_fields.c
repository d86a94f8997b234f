#include "minutes_fields.h"
#include "minutes_scan.h"
#include "minutes_marks.h"
#include "minutes_text.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"

#define MAX_HEAD_LINES 400
#define MAX_TAIL_LINES 40
#define MAX_HEAD_BYTES ((size_t)192 << 10) /* of fields: a head is a page or two */

void fields_release(struct fields *f)
{
    for (size_t i = 0; i < f->n; i++) {
        hf_buf_release(&f->at[i].label);
        hf_buf_release(&f->at[i].text);
        free(f->at[i].marks);
    }
    free(f->at);
    memset(f, 0, sizeof *f);
}

size_t field_line(const struct field *f, size_t at)
{
    size_t line = f->n_marks ? f->marks[0].line_index : 0;
    for (size_t i = 0; i < f->n_marks && f->marks[i].at <= at; i++)
        line = f->marks[i].line_index;
    return line;
}

/* ---- labels ------------------------------------------------------------------------ */

static bool is_capital_at(const char *text, size_t len)
{
    uint32_t c;
    hf_utf8_next(text, len, &c);
    return hf_utf8_is_upper(c);
}

/* "Vara: Ola Haug" in a list of the absent: the deputy of the one before, not a list of
 * its own. */
static bool is_deputy_of_absent(const struct scan *s, const struct label *l, bool follows,
                                const char *rest, size_t rest_len)
{
    if (s->open == SIZE_MAX || strcmp(l->note, "deputy") != 0) return false;
    const struct field *f = &s->f->at[s->open];
    if (strcmp(f->what, "absent") != 0 || !(follows || f->text.len) ||
        l->end - l->start > 14)
        return false;
    size_t line = strcspn(rest, "\n");
    if (line < rest_len) rest_len = line;
    for (size_t i = 0; i < rest_len; i++)
        if (strchr(",;\t", rest[i]) || (i + 4 < rest_len && !memcmp(rest + i, " og ", 4)))
            return false;
    struct name_part name;
    return name_split(s->x, rest, rest_len, true, &name);
}

/* Only lists go on over several lines; a date or a place is one value. */
static bool is_list(const struct field *f)
{
    return f->is_people && !strstr(f->note, "chair") &&
           !(strstr(f->note, "minutes_by") && f->text.len && !f->is_block);
}

/* "Hansen Referent:" after a given name: the label that begins later and ends at the same
 * colon, if a table has it. */
static size_t known_label_within(const struct scan *s, const char *text, size_t len,
                                 const struct label *free)
{
    for (size_t i = 1; i < free->end; i++) {
        struct label l;
        if (text[i - 1] == ' ' && is_capital_at(text + i, len - i) &&
            read_label(&s->labels, text + i, len - i, false, &l) && l.has_colon &&
            !l.is_free && !l.start && i + l.end == free->end)
            return i;
    }
    return 0;
}

/* The next label with a colon inside a line: begins a word, in capitals. */
static bool next_label(const struct scan *s, const char *text, size_t len, size_t from,
                       struct label *l)
{
    bool in_list = s->open != SIZE_MAX && is_list(&s->f->at[s->open]);
    for (size_t i = from + 1; i < len; i++) {
        if (!strchr(" \n.;", text[i - 1])) continue;
        if (!is_capital_at(text + i, len - i)) continue;
        if (!read_label(&s->labels, text + i, len - i, false, l) || !l->has_colon)
            continue;
        if (l->start) continue;
        if (l->is_free) {
            size_t at = known_label_within(s, text + i, len - i, l);
            if (at) {
                i += at - 1;
                continue;
            }
        }
        if (in_list && (!l->is_people || !strcmp(l->note, "group"))) continue;
        if (!l->is_people && text[i + l->end] != ':') continue;
        if (!strcmp(l->what, "stop")) continue;
        if (is_deputy_of_absent(s, l, true, text + i + l->rest, len - i - l->rest))
            continue;
        l->start += i;
        l->end += i;
        l->rest += i;
        return true;
    }
    return false;
}

static void open_label(struct scan *s, const char *text, const struct label *l,
                       size_t line_index)
{
    if (!strcmp(l->what, "stop")) {
        s->open = SIZE_MAX;
        s->after_stop = true;
        return;
    }
    struct field *f = scan_field(s, l->what);
    f->note = l->note;
    f->is_people = l->is_people;
    hf_buf_add(&f->label, text + l->start, l->end - l->start);
    f->marks = hf_grow(f->marks, &f->cap_marks, 0, sizeof *f->marks);
    f->marks[f->n_marks++] = (struct field_mark){0, line_index};
    s->open = s->f->n - 1;
    s->wants_value = true;
}

/* ---- lines ------------------------------------------------------------------------- */

static void give_value(struct scan *s, const char *text, size_t len, char sep,
                       size_t line_index)
{
    len = text_trim_right(text, len);
    if (!len || s->open == SIZE_MAX) return;
    struct field *f = &s->f->at[s->open];
    if (!f->text.len && f->marks[0].line_index != line_index) f->is_block = true;
    field_append(f, text, len, sep, line_index);
    s->wants_value = false;
    if (!is_list(f)) s->open = SIZE_MAX;
}

/* "Leder: Navn" or "Sekretær: Navn" as a line of a list that stands below its own
 * heading. */
static bool is_line_of_list(const struct scan *s, const struct label *l, const char *rest,
                            size_t rest_len, size_t line_index)
{
    if (s->open == SIZE_MAX || !l->is_people || l->is_alone) return false;
    const struct field *f = &s->f->at[s->open];
    bool follows = !s->doc->lines[line_index].blank_before && !strcmp(f->what, "present");
    if (!l->has_colon && !follows) return false; /* "Leiar Kari Nordby, Molde" */
    struct name_part name; /* "Møteleder: KN" is no line of a list */
    if (!name_split(s->x, rest, rest_len, true, &name)) return false;
    bool office = strstr(l->note, "chair") || strstr(l->note, "minutes_by");
    bool below = f->is_block || (s->wants_value && f->n_marks);
    return office && is_list(f) && below && strcmp(f->what, "secretariat");
}

/* A label, and not a group's heading inside of an open list: "Fra kommunene" below
 * "Forfall" is of the absent. */
static bool begins_with_label(const struct scan *s, const char *text, size_t len,
                              bool in_row, struct label *l)
{
    if (!read_label(&s->labels, text, len, in_row, l)) return false;
    if (s->open == SIZE_MAX || strcmp(l->note, "group") != 0) return true;
    const struct field *f = &s->f->at[s->open];
    bool below_absent = !strcmp(f->what, "absent") && (f->is_block || s->wants_value);
    return !(f->is_people && ((l->is_alone && !l->has_colon) || below_absent));
}

/* One paragraph: splits it at its labels. False if it holds none and no field is open. */
static bool take_text(struct scan *s, const char *text, size_t len, bool in_row,
                      size_t line_index)
{
    struct label l, next;
    bool any = begins_with_label(s, text, len, in_row, &l);
    if (any && !in_row &&
        (is_line_of_list(s, &l, text + l.rest, len - l.rest, line_index) ||
         is_deputy_of_absent(s, &l, false, text + l.rest, len - l.rest))) {
        give_value(s, text, len, '\n', line_index);
        return true;
    }
    if (!any) {
        if (s->open != SIZE_MAX && next_label(s, text, len, 0, &next)) {
            give_value(s, text, next.start, in_row ? '\t' : '\n', line_index);
            l = next;
            any = true;
        }
    }
    if (!any) {
        if (s->open == SIZE_MAX) return false;
        give_value(s, text, len, in_row ? '\t' : '\n', line_index);
        return true;
    }
    for (;;) {
        open_label(s, text, &l, line_index);
        if (s->open == SIZE_MAX) return true;
        bool more = next_label(s, text, len, l.rest ? l.rest - 1 : 0, &next);
        size_t to = more ? next.start : len;
        give_value(s, text + l.rest, to > l.rest ? to - l.rest : 0, '\n', line_index);
        if (!more) return true;
        l = next;
    }
}

static void take_unlabelled(struct scan *s, const char *text, size_t len,
                            size_t line_index)
{
    struct field *f = scan_field(s, "");
    field_append(f, text, len, 0, line_index);
    f->is_whole_line = true;
}

static bool begins_with_number(const char *text, size_t len)
{
    size_t i = 0;
    while (i < len && text[i] >= '0' && text[i] <= '9') i++;
    return i > 0 && i < len && strchr("./-–", text[i]);
}

/* A line between blank lines that names a group, with people below it: "Vestre Viken". */
static bool is_group_heading(const struct scan *s, const struct text_line *l,
                             const char *text, size_t len)
{
    struct name_part name;
    const char *side;
    size_t next = (size_t)(l - s->doc->lines) + 1;
    if (len > 60 || next >= s->doc->n_lines || !s->doc->lines[next].n_cells) return false;
    if (strpbrk(text, "0123456789")) return false;
    const struct text_cell *c = &s->doc->lines[next].cells[0];
    enum attr_kind kind = attr_classify(s->x, text, len, &side);
    if (memchr(text, ':', len)) return true;
    struct cue_match hit;
    bool is_label =
        cue_at_start(cues_table(s->x->cues, "presence"), text, len, &hit) && !hit.start;
    if (kind != ATTR_ROLE && kind != ATTR_ORG && !is_label) return false;
    /* A heading may be that of a case without a number: below it a sentence. */
    if (l->kind == TEXT_HEADING && c->len && strchr(".:", c->text[c->len - 1]))
        return false;
    return name_split(s->x, c->text, c->len < 100 ? c->len : 100, true, &name) &&
           name.start < 40;
}

/* True where the list of people that is open ends before this line. */
static bool ends_list(const struct scan *s, const struct text_line *l, const char *text,
                      size_t len)
{
    struct name_part name;
    const struct field *f = &s->f->at[s->open];
    size_t number = list_numbering(text, len);
    if (l->kind == TEXT_HEADING)
        return !f->is_people || !is_group_heading(s, l, text, len);
    if (!f->is_people) return l->blank_before > 1 && !s->wants_value;
    size_t near = len - number < 400 ? len - number : 400;
    if (name_split(s->x, text + number, near, true, &name)) {
        if (begins_with_number(text, len)) return name.start > 2;
        return name.start > 80 && len > 160;
    }
    if (begins_with_number(text, len)) return true;
    if (l->blank_before && f->text.len) return !is_group_heading(s, l, text, len);
    return len > 140;
}

/* The longest of the lines that stand together around i. */
static size_t width_around(const struct scan *s, size_t i)
{
    const struct text_line *l = s->doc->lines;
    size_t width = 0, from = i, to = i;
    while (from && i - from < 30 && !l[from].blank_before && l[from - 1].n_cells == 1)
        from--;
    while (to + 1 < s->doc->n_lines && to - i < 30 && !l[to + 1].blank_before) to++;
    for (size_t k = from; k <= to; k++)
        if (l[k].n_cells == 1 && l[k].cells[0].len > width) width = l[k].cells[0].len;
    return width;
}

/* "Sekretariatet v/ …", "Forfall: …", "Bærum: …": begins something of its own. */
static bool begins_own_line(const char *text, size_t len)
{
    size_t n = len < 60 ? len : 60;
    for (size_t i = 0; i + 1 < n; i++) {
        if (strchr(",;.(", text[i])) return false;
        if (text[i] == ':' || (text[i] == 'v' && text[i + 1] == '/')) return true;
    }
    return false;
}

/* The line ends in the middle of a name: "…, Oddbjørg". */
static bool ends_in_given_name(const struct scan *s, const struct text_cell *c)
{
    size_t from = c->len;
    while (from && !strchr(",;)(:/", c->text[from - 1])) from--;
    while (from < c->len && c->text[from] == ' ') from++;
    struct word w; /* "Per Gustav" too */
    for (size_t n = 0; n < 3 && from && from < c->len; n++) {
        if (!word_next(s->x, c->text, c->len, from, &w) || w.start > from + 1)
            return false;
        if (!w.is_given) return false;
        if (w.end == c->len) return true;
        from = w.end;
    }
    return false;
}

/* Lines that were one paragraph before the page was narrow: full, and broken in the
 * middle. Below a label in a column of its own the paragraph is the last cell. */
static bool is_wrapped(const struct scan *s, size_t i)
{
    const struct text_line *a = &s->doc->lines[i - 1], *b = &s->doc->lines[i];
    if (b->blank_before || !a->n_cells || b->n_cells != 1 || b->kind == TEXT_ITEM)
        return false;
    const struct text_cell *p = &a->cells[a->n_cells - 1], *q = &b->cells[0];
    if (a->n_cells > 1 && (p->at_char < 4 || abs(p->at_char - b->indent) > 2))
        return false;
    struct name_part name;
    uint32_t c;
    if (!p->len || !q->len) return false;
    hf_utf8_next(q->text, q->len, &c);
    if (c == 'x' && q->len > 1 && q->text[1] == ' ') return false; /* a tick */
    if (c == 'v' && q->len > 2 && q->text[1] == '/') return false;
    if (hf_utf8_is_lower(c) || c == '(') return true;
    if (strchr("-/", p->text[p->len - 1])) return true;
    if (p->len >= 40 && ends_in_given_name(s, p)) return true;
    if (p->len < 60 || strchr(":;.", p->text[p->len - 1])) return false;
    if (begins_own_line(q->text, q->len)) return false;
    size_t word = 0;
    while (word < q->len && q->text[word] != ' ') word++;
    if (a->n_cells == 1 && p->len + 1 + word + 4 < width_around(s, i))
        return false; /* the word had room */
    return p->text[p->len - 1] == ',' || !name_starts(s->x, q->text, q->len, &name);
}

/* Joins a broken line to the text: a hyphen at its end divides a word or a double name.
 */
static void join_wrapped(struct field *f, const char *text, size_t len, size_t line_index)
{
    uint32_t c = 0;
    if (len) hf_utf8_next(text, len, &c);
    bool hyphen = f->text.len > 1 && f->text.data[f->text.len - 1] == '-' &&
                  f->text.data[f->text.len - 2] != ' ';
    if (hyphen && hf_utf8_is_lower(c)) hf_buf_cut(&f->text, f->text.len - 1);
    field_append(f, text, len, hyphen ? 0 : ' ', line_index);
}

static void take_plain_line(struct scan *s, size_t i)
{
    const struct text_line *l = &s->doc->lines[i];
    char *text = scan_cell_text(&l->cells[0]);
    size_t len = l->cells[0].len;
    struct label label;
    bool labelled = begins_with_label(s, text, len, false, &label);
    if (s->open != SIZE_MAX && !labelled && i && is_wrapped(s, i) &&
        s->f->at[s->open].text.len) {
        struct label next;
        bool more = next_label(s, text, len, 0, &next);
        struct field *f = &s->f->at[s->open];
        join_wrapped(f, text, more ? next.start : len, i);
        if (more) take_text(s, text + next.start, len - next.start, false, i);
        goto out;
    }
    if (s->open != SIZE_MAX && !labelled && ends_list(s, l, text, len))
        s->open = SIZE_MAX;
    for (size_t from = 0; from < len;) {
        const char *end = memchr(text + from, '\n', len - from);
        size_t n = end ? (size_t)(end - text) - from : len - from;
        if (n && !take_text(s, text + from, n, false, i))
            take_unlabelled(s, text + from, n, i);
        from += n + 1;
    }
out:
    free(text);
}

/* A cell is a label; but in a row that begins with a name "forfall" speaks of that
 * person. */
static bool is_labelled_row(const struct scan *s, const struct text_line *l)
{
    struct label label;
    struct name_part name;
    bool named = false, first = true;
    for (size_t k = 0; k < l->n_cells; k++) {
        const struct text_cell *c = &l->cells[k];
        if (!c->len) continue;
        if (first) named = name_starts(s->x, c->text, c->len, &name);
        first = false;
        if (!read_label(&s->labels, c->text, c->len, true, &label)) continue;
        if (!named || label.has_colon) return true;
    }
    return false;
}

static void take_row(struct scan *s, size_t i)
{
    const struct text_line *l = &s->doc->lines[i];
    if (scan_table_row(s, i)) return;
    bool labelled = is_labelled_row(s, l), any = false;
    struct label label;
    if (!labelled && s->open != SIZE_MAX && s->f->at[s->open].is_people) {
        scan_row(&s->f->at[s->open], l, i);
        return;
    }
    if (!labelled) s->open = SIZE_MAX;
    for (size_t k = 0; k < l->n_cells; k++) {
        const struct text_cell *c = &l->cells[k];
        if (!c->len) continue;
        char *text = scan_cell_text(c);
        bool is_label = read_label(&s->labels, text, c->len, true, &label);
        if (is_label && any && !label.has_colon && s->wants_value && s->open != SIZE_MAX)
            is_label = label.is_alone;
        any |= is_label;
        if (s->open == SIZE_MAX && !is_label)
            take_unlabelled(s, text, c->len, i);
        else
            for (size_t from = 0; from < c->len;) {
                const char *end = memchr(text + from, '\n', c->len - from);
                size_t n = end ? (size_t)(end - text) - from : c->len - from;
                if (n && !take_text(s, text + from, n, from == 0, i))
                    take_unlabelled(s, text + from, n, i);
                from += n + 1;
            }
        free(text);
    }
}

static void take_line(struct scan *s, size_t i)
{
    const struct text_line *l = &s->doc->lines[i];
    size_t filled = 0;
    for (size_t k = 0; k < l->n_cells; k++) s->bytes += l->cells[k].len + 1;
    if (s->bytes > MAX_HEAD_BYTES) return;
    s->labels.line_index = i;
    for (size_t k = 0; k < l->n_cells; k++) filled += l->cells[k].len > 0;
    if (!filled) return;
    if (filled > 1 && !s->in_table && !scan_has_columns(s, l) && scan_heads(s, i)) return;
    if (s->n_heads && scan_below_heads(s, i)) return;
    if (l->n_cells > 1) {
        take_row(s, i);
        return;
    }
    if (s->in_table && scan_table_row(s, i)) return;
    if (s->in_table) {
        s->in_table = false;
        s->open = SIZE_MAX;
    }
    take_plain_line(s, i);
}

static void scan_init(struct scan *s, struct fields *f, const struct name_ctx *x,
                      const struct text_doc *doc)
{
    memset(s, 0, sizeof *s);
    s->f = f;
    s->x = x;
    s->doc = doc;
    s->open = SIZE_MAX;
    s->columns = cues_table(x->cues, "people_columns");
    s->labels = (struct label_reader){x,
                                      doc,
                                      cues_table(x->cues, "head"),
                                      cues_table(x->cues, "presence"),
                                      cues_table(x->cues, "presence_words"),
                                      0};
}

void fields_read_rest(struct fields *f, const struct name_ctx *x,
                      const struct text_doc *doc, const struct minutes_parts *parts)
{
    memset(f, 0, sizeof *f);
    struct scan s;
    scan_init(&s, f, x, doc);
    s.is_tail = true;
    size_t from = parts->cases_from;
    if (doc->n_lines > 500 && from < doc->n_lines - 500) from = doc->n_lines - 500;
    for (size_t i = from; i < doc->n_lines; i++) take_line(&s, i);
}

void fields_read(struct fields *f, const struct name_ctx *x, const struct text_doc *doc,
                 const struct minutes_parts *parts)
{
    size_t to = parts->cases_from > parts->head_to ? parts->cases_from : parts->head_to;
    memset(f, 0, sizeof *f);
    struct scan s;
    scan_init(&s, f, x, doc);
    if (to > doc->n_lines) to = doc->n_lines;
    size_t head_to = to < MAX_HEAD_LINES ? to : MAX_HEAD_LINES;
    for (size_t i = 0; i < head_to;) {
        size_t n = scan_vertical_table(&s, i, head_to);
        if (!n) take_line(&s, i);
        i += n ? n : 1;
    }
    s.open = SIZE_MAX;
    s.in_table = false;
    s.is_tail = true;
    size_t last =
        doc->n_lines > 8 ? doc->n_lines - 8 : 0; /* "Referent: …" under the last case */
    size_t tail = parts->cases_to < last ? parts->cases_to : last;
    if (tail < head_to) tail = head_to;
    if (doc->n_lines > MAX_TAIL_LINES && tail < doc->n_lines - MAX_TAIL_LINES)
        tail = doc->n_lines - MAX_TAIL_LINES;
    for (size_t i = tail; i < doc->n_lines; i++) take_line(&s, i);
}
