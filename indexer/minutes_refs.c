/* References: "sak 14/23", "SSU-sak 31/22", "Ref. SSU 2022.41", "saker 12/23 og 13/23",
 * "sak nr. 4". A number needs a word before it that makes it a case's: "sak", a body,
 * "jf.". */
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_block.h"
#include "minutes_deadline.h"
#include "minutes_meaning.h"
#include "minutes_number.h"

static const char *const bodies[] = {"SSU", "FSU", "LSU", "ASU", "OSU",
                                     "OSO", "GSU", "SU",  "PM",  "OSS",
                                     "FU",  "AU",  "KSU", "RSU", NULL};

static bool is_body(const char *text, size_t len)
{
    for (size_t k = 0; bodies[k]; k++)
        if (strlen(bodies[k]) == len && !memcmp(bodies[k], text, len)) return true;
    return false;
}

/* Two-digit pairs of this document: is the year first? Told by a case's own number. */
struct number_scheme meaning_scheme(const struct hf_minutes *m)
{
    struct number_scheme s = {.year = m->year};
    for (size_t i = 0; i < m->n_cases; i++) {
        struct case_number n;
        const struct hf_case *c = &m->cases[i];
        if (!c->number || !c->number_normalised) continue;
        if (!case_number_parse(c->number, strlen(c->number), &n) || n.b < 0) continue;
        const char *slash = strchr(c->number_normalised, '/');
        if (!s.year && slash) s.year = atoi(slash + 1);
        if (n.a_digits != 2 || n.b_digits > 2 || n.a == n.b) continue;
        s.is_year_first = atoi(c->number_normalised) == n.b;
    }
    return s;
}

/* Bytes that words before a number may take: "Orienteringssak nr. SSU ". */
#define MAX_WORDS ((size_t)80)

struct scan {
    struct hf_minutes *m;
    struct hf_case *c;
    struct number_scheme scheme;
};

static const char *direction_of(const char *text, size_t at)
{
    size_t from = at > 40 ? at - 40 : 0;
    struct hf_buf low = HF_BUF_INIT;
    hf_utf8_lower(&low, text + from, at - from);
    const char *direction = "refers";
    if (strstr(low.data, "oppfølging") || strstr(low.data, "jf") ||
        strstr(low.data, "ref.") || strstr(low.data, "viser til"))
        direction = "follows";
    else if (strstr(low.data, "godkjen"))
        direction = "approves";
    hf_buf_release(&low);
    return direction;
}

/* Each body counts its own cases: FSU-sak 7/24 is another one than SSU's sak 7/24. NULL
 * is the body of the meeting, and so is any where that one is not known. */
static bool is_same_body(const struct scan *s, const char *a, const char *b)
{
    const char *own = s->m->body;
    if (!own) return true;
    return !strcmp(a ? a : own, b ? b : own);
}

static void add_ref(struct scan *s, const char *text, size_t at,
                    const struct case_number *n)
{
    int number, year;
    if (!case_number_split(n, &s->scheme, &number, &year)) return;
    if (year && (year < 1995 || year > 2060)) return;
    if (year && s->scheme.year &&
        (year > s->scheme.year + 1 || year < s->scheme.year - 20))
        return;
    struct hf_arena *a = &s->m->arena;
    char part[2] = {n->suffix, 0};
    const char *form = year ? hf_arena_printf(a, "%d%s/%d", number, part, year)
                            : hf_arena_printf(a, "%d%s", number, part);
    const char *body = n->body && is_body(n->body, n->body_len)
                           ? hf_arena_strdup(a, n->body, n->body_len)
                           : NULL;
    if (s->c->number_normalised && !strcmp(form, s->c->number_normalised) &&
        is_same_body(s, body, NULL))
        return;
    for (size_t i = 0; i < s->c->n_refs; i++)
        if (!strcmp(s->c->refs[i].number, form) &&
            is_same_body(s, body, s->c->refs[i].body))
            return;
    struct hf_ref *r = hf_case_add_ref(s->c);
    const char *from = text + at;
    if (n->word && n->has_body && n->body && n->body < n->word &&
        !is_body(n->body, n->body_len))
        from = n->word; /* "AV SAK 31/2021" in a title of capitals */
    r->as_printed = hf_arena_strdup(a, from, (size_t)(text + at + n->end - from));
    r->number = form;
    r->body = body;
    r->direction = direction_of(text, at);
}

/* "jf. 12/23", "ref 2022.41": bytes of the word and blank, 0 if it is another. */
static size_t short_cue(const char *text, size_t len)
{
    static const char *const words[] = {"jf. ",        "jfr. ",        "jf ",
                                        "jfr ",        "ref. ",        "ref ",
                                        "følger opp ", "følgjer opp ", "oppfølging av ",
                                        "viser til ",  "vist til ",    "se ",
                                        NULL};
    for (size_t k = 0; words[k]; k++)
        if (len > strlen(words[k]) && !strncasecmp(text, words[k], strlen(words[k])))
            return strlen(words[k]);
    return 0;
}

/* ", 13/23 og 14/23" after a reference: bytes to the next number, 0 if the list is over.
 */
static size_t list_gap(const char *text, size_t len)
{
    static const char *const gaps[] = {", ",     " og ",    " & ", ",",
                                       " samt ", " eller ", NULL};
    for (size_t k = 0; gaps[k]; k++) {
        size_t n = strlen(gaps[k]);
        if (len > n && !strncmp(text, gaps[k], n) && text[n] >= '0' && text[n] <= '9')
            return n;
    }
    return 0;
}

/* "innlegget i 2022.18", "merknaden til 38/24", where the cases themselves are numbered
 * so. Years from 13 on are no months of a date. */
static bool is_own_form(const struct hf_case *c, const struct case_number *n,
                        const char *text, size_t at)
{
    static const char *const words[] = {" i ",   " fra ", " frå ",
                                        " til ", " av ",  " under "};
    struct case_number own;
    bool led = false;
    if (n->has_word || n->has_body || n->b < 0 || !c->number ||
        !case_number_parse(c->number, strlen(c->number), &own) || own.sep != n->sep ||
        own.b_digits != n->b_digits)
        return false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        size_t len = strlen(words[k]);
        led |= at >= len && !memcmp(text + at - len, words[k], len);
    }
    if (n->sep == '.') return led && n->a_digits == 4 && own.a_digits == 4;
    return led && n->sep == '/' && !n->has_blanks && n->a_digits < 4 &&
           own.a_digits < 4 && n->b_digits == 2 && n->b >= 13 && n->b <= own.b &&
           n->b + 2 >= own.b;
}

/* Bytes of the line if it lists what is enclosed: "Vedlegg: utkast (til sak 11/24)". */
static size_t enclosures(const char *text, size_t len)
{
    size_t n = cue_key_match("vedlegg", text, len);
    return n && n < len && text[n] == ':' ? text_until(text, len, "\n") : 0;
}

static size_t read_here(struct scan *s, const char *text, size_t len, size_t at)
{
    struct case_number n;
    size_t room = len - at > 120 ? 120 : len - at;
    size_t cue = short_cue(text + at, room);
    if (cue && case_number_parse(text + at + cue, room - cue, &n) && n.b >= 0 &&
        !n.has_word) {
        int high = n.a_digits == 4 ? n.b : n.a; /* "brev, ref. 2019/512": an archive */
        if (n.sep != '-' && (n.sep != '.' || n.a_digits == 4) && high < 300) {
            add_ref(s, text, at + cue, &n);
            return at + cue + n.end;
        }
    }
    if (!case_number_parse(text + at, room, &n)) return 0;
    if (n.word_len > 2 &&
        (!strncasecmp(n.word, "p", 1) || !strncasecmp(n.word, "agenda", 6)))
        return 0; /* "punkt 3" is a point of something */
    if (n.word_len == 2 && !strncasecmp(n.word, "nr", 2) && !n.has_body)
        return 0; /* "Org.nr. 983", "referat nr. 2-2024" */
    if (is_own_form(s->c, &n, text, at)) {
        add_ref(s, text, at, &n);
        return at + n.end;
    }
    struct date_found d;
    if (n.b < 0 && date_find(text + at + n.start, room - n.start, 0, &d) && !d.start)
        return 0; /* "vedtok saken 3. mai" */
    if (!n.has_word && !(n.has_body && is_body(n.body, n.body_len) && n.b >= 0)) return 0;
    add_ref(s, text, at, &n);
    size_t i = at + n.end, gap;
    while (i < len && (gap = list_gap(text + i, len - i > 80 ? 80 : len - i))) {
        struct case_number more;
        size_t left = len - i - gap > 80 ? 80 : len - i - gap;
        if (!case_number_parse(text + i + gap, left, &more) || (more.b < 0) != (n.b < 0))
            break;
        if (more.has_word || more.b < 0) break;
        add_ref(s, text, i + gap, &more);
        i += gap + more.end;
    }
    return i;
}

static void scan_text(struct scan *s, const char *text)
{
    if (!text) return;
    size_t len = strlen(text);
    if (len > MEANING_MAX) len = MEANING_MAX;
    size_t digit = 0;
    for (size_t i = 0; i < len;) {
        while (digit < len && (digit < i || text[digit] < '0' || text[digit] > '9'))
            digit++;
        if (digit >= len) return;
        if (digit > i + MAX_WORDS) { /* no number is near enough to belong to a word */
            i = digit - MAX_WORDS;
            while (i < len && ((unsigned char)text[i] & 0xC0) == 0x80) i++;
        }
        size_t line = !i || text[i - 1] == '\n' ? enclosures(text + i, len - i) : 0;
        if (line) {
            i += line;
            continue;
        }
        bool word = text_is_word_at(text, len, i);
        bool starts = word && (!i || strchr(" \n\t(,.;:/-\"", text[i - 1]) ||
                               (unsigned char)text[i - 1] >= 0x80);
        size_t end = starts && s->c->n_refs < 100 ? read_here(s, text, len, i) : 0;
        if (end > i) {
            i = end;
            continue;
        }
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
    }
}

void meaning_refs(const struct number_scheme *scheme, struct hf_minutes *m,
                  struct hf_case *c)
{
    struct scan s = {m, c, *scheme};
    scan_text(&s, c->title);
    scan_text(&s, c->text);
}
