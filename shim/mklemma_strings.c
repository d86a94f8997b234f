#include "mklemma.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct mk_strings mk_words;

void mk_die(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("mklemma: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    exit(1);
}

static uint32_t hash(const char *s, size_t len)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++) h = (h ^ (uint8_t)s[i]) * 16777619u;
    return h ^ h >> 15;
}

static void append(struct mk_strings *w, const char *s, size_t len)
{
    w->bytes = hf_grow(w->bytes, &w->bytes_cap, w->bytes_len + len + 1, 1);
    w->offset = hf_grow(w->offset, &w->offset_cap, w->n, sizeof *w->offset);
    w->len = hf_grow(w->len, &w->len_cap, w->n, 1);
    w->offset[w->n] = (uint32_t)w->bytes_len;
    w->len[w->n++] = (uint8_t)len;
    memcpy(w->bytes + w->bytes_len, s, len);
    w->bytes[w->bytes_len + len] = 0;
    w->bytes_len += len + 1;
}

/* The slot where the string is or would be. */
static uint32_t *slot(struct mk_strings *w, const char *s, size_t len)
{
    size_t mask = w->n_slots - 1, i = hash(s, len) & mask;
    while (w->slots[i]) {
        uint32_t id = w->slots[i];
        if (w->len[id] == len && !memcmp(w->bytes + w->offset[id], s, len)) break;
        i = (i + 1) & mask;
    }
    return &w->slots[i];
}

static void rehash(struct mk_strings *w)
{
    free(w->slots);
    w->n_slots = w->n_slots ? 2 * w->n_slots : 1u << 16;
    w->slots = hf_xcalloc(w->n_slots, sizeof *w->slots);
    for (uint32_t id = 1; id < w->n; id++) {
        *slot(w, w->bytes + w->offset[id], w->len[id]) = id;
    }
}

uint32_t mk_find(const char *s, size_t len)
{
    return mk_words.n_slots && len ? *slot(&mk_words, s, len) : 0;
}

uint32_t mk_enter(const char *s, size_t len)
{
    struct mk_strings *w = &mk_words;
    if (!w->n) append(w, "", 0);
    if (!len) return 0;
    if (2 * w->n >= w->n_slots) rehash(w);
    uint32_t *p = slot(w, s, len);
    if (!*p) {
        *p = (uint32_t)w->n;
        append(w, s, len);
    }
    return *p;
}

const char *mk_text(uint32_t id)
{
    return mk_words.bytes + mk_words.offset[id];
}

size_t mk_len(uint32_t id)
{
    return mk_words.len[id];
}

/* The next code point of UTF-8 or Latin-1. */
static uint32_t next(const char *s, size_t len, bool is_latin1, size_t *i)
{
    uint8_t c = (uint8_t)s[(*i)++];
    if (is_latin1 || c < 0x80) return c;
    if ((c & 0xe0) == 0xc0 && *i < len)
        return ((c & 0x1fu) << 6) | ((uint8_t)s[(*i)++] & 0x3fu);
    return 0xfffd;
}

size_t mk_fold(const char *s, size_t len, bool is_latin1, char *out, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; i < len;) {
        uint32_t c = next(s, len, is_latin1, &i);
        if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7)) c += 32;
        uint8_t f = lemma_fold(c);
        bool is_letter = (f >= 'a' && f <= 'z') || f >= 0xe0;
        if ((!is_letter && f != '-') || n + 1 >= cap) return 0;
        out[n++] = (char)f;
    }
    if (!n || out[0] == '-' || out[n - 1] == '-') return 0;
    out[n] = 0;
    return n;
}

void mk_reading_add(struct mk_readings *r, struct mk_reading x)
{
    r->v = hf_grow(r->v, &r->cap, r->n, sizeof *r->v);
    r->v[r->n++] = x;
}
