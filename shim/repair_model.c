/* Loads the confusions and the frequencies. */
#include "repair_model.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "utf8.h"

enum { MAX_FILE = 8 << 20, MAX_RULES = 4000, CLASS_MIN = 1, CLASS_MAX = 31 };

uint8_t repair_fold(uint32_t c)
{
    if (c < 0x80 || (c >= 0xa1 && c <= 0xbf)) return (uint8_t)c;
    return lemma_fold(c);
}

bool repair_word_make(struct lemma_word *w, const char *text, size_t len)
{
    w->len = 0;
    if (!len || len > HF_LEMMA_MAX_WORD) return false;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        uint8_t letter = repair_fold(c);
        if (letter <= ' ') return false;
        w->letters[w->len++] = letter;
    }
    w->letters[w->len] = 0;
    return true;
}

/* ---- confusions.tsv ---- */

/* A row while the file is read: the costs need the sums of all rows. */
struct row {
    char written[16], meant[16];
    double count;
    unsigned line;
};

struct reader {
    struct hf_repair_model *m;
    const char *path;
    struct row *rows;
    size_t n, cap;
};

static enum hf_status bad(const struct reader *r, unsigned line, const char *why,
                          struct hf_error *err)
{
    return hf_fail(err, HF_BAD_ARGUMENT, "%s:%u: %s", r->path, line, why);
}

static enum hf_status read_row(struct reader *r, char *line, unsigned number,
                               struct hf_error *err)
{
    char *fields[4] = {line, NULL, NULL, NULL}, *end;
    struct row row = {.line = number};
    for (size_t i = 1; i < 4; i++) {
        char *tab = strchr(fields[i - 1], '\t');
        if (!tab) return bad(r, number, "needs written, meant and two counts", err);
        *tab = 0;
        fields[i] = tab + 1;
    }
    for (size_t i = 2; i < 4; i++) {
        long n = strtol(fields[i], &end, 10);
        if (end == fields[i] || (*end && *end != '\t') || n < 0 || n > 10000000)
            return bad(r, number, "a count is no number", err);
        row.count += (double)n;
    }
    if (!*fields[0] || !*fields[1] || strlen(fields[0]) >= sizeof row.written ||
        strlen(fields[1]) >= sizeof row.meant)
        return bad(r, number, "a side is empty or too long", err);
    strcpy(row.written, fields[0]);
    strcpy(row.meant, fields[1]);
    if (r->n == MAX_RULES) return bad(r, number, "too many rows", err);
    r->rows = hf_grow(r->rows, &r->cap, r->n, sizeof *r->rows);
    r->rows[r->n++] = row;
    return HF_OK;
}

static unsigned cost_of(const struct reader *r, const struct row *row)
{
    double of = 0;
    for (size_t i = 0; i < r->n; i++)
        if (!strcmp(r->rows[i].meant, row->meant)) of += r->rows[i].count;
    double cost = -10 * log((row->count + 0.5) / (of + 1));
    return cost < 1 ? 1 : cost > 1000 ? 1000 : (unsigned)(cost + 0.5);
}

/* The rows about any letter and about blanks. */
static bool take_general(struct hf_repair_model *m, const struct row *row, unsigned cost)
{
    const struct {
        const char *written, *meant;
        unsigned *at;
    } known[] = {{"·", "_", &m->blank},     {"*", "?", &m->replace},
                 {"·", "?", &m->insert},    {"?", "·", &m->drop},
                 {"?", "??", &m->undouble}, {"??", "?", &m->redouble}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(row->written, known[i].written) &&
            !strcmp(row->meant, known[i].meant)) {
            *known[i].at = cost;
            return true;
        }
    return strpbrk(row->written, "?*_") || strpbrk(row->meant, "?*_");
}

static enum hf_status add_rule(struct reader *r, const struct row *row,
                               struct hf_error *err)
{
    struct hf_repair_model *m = r->m;
    struct repair_rule rule = {.cost = cost_of(r, row)};
    struct lemma_word w;
    if (!strcmp(row->written, row->meant)) return HF_OK;
    if (take_general(m, row, rule.cost)) return HF_OK;
    const char *written = row->written;
    rule.at_start = *written == '^';
    written += rule.at_start;
    if (!repair_word_make(&w, written, strlen(written)) || w.len > sizeof rule.written)
        return bad(r, row->line, "cannot use what was written", err);
    memcpy(rule.written, w.letters, w.len);
    rule.n_written = (uint8_t)w.len;
    for (const char *at = written; *at;) {
        uint32_t c;
        at += hf_utf8_next(at, strlen(at), &c);
        if (!hf_utf8_is_letter(c) && !hf_utf8_is_digit(c))
            m->symbols[repair_fold(c)] = true;
    }
    if (!repair_word_make(&w, row->meant, strlen(row->meant)) ||
        w.len > sizeof rule.meant)
        return bad(r, row->line, "cannot use what was meant", err);
    memcpy(rule.meant, w.letters, w.len);
    rule.n_meant = (uint8_t)w.len;
    for (size_t i = 0; i < w.len; i++)
        rule.is_special |=
            w.letters[i] == 0xe6 || w.letters[i] == 0xf8 || w.letters[i] == 0xe5;
    m->rules[m->n_rules++] = rule;
    return HF_OK;
}

static int by_letter(const void *a, const void *b)
{
    const struct repair_rule *x = a, *y = b;
    if (x->written[0] != y->written[0]) return x->written[0] < y->written[0] ? -1 : 1;
    return x->cost < y->cost ? -1 : x->cost > y->cost;
}

static enum hf_status finish_rules(struct reader *r, struct hf_error *err)
{
    struct hf_repair_model *m = r->m;
    enum hf_status status = HF_OK;
    m->blank = m->replace = m->insert = m->drop = m->undouble = m->redouble = 1000;
    m->rules = hf_xcalloc(r->n ? r->n : 1, sizeof *m->rules);
    for (size_t i = 0; i < r->n && status == HF_OK; i++)
        status = add_rule(r, &r->rows[i], err);
    if (status != HF_OK) return status;
    qsort(m->rules, m->n_rules, sizeof *m->rules, by_letter);
    size_t at = 0;
    for (unsigned c = 0; c < 256; c++) {
        m->first[c] = (uint16_t)at;
        while (at < m->n_rules && m->rules[at].written[0] == c) at++;
    }
    m->first[256] = (uint16_t)at;
    return HF_OK;
}

static enum hf_status read_confusions(struct hf_repair_model *m, const char *path,
                                      struct hf_error *err)
{
    struct reader r = {.m = m, .path = path};
    struct hf_buf text = HF_BUF_INIT;
    unsigned number = 0;
    enum hf_status status = hf_buf_read_file(&text, path, MAX_FILE, err);
    for (char *at = text.data; status == HF_OK && *at;) {
        char *end = at + strcspn(at, "\r\n"), *next = end + strspn(end, "\r");
        if (*next == '\n') next++;
        *end = 0;
        number++;
        if (*at && *at != '#') status = read_row(&r, at, number, err);
        at = next;
    }
    if (status == HF_OK) status = finish_rules(&r, err);
    free(r.rows);
    hf_buf_release(&text);
    return status;
}

/* ---- frequencies.tsv ---- */

/* Cuts the file in words in place: each stands as `word NUL class`. */
static enum hf_status read_frequencies(struct hf_repair_model *m, const char *path,
                                       struct hf_error *err)
{
    enum hf_status status = hf_buf_read_file(&m->words, path, MAX_FILE, err);
    const char *last = "";
    unsigned number = 0;
    size_t cap = 0;
    if (status != HF_OK) return status;
    for (char *at = m->words.data, *next; *at; at = next) {
        char *end = at + strcspn(at, "\n"), *tab = memchr(at, '\t', (size_t)(end - at));
        next = end + (*end == '\n');
        number++;
        if (*at == '#' || end == at) continue;
        long class = tab ? strtol(tab + 1, NULL, 10) : 0;
        if (class < CLASS_MIN || class > CLASS_MAX)
            return hf_fail(err, HF_BAD_ARGUMENT, "%s:%u: needs word and class", path,
                           number);
        *tab = 0;
        tab[1] = (char)class;
        if (strcmp(last, at) >= 0)
            return hf_fail(err, HF_BAD_ARGUMENT, "%s:%u: %s is out of order", path,
                           number, at);
        last = at;
        m->starts = hf_grow(m->starts, &cap, m->n_words, sizeof *m->starts);
        m->starts[m->n_words++] = (uint32_t)(at - m->words.data);
    }
    return HF_OK;
}

unsigned hf_repair_class(const struct hf_repair_model *m, const char *word, size_t len)
{
    size_t low = 0, high = m->n_words;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const char *at = m->words.data + m->starts[mid];
        size_t n = strlen(at);
        int order = memcmp(at, word, n < len ? n : len);
        if (!order && n == len) return (unsigned char)at[n + 1];
        if (!order) order = n < len ? -1 : 1;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}

/* ---- the model ---- */

enum hf_status hf_repair_model_open(const char *dir, struct hf_repair_model **out,
                                    struct hf_error *err)
{
    struct hf_repair_model *m = hf_xcalloc(1, sizeof *m);
    struct hf_buf path = HF_BUF_INIT;
    hf_buf_init(&m->words);
    hf_buf_addf(&path, "%s/confusions.tsv", dir);
    enum hf_status status = read_confusions(m, path.data, err);
    hf_buf_clear(&path);
    hf_buf_addf(&path, "%s/frequencies.tsv", dir);
    if (status == HF_OK) status = read_frequencies(m, path.data, err);
    hf_buf_release(&path);
    *out = NULL;
    if (status == HF_OK)
        *out = m;
    else
        hf_repair_model_close(m);
    return status;
}

void hf_repair_model_close(struct hf_repair_model *m)
{
    if (!m) return;
    free(m->rules);
    free(m->starts);
    hf_buf_release(&m->words);
    free(m);
}

bool hf_repair_is_symbol(const struct hf_repair_model *m, uint32_t c)
{
    return c < 0x100 && m->symbols[c];
}
