/* Carrying nynorsk lemmas to bokmål. */
#include "mklemma_world.h"

#include <stdlib.h>
#include <string.h>

static int by_nn(const void *a, const void *b)
{
    const struct mk_pair *x = a, *y = b;
    if (x->nn != y->nn) return x->nn < y->nn ? -1 : 1;
    if (x->pos != y->pos) return x->pos < y->pos ? -1 : 1;
    return (x->nb > y->nb) - (x->nb < y->nb);
}

static void merge_pairs(struct mk_world *w)
{
    size_t n = 0;
    qsort(w->pairs, w->n_pairs, sizeof *w->pairs, by_nn);
    for (size_t i = 0; i < w->n_pairs; i++) {
        if (n && !by_nn(&w->pairs[n - 1], &w->pairs[i]))
            w->pairs[n - 1].ways |= w->pairs[i].ways;
        else
            w->pairs[n++] = w->pairs[i];
    }
    w->n_pairs = n;
}

static int by_form(const void *a, const void *b)
{
    const struct mk_reading *x = a, *y = b;
    if (x->form != y->form) return x->form < y->form ? -1 : 1;
    if (x->lang != y->lang) return x->lang < y->lang ? -1 : 1;
    if (x->pos != y->pos) return x->pos < y->pos ? -1 : 1;
    if (x->lemma != y->lemma) return x->lemma < y->lemma ? -1 : 1;
    int cmp = (x->flags & MK_CMP) - (y->flags & MK_CMP);
    return cmp;
}

/* Sorts by form (numbers are dense: by counting), then what each form has. */
static void sort_readings(struct mk_readings *r)
{
    uint32_t *first = hf_xcalloc(mk_words.n + 1, sizeof *first);
    struct mk_reading *sorted = hf_xmalloc(r->n * sizeof *sorted);
    for (size_t i = 0; i < r->n; i++) first[r->v[i].form + 1]++;
    for (size_t f = 1; f <= mk_words.n; f++) first[f] += first[f - 1];
    for (size_t i = 0; i < r->n; i++) sorted[first[r->v[i].form]++] = r->v[i];
    free(r->v);
    r->v = sorted;
    r->cap = r->n;
    for (size_t i = 0, end; i < r->n; i = end) {
        for (end = i; end < r->n && sorted[end].form == sorted[i].form;) end++;
        qsort(sorted + i, end - i, sizeof *sorted, by_form);
    }
    free(first);
}

static void merge_readings(struct mk_readings *r)
{
    size_t n = 0;
    sort_readings(r);
    for (size_t i = 0; i < r->n; i++) {
        if (n && !by_form(&r->v[n - 1], &r->v[i])) {
            if (!(r->v[i].flags & MK_GENITIVE))
                r->v[n - 1].flags &= (uint8_t)~MK_GENITIVE;
        } else {
            r->v[n++] = r->v[i];
        }
    }
    r->n = n;
}

static bool is_vowel(uint8_t c)
{
    return strchr("aeiouy\xe6\xf8\xe5", c) && c;
}

/* How unlike two words are: edits, cheap among vowels and for doubled letters, per letter
 * of the longer. */
double mk_distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    double row[128], next[128];
    for (size_t j = 0; j <= m; j++) row[j] = (double)j;
    for (size_t i = 1; i <= n; i++) {
        next[0] = (double)i;
        for (size_t j = 1; j <= m; j++) {
            uint8_t x = (uint8_t)a[i - 1], y = (uint8_t)b[j - 1];
            double s = x == y ? 0 : is_vowel(x) && is_vowel(y) ? 0.6 : 1;
            double del = i > 1 && a[i - 2] == a[i - 1] ? 0.5 : is_vowel(x) ? 0.8 : 1;
            double ins = j > 1 && b[j - 2] == b[j - 1] ? 0.5 : is_vowel(y) ? 0.8 : 1;
            double best = row[j - 1] + s;
            if (row[j] + del < best) best = row[j] + del;
            if (next[j - 1] + ins < best) best = next[j - 1] + ins;
            next[j] = best;
        }
        memcpy(row, next, sizeof row);
    }
    return row[m] / (double)(n > m ? n : m);
}

/* The pairs of a nynorsk lemma: index of the first, and how many. */
static size_t pairs_of(const struct mk_world *w, uint32_t nn, uint8_t pos, size_t *n)
{
    struct mk_pair key = {.nn = nn, .pos = pos};
    size_t lo = 0, hi = w->n_pairs;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (by_nn(&w->pairs[mid], &key) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (*n = 0; lo + *n < w->n_pairs && w->pairs[lo + *n].nn == nn &&
                 w->pairs[lo + *n].pos == pos;)
        ++*n;
    return lo;
}

/* --- bokmål lemmas that are variants of one word: sjukehus of sykehus, heim of hjem
 * ------------------- */

struct node { /* a bokmål lemma in one word class */
    uint32_t lemma, rep;
    uint8_t pos, ways;
};

static struct node *nodes;
static size_t n_nodes;

static int by_node(const void *a, const void *b)
{
    const struct node *x = a, *y = b;
    if (x->lemma != y->lemma) return x->lemma < y->lemma ? -1 : 1;
    return (x->pos > y->pos) - (x->pos < y->pos);
}

static struct node *node_of(uint32_t lemma, uint8_t pos)
{
    struct node key = {.lemma = lemma, .pos = pos};
    return n_nodes ? bsearch(&key, nodes, n_nodes, sizeof key, by_node) : NULL;
}

/* What two spellings of one word share: the consonants without j and doubled ones, d g b
 * as t k p, eg as ei, the endings -ing, -ning and -else alike. */
static void skeleton(const char *s, char *out)
{
    static const char *const endings[] = {"ning", "ing", "else"};
    size_t len = strlen(s), n = 0, stop = len, k = 0;
    for (size_t i = 0; i < 3 && stop == len; i++) {
        size_t e = strlen(endings[i]);
        if (len > e + 2 && !memcmp(s + len - e, endings[i], e)) stop = len - e;
    }
    for (size_t i = 0; i < stop; i++) {
        char c = s[i] == 'd' ? 't' : s[i] == 'g' ? 'k' : s[i] == 'b' ? 'p' : s[i];
        if (is_vowel((uint8_t)c) || c == 'j' ||
            (s[i] == 'g' && k && s[i - 1] == 'e' && !is_vowel((uint8_t)s[i + 1])))
            continue;
        if (n && out[n - 1] == c && !is_vowel((uint8_t)s[i - 1])) continue;
        out[n++] = c;
        k = n;
    }
    if (stop < len) out[n++] = '+';
    out[n] = 0;
}

static bool is_variant(const char *a, const char *b)
{
    char x[128], y[128];
    skeleton(a, x);
    skeleton(b, y);
    return !strcmp(x, y) && mk_distance(a, b) <= 0.5;
}

/* True for oppfølging, oppfølgning, undersøkelse: which of them is used says nothing of
 * the language. */
static bool has_ending(uint32_t lemma)
{
    char bones[128];
    skeleton(mk_text(lemma), bones);
    return strchr(bones, '+') != NULL;
}

/* Which of two variants stands for both: one that is no nynorsk word, then one that
 * nynorsk is translated to, then the one that more compounds end in. */
static bool is_better(const struct mk_world *w, const struct node *a,
                      const struct node *b)
{
    bool a_nn = w->is_lemma[MK_NN][a->lemma] >> a->pos & 1,
         b_nn = w->is_lemma[MK_NN][b->lemma] >> b->pos & 1;
    if ((a->ways & 4) != (b->ways & 4)) return a->ways & 4;
    if (a_nn != b_nn && !(has_ending(a->lemma) && has_ending(b->lemma))) return b_nn;
    if ((a->ways & 1) != (b->ways & 1)) return a->ways & 1;
    if (w->head_weight[a->lemma] != w->head_weight[b->lemma]) {
        return w->head_weight[a->lemma] > w->head_weight[b->lemma];
    }
    return strcmp(mk_text(a->lemma), mk_text(b->lemma)) < 0;
}

static struct node *rep_of(struct node *x)
{
    while (x->rep != x->lemma) x = node_of(x->rep, x->pos);
    return x;
}

static void make_nodes(const struct mk_world *w)
{
    size_t n = 0;
    nodes = hf_xmalloc((w->n_pairs + 1) * sizeof *nodes);
    for (size_t i = 0; i < w->n_pairs; i++) {
        const struct mk_pair *p = &w->pairs[i];
        nodes[n_nodes++] = (struct node){p->nb, p->nb, p->pos, p->ways};
    }
    qsort(nodes, n_nodes, sizeof *nodes, by_node);
    for (size_t i = 0; i < n_nodes; i++) {
        if (n && !by_node(&nodes[n - 1], &nodes[i]))
            nodes[n - 1].ways |= nodes[i].ways;
        else
            nodes[n++] = nodes[i];
    }
    n_nodes = n;
}

static void join(const struct mk_world *w, struct node *a, struct node *b)
{
    if (!is_variant(mk_text(a->lemma), mk_text(b->lemma))) return;
    a = rep_of(a);
    b = rep_of(b);
    if (a == b) return;
    if (is_better(w, a, b))
        b->rep = a->lemma;
    else
        a->rep = b->lemma;
}

/* A bokmål lemma that nynorsk is never translated to and that is a nynorsk lemma itself
 * (leiing, hamn) stands for what that one is translated to. */
static void join_radical(const struct mk_world *w, struct node *x)
{
    size_t n, lo = pairs_of(w, x->lemma, x->pos, &n);
    double best = 0.6; /* nemnd is not råd */
    if ((x->ways & 1) || x->rep != x->lemma) return;
    for (size_t i = lo; i < lo + n; i++) {
        struct node *y = rep_of(node_of(w->pairs[i].nb, x->pos));
        double d = mk_distance(mk_text(x->lemma), mk_text(w->pairs[i].nb));
        if (!(w->pairs[i].ways & 1) || y == x || d >= best) continue;
        best = d;
        x->rep = y->lemma;
    }
}

/* Bokmål lemmas of one nynorsk lemma that are spelled alike are variants. */
static void join_variants(struct mk_world *w)
{
    make_nodes(w);
    for (size_t i = 0; i < w->n_pairs; i++) {
        const struct mk_pair *a = &w->pairs[i];
        for (size_t k = i + 1;
             k < w->n_pairs && w->pairs[k].nn == a->nn && w->pairs[k].pos == a->pos;
             k++) {
            join(w, node_of(a->nb, a->pos), node_of(w->pairs[k].nb, a->pos));
        }
    }
    for (size_t i = 0; i < n_nodes; i++) join_radical(w, &nodes[i]);
}

static uint32_t canonical(uint32_t nb, uint8_t pos)
{
    struct node *x = node_of(nb, pos);
    return x ? rep_of(x)->lemma : nb;
}

/* --- part by part
 * -------------------------------------------------------------------------------------
 */

static bool is_nb(const struct mk_world *w, uint32_t lemma, uint8_t pos)
{
    return lemma && lemma < w->n_lemma_marks && w->is_lemma[MK_NB][lemma] >> pos & 1;
}

/* first + joint + head as a bokmål lemma that is known, or 0. */
static uint32_t known_whole(const struct mk_world *w, uint32_t first, const char *joint,
                            uint32_t head, uint8_t pos)
{
    char text[256];
    int n = snprintf(text, sizeof text, "%s%s%s", mk_text(first), joint, mk_text(head));
    if (n <= 0 || n > 120) return 0;
    uint32_t id = mk_find(text, (size_t)n);
    return is_nb(w, id, pos) ? id : 0;
}

static uint32_t enter_whole(uint32_t first, uint32_t head)
{
    char text[256];
    int n = snprintf(text, sizeof text, "%s%s", mk_text(first), mk_text(head));
    return n > 0 && n <= 120 ? mk_enter(text, (size_t)n) : 0;
}

/* The lemma as a compound of bokmål parts, 0 if it is none. A whole that bokmål knows is
 * preferred. */
static uint32_t rebuild(const struct mk_world *w, uint32_t lemma, uint8_t pos,
                        bool *is_known)
{
    struct mk_split s[32];
    size_t n = mk_splits(w, lemma, s, 32);
    uint32_t best = 0;
    double best_score = 0;
    *is_known = false;
    for (size_t i = 0; i < n; i++) {
        size_t n_heads;
        const struct mk_modifier *m = mk_mod(w, s[i].mod);
        const struct mk_candidate *c = mk_cands(w, s[i].head, &n_heads);
        double score = (w->mod_weight[s[i].mod] + 1) * (mk_head_weight(w, s[i].head) + 1);
        for (size_t k = 0; m && k < n_heads; k++) {
            if (c[k].pos != pos || c[k].own != s[i].head || (c[k].flags & MK_CMP))
                continue;
            uint32_t whole =
                m->alt_text ? known_whole(w, m->alt_text, "", c[k].lemma, pos) : 0;
            if (!whole) whole = known_whole(w, m->text, "", c[k].lemma, pos);
            if (!whole) whole = known_whole(w, m->lemma, "", c[k].lemma, pos);
            if (!whole) whole = known_whole(w, m->lemma, "s", c[k].lemma, pos);
            if (!whole) whole = known_whole(w, m->lemma, "e", c[k].lemma, pos);
            bool known = whole != 0;
            if ((*is_known && !known) || (known == *is_known && score <= best_score))
                continue;
            best = known ? whole : enter_whole(m->text, c[k].lemma);
            best_score = score;
            *is_known = known;
        }
    }
    return best;
}

/* --- carrying
 * -----------------------------------------------------------------------------------------
 */

static size_t add_lemma(uint32_t *out, size_t n, size_t cap, uint32_t lemma)
{
    for (size_t i = 0; i < n; i++) {
        if (out[i] == lemma) return n;
    }
    if (n < cap) out[n++] = lemma;
    return n;
}

/* The canonical lemmas (at most cap) of a nynorsk lemma: those of the supplement, then
 * the translations, those that look alike first. */
static size_t carry(const struct mk_world *w, uint32_t nn, uint8_t pos, uint32_t *out,
                    size_t cap)
{
    size_t n_pairs, n = 0, lo = pairs_of(w, nn, pos, &n_pairs);
    double best = 9;
    for (size_t i = lo; i < lo + n_pairs; i++) {
        const struct mk_pair *p = &w->pairs[i];
        double d = mk_distance(mk_text(nn), mk_text(p->nb));
        if (p->ways & 4) n = add_lemma(out, n, cap, canonical(p->nb, pos));
        if ((p->ways & 1) && d < best) best = d;
    }
    if (n_pairs && node_of(nn, pos)) n = add_lemma(out, n, cap, canonical(nn, pos));
    for (int round = 0; round < 2; round++) {
        for (size_t i = lo; i < lo + n_pairs; i++) {
            const struct mk_pair *p = &w->pairs[i];
            double d = mk_distance(mk_text(nn), mk_text(p->nb));
            if (!(p->ways & 1) || (d == best) != (round == 0) || (round && n > 1))
                continue;
            n = add_lemma(out, n, cap, canonical(p->nb, pos));
        }
    }
    if (!n && node_of(nn, pos)) out[n++] = canonical(nn, pos);
    return n;
}

/* True if some pair has the lemma: the dictionary of pairs holds the common words. */
static bool has_pair(const struct mk_world *w, const struct mk_reading *r)
{
    size_t n = 0;
    if (r->lang == MK_NB) return node_of(r->lemma, r->pos) != NULL;
    pairs_of(w, r->lemma, r->pos, &n);
    return n > 0;
}

/* True if the supplement has the pair. */
static bool is_supplied(const struct mk_world *w, const struct mk_reading *r,
                        uint32_t lemma)
{
    size_t n, lo = pairs_of(w, r->lemma, r->pos, &n);
    for (size_t i = lo; i < lo + n; i++) {
        if ((w->pairs[i].ways & 4) && canonical(w->pairs[i].nb, r->pos) == lemma)
            return true;
    }
    return false;
}

static void index_candidates(struct mk_world *w)
{
    size_t i = 0;
    w->n_words = mk_words.n;
    free(w->first_cand);
    w->first_cand = hf_xcalloc(w->n_words + 1, sizeof *w->first_cand);
    for (uint32_t form = 0; form <= w->n_words; form++) {
        w->first_cand[form] = (uint32_t)i;
        while (i < w->n_cands && w->cands[i].form == form) i++;
    }
    free(w->by_own);
    free(w->first_form);
    w->by_own = hf_xmalloc(w->n_cands * sizeof *w->by_own);
    w->first_form = hf_xcalloc(w->n_words + 2, sizeof *w->first_form);
    for (size_t k = 0; k < w->n_cands; k++) w->first_form[w->cands[k].own + 2]++;
    for (size_t k = 2; k < w->n_words + 2; k++) w->first_form[k] += w->first_form[k - 1];
    for (size_t k = 0; k < w->n_cands; k++)
        w->by_own[w->first_form[w->cands[k].own + 1]++] = (uint32_t)k;
}

static void mark_lemmas(struct mk_world *w)
{
    w->n_lemma_marks = mk_words.n;
    for (int lang = 0; lang < 2; lang++) w->is_lemma[lang] = hf_xcalloc(mk_words.n, 1);
    for (size_t i = 0; i < w->readings.n; i++) {
        const struct mk_reading *r = &w->readings.v[i];
        w->is_lemma[r->lang][r->lemma] |= (uint8_t)(1u << r->pos);
    }
}

/* Compounds are mostly made with -s where the first part is one itself, and the
 * dictionary does not say so of all: try it with every noun; counting drops what is not
 * used. */
static void guess_joints(struct mk_readings *r)
{
    size_t n = r->n;
    char text[128];
    for (size_t i = 0; i < n; i++) {
        struct mk_reading x = r->v[i];
        size_t len = mk_len(x.form);
        if (x.pos != MK_NOUN || !(x.flags & MK_BASE) || (x.flags & MK_CMP) || len < 3 ||
            len > 100)
            continue;
        memcpy(text, mk_text(x.form), len);
        if (text[len - 1] == 's') continue;
        text[len] = 's';
        x.form = mk_enter(text, len + 1);
        x.flags = MK_CMP | MK_GUESSED;
        mk_reading_add(r, x);
    }
}

/* The canonical lemmas of a reading, as far as pairs go; 0 if none does. */
static size_t by_pairs(const struct mk_world *w, const struct mk_reading *r,
                       uint32_t *out, size_t cap)
{
    if (r->lang == MK_NB && node_of(r->lemma, r->pos)) {
        out[0] = canonical(r->lemma, r->pos);
        return 1;
    }
    if (r->lang == MK_NB && !n_nodes) return 0;
    return carry(w, r->lemma, r->pos, out, r->lang == MK_NB ? 1 : cap);
}

struct carried { /* where a lemma was carried to */
    uint32_t lemmas[3];
    uint8_t n, pos, flags[3];
};

static void carry_reading(const struct mk_world *w, const struct mk_reading *r,
                          bool by_parts, struct carried *to)
{
    bool is_known;
    uint8_t flags = has_pair(w, r) ? MK_PAIRED : 0;
    to->pos = r->pos;
    to->n = (uint8_t)by_pairs(w, r, to->lemmas, 3);
    if (!to->n && by_parts && r->pos <= MK_ADJ) {
        to->lemmas[0] = rebuild(w, r->lemma, r->pos, &is_known);
        to->n = to->lemmas[0] != 0;
    }
    if (!to->n) {
        to->lemmas[0] = r->lemma;
        to->n = 1;
    }
    for (size_t i = 0; i < to->n; i++) {
        bool is_sure = r->lang == MK_NN && is_supplied(w, r, to->lemmas[i]);
        to->flags[i] = is_sure ? flags | MK_SURE : flags;
    }
}

static void add_candidates(struct mk_world *w, const struct mk_reading *r,
                           const struct carried *to)
{
    for (size_t i = 0; i < to->n; i++) {
        w->cands = hf_grow(w->cands, &w->cands_cap, w->n_cands, sizeof *w->cands);
        w->cands[w->n_cands++] = (struct mk_candidate){
            r->form,   to->lemmas[i],          r->lemma, r->lang, r->pos,
            r->gender, r->flags | to->flags[i]};
    }
}

void mk_carry(struct mk_world *w, enum mk_stage stage)
{
    if (stage == MK_PLAIN) {
        merge_pairs(w);
        guess_joints(&w->readings);
        merge_readings(&w->readings);
        mark_lemmas(w);
    } else if (stage == MK_VARIANTS) {
        join_variants(w);
    }
    struct mk_world before = *w; /* rebuilding looks at the stage before */
    struct carried *memo = hf_xcalloc(2 * mk_words.n, sizeof *memo);
    w->cands = NULL;
    w->cands_cap = w->n_cands = 0;
    for (size_t i = 0; i < w->readings.n; i++) {
        const struct mk_reading *r = &w->readings.v[i];
        struct carried *to = &memo[2 * r->lemma + r->lang];
        if (!to->n || to->pos != r->pos) carry_reading(&before, r, stage == MK_PARTS, to);
        add_candidates(w, r, to);
    }
    free(before.cands);
    free(memo);
    index_candidates(w);
}

const struct mk_candidate *mk_cands(const struct mk_world *w, uint32_t form, size_t *n)
{
    if (form >= w->n_words) {
        *n = 0;
        return NULL;
    }
    *n = w->first_cand[form + 1] - w->first_cand[form];
    return w->cands + w->first_cand[form];
}
