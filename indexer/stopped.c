#include "stopped.h"

#include <archive.h>
#include <libxml/parser.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../shim/buf.h"
#include "extract_child.h"

#define NAME "stopped.json"

struct stopped {
    pthread_mutex_t lock;
    char tools[65];
    json_t *files; /* key → {source, reason} */
    json_t *asked; /* key → true: of this run */
    bool has_changed;
};

/* ---- the converters ---- */

/* The version is the file that would be run: to ask each program for it would cost more
 * than what is saved. */
static void add_tool(struct hf_buf *b, const char *path, const char *name)
{
    struct hf_buf file = HF_BUF_INIT;
    struct stat st;
    while (*path) {
        size_t n = strcspn(path, ":");
        hf_buf_clear(&file);
        hf_buf_addf(&file, "%.*s/%s", (int)n, path, name);
        if (!stat(file.data, &st)) {
            hf_buf_addf(b, "\n%s %lld %lld", name, (long long)st.st_size,
                        (long long)st.st_mtime);
            break;
        }
        path += n + (path[n] == ':');
    }
    hf_buf_release(&file);
}

void stopped_tools(const char *path, char out[65])
{
    static const char *const names[] = {"pdftotext", "pdftohtml", "pdftoppm", "tesseract",
                                        "antiword",  "catdoc",    "unrtf"};
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "%s %s", xmlParserVersion, archive_version_string());
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        add_tool(&b, path, names[i]);
    hf_sha256(b.data, b.len, out);
    hf_buf_release(&b);
}

/* ---- the list ---- */

struct stopped *stopped_open(const struct store *store, bool rebuild)
{
    struct stopped *s = hf_xcalloc(1, sizeof *s);
    pthread_mutex_init(&s->lock, NULL);
    stopped_tools(EXTRACT_PATH, s->tools);
    json_t *was = store_load_file(store, NAME);
    const char *tools = json_string_value(json_object_get(was, "tools"));
    json_t *files = json_object_get(was, "files");
    bool stands = !rebuild && tools && !strcmp(tools, s->tools) && json_is_object(files);
    s->files = stands ? json_incref(files) : json_object();
    s->has_changed = was && !stands;
    s->asked = json_object();
    json_decref(was);
    return s;
}

void stopped_close(struct stopped *s)
{
    if (!s) return;
    pthread_mutex_destroy(&s->lock);
    json_decref(s->files);
    json_decref(s->asked);
    free(s);
}

char *stopped_reason(struct stopped *s, const char *key)
{
    struct hf_buf b = HF_BUF_INIT;
    pthread_mutex_lock(&s->lock);
    const json_t *file = json_object_get(s->files, key);
    const char *reason = json_string_value(json_object_get(file, "reason"));
    if (reason) {
        json_object_set_new(s->asked, key, json_true());
        hf_buf_addf(&b, "%s; ikke prøvd igjen før filen eller omformeren endres", reason);
    }
    pthread_mutex_unlock(&s->lock);
    return reason ? hf_buf_take(&b) : NULL;
}

void stopped_add(struct stopped *s, const char *key, const char *path, const char *reason)
{
    pthread_mutex_lock(&s->lock);
    json_object_set_new(s->files, key,
                        json_pack("{s:s, s:s}", "source", path, "reason", reason));
    json_object_set_new(s->asked, key, json_true());
    s->has_changed = true;
    pthread_mutex_unlock(&s->lock);
}

enum hf_status stopped_save(struct stopped *s, const struct store *store,
                            stopped_covers covers, const void *ctx, struct hf_error *err)
{
    const char *key;
    void *next;
    json_t *file;
    json_object_foreach_safe(s->files, next, key, file)
    {
        const char *path = json_string_value(json_object_get(file, "source"));
        if (json_object_get(s->asked, key) || (path && !covers(ctx, path))) continue;
        json_object_del(s->files, key);
        s->has_changed = true;
    }
    if (!s->has_changed) return HF_OK;
    json_t *list = json_pack("{s:s, s:O}", "tools", s->tools, "files", s->files);
    enum hf_status status = store_save_file(store, NAME, list, err);
    json_decref(list);
    return status;
}
