/* The minimal acyclic automaton of a sorted list (Daciuk, Mihov, Watson and Watson 2000),
 * with the number of words behind each arc kept so that it maps words to their rank. */
#include "mklemma.h"

#include <stdlib.h>
#include <string.h>

struct node_arc {
    uint8_t letter;
    bool is_word;
    uint32_t target;
};

struct node { /* a state that still may grow */
    struct node_arc arcs[256];
    size_t n;
};

struct builder {
    struct mk_automaton *a;
    uint32_t *slots; /* register of finished states */
    size_t n_slots, n_states;
    uint32_t *behind; /* words behind the state that begins at arc n, parallel to arcs */
    size_t behind_cap;
};

static uint64_t hash_node(const struct node *n)
{
    uint64_t h = n->n;
    for (size_t i = 0; i < n->n; i++) {
        const struct node_arc *a = &n->arcs[i];
        h = (h ^ (a->letter | (uint64_t)a->is_word << 8 | (uint64_t)a->target << 9)) *
            0x9e3779b97f4a7c15u;
        h ^= h >> 32;
    }
    return h;
}

static bool equals(const struct mk_automaton *a, uint32_t state, const struct node *n)
{
    for (size_t i = 0; i < n->n; i++) {
        uint64_t x = a->arcs[state + i];
        if (ARC_LETTER(x) != n->arcs[i].letter || ARC_IS_WORD(x) != n->arcs[i].is_word ||
            ARC_TARGET(x) != n->arcs[i].target || ARC_IS_LAST(x) != (i + 1 == n->n)) {
            return false;
        }
    }
    return true;
}

static uint32_t append_state(struct builder *b, const struct node *n)
{
    struct mk_automaton *a = b->a;
    uint32_t state = (uint32_t)a->n_arcs, behind = 0;
    if (state + n->n > ARC_MAX) mk_die("too many states");
    for (size_t i = 0; i < n->n; i++) {
        const struct node_arc *x = &n->arcs[i];
        a->arcs = hf_grow(a->arcs, &a->cap, a->n_arcs, sizeof *a->arcs);
        a->arcs[a->n_arcs++] = x->letter | (uint64_t)(i + 1 == n->n) << 8 |
                               (uint64_t)x->is_word << 9 | (uint64_t)behind << 12 |
                               (uint64_t)x->target << 38;
        behind += x->is_word + (x->target ? b->behind[x->target] : 0u);
    }
    b->behind = hf_grow(b->behind, &b->behind_cap, a->n_arcs, sizeof *b->behind);
    b->behind[state] = behind;
    return state;
}

static void grow_register(struct builder *b, const uint64_t *hashes)
{
    (void)hashes;
    size_t old = b->n_slots;
    uint32_t *slots = b->slots;
    b->n_slots = old ? 2 * old : 1u << 16;
    b->slots = hf_xcalloc(b->n_slots, sizeof *b->slots);
    for (size_t i = 0; i < old; i++) {
        if (!slots[i]) continue;
        struct node n = {.n = 0};
        for (uint32_t k = slots[i];; k++) {
            uint64_t x = b->a->arcs[k];
            n.arcs[n.n++] =
                (struct node_arc){ARC_LETTER(x), ARC_IS_WORD(x), ARC_TARGET(x)};
            if (ARC_IS_LAST(x)) break;
        }
        size_t j = hash_node(&n) & (b->n_slots - 1);
        while (b->slots[j]) j = (j + 1) & (b->n_slots - 1);
        b->slots[j] = slots[i];
    }
    free(slots);
}

/* The finished state equal to n, made if it is new. 0 for a state without arcs. */
static uint32_t finish(struct builder *b, const struct node *n)
{
    if (!n->n) return 0;
    if (2 * b->n_states >= b->n_slots) grow_register(b, NULL);
    size_t i = hash_node(n) & (b->n_slots - 1);
    while (b->slots[i]) {
        if (equals(b->a, b->slots[i], n)) return b->slots[i];
        i = (i + 1) & (b->n_slots - 1);
    }
    b->n_states++;
    return b->slots[i] = append_state(b, n);
}

void mk_automaton_build(struct mk_automaton *a, const uint32_t *words, size_t n)
{
    struct builder b = {.a = a};
    static struct node path[256];
    char before[256] = "";
    size_t before_len = 0;
    memset(a, 0, sizeof *a);
    a->arcs = hf_grow(a->arcs, &a->cap, 0, sizeof *a->arcs);
    a->arcs[a->n_arcs++] = 1u << 8; /* arc 0 is no state: target 0 means none */
    path[0].n = 0;
    for (size_t k = 0; k <= n; k++) {
        const char *w = k < n ? mk_text(words[k]) : "";
        size_t len = k < n ? mk_len(words[k]) : 0, common = 0;
        while (common < len && common < before_len && w[common] == before[common])
            common++;
        if (k && k < n && common == len) mk_die("words not sorted");
        for (size_t d = before_len; d > common; d--) {
            uint32_t state = finish(&b, &path[d]);
            path[d - 1].arcs[path[d - 1].n - 1].target = state;
        }
        for (size_t d = common; d < len; d++) {
            path[d].arcs[path[d].n++] = (struct node_arc){(uint8_t)w[d], d + 1 == len, 0};
            path[d + 1].n = 0;
        }
        memcpy(before, w, len);
        before_len = len;
    }
    a->root = finish(&b, &path[0]);
    a->n_words = (uint32_t)n;
    free(b.slots);
    free(b.behind);
}
