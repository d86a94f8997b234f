#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "nearest.h"
#include "params.h"
#include "plan_internal.h"
#include "strings.h"

struct parser {
    struct planner *planner;
    const char *text;
    size_t len, at;
    size_t n_words, n_wildcards;
    unsigned depth, where;
    bool is_exact;
    struct hf_error *err;
    enum hf_status status;
};

static struct plan_node *parse_or(struct parser *p);

struct plan_node *plan_node_new(enum plan_kind kind)
{
    struct plan_node *n = hf_xcalloc(1, sizeof *n);
    n->kind = kind;
    return n;
}

void plan_node_add(struct plan_node *parent, struct plan_node *kid)
{
    if (!kid) return;
    parent->kids =
        hf_grow(parent->kids, &parent->cap_kids, parent->n_kids, sizeof *parent->kids);
    parent->kids[parent->n_kids++] = kid;
}

void plan_node_free(struct plan_node *n)
{
    if (!n) return;
    for (size_t i = 0; i < n->n_kids; i++) plan_node_free(n->kids[i]);
    free(n->kids);
    free(n->text);
    free(n->number);
    free(n->body);
    free(n);
}

void plan_free(struct plan *p)
{
    if (!p) return;
    plan_node_free(p->root);
    free(p->query);
    free(p);
}

/* ---- errors ---- */

#define FIELDS                                                                           \
    "tittel: vedtak: person: sak: region: hf: utvalg: gruppe: år: etter: før: type: "  \
    "utfall: eksakt:"

static void stop_with(struct parser *p, size_t at, const char *why)
{
    char place[24];
    struct hf_buf b = HF_BUF_INIT;
    if (p->status != HF_OK) return;
    snprintf(place, sizeof place, "%zu", hf_utf8_count(p->text, at) + 1);
    strings_fill(&b, S_STOP_AT, p->planner->lang, place, why, NULL);
    p->status = hf_fail(p->err, HF_BAD_ARGUMENT, "%s", b.data);
    hf_buf_release(&b);
}

static struct plan_node *stop(struct parser *p, size_t at, enum string_id why)
{
    stop_with(p, at, strings_get(why, p->planner->lang));
    return NULL;
}

/* ---- words ---- */

static void skip_blanks(struct parser *p)
{
    while (p->at < p->len) {
        uint32_t c;
        size_t n = hf_utf8_next(p->text + p->at, p->len - p->at, &c);
        if (!hf_utf8_is_space(c)) return;
        p->at += n;
    }
}

/* The end of the blank-separated word at from; quotes and brackets end it too. */
static size_t word_end(const struct parser *p, size_t from)
{
    size_t i = from;
    while (i < p->len) {
        uint32_t c;
        size_t n = hf_utf8_next(p->text + i, p->len - i, &c);
        if (hf_utf8_is_space(c) || c == '"' || c == '(' || c == ')' || c == 0x201C ||
            c == 0x201D || c == 0xAB || c == 0xBB)
            break;
        i += n;
    }
    return i;
}

static bool is_word(const struct parser *p, const char *const *words)
{
    size_t n = word_end(p, p->at) - p->at;
    for (; *words; words++)
        if (strlen(*words) == n && !memcmp(p->text + p->at, *words, n)) return true;
    return false;
}

static const char *const and_words[] = {"OG", "AND", NULL};
static const char *const or_words[] = {"ELLER", "OR", NULL};
static const char *const not_words[] = {"IKKE", "IKKJE", "NOT", NULL};

static bool take_operator(struct parser *p, const char *const *words)
{
    skip_blanks(p);
    if (!is_word(p, words)) return false;
    p->at = word_end(p, p->at);
    return true;
}

static bool has_letter_or_digit(const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (hf_utf8_is_letter(c) || hf_utf8_is_digit(c)) return true;
    }
    return false;
}

static struct plan_node *make_leaf(struct parser *p, enum plan_kind kind, size_t start,
                                   size_t end)
{
    struct plan_node *n = plan_node_new(kind);
    n->text = hf_xstrndup(p->text + start, end - start);
    n->start = start;
    n->end = end;
    n->where = p->where;
    return n;
}

/* A quoted phrase. The opening mark is at p->at. */
static struct plan_node *parse_quoted(struct parser *p)
{
    uint32_t c, open;
    size_t start = p->at, n = hf_utf8_next(p->text + start, p->len - start, &open),
           i = start + n;
    for (; i < p->len; i += n) {
        n = hf_utf8_next(p->text + i, p->len - i, &c);
        if (c == '"' || c == 0x201D || c == 0x201C || (open == 0xAB && c == 0xBB)) break;
    }
    if (i >= p->len) return stop(p, start, S_STOP_QUOTE);
    size_t first = start + hf_utf8_next(p->text + start, p->len - start, &c);
    p->at = i + n;
    if (!has_letter_or_digit(p->text + first, i - first))
        return stop(p, start, S_STOP_NO_PHRASE);
    for (size_t k = first; k < i; k++) p->n_words += p->text[k] == ' ';
    p->n_words++;
    return make_leaf(p, PLAN_EXACT, first, i);
}

static struct plan_node *parse_word(struct parser *p)
{
    size_t start = p->at, end = word_end(p, start), core = end;
    uint32_t c;
    if (end == start) /* a closing mark that nothing opened is a sign like any other */
        end = core = start + hf_utf8_next(p->text + start, p->len - start, &c);
    p->at = end;
    while (start < core && strchr("+,.;:!?*'", p->text[start])) start++;
    bool star = core > start && p->text[core - 1] == '*';
    while (core > start && strchr(",.;:!?*'", p->text[core - 1])) core--;
    if (!has_letter_or_digit(p->text + start, core - start))
        return NULL; /* «–», «&» and the like */
    p->n_words++;
    if (star && !p->is_exact) {
        p->n_wildcards++;
        if (hf_utf8_count(p->text + start, core - start) < 3)
            return stop(p, start, S_STOP_STAR);
        return make_leaf(p, PLAN_PREFIX, start, core);
    }
    return make_leaf(p, p->is_exact ? PLAN_EXACT : PLAN_WORD, start, core);
}

/* ---- fields ---- */

static const struct field {
    const char *name;
    unsigned where;    /* words below it stand there */
    const char *param; /* or: the value is this parameter's */
} fields[] = {
    {"tittel", WHERE_TITLE, NULL},
    {"vedtak", WHERE_DECISION, NULL},
    {"tekst", WHERE_TEXT, NULL},
    {"person", WHERE_NAME, NULL},
    {"sak", WHERE_CASE, NULL},
    {"eksakt", WHERE_ANY, NULL},
    {"region", 0, "region"},
    {"hf", 0, "helsefellesskap"},
    {"helsefellesskap", 0, "helsefellesskap"},
    {"utvalg", 0, "body"},
    {"utval", 0, "body"},
    {"gruppe", 0, "group"},
    {"år", 0, "year"},
    {"ar", 0, "year"},
    {"etter", 0, "from"},
    {"før", 0, "to"},
    {"for", 0, "to"},
    {"type", 0, "type"},
    {"utfall", 0, "outcome"},
};

/* The field whose name and colon stand at p->at; *value is where its value begins. */
static const struct field *find_field(struct parser *p, size_t *value)
{
    size_t end = word_end(p, p->at), i = p->at;
    while (i < end) {
        uint32_t c;
        size_t n = hf_utf8_next(p->text + i, end - i, &c);
        if (!hf_utf8_is_letter(c)) break;
        i += n;
    }
    size_t len = i - p->at;
    if (!len || i >= p->len || p->text[i] != ':') return NULL;
    *value = i + 1;
    struct hf_buf name = HF_BUF_INIT;
    const struct field *found = NULL;
    hf_utf8_lower(&name, p->text + p->at, len);
    for (size_t k = 0; !found && k < sizeof fields / sizeof *fields; k++)
        if (!strcmp(fields[k].name, name.data)) found = &fields[k];
    bool follows = i + 1 < p->len && p->text[i + 1] != ' ' && p->text[i + 1] != '/';
    if (!found && follows && len > 1) {
        struct nearest near;
        struct hf_buf why = HF_BUF_INIT;
        nearest_init(&near, name.data);
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
            nearest_offer(&near, fields[k].name);
        enum params_lang lang = p->planner->lang;
        struct hf_buf other = HF_BUF_INIT;
        if (near.best) strings_fill(&other, S_STOP_FIELD_NEAR, lang, near.best, NULL);
        strings_fill(&why, S_STOP_FIELD, lang, name.data, other.data, FIELDS, NULL);
        hf_buf_release(&other);
        stop_with(p, p->at, why.data);
        hf_buf_release(&why);
    }
    hf_buf_release(&name);
    return found;
}

/* The value of a field that is a parameter, through the parameter table. */
static struct plan_node *parse_value(struct parser *p, const struct field *f)
{
    size_t start = p->at, end = word_end(p, start);
    struct params tmp;
    struct hf_error why;
    struct plan_node *n = NULL;
    if (start < p->len && p->text[start] == '"') {
        const char *close = memchr(p->text + start + 1, '"', p->len - start - 1);
        if (!close) return stop(p, start, S_STOP_QUOTE);
        start++;
        end = (size_t)(close - p->text);
        p->at = end + 1;
    } else {
        p->at = end;
    }
    if (end == start) return stop(p, start, S_STOP_NO_VALUE);
    char *value = hf_xstrndup(p->text + start, end - start);
    params_init(&tmp);
    tmp.lang = p->planner->lang;
    if (params_set(&tmp, PARAMS_SEARCH, f->param, value, &why) != HF_OK) {
        stop_with(p, start, why.text);
    } else if (tmp.from || tmp.to) {
        n = make_leaf(p, PLAN_DATES, start, end);
        n->from = tmp.from;
        n->to = tmp.to;
    }
    for (int g = 0; !n && p->status == HF_OK && g < HF_N_FACETS; g++) {
        if (!tmp.facet[g].n) continue;
        n = make_leaf(p, PLAN_FACET, start, end);
        free(n->text);
        n->text = hf_xstrdup(tmp.facet[g].at[0]);
        n->facet = (enum hf_facet)g;
    }
    params_release(&tmp);
    free(value);
    return n;
}

static struct plan_node *parse_primary(struct parser *p);

static struct plan_node *parse_field(struct parser *p, const struct field *f,
                                     size_t value)
{
    size_t start = p->at;
    p->at = value;
    if (f->param) return parse_value(p, f);
    unsigned where = p->where;
    bool exact = p->is_exact;
    p->where = f->where ? f->where : where;
    p->is_exact = exact || !strcmp(f->name, "eksakt");
    skip_blanks(p);
    struct plan_node *n = p->at < p->len ? parse_primary(p) : NULL;
    if (!n && p->status == HF_OK) stop(p, start, S_STOP_NO_VALUE);
    p->where = where;
    p->is_exact = exact;
    return n;
}

/* ---- the tree ---- */

static struct plan_node *parse_primary(struct parser *p)
{
    uint32_t c;
    size_t value = 0;
    hf_utf8_next(p->text + p->at, p->len - p->at, &c);
    if (c == '"' || c == 0x201C || c == 0x201D || c == 0xAB) return parse_quoted(p);
    if (c == '(') {
        size_t open = p->at++;
        if (++p->depth > PLAN_MAX_DEPTH) return stop(p, open, S_STOP_BRACKETS);
        struct plan_node *n = parse_or(p);
        p->depth--;
        skip_blanks(p);
        if (p->status != HF_OK) goto failed;
        if (p->at >= p->len || p->text[p->at] != ')') {
            stop(p, open, S_STOP_OPEN);
            goto failed;
        }
        p->at++;
        if (!n) return stop(p, open, S_STOP_EMPTY);
        return n;
    failed:
        plan_node_free(n);
        return NULL;
    }
    const struct field *f = find_field(p, &value);
    if (p->status != HF_OK) return NULL;
    return f ? parse_field(p, f, value) : parse_word(p);
}

/* A denied word means what it means elsewhere: «-LAR» is the concept. */
static struct plan_node *refine_denied(struct parser *p, struct plan_node *kid)
{
    struct plan_node *list = plan_node_new(PLAN_AND);
    plan_node_add(list, kid);
    plan_refine(p->planner, p->text, list, false);
    kid = list->kids[0];
    list->n_kids = 0;
    plan_node_free(list);
    return kid;
}

static struct plan_node *parse_unary(struct parser *p)
{
    skip_blanks(p);
    size_t at = p->at;
    bool minus = p->at + 1 < p->len && p->text[p->at] == '-' &&
                 p->text[p->at + 1] != ' ' && p->text[p->at + 1] != '-';
    bool word = !minus && take_operator(p, not_words);
    if (!minus && !word) return parse_primary(p);
    if (minus) p->at++;
    skip_blanks(p);
    if (++p->depth > PLAN_MAX_DEPTH) return stop(p, at, S_STOP_NOTS);
    struct plan_node *kid =
        p->at < p->len && p->text[p->at] != ')' ? parse_unary(p) : NULL;
    p->depth--;
    if (!kid) return p->status == HF_OK ? stop(p, at, S_STOP_NOT) : NULL;
    struct plan_node *n = plan_node_new(PLAN_NOT);
    plan_node_add(n, refine_denied(p, kid));
    return n;
}

static bool ends_list(struct parser *p)
{
    skip_blanks(p);
    return p->status != HF_OK || p->at >= p->len || p->text[p->at] == ')' ||
           is_word(p, or_words);
}

static struct plan_node *parse_and(struct parser *p)
{
    struct plan_node *list = plan_node_new(PLAN_AND);
    while (!ends_list(p)) {
        size_t at = p->at;
        if (take_operator(p, and_words)) {
            if (!list->n_kids || ends_list(p)) {
                stop(p, at, S_STOP_AND);
                break;
            }
            continue;
        }
        plan_node_add(list, parse_unary(p));
        if (p->status == HF_OK && p->n_words > PLAN_MAX_WORDS) stop(p, at, S_STOP_WORDS);
        if (p->status == HF_OK && p->n_wildcards > PLAN_MAX_WILDCARDS)
            stop(p, at, S_STOP_STARS);
    }
    bool whole = p->depth == 0 && p->at >= p->len;
    if (p->status == HF_OK) plan_refine(p->planner, p->text, list, whole);
    if (p->status != HF_OK || !list->n_kids) {
        plan_node_free(list);
        return NULL;
    }
    if (list->n_kids > 1) return list;
    struct plan_node *only = list->kids[0];
    list->n_kids = 0;
    plan_node_free(list);
    return only;
}

static struct plan_node *parse_or(struct parser *p)
{
    struct plan_node *first = parse_and(p);
    skip_blanks(p);
    if (p->status != HF_OK || p->at >= p->len || !is_word(p, or_words)) return first;
    struct plan_node *any = plan_node_new(PLAN_OR);
    plan_node_add(any, first);
    for (size_t at = p->at; p->status == HF_OK && take_operator(p, or_words);
         at = p->at) {
        struct plan_node *next = parse_and(p);
        if (p->status == HF_OK && (!first || !next)) stop(p, at, S_STOP_OR);
        plan_node_add(any, next);
        skip_blanks(p);
    }
    return any;
}

static bool has_words(const struct plan_node *n)
{
    if (n->kind == PLAN_NOT) return false;
    for (size_t i = 0; i < n->n_kids; i++)
        if (has_words(n->kids[i])) return true;
    return n->kind >= PLAN_WORD && n->kind <= PLAN_NUMBER;
}

static enum hf_status too_long(const struct planner *planner, size_t len,
                               struct hf_error *err)
{
    char has[24], most[24];
    struct hf_buf b = HF_BUF_INIT;
    snprintf(has, sizeof has, "%zu", len);
    snprintf(most, sizeof most, "%d", PLAN_MAX_BYTES);
    strings_fill(&b, S_STOP_LONG, planner->lang, has, most, NULL);
    enum hf_status status = hf_fail(err, HF_BAD_ARGUMENT, "%s", b.data);
    hf_buf_release(&b);
    return status;
}

enum hf_status plan_parse(struct planner *planner, const char *query, struct plan **out,
                          struct hf_error *err)
{
    *out = NULL;
    size_t len = query ? strlen(query) : 0;
    if (len > PLAN_MAX_BYTES) return too_long(planner, len, err);
    if (len && !hf_utf8_is_valid(query, len, NULL))
        return hf_fail(err, HF_BAD_ARGUMENT, "%s",
                       strings_get(S_ERR_NOT_UTF8, planner->lang));
    struct plan *plan = hf_xcalloc(1, sizeof *plan);
    struct hf_buf nfc = HF_BUF_INIT;
    hf_utf8_nfc(&nfc, query ? query : "", len);
    plan->query = hf_buf_take(&nfc);
    struct parser p = {
        .planner = planner, .text = plan->query, .len = strlen(plan->query), .err = err};
    plan->root = parse_or(&p);
    skip_blanks(&p);
    if (p.status == HF_OK && p.at < p.len) stop(&p, p.at, S_STOP_CLOSE);
    if (p.status != HF_OK) {
        plan_free(plan);
        return p.status;
    }
    if (!plan->root) plan->root = plan_node_new(PLAN_ALL);
    plan->has_words = has_words(plan->root);
    *out = plan;
    return HF_OK;
}

/* ---- explanation ---- */

json_t *plan_json(const struct plan_node *n)
{
    static const char *const names[] = {"all",    "and",     "or",      "not",
                                        "word",   "concept", "acronym", "exact",
                                        "prefix", "number",  "facet",   "dates"};
    json_t *o = json_pack("{s:s}", "op", names[n->kind]);
    if (n->text) json_object_set_new(o, "text", json_string(n->text));
    if (n->concept) json_object_set_new(o, "concept", json_string(n->concept->id));
    if (n->number) json_object_set_new(o, "number", json_string(n->number));
    if (n->kind == PLAN_FACET)
        json_object_set_new(o, "facet", json_string(hf_facets[n->facet].name));
    if (n->from) json_object_set_new(o, "from", json_integer(n->from));
    if (n->to) json_object_set_new(o, "to", json_integer(n->to));
    if (n->is_stop) json_object_set_new(o, "stop", json_true());
    if (n->n_kids) {
        json_t *kids = json_array();
        for (size_t i = 0; i < n->n_kids; i++)
            json_array_append_new(kids, plan_json(n->kids[i]));
        json_object_set_new(o, "of", kids);
    }
    return o;
}
