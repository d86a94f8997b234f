#include "compile_internal.h"

#include <stdio.h>
#include <string.h>

static int add_number_term(void *ctx, const char *term, size_t len, uint32_t freq)
{
    struct hf_query *any = ctx;
    (void)len;
    (void)freq;
    hf_query_add(any, hf_query_term(term, 1));
    return any->n_kids >= 100;
}

struct hf_query *compile_flag(char capital, const char *value)
{
    char term[HF_TERM_ROOM];
    hf_term_flag(term, capital, value, strlen(value));
    return hf_query_term(term, 1);
}

/* The case's own number, as printed or normalised; without a year in every year. */
static struct hf_query *own_number(struct builder *b, const struct plan_node *n)
{
    struct hf_query *own = hf_query_new(HF_Q_OR);
    hf_query_add(own, compile_flag('K', n->number));
    if (strcmp(n->number, n->text) != 0) hf_query_add(own, compile_flag('K', n->text));
    if (!strchr(n->number, '/')) {
        char prefix[64];
        snprintf(prefix, sizeof prefix, "K%.20s/", n->number);
        if (hf_reader_terms(b->reader, prefix, add_number_term, own, NULL) != HF_OK)
            return own;
    }
    return own;
}

static struct hf_query *bonus(struct hf_query *q, double constant)
{
    struct hf_query *first = hf_query_new(HF_Q_BONUS);
    first->factor = constant;
    return hf_query_add(first, q);
}

/* The case of that number first (of that body and in that spelling before all), then
 * those that refer to it or name it. */
struct hf_query *compile_number(struct builder *b, const struct plan_node *n)
{
    if (b->target != TARGET_CASE) return compile_none();
    struct hf_query *own = own_number(b, n);
    if (b->is_marking) {
        marks_add(&b->out->marks, HF_KIND_NUMBER, n->number, MARK_EXACT);
        compile_interpret(b, n, "number", json_pack("[s]", n->number));
    }
    if (b->strictness != ANY_FORM) return own;
    struct hf_query *any = hf_query_new(HF_Q_OR);
    if (n->body) {
        char term[HF_TERM_ROOM];
        hf_term_facet(term, HF_FACET_BODY, n->body, strlen(n->body));
        struct hf_query *both = hf_query_add(hf_query_new(HF_Q_AND), hf_query_copy(own));
        hf_query_add(any,
                     bonus(hf_query_add(both, hf_query_term(term, 0)), TIER_FIRST / 2));
    }
    hf_query_add(any, bonus(compile_flag('K', n->text), TIER_FIRST / 4));
    hf_query_add(any, bonus(own, TIER_FIRST));
    if (n->where == WHERE_CASE) return any;
    hf_query_add(any, compile_flag('J', n->number));
    static const enum hf_field fields[] = {HF_FIELD_TITLE, HF_FIELD_DECISION,
                                           HF_FIELD_TEXT};
    struct mark t = {HF_KIND_NUMBER, n->number, MARK_EXACT};
    for (size_t i = 0; i < 3; i++) hf_query_add(any, compile_term(b, fields[i], &t));
    return any;
}

struct hf_query *compile_facet(struct builder *b, const struct plan_node *n)
{
    char term[HF_TERM_ROOM];
    if (b->is_marking)
        compile_interpret(b, n, hf_facets[n->facet].name, json_pack("[s]", n->text));
    if (n->facet == HF_FACET_TYPE) return compile_flag('T', n->text);
    hf_term_facet(term, n->facet, n->text, strlen(n->text));
    return hf_query_term(term, 0);
}

static struct hf_query *date_range(int from, int to)
{
    char text[32];
    struct hf_query *q = hf_query_new(HF_Q_RANGE);
    q->window = HF_SLOT_DATE;
    snprintf(text, sizeof text, "%08d", from);
    q->term = hf_xstrdup(text);
    snprintf(text, sizeof text, "%08d", to);
    q->to = hf_xstrdup(text);
    return q;
}

/* A record of which only the year is known counts when its year does. */
struct hf_query *compile_dates(const struct plan_node *n)
{
    struct hf_query *any = hf_query_new(HF_Q_OR);
    int from = n->from ? n->from : 1, to = n->to ? n->to : 99991231;
    hf_query_add(any, date_range(from, to));
    if (from != to)
        hf_query_add(any, date_range(from / 10000 * 10000, from / 10000 * 10000));
    any->factor = 0;
    return any;
}
