#include "render_coverage.h"

#include <string.h>

#include "render_json.h"
#include "strings.h"
#include "wrap.h"

static void bold(const struct text_style *style, const char *text, struct hf_buf *out)
{
    hf_buf_addf(out, "%s%s%s\n", style->colour ? "\033[1m" : "", text,
                style->colour ? "\033[0m" : "");
}

static size_t width_of(const char *text)
{
    size_t n = 0;
    for (; *text; text++) n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

static void cell(struct hf_buf *out, const char *text, size_t width, bool is_right)
{
    size_t n = width_of(text), blanks = n < width ? width - n : 0;
    if (!is_right) hf_buf_adds(out, text);
    while (blanks--) hf_buf_addc(out, ' ');
    if (is_right) hf_buf_adds(out, text);
}

enum { BODY_WIDTH = 18, YEAR_WIDTH = 5, COUNT_WIDTH = 11 };
static const char *const counts[] = {"meetings", "cases", "decisions", "attendees"};

static void text_head(const struct text_style *style, struct hf_buf *out)
{
    static const enum string_id heads[] = {S_COVERAGE_MEETINGS, S_COVERAGE_CASES,
                                           S_COVERAGE_DECISIONS, S_ATTENDEES};
    hf_buf_adds(out, "  ");
    cell(out, strings_get(S_BODY_NAME, style->lang), BODY_WIDTH, false);
    cell(out, strings_get(S_COVERAGE_YEAR, style->lang), YEAR_WIDTH, false);
    for (size_t i = 0; i < 4; i++)
        cell(out, strings_get(heads[i], style->lang), COUNT_WIDTH, true);
    hf_buf_addc(out, '\n');
}

/* File names and texts of documents: no control character reaches the terminal. */
static void put_line(const struct text_style *style, const char *text, size_t indent,
                     struct hf_buf *out)
{
    struct wrap f;
    wrap_start(&f, style, out, indent);
    wrap_text(&f, text, NULL);
    wrap_end(&f);
}

static void note(const struct text_style *style, enum string_id id, const char *text,
                 struct hf_buf *out)
{
    struct hf_buf line = HF_BUF_INIT;
    strings_fill(&line, id, style->lang, text, NULL);
    put_line(style, line.data, 4, out);
    hf_buf_release(&line);
}

static void text_row(const struct text_style *style, const json_t *row,
                     struct hf_buf *out)
{
    char number[24] = "–";
    size_t i;
    json_t *one;
    const char *body = member_text(row, "body");
    json_int_t year = json_integer_value(json_object_get(row, "year"));
    if (year) snprintf(number, sizeof number, "%d", (int)year);
    hf_buf_adds(out, "  ");
    cell(out, *body ? body : "–", BODY_WIDTH, false);
    cell(out, number, YEAR_WIDTH, false);
    for (i = 0; i < 4; i++) {
        snprintf(number, sizeof number, "%lld",
                 (long long)json_integer_value(json_object_get(row, counts[i])));
        cell(out, number, COUNT_WIDTH, true);
    }
    hf_buf_addc(out, '\n');
    json_array_foreach(json_object_get(row, "missing"), i, one)
        note(style, S_COVERAGE_MISSING, member_text(one, "reason"), out);
    json_array_foreach(json_object_get(row, "unreadable"), i, one)
        note(style, S_COVERAGE_UNREADABLE, json_string_value(one), out);
}

static bool is_empty(const json_t *row)
{
    return json_is_null(json_object_get(row, "body")) &&
           json_is_null(json_object_get(row, "year")) &&
           !json_integer_value(json_object_get(row, "meetings")) &&
           !json_array_size(json_object_get(row, "unreadable"));
}

void render_coverage_text(const struct text_style *style, const json_t *answer,
                          struct hf_buf *out)
{
    size_t i;
    json_t *row, *u;
    const char *last = NULL;
    text_head(style, out);
    json_array_foreach(json_object_get(answer, "rows"), i, row)
    {
        const char *name = member_text(row, "helsefellesskap_name");
        if (!*name) name = strings_get(S_COVERAGE_UNKNOWN, style->lang);
        if (!last || strcmp(last, name) != 0) bold(style, name, out);
        last = name;
        if (is_empty(row))
            hf_buf_addf(out, "  %s\n", strings_get(S_COVERAGE_NONE, style->lang));
        else
            text_row(style, row, out);
    }
    json_array_foreach(json_object_get(answer, "unreadable"), i, u)
    {
        if (!i) bold(style, strings_get(S_COVERAGE_OTHERS, style->lang), out);
        struct hf_buf line = HF_BUF_INIT;
        hf_buf_addf(&line, "%s: %s", member_text(u, "source"), member_text(u, "reason"));
        put_line(style, line.data, 2, out);
        hf_buf_release(&line);
    }
}
