/* When each meeting first came into the index: what tells a new decision from an old one
 * newly found. The time is kept from run to run by the meeting's id, in meta.json, and so
 * outlives changes of its file, other formats beside it and --rebuild; a meeting that has
 * left the index and comes back is new.
 *
 *     struct seen seen;
 *     seen_init(&seen, store_history(store));      // borrowed until seen_release
 *     seen_when(&seen, "hf-bergen/ssu/2024-02-01")
 *     seen_release(&seen);
 */
#ifndef HF_SEEN_H
#define HF_SEEN_H

#include <jansson.h>

#include "../shim/map.h"

struct seen {
    struct hf_map by_meeting; /* id → time */
    char now[24];             /* of the run: "2026-11-22T05:00:00Z" */
};

/* history: meta.json of the last generation, or NULL. */
void seen_init(struct seen *s, const json_t *history);
void seen_release(struct seen *s);

/* The time of a meeting; the run's where it has not been seen before. Borrowed. Safe from
 * any thread. */
const char *seen_when(const struct seen *s, const char *meeting);

#endif
