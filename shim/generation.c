#include "generation.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema.h"

#define MAX_META     (256u << 20)
#define MAX_MANIFEST (1u << 20)

static void hex(const struct sha256_ctx *ctx, char out[65])
{
    struct sha256_ctx copy = *ctx;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(&copy, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

void hf_sha256(const void *bytes, size_t len, char out[65])
{
    struct sha256_ctx ctx;
    sha256_init(&ctx);
    sha256_update(&ctx, len, bytes);
    hex(&ctx, out);
}

/* Goes on with the bytes of an open file from *at up to `end`, or its own end. */
static enum hf_status hash_on(struct sha256_ctx *ctx, int fd, unsigned long long *at,
                              unsigned long long end)
{
    size_t room = 256 * 1024;
    uint8_t *bytes = hf_xmalloc(room);
    ssize_t n = 1;
    while (n && *at < end) {
        n = pread(fd, bytes, end - *at < room ? (size_t)(end - *at) : room, (off_t)*at);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) break;
        sha256_update(ctx, (size_t)n, bytes);
        *at += (unsigned long long)n;
    }
    free(bytes);
    return n < 0 ? HF_IO : HF_OK;
}

/* ---- sums ---- */

struct sum {
    dev_t dev;
    ino_t ino;
    int fd; /* kept open: no other file can get its inode */
    unsigned long long size;
    struct sha256_ctx ctx;
};
struct hf_sums {
    struct sum *at;
    size_t n, cap;
};

static const struct sum *find_sum(const struct hf_sums *sums, int fd)
{
    struct stat st;
    if (!sums || fstat(fd, &st) < 0) return NULL;
    for (size_t i = 0; i < sums->n; i++) {
        const struct sum *s = &sums->at[i];
        if (s->dev == st.st_dev && s->ino == st.st_ino &&
            s->size <= (unsigned long long)st.st_size)
            return s;
    }
    return NULL;
}

unsigned long long hf_sums_size(const struct hf_sums *sums, int fd)
{
    const struct sum *s = find_sum(sums, fd);
    return s ? s->size : 0;
}

void hf_sums_free(struct hf_sums *sums)
{
    if (!sums) return;
    for (size_t i = 0; i < sums->n; i++) close(sums->at[i].fd);
    free(sums->at);
    free(sums);
}

/* Keeps fd. */
static void add_sum(struct hf_sums *sums, int fd, unsigned long long size,
                    const struct sha256_ctx *ctx)
{
    struct stat st;
    if (fstat(fd, &st) < 0) memset(&st, 0, sizeof st);
    sums->at = hf_grow(sums->at, &sums->cap, sums->n, sizeof *sums->at);
    sums->at[sums->n++] = (struct sum){st.st_dev, st.st_ino, fd, size, *ctx};
}

/* ---- the pointer ---- */

static bool read_pointer(const char *dir, unsigned *schema, unsigned *number)
{
    struct hf_buf path = HF_BUF_INIT, text = HF_BUF_INIT;
    hf_buf_addf(&path, "%s/current", dir);
    bool ok = hf_buf_read_file(&text, path.data, 4096, NULL) == HF_OK &&
              sscanf(text.data, "hfsok-index %u %u", schema, number) == 2 && *number > 0;
    hf_buf_release(&path);
    hf_buf_release(&text);
    return ok;
}

unsigned hf_generation_peek(const char *dir)
{
    unsigned schema, number;
    return read_pointer(dir, &schema, &number) ? number : 0;
}

static bool has_entry(const char *dir, const char *name)
{
    struct hf_buf path = HF_BUF_INIT;
    hf_buf_addf(&path, "%s/%s", dir, name);
    bool there = access(path.data, F_OK) == 0;
    hf_buf_release(&path);
    return there;
}

static bool is_empty_folder(const char *dir)
{
    DIR *d = opendir(dir);
    if (!d) return false;
    size_t n = 0;
    for (struct dirent *e; (e = readdir(d));) n += e->d_name[0] != '.';
    closedir(d);
    return n == 0;
}

/* Why there is no pointer to follow. */
static enum hf_status no_pointer(const char *dir, struct hf_error *err)
{
    if (has_entry(dir, "current"))
        return hf_fail(err, HF_CORRUPT,
                       "%s: pekerfilen «current» er skadet; kjør hfsok-indexer --rebuild",
                       dir);
    if (has_entry(dir, "lock") || is_empty_folder(dir))
        return hf_fail(
            err, HF_NO_INDEX,
            "%s: her er det ingen indeks ennå; lag en med hfsok-indexer --index %s MAPPE",
            dir, dir);
    return hf_fail(err, HF_CORRUPT,
                   "%s: ikke en indeks fra HF-søk (en mappe med noe annet)", dir);
}

static enum hf_status load_meta(struct hf_generation *g, const char *dir,
                                struct hf_error *err)
{
    struct hf_buf path = HF_BUF_INIT, text = HF_BUF_INIT;
    hf_buf_addf(&path, "%s/meta.json", g->path);
    enum hf_status status = hf_buf_read_file(&text, path.data, MAX_META, NULL);
    if (status == HF_OK) g->meta = json_loadb(text.data, text.len, 0, NULL);
    if (!json_is_object(g->meta))
        status = hf_fail(err, HF_CORRUPT,
                         "%s: generasjon %u er skadet (meta.json kan ikke leses); kjør "
                         "hfsok-indexer --rebuild",
                         dir, g->number);
    hf_buf_release(&path);
    hf_buf_release(&text);
    return status;
}

enum hf_status hf_generation_current(const char *dir, struct hf_generation *out,
                                     struct hf_error *err)
{
    struct stat st;
    *out = (struct hf_generation){0};
    if (stat(dir, &st) < 0)
        return hf_fail(err, HF_NO_INDEX,
                       "%s: ingen indeks (%s); lag en med hfsok-indexer --index %s MAPPE",
                       dir, strerror(errno), dir);
    if (S_ISREG(st.st_mode)) {
        out->db = hf_xstrdup(dir);
        out->schema = HF_INDEX_SCHEMA;
        out->meta = json_object();
        return HF_OK;
    }
    if (!S_ISDIR(st.st_mode)) return hf_fail(err, HF_CORRUPT, "%s: ikke en mappe", dir);
    if (!read_pointer(dir, &out->schema, &out->number)) return no_pointer(dir, err);
    if (out->schema != HF_INDEX_SCHEMA)
        return hf_fail(err, HF_SCHEMA,
                       "%s: indeksen har skjema %u, programmet trenger %u; kjør "
                       "hfsok-indexer --rebuild",
                       dir, out->schema, HF_INDEX_SCHEMA);
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "%s/gen-%06u", dir, out->number);
    out->path = hf_buf_take(&b);
    hf_buf_addf(&b, "%s/db", out->path);
    out->db = hf_buf_take(&b);
    enum hf_status status = load_meta(out, dir, err);
    if (status != HF_OK) hf_generation_release(out);
    return status;
}

json_t *hf_generation_history(const char *dir)
{
    struct hf_generation g = {0};
    struct hf_buf path = HF_BUF_INIT;
    if (read_pointer(dir, &g.schema, &g.number)) {
        hf_buf_addf(&path, "%s/gen-%06u", dir, g.number);
        g.path = hf_buf_take(&path);
        (void)load_meta(&g, dir, NULL);
    }
    json_t *meta = json_is_object(g.meta) ? json_incref(g.meta) : NULL;
    hf_generation_release(&g);
    hf_buf_release(&path);
    return meta;
}

void hf_generation_release(struct hf_generation *g)
{
    free(g->path);
    free(g->db);
    json_decref(g->meta);
    *g = (struct hf_generation){0};
}

/* ---- the manifest ---- */

struct check {                       /* on its way through the files of a manifest */
    unsigned long long budget, size; /* left to hash; of this file */
    struct hf_sums *sums;            /* what is found whole goes there, or NULL */
    struct hf_error *err;
};

static enum hf_status damaged(const struct hf_generation *g, const char *file,
                              const char *how, struct hf_error *err)
{
    return hf_fail(err, HF_CORRUPT,
                   "%s/%s: %s; indeksen er skadet, kjør hfsok-indexer --rebuild", g->path,
                   file, how);
}

/* A later generation may have written on behind the table's own bytes. */
static bool has_size(const char *file, const struct stat *st, unsigned long long size)
{
    size_t n = strlen(file);
    bool is_table = n > 6 && !strcmp(file + n - 6, ".glass");
    return is_table ? (unsigned long long)st->st_size >= size
                    : (unsigned long long)st->st_size == size;
}

/* Closes fd, or keeps it beside the sum. */
static enum hf_status verify_bytes(const struct hf_generation *g, const char *file,
                                   int fd, const char *want, struct check *c)
{
    unsigned long long at = 0;
    struct sha256_ctx ctx;
    char got[65];
    sha256_init(&ctx);
    enum hf_status status = hash_on(&ctx, fd, &at, c->size);
    hex(&ctx, got);
    if (status != HF_OK)
        hf_fail(c->err, HF_IO, "%s/%s: %s", g->path, file, strerror(errno));
    else if (at != c->size || strcmp(want, got) != 0)
        status = damaged(g, file, "har et annet innhold enn da den ble skrevet", c->err);
    if (status == HF_OK && c->sums)
        add_sum(c->sums, fd, c->size, &ctx);
    else
        close(fd);
    return status;
}

static enum hf_status verify_line(const struct hf_generation *g, const char *line,
                                  struct check *c)
{
    char want[65], file[256];
    if (sscanf(line, "%64s %llu %255s", want, &c->size, file) != 3 || strstr(file, ".."))
        return damaged(g, "manifest", "kan ikke leses", c->err);
    struct hf_buf path = HF_BUF_INIT;
    hf_buf_addf(&path, "%s/%s", g->path, file);
    struct stat st;
    int fd = open(path.data, O_RDONLY | O_CLOEXEC);
    hf_buf_release(&path);
    if (fd < 0) return damaged(g, file, "mangler", c->err);
    bool is_sized = fstat(fd, &st) == 0 && has_size(file, &st, c->size);
    if (is_sized && c->size <= c->budget) {
        c->budget -= c->size;
        return verify_bytes(g, file, fd, want, c);
    }
    close(fd);
    return is_sized ? HF_OK
                    : damaged(g, file, "har en annen størrelse enn da den ble skrevet",
                              c->err);
}

/* The lines of a manifest, on their way to those who check them. */
struct lines {
    const struct hf_generation *g;
    char *at;
    pthread_mutex_t lock;
};

static char *next_line(struct lines *l)
{
    pthread_mutex_lock(&l->lock);
    char *line = *l->at ? l->at : NULL, *end = line ? strchr(line, '\n') : NULL;
    if (line) l->at = end ? end + 1 : line + strlen(line);
    if (end) *end = 0;
    pthread_mutex_unlock(&l->lock);
    return line;
}

static enum hf_status verify_lines(struct lines *l, struct check *c)
{
    enum hf_status status = HF_OK;
    for (char *line; status == HF_OK && (line = next_line(l));)
        status = verify_line(l->g, line, c);
    return status;
}

struct second { /* who checks beside the caller */
    struct lines *lines;
    struct check c;
    struct hf_error err;
    enum hf_status status;
    pthread_t thread;
};

static void *run_second(void *arg)
{
    struct second *s = arg;
    s->status = verify_lines(s->lines, &s->c);
    return NULL;
}

/* What the second found whole is the first's too. */
static void join_sums(struct hf_sums *to, struct hf_sums *from)
{
    for (size_t i = 0; i < from->n; i++) {
        to->at = hf_grow(to->at, &to->cap, to->n, sizeof *to->at);
        to->at[to->n++] = from->at[i];
    }
    from->n = 0;
}

/* All bytes are checked by two: hashing them is all that a small run waits for. */
static enum hf_status verify_by_two(struct lines *l, struct check *c)
{
    struct second s = {.lines = l, .c = {.budget = c->budget}};
    s.c.err = &s.err;
    s.c.sums = hf_xcalloc(1, sizeof *s.c.sums);
    bool is_running = pthread_create(&s.thread, NULL, run_second, &s) == 0;
    enum hf_status status = verify_lines(l, c);
    if (is_running) pthread_join(s.thread, NULL);
    if (status == HF_OK && s.status != HF_OK) {
        status = s.status;
        if (c->err) *c->err = s.err;
    }
    join_sums(c->sums, s.c.sums);
    hf_sums_free(s.c.sums);
    return status;
}

static enum hf_status verify(const struct hf_generation *g, struct check *c)
{
    struct hf_buf path = HF_BUF_INIT, text = HF_BUF_INIT;
    hf_buf_addf(&path, "%s/manifest", g->path);
    enum hf_status status = hf_buf_read_file(&text, path.data, MAX_MANIFEST, NULL);
    struct lines l = {.g = g, .at = text.data};
    pthread_mutex_init(&l.lock, NULL);
    if (status != HF_OK || !text.len)
        status = damaged(g, "manifest", "mangler", c->err);
    else
        status = c->sums ? verify_by_two(&l, c) : verify_lines(&l, c);
    pthread_mutex_destroy(&l.lock);
    hf_buf_release(&path);
    hf_buf_release(&text);
    return status;
}

enum hf_status hf_generation_verify(const struct hf_generation *g,
                                    unsigned long long max_bytes, struct hf_error *err)
{
    struct check c = {.budget = max_bytes ? max_bytes : ~0ull, .err = err};
    return g->path ? verify(g, &c) : HF_OK; /* a stub: the operator's own */
}

enum hf_status hf_generation_sums(const struct hf_generation *g, struct hf_sums **out,
                                  struct hf_error *err)
{
    struct check c = {.budget = ~0ull, .err = err};
    *out = NULL;
    c.sums = hf_xcalloc(1, sizeof *c.sums);
    enum hf_status status = g->path ? verify(g, &c) : HF_OK;
    if (status == HF_OK)
        *out = c.sums;
    else
        hf_sums_free(c.sums);
    return status;
}

static enum hf_status sum_file(const char *path, const struct hf_sums *known,
                               char out[65], unsigned long long *size,
                               struct hf_error *err)
{
    struct sha256_ctx ctx;
    *size = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    const struct sum *s = fd >= 0 ? find_sum(known, fd) : NULL;
    sha256_init(&ctx);
    if (s) {
        ctx = s->ctx;
        *size = s->size;
    }
    enum hf_status status = fd < 0 ? HF_IO : hash_on(&ctx, fd, size, ~0ull);
    if (status != HF_OK) hf_fail(err, status, "%s: %s", path, strerror(errno));
    hex(&ctx, out);
    if (fd >= 0) close(fd);
    return status;
}

enum hf_status hf_sha256_file(const char *path, char out[65], unsigned long long *size,
                              struct hf_error *err)
{
    return sum_file(path, NULL, out, size, err);
}

/* Adds the files of path/sub (sub "" or "db") to the manifest. */
static enum hf_status seal_folder(const char *path, const char *sub,
                                  const struct hf_sums *known, struct hf_buf *out,
                                  struct hf_error *err)
{
    struct hf_buf folder = HF_BUF_INIT, file = HF_BUF_INIT;
    struct dirent **names = NULL;
    enum hf_status status = HF_OK;
    hf_buf_addf(&folder, "%s%s%s", path, *sub ? "/" : "", sub);
    int n = scandir(folder.data, &names, NULL, alphasort);
    if (n < 0) status = hf_fail(err, HF_IO, "%s: %s", folder.data, strerror(errno));
    for (int i = 0; i < n; i++) {
        char sum[65];
        unsigned long long size;
        struct stat st;
        hf_buf_clear(&file);
        hf_buf_addf(&file, "%s/%s", folder.data, names[i]->d_name);
        bool is_file = stat(file.data, &st) == 0 && S_ISREG(st.st_mode);
        if (status == HF_OK && is_file && strcmp(names[i]->d_name, "manifest") != 0) {
            status = sum_file(file.data, known, sum, &size, err);
            hf_buf_addf(out, "%s %llu %s%s%s\n", sum, size, sub, *sub ? "/" : "",
                        names[i]->d_name);
        }
        free(names[i]);
    }
    free(names);
    hf_buf_release(&folder);
    hf_buf_release(&file);
    return status;
}

enum hf_status hf_generation_seal(const char *path, const struct hf_sums *known,
                                  struct hf_error *err)
{
    struct hf_buf text = HF_BUF_INIT, name = HF_BUF_INIT;
    enum hf_status status = seal_folder(path, "", known, &text, err);
    if (status == HF_OK) status = seal_folder(path, "db", known, &text, err);
    hf_buf_addf(&name, "%s/manifest", path);
    FILE *f = status == HF_OK ? fopen(name.data, "w") : NULL;
    if (status == HF_OK) {
        bool ok = f && fwrite(text.data, 1, text.len, f) == text.len;
        if (f && fclose(f) != 0) ok = false;
        if (!ok) status = hf_fail(err, HF_IO, "%s: %s", name.data, strerror(errno));
    }
    hf_buf_release(&text);
    hf_buf_release(&name);
    return status;
}
