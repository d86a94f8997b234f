/* The index stage. Three passes over the documents, each on all cores, none holding all
 * records:
 *
 *     read      source → records, kept by content hash: an unchanged file is not read
 *               again (index_read.c)
 *     collate   ids over all documents, the run's and those that other runs left, by
 *               their gists
 *     index     records → parts of documents; what has not changed stays where it is
 *
 * Documents that earlier runs took from elsewhere stay; a file that has gone from a
 * folder of this run goes from the index; one that cannot be read now keeps what was read
 * before. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "brief.h"
#include "index_job.h"
#include "pool.h"

/* The documents of one job and part; more where there would be too many parts to join. */
#define PART_DOCUMENTS 64

/* ---- pass 2: index ---- */

static const char *status_of(const struct entry *e, bool is_double)
{
    if (is_double) return "double";
    return !e->source ? "kept" : e->is_unchanged ? "unchanged" : "read";
}

static void note_meeting(struct entry *e, const json_t *from, const char *member)
{
    const char *id = json_string_value(json_object_get(from, member));
    free(e->meeting);
    e->meeting = id ? hf_xstrdup(id) : NULL;
}

/* Records as they are beside the other documents; is_own: the entry stands for its
 * meeting. Records that were there a moment ago and are gone end the run. */
static json_t *collated(struct index_job *j, const struct entry *e, bool in_brief,
                        bool *is_own, struct hf_error *err)
{
    json_t *records =
        in_brief ? store_load_brief(j->store, e->key) : store_load(j->store, e->key);
    if (records) {
        index_set_source(records, e->path);
        *is_own = collate_apply(j->collate, e->number, records);
    } else {
        hf_fail(err, HF_IO, "%s: det som ble lest, finnes ikke igjen i indeksens mappe",
                e->path);
    }
    return records;
}

/* The key stands for what was read, the rest for what the other documents made of it;
 * false where another source stands for the meeting. Names in damaged text can only be
 * told from the records themselves. */
static bool digest_of(struct index_job *j, struct entry *e, struct hf_error *err)
{
    struct hf_buf b = HF_BUF_INIT;
    bool is_own;
    hf_buf_adds(&b, e->key);
    e->digest[0] = 0;
    if (!collate_outcome(j->collate, e->number, &b)) {
        hf_buf_release(&b);
        return false;
    }
    json_t *records = e->is_damaged ? collated(j, e, true, &is_own, err) : NULL;
    if (records) {
        json_t *brief = brief_of(records);
        char *text = json_dumps(brief, JSON_COMPACT | JSON_SORT_KEYS);
        hf_buf_adds(&b, text);
        free(text);
        json_decref(brief);
        json_decref(records);
    }
    hf_sha256(b.data, b.len, e->digest);
    hf_buf_clear(&b);
    collate_meeting(j->collate, e->number, &b);
    free(e->meeting);
    e->meeting = hf_buf_take(&b);
    return true;
}

/* The records that are to be indexed, or NULL where the entry's stay as they were
 * indexed, or another source of its meeting stands for it. Where the cache was deleted, a
 * document of an earlier run stays as it was indexed: its digest stands. */
static json_t *final_records(struct index_job *j, struct entry *e, struct hf_error *err)
{
    if (!e->has_records) return NULL;
    bool is_own = digest_of(j, e, err);
    e->is_double = !is_own;
    if (is_own) {
        e->counts = e->own_counts;
        e->is_kept = hf_map_get(&j->before, e->digest, 64) != NULL;
    }
    bool is_wanted = is_own && !e->is_kept && err->status == HF_OK;
    if (!is_wanted && (!j->has_report || err->status != HF_OK)) return NULL;
    json_t *records = collated(j, e, !is_wanted, &is_own, err);
    if (records && j->has_report)
        e->report = report_document(e->path, status_of(e, !is_own), records, e->reason);
    if (is_wanted) return records;
    json_decref(records);
    return NULL;
}

static enum hf_status index_entry(struct index_job *j, struct entry *e,
                                  struct document_maker *maker, struct store_part *part,
                                  struct hf_error *err)
{
    json_t *records = final_records(j, e, err);
    if (!records) return err->status;
    struct document_origin origin = {e->digest,
                                     seen_when(&j->seen, e->meeting ? e->meeting : "")};
    enum hf_status status =
        document_each(maker, records, &origin, store_part_add, part, err);
    json_decref(records);
    return status;
}

static size_t part_documents(const struct index_job *j)
{
    size_t n = j->n / j->slices.most_parts + 1;
    return n > PART_DOCUMENTS ? n : PART_DOCUMENTS;
}

static void index_part(void *ctx, size_t number, size_t worker)
{
    struct index_job *j = ctx;
    struct document_maker **maker = &j->makers[worker];
    struct store_part *part;
    struct hf_error err = {HF_OK, ""};
    enum hf_status status = HF_OK;
    store_part_open(j->store, &j->slices, number, &part);
    if (!*maker) status = document_maker_new(j->lex, maker, &err);
    size_t n = part_documents(j), end = (number + 1) * n;
    for (size_t i = number * n; status == HF_OK && i < end && i < j->n; i++)
        status = index_entry(j, &j->entries[i], *maker, part, &err);
    status = store_part_close(part, status, &err);
    if (status != HF_OK) index_fail(j, &err);
}

/* ---- the documents of earlier runs ---- */

/* True if path is one of this run's, or lies below a folder of this run's. */
static bool is_covered(const void *options, const char *path)
{
    const struct options *o = options;
    bool found = false;
    struct hf_buf own = HF_BUF_INIT;
    for (size_t i = 0; i < o->n_paths && !found; i++) {
        hf_buf_clear(&own);
        hf_utf8_show(&own, o->paths[i], false); /* as path is */
        while (own.len > 1 && own.data[own.len - 1] == '/') hf_buf_cut(&own, own.len - 1);
        found =
            !strncmp(path, own.data, own.len) && (path[own.len] == '/' || !path[own.len]);
    }
    hf_buf_release(&own);
    return found;
}

static void add_entry(struct index_job *j, size_t *cap, const struct entry *e)
{
    j->entries = hf_grow(j->entries, cap, j->n, sizeof *j->entries);
    j->entries[j->n++] = *e;
}

/* A folder may be given with a slash at its end. */
static void put_failed(struct hf_map *failed, const char *path, void *value)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/') n--;
    hf_map_put(failed, path, n, value);
}

/* True if the path, or a folder that it lies in, is one of the run's failures: a folder
 * that is not mounted does not empty the index. */
static bool has_failed(const struct hf_map *failed, const char *path)
{
    for (size_t n = strlen(path); n; n--)
        if ((!path[n] || path[n] == '/') && hf_map_get(failed, path, n)) return true;
    return false;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

/* The run's sources, and those of the last generation that this run does not speak of. A
 * path that is in the folder but unreadable is one of the run's failures and keeps its
 * records. */
static void gather(struct index_job *j, const struct sources *list)
{
    struct hf_map now = {NULL, 0, 0}, failed = {NULL, 0, 0};
    size_t cap = 0, i;
    json_t *d;
    for (i = 0; i < list->n; i++) {
        const struct source *s = &list->at[i];
        struct entry e = {.source = s, .path = s->path};
        hf_map_put(&now, s->path, strlen(s->path), (void *)s);
        add_entry(j, &cap, &e);
    }
    for (i = 0; i < list->n_failures; i++) put_failed(&failed, list->failures[i].path, j);
    json_array_foreach(json_object_get(store_meta(j->store), "documents"), i, d)
    {
        const char *path = json_string_value(json_object_get(d, "source"));
        const char *key = json_string_value(json_object_get(d, "key"));
        const char *digest = json_string_value(json_object_get(d, "digest"));
        if (!path || !key || strlen(key) != 64) continue;
        if (digest) hf_map_put(&j->before, digest, strlen(digest), d);
        if (hf_map_get(&now, path, strlen(path))) continue;
        if (is_covered(j->o, path) && !has_failed(&failed, path)) continue;
        struct entry e = {.path = path};
        memcpy(e.key, key, 65);
        if (digest && strlen(digest) == 64) memcpy(e.digest, digest, 65);
        note_meeting(&e, d, "meeting");
        add_entry(j, &cap, &e);
    }
    if (j->n) qsort(j->entries, j->n, sizeof *j->entries, by_path);
    hf_map_release(&now);
    hf_map_release(&failed);
}

/* A source that cannot be read now but was before keeps its old records. */
static void keep_unreadable(struct index_job *j)
{
    struct hf_map old = {NULL, 0, 0};
    size_t i;
    json_t *d;
    json_array_foreach(json_object_get(store_meta(j->store), "documents"), i, d)
    {
        const char *path = json_string_value(json_object_get(d, "source"));
        if (path) hf_map_put(&old, path, strlen(path), d);
    }
    for (i = 0; i < j->n; i++) {
        struct entry *e = &j->entries[i];
        const json_t *was = e->reason ? hf_map_get(&old, e->path, strlen(e->path)) : NULL;
        const char *key = json_string_value(json_object_get(was, "key"));
        const char *digest = json_string_value(json_object_get(was, "digest"));
        if (!key || strlen(key) != 64) continue;
        memcpy(e->key, key, 65);
        if (digest && strlen(digest) == 64) memcpy(e->digest, digest, 65);
        note_meeting(e, was, "meeting");
        (void)index_add_cached(j, e);
    }
    hf_map_release(&old);
}

/* ---- the end ---- */

static void add_counts(struct run_counts *sum, const struct run_counts *n)
{
    sum->meetings += n->meetings;
    sum->cases += n->cases;
    sum->decisions += n->decisions;
    sum->attendees += n->attendees;
}

static int by_source(const void *a, const void *b)
{
    return strcmp(json_string_value(json_object_get(*(json_t *const *)a, "source")),
                  json_string_value(json_object_get(*(json_t *const *)b, "source")));
}

/* Adds what earlier runs could not read in places that this run does not speak of; all in
 * the order of their paths. */
static void keep_failures(const struct index_job *j, json_t *unreadable)
{
    size_t i;
    json_t *was;
    json_array_foreach(json_object_get(store_meta(j->store), "unreadable"), i, was)
    {
        const char *path = json_string_value(json_object_get(was, "source"));
        if (path && !is_covered(j->o, path)) json_array_append(unreadable, was);
    }
    size_t n = json_array_size(unreadable);
    json_t **sorted = hf_xcalloc(n + 1, sizeof *sorted);
    for (i = 0; i < n; i++) sorted[i] = json_incref(json_array_get(unreadable, i));
    qsort(sorted, n, sizeof *sorted, by_source);
    for (i = 0; i < n; i++) json_array_set_new(unreadable, i, sorted[i]);
    free(sorted);
}

/* The failures of the run as the index keeps them, with what kilder.tsv says of each. */
static json_t *make_unreadable(const struct sources *list)
{
    struct hf_map by_source = {NULL, 0, 0};
    json_t *out = json_array();
    for (size_t i = 0; i < list->n; i++)
        hf_map_put(&by_source, list->at[i].path, strlen(list->at[i].path), &list->at[i]);
    for (size_t i = 0; i < list->n_failures; i++) {
        const struct source_failure *f = &list->failures[i];
        const struct source *s = hf_map_get(&by_source, f->path, strlen(f->path));
        json_t *u = json_pack("{s:s+, s:s}", "source", f->path, "", "reason", f->reason);
        if (s && s->helsefellesskap)
            json_object_set_new(u, "helsefellesskap", json_string(s->helsefellesskap));
        if (s && s->body) json_object_set_new(u, "body", json_string(s->body));
        json_array_append_new(out, u);
    }
    hf_map_release(&by_source);
    return out;
}

static json_t *make_meta(struct index_job *j, struct sources *list,
                         struct run_counts *counts)
{
    json_t *documents = json_array();
    for (size_t i = 0; i < j->n; i++) {
        struct entry *e = &j->entries[i];
        if (e->reason) {
            sources_fail(list, e->path, e->reason);
        } else if (e->source) {
            counts->read += !e->is_unchanged;
            counts->unchanged += e->is_unchanged;
            counts->doubles += e->is_double;
        }
        add_counts(counts, &e->counts);
        if (j->has_report && !e->report && (e->reason || !e->source))
            e->report = report_document(e->path, "kept", NULL, e->reason);
        if (e->report) json_array_append(counts->documents, e->report);
        if (!e->has_records && !*e->digest) continue;
        json_t *d = json_pack("{s:s+, s:s}", "source", e->path, "", "key", e->key);
        if (*e->digest) json_object_set_new(d, "digest", json_string(e->digest));
        if (*e->digest && e->meeting) {
            json_object_set_new(d, "meeting", json_string(e->meeting));
            json_object_set_new(d, "first_seen",
                                json_string(seen_when(&j->seen, e->meeting)));
        }
        json_array_append_new(documents, d);
    }
    json_t *unreadable = make_unreadable(list);
    keep_failures(j, unreadable);
    return json_pack("{s:o, s:o, s:{s:I, s:I, s:I, s:I}}", "documents", documents,
                     "unreadable", unreadable, "counts", "meetings",
                     (json_int_t)counts->meetings, "cases", (json_int_t)counts->cases,
                     "decisions", (json_int_t)counts->decisions, "attendees",
                     (json_int_t)counts->attendees);
}

/* The D terms of documents that are in the last generation and not in the new one. */
static char **gone_terms(struct index_job *j, size_t *n)
{
    struct hf_map stay = {NULL, 0, 0};
    char **gone = hf_xcalloc(j->before.n + 1, sizeof *gone);
    *n = 0;
    for (size_t i = 0; i < j->n; i++)
        if (*j->entries[i].digest) hf_map_put(&stay, j->entries[i].digest, 64, j);
    for (size_t i = 0; i < j->before.cap; i++) {
        const struct hf_map_slot *s = &j->before.slots[i];
        if (!s->key || hf_map_get(&stay, s->key, s->len)) continue;
        char term[HF_TERM_ROOM];
        hf_term_flag(term, 'D', s->key, s->len);
        gone[(*n)++] = hf_xstrdup(term);
    }
    hf_map_release(&stay);
    return gone;
}

static bool is_same_as_before(const struct index_job *j, const json_t *meta,
                              size_t n_gone)
{
    if (!store_generation(j->store) || n_gone) return false;
    for (size_t i = 0; i < j->n; i++)
        if (*j->entries[i].digest && !j->entries[i].is_kept) return false;
    return json_equal(json_object_get(meta, "documents"),
                      json_object_get(store_meta(j->store), "documents")) &&
           json_equal(json_object_get(meta, "unreadable"),
                      json_object_get(store_meta(j->store), "unreadable"));
}

static enum hf_status finish(struct index_job *j, struct sources *list,
                             struct run_counts *counts, struct hf_error *err)
{
    size_t n_gone;
    char **gone = gone_terms(j, &n_gone);
    json_t *meta = make_meta(j, list, counts);
    enum hf_status status = HF_OK;
    if (!is_same_as_before(j, meta, n_gone))
        status = store_commit(j->store, (const char *const *)gone, n_gone, meta, err);
    if (status == HF_OK) store_prune(j->store, meta);
    if (status == HF_OK) status = kept_save(j->gists, j->store, err);
    if (status == HF_OK) status = kept_save(j->hashes, j->store, err);
    if (status == HF_OK)
        status = stopped_save(j->stopped, j->store, is_covered, j->o, err);
    for (size_t i = 0; i < n_gone; i++) free(gone[i]);
    free(gone);
    json_decref(meta);
    return status;
}

static void print_line(void *ctx, const char *line)
{
    (void)ctx;
    puts(line);
}

/* --stop-after=terms: nothing is written. */
static enum hf_status print_terms(const struct options *o,
                                  const struct minutes_cues *cues, struct sources *list,
                                  struct run_counts *counts, struct hf_error *err)
{
    struct hf_lexicon *lex = NULL;
    struct document_maker *maker = NULL;
    json_t **records = hf_xcalloc(list->n, sizeof *records);
    enum hf_status status = hf_lexicon_open(o->data_dir, &lex, err);
    if (status == HF_OK) status = document_maker_new(lex, &maker, err);
    struct run_words words = {cues, lex};
    if (status == HF_OK) run_read(o, &words, list, records, counts);
    for (size_t i = 0; i < list->n; i++) {
        if (!records[i]) continue;
        counts->read++;
        run_count(counts, records[i]);
        document_print(maker, records[i], print_line, NULL);
        json_decref(records[i]);
    }
    free(records);
    document_maker_free(maker);
    hf_lexicon_close(lex);
    return status;
}

static void run_passes(struct index_job *j)
{
    struct pool_options p = {j->o->jobs, j->o->quiet, "dokumenter lest"};
    pool_each(&p, j->n, index_read, j);
    keep_unreadable(j);
    collate_finish(j->collate);
    struct hf_error err;
    if (j->status == HF_OK && store_begin(j->store, &err) != HF_OK) index_fail(j, &err);
    store_slices_init(&j->slices, j->n);
    p.what = "deler indeksert";
    p.quiet = true;
    size_t n_parts = (j->n + part_documents(j) - 1) / part_documents(j),
           n_workers = pool_workers(&p, n_parts);
    j->makers = hf_xcalloc(n_workers, sizeof *j->makers);
    if (j->status == HF_OK) pool_each(&p, n_parts, index_part, j);
    for (size_t i = 0; i < n_workers; i++) document_maker_free(j->makers[i]);
    free(j->makers);
}

enum hf_status index_run(const struct options *o, const struct minutes_cues *cues,
                         struct sources *list, struct run_counts *counts,
                         struct hf_error *err)
{
    if (o->stop == STOP_TERMS) return print_terms(o, cues, list, counts, err);
    struct index_job j = {.o = o, .cues = cues, .has_report = counts->documents != NULL};
    pthread_mutex_init(&j.lock, NULL);
    enum hf_status status = hf_lexicon_open(o->data_dir, &j.lex, err);
    j.collate = collate_new(j.lex, cues);
    if (status != HF_OK) status = HF_INTERNAL; /* the word lists are not the index */
    if (status == HF_OK) status = store_open(o->index_dir, o->rebuild, &j.store, err);
    if (status != HF_OK) goto out;
    seen_init(&j.seen, store_history(j.store));
    j.stopped = stopped_open(j.store, o->rebuild);
    j.gists = kept_open(j.store, "gists");
    j.hashes = kept_open(j.store, "hashes");
    gather(&j, list);
    run_passes(&j);
    if (j.status == HF_OK)
        status = finish(&j, list, counts, err);
    else
        status = hf_fail(err, j.status, "%s", j.err.text);
out:
    for (size_t i = 0; i < j.n; i++) {
        free(j.entries[i].reason);
        free(j.entries[i].meeting);
        json_decref(j.entries[i].report);
    }
    free(j.entries);
    hf_map_release(&j.before);
    hf_map_release(&j.saved);
    seen_release(&j.seen);
    stopped_close(j.stopped);
    kept_free(j.gists);
    kept_free(j.hashes);
    store_close(j.store);
    hf_lexicon_close(j.lex);
    collate_free(j.collate);
    pthread_mutex_destroy(&j.lock);
    return status;
}
