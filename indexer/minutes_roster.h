/* The people of one document while they are being read: added as they stand, merged at
 * the end. */
#ifndef HF_MINUTES_ROSTER_H
#define HF_MINUTES_ROSTER_H

#include "minutes_names.h"

struct person {
    const char *name, *printed, *presence;
    const char *role, *organisation, *side, *deputy_for; /* NULL where not said */
    int page, line;
    bool is_chair;      /* said to lead the meeting */
    bool may_chair;     /* "leder" and nothing more */
    bool is_minutes_by; /* wrote the minutes */
    bool from_label;    /* named after "Møteleder:" or "Referent:", not in a list */
    bool has_attr;      /* something was said of the person */
};

struct roster {
    struct person *at;
    size_t n, cap;
    struct hf_arena *arena;
};

struct person *roster_add(struct roster *r, const char *name, size_t len);
void roster_append(struct roster *r, const struct roster *more);
void roster_release(struct roster *r);

/* Adds a text to a field whose values are joined by "; ". */
void roster_join(struct roster *r, const char **field, const char *text, size_t len);

/* «Ingvild Aune Levanger, Stein Tore Ekker Stjørdal»: where most of those of whom no
 * organisation is said end in a municipality, it is no part of their names. */
void roster_split_places(struct roster *r, const struct name_ctx *x);

/* One record for each person: named twice → merged; a family name alone, or a spelling
 * with another middle name, is the person in the list. */
void roster_merge(struct roster *r);

/* The person that this name (perhaps only a family name) means, or NULL. */
struct person *roster_find(const struct roster *r, const char *name);

#endif
