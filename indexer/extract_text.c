#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../shim/utf8.h"
#include "text.h"

/* A text file may carry inline tags, as some extractors leave them, and Markdown's bold.
 * They become line breaks and spans; anything else between angle brackets (a link) is
 * text and stays. */

#define MAX_SPANS 64

struct run { /* one cell on its way */
    struct hf_buf text;
    struct text_span spans[MAX_SPANS];
    size_t n_spans;
    size_t bold_from, italic_from; /* SIZE_MAX = not open */
};

enum tag_effect { TAG_NONE, TAG_BREAK, TAG_ITEM, TAG_BOLD, TAG_ITALIC, TAG_DROP };

static enum tag_effect effect_of(const char *name, size_t len)
{
    static const struct {
        const char *name;
        enum tag_effect effect;
    } tags[] = {{"b", TAG_BOLD},          {"strong", TAG_BOLD}, {"i", TAG_ITALIC},
                {"em", TAG_ITALIC},       {"p", TAG_BREAK},     {"br", TAG_BREAK},
                {"div", TAG_BREAK},       {"ul", TAG_BREAK},    {"ol", TAG_BREAK},
                {"li", TAG_ITEM},         {"u", TAG_DROP},      {"span", TAG_DROP},
                {"sup", TAG_DROP},        {"sub", TAG_DROP},    {"font", TAG_DROP},
                {"a", TAG_DROP},          {"small", TAG_DROP},  {"h1", TAG_BREAK},
                {"h2", TAG_BREAK},        {"h3", TAG_BREAK},    {"h4", TAG_BREAK},
                {"td", TAG_DROP},         {"tr", TAG_BREAK},    {"th", TAG_DROP},
                {"mark", TAG_DROP},       {"s", TAG_DROP},      {"table", TAG_BREAK},
                {"blockquote", TAG_BREAK}};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strlen(tags[i].name) == len && !strncasecmp(tags[i].name, name, len))
            return tags[i].effect;
    return TAG_NONE;
}

/* The length of the tag at text ('<'), or 0 if it is none. */
static size_t read_tag(const char *text, size_t len, enum tag_effect *effect,
                       bool *closes)
{
    size_t i = 1, name;
    *closes = i < len && text[i] == '/';
    if (*closes) i++;
    for (name = i; i < len && i < name + 12; i++) {
        char c = text[i];
        bool word =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!word) break;
    }
    if (i >= len || i == name || !strchr(" />", text[i])) return 0;
    *effect = effect_of(text + name, i - name);
    if (*effect == TAG_NONE) return 0;
    for (size_t end = i + 400; i < len && i < end; i++) {
        if (text[i] == '<') return 0;
        if (text[i] == '>') return i + 1;
    }
    return 0;
}

static void add_space(struct run *r)
{
    if (r->text.len && !strchr(" \n", r->text.data[r->text.len - 1]))
        hf_buf_addc(&r->text, ' ');
}

static void add_break(struct run *r)
{
    hf_buf_rtrim(&r->text);
    if (r->text.len) hf_buf_addc(&r->text, '\n');
}

static void toggle(struct run *r, bool is_bold, bool open)
{
    size_t *from = is_bold ? &r->bold_from : &r->italic_from;
    if (open) {
        if (*from == SIZE_MAX) *from = r->text.len;
    } else if (*from != SIZE_MAX) {
        if (r->n_spans < MAX_SPANS && *from < r->text.len)
            r->spans[r->n_spans++] = (struct text_span){*from, r->text.len, is_bold};
        *from = SIZE_MAX;
    }
}

static void apply_tag(struct run *r, enum tag_effect effect, bool closes)
{
    if (effect == TAG_BREAK || effect == TAG_ITEM) add_break(r);
    if (effect == TAG_BOLD || effect == TAG_ITALIC)
        toggle(r, effect == TAG_BOLD, !closes);
}

/* The character references that extractors leave behind; 0 if there is none at text
 * ('&'). */
static size_t read_entity(const char *text, size_t len, uint32_t *c)
{
    static const struct {
        const char *name;
        uint32_t c;
    } known[] = {
        {"&amp;", '&'},    {"&lt;", '<'},      {"&gt;", '>'},      {"&quot;", '"'},
        {"&nbsp;", ' '},   {"&aring;", 0xE5},  {"&oslash;", 0xF8}, {"&aelig;", 0xE6},
        {"&Aring;", 0xC5}, {"&Oslash;", 0xD8}, {"&AElig;", 0xC6},  {"&ndash;", 0x2013},
        {"&laquo;", 0xAB}, {"&raquo;", 0xBB},  {"&#39;", '\''},    {"&eacute;", 0xE9}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t n = strlen(known[i].name);
        if (n <= len && !memcmp(text, known[i].name, n)) {
            *c = known[i].c;
            return n;
        }
    }
    return 0;
}

/* Markdown's ** opens where a partner follows in the same cell, and closes then. */
static bool toggle_stars(struct run *r, const char *text, size_t len, bool *open)
{
    if (!*open && !memmem(text + 2, len - 2, "**", 2)) return false;
    *open = !*open;
    toggle(r, true, *open);
    return true;
}

/* How much of the text can neither be a tag nor an entity nor a star. */
static size_t unmarked(const char *text, size_t len)
{
    size_t i = 0;
    while (i < len && text[i] != '<' && text[i] != '&' && text[i] != '*') i++;
    return i;
}

static void read_cell(struct run *r, const char *text, size_t len)
{
    bool stars = false;
    size_t mark = unmarked(text, len);
    for (size_t i = 0; i < len;) {
        enum tag_effect effect;
        bool closes;
        uint32_t c;
        size_t n = 0;
        if (mark < i) mark = i + unmarked(text + i, len - i);
        if (mark > i && (n = hf_utf8_plain_run(text + i, mark - i))) {
            hf_buf_add(&r->text, text + i, n);
        } else if (text[i] == '<' &&
                   (n = read_tag(text + i, len - i, &effect, &closes))) {
            apply_tag(r, effect, closes);
        } else if (text[i] == '&' && (n = read_entity(text + i, len - i, &c))) {
            if (c == ' ')
                add_space(r);
            else
                hf_utf8_put(&r->text, c);
        } else if (i + 1 < len && text[i] == '*' && text[i + 1] == '*' &&
                   toggle_stars(r, text + i, len - i, &stars)) {
            n = 2;
        } else {
            n = hf_utf8_next(text + i, len - i, &c);
            if (hf_utf8_is_space(c))
                add_space(r);
            else
                hf_buf_add(&r->text, text + i, n);
        }
        i += n;
    }
    toggle(r, true, false);
    toggle(r, false, false);
    hf_buf_rtrim(&r->text);
}

static void add_cell(struct text_doc *d, struct text_line *line, const char *text,
                     size_t len)
{
    struct run r = {.text = HF_BUF_INIT, .bold_from = SIZE_MAX, .italic_from = SIZE_MAX};
    read_cell(&r, text, len);
    struct text_cell *cell = text_line_add_cell(d, line, r.text.data, r.text.len);
    for (size_t i = 0; i < r.n_spans; i++) text_cell_mark(d, cell, r.spans[i]);
    hf_buf_release(&r.text);
}

/* ---- lines ------------------------------------------------------------------------- */

struct reading {
    struct text_doc *doc;
    int page, line, blank;
    const char *end; /* of the whole text */
    size_t pipes;    /* in the line before */
};

static size_t char_count(const char *text, size_t len)
{
    return hf_utf8_count(text, len);
}

/* True for a line that only draws: rules under a heading, the rule of a Markdown table.
 */
static bool is_drawing(const char *text, size_t len)
{
    size_t marks = 0;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (c == '-' || c == '_' || c == '=' || c == '~' || c == '*' || c == 0x2013 ||
            c == 0x2014 || c == 0x2500)
            marks++;
        else if (!hf_utf8_is_space(c) && c != '|' && c != ':' && c != '+')
            return false;
    }
    return marks >= 2;
}

static size_t indent_of(const char *text, size_t len, size_t *bytes)
{
    size_t i = 0, columns = 0;
    while (i < len) {
        uint32_t c;
        size_t n = hf_utf8_next(text + i, len - i, &c);
        if (c == '\t' || !hf_utf8_is_space(c)) break;
        columns++;
        i += n;
    }
    *bytes = i;
    return columns;
}

static void split_tabs(struct text_doc *d, struct text_line *l, const char *text,
                       size_t len)
{
    size_t from = 0;
    for (size_t i = 0; i <= len; i++) {
        if (i < len && (text[i] != '\t' || l->n_cells + 1 >= TEXT_MAX_CELLS)) continue;
        add_cell(d, l, text + from, i - from);
        from = i + 1;
    }
}

static bool is_pipe_row(const char *text, size_t len)
{
    size_t pipes = 0;
    if (len < 3 || text[0] != '|' || text[len - 1] != '|') return false;
    for (size_t i = 0; i < len; i++) pipes += text[i] == '|';
    return pipes >= 3;
}

/* Bars between words. */
static size_t count_bars(const char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 1; i < len; i++)
        n += text[i] == '|' && text[i - 1] == ' ' && (i + 1 >= len || text[i + 1] == ' ');
    return n;
}

/* "Navn | Kommune | Møtt" above or below a line with as many bars is a row; alone it is a
 * line. */
static bool is_bare_pipe_row(struct reading *r, const char *text, size_t len)
{
    size_t bars = count_bars(text, len), before = r->pipes;
    r->pipes = bars;
    if (bars < 2 || bars == before) return bars >= 2;
    const char *next = text + len;
    while (next < r->end && strchr(" \r\n", *next)) next++;
    size_t n = 0;
    while (next + n < r->end && !strchr("\r\n\f", next[n])) n++;
    return count_bars(next, n) == bars || is_drawing(next, n);
}

static void split_pipes(struct text_doc *d, struct text_line *l, const char *text,
                        size_t len, size_t from)
{
    for (size_t i = from; i <= len; i++) {
        if (i == len && text[len - 1] == '|' && from) break;
        if ((i < len && text[i] != '|') || l->n_cells + 1 >= TEXT_MAX_CELLS) continue;
        add_cell(d, l, text + from, i - from);
        from = i + 1;
    }
}

/* Columns set with blanks: three or more between words start a new cell. */
static void split_blanks(struct text_doc *d, struct text_line *l, const char *text,
                         size_t len)
{
    size_t from = 0;
    for (size_t i = 0; i <= len;) {
        size_t gap = 0;
        while (i + gap < len && text[i + gap] == ' ') gap++;
        if (i < len && (gap < 3 || i + gap >= len || l->n_cells + 1 >= TEXT_MAX_CELLS)) {
            i += gap ? gap : 1;
            continue;
        }
        add_cell(d, l, text + from, i - from);
        l->cells[l->n_cells - 1].at_char = l->indent + (int)char_count(text, from);
        from = i += gap ? gap : 1;
    }
}

static void add_line(struct reading *r, const char *text, size_t len)
{
    struct text_line *l = text_doc_add(r->doc);
    size_t skip;
    l->page = r->page;
    l->line = r->line;
    l->blank_before = r->blank;
    l->indent = (int)indent_of(text, len, &skip);
    r->blank = 0;
    text += skip;
    len -= skip;
    while (len > 1 && *text == '>' && (text[1] == ' ' || text[1] == '>')) {
        text += text[1] == ' ' ? 2 : 1; /* a quotation's mark, of mail and Markdown */
        len -= text[-1] == ' ' ? 2 : 1;
    }
    size_t marks = 0;
    while (marks < len && text[marks] == '#') marks++;
    if (marks && marks <= 6 && marks < len && text[marks] == ' ') {
        l->kind = TEXT_HEADING;
        l->level = (int)marks;
        text += marks;
        len -= marks;
    }
    if (memchr(text, '\t', len))
        split_tabs(r->doc, l, text, len);
    else if (is_pipe_row(text, len))
        split_pipes(r->doc, l, text, len, 1);
    else if (is_bare_pipe_row(r, text, len))
        split_pipes(r->doc, l, text, len, 0);
    else
        split_blanks(r->doc, l, text, len);
}

static bool is_empty(const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (!hf_utf8_is_space(c)) return false;
    }
    return true;
}

static void take_line(struct reading *r, const char *text, size_t len)
{
    while (len && text[len - 1] == ' ') len--;
    if (is_empty(text, len))
        r->blank++;
    else if (!is_drawing(text, len))
        add_line(r, text, len);
}

static bool ends_line(char c)
{
    return c == '\n' || c == '\r' || c == '\f' || !c;
}

/* A form feed ends the page, within a line or between two. */
static bool read_lines(struct reading *r, const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        size_t n = 0;
        while (i + n < len && !ends_line(text[i + n])) n++;
        bool line_end = i + n >= len || text[i + n] != '\f';
        if (n || line_end) take_line(r, text + i, n);
        i += n;
        if (line_end) {
            r->line++;
            i += i + 1 < len && text[i] == '\r' && text[i + 1] == '\n' ? 2 : 1;
        } else {
            r->page++;
            r->blank++;
            i++;
        }
        if (r->doc->n_lines >= TEXT_MAX_LINES) return false;
    }
    return true;
}

enum hf_status extract_text(const char *bytes, size_t len, struct text_doc *out,
                            struct hf_error *err)
{
    struct hf_buf b = HF_BUF_INIT;
    enum hf_status status = text_decode(bytes, len, &b, err);
    if (status != HF_OK) goto out;
    struct reading r = {out, 1, 1, 0, b.data + b.len, 0};
    if (!read_lines(&r, b.data, b.len)) {
        status =
            hf_fail(err, HF_UNREADABLE, "filen har mer enn %d linjer", TEXT_MAX_LINES);
        goto out;
    }
    out->n_pages = r.page > 1 ? r.page : 0;
    out->media_type = "text/plain";
    out->text_layer = "text";
    text_doc_finish(out);
out:
    hf_buf_release(&b);
    return status;
}
