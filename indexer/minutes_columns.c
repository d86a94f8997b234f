/* What the columns of a table mean. The header row says it; rows below inherit it, also
 * over a page break and over the blank line at which a converter cut the table in two,
 * until the next header row. */
#include <string.h>

#include "minutes_block.h"
#include "minutes_label.h"
#include "minutes_number.h"

#define MAX_COLUMNS 12

struct column {
    int at;
    enum block_role role;
    const char *header;
};

struct columns {
    struct column at[MAX_COLUMNS];
    size_t n;
    bool is_drawn; /* places are code points, not grid numbers */
    size_t torn;   /* cells of a row that a line break inside a cell has torn; 0 = none */
    bool is_paired; /* ... whose number has a year: 3. is no case below it */
};

static const struct {
    const char *word;
    enum block_role role;
} roles[] = {{"number", ROLE_NUMBER},
             {"case", ROLE_TITLE},
             {"title", ROLE_TITLE},
             {"text", ROLE_TEXT},
             {"responsible", ROLE_RESPONSIBLE},
             {"deadline", ROLE_DEADLINE},
             {"kind", ROLE_KIND},
             {"decision", ROLE_DECISION},
             {"action", ROLE_ACTION},
             {"followup", ROLE_FOLLOWUP},
             {"other", ROLE_OTHER}};

/* What a heading of several words holds: "Ansvar/frist", "Vedtak/oppfølging". */
static int joined_role(int first, int role)
{
    bool value = role == ROLE_RESPONSIBLE || role == ROLE_DEADLINE;
    if (role == first) return first;
    if (first == ROLE_RESPONSIBLE && role == ROLE_DEADLINE) return ROLE_BOTH;
    if (first == ROLE_DEADLINE && role == ROLE_RESPONSIBLE) return ROLE_BOTH;
    if (first == ROLE_BOTH && value) return ROLE_BOTH;
    if (first == ROLE_FOLLOWUP && value) return ROLE_BOTH;
    if (first == ROLE_FOLLOWUP && role == ROLE_DECISION) return ROLE_DECISION;
    if (first == ROLE_DECISION && (value || role == ROLE_FOLLOWUP || role == ROLE_ACTION))
        return ROLE_DECISION;
    return ROLE_TEXT;
}

/* The role that a heading gives, -1 if it is none. "Tema og konklusjon" is text: the
 * first part decides, but a decision among other things does not make a column of
 * decisions. */
static int role_of(const struct cue_table *t, const char *text, size_t len)
{
    struct cue_match hit;
    int first = -1;
    if (len > 60) return -1;
    for (size_t i = 0, parts = 0; i < len; parts++) {
        if (!cue_at_start(t, text + i, len - i, &hit)) return -1;
        int role = -1;
        for (size_t k = 0; k < sizeof roles / sizeof *roles; k++)
            if (!strcmp(hit.value, roles[k].word)) role = (int)roles[k].role;
        if (role < 0) return -1;
        first = parts ? joined_role(first, role) : role;
        i += hit.rest;
        while (i < len && strchr(" .:/,&+", text[i])) i++;
        if (i + 3 < len && !strncmp(text + i, "og ", 3)) i += 3;
    }
    return first;
}

static void set_columns(struct columns *c, struct block_list *list, size_t from,
                        size_t to, const struct cue_table *t)
{
    c->n = c->torn = 0;
    c->is_drawn = list->at[from].is_drawn;
    bool has_number = false;
    for (size_t i = from; i < to && c->n < MAX_COLUMNS; i++) {
        struct block *b = &list->at[i];
        int role = role_of(t, b->text, b->len);
        struct cue_match hit;
        bool is_case =
            cue_at_start(t, b->text, b->len, &hit) && !strcmp(hit.value, "case");
        if (is_case && !has_number) role = ROLE_NUMBER;
        has_number |= role == ROLE_NUMBER;
        if (role == ROLE_FOLLOWUP && (i + 1 < to || !has_number)) role = ROLE_TEXT;
        c->at[c->n++] = (struct column){
            b->column, (enum block_role)role,
            role == ROLE_DECISION ? hf_arena_strdup(&list->arena, b->text, b->len)
                                  : NULL};
        b->is_noise = b->is_header = true;
        b->role = (enum block_role)role;
    }
}

/* A row that is all headings: at least two, or one beside empty cells that opens with a
 * number. */
static bool is_header_row(const struct block_list *list, size_t from, size_t to,
                          const struct cue_table *t)
{
    if (to - from < 2) return false;
    for (size_t i = from; i < to; i++)
        if (role_of(t, list->at[i].text, list->at[i].len) < 0) return false;
    return true;
}

static const struct column *column_of(const struct columns *c, const struct block *b)
{
    const struct column *best = NULL;
    int least = 1 << 20;
    for (size_t k = 0; k < c->n; k++) {
        int away =
            c->at[k].at > b->column ? c->at[k].at - b->column : b->column - c->at[k].at;
        if (away < least) {
            least = away;
            best = &c->at[k];
        }
    }
    if (!c->is_drawn && least) return NULL;
    return best;
}

static void use_columns(const struct columns *c, struct block_list *list, size_t from,
                        size_t to)
{
    bool is_row = list->at[from].is_row && list->at[from].is_drawn == c->is_drawn;
    bool is_wrapped =
        c->is_drawn && !list->at[from].is_row; /* one cell goes on in its column */
    if (!is_row && !is_wrapped) return;
    for (size_t i = from; i < to; i++) {
        const struct column *col = column_of(c, &list->at[i]);
        if (!col) continue;
        if (is_wrapped && (col->role == ROLE_NUMBER || !list->at[i].column)) continue;
        list->at[i].column_no = (int)(col - c->at) + 1;
        if (c->is_drawn && col + 1 < c->at + c->n) list->at[i].limit = col[1].at;
        list->at[i].role = col->role;
        list->at[i].header = col->header;
    }
}

/* A row whose last cell has several paragraphs may come as several lines, the cells
 * behind it on the last of them: the columns are counted on from where the row was torn.
 * True if this line is such an end. */
static bool joins_torn_row(struct columns *c, struct block_list *list, size_t from,
                           size_t to)
{
    struct block *b = &list->at[from];
    struct case_number n;
    size_t before = c->torn ? c->torn - 1 : 0;
    if (c->is_drawn) return false;
    bool is_number = b->is_row && !b->nth_cell && case_number_parse(b->text, b->len, &n);
    if (is_number && (n.b >= 0 || n.has_word || !c->torn || !c->is_paired)) {
        c->torn = b->n_cells < c->n ? b->n_cells : 0;
        c->is_paired = n.b >= 0;
        return false;
    }
    if (!b->is_row || b->nth_cell || !before) return false;
    c->torn = 0;
    if (before + b->n_cells != c->n || c->at[0].role != ROLE_NUMBER) return false;
    for (size_t i = from; i < to; i++) {
        const struct column *col = &c->at[before + list->at[i].nth_cell];
        list->at[i].column_no = (int)(col - c->at) + 1;
        list->at[i].role = col->role == ROLE_TITLE ? ROLE_TEXT : col->role;
        list->at[i].header = col->header;
    }
    b->is_row = false; /* goes on in the cell of the lines above */
    return true;
}

/* A table of tasks ends with its last row, or where a case begins; a table of cases may
 * be cut in two by a converter and goes on. */
static bool ends_table(const struct columns *c, const struct block *b)
{
    struct case_number n;
    for (size_t k = 0; k < c->n; k++)
        if (c->at[k].role == ROLE_NUMBER) return false;
    if (!b->is_row && !c->is_drawn) return true;
    return case_number_parse(b->text, b->len, &n) && (n.has_word || n.b >= 0);
}

/* Headings one to a line: "Nr.", "Sak", "Ansvarlig". The first must be a number's. */
static void find_flat(struct block_list *list, const struct cue_table *t)
{
    struct cue_match hit;
    for (size_t i = 0; i + 2 < list->n && !list->n_flat; i++) {
        size_t n = 0;
        if (!cue_is_whole(t, list->at[i].text,
                          list->at[i].len > 40 ? 40 : list->at[i].len, &hit) ||
            (strcmp(hit.value, "number") != 0 && strcmp(hit.value, "case") != 0))
            continue;
        while (i + n < list->n && n < 8 && list->at[i + n].starts_line &&
               !list->at[i + n].is_row) {
            int role = role_of(t, list->at[i + n].text, list->at[i + n].len);
            if (role < 0) break;
            list->flat[n++] = (enum block_role)role;
        }
        if (n >= 3) list->n_flat = n;
    }
}

/* Words with a capital or a digit among those of a cell: names and dates are all such. */
static void count_words(const struct block *b, size_t *words, size_t *capital)
{
    for (size_t i = 0; i < b->len;) {
        size_t n = 0;
        while (i + n < b->len && b->text[i + n] != ' ') n++;
        bool digit = b->text[i] >= '0' && b->text[i] <= '9';
        if (n) *words += 1;
        if (n) *capital += digit || text_starts_upper(b->text + i, n);
        i += n + 1;
    }
}

/* "OHB", "TMA/KLB": a cell of nothing but initials. */
static bool is_initials(const struct block *b)
{
    size_t run = 0;
    for (size_t i = 0; i < b->len; i++) {
        bool upper = b->text[i] >= 'A' && b->text[i] <= 'Z';
        if (!upper && !strchr(" /,", b->text[i])) return false;
        run = upper ? run + 1 : 0;
        if (run > 4) return false;
    }
    return b->len > 1 && b->len < 24;
}

/* A column headed Oppfølging: who follows up, or what is to be done? */
static void settle_followup(struct block_list *list)
{
    size_t words = 0, capital = 0;
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].role == ROLE_FOLLOWUP)
            count_words(&list->at[i], &words, &capital);
    bool names = words && capital * 10 >= words * 7;
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].role == ROLE_FOLLOWUP)
            list->at[i].role = names                       ? ROLE_BOTH
                               : is_initials(&list->at[i]) ? ROLE_RESPONSIBLE
                                                           : ROLE_TEXT;
    for (size_t k = 0; k < list->n_flat; k++)
        if (list->flat[k] == ROLE_FOLLOWUP) list->flat[k] = ROLE_BOTH;
}

/* A column headed "Konklusjon/oppfølging" whose cells print "Konklusjon:" themselves is
 * text: what has no label there is no decision. */
static void settle_decisions(struct block_list *list, const struct minutes_cues *cues)
{
    const struct cue_table *t = cues_table(cues, "decisions");
    size_t cells = 0, labelled = 0;
    for (size_t i = 0; i < list->n; i++) {
        const struct block *b = &list->at[i];
        struct label l;
        if (b->role != ROLE_DECISION || b->is_noise) continue;
        cells += b->starts_cell;
        labelled += label_parse(t, b->text, b->len, &l) && l.has_colon &&
                    l.class == LABEL_DECISION;
    }
    if (labelled < 2 || labelled * 4 < cells) return;
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].role == ROLE_DECISION) list->at[i].role = ROLE_TEXT;
}

/* Rows of two cells whose first is a label that is no kind of case ("Ansvar",
 * "Bakgrunn"): then "Vedtak" in a first cell is a label too. */
static bool has_keys(const struct block_list *list, const struct minutes_cues *cues)
{
    size_t n = 0;
    for (size_t i = 0; i + 1 < list->n && n < 2; i++) {
        const struct block *b = &list->at[i];
        struct label l;
        struct cue_match hit;
        if (!b->is_row || b->nth_cell || b->role != ROLE_TEXT || b->len > 40) continue;
        if (!label_parse(cues_table(cues, "decisions"), b->text, b->len, &l) ||
            !l.is_alone)
            continue;
        n += !cue_is_whole(cues_table(cues, "kinds"), b->text, b->len, &hit);
    }
    return n >= 2;
}

void block_columns(struct block_list *list, const struct minutes_cues *cues)
{
    const struct cue_table *t = cues_table(cues, "columns");
    struct columns columns = {.n = 0};
    find_flat(list, t);
    for (size_t from = 0, to; from < list->n; from = to) {
        for (to = from + 1; to < list->n && list->at[to].line == list->at[from].line;)
            to++;
        if (list->at[from].is_noise) continue;
        if (list->at[from].is_row && is_header_row(list, from, to, t))
            set_columns(&columns, list, from, to, t);
        else if (columns.n && ends_table(&columns, &list->at[from]))
            columns.n = 0;
        else if (columns.n && !joins_torn_row(&columns, list, from, to))
            use_columns(&columns, list, from, to);
    }
    list->has_keys = has_keys(list, cues);
    settle_followup(list);
    settle_decisions(list, cues);
}
