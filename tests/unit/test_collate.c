/* Who is who: which spellings are one person, which are two, and under which key. */
#include "t.h"

#include "../../indexer/collate.h"
#include "../../indexer/person_name.h"
#include "../../shim/map.h"

/* ---- two names ---- */

static const struct {
    const char *a, *b, *evidence, *why;
} pairs[] = {
    {"Christine Myhre Braathen", "Christine Myhre Brathen", "spelling", "aa is å, th is t"},
    {"Rebekka Ljosland", "Rebecca Ljosland", "spelling", "c before a is k"},
    {"Randi-Luise Møgster", "Randi Luise Møgster", "spelling", "a hyphen parts words too"},
    {"Øyvind Lund", "Oyvind Lund", "spelling", "ø without a Norwegian keyboard"},
    {"Øyvind Lund", "Oeyvind Lund", "spelling", "oe for ø"},
    {"Áilu Sárá", "Ailu Sara", "spelling", "Sámi letters without a Sámi keyboard"},
    {"Ánte Čáppa", "Ante Cappa", "spelling", "č as c"},
    {"Ann-Kristin Fagerbakke", "Anne Kristin Fagerbakke", "spelling", "the first half of a double name"},
    {"Lars Olsen", "Lars Ohlsen", "spelling", "near; the organisation decides"},
    {"Linn Dale Bergsma", "Linn Bergsma", "middle_name", "a name in the middle is left out"},
    {"Kirsten Hørthe", "K. Hørthe", "initial", "an initial"},
    {"Elin Kolstad Forsmo", "Elin K. Forsmo", "initial", "an initial in the middle"},
    {"Kirsten Hørthe", "Hørthe, Kirsten", "order", "family name first"},
    {"Rebekka Ljosland", "Ljosland Rebecca", "order", "the same without a comma"},
    /* refusals */
    {"Lars Hansen", "Lars Hagen", NULL, "n and g"},
    {"Kari Nilsen", "Karl Nilsen", NULL, "i and l, whatever recognition does"},
    {"Marte Lie", "Marta Lie", NULL, "two names"},
    {"Erik Hansen", "Eirik Hansen", NULL, "two names"},
    {"Ann Berg", "Anne Berg", NULL, "alone, Ann and Anne are two names"},
    {"Kari Moen", "Kari Moen Lund", NULL, "the family name differs"},
    {"Linn Dale Bergsma", "Linn Vik Bergsma", NULL, "other names in the middle"},
    {"K. Hørthe", "Rune Hørthe", NULL, "the wrong initial"},
    {"Kirsten H.", "Kirsten Hørthe", NULL, "a family name is never an initial"},
    {"Kirsten", "Kirsten Hørthe", NULL, "one word is no name"},
    {"Kirsten Hørthe", "Kirsten Hagrthe", NULL, "damage counts in damaged documents only"},
};

static void test_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_OF(pairs); i++)
        for (unsigned turn = 0; turn < 2; turn++) {
            struct person_name a, b;
            person_name_read(&a, turn ? pairs[i].b : pairs[i].a);
            person_name_read(&b, turn ? pairs[i].a : pairs[i].b);
            enum person_evidence e = person_name_compare(&a, &b, (struct person_damage){false, false});
            const char *got = e ? person_evidence_id(e) : "nothing";
            if (strcmp(got, pairs[i].evidence ? pairs[i].evidence : "nothing") != 0)
                fail_msg("%s / %s: %s (%s)", pairs[i].a, pairs[i].b, got, pairs[i].why);
        }
}

static void test_damaged(void **state)
{
    static const struct {
        const char *right, *read;
        bool is_one;
    } rows[] = {{"Kirsten Hørthe", "Kirsten Hagrthe", true}, {"Rune Kløvtveit", "Rune Klgvtveit", true},
                {"Pål Rødsand", "Pal Rgdsand", true},        {"Kari Nilsen", "Karl Nilsen", false},
                {"Lars Hansen", "Lars Hagen", false},        {"Per Lie", "Per Lia", false}};
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct person_name a, b;
        person_name_read(&a, rows[i].right);
        person_name_read(&b, rows[i].read);
        enum person_evidence e = person_name_compare(&a, &b, (struct person_damage){false, true});
        if ((e == PERSON_REPAIRED) != rows[i].is_one) fail_msg("%s / %s", rows[i].right, rows[i].read);
    }
}

/* ---- documents ---- */

/* A document as a line: "hf|damage|name,organisation,presence;name,…" */
static json_t *document(const char *line, unsigned number)
{
    char text[1000], sha[65], id[64], *rest = NULL;
    snprintf(text, sizeof text, "%s", line);
    char *hf = strtok_r(text, "|", &rest), *damage = strtok_r(NULL, "|", &rest);
    char *people = strtok_r(NULL, "|", &rest), *more = NULL;
    snprintf(sha, sizeof sha, "%064x", number * 2654435761u);
    snprintf(id, sizeof id, "%s/SSU/20%02u-01-01", hf, number);
    json_t *records = json_pack("[{s:s,s:s,s:s,s:s,s:s,s:f,s:[{s:s}],s:[]}]", "type", "meeting", "id", id,
                                "source_sha256", sha, "helsefellesskap", hf, "text_layer", "text", "damage",
                                atof(damage), "sources", "source", id, "warnings");
    for (char *p = strtok_r(people, ";", &more); p; p = strtok_r(NULL, ";", &more)) {
        char *name = p, *org = strchr(p, ',');
        *org++ = 0;
        char *presence = strchr(org, ',');
        *presence++ = 0;
        json_array_append_new(records, json_pack("{s:s,s:s,s:s,s:s,s:s}", "type", "attendee", "name", name, "person",
                                                 "?", "organisation", org, "presence", presence));
    }
    return records;
}

#define MAX_DOCS 6

/* The people of the documents, as "key key;key key", read in the order given. */
static char *keys(const char *const *docs, const size_t *order, size_t n)
{
    struct collate *c = collate_new(t_lexicon(), NULL);
    json_t *records[MAX_DOCS];
    size_t numbers[MAX_DOCS];
    struct hf_buf b = HF_BUF_INIT;
    for (size_t i = 0; i < n; i++) {
        records[order[i]] = document(docs[order[i]], (unsigned)order[i] + 1);
        numbers[order[i]] = collate_add(c, records[order[i]]);
    }
    collate_finish(c);
    for (size_t i = 0; i < n; i++) {
        size_t k;
        json_t *r;
        if (i) hf_buf_addc(&b, ';');
        assert_true(collate_apply(c, numbers[i], records[i]));
        json_array_foreach(records[i], k, r) if (k) hf_buf_addf(
            &b, "%s%s", k > 1 ? " " : "", json_string_value(json_object_get(r, "person")));
        json_decref(records[i]);
    }
    collate_free(c);
    return hf_buf_take(&b);
}

static const struct {
    const char *docs[MAX_DOCS], *keys, *why;
} cases[] = {
    {{"hf-x|0|Erik Hansen,Moss kommune,present", "hf-y|0|Erik Hansen,Bodø kommune,present"},
     "erik-hansen.x;erik-hansen.y", "one name in two helsefellesskap: two people"},
    {{"hf-x|0|Erik Hansen,Statsforvalteren i Nordland,present", "hf-y|0|Erik Hansen,Statsforvalteren i Nordland,present"},
     "erik-hansen.x;erik-hansen.x", "with one organisation: one"},
    {{"hf-x|0|Anne Berg,KS,present", "hf-y|0|Anne Berg,KS,present"},
     "anne-berg.x;anne-berg.y", "a national organisation says nothing"},
    {{"hf-x|0|Erik Hansen,Moss kommune,present", "hf-x|0|Erik Hansen,Råde kommune,present"},
     "erik-hansen.x;erik-hansen.x", "people change their work"},
    {{"hf-x|0|Erik Hansen,Moss kommune,present;Erik Hansen,Råde kommune,present", "hf-x|0|Erik Hansen,Moss kommune,present"},
     "erik-hansen.x.moss erik-hansen.x.rade;erik-hansen.x.moss", "beside each other in one meeting: two"},
    {{"hf-x|0|Erik Hansen,Moss kommune,present;Erik Hansen,Moss kommune,secretariat"},
     "erik-hansen.x erik-hansen.x", "listed twice"},
    {{"hf-x|0|Erik Hansen,Moss kommune,present;Erik Hansen,Råde kommune,absent"},
     "erik-hansen.x erik-hansen.x", "there and not there is no evidence of two"},
    {{"hf-x|0|Kristine Braathen,Moss kommune,present", "hf-x|0|Christine Bråten,Moss kommune,present", "hf-x|0|Christine Bråten,,present"},
     "christine-braten.x;christine-braten.x;christine-braten.x", "the spelling seen most gives the key"},
    {{"hf-x|0|Kristine Larsen,Moss kommune,present", "hf-x|0|Christine Larsen,Råde kommune,present"},
     "kristine-larsen.x;christine-larsen.x", "two spellings from two places stay two"},
    {{"hf-x|0|Lars Olsen,Moss kommune,present", "hf-x|0|Lars Ohlsen,Moss,present"},
     "lars-ohlsen.x;lars-ohlsen.x", "a near spelling from one place"},
    {{"hf-x|0|Lars Olsen,Moss kommune,present", "hf-x|0|Lars Ohlsen,,present"},
     "lars-olsen.x;lars-ohlsen.x", "a near spelling alone is too little"},
    {{"hf-x|0|Linn Dale Bergsma,Helse Bergen,present", "hf-x|0|Linn Bergsma,,present"},
     "linn-dale-bergsma.x;linn-dale-bergsma.x", "the only Bergsma"},
    {{"hf-x|0|Linn Dale Bergsma,Helse Bergen,present", "hf-x|0|Linn Bergsma,,present", "hf-x|0|Per Bergsma,,present"},
     "linn-dale-bergsma.x;linn-bergsma.x;per-bergsma.x", "with another Bergsma a missing name says too little"},
    {{"hf-x|0|Anne Dale Moen,Moss,present;Anne Vik Moen,Moss,present", "hf-x|0|Anne Moen,Moss,present"},
     "anne-dale-moen.x anne-vik-moen.x;anne-moen.x", "it may be either: nobody's"},
    {{"hf-x|0|Kirsten Hørthe,Vestre Viken,present", "hf-x|0|K. Hørthe,,present"},
     "kirsten-horthe.x;kirsten-horthe.x", "an initial of the only Hørthe"},
    {{"hf-x|0|Kirsten Hørthe,,present", "hf-x|1|Kirsten Hagrthe,,present"},
     "kirsten-horthe.x;kirsten-horthe.x", "the damaged spelling never gives the key"},
    {{"hf-x|0|Kirsten Hørthe,,present", "hf-x|0|Kirsten Hagrthe,,present"},
     "kirsten-horthe.x;kirsten-hagrthe.x", "in sound documents it is another name"},
    {{"hf-x|0|Kari Nilsen,Moss,present", "hf-x|1|Karl Nilsen,Moss,present"},
     "kari-nilsen.x;karl-nilsen.x", "never"},
    {{"hf-x|0|Kari Moen,,present;Kari Berit Moen,,present"},
     "kari-moen.x kari-berit-moen.x", "both in one meeting"},
};

/* The same in every order of reading. */
static void test_people(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_OF(cases); i++) {
        size_t n = 0, order[MAX_DOCS];
        while (n < MAX_DOCS && cases[i].docs[n]) n++;
        for (unsigned round = 0; round < 6; round++) {
            for (size_t k = 0; k < n; k++) order[k] = k;
            for (size_t k = n; round && k > 1; k--) {
                size_t m = t_random((unsigned)k), swap = order[k - 1];
                order[k - 1] = order[m];
                order[m] = swap;
            }
            char *got = keys(cases[i].docs, order, n);
            if (strcmp(got, cases[i].keys) != 0)
                fail_msg("%s: %s, not %s", cases[i].why, got, cases[i].keys);
            free(got);
        }
    }
}

/* What was joined stands in the record. */
static void test_merged(void **state)
{
    (void)state;
    struct collate *c = collate_new(t_lexicon(), NULL);
    json_t *a = document("hf-x|0|Kirsten Hørthe,,present;Ola Vik,,present", 1),
           *b = document("hf-x|1|Kirsten Hagrthe,,present", 2);
    size_t na = collate_add(c, a), nb = collate_add(c, b);
    collate_finish(c);
    assert_true(collate_apply(c, na, a));
    assert_true(collate_apply(c, nb, b));
    char *one = json_dumps(json_object_get(json_array_get(a, 1), "merged"), JSON_COMPACT);
    char *other = json_dumps(json_object_get(json_array_get(b, 1), "merged"), JSON_COMPACT);
    assert_string_equal(one, "[{\"name\":\"Kirsten Hagrthe\",\"evidence\":\"repaired\"}]");
    assert_string_equal(other, "[{\"name\":\"Kirsten Hørthe\",\"evidence\":\"repaired\"}]");
    assert_true(json_is_null(json_object_get(json_array_get(a, 2), "merged")));
    free(one);
    free(other);
    json_decref(a);
    json_decref(b);
    collate_free(c);
}

/* Names in damaged text are those of people whom an undamaged document knows. */
static void test_names_read(void **state)
{
    static const struct {
        const char *text, *names, *why;
    } rows[] = {
        {"Innleder: Hagrthe.", "[{\"printed\":\"Hagrthe\",\"name\":\"Hørthe\"}]", "an attendee elsewhere"},
        {"@ystein og Hagrthe og Hagrthe",
         "[{\"printed\":\"@ystein\",\"name\":\"Øystein\"},{\"printed\":\"Hagrthe\",\"name\":\"Hørthe\"}]",
         "a sign for the capital; each once"},
        {"Bj|rn Sgrensen", "null", "nobody of these names is known"},
        {"Hogsnes og Lar", "null", "Høgsnes sounds like what is read; Lars is not what Lar was"},
        {"hagrthe", "null", "no capital"},
        {"Sgrvik", "null", "known from a damaged document only"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct collate *c = collate_new(t_lexicon(), NULL);
        json_t *clean = document("hf-x|0|Kirsten Hørthe,,present;Øystein Høgsnes,,absent;Lars Vik,,present", 1),
               *other = document("hf-x|1|Ola Sørvik,,present", 2), *bad = document("hf-x|1|Per Moe,,present", 3);
        json_object_set_new(json_array_get(bad, 0), "text", json_string(rows[i].text));
        collate_add(c, clean);
        collate_add(c, other);
        size_t n = collate_add(c, bad);
        collate_finish(c);
        assert_true(collate_apply(c, n, bad));
        char *got = json_dumps(json_object_get(json_array_get(bad, 0), "names_read"), JSON_COMPACT | JSON_ENCODE_ANY);
        if (strcmp(got, rows[i].names) != 0) fail_msg("%s: %s (%s)", rows[i].text, got, rows[i].why);
        assert_true(json_is_null(json_object_get(json_array_get(bad, 1), "names_read")));
        free(got);
        json_decref(clean);
        json_decref(other);
        json_decref(bad);
        collate_free(c);
    }
}

/* ---- references ---- */

/* A document as "meeting id|number>body number,…;number": each case and what it refers to. */
static json_t *minutes_of(const char *line)
{
    char text[500], sha[65], *rest = NULL, *more = NULL;
    snprintf(text, sizeof text, "%s", line);
    char *id = strtok_r(text, "|", &rest);
    snprintf(sha, sizeof sha, "%016llx%048d", (unsigned long long)hf_hash(line, strlen(line)), 0);
    json_t *records = json_pack("[{s:s,s:s,s:s,s:s,s:f,s:[{s:s}],s:[]}]", "type", "meeting", "id", id, "source_sha256",
                                sha, "text_layer", "text", "damage", 0.0, "sources", "source", line, "warnings");
    for (char *c = strtok_r(rest, ";", &more); c; c = strtok_r(NULL, ";", &more)) {
        char *ref = strchr(c, '>'), case_id[200];
        if (ref) *ref++ = 0;
        snprintf(case_id, sizeof case_id, "%s/%s", id, c);
        for (char *s = case_id + strlen(id) + 1; *s; s++) *s = *s == '/' ? '-' : *s;
        json_t *o = json_pack("{s:s,s:s,s:s,s:[]}", "type", "case", "id", case_id, "number_normalised", c, "refs_detail");
        if (ref) {
            char *number = strrchr(ref, ' ');
            char *printed = strchr(ref, '=');
            if (printed) *printed++ = 0;
            number = strchr(ref, ' ');
            if (number) *number++ = 0;
            json_array_append_new(json_object_get(o, "refs_detail"),
                                  json_pack("{s:s,s:s?,s:s}", "number", number ? number : ref, "body",
                                            number ? ref : NULL, "as_printed", printed ? printed : ref));
        }
        json_array_append_new(records, o);
    }
    return records;
}

static void test_references(void **state)
{
    static const struct {
        const char *docs[4]; /* the first refers */
        const char *want;    /* id of a case, or the reason */
        const char *why;
    } rows[] = {
        {{"hf-x/SSU/2024-05-01|9/2024>2/2024", "hf-x/SSU/2024-02-01|1/2024;2/2024"}, "hf-x/SSU/2024-02-01/2-2024",
         "the body's own series"},
        {{"hf-x/SSU/2024-05-01|9/2024>2/2024", "hf-x/FSU/2024-02-01|2/2024"}, "not held", "another body's is another case"},
        {{"hf-x/SSU/2024-05-01|9/2024>FSU 2/2024", "hf-x/FSU.eldre/2024-02-01|2/2024"}, "hf-x/FSU.eldre/2024-02-01/2-2024",
         "the body that is named"},
        {{"hf-x/SSU/2024-05-01|9/2024>FSU 2/2024", "hf-y/FSU/2024-02-01|2/2024"}, "not held", "of this helsefellesskap"},
        {{"hf-x/SSU/2024-05-01|9/2024>FSU 2/2024", "hf-x/FSU.eldre/2024-02-01|2/2024", "hf-x/FSU.barn/2024-03-01|2/2024"},
         "ambiguous", "two committees have that number"},
        {{"hf-x/FSU.eldre/2024-05-01|9/2024>FSU 2/2024", "hf-x/FSU.eldre/2024-02-01|2/2024", "hf-x/FSU.barn/2024-03-01|2/2024"},
         "hf-x/FSU.eldre/2024-02-01/2-2024", "its own comes first"},
        {{"hf-x/SSU/2025-05-01|9/2025>2/2024", "hf-x/SSU/2025-02-01|2/2024", "hf-x/SSU/2024-02-01|2/2024"},
         "hf-x/SSU/2024-02-01/2-2024", "the case itself, not the meeting that took it up again"},
        {{"hf-x/SSU/2025-05-01|2/2024>2/2024", NULL}, "not held", "never itself"},
        {{"hf-x/SSU/2024-05-01|6>4", "hf-x/SSU/2024-02-01|4"}, "not held", "a bare number is of the same meeting"},
        {{"hf-x/SSU/2024-05-01|6>4;4"}, "hf-x/SSU/2024-05-01/4", "there it is"},
        {{"hf-x/SSU/2024-05-01|6/2024>PM 1=partnerskapsmøtet 22.01.2021 sak 1", "hf-x/PM/2021-01-22|1", "hf-x/PM/2022-01-22|1"},
         "hf-x/PM/2021-01-22/1", "the meeting of the date beside it"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        for (size_t turn = 0; turn < 2; turn++) { /* in both orders */
            struct collate *c = collate_new(t_lexicon(), NULL);
            json_t *docs[4];
            size_t n = 0, number = 0;
            while (n < 4 && rows[i].docs[n]) n++;
            for (size_t k = 0; k < n; k++) {
                size_t at = turn ? n - 1 - k : k;
                docs[at] = minutes_of(rows[i].docs[at]);
                size_t got = collate_add(c, docs[at]);
                if (!at) number = got;
            }
            collate_finish(c);
            assert_true(collate_apply(c, number, docs[0]));
            json_t *ref = json_array_get(json_object_get(json_array_get(docs[0], 1), "refs_detail"), 0);
            const char *id = json_string_value(json_object_get(ref, "case"));
            const char *got = id ? id : json_string_value(json_object_get(ref, "reason"));
            if (!got || strcmp(got, rows[i].want)) fail_msg("%s: %s, not %s", rows[i].why, got, rows[i].want);
            for (size_t k = 0; k < n; k++) json_decref(docs[k]);
            collate_free(c);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_people),
        cmocka_unit_test(test_merged),
        cmocka_unit_test(test_names_read),
        cmocka_unit_test(test_references),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
