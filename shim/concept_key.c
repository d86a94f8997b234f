/* The key by which a long form is found among the concepts (analyse.h). */
#include <string.h>

#include "analyse.h"

/* Where the words of the key begin in b; a long form has few of them. */
#define MAX_KEY_WORDS 32

struct key_ctx {
    struct hf_buf *b;
    unsigned pos;
    size_t starts[MAX_KEY_WORDS];
};

static int add_key(void *ctx, const struct hf_term *t)
{
    struct key_ctx *k = ctx;
    if (t->pos == k->pos || (t->kind != HF_TERM_LEMMA && t->kind != HF_TERM_ACRONYM))
        return 0;
    if (t->pos >= MAX_KEY_WORDS) return 1;
    /* A hyphenated group counts as the one word that it is without hyphens. */
    if (t->pos < k->pos) hf_buf_cut(k->b, k->starts[t->pos]);
    k->starts[t->pos] = k->b->len;
    k->pos = t->pos;
    if (t->len == 2 && !memcmp(t->text, "si", 2)) return 0; /* garpegenitiv */
    hf_buf_add(k->b, t->text, t->len);
    return 0;
}

void hf_concept_key(struct hf_analyser *a, struct hf_buf *b, const char *text, size_t len)
{
    struct key_ctx k = {.b = b};
    hf_analyse(a, HF_QUERY_TEXT, text, len, add_key, &k);
}
