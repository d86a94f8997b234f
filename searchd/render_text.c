#include "render_text.h"

#include <stdlib.h>
#include <string.h>

#include "wrap.h"
#include "known.h"
#include "render_json.h"
#include "render_promise.h"
#include "strings.h"

enum { TEXT_SHOWN = 600, FACET_SHOWN = 6, LIST_SHOWN = 5 };

/* ---- hits ---- */

static const char *label(const struct text_style *style, enum hf_facet facet,
                         const char *id)
{
    const struct hf_choice *c = known_find(facet, id);
    return c ? known_label(c, style->lang) : id;
}

static bool has_segments(const json_t *hit, const char *name)
{
    return json_array_size(json_object_get(hit, name)) > 0;
}

static void title(const struct text_style *style, const json_t *hit, struct hf_buf *out)
{
    static const char *const names[] = {"title", "case_title", "name", "id"};
    if (has_segments(hit, "title_segments")) {
        struct wrap f;
        wrap_start(&f, style, out, WRAP_INDENT);
        wrap_segments(&f, json_object_get(hit, "title_segments"), WRAP_BOLD);
        wrap_end(&f);
        return;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (*member_text(hit, names[i])) {
            wrap_line(style, out, member_text(hit, names[i]), WRAP_BOLD);
            return;
        }
}

/* The beginning of a long text, cut between characters. */
static void clipped(struct wrap *f, const char *text)
{
    size_t len = strlen(text), cut = len;
    if (len > TEXT_SHOWN)
        for (cut = TEXT_SHOWN; cut && ((unsigned char)text[cut] & 0xC0) == 0x80;) cut--;
    char *copy = hf_xstrndup(text, cut);
    wrap_text(f, copy, NULL);
    if (cut < len) wrap_text(f, " …", NULL);
    free(copy);
}

static void passage(const struct text_style *style, const json_t *record,
                    struct hf_buf *out)
{
    struct wrap f;
    wrap_start(&f, style, out, WRAP_INDENT);
    const char *name = member_text(record, "label");
    if (*name) {
        wrap_text(&f, name, WRAP_DIM);
        wrap_text(&f, name[strlen(name) - 1] == ':' ? " " : ": ", WRAP_DIM);
    }
    /* The whole text of a decision where it is short, else the passage that answers. */
    bool is_short = strlen(member_text(record, "text")) <= TEXT_SHOWN;
    if (is_short && has_segments(record, "segments"))
        wrap_segments(&f, json_object_get(record, "segments"), NULL);
    else if (has_segments(record, "snippet"))
        wrap_segments(&f, json_object_get(record, "snippet"), NULL);
    else
        clipped(&f, member_text(record, "text"));
    wrap_end(&f);
}

static void person(const struct text_style *style, const json_t *hit, struct hf_buf *out)
{
    size_t i;
    json_t *record, *records = json_object_get(hit, "records");
    json_array_foreach(records, i, record)
    {
        struct hf_buf b = HF_BUF_INIT;
        char day[11];
        if (i == LIST_SHOWN) {
            hf_buf_addf(&b, "… +%zu", json_array_size(records) - i);
        } else {
            hf_buf_addf(&b, "%s %s %s: %s", member_text(record, "body"),
                        member_text(record, "helsefellesskap_name"),
                        member_day(record, day),
                        label(style, HF_FACET_PRESENCE, member_text(record, "presence")));
            if (*member_text(record, "role"))
                hf_buf_addf(&b, ", %s", member_text(record, "role"));
        }
        wrap_line(style, out, b.data, NULL);
        hf_buf_release(&b);
        if (i == LIST_SHOWN) break;
    }
}

static void attendee(const struct text_style *style, const json_t *hit,
                     struct hf_buf *out)
{
    static const char *const members[] = {"role", "organisation"};
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_adds(&b, label(style, HF_FACET_PRESENCE, member_text(hit, "presence")));
    for (size_t i = 0; i < 2; i++)
        if (*member_text(hit, members[i]))
            hf_buf_addf(&b, ", %s", member_text(hit, members[i]));
    wrap_line(style, out, b.data, NULL);
    hf_buf_release(&b);
}

static void hit_body(const struct text_style *style, const json_t *hit,
                     struct hf_buf *out)
{
    const char *type = member_text(hit, "type");
    size_t i;
    json_t *decision;
    if (strcmp(type, "person") == 0) {
        person(style, hit, out);
        return;
    }
    if (strcmp(type, "attendee") == 0) {
        attendee(style, hit, out);
        return;
    }
    json_array_foreach(json_object_get(hit, "decisions"), i, decision)
    {
        if (i == 2) break;
        passage(style, decision, out);
    }
    if (strcmp(type, "decision") == 0 || member_snippet_adds(hit))
        passage(style, hit, out);
    render_promise_text(style, json_object_get(hit, "promise"), out);
}

static void one_hit(const struct text_style *style, const json_t *hit, size_t number,
                    struct hf_buf *out)
{
    struct wrap f;
    char no[24];
    snprintf(no, sizeof no, "%3zu.", number);
    hf_buf_adds(out, no);
    wrap_start(&f, style, out, WRAP_INDENT);
    f.column = strlen(no);
    hf_buf_addc(out, ' ');
    f.column++;
    const char *cite = member_text(hit, "citation");
    wrap_text(&f, *cite ? cite : member_text(hit, "name"), WRAP_TITLE);
    wrap_end(&f);
    title(style, hit, out);
    hit_body(style, hit, out);
    const char *source = member_text(hit, "source_link");
    wrap_line(style, out, *source ? source : member_text(hit, "source"), WRAP_DIM);
    wrap_line(style, out, member_text(hit, "id"), WRAP_DIM);
    hf_buf_addc(out, '\n');
}

static void total_line(const struct text_style *style, const json_t *answer,
                       struct hf_buf *out)
{
    char n[32];
    long long total = (long long)json_integer_value(json_object_get(answer, "total"));
    long long pages = (long long)json_integer_value(json_object_get(answer, "pages"));
    snprintf(n, sizeof n, "%lld", total);
    if (style->colour) hf_buf_adds(out, "\033[" WRAP_BOLD "m");
    strings_fill(out, total == 1 ? S_ONE_HIT : S_HITS, style->lang, n, NULL);
    if (style->colour) hf_buf_adds(out, "\033[0m");
    if (pages > 1 && json_is_integer(json_object_get(answer, "page")))
        hf_buf_addf(out, " · %s %lld / %lld", strings_get(S_PAGE, style->lang),
                    (long long)json_integer_value(json_object_get(answer, "page")),
                    pages);
    hf_buf_adds(out, "\n\n");
}

/* ---- facets ---- */

static void facet_line(const struct text_style *style, enum hf_facet facet,
                       const json_t *values, struct hf_buf *out)
{
    size_t i, n = json_array_size(values);
    json_t *value;
    struct wrap f;
    if (!n) return;
    wrap_start(&f, style, out, 2);
    wrap_text(&f, known_facet_label(facet, style->lang), WRAP_BOLD);
    wrap_text(&f, ": ", NULL);
    json_array_foreach(values, i, value)
    {
        char count[32];
        if (i == FACET_SHOWN) break;
        snprintf(count, sizeof count, "\u00a0%lld",
                 (long long)json_integer_value(json_object_get(value, "count")));
        const char *name = member_text(value, "label");
        if (i) wrap_text(&f, " · ", WRAP_DIM);
        wrap_text(&f, *name ? name : member_text(value, "value"),
                  json_is_true(json_object_get(value, "selected")) ? WRAP_BOLD : NULL);
        wrap_text(&f, count, WRAP_DIM);
    }
    if (n > FACET_SHOWN) wrap_text(&f, " …", WRAP_DIM);
    wrap_end(&f);
}

static void facet_lines(const struct text_style *style, const json_t *answer,
                        struct hf_buf *out)
{
    const json_t *facets = json_object_get(answer, "facets");
    for (size_t i = 0; i < HF_N_FACETS; i++)
        facet_line(style, (enum hf_facet)i, json_object_get(facets, hf_facets[i].name),
                   out);
}

void render_text_search(const struct text_style *style, const json_t *answer,
                        struct hf_buf *out)
{
    size_t i, first = 1;
    json_t *hit;
    long long page = (long long)json_integer_value(json_object_get(answer, "page"));
    long long size = (long long)json_integer_value(json_object_get(answer, "size"));
    if (page > 1 && size > 0) first = (size_t)((page - 1) * size) + 1;
    total_line(style, answer, out);
    json_array_foreach(json_object_get(answer, "hits"), i, hit)
        one_hit(style, hit, first + i, out);
    if (json_array_size(json_object_get(answer, "hits"))) facet_lines(style, answer, out);
}

static void facet_table(const struct text_style *style, enum hf_facet facet,
                        const json_t *values, struct hf_buf *out)
{
    size_t i;
    json_t *value;
    if (!json_array_size(values)) return;
    wrap_heading(style, out, known_facet_label(facet, style->lang));
    json_array_foreach(values, i, value)
    {
        struct hf_buf text = HF_BUF_INIT;
        const char *id = member_text(value, "value"), *name = member_text(value, "label");
        hf_buf_addf(&text, "%6lld  %s",
                    (long long)json_integer_value(json_object_get(value, "count")),
                    *name ? name : id);
        if (*name && strcmp(name, id) != 0) hf_buf_addf(&text, " (%s)", id);
        hf_buf_addf(out, "%s%s\n", text.data,
                    json_is_true(json_object_get(value, "selected")) ? " *" : "");
        hf_buf_release(&text);
    }
    hf_buf_addc(out, '\n');
}

void render_text_facets(const struct text_style *style, const json_t *answer,
                        struct hf_buf *out)
{
    const json_t *facets = json_object_get(answer, "facets");
    total_line(style, answer, out);
    for (size_t i = 0; i < HF_N_FACETS; i++)
        facet_table(style, (enum hf_facet)i, json_object_get(facets, hf_facets[i].name),
                    out);
}
