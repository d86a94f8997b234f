#include "suggest.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/lemma.h"
#include "../shim/utf8.h"
#include "forms.h"
#include "words.h"

/* Costs in tenths of a letter (dictionary.h). */
#define CHEAP                                                                            \
    6 /* what a word that Norwegian knows may be off: a slip of the keyboard             \
       */

#define MAX_WORDS 8

void suggestions_release(struct suggestions *s)
{
    for (size_t i = 0; i < s->n; i++) {
        free(s->at[i].query);
        free(s->at[i].proof);
    }
    s->n = 0;
}

/* ---- what is clean ---- */

static const struct hf_lemmas *lemmas_of(struct session *s)
{
    return hf_lexicon_lemmas(planner_lexicon(s->planner));
}

/* Known to Norwegian: in the table, or made of its words. */
static bool is_norwegian(struct session *s, const char *word)
{
    struct hf_lemma_result r;
    if (hf_lemmas_knows(lemmas_of(s), word, strlen(word))) return true;
    hf_lemma_analyse(hf_analyser_lemmas(planner_analyser(s->planner)), word, strlen(word),
                     &r);
    return r.source == HF_LEMMA_KNOWN || r.source == HF_LEMMA_COMPOUND;
}

struct seen {
    const struct columns *columns;
    uint32_t last; /* the document of minutes seen last, by its meeting's number */
    unsigned n;
};

/* The records of one document of minutes stand in a row behind their meeting. */
static int see(void *ctx, uint32_t docid)
{
    struct seen *seen = ctx;
    if (docid > seen->columns->last || seen->columns->is_damaged[docid]) return 0;
    uint32_t meeting = docid;
    while (meeting > 1 && seen->columns->type[meeting] != HF_TYPE_MEETING + 1) meeting--;
    if (seen->n && meeting == seen->last) return 0;
    seen->last = meeting;
    return ++seen->n >= 2;
}

static unsigned undamaged(struct session *s, enum hf_field field, const char *word)
{
    char term[HF_TERM_ROOM];
    struct seen seen = {.columns = s->served->columns};
    hf_term_spell(term, field, HF_KIND_EXACT, word, strlen(word));
    if (hf_reader_postings(s->reader, term, see, &seen, NULL) != HF_OK) return 0;
    return seen.n;
}

/* A word that may be offered, never what recognition made of one: of the table, a name, a
 * compound of its words in one undamaged document, or anything in two. */
bool suggest_is_clean(struct session *s, const char *word)
{
    static const enum hf_field fields[] = {HF_FIELD_TEXT, HF_FIELD_TITLE,
                                           HF_FIELD_DECISION};
    if (hf_lemmas_knows(lemmas_of(s), word, strlen(word))) return true;
    if (undamaged(s, HF_FIELD_NAME, word)) return true;
    unsigned enough = is_norwegian(s, word) ? 1 : 2;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (undamaged(s, fields[i], word) >= enough) return true;
    return false;
}

/* ---- what is wrong ---- */

static bool is_form_there(struct session *s, const struct form *f)
{
    static const enum hf_field fields[] = {HF_FIELD_TEXT,     HF_FIELD_TITLE,
                                           HF_FIELD_DECISION, HF_FIELD_NAME,
                                           HF_FIELD_ROLE,     HF_FIELD_HEADER};
    if (f->n > 1) return true; /* made of words that are there */
    const struct mark *t = &f->terms[0];
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (words_freq(s->reader, fields[i], t->kind, t->text)) return true;
    return false;
}

static bool is_in_index(struct session *s, const struct plan_node *n)
{
    struct forms forms;
    bool found = false;
    forms_of(s->planner, s->reader, n, &forms);
    for (size_t i = 0; !found && i < forms.n; i++) found = is_form_there(s, &forms.at[i]);
    forms_release(&forms);
    return found;
}

struct word { /* one word of the query */
    const struct plan_node *node;
    char *lower;
    bool is_there, is_norwegian, is_wrong;
    size_t n_near;
    char *near[2];
};

struct work {
    struct session *s;
    const struct plan *plan;
    struct word words[MAX_WORDS];
    size_t n;
    bool is_too_long;
};

/* Words that are meant as words and required; no stop words, nothing quoted. */
static void gather(struct work *w, const struct plan_node *n)
{
    if (n->kind == PLAN_NOT) return;
    if (n->kind != PLAN_WORD) {
        for (size_t i = 0; i < n->n_kids; i++) gather(w, n->kids[i]);
        return;
    }
    if (w->n == MAX_WORDS) {
        w->is_too_long = true;
        return;
    }
    struct hf_buf lower = HF_BUF_INIT;
    hf_utf8_lower(&lower, n->text, strlen(n->text));
    w->words[w->n++] = (struct word){.node = n, .lower = hf_buf_take(&lower)};
}

static void release(struct work *w)
{
    for (size_t i = 0; i < w->n; i++) {
        for (size_t k = 0; k < w->words[i].n_near; k++) free(w->words[i].near[k]);
        free(w->words[i].lower);
    }
}

static bool has_only_letters(const char *word)
{
    size_t len = strlen(word);
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(word + i, len - i, &c);
        if (!hf_utf8_is_letter(c)) return false;
    }
    return true;
}

static void find_near(struct work *w, struct word *word)
{
    struct dictionary_word found[DICTIONARY_NEAR];
    size_t letters = hf_utf8_count(word->lower, strlen(word->lower));
    unsigned max = letters < 4 ? 3 : letters < 6 ? 10 : letters < 8 ? 14 : 20;
    if (word->is_norwegian && max > CHEAP) max = CHEAP;
    if (letters < 3 || !has_only_letters(word->lower)) return;
    const struct dictionary *d = session_dictionary(w->s);
    size_t n = !d ? 0 : dictionary_near(d, word->lower, max, found);
    for (size_t i = 0; i < n && word->n_near < 2; i++)
        if (suggest_is_clean(w->s, found[i].text))
            word->near[word->n_near++] = hf_xstrdup(found[i].text);
}

static void judge(struct work *w)
{
    for (size_t i = 0; i < w->n; i++) {
        struct word *word = &w->words[i];
        word->is_there = is_in_index(w->s, word->node);
        word->is_norwegian = is_norwegian(w->s, word->lower);
        word->is_wrong = !word->node->is_stop &&
                         !(word->is_there && word->is_norwegian) &&
                         !(word->is_there && suggest_is_clean(w->s, word->lower));
        if (word->is_wrong) find_near(w, word);
    }
}

/* ---- proposals ---- */

/* The query with the text from start to end replaced. */
static char *replaced(const char *query, size_t start, size_t end, const char *by)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "%.*s%s%s", (int)start, query, by, query + end);
    return hf_buf_take(&b);
}

static void propose(struct suggestions *out, char *query, char *proof)
{
    if (out->n < SUGGEST_MAX) {
        out->at[out->n++] = (struct suggestion){query, proof};
        return;
    }
    free(query);
    free(proof);
}

/* All wrong words replaced at once, by their nearest; then the last of them by its second
 * one. */
static void propose_words(const struct work *w, struct suggestions *out)
{
    for (size_t choice = 0; choice < 2; choice++) {
        struct hf_buf b = HF_BUF_INIT;
        size_t at = 0, n = 0, n_second = 0;
        bool hopeless = false;
        for (size_t i = 0; i < w->n; i++) {
            const struct word *word = &w->words[i];
            if (!word->is_wrong || !word->n_near) {
                hopeless |= word->is_wrong && !word->is_there;
                continue;
            }
            size_t pick = choice && word->n_near > 1;
            n_second += pick;
            hf_buf_add(&b, w->plan->query + at, word->node->start - at);
            hf_buf_adds(&b, word->near[pick]);
            at = word->node->end;
            n++;
        }
        hf_buf_adds(&b, w->plan->query + at);
        if (n && !hopeless && (!choice || n_second)) propose(out, hf_buf_take(&b), NULL);
        hf_buf_release(&b);
    }
}

/* Two words in a row that are one: «sam handling». */
static void propose_joined(const struct work *w, struct suggestions *out)
{
    for (size_t i = 0; i + 1 < w->n; i++) {
        const struct plan_node *a = w->words[i].node, *b = w->words[i + 1].node;
        if (a->where != b->where || b->start != a->end + 1) continue;
        struct hf_buf joined = HF_BUF_INIT;
        hf_buf_addf(&joined, "%s%s", w->words[i].lower, w->words[i + 1].lower);
        struct plan_node one = {.kind = PLAN_WORD, .text = joined.data};
        bool good =
            is_norwegian(w->s, joined.data) || suggest_is_clean(w->s, joined.data);
        if (good && is_in_index(w->s, &one))
            propose(out, replaced(w->plan->query, a->start, b->end, joined.data), NULL);
        hf_buf_release(&joined);
    }
}

/* One word that is two: «psykiskhelse». Both must be in the dictionary, and somewhere
 * beside each other. */
static void propose_parted(const struct work *w, struct suggestions *out)
{
    for (size_t i = 0; i < w->n; i++) {
        const struct word *word = &w->words[i];
        size_t len = strlen(word->lower), best_at = 0;
        uint32_t best = 0;
        if (word->is_there || word->node->is_stop || len > 80) continue;
        const struct dictionary *d = session_dictionary(w->s);
        if (!d) return;
        for (size_t k = 2; k + 2 <= len; k++) {
            uint32_t a = dictionary_freq(d, word->lower, k);
            uint32_t b = a ? dictionary_freq(d, word->lower + k, len - k) : 0;
            uint32_t least = a < b ? a : b;
            if (least > best && (k > 2 || len - k > 2)) {
                best = least;
                best_at = k;
            }
        }
        if (!best) continue;
        struct hf_buf two = HF_BUF_INIT, proof = HF_BUF_INIT;
        hf_buf_addf(&two, "%.*s %s", (int)best_at, word->lower, word->lower + best_at);
        hf_buf_addf(&proof, "\"%s\"", two.data);
        propose(out,
                replaced(w->plan->query, word->node->start, word->node->end, two.data),
                hf_buf_take(&proof));
        hf_buf_release(&two);
        hf_buf_release(&proof);
    }
}

void suggest(struct session *s, const struct plan *plan, bool has_hits,
             struct suggestions *out)
{
    struct work w = {.s = s, .plan = plan};
    out->n = 0;
    gather(&w, plan->root);
    if (!w.is_too_long) {
        judge(&w);
        propose_words(&w, out);
        if (!has_hits) propose_joined(&w, out);
        if (!has_hits) propose_parted(&w, out);
    }
    release(&w);
}

/* ---- less one word ---- */

static bool is_leaf(const struct plan_node *n)
{
    return n->kind >= PLAN_WORD && n->kind <= PLAN_NUMBER && n->end > n->start;
}

/* The query without the word, its field and its quotes. */
static char *without(const char *query, const struct plan_node *n)
{
    size_t start = n->start, end = n->end;
    while (start && !strchr(" \t\n()", query[start - 1])) start--;
    while (query[end] && !strchr(" \t\n()", query[end])) end++;
    while (query[end] == ' ') end++;
    while (!query[end] && start && query[start - 1] == ' ') start--;
    return replaced(query, start, end, "");
}

void suggest_shorter(struct session *s, const struct plan *plan, char ***out, size_t *n)
{
    const struct plan_node *root = plan->root;
    *out = NULL;
    *n = 0;
    if (root->kind != PLAN_AND) return;
    size_t n_words = 0;
    for (size_t i = 0; i < root->n_kids; i++) {
        const struct plan_node *kid = root->kids[i];
        if (kid->kind > PLAN_NUMBER || kid->kind == PLAN_NOT || kid->is_stop) continue;
        if (!is_leaf(kid)) return;
        if (kid->kind != PLAN_NUMBER && !is_in_index(s, kid)) return;
        n_words++;
    }
    if (n_words < 2 || n_words > MAX_WORDS) return;
    *out = hf_xcalloc(n_words, sizeof **out);
    for (size_t i = 0; i < root->n_kids; i++)
        if (is_leaf(root->kids[i]) && !root->kids[i]->is_stop)
            (*out)[(*n)++] = without(plan->query, root->kids[i]);
}
