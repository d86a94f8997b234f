#include "store_share.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"

/* Xapian's iamglass, as 1.4 writes it: this mark, 16 bytes of identity, the revision, and
 * of each table: root, level, entries, block size / 2048, a bound, and the list of free
 * blocks as a string: revision, first block never used, two places in blocks of the list
 * of two numbers each, zeros where there is none. Numbers are of seven bits a byte, the
 * lowest first. */
#define MARK       "\x0f\x0dXapian Glass\x04\x6e"
#define MARK_LEN   16
#define ID_LEN     16
#define MAX_LEN    4096
#define BLOCK_UNIT 2048

static const char *const tables[] = {"postlist", "docdata",  "termlist",
                                     "position", "spelling", "synonym"};

struct reading {
    const char *at, *end;
    bool ok;
};

static unsigned long long take_number(struct reading *r)
{
    unsigned long long n = 0;
    for (unsigned shift = 0; r->ok && shift < 63; shift += 7) {
        if (r->at == r->end) break;
        unsigned char c = (unsigned char)*r->at++;
        n |= (unsigned long long)(c & 0x7f) << shift;
        if (c < 0x80) return n;
    }
    r->ok = false;
    return 0;
}

static void add_number(struct hf_buf *b, unsigned long long n)
{
    for (; n >= 0x80; n >>= 7) hf_buf_addc(b, (char)(n | 0x80));
    hf_buf_addc(b, (char)n);
}

/* The bytes of a table that are checked, 0 where there is no such file; false where the
 * file has others too: then a later generation, which somebody may be reading, or a run
 * that was killed has gone on behind them, and nobody else may. */
static bool checked_bytes(const char *db, const char *table, const struct hf_sums *sums,
                          unsigned long long *n)
{
    struct hf_buf path = HF_BUF_INIT;
    hf_buf_addf(&path, "%s/%s.glass", db, table);
    int fd = open(path.data, O_RDONLY | O_CLOEXEC);
    struct stat st = {.st_size = 0};
    bool ok = fd < 0 ? errno == ENOENT : fstat(fd, &st) == 0;
    *n = fd >= 0 ? hf_sums_size(sums, fd) : 0;
    if (fd >= 0) close(fd);
    hf_buf_release(&path);
    return ok && *n == (unsigned long long)st.st_size;
}

/* One table's part: all of it but the free blocks. False where the first block never used
 * is among the table's bytes. */
static bool forget_free(struct reading *r, unsigned long long bytes, struct hf_buf *out)
{
    const char *from = r->at;
    for (int i = 0; i < 3; i++) (void)take_number(r);
    unsigned long long block = take_number(r) * BLOCK_UNIT;
    (void)take_number(r);
    hf_buf_add(out, from, (size_t)(r->at - from));
    unsigned long long len = take_number(r);
    if (!r->ok || len > (unsigned long long)(r->end - r->at)) return false;
    struct reading list = {r->at, r->at + len, true};
    struct hf_buf kept = HF_BUF_INIT;
    r->at += len;
    if (len) {
        add_number(&kept, take_number(&list));
        unsigned long long unused = take_number(&list);
        add_number(&kept, unused);
        list.ok = list.ok && block && unused >= (bytes + block - 1) / block;
        for (int i = 0; i < 4; i++) {
            (void)take_number(&list);
            hf_buf_addc(&kept, 0);
        }
    } else {
        list.ok = !bytes;
    }
    add_number(out, kept.len);
    hf_buf_add(out, kept.data, kept.len);
    hf_buf_release(&kept);
    return list.ok && list.at == list.end;
}

static bool copy_version(const char *from, const char *to, const struct hf_sums *sums)
{
    struct hf_buf path = HF_BUF_INIT, text = HF_BUF_INIT, out = HF_BUF_INIT;
    hf_buf_addf(&path, "%s/iamglass", from);
    bool ok = hf_buf_read_file(&text, path.data, MAX_LEN, NULL) == HF_OK &&
              text.len > MARK_LEN + ID_LEN && !memcmp(text.data, MARK, MARK_LEN);
    struct reading r = {text.data, text.data + text.len, ok};
    if (ok) {
        r.at += MARK_LEN + ID_LEN;
        (void)take_number(&r); /* the revision */
        hf_buf_add(&out, text.data, (size_t)(r.at - text.data));
    }
    for (size_t i = 0; ok && i < sizeof tables / sizeof *tables; i++) {
        unsigned long long bytes;
        ok = r.ok && checked_bytes(from, tables[i], sums, &bytes) &&
             forget_free(&r, bytes, &out);
    }
    if (ok) hf_buf_add(&out, r.at, (size_t)(r.end - r.at));
    hf_buf_clear(&path);
    hf_buf_addf(&path, "%s/iamglass", to);
    FILE *f = ok ? fopen(path.data, "w") : NULL;
    ok = f && fwrite(out.data, 1, out.len, f) == out.len;
    if (f && fclose(f) != 0) ok = false;
    hf_buf_release(&path);
    hf_buf_release(&text);
    hf_buf_release(&out);
    return ok;
}

static bool link_table(const char *from, const char *to, const char *table)
{
    struct hf_buf old = HF_BUF_INIT, new = HF_BUF_INIT;
    hf_buf_addf(&old, "%s/%s.glass", from, table);
    hf_buf_addf(&new, "%s/%s.glass", to, table);
    bool ok = access(old.data, F_OK) != 0 || link(old.data, new.data) == 0;
    hf_buf_release(&old);
    hf_buf_release(&new);
    return ok;
}

bool store_share(const char *from, const char *to, const struct hf_sums *sums)
{
    bool ok = sums && mkdir(to, 0755) == 0 && copy_version(from, to, sums);
    for (size_t i = 0; ok && i < sizeof tables / sizeof *tables; i++)
        ok = link_table(from, to, tables[i]);
    return ok;
}

unsigned long long store_share_bytes(const char *db)
{
    unsigned long long n = 0;
    struct hf_buf path = HF_BUF_INIT;
    struct stat st;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        hf_buf_clear(&path);
        hf_buf_addf(&path, "%s/%s.glass", db, tables[i]);
        if (stat(path.data, &st) == 0) n += (unsigned long long)st.st_size;
    }
    hf_buf_release(&path);
    return n;
}

/* ---- a copy ---- */

/* By the kernel, which may share the blocks; what it cannot copy so goes through memory
 * from where it stopped. The first `left` bytes, or as many as there are. */
static bool copy_bytes(int in, int out, unsigned long long left)
{
    const size_t most = 1u << 30, room = 1u << 20;
    ssize_t n = 1;
    while (left && n > 0) {
        n = copy_file_range(in, NULL, out, NULL, left < most ? (size_t)left : most, 0);
        if (n > 0) left -= (unsigned long long)n;
    }
    if (!n || !left) return true;
    char *bytes = hf_xmalloc(room);
    while (left && (n = read(in, bytes, left < room ? (size_t)left : room)) > 0) {
        ssize_t at = 0, put = 0;
        while (at < n && (put = write(out, bytes + at, (size_t)(n - at))) > 0) at += put;
        if (at < n) break;
        left -= (unsigned long long)n;
    }
    free(bytes);
    return n == 0 || !left;
}

/* Of a table the bytes that are checked: others behind them are not this database's. */
static enum hf_status copy_file(const char *from, const char *to,
                                const struct hf_sums *sums, struct hf_error *err)
{
    int in = open(from, O_RDONLY | O_CLOEXEC),
        out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    unsigned long long n = in >= 0 ? hf_sums_size(sums, in) : 0;
    bool ok = in >= 0 && out >= 0 && copy_bytes(in, out, n ? n : ~0ull);
    enum hf_status status = HF_OK;
    if (!ok) status = hf_fail(err, HF_IO, "%s: %s", to, strerror(errno));
    if (in >= 0) close(in);
    if (out >= 0 && close(out) < 0 && ok)
        status = hf_fail(err, HF_IO, "%s: %s", to, strerror(errno));
    return status;
}

static enum hf_status copy_all(const char *from, const char *to,
                               const struct hf_sums *sums, struct hf_error *err)
{
    struct dirent **names = NULL;
    enum hf_status status = HF_OK;
    if (mkdir(to, 0755) < 0) return hf_fail(err, HF_IO, "%s: %s", to, strerror(errno));
    int n = scandir(from, &names, NULL, alphasort);
    if (n < 0) status = hf_fail(err, HF_IO, "%s: %s", from, strerror(errno));
    for (int i = 0; i < n; i++) {
        struct hf_buf old = HF_BUF_INIT, new = HF_BUF_INIT;
        hf_buf_addf(&old, "%s/%s", from, names[i]->d_name);
        hf_buf_addf(&new, "%s/%s", to, names[i]->d_name);
        if (status == HF_OK && names[i]->d_name[0] != '.')
            status = copy_file(old.data, new.data, sums, err);
        hf_buf_release(&old);
        hf_buf_release(&new);
        free(names[i]);
    }
    free(names);
    return status;
}

enum hf_status store_go_on(const char *from, const char *to, const struct hf_sums *sums,
                           struct hf_error *err)
{
    if (store_share(from, to, sums)) return HF_OK;
    folder_remove(to);
    return copy_all(from, to, sums, err);
}
