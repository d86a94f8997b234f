/* What one document of minutes holds, and the JSON records that the rest of the product
 * knows.
 *
 * Words: sak = case, vedtak = decision, referat or protokoll = minutes (a meeting
 * record), forfall = absent, helsefellesskap = one of the 19 bodies of a hospital trust
 * and its municipalities, utvalg = body (SSU, FSU, LSU, PM ...).
 *
 * The reader fills a struct hf_minutes; hf_minutes_records turns it into the records of
 * the design (section 3), which are the only form that is printed, cached, indexed and
 * answered. All strings of a struct hf_minutes live in its arena and end with it. NULL
 * means "not there". Text is UTF-8 in NFC.
 *
 *     struct hf_minutes m;
 *     hf_minutes_init(&m);
 *     m.title = hf_arena_strdup(&m.arena, title, len);
 *     struct hf_case *c = hf_minutes_add_case(&m);
 *     struct hf_decision *d = hf_case_add_decision(&m, c);
 *     json_t *records = hf_minutes_records(&m);
 *     hf_minutes_release(&m);
 */
#ifndef HF_RECORD_H
#define HF_RECORD_H

#include <jansson.h>
#include <stdbool.h>

#include "status.h"

/* The version of the record form, in every record as "schema". History:
 * 1  first form.
 * 2  person keys by evidence, with the helsefellesskap; attendee: merged.
 * 3  names_read: in damaged text, which words were names of known people; meeting:
 *    approves; refs_detail: case, reason.
 * 4  meeting and each of its sources: version, version_printed, version_from;
 *    group_evidence: weak, priority; decision: mandates. */
#define HF_RECORD_SCHEMA 4

/* A meeting's `damage` above which its words get repaired readings beside them. */
#define HF_DAMAGE_GATE 0.5

/* The version of the reader: records cached by another version are read again. History:
 * 1  first form.
 * 2  promises in sentences and lists of tasks; rows torn by a line break.
 * 3  drafts and approved minutes; margins of pages; patient groups by more words;
 *    sentences of a decision that promise something.
 * 4  pages in two columns of text; watermarks; farm names; references over a page's end.
 */
#define HF_READER_VERSION 4

struct hf_arena_chunk;
struct hf_arena {
    struct hf_arena_chunk *chunks;
};

void *hf_arena_alloc(struct hf_arena *a, size_t n);
/* A copy of len bytes, NUL-terminated; NULL where text is NULL. */
char *hf_arena_strdup(struct hf_arena *a, const char *text, size_t len);
char *hf_arena_printf(struct hf_arena *a, const char *fmt, ...) HF_PRINTF(2, 3);
void hf_arena_release(struct hf_arena *a);

/* A list of strings or of small structs in the arena. */
struct hf_strings {
    const char **at;
    size_t n, cap;
};
void hf_strings_add(struct hf_strings *s, const char *text);

struct hf_ref { /* a reference to another case */
    const char *as_printed;
    const char *number;    /* N/YYYY, or N where no year is printed */
    const char *body;      /* SSU ..., or NULL */
    const char *direction; /* refers | follows | approves */
};

struct hf_mention { /* a person named in a case */
    const char *name;
    const char *function; /* presenter | prevented | responsible | mentioned */
};

struct hf_group {      /* evidence for a patient group */
    const char *group; /* barn_og_unge ... */
    const char *text;  /* the sentence */
    const char *rule;  /* the rule's name in stopwords/ */
    double strength;   /* 0..1 */
    bool is_weak;      /* kept, but the case is not tagged with the group */
    int priority; /* 1 if helsefellesskap were to put the group first in that year, 0 if
                     not yet, -1 unknown */
};

struct hf_decision {
    const char *label; /* as printed without colon; NULL where none is printed */
    const char *text;
    const char *outcome; /* vedtatt godkjent orientering enighet oversendt utsatt avvist
                            oppfolging */
    bool implicit;       /* no label printed */
    bool probable;       /* certainty: probable instead of clear */
    const char *votes;
    struct hf_strings items;
    struct hf_strings mandates; /* sentences that promise something */
    int page, line;
};

struct hf_case {
    const char *number;            /* as printed */
    const char *number_normalised; /* N/YYYY, or N */
    const char *title, *kind, *text, *responsible, *deadline, *deadline_date;
    struct hf_ref *refs;
    size_t n_refs, cap_refs;
    struct hf_mention *people;
    size_t n_people, cap_people;
    struct hf_group *groups;
    size_t n_groups, cap_groups;
    struct hf_decision *decisions;
    size_t n_decisions, cap_decisions;
    struct hf_strings attachments;
    int page, line;
};

struct hf_attendee {
    const char *name; /* in reading order "Given Family" */
    const char *name_printed;
    const char *role, *organisation, *side, *deputy_for;
    const char *presence; /* present absent secretariat observer member */
    int page, line;
};

struct hf_approved {  /* minutes of an earlier meeting of the body, approved here */
    const char *date; /* YYYY-MM-DD; the year by the meeting's where none is printed */
    const char *as_printed;
    const char *case_number; /* of the case that does it, or NULL */
};

struct hf_minutes {
    struct hf_arena arena;
    const char *source, *source_sha256, *url, *media_type, *text_layer;
    int n_pages;      /* 0 = unpaged: records carry "page": null */
    const char *kind; /* minutes report notice */
    const char *title, *helsefellesskap, *helsefellesskap_name, *health_region;
    const char *body, *body_name;
    const char *body_suffix; /* what tells it from others of its kind: "nedre Telemark";
                                or NULL */
    const char *date, *date_printed, *date_note, *time, *place, *chair, *minutes_by;
    int year;            /* 0 = unknown */
    const char *version; /* draft | approved; NULL where the document does not say */
    const char *version_printed, *version_from; /* title head foot margin file_name */
    const char *language;                       /* nb nn mixed */
    double damage;                              /* 0 clean .. 1 */
    const char *text; /* the whole text, only where no case was found */
    struct hf_case *cases;
    size_t n_cases, cap_cases;
    struct hf_attendee *attendees;
    size_t n_attendees, cap_attendees;
    struct hf_approved *approved;
    size_t n_approved, cap_approved;
    struct hf_strings warnings;
};

/* Whether a decision (NULL: the case itself) promises something that a later meeting
 * should take up: by its own mandates; by the case's deadline where no decision of the
 * case has any. A case promises what its decisions do, or by its deadline where there are
 * none. All are records as JSON; decisions are those of the case. */
bool hf_record_promises(const json_t *of_case, const json_t *decisions,
                        const json_t *decision);

void hf_minutes_init(struct hf_minutes *m);
void hf_minutes_release(struct hf_minutes *m);

/* Append one zeroed element; the pointer is valid until the next append to the same list.
 */
struct hf_case *hf_minutes_add_case(struct hf_minutes *m);
struct hf_attendee *hf_minutes_add_attendee(struct hf_minutes *m);
struct hf_approved *hf_minutes_add_approved(struct hf_minutes *m);
struct hf_decision *hf_case_add_decision(struct hf_case *c);
struct hf_ref *hf_case_add_ref(struct hf_case *c);
struct hf_mention *hf_case_add_person(struct hf_case *c);
struct hf_group *hf_case_add_group(struct hf_case *c);

/* The records of one document as a new JSON array: the meeting first, then each case
 * followed by its decisions, then the attendees. Every record has its id (design, section
 * 3), made from the document alone. Yours; json_decref it. */
json_t *hf_minutes_records(const struct hf_minutes *m);

#endif
