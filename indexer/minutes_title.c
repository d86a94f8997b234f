/* Titles. A title is the first bold span, or what stands in its own cell or line, or the
 * beginning of a paragraph that runs on without a mark into the text: then it ends at a
 * label, at a full stop, at "Ref. SSU 2022.41", or where a new sentence's subject begins
 * («… pasientflyt Erik Nordberg orienterer»). */
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_case.h"

#define MAX_TITLE 300

/* ---- printed kinds
 * ------------------------------------------------------------------------- */

const char *case_kind_of(const struct minutes_cues *cues, const char *text, size_t len)
{
    struct cue_match hit;
    while (len && strchr(" .()[]", *text)) text++, len--;
    while (len && strchr(" .()[]", text[len - 1])) len--;
    if (!len || len > 60) return NULL;
    if (!cue_is_whole(cues_table(cues, "kinds"), text, len, &hit) || !*hit.value)
        return NULL;
    return hit.value;
}

/* "(beslutning)", "(B)", "– orientering" at the end: bytes of the title without it. */
static size_t without_kind(struct case_text *t, const char *text, size_t len)
{
    if (len < 3 || (text[len - 1] != ')' && text[len - 1] != ']')) return len;
    size_t i = len - 1;
    while (i && text[i] != '(' && text[i] != '[' && len - i < 40) i--;
    if (text[i] != '(' && text[i] != '[') return len;
    const char *kind = case_kind_of(t->cues, text + i + 1, len - i - 2);
    if (!kind) return len;
    if (!t->c->kind) t->c->kind = kind;
    return text_trim_right(text, i);
}

/* ---- cleaning
 * ------------------------------------------------------------------------------ */

static size_t without_page(const char *text, size_t len)
{
    size_t i = len;
    while (i && text[i - 1] >= '0' && text[i - 1] <= '9') i--;
    size_t digits = len - i, dots = 0;
    while (i && (text[i - 1] == '.' || text[i - 1] == ' ' || text[i - 1] == '_')) {
        dots += text[i - 1] == '.' || text[i - 1] == '_';
        i--;
    }
    return digits <= 3 && dots >= 3 ? i : len;
}

/* "Økonomi (forts.)" */
static size_t without_going_on(const char *text, size_t len)
{
    size_t i = len;
    if (len < 8 || text[len - 1] != ')') return len;
    while (i && text[i - 1] != '(' && len - i < 24) i--;
    if (!i || text[i - 1] != '(' || strncasecmp(text + i, "forts", 5)) return len;
    return text_trim_right(text, i - 1);
}

/* "Strategi (09.30–11.00)", "Budsjett (15 min)": without the time. */
static size_t without_clock(const char *text, size_t len)
{
    size_t i = len, digits = 0;
    if (len < 6 || text[len - 1] != ')') return len;
    while (i && text[i - 1] != '(' && len - i < 30) i--;
    if (i < 2 || text[i - 1] != '(') return len;
    for (size_t k = i; k + 1 < len; k++) {
        bool word = !strncasecmp(text + k, "kl", 2) || !strncasecmp(text + k, "min", 3);
        bool inside =
            k > i && text_is_word_at(text, len, k - 1) && text_is_word_at(text, len, k);
        digits += text[k] >= '0' && text[k] <= '9';
        if (text_is_word_at(text, len, k) && !(text[k] >= '0' && text[k] <= '9') &&
            !word && !inside)
            return len;
    }
    bool clock = memchr(text + i, '.', len - i) || memchr(text + i, ':', len - i) ||
                 !strncasecmp(text + len - 4, "min)", 4);
    bool clock_first = case_number_clock(text + i, len - i - 1) > 0;
    return digits >= 1 && clock && (clock_first || digits < 4)
               ? text_trim_right(text, i - 1)
               : len;
}

/* "8/14 14/3716 Title": an archive number beside the case number. */
static size_t archive_number(const char *text, size_t len)
{
    size_t i = 0, a = 0, b = 0;
    if (len && *text == '(') i = 1;
    while (i < len && text[i] >= '0' && text[i] <= '9') i++, a++;
    if (a < 2 || a > 4 || i >= len || (text[i] != '/' && text[i] != '-')) return 0;
    i++;
    while (i < len && text[i] >= '0' && text[i] <= '9') i++, b++;
    if (b < 3 || b > 6) return 0;
    if (i < len && text[i] == '-') {
        i++;
        while (i < len && text[i] >= '0' && text[i] <= '9') i++;
    }
    if (i < len && text[i] == ')') i++;
    if (i < len && text[i] != ' ') return 0;
    return i + text_trim_left(text + i, len - i);
}

static void set_title(struct case_text *t, const char *text, size_t len)
{
    size_t skip = archive_number(text, len);
    text += skip;
    len -= skip;
    while (len && strchr(" *_:-", *text)) text++, len--;
    if (len >= 3 && !memcmp(text, "–", 3)) {
        text += 3;
        len -= 3;
        skip = text_trim_left(text, len);
        text += skip;
        len -= skip;
    }
    len = text_trim_right(text, without_page(text, len));
    len = without_clock(text, without_going_on(text, len));
    len = without_clock(text, without_kind(t, text, len));
    while (len && strchr(" *_:", text[len - 1])) len--;
    if (len && text[len - 1] == '.' && (len < 3 || text[len - 2] != '.')) {
        size_t end = text_sentence_end(text, len, 0);
        if (end >= len) len--;
    }
    if (!len) return;
    struct hf_buf b = HF_BUF_INIT;
    for (size_t i = 0; i < len; i++) {
        bool blank = text[i] == '\n' || text[i] == ' ' || text[i] == '\t';
        if (!blank)
            hf_buf_addc(&b, text[i]);
        else if (b.len && b.data[b.len - 1] != ' ')
            hf_buf_addc(&b, ' ');
    }
    t->c->title = hf_arena_strdup(&t->m->arena, b.data, b.len);
    hf_buf_release(&b);
}

/* ---- where a title that runs on ends
 * ------------------------------------------------------- */

struct word {
    size_t at, len;
    bool is_capital, ends_clause;
};

static size_t next_word(const char *text, size_t len, size_t i, struct word *w)
{
    i += text_trim_left(text + i, len - i);
    w->at = i;
    while (i < len && text[i] != ' ' && text[i] != '\n') i++;
    w->len = i - w->at;
    w->is_capital = text_starts_upper(text + w->at, w->len);
    w->ends_clause = w->len && strchr(",;:", text[i - 1]) != NULL;
    return i;
}

static bool is_cue(const struct case_text *t, const char *text, size_t len,
                   const char *use)
{
    struct cue_match hit;
    while (len && strchr(",;:.", text[len - 1])) len--;
    return len && cue_is_whole(cues_table(t->cues, "cases"), text, len, &hit) &&
           !strcmp(hit.value, use);
}

/* Words up to the first finite verb; *n_words of them. False if there is no verb. */
static bool words_to_verb(const struct case_text *t, const char *text, size_t len,
                          struct word *words, size_t max, size_t *n_words)
{
    size_t n = 0;
    for (size_t i = 0; i < len && n < max;) {
        i = next_word(text, len, i, &words[n]);
        if (!words[n].len) break;
        if (n && !words[n].is_capital &&
            is_cue(t, text + words[n].at, words[n].len, "verb")) {
            *n_words = n;
            return true;
        }
        n++;
    }
    return false;
}

/* The word at which a sentence begins inside `text`; 0 if none can be told. */
static size_t sentence_inside(const struct case_text *t, const char *text, size_t len)
{
    struct word w[40];
    size_t n, last_run = 0;
    if (!words_to_verb(t, text, len, w, 40, &n)) return 0;
    for (size_t i = 1; i < n; i++) {
        if (!w[i].is_capital) continue;
        if (is_cue(t, text + w[i].at, w[i].len, "opener")) return w[i].at;
        bool named = i + 1 < n && w[i + 1].is_capital && !w[i].ends_clause &&
                     cues_is_given_name(t->cues, text + w[i].at, w[i].len);
        bool roled = i + 1 < n && w[i + 1].is_capital &&
                     is_cue(t, text + w[i].at, w[i].len, "role");
        if (named || roled) return w[i].at;
        if (!w[i - 1].is_capital) last_run = i;
    }
    return last_run ? w[last_run].at : 0;
}

/* "Ref. SSU 2022.41", "Oppfølging av SSU sak 2022.38", "Jf. sak 12/24" after the title.
 */
static size_t reference_inside(const struct case_text *t, const char *text, size_t len)
{
    const struct cue_table *cases = cues_table(t->cues, "cases");
    struct cue_match hit;
    for (size_t i = 8; i < len; i++) {
        if (text[i - 1] != ' ' || !text_starts_upper(text + i, len - i)) continue;
        if (cue_here(cases, text + i, len - i > 40 ? 40 : len - i, &hit) &&
            !strcmp(hit.value, "ref"))
            return i;
    }
    return 0;
}

/* Bytes of the title at the front of a paragraph that may run on. */
static size_t title_length(const struct case_text *t, const struct para *p)
{
    const char *text = p->text;
    size_t len = p->len > 600 ? 600 : p->len, limit = len, at;
    struct label l;
    bool runs = p->len > len;
    if (label_find(cues_table(t->cues, "decisions"), text, len, 1, &at, &l)) {
        limit = text_trim_right(text, at);
        runs = true;
    }
    bool cell = p->block->is_row || p->is_joined || t->is_table;
    if (cell && (at = reference_inside(t, text, limit)))
        limit = text_trim_right(text, at);
    size_t end = text_sentence_end(text, limit, 0);
    if (end < limit) limit = end, runs = true;
    if (limit && strchr(".!", text[limit - 1])) runs = true;
    if (limit < 140 && !runs) return limit;
    at = sentence_inside(t, text, limit);
    if (at && (cell || limit > 60)) return text_trim_right(text, at);
    return limit > MAX_TITLE ? MAX_TITLE : limit;
}

/* ---- taking it
 * ----------------------------------------------------------------------------- */

static void take(struct case_text *t, size_t bytes)
{
    struct para *p = &t->at[0];
    size_t rest = bytes + text_trim_left(p->text + bytes, p->len - bytes);
    while (rest < p->len && strchr(".:", p->text[rest])) {
        rest++;
        rest += text_trim_left(p->text + rest, p->len - rest);
    }
    p->text += rest;
    p->len -= rest;
    p->at += rest;
    if (p->len) return;
    t->n--;
    memmove(t->at, t->at + 1, t->n * sizeof *t->at);
}

/* True if the first paragraph fills a cell and its row has another cell with text after
 * it. */
static bool has_own_cell(const struct case_text *t)
{
    const struct para *p = &t->at[0];
    if (t->n < 2 || !p->block->is_row || p->len > MAX_TITLE) return false;
    const struct para *q = &t->at[1];
    size_t end = text_sentence_end(p->text, p->len, 0);
    bool split = q->block->column_no && q->block->role == ROLE_TEXT;
    if (!split && end < p->len && p->text[end - 1] == '.')
        return false; /* "Sak og drøfting" in one cell: the title is a sentence of it */
    return q->block->line == p->block->line && q->block->nth_cell != p->block->nth_cell;
}

static bool take_bold(struct case_text *t)
{
    const struct para *p = &t->at[0];
    struct label l;
    if (p->is_joined || p->block->bold_to <= p->at) return false;
    size_t bold = p->block->bold_to - p->at;
    if (bold > p->len) bold = p->len;
    if (bold < 2 || bold > MAX_TITLE) return false;
    if (label_parse(cues_table(t->cues, "decisions"), p->text, bold, &l) &&
        (l.has_colon || l.is_alone))
        return false;
    if (t->is_table || bold == p->len || strchr(".:", p->text[bold - 1]) ||
        text_starts_upper(p->text + bold + text_trim_left(p->text + bold, p->len - bold),
                          p->len - bold)) {
        set_title(t, p->text, bold);
        take(t, bold);
        return true;
    }
    return false;
}

/* "Sak 30/19 | Orienteringer", below it a sentence: the word is the title. */
static bool is_text_below(const struct case_text *t)
{
    const struct para *p = &t->at[0], *q = &t->at[1];
    return q->block->line != p->block->line && q->len && q->text[q->len - 1] == '.';
}

void case_take_title(struct case_text *t)
{
    struct label l;
    const struct cue_table *labels = cues_table(t->cues, "decisions");
    while (t->n && t->has_number && case_kind_of(t->cues, t->at[0].text, t->at[0].len) &&
           t->n > 1 && t->at[0].block->is_row && !is_text_below(t)) {
        if (!t->c->kind) t->c->kind = case_kind_of(t->cues, t->at[0].text, t->at[0].len);
        take(t, t->at[0].len);
    }
    if (!t->n) return;
    if (label_parse(labels, t->at[0].text, t->at[0].len, &l) &&
        (l.has_colon ||
         (l.is_alone && (l.class == LABEL_DECISION || l.class == LABEL_PROPOSAL ||
                         (l.class == LABEL_TITLE && t->at[0].block->is_row))))) {
        bool beside = t->at[0].at > 0 && !t->at[0].block->is_row && !l.is_alone &&
                      (l.class == LABEL_OTHER || l.class == LABEL_KIND);
        if (beside) { /* "Sak 4/25 Orientering: budsjettet" */
            size_t end = text_sentence_end(t->at[0].text, t->at[0].len, 0);
            set_title(t, t->at[0].text, end > MAX_TITLE ? MAX_TITLE : end);
            take(t, end);
            return;
        }
        if (l.class != LABEL_TITLE) return;
        take(t, l.rest);
        if (!t->n) return;
    }
    if (has_own_cell(t)) {
        set_title(t, t->at[0].text, t->at[0].len);
        take(t, t->at[0].len);
        return;
    }
    if (take_bold(t)) return;
    size_t len = title_length(t, &t->at[0]);
    set_title(t, t->at[0].text, len);
    take(t, len);
}
