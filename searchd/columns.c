#include "columns.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../shim/map.h"

struct load {
    struct columns *c;
    enum hf_facet facet;
    struct hf_map numbers; /* value → number of an open facet, or of a person */
    char **keys;
    size_t n_keys, cap_keys;
};

static bool is_open_list(enum hf_facet facet)
{
    return hf_facets[facet].n_choices == 0;
}

/* The number of a value seen for the first time or again, from 1. */
static size_t number_of(struct load *l, const char *bytes, size_t len)
{
    size_t n = (size_t)hf_map_get(&l->numbers, bytes, len);
    if (n) return n;
    l->keys = hf_grow(l->keys, &l->cap_keys, l->n_keys, sizeof *l->keys);
    l->keys[l->n_keys++] = hf_xstrndup(bytes, len);
    hf_map_put(&l->numbers, l->keys[l->n_keys - 1], len, (void *)l->n_keys);
    return l->n_keys;
}

static int take_type(void *ctx, uint32_t docid, const char *bytes, size_t len)
{
    struct columns *c = ((struct load *)ctx)->c;
    if (docid > c->last || len != 1 || *bytes < '0' || *bytes >= '0' + HF_N_TYPES)
        return 0;
    c->type[docid] = (uint8_t)(*bytes - '0' + 1);
    c->n_type[*bytes - '0']++;
    return 0;
}

static int take_facet(void *ctx, uint32_t docid, const char *bytes, size_t len)
{
    struct load *l = ctx;
    uint16_t *value = l->c->value[l->facet];
    if (docid > l->c->last) return 0;
    if (is_open_list(l->facet)) {
        size_t n = number_of(l, bytes, len);
        value[docid] = (uint16_t)(n <= UINT16_MAX ? n : 0);
    } else if (hf_facets[l->facet].is_multiple) {
        for (size_t i = 0; i < len; i++)
            if (bytes[i] >= '0' && bytes[i] < '0' + 16)
                value[docid] = (uint16_t)(value[docid] | 1u << (bytes[i] - '0'));
    } else if (len == 1 && bytes[0] >= '0') {
        value[docid] = (uint16_t)(bytes[0] - '0' + 1);
    }
    return 0;
}

static int take_date(void *ctx, uint32_t docid, const char *bytes, size_t len)
{
    struct columns *c = ((struct load *)ctx)->c;
    uint32_t date = 0;
    for (size_t i = 0; i < len && i < 8; i++)
        if (bytes[i] >= '0' && bytes[i] <= '9')
            date = date * 10 + (uint32_t)(bytes[i] - '0');
    if (docid <= c->last) c->date[docid] = date;
    return 0;
}

static int take_person(void *ctx, uint32_t docid, const char *bytes, size_t len)
{
    struct load *l = ctx;
    if (docid <= l->c->last) l->c->person[docid] = (uint32_t)number_of(l, bytes, len);
    return 0;
}

static int take_flags(void *ctx, uint32_t docid, const char *bytes, size_t len)
{
    struct columns *c = ((struct load *)ctx)->c;
    if (docid > c->last) return 0;
    c->is_promise[docid] = memchr(bytes, 'o', len) != NULL;
    c->is_damaged[docid] = memchr(bytes, 'd', len) != NULL;
    if (memchr(bytes, 's', len)) c->text_holder[docid] = 0;
    return 0;
}

static enum hf_status load_facet(struct hf_reader *r, struct columns *c,
                                 enum hf_facet facet, struct hf_error *err)
{
    struct load l = {.c = c, .facet = facet};
    enum hf_status status =
        hf_reader_values(r, hf_facets[facet].slot, take_facet, &l, err);
    struct column_names *names = &c->names[facet];
    names->n = l.n_keys + 1;
    names->at = hf_xcalloc(names->n, sizeof *names->at);
    for (size_t i = 0; i < l.n_keys; i++) names->at[i + 1] = l.keys[i];
    free(l.keys);
    hf_map_release(&l.numbers);
    return status;
}

static enum hf_status load_people(struct hf_reader *r, struct columns *c,
                                  struct hf_error *err)
{
    struct load l = {.c = c};
    enum hf_status status = hf_reader_values(r, HF_SLOT_PERSON, take_person, &l, err);
    c->n_people = (uint32_t)l.n_keys;
    for (size_t i = 0; i < l.n_keys; i++) free(l.keys[i]);
    free(l.keys);
    hf_map_release(&l.numbers);
    return status;
}

static double mean_length(const struct columns *c)
{
    double sum = 0;
    size_t n = 0;
    for (uint32_t d = 1; d <= c->last; d++) {
        sum += c->length[d];
        n += c->type[d] != 0;
    }
    return n ? sum / (double)n : 0;
}

/* What the readers of this generation rank by. */
static void set_resident(struct columns *c)
{
    for (int t = 0; t < HF_N_TYPES; t++) {
        const char *id = hf_facets[HF_FACET_TYPE].choices[t].id;
        hf_term_flag(c->type_terms[t], 'T', id, strlen(id));
        c->kind_terms[t] = c->type_terms[t];
    }
    c->resident = (struct hf_resident){.last = c->last,
                                       .lengths = c->length,
                                       .mean_length = mean_length(c),
                                       .kinds = c->type,
                                       .kind_terms = c->kind_terms,
                                       .n_kinds = HF_N_TYPES,
                                       .key_slot = HF_SLOT_DATE,
                                       .keys = c->date,
                                       .group_slot = HF_SLOT_PERSON,
                                       .groups = c->person,
                                       .shares = c->shares,
                                       .n_shares = sizeof c->shares / sizeof *c->shares};
}

static void list_meetings(struct columns *c)
{
    size_t n = 0;
    c->meetings = hf_xcalloc(c->n_type[HF_TYPE_MEETING] + 1, sizeof *c->meetings);
    for (uint32_t d = 1; d <= c->last; d++)
        if (c->type[d] == HF_TYPE_MEETING + 1) c->meetings[n++] = d;
}

/* The records of one database, which stand in the order in which they were written: a
 * meeting, then its cases, each before its decisions. */
static void link_shard(struct columns *c, uint32_t first, uint32_t step)
{
    uint32_t meeting = 0, of_case = 0, tail = 0;
    for (uint32_t d = first; d <= c->last; d += step) {
        if (c->type[d] == HF_TYPE_MEETING + 1) meeting = tail = d;
        if (c->type[d] == HF_TYPE_CASE + 1) of_case = d;
        bool is_heir =
            c->type[d] == HF_TYPE_CASE + 1 || c->type[d] == HF_TYPE_DECISION + 1;
        if (is_heir && meeting) {
            c->header_next[tail] = d;
            tail = d;
            c->header_holder[d] = meeting;
            c->shares[1].n_holders--;
        }
        if (c->text_holder[d]) continue;
        c->text_holder[d] = of_case;
        c->text_next[of_case] = d;
        c->length[d] = c->length[of_case];
        c->shares[0].n_holders--;
    }
}

static void link_records(struct columns *c, uint32_t n_shards)
{
    static const char texts[] = {HF_FIELD_TITLE, HF_FIELD_DECISION, HF_FIELD_TEXT, 0},
                      headers[] = {HF_FIELD_HEADER, 0};
    uint32_t n = 0;
    for (int t = 0; t < HF_N_TYPES; t++) n += c->n_type[t];
    c->shares[0] = (struct hf_share){texts, c->text_holder, c->text_next, n};
    c->shares[1] = (struct hf_share){headers, c->header_holder, c->header_next, n};
    for (uint32_t i = 1; i <= n_shards; i++) link_shard(c, i, n_shards);
}

enum hf_status columns_load(struct hf_reader *r, struct columns **out,
                            struct hf_error *err)
{
    struct columns *c = hf_xcalloc(1, sizeof *c);
    struct load l = {.c = c};
    *out = NULL;
    c->last = hf_reader_last(r);
    size_t n = (size_t)c->last + 1;
    c->type = hf_xcalloc(n, sizeof *c->type);
    c->date = hf_xcalloc(n, sizeof *c->date);
    c->person = hf_xcalloc(n, sizeof *c->person);
    c->length = hf_xcalloc(n, sizeof *c->length);
    c->is_promise = hf_xcalloc(n, sizeof *c->is_promise);
    c->is_damaged = hf_xcalloc(n, sizeof *c->is_damaged);
    c->text_holder = hf_xcalloc(n, sizeof *c->text_holder);
    c->text_next = hf_xcalloc(n, sizeof *c->text_next);
    c->header_holder = hf_xcalloc(n, sizeof *c->header_holder);
    c->header_next = hf_xcalloc(n, sizeof *c->header_next);
    for (uint32_t d = 0; d < n; d++) c->text_holder[d] = c->header_holder[d] = d;
    for (int f = 0; f < HF_N_FACETS; f++) c->value[f] = hf_xcalloc(n, sizeof **c->value);
    enum hf_status status = hf_reader_values(r, HF_SLOT_TYPE, take_type, &l, err);
    if (status == HF_OK) list_meetings(c);
    for (int f = 0; status == HF_OK && f < HF_N_FACETS; f++)
        status = load_facet(r, c, (enum hf_facet)f, err);
    if (status == HF_OK) status = hf_reader_values(r, HF_SLOT_DATE, take_date, &l, err);
    if (status == HF_OK) status = hf_reader_values(r, HF_SLOT_FLAGS, take_flags, &l, err);
    if (status == HF_OK) status = load_people(r, c, err);
    if (status == HF_OK) status = hf_reader_lengths(r, c->length, err);
    if (status == HF_OK) link_records(c, hf_reader_shards(r));
    set_resident(c);
    if (status == HF_OK)
        *out = c;
    else
        columns_free(c);
    return status;
}

void columns_free(struct columns *c)
{
    if (!c) return;
    for (int f = 0; f < HF_N_FACETS; f++) {
        for (size_t i = 1; i < c->names[f].n; i++) free(c->names[f].at[i]);
        free(c->names[f].at);
        free(c->value[f]);
    }
    free(c->meetings);
    free(c->type);
    free(c->date);
    free(c->person);
    free(c->length);
    free(c->text_holder);
    free(c->text_next);
    free(c->header_holder);
    free(c->header_next);
    free(c->is_promise);
    free(c->is_damaged);
    free(c);
}

uint16_t columns_find(const struct columns *c, enum hf_facet facet, const char *id)
{
    if (!is_open_list(facet)) {
        int n = hf_choice_find(&hf_facets[facet], id, strlen(id));
        if (n < 0) return 0;
        return (uint16_t)(hf_facets[facet].is_multiple ? 1u << n : (unsigned)n + 1);
    }
    for (size_t i = 1; i < c->names[facet].n; i++)
        if (!strcasecmp(c->names[facet].at[i], id)) return (uint16_t)i;
    return 0;
}

size_t columns_count(const struct columns *c, enum hf_facet facet)
{
    return is_open_list(facet) ? c->names[facet].n - 1 : hf_facets[facet].n_choices;
}

const char *columns_id(const struct columns *c, enum hf_facet facet, size_t number)
{
    if (is_open_list(facet)) return c->names[facet].at[number];
    return hf_facets[facet]
        .choices[hf_facets[facet].is_multiple ? number : number - 1]
        .id;
}
