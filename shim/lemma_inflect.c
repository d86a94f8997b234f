/* Words that neither stand in the table nor are compounds: what their endings tell. */
#include "lemma_table.h"

#include <string.h>

enum { MIN_LEN = 4, MIN_LEFT = 2 };

/* The rules of the longest ending that the table knows, or NULL. */
static const struct lemma_rule *rules_of(const struct hf_lemmas *l,
                                         const struct lemma_word *w)
{
    const struct lemma_rule *best = NULL;
    uint32_t state = l->header->tails_root, rank = 0;
    bool is_word = false;
    for (size_t i = w->len; i > MIN_LEFT; i--) {
        const uint64_t *a = lemma_arc(l->tails, state, w->letters[i - 1]);
        if (!a) break;
        rank += ARC_SKIP(*a) + is_word;
        is_word = ARC_IS_WORD(*a);
        state = ARC_TARGET(*a);
        if (is_word) best = l->rules + l->tail_values[rank];
    }
    return best;
}

bool lemma_inflect(const struct hf_lemmas *l, const struct lemma_word *w,
                   struct hf_lemma_result *r)
{
    if (w->len < MIN_LEN) return false;
    const struct lemma_rule *rule = rules_of(l, w);
    bool has_any = false;
    for (size_t left = rule ? rule->n_more + 1u : 0; left > 0; left--, rule++) {
        uint8_t lemma[HF_LEMMA_MAX_WORD + 256];
        char text[2 * sizeof lemma];
        if ((size_t)rule->cut + MIN_LEFT > w->len) continue;
        size_t n = w->len - rule->cut;
        memcpy(lemma, w->letters, n);
        memcpy(lemma + n, l->pool + rule->add, rule->add_len);
        n += rule->add_len;
        const uint32_t *set = lemma_set(l, lemma, n);
        if (set) { /* a lemma whose forms the dictionary lacks */
            lemma_add_known(l, set, r);
            has_any = true;
            continue;
        }
        lemma_add(r, text, lemma_to_utf8(lemma, n, text), HF_LEMMA_LEMMA, true);
        has_any = true;
    }
    return has_any;
}
