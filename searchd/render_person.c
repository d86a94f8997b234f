#include <string.h>

#include "render_html.h"
#include "render_json.h"

/* Below each other so that a row's date is its own. */
static void day(json_t *view, const struct page *page, const json_t *record)
{
    char iso[11];
    view_date(view, "date", page, member_day(record, iso));
}

static void count(json_t *view, const char *name, const struct page *page,
                  enum string_id id, json_int_t n)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)n);
    view_say(view, name, page, id, text, NULL);
}

static void facts(json_t *view, const struct page *page, const json_t *answer)
{
    const json_t *spellings = json_object_get(answer, "spellings");
    struct hf_buf text = HF_BUF_INIT;
    size_t i;
    json_t *one;
    count(view, "n_meetings", page, S_N_MEETINGS,
          (json_int_t)json_array_size(json_object_get(answer, "meetings")));
    count(view, "n_present", page, S_N_PRESENT,
          json_integer_value(json_object_get(answer, "present")));
    count(view, "n_absent", page, S_N_ABSENT,
          json_integer_value(json_object_get(answer, "absent")));
    if (json_array_size(spellings) < 2) return;
    json_array_foreach((json_t *)spellings, i, one)
        hf_buf_addf(&text, "%s%s (%lld)", i ? ", " : "", member_text(one, "text"),
                    (long long)json_integer_value(json_object_get(one, "meetings")));
    view_text(view, "spellings", text.data);
    hf_buf_release(&text);
}

static void roles(json_t *view, const struct page *page, const json_t *answer)
{
    json_t *list = view_list(view, "roles"), *role;
    size_t i;
    json_array_foreach(json_object_get(answer, "roles"), i, role)
    {
        json_t *one = view_item(list);
        const char *from = member_text(role, "from"), *to = member_text(role, "to");
        view_copy(one, role, "role", "organisation", NULL);
        view_date(one, "from", page, from);
        view_date(one, "to", page, strcmp(from, to) != 0 ? to : NULL);
    }
}

static void cases(json_t *view, const struct page *page, const json_t *answer)
{
    static const struct {
        const char *function;
        enum string_id label;
    } functions[] = {{"presenter", S_FUNCTION_PRESENTER},
                     {"responsible", S_FUNCTION_RESPONSIBLE},
                     {"mentioned", S_FUNCTION_MENTIONED}};
    json_t *list = view_list(view, "cases"), *record;
    size_t i;
    json_array_foreach(json_object_get(answer, "cases"), i, record)
    {
        json_t *one = view_item(list);
        view_link(one, page, member_text(record, "id"), member_text(record, "title"));
        for (size_t k = 0; k < sizeof functions / sizeof *functions; k++)
            if (!strcmp(member_text(record, "function"), functions[k].function))
                view_say(one, "function", page, functions[k].label, NULL);
        view_copy(one, record, "body", NULL);
        day(one, page, record);
    }
}

/* Newest first. */
static void meetings(json_t *view, const struct page *page, const json_t *answer)
{
    const json_t *records = json_object_get(answer, "meetings");
    json_t *list = view_list(view, "meetings");
    for (size_t i = json_array_size(records); i-- > 0;) {
        const json_t *record = json_array_get(records, i);
        const char *name = member_text(record, "body_name");
        json_t *one = view_item(list);
        view_record(one, "address", page, member_text(record, "id"));
        day(one, page, record);
        view_text(one, "body", *name ? name : member_text(record, "body"));
        view_choice(one, "trust", page, HF_FACET_HELSEFELLESSKAP,
                    member_text(record, "helsefellesskap"));
        view_choice(one, "presence", page, HF_FACET_PRESENCE,
                    member_text(record, "presence"));
    }
}

void render_person_page(const struct page *page, const json_t *answer)
{
    json_t *view = view_page(page, member_text(answer, "name"));
    facts(view, page, answer);
    roles(view, page, answer);
    cases(view, page, answer);
    meetings(view, page, answer);
    view_show(page, "person", view);
}
