#include "minutes_headlabel.h"

#include <string.h>

#include "../shim/utf8.h"

#define MAX_LABEL_TAIL 90

/* "Deltakere fra Helse X:" – words up to a colon that hold no name and no number. */
static bool extend_label(const struct label_reader *s, const char *text, size_t len,
                         struct label *l)
{
    size_t limit = l->end + MAX_LABEL_TAIL < len ? l->end + MAX_LABEL_TAIL : len;
    for (size_t i = l->end; i < limit; i++) {
        char c = text[i];
        if (strchr("\n,;.", c) || (c >= '0' && c <= '9')) return false;
        if (c != ':') continue;
        struct name_part name;
        if (name_split(s->x, text + l->end, i - l->end, false, &name)) return false;
        l->end = i;
        l->has_colon = true;
        l->rest = i + 1;
        while (l->rest < len && text[l->rest] == ' ') l->rest++;
        l->is_alone = l->rest >= len;
        return true;
    }
    return false;
}

/* "Deltakere (14)", "Til stede (på Teams):": brackets belong to the label. */
static void skip_brackets(const char *text, size_t len, struct label *l)
{
    size_t i = l->end;
    while (i < len && text[i] == ' ') i++;
    if (i >= len || text[i] != '(') return;
    const char *close = memchr(text + i, ')', len - i);
    if (!close || close - (text + i) > 40) return;
    i = (size_t)(close - text) + 1;
    while (i < len && text[i] == ' ') i++;
    if (i < len && text[i] != ':') return;
    l->has_colon = i < len;
    if (l->has_colon) i++;
    while (i < len && text[i] == ' ') i++;
    l->rest = i;
    l->is_alone = i >= len;
}

/* "Til stades frå kommunane" as a heading, without a colon, above its people. */
static bool is_heading(const struct label_reader *s, const char *text, size_t len,
                       struct label *l)
{
    const char *side;
    struct name_part name;
    size_t next = s->line_index + 1;
    if (len > 80 || len - l->end < 2 || strpbrk(text, ",;.") || next >= s->doc->n_lines)
        return false;
    const struct text_line *below = &s->doc->lines[next];
    if (!below->n_cells || name_split(s->x, text + l->end, len - l->end, false, &name))
        return false;
    const char *first = below->cells[0].text;
    size_t n = below->cells[0].len;
    if (!name_split(s->x, first, n < 80 ? n : 80, true, &name)) return false;
    bool led = name.start <= 8 || /* "- Lister: Ordfører Kari Nordby" */
               memchr(first, ':', name.start) ||
               attr_classify(s->x, first, name.start, &side) == ATTR_ROLE;
    if (!led) return false;
    enum attr_kind kind = attr_classify(s->x, text + l->end, len - l->end, &side);
    if (kind == ATTR_MANNER || kind == ATTR_NONE) return false;
    l->end = l->rest = len;
    l->is_alone = true;
    return true;
}

static bool begins_like_date(const char *text, size_t len)
{
    static const char *const days[] = {"man", "mån", "tir", "tys", "ons", "tor",
                                       "fre", "lør", "lau", "søn", "sun"};
    if (len && *text >= '0' && *text <= '9') return true;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (cue_key_match(days[i], text, len) &&
            memmem(text, len < 12 ? len : 12, "dag", 3))
            return true;
    return false;
}

/* "Sekretær for utvalget har vært NAVN", "Møteleder var NAVN": words up to the verb. */
static size_t skip_to_verb(const char *text, size_t len)
{
    static const char *const verbs[] = {
        "har vært ",      "har vore ",     "var meldt frå ",
        "var meldt fra ", "var meldt av ", "vart meldt frå ",
        "ble meldt fra ", "er meldt frå ", "er meldt fra ",
        "er meldt av ",   "hadde ",        "har ",
        "var ",           "er ",           "ble ",
        "vart "};
    size_t limit = len < 60 ? len : 60;
    for (size_t i = 0; i < limit; i++) {
        if (strchr(",.;:\n", text[i])) return 0;
        if (i && text[i - 1] != ' ') continue;
        for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) {
            size_t n = strlen(verbs[k]);
            if (n < len - i && !memcmp(text + i, verbs[k], n)) return i + n;
        }
    }
    return 0;
}

/* "Dessuten møtte sekretær Ola Haug": the bytes of the roles before the name. */
static size_t role_before_name(const struct name_ctx *x, const char *text, size_t len)
{
    struct word w;
    for (size_t at = 0, n = 0; n < 4 && word_next(x, text, len, at, &w);
         at = w.end, n++) {
        if (w.is_given) return w.start;
        if (w.is_capital || w.kind != WORD_ROLE || memchr(text + at, ',', w.start - at))
            return 0;
    }
    return 0;
}

/* A label without its colon is one only if what follows is what the label promises. */
static bool value_fits(const struct label_reader *s, struct label *l, const char *text,
                       size_t len)
{
    struct name_part name;
    bool single = strstr(l->note, "chair") || strstr(l->note, "minutes_by");
    if (!strcmp(l->what, "date")) return begins_like_date(text + l->rest, len - l->rest);
    size_t before = l->rest;
    if (l->is_people) l->rest += skip_to_verb(text + l->rest, len - l->rest);
    const char *rest = text + l->rest;
    size_t rest_len = len - l->rest;
    bool from =
        !strcmp(l->what, "absent") && /* "Forfall frå Ulvik (Navn)" */
        (cue_key_match("fra ", rest, rest_len) || cue_key_match("frå ", rest, rest_len));
    bool verb = from || rest > text + before; /* "Forfall var meldt frå Ulvik (Navn)" */
    if (verb && !strcmp(l->what, "absent"))
        return name_split(s->x, rest, rest_len < 200 ? rest_len : 200, false, &name);
    if (!l->is_people) return false;
    size_t role = role_before_name(s->x, rest, rest_len);
    rest += role;
    rest_len -= role;
    if (!name_starts(s->x, rest, rest_len, &name) || !name.is_given) return false;
    return !single || name.end >= rest_len || strchr(",(.–-", rest[name.end]) ||
           rest_len - name.end < 40;
}

/* "Hvor" on a line of its own, and a short line below it. */
static bool has_value_below(const struct label_reader *s, const struct label *l)
{
    size_t next = s->line_index + 1;
    if (strcmp(l->what, "place") && strcmp(l->what, "date") && strcmp(l->what, "body"))
        return false;
    if (l->start || next >= s->doc->n_lines) return false;
    const struct text_line *here = &s->doc->lines[s->line_index],
                           *below = &s->doc->lines[next];
    return here->n_cells == 1 && below->n_cells == 1 && below->cells[0].len < 90;
}

/* The next line begins with a name and is no sentence. */
static bool has_list_below(const struct label_reader *s)
{
    struct name_part name;
    size_t next = s->line_index + 1;
    if (next >= s->doc->n_lines || s->doc->lines[next].n_cells != 1) return false;
    const struct text_cell *c = &s->doc->lines[next].cells[0];
    return c->len && c->text[c->len - 1] != '.' &&
           name_split(s->x, c->text, c->len < 100 ? c->len : 100, true, &name) &&
           name.start < 8;
}

static bool read_known_label(const struct label_reader *s, const char *text, size_t len,
                             bool in_row, struct label *l)
{
    struct cue_match a, b;
    bool is_a = cue_at_start(s->people, text, len, &a),
         is_b = cue_at_start(s->head, text, len, &b);
    if (!is_a && !is_b) return false;
    bool people = is_a && (!is_b || a.end >= b.end);
    const struct cue_match *m = people ? &a : &b;
    *l = (struct label){m->value, m->cue->note, m->start,    m->end, m->rest,
                        people,   m->has_colon, m->is_alone, false};
    if (!s->x->is_damaged &&
        !cue_is_exact(m->cue->key, text + m->start, m->end - m->start) &&
        memchr(m->cue->key, ' ', m->cue->key_len) == NULL)
        return false;
    bool weak = strstr(l->note, "weak") != NULL;
    struct word w; /* Mette, misread from Møtte, is a name */
    if (s->x->is_damaged && !l->has_colon && !l->is_alone &&
        word_next(s->x, text, len, l->start, &w) && w.is_given)
        return false;
    if (people && !l->has_colon && !l->is_alone) skip_brackets(text, len, l);
    if (l->has_colon) return true;
    if (l->is_alone && strcmp(l->note, "group"))
        return !weak || in_row || has_value_below(s, l);
    if (l->is_alone) return people && !in_row && has_list_below(s);
    if (people && !strstr(l->note, "chair") && extend_label(s, text, len, l)) return true;
    if (people && !in_row && !*l->note && is_heading(s, text, len, l)) return true;
    if (weak && strcmp(l->what, "date")) return false;
    return value_fits(s, l, text, len);
}

/* ---- labels that no table foresees ------------------------------------------------- */

/* The word in text[0, len) that says who the people are; one for the absent beats the
 * others. */
static const struct cue *presence_word(const struct label_reader *s, const char *text,
                                       size_t len)
{
    const struct cue_table *t = s->words;
    const struct cue *first = NULL;
    for (size_t i = 0; i < len; i++) {
        struct cue_walk walk;
        if (i && text[i - 1] != ' ' && text[i - 1] != '(' && text[i - 1] != '/') continue;
        cue_walk_begin(&t->sieve, text + i, len - i, &walk);
        for (size_t k; (k = cue_walk_next(&walk)) != CUE_WALK_END;) {
            const struct cue *cue = &t->cues[k];
            size_t n = cue_key_match(cue->key, text + i, len - i);
            if (!n || (!s->x->is_damaged && !cue_is_exact(cue->key, text + i, n)))
                continue;
            if (!strcmp(cue->value, "absent")) return cue;
            if (!first) first = cue;
            break;
        }
    }
    return first;
}

/* People stand below this line, soon. */
static bool has_people_below(const struct label_reader *s)
{
    struct name_part name;
    for (size_t i = s->line_index + 1; i < s->doc->n_lines && i < s->line_index + 3;
         i++) {
        const struct text_line *l = &s->doc->lines[i];
        const char *text = l->n_cells ? l->cells[0].text : "";
        size_t n = l->n_cells ? l->cells[0].len : 0;
        if (name_split(s->x, text, n < 100 ? n : 100, true, &name) && name.start < 60)
            return true;
    }
    return false;
}

static size_t label_length(const char *text, size_t len)
{
    size_t limit = len < MAX_LABEL_TAIL ? len : MAX_LABEL_TAIL;
    for (size_t i = 0; i < limit; i++) {
        if (text[i] == ':') return i;
        if (strchr("\n.;\t", text[i])) return 0;
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (digit && text[len - 1] != ':') return 0; /* "Av 12 medlemmer møtte 9:" */
    }
    return 0;
}

/* "Kven møtte ikkje" in a cell, "Den som leia møtet:", "Delegater med stemmerett" as a
 * heading. */
static bool read_free_label(const struct label_reader *s, const char *text, size_t len,
                            bool in_row, struct label *l)
{
    struct name_part name;
    size_t n = label_length(text, len);
    bool colon = n > 0;
    if (!colon && (len > 60 || strpbrk(text, ",.;:0123456789\n"))) return false;
    if (!colon) n = len;
    uint32_t c = 0;
    if (n) hf_utf8_next(text, n, &c);
    if (n < 4 || !hf_utf8_is_upper(c)) return false;
    const struct cue *word = presence_word(s, text, n);
    if (!word || name_split(s->x, text, n, false, &name)) return false;
    size_t rest = colon ? n + 1 : n;
    while (rest < len && text[rest] == ' ') rest++;
    *l = (struct label){word->value, word->note, 0,           n,   rest,
                        true,        colon,      rest >= len, true};
    if (!colon) return in_row || has_people_below(s);
    if (l->is_alone) return in_row || has_people_below(s);
    return name_split(s->x, text + rest, len - rest < 300 ? len - rest : 300, true,
                      &name);
}

/* "Medlemmer som ikke møtte:" begins like a list of those present. */
static void mind_absence(const struct label_reader *s, const char *text, struct label *l)
{
    if (!l->is_people || strcmp(l->what, "present")) return;
    size_t n = l->end - l->start; /* "Til stede (T) og forfall (F)" is of both */
    if (memmem(text + l->start, n, " og forfall", 11) ||
        memmem(text + l->start, n, "/forfall", 8))
        return;
    const struct cue *word = presence_word(s, text + l->start, l->end - l->start);
    if (word && !strcmp(word->value, "absent")) {
        l->what = word->value;
        l->note = "";
    }
}

bool read_label(const struct label_reader *s, const char *text, size_t len, bool in_row,
                struct label *l)
{
    if (!read_known_label(s, text, len, in_row, l) &&
        !read_free_label(s, text, len, in_row, l))
        return false;
    mind_absence(s, text, l);
    size_t after =
        l->rest > l->end ? l->rest - l->end : 0; /* "Møteleder / referent: A / B" */
    if (l->is_people && !strcmp(l->note, "chair") && l->has_colon && after < 30 &&
        (memmem(text + l->start, l->rest - l->start, "referent", 8) ||
         memmem(text + l->start, l->rest - l->start, "sekretær", 9)))
        l->note = "chair minutes_by";
    return true;
}
