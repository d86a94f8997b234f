#include <stdlib.h>
#include <string.h>

#include "wrap.h"
#include "known.h"
#include "render_json.h"
#include "render_promise.h"
#include "render_version.h"
#include "strings.h"

enum { FORMS_SHOWN = 8 };

static const char *label(const struct text_style *style, enum hf_facet facet,
                         const char *id)
{
    const struct hf_choice *c = known_find(facet, id);
    return c ? known_label(c, style->lang) : id;
}

static void said(const struct text_style *style, struct hf_buf *out, enum string_id id,
                 const char *arg)
{
    struct hf_buf b = HF_BUF_INIT;
    struct wrap f;
    strings_fill(&b, id, style->lang, arg, NULL);
    wrap_start(&f, style, out, 0);
    wrap_text(&f, b.data, WRAP_DIM);
    wrap_end(&f);
    hf_buf_release(&b);
}

/* ---- notes ---- */

static void interpreted(const struct text_style *style, const json_t *answer,
                        struct hf_buf *out)
{
    size_t i, k;
    json_t *item, *form;
    json_array_foreach(json_object_get(answer, "interpreted"), i, item)
    {
        struct hf_buf b = HF_BUF_INIT;
        struct wrap f;
        json_t *forms = json_object_get(item, "forms");
        strings_fill(&b, S_READ_AS, style->lang, member_text(item, "word"), NULL);
        if (!json_array_size(forms)) hf_buf_addf(&b, " %s", member_text(item, "as"));
        json_array_foreach(forms, k, form)
        {
            if (k == FORMS_SHOWN) break;
            hf_buf_addf(&b, "%s %s", k ? "," : "", json_string_value(form));
        }
        if (json_array_size(forms) > FORMS_SHOWN) hf_buf_adds(&b, " …");
        wrap_start(&f, style, out, 0);
        wrap_text(&f, b.data, WRAP_DIM);
        wrap_end(&f);
        hf_buf_release(&b);
    }
}

static void recall(const struct text_style *style, const json_t *r, struct hf_buf *out)
{
    static const struct {
        const char *name;
        enum string_id text;
    } more[] = {{"meetings_without_text", S_RECALL_UNREAD},
                {"hits_by_repair_only", S_RECALL_REPAIR},
                {"promises_unknown", S_RECALL_UNKNOWN}};
    struct hf_buf b = HF_BUF_INIT;
    struct wrap f;
    char n[32], m[32];
    snprintf(n, sizeof n, "%lld",
             (long long)json_integer_value(json_object_get(r, "meetings_searched")));
    snprintf(
        m, sizeof m, "%lld",
        (long long)json_integer_value(json_object_get(r, "helsefellesskap_covered")));
    strings_fill(&b, S_RECALL, style->lang, n, m, NULL);
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        long long count = (long long)json_integer_value(json_object_get(r, more[i].name));
        if (!count) continue;
        snprintf(n, sizeof n, "%lld", count);
        hf_buf_addc(&b, ' ');
        strings_fill(&b, more[i].text, style->lang, n, NULL);
    }
    wrap_start(&f, style, out, 0);
    wrap_text(&f, b.data, WRAP_DIM);
    wrap_end(&f);
    hf_buf_release(&b);
}

static void alternatives(const struct text_style *style, const json_t *list,
                         struct hf_buf *out)
{
    size_t i;
    json_t *other;
    struct wrap f;
    if (!json_array_size(list)) return;
    wrap_start(&f, style, out, 0);
    wrap_text(&f, strings_get(S_ALTERNATIVES, style->lang), NULL);
    wrap_text(&f, ":", NULL);
    wrap_end(&f);
    json_array_foreach(list, i, other)
    {
        struct hf_buf count = HF_BUF_INIT;
        hf_buf_addf(&count, " (%lld)",
                    (long long)json_integer_value(json_object_get(other, "total")));
        wrap_start(&f, style, out, WRAP_INDENT);
        wrap_text(&f, member_text(other, "query"), WRAP_BOLD);
        wrap_text(&f, count.data, WRAP_DIM);
        wrap_end(&f);
        hf_buf_release(&count);
    }
}

void render_text_notes(const struct text_style *style, const json_t *answer,
                       struct hf_buf *out)
{
    const char *other = member_text(json_object_get(answer, "did_you_mean"), "query");
    interpreted(style, answer, out);
    if (!json_array_size(json_object_get(answer, "hits")))
        said(style, out, S_EMPTY, NULL);
    if (*other) {
        struct wrap f;
        wrap_start(&f, style, out, 0);
        wrap_text(&f, strings_get(S_DID_YOU_MEAN, style->lang), NULL);
        wrap_text(&f, " ", NULL);
        wrap_text(&f, other, WRAP_BOLD);
        wrap_end(&f);
    }
    alternatives(style, json_object_get(answer, "alternatives"), out);
    if (json_is_object(json_object_get(answer, "recall")))
        recall(style, json_object_get(answer, "recall"), out);
}

/* ---- one record ---- */

static void fact_text(const struct text_style *style, struct hf_buf *out,
                      enum string_id name, const char *text)
{
    struct wrap f;
    if (!text || !*text) return;
    wrap_start(&f, style, out, WRAP_INDENT);
    wrap_text(&f, strings_get(name, style->lang), WRAP_DIM);
    wrap_text(&f, ": ", WRAP_DIM);
    wrap_text(&f, text, NULL);
    wrap_end(&f);
}

static void fact(const struct text_style *style, struct hf_buf *out, enum string_id name,
                 const json_t *value)
{
    char number[32];
    const char *text = json_string_value(value);
    if (json_is_integer(value)) {
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        text = number;
    }
    fact_text(style, out, name, text);
}

/* Draft or approved, and the meeting's other documents. */
static void versions(const struct text_style *style, const json_t *record,
                     struct hf_buf *out)
{
    struct hf_buf b = HF_BUF_INIT;
    version_say(&b, record, style->lang);
    fact_text(style, out, S_VERSION, b.data);
    hf_buf_clear(&b);
    version_sources(&b, record, ", ", style->lang);
    fact_text(style, out, S_OTHER_SOURCES, b.data);
    hf_buf_release(&b);
}

static void facts(const struct text_style *style, const json_t *record,
                  struct hf_buf *out)
{
    static const struct {
        const char *member;
        enum string_id name;
    } rows[] = {
        {"number", S_NUMBER},
        {"case_number", S_NUMBER},
        {"body_name", S_BODY_NAME},
        {"date", S_DATE},
        {"date_note", S_YEAR_BY_EVIDENCE},
        {"time", S_TIME},
        {"place", S_PLACE},
        {"chair", S_CHAIR},
        {"minutes_by", S_MINUTES_BY},
        {"role", S_ROLE},
        {"organisation", S_ORGANISATION},
        {"deputy_for", S_DEPUTY_FOR},
        {"responsible", S_RESPONSIBLE},
        {"deadline", S_DEADLINE},
        {"source", S_SOURCE},
        {"url", S_ADDRESS},
        {"page", S_PAGE},
        {"line", S_LINE},
        {"id", S_ID},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        fact(style, out, rows[i].name, json_object_get(record, rows[i].member));
    versions(style, record, out);
    hf_buf_addc(out, '\n');
}

/* A longer text, its lines kept apart. */
static void paragraphs(const struct text_style *style, const char *text,
                       struct hf_buf *out)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        char *one = hf_xstrndup(text, len);
        wrap_line(style, out, one, NULL);
        free(one);
        text += len + (text[len] == '\n');
    }
    hf_buf_addc(out, '\n');
}

static void decision(const struct text_style *style, const json_t *d, struct hf_buf *out)
{
    struct hf_buf b = HF_BUF_INIT;
    const char *name = member_text(d, "label"), *outcome = member_text(d, "outcome");
    hf_buf_adds(&b, *name ? name : strings_get(S_ONE_DECISION, style->lang));
    if (*outcome) hf_buf_addf(&b, " (%s)", label(style, HF_FACET_OUTCOME, outcome));
    wrap_heading(style, out, b.data);
    paragraphs(style, member_text(d, "text"), out);
    if (json_is_object(json_object_get(d, "promise"))) {
        render_promise_text(style, json_object_get(d, "promise"), out);
        hf_buf_addc(out, '\n');
    }
    hf_buf_release(&b);
}

static void agenda(const struct text_style *style, const json_t *answer,
                   struct hf_buf *out)
{
    size_t i;
    json_t *one;
    json_t *cases = json_object_get(answer, "cases"),
           *people = json_object_get(answer, "attendees");
    if (json_array_size(cases))
        wrap_heading(style, out, strings_get(S_CASES, style->lang));
    json_array_foreach(cases, i, one)
    {
        struct hf_buf b = HF_BUF_INIT;
        hf_buf_addf(&b, "%s %s", member_text(one, "number"), member_text(one, "title"));
        wrap_line(style, out, b.data, NULL);
        wrap_line(style, out, member_text(one, "id"), WRAP_DIM);
        hf_buf_release(&b);
    }
    if (json_array_size(people)) {
        hf_buf_addc(out, '\n');
        wrap_heading(style, out, strings_get(S_ATTENDEES, style->lang));
    }
    json_array_foreach(people, i, one)
    {
        static const char *const members[] = {"role", "organisation"};
        struct hf_buf b = HF_BUF_INIT;
        hf_buf_adds(&b, member_text(one, "name"));
        for (size_t k = 0; k < 2; k++)
            if (*member_text(one, members[k]))
                hf_buf_addf(&b, ", %s", member_text(one, members[k]));
        hf_buf_addf(&b, ": %s",
                    label(style, HF_FACET_PRESENCE, member_text(one, "presence")));
        wrap_line(style, out, b.data, NULL);
        hf_buf_release(&b);
    }
}

void render_text_record(const struct text_style *style, const json_t *answer,
                        struct hf_buf *out)
{
    const json_t *record = json_object_get(answer, "record");
    const json_t *meeting = json_object_get(answer, "meeting");
    const char *type = member_text(record, "type");
    const char *names[] = {"title", "case_title", "name", "id"};
    struct hf_buf where = HF_BUF_INIT;
    size_t i;
    json_t *d;
    for (i = 0; i < 4; i++)
        if (*member_text(record, names[i])) {
            wrap_heading(style, out, member_text(record, names[i]));
            break;
        }
    char day[11];
    hf_buf_addf(&where, "%s %s %s", member_text(meeting, "body"),
                member_text(meeting, "helsefellesskap_name"), member_day(meeting, day));
    wrap_line(style, out, where.data, WRAP_DIM);
    hf_buf_release(&where);
    hf_buf_addc(out, '\n');
    if (strcmp(type, "decision") == 0) {
        decision(style, record, out);
    } else {
        json_array_foreach(json_object_get(answer, "decisions"), i, d)
            decision(style, d, out);
    }
    if (strcmp(type, "case") == 0 && *member_text(record, "text")) {
        wrap_heading(style, out, strings_get(S_CASE_TEXT, style->lang));
        paragraphs(style, member_text(record, "text"), out);
    }
    facts(style, record, out);
    agenda(style, answer, out);
}

/* ---- outline ---- */

static void scalar(const struct text_style *style, const json_t *value,
                   struct hf_buf *out, size_t indent)
{
    struct wrap f;
    struct hf_buf b = HF_BUF_INIT;
    if (json_is_string(value)) {
        hf_buf_adds(&b, json_string_value(value));
    } else {
        char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
        hf_buf_adds(&b, text ? text : "");
        free(text);
    }
    wrap_start(&f, style, out, indent);
    f.column = indent;
    wrap_text(&f, *b.data ? b.data : "\"\"", NULL);
    wrap_end(&f);
    hf_buf_release(&b);
}

static bool is_scalar(const json_t *value)
{
    return !json_is_object(value) && !json_is_array(value);
}

static void outline(const struct text_style *style, const json_t *value,
                    struct hf_buf *out, size_t depth)
{
    size_t i, pad = depth * 2;
    const char *key;
    json_t *item;
    if (depth > 40) return;
    if (json_is_array(value)) {
        json_array_foreach(value, i, item)
        {
            hf_buf_addf(out, "%*s- ", (int)pad, "");
            if (is_scalar(item)) {
                scalar(style, item, out, pad + 2);
            } else {
                hf_buf_addc(out, '\n');
                outline(style, item, out, depth + 1);
            }
        }
        return;
    }
    json_object_foreach((json_t *)value, key, item)
    {
        hf_buf_addf(out, "%*s%s:", (int)pad, "", key);
        hf_buf_addc(out, is_scalar(item) ? ' ' : '\n');
        if (is_scalar(item))
            scalar(style, item, out, pad + strlen(key) + 2);
        else
            outline(style, item, out, depth + 1);
    }
}

void render_text_outline(const struct text_style *style, const json_t *value,
                         struct hf_buf *out)
{
    outline(style, value, out, 0);
}
