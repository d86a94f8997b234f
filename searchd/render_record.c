#include <string.h>

#include "render_html.h"
#include "render_json.h"
#include "render_promise.h"
#include "render_version.h"

enum { PROOF_SHOWN = 160 };

static bool is_type(const json_t *record, const char *type)
{
    return strcmp(member_text(record, "type"), type) == 0;
}

void view_ruling(json_t *view, const struct page *page, const json_t *d, const char *lang)
{
    view_copy(view, d, "label", "votes", NULL);
    view_choice(view, "outcome", page, HF_FACET_OUTCOME, member_text(d, "outcome"));
    view_flag(view, "is_implicit", json_is_true(json_object_get(d, "implicit")));
    view_language(view, "lang", lang);
    view_paragraphs(view, member_text(d, "text"));
    view_promise(view, page, json_object_get(d, "promise"));
}

/* ---- parts of a case ---- */

static void references(json_t *view, const struct page *page, const json_t *record)
{
    json_t *list = view_list(view, "references"), *ref;
    size_t i;
    json_array_foreach(json_object_get(record, "refs_detail"), i, ref)
    {
        json_t *one = view_item(list);
        const char *number = member_text(ref, "number");
        view_flag(one, "is_more", i > 0);
        view_link(one, page, member_text(ref, "case"), member_text(ref, "as_printed"));
        if (*member_text(ref, "case") || !*number) continue;
        struct params q = view_new_question(page);
        struct hf_buf query = HF_BUF_INIT;
        hf_buf_addf(&query, "sak:%s", number);
        q.q = query.data;
        view_question(one, "address", page, &q, 1);
        hf_buf_release(&query);
    }
}

static void mentions(json_t *view, const json_t *record)
{
    struct hf_buf names = HF_BUF_INIT;
    size_t i;
    json_t *person;
    json_array_foreach(json_object_get(record, "people"), i, person)
        hf_buf_addf(&names, "%s%s", i ? ", " : "", member_text(person, "name"));
    view_text(view, "mentions", names.data);
    hf_buf_release(&names);
}

static void groups(json_t *view, const struct page *page, const json_t *record)
{
    const json_t *evidence = json_object_get(record, "group_evidence");
    json_t *list = view_list(view, "groups"), *id, *proof;
    size_t i, k;
    json_array_foreach(json_object_get(record, "patient_groups"), i, id)
    {
        json_t *one = view_item(list);
        const char *group = json_string_value(id);
        view_choice(one, "group", page, HF_FACET_GROUP, group ? group : "");
        json_array_foreach(evidence, k, proof)
        {
            if (!group || strcmp(member_text(proof, "group"), group) != 0) continue;
            view_clipped(one, "proof", member_text(proof, "text"), PROOF_SHOWN);
            view_flag(one, "is_not_yet",
                      json_is_false(json_object_get(proof, "priority")));
            break;
        }
    }
}

/* ---- what stands around a record ---- */

static void provenance(json_t *view, const struct page *page, const json_t *record)
{
    const char *layer = member_text(record, "text_layer");
    view_copy(view, record, "url", "source", "page", "line", "citation", "id",
              "source_sha256", NULL);
    view_web_address(view, "source_address", member_text(record, "url"));
    view_text(view, "text_layer", NULL);
    if (*layer)
        view_say(view, "text_layer", page,
                 strcmp(layer, "ocr") == 0        ? S_LAYER_OCR
                 : strcmp(layer, "repaired") == 0 ? S_LAYER_REPAIRED
                                                  : S_LAYER_TEXT,
                 NULL);
}

static void brief_link(json_t *view, const struct page *page, const json_t *one)
{
    const char *title = member_text(one, "title");
    if (!*title) title = member_text(one, "number");
    if (!*title) title = strings_get(S_UNTITLED, page->p->lang);
    view_link(view, page, member_text(one, "id"), title);
}

/* The agenda of a meeting, what was decided under each case. */
static void agenda(json_t *view, const struct page *page, const json_t *answer)
{
    const char *lang = member_text(json_object_get(answer, "meeting"), "language");
    json_t *list = view_list(view, "agenda"), *one, *ruling;
    size_t i, k;
    json_array_foreach(json_object_get(answer, "cases"), i, one)
    {
        json_t *item = view_item(list), *rulings = view_list(item, "rulings");
        view_copy(item, one, "number", NULL);
        brief_link(item, page, one);
        json_array_foreach(json_object_get(answer, "decisions"), k, ruling)
        {
            if (strcmp(member_text(ruling, "case"), member_text(one, "id")) == 0)
                view_ruling(view_item(rulings), page, ruling, lang);
        }
    }
}

/* A name, linked to the person, else to this attendance. */
static void person_link(json_t *view, const struct page *page, const json_t *attendee)
{
    const char *person = member_text(attendee, "person");
    struct hf_buf id = HF_BUF_INIT;
    hf_buf_addf(&id, "%s%s", *person ? "person/" : "",
                *person ? person : member_text(attendee, "id"));
    view_link(view, page, id.data, member_text(attendee, "name"));
    hf_buf_release(&id);
}

static void presence(json_t *view, const struct page *page, const json_t *attendee)
{
    view_copy(view, attendee, "role", "organisation", "deputy_for", NULL);
    view_choice(view, "presence", page, HF_FACET_PRESENCE,
                member_text(attendee, "presence"));
}

/* Who was at the meeting. */
static void attendees(json_t *view, const struct page *page, const json_t *answer)
{
    json_t *list = view_list(view, "attendees"), *attendee;
    size_t i;
    json_array_foreach(json_object_get(answer, "attendees"), i, attendee)
    {
        json_t *one = view_item(list);
        person_link(one, page, attendee);
        presence(one, page, attendee);
    }
}

static void neighbours(json_t *view, const struct page *page, const json_t *answer)
{
    static const char *const sides[] = {"previous", "next"};
    bool any = false;
    for (size_t i = 0; i < 2; i++) {
        const json_t *other = json_object_get(answer, sides[i]);
        if (!json_is_object(other)) continue;
        brief_link(view_part(view, sides[i]), page, other);
        any = true;
    }
    view_flag(view, "has_neighbours", any);
}

/* "SSU · Helsefellesskapet Vestfold · 2. februar 2023", linked to the meeting. */
static void meeting_line(json_t *view, const struct page *page, const json_t *meeting,
                         const json_t *record)
{
    static const char *const names[] = {"body", "helsefellesskap_name"};
    const json_t *from = json_is_object(meeting) ? meeting : record;
    bool is_other = from == meeting && !is_type(record, "meeting");
    struct hf_buf line = HF_BUF_INIT;
    char day[11];
    for (size_t i = 0; i < 2; i++) {
        const char *text = member_text(from, names[i]);
        if (*text) hf_buf_addf(&line, "%s%s", line.len ? " · " : "", text);
    }
    if (*member_day(from, day)) {
        if (line.len) hf_buf_adds(&line, " · ");
        strings_date(&line, day, page->p->lang);
    }
    view_link(view_part(view, "meeting"), page,
              is_other ? member_text(meeting, "id") : "", line.data);
    hf_buf_release(&line);
}

static const char *title_of(const json_t *answer, const json_t *record)
{
    const char *names[] = {"title", "case_title", "name"};
    for (size_t i = 0; i < 3; i++)
        if (*member_text(record, names[i])) return member_text(record, names[i]);
    const char *of_case = member_text(json_object_get(answer, "case"), "title");
    return *of_case ? of_case : member_text(record, "id");
}

static void versions(json_t *view, const struct page *page, const json_t *record)
{
    struct hf_buf b = HF_BUF_INIT;
    version_say(&b, record, page->p->lang);
    view_text(view, "version", b.data);
    hf_buf_clear(&b);
    version_sources(&b, record, ", ", page->p->lang);
    view_text(view, "other_sources", b.data);
    hf_buf_release(&b);
}

/* ---- the kinds of record ---- */

static void of_meeting(json_t *view, const struct page *page, const json_t *answer,
                       const json_t *record)
{
    view_copy(view, record, "body_name", "date", "date_note", "time", "place", "chair",
              "minutes_by", "health_region", NULL);
    versions(view, page, record);
    agenda(view, page, answer);
}

static void of_decision(json_t *view, const struct page *page, const json_t *answer,
                        const json_t *record)
{
    const json_t *of = json_object_get(answer, "case");
    const char *lang = member_text(json_object_get(answer, "meeting"), "language");
    view_ruling(view_item(view_list(view, "rulings")), page, record, lang);
    if (*member_text(of, "id"))
        view_link(view_part(view, "whole_case"), page, member_text(of, "id"),
                  title_of(answer, of));
}

static void of_case(json_t *view, const struct page *page, const json_t *answer,
                    const json_t *record)
{
    const char *lang = member_text(json_object_get(answer, "meeting"), "language");
    json_t *rulings = view_list(view, "rulings"), *one, *text;
    size_t i;
    json_array_foreach(json_object_get(answer, "decisions"), i, one)
        view_ruling(view_item(rulings), page, one, lang);
    if (!*member_text(record, "text")) return;
    text = view_part(view, "case_text");
    view_language(text, "lang", lang);
    view_paragraphs(text, member_text(record, "text"));
}

static void of_attendance(json_t *view, const struct page *page, const json_t *record)
{
    presence(view, page, record);
    if (*member_text(record, "person"))
        person_link(view_part(view, "person"), page, record);
}

void render_record_page(const struct page *page, const json_t *answer)
{
    const json_t *record = json_object_get(answer, "record");
    json_t *view = view_page(page, title_of(answer, record));
    bool is_meeting = is_type(record, "meeting");
    meeting_line(view, page, json_object_get(answer, "meeting"), record);
    view_copy(view, record, "responsible", "deadline", NULL);
    view_text(
        view, "number",
        member_text(record, is_type(record, "decision") ? "case_number" : "number"));
    references(view, page, record);
    mentions(view, record);
    groups(view, page, record);
    if (is_meeting) of_meeting(view, page, answer, record);
    if (is_type(record, "decision")) of_decision(view, page, answer, record);
    if (is_type(record, "case")) of_case(view, page, answer, record);
    if (is_type(record, "attendee")) of_attendance(view, page, record);
    view_flag(view, "is_meeting", is_meeting);
    if (!is_type(record, "attendee")) attendees(view, page, answer);
    view_chain(view, page, json_object_get(answer, "chain"));
    view_similar(view, page, json_object_get(answer, "similar"));
    provenance(view, page, record);
    neighbours(view, page, answer);
    view_show(page, "record", view);
}
