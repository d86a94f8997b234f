#include "span.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "render_json.h"

/* ---- reading ---- */

/* Behind the string that begins at text[i], or 0. */
static size_t string_end(const char *text, size_t len, size_t i)
{
    for (i++; i < len;) {
        const char *quote = memchr(text + i, '"', len - i);
        if (!quote) return 0;
        size_t end = (size_t)(quote - text), back = end;
        while (back > i && text[back - 1] == '\\') back--;
        i = end + 1;
        if ((end - back) % 2 == 0) return i;
    }
    return 0;
}

/* Behind the value that begins at text[i], or 0. */
static size_t value_end(const char *text, size_t len, size_t i)
{
    unsigned depth = 0;
    while (i < len) {
        switch (text[i]) {
        case '"':
            i = string_end(text, len, i);
            if (!i) return 0;
            break;
        case '{':
        case '[':
            depth++;
            i++;
            continue;
        case '}':
        case ']':
            if (!depth) return 0;
            depth--;
            i++;
            break;
        case ',':
        case ':':
            if (!depth) return 0;
            i++;
            continue;
        case ' ':
        case '\n':
        case '\t':
        case '\r': return 0;
        default: i += strcspn(text + i, ",:]}\" \n\t\r"); break;
        }
        if (!depth) return i;
    }
    return 0;
}

bool spans_read(struct spans *s, const char *text, size_t len)
{
    size_t i = 1;
    s->n = 0;
    if (len < 2 || text[0] != '{') return false;
    if (text[1] == '}') return len == 2;
    while (i < len && text[i] == '"' && s->n < SPANS_MAX) {
        size_t end = string_end(text, len, i);
        if (!end || end >= len || text[end] != ':') return false;
        s->at[s->n].name = (struct span){text + i + 1, end - i - 2};
        i = end + 1;
        end = value_end(text, len, i);
        if (!end || end >= len) return false;
        s->at[s->n++].value = (struct span){text + i, end - i};
        if (text[end] == '}') return end + 1 == len;
        if (text[end] != ',') return false;
        i = end + 1;
    }
    return false;
}

struct span spans_get(const struct spans *s, const char *name)
{
    size_t len = strlen(name);
    for (size_t i = 0; i < s->n; i++)
        if (s->at[i].name.len == len && !memcmp(s->at[i].name.at, name, len))
            return s->at[i].value;
    return (struct span){NULL, 0};
}

bool span_each(struct span array, bool (*fn)(void *ctx, struct span value), void *ctx)
{
    size_t i = 1;
    if (array.len < 2 || array.at[0] != '[') return false;
    while (i + 1 < array.len) {
        size_t end = value_end(array.at, array.len, i);
        if (!end || !fn(ctx, (struct span){array.at + i, end - i})) return false;
        i = end + 1;
    }
    return true;
}

/* False where there is more than a sign behind a backslash. */
static bool undo(struct span inside, struct hf_buf *room)
{
    size_t from = 0;
    hf_buf_clear(room);
    hf_buf_reserve(room, inside.len);
    for (;;) {
        const char *slash = memchr(inside.at + from, '\\', inside.len - from);
        size_t to = slash ? (size_t)(slash - inside.at) : inside.len;
        hf_buf_add(room, inside.at + from, to - from);
        if (!slash) return true;
        const char *sign = strchr("\"\"\\\\//b\bf\fn\nr\rt\t", slash[1]);
        if (!sign || !*sign) return false;
        hf_buf_addc(room, sign[1]);
        from = to + 2;
    }
}

struct span span_string(struct span value, struct hf_buf *room)
{
    struct span none = {NULL, 0};
    if (value.len < 3 || value.at[0] != '"') return none;
    struct span inside = {value.at + 1, value.len - 2};
    if (!memchr(inside.at, '\\', inside.len)) return inside;
    if (undo(inside, room)) return (struct span){room->data, room->len};
    json_t *s = json_loadb(value.at, value.len, JSON_DECODE_ANY, NULL);
    hf_buf_clear(room);
    if (s) hf_buf_add(room, json_string_value(s), json_string_length(s));
    json_decref(s);
    return s ? (struct span){room->data, room->len} : none;
}

bool span_is(struct span value, const char *text)
{
    size_t len = strlen(text);
    return value.len == len + 2 && value.at[0] == '"' && !memcmp(value.at + 1, text, len);
}

int span_integer(struct span value)
{
    return value.len && value.at[0] != '"' ? atoi(value.at) : 0;
}

/* ---- writing ---- */

/* A number with more digits than the API gives. */
static bool has_long_number(struct span v)
{
    for (size_t i = 0; i < v.len;) {
        size_t n = strspn(v.at + i, "0123456789+-.eE");
        if (v.at[i] == '"')
            i = string_end(v.at, v.len, i);
        else if (n > 9)
            return true;
        else
            i += n ? n : 1;
        if (!i) return false;
    }
    return false;
}

void span_write(struct span value, struct hf_buf *out)
{
    json_t *parsed = NULL;
    bool plain = value.at[0] == '"' || !has_long_number(value);
    if (!plain) parsed = json_loadb(value.at, value.len, JSON_DECODE_ANY, NULL);
    if (parsed)
        render_json_value(parsed, out);
    else
        hf_buf_add(out, value.at, value.len);
    json_decref(parsed);
}

void span_quote(const char *text, size_t len, struct hf_buf *out)
{
    size_t from = 0;
    hf_buf_reserve(out, len + 2);
    hf_buf_addc(out, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        hf_buf_add(out, text + from, i - from);
        from = i + 1;
        const char *at = c ? strchr("\"\"\\\\\bb\ff\nn\rr\tt", c) : NULL;
        if (at)
            hf_buf_addf(out, "\\%c", at[1]);
        else
            hf_buf_addf(out, "\\u%04X", c);
    }
    hf_buf_add(out, text + from, len - from);
    hf_buf_addc(out, '"');
}
