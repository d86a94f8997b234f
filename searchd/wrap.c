#include "wrap.h"

#include <string.h>

#include "../shim/utf8.h"

void wrap_start(struct wrap *f, const struct text_style *style, struct hf_buf *out,
                size_t indent)
{
    *f = (struct wrap){style, out, HF_BUF_INIT, 0, 0, indent};
}

static void wrap_word(struct wrap *f)
{
    if (!f->word_width) return;
    bool fits = f->column + 1 + f->word_width <= f->style->width;
    if (f->column > f->indent && !fits) {
        hf_buf_addc(f->out, '\n');
        f->column = 0;
    } else if (f->column > f->indent) {
        hf_buf_addc(f->out, ' ');
        f->column++;
    }
    for (; f->column < f->indent; f->column++) hf_buf_addc(f->out, ' ');
    hf_buf_add(f->out, f->word.data, f->word.len);
    f->column += f->word_width;
    hf_buf_clear(&f->word);
    f->word_width = 0;
}

void wrap_end(struct wrap *f)
{
    wrap_word(f);
    hf_buf_add(f->out, f->word.data, f->word.len);
    hf_buf_release(&f->word);
    if (f->column) hf_buf_addc(f->out, '\n');
}

static void wrap_code(struct wrap *f, const char *code)
{
    if (f->style->colour) hf_buf_addf(&f->word, "\033[%sm", code);
}

/* A colour is set anew for each word, so that it never runs over the
 * indent of the next line. */
void wrap_text(struct wrap *f, const char *text, const char *code)
{
    size_t len = strlen(text);
    bool open = false;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t n = hf_utf8_next(text + i, len - i, &c);
        bool is_blank = c <= ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
        if (is_blank) {
            if (open) wrap_code(f, "0");
            open = false;
            wrap_word(f);
        } else {
            if (code && !open) wrap_code(f, code);
            open = code != NULL;
            if (c == 0xFFFD)
                hf_utf8_put(&f->word, c);
            else
                hf_buf_add(&f->word, text + i, n);
            f->word_width++;
        }
        i += n;
    }
    if (open) wrap_code(f, "0");
}

void wrap_segments(struct wrap *f, const json_t *segments, const char *code)
{
    size_t i;
    json_t *segment;
    json_array_foreach(segments, i, segment)
    {
        const char *text = json_string_value(json_array_get(segment, 0));
        bool is_match = json_is_true(json_array_get(segment, 1));
        if (text) wrap_text(f, text, is_match ? WRAP_MARK : code);
    }
}

void wrap_line(const struct text_style *style, struct hf_buf *out, const char *text,
               const char *code)
{
    struct wrap f;
    if (!text || !*text) return;
    wrap_start(&f, style, out, WRAP_INDENT);
    wrap_text(&f, text, code);
    wrap_end(&f);
}

void wrap_heading(const struct text_style *style, struct hf_buf *out, const char *text)
{
    struct wrap f;
    wrap_start(&f, style, out, 0);
    wrap_text(&f, text, WRAP_BOLD);
    wrap_end(&f);
}
