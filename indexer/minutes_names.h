/* Is this the name of a person, a role or an organisation? Judged by form (capitalised
 * words, double names, initials, particles) against the words that no name has, with
 * given names as evidence.
 *
 *     struct name_part p;
 *     if (name_split(&ctx, seg, len, true, &p)) use(seg + p.start, p.end - p.start);
 */
#ifndef HF_MINUTES_NAMES_H
#define HF_MINUTES_NAMES_H

#include "minutes_cues.h"

struct word_cache; /* what words were found to be, for one document */

struct name_ctx {
    const struct minutes_cues *cues;
    const struct cue_table *words;
    bool is_damaged; /* letters were lost: damaged spellings of roles and places count */
    struct word_cache *cache; /* NULL: none is kept */
};

void name_ctx_init(struct name_ctx *x, const struct minutes_cues *cues, bool is_damaged);
void name_ctx_release(struct name_ctx *x);

enum word_class {
    WORD_NONE,
    WORD_NAME,
    WORD_PARTICLE,
    WORD_INITIAL,
    WORD_LOWER,
    WORD_ROLE,
    WORD_ORG,
    WORD_FIRST, /* begins the name of an organisation or place, never of a person */
    WORD_MISC,
    WORD_OTHER
};

struct word {
    size_t start, end;
    enum word_class kind;
    const char *side; /* kommune, helseforetak …, or "" */
    bool is_given, is_capital, is_place, is_caps;
    bool is_ending; /* known by its ending alone: "Strætkvern" may still be a family name
                     */
};

/* The word at or after `from`; false at the end. Several words that are one name of the
 * registry (Vestre Viken, Helse Fonna) come as one WORD_ORG. */
bool word_next(const struct name_ctx *x, const char *text, size_t len, size_t from,
               struct word *out);

struct name_part {
    size_t start, end; /* the name; before it and after it stand attributes */
    bool is_given;     /* begins with a known given name */
};

/* Finds a person's name in one segment (between separators). `expected`: a name is likely
 * here, so its form alone is enough. */
bool name_split(const struct name_ctx *x, const char *seg, size_t len, bool expected,
                struct name_part *out);

/* A name at the very start of text, of two words or more. */
bool name_starts(const struct name_ctx *x, const char *text, size_t len,
                 struct name_part *out);

/* "rådgiver Ximena Duarte": a name to the end of the segment, of whatever words, after a
 * role. For where the segment must name somebody. */
bool name_after_role(const struct name_ctx *x, const char *seg, size_t len,
                     struct name_part *out);

enum attr_kind { ATTR_NONE, ATTR_ROLE, ATTR_ORG, ATTR_UNIT, ATTR_MANNER };

/* What a segment without a name says of the person before it; *side gets kommune … or
 * NULL. */
enum attr_kind attr_classify(const struct name_ctx *x, const char *seg, size_t len,
                             const char **side);

/* The name without titles and damage at its ends, in title case if it was set in
 * capitals. */
char *name_clean(struct hf_arena *a, const char *name, size_t len);

#endif
