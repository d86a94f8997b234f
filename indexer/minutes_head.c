#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_body.h"
#include "minutes_damage.h"
#include "minutes_date.h"
#include "minutes_list.h"
#include "minutes_place.h"
#include "minutes_version.h"

struct head {
    struct name_ctx x;
    const struct text_doc *doc;
    const struct fields *f;
    struct hf_minutes *m;
};

/* ---- what the document is ---------------------------------------------------------- */

static bool kind_in(const struct head *h, const char *text, size_t len, const char **kind)
{
    struct cue_match m;
    const struct cue_table *t = cues_table(h->x.cues, "kinds_of_document");
    if (!cue_find(t, text, len, 0, &m)) return false;
    if (!h->x.is_damaged && !cue_is_exact(m.cue->key, text + m.start, m.end - m.start))
        return false;
    *kind = m.value;
    return true;
}

/* The line that names the document and its committee; else the committee; else the
 * document. */
static const struct field *title_line(const struct head *h)
{
    const struct field *best = NULL;
    int top = 0;
    for (size_t i = 0; i < h->f->n && i < 25; i++) {
        const struct field *f = &h->f->at[i];
        const char *kind, *text = f->text.data;
        if (f->after_stop || f->is_tail || f->text.len > 160) continue;
        bool value = !strcmp(f->what, "body") || !strcmp(f->what, "title");
        if (*f->what && !value) continue;
        int score = 3 * body_is_named(&h->x, text, f->text.len) + 2 * value;
        if (kind_in(h, text, f->text.len, &kind)) score += 2;
        if (score <= top) continue;
        top = score;
        best = f;
    }
    return best;
}

static void read_title(struct head *h)
{
    const struct field *f = title_line(h);
    if (!f) {
        for (size_t i = 0; i < h->f->n && !f; i++)
            if (!*h->f->at[i].what) f = &h->f->at[i];
    }
    if (!f) return;
    struct hf_buf b = HF_BUF_INIT;
    size_t i = (size_t)(f - h->f->at);
    const char *kind;
    bool report = kind_in(h, f->text.data, f->text.len, &kind) && !strcmp(kind, "report");
    hf_buf_add(&b, f->text.data, f->text.len);
    /* a title over two lines: the first ends in the middle of a phrase */
    if (report && i + 1 < h->f->n && !*h->f->at[i + 1].what && b.len > 3 &&
        h->f->at[i + 1].text.len < 80 && !strchr(".:0123456789", b.data[b.len - 1])) {
        hf_buf_addc(&b, ' ');
        hf_buf_adds(&b, h->f->at[i + 1].text.data);
    }
    h->m->title = hf_arena_strdup(&h->m->arena, b.data, b.len);
    hf_buf_release(&b);
}

static void read_kind(struct head *h)
{
    const char *kind, *found = NULL;
    for (size_t i = 0; i < h->f->n && i < 25 && !found; i++) {
        const struct field *f = &h->f->at[i];
        if (f->is_people || f->after_stop || f->is_tail) continue;
        if (*f->what && strcmp(f->what, "body") && strcmp(f->what, "title")) continue;
        if (f->text.len < 160 && kind_in(h, f->text.data, f->text.len, &kind))
            found = kind;
    }
    if (found && !strcmp(found, "notice"))
        for (size_t i = 0; i < h->f->n;
             i++) /* agenda and minutes in one document are minutes */
            if (!strcmp(h->f->at[i].what, "absent")) found = "minutes";
    h->m->kind = found ? found : "minutes";
}

/* ---- helsefellesskap --------------------------------------------------------------- */

static double weight_of(const struct field *f, size_t index)
{
    if (f->is_tail) return 1.5;
    if (f->is_people) return 1;
    if (!strcmp(f->what, "skip")) return 0.3;
    if (!strcmp(f->what, "place") || !strcmp(f->what, "date_place")) return 2;
    if (!strcmp(f->what, "body") || !strcmp(f->what, "title")) return 6;
    if (*f->what || f->text.len > 200) return 1;
    return index < 15 ? 6 : 2;
}

/* Letterheads: weaker than what the head says, stronger than the running text. */
#define MAX_MARGINS      12
#define MAX_MARGIN       300
#define WEIGHT_OF_MARGIN 1.5

static size_t n_margins(const struct head *h)
{
    return h->doc->margins.n < MAX_MARGINS ? h->doc->margins.n : MAX_MARGINS;
}

static void add_margins(const struct head *h, struct place_evidence *e)
{
    for (size_t i = 0; i < n_margins(h); i++) {
        const char *text = h->doc->margins.at[i];
        size_t len = strlen(text);
        if (len <= MAX_MARGIN) place_add(e, text, len, WEIGHT_OF_MARGIN);
    }
}

static void read_place(struct head *h)
{
    struct place_evidence e;
    place_init(&e, &h->x);
    for (size_t i = 0; i < h->f->n; i++) {
        const struct field *f = &h->f->at[i];
        place_add(&e, f->text.data, f->text.len, weight_of(f, i));
        place_add(&e, f->label.data, f->label.len, 1);
    }
    add_margins(h, &e);
    bool is_clear;
    int hf = place_decide(&e, &is_clear);
    size_t bytes =
        0; /* then the running text: it speaks of others too, so it counts less */
    for (size_t i = 0; !is_clear && i < h->doc->n_lines && bytes < 60000; i++)
        for (size_t k = 0; k < h->doc->lines[i].n_cells; k++) {
            const struct text_cell *c = &h->doc->lines[i].cells[k];
            place_add(&e, c->text, c->len, hf < 0 ? 0.5 : 0.1);
            bytes += c->len;
        }
    hf = place_decide(&e, &is_clear);
    place_release(&e);
    if (hf >= 0) {
        const struct registry_hf *r = &cues_registry(h->x.cues)->hf[hf];
        h->m->helsefellesskap = r->id;
        h->m->helsefellesskap_name = r->name;
        h->m->health_region = r->region;
        return;
    }
    for (size_t i = 0; i < h->f->n && !h->m->health_region; i++)
        h->m->health_region = place_region(h->f->at[i].text.data, h->f->at[i].text.len);
    for (size_t i = 0; i < n_margins(h) && !h->m->health_region; i++)
        h->m->health_region =
            place_region(h->doc->margins.at[i], strlen(h->doc->margins.at[i]));
    hf_strings_add(&h->m->warnings, "helsefellesskapet går ikke fram av dokumentet");
}

/* ---- date, time, place ------------------------------------------------------------- */

static bool is_date_field(const struct field *f)
{
    return !strcmp(f->what, "date") || !strcmp(f->what, "date_place");
}

static void take_time(struct head *h, const char *text, size_t len, size_t from)
{
    size_t start, end;
    if (!h->m->time && clock_find(text, len, from, &start, &end))
        h->m->time = hf_arena_strdup(&h->m->arena, text + start, end - start);
}

static void take_date(struct head *h, const char *text, const struct printed_day *d)
{
    struct hf_arena *a = &h->m->arena;
    h->m->date_printed = hf_arena_strdup(a, text + d->start, d->end - d->start);
    if (d->year) {
        h->m->date = hf_arena_printf(a, "%04d-%02d-%02d", d->year, d->month, d->day);
        h->m->year = d->year;
    }
}

/* "Sykehuset i Vestfold, torsdag 02.02.2023 kl. 1300-1530 Olav Trygvasons gate 4." */
static void take_place_around(struct head *h, const char *text, size_t len,
                              const struct printed_day *d)
{
    size_t n = d->start;
    while (n && strchr(" ,–-:", text[n - 1])) n--;
    if (n > 2) {
        h->m->place = hf_arena_strdup(&h->m->arena, text, n);
        return;
    }
    size_t start, end, at = d->end;
    if (clock_find(text, len, d->end, &start, &end)) at = end;
    while (at < len && strchr(" ,.:;\n\t", text[at])) at++;
    if (len - at > 2) h->m->place = hf_arena_strdup(&h->m->arena, text + at, len - at);
}

static bool read_labelled_date(struct head *h)
{
    for (size_t i = 0; i < h->f->n; i++) {
        const struct field *f = &h->f->at[i];
        struct printed_day d;
        if (!is_date_field(f) || f->is_tail) continue;
        if (!day_find(f->text.data, f->text.len, 0, &d)) continue;
        take_date(h, f->text.data, &d);
        take_time(h, f->text.data, f->text.len, d.end);
        if (!strcmp(f->what, "date_place"))
            take_place_around(h, f->text.data, f->text.len, &d);
        return true;
    }
    return false;
}

/* Dates that are not the meeting's: of the page, of the approval, of the meeting before
 * or after. */
static bool is_other_date(const char *text, size_t start)
{
    static const char *const words[] = {
        "oppdatert",  "publisert",  "utsendt",    "sendt ut", "neste møte",
        "skrevet ut", "godkjent i", "godkjend i", "frist",    "endret",
        "endra",      "trykt",      "kopi",       "versjon",  "vedtatt"};
    size_t from = start > 60 ? start - 60 : 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t at = from; at < start; at++)
            if (cue_key_match(words[i], text + at, start - at)) return true;
    return false;
}

/* "Godkjent av SSU 04.06.2024" */
static bool is_date_of_approval(const struct head *h, const struct field *f, size_t start)
{
    struct version_found v;
    return version_in(h->x.cues, f->text.data, f->text.len, VERSION_LINE, &v) &&
           v.is_dated && v.end <= start;
}

/* A date in a title or a line of its own; the line that names the document first. */
static bool read_free_date(struct head *h)
{
    for (int pass = 0; pass < 3; pass++)
        for (size_t i = 0; i < h->f->n; i++) {
            const struct field *f = &h->f->at[i];
            struct printed_day d;
            const char *kind;
            bool people = f->is_people && !strstr(f->note, "chair");
            if (people || f->is_tail || !strcmp(f->what, "skip")) continue;
            if (f->after_stop != (pass == 2) || f->text.len > 300) continue;
            if (!day_find(f->text.data, f->text.len, 0, &d)) continue;
            if (is_other_date(f->text.data, d.start)) continue;
            if (is_date_of_approval(h, f, d.start)) continue;
            if (pass == 0 && !kind_in(h, f->text.data, f->text.len, &kind)) continue;
            if (!d.year && pass < 1) continue;
            take_date(h, f->text.data, &d);
            take_time(h, f->text.data, f->text.len, d.end);
            return true;
        }
    return false;
}

/* The day in a running head, that of one which names the document first; said to be so.
 */
static bool read_margin_date(struct head *h)
{
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < n_margins(h); i++) {
            struct printed_day d;
            const char *kind, *text = h->doc->margins.at[i];
            size_t len = strlen(text);
            if (len > MAX_MARGIN || !day_find(text, len, 0, &d) || !d.year) continue;
            if (is_other_date(text, d.start)) continue;
            if (!pass && !kind_in(h, text, len, &kind)) continue;
            take_date(h, text, &d);
            h->m->date_note = "datoen står bare i topp- eller bunnteksten";
            return true;
        }
    return false;
}

/* No day is printed: the month or year of the title. */
static void read_year_only(struct head *h)
{
    struct printed_day d;
    for (size_t i = 0; i < h->f->n && !h->m->year; i++) {
        const struct field *f = &h->f->at[i];
        if (f->is_people || f->is_tail || f->after_stop || f->text.len > 160) continue;
        if (day_find_month(f->text.data, f->text.len, &d)) {
            h->m->date_printed =
                hf_arena_strdup(&h->m->arena, f->text.data + d.start, d.end - d.start);
            h->m->year = d.year;
        } else {
            h->m->year = day_find_year(f->text.data, f->text.len);
        }
    }
}

static void read_date(struct head *h)
{
    bool report = !strcmp(h->m->kind, "report");
    if (report && h->m->title)
        h->m->year = day_find_year(h->m->title, strlen(h->m->title));
    if (read_labelled_date(h)) return;
    if (report) {
        read_year_only(h);
        return;
    }
    if (!read_free_date(h) && !read_margin_date(h)) read_year_only(h);
}

static void read_labels(struct head *h)
{
    for (size_t i = 0; i < h->f->n; i++) {
        const struct field *f = &h->f->at[i];
        if (f->is_tail || !f->text.len) continue;
        if (!strcmp(f->what, "place") && !h->m->place)
            h->m->place = hf_arena_strdup(&h->m->arena, f->text.data, f->text.len);
        if (!strcmp(f->what, "time") || is_date_field(f))
            take_time(h, f->text.data, f->text.len, 0);
    }
}

/* ---- chair and minutes_by ---------------------------------------------------------- */

static const char *name_in(struct head *h, const struct field *f)
{
    struct name_part name;
    const char *text = f->text.data;
    size_t len = f->text.len;
    const char *end = memchr(text, '\n', len);
    if (end) len = (size_t)(end - text);
    struct hf_buf turned = HF_BUF_INIT;
    if (list_family_name_first(&h->x, text, len, &turned)) {
        char *copy = name_clean(&h->m->arena, turned.data, turned.len);
        hf_buf_release(&turned);
        return copy;
    }
    if (name_split(&h->x, text, len, true, &name) ||
        name_after_role(&h->x, text, len, &name))
        return name_clean(&h->m->arena, text + name.start, name.end - name.start);
    size_t n = 0; /* a family name alone */
    struct word w;
    if (word_next(&h->x, text, len, 0, &w) && w.is_capital && w.kind == WORD_NAME)
        n = w.end;
    if (len > 1 && len < 5 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") >= len)
        n = len; /* initials; minutes_people knows whose */
    return n ? hf_arena_strdup(&h->m->arena, text, n) : NULL;
}

/* "Møteleder / referent: Kari Nordby / Ola Haug": the second name; NULL if there is one.
 */
static const char *second_name_in(struct head *h, const struct field *f)
{
    struct name_part first, second;
    const char *text = f->text.data;
    size_t len = f->text.len;
    if (!name_split(&h->x, text, len, true, &first)) return NULL;
    text += first.end;
    len -= first.end;
    if (!name_split(&h->x, text, len, true, &second)) return NULL;
    return name_clean(&h->m->arena, text + second.start, second.end - second.start);
}

static void read_officers(struct head *h)
{
    for (size_t i = 0; i < h->f->n; i++) {
        const struct field *f = &h->f->at[i];
        if (!f->is_people || !f->text.len) continue;
        if (strstr(f->note, "chair") && !h->m->chair) {
            h->m->chair = name_in(h, f);
            /* below the text, "leder" above the torn signature of another */
            if (f->is_tail && h->m->chair && !strchr(h->m->chair, ' '))
                h->m->chair = NULL;
        }
        if (!strstr(f->note, "minutes_by") || h->m->minutes_by) continue;
        if (strstr(f->note, "chair")) h->m->minutes_by = second_name_in(h, f);
        if (!h->m->minutes_by) h->m->minutes_by = name_in(h, f);
    }
}

/* "OSO Helgeland" is the one of Helgeland: the place tells it from no other there. */
static bool says_helsefellesskap(const struct hf_minutes *m, const char *suffix)
{
    if (!suffix || !m->helsefellesskap_name) return false;
    const char *hit = strcasestr(m->helsefellesskap_name, suffix);
    return hit && (hit == m->helsefellesskap_name || hit[-1] == ' ') &&
           !hit[strlen(suffix)];
}

void minutes_head(const struct minutes_cues *cues, const struct text_doc *doc,
                  const struct minutes_parts *parts, struct hf_minutes *m)
{
    struct body body;
    struct head h = {*parts->names, doc, parts->fields, m};
    m->language = language_measure(cues, doc);
    if (h.x.is_damaged && m->text_layer && !strcmp(m->text_layer, "text"))
        m->text_layer = "ocr";
    read_kind(&h);
    read_title(&h);
    read_place(&h);
    body_read(&body, &h.x, h.f, doc, &m->arena);
    m->body = body.code;
    m->body_name = body.name;
    m->body_suffix = says_helsefellesskap(m, body.suffix) ? NULL : body.suffix;
    if (!m->body) hf_strings_add(&m->warnings, "utvalget går ikke fram av dokumentet");
    read_date(&h);
    read_labels(&h);
    read_officers(&h);
}
