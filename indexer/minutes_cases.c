/* From the starts of cases to the cases: their paragraphs in reading order, without
 * columns, numbers and page furniture; then title, decisions and the rest are taken from
 * them. */
#include "minutes_case.h"
#include "minutes_date.h"
#include "minutes_deadline.h"
#include "minutes_followup.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"

struct reading {
    struct case_text t;
    const struct case_starts *starts;
    const struct case_start
        *start;               /* the part that is read; several where a case goes on */
    size_t first_line;        /* the row that the case began in */
    const struct block *prev; /* the block that the last paragraph ends with */
    const struct block *value_to; /* the last block that a value in a drawn column took */
    bool title_open;              /* the first paragraph may go on over the line */
};

/* ---- paragraphs
 * ---------------------------------------------------------------------------- */

static struct para *add_para(struct case_text *t, const struct block *b, size_t skip)
{
    t->at = hf_grow(t->at, &t->cap, t->n, sizeof *t->at);
    struct para *p = &t->at[t->n++];
    memset(p, 0, sizeof *p);
    p->text = b->text + skip;
    p->len = b->len - skip;
    p->block = b;
    p->at = skip;
    p->starts_cell = b->starts_cell;
    return p;
}

/* Joins a line that was broken by hand; a hyphen at the break goes where a word was
 * split. */
static void join_line(struct case_text *t, struct para *p, const struct block *b)
{
    size_t keep = p->len;
    bool hyphen = keep > 1 && p->text[keep - 1] == '-' &&
                  text_starts_lower(b->text, b->len) && strncmp(b->text, "og ", 3) != 0 &&
                  strncmp(b->text, "eller ", 6) != 0;
    if (hyphen) keep--;
    size_t len = keep + !hyphen + b->len;
    char *text = hf_arena_alloc(&t->m->arena, len + 1);
    memcpy(text, p->text, keep);
    if (!hyphen) text[keep] = ' ';
    memcpy(text + len - b->len, b->text, b->len);
    text[len] = 0;
    p->text = text;
    p->len = len;
    p->is_joined = true;
}

/* "18. juni 2020", "torsdag 18. juni 2020": a day and nothing else. */
static bool is_day_alone(const struct block *b)
{
    struct printed_day d;
    if (b->len > 40 || !day_find(b->text, b->len, 0, &d)) return false;
    for (size_t i = d.end; i < b->len; i++)
        if (!strchr(" .,)", b->text[i])) return false;
    size_t word = 0; /* the day of the week */
    while (word < d.start && b->text[word] != ' ') word++;
    return !d.start || (d.weekday && word + 2 >= d.start);
}

/* "… protokoll fra møtet": the day is still to come. */
static bool ends_before_day(const char *text, size_t len)
{
    static const char *const words[] = {"møtet", "møte",   "møta",
                                        "den",   "datert", "datera"};
    size_t i = len;
    while (i && text[i - 1] != ' ') i--;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (len - i == strlen(words[k]) && !strncasecmp(text + i, words[k], len - i))
            return true;
    return block_ends_open(text, len);
}

/* One paragraph with a forced break in it, or one cell: the title goes on where the break
 * stands inside a phrase, before a day, or inside a heading. */
static bool goes_on_after_break(const struct block *a, const struct block *b)
{
    bool open = block_ends_open(a->text, a->len) || strchr(",-/", a->text[a->len - 1]);
    bool bold = a->bold_to >= a->len && b->bold_to >= b->len;
    if (is_day_alone(b)) return b->is_broken || ends_before_day(a->text, a->len);
    if (!b->is_broken) return open && !b->is_heading && b->line == a->line;
    return open || b->is_heading || bold ||
           (text_starts_lower(b->text, b->len) && b->text[b->len - 1] != '.');
}

/* Does the line go on with the title? In small letters, or below it in a hanging column.
 */
static bool continues_title(const struct reading *r, const struct block *b)
{
    const struct block_list *list = r->t.list;
    const struct block *a = r->prev;
    struct label l;
    bool drawn = a->column_no && a->limit && a->column_no == b->column_no;
    bool same_cell = b->is_row && b->line == a->line && b->nth_cell == a->nth_cell;
    bool below = b->line == a->line + 1 && (!b->is_row || drawn);
    if (b->blank_before || !(same_cell || below)) return false;
    if (b->is_point || block_bullet(b->text, b->len) ||
        strchr(".:?!", a->text[a->len - 1]))
        return false;
    if (label_parse(cues_table(r->t.cues, "decisions"), b->text, b->len, &l) &&
        (l.has_colon || l.is_alone))
        return false;
    if (b->len > 2 && (!strncmp(b->text, "v/", 2) || !strncmp(b->text, "v /", 3)))
        return false;
    if (goes_on_after_break(a, b)) return true;
    if (same_cell) return false;
    size_t width = text_count(a->text, a->len) + (size_t)a->column;
    const struct block *next = b + 1 < list->at + list->n ? b + 1 : NULL;
    bool last =
        !next || next->blank_before || next->is_noise ||
        (label_parse(cues_table(r->t.cues, "decisions"), next->text, next->len, &l) &&
         l.has_colon);
    if (drawn) return block_continues(list, a, b) || block_ends_open(a->text, a->len);
    if (text_starts_lower(b->text, b->len))
        return width >= 40 && (last || width >= 55) && b->text[b->len - 1] != '.';
    bool hanging = a->is_drawn && b->column > 0 && b->column == a->column;
    if (hanging && last) return b->text[b->len - 1] != '.';
    return list->wrap && last && b->text[b->len - 1] != '.' &&
           block_continues(list, a, b);
}

static void set_kind(struct reading *r, const struct block *b, size_t skip)
{
    const char *text = b->text + skip, *kind;
    size_t len = b->len - skip;
    for (size_t i = 0; i < len;) { /* "Dialog Vedtak Vedlegg": the first that is one */
        size_t n = strcspn(text + i, " /,\n");
        if (n > len - i) n = len - i;
        kind = n ? case_kind_of(r->t.cues, text + i, n) : NULL;
        if (kind && !r->t.c->kind) r->t.c->kind = kind;
        i += n + 1;
    }
}

/* "Dialog Vedtak Vedlegg" below or behind the number. */
static bool is_kind_words(const struct reading *r, const struct block *b, size_t skip)
{
    const struct cue_table *kinds = cues_table(r->t.cues, "kinds");
    struct cue_match hit;
    size_t i = skip;
    if (b->len - skip > 80) return false;
    while (i < b->len) {
        if (!cue_here(kinds, b->text + i, b->len - i, &hit)) return false;
        i += hit.end;
        while (i < b->len && strchr(" /,+.&", b->text[i])) i++;
        if (i + 3 < b->len && !strncmp(b->text + i, "og ", 3)) i += 3;
    }
    return true;
}

/* "Hilde Kristin Bjørklid 15.12.2023" in a column for both: the date and what leads to it
 * is the deadline. */
void case_take_both(struct case_text *t, const char *text, size_t len)
{
    static const char *const leads[] = {"innen",       "innan",   "frist",
                                        "før",         "snarest", "neste møte",
                                        "fortløpende", "løpende", "straks"};
    struct hf_case *c = t->c;
    struct date_found d;
    size_t cut = date_find(text, len, 0, &d) ? d.start : len;
    for (size_t i = 0; i < cut; i++) {
        if (i && text_is_word_at(text, len, i - 1)) continue;
        for (size_t k = 0; k < sizeof leads / sizeof *leads; k++)
            if (i < cut && len - i >= strlen(leads[k]) &&
                !strncasecmp(text + i, leads[k], strlen(leads[k])))
                cut = i;
    }
    size_t name = text_trim_right(text, cut);
    while (name && strchr("/,;:-(", text[name - 1]))
        name = text_trim_right(text, name - 1);
    c->responsible = case_join(t->m, c->responsible, text, name);
    struct label l;
    if (label_parse(cues_table(t->cues, "decisions"), text + cut, len - cut, &l) &&
        l.class == LABEL_DEADLINE) { /* "innen 1. mars": the digit is the day's */
        size_t to = cut + l.rest;
        while (cut < to && !(text[cut] >= '0' && text[cut] <= '9')) cut++;
    }
    c->deadline = case_join(t->m, c->deadline, text + cut, len - cut);
}

/* The value of a column; drawn columns may break it over lines, and those lines have
 * nothing in the first column. */
static void take_value(struct reading *r, const struct block *b)
{
    struct hf_case *c = r->t.c;
    if (b <= r->value_to && r->value_to) return;
    const struct block *end = r->t.list->at + r->t.list->n;
    struct hf_buf v = HF_BUF_INIT;
    hf_buf_add(&v, b->text, b->len);
    size_t line = b->line;
    r->value_to = NULL;
    for (const struct block *n = b + 1; b->column_no && n < end && n->line <= line + 1;
         n++) {
        if (n->line == line + 1 && n->starts_line && n->column_no == 1) break;
        if (n->line == line + 1 && n->starts_line && (n->blank_before || n->is_noise))
            break;
        if (n->line != line + 1 || n->column_no != b->column_no || n->role != b->role)
            continue;
        if (!n->is_drawn && !n->limit && n->is_row) break; /* rows of a table proper */
        hf_buf_addc(&v, ' ');
        hf_buf_add(&v, n->text, n->len);
        line = n->line;
        r->value_to = n;
    }
    if (b->role == ROLE_BOTH)
        case_take_both(&r->t, v.data, v.len);
    else if (b->role == ROLE_DEADLINE)
        c->deadline = case_join(r->t.m, c->deadline, v.data, v.len);
    else
        c->responsible = case_join(r->t.m, c->responsible, v.data, v.len);
    hf_buf_release(&v);
}

static bool is_skipped(const struct reading *r, const struct block *b)
{
    struct cue_match hit;
    return cue_at_start(cues_table(r->t.cues, "cases"), b->text,
                        b->len > 60 ? 60 : b->len, &hit) &&
           !strcmp(hit.value, "skip");
}

static bool is_decision_label(const struct reading *r, const struct block *b)
{
    struct label l;
    return label_parse(cues_table(r->t.cues, "decisions"), b->text, b->len, &l) &&
           l.is_alone && l.class == LABEL_DECISION;
}

/* Blocks that are values of the case and no text of it. True if the block is used up. */
static bool take_column(struct reading *r, const struct block *b, size_t skip)
{
    bool first_cell = b->is_row && !b->nth_cell;
    switch (b->role) {
    case ROLE_RESPONSIBLE:
    case ROLE_DEADLINE:
    case ROLE_BOTH: take_value(r, b); return true;
    case ROLE_KIND: set_kind(r, b, skip); return true;
    case ROLE_NUMBER:
        if (!first_cell && !(b->is_row && is_kind_words(r, b, skip))) return false;
        set_kind(r, b, skip);
        return is_kind_words(r, b, skip) || skip >= b->len;
    default: break;
    }
    bool key = r->t.list->has_keys && !skip && is_decision_label(r, b);
    if (first_cell && !key && is_kind_words(r, b, skip)) {
        set_kind(r, b, skip);
        return true;
    }
    return false;
}

/* Where the line before ended in the middle of a sentence, at the margin or at the end of
 * a page. */
static bool continues_text(const struct reading *r, const struct para *last,
                           const struct block *b)
{
    const struct block *a = r->prev;
    bool drawn =
        b->column_no && b->column_no == a->column_no && (a->is_drawn || b->is_drawn);
    if ((b->is_row || a->is_row) && !drawn) return false;
    if (block_continues(r->t.list, a, b)) return true;
    if (!last->len || !text_starts_lower(b->text, b->len)) return false;
    if (block_ends_open(last->text, last->len)) return true;
    bool torn = b > a + 1 && (b - 1)->is_noise;
    return torn && !strchr(".:;?!", last->text[last->len - 1]);
}

/* A name beside the text, at the right edge of a line and under no heading: takes it. */
static bool take_name_beside(struct reading *r, const struct block *b)
{
    struct hf_case *c = r->t.c;
    const char *text = b->text;
    size_t len = b->len;
    if (!b->is_drawn || b->starts_line || b->column_no || !r->t.n || !r->prev)
        return false;
    if (r->prev->line != b->line || b->column < 40) return false;
    if (len > 2 && *text == '(' && text[len - 1] == ')') text++, len -= 2;
    if (!case_is_name(&r->t, text, len)) return false;
    c->responsible = case_join(r->t.m, c->responsible, text, len);
    return true;
}

static void take_block(struct reading *r, size_t i)
{
    struct case_text *t = &r->t;
    const struct block *b = &t->list->at[i];
    size_t skip = i == r->start->block ? r->start->n.rest : 0;
    if (b->is_noise || skip >= b->len) return;
    if (i < r->start->block) return; /* "Saksnr." in a cell of its own */
    if (take_column(r, b, skip) || (t->n < 2 && is_skipped(r, b))) return;
    if (take_name_beside(r, b)) return;
    struct para *last = t->n ? &t->at[t->n - 1] : NULL;
    bool column = b->column_no && r->prev && b->column_no == r->prev->column_no;
    bool same = last && last->block->role == b->role &&
                (column || !b->starts_cell || b->starts_line);
    bool title = r->title_open && t->n == 1;
    if (same &&
        (title ? continues_title(r, b) : t->n > 1 && continues_text(r, last, b))) {
        join_line(t, last, b);
        r->prev = b;
        return;
    }
    r->title_open = t->n == 0 && (t->has_number || !b->is_row);
    struct para *p = add_para(t, b, skip);
    p->starts_row =
        b->is_row && !b->is_drawn && b->line != r->first_line && t->n > 1 &&
        (b->starts_line || (b->after_gap && b->starts_cell && b->nth_cell == 1));
    r->prev = b;
}

/* A row drawn with blanks over several lines is read column by column. */
static int by_column(const void *a, const void *b)
{
    const struct block *x = *(const struct block *const *)a,
                       *y = *(const struct block *const *)b;
    if (x->column_no != y->column_no) return x->column_no < y->column_no ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void take_blocks(struct reading *r, size_t from, size_t to)
{
    const struct block_list *list = r->t.list;
    const struct block **order = hf_xcalloc(to > from ? to - from : 1, sizeof *order);
    bool drawn = false, all = true;
    for (size_t i = from; i < to; i++) {
        order[i - from] = &list->at[i];
        if (list->at[i].is_noise) continue;
        drawn |= list->at[i].is_drawn && list->at[i].column_no > 2;
        all &= list->at[i].column_no > 0;
    }
    if (drawn && all && to > from) qsort(order, to - from, sizeof *order, by_column);
    for (size_t i = 0; i < to - from; i++) take_block(r, (size_t)(order[i] - list->at));
    free(order);
}

/* ---- where a case ends
 * --------------------------------------------------------------------- */

/* A table of cases ends with its last row: what follows in plain lines after a gap is the
 * document's end. In plain text the end is said by its words. */
static size_t end_of_case(const struct reading *r, const struct case_start *s)
{
    const struct block_list *list = r->t.list;
    bool table = list->at[s->block].is_row && !list->at[s->block].is_drawn &&
                 !list->at[s->block].after_gap && list->at[s->block].role != ROLE_OTHER;
    if (!table || !list->at[s->line_block].is_row) return s->to;
    for (size_t i = s->line_block; i < s->to; i++) {
        const struct block *b = &list->at[i];
        if (b->is_row || b->is_noise || b->line == list->at[s->line_block].line) continue;
        if (b->blank_before && list->at[s->block].n_cells > 1 && r->t.is_last &&
            i > s->block + 1 && list->at[i - 1].is_row)
            return i;
    }
    return s->to;
}

/* ---- one case
 * ------------------------------------------------------------------------------ */

static void set_text(struct case_text *t)
{
    struct hf_buf b = HF_BUF_INIT;
    for (size_t i = 0; i < t->n; i++) {
        if (b.len) hf_buf_addc(&b, '\n');
        hf_buf_add(&b, t->at[i].text, t->at[i].len);
    }
    if (b.len) t->c->text = hf_arena_strdup(&t->m->arena, b.data, b.len);
    hf_buf_release(&b);
}

static void set_number(struct reading *r, const struct case_start *s)
{
    struct hf_arena *a = &r->t.m->arena;
    struct hf_case *c = r->t.c;
    if (!s->has_number) return;
    c->number = hf_arena_strdup(a, r->t.list->at[s->number_block].text + s->n.start,
                                s->n.end - s->n.start);
    char part[2] = {s->n.suffix, 0};
    c->number_normalised = s->year
                               ? hf_arena_printf(a, "%d%s/%d", s->number, part, s->year)
                               : hf_arena_printf(a, "%d%s", s->number, part);
    c->kind = s->kind;
    if (s->n.word_len > 3) {
        const char *kind = case_kind_of(r->t.cues, s->n.word, s->n.word_len);
        if (kind) c->kind = kind;
    }
}

/* "LSU", "Sekretariatet", "Alle": no name, but someone who can be responsible. */
static bool is_someone(const char *text, size_t len)
{
    static const char *const words[] = {"sekretariatet", "alle",      "leder",   "leiar",
                                        "kommunene",     "kommunane", "referent"};
    size_t upper = 0;
    while (upper < len && text[upper] >= 'A' && text[upper] <= 'Z') upper++;
    if (upper == len && len > 1 && len < 7) return true;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (len == strlen(words[k]) && !strncasecmp(text, words[k], len)) return true;
    return false;
}

/* Takes the last paragraph as a value of the column; false if it is none. */
static bool take_flat_value(struct case_text *t, enum block_role role)
{
    const struct para *p = &t->at[t->n - 1];
    struct hf_case *c = t->c;
    struct date_found d;
    struct label l;
    size_t from = 0;
    bool both = role == ROLE_BOTH, named = false;
    if (p->len > 60 || strchr(".:;?!", p->text[p->len - 1])) return false;
    if (label_parse(cues_table(t->cues, "decisions"), p->text, p->len, &l) &&
        l.has_colon && (l.class == LABEL_DEADLINE || l.class == LABEL_RESPONSIBLE)) {
        from = l.rest;
        named = true;
    }
    bool dated = date_find(p->text + from, p->len - from, 0, &d);
    if (dated && !named && both && d.start > 12) return false;
    if ((role == ROLE_DEADLINE || both) && (named ? l.class == LABEL_DEADLINE : dated))
        c->deadline = case_join(t->m, c->deadline, p->text + from, p->len - from);
    else if ((role == ROLE_RESPONSIBLE || both) &&
             (named ? l.class == LABEL_RESPONSIBLE
                    : !dated && (case_is_name(t, p->text, p->len) ||
                                 (!both && is_someone(p->text, p->len)))))
        c->responsible =
            c->responsible
                ? hf_arena_printf(&t->m->arena, "%.*s; %s", (int)(p->len - from),
                                  p->text + from, c->responsible)
                : hf_arena_strdup(&t->m->arena, p->text + from, p->len - from);
    else
        return false;
    t->n--;
    return true;
}

/* A table whose cells stand one to a line, its headings too ("Nr.", "Sak", "Ansvarlig"):
 * the last lines of a case are the values of the last columns, if they look like it. */
static void take_flat_values(struct case_text *t)
{
    for (size_t k = t->list->n_flat; k-- > 0 && t->n > 1;) {
        enum block_role role = t->list->flat[k];
        if (role != ROLE_DEADLINE && role != ROLE_RESPONSIBLE && role != ROLE_BOTH)
            return;
        for (size_t many = 0; many < 5 && t->n > 1 && take_flat_value(t, role); many++)
            if (role == ROLE_DEADLINE) break;
    }
}

static void read_case(struct reading *r, size_t nth)
{
    const struct case_starts *all = r->starts;
    const struct case_start *s = &all->at[nth];
    struct case_text *t = &r->t;
    const struct text_line *line = &t->doc->lines[t->list->at[s->block].line];
    t->c = hf_minutes_add_case(t->m);
    t->c->page = line->page;
    t->c->line = line->line;
    t->n = 0;
    t->has_number = s->has_number;
    t->is_table = t->list->at[s->block].is_row;
    t->is_last = nth + 1 == all->n;
    r->first_line = t->list->at[s->block].line;
    r->title_open = false;
    r->prev = r->value_to = NULL;
    set_number(r, s);
    for (size_t k = nth; k < all->n; k++) {
        if (all->at[k].owner != nth) continue;
        r->start = &all->at[k];
        t->is_last = k + 1 == all->n;
        size_t to = end_of_case(r, r->start);
        take_blocks(r, r->start->line_block, to);
    }
    if (t->is_last) case_cut_closing(t);
    if (!s->is_approval && (t->has_number || s->has_title || !t->is_table))
        case_take_title(t);
    if (t->list->n_flat) take_flat_values(t);
    set_text(t);
    case_decisions(t);
    case_assigned(t);
}

static void set_parts(const struct case_starts *s, const struct block_list *list,
                      const struct text_doc *doc, struct minutes_parts *parts)
{
    parts->head_to = parts->cases_from = parts->cases_to = doc->n_lines;
    if (!s->n) return;
    parts->cases_from = list->at[s->at[0].line_block].line;
    parts->head_to = parts->cases_from;
}

void minutes_cases(const struct minutes_cues *cues, const struct text_doc *doc,
                   struct hf_minutes *m, struct minutes_parts *parts)
{
    struct block_list list;
    struct case_starts starts;
    block_list_init(&list, cues, doc);
    followup_find(&list);
    case_starts_find(&starts, cues, &list);
    set_parts(&starts, &list, doc, parts);
    struct reading r = {.t = {.cues = cues,
                              .doc = doc,
                              .list = &list,
                              .m = m,
                              .head_to = starts.n ? starts.at[0].line_block : 0},
                        .starts = &starts};
    for (size_t i = 0; i < starts.n; i++)
        if (starts.at[i].owner == i) read_case(&r, i);
    followup_apply(&list, &starts.scheme, m);
    case_attachments(cues, &list, &starts, m);
    free(r.t.at);
    case_starts_release(&starts);
    block_list_release(&list);
}
