/* One person over the years: how the name is spelt, which roles were held from when to
 * when, the meetings, and the cases that the records name the person in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "hits.h"
#include "question.h"

static const char *string_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s && *s ? s : NULL;
}

static json_t *find(const json_t *list, const json_t *like, const char *const *keys)
{
    size_t i;
    json_t *have;
    json_array_foreach(list, i, have)
    {
        bool same = true;
        for (size_t k = 0; keys[k]; k++)
            same = same && json_equal(json_object_get(have, keys[k]),
                                      json_object_get(like, keys[k]));
        if (same) return have;
    }
    return NULL;
}

/* ---- from the attendances ---- */

/* Newest last; a record without a date stands in its year. */
static int by_date(const void *a, const void *b)
{
    const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
    long long year = json_integer_value(json_object_get(x, "year")),
              other = json_integer_value(json_object_get(y, "year"));
    const char *date = string_of(x, "date"), *day = string_of(y, "date");
    if (year != other) return year < other ? -1 : 1;
    int order = strcmp(date ? date : "", day ? day : "");
    if (order) return order;
    const char *id = string_of(x, "id"), *other_id = string_of(y, "id");
    return strcmp(id ? id : "", other_id ? other_id : "");
}

static json_t *sorted(const json_t *records)
{
    size_t n = json_array_size(records);
    json_t **at = hf_xcalloc(n + 1, sizeof(json_t *)), *out = json_array();
    for (size_t i = 0; i < n; i++) at[i] = json_array_get(records, i);
    qsort(at, n, sizeof *at, by_date);
    for (size_t i = 0; i < n; i++) json_array_append(out, at[i]);
    free(at);
    return out;
}

/* The date, or the year where there is none. */
static json_t *when(const json_t *r)
{
    const json_t *date = json_object_get(r, "date");
    char year[24];
    if (json_is_string(date)) return json_incref((json_t *)date);
    if (!json_is_integer(json_object_get(r, "year"))) return json_null();
    snprintf(year, sizeof year, "%lld", json_integer_value(json_object_get(r, "year")));
    return json_string(year);
}

static void add_spelling(json_t *list, const json_t *r)
{
    static const char *const keys[] = {"text", NULL};
    json_t *one =
        json_pack("{s:O, s:i}", "text", json_object_get(r, "name"), "meetings", 1);
    json_t *have = find(list, one, keys);
    if (have)
        json_object_set_new(
            have, "meetings",
            json_integer(json_integer_value(json_object_get(have, "meetings")) + 1));
    else
        json_array_append(list, one);
    json_decref(one);
}

/* Attendances come in time order, so the last one with a role ends it. */
static void add_role(json_t *list, const json_t *r)
{
    static const char *const keys[] = {"role", "organisation", NULL};
    if (!string_of(r, "role") && !string_of(r, "organisation")) return;
    json_t *one = json_pack("{s:O, s:O, s:o, s:o}", "role", json_object_get(r, "role"),
                            "organisation", json_object_get(r, "organisation"), "from",
                            when(r), "to", when(r));
    json_t *have = find(list, one, keys);
    if (have)
        json_object_set_new(have, "to", when(r));
    else
        json_array_append(list, one);
    json_decref(one);
}

static void add_meeting(json_t *list, const json_t *r)
{
    static const char *const keys[] = {"id", NULL}, *const copied[] = {"helsefellesskap",
                                                                       "body",
                                                                       "body_name",
                                                                       "date",
                                                                       "year",
                                                                       "presence",
                                                                       "link"};
    json_t *one = json_pack("{s:O}", "id", json_object_get(r, "meeting"));
    for (size_t i = 0; i < sizeof copied / sizeof *copied; i++) {
        json_t *value = json_object_get(r, copied[i]);
        json_object_set(one, copied[i], value ? value : json_null());
    }
    if (!find(list, one, keys)) json_array_append(list, one);
    json_decref(one);
}

/* ---- the cases ---- */

/* All of name's letters, in order, whole words, whatever the case and the signs between
 * them. */
static bool names(const char *text, const char *name)
{
    struct hf_buf a = HF_BUF_INIT, b = HF_BUF_INIT;
    bool found = false;
    if (text) hf_utf8_slug(&a, text, strlen(text));
    hf_utf8_slug(&b, name, strlen(name));
    for (const char *at = a.data; !found && b.len && (at = strstr(at, b.data)); at++)
        found = (at == a.data || at[-1] == '-') && (!at[b.len] || at[b.len] == '-');
    hf_buf_release(&a);
    hf_buf_release(&b);
    return found;
}

/* What the person is in a case: the function that is printed, else responsible; NULL: the
 * case only has the words. */
static const char *function_in(const json_t *c, const char *name)
{
    size_t i;
    json_t *p;
    json_array_foreach(json_object_get(c, "people"), i, p)
    {
        const char *function = string_of(p, "function");
        if (names(string_of(p, "name"), name)) return function ? function : "mentioned";
    }
    return names(string_of(c, "responsible"), name) ? "responsible" : NULL;
}

static void add_case(json_t *list, json_t *c, const char *name)
{
    static const char *const keys[] = {"id", NULL}, *const copied[] = {"title",
                                                                       "number",
                                                                       "helsefellesskap",
                                                                       "body",
                                                                       "date",
                                                                       "year",
                                                                       "link"};
    const char *function = function_in(c, name);
    if (!function) return;
    json_t *one =
        json_pack("{s:O, s:s}", "id", json_object_get(c, "id"), "function", function);
    for (size_t i = 0; i < sizeof copied / sizeof *copied; i++) {
        json_t *value = json_object_get(c, copied[i]);
        json_object_set(one, copied[i], value ? value : json_null());
    }
    if (!find(list, one, keys)) json_array_append(list, one);
    json_decref(one);
}

/* The cases of the person's helsefellesskap in which this spelling stands as a name. */
static enum hf_status add_cases(struct session *s, const char *name, const json_t *trusts,
                                json_t *list, struct hf_error *err)
{
    static char type[] = "case";
    struct question q;
    struct params p;
    struct hf_buf phrase = HF_BUF_INIT;
    hf_buf_addf(&phrase, "\"%s\"", name);
    for (char *c = phrase.data + 1; *c && c[1]; c++)
        if (*c == '"') *c = ' ';
    params_init(&p);
    p.q = phrase.data;
    p.all = true;
    p.sort = SORT_OLDEST;
    p.facet[HF_FACET_TYPE] = (struct params_values){{type}, 1};
    enum hf_status status = question_ask(&q, s, &p, err);
    for (size_t i = 0; status == HF_OK && i < q.result.matches.n; i++) {
        json_t *c;
        status = session_record(s, q.result.matches.at[i].docid, &c, err);
        if (status != HF_OK) break;
        const char *trust = string_of(c, "helsefellesskap");
        hit_cite(c);
        if (trust && json_object_get(trusts, trust)) add_case(list, c, name);
        json_decref(c);
    }
    question_release(&q);
    hf_buf_release(&phrase);
    return status;
}

/* ---- the answer ---- */

enum hf_status answer_people(struct session *s, const char *key, const struct params *p,
                             json_t **out, struct hf_error *err)
{
    (void)p;
    json_t *person = NULL, *r;
    size_t i;
    *out = NULL;
    if (!strncmp(key, "person/", 7)) key += 7;
    enum hf_status status = session_begin(s, err);
    if (status == HF_OK) status = hit_person(s, key, NULL, &person, err);
    if (status != HF_OK) return status;
    json_t *spellings = json_array(), *roles = json_array(), *meetings = json_array(),
           *cases = json_array(), *trusts = json_object(),
           *records = sorted(json_object_get(person, "records"));
    json_array_foreach(records, i, r)
    {
        const char *trust = string_of(r, "helsefellesskap");
        add_spelling(spellings, r);
        add_role(roles, r);
        add_meeting(meetings, r);
        if (trust) json_object_set_new(trusts, trust, json_true());
    }
    json_array_foreach(spellings, i, r) if (status == HF_OK) status =
        add_cases(s, string_of(r, "text"), trusts, cases, err);
    if (status == HF_OK)
        *out = json_pack("{s:O, s:O, s:O, s:O, s:O, s:O, s:O, s:O}", "id",
                         json_object_get(person, "id"), "name",
                         json_object_get(person, "name"), "spellings", spellings, "roles",
                         roles, "meetings", meetings, "present",
                         json_object_get(person, "present"), "absent",
                         json_object_get(person, "absent"), "cases", cases);
    json_decref(spellings);
    json_decref(roles);
    json_decref(meetings);
    json_decref(cases);
    json_decref(trusts);
    json_decref(records);
    json_decref(person);
    return status;
}
