/* Invented minutes in any number: for measurements and for tests that need many records.
 *
 * Everything depends on the seed and the number of the case alone, so a corpus of 10,000
 * cases is the beginning of one of 100,000. Words come as often as in stopwords/
 * frequencies.tsv; of twenty words one is a compound of two of them, so that the
 * vocabulary grows with the text as it does in Norwegian; an eighth are the case's own
 * words of the trade. The sentences mean nothing.
 *
 *     generate_open("stopwords/frequencies.tsv", 1, &g)
 *     generate_minutes(g, first_case, n_cases, &text);    // one meeting
 */
#ifndef HFSOK_TESTS_GENERATE_H
#define HFSOK_TESTS_GENERATE_H

#include <stdbool.h>
#include <stdint.h>

#include "../../shim/buf.h"

/* Cases of one meeting. */
enum { GENERATE_CASES = 6 };

struct generator;

struct generated_meeting {
    const char *trust_id, *trust, *region_id, *region, *body, *body_name;
    int year, month, day;
    char people[16][64];
    char roles[16][64];
    unsigned n_people;
    bool absent[16];
};

struct generated_case {
    unsigned number;
    struct hf_buf title, text, decision;
};

struct generated_query {
    char text[256];
    const char *kind;
    char year[8];
    const char *trust_id, *region_id; /* or "" */
};

/* False where the file of frequencies cannot be read. */
bool generate_open(const char *frequencies, uint64_t seed, struct generator **out);
void generate_close(struct generator *g);

void generate_meeting(const struct generator *g, uint32_t number,
                      struct generated_meeting *out);
/* Case `number` of the corpus; *out is zeroed or was used before. */
void generate_case(const struct generator *g, uint32_t number,
                   struct generated_case *out);
void generate_case_release(struct generated_case *c);

/* The text of meeting `number` with its cases up to n_cases of the corpus; clears b. */
void generate_minutes(const struct generator *g, uint32_t number, uint32_t n_cases,
                      struct hf_buf *b);

/* Question `number` on a corpus of n_cases: words and phrases that stand in some case. */
void generate_query(const struct generator *g, uint32_t number, uint32_t n_cases,
                    struct generated_query *out);

#endif
