#include "collate_refs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/map.h"
#include "../shim/record.h"
#include "minutes_date.h"

struct held {          /* one case */
    const char *id;    /* of the case */
    const char *when;  /* the meeting's part of the id: its date, year or hash */
    struct held *next; /* of the same key */
};

struct noted { /* one case as it was added */
    size_t doc;
    const char *tail; /* of its id, behind the meeting's */
    const char *number;
};

struct asked { /* one reference as it was added */
    const char *self, *number, *body, *as_printed;
};

struct refs {
    struct hf_arena arena;
    struct hf_map by_key; /* see below → struct held */
    struct noted *noted;
    size_t n, cap;
    struct asked *asked;
    size_t n_asked, cap_asked;
    struct asker { /* a document: its references, and its meeting's id as it was added */
        size_t first, n;
        const char *meeting;
    } * askers;
    size_t n_askers, cap_askers;
};

/* Keys: "<series>#<N/YYYY>" a case of a series; "<series>@<date>#<N>" one of a meeting;
 * "<helsefellesskap>/<body>#<N/YYYY>" of any series of a body. A series is the meeting's
 * id without its last part. */

struct refs *refs_new(void)
{
    return hf_xcalloc(1, sizeof(struct refs));
}

void refs_free(struct refs *r)
{
    if (!r) return;
    hf_map_release(&r->by_key);
    hf_arena_release(&r->arena);
    free(r->noted);
    free(r->asked);
    free(r->askers);
    free(r);
}

static const char *get(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s ? s : "";
}

/* ---- what is held ---- */

static void add_key(struct refs *r, const struct hf_buf *key, const char *id,
                    const char *when)
{
    struct held *first = hf_map_get(&r->by_key, key->data, key->len);
    for (const struct held *h = first; h; h = h->next)
        if (!strcmp(h->id, id)) return;
    struct held *h = hf_arena_alloc(&r->arena, sizeof *h);
    h->id = hf_arena_strdup(&r->arena, id, strlen(id));
    h->when = hf_arena_strdup(&r->arena, when, strlen(when));
    h->next = NULL;
    if (first) {
        h->next = first->next;
        first->next = h;
    } else {
        hf_map_put(&r->by_key, hf_arena_strdup(&r->arena, key->data, key->len), key->len,
                   h);
    }
}

/* Bytes of the series in a meeting's id, and of helsefellesskap and body before its dot.
 */
static size_t series_len(const char *meeting)
{
    const char *slash = strrchr(meeting, '/');
    return slash ? (size_t)(slash - meeting) : strlen(meeting);
}

static size_t body_len(const char *meeting)
{
    const char *slash = strchr(meeting, '/');
    size_t from = slash ? (size_t)(slash - meeting) + 1 : 0;
    return from + strcspn(meeting + from, "./");
}

static const char *keep(struct refs *r, const char *text)
{
    return hf_arena_strdup(&r->arena, text, strlen(text));
}

static void note_refs(struct refs *r, size_t doc, const struct gist *g)
{
    while (r->n_askers <= doc) {
        r->askers = hf_grow(r->askers, &r->cap_askers, r->n_askers, sizeof *r->askers);
        r->askers[r->n_askers++] = (struct asker){r->n_asked, 0, ""};
    }
    if (!g->n_refs) return;
    r->askers[doc] = (struct asker){r->n_asked, g->n_refs, keep(r, g->id)};
    for (size_t i = 0; i < g->n_refs; i++) {
        const struct gist_ref *f = &g->refs[i];
        r->asked = hf_grow(r->asked, &r->cap_asked, r->n_asked, sizeof *r->asked);
        r->asked[r->n_asked++] = (struct asked){keep(r, f->self), keep(r, f->number),
                                                keep(r, f->body), keep(r, f->as_printed)};
    }
}

void refs_add(struct refs *r, size_t doc, const struct gist *g)
{
    size_t len = strlen(g->id);
    note_refs(r, doc, g);
    for (size_t i = 0; i < g->n_cases; i++) {
        const struct gist_case *c = &g->cases[i];
        if (!*c->number || strlen(c->id) < len) continue;
        r->noted = hf_grow(r->noted, &r->cap, r->n, sizeof *r->noted);
        r->noted[r->n++] = (struct noted){doc, keep(r, c->id + len), keep(r, c->number)};
    }
}

static void hold(struct refs *r, const char *meeting, const struct noted *c)
{
    size_t series = series_len(meeting);
    const char *when = meeting + series + (meeting[series] == '/');
    struct hf_buf key = HF_BUF_INIT, id = HF_BUF_INIT;
    hf_buf_addf(&id, "%s%s", meeting, c->tail);
    if (strchr(c->number, '/'))
        hf_buf_addf(&key, "%.*s#%s", (int)series, meeting, c->number);
    else
        hf_buf_addf(&key, "%.*s@%.10s#%s", (int)series, meeting, when, c->number);
    add_key(r, &key, id.data, when);
    if (strchr(c->number, '/')) {
        hf_buf_clear(&key);
        hf_buf_addf(&key, "%.*s##%s", (int)body_len(meeting), meeting, c->number);
        add_key(r, &key, id.data, when);
    }
    hf_buf_release(&key);
    hf_buf_release(&id);
}

void refs_finish(struct refs *r, refs_final_id_fn final_id, const void *ctx)
{
    struct hf_buf meeting = HF_BUF_INIT;
    bool stands = false;
    for (size_t i = 0; i < r->n; i++) {
        if (!i || r->noted[i].doc != r->noted[i - 1].doc) {
            hf_buf_clear(&meeting);
            stands = final_id(ctx, r->noted[i].doc, &meeting);
        }
        if (stands) hold(r, meeting.data, &r->noted[i]);
    }
    hf_buf_release(&meeting);
}

/* ---- what is meant ---- */

/* The first of the number's own year, then the first of all; the date decides, then the
 * id. */
static bool is_before(const struct held *a, const struct held *b, const char *year)
{
    bool own = !strncmp(a->when, year, 4), other = !strncmp(b->when, year, 4);
    if (own != other) return own;
    int order = strcmp(a->when, b->when);
    return order ? order < 0 : strcmp(a->id, b->id) < 0;
}

static const struct held *first_of(const struct held *list, const char *number,
                                   const char *self)
{
    const char *slash = strchr(number, '/'), *year = slash ? slash + 1 : "";
    const struct held *best = NULL;
    for (const struct held *h = list; h; h = h->next)
        if (strcmp(h->id, self) != 0 && (!best || is_before(h, best, year))) best = h;
    return best;
}

static const struct held *find(const struct refs *r, const struct hf_buf *key)
{
    return hf_map_get(&r->by_key, key->data, key->len);
}

/* Two series of a body that have the number: nobody knows which. */
static bool is_one_series(const struct held *list)
{
    for (const struct held *h = list; h; h = h->next) {
        const char *meeting = list->id;
        size_t n = strcspn(strchr(meeting, '/') + 1, "/") +
                   (size_t)(strchr(meeting, '/') + 1 - meeting) + 1;
        if (strncmp(h->id, meeting, n) != 0) return false;
    }
    return true;
}

struct wanted {
    const char *meeting, *self, *number, *body, *as_printed;
};

static bool is_own_body(const struct wanted *w)
{
    const char *slash = strchr(w->meeting, '/');
    size_t n = strlen(w->body);
    return !n || (slash && !strncmp(slash + 1, w->body, n) && strchr("./", slash[1 + n]));
}

static const struct held *resolve_in_meeting(const struct refs *r, const struct wanted *w,
                                             struct hf_buf *key)
{
    struct printed_day d;
    size_t series = series_len(w->meeting);
    const char *when = w->meeting + series + (w->meeting[series] == '/');
    bool dated = day_find(w->as_printed, strlen(w->as_printed), 0, &d) && d.year;
    char date[40];
    snprintf(date, sizeof date, "%04d-%02d-%02d", d.year, d.month, d.day);
    if (is_own_body(w))
        hf_buf_addf(key, "%.*s@%.10s#%s", (int)series, w->meeting, dated ? date : when,
                    w->number);
    else if (dated)
        hf_buf_addf(key, "%.*s/%s@%.10s#%s", (int)strcspn(w->meeting, "/"), w->meeting,
                    w->body, date, w->number);
    else
        return NULL;
    return first_of(find(r, key), w->number, w->self);
}

static const struct held *resolve(const struct refs *r, const struct wanted *w,
                                  const char **reason)
{
    struct hf_buf key = HF_BUF_INIT;
    const struct held *found = NULL, *list;
    *reason = "not held";
    if (!strchr(w->number, '/')) {
        found = resolve_in_meeting(r, w, &key);
    } else if (is_own_body(w)) {
        hf_buf_addf(&key, "%.*s#%s", (int)series_len(w->meeting), w->meeting, w->number);
        found = first_of(find(r, &key), w->number, w->self);
    }
    if (!found && *w->body && strchr(w->number, '/')) {
        hf_buf_clear(&key);
        hf_buf_addf(&key, "%.*s/%s##%s", (int)strcspn(w->meeting, "/"), w->meeting,
                    w->body, w->number);
        list = find(r, &key);
        if (list && !is_one_series(list))
            *reason = "ambiguous";
        else
            found = first_of(list, w->number, w->self);
    }
    hf_buf_release(&key);
    return found;
}

void refs_apply(const struct refs *r, json_t *records)
{
    const char *meeting = get(json_array_get(records, 0), "id"), *reason = "not held";
    size_t i, k;
    json_t *c, *ref;
    json_array_foreach(records, i, c)
        json_array_foreach(json_object_get(c, "refs_detail"), k, ref)
    {
        struct wanted w = {meeting, get(c, "id"), get(ref, "number"), get(ref, "body"),
                           get(ref, "as_printed")};
        const struct held *found = *w.number ? resolve(r, &w, &reason) : NULL;
        json_object_set_new(ref, "case", found ? json_string(found->id) : json_null());
        json_object_set_new(ref, "reason", found ? json_null() : json_string(reason));
    }
}

void refs_outcome(const struct refs *r, size_t doc, const char *meeting,
                  struct hf_buf *out)
{
    const struct asker *a = doc < r->n_askers ? &r->askers[doc] : NULL;
    const char *reason = "not held";
    for (size_t i = 0; a && i < a->n; i++) {
        const struct asked *f = &r->asked[a->first + i];
        size_t n = strlen(a->meeting);
        struct hf_buf self = HF_BUF_INIT;
        if (!strncmp(f->self, a->meeting, n) && (!f->self[n] || f->self[n] == '/'))
            hf_buf_addf(&self, "%s%s", meeting, f->self + n);
        else
            hf_buf_adds(&self, f->self);
        struct wanted w = {meeting, self.data, f->number, f->body, f->as_printed};
        const struct held *found = *w.number ? resolve(r, &w, &reason) : NULL;
        hf_buf_adds(out, found ? found->id : reason);
        hf_buf_addc(out, 0);
        hf_buf_release(&self);
    }
}
