#include "render_json.h"

#include <string.h>

static int append(const char *text, size_t len, void *out)
{
    hf_buf_add(out, text, len);
    return 0;
}

void render_json_value(const json_t *value, struct hf_buf *out)
{
    size_t flags = JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(8);
    if (json_dump_callback(value, append, out, flags) != 0)
        HF_BUG("an answer that is no JSON");
}

void render_json(const json_t *doc, struct hf_buf *out)
{
    render_json_value(doc, out);
    hf_buf_addc(out, '\n');
}

const char *member_text(const json_t *object, const char *name)
{
    const char *s = json_string_value(json_object_get(object, name));
    return s ? s : "";
}

const char *member_day(const json_t *record, char out[11])
{
    const char *date = member_text(record, "date");
    int year = (int)json_integer_value(json_object_get(record, "year"));
    bool has_day = strlen(date) == 10;
    memcpy(out, has_day ? date : "", has_day ? 11 : 1);
    if (!has_day && year > 0) out[4] = 0;
    for (int i = 3; i >= 0 && year > 0; i--, year /= 10) out[i] = (char)('0' + year % 10);
    return out;
}

bool member_matches(const json_t *object, const char *name)
{
    size_t i;
    json_t *segment;
    json_array_foreach(json_object_get(object, name), i,
                       segment) if (json_is_true(json_array_get(segment, 1))) return true;
    return false;
}

bool member_snippet_adds(const json_t *hit)
{
    const json_t *decisions = json_object_get(hit, "decisions");
    size_t i;
    json_t *decision;
    if (!json_array_size(json_object_get(hit, "snippet"))) return false;
    if (!json_array_size(decisions)) return true;
    json_array_foreach(decisions, i,
                       decision) if (member_matches(decision, "segments")) return false;
    return member_matches(hit, "snippet");
}
