/* Compounds: how productive first and last parts are, and the parts of the lemmas. */
#include "mklemma_world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MIN_SCORE = 17, MAX_PARTS = 6, MIN_MOD = 2, MIN_HEAD = 3 };

/* Words that bind with verbs and their like: what they begin is no compound of its parts
 * (innkalling, samarbeid). */
static bool is_particle(uint32_t id)
{
    static const char *const words[] = {
        "an",   "at",     "att",   "av",    "be",  "bi",     "de",    "ei",
        "en",   "er",     "et",    "etter", "for", "fore",   "fra",   "fram",
        "frem", "fr\xe5", "gjen",  "ha",    "i",   "inn",    "med",   "mellom",
        "mis",  "mot",    "ned",   "om",    "opp", "over",   "p\xe5", "re",
        "sam",  "sammen", "saman", "s\xe5", "ti",  "til",    "u",     "under",
        "unn",  "ut",     "van",   "ved",   "vid", "vidare", "videre"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!strcmp(mk_text(id), words[i])) return true;
    }
    return false;
}

static bool is_head(const struct mk_candidate *c)
{
    return !(c->flags & MK_CMP) &&
           (c->pos == MK_NOUN || c->pos == MK_ADJ || c->pos == MK_VERB);
}

static bool can_head(const struct mk_world *w, uint32_t form)
{
    size_t n;
    const struct mk_candidate *c = mk_cands(w, form, &n);
    for (size_t i = 0; i < n; i++) {
        if (is_head(&c[i])) return true;
    }
    return false;
}

size_t mk_splits(const struct mk_world *w, uint32_t word, struct mk_split *out,
                 size_t cap)
{
    const char *s = mk_text(word);
    size_t len = mk_len(word), n = 0;
    for (size_t cut = MIN_MOD; cut + MIN_HEAD <= len && n < cap; cut++) {
        uint32_t mod = mk_find(s, cut), head = mk_find(s + cut, len - cut);
        if (!mod || !head || mod >= w->n_words || w->mod_weight[mod] < 0 ||
            !can_head(w, head))
            continue;
        out[n++] = (struct mk_split){mod, head, 0};
    }
    return n;
}

double mk_head_weight(const struct mk_world *w, uint32_t form)
{
    size_t n;
    double best = 0;
    const struct mk_candidate *c = mk_cands(w, form, &n);
    for (size_t i = 0; i < n; i++) {
        if (is_head(&c[i]) && w->head_weight[c[i].lemma] > best)
            best = w->head_weight[c[i].lemma];
    }
    return best;
}

static void mark_modifiers(struct mk_world *w)
{
    w->mod_weight = hf_xmalloc(w->n_words * sizeof *w->mod_weight);
    w->head_weight = hf_xcalloc(w->n_words, sizeof *w->head_weight);
    for (size_t i = 0; i < w->n_words; i++) w->mod_weight[i] = -1;
    for (size_t i = 0; i < w->n_cands; i++) {
        const struct mk_candidate *c = &w->cands[i];
        bool is_word = c->pos == MK_NOUN || c->pos == MK_ADJ || c->pos == MK_VERB ||
                       c->pos == MK_NAME;
        if ((c->flags & MK_CMP) && is_word && mk_len(c->form) >= MIN_MOD &&
            !is_particle(c->form)) {
            w->mod_weight[c->form] = 0;
        }
    }
}

/* True if the dictionary has the word as a form of its own. */
static bool is_form(const struct mk_world *w, uint32_t form)
{
    size_t n;
    const struct mk_candidate *c = mk_cands(w, form, &n);
    for (size_t i = 0; i < n; i++) {
        if (!(c[i].flags & MK_CMP)) return true;
    }
    return false;
}

/* One round: each word of the lists gives its splits one vote, shared by how likely they
 * are so far. */
static void count_round(struct mk_world *w, bool is_first)
{
    float *mods = hf_xcalloc(w->n_words, sizeof *mods),
          *heads = hf_xcalloc(w->n_words, sizeof *heads);
    for (size_t i = 0; i < w->n_list; i++) {
        struct mk_split s[32];
        if (is_form(w, w->list[i].word)) continue;
        size_t n = mk_splits(w, w->list[i].word, s, 32);
        double sum = 0;
        for (size_t k = 0; k < n; k++) {
            s[k].score = is_first ? 1
                                  : (w->mod_weight[s[k].mod] + 0.1) *
                                        (mk_head_weight(w, s[k].head) + 0.1);
            sum += s[k].score;
        }
        for (size_t k = 0; k < n; k++) {
            float share = (float)(s[k].score / sum);
            size_t m;
            const struct mk_candidate *c = mk_cands(w, s[k].head, &m);
            mods[s[k].mod] += share;
            for (size_t j = 0; j < m; j++) {
                bool is_again = j && c[j].lemma == c[j - 1].lemma;
                if (is_head(&c[j]) && !is_again) heads[c[j].lemma] += share / (float)m;
            }
        }
    }
    for (size_t i = 0; i < w->n_words; i++) {
        if (w->mod_weight[i] >= 0) w->mod_weight[i] = mods[i];
        w->head_weight[i] = heads[i];
    }
    free(mods);
    free(heads);
}

static int by_text(const void *a, const void *b)
{
    const struct mk_modifier *x = a, *y = b;
    return strcmp(mk_text(x->form), mk_text(y->form));
}

/* The bokmål joint form of a canonical lemma that begins most words. */
static void best_joints(const struct mk_world *w, uint32_t *joint)
{
    bool *own = hf_xcalloc(w->n_words, sizeof *own);
    for (size_t i = 0; i < w->n_cands; i++) {
        const struct mk_candidate *c = &w->cands[i];
        if (c->lang != MK_NB || !(c->flags & MK_CMP) || w->mod_weight[c->form] < 0)
            continue;
        uint32_t old = joint[c->lemma];
        if (!old || w->mod_weight[c->form] > w->mod_weight[old])
            joint[c->lemma] = c->form;
    }
    free(own);
}

/* A lemma as it comes out when it is looked up itself: små is a first part, but as a word
 * a form of liten. */
static uint32_t as_looked_up(const struct mk_world *w, uint32_t lemma)
{
    uint32_t found[3], flags;
    size_t n = mk_choose(w, lemma, found, 3, &flags);
    for (size_t i = 0; i < n; i++) {
        if (found[i] == lemma) return lemma;
    }
    return n ? found[0] : lemma;
}

/* The reading of a first part that is used: one of bokmål where there is one, the more
 * productive one. */
static const struct mk_candidate *best_reading(const struct mk_world *w, uint32_t form)
{
    size_t n;
    const struct mk_candidate *c = mk_cands(w, form, &n), *best = NULL;
    double best_score = 0;
    for (size_t i = 0; i < n; i++) {
        double score =
            log2(1 + w->head_weight[c[i].lemma]) + (c[i].lang == MK_NB ? 20 : 0);
        if (!(c[i].flags & MK_CMP) || (best && score <= best_score)) continue;
        best = &c[i];
        best_score = score;
    }
    return best;
}

/* A reading as nynorsk beside that as bokmål: val- is valg- as well. Only what looks
 * alike, or the supplement has. */
static uint32_t other_reading(const struct mk_world *w, const struct mk_candidate *best)
{
    size_t n;
    const struct mk_candidate *c = mk_cands(w, best->form, &n);
    uint32_t other = 0;
    for (size_t i = 0; i < n; i++) {
        bool is_near = mk_distance(mk_text(c[i].own), mk_text(c[i].lemma)) <= 0.4;
        if (c[i].lang != MK_NN || !(c[i].flags & MK_CMP) || c[i].lemma == best->lemma)
            continue;
        if (!(c[i].flags & MK_SURE) && !is_near) continue;
        if (!other || w->head_weight[c[i].lemma] > w->head_weight[other])
            other = c[i].lemma;
    }
    return other;
}

void mk_collect_modifiers(struct mk_world *w)
{
    size_t cap = 0;
    free(w->mods);
    w->mods = NULL;
    w->n_mods = 0;
    uint32_t *joint = hf_xcalloc(w->n_words, sizeof *joint);
    best_joints(w, joint);
    for (uint32_t form = 1; form < w->n_words; form++) {
        const struct mk_candidate *best =
            w->mod_weight[form] < 0 ? NULL : best_reading(w, form);
        if (!best) continue;
        struct mk_modifier m = {
            .form = form, .lemma = best->lemma, .weight = w->mod_weight[form]};
        m.text = joint[m.lemma] ? joint[m.lemma] : form;
        m.alt_lemma = other_reading(w, best);
        if (m.alt_lemma)
            m.alt_text = joint[m.alt_lemma] ? joint[m.alt_lemma] : m.alt_lemma;
        uint32_t found[3], flags;
        size_t n = mk_choose(w, form, found, 3, &flags);
        m.part = n ? found[0] : as_looked_up(w, m.lemma);
        for (size_t i = 0; i < n; i++) {
            if (found[i] == m.lemma) m.part = m.lemma;
        }
        w->mods = hf_grow(w->mods, &cap, w->n_mods, sizeof *w->mods);
        w->mods[w->n_mods++] = m;
    }
    qsort(w->mods, w->n_mods, sizeof *w->mods, by_text);
    free(joint);
}

const struct mk_modifier *mk_mod(const struct mk_world *w, uint32_t form)
{
    struct mk_modifier key = {.form = form};
    return bsearch(&key, w->mods, w->n_mods, sizeof key, by_text);
}

/* Guessed joints must have proved themselves. */
static void drop_guesses(struct mk_world *w)
{
    for (uint32_t form = 1; form < w->n_words; form++) {
        size_t n;
        bool is_sure = false;
        const struct mk_candidate *c = mk_cands(w, form, &n);
        if (w->mod_weight[form] < 0) continue;
        for (size_t i = 0; i < n; i++)
            is_sure |= (c[i].flags & MK_CMP) && !(c[i].flags & MK_GUESSED);
        if (!is_sure && w->mod_weight[form] < (mk_len(form) < 9 ? 3 : 0))
            w->mod_weight[form] = -1;
    }
}

void mk_count_compounds(struct mk_world *w)
{
    free(w->mod_weight);
    free(w->head_weight);
    mark_modifiers(w);
    count_round(w, true);
    count_round(w, false);
    drop_guesses(w);
    count_round(w, false);
    mk_collect_modifiers(w);
}

struct ranked {
    uint32_t lemma;
    double score;
};

static int by_score(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    return strcmp(mk_text(x->lemma), mk_text(y->lemma));
}

static bool has_nb(const struct mk_candidate *c, size_t n, const struct mk_candidate *x)
{
    for (size_t i = 0; i < n; i++) {
        if (c[i].lang == MK_NB && c[i].lemma == x->lemma && c[i].pos == x->pos &&
            !(c[i].flags & MK_CMP)) {
            return true;
        }
    }
    return false;
}

/* True if the form is a noun of bokmål that begins many compounds. */
static bool is_common_noun(const struct mk_world *w, const struct mk_candidate *c,
                           size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool is_base = c[i].lang == MK_NB && c[i].pos == MK_NOUN && c[i].own == c[i].form;
        if (is_base && w->mod_weight[c[i].form] > 100) return true;
    }
    return false;
}

/* True if a reading has to give way to those of bokmål: to another translation of the
 * same nynorsk lemma (leie does not meet leder by way of nynorsk leie = lede), or,
 * carried from another word class, to a common noun (helse is no form of hilse). */
static bool is_covered(const struct mk_world *w, const struct mk_candidate *c, size_t n,
                       const struct mk_candidate *x)
{
    if (x->flags & MK_SURE) return false;
    if (x->lemma != x->own && x->pos != MK_NOUN && is_common_noun(w, c, n)) return true;
    if (x->lang == MK_NB || has_nb(c, n, x)) return false;
    for (size_t i = 0; i < n; i++) {
        bool is_sister = c[i].lang == MK_NN && c[i].own == x->own && c[i].pos == x->pos;
        if (is_sister && has_nb(c, n, &c[i])) return true;
    }
    return false;
}

/* What readings a form has: a rare one (a verb that no pair knows, the genitive of a
 * name) gives way to others. */
static unsigned rarity(const struct mk_candidate *c)
{
    if (c->flags & MK_CMP) return 9;
    if (c->pos == MK_NAME) return c->flags & MK_GENITIVE ? 4 : 3;
    bool is_noun = c->pos == MK_NOUN && (c->flags & MK_BASE);
    return is_noun || (c->flags & MK_PAIRED) ? 0 : 1;
}

size_t mk_choose(const struct mk_world *w, uint32_t form, uint32_t *lemmas, size_t cap,
                 uint32_t *flags)
{
    struct ranked r[64];
    size_t n_cands, n = 0;
    unsigned least = 8;
    const struct mk_candidate *c = mk_cands(w, form, &n_cands);
    *flags = 0;
    for (size_t i = 0; i < n_cands; i++) {
        unsigned rare = rarity(&c[i]);
        if (rare < least) least = rare;
    }
    for (size_t i = 0; i < n_cands && n < 64; i++) {
        if (rarity(&c[i]) > least) continue;
        if (is_covered(w, c, n_cands, &c[i])) continue;
        double score = log(1 + w->head_weight[c[i].lemma]) +
                       (c[i].lang == MK_NB ? 1 : 0) + (c[i].flags & MK_BASE ? 2 : 0) -
                       (c[i].flags & MK_GENITIVE ? 3 : 0);
        size_t k = 0;
        while (k < n && r[k].lemma != c[i].lemma) k++;
        if (k == n)
            r[n++] = (struct ranked){c[i].lemma, score};
        else if (score > r[k].score)
            r[k].score = score;
        if (is_head(&c[i])) *flags |= SET_IS_HEAD;
        if (c[i].pos == MK_NAME) *flags |= SET_IS_NAME;
    }
    qsort(r, n, sizeof *r, by_score);
    if (n > cap) n = cap;
    for (size_t i = 0; i < n; i++) lemmas[i] = r[i].lemma;
    return n;
}

/* True if the forms of a lemma are those of the head behind the first part: a compound is
 * inflected as its head. Forms of both languages count, each by its own lemma. */
static bool inflects_as(const struct mk_world *w, uint32_t lemma, size_t cut,
                        uint32_t head)
{
    size_t good = 0, all = 0;
    for (size_t i = w->first_form[lemma]; i < w->first_form[lemma + 1]; i++) {
        const struct mk_candidate *c = &w->cands[w->by_own[i]];
        size_t n, len = mk_len(c->form);
        if (c->flags & MK_CMP) continue;
        all++;
        if (len <= cut || memcmp(mk_text(c->form), mk_text(lemma), cut)) continue;
        uint32_t tail = mk_find(mk_text(c->form) + cut, len - cut);
        const struct mk_candidate *h = mk_cands(w, tail, &n);
        for (size_t k = 0; tail && k < n; k++) {
            if (h[k].own == head && h[k].pos == c->pos && is_head(c)) {
                good++;
                break;
            }
        }
    }
    return !all ||
           10 * good >=
               8 * all; /* a lemma without forms was put together from parts here */
}

/* True for a noun made of a verb that is itself the whole: kartlegging is to kartlegge
 * what legging is to legge, and no compound of kart and legging. */
static bool is_of_verb(const struct mk_world *w, uint32_t lemma)
{
    static const char *const endings[] = {"ing", "ning", "else", "er", "sel"};
    static const char *const verbs[] = {"e", "", "je", "le"};
    const char *s = mk_text(lemma);
    size_t len = mk_len(lemma);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (len < n + 4 || memcmp(s + len - n, endings[i], n)) continue;
        for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) {
            char text[160];
            int m = snprintf(text, sizeof text, "%.*s%s", (int)(len - n), s, verbs[k]);
            uint32_t verb = m > 0 ? mk_find(text, (size_t)m) : 0;
            if (!verb || verb >= w->n_lemma_marks) continue;
            if ((w->is_lemma[MK_NB][verb] | w->is_lemma[MK_NN][verb]) >> MK_VERB & 1)
                return true;
        }
    }
    return false;
}

/* True if a particle ends a letter or two before the cut and a head begins there: forslag
 * is for + slag. */
static bool is_behind_particle(const struct mk_world *w, uint32_t lemma, size_t cut)
{
    const char *s = mk_text(lemma);
    for (size_t at = cut - 1; at >= 2 && at + 2 >= cut; at--) {
        uint32_t particle = mk_find(s, at), rest = mk_find(s + at, mk_len(lemma) - at);
        if (particle && rest && is_particle(particle) && can_head(w, rest)) return true;
    }
    return false;
}

/* How much speaks for a split: how productive its parts are, and that long parts hardly
 * meet by chance. */
static double split_score(const struct mk_world *w, uint32_t lemma,
                          const struct mk_split *s)
{
    size_t cut = mk_len(s->mod), rest = mk_len(s->head);
    double first = log2(1 + w->mod_weight[s->mod]),
           last = log2(1 + mk_head_weight(w, s->head));
    const struct mk_modifier *m = mk_mod(w, s->mod);
    bool has_joint = m && m->lemma != s->mod && mk_text(s->mod)[cut - 1] == 's';
    if (!m || cut < 3 || (cut == 3 && first < 3) || is_particle(s->mod)) return 0;
    if (is_behind_particle(w, lemma, cut) || !inflects_as(w, lemma, cut, s->head))
        return 0;
    if (!has_joint && is_of_verb(w, lemma)) return 0;
    return first + last + (double)(cut < 7 ? cut : 7) + (double)(rest < 8 ? rest : 8);
}

static size_t add_part(uint32_t *parts, size_t n, size_t cap, uint32_t part)
{
    for (size_t i = 0; i < n; i++) {
        if (parts[i] == part) return n;
    }
    if (n < cap) parts[n++] = part;
    return n;
}

/* The noun behind a particle of place or time where the whole is a kind of it:
 * forprosjekt is a project. Short nouns (forslag, underskrift) and
 * nouns made of verbs are no such kind. */
static uint32_t noun_behind(const struct mk_world *w, uint32_t lemma)
{
    static const char *const words[] = {"for", "under", "etter", "mellom", "over"};
    enum { MIN_NOUN = 7 };
    const char *s = mk_text(lemma);
    size_t len = mk_len(lemma);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (len < n + MIN_NOUN || memcmp(s, words[i], n) != 0) continue;
        uint32_t noun = mk_find(s + n, len - n);
        if (!noun || noun >= w->n_lemma_marks || is_of_verb(w, lemma) ||
            is_of_verb(w, noun))
            continue;
        bool is_noun =
            (w->is_lemma[MK_NB][noun] & w->is_lemma[MK_NN][noun]) >> MK_NOUN & 1;
        if (is_noun) return noun;
    }
    return 0;
}

size_t mk_parts(const struct mk_world *w, uint32_t lemma, uint32_t *parts, size_t cap)
{
    struct mk_split s[32], best = {0};
    size_t n = mk_splits(w, lemma, s, 32), n_heads, n_parts = 0;
    for (size_t k = 0; k < n; k++) {
        s[k].score = split_score(w, lemma, &s[k]);
        if (s[k].score > best.score) best = s[k];
    }
    if (best.score < MIN_SCORE) {
        uint32_t noun = noun_behind(w, lemma);
        return noun ? add_part(parts, 0, cap, as_looked_up(w, noun)) : 0;
    }
    const struct mk_modifier *m = mk_mod(w, best.mod);
    uint32_t first = m->lemma, last = 0;
    const struct mk_candidate *h = mk_cands(w, best.head, &n_heads);
    for (size_t k = 0; k < n_heads && !last; k++) {
        if (h[k].own == best.head && is_head(&h[k])) last = h[k].lemma;
    }
    if (!last || first == lemma || last == lemma) return 0;
    n_parts = add_part(parts, n_parts, cap, first);
    n_parts = add_part(parts, n_parts, cap, m->part);
    n_parts = add_part(parts, n_parts, cap, as_looked_up(w, last));
    uint32_t inner[MAX_PARTS];
    for (int side = 0; side < 2; side++) {
        size_t n_inner = mk_parts(w, side ? last : first, inner, MAX_PARTS);
        for (size_t k = 0; k < n_inner; k++)
            n_parts = add_part(parts, n_parts, cap, inner[k]);
    }
    return n_parts;
}
