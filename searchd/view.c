#include "view.h"

#include <stdarg.h>
#include <string.h>

#include "../shim/lexicon.h"
#include "../shim/utf8.h"
#include "assets.h"
#include "html.h"
#include "known.h"
#include "render_json.h"

enum { N_LANGS = LANG_EN + 1 };

/* The templates that are shown; others are parts of them. */
static const char *const pages[] = {"front",  "search",   "record",
                                    "person", "coverage", "problem"};

enum hf_status view_templates(const char *data_dir, struct hf_templates **out,
                              struct hf_error *err)
{
    struct hf_buf folder = HF_BUF_INIT;
    json_t *words[N_LANGS];
    for (int lang = 0; lang < N_LANGS; lang++)
        words[lang] = strings_words((enum params_lang)lang);
    hf_buf_addf(&folder, "%s/templates", data_dir ? data_dir : hf_lexicon_dir());
    struct hf_template_options o = {.folder = folder.data,
                                    .names = pages,
                                    .n_names = sizeof pages / sizeof *pages,
                                    .escape = html_textn,
                                    .words = (const json_t *const *)words,
                                    .n_words = N_LANGS};
    enum hf_status status = hf_templates_open(&o, out, err);
    for (int lang = 0; lang < N_LANGS; lang++) json_decref(words[lang]);
    hf_buf_release(&folder);
    /* Neither the question nor the index is wrong. */
    if (status != HF_OK && err) err->status = HF_INTERNAL;
    return status == HF_OK ? HF_OK : HF_INTERNAL;
}

/* ---- the page ---- */

static void languages(json_t *view, const struct page *page)
{
    static const char *const names[N_LANGS] = {"Bokmål", "Nynorsk", "English"};
    json_t *list = view_list(view, "page_languages");
    for (int lang = 0; lang < N_LANGS; lang++) {
        const char *tag = strings_lang((enum params_lang)lang);
        json_t *one = view_item(list);
        view_text(one, "tag", tag);
        view_text(one, "name", names[lang]);
        view_flag(one, "is_here", page->p->lang == (enum params_lang)lang);
        if (strcmp(page->path, "/sok") == 0) {
            struct params q = *page->p;
            struct page other = *page;
            q.lang = (enum params_lang)lang;
            other.lang_given = true;
            view_question(one, "address", &other, &q, q.page);
        } else {
            struct hf_buf url = HF_BUF_INIT;
            hf_buf_addf(&url, "%s?lang=%s", page->path, tag);
            if (!view_address(one, "address", url.data))
                view_address(one, "address", "/");
            hf_buf_release(&url);
        }
    }
}

void view_place(json_t *view, const char *name, const struct page *page,
                const char *address)
{
    struct hf_buf url = HF_BUF_INIT;
    hf_buf_adds(&url, address);
    if (page->lang_given) hf_buf_addf(&url, "?lang=%s", strings_lang(page->p->lang));
    view_address(view, name, url.data);
    hf_buf_release(&url);
}

json_t *view_page(const struct page *page, const char *title)
{
    const char *lang = strings_lang(page->p->lang);
    json_t *view = json_object();
    char css[64], script[64];
    view_text(view, "page_lang", lang);
    view_text(view, "page_lang_given", page->lang_given ? lang : NULL);
    view_text(view, "page_title", title);
    snprintf(css, sizeof css, "%s?v=%s", assets_css()->path, assets_css()->tag);
    view_text(view, "page_css", css);
    snprintf(script, sizeof script, "%s?v=%s", assets_script()->path,
             assets_script()->tag);
    view_text(view, "page_script", script);
    view_text(view, "page_query", page->p->q);
    view_flag(view, "page_noindex", page->is_private);
    view_place(view, "page_home", page, "/");
    view_place(view, "page_coverage", page, "/dekning");
    languages(view, page);
    return view;
}

void view_show(const struct page *page, const char *name, json_t *view)
{
    struct hf_error err;
    if (hf_templates_render(page->templates, name, (size_t)page->p->lang, view, page->out,
                            &err) != HF_OK)
        HF_BUG(err.text);
    json_decref(view);
}

/* ---- lists and parts ---- */

json_t *view_list(json_t *view, const char *name)
{
    json_object_set_new(view, name, json_array());
    return json_object_get(view, name);
}

json_t *view_part(json_t *view, const char *name)
{
    json_object_set_new(view, name, json_object());
    return json_object_get(view, name);
}

json_t *view_item(json_t *list)
{
    json_array_append_new(list, json_object());
    return json_array_get(list, json_array_size(list) - 1);
}

/* ---- values ---- */

void view_flag(json_t *view, const char *name, bool is_so)
{
    json_object_set_new(view, name, json_boolean(is_so));
}

static json_t *text_json(const char *text, size_t len)
{
    json_t *s = len ? json_stringn(text, len) : json_null();
    if (s) return s;
    struct hf_buf clean = HF_BUF_INIT; /* no UTF-8 */
    hf_utf8_nfc(&clean, text, len);
    s = json_stringn(clean.data, clean.len);
    hf_buf_release(&clean);
    return s;
}

void view_text(json_t *view, const char *name, const char *text)
{
    json_object_set_new(view, name, text_json(text, text ? strlen(text) : 0));
}

void view_copy(json_t *view, const json_t *from, ...)
{
    const char *name;
    va_list ap;
    va_start(ap, from);
    while ((name = va_arg(ap, const char *))) {
        json_t *member = json_object_get(from, name);
        if (json_is_integer(member))
            json_object_set(view, name, member);
        else
            view_text(view, name, json_string_value(member));
    }
    va_end(ap);
}

void view_say(json_t *view, const char *name, const struct page *page, enum string_id id,
              ...)
{
    const char *arg[4] = {NULL};
    struct hf_buf text = HF_BUF_INIT;
    va_list ap;
    va_start(ap, id);
    for (size_t n = 0; n < 4 && (arg[n] = va_arg(ap, const char *)); n++) {
    }
    va_end(ap);
    strings_fill(&text, id, page->p->lang, arg[0], arg[1], arg[2], arg[3], NULL);
    view_text(view, name, text.data);
    hf_buf_release(&text);
}

void view_number(json_t *view, const char *name, long long n)
{
    json_object_set_new(view, name, json_integer(n));
}

void view_date(json_t *view, const char *name, const struct page *page, const char *iso)
{
    json_object_set_new(view, name, json_null());
    if (!iso || !*iso) return;
    struct hf_buf text = HF_BUF_INIT;
    json_t *date = view_part(view, name);
    strings_date(&text, iso, page->p->lang);
    view_text(date, "iso", iso);
    view_text(date, "text", text.data);
    hf_buf_release(&text);
}

void view_choice(json_t *view, const char *name, const struct page *page,
                 enum hf_facet facet, const char *id)
{
    const struct hf_choice *c = known_find(facet, id);
    view_text(view, name, c ? known_label(c, page->p->lang) : id);
}

void view_clipped(json_t *view, const char *name, const char *text, size_t max)
{
    struct hf_buf b = HF_BUF_INIT;
    size_t len = strlen(text), cut = 0, at = 0;
    for (size_t n = 0; at < len && n < max; n++) {
        uint32_t c;
        if (text[at] == ' ' || text[at] == '\n') cut = at;
        at += hf_utf8_next(text + at, len - at, &c);
    }
    if (at < len && cut) at = cut;
    hf_buf_add(&b, text, at);
    if (at < len) hf_buf_adds(&b, " …");
    view_text(view, name, b.data);
    hf_buf_release(&b);
}

void view_language(json_t *view, const char *name, const char *language)
{
    bool is_ours = strcmp(language, "nb") == 0 || strcmp(language, "nn") == 0;
    view_text(view, name, is_ours ? language : NULL);
}

void view_segments(json_t *view, const json_t *segments)
{
    size_t i;
    json_t *segment, *list = view_list(view, "segments");
    json_array_foreach((json_t *)segments, i, segment)
    {
        const char *text = json_string_value(json_array_get(segment, 0));
        if (!text || !*text) continue;
        bool is_match = json_is_true(json_array_get(segment, 1));
        json_t *one = view_item(list);
        view_text(one, "marked", is_match ? text : NULL);
        view_text(one, "plain", is_match ? NULL : text);
    }
}

void view_paragraphs(json_t *view, const char *text)
{
    json_t *list = view_list(view, "paragraphs");
    while (*text) {
        size_t len = strcspn(text, "\n");
        if (len) json_array_append_new(list, text_json(text, len));
        text += len + (text[len] == '\n');
    }
}

/* ---- addresses ---- */

bool view_address(json_t *view, const char *name, const char *address)
{
    bool is_ours = address[0] == '/' && address[1] != '/' && address[1] != '\\';
    view_text(view, name, is_ours ? address : NULL);
    return is_ours;
}

bool view_web_address(json_t *view, const char *name, const char *address)
{
    bool is_web = strncasecmp(address, "https://", 8) == 0 ||
                  strncasecmp(address, "http://", 7) == 0;
    view_text(view, name, is_web ? address : NULL);
    return is_web;
}

void view_record(json_t *view, const char *name, const struct page *page, const char *id)
{
    struct hf_buf path = HF_BUF_INIT;
    if (*id) html_record_url(&path, id);
    view_place(view, name, page, path.data);
    hf_buf_release(&path);
}

void view_link(json_t *view, const struct page *page, const char *id, const char *text)
{
    view_record(view, "address", page, id);
    view_text(view, "text", *text ? text : id);
}

struct params view_new_question(const struct page *page)
{
    struct params q;
    params_init(&q);
    q.lang = page->p->lang;
    return q;
}

void view_question(json_t *view, const char *name, const struct page *page,
                   const struct params *p, size_t page_no)
{
    struct hf_buf url = HF_BUF_INIT;
    struct params q = *p; /* borrowed strings; never released */
    q.has_format = q.all = false;
    hf_buf_adds(&url, "/sok?");
    size_t start = url.len;
    params_url(&q, &url);
    if (page->lang_given && p->lang == LANG_NB)
        hf_buf_addf(&url, "%slang=nb", url.len > start ? "&" : "");
    if (page_no > 1) hf_buf_addf(&url, "%spage=%zu", url.len > start ? "&" : "", page_no);
    if (url.len == start) hf_buf_cut(&url, start - 1);
    view_address(view, name, url.data);
    hf_buf_release(&url);
}

void view_export(json_t *view, const char *name, const struct params *p, const char *path,
                 const char *rest)
{
    struct hf_buf url = HF_BUF_INIT;
    struct params q = *p; /* borrowed strings; never released */
    q.has_format = q.all = false;
    q.size = 10;
    hf_buf_addf(&url, "%s?", path);
    size_t start = url.len;
    params_url(&q, &url);
    hf_buf_addf(&url, "%s%s", url.len > start ? "&" : "", rest);
    view_address(view, name, url.data);
    hf_buf_release(&url);
}
