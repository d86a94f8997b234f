#include "minutes_roster.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/buf.h"
#include "../shim/utf8.h"

struct person *roster_add(struct roster *r, const char *name, size_t len)
{
    r->at = hf_grow(r->at, &r->cap, r->n, sizeof *r->at);
    struct person *p = &r->at[r->n++];
    memset(p, 0, sizeof *p);
    p->name = name_clean(r->arena, name, len);
    p->printed = hf_arena_strdup(r->arena, name, len);
    return p;
}

void roster_append(struct roster *r, const struct roster *more)
{
    for (size_t i = 0; i < more->n; i++) {
        r->at = hf_grow(r->at, &r->cap, r->n, sizeof *r->at);
        r->at[r->n++] = more->at[i];
    }
}

void roster_release(struct roster *r)
{
    free(r->at);
    memset(r, 0, sizeof *r);
}

void roster_join(struct roster *r, const char **field, const char *text, size_t len)
{
    while (len && strchr(" ,;.-", *text)) {
        text++;
        len--;
    }
    while (len && strchr(" ,;.-/", text[len - 1])) len--;
    if (!len) return;
    if (!*field)
        *field = hf_arena_strdup(r->arena, text, len);
    else if (!memmem(*field, strlen(*field), text, len))
        *field = hf_arena_printf(r->arena, "%s; %.*s", *field, (int)len, text);
}

/* A name folded for comparison: "elin-k-forsmo"; its first and last part. */
struct key {
    struct hf_buf slug;
    size_t first_len, last;
};

static void key_make(struct key *k, const char *name)
{
    hf_buf_init(&k->slug);
    hf_utf8_slug(&k->slug, name, strlen(name));
    const char *space = strchr(name, ' ');
    struct hf_buf first = HF_BUF_INIT, last = HF_BUF_INIT;
    const char *tail = strrchr(name, ' ');
    hf_utf8_slug(&first, name, space ? (size_t)(space - name) : strlen(name));
    if (tail) hf_utf8_slug(&last, tail + 1, strlen(tail + 1));
    k->first_len = first.len;
    k->last = k->slug.len > last.len ? k->slug.len - last.len : 0;
    hf_buf_release(&first);
    hf_buf_release(&last);
}

static bool same_first(const struct key *a, const struct key *b)
{
    size_t n = a->first_len < b->first_len ? a->first_len : b->first_len;
    if (!n || memcmp(a->slug.data, b->slug.data, n)) return false;
    /* Lill and Lill-Ann, Odd-Inge and Odd Inge */
    return a->first_len == b->first_len || a->slug.data[n] == '-' ||
           b->slug.data[n] == '-';
}

/* The same person in one document: equal when folded, or first and last name equal and
 * one of them without the middle name (or with its letter). */
static bool same_person(const struct key *a, const struct key *b)
{
    if (!strcmp(a->slug.data, b->slug.data)) return true;
    if (!a->last || !b->last || strcmp(a->slug.data + a->last, b->slug.data + b->last))
        return false;
    if (!same_first(a, b)) return false;
    size_t middle_a = a->last - a->first_len, middle_b = b->last - b->first_len;
    size_t n = middle_a < middle_b ? middle_a : middle_b;
    if (n > 1) n--; /* without the '-' before the family name */
    return !memcmp(a->slug.data + a->first_len, b->slug.data + b->first_len, n);
}

static void take_missing(struct person *to, const struct person *from)
{
    if (!to->role) to->role = from->role;
    if (!to->organisation) to->organisation = from->organisation;
    if (!to->side) to->side = from->side;
    if (!to->deputy_for) to->deputy_for = from->deputy_for;
    to->is_chair |= from->is_chair;
    to->may_chair |= from->may_chair;
    to->is_minutes_by |= from->is_minutes_by;
    to->has_attr |= from->has_attr;
}

/* What a list says stands above what a label implies; the longer spelling of the name is
 * kept. */
static void merge_into(struct person *to, const struct person *from)
{
    const char *was = to->presence;
    if (to->from_label && !from->from_label) {
        struct person old = *to;
        *to = *from;
        take_missing(to, &old);
    } else {
        take_missing(to, from);
    }
    /* a list of members or of those called in, and the list of the absent: absent it is
     */
    if (!strcmp(was, "present") && !from->from_label && !strcmp(from->presence, "absent"))
        to->presence = "absent";
}

/* Where the place at the end of a name of three words or more begins, with a second one
 * behind a stroke (Snåase/Snåsa); 0 = none. */
static size_t place_at_end(const struct name_ctx *x, const char *name)
{
    struct word w;
    size_t len = strlen(name), words = 0, start = 0;
    for (size_t at = 0; word_next(x, name, len, at, &w); at = w.end) {
        if (w.is_place && words > 1 && !start)
            start = w.start;
        else if (!w.is_place)
            start = 0;
        words++;
    }
    return start;
}

void roster_split_places(struct roster *r, const struct name_ctx *x)
{
    size_t all = 0, ending = 0;
    for (size_t i = 0; i < r->n; i++) {
        if (r->at[i].organisation || r->at[i].from_label) continue;
        all++;
        ending += place_at_end(x, r->at[i].name) > 0;
    }
    if (ending < 3 || ending * 2 < all) return;
    for (size_t i = 0; i < r->n; i++) {
        struct person *p = &r->at[i];
        size_t at = p->organisation || p->from_label ? 0 : place_at_end(x, p->name);
        if (!at) continue;
        roster_join(r, &p->organisation, p->name + at, strlen(p->name + at));
        while (at && p->name[at - 1] == ' ') at--;
        p->name = hf_arena_strdup(r->arena, p->name, at);
        if (!p->side) p->side = "kommune";
    }
}

void roster_merge(struct roster *r)
{
    struct key *keys = hf_xcalloc(r->n, sizeof *keys);
    size_t kept = 0;
    for (size_t i = 0; i < r->n; i++) {
        struct key k;
        size_t same = 0;
        key_make(&k, r->at[i].name);
        while (same < kept && !same_person(&keys[same], &k)) same++;
        if (same < kept) {
            merge_into(&r->at[same], &r->at[i]);
            hf_buf_release(&k.slug);
        } else {
            r->at[kept] = r->at[i];
            keys[kept++] = k;
        }
    }
    for (size_t i = 0; i < kept; i++) hf_buf_release(&keys[i].slug);
    free(keys);
    r->n = kept;
}

struct person *roster_find(const struct roster *r, const char *name)
{
    struct key want;
    struct person *found = NULL;
    size_t hits = 0;
    key_make(&want, name);
    for (size_t i = 0; i < r->n; i++) {
        struct key k;
        key_make(&k, r->at[i].name);
        bool alone =
            !want.last && k.last && !strcmp(want.slug.data, k.slug.data + k.last);
        if (alone || same_person(&want, &k)) {
            found = &r->at[i];
            hits++;
        }
        hf_buf_release(&k.slug);
    }
    hf_buf_release(&want.slug);
    return hits == 1 || (found && want.last) ? found : NULL;
}
