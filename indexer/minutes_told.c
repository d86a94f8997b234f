#include "minutes_told.h"

#include <string.h>

#include "../shim/utf8.h"
#include "minutes_headlabel.h"
#include "minutes_marks.h"
#include "minutes_people.h"

#define MAX_TEXT     1000 /* bytes; longer text is of a case */
#define MAX_OFFICERS 3

struct teller {
    const struct name_ctx *x;
    const struct text_doc *doc;
    const struct field *field;
    struct roster *roster;
};

static size_t sentence_end(const char *text, size_t len, size_t from)
{
    size_t n;
    for (size_t i = from; i < len; i++) {
        if (strchr("\n;", text[i])) return i;
        if (text[i] != '.') continue;
        if (mark_at(text, len, i, &n) == MARK_STOP) return i;
        uint32_t c = 0; /* "kl. 12.30–15.30. Møteleiar var …" */
        bool digit = i && text[i - 1] >= '0' && text[i - 1] <= '9';
        if (digit && i + 2 < len) hf_utf8_next(text + i + 2, len - i - 2, &c);
        if (c && text[i + 1] == ' ' && hf_utf8_is_upper(c)) return i;
    }
    return len;
}

static size_t sentence_start(const char *text, size_t len, size_t at)
{
    size_t start = 0;
    for (size_t end = sentence_end(text, len, 0); end < at;
         end = sentence_end(text, len, start))
        start = end + 1;
    return start;
}

static void add_officer(const struct teller *t, size_t start, size_t end, bool is_chair)
{
    struct person *p = roster_add(t->roster, t->field->text.data + start, end - start);
    const struct text_line *line = &t->doc->lines[field_line(t->field, start)];
    p->presence = is_chair ? "present" : "secretariat";
    p->is_chair = is_chair;
    p->is_minutes_by = !is_chair;
    p->from_label = true;
    p->page = line->page;
    p->line = line->line;
}

static void read_part(const struct teller *t, size_t start, size_t end,
                      const char *presence)
{
    struct field of = {.what = "", .note = "", .text = HF_BUF_INIT, .label = HF_BUF_INIT};
    struct field_mark mark = {0, field_line(t->field, start)};
    of.marks = &mark;
    of.n_marks = 1;
    hf_buf_add(&of.text, t->field->text.data + start, end - start);
    people_read_list(t->x, t->doc, &of, presence, t->roster);
    hf_buf_release(&of.text);
}

/* The last name in text[from, to); how many there are. */
static size_t names_between(const struct teller *t, size_t from, size_t to,
                            struct name_part *last)
{
    size_t n = 0;
    struct name_part name;
    const char *text = t->field->text.data;
    while (from < to && n < 50 && name_split(t->x, text + from, to - from, !n, &name)) {
        *last = name;
        last->start += from;
        last->end += from;
        from = last->end;
        n++;
    }
    return n;
}

/* ---- text without a label ---------------------------------------------------------- */

/* "Kari Nordby ledet møtet. Ola Haug førte protokollen." */
static void read_officers_in_prose(const struct teller *t)
{
    const char *text = t->field->text.data;
    size_t len = t->field->text.len;
    struct cue_match m;
    struct name_part name;
    const struct cue_table *officers = cues_table(t->x->cues, "officers");
    for (size_t from = 0; cue_find(officers, text, len, from, &m); from = m.end) {
        size_t start = sentence_start(text, len, m.start);
        if (start < from) start = from;
        if (name_split(t->x, text + start, m.start - start, true, &name))
            add_officer(t, start + name.start, start + name.end,
                        !strcmp(m.value, "chair"));
    }
}

/* "Møteleiar var Kari Nordby", "Referatet er skrive av Ola Haug og Per Lie": true if the
 * sentence says so. */
static bool read_office_sentence(const struct teller *t, size_t from, size_t end,
                                 bool may_have_colon)
{
    const char *text = t->field->text.data;
    const struct label_reader labels = {t->x,
                                        t->doc,
                                        cues_table(t->x->cues, "head"),
                                        cues_table(t->x->cues, "presence"),
                                        cues_table(t->x->cues, "presence_words"),
                                        t->doc->n_lines};
    struct label l;
    struct name_part name;
    bool any = false;
    while (from < end && text[from] == ' ') from++;
    if (!read_label(&labels, text + from, end - from, false, &l) || !l.is_people ||
        (!strstr(l.note, "chair") && !strstr(l.note, "minutes_by")) ||
        (l.has_colon && !may_have_colon))
        return false;
    const char *tail =
        text + from + l.end; /* "Leiar Kari Nordby, Molde" is of the list */
    bool verb = l.rest > l.end + 1 || (l.end > 2 && strchr("v/", tail[-1]));
    if (!may_have_colon && !verb && !strcmp(t->field->what, "present")) return false;
    for (size_t at = from + l.rest, n = 0; n < MAX_OFFICERS; n++) {
        if (!name_split(t->x, text + at, end - at, n == 0, &name)) break;
        add_officer(t, at + name.start, at + name.end, strstr(l.note, "chair") != NULL);
        at += name.end;
        any = true;
    }
    return any;
}

static bool is_plain_text(const struct field *f)
{
    return !*f->what && !f->is_tail && f->text.len <= MAX_TEXT;
}

void told_officers(const struct name_ctx *x, const struct text_doc *doc,
                   const struct field *f, struct roster *r)
{
    const struct teller t = {x, doc, f, r};
    if (!is_plain_text(f)) return;
    read_officers_in_prose(&t);
    for (size_t from = 0; from < f->text.len;) {
        size_t end = sentence_end(f->text.data, f->text.len, from);
        read_office_sentence(&t, from, end, true);
        from = end + 1;
    }
}

/* "Fra Bærum møtte Kari Nordby og Ola Haug. Per Lie hadde meldt forfall." */
void told_presence(const struct name_ctx *x, const struct text_doc *doc,
                   const struct field *f, struct roster *r, bool absent_only)
{
    const struct teller t = {x, doc, f, r};
    const char *text = f->text.data;
    struct cue_match m;
    struct name_part name;
    const struct cue_table *verbs = cues_table(x->cues, "attendance");
    if (!is_plain_text(f) || (absent_only && f->after_stop)) return;
    for (size_t from = 0; cue_find(verbs, text, f->text.len, from, &m); from = m.end) {
        size_t start = sentence_start(text, f->text.len, m.start);
        size_t end = sentence_end(text, f->text.len, m.end);
        if (start < from) start = from;
        if (absent_only && strcmp(m.value, "absent")) continue;
        bool is_after = name_split(x, text + m.end, end - m.end, false, &name) &&
                        name.is_given && !strcmp(m.value, "present");
        if (!is_after && !name_split(x, text + start, m.start - start, false, &name))
            continue;
        if (name.is_given)
            read_part(&t, is_after ? m.end : start, is_after ? end : m.start, m.value);
    }
}

/* ---- sentences in a list ----------------------------------------------------------- */

/* "Kari Nordby leia møtet og Ola Haug førte referatet": a name and its verb, with no mark
 * of a list between them. True if that is all the sentence is. */
static bool read_officers_told(const struct teller *t, size_t from, size_t end)
{
    const char *text = t->field->text.data;
    struct cue_match m;
    struct name_part name = {0};
    bool any = false, others = false;
    const struct cue_table *officers = cues_table(t->x->cues, "officers");
    for (size_t at = from; cue_find(officers, text, end, at, &m); at = m.end) {
        size_t n = names_between(t, at, m.start, &name);
        if (!n || name.end >= m.start || m.start - name.end > 60 ||
            memchr(text + name.end, ',', m.start - name.end) || text[m.start - 1] == '(')
            continue;
        others |= n > 1;
        any = true;
        add_officer(t, name.start, name.end, !strcmp(m.value, "chair"));
    }
    return any && !others;
}

/* "Per Lie (Asker) og Unni Vik hadde meldt forfall"; in a list of the absent also
 * "Dessuten møtte sekretær Ola Haug". True if the sentence was read. */
static bool read_presence_told(const struct teller *t, size_t from, size_t end)
{
    const char *text = t->field->text.data;
    struct cue_match m;
    struct name_part name;
    if (!cue_find(cues_table(t->x->cues, "attendance"), text, end, from, &m))
        return false;
    size_t before = names_between(t, from, m.start, &name);
    if (m.start > from && text[m.start - 1] == '(') return false;
    if (!strcmp(m.value, "absent")) {
        if (!before || (before > 1 && !from)) return false;
        read_part(t, from, m.start, "absent");
        return true;
    }
    if (!from || strcmp(t->field->what, "absent")) return false;
    if (before)
        read_part(t, from, end, "present");
    else if (names_between(t, m.end, end, &name))
        read_part(t, m.end, end, "present");
    else
        return false;
    return true;
}

void told_in_list(const struct name_ctx *x, const struct text_doc *doc, struct field *f,
                  struct roster *r)
{
    const struct teller t = {x, doc, f, r};
    for (size_t from = 0; from < f->text.len;) {
        size_t end = sentence_end(f->text.data, f->text.len, from);
        bool read =
            end - from < MAX_TEXT &&
            (read_office_sentence(&t, from, end, false) ||
             read_officers_told(&t, from, end) || read_presence_told(&t, from, end));
        if (read) memset(f->text.data + from, ' ', end - from);
        from = end + 1;
    }
}
