#include "hit_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/local.h"
#include "cite.h"
#include "render_json.h"

/* ---- highlights ---- */

void highlight_init(struct highlight *h)
{
    hf_buf_init(&h->where);
    hf_buf_init(&h->readings);
}

void highlight_release(struct highlight *h)
{
    hf_buf_release(&h->where);
    hf_buf_release(&h->readings);
}

/* Adds an item to a list that has each once. */
static void add_once(struct hf_buf *list, const char *item)
{
    if (strstr(list->data, item)) return;
    if (list->len) hf_buf_addc(list, ',');
    hf_buf_adds(list, item);
}

/* Where a word was met by a part of it or by its repaired reading: which. */
static void note_readings(struct highlight *h, const struct mark_hits *found,
                          const char *text)
{
    struct hf_buf b = HF_BUF_INIT;
    for (size_t i = 0; i < found->n; i++) {
        const struct mark_hit *hit = &found->at[i];
        if (!(hit->how & (MARK_PART | MARK_REPAIRED))) continue;
        const char *as = h->m->marks->at[hit->mark].text;
        hf_buf_clear(&b);
        hf_buf_adds(&b, "{\"text\":");
        span_quote(text + hit->start, hit->end - hit->start, &b);
        hf_buf_adds(&b, ",\"as\":");
        span_quote(as, strlen(as), &b);
        hf_buf_adds(&b, hit->how & MARK_REPAIRED ? ",\"matched\":\"repaired\"}"
                                                 : ",\"matched\":\"part\"}");
        add_once(&h->readings, b.data);
    }
    hf_buf_release(&b);
}

void highlight_find(struct highlight *h, struct span text, struct mark_hits *found)
{
    char field[32];
    marks_find(h->m->marks, planner_analyser(h->m->session->planner), text.at, text.len,
               found);
    for (size_t i = 0; i < found->n; i++) h->how |= found->at[i].how;
    note_readings(h, found, text.at);
    if (!found->n || !h->field) return;
    snprintf(field, sizeof field, "\"%s\"", h->field);
    add_once(&h->where, field);
}

void highlight_as_indexed(struct hit_maker *m, const struct hf_local *local, bool begins)
{
    struct hf_analyser *a = planner_analyser(m->session->planner);
    hf_analyser_damaged(a, begins && local);
    hf_analyser_local(a, begins ? local : NULL);
}

double hit_score(const struct hf_match *match)
{
    return (double)(long)(compiled_score(match->weight) * 1000) / 1000;
}

/* ---- a hit being written ---- */

struct writer {
    struct highlight h;
    struct hf_buf *out;
    struct spans record;
    struct hf_buf room, value;   /* what is undone; what is quoted */
    struct hf_buf with, without; /* a case's decisions: those with a match go first */
    struct hf_buf snippet;
    size_t best; /* matches of the decision that the snippet is of */
    bool is_bad;
};

static void begin_member(struct writer *w, const char *name)
{
    if (w->out->data[w->out->len - 1] != '{') hf_buf_addc(w->out, ',');
    hf_buf_addc(w->out, '"');
    hf_buf_adds(w->out, name);
    hf_buf_adds(w->out, "\":");
}

static void write_value(struct writer *w, const char *name, struct span value)
{
    begin_member(w, name);
    if (value.at)
        span_write(value, w->out);
    else
        hf_buf_adds(w->out, "null");
}

static struct span text_of(struct writer *w, const char *name)
{
    struct span s = span_string(spans_get(&w->record, name), &w->room);
    return s.at ? s : (struct span){"", 0};
}

/* Into the writer's buffer with segments of a decision's text; its best stretch into
 * snippet. Returns how much matches. */
static size_t both_segments(struct writer *w, struct span text, struct hf_buf *segments,
                            struct hf_buf *snippet)
{
    struct mark_hits found;
    w->h.field = "decision";
    highlight_find(&w->h, text, &found);
    size_t n = found.n;
    marks_segments(&found, text.at, text.len, segments);
    marks_snippet(&found, text.at, text.len, SNIPPET_ROOM, snippet);
    mark_hits_release(&found);
    return n;
}

/* ---- cases ---- */

/* One of a case's decisions, with its segments. */
static bool add_decision(void *ctx, struct span value)
{
    struct writer *w = ctx;
    struct hf_buf segments = HF_BUF_INIT, snippet = HF_BUF_INIT;
    struct spans d;
    if (!spans_read(&d, value.at, value.len) || spans_get(&d, "segments").at)
        return false;
    struct span text = span_string(spans_get(&d, "text"), &w->room);
    if (!text.at) text = (struct span){"", 0};
    size_t n = both_segments(w, text, &segments, &snippet);
    struct hf_buf *list = n ? &w->with : &w->without;
    if (list->len) hf_buf_addc(list, ',');
    span_write((struct span){value.at, value.len - 1}, list);
    hf_buf_adds(list, d.n ? ",\"segments\":" : "\"segments\":");
    hf_buf_add(list, segments.data, segments.len);
    hf_buf_addc(list, '}');
    if (n > w->best) {
        w->best = n;
        hf_buf_clear(&w->snippet);
        hf_buf_add(&w->snippet, snippet.data, snippet.len);
    }
    hf_buf_release(&segments);
    hf_buf_release(&snippet);
    return true;
}

/* The best passage: of a decision, or of the case's text. */
static void add_case_snippet(struct writer *w)
{
    struct mark_hits found;
    struct span text = text_of(w, "text");
    w->h.field = "text";
    highlight_find(&w->h, text, &found);
    if (!w->best) marks_snippet(&found, text.at, text.len, SNIPPET_ROOM, &w->snippet);
    mark_hits_release(&found);
}

/* ---- the parts of a hit ---- */

static void write_cite(struct writer *w, bool is_case)
{
    const struct spans *r = &w->record;
    struct hf_buf rooms[7];
    static const char *const names[] = {
        "body", "helsefellesskap_name", "date", NULL, "id", "url", "source"};
    struct cite c = {.year = span_integer(spans_get(r, "year")),
                     .page = span_integer(spans_get(r, "page")),
                     .is_decision = !is_case};
    struct span *to[] = {&c.body, &c.where, &c.date, &c.number, &c.id, &c.url, &c.source};
    for (size_t i = 0; i < 7; i++) {
        const char *name = names[i]  ? names[i]
                           : is_case ? "number_normalised"
                                     : "case_number";
        hf_buf_init(&rooms[i]);
        *to[i] = span_string(spans_get(r, name), &rooms[i]);
    }
    bool has_source = true;
    for (int i = 0; i < 3; i++) {
        hf_buf_clear(&w->value);
        begin_member(w, i == 0 ? "citation" : i == 1 ? "link" : "source_link");
        if (i == 0) cite_text(&c, &w->value);
        if (i == 1) cite_link(&c, &w->value);
        if (i == 2) has_source = cite_source(&c, &w->value);
        if (has_source)
            span_quote(w->value.data, w->value.len, w->out);
        else
            hf_buf_adds(w->out, "null");
    }
    for (size_t i = 0; i < 7; i++) hf_buf_release(&rooms[i]);
}

/* The record's own members; a case's decisions as they are shown. */
static void write_record(struct writer *w)
{
    for (size_t i = 0; i < w->record.n; i++) {
        struct span name = w->record.at[i].name, value = w->record.at[i].value;
        hf_buf_addc(w->out, i ? ',' : '{');
        hf_buf_add(w->out, name.at - 1, name.len + 2);
        hf_buf_addc(w->out, ':');
        bool is_decisions = value.at == spans_get(&w->record, "decisions").at;
        if (!is_decisions) {
            span_write(value, w->out);
            continue;
        }
        hf_buf_addc(w->out, '[');
        hf_buf_add(w->out, w->with.data, w->with.len);
        if (w->with.len && w->without.len) hf_buf_addc(w->out, ',');
        hf_buf_add(w->out, w->without.data, w->without.len);
        hf_buf_addc(w->out, ']');
    }
}

/* What the question adds to it. */
static void write_rest(struct writer *w, const struct hf_match *match)
{
    json_t *how = marks_how_json(w->h.how);
    begin_member(w, "matched");
    render_json_value(how, w->out);
    json_decref(how);
    begin_member(w, "matched_in");
    hf_buf_addf(w->out, "[%s]", w->h.where.data);
    begin_member(w, "readings");
    hf_buf_addf(w->out, "[%s]", w->h.readings.data);
    begin_member(w, "score");
    size_t at = w->out->len;
    hf_buf_addf(w->out, "%.8g", hit_score(match));
    if (!strpbrk(w->out->data + at, ".e")) hf_buf_adds(w->out, ".0");
    hf_buf_addc(w->out, '}');
}

static void write_case(struct writer *w, struct hf_buf *title,
                       const struct hf_match *match)
{
    struct span none = {"[]", 2}, decisions = spans_get(&w->record, "decisions");
    w->is_bad = !span_each(decisions.at ? decisions : none, add_decision, w);
    add_case_snippet(w);
    write_record(w);
    write_value(w, "case_number", spans_get(&w->record, "number_normalised"));
    write_value(w, "case_title", spans_get(&w->record, "title"));
    write_cite(w, true);
    begin_member(w, "title_segments");
    hf_buf_add(w->out, title->data, title->len);
    if (!decisions.at) write_value(w, "decisions", none);
    begin_member(w, "snippet");
    hf_buf_add(w->out, w->snippet.data, w->snippet.len);
    write_rest(w, match);
}

static void write_decision(struct writer *w, struct hf_buf *title,
                           const struct hf_match *match)
{
    struct hf_buf segments = HF_BUF_INIT;
    both_segments(w, text_of(w, "text"), &segments, &w->snippet);
    write_record(w);
    write_cite(w, false);
    begin_member(w, "title_segments");
    hf_buf_add(w->out, title->data, title->len);
    begin_member(w, "snippet");
    hf_buf_add(w->out, w->snippet.data, w->snippet.len);
    begin_member(w, "segments");
    hf_buf_add(w->out, segments.data, segments.len);
    /* Its case's text is not in its record: whether the words stand there is what is
     * left. */
    if (w->h.m->marks->n && !w->h.where.len) hf_buf_adds(&w->h.where, "\"text\"");
    write_rest(w, match);
    hf_buf_release(&segments);
}

static void write_hit(struct writer *w, bool is_case, const struct hf_match *match)
{
    struct mark_hits found;
    struct hf_buf title = HF_BUF_INIT;
    struct span text = text_of(w, is_case ? "title" : "case_title");
    w->h.field = "title";
    highlight_find(&w->h, text, &found);
    marks_segments(&found, text.at, text.len, &title);
    mark_hits_release(&found);
    if (is_case)
        write_case(w, &title, match);
    else
        write_decision(w, &title, match);
    hf_buf_release(&title);
}

enum hf_status hit_text(struct hit_maker *m, const struct hf_match *match,
                        struct hf_buf *out, struct hf_error *err)
{
    char *text;
    size_t len;
    const struct columns *c = m->session->served->columns;
    enum hf_status status =
        hf_reader_data(m->session->reader, match->docid, &text, &len, err);
    if (status != HF_OK) return status;
    struct writer w = {.h = {.m = m},
                       .out = out,
                       .room = HF_BUF_INIT,
                       .value = HF_BUF_INIT,
                       .with = HF_BUF_INIT,
                       .without = HF_BUF_INIT,
                       .snippet = HF_BUF_INIT};
    highlight_init(&w.h);
    size_t begun = out->len;
    w.is_bad = !spans_read(&w.record, text, len) || !w.record.n;
    if (!w.is_bad) {
        hf_buf_reserve(out, 2 * len + 1024); /* it is shown about twice */
        struct hf_local local = {NULL};
        bool is_damaged = c->is_damaged[match->docid];
        json_t *names = is_damaged ? json_loadb(text, len, 0, NULL) : NULL;
        if (names) hit_names(&local, names);
        highlight_as_indexed(m, is_damaged ? &local : NULL, true);
        write_hit(&w, c->type[match->docid] == HF_TYPE_CASE + 1, match);
        highlight_as_indexed(m, NULL, false);
        hf_local_clear(&local);
        json_decref(names);
    }
    if (w.is_bad) {
        hf_buf_cut(out, begun);
        status = hf_fail(err, HF_CORRUPT, "post %u kan ikke leses; indeksen er skadet",
                         match->docid);
    }
    highlight_release(&w.h);
    hf_buf_release(&w.room);
    hf_buf_release(&w.value);
    hf_buf_release(&w.with);
    hf_buf_release(&w.without);
    hf_buf_release(&w.snippet);
    free(text);
    return status;
}
