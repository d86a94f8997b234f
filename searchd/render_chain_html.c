/* Two parts of a case's page: the matter through the meetings as a list in time order,
 * and what the others did about the same. */
#include <stdio.h>
#include <string.h>

#include "known.h"
#include "render_chain.h"
#include "render_html.h"
#include "render_json.h"

enum { RULING_SHOWN = 280, OTHERS_SHOWN = 5 };

static void link_to(const struct page *page, const char *id, const char *text)
{
    struct hf_buf url = HF_BUF_INIT;
    html_record_url(&url, id);
    if (page->lang_given) hf_buf_addf(&url, "?lang=%s", strings_lang(page->p->lang));
    bool linked = html_link(page->out, url.data);
    html_text(page->out, *text ? text : id);
    if (linked) hf_buf_adds(page->out, "</a>");
    hf_buf_release(&url);
}

static void number(struct hf_buf *b, const char *text)
{
    if (!*text) return;
    hf_buf_adds(b, "<span class=\"number\">");
    html_text(b, text);
    hf_buf_adds(b, "</span> ");
}

static void fact(struct hf_buf *b, const char *text)
{
    hf_buf_adds(b, "<p class=\"facts\">");
    html_text(b, text);
    hf_buf_adds(b, "</p>\n");
}

/* ---- the chain ---- */

static void step(const struct page *page, const json_t *chain, const json_t *s)
{
    struct hf_buf *b = page->out, text = HF_BUF_INIT;
    bool is_here = json_is_true(json_object_get(s, "is_asked"));
    size_t i;
    json_t *one;
    hf_buf_adds(b, is_here ? "<li aria-current=\"true\"><p class=\"kicker\">"
                           : "<li><p class=\"kicker\">");
    html_date(page, member_text(s, "day"));
    hf_buf_adds(b, " · ");
    html_text(b, *member_text(s, "body_name") ? member_text(s, "body_name")
                                              : member_text(s, "body"));
    if (is_here) {
        hf_buf_adds(b, " · <span class=\"kind\">");
        html_say(page, S_CHAIN_HERE, NULL);
        hf_buf_adds(b, "</span>");
    }
    hf_buf_adds(b, "</p>\n");
    number(b, member_text(s, "number"));
    if (is_here)
        html_text(b, member_text(s, "title"));
    else
        link_to(page, member_text(s, "case"), member_text(s, "title"));
    hf_buf_addc(b, '\n');
    json_array_foreach(json_object_get(s, "joined"), i, one)
    {
        hf_buf_clear(&text);
        if (render_chain_link(&text, chain, one, page->p->lang)) fact(b, text.data);
    }
    if (!is_here)
        json_array_foreach(json_object_get(s, "decisions"), i, one)
            render_ruling(page, one, member_text(s, "language"));
    hf_buf_adds(b, "</li>\n");
    hf_buf_release(&text);
}

static void breaks(const struct page *page, const json_t *list)
{
    struct hf_buf *b = page->out, text = HF_BUF_INIT;
    size_t i;
    json_t *one;
    if (!json_array_size(list)) return;
    hf_buf_adds(b, "<p class=\"facts\">");
    html_say(page, S_CHAIN_BREAKS, NULL);
    hf_buf_adds(b, ":</p>\n<ul class=\"attendances\">\n");
    json_array_foreach(list, i, one)
    {
        hf_buf_clear(&text);
        render_chain_break(&text, one, page->p->lang);
        hf_buf_adds(b, "<li>");
        html_text(b, text.data);
        hf_buf_adds(b, "</li>\n");
    }
    hf_buf_adds(b, "</ul>\n");
    hf_buf_release(&text);
}

void render_chain_part(const struct page *page, const json_t *chain)
{
    struct hf_buf *b = page->out;
    const json_t *steps = json_object_get(chain, "steps");
    bool is_alone = json_is_true(json_object_get(chain, "is_alone"));
    size_t i;
    json_t *one;
    if (!json_is_object(chain)) return;
    hf_buf_adds(b, "<section><h2>");
    html_say(page, S_CHAIN_TITLE, NULL);
    hf_buf_adds(b, "</h2>\n");
    if (is_alone) {
        fact(b, strings_get(S_CHAIN_ALONE, page->p->lang));
    } else {
        hf_buf_adds(b, "<ol class=\"agenda\">\n");
        json_array_foreach(steps, i, one) step(page, chain, one);
        hf_buf_adds(b, "</ol>\n");
    }
    if (json_is_true(json_object_get(chain, "is_cut"))) {
        char n[24];
        struct hf_buf text = HF_BUF_INIT;
        snprintf(n, sizeof n, "%zu", json_array_size(steps));
        strings_fill(&text, S_CHAIN_CUT, page->p->lang, n, NULL);
        fact(b, text.data);
        hf_buf_release(&text);
    }
    breaks(page, json_object_get(chain, "breaks"));
    hf_buf_adds(b, "</section>\n");
}

/* ---- what is like it ---- */

static void ruling(const struct page *page, const json_t *d, const char *lang)
{
    struct hf_buf *b = page->out;
    const struct hf_choice *outcome =
        known_find(HF_FACET_OUTCOME, member_text(d, "outcome"));
    hf_buf_adds(b, "<blockquote class=\"passage\"");
    if (strcmp(lang, "nb") == 0 || strcmp(lang, "nn") == 0) html_attr(b, "lang", lang);
    hf_buf_addc(b, '>');
    html_clipped(b, member_text(d, "text"), RULING_SHOWN);
    hf_buf_adds(b, "</blockquote>\n");
    if (!outcome) return;
    hf_buf_adds(b, "<p class=\"facts\"><span class=\"outcome\">");
    html_text(b, known_label(outcome, page->p->lang));
    hf_buf_adds(b, "</span></p>\n");
}

static void other(const struct page *page, const json_t *hit)
{
    struct hf_buf *b = page->out, words = HF_BUF_INIT, text = HF_BUF_INIT;
    size_t i;
    json_t *one;
    hf_buf_adds(b, "<li><p class=\"kicker\">");
    html_text(b, member_text(hit, "helsefellesskap_name"));
    hf_buf_adds(b, " · ");
    html_text(b, member_text(hit, "body"));
    hf_buf_adds(b, " · ");
    html_date(page, member_text(hit, "day"));
    hf_buf_adds(b, "</p>\n");
    number(b, member_text(hit, "number"));
    link_to(page, member_text(hit, "case"), member_text(hit, "title"));
    hf_buf_addc(b, '\n');
    json_array_foreach(json_object_get(hit, "decisions"), i, one)
        ruling(page, one, member_text(hit, "language"));
    json_array_foreach(json_object_get(hit, "words"), i, one)
        hf_buf_addf(&words, "%s%s", i ? ", " : "", json_string_value(one));
    strings_fill(&text, S_SIMILAR_WORDS, page->p->lang, words.data, NULL);
    fact(b, text.data);
    hf_buf_adds(b, "</li>\n");
    hf_buf_release(&words);
    hf_buf_release(&text);
}

/* The first few; the others folded away. */
static void others(const struct page *page, enum string_id heading, const json_t *list)
{
    struct hf_buf *b = page->out;
    size_t i, n = json_array_size(list);
    json_t *one;
    if (!n) return;
    hf_buf_adds(b, "<section><h2>");
    html_say(page, heading, NULL);
    hf_buf_adds(b, "</h2>\n<ul class=\"agenda\">\n");
    json_array_foreach(list, i, one)
    {
        if (i == OTHERS_SHOWN) {
            char more[24];
            snprintf(more, sizeof more, "%zu", n - i);
            hf_buf_adds(b, "</ul>\n<details><summary>");
            html_say(page, S_AND_MORE, more, NULL);
            hf_buf_adds(b, "</summary>\n<ul class=\"agenda\">\n");
        }
        other(page, one);
    }
    hf_buf_adds(b,
                n > OTHERS_SHOWN ? "</ul></details></section>\n" : "</ul></section>\n");
}

void render_similar_part(const struct page *page, const json_t *similar)
{
    others(page, S_SIMILAR_TITLE, json_object_get(similar, "others"));
    others(page, S_SIMILAR_OWN, json_object_get(similar, "own"));
}
