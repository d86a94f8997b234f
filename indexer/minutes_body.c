#include "minutes_body.h"

#include <string.h>
#include <strings.h>

#include "../shim/utf8.h"
#include "minutes_date.h"

struct candidate {
    const char *code;
    const char *text; /* the line or value */
    size_t len;
    struct cue_match m;
    double score;
    size_t field; /* index into fields, SIZE_MAX = the body of the document */
};

static bool counts(const struct name_ctx *x, const struct cue_match *m, const char *text)
{
    const char *printed = text + m->start;
    size_t n = m->end - m->start;
    if (!strcmp(m->cue->note, "acronym")) {
        if (!cue_is_exact(m->cue->key, printed, n)) return false;
        return true;
    }
    return x->is_damaged || cue_is_exact(m->cue->key, printed, n);
}

static bool names_document(const struct name_ctx *x, const char *text, size_t len)
{
    struct cue_match m;
    const struct cue_table *t = cues_table(x->cues, "kinds_of_document");
    return cue_find(t, text, len, 0, &m);
}

/* The first committee in a text; a weak word ("utvalget") only if nothing better stands
 * there. */
static bool find_body(const struct name_ctx *x, const char *text, size_t len,
                      struct cue_match *out)
{
    const struct cue_table *t = cues_table(x->cues, "bodies");
    struct cue_match m;
    bool weak = false;
    for (size_t from = 0; from < len && cue_find(t, text, len, from, &m); from = m.end) {
        if (!counts(x, &m, text)) continue;
        if (strcmp(m.cue->note, "weak")) {
            size_t start =
                m.start; /* "Samarbeidsutvalget (SU)": the name begins before */
            if (weak && start == out->end + 2 && text[start - 1] == '(')
                start = out->start;
            *out = m;
            out->start = start;
            return true;
        }
        if (!weak) *out = m;
        weak = true;
    }
    return weak;
}

bool body_is_named(const struct name_ctx *x, const char *text, size_t len)
{
    struct cue_match m;
    return find_body(x, text, len, &m) && strcmp(m.cue->note, "weak");
}

static void consider(struct candidate *best, const struct candidate *c)
{
    if (c->score > best->score) *best = *c;
}

static double score_of(const struct name_ctx *x, const struct field *f,
                       const struct cue_match *m, size_t index)
{
    double score;
    size_t len = f->text.len;
    if (!strcmp(f->what, "body"))
        score = 8;
    else if (!strcmp(f->what, "title"))
        score = 6;
    else if (*f->what)
        return 0;
    else if (names_document(x, f->text.data, len))
        score = 7;
    else
        score = 5;
    if (len > 140) score -= 3;
    if (f->after_stop || f->is_tail) score -= 3;
    if (!strcmp(m->cue->note, "weak")) score -= 2.5;
    if (!strcmp(m->cue->note, "acronym") && m->start > 40) score -= 0.5;
    return score - 0.01 * (double)(index < 50 ? index : 50);
}

/* "SSU-sak 15/23", "Sak FSU 3/22": the prefix of case numbers, where the head names
 * nobody. */
static void consider_case_prefixes(const struct name_ctx *x, const struct text_doc *doc,
                                   struct candidate *best)
{
    const struct cue_table *t = cues_table(x->cues, "bodies");
    for (size_t i = 0; i < doc->n_lines && best->score < 3; i++) {
        const struct text_line *l = &doc->lines[i];
        struct cue_match m;
        if (!l->n_cells || !l->cells[0].len) continue;
        const struct text_cell *c = &l->cells[0];
        if (!cue_at_start(t, c->text, c->len, &m) || strcmp(m.cue->note, "acronym"))
            continue;
        if (!counts(x, &m, c->text) || m.end + 4 > c->len) continue;
        if (!memmem(c->text + m.end, c->len - m.end < 6 ? c->len - m.end : 6, "sak", 3))
            continue;
        struct candidate k = {m.value, c->text, m.end, m, 3, SIZE_MAX};
        consider(best, &k);
    }
}

/* A letterhead names the committee where the head does not. */
static void consider_margins(const struct name_ctx *x, const struct text_doc *doc,
                             struct candidate *best)
{
    for (size_t i = 0; i < doc->margins.n && i < 12 && best->score < 2; i++) {
        const char *text = doc->margins.at[i];
        size_t len = strlen(text);
        struct cue_match m;
        if (len > 300 || !find_body(x, text, len, &m) || !strcmp(m.cue->note, "weak"))
            continue;
        struct candidate found = {m.value, text, len, m, 2, SIZE_MAX};
        consider(best, &found);
    }
}

static void consider_running_text(const struct name_ctx *x, const struct text_doc *doc,
                                  struct candidate *best)
{
    for (size_t i = 0; i < doc->n_lines && i < 400 && best->score < 1; i++)
        for (size_t k = 0; k < doc->lines[i].n_cells; k++) {
            const struct text_cell *c = &doc->lines[i].cells[k];
            struct cue_match m;
            if (!find_body(x, c->text, c->len, &m) || !strcmp(m.cue->note, "weak"))
                continue;
            struct candidate found = {m.value, c->text + m.start, m.end - m.start, m,
                                      1,       SIZE_MAX};
            found.m.end -= m.start;
            found.m.start = 0;
            consider(best, &found);
            break;
        }
}

/* ---- what tells a committee from its like ------------------------------------------ */

static size_t skip_acronym(const struct name_ctx *x, const char *text, size_t len,
                           size_t at)
{
    size_t i = at;
    while (i < len && text[i] == ' ') i++;
    if (i >= len || text[i] != '(') return at;
    const char *close = memchr(text + i, ')', len - i);
    if (!close) return at;
    (void)x;
    size_t end = (size_t)(close - text) + 1;
    return end - i < 24 ? end : at;
}

static size_t earliest(const char *text, size_t len, const char *what, size_t so_far)
{
    const char *hit = memmem(text, len, what, strlen(what));
    return hit && (size_t)(hit - text) < so_far ? (size_t)(hit - text) : so_far;
}

/* Ends the suffix before what is no part of the name: date, trust, dash, comma, bracket.
 */
static size_t suffix_end(const struct name_ctx *x, const char *text, size_t len)
{
    static const char *const stops[] = {
        " – ",       " - ",       ", ",         " mellom ", " i Helsefel", " i helsefel",
        "Helsefell", "helsefell", "Helsefelle", ". ",       " (",          "\t",
        " den ",     " kl",       ": ",         " ved ",    " i regi",     " onsdag",
        " torsdag",  " mandag",   " tirsdag",   " fredag",  " 20"};
    size_t end = len;
    struct printed_day d;
    if (day_find(text, len, 0, &d) && d.start < end) end = d.start;
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        end = earliest(text, len, stops[i], end);
    for (size_t i = 0; i < end; i++)
        if (text[i] >= '0' && text[i] <= '9') end = i;
    (void)x;
    return end;
}

static const char *trim_suffix(const char *text, size_t *len)
{
    static const char *const leads[] = {"for ",      "i ",  "innen ", "innan ",
                                        "innenfor ", "på ", "om ",    "avdeling "};
    while (*len && strchr(" ,.:;)", *text)) {
        text++;
        --*len;
    }
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        size_t n = strlen(leads[i]);
        if (*len > n && !strncasecmp(text, leads[i], n)) {
            text += n;
            *len -= n;
            break;
        }
    }
    while (*len && strchr(" ,.:;-", text[*len - 1])) --*len;
    return text;
}

/* The name of the helsefellesskap or of its trust tells nothing: every committee there
 * has it. */
static bool tells_nothing(const struct name_ctx *x, const char *text, size_t len)
{
    struct cue_match m;
    if (memmem(text, len, "ommun", 5) || memmem(text, len, "OMMUN", 5)) return true;
    if (len < 2 || len > 90 || names_document(x, text, len < 12 ? len : 12)) return true;
    const struct registry *r = cues_registry(x->cues);
    if (!cue_here(cues_registry_names(x->cues), text, len, &m)) return false;
    size_t i = 0;
    for (const char *p = m.value; *p; p++) i = i * 10 + (size_t)(*p - '0');
    char kind = r->names[i].kind;
    return m.end >= len && kind != 'h' && kind != 'p';
}

static bool continues_name(const char *text, size_t len)
{
    static const char *const leads[] = {"for ", "innen ", "innan "};
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        size_t n = strlen(leads[i]);
        if (len > n && len < 90 && !memcmp(text, leads[i], n)) return true;
    }
    return false;
}

/* "FSU – barn og unge", "OSO-møte 3/2017" */
static size_t skip_joint(const char *text, size_t len)
{
    static const char *const joints[] = {" – ", " - ", "-møtet", "-møte"};
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        size_t n = cue_key_match(joints[i], text, len);
        if (n && (strchr(joints[i], ' ') == NULL || (len > 3 && *text == ' '))) return n;
    }
    return 0;
}

static void read_suffix(struct body *b, const struct name_ctx *x,
                        const struct candidate *c, const struct fields *f,
                        struct hf_arena *arena)
{
    size_t at = skip_acronym(x, c->text, c->len, c->m.end);
    if (at < c->len && c->text[at] == ')' &&
        memchr(c->text + c->m.start, '(', at - c->m.start))
        at++;
    size_t name_len = at - c->m.start;
    at += skip_joint(c->text + at, c->len - at);
    const char *rest = c->text + at;
    size_t len = suffix_end(x, rest, c->len - at);
    const char *suffix = trim_suffix(rest, &len);
    if (!len && at >= c->len && c->field != SIZE_MAX &&
        c->field + 1 < f->n) { /* "… (FSU)" / "for legemidler og …" */
        const struct field *next = &f->at[c->field + 1];
        if (!*next->what && continues_name(next->text.data, next->text.len)) {
            len = next->text.len;
            suffix = trim_suffix(next->text.data, &len);
        }
    }
    b->name = hf_arena_strdup(arena, c->text + c->m.start, name_len);
    if (!len || tells_nothing(x, suffix, len)) return;
    b->suffix = hf_arena_strdup(arena, suffix, len);
    b->name = hf_arena_printf(arena, "%s %s", b->name, b->suffix);
}

void body_read(struct body *b, const struct name_ctx *x, const struct fields *f,
               const struct text_doc *doc, struct hf_arena *arena)
{
    struct candidate best = {.score = 0, .field = SIZE_MAX};
    memset(b, 0, sizeof *b);
    for (size_t i = 0; i < f->n; i++) {
        const struct field *field = &f->at[i];
        struct cue_match m;
        if (field->is_people || !find_body(x, field->text.data, field->text.len, &m))
            continue;
        struct candidate c = {m.value, field->text.data,          field->text.len,
                              m,       score_of(x, field, &m, i), i};
        consider(&best, &c);
    }
    consider_case_prefixes(x, doc, &best);
    consider_margins(x, doc, &best);
    consider_running_text(x, doc, &best);
    if (best.score <= 0) return;
    b->code = best.code;
    read_suffix(b, x, &best, f, arena);
}
