#include <stdlib.h>
#include <string.h>

#include "../shim/buf.h"
#include "../shim/utf8.h"
#include "minutes_list.h"
#include "minutes_marks.h"
#include "minutes_people.h"

#define MAX_PEOPLE 1000
#define MAX_PIECE  1500 /* bytes between two marks; what is longer names nobody */
#define NEAR       160  /* how far a name may stand from the "og" that joins it */

/* Lists of people, in every form that minutes print them: "name, unit, name, unit", "name
 * (org)", "name – role – org", columns, role before the name, no separators at all. A
 * list is cut into segments; a segment is a name (perhaps with something before or after
 * it) or says something of the person before it. */

/* ---- people ------------------------------------------------------------------------ */

static void set_place(const struct list *l, struct person *p)
{
    const struct text_line *line = &l->doc->lines[field_line(l->field, l->at)];
    p->page = line->page;
    p->line = line->line;
}

static size_t add_person(struct list *l, const char *name, size_t len)
{
    if (l->roster->n >= MAX_PEOPLE) return l->person = l->roster->n - 1;
    struct person *p = roster_add(l->roster, name, len);
    p->presence = l->presence;
    p->role = l->group.role;
    p->side = l->group.side;
    bool second = l->roster->n - 1 > l->first && strstr(l->note, "minutes_by");
    p->is_chair = strstr(l->note, "chair") != NULL && !second;
    p->is_minutes_by = strstr(l->note, "minutes_by") != NULL;
    p->from_label = p->is_chair || p->is_minutes_by;
    if (!strcmp(l->note, "deputy") || l->deputy_of)
        roster_join(l->roster, &p->role, "vara", 4);
    if (l->deputy_of) {
        p->presence = "present";
        p->deputy_for = l->roster->at[l->deputy_of - 1].name;
        l->deputy_of = 0;
    }
    set_place(l, p);
    l->person = l->roster->n - 1;
    l->line_has_person = true;
    return l->person;
}

/* A person keeps the group's organisation where nothing nearer was said. */
static void finish_group(struct list *l)
{
    for (size_t i = l->unnamed_from; i < l->roster->n; i++) {
        struct person *p = &l->roster->at[i];
        if (!p->organisation) p->organisation = l->group.organisation;
    }
    l->unnamed_from = l->roster->n;
}

static void set_group(struct list *l, const char *text, size_t len)
{
    static const char *const openings[] = {"deltakere fra",
                                           "deltagere fra",
                                           "deltakarar frå",
                                           "representanter fra",
                                           "representantar frå",
                                           "frå",
                                           "fra",
                                           "til stede fra",
                                           "for"};
    const char *side = NULL;
    finish_group(l);
    memset(&l->group, 0, sizeof l->group);
    l->person = SIZE_MAX;
    text = list_trim(text, &len);
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        if (!list_starts_with(text, len, openings[i])) continue;
        size_t n = cue_key_match(openings[i], text, len);
        text += n;
        len -= n;
        text = list_trim(text, &len);
        break;
    }
    if (!len || list_starts_with(text, len, "medlemmer") ||
        list_starts_with(text, len, "medlemer"))
        return;
    enum attr_kind kind = attr_classify(l->x, text, len, &side);
    const char *copy = hf_arena_strdup(l->roster->arena, text, len);
    if (kind == ATTR_ROLE) l->group.role = copy;
    if (kind == ATTR_ORG) l->group.organisation = copy;
    l->group.side = side;
}

/* A label inside the list: "Forfall:", "Kommunene:", "Fastlegerepresentant:". */
static void take_label(struct list *l, const char *text, size_t len)
{
    struct cue_match m;
    text = list_trim(text, &len);
    const struct cue_table *t = cues_table(l->x->cues, "presence");
    l->pending_len = 0;
    if (cue_is_whole(cues_table(l->x->cues, "people_columns"), text, len, &m)) {
        bool said = !strcmp(m.value, "role") || !strcmp(m.value, "org") ||
                    !strcmp(m.value, "remark"); /* "Rolle: …" on a line below "Navn: …" */
        if (!strcmp(m.value, "name") || said) {
            set_group(l, "", 0);
            if (said && l->roster->n) l->person = l->roster->n - 1;
            return;
        }
    }
    if (cue_at_start(t, text, len, &m) && strcmp(m.cue->note, "group")) {
        const char *presence = m.value;
        bool clerk = strstr(m.cue->note, "minutes_by") != NULL;
        bool whole = m.end >= len;
        if (strstr(m.cue->note, "chair") && !whole) {
            set_group(l, text, len);
            return;
        }
        bool is_deputy = !strcmp(m.cue->note, "deputy") && whole;
        if (is_deputy && !strcmp(l->presence, "absent") && l->roster->n > l->first) {
            l->deputy_of = l->roster->n; /* "Per Lie. Vara: Ola Haug" */
            l->person = SIZE_MAX;
            return;
        }
        l->note = m.cue->note;
        if (!strcmp(presence, "deputy")) {
            l->note = "deputy";
            presence = l->presence;
        }
        if (clerk || strcmp(presence, "present") || strcmp(l->presence, "member"))
            l->presence = !strcmp(presence, "guest") ? "present" : presence;
        set_group(l, text + m.end, len - m.end);
        if (!strcmp(m.value, "guest")) l->group.role = "gjest";
        return;
    }
    set_group(l, text, len);
}

/* Text before a name: a role of that person where the list gives roles first, else it
 * still speaks of the person before. */
static void take_before_name(struct list *l, const char *text, size_t len)
{
    text = list_trim(text, &len);
    if (len >= 3 && !strncmp(text + len - 3, " og", 3)) len -= 3;
    if (!len) return;
    if (l->person != SIZE_MAX) {
        list_add_attr(l, l->person, text, len);
        return;
    }
    l->pending = text;
    l->pending_len = len;
}

static void give_pending(struct list *l, size_t index)
{
    if (l->pending_len) list_add_attr(l, index, l->pending, l->pending_len);
    l->pending_len = 0;
}

static bool role_stands_first(const struct list *l, const char *text, size_t len)
{
    const char *side;
    uint32_t c;
    if (!len || l->person == SIZE_MAX) return false;
    text = list_trim(text, &len);
    if (!len || !l->roster->at[l->person].has_attr) return false;
    hf_utf8_next(text, len, &c);
    return hf_utf8_is_lower(c) && attr_classify(l->x, text, len, &side) == ATTR_ROLE &&
           (l->roles_first || !memchr(text, ' ', len));
}

/* "Per Lie (vara: Ola Haug møtte)" among the absent: Ola came. */
static bool take_deputy_who_came(struct list *l, const char *text, size_t len)
{
    static const char *const words[] = {
        "vara",          "varamedlem",     "stedfortreder", "stadfortredar",
        "stedfortredar", "i stedet møtte", "i staden møtte"};
    struct name_part name;
    size_t absent = l->person;
    if (absent == SIZE_MAX || list_deputy_prefix(text, len)) return false;
    bool was_absent = !strcmp(l->roster->at[absent].presence, "absent");
    if (!was_absent && !memmem(text, len, " møt", 5)) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = cue_key_match(words[i], text, len);
        bool after = !n && !i &&
                     (memmem(text, len, " møtte i st", 12) ||
                      memmem(text, len, " møtte som vara", 16));
        if ((!n && !after) || !name_split(l->x, text + n, len - n, true, &name)) continue;
        size_t came = add_person(l, text + n + name.start, name.end - name.start);
        l->roster->at[came].presence = "present";
        l->roster->at[absent].presence = "absent";
        l->roster->at[came].deputy_for = l->roster->at[absent].name;
        roster_join(l->roster, &l->roster->at[came].role, "vara", 4);
        l->person = absent;
        return true;
    }
    return false;
}

static void take_segment(struct list *l, const char *text, size_t len, size_t offset)
{
    struct name_part name;
    text = list_trim(text, &len);
    if (!len) return;
    size_t number = l->line_has_person ? 0 : list_numbering(text, len);
    text += number;
    len -= number;
    text = list_trim(text, &len);
    l->at = offset;
    if (list_deputy_prefix(text, len) && l->person != SIZE_MAX) {
        list_add_attr(l, l->person, text, len);
        return;
    }
    if (memmem(text, len, " møt", 5) && take_deputy_who_came(l, text, len)) return;
    l->last = text;
    l->last_len = len;
    l->last_named = false;
    bool expected =
        l->person == SIZE_MAX || !l->line_has_person || memchr(text, ' ', len);
    bool new_one = l->person == SIZE_MAX || l->roles_first;
    if (!name_split(l->x, text, len, expected, &name) &&
        !(new_one && name_after_role(l->x, text, len, &name))) {
        if (l->person != SIZE_MAX) {
            list_add_attr(l, l->person, text, len);
        } else if (!l->pending_len) {
            l->pending = text;
            l->pending_len = len;
        }
        return;
    }
    l->last_named = true;
    if (name.start && role_stands_first(l, text, name.start)) l->person = SIZE_MAX;
    if (name.start && l->person == SIZE_MAX) l->roles_first = true;
    if (name.start) take_before_name(l, text, name.start);
    size_t index = add_person(l, text + name.start, name.end - name.start);
    give_pending(l, index);
    if (name.end < len) {
        const char *rest = text + name.end;
        size_t rest_len = len - name.end;
        struct name_part more;
        const char *after = list_trim(rest, &rest_len);
        if (rest_len && name_split(l->x, after, rest_len, false, &more) &&
            more.is_given && !list_deputy_prefix(after, rest_len))
            take_segment(l, after, rest_len, offset);
        else
            list_add_attr(l, index, rest, len - name.end);
    }
}

/* " og " between two people, not within "psykisk helse og rus". */
static size_t find_and(const struct list *l, const char *text, size_t len, size_t *joint)
{
    static const char *const joints[] = {" og ", " samt ", " & ", "/"};
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        size_t n = strlen(joints[i]);
        for (size_t at = 1; at + n < len; at++) {
            struct name_part left, right;
            if (memcmp(text + at, joints[i], n)) continue;
            size_t right_len = len - at - n < NEAR ? len - at - n : NEAR;
            size_t from = at > NEAR ? at - NEAR : 0;
            if (!name_split(l->x, text + at + n, right_len, true, &right)) continue;
            if (right.start && !right.is_given) continue;
            if (!name_split(l->x, text + from, at - from, true, &left)) continue;
            if (list_deputy_prefix(text, at)) continue;
            *joint = n;
            return at;
        }
    }
    return 0;
}

/* "Madli Indseth/stedfortreder Drammen": a slash after a whole name. */
static size_t find_slash(const struct list *l, const char *text, size_t len)
{
    struct name_part name;
    const char *slash = memchr(text, '/', len);
    if (!slash || slash == text) return 0;
    size_t at = (size_t)(slash - text);
    if (!name_starts(l->x, text, at, &name) || name.end != at) return 0;
    size_t place = list_place_pair(l, text, len, at);
    return place ? place : at;
}

static void take_piece(struct list *l, const char *text, size_t len, size_t offset)
{
    size_t joint, at;
    const char *start = text;
    text = list_trim(text, &len);
    if (list_starts_with(text, len, "og") || list_starts_with(text, len, "samt")) {
        const char *blank = memchr(text, ' ', len);
        size_t skip = blank ? (size_t)(blank - text) : len;
        text += skip;
        len -= skip;
        text = list_trim(text, &len);
    }
    size_t legend = list_legend(text, len);
    text += legend;
    len -= legend;
    offset += (size_t)(text - start);
    if (!len || len > MAX_PIECE) return;
    if ((at = find_slash(l, text, len))) {
        take_segment(l, text, at, offset);
        take_segment(l, text + at + 1, len - at - 1, offset + at + 1);
    } else if ((at = find_and(l, text, len, &joint))) {
        take_segment(l, text, at, offset);
        if (l->person != SIZE_MAX && joint > 1) l->person = SIZE_MAX;
        take_piece(l, text + at + joint, len - at - joint, offset + at + joint);
    } else {
        take_segment(l, text, len, offset);
    }
}

static void take_line(struct list *l, const char *text, size_t len, size_t offset);

/* The organisation in brackets speaks also of the people before it that have none: "A, B
 * (Helse X)". */
static void spread_organisation(struct list *l, size_t index)
{
    struct person *p = &l->roster->at[index];
    if (!p->organisation || !p->side || strcmp(p->side, "helseforetak")) return;
    for (size_t i = index; i-- > l->unnamed_from;) {
        struct person *q = &l->roster->at[i];
        if (q->organisation || q->has_attr) return;
        q->organisation = p->organisation;
    }
}

/* "Bærum kommune (Kari Nordby og Ola Haug)": the brackets hold the people of what stands
 * before. */
static bool take_people_in_paren(struct list *l, const char *text, size_t len)
{
    struct name_part name;
    if (l->last_named || !l->last_len || list_deputy_prefix(text, len)) return false;
    if (!name_split(l->x, text, len, false, &name) || !name.is_given) return false;
    set_group(l, l->last, l->last_len);
    l->pending_len = 0;
    take_line(l, text, len, l->at);
    finish_group(l);
    memset(&l->group, 0, sizeof l->group);
    l->person = SIZE_MAX;
    l->pending_len = 0;
    return true;
}

static void take_paren(struct list *l, const char *text, size_t len)
{
    struct name_part name;
    if (take_deputy_who_came(l, text, len) || list_says_no_deputy(text, len)) return;
    if (take_people_in_paren(l, text, len) || l->person == SIZE_MAX) return;
    size_t index = l->person, deputy = list_deputy_prefix(text, len);
    if (deputy) {
        list_add_deputy(l, index, text + deputy, len - deputy);
        return;
    }
    for (size_t from = 0; from <= len;) {
        size_t to = from;
        size_t mark = 1; /* "(UNN - leder)" */
        while (to < len && !strchr(",;", text[to]) &&
               (text[to] == 'v' || mark_at(text, len, to, &mark) != MARK_COMMA))
            to++;
        const char *part = text + from;
        size_t n = to - from;
        part = list_trim(part, &n);
        bool is_name = n && !list_deputy_prefix(part, n) &&
                       name_split(l->x, part, n, false, &name) && name.is_given;
        if (n && !is_name) list_add_attr(l, index, part, n);
        from = to + mark;
    }
    spread_organisation(l, index);
}

/* ---- segments ---------------------------------------------------------------------- */

static bool has_name(const struct list *l, const char *text, size_t len)
{
    struct name_part name;
    struct hf_buf turned = HF_BUF_INIT;
    bool found = len && (name_split(l->x, text, len, true, &name) ||
                         list_family_name_first(l->x, text, len, &turned));
    hf_buf_release(&turned);
    return found;
}

/* "psykisk helse Tillitsvalgt: …", "Navn fra X Arbeidsutvalg: …": where the label before
 * a colon begins when nothing separates it from what is said of the person before. */
static size_t label_start(const struct list *l, const char *text, size_t len)
{
    struct word w;
    struct name_part name;
    size_t best = 0;
    bool first = true, open = name_split(l->x, text, len, false, &name);
    for (size_t at = 0; word_next(l->x, text, len, at, &w); at = w.end, first = false) {
        if (first && l->person != SIZE_MAX && !w.is_capital) open = true;
        bool begins = w.is_capital &&
                      (w.kind == WORD_ROLE || w.kind == WORD_ORG || w.kind == WORD_MISC);
        if (!first && open && begins && (!best || w.kind != WORD_ORG)) best = w.start;
    }
    return best;
}

/* One line or cell. */
/* "Nordby, Kari (Bærum); Haug, Ola": the bytes of a name that is turned about, 0 if none.
 */
static size_t take_turned_name(struct list *l, const char *text, size_t len,
                               size_t offset)
{
    struct hf_buf name = HF_BUF_INIT;
    size_t skip = 0;
    while (skip < len && text[skip] == ' ') skip++;
    size_t used = list_family_name_first(l->x, text + skip, len - skip, &name);
    if (used) {
        l->at = offset + skip;
        add_person(l, name.data, name.len);
        l->last_named = true;
    }
    hf_buf_release(&name);
    return used ? used + skip : 0;
}

static void take_line(struct list *l, const char *text, size_t len, size_t offset)
{
    size_t n, from = take_turned_name(l, text, len, offset);
    for (size_t i = from; i < len;) {
        enum mark mark = mark_at(text, len, i, &n);
        if (mark == MARK_NONE) {
            i += n;
            continue;
        }
        if (mark == MARK_COMMA && text[i] == 'v' && !has_name(l, text + from, i - from)) {
            if (i > from + 1)
                take_label(l, text + from, i - from); /* "X kommune v/ A og B" */
            l->is_by = i > from + 1;
        } else if (mark == MARK_COLON) {
            size_t cut = label_start(l, text + from, i - from);
            if (cut) take_piece(l, text + from, cut, offset + from);
            take_label(l, text + from + cut, i - from - cut);
        } else {
            take_piece(l, text + from, i - from, offset + from);
        }
        if (mark == MARK_STOP) {
            l->person = SIZE_MAX;
            l->pending_len = 0;
        }
        if (mark == MARK_OPEN) {
            size_t close = mark_close(text, len, i);
            take_paren(l, text + i + 1, close - i - 1);
            n = close < len ? close - i + 1 : len - i;
        }
        i += n;
        if (mark == MARK_STOP) i += take_turned_name(l, text + i, len - i, offset + i);
        from = i;
    }
    take_piece(l, text + from, len - from, offset + from);
}

/* ---- lists ------------------------------------------------------------------------- */

/* Two columns of people, each under the name of its side. */
struct columns {
    struct group group[8];
    size_t n;
};

static size_t cell_end(const char *text, size_t len, size_t from)
{
    const char *tab = memchr(text + from, '\t', len - from);
    return tab ? (size_t)(tab - text) : len;
}

static void take_cell(struct list *l, const char *text, size_t len, size_t offset)
{
    bool is_ticked = true;
    const char *start = text, *presence = l->presence;
    text = list_trim(text, &len);
    size_t skip = list_tick_box(text, len, &is_ticked);
    text += skip;
    len -= skip;
    text = list_trim(text, &len);
    if (!is_ticked && !strcmp(presence, "present")) l->presence = "absent";
    take_line(l, text, len, offset + (size_t)(text - start));
    if (!is_ticked) l->presence = presence;
}

static void take_cells(struct list *l, struct columns *c, const char *text, size_t len,
                       size_t offset)
{
    bool any = false;
    size_t column = 0;
    for (size_t from = 0; from <= len && !any;) {
        size_t to = cell_end(text, len, from);
        any = has_name(l, text + from, to - from);
        from = to + 1;
    }
    if (!any && memchr(text, '\t', len)) { /* headings of columns */
        c->n = 0;
        for (size_t from = 0; from <= len && c->n < 8;) {
            size_t to = cell_end(text, len, from);
            set_group(l, text + from, to - from);
            c->group[c->n++] = l->group;
            from = to + 1;
        }
        return;
    }
    for (size_t from = 0; from <= len; column++) {
        size_t to = cell_end(text, len, from);
        bool named = has_name(l, text + from, to - from) &&
                     !list_deputy_prefix(text + from, to - from);
        if (named) {
            l->person = SIZE_MAX;
            if (column < c->n) {
                finish_group(l);
                l->group = c->group[column];
            }
        }
        take_cell(l, text + from, to - from, offset + from);
        from = to + 1;
    }
}

/* The line above held a bare name, and no blank line parts them: "Kari Nordby" / "Bærum
 * kommune". */
static bool speaks_of_last(const struct list *l, size_t n_people, size_t offset)
{
    const struct text_line *line = &l->doc->lines[field_line(l->field, offset)];
    return n_people && l->bare_line && !line->blank_before;
}

/* A line of a list that names nobody is the heading of those below it. */
static void take_list_line(struct list *l, struct columns *c, const char *text,
                           size_t len, size_t offset)
{
    const char *presence = l->presence, *note = l->note;
    struct group group = l->group;
    size_t before = l->roster->n;
    l->person = SIZE_MAX;
    l->pending_len = 0;
    l->line_has_person = false;
    take_cells(l, c, text, len, offset);
    if (!l->line_has_person && l->pending_len) {
        const char *side;
        enum attr_kind kind = attr_classify(l->x, l->pending, l->pending_len, &side);
        c->n = 0;
        if (before == l->first && kind == ATTR_ORG) l->heads_first = true;
        if (speaks_of_last(l, before, offset) && !(l->heads_first && kind == ATTR_ORG))
            list_add_attr(l, before - 1, l->pending, l->pending_len);
        else
            set_group(l, l->pending, l->pending_len);
    }
    l->bare_line = l->roster->n == before + 1 && !l->roster->at[before].has_attr;
    l->pending_len = 0;
    bool office =
        l->note != note && (strstr(l->note, "chair") || strstr(l->note, "minutes_by"));
    if ((office || l->is_by) && l->line_has_person) {
        finish_group(l); /* "Leder: Navn" and "X v/ Navn" speak of their own line only */
        if (office) {
            l->presence = presence;
            l->note = note;
        }
        l->group = group;
    }
    l->is_by = false;
}

static void read_list(struct list *l)
{
    const char *text = l->field->text.data;
    size_t len = l->field->text.len;
    struct columns c = {.n = 0};
    l->person = SIZE_MAX;
    for (size_t from = 0; from < len;) {
        const char *end = memchr(text + from, '\n', len - from);
        size_t n = end ? (size_t)(end - text) - from : len - from;
        take_list_line(l, &c, text + from, n, from);
        from += n + 1;
    }
    finish_group(l);
}

void people_read_list(const struct name_ctx *x, const struct text_doc *doc,
                      const struct field *f, const char *presence, struct roster *roster)
{
    struct list l = {
        .x = x, .doc = doc, .field = f, .roster = roster, .presence = presence};
    l.note = !strcmp(f->what, "deputy") ? "deputy" : f->note;
    l.unnamed_from = l.first = roster->n;
    l.person = SIZE_MAX;
    if (f->label.len) {
        struct cue_match m;
        const char *label = f->label.data;
        if (cue_at_start(cues_table(x->cues, "presence"), label, f->label.len, &m) &&
            !strstr(f->note, "chair") && !strstr(f->note, "minutes_by")) {
            size_t from = !strcmp(f->note, "group") ? 0 : m.end;
            set_group(&l, label + from, f->label.len - from);
        }
    }
    if (!strcmp(f->what, "guest")) l.group.role = "gjest";
    read_list(&l);
}

void people_add_attr(const struct name_ctx *x, const struct text_doc *doc,
                     const struct field *f, struct roster *roster, const char *text)
{
    struct list l = {
        .x = x, .doc = doc, .field = f, .roster = roster, .presence = "present"};
    l.note = "";
    if (roster->n) list_add_attr(&l, roster->n - 1, text, strlen(text));
}
