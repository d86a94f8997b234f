/* Writing the table: lemma_format.h says how it lies. */
#include "mklemma_world.h"

#include <libstemmer.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct words32 {
    uint32_t *v;
    size_t n, cap;
};

struct out {
    struct words32 starts, sets, mods, extras, tail_values, rules, lemmas;
    uint32_t *lemma_no; /* of a string, from 1 */
    uint32_t *text_at;  /* of a string in the pool, 0 = not there */
    struct words32 lemma_ids;
    uint8_t *values, *pool;
    size_t values_len, values_cap;
    size_t pool_len, pool_cap;
    struct mk_automaton forms, mod_forms, tails;
    struct sb_stemmer *stemmer;
};

static uint32_t push(struct words32 *w, uint32_t x)
{
    w->v = hf_grow(w->v, &w->cap, w->n, sizeof *w->v);
    w->v[w->n] = x;
    return (uint32_t)w->n++;
}

static uint32_t lemma_no(struct out *o, uint32_t id)
{
    if (!o->lemma_no[id]) {
        push(&o->lemma_ids, id);
        o->lemma_no[id] = (uint32_t)o->lemma_ids.n;
    }
    return o->lemma_no[id] - 1;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(mk_text(*(const uint32_t *)a), mk_text(*(const uint32_t *)b));
}

static uint32_t head_weight8(const struct mk_world *w, const uint32_t *lemmas, size_t n)
{
    double best = 0;
    for (size_t i = 0; i < n; i++) {
        if (w->head_weight[lemmas[i]] > best) best = w->head_weight[lemmas[i]];
    }
    double x = 20 * log2(1 + best);
    return x > 255 ? 255 : (uint32_t)x;
}

static uint64_t hash_set(const uint32_t *set)
{
    uint64_t h = 0;
    for (size_t k = 0; k <= SET_COUNT(set[0]); k++) {
        h = (h ^ set[k]) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
    }
    return h;
}

/* The number of a set; equal sets are stored once. slots: their register, number + 1. */
static uint32_t set_no(struct out *o, const uint32_t *set, size_t n, uint32_t **slots,
                       size_t *n_slots)
{
    if (2 * o->starts.n >= *n_slots) {
        *n_slots = *n_slots ? 2 * *n_slots : 1u << 16;
        free(*slots);
        *slots = hf_xcalloc(*n_slots, sizeof **slots);
        for (size_t i = 0; i < o->starts.n; i++) {
            size_t j = hash_set(o->sets.v + o->starts.v[i]) & (*n_slots - 1);
            while ((*slots)[j]) j = (j + 1) & (*n_slots - 1);
            (*slots)[j] = (uint32_t)i + 1;
        }
    }
    size_t j = hash_set(set) & (*n_slots - 1);
    for (; (*slots)[j]; j = (j + 1) & (*n_slots - 1)) {
        const uint32_t *s = o->sets.v + o->starts.v[(*slots)[j] - 1];
        if (s[0] == set[0] && !memcmp(s, set, n * sizeof *set)) return (*slots)[j] - 1;
    }
    (*slots)[j] = push(&o->starts, (uint32_t)o->sets.n) + 1;
    if (o->starts.n > 0xffffff) mk_die("too many sets of lemmas");
    for (size_t k = 0; k < n; k++) push(&o->sets, set[k]);
    return (uint32_t)o->starts.n - 1;
}

static void make_forms(struct mk_world *w, struct out *o)
{
    struct words32 forms = {0};
    uint32_t *slots = NULL, lemmas[3], flags;
    size_t n_slots = 0;
    for (uint32_t f = 1; f < w->n_words; f++) {
        if (mk_choose(w, f, lemmas, 3, &flags)) push(&forms, f);
    }
    qsort(forms.v, forms.n, sizeof *forms.v, by_bytes);
    for (size_t i = 0; i < forms.n; i++) {
        uint32_t set[4];
        size_t n = mk_choose(w, forms.v[i], lemmas, 3, &flags);
        set[0] = (uint32_t)n | flags | head_weight8(w, lemmas, n) << 16;
        for (size_t k = 0; k < n; k++) set[1 + k] = lemma_no(o, lemmas[k]);
        uint32_t no = set_no(o, set, n + 1, &slots, &n_slots);
        o->values = hf_grow(o->values, &o->values_cap, o->values_len + 3, 1);
        for (int b = 0; b < 3; b++) o->values[o->values_len++] = (uint8_t)(no >> 8 * b);
    }
    mk_automaton_build(&o->forms, forms.v, forms.n);
    free(forms.v);
    free(slots);
}

static size_t to_utf8(uint32_t id, uint8_t *out)
{
    size_t n = 0;
    for (const uint8_t *p = (const uint8_t *)mk_text(id); *p; p++) {
        if (*p >= 0x80) {
            out[n++] = (uint8_t)(0xc0 | *p >> 6);
            out[n++] = (uint8_t)(0x80 | (*p & 0x3f));
        } else {
            out[n++] = *p;
        }
    }
    return n;
}

static void pool_add(struct out *o, const void *bytes, size_t n)
{
    o->pool = hf_grow(o->pool, &o->pool_cap, o->pool_len + n, 1);
    memcpy(o->pool + o->pool_len, bytes, n);
    o->pool_len += n;
}

/* A text of the pool (length, bytes), stored once. */
static uint32_t pool_text(struct out *o, uint32_t id)
{
    uint8_t text[256];
    if (!o->text_at[id]) {
        size_t n = to_utf8(id, text + 1);
        text[0] = (uint8_t)n;
        o->text_at[id] = (uint32_t)o->pool_len;
        pool_add(o, text, n + 1);
    }
    return o->text_at[id];
}

static void make_mods(struct mk_world *w, struct out *o)
{
    struct words32 forms = {0};
    for (int i = 0; i < 3; i++) push(&o->extras, 0); /* number 0 means none */
    for (size_t i = 0; i < w->n_mods; i++) {
        const struct mk_modifier *m = &w->mods[i];
        double x = 20 * log2(1 + m->weight);
        push(&forms, m->form);
        push(&o->mods, pool_text(o, m->text));
        push(&o->mods, lemma_no(o, m->lemma) << 8 | (x > 255 ? 255 : (uint32_t)x));
        push(&o->mods,
             m->part != m->lemma || m->alt_lemma ? (uint32_t)(o->extras.n / 3) : 0);
        if (m->part == m->lemma && !m->alt_lemma) continue;
        push(&o->extras, lemma_no(o, m->part));
        push(&o->extras, m->alt_lemma ? pool_text(o, m->alt_text) : 0);
        push(&o->extras, m->alt_lemma ? lemma_no(o, m->alt_lemma) : 0);
    }
    mk_automaton_build(&o->mod_forms, forms.v, forms.n);
    free(forms.v);
}

static void make_tails(struct mk_world *w, struct out *o)
{
    struct words32 texts = {0};
    for (size_t i = 0; i < w->n_tails; i++) {
        const struct mk_tail *t = &w->tails[i];
        push(&texts, t->text);
        push(&o->tail_values, (uint32_t)(o->rules.n / 2));
        for (size_t k = 0; k < t->n; k++) {
            uint8_t text[256];
            size_t n = mk_len(
                t->add[k]); /* Latin-1 here: it is put behind letters of the word */
            memcpy(text, mk_text(t->add[k]), n);
            struct lemma_rule r = {t->cut[k], (uint8_t)n, (uint8_t)(t->n - 1 - k), 0,
                                   (uint32_t)o->pool_len};
            uint32_t words[2];
            memcpy(words, &r, sizeof words);
            push(&o->rules, words[0]);
            push(&o->rules, words[1]);
            pool_add(o, text, n);
        }
    }
    mk_automaton_build(&o->tails, texts.v, texts.n);
    free(texts.v);
}

static size_t stem_len(struct out *o, uint32_t id, const uint8_t *text, size_t len)
{
    const sb_symbol *s =
        sb_stemmer_stem(o->stemmer, (const sb_symbol *)mk_text(id), (int)mk_len(id));
    size_t n = (size_t)sb_stemmer_length(o->stemmer), utf8_len = 0;
    if (!s || n > mk_len(id) || memcmp(s, mk_text(id), n)) return len;
    for (size_t i = 0; i < n; i++) utf8_len += ((uint8_t)s[i] & 0x80) ? 2 : 1;
    (void)text;
    return utf8_len;
}

static void make_lemmas(struct mk_world *w, struct out *o)
{
    o->stemmer = sb_stemmer_new("norwegian", "ISO_8859_1");
    if (!o->stemmer) mk_die("libstemmer has no Norwegian");
    for (size_t i = 0; i < o->lemma_ids.n; i++) { /* grows: parts are lemmas */
        uint32_t id = o->lemma_ids.v[i], parts[6];
        uint8_t text[256];
        size_t len = to_utf8(id, text + 3), n = mk_parts(w, id, parts, 6);
        text[0] = (uint8_t)len;
        text[1] = (uint8_t)stem_len(o, id, text + 3, len);
        text[2] = (uint8_t)n;
        push(&o->lemmas, (uint32_t)o->pool_len);
        pool_add(o, text, len + 3);
        for (size_t k = 0; k < n; k++) {
            uint32_t no = lemma_no(o, parts[k]);
            pool_add(o, &no, 4);
        }
    }
    sb_stemmer_delete(o->stemmer);
}

static void put(FILE *f, struct lemma_header *h, enum lemma_section s, const void *v,
                size_t n, size_t size)
{
    static const char zeros[8];
    uint64_t at = (uint64_t)ftell(f);
    if (at % 8) fwrite(zeros, 1, 8 - at % 8, f);
    h->sections[s] = (struct lemma_extent){(uint64_t)ftell(f), n};
    if (n && fwrite(v, size, n, f) != n) mk_die("the table cannot be written");
}

static void finish(FILE *f, struct lemma_header *h, const char *path)
{
    static const char zeros[8];
    uint64_t at = (uint64_t)ftell(f);
    if (at % 8) fwrite(zeros, 1, 8 - at % 8, f);
    h->file_len = (uint64_t)ftell(f);
    size_t n = (size_t)h->file_len - sizeof *h;
    unsigned char *all = hf_xmalloc(n);
    if (fseek(f, sizeof *h, SEEK_SET) || fread(all, 1, n, f) != n)
        mk_die("%s cannot be read back", path);
    h->checksum = lemma_checksum(all, n);
    free(all);
    if (fseek(f, 0, SEEK_SET) || fwrite(h, sizeof *h, 1, f) != 1 || fclose(f))
        mk_die("%s: cannot write", path);
}

void mk_write(struct mk_world *w, const char *path)
{
    static struct out o;
    o.lemma_no = hf_xcalloc(w->n_words, sizeof *o.lemma_no);
    o.text_at = hf_xcalloc(w->n_words, sizeof *o.text_at);
    uint8_t none = 0;
    pool_add(&o, &none, 1);
    make_forms(w, &o);
    make_mods(w, &o);
    make_tails(w, &o);
    make_lemmas(w, &o);
    struct lemma_header h = {
        .magic = LEMMA_MAGIC, .version = LEMMA_VERSION, .byte_order = LEMMA_ORDER};
    h.forms_root = o.forms.root;
    h.mods_root = o.mod_forms.root;
    h.tails_root = o.tails.root;
    h.n_forms = o.forms.n_words;
    FILE *f = fopen(path, "w+b");
    if (!f || fwrite(&h, sizeof h, 1, f) != 1) mk_die("%s cannot be written", path);
    put(f, &h, LEMMA_FORMS, o.forms.arcs, o.forms.n_arcs, 8);
    put(f, &h, LEMMA_VALUES, o.values, o.values_len / 3, 3);
    put(f, &h, LEMMA_STARTS, o.starts.v, o.starts.n, 4);
    put(f, &h, LEMMA_SETS, o.sets.v, o.sets.n, 4);
    put(f, &h, LEMMA_MODS, o.mod_forms.arcs, o.mod_forms.n_arcs, 8);
    put(f, &h, LEMMA_MOD_RECORDS, o.mods.v, o.mods.n / 3, 12);
    put(f, &h, LEMMA_MOD_EXTRAS, o.extras.v, o.extras.n / 3, 12);
    put(f, &h, LEMMA_TAILS, o.tails.arcs, o.tails.n_arcs, 8);
    put(f, &h, LEMMA_TAIL_VALUES, o.tail_values.v, o.tail_values.n, 4);
    put(f, &h, LEMMA_RULES, o.rules.v, o.rules.n / 2, 8);
    put(f, &h, LEMMA_LEMMAS, o.lemmas.v, o.lemmas.n, 4);
    put(f, &h, LEMMA_POOL, o.pool, o.pool_len, 1);
    finish(f, &h, path);
    printf("  %u forms, %zu lemmas, %zu first parts, %zu arcs, %zu endings, %.1f MB\n",
           h.n_forms, o.lemmas.n, w->n_mods, o.forms.n_arcs, w->n_tails,
           (double)h.file_len / 1e6);
}
