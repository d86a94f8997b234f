/* What became of a promise: a decision that asks somebody for something, says that the
 * matter comes back, or has a deadline (record.h). It is closed by a later case that
 * refers to its case or goes on with its number, in any body of the helsefellesskap; open
 * where later minutes of the body are here and none of their cases does; unknown where
 * there are no later minutes to look in: nothing is guessed. (enum promise_state:
 * columns.h)
 *
 *     status = promise_note(session, params, record, docid, &err);  // sets "promise"
 *
 * "promise" is null, or {"state", "mandates", "deadline", "deadline_date", "due" (passed,
 * coming, null: by params' today), "searched_until" (the last minutes of the body here),
 * "closed_by" [{"case", …}], "would_close" (a sentence)}.
 */
#ifndef HFSOK_PROMISE_H
#define HFSOK_PROMISE_H

#include "engine.h"

/* The state of every record of the session's generation, by document number; made once.
 * Borrowed. */
HF_MUST_USE enum hf_status promise_states(struct session *s, const uint8_t **out,
                                          struct hf_error *err);

/* Sets "promise" in a case and in each of its "decisions", or in a decision; nothing in
 * other records. */
HF_MUST_USE enum hf_status promise_note(struct session *s, const struct params *p,
                                        json_t *record, uint32_t docid,
                                        struct hf_error *err);

/* Whether the second day (yyyymmdd, mmdd 0000 where only the year is known) is surely
 * later. */
bool promise_is_later(uint32_t day, uint32_t other);

#endif
