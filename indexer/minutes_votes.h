/* How a vote went, told in a sentence: "Forslaget fikk 6 stemmer og er dermed vedtatt.",
 * "Framlegget frå Vardø fall med 3 mot 9 røyster." A proposal that fell is no decision.
 *
 *     struct vote v;
 *     if (vote_told(cues_table(cues, "votes"), sentence, len, &v) && v.passed) ...
 */
#ifndef HF_MINUTES_VOTES_H
#define HF_MINUTES_VOTES_H

#include "minutes_cues.h"

struct vote {
    bool decided;       /* else only votes are counted: "Forslag 1 fikk 2 stemmer." */
    bool passed;        /* else it fell */
    size_t subject_end; /* what was voted on stands before it: "Forslaget fra Alta" */
    bool ends_in_colon; /* what was passed stands below */
};

/* text: one sentence. It names what was voted on, or says that it fell and with how many
 * votes. */
bool vote_told(const struct cue_table *words, const char *text, size_t len,
               struct vote *out);

/* The same where a proposal stands just before: "Vedtatt mot 1 stemme." is enough. */
bool vote_told_below(const struct cue_table *words, const char *text, size_t len,
                     struct vote *out);

/* "mot to stemmer", "med 5 mot 2 stemmer", "mot éi røyst" at text: bytes, 0 if none. */
size_t vote_count(const char *text, size_t len);

/* The first such phrase, or "enstemmig", in a text; false if there is none. */
bool vote_phrase(const struct cue_table *words, const char *text, size_t len,
                 size_t *start, size_t *end);

#endif
