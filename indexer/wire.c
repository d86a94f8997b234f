#include "wire.h"

#include <stdint.h>
#include <string.h>

#include "../shim/utf8.h"

#define WIRE_MAGIC 0x48465431u /* "HFT1" */

static const char *const layers[] = {"text", "ocr", "mixed"};

static void put_int(struct hf_buf *b, long n)
{
    int32_t v = n > INT32_MAX ? INT32_MAX : n < 0 ? 0 : (int32_t)n;
    hf_buf_add(b, (const char *)&v, sizeof v);
}

static void put_text(struct hf_buf *b, const char *text, size_t len)
{
    put_int(b, (long)len);
    hf_buf_add(b, text, len);
}

static void put_strings(struct hf_buf *b, const struct hf_strings *s)
{
    put_int(b, (long)s->n);
    for (size_t i = 0; i < s->n; i++) put_text(b, s->at[i], strlen(s->at[i]));
}

static void put_cell(struct hf_buf *b, const struct text_cell *c)
{
    put_text(b, c->text, c->len);
    put_int(b, c->grid_column);
    put_int(b, c->at_char);
    put_int(b, (long)c->n_spans);
    for (size_t i = 0; i < c->n_spans; i++) {
        put_int(b, (long)c->spans[i].start);
        put_int(b, (long)c->spans[i].end);
        put_int(b, c->spans[i].is_bold);
    }
}

static void put_line(struct hf_buf *b, const struct text_line *l)
{
    const int fields[] = {(int)l->kind,    l->level,  l->page,  l->line,
                          l->blank_before, l->indent, l->table, l->is_broken};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) put_int(b, fields[i]);
    put_int(b, (long)l->n_cells);
    for (size_t i = 0; i < l->n_cells; i++) put_cell(b, &l->cells[i]);
}

void wire_put(struct hf_buf *out, const struct text_doc *doc, enum hf_status status,
              const char *reason)
{
    long layer = 0;
    put_int(out, WIRE_MAGIC);
    put_int(out, (long)status);
    if (status != HF_OK) {
        put_text(out, reason, strlen(reason));
        return;
    }
    for (long i = 0; i < 3; i++)
        if (doc->text_layer && !strcmp(doc->text_layer, layers[i])) layer = i;
    put_int(out, layer);
    put_int(out, doc->n_pages);
    put_strings(out, &doc->links);
    put_strings(out, &doc->notes);
    put_strings(out, &doc->margins);
    put_strings(out, &doc->warnings);
    put_int(out, (long)doc->n_lines);
    for (size_t i = 0; i < doc->n_lines; i++) put_line(out, &doc->lines[i]);
}

struct input {
    const char *at, *end;
    bool bad;
};

static int get_int(struct input *in, int max)
{
    int32_t v = 0;
    if (in->bad || in->end - in->at < (ptrdiff_t)sizeof v) {
        in->bad = true;
        return 0;
    }
    memcpy(&v, in->at, sizeof v);
    in->at += sizeof v;
    if (v < 0 || v > max) in->bad = true;
    return in->bad ? 0 : v;
}

static const char *get_text(struct input *in, size_t *len)
{
    *len = (size_t)get_int(in, (int)WIRE_MAX_BYTES);
    const char *text = in->at;
    if ((size_t)(in->end - in->at) < *len ||
        (*len && !hf_utf8_is_valid(text, *len, NULL)))
        in->bad = true;
    if (in->bad) *len = 0;
    in->at += *len;
    return text;
}

static void get_strings(struct input *in, struct text_doc *doc, struct hf_strings *s)
{
    int n = get_int(in, 20000);
    for (int i = 0; i < n && !in->bad; i++) {
        size_t len;
        const char *text = get_text(in, &len);
        hf_strings_add(s, hf_arena_strdup(&doc->arena, text, len));
    }
}

static void get_cell(struct input *in, struct text_doc *doc, struct text_line *l)
{
    size_t len;
    const char *text = get_text(in, &len);
    if (in->bad) return;
    struct text_cell *c = text_line_add_cell(doc, l, text, len);
    c->grid_column = get_int(in, 1000000);
    c->at_char = get_int(in, 1000000);
    int n = get_int(in, 100000);
    for (int i = 0; i < n && !in->bad; i++) {
        struct text_span s;
        s.start = (size_t)get_int(in, (int)WIRE_MAX_BYTES);
        s.end = (size_t)get_int(in, (int)WIRE_MAX_BYTES);
        s.is_bold = get_int(in, 1) != 0;
        if (!in->bad) text_cell_mark(doc, c, s);
    }
}

static void get_line(struct input *in, struct text_doc *doc)
{
    struct text_line *l = text_doc_add(doc);
    l->kind = (enum text_kind)get_int(in, TEXT_ROW);
    l->level = get_int(in, 1000);
    l->page = get_int(in, 1000000);
    l->line = get_int(in, 10000000);
    l->blank_before = get_int(in, 1000000);
    l->indent = get_int(in, 1000000);
    l->table = get_int(in, 1000000);
    l->is_broken = get_int(in, 1) != 0;
    int n = get_int(in, TEXT_MAX_CELLS);
    if (!n) in->bad = true;
    for (int i = 0; i < n && !in->bad; i++) get_cell(in, doc, l);
}

enum hf_status wire_get(const char *bytes, size_t len, struct text_doc *doc,
                        struct hf_error *err)
{
    struct input in = {bytes, bytes + len, len > WIRE_MAX_BYTES};
    size_t n;
    if (get_int(&in, INT32_MAX) != WIRE_MAGIC) in.bad = true;
    int status = get_int(&in, HF_STOPPED);
    if (!in.bad && status != HF_OK) {
        const char *reason = get_text(&in, &n);
        return hf_fail(err, (enum hf_status)status, "%.*s", n > 500 ? 500 : (int)n,
                       reason);
    }
    doc->text_layer = layers[get_int(&in, 2)];
    doc->n_pages = get_int(&in, 1000000);
    get_strings(&in, doc, &doc->links);
    get_strings(&in, doc, &doc->notes);
    get_strings(&in, doc, &doc->margins);
    get_strings(&in, doc, &doc->warnings);
    int lines = get_int(&in, TEXT_MAX_LINES);
    for (int i = 0; i < lines && !in.bad; i++) get_line(&in, doc);
    if (in.bad || in.at != in.end)
        return hf_fail(err, HF_UNREADABLE, "omformeren ga et ugyldig svar");
    return HF_OK;
}
