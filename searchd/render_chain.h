/* One matter through the meetings, from the answer of /v1/cases/{id}/chain: for a
 * terminal, and as a part of a case's page. Rules as in render_text.h and html.h. */
#ifndef HFSOK_RENDER_CHAIN_H
#define HFSOK_RENDER_CHAIN_H

#include "render_text.h"

void render_text_chain(const struct text_style *style, const json_t *answer,
                       struct hf_buf *out);

/* ---- sentences of both forms, appended to b ---- */

/* «viser til «FSU-sak 18/23»: FSU 19. oktober 2023, sak 18/2023». False and nothing
 * appended where the other case is no step. */
bool render_chain_link(struct hf_buf *b, const json_t *answer, const json_t *link,
                       enum params_lang lang);
/* What is missing, of one of the answer's breaks. */
void render_chain_break(struct hf_buf *b, const json_t *one, enum params_lang lang);
/* The day and the body of a step. */
void render_chain_when(struct hf_buf *b, const json_t *step, enum params_lang lang);

#endif
