/* /v1/cases/{id}/similar: what the others did about the same. The engine's expansion
 * tells by which words a case differs from all others; cases that have them are ranked by
 * them. A word of the title counts more than one of the decision, that more than one of
 * the text. A case is similar only where enough of the words are in it; what hangs
 * together with the case anyway (its chain, its meeting) is left out. */
#include <stdlib.h>
#include <string.h>

#include "../shim/map.h"
#include "../shim/utf8.h"
#include "chain.h"
#include "hits.h"
#include "known.h"
#include "render_json.h"
#include "words.h"

enum {
    MAX_TERMS = 80,    /* that the engine is asked for */
    MAX_WORDS = 10,    /* that are searched for */
    LEAST_LETTERS = 5, /* of a word that is no acronym */
    TELLING_LETTERS =
        9, /* mostly a compound, which says by itself what a case is about */
    MAX_CANDIDATES = 60, /* looked at in the order of their weight */
    MAX_OTHERS = 10,
    MAX_EACH = 2, /* of one helsefellesskap, so that none crowds out the others */
    COMMON = 8,   /* a word of one in so many records tells nothing */
    MAX_OWN = 3   /* of the case's own helsefellesskap */
};

/* Of the weight of all words, what a similar case has at least; half is enough where two
 * words are in both titles and both are about the same patients, less where a word of
 * both titles is telling. */
#define LEAST_SHARE 0.35

static const char fields[] = {HF_FIELD_TITLE, HF_FIELD_DECISION, HF_FIELD_TEXT};
static const double factors[] = {3.0, 1.0, 0.5};
#define ACRONYM_FACTOR 1.5
enum { N_FIELDS = sizeof fields };

struct said { /* a word as it stands in the case */
    char *text;
    bool is_compound; /* «legemiddelliste»: says by itself what a case is about */
};

struct word {
    char kind;
    char *text; /* of its terms */
    double weight;
    const struct said *said;
    bool in_title, is_telling;
};

struct similar {
    struct session *s;
    const struct columns *columns;
    const struct chain *chain;
    uint32_t docid, most;  /* of the case; a word of more records tells nothing */
    size_t n_own;          /* records of the case itself */
    struct hf_map by_term; /* kind and text of a term → struct said */
    struct hf_map by_word; /* a word in lower case → struct said */
    const char *now;       /* the text being analysed */
    struct word words[MAX_WORDS + 1];
    size_t n;
    double total;
};

/* ---- the words ---- */

struct spread { /* whether a word stands in more than one helsefellesskap */
    const struct columns *columns;
    uint16_t first;
    bool is_wide;
};

/* Notes a word under each of its terms, so that several readings of it («felles»,
 * «felle») are one. */
static int note_word(void *ctx, const struct hf_term *t)
{
    struct similar *m = ctx;
    bool is_acronym = t->kind == HF_TERM_ACRONYM;
    const char *text = m->now + t->start;
    size_t len = t->end - t->start;
    struct hf_buf key = HF_BUF_INIT;
    if (t->kind == HF_TERM_PART) {
        hf_utf8_lower(&key, text, len);
        struct said *whole = hf_map_get(&m->by_word, key.data, key.len);
        if (whole) whole->is_compound = true;
        hf_buf_release(&key);
        return 0;
    }
    if (t->is_stop || t->is_weak || (!is_acronym && t->kind != HF_TERM_LEMMA) ||
        (!is_acronym && hf_utf8_count(text, len) < LEAST_LETTERS))
        return 0;
    hf_utf8_lower(&key, text, len);
    struct said *said = hf_map_get(&m->by_word, key.data, key.len);
    if (!said) {
        said = hf_xcalloc(1, sizeof *said);
        said->text = is_acronym ? hf_xstrndup(text, len) : hf_xstrdup(key.data);
        hf_map_put(&m->by_word, hf_xstrndup(key.data, key.len), key.len, said);
    }
    hf_buf_clear(&key);
    hf_buf_addf(&key, "%c%.*s", is_acronym ? HF_KIND_ACRONYM : HF_KIND_LEMMA, (int)t->len,
                t->text);
    if (!hf_map_get(&m->by_term, key.data, key.len))
        hf_map_put(&m->by_term, hf_xstrndup(key.data, key.len), key.len, said);
    hf_buf_release(&key);
    return 0;
}

static void read_text(struct similar *m, const char *text)
{
    m->now = text;
    hf_analyse(planner_analyser(m->s->planner), HF_INDEX_TEXT, text, strlen(text),
               note_word, m);
}

static void read_case(struct similar *m, const json_t *of_case)
{
    size_t i;
    json_t *d;
    read_text(m, member_text(of_case, "title"));
    json_array_foreach(json_object_get(of_case, "decisions"), i, d)
        read_text(m, member_text(d, "text"));
    read_text(m, member_text(of_case, "text"));
}

static void forget(struct similar *m)
{
    for (size_t i = 0; i < m->by_term.cap; i++) free((char *)m->by_term.slots[i].key);
    for (size_t i = 0; i < m->by_word.cap; i++) {
        struct said *said = m->by_word.slots[i].value;
        free((char *)m->by_word.slots[i].key);
        if (said) free(said->text);
        free(said);
    }
    hf_map_release(&m->by_term);
    hf_map_release(&m->by_word);
    for (size_t i = 0; i < m->n; i++) free(m->words[i].text);
}

static int count_trust(void *ctx, uint32_t docid)
{
    struct spread *s = ctx;
    uint16_t trust = docid <= s->columns->last
                         ? s->columns->value[HF_FACET_HELSEFELLESSKAP][docid]
                         : 0;
    if (!s->first) s->first = trust;
    s->is_wide |= trust && trust != s->first;
    return s->is_wide;
}

/* In the words of one helsefellesskap alone (its places, its people) nobody else is
 * found. */
static bool is_wide(const struct similar *m, const char *term)
{
    struct spread s = {m->columns, 0, false};
    struct hf_error err;
    return hf_reader_postings(m->s->reader, term, count_trust, &s, &err) == HF_OK &&
           s.is_wide;
}

/* What a stored term says in the case. A lemma that is the word itself is stored as an
 * exact form. */
static const struct said *said_by(const struct similar *m, const char *term, size_t len)
{
    char key[HF_TERM_ROOM];
    memcpy(key, term, len);
    if (key[1] == HF_KIND_EXACT) key[1] = HF_KIND_LEMMA;
    return hf_map_get(&m->by_term, key + 1, len - 1);
}

static bool keep(void *ctx, const char *term, size_t len)
{
    const struct similar *m = ctx;
    if (len < 4 || len >= HF_TERM_ROOM || !memchr(fields, term[0], N_FIELDS) ||
        !said_by(m, term, len) ||
        (term[1] == HF_KIND_ACRONYM && known_find(HF_FACET_BODY, term + 2)))
        return false;
    uint32_t n = hf_reader_freq(m->s->reader, term);
    return n > m->n_own && n <= m->most && is_wide(m, term);
}

static double weight_of(const struct hf_expand_term *t)
{
    size_t field = (size_t)((const char *)memchr(fields, t->term[0], N_FIELDS) - fields);
    return t->weight * factors[field] *
           (t->term[1] == HF_KIND_ACRONYM ? ACRONYM_FACTOR : 1);
}

/* Keeps the words in the order of their weight. */
static void add_word(struct similar *m, const struct hf_expand_term *t)
{
    const struct said *said = said_by(m, t->term, strlen(t->term));
    bool is_acronym = t->term[1] == HF_KIND_ACRONYM;
    struct word new = {is_acronym ? HF_KIND_ACRONYM : HF_KIND_LEMMA,
                       NULL,
                       weight_of(t),
                       said,
                       t->term[0] == HF_FIELD_TITLE,
                       is_acronym};
    size_t at = 0;
    if (said->is_compound)
        new.is_telling |= hf_reader_freq(m->s->reader, t->term) <= m->most * 2 / 3;
    while (at < m->n && m->words[at].said != said) at++;
    if (at < m->n) {
        new.in_title |= m->words[at].in_title;
        new.is_telling &= m->words[at].is_telling;
        m->words[at].in_title = new.in_title;
        m->words[at].is_telling = new.is_telling;
        if (m->words[at].weight >= new.weight) return;
        free(m->words[at].text);
        memmove(m->words + at, m->words + at + 1, (--m->n - at) * sizeof *m->words);
    }
    for (at = m->n; at && m->words[at - 1].weight < new.weight; at--) {
    }
    if (at == MAX_WORDS) return;
    new.text = hf_xstrdup(t->term + 2);
    memmove(m->words + at + 1, m->words + at, (m->n - at) * sizeof *m->words);
    m->words[at] = new;
    if (m->n == MAX_WORDS)
        free(m->words[MAX_WORDS].text);
    else
        m->n++;
}

static enum hf_status find_words(struct similar *m, struct hf_error *err)
{
    struct hf_expand_options o = {.size = MAX_TERMS, .keep = keep, .keep_ctx = m};
    struct hf_expansion e;
    enum hf_status status = hf_reader_expand(m->s->reader, &m->docid, 1, &o, &e, err);
    for (size_t i = 0; i < e.n; i++) add_word(m, &e.at[i]);
    for (size_t i = 0; i < m->n; i++) m->total += m->words[i].weight;
    hf_expansion_release(&e);
    return status;
}

/* ---- the cases ---- */

static struct hf_query *query_of(const struct similar *m)
{
    struct hf_query *any = hf_query_new(HF_Q_OR);
    for (size_t i = 0; i < m->n; i++) {
        const struct word *w = &m->words[i];
        struct hf_query *one = hf_query_new(HF_Q_MAX);
        for (size_t f = 0; f < N_FIELDS; f++) {
            struct hf_query *q = words_query(m->s->reader, (enum hf_field)fields[f],
                                             (enum hf_kind)w->kind, w->text);
            if (q) q->factor = factors[f] * w->weight / m->total;
            hf_query_add(one, q);
        }
        hf_query_add(any, one);
    }
    return any;
}

static bool accept(void *ctx, uint32_t docid)
{
    const struct similar *m = ctx;
    if (docid > m->columns->last || m->columns->type[docid] != HF_TYPE_CASE + 1)
        return false;
    for (size_t i = 0; i < m->chain->n; i++)
        if (m->chain->at[i].docid == docid) return false;
    return true;
}

/* How much a case has of the words. */
struct likeness {
    json_t *words;
    double share;    /* of the weight of all */
    size_t n_titled; /* words of our title that are in its title */
    bool is_telling; /* one of them says by itself what a case is about */
};

static struct likeness likeness_of(const struct similar *m, uint32_t docid)
{
    struct likeness l = {json_array(), 0, 0, false};
    for (size_t i = 0; i < m->n; i++) {
        const struct word *w = &m->words[i];
        size_t f = 0;
        while (f < N_FIELDS && !words_has(m->s->reader, (enum hf_field)fields[f],
                                          (enum hf_kind)w->kind, w->text, docid))
            f++;
        if (f == N_FIELDS) continue;
        bool in_titles = w->in_title && !f;
        l.share += w->weight / m->total;
        l.n_titled += in_titles;
        l.is_telling |= in_titles && w->is_telling;
        json_array_append_new(l.words, json_string(w->said->text));
    }
    return l;
}

static json_t *hit_json(json_t *record, json_t *words, double share)
{
    static const char *const copied[] = {"title",
                                         "number",
                                         "helsefellesskap",
                                         "helsefellesskap_name",
                                         "health_region",
                                         "body",
                                         "body_name",
                                         "date",
                                         "year",
                                         "citation",
                                         "link",
                                         "source_link",
                                         "language"};
    static const char *const of_decision[] = {"id", "label", "text", "outcome"};
    json_t *o = json_pack("{s:O}", "case", json_object_get(record, "id")),
           *decisions = json_array(), *d;
    char day[11];
    size_t i;
    hit_cite(record);
    for (i = 0; i < sizeof copied / sizeof *copied; i++) {
        json_t *value = json_object_get(record, copied[i]);
        json_object_set(o, copied[i], value ? value : json_null());
    }
    json_object_set_new(o, "day", json_string(member_day(record, day)));
    json_object_set_new(o, "share", json_real((double)(long)(share * 100) / 100));
    json_object_set(o, "words", words);
    json_array_foreach(json_object_get(record, "decisions"), i, d)
    {
        json_t *one = json_object();
        for (size_t k = 0; k < sizeof of_decision / sizeof *of_decision; k++)
            json_object_set(one, of_decision[k], json_object_get(d, of_decision[k]));
        json_array_append_new(decisions, one);
    }
    json_object_set_new(o, "decisions", decisions);
    return o;
}

/* What every meeting has (approvals, any other business) is alike by nature. */
static bool is_about_something(const json_t *record)
{
    const char *kind = member_text(record, "kind");
    if (!*kind) return json_array_size(json_object_get(record, "decisions")) > 0;
    return strcmp(kind, "godkjenning") != 0;
}

static unsigned count_of(const json_t *hits, const char *trust)
{
    unsigned n = 0;
    size_t i;
    json_t *hit;
    json_array_foreach(hits, i, hit) n +=
        !strcmp(member_text(hit, "helsefellesskap"), trust);
    return n;
}

struct candidate {
    uint32_t docid;
    double share;
    size_t order; /* the engine's */
};

static int by_share(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->share != y->share) return x->share > y->share ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* Puts the case into its list, where that has room. */
static enum hf_status take(const struct similar *m, uint32_t docid, const json_t *of_case,
                           json_t *lists[2], struct hf_error *err)
{
    json_t *record;
    enum hf_status status = session_record(m->s, docid, &record, err);
    if (status != HF_OK) return status;
    const char *trust = member_text(record, "helsefellesskap");
    bool is_own = !strcmp(trust, member_text(of_case, "helsefellesskap"));
    json_t *list = lists[is_own];
    if (is_about_something(record) &&
        strcmp(member_text(record, "meeting"), member_text(of_case, "meeting")) != 0 &&
        count_of(list, trust) < (is_own ? MAX_OWN : MAX_EACH) &&
        json_array_size(list) < MAX_OTHERS) {
        struct likeness l = likeness_of(m, docid);
        json_array_append_new(list, hit_json(record, l.words, l.share));
        json_decref(l.words);
    }
    json_decref(record);
    return status;
}

/* About the same patients as the case itself. */
static bool has_group(const struct similar *m, uint32_t docid)
{
    const uint16_t *groups = m->columns->value[HF_FACET_GROUP];
    return (groups[docid] & groups[m->docid]) != 0;
}

static bool is_similar(const struct similar *m, uint32_t docid, const struct likeness *l)
{
    if (l->is_telling || (l->n_titled && l->share >= LEAST_SHARE)) return true;
    return l->n_titled > 1 && l->share >= LEAST_SHARE / 2 && has_group(m, docid);
}

/* lists: of the other helsefellesskap, and of the own. */
static enum hf_status find_cases(struct similar *m, const json_t *of_case,
                                 json_t *lists[2], struct hf_error *err)
{
    struct hf_search_options o = {.size = MAX_CANDIDATES,
                                  .accept = accept,
                                  .accept_ctx = m,
                                  .sort_slot = -1,
                                  .tie_slot = HF_SLOT_DATE,
                                  .collapse_slot = -1};
    struct hf_matches found = {NULL, 0};
    struct candidate like[MAX_CANDIDATES];
    size_t n = 0;
    if (!m->n || m->total <= 0) return HF_OK;
    struct hf_query *q = query_of(m);
    enum hf_status status = hf_reader_search(m->s->reader, q, &o, &found, err);
    for (size_t i = 0; status == HF_OK && i < found.n; i++) {
        struct likeness l = likeness_of(m, found.at[i].docid);
        if (is_similar(m, found.at[i].docid, &l))
            like[n++] = (struct candidate){found.at[i].docid, l.share, i};
        json_decref(l.words);
    }
    if (n) qsort(like, n, sizeof *like, by_share);
    for (size_t i = 0; status == HF_OK && i < n; i++)
        status = take(m, like[i].docid, of_case, lists, err);
    hf_matches_release(&found);
    hf_query_free(q);
    return status;
}

/* ---- the answer ---- */

static json_t *words_json(const struct similar *m)
{
    json_t *list = json_array();
    for (size_t i = 0; i < m->n; i++)
        json_array_append_new(list, json_string(m->words[i].said->text));
    return list;
}

enum hf_status answer_similar(struct session *s, const char *id, const struct params *p,
                              json_t **out, struct hf_error *err)
{
    struct chain chain = {NULL};
    struct similar m = {.s = s, .chain = &chain};
    json_t *lists[2] = {json_array(), json_array()};
    *out = NULL;
    enum hf_status status = chain_case(s, id, p->lang, &m.docid, err);
    if (status == HF_OK) status = chain_follow(&chain, s, m.docid, err);
    const json_t *of_case = status == HF_OK ? chain.at[0].record : NULL;
    if (of_case && is_about_something(of_case)) {
        m.columns = s->served->columns;
        uint32_t n =
            m.columns->n_type[HF_TYPE_CASE] + m.columns->n_type[HF_TYPE_DECISION];
        m.most = n / COMMON > COMMON ? n / COMMON : COMMON;
        m.n_own = 1 + json_array_size(json_object_get(of_case, "decisions"));
        read_case(&m, of_case);
        status = find_words(&m, err);
        if (status == HF_OK) status = find_cases(&m, of_case, lists, err);
    }
    if (status == HF_OK)
        *out = json_pack("{s:s, s:o, s:O, s:O}", "case", id, "words", words_json(&m),
                         "others", lists[0], "own", lists[1]);
    forget(&m);
    json_decref(lists[0]);
    json_decref(lists[1]);
    chain_release(&chain);
    return status;
}
