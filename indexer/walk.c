#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../shim/utf8.h"

#define MAX_DEPTH  32
#define MAX_KILDER ((size_t)8 << 20)

struct address { /* one line of a kilder.tsv */
    char *pattern, *url, *helsefellesskap, *body;
};

struct addresses {
    struct address *at;
    size_t n, cap;
};

static char *path_text(const char *path)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_utf8_show(&b, path, false);
    return hf_buf_take(&b);
}

void sources_fail(struct sources *list, const char *path, const char *reason)
{
    list->failures = hf_grow(list->failures, &list->cap_failures, list->n_failures,
                             sizeof *list->failures);
    list->failures[list->n_failures++] =
        (struct source_failure){path_text(path), hf_xstrdup(reason)};
}

enum hf_status source_read(const struct source *s, size_t max, struct hf_buf *b,
                           struct hf_error *err)
{
    return hf_buf_load(b, s->file, max, err);
}

static void release_source(struct source *s)
{
    free(s->file);
    free(s->path);
    free(s->url);
    free(s->helsefellesskap);
    free(s->body);
}

void sources_release(struct sources *list)
{
    for (size_t i = 0; i < list->n; i++) release_source(&list->at[i]);
    for (size_t i = 0; i < list->n_failures; i++) {
        free(list->failures[i].path);
        free(list->failures[i].reason);
    }
    free(list->at);
    free(list->failures);
    memset(list, 0, sizeof *list);
}

/* ---- kilder.tsv -------------------------------------------------------------------- */

static char *field_at(const char *line, size_t len, int want)
{
    size_t from = 0;
    for (size_t i = 0; i <= len; i++) {
        if (i < len && line[i] != '\t') continue;
        if (want-- == 0) return i > from ? hf_xstrndup(line + from, i - from) : NULL;
        from = i + 1;
    }
    return NULL;
}

static void add_address(struct addresses *a, const char *line, size_t len)
{
    while (len && strchr("\r ", line[len - 1])) len--;
    char *pattern = len && *line != '#' ? field_at(line, len, 0) : NULL;
    if (!pattern) return;
    a->at = hf_grow(a->at, &a->cap, a->n, sizeof *a->at);
    a->at[a->n++] = (struct address){pattern, field_at(line, len, 1),
                                     field_at(line, len, 2), field_at(line, len, 3)};
}

static void read_addresses(struct addresses *a, struct sources *list, const char *folder)
{
    struct hf_buf path = HF_BUF_INIT, b = HF_BUF_INIT;
    struct hf_error err;
    hf_buf_addf(&path, "%s/kilder.tsv", folder);
    enum hf_status status = hf_buf_load(&b, path.data, MAX_KILDER, &err);
    if (status != HF_OK && status != HF_NOT_FOUND)
        sources_fail(list, path.data, err.text);
    size_t bom = b.len >= 3 && !memcmp(b.data, "\xef\xbb\xbf", 3) ? 3 : 0;
    for (size_t i = bom; status == HF_OK && i < b.len;) {
        const char *end = memchr(b.data + i, '\n', b.len - i);
        size_t len = end ? (size_t)(end - b.data) - i : b.len - i;
        add_address(a, b.data + i, len);
        i += len + 1;
    }
    hf_buf_release(&path);
    hf_buf_release(&b);
}

static void release_addresses(struct addresses *a)
{
    for (size_t i = 0; i < a->n; i++) {
        free(a->at[i].pattern);
        free(a->at[i].url);
        free(a->at[i].helsefellesskap);
        free(a->at[i].body);
    }
    free(a->at);
}

/* The nearest folder's word stands; within one file an exact name beats a glob, a later
 * line an earlier one. */
static void apply_addresses(const struct addresses *a, struct source *s, const char *name)
{
    const struct address *best = NULL;
    bool exact = false;
    for (size_t i = 0; i < a->n; i++) {
        const char *pattern = a->at[i].pattern;
        if (!strncmp(pattern, "./", 2)) pattern += 2;
        bool same = !strcmp(pattern, name);
        if (!same && (exact || fnmatch(pattern, name, 0))) continue;
        best = &a->at[i];
        exact = same;
    }
    if (!best) return;
    if (!s->url && best->url) s->url = hf_xstrdup(best->url);
    if (!s->helsefellesskap && best->helsefellesskap)
        s->helsefellesskap = hf_xstrdup(best->helsefellesskap);
    if (!s->body && best->body) s->body = hf_xstrdup(best->body);
}

/* ---- the walk ---------------------------------------------------------------------- */

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), k = strlen(end);
    return n >= k && !strcasecmp(name + n - k, end);
}

static bool is_left_out(const char *name)
{
    static const char *const beside[] = {".json", ".jsonl", ".tsv", ".csv", ".xlsx", "~"};
    if (*name == '.' || *name == '~' || !strncasecmp(name, "README", 6) ||
        !strncasecmp(name, "LESMEG", 6))
        return true;
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        if (ends_with(name, beside[i])) return true;
    return false;
}

static struct source *add_source(struct sources *list, const char *path)
{
    list->at = hf_grow(list->at, &list->cap, list->n, sizeof *list->at);
    struct source *s = &list->at[list->n++];
    memset(s, 0, sizeof *s);
    s->file = hf_xstrdup(path);
    s->path = path_text(path);
    return s;
}

static void walk_folder(struct sources *list, const char *folder, int depth);

static void walk_entry(struct sources *list, const char *path, const char *name,
                       int depth)
{
    struct stat st;
    if (lstat(path, &st) < 0)
        sources_fail(list, path, hf_errno_text(errno));
    else if (S_ISDIR(st.st_mode))
        walk_folder(list, path, depth + 1);
    else if (S_ISREG(st.st_mode) && !is_left_out(name))
        add_source(list, path);
    else if (S_ISLNK(st.st_mode))
        sources_fail(list, path, "symbolsk lenke, følges ikke");
    else if (!S_ISREG(st.st_mode))
        sources_fail(list, path, "ikke en vanlig fil");
}

static void walk_folder(struct sources *list, const char *folder, int depth)
{
    struct dirent **entries = NULL;
    struct addresses a = {0};
    size_t first = list->n, folder_len = strlen(folder);
    if (depth > MAX_DEPTH) {
        sources_fail(list, folder, "mappene ligger for dypt i hverandre");
        return;
    }
    int n = scandir(folder, &entries, NULL, alphasort);
    if (n < 0) {
        sources_fail(list, folder, hf_errno_text(errno));
        return;
    }
    for (int i = 0; i < n; i++) {
        struct hf_buf path = HF_BUF_INIT;
        const char *name = entries[i]->d_name;
        hf_buf_addf(&path, "%s%s%s", folder, ends_with(folder, "/") ? "" : "/", name);
        if (*name != '.') walk_entry(list, path.data, name, depth);
        hf_buf_release(&path);
        free(entries[i]);
    }
    free(entries);
    read_addresses(&a, list, folder);
    for (size_t i = first; i < list->n; i++) {
        const char *below = list->at[i].file + folder_len;
        while (*below == '/') below++;
        apply_addresses(&a, &list->at[i], below);
    }
    release_addresses(&a);
}

static void walk_file(struct sources *list, const char *path)
{
    struct source *s = add_source(list, path);
    struct addresses a = {0};
    const char *slash = strrchr(path, '/');
    char *folder = slash ? hf_xstrndup(path, (size_t)(slash - path)) : hf_xstrdup(".");
    read_addresses(&a, list, *folder ? folder : "/");
    apply_addresses(&a, s, slash ? slash + 1 : path);
    release_addresses(&a);
    free(folder);
}

void walk(struct sources *list, const char *path)
{
    struct stat st;
    size_t before = list->n + list->n_failures;
    if (lstat(path, &st) < 0)
        sources_fail(list, path, hf_errno_text(errno));
    else if (S_ISDIR(st.st_mode))
        walk_folder(list, path, 0);
    else if (S_ISREG(st.st_mode))
        walk_file(list, path);
    else
        sources_fail(list, path,
                     S_ISLNK(st.st_mode) ? "symbolsk lenke, følges ikke"
                                         : "ikke en vanlig fil");
    /* More likely a disk that is not mounted than minutes that are all gone. */
    if (list->n + list->n_failures == before)
        sources_fail(list, path, "det er ingen dokumenter i mappen");
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct source *)a)->file, ((const struct source *)b)->file);
}

void sources_sort(struct sources *list)
{
    size_t kept = 0;
    if (list->n) qsort(list->at, list->n, sizeof *list->at, by_path);
    for (size_t i = 0; i < list->n; i++) {
        if (kept && !strcmp(list->at[kept - 1].file, list->at[i].file)) {
            release_source(&list->at[i]);
        } else {
            list->at[kept++] = list->at[i];
        }
    }
    list->n = kept;
}
