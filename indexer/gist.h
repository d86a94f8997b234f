/* What collating must know of a document, in a form that is read at once.
 *
 * Even in brief (brief.h) the records of ten thousand unchanged documents take longer to
 * parse than all else that a run does. The gist of a document is a few strings in a row:
 * what tells whether it is another one again, its cases and references, its people.
 *
 *     struct hf_buf b = HF_BUF_INIT;
 *     gist_pack(records, &b);             // of all records or of the brief ones: the
 * same struct gist g; if (gist_open(&g, b.data, b.len)) collate_add_gist(c, &g, path);
 *     gist_release(&g);
 */
#ifndef HF_GIST_H
#define HF_GIST_H

#include <jansson.h>
#include <stdbool.h>

#include "../shim/buf.h"

struct gist_case {
    const char *id, *number;
    const char *key; /* the number, or the title folded */
};
struct gist_person { /* one attendee, in the records' order */
    const char *name, *org, *side;
    bool is_there;
};
struct gist_ref {     /* one reference, in the records' order */
    const char *self; /* id of the record that it stands in */
    const char *number, *body, *as_printed;
};
struct gist {
    const char *id, *sha256, *layer; /* of the meeting */
    const char *hf;                  /* NULL: not known */
    double damage;
    size_t n_records, n_meetings, n_decisions;
    json_t *source; /* the entry of sources[], or NULL */
    struct gist_case *cases;
    struct gist_person *people;
    struct gist_ref *refs;
    size_t n_cases, n_people, n_refs;
};

/* Appends the gist of one document's records. */
void gist_pack(const json_t *records, struct hf_buf *out);

/* False where the bytes are none. Borrows them; gist_release it either way. */
bool gist_open(struct gist *g, const char *bytes, size_t len);
void gist_release(struct gist *g);

#endif
