/* Attachments that the head lists by case: «Vedlegg  2023.03: Ung Arena+ 2023.04:
 * Fremlegg …». Each goes to the case whose number stands before it. */
#include <stdio.h>
#include <string.h>

#include "minutes_case.h"

#define MAX_LIST ((size_t)20000)

static bool is_attachments(const struct minutes_cues *cues, const struct block *b)
{
    struct label l;
    return label_parse(cues_table(cues, "decisions"), b->text, b->len > 60 ? 60 : b->len,
                       &l) &&
           l.class == LABEL_ATTACHMENT && (l.is_alone || l.has_colon);
}

static struct hf_case *case_of(struct hf_minutes *m, const struct case_number *n,
                               const struct number_scheme *scheme)
{
    int number, year;
    char form[32];
    if (!case_number_split(n, scheme, &number, &year) || !year) return NULL;
    snprintf(form, sizeof form, "%d/%d", number, year);
    for (size_t i = 0; i < m->n_cases; i++)
        if (m->cases[i].number_normalised && !strcmp(m->cases[i].number_normalised, form))
            return &m->cases[i];
    return NULL;
}

static void add(struct hf_minutes *m, struct hf_case *c, const char *text, size_t len)
{
    while (len && strchr(" :;,.-", *text)) text++, len--;
    while (len && strchr(" ;,", text[len - 1])) len--;
    if (c && len > 2 && c->attachments.n < 40)
        hf_strings_add(&c->attachments, hf_arena_strdup(&m->arena, text, len));
}

/* Cuts the text at numbers of cases. */
static void read_list(struct hf_minutes *m, const struct number_scheme *scheme,
                      const char *text, size_t len)
{
    struct hf_case *now = NULL;
    size_t from = 0;
    if (len > MAX_LIST) len = MAX_LIST;
    for (size_t i = 0; i < len; i++) {
        struct case_number n;
        if (i && text[i - 1] != ' ' && text[i - 1] != '\n') continue;
        if (!case_number_parse(text + i, len - i, &n) || n.b < 0) continue;
        struct hf_case *c = case_of(m, &n, scheme);
        if (!c) continue;
        add(m, now, text + from, i - from);
        now = c;
        from = i + n.rest;
        i += n.end - 1;
    }
    add(m, now, text + from, len - from);
}

void case_attachments(const struct minutes_cues *cues, const struct block_list *list,
                      const struct case_starts *starts, struct hf_minutes *m)
{
    size_t to = starts->n ? starts->at[0].line_block : 0;
    bool open = false;
    for (size_t i = 0; i < to; i++) {
        const struct block *b = &list->at[i];
        struct case_number n;
        if (is_attachments(cues, b))
            open = true;
        else if (b->starts_line && !case_number_parse(b->text, b->len, &n))
            open = false;
        if (open) read_list(m, &starts->scheme, b->text, b->len);
    }
}
