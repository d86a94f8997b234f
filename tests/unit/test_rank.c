/* Ranking over what is kept in memory (index_rank.cc): random queries on random documents
 * find what the definition says, in its order, with the weights that the engine gives to
 * single terms. The engine's own matcher (1.4.22) is no measure for nested queries: now
 * and then it weighs a phrase or an AND below an OR in a document that does not have it.
 */
#include "t.h"

#include "../../shim/index.h"

enum {
    N_DOCS = 400,
    N_WORDS = 12,
    MOST = 48,
    N_QUERIES = 2000,
    SLOT_DATE = 3,
    SLOT_PERSON = 9
};

static char *base;
static struct hf_reader *plain, *quick;
static uint8_t word_at[N_DOCS + 1][MOST];   /* + 1 */
static double weights[N_WORDS][N_DOCS + 1]; /* of single terms; -1 = not there */
static uint32_t lengths[N_DOCS + 1], dates[N_DOCS + 1], people[N_DOCS + 1];
static uint8_t kinds[N_DOCS + 1];
static const char *const kind_terms[] = {"Tone", "Ttwo"};
static struct hf_resident resident = {.last = N_DOCS,
                                      .lengths = lengths,
                                      .kinds = kinds,
                                      .kind_terms = kind_terms,
                                      .n_kinds = 2,
                                      .key_slot = SLOT_DATE,
                                      .keys = dates,
                                      .group_slot = SLOT_PERSON,
                                      .groups = people};

/* Words of which the first stand in nearly every document and the last in few. */
static unsigned some_word(void)
{
    uint32_t a = t_random(N_WORDS), b = t_random(N_WORDS);
    return a < b ? a : b;
}

static void add(struct hf_writer *w, uint32_t docid)
{
    char text[16];
    struct hf_error err;
    struct hf_doc *d = hf_doc_new();
    uint32_t n = 1 + t_random(docid % 7 ? 6 : 40);
    for (unsigned i = 0; i < n; i++) {
        unsigned word = some_word();
        snprintf(text, sizeof text, "w%u", word);
        word_at[docid][i] = (uint8_t)(word + 1);
        hf_doc_posting(d, text, strlen(text), i + 1, 1 + t_random(3));
    }
    kinds[docid] = (uint8_t)(1 + t_random(2));
    hf_doc_posting(d, kind_terms[kinds[docid] - 1], 4, 0, 0);
    dates[docid] = t_random(5) ? 20200101 + t_random(8) : 0;
    snprintf(text, sizeof text, "%08u", dates[docid]);
    if (dates[docid]) hf_doc_value(d, SLOT_DATE, text, 8);
    people[docid] = t_random(2) ? 1 + t_random(20) : 0;
    snprintf(text, sizeof text, "p%u", people[docid]);
    if (people[docid]) hf_doc_value(d, SLOT_PERSON, text, strlen(text));
    assert_ok(hf_writer_add(w, d, &err));
    hf_doc_free(d);
}

static void ask_weights(unsigned word)
{
    char text[16];
    struct hf_matches m;
    struct hf_error err;
    struct hf_search_options o = {.size = N_DOCS, .sort_slot = -1, .collapse_slot = -1};
    snprintf(text, sizeof text, "w%u", word);
    struct hf_query *q = hf_query_term(text, 1);
    for (uint32_t d = 0; d <= N_DOCS; d++) weights[word][d] = -1;
    assert_ok(hf_reader_search(plain, q, &o, &m, &err));
    for (size_t i = 0; i < m.n; i++) weights[word][m.at[i].docid] = m.at[i].weight;
    hf_matches_release(&m);
    hf_query_free(q);
}

static int setup(void **state)
{
    struct hf_writer *w;
    struct hf_error err;
    (void)state;
    base = t_path("base");
    assert_ok(hf_writer_open(base, &w, &err));
    for (uint32_t i = 1; i <= N_DOCS; i++) add(w, i);
    assert_ok(hf_writer_close(w, &err));
    assert_ok(hf_reader_open(base, &plain, &err));
    assert_ok(hf_reader_open(base, &quick, &err));
    assert_ok(hf_reader_lengths(quick, lengths, &err));
    hf_reader_resident(quick, &resident);
    for (unsigned i = 0; i < N_WORDS; i++) ask_weights(i);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    hf_reader_close(plain);
    hf_reader_close(quick);
    free(base);
    return 0;
}

static struct hf_query *some_term(double factor)
{
    char text[16];
    snprintf(text, sizeof text, "w%u", some_word());
    return hf_query_term(text, factor);
}

static struct hf_query *leaf(void)
{
    char text[16];
    struct hf_query *q;
    switch (t_random(12)) {
    case 0: return hf_query_new(HF_Q_ALL);
    case 1: return hf_query_new(HF_Q_NONE);
    case 2: return hf_query_term("borte", 1);
    case 3: return hf_query_term(kind_terms[t_random(2)], t_random(2));
    case 4:
        q = hf_query_new(HF_Q_RANGE);
        q->window = SLOT_DATE;
        snprintf(text, sizeof text, "%08u", 20200101 + t_random(8));
        q->term = hf_xstrdup(text);
        snprintf(text, sizeof text, "%08u", 20200101 + t_random(8));
        q->to = hf_xstrdup(text);
        return q;
    case 5:
    case 6:
        q = hf_query_new(HF_Q_PHRASE);
        q->window = 2 + t_random(2);
        for (unsigned i = 0; i < q->window; i++) hf_query_add(q, some_term(1));
        return q;
    default: return some_term(t_random(3) / 2.0);
    }
}

static struct hf_query *tree(unsigned depth)
{
    static const enum hf_query_op ops[] = {HF_Q_AND,       HF_Q_OR,     HF_Q_AND_NOT,
                                           HF_Q_AND_MAYBE, HF_Q_FILTER, HF_Q_MAX,
                                           HF_Q_BONUS,     HF_Q_OR};
    if (!depth || !t_random(3)) return leaf();
    struct hf_query *q = hf_query_new(ops[t_random(N_OF(ops))]);
    unsigned n = q->op == HF_Q_BONUS ? 1 : 1 + t_random(4);
    for (unsigned i = 0; i < n; i++) hf_query_add(q, tree(depth - 1));
    q->factor = q->op == HF_Q_BONUS ? 100 : t_random(4) / 2.0;
    return q;
}

/* ---- the definition ---- */

static bool has_phrase(const struct hf_query *q, uint32_t d)
{
    for (size_t i = 0; i + q->n_kids <= MOST; i++) {
        size_t k = 0;
        while (k < q->n_kids && word_at[d][i + k] == atoi(q->kids[k]->term + 1) + 1) k++;
        if (k == q->n_kids) return true;
    }
    return false;
}

static bool matches(const struct hf_query *q, uint32_t d, double scale, double *weight);

static bool matches_term(const struct hf_query *q, uint32_t d, double scale,
                         double *weight)
{
    if (q->term[0] == 'T') return !strcmp(kind_terms[kinds[d] - 1], q->term);
    if (q->term[0] != 'w') return false;
    double w = weights[atoi(q->term + 1)][d];
    *weight = w * scale;
    return w >= 0;
}

/* Of the children from the second on: how many match, and their weight. */
static size_t others(const struct hf_query *q, uint32_t d, double scale, double *sum)
{
    size_t n = 0;
    for (size_t i = 1; i < q->n_kids; i++) {
        double w;
        if (!matches(q->kids[i], d, scale, &w)) continue;
        n++;
        *sum = q->op == HF_Q_MAX && *sum > w ? *sum : q->op == HF_Q_MAX ? w : *sum + w;
    }
    return n;
}

static bool matches(const struct hf_query *q, uint32_t d, double scale, double *weight)
{
    double first = 0, rest = 0;
    *weight = 0;
    scale *= q->op == HF_Q_BONUS ? 1 : q->factor;
    if (q->op == HF_Q_TERM) return matches_term(q, d, scale, weight);
    if (q->op == HF_Q_ALL) return true;
    if (q->op == HF_Q_RANGE)
        return dates[d] && dates[d] >= (uint32_t)atoi(q->term) &&
               dates[d] <= (uint32_t)atoi(q->to);
    if (!q->n_kids) return false;
    bool has_first = matches(q->kids[0], d, scale, &first);
    if (!has_first) first = 0;
    size_t n = others(q, d, scale, &rest) + has_first;
    *weight = first + rest;
    switch (q->op) {
    case HF_Q_OR: return n > 0;
    case HF_Q_AND: return n == q->n_kids;
    case HF_Q_PHRASE: return n == q->n_kids && has_phrase(q, d);
    case HF_Q_AND_MAYBE: return has_first;
    case HF_Q_MAX: *weight = first > rest ? first : rest; return n > 0;
    case HF_Q_FILTER: *weight = first; return n == q->n_kids;
    case HF_Q_AND_NOT: *weight = first; return has_first && n == 1;
    case HF_Q_BONUS: *weight = first + q->factor * scale; return has_first;
    default: return false;
    }
}

static bool accept(void *ctx, uint32_t docid)
{
    ++*(unsigned *)ctx;
    return docid % 5 != 0;
}

struct hit {
    uint32_t doc;
    double weight;
};
static const struct hf_search_options *how;

static int in_order(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;
    uint32_t p = dates[x->doc], q = dates[y->doc];
    double by_weight = y->weight - x->weight;
    bool is_near = by_weight < 1e-9 && by_weight > -1e-9;
    if (how->sort_slot >= 0 && p != q) return (p < q) == how->sort_ascending ? -1 : 1;
    if (!is_near) return by_weight > 0 ? 1 : -1;
    if (how->sort_slot < 0 && p != q) return p > q ? -1 : 1;
    return x->doc < y->doc ? -1 : 1;
}

static size_t expected(const struct hf_query *q, struct hit *out)
{
    size_t n = 0, kept = 0;
    bool seen[64] = {false};
    for (uint32_t d = 1; d <= N_DOCS; d++) {
        out[n].doc = d;
        if (matches(q, d, 1, &out[n].weight) && (!how->accept || d % 5)) n++;
    }
    qsort(out, n, sizeof *out, in_order);
    for (size_t i = 0; i < n; i++) {
        uint32_t person = how->collapse_slot >= 0 ? people[out[i].doc] : 0;
        if (!person || !seen[person]) out[kept++] = out[i];
        seen[person] = true;
    }
    return kept;
}

static bool is_tie(const struct hit *h, size_t n, size_t i)
{
    return (i && h[i - 1].weight - h[i].weight < 1e-9) ||
           (i + 1 < n && h[i].weight - h[i + 1].weight < 1e-9);
}

static void compare(const struct hf_query *q, struct hf_search_options *o, unsigned i)
{
    struct hit want[N_DOCS + 1];
    struct hf_matches got;
    struct hf_error err;
    unsigned seen = 0;
    how = o;
    o->accept_ctx = &seen;
    char *text = hf_query_describe(q);
    size_t all = expected(q, want), n = all > o->offset ? all - o->offset : 0;
    if (n > o->size) n = o->size;
    assert_ok(hf_reader_search(quick, q, o, &got, &err));
    if (got.n != n) fail_msg("%u: %zu, not %zu: %s", i, got.n, n, text);
    for (size_t k = 0; k < n; k++) {
        const struct hit *h = &want[o->offset + k];
        double d = h->weight - got.at[k].weight;
        /* Sums in another order may part what is equal. */
        bool parted = o->sort_slot < 0 && is_tie(want, all, o->offset + k);
        if ((d > 1e-9 || d < -1e-9) && o->sort_slot < 0)
            fail_msg("%u.%zu: %f, not %f: %s", i, k, got.at[k].weight, h->weight, text);
        if (h->doc != got.at[k].docid && !parted && o->sort_slot < 0)
            fail_msg("%u.%zu: %u, not %u: %s", i, k, got.at[k].docid, h->doc, text);
        assert_int_equal(o->sort_slot < 0 ? 0 : dates[h->doc],
                         o->sort_slot < 0 ? 0 : dates[got.at[k].docid]);
    }
    free(text);
    hf_matches_release(&got);
}

static void tell(void *ctx, uint32_t docid)
{
    ((uint8_t *)ctx)[docid]++;
}

/* Each match once. */
static void compare_each(const struct hf_query *q)
{
    uint8_t want[N_DOCS + 1] = {0}, got[N_DOCS + 1] = {0};
    struct hf_error err;
    double weight;
    for (uint32_t d = 1; d <= N_DOCS; d++) want[d] = matches(q, d, 1, &weight);
    assert_ok(hf_reader_each_match(quick, q, tell, got, &err));
    assert_memory_equal(want, got, sizeof want);
}

static void test_random_queries(void **state)
{
    (void)state;
    for (unsigned i = 0; i < t_rounds(N_QUERIES); i++) {
        struct hf_query *q = tree(4);
        struct hf_search_options o = {.size = i % 2 ? N_DOCS : 10,
                                      .offset = i % 5 ? 0 : t_random(12),
                                      .accept = i % 3 ? accept : NULL,
                                      .sort_slot = i % 3 == 2 ? SLOT_DATE : -1,
                                      .sort_ascending = i % 4 == 0,
                                      .tie_slot = SLOT_DATE,
                                      .tie_keys = dates,
                                      .collapse_slot = i % 7 ? -1 : SLOT_PERSON};
        compare(q, &o, i);
        compare_each(q);
        hf_query_free(q);
    }
}

static size_t n_of(struct hf_reader *r, enum hf_query_op op, unsigned window)
{
    struct hf_search_options o = {
        .size = N_DOCS, .sort_slot = -1, .collapse_slot = -1, .tie_slot = SLOT_DATE};
    struct hf_query *q = hf_query_new(op);
    struct hf_matches m;
    struct hf_error err;
    q->window = window;
    hf_query_add(hf_query_add(q, hf_query_term("w0", 1)), hf_query_term("w1", 1));
    assert_ok(hf_reader_search(r, q, &o, &m, &err));
    size_t n = m.n;
    hf_matches_release(&m);
    hf_query_free(q);
    return n;
}

/* What it does not know is the engine's. */
static void test_the_rest(void **state)
{
    (void)state;
    size_t narrow = n_of(quick, HF_Q_PHRASE, 2), wide = n_of(quick, HF_Q_PHRASE, 5);
    assert_true(narrow > 0 && narrow < wide);
    assert_int_equal(wide, n_of(plain, HF_Q_PHRASE, 5));
    assert_int_equal(n_of(quick, HF_Q_NEAR, 4), n_of(plain, HF_Q_NEAR, 4));
    assert_int_equal(n_of(quick, HF_Q_SYNONYM, 0), n_of(plain, HF_Q_OR, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_queries),
        cmocka_unit_test(test_the_rest),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
