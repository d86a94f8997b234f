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
static void put_number(char out[40], long long n)
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
}

static void form(const struct page *page)
{
    struct hf_buf *b = page->out;
    hf_buf_adds(b, "<form id=\"sok\" class=\"box\" role=\"search\" method=\"get\" "
                   "action=\"/sok\"><label for=\"q\">");
    html_say(page, S_SEARCH_LABEL, NULL);
    hf_buf_adds(b,
                "</label><div class=\"row\"><input type=\"search\" id=\"q\" name=\"q\" "
                "autocomplete=\"off\" spellcheck=\"false\" maxlength=\"500\"");
    if (page->p->q) html_attr(b, "value", page->p->q);
    hf_buf_adds(b, "><button type=\"submit\">");
    html_say(page, S_SEARCH, NULL);
    hf_buf_adds(b, "</button></div></form>\n");
}

static void tab(const struct page *page, const char *type, const char *label,
                long long count)
{
    struct hf_buf *b = page->out, url = HF_BUF_INIT;
    struct params q = *page->p;
    char n[40];
    bool here = type ? q.facet[HF_FACET_TYPE].n == 1 &&
                           strcmp(q.facet[HF_FACET_TYPE].at[0], type) == 0
                     : q.facet[HF_FACET_TYPE].n == 0;
    q.facet[HF_FACET_TYPE].n = type ? 1 : 0;
    q.facet[HF_FACET_TYPE].at[0] = (char *)type;
    html_search_url(page, &q, 1, &url);
    hf_buf_adds(b, "<li><a");
    html_attr(b, "href", url.data);
    if (here) hf_buf_adds(b, " aria-current=\"page\"");
    hf_buf_addc(b, '>');
    html_text(b, label);
    if (count >= 0) {
        put_number(n, count);
        hf_buf_adds(b, " <span class=\"count\">");
        html_text(b, n);
        hf_buf_adds(b, "</span>");
    }
    hf_buf_adds(b, "</a></li>\n");
    hf_buf_release(&url);
}

static void tabs(const struct page *page, const json_t *answer)
{
    static const char *const order[] = {"decision", "case", "meeting", "attendee"};
    const json_t *totals = json_object_get(answer, "totals_by_type");
    hf_buf_adds(page->out, "<nav class=\"tabs\"");
    html_attr(page->out, "aria-label", strings_get(S_TABS, page->p->lang));
    hf_buf_adds(page->out, "><ul>\n");
    tab(page, NULL, strings_get(S_ALL_TYPES, page->p->lang), -1);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const struct hf_choice *c = known_find(HF_FACET_TYPE, order[i]);
        if (c) tab(page, c->id, known_label(c, page->p->lang), number_of(totals, c->id));
    }
    hf_buf_adds(page->out, "</ul></nav>\n");
}

/* ---- above the list ---- */

static void heading(const struct page *page, const json_t *answer)
{
    char n[40];
    long long total = number_of(answer, "total");
    put_number(n, total);
    hf_buf_adds(page->out, "<h1 id=\"treff\">");
    if (page->p->q)
        html_say(page, total == 1 ? S_ONE_HIT_FOR : S_HITS_FOR, n, page->p->q, NULL);
    else
        html_say(page, total == 1 ? S_ONE_HIT : S_HITS, n, NULL);
    hf_buf_adds(page->out, "</h1>\n");
}

/* The address at which the API answers, as that of the page. */
static void page_address(struct hf_buf *b, const char *address)
{
    static const char api[] = "/v1/search?";
    bool is_api = strncmp(address, api, sizeof api - 1) == 0;
    hf_buf_adds(b, is_api ? "/sok?" : address);
    if (is_api) hf_buf_adds(b, address + sizeof api - 1);
}

static void forms(const struct page *page, const json_t *list)
{
    size_t i, n = json_array_size(list);
    for (i = 0; i < n && i < FORMS_SHOWN; i++) {
        if (i) hf_buf_adds(page->out, ", ");
        html_text(page->out, json_string_value(json_array_get(list, i)));
    }
    if (n > FORMS_SHOWN) {
        char rest[24];
        snprintf(rest, sizeof rest, "%zu", n - FORMS_SHOWN);
        hf_buf_addc(page->out, ' ');
        html_say(page, S_AND_MORE, rest, NULL);
    }
}

static void interpreted(const struct page *page, const json_t *answer)
{
    struct hf_buf *b = page->out;
    const json_t *list = json_object_get(answer, "interpreted");
    size_t i;
    json_t *item;
    if (!json_array_size(list)) return;
    hf_buf_adds(b, "<div class=\"note\" role=\"note\"><h2>");
    html_say(page, S_INTERPRETED, NULL);
    hf_buf_adds(b, "</h2>\n<ul>\n");
    json_array_foreach(list, i, item)
    {
        struct hf_buf off = HF_BUF_INIT;
        hf_buf_adds(b, "<li>");
        html_say(page, S_READ_AS, member_text(item, "word"), NULL);
        hf_buf_addc(b, ' ');
        forms(page, json_object_get(item, "forms"));
        if (!json_array_size(json_object_get(item, "forms")))
            html_text(b, member_text(item, "as"));
        page_address(&off, member_text(item, "off"));
        hf_buf_adds(b, ". ");
        if (off.len && html_link(b, off.data)) {
            html_say(page, S_WORD_ONLY, NULL);
            hf_buf_adds(b, "</a>");
        }
        hf_buf_adds(b, "</li>\n");
        hf_buf_release(&off);
    }
    hf_buf_adds(b, "</ul></div>\n");
}

/* A query as a link, with what it would find. */
static void offered(const struct page *page, const json_t *other)
{
    const char *query = member_text(other, "query");
    struct hf_buf *b = page->out, url = HF_BUF_INIT;
    struct params q = *page->p;
    char n[40];
    q.q = (char *)query;
    html_search_url(page, &q, 1, &url);
    put_number(n, number_of(other, "total"));
    hf_buf_adds(b, " <a");
    html_attr(b, "href", url.data);
    hf_buf_addc(b, '>');
    html_text(b, query);
    hf_buf_adds(b, "</a> <span class=\"count\">");
    html_say(page, number_of(other, "total") == 1 ? S_ONE_HIT : S_HITS, n, NULL);
    hf_buf_adds(b, "</span>");
    hf_buf_release(&url);
}

static void did_you_mean(const struct page *page, const json_t *answer)
{
    const json_t *other = json_object_get(answer, "did_you_mean");
    if (!*member_text(other, "query")) return;
    hf_buf_adds(page->out, "<p class=\"meant\">");
    html_say(page, S_DID_YOU_MEAN, NULL);
    offered(page, other);
    hf_buf_adds(page->out, "</p>\n");
}

static void alternatives(const struct page *page, const json_t *answer)
{
    const json_t *list = json_object_get(answer, "alternatives");
    size_t i;
    json_t *other;
    if (!json_array_size(list)) return;
    hf_buf_adds(page->out, "<p class=\"meant\">");
    html_say(page, S_ALTERNATIVES, NULL);
    hf_buf_adds(page->out, ":</p>\n<ul>");
    json_array_foreach(list, i, other)
    {
        hf_buf_adds(page->out, "<li>");
        offered(page, other);
        hf_buf_adds(page->out, "</li>");
    }
    hf_buf_adds(page->out, "</ul>\n");
}

static void sorting(const struct page *page)
{
    static const enum string_id labels[] = {S_SORT_RELEVANCE, S_SORT_NEWEST,
                                            S_SORT_OLDEST};
    struct hf_buf *b = page->out;
    hf_buf_adds(b, "<nav class=\"sort\"");
    html_attr(b, "aria-label", strings_get(S_SORT, page->p->lang));
    hf_buf_adds(b, "><span aria-hidden=\"true\">");
    html_say(page, S_SORT, NULL);
    hf_buf_adds(b, ":</span><ul>\n");
    for (int s = SORT_RELEVANCE; s <= SORT_OLDEST; s++) {
        struct hf_buf url = HF_BUF_INIT;
        struct params q = *page->p;
        q.sort = (enum params_sort)s;
        html_search_url(page, &q, 1, &url);
        hf_buf_adds(b, "<li><a");
        html_attr(b, "href", url.data);
        if (page->p->sort == q.sort) hf_buf_adds(b, " aria-current=\"true\"");
        hf_buf_addc(b, '>');
        html_say(page, labels[s], NULL);
        hf_buf_adds(b, "</a></li>\n");
        hf_buf_release(&url);
    }
    hf_buf_adds(b, "</ul></nav>\n");
}

/* ---- below the list ---- */

static void page_link(const struct page *page, size_t n, const char *label,
                      const char *rel)
{
    struct hf_buf url = HF_BUF_INIT;
    html_search_url(page, page->p, n, &url);
    hf_buf_adds(page->out, "<li><a");
    html_attr(page->out, "href", url.data);
    if (rel) html_attr(page->out, "rel", rel);
    hf_buf_addc(page->out, '>');
    if (!rel) {
        hf_buf_adds(page->out, "<span class=\"vh\">");
        html_say(page, S_PAGE, NULL);
        hf_buf_adds(page->out, " </span>");
    }
    html_text(page->out, label);
    hf_buf_adds(page->out, "</a></li>\n");
    hf_buf_release(&url);
}

static void paging(const struct page *page, const json_t *answer)
{
    struct hf_buf *b = page->out;
    size_t size = page->p->size, here = page->p->offset / size + 1;
    size_t pages = (size_t)number_of(answer, "pages"), last_seen = 0;
    if (pages > MAX_DEPTH / size) pages = MAX_DEPTH / size;
    if (pages < 2) return;
    hf_buf_adds(b, "<nav class=\"pages\"");
    html_attr(b, "aria-label", strings_get(S_PAGES, page->p->lang));
    hf_buf_adds(b, "><ul>\n");
    if (here > 1)
        page_link(page, here - 1, strings_get(S_PREVIOUS, page->p->lang), "prev");
    for (size_t n = 1; n <= pages; n++) {
        bool near = n + 2 >= here && n <= here + 2;
        if (n != 1 && n != pages && !near) continue;
        if (last_seen && n > last_seen + 1)
            hf_buf_adds(b, "<li class=\"gap\" aria-hidden=\"true\">…</li>\n");
        last_seen = n;
        char text[24];
        snprintf(text, sizeof text, "%zu", n);
        if (n == here)
            hf_buf_addf(b, "<li><span aria-current=\"page\">%zu</span></li>\n", n);
        else
            page_link(page, n, text, NULL);
    }
    if (here < pages)
        page_link(page, here + 1, strings_get(S_NEXT, page->p->lang), "next");
    hf_buf_adds(b, "</ul></nav>\n");
}

static void recall(const struct page *page, const json_t *answer)
{
    const json_t *r = json_object_get(answer, "recall"),
                 *index = json_object_get(answer, "index");
    struct hf_buf *b = page->out;
    char searched[40], covered[40], n[40];
    if (!json_is_object(r)) return;
    put_number(searched, number_of(r, "meetings_searched"));
    put_number(covered, number_of(r, "helsefellesskap_covered"));
    hf_buf_adds(b, "<p class=\"recall\">");
    html_say(page, S_RECALL, searched, covered, NULL);
    if (number_of(r, "meetings_without_text")) {
        put_number(n, number_of(r, "meetings_without_text"));
        hf_buf_addc(b, ' ');
        html_say(page, S_RECALL_UNREAD, n, NULL);
    }
    if (number_of(r, "hits_by_repair_only")) {
        put_number(n, number_of(r, "hits_by_repair_only"));
        hf_buf_addc(b, ' ');
        html_say(page, S_RECALL_REPAIR, n, NULL);
    }
    if (number_of(r, "promises_unknown")) {
        put_number(n, number_of(r, "promises_unknown"));
        hf_buf_addc(b, ' ');
        html_say(page, S_RECALL_UNKNOWN, n, NULL);
    }
    char day[16] = "";
    snprintf(day, sizeof day, "%.10s", member_text(index, "updated"));
    if (*day) {
        hf_buf_addc(b, ' ');
        html_say(page, S_UPDATED, NULL);
        hf_buf_addc(b, ' ');
        html_date(page, day);
        hf_buf_addc(b, '.');
    }
    hf_buf_adds(b, "</p>\n");
}

static void export_link(const struct page *page, const char *format, const char *label)
{
    struct hf_buf url = HF_BUF_INIT;
    struct params q = *page->p;
    q.has_format = q.all = false;
    q.size = 10;
    hf_buf_adds(&url, "/v1/search?");
    size_t start = url.len;
    params_url(&q, &url);
    hf_buf_addf(&url, "%sformat=%s", url.len > start ? "&" : "", format);
    hf_buf_addc(page->out, ' ');
    html_link(page->out, url.data);
    hf_buf_adds(page->out, label);
    hf_buf_adds(page->out, "</a>");
    hf_buf_release(&url);
}

static void exports(const struct page *page)
{
    hf_buf_adds(page->out, "<p class=\"exports\">");
    html_say(page, S_EXPORT, NULL);
    export_link(page, "csv", "CSV (Excel)");
    export_link(page, "json", "JSON");
    hf_buf_adds(page->out, "<br>");
    html_say(page, S_FEED, NULL);
    export_link(page, "atom", strings_get(S_FEED_LINK, page->p->lang));
    hf_buf_adds(page->out, "</p>\n");
}

static bool is_narrowed(const struct params *p)
{
    bool any = p->from || p->to || p->open || p->in.n;
    for (size_t f = 0; f < HF_N_FACETS; f++) any |= p->facet[f].n > 0;
    return any;
}

static void nothing(const struct page *page)
{
    struct hf_buf *b = page->out;
    hf_buf_adds(b, "<div class=\"empty\"><p>");
    html_say(page, S_EMPTY_TIPS, NULL);
    hf_buf_adds(b, "</p>\n<ul>\n");
    if (is_narrowed(page->p) && page->p->q) {
        struct hf_buf url = HF_BUF_INIT;
        struct params q = html_question(page);
        q.q = page->p->q;
        html_search_url(page, &q, 1, &url);
        hf_buf_adds(b, "<li><a");
        html_attr(b, "href", url.data);
        hf_buf_addc(b, '>');
        html_say(page, S_TIP_WIDEN, NULL);
        hf_buf_adds(b, "</a></li>\n");
        hf_buf_release(&url);
    }
    hf_buf_adds(b, "<li>");
    html_say(page, S_TIP_FEWER, NULL);
    hf_buf_adds(b, "</li>\n<li>");
    html_say(page, S_TIP_SPELLING, NULL);
    hf_buf_adds(b, "</li>\n<li>");
    html_say(page, S_TIP_OR, NULL);
    hf_buf_adds(b, "</li>\n</ul></div>\n");
}

void render_search_page(const struct page *page, const json_t *answer,
                        const json_t *timeline)
{
    struct hf_buf *b = page->out, name = HF_BUF_INIT;
    const json_t *hits = json_object_get(answer, "hits");
    char n[40];
    size_t i;
    json_t *hit;
    put_number(n, number_of(answer, "total"));
    strings_fill(&name, page->p->q ? S_HITS_FOR : S_HITS, page->p->lang, n,
                 page->p->q ? page->p->q : "", NULL);
    html_open(page, name.data);
    hf_buf_adds(b, "<main id=\"innhold\">\n");
    form(page);
    tabs(page, answer);
    render_chips(page, answer);
    hf_buf_adds(b, "<p class=\"jump\"><a href=\"#avgrens\">");
    html_say(page, S_NARROW_TITLE, NULL);
    hf_buf_adds(b, "</a></p>\n<div class=\"columns\">\n"
                   "<section class=\"results\" aria-labelledby=\"treff\">\n");
    heading(page, answer);
    did_you_mean(page, answer);
    alternatives(page, answer);
    interpreted(page, answer);
    if (json_array_size(hits)) {
        sorting(page);
        hf_buf_addf(b, "<ol class=\"hits\" start=\"%zu\">\n", page->p->offset + 1);
        json_array_foreach(hits, i, hit) render_hit(page, hit);
        hf_buf_adds(b, "</ol>\n");
        paging(page, answer);
        render_picture(page, timeline);
        exports(page);
    } else {
        nothing(page);
    }
    recall(page, answer);
    hf_buf_adds(b, "</section>\n");
    render_facets(page, answer);
    hf_buf_adds(b, "</div>\n</main>\n");
    html_close(page);
    hf_buf_release(&name);
}

/* ---- the front page ---- */

static void examples(const struct page *page)
{
    static const struct {
        const char *query, *type;
    } list[] = {{"LAR", "decision"},
                {"PLL", NULL},
                {"tittel:budsjett", NULL},
                {"\"barn og unge\"", NULL}};
    struct hf_buf *b = page->out;
    hf_buf_adds(b, "<p class=\"examples\">");
    html_say(page, S_TRY, NULL);
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct hf_buf url = HF_BUF_INIT;
        struct params q = html_question(page);
        q.q = (char *)list[i].query;
        if (list[i].type)
            q.facet[HF_FACET_TYPE].at[q.facet[HF_FACET_TYPE].n++] = (char *)list[i].type;
        html_search_url(page, &q, 1, &url);
        hf_buf_adds(b, " <a");
        html_attr(b, "href", url.data);
        hf_buf_addc(b, '>');
        html_text(b, list[i].query);
        hf_buf_adds(b, "</a>");
        hf_buf_release(&url);
    }
    hf_buf_adds(b, "</p>\n");
}

static void ways_in(const struct page *page, enum hf_facet facet, const json_t *answer)
{
    struct hf_buf *b = page->out;
    const json_t *values =
        json_object_get(json_object_get(answer, "facets"), hf_facets[facet].name);
    size_t i;
    json_t *value;
    if (!json_array_size(values)) return;
    hf_buf_adds(b, "<section><h2>");
    html_text(b, known_facet_label(facet, page->p->lang));
    hf_buf_adds(b, "</h2>\n<ul class=\"ways\">\n");
    json_array_foreach(values, i, value)
    {
        struct hf_buf url = HF_BUF_INIT;
        struct params q = html_question(page);
        q.facet[facet].at[q.facet[facet].n++] = (char *)member_text(value, "value");
        html_search_url(page, &q, 1, &url);
        hf_buf_adds(b, "<li><a");
        html_attr(b, "href", url.data);
        hf_buf_addc(b, '>');
        html_text(b, member_text(value, "label"));
        hf_buf_addf(b, "</a> <span class=\"count\">%lld</span></li>\n",
                    number_of(value, "count"));
        hf_buf_release(&url);
    }
    hf_buf_adds(b, "</ul></section>\n");
}

void render_front_page(const struct page *page, const json_t *answer)
{
    struct hf_buf *b = page->out;
    html_open(page, NULL);
    hf_buf_adds(b, "<main id=\"innhold\" class=\"front\">\n<h1>");
    html_say(page, S_FRONT_TITLE, NULL);
    hf_buf_adds(b, "</h1>\n<p class=\"lead\">");
    html_say(page, S_FRONT_LEAD, NULL);
    hf_buf_adds(b, "</p>\n");
    html_search_box(page);
    examples(page);
    if (answer) {
        hf_buf_adds(b, "<div class=\"ways-in\">\n");
        ways_in(page, HF_FACET_REGION, answer);
        ways_in(page, HF_FACET_GROUP, answer);
        ways_in(page, HF_FACET_YEAR, answer);
        hf_buf_adds(b, "</div>\n");
        recall(page, answer);
    }
    hf_buf_adds(b, "</main>\n");
    html_close(page);
}
