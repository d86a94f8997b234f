/* What stands below the last case and belongs to none: when the committee meets next, who
 * wrote and signed the minutes, that they were approved later. */
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_case.h"
#include "minutes_deadline.h"

static bool holds(const char *text, size_t len, const char *word)
{
    return memmem(text, len, word, strlen(word)) != NULL;
}

/* Does the head have these words? */
static bool is_in_head(const struct case_text *t, const char *text, size_t len)
{
    for (size_t i = 0; i < t->head_to && i < 400; i++) {
        const struct block *b = &t->list->at[i];
        if (b->len >= len && memmem(b->text, b->len, text, len)) return true;
    }
    return false;
}

bool case_is_name(const struct case_text *t, const char *text, size_t len)
{
    const char *blank = memchr(text, ' ', len);
    size_t words = 1;
    if (!blank || !text_starts_upper(text, len)) return false;
    for (size_t i = 0; i + 1 < len; i++) {
        if (strchr(",.:;()0123456789", text[i])) {
            if (text[i] != '.' || !i || !text_is_word_at(text, len, i - 1)) return false;
        }
        if (text[i] != ' ') continue;
        words++;
        if (!text_starts_upper(text + i + 1, len - i - 1) &&
            strncmp(text + i + 1, "og ", 3) != 0)
            return false;
    }
    if (words > 7) return false;
    size_t first = (size_t)(blank - text), part = text_until(text, len, "- ");
    if (part > first) part = first;
    return cues_is_given_name(t->cues, text, first) ||
           cues_is_given_name(t->cues, text, part) ||
           (words >= 2 && is_in_head(t, text, len));
}

/* "KN", where the head has these letters: a person's. */
static bool is_initials(const struct case_text *t, const char *text, size_t len)
{
    if (len < 2 || len > 4) return false;
    for (size_t i = 0; i < len; i++)
        if (text[i] < 'A' || text[i] > 'Z') return false;
    return is_in_head(t, text, len);
}

bool case_is_names(const struct case_text *t, const char *text, size_t len)
{
    size_t parts = 0;
    while (len && strchr(" .", text[len - 1])) len--;
    for (size_t from = 0; from < len; parts++) {
        from += text_trim_left(text + from, len - from);
        size_t n = text_until(text + from, len - from, ",;/&");
        const char *og = memmem(text + from, n, " og ", 4);
        if (og) n = (size_t)(og - text) - from;
        size_t len_of = text_trim_right(text + from, n);
        if (!case_is_name(t, text + from, len_of) && !is_initials(t, text + from, len_of))
            return false;
        from += n + (og ? 4 : 1);
    }
    return parts > 0 && parts < 7;
}

/* Bytes of the name that the text begins with, two or three words; 0 if with none. */
static size_t name_at_start(const struct case_text *t, const char *text, size_t len)
{
    size_t n = text_until(text, len, " "), words = 1;
    while (n + 1 < len && words < 4 && text_starts_upper(text + n + 1, len - n - 1)) {
        n += 1 + text_until(text + n + 1, len - n - 1, " ");
        words++;
    }
    return words > 1 && case_is_name(t, text, n) ? n : 0;
}

/* "vert drøfta", "skal presenteres": what will be done and was not said. */
static bool follows_auxiliary(const char *text, size_t at)
{
    static const char *const words[] = {"blir", "vert", "bli", "er",   "skal", "må",
                                        "har",  "kan",  "bør", "være", "vere", "som"};
    size_t end = text_trim_right(text, at), from = end;
    while (from && text[from - 1] != ' ') from--;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (strlen(words[k]) == end - from &&
            !strncasecmp(text + from, words[k], end - from))
            return true;
    return false;
}

bool case_is_narrative(const struct case_text *t, const struct para *p)
{
    const struct cue_table *words = cues_table(t->cues, "narrative");
    struct cue_match hit;
    size_t end = text_sentence_end(p->text, p->len, 0);
    bool gap = p->block->blank_before > 0;
    if (p->block->is_row || p->block->is_point || block_bullet(p->text, p->len) ||
        block_point(p->text, p->len))
        return false;
    if (!text_starts_upper(p->text, p->len) || holds(p->text, end, " og ber ") ||
        holds(p->text, end, " og ved"))
        return false;
    if (gap && cue_here(words, p->text, end, &hit) && !strcmp(hit.value, "opening"))
        return true;
    size_t name = name_at_start(t, p->text, end);
    if (name && name + 1 < end &&
        cue_here(words, p->text + name + 1, end - name - 1, &hit))
        return strcmp(hit.value, "opening") != 0;
    for (size_t from = 0;
         gap && cue_find(words, p->text, end, from, &hit) && hit.start <= 70;
         from = hit.end)
        if (!strcmp(hit.value, "verb") && !follows_auxiliary(p->text, hit.start) &&
            cue_is_exact(hit.cue->key, p->text + hit.start, hit.end - hit.start))
            return true;
    return false;
}

bool case_is_signature(const struct case_text *t, const struct para *p)
{
    static const char *const roles[] = {"(sign",     "/s/",          "sign.",
                                        "referent",  "sekretær",     "møteleder",
                                        "møteleiar", "(underskrift", "protokollf"};
    size_t len = p->len > 120 ? 120 : p->len, n = 0;
    if (p->block->is_row && p->starts_cell && case_is_name(t, p->text, p->len))
        return p->block->is_drawn;
    if (case_is_name(t, p->text, p->len)) return true;
    for (size_t k = 0; k < sizeof roles / sizeof *roles && !n; k++) {
        const char *at = memmem(p->text, len, roles[k], strlen(roles[k]));
        if (at) n = (size_t)(at - p->text);
    }
    while (n && strchr(" ,-(/", p->text[n - 1])) n--;
    return n && n < 50 && p->len < n + 60 && case_is_name(t, p->text, n);
}

/* "Referatet er godkjent på e-post 4. oktober": said of these minutes, in a paragraph of
 * its own. */
static bool is_approval_of_this(const struct case_text *t, const struct para *p)
{
    static const char *const words[] = {"Referatet", "Protokollen", "Møteboka",
                                        "Møteboken", "Referat",     "Protokoll"};
    const char *title = t->c->title ? t->c->title : "";
    if (p->len > 160 || p->block->blank_before < 1 ||
        holds(title, strlen(title), "eferat") || holds(title, strlen(title), "rotokoll"))
        return false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        size_t n = strlen(words[k]);
        if (p->len > n + 4 && !memcmp(p->text, words[k], n) &&
            (!memcmp(p->text + n, " er ", 4) || !memcmp(p->text + n, " vart", 4) ||
             !memcmp(p->text + n, " ble ", 4) || !memcmp(p->text + n, " god", 4)))
            return holds(p->text, p->len, "godkj") || holds(p->text, p->len, "ført") ||
                   holds(p->text, p->len, "send");
    }
    return false;
}

/* "Neste møte" within a case is said of more than the date; below the last case it comes
 * after a gap, alone, or with a date at once. */
static bool closes(const struct case_text *t, const struct para *p,
                   const struct cue_match *hit)
{
    struct date_found d;
    bool gap = p->block->blank_before > 0;
    if (strncasecmp(p->text, "neste", 5) != 0) return gap || hit->has_colon;
    if (!t->has_number) return false;
    if (hit->is_alone) return true;
    return p->len < 120 && (gap || hit->has_colon) &&
           date_find(p->text, p->len, hit->end, &d);
}

/* "Molde, 25. mai 2022" above a name that signs, or at the very end. */
static bool is_dateline(const struct case_text *t, size_t i)
{
    const struct para *p = &t->at[i];
    struct date_found d;
    size_t comma = text_until(p->text, p->len, ",");
    if (!t->is_last || p->block->is_row || comma > 40 || p->len > 70 || !comma ||
        !text_starts_upper(p->text, p->len) || memchr(p->text, ':', p->len))
        return false;
    bool has_date =
        date_find(p->text, p->len, comma > 3 && comma < p->len ? comma : 0, &d);
    if (!has_date || !d.day || p->len - d.end > 1 || d.start > comma + 6) return false;
    return i + 1 == t->n || case_is_signature(t, &t->at[i + 1]);
}

void case_cut_closing(struct case_text *t)
{
    struct cue_match hit;
    for (size_t i = 1; i < t->n; i++) {
        const struct para *p = &t->at[i];
        size_t len = p->len > 80 ? 80 : p->len;
        bool cue = cue_at_start(cues_table(t->cues, "cases"), p->text, len, &hit) &&
                   (!strcmp(hit.value, "closing") || !strncasecmp(p->text, "neste", 5));
        if (cue) hit.is_alone &= p->len == len;
        if ((cue && closes(t, p, &hit)) || is_approval_of_this(t, p) ||
            is_dateline(t, i)) {
            t->n = i;
            return;
        }
    }
}
