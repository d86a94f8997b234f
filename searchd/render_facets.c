#include <string.h>

#include "known.h"
#include "render_html.h"
#include "render_json.h"

enum { SHOWN = 8 };

static void hidden(const struct page *page, const char *name, const char *value)
{
    hf_buf_adds(page->out, "<input type=\"hidden\" form=\"sok\"");
    html_attr(page->out, "name", name);
    html_attr(page->out, "value", value);
    hf_buf_adds(page->out, ">\n");
}

static void box(const struct page *page, const char *name, const json_t *value)
{
    struct hf_buf *b = page->out;
    hf_buf_adds(b, "<li><label><input type=\"checkbox\" form=\"sok\"");
    html_attr(b, "name", name);
    html_attr(b, "value", member_text(value, "value"));
    if (json_is_true(json_object_get(value, "selected"))) hf_buf_adds(b, " checked");
    hf_buf_adds(b, "> <span class=\"name\">");
    const char *label = member_text(value, "label");
    html_text(b, *label ? label : member_text(value, "value"));
    hf_buf_addf(b, "</span> <span class=\"count\">%lld<span class=\"vh\"> ",
                (long long)json_integer_value(json_object_get(value, "count")));
    html_say(page, S_HITS_WORD, NULL);
    hf_buf_adds(b, "</span></span></label></li>\n");
}

/* Chosen values that the answer does not list must survive the next submit. */
static void keep_unlisted(const struct page *page, enum hf_facet facet,
                          const json_t *values)
{
    const struct params_values *list = &page->p->facet[facet];
    for (size_t k = 0; k < list->n; k++) {
        size_t i;
        json_t *value;
        bool listed = false;
        json_array_foreach((json_t *)values, i,
                           value) if (strcmp(member_text(value, "value"), list->at[k]) ==
                                      0) listed = true;
        if (!listed) hidden(page, hf_facets[facet].name, list->at[k]);
    }
}

static void group(const struct page *page, enum hf_facet facet, const json_t *values)
{
    struct hf_buf *b = page->out;
    const char *name = hf_facets[facet].name;
    size_t n = json_array_size(values), i;
    json_t *value;
    keep_unlisted(page, facet, values);
    if (!n) return;
    hf_buf_adds(b, "<fieldset><legend>");
    html_text(b, known_facet_label(facet, page->p->lang));
    hf_buf_adds(b, "</legend>\n<ul>\n");
    json_array_foreach((json_t *)values, i, value)
    {
        if (i == SHOWN && n > SHOWN + 2) {
            char more[24];
            snprintf(more, sizeof more, "%zu", n - SHOWN);
            hf_buf_adds(b, "</ul>\n<details><summary>");
            html_say(page, S_SHOW_MORE, more, known_facet_label(facet, page->p->lang),
                     NULL);
            hf_buf_adds(b, "</summary>\n<ul>\n");
        }
        box(page, name, value);
    }
    hf_buf_adds(b, n > SHOWN + 2 ? "</ul></details></fieldset>\n" : "</ul></fieldset>\n");
}

static void date_field(const struct page *page, const char *name, enum string_id label,
                       int day)
{
    struct hf_buf *b = page->out;
    hf_buf_addf(b, "<p class=\"date\"><label for=\"%s\">", name);
    html_say(page, label, NULL);
    hf_buf_addf(b, "</label> <input type=\"date\" form=\"sok\" id=\"%s\" name=\"%s\"",
                name, name);
    if (day)
        hf_buf_addf(b, " value=\"%04d-%02d-%02d\"", day / 10000, day / 100 % 100,
                    day % 100);
    hf_buf_adds(b, "></p>\n");
}

/* What the visible fields do not hold. */
static void hidden_rest(const struct page *page)
{
    static const char *const sorts[] = {"relevance", "newest", "oldest", "case"};
    const struct params *p = page->p;
    const enum hf_facet quiet[] = {HF_FACET_TYPE, HF_FACET_PRESENCE};
    for (size_t f = 0; f < 2; f++)
        for (size_t i = 0; i < p->facet[quiet[f]].n; i++)
            hidden(page, hf_facets[quiet[f]].name, p->facet[quiet[f]].at[i]);
    for (size_t i = 0; i < p->in.n; i++) hidden(page, "in", p->in.at[i]);
    if (p->sort != SORT_RELEVANCE) hidden(page, "sort", sorts[p->sort]);
    if (p->size != 10) {
        char size[24];
        snprintf(size, sizeof size, "%zu", p->size);
        hidden(page, "size", size);
    }
    if (page->lang_given) hidden(page, "lang", strings_lang(p->lang));
}

void render_facets(const struct page *page, const json_t *answer)
{
    struct hf_buf *b = page->out;
    const json_t *facets = json_object_get(answer, "facets");
    hf_buf_adds(b,
                "<aside class=\"facets\" id=\"avgrens\" aria-labelledby=\"avgrens-h\">\n"
                "<h2 id=\"avgrens-h\">");
    html_say(page, S_NARROW_TITLE, NULL);
    hf_buf_adds(b, "</h2>\n");
    for (size_t f = 0; f < HF_N_FACETS; f++)
        if (hf_facets[f].is_answered)
            group(page, (enum hf_facet)f, json_object_get(facets, hf_facets[f].name));
    hf_buf_adds(b, "<fieldset><legend>");
    html_say(page, S_PERIOD, NULL);
    hf_buf_adds(b, "</legend>\n");
    date_field(page, "from", S_FROM, page->p->from);
    date_field(page, "to", S_TO, page->p->to);
    hf_buf_adds(b, "</fieldset>\n");
    if (page->p->open) hidden(page, "open", "true");
    hidden_rest(page);
    hf_buf_adds(b, "<p><button type=\"submit\" form=\"sok\" class=\"second\">");
    html_say(page, S_NARROW, NULL);
    hf_buf_adds(b, "</button></p>\n</aside>\n");
}

/* ---- chips ---- */

static void chip(const struct page *page, const struct params *without, const char *text)
{
    struct hf_buf url = HF_BUF_INIT;
    html_search_url(page, without, 1, &url);
    hf_buf_adds(page->out, "<li><a");
    html_attr(page->out, "href", url.data);
    hf_buf_adds(page->out, "><span class=\"vh\">");
    html_say(page, S_REMOVE, NULL);
    hf_buf_adds(page->out, " </span>");
    html_text(page->out, text);
    hf_buf_adds(page->out, " <span class=\"x\" aria-hidden=\"true\">×</span></a></li>\n");
    hf_buf_release(&url);
}

/* The label that the answer gives a chosen value, else that of the table. */
static const char *chip_label(const struct page *page, enum hf_facet facet,
                              const json_t *answer, const char *id)
{
    size_t i;
    json_t *value;
    json_t *list =
        json_object_get(json_object_get(answer, "facets"), hf_facets[facet].name);
    json_array_foreach(
        list, i, value) if (strcmp(member_text(value, "value"), id) == 0 &&
                            *member_text(value, "label")) return member_text(value,
                                                                             "label");
    const struct hf_choice *c = known_find(facet, id);
    return c ? known_label(c, page->p->lang) : id;
}

static void without_value(struct params_values *list, size_t i)
{
    memmove(list->at + i, list->at + i + 1, (list->n - i - 1) * sizeof *list->at);
    list->n--;
}

static size_t facet_chips(const struct page *page, const json_t *answer)
{
    size_t n = 0;
    for (size_t f = 0; f < HF_N_FACETS; f++) {
        if (f == HF_FACET_TYPE) continue; /* chosen by the tabs */
        const struct params_values *list = &page->p->facet[f];
        for (size_t i = 0; i < list->n; i++, n++) {
            struct params q = *page->p;
            without_value(&q.facet[f], i);
            chip(page, &q, chip_label(page, (enum hf_facet)f, answer, list->at[i]));
        }
    }
    return n;
}

static size_t other_chips(const struct page *page)
{
    static const struct {
        const char *id;
        enum string_id label;
    } fields[] = {
        {"title", S_IN_TITLE}, {"decision", S_IN_DECISION}, {"text", S_IN_TEXT}};
    const struct params *p = page->p;
    size_t n = 0;
    for (int end = 0; end < 2; end++) {
        int day = end ? p->to : p->from;
        if (!day) continue;
        char iso[40];
        struct hf_buf text = HF_BUF_INIT;
        struct params q = *p;
        *(end ? &q.to : &q.from) = 0;
        snprintf(iso, sizeof iso, "%04d-%02d-%02d", day / 10000, day / 100 % 100,
                 day % 100);
        hf_buf_addf(&text, "%s ", strings_get(end ? S_TO : S_FROM, p->lang));
        strings_date(&text, iso, p->lang);
        chip(page, &q, text.data);
        hf_buf_release(&text);
        n++;
    }
    for (size_t i = 0; i < p->in.n; i++, n++) {
        struct params q = *p;
        without_value(&q.in, i);
        for (size_t k = 0; k < 3; k++)
            if (strcmp(fields[k].id, p->in.at[i]) == 0)
                chip(page, &q, strings_get(fields[k].label, p->lang));
    }
    if (p->open) {
        struct params q = *p;
        q.open = false;
        chip(page, &q, strings_get(S_OPEN_ONLY, p->lang));
        n++;
    }
    return n;
}

static bool has_chips(const struct params *p)
{
    bool any = p->from || p->to || p->open || p->in.n;
    for (size_t f = 0; f < HF_N_FACETS; f++) any |= f != HF_FACET_TYPE && p->facet[f].n;
    return any;
}

void render_chips(const struct page *page, const json_t *answer)
{
    struct hf_buf *b = page->out;
    if (!has_chips(page->p)) return;
    hf_buf_adds(b, "<nav class=\"chips\"");
    html_attr(b, "aria-label", strings_get(S_CHOSEN, page->p->lang));
    hf_buf_adds(b, "><ul>\n");
    size_t n = facet_chips(page, answer);
    n += other_chips(page);
    if (n > 1) {
        struct params q = *page->p;
        struct hf_buf url = HF_BUF_INIT;
        for (size_t f = 0; f < HF_N_FACETS; f++)
            if (f != HF_FACET_TYPE) q.facet[f].n = 0;
        q.from = q.to = 0;
        q.open = false;
        q.in.n = 0;
        html_search_url(page, &q, 1, &url);
        hf_buf_adds(b, "<li class=\"clear\"><a");
        html_attr(b, "href", url.data);
        hf_buf_addc(b, '>');
        html_say(page, S_REMOVE_ALL, NULL);
        hf_buf_adds(b, "</a></li>\n");
        hf_buf_release(&url);
    }
    hf_buf_adds(b, "</ul></nav>\n");
}
