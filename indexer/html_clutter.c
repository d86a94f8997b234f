#include "html_clutter.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define MAX_DEPTH 300

bool html_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->name &&
           !strcasecmp((const char *)node->name, name);
}

bool html_get(const xmlNode *node, const char *name, char *out, size_t size)
{
    *out = 0;
    if (node->type != XML_ELEMENT_NODE) return false;
    for (const xmlAttr *a = node->properties; a; a = a->next) {
        if (!a->name || strcasecmp((const char *)a->name, name)) continue;
        const char *text =
            a->children && a->children->content ? (const char *)a->children->content : "";
        size_t i = 0;
        for (; text[i] && i + 1 < size; i++)
            out[i] = (char)tolower((unsigned char)text[i]);
        out[i] = 0;
        return true;
    }
    return false;
}

static bool is_one_of(const char *word, size_t len, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == len && !strncasecmp(*list, word, len)) return true;
    return false;
}

/* True if class or id, cut into words at '-', '_' and blanks, has one of them. */
static bool has_word(const xmlNode *node, const char *const *list)
{
    static const char *const attributes[] = {"class", "id"};
    char value[400];
    for (size_t k = 0; k < 2; k++) {
        html_get(node, attributes[k], value, sizeof value);
        for (const char *p = value; *p;) {
            size_t n = 0;
            while (isalnum((unsigned char)p[n])) n++;
            if (n && is_one_of(p, n, list)) return true;
            p += n ? n : 1;
        }
    }
    return false;
}

static bool is_tag_of(const xmlNode *node, const char *const *list)
{
    const char *name = (const char *)node->name;
    return is_one_of(name, strlen(name), list);
}

bool html_is_clutter(const xmlNode *node, bool in_content)
{
    static const char *const never[] = {
        "script", "style",  "noscript", "template", "nav",   "aside",
        "form",   "button", "select",   "iframe",   "svg",   "object",
        "embed",  "canvas", "audio",    "video",    "input", "textarea",
        "head",   "dialog", "footer",   "menu",     "map",   NULL};
    static const char *const roles[] = {
        "navigation", "contentinfo",   "search", "dialog",  "alertdialog", "menu",
        "menubar",    "complementary", "alert",  "toolbar", NULL};
    static const char *const words[] = {
        "cookie",      "cookies",    "cookiebar",    "cookiebanner", "cookieconsent",
        "consent",     "samtykke",   "gdpr",         "menu",         "meny",
        "nav",         "navbar",     "navigation",   "navigasjon",   "breadcrumb",
        "breadcrumbs", "brodsmule",  "brodsmulesti", "sidebar",      "sidemeny",
        "footer",      "bunn",       "related",      "relatert",     "relaterte",
        "share",       "sharing",    "social",       "feedback",     "tilbakemelding",
        "newsletter",  "nyhetsbrev", "skiplink",     "skip",         "toolbar",
        "popup",       "overlay",    "modal",        "tooltip",      "pagination",
        "advert",      "reklame",    "lenkeliste",   "snarveier",    NULL};
    static const char *const heads[] = {"header", NULL};
    char value[200];
    if (node->type != XML_ELEMENT_NODE) return false;
    if (html_is(node, "html") || html_is(node, "body") || html_is(node, "main"))
        return false;
    if (is_tag_of(node, never) || (!in_content && is_tag_of(node, heads))) return true;
    if (html_get(node, "role", value, sizeof value) &&
        (is_one_of(value, strlen(value), roles) ||
         (!in_content && !strcmp(value, "banner"))))
        return true;
    if (html_get(node, "hidden", value, sizeof value)) return true;
    if (html_get(node, "aria-hidden", value, sizeof value) && !strcmp(value, "true"))
        return true;
    if (html_get(node, "style", value, sizeof value) &&
        (strstr(value, "display:none") || strstr(value, "display: none") ||
         strstr(value, "visibility:hidden")))
        return true;
    return has_word(node, words);
}

/* ---- choosing the content ---- */

static size_t text_size(const xmlNode *node, int depth)
{
    size_t n = 0;
    if (depth > MAX_DEPTH || html_is_clutter(node, true)) return 0;
    if (node->type == XML_TEXT_NODE && node->content) {
        for (const xmlChar *p = node->content; *p; p++) n += *p > ' ';
        return n;
    }
    for (const xmlNode *c = node->children; c; c = c->next) n += text_size(c, depth + 1);
    return n;
}

static bool may_be_content(const xmlNode *node)
{
    static const char *const words[] = {"content",     "innhold",   "hovedinnhold",
                                        "maincontent", "main",      "article",
                                        "artikkel",    "brodtekst", NULL};
    char role[40];
    if (node->type != XML_ELEMENT_NODE) return false;
    if (html_is(node, "main") || html_is(node, "article")) return true;
    if (html_get(node, "role", role, sizeof role) && !strcmp(role, "main")) return true;
    return (html_is(node, "div") || html_is(node, "section")) && has_word(node, words);
}

struct choice {
    const xmlNode *best;
    size_t size;
    size_t looked; /* candidates measured: a page of nothing but candidates is not
                      measured on */
};

static void choose(struct choice *c, const xmlNode *node, int depth)
{
    if (depth > MAX_DEPTH || html_is_clutter(node, false)) return;
    if (may_be_content(node) && c->looked++ < 200) {
        size_t n = text_size(node, depth);
        if (n > c->size) {
            c->size = n;
            c->best = node;
        }
        if (html_is(node, "main")) return;
    }
    for (const xmlNode *k = node->children; k; k = k->next) choose(c, k, depth + 1);
}

const xmlNode *html_content(const xmlNode *root)
{
    struct choice c = {NULL, 0, 0};
    choose(&c, root, 0);
    size_t all = text_size(root, 0);
    return c.best && c.size * 2 > all ? c.best : root;
}

/* ---- lists of links ---- */

static void measure_links(const xmlNode *node, int depth, bool in_link, size_t n[3])
{
    if (depth > MAX_DEPTH) return;
    if (node->type == XML_TEXT_NODE && node->content)
        for (const xmlChar *p = node->content; *p; p++)
            if (*p > ' ') n[in_link ? 0 : 1]++;
    bool link = html_is(node, "a");
    n[2] += link;
    for (const xmlNode *c = node->children; c; c = c->next)
        measure_links(c, depth + 1, in_link || link, n);
}

static bool is_link_list(const xmlNode *node)
{
    size_t n[3] = {0, 0, 0};
    static const char *const tags[] = {"ul", "ol", "div", "section", "p", NULL};
    if (!node || !node->name || !is_tag_of(node, tags)) return false;
    measure_links(node, 0, false, n);
    return n[2] > 0 && n[0] > n[1] * 2;
}

static const xmlNode *next_element(const xmlNode *node)
{
    for (node = node->next; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE) return node;
    return NULL;
}

static void add_words(const xmlNode *node, char *out, size_t size, int depth)
{
    size_t n = strlen(out);
    if (depth > 8) return;
    if (node->type == XML_TEXT_NODE && node->content)
        for (const xmlChar *p = node->content; *p && n + 1 < size; p++)
            if (n || *p > ' ') out[n++] = (char)*p;
    out[n] = 0;
    for (const xmlNode *c = node->children; c; c = c->next)
        add_words(c, out, size, depth + 1);
}

bool html_opens_links(const xmlNode *node)
{
    static const char *const starts[] = {
        "relater",     "les også",   "les og",  "les mer",     "les meir",
        "se også",     "sjå også",   "sjå og",  "lenker",      "lenkjer",
        "snarveier",   "snarvegar",  "aktuelt", "flere saker", "fleire saker",
        "andre saker", "siste nytt", "mer om",  "meir om",     "del ",
        "i samme",     "nyttige"};
    static const char *const tags[] = {"h1", "h2", "h3",     "h4",  "h5",
                                       "h6", "p",  "strong", "div", NULL};
    char text[80] = "";
    if (node->type != XML_ELEMENT_NODE || !is_tag_of(node, tags)) return false;
    add_words(node, text, sizeof text, 0);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (!strncasecmp(text, starts[i], strlen(starts[i])))
            return strlen(text) < 60 && is_link_list(next_element(node));
    return false;
}
