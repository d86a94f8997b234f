/* Between minutes_list.c (how a list is cut up) and minutes_said.c (what is said of a
 * person). */
#ifndef HF_MINUTES_LIST_H
#define HF_MINUTES_LIST_H

#include "minutes_fields.h"
#include "minutes_roster.h"

struct group { /* what the heading of a group says of its people */
    const char *role, *organisation, *side;
};

struct list {
    const struct name_ctx *x;
    const struct text_doc *doc;
    const struct field *field;
    struct roster *roster;
    const char *presence;
    const char *note; /* chair, minutes_by, deputy */
    struct group group;
    size_t person;       /* index of the person spoken of, SIZE_MAX = none */
    size_t deputy_of;    /* 1 + index of the absent person whose deputy comes next; 0 */
    const char *pending; /* said before the name */
    size_t pending_len;
    const char *last; /* the segment before, and whether it held a name */
    size_t last_len;
    bool last_named;
    bool roles_first;                /* "kommunalsjef Ola Haug, rådgiver Kari Nordby" */
    bool is_by;                      /* "X v/ Navn" stood in the line */
    bool heads_first;                /* the list begins with the heading of a group */
    bool line_has_person, bare_line; /* bare: the line above was one name and no more */
    size_t at;                       /* offset in the field's text, for page and line */
    size_t first;                    /* the list's first person */
    size_t unnamed_from; /* the first person of the group that has no organisation yet */
};

/* text without blanks, list glyphs and closing marks at its ends. */
const char *list_trim(const char *text, size_t *len);

/* True if text begins with this word (damage forgiven) and a letter does not go on. */
bool list_starts_with(const char *text, size_t len, const char *word);

/* "vara for X", "for X", "stiller for X": how many bytes the words before X take; 0 if
 * none. */
size_t list_deputy_prefix(const char *text, size_t len);

/* Says for whom a person stands in: text is what follows the words of list_deputy_prefix.
 */
void list_add_deputy(struct list *l, size_t index, const char *text, size_t len);

/* "ingen vara", "vara møtte ikke": nobody came instead. */
bool list_says_no_deputy(const char *text, size_t len);

/* Says something of a person: role, organisation, presence, office, whom it stands in
 * for. */
void list_add_attr(struct list *l, size_t index, const char *text, size_t len);

/* "Nordby, Kari Anne" at the start of a line or cell: a family name, then given names
 * only. The bytes it takes, 0 if it is not so; the name in reading order is appended to
 * out. */
size_t list_family_name_first(const struct name_ctx *x, const char *text, size_t len,
                              struct hf_buf *out);

/* "Anne Moe Snåase/Snåsa": a place in two languages, behind the name. Where the blank
 * before it stands; 0 if it is none. */
size_t list_place_pair(const struct list *l, const char *text, size_t len, size_t slash);

/* A box before the name says whether the person came: ☒ [x] or ☐ [ ]. The bytes it takes.
 */
size_t list_tick_box(const char *text, size_t len, bool *is_ticked);

/* "KN = " before a name: its bytes, 0 if it is not there. */
size_t list_legend(const char *text, size_t len);

/* "KN" of "Kari Nordby". */
bool list_is_initials(const char *name, const char *text, size_t len);

#endif
