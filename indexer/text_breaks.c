#include "text_breaks.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/lemma.h"
#include "../shim/utf8.h"

#define MAX_LOOKED 2000 /* breaks of a document that are looked up; others are blanks */
#define MAX_JOINED 500

struct mend {
    struct text_doc *doc;
    const struct hf_lemmas *lemmas;
    struct hf_lemma_ctx *ctx; /* made for the first break */
    struct hf_buf all;        /* the document in lower case, likewise */
    size_t n_looked, n_joined;
};

/* The letters before and after a place, in lower case. */
static void letters_before(const char *text, size_t at, struct hf_buf *out)
{
    size_t from = at;
    while (from > 0) {
        size_t k = from - 1;
        uint32_t c;
        while (k > 0 && ((unsigned char)text[k] & 0xC0) == 0x80) k--;
        hf_utf8_next(text + k, at - k, &c);
        if (!hf_utf8_is_letter(c)) break;
        from = k;
    }
    hf_utf8_lower(out, text + from, at - from);
}

static void letters_after(const char *text, size_t at, size_t len, struct hf_buf *out)
{
    size_t to = at;
    while (to < len) {
        uint32_t c;
        size_t n = hf_utf8_next(text + to, len - to, &c);
        if (!hf_utf8_is_letter(c)) break;
        to += n;
    }
    hf_utf8_lower(out, text + at, to - at);
}

/* ---- are they one word? ---- */

static bool knows(const struct mend *m, const struct hf_buf *word)
{
    return m->lemmas && hf_lemmas_knows(m->lemmas, word->data, word->len);
}

static bool is_compound(struct mend *m, const struct hf_buf *word)
{
    struct hf_lemma_result r;
    struct hf_error err;
    if (!m->lemmas || word->len > HF_LEMMA_MAX_WORD) return false;
    if (!m->ctx && hf_lemma_ctx_new(m->lemmas, &m->ctx, &err) != HF_OK) return false;
    hf_lemma_analyse(m->ctx, word->data, word->len, &r);
    return r.source == HF_LEMMA_COMPOUND;
}

static bool is_ending(const struct hf_buf *word)
{
    static const char *const endings[] = {"er", "en", "et", "ene", "ar", "ane", "a",
                                          "e",  "s",  "t",  "r",   "n",  "te",  "de"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (!strcmp(word->data, endings[i])) return true;
    return false;
}

/* True if the whole word stands in the document outside of the break. */
static bool is_elsewhere(struct mend *m, const struct hf_buf *word)
{
    for (size_t i = 0; !m->n_looked && i < m->doc->n_lines; i++)
        for (size_t k = 0; k < m->doc->lines[i].n_cells; k++) {
            const struct text_cell *c = &m->doc->lines[i].cells[k];
            hf_utf8_lower(&m->all, c->text, c->len);
            hf_buf_addc(&m->all, '\n');
        }
    return strstr(m->all.data, word->data) != NULL;
}

static bool is_one_word(struct mend *m, const struct hf_buf *a, const struct hf_buf *b,
                        const struct hf_buf *both)
{
    if (!a->len || !b->len || m->n_looked >= MAX_LOOKED) return false;
    bool elsewhere = is_elsewhere(m, both) && both->len >= 6;
    m->n_looked++;
    if (elsewhere) return true;
    if (knows(m, both)) return true;
    if (!is_compound(m, both)) return false;
    return is_ending(b) || !knows(m, b) || !(knows(m, a) || is_compound(m, a));
}

/* ---- cells ---- */

/* A byte of the text went at that place. */
static void move_spans(struct text_cell *c, size_t at)
{
    for (size_t i = 0; i < c->n_spans; i++) {
        struct text_span *s = &c->spans[i];
        if (s->start > at) s->start--;
        if (s->end > at) s->end--;
    }
}

static void mend_cell(struct mend *m, struct text_cell *c)
{
    struct hf_buf text = HF_BUF_INIT, a = HF_BUF_INIT, b = HF_BUF_INIT,
                  both = HF_BUF_INIT;
    hf_buf_add(&text, c->text, c->len);
    for (char *at = text.data; (at = strchr(at, TEXT_BREAK)) != NULL;) {
        size_t place = (size_t)(at - text.data);
        hf_buf_clear(&a);
        hf_buf_clear(&b);
        hf_buf_clear(&both);
        letters_before(text.data, place, &a);
        letters_after(text.data, place + 1, text.len, &b);
        hf_buf_add(&both, a.data, a.len);
        hf_buf_add(&both, b.data, b.len);
        *at = ' ';
        if (m->n_joined >= MAX_JOINED || !is_one_word(m, &a, &b, &both)) continue;
        m->n_joined++;
        memmove(at, at + 1, text.len - place);
        hf_buf_cut(&text, text.len - 1);
        move_spans(c, place);
    }
    c->text = hf_arena_strdup(&m->doc->arena, text.data, text.len);
    c->len = text.len;
    hf_buf_release(&text);
    hf_buf_release(&a);
    hf_buf_release(&b);
    hf_buf_release(&both);
}

void text_breaks_mend(struct text_doc *doc, const struct hf_lemmas *lemmas)
{
    struct mend m = {.doc = doc, .lemmas = lemmas, .all = HF_BUF_INIT};
    for (size_t i = 0; i < doc->n_lines; i++)
        for (size_t k = 0; k < doc->lines[i].n_cells; k++)
            if (strchr(doc->lines[i].cells[k].text, TEXT_BREAK))
                mend_cell(&m, &doc->lines[i].cells[k]);
    hf_lemma_ctx_free(m.ctx);
    hf_buf_release(&m.all);
}
