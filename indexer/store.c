#include "store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../shim/map.h"
#include "../shim/record.h"
#include "../shim/schema.h"
#include "brief.h"
#include "folder.h"
#include "store_seal.h"
#include "store_share.h"

#define KEEP_GENERATIONS 3
#define MAX_LIST         (256u << 20)

struct store {
    char *dir;
    int lock;
    struct hf_generation last; /* number 0: none, or not to be built upon */
    struct hf_sums *sums;      /* of its files */
    json_t *history;           /* meta.json of what was there, also where last is none */
    unsigned newest;           /* the highest number seen in the folder */
    char *aside;               /* where the new generation is written */
    unsigned *numbers;         /* of the generations in the folder */
    size_t n_numbers, cap_numbers;
};

static char *path_of(const struct store *s, const char *fmt, ...) HF_PRINTF(2, 3);
static char *path_of(const struct store *s, const char *fmt, ...)
{
    struct hf_buf b = HF_BUF_INIT;
    char name[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(name, sizeof name, fmt, ap);
    va_end(ap);
    hf_buf_addf(&b, "%s/%s", s->dir, name);
    return hf_buf_take(&b);
}

/* ---- opening ---- */

/* Calls fn with the number of each gen-NNNNNN in the folder. */
static void each_generation(struct store *s, void (*fn)(struct store *, unsigned))
{
    DIR *d = opendir(s->dir);
    if (!d) return;
    for (struct dirent *e; (e = readdir(d));) {
        unsigned n;
        char rest;
        if (sscanf(e->d_name, "gen-%u%c", &n, &rest) == 1) fn(s, n);
    }
    closedir(d);
}

static void note_newest(struct store *s, unsigned n)
{
    if (n > s->newest) s->newest = n;
}

static enum hf_status take_lock(struct store *s, struct hf_error *err)
{
    char *path = path_of(s, "lock");
    enum hf_status status = HF_OK;
    s->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (s->lock < 0)
        status = hf_fail(err, HF_IO, "%s: %s", path, strerror(errno));
    else if (flock(s->lock, LOCK_EX | LOCK_NB) < 0)
        status =
            hf_fail(err, HF_LOCKED,
                    "%s: en annen kjøring skriver denne indeksen; vent til den er ferdig",
                    s->dir);
    free(path);
    return status;
}

/* A folder that has held an index, however damaged it is now. */
static bool is_ours(const struct store *s)
{
    char *pointer = path_of(s, "current"), *lock = path_of(s, "lock");
    bool ours = access(pointer, F_OK) == 0 || access(lock, F_OK) == 0;
    free(pointer);
    free(lock);
    return ours;
}

/* Under the lock: the generation that was found without it, unless another run has made
 * one since. */
static enum hf_status look_again(struct store *s, struct hf_generation *found,
                                 struct hf_error *err)
{
    if (found->number && hf_generation_peek(s->dir) == found->number) {
        s->last = *found;
        *found = (struct hf_generation){0};
        return HF_OK;
    }
    enum hf_status status = hf_generation_current(s->dir, &s->last, err);
    return status == HF_NO_INDEX ? HF_OK : status;
}

enum hf_status store_open(const char *dir, bool rebuild, struct store **out,
                          struct hf_error *err)
{
    struct hf_generation found;
    struct hf_error why;
    *out = NULL;
    struct store *s = hf_xcalloc(1, sizeof *s);
    s->dir = hf_xstrdup(dir);
    s->lock = -1;
    enum hf_status status = hf_generation_current(dir, &found, &why);
    bool foreign = status == HF_CORRUPT && !is_ours(s);
    if (status == HF_OK && !found.path)
        status = hf_fail(err, HF_BAD_ARGUMENT,
                         "%s: en stub-fil; oppgi mappen til en indeks", dir);
    else if (status == HF_NO_INDEX || (rebuild && !foreign))
        status = HF_OK;
    else if (status != HF_OK)
        hf_fail(err, status, "%s", why.text);
    if (status == HF_OK) status = folder_make(dir, err);
    if (status == HF_OK) status = take_lock(s, err);
    if (status == HF_OK && !rebuild) {
        status = look_again(s, &found, &why);
        if (status == HF_OK && s->last.number)
            status = hf_generation_sums(&s->last, &s->sums, &why);
        if (status != HF_OK) hf_fail(err, status, "%s", why.text);
    }
    hf_generation_release(&found);
    if (status == HF_OK)
        s->history =
            s->last.meta ? json_incref(s->last.meta) : hf_generation_history(dir);
    if (status != HF_OK) {
        store_close(s);
        return status;
    }
    each_generation(s, note_newest);
    *out = s;
    return HF_OK;
}

void store_close(struct store *s)
{
    if (!s) return;
    if (s->aside) folder_remove(s->aside);
    if (s->lock >= 0) close(s->lock);
    hf_generation_release(&s->last);
    hf_sums_free(s->sums);
    json_decref(s->history);
    free(s->aside);
    free(s->numbers);
    free(s->dir);
    free(s);
}

const json_t *store_meta(const struct store *s)
{
    return s->last.meta;
}

const json_t *store_history(const struct store *s)
{
    return s->history;
}

unsigned store_generation(const struct store *s)
{
    return s->last.number;
}

/* ---- cached records ---- */

/* What is damaged goes, so that the next run reads the document again. */
static json_t *load(const struct store *s, const char *key, bool in_brief)
{
    char *path = path_of(s, "records/%.2s/%s.rec", key, key);
    json_t *records = brief_file_load(path, in_brief);
    if (!records) unlink(path);
    free(path);
    return records;
}

json_t *store_load(const struct store *s, const char *key)
{
    return load(s, key, false);
}

json_t *store_load_brief(const struct store *s, const char *key)
{
    return load(s, key, true);
}

bool store_has(const struct store *s, const char *key)
{
    char *path = path_of(s, "records/%.2s/%s.rec", key, key);
    bool has = brief_file_is(path);
    free(path);
    return has;
}

enum hf_status store_save(const struct store *s, const char *key, const json_t *records,
                          struct hf_error *err)
{
    char *folder = path_of(s, "records/%.2s", key),
         *path = path_of(s, "records/%.2s/%s.rec", key, key);
    struct hf_buf b = HF_BUF_INIT;
    brief_file_make(records, &b);
    enum hf_status status = folder_make(folder, err);
    /* Not synced: a cache; what a power failure spoils is read again. */
    if (status == HF_OK) status = folder_write(path, b.data, b.len, false, err);
    hf_buf_release(&b);
    free(path);
    free(folder);
    return status;
}

bool store_load_bytes(const struct store *s, const char *name, struct hf_buf *out)
{
    char *path = path_of(s, "%s", name);
    bool ok = hf_buf_read_file(out, path, MAX_LIST, NULL) == HF_OK;
    free(path);
    return ok;
}

json_t *store_load_file(const struct store *s, const char *name)
{
    struct hf_buf text = HF_BUF_INIT;
    json_t *list = NULL;
    if (store_load_bytes(s, name, &text)) list = json_loadb(text.data, text.len, 0, NULL);
    hf_buf_release(&text);
    return list;
}

enum hf_status store_save_bytes(const struct store *s, const char *name,
                                const char *bytes, size_t len, struct hf_error *err)
{
    char *path = path_of(s, "%s", name);
    enum hf_status status = folder_write(path, bytes, len, false, err);
    free(path);
    return status;
}

enum hf_status store_save_file(const struct store *s, const char *name,
                               const json_t *list, struct hf_error *err)
{
    char *text = json_dumps(list, JSON_INDENT(1) | JSON_SORT_KEYS);
    enum hf_status status = store_save_bytes(s, name, text, strlen(text), err);
    free(text);
    return status;
}

void store_prune(struct store *s, const json_t *meta)
{
    struct hf_map used = {NULL, 0, 0};
    size_t i;
    json_t *d;
    json_array_foreach(json_object_get(meta, "documents"), i, d)
    {
        const char *key = json_string_value(json_object_get(d, "key"));
        if (key) hf_map_put(&used, key, strlen(key), d);
    }
    for (unsigned k = 0; k < 256; k++) {
        char *folder = path_of(s, "records/%02x", k);
        DIR *dir = opendir(folder);
        for (struct dirent *e; dir && (e = readdir(dir));) {
            size_t n = strcspn(e->d_name, ".");
            if (e->d_name[0] == '.' ||
                (!strcmp(e->d_name + n, ".rec") && hf_map_get(&used, e->d_name, n)))
                continue;
            unlinkat(dirfd(dir), e->d_name, 0);
        }
        if (dir) closedir(dir);
        free(folder);
    }
    hf_map_release(&used);
}

/* ---- a new generation ---- */

static void note_number(struct store *s, unsigned n)
{
    s->numbers = hf_grow(s->numbers, &s->cap_numbers, s->n_numbers, sizeof *s->numbers);
    s->numbers[s->n_numbers++] = n;
}

/* Removes all generations but the served one and the two before it. Those above it are of
 * runs that were killed before the pointer named them: nobody has ever seen them. */
static void drop_generations(struct store *s, unsigned served)
{
    s->n_numbers = 0;
    if (served) each_generation(s, note_number);
    for (size_t i = 0; i < s->n_numbers; i++) {
        unsigned n = s->numbers[i], newer = 0;
        for (size_t k = 0; k < s->n_numbers; k++)
            newer += s->numbers[k] > n && s->numbers[k] <= served;
        if (n <= served && newer < KEEP_GENERATIONS) continue;
        char *path = path_of(s, "gen-%06u", n);
        folder_remove(path);
        free(path);
    }
}

enum hf_status store_begin(struct store *s, struct hf_error *err)
{
    drop_generations(s, hf_generation_peek(s->dir));
    s->aside = path_of(s, "new");
    folder_remove(s->aside);
    return folder_make(s->aside, err);
}

const char *store_aside(const struct store *s)
{
    return s->aside;
}

/* What a run changes, and the databases of what it adds: new/part-*, in their order. */
struct change {
    const char *const *gone;
    size_t n_gone;
    char **parts;
    size_t n_parts;
};

static int is_part(const struct dirent *e)
{
    return !strncmp(e->d_name, "part-", 5);
}

static enum hf_status list_parts(struct store *s, struct change *c, struct hf_error *err)
{
    struct dirent **found = NULL;
    int n = scandir(s->aside, &found, is_part, alphasort);
    if (n < 0) return hf_fail(err, HF_IO, "%s: %s", s->aside, strerror(errno));
    c->parts = hf_xcalloc((size_t)n + 1, sizeof *c->parts);
    for (int i = 0; i < n; i++) {
        c->parts[c->n_parts++] = path_of(s, "new/%s", found[i]->d_name);
        free(found[i]);
    }
    free(found);
    return HF_OK;
}

/* Takes out of the database at path what goes, and adds the first n_parts parts. */
static enum hf_status edit(const char *path, const struct change *c, size_t n_parts,
                           struct hf_error *err)
{
    struct hf_writer *w = NULL;
    if (!c->n_gone && !n_parts) return HF_OK;
    enum hf_status status = hf_writer_open(path, &w, err);
    for (size_t i = 0; status == HF_OK && i < c->n_gone; i++)
        status = hf_writer_delete(w, c->gone[i], err);
    for (size_t i = 0; status == HF_OK && i < n_parts; i++)
        status = hf_writer_add_all(w, c->parts[i], err);
    if (!w) return status;
    if (status == HF_OK) return hf_writer_close(w, err);
    hf_writer_abandon(w);
    return status;
}

/* Joins new/base (if any) and the parts into new/gen/db, compact. */
static enum hf_status join(struct store *s, const struct change *c, bool has_base,
                           struct hf_error *err)
{
    size_t n = 0;
    const char **paths = hf_xcalloc(c->n_parts + 2, sizeof *paths);
    char *base = path_of(s, has_base ? "new/base" : "new/empty"),
         *dest = path_of(s, "new/gen/db");
    enum hf_status status = HF_OK;
    if (has_base) paths[n++] = base;
    for (size_t i = 0; i < c->n_parts; i++) paths[n++] = c->parts[i];
    if (!n) { /* an index of nothing is an index */
        struct hf_writer *w;
        paths[n++] = base;
        status = hf_writer_open(base, &w, err);
        if (status == HF_OK) status = hf_writer_close(w, err);
    }
    if (status == HF_OK) status = hf_index_compact(paths, n, dest, err);
    free(paths);
    free(base);
    free(dest);
    return status;
}

/* ---- small changes ---- */

/* A change of at most a fiftieth is written behind what is there (store_share.h), or into
 * a copy where that cannot be: compacting and checking the whole index for one document
 * would cost more than all the rest. Every sixteenth time, and when the files have become
 * four times as large, the whole is compacted and checked again. */
#define SMALL_PART 50
#define MAX_LOOSE  16
#define MAX_GROWN  4

static long long loose_of(const struct store *s)
{
    return json_integer_value(json_object_get(s->last.meta, "loose"));
}

/* The size of the tables when they were last compacted. */
static unsigned long long compact_bytes_of(const struct store *s)
{
    json_int_t n = json_integer_value(json_object_get(s->last.meta, "compact_bytes"));
    return n > 0 ? (unsigned long long)n : store_share_bytes(s->last.db);
}

/* The records of a database, less those that go; false where it cannot be opened. */
static bool count_records(const char *path, const struct change *less, size_t *n)
{
    struct hf_reader *r;
    *n = 0;
    if (hf_reader_open(path, &r, NULL) != HF_OK) return false;
    *n = hf_reader_count(r);
    for (size_t i = 0; less && i < less->n_gone; i++)
        *n -= hf_reader_freq(r, less->gone[i]);
    hf_reader_close(r);
    return true;
}

static size_t count_added(const struct change *c)
{
    size_t n = 0, of_part;
    for (size_t i = 0; i < c->n_parts; i++) {
        (void)count_records(c->parts[i], NULL, &of_part);
        n += of_part;
    }
    return n;
}

/* Taking every record out of the copy would cost more than all the rest. */
static bool has_base(const struct store *s, const struct change *c)
{
    size_t stays;
    if (!s->last.number) return false;
    return !count_records(s->last.db, c, &stays) || stays;
}

static bool is_small(const struct store *s, const struct change *c)
{
    if (!s->last.number || loose_of(s) >= MAX_LOOSE ||
        store_share_bytes(s->last.db) > compact_bytes_of(s) * MAX_GROWN)
        return false;
    size_t before, stays;
    if (!count_records(s->last.db, NULL, &before) ||
        !count_records(s->last.db, c, &stays))
        return false;
    return (before - stays + count_added(c)) * SMALL_PART <= before;
}

/* The change at new/gen/db, which goes on where the last generation's ends or is a copy.
 * Its bytes were checked by the last manifest when the store was opened; of the change it
 * is checked that all its records are there. */
static enum hf_status edit_copy(struct store *s, const struct change *c,
                                struct hf_error *err)
{
    char *dest = path_of(s, "new/gen/db");
    size_t stays, got;
    (void)count_records(s->last.db, c, &stays);
    enum hf_status status = store_go_on(s->last.db, dest, s->sums, err);
    if (status == HF_OK) status = edit(dest, c, c->n_parts, err);
    if (status == HF_OK &&
        (!count_records(dest, NULL, &got) || got != stays + count_added(c)))
        status = hf_fail(err, HF_CORRUPT, "%s: ikke alle poster kom med", dest);
    free(dest);
    return status;
}

static enum hf_status make_database(struct store *s, const struct change *c, bool in_copy,
                                    struct hf_error *err)
{
    char *base = path_of(s, "new/base");
    enum hf_status status = HF_OK;
    if (in_copy) {
        status = edit_copy(s, c, err);
    } else {
        bool on_base = has_base(s, c);
        if (on_base) status = store_go_on(s->last.db, base, s->sums, err);
        if (status == HF_OK && on_base) status = edit(base, c, 0, err);
        if (status == HF_OK) status = join(s, c, on_base, err);
    }
    free(base);
    return status;
}

static enum hf_status write_meta(struct store *s, unsigned number, json_t *meta,
                                 struct hf_error *err)
{
    char when[32];
    time_t now = time(NULL);
    struct tm tm;
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
    json_object_set_new(meta, "generation", json_integer(number));
    json_object_set_new(meta, "updated", json_string(when));
    json_object_set_new(meta, "schema", json_integer(HF_INDEX_SCHEMA));
    json_object_set_new(meta, "reader", json_integer(HF_READER_VERSION));
    char *path = path_of(s, "new/gen/meta.json"), *text = json_dumps(meta, JSON_COMPACT);
    enum hf_status status = folder_write(path, text, strlen(text), true, err);
    free(text);
    free(path);
    return status;
}

/* Makes new/gen the generation `number`: sealed, renamed, named by the pointer, all of it
 * synced. */
static enum hf_status publish(struct store *s, unsigned number, enum store_check check,
                              struct hf_error *err)
{
    char *gen = path_of(s, "new/gen"), *final = path_of(s, "gen-%06u", number);
    char *pointer = path_of(s, "current"), text[64];
    snprintf(text, sizeof text, "hfsok-index %d %u\n", HF_INDEX_SCHEMA, number);
    enum hf_status status = store_seal(gen, s->sums, check, err);
    if (status == HF_OK && rename(gen, final) < 0)
        status = hf_fail(err, HF_IO, "%s: %s", final, strerror(errno));
    if (status == HF_OK) status = store_sync(s->dir, err);
    if (status == HF_OK) status = folder_write(pointer, text, strlen(text), true, err);
    if (status == HF_OK) status = store_sync(s->dir, err);
    free(gen);
    free(final);
    free(pointer);
    return status;
}

static void note_looseness(struct store *s, bool in_copy, json_t *meta)
{
    char *db = path_of(s, "new/gen/db");
    unsigned long long bytes = in_copy ? compact_bytes_of(s) : store_share_bytes(db);
    json_object_set_new(meta, "loose", json_integer(in_copy ? loose_of(s) + 1 : 0));
    json_object_set_new(meta, "compact_bytes", json_integer((json_int_t)bytes));
    free(db);
}

enum hf_status store_commit(struct store *s, const char *const *gone, size_t n_gone,
                            json_t *meta, struct hf_error *err)
{
    unsigned number = s->newest + 1;
    char *gen = path_of(s, "new/gen");
    struct change c = {.gone = gone, .n_gone = n_gone};
    enum hf_status status = folder_make(gen, err);
    if (status == HF_OK) status = list_parts(s, &c, err);
    bool in_copy = status == HF_OK && is_small(s, &c);
    if (status == HF_OK) status = make_database(s, &c, in_copy, err);
    note_looseness(s, in_copy, meta);
    if (status == HF_OK) status = write_meta(s, number, meta, err);
    if (status == HF_OK)
        status = publish(s, number, in_copy ? STORE_NO_CHECK : STORE_CHECK, err);
    if (status == HF_OK) {
        s->newest = number;
        drop_generations(s, number);
    }
    folder_remove(s->aside);
    for (size_t i = 0; i < c.n_parts; i++) free(c.parts[i]);
    free(c.parts);
    free(gen);
    return status;
}
