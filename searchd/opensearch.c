#include "opensearch.h"

#include <stdio.h>

#include "html.h"
#include "media.h"
#include "render_json.h"
#include "strings.h"

void opensearch_description(const char *base, enum params_lang lang, struct hf_buf *out)
{
    static const struct {
        const char *type, *rel, *path;
    } urls[] = {
        {"text/html", "results", "/sok?q={searchTerms}&page={startPage?}"},
        {"application/json", "results", "/v1/search?q={searchTerms}&page={startPage?}"},
        {"application/atom+xml", "results",
         "/v1/search?q={searchTerms}&page={startPage?}&format=atom"},
        {"application/x-suggestions+json", "suggestions",
         "/v1/suggest?q={searchTerms}&format=opensearch"},
        {"application/opensearchdescription+xml", "self", "/opensearch.xml"},
    };
    hf_buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSearchDescription "
                     "xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n<ShortName>");
    html_text(out, strings_get(S_PRODUCT, lang));
    hf_buf_adds(out, "</ShortName>\n<Description>");
    html_text(out, strings_get(S_FRONT_TITLE, lang));
    hf_buf_adds(out, "</Description>\n");
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct hf_buf url = HF_BUF_INIT;
        hf_buf_addf(&url, "%s%s", base, urls[i].path);
        hf_buf_adds(out, "<Url");
        html_attr(out, "type", urls[i].type);
        html_attr(out, "rel", urls[i].rel);
        html_attr(out, "template", url.data);
        hf_buf_adds(out, "/>\n");
        hf_buf_release(&url);
    }
    hf_buf_adds(out, "<Query role=\"example\" searchTerms=\"LAR\"/>\n"
                     "<Language>nb</Language>\n<Language>nn</Language>\n"
                     "<InputEncoding>UTF-8</InputEncoding>\n"
                     "<OutputEncoding>UTF-8</OutputEncoding>\n"
                     "</OpenSearchDescription>\n");
}

json_t *opensearch_suggestions(const char *base, const json_t *answer)
{
    json_t *queries = json_array(), *texts = json_array(), *urls = json_array(), *one;
    size_t i;
    json_array_foreach(json_object_get(answer, "suggestions"), i, one)
    {
        struct hf_buf url = HF_BUF_INIT;
        struct params p;
        params_init(&p);
        p.q = (char *)member_text(one, "query"); /* borrowed */
        hf_buf_addf(&url, "%s/sok?", base);
        params_url(&p, &url);
        json_array_append(queries, json_object_get(one, "query"));
        json_array_append(texts, json_object_get(one, "text"));
        json_array_append_new(urls, json_stringn(url.data, url.len));
        hf_buf_release(&url);
    }
    return json_pack("[O, o, o, o]", json_object_get(answer, "query"), queries, texts,
                     urls);
}
