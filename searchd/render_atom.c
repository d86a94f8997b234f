#include "render_atom.h"

#include <string.h>

#include "html.h"
#include "known.h"
#include "media.h"
#include "paging.h"
#include "render_json.h"
#include "strings.h"

/* What escapes HTML escapes XML; control characters become blanks. */
static void element(struct hf_buf *out, const char *name, const char *text)
{
    hf_buf_addf(out, "<%s>", name);
    html_text(out, text);
    hf_buf_addf(out, "</%s>\n", name);
}

static void link_to(struct hf_buf *out, const char *rel, const char *type,
                    const char *base, const char *path)
{
    struct hf_buf url = HF_BUF_INIT;
    hf_buf_addf(&url, "%s%s", base, path);
    hf_buf_addf(out, "<link rel=\"%s\"", rel);
    if (type) html_attr(out, "type", type);
    html_attr(out, "href", url.data);
    hf_buf_adds(out, "/>\n");
    hf_buf_release(&url);
}

/* ---- the feed ---- */

struct other_pages {
    struct hf_buf *out;
    const char *base;
};

static void add_page(void *ctx, const char *rel, const char *url)
{
    struct other_pages *o = ctx;
    /* RFC 5005 has its own word for what others call prev. */
    link_to(o->out, strcmp(rel, "prev") ? rel : "previous", media_of(FORMAT_ATOM)->type,
            o->base, url);
}

/* The newest of the entries; the index's own time where there is none. */
static const char *updated_of(const struct atom_feed *feed, const json_t *answer)
{
    const char *newest = "";
    size_t i;
    json_t *hit;
    json_array_foreach(json_object_get(answer, "hits"), i, hit)
    {
        const char *seen = member_text(hit, "first_seen");
        if (strcmp(seen, newest) > 0) newest = seen;
    }
    return *newest ? newest : feed->updated;
}

/* What the readers of the feed see as its name: the question and its filters. */
static void put_title(const struct params *p, struct hf_buf *out)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "HF-søk%s%s", p->q ? ": " : "", p->q ? p->q : "");
    for (int f = 0; f < HF_N_FACETS; f++)
        for (size_t i = 0; i < p->facet[f].n; i++) {
            const struct hf_choice *c = known_find((enum hf_facet)f, p->facet[f].at[i]);
            hf_buf_addf(&b, " · %s", c ? known_label(c, p->lang) : p->facet[f].at[i]);
        }
    element(out, "title", b.data);
    hf_buf_release(&b);
}

void render_atom_head(const struct atom_feed *feed, const json_t *answer,
                      struct hf_buf *out)
{
    struct params p = *feed->p; /* borrowed members */
    struct hf_buf url = HF_BUF_INIT, id = HF_BUF_INIT;
    struct other_pages others = {out, feed->base};
    p.has_format = true; /* the addresses name the form, whatever Accept said */
    hf_buf_adds(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                     "<feed xmlns=\"http://www.w3.org/2005/Atom\"");
    html_attr(out, "xml:lang", strings_lang(p.lang));
    hf_buf_adds(out, ">\n");
    put_title(&p, out);
    paging_url(&p, NULL, &url);
    hf_buf_addf(&id, "urn:hfsok:feed:%s", strchr(url.data, '?') + 1);
    element(out, "id", id.data);
    element(out, "updated", updated_of(feed, answer));
    hf_buf_adds(out, "<author><name>HF-søk</name></author>\n");
    hf_buf_clear(&url);
    struct paging_place here = paging_here(&p, answer);
    paging_url(&p, answer ? &here : NULL, &url);
    link_to(out, "self", media_of(FORMAT_ATOM)->type, feed->base, url.data);
    hf_buf_clear(&url);
    p.has_format = false;
    p.all = false;
    hf_buf_adds(&url, "/sok?");
    params_url(&p, &url);
    link_to(out, "alternate", "text/html", feed->base, url.data);
    p = *feed->p;
    p.has_format = true;
    if (feed->is_complete)
        hf_buf_adds(out,
                    "<complete xmlns=\"http://purl.org/syndication/history/1.0\"/>\n");
    else if (answer)
        paging_each(&p, answer, add_page, &others);
    hf_buf_release(&url);
    hf_buf_release(&id);
}

void render_atom_tail(struct hf_buf *out)
{
    hf_buf_adds(out, "</feed>\n");
}

/* ---- entries ---- */

static void put_id(const char *id, struct hf_buf *out)
{
    hf_buf_adds(out, "<id>urn:hfsok:");
    for (; *id; id++) {
        bool is_plain = (*id >= 'a' && *id <= 'z') || (*id >= 'A' && *id <= 'Z') ||
                        (*id >= '0' && *id <= '9') || strchr("-._~/", *id);
        hf_buf_addf(out, is_plain ? "%c" : "%%%02X", is_plain ? *id : (unsigned char)*id);
    }
    hf_buf_adds(out, "</id>\n");
}

static void categories(const json_t *hit, struct hf_buf *out)
{
    static const struct {
        enum hf_facet facet;
        const char *member;
    } rows[] = {{HF_FACET_TYPE, "type"},
                {HF_FACET_REGION, "health_region"},
                {HF_FACET_HELSEFELLESSKAP, "helsefellesskap"},
                {HF_FACET_BODY, "body"},
                {HF_FACET_OUTCOME, "outcome"},
                {HF_FACET_GROUP, "patient_groups"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const json_t *value = json_object_get(hit, rows[i].member);
        size_t n = json_is_array(value) ? json_array_size(value) : 1;
        for (size_t k = 0; k < n; k++) {
            const char *text = json_string_value(
                json_is_array(value) ? json_array_get(value, k) : value);
            if (!text || !*text) continue;
            const struct hf_choice *c = known_find(rows[i].facet, text);
            hf_buf_addf(out, "<category scheme=\"urn:hfsok:%s\"",
                        hf_facets[rows[i].facet].name);
            html_attr(out, "term", c ? c->id : text);
            if (c) html_attr(out, "label", known_label(c, LANG_NB));
            hf_buf_adds(out, "/>\n");
        }
    }
}

static void add_text(struct hf_buf *b, const char *label, const char *text)
{
    if (!*text) return;
    hf_buf_addf(b, "%s%s%s%s", b->len ? "\n\n" : "", label, *label ? ": " : "", text);
}

/* The decisions where there are any: what the reader of a feed waits for. */
static void content(const json_t *hit, struct hf_buf *out)
{
    struct hf_buf b = HF_BUF_INIT;
    size_t i;
    json_t *part;
    if (!strcmp(member_text(hit, "type"), "decision"))
        add_text(&b, member_text(hit, "label"), member_text(hit, "text"));
    json_array_foreach(json_object_get(hit, "decisions"), i, part)
        add_text(&b, member_text(part, "label"), member_text(part, "text"));
    if (!b.len)
        json_array_foreach(json_object_get(hit, "snippet"), i, part)
            hf_buf_adds(&b, json_string_value(json_array_get(part, 0)));
    if (b.len) element(out, "content", b.data);
    hf_buf_release(&b);
}

static void entry(const char *base, const json_t *hit, struct hf_buf *out)
{
    static const char *const names[] = {"case_title", "title", "name", "citation"};
    const char *title = "", *language = member_text(hit, "language");
    const char *seen = member_text(hit, "first_seen");
    char day[11], time[24];
    struct hf_buf path = HF_BUF_INIT;
    hf_buf_adds(out, "<entry");
    if (!strcmp(language, "nb") || !strcmp(language, "nn"))
        html_attr(out, "xml:lang", language);
    hf_buf_adds(out, ">\n");
    put_id(member_text(hit, "id"), out);
    for (size_t i = 0; !*title && i < sizeof names / sizeof *names; i++)
        title = member_text(hit, names[i]);
    element(out, "title", title);
    element(out, "updated", *seen ? seen : "1970-01-01T00:00:00Z");
    if (strlen(member_day(hit, day)) == 10) {
        snprintf(time, sizeof time, "%sT12:00:00Z", day);
        element(out, "published", time);
    }
    const char *of = member_text(hit, "helsefellesskap_name");
    if (*of) {
        hf_buf_adds(out, "<author>");
        element(out, "name", of);
        hf_buf_adds(out, "</author>\n");
    }
    html_record_url(&path, member_text(hit, "id"));
    link_to(out, "alternate", "text/html", base, path.data);
    const char *source = member_text(hit, "source_link");
    if (!strncasecmp(source, "https://", 8) || !strncasecmp(source, "http://", 7))
        link_to(out, "via", NULL, "", source);
    categories(hit, out);
    element(out, "summary", member_text(hit, "citation"));
    content(hit, out);
    hf_buf_adds(out, "</entry>\n");
    hf_buf_release(&path);
}

void render_atom_entries(const char *base, const json_t *hits, struct hf_buf *out)
{
    size_t i;
    json_t *hit;
    json_array_foreach((json_t *)hits, i, hit) entry(base, hit, out);
}
