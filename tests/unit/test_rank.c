/* Ranking over what is kept in memory (index_rank.cc): random queries on random documents
 * find what the definition says, in its order, with the weights that the engine gives to
 * single terms; also where documents share terms, and over two shards. The engine's own
 * matcher (1.4.22) is no measure for nested queries: now and then it weighs a phrase or
 * an AND below an OR in a document that does not have it.
 */
#include "t.h"

#include <math.h>

#include "../../shim/index.h"

enum {
    N_DOCS = 400,
    N_WORDS = 12,
    N_NARROW = 8, /* of the words, those that few documents share: w…; the others v… */
    MOST = 48,
    WIDE_AT = 100, /* the place of the first word of the wide ones */
    N_QUERIES = 2000,
    SLOT_DATE = 3,
    SLOT_PERSON = 9,
    SLOT_NAME = 10
};

/* How the documents lie. */
enum layout { EACH_ITS_OWN, SHARING, SHARING_IN_SHARDS, N_LAYOUTS };

static char *base;
static struct hf_reader *plain, *quick;
static uint8_t word_at[N_DOCS + 1][2][MOST]; /* + 1; of the narrow and the wide */
static double weights[N_WORDS][N_DOCS + 1];  /* of single terms; -1 = not there */
static unsigned wdfs[N_WORDS][N_DOCS + 1];
static uint32_t freqs[N_WORDS];
static uint32_t lengths[N_DOCS + 1], dates[N_DOCS + 1], people[N_DOCS + 1],
    names[N_DOCS + 1], holder[2][N_DOCS + 1], next[2][N_DOCS + 1];
static uint8_t kinds[N_DOCS + 1];
static const char *const kind_terms[] = {"Tone", "Ttwo"};
static struct hf_share sharing[2] = {{"w", holder[0], next[0], 0},
                                     {"v", holder[1], next[1], 0}};
static struct hf_resident resident = {.last = N_DOCS,
                                      .shares = sharing,
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

static void spell(char text[16], unsigned word)
{
    snprintf(text, 16, "%c%u", word < N_NARROW ? 'w' : 'v', word);
}

static bool is_wide(unsigned word)
{
    return word >= N_NARROW;
}

/* The words of a document that holds its own, 40 at most. */
static void add_words(struct hf_doc *d, uint32_t docid, bool wide)
{
    char text[16];
    uint32_t n = 1 + t_random(docid % 7 ? 6 : 40);
    for (unsigned i = 0; i < n; i++) {
        unsigned word = some_word(), wdf = 1 + t_random(3);
        if (is_wide(word) != wide) continue;
        spell(text, word);
        word_at[docid][wide][i] = (uint8_t)(word + 1);
        wdfs[word][docid] += wdf;
        lengths[docid] += wdf;
        hf_doc_posting(d, text, strlen(text), i + 1 + (wide ? WIDE_AT : 0), wdf);
    }
}

static void inherit(uint32_t docid, bool wide)
{
    uint32_t from = holder[wide][docid], last = from;
    while (next[wide][last]) last = next[wide][last];
    next[wide][last] = docid;
    memcpy(word_at[docid][wide], word_at[from][wide], MOST);
    for (unsigned i = 0; i < N_WORDS; i++)
        if (is_wide(i) == wide) wdfs[i][docid] = wdfs[i][from];
}

static void add(struct hf_writer *w, uint32_t docid)
{
    char text[16];
    struct hf_error err;
    struct hf_doc *d = hf_doc_new();
    for (unsigned wide = 0; wide < 2; wide++)
        if (holder[wide][docid] == docid)
            add_words(d, docid, wide);
        else
            inherit(docid, wide);
    kinds[docid] = (uint8_t)(1 + t_random(2));
    hf_doc_posting(d, kind_terms[kinds[docid] - 1], 4, 0, 0);
    dates[docid] = t_random(5) ? 20200101 + t_random(8) : 0;
    snprintf(text, sizeof text, "%08u", dates[docid]);
    if (dates[docid]) hf_doc_value(d, SLOT_DATE, text, 8);
    people[docid] = t_random(2) ? 1 + t_random(20) : 0;
    snprintf(text, sizeof text, "p%u", people[docid]);
    if (people[docid]) hf_doc_value(d, SLOT_PERSON, text, strlen(text));
    names[docid] = t_random(4) ? 1 + t_random(30) : 0;
    snprintf(text, sizeof text, "n%02u", names[docid]);
    if (names[docid]) hf_doc_value(d, SLOT_NAME, text, strlen(text));
    assert_ok(hf_writer_add(w, d, &err));
    hf_doc_free(d);
}

/* The documents first, first + step, ... as a database of their own. */
static void make_shard(const char *path, uint32_t first, uint32_t step, bool shares)
{
    struct hf_writer *w;
    struct hf_error err;
    uint32_t narrow = 0, wide = 0;
    assert_ok(hf_writer_open(path, &w, &err));
    for (uint32_t d = first; d <= N_DOCS; d += step) {
        holder[0][d] = shares && narrow && !t_random(3) ? narrow : d;
        bool own = holder[0][d] == d && !t_random(4);
        holder[1][d] = shares && wide && !own ? wide : d;
        if (holder[0][d] == d) narrow = d;
        if (holder[1][d] == d) wide = d;
        add(w, d);
    }
    assert_ok(hf_writer_close(w, &err));
}

/* BM25 as the engine has it. */
static double bm25(unsigned word, unsigned wdf, uint32_t docid, uint32_t freq)
{
    const struct hf_share *share = &sharing[is_wide(word)];
    double mean = resident.mean_length, n = share->n_holders;
    double w = (n - freq + 0.5) / (freq + 0.5);
    if (w < 2) w = w * 0.5 + 1;
    double length = lengths[share->holder[docid]] / mean;
    if (length < 0.3) length = 0.3;
    return log(w) * 2.2 * wdf / (1.2 * (length * 0.4 + 0.6) + wdf);
}

static void weigh_words(void)
{
    double sum = 0;
    sharing[0].n_holders = sharing[1].n_holders = 0;
    for (uint32_t d = 1; d <= N_DOCS; d++) {
        sharing[0].n_holders += holder[0][d] == d;
        sharing[1].n_holders += holder[1][d] == d;
        sum += lengths[d];
    }
    resident.mean_length = sum / N_DOCS;
    memset(freqs, 0, sizeof freqs);
    for (unsigned word = 0; word < N_WORDS; word++) {
        for (uint32_t d = 1; d <= N_DOCS; d++)
            freqs[word] += holder[is_wide(word)][d] == d && wdfs[word][d] > 0;
        for (uint32_t d = 1; d <= N_DOCS; d++)
            weights[word][d] =
                wdfs[word][d] ? bm25(word, wdfs[word][d], d, freqs[word]) : -1;
    }
}

static void open_layout(enum layout layout)
{
    char *other = t_path("other"), *stub = t_path("stub");
    struct hf_error err;
    uint32_t n = layout == SHARING_IN_SHARDS ? 2 : 1;
    base = t_path("base");
    make_shard(base, 1, n, layout != EACH_ITS_OWN);
    if (n == 2) {
        make_shard(other, 2, n, true);
        FILE *f = fopen(stub, "w");
        fprintf(f, "auto %s\nauto %s\n", base, other);
        fclose(f);
    }
    assert_ok(hf_reader_open(n == 2 ? stub : base, &plain, &err));
    assert_ok(hf_reader_open(n == 2 ? stub : base, &quick, &err));
    assert_int_equal(hf_reader_shards(quick), n);
    resident.n_shares = layout != EACH_ITS_OWN ? 2 : 0;
    weigh_words();
    hf_reader_resident(quick, &resident);
    free(other);
    free(stub);
}

static void close_layout(void)
{
    hf_reader_close(plain);
    hf_reader_close(quick);
    t_remove(base);
    free(base);
    memset(word_at, 0, sizeof word_at);
    memset(wdfs, 0, sizeof wdfs);
    memset(lengths, 0, sizeof lengths);
    memset(next, 0, sizeof next);
}

static struct hf_query *some_term(double factor)
{
    char text[16];
    spell(text, some_word());
    return hf_query_term(text, factor);
}

/* A word that is shared as the first word below `like` is, if there is one. */
static struct hf_query *fitting_term(const struct hf_query *like)
{
    while (like && like->op != HF_Q_TERM) like = like->n_kids ? like->kids[0] : NULL;
    for (;;) {
        struct hf_query *one = some_term(1);
        if (!like || like->term[0] == one->term[0]) return one;
        hf_query_free(one);
    }
}

/* Two words, counted as one. */
static struct hf_query *some_synonym(double factor, const struct hf_query *like)
{
    struct hf_query *q = hf_query_new(HF_Q_SYNONYM), *one = fitting_term(like), *other;
    for (;;) {
        other = fitting_term(one);
        if (strcmp(one->term, other->term) != 0) break;
        hf_query_free(other);
    }
    q->factor = factor;
    return hf_query_add(hf_query_add(q, one), other);
}

static struct hf_query *leaf(void)
{
    char text[16];
    struct hf_query *q;
    switch (t_random(14)) {
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
        for (unsigned i = 0; i < q->window; i++)
            hf_query_add(q, t_random(3) ? fitting_term(q) : some_synonym(1, q));
        return q;
    case 7:
    case 8: return some_synonym(t_random(3) / 2.0, NULL);
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

static bool is_word(const struct hf_query *q, unsigned word)
{
    if (q->op == HF_Q_SYNONYM)
        return is_word(q->kids[0], word) || is_word(q->kids[1], word);
    return word == (unsigned)atoi(q->term + 1) + 1;
}

static bool has_phrase(const struct hf_query *q, uint32_t d)
{
    const struct hf_query *word = q->kids[0];
    while (word->op != HF_Q_TERM) word = word->kids[0];
    const uint8_t *at = word_at[d][word->term[0] == 'v'];
    for (size_t i = 0; i + q->n_kids <= MOST; i++) {
        size_t k = 0;
        while (k < q->n_kids && is_word(q->kids[k], at[i + k])) k++;
        if (k == q->n_kids) return true;
    }
    return false;
}

static bool matches(const struct hf_query *q, uint32_t d, double scale, double *weight);

static bool matches_term(const struct hf_query *q, uint32_t d, double scale,
                         double *weight)
{
    if (q->term[0] == 'T') return !strcmp(kind_terms[kinds[d] - 1], q->term);
    if (q->term[0] != 'w' && q->term[0] != 'v') return false;
    double w = weights[atoi(q->term + 1)][d];
    *weight = w * scale;
    return w >= 0;
}

static bool matches_synonym(const struct hf_query *q, uint32_t d, double scale,
                            double *weight)
{
    int a = atoi(q->kids[0]->term + 1), b = atoi(q->kids[1]->term + 1);
    double n = sharing[is_wide((unsigned)a)].n_holders;
    double freq = n - n * (1 - freqs[a] / n) * (1 - freqs[b] / n);
    if (!freqs[a] || !freqs[b]) freq = freqs[a] + freqs[b];
    unsigned wdf = wdfs[a][d] + wdfs[b][d];
    *weight = wdf ? scale * bm25((unsigned)a, wdf, d, (uint32_t)(freq + 0.5)) : 0;
    return wdf > 0;
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
    if (q->op == HF_Q_SYNONYM) return matches_synonym(q, d, scale, weight);
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
    if (how->sort_slot == SLOT_NAME) {
        p = names[x->doc];
        q = names[y->doc];
    }
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
        const uint32_t *keys = o->sort_slot == SLOT_NAME ? names : dates;
        assert_int_equal(o->sort_slot < 0 ? 0 : keys[h->doc],
                         o->sort_slot < 0 ? 0 : keys[got.at[k].docid]);
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
    static const int slots[] = {-1, -1, SLOT_DATE, SLOT_NAME};
    (void)state;
    for (int layout = 0; layout < N_LAYOUTS; layout++) {
        open_layout((enum layout)layout);
        for (unsigned i = 0; i < t_rounds(N_QUERIES); i++) {
            struct hf_query *q = tree(4);
            struct hf_search_options o = {.size = i % 2 ? N_DOCS : 10,
                                          .offset = i % 5 ? 0 : t_random(12),
                                          .accept = i % 3 ? accept : NULL,
                                          .accepts_few = i % 5 > 2,
                                          .sort_slot = slots[i % N_OF(slots)],
                                          .sort_ascending = i % 3 == 0,
                                          .tie_slot = SLOT_DATE,
                                          .tie_keys = dates,
                                          .collapse_slot = i % 7 ? -1 : SLOT_PERSON};
            compare(q, &o, i);
            compare_each(q);
            hf_query_free(q);
        }
        close_layout();
    }
}

/* The definition's weights of single terms are the engine's. */
static void test_weights(void **state)
{
    struct hf_search_options o = {.size = N_DOCS, .sort_slot = -1, .collapse_slot = -1};
    struct hf_matches m;
    struct hf_error err;
    (void)state;
    open_layout(EACH_ITS_OWN);
    for (unsigned word = 0; word < N_WORDS; word++) {
        char text[16];
        size_t n = 0;
        spell(text, word);
        struct hf_query *q = hf_query_term(text, 1);
        assert_ok(hf_reader_search(plain, q, &o, &m, &err));
        for (uint32_t d = 1; d <= N_DOCS; d++) n += weights[word][d] >= 0;
        assert_int_equal(m.n, n);
        for (size_t i = 0; i < m.n; i++)
            assert_float_equal(m.at[i].weight, weights[word][m.at[i].docid], 1e-9);
        hf_matches_release(&m);
        hf_query_free(q);
    }
    close_layout();
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

/* What it does not know is the engine's; where documents share terms it is refused. */
static void test_the_rest(void **state)
{
    struct hf_search_options o = {
        .size = 10, .sort_slot = -1, .collapse_slot = -1, .tie_slot = SLOT_DATE};
    struct hf_matches m;
    struct hf_error err;
    (void)state;
    open_layout(EACH_ITS_OWN);
    size_t narrow = n_of(quick, HF_Q_PHRASE, 2), wide = n_of(quick, HF_Q_PHRASE, 5);
    assert_true(narrow > 0 && narrow < wide);
    assert_int_equal(wide, n_of(plain, HF_Q_PHRASE, 5));
    assert_int_equal(n_of(quick, HF_Q_NEAR, 4), n_of(plain, HF_Q_NEAR, 4));
    assert_int_equal(n_of(quick, HF_Q_SYNONYM, 0), n_of(plain, HF_Q_OR, 0));
    close_layout();
    open_layout(SHARING);
    struct hf_query *q = hf_query_new(HF_Q_NEAR);
    q->window = 4;
    hf_query_add(hf_query_add(q, hf_query_term("w0", 1)), hf_query_term("w1", 1));
    assert_int_equal(hf_reader_search(quick, q, &o, &m, &err), HF_BAD_ARGUMENT);
    hf_query_free(q);
    close_layout();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_random_queries),
        cmocka_unit_test(test_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
