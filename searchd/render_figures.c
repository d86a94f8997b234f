#include "render_figures.h"

#include <string.h>

#include "render_csv.h"
#include "render_json.h"

struct table {
    enum params_format format;
    const char *const *columns;
    size_t n;
    struct hf_buf *out;
};

/* What a list holds, as one text. */
static void join(struct hf_buf *b, const json_t *list)
{
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)list, i, one)
    {
        const char *text =
            json_is_string(one) ? json_string_value(one) : member_text(one, "reason");
        hf_buf_addf(b, "%s%s", i ? "; " : "", text);
    }
}

/* The line of a row; of NULL: the head. */
static void line(const struct table *t, const json_t *row)
{
    for (size_t i = 0; i < t->n; i++) {
        const json_t *value = row ? json_object_get(row, t->columns[i]) : NULL;
        struct hf_buf cell = HF_BUF_INIT;
        if (!row) hf_buf_adds(&cell, t->columns[i]);
        if (json_is_string(value)) hf_buf_adds(&cell, json_string_value(value));
        if (json_is_integer(value))
            hf_buf_addf(&cell, "%lld", (long long)json_integer_value(value));
        join(&cell, value);
        if (i) hf_buf_addc(t->out, t->format == FORMAT_CSV ? ';' : '\t');
        render_table_cell(t->format, cell.data, t->out);
        hf_buf_release(&cell);
    }
    hf_buf_adds(t->out, t->format == FORMAT_CSV ? "\r\n" : "\n");
}

static void table_row(const struct table *t, const json_t *row)
{
    if (t->format == FORMAT_JSONL)
        render_json(row, t->out);
    else
        line(t, row);
}

static void head(const struct table *t)
{
    if (t->format == FORMAT_CSV) hf_buf_adds(t->out, "\xEF\xBB\xBF");
    if (t->format != FORMAT_JSONL) line(t, NULL);
}

void render_coverage_table(enum params_format format, const json_t *answer,
                           struct hf_buf *out)
{
    static const char *const columns[] = {"helsefellesskap",
                                          "helsefellesskap_name",
                                          "region",
                                          "body",
                                          "year",
                                          "meetings",
                                          "notices",
                                          "reports",
                                          "cases",
                                          "decisions",
                                          "attendees",
                                          "missing",
                                          "unreadable"};
    const struct table t = {format, columns, sizeof columns / sizeof *columns, out};
    size_t i;
    json_t *row, *u;
    head(&t);
    json_array_foreach(json_object_get(answer, "rows"), i, row) table_row(&t, row);
    json_array_foreach(json_object_get(answer, "unreadable"), i, u)
    {
        row = json_pack("{s:n, s:[s]}", "helsefellesskap", "unreadable",
                        member_text(u, "source"));
        table_row(&t, row);
        json_decref(row);
    }
}

void render_timeline_table(enum params_format format, const json_t *answer,
                           struct hf_buf *out)
{
    static const char *const columns[] = {"value", "label", "year", "hits", "meetings"};
    const struct table t = {format, columns, sizeof columns / sizeof *columns, out};
    size_t i, k;
    json_t *series, *year;
    head(&t);
    json_array_foreach(json_object_get(answer, "series"), i, series)
        json_array_foreach(json_object_get(series, "years"), k, year)
    {
        json_t *row = json_pack("{s:O, s:O}", "value", json_object_get(series, "value"),
                                "label", json_object_get(series, "label"));
        json_object_update(row, year);
        table_row(&t, row);
        json_decref(row);
    }
}
