/* The facet values of every record of a generation, as arrays by document number: read
 * from the value slots once, shared by all threads. One pass over the matches counts
 * every facet (search.c).
 */
#ifndef HF_COLUMNS_H
#define HF_COLUMNS_H

#include "../shim/index.h"
#include "../shim/schema.h"

/* What became of what a record promises (promise.h). */
enum promise_state { PROMISE_NONE, PROMISE_OPEN, PROMISE_UNKNOWN, PROMISE_CLOSED };

/* A facet's values by number; 0 is «none». */
struct column_names {
    char **at; /* at[0] is NULL */
    size_t n, cap;
};

struct columns {
    uint32_t last; /* highest document number; the arrays have last + 1 places */
    uint8_t *type; /* enum hf_type + 1; 0 = no such document */
    uint16_t *value[HF_N_FACETS]; /* single facets: number in names; multiple ones: a bit
                                     a choice */
    uint32_t *date;               /* yyyymmdd, mmdd 0000 where only the year is known */
    uint32_t *person;             /* number + 1 of the person's key, 0 = none */
    uint8_t *is_promise;          /* a decision or its case, that promises something */
    uint8_t *is_damaged;          /* read with repairs */
    uint32_t *length;             /* in terms; for ranking */
    /* Who stores a record's words, and whose words hold for the next record (schema.h).
     */
    uint32_t *text_holder, *text_next, *header_holder, *header_next;
    struct hf_share shares[2];
    struct hf_resident resident; /* what readers may use of this */
    const char *kind_terms[HF_N_TYPES];
    char type_terms[HF_N_TYPES][HF_TERM_ROOM];
    uint32_t n_people;
    uint32_t *meetings; /* the document numbers of the meetings, n_type of them */
    struct column_names names[HF_N_FACETS]; /* of the facets with an open list */
    uint32_t n_type[HF_N_TYPES];            /* records of each type */
};

HF_MUST_USE enum hf_status columns_load(struct hf_reader *r, struct columns **out,
                                        struct hf_error *err);
void columns_free(struct columns *c);

/* The number by which a value is stored (for a multiple facet: its bit), 0 if no record
 * has it. */
uint16_t columns_find(const struct columns *c, enum hf_facet facet, const char *id);

/* How many values a facet can have here: numbers run from 1 to this (for multiple ones:
 * bits from 0). */
size_t columns_count(const struct columns *c, enum hf_facet facet);
/* The id of a value by its number, or (multiple) by its bit. */
const char *columns_id(const struct columns *c, enum hf_facet facet, size_t number);

#endif
