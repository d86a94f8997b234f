#include "minutes_place.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"

void place_init(struct place_evidence *e, const struct name_ctx *x)
{
    e->x = x;
    e->score = hf_xcalloc(cues_registry(x->cues)->n_hf, sizeof *e->score);
}

void place_release(struct place_evidence *e)
{
    free(e->score);
    e->score = NULL;
}

/* How much a name of each kind says, in running text. */
static double strength_of(char kind)
{
    switch (kind) {
    case 'n':
    case 'a': return 4;
    case 't': return 2;
    case 'h': return 1.5;
    case 'w': return 2;
    default: return 1; /* a district */
    }
}

static bool is_capital(const char *text, size_t len)
{
    uint32_t c;
    if (!len) return false;
    hf_utf8_next(text, len, &c);
    return hf_utf8_is_upper(c) || c == '@';
}

static bool names_match(const struct place_evidence *e, const struct cue_match *m,
                        const char *text, char kind)
{
    const char *printed = text + m->start;
    size_t n = m->end - m->start;
    if (kind == 'w') return cue_is_exact(m->cue->key, printed, n);
    if (!is_capital(printed, n) && kind != 'a' && kind != 'n' && kind != 'p')
        return false;
    if (cue_is_exact(m->cue->key, printed, n)) return true;
    return e->x->is_damaged && m->cue->key_len >= 6;
}

/* "Helse Nord" inside "Helse Nord-Trøndelag", «Ahus» inside «Ahusområdet»: the table's
 * longest match and word ends take care; a hyphen that goes on is another name. */
static bool goes_on(const char *text, size_t len, size_t end)
{
    return end + 1 < len && text[end] == '-' && is_capital(text + end + 1, len - end - 1);
}

static void add_names(struct place_evidence *e, const char *text, size_t len,
                      double weight)
{
    const struct registry *r = cues_registry(e->x->cues);
    const struct cue_table *t = cues_registry_names(e->x->cues);
    struct cue_match m;
    for (size_t from = 0; from < len && cue_find(t, text, len, from, &m);) {
        const struct registry_name *name = &r->names[strtoul(m.value, NULL, 10)];
        if (names_match(e, &m, text, name->kind) && !goes_on(text, len, m.end)) {
            e->score[name->hf] += strength_of(name->kind) * weight;
            from = m.end;
        } else {
            from = m.start + 1;
        }
    }
}

/* "Time kommune", "Stange rådhus", "Hole kommunehus", "Bø heradshus". */
static bool is_seat_after(const char *after, size_t len)
{
    static const char *const words[] = {" kommun",     " rådhus",  " herredshus",
                                        " heradshus",  " rådshus", " herad",
                                        " samfunnshus"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (len >= n && !strncasecmp(after, words[i], n)) return true;
    }
    return false;
}

/* What stands around a place tells whether it is one: "Time kommune", "(Time)", "Lund:
 * …". */
static bool has_place_context(const char *text, size_t len, const struct cue_match *m)
{
    const char *after = text + m->end;
    size_t left = len - m->end;
    if (is_seat_after(after, left)) return true;
    bool open = m->start && strchr("(,/", text[m->start - 1]);
    bool comma =
        m->start > 1 && text[m->start - 1] == ' ' && strchr(",(;:", text[m->start - 2]);
    bool close = !left || strchr("),;.:/\n\t", *after);
    return (open || comma) && close;
}

static void add_places(struct place_evidence *e, const char *text, size_t len,
                       double weight)
{
    const struct registry *r = cues_registry(e->x->cues);
    const struct cue_table *t = cues_registry_places(e->x->cues);
    struct cue_match m;
    for (size_t from = 0; from < len && cue_find(t, text, len, from, &m);) {
        const struct registry_place *p = &r->places[strtoul(m.value, NULL, 10)];
        size_t n = m.end - m.start;
        bool exact = cue_is_exact(m.cue->key, text + m.start, n);
        from = m.start + 1;
        if (!is_capital(text + m.start, n) || goes_on(text, len, m.end)) continue;
        if (!exact && (!e->x->is_damaged || m.cue->key_len < 5)) continue;
        bool context = has_place_context(text, len, &m);
        if (p->is_word && !context) continue;
        from = m.end;
        if (p->is_shared) { /* Herøy, Våler: the company they keep decides */
            for (size_t i = 0; i < r->n_places; i++)
                if (!strcmp(r->places[i].name, p->name))
                    e->score[r->places[i].hf] += 0.2 * weight;
            continue;
        }
        e->score[p->hf] += (context ? 0.8 : 0.4) * weight;
    }
}

void place_add(struct place_evidence *e, const char *text, size_t len, double weight)
{
    add_names(e, text, len, weight);
    add_places(e, text, len, weight < 2 ? weight : 2);
}

int place_decide(const struct place_evidence *e, bool *is_clear)
{
    size_t n = cues_registry(e->x->cues)->n_hf;
    int best = -1;
    double first = 0, second = 0;
    for (size_t i = 0; i < n; i++) {
        if (e->score[i] > first) {
            second = first;
            first = e->score[i];
            best = (int)i;
        } else if (e->score[i] > second) {
            second = e->score[i];
        }
    }
    *is_clear = first >= 6 && first > second * 3;
    return first >= 0.8 && first > second * 1.05 ? best : -1;
}

const char *place_region(const char *text, size_t len)
{
    static const char *const regions[] = {"Helse Midt-Norge", "Helse Sør-Øst",
                                          "Helse Nord", "Helse Vest"};
    for (size_t i = 0; i < len; i++)
        for (size_t k = 0; k < 4; k++) {
            size_t n = cue_key_match(regions[k], text + i, len - i);
            uint32_t c = ' ';
            if (!n) continue;
            if (i + n < len) hf_utf8_next(text + i + n, len - i - n, &c);
            if (c != '-' && !hf_utf8_is_letter(c)) return regions[k];
        }
    return NULL;
}
