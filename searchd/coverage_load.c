/* Rows from a generation: the meetings' records, who belongs to which meeting (a value
 * slot), and the case numbers (terms). No case is read. */
#include <stdlib.h>
#include <string.h>

#include "../shim/map.h"
#include "../shim/utf8.h"
#include "coverage.h"
#include "known.h"
#include "render_json.h"

struct meeting {
    json_t *record, *row;
    char *series; /* of its id: helsefellesskap/body[.slug] */
    const char *trust, *body, *kind;
    int year, day; /* yyyymmdd by the evidence, 0 = unknown */
    struct coverage_number *numbers;
    size_t n_numbers, cap_numbers;
};

struct series { /* the numbers of one body in one year */
    const struct meeting *of;
    int year;
    uint8_t state[COVERAGE_MAX];
};

struct load {
    struct session *s;
    struct meeting *meetings;
    size_t n, cap;
    struct series *series;
    size_t n_series, cap_series;
    uint32_t *meeting_of; /* by document: number + 1 in meetings */
    json_t *rows;         /* by key */
    struct hf_map by_id;
    char **terms; /* of case numbers, "K14/2024" */
    size_t n_terms, cap_terms;
    struct coverage_number now; /* the number whose documents are being read */
};

static const char *text_or_null(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));
    return s && *s ? s : NULL;
}

static json_t *nullable(const char *text)
{
    json_t *s = text ? json_string(text) : NULL;
    return s ? s : json_null();
}

/* The row of a body and a year, made at first use. Borrowed. */
static json_t *row_of(struct load *l, const char *trust, const char *body, int year)
{
    struct hf_buf key = HF_BUF_INIT;
    hf_buf_addf(&key, "%s\t%s\t%d", trust ? trust : "", body ? body : "", year);
    json_t *row = json_object_get(l->rows, key.data);
    if (!row) {
        const struct hf_choice *c =
            trust ? known_find(HF_FACET_HELSEFELLESSKAP, trust) : NULL;
        row = json_object();
        json_object_set_new(row, "helsefellesskap", nullable(trust));
        json_object_set_new(row, "helsefellesskap_name",
                            nullable(c ? c->label_nb : NULL));
        json_object_set_new(row, "region", nullable(trust ? known_region(trust) : NULL));
        json_object_set_new(row, "body", nullable(body));
        json_object_set_new(row, "year", year ? json_integer(year) : json_null());
        static const char *const counts[] = {"meetings", "notices",   "reports",
                                             "cases",    "decisions", "attendees"};
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
            json_object_set_new(row, counts[i], json_integer(0));
        json_object_set_new(row, "unreadable", json_array());
        json_object_set_new(row, "missing", json_array());
        json_object_set_new(l->rows, key.data, row);
    }
    hf_buf_release(&key);
    return row;
}

static void count(json_t *row, const char *name)
{
    json_t *n = json_object_get(row, name);
    json_integer_set(n, json_integer_value(n) + 1);
}

/* ---- reading ---- */

static bool is_kind(const struct meeting *m, const char *kind)
{
    return strcmp(m->kind, kind) == 0;
}

static void add_meeting(struct load *l, json_t *record)
{
    l->meetings = hf_grow(l->meetings, &l->cap, l->n, sizeof *l->meetings);
    struct meeting *m = &l->meetings[l->n++];
    *m = (struct meeting){.record = record};
    const char *id = member_text(record, "id"), *kind = text_or_null(record, "kind");
    const char *date = text_or_null(record, "date"), *slash = strchr(id, '/');
    int y, month, day;
    m->trust = text_or_null(record, "helsefellesskap");
    m->body = text_or_null(record, "body");
    m->kind = kind ? kind : "minutes";
    m->year = (int)json_integer_value(json_object_get(record, "year"));
    if (date && sscanf(date, "%d-%d-%d", &y, &month, &day) == 3)
        m->day = (m->year ? m->year : y) * 10000 + month * 100 + day;
    slash = slash ? strchr(slash + 1, '/') : NULL;
    m->series = slash ? hf_xstrndup(id, (size_t)(slash - id)) : hf_xstrdup(id);
    m->row = row_of(l, m->trust, m->body, m->year);
    count(m->row, is_kind(m, "report")   ? "reports"
                  : is_kind(m, "notice") ? "notices"
                                         : "meetings");
    hf_map_put(&l->by_id, id, strlen(id), (void *)l->n);
}

static enum hf_status read_meetings(struct load *l, struct hf_error *err)
{
    const struct columns *c = l->s->served->columns;
    enum hf_status status = HF_OK;
    for (uint32_t d = 1; status == HF_OK && d <= c->last; d++) {
        json_t *record;
        if (c->type[d] != HF_TYPE_MEETING + 1) continue;
        status = session_record(l->s, d, &record, err);
        if (status == HF_OK) add_meeting(l, record);
    }
    return status;
}

static int take_member(void *ctx, uint32_t docid, const char *bytes, size_t len)
{
    static const char *const names[] = {NULL, "cases", "decisions", "attendees"};
    struct load *l = ctx;
    const struct columns *c = l->s->served->columns;
    size_t n = (size_t)hf_map_get(&l->by_id, bytes, len);
    if (!n || docid > c->last || !c->type[docid]) return 0;
    const char *name = names[c->type[docid] - 1];
    l->meeting_of[docid] = (uint32_t)n;
    if (name) count(l->meetings[n - 1].row, name);
    return 0;
}

static int take_term(void *ctx, const char *term, size_t len, uint32_t freq)
{
    struct load *l = ctx;
    (void)freq;
    l->terms = hf_grow(l->terms, &l->cap_terms, l->n_terms, sizeof *l->terms);
    l->terms[l->n_terms++] = hf_xstrndup(term, len);
    return 0;
}

static int take_number(void *ctx, uint32_t docid)
{
    struct load *l = ctx;
    const struct columns *c = l->s->served->columns;
    if (docid > c->last || c->type[docid] != HF_TYPE_CASE + 1 || !l->meeting_of[docid])
        return 0;
    struct meeting *m = &l->meetings[l->meeting_of[docid] - 1];
    m->numbers = hf_grow(m->numbers, &m->cap_numbers, m->n_numbers, sizeof *m->numbers);
    m->numbers[m->n_numbers++] = l->now;
    return 0;
}

/* A number with its year in the normal form; letters after it are parts of one case. */
static bool read_number(const char *term, struct coverage_number *out)
{
    char *end;
    long n = strtol(term + 1, &end, 10);
    if (end == term + 1 || n < 1 || n >= COVERAGE_MAX) return false;
    if (*end >= 'a' && *end <= 'z') end++;
    if (*end != '/' || strspn(end + 1, "0123456789") != 4 || end[5]) return false;
    *out = (struct coverage_number){(int)n, atoi(end + 1), false};
    return true;
}

static enum hf_status read_numbers(struct load *l, struct hf_error *err)
{
    enum hf_status status = hf_reader_terms(l->s->reader, "K", take_term, l, err);
    for (size_t i = 0; status == HF_OK && i < l->n_terms; i++)
        if (read_number(l->terms[i], &l->now))
            status = hf_reader_postings(l->s->reader, l->terms[i], take_number, l, err);
    return status;
}

/* ---- what is lacking ---- */

static struct series *series_of(struct load *l, const struct meeting *m, int year,
                                struct hf_map *known)
{
    struct hf_buf key = HF_BUF_INIT;
    hf_buf_addf(&key, "%s\t%d", m->series, year);
    size_t n = (size_t)hf_map_get(known, key.data, key.len);
    if (!n) {
        l->series = hf_grow(l->series, &l->cap_series, l->n_series, sizeof *l->series);
        l->series[l->n_series++] = (struct series){.of = m, .year = year};
        n = l->n_series;
        hf_map_put(known, hf_buf_take(&key), strlen(m->series) + 5, (void *)n);
    }
    hf_buf_release(&key);
    return &l->series[n - 1];
}

static void fill_series(struct load *l)
{
    struct hf_map known = {NULL, 0, 0};
    for (size_t i = 0; i < l->n; i++) {
        struct meeting *m = &l->meetings[i];
        if (!m->trust || !m->body || is_kind(m, "report")) continue;
        coverage_mark(m->numbers, m->n_numbers, m->year);
        for (size_t k = 0; k < m->n_numbers; k++) {
            const struct coverage_number *n = &m->numbers[k];
            uint8_t *at = &series_of(l, m, n->year, &known)->state[n->number];
            uint8_t is =
                n->is_own && is_kind(m, "minutes") ? COVERAGE_OWN : COVERAGE_LISTED;
            if (is > *at) *at = is;
        }
    }
    for (size_t i = 0; i < known.cap; i++) free((char *)known.slots[i].key);
    hf_map_release(&known);
}

static void add_gap(struct load *l, const struct series *s, const struct coverage_gap *g)
{
    json_t *listed = json_array(), *row = row_of(l, s->of->trust, s->of->body, s->year);
    for (int i = g->from; i <= g->to; i++)
        if (s->state[i] == COVERAGE_LISTED)
            json_array_append_new(listed, json_sprintf("%d/%d", i, s->year));
    json_array_append_new(json_object_get(row, "missing"),
                          json_pack("{s:s, s:i, s:i, s:i, s:o, s:o}", "kind", "numbers",
                                    "from", g->from, "to", g->to, "year", s->year,
                                    "listed", listed, "body_name",
                                    nullable(text_or_null(s->of->record, "body_name"))));
}

static void find_gaps(struct load *l)
{
    for (size_t i = 0; i < l->n_series; i++) {
        const struct series *a = &l->series[i];
        uint8_t elsewhere[COVERAGE_MAX] = {0};
        struct coverage_gap gaps[COVERAGE_MAX / 2];
        for (size_t k = 0; k < l->n_series; k++) {
            const struct series *b = &l->series[k];
            if (k == i || b->year != a->year || strcmp(a->of->trust, b->of->trust) != 0 ||
                !coverage_is_shared(a->state, b->state))
                continue;
            for (int n = 1; n < COVERAGE_MAX; n++)
                elsewhere[n] |= b->state[n] == COVERAGE_OWN;
        }
        size_t n = coverage_gaps(a->state, elsewhere, gaps, sizeof gaps / sizeof *gaps);
        for (size_t k = 0; k < n; k++) add_gap(l, a, &gaps[k]);
    }
}

/* Whether minutes of that day are here: of the same body, whose name one of the two may
 * not have in full. */
static bool is_held(const struct load *l, const struct meeting *by, const char *date)
{
    int y, month, day;
    if (sscanf(date, "%d-%d-%d", &y, &month, &day) != 3) return true;
    int want = y * 10000 + month * 100 + day;
    for (size_t i = 0; i < l->n; i++) {
        const struct meeting *m = &l->meetings[i];
        if (!m->trust || !m->body || strcmp(m->trust, by->trust) != 0 ||
            strcmp(m->body, by->body) != 0 || !is_kind(m, "minutes"))
            continue;
        bool is_same = strcmp(m->series, by->series) == 0 || !strchr(m->series, '.') ||
                       !strchr(by->series, '.');
        const char *printed = text_or_null(m->record, "date");
        if (is_same && (m->day == want || (printed && !strcmp(printed, date))))
            return true;
    }
    return false;
}

static bool is_told(const json_t *missing, const char *date, const char *series)
{
    size_t i;
    json_t *one;
    json_array_foreach(missing, i, one)
    {
        if (strcmp(member_text(one, "date"), date) == 0 &&
            strcmp(member_text(one, "series"), series) == 0)
            return true;
    }
    return false;
}

static void find_approved(struct load *l, const struct meeting *m)
{
    size_t i;
    json_t *a;
    char day[11];
    json_array_foreach(json_object_get(m->record, "approves"), i, a)
    {
        const char *date = member_text(a, "date");
        if (is_held(l, m, date)) continue;
        json_t *row = row_of(l, m->trust, m->body, atoi(date));
        json_t *missing = json_object_get(row, "missing");
        if (is_told(missing, date, m->series)) continue;
        json_array_append_new(
            missing,
            json_pack("{s:s, s:s, s:O?, s:o, s:s, s:o, s:s}", "kind", "approved", "date",
                      date, "as_printed", json_object_get(a, "as_printed"), "approved_by",
                      nullable(text_or_null(m->record, "id")), "approved_on",
                      member_day(m->record, day), "body_name",
                      nullable(text_or_null(m->record, "body_name")), "series",
                      m->series));
    }
}

/* ---- what could not be read ---- */

const char *coverage_path_trust(const char *path)
{
    size_t n, best_len = 0;
    const struct hf_choice *choices = known_choices(HF_FACET_HELSEFELLESSKAP, &n);
    const char *best = NULL;
    for (const char *part = path; *part;) {
        size_t len = strcspn(part, "/");
        struct hf_buf slug = HF_BUF_INIT;
        hf_utf8_slug(&slug, part, len);
        bool is_new = true; /* a deeper folder decides */
        for (size_t i = 0; slug.len && i < n; i++) {
            const char *names[] = {choices[i].id, choices[i].alias};
            for (size_t k = 0; k < 2; k++) {
                size_t m = names[k] ? strlen(names[k]) : 0;
                if (!m || strncmp(slug.data, names[k], m) != 0 ||
                    (slug.data[m] && slug.data[m] != '-') || (!is_new && m <= best_len))
                    continue;
                is_new = false;
                best = choices[i].id;
                best_len = m;
            }
        }
        hf_buf_release(&slug);
        part += len + (part[len] == '/');
    }
    return best;
}

/* The body and the year that a file's name tells: words of their own in it. */
static void name_tells(const char *path, const char **body, int *year)
{
    const char *slash = strrchr(path, '/');
    char *copy = hf_xstrdup(slash ? slash + 1 : path), *rest = copy, *word;
    size_t n;
    const struct hf_choice *bodies = known_choices(HF_FACET_BODY, &n);
    while ((word = strsep(&rest, "-_ .,()"))) {
        for (size_t i = 0; !*body && *word && i < n; i++)
            if (strcasecmp(word, bodies[i].id) == 0) *body = bodies[i].id;
        bool is_year = strlen(word) == 4 && strspn(word, "0123456789") == 4 &&
                       (strncmp(word, "19", 2) == 0 || strncmp(word, "20", 2) == 0);
        if (is_year && !*year) *year = atoi(word);
    }
    free(copy);
}

static json_t *add_unreadable(struct load *l)
{
    size_t i;
    json_t *u, *others = json_array();
    const json_t *meta = l->s->served->generation.meta;
    json_array_foreach(json_object_get(meta, "unreadable"), i, u)
    {
        const char *path = member_text(u, "source"),
                   *trust = text_or_null(u, "helsefellesskap"),
                   *body = text_or_null(u, "body");
        int year = 0;
        if (!trust) trust = coverage_path_trust(path);
        name_tells(path, &body, &year);
        json_t *list =
            trust ? json_object_get(row_of(l, trust, body, year), "unreadable") : others;
        json_array_append_new(list, trust
                                        ? json_string(path)
                                        : json_pack("{s:s, s:s}", "source", path,
                                                    "reason", member_text(u, "reason")));
    }
    return others;
}

/* ---- the whole ---- */

static size_t place_of(const char *trust)
{
    size_t n, i = 0;
    const struct hf_choice *c = known_choices(HF_FACET_HELSEFELLESSKAP, &n);
    while (i < n && strcmp(c[i].id, trust) != 0) i++;
    return i;
}

static int by_place(const void *a, const void *b)
{
    const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
    size_t px = place_of(member_text(x, "helsefellesskap")),
           py = place_of(member_text(y, "helsefellesskap"));
    if (px != py) return px < py ? -1 : 1;
    int c = strcmp(member_text(x, "body"), member_text(y, "body"));
    if (c) return c;
    json_int_t yx = json_integer_value(json_object_get(x, "year")),
               yy = json_integer_value(json_object_get(y, "year"));
    return (yx > yy) - (yx < yy);
}

static json_t *sorted_rows(const json_t *rows)
{
    size_t n = json_object_size(rows), i = 0;
    json_t **list = hf_xcalloc(n + 1, sizeof *list), *row, *out = json_array();
    const char *key;
    json_object_foreach((json_t *)rows, key, row) list[i++] = row;
    qsort(list, n, sizeof *list, by_place);
    for (i = 0; i < n; i++) json_array_append(out, list[i]);
    free(list);
    return out;
}

static void release(struct load *l)
{
    for (size_t i = 0; i < l->n; i++) {
        json_decref(l->meetings[i].record);
        free(l->meetings[i].series);
        free(l->meetings[i].numbers);
    }
    for (size_t i = 0; i < l->n_terms; i++) free(l->terms[i]);
    free(l->terms);
    free(l->meetings);
    free(l->series);
    free(l->meeting_of);
    hf_map_release(&l->by_id);
    json_decref(l->rows);
}

enum hf_status coverage_load(struct session *s, json_t **out, struct hf_error *err)
{
    struct load l = {.s = s, .rows = json_object()};
    *out = NULL;
    l.meeting_of = hf_xcalloc((size_t)s->served->columns->last + 1, sizeof *l.meeting_of);
    enum hf_status status = read_meetings(&l, err);
    if (status == HF_OK)
        status = hf_reader_values(s->reader, HF_SLOT_MEETING, take_member, &l, err);
    if (status == HF_OK) status = read_numbers(&l, err);
    if (status == HF_OK) {
        fill_series(&l);
        find_gaps(&l);
        for (size_t i = 0; i < l.n; i++)
            if (l.meetings[i].trust && l.meetings[i].body)
                find_approved(&l, &l.meetings[i]);
        json_t *others = add_unreadable(&l);
        *out = json_pack("{s:o, s:o}", "rows", sorted_rows(l.rows), "unreadable", others);
    }
    release(&l);
    return status;
}
