/* Transducers in AT&T text: state, state, input, output a line; a line with fewer fields
 * names a final state; sections are parted by a line of hyphens. The second section holds
 * the dictionary, the others numbers and signs. */
#include "mklemma.h"

#include <stdlib.h>
#include <string.h>

struct arc {
    uint32_t from, to;
    char in[16], out[16]; /* UTF-8; a tag such as <n> in one piece */
};

struct fst {
    struct arc *arcs;
    size_t n_arcs, cap;
    uint32_t *first; /* of state n; [n_states] = n_arcs */
    bool *is_final;
    uint32_t n_states;
};

struct walk {
    const struct fst *fst;
    bool is_analyser;
    mk_path_fn fn;
    void *user;
    bool *is_open; /* states on the path: loops are not followed twice */
    char form[256], analysis[256];
};

static int by_state(const void *a, const void *b)
{
    const struct arc *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    int d = strcmp(x->in, y->in);
    if (!d) d = strcmp(x->out, y->out);
    return d ? d : (x->to > y->to) - (x->to < y->to);
}

/* Tags that only repeat what stands elsewhere: split compounds, spellings with ligature
 * hyphens. */
static bool is_skipped(const char *symbol)
{
    static const char *const tags[] = {"<compound-R>",
                                       "<cmp-split>",
                                       "<guio>",
                                       "DUE_TO_LT_PROC_HANG",
                                       "NON_ANALYSIS",
                                       " ",
                                       "#",
                                       "+",
                                       "_",
                                       "."};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (!strcmp(symbol, tags[i])) return true;
    }
    return (symbol[0] >= '0' && symbol[0] <= '9');
}

static bool read_arc(char *line, struct arc *a)
{
    char *field[4], *p = line;
    for (size_t i = 0; i < 4; i++) {
        field[i] = p;
        p = strchr(p, '\t');
        if (!p) return false;
        *p++ = 0;
    }
    a->from = (uint32_t)strtoul(field[0], NULL, 10);
    a->to = (uint32_t)strtoul(field[1], NULL, 10);
    for (int i = 2; i < 4; i++) {
        char *to = i == 2 ? a->in : a->out;
        const char *s = strcmp(field[i], "ε") ? field[i] : "";
        if (strlen(s) >= sizeof a->in) s = "#"; /* a symbol of no use here */
        memcpy(to, s, strlen(s) + 1);
    }
    return true;
}

static void read_section(struct fst *f, const char *path)
{
    FILE *in = fopen(path, "r");
    if (!in) mk_die("%s cannot be read", path);
    char line[512];
    int section = 0;
    size_t cap = 0;
    uint32_t *finals = NULL, n_finals = 0;
    while (fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = 0;
        if (!strncmp(line, "--", 2)) {
            section++;
            continue;
        }
        if (section != 1) continue;
        struct arc a;
        if (read_arc(line, &a)) {
            if (a.from >= f->n_states) f->n_states = a.from + 1;
            if (a.to >= f->n_states) f->n_states = a.to + 1;
            if (is_skipped(a.in) || is_skipped(a.out) || a.from == a.to) continue;
            f->arcs = hf_grow(f->arcs, &f->cap, f->n_arcs, sizeof *f->arcs);
            f->arcs[f->n_arcs++] = a;
        } else {
            finals = hf_grow(finals, &cap, n_finals, sizeof *finals);
            finals[n_finals++] = (uint32_t)strtoul(line, NULL, 10);
        }
    }
    fclose(in);
    if (!f->n_arcs || !n_finals) mk_die("%s has no dictionary section", path);
    f->is_final = hf_xcalloc(f->n_states, 1);
    for (uint32_t i = 0; i < n_finals; i++) {
        if (finals[i] < f->n_states) f->is_final[finals[i]] = true;
    }
    free(finals);
}

static void index_states(struct fst *f)
{
    qsort(f->arcs, f->n_arcs, sizeof *f->arcs, by_state);
    f->first = hf_xcalloc(f->n_states + 1u, sizeof *f->first);
    for (size_t i = f->n_arcs; i-- > 0;) f->first[f->arcs[i].from] = (uint32_t)i;
    uint32_t next = (uint32_t)f->n_arcs;
    f->first[f->n_states] = next;
    for (uint32_t s = f->n_states; s-- > 0;) {
        bool has_arcs = f->first[s] < f->n_arcs && f->arcs[f->first[s]].from == s;
        if (has_arcs) next = f->first[s];
        f->first[s] = next;
    }
}

static void visit(struct walk *w, uint32_t state, size_t form_len, size_t analysis_len)
{
    const struct fst *f = w->fst;
    if (f->is_final[state]) {
        w->form[form_len] = w->analysis[analysis_len] = 0;
        w->fn(w->user, w->form, w->analysis);
    }
    w->is_open[state] = true;
    for (uint32_t i = f->first[state]; i < f->first[state + 1]; i++) {
        const struct arc *a = &f->arcs[i];
        const char *form = w->is_analyser ? a->in : a->out,
                   *rest = w->is_analyser ? a->out : a->in;
        size_t n = strlen(form), m = strlen(rest);
        if (w->is_open[a->to] || form_len + n > 120 || analysis_len + m > 240) continue;
        memcpy(w->form + form_len, form, n);
        memcpy(w->analysis + analysis_len, rest, m);
        visit(w, a->to, form_len + n, analysis_len + m);
    }
    w->is_open[state] = false;
}

void mk_expand(const char *path, bool is_analyser, mk_path_fn fn, void *user)
{
    struct fst f = {0};
    read_section(&f, path);
    index_states(&f);
    struct walk w = {.fst = &f, .is_analyser = is_analyser, .fn = fn, .user = user};
    w.is_open = hf_xcalloc(f.n_states, 1);
    visit(&w, 0, 0, 0);
    free(w.is_open);
    free(f.arcs);
    free(f.first);
    free(f.is_final);
}
