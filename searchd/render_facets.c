#include <string.h>

#include "known.h"
#include "render_html.h"
#include "render_json.h"

enum { SHOWN = 8, TO_SPARE = 2 };

static bool is_listed(const json_t *values, const char *id)
{
    size_t i;
    json_t *value;
    json_array_foreach((json_t *)values, i, value) if (strcmp(member_text(value, "value"),
                                                              id) == 0) return true;
    return false;
}

static void facet_value(json_t *view, const json_t *value)
{
    const char *id = member_text(value, "value"), *label = member_text(value, "label");
    view_text(view, "value", id);
    view_text(view, "label", *label ? label : id);
    view_number(view, "count", json_integer_value(json_object_get(value, "count")));
    view_flag(view, "is_chosen", json_is_true(json_object_get(value, "selected")));
}

/* The values of a facet, the rest folded away where it is more than a few. */
static void group(json_t *view, const struct page *page, enum hf_facet facet,
                  const json_t *values)
{
    const struct params_values *chosen = &page->p->facet[facet];
    const char *legend = known_facet_label(facet, page->p->lang);
    size_t n = json_array_size(values), shown = n > SHOWN + TO_SPARE ? SHOWN : n;
    view_text(view, "name", hf_facets[facet].name);
    view_text(view, "legend", legend);
    /* Chosen values that the answer does not list must survive the next submit. */
    json_t *unlisted = view_list(view, "unlisted");
    for (size_t i = 0; i < chosen->n; i++)
        if (!is_listed(values, chosen->at[i]))
            json_array_append_new(unlisted, json_string(chosen->at[i]));
    json_t *first = view_list(view, "values"), *more = view_list(view, "more_values");
    for (size_t i = 0; i < n; i++)
        facet_value(view_item(i < shown ? first : more), json_array_get(values, i));
    char rest[24];
    snprintf(rest, sizeof rest, "%zu", n - shown);
    if (n > shown) view_say(view, "show_more", page, S_SHOW_MORE, rest, legend, NULL);
}

static void day_field(json_t *view, const char *name, int day)
{
    char iso[40] = "";
    if (day)
        snprintf(iso, sizeof iso, "%04d-%02d-%02d", day / 10000, day / 100 % 100,
                 day % 100);
    view_text(view, name, iso);
}

static void hide(json_t *hidden, const char *name, const char *value)
{
    json_t *one = view_item(hidden);
    view_text(one, "name", name);
    view_text(one, "value", value);
}

/* What the visible fields do not hold. */
static void hidden_rest(json_t *hidden, const struct page *page)
{
    static const char *const sorts[] = {"relevance", "newest", "oldest", "case"};
    const struct params *p = page->p;
    const enum hf_facet quiet[] = {HF_FACET_TYPE, HF_FACET_PRESENCE};
    if (p->open) hide(hidden, "open", "true");
    for (size_t f = 0; f < 2; f++)
        for (size_t i = 0; i < p->facet[quiet[f]].n; i++)
            hide(hidden, hf_facets[quiet[f]].name, p->facet[quiet[f]].at[i]);
    for (size_t i = 0; i < p->in.n; i++) hide(hidden, "in", p->in.at[i]);
    if (p->sort != SORT_RELEVANCE) hide(hidden, "sort", sorts[p->sort]);
    if (p->size != 10) {
        char size[24];
        snprintf(size, sizeof size, "%zu", p->size);
        hide(hidden, "size", size);
    }
    if (page->lang_given) hide(hidden, "lang", strings_lang(p->lang));
}

void view_facets(json_t *view, const struct page *page, const json_t *answer)
{
    const json_t *facets = json_object_get(answer, "facets");
    json_t *list = view_list(view, "facets");
    for (size_t f = 0; f < HF_N_FACETS; f++)
        if (hf_facets[f].is_answered)
            group(view_item(list), page, (enum hf_facet)f,
                  json_object_get(facets, hf_facets[f].name));
    day_field(view, "from", page->p->from);
    day_field(view, "to", page->p->to);
    hidden_rest(view_list(view, "hidden"), page);
}

/* ---- chips ---- */

static void chip(json_t *chips, const struct page *page, const struct params *without,
                 const char *text)
{
    json_t *one = view_item(chips);
    view_question(one, "address", page, without, 1);
    view_text(one, "text", text);
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

static void facet_chips(json_t *chips, const struct page *page, const json_t *answer)
{
    for (size_t f = 0; f < HF_N_FACETS; f++) {
        if (f == HF_FACET_TYPE) continue; /* chosen by the tabs */
        const struct params_values *list = &page->p->facet[f];
        for (size_t i = 0; i < list->n; i++) {
            struct params q = *page->p;
            without_value(&q.facet[f], i);
            chip(chips, page, &q,
                 chip_label(page, (enum hf_facet)f, answer, list->at[i]));
        }
    }
}

static void other_chips(json_t *chips, const struct page *page)
{
    static const struct {
        const char *id;
        enum string_id label;
    } fields[] = {
        {"title", S_IN_TITLE}, {"decision", S_IN_DECISION}, {"text", S_IN_TEXT}};
    const struct params *p = page->p;
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
        chip(chips, page, &q, text.data);
        hf_buf_release(&text);
    }
    for (size_t i = 0; i < p->in.n; i++) {
        struct params q = *p;
        without_value(&q.in, i);
        for (size_t k = 0; k < 3; k++)
            if (strcmp(fields[k].id, p->in.at[i]) == 0)
                chip(chips, page, &q, strings_get(fields[k].label, p->lang));
    }
    if (p->open) {
        struct params q = *p;
        q.open = false;
        chip(chips, page, &q, strings_get(S_OPEN_ONLY, p->lang));
    }
}

void view_chips(json_t *view, const struct page *page, const json_t *answer)
{
    json_t *chips = view_list(view, "chips");
    facet_chips(chips, page, answer);
    other_chips(chips, page);
    if (json_array_size(chips) < 2) return;
    struct params q = *page->p;
    for (size_t f = 0; f < HF_N_FACETS; f++)
        if (f != HF_FACET_TYPE) q.facet[f].n = 0;
    q.from = q.to = 0;
    q.open = false;
    q.in.n = 0;
    view_question(view, "without_all", page, &q, 1);
}
