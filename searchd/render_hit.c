#include <string.h>

#include "known.h"
#include "render_html.h"
#include "render_json.h"
#include "render_promise.h"

enum { WHOLE_SHOWN = 700, TEXT_SHOWN = 420, DECISIONS_SHOWN = 2, MEETINGS_SHOWN = 4 };

/* The title with its matches; a record without one is named by its citation. */
static void title(json_t *view, const json_t *hit)
{
    static const char *const names[] = {"title", "case_title", "name", "citation", "id"};
    const json_t *segments = json_object_get(hit, "title_segments");
    json_t *part = view_part(view, "title");
    const char *text = "";
    for (size_t i = 0; i < sizeof names / sizeof *names && !*text; i++)
        text = member_text(hit, names[i]);
    view_segments(part, segments);
    view_text(part, "text", json_array_size(segments) ? NULL : text);
}

/* "Vedtak · Godkjent", "Sak · Helsefellesskapet Vestfold · SSU · 2. februar 2023". */
static void kicker(json_t *view, const struct page *page, const json_t *hit,
                   const char *type)
{
    static const struct {
        const char *type;
        enum string_id label;
    } labels[] = {{"case", S_ONE_CASE},
                  {"decision", S_ONE_DECISION},
                  {"meeting", S_ONE_MEETING},
                  {"person", S_ONE_PERSON},
                  {"attendee", S_ONE_ATTENDEE}};
    char day[11];
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strcmp(type, labels[i].type) == 0)
            view_say(view, "kind", page, labels[i].label, NULL);
    view_choice(view, "outcome", page, HF_FACET_OUTCOME, member_text(hit, "outcome"));
    view_copy(view, hit, "helsefellesskap_name", "body", NULL);
    view_date(view, "date", page, member_day(hit, day));
}

/* The whole text where it is short, else the passage that answers. */
static void decision(json_t *view, const json_t *d)
{
    const char *text = member_text(d, "text");
    const json_t *segments = json_object_get(d, "segments");
    bool is_short = strlen(text) <= WHOLE_SHOWN;
    if (!is_short || !json_array_size(segments)) segments = json_object_get(d, "snippet");
    view_copy(view, d, "label", NULL);
    view_language(view, "text_lang", member_text(d, "language"));
    view_segments(view, segments);
    view_clipped(view, "text", json_array_size(segments) ? "" : text, TEXT_SHOWN);
}

static void decisions(json_t *view, const struct page *page, const json_t *hit,
                      const char *type)
{
    const json_t *list = json_object_get(hit, "decisions");
    json_t *shown = view_list(view, "decisions");
    size_t n = strcmp(type, "case") == 0 ? json_array_size(list) : 0;
    char more[24];
    if (strcmp(type, "decision") == 0) decision(view_item(shown), hit);
    for (size_t i = 0; i < n && i < DECISIONS_SHOWN; i++)
        decision(view_item(shown), json_array_get(list, i));
    snprintf(more, sizeof more, "%zu", n - DECISIONS_SHOWN);
    if (n > DECISIONS_SHOWN)
        view_say(view, "more_decisions", page, S_MORE_DECISIONS, more, NULL);
}

static void person(json_t *view, const struct page *page, const json_t *hit)
{
    static const struct {
        const char *name;
        enum string_id label;
    } counts[] = {
        {"meetings", S_N_MEETINGS}, {"present", S_N_PRESENT}, {"absent", S_N_ABSENT}};
    const json_t *records = json_object_get(hit, "records");
    json_t *part = view_part(view, "person");
    for (size_t i = 0; i < 3; i++) {
        char n[24];
        snprintf(n, sizeof n, "%d",
                 (int)json_integer_value(json_object_get(hit, counts[i].name)));
        view_say(part, counts[i].name, page, counts[i].label, n, NULL);
    }
    json_t *list = view_list(part, "attendances");
    for (size_t i = 0; i < json_array_size(records) && i < MEETINGS_SHOWN; i++) {
        const json_t *record = json_array_get(records, i);
        json_t *one = view_item(list);
        char day[11];
        view_copy(one, record, "body", "helsefellesskap_name", "role", NULL);
        view_choice(one, "presence", page, HF_FACET_PRESENCE,
                    member_text(record, "presence"));
        view_record(one, "address", page, member_text(record, "meeting"));
        view_date(one, "date", page, member_day(record, day));
    }
}

static void attendance(json_t *view, const struct page *page, const json_t *hit)
{
    json_t *part = view_part(view, "attendance");
    view_choice(part, "presence", page, HF_FACET_PRESENCE, member_text(hit, "presence"));
    view_copy(part, hit, "role", "organisation", NULL);
}

static void source(json_t *view, const json_t *hit)
{
    const char *path = member_text(hit, "source"), *name = strrchr(path, '/');
    const json_t *page_no = json_object_get(hit, "page");
    bool is_linked =
        view_web_address(view, "source_address", member_text(hit, "source_link"));
    view_text(view, "source_file", is_linked ? NULL : name ? name + 1 : path);
    view_copy(view, hit, "citation", NULL);
    view_flag(view, "is_scanned", strcmp(member_text(hit, "text_layer"), "ocr") == 0);
    if (json_is_integer(page_no))
        view_number(view, "source_page", json_integer_value(page_no));
}

void view_hit(json_t *view, const struct page *page, const json_t *hit)
{
    const char *type = member_text(hit, "type"), *link = member_text(hit, "link");
    if (*link)
        view_place(view, "address", page, link);
    else
        view_record(view, "address", page, member_text(hit, "id"));
    kicker(view, page, hit, type);
    title(view, hit);
    decisions(view, page, hit, type);
    if (strcmp(type, "person") == 0) person(view, page, hit);
    if (strcmp(type, "attendee") == 0) attendance(view, page, hit);
    if (strcmp(type, "person") && strcmp(type, "decision") && member_snippet_adds(hit)) {
        json_t *passage = view_part(view, "passage");
        view_language(passage, "text_lang", member_text(hit, "language"));
        view_segments(passage, json_object_get(hit, "snippet"));
    }
    view_promise(view, page, json_object_get(hit, "promise"));
    source(view, hit);
}
