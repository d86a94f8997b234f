/* What must hold for every question, tried with random ones on an index of the sample
 * corpus: the algebra of AND, OR and NOT, filters and facet counts against a count by
 * hand, pages that join.
 *
 * The count by hand knows only the JSON of the records, never columns or terms. */
#include "t.h"

#include <ctype.h>

#include "../../searchd/engine.h"
#include "../../searchd/hits.h"
#include "../../searchd/known.h"
#include "../../searchd/question.h"
#include "../../searchd/search.h"
#include "../../shim/utf8.h"

/* The index that is asked, and a question that many of its records answer;
 * test_search_generated.c has another. */
#ifndef T_INDEX
#define T_INDEX       t_corpus_index()
#define T_ORDER_QUERY "plan"
#endif
#define MAX_RECORDS 4000
#define MAX_WORDS   20000

static struct engine *engine;
static struct session *session;
static unsigned n_queries;

/* ---- the records as they stand in the index, for counting by hand ---- */

struct record {
    bool is_there, has_name; /* has_name: a person, with a key */
    int type;
    int year, date; /* yyyymmdd; yyyy0000 without a day */
    char region[16], trust[64], body[32], presence[16], person[128];
    unsigned groups, outcomes; /* a bit a choice */
};
static struct record records[MAX_RECORDS];
static uint32_t n_records; /* the highest document number */

static char *words[MAX_WORDS];
static size_t n_words;

static const char *text_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s ? s : "";
}

static unsigned choice_bit(enum hf_facet facet, const char *id)
{
    int n = hf_choice_find(&hf_facets[facet], id, strlen(id));
    return n < 0 ? 0 : 1u << n;
}

static void note_words(const char *text)
{
    size_t len = strlen(text), start = 0;
    bool in = false;
    for (size_t i = 0, n; i <= len; i += n) {
        uint32_t c = ' ';
        n = 1;
        if (i < len) n = hf_utf8_next(text + i, len - i, &c);
        bool letter = i < len && (hf_utf8_is_letter(c) || (in && c == '-'));
        if (letter && !in) start = i;
        if (!letter && in && i - start > 3 && text[i - 1] != '-' && n_words < MAX_WORDS)
            words[n_words++] = hf_xstrndup(text + start, i - start);
        in = letter;
    }
}

static void note_record(uint32_t docid, const json_t *o)
{
    struct record *r = &records[docid];
    const char *type = text_of(o, "type"), *region = text_of(o, "health_region"),
               *date = text_of(o, "date");
    size_t i;
    json_t *v;
    r->is_there = true;
    r->type = hf_choice_find(&hf_facets[HF_FACET_TYPE], type, strlen(type));
    int n = hf_region_find(region);
    snprintf(r->region, sizeof r->region, "%s",
             n < 0 ? "" : hf_facets[HF_FACET_REGION].choices[n].id);
    snprintf(r->trust, sizeof r->trust, "%s", text_of(o, "helsefellesskap"));
    snprintf(r->body, sizeof r->body, "%s", text_of(o, "body"));
    snprintf(r->presence, sizeof r->presence, "%s", text_of(o, "presence"));
    snprintf(r->person, sizeof r->person, "%s",
             r->type == HF_TYPE_ATTENDEE ? text_of(o, "person") : "");
    r->year = (int)json_integer_value(json_object_get(o, "year"));
    r->date = r->year * 10000;
    if (r->year && strlen(date) == 10) r->date += atoi(date + 5) * 100 + atoi(date + 8);
    json_array_foreach(json_object_get(o, "patient_groups"), i, v) r->groups |=
        choice_bit(HF_FACET_GROUP, json_string_value(v));
    if (r->type == HF_TYPE_DECISION) {
        uint32_t owner = session_find(session, 'Q', text_of(o, "case"));
        json_t *c;
        struct hf_error err;
        if (owner && session_record(session, owner, &c, &err) == HF_OK) {
            json_array_foreach(json_object_get(c, "patient_groups"), i, v) r->groups |=
                choice_bit(HF_FACET_GROUP, json_string_value(v));
            json_decref(c);
        }
        r->outcomes = choice_bit(HF_FACET_OUTCOME, text_of(o, "outcome"));
    }
    json_array_foreach(json_object_get(o, "decisions"), i, v) r->outcomes |=
        choice_bit(HF_FACET_OUTCOME, text_of(v, "outcome"));
    note_words(text_of(o, "title"));
    note_words(text_of(o, "text"));
    note_words(text_of(o, "name"));
}

static void load_records(void)
{
    n_records = hf_reader_last(session->reader);
    assert_true(n_records > 300 && n_records < MAX_RECORDS);
    for (uint32_t d = 1; d <= n_records; d++) {
        json_t *o;
        struct hf_error err;
        assert_ok(session_record(session, d, &o, &err));
        note_record(d, o);
        json_decref(o);
    }
    assert_true(n_words > 3000);
}

/* The value of a facet that a record has; NULL after the last. */
static const char *value_of(const struct record *r, enum hf_facet facet, unsigned nth)
{
    static char year[16];
    const char *one = "";
    unsigned bits = facet == HF_FACET_GROUP     ? r->groups
                    : facet == HF_FACET_OUTCOME ? r->outcomes
                                                : 0;
    switch (facet) {
    case HF_FACET_REGION: one = r->region; break;
    case HF_FACET_HELSEFELLESSKAP: one = r->trust; break;
    case HF_FACET_BODY: one = r->body; break;
    case HF_FACET_PRESENCE: one = r->presence; break;
    case HF_FACET_TYPE: one = hf_facets[facet].choices[r->type].id; break;
    case HF_FACET_YEAR:
        snprintf(year, sizeof year, "%d", r->year);
        one = r->year ? year : "";
        break;
    default:
        for (unsigned i = 0; bits >> i; i++)
            if (bits >> i & 1 && nth-- == 0) return hf_facets[facet].choices[i].id;
        return NULL;
    }
    return nth == 0 && *one ? one : NULL;
}

static bool passes(const struct record *r, const struct params *p)
{
    for (int f = 0; f < HF_N_FACETS; f++) {
        bool ok = !p->facet[f].n;
        const char *v;
        for (unsigned k = 0; !ok && (v = value_of(r, (enum hf_facet)f, k)); k++)
            for (size_t i = 0; i < p->facet[f].n; i++)
                ok |= !strcmp(p->facet[f].at[i], v);
        if (!ok) return false;
    }
    int from = p->from, to = p->to;
    if ((from || to) && !r->date) return false;
    if (r->date % 10000 == 0) {
        from = from / 10000 * 10000;
        to = to / 10000 * 10000;
    }
    return (!p->from || r->date >= from) && (!p->to || r->date <= to);
}

/* ---- asking ---- */

struct answer {
    uint32_t *docs; /* in the order of the list */
    size_t n;
    struct search_result result;
};

static void ask(const char *query, const struct params *base, struct answer *out)
{
    struct plan *plan;
    struct compiled c;
    struct search_filter f;
    struct hf_error err = {HF_OK, ""};
    unsigned where = 0;
    n_queries++;
    if (plan_parse(session->planner, query, &plan, &err) != HF_OK)
        fail_msg("%s: %s", query, err.text);
    for (size_t i = 0; i < base->in.n; i++)
        where |= !strcmp(base->in.at[i], "title")  ? WHERE_TITLE
                 : !strcmp(base->in.at[i], "text") ? WHERE_TEXT
                                                   : WHERE_DECISION;
    struct compile_options o = {.where = where};
    compile(session->planner, session->reader, plan, &o, &c);
    search_filter_init(&f, session->served->columns, base);
    if (search_run(session->reader, &c, &f, &out->result, &err) != HF_OK)
        fail_msg("%s: %s", query, err.text);
    out->n = out->result.matches.n;
    out->docs = hf_xcalloc(out->n + 1, sizeof *out->docs);
    for (size_t i = 0; i < out->n; i++) out->docs[i] = out->result.matches.at[i].docid;
    search_filter_release(&f);
    compiled_release(&c);
    plan_free(plan);
}

static void answer_release(struct answer *a)
{
    free(a->docs);
    search_result_release(&a->result);
}

/* The hits as a set, a byte a document. */
static uint8_t *set_of(const char *query, const struct params *p)
{
    struct answer a;
    uint8_t *set = hf_xcalloc(n_records + 1, 1);
    ask(query, p, &a);
    assert_int_equal(a.n, a.result.counts.total);
    for (size_t i = 0; i < a.n; i++) {
        assert_true(a.docs[i] >= 1 && a.docs[i] <= n_records &&
                    !set[a.docs[i]]); /* none twice */
        set[a.docs[i]] = 1;
    }
    answer_release(&a);
    return set;
}

static void set_param(struct params *p, const char *name, const char *value)
{
    struct hf_error err = {HF_OK, ""};
    if (params_set(p, PARAMS_SEARCH, name, value, &err) != HF_OK)
        fail_msg("%s=%s: %s", name, value, err.text);
}

/* Every record by itself, all of them. */
static void all_types(struct params *p)
{
    params_init(p);
    p->all = true;
    for (int t = 0; t < HF_N_TYPES; t++)
        set_param(p, "type", hf_facets[HF_FACET_TYPE].choices[t].id);
}

/* ---- random questions ---- */

static bool is_usable(const char *w)
{
    static const char *const not_words[] = {"OG",   "AND",   "ELLER", "OR",
                                            "IKKE", "IKKJE", "NOT"};
    /* «sak 14» is a number, and a lone stop word is a word while beside others it is not
     */
    static const char *const labels[] = {"sak",    "saka",       "saken",
                                         "saksnr", "saksnummer", "saknr"};
    struct hf_buf b = HF_BUF_INIT;
    bool ok = true;
    hf_utf8_lower(&b, w, strlen(w));
    for (size_t i = 0; i < N_OF(not_words); i++) ok &= strcmp(w, not_words[i]) != 0;
    for (size_t i = 0; i < N_OF(labels); i++) ok &= strcmp(b.data, labels[i]) != 0;
    ok &= !hf_lexicon_is_stop(t_lexicon(), b.data, b.len);
    /* a lower-case acronym that is a word means one thing alone and another in company */
    ok &= !hf_lexicon_acronym_lower(t_lexicon(), b.data, b.len);
    hf_buf_release(&b);
    return ok;
}

static const char *random_word(void)
{
    for (;;) {
        const char *w = words[t_random((uint32_t)n_words)];
        if (is_usable(w)) return w;
    }
}

/* One operand: something that means the same alone and in company. */
static void random_operand(struct hf_buf *b, bool strict)
{
    size_t i = t_random((uint32_t)n_words - 2);
    switch (t_random(strict ? 11 : 12)) {
    case 0: hf_buf_addf(b, "\"%s\"", random_word()); break;
    case 1: hf_buf_addf(b, "\"%s %s\"", words[i], words[i + 1]); break;
    case 2: hf_buf_addf(b, "tittel:%s", random_word()); break;
    case 3: hf_buf_addf(b, "vedtak:%s", random_word()); break;
    case 4: hf_buf_addf(b, "tekst:%s", random_word()); break;
    case 5: hf_buf_addf(b, "person:%s", random_word()); break;
    case 6: hf_buf_addf(b, "eksakt:%s", random_word()); break;
    case 7: {
        const char *w = random_word();
        size_t n = 0;
        for (unsigned k = 0; w[n] && (k < 3 + t_random(3)); k++) {
            uint32_t c;
            n += hf_utf8_next(w + n, strlen(w + n), &c);
        }
        if (n && w[n - 1] == '-') n--;
        if (hf_utf8_count(w, n) < 3) n = strlen(w);
        hf_buf_addf(b, "%.*s*", (int)n, w);
        break;
    }
    case 8: {
        static const char *const filters[] = {
            "region:vest", "region:nord",   "år:2023",
            "år:2024",     "utvalg:SSU",    "utfall:godkjent",
            "type:case",   "type:attendee", "etter:2023-05",
            "før:2022",    "type:decision", "gruppe:skropelige_eldre"};
        hf_buf_adds(b, filters[t_random(N_OF(filters))]);
        break;
    }
    case 9: {
        static const char *const numbers[] = {"sak:14/2024", "sak:3", "15/2024",
                                              "sak:2024/17", "39/23"};
        hf_buf_adds(b, numbers[t_random(N_OF(numbers))]);
        break;
    }
    case 10: {
        static const char *const concepts[] = {"tittel:LAR", "tekst:PLL", "vedtak:KAD",
                                               "tittel:ROP", "tekst:LAR"};
        hf_buf_adds(b, concepts[t_random(N_OF(concepts))]);
        break;
    }
    default: hf_buf_adds(b, random_word()); break;
    }
}

static void random_filter(struct params *p)
{
    static const struct {
        const char *name, *values[8];
    } choices[] = {
        {"region", {"vest", "nord", "midt", "sor-ost"}},
        {"year", {"2019", "2021", "2022", "2023", "2024", "2025", "2031"}},
        {"group",
         {"barn_og_unge", "psykisk_helse_og_rus", "skropelige_eldre", "fodende"}},
        {"body", {"SSU", "FSU", "LSU", "PM"}},
        {"outcome", {"vedtatt", "godkjent", "utsatt", "orientering"}},
        {"presence", {"present", "absent"}},
    };
    for (unsigned n = t_random(3); n; n--) {
        size_t i = t_random(N_OF(choices)), k = 0;
        while (k < 8 && choices[i].values[k]) k++;
        set_param(p, choices[i].name, choices[i].values[t_random((uint32_t)k)]);
    }
    if (t_random(6) == 0) {
        size_t n;
        const struct hf_choice *trusts = known_choices(HF_FACET_HELSEFELLESSKAP, &n);
        set_param(p, "helsefellesskap", trusts[t_random((uint32_t)n)].id);
    }
    if (t_random(6) == 0) set_param(p, "from", "2022-06-01");
    if (t_random(6) == 0) set_param(p, "to", "2024-03-14");
}

/* ---- the algebra ---- */

static void expect_set(const uint8_t *got, const uint8_t *a, const uint8_t *b, char op,
                       const char *query)
{
    for (uint32_t d = 1; d <= n_records; d++) {
        bool want = op == '&'   ? a[d] && b[d]
                    : op == '|' ? a[d] || b[d]
                    : op == '-' ? a[d] && !b[d]
                                : !a[d];
        if (got[d] != want)
            fail_msg("%s: document %u is %s", query, d, want ? "missing" : "too much");
    }
}

/* Words in fields, phrases, prefixes, numbers, filters: sets in the strict sense. */
static void test_algebra(void **state)
{
    struct params p;
    unsigned met = 0;
    (void)state;
    all_types(&p);
    for (unsigned round = 0; round < t_rounds(2000) / 5; round++) {
        struct hf_buf a = HF_BUF_INIT, b = HF_BUF_INIT, q = HF_BUF_INIT;
        random_operand(&a, true);
        random_operand(&b, true);
        uint8_t *in_a = set_of(a.data, &p), *in_b = set_of(b.data, &p);
        static const struct {
            const char *form;
            char op;
        } forms[] = {{"%s OG %s", '&'},
                     {"%s %s", '&'},
                     {"%s ELLER %s", '|'},
                     {"%s IKKE %s", '-'},
                     {"%s -(%s)", '-'}};
        for (size_t i = 0; i < N_OF(forms); i++) {
            const char *gap = strstr(forms[i].form + 2, "%s");
            hf_buf_clear(&q);
            hf_buf_addf(&q, "%s%.*s%s%s", a.data, (int)(gap - forms[i].form - 2),
                        forms[i].form + 2, b.data, gap + 2);
            uint8_t *got = set_of(q.data, &p);
            expect_set(got, in_a, in_b, forms[i].op, q.data);
            free(got);
        }
        hf_buf_clear(&q);
        hf_buf_addf(&q, "-(%s)", a.data);
        uint8_t *got = set_of(q.data, &p);
        expect_set(got, in_a, in_b, '!', q.data);
        for (uint32_t d = 1; d <= n_records; d++) met += in_a[d];
        free(got);
        free(in_a);
        free(in_b);
        hf_buf_release(&a);
        hf_buf_release(&b);
        hf_buf_release(&q);
    }
    params_release(&p);
    assert_true(met > t_rounds(2000) / 5); /* the questions are not about nothing */
}

/* Plain words, anywhere: two words may stand in record and header («LAR Vestfold»), one
 * at least in the record itself. */
static void test_plain_words(void **state)
{
    struct params p;
    (void)state;
    all_types(&p);
    for (unsigned round = 0; round < t_rounds(2000) / 10; round++) {
        struct hf_buf q = HF_BUF_INIT;
        const char *a = random_word(), *b = random_word();
        uint8_t *in_a = set_of(a, &p), *in_b = set_of(b, &p);
        hf_buf_addf(&q, "%s OG %s", a, b);
        uint8_t *both = set_of(q.data, &p);
        hf_buf_clear(&q);
        hf_buf_addf(&q, "%s ELLER %s", a, b);
        uint8_t *either = set_of(q.data, &p);
        hf_buf_clear(&q);
        hf_buf_addf(&q, "%s -%s", a, b);
        uint8_t *without = set_of(q.data, &p);
        expect_set(either, in_a, in_b, '|', q.data);
        expect_set(without, in_a, in_b, '-', q.data);
        for (uint32_t d = 1; d <= n_records; d++) {
            if (both[d] && !in_a[d] && !in_b[d])
                fail_msg("%s OG %s: %u has neither", a, b, d);
            if (!both[d] && in_a[d] && in_b[d])
                fail_msg("%s OG %s: %u has both", a, b, d);
        }
        free(in_a);
        free(in_b);
        free(both);
        free(either);
        free(without);
        hf_buf_release(&q);
    }
    params_release(&p);
}

/* A word in brackets, twice, or with blanks is the word. */
static void test_same_meaning(void **state)
{
    struct params p;
    (void)state;
    all_types(&p);
    for (unsigned round = 0; round < t_rounds(2000) / 20; round++) {
        static const char *const forms[] = {
            "(%s)",     "  %s  ", "%s ELLER %s",
            "%s OG %s", "%s,",    "((%s) OG type:case) ELLER (%s IKKE type:case)"};
        const char *w = random_word();
        uint8_t *want = set_of(w, &p);
        for (size_t i = 0; i < N_OF(forms); i++) {
            struct hf_buf q = HF_BUF_INIT;
            for (const char *f = forms[i]; *f; f++) {
                if (*f == '%') {
                    hf_buf_adds(&q, w);
                    f++;
                } else {
                    hf_buf_addc(&q, *f);
                }
            }
            uint8_t *got = set_of(q.data, &p);
            expect_set(got, want, want, '&', q.data);
            free(got);
            hf_buf_release(&q);
        }
        free(want);
    }
    params_release(&p);
}

/* ---- filters ---- */

static void test_filters(void **state)
{
    (void)state;
    for (unsigned round = 0; round < t_rounds(2000) / 5; round++) {
        struct hf_buf q = HF_BUF_INIT;
        struct params open, p;
        all_types(&open);
        random_operand(&q, false);
        uint8_t *all = set_of(q.data, &open);
        params_init(&p);
        p.all = true;
        random_filter(&p);
        for (unsigned n = 1 + t_random(3); n; n--)
            set_param(&p, "type",
                      hf_facets[HF_FACET_TYPE].choices[t_random(HF_N_TYPES)].id);
        uint8_t *got = set_of(q.data, &p);
        for (uint32_t d = 1; d <= n_records; d++)
            if (got[d] != (all[d] && passes(&records[d], &p)))
                fail_msg("%s: document %u is %s", q.data, d,
                         got[d] ? "too much" : "missing");
        params_release(&p);
        params_release(&open);
        free(all);
        free(got);
        hf_buf_release(&q);
    }
}

/* ---- counts ---- */

static uint32_t total_of(const char *query, struct params *p)
{
    struct answer a;
    ask(query, p, &a);
    uint32_t total = a.result.counts.total;
    answer_release(&a);
    return total;
}

/* Copies everything but one facet's selection, which becomes id alone. */
static void choose(struct params *out, const struct params *p, int facet, const char *id)
{
    params_init(out);
    out->all = true;
    out->from = p->from;
    out->to = p->to;
    for (int f = 0; f < HF_N_FACETS; f++)
        for (size_t i = 0; f != facet && i < p->facet[f].n; i++)
            set_param(out, hf_facets[f].name, p->facet[f].at[i]);
    set_param(out, hf_facets[facet].name, id);
}

/* Every count of a facet is the total of the same question with that value alone chosen.
 */
static void check_facet(const char *query, const struct params *p,
                        const struct search_counts *counts, int facet)
{
    const struct columns *c = session->served->columns;
    bool multiple = hf_facets[facet].is_multiple;
    size_t n = columns_count(c, (enum hf_facet)facet);
    for (size_t i = 0; i < n; i++) {
        size_t number = multiple ? i : i + 1;
        const char *id = columns_id(c, (enum hf_facet)facet, number);
        struct params one;
        choose(&one, p, facet, id);
        uint32_t want = total_of(query, &one);
        if (counts->facet[facet][number] != want)
            fail_msg("%s: %s=%s is counted %u, found %u", query, hf_facets[facet].name,
                     id, counts->facet[facet][number], want);
        params_release(&one);
    }
}

static void test_facets(void **state)
{
    (void)state;
    for (unsigned round = 0; round < t_rounds(2000) / 40; round++) {
        struct hf_buf q = HF_BUF_INIT;
        struct params p;
        struct answer a;
        params_init(&p);
        p.all = true;
        if (t_random(8)) random_operand(&q, false);
        random_filter(&p);
        if (t_random(2))
            set_param(&p, "type",
                      hf_facets[HF_FACET_TYPE].choices[t_random(HF_N_TYPES)].id);
        ask(q.data, &p, &a);
        assert_int_equal(a.n, a.result.counts.total);
        for (int f = 0; f < HF_N_FACETS; f++)
            if (hf_facets[f].is_answered) check_facet(q.data, &p, &a.result.counts, f);
        answer_release(&a);
        params_release(&p);
        hf_buf_release(&q);
    }
}

/* With a type every record has one region, year and so on at most: those counts and the
 * records without one make the total. */
static void test_exclusive_facets_sum_up(void **state)
{
    static const enum hf_facet exclusive[] = {HF_FACET_REGION, HF_FACET_HELSEFELLESSKAP,
                                              HF_FACET_YEAR, HF_FACET_BODY};
    (void)state;
    for (unsigned round = 0; round < t_rounds(2000) / 10; round++) {
        struct hf_buf q = HF_BUF_INIT;
        struct params p;
        struct answer a;
        params_init(&p);
        p.all = true;
        random_operand(&q, false);
        set_param(&p, "type", hf_facets[HF_FACET_TYPE].choices[t_random(HF_N_TYPES)].id);
        ask(q.data, &p, &a);
        for (size_t i = 0; i < N_OF(exclusive); i++) {
            uint32_t sum = 0;
            size_t n = columns_count(session->served->columns, exclusive[i]);
            for (size_t k = 1; k <= n; k++) sum += a.result.counts.facet[exclusive[i]][k];
            for (size_t k = 0; k < a.n; k++)
                sum += !value_of(&records[a.docs[k]], exclusive[i], 0);
            if (sum != a.result.counts.total)
                fail_msg("%s: %s sums to %u of %u", q.data, hf_facets[exclusive[i]].name,
                         sum, a.result.counts.total);
        }
        answer_release(&a);
        params_release(&p);
        hf_buf_release(&q);
    }
}

/* The totals by type are the totals of the same question with that type; people are those
 * of the mixed list, each once. */
static void test_totals(void **state)
{
    (void)state;
    for (unsigned round = 0; round < t_rounds(2000) / 10; round++) {
        struct hf_buf q = HF_BUF_INIT;
        struct params p, typed;
        struct answer a;
        uint32_t mixed = 0;
        params_init(&p);
        p.all = true;
        random_operand(&q, false);
        random_filter(&p);
        ask(q.data, &p, &a);
        for (int t = 0; t < HF_N_TYPES; t++) {
            choose(&typed, &p, HF_FACET_TYPE, hf_facets[HF_FACET_TYPE].choices[t].id);
            uint32_t want = total_of(q.data, &typed);
            if (a.result.counts.by_type[t] != want)
                fail_msg("%s: type %d is counted %u, found %u", q.data, t,
                         a.result.counts.by_type[t], want);
            if (t == HF_TYPE_CASE || t == HF_TYPE_MEETING) mixed += want;
            params_release(&typed);
        }
        uint32_t people = 0;
        for (size_t i = 0; i < a.n; i++) {
            const struct record *r = &records[a.docs[i]];
            assert_int_not_equal(r->type,
                                 HF_TYPE_DECISION); /* a case brings its decisions */
            if (r->type != HF_TYPE_ATTENDEE) continue;
            people++;
            for (size_t k = 0; *r->person && k < i; k++)
                if (!strcmp(records[a.docs[k]].person, r->person))
                    fail_msg("%s: %s twice", q.data, r->person);
        }
        assert_int_equal(a.n, a.result.counts.total);
        assert_int_equal(mixed + people, a.result.counts.total);
        answer_release(&a);
        params_release(&p);
        hf_buf_release(&q);
    }
}

/* Counting alone, without order and words, is the same number; so is the list alone, and
 * in the same order. */
static void test_counting_alone(void **state)
{
    (void)state;
    for (unsigned round = 0; round < t_rounds(2000) / 4; round++) {
        struct hf_buf text = HF_BUF_INIT;
        struct params p;
        struct question whole, list;
        struct hf_error err;
        params_init(&p);
        if (t_random(8)) random_operand(&text, t_random(4) == 0);
        random_filter(&p);
        for (unsigned n = t_random(3); n; n--)
            set_param(&p, "type",
                      hf_facets[HF_FACET_TYPE].choices[t_random(HF_N_TYPES)].id);
        if (t_random(4) == 0) set_param(&p, "in", t_random(2) ? "title" : "decision");
        p.all = true;
        p.q = text.data;
        assert_ok(question_ask(&whole, session, &p, &err));
        uint32_t total = whole.result.counts.total, count = question_count(session, &p);
        if (count != total) fail_msg("%s: %u, counted alone %u", text.data, total, count);
        assert_ok(question_ask_list(&list, session, &p, &err));
        assert_int_equal(list.result.counts.total, total);
        assert_int_equal(list.result.matches.n, whole.result.matches.n);
        for (size_t i = 0; i < list.result.matches.n; i++)
            if (list.result.matches.at[i].docid != whole.result.matches.at[i].docid)
                fail_msg("%s: hit %zu of the list alone", text.data, i);
        question_release(&list);
        question_release(&whole);
        p.q = NULL;
        params_release(&p);
        hf_buf_release(&text);
    }
}

/* ---- pages ---- */

static void test_pages(void **state)
{
    static const char *const sorts[] = {"relevance", "newest", "oldest", "case", "added"};
    (void)state;
    for (unsigned round = 0; round < t_rounds(2000) / 10; round++) {
        struct hf_buf q = HF_BUF_INIT;
        struct params p;
        struct answer all, page;
        params_init(&p);
        if (t_random(5)) random_operand(&q, false);
        random_filter(&p);
        if (t_random(2))
            set_param(&p, "type",
                      hf_facets[HF_FACET_TYPE].choices[t_random(HF_N_TYPES)].id);
        set_param(&p, "sort", sorts[t_random(5)]);
        p.all = true;
        ask(q.data, &p, &all);
        p.all = false;
        p.size = 1 + t_random(40);
        for (p.offset = 0; p.offset < all.n + p.size; p.offset += p.size) {
            ask(q.data, &p, &page);
            size_t want = p.offset >= all.n           ? 0
                          : all.n - p.offset < p.size ? all.n - p.offset
                                                      : p.size;
            if (page.n != want || page.result.counts.total != all.n)
                fail_msg("%s: page at %zu of %zu has %zu of %zu", q.data, p.offset,
                         p.size, page.n, want);
            for (size_t i = 0; i < page.n; i++)
                if (page.docs[i] != all.docs[p.offset + i])
                    fail_msg("%s: hit %zu differs between pages", q.data, p.offset + i);
            answer_release(&page);
        }
        answer_release(&all);
        params_release(&p);
        hf_buf_release(&q);
    }
}

static void test_order(void **state)
{
    struct params p;
    struct answer a;
    (void)state;
    for (int sort = 0; sort < 2; sort++) {
        all_types(&p);
        set_param(&p, "sort", sort ? "oldest" : "newest");
        ask(T_ORDER_QUERY, &p, &a);
        assert_true(a.n > 20);
        for (size_t i = 1; i < a.n; i++) {
            int before = records[a.docs[i - 1]].date, now = records[a.docs[i]].date;
            assert_true(sort ? before <= now : before >= now);
        }
        answer_release(&a);
        params_release(&p);
    }
    all_types(&p);
    ask("LAR", &p, &a);
    for (size_t i = 1; i < a.n; i++)
        assert_true(a.result.matches.at[i - 1].weight >= a.result.matches.at[i].weight);
    answer_release(&a);
    params_release(&p);
}

/* ---- the whole answer ---- */

static void check_segments(const json_t *list, const char *text)
{
    struct hf_buf b = HF_BUF_INIT;
    size_t i;
    json_t *pair;
    json_array_foreach(list, i, pair)
    {
        assert_int_equal(json_array_size(pair), 2);
        assert_true(json_string_length(json_array_get(pair, 0)) > 0);
        assert_true(json_is_boolean(json_array_get(pair, 1)));
        hf_buf_adds(&b, json_string_value(json_array_get(pair, 0)));
    }
    if (text) assert_string_equal(b.data, text);
    assert_true(hf_utf8_is_valid(b.data, b.len, NULL));
    hf_buf_release(&b);
}

static bool has_match(const json_t *segments)
{
    size_t i;
    json_t *pair;
    json_array_foreach(segments, i,
                       pair) if (json_is_true(json_array_get(pair, 1))) return true;
    return false;
}

static bool is_listed(const json_t *list, const char *text)
{
    size_t i;
    json_t *have;
    json_array_foreach(list, i,
                       have) if (!strcmp(json_string_value(have), text)) return true;
    return false;
}

/* What a hit says of where it was met is to be seen there. */
static void check_matches(const char *query, const json_t *hit)
{
    const json_t *where = json_object_get(hit, "matched_in");
    bool in_decision = has_match(json_object_get(hit, "segments"));
    size_t i;
    json_t *d;
    json_array_foreach(json_object_get(hit, "decisions"), i, d) in_decision |=
        has_match(json_object_get(d, "segments"));
    if (is_listed(where, "title") != has_match(json_object_get(hit, "title_segments")))
        fail_msg("%s: %s: matched_in and the title differ", query, text_of(hit, "id"));
    if (is_listed(where, "decision") != in_decision)
        fail_msg("%s: %s: matched_in and the decision differ", query, text_of(hit, "id"));
    bool any = in_decision || has_match(json_object_get(hit, "title_segments")) ||
               has_match(json_object_get(hit, "snippet"));
    if (any != (json_array_size(json_object_get(hit, "matched")) > 0))
        fail_msg("%s: %s: matched without a match, or the reverse", query,
                 text_of(hit, "id"));
}

static void check_hit(const char *query, const json_t *hit, const struct params *p)
{
    static const char *const always[] = {"type", "id", "citation", "link", "source"};
    const char *type = text_of(hit, "type");
    for (size_t i = 0; i < N_OF(always); i++)
        if (!*text_of(hit, always[i])) fail_msg("%s: a hit without %s", query, always[i]);
    assert_true(json_is_number(json_object_get(hit, "score")));
    assert_true(json_number_value(json_object_get(hit, "score")) >= 0);
    assert_true(json_is_array(json_object_get(hit, "snippet")));
    check_segments(json_object_get(hit, "snippet"), NULL);
    check_matches(query, hit);
    const char *title = !strcmp(type, "decision") ? text_of(hit, "case_title")
                        : !strcmp(type, "person") || !strcmp(type, "attendee")
                            ? text_of(hit, "name")
                            : text_of(hit, "title");
    check_segments(json_object_get(hit, "title_segments"), title);
    if (!strcmp(type, "decision"))
        check_segments(json_object_get(hit, "segments"), text_of(hit, "text"));
    size_t i;
    json_t *d;
    json_array_foreach(json_object_get(hit, "decisions"), i, d)
        check_segments(json_object_get(d, "segments"), text_of(d, "text"));
    assert_int_equal(!strcmp(type, "person"),
                     json_is_array(json_object_get(hit, "records")));
    if (!strcmp(type, "person")) assert_false(p->facet[HF_FACET_TYPE].n);
}

static void test_whole_answers(void **state)
{
    (void)state;
    for (unsigned round = 0; round < t_rounds(2000) / 10; round++) {
        struct hf_buf q = HF_BUF_INIT;
        struct params p;
        struct hf_error err = {HF_OK, ""};
        json_t *answer, *again, *hit;
        size_t i;
        params_init(&p);
        random_operand(&q, false);
        if (t_random(2)) {
            hf_buf_addc(&q, ' ');
            random_operand(&q, false);
        }
        random_filter(&p);
        if (t_random(2))
            set_param(&p, "type",
                      hf_facets[HF_FACET_TYPE].choices[t_random(HF_N_TYPES)].id);
        set_param(&p, "q", q.data);
        n_queries++;
        assert_ok(answer_search(session, &p, &answer, &err));
        size_t total = (size_t)json_integer_value(json_object_get(answer, "total"));
        const json_t *hits = json_object_get(answer, "hits");
        assert_int_equal(json_array_size(hits), total < p.size ? total : p.size);
        json_array_foreach(hits, i, hit) check_hit(q.data, hit, &p);
        assert_int_equal(json_integer_value(json_object_get(answer, "pages")),
                         (total + p.size - 1) / p.size);
        if (total) assert_true(json_is_null(json_object_get(answer, "did_you_mean")));
        assert_ok(answer_facets(session, &p, &again,
                                &err)); /* the same counts by the other road */
        assert_int_equal(json_integer_value(json_object_get(again, "total")), total);
        assert_true(json_equal(json_object_get(again, "facets"),
                               json_object_get(answer, "facets")));
        json_decref(again);
        assert_ok(answer_explain(session, &p, &again, &err));
        assert_true(json_is_object(json_object_get(again, "plan")));
        json_decref(again);
        json_decref(answer);
        params_release(&p);
        hf_buf_release(&q);
    }
}

static void test_records(void **state)
{
    struct params plain;
    (void)state;
    params_init(&plain);
    for (uint32_t d = 1; d <= n_records; d++) {
        json_t *o, *answer;
        struct hf_error err = {HF_OK, ""};
        assert_ok(session_record(session, d, &o, &err));
        if (answer_record(session, text_of(o, "id"), &plain, &answer, &err) != HF_OK)
            fail_msg("%s: %s", text_of(o, "id"), err.text);
        json_decref(answer);
        json_decref(o);
    }
    json_t *answer = (json_t *)1;
    struct hf_error err;
    static const char *const missing[] = {
        "", "x", "hf-vestfold", "person/", "person/ingen", "../../etc/passwd"};
    for (size_t i = 0; i < N_OF(missing); i++) {
        assert_int_equal(answer_record(session, missing[i], &plain, &answer, &err),
                         HF_NOT_FOUND);
        assert_null(answer);
    }
}

static void test_enough(void **state)
{
    (void)state;
    print_message("%u queries, seed %s\n", n_queries,
                  getenv("SEED") ? getenv("SEED") : "default");
    if (!getenv("ROUNDS")) assert_true(n_queries > 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_algebra),
        cmocka_unit_test(test_plain_words),
        cmocka_unit_test(test_same_meaning),
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_facets),
        cmocka_unit_test(test_exclusive_facets_sum_up),
        cmocka_unit_test(test_totals),
        cmocka_unit_test(test_counting_alone),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_whole_answers),
        cmocka_unit_test(test_records),
        cmocka_unit_test(test_enough),
    };
    struct hf_error err;
    if (engine_open(T_INDEX, NULL, &engine, &err) != HF_OK ||
        session_open(engine, &session, &err) != HF_OK) {
        print_error("%s\n", err.text);
        return 1;
    }
    load_records();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    for (size_t i = 0; i < n_words; i++) free(words[i]);
    session_close(session);
    engine_close(engine);
    return failed;
}
