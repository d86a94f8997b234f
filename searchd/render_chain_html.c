/* Two parts of a case's page: the matter through the meetings as a list in time order,
 * and what the others did about the same. */
#include <stdio.h>
#include <string.h>

#include "render_chain.h"
#include "render_html.h"
#include "render_json.h"

enum { RULING_SHOWN = 280, OTHERS_SHOWN = 5 };

/* ---- the chain ---- */

static void step(json_t *view, const struct page *page, const json_t *chain,
                 const json_t *s)
{
    json_t *joined = view_list(view, "joined"), *rulings = view_list(view, "rulings"),
           *one;
    const char *body = member_text(s, "body_name");
    bool is_here = json_is_true(json_object_get(s, "is_asked"));
    size_t i;
    view_flag(view, "is_here", is_here);
    view_date(view, "date", page, member_text(s, "day"));
    view_text(view, "body", *body ? body : member_text(s, "body"));
    view_copy(view, s, "number", NULL);
    view_link(view, page, is_here ? "" : member_text(s, "case"), member_text(s, "title"));
    json_array_foreach(json_object_get(s, "joined"), i, one)
    {
        struct hf_buf text = HF_BUF_INIT;
        if (render_chain_link(&text, chain, one, page->p->lang))
            view_text(view_item(joined), "how", text.data);
        hf_buf_release(&text);
    }
    if (is_here) return;
    json_array_foreach(json_object_get(s, "decisions"), i, one)
        view_ruling(view_item(rulings), page, one, member_text(s, "language"));
}

void view_chain(json_t *view, const struct page *page, const json_t *chain)
{
    const json_t *steps = json_object_get(chain, "steps");
    json_t *part, *list, *one;
    size_t i;
    if (!json_is_object(chain)) return;
    part = view_part(view, "chain");
    view_flag(part, "is_alone", json_is_true(json_object_get(chain, "is_alone")));
    list = view_list(part, "steps");
    json_array_foreach(steps, i, one) step(view_item(list), page, chain, one);
    if (json_is_true(json_object_get(chain, "is_cut"))) {
        char n[24];
        snprintf(n, sizeof n, "%zu", json_array_size(steps));
        view_say(part, "cut", page, S_CHAIN_CUT, n, NULL);
    }
    list = view_list(part, "breaks");
    json_array_foreach(json_object_get(chain, "breaks"), i, one)
    {
        struct hf_buf text = HF_BUF_INIT;
        render_chain_break(&text, one, page->p->lang);
        view_text(view_item(list), "what", text.data);
        hf_buf_release(&text);
    }
}

/* ---- what is like it ---- */

static void other(json_t *view, const struct page *page, const json_t *hit)
{
    json_t *rulings = view_list(view, "rulings"), *one;
    struct hf_buf words = HF_BUF_INIT;
    size_t i;
    view_copy(view, hit, "helsefellesskap_name", "body", "number", NULL);
    view_date(view, "date", page, member_text(hit, "day"));
    view_link(view, page, member_text(hit, "case"), member_text(hit, "title"));
    json_array_foreach(json_object_get(hit, "decisions"), i, one)
    {
        json_t *ruling = view_item(rulings);
        view_language(ruling, "lang", member_text(hit, "language"));
        view_clipped(ruling, "ruling", member_text(one, "text"), RULING_SHOWN);
        view_choice(ruling, "outcome", page, HF_FACET_OUTCOME,
                    member_text(one, "outcome"));
    }
    json_array_foreach(json_object_get(hit, "words"), i, one)
        hf_buf_addf(&words, "%s%s", i ? ", " : "", json_string_value(one));
    view_say(view, "words", page, S_SIMILAR_WORDS, words.data, NULL);
    hf_buf_release(&words);
}

/* The first few; the others folded away. */
static void others(json_t *similar, const struct page *page, enum string_id heading,
                   const json_t *list)
{
    size_t i, n = json_array_size(list);
    json_t *one, *part, *cases;
    if (!n) return;
    part = view_item(similar);
    view_say(part, "heading", page, heading, NULL);
    cases = view_list(part, "cases");
    json_array_foreach(list, i, one)
    {
        if (i == OTHERS_SHOWN) {
            char more[24];
            snprintf(more, sizeof more, "%zu", n - i);
            view_say(part, "show_more", page, S_AND_MORE, more, NULL);
            cases = view_list(part, "more_cases");
        }
        other(view_item(cases), page, one);
    }
}

void view_similar(json_t *view, const struct page *page, const json_t *similar)
{
    json_t *list = view_list(view, "similar");
    others(list, page, S_SIMILAR_TITLE, json_object_get(similar, "others"));
    others(list, page, S_SIMILAR_OWN, json_object_get(similar, "own"));
}
