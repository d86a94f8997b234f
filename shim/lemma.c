#include "lemma_table.h"

#include <errno.h>
#include <fcntl.h>
#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CACHE_SIZE = 16384, /* 2 MB a context: more than nine of ten words of running text */
    CACHED_TERMS = 6,
    CACHED_BYTES = 96,
    TOO_MANY = 255, /* terms: only the bits are kept */
    MIN_SPLIT_NAME = 10
};

/* A word and its result, packed into two lines of the cache; what has more is rare and is
 * worked out again. */
struct cached {
    uint32_t hash;
    uint8_t len, n_terms, room_len, source; /* len 0 = empty */
    struct {
        uint8_t at, len, kind, is_strong;
    } terms[CACHED_TERMS];
    char bytes[CACHED_BYTES]; /* the word, then the result's room */
};

struct hf_lemma_ctx {
    const struct hf_lemmas *lemmas;
    struct sb_stemmer *stemmer;
    struct cached cache[CACHE_SIZE];
};

/* --- opening
 * -------------------------------------------------------------------------------------------
 */

static const size_t element_size[LEMMA_SECTIONS] = {
    [LEMMA_FORMS] = 8,
    [LEMMA_VALUES] = 3,
    [LEMMA_STARTS] = 4,
    [LEMMA_SETS] = 4,
    [LEMMA_MODS] = 8,
    [LEMMA_MOD_RECORDS] = sizeof(struct lemma_mod),
    [LEMMA_MOD_EXTRAS] = sizeof(struct lemma_mod_extra),
    [LEMMA_TAILS] = 8,
    [LEMMA_TAIL_VALUES] = 4,
    [LEMMA_RULES] = sizeof(struct lemma_rule),
    [LEMMA_LEMMAS] = 4,
    [LEMMA_POOL] = 1,
};

static bool is_sound(const struct lemma_header *h, size_t file_len)
{
    if (h->file_len != file_len) return false;
    for (size_t i = 0; i < LEMMA_SECTIONS; i++) {
        const struct lemma_extent *e = &h->sections[i];
        if (e->offset % 8 || e->offset > file_len ||
            e->count > (file_len - e->offset) / element_size[i]) {
            return false;
        }
    }
    const unsigned char *body = (const unsigned char *)(h + 1);
    return lemma_checksum(body, file_len - sizeof *h) == h->checksum;
}

static enum hf_status map_file(struct hf_lemmas *l, const char *path,
                               struct hf_error *err)
{
    struct stat st;
    enum hf_status status = HF_OK;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        status = errno == ENOENT ? HF_NOT_FOUND : HF_IO;
        return hf_fail(err, status, "%s: %s", path, strerror(errno));
    }
    if (fstat(fd, &st)) {
        status = hf_fail(err, HF_IO, "%s: %s", path, strerror(errno));
    } else if (!S_ISREG(st.st_mode) || (size_t)st.st_size < sizeof(struct lemma_header)) {
        status = hf_fail(err, HF_CORRUPT, "%s er ingen ordtabell", path);
    } else {
        l->map_len = (size_t)st.st_size;
        l->map = mmap(NULL, l->map_len, PROT_READ, MAP_SHARED, fd, 0);
        if (l->map == MAP_FAILED) {
            l->map = NULL;
            status = hf_fail(err, HF_IO, "%s: %s", path, strerror(errno));
        }
    }
    close(fd);
    return status;
}

static const void *section(const struct hf_lemmas *l, enum lemma_section s)
{
    return (const char *)l->map + l->header->sections[s].offset;
}

static enum hf_status check(struct hf_lemmas *l, const char *path, struct hf_error *err)
{
    const struct lemma_header *h = l->map;
    if (memcmp(h->magic, LEMMA_MAGIC, sizeof h->magic)) {
        return hf_fail(err, HF_CORRUPT, "%s er ingen ordtabell", path);
    }
    if (h->version != LEMMA_VERSION || h->byte_order != LEMMA_ORDER) {
        return hf_fail(err, HF_SCHEMA,
                       "%s er en ordtabell av en annen versjon: bygg den på nytt", path);
    }
    if (!is_sound(h, l->map_len)) {
        return hf_fail(err, HF_CORRUPT, "%s er skadet: bygg den på nytt", path);
    }
    l->header = h;
    l->forms = section(l, LEMMA_FORMS);
    l->values = section(l, LEMMA_VALUES);
    l->starts = section(l, LEMMA_STARTS);
    l->sets = section(l, LEMMA_SETS);
    l->mods = section(l, LEMMA_MODS);
    l->mod_extras = section(l, LEMMA_MOD_EXTRAS);
    l->mod_records = section(l, LEMMA_MOD_RECORDS);
    l->tails = section(l, LEMMA_TAILS);
    l->tail_values = section(l, LEMMA_TAIL_VALUES);
    l->rules = section(l, LEMMA_RULES);
    l->lemmas = section(l, LEMMA_LEMMAS);
    l->pool = section(l, LEMMA_POOL);
    return HF_OK;
}

enum hf_status hf_lemmas_open(const char *path, struct hf_lemmas **out,
                              struct hf_error *err)
{
    *out = NULL;
    struct hf_lemmas *l = hf_xcalloc(1, sizeof *l);
    enum hf_status status = map_file(l, path, err);
    if (status == HF_OK) status = check(l, path, err);
    if (status != HF_OK) {
        hf_lemmas_close(l);
        return status;
    }
    *out = l;
    return HF_OK;
}

void hf_lemmas_close(struct hf_lemmas *l)
{
    if (!l) return;
    if (l->map) munmap(l->map, l->map_len);
    free(l);
}

enum hf_status hf_lemma_ctx_new(const struct hf_lemmas *l, struct hf_lemma_ctx **out,
                                struct hf_error *err)
{
    *out = NULL;
    struct sb_stemmer *stemmer = sb_stemmer_new("norwegian", "ISO_8859_1");
    if (!stemmer) return hf_fail(err, HF_INTERNAL, "libstemmer mangler norsk");
    struct hf_lemma_ctx *ctx = hf_xcalloc(1, sizeof *ctx);
    ctx->lemmas = l;
    ctx->stemmer = stemmer;
    *out = ctx;
    return HF_OK;
}

void hf_lemma_ctx_free(struct hf_lemma_ctx *ctx)
{
    if (!ctx) return;
    sb_stemmer_delete(ctx->stemmer);
    free(ctx);
}

/* --- looking up
 * ----------------------------------------------------------------------------------------
 */

bool lemma_word_make(struct lemma_word *w, const char *text, size_t len)
{
    w->len = 0;
    if (!len || len > HF_LEMMA_MAX_WORD) return false;
    for (size_t i = 0; i < len;) {
        uint8_t c = (uint8_t)text[i++];
        uint32_t code = c;
        if (c >= 0x80) {
            if ((c & 0xe0) != 0xc0 || i >= len || ((uint8_t)text[i] & 0xc0) != 0x80)
                return false;
            code = (c & 0x1fu) << 6 | ((uint8_t)text[i++] & 0x3fu);
        }
        c = lemma_fold(code);
        if (!c) return false;
        w->letters[w->len++] = c;
    }
    w->letters[w->len] = 0;
    return true;
}

int64_t lemma_rank(const uint64_t *arcs, uint32_t root, const uint8_t *w, size_t len)
{
    uint32_t state = root, rank = 0;
    bool is_word = false;
    for (size_t i = 0; i < len; i++) {
        const uint64_t *a = lemma_arc(arcs, state, w[i]);
        if (!a) return -1;
        rank += ARC_SKIP(*a) + is_word;
        is_word = ARC_IS_WORD(*a);
        state = ARC_TARGET(*a);
    }
    return is_word ? (int64_t)rank : -1;
}

const uint32_t *lemma_set(const struct hf_lemmas *l, const uint8_t *w, size_t len)
{
    int64_t rank = lemma_rank(l->forms, l->header->forms_root, w, len);
    if (rank < 0) return NULL;
    const uint8_t *v = l->values + 3 * rank;
    return l->sets + l->starts[v[0] | (uint32_t)v[1] << 8 | (uint32_t)v[2] << 16];
}

bool hf_lemmas_knows(const struct hf_lemmas *l, const char *word, size_t len)
{
    struct lemma_word w;
    return lemma_word_make(&w, word, len) && lemma_set(l, w.letters, w.len);
}

size_t hf_lemmas_count(const struct hf_lemmas *l)
{
    return l->header->n_forms;
}

/* --- the chain
 * -----------------------------------------------------------------------------------------
 */

void lemma_add(struct hf_lemma_result *r, const void *text, size_t len,
               enum hf_lemma_kind kind, bool is_strong)
{
    if (!len || len > HF_LEMMA_MAX_TERM_LEN || r->n_terms == HF_LEMMA_MAX_TERMS) return;
    if (r->room_len + len + 1 > sizeof r->room) return;
    for (size_t i = 0; i < r->n_terms; i++) {
        if (r->terms[i].len == len && !memcmp(r->terms[i].text, text, len)) return;
    }
    char *to = r->room + r->room_len;
    memcpy(to, text, len);
    to[len] = 0;
    r->room_len += len + 1;
    r->terms[r->n_terms++] = (struct hf_lemma_term){to, len, kind, is_strong};
}

void lemma_add_parts(const struct hf_lemmas *l, struct hf_lemma_result *r, uint32_t no)
{
    const uint8_t *rec = lemma_record(l, no), *p = rec + 3 + rec[0];
    for (size_t i = 0; i < rec[2]; i++, p += 4) {
        uint32_t part;
        memcpy(&part, p, 4);
        const uint8_t *x = lemma_record(l, part);
        lemma_add(r, x + 3, x[0], HF_LEMMA_PART, false);
    }
}

void lemma_add_known(const struct hf_lemmas *l, const uint32_t *set,
                     struct hf_lemma_result *r)
{
    for (size_t i = 0; i < SET_COUNT(set[0]) && r->n_terms < HF_LEMMA_MAX_STRONG; i++) {
        const uint8_t *rec = lemma_record(l, set[1 + i]);
        lemma_add(r, rec + 3, rec[0], HF_LEMMA_LEMMA, true);
    }
}

static void add_known(const struct hf_lemmas *l, const uint32_t *set,
                      struct hf_lemma_result *r)
{
    size_t n = SET_COUNT(set[0]);
    lemma_add_known(l, set, r);
    const uint8_t *first = lemma_record(l, set[1]);
    lemma_add(r, first + 3, first[1], HF_LEMMA_STEM, false);
    for (size_t i = 0; i < n; i++) lemma_add_parts(l, r, set[1 + i]);
    r->source = HF_LEMMA_KNOWN;
}

/* Latin-1 to UTF-8. */
size_t lemma_to_utf8(const uint8_t *s, size_t len, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (s[i] >= 0x80) {
            out[n++] = (char)(0xc0 | s[i] >> 6);
            out[n++] = (char)(0x80 | (s[i] & 0x3f));
        } else {
            out[n++] = (char)s[i];
        }
    }
    return n;
}

static void add_stem(struct hf_lemma_ctx *ctx, const struct lemma_word *w, bool is_strong,
                     struct hf_lemma_result *r)
{
    char text[2 * HF_LEMMA_MAX_WORD];
    const sb_symbol *s = sb_stemmer_stem(ctx->stemmer, w->letters, (int)w->len);
    size_t len = s ? (size_t)sb_stemmer_length(ctx->stemmer) : 0;
    if (len > w->len) len = 0;
    lemma_add(r, text, lemma_to_utf8(len ? s : w->letters, len ? len : w->len, text),
              HF_LEMMA_STEM, is_strong);
}

/* Adds the terms of a word that is known or a compound; false if it is neither. */
static bool add_found(const struct hf_lemmas *l, const struct lemma_word *w,
                      struct hf_lemma_result *r)
{
    const uint32_t *set = lemma_set(l, w->letters, w->len);
    if (!set) {
        r->source = HF_LEMMA_COMPOUND;
        return lemma_split(l, w, r);
    }
    if ((set[0] & SET_IS_NAME) && w->len >= MIN_SPLIT_NAME) {
        lemma_add_known(l, set, r); /* Kulturseksjonens is known as a name only: */
        lemma_split(l, w, r);       /* it is a word as well */
    }
    add_known(l, set, r);
    return true;
}

/* Spells a nynorsk word as bokmål does, where the table may have only that: no j behind g
 * and k (følgje, søkje), -heit as -het, -leg as -lig. False if there is nothing to
 * change. */
static bool respell(const struct lemma_word *w, struct lemma_word *to)
{
    bool has_changed = false;
    to->len = 0;
    for (size_t i = 0; i < w->len; i++) {
        const uint8_t *p = w->letters + i; /* ends in a 0 */
        bool is_j =
            *p == 'j' && i > 1 && (p[-1] == 'g' || p[-1] == 'k') && i + 1 < w->len;
        bool is_heit = *p == 'i' && i > 3 && p[-2] == 'h' && p[-1] == 'e' && p[1] == 't';
        bool is_leg =
            *p == 'e' && i > 2 && p[-1] == 'l' && p[1] == 'g' && w->len - i <= 3;
        has_changed |= is_j || is_heit || is_leg;
        if (is_j || is_heit) continue;
        to->letters[to->len++] = is_leg ? 'i' : *p;
    }
    to->letters[to->len] = 0;
    return has_changed;
}

static void analyse(struct hf_lemma_ctx *ctx, const char *word, size_t len,
                    struct hf_lemma_result *r)
{
    struct lemma_word w, other;
    r->n_terms = r->room_len = 0;
    r->source = HF_LEMMA_NOTHING;
    if (!lemma_word_make(&w, word, len)) {
        if (len && len <= HF_LEMMA_MAX_WORD) {
            lemma_add(r, word, len, HF_LEMMA_STEM, true);
            r->source = HF_LEMMA_STEMMED;
        }
        return;
    }
    if (add_found(ctx->lemmas, &w, r)) return;
    if (respell(&w, &other) && add_found(ctx->lemmas, &other, r)) return;
    if (lemma_inflect(ctx->lemmas, &w, r)) {
        add_stem(ctx, &w, false, r);
        r->source = HF_LEMMA_INFLECTED;
    } else {
        add_stem(ctx, &w, true, r);
        r->source = HF_LEMMA_STEMMED;
    }
}

static uint32_t hash_of(const char *text, size_t len)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++) h = (h ^ (uint8_t)text[i]) * 16777619u;
    return h ^ h >> 16;
}

static bool is_kept(const struct cached *c, uint32_t hash, const char *word, size_t len)
{
    return c->hash == hash && c->len == len && !memcmp(c->bytes, word, len);
}

/* What is kept of the word, or NULL. A word has two places: the newer one first. */
static const struct cached *find_kept(const struct hf_lemma_ctx *ctx, uint32_t hash,
                                      const char *word, size_t len)
{
    const struct cached *c = &ctx->cache[hash % CACHE_SIZE];
    if (is_kept(c, hash, word, len)) return c;
    c = &ctx->cache[hash % CACHE_SIZE ^ 1];
    return is_kept(c, hash, word, len) ? c : NULL;
}

static void keep(struct hf_lemma_ctx *ctx, uint32_t hash, const char *word, size_t len,
                 const struct hf_lemma_result *r)
{
    struct cached *c = &ctx->cache[hash % CACHE_SIZE];
    if (len > CACHED_BYTES) return;
    if (c->len) ctx->cache[hash % CACHE_SIZE ^ 1] = *c;
    c->hash = hash;
    c->len = (uint8_t)len;
    c->source = (uint8_t)r->source;
    c->n_terms = TOO_MANY;
    memcpy(c->bytes, word, len);
    if (r->n_terms > CACHED_TERMS || len + r->room_len > CACHED_BYTES) return;
    c->n_terms = (uint8_t)r->n_terms;
    c->room_len = (uint8_t)r->room_len;
    memcpy(c->bytes + len, r->room, r->room_len);
    for (size_t i = 0; i < r->n_terms; i++) {
        const struct hf_lemma_term *t = &r->terms[i];
        c->terms[i].at = (uint8_t)(t->text - r->room);
        c->terms[i].len = (uint8_t)t->len;
        c->terms[i].kind = (uint8_t)t->kind;
        c->terms[i].is_strong = t->is_strong;
    }
}

static void recall(const struct cached *c, struct hf_lemma_result *r)
{
    r->n_terms = c->n_terms;
    r->source = (enum hf_lemma_source)c->source;
    r->room_len = c->room_len;
    memcpy(r->room, c->bytes + c->len, c->room_len);
    for (size_t i = 0; i < c->n_terms; i++)
        r->terms[i] = (struct hf_lemma_term){r->room + c->terms[i].at, c->terms[i].len,
                                             (enum hf_lemma_kind)c->terms[i].kind,
                                             c->terms[i].is_strong};
}

void hf_lemma_analyse(struct hf_lemma_ctx *ctx, const char *word, size_t len,
                      struct hf_lemma_result *r)
{
    if (!len || len > HF_LEMMA_MAX_WORD) {
        analyse(ctx, word, len, r);
        return;
    }
    uint32_t hash = hash_of(word, len);
    const struct cached *c = find_kept(ctx, hash, word, len);
    if (c && c->n_terms != TOO_MANY) {
        recall(c, r);
        return;
    }
    analyse(ctx, word, len, r);
    if (!c) keep(ctx, hash, word, len, r);
}
