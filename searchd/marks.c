#include "marks.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "span.h"

void marks_init(struct marks *m)
{
    memset(m, 0, sizeof *m);
}

void marks_release(struct marks *m)
{
    for (size_t i = 0; i < m->n; i++) free(m->at[i].text);
    for (size_t i = 0; i < m->n_keys; i++) free(m->keys[i]);
    for (size_t i = 0; i < m->n_sequences; i++) free(m->sequences[i].marks);
    free(m->at);
    free(m->keys);
    free(m->sequences);
    free(m->is_single);
    hf_map_release(&m->by_term);
    marks_init(m);
}

/* ---- collecting ---- */

static size_t intern(struct marks *m, enum hf_kind kind, const char *text, unsigned how)
{
    size_t len = strlen(text) + 1;
    char *key = hf_xmalloc(len + 1);
    key[0] = (char)kind;
    memcpy(key + 1, text, len);
    size_t found = (size_t)hf_map_get(&m->by_term, key, len);
    if (found) {
        free(key);
        m->at[found - 1].how |= how;
        return found - 1;
    }
    size_t cap = m->cap;
    m->at = hf_grow(m->at, &m->cap, m->n, sizeof *m->at);
    if (m->cap != cap) m->is_single = hf_xrealloc(m->is_single, m->cap);
    m->at[m->n] = (struct mark){kind, hf_xstrdup(text), how};
    m->is_single[m->n] = 0;
    hf_wanted_add(&m->wanted, text, len - 1);
    m->keys = hf_grow(m->keys, &m->cap_keys, m->n_keys, sizeof *m->keys);
    m->keys[m->n_keys++] = key;
    hf_map_put(&m->by_term, key, len, (void *)(m->n + 1));
    return m->n++;
}

void marks_add(struct marks *m, enum hf_kind kind, const char *text, unsigned how)
{
    size_t i = intern(m, kind, text, how);
    m->is_single[i] = 1;
}

void marks_add_sequence(struct marks *m, const struct mark *terms, size_t n)
{
    if (n == 1) {
        marks_add(m, terms[0].kind, terms[0].text, terms[0].how);
        return;
    }
    m->sequences =
        hf_grow(m->sequences, &m->cap_sequences, m->n_sequences, sizeof *m->sequences);
    struct mark_sequence *s = &m->sequences[m->n_sequences++];
    s->marks = hf_xcalloc(n, sizeof *s->marks);
    s->n = n;
    for (size_t i = 0; i < n; i++)
        s->marks[i] = intern(m, terms[i].kind, terms[i].text, terms[i].how);
}

/* ---- finding ---- */

struct seen { /* a term of the text that is one of the marks */
    size_t mark, start, end;
    unsigned pos;
};
struct find {
    const struct marks *m;
    struct seen *at;
    size_t n, cap;
    struct hf_buf key;
};

static enum hf_kind index_kind(enum hf_term_kind kind)
{
    static const enum hf_kind kinds[] = {
        [HF_TERM_EXACT] = HF_KIND_EXACT,     [HF_TERM_LEMMA] = HF_KIND_LEMMA,
        [HF_TERM_ACRONYM] = HF_KIND_ACRONYM, [HF_TERM_STEM] = HF_KIND_STEM,
        [HF_TERM_PART] = HF_KIND_PART,       [HF_TERM_REPAIR] = HF_KIND_REPAIR,
        [HF_TERM_NUMBER] = HF_KIND_NUMBER,   [HF_TERM_SOUND] = HF_KIND_SOUND,
    };
    return kinds[kind];
}

static int see(void *ctx, const struct hf_term *t)
{
    struct find *f = ctx;
    hf_buf_clear(&f->key);
    hf_buf_addc(&f->key, (char)index_kind(t->kind));
    hf_buf_add(&f->key, t->text, t->len);
    size_t found = (size_t)hf_map_get(&f->m->by_term, f->key.data, f->key.len);
    if (!found) return 0;
    f->at = hf_grow(f->at, &f->cap, f->n, sizeof *f->at);
    f->at[f->n++] = (struct seen){found - 1, t->start, t->end, t->pos};
    return 0;
}

static void add_hit(struct mark_hits *h, size_t start, size_t end, unsigned how,
                    size_t mark)
{
    h->at = hf_grow(h->at, &h->cap, h->n, sizeof *h->at);
    h->at[h->n++] = (struct mark_hit){start, end, how, mark};
}

/* A sequence that begins at seen[i]: its end in bytes, or 0. */
static size_t sequence_end(const struct find *f, const struct mark_sequence *s, size_t i)
{
    unsigned pos = f->at[i].pos;
    size_t end = f->at[i].end, k = 1;
    for (size_t j = i + 1; k < s->n && j < f->n && f->at[j].pos <= pos + k; j++) {
        if (f->at[j].pos != pos + k || f->at[j].mark != s->marks[k]) continue;
        end = f->at[j].end;
        k++;
    }
    return k == s->n ? end : 0;
}

static int by_start(const void *a, const void *b)
{
    const struct mark_hit *x = a, *y = b;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    return x->end > y->end ? -1 : x->end < y->end;
}

/* The ways in which a stretch is met, the nearest first. */
static const unsigned ways[] = {MARK_EXACT,    MARK_FORM, MARK_CONCEPT, MARK_PREFIX,
                                MARK_REPAIRED, MARK_PART, MARK_LIKENESS};

static size_t nearness(unsigned how)
{
    size_t i = 0;
    while (i < sizeof ways / sizeof *ways && !(how & ways[i])) i++;
    return i;
}

/* Of several ways the nearest counts; another name, met in a repaired reading, is both.
 */
static unsigned nearest_way(unsigned how)
{
    size_t i = nearness(how);
    if (i == sizeof ways / sizeof *ways) return how;
    return ways[i] | (how & MARK_REPAIRED && ways[i] == MARK_CONCEPT ? MARK_REPAIRED : 0);
}

/* Overlapping and doubled stretches become one. */
static void merge(struct mark_hits *h)
{
    size_t out = 0;
    if (h->n > 1) qsort(h->at, h->n, sizeof *h->at, by_start);
    for (size_t i = 0; i < h->n; i++) {
        if (out && h->at[i].start < h->at[out - 1].end) {
            if (h->at[i].end > h->at[out - 1].end) h->at[out - 1].end = h->at[i].end;
            if (nearness(h->at[i].how) < nearness(h->at[out - 1].how))
                h->at[out - 1].mark = h->at[i].mark;
            h->at[out - 1].how |= h->at[i].how;
        } else {
            h->at[out++] = h->at[i];
        }
    }
    h->n = out;
    for (size_t i = 0; i < out; i++) h->at[i].how = nearest_way(h->at[i].how);
}

void marks_find(const struct marks *m, struct hf_analyser *a, const char *text,
                size_t len, struct mark_hits *out)
{
    struct find f = {.m = m, .key = HF_BUF_INIT};
    *out = (struct mark_hits){NULL, 0, 0};
    hf_analyser_wanted(a, &m->wanted);
    if (m->n) hf_analyse(a, HF_INDEX_TEXT, text, len, see, &f);
    hf_analyser_wanted(a, NULL);
    for (size_t i = 0; i < f.n; i++) {
        const struct seen *s = &f.at[i];
        if (m->is_single[s->mark])
            add_hit(out, s->start, s->end, m->at[s->mark].how, s->mark);
        for (size_t k = 0; k < m->n_sequences; k++) {
            const struct mark_sequence *q = &m->sequences[k];
            size_t end = q->marks[0] == s->mark ? sequence_end(&f, q, i) : 0;
            if (end > s->start) add_hit(out, s->start, end, m->at[s->mark].how, s->mark);
        }
    }
    merge(out);
    free(f.at);
    hf_buf_release(&f.key);
}

void mark_hits_release(struct mark_hits *h)
{
    free(h->at);
    *h = (struct mark_hits){NULL, 0, 0};
}

/* ---- showing ---- */

static void add_segment(struct hf_buf *out, const char *text, size_t len, bool is_match)
{
    if (!len) return;
    hf_buf_adds(out, out->data[out->len - 1] == '[' ? "[" : ",[");
    span_quote(text, len, out);
    hf_buf_adds(out, is_match ? ",true]" : ",false]");
}

static void add_range(struct hf_buf *out, const struct mark_hits *h, const char *text,
                      size_t from, size_t to)
{
    size_t at = from;
    for (size_t i = 0; i < h->n && h->at[i].start < to; i++) {
        if (h->at[i].start < at || h->at[i].end > to) continue;
        add_segment(out, text + at, h->at[i].start - at, false);
        add_segment(out, text + h->at[i].start, h->at[i].end - h->at[i].start, true);
        at = h->at[i].end;
    }
    add_segment(out, text + at, to - at, false);
}

void marks_segments(const struct mark_hits *h, const char *text, size_t len,
                    struct hf_buf *out)
{
    hf_buf_addc(out, '[');
    add_range(out, h, text, 0, len);
    hf_buf_addc(out, ']');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* Moves at back (or on) to the nearest start of a word, at most 24 bytes. */
static size_t word_start(const char *text, size_t len, size_t at)
{
    size_t i = at;
    while (i > 0 && i > at - (at < 24 ? at : 24) && !is_blank(text[i - 1])) i--;
    if (i > 0 && !is_blank(text[i - 1])) {
        i = at;
        while (i < len && ((unsigned char)text[i] & 0xC0) == 0x80) i++;
    }
    return i;
}

/* Where the stretch of `room` bytes with the most matches begins. */
static size_t best_start(const struct mark_hits *h, size_t room)
{
    size_t best = 0, best_n = 0;
    for (size_t i = 0; i < h->n; i++) {
        size_t n = 0;
        while (i + n < h->n && h->at[i + n].end <= h->at[i].start + room) n++;
        if (n > best_n) {
            best_n = n;
            best = h->at[i].start;
        }
    }
    return best;
}

void marks_snippet(const struct mark_hits *h, const char *text, size_t len, size_t room,
                   struct hf_buf *out)
{
    size_t from = 0, to = len;
    if (len > room) {
        size_t first = best_start(h, room * 3 / 4), lead = room / 5;
        from = first > lead ? word_start(text, len, first - lead) : 0;
        to = from + room < len ? from + room : len;
        if (to < len) {
            size_t cut = word_start(text, len, to);
            to = cut > from ? cut : to;
        }
        for (size_t i = 0; i < h->n; i++)
            if (h->at[i].start < to && h->at[i].end > to) to = h->at[i].end;
        while (to > from && is_blank(text[to - 1])) to--;
    }
    hf_buf_addc(out, '[');
    if (from) add_segment(out, "… ", strlen("… "), false);
    add_range(out, h, text, from, to);
    if (to < len) add_segment(out, " …", strlen(" …"), false);
    hf_buf_addc(out, ']');
}

json_t *marks_how_json(unsigned how)
{
    static const char *const names[] = {"exact",    "form",     "concept", "part",
                                        "repaired", "likeness", "prefix"};
    json_t *out = json_array();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (how & (1u << i)) json_array_append_new(out, json_string(names[i]));
    return out;
}
