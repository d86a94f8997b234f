/* What to offer where a query finds nothing, or next to nothing: «did you mean», and the
 * query less one word.
 *
 * Only words of a clean dictionary are offered: of the lemma table, or seen in two
 * undamaged documents, or a name in one. A word that Norwegian knows, or that is made of
 * such words, is taken for what was meant.
 *
 *     struct suggestions list;
 *     suggest(session, plan, &list);
 *     for (size_t i = 0; i < list.n; i++) try(list.at[i].query);
 *     suggestions_release(&list);
 */
#ifndef HF_SUGGEST_H
#define HF_SUGGEST_H

#include "engine.h"

#define SUGGEST_MAX 4

struct suggestion {
    char *query;
    char *proof; /* another query that must find something too, or NULL */
};
struct suggestions {
    struct suggestion at[SUGGEST_MAX]; /* best first */
    size_t n;
};

/* The queries that may have been meant; none where no word looks wrong. has_hits: the
 * query finds something as it is, so only misspelt words are replaced, and none joined or
 * parted. */
void suggest(struct session *s, const struct plan *plan, bool has_hits,
             struct suggestions *out);

/* The query less one of its words, each in turn; none where it has one word only, or a
 * word that the index does not hold. */
void suggest_shorter(struct session *s, const struct plan *plan, char ***out, size_t *n);

/* True if a word (lower case) may be offered at all. */
bool suggest_is_clean(struct session *s, const char *word);

void suggestions_release(struct suggestions *s);

#endif
