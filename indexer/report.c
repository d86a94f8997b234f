#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/status.h"
#include "privacy.h"

void run_count(struct run_counts *n, const json_t *records)
{
    size_t i;
    json_t *r;
    json_array_foreach(records, i, r)
    {
        const char *type = json_string_value(json_object_get(r, "type"));
        if (!type) continue;
        n->meetings += !strcmp(type, "meeting");
        n->cases += !strcmp(type, "case");
        n->decisions += !strcmp(type, "decision");
        n->attendees += !strcmp(type, "attendee");
    }
}

/* What the meeting says of this source: a meeting can have several. */
static const json_t *source_of(const json_t *meeting, const char *source)
{
    size_t i;
    json_t *s;
    json_array_foreach(json_object_get(meeting, "sources"), i, s)
    {
        const char *path = json_string_value(json_object_get(s, "source"));
        if (path && !strcmp(path, source)) return s;
    }
    return NULL;
}

static void set_or_null(json_t *out, const char *name, json_t *value)
{
    json_object_set(out, name, value ? value : json_null());
}

json_t *report_document(const char *source, const char *status, const json_t *records,
                        const char *reason)
{
    const json_t *meeting = json_array_get(records, 0), *own = source_of(meeting, source);
    struct run_counts n = {0};
    if (reason) {
        status = strncmp(reason, PRIVACY_HELD_BACK, strlen(PRIVACY_HELD_BACK)) == 0
                     ? "held_back"
                     : "failed";
    }
    json_t *out = json_pack("{s:s+, s:s}", "source", source, "", "status", status);
    if (reason) json_object_set_new(out, "reason", json_string(reason));
    set_or_null(out, "media_type", json_object_get(own, "media_type"));
    set_or_null(out, "text_layer", json_object_get(own, "text_layer"));
    set_or_null(out, "version", json_object_get(own, "version"));
    set_or_null(out, "meeting", json_object_get(meeting, "id"));
    run_count(&n, records);
    json_object_set_new(out, "counts",
                        json_pack("{s:I, s:I, s:I}", "cases", (json_int_t)n.cases,
                                  "decisions", (json_int_t)n.decisions, "attendees",
                                  (json_int_t)n.attendees));
    json_t *warnings = json_object_get(meeting, "warnings");
    json_object_set_new(out, "warnings",
                        warnings ? json_deep_copy(warnings) : json_array());
    return out;
}

static int by_source(const void *a, const void *b)
{
    return strcmp(json_string_value(json_object_get(*(json_t *const *)a, "source")),
                  json_string_value(json_object_get(*(json_t *const *)b, "source")));
}

void report_sort(json_t *documents)
{
    size_t n = json_array_size(documents);
    json_t **sorted = hf_xcalloc(n + 1, sizeof *sorted);
    for (size_t i = 0; i < n; i++) sorted[i] = json_incref(json_array_get(documents, i));
    qsort(sorted, n, sizeof *sorted, by_source);
    for (size_t i = 0; i < n; i++) json_array_set_new(documents, i, sorted[i]);
    free(sorted);
}
