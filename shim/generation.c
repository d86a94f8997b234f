#include "generation.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
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

enum hf_status hf_sha256_file(const char *path, char out[65], unsigned long long *size,
                              struct hf_error *err)
{
    enum hf_status status = HF_OK;
    struct sha256_ctx ctx;
    size_t room = 256 * 1024;
    uint8_t *bytes = NULL;
    *size = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return hf_fail(err, HF_IO, "%s: %s", path, strerror(errno));
    bytes = hf_xmalloc(room);
    sha256_init(&ctx);
    for (;;) {
        ssize_t n = read(fd, bytes, room);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) status = hf_fail(err, HF_IO, "%s: %s", path, strerror(errno));
        if (n <= 0) break;
        sha256_update(&ctx, (size_t)n, bytes);
        *size += (unsigned long long)n;
    }
    hex(&ctx, out);
    free(bytes);
    close(fd);
    return status;
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

static enum hf_status damaged(const struct hf_generation *g, const char *file,
                              const char *how, struct hf_error *err)
{
    return hf_fail(err, HF_CORRUPT,
                   "%s/%s: %s; indeksen er skadet, kjør hfsok-indexer --rebuild", g->path,
                   file, how);
}

static enum hf_status verify_line(const struct hf_generation *g, const char *line,
                                  unsigned long long *budget, struct hf_error *err)
{
    char want[65], got[65], file[256];
    unsigned long long size, real;
    if (sscanf(line, "%64s %llu %255s", want, &size, file) != 3 || strstr(file, ".."))
        return damaged(g, "manifest", "kan ikke leses", err);
    struct hf_buf path = HF_BUF_INIT;
    hf_buf_addf(&path, "%s/%s", g->path, file);
    enum hf_status status = HF_OK;
    struct stat st;
    if (stat(path.data, &st) < 0)
        status = damaged(g, file, "mangler", err);
    else if ((unsigned long long)st.st_size != size)
        status = damaged(g, file, "har en annen størrelse enn da den ble skrevet", err);
    else if (size <= *budget) {
        *budget -= size;
        status = hf_sha256_file(path.data, got, &real, err);
        if (status == HF_OK && strcmp(want, got) != 0)
            status = damaged(g, file, "har et annet innhold enn da den ble skrevet", err);
    }
    hf_buf_release(&path);
    return status;
}

enum hf_status hf_generation_verify(const struct hf_generation *g,
                                    unsigned long long max_bytes, struct hf_error *err)
{
    if (!g->path) return HF_OK; /* a stub: the operator's own */
    struct hf_buf path = HF_BUF_INIT, text = HF_BUF_INIT;
    unsigned long long budget = max_bytes ? max_bytes : ~0ull;
    hf_buf_addf(&path, "%s/manifest", g->path);
    enum hf_status status = hf_buf_read_file(&text, path.data, MAX_MANIFEST, NULL);
    if (status != HF_OK || !text.len) status = damaged(g, "manifest", "mangler", err);
    for (char *line = text.data; status == HF_OK && *line;) {
        char *end = strchr(line, '\n');
        if (end) *end = 0;
        status = verify_line(g, line, &budget, err);
        line = end ? end + 1 : line + strlen(line);
    }
    hf_buf_release(&path);
    hf_buf_release(&text);
    return status;
}

/* Adds the files of path/sub (sub "" or "db") to the manifest. */
static enum hf_status seal_folder(const char *path, const char *sub, struct hf_buf *out,
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
            status = hf_sha256_file(file.data, sum, &size, err);
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

enum hf_status hf_generation_seal(const char *path, struct hf_error *err)
{
    struct hf_buf text = HF_BUF_INIT, name = HF_BUF_INIT;
    enum hf_status status = seal_folder(path, "", &text, err);
    if (status == HF_OK) status = seal_folder(path, "db", &text, err);
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
