#include "minutes_followup.h"

#include <stdio.h>
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_deadline.h"

/* ---- lists of tasks below the cases ---- */

static size_t line_end(const struct block_list *list, size_t from)
{
    size_t to = from + 1;
    while (to < list->n && list->at[to].line == list->at[from].line) to++;
    return to;
}

static bool is_task_header(const struct block_list *list, size_t from, size_t to)
{
    bool number = false, action = false, value = false, other = false;
    for (size_t i = from; i < to; i++) {
        if (!list->at[i].is_header) return false;
        switch (list->at[i].role) {
        case ROLE_NUMBER: number = true; break;
        case ROLE_ACTION: action = true; break;
        case ROLE_RESPONSIBLE:
        case ROLE_DEADLINE:
        case ROLE_BOTH: value = true; break;
        default: other = true;
        }
    }
    return number && action && value && !other;
}

static bool row_number(const struct block *b, struct case_number *n)
{
    return b->is_row && !b->nth_cell && case_number_parse(b->text, b->len, n) &&
           n->b >= 0;
}

/* A line above that begins with the number. */
static bool is_above(const struct block_list *list, size_t before,
                     const struct case_number *n)
{
    struct case_number other;
    for (size_t i = 0; i < before; i++) {
        const struct block *b = &list->at[i];
        if (b->starts_line && !b->is_noise &&
            case_number_parse(b->text, b->len, &other) && other.a == n->a &&
            other.b == n->b)
            return true;
    }
    return false;
}

static void find_rows(struct block_list *list, size_t header, size_t first)
{
    size_t rows = 0, known = 0, end = first;
    for (size_t i = first, to; i < list->n; i = to) {
        struct case_number n;
        to = line_end(list, i);
        if (!row_number(&list->at[i], &n)) break;
        rows++;
        known += is_above(list, header, &n);
        end = to;
    }
    if (!known || known * 2 < rows) return;
    for (size_t i = first; i < end; i++)
        list->at[i].is_noise = list->at[i].is_followup = true;
}

void followup_find(struct block_list *list)
{
    for (size_t i = 0, to; i < list->n; i = to) {
        to = line_end(list, i);
        if (is_task_header(list, i, to)) find_rows(list, i, to);
    }
}

static struct hf_case *case_of(struct hf_minutes *m, const struct block *b,
                               const struct number_scheme *scheme)
{
    struct case_number n;
    int number, year;
    char text[32];
    if (!row_number(b, &n) || !case_number_split(&n, scheme, &number, &year)) return NULL;
    snprintf(text, sizeof text, "%d/%d", number, year);
    for (size_t i = 0; i < m->n_cases; i++)
        if (m->cases[i].number_normalised && !strcmp(m->cases[i].number_normalised, text))
            return &m->cases[i];
    return NULL;
}

static void give_row(struct hf_minutes *m, struct hf_case *c, const struct block *b,
                     size_t n, bool is_own)
{
    struct hf_buf line = HF_BUF_INIT;
    for (size_t i = 0; i < n; i++) {
        hf_buf_addf(&line, "%s%.*s", i ? "\t" : "", (int)b[i].len, b[i].text);
        if (!is_own) continue;
        if (b[i].role == ROLE_RESPONSIBLE)
            c->responsible = case_join(m, c->responsible, b[i].text, b[i].len);
        if (b[i].role == ROLE_DEADLINE)
            c->deadline = case_join(m, c->deadline, b[i].text, b[i].len);
    }
    c->text = c->text ? hf_arena_printf(&m->arena, "%s\n%s", c->text, line.data)
                      : hf_arena_strdup(&m->arena, line.data, line.len);
    hf_buf_release(&line);
}

void followup_apply(const struct block_list *list, const struct number_scheme *scheme,
                    struct hf_minutes *m)
{
    if (!m->n_cases) return;
    for (size_t i = 0, to; i < list->n; i = to) {
        to = line_end(list, i);
        if (!list->at[i].is_followup) continue;
        struct hf_case *c = case_of(m, &list->at[i], scheme);
        give_row(m, c ? c : &m->cases[m->n_cases - 1], &list->at[i], to - i, c != NULL);
    }
}

/* ---- who ---- */

bool case_is_someone(const char *text, size_t len)
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

/* Is this one of the words of stopwords/cues_promises.tsv for that use? */
static bool has_use(const struct case_text *t, const char *use, const char *text,
                    size_t len)
{
    const struct cue_table *words = cues_table(t->cues, "promises");
    for (size_t k = 0; k < words->n; k++) {
        const struct cue *c = &words->cues[k];
        if (c->key_len == len && !strcmp(c->value, use) &&
            !strncasecmp(text, c->key, len))
            return true;
    }
    return false;
}

static size_t word_len(const char *text, size_t len)
{
    return text_until(text, len, " \n");
}

/* A capital, and after that capitals, joints, and what stands behind a joint: no verb is
 * in it. */
static bool is_who(const struct case_text *t, const char *text, size_t len)
{
    bool after_joint = false;
    if (!len || len > 80) return false;
    if (case_is_names(t, text, len) || case_is_someone(text, len)) return true;
    if (!text_starts_upper(text, len)) return false;
    for (size_t i = 0, n; i < len; i += n + 1) {
        n = word_len(text + i, len - i);
        bool joint = has_use(t, "joint", text + i, n);
        if (i && !joint && !after_joint && !text_starts_upper(text + i, n)) return false;
        after_joint = joint;
    }
    return !after_joint;
}

/* ---- when ---- */

static bool is_year(const char *text, size_t len)
{
    size_t digits = 0;
    while (digits < len && text[digits] >= '0' && text[digits] <= '9') digits++;
    return digits == 4 && (len == 4 || text[4] == '.');
}

/* "jul", "sommeren 2026", "neste møte", "uke 24", "utgangen av året": bytes, 0 = none. */
static size_t season_here(const struct case_text *t, const char *text, size_t len)
{
    const struct cue_table *words = cues_table(t->cues, "promises");
    for (size_t k = 0; k < words->n; k++) {
        const struct cue *c = &words->cues[k];
        size_t n = c->key_len;
        bool open = !strcmp(c->value, "open");
        if ((!open && strcmp(c->value, "season") != 0) || n > len ||
            strncasecmp(text, c->key, n) || text_is_word_at(text, len, n))
            continue;
        size_t next = n < len && text[n] == ' ' ? word_len(text + n + 1, len - n - 1) : 0;
        if (open) return next ? n + 1 + next : 0;
        return n + (next && is_year(text + n + 1, next) ? 5 : 0);
    }
    return 0;
}

/* A date or season at text: its bytes, 0 = none. */
static size_t when_here(const struct case_text *t, const char *text, size_t len)
{
    struct date_found d;
    size_t skip = word_len(text, len);
    skip = skip < len && has_use(t, "filler", text, skip) ? skip + 1 : 0;
    if (date_find(text + skip, len - skip, 0, &d) && !d.start) return skip + d.end;
    return season_here(t, text, len);
}

struct when {
    size_t lead;       /* where the sentence says that a time follows */
    size_t start, end; /* of the time */
};

/* «… innen 1. mars», «… før jul»: the last in text. */
static bool find_when(const struct case_text *t, const char *text, size_t len,
                      struct when *out)
{
    bool found = false;
    for (size_t i = 0; i < len; i++) {
        if (i && !strchr(" (,\n", text[i - 1])) continue;
        size_t n = word_len(text + i, len - i);
        bool by = has_use(t, "by", text + i, n),
             before = has_use(t, "before", text + i, n);
        if ((!by && !before) || i + n + 1 >= len) continue;
        size_t from = i + n + 1, end = when_here(t, text + from, len - from);
        if (!end) continue;
        *out = (struct when){i, before ? i : from, from + end};
        found = true;
    }
    return found;
}

bool case_take_who_by_when(struct case_text *t, const char *text, size_t len)
{
    struct when w;
    while (len && strchr(" .", text[len - 1])) len--;
    if (len > 140 || !find_when(t, text, len, &w) || w.end < len || !w.lead) return false;
    size_t who = text_trim_right(text, w.lead);
    bool parted = who && strchr(",;(-", text[who - 1]);
    while (who && strchr(",;:(- ", text[who - 1])) who--;
    if (!parted || !is_who(t, text, who)) return false;
    t->c->responsible = case_join(t->m, t->c->responsible, text, who);
    t->c->deadline = case_join(t->m, t->c->deadline, text + w.start, w.end - w.start);
    return true;
}

/* ---- in sentences ---- */

/* Verbs in the present end in -er and -ar; those that do not are words of the table. */
static bool is_verb(const struct case_text *t, const char *text, size_t len)
{
    if (has_use(t, "does", text, len) || has_use(t, "act", text, len)) return true;
    return len > 4 && text[len - 1] == 'r' && strchr("ea", text[len - 2]) &&
           text_starts_lower(text, len);
}

/* A word that names somebody who can do things (use «who»), or letters. */
static bool is_actor(const struct case_text *t, const char *text, size_t len)
{
    const struct cue_table *who = cues_table(t->cues, "promises");
    for (size_t i = 0, n; i < len; i += n + 1) {
        n = word_len(text + i, len - i);
        if (case_is_someone(text + i, n)) return true;
        for (size_t k = 0; k < who->n; k++) {
            const struct cue *c = &who->cues[k];
            if (!strcmp(c->value, "who") && c->key_len <= n &&
                !strncasecmp(text + i + n - c->key_len, c->key, c->key_len))
                return true;
        }
    }
    return false;
}

bool case_is_who(const struct case_text *t, const char *text, size_t len)
{
    while (len && strchr(" .", text[len - 1])) len--;
    return len && len < 80 && is_who(t, text, len) &&
           (memmem(text, len, " v/", 3) || is_actor(t, text, len));
}

/* The subject that a sentence of a task begins with: «Alle kommunene melder …»; 0 where
 * it is none. */
static size_t subject_of(const struct case_text *t, const char *text, size_t len)
{
    size_t end = 0;
    bool verb = false;
    if (!text_starts_upper(text, len)) return 0;
    for (size_t i = 0, n, words = 0; i < len && words < 7 && !verb; i += n + 1, words++) {
        n = word_len(text + i, len - i);
        if (memchr(text + i, ',', n)) return 0;
        verb = words && is_verb(t, text + i, n);
        if (verb && has_use(t, "act", text + i, n)) return 0;
        if (!verb) end = i + n;
    }
    bool is_name = memchr(text, ' ', end) && is_who(t, text, end);
    return verb && end < 60 && (is_name || is_actor(t, text, end)) ? end : 0;
}

/* The last sentence of text that ends at or before `to` begins here. */
static size_t sentence_before(const char *text, size_t to)
{
    size_t start = 0;
    for (size_t at = 0; at < to;) {
        start = at;
        size_t end = text_sentence_end(text, to, at);
        const char *line = memchr(text + at, '\n', end - at);
        at = line ? (size_t)(line - text) + 1 : end;
        while (at < to && strchr(" \n", text[at])) at++;
    }
    return start;
}

static void take_subject(struct case_text *t, const char *text, size_t from, size_t to)
{
    size_t skip = block_bullet(text + from, to - from);
    if (!skip) skip = block_point(text + from, to - from);
    from += skip;
    size_t n = subject_of(t, text + from, to - from);
    if (n && !t->c->responsible)
        t->c->responsible = case_join(t->m, NULL, text + from, n);
}

static void from_text(struct case_text *t, const char *text, size_t len)
{
    for (size_t at = 0, end; at < len && !t->c->deadline; at = end) {
        struct when w;
        end = text_sentence_end(text, len, at);
        const char *line = memchr(text + at, '\n', end - at);
        if (line) end = (size_t)(line - text) + 1;
        if (end <= at) break;
        if (!find_when(t, text + at, end - at, &w)) continue;
        t->c->deadline = case_join(t->m, NULL, text + at + w.start, w.end - w.start);
        take_subject(t, text, at + text_trim_left(text + at, end - at), end);
    }
}

void case_promises(struct case_text *t)
{
    struct hf_case *c = t->c;
    if (c->deadline && c->responsible) return;
    bool had_deadline = c->deadline != NULL, labelled = false;
    for (size_t i = 0; i < c->n_decisions; i++) {
        labelled |= !c->decisions[i].implicit;
        if (!c->deadline)
            from_text(t, c->decisions[i].text, strlen(c->decisions[i].text));
    }
    if (!c->n_decisions || !t->n) return;
    const struct para *last = &t->at[t->n - 1];
    if (!labelled && !c->deadline) from_text(t, last->text, last->len);
    if (!had_deadline || c->responsible) return;
    const char *text = labelled ? c->decisions[c->n_decisions - 1].text : last->text;
    size_t len = labelled ? strlen(text) : last->len;
    const char *frist = memmem(text, len, " Frist ", 7);
    if (frist) len = (size_t)(frist - text);
    take_subject(t, text, sentence_before(text, len), len);
}
