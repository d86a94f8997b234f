/* Reading the sources: analyses and generations, bilingual pairs, the supplement, word
 * lists. */
#include "mklemma_world.h"

#include <stdlib.h>
#include <string.h>

static bool has_tag(const char *tags, const char *tag)
{
    return strstr(tags, tag) != NULL;
}

static uint8_t pos_of(const char *tags)
{
    if (has_tag(tags, "<np>") || has_tag(tags, "<acr>")) return MK_NAME;
    if (!strncmp(tags, "<n>", 3)) return MK_NOUN;
    if (!strncmp(tags, "<vblex>", 7) || !strncmp(tags, "<adj><pp", 8)) return MK_VERB;
    if (!strncmp(tags, "<adj>", 5)) return MK_ADJ;
    if (!strncmp(tags, "<adv>", 5)) return MK_ADV;
    return MK_OTHER;
}

static uint8_t gender_of(const char *tags)
{
    return has_tag(tags, "<m>")    ? 'm'
           : has_tag(tags, "<f>")  ? 'f'
           : has_tag(tags, "<nt>") ? 'n'
                                   : 0;
}

/* Splits "lemma<tags>"; returns the tags, or NULL for what is no single word. */
static const char *lemma_of(const char *analysis, uint32_t *lemma)
{
    const char *tags = strchr(analysis, '<');
    char word[128];
    if (!tags) return NULL;
    size_t n = mk_fold(analysis, (size_t)(tags - analysis), false, word, sizeof word);
    if (!n) return NULL;
    *lemma = mk_enter(word, n);
    return tags;
}

struct into {
    struct mk_world *w;
    uint8_t lang;
};

static void add_path(void *user, const char *form, const char *analysis)
{
    struct into *into = user;
    uint32_t lemma;
    char word[128];
    size_t n = mk_fold(form, strlen(form), false, word, sizeof word);
    if (!n || (n == 1 && (uint8_t)word[0] < 0x80 && word[0] != 'i')) return;
    const char *tags = lemma_of(analysis, &lemma);
    if (!tags) return;
    bool is_cmp = has_tag(tags, "<cmp>") || has_tag(tags, "<compound-only-L>");
    uint8_t flags =
        (uint8_t)((is_cmp ? MK_CMP : 0) | (has_tag(tags, "<gen>") ? MK_GENITIVE : 0));
    struct mk_reading x = {mk_enter(word, n), lemma,           into->lang,
                           pos_of(tags),      gender_of(tags), flags};
    if (x.form == x.lemma) x.flags |= MK_BASE;
    mk_reading_add(&into->w->readings, x);
}

void mk_read_dictionary(struct mk_world *w, const char *path, uint8_t lang,
                        bool is_analyser)
{
    struct into into = {w, lang};
    mk_expand(path, is_analyser, add_path, &into);
}

static void pair_add(struct mk_world *w, struct mk_pair p)
{
    w->pairs = hf_grow(w->pairs, &w->pairs_cap, w->n_pairs, sizeof *w->pairs);
    w->pairs[w->n_pairs++] = p;
}

static void add_pair(void *user, const char *from, const char *to)
{
    struct into *into = user;
    uint32_t a, b;
    const char *tags = lemma_of(from, &a);
    if (!tags || has_tag(tags, "<x") || has_tag(tags, "<cmp")) return;
    uint8_t pos = pos_of(tags);
    const char *to_tags = lemma_of(to, &b);
    if (!to_tags || pos_of(to_tags) != pos) return;
    struct mk_pair p = {
        .nn = into->lang == MK_NN ? a : b, .nb = into->lang == MK_NN ? b : a, .pos = pos};
    p.ways = into->lang == MK_NN ? 1 : 2;
    pair_add(into->w, p);
}

void mk_read_pairs(struct mk_world *w, const char *path, uint8_t from)
{
    struct into into = {w, from};
    mk_expand(path, true, add_pair, &into);
}

void mk_read_supplement(struct mk_world *w, const char *path)
{
    static const char codes[] = "nva";
    FILE *in = fopen(path, "r");
    if (!in) mk_die("%s cannot be read", path);
    char line[512], a[128], b[128];
    for (int line_no = 1; fgets(line, sizeof line, in); line_no++) {
        line[strcspn(line, "\r\n")] = 0;
        if (!line[0] || line[0] == '#') continue;
        char *tab = strchr(line, '\t'), *tab2 = tab ? strchr(tab + 1, '\t') : NULL;
        if (!tab2)
            mk_die("%s:%d: bokmål, nynorsk and word class, parted by tabs, are needed",
                   path, line_no);
        *tab = *tab2 = 0;
        size_t n = mk_fold(line, strlen(line), false, a, sizeof a);
        size_t m = mk_fold(tab + 1, strlen(tab + 1), false, b, sizeof b);
        if (!n || !m)
            mk_die("%s:%d: a word with other signs than letters", path, line_no);
        const char *code = strchr(codes, tab2[1]);
        uint8_t pos = code && *code ? (uint8_t)(code - codes) : MK_OTHER;
        bool is_first_part = tab2[1] == 'p';
        uint8_t flags = is_first_part ? MK_CMP : MK_BASE;
        if (is_first_part) pos = MK_ADJ;
        uint32_t nb = mk_enter(a, n), nn = mk_enter(b, m);
        mk_reading_add(&w->readings, (struct mk_reading){nb, nb, MK_NB, pos, 0, flags});
        mk_reading_add(&w->readings, (struct mk_reading){nn, nn, MK_NN, pos, 0, flags});
        pair_add(w, (struct mk_pair){nn, nb, pos, 4});
    }
    fclose(in);
}

void mk_read_list(struct mk_world *w, const char *path, uint8_t lang)
{
    FILE *in = fopen(path, "r");
    if (!in) mk_die("%s cannot be read", path);
    char line[512], word[128];
    while (fgets(line, sizeof line, in)) {
        size_t n = mk_fold(line, strcspn(line, "\r\n"), true, word, sizeof word);
        if (n < 2) continue;
        w->list = hf_grow(w->list, &w->list_cap, w->n_list, sizeof *w->list);
        w->list[w->n_list++] = (struct mk_listed){mk_enter(word, n), lang};
    }
    fclose(in);
}
