#include "minutes_list.h"

#include <string.h>

#include "../shim/utf8.h"

#define MAX_ATTR 300 /* bytes; what is longer is a sentence */

const char *list_trim(const char *text, size_t *len)
{
    while (*len && strchr(" \n,;*+>", *text)) {
        text++;
        --*len;
    }
    for (;;) { /* list glyphs and dashes before the text */
        uint32_t c;
        size_t n = *len ? hf_utf8_next(text, *len, &c) : 0;
        bool glyph =
            n && (c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2022 || c == 0xB7 ||
                  c == ' ' || c == 0x25CF || c == 0x25AA || c == 0xF0B7 || c == '*');
        if (!glyph) break;
        text += n;
        *len -= n;
    }
    while (*len && strchr(" \n,;.", text[*len - 1])) --*len;
    while (*len >= 3 && (!memcmp(text + *len - 3, "\xe2\x80\x93", 3))) {
        *len -= 3;
        while (*len && text[*len - 1] == ' ') --*len;
    }
    return text;
}

bool list_starts_with(const char *text, size_t len, const char *word)
{
    size_t n = cue_key_match(word, text, len);
    if (!n) return false;
    uint32_t c = ' ';
    if (n < len) hf_utf8_next(text + n, len - n, &c);
    return !hf_utf8_is_letter(c);
}

/* ---- before and around a name ------------------------------------------------------ */

/* Given names after the comma: known ones go on as long as they are; an unknown one
 * counts where the cell ends with it ("Singh, Harpreet Kaur"). The end of the last, 0 if
 * there is none. */
static size_t given_names_end(const struct name_ctx *x, const char *text, size_t len,
                              size_t from)
{
    struct word w;
    size_t end = 0, words = 0, unknown = 0;
    for (size_t at = from; word_next(x, text, len, at, &w); at = w.end) {
        for (size_t i = end ? end : from; i < w.start; i++)
            if (text[i] != ' ') return unknown ? 0 : end;
        bool name = w.kind == WORD_NAME && !w.is_place;
        if (!w.is_given && !name && !(words && w.kind == WORD_INITIAL))
            return unknown ? 0 : end;
        unknown += !w.is_given;
        end = w.end;
        if (++words > 3) return 0;
    }
    return end;
}

size_t list_family_name_first(const struct name_ctx *x, const char *text, size_t len,
                              struct hf_buf *out)
{
    const char *comma = memchr(text, ',', len);
    struct word w;
    size_t n = comma ? (size_t)(comma - text) : 0;
    if (!n || !word_next(x, text, n, 0, &w) || w.end < n || w.kind != WORD_NAME) return 0;
    bool is_place = w.is_place;
    size_t end = given_names_end(x, text, len, n + 1);
    if (!end || (end < len && !strchr(",;(\t\n", text[end]) &&
                 strncmp(text + end, " (", 2) && strncmp(text + end, " -", 2)))
        return 0;
    for (size_t at = n; is_place && at < end && word_next(x, text, end, at, &w);
         at = w.end)
        if (!w.is_given) return 0; /* "Vik, Kari Nordby" is a place and a person */
    size_t from = n + 1;
    while (from < end && text[from] == ' ') from++;
    hf_buf_addf(out, "%.*s %.*s", (int)(end - from), text + from, (int)n, text);
    return end;
}

/* A box before the name says whether the person came: ☒ ☑ [x] or ☐ [ ]. The bytes it
 * takes. */
size_t list_tick_box(const char *text, size_t len, bool *is_ticked)
{
    static const struct {
        const char *box;
        bool is_ticked;
    } boxes[] = {{"☒", true},   {"☑", true},   {"✓", true},  {"✔", true},
                 {"[x]", true}, {"[X]", true}, {"x ", true}, {"X ", true},
                 {"✗", false},  {"✘", false},  {"☐", false}, {"[ ]", false},
                 {"[]", false}, {"□", false}};
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        size_t n = strlen(boxes[i].box);
        if (n > len || memcmp(text, boxes[i].box, n)) continue;
        *is_ticked = boxes[i].is_ticked;
        return n;
    }
    return 0;
}

size_t list_place_pair(const struct list *l, const char *text, size_t len, size_t slash)
{
    const struct cue_table *places = cues_registry_places(l->x->cues);
    struct cue_match hit;
    size_t from = slash;
    while (from && text[from - 1] != ' ') from--;
    if (from < 2 || !cue_here(places, text + from, slash - from, &hit)) return 0;
    if (hit.end < slash - from ||
        !cue_here(places, text + slash + 1, len - slash - 1, &hit))
        return 0;
    struct name_part name;
    return name_starts(l->x, text, from - 1, &name) && name.end == from - 1 ? from - 1
                                                                            : 0;
}

/* ---- what is said of a person ------------------------------------------------------ */

/* "vara for X", "for X", "stiller for X": how many bytes the words before X take. */
size_t list_deputy_prefix(const char *text, size_t len)
{
    static const char *const forms[] = {"vara for",
                                        "varamedlem for",
                                        "vararepresentant for",
                                        "stedfortreder for",
                                        "stadfortredar for",
                                        "stedfortredar for",
                                        "i stedet for",
                                        "i staden for",
                                        "i stad for",
                                        "møter for",
                                        "møtte for",
                                        "møter i stedet for",
                                        "stiller for",
                                        "stilte for",
                                        "stiller som vara for",
                                        "møtte som vara for",
                                        "erstatter",
                                        "erstattar",
                                        "vikar for",
                                        "på vegne av",
                                        "på vegner av",
                                        "for"};
    size_t best = 0;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t n = cue_key_match(forms[i], text, len);
        if (n > best && n < len && strchr(" :", text[n])) best = n + 1;
    }
    return best;
}

static void set_presence_word(struct person *p, const char *text, size_t len)
{
    static const struct {
        const char *word, *presence;
    } words[] = {{"forfall", "absent"},
                 {"fråfall", "absent"},
                 {"frafall", "absent"},
                 {"meldt forfall", "absent"},
                 {"ikke til stede", "absent"},
                 {"ikkje til stades", "absent"},
                 {"fraværende", "absent"},
                 {"fråverande", "absent"},
                 {"permisjon", "absent"},
                 {"meldt fråfall", "absent"},
                 {"nei", "absent"},
                 {"observatør", "observer"},
                 {"observatørar", "observer"},
                 {"sekretariat", "secretariat"},
                 {"sekretariatet", "secretariat"},
                 {"sekretær", "secretariat"},
                 {"møtesekretær", "secretariat"}};
    bool reports =
        list_starts_with(text, len, "hadde") || list_starts_with(text, len, "har") ||
        list_starts_with(text, len, "meldte") || list_starts_with(text, len, "med");
    if (reports && len < 50 &&
        (memmem(text, len, "orfall", 6) || memmem(text, len, "åfall", 6)))
        p->presence = "absent";
    if (memmem(text, len, "(observatør", strlen("(observatør")) &&
        strcmp(p->presence, "absent"))
        p->presence = "observer"; /* "KS (observatør)" in the column of the side */
    if (len == 1 && *text == 'F')
        p->presence = "absent"; /* forfall, where T is "til stede" */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!list_starts_with(text, len, words[i].word)) continue;
        if (!strcmp(words[i].presence, "secretariat") && !strcmp(p->presence, "absent"))
            return;
        p->presence = words[i].presence;
    }
}

/* What follows "leder": nothing, or the name of a committee. */
static bool leads_body(const char *text, size_t len)
{
    static const char *const joints[] = {" av ", " i ", " for ", " ", "/", ", "};
    static const char *const bodies[] = {"utval",
                                         "fagutval",
                                         "samarbeidsutval",
                                         "strategisk samarbeidsutval",
                                         "faglig samarbeidsutval",
                                         "fagleg samarbeidsutval",
                                         "lokalt samarbeidsutval",
                                         "SSU",
                                         "FSU",
                                         "LSU",
                                         "OSO",
                                         "OSU",
                                         "OSS",
                                         "ASU",
                                         "SU",
                                         "dette",
                                         "år",
                                         "møte",
                                         "rådet",
                                         "helsefellesskap"};
    if (len < 2 || strchr(",;", *text)) return true;
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        size_t n = strlen(joints[i]);
        if (n >= len || memcmp(text, joints[i], n)) continue;
        for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++) {
            size_t end = cue_key_match(bodies[k], text + n, len - n);
            bool caps = bodies[k][0] >= 'A' && bodies[k][0] <= 'Z';
            if (end && (!caps || !memcmp(bodies[k], text + n, end))) return true;
        }
    }
    return false;
}

static void set_office(struct person *p, const char *text, size_t len)
{
    static const char *const chairs[] = {"møteleder",   "møteleiar",   "møteledar",
                                         "ordstyrer",   "ordstyrar",   "møteleder og",
                                         "leder møtet", "ledet møtet", "dirigent"};
    static const char *const leaders[] = {"leder", "leiar", "ledar", "utvalgsleder",
                                          "utvalsleiar"};
    static const char *const clerks[] = {"referent",    "møtesekretær",  "sekretær",
                                         "referert av", "referat ved",   "referat av",
                                         "skrevet av",  "skrive av",     "ført i pennen",
                                         "ført av",     "protokollfører"};
    for (size_t i = 0; i < sizeof chairs / sizeof *chairs; i++)
        if (list_starts_with(text, len, chairs[i])) p->is_chair = true;
    for (size_t i = 0; i < sizeof leaders / sizeof *leaders; i++) {
        if (!list_starts_with(text, len, leaders[i])) continue;
        size_t n = cue_key_match(leaders[i], text, len);
        const char *rest = text + n;
        size_t rest_len = len - n;
        p->may_chair |= leads_body(rest, rest_len);
    }
    for (size_t i = 0; i < sizeof clerks / sizeof *clerks; i++)
        if (list_starts_with(text, len, clerks[i])) p->is_minutes_by = true;
    /* "Administrerende direktør (leder)" */
    const char *bracket = len && text[len - 1] == ')' ? memrchr(text, '(', len) : NULL;
    if (bracket && bracket > text)
        set_office(p, bracket + 1, len - 2 - (size_t)(bracket - text));
}

/* "kommunalsjef i Ringerike kommune" says a role and a place. */
static size_t organisation_in_role(const struct name_ctx *x, const char *text, size_t len)
{
    static const char *const joints[] = {" i ",   " ved ", " fra ", " frå ",
                                         " for ", " på ",  ", "};
    size_t best = 0;
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        size_t n = strlen(joints[i]);
        for (size_t at = 1; at + n < len; at++) {
            if (memcmp(text + at, joints[i], n)) continue;
            const char *side;
            struct word w;
            const char *rest = text + at + n;
            if (!word_next(x, rest, len - at - n, 0, &w) || !w.is_capital) continue;
            if (attr_classify(x, rest, len - at - n, &side) == ATTR_ORG) best = at + n;
        }
    }
    return best;
}

void list_add_deputy(struct list *l, size_t index, const char *text, size_t len)
{
    struct name_part name;
    struct person *p = &l->roster->at[index];
    roster_join(l->roster, &p->role, "vara", 4);
    if (!name_split(l->x, text, len, true, &name)) {
        roster_join(l->roster, &p->organisation, text, len);
        return;
    }
    p->deputy_for =
        name_clean(l->roster->arena, text + name.start, name.end - name.start);
    if (name.end < len) list_add_attr(l, index, text + name.end, len - name.end);
}

static void add_classified(struct list *l, size_t index, const char *text, size_t len)
{
    struct roster *r = l->roster;
    const char *side;
    size_t org;
    struct person *p = &r->at[index];
    switch (attr_classify(l->x, text, len, &side)) {
    case ATTR_ROLE:
        org = organisation_in_role(l->x, text, len);
        if (org) {
            size_t cut = org;
            while (cut && text[cut - 1] == ' ') cut--;
            while (cut && text[cut - 1] != ' ' && text[cut - 1] != ',') cut--;
            roster_join(r, &p->role, text, cut);
            roster_join(r, &p->organisation, text + org, len - org);
        } else {
            roster_join(r, &p->role, text, len);
        }
        break;
    case ATTR_ORG: roster_join(r, &p->organisation, text, len); break;
    case ATTR_UNIT: roster_join(r, &p->organisation, text, len); break;
    default: return;
    }
    if (side && *side &&
        (!p->side || !strcmp(side, "bruker") || !strcmp(side, "fastlege")))
        p->side = side;
}

size_t list_legend(const char *text, size_t len)
{
    size_t i = 0, letters = 0;
    while (i < len) {
        uint32_t c;
        size_t n = hf_utf8_next(text + i, len - i, &c);
        if (!hf_utf8_is_upper(c)) break;
        i += n;
        letters++;
    }
    while (i < len && text[i] == ' ') i++;
    if (letters < 2 || letters > 4 || i >= len || text[i] != '=') return 0;
    i++;
    while (i < len && text[i] == ' ') i++;
    return i;
}

bool list_is_initials(const char *name, const char *text, size_t len)
{
    size_t n = 0;
    bool start = true;
    if (len < 2 || len > 4) return false;
    for (; *name; name++) {
        if (start && n < len && *name == text[n]) n++;
        start = *name == ' ' || *name == '-';
    }
    return n == len;
}

bool list_says_no_deputy(const char *text, size_t len)
{
    static const char *const none[] = {"ingen", "uten", "utan", "ikke", "ikkje"};
    bool deputy = list_starts_with(text, len, "vara") || memmem(text, len, " vara", 5) ||
                  memmem(text, len, "stedfortreder", 13);
    for (size_t k = 0; deputy && k < sizeof none / sizeof *none; k++)
        for (size_t i = 0; i < len; i++)
            if ((!i || text[i - 1] == ' ') &&
                list_starts_with(text + i, len - i, none[k]))
                return true;
    return false;
}

void list_add_attr(struct list *l, size_t index, const char *text, size_t len)
{
    text = list_trim(text, &len);
    if (!len || len > MAX_ATTR || (len == 1 && strchr("xXv", *text))) return;
    if (len < 40 && list_says_no_deputy(text, len)) return;
    struct person *p = &l->roster->at[index];
    set_presence_word(p, text, len);
    if (len == 1) return; /* T or F, a party */
    set_office(p, text, len);
    size_t deputy = list_deputy_prefix(text, len);
    if (deputy) {
        list_add_deputy(l, index, text + deputy, len - deputy);
        p->has_attr = true;
        return;
    }
    if (len > 3 && !memcmp(text + len - 3, " av", 3)) return; /* "referert av" */
    if (memchr(text, '@', len) && memchr(text, '.', len)) return;
    if (list_is_initials(p->name, text, len)) return;
    p->has_attr = true;
    if (list_starts_with(text, len, "fra") || list_starts_with(text, len, "frå") ||
        list_starts_with(text, len, "ved") || list_starts_with(text, len, "v/") ||
        list_starts_with(text, len, "i")) {
        struct word w;
        const char *space = memchr(text, ' ', len);
        size_t skip = space ? (size_t)(space - text) + 1 : len;
        if (!word_next(l->x, text + skip, len - skip, 0, &w) || w.kind == WORD_OTHER)
            return;
        text += skip;
        len -= skip;
    }
    add_classified(l, index, text, len);
}
