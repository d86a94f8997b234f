/* Two spellings of a name: may they be one person's?
 *
 * A name is its words in reading order, given names first; hyphens, points and commas
 * part words too. What two names have in common is said as evidence, the strongest
 * first; the caller decides with what else is known (organisation, meetings) whether it
 * is enough. Nothing here knows of documents.
 *
 *     struct person_name a, b;
 *     person_name_read(&a, "Randi-Luise Møgster");
 *     person_name_read(&b, "Randi Luise Møgster");
 *     person_name_compare(&a, &b, 0) == PERSON_SPELLING;
 */
#ifndef HF_PERSON_NAME_H
#define HF_PERSON_NAME_H

#include <stdbool.h>
#include <stddef.h>

#define PERSON_MAX_WORDS 6
#define PERSON_MAX_WORD  40

/* What speaks for two names being one. The order is that of the records' trust. */
enum person_evidence {
    PERSON_NOTHING,
    PERSON_SPELLING, /* every word sounds the same */
    PERSON_ORDER,    /* the same words, family name first */
    PERSON_NEAR,     /* one of the spellings that also tell people apart: Olsen, Ohlsen */
    PERSON_MIDDLE,   /* one lacks a name in the middle */
    PERSON_INITIAL,  /* one has an initial for a name */
    PERSON_REPAIRED, /* the letters that recognition lost are put back */
    PERSON_ELSEWHERE /* the same name and organisation in another helsefellesskap */
};

struct person_word {
    char text[PERSON_MAX_WORD * 2];  /* lower case */
    char sound[PERSON_MAX_WORD * 2]; /* hf_sound_key; "" of an initial */
    bool is_initial;
    size_t start, len; /* bytes of the name that it was read from */
};

struct person_name {
    struct person_word words[PERSON_MAX_WORDS];
    size_t n; /* 0: no name that can be compared (too long, or no letters) */
};

void person_name_read(struct person_name *out, const char *text);

/* Symmetric but for damage: a_damaged, b_damaged say whose letters may be lost. At least
 * two words on both sides. */
struct person_damage {
    bool a, b;
};
enum person_evidence person_name_compare(const struct person_name *a,
                                         const struct person_name *b,
                                         struct person_damage damage);

/* The id of an evidence as it stands in the records: "spelling", "middle_name" … */
const char *person_evidence_id(enum person_evidence e);

/* The words of an organisation that tell it from others: Ringerike of «Ringerike
 * kommune», none of «kommunene» or «Arbeidsutvalg». */
struct person_org {
    char words[8][32]; /* slugs, cut */
    size_t n;
};
void person_org_read(struct person_org *out, const char *text);
bool person_org_shares(const struct person_org *a, const struct person_org *b);

#endif
