/* The answer of /v1/coverage: the rows of the generation, made once, that the filters
 * leave, in the reader's language. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "coverage.h"
#include "known.h"
#include "render_json.h"
#include "strings.h"

/* The generation's rows, made at the first call and read-only from then on. */
static enum hf_status rows_of(struct session *s, const json_t **out, struct hf_error *err)
{
    struct served *v = s->served;
    enum hf_status status = HF_OK;
    pthread_mutex_lock(&v->covering);
    if (!v->coverage) status = coverage_load(s, &v->coverage, err);
    *out = v->coverage;
    pthread_mutex_unlock(&v->covering);
    return status;
}

static bool is_chosen(const struct params *p, enum hf_facet facet, const char *value)
{
    const struct params_values *v = &p->facet[facet];
    for (size_t i = 0; i < v->n; i++)
        if (strcasecmp(v->at[i], value) == 0) return true;
    return !v->n;
}

/* A document that cannot be read may be of any body and year that its row does not name.
 */
static bool is_row_chosen(const struct params *p, const json_t *row)
{
    bool may_be = json_array_size(json_object_get(row, "unreadable")) > 0;
    char year[24];
    snprintf(year, sizeof year, "%d",
             (int)json_integer_value(json_object_get(row, "year")));
    return is_chosen(p, HF_FACET_REGION, member_text(row, "region")) &&
           is_chosen(p, HF_FACET_HELSEFELLESSKAP, member_text(row, "helsefellesskap")) &&
           (is_chosen(p, HF_FACET_BODY, member_text(row, "body")) ||
            (may_be && json_is_null(json_object_get(row, "body")))) &&
           (is_chosen(p, HF_FACET_YEAR, year) ||
            (may_be && json_is_null(json_object_get(row, "year"))));
}

static void number_reason(struct hf_buf *b, const json_t *m, enum params_lang lang)
{
    char from[24], to[24], year[24];
    int first = (int)json_integer_value(json_object_get(m, "from"));
    int last = (int)json_integer_value(json_object_get(m, "to"));
    snprintf(from, sizeof from, "%d", first);
    snprintf(to, sizeof to, "%d", last);
    snprintf(year, sizeof year, "%d",
             (int)json_integer_value(json_object_get(m, "year")));
    if (first == last)
        strings_fill(b, S_MISSING_NUMBER, lang, from, year, NULL);
    else
        strings_fill(b, S_MISSING_NUMBERS, lang, from, to, year, NULL);
}

static void say_why(json_t *missing, enum params_lang lang)
{
    struct hf_buf b = HF_BUF_INIT, date = HF_BUF_INIT, by = HF_BUF_INIT;
    if (json_object_get(missing, "date")) {
        strings_date(&date, member_text(missing, "date"), lang);
        strings_date(&by, member_text(missing, "approved_on"), lang);
        strings_fill(&b, S_MISSING_APPROVED, lang, date.data, by.data, NULL);
    } else {
        number_reason(&b, missing, lang);
    }
    json_object_set_new(missing, "reason", json_stringn(b.data, b.len));
    json_object_del(missing, "series");
    hf_buf_release(&b);
    hf_buf_release(&date);
    hf_buf_release(&by);
}

/* A helsefellesskap of which nothing is here has a row that says so. */
static json_t *empty_row(const struct hf_choice *trust)
{
    return json_pack(
        "{s:s, s:s, s:s?, s:n, s:n, s:i, s:i, s:i, s:i, s:i, s:i, s:[], s:[]}",
        "helsefellesskap", trust->id, "helsefellesskap_name", trust->label_nb, "region",
        known_region(trust->id), "body", "year", "meetings", 0, "notices", 0, "reports",
        0, "cases", 0, "decisions", 0, "attendees", 0, "unreadable", "missing");
}

/* The rows of one helsefellesskap, "" for those of none; how many meetings they have. */
static json_int_t add_rows(const json_t *all, const struct params *p, const char *trust,
                           json_t *out)
{
    size_t i, k;
    json_t *row, *m;
    json_int_t meetings = 0;
    json_array_foreach(json_object_get(all, "rows"), i, row)
    {
        if (strcmp(member_text(row, "helsefellesskap"), trust) != 0 ||
            !is_row_chosen(p, row))
            continue;
        json_t *copy = json_deep_copy(row);
        json_array_foreach(json_object_get(copy, "missing"), k, m) say_why(m, p->lang);
        meetings += json_integer_value(json_object_get(row, "meetings"));
        json_array_append_new(out, copy);
    }
    return meetings;
}

static json_t *totals_of(const json_t *rows, const json_t *unreadable)
{
    static const char *const names[] = {"meetings", "notices",   "reports",
                                        "cases",    "decisions", "attendees"};
    json_int_t sums[6] = {0}, missing = 0, n = (json_int_t)json_array_size(unreadable);
    size_t i;
    json_t *row, *out = json_object();
    json_array_foreach(rows, i, row)
    {
        for (size_t k = 0; k < 6; k++)
            sums[k] += json_integer_value(json_object_get(row, names[k]));
        missing += (json_int_t)json_array_size(json_object_get(row, "missing"));
        n += (json_int_t)json_array_size(json_object_get(row, "unreadable"));
    }
    for (size_t k = 0; k < 6; k++)
        json_object_set_new(out, names[k], json_integer(sums[k]));
    json_object_set_new(out, "missing", json_integer(missing));
    json_object_set_new(out, "unreadable", json_integer(n));
    return out;
}

enum hf_status answer_coverage(struct session *s, const struct params *p, json_t **out,
                               struct hf_error *err)
{
    const json_t *all;
    size_t n;
    *out = NULL;
    enum hf_status status = session_begin(s, err);
    if (status == HF_OK) status = rows_of(s, &all, err);
    if (status != HF_OK) return status;
    json_t *rows = json_array(), *not_covered = json_array();
    const struct hf_choice *trusts = known_choices(HF_FACET_HELSEFELLESSKAP, &n);
    for (size_t i = 0; i < n; i++) {
        const char *region = known_region(trusts[i].id);
        if (!is_chosen(p, HF_FACET_HELSEFELLESSKAP, trusts[i].id) ||
            !is_chosen(p, HF_FACET_REGION, region ? region : ""))
            continue;
        size_t before = json_array_size(rows);
        if (!add_rows(all, p, trusts[i].id, rows))
            json_array_append_new(not_covered, json_string(trusts[i].id));
        if (json_array_size(rows) == before)
            json_array_append_new(rows, empty_row(&trusts[i]));
    }
    add_rows(all, p, "", rows);
    json_t *unreadable = json_deep_copy(json_object_get(all, "unreadable"));
    const char *updated =
        json_string_value(json_object_get(s->served->generation.meta, "updated"));
    *out = json_pack("{s:o, s:o, s:o, s:o, s:{s:I, s:s}}", "rows", rows, "not_covered",
                     not_covered, "unreadable", unreadable, "totals",
                     totals_of(rows, unreadable), "index", "generation",
                     (json_int_t)s->served->generation.number, "updated",
                     updated ? updated : "");
    return HF_OK;
}
