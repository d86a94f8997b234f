/* The nearest right word to a wrong one, for messages that help: edit distance with
 * transpositions.
 *
 *     nearest_init(&n, "regoin");
 *     for each right name: nearest_offer(&n, name);
 *     if (n.best) suggest(n.best);
 */
#ifndef HFSOK_NEAREST_H
#define HFSOK_NEAREST_H

#include <stddef.h>

struct nearest {
    const char *best; /* borrowed from the offer, NULL where nothing is near */
    size_t distance;
    char word[64]; /* what was written, folded */
};

void nearest_init(struct nearest *n, const char *word);
void nearest_offer(struct nearest *n, const char *name);

#endif
