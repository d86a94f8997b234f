#include "minutes_label.h"
#include "minutes_votes.h"

#include <string.h>

#include "../shim/utf8.h"
#include "minutes_text.h"

#define MAX_LABEL 110

static const struct {
    const char *word;
    enum label_class class;
} classes[] = {{"decision", LABEL_DECISION},
               {"done", LABEL_DONE},
               {"advice", LABEL_ADVICE},
               {"followup", LABEL_FOLLOWUP},
               {"proposal", LABEL_PROPOSAL},
               {"counter", LABEL_COUNTER},
               {"votes", LABEL_VOTES},
               {"unanimous", LABEL_UNANIMOUS},
               {"other", LABEL_OTHER},
               {"responsible", LABEL_RESPONSIBLE},
               {"deadline", LABEL_DEADLINE},
               {"action", LABEL_ACTION},
               {"attachment", LABEL_ATTACHMENT},
               {"title", LABEL_TITLE},
               {"kind", LABEL_KIND},
               {"agreed", LABEL_DECISION}, /* only with a colon */
               {"with", LABEL_NONE}};

static enum label_class class_of(const char *value)
{
    for (size_t k = 0; k < sizeof classes / sizeof *classes; k++)
        if (!strcmp(value, classes[k].word)) return classes[k].class;
    return LABEL_NONE;
}

/* Which of two words of one label says what it is: a proposal of a decision is a
 * proposal, a unanimous decision a decision; otherwise the first. */
static enum label_class stronger(enum label_class a, enum label_class b)
{
    if (a == LABEL_PROPOSAL || a == LABEL_COUNTER) return a;
    if (b == LABEL_PROPOSAL || b == LABEL_COUNTER) return b;
    if (a == LABEL_NONE || a == LABEL_UNANIMOUS) return b == LABEL_NONE ? a : b;
    if (a == LABEL_FOLLOWUP && b == LABEL_DECISION) return b;
    if (a == LABEL_OTHER && (b == LABEL_DECISION || b == LABEL_FOLLOWUP)) return b;
    if (a == LABEL_DONE && b == LABEL_DECISION) return b;
    return a;
}

static bool holds(const char *text, size_t len, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= len; i++)
        if (!strncasecmp(text + i, word, n)) return true;
    return false;
}

static bool tells_votes(const char *text, size_t len)
{
    return holds(text, len, "stemm") || holds(text, len, "røyst") ||
           holds(text, len, "mot ");
}

/* "(enstemmig)", "(mot to stemmer)": bytes, 0 if no bracket or a long one. */
static size_t bracket(const char *text, size_t len, struct label *out, size_t at)
{
    const char *end = memchr(text, ')', len > 70 ? 70 : len);
    if (*text != '(' || !end) return 0;
    size_t n = (size_t)(end - text) + 1;
    if (tells_votes(text, n)) {
        out->votes = at + 1;
        out->votes_end = at + n - 1;
    }
    return n;
}

/* "SSU", "SSUs", "FSU'ene", "SSU`s": a body by its letters. */
static size_t body_letters(const char *text, size_t len)
{
    size_t i = 0;
    while (i < len && i < 6 && text[i] >= 'A' && text[i] <= 'Z') i++;
    if (i < 2) return 0;
    if (i < len && (text[i] == '\'' || text[i] == '`'))
        i++;
    else if (i + 2 < len && !memcmp(text + i, "\xe2\x80\x99", 3))
        i += 3;
    while (i < len && text[i] >= 'a' && text[i] <= 'z' && i < 10) i++;
    return text_is_word_at(text, len, i) ? 0 : i;
}

/* "sak 12/24" or "12/24" after the word; "- 20.11.2024", the day of the meeting. */
static size_t number_part(const char *text, size_t len)
{
    size_t i = 0, digits = 0;
    if (len > 4 && !strncasecmp(text, "sak ", 4)) i = 4;
    if (len > 4 && !strncmp(text, "- ", 2)) i = 2;
    if (len > 6 && !strncmp(text, "– ", 4)) i = 4;
    while (i < len && i < 24 &&
           ((text[i] >= '0' && text[i] <= '9') || strchr("/-.", text[i]))) {
        digits += text[i] >= '0' && text[i] <= '9';
        i++;
    }
    if (!digits) return 0;
    while (i && strchr(".-", text[i - 1])) i--;
    return text_is_word_at(text, len, i) ? 0 : i;
}

static size_t skip_marks(const char *text, size_t len)
{
    size_t i = 0;
    while (i < len) {
        size_t n = text_trim_left(text + i, len - i);
        if (!n && strchr("*_#/&", text[i])) n = 1;
        if (!n) break;
        i += n;
    }
    return i;
}

/* May a word of class c stand after what has been read? "Referat SSU Vedtak:" is no
 * label: two headings need "og" or "/" between them. */
static bool may_follow(enum label_class have, enum label_class c, bool joined)
{
    if (joined || c == LABEL_NONE || c == LABEL_UNANIMOUS) return true;
    return have == LABEL_NONE || have == LABEL_UNANIMOUS || have == LABEL_PROPOSAL ||
           have == LABEL_COUNTER;
}

/* True if the words differ in one letter at most (another, one more, one less), capitals
 * apart. */
static bool is_one_off(const char *a, size_t n, const char *b, size_t m)
{
    size_t i = 0, k = 0;
    while (i < n && i < m && (a[i] | 32) == (b[i] | 32)) i++;
    while (k < n - i && k < m - i && (a[n - 1 - k] | 32) == (b[m - 1 - k] | 32)) k++;
    return n - i - k <= 1 && m - i - k <= 1;
}

/* A long word of the table with one letter wrong, as recognition and typing leave it
 * ("Vedtnk"). */
static bool misread(const struct cue_table *t, const char *text, size_t len,
                    struct cue_match *hit)
{
    size_t n = 0;
    while (n < len && n < 24 && text_is_word_at(text, len, n)) {
        uint32_t c;
        n += hf_utf8_next(text + n, len - n, &c);
    }
    if (n < 6 || n >= 24 || (!memchr(text, ':', len) && !memchr(text, ';', len)))
        return false;
    for (size_t k = 0; k < t->n; k++) {
        const struct cue *cue = &t->cues[k];
        if (cue->key_len + 1 < n || cue->key_len > n + 1 || strchr(cue->key, ' '))
            continue;
        if (!is_one_off(cue->key, cue->key_len, text, n)) continue;
        memset(hit, 0, sizeof *hit);
        hit->value = cue->value;
        hit->end = n;
        return true;
    }
    return false;
}

/* One part of a label at text; adds what it means to out. Returns its bytes, 0 at the
 * end. */
static size_t one_part(const struct cue_table *t, const char *text, size_t len, size_t at,
                       struct label *out)
{
    struct cue_match hit;
    size_t n = bracket(text, len, out, at);
    if (n) return out->n_words ? n : 0;
    n = vote_count(text, len);
    if (n) {
        out->votes = at;
        out->votes_end = at + n;
        return n;
    }
    bool fuzzy = false;
    if (cue_here(t, text, len, &hit) || (fuzzy = misread(t, text, len, &hit))) {
        enum label_class c = class_of(hit.value);
        if (!may_follow(out->class, c, out->is_joined)) return 0;
        out->is_joined = hit.end == 2 && !strncasecmp(text, "og", 2);
        if (c == LABEL_UNANIMOUS && out->votes == out->votes_end) {
            out->votes = at;
            out->votes_end = at + hit.end;
        }
        out->class = stronger(out->class, c);
        out->needs_colon |= fuzzy || !strcmp(hit.value, "agreed");
        return hit.end;
    }
    n = body_letters(text, len);
    if (!n && out->class == LABEL_DECISION) n = number_part(text, len);
    return n;
}

/* "Protokolltilførsel fra Ola Nordmann:", "Forslag fra Bærum og Asker:": bytes of who
 * said it, up to the colon. "fra" may have been read as part of the label. */
static size_t author(const char *text, size_t len, const struct label *l)
{
    static const char *const words[] = {" fra", " frå", " av", " ved", " til"};
    if (l->class != LABEL_OTHER && l->class != LABEL_COUNTER &&
        l->class != LABEL_PROPOSAL)
        return 0;
    size_t from = l->end, end = l->end;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        size_t n = strlen(words[k]);
        if (len - from > n && text[from + n] == ' ' && !memcmp(text + from, words[k], n))
            end = from + n;
        else if (from >= n && !memcmp(text + from - n, words[k], n) && end == from)
            end = from; /* read already */
        else
            continue;
        if (end >= len || text[end] != ' ') return 0;
        if (!text_starts_upper(text + end + 1, len - end - 1)) return 0;
        for (size_t i = end; i < len && i < end + 70; i++) {
            if (text[i] == ':') return i - from;
            if (strchr(".;!?\n", text[i])) return 0;
        }
        return 0;
    }
    return 0;
}

bool label_parse(const struct cue_table *t, const char *text, size_t len,
                 struct label *out)
{
    memset(out, 0, sizeof *out);
    size_t whole = len, i = 0;
    if (len > MAX_LABEL) len = MAX_LABEL;
    for (;;) {
        size_t at = i + skip_marks(text + i, len - i);
        if (at > i && (memchr(text + i, '/', at - i) || memchr(text + i, '&', at - i)))
            out->is_joined = true;
        size_t n = at < len ? one_part(t, text + at, len - at, at, out) : 0;
        if (!n || out->n_words > 9) break;
        out->n_words++;
        out->end = i = at + n;
    }
    if (out->class == LABEL_NONE) return false;
    out->end += author(text, len, out);
    i = out->end;
    i += skip_marks(text + i, len - i);
    if (i < len && (text[i] == ':' || text[i] == ';')) {
        out->has_colon = true;
        i++;
        while (i < len && strchr("*_:", text[i])) i++;
    } else if (i < len &&
               (text[i] == '.' || text[i] == '-' || !strncmp(text + i, "–", 3))) {
        out->is_stopped = true;
        i += text[i] == '.' || text[i] == '-' ? 1 : 3;
    } else {
        i = out->end;
    }
    out->rest = i + text_trim_left(text + i, whole - i);
    out->is_alone = out->rest >= whole;
    return !out->needs_colon || out->has_colon;
}

/* Where could a label that ends in the colon at `colon` begin? The earliest capitalised
 * word whose label reaches exactly to the colon. */
static bool label_before(const struct cue_table *t, const char *text, size_t len,
                         size_t from, size_t colon, size_t *at, struct label *out)
{
    size_t low = colon > 90 ? colon - 90 : 0;
    if (low < from) low = from;
    for (size_t i = low; i < colon; i++) {
        if (i > from && text[i - 1] != ' ' && text[i - 1] != '\n' && text[i - 1] != '(' &&
            text[i - 1] != '\t' && text[i - 1] != '*' && text[i - 1] != '_' &&
            (unsigned char)text[i - 1] != 0xA0)
            continue;
        bool upper = text_starts_upper(text + i, colon - i);
        bool value = !upper && i > from && (text[i - 1] == '(' || text[i - 1] == ' ');
        if ((!upper && !value) || text[i] == '(') continue;
        if (!label_parse(t, text + i, len - i, out) || !out->has_colon) continue;
        if (value && out->class != LABEL_RESPONSIBLE && out->class != LABEL_DEADLINE)
            continue; /* "(ansvar: Kari, frist: 1. mai)" */
        if (i + out->end > colon || i + out->rest <= colon) continue;
        *at = i;
        return true;
    }
    return false;
}

bool label_find(const struct cue_table *t, const char *text, size_t len, size_t from,
                size_t *at, struct label *out)
{
    for (size_t i = from; i < len;) {
        const char *colon = memchr(text + i, ':', len - i);
        if (!colon) return false;
        size_t c = (size_t)(colon - text);
        if (label_before(t, text, len, from, c, at, out)) return true;
        i = c + 1;
    }
    return false;
}

static bool names_proposal(const char *text, size_t len)
{
    static const char *const words[] = {
        "innstilling", "framlegg",  "fremlegg", "forslag", "tilråding", "tilrådning",
        "foreslått",   "føreslege", "framlagt", "tilrådd", "innstilt"};
    struct hf_buf low = HF_BUF_INIT;
    hf_utf8_lower(&low, text, len);
    bool found = false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        found |= strstr(low.data, words[k]) != NULL;
    hf_buf_release(&low);
    return found;
}

bool label_is_as_proposed(const char *text, size_t len)
{
    static const char *const openings[] = {
        "som ", "i samsvar med", "i tråd med", "i henhold til", "slik ", "jf. ", "jfr. "};
    static const char *const ends[] = {"vedtatt",  "vedteke",        "vedtatt.",
                                       "vedteken", "vedtatt",        "godkjent",
                                       "godkjend", "tatt til følge", "vedtas"};
    static const char *const first[] = {"samrøystes ", "enstemmig ", "einstemmig ",
                                        "enst. "};
    for (size_t k = 0; k < sizeof first / sizeof *first; k++) {
        size_t n = cue_key_match(first[k], text, len);
        if (!n) continue;
        text += n;
        len -= n;
        break;
    }
    if (len > 110 || !names_proposal(text, len)) return false;
    for (size_t k = 0; k < sizeof openings / sizeof *openings; k++)
        if (cue_key_match(openings[k], text, len)) return len < 80;
    if (len > 90 || !names_proposal(text, len > 34 ? 34 : len)) return false;
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
        if (holds(text, len, ends[k])) return !holds(text, len, "tillegg");
    return false;
}

size_t label_bare_approval(const char *text, size_t len)
{
    static const char *const words[] = {"godkjent", "godkjend", "godkjente", "godkjende"};
    if (len > 90) return 0;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        size_t n = cue_key_match(words[k], text, len);
        if (!n || text_is_word_at(text, len, n)) continue;
        size_t rest = n + text_trim_left(text + n, len - n);
        if (rest >= len || strchr(".!,", text[rest])) return n;
        if (cue_key_match("uten", text + rest, len - rest) ||
            cue_key_match("utan", text + rest, len - rest) ||
            cue_key_match("med", text + rest, len - rest) ||
            cue_key_match("av", text + rest, len - rest))
            return n;
    }
    return 0;
}

bool label_is_votes(const struct cue_table *t, const char *text, size_t len)
{
    struct label l;
    if (len > 90) return false;
    if (label_parse(t, text, len, &l) && l.is_alone && !l.has_colon)
        return l.class == LABEL_UNANIMOUS ||
               (l.class == LABEL_DONE && l.votes != l.votes_end);
    return false;
}
