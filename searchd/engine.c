#include "engine.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What opening hashes at most before it only compares sizes: a command-line question of a
 * large index must not read it all. The daemon hashes everything (engine_refresh), once a
 * generation. */
#define VERIFY_AT_OPEN (64ull << 20)

static void served_free(struct served *v)
{
    if (!v) return;
    columns_free(v->columns);
    dictionary_free(v->dictionary);
    json_decref(v->coverage);
    counts_release(&v->counts);
    pthread_mutex_destroy(&v->making);
    pthread_mutex_destroy(&v->covering);
    pthread_mutex_destroy(&v->promising);
    free(v->promises);
    hf_generation_release(&v->generation);
    free(v);
}

/* An index that Xapian reads but that is none of ours has no types of record. */
static enum hf_status check_ours(const struct served *v, struct hf_reader *r,
                                 const char *dir, struct hf_error *err)
{
    uint32_t known = 0;
    for (int t = 0; t < HF_N_TYPES; t++) known += v->columns->n_type[t];
    if (known == hf_reader_count(r)) return HF_OK;
    return hf_fail(err, HF_CORRUPT, "%s: en Xapian-database som HF-søk ikke har skrevet",
                   dir);
}

static enum hf_status load(const char *dir, unsigned long long verify,
                           struct served **out, struct hf_error *err)
{
    struct served *v = hf_xcalloc(1, sizeof *v);
    struct hf_reader *r = NULL;
    counts_init(&v->counts);
    pthread_mutex_init(&v->making, NULL);
    pthread_mutex_init(&v->covering, NULL);
    pthread_mutex_init(&v->promising, NULL);
    *out = NULL;
    enum hf_status status = hf_generation_current(dir, &v->generation, err);
    if (status == HF_OK) status = hf_generation_verify(&v->generation, verify, err);
    if (status == HF_OK) {
        status = hf_reader_open(v->generation.db, &r, err);
        if (status == HF_NO_INDEX ||
            status == HF_INDEX) /* its files are there but are none */
            status =
                hf_fail(err, HF_CORRUPT,
                        "%s: databasen kan ikke åpnes; den er skadet eller fremmed", dir);
    }
    if (status == HF_OK) status = columns_load(r, &v->columns, err);
    if (status == HF_OK) status = check_ours(v, r, dir, err);
    if (status == HF_OK)
        v->n_unreadable =
            json_array_size(json_object_get(v->generation.meta, "unreadable"));
    hf_reader_close(r);
    if (status == HF_OK)
        *out = v;
    else
        served_free(v);
    return status;
}

enum hf_status engine_open(const char *dir, const char *data_dir, struct engine **out,
                           struct hf_error *err)
{
    struct engine *e = hf_xcalloc(1, sizeof *e);
    *out = NULL;
    e->dir = hf_xstrdup(dir);
    pthread_mutex_init(&e->lock, NULL);
    enum hf_status status = hf_lexicon_open(data_dir, &e->lex, err);
    if (status != HF_OK) status = HF_INTERNAL; /* the word lists are not the index */
    if (status == HF_OK) status = load(dir, VERIFY_AT_OPEN, &e->now, err);
    if (status == HF_OK) {
        e->now->uses = 1;
        *out = e;
    } else {
        engine_close(e);
    }
    return status;
}

void engine_close(struct engine *e)
{
    if (!e) return;
    served_free(e->now);
    hf_lexicon_close(e->lex);
    pthread_mutex_destroy(&e->lock);
    free(e->dir);
    free(e);
}

static void drop_use(struct engine *e, struct served *v)
{
    if (!v) return;
    pthread_mutex_lock(&e->lock);
    bool last = --v->uses == 0;
    pthread_mutex_unlock(&e->lock);
    if (last) served_free(v);
}

static const struct dictionary *dictionary_of(struct served *v, struct hf_reader *r)
{
    pthread_mutex_lock(&v->making);
    if (!v->dictionary && dictionary_load(r, &v->dictionary, NULL) != HF_OK)
        v->dictionary = NULL;
    const struct dictionary *d = v->dictionary;
    pthread_mutex_unlock(&v->making);
    return d;
}

const struct dictionary *session_dictionary(struct session *s)
{
    return dictionary_of(s->served, s->reader);
}

/* So that nobody who asks waits for it. */
static void warm(struct served *v)
{
    struct hf_reader *r;
    pthread_mutex_lock(&v->making);
    bool is_made = v->dictionary != NULL;
    pthread_mutex_unlock(&v->making);
    if (is_made || hf_reader_open(v->generation.db, &r, NULL) != HF_OK) return;
    dictionary_of(v, r);
    hf_reader_close(r);
}

enum hf_status engine_refresh(struct engine *e, struct hf_error *err)
{
    warm(e->now);
    unsigned number = hf_generation_peek(e->dir);
    if (!number || number == e->now->generation.number) return HF_OK;
    struct served *next;
    enum hf_status status = load(e->dir, 0, &next, err);
    if (status != HF_OK) return status;
    next->uses = 1;
    pthread_mutex_lock(&e->lock);
    struct served *old = e->now;
    e->now = next;
    pthread_mutex_unlock(&e->lock);
    drop_use(e, old);
    return HF_OK;
}

unsigned engine_generation(const struct engine *e)
{
    return e->now->generation.number;
}

const char *engine_updated(const struct engine *e)
{
    const char *when =
        json_string_value(json_object_get(e->now->generation.meta, "updated"));
    return when ? when : "";
}

/* ---- sessions ---- */

enum hf_status session_begin(struct session *s, struct hf_error *err)
{
    pthread_mutex_lock(&s->engine->lock);
    struct served *now = s->engine->now, *old = s->served;
    if (now == old) {
        pthread_mutex_unlock(&s->engine->lock);
        return HF_OK;
    }
    now->uses++;
    pthread_mutex_unlock(&s->engine->lock);
    struct hf_reader *r;
    enum hf_status status = hf_reader_open(now->generation.db, &r, err);
    if (status != HF_OK) {
        drop_use(s->engine, now);
        return status;
    }
    hf_reader_resident(r, &now->columns->resident);
    hf_reader_close(s->reader);
    s->reader = r;
    s->served = now;
    drop_use(s->engine, old);
    return HF_OK;
}

enum hf_status session_open(struct engine *e, struct session **out, struct hf_error *err)
{
    struct session *s = hf_xcalloc(1, sizeof *s);
    *out = NULL;
    s->engine = e;
    enum hf_status status = planner_new(e->lex, &s->planner, err);
    if (status == HF_OK) status = session_begin(s, err);
    if (status == HF_OK)
        *out = s;
    else
        session_close(s);
    return status;
}

void session_close(struct session *s)
{
    if (!s) return;
    hf_reader_close(s->reader);
    drop_use(s->engine, s->served);
    planner_free(s->planner);
    free(s);
}

enum hf_status session_record(struct session *s, uint32_t docid, json_t **out,
                              struct hf_error *err)
{
    char *text;
    size_t len;
    *out = NULL;
    enum hf_status status = hf_reader_data(s->reader, docid, &text, &len, err);
    if (status != HF_OK) return status;
    *out = json_loadb(text, len, 0, NULL);
    free(text);
    if (json_is_object(*out)) return HF_OK;
    json_decref(*out);
    *out = NULL;
    return hf_fail(err, HF_CORRUPT, "post %u kan ikke leses; indeksen er skadet", docid);
}

uint32_t session_find(struct session *s, char capital, const char *value)
{
    char term[HF_TERM_ROOM];
    uint32_t docid;
    hf_term_flag(term, capital, value, strlen(value));
    return hf_reader_find(s->reader, term, &docid, NULL) == HF_OK ? docid : 0;
}
