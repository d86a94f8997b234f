/* As you type: what the beginning of a question may become. Only what finds something is
 * offered, and only clean words. */
#include "answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "question.h"
#include "suggest.h"

/* Of each kind, so that none crowds the others out. */
enum {
    MOST_CONCEPTS = 3,
    MOST_NUMBERS = 3,
    MOST_WORDS = 4,
    MOST_TITLES = 4,
    MOST_PEOPLE = 3,
    LOOKED_AT = 40
};
enum { MAX_TYPED = 200, LEAST_PREFIX = 3 };

struct typing {
    struct session *s;
    const struct params *p;
    const char *text; /* as typed */
    char *lower;
    char *last; /* of lower: the word being typed */
    json_t *list;
};

/* ---- offering ---- */

static uint32_t hits_of(const struct typing *t, const char *query)
{
    struct params p = *t->p;
    p.q = (char *)query;
    return question_count(t->s, &p);
}

static bool is_offered(const struct typing *t, const char *query)
{
    size_t i;
    json_t *have;
    json_array_foreach(
        t->list, i, have) if (!strcmp(json_string_value(json_object_get(have, "query")),
                                      query)) return true;
    return false;
}

static bool offer(struct typing *t, const char *kind, const char *text, const char *query)
{
    if (json_array_size(t->list) >= ANSWER_SUGGESTIONS || is_offered(t, query))
        return false;
    uint32_t count = hits_of(t, query);
    if (!count) return false;
    json_array_append_new(t->list,
                          json_pack("{s:s, s:s, s:s, s:I}", "text", text, "kind", kind,
                                    "query", query, "count", (json_int_t)count));
    return true;
}

static bool begins(const char *text, const char *lower_prefix)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_utf8_lower(&b, text, strlen(text));
    bool is = !strncmp(b.data, lower_prefix, strlen(lower_prefix));
    hf_buf_release(&b);
    return is;
}

/* ---- the kinds ---- */

/* By an acronym or a long form: «LAR, legemiddelassistert rehabilitering». */
static void offer_concepts(struct typing *t)
{
    size_t n, left = MOST_CONCEPTS;
    const struct hf_concept *all =
        hf_lexicon_concepts(planner_lexicon(t->s->planner), &n);
    for (size_t i = 0; i < n && left; i++) {
        const struct hf_concept *c = &all[i];
        bool meant = false;
        for (size_t k = 0; k < c->n_forms && !meant; k++)
            meant = begins(c->forms[k], t->lower);
        if (!meant || !c->n_forms) continue;
        struct hf_buf b = HF_BUF_INIT;
        hf_buf_adds(&b, c->forms[0]);
        if (c->n_acronyms && c->n_acronyms < c->n_forms)
            hf_buf_addf(&b, ", %s", c->forms[c->n_acronyms]);
        left -= offer(t, "concept", b.data, c->forms[0]);
        hf_buf_release(&b);
    }
}

struct numbers {
    struct typing *t;
    size_t left;
};

static int offer_number(void *ctx, const char *term, size_t len, uint32_t freq)
{
    struct numbers *n = ctx;
    char text[64], query[64];
    (void)freq;
    if (len - 1 > 20) return 0;
    snprintf(text, sizeof text, "sak %.*s", (int)(len - 1), term + 1);
    snprintf(query, sizeof query, "sak:%.*s", (int)(len - 1), term + 1);
    if (strspn(query + 4, "0123456789/") == strlen(query + 4))
        n->left -= offer(n->t, "case", text, query);
    return !n->left;
}

/* «14/2», «sak 14». */
static enum hf_status offer_numbers(struct typing *t, struct hf_error *err)
{
    struct numbers n = {t, MOST_NUMBERS};
    const char *number = t->lower + (!strncmp(t->lower, "sak ", 4) ? 4 : 0);
    char term[40];
    if (!*number || strspn(number, "0123456789/") != strlen(number) ||
        strlen(number) > 12)
        return HF_OK;
    snprintf(term, sizeof term, "K%s", number);
    return hf_reader_terms(t->s->reader, term, offer_number, &n, err);
}

static void offer_words(struct typing *t)
{
    struct dictionary_word found[DICTIONARY_NEAR];
    const struct dictionary *d = session_dictionary(t->s);
    size_t n = d && *t->last ? dictionary_begin(d, t->last, strlen(t->last), found) : 0,
           left = MOST_WORDS;
    for (size_t i = 0; i < n && left; i++) {
        struct hf_buf b = HF_BUF_INIT;
        if (!suggest_is_clean(t->s, found[i].text)) continue;
        hf_buf_addf(&b, "%.*s%s", (int)(t->last - t->lower), t->text, found[i].text);
        left -= offer(t, "word", b.data, b.data);
        hf_buf_release(&b);
    }
}

static bool is_letter_at_end(const char *text)
{
    size_t at = strlen(text);
    uint32_t c = 0;
    while (at && ((unsigned char)text[--at] & 0xC0) == 0x80) {
    }
    if (*text) hf_utf8_next(text + at, strlen(text + at), &c);
    return hf_utf8_is_letter(c);
}

/* A name or a title in quotes under its field. */
static bool quote(struct hf_buf *b, const char *field, const char *text)
{
    hf_buf_clear(b);
    hf_buf_addf(b, "%s:\"%s\"", field, text);
    return !strchr(text, '"') && b->len < 400;
}

/* Every word of the typed text begins a word of the name. */
static bool has_words(const char *name, const char *lower)
{
    struct hf_buf a = HF_BUF_INIT, b = HF_BUF_INIT;
    bool all = true;
    hf_buf_addc(&a, '-');
    hf_utf8_slug(&a, name, strlen(name));
    hf_utf8_slug(&b, lower, strlen(lower));
    for (char *rest = b.data, *word; all && (word = strsep(&rest, "-"));) {
        struct hf_buf w = HF_BUF_INIT;
        hf_buf_addf(&w, "-%s", word);
        all = strstr(a.data, w.data) != NULL;
        hf_buf_release(&w);
    }
    hf_buf_release(&a);
    hf_buf_release(&b);
    return all;
}

/* The records of one type that the beginning finds: their titles, or names. */
struct kind {
    char *type;
    const char *kind, *member, *field;
    bool in_title;
    size_t most;
};

static enum hf_status offer_records(struct typing *t, const struct kind *k,
                                    struct hf_error *err)
{
    struct question q;
    struct params p = *t->p;
    struct hf_buf query = HF_BUF_INIT;
    static char title[] = "title";
    size_t left = k->most;
    bool is_open = strlen(t->last) >= LEAST_PREFIX && is_letter_at_end(t->last);
    hf_buf_addf(&query, "%s%s", t->text, is_open ? "*" : "");
    p.q = query.data;
    p.facet[HF_FACET_TYPE] = (struct params_values){{k->type}, 1};
    if (k->in_title) p.in = (struct params_values){{title}, 1};
    p.size = LOOKED_AT;
    enum hf_status status = question_ask_list(&q, t->s, &p, err);
    if (status == HF_BAD_ARGUMENT) { /* half a question cannot always be read */
        question_release(&q);
        hf_buf_release(&query);
        return HF_OK;
    }
    for (size_t i = 0; status == HF_OK && left && i < q.result.matches.n; i++) {
        json_t *r;
        uint32_t docid = q.result.matches.at[i].docid;
        if (t->s->served->columns->is_damaged[docid]) continue;
        status = session_record(t->s, docid, &r, err);
        if (status != HF_OK) break;
        const char *text = json_string_value(json_object_get(r, k->member));
        bool fits = text && (k->in_title || has_words(text, t->lower)) &&
                    quote(&query, k->field, text);
        if (fits) left -= offer(t, k->kind, text, query.data);
        json_decref(r);
    }
    question_release(&q);
    hf_buf_release(&query);
    return status;
}

/* ---- the answer ---- */

/* Words, without signs of the query language; a letter that grows when lowered would
 * shift them. */
static bool can_be_completed(const char *text, const struct hf_buf *lower)
{
    struct hf_buf slug = HF_BUF_INIT;
    hf_utf8_slug(&slug, text, strlen(text));
    bool has_words = slug.len > 0;
    hf_buf_release(&slug);
    return has_words && lower->len == strlen(text) && lower->len <= MAX_TYPED &&
           !strpbrk(text, "\"():*");
}

enum hf_status answer_suggest(struct session *s, const struct params *p, json_t **out,
                              struct hf_error *err)
{
    static char a_case[] = "case", an_attendee[] = "attendee";
    static const struct kind titles = {a_case,   "title", "title",
                                       "tittel", true,    MOST_TITLES},
                             people = {an_attendee, "person", "name",
                                       "person",    false,    MOST_PEOPLE};
    struct typing t = {.s = s, .p = p, .text = p->q ? p->q : "", .list = json_array()};
    struct hf_buf lower = HF_BUF_INIT;
    enum hf_status status = session_begin(s, err);
    *out = NULL;
    hf_utf8_lower(&lower, t.text, strlen(t.text));
    t.lower = lower.data;
    t.last = strrchr(t.lower, ' ');
    t.last = t.last ? t.last + 1 : t.lower;
    bool is_plain = can_be_completed(t.text, &lower);
    if (status == HF_OK && is_plain) {
        offer_concepts(&t);
        status = offer_numbers(&t, err);
        offer_words(&t);
        if (status == HF_OK) status = offer_records(&t, &people, err);
        if (status == HF_OK) status = offer_records(&t, &titles, err);
    }
    if (status == HF_OK)
        *out = json_pack("{s:s, s:O}", "query", t.text, "suggestions", t.list);
    json_decref(t.list);
    hf_buf_release(&lower);
    return status;
}
