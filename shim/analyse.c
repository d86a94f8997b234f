#include "analyse.h"

#include <stdlib.h>
#include <string.h>

#include "characters.h"
#include "lemma.h"
#include "local.h"
#include "repair.h"
#include "utf8.h"
#include "wanted.h"

/* A word longer than this is cut into such pieces: no Norwegian word is longer, and terms
 * are bounded. */
#define MAX_WORD 120

struct hf_analyser {
    const struct hf_lexicon *lex;
    struct hf_lemma_ctx *lemmas;
    bool is_damaged;
    const struct hf_wanted *wanted; /* NULL: all terms */
    struct hf_words *words;         /* made when some are wanted */
    const struct hf_local *local;
    struct hf_repair *repair; /* made with the first damaged text */
    struct hf_buf
        word; /* the word as it stands: NFC, ligatures and soft hyphens undone */
    struct hf_buf lower; /* the same in lower case */
    struct hf_buf join;  /* a hyphenated group without its hyphens, lower case */
    struct hf_buf term;
    struct hf_buf last; /* damaged text: the plain word before this one, lower case */
};

/* One run over one text. */
struct run {
    struct hf_analyser *a;
    enum hf_reason reason;
    const char *text;
    size_t len, at;
    hf_term_fn fn;
    void *ctx;
    unsigned pos;
    bool stopped, is_caps_line;
    size_t line_end; /* end of the line that is_caps_line speaks of */
    /* the word just read */
    size_t start, end;
    bool is_capital, after_hyphen;
    unsigned n_upper, n_lower, n_digits;
    enum { NOT_ASKED, IS_STOP, NO_STOP } stop; /* a->lower */
    /* damaged text */
    bool is_repairing; /* readings are wanted */
    bool is_healthy;   /* this text has its æ, ø and å */
    bool has_symbols;  /* the word just read is m&te or a lone & */
    size_t last_start, last_end;
};

enum hf_status hf_analyser_new(const struct hf_lexicon *lex, struct hf_analyser **out,
                               struct hf_error *err)
{
    struct hf_analyser *a = hf_xcalloc(1, sizeof *a);
    *out = NULL;
    a->lex = lex;
    hf_buf_init(&a->word);
    hf_buf_init(&a->lower);
    hf_buf_init(&a->join);
    hf_buf_init(&a->term);
    hf_buf_init(&a->last);
    enum hf_status status = hf_lemma_ctx_new(hf_lexicon_lemmas(lex), &a->lemmas, err);
    if (status != HF_OK)
        hf_analyser_free(a);
    else
        *out = a;
    return status;
}

void hf_analyser_free(struct hf_analyser *a)
{
    if (!a) return;
    hf_lemma_ctx_free(a->lemmas);
    hf_buf_release(&a->word);
    hf_buf_release(&a->lower);
    hf_buf_release(&a->join);
    hf_buf_release(&a->term);
    hf_buf_release(&a->last);
    hf_repair_free(a->repair);
    hf_words_free(a->words);
    free(a);
}

struct hf_lemma_ctx *hf_analyser_lemmas(struct hf_analyser *a)
{
    return a->lemmas;
}

void hf_analyser_damaged(struct hf_analyser *a, bool is_damaged)
{
    a->is_damaged = is_damaged;
    if (is_damaged && !a->repair) a->repair = hf_repair_new(a->lex, a->lemmas);
}

void hf_analyser_local(struct hf_analyser *a, const struct hf_local *local)
{
    a->local = local;
}

void hf_analyser_wanted(struct hf_analyser *a, const struct hf_wanted *wanted)
{
    a->wanted = wanted;
    if (wanted && !a->words) a->words = hf_words_new(a->lex, a->lemmas);
}

/* ---- emitting ---- */

/* Asked for every term of a word, looked up once. */
static bool is_stop(struct run *r)
{
    const struct hf_buf *w = &r->a->lower;
    if (r->stop == NOT_ASKED)
        r->stop = hf_lexicon_is_stop(r->a->lex, w->data, w->len) ? IS_STOP : NO_STOP;
    return r->stop == IS_STOP;
}

static void emit(struct run *r, enum hf_term_kind kind, const char *text, size_t len)
{
    if (r->stopped || !len) return;
    struct hf_term t = {.kind = kind,
                        .is_weak = kind == HF_TERM_STEM || kind == HF_TERM_PART ||
                                   kind == HF_TERM_REPAIR || kind == HF_TERM_SOUND,
                        .is_capital = r->is_capital,
                        .text = text,
                        .len = len,
                        .start = r->start,
                        .end = r->end,
                        .pos = r->pos};
    t.is_stop = kind != HF_TERM_ACRONYM && is_stop(r);
    if (r->fn(r->ctx, &t)) r->stopped = true;
}

static void emit_lemmas(struct run *r, const char *lower, size_t len)
{
    struct hf_lemma_result found;
    hf_lemma_analyse(r->a->lemmas, lower, len, &found);
    for (size_t i = 0; i < found.n_terms; i++) {
        const struct hf_lemma_term *t = &found.terms[i];
        enum hf_term_kind kind = t->is_strong               ? HF_TERM_LEMMA
                                 : t->kind == HF_LEMMA_PART ? HF_TERM_PART
                                                            : HF_TERM_STEM;
        if (kind == HF_TERM_PART && r->reason == HF_QUERY_TEXT) continue;
        emit(r, kind, t->text, t->len);
    }
}

static void emit_sound(struct run *r)
{
    const struct hf_buf *w = &r->a->lower;
    if (r->n_digits || w->len < 3) return;
    if (r->reason == HF_INDEX_TEXT && !r->is_capital) return;
    hf_buf_clear(&r->a->term);
    hf_sound_key(&r->a->term, w->data, w->len);
    if (r->a->term.len > 1) emit(r, HF_TERM_SOUND, r->a->term.data, r->a->term.len);
}

static void emit_repair(void *user, const struct hf_lemma_term *t)
{
    emit(user, HF_TERM_REPAIR, t->text, t->len);
}

static const char *known_name(const struct run *r, const struct hf_buf *word)
{
    return r->a->local ? hf_local_name(r->a->local, word->data, word->len) : NULL;
}

/* The name of somebody who is known, where the word was that before it was damaged. */
static void emit_name(struct run *r)
{
    const char *name = known_name(r, &r->a->lower);
    struct hf_readings reading = {.n = 1};
    size_t len = name ? strlen(name) : 0;
    if (!len || len >= HF_READING_ROOM) return;
    memcpy(reading.at[0].text, name, len + 1);
    reading.at[0].len = len;
    hf_repair_each_term(r->a->repair, &reading, emit_repair, r);
    hf_buf_clear(&r->a->term);
    hf_sound_key(&r->a->term, name, len);
    emit(r, HF_TERM_SOUND, r->a->term.data, r->a->term.len);
}

/* A capital inside a sentence may begin a name, and names are not in the table: of them
 * only those of known people are read (local.h). */
static void emit_repairs(struct run *r)
{
    const struct hf_buf *w = &r->a->lower;
    struct hf_readings readings;
    bool is_capital = r->is_capital && r->n_upper == 1 && w->len > 1;
    enum hf_repair_as as = r->is_healthy ? HF_REPAIR_HEALTHY
                           : !is_capital ? HF_REPAIR_WORD
                           : hf_repair_is_mid_sentence(r->text, r->start)
                               ? HF_REPAIR_NAME
                               : HF_REPAIR_CAPITAL;
    if (r->n_upper > 1 && !r->n_lower && !r->is_caps_line) return; /* an acronym */
    if (r->is_healthy && r->is_capital) return;
    hf_repair_word(r->a->repair, w->data, w->len, as, &readings);
    hf_repair_each_term(r->a->repair, &readings, emit_repair, r);
    if ((r->is_capital || r->has_symbols) && !r->is_healthy && r->n_upper <= 1)
        emit_name(r);
}

/* The word that this one and the one before it were before they were split. */
static void emit_rejoined(struct run *r)
{
    struct hf_buf *w = &r->a->lower, *last = &r->a->last;
    struct hf_readings readings = {.n = 1};
    bool plain = !r->has_symbols && !r->n_digits && r->n_lower;
    bool near =
        last->len && r->start == r->last_end + 1 && strchr(" \n", r->text[r->last_end]);
    if (plain && near && !r->n_upper &&
        hf_repair_join(r->a->repair, last->data, last->len, w->data, w->len,
                       &readings.at[0])) {
        size_t start = r->start;
        r->start = r->last_start;
        r->pos--;
        hf_repair_each_term(r->a->repair, &readings, emit_repair, r);
        r->pos++;
        r->start = start;
    }
    hf_buf_clear(last);
    if (plain) hf_buf_add(last, w->data, w->len);
    r->last_start = r->start;
    r->last_end = r->end;
}

/* A word with symbols in it, or a symbol that is a word: & is å. */
static void emit_symbols(struct run *r)
{
    if (r->n_lower) emit(r, HF_TERM_EXACT, r->a->lower.data, r->a->lower.len);
    emit_repairs(r);
}

static void emit_plain(struct run *r)
{
    struct hf_buf *w = &r->a->lower;
    emit(r, HF_TERM_EXACT, w->data, w->len);
    if (r->n_upper + r->n_lower == 0) return; /* digits only */
    emit_lemmas(r, w->data, w->len);
    emit_sound(r);
    if (r->is_repairing) emit_repairs(r);
    if (r->is_repairing) emit_rejoined(r);
}

/* ---- acronyms ---- */

static bool is_inflection(const char *s, size_t len)
{
    static const char *const endings[] = {"en",  "et",  "a",   "er",   "ar", "ene",
                                          "ane", "s",   "ens", "enes", "e",  "n",
                                          "r",   "ets", "as",  "ers"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (strlen(endings[i]) == len && !memcmp(endings[i], s, len)) return true;
    return false;
}

/* The acronym at the head of an inflected one (PLLen, LSU’ene, SSUs): its length, or 0.
 */
static size_t inflected_acronym(const struct run *r)
{
    const struct hf_buf *w = &r->a->word;
    size_t head = 0, n_head = 0, i = 0;
    while (i < w->len) {
        uint32_t c;
        size_t n = hf_utf8_next(w->data + i, w->len - i, &c);
        if (!hf_utf8_is_upper(c) && !hf_utf8_is_digit(c)) break;
        i += n;
        n_head++;
    }
    head = i;
    if (n_head < 2 || head == w->len) return 0;
    uint32_t c;
    size_t n = hf_utf8_next(w->data + head, w->len - head, &c);
    size_t tail = is_apostrophe(c) ? head + n : head;
    if (!is_inflection(w->data + tail, w->len - tail)) return 0;
    bool known = hf_lexicon_acronym(r->a->lex, w->data, head) != NULL;
    return known || n_head >= 3 ? head : 0;
}

/* An acronym that the document explains itself: the term of its own meaning, and the long
 * form's words. */
static void emit_local(struct run *r, const struct hf_local_acronym *own)
{
    hf_buf_clear(&r->a->term);
    hf_buf_adds(&r->a->term, own->text);
    if (own->is_redefined) hf_buf_addc(&r->a->term, HF_REDEFINED);
    emit(r, HF_TERM_ACRONYM, r->a->term.data, r->a->term.len);
    for (size_t i = 0; r->reason == HF_INDEX_TEXT && i < own->n_lemmas; i++)
        emit(r, HF_TERM_PART, own->lemmas[i], strlen(own->lemmas[i]));
}

static void emit_acronym(struct run *r, size_t len)
{
    const char *w = r->a->word.data;
    const struct hf_local_acronym *own =
        r->a->local ? hf_local_find(r->a->local, w, len) : NULL;
    emit(r, HF_TERM_EXACT, w, len);
    if (own) {
        emit_local(r, own);
        return;
    }
    emit(r, HF_TERM_ACRONYM, w, len);
    size_t base = len; /* LIS1 is a LIS */
    while (base && hf_utf8_is_digit((unsigned char)w[base - 1])) base--;
    if (base && base < len && hf_lexicon_acronym(r->a->lex, w, base))
        emit(r, HF_TERM_ACRONYM, w, base);
}

/* True if the word was an acronym and its terms are out. */
static bool try_acronym(struct run *r)
{
    struct hf_analyser *a = r->a;
    const struct hf_acronym *known =
        hf_lexicon_acronym(a->lex, a->word.data, a->word.len);
    if (known && !(r->is_caps_line && known->is_word)) {
        emit_acronym(r, a->word.len);
        return true;
    }
    if (r->n_upper < 2) return false;
    size_t head = r->is_caps_line ? 0 : inflected_acronym(r);
    if (head) {
        hf_buf_cut(&a->lower, 0);
        hf_utf8_lower(&a->lower, a->word.data, head);
        r->stop = NOT_ASKED;
        emit_acronym(r, head);
        return true;
    }
    if (!r->n_lower && !r->is_caps_line && !known)
        emit(r, HF_TERM_ACRONYM, a->word.data, a->word.len);
    return false;
}

/* ---- reading words ---- */

static uint32_t peek(const struct run *r, size_t at, size_t *n)
{
    uint32_t c = 0;
    *n = 0;
    if (at < r->len) *n = hf_utf8_next(r->text + at, r->len - at, &c);
    return c;
}

/* Three words or more, no lower-case letter: only acronyms that are no word count there.
 * In a question of acronyms alone nothing is in capitals for its looks. */
static void look_at_line(struct run *r)
{
    if (r->at < r->line_end) return;
    const char *nl = memchr(r->text + r->at, '\n', r->len - r->at);
    r->line_end = nl ? (size_t)(nl - r->text) + 1 : r->len;
    size_t words = 0, known = 0, begin = 0;
    bool in_word = false;
    r->is_caps_line = false;
    for (size_t i = r->at, n; i <= r->line_end; i += n) {
        uint32_t c = ' ';
        n = 1;
        if (i < r->line_end) c = peek(r, i, &n);
        if (hf_utf8_is_lower(c)) return;
        bool word = hf_utf8_is_letter(c) || (in_word && hf_utf8_is_digit(c));
        if (word && !in_word) begin = i;
        if (!word && in_word) {
            words++;
            known += hf_lexicon_acronym(r->a->lex, r->text + begin, i - begin) != NULL;
        }
        in_word = word;
    }
    r->is_caps_line = words >= 3 && (r->reason == HF_INDEX_TEXT || known * 2 < words);
}

/* True if the whole word at `at` is one that joins two halves («barne- og ungdomsvern»).
 */
static bool is_link(const struct run *r, size_t at)
{
    static const char *const links[] = {"og", "eller", "samt", "til"};
    size_t n;
    for (size_t k = 0; k < sizeof links / sizeof *links; k++) {
        size_t len = strlen(links[k]);
        if (r->len - at >= len && !memcmp(r->text + at, links[k], len) &&
            !is_word_char(peek(r, at + len, &n)))
            return true;
    }
    return false;
}

/* After a hyphen at a line's end: where the rest of the word begins, or 0.
 * «Rekrutterings-\nog» is not such a word. */
static size_t after_line_break(const struct run *r, size_t at)
{
    size_t i = at, n;
    bool newline = false;
    uint32_t c;
    while ((c = peek(r, i, &n)) == ' ' || c == '\n' || c == '\r' || c == '\t') {
        newline |= c == '\n';
        i += n;
    }
    return newline && hf_utf8_is_lower(c) && !is_link(r, i) ? i : 0;
}

static void take_char(struct run *r, uint32_t c)
{
    const char *lig = ligature(c);
    if (lig)
        hf_buf_adds(&r->a->word, lig);
    else
        hf_utf8_put(&r->a->word, c);
    r->n_upper += hf_utf8_is_upper(c);
    r->n_digits += hf_utf8_is_digit(c);
    r->n_lower += !hf_utf8_is_upper(c) && !hf_utf8_is_digit(c) && hf_utf8_is_letter(c);
}

/* What continues a word besides its letters: an apostrophe before letters, a hyphen at a
 * line's end. Returns where the word goes on, or 0. */
static size_t continues(struct run *r, uint32_t c, size_t at, size_t n)
{
    size_t m;
    uint32_t next = peek(r, at + n, &m);
    if (is_apostrophe(c) && hf_utf8_is_letter(next) && r->n_upper >= 2) {
        take_char(r, '\'');
        r->n_lower--; /* an apostrophe is no letter */
        return at + n;
    }
    if ((is_hyphen(c) || c == SOFT_HYPHEN) && r->n_lower > 1)
        return after_line_break(r, at + n);
    return 0;
}

/* Damaged text: takes the word at `at` with the symbols in it, if it has a reading or is
 * a name then. */
static bool take_symbols(struct run *r, size_t at)
{
    struct hf_readings readings;
    size_t n, end = 0;
    if (r->is_repairing && !r->is_healthy)
        end =
            hf_repair_symbols_end(hf_lexicon_confusions(r->a->lex), r->text, r->len, at);
    if (!end) return false;
    hf_buf_clear(&r->a->term);
    hf_utf8_lower(&r->a->term, r->text + at, end - at);
    hf_repair_word(r->a->repair, r->a->term.data, r->a->term.len, HF_REPAIR_WORD,
                   &readings);
    if (!readings.n && !known_name(r, &r->a->term)) return false;
    r->start = at;
    for (; at < end; at += n) take_char(r, peek(r, at, &n));
    r->end = end;
    return true;
}

/* Moves to the next word; false at the end of the text. */
static bool find_word(struct run *r, uint32_t *c)
{
    size_t n;
    r->after_hyphen = r->has_symbols = false;
    r->n_upper = r->n_lower = r->n_digits = 0;
    hf_buf_clear(&r->a->word);
    for (; r->at < r->len; r->at += n) {
        *c = peek(r, r->at, &n);
        bool is_word = is_word_char(*c);
        if (is_word || hf_repair_is_symbol(hf_lexicon_confusions(r->a->lex), *c))
            if (take_symbols(r, r->at)) r->has_symbols = true;
        if (is_word || r->has_symbols) break;
        r->after_hyphen = is_hyphen(*c) && r->end == r->at && r->end > 0;
    }
    return r->at < r->len;
}

/* Most letters of most words: a to z, taken in one go. */
static size_t take_plain(struct run *r, size_t at)
{
    size_t end = at, room = MAX_WORD - r->a->word.len;
    while (end < r->len && end - at < room && r->text[end] >= 'a' && r->text[end] <= 'z')
        end++;
    if (end == at) return at;
    hf_buf_add(&r->a->word, r->text + at, end - at);
    r->n_lower += (unsigned)(end - at);
    return r->end = end;
}

static void take_letters(struct run *r)
{
    size_t n;
    for (size_t at = r->at;;) {
        if (r->a->word.len < MAX_WORD) at = take_plain(r, at);
        uint32_t c = peek(r, at, &n);
        size_t go = 0;
        if (n && is_word_char(c) && r->a->word.len < MAX_WORD) {
            take_char(r, c);
            go = at + n;
            r->end = go;
        } else if (n) {
            go = continues(r, c, at, n);
            if (!go && is_invisible(c)) go = at + n;
        }
        if (!go) break;
        at = go;
    }
}

/* Reads the next word into a->word and a->lower; false at the end of the text. */
static bool next_word(struct run *r)
{
    uint32_t c = 0;
    if (!find_word(r, &c)) return false;
    look_at_line(r);
    r->start = r->at;
    r->is_capital = hf_utf8_is_upper(c);
    if (!r->has_symbols) take_letters(r);
    r->at = r->end;
    hf_buf_clear(&r->a->term);
    hf_utf8_nfc(&r->a->term, r->a->word.data, r->a->word.len);
    struct hf_buf composed = r->a->term;
    r->a->term = r->a->word;
    r->a->word = composed;
    hf_buf_clear(&r->a->lower);
    hf_utf8_lower(&r->a->lower, r->a->word.data, r->a->word.len);
    r->stop = NOT_ASKED;
    return true;
}

/* Passes over plain words that give no wanted term, as if they had been read. */
static void skip_plain(struct run *r)
{
    struct hf_passed p = {.at = r->at, .line_end = r->line_end};
    hf_words_pass(r->a->words, r->a->wanted, r->text, r->len, &p);
    if (!p.n) return;
    if (p.line_end != r->line_end) r->is_caps_line = false;
    r->line_end = p.line_end;
    r->pos += p.n;
    r->at = r->end = p.at;
}

/* ---- case numbers ---- */

static void try_number(struct run *r)
{
    if (!r->n_digits || r->n_digits != r->a->word.len) return;
    if (r->start && strchr("0123456789/.-", r->text[r->start - 1]) && r->start > 1 &&
        hf_utf8_is_digit((unsigned char)r->text[r->start - 2]))
        return;
    struct hf_buf b = HF_BUF_INIT;
    size_t n = hf_number_in_text(&b, r->text + r->start, r->len - r->start);
    if (n) {
        size_t end = r->end;
        r->end = r->start + n;
        emit(r, HF_TERM_NUMBER, b.data, b.len);
        r->end = end;
    }
    hf_buf_release(&b);
}

/* ---- the run ---- */

/* A hyphenated group of words is also the word that it would be without hyphens
 * (samhandlings-tilskudd). */
static void emit_joined(struct run *r, size_t group_start, unsigned group_pos)
{
    size_t start = r->start;
    unsigned pos = r->pos;
    r->start = group_start;
    r->pos = group_pos;
    emit(r, HF_TERM_EXACT, r->a->join.data, r->a->join.len);
    emit_lemmas(r, r->a->join.data, r->a->join.len);
    r->start = start;
    r->pos = pos;
}

unsigned hf_analyse(struct hf_analyser *a, enum hf_reason reason, const char *text,
                    size_t len, hf_term_fn fn, void *ctx)
{
    struct run r = {
        .a = a, .reason = reason, .text = text, .len = len, .fn = fn, .ctx = ctx};
    size_t group_start = 0;
    unsigned group_pos = 0;
    bool group_is_plain = false;
    r.is_repairing = a->is_damaged && reason == HF_INDEX_TEXT;
    r.is_healthy = r.is_repairing && hf_repair_is_healthy(text, len);
    hf_buf_clear(&a->last);
    bool skips = a->wanted && !r.is_repairing;
    for (;;) {
        if (skips) skip_plain(&r);
        if (r.stopped || !next_word(&r)) break;
        r.pos++;
        try_number(&r);
        bool acronym = !r.has_symbols && try_acronym(&r);
        if (r.has_symbols)
            emit_symbols(&r);
        else if (!acronym)
            emit_plain(&r);
        bool plain = !acronym && !r.has_symbols && r.n_lower > 0 && !r.n_digits;
        if (r.after_hyphen && group_is_plain && plain) {
            hf_buf_add(&a->join, a->lower.data, a->lower.len);
            if (a->join.len <= MAX_WORD) emit_joined(&r, group_start, group_pos);
        } else {
            hf_buf_clear(&a->join);
            hf_buf_add(&a->join, a->lower.data, a->lower.len);
            group_start = r.start;
            group_pos = r.pos;
            group_is_plain = plain;
        }
    }
    return r.pos;
}
