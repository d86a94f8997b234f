/* Between the parts of collate_people; nobody else includes it. */
#ifndef HF_COLLATE_PEOPLE_INTERNAL_H
#define HF_COLLATE_PEOPLE_INTERNAL_H

#include <stdint.h>

#include "../shim/map.h"
#include "../shim/record.h"
#include "collate_people.h"
#include "person_name.h"

#define NO_NODE SIZE_MAX

struct seen { /* one attendee of one document */
    size_t doc, node;
    const char *hf, *name, *org, *side, *group; /* group: see split() */
    bool is_there, is_damaged, is_left_out;
};

struct node { /* one spelling in one helsefellesskap */
    const char *hf, *name, *group;
    size_t first, n;               /* its places in by_node */
    size_t n_clean;                /* in undamaged documents */
    size_t root;                   /* of its person; a root is its own */
    size_t next;                   /* the next of the same person, NO_NODE = none */
    enum person_evidence evidence; /* by which it was joined */
    struct person_name words;
    struct person_org org; /* of all its attendances */
    const char *key;       /* of roots, at the end */
    size_t best;           /* of roots: the node whose spelling counts */
};

struct link {
    size_t a, b;
    enum person_evidence evidence;
};

struct people {
    struct hf_arena arena;
    struct hf_map strings;
    struct seen *seen;
    size_t n_seen, cap_seen;
    struct seen **by_node;
    struct node *nodes;
    size_t n_nodes, cap_nodes;
    struct link *links;
    size_t n_links, cap_links;
    size_t *doc_from;    /* by document: its first attendee */
    struct hf_map known; /* people_known */
    size_t n_docs, cap_docs;
};

/* Two attendees of one name are from different organisations, or sit there for different
 * sides. */
bool people_are_apart(const struct seen *a, const struct seen *b);

/* How many of a spelling's words are initials. */
size_t people_initials(const struct node *n);

/* collate_people_join.c: joins the nodes that are one person. */
void people_join(struct people *p);

#endif
