/* People named in a case: who presented it, who was prevented, who is responsible. A name
 * is two to four capitalised words of which the first is a given name, or someone from
 * the list of those present. */
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_block.h"
#include "minutes_meaning.h"

struct name {
    size_t at, end;
};

static size_t word_end(const char *text, size_t len, size_t i)
{
    while (i < len) {
        uint32_t c;
        size_t n = hf_utf8_next(text + i, len - i, &c);
        if (!hf_utf8_is_letter(c) && c != '-' && c != 0x2019) break;
        i += n;
    }
    return i;
}

/* "Randi-Luise": the first part tells. */
static bool is_given(const struct minutes_cues *cues, const char *word, size_t len)
{
    const char *hyphen = memchr(word, '-', len);
    return cues_is_given_name(cues, word, len) ||
           (hyphen && cues_is_given_name(cues, word, (size_t)(hyphen - word)));
}

/* A name at `at`; false if the first word is no given name. */
static bool name_here(const struct minutes_cues *cues, const char *text, size_t len,
                      size_t at, struct name *out)
{
    size_t end = word_end(text, len, at), words = 1;
    if (end == at || !text_starts_upper(text + at, end - at)) return false;
    if (!is_given(cues, text + at, end - at)) return false;
    while (words < 4 && end + 1 < len && text[end] == ' ' &&
           text_starts_upper(text + end + 1, len - end - 1)) {
        size_t next = word_end(text, len, end + 1);
        if (next == end + 1) break;
        if (words >= 2 && is_given(cues, text + end + 1, next - end - 1) && next < len &&
            text[next] == ' ' && text_starts_upper(text + next + 1, len - next - 1))
            break; /* two names without a mark between: "Sissel Andreassen Ranveig Velken"
                    */
        end = next;
        words++;
    }
    *out = (struct name){at, end};
    return words >= 2;
}

static bool begins_with_one(const char *text, size_t len, const char *const *words)
{
    for (; *words; words++)
        if (len >= strlen(*words) && !strncasecmp(text, *words, strlen(*words)))
            return true;
    return false;
}

static bool has_one(const char *text, size_t len, const char *const *words)
{
    for (size_t i = 0; i < len; i++)
        if ((!i || text[i - 1] == ' ') && begins_with_one(text + i, len - i, words))
            return true;
    return false;
}

static const char *function_of(const char *text, size_t len, const struct name *n)
{
    static const char *const said[] = {
        "orient",       "informer",      "redegj",    "gjorde greie",
        "innled",       "innleid",       "presenter", "la fram",
        "la frem",      "viste",         "fortalte",  "fortalde",
        "gikk gjennom", "gjekk gjennom", "gjennomg",  NULL};
    static const char *const before[] = {"v/",
                                         "v /",
                                         "ved ",
                                         "orientering fra",
                                         "orientering frå",
                                         "innleder",
                                         "innleiar",
                                         "presentasjon ved",
                                         NULL};
    static const char *const hindered[] = {
        "forhindr", "er syk", "var syk", "er ikke", "sykdom", "ikke til stede", NULL};
    size_t from = n->at > 34 ? n->at - 34 : 0, to = n->end + 60 < len ? n->end + 60 : len;
    for (size_t i = n->at; i > from; i--)
        if (text[i - 1] == '.' || text[i - 1] == '\n') {
            from = i;
            break;
        }
    for (size_t i = n->end; i < to; i++)
        if (text[i] == '.' || text[i] == '\n') to = i;
    if (has_one(text + n->end, to - n->end, hindered) ||
        has_one(text + from, n->at - from, hindered))
        return "prevented";
    if (has_one(text + n->end, to - n->end, said)) return "presenter";
    for (size_t i = from; i < n->at; i++)
        if (begins_with_one(text + i, n->at - i, before)) return "presenter";
    return "mentioned";
}

static void add(struct hf_minutes *m, struct hf_case *c, const char *name, size_t len,
                const char *function)
{
    for (size_t i = 0; i < c->n_people; i++)
        if (strlen(c->people[i].name) == len && !strncmp(c->people[i].name, name, len)) {
            if (!strcmp(c->people[i].function, "mentioned"))
                c->people[i].function = function;
            return;
        }
    if (c->n_people >= 60) return;
    struct hf_mention *p = hf_case_add_person(c);
    p->name = hf_arena_strdup(&m->arena, name, len);
    p->function = function;
}

static void scan_text(const struct minutes_cues *cues, struct hf_minutes *m,
                      struct hf_case *c, const char *text)
{
    size_t len = strlen(text);
    if (len > MEANING_MAX) len = MEANING_MAX;
    for (size_t i = 0; i < len;) {
        struct name n;
        bool starts = !i || !text_is_word_at(text, len, i - 1);
        if (i && ((unsigned char)text[i - 1] & 0x80)) starts = false;
        if (starts && name_here(cues, text, len, i, &n)) {
            add(m, c, text + n.at, n.end - n.at, function_of(text, len, &n));
            i = n.end;
            continue;
        }
        uint32_t ch;
        i += hf_utf8_next(text + i, len - i, &ch);
    }
}

void meaning_people(const struct minutes_cues *cues, struct hf_minutes *m,
                    struct hf_case *c)
{
    if (c->text) scan_text(cues, m, c, c->text);
    if (!c->responsible) return;
    size_t len = strlen(c->responsible);
    for (size_t i = 0; i < len && i < 2000;) {
        struct name n;
        if (name_here(cues, c->responsible, len, i, &n)) {
            add(m, c, c->responsible + n.at, n.end - n.at, "responsible");
            i = n.end;
        }
        size_t end = word_end(c->responsible, len, i);
        i = end > i ? end : i + 1;
    }
}
