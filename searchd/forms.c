#include "forms.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/lemma.h"
#include "../shim/utf8.h"
#include "words.h"

#define MAX_POSITIONS    FORM_MAX_TERMS
#define MAX_CANDIDATES   8
#define MAX_COMBINATIONS 24
#define MAX_EXPANSIONS   200

/* Weights of the kinds beside a lemma's 1. */
#define W_EXACT  0.35
#define W_STEM   0.2
#define W_PART   0.3
#define W_REPAIR 0.5
#define W_SOUND  0.3
/* Another name of a concept than the one typed. */
#define W_OTHER_NAME 0.6

void forms_release(struct forms *f)
{
    for (size_t i = 0; i < f->n; i++)
        for (size_t k = 0; k < f->at[i].n; k++) free(f->at[i].terms[k].text);
    free(f->at);
    *f = (struct forms){NULL, 0, 0};
}

static struct form *add_form(struct forms *f, double factor, bool is_weak)
{
    f->at = hf_grow(f->at, &f->cap, f->n, sizeof *f->at);
    struct form *form = &f->at[f->n++];
    memset(form, 0, sizeof *form);
    form->factor = factor;
    form->is_weak = is_weak;
    return form;
}

static void add_mark(struct form *form, enum hf_kind kind, const char *text, size_t len,
                     unsigned how)
{
    if (form->n < FORM_MAX_TERMS)
        form->terms[form->n++] = (struct mark){kind, hf_xstrndup(text, len), how};
}

static struct form *add_one(struct forms *f, enum hf_kind kind, const char *text,
                            unsigned how)
{
    static const struct {
        enum hf_kind kind;
        double factor;
        bool is_weak;
    } weights[] = {{HF_KIND_EXACT, W_EXACT, false},
                   {HF_KIND_STEM, W_STEM, true},
                   {HF_KIND_PART, W_PART, true},
                   {HF_KIND_REPAIR, W_REPAIR, true},
                   {HF_KIND_SOUND, W_SOUND, true}};
    struct form *form = add_form(f, 1, false);
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++)
        if (weights[i].kind == kind) {
            form->factor = weights[i].factor;
            form->is_weak = weights[i].is_weak;
        }
    add_mark(form, kind, text, strlen(text), how);
    return form;
}

/* ---- the analysis of a piece of query, by positions ---- */

struct candidate {
    enum hf_term_kind kind;
    char *text;
};
struct position {
    struct candidate at[MAX_CANDIDATES];
    size_t n, start, end;
    bool is_capital;
};
struct reading {
    struct position pos[MAX_POSITIONS];
    unsigned n;
    bool is_too_long;
    char *joined[4]; /* lemmas of a hyphenated group without its hyphens */
    size_t n_joined;
};

static int collect(void *ctx, const struct hf_term *t)
{
    struct reading *r = ctx;
    if (t->pos > MAX_POSITIONS) {
        r->is_too_long = true;
        return 1;
    }
    struct position *p = &r->pos[t->pos - 1];
    if (t->pos > r->n) {
        r->n = t->pos;
        p->start = t->start;
        p->end = t->end;
        p->is_capital = t->is_capital;
    }
    if (t->end > p->end &&
        t->kind != HF_TERM_NUMBER) { /* spans the group: the joined reading */
        if (t->kind == HF_TERM_LEMMA && r->n_joined < 4)
            r->joined[r->n_joined++] = hf_xstrndup(t->text, t->len);
        return 0;
    }
    if (p->n < MAX_CANDIDATES)
        p->at[p->n++] = (struct candidate){t->kind, hf_xstrndup(t->text, t->len)};
    return 0;
}

static void read_text(struct planner *planner, enum hf_reason reason, const char *text,
                      struct reading *r)
{
    memset(r, 0, sizeof *r);
    hf_analyse(planner_analyser(planner), reason, text, strlen(text), collect, r);
}

static void reading_release(struct reading *r)
{
    for (unsigned i = 0; i < MAX_POSITIONS; i++)
        for (size_t k = 0; k < r->pos[i].n; k++) free(r->pos[i].at[k].text);
    for (size_t i = 0; i < r->n_joined; i++) free(r->joined[i]);
}

/* ---- one word ---- */

static bool is_known(struct planner *planner, const char *word)
{
    const struct hf_lemmas *l = hf_lexicon_lemmas(planner_lexicon(planner));
    return l && hf_lemmas_knows(l, word, strlen(word));
}

static void word_forms(struct planner *planner, const struct plan_node *n,
                       const struct reading *r, struct forms *out)
{
    const struct position *p = &r->pos[0];
    const char *exact = n->text;
    for (size_t i = 0; i < p->n; i++)
        if (p->at[i].kind == HF_TERM_EXACT) exact = p->at[i].text;
    bool name_like = p->is_capital || !is_known(planner, exact);
    for (size_t i = 0; i < p->n; i++) {
        const char *t = p->at[i].text;
        switch (p->at[i].kind) {
        case HF_TERM_EXACT:
            add_one(out, HF_KIND_EXACT, t, MARK_EXACT)->is_bonus = true;
            break;
        case HF_TERM_ACRONYM: add_one(out, HF_KIND_ACRONYM, t, MARK_EXACT); break;
        case HF_TERM_STEM:
            add_one(out, HF_KIND_STEM, t, MARK_FORM);
            add_one(out, HF_KIND_REPAIR, t, MARK_REPAIRED)->factor = W_STEM;
            break;
        case HF_TERM_SOUND:
            if (name_like) add_one(out, HF_KIND_SOUND, t, MARK_LIKENESS);
            break;
        case HF_TERM_LEMMA:
            add_one(out, HF_KIND_LEMMA, t, MARK_FORM);
            add_one(out, HF_KIND_PART, t, MARK_PART);
            add_one(out, HF_KIND_REPAIR, t, MARK_REPAIRED);
            break;
        case HF_TERM_PART:
        case HF_TERM_REPAIR:
        case HF_TERM_NUMBER: break;
        }
    }
}

/* ---- several words in a row ---- */

/* The kinds of term by which a position of a sequence may be met. */
static bool is_link(enum hf_term_kind kind, bool exact)
{
    return exact ? kind == HF_TERM_EXACT
                 : kind == HF_TERM_LEMMA || kind == HF_TERM_ACRONYM;
}

struct choice {
    enum hf_kind kind;
    const char *text;
};

/* What may stand at a position: its lemmas (or exact form), and repaired readings of
 * them; a word without a lemma (digits) as it stands. */
static size_t choices_of(const struct position *p, bool exact, bool repairs,
                         struct choice *out)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n && n < MAX_CANDIDATES; i++) {
        if (!is_link(p->at[i].kind, exact)) continue;
        enum hf_kind kind = exact                              ? HF_KIND_EXACT
                            : p->at[i].kind == HF_TERM_ACRONYM ? HF_KIND_ACRONYM
                                                               : HF_KIND_LEMMA;
        out[n++] = (struct choice){kind, p->at[i].text};
        if (repairs && kind == HF_KIND_LEMMA && n < MAX_CANDIDATES)
            out[n++] = (struct choice){HF_KIND_REPAIR, p->at[i].text};
    }
    for (size_t i = 0; !n && i < p->n; i++)
        if (p->at[i].kind == HF_TERM_EXACT)
            out[n++] = (struct choice){HF_KIND_EXACT, p->at[i].text};
    return n;
}

static bool is_in_index(struct hf_reader *reader, const struct choice *c)
{
    static const enum hf_field fields[] = {HF_FIELD_TEXT,  HF_FIELD_DECISION,
                                           HF_FIELD_TITLE, HF_FIELD_HEADER,
                                           HF_FIELD_ROLE,  HF_FIELD_NAME};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (words_freq(reader, fields[i], c->kind, c->text)) return true;
    return false;
}

struct combine {
    struct choice choices[MAX_POSITIONS][MAX_CANDIDATES];
    size_t n_choices[MAX_POSITIONS];
    size_t n;
};

/* Adds a form for each combination of the choices, at most MAX_COMBINATIONS. */
static void add_combinations(const struct combine *c, unsigned how, bool is_bonus,
                             struct forms *out)
{
    size_t pick[MAX_POSITIONS] = {0};
    for (size_t made = 0; made < MAX_COMBINATIONS; made++) {
        bool repaired = false;
        for (size_t i = 0; i < c->n; i++)
            repaired |= c->choices[i][pick[i]].kind == HF_KIND_REPAIR;
        /* The weights of a sequence's terms add up: as a whole it weighs as much as one
         * word. */
        double weight = is_bonus ? W_EXACT : repaired ? W_REPAIR : 1;
        struct form *form = add_form(out, weight / (double)c->n, repaired);
        form->is_bonus = is_bonus;
        for (size_t i = 0; i < c->n; i++) {
            const struct choice *t = &c->choices[i][pick[i]];
            add_mark(form, t->kind, t->text, strlen(t->text),
                     repaired ? how | MARK_REPAIRED : how);
        }
        size_t i = 0;
        while (i < c->n && ++pick[i] == c->n_choices[i]) pick[i++] = 0;
        if (i == c->n) return;
    }
}

struct sequence_options {
    bool exact;
    bool repairs;
    bool is_bonus;
    unsigned how;
};

/* The reading as one sequence; nothing where the index lacks one of its words. */
static void sequence_forms(struct hf_reader *reader, const struct reading *r,
                           const struct sequence_options *o, struct forms *out)
{
    struct combine c = {.n = r->n};
    if (r->is_too_long) return;
    for (unsigned i = 0; i < r->n; i++) {
        struct choice all[MAX_CANDIDATES + 2];
        size_t n = choices_of(&r->pos[i], o->exact, o->repairs, all);
        for (size_t k = 0; k < n && c.n_choices[i] < MAX_CANDIDATES; k++)
            if (is_in_index(reader, &all[k])) c.choices[i][c.n_choices[i]++] = all[k];
        if (!c.n_choices[i]) return;
    }
    if (c.n) add_combinations(&c, o->how, o->is_bonus, out);
}

/* The sequence with the compound at position `at` as the words that it is made of
 * («legemiddel assistert rehabilitering»). */
static void split_form(struct hf_reader *reader, const struct reading *r, unsigned at,
                       unsigned how, struct forms *out)
{
    struct combine c = {.n = 0};
    for (unsigned i = 0; i < r->n; i++) {
        const struct position *p = &r->pos[i];
        for (size_t k = 0; k < p->n && c.n < MAX_POSITIONS; k++) {
            bool part = i == at && p->at[k].kind == HF_TERM_PART;
            bool link = i != at && is_link(p->at[k].kind, false);
            if (!part && !link) continue;
            struct choice one = {p->at[k].kind == HF_TERM_ACRONYM ? HF_KIND_ACRONYM
                                                                  : HF_KIND_LEMMA,
                                 p->at[k].text};
            if (!is_in_index(reader, &one)) return;
            c.choices[c.n][0] = one;
            c.n_choices[c.n++] = 1;
            if (link) break;
        }
    }
    if (c.n > r->n) add_combinations(&c, how, false, out);
}

static void phrase_forms(struct planner *planner, struct hf_reader *reader,
                         const char *text, unsigned how, struct forms *out)
{
    struct reading r;
    read_text(planner, HF_INDEX_TEXT, text, &r);
    struct sequence_options o = {.repairs = true, .how = how};
    sequence_forms(reader, &r, &o, out);
    for (unsigned i = 0; i < r.n && !r.is_too_long; i++)
        split_form(reader, &r, i, how, out);
    for (size_t i = 0; i < r.n_joined; i++) add_one(out, HF_KIND_LEMMA, r.joined[i], how);
    reading_release(&r);
}

/* An acronym as it was typed also means what a document of its own means by it. */
static void typed_acronym(struct forms *out, const char *acronym)
{
    struct hf_buf own = HF_BUF_INIT;
    hf_buf_addf(&own, "%s%c", acronym, HF_REDEFINED);
    add_one(out, HF_KIND_ACRONYM, acronym, MARK_EXACT);
    add_one(out, HF_KIND_ACRONYM, own.data, MARK_EXACT)->factor = W_OTHER_NAME;
    hf_buf_release(&own);
}

/* ---- the kinds of node ---- */

static void concept_forms(struct planner *planner, struct hf_reader *reader,
                          const struct plan_node *n, struct forms *out)
{
    const struct hf_concept *c = n->concept;
    for (size_t i = 0; i < c->n_forms; i++) {
        bool typed = n->number && !strcmp(n->number, c->forms[i]);
        if (i < c->n_acronyms)
            add_one(out, HF_KIND_ACRONYM, c->forms[i], typed ? MARK_EXACT : MARK_CONCEPT);
        else
            phrase_forms(planner, reader, c->forms[i],
                         n->n_kids && !strcmp(n->text, c->forms[i]) ? MARK_EXACT
                                                                    : MARK_CONCEPT,
                         out);
    }
    /* The acronym as it was typed, where it stands in no list of forms (mixed case). */
    if (n->number) typed_acronym(out, n->number);
}

struct expansion {
    struct forms *out;
    size_t n;
};

static int add_expansion(void *ctx, const char *term, size_t len, uint32_t freq)
{
    struct expansion *e = ctx;
    (void)len;
    (void)freq;
    struct form *form = add_one(e->out, HF_KIND_EXACT, term + 2, MARK_PREFIX);
    form->factor = 1;
    return ++e->n >= MAX_EXPANSIONS;
}

static void prefix_forms(struct hf_reader *reader, const struct plan_node *n,
                         struct forms *out)
{
    static const enum hf_field fields[] = {HF_FIELD_TITLE, HF_FIELD_DECISION,
                                           HF_FIELD_TEXT, HF_FIELD_NAME};
    struct hf_buf lower = HF_BUF_INIT;
    hf_utf8_lower(&lower, n->text, strlen(n->text));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct expansion e = {out, 0};
        char prefix[HF_TERM_ROOM];
        hf_term_spell(prefix, fields[i], HF_KIND_EXACT, lower.data, lower.len);
        if (hf_reader_terms(reader, prefix, add_expansion, &e, NULL) != HF_OK) break;
        /* An acronym keeps its capitals. */
        hf_term_spell(prefix, fields[i], HF_KIND_EXACT, n->text, strlen(n->text));
        if (strcmp(lower.data, n->text) != 0 &&
            hf_reader_terms(reader, prefix, add_expansion, &e, NULL) != HF_OK)
            break;
    }
    hf_buf_release(&lower);
}

/* A word with signs in it as it stands: in a damaged text m@te is one word. */
static void with_signs(const struct plan_node *n, struct forms *out)
{
    bool has_signs = false;
    size_t len = strlen(n->text);
    for (size_t i = 0; i < len && !has_signs;) {
        uint32_t c;
        i += hf_utf8_next(n->text + i, len - i, &c);
        has_signs = c != '-' && !hf_utf8_is_letter(c) && !hf_utf8_is_digit(c);
    }
    if (!has_signs) return;
    struct hf_buf lower = HF_BUF_INIT;
    hf_utf8_lower(&lower, n->text, len);
    add_one(out, HF_KIND_EXACT, lower.data, MARK_EXACT)->is_bonus = true;
    hf_buf_release(&lower);
}

static void plain_forms(struct planner *planner, struct hf_reader *reader,
                        const struct plan_node *n, struct forms *out)
{
    struct reading r;
    read_text(planner, HF_QUERY_TEXT, n->text, &r);
    if (r.n == 1) {
        word_forms(planner, n, &r, out);
    } else {
        struct sequence_options o = {.repairs = true, .how = MARK_FORM};
        sequence_forms(reader, &r, &o, out);
        o = (struct sequence_options){.exact = true, .is_bonus = true, .how = MARK_EXACT};
        sequence_forms(reader, &r, &o, out);
        for (size_t i = 0; i < r.n_joined; i++)
            add_one(out, HF_KIND_LEMMA, r.joined[i], MARK_FORM);
    }
    with_signs(n, out);
    reading_release(&r);
}

/* A phrase of fillers alone. */
static void mark_stops(struct forms *f)
{
    for (size_t i = 0; i < f->n; i++) {
        struct form *form = &f->at[i];
        form->is_stops = form->n > 1;
        for (size_t k = 0; k < form->n; k++) {
            const struct mark *m = &form->terms[k];
            form->is_stops &=
                m->kind == HF_KIND_EXACT && hf_is_filler(m->text, strlen(m->text));
        }
    }
}

void forms_of(struct planner *planner, struct hf_reader *reader,
              const struct plan_node *n, struct forms *out)
{
    *out = (struct forms){NULL, 0, 0};
    struct reading r;
    switch (n->kind) {
    case PLAN_CONCEPT: concept_forms(planner, reader, n, out); break;
    case PLAN_ACRONYM:
        if (n->concept) {
            typed_acronym(out, n->number);
            break;
        }
        plain_forms(planner, reader, n, out);
        break;
    case PLAN_EXACT:
        read_text(planner, HF_QUERY_TEXT, n->text, &r);
        struct sequence_options o = {.exact = true, .how = MARK_EXACT};
        sequence_forms(reader, &r, &o, out);
        mark_stops(out);
        reading_release(&r);
        break;
    case PLAN_PREFIX: prefix_forms(reader, n, out); break;
    default: plain_forms(planner, reader, n, out); break;
    }
}
