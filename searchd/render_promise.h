/* What became of a promise (promise.h), in words: for a terminal and for a page. Nothing
 * for null. */
#ifndef HFSOK_RENDER_PROMISE_H
#define HFSOK_RENDER_PROMISE_H

#include "render_text.h"
#include "view.h"

/* «Ikke tatt opp i referatene til og med 7. desember 2023. …», appended to b. */
void render_promise_say(struct hf_buf *b, const json_t *promise, enum params_lang lang);

/* A paragraph with the sentences that promise, and what became of them. */
void render_promise_text(const struct text_style *style, const json_t *promise,
                         struct hf_buf *out);
/* The same for a page, as "promise", with links to the cases that take it up:
 * {{> promise}}. */
void view_promise(json_t *view, const struct page *page, const json_t *promise);

#endif
