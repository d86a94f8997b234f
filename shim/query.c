#include "index.h"

#include <stdlib.h>

struct hf_query *hf_query_new(enum hf_query_op op)
{
    struct hf_query *q = hf_xcalloc(1, sizeof *q);
    q->op = op;
    q->factor = 1;
    return q;
}

struct hf_query *hf_query_term(const char *term, double factor)
{
    struct hf_query *q = hf_query_new(HF_Q_TERM);
    q->term = hf_xstrdup(term);
    q->factor = factor;
    return q;
}

struct hf_query *hf_query_add(struct hf_query *parent, struct hf_query *kid)
{
    if (!kid) return parent;
    parent->kids =
        hf_grow(parent->kids, &parent->cap_kids, parent->n_kids, sizeof *parent->kids);
    parent->kids[parent->n_kids++] = kid;
    return parent;
}

struct hf_query *hf_query_copy(const struct hf_query *q)
{
    if (!q) return NULL;
    struct hf_query *c = hf_query_new(q->op);
    c->term = hf_xstrdup(q->term);
    c->to = hf_xstrdup(q->to);
    c->factor = q->factor;
    c->window = q->window;
    for (size_t i = 0; i < q->n_kids; i++) hf_query_add(c, hf_query_copy(q->kids[i]));
    return c;
}

void hf_query_free(struct hf_query *q)
{
    if (!q) return;
    for (size_t i = 0; i < q->n_kids; i++) hf_query_free(q->kids[i]);
    free(q->kids);
    free(q->term);
    free(q->to);
    free(q);
}
