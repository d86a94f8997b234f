/* What can be asked: THE parameter table, the same for API, pages and command line.
 *
 * Names and values are validated here, once. An unknown name or value is HF_BAD_ARGUMENT
 * with a text that names the nearest right one; an empty value counts as absent. Ids of
 * the design and of the registry are valid whether the index holds any or not, in any
 * letter case.
 *
 *     struct params p;
 *     params_init(&p);
 *     if (params_set(&p, PARAMS_SEARCH, "region", "vest", &err) != HF_OK) ...
 *     if (params_check(&p, &err) != HF_OK) ...
 *     params_release(&p);
 */
#ifndef HF_PARAMS_H
#define HF_PARAMS_H

#include <stdbool.h>

#include "../shim/buf.h"
#include "../shim/schema.h"

enum params_sort { SORT_RELEVANCE, SORT_NEWEST, SORT_OLDEST, SORT_CASE, SORT_ADDED };
enum params_lang { LANG_NB, LANG_NN, LANG_EN };
enum params_format {
    FORMAT_JSON,
    FORMAT_JSONL,
    FORMAT_CSV,
    FORMAT_ATOM,
    FORMAT_TEXT,
    FORMAT_TSV,
    FORMAT_HTML,
    FORMAT_OPENSEARCH
};

/* Which requests take a parameter. */
enum params_scope {
    PARAMS_SEARCH = 1,
    PARAMS_FACETS = 2,
    PARAMS_EXPLAIN = 4,
    PARAMS_RECORD = 8,
    PARAMS_TIMELINE = 16,
    PARAMS_COMPARE = 32,
    PARAMS_SUGGEST = 64,
    PARAMS_COVERAGE = 128,
    PARAMS_CURSOR =
        256 /* with PARAMS_SEARCH: of the API, which gives places to go on from */
};

#define PARAMS_MAX_VALUES 64

/* The chosen values of one facet group, as ids in their canonical spelling. */
struct params_values {
    char *at[PARAMS_MAX_VALUES];
    size_t n;
};

struct params {
    char *q; /* NULL or non-empty */
    struct params_values
        facet[HF_N_FACETS];  /* by enum hf_facet: type region helsefellesskap ... */
    struct params_values in; /* title, decision, text */
    int from, to;            /* yyyymmdd, 0 = open; a year alone is its first/last day */
    bool open;
    int today; /* yyyymmdd: the day that deadlines are measured by; 0 = today */
    enum params_sort sort;
    enum params_lang lang;
    enum params_format format;
    bool has_format;
    size_t offset, size; /* page and offset are brought to offset */
    size_t page;         /* as asked, 0 = not given */
    bool has_offset;
    bool has_cursor; /* a place that an answer gave; brought to offset (paging.h) */
    unsigned cursor_generation;
    uint64_t cursor_hash;
    bool all;         /* every hit (exports, --all): offset and size do not apply */
    enum hf_facet by; /* timeline: a series for each of its values */
};

struct params_row {
    const char *name;  /* in the API, and --name at the prompt */
    const char *alias; /* other accepted name, or NULL */
    unsigned scopes;   /* of enum params_scope */
    bool is_repeatable;
    const char *values; /* what is right, for messages, help and OpenAPI: "nord, midt,
                           vest, sor-ost" */
    const char *help_nb;
};
extern const struct params_row params_table[];
extern const size_t params_table_n;

/* What a row's values look like, for those who describe the table. */
enum params_kind {
    PARAM_TEXT,   /* up to max bytes */
    PARAM_CHOICE, /* one of the facet's choices (known.h) */
    PARAM_YEAR,
    PARAM_WORD, /* one of `values`, parted by ", " */
    PARAM_DATE, /* a day, or a year alone */
    PARAM_DAY,
    PARAM_FLAG,
    PARAM_CURSOR,
    PARAM_NUMBER /* min to max */
};
struct params_shape {
    enum params_kind kind;
    enum hf_facet facet;
    int min, max;
    const char *otherwise; /* the value where none is given, or NULL */
};
struct params_shape params_shape_of(size_t row);

void params_init(struct params *p);
void params_release(struct params *p);

/* Sets one parameter. HF_BAD_ARGUMENT: unknown name in this scope, bad value, given twice
 * and not repeatable. */
HF_MUST_USE enum hf_status params_set(struct params *p, enum params_scope scope,
                                      const char *name, const char *value,
                                      struct hf_error *err);

/* Checks what concerns several parameters (page with offset, from after to, offset +
 * size). */
HF_MUST_USE enum hf_status params_check(struct params *p, struct hf_error *err);

/* The day that deadlines are measured by, yyyymmdd: as given, else today's. */
int params_today(const struct params *p);

/* The canonical query string ("q=LAR&type=decision&region=vest"), in table order,
 * percent-encoded, of everything but page and offset; for links, ETags and the page's
 * forms. Appended to b. */
void params_url(const struct params *p, struct hf_buf *b);

#endif
