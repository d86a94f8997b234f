#include "problem.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "render_json.h"

static const struct {
    unsigned status;
    const char *slug;
    enum string_id title;
} kinds[PROBLEM_N] = {
    [PROBLEM_REQUEST] = {400, "bad-request", S_PROBLEM_REQUEST},
    [PROBLEM_PARAMETER] = {400, "bad-parameter", S_PROBLEM_PARAMETER},
    [PROBLEM_QUERY] = {400, "bad-query", S_PROBLEM_QUERY},
    [PROBLEM_NOT_FOUND] = {404, "not-found", S_PROBLEM_NOT_FOUND},
    [PROBLEM_GONE] = {410, "gone", S_PROBLEM_GONE},
    [PROBLEM_METHOD] = {405, "method-not-allowed", S_PROBLEM_METHOD},
    [PROBLEM_TOO_LONG] = {414, "uri-too-long", S_PROBLEM_TOO_LONG},
    [PROBLEM_TOO_MANY] = {429, "too-many-requests", S_PROBLEM_TOO_MANY},
    [PROBLEM_UNAVAILABLE] = {503, "unavailable", S_PROBLEM_UNAVAILABLE},
    [PROBLEM_INTERNAL] = {500, "internal", S_PROBLEM_INTERNAL},
};

unsigned problem_status(enum problem_kind kind)
{
    return kinds[kind].status;
}

const char *problem_title(enum problem_kind kind, enum params_lang lang)
{
    return strings_get(kinds[kind].title, lang);
}

enum problem_kind problem_of(enum hf_status status, enum problem_kind if_bad_argument)
{
    switch (status) {
    case HF_BAD_ARGUMENT: return if_bad_argument;
    case HF_NOT_FOUND: return PROBLEM_NOT_FOUND;
    case HF_NO_INDEX:
    case HF_LOCKED:
    case HF_SCHEMA:
    case HF_CORRUPT:
    case HF_CHANGED:
    case HF_IO: return PROBLEM_UNAVAILABLE;
    default: return PROBLEM_INTERNAL;
    }
}

static json_t *text_json(const char *text)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_utf8_nfc(&b, text, strlen(text));
    json_t *s = json_stringn(b.data, b.len);
    hf_buf_release(&b);
    return s;
}

void problem_json(const struct problem *p, const char *instance, enum params_lang lang,
                  struct hf_buf *out)
{
    char type[64];
    snprintf(type, sizeof type, "/problems/%s", kinds[p->kind].slug);
    json_t *doc = json_object();
    json_object_set_new(doc, "type", json_string(type));
    json_object_set_new(doc, "title", json_string(problem_title(p->kind, lang)));
    json_object_set_new(doc, "status", json_integer(kinds[p->kind].status));
    if (p->detail && *p->detail) json_object_set_new(doc, "detail", text_json(p->detail));
    if (instance) json_object_set_new(doc, "instance", text_json(instance));
    render_json(doc, out);
    json_decref(doc);
}

int problem_exit(enum hf_status status)
{
    switch (status) {
    case HF_OK: return 0;
    case HF_NOT_FOUND: return 1;
    case HF_BAD_ARGUMENT: return 2;
    case HF_NO_INDEX:
    case HF_IO: return 3;
    case HF_LOCKED: return 4;
    case HF_SCHEMA: return 5;
    case HF_CORRUPT:
    case HF_INDEX: return 6;
    default: return 70;
    }
}
