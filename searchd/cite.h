/* How a record is cited and linked to: "SSU Vestre Viken 3.2.2025, sak 14/2024, vedtak,
 * s. 2". */
#ifndef HF_CITE_H
#define HF_CITE_H

#include "span.h"

struct cite {         /* .at NULL: not known */
    struct span name; /* of a person */
    struct span body, where, date, number, id, url, source;
    int year, page;
    bool is_decision, is_person;
};

/* Each is appended. cite_source: false where there is none. */
void cite_text(const struct cite *c, struct hf_buf *out);
void cite_link(const struct cite *c, struct hf_buf *out);
bool cite_source(const struct cite *c, struct hf_buf *out);

#endif
