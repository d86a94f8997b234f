/* What the words of a query mean together. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "plan_internal.h"

/* The longest long form, in words. */
#define MAX_FORM_WORDS 9

/* ---- the planner ---- */

static void add_key(struct planner *p, const char *form, const struct hf_concept *c)
{
    struct hf_buf key = HF_BUF_INIT;
    hf_concept_key(p->analyser, &key, form, strlen(form));
    if (!key.len || hf_map_get(&p->concept_by_key, key.data, key.len)) {
        hf_buf_release(&key);
        return;
    }
    size_t len = key.len;
    p->keys = hf_grow(p->keys, &p->cap_keys, p->n_keys, sizeof *p->keys);
    p->keys[p->n_keys] = hf_buf_take(&key);
    hf_map_put(&p->concept_by_key, p->keys[p->n_keys++], len, (void *)c);
}

enum hf_status planner_new(const struct hf_lexicon *lex, struct planner **out,
                           struct hf_error *err)
{
    struct planner *p = hf_xcalloc(1, sizeof *p);
    *out = NULL;
    p->lex = lex;
    enum hf_status status = hf_analyser_new(lex, &p->analyser, err);
    if (status != HF_OK) {
        planner_free(p);
        return status;
    }
    size_t n;
    const struct hf_concept *concepts = hf_lexicon_concepts(lex, &n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = concepts[i].n_acronyms;
             !concepts[i].is_ambiguous && k < concepts[i].n_forms; k++)
            add_key(p, concepts[i].forms[k], &concepts[i]);
    *out = p;
    return HF_OK;
}

void planner_speak(struct planner *p, enum params_lang lang)
{
    p->lang = lang;
}

void planner_free(struct planner *p)
{
    if (!p) return;
    for (size_t i = 0; i < p->n_keys; i++) free(p->keys[i]);
    free(p->keys);
    hf_map_release(&p->concept_by_key);
    hf_analyser_free(p->analyser);
    free(p);
}

struct hf_analyser *planner_analyser(struct planner *p)
{
    return p->analyser;
}

const struct hf_lexicon *planner_lexicon(const struct planner *p)
{
    return p->lex;
}

/* ---- single words ---- */

static bool is_word_node(const struct plan_node *n)
{
    return n->kind == PLAN_WORD;
}

struct first_term {
    struct planner *p;
    const struct hf_acronym *known;
    char *acronym;
    unsigned positions;
    bool is_stop;
};

static int look(void *ctx, const struct hf_term *t)
{
    struct first_term *f = ctx;
    f->positions = t->pos;
    if (t->pos > 1) return 0;
    f->is_stop = t->is_stop;
    if (t->kind == HF_TERM_ACRONYM && !f->acronym) {
        f->acronym = hf_xstrndup(t->text, t->len);
        f->known = hf_lexicon_acronym(f->p->lex, t->text, t->len);
    }
    return 0;
}

static void make_concept(struct plan_node *n, const struct hf_concept *c,
                         const char *acronym)
{
    n->kind = c && !c->is_ambiguous ? PLAN_CONCEPT : PLAN_ACRONYM;
    n->concept = c;
    if (!acronym) return;
    free(n->number);
    n->number = hf_xstrdup(acronym); /* the acronym in its own spelling */
}

/* A lower-case word that equals an acronym: the acronym, or both readings where it is a
 * word too and the whole query. Returns the node that takes its place. */
static struct plan_node *lower_acronym(struct planner *p, struct plan_node *n,
                                       bool is_whole)
{
    struct hf_buf lower = HF_BUF_INIT;
    hf_utf8_lower(&lower, n->text, strlen(n->text));
    const struct hf_acronym *a = hf_lexicon_acronym_lower(p->lex, lower.data, lower.len);
    hf_buf_release(&lower);
    if (!a || !a->concept || (a->is_word && !is_whole) ||
        (n->where & (WHERE_NAME | WHERE_CASE)))
        return n;
    struct plan_node *either = plan_node_new(PLAN_OR),
                     *meant = plan_node_new(PLAN_CONCEPT);
    meant->text = hf_xstrdup(n->text);
    meant->start = n->start;
    meant->end = n->end;
    meant->where = n->where;
    make_concept(meant, a->concept, a->text);
    n->is_second_reading = true;
    plan_node_add(either, meant);
    plan_node_add(either, n);
    return either;
}

static struct plan_node *refine_word(struct planner *p, struct plan_node *n,
                                     bool is_whole)
{
    struct first_term f = {.p = p};
    if (n->where & WHERE_NAME) return n;
    hf_analyse(p->analyser, HF_QUERY_TEXT, n->text, strlen(n->text), look, &f);
    if (f.positions == 1 && f.acronym) {
        make_concept(n, f.known ? f.known->concept : NULL, f.acronym);
        if (!f.known || !f.known->concept) n->kind = PLAN_ACRONYM;
    } else if (f.positions == 1) {
        n->is_stop = f.is_stop;
        n = lower_acronym(p, n, is_whole);
    }
    free(f.acronym);
    return n;
}

/* ---- numbers ---- */

/* «sak», «saksnr», «SSU-sak»: a label before a number. *body is what stands before the
 * hyphen, or NULL. */
static bool is_case_word(const char *text, char **body)
{
    static const char *const words[] = {"sak",        "saka",  "saken", "saksnr",
                                        "saksnummer", "saknr", "nr"};
    struct hf_buf lower = HF_BUF_INIT;
    const char *hyphen = strrchr(text, '-'), *word = hyphen ? hyphen + 1 : text;
    bool found = false;
    hf_utf8_lower(&lower, word, strlen(word));
    for (size_t i = 0; !found && i < sizeof words / sizeof *words; i++)
        found = !strcmp(words[i], lower.data);
    *body = found && hyphen ? hf_xstrndup(text, (size_t)(hyphen - text)) : NULL;
    hf_buf_release(&lower);
    return found;
}

static bool is_digits(const char *s)
{
    return *s && strspn(s, "0123456789") == strlen(s) && strlen(s) <= 4;
}

static void try_number(struct plan_node *n, bool after_case_word)
{
    struct hf_buf b = HF_BUF_INIT;
    bool sure = after_case_word || (n->where & WHERE_CASE);
    size_t len = strlen(n->text);
    char *slashed = hf_xstrdup(n->text), *dash = strchr(slashed, '-');
    if (dash)
        *dash = '/'; /* 03-2026: in a text it may be anything, alone in a query it is a
                        case */
    if (hf_number_read(&b, slashed, len) == len) {
        n->kind = PLAN_NUMBER;
        n->number = hf_buf_take(&b);
    } else if (sure && is_digits(n->text)) {
        n->kind = PLAN_NUMBER;
        n->number = hf_xstrdup(n->text + strspn(n->text, "0"));
    }
    free(slashed);
    hf_buf_release(&b);
}

/* Case numbers; a «sak» before one is a label and goes, but not one that is asked for in
 * a field. */
static void find_numbers(struct plan_node *list)
{
    size_t out = 0;
    for (size_t i = 0; i < list->n_kids; i++) {
        struct plan_node *n = list->kids[i], *before = out ? list->kids[out - 1] : NULL;
        char *body = NULL;
        bool after = before && is_word_node(n) && is_word_node(before) &&
                     !before->where && is_case_word(before->text, &body);
        if (is_word_node(n)) try_number(n, after);
        if (after && n->kind == PLAN_NUMBER) {
            plan_node_free(list->kids[--out]);
            n->body = body;
            body = NULL;
        }
        free(body);
        list->kids[out++] = n;
    }
    list->n_kids = out;
}

/* ---- concepts by their long form ---- */

static const struct hf_concept *concept_at(struct planner *p, const char *query,
                                           const struct plan_node *list, size_t from,
                                           size_t n)
{
    struct hf_buf key = HF_BUF_INIT;
    const struct plan_node *first = list->kids[from], *last = list->kids[from + n - 1];
    hf_concept_key(p->analyser, &key, query + first->start, last->end - first->start);
    const struct hf_concept *c =
        key.len ? hf_map_get(&p->concept_by_key, key.data, key.len) : NULL;
    hf_buf_release(&key);
    return c;
}

/* How many words from `from` on are plain and in the same field, at most MAX_FORM_WORDS.
 */
static size_t plain_run(const struct plan_node *list, size_t from)
{
    size_t n = 0;
    while (from + n < list->n_kids && n < MAX_FORM_WORDS &&
           is_word_node(list->kids[from + n]) &&
           list->kids[from + n]->where == list->kids[from]->where)
        n++;
    return n;
}

static void find_concepts(struct planner *p, const char *query, struct plan_node *list)
{
    size_t out = 0;
    for (size_t i = 0; i < list->n_kids;) {
        size_t n = plain_run(list, i);
        const struct hf_concept *c = NULL;
        if (n && (list->kids[i]->where & (WHERE_NAME | WHERE_CASE))) n = 0;
        while (n && !(c = concept_at(p, query, list, i, n))) n--;
        if (!c) {
            list->kids[out++] = list->kids[i++];
            continue;
        }
        struct plan_node *node = plan_node_new(PLAN_CONCEPT);
        node->start = list->kids[i]->start;
        node->end = list->kids[i + n - 1]->end;
        node->where = list->kids[i]->where;
        node->text = hf_xstrndup(query + node->start, node->end - node->start);
        node->concept = c;
        for (size_t k = 0; k < n; k++) plan_node_add(node, list->kids[i + k]);
        list->kids[out++] = node;
        i += n;
    }
    list->n_kids = out;
}

/* ---- regions and dates ---- */

/* «LAR i Helse Nord»: a region's name beside other words is that region. «Helse
 * Nord-Trøndelag» has another second word and is none. */
static void find_regions(struct plan_node *list)
{
    const struct hf_facet_row *row = &hf_facets[HF_FACET_REGION];
    size_t out = 0;
    for (size_t i = 0; i < list->n_kids; i++) {
        struct plan_node *n = list->kids[i], *before = out ? list->kids[out - 1] : NULL;
        int region = -1;
        if (before && list->n_kids > 2 && is_word_node(before) && is_word_node(n) &&
            !n->where) {
            struct hf_buf name = HF_BUF_INIT;
            hf_buf_addf(&name, "%s %s", before->text, n->text);
            region = hf_choice_find(row, name.data, name.len);
            hf_buf_release(&name);
        }
        if (region >= 0) {
            plan_node_free(list->kids[--out]);
            n->kind = PLAN_FACET;
            n->facet = HF_FACET_REGION;
            free(n->text);
            n->text = hf_xstrdup(row->choices[region].id);
        }
        list->kids[out++] = n;
    }
    list->n_kids = out;
}

/* A word that is a date: what was held on that day, and what names it. */
static struct plan_node *refine_date(struct plan_node *n)
{
    int day, month, year, end = 0, len = (int)strlen(n->text);
    bool nb =
        sscanf(n->text, "%2d.%2d.%4d%n", &day, &month, &year, &end) == 3 && end == len;
    bool iso = !nb && sscanf(n->text, "%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 &&
               end == len;
    if ((!nb && !iso) || year < 1900 || month < 1 || month > 12 || day < 1 || day > 31)
        return n;
    struct plan_node *either = plan_node_new(PLAN_OR), *held = plan_node_new(PLAN_DATES);
    held->from = held->to = year * 10000 + month * 100 + day;
    held->text = hf_xstrdup(n->text);
    held->start = n->start;
    held->end = n->end;
    plan_node_add(either, n);
    plan_node_add(either, held);
    return either;
}

void plan_refine(struct planner *p, const char *query, struct plan_node *list,
                 bool is_whole)
{
    find_regions(list);
    find_numbers(list);
    find_concepts(p, query, list);
    bool alone = is_whole && list->n_kids == 1;
    size_t n_words = 0, n_stop = 0;
    for (size_t i = 0; i < list->n_kids; i++) {
        if (is_word_node(list->kids[i])) list->kids[i] = refine_date(list->kids[i]);
        if (is_word_node(list->kids[i]))
            list->kids[i] = refine_word(p, list->kids[i], alone);
        n_stop += list->kids[i]->is_stop;
        n_words += list->kids[i]->kind != PLAN_NOT && list->kids[i]->kind < PLAN_FACET;
    }
    /* Stop words are searched only when they are all there is. */
    for (size_t i = 0; n_stop == n_words && i < list->n_kids; i++)
        list->kids[i]->is_stop = false;
}
