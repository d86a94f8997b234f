/* What else a number may stand in: the agenda, a list of attachments, a second part of
 * the same case. */
#include <stdlib.h>
#include <string.h>

#include "minutes_find.h"

void case_start_drop(struct case_start *c)
{
    c->is_dropped = true;
}

/* ---- the same number twice
 * ----------------------------------------------------------------- */

static bool same_case(const struct case_start *a, const struct case_start *b)
{
    const struct case_number *x = &a->n, *y = &b->n;
    if (x->has_body && y->has_body && x->body && y->body &&
        (x->body_len != y->body_len || memcmp(x->body, y->body, x->body_len) != 0))
        return false; /* PS 1/24 and RS 1/24 */
    return a->number == b->number && a->year == b->year && x->suffix == y->suffix;
}

static size_t next_kept(const struct case_starts *s, size_t i)
{
    while (i < s->n && s->at[i].is_dropped) i++;
    return i;
}

static void measure(struct case_starts *s, const struct block_list *list)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->at[i].is_dropped) continue;
        size_t next = next_kept(s, i + 1),
               to = next < s->n ? s->at[next].line_block : list->n;
        s->at[i].to = to;
        s->at[i].content = 0;
        for (size_t k = s->at[i].line_block; k < to; k++)
            if (!list->at[k].is_noise) s->at[i].content += list->at[k].len;
    }
}

/* An agenda: the numbers from `first` come again, in order, from `again` on, and each of
 * them has hardly more than a title. The last of them is not measured: what stands
 * between agenda and cases would count as its text. */
static bool is_agenda(const struct case_starts *s, size_t first, size_t again)
{
    size_t n = 0, total = 0, pages = 0, repeated = 0, later = 0, n_later = 0, items = 0;
    for (size_t i = first; i < again; i = next_kept(s, i + 1)) {
        items++;
        bool last = next_kept(s, i + 1) >= again;
        if (!last || again == first + 1) total += s->at[i].content, n++;
        pages += s->at[i].ends_in_page;
        for (size_t k = again; k < s->n && k < again + 300; k++)
            if (!s->at[k].is_dropped && same_case(&s->at[i], &s->at[k])) {
                repeated++;
                later += s->at[k].content;
                n_later++;
                break;
            }
    }
    if (repeated * 2 <= items && items > 1) return false;
    if (!repeated) return false;
    if (pages * 2 > repeated) return true;
    if (!n) return s->at[first].content < 160;
    return (total / n < 130 && later / n_later > total / n) ||
           (total / n) * 3 < later / n_later * 2;
}

static bool goes_on(const struct block_list *list, const struct case_start *c)
{
    const struct block *b = &list->at[c->block];
    for (size_t i = c->n.rest; i + 5 < b->len && i < 200; i++)
        if (!strncasecmp(b->text + i, "forts", 5) ||
            !strncasecmp(b->text + i, "framh", 5))
            return true;
    return false;
}

void case_starts_agendas(struct case_starts *s, const struct block_list *list)
{
    measure(s, list);
    for (size_t j = 0; j < s->n; j++) {
        if (s->at[j].is_dropped) continue;
        for (size_t i = j > 300 ? j - 300 : 0; i < j; i++) {
            if (s->at[i].is_dropped || !same_case(&s->at[i], &s->at[j])) continue;
            if (!goes_on(list, &s->at[j]) && is_agenda(s, i, j))
                for (size_t k = 0; k < j; k++) {
                    if (k >= i || s->at[k].content < 130) case_start_drop(&s->at[k]);
                }
            break;
        }
    }
    measure(s, list);
}

/* What is still double: the one with text wins; a second part with text of its own goes
 * on with the first. */
void case_starts_doubles(struct case_starts *s, const struct block_list *list)
{
    for (size_t j = 0; j < s->n; j++) {
        if (s->at[j].is_dropped) continue;
        for (size_t i = j > 300 ? j - 300 : 0; i < j; i++) {
            if (s->at[i].is_dropped || s->at[i].owner != i) continue;
            if (!same_case(&s->at[i], &s->at[j]) || s->at[i].n.b < 0) continue;
            if (!goes_on(list, &s->at[j]) && s->at[i].content < 130 &&
                s->at[j].content > s->at[i].content + 60) {
                case_start_drop(&s->at[i]);
            } else if (goes_on(list, &s->at[j]) || s->at[j].content > 200) {
                s->at[j].owner = i;
            } else {
                case_start_drop(&s->at[j]);
            }
            break;
        }
    }
}

void case_starts_pack(struct case_starts *s, const struct block_list *list)
{
    size_t *place = hf_xcalloc(s->n + 1, sizeof *place), n = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (s->at[i].is_dropped) continue;
        place[i] = n;
        s->at[n] = s->at[i];
        s->at[n].owner = s->at[i].owner == i ? n : place[s->at[i].owner];
        n++;
    }
    s->n = n;
    free(place);
    measure(s, list);
}

/* ---- an agenda with numbers over text without
 * ---------------------------------------------- */

static bool same_words(const char *a, size_t n, const char *b, size_t m)
{
    while (n && strchr(" .:", a[n - 1])) n--;
    while (m && strchr(" .:", b[m - 1])) m--;
    return n == m && n >= 4 && !strncasecmp(a, b, n);
}

/* The block after `from` that is nothing but the title of c; list->n if there is none. */
static size_t find_heading(const struct block_list *list, const struct case_start *c,
                           size_t from)
{
    const struct block *b = &list->at[c->block];
    const char *title = b->text + c->n.rest;
    size_t len = b->len - c->n.rest;
    if (!len && c->block + 1 < list->n) {
        title = list->at[c->block + 1].text;
        len = list->at[c->block + 1].len;
    }
    for (size_t i = from; i < list->n; i++)
        if (!list->at[i].is_noise &&
            same_words(title, len, list->at[i].text, list->at[i].len))
            return i;
    return list->n;
}

/* All numbers stand close together, and their titles come again below as headings: the
 * cases begin there. */
void case_starts_to_headings(struct case_starts *s, const struct block_list *list)
{
    size_t found = 0, from;
    if (s->n < 3 || s->n > 200) return;
    for (size_t i = 0; i + 1 < s->n; i++)
        if (s->at[i].content > 160 || !s->at[i].has_number) return;
    from = s->at[s->n - 1].block + 1;
    for (size_t i = 0; i < s->n; i++)
        found += find_heading(list, &s->at[i], from) < list->n;
    if (found * 3 < s->n * 2) return;
    for (size_t i = 0; i < s->n; i++) {
        struct case_start *c = &s->at[i];
        size_t block = find_heading(list, c, from);
        if (block >= list->n) {
            case_start_drop(c);
            continue;
        }
        c->block = c->line_block = block;
        c->n.rest = 0;
        from = block + 1;
    }
    case_starts_pack(s, list);
}

/* ---- all of it
 * ----------------------------------------------------------------------------- */
