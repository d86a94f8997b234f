/* A match → the hit of the answer: record, highlights, citation, links. */
#ifndef HF_HITS_H
#define HF_HITS_H

#include "compile.h"
#include "engine.h"
#include "search.h"

/* What the hits of one answer share. */
struct hit_maker {
    struct session *session;
    const struct marks *marks;
    const struct search_filter *filter;
    const struct params *params;
    bool is_mixed; /* attendees come as people */
};

HF_MUST_USE enum hf_status hit_make(struct hit_maker *m, const struct hf_match *match,
                                    json_t **out, struct hf_error *err);

/* The same as the API's JSON, appended. */
HF_MUST_USE enum hf_status hit_write(struct hit_maker *m, const struct hf_match *match,
                                     struct hf_buf *out, struct hf_error *err);

/* A person with all attendances: {"type":"person",…,"records":[…]}; those that pass
 * filter (NULL: all). HF_NOT_FOUND: nobody has that key. */
HF_MUST_USE enum hf_status hit_person(struct session *s, const char *key,
                                      const struct search_filter *filter, json_t **out,
                                      struct hf_error *err);

/* "SSU Vestre Viken 3.2.2025, sak 14/2024, vedtak, s. 2", and "link", "source_link". */
void hit_cite(json_t *hit);

#endif
