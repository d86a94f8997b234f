/* The records of one document as a family: the case that a decision belongs to, the
 * decisions of a case, and how much of a case's text each decision may carry.
 *
 * A decision is also found by its case's text, so the work for a document is the sum over
 * its decisions of their cases' sizes. In minutes that is a few hundred kilobytes; a file
 * made to hurt has thousands of decisions in one case of megabytes. Past
 * KIN_MAX_INHERITED all decisions carry the same short beginning, and nothing of the
 * case's lists.
 *
 *     struct kin kin;
 *     kin_init(&kin, records);
 *     const json_t *c = kin_case(&kin, "hf/SSU/2024-03-14/12-2024");
 *     kin_release(&kin);
 */
#ifndef HF_KIN_H
#define HF_KIN_H

#include <jansson.h>
#include <stdbool.h>

#include "../shim/map.h"

#define KIN_MAX_INHERITED ((size_t)8 << 20)

struct kin {
    struct hf_map cases; /* id → case */
    json_t *by_case;     /* id → its decisions in their order */
    bool is_bounded;     /* the decisions carry only a share */
    size_t share;        /* bytes of the case's text for each decision */
};

/* Borrows records, which must outlive it. */
void kin_init(struct kin *k, const json_t *records);
void kin_release(struct kin *k);

/* Borrowed; NULL: there is none. */
const json_t *kin_case(const struct kin *k, const char *id);
const json_t *kin_decisions(const struct kin *k, const char *case_id);

#endif
