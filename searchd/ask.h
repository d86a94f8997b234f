/* One request being answered: what the handlers of routes.c and pages.c share. */
#ifndef HFSOK_ASK_H
#define HFSOK_ASK_H

#include "routes.h"

struct ask {
    struct server *server;
    const struct request *req;
    const struct route *route;
    const char *path; /* decoded */
    const char *rest; /* of the path, what stands for {…} in the route's pattern: an id */
    struct pairs query;
    struct params p;
    bool lang_given;
    struct limit_left left; /* of what the client may ask, where there is a limit */
    struct reply *r;
};

typedef void (*handler)(struct ask *a);

struct route {
    const char *pattern;     /* "/v1/records/{id}", "/v1/cases/{id}/chain" */
    size_t fixed_len;        /* bytes before '{'; the whole where there is none */
    enum params_scope scope; /* 0: takes no parameters, ignores them */
    bool is_page;
    handler answer;
};

/* The forms other than JSON that a route has: MEDIA bits (media.h). */
unsigned route_forms(const struct route *route);

/* A failure of this request. */
void ask_fail(struct ask *a, enum problem_kind kind, const char *detail);
void ask_failed(struct ask *a, const struct hf_error *err,
                enum problem_kind if_bad_argument);

/* The calling thread's session; NULL: the reply is made. */
struct session *ask_session(struct ask *a);

/* The answer to the question, asked again once where the index changed underneath; NULL
 * and *err. */
typedef enum hf_status (*question)(struct session *s, const struct params *p,
                                   json_t **out, struct hf_error *err);
json_t *ask_question(struct ask *a, question ask, struct hf_error *err);
/* The same about what the path names: an id, a key. */
typedef enum hf_status (*subject)(struct session *s, const char *id,
                                  const struct params *p, json_t **out,
                                  struct hf_error *err);
json_t *ask_about(struct ask *a, subject ask, struct hf_error *err);

/* Where readers find this server, "https://sok.example.org": what the operator says, else
 * the host that was asked for; "" where neither is known. */
void ask_base(const struct ask *a, struct hf_buf *out);

/* Sets ETag, Cache-Control and Vary. True: the reader has it already, the reply (304) is
 * made. */
bool ask_cached(struct ask *a);

/* A document as the body. */
void ask_reply(struct ask *a, const json_t *doc);

/* What a client may still ask (limit_ask.c): the cost of a route (NULL: none such) in
 * points; takes them, or makes the reply (429) and returns false; tells what is left. */
enum { LIMIT_EXPORT = 20 }; /* what all hits cost more than their question */
unsigned limit_cost(const struct route *route);
bool limit_lets(struct ask *a, unsigned cost);
void limit_tell(struct ask *a);

/* The API (api.c). */
void api_search(struct ask *a);
void api_facets(struct ask *a);
void api_explain(struct ask *a);
void api_record(struct ask *a);
void api_timeline(struct ask *a);
void api_compare(struct ask *a);
void api_people(struct ask *a);
void api_chain(struct ask *a);
void api_similar(struct ask *a);
void api_suggest(struct ask *a);
void api_coverage(struct ask *a);

/* The route table. */
const struct route *route_table(size_t *n);

/* For machines (machines.c). */
void machine_health(struct ask *a);
void machine_ready(struct ask *a);
void machine_metrics(struct ask *a);
void machine_robots(struct ask *a);
void machine_no_icon(struct ask *a);
void machine_openapi(struct ask *a);
void machine_opensearch(struct ask *a);

/* The pages (pages.c). */
void page_front(struct ask *a);
void page_search(struct ask *a);
void page_record(struct ask *a);
void page_person(struct ask *a);
void page_coverage(struct ask *a);
void page_asset(struct ask *a);
void page_demo(struct ask *a);
void page_problem(const struct server *s, const struct request *req,
                  const struct problem *problem, struct reply *r);

#endif
