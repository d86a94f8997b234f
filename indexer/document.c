#include "document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/buf.h"
#include "../shim/local.h"
#include "../shim/record.h"
#include "../shim/utf8.h"
#include "kin.h"
#include "pieces.h"

/* Positions between two pieces of one field, so that no phrase spans them. */
#define FIELD_GAP 100

struct document_maker {
    struct hf_analyser *analyser;
    struct pieces *pieces;
    const struct hf_lexicon *lex;
    struct hf_local local; /* the document's own acronyms */
    struct kin kin;
    bool is_damaged;
    bool is_promise;  /* the record being made promises something */
    bool is_heir;     /* its words are those of the record before it */
    bool comes_again; /* its texts, with another record */
    const json_t *previous;
    struct hf_doc *doc;
    struct hf_buf scratch;
    const char *first_seen; /* of the document being made; NULL where it is not known */
    /* where the terms of the piece being analysed go */
    enum hf_field field;
    unsigned pos_base, pos_last;
    /* for printing */
    document_line_fn print;
    void *print_ctx;
    const char *type;
};

enum hf_status document_maker_new(const struct hf_lexicon *lex,
                                  struct document_maker **out, struct hf_error *err)
{
    struct document_maker *m = hf_xcalloc(1, sizeof *m);
    *out = NULL;
    enum hf_status status = hf_analyser_new(lex, &m->analyser, err);
    if (status != HF_OK) {
        free(m);
        return status;
    }
    m->lex = lex;
    m->pieces = pieces_new(m->analyser);
    m->doc = hf_doc_new();
    hf_buf_init(&m->scratch);
    *out = m;
    return HF_OK;
}

void document_maker_free(struct document_maker *m)
{
    if (!m) return;
    pieces_free(m->pieces);
    hf_analyser_free(m->analyser);
    hf_local_clear(&m->local);
    hf_doc_free(m->doc);
    hf_buf_release(&m->scratch);
    free(m);
}

/* ---- pieces ---- */

static const char *string_of(const json_t *record, const char *field)
{
    const char *s = json_string_value(json_object_get(record, field));
    return s && *s ? s : NULL;
}

static void add_term(void *ctx, const struct piece_term *t)
{
    struct document_maker *m = ctx;
    unsigned pos = t->pos ? m->pos_base + t->pos : 0;
    t->bytes[0] = (char)m->field;
    if (!t->is_exact) hf_doc_posting(m->doc, t->bytes, t->len, pos, t->wdf);
    if (!m->print || !t->wdf) return;
    char line[HF_TERM_ROOM + 64];
    snprintf(line, sizeof line, "%s\t%c\t%c\t%u\t%s", m->type, t->bytes[0], t->bytes[1],
             pos, t->bytes + 2);
    m->print(m->print_ctx, line);
}

/* Indexes text under field; pieces of one field are called in a row. */
static void add_text(struct document_maker *m, enum hf_field field, const char *text)
{
    if (!text) return;
    if (m->field != field) m->pos_last = 0;
    m->field = field;
    m->pos_base = m->pos_last ? m->pos_last + FIELD_GAP : 0;
    unsigned last = pieces_each(m->pieces, text, m->comes_again, add_term, m);
    if (last) m->pos_last = m->pos_base + last;
}

static void add_strings(struct document_maker *m, enum hf_field field, const json_t *list,
                        const char *key)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
        add_text(m, field, key ? string_of(item, key) : json_string_value(item));
}

static void add_flag(struct document_maker *m, char capital, const char *value)
{
    if (!value) return;
    char term[HF_TERM_ROOM];
    size_t len = hf_term_flag(term, capital, value, strlen(value));
    hf_doc_posting(m->doc, term, len, 0, 0);
}

static void add_value(struct document_maker *m, enum hf_slot slot, const char *value)
{
    if (value && *value) hf_doc_value(m->doc, slot, value, strlen(value));
}

/* The boolean term of a facet value; the slot is set by add_value. */
static void add_facet(struct document_maker *m, enum hf_facet facet, const char *value)
{
    char term[HF_TERM_ROOM];
    if (!value || !*value) return;
    size_t len = hf_term_facet(term, facet, value, strlen(value));
    hf_doc_posting(m->doc, term, len, 0, 0);
}

/* Slot and terms of a facet with fixed choices: b holds a letter a choice. */
static void add_choices(struct document_maker *m, enum hf_facet facet,
                        const struct hf_buf *b)
{
    add_value(m, (enum hf_slot)hf_facets[facet].slot, b->data);
    for (size_t i = 0; i < b->len; i++)
        add_facet(m, facet, hf_facets[facet].choices[b->data[i] - '0'].id);
}

static void choice_letter(struct hf_buf *b, enum hf_facet facet, const char *id)
{
    int n = id ? hf_choice_find(&hf_facets[facet], id, strlen(id)) : -1;
    char letter = (char)('0' + n);
    if (n >= 0 && !memchr(b->data, letter, b->len)) hf_buf_addc(b, letter);
}

/* ---- what every record inherits ---- */

/* yyyymmdd: the printed day and month in the year that the evidence gives; yyyy0000
 * without a day. */
static void date_value(const json_t *meeting, char out[9])
{
    const char *date = string_of(meeting, "date");
    long long year = json_integer_value(json_object_get(meeting, "year"));
    out[0] = 0;
    if (year < 1000 || year > 9999) return;
    snprintf(out, 9, "%04d0000", (int)year);
    if (date && strlen(date) == 10) {
        memcpy(out + 4, date + 5, 2);
        memcpy(out + 6, date + 8, 2);
    }
}

static void add_inherited(struct document_maker *m, const json_t *meeting,
                          enum hf_type type)
{
    char flags[4] = "";
    size_t n_flags = 0;
    if (m->is_promise) flags[n_flags++] = 'o';
    if (m->is_damaged) flags[n_flags++] = 'd';
    if (m->is_heir) flags[n_flags++] = 's';
    add_value(m, HF_SLOT_FLAGS, flags);
    char digit[2] = {(char)('0' + type), 0}, date[9];
    add_value(m, HF_SLOT_TYPE, digit);
    add_flag(m, 'T', hf_facets[HF_FACET_TYPE].choices[type].id);
    int region = hf_region_find(string_of(meeting, "health_region"));
    digit[0] = (char)('0' + region);
    if (region >= 0) {
        add_value(m, HF_SLOT_REGION, digit);
        add_facet(m, HF_FACET_REGION, hf_facets[HF_FACET_REGION].choices[region].id);
    }
    add_value(m, HF_SLOT_TRUST, string_of(meeting, "helsefellesskap"));
    add_facet(m, HF_FACET_HELSEFELLESSKAP, string_of(meeting, "helsefellesskap"));
    date_value(meeting, date);
    add_value(m, HF_SLOT_DATE, date);
    if (m->first_seen) {
        hf_buf_clear(&m->scratch);
        hf_buf_addf(&m->scratch, "%s%s", m->first_seen, date);
        add_value(m, HF_SLOT_SEEN, m->scratch.data);
    }
    date[4] = 0;
    add_value(m, HF_SLOT_YEAR, date);
    add_facet(m, HF_FACET_YEAR, date);
    add_value(m, HF_SLOT_BODY, string_of(meeting, "body"));
    add_facet(m, HF_FACET_BODY, string_of(meeting, "body"));
    add_value(m, HF_SLOT_MEETING, string_of(meeting, "id"));
    add_flag(m, 'M', string_of(meeting, "id"));
    add_flag(m, 'H', string_of(meeting, "source_sha256"));
    const json_t *sources = json_object_get(meeting, "sources");
    size_t i;
    json_t *source;
    json_array_foreach(sources, i, source)
        add_flag(m, 'H', string_of(source, "source_sha256"));
}

/* The meeting's header, as context of its cases and decisions. */
static void add_header(struct document_maker *m, const json_t *meeting)
{
    static const char *const fields[] = {"helsefellesskap_name", "health_region", "body",
                                         "body_name"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        add_text(m, HF_FIELD_HEADER, string_of(meeting, fields[i]));
    char year[16];
    long long y = json_integer_value(json_object_get(meeting, "year"));
    if (y > 0) {
        snprintf(year, sizeof year, "%d", (int)y);
        add_text(m, HF_FIELD_HEADER, year);
    }
}

/* Sorts cases by helsefellesskap, body, year and number; a number without a year by its
 * meeting's. */
static void case_sort(struct document_maker *m, const json_t *meeting, const char *number)
{
    const char *hf = string_of(meeting, "helsefellesskap"),
               *body = string_of(meeting, "body");
    unsigned n = 0, year = (unsigned)json_integer_value(json_object_get(meeting, "year")),
             printed;
    if (number && sscanf(number, "%u/%u", &n, &printed) == 2) year = printed;
    char key[160];
    snprintf(key, sizeof key, "%.60s/%.30s/%04u/%05u", hf ? hf : "~", body ? body : "~",
             year, n);
    add_value(m, HF_SLOT_CASE, key);
}

/* ---- the four kinds of record ---- */

static void add_outcomes(struct document_maker *m, const json_t *decisions)
{
    hf_buf_clear(&m->scratch);
    size_t i;
    json_t *d;
    json_array_foreach(decisions, i, d)
        choice_letter(&m->scratch, HF_FACET_OUTCOME, string_of(d, "outcome"));
    add_choices(m, HF_FACET_OUTCOME, &m->scratch);
}

static void add_groups(struct document_maker *m, const json_t *c)
{
    hf_buf_clear(&m->scratch);
    size_t i;
    json_t *g;
    json_array_foreach(json_object_get(c, "patient_groups"), i, g)
        choice_letter(&m->scratch, HF_FACET_GROUP, json_string_value(g));
    add_choices(m, HF_FACET_GROUP, &m->scratch);
}

/* The first bytes of the case's text without the decisions in it, which stand in a field
 * of their own and follow each other as in the text. */
static char *text_without(const char *text, size_t most, const json_t *decisions)
{
    if (!text) return NULL;
    size_t len = strlen(text), i, missed = 0;
    while (most < len && ((unsigned char)text[most] & 0xc0) == 0x80) most--;
    char *rest = hf_xstrndup(text, most < len ? most : len), *from = rest;
    json_t *d;
    json_array_foreach(decisions, i, d)
    {
        const char *own = string_of(d, "text");
        if (!own || !*own) continue;
        char *at = strstr(from, own);
        if (!at && from > rest) at = strstr(rest, own);
        /* Of a file made to hurt, not each of its thousands is looked for. */
        if (!at && ++missed > 1000) break;
        if (!at) continue;
        from = at + strlen(own);
        memset(at, ' ', strlen(own));
    }
    return rest;
}

static void add_case_text(struct document_maker *m, const json_t *c, size_t most,
                          const json_t *decisions)
{
    char *rest = text_without(string_of(c, "text"), most, decisions);
    add_text(m, HF_FIELD_TEXT, rest);
    free(rest);
    add_text(m, HF_FIELD_TEXT, string_of(c, "responsible"));
    add_text(m, HF_FIELD_TEXT, string_of(c, "deadline"));
    if (most != SIZE_MAX) return;
    add_strings(m, HF_FIELD_TEXT, json_object_get(c, "attachments"), NULL);
    add_strings(m, HF_FIELD_TEXT, json_object_get(c, "people"), "name");
}

static void add_numbers(struct document_maker *m, const json_t *c, bool has_refs)
{
    const char *number = string_of(c, "number_normalised"),
               *printed = string_of(c, "number");
    add_flag(m, 'K', number);
    if (printed && (!number || strcmp(printed, number) != 0)) add_flag(m, 'K', printed);
    size_t i;
    json_t *ref;
    if (!has_refs) return;
    json_array_foreach(json_object_get(c, "refs"), i, ref)
        add_flag(m, 'J', json_string_value(ref));
}

/* What makes a case a step of a chain: its number in its series, the cases it means. */
static void add_links(struct document_maker *m, const json_t *meeting, const json_t *c)
{
    const char *number = string_of(c, "number_normalised"),
               *id = string_of(meeting, "id");
    char term[HF_TERM_ROOM];
    size_t len = number && id ? hf_term_series(term, id, number) : 0, i;
    json_t *ref;
    hf_doc_posting(m->doc, term, len, 0, 0);
    json_array_foreach(json_object_get(c, "refs_detail"), i, ref)
    {
        const char *how = string_of(ref, "direction");
        add_flag(m, how && !strcmp(how, "approves") ? 'A' : 'R', string_of(ref, "case"));
    }
}

/* Up to which day something was looked for in a body's minutes. */
static void add_day(struct document_maker *m, const json_t *meeting)
{
    const char *kind = string_of(meeting, "kind"), *id = string_of(meeting, "id");
    char date[9], term[HF_TERM_ROOM];
    date_value(meeting, date);
    if (!*date || !id || (kind && strcmp(kind, "minutes") != 0)) return;
    hf_doc_posting(m->doc, term, hf_term_series_day(term, id, date), 0, 0);
}

static void make_meeting(struct document_maker *m, const json_t *meeting)
{
    add_text(m, HF_FIELD_TITLE, string_of(meeting, "title"));
    add_text(m, HF_FIELD_TEXT, string_of(meeting, "text"));
    add_text(m, HF_FIELD_TEXT, string_of(meeting, "place"));
    add_header(m, meeting);
    add_day(m, meeting);
    case_sort(m, meeting, NULL);
}

static void make_case(struct document_maker *m, const json_t *meeting, const json_t *c,
                      const json_t *decisions)
{
    add_text(m, HF_FIELD_TITLE, string_of(c, "title"));
    add_strings(m, HF_FIELD_DECISION, decisions, "text");
    add_case_text(m, c, SIZE_MAX, decisions);
    add_numbers(m, c, true);
    add_links(m, meeting, c);
    add_groups(m, c);
    add_outcomes(m, decisions);
    case_sort(m, meeting, string_of(c, "number_normalised"));
}

static void make_decision(struct document_maker *m, const json_t *meeting,
                          const json_t *c, const json_t *decision)
{
    if (!m->is_heir) add_text(m, HF_FIELD_DECISION, string_of(decision, "text"));
    if (c && !m->is_heir) {
        json_t *self = json_pack("[O]", decision);
        add_text(m, HF_FIELD_TITLE, string_of(c, "title"));
        add_case_text(m, c, m->kin.share, self);
        json_decref(self);
    }
    if (c) {
        add_numbers(m, c, !m->kin.is_bounded);
        add_groups(m, c);
        add_flag(m, 'C', string_of(c, "id"));
    }
    hf_buf_clear(&m->scratch);
    choice_letter(&m->scratch, HF_FACET_OUTCOME, string_of(decision, "outcome"));
    add_choices(m, HF_FACET_OUTCOME, &m->scratch);
    case_sort(m, meeting, c ? string_of(c, "number_normalised") : NULL);
}

/* «K. Hørthe» means a name that begins with K: each name's first letter is an exact form
 * of the name, without a position. */
static void add_initials(struct document_maker *m, const char *name)
{
    size_t len = name ? strlen(name) : 0;
    bool begins = true;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t n = hf_utf8_next(name + i, len - i, &c);
        if (begins && hf_utf8_is_letter(c)) {
            char term[HF_TERM_ROOM];
            hf_buf_clear(&m->scratch);
            hf_utf8_lower(&m->scratch, name + i, n);
            size_t size = hf_term_spell(term, HF_FIELD_NAME, HF_KIND_EXACT,
                                        m->scratch.data, m->scratch.len);
            hf_doc_posting(m->doc, term, size, 0, 0);
        }
        begins = !hf_utf8_is_letter(c);
        i += n;
    }
}

/* The person's key, and the keys that the other spellings would give: a link made before
 * a better spelling was known still leads to the person. */
static void add_person(struct document_maker *m, const json_t *a)
{
    const char *key = string_of(a, "person"), *place = key ? strchr(key, '.') : NULL;
    const json_t *merged = json_object_get(a, "merged");
    add_flag(m, 'P', key);
    add_value(m, HF_SLOT_PERSON, key);
    for (size_t i = 0; place && i <= json_array_size(merged); i++) {
        const char *name = string_of(i ? json_array_get(merged, i - 1) : a, "name");
        if (!name || !json_array_size(merged)) continue;
        hf_buf_clear(&m->scratch);
        hf_utf8_slug(&m->scratch, name, strlen(name));
        hf_buf_adds(&m->scratch, place);
        if (strcmp(m->scratch.data, key) != 0) add_flag(m, 'P', m->scratch.data);
    }
}

static void make_attendee(struct document_maker *m, const json_t *meeting,
                          const json_t *a)
{
    const char *name = string_of(a, "name"), *printed = string_of(a, "name_printed");
    add_text(m, HF_FIELD_NAME, name);
    if (printed && (!name || strcmp(name, printed) != 0))
        add_text(m, HF_FIELD_NAME, printed);
    add_initials(m, name);
    add_text(m, HF_FIELD_ROLE, string_of(a, "role"));
    add_text(m, HF_FIELD_ROLE, string_of(a, "organisation"));
    add_person(m, a);
    hf_buf_clear(&m->scratch);
    choice_letter(&m->scratch, HF_FACET_PRESENCE, string_of(a, "presence"));
    add_choices(m, HF_FACET_PRESENCE, &m->scratch);
    case_sort(m, meeting, NULL);
}

/* ---- one document of minutes ---- */

/* The data is the record and what every hit carries of its meeting; a case has its
 * decisions inside. */
static void set_data(struct document_maker *m, const json_t *meeting, const json_t *r,
                     enum hf_type type)
{
    static const char *const inherited[] = {"helsefellesskap",
                                            "language",
                                            "helsefellesskap_name",
                                            "health_region",
                                            "body",
                                            "body_name",
                                            "date",
                                            "year"};
    json_t *data = json_copy((json_t *)r);
    for (size_t i = 0; i < sizeof inherited / sizeof *inherited; i++)
        if (type != HF_TYPE_MEETING)
            json_object_set(data, inherited[i], json_object_get(meeting, inherited[i]));
    if (m->first_seen)
        json_object_set_new(data, "first_seen", json_string(m->first_seen));
    if (type == HF_TYPE_CASE) {
        json_t *own = (json_t *)kin_decisions(&m->kin, string_of(r, "id"));
        json_object_set_new(data, "decisions", own ? json_incref(own) : json_array());
    }
    char *text = json_dumps(data, JSON_COMPACT);
    hf_doc_data(m->doc, text, strlen(text));
    free(text);
    json_decref(data);
}

/* Fills m->doc from one record. */
static void make(struct document_maker *m, const json_t *meeting, const json_t *r)
{
    const char *type = string_of(r, "type");
    int t = type ? hf_choice_find(&hf_facets[HF_FACET_TYPE], type, strlen(type)) : -1;
    if (t < 0) HF_BUG("a record without a type");
    const json_t *of_case = t == HF_TYPE_CASE ? r
                            : t == HF_TYPE_DECISION
                                ? kin_case(&m->kin, string_of(r, "case"))
                                : NULL;
    const json_t *decisions =
        of_case ? kin_decisions(&m->kin, string_of(of_case, "id")) : NULL;
    hf_doc_clear(m->doc);
    m->type = type;
    m->pos_last = 0;
    m->is_promise =
        of_case && hf_record_promises(of_case, decisions, of_case == r ? NULL : r);
    m->is_heir = t == HF_TYPE_DECISION && m->previous && m->previous == of_case &&
                 json_array_size(decisions) == 1 && !m->kin.is_bounded;
    m->comes_again = json_array_size(decisions) > 1;
    m->previous = r;
    add_inherited(m, meeting, (enum hf_type)t);
    add_flag(m, 'Q', string_of(r, "id"));
    if (t == HF_TYPE_MEETING) make_meeting(m, r);
    if (t == HF_TYPE_ATTENDEE) make_attendee(m, meeting, r);
    if (t == HF_TYPE_DECISION) make_decision(m, meeting, of_case, r);
    if (t == HF_TYPE_CASE) make_case(m, meeting, r, decisions);
    set_data(m, meeting, r, (enum hf_type)t);
}

static int note_definition(void *ctx, const struct hf_definition *d)
{
    struct document_maker *m = ctx;
    hf_local_add(&m->local, m->lex, m->analyser, d);
    return 0;
}

/* What holds for the whole document: its damage, its family, and what it means by its
 * acronyms. */
static const json_t *begin(struct document_maker *m, const json_t *records)
{
    static const char *const fields[] = {"title", "text"};
    const json_t *meeting = json_array_get(records, 0);
    m->is_damaged =
        json_number_value(json_object_get(meeting, "damage")) > HF_DAMAGE_GATE;
    hf_analyser_damaged(m->analyser, false);
    hf_analyser_local(m->analyser, NULL);
    hf_local_clear(&m->local);
    kin_init(&m->kin, records);
    m->previous = NULL;
    size_t i;
    json_t *r;
    json_array_foreach(records, i, r) for (size_t k = 0;
                                           k < sizeof fields / sizeof *fields; k++)
    {
        const char *text = string_of(r, fields[k]);
        if (text) hf_define_each(text, strlen(text), note_definition, m);
    }
    json_array_foreach(records, i, r) hf_local_add_names(&m->local, r);
    hf_analyser_local(m->analyser, &m->local);
    hf_analyser_damaged(m->analyser, m->is_damaged);
    pieces_forget(m->pieces);
    return meeting;
}

enum hf_status document_each(struct document_maker *m, const json_t *records,
                             const struct document_origin *origin, document_fn fn,
                             void *ctx, struct hf_error *err)
{
    const json_t *meeting = begin(m, records);
    m->first_seen = origin->first_seen;
    enum hf_status status = HF_OK;
    size_t i;
    json_t *r;
    json_array_foreach(records, i, r)
    {
        make(m, meeting, r);
        add_flag(m, 'D', origin->digest);
        status = fn(ctx, m->doc, err);
        if (status != HF_OK) break;
    }
    kin_release(&m->kin);
    return status;
}

void document_print(struct document_maker *m, const json_t *records, document_line_fn fn,
                    void *ctx)
{
    const json_t *meeting = begin(m, records);
    m->print = fn;
    m->print_ctx = ctx;
    size_t i;
    json_t *r;
    json_array_foreach(records, i, r) make(m, meeting, r);
    kin_release(&m->kin);
    m->print = NULL;
}
