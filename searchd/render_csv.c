#include "render_csv.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/schema.h"
#include "known.h"
#include "nearest.h"
#include "render_json.h"
#include "strings.h"

/* The columns: a name, the member of a hit that holds it, whether it stands without being
 * asked for. */
static const struct column {
    const char *name, *member;
    bool is_default;
} table[] = {
    {"type", "type", true},
    {"helsefellesskap", "helsefellesskap", true},
    {"region", "health_region", true},
    {"body", "body", true},
    {"date", "date", true},
    {"year", "year", true},
    {"case_number", "case_number", true},
    {"title", "title", true},
    {"label", "label", true},
    {"outcome", "outcome", true},
    {"text", "text", true},
    {"groups", "patient_groups", true},
    {"responsible", "responsible", true},
    {"deadline", "deadline", true},
    {"source", "source", true},
    {"page", "page", true},
    {"link", "link", true},
    {"citation", "citation", true},
    {"id", "id", false},
    {"score", "score", false},
    {"helsefellesskap_name", "helsefellesskap_name", false},
    {"health_region", "health_region", false},
    {"case_title", "case_title", false},
    {"number", "number", false},
    {"kind", "kind", false},
    {"deadline_date", "deadline_date", false},
    {"certainty", "certainty", false},
    {"implicit", "implicit", false},
    {"name", "name", false},
    {"role", "role", false},
    {"organisation", "organisation", false},
    {"presence", "presence", false},
    {"meetings", "meetings", false},
    {"line", "line", false},
    {"text_layer", "text_layer", false},
    {"source_link", "source_link", false},
    {"first_seen", "first_seen", false},
    {"matched", "matched", false},
    {"matched_in", "matched_in", false},
};
enum { N_COLUMNS = sizeof table / sizeof *table };

static const struct column *column_named(const char *name)
{
    for (size_t i = 0; i < N_COLUMNS; i++)
        if (strcasecmp(name, table[i].name) == 0) return &table[i];
    return NULL;
}

static enum hf_status unknown_column(const char *name, enum params_lang lang,
                                     struct hf_error *err)
{
    struct hf_buf b = HF_BUF_INIT, valid = HF_BUF_INIT;
    struct nearest near;
    nearest_init(&near, name);
    for (size_t i = 0; i < N_COLUMNS; i++) {
        nearest_offer(&near, table[i].name);
        hf_buf_addf(&valid, "%s%s", i ? ", " : "", table[i].name);
    }
    strings_fill(&b, S_ERR_BAD_VALUE, lang, name, "fields", NULL);
    hf_buf_addc(&b, ' ');
    if (near.best)
        strings_fill(&b, S_ERR_DID_YOU_MEAN, lang, near.best, NULL);
    else
        strings_fill(&b, S_ERR_VALID, lang, valid.data, NULL);
    enum hf_status status = hf_fail(err, HF_BAD_ARGUMENT, "%s", b.data);
    hf_buf_release(&b);
    hf_buf_release(&valid);
    return status;
}

enum hf_status render_columns_parse(struct render_columns *c, const char *list,
                                    enum params_lang lang, struct hf_error *err)
{
    *c = (struct render_columns){.is_default = !list || !*list};
    if (c->is_default) {
        for (size_t i = 0; i < N_COLUMNS; i++)
            if (table[i].is_default) c->at[c->n++] = table[i].name;
        return HF_OK;
    }
    enum hf_status status = HF_OK;
    char *copy = hf_xstrdup(list), *rest = copy;
    for (char *name; status == HF_OK && (name = strsep(&rest, ", "));) {
        if (!*name) continue;
        const struct column *column = column_named(name);
        if (!column)
            status = unknown_column(name, lang, err);
        else if (c->n < COLUMNS_MAX)
            c->at[c->n++] = column->name;
    }
    free(copy);
    return status;
}

/* ---- a cell's text ---- */

static void put_value(struct hf_buf *b, const json_t *value)
{
    size_t i;
    json_t *item;
    if (json_is_string(value)) hf_buf_adds(b, json_string_value(value));
    if (json_is_integer(value))
        hf_buf_addf(b, "%lld", (long long)json_integer_value(value));
    if (json_is_real(value)) hf_buf_addf(b, "%g", json_real_value(value));
    if (json_is_boolean(value)) hf_buf_adds(b, json_is_true(value) ? "true" : "false");
    json_array_foreach(value, i, item)
    {
        if (i) hf_buf_adds(b, "; ");
        put_value(b, item);
    }
}

/* The outcomes of a case are those of its decisions, each once. */
static void put_outcomes(struct hf_buf *b, const json_t *hit)
{
    const json_t *decisions = json_object_get(hit, "decisions");
    for (size_t i = 0; i < json_array_size(decisions); i++) {
        const char *outcome = member_text(json_array_get(decisions, i), "outcome");
        bool seen = !*outcome;
        for (size_t k = 0; k < i && !seen; k++)
            seen = strcmp(outcome,
                          member_text(json_array_get(decisions, k), "outcome")) == 0;
        if (!seen) hf_buf_addf(b, "%s%s", b->len ? "; " : "", outcome);
    }
}

/* What a member is called in another type of record. */
static const json_t *other_name(const json_t *hit, const char *column)
{
    static const char *const other[][3] = {{"title", "case_title", "name"},
                                           {"case_number", "number_normalised", NULL},
                                           {"label", "role", NULL},
                                           {"outcome", "presence", NULL},
                                           {"text", "organisation", NULL}};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        if (strcmp(column, other[i][0]) != 0) continue;
        for (size_t k = 1; k < 3; k++) {
            const json_t *v = other[i][k] ? json_object_get(hit, other[i][k]) : NULL;
            if (json_is_string(v)) return v;
        }
    }
    return NULL;
}

static void put_cell(struct hf_buf *b, const char *name, const json_t *hit)
{
    const struct column *column = column_named(name);
    const json_t *value = json_object_get(hit, column->member);
    if (strcmp(name, "region") == 0) {
        const struct hf_choice *c =
            known_find(HF_FACET_REGION, member_text(hit, "health_region"));
        hf_buf_adds(b, c ? c->id : member_text(hit, "health_region"));
        return;
    }
    if (!value || json_is_null(value)) value = other_name(hit, name);
    put_value(b, value);
    if (!b->len && strcmp(name, "outcome") == 0) put_outcomes(b, hit);
}

/* ---- the forms ---- */

static void csv_cell(struct hf_buf *out, const char *text)
{
    bool guard = *text && strchr("=+-@\t\r", *text);
    if (!guard && !text[strcspn(text, ";\"\r\n")]) {
        hf_buf_adds(out, text);
        return;
    }
    hf_buf_addc(out, '"');
    if (guard) hf_buf_addc(out, '\'');
    for (; *text; text++) {
        if (*text == '"') hf_buf_addc(out, '"');
        bool is_control = (unsigned char)*text < 0x20 && *text != '\n' && *text != '\r';
        hf_buf_addc(out, is_control ? ' ' : *text);
    }
    hf_buf_addc(out, '"');
}

static void tsv_cell(struct hf_buf *out, const char *text)
{
    for (; *text; text++) hf_buf_addc(out, (unsigned char)*text < 0x20 ? ' ' : *text);
}

void render_table_cell(enum params_format format, const char *text, struct hf_buf *out)
{
    if (format == FORMAT_CSV)
        csv_cell(out, text);
    else
        tsv_cell(out, text);
}

void render_table_head(enum params_format format, const struct render_columns *c,
                       struct hf_buf *out)
{
    if (format == FORMAT_JSONL) return;
    if (format == FORMAT_CSV) hf_buf_adds(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < c->n; i++) {
        if (i) hf_buf_addc(out, format == FORMAT_CSV ? ';' : '\t');
        hf_buf_adds(out, c->at[i]);
    }
    hf_buf_adds(out, format == FORMAT_CSV ? "\r\n" : "\n");
}

static void table_row(enum params_format format, const struct render_columns *c,
                      const json_t *hit, struct hf_buf *out)
{
    struct hf_buf cell = HF_BUF_INIT;
    for (size_t i = 0; i < c->n; i++) {
        hf_buf_clear(&cell);
        put_cell(&cell, c->at[i], hit);
        if (i) hf_buf_addc(out, format == FORMAT_CSV ? ';' : '\t');
        render_table_cell(format, cell.data, out);
    }
    hf_buf_adds(out, format == FORMAT_CSV ? "\r\n" : "\n");
    hf_buf_release(&cell);
}

json_t *render_columns_pick(const struct render_columns *c, json_t *hit)
{
    if (c->is_default) return json_incref(hit);
    json_t *out = json_object();
    for (size_t i = 0; i < c->n; i++) {
        const struct column *column = column_named(c->at[i]);
        json_t *value = json_object_get(hit, column->name);
        if (!value) value = json_object_get(hit, column->member);
        json_object_set(out, c->at[i], value ? value : json_null());
    }
    return out;
}

void render_table_rows(enum params_format format, const struct render_columns *c,
                       const json_t *hits, struct hf_buf *out)
{
    size_t i;
    json_t *hit;
    json_array_foreach(hits, i, hit)
    {
        if (format != FORMAT_JSONL) {
            table_row(format, c, hit, out);
            continue;
        }
        json_t *picked = render_columns_pick(c, hit);
        render_json(picked, out);
        json_decref(picked);
    }
}
