#include "minutes_version.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_block.h"
#include "minutes_case.h"
#include "minutes_cues.h"
#include "minutes_date.h"
#include "minutes_fields.h"

#define MAX_LINE   200 /* bytes of a line that can say it */
#define TAIL_LINES 40

struct line {
    const struct minutes_cues *cues;
    const struct cue_table *words, *documents;
    const char *text;
    size_t len;
};

static bool is_of(const struct cue_match *hit, const char *value)
{
    return !strcmp(hit->value, value);
}

/* A word of the table exactly at `at`, with one of two values. */
static size_t word_at(const struct line *l, size_t at, const char *a, const char *b)
{
    struct cue_match hit;
    if (at >= l->len || !cue_here(l->words, l->text + at, l->len - at, &hit)) return 0;
    if (!is_of(&hit, a) && !is_of(&hit, b)) return 0;
    if (!cue_is_exact(hit.cue->key, l->text + at + hit.start, hit.end - hit.start))
        return 0;
    return hit.end;
}

static bool is_dash(const struct line *l, size_t at)
{
    return at + 2 < l->len && !memcmp(l->text + at, "\xe2\x80", 2) &&
           (l->text[at + 2] == '\x93' || l->text[at + 2] == '\x94');
}

static size_t skip(const struct line *l, size_t at, const char *set)
{
    while (at < l->len && strchr(set, l->text[at])) at++;
    return at;
}

/* The end of "referat", "protokollen" … at `at`, 0 if none stands there. */
static size_t document_at(const struct line *l, size_t at)
{
    struct cue_match hit;
    if (at >= l->len || !cue_here(l->documents, l->text + at, l->len - at, &hit))
        return 0;
    return at + hit.end;
}

/* "utkast til referat", "førebels møtebok", "foreløpig, ikke godkjent protokoll": the end
 * of the document's word; 0 where none follows. */
static size_t document_after(const struct line *l, size_t at)
{
    at = skip(l, at, " ,-");
    if (is_dash(l, at)) at = skip(l, at + 3, " ");
    for (size_t n; (n = word_at(l, at, "draft", "approved")) ||
                   (n = word_at(l, at, "form", "form"));)
        at = skip(l, at + n, " ,-");
    size_t n = word_at(l, at, "of", "of");
    if (!n && l->len - at > 3 && !strncasecmp(l->text + at, "av ", 3)) n = 3;
    return document_at(l, skip(l, at + n, " "));
}

/* Nothing else stands on the line: brackets, dashes, digits, a date, "versjon". */
static bool is_alone(const struct line *l, size_t start, size_t end)
{
    for (size_t at = 0; at < l->len;) {
        struct printed_day d;
        size_t n;
        if (at == start) at = end;
        at = skip(l, at, " \n\t-_*#()[].,:/0123456789");
        if (at >= l->len || at == start) continue;
        bool number = l->text[at] == 'v' && at + 1 < l->len &&
                      strchr("0123456789", l->text[at + 1]); /* "v0.9" */
        if (is_dash(l, at)) {
            at += 3;
        } else if (number) {
            at++;
        } else if ((n = word_at(l, at, "filler", "draft")) ||
                   (n = word_at(l, at, "form", "form"))) {
            at += n;
        } else if (day_find(l->text, l->len, at, &d) && d.start <= at && d.end > at) {
            at = d.end;
        } else if (day_find_month(l->text + at, l->len - at, &d) && d.start == 0) {
            at += d.end;
        } else {
            return false;
        }
    }
    return true;
}

static bool has_day(const struct line *l, size_t from)
{
    struct printed_day d;
    return day_find(l->text, l->len, from, &d);
}

/* Does the word stand apart from what is before it: "(utkast)", "– UTKAST", ": godkjent"?
 */
static bool is_set_off(const struct line *l, size_t start)
{
    while (start && l->text[start - 1] == ' ') start--;
    return start && (strchr("([-–—:,./|_\n\t", l->text[start - 1]) ||
                     (start > 2 && (unsigned char)l->text[start - 3] == 0xE2));
}

static bool is_set_in_capitals(const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (hf_utf8_is_lower(c)) return false;
    }
    return true;
}

/* The end of the document's word that stands last before `to`; 0 = none. */
static size_t document_before(const struct line *l, size_t to)
{
    struct cue_match hit;
    size_t end = 0;
    for (size_t at = 0; cue_find(l->documents, l->text, to, at, &hit); at = hit.end)
        end = hit.end;
    return end;
}

/* "Referatet ble enstemmig godkjent": only such words between the two. */
static bool is_told(const struct line *l, size_t from, size_t to)
{
    size_t at = skip(l, from, " ");
    while (at < to) {
        size_t n = word_at(l, at, "between", "filler");
        if (!n) return false;
        at = skip(l, at + n, " ");
    }
    return at == to;
}

static bool speaks_of_another(const struct line *l)
{
    struct cue_match hit;
    for (size_t at = 0; cue_find(l->words, l->text, l->len, at, &hit); at = hit.end)
        if (is_of(&hit, "other")) return true;
    return false;
}

/* "Referat SSU – utkast", "Protokoll (ikke godkjent)", "Referat UTKAST": the word ends
 * what names the document. */
static bool is_mark(const struct line *l, const struct cue_match *hit, size_t end,
                    size_t document)
{
    size_t next = skip(l, end, " ");
    bool ends = next >= l->len || end > hit->end ||
                strchr(")].,;:-/0123456789\n\t", l->text[next]) || has_day(l, end);
    if (!document || !ends) return false;
    if (is_set_off(l, hit->start) || skip(l, document, " ") == hit->start) return true;
    return is_of(hit, "draft") &&
           is_set_in_capitals(l->text + hit->start, hit->end - hit->start);
}

/* "Godkjent av SSU 12.03.2024" as a line of the head. */
static bool is_dated_approval(const struct line *l, const struct cue_match *hit)
{
    size_t next = skip(l, hit->end, " :,");
    return is_of(hit, "approved") && !skip(l, 0, " *_#(") == !hit->start && l->len < 90 &&
           has_day(l, hit->end) &&
           (word_at(l, next, "filler", "filler") || strchr("0123456789", l->text[next]));
}

/* What the word at hit says of the document, in a line or a sentence; NULL = nothing. */
static const char *judge(const struct line *l, enum version_place place,
                         const struct cue_match *hit, size_t *end)
{
    size_t document = document_before(l, hit->start), form, after;
    *end = hit->end;
    if (is_of(hit, "told")) return document ? "draft" : NULL;
    if (!is_of(hit, "draft") && !is_of(hit, "approved")) return NULL;
    if (document && is_told(l, document, hit->start)) return hit->value;
    if (place == VERSION_SENTENCE) return NULL;
    if ((after = document_after(l, hit->end))) {
        *end = after;
        return hit->value;
    }
    form = word_at(l, skip(l, hit->end, " "), "form", "form");
    if (form) *end = skip(l, hit->end, " ") + form;
    if (!form && word_at(l, skip(l, hit->end, " "), "of", "of")) return NULL;
    if (place == VERSION_NAME || is_dated_approval(l, hit)) return hit->value;
    bool is_said =
        form || is_of(hit, "draft") || has_day(l, hit->end) || is_set_off(l, hit->start);
    if (is_said && is_alone(l, hit->start, *end)) return hit->value;
    return is_mark(l, hit, *end, document) ? hit->value : NULL;
}

bool version_in(const struct minutes_cues *cues, const char *text, size_t len,
                enum version_place place, struct version_found *out)
{
    struct line l = {cues, cues_table(cues, "version"), cues_table(cues, "approved"),
                     text, len};
    struct cue_match hit;
    if (len > (place == VERSION_SENTENCE ? 2 * MAX_LINE : MAX_LINE)) return false;
    if (speaks_of_another(&l)) return false;
    for (size_t at = 0; cue_find(l.words, text, len, at, &hit); at = hit.end) {
        if (!cue_is_exact(hit.cue->key, text + hit.start, hit.end - hit.start)) continue;
        size_t end;
        const char *version = judge(&l, place, &hit, &end);
        if (!version) continue;
        bool names_document = end > hit.end && is_of(&hit, "approved");
        *out = (struct version_found){version, hit.start, end,
                                      !strcmp(version, "approved") && !names_document};
        return true;
    }
    return false;
}

const char *version_of_path(const struct minutes_cues *cues, const char *path,
                            const char **name)
{
    const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
    const char *dot = strrchr(file, '.');
    size_t len = dot && dot > file ? (size_t)(dot - file) : strlen(file);
    struct version_found found;
    char *words = hf_xstrndup(file, len);
    for (size_t i = 0; i < len; i++)
        if (strchr("-_.+", words[i])) words[i] = ' ';
    for (char *p; (p = strstr(words, "%20"));) memcpy(p, "   ", 3);
    bool is_said = version_in(cues, words, len, VERSION_NAME, &found);
    free(words);
    if (is_said) *name = file;
    return is_said ? found.version : NULL;
}

/* ---- the document ------------------------------------------------------------------ */

static bool is_before_meeting(const struct hf_minutes *m, const char *text, size_t len)
{
    struct printed_day d, own;
    if (!m->date || !day_find(text, len, 0, &d) || !d.year) return false;
    if (!day_find(m->date, strlen(m->date), 0, &own)) return false;
    return day_number(d.year, d.month, d.day) < day_number(own.year, own.month, own.day);
}

/* Takes what a text says, if nothing stronger has said it: an approval that is told of
 * outlives the heading of the draft. */
static void take(const struct minutes_cues *cues, const char *text, size_t len,
                 enum version_place place, const char *from, struct hf_minutes *m)
{
    struct version_found v;
    if (!version_in(cues, text, len, place, &v)) return;
    bool approved = !strcmp(v.version, "approved");
    bool later = approved && m->version && strcmp(m->version, "draft") == 0 &&
                 strcmp(from, "margin") != 0;
    if (m->version && !later) return;
    if (approved && is_before_meeting(m, text + v.end, len - v.end)) return;
    m->version = approved ? "approved" : "draft";
    size_t end = approved ? text_trim_right(text, len) : v.end;
    if (end - v.start > 120) end = v.end;
    m->version_printed = hf_arena_strdup(&m->arena, text + v.start, end - v.start);
    m->version_from = from;
}

static void take_fields(const struct minutes_cues *cues, const struct fields *f,
                        struct hf_minutes *m)
{
    for (size_t i = 0; i < f->n && i < 40; i++) {
        const struct field *field = &f->at[i];
        struct hf_buf b = HF_BUF_INIT;
        if (field->is_people || field->after_stop || field->is_tail) continue;
        if (!field->text.len) continue;
        if (field->label.len) hf_buf_addf(&b, "%s: ", field->label.data);
        hf_buf_add(&b, field->text.data, field->text.len);
        take(cues, b.data, b.len, VERSION_LINE, "head", m);
        hf_buf_release(&b);
    }
}

static bool is_in_a_case(const struct hf_minutes *m, const char *text, size_t len)
{
    for (size_t i = 0; i < m->n_cases; i++) {
        const char *own = m->cases[i].text;
        if (own && memmem(own, strlen(own), text, len)) return true;
    }
    return false;
}

/* What is told of the minutes below the last case: that case's text ends before it. */
static void take_tail(const struct minutes_cues *cues, const struct text_doc *doc,
                      struct hf_minutes *m)
{
    size_t from = doc->n_lines > TAIL_LINES ? doc->n_lines - TAIL_LINES : 0;
    for (size_t i = from; i < doc->n_lines; i++) {
        struct hf_buf b = HF_BUF_INIT;
        if (m->n_cases && doc->lines[i].line <= m->cases[m->n_cases - 1].line) continue;
        text_line_join(&doc->lines[i], &b);
        for (size_t at = 0, end; at < b.len; at = end) {
            end = text_sentence_end(b.data, b.len, at);
            if (end <= at) break;
            struct version_found v;
            if (version_in(cues, b.data + at, end - at, VERSION_SENTENCE, &v) &&
                !is_in_a_case(m, b.data + at, end - at))
                take(cues, b.data + at, end - at, VERSION_SENTENCE, "foot", m);
        }
        hf_buf_release(&b);
    }
}

/* A watermark comes as a line of one word, wherever it lies on the page. */
static void take_watermark(const struct minutes_cues *cues, const struct text_doc *doc,
                           struct hf_minutes *m)
{
    for (size_t i = 0; i < doc->n_lines && !m->version; i++) {
        const struct text_line *l = &doc->lines[i];
        if (l->n_cells != 1 || l->cells[0].len < 6 || l->cells[0].len > 24) continue;
        const struct text_cell *c = &l->cells[0];
        if (is_set_in_capitals(c->text, c->len))
            take(cues, c->text, c->len, VERSION_LINE, "margin", m);
    }
}

void minutes_version(const struct minutes_cues *cues, const struct text_doc *doc,
                     const struct minutes_parts *parts, struct hf_minutes *m)
{
    if (m->kind && strcmp(m->kind, "minutes") != 0) return;
    if (m->title) take(cues, m->title, strlen(m->title), VERSION_LINE, "title", m);
    take_fields(cues, parts->fields, m);
    take_tail(cues, doc, m);
    for (size_t i = 0; i < doc->margins.n; i++)
        take(cues, doc->margins.at[i], strlen(doc->margins.at[i]), VERSION_LINE, "margin",
             m);
    take_watermark(cues, doc, m);
}
