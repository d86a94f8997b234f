/* Names and values as they came (a URL's query, the options of a command line), on their
 * way into params.
 *
 *     struct pairs list = {0};
 *     pairs_parse(&list, "q=LAR&year=2023&year=2024", &err);
 *     pairs_apply(&list, PARAMS_SEARCH, &p, &err);
 *     pairs_release(&list);
 */
#ifndef HFSOK_PAIRS_H
#define HFSOK_PAIRS_H

#include "params.h"

enum { FEED_SIZE = 50 };

struct pair {
    char *name, *value;
};

struct pairs {
    struct pair *at;
    size_t n, cap;
    enum params_lang lang; /* of messages */
};

void pairs_release(struct pairs *list);

/* Copies both. */
void pairs_add(struct pairs *list, const char *name, const char *value);

/* The value of the first pair of that name that is not empty, or NULL. Borrowed. */
const char *pairs_get(const struct pairs *list, const char *name);

/* Appends what a query string holds (without the '?'), percent-decoded once, '+' as
 * blank. HF_BAD_ARGUMENT: more than 300 parameters, or an encoded NUL. */
HF_MUST_USE enum hf_status pairs_parse(struct pairs *list, const char *query,
                                       struct hf_error *err);

/* Sets p from all pairs and checks it: the language first, so that messages are in it. A
 * parameter that is not repeatable and stands twice is refused. An export without size or
 * page has every hit; a feed without them is FEED_SIZE long, what came last first. */
HF_MUST_USE enum hf_status pairs_apply(const struct pairs *list, enum params_scope scope,
                                       struct params *p, struct hf_error *err);

/* text percent-decoded, yours; NULL where it holds an encoded NUL. A '%' without two hex
 * digits stays. */
char *pairs_decode(const char *text, size_t len, bool plus_is_blank);

#endif
