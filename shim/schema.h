/* THE field table: terms, slots, facet groups and their labels. Nobody else knows them.
 *
 * A Xapian document is one record. Its data is the record's JSON. A word-like term is a
 * field letter, a kind letter and the word ("tzsykehus": the lemma sykehus in the text);
 * the field says where in the record the word stands, the kind how the term was made. A
 * decision is also found by its case's title and text. What several records would hold
 * alike is stored once (hf_share in index.h): the words of a case hold for its only
 * decision, which comes right after it and has the flag s; where there are several, each
 * holds its case's words itself. The words of a meeting's header hold for its cases and
 * decisions, which come after it up to the next meeting; a lemma that is the word itself
 * is its exact term. A boolean term is a capital and a value:
 *
 *     Q<id>       the record's id (unique)         H<sha256>   the document that it was
 * read from T<type>     meeting case decision attendee   P<key>      a person's key M<id>
 * the meeting it belongs to        C<id>       the case it belongs to K<n/yyyy>   the
 * case's own number            J<n/yyyy>   a number that the case refers to
 *     R<id>       a case that this case refers to, A<id> one that it approves, where the
 * reference is resolved             S<series>#<n/yyyy>   the case's number in its series
 * S<series>#@<yyyymmdd>   a day of which the series has minutes (of the meeting)
 */
#ifndef HF_SCHEMA_H
#define HF_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

#include "status.h"

/* The version of the index form. Another version is refused (exit 5). History:
 * 1  first form.
 * 2  when a meeting first came into the index: a slot, and first_seen in the data; terms
 *    R, A and S: what a case refers to, and what refers to it; flag o: what
 *    promises something, no longer what has a deadline.
 * 3  words of a case's only decision and of headers stored once, and lemmas that are
 *    the word itself; flag s. */
#define HF_INDEX_SCHEMA 3

enum hf_facet {
    HF_FACET_TYPE,
    HF_FACET_REGION,
    HF_FACET_HELSEFELLESSKAP,
    HF_FACET_YEAR,
    HF_FACET_GROUP,
    HF_FACET_BODY,
    HF_FACET_OUTCOME,
    HF_FACET_PRESENCE,
    HF_N_FACETS
};

enum hf_type {
    HF_TYPE_MEETING,
    HF_TYPE_CASE,
    HF_TYPE_DECISION,
    HF_TYPE_ATTENDEE,
    HF_N_TYPES
};

/* Where a word stands. */
enum hf_field {
    HF_FIELD_TITLE = 's',
    HF_FIELD_DECISION = 'd',
    HF_FIELD_TEXT = 't',
    HF_FIELD_NAME = 'n', /* a person's name */
    HF_FIELD_ROLE = 'o', /* a person's role and organisation */
    HF_FIELD_HEADER =
        'h', /* the meeting's header, also of its cases and decisions, as context */
};

/* How a term was made. */
enum hf_kind {
    HF_KIND_EXACT = 'x',
    HF_KIND_LEMMA = 'z',
    HF_KIND_ACRONYM = 'a',
    HF_KIND_STEM = 'y',
    HF_KIND_PART = 'p',
    HF_KIND_REPAIR = 'r',
    HF_KIND_SOUND = 'k',
    HF_KIND_NUMBER = '#',
    HF_KIND_STOPS = 'g', /* two or three fillers in a row, exact, parted by a blank */
};

/* Value slots; the numbers are part of the index form. */
enum hf_slot {
    HF_SLOT_TYPE = 0,     /* one byte: '0' + enum hf_type */
    HF_SLOT_REGION = 1,   /* one byte: '0' + number of the choice */
    HF_SLOT_TRUST = 2,    /* id of the helsefellesskap */
    HF_SLOT_YEAR = 3,     /* four digits */
    HF_SLOT_GROUP = 4,    /* one byte a group: '0' + number of the choice */
    HF_SLOT_BODY = 5,     /* SSU ... */
    HF_SLOT_OUTCOME = 6,  /* one byte an outcome: '0' + number of the choice */
    HF_SLOT_PRESENCE = 7, /* one byte: '0' + number of the choice */
    HF_SLOT_DATE =
        8, /* yyyymmdd by the evidence; yyyy0000 where only the year is known */
    HF_SLOT_PERSON = 9, /* key of a person */
    HF_SLOT_CASE = 10,  /* sort key: helsefellesskap, body, year, number */
    HF_SLOT_FLAGS = 11, /* letters: o promises something (record.h), d damaged, s has the
                           words of the record before it */
    HF_SLOT_MEETING = 12, /* id of the meeting */
    HF_SLOT_SEEN = 13,    /* when the meeting first came into the index
                             (2026-11-22T05:00:00Z), and its date as in slot 8 */
};

/* The words of which every text is full (og, i, det, ikke): runs of them are terms of
 * their own, so that a phrase of them is no walk through the longest lists. Part of the
 * index form, hence not one of the lists that anybody may edit. word in lower case. */
bool hf_is_filler(const char *word, size_t len);

/* A value that a facet group can have. */
struct hf_choice {
    const char *id, *label_nb, *label_nn, *label_en;
    const char *alias; /* another spelling that is accepted, or NULL */
};

struct hf_facet_row {
    const char *name; /* parameter and JSON name: "region" */
    const char *label_nb, *label_nn, *label_en;
    bool is_answered; /* stands in the answer's "facets" (type and presence do not) */
    bool is_multiple; /* a record can have several values */
    unsigned slot;
    const struct hf_choice
        *choices; /* NULL: open list (helsefellesskap: registry; year; body) */
    size_t n_choices;
};
extern const struct hf_facet_row hf_facets[HF_N_FACETS];

/* The number of a fixed choice by its id or alias in any case, or -1. */
int hf_choice_find(const struct hf_facet_row *row, const char *id, size_t len);

/* The region's choice by its name ("Helse Vest"), or -1. */
int hf_region_find(const char *name);

/* The term X<facet>:<value> (value in lower case). */
size_t hf_term_facet(char *out, enum hf_facet facet, const char *value, size_t len);

/* Writes field, kind and word as a term into out (at least HF_TERM_ROOM bytes),
 * NUL-terminated; a word that is too long is cut. Returns the length. */
#define HF_TERM_ROOM 208
size_t hf_term_spell(char *out, enum hf_field field, enum hf_kind kind, const char *word,
                     size_t len);
/* The same for a boolean term: a capital and a value; a long value is cut and closed with
 * its hash. */
size_t hf_term_flag(char *out, char capital, const char *value, size_t len);

/* The term S of a case: two cases that have it are one matter. A series is the body
 * (helsefellesskap/body[.slug], from the meeting's id); numbers of an archive (from
 * HF_ARCHIVE_NUMBER on) are the helsefellesskap's. 0 and "" for a number without a year:
 * it belongs to its meeting alone. */
#define HF_ARCHIVE_NUMBER 1000
size_t hf_term_series(char *out, const char *meeting, const char *number);
/* The term of a day (yyyymmdd) of a meeting's series; with "" what all its days begin
 * with. */
size_t hf_term_series_day(char *out, const char *meeting, const char *day);

#endif
