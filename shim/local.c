#include "local.h"

#include <stdlib.h>
#include <string.h>

#include "utf8.h"

/* More definitions than this are no minutes. */
#define MAX_LOCAL 64

void hf_local_clear(struct hf_local *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->at[i].text);
        for (size_t k = 0; k < l->at[i].n_lemmas; k++) free(l->at[i].lemmas[k]);
    }
    free(l->at);
    hf_map_release(&l->names);
    for (size_t i = 0; i < l->n_texts; i++) free(l->texts[i]);
    free(l->texts);
    *l = (struct hf_local){NULL};
}

/* ---- names ---- */

static const char *keep_lower(struct hf_local *l, const json_t *pair, const char *key,
                              size_t *len)
{
    struct hf_buf b = HF_BUF_INIT;
    const char *text = json_string_value(json_object_get(pair, key));
    hf_utf8_lower(&b, text ? text : "", text ? strlen(text) : 0);
    l->texts = hf_grow(l->texts, &l->cap_texts, l->n_texts, sizeof *l->texts);
    *len = b.len;
    return l->texts[l->n_texts++] = hf_buf_take(&b);
}

void hf_local_add_names(struct hf_local *l, const json_t *record)
{
    size_t i, len, name_len;
    json_t *pair;
    json_array_foreach(json_object_get(record, "names_read"), i, pair)
    {
        const char *word = keep_lower(l, pair, "printed", &len);
        const char *name = keep_lower(l, pair, "name", &name_len);
        if (len && name_len) hf_map_put(&l->names, word, len, (void *)name);
    }
}

const char *hf_local_name(const struct hf_local *l, const char *word, size_t len)
{
    return hf_map_get(&l->names, word, len);
}

/* ---- acronyms ---- */

const struct hf_local_acronym *hf_local_find(const struct hf_local *l, const char *text,
                                             size_t len)
{
    for (size_t i = 0; i < l->n; i++)
        if (strlen(l->at[i].text) == len && !memcmp(l->at[i].text, text, len))
            return &l->at[i];
    return NULL;
}

static int add_lemma(void *ctx, const struct hf_term *t)
{
    struct hf_local_acronym *a = ctx;
    if (t->kind != HF_TERM_LEMMA || t->is_stop || a->n_lemmas == HF_LOCAL_MAX_WORDS)
        return 0;
    a->lemmas[a->n_lemmas++] = hf_xstrndup(t->text, t->len);
    return 0;
}

struct compare {
    const struct hf_local_acronym *own;
    bool shares;
};

static int compare_lemma(void *ctx, const struct hf_term *t)
{
    struct compare *c = ctx;
    for (size_t i = 0; t->kind == HF_TERM_LEMMA && !t->is_stop && i < c->own->n_lemmas;
         i++)
        c->shares |= strlen(c->own->lemmas[i]) == t->len &&
                     !memcmp(c->own->lemmas[i], t->text, t->len);
    return c->shares;
}

/* True if the document's form has a word in common with one of the concept's, or its very
 * letters («Legemiddel assistert rehabilitering»): then it means the same. */
static bool means_the_same(struct hf_analyser *a, const struct hf_concept *concept,
                           const struct hf_local_acronym *own,
                           const struct hf_definition *d)
{
    struct compare c = {own, false};
    struct hf_buf key = HF_BUF_INIT, other = HF_BUF_INIT;
    hf_concept_key(a, &key, d->form, d->form_len);
    for (size_t i = concept->n_acronyms; !c.shares && i < concept->n_forms; i++) {
        hf_analyse(a, HF_QUERY_TEXT, concept->forms[i], strlen(concept->forms[i]),
                   compare_lemma, &c);
        hf_buf_clear(&other);
        hf_concept_key(a, &other, concept->forms[i], strlen(concept->forms[i]));
        c.shares |= !strcmp(key.data, other.data);
    }
    hf_buf_release(&key);
    hf_buf_release(&other);
    return c.shares;
}

void hf_local_add(struct hf_local *l, const struct hf_lexicon *lex, struct hf_analyser *a,
                  const struct hf_definition *d)
{
    const struct hf_acronym *known = hf_lexicon_acronym(lex, d->acronym, d->acronym_len);
    struct hf_local_acronym own = {NULL, false, {NULL}, 0};
    if (l->n == MAX_LOCAL || hf_local_find(l, d->acronym, d->acronym_len)) return;
    hf_analyse(a, HF_QUERY_TEXT, d->form, d->form_len, add_lemma, &own);
    own.is_redefined = known && known->concept && own.n_lemmas &&
                       !means_the_same(a, known->concept, &own, d);
    if (known && !own.is_redefined) { /* the lists know as much */
        for (size_t k = 0; k < own.n_lemmas; k++) free(own.lemmas[k]);
        return;
    }
    own.text = hf_xstrndup(d->acronym, d->acronym_len);
    l->at = hf_grow(l->at, &l->cap, l->n, sizeof *l->at);
    l->at[l->n++] = own;
}
