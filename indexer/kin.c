#include "kin.h"

#include <stdint.h>
#include <string.h>

static const char *string_of(const json_t *r, const char *name)
{
    return json_string_value(json_object_get(r, name));
}

static bool is_type(const json_t *r, const char *type)
{
    const char *own = string_of(r, "type");
    return own && !strcmp(own, type);
}

/* About what a decision of the case costs: its text, and its references and names, which
 * are terms of their own. */
static size_t weight_of(const json_t *c)
{
    static const char *const lists[] = {"refs", "attachments", "people",
                                        "patient_groups"};
    size_t sum = json_string_length(json_object_get(c, "text"));
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        sum += 32 * json_array_size(json_object_get(c, lists[i]));
    return sum;
}

static void add_decision(struct kin *k, json_t *decision)
{
    const char *id = string_of(decision, "case");
    json_t *list = id ? json_object_get(k->by_case, id) : NULL;
    if (id && !list) {
        list = json_array();
        json_object_set_new(k->by_case, id, list);
    }
    json_array_append(list, decision);
}

void kin_init(struct kin *k, const json_t *records)
{
    size_t i, n = 0, total = 0;
    json_t *r;
    memset(k, 0, sizeof *k);
    k->by_case = json_object();
    json_array_foreach(records, i, r)
    {
        const char *id = is_type(r, "case") ? string_of(r, "id") : NULL;
        if (id && !kin_case(k, id)) hf_map_put(&k->cases, id, strlen(id), r);
    }
    json_array_foreach(records, i, r)
    {
        if (!is_type(r, "decision")) continue;
        add_decision(k, r);
        total += weight_of(kin_case(k, string_of(r, "case")));
        n++;
    }
    k->is_bounded = total > KIN_MAX_INHERITED;
    k->share = k->is_bounded ? KIN_MAX_INHERITED / n : SIZE_MAX;
}

void kin_release(struct kin *k)
{
    hf_map_release(&k->cases);
    json_decref(k->by_case);
    memset(k, 0, sizeof *k);
}

const json_t *kin_case(const struct kin *k, const char *id)
{
    return id ? hf_map_get(&k->cases, id, strlen(id)) : NULL;
}

const json_t *kin_decisions(const struct kin *k, const char *case_id)
{
    return case_id ? json_object_get(k->by_case, case_id) : NULL;
}
