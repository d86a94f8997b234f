/* The pages, from the same answers that the API gives.
 *
 *     struct page page = {&params, false, false, "/sok", &body, templates};
 *     render_search_page(&page, answer);
 */
#ifndef HFSOK_RENDER_HTML_H
#define HFSOK_RENDER_HTML_H

#include "problem.h"
#include "view.h"

/* The front page: a search field, what is held, and where to begin. answer: a search
 * without a question, for its counts; NULL where there is none. */
void render_front_page(const struct page *page, const json_t *answer);

/* Results, facets, chips, paging (design, section 8: an answer of /v1/search); timeline:
 * the same question's answer of /v1/timeline, or NULL. */
void render_search_page(const struct page *page, const json_t *answer,
                        const json_t *timeline);

/* One record with its case, meeting, decisions, people and provenance
 * (/v1/records/{id}). */
void render_record_page(const struct page *page, const json_t *answer);

/* A person: roles over time, cases, meetings (/v1/people/{key}). */
void render_person_page(const struct page *page, const json_t *answer);

/* What is held of each helsefellesskap and year, and what is missing (/v1/coverage). */
void render_coverage_page(const struct page *page, const json_t *answer);

/* The page for something that went wrong. */
void render_problem_page(const struct page *page, const struct problem *problem);

/* Parts of the search page: one hit of its list (render_hit.c), the facets with the
 * period, the chips of what is chosen (render_facets.c). */
void view_hit(json_t *view, const struct page *page, const json_t *hit);
void view_facets(json_t *view, const struct page *page, const json_t *answer);
void view_chips(json_t *view, const struct page *page, const json_t *answer);
/* Hits over the years and regions as pictures (/v1/timeline, {{> picture}}); nothing
 * where there are no hits. */
void view_picture(json_t *view, const struct page *page, const json_t *answer);

/* Parts of a record's page: a decision with its outcome and what became of it
 * ({{> ruling}}); what hangs together with a case, and what is like it
 * (render_chain_html.c, {{> chain}} and {{> similar}}). */
void view_ruling(json_t *view, const struct page *page, const json_t *decision,
                 const char *lang);
void view_chain(json_t *view, const struct page *page, const json_t *chain);
void view_similar(json_t *view, const struct page *page, const json_t *similar);

#endif
