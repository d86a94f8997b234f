#include "minutes_scan.h"

#include <stdlib.h>
#include <string.h>

#include "minutes_list.h"

#define MAX_FIELD ((size_t)192 << 10) /* bytes */

struct field *scan_field(struct scan *s, const char *what)
{
    struct fields *f = s->f;
    f->at = hf_grow(f->at, &f->cap, f->n, sizeof *f->at);
    struct field *field = &f->at[f->n++];
    memset(field, 0, sizeof *field);
    hf_buf_init(&field->label);
    hf_buf_init(&field->text);
    field->what = what;
    field->note = "";
    field->after_stop = s->after_stop;
    field->is_tail = s->is_tail;
    return field;
}

void field_append(struct field *f, const char *text, size_t len, char sep,
                  size_t line_index)
{
    if (f->text.len + len > MAX_FIELD) return;
    if (f->text.len && sep) hf_buf_addc(&f->text, sep);
    f->marks = hf_grow(f->marks, &f->cap_marks, f->n_marks, sizeof *f->marks);
    f->marks[f->n_marks++] = (struct field_mark){f->text.len, line_index};
    hf_buf_add(&f->text, text, len);
}

/* Bold shows where a group begins and ends: "… tjenester <b>Tillitsvalgt;</b> Navn" has a
 * semicolon for its colon and no mark before it. */
char *scan_cell_text(const struct text_cell *cell)
{
    char *copy = hf_xstrndup(cell->text, cell->len);
    for (size_t i = 0; i < cell->n_spans; i++) {
        size_t start = cell->spans[i].start, end = cell->spans[i].end;
        while (end > start && copy[end - 1] == ' ') end--;
        if (!cell->spans[i].is_bold || end == start || !strchr(":;", copy[end - 1]))
            continue;
        copy[end - 1] = ':';
        while (start < end && copy[start] == ' ') start++;
        size_t before = start; /* "- **Forfall:** …": a list's glyph is no person */
        list_trim(copy, &before);
        if (before && copy[start - 1] == ' ') copy[start - 1] = ';';
    }
    return copy;
}

/* "Til stede / forfall", "Møtt (ja/nei)": the first of the two says what it is. */
const char *scan_column(const struct cue_table *columns, const char *text, size_t len)
{
    struct cue_match m;
    if (cue_is_whole(columns, text, len, &m)) return m.value;
    size_t n = 0;
    while (n < len && !strchr("/(", text[n])) n++;
    while (n && text[n - 1] == ' ') n--;
    if (n == len || !n || !cue_is_whole(columns, text, n, &m)) return NULL;
    return m.value;
}

/* True if the cells of the row are headings of a table of participants; the column of
 * names may have none. */
bool scan_has_columns(const struct scan *s, const struct text_line *l)
{
    size_t n = 0, filled = 0;
    bool has_name = false;
    for (size_t k = 0; k < l->n_cells; k++) {
        filled += l->cells[k].len > 0;
        const char *kind = scan_column(s->columns, l->cells[k].text, l->cells[k].len);
        if (!kind) continue;
        n++;
        if (!strcmp(kind, "name")) has_name = true;
    }
    return n >= 2 && (has_name || n == filled);
}

void scan_row(struct field *f, const struct text_line *l, size_t line_index)
{
    for (size_t k = 0; k < l->n_cells; k++) {
        char *text = scan_cell_text(&l->cells[k]);
        char sep = k ? '\t' : '\n';
        for (char *p = text; *p; p++)
            if (*p == '\n') *p = ';';
        if (k || !f->text.len) {
            if (k) hf_buf_addc(&f->text, sep);
            field_append(f, text, l->cells[k].len, 0, line_index);
        } else {
            field_append(f, text, l->cells[k].len, sep, line_index);
        }
        free(text);
    }
}

/* A row set with blanks: each cell goes to the heading nearest above it. */
static void aligned_row(struct scan *s, const struct text_line *l, size_t line_index)
{
    struct field *f = &s->f->at[s->open];
    size_t last = s->n_table_columns - 1;
    for (size_t h = 0, k = 0; h < s->n_table_columns; h++) {
        field_append(f, "", 0, h ? '\t' : '\n', line_index);
        for (bool first = true; k < l->n_cells; k++, first = false) {
            int at = l->cells[k].at_char;
            bool here =
                h == last || abs(at - s->table_at[h]) <= abs(at - s->table_at[h + 1]);
            if (!here) break;
            field_append(f, l->cells[k].text, l->cells[k].len, first ? 0 : ' ',
                         line_index);
        }
    }
}

static void note_columns(struct scan *s, const struct text_line *l)
{
    s->n_table_columns = 0;
    if (l->n_cells > MAX_COLUMNS || !l->cells[l->n_cells - 1].at_char) return;
    for (size_t k = 0; k < l->n_cells; k++) s->table_at[k] = l->cells[k].at_char;
    s->n_table_columns = l->n_cells;
}

static bool begins_with_person(const struct scan *s, const struct text_line *l)
{
    struct name_part name;
    size_t k = 0;
    while (k < l->n_cells && !l->cells[k].len) k++;
    return k + 1 < l->n_cells &&
           name_starts(s->x, l->cells[k].text, l->cells[k].len, &name);
}

/* "Andre" on a line of its own between rows: the table goes on, with others. */
static bool goes_on_below(struct scan *s, size_t i)
{
    const struct text_line *l = &s->doc->lines[i];
    const struct text_cell *c = &l->cells[0];
    struct cue_match m;
    struct label label;
    if (i + 1 >= s->doc->n_lines || l->n_cells != 1 || c->len > 60 ||
        l->kind == TEXT_HEADING || strpbrk(c->text, "0123456789") ||
        !begins_with_person(s, &s->doc->lines[i + 1]))
        return false;
    const char *what = s->f->at[s->open].note;
    if (read_label(&s->labels, c->text, c->len, true, &label)) {
        if (!label.is_people || !label.is_alone) return false;
        what = label.what;
    } else if (cue_at_start(s->labels.people, c->text, c->len, &m)) {
        what = m.value;
    }
    if (!strcmp(what, "guest") || !strcmp(what, "deputy")) what = "present";
    const struct hf_buf *above = &s->f->at[s->open].text;
    const char *end = memchr(above->data, '\n', above->len);
    char *heads =
        hf_xstrndup(above->data, end ? (size_t)(end - above->data) : above->len);
    struct field *f = scan_field(s, "table");
    f->note = what;
    f->is_people = true;
    field_append(f, heads, strlen(heads), 0, i);
    free(heads);
    s->open = s->f->n - 1;
    return true;
}

bool scan_table_row(struct scan *s, size_t i)
{
    const struct text_line *l = &s->doc->lines[i];
    struct name_part name;
    if (s->in_table && goes_on_below(s, i)) return true;
    if (s->in_table && l->n_cells == 1) { /* a name and nothing more */
        if (!s->n_table_columns ||
            !name_starts(s->x, l->cells[0].text, l->cells[0].len, &name))
            return false;
        aligned_row(s, l, i);
        return true;
    }
    if (l->n_cells < 2) return false;
    if (scan_has_columns(s, l)) {
        const char *note = s->open != SIZE_MAX && s->f->at[s->open].is_people
                               ? s->f->at[s->open].what
                               : "present";
        struct field *f = scan_field(s, "table");
        f->note = note;
        f->is_people = true;
        scan_row(f, l, i);
        note_columns(s, l);
        s->open = s->f->n - 1;
        s->in_table = true;
        return true;
    }
    if (!s->in_table) return false;
    struct label label;
    if (l->cells[0].len && !begins_with_person(s, l) &&
        read_label(&s->labels, l->cells[0].text, l->cells[0].len, true, &label)) {
        s->in_table = false;
        return false;
    }
    if (s->n_table_columns)
        aligned_row(s, l, i);
    else
        scan_row(&s->f->at[s->open], l, i);
    return true;
}

/* ---- columns with a label each ----------------------------------------------------- */

static int place_of(const struct text_line *l, size_t k)
{
    return l->cells[k].at_char || l->n_cells == 1 ? l->cells[k].at_char
                                                  : l->cells[k].grid_column * 1000;
}

/* What one heading says: the label's cue, or NULL where it only names a group. False
 * where it is no heading: it names somebody or holds a number. */
static bool read_heading(const struct scan *s, const struct text_cell *c, struct label *l)
{
    struct name_part name;
    const char *side;
    memset(l, 0, sizeof *l);
    if (c->len < 3 || c->len > 60 || strpbrk(c->text, "0123456789")) return false;
    if (name_split(s->x, c->text, c->len, false, &name)) return false;
    if (read_label(&s->labels, c->text, c->len, true, l)) {
        if (!l->is_people || strstr(l->note, "chair") || strstr(l->note, "minutes_by"))
            return false;
        return l->is_alone;
    }
    struct cue_match m;
    if (cue_at_start(s->labels.people, c->text, c->len, &m) &&
        !strstr(m.cue->note, "chair")) {
        *l = (struct label){.what = m.value, .note = "", .start = m.start, .end = c->len};
        return true;
    }
    const char *comma = memchr(c->text, ',', c->len);
    size_t first = comma ? (size_t)(comma - c->text) : c->len;
    if (name_split(s->x, c->text, first, true, &name)) return false;
    enum attr_kind kind = attr_classify(s->x, c->text, c->len, &side);
    return kind == ATTR_ORG || kind == ATTR_ROLE;
}

/* "Deltakere fra kommunene      Forfall": a row of headings, people below. */
bool scan_heads(struct scan *s, size_t i)
{
    const struct text_line *l = &s->doc->lines[i];
    struct label label[MAX_HEADS];
    size_t n = 0, labels = 0, cell[MAX_HEADS];
    struct name_part name;
    for (size_t k = 0; k < l->n_cells; k++) {
        if (!l->cells[k].len) continue;
        if (n >= MAX_HEADS || !read_heading(s, &l->cells[k], &label[n])) return false;
        labels += label[n].what != NULL;
        cell[n++] = k;
    }
    if (n < 2 || i + 1 >= s->doc->n_lines || (!labels && !s->n_heads)) return false;
    const struct text_line *below = &s->doc->lines[i + 1];
    const char *text = below->n_cells ? below->cells[0].text : "";
    size_t len = below->n_cells ? below->cells[0].len : 0;
    if (below->blank_before > 1 || !name_split(s->x, text, len, true, &name))
        return false;
    for (size_t k = 0; k < n; k++) {
        const struct text_cell *c = &l->cells[cell[k]];
        struct field *f = scan_field(s, label[k].what ? label[k].what : "present");
        f->note = label[k].what ? "" : "group";
        f->is_people = true;
        hf_buf_add(&f->label, c->text, c->len);
        field_append(f, "", 0, 0, i);
        s->head_field[k] = s->f->n - 1;
        s->head_at[k] = place_of(l, cell[k]);
    }
    s->n_heads = n;
    s->open = SIZE_MAX;
    return true;
}

/* A line below such headings: each cell belongs to the heading nearest above it. */
bool scan_below_heads(struct scan *s, size_t i)
{
    const struct text_line *l = &s->doc->lines[i];
    struct name_part name;
    bool any = false;
    for (size_t k = 0; k < l->n_cells; k++) {
        const struct text_cell *c = &l->cells[k];
        any |= c->len && name_split(s->x, c->text, c->len, true, &name);
        struct label label;
        if (c->len && read_label(&s->labels, c->text, c->len, false, &label)) any = false;
    }
    if (!any || l->n_cells > s->n_heads) {
        s->n_heads = 0;
        return false;
    }
    for (size_t k = 0; k < l->n_cells; k++) {
        size_t best = 0;
        if (!l->cells[k].len) continue;
        for (size_t h = 1; h < s->n_heads; h++)
            if (abs(place_of(l, k) - s->head_at[h]) <
                abs(place_of(l, k) - s->head_at[best]))
                best = h;
        field_append(&s->f->at[s->head_field[best]], l->cells[k].text, l->cells[k].len,
                     '\n', i);
    }
    return true;
}

/* A table that lost its columns: each cell on a line of its own, the headings first. */
size_t scan_vertical_table(struct scan *s, size_t from, size_t to)
{
    size_t n = 0;
    bool has_name = false;
    struct cue_match m;
    const struct text_line *l = s->doc->lines;
    while (from + n < to && n < 8 && l[from + n].n_cells == 1 &&
           cue_is_whole(s->columns, l[from + n].cells[0].text, l[from + n].cells[0].len,
                        &m)) {
        has_name |= !strcmp(m.value, "name");
        n++;
    }
    if (n < 2 || !has_name) return 0;
    struct field *f = scan_field(s, "table");
    f->note = "present";
    f->is_people = true;
    for (size_t k = 0; k < n; k++)
        field_append(f, l[from + k].cells[0].text, l[from + k].cells[0].len, k ? '\t' : 0,
                     from + k);
    size_t i = from + n, row = 0;
    for (; i < to; i++) {
        struct name_part name;
        struct label label;
        const struct text_cell *c = &l[i].cells[0];
        if (l[i].n_cells != 1 || c->len > 80 || l[i].kind == TEXT_HEADING) break;
        if (read_label(&s->labels, c->text, c->len, false, &label)) break;
        bool named = name_starts(s->x, c->text, c->len, &name);
        if (!named && (!row || row >= n)) break;
        field_append(f, c->text, c->len, named ? '\n' : '\t', i);
        row = named ? 1 : row + 1;
    }
    s->open = SIZE_MAX;
    return i - from;
}
