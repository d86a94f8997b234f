/* The grammar of queries: each row is a query and the tree that it means, or where and
 * why it stops. */
#include "t.h"

#include "../../searchd/plan.h"
#include "../../shim/utf8.h"

static struct planner *planner;

/* ---- a tree as a line ---- */

static void show(struct hf_buf *b, const struct plan_node *n);

static void show_kids(struct hf_buf *b, const struct plan_node *n, const char *name)
{
    hf_buf_addf(b, "%s(", name);
    for (size_t i = 0; i < n->n_kids; i++) {
        if (i) hf_buf_addc(b, ' ');
        show(b, n->kids[i]);
    }
    hf_buf_addc(b, ')');
}

static void show_where(struct hf_buf *b, const struct plan_node *n)
{
    static const struct {
        unsigned where;
        const char *name;
    } names[] = {{WHERE_TITLE, "title"},
                 {WHERE_DECISION, "decision"},
                 {WHERE_TEXT, "text"},
                 {WHERE_NAME, "name"},
                 {WHERE_CASE, "case"}};
    for (size_t i = 0; i < N_OF(names); i++)
        if (n->where & names[i].where) hf_buf_addf(b, "@%s", names[i].name);
}

/* word:x concept:LAR[x] acronym:X exact:"x y" prefix:x number:n/yyyy region=vest
 * dates:a-b; ~ a stop word, ? the second reading of an acronym. */
static void show(struct hf_buf *b, const struct plan_node *n)
{
    switch (n->kind) {
    case PLAN_ALL: hf_buf_adds(b, "all"); return;
    case PLAN_AND: show_kids(b, n, "AND"); return;
    case PLAN_OR: show_kids(b, n, "OR"); return;
    case PLAN_NOT: show_kids(b, n, "NOT"); return;
    case PLAN_WORD:
        hf_buf_addf(b, "%s%s%s", n->is_stop ? "~" : "", n->is_second_reading ? "?" : "",
                    n->text);
        break;
    case PLAN_CONCEPT: hf_buf_addf(b, "concept:%s[%s]", n->concept->id, n->text); break;
    case PLAN_ACRONYM:
        hf_buf_addf(b, "acronym:%s", n->number ? n->number : n->text);
        break;
    case PLAN_EXACT: hf_buf_addf(b, "\"%s\"", n->text); break;
    case PLAN_PREFIX: hf_buf_addf(b, "%s*", n->text); break;
    case PLAN_NUMBER:
        hf_buf_addf(b, "#%s%s%s", n->number, n->body ? "/" : "", n->body ? n->body : "");
        break;
    case PLAN_FACET: hf_buf_addf(b, "%s=%s", hf_facets[n->facet].name, n->text); return;
    case PLAN_DATES: hf_buf_addf(b, "%d-%d", n->from, n->to); return;
    }
    show_where(b, n);
}

/* ---- what is understood ---- */

static const struct {
    const char *query, *tree, *why;
} rows[] = {
    {"", "all", "nothing is everything"},
    {NULL, "all", "no query at all"},
    {" \t\n ", "all", "blanks"},
    {" – & , … ", "all", "no word among signs"},
    {"ambulanse", "ambulanse", "a word"},
    {"ambulanse beredskap", "AND(ambulanse beredskap)", "words, all required"},
    {"ambulanse\u00A0beredskap", "AND(ambulanse beredskap)",
     "a no-break space parts them too"},
    {"ambulanse i Helse Nord", "AND(ambulanse ~i region=nord)",
     "a region's name beside words"},
    {"Helse Nord", "AND(Helse Nord)", "alone it is what it says"},
    {"ambulanse Helse Nord-Trøndelag", "AND(ambulanse Helse Nord-Trøndelag)",
     "lies in the middle"},
    {"17.10.2024", "OR(17.10.2024 20241017-20241017)",
     "a day: held then, or named"},
    {"2024-10-17", "OR(2024-10-17 20241017-20241017)", "the same"},
    {"42.10.2024", "42.10.2024", "no day"},
    {"  ambulanse   beredskap  ", "AND(ambulanse beredskap)", "blanks around"},
    {"ambulanse, beredskap.", "AND(ambulanse beredskap)",
     "signs at the ends are no part of a word"},
    {"ambulanse – beredskap", "AND(ambulanse beredskap)", "a lone dash is nothing"},
    {"+ambulanse", "ambulanse", "a plus is what stands there anyway"},
    /* operators */
    {"ambulanse OG beredskap", "AND(ambulanse beredskap)", "OG"},
    {"ambulanse AND beredskap", "AND(ambulanse beredskap)", "AND"},
    {"ambulanse og beredskap", "AND(ambulanse ~og beredskap)",
     "in lower case a word, and a stop word"},
    {"ambulanse ELLER beredskap", "OR(ambulanse beredskap)", "ELLER"},
    {"ambulanse OR beredskap", "OR(ambulanse beredskap)", "OR"},
    {"ambulanse eller beredskap", "AND(ambulanse ~eller beredskap)",
     "in lower case a word"},
    {"ambulanse beredskap ELLER sykehus", "OR(AND(ambulanse beredskap) sykehus)",
     "words bind closer than ELLER"},
    {"a1 ELLER b1 ELLER c1", "OR(a1 b1 c1)", "a row of alternatives is one node"},
    {"ambulanse IKKE beredskap", "AND(ambulanse NOT(beredskap))", "IKKE"},
    {"ambulanse IKKJE beredskap", "AND(ambulanse NOT(beredskap))", "nynorsk"},
    {"ambulanse NOT beredskap", "AND(ambulanse NOT(beredskap))", "NOT"},
    {"ambulanse -beredskap", "AND(ambulanse NOT(beredskap))", "a minus"},
    {"ambulanse OG IKKE beredskap", "AND(ambulanse NOT(beredskap))", "both words"},
    {"-beredskap", "NOT(beredskap)", "alone: everything else"},
    {"ambulanse - beredskap", "AND(ambulanse beredskap)",
     "a minus before a blank is a dash"},
    {"samhandlings-tilskudd", "samhandlings-tilskudd", "a hyphen in a word"},
    {"ambulanse -(beredskap ELLER sykehus)", "AND(ambulanse NOT(OR(beredskap sykehus)))",
     "a minus before a bracket"},
    {"ambulanse IKKE IKKE beredskap", "AND(ambulanse NOT(NOT(beredskap)))", "twice"},
    {"Og", "Og", "only capitals make an operator; alone even a stop word is searched"},
    /* brackets and quotes */
    {"(ambulanse ELLER beredskap) sykehus", "AND(OR(ambulanse beredskap) sykehus)",
     "brackets"},
    {"((ambulanse))", "ambulanse", "needless ones"},
    {"ambulanse(beredskap)", "AND(ambulanse beredskap)", "without blanks"},
    {"\"felles plan\"", "\"felles plan\"", "a phrase"},
    {"«felles plan»", "\"felles plan\"", "in guillemets"},
    {"“felles plan”", "\"felles plan\"", "in typographic quotes"},
    {"”felles plan”", "\"felles plan\"", "in Swedish ones"},
    {"»", "all", "a closing mark alone is a sign"},
    {"plan » »", "plan", "after a word"},
    {"plan»kommune", "AND(plan kommune)", "in a word it parts it"},
    {"\"LAR OG PLL\"", "\"LAR OG PLL\"", "no operator inside"},
    {"\"felles plan\" ambulanse", "AND(\"felles plan\" ambulanse)", "with a word"},
    {"-\"felles plan\"", "NOT(\"felles plan\")", "denied"},
    {"\"lar\"", "\"lar\"", "quotes mean exact: the word"},
    {"eksakt:lar", "\"lar\"", "the same by field"},
    {"eksakt:(lar rop)", "AND(\"lar\" \"rop\")", "for all in the bracket"},
    /* wildcards */
    {"ambul*", "ambul*", "a prefix"},
    {"tittel:ambul*", "ambul*@title", "in a field"},
    {"øye*", "øye*", "letters are counted, not bytes"},
    /* fields with words */
    {"tittel:ambulanse", "ambulanse@title", "title"},
    {"TITTEL:ambulanse", "ambulanse@title", "in any case"},
    {"vedtak:ambulanse", "ambulanse@decision", "decision"},
    {"tekst:ambulanse", "ambulanse@text", "text"},
    {"person:Nordby", "Nordby@name", "a name"},
    {"Hørthe, Kirsten", "AND(Hørthe Kirsten)",
     "family name first: the comma is no part of it"},
    {"K. Hørthe", "AND(K Hørthe)", "an initial is a word of one letter"},
    {"Randi-Luise Møgster", "AND(Randi-Luise Møgster)", "a double name is one word"},
    {"\"det er ikke\"", "\"det er ikke\"", "stop words keep their place in a phrase"},
    {"samhandling og på det", "AND(samhandling ~og ~på ~det)",
     "and carry no weight beside others"},
    {"og på det", "AND(og på det)", "they are searched when they are all there is"},
    {"person:\"Kari Nordby\"", "\"Kari Nordby\"@name", "a whole name"},
    {"person:lar", "lar@name", "no acronym among names"},
    {"tittel:(ambulanse beredskap) sykehus",
     "AND(AND(ambulanse@title beredskap@title) sykehus)", "a bracket takes the field"},
    {"tittel: ambulanse", "ambulanse@title", "a blank after the colon"},
    {"vedtak:LAR", "concept:LAR[LAR]@decision", "a concept in a field"},
    {"-tittel:ambulanse", "NOT(ambulanse@title)", "a minus before a field"},
    {"ambulanse: beredskap", "AND(ambulanse beredskap)",
     "a colon before a blank is a sign"},
    {"http://sykehuset.no", "http://sykehuset.no", "an address is no field"},
    /* fields that are filters */
    {"region:vest", "region=vest", "region"},
    {"region:VEST", "region=vest", "any case"},
    {"region:\"Helse Vest\"", "region=vest", "by its name"},
    {"år:2023", "year=2023", "year"},
    {"ar:2023", "year=2023", "without a ring"},
    {"utvalg:ssu", "body=SSU", "body"},
    {"type:vedtak", "type=decision", "type in Norwegian"},
    {"utfall:godkjent", "outcome=godkjent", "outcome"},
    {"gruppe:barn_og_unge", "group=barn_og_unge", "group"},
    {"etter:2023", "20230101-0", "from a year"},
    {"før:2023-02-03", "0-20230203", "to a day"},
    {"for:2023-02-03", "0-20230203", "without ø"},
    {"ambulanse region:vest", "AND(ambulanse region=vest)", "beside words"},
    {"-region:vest", "NOT(region=vest)", "denied"},
    {"region:vest ELLER region:nord", "OR(region=vest region=nord)", "either"},
    /* concepts and acronyms */
    {"LAR", "concept:LAR[LAR]", "an acronym is its concept"},
    {"LAR:", "concept:LAR[LAR]", "with a colon"},
    {"pll", "OR(concept:PLL[pll] ?pll)",
     "in lower case the acronym first, then the word"},
    {"lar", "OR(concept:LAR[lar] ?lar)", "the whole query: both readings"},
    {"  lar ", "OR(concept:LAR[lar] ?lar)", "blanks are nothing"},
    {"kommunen lar", "AND(kommunen lar)", "in a longer query lar is the word"},
    {"kommunen LAR", "AND(kommunen concept:LAR[LAR])", "LAR is not"},
    {"kommunen pll", "AND(kommunen OR(concept:PLL[pll] ?pll))",
     "an acronym that is no word is meant anywhere"},
    {"legemiddelassistert rehabilitering",
     "concept:LAR[legemiddelassistert rehabilitering]", "the long form"},
    {"Legemiddelassistert  rehabilitering",
     "concept:LAR[Legemiddelassistert  rehabilitering]", "with a capital and two blanks"},
    {"legemiddel-assistert rehabilitering",
     "concept:LAR[legemiddel-assistert rehabilitering]", "with a hyphen"},
    {"ny legemiddelassistert rehabilitering Oslo",
     "AND(ny concept:LAR[legemiddelassistert rehabilitering] Oslo)", "among other words"},
    {"pasientens legemiddelliste", "concept:PLL[pasientens legemiddelliste]", "PLL"},
    {"pasientens \"legemiddelliste\"", "AND(pasientens \"legemiddelliste\")",
     "quotes break it up"},
    {"plan -LAR", "AND(plan NOT(concept:LAR[LAR]))",
     "a denied acronym is its concept too"},
    {"plan -pll", "AND(plan NOT(OR(concept:PLL[pll] ?pll)))", "and one in lower case"},
    {"plan IKKE 14/24", "AND(plan NOT(#14/2024))", "a denied number is a number"},
    {"-sak:14", "NOT(#14@case)", "by field too"},
    {"XYZQ", "acronym:XYZQ", "an acronym that nobody knows"},
    {"PLLen", "concept:PLL[PLLen]", "inflected"},
    {"ROP-tilbud", "ROP-tilbud", "several positions: one word"},
    /* numbers */
    {"14/2024", "#14/2024", "a case number"},
    {"14/24", "#14/2024", "the year in two digits"},
    {"003/2024", "#3/2024", "leading zeros"},
    {"2024/15", "#15/2024", "the year first"},
    {"03-2026", "#3/2026", "with a hyphen"},
    {"sak 14/2024", "#14/2024", "the label goes"},
    {"Saksnr. 14/24", "#14/2024", "another label"},
    {"SSU-sak 18/23", "#18/2023/SSU", "with its body"},
    {"sak 14", "#14", "a number without a year after the label"},
    {"sak:14/2024", "#14/2024@case", "by field"},
    {"sak:14", "#14@case", "the same without a year"},
    {"14", "14", "without a label a word"},
    {"sak LAR", "AND(sak concept:LAR[LAR])", "a label before no number is a word"},
    {"tekst:sak 14/2024", "AND(sak@text #14/2024)", "nor before one is one in a field"},
    {"tillegg til sak 14/2024", "AND(tillegg ~til #14/2024)", "in a sentence"},
    {"sak 14/2024 og 15/2024", "AND(#14/2024 ~og #15/2024)", "two of them"},
    /* stop words */
    {"og", "og", "alone it is searched"},
    {"og i", "AND(og i)", "all of them are stop words: searched"},
    {"plan for kommunen", "AND(plan ~for kommunen)", "among others it is not required"},
    {"i \"felles plan\"", "AND(~i \"felles plan\")", "beside a phrase"},
    {"i region:vest", "AND(i region=vest)", "beside a filter it is the only word"},
    {"i -plan", "AND(i NOT(plan))", "beside a denied word too"},
    /* forms of letters */
    {"bla\u030A", "blå", "a combining ring is composed"},
    {"😀 plan", "plan", "signs are nothing"},
    {"a", "a", "one letter"},
};

static void test_rows(void **state)
{
    unsigned wrong = 0;
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct plan *plan = NULL;
        struct hf_error err = {HF_OK, ""};
        struct hf_buf b = HF_BUF_INIT;
        enum hf_status status = plan_parse(planner, rows[i].query, &plan, &err);
        if (status == HF_OK) show(&b, plan->root);
        if (status != HF_OK || strcmp(b.data, rows[i].tree)) {
            print_error("«%s» (%s)\n    gives %s %s\n    not   %s\n",
                        rows[i].query ? rows[i].query : "NULL", rows[i].why, b.data,
                        err.text, rows[i].tree);
            wrong++;
        }
        plan_free(plan);
        hf_buf_release(&b);
    }
    assert_int_equal(wrong, 0);
}

/* ---- what is not ---- */

static const struct {
    const char *query;
    size_t at; /* the character that is named, from 1; 0: none is */
    const char *says, *why;
} errors[] = {
    {"\"felles plan", 1, "lukket", "an open quote"},
    {"ambulanse \"felles plan", 11, "lukket", "its place"},
    {"ærøå \"felles", 6, "lukket", "counted in characters"},
    {"\"\"", 1, "ingenting", "an empty phrase"},
    {"\" – \"", 1, "ingenting", "a phrase of signs"},
    {"(ambulanse", 1, "lukket", "an open bracket"},
    {"ambulanse)", 10, ")", "a bracket too many"},
    {"()", 1, "ingenting", "an empty bracket"},
    {"ambulanse ()", 11, "ingenting", "after a word"},
    {"(–)", 1, "ingenting", "a bracket of signs"},
    {"OG", 1, "mellom to ord", "an operator alone"},
    {"OG ambulanse", 1, "mellom to ord", "before anything"},
    {"ambulanse OG", 11, "mellom to ord", "after all"},
    {"ELLER", 1, "mellom to ord", "ELLER alone"},
    {"ambulanse ELLER", 11, "mellom to ord", "ELLER at the end"},
    {"ELLER ambulanse", 1, "mellom to ord", "ELLER at the start"},
    {"ambulanse ELLER ELLER beredskap", 11, "mellom to ord", "twice"},
    {"(ambulanse ELLER) beredskap", 12, "mellom to ord", "before a bracket ends"},
    {"IKKE", 1, "følges av et ord", "IKKE alone"},
    {"ambulanse IKKE", 11, "følges av et ord", "IKKE at the end"},
    {"ambulanse OG ELLER beredskap", 11, "mellom to ord", "two in a row"},
    {"ab*", 1, "tre bokstaver", "a prefix that is too short"},
    {"*", 0, NULL, "a lone star is a sign"},
    {"æø*", 1, "tre bokstaver", "letters are counted"},
    {"tittel:", 1, "mangler en verdi", "a field without a value"},
    {"tittel:)", 1, "mangler en verdi", "a field before a bracket"},
    {"region:", 8, "mangler en verdi", "a filter without a value"},
    {"region:\"vest", 8, "lukket", "an open quote in a value"},
    {"region:vst", 8, "vest", "a value that does not exist names the nearest"},
    {"titel:ambulanse", 1, "tittel:", "a field that does not exist names the nearest"},
    {"xyzzy:ambulanse", 1, "felt", "and lists them where none is near"},
    {"år:23", 4, "2023", "a year in two digits"},
    {"etter:2023-02-30", 7, "2023", "no such day"},
    {"type:referat2", 6, "meeting", "no such type"},
    {"aaa* bbb* ccc* ddd* eee* fff*", 26, "5", "six wildcards"},
};

static void test_errors(void **state)
{
    unsigned wrong = 0;
    (void)state;
    for (size_t i = 0; i < N_OF(errors); i++) {
        struct plan *plan = (struct plan *)&wrong;
        struct hf_error err = {HF_OK, ""};
        enum hf_status status = plan_parse(planner, errors[i].query, &plan, &err);
        char place[64] = "";
        if (errors[i].at) snprintf(place, sizeof place, "tegn %zu:", errors[i].at);
        bool ok = errors[i].says
                      ? status == HF_BAD_ARGUMENT && !plan && strstr(err.text, place) &&
                            strstr(err.text, errors[i].says) && !strchr(err.text, '\n')
                      : status == HF_OK;
        if (!ok) {
            print_error("«%s» (%s): %s «%s», expected %s «%s»\n", errors[i].query,
                        errors[i].why, hf_status_name(status), err.text, place,
                        errors[i].says ? errors[i].says : "no error");
            wrong++;
        }
        if (status == HF_OK) plan_free(plan);
    }
    assert_int_equal(wrong, 0);
}

/* ---- limits ---- */

static enum hf_status parse(const char *query)
{
    struct plan *plan;
    struct hf_error err;
    enum hf_status status = plan_parse(planner, query, &plan, &err);
    plan_free(plan);
    return status;
}

static char *repeat(const char *what, unsigned n, const char *then, const char *end,
                    unsigned n_end)
{
    struct hf_buf b = HF_BUF_INIT;
    while (n--) hf_buf_adds(&b, what);
    hf_buf_adds(&b, then);
    while (n_end--) hf_buf_adds(&b, end);
    return hf_buf_take(&b);
}

static void test_limits(void **state)
{
    static const struct {
        const char *what;
        unsigned n;
        const char *then, *end;
        unsigned n_end;
        enum hf_status status;
        const char *why;
    } limits[] = {
        {"ord ", 32, "", "", 0, HF_OK, "32 words"},
        {"ord ", 33, "", "", 0, HF_BAD_ARGUMENT, "33 words"},
        {"\"ord ord ord ord\" ", 8, "", "", 0, HF_OK, "32 words in phrases"},
        {"\"ord ord ord ord\" ", 9, "", "", 0, HF_BAD_ARGUMENT, "36 words in phrases"},
        {"(ord ELLER ord) ", 17, "", "", 0, HF_BAD_ARGUMENT, "34 words in brackets"},
        {"aaa* ", 5, "", "", 0, HF_OK, "5 wildcards"},
        {"aaa* ", 6, "", "", 0, HF_BAD_ARGUMENT, "6 wildcards"},
        {"(", 20, "ord", ")", 20, HF_OK, "20 brackets deep"},
        {"(", 21, "ord", ")", 21, HF_BAD_ARGUMENT, "21 brackets deep"},
        {"-(", 10, "ord", ")", 10, HF_OK, "10 denied brackets"},
        {"-(", 11, "ord", ")", 11, HF_BAD_ARGUMENT, "11 denied brackets are 22 deep"},
        {"IKKE ", 20, "ord", "", 0, HF_OK, "20 denials"},
        {"IKKE ", 21, "ord", "", 0, HF_BAD_ARGUMENT, "21 denials"},
        {"(", 400, "", "", 0, HF_BAD_ARGUMENT, "400 open brackets"},
        {"tittel:", 20, "ord", "", 0, HF_OK, "fields in each other"},
        {"tittel:", 140, "ord", "", 0, HF_OK,
         "as many as fit: the tree is not deeper for them"},
        {"tittel:(", 100, "ord", ")", 100, HF_BAD_ARGUMENT, "with brackets"},
        {"x", 1000, "", "", 0, HF_OK, "1,000 bytes"},
        {"x", 1001, "", "", 0, HF_BAD_ARGUMENT, "1,001 bytes"},
        {"ø", 501, "", "", 0, HF_BAD_ARGUMENT, "bytes are counted"},
        {" ", 1000, "", "", 0, HF_OK, "1,000 blanks"},
    };
    unsigned wrong = 0;
    (void)state;
    for (size_t i = 0; i < N_OF(limits); i++) {
        char *query = repeat(limits[i].what, limits[i].n, limits[i].then, limits[i].end,
                             limits[i].n_end);
        enum hf_status status = parse(query);
        if (status != limits[i].status) {
            print_error("%s: %s\n", limits[i].why, hf_status_name(status));
            wrong++;
        }
        free(query);
    }
    assert_int_equal(wrong, 0);
    assert_int_equal(parse("\xff"), HF_BAD_ARGUMENT);
    assert_int_equal(parse("plan \xc3"), HF_BAD_ARGUMENT);
    assert_int_equal(parse("\xed\xa0\x80"), HF_BAD_ARGUMENT);
}

/* ---- what holds for every query ---- */

struct bounds {
    size_t len;
    unsigned depth;
    const char *query;
};

static void check_node(const struct plan_node *n, struct bounds b)
{
    assert_true(b.depth < 3 * PLAN_MAX_DEPTH + 3);
    assert_true(n->start <= n->end && n->end <= b.len);
    bool is_leaf = n->kind >= PLAN_WORD && n->kind != PLAN_CONCEPT;
    if (is_leaf) assert_int_equal(n->n_kids, 0);
    if (n->kind == PLAN_NOT) assert_int_equal(n->n_kids, 1);
    if (n->kind == PLAN_OR) assert_true(n->n_kids >= 2);
    if (n->kind == PLAN_AND) assert_true(n->n_kids >= 2);
    if (n->kind >= PLAN_WORD && n->kind <= PLAN_PREFIX) {
        assert_non_null(n->text);
        assert_int_equal(strlen(n->text), n->end - n->start);
        assert_memory_equal(n->text, b.query + n->start, n->end - n->start);
    }
    if (n->kind == PLAN_CONCEPT) assert_non_null(n->concept);
    if (n->kind == PLAN_NUMBER) assert_non_null(n->number);
    b.depth++;
    for (size_t i = 0; i < n->n_kids; i++) check_node(n->kids[i], b);
}

static void test_noise(void **state)
{
    static const char *const bits[] = {
        "ambulanse", "lar",     "LAR",
        " ",         " ",       " OG ",
        " ELLER ",   " IKKE ",  "-",
        "\"",        "(",       ")",
        "*",         "tittel:", "sak:",
        "sak ",      "14/2024", "region:vest",
        "år:",       "2023",    "«",
        "»",         "ø",       ":",
        ",",         "og",      "pasientens legemiddelliste",
        "SSU-sak ",  "eksakt:", "person:"};
    unsigned good = 0, bad = 0;
    (void)state;
    for (unsigned round = 0; round < t_rounds(20000); round++) {
        struct hf_buf b = HF_BUF_INIT;
        for (uint32_t n = t_random(14); n; n--)
            hf_buf_adds(&b, bits[t_random(N_OF(bits))]);
        struct plan *plan, *again;
        struct hf_error err;
        enum hf_status status = plan_parse(planner, b.data, &plan, &err);
        assert_true(status == HF_OK || status == HF_BAD_ARGUMENT);
        if (status == HF_OK) {
            check_node(plan->root, (struct bounds){strlen(plan->query), 0, plan->query});
            json_t *first =
                plan_json(plan->root); /* the same query means the same again */
            assert_ok(plan_parse(planner, b.data, &again, &err));
            json_t *second = plan_json(again->root);
            assert_true(json_equal(first, second));
            json_decref(first);
            json_decref(second);
            plan_free(again);
            good++;
        } else {
            assert_null(plan);
            assert_true(hf_utf8_is_valid(err.text, strlen(err.text), NULL));
            bad++;
        }
        plan_free(plan);
        hf_buf_release(&b);
    }
    assert_true(good > 100 && bad > 100);
}

static void test_json(void **state)
{
    struct plan *plan;
    struct hf_error err;
    (void)state;
    assert_ok(plan_parse(
        planner, "tittel:plan -region:vest etter:2023 (sak 14/2024 ELLER \"to ord\")",
        &plan, &err));
    json_t *o = plan_json(plan->root);
    assert_string_equal(json_string_value(json_object_get(o, "op")), "and");
    json_t *kids = json_object_get(o, "of");
    assert_int_equal(json_array_size(kids), 4);
    json_t *not = json_array_get(kids, 1),
           *facet = json_array_get(json_object_get(not, "of"), 0);
    assert_string_equal(json_string_value(json_object_get(facet, "facet")), "region");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(kids, 2), "from")),
                     20230101);
    assert_true(plan->has_words);
    json_decref(o);
    plan_free(plan);
    assert_ok(plan_parse(planner, "region:vest -plan", &plan, &err));
    assert_false(plan->has_words); /* a denied word ranks nothing */
    plan_free(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),   cmocka_unit_test(test_errors),
        cmocka_unit_test(test_limits), cmocka_unit_test(test_noise),
        cmocka_unit_test(test_json),
    };
    struct hf_error err;
    if (planner_new(t_lexicon(), &planner, &err) != HF_OK) return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    planner_free(planner);
    return failed;
}
