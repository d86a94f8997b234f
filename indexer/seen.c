#include "seen.h"

#include <string.h>
#include <time.h>

void seen_init(struct seen *s, const json_t *history)
{
    time_t now = time(NULL);
    struct tm tm;
    size_t i;
    json_t *d;
    *s = (struct seen){.by_meeting = {NULL, 0, 0}};
    strftime(s->now, sizeof s->now, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
    json_array_foreach(json_object_get(history, "documents"), i, d)
    {
        const char *meeting = json_string_value(json_object_get(d, "meeting"));
        const char *when = json_string_value(json_object_get(d, "first_seen"));
        if (meeting && when && strlen(when) == strlen(s->now))
            hf_map_put(&s->by_meeting, meeting, strlen(meeting), (void *)when);
    }
}

void seen_release(struct seen *s)
{
    hf_map_release(&s->by_meeting);
}

const char *seen_when(const struct seen *s, const char *meeting)
{
    const char *when = hf_map_get(&s->by_meeting, meeting, strlen(meeting));
    return when ? when : s->now;
}
