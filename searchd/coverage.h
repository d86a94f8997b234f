/* What the index holds of each body in each year, and which meetings must have been held
 * that it does not hold.
 *
 * A body counts its cases through the year: 1/2023, 2/2023 … A number that is lacking
 * between those that we hold (or below the first) is of a meeting that we lack. A later
 * meeting may list old cases once more; such a number tells that the case existed, not
 * that its meeting is here:
 *
 *     struct coverage_number list[] = {{20, 2023}, {21, 2023}, {22, 2023}, {14, 2023}};
 *     coverage_mark(list, 4, 2023);              // all but 14 are the meeting's own
 *     state[20] = state[21] = state[22] = COVERAGE_OWN, state[14] = COVERAGE_LISTED;
 *     n = coverage_gaps(state, NULL, gaps, COVERAGE_MAX);                        // 1–19
 */
#ifndef HFSOK_COVERAGE_H
#define HFSOK_COVERAGE_H

#include <jansson.h>
#include <stdint.h>

#include "engine.h"

/* Numbers from here on are of an archive, not of a body's year. */
#define COVERAGE_MAX 1000

enum coverage_state { COVERAGE_NONE, COVERAGE_LISTED, COVERAGE_OWN };

struct coverage_number {
    int number, year;
    bool is_own; /* set by coverage_mark */
};

/* Sorts one meeting's numbers and marks those that it dealt with first: the longest run,
 * and others of its year. Not: numbers of another year, and a single one far from the
 * run. A meeting of one or two cases with numbers of another year only lists them. year 0
 * = unknown. */
void coverage_mark(struct coverage_number *list, size_t n, int meeting_year);

struct coverage_gap {
    int from, to;
};

/* The runs of numbers below the highest own one that are not held, in their order; a
 * listed number does not end a run, and a run of listed ones alone is none. elsewhere:
 * numbers that another body of the same series holds, or NULL. */
size_t coverage_gaps(const uint8_t state[COVERAGE_MAX],
                     const uint8_t elsewhere[COVERAGE_MAX], struct coverage_gap *out,
                     size_t room);

/* True if two bodies of a helsefellesskap share one series in a year: no own number is
 * the same, and each goes on where the other ends. */
bool coverage_is_shared(const uint8_t a[COVERAGE_MAX], const uint8_t b[COVERAGE_MAX]);

/* Rows of all that the generation holds, without texts in a language: {"rows",
 * "unreadable"}. Reads the meetings, the numbers and the columns; no other record. *out
 * is yours. */
HF_MUST_USE enum hf_status coverage_load(struct session *s, json_t **out,
                                         struct hf_error *err);

/* Whether a path names one of the ids: as a folder or file of that name, or as its first
 * words ("hf-oslo/…", "st-olav-fsu-2021.pdf"); the last folder decides, the longest name
 * wins. NULL: none. */
const char *coverage_path_trust(const char *path);

#endif
