/* The decisions of one case. The paragraphs are cut at labels into sections; what a
 * section is follows from its label. All points under one label are one decision. */
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "minutes_case.h"
#include "minutes_cut.h"
#include "minutes_deadline.h"
#include "minutes_proposals.h"

struct gathered {
    struct hf_buf text, votes;
    struct hf_strings items;
    size_t n_paras;
};

struct state {
    struct case_text *t;
    struct sections s;
    const char *proposal;
    struct hf_strings proposal_items;
    struct proposals proposals;
    const char *votes; /* of the votes section that came last */
    bool as_proposed;  /* it said that the proposal was passed */
    size_t n_decisions;
    size_t advice; /* section, SIZE_MAX = none */
};

/* ---- gathering text
 * ------------------------------------------------------------------------ */

static bool is_speaker(const struct case_text *t, const char *text, size_t len)
{
    const char *colon = memchr(text, ':', len > 60 ? 60 : len);
    if (!colon || !text_starts_upper(text, len)) return false;
    size_t n = (size_t)(colon - text), words = 1;
    for (size_t i = 0; i < n; i++) {
        if (strchr(".,()/", text[i])) return false;
        if (text[i] == ' ' && !text_starts_upper(text + i + 1, n - i - 1)) return false;
        words += text[i] == ' ';
    }
    const char *blank = memchr(text, ' ', n);
    return words <= 4 &&
           cues_is_given_name(t->cues, text, blank ? (size_t)(blank - text) : n);
}

/* What ends a decision though no label follows: the end of the meeting, a heading over
 * other cases. */
static bool ends_section(const struct case_text *t, const struct para *p)
{
    struct cue_match hit;
    if (p->block->is_heading) return true;
    if (p->block->is_noise) return true;
    if (cue_at_start(cues_table(t->cues, "cases"), p->text, p->len > 80 ? 80 : p->len,
                     &hit)) {
        if (!strcmp(hit.value, "closing") && (t->is_last || hit.has_colon)) return true;
        if (!strcmp(hit.value, "section") && p->len < 60 &&
            !strchr(".:", p->text[p->len - 1]))
            return true;
    }
    if (t->is_last && p->block->blank_before && case_is_signature(t, p)) return true;
    return is_speaker(t, p->text, p->len);
}

static void gather_point(struct gathered *g, struct hf_minutes *m, const char *text,
                         size_t len)
{
    size_t skip = text_trim_left(text, len);
    text += skip;
    len = text_trim_right(text, len - skip);
    if (len && text[len - 1] == '(') len = text_trim_right(text, len - 1);
    skip = block_bullet(text, len);
    text += skip;
    len -= skip;
    if (!len || (len < 3 && strspn(text, "*_") >= len)) return;
    if (g->text.len) hf_buf_addc(&g->text, '\n');
    hf_buf_add(&g->text, text, len);
    size_t point = block_point(text, len);
    hf_strings_add(&g->items, hf_arena_strdup(&m->arena, text + point, len - point));
}

/* Adds a paragraph; a list that stands on one line (" • ") is cut into its points. */
static void gather_piece(struct gathered *g, struct hf_minutes *m, const char *text,
                         size_t len)
{
    static const char glyph[] = " • ";
    size_t n = sizeof glyph - 1, from = 0;
    for (size_t i = 0; i + n < len; i++) {
        if (text[i] != ' ' || memcmp(text + i, glyph, n)) continue;
        gather_point(g, m, text + from, i - from);
        from = i + n;
        i += n - 1;
    }
    gather_point(g, m, text + from, len - from);
}

/* A row with an empty first cell that goes on with the list above. */
static bool is_point_of_list(const struct para *p)
{
    return p->block->after_gap && (p->block->is_point || block_bullet(p->text, p->len) ||
                                   block_point(p->text, p->len));
}

/* The text from (para, at) up to the next section, or to where the decision ends by
 * itself. */
static void gather(struct state *st, size_t nth, struct gathered *g)
{
    const struct case_text *t = st->t;
    const struct section *s = &st->s.at[nth], *next = nth + 1 < st->s.n ? s + 1 : NULL;
    size_t last = next ? next->para : t->n - 1, at = s->at + (s->is_bare ? 0 : s->l.rest);
    memset(g, 0, sizeof *g);
    hf_buf_init(&g->text);
    hf_buf_init(&g->votes);
    for (size_t i = s->para; i <= last && i < t->n; i++, at = 0) {
        const struct para *p = &t->at[i];
        size_t to = next && i == next->para ? next->at : p->len;
        if (to < p->len && to == block_bullet(p->text, p->len)) to = 0;
        if (i > s->para && p->block->role == ROLE_ACTION) break;
        if (i > s->para && g->text.len) {
            if ((p->starts_row && !is_point_of_list(p)) || ends_section(t, p)) break;
            if (p->block->is_row && p->starts_cell && t->at[s->para].block->column_no &&
                p->block->column_no > t->at[s->para].block->column_no)
                break;
            if (p->block->is_row && p->starts_cell &&
                p->block->role != t->at[s->para].block->role)
                break;
            if (s->is_bare || case_is_narrative(t, p)) break;
        }
        if (to <= at) continue;
        if (g->text.len && to == p->len && at == 0 &&
            label_is_votes(cues_table(t->cues, "decisions"), p->text, p->len)) {
            hf_buf_clear(&g->votes);
            hf_buf_add(&g->votes, p->text, p->len);
            break;
        }
        gather_piece(g, t->m, p->text + at, to - at);
        g->n_paras++;
    }
}

static void release_gathered(struct gathered *g)
{
    hf_buf_release(&g->text);
    hf_buf_release(&g->votes);
    free(g->items.at);
}

static void move_items(struct hf_strings *to, struct hf_strings *from)
{
    free(to->at);
    *to = *from;
    memset(from, 0, sizeof *from);
}

/* ---- what a section is
 * --------------------------------------------------------------------- */

static const char *copy(struct state *st, const char *text, size_t len)
{
    return hf_arena_strdup(&st->t->m->arena, text, len);
}

static const char *label_text(struct state *st, const struct section *s)
{
    const char *text = st->t->at[s->para].text + s->at;
    size_t len = text_trim_right(text, s->l.end);
    while (len && (text[0] == '*' || text[0] == '_' || text[0] == '#' || text[0] == ' '))
        text++, len--;
    while (len && strchr("*_ ", text[len - 1])) len--;
    return copy(st, text, len);
}

static const char *votes_of(struct state *st, const struct section *s,
                            const struct gathered *g)
{
    const char *text = st->t->at[s->para].text + s->at;
    if (g->votes.len) return copy(st, g->votes.data, g->votes.len);
    if (s->l.votes_end > s->l.votes)
        return copy(st, text + s->l.votes, s->l.votes_end - s->l.votes);
    return st->votes;
}

static struct hf_decision *new_decision(struct state *st, size_t para)
{
    struct hf_decision *d = hf_case_add_decision(st->t->c);
    const struct text_line *line = &st->t->doc->lines[st->t->at[para].block->line];
    d->page = line->page;
    d->line = line->line;
    st->n_decisions++;
    return d;
}

/* "Vedtak: Ingen.", "Konklusjon: -": there was none. */
static bool says_none(const char *text, size_t len)
{
    static const char *const words[] = {
        "ingen",        "ingen vedtak",     "ikke vedtak",   "intet vedtak",
        "ikkje vedtak", "ingen konklusjon", "ikke relevant", "ingen beslutning"};
    while (len && strchr(" .-", text[len - 1])) len--;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (len == strlen(words[k]) && !strncasecmp(text, words[k], len)) return true;
    return !len;
}

/* "Vedtaket: Styret vedtok budsjettet i desember.": another body's. */
static bool is_of_others(const char *text, size_t len)
{
    static const char *const bodies[] = {
        "styret ",       "kommunestyret ", "kommunestyrene ", "bystyret ",
        "kommunestyra ", "fylkestinget ",  "stortinget ",     "regjeringen "};
    static const char *const verbs[] = {"vedtok", "har vedtatt", "har vedteke",
                                        "besluttet"};
    for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++) {
        size_t n = cue_key_match(bodies[k], text, len);
        for (size_t i = 0; n && i < sizeof verbs / sizeof *verbs; i++)
            if (cue_key_match(verbs[i], text + n, len - n)) return true;
    }
    return false;
}

static void add_decision(struct state *st, size_t nth)
{
    const struct section *s = &st->s.at[nth];
    struct gathered g;
    gather(st, nth, &g);
    const struct cue_table *labels = cues_table(st->t->cues, "decisions");
    bool proposed = st->proposal && label_is_as_proposed(g.text.data, g.text.len);
    if (st->proposal && !proposed && label_is_votes(labels, g.text.data, g.text.len)) {
        proposed = true; /* "Innstilling: ...", then "Vedtak: Enstemmig vedtatt." */
        hf_buf_clear(&g.votes);
        hf_buf_add(&g.votes, g.text.data, g.text.len);
    }
    if (!g.text.len && st->proposal && nth &&
        st->s.at[nth - 1].l.class == LABEL_PROPOSAL && s->l.class == LABEL_DONE &&
        !s->l.has_colon)
        proposed = true; /* "Forslag til vedtak: ...", then only "Enstemmig vedtatt." */
    const char *before = NULL; /* "SSU holder fagdag." "Vedtatt mot 2 stemmer." */
    if (!g.text.len && !proposed && s->l.class == LABEL_DONE && s->l.is_alone &&
        !s->l.has_colon && s->l.votes_end > s->l.votes)
        before = proposals_text_before(st->t, s->para);
    if (before)
        hf_buf_adds(&g.text, before);
    else if (!g.text.len && !proposed && s->l.class == LABEL_DONE && s->l.is_alone &&
             !s->l.has_colon)
        hf_buf_add(&g.text, st->t->at[s->para].text + s->at, s->l.end); /* "Vedtatt" */
    if ((!says_none(g.text.data, g.text.len) && !is_of_others(g.text.data, g.text.len)) ||
        proposed) {
        struct hf_decision *d = new_decision(st, s->para);
        d->label = label_text(st, s);
        d->votes = votes_of(st, s, &g);
        d->probable = s->l.class == LABEL_FOLLOWUP;
        d->text = proposed ? st->proposal : copy(st, g.text.data, g.text.len);
        if (proposed) {
            for (size_t i = 0; i < st->proposal_items.n; i++)
                hf_strings_add(&d->items, st->proposal_items.at[i]);
        } else if (g.items.n > 1) {
            move_items(&d->items, &g.items);
        }
    }
    st->votes = NULL;
    release_gathered(&g);
}

/* A proposal; what is told of the vote in its last sentences is no part of it. */
static void take_proposal(struct state *st, size_t nth, bool is_rival)
{
    struct gathered g;
    gather(st, nth, &g);
    size_t end = proposals_text_end(st->t, g.text.data, g.text.len);
    size_t len = text_trim_right(g.text.data, end);
    if (len) {
        const char *text = copy(st, g.text.data, len);
        proposals_add(&st->proposals, label_text(st, &st->s.at[nth]), text, &g.items);
        if (!is_rival) {
            st->proposal = text;
            move_items(&st->proposal_items, &g.items);
            if (st->proposal_items.n < 2) st->proposal_items.n = 0;
        }
    }
    const char *votes;
    proposals_vote(&st->proposals, st->t, st->s.at[nth].para, g.text.data + end,
                   g.text.len - end, true, &votes);
    release_gathered(&g);
}

/* The proposal that fell is not what a later "Enstemmig vedtatt." means. */
static void forget_fallen(struct state *st)
{
    for (size_t i = 0; i < st->proposals.n; i++)
        if (st->proposals.at[i].fell && st->proposals.at[i].text == st->proposal) {
            st->proposal = NULL;
            st->proposal_items.n = 0;
        }
}

static void take_votes(struct state *st, size_t nth)
{
    struct gathered g;
    gather(st, nth, &g);
    if (g.text.len) {
        const char *votes;
        bool told = proposals_vote(&st->proposals, st->t, st->s.at[nth].para, g.text.data,
                                   g.text.len, false, &votes);
        if (votes || !told || st->s.at[nth].l.end)
            st->votes = votes ? votes : copy(st, g.text.data, g.text.len);
        size_t end = text_sentence_end(g.text.data, g.text.len, 0);
        if (label_is_as_proposed(g.text.data, text_trim_right(g.text.data, end)))
            st->as_proposed = true;
        forget_fallen(st);
    }
    release_gathered(&g);
}

const char *case_join(struct hf_minutes *m, const char *old, const char *text, size_t len)
{
    for (;;) {
        size_t n = text_trim_right(text, len);
        if (n > 1 && !memcmp(text + n - 2, "\xc2\xb7", 2)) n -= 2;     /* " · " */
        if (n > 3 && !memcmp(text + n - 3, "\xe2\x80\x93", 3)) n -= 3; /* " – " */
        if (n && text[n - 1] == '|') n--;
        if (n == len) break;
        len = n;
    }
    while (len && strchr(" .;,()*_/", text[len - 1]) &&
           !(text[len - 1] == '.' && len > 3 && text[len - 3] == '.') && /* "d.y." */
           !(text[len - 1] == ')' && memchr(text, '(', len - 1) && text[len - 2] != '('))
        len--;
    while (len && strchr(" .;,:-)", *text)) text++, len--;
    if (!len) return old;
    if (!old) return hf_arena_strdup(&m->arena, text, len);
    return hf_arena_printf(&m->arena, "%s; %.*s", old, (int)len, text);
}

/* "Kari Nordmann, frist 1. mai": where the deadline begins, 0 if there is none. */
static size_t deadline_inside(const char *text, size_t len)
{
    for (size_t i = 1; i + 6 < len; i++) {
        if (!strchr(" ,(", text[i - 1])) continue;
        size_t tid = i + 11 < len && !strncasecmp(text + i, "tids", 4) ? 4 : 0;
        if (!strncasecmp(text + i + tid, "frist", 5) && strchr(" :", text[i + tid + 5]))
            return i;
    }
    return 0;
}

/* "Frist: Ikke satt" is none. */
static void take_deadline(struct state *st, const char *text, size_t len)
{
    static const char *const none[] = {"ikke satt", "ikkje sett", "ingen", "ingen frist"};
    struct hf_case *c = st->t->c;
    for (size_t k = 0; k < sizeof none / sizeof *none; k++)
        if (strlen(none[k]) == len && !strncasecmp(text, none[k], len)) return;
    c->deadline = case_join(st->t->m, c->deadline, text, len);
}

/* "Ansvar: X. Frist: Y": the value ends with the line or at the next label. */
static void take_value(struct state *st, size_t nth)
{
    struct hf_case *c = st->t->c;
    const struct section *s = &st->s.at[nth], *next = nth + 1 < st->s.n ? s + 1 : NULL;
    const struct para *p = &st->t->at[s->para];
    size_t from = s->at + s->l.rest,
           to = next && next->para == s->para ? next->at : p->len;
    if (from >= to && s->para + 1 < st->t->n && (!next || next->para > s->para + 1)) {
        p++;
        from = 0;
        to = p->len;
    }
    if (from >= to || to - from > 160) return;
    const char *text = p->text + from;
    size_t len = s->l.is_sentence ? text_sentence_end(text, to - from, 0) : to - from;
    size_t frist = s->l.class == LABEL_RESPONSIBLE ? deadline_inside(text, len) : 0;
    if (frist) {
        size_t date = frist + strcspn(text + frist, " :") + 1;
        if (date < len)
            c->deadline = case_join(st->t->m, c->deadline, text + date, len - date);
        len = frist;
    }
    const char *label = p->text + s->at;
    bool both = s->l.class == LABEL_RESPONSIBLE && p == &st->t->at[s->para] &&
                memmem(label, s->l.end, "frist", 5);
    both |= s->l.class == LABEL_FOLLOWUP && case_is_who_and_when(st->t, text, len);
    both |= s->l.class == LABEL_RESPONSIBLE && case_ends_in_when(st->t, text, len);
    if (both) {
        case_take_both(st->t, text, len); /* "Ansvar og frist: ..." */
        return;
    }
    size_t point = block_point(text, len); /* "1) Kari", of several tasks; no day */
    if (!memchr(text, ')', point)) point = 0;
    text += point;
    len -= point;
    if (s->l.class == LABEL_RESPONSIBLE || s->l.class == LABEL_FOLLOWUP)
        c->responsible = case_join(st->t->m, c->responsible, text, len);
    else if (s->l.class == LABEL_DEADLINE)
        take_deadline(st, text, len);
    else if (s->l.class == LABEL_KIND && !c->kind)
        c->kind = case_kind_of(st->t->cues, text, len);
}

/* "Oppfølging: Kari Nordmann, Ola Hansen. Frist: 1. mai", also one to a cell. */
static bool names_only(const struct state *st, size_t nth)
{
    const struct section *s = &st->s.at[nth], *next = nth + 1 < st->s.n ? s + 1 : NULL;
    const struct para *p = &st->t->at[s->para];
    size_t from = s->at + s->l.rest, to = p->len;
    if (!s->l.has_colon && !s->l.is_alone) return false;
    if (from >= to) {
        if (s->para + 1 >= st->t->n || (next && next->para <= s->para + 1)) return false;
        p++;
        from = 0;
        to = p->len;
    } else if (next && next->para == s->para) {
        to = next->at;
    }
    return from < to && to - from < 140 &&
           (case_is_names(st->t, p->text + from, to - from) ||
            case_is_who(st->t, p->text + from,
                        text_trim_right(p->text + from, to - from)) ||
            case_is_who_and_when(st->t, p->text + from, to - from));
}

static void take_attachments(struct state *st, size_t nth)
{
    struct gathered g;
    gather(st, nth, &g);
    for (size_t i = 0; i < g.items.n && i < 40; i++)
        hf_strings_add(&st->t->c->attachments, g.items.at[i]);
    release_gathered(&g);
}

static void take_action(struct state *st, size_t nth)
{
    struct gathered g;
    if (!st->s.at[nth].l.has_colon) return;
    gather(st, nth, &g);
    case_take_action(st->t, g.text.data, g.text.len);
    release_gathered(&g);
}

/* A participle or "Enstemmig." after a decision says how the vote went. */
static bool is_votes_of_last(const struct state *st, size_t nth)
{
    const struct section *s = &st->s.at[nth];
    if (s->l.has_colon || !nth || !st->n_decisions) return false;
    if (s->l.class != LABEL_UNANIMOUS && s->l.class != LABEL_DONE) return false;
    return s->l.is_alone && label_decides(st->s.at[nth - 1].l.class);
}

static void read_section(struct state *st, size_t nth)
{
    struct hf_case *c = st->t->c;
    const struct section *s = &st->s.at[nth];
    if (is_votes_of_last(st, nth)) {
        c->decisions[c->n_decisions - 1].votes = label_text(st, s);
        return;
    }
    switch (s->l.class) {
    case LABEL_UNANIMOUS:
        if (!s->l.has_colon && !s->l.is_alone) break;
        /* fall through */
    case LABEL_DECISION:
    case LABEL_DONE: add_decision(st, nth); break;
    case LABEL_FOLLOWUP:
        if (names_only(st, nth))
            take_value(st, nth);
        else
            add_decision(st, nth);
        break;
    case LABEL_ADVICE:
        st->advice = nth;
        take_proposal(st, nth, false);
        break;
    case LABEL_PROPOSAL: take_proposal(st, nth, false); break;
    case LABEL_COUNTER: take_proposal(st, nth, true); break;
    case LABEL_VOTES: take_votes(st, nth); break;
    case LABEL_RESPONSIBLE:
    case LABEL_DEADLINE:
    case LABEL_KIND: take_value(st, nth); break;
    case LABEL_ATTACHMENT: take_attachments(st, nth); break;
    case LABEL_ACTION: take_action(st, nth); break;
    default: break;
    }
}

/* ---- all of it
 * ----------------------------------------------------------------------------- */

static bool holds_proposal(enum label_class c)
{
    return c == LABEL_PROPOSAL || c == LABEL_COUNTER || c == LABEL_ATTACHMENT ||
           c == LABEL_VOTES;
}

/* "Forslaget fikk 6 stemmer og er dermed vedtatt." */
static void add_passed(struct state *st)
{
    for (size_t i = 0; i < st->proposals.n_passed; i++) {
        const struct passed *p = &st->proposals.passed[i];
        struct hf_decision *d = new_decision(st, p->para);
        d->votes = p->votes;
        d->implicit = true;
        if (p->proposal == SIZE_MAX) {
            const char *before = proposals_text_before(st->t, p->para);
            d->text = before ? before : p->votes;
            continue;
        }
        struct proposal *of = &st->proposals.at[p->proposal];
        d->text = of->text;
        move_items(&d->items, &of->items);
    }
}

/* No label gave a decision: the advice, the proposal that was passed, or prose. */
static void without_label(struct state *st)
{
    struct case_text *t = st->t;
    if (st->advice != SIZE_MAX) {
        st->votes = NULL;
        add_decision(st, st->advice);
        return;
    }
    if (st->proposals.n_passed) {
        add_passed(st);
        return;
    }
    if (st->as_proposed && st->proposal) {
        struct hf_decision *d = new_decision(st, t->n - 1);
        d->text = st->proposal;
        d->votes = st->votes;
        d->implicit = true;
        return;
    }
    size_t from = 0;
    for (size_t i = 0; i < st->s.n; i++) {
        if (!holds_proposal(st->s.at[i].l.class)) continue;
        if (st->s.at[i].para > from) case_implicit(t, from, st->s.at[i].para);
        from = i + 1 < st->s.n ? st->s.at[i + 1].para : t->n;
    }
    case_implicit(t, from, t->n);
}

/* Columns headed Vedtak or Konklusjon hold decisions without a label of their own. */
static void from_columns(struct state *st)
{
    struct case_text *t = st->t;
    for (size_t i = 0, k; i < t->n; i = k) {
        k = i + 1;
        if (t->at[i].block->role != ROLE_DECISION) continue;
        while (k < t->n && t->at[k].block->role == ROLE_DECISION && !t->at[k].starts_cell)
            k++;
        bool labelled = false;
        for (size_t j = 0; j < st->s.n; j++)
            labelled |=
                st->s.at[j].para >= i && st->s.at[j].para < k && !st->s.at[j].is_bare;
        if (labelled) continue;
        struct gathered g;
        memset(&g, 0, sizeof g);
        hf_buf_init(&g.text);
        hf_buf_init(&g.votes);
        for (size_t j = i; j < k; j++)
            gather_piece(&g, t->m, t->at[j].text, t->at[j].len);
        if (!says_none(g.text.data, g.text.len)) {
            struct hf_decision *d = new_decision(st, i);
            d->label = t->at[i].block->header ? copy(st, t->at[i].block->header,
                                                     strlen(t->at[i].block->header))
                                              : NULL;
            d->text = copy(st, g.text.data, g.text.len);
            if (g.items.n > 1) move_items(&d->items, &g.items);
        }
        release_gathered(&g);
    }
}

/* "Frist 1. mai." as a sentence: the colon is not always there. */
static void find_deadline(struct case_text *t)
{
    struct date_found d;
    for (size_t i = 0; i < t->n && !t->c->deadline; i++) {
        const struct para *p = &t->at[i];
        for (size_t at = 0, end; at < p->len && at < 4000; at = end) {
            end = text_sentence_end(p->text, p->len, at);
            size_t from = at + text_trim_left(p->text + at, end - at);
            if (end - from < 8 || end - from > 50 ||
                strncasecmp(p->text + from, "frist ", 6) != 0)
                continue;
            from += 6;
            if (!date_find(p->text + from, end - from, 0, &d) || d.start) continue;
            t->c->deadline = case_join(t->m, NULL, p->text + from, end - from);
            break;
        }
    }
}

void case_decisions(struct case_text *t)
{
    struct state st = {.t = t, .advice = SIZE_MAX};
    if (!t->n) return;
    for (size_t i = 0; i < t->n && st.s.n < CUT_MAX; i++) {
        if (t->at[i].block->role != ROLE_DECISION || t->at[i].len > 60)
            case_cut(&st.s, t, i);
    }
    for (size_t i = 0; i < st.s.n; i++) read_section(&st, i);
    from_columns(&st);
    bool labelled = false;
    for (size_t i = 0; i < t->c->n_decisions; i++)
        labelled |= !t->c->decisions[i].probable;
    if (!labelled) without_label(&st);
    proposals_find_votes(t);
    if (!t->c->deadline) find_deadline(t);
    free(st.s.at);
    free(st.proposal_items.at);
    proposals_release(&st.proposals);
}
