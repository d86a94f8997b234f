#include "render_text_over.h"

#include <stdio.h>
#include <string.h>

#include "render_json.h"
#include "strings.h"
#include "wrap.h"

static long long number(const json_t *o, const char *name)
{
    return (long long)json_integer_value(json_object_get(o, name));
}

static const char *digits(char room[32], long long n)
{
    snprintf(room, 32, "%lld", n);
    return room;
}

static void line(const struct text_style *style, struct hf_buf *out, size_t indent,
                 const char *text, const char *code)
{
    struct wrap f;
    wrap_start(&f, style, out, indent);
    wrap_text(&f, text, code);
    wrap_end(&f);
}

/* ---- compare ---- */

static void state(const struct text_style *style, const json_t *column, struct hf_buf *b)
{
    char n[32];
    const char *is = member_text(column, "state");
    enum string_id id = !strcmp(is, "decided")     ? S_COMPARE_DECIDED
                        : !strcmp(is, "mentioned") ? S_COMPARE_MENTIONED
                        : !strcmp(is, "nothing")   ? S_COMPARE_NOTHING
                                                   : S_COMPARE_NOT_HELD;
    const char *of = id == S_COMPARE_DECIDED     ? "total"
                     : id == S_COMPARE_MENTIONED ? "mentions"
                                                 : "meetings_held";
    strings_fill(b, id, style->lang, digits(n, number(column, of)), NULL);
}

static void decision(const struct text_style *style, const json_t *hit,
                     struct hf_buf *out)
{
    struct wrap f;
    line(style, out, 2, member_text(hit, "citation"), WRAP_BOLD);
    wrap_start(&f, style, out, WRAP_INDENT);
    wrap_segments(&f, json_object_get(hit, "snippet"), NULL);
    wrap_end(&f);
}

void render_text_compare(const struct text_style *style, const json_t *answer,
                         struct hf_buf *out)
{
    size_t i, k;
    json_t *column, *hit;
    json_array_foreach(json_object_get(answer, "columns"), i, column)
    {
        struct hf_buf b = HF_BUF_INIT;
        hf_buf_addf(&b, "%s: ", member_text(column, "label"));
        state(style, column, &b);
        line(style, out, 0, b.data,
             json_array_size(json_object_get(column, "decisions")) ? WRAP_TITLE
                                                                   : WRAP_DIM);
        json_array_foreach(json_object_get(column, "decisions"), k, hit)
            decision(style, hit, out);
        hf_buf_release(&b);
    }
}

/* ---- timeline ---- */

static void year(const struct text_style *style, const json_t *y, struct hf_buf *out)
{
    char hits[32], meetings[32], when[32];
    struct hf_buf b = HF_BUF_INIT;
    const char *name = json_is_integer(json_object_get(y, "year"))
                           ? digits(when, number(y, "year"))
                           : strings_get(S_TIMELINE_NO_YEAR, style->lang);
    if (!number(y, "meetings") && !number(y, "hits"))
        strings_fill(&b, S_TIMELINE_NOT_HELD, style->lang, name, NULL);
    else
        strings_fill(&b, S_TIMELINE_YEAR, style->lang, name,
                     digits(hits, number(y, "hits")),
                     digits(meetings, number(y, "meetings")), NULL);
    line(style, out, 2, b.data, number(y, "hits") ? NULL : WRAP_DIM);
    hf_buf_release(&b);
}

void render_text_timeline(const struct text_style *style, const json_t *answer,
                          struct hf_buf *out)
{
    size_t i, k;
    json_t *series, *y;
    json_array_foreach(json_object_get(answer, "series"), i, series)
    {
        line(style, out, 0, member_text(series, "label"), WRAP_TITLE);
        json_array_foreach(json_object_get(series, "years"), k, y) year(style, y, out);
    }
}

/* ---- person ---- */

static void add_day(struct hf_buf *b, const json_t *o, const char *name,
                    enum params_lang lang)
{
    const char *day = member_text(o, name);
    if (day) strings_date(b, day, lang);
}

static void role(const struct text_style *style, const json_t *r, struct hf_buf *out)
{
    const char *what = member_text(r, "role"), *where = member_text(r, "organisation");
    const char *from = member_text(r, "from"), *to = member_text(r, "to");
    struct hf_buf b = HF_BUF_INIT;
    bool both = what && *what && where && *where;
    hf_buf_addf(&b, "%s%s%s: ", what ? what : "", both ? ", " : "", where ? where : "");
    add_day(&b, r, "from", style->lang);
    if (from && to && strcmp(from, to) != 0) {
        hf_buf_adds(&b, " – ");
        add_day(&b, r, "to", style->lang);
    }
    line(style, out, 2, b.data, NULL);
    hf_buf_release(&b);
}

static void meeting(const struct text_style *style, const json_t *m, struct hf_buf *out)
{
    struct hf_buf b = HF_BUF_INIT;
    const char *body = member_text(m, "body_name");
    if (!body) body = member_text(m, "body");
    if (member_text(m, "date"))
        add_day(&b, m, "date", style->lang);
    else
        hf_buf_addf(&b, "%lld", number(m, "year"));
    hf_buf_addf(&b, " %s", body ? body : "");
    if (!strcmp(member_text(m, "presence") ? member_text(m, "presence") : "", "absent"))
        hf_buf_addf(&b, " (%s)", strings_get(S_PERSON_ABSENT, style->lang));
    line(style, out, 2, b.data, NULL);
    hf_buf_release(&b);
}

static const char *function_of(const json_t *c, enum params_lang lang)
{
    static const struct {
        const char *id;
        enum string_id text;
    } names[] = {{"presenter", S_FUNCTION_PRESENTER},
                 {"responsible", S_FUNCTION_RESPONSIBLE},
                 {"mentioned", S_FUNCTION_MENTIONED}};
    const char *id = member_text(c, "function");
    for (size_t i = 0; id && i < sizeof names / sizeof *names; i++)
        if (!strcmp(id, names[i].id)) return strings_get(names[i].text, lang);
    return id ? id : "";
}

static void one_case(const struct text_style *style, const json_t *c, struct hf_buf *out)
{
    struct hf_buf b = HF_BUF_INIT;
    const char *n = member_text(c, "number"), *title = member_text(c, "title");
    hf_buf_addf(&b, "%s%s%s (%s)", n ? n : "", n && *n ? " " : "", title ? title : "",
                function_of(c, style->lang));
    line(style, out, 2, b.data, NULL);
    hf_buf_release(&b);
}

typedef void (*one_fn)(const struct text_style *style, const json_t *one,
                       struct hf_buf *out);

static void part(const struct text_style *style, enum string_id heading,
                 const json_t *list, one_fn show, struct hf_buf *out)
{
    size_t i;
    json_t *one;
    if (!json_array_size(list)) return;
    line(style, out, 0, strings_get(heading, style->lang), WRAP_BOLD);
    json_array_foreach(list, i, one) show(style, one, out);
}

static void spelling(const struct text_style *style, const json_t *s, struct hf_buf *out)
{
    line(style, out, 2, member_text(s, "text"), NULL);
}

void render_text_person(const struct text_style *style, const json_t *answer,
                        struct hf_buf *out)
{
    const json_t *spellings = json_object_get(answer, "spellings");
    line(style, out, 0, member_text(answer, "name"), WRAP_TITLE);
    line(style, out, 2, member_text(answer, "id"), WRAP_DIM);
    if (json_array_size(spellings) > 1)
        part(style, S_PERSON_SPELLINGS, spellings, spelling, out);
    part(style, S_PERSON_ROLES, json_object_get(answer, "roles"), role, out);
    part(style, S_COVERAGE_MEETINGS, json_object_get(answer, "meetings"), meeting, out);
    part(style, S_COVERAGE_CASES, json_object_get(answer, "cases"), one_case, out);
}
