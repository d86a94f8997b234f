#include "render_chain.h"

#include <stdio.h>
#include <string.h>

#include "known.h"
#include "render_json.h"
#include "render_promise.h"
#include "strings.h"
#include "wrap.h"

/* ---- sentences ---- */

void render_chain_when(struct hf_buf *b, const json_t *step, enum params_lang lang)
{
    const char *body = member_text(step, "body_name");
    if (!*body) body = member_text(step, "body");
    hf_buf_addf(b, "%s ", body);
    strings_date(b, member_text(step, "day"), lang);
}

static const json_t *step_of(const json_t *answer, const char *id)
{
    size_t i;
    json_t *step;
    json_array_foreach(json_object_get(answer, "steps"), i, step)
    {
        if (!strcmp(member_text(step, "case"), id)) return step;
    }
    return NULL;
}

bool render_chain_link(struct hf_buf *b, const json_t *answer, const json_t *link,
                       enum params_lang lang)
{
    const json_t *other = step_of(answer, member_text(link, "case"));
    if (!other) return false;
    struct hf_buf when = HF_BUF_INIT, text = HF_BUF_INIT;
    const char *number = member_text(other, "number_normalised");
    bool is_number = !strcmp(member_text(link, "by"), "number"),
         is_to = !strcmp(member_text(link, "direction"), "to");
    render_chain_when(&when, other, lang);
    if (*number)
        strings_fill(&text, S_CHAIN_CASE, lang, when.data, number, NULL);
    else
        hf_buf_adds(&text, when.data);
    strings_fill(b,
                 is_number ? is_to ? S_CHAIN_NUMBER_TO : S_CHAIN_NUMBER_FROM
                 : is_to   ? S_CHAIN_TO
                           : S_CHAIN_FROM,
                 lang, member_text(link, "as_printed"), text.data, NULL);
    hf_buf_release(&when);
    hf_buf_release(&text);
    return true;
}

void render_chain_break(struct hf_buf *b, const json_t *one, enum params_lang lang)
{
    char year[24] = "", held[24];
    const char *printed = member_text(one, "as_printed"),
               *body = member_text(one, "body");
    long long n = (long long)json_integer_value(json_object_get(one, "meetings_held"));
    snprintf(held, sizeof held, "%lld", n);
    if (json_is_integer(json_object_get(one, "year")))
        snprintf(year, sizeof year, "%lld",
                 (long long)json_integer_value(json_object_get(one, "year")));
    bool is_meeting = !strcmp(member_text(one, "kind"), "meeting"),
         is_many = !strcmp(member_text(one, "reason"), "ambiguous");
    strings_fill(b,
                 is_meeting         ? S_CHAIN_NO_MINUTES
                 : is_many          ? S_CHAIN_AMBIGUOUS
                 : !*year || !*body ? S_CHAIN_NOT_HELD
                 : n                ? S_CHAIN_NO_CASE
                                    : S_CHAIN_NO_MEETING,
                 lang, printed, body, year, held, NULL);
}

/* ---- the terminal ---- */

static void line(const struct text_style *style, struct hf_buf *out, size_t indent,
                 const char *text, const char *code)
{
    struct wrap f;
    if (!*text) return;
    wrap_start(&f, style, out, indent);
    wrap_text(&f, text, code);
    wrap_end(&f);
}

static void decisions(const struct text_style *style, const json_t *step,
                      struct hf_buf *out)
{
    size_t i;
    json_t *d;
    json_array_foreach(json_object_get(step, "decisions"), i, d)
    {
        const struct hf_choice *outcome =
            known_find(HF_FACET_OUTCOME, member_text(d, "outcome"));
        const char *label = member_text(d, "label");
        struct wrap f;
        struct hf_buf b = HF_BUF_INIT;
        hf_buf_addf(&b, "%s", *label ? label : strings_get(S_ONE_DECISION, style->lang));
        if (outcome) hf_buf_addf(&b, " (%s)", known_label(outcome, style->lang));
        hf_buf_adds(&b, ": ");
        wrap_start(&f, style, out, WRAP_INDENT);
        wrap_text(&f, b.data, WRAP_DIM);
        wrap_text(&f, member_text(d, "text"), NULL);
        wrap_end(&f);
        render_promise_text(style, json_object_get(d, "promise"), out);
        hf_buf_release(&b);
    }
}

static void step(const struct text_style *style, const json_t *answer, const json_t *s,
                 struct hf_buf *out)
{
    struct hf_buf b = HF_BUF_INIT;
    const char *number = member_text(s, "number");
    size_t i;
    json_t *link;
    render_chain_when(&b, s, style->lang);
    line(style, out, 0, b.data, WRAP_BOLD);
    hf_buf_clear(&b);
    hf_buf_addf(&b, "%s%s%s", number, *number ? " " : "", member_text(s, "title"));
    line(style, out, 2, b.data,
         json_is_true(json_object_get(s, "is_asked")) ? WRAP_TITLE : NULL);
    json_array_foreach(json_object_get(s, "joined"), i, link)
    {
        hf_buf_clear(&b);
        if (render_chain_link(&b, answer, link, style->lang))
            line(style, out, WRAP_INDENT, b.data, WRAP_DIM);
    }
    decisions(style, s, out);
    line(style, out, WRAP_INDENT, member_text(s, "case"), WRAP_DIM);
    hf_buf_release(&b);
}

void render_text_chain(const struct text_style *style, const json_t *answer,
                       struct hf_buf *out)
{
    const json_t *steps = json_object_get(answer, "steps"),
                 *breaks = json_object_get(answer, "breaks");
    struct hf_buf b = HF_BUF_INIT;
    size_t i;
    json_t *one;
    json_array_foreach(steps, i, one) step(style, answer, one, out);
    if (json_array_size(breaks))
        line(style, out, 0, strings_get(S_CHAIN_BREAKS, style->lang), WRAP_BOLD);
    json_array_foreach(breaks, i, one)
    {
        hf_buf_clear(&b);
        render_chain_break(&b, one, style->lang);
        line(style, out, 2, b.data, NULL);
    }
    hf_buf_clear(&b);
    if (json_is_true(json_object_get(answer, "is_cut"))) {
        char n[24];
        snprintf(n, sizeof n, "%zu", json_array_size(steps));
        strings_fill(&b, S_CHAIN_CUT, style->lang, n, NULL);
    }
    if (json_is_true(json_object_get(answer, "is_alone")))
        hf_buf_adds(&b, strings_get(S_CHAIN_ALONE, style->lang));
    line(style, out, 0, b.data, WRAP_DIM);
    hf_buf_release(&b);
}
