#include <string.h>

#include "known.h"
#include "render_html.h"
#include "render_json.h"
#include "render_promise.h"

enum { WHOLE_SHOWN = 700, TEXT_SHOWN = 420, DECISIONS_SHOWN = 2, MEETINGS_SHOWN = 4 };

static void quote_open(struct hf_buf *b, const char *class, const json_t *record)
{
    const char *lang = member_text(record, "language");
    hf_buf_addf(b, "<blockquote class=\"%s\"", class);
    if (strcmp(lang, "nb") == 0 || strcmp(lang, "nn") == 0) html_attr(b, "lang", lang);
    hf_buf_addc(b, '>');
}

static bool has_segments(const json_t *record, const char *name)
{
    return json_array_size(json_object_get(record, name)) > 0;
}

/* The title with its matches; a record without one is named by its citation. */
static void title(const struct page *page, const json_t *hit)
{
    static const char *const names[] = {"title", "case_title", "name", "citation", "id"};
    if (has_segments(hit, "title_segments")) {
        html_segments(page->out, json_object_get(hit, "title_segments"));
        return;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (*member_text(hit, names[i])) {
            html_text(page->out, member_text(hit, names[i]));
            return;
        }
}

static void dot(struct hf_buf *b)
{
    hf_buf_adds(b, " <span aria-hidden=\"true\">·</span> ");
}

static void choice_label(const struct page *page, enum hf_facet facet, const char *id)
{
    const struct hf_choice *c = known_find(facet, id);
    html_text(page->out, c ? known_label(c, page->p->lang) : id);
}

/* "Vedtak · Godkjent" or "Sak · SSU · Helsefellesskapet Vestfold · 2. februar 2023". */
static void kicker(const struct page *page, const json_t *hit, const char *type)
{
    static const struct {
        const char *type;
        enum string_id label;
    } labels[] = {{"case", S_ONE_CASE},
                  {"decision", S_ONE_DECISION},
                  {"meeting", S_ONE_MEETING},
                  {"person", S_ONE_PERSON},
                  {"attendee", S_ONE_ATTENDEE}};
    struct hf_buf *b = page->out;
    hf_buf_adds(b, "<p class=\"kicker\"><span class=\"kind\">");
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strcmp(type, labels[i].type) == 0) html_say(page, labels[i].label, NULL);
    hf_buf_adds(b, "</span>");
    if (*member_text(hit, "outcome")) {
        hf_buf_adds(b, " <span class=\"outcome\">");
        choice_label(page, HF_FACET_OUTCOME, member_text(hit, "outcome"));
        hf_buf_adds(b, "</span>");
    }
    if (*member_text(hit, "helsefellesskap_name")) {
        dot(b);
        html_text(b, member_text(hit, "helsefellesskap_name"));
    }
    if (*member_text(hit, "body")) {
        dot(b);
        html_text(b, member_text(hit, "body"));
    }
    char day[11];
    if (*member_day(hit, day)) {
        dot(b);
        html_date(page, day);
    }
    hf_buf_adds(b, "</p>\n");
}

static void decision_text(const struct page *page, const json_t *decision)
{
    struct hf_buf *b = page->out;
    quote_open(b, "decision", decision);
    if (*member_text(decision, "label")) {
        hf_buf_adds(b, "<span class=\"label\">");
        html_text(b, member_text(decision, "label"));
        hf_buf_adds(b, "</span> ");
    }
    /* The whole text where it is short, else the passage that answers. */
    bool is_short = strlen(member_text(decision, "text")) <= WHOLE_SHOWN;
    if (is_short && has_segments(decision, "segments"))
        html_segments(b, json_object_get(decision, "segments"));
    else if (has_segments(decision, "snippet"))
        html_segments(b, json_object_get(decision, "snippet"));
    else
        html_clipped(b, member_text(decision, "text"), TEXT_SHOWN);
    hf_buf_adds(b, "</blockquote>\n");
}

static void decisions_of_case(const struct page *page, const json_t *hit)
{
    size_t i;
    json_t *decision, *list = json_object_get(hit, "decisions");
    json_array_foreach(list, i, decision)
    {
        if (i == DECISIONS_SHOWN) break;
        decision_text(page, decision);
    }
    if (json_array_size(list) > DECISIONS_SHOWN) {
        char n[24];
        snprintf(n, sizeof n, "%zu", json_array_size(list) - DECISIONS_SHOWN);
        hf_buf_adds(page->out, "<p class=\"more\">");
        html_say(page, S_MORE_DECISIONS, n, NULL);
        hf_buf_adds(page->out, "</p>\n");
    }
}

static void attendance(const struct page *page, const json_t *record)
{
    struct hf_buf *b = page->out;
    const char *id = member_text(record, "meeting");
    hf_buf_adds(b, "<li>");
    if (*member_text(record, "presence")) {
        choice_label(page, HF_FACET_PRESENCE, member_text(record, "presence"));
        hf_buf_adds(b, ": ");
    }
    struct hf_buf url = HF_BUF_INIT;
    if (*id) html_record_url(&url, id);
    bool linked = html_link(b, url.data);
    html_text(b, member_text(record, "body"));
    hf_buf_addc(b, ' ');
    html_text(b, member_text(record, "helsefellesskap_name"));
    hf_buf_addc(b, ' ');
    char day[11];
    html_date(page, member_day(record, day));
    if (linked) hf_buf_adds(b, "</a>");
    if (*member_text(record, "role")) {
        dot(b);
        html_text(b, member_text(record, "role"));
    }
    hf_buf_adds(b, "</li>\n");
    hf_buf_release(&url);
}

static void person(const struct page *page, const json_t *hit)
{
    static const struct {
        const char *name;
        enum string_id label;
    } counts[] = {
        {"meetings", S_N_MEETINGS}, {"present", S_N_PRESENT}, {"absent", S_N_ABSENT}};
    size_t i;
    json_t *record, *records = json_object_get(hit, "records");
    hf_buf_adds(page->out, "<p class=\"facts\">");
    for (i = 0; i < 3; i++) {
        char n[24];
        snprintf(n, sizeof n, "%d",
                 (int)json_integer_value(json_object_get(hit, counts[i].name)));
        if (i) dot(page->out);
        html_say(page, counts[i].label, n, NULL);
    }
    hf_buf_adds(page->out, "</p>\n<ul class=\"attendances\">\n");
    json_array_foreach(records, i, record)
    {
        if (i == MEETINGS_SHOWN) break;
        attendance(page, record);
    }
    hf_buf_adds(page->out, "</ul>\n");
}

static void passage(const struct page *page, const json_t *hit, const char *type)
{
    struct hf_buf *b = page->out;
    if (strcmp(type, "person") == 0) {
        person(page, hit);
    } else if (strcmp(type, "decision") == 0) {
        decision_text(page, hit);
    } else {
        if (strcmp(type, "case") == 0) decisions_of_case(page, hit);
        if (member_snippet_adds(hit)) {
            quote_open(b, "passage", hit);
            html_segments(b, json_object_get(hit, "snippet"));
            hf_buf_adds(b, "</blockquote>\n");
        }
    }
    render_promise_html(page, json_object_get(hit, "promise"));
    if (strcmp(type, "attendee") == 0) {
        hf_buf_adds(b, "<p class=\"facts\">");
        choice_label(page, HF_FACET_PRESENCE, member_text(hit, "presence"));
        const char *parts[] = {member_text(hit, "role"),
                               member_text(hit, "organisation")};
        for (size_t i = 0; i < 2; i++) {
            if (!*parts[i]) continue;
            dot(b);
            html_text(b, parts[i]);
        }
        hf_buf_adds(b, "</p>\n");
    }
}

static void citation(const struct page *page, const json_t *hit)
{
    struct hf_buf *b = page->out;
    json_t *page_no = json_object_get(hit, "page");
    hf_buf_adds(b, "<p class=\"cite\"><cite>");
    html_text(b, member_text(hit, "citation"));
    hf_buf_adds(b, "</cite>");
    struct hf_buf link = HF_BUF_INIT;
    if (html_web_link(&link, member_text(hit, "source_link"))) {
        dot(b);
        hf_buf_add(b, link.data, link.len);
        html_say(page, S_SOURCE, NULL);
        if (json_is_integer(page_no))
            hf_buf_addf(b, ", %s %d", strings_get(S_PAGE_SHORT, page->p->lang),
                        (int)json_integer_value(page_no));
        hf_buf_adds(b, "</a>");
    } else if (*member_text(hit, "source")) {
        const char *path = member_text(hit, "source"), *name = strrchr(path, '/');
        dot(b);
        html_say(page, S_SOURCE, NULL);
        hf_buf_adds(b, ": <span class=\"file\">");
        html_text(b, name ? name + 1 : path);
        hf_buf_adds(b, "</span>");
    }
    if (strcmp(member_text(hit, "text_layer"), "ocr") == 0) {
        dot(b);
        html_say(page, S_SCANNED, NULL);
    }
    hf_buf_release(&link);
    hf_buf_adds(b, "</p>\n");
}

void render_hit(const struct page *page, const json_t *hit)
{
    struct hf_buf *b = page->out;
    const char *type = member_text(hit, "type"), *link = member_text(hit, "link");
    struct hf_buf url = HF_BUF_INIT;
    if (!*link) html_record_url(&url, member_text(hit, "id"));
    hf_buf_adds(b, "<li><article class=\"hit\">\n");
    kicker(page, hit, type);
    hf_buf_adds(b, "<h2>");
    if (page->lang_given && link[0] == '/')
        hf_buf_addf(&url, "%s?lang=%s", link, strings_lang(page->p->lang));
    bool linked = html_link(b, url.len ? url.data : link);
    title(page, hit);
    hf_buf_adds(b, linked ? "</a></h2>\n" : "</h2>\n");
    passage(page, hit, type);
    citation(page, hit);
    hf_buf_adds(b, "</article></li>\n");
    hf_buf_release(&url);
}
