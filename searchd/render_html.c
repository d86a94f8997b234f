#include "render_html.h"

#include <string.h>

#include "known.h"
#include "render_json.h"

enum { MAX_DEPTH = 10000, FORMS_SHOWN = 6 };

static long long number_of(const json_t *object, const char *name)
{
    return (long long)json_integer_value(json_object_get(object, name));
}

/* A count with narrow no-break blanks between thousands. */
static const char *put_number(char out[40], long long n)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", n < 0 ? 0 : n), w = 0;
    for (int i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0) {
            memcpy(out + w, "\u202f", 3);
            w += 3;
        }
        out[w++] = digits[i];
    }
    out[w] = 0;
    return out;
}

/* ---- above the list ---- */

static void tab(json_t *view, const struct page *page, const char *type)
{
    struct params q = *page->p;
    struct params_values *types = &q.facet[HF_FACET_TYPE];
    view_flag(view, "is_here",
              type ? types->n == 1 && strcmp(types->at[0], type) == 0 : types->n == 0);
    types->n = type ? 1 : 0;
    types->at[0] = (char *)type;
    view_question(view, "address", page, &q, 1);
}

static void tabs(json_t *view, const struct page *page, const json_t *answer)
{
    static const char *const order[] = {"decision", "case", "meeting", "attendee"};
    const json_t *totals = json_object_get(answer, "totals_by_type");
    json_t *list = view_list(view, "tabs"), *all = view_item(list);
    char n[40];
    tab(all, page, NULL);
    view_say(all, "label", page, S_ALL_TYPES, NULL);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        json_t *one = view_item(list);
        tab(one, page, order[i]);
        view_choice(one, "label", page, HF_FACET_TYPE, order[i]);
        view_text(one, "count", put_number(n, number_of(totals, order[i])));
    }
}

static void heading(struct hf_buf *b, const struct page *page, const json_t *answer)
{
    char n[40];
    bool is_one = number_of(answer, "total") == 1;
    put_number(n, number_of(answer, "total"));
    if (page->p->q)
        strings_fill(b, is_one ? S_ONE_HIT_FOR : S_HITS_FOR, page->p->lang, n, page->p->q,
                     NULL);
    else
        strings_fill(b, is_one ? S_ONE_HIT : S_HITS, page->p->lang, n, NULL);
}

/* The page of a question for which the API's address is given. */
static void page_of(json_t *view, const char *name, const char *address)
{
    static const char api[] = "/v1/search?";
    struct hf_buf url = HF_BUF_INIT;
    bool is_api = strncmp(address, api, sizeof api - 1) == 0;
    hf_buf_addf(&url, "%s%s", is_api ? "/sok?" : "",
                is_api ? address + sizeof api - 1 : address);
    view_address(view, name, url.data);
    hf_buf_release(&url);
}

static void interpreted(json_t *view, const struct page *page, const json_t *answer)
{
    json_t *list = view_list(view, "interpreted"), *item;
    size_t i;
    json_array_foreach(json_object_get(answer, "interpreted"), i, item)
    {
        const json_t *forms = json_object_get(item, "forms");
        size_t n = json_array_size(forms);
        struct hf_buf text = HF_BUF_INIT;
        json_t *one = view_item(list);
        for (size_t k = 0; k < n && k < FORMS_SHOWN; k++)
            hf_buf_addf(&text, "%s%s", k ? ", " : "",
                        json_string_value(json_array_get(forms, k)));
        if (n > FORMS_SHOWN) {
            char rest[24];
            snprintf(rest, sizeof rest, "%zu", n - FORMS_SHOWN);
            hf_buf_addc(&text, ' ');
            strings_fill(&text, S_AND_MORE, page->p->lang, rest, NULL);
        }
        view_text(one, "forms", n ? text.data : member_text(item, "as"));
        view_say(one, "read_as", page, S_READ_AS, member_text(item, "word"), NULL);
        page_of(one, "off", member_text(item, "off"));
        hf_buf_release(&text);
    }
}

/* A query as a link, with what it would find. */
static void offered(json_t *view, const struct page *page, const json_t *other)
{
    struct params q = *page->p;
    char n[40];
    long long total = number_of(other, "total");
    q.q = (char *)member_text(other, "query");
    view_text(view, "query", q.q);
    view_question(view, "address", page, &q, 1);
    view_say(view, "hits_said", page, total == 1 ? S_ONE_HIT : S_HITS,
             put_number(n, total), NULL);
}

static void offers(json_t *view, const struct page *page, const json_t *answer)
{
    const json_t *meant = json_object_get(answer, "did_you_mean");
    json_t *list = view_list(view, "alternatives"), *other;
    size_t i;
    if (*member_text(meant, "query"))
        offered(view_part(view, "did_you_mean"), page, meant);
    json_array_foreach(json_object_get(answer, "alternatives"), i, other)
        offered(view_item(list), page, other);
}

static void sorting(json_t *view, const struct page *page)
{
    static const enum string_id labels[] = {S_SORT_RELEVANCE, S_SORT_NEWEST,
                                            S_SORT_OLDEST};
    json_t *list = view_list(view, "sorting");
    for (int s = SORT_RELEVANCE; s <= SORT_OLDEST; s++) {
        struct params q = *page->p;
        json_t *one = view_item(list);
        q.sort = (enum params_sort)s;
        view_say(one, "label", page, labels[s], NULL);
        view_question(one, "address", page, &q, 1);
        view_flag(one, "is_here", page->p->sort == q.sort);
    }
}

/* ---- below the list ---- */

static void paging(json_t *view, const struct page *page, const json_t *answer)
{
    size_t size = page->p->size, here = page->p->offset / size + 1;
    size_t n_pages = (size_t)number_of(answer, "pages"), last = 0;
    json_t *list = view_list(view, "pages");
    if (n_pages > MAX_DEPTH / size) n_pages = MAX_DEPTH / size;
    if (n_pages < 2) return;
    if (here > 1) view_question(view, "previous", page, page->p, here - 1);
    if (here < n_pages) view_question(view, "next", page, page->p, here + 1);
    for (size_t n = 1; n <= n_pages; n++) {
        bool is_near = n + 2 >= here && n <= here + 2;
        if (n != 1 && n != n_pages && !is_near) continue;
        json_t *one = view_item(list);
        view_flag(one, "is_after_gap", last && n > last + 1);
        view_flag(one, "is_here", n == here);
        view_number(one, "number", (long long)n);
        view_question(one, "address", page, page->p, n);
        last = n;
    }
}

/* A sentence of the recall with its number, where that is not 0. */
static void say_count(json_t *view, const char *name, const struct page *page,
                      enum string_id id, long long n)
{
    char text[40];
    if (n) view_say(view, name, page, id, put_number(text, n), NULL);
}

static void recall(json_t *view, const struct page *page, const json_t *answer)
{
    const json_t *r = json_object_get(answer, "recall");
    char searched[40], covered[40], day[16];
    if (!json_is_object(r)) return;
    json_t *part = view_part(view, "recall");
    view_say(part, "searched", page, S_RECALL,
             put_number(searched, number_of(r, "meetings_searched")),
             put_number(covered, number_of(r, "helsefellesskap_covered")), NULL);
    say_count(part, "unread", page, S_RECALL_UNREAD,
              number_of(r, "meetings_without_text"));
    say_count(part, "repaired", page, S_RECALL_REPAIR,
              number_of(r, "hits_by_repair_only"));
    say_count(part, "unknown", page, S_RECALL_UNKNOWN, number_of(r, "promises_unknown"));
    snprintf(day, sizeof day, "%.10s",
             member_text(json_object_get(answer, "index"), "updated"));
    view_date(part, "updated", page, day);
}

static bool is_narrowed(const struct params *p)
{
    bool any = p->from || p->to || p->open || p->in.n;
    for (size_t f = 0; f < HF_N_FACETS; f++) any |= p->facet[f].n > 0;
    return any;
}

/* The same words without filters. */
static void widened(json_t *view, const struct page *page)
{
    struct params q = view_new_question(page);
    q.q = page->p->q;
    if (is_narrowed(page->p) && q.q) view_question(view, "widened", page, &q, 1);
}

void render_search_page(const struct page *page, const json_t *answer,
                        const json_t *timeline)
{
    struct hf_buf title = HF_BUF_INIT;
    size_t i;
    json_t *hit;
    heading(&title, page, answer);
    json_t *view = view_page(page, title.data), *hits = view_list(view, "hits");
    view_text(view, "heading", title.data);
    tabs(view, page, answer);
    view_chips(view, page, answer);
    offers(view, page, answer);
    interpreted(view, page, answer);
    sorting(view, page);
    view_number(view, "first_hit", (long long)page->p->offset + 1);
    json_array_foreach(json_object_get(answer, "hits"), i, hit)
        view_hit(view_item(hits), page, hit);
    paging(view, page, answer);
    view_export(view, "csv", page->p, "/v1/search", "format=csv");
    view_export(view, "json", page->p, "/v1/search", "format=json");
    view_export(view, "atom", page->p, "/v1/search", "format=atom");
    widened(view, page);
    recall(view, page, answer);
    view_facets(view, page, answer);
    view_picture(view, page, timeline);
    view_show(page, "search", view);
    hf_buf_release(&title);
}

/* ---- the front page ---- */

static void examples(json_t *view, const struct page *page)
{
    static const struct {
        const char *query, *type;
    } list[] = {{"LAR", "decision"},
                {"PLL", NULL},
                {"tittel:budsjett", NULL},
                {"\"barn og unge\"", NULL}};
    json_t *shown = view_list(view, "examples");
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct params q = view_new_question(page);
        json_t *one = view_item(shown);
        q.q = (char *)list[i].query;
        if (list[i].type)
            q.facet[HF_FACET_TYPE].at[q.facet[HF_FACET_TYPE].n++] = (char *)list[i].type;
        view_text(one, "query", q.q);
        view_question(one, "address", page, &q, 1);
    }
}

static void ways_in(json_t *ways, const struct page *page, enum hf_facet facet,
                    const json_t *answer)
{
    const json_t *values =
        json_object_get(json_object_get(answer, "facets"), hf_facets[facet].name);
    size_t i;
    json_t *value;
    if (!json_array_size(values)) return;
    json_t *one = view_item(ways);
    view_text(one, "legend", known_facet_label(facet, page->p->lang));
    json_t *list = view_list(one, "values");
    json_array_foreach((json_t *)values, i, value)
    {
        struct params q = view_new_question(page);
        json_t *way = view_item(list);
        q.facet[facet].at[q.facet[facet].n++] = (char *)member_text(value, "value");
        view_question(way, "address", page, &q, 1);
        view_copy(way, value, "label", NULL);
        view_number(way, "count", number_of(value, "count"));
    }
}

void render_front_page(const struct page *page, const json_t *answer)
{
    static const enum hf_facet facets[] = {HF_FACET_REGION, HF_FACET_GROUP,
                                           HF_FACET_YEAR};
    json_t *view = view_page(page, NULL), *ways = view_list(view, "ways");
    examples(view, page);
    for (size_t i = 0; i < 3; i++) ways_in(ways, page, facets[i], answer);
    recall(view, page, answer);
    view_show(page, "front", view);
}

/* ---- what went wrong ---- */

void render_problem_page(const struct page *page, const struct problem *problem)
{
    bool is_lost = problem->kind == PROBLEM_NOT_FOUND;
    json_t *view = view_page(page, problem_title(problem->kind, page->p->lang));
    view_text(view, "detail", problem->detail);
    view_say(view, "help", page, is_lost ? S_HELP_NOT_FOUND : S_HELP_QUERY, NULL);
    view_show(page, "problem", view);
}
