#include "params.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../shim/utf8.h"
#include "known.h"
#include "nearest.h"
#include "strings.h"

enum { MAX_QUERY = 1000, MAX_SIZE = 100, MAX_DEPTH = 10000, DEFAULT_SIZE = 10 };

#define QUESTIONS                                                                        \
    (PARAMS_SEARCH | PARAMS_FACETS | PARAMS_EXPLAIN | PARAMS_TIMELINE | PARAMS_COMPARE | \
     PARAMS_SUGGEST)
#define ALL_SCOPES (QUESTIONS | PARAMS_RECORD | PARAMS_COVERAGE)
#define MEETINGS   (QUESTIONS | PARAMS_COVERAGE) /* what concerns whole meetings */

const struct params_row params_table[] = {
    {"q", "query", QUESTIONS, false, "ord, \"frase\", OG ELLER IKKE, felt:verdi",
     "det du leter etter"},
    {"type", NULL, QUESTIONS, true, NULL, "bare enkeltposter av dette slaget"},
    {"region", "health_region", MEETINGS, true, NULL, "helseregion"},
    {"helsefellesskap", "hf", MEETINGS, true, NULL, "helsefellesskap, id fra registeret"},
    {"year", "år", MEETINGS, true, "fire siffer, som 2023", "år"},
    {"group", "patient_group", QUESTIONS, true, NULL, "pasientgruppe"},
    {"body", "utvalg", MEETINGS, true, NULL, "utvalg"},
    {"outcome", "utfall", QUESTIONS, true, NULL, "vedtakets utfall"},
    {"presence", NULL, QUESTIONS, true, NULL, "oppmøte"},
    {"open", NULL, QUESTIONS, false, "true, false", "bare vedtak som ikke er fulgt opp"},
    {"in", NULL, QUESTIONS, true, "title, decision, text", "hvor ordene skal stå"},
    {"from", NULL, QUESTIONS, false, "2023, 2023-02-03 eller 03.02.2023",
     "fra og med dato"},
    {"to", NULL, QUESTIONS, false, "2023, 2023-02-03 eller 03.02.2023",
     "til og med dato"},
    {"today", NULL, QUESTIONS | PARAMS_RECORD, false, "2023-02-03 eller 03.02.2023",
     "dagen som frister regnes fra; ellers dagen i dag"},
    {"sort", NULL, PARAMS_SEARCH, false, "relevance, newest, oldest, case, added",
     "rekkefølge"},
    {"page", NULL, PARAMS_SEARCH, false, "et tall fra 1", "side"},
    {"size", "limit", PARAMS_SEARCH | PARAMS_COMPARE, false, "et tall fra 1 til 100",
     "antall treff"},
    {"offset", NULL, PARAMS_SEARCH, false, "et tall fra 0", "hopp over så mange treff"},
    {"cursor", NULL, PARAMS_CURSOR, false, "som svarets Link gir det",
     "fortsett derfra, i den samme utgaven av indeksen"},
    {"all", NULL, PARAMS_SEARCH, false, "true, false", "alle treff"},
    {"by", NULL, PARAMS_TIMELINE, false, "region, helsefellesskap, group",
     "en tallrekke for hver"},
    {"lang", NULL, ALL_SCOPES, false, "nb, nn, en", "språk i svaret"},
    {"format", NULL, ALL_SCOPES, false, "json, jsonl, csv, tsv, atom, opensearch",
     "svarets form"},
};
const size_t params_table_n = sizeof params_table / sizeof *params_table;

/* One assignment on its way into the params. */
struct job {
    struct params *p;
    const struct params_row *row;
    struct hf_error *err;
    enum hf_facet facet;
};
typedef enum hf_status (*setter)(const struct job *job, const char *value);

/* ---- messages ---- */

/* At most 60 bytes of what the user wrote, cut between characters. */
static void clip(char out[64], const char *value)
{
    size_t n = strnlen(value, 61);
    if (n > 60)
        for (n = 57; n && ((unsigned char)value[n] & 0xC0) == 0x80;) n--;
    memcpy(out, value, n);
    memcpy(out + n, value[n] ? "…" : "", value[n] ? 4 : 1);
}

static enum hf_status bad_value(const struct job *job, const char *value,
                                const char *nearest, const char *valid)
{
    char seen[64];
    struct hf_buf b = HF_BUF_INIT;
    clip(seen, value);
    strings_fill(&b, S_ERR_BAD_VALUE, job->p->lang, seen, job->row->name, NULL);
    if (nearest) {
        hf_buf_addc(&b, ' ');
        strings_fill(&b, S_ERR_DID_YOU_MEAN, job->p->lang, nearest, NULL);
    }
    if (valid) {
        hf_buf_addc(&b, ' ');
        strings_fill(&b, S_ERR_VALID, job->p->lang, valid, NULL);
    }
    enum hf_status status = hf_fail(job->err, HF_BAD_ARGUMENT, "%s", b.data);
    hf_buf_release(&b);
    return status;
}

static void join_choices(struct hf_buf *b, enum hf_facet facet)
{
    size_t n;
    const struct hf_choice *choices = known_choices(facet, &n);
    for (size_t i = 0; i < n; i++) hf_buf_addf(b, "%s%s", i ? ", " : "", choices[i].id);
}

static enum hf_status bad_choice(const struct job *job, const char *value)
{
    size_t n;
    const struct hf_choice *choices = known_choices(job->facet, &n);
    struct nearest near;
    const char *best = NULL;
    nearest_init(&near, value);
    for (size_t i = 0; i < n; i++) {
        const char *names[] = {choices[i].id, choices[i].alias, choices[i].label_nb,
                               choices[i].label_nn};
        for (size_t k = 0; k < 4; k++) {
            const char *before = near.best;
            if (names[k]) nearest_offer(&near, names[k]);
            if (near.best != before) best = choices[i].id;
        }
    }
    struct hf_buf valid = HF_BUF_INIT;
    join_choices(&valid, job->facet);
    enum hf_status status = bad_value(job, value, best, valid.data);
    hf_buf_release(&valid);
    return status;
}

/* A value out of a short list of names; their aliases stand after '='. */
static int pick(const struct job *job, const char *value, const char *const *names,
                size_t n)
{
    struct nearest near;
    nearest_init(&near, value);
    for (size_t i = 0; i < n; i++) {
        const char *name = names[i];
        size_t len = strcspn(name, "=");
        if ((strncasecmp(value, name, len) == 0 && !value[len]) ||
            (name[len] && strcasecmp(value, name + len + 1) == 0))
            return (int)i;
        char word[32];
        memcpy(word, name, len);
        word[len] = 0;
        const char *before = near.best;
        nearest_offer(&near, word);
        if (near.best != before) near.best = name;
    }
    char best[32] = "";
    if (near.best) memcpy(best, near.best, strcspn(near.best, "="));
    if (near.best) best[strcspn(near.best, "=")] = 0;
    (void)bad_value(job, value, *best ? best : NULL, job->row->values);
    return -1;
}

/* ---- setters ---- */

static enum hf_status twice(const struct job *job)
{
    struct hf_buf b = HF_BUF_INIT;
    strings_fill(&b, S_ERR_TWICE, job->p->lang, job->row->name, NULL);
    enum hf_status status = hf_fail(job->err, HF_BAD_ARGUMENT, "%s", b.data);
    hf_buf_release(&b);
    return status;
}

static enum hf_status set_query(const struct job *job, const char *value)
{
    size_t bad, len = strlen(value);
    if (job->p->q) return twice(job);
    if (len > MAX_QUERY)
        return hf_fail(job->err, HF_BAD_ARGUMENT, "%s",
                       strings_get(S_ERR_QUERY_LONG, job->p->lang));
    if (!hf_utf8_is_valid(value, len, &bad))
        return hf_fail(job->err, HF_BAD_ARGUMENT, "%s",
                       strings_get(S_ERR_NOT_UTF8, job->p->lang));
    job->p->q = hf_xstrdup(value);
    return HF_OK;
}

/* Values are kept sorted and single, so that one question has one canonical form. */
static enum hf_status keep(const struct job *job, struct params_values *list,
                           const char *value)
{
    size_t i = 0;
    while (i < list->n && strcmp(list->at[i], value) < 0) i++;
    if (i < list->n && strcmp(list->at[i], value) == 0) return HF_OK;
    if (list->n == PARAMS_MAX_VALUES)
        return hf_fail(job->err, HF_BAD_ARGUMENT, "%s",
                       strings_get(S_ERR_MANY_VALUES, job->p->lang));
    memmove(list->at + i + 1, list->at + i, (list->n - i) * sizeof *list->at);
    list->at[i] = hf_xstrdup(value);
    list->n++;
    return HF_OK;
}

static enum hf_status set_facet1(const struct job *job, const char *value)
{
    struct params_values *list = &job->p->facet[job->facet];
    size_t n;
    if (job->facet == HF_FACET_YEAR) {
        bool is_year = strlen(value) == 4 && strspn(value, "0123456789") == 4 &&
                       (value[0] == '1' || value[0] == '2');
        return is_year ? keep(job, list, value)
                       : bad_value(job, value, NULL, job->row->values);
    }
    const struct hf_choice *c = known_find(job->facet, value);
    if (c) return keep(job, list, c->id);
    if (known_choices(job->facet, &n)) return bad_choice(job, value);
    return keep(job, list, value); /* no list of right values at hand */
}

static const char *const in_names[] = {"title=tittel", "decision=vedtak", "text=tekst"};

static enum hf_status set_in1(const struct job *job, const char *value)
{
    int i = pick(job, value, in_names, 3);
    if (i < 0) return HF_BAD_ARGUMENT;
    char name[16] = "";
    memcpy(name, in_names[i], strcspn(in_names[i], "="));
    return keep(job, &job->p->in, name);
}

/* Several values may stand in one, between commas. */
static enum hf_status each_value(const struct job *job, const char *value, setter set1)
{
    enum hf_status status = HF_OK;
    char *copy = hf_xstrdup(value), *rest = copy;
    for (char *one; status == HF_OK && (one = strsep(&rest, ","));) {
        one += strspn(one, " \t");
        size_t len = strlen(one);
        while (len && one[len - 1] == ' ') one[--len] = 0;
        if (len) status = set1(job, one);
    }
    free(copy);
    return status;
}

static enum hf_status set_facet(const struct job *job, const char *value)
{
    /* A label may hold commas itself: "Lofoten, Vesterålen og Salten". */
    if (job->facet != HF_FACET_YEAR && known_find(job->facet, value))
        return set_facet1(job, value);
    return each_value(job, value, set_facet1);
}

static enum hf_status set_in(const struct job *job, const char *value)
{
    return each_value(job, value, set_in1);
}

static bool digits(const char **s, size_t min, size_t max, int *out)
{
    size_t n = strspn(*s, "0123456789");
    if (n < min || n > max) return false;
    *out = 0;
    for (size_t i = 0; i < n; i++) *out = *out * 10 + (*s)[i] - '0';
    *s += n;
    return true;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Reads YYYY, YYYY-MM, YYYY-MM-DD or D.M.YYYY; an open part is its first or last day. 0:
 * no date. */
static int read_date(const char *s, bool is_end)
{
    int y, m = 0, d = 0;
    const char *dot = strchr(s, '.');
    if (dot) {
        if (!digits(&s, 1, 2, &d) || *s++ != '.' || !digits(&s, 1, 2, &m) ||
            *s++ != '.' || !digits(&s, 4, 4, &y) || !d || !m)
            return 0;
    } else {
        if (!digits(&s, 4, 4, &y)) return 0;
        if (*s == '-' && (s++, !digits(&s, 1, 2, &m) || !m)) return 0;
        if (m && *s == '-' && (s++, !digits(&s, 1, 2, &d) || !d)) return 0;
    }
    if (*s || y < 1000 || m > 12) return 0;
    if (!m) m = is_end ? 12 : 1;
    if (!d) d = is_end ? days_in(y, m) : 1;
    return d > days_in(y, m) ? 0 : y * 10000 + m * 100 + d;
}

static enum hf_status set_date(const struct job *job, const char *value)
{
    bool is_end = job->row->name[0] == 't';
    int *at = is_end ? &job->p->to : &job->p->from;
    if (*at) return twice(job);
    *at = read_date(value, is_end);
    return *at ? HF_OK : bad_value(job, value, NULL, job->row->values);
}

static enum hf_status set_today(const struct job *job, const char *value)
{
    if (job->p->today) return twice(job);
    int first = read_date(value, false), last = read_date(value, true);
    if (first != last || !first) return bad_value(job, value, NULL, job->row->values);
    job->p->today = first;
    return HF_OK;
}

int params_today(const struct params *p)
{
    time_t now = time(NULL);
    struct tm day;
    if (p->today || !localtime_r(&now, &day)) return p->today;
    return (day.tm_year + 1900) * 10000 + (day.tm_mon + 1) * 100 + day.tm_mday;
}

static const char *const yes_no[] = {"true=ja", "false=nei", "1=yes",
                                     "0=no",    "on",        "off"};

static enum hf_status set_flag(const struct job *job, const char *value)
{
    int i = pick(job, value, yes_no, sizeof yes_no / sizeof *yes_no);
    if (i < 0) return HF_BAD_ARGUMENT;
    *(job->row->name[0] == 'o' ? &job->p->open : &job->p->all) = i % 2 == 0;
    return HF_OK;
}

static enum hf_status set_sort(const struct job *job, const char *value)
{
    static const char *const names[] = {"relevance=relevans", "newest=nyeste",
                                        "oldest=eldste", "case=sak", "added=tilkommet"};
    int i = pick(job, value, names, sizeof names / sizeof *names);
    if (i >= 0) job->p->sort = (enum params_sort)i;
    return i < 0 ? HF_BAD_ARGUMENT : HF_OK;
}

static enum hf_status set_by(const struct job *job, const char *value)
{
    static const char *const names[] = {"region", "helsefellesskap=hf", "group=gruppe"};
    static const enum hf_facet facets[] = {HF_FACET_REGION, HF_FACET_HELSEFELLESSKAP,
                                           HF_FACET_GROUP};
    int i = pick(job, value, names, 3);
    if (i >= 0) job->p->by = facets[i];
    return i < 0 ? HF_BAD_ARGUMENT : HF_OK;
}

static enum hf_status set_lang(const struct job *job, const char *value)
{
    static const char *const names[] = {"nb=no", "nn", "en"};
    int i = pick(job, value, names, 3);
    if (i >= 0) job->p->lang = (enum params_lang)i;
    return i < 0 ? HF_BAD_ARGUMENT : HF_OK;
}

static enum hf_status set_format(const struct job *job, const char *value)
{
    static const char *const names[] = {"json", "jsonl=ndjson", "csv",
                                        "tsv",  "atom",         "opensearch"};
    static const enum params_format formats[] = {FORMAT_JSON, FORMAT_JSONL,
                                                 FORMAT_CSV,  FORMAT_TSV,
                                                 FORMAT_ATOM, FORMAT_OPENSEARCH};
    if (job->p->has_format) return twice(job);
    int i = pick(job, value, names, sizeof names / sizeof *names);
    if (i < 0) return HF_BAD_ARGUMENT;
    job->p->format = formats[i];
    job->p->has_format = true;
    return HF_OK;
}

static void bounds(const struct params_row *row, int *min, int *max)
{
    *min = row->name[0] == 'o' ? 0 : 1;
    *max = row->name[0] == 's' ? MAX_SIZE : 9999999;
}

static enum hf_status set_number(const struct job *job, const char *value)
{
    struct params *p = job->p;
    char which = job->row->name[0];
    int n, min, max;
    const char *s = value;
    bounds(job->row, &min, &max);
    if (!digits(&s, 1, 7, &n) || *s || n < min || n > max)
        return bad_value(job, value, NULL, job->row->values);
    if ((which == 'p' && p->page) || (which == 'o' && p->has_offset)) return twice(job);
    if (which == 'p') p->page = (size_t)n;
    if (which == 's') p->size = (size_t)n;
    if (which == 'o') p->offset = (size_t)n;
    if (which == 'o') p->has_offset = true;
    return HF_OK;
}

/* Generation, offset and the question's hash, 8, 8 and 16 hexadecimal digits. */
static enum hf_status set_cursor(const struct job *job, const char *value)
{
    struct params *p = job->p;
    unsigned offset;
    if (p->has_cursor) return twice(job);
    if (strlen(value) != 32 || strspn(value, "0123456789abcdef") != 32 ||
        sscanf(value, "%8x%8x%16" SCNx64, &p->cursor_generation, &offset,
               &p->cursor_hash) != 3)
        return bad_value(job, value, NULL, job->row->values);
    p->has_cursor = true;
    if (!p->has_offset) p->offset = offset;
    return HF_OK;
}

/* How each row of the table is set, in its order. */
static const struct {
    setter set;
    enum hf_facet facet;
} how[] = {
    {set_query, HF_N_FACETS},       {set_facet, HF_FACET_TYPE},
    {set_facet, HF_FACET_REGION},   {set_facet, HF_FACET_HELSEFELLESSKAP},
    {set_facet, HF_FACET_YEAR},     {set_facet, HF_FACET_GROUP},
    {set_facet, HF_FACET_BODY},     {set_facet, HF_FACET_OUTCOME},
    {set_facet, HF_FACET_PRESENCE}, {set_flag, HF_N_FACETS},
    {set_in, HF_N_FACETS},          {set_date, HF_N_FACETS},
    {set_date, HF_N_FACETS},        {set_today, HF_N_FACETS},
    {set_sort, HF_N_FACETS},        {set_number, HF_N_FACETS},
    {set_number, HF_N_FACETS},      {set_number, HF_N_FACETS},
    {set_cursor, HF_N_FACETS},      {set_flag, HF_N_FACETS},
    {set_by, HF_N_FACETS},          {set_lang, HF_N_FACETS},
    {set_format, HF_N_FACETS},
};
_Static_assert(sizeof how / sizeof *how == sizeof params_table / sizeof *params_table,
               "one setter for each parameter");

/* ---- the interface ---- */

struct params_shape params_shape_of(size_t row)
{
    static const struct {
        setter set;
        enum params_kind kind;
    } kinds[] = {{set_query, PARAM_TEXT},   {set_facet, PARAM_CHOICE},
                 {set_date, PARAM_DATE},    {set_flag, PARAM_FLAG},
                 {set_today, PARAM_DAY},    {set_cursor, PARAM_CURSOR},
                 {set_number, PARAM_NUMBER}};
    static const char *const otherwise[][2] = {
        {"sort", "relevance"}, {"page", "1"},     {"size", "10"},   {"offset", "0"},
        {"by", "region"},      {"open", "false"}, {"all", "false"}, {"format", "json"}};
    const struct params_row *r = &params_table[row];
    struct params_shape s = {
        .kind = PARAM_WORD, .facet = how[row].facet, .max = MAX_QUERY};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (how[row].set == kinds[i].set) s.kind = kinds[i].kind;
    if (s.facet == HF_FACET_YEAR) s.kind = PARAM_YEAR;
    if (s.kind == PARAM_NUMBER) bounds(r, &s.min, &s.max);
    for (size_t i = 0; i < sizeof otherwise / sizeof *otherwise; i++)
        if (!strcmp(r->name, otherwise[i][0])) s.otherwise = otherwise[i][1];
    return s;
}

void params_init(struct params *p)
{
    *p = (struct params){.size = DEFAULT_SIZE, .by = HF_FACET_REGION};
}

static void release_values(struct params_values *v)
{
    for (size_t i = 0; i < v->n; i++) free(v->at[i]);
    v->n = 0;
}

void params_release(struct params *p)
{
    free(p->q);
    for (size_t f = 0; f < HF_N_FACETS; f++) release_values(&p->facet[f]);
    release_values(&p->in);
    params_init(p);
}

static enum hf_status unknown_name(const struct params *p, enum params_scope scope,
                                   const char *name, struct hf_error *err)
{
    struct nearest near;
    char seen[64];
    struct hf_buf b = HF_BUF_INIT, valid = HF_BUF_INIT;
    nearest_init(&near, name);
    for (size_t i = 0; i < params_table_n; i++) {
        const struct params_row *row = &params_table[i];
        if (!(row->scopes & (unsigned)scope)) continue;
        const char *before = near.best;
        nearest_offer(&near, row->name);
        if (row->alias) nearest_offer(&near, row->alias);
        if (near.best != before) near.best = row->name;
        hf_buf_addf(&valid, "%s%s", valid.len ? ", " : "", row->name);
    }
    clip(seen, name);
    strings_fill(&b, S_ERR_UNKNOWN_PARAM, p->lang, seen, NULL);
    hf_buf_addc(&b, ' ');
    if (near.best)
        strings_fill(&b, S_ERR_DID_YOU_MEAN, p->lang, near.best, NULL);
    else
        strings_fill(&b, S_ERR_VALID, p->lang, valid.data, NULL);
    enum hf_status status = hf_fail(err, HF_BAD_ARGUMENT, "%s", b.data);
    hf_buf_release(&b);
    hf_buf_release(&valid);
    return status;
}

enum hf_status params_set(struct params *p, enum params_scope scope, const char *name,
                          const char *value, struct hf_error *err)
{
    for (size_t i = 0; i < params_table_n; i++) {
        const struct params_row *row = &params_table[i];
        if (!(row->scopes & (unsigned)scope)) continue;
        if (strcmp(name, row->name) != 0 &&
            (!row->alias || strcmp(name, row->alias) != 0))
            continue;
        struct job job = {p, row, err, how[i].facet};
        char *copy = hf_xstrdup(value), *text = copy + strspn(copy, " \t\r\n");
        size_t len = strlen(text);
        while (len && strchr(" \t\r\n", text[len - 1])) text[--len] = 0;
        enum hf_status status = len ? how[i].set(&job, text) : HF_OK;
        free(copy);
        return status;
    }
    return unknown_name(p, scope, name, err);
}

enum hf_status params_check(struct params *p, struct hf_error *err)
{
    if (p->has_cursor && (p->page || p->has_offset))
        return hf_fail(err, HF_BAD_ARGUMENT, "%s",
                       strings_get(S_ERR_CURSOR_PAGE, p->lang));
    if (p->page && p->has_offset)
        return hf_fail(err, HF_BAD_ARGUMENT, "%s",
                       strings_get(S_ERR_PAGE_OFFSET, p->lang));
    if (p->from && p->to && p->from > p->to)
        return hf_fail(err, HF_BAD_ARGUMENT, "%s", strings_get(S_ERR_FROM_TO, p->lang));
    if (p->page) p->offset = (p->page - 1) * p->size;
    if (!p->all && p->offset + p->size > MAX_DEPTH)
        return hf_fail(err, HF_BAD_ARGUMENT, "%s", strings_get(S_ERR_DEPTH, p->lang));
    return HF_OK;
}

static void add_pair(struct hf_buf *b, size_t start, const char *name, const char *value)
{
    static const char hex[] = "0123456789ABCDEF";
    if (b->len > start) hf_buf_addc(b, '&');
    hf_buf_addf(b, "%s=", name);
    for (const unsigned char *s = (const unsigned char *)value; *s; s++) {
        if ((*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'z') ||
            (*s >= 'A' && *s <= 'Z') || strchr("-._~", *s)) {
            hf_buf_addc(b, (char)*s);
        } else {
            char code[] = {'%', hex[*s >> 4], hex[*s & 15]};
            hf_buf_add(b, code, 3);
        }
    }
}

static void add_date(struct hf_buf *b, size_t start, const char *name, int day)
{
    char text[40];
    snprintf(text, sizeof text, "%04d-%02d-%02d", day / 10000, day / 100 % 100,
             day % 100);
    add_pair(b, start, name, text);
}

static void add_size(struct hf_buf *b, size_t start, size_t size)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", size);
    add_pair(b, start, "size", text);
}

void params_url(const struct params *p, struct hf_buf *b)
{
    static const char *const sorts[] = {"relevance", "newest", "oldest", "case", "added"};
    static const char *const langs[] = {"nb", "nn", "en"};
    static const char *const formats[] = {"json", "jsonl", "csv",  "atom",
                                          "text", "tsv",   "html", "opensearch"};
    size_t start = b->len;
    if (p->q) add_pair(b, start, "q", p->q);
    for (size_t f = 0; f < HF_N_FACETS; f++)
        for (size_t i = 0; i < p->facet[f].n; i++)
            add_pair(b, start, hf_facets[f].name, p->facet[f].at[i]);
    if (p->open) add_pair(b, start, "open", "true");
    for (size_t i = 0; i < p->in.n; i++) add_pair(b, start, "in", p->in.at[i]);
    if (p->from) add_date(b, start, "from", p->from);
    if (p->to) add_date(b, start, "to", p->to);
    if (p->today) add_date(b, start, "today", p->today);
    if (p->sort != SORT_RELEVANCE) add_pair(b, start, "sort", sorts[p->sort]);
    if (p->size != DEFAULT_SIZE) add_size(b, start, p->size);
    if (p->all) add_pair(b, start, "all", "true");
    if (p->by != HF_FACET_REGION) add_pair(b, start, "by", hf_facets[p->by].name);
    if (p->lang != LANG_NB) add_pair(b, start, "lang", langs[p->lang]);
    /* JSON is what stands there unless something else is asked for. */
    if (p->has_format && p->format != FORMAT_JSON)
        add_pair(b, start, "format", formats[p->format]);
}
