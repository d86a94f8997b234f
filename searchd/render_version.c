#include "render_version.h"

#include <string.h>

#include "render_json.h"

static const char *name_of(const json_t *o, enum params_lang lang)
{
    const char *version = member_text(o, "version");
    if (!strcmp(version, "draft")) return strings_get(S_VERSION_DRAFT, lang);
    if (!strcmp(version, "approved")) return strings_get(S_VERSION_APPROVED, lang);
    return NULL;
}

void version_say(struct hf_buf *b, const json_t *record, enum params_lang lang)
{
    const char *name = name_of(record, lang);
    const char *printed = member_text(record, "version_printed");
    if (!name) return;
    hf_buf_adds(b, name);
    if (*printed) hf_buf_addf(b, " («%s»)", printed);
}

void version_sources(struct hf_buf *b, const json_t *meeting, const char *between,
                     enum params_lang lang)
{
    const json_t *sources = json_object_get(meeting, "sources");
    for (size_t i = 1; i < json_array_size(sources); i++) {
        const json_t *source = json_array_get(sources, i);
        const char *name = name_of(source, lang);
        if (i > 1) hf_buf_adds(b, between);
        hf_buf_adds(b, member_text(source, "source"));
        if (name) hf_buf_addf(b, " (%s)", name);
    }
}
