#include "minutes_followup.h"

#include <stdio.h>
#include <string.h>

#include "../shim/buf.h"

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
