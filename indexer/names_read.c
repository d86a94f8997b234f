#include "names_read.h"

#include <string.h>

#include "../shim/analyse.h"
#include "../shim/buf.h"
#include "../shim/repair.h"
#include "../shim/utf8.h"

/* More names than this one record does not have. */
#define MOST_NAMES 200

struct search {
    const struct hf_lexicon *lex;
    const struct hf_map *known;
    json_t *found;
    struct hf_buf lower, key;
};

static void add(struct search *s, const char *word, size_t len, const char *name)
{
    size_t i;
    json_t *have,
        *one = json_pack("{s:o, s:s}", "printed", json_stringn(word, len), "name", name);
    bool is_new = json_array_size(s->found) < MOST_NAMES;
    json_array_foreach(s->found, i, have) is_new = is_new && !json_equal(have, one);
    if (is_new) json_array_append(s->found, one);
    json_decref(one);
}

/* The known name that a capitalised word was, by the likeliest damage. */
static void look_up(struct search *s, const char *word, size_t len)
{
    struct hf_readings keys;
    hf_buf_clear(&s->lower);
    hf_utf8_lower(&s->lower, word, len);
    hf_buf_clear(&s->key);
    hf_sound_key(&s->key, s->lower.data, s->lower.len);
    if (hf_map_get(s->known, s->key.data, s->key.len)) return;
    hf_repair_name_keys(s->lex, s->lower.data, s->lower.len, &keys);
    for (size_t i = 0; i < keys.n; i++) {
        const char *name = hf_map_get(s->known, keys.at[i].text, keys.at[i].len);
        if (!name) continue;
        add(s, word, len, name);
        return;
    }
}

/* Words as the analyser cuts them: of letters, or with the signs that recognition puts
 * for letters (@ystein). */
static void search_text(struct search *s, const char *text, size_t len)
{
    const struct hf_repair_model *m = hf_lexicon_confusions(s->lex);
    for (size_t at = 0, end; at < len; at = end) {
        uint32_t c;
        size_t n = hf_utf8_next(text + at, len - at, &c);
        bool is_sign = hf_repair_is_symbol(m, c), is_upper = hf_utf8_is_upper(c);
        end = at + n;
        if (!is_sign && !hf_utf8_is_letter(c)) continue;
        size_t with_signs = hf_repair_symbols_end(m, text, len, at);
        while (!with_signs && end < len) {
            n = hf_utf8_next(text + end, len - end, &c);
            if (!hf_utf8_is_letter(c) && !hf_utf8_is_digit(c)) break;
            end += n;
        }
        if (with_signs) end = with_signs;
        if (is_upper || with_signs) look_up(s, text + at, end - at);
    }
}

static void search_value(struct search *s, const char *field, const json_t *value)
{
    static const char *const fields[] = {
        "title",        "text",        "name",       "name_printed", "role",
        "organisation", "responsible", "case_title", "chair",        "minutes_by"};
    size_t i;
    json_t *v;
    if (json_is_string(value))
        for (i = 0; i < sizeof fields / sizeof *fields; i++)
            if (!strcmp(fields[i], field))
                search_text(s, json_string_value(value), json_string_length(value));
    if (!strcmp(field, "people"))
        json_array_foreach(value, i, v)
            search_value(s, "name", json_object_get(v, "name"));
}

void names_read_apply(const struct hf_lexicon *lex, const struct hf_map *known,
                      json_t *records)
{
    struct search s = {lex, known, NULL, HF_BUF_INIT, HF_BUF_INIT};
    size_t i;
    json_t *r, *value;
    const char *field;
    json_array_foreach(records, i, r)
    {
        s.found = json_array();
        json_object_foreach(r, field, value) search_value(&s, field, value);
        bool any = json_array_size(s.found) > 0;
        json_object_set_new(r, "names_read", any ? s.found : json_null());
        if (!any) json_decref(s.found);
    }
    hf_buf_release(&s.lower);
    hf_buf_release(&s.key);
}
