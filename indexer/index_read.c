/* The first pass of the index stage: source → records, kept by content hash. */
#include <stdlib.h>
#include <string.h>

#include "index_job.h"
#include "read.h"
#include "stamp.h"

void index_fail(struct index_job *j, const struct hf_error *err)
{
    pthread_mutex_lock(&j->lock);
    if (j->status == HF_OK) {
        j->status = err->status;
        j->err = *err;
    }
    pthread_mutex_unlock(&j->lock);
}

/* ---- the key of a source ---- */

static const char *kept_hash(struct index_job *j, const char *path, size_t *len)
{
    char key[65];
    hf_sha256(path, strlen(path), key);
    pthread_mutex_lock(&j->lock);
    const char *bytes = kept_get(j->hashes, key, len);
    pthread_mutex_unlock(&j->lock);
    return bytes;
}

/* Keeps the hash of a source that is after reading what it was before. */
static void keep_hash(struct index_job *j, const struct source *s,
                      const struct hf_buf *stamp, const char *content)
{
    char key[65];
    struct hf_buf now = HF_BUF_INIT;
    if (stamp->len && stamp_of(s->file, &now) && now.len == stamp->len &&
        !memcmp(now.data, stamp->data, now.len)) {
        hf_buf_adds(&now, content);
        hf_sha256(s->path, strlen(s->path), key);
        pthread_mutex_lock(&j->lock);
        kept_put(j->hashes, key, now.data, now.len);
        pthread_mutex_unlock(&j->lock);
    }
    hf_buf_release(&now);
}

/* The hash of the source's bytes: as it is kept while the file has the same stamp. */
static enum hf_status content_of(struct index_job *j, const struct source *s,
                                 char content[65], struct hf_error *err)
{
    struct hf_buf stamp = HF_BUF_INIT, b = HF_BUF_INIT;
    enum hf_status status = HF_OK;
    size_t len;
    const char *kept = kept_hash(j, s->path, &len);
    if (stamp_of(s->file, &stamp) && !j->o->rebuild && kept && len == stamp.len + 64 &&
        !memcmp(kept, stamp.data, stamp.len)) {
        memcpy(content, kept + stamp.len, 64);
        content[64] = 0;
    } else {
        status = source_read(s, READ_MAX_FILE, &b, err);
        if (status == HF_OK) hf_sha256(b.data, b.len, content);
        if (status == HF_OK) keep_hash(j, s, &stamp, content);
    }
    hf_buf_release(&stamp);
    hf_buf_release(&b);
    return status;
}

/* Records depend on the bytes, on what kilder.tsv says, and on the reader. */
static enum hf_status key_of(struct index_job *j, const struct source *s, char key[65],
                             struct hf_error *err)
{
    char content[65];
    struct hf_buf b = HF_BUF_INIT;
    enum hf_status status = content_of(j, s, content, err);
    if (status != HF_OK) return status;
    hf_buf_addf(&b, "%d\n%d\n%s\n%s\n%s\n%s", HF_READER_VERSION, HF_RECORD_SCHEMA,
                content, s->url ? s->url : "",
                s->helsefellesskap ? s->helsefellesskap : "", s->body ? s->body : "");
    hf_sha256(b.data, b.len, key);
    hf_buf_release(&b);
    return HF_OK;
}

/* ---- its records ---- */

void index_set_source(json_t *records, const char *path)
{
    size_t i, k;
    json_t *r, *s;
    json_array_foreach(records, i, r)
    {
        json_object_set_new(r, "source", json_string(path));
        json_array_foreach(json_object_get(r, "sources"), k, s)
            json_object_set_new(s, "source", json_string(path));
    }
}

/* Whether this run has read the entry's bytes, here or from a copy elsewhere; to_be: says
 * that it does now. */
static bool is_of_this_run(struct index_job *j, const struct entry *e, bool to_be)
{
    pthread_mutex_lock(&j->lock);
    bool is = hf_map_get(&j->saved, e->key, 64) != NULL;
    if (to_be) hf_map_put(&j->saved, e->key, 64, j);
    pthread_mutex_unlock(&j->lock);
    return is;
}

/* Reads a file that has no cached records, unless it has stopped its reader before. */
static json_t *read_new(struct index_job *j, struct entry *e)
{
    struct hf_error err = {HF_OK, ""};
    json_t *records = NULL;
    e->reason = stopped_reason(j->stopped, e->key);
    if (e->reason) return NULL;
    enum hf_status status = read_records(j->cues, j->lex, e->source, &records, &err);
    if (status == HF_OK) {
        is_of_this_run(j, e, true);
        if (store_save(j->store, e->key, records, &err) != HF_OK) index_fail(j, &err);
        return records;
    }
    e->reason = hf_xstrdup(err.text);
    if (status == HF_STOPPED) stopped_add(j->stopped, e->key, e->path, e->reason);
    return NULL;
}

/* Adds the entry's document to those that are collated. False where the bytes are no
 * gist. */
static bool add_gist(struct index_job *j, struct entry *e, const char *bytes, size_t len)
{
    struct gist g;
    bool ok = gist_open(&g, bytes, len);
    if (ok) {
        e->is_damaged = g.damage > HF_DAMAGE_GATE;
        e->own_counts = (struct run_counts){.meetings = g.n_meetings,
                                            .cases = g.n_cases,
                                            .decisions = g.n_decisions,
                                            .attendees = g.n_people};
        pthread_mutex_lock(&j->lock);
        e->number = collate_add_gist(j->collate, &g, e->path);
        pthread_mutex_unlock(&j->lock);
        e->has_records = true;
    }
    gist_release(&g);
    return ok;
}

static void add_records(struct index_job *j, struct entry *e, const json_t *records)
{
    struct hf_buf b = HF_BUF_INIT;
    gist_pack(records, &b);
    if (!add_gist(j, e, b.data, b.len)) HF_BUG("a gist that was just packed");
    pthread_mutex_lock(&j->lock);
    kept_put(j->gists, e->key, b.data, b.len);
    pthread_mutex_unlock(&j->lock);
    hf_buf_release(&b);
}

bool index_add_cached(struct index_job *j, struct entry *e)
{
    size_t len;
    pthread_mutex_lock(&j->lock);
    const char *bytes = kept_get(j->gists, e->key, &len);
    pthread_mutex_unlock(&j->lock);
    if (bytes && store_has(j->store, e->key) && add_gist(j, e, bytes, len)) return true;
    json_t *records = store_load_brief(j->store, e->key);
    if (!records) return false;
    add_records(j, e, records);
    json_decref(records);
    return true;
}

void index_read(void *ctx, size_t i, size_t worker)
{
    struct index_job *j = ctx;
    struct entry *e = &j->entries[i];
    struct hf_error err = {HF_OK, ""};
    (void)worker;
    size_t len;
    if (!e->source) (void)kept_hash(j, e->path, &len); /* for a later run */
    if (e->source && key_of(j, e->source, e->key, &err) != HF_OK) {
        e->reason = hf_xstrdup(err.text);
        return;
    }
    if (index_add_cached(j, e)) {
        e->is_unchanged = !is_of_this_run(j, e, false);
        return;
    }
    json_t *records = e->source ? read_new(j, e) : NULL;
    if (records) add_records(j, e, records);
    json_decref(records);
}
