/* Labels inside a case: "Vedtak:", "SSU sitt vedtak:", "Samrøystes vedteke:", "Forslag
 * til vedtak:", "Ansvar:" ... The words and what they mean are data
 * (stopwords/cues_decisions.tsv); how they join is grammar: modifiers (a body,
 * "enstemmig", "mot to stemmer", brackets, a case number) around one word that carries
 * the meaning.
 */
#ifndef HF_MINUTES_LABEL_H
#define HF_MINUTES_LABEL_H

#include "minutes_cues.h"

enum label_class {
    LABEL_NONE,
    LABEL_DECISION,  /* Vedtak, Konklusjon, Beslutning */
    LABEL_DONE,      /* Vedtatt, Vedteke: a label, or how the vote went */
    LABEL_ADVICE,    /* Tilråding: the decision where no other follows */
    LABEL_FOLLOWUP,  /* Oppfølging */
    LABEL_PROPOSAL,  /* Forslag til vedtak, Innstilling */
    LABEL_COUNTER,   /* Alternativt forslag: never what "som innstillingen" means */
    LABEL_VOTES,     /* Votering */
    LABEL_UNANIMOUS, /* modifiers alone: "Enstemmig." */
    LABEL_OTHER,     /* Oppsummering, Merknad, Drøfting ... */
    LABEL_RESPONSIBLE,
    LABEL_DEADLINE,
    LABEL_ACTION,
    LABEL_ATTACHMENT,
    LABEL_TITLE,
    LABEL_KIND
};

struct label {
    enum label_class class;
    size_t end;              /* the label is text[0, end), without colon */
    size_t rest;             /* where its text begins */
    size_t votes, votes_end; /* "mot to stemmer", "enstemmig" inside it; equal = none */
    bool has_colon;
    bool is_alone;    /* nothing follows */
    bool needs_colon; /* one letter was wrong, or the words are common in prose */
    bool is_stopped;  /* a full stop or dash follows instead of a colon */
    bool is_sentence; /* "Ansvarlig er Kari Nordmann.": the value ends with it */
    bool is_joined;   /* "og" or "/" came last: for the parser */
    size_t n_words;   /* parts it is made of */
};

/* Reads a label at the start of text; false if there is none. Says nothing about whether
 * what follows makes it one: look at has_colon and is_alone. */
bool label_parse(const struct cue_table *t, const char *text, size_t len,
                 struct label *out);

/* The first label with a colon, or that is a bold span by itself, at or after `from`; *at
 * is where it begins. bold_at(span) may be NULL. */
bool label_find(const struct cue_table *t, const char *text, size_t len, size_t from,
                size_t *at, struct label *out);

/* "Som innstillingen.", "Innstillingen ble enstemmig vedtatt.": the text of the proposal
 * is meant. */
bool label_is_as_proposed(const char *text, size_t len);

/* "Godkjent.", "Godkjent uten merknader.": bytes of the word, 0 if the paragraph is no
 * such thing. */
size_t label_bare_approval(const char *text, size_t len);

/* "Enstemmig.", "Vedtatt mot to stemmer": what the whole paragraph says is how the vote
 * went. */
bool label_is_votes(const struct cue_table *t, const char *text, size_t len);

#endif
