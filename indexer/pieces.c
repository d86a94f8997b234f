#include "pieces.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/map.h"
#include "../shim/schema.h"

/* What is kept of one document; past it a text is analysed again. */
#define MAX_KEPT ((size_t)4 << 20)

struct kept_term {
    size_t at;
    unsigned len, pos, wdf;
    bool is_exact;
};

/* A text and what it gave. */
struct kept {
    struct kept *next;
    char *text;
    struct hf_buf bytes;
    struct kept_term *terms;
    size_t n, cap;
    unsigned last;
};

struct pieces {
    struct hf_analyser *analyser;
    struct hf_map by_text;
    struct kept *all;
    size_t size; /* of all that is kept, roughly */
    /* the run */
    struct kept *to; /* NULL: not kept */
    piece_fn fn;
    void *ctx;
    unsigned last;
    char exact[HF_TERM_ROOM]; /* the last exact term, behind the field's place */
    size_t exact_len;
    unsigned exact_pos;
    /* the fillers in a row before the word being looked at, the last one second */
    char stops[2][64];
    unsigned n_stops, stop_pos;
};

struct pieces *pieces_new(struct hf_analyser *a)
{
    struct pieces *p = hf_xcalloc(1, sizeof *p);
    p->analyser = a;
    return p;
}

void pieces_forget(struct pieces *p)
{
    for (struct kept *k; (k = p->all) != NULL;) {
        p->all = k->next;
        hf_buf_release(&k->bytes);
        free(k->terms);
        free(k->text);
        free(k);
    }
    hf_map_release(&p->by_text);
    p->by_text = (struct hf_map){NULL, 0, 0};
    p->size = 0;
}

void pieces_free(struct pieces *p)
{
    if (!p) return;
    pieces_forget(p);
    free(p);
}

/* ---- the terms of a text ---- */

static enum hf_kind kind_of(const struct hf_term *t)
{
    switch (t->kind) {
    case HF_TERM_EXACT: return HF_KIND_EXACT;
    case HF_TERM_LEMMA: return HF_KIND_LEMMA;
    case HF_TERM_ACRONYM: return HF_KIND_ACRONYM;
    case HF_TERM_STEM: return HF_KIND_STEM;
    case HF_TERM_PART: return HF_KIND_PART;
    case HF_TERM_REPAIR: return HF_KIND_REPAIR;
    case HF_TERM_NUMBER: return HF_KIND_NUMBER;
    case HF_TERM_SOUND: return HF_KIND_SOUND;
    }
    HF_BUG("unknown kind of term");
}

static void keep_term(struct kept *k, const struct piece_term *t)
{
    k->terms = hf_grow(k->terms, &k->cap, k->n, sizeof *k->terms);
    k->terms[k->n++] =
        (struct kept_term){k->bytes.len, (unsigned)t->len, t->pos, t->wdf, t->is_exact};
    hf_buf_add(&k->bytes, t->bytes, t->len + 1);
}

static void give(struct pieces *p, struct piece_term *t)
{
    if (p->to) keep_term(p->to, t);
    p->fn(p->ctx, t);
}

static void give_run(struct pieces *p, const char *run, size_t len, unsigned pos)
{
    char bytes[HF_TERM_ROOM];
    struct piece_term t = {.bytes = bytes, .pos = pos};
    t.len = hf_term_spell(bytes, HF_FIELD_TEXT, HF_KIND_STOPS, run, len);
    give(p, &t);
}

/* Fillers in a row are terms of their own, two and three at a time: a phrase of them
 * is a short list instead of the long lists of its words. */
static void give_stops(struct pieces *p, const struct hf_term *t)
{
    char run[200];
    if (!hf_is_filler(t->text, t->len)) {
        p->n_stops = 0;
        return;
    }
    if (t->pos != p->stop_pos + 1) p->n_stops = 0;
    int len = snprintf(run, sizeof run, "%s %.*s", p->stops[1], (int)t->len, t->text);
    if (p->n_stops) give_run(p, run, (size_t)len, t->pos - 1);
    len = snprintf(run, sizeof run, "%s %s %.*s", p->stops[0], p->stops[1], (int)t->len,
                   t->text);
    if (p->n_stops > 1) give_run(p, run, (size_t)len, t->pos - 2);
    memcpy(p->stops[0], p->stops[1], sizeof p->stops[0]);
    memcpy(p->stops[1], t->text, t->len);
    p->stops[1][t->len] = 0;
    p->stop_pos = t->pos;
    p->n_stops++;
}

static int take(void *ctx, const struct hf_term *t)
{
    struct pieces *p = ctx;
    char bytes[HF_TERM_ROOM];
    /* Repairs have positions so that a damaged phrase is one; the other weak terms need
     * none. */
    bool is_placed = !t->is_weak || t->kind == HF_TERM_REPAIR;
    struct piece_term out = {.bytes = bytes, .pos = is_placed ? t->pos : 0, .wdf = 1};
    out.len = hf_term_spell(bytes, HF_FIELD_TEXT, kind_of(t), t->text, t->len);
    if (t->kind == HF_TERM_EXACT) {
        memcpy(p->exact, bytes, out.len);
        p->exact_len = out.len;
        p->exact_pos = t->pos;
    }
    out.is_exact = t->kind == HF_TERM_LEMMA && t->pos == p->exact_pos &&
                   out.len == p->exact_len &&
                   !memcmp(bytes + 2, p->exact + 2, out.len - 2);
    give(p, &out);
    if (t->kind == HF_TERM_EXACT) give_stops(p, t);
    p->last = t->pos;
    return 0;
}

/* ---- once ---- */

static void give_again(struct pieces *p, struct kept *k)
{
    for (size_t i = 0; i < k->n; i++) {
        const struct kept_term *t = &k->terms[i];
        const struct piece_term again = {k->bytes.data + t->at, t->len, t->pos, t->wdf,
                                         t->is_exact};
        p->fn(p->ctx, &again);
    }
}

unsigned pieces_each(struct pieces *p, const char *text, bool keep, piece_fn fn,
                     void *ctx)
{
    size_t len = strlen(text);
    struct kept *k = keep ? hf_map_get(&p->by_text, text, len) : NULL;
    p->fn = fn;
    p->ctx = ctx;
    if (k) {
        give_again(p, k);
        return k->last;
    }
    /* The terms and their places take about sixteen times the text. */
    if (keep && p->size + len * 16 < MAX_KEPT) {
        k = hf_xcalloc(1, sizeof *k);
        hf_buf_init(&k->bytes);
        k->text = hf_xstrndup(text, len);
        k->next = p->all;
        p->all = k;
        hf_map_put(&p->by_text, k->text, len, k);
    }
    p->to = k;
    p->last = p->n_stops = p->exact_pos = 0;
    hf_analyse(p->analyser, HF_INDEX_TEXT, text, len, take, p);
    if (k) {
        k->last = p->last;
        p->size += sizeof *k + len + k->bytes.len + k->n * sizeof *k->terms;
    }
    return p->last;
}
