#include "render_promise.h"

#include <string.h>

#include "render_json.h"
#include "strings.h"
#include "wrap.h"

static bool is_state(const json_t *promise, const char *state)
{
    return !strcmp(member_text(promise, "state"), state);
}

/* «SSU 7. desember 2023, sak 24/23». */
static void closer(struct hf_buf *b, const json_t *c, enum params_lang lang)
{
    struct hf_buf when = HF_BUF_INIT;
    hf_buf_addf(&when, "%s ", member_text(c, "body"));
    strings_date(&when, member_text(c, "day"), lang);
    if (*member_text(c, "number"))
        strings_fill(b, S_CHAIN_CASE, lang, when.data, member_text(c, "number"), NULL);
    else
        hf_buf_adds(b, when.data);
    hf_buf_release(&when);
}

static void deadline(struct hf_buf *b, const json_t *promise, enum params_lang lang)
{
    const char *printed = member_text(promise, "deadline"),
               *due = member_text(promise, "due");
    if (!*printed || is_state(promise, "closed")) return;
    hf_buf_addc(b, ' ');
    strings_fill(b, !strcmp(due, "passed") ? S_PROMISE_PASSED : S_PROMISE_DEADLINE, lang,
                 printed, NULL);
}

/* The sentence of the state, without the cases that take it up. */
static void state(struct hf_buf *b, const json_t *promise, enum params_lang lang)
{
    const char *until = member_text(promise, "searched_until");
    struct hf_buf day = HF_BUF_INIT;
    strings_date(&day, until, lang);
    strings_fill(b,
                 is_state(promise, "closed") ? S_PROMISE_CLOSED
                 : is_state(promise, "open") ? S_PROMISE_OPEN
                                             : S_PROMISE_UNKNOWN,
                 lang, day.data, NULL);
    hf_buf_release(&day);
}

static void would_close(struct hf_buf *b, const json_t *promise, enum params_lang lang)
{
    const char *what = member_text(promise, "would_close");
    if (!*what || !is_state(promise, "open")) return;
    hf_buf_addc(b, ' ');
    strings_fill(b, S_PROMISE_WOULD_CLOSE, lang, what, NULL);
}

void render_promise_say(struct hf_buf *b, const json_t *promise, enum params_lang lang)
{
    const json_t *closers = json_object_get(promise, "closed_by");
    size_t i;
    json_t *c;
    state(b, promise, lang);
    json_array_foreach(closers, i, c)
    {
        hf_buf_adds(b, i ? "; " : " ");
        closer(b, c, lang);
    }
    if (json_array_size(closers)) hf_buf_addc(b, '.');
    deadline(b, promise, lang);
    would_close(b, promise, lang);
}

void render_promise_text(const struct text_style *style, const json_t *promise,
                         struct hf_buf *out)
{
    struct hf_buf b = HF_BUF_INIT;
    size_t i;
    json_t *sentence;
    if (!json_is_object(promise)) return;
    json_array_foreach(json_object_get(promise, "mandates"), i, sentence)
        hf_buf_addf(&b, "«%s» ", json_string_value(sentence));
    render_promise_say(&b, promise, style->lang);
    wrap_line(style, out, b.data, is_state(promise, "open") ? WRAP_BOLD : WRAP_DIM);
    hf_buf_release(&b);
}

void view_promise(json_t *view, const struct page *page, const json_t *promise)
{
    struct hf_buf text = HF_BUF_INIT;
    size_t i;
    json_t *c;
    json_object_set_new(view, "promise", json_null());
    if (!json_is_object(promise)) return;
    json_t *part = view_part(view, "promise");
    state(&text, promise, page->p->lang);
    view_text(part, "state", text.data);
    json_t *closers = view_list(part, "closers");
    json_array_foreach(json_object_get(promise, "closed_by"), i, c)
    {
        json_t *one = view_item(closers);
        hf_buf_clear(&text);
        closer(&text, c, page->p->lang);
        view_flag(one, "is_more", i > 0);
        view_link(one, page, member_text(c, "case"), text.data);
    }
    hf_buf_clear(&text);
    deadline(&text, promise, page->p->lang);
    would_close(&text, promise, page->p->lang);
    view_text(part, "rest", text.data);
    hf_buf_release(&text);
}
