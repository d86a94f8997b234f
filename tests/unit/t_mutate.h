/* How input is damaged, for test_mutate.c: cut, flipped, swapped, repeated, spliced with another, filled with words
 * that readers look for, or invented. Of a package (zip) its parts are damaged in the same ways and packed again,
 * because a changed byte of the package is mostly found by its check sums. */
#ifndef HFSOK_TESTS_T_MUTATE_H
#define HFSOK_TESTS_T_MUTATE_H

#include "t.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <fnmatch.h>

#define T_MOST_BYTES ((size_t)1 << 20)

/* ---- seeds ---- */

struct t_seeds {
    struct hf_buf *at;
    size_t n, cap;
};

static inline struct hf_buf *t_seeds_add(struct t_seeds *s)
{
    s->at = hf_grow(s->at, &s->cap, s->n, sizeof *s->at);
    hf_buf_init(&s->at[s->n]);
    return &s->at[s->n++];
}

static inline void t_seeds_glob(struct t_seeds *s, const char *dir, const char *pattern)
{
    struct dirent **entries;
    int n = scandir(dir, &entries, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        struct hf_buf path = HF_BUF_INIT;
        hf_buf_addf(&path, "%s/%s", dir, entries[i]->d_name);
        if (!fnmatch(pattern, entries[i]->d_name, 0)) t_read(t_seeds_add(s), path.data);
        hf_buf_release(&path);
        free(entries[i]);
    }
    if (n >= 0) free(entries);
}

/* What a command writes. */
static inline void t_seeds_run(struct t_seeds *s, const char *command)
{
    char chunk[4096];
    struct hf_buf b = HF_BUF_INIT;
    FILE *f = popen(command, "r");
    for (size_t n; f && (n = fread(chunk, 1, sizeof chunk, f)) > 0;) hf_buf_add(&b, chunk, n);
    if (f) pclose(f);
    if (b.len) *t_seeds_add(s) = b;
}

static inline void t_seeds_release(struct t_seeds *s)
{
    for (size_t i = 0; i < s->n; i++) hf_buf_release(&s->at[i]);
    free(s->at);
    memset(s, 0, sizeof *s);
}

/* ---- one damage ---- */

struct t_part {
    size_t from, len;
};

static inline struct t_part t_block(const struct hf_buf *b)
{
    struct t_part p = {t_random((uint32_t)b->len), 0};
    size_t room = b->len - p.from, most = t_random(4) ? 64 : room;
    p.len = 1 + t_random((uint32_t)(most < room ? most : room));
    if (p.len > room) p.len = room;
    return p;
}

static inline void t_splice(struct hf_buf *b, struct t_part p, const char *with, size_t len)
{
    struct hf_buf out = HF_BUF_INIT;
    if (b->len + len > T_MOST_BYTES) return;
    hf_buf_add(&out, b->data, p.from);
    hf_buf_add(&out, with, len);
    hf_buf_add(&out, b->data + p.from + p.len, b->len - p.from - p.len);
    hf_buf_release(b);
    *b = out;
}

static inline void t_repeat(struct hf_buf *b)
{
    struct t_part p = t_block(b);
    struct hf_buf many = HF_BUF_INIT;
    for (uint32_t n = 1u << t_random(12); n && many.len + p.len < T_MOST_BYTES / 16; n--)
        hf_buf_add(&many, b->data + p.from, p.len);
    t_splice(b, p, many.data, many.len);
    hf_buf_release(&many);
}

static inline void t_swap(struct hf_buf *b)
{
    struct t_part p = t_block(b), q = t_block(b);
    size_t n = p.len < q.len ? p.len : q.len;
    char *copy = hf_xmalloc(n);
    memcpy(copy, b->data + p.from, n);
    memmove(b->data + p.from, b->data + q.from, n);
    memcpy(b->data + q.from, copy, n);
    free(copy);
}

static inline void t_word(struct hf_buf *b)
{
#define T_WORD(s) {s, sizeof(s) - 1}
    static const struct {
        const char *text;
        size_t len;
    } words[] = {
        T_WORD("Sak 1/24 "), T_WORD("\nSak 99999999999/2024: "), T_WORD("Vedtak:\n"), T_WORD("Til stede:\n"),
        T_WORD("Forfall: "), T_WORD("Ansvar: "), T_WORD("Frist: "), T_WORD("31.12.2024"), T_WORD("00.00.0000"),
        T_WORD("\t"), T_WORD("\n\n"), T_WORD("\f"), T_WORD("\0"), T_WORD("(((("), T_WORD("))))"), T_WORD("«"),
        T_WORD("-\n"), T_WORD("\xc2\xad"), T_WORD("\xe2\x80\x8b"), T_WORD("\xed\xa0\x80"), T_WORD("\xc0\x80"),
        T_WORD("\xf4\x90\x80\x80"), T_WORD("\xff"), T_WORD("e\xcc\x81\xcc\x81\xcc\x81"), T_WORD("</"), T_WORD("<table>"),
        T_WORD("<td colspan=999999999>"), T_WORD("<td rowspan=-1>"), T_WORD("<b>"), T_WORD("&#0;"), T_WORD("&#x10ffff;"),
        T_WORD("&amp"), T_WORD("<![CDATA["), T_WORD("<!--"), T_WORD("w:val=\"-2147483648\""), T_WORD("99999999999999999999"),
        T_WORD("-1"), T_WORD("1e308"), T_WORD("nan"), T_WORD("Kari Nordmann, kommunedirektør, Sør kommune\n"),
        T_WORD("- "), T_WORD("1. "), T_WORD("a) "), T_WORD("| "), T_WORD("LAR"), T_WORD("Møte i "), T_WORD("Referat "),
        T_WORD("kl. 09.00–15.00"), T_WORD("\"quoted"), T_WORD("%s%n"), T_WORD("http://"), T_WORD("@"), T_WORD("ſß\xef\xac\x81"),
    };
    size_t k = t_random(N_OF(words));
    struct t_part at = {t_random((uint32_t)b->len + 1), 0};
    t_splice(b, at, words[k].text, words[k].len);
}

static inline void t_fill(struct hf_buf *b)
{
    struct t_part p = t_block(b);
    bool same = t_random(2);
    char with = (char)t_random(256);
    for (size_t i = 0; i < p.len; i++) b->data[p.from + i] = same ? with : (char)t_random(256);
}

static inline void t_damage(struct hf_buf *b, const struct t_seeds *seeds)
{
    const struct hf_buf *other = &seeds->at[t_random((uint32_t)seeds->n)];
    struct t_part p;
    if (!b->len) return;
    switch (t_random(9)) {
    case 0: hf_buf_cut(b, t_random((uint32_t)b->len)); break;
    case 1:
    case 2:
        for (uint32_t n = 1 + t_random(8); n; n--)
            b->data[t_random((uint32_t)b->len)] ^= (char)(1u << t_random(8));
        break;
    case 3: t_swap(b); break;
    case 4: t_repeat(b); break;
    case 5: t_fill(b); break;
    case 6:
        for (uint32_t n = 1 + t_random(6); n; n--) t_word(b);
        break;
    case 7: t_splice(b, t_block(b), "", 0); break;
    default:
        p = t_block(other);
        t_splice(b, t_block(b), other->data + p.from, p.len);
    }
}

/* ---- packages ---- */

static inline la_ssize_t t_take(struct archive *a, void *ctx, const void *bytes, size_t len)
{
    (void)a;
    hf_buf_add(ctx, bytes, len);
    return (la_ssize_t)len;
}

static inline void t_pack(struct archive *a, const char *name, const struct hf_buf *part)
{
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_set_size(e, (la_int64_t)part->len);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_write_header(a, e);
    archive_write_data(a, part->data, part->len);
    archive_entry_free(e);
}

/* Takes the package apart, damages some of its parts, and packs them again. */
static inline void t_repack(struct hf_buf *b)
{
    struct archive *in = archive_read_new(), *out = archive_write_new();
    struct archive_entry *e;
    struct hf_buf packed = HF_BUF_INIT;
    archive_read_support_format_zip(in);
    archive_write_set_format_zip(out);
    archive_write_zip_set_compression_store(out);
    archive_write_set_bytes_in_last_block(out, 1);
    archive_write_open(out, &packed, NULL, t_take, NULL);
    if (archive_read_open_memory(in, b->data, b->len) == ARCHIVE_OK)
        while (archive_read_next_header(in, &e) == ARCHIVE_OK) {
            char chunk[4096];
            struct hf_buf part = HF_BUF_INIT;
            for (la_ssize_t n; (n = archive_read_data(in, chunk, sizeof chunk)) > 0;)
                hf_buf_add(&part, chunk, (size_t)n);
            struct t_seeds own = {&part, 1, 1};
            struct hf_buf copy = HF_BUF_INIT;
            hf_buf_add(&copy, part.data, part.len);
            for (uint32_t n = part.len && t_random(3) ? 1 + t_random(3) : 0; n && copy.len; n--)
                t_damage(&copy, &own);
            if (strstr(archive_entry_pathname(e), ".xml")) t_pack(out, archive_entry_pathname(e), &copy);
            else t_pack(out, archive_entry_pathname(e), &part);
            hf_buf_release(&copy);
            hf_buf_release(&part);
        }
    archive_read_free(in);
    archive_write_close(out);
    archive_write_free(out);
    hf_buf_release(b);
    *b = packed;
}

/* ---- one input ---- */

static inline void t_mutate(struct hf_buf *b, const struct t_seeds *seeds, bool is_package)
{
    const struct hf_buf *seed = &seeds->at[t_random((uint32_t)seeds->n)];
    hf_buf_add(b, seed->data, seed->len);
    if (!t_random(40)) { /* invented from the first byte to the last */
        hf_buf_cut(b, t_random((uint32_t)b->len));
        for (size_t i = t_random(8); i < b->len; i++) b->data[i] = (char)t_random(256);
        return;
    }
    if (is_package && t_random(5)) {
        t_repack(b);
        return;
    }
    for (uint32_t n = 1 + t_random(6); n; n--) t_damage(b, seeds);
}

#endif
