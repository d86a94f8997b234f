#include "minutes_cues.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/buf.h"
#include "../shim/utf8.h"

#define MAX_DATA_FILE ((size_t)8 << 20)

struct minutes_cues {
    struct hf_arena arena;
    struct cue_table *tables;
    size_t n_tables, cap_tables;
    struct cue_rows rows[2];
    struct cue_patterns patterns[2][2]; /* of each, as it stands and as it is misread */
    struct registry registry;
    struct cue_table names, places; /* the registry, to be found in text */
    const char **given;             /* lower case, sorted */
    size_t n_given, cap_given;
    const char **misread; /* given names as recognition spells them: jgrgen, jorgen */
    size_t n_misread, cap_misread;
};

static const struct cue_table no_table = {.name = ""};
static const struct cue_rows no_rows = {.name = ""};
static const char *const row_lists[2] = {"patient_groups", "outcomes"};

/* ---- loading ----------------------------------------------------------------------- */

static int longest_first(const void *a, const void *b)
{
    const struct cue *x = a, *y = b;
    if (x->key_len != y->key_len) return x->key_len < y->key_len ? 1 : -1;
    return strcmp(x->key, y->key);
}

static void split_fields(struct hf_arena *arena, const char *line, size_t len,
                         const char **field, size_t n_fields)
{
    size_t n = 0, from = 0;
    for (size_t i = 0; i < n_fields; i++) field[i] = "";
    for (size_t i = 0; i <= len && n < n_fields; i++) {
        if (i < len && line[i] != '\t') continue;
        field[n++] = hf_arena_strdup(arena, line + from, i - from);
        from = i + 1;
    }
}

static void add_cue(struct cue_table *t, struct hf_arena *arena, const char *line,
                    size_t len)
{
    const char *field[3];
    split_fields(arena, line, len, field, 3);
    if (!*field[0]) return;
    t->cues = hf_grow(t->cues, &t->cap, t->n, sizeof *t->cues);
    t->cues[t->n++] = (struct cue){field[0], field[1], field[2], strlen(field[0])};
}

/* Calls add for each line that is neither empty nor a comment. */
static void each_line(const struct hf_buf *b,
                      void (*add)(void *to, const char *line, size_t len), void *to)
{
    for (size_t i = 0; i < b->len;) {
        const char *line = b->data + i, *end = memchr(line, '\n', b->len - i);
        size_t len = end ? (size_t)(end - line) : b->len - i;
        i += len + 1;
        while (len && strchr(" \r", line[len - 1])) len--;
        if (len && *line != '#') add(to, line, len);
    }
}

struct cue_target {
    struct cue_table *table;
    struct hf_arena *arena;
};

static void take_cue(void *to, const char *line, size_t len)
{
    struct cue_target *t = to;
    add_cue(t->table, t->arena, line, len);
}

static void finish_table(struct cue_table *t)
{
    if (!t->n) return;
    qsort(t->cues, t->n, sizeof *t->cues, longest_first);
    cue_sieve_init(&t->sieve, t->n);
    for (size_t i = 0; i < t->n; i++) {
        cue_sieve_add(&t->sieve, i, t->cues[i].key);
        if (*t->cues[i].key != '-') continue;
        t->endings =
            hf_grow(t->endings, &t->cap_endings, t->n_endings, sizeof *t->endings);
        t->endings[t->n_endings++] = &t->cues[i];
    }
}

static enum hf_status load_table(struct minutes_cues *cues, const char *path,
                                 const char *file, struct hf_error *err)
{
    struct hf_buf b = HF_BUF_INIT;
    enum hf_status status = hf_buf_read_file(&b, path, MAX_DATA_FILE, err);
    if (status != HF_OK) goto out;
    cues->tables =
        hf_grow(cues->tables, &cues->cap_tables, cues->n_tables, sizeof *cues->tables);
    struct cue_table *t = &cues->tables[cues->n_tables++];
    memset(t, 0, sizeof *t);
    size_t skip = strlen("cues_");
    t->name =
        hf_arena_strdup(&cues->arena, file + skip, strlen(file) - skip - strlen(".tsv"));
    struct cue_target to = {t, &cues->arena};
    each_line(&b, take_cue, &to);
    finish_table(t);
out:
    hf_buf_release(&b);
    return status;
}

struct row_target {
    struct cue_rows *rows;
    struct hf_arena *arena;
};

static void take_row(void *to, const char *line, size_t len)
{
    struct row_target *t = to;
    struct cue_rows *r = t->rows;
    r->rows = hf_grow(r->rows, &r->cap, r->n, sizeof *r->rows);
    split_fields(t->arena, line, len, r->rows[r->n++].field, CUE_ROW_FIELDS);
}

/* A list that is not there is an empty list: the reader then finds less, and says nothing
 * wrong. */
static enum hf_status load_rows(struct minutes_cues *cues, size_t i, const char *dir,
                                struct hf_error *err)
{
    struct hf_buf b = HF_BUF_INIT;
    const char *path = hf_arena_printf(&cues->arena, "%s/%s.tsv", dir, row_lists[i]);
    enum hf_status status = hf_buf_read_file(&b, path, MAX_DATA_FILE, err);
    cues->rows[i].name = row_lists[i];
    struct row_target to = {&cues->rows[i], &cues->arena};
    if (status == HF_OK) each_line(&b, take_row, &to);
    hf_buf_release(&b);
    if (status != HF_OK && status != HF_NOT_FOUND) return status;
    for (int damaged = 0; damaged < 2; damaged++) {
        struct cue_patterns *p = &cues->patterns[i][damaged];
        p->list = &cues->rows[i];
        p->patterns = hf_xcalloc(p->list->n + 1, sizeof *p->patterns);
        for (size_t k = 0; k < p->list->n; k++)
            p->patterns[k] = p->list->rows[k].field[1];
        glob_set_init(&p->set, p->patterns, p->list->n, damaged > 0);
    }
    return HF_OK;
}

/* The name with every ø, å and æ read as something else, if it has any. */
static void add_misread(struct minutes_cues *cues, const char *name, const char *o,
                        const char *aa)
{
    struct hf_buf b = HF_BUF_INIT;
    bool changed = false;
    for (size_t i = 0, len = strlen(name); i < len;) {
        uint32_t c;
        size_t n = hf_utf8_next(name + i, len - i, &c);
        const char *as = c == 0xF8 ? o : c == 0xE5 ? aa : c == 0xE6 ? "ae" : NULL;
        if (as)
            hf_buf_adds(&b, as);
        else
            hf_buf_add(&b, name + i, n);
        changed |= as != NULL;
        i += n;
    }
    if (changed) {
        cues->misread = hf_grow(cues->misread, &cues->cap_misread, cues->n_misread,
                                sizeof *cues->misread);
        cues->misread[cues->n_misread++] = hf_arena_strdup(&cues->arena, b.data, b.len);
    }
    hf_buf_release(&b);
}

static void take_name(void *to, const char *line, size_t len)
{
    static const char *const readings[][2] = {{"o", "a"}, {"g", "a"},
                                              {"a", "&"}, {"e", "aa"},
                                              {"@", "a"}, {"\xc2\xa2", "\xc3\xa4"}};
    struct minutes_cues *cues = to;
    const char *tab = memchr(line, '\t', len);
    struct hf_buf b = HF_BUF_INIT;
    hf_utf8_lower(&b, line, tab ? (size_t)(tab - line) : len);
    cues->given =
        hf_grow(cues->given, &cues->cap_given, cues->n_given, sizeof *cues->given);
    const char *name = hf_arena_strdup(&cues->arena, b.data, b.len);
    cues->given[cues->n_given++] = name;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++)
        add_misread(cues, name, readings[i][0], readings[i][1]);
    hf_buf_release(&b);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum hf_status load_given_names(struct minutes_cues *cues, const char *path,
                                       struct hf_error *err)
{
    struct hf_buf b = HF_BUF_INIT;
    enum hf_status status = hf_buf_read_file(&b, path, MAX_DATA_FILE, err);
    if (status == HF_OK) {
        each_line(&b, take_name, cues);
        if (cues->n_given)
            qsort(cues->given, cues->n_given, sizeof *cues->given, by_text);
        if (cues->n_misread)
            qsort(cues->misread, cues->n_misread, sizeof *cues->misread, by_text);
    }
    hf_buf_release(&b);
    return status;
}

/* ---- registry ---------------------------------------------------------------------- */

static void add_names(struct minutes_cues *cues, const json_t *list, int hf, char kind)
{
    struct registry *r = &cues->registry;
    size_t i;
    json_t *v;
    json_array_foreach(list, i, v)
    {
        if (!json_is_string(v)) continue;
        r->names = hf_grow(r->names, &r->cap_names, r->n_names, sizeof *r->names);
        r->names[r->n_names++] = (struct registry_name){
            hf_arena_strdup(&cues->arena, json_string_value(v), json_string_length(v)),
            hf, kind};
    }
}

static void add_place(struct minutes_cues *cues, const char *name, int hf,
                      const json_t *m)
{
    struct registry *r = &cues->registry;
    r->places = hf_grow(r->places, &r->cap_places, r->n_places, sizeof *r->places);
    r->places[r->n_places++] =
        (struct registry_place){hf_arena_strdup(&cues->arena, name, strlen(name)), hf,
                                json_is_true(json_object_get(m, "word")),
                                json_is_true(json_object_get(m, "shared"))};
}

static void add_places(struct minutes_cues *cues, const json_t *list, int hf)
{
    size_t i, k;
    json_t *m, *alias;
    json_array_foreach(list, i, m)
    {
        const char *name = json_string_value(json_object_get(m, "name"));
        if (!name) continue;
        add_place(cues, name, hf, m);
        json_array_foreach(json_object_get(m, "aliases"), k, alias)
        {
            if (json_is_string(alias)) add_place(cues, json_string_value(alias), hf, m);
        }
    }
}

static const char *member(struct minutes_cues *cues, const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s ? hf_arena_strdup(&cues->arena, s, strlen(s)) : NULL;
}

static void index_registry(struct minutes_cues *cues)
{
    struct registry *r = &cues->registry;
    for (size_t i = 0; i < r->n_names; i++) {
        char line[512];
        int n = snprintf(line, sizeof line, "%s\t%zu", r->names[i].text, i);
        if (n > 0 && (size_t)n < sizeof line)
            add_cue(&cues->names, &cues->arena, line, (size_t)n);
    }
    for (size_t i = 0; i < r->n_places; i++) {
        char line[512];
        int n = snprintf(line, sizeof line, "%s\t%zu", r->places[i].name, i);
        if (n > 0 && (size_t)n < sizeof line)
            add_cue(&cues->places, &cues->arena, line, (size_t)n);
    }
    finish_table(&cues->names);
    finish_table(&cues->places);
}

static void add_hf(struct minutes_cues *cues, const json_t *o)
{
    struct registry *r = &cues->registry;
    static const struct {
        const char *key;
        char kind;
    } lists[] = {{"aliases", 'a'},
                 {"trusts", 't'},
                 {"hospitals", 'h'},
                 {"web", 'w'},
                 {"districts", 'p'}};
    const char *id = member(cues, o, "id"), *name = member(cues, o, "canonical");
    if (!id || !name) return;
    int hf = (int)r->n_hf;
    r->hf = hf_grow(r->hf, &r->cap_hf, r->n_hf, sizeof *r->hf);
    r->hf[r->n_hf++] = (struct registry_hf){id, name, member(cues, o, "health_region")};
    r->names = hf_grow(r->names, &r->cap_names, r->n_names, sizeof *r->names);
    r->names[r->n_names++] = (struct registry_name){name, hf, 'n'};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        add_names(cues, json_object_get(o, lists[i].key), hf, lists[i].kind);
    add_places(cues, json_object_get(o, "municipalities"), hf);
}

static enum hf_status load_registry(struct minutes_cues *cues, const char *path,
                                    struct hf_error *err)
{
    struct hf_buf b = HF_BUF_INIT;
    json_error_t why;
    json_t *root = NULL;
    enum hf_status status = hf_buf_read_file(&b, path, MAX_DATA_FILE, err);
    if (status != HF_OK) goto out;
    root = json_loadb(b.data, b.len, 0, &why);
    if (!root) {
        status = hf_fail(err, HF_BAD_ARGUMENT, "%s:%d: %s", path, why.line, why.text);
        goto out;
    }
    size_t i;
    json_t *o;
    json_array_foreach(json_object_get(root, "helsefellesskap"), i, o) add_hf(cues, o);
    if (!cues->registry.n_hf)
        status =
            hf_fail(err, HF_BAD_ARGUMENT, "%s: inneholder ingen helsefellesskap", path);
    index_registry(cues);
out:
    json_decref(root);
    hf_buf_release(&b);
    return status;
}

/* ---- open and close ---------------------------------------------------------------- */

static enum hf_status load_dir(struct minutes_cues *cues, const char *dir,
                               struct hf_error *err)
{
    struct dirent **list = NULL;
    enum hf_status status = HF_OK;
    int n = scandir(dir, &list, NULL, alphasort);
    if (n < 0)
        return hf_fail(err, HF_NOT_FOUND, "%s: mappen med ordlistene finnes ikke", dir);
    for (int i = 0; i < n; i++) {
        const char *name = list[i]->d_name;
        size_t len = strlen(name);
        char *path = hf_arena_printf(&cues->arena, "%s/%s", dir, name);
        if (status == HF_OK && len > 9 && !strncmp(name, "cues_", 5) &&
            !strcmp(name + len - 4, ".tsv"))
            status = load_table(cues, path, name, err);
        free(list[i]);
    }
    free(list);
    return status;
}

enum hf_status minutes_cues_open(const char *data_dir, struct minutes_cues **out,
                                 struct hf_error *err)
{
    *out = NULL;
    struct minutes_cues *cues = hf_xcalloc(1, sizeof *cues);
    enum hf_status status = load_dir(cues, data_dir, err);
    for (size_t i = 0; i < 2 && status == HF_OK; i++)
        status = load_rows(cues, i, data_dir, err);
    if (status == HF_OK)
        status = load_registry(
            cues, hf_arena_printf(&cues->arena, "%s/registry.json", data_dir), err);
    if (status == HF_OK)
        status = load_given_names(
            cues, hf_arena_printf(&cues->arena, "%s/given_names.tsv", data_dir), err);
    if (status == HF_OK)
        *out = cues;
    else
        minutes_cues_close(cues);
    return status;
}

static void release_table(struct cue_table *t)
{
    cue_sieve_release(&t->sieve);
    free(t->endings);
    free(t->cues);
}

void minutes_cues_close(struct minutes_cues *cues)
{
    if (!cues) return;
    for (size_t i = 0; i < cues->n_tables; i++) release_table(&cues->tables[i]);
    release_table(&cues->names);
    release_table(&cues->places);
    free(cues->tables);
    for (size_t i = 0; i < 2; i++) {
        free(cues->rows[i].rows);
        for (int damaged = 0; damaged < 2; damaged++) {
            glob_set_release(&cues->patterns[i][damaged].set);
            free(cues->patterns[i][damaged].patterns);
        }
    }
    free(cues->given);
    free(cues->misread);
    free(cues->registry.hf);
    free(cues->registry.names);
    free(cues->registry.places);
    hf_arena_release(&cues->arena);
    free(cues);
}

const struct cue_table *cues_table(const struct minutes_cues *cues, const char *name)
{
    for (size_t i = 0; i < cues->n_tables; i++)
        if (!strcmp(cues->tables[i].name, name)) return &cues->tables[i];
    return &no_table;
}

const struct cue_rows *cues_rows(const struct minutes_cues *cues, const char *name)
{
    for (size_t i = 0; i < 2; i++)
        if (!strcmp(row_lists[i], name)) return &cues->rows[i];
    return &no_rows;
}

const struct cue_patterns *cues_patterns(const struct minutes_cues *cues,
                                         const char *name, bool is_damaged)
{
    static const struct cue_patterns none = {.list = &no_rows};
    for (size_t i = 0; i < 2; i++)
        if (!strcmp(row_lists[i], name)) return &cues->patterns[i][is_damaged];
    return &none;
}

const struct registry *cues_registry(const struct minutes_cues *cues)
{
    return &cues->registry;
}

const struct cue_table *cues_registry_names(const struct minutes_cues *cues)
{
    return &cues->names;
}

const struct cue_table *cues_registry_places(const struct minutes_cues *cues)
{
    return &cues->places;
}

static bool is_listed(const char *const *list, size_t n, const char *word, size_t len)
{
    struct hf_buf b = HF_BUF_INIT;
    if (!n || !len || len >= 64) return false;
    hf_utf8_lower(&b, word, len);
    const char *key = b.data;
    bool found = bsearch(&key, list, n, sizeof *list, by_text) != NULL;
    hf_buf_release(&b);
    return found;
}

bool cues_is_given_name(const struct minutes_cues *cues, const char *word, size_t len)
{
    return is_listed(cues->given, cues->n_given, word, len);
}

bool cues_is_misread_name(const struct minutes_cues *cues, const char *word, size_t len)
{
    return is_listed(cues->misread, cues->n_misread, word, len);
}
