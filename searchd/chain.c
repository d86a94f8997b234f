#include "chain.h"

#include <stdlib.h>
#include <string.h>

#include "render_json.h"

/* A case that refers to more is a list: the year's plan, the cases since last time. */
enum { MAX_REFS = 5 };

struct docids {
    const struct columns *columns;
    uint32_t *at;
    size_t n, cap;
};

static int take_case(void *ctx, uint32_t docid)
{
    struct docids *d = ctx;
    if (docid > d->columns->last || d->columns->type[docid] != HF_TYPE_CASE + 1) return 0;
    d->at = hf_grow(d->at, &d->cap, d->n, sizeof *d->at);
    d->at[d->n++] = docid;
    return 0;
}

const struct chain_step *chain_find(const struct chain *c, const char *id)
{
    for (size_t i = 0; i < c->n; i++)
        if (!strcmp(c->at[i].id, id)) return &c->at[i];
    return NULL;
}

static bool is_within(const char *id, const char *meeting)
{
    size_t n = strlen(meeting);
    return n && !strncmp(id, meeting, n) && id[n] == '/';
}

/* «Innkalling og saksliste godkjennes. Sak 19/23 tas først» is no step of sak 19/23. */
bool chain_leads(const json_t *record, const json_t *ref)
{
    const char *other = member_text(ref, "case");
    if (!*other || !strcmp(other, member_text(record, "id"))) return false;
    return strcmp(member_text(ref, "direction"), "approves") != 0 ||
           !is_within(other, member_text(record, "meeting"));
}

/* How record refers to the case; NULL: it does not. */
static const char *relation_to(const json_t *record, const char *id)
{
    size_t i;
    json_t *ref;
    json_array_foreach(json_object_get(record, "refs_detail"), i, ref)
    {
        if (chain_leads(record, ref) && !strcmp(member_text(ref, "case"), id))
            return member_text(ref, "direction");
    }
    return NULL;
}

static enum chain_end end_of(const json_t *record, const char *relation)
{
    if (!relation) return CHAIN_ON;
    if (!strcmp(relation, "approves")) return CHAIN_APPROVES;
    return json_array_size(json_object_get(record, "refs_detail")) > MAX_REFS ? CHAIN_LIST
                                                                              : CHAIN_ON;
}

/* Takes record over. */
static void add_step(struct chain *c, uint32_t docid, json_t *record,
                     const char *relation)
{
    const char *id = member_text(record, "id");
    if (chain_find(c, id) || c->n == CHAIN_MAX) {
        c->is_cut |= c->n == CHAIN_MAX && !chain_find(c, id);
        json_decref(record);
        return;
    }
    c->at[c->n++] = (struct chain_step){.record = record,
                                        .id = id,
                                        .meeting = member_text(record, "meeting"),
                                        .docid = docid,
                                        .date = c->session->served->columns->date[docid],
                                        .relation = relation,
                                        .end = end_of(record, relation)};
}

static enum hf_status forward(struct chain *c, size_t from, struct hf_error *err)
{
    const json_t *record = c->at[from].record;
    enum hf_status status = HF_OK;
    size_t i;
    json_t *ref, *other;
    json_array_foreach(json_object_get(record, "refs_detail"), i, ref)
    {
        const char *id = member_text(ref, "case");
        uint32_t docid = chain_leads(record, ref) && !chain_find(c, id)
                             ? session_find(c->session, 'Q', id)
                             : 0;
        if (!docid) continue;
        status = session_record(c->session, docid, &other, err);
        if (status != HF_OK) break;
        add_step(c, docid, other, member_text(ref, "direction"));
    }
    return status;
}

/* Every case that has the term: it refers to this one, or has its number. */
static enum hf_status backward(struct chain *c, size_t from, const char *term,
                               struct hf_error *err)
{
    struct docids found = {.columns = c->session->served->columns};
    const char *id = c->at[from].id, *meeting = c->at[from].meeting;
    enum hf_status status =
        hf_reader_postings(c->session->reader, term, take_case, &found, err);
    for (size_t i = 0; status == HF_OK && i < found.n && !c->is_cut; i++) {
        json_t *other;
        bool is_number = *term == 'S';
        status = session_record(c->session, found.at[i], &other, err);
        if (status != HF_OK) break;
        const char *relation = is_number ? "same-number" : relation_to(other, id);
        /* One meeting may treat a case in several points. */
        if (is_number && !strcmp(member_text(other, "meeting"), meeting)) relation = NULL;
        if (relation)
            add_step(c, found.at[i], other, relation);
        else
            json_decref(other);
    }
    free(found.at);
    return status;
}

static enum hf_status follow(struct chain *c, size_t from, struct hf_error *err)
{
    char term[HF_TERM_ROOM];
    const struct chain_step *step = &c->at[from];
    enum hf_status status = HF_OK;
    /* The case goes on under its number before it is mentioned elsewhere. */
    if (hf_term_series(term, step->meeting,
                       member_text(step->record, "number_normalised")))
        status = backward(c, from, term, err);
    if (status == HF_OK) status = forward(c, from, err);
    for (const char *kind = "RA"; status == HF_OK && *kind; kind++) {
        hf_term_flag(term, *kind, step->id, strlen(step->id));
        status = backward(c, from, term, err);
    }
    return status;
}

enum hf_status chain_follow(struct chain *c, struct session *s, uint32_t docid,
                            struct hf_error *err)
{
    json_t *record;
    memset(c, 0, sizeof *c);
    c->session = s;
    enum hf_status status = session_record(s, docid, &record, err);
    if (status == HF_OK) add_step(c, docid, record, NULL);
    for (size_t i = 0; status == HF_OK && i < c->n && !c->is_cut; i++)
        if (c->at[i].end == CHAIN_ON) status = follow(c, i, err);
    return status;
}

static int in_time(const void *a, const void *b)
{
    const struct chain_step *x = a, *y = b;
    if (x->date != y->date) return x->date < y->date ? -1 : 1;
    int order = strcmp(x->meeting, y->meeting);
    return order ? order : x->docid < y->docid ? -1 : 1;
}

void chain_sort(struct chain *c)
{
    qsort(c->at, c->n, sizeof *c->at, in_time);
}

void chain_release(struct chain *c)
{
    for (size_t i = 0; i < c->n; i++) json_decref(c->at[i].record);
    c->n = 0;
}
