#include "lookup_place.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "html.h"
#include "lookup_remote.h"
#include "render_json.h"
#include "strings.h"

/* The analyser needs the word lists alone. */
static enum hf_status place_without_index(struct place *at, struct hf_error *err)
{
    enum hf_status status = hf_lexicon_open(NULL, &at->lex, err);
    if (status == HF_OK) status = planner_new(at->lex, &at->words.planner, err);
    at->session = &at->words;
    return status == HF_OK ? HF_OK : HF_INTERNAL;
}

enum hf_status place_open(struct place *at, const struct lookup_options *o,
                          struct hf_error *err)
{
    *at = (struct place){.o = o};
    if (o->command == COMMAND_ANALYSE) return place_without_index(at, err);
    if (o->server) return HF_OK;
    enum hf_status status = engine_open(o->index, NULL, &at->engine, err);
    if (status == HF_OK) status = session_open(at->engine, &at->session, err);
    return status;
}

void place_close(struct place *at)
{
    if (at->session == &at->words) {
        planner_free(at->words.planner);
        hf_lexicon_close(at->lex);
        return;
    }
    session_close(at->session);
    engine_close(at->engine);
}

/* The address of the question on a server. */
static void address(const struct lookup_options *o, struct hf_buf *target)
{
    static const char *const paths[] = {"/v1/search?",  "/v1/records/",  "/v1/facets?",
                                        "/v1/explain?", "/v1/coverage?", "/v1/people/",
                                        "/v1/compare?", "/v1/timeline?", "/v1/cases/"};
    struct params p = o->p; /* borrowed strings; never released */
    hf_buf_adds(target, paths[o->command]);
    p.has_format = false;
    if (o->command == COMMAND_SHOW || o->command == COMMAND_PERSON ||
        o->command == COMMAND_CHAIN) {
        html_path(target, o->words[0]);
        hf_buf_addf(target, "%s?lang=%s", o->command == COMMAND_CHAIN ? "/chain" : "",
                    strings_lang(p.lang));
        if (p.today)
            hf_buf_addf(target, "&today=%d-%02d-%02d", p.today / 10000,
                        p.today / 100 % 100, p.today % 100);
        return;
    }
    if (o->command != COMMAND_SEARCH && o->command != COMMAND_COMPARE) {
        p.size = 10;
        p.all = false;
    }
    params_url(&p, target);
    if (p.offset) hf_buf_addf(target, "&offset=%zu", p.offset);
}

static enum hf_status ask_server(const struct lookup_options *o, json_t **out,
                                 struct hf_error *err)
{
    struct hf_buf target = HF_BUF_INIT;
    address(o, &target);
    if (o->command == COMMAND_SEARCH) hf_buf_adds(&target, "&format=json");
    enum hf_status status = lookup_remote(o->server, target.data, out, err);
    hf_buf_release(&target);
    return status;
}

static enum hf_status ask_here(struct place *at, const struct lookup_options *o,
                               json_t **out, struct hf_error *err)
{
    switch (o->command) {
    case COMMAND_SHOW: return answer_record(at->session, o->words[0], &o->p, out, err);
    case COMMAND_CHAIN: return answer_chain(at->session, o->words[0], &o->p, out, err);
    case COMMAND_FACETS: return answer_facets(at->session, &o->p, out, err);
    case COMMAND_EXPLAIN: return answer_explain(at->session, &o->p, out, err);
    case COMMAND_COVERAGE: return answer_coverage(at->session, &o->p, out, err);
    case COMMAND_PERSON: return answer_people(at->session, o->words[0], &o->p, out, err);
    case COMMAND_COMPARE: return answer_compare(at->session, &o->p, out, err);
    case COMMAND_TIMELINE: return answer_timeline(at->session, &o->p, out, err);
    default: return answer_search(at->session, &o->p, out, err);
    }
}

static enum hf_status ask(struct place *at, const struct lookup_options *o, json_t **out,
                          struct hf_error *err)
{
    *out = NULL;
    if (o->server) return ask_server(o, out, err);
    enum hf_status status = ask_here(at, o, out, err);
    return status == HF_CHANGED ? ask_here(at, o, out, err) : status;
}

/* ---- people by their names ---- */

static enum hf_status choose_person(const struct lookup_options *o, const char *name,
                                    const json_t *answer, char **id, struct hf_error *err)
{
    struct hf_buf ids = HF_BUF_INIT, text = HF_BUF_INIT;
    size_t n = 0, i;
    json_t *hit;
    json_array_foreach(json_object_get(answer, "hits"), i, hit)
    {
        const char *own = member_text(hit, "id");
        if (strncmp(own ? own : "", "person/", 7)) continue;
        hf_buf_addf(&ids, "%s%s", n++ ? ", " : "", own);
    }
    strings_fill(&text, n ? S_ERR_MANY_PEOPLE : S_ERR_NO_PERSON, o->p.lang, name,
                 ids.data, NULL);
    if (n == 1) *id = hf_xstrdup(ids.data);
    enum hf_status status = n == 1 ? HF_OK
                            : n    ? hf_fail(err, HF_BAD_ARGUMENT, "%s", text.data)
                                   : hf_fail(err, HF_NOT_FOUND, "%s", text.data);
    hf_buf_release(&ids);
    hf_buf_release(&text);
    return status;
}

/* A key has a point and no blank («kari-nordby.ahus»); anything else is a name. */
static enum hf_status ask_person(struct place *at, json_t **out, struct hf_error *err)
{
    struct lookup_options o = *at->o;
    struct hf_buf name = HF_BUF_INIT, query = HF_BUF_INIT;
    json_t *found = NULL;
    char *id = NULL;
    for (size_t i = 0; i < o.n_words; i++)
        hf_buf_addf(&name, "%s%s", i ? " " : "", o.words[i]);
    for (char *c = name.data; *c; c++)
        if (*c == '"') *c = ' ';
    bool is_key = strchr(name.data, '.') && !strchr(name.data, ' ');
    enum hf_status status = HF_OK;
    if (!is_key) {
        hf_buf_addf(&query, "person:\"%s\"", name.data);
        o.command = COMMAND_SEARCH;
        o.p.q = query.data;
        status = ask(at, &o, &found, err);
        if (status == HF_OK) status = choose_person(&o, name.data, found, &id, err);
        o.p.q = NULL;
        o.command = COMMAND_PERSON;
    }
    char *words[] = {id ? id : name.data, NULL};
    o.words = words;
    o.n_words = 1;
    if (status == HF_OK) status = ask(at, &o, out, err);
    json_decref(found);
    free(id);
    hf_buf_release(&name);
    hf_buf_release(&query);
    return status;
}

enum hf_status place_ask(struct place *at, json_t **out, struct hf_error *err)
{
    *out = NULL;
    return at->o->command == COMMAND_PERSON ? ask_person(at, out, err)
                                            : ask(at, at->o, out, err);
}

/* ---- tables ---- */

/* Rows on their way to stdout. */
struct rows {
    const struct lookup_options *o;
    const struct render_columns *columns;
    size_t n;
    bool is_full; /* nothing more can be written */
};

static void put(struct rows *rows, const struct hf_buf *text)
{
    if (fwrite(text->data, 1, text->len, stdout) != text->len) rows->is_full = true;
}

static void put_row(void *ctx, json_t *hit)
{
    struct rows *rows = ctx;
    struct hf_buf out = HF_BUF_INIT;
    json_t *hits = json_pack("[o]", hit);
    if (!rows->n++) render_table_head(rows->o->format, rows->columns, &out);
    render_table_rows(rows->o->format, rows->columns, hits, &out);
    put(rows, &out);
    json_decref(hits);
    hf_buf_release(&out);
}

static enum hf_status table_from_server(struct rows *rows, struct hf_error *err)
{
    struct hf_buf target = HF_BUF_INIT, head = HF_BUF_INIT;
    address(rows->o, &target);
    hf_buf_adds(&target, "&format=jsonl");
    enum hf_status status =
        lookup_remote_lines(rows->o->server, target.data, put_row, rows, err);
    if (status == HF_OK && !rows->n) {
        render_table_head(rows->o->format, rows->columns, &head);
        put(rows, &head);
    }
    hf_buf_release(&target);
    hf_buf_release(&head);
    return status;
}

static enum hf_status table_from_here(struct place *at, struct rows *rows,
                                      struct hf_error *err)
{
    struct export x;
    struct params p = at->o->p;
    struct hf_buf out = HF_BUF_INIT;
    enum hf_status status = HF_OK;
    export_init(&x, &p, rows->columns); /* the strings stay those of the options */
    while (status == HF_OK && !x.is_done && !rows->is_full) {
        hf_buf_clear(&out);
        status = export_next(&x, at->session, &out, err);
        put(rows, &out);
    }
    rows->n = x.n_sent;
    hf_buf_release(&out);
    return status;
}

enum hf_status place_table(struct place *at, const struct render_columns *columns,
                           size_t *n, struct hf_error *err)
{
    struct rows rows = {at->o, columns, 0, false};
    enum hf_status status =
        at->o->server ? table_from_server(&rows, err) : table_from_here(at, &rows, err);
    *n = rows.n;
    if (status == HF_OK && (rows.is_full || fflush(stdout) != 0))
        status = hf_fail(err, HF_IO, "stdout: %s", strerror(errno));
    return status;
}
