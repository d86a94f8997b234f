/* Cases without numbers: the sections of an annual report, and the first row of a table
 * of cases. */
#include <stdlib.h>
#include <string.h>

#include "minutes_case.h"

#define MAX_HEADING 120

static void add_section(struct case_starts *s, size_t block)
{
    s->at = hf_grow(s->at, &s->cap, s->n, sizeof *s->at);
    struct case_start *c = &s->at[s->n];
    memset(c, 0, sizeof *c);
    c->block = c->line_block = c->number_block = block;
    c->n.b = -1;
    c->owner = s->n++;
}

static bool is_page_start(const struct block_list *list, size_t i)
{
    return !i || list->at[i - 1].is_noise ||
           (list->at[i - 1].len > 8 && !strncmp(list->at[i - 1].text, "http", 4));
}

static bool looks_like_heading(const struct minutes_cues *cues,
                               const struct block_list *list, size_t i, bool plain)
{
    const struct block *b = &list->at[i];
    struct cue_match hit;
    if (b->is_noise || b->is_row || !b->starts_line || b->len < 4 || b->len > MAX_HEADING)
        return false;
    if (strchr(".,;:!", b->text[b->len - 1]) || !text_starts_upper(b->text, b->len))
        return false;
    if (block_bullet(b->text, b->len) || memchr(b->text, '@', b->len)) return false;
    if (cue_at_start(cues_table(cues, "presence"), b->text, b->len, &hit)) return false;
    if (b->is_heading || b->bold_to >= b->len) return true;
    if (!plain || (!b->blank_before && !is_page_start(list, i))) return false;
    if (block_ends_open(b->text, b->len) || strstr(b->text, "http") == b->text)
        return false;
    if (i + 1 >= list->n) return false;
    const struct block *next = &list->at[i + 1];
    if (block_continues(list, b, next)) { /* a heading in two lines, or text */
        const struct block *after = i + 2 < list->n ? next + 1 : NULL;
        return (!after || after->blank_before) && next->len < 60 &&
               !strchr(".,;:", next->text[next->len - 1]);
    }
    return next->blank_before || text_starts_upper(next->text, next->len) ||
           block_bullet(next->text, next->len);
}

/* The number of blocks down to the one that names a yearly report, 0 if none does. */
static size_t report_named(const struct block_list *list)
{
    static const char *const words[] = {"årsrapport", "årsmelding", "årsberetning"};
    for (size_t i = 0; i < list->n && i < 12; i++)
        for (size_t k = 0; k < 3; k++)
            for (size_t at = 0; at < list->at[i].len && at < 200; at++)
                if ((!at || list->at[i].text[at - 1] == ' ') &&
                    cue_key_match(words[k], list->at[i].text + at, list->at[i].len - at))
                    return i + 1;
    return 0;
}

/* Where the head of the minutes ends: after the last line that says who met, when and
 * where. */
static size_t head_end(const struct minutes_cues *cues, const struct block_list *list)
{
    struct cue_match hit;
    size_t end = 0;
    for (size_t i = 0; i < list->n && i < 200 && i * 3 < list->n * 2; i++) {
        const struct block *b = &list->at[i];
        size_t len = b->len > 80 ? 80 : b->len;
        struct label l;
        if (label_parse(cues_table(cues, "decisions"), b->text, b->len, &l) &&
            l.has_colon && l.class == LABEL_DECISION)
            break;
        if ((cue_at_start(cues_table(cues, "presence"), b->text, len, &hit) ||
             cue_at_start(cues_table(cues, "head"), b->text, len, &hit)) &&
            hit.has_colon && strcmp(hit.value, "stop") != 0)
            end = i + 1;
    }
    return end;
}

/* True if the section's text holds a sentence, not only names and dates. */
static bool has_sentence(const struct block_list *list, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (list->at[i].len >= 30 && memchr(list->at[i].text, '.', list->at[i].len))
            return true;
    return false;
}

/* "Eventuelt", "Godkjenning av innkalling": what every meeting has. */
static bool is_usual_item(const struct minutes_cues *cues, const struct block *b)
{
    struct cue_match hit;
    return cue_at_start(cues_table(cues, "cases"), b->text, b->len, &hit) &&
           (!strcmp(hit.value, "last") || !strcmp(hit.value, "title"));
}

static void drop_empty(struct case_starts *out, const struct minutes_cues *cues,
                       const struct block_list *list)
{
    size_t n = 0;
    for (size_t i = 0; i < out->n; i++) {
        size_t to = i + 1 < out->n ? out->at[i + 1].block : list->n;
        if (!has_sentence(list, out->at[i].block + 1, to) &&
            !is_usual_item(cues, &list->at[out->at[i].block]))
            continue;
        out->at[n] = out->at[i];
        out->at[n].owner = n;
        n++;
    }
    out->n = n;
}

/* Short lines between full stops, without blank lines around them. */
static bool looks_like_dense_heading(const struct minutes_cues *cues,
                                     const struct block_list *list, size_t i)
{
    const struct cue_table *labels = cues_table(cues, "decisions");
    const struct block *b = &list->at[i];
    struct cue_match hit;
    struct label l;
    if (!i || i + 1 >= list->n || b->is_noise || b->is_row || b->is_point) return false;
    if (!b->starts_line || b->len < 6 || b->len > 90) return false;
    if (!text_starts_upper(b->text, b->len) || block_ends_open(b->text, b->len))
        return false;
    if (strchr(".,;:!", b->text[b->len - 1]) || memchr(b->text, '@', b->len))
        return false;
    if (block_bullet(b->text, b->len) || label_bare_approval(b->text, b->len))
        return false;
    if (label_parse(labels, b->text, b->len, &l) && (l.has_colon || l.is_alone))
        return false;
    if (cue_at_start(cues_table(cues, "presence"), b->text, b->len, &hit)) return false;
    if (cue_at_start(cues_table(cues, "head"), b->text, b->len, &hit) && hit.has_colon)
        return false;
    const struct block *a = b - 1, *next = b + 1;
    bool value = label_parse(labels, a->text, a->len, &l) && l.has_colon &&
                 (l.class == LABEL_RESPONSIBLE || l.class == LABEL_DEADLINE);
    if (a->len && !strchr(".!?", a->text[a->len - 1]) && !b->blank_before && !value &&
        !cue_at_start(cues_table(cues, "presence"), a->text, a->len, &hit))
        return false;
    return next->len > 2 &&
           (strchr(".!?", next->text[next->len - 1]) ||
            (label_parse(labels, next->text, next->len, &l) && l.has_colon));
}

/* Only where labels tell that these are minutes of cases. */
static void find_dense(struct case_starts *out, const struct minutes_cues *cues,
                       const struct block_list *list, size_t from)
{
    struct label l;
    size_t labels = 0;
    for (size_t i = from; i < list->n; i++)
        labels += label_parse(cues_table(cues, "decisions"), list->at[i].text,
                              list->at[i].len, &l) &&
                  l.has_colon && l.class == LABEL_DECISION;
    if (labels < 2) return;
    out->n = 0;
    for (size_t i = from; i < list->n; i++)
        if (looks_like_dense_heading(cues, list, i)) add_section(out, i);
    if (out->n < 2 || out->n > labels * 3 + 3) out->n = 0;
}

/* A heading counts if text follows; a second line of the same heading does not start
 * another. */
void sections_find(struct case_starts *out, const struct minutes_cues *cues,
                   struct block_list *list)
{
    size_t report = report_named(list);
    size_t from = report ? 2 : head_end(cues, list);
    /* a page's running head may stand above the title; what is long is no title, and what
     * stands far below is a matter of the meeting */
    if (report > 2 && report <= 5 && list->at[report - 1].len < 160) from = report;
    for (size_t i = 0; report && i < list->n; i++) /* footnotes that are addresses */
        list->at[i].is_noise |=
            !strncmp(list->at[i].text, "http", list->at[i].len < 5 ? 0 : 4) &&
            list->at[i].len >= 5 && !memchr(list->at[i].text, ' ', list->at[i].len);
    for (size_t i = from; i < list->n; i++) {
        if (!looks_like_heading(cues, list, i, true)) continue;
        size_t next = i + 1;
        while (next < list->n &&
               block_continues(list, &list->at[next - 1], &list->at[next]))
            next++;
        if (next >= list->n || looks_like_heading(cues, list, next, true)) {
            if (report) list->at[i].is_noise = true; /* a heading over headings */
            continue;
        }
        if (next > i + 2) continue;
        add_section(out, i);
    }
    if (!report) drop_empty(out, cues, list);
    if (!report && out->n < 2) {
        out->n = 0;
        find_dense(out, cues, list, from);
    }
    for (size_t i = 0; i < out->n; i++)
        out->at[i].to = i + 1 < out->n ? out->at[i + 1].block : list->n;
}

static void insert_first(struct case_starts *out, size_t block, size_t to)
{
    add_section(out, block);
    struct case_start c = out->at[out->n - 1];
    memmove(out->at + 1, out->at, (out->n - 1) * sizeof *out->at);
    for (size_t k = 1; k < out->n; k++) out->at[k].owner++;
    c.owner = 0;
    c.to = to;
    c.is_approval = true;
    out->at[0] = c;
}

/* Where titles are set in bold, a row with an empty first cell and a bold title is an
 * item of its own («Eventuelt» at the end of the table). */
static void find_bold_rows(struct case_starts *out, const struct block_list *list)
{
    size_t n = out->n, bold = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = out->at[i].block + 1;
        bold += k < list->n && list->at[k].line == list->at[out->at[i].block].line &&
                list->at[k].bold_to > 0;
    }
    if (bold < 2 || bold * 2 < n) return;
    for (size_t i = out->at[0].to; i < list->n; i++) {
        const struct block *b = &list->at[i];
        if (!b->after_gap || !b->starts_line || b->blank_before || b->is_noise) continue;
        if (b->bold_to < 4 || b->bold_to > 120 || strchr(".:", b->text[b->bold_to - 1]))
            continue;
        if (b->bold_to < b->len &&
            !text_starts_upper(b->text + b->bold_to + 1, b->len - b->bold_to - 1))
            continue;
        add_section(out, i);
        size_t at = out->n - 1;
        struct case_start c = out->at[at];
        while (at && out->at[at - 1].block > i) at--;
        if (!at) {
            out->n--;
            continue;
        }
        memmove(out->at + at + 1, out->at + at, (out->n - 1 - at) * sizeof *out->at);
        for (size_t k = 0; k < out->n; k++)
            if (k != at && out->at[k].owner >= at) out->at[k].owner++;
        c.owner = at;
        c.to = out->at[at - 1].to;
        out->at[at - 1].to = i;
        c.has_title = true;
        out->at[at] = c;
    }
}

/* «Eventuelt» without a number, after the last case. */
static void find_last_item(struct case_starts *out, const struct minutes_cues *cues,
                           const struct block_list *list)
{
    struct case_start *last = &out->at[out->n - 1];
    struct cue_match hit;
    if (out->n < 2 || !last->has_number) return;
    bool titled = last->n.rest < list->at[last->block].len;
    for (size_t i = last->block + (titled ? 1 : 2); i < last->to; i++) {
        const struct block *b = &list->at[i];
        if (b->is_row || b->len > 20 || !(b->blank_before || b->is_heading || b->bold_to))
            continue;
        if (!cue_is_whole(cues_table(cues, "cases"), b->text, b->len, &hit)) continue;
        if (strcmp(hit.value, "last") != 0) continue;
        size_t to = last->to;
        last->to = i;
        add_section(out, i);
        out->at[out->n - 1].to = to;
        out->at[out->n - 1].has_title = true;
        return;
    }
}

/* Rows with an empty first cell go on with the case above; right below the header row
 * there is none, and the row is an item of its own. So are approvals in the lines right
 * above the first case. */
void unnumbered_find(struct case_starts *out, const struct minutes_cues *cues,
                     const struct block_list *list)
{
    size_t first = out->n ? out->at[0].line_block : 0;
    if (out->n) find_last_item(out, cues, list);
    if (out->n) find_bold_rows(out, list);
    for (size_t i = 1; i < first; i++) {
        const struct block *b = &list->at[i];
        if (!b->after_gap || b->is_noise || !list->at[i - 1].is_header || !b->starts_line)
            continue;
        if (b->role == ROLE_OTHER || b->role == ROLE_NUMBER) continue;
        insert_first(out, i, first);
        return;
    }
    size_t from = first;
    while (from && first - from < 6 && !list->at[from - 1].is_row &&
           sentence_approves(cues, list->at[from - 1].text, list->at[from - 1].len))
        from--;
    if (from < first) insert_first(out, from, first);
}
