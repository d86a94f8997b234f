#include <stdint.h>
#include <string.h>

#include "known.h"
#include "render_html.h"
#include "render_json.h"
#include "render_promise.h"
#include "render_version.h"

static void choice(const struct page *page, enum hf_facet facet, const char *id)
{
    const struct hf_choice *c = known_find(facet, id);
    html_text(page->out, c ? known_label(c, page->p->lang) : id);
}

static void row_open(const struct page *page, enum string_id label)
{
    hf_buf_adds(page->out, "<div><dt>");
    html_say(page, label, NULL);
    hf_buf_adds(page->out, "</dt><dd>");
}

static void row_close(const struct page *page)
{
    hf_buf_adds(page->out, "</dd></div>\n");
}

static void row(const struct page *page, enum string_id label, const char *text)
{
    if (!text || !*text) return;
    row_open(page, label);
    html_text(page->out, text);
    row_close(page);
}

static void member(const struct page *page, enum string_id label, const json_t *record,
                   const char *name)
{
    const json_t *value = json_object_get(record, name);
    char number[24];
    if (json_is_integer(value)) {
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        row(page, label, number);
    } else {
        row(page, label, json_string_value(value));
    }
}

static void record_link(const struct page *page, const char *id, const char *text)
{
    struct hf_buf url = HF_BUF_INIT;
    html_record_url(&url, id);
    if (page->lang_given) hf_buf_addf(&url, "?lang=%s", strings_lang(page->p->lang));
    bool linked = *id && html_link(page->out, url.data);
    html_text(page->out, *text ? text : id);
    if (linked) hf_buf_adds(page->out, "</a>");
    hf_buf_release(&url);
}

/* Text with its paragraphs. */
static void paragraphs(struct hf_buf *b, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        if (len) {
            hf_buf_adds(b, "<p>");
            html_textn(b, text, len);
            hf_buf_adds(b, "</p>\n");
        }
        text += len + (text[len] == '\n');
    }
}

static void quote(const struct page *page, const char *class, const char *text,
                  const char *lang)
{
    hf_buf_addf(page->out, "<blockquote class=\"%s\"", class);
    if (strcmp(lang, "nb") == 0 || strcmp(lang, "nn") == 0)
        html_attr(page->out, "lang", lang);
    hf_buf_addc(page->out, '>');
    paragraphs(page->out, text);
    hf_buf_adds(page->out, "</blockquote>\n");
}

void render_ruling(const struct page *page, const json_t *d, const char *lang)
{
    struct hf_buf *b = page->out;
    hf_buf_adds(b, "<article class=\"ruling\"><p class=\"kicker\"><span class=\"kind\">");
    if (*member_text(d, "label"))
        html_text(b, member_text(d, "label"));
    else
        html_say(page, S_ONE_DECISION, NULL);
    hf_buf_adds(b, "</span>");
    if (*member_text(d, "outcome")) {
        hf_buf_adds(b, " <span class=\"outcome\">");
        choice(page, HF_FACET_OUTCOME, member_text(d, "outcome"));
        hf_buf_adds(b, "</span>");
    }
    if (json_is_true(json_object_get(d, "implicit"))) {
        hf_buf_adds(b, " <span class=\"hint\">");
        html_say(page, S_IMPLICIT, NULL);
        hf_buf_adds(b, "</span>");
    }
    hf_buf_adds(b, "</p>\n");
    quote(page, "decision", member_text(d, "text"), lang);
    if (*member_text(d, "votes")) {
        hf_buf_adds(b, "<p class=\"facts\">");
        html_text(b, member_text(d, "votes"));
        hf_buf_adds(b, "</p>\n");
    }
    render_promise_html(page, json_object_get(d, "promise"));
    hf_buf_adds(b, "</article>\n");
}

/* ---- parts of a case ---- */

static void references(const struct page *page, const json_t *record)
{
    const json_t *refs = json_object_get(record, "refs_detail");
    size_t i;
    json_t *ref;
    if (!json_array_size(refs)) return;
    row_open(page, S_REFERS);
    json_array_foreach(refs, i, ref)
    {
        struct params q = html_question(page);
        struct hf_buf url = HF_BUF_INIT, query = HF_BUF_INIT;
        if (i) hf_buf_adds(page->out, ", ");
        if (*member_text(ref, "case")) {
            record_link(page, member_text(ref, "case"), member_text(ref, "as_printed"));
            continue;
        }
        hf_buf_addf(&query, "sak:%s", member_text(ref, "number"));
        q.q = query.data;
        html_search_url(page, &q, 1, &url);
        bool linked = *member_text(ref, "number") && html_link(page->out, url.data);
        html_text(page->out, member_text(ref, "as_printed"));
        if (linked) hf_buf_adds(page->out, "</a>");
        hf_buf_release(&url);
        hf_buf_release(&query);
    }
    row_close(page);
}

static void mentions(const struct page *page, const json_t *record)
{
    const json_t *people = json_object_get(record, "people");
    size_t i;
    json_t *person;
    if (!json_array_size(people)) return;
    row_open(page, S_PEOPLE);
    json_array_foreach(people, i, person)
    {
        if (i) hf_buf_adds(page->out, ", ");
        html_text(page->out, member_text(person, "name"));
    }
    row_close(page);
}

static void groups(const struct page *page, const json_t *record)
{
    const json_t *list = json_object_get(record, "patient_groups");
    const json_t *evidence = json_object_get(record, "group_evidence");
    size_t i, k;
    json_t *id, *proof;
    if (!json_array_size(list)) return;
    row_open(page, S_GROUPS);
    hf_buf_adds(page->out, "<ul class=\"plain\">");
    json_array_foreach(list, i, id)
    {
        const char *name = json_string_value(id);
        hf_buf_adds(page->out, "<li>");
        choice(page, HF_FACET_GROUP, name ? name : "");
        json_array_foreach(evidence, k, proof)
        {
            if (!name || strcmp(member_text(proof, "group"), name) != 0) continue;
            hf_buf_adds(page->out, " <span class=\"hint\">«");
            html_clipped(page->out, member_text(proof, "text"), 160);
            hf_buf_adds(page->out, "»");
            if (json_is_false(json_object_get(proof, "priority"))) {
                hf_buf_addc(page->out, ' ');
                html_say(page, S_GROUP_NOT_YET, NULL);
            }
            hf_buf_adds(page->out, "</span>");
            break;
        }
        hf_buf_adds(page->out, "</li>");
    }
    hf_buf_adds(page->out, "</ul>");
    row_close(page);
}

/* ---- what stands around a record ---- */

/* In a field of its own, so that the keyboard alone can mark and copy it. */
static void citation(const struct page *page, const char *text)
{
    if (!*text) return;
    hf_buf_adds(page->out, "<div><dt><label for=\"sitat\">");
    html_say(page, S_CITATION, NULL);
    hf_buf_adds(page->out,
                "</label></dt><dd><input class=\"copy\" id=\"sitat\" readonly");
    html_attr(page->out, "value", text);
    hf_buf_adds(page->out, ">");
    row_close(page);
}

static void provenance(const struct page *page, const json_t *record)
{
    struct hf_buf *b = page->out;
    hf_buf_adds(b, "<section class=\"around\"><h2>");
    html_say(page, S_PROVENANCE, NULL);
    hf_buf_adds(b, "</h2>\n<dl>\n");
    const char *url = member_text(record, "url");
    if (*url) {
        row_open(page, S_ADDRESS);
        bool linked = html_web_link(b, url);
        html_text(b, url);
        if (linked) hf_buf_adds(b, "</a>");
        row_close(page);
    }
    member(page, S_SOURCE, record, "source");
    member(page, S_PAGE, record, "page");
    member(page, S_LINE, record, "line");
    const char *layer = member_text(record, "text_layer");
    if (*layer)
        row(page, S_TEXT_LAYER,
            strings_get(strcmp(layer, "ocr") == 0        ? S_LAYER_OCR
                        : strcmp(layer, "repaired") == 0 ? S_LAYER_REPAIRED
                                                         : S_LAYER_TEXT,
                        page->p->lang));
    citation(page, member_text(record, "citation"));
    member(page, S_ID, record, "id");
    member(page, S_HASH, record, "source_sha256");
    hf_buf_adds(b, "</dl></section>\n");
}

static const char *brief_title(const struct page *page, const json_t *one)
{
    if (*member_text(one, "title")) return member_text(one, "title");
    if (*member_text(one, "number")) return member_text(one, "number");
    return strings_get(S_UNTITLED, page->p->lang);
}

/* The agenda of a meeting, what was decided under each case. */
static void list_of_cases(const struct page *page, const json_t *answer)
{
    struct hf_buf *b = page->out;
    const json_t *cases = json_object_get(answer, "cases");
    const char *lang = member_text(json_object_get(answer, "meeting"), "language");
    size_t i, k;
    json_t *one, *ruling;
    if (!json_array_size(cases)) return;
    hf_buf_adds(b, "<section><h2>");
    html_say(page, S_CASES, NULL);
    hf_buf_adds(b, "</h2>\n<ul class=\"agenda\">\n");
    json_array_foreach(cases, i, one)
    {
        hf_buf_adds(b, "<li><span class=\"number\">");
        html_text(b, member_text(one, "number"));
        hf_buf_adds(b, "</span> ");
        record_link(page, member_text(one, "id"), brief_title(page, one));
        hf_buf_addc(b, '\n');
        json_array_foreach(
            json_object_get(answer, "decisions"), k,
            ruling) if (strcmp(member_text(ruling, "case"), member_text(one, "id")) == 0)
            render_ruling(page, ruling, lang);
        hf_buf_adds(b, "</li>\n");
    }
    hf_buf_adds(b, "</ul></section>\n");
}

/* A name, linked to the person, else to this attendance. */
static void person_link(const struct page *page, const json_t *attendee)
{
    struct hf_buf id = HF_BUF_INIT;
    if (*member_text(attendee, "person"))
        hf_buf_addf(&id, "person/%s", member_text(attendee, "person"));
    else
        hf_buf_adds(&id, member_text(attendee, "id"));
    record_link(page, id.data, member_text(attendee, "name"));
    hf_buf_release(&id);
}

static void people_table(const struct page *page, const json_t *people)
{
    static const enum string_id heads[] = {S_NAME, S_ROLE, S_ORGANISATION, S_PRESENCE};
    struct hf_buf *b = page->out;
    size_t i;
    json_t *one;
    hf_buf_adds(b, "<div class=\"scroll\" tabindex=\"0\" role=\"region\"");
    html_attr(b, "aria-label", strings_get(S_ATTENDEES, page->p->lang));
    hf_buf_adds(b, "><table><thead><tr>");
    for (i = 0; i < 4; i++) {
        hf_buf_adds(b, "<th scope=\"col\">");
        html_say(page, heads[i], NULL);
        hf_buf_adds(b, "</th>");
    }
    hf_buf_adds(b, "</tr></thead>\n<tbody>\n");
    json_array_foreach(people, i, one)
    {
        hf_buf_adds(b, "<tr><th scope=\"row\">");
        person_link(page, one);
        hf_buf_adds(b, "</th><td>");
        html_text(b, member_text(one, "role"));
        hf_buf_adds(b, "</td><td>");
        html_text(b, member_text(one, "organisation"));
        hf_buf_adds(b, "</td><td>");
        choice(page, HF_FACET_PRESENCE, member_text(one, "presence"));
        hf_buf_adds(b, "</td></tr>\n");
    }
    hf_buf_adds(b, "</tbody></table></div>\n");
}

/* Who was at the meeting; folded away on the page of a case. */
static void list_of_people(const struct page *page, const json_t *people, bool is_folded)
{
    struct hf_buf *b = page->out;
    if (!json_array_size(people)) return;
    hf_buf_adds(b, is_folded ? "<details class=\"around\"><summary>" : "<section><h2>");
    html_say(page, S_ATTENDEES, NULL);
    hf_buf_adds(b, is_folded ? "</summary>\n" : "</h2>\n");
    people_table(page, people);
    hf_buf_adds(b, is_folded ? "</details>\n" : "</section>\n");
}

static void neighbours(const struct page *page, const json_t *answer)
{
    static const struct {
        const char *name;
        enum string_id label;
    } sides[] = {{"previous", S_PREVIOUS_CASE}, {"next", S_NEXT_CASE}};
    if (!json_is_object(json_object_get(answer, "previous")) &&
        !json_is_object(json_object_get(answer, "next")))
        return;
    hf_buf_adds(page->out, "<nav class=\"beside\"");
    html_attr(page->out, "aria-label", strings_get(S_NEIGHBOURS, page->p->lang));
    hf_buf_adds(page->out, "><ul>\n");
    for (size_t i = 0; i < 2; i++) {
        const json_t *other = json_object_get(answer, sides[i].name);
        if (!json_is_object(other)) continue;
        hf_buf_adds(page->out, "<li><span class=\"hint\">");
        html_say(page, sides[i].label, NULL);
        hf_buf_adds(page->out, "</span> ");
        record_link(page, member_text(other, "id"), brief_title(page, other));
        hf_buf_adds(page->out, "</li>\n");
    }
    hf_buf_adds(page->out, "</ul></nav>\n");
}

/* "SSU · Helsefellesskapet Vestfold · 2. februar 2023", linked to the meeting. */
static void meeting_line(const struct page *page, const json_t *meeting,
                         const json_t *record)
{
    struct hf_buf *b = page->out, line = HF_BUF_INIT;
    const json_t *from = json_is_object(meeting) ? meeting : record;
    const char *names[] = {"body", "helsefellesskap_name"};
    for (size_t i = 0; i < 2; i++) {
        const char *text = member_text(from, names[i]);
        if (*text) hf_buf_addf(&line, "%s%s", line.len ? " · " : "", text);
    }
    char day[11];
    if (*member_day(from, day)) {
        if (line.len) hf_buf_adds(&line, " · ");
        strings_date(&line, day, page->p->lang);
    }
    hf_buf_adds(b, "<p class=\"kicker\">");
    if (from == meeting && strcmp(member_text(record, "type"), "meeting") != 0)
        record_link(page, member_text(meeting, "id"), line.data);
    else
        html_text(b, line.data);
    hf_buf_adds(b, "</p>\n");
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

static void versions(const struct page *page, const json_t *record)
{
    struct hf_buf b = HF_BUF_INIT;
    version_say(&b, record, page->p->lang);
    row(page, S_VERSION, b.data);
    hf_buf_clear(&b);
    version_sources(&b, record, ", ", page->p->lang);
    row(page, S_OTHER_SOURCES, b.data);
    hf_buf_release(&b);
}

static void meeting_facts(const struct page *page, const json_t *record)
{
    member(page, S_BODY_NAME, record, "body_name");
    member(page, S_DATE, record, "date");
    member(page, S_YEAR_BY_EVIDENCE, record, "date_note");
    member(page, S_TIME, record, "time");
    member(page, S_PLACE, record, "place");
    member(page, S_CHAIR, record, "chair");
    member(page, S_MINUTES_BY, record, "minutes_by");
    member(page, S_REGION, record, "health_region");
    versions(page, record);
}

static void facts(const struct page *page, const json_t *record)
{
    hf_buf_adds(page->out, "<dl>\n");
    const char *type = member_text(record, "type");
    if (strcmp(type, "meeting") == 0) meeting_facts(page, record);
    if (strcmp(type, "attendee") == 0) {
        member(page, S_ROLE, record, "role");
        member(page, S_ORGANISATION, record, "organisation");
        member(page, S_DEPUTY_FOR, record, "deputy_for");
        if (*member_text(record, "presence")) {
            row_open(page, S_PRESENCE);
            choice(page, HF_FACET_PRESENCE, member_text(record, "presence"));
            row_close(page);
        }
    }
    member(page, S_NUMBER, record,
           strcmp(type, "decision") == 0 ? "case_number" : "number");
    member(page, S_RESPONSIBLE, record, "responsible");
    member(page, S_DEADLINE, record, "deadline");
    references(page, record);
    mentions(page, record);
    groups(page, record);
    hf_buf_adds(page->out, "</dl>\n");
}

static void main_part(const struct page *page, const json_t *answer, const json_t *record)
{
    struct hf_buf *b = page->out;
    const char *type = member_text(record, "type");
    const json_t *decisions = json_object_get(answer, "decisions");
    const char *lang = member_text(json_object_get(answer, "meeting"), "language");
    size_t i;
    json_t *one;
    if (strcmp(type, "decision") == 0) {
        render_ruling(page, record, lang);
        const char *id = member_text(json_object_get(answer, "case"), "id");
        if (*id) {
            hf_buf_adds(b, "<p>");
            html_say(page, S_WHOLE_CASE, NULL);
            hf_buf_addc(b, ' ');
            record_link(page, id, title_of(answer, json_object_get(answer, "case")));
            hf_buf_adds(b, "</p>\n");
        }
    } else if (strcmp(type, "case") == 0) {
        json_array_foreach(decisions, i, one) render_ruling(page, one, lang);
    }
    facts(page, record);
    render_chain_part(page, json_object_get(answer, "chain"));
    if (strcmp(type, "case") == 0 && *member_text(record, "text")) {
        hf_buf_adds(b, "<section><h2>");
        html_say(page, S_CASE_TEXT, NULL);
        hf_buf_adds(b, "</h2>\n");
        quote(page, "passage", member_text(record, "text"), lang);
        hf_buf_adds(b, "</section>\n");
    }
    if (strcmp(type, "attendee") == 0 && *member_text(record, "person")) {
        hf_buf_adds(b, "<p>");
        html_say(page, S_ALL_ATTENDANCES, NULL);
        hf_buf_addc(b, ' ');
        person_link(page, record);
        hf_buf_adds(b, "</p>\n");
    }
    render_similar_part(page, json_object_get(answer, "similar"));
    if (strcmp(type, "meeting") == 0) list_of_cases(page, answer);
    if (strcmp(type, "attendee") != 0)
        list_of_people(page, json_object_get(answer, "attendees"),
                       strcmp(type, "meeting") != 0);
}

void render_record_page(const struct page *page, const json_t *answer)
{
    struct hf_buf *b = page->out;
    const json_t *record = json_object_get(answer, "record");
    const char *title = title_of(answer, record);
    html_open(page, title);
    hf_buf_adds(b, "<main id=\"innhold\" class=\"record\">\n");
    html_search_box(page);
    meeting_line(page, json_object_get(answer, "meeting"), record);
    hf_buf_adds(b, "<h1>");
    html_text(b, title);
    hf_buf_adds(b, "</h1>\n");
    main_part(page, answer, record);
    provenance(page, record);
    neighbours(page, answer);
    hf_buf_adds(b, "</main>\n");
    html_close(page);
}
