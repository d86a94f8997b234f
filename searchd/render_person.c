#include <string.h>

#include "known.h"
#include "render_html.h"
#include "render_json.h"

static void number(struct hf_buf *b, const json_t *n)
{
    hf_buf_addf(b, "%lld", (long long)json_integer_value(n));
}

static void section_open(const struct page *page, enum string_id heading)
{
    hf_buf_adds(page->out, "<section><h2>");
    html_say(page, heading, NULL);
    hf_buf_adds(page->out, "</h2>\n");
}

static void table_open(const struct page *page, enum string_id name,
                       const enum string_id *heads, size_t n)
{
    struct hf_buf *b = page->out;
    section_open(page, name);
    hf_buf_adds(b, "<div class=\"scroll\" tabindex=\"0\" role=\"region\"");
    html_attr(b, "aria-label", strings_get(name, page->p->lang));
    hf_buf_adds(b, "><table><thead><tr>");
    for (size_t i = 0; i < n; i++) {
        hf_buf_adds(b, "<th scope=\"col\">");
        html_say(page, heads[i], NULL);
        hf_buf_adds(b, "</th>");
    }
    hf_buf_adds(b, "</tr></thead>\n<tbody>\n");
}

static void table_close(const struct page *page)
{
    hf_buf_adds(page->out, "</tbody></table></div></section>\n");
}

static void facts(const struct page *page, const json_t *answer)
{
    struct hf_buf *b = page->out;
    const json_t *spellings = json_object_get(answer, "spellings");
    size_t i;
    json_t *one;
    char n[24];
    snprintf(n, sizeof n, "%zu", json_array_size(json_object_get(answer, "meetings")));
    hf_buf_adds(b, "<p class=\"facts\">");
    html_say(page, S_N_MEETINGS, n, NULL);
    const char *counts[] = {"present", "absent"};
    const enum string_id labels[] = {S_N_PRESENT, S_N_ABSENT};
    for (i = 0; i < 2; i++) {
        snprintf(n, sizeof n, "%lld",
                 (long long)json_integer_value(json_object_get(answer, counts[i])));
        hf_buf_adds(b, " · ");
        html_say(page, labels[i], n, NULL);
    }
    hf_buf_adds(b, "</p>\n");
    if (json_array_size(spellings) < 2) return;
    hf_buf_adds(b, "<p class=\"facts\">");
    html_say(page, S_PERSON_SPELLINGS, NULL);
    hf_buf_adds(b, ": ");
    json_array_foreach((json_t *)spellings, i, one)
    {
        if (i) hf_buf_adds(b, ", ");
        html_text(b, member_text(one, "text"));
        hf_buf_adds(b, " (");
        number(b, json_object_get(one, "meetings"));
        hf_buf_addc(b, ')');
    }
    hf_buf_adds(b, "</p>\n");
}

/* One day, or the first and the last one. */
static void period(const struct page *page, const json_t *role)
{
    const char *from = member_text(role, "from"), *to = member_text(role, "to");
    html_date(page, from);
    if (!strcmp(from, to)) return;
    hf_buf_adds(page->out, " – ");
    html_date(page, to);
}

static void roles(const struct page *page, const json_t *answer)
{
    static const enum string_id heads[] = {S_ROLE, S_ORGANISATION, S_PERIOD};
    struct hf_buf *b = page->out;
    const json_t *list = json_object_get(answer, "roles");
    size_t i;
    json_t *one;
    if (!json_array_size(list)) return;
    table_open(page, S_PERSON_ROLES, heads, 3);
    json_array_foreach((json_t *)list, i, one)
    {
        const char *role = member_text(one, "role");
        hf_buf_adds(b, "<tr><td>");
        html_text(b, *role ? role : "–");
        hf_buf_adds(b, "</td><td>");
        html_text(b, member_text(one, "organisation"));
        hf_buf_adds(b, "</td><td>");
        period(page, one);
        hf_buf_adds(b, "</td></tr>\n");
    }
    table_close(page);
}

static void choice(const struct page *page, enum hf_facet facet, const char *id)
{
    const struct hf_choice *c = known_find(facet, id);
    html_text(page->out, c ? known_label(c, page->p->lang) : id);
}

/* The day of a meeting, or its year, linked to the meeting. */
static void day_link(const struct page *page, const json_t *one)
{
    struct hf_buf url = HF_BUF_INIT;
    char day[11];
    html_record_url(&url, member_text(one, "id"));
    bool linked = html_link(page->out, url.data);
    html_date(page, member_day(one, day));
    if (linked) hf_buf_adds(page->out, "</a>");
    hf_buf_release(&url);
}

static void meetings(const struct page *page, const json_t *answer)
{
    static const enum string_id heads[] = {S_DATE, S_BODY_NAME, S_ONE_HELSEFELLESSKAP,
                                           S_PRESENCE};
    struct hf_buf *b = page->out;
    const json_t *list = json_object_get(answer, "meetings");
    table_open(page, S_COVERAGE_MEETINGS, heads, 4);
    for (size_t i = json_array_size(list); i-- > 0;) { /* newest first */
        const json_t *one = json_array_get(list, i);
        const char *name = member_text(one, "body_name");
        hf_buf_adds(b, "<tr><th scope=\"row\">");
        day_link(page, one);
        hf_buf_adds(b, "</th><td>");
        html_text(b, *name ? name : member_text(one, "body"));
        hf_buf_adds(b, "</td><td>");
        choice(page, HF_FACET_HELSEFELLESSKAP, member_text(one, "helsefellesskap"));
        hf_buf_adds(b, "</td><td>");
        choice(page, HF_FACET_PRESENCE, member_text(one, "presence"));
        hf_buf_adds(b, "</td></tr>\n");
    }
    table_close(page);
}

static void cases(const struct page *page, const json_t *answer)
{
    static const struct {
        const char *function;
        enum string_id label;
    } functions[] = {{"presenter", S_FUNCTION_PRESENTER},
                     {"responsible", S_FUNCTION_RESPONSIBLE},
                     {"mentioned", S_FUNCTION_MENTIONED}};
    struct hf_buf *b = page->out;
    const json_t *list = json_object_get(answer, "cases");
    size_t i;
    json_t *one;
    if (!json_array_size(list)) return;
    section_open(page, S_PERSON_CASES);
    hf_buf_adds(b, "<ul class=\"agenda\">\n");
    json_array_foreach((json_t *)list, i, one)
    {
        char day[11];
        hf_buf_adds(b, "<li>");
        bool linked = html_link(b, member_text(one, "link"));
        html_text(b, member_text(one, "title"));
        if (linked) hf_buf_adds(b, "</a>");
        hf_buf_adds(b, " <span class=\"hint\">");
        for (size_t k = 0; k < 3; k++)
            if (!strcmp(member_text(one, "function"), functions[k].function))
                html_say(page, functions[k].label, NULL);
        hf_buf_adds(b, " · ");
        html_text(b, member_text(one, "body"));
        hf_buf_adds(b, " · ");
        html_date(page, member_day(one, day));
        hf_buf_adds(b, "</span></li>\n");
    }
    hf_buf_adds(b, "</ul></section>\n");
}

void render_person_page(const struct page *page, const json_t *answer)
{
    struct hf_buf *b = page->out;
    html_open(page, member_text(answer, "name"));
    hf_buf_adds(b, "<main id=\"innhold\" class=\"record\">\n");
    html_search_box(page);
    hf_buf_adds(b, "<p class=\"kicker\">");
    html_say(page, S_ONE_PERSON, NULL);
    hf_buf_adds(b, "</p>\n<h1>");
    html_text(b, member_text(answer, "name"));
    hf_buf_adds(b, "</h1>\n");
    facts(page, answer);
    roles(page, answer);
    cases(page, answer);
    meetings(page, answer);
    hf_buf_adds(b, "</main>\n");
    html_close(page);
}
