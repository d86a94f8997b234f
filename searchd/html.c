#include "html.h"

#include <string.h>

#include "view.h"

void html_textn(struct hf_buf *b, const char *text, size_t len)
{
    size_t from = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        const char *as = c == '&'                                            ? "&amp;"
                         : c == '<'                                          ? "&lt;"
                         : c == '>'                                          ? "&gt;"
                         : c == '"'                                          ? "&quot;"
                         : c == '\''                                         ? "&#39;"
                         : (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f ? " "
                                                                             : NULL;
        /* U+FFFE and U+FFFF are no characters, in XML not even escaped. */
        bool is_none = c == 0xEF && len - i >= 3 && (unsigned char)text[i + 1] == 0xBF &&
                       (unsigned char)text[i + 2] >= 0xBE;
        if (!as && !is_none) continue;
        hf_buf_add(b, text + from, i - from);
        hf_buf_adds(b, as ? as : " ");
        if (is_none) i += 2;
        from = i + 1;
    }
    hf_buf_add(b, text + from, len - from);
}

void html_text(struct hf_buf *b, const char *text)
{
    if (text) html_textn(b, text, strlen(text));
}

void html_attr(struct hf_buf *b, const char *name, const char *value)
{
    hf_buf_addf(b, " %s=\"", name);
    html_text(b, value);
    hf_buf_addc(b, '"');
}

void html_path(struct hf_buf *b, const char *id)
{
    for (const unsigned char *s = (const unsigned char *)id; *s; s++)
        if (strchr("?#%\"<>\\^`{|} ", *s) || *s < 0x20 || *s > 0x7e)
            hf_buf_addf(b, "%%%02X", *s);
        else
            hf_buf_addc(b, (char)*s);
}

void html_record_url(struct hf_buf *b, const char *id)
{
    hf_buf_adds(b, strncmp(id, "person/", 7) == 0 ? "/" : "/r/");
    html_path(b, id);
}

struct params html_question(const struct page *page)
{
    struct params q;
    params_init(&q);
    q.lang = page->p->lang;
    return q;
}

void html_search_url(const struct page *page, const struct params *p, size_t page_no,
                     struct hf_buf *url)
{
    struct params q = *p; /* borrowed strings; never released */
    q.has_format = q.all = false;
    hf_buf_adds(url, "/sok?");
    size_t start = url->len;
    params_url(&q, url);
    if (page->lang_given && p->lang == LANG_NB)
        hf_buf_addf(url, "%slang=nb", url->len > start ? "&" : "");
    if (page_no > 1) hf_buf_addf(url, "%spage=%zu", url->len > start ? "&" : "", page_no);
    if (url->len == start) hf_buf_cut(url, start - 1);
}

void html_problem(const struct page *page, const struct problem *problem)
{
    bool is_lost = problem->kind == PROBLEM_NOT_FOUND;
    json_t *view = view_page(page, problem_title(problem->kind, page->p->lang));
    view_text(view, "detail", problem->detail);
    view_say(view, "help", page, is_lost ? S_HELP_NOT_FOUND : S_HELP_QUERY, NULL);
    view_show(page, "problem", view);
}
