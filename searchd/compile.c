#include "compile_internal.h"

#include <stdlib.h>
#include <string.h>

#include "words.h"

#define W_TITLE   3.0
#define W_OWN     2.0 /* decision */
#define W_TEXT    1.0
#define W_CONTEXT 0.05

static struct hf_query *build(struct builder *b, const struct plan_node *n);

/* The forms of a node, found once: the tree is built for every kind of record and every
 * tier. */
static const struct forms *forms_get(struct builder *b, const struct plan_node *n)
{
    for (size_t i = 0; i < b->n_known; i++)
        if (b->known[i].node == n) return &b->known[i].forms;
    b->known = hf_grow(b->known, &b->cap_known, b->n_known, sizeof *b->known);
    struct known_forms *k = &b->known[b->n_known++];
    k->node = n;
    forms_of(b->planner, b->reader, n, &k->forms);
    return &k->forms;
}

static void forget_forms(struct builder *b)
{
    for (size_t i = 0; i < b->n_known; i++) forms_release(&b->known[i].forms);
    free(b->known);
}

/* ---- fields ---- */

struct weighted_field {
    enum hf_field field;
    unsigned where;
    double weight;
};

static const struct weighted_field case_fields[] = {
    {HF_FIELD_TITLE, WHERE_TITLE, W_TITLE},
    {HF_FIELD_DECISION, WHERE_DECISION, W_OWN},
    {HF_FIELD_TEXT, WHERE_TEXT, W_TEXT}};
static const struct weighted_field meeting_fields[] = {
    {HF_FIELD_TITLE, WHERE_TITLE, W_TITLE},
    {HF_FIELD_HEADER, 0, W_TEXT},
    {HF_FIELD_TEXT, WHERE_TEXT, W_TEXT}};
static const struct weighted_field person_fields[] = {
    {HF_FIELD_NAME, WHERE_NAME, W_TITLE}, {HF_FIELD_ROLE, 0, W_TEXT}};

static const struct weighted_field *fields_of(enum target target, size_t *n)
{
    *n = target == TARGET_CASE      ? 3
         : target == TARGET_MEETING ? 3
         : target == TARGET_NAME    ? 1
                                    : 2;
    return target == TARGET_CASE      ? case_fields
           : target == TARGET_MEETING ? meeting_fields
                                      : person_fields;
}

/* Whether words that must stand in `where` can be met in this field of this target. */
static bool may_stand(const struct builder *b, const struct weighted_field *f,
                      unsigned where)
{
    unsigned wanted = b->where ? b->where : WHERE_ANY;
    if (b->strictness == OWN_FIELDS && f->field == HF_FIELD_TEXT) return false;
    if (where == WHERE_NAME && b->target == TARGET_CASE) where = WHERE_ANY;
    if (where && !(f->where & where)) return false;
    return !wanted || (f->where & wanted);
}

/* ---- forms in fields ---- */

struct hf_query *compile_term(struct builder *b, enum hf_field field,
                              const struct mark *t)
{
    return words_query(b->reader, field, t->kind, t->text);
}

/* Fillers in a row by the terms of two or three of them (document.c). */
static struct hf_query *stops_query(struct builder *b, enum hf_field field,
                                    const struct form *f)
{
    size_t size = f->n < 3 ? f->n : 3;
    struct hf_query *q = hf_query_new(HF_Q_PHRASE);
    q->window = (unsigned)(f->n - size + 1);
    for (size_t i = 0; i + size <= f->n; i++) {
        struct hf_buf run = HF_BUF_INIT;
        for (size_t k = 0; k < size; k++)
            hf_buf_addf(&run, "%s%s", k ? " " : "", f->terms[i + k].text);
        struct mark m = {HF_KIND_STOPS, run.data, 0};
        struct hf_query *t = compile_term(b, field, &m);
        hf_buf_release(&run);
        if (!t) {
            hf_query_free(q);
            return NULL;
        }
        hf_query_add(q, t);
    }
    if (q->n_kids > 1) return q;
    struct hf_query *only = q->kids[0];
    q->n_kids = 0;
    hf_query_free(q);
    return only;
}

static struct hf_query *form_query(struct builder *b, enum hf_field field,
                                   const struct form *f)
{
    if (f->is_stops) return stops_query(b, field, f);
    if (f->n == 1) return compile_term(b, field, &f->terms[0]);
    struct hf_query *q = hf_query_new(HF_Q_PHRASE);
    q->window = (unsigned)f->n;
    for (size_t i = 0; i < f->n; i++) {
        struct hf_query *t = compile_term(b, field, &f->terms[i]);
        if (!t) {
            hf_query_free(q);
            return NULL;
        }
        hf_query_add(q, t);
    }
    return q;
}

/* A name is met by its spelling or its sound, never by an inflection. */
static bool is_met_in(enum hf_field field, const struct form *f)
{
    bool name_kind =
        f->terms[0].kind == HF_KIND_EXACT || f->terms[0].kind == HF_KIND_SOUND;
    return field != HF_FIELD_NAME || name_kind;
}

static bool is_repair(const struct form *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->terms[i].kind == HF_KIND_REPAIR) return true;
    return false;
}

static bool is_same_word(const struct hf_query *a, const struct hf_query *b)
{
    if (a->op != b->op || a->factor != b->factor || a->n_kids != b->n_kids) return false;
    if (a->op == HF_Q_TERM) return !strcmp(a->term, b->term);
    if (a->op != HF_Q_SYNONYM) return false;
    for (size_t i = 0; i < a->n_kids; i++)
        if (!is_same_word(a->kids[i], b->kids[i])) return false;
    return true;
}

/* True if list has the word of q at the same weight: LAR as it was typed and as a name of
 * its concept. */
static bool has_same_word(const struct hf_query *list, const struct hf_query *q)
{
    for (size_t i = 0; i < list->n_kids; i++)
        if (is_same_word(list->kids[i], q)) return true;
    return false;
}

static struct hf_query *forms_in_field(struct builder *b, const struct forms *forms,
                                       enum hf_field field)
{
    struct hf_query *best = hf_query_new(HF_Q_MAX), *any = hf_query_new(HF_Q_OR);
    for (size_t i = 0; i < forms->n; i++) {
        const struct form *f = &forms->at[i];
        if (f->is_weak && b->strictness != ANY_FORM) continue;
        if (!is_met_in(field, f) || (b->no_repairs && is_repair(f))) continue;
        struct hf_query *q = form_query(b, field, f);
        if (!q) continue;
        b->out->has_repairs |= is_repair(f);
        q->factor = f->factor;
        if (!f->is_bonus && has_same_word(best, q)) {
            hf_query_free(q);
            continue;
        }
        hf_query_add(f->is_bonus ? any : best, q);
    }
    if (best->n_kids)
        hf_query_add(any, best);
    else
        hf_query_free(best);
    if (any->n_kids) return any;
    hf_query_free(any);
    return NULL;
}

static void collect_marks(struct builder *b, const struct forms *forms)
{
    for (size_t i = 0; b->is_marking && i < forms->n; i++)
        marks_add_sequence(&b->out->marks, forms->at[i].terms, forms->at[i].n);
}

/* ---- what is said of the reading ---- */

void compile_interpret(struct builder *b, const struct plan_node *n, const char *as,
                       json_t *forms)
{
    if (b->is_marking)
        json_array_append_new(b->out->interpreted,
                              json_pack("{s:s, s:s, s:O, s:I, s:I}", "word", n->text,
                                        "as", as, "forms", forms, "start",
                                        (json_int_t)n->start, "end", (json_int_t)n->end));
    json_decref(forms);
}

static void interpret_word(struct builder *b, const struct plan_node *n,
                           const struct forms *forms)
{
    json_t *list = json_array();
    if (n->kind == PLAN_CONCEPT) {
        for (size_t i = 0; i < n->concept->n_forms; i++)
            json_array_append_new(list, json_string(n->concept->forms[i]));
        compile_interpret(b, n, "concept", list);
    } else if (n->kind == PLAN_ACRONYM) {
        json_array_append_new(list, json_string(n->number ? n->number : n->text));
        compile_interpret(b, n, "acronym", list);
    } else if (n->kind == PLAN_PREFIX) {
        for (size_t i = 0; i < forms->n && i < 20; i++)
            json_array_append_new(list, json_string(forms->at[i].terms[0].text));
        compile_interpret(b, n, "prefix", list);
    } else if (n->is_second_reading) {
        json_array_append_new(list, json_string(n->text));
        compile_interpret(b, n, "word", list);
    } else {
        json_decref(list);
    }
}

/* ---- the nodes ---- */

struct hf_query *compile_none(void)
{
    return hf_query_new(HF_Q_NONE);
}

/* Words, concepts, phrases: any form in any allowed field. */
static struct hf_query *build_words(struct builder *b, const struct plan_node *n)
{
    const struct forms *forms = forms_get(b, n);
    size_t n_fields;
    const struct weighted_field *fields = fields_of(b->target, &n_fields);
    collect_marks(b, forms);
    interpret_word(b, n, forms);
    struct hf_query *any = hf_query_new(HF_Q_OR);
    for (size_t i = 0; i < n_fields; i++) {
        if (!may_stand(b, &fields[i], n->where & ~(unsigned)WHERE_CASE)) continue;
        struct hf_query *q = forms_in_field(b, forms, fields[i].field);
        if (!q) continue;
        q->factor *= fields[i].weight;
        hf_query_add(any, q);
    }
    /* A long form is also its words, wherever they stand, below. */
    if (n->kind == PLAN_CONCEPT && n->n_kids && b->strictness == ANY_FORM) {
        bool marking = b->is_marking;
        b->is_marking = false;
        struct hf_query *all = hf_query_new(HF_Q_AND);
        for (size_t i = 0; i < n->n_kids; i++)
            if (!n->kids[i]->is_stop) hf_query_add(all, build(b, n->kids[i]));
        all->factor = 0.5;
        hf_query_add(any, all);
        b->is_marking = marking;
    }
    if (any->n_kids) return any;
    hf_query_free(any);
    return compile_none();
}

/* ---- lists ---- */

/* The meeting's header as context: «LAR Vestfold» is LAR in the meetings of Vestfold. */
static struct hf_query *with_context(struct builder *b, const struct plan_node *n,
                                     struct hf_query *own)
{
    bool can =
        b->target == TARGET_CASE && !b->where && !n->where &&
        (n->kind == PLAN_WORD || n->kind == PLAN_CONCEPT || n->kind == PLAN_ACRONYM);
    if (!can) return own;
    struct hf_query *header = forms_in_field(b, forms_get(b, n), HF_FIELD_HEADER);
    if (!header) return own;
    header->factor *= W_CONTEXT;
    return hf_query_add(hf_query_add(hf_query_new(HF_Q_OR), own), header);
}

/* The header alone makes no hit: one of the words at least stands in the record itself.
 */
static struct hf_query *with_a_word(struct hf_query *all, struct hf_query *const *words,
                                    size_t n)
{
    struct hf_query *some = hf_query_new(HF_Q_OR);
    for (size_t i = 0; i < n; i++) hf_query_add(some, hf_query_copy(words[i]));
    return hf_query_add(hf_query_add(hf_query_new(HF_Q_FILTER), all), some);
}

static struct hf_query *build_and(struct builder *b, const struct plan_node *n)
{
    struct hf_query *all = hf_query_new(HF_Q_AND), *not = NULL,
                    **words = hf_xcalloc(n->n_kids + 1, sizeof(struct hf_query *));
    size_t n_words = 0, n_own = 0, n_context = 0;
    for (size_t i = 0; i < n->n_kids; i++)
        n_words += n->kids[i]->kind < PLAN_FACET && n->kids[i]->kind != PLAN_NOT &&
                   !n->kids[i]->is_stop;
    for (size_t i = 0; i < n->n_kids; i++) {
        const struct plan_node *kid = n->kids[i];
        if (kid->is_stop) continue;
        if (kid->kind == PLAN_NOT) {
            if (!not ) not = hf_query_new(HF_Q_OR);
            hf_query_add(not, build(b, kid->kids[0]));
            continue;
        }
        struct hf_query *own = build(b, kid);
        struct hf_query *wide = n_words > 1 ? with_context(b, kid, own) : own;
        n_context += wide != own;
        if (kid->kind < PLAN_FACET) words[n_own++] = own;
        hf_query_add(all, wide);
    }
    if (!all->n_kids) hf_query_add(all, hf_query_new(HF_Q_ALL));
    if (n_context && n_own) all = with_a_word(all, words, n_own);
    free(words);
    if (!not ) return all;
    struct hf_query *q = hf_query_new(HF_Q_AND_NOT);
    return hf_query_add(hf_query_add(q, all), not );
}

static struct hf_query *build_or(struct builder *b, const struct plan_node *n)
{
    struct hf_query *any = hf_query_new(HF_Q_OR);
    bool two_readings = n->n_kids == 2 && n->kids[1]->is_second_reading;
    for (size_t i = 0; i < n->n_kids; i++) {
        struct hf_query *kid = build(b, n->kids[i]);
        if (two_readings && i == 0 && b->strictness == ANY_FORM) {
            struct hf_query *first = hf_query_new(HF_Q_BONUS);
            first->factor = TIER_FIRST;
            kid = hf_query_add(first, kid);
        }
        hf_query_add(any, kid);
    }
    return any;
}

static struct hf_query *build(struct builder *b, const struct plan_node *n)
{
    switch (n->kind) {
    case PLAN_ALL: return hf_query_new(HF_Q_ALL);
    case PLAN_AND: return build_and(b, n);
    case PLAN_OR: return build_or(b, n);
    case PLAN_NOT:
        return hf_query_add(
            hf_query_add(hf_query_new(HF_Q_AND_NOT), hf_query_new(HF_Q_ALL)),
            build(b, n->kids[0]));
    case PLAN_NUMBER: return compile_number(b, n);
    case PLAN_FACET: return compile_facet(b, n);
    case PLAN_DATES: return compile_dates(n);
    case PLAN_WORD:
    case PLAN_CONCEPT:
    case PLAN_ACRONYM:
    case PLAN_EXACT:
    case PLAN_PREFIX: return build_words(b, n);
    }
    HF_BUG("unknown kind of plan node");
}

/* Whose fields a type of record is found by. */
static const enum target targets[HF_N_TYPES] = {[HF_TYPE_MEETING] = TARGET_MEETING,
                                                [HF_TYPE_CASE] = TARGET_CASE,
                                                [HF_TYPE_DECISION] = TARGET_CASE,
                                                [HF_TYPE_ATTENDEE] = TARGET_PERSON};

/* ---- tiers ---- */

static struct hf_query *tier(struct builder *b, const struct plan *plan,
                             enum strictness strictness, double bonus)
{
    struct hf_query *q = hf_query_new(HF_Q_BONUS);
    b->strictness = strictness;
    q->factor = bonus;
    hf_query_add(q, build(b, plan->root));
    b->strictness = ANY_FORM;
    /* Only the constant counts: the weight itself comes from the main query. */
    q->kids[0]->factor = 0;
    return q;
}

/* True where no record can match. */
static bool is_nothing(const struct hf_query *q)
{
    size_t n_nothing = 0;
    if (q->op == HF_Q_TERM || q->op == HF_Q_ALL || q->op == HF_Q_RANGE) return false;
    for (size_t i = 0; i < q->n_kids; i++) n_nothing += is_nothing(q->kids[i]);
    switch (q->op) {
    case HF_Q_OR:
    case HF_Q_MAX:
    case HF_Q_SYNONYM: return n_nothing == q->n_kids;
    case HF_Q_AND_NOT:
    case HF_Q_AND_MAYBE:
    case HF_Q_BONUS: return !q->n_kids || is_nothing(q->kids[0]);
    default: return n_nothing || !q->n_kids;
    }
}

static struct hf_query *type_query(enum hf_type type)
{
    return compile_flag('T', hf_facets[HF_FACET_TYPE].choices[type].id);
}

static struct hf_query *filtered(struct hf_query *q, struct hf_query *by)
{
    return hf_query_add(hf_query_add(hf_query_new(HF_Q_FILTER), q), by);
}

/* Main query of a target, restricted to `types`, with its tiers; NULL where nothing can
 * match. Cases and decisions are one target, searched once: only decisions have a tier of
 * what they say themselves. */
static struct hf_query *target_query(struct builder *b, const struct plan *plan,
                                     enum target target, struct hf_query *types)
{
    b->target = target;
    struct hf_query *main = build(b, plan->root);
    b->is_marking = false;
    if (is_nothing(main)) {
        hf_query_free(main);
        hf_query_free(types);
        return NULL;
    }
    if (plan->has_words && target != TARGET_NAME) { /* of names only which count */
        struct hf_query *maybe = hf_query_new(HF_Q_AND_MAYBE);
        hf_query_add(maybe, main);
        hf_query_add(maybe, tier(b, plan, STRONG_FORMS, TIER_STRONG));
        if (target == TARGET_CASE && b->ranks_decisions)
            hf_query_add(maybe, filtered(tier(b, plan, OWN_FIELDS, TIER_OWN),
                                         type_query(HF_TYPE_DECISION)));
        main = maybe;
    }
    return filtered(main, types);
}

static bool is_asked(const struct compile_options *o, enum hf_type type)
{
    return !o->only || o->only >> type & 1;
}

void compile(struct planner *planner, struct hf_reader *reader, const struct plan *plan,
             const struct compile_options *o, struct compiled *out)
{
    struct builder b = {.planner = planner,
                        .reader = reader,
                        .out = out,
                        .where = o->where,
                        .no_repairs = o->no_repairs,
                        .ranks_decisions =
                            !o->ranked || o->ranked >> HF_TYPE_DECISION & 1};
    memset(out, 0, sizeof *out);
    marks_init(&out->marks);
    out->interpreted = json_array();
    out->query = hf_query_new(HF_Q_OR);
    struct hf_query *both = hf_query_new(HF_Q_OR);
    if (is_asked(o, HF_TYPE_CASE)) hf_query_add(both, type_query(HF_TYPE_CASE));
    if (is_asked(o, HF_TYPE_DECISION)) hf_query_add(both, type_query(HF_TYPE_DECISION));
    b.is_marking = true; /* once: by a case's fields, whatever is asked for */
    if (both->n_kids) {
        hf_query_add(out->query, target_query(&b, plan, TARGET_CASE, both));
    } else {
        b.target = TARGET_CASE;
        hf_query_free(build(&b, plan->root));
        hf_query_free(both);
    }
    b.is_marking = false;
    if (is_asked(o, HF_TYPE_ATTENDEE)) {
        struct hf_query *people =
            target_query(&b, plan, TARGET_PERSON, type_query(HF_TYPE_ATTENDEE));
        out->has_people = people != NULL;
        hf_query_add(out->query, people);
    }
    if (is_asked(o, HF_TYPE_MEETING))
        hf_query_add(out->query,
                     target_query(&b, plan, TARGET_MEETING, type_query(HF_TYPE_MEETING)));
    if (plan->has_words) {
        out->by_name = target_query(&b, plan, TARGET_NAME, type_query(HF_TYPE_ATTENDEE));
        if (!out->by_name) out->by_name = compile_none();
    }
    forget_forms(&b);
}

/* The main query of a target without its tiers, which only add weight. */
static struct hf_query *bare_query(struct builder *b, const struct plan *plan,
                                   enum target target, enum hf_type type)
{
    struct hf_query *q = hf_query_new(HF_Q_FILTER);
    b->target = target;
    hf_query_add(q, build(b, plan->root));
    return hf_query_add(q, compile_flag('T', hf_facets[HF_FACET_TYPE].choices[type].id));
}

struct hf_query *compile_count(struct planner *planner, struct hf_reader *reader,
                               const struct plan *plan, const struct compile_options *o,
                               unsigned types)
{
    struct compiled none = {.query = NULL};
    struct builder b = {.planner = planner,
                        .reader = reader,
                        .out = &none,
                        .where = o->where,
                        .no_repairs = o->no_repairs};
    struct hf_query *any = hf_query_new(HF_Q_OR);
    bool is_mixed = !types;
    if (is_mixed) types = ~(1u << HF_TYPE_DECISION);
    for (int t = 0; t < HF_N_TYPES; t++) {
        if (!(types >> t & 1)) continue;
        struct hf_query *one = bare_query(&b, plan, targets[t], (enum hf_type)t);
        if (t == HF_TYPE_ATTENDEE && is_mixed && plan->has_words)
            hf_query_add(one, bare_query(&b, plan, TARGET_NAME, HF_TYPE_ATTENDEE));
        hf_query_add(any, one);
    }
    forget_forms(&b);
    return any;
}

void compiled_release(struct compiled *c)
{
    hf_query_free(c->query);
    hf_query_free(c->by_name);
    marks_release(&c->marks);
    json_decref(c->interpreted);
    memset(c, 0, sizeof *c);
}

double compiled_score(double weight)
{
    while (weight >= TIER_OWN) weight -= TIER_OWN;
    while (weight >= TIER_FIRST) weight -= TIER_FIRST;
    while (weight >= TIER_STRONG) weight -= TIER_STRONG;
    return weight;
}
