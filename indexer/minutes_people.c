#include "minutes_people.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_headlabel.h"
#include "minutes_list.h"
#include "minutes_scan.h"
#include "minutes_told.h"

/* ---- tables with headings ---------------------------------------------------------- */

struct table {
    const char *kind[MAX_COLUMNS]; /* name role org present absent remark deputy, or "" */
    size_t n;
};

static size_t split_cells(char *row, char **cell, size_t max)
{
    size_t n = 0;
    for (char *p = row; p && n < max;) {
        cell[n++] = p;
        p = strchr(p, '\t');
        if (p) *p++ = 0;
    }
    return n;
}

static void read_headings(const struct name_ctx *x, char *row, struct table *t)
{
    char *cell[MAX_COLUMNS];
    t->n = split_cells(row, cell, MAX_COLUMNS);
    for (size_t i = 0; i < t->n; i++) {
        const char *kind =
            scan_column(cues_table(x->cues, "people_columns"), cell[i], strlen(cell[i]));
        t->kind[i] = kind ? kind : "";
    }
}

static bool is_ticked(const char *cell)
{
    while (*cell == ' ') cell++;
    static const char *const no[] = {"nei", "0", "-", "–", "[ ]", "☐"};
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (!strcasecmp(cell, no[i])) return false;
    return *cell != 0;
}

/* In a column of those present: "Forfall", "F", "IT", "Deltok ikke", "Vara: Ola Haug". */
static bool says_absent(const char *cell)
{
    static const char *const whole[] = {"f",  "it", "i.t.", "i", "fr",
                                        "ff", "im", "p",    "a"};
    static const char *const opening[] = {
        "forfall",  "frafall", "fråfall", "fravær",    "fråvær", "nei",
        "ikke",     "ikkje",   "meld",    "avbud",     "avbod",  "permisjon",
        "forhindr", "fråver",  "vara:",   "vara -",    "vara –", "vara møtte",
        "vara v/",  "syk",     "sjuk",    "permittert"};
    size_t len = strlen(cell);
    while (len && (*cell == ' ' || *cell == '(')) {
        cell++;
        len--;
    }
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        size_t n = strlen(whole[i]);
        if (!strncasecmp(cell, whole[i], n) && (!cell[n] || strchr(" (,", cell[n])))
            return true;
    }
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++)
        if (cue_key_match(opening[i], cell, len)) return true;
    return memmem(cell, len, " ikke", 5) || memmem(cell, len, " ikkje", 6);
}

static bool find_column(const struct table *t, const char *kind, size_t *at)
{
    for (size_t i = 0; i < t->n; i++) {
        if (strcmp(t->kind[i], kind)) continue;
        *at = i;
        return true;
    }
    return false;
}

static bool cell_has_name(const struct name_ctx *x, const char *cell)
{
    struct name_part name;
    return strlen(cell) > 4 && name_split(x, cell, strlen(cell), true, &name);
}

/* "Vara: Ola Haug", or another name than the row's, where it says who came. */
static bool names_another(const struct name_ctx *x, const struct table *t, char **cell,
                          size_t at)
{
    size_t name;
    struct name_part came;
    if (says_absent(cell[at])) return true;
    if (!find_column(t, "name", &name) || name == at) return false;
    if (!name_split(x, cell[at], strlen(cell[at]), true, &came)) return false;
    return !memmem(cell[name], strlen(cell[name]), cell[at] + came.start,
                   came.end - came.start);
}

static const char *row_presence(const struct name_ctx *x, const struct table *t,
                                char **cell, size_t n, const char *base)
{
    size_t present = 0, absent = 0;
    bool has_present = find_column(t, "present", &present);
    if (has_present && present >= n && n > 1) { /* the last cell is empty */
        return find_column(t, "absent", &absent) ? base : "absent";
    }
    has_present = has_present && present < n;
    bool has_absent = find_column(t, "absent", &absent) && absent < n;
    if (has_absent && cell_has_name(x, cell[absent])) return base;
    if (has_present && cell_has_name(x, cell[present]))
        return names_another(x, t, cell, present) ? "absent" : base;
    if (has_absent && is_ticked(cell[absent])) return "absent";
    if (has_present && says_absent(cell[present])) return "absent";
    if (has_present && is_ticked(cell[present])) return "present";
    if (has_present && !has_absent) return "absent";
    return base;
}

struct row_reader {
    const struct name_ctx *x;
    const struct text_doc *doc;
    const struct field *field;
    struct roster *roster;
    size_t at; /* where the row begins in the field */
};

static void read_cell(const struct row_reader *rr, const char *text, const char *presence)
{
    struct field f = {.what = "", .note = "", .text = HF_BUF_INIT, .label = HF_BUF_INIT};
    struct field_mark mark = {0, field_line(rr->field, rr->at)};
    f.marks = &mark;
    f.n_marks = 1;
    hf_buf_adds(&f.text, text);
    people_read_list(rr->x, rr->doc, &f, presence, rr->roster);
    hf_buf_release(&f.text);
}

/* No column of names: the names stand under "Møtte" and under "Forfall". */
static void read_columns_of_names(const struct row_reader *rr, const struct table *t,
                                  char **cell, size_t n, size_t row_person)
{
    for (size_t i = 0; i < n && i < t->n; i++) {
        size_t before = rr->roster->n;
        if ((strcmp(t->kind[i], "present") && strcmp(t->kind[i], "absent")) ||
            !cell_has_name(rr->x, cell[i]))
            continue;
        const char *text = cell[i];
        bool stands_in = row_person < before && names_another(rr->x, t, cell, i);
        if (stands_in && strchr(text, ':')) text = strchr(text, ':') + 1;
        const char *kind = t->kind[i]; /* "Fravær" stood between the rows */
        bool other = row_person == SIZE_MAX && strcmp(rr->field->note, "present");
        read_cell(rr, text, other ? rr->field->note : kind);
        if (!stands_in || rr->roster->n == before) continue;
        struct person *vara = &rr->roster->at[before];
        vara->presence = "present";
        vara->deputy_for = rr->roster->at[row_person].name;
        roster_join(rr->roster, &vara->role, "vara", 4);
    }
}

/* "Leder, Tana kommune" in one cell says two things. */
static void add_cell_attrs(const struct row_reader *rr, const struct field *f, char *cell)
{
    for (char *part = cell, *end; part; part = end ? end + 1 : NULL) {
        end = strchr(part, ',');
        if (end) *end = 0;
        people_add_attr(rr->x, rr->doc, f, rr->roster, part);
    }
}

/* The name column alone may hold "Navn, tittel": it is read as a list of one line. */
static void read_row(const struct row_reader *rr, const struct table *t, char *row)
{
    char *cell[MAX_COLUMNS];
    size_t name, before = rr->roster->n, n = split_cells(row, cell, MAX_COLUMNS);
    if (!find_column(t, "name", &name) && !find_column(t, "", &name)) {
        read_columns_of_names(rr, t, cell, n, SIZE_MAX);
        return;
    }
    if (name >= n) return;
    struct field f = {.what = "", .note = "", .text = HF_BUF_INIT, .label = HF_BUF_INIT};
    read_cell(rr, cell[name], row_presence(rr->x, t, cell, n, rr->field->note));
    for (size_t i = 0; i < n && i < t->n && rr->roster->n > before; i++) {
        bool said = !strcmp(t->kind[i], "role") || !strcmp(t->kind[i], "org") ||
                    !strcmp(t->kind[i], "remark") || (!*t->kind[i] && i != name);
        if (said) add_cell_attrs(rr, &f, cell[i]);
        bool noted = (!strcmp(t->kind[i], "present") || !strcmp(t->kind[i], "absent")) &&
                     strlen(cell[i]) > 3 && !cell_has_name(rr->x, cell[i]);
        if (noted) people_add_attr(rr->x, rr->doc, &f, rr->roster, cell[i]);
    }
    read_columns_of_names(rr, t, cell, n, before);
}

void people_read_table(const struct name_ctx *x, const struct text_doc *doc,
                       const struct field *f, struct roster *roster)
{
    struct table t = {.n = 0};
    struct row_reader rr = {x, doc, f, roster, 0};
    for (size_t from = 0; from < f->text.len;) {
        const char *end = memchr(f->text.data + from, '\n', f->text.len - from);
        size_t n = end ? (size_t)(end - f->text.data) - from : f->text.len - from;
        char *row = hf_xstrndup(f->text.data + from, n);
        rr.at = from;
        if (t.n)
            read_row(&rr, &t, row);
        else
            read_headings(x, row, &t);
        free(row);
        from += n + 1;
    }
}

/* ---- members of a report ----------------------------------------------------------- */

/* "Strategisk samarbeidsutvalg består av:", "Medlemmer i 2023": where the member list
 * begins. */
static bool announces_members(const char *text, size_t len)
{
    static const char *const openings[] = {
        "medlemmer",           "medlemer",
        "medlemmene",          "medlemene",
        "utvalgets medlemmer", "representanter i",
        "utvalets medlemer",   "sammensetning",
        "samansetning",        "samansetjing",
        "faste medlemmer",     "utvalgets sammensetning",
        "deltakere i utvalget"};
    static const char *const verbs[] = {"består av",
                                        "bestod av",
                                        "har bestått av",
                                        "har vært representert ved",
                                        "består av følgende",
                                        "har desse medlemene",
                                        "er sett saman av",
                                        "er satt sammen av",
                                        "har hatt følgende medlemmer",
                                        "følgende sammensetning",
                                        "følgjande samansetning",
                                        "følgende medlemmer",
                                        "desse medlemene",
                                        "disse medlemmene",
                                        "vært medlemmer"};
    if (len > 160) return false;
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
        if (cue_key_match(openings[i], text, len)) return len < 80;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        size_t want = strlen(verbs[i]);
        for (size_t at = 0; at + want <= len + 2 && at < len; at++) {
            size_t n = cue_key_match(verbs[i], text + at, len - at);
            if (n && at + n + 30 >= len) return true;
        }
    }
    return false;
}

static void append_line(struct field *f, const struct text_line *l, size_t index,
                        bool is_wrapped)
{
    if (f->text.len) hf_buf_addc(&f->text, is_wrapped ? ' ' : '\n');
    f->marks = hf_grow(f->marks, &f->cap_marks, f->n_marks, sizeof *f->marks);
    f->marks[f->n_marks++] = (struct field_mark){f->text.len, index};
    for (size_t k = 0; k < l->n_cells; k++) {
        if (k) hf_buf_addc(&f->text, '\t');
        hf_buf_add(&f->text, l->cells[k].text, l->cells[k].len);
    }
}

static bool line_has_name(const struct name_ctx *x, const struct text_line *l)
{
    struct name_part name;
    size_t n = l->n_cells ? l->cells[0].len : 0;
    return n && name_split(x, l->cells[0].text, n < 200 ? n : 200, true, &name);
}

/* The lines after `from` as far as they name people; true if any. */
static bool collect_members(const struct name_ctx *x, const struct text_doc *doc,
                            size_t from, struct field *f)
{
    bool list = false;
    for (size_t i = from; i < doc->n_lines && i < from + 60; i++) {
        const struct text_line *l = &doc->lines[i];
        if (!l->n_cells || !l->cells[0].len) continue;
        bool named = line_has_name(x, l);
        if (i > from && l->blank_before && (!named || !list)) break;
        if (i == from && !named) return false;
        if (i == from)
            list = l->cells[0].len < 60 || l->kind == TEXT_ITEM || l->n_cells > 1;
        if (!named && list) break;
        append_line(f, l, i, !list);
    }
    return f->text.len > 0;
}

/* "Sekretær for utvalget har vært NAVN": a sentence of the report. */
static void read_officer_sentence(const struct name_ctx *x, const struct text_doc *doc,
                                  size_t i, struct roster *roster)
{
    struct cue_match m;
    struct name_part name;
    const struct text_line *l = &doc->lines[i];
    if (l->n_cells != 1 || l->cells[0].len > 200) return;
    const char *text = l->cells[0].text;
    size_t len = l->cells[0].len;
    if (!cue_at_start(cues_table(x->cues, "presence"), text, len, &m)) return;
    if (!strstr(m.cue->note, "chair") && !strstr(m.cue->note, "minutes_by")) return;
    if (!name_split(x, text + m.end, len - m.end, false, &name) || !name.is_given) return;
    struct field f = {
        .what = m.value, .note = m.cue->note, .text = HF_BUF_INIT, .label = HF_BUF_INIT};
    struct field_mark mark = {0, i};
    f.marks = &mark;
    f.n_marks = 1;
    hf_buf_add(&f.text, text + m.end + name.start, len - m.end - name.start);
    people_read_list(x, doc, &f, m.value, roster);
    hf_buf_release(&f.text);
}

void people_read_members(const struct name_ctx *x, const struct text_doc *doc,
                         struct roster *roster)
{
    for (size_t i = 0; i + 1 < doc->n_lines && i < 300; i++) {
        const struct text_line *l = &doc->lines[i];
        if (l->n_cells != 1 || !announces_members(l->cells[0].text, l->cells[0].len))
            continue;
        struct field f = {
            .what = "member", .note = "", .text = HF_BUF_INIT, .label = HF_BUF_INIT};
        size_t before = roster->n;
        if (collect_members(x, doc, i + 1, &f))
            people_read_list(x, doc, &f, "member", roster);
        hf_buf_release(&f.text);
        free(f.marks);
        if (roster->n == before) continue;
        for (size_t k = 0; k < doc->n_lines && k < 120; k++)
            read_officer_sentence(x, doc, k, roster);
        return;
    }
}

/* ---- everybody --------------------------------------------------------------------- */

/* Those whom somebody stood in for were not there, whether the list of absent says so or
 * not. */
static void add_replaced(struct roster *r)
{
    for (size_t i = 0, n = r->n; i < n; i++) {
        struct person p = r->at[i];
        if (!p.deputy_for || strcmp(p.presence, "present") ||
            roster_find(r, p.deputy_for))
            continue;
        struct person *q = roster_add(r, p.deputy_for, strlen(p.deputy_for));
        q->presence = "absent";
        q->organisation = p.organisation;
        q->side = p.side;
        q->page = p.page;
        q->line = p.line;
    }
}

static const char *side_of(const struct person *p)
{
    if (!strcmp(p->presence, "secretariat")) return "sekretariat";
    if (!strcmp(p->presence, "observer")) return "observator";
    if (p->side && *p->side) return p->side;
    return "annet";
}

/* "Referent: KN" means the one person with these initials. */
static const char *known_by_initials(const struct roster *r, const char *name)
{
    const char *found = NULL;
    size_t len = name ? strlen(name) : 0;
    if (!len || len > 4 || strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") < len) return name;
    for (size_t i = 0; i < r->n; i++) {
        if (!list_is_initials(r->at[i].name, name, len)) continue;
        if (found) return NULL;
        found = r->at[i].name;
    }
    return found;
}

static void take_head_names(struct roster *r, struct hf_minutes *m)
{
    const struct person *may = NULL;
    size_t n_may = 0;
    m->chair = known_by_initials(r, m->chair);
    m->minutes_by = known_by_initials(r, m->minutes_by);
    struct person *chair = m->chair ? roster_find(r, m->chair) : NULL;
    struct person *clerk = m->minutes_by ? roster_find(r, m->minutes_by) : NULL;
    if (chair) m->chair = chair->name;
    if (clerk) m->minutes_by = clerk->name;
    for (size_t i = 0; i < r->n; i++) {
        const struct person *p = &r->at[i];
        if (p->is_chair && !m->chair && strcmp(p->presence, "absent")) m->chair = p->name;
        if (p->is_minutes_by && !m->minutes_by) m->minutes_by = p->name;
        if (p->may_chair && strcmp(p->presence, "absent")) {
            n_may++;
            may = p;
        }
    }
    if (!m->chair && n_may == 1) m->chair = may->name;
}

static void give_attendees(const struct roster *r, struct hf_minutes *m)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct person *p = &r->at[i];
        struct hf_attendee *a = hf_minutes_add_attendee(m);
        a->name = p->name;
        a->name_printed = p->printed;
        a->role = p->role;
        a->organisation = p->organisation;
        a->side = side_of(p);
        a->presence = p->presence;
        a->deputy_for = p->deputy_for;
        a->page = p->page;
        a->line = p->line;
    }
}

/* A list, and the sentences that stand in it. */
static void read_list_field(const struct name_ctx *x, const struct text_doc *doc,
                            const struct field *field, const char *presence,
                            struct roster *r)
{
    struct field list = *field;
    struct roster told = {.arena = r->arena};
    hf_buf_init(&list.text);
    hf_buf_add(&list.text, field->text.data, field->text.len);
    told_in_list(x, doc, &list, &told);
    people_read_list(x, doc, &list, presence, r);
    roster_append(r, &told);
    roster_release(&told);
    hf_buf_release(&list.text);
}

static void read_fields(const struct name_ctx *x, const struct text_doc *doc,
                        const struct fields *f, struct roster *r, bool is_report)
{
    bool any = r->n > 0;
    for (size_t i = 0; i < f->n; i++) {
        const struct field *field = &f->at[i];
        if (!field->is_people ||
            (field->is_tail && any && !strstr(field->note, "minutes_by")))
            continue;
        if (!strcmp(field->what, "table")) {
            people_read_table(x, doc, field, r);
        } else {
            const char *presence = field->what;
            /* "Fra UNN og andre" beside "Fra kommunene": a group, though "Fra" alone
             * is what letters begin with. */
            if (!strcmp(presence, "guest") || !strcmp(presence, "deputy") ||
                !strcmp(presence, "skip"))
                presence = "present";
            if (is_report && !strcmp(presence, "present")) presence = "member";
            read_list_field(x, doc, field, presence, r);
        }
        if (!field->is_tail) any |= r->n > 0;
    }
}

static bool has_presence(const struct roster *r, const char *presence)
{
    for (size_t i = 0; i < r->n; i++)
        if (!strcmp(r->at[i].presence, presence) && !r->at[i].from_label) return true;
    return false;
}

/* A line before the cases that begins with a group and a colon; how many people it names.
 */
static size_t people_in_line(const struct name_ctx *x, const struct text_doc *doc,
                             const struct field *f, struct hf_arena *arena)
{
    struct roster found = {.arena = arena};
    const char *colon = strchr(f->text.data, ':');
    if (f->is_tail || f->after_stop || !colon || colon - f->text.data > 80) return 0;
    people_read_list(x, doc, f, "present", &found);
    size_t n = found.n;
    roster_release(&found);
    return n;
}

static bool begins_with_group(const struct name_ctx *x, const struct field *f)
{
    const char *side, *colon = strchr(f->text.data, ':');
    struct name_part name;
    if (!colon) return false;
    size_t n = (size_t)(colon - f->text.data), rest = f->text.len - n - 1;
    enum attr_kind kind = attr_classify(x, f->text.data, n, &side);
    return (kind == ATTR_ORG || kind == ATTR_ROLE) &&
           !name_split(x, f->text.data, n, false, &name) &&
           name_split(x, colon + 1, rest < 100 ? rest : 100, true, &name) &&
           name.start < 40;
}

/* Where no list was recognised: lines that name three people or more, in whatever words
 * they begin: "Bærum kommune: Kari Nordby" / "Sykehuset: Ola Haug, Per Lie". */
static void read_unlabelled_lists(const struct name_ctx *x, const struct text_doc *doc,
                                  const struct fields *f, struct roster *r)
{
    for (size_t i = 0; i < f->n;) {
        size_t n = 0, people = 0;
        while (i + n < f->n && !*f->at[i + n].what &&
               (!n || begins_with_group(x, &f->at[i + n])))
            people += people_in_line(x, doc, &f->at[i + n++], r->arena);
        bool grouped = n > 1 && begins_with_group(x, &f->at[i]);
        if (n && !grouped) people = people_in_line(x, doc, &f->at[i], r->arena);
        if (!grouped && n) n = 1;
        for (size_t k = 0; people >= 3 && k < n; k++)
            people_read_list(x, doc, &f->at[i + k], "present", r);
        i += n ? n : 1;
    }
}

static bool is_person_line(const struct name_ctx *x, const struct field *f)
{
    struct name_part name;
    if (*f->what || f->is_tail || f->after_stop || f->text.len > 140) return false;
    return name_starts(x, f->text.data, f->text.len, &name) && name.is_given;
}

/* Lines that each begin with a name, without any heading that says what they are. */
static void read_bare_lines(const struct name_ctx *x, const struct text_doc *doc,
                            const struct fields *f, struct roster *r)
{
    for (size_t i = 0; i + 1 < f->n; i++) {
        size_t n = 0;
        while (i + n < f->n && is_person_line(x, &f->at[i + n])) n++;
        for (size_t k = 0; n >= 2 && k < n; k++)
            people_read_list(x, doc, &f->at[i + k], "present", r);
        if (n >= 2) return;
    }
}

/* The people stand after the cases, as some bodies set it. */
static void read_rest(const struct name_ctx *x, const struct text_doc *doc,
                      const struct minutes_parts *parts, struct roster *r)
{
    struct fields rest;
    fields_read_rest(&rest, x, doc, parts);
    for (size_t i = 0; i < rest.n; i++) {
        rest.at[i].is_tail = false;
        if (!strcmp(rest.at[i].note, "group") || strstr(rest.at[i].note, "chair"))
            rest.at[i].is_people = false;
    }
    read_fields(x, doc, &rest, r, false);
    fields_release(&rest);
}

static void read_everybody(const struct name_ctx *x, const struct text_doc *doc,
                           const struct minutes_parts *parts, const struct fields *f,
                           struct roster *r)
{
    read_fields(x, doc, f, r, false);
    if (!has_presence(r, "present"))
        for (size_t i = 0; i < f->n; i++) told_presence(x, doc, &f->at[i], r, false);
    else
        for (size_t i = 0; i < f->n; i++) told_presence(x, doc, &f->at[i], r, true);
    if (!has_presence(r, "present")) read_unlabelled_lists(x, doc, f, r);
    if (!has_presence(r, "present")) read_bare_lines(x, doc, f, r);
    if (!has_presence(r, "present") && !has_presence(r, "absent"))
        read_rest(x, doc, parts, r);
    for (size_t i = 0; i < f->n; i++) told_officers(x, doc, &f->at[i], r);
}

void minutes_people(const struct minutes_cues *cues, const struct text_doc *doc,
                    const struct minutes_parts *parts, struct hf_minutes *m)
{
    const struct name_ctx *x = parts->names;
    struct roster r = {.arena = &m->arena};
    bool is_report = m->kind && !strcmp(m->kind, "report");
    (void)cues;
    if (is_report) {
        people_read_members(x, doc, &r);
        read_fields(x, doc, parts->fields, &r, true);
    } else {
        read_everybody(x, doc, parts, parts->fields, &r);
    }
    roster_split_places(&r, x);
    roster_merge(&r);
    add_replaced(&r);
    take_head_names(&r, m);
    give_attendees(&r, m);
    roster_release(&r);
}
