#include "openapi.h"

#include <stdlib.h>
#include <string.h>

#include "assets.h"
#include "known.h"
#include "media.h"

/* What is said of a route beside the tables: its name, what it answers, and addresses to
 * try, which the tests do. */
static const struct about {
    const char *pattern, *id, *schema, *media, *summary;
    const char *examples[4];
} abouts[] = {
    {"/v1/search",
     "search",
     "Search",
     NULL,
     "Søk: treff, fasetter, hvordan søket ble tolket, og hva det ble søkt i",
     {"/v1/search?q=LAR", "/v1/search?q=PLL&type=decision&region=vest&year=2024",
      "/v1/search?q=%22varig%20tilskudd%22%20ELLER%20budsjett&sort=newest&size=5",
      "/v1/search?q=LAR&type=decision&format=atom"}},
    {"/v1/records/{id}",
     "record",
     "RecordAnswer",
     NULL,
     "Én post med møtet, saken, vedtakene og nabosakene",
     {"/v1/records/hf-bergen/SSU/2024-03-14", "/v1/records/person/lars-fjellhamar.ahus"}},
    {"/v1/cases/{id}/chain",
     "chain",
     "Chain",
     NULL,
     "En sak gjennom møtene: hva den viser til, og hva som viser til den",
     {"/v1/cases/hf-agder/SSU/2026-01-22/3-2026/chain"}},
    {"/v1/cases/{id}/similar",
     "similar",
     "Similar",
     NULL,
     "Hva de andre gjorde i det samme",
     {"/v1/cases/hf-agder/SSU/2026-01-22/3-2026/similar"}},
    {"/v1/people/{key}",
     "people",
     "People",
     NULL,
     "En person: skrivemåter, roller, møter og saker",
     {"/v1/people/lars-fjellhamar.ahus"}},
    {"/v1/timeline",
     "timeline",
     "Timeline",
     NULL,
     "Treff for hvert år, ved siden av møtene som er holdt",
     {"/v1/timeline?q=LAR", "/v1/timeline?q=PLL&by=group"}},
    {"/v1/compare",
     "compare",
     "Compare",
     NULL,
     "Hva hvert helsefellesskap har vedtatt",
     {"/v1/compare?q=LAR", "/v1/compare?q=PLL&region=vest&size=3"}},
    {"/v1/suggest",
     "suggest",
     "Suggest",
     NULL,
     "Hva begynnelsen av et søk kan bli",
     {"/v1/suggest?q=la", "/v1/suggest?q=legem&region=nord",
      "/v1/suggest?q=vibe&format=opensearch"}},
    {"/v1/coverage",
     "coverage",
     "Coverage",
     NULL,
     "Hva som finnes i indeksen, og hva som må mangle",
     {"/v1/coverage?region=nord", "/v1/coverage?body=SSU&format=csv"}},
    {"/v1/facets",
     "facets",
     "FacetAnswer",
     NULL,
     "Bare antallene",
     {"/v1/facets?q=LAR&year=2024"}},
    {"/v1/explain",
     "explain",
     "Explain",
     NULL,
     "Hvordan søket leses",
     {"/v1/explain?q=LAR%20-vedtak%3Autsatt"}},
    {"/openapi.json", "openapi", NULL, NULL, "Denne beskrivelsen", {"/openapi.json"}},
    {"/healthz", "health", "Health", NULL, "Om tjenesten lever", {"/healthz"}},
    {"/readyz",
     "ready",
     "Ready",
     NULL,
     "Om tjenesten kan svare, og med hvilken indeks",
     {"/readyz"}},
    {"/metrics",
     "metrics",
     NULL,
     "text/plain",
     "Tall til overvåking, for Prometheus",
     {"/metrics"}},
    {"/opensearch.xml",
     "opensearch",
     NULL,
     "application/opensearchdescription+xml",
     "OpenSearch: søk fra nettleserens adressefelt",
     {"/opensearch.xml"}},
    {"/widget/{file}",
     "widget",
     NULL,
     "text/javascript",
     "Søkefeltet til andres sider, en ES-modul",
     {"/widget/hfsok.js"}},
    {"/robots.txt", "robots", NULL, "text/plain", "For søkemotorer", {"/robots.txt"}},
};
enum { N_ABOUTS = sizeof abouts / sizeof *abouts };

static const struct about *about(const char *pattern)
{
    for (size_t i = 0; i < N_ABOUTS; i++)
        if (strcmp(abouts[i].pattern, pattern) == 0) return &abouts[i];
    return NULL;
}

bool openapi_knows(const char *pattern)
{
    return about(pattern) != NULL;
}

static json_t *ref(const char *kind, const char *name)
{
    return json_pack("{s:s++}", "$ref", "#/components/", kind, name);
}

/* ---- parameters ---- */

static json_t *choices(enum hf_facet facet)
{
    size_t n;
    const struct hf_choice *c = known_choices(facet, &n);
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) json_array_append_new(list, json_string(c[i].id));
    return json_pack("{s:s, s:o}", "type", "string", "enum", list);
}

/* "a, b, c" as an enumeration. */
static json_t *words(const char *values)
{
    json_t *list = json_array();
    while (*values) {
        size_t len = strcspn(values, ",");
        json_array_append_new(list, json_stringn(values, len));
        values += len + strspn(values + len, ", ");
    }
    return json_pack("{s:s, s:o}", "type", "string", "enum", list);
}

static json_t *value_schema(const struct params_row *row, const struct params_shape *s)
{
    switch (s->kind) {
    case PARAM_TEXT:
        return json_pack("{s:s, s:i}", "type", "string", "maxLength", s->max);
    case PARAM_CHOICE: return choices(s->facet);
    case PARAM_YEAR:
        return json_pack("{s:s, s:s}", "type", "string", "pattern", "^[12][0-9]{3}$");
    case PARAM_WORD: return words(row->values);
    case PARAM_DATE:
        return json_pack("{s:s, s:s}", "type", "string", "pattern",
                         "^([0-9]{4}(-[0-9]{1,2}(-[0-9]{1,2})?)?|[0-9]{1,2}\\.[0-9]{1,2}"
                         "\\.[0-9]{4})$");
    case PARAM_CURSOR:
        return json_pack("{s:s, s:s}", "type", "string", "pattern", "^[0-9a-f]{32}$");
    case PARAM_DAY:
        return json_pack("{s:s, s:s}", "type", "string", "pattern",
                         "^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}\\.[0-9]{1,2}\\."
                         "[0-9]{4})$");
    case PARAM_FLAG: return json_pack("{s:s}", "type", "boolean");
    case PARAM_NUMBER:
        return json_pack("{s:s, s:i, s:i}", "type", "integer", "minimum", s->min,
                         "maximum", s->max);
    }
    HF_BUG("a kind of parameter");
}

/* A number or a truth value as JSON, anything else as it is. */
static json_t *as_json(const char *text)
{
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);
    return value ? value : json_string(text);
}

static json_t *example_of(const struct params_row *row, const struct params_shape *s,
                          const json_t *schema)
{
    static const char *const texts[] = {[PARAM_TEXT] = "LAR",
                                        [PARAM_DATE] = "2023-02-03",
                                        [PARAM_DAY] = "2023-02-03",
                                        [PARAM_FLAG] = "true"};
    json_t *one;
    if (s->kind == PARAM_CURSOR) return NULL; /* good for one answer only */
    if (s->kind == PARAM_YEAR) return json_pack("[s, s]", "2023", "2024");
    if (s->kind == PARAM_NUMBER) return json_integer(s->min ? s->min : 1);
    if (s->kind < sizeof texts / sizeof *texts && texts[s->kind])
        return as_json(texts[s->kind]);
    one = json_incref(json_array_get(json_object_get(schema, "enum"), 0));
    return row->is_repeatable ? json_pack("[o]", one) : one;
}

static json_t *parameter(size_t i)
{
    const struct params_row *row = &params_table[i];
    struct params_shape s = params_shape_of(i);
    json_t *schema = value_schema(row, &s), *example = example_of(row, &s, schema);
    struct hf_buf text = HF_BUF_INIT;
    hf_buf_adds(&text, row->help_nb);
    if (row->values && s.kind != PARAM_WORD) hf_buf_addf(&text, " (%s)", row->values);
    if (s.otherwise) json_object_set_new(schema, "default", as_json(s.otherwise));
    if (row->is_repeatable)
        schema = json_pack("{s:s, s:o, s:i}", "type", "array", "items", schema,
                           "maxItems", PARAMS_MAX_VALUES);
    json_t *p = json_pack("{s:s, s:s, s:s, s:o, s:o*}", "name", row->name, "in", "query",
                          "description", text.data, "schema", schema, "example", example);
    if (row->is_repeatable) {
        json_object_set_new(p, "style", json_string("form"));
        json_object_set_new(p, "explode", json_true());
    }
    hf_buf_release(&text);
    return p;
}

/* The forms of this route only. */
static json_t *format_parameter(size_t i, unsigned forms)
{
    json_t *p = parameter(i), *list = json_array(), *name;
    json_t *schema = json_object_get(p, "schema");
    size_t k, n;
    const struct media *media = media_table(&n);
    json_array_foreach(json_object_get(schema, "enum"), k, name)
    {
        for (size_t m = 0; m < n; m++)
            if ((forms | MEDIA(FORMAT_JSON)) & MEDIA(media[m].format) &&
                !strcmp(media[m].name, json_string_value(name)))
                json_array_append(list, name);
    }
    json_object_set_new(schema, "enum", list);
    return p;
}

static json_t *parameters(const struct route *route)
{
    json_t *list = json_array();
    const char *brace = strchr(route->pattern, '{');
    const struct about *a = about(route->pattern);
    if (brace) {
        size_t len = strcspn(brace + 1, "}");
        const char *example = a->examples[0] + route->fixed_len;
        json_array_append_new(
            list,
            json_pack(
                "{s:o, s:s, s:b, s:s, s:{s:s}, s:o}", "name",
                json_stringn(brace + 1, len), "in", "path", "required", 1, "description",
                "id-en som den står i svarene; skråstreker kan stå eller kodes (%2F)",
                "schema", "type", "string", "example",
                json_stringn(example, strlen(example) - strlen(brace + len + 2))));
    }
    for (size_t i = 0; i < params_table_n; i++) {
        const struct params_row *row = &params_table[i];
        if (!(row->scopes & (unsigned)route->scope)) continue;
        json_array_append_new(list, strcmp(row->name, "format")
                                        ? ref("parameters/", row->name)
                                        : format_parameter(i, route_forms(route)));
    }
    return list;
}

/* ---- answers ---- */

static json_t *content(const struct route *route, const struct about *a)
{
    json_t *out = json_object(),
           *schema = a->schema
                         ? ref("schemas/", a->schema)
                         : json_pack("{s:s}", "type", a->media ? "string" : "object");
    json_object_set_new(out, a->media ? a->media : "application/json",
                        json_pack("{s:o}", "schema", schema));
    size_t n;
    const struct media *media = media_table(&n);
    for (size_t i = 1; i < n; i++) {
        json_t *form = media[i].format == FORMAT_OPENSEARCH
                           ? ref("schemas/", "OpenSearch")
                           : json_pack("{s:s}", "type", "string");
        if (route_forms(route) & MEDIA(media[i].format))
            json_object_set_new(out, media[i].type, json_pack("{s:O}", "schema", form));
        json_decref(form);
    }
    return out;
}

static json_t *operation(const struct route *route, const struct about *a)
{
    json_t *examples = json_array(), *headers = json_object(), *answers = json_object();
    for (size_t i = 0; i < sizeof a->examples / sizeof *a->examples; i++)
        if (a->examples[i]) json_array_append_new(examples, json_string(a->examples[i]));
    if (route->scope) {
        json_object_set_new(headers, "ETag", ref("headers/", "ETag"));
        json_object_set_new(headers, "Content-Language",
                            ref("headers/", "Content-Language"));
    }
    if (route->scope & PARAMS_SEARCH) {
        json_object_set_new(headers, "Link", ref("headers/", "Link"));
        json_object_set_new(answers, "410", ref("responses/", "Problem"));
    }
    json_object_set_new(answers, "200",
                        json_pack("{s:s, s:o, s:o}", "description", a->summary, "headers",
                                  headers, "content", content(route, a)));
    if (route->scope)
        json_object_set_new(answers, "304", ref("responses/", "NotModified"));
    static const char *const kinds[] = {"400", "404", "500", "503", "429"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        bool can =
            i == 0 || i == 4 ? route->scope != 0 : i > 1 || strchr(route->pattern, '{');
        if (i == 3 && !strcmp(a->id, "ready"))
            json_object_set_new(answers, kinds[i],
                                json_pack("{s:s, s:o}", "description",
                                          "Kan ikke svare nå.", "content",
                                          content(route, a)));
        else if (can)
            json_object_set_new(answers, kinds[i], ref("responses/", "Problem"));
    }
    return json_pack("{s:s, s:s, s:o, s:o, s:o}", "operationId", a->id, "summary",
                     a->summary, "parameters", parameters(route), "responses", answers,
                     "x-examples", examples);
}

/* ---- the document ---- */

static json_t *header(const char *text)
{
    return json_pack("{s:s, s:{s:s}}", "description", text, "schema", "type", "string");
}

static json_t *components(void)
{
    const struct asset *schemas = assets_schemas();
    json_t *all = json_object();
    for (size_t i = 0; i < params_table_n; i++)
        if (strcmp(params_table[i].name, "format"))
            json_object_set_new(all, params_table[i].name, parameter(i));
    json_t *read =
        json_loadb(schemas->start, (size_t)(schemas->end - schemas->start), 0, NULL);
    if (!read) HF_BUG("api/schemas.json is no JSON");
    return json_pack("{s:o, s:o, s:{s:o, s:o, s:o}, s:{s:{s:s}, s:{s:s, s:{s:{s:o}}}}}",
                     "schemas", read, "parameters", all, "headers", "ETag",
                     header("Svarets merke, av indeksen og spørsmålet; svakt."),
                     "Content-Language", header("nb, nn eller en."), "Link",
                     header("Andre sider av svaret: first, prev, next, last."),
                     "responses", "NotModified", "description",
                     "Leseren har svaret alt (If-None-Match).", "Problem", "description",
                     "Noe er galt; svaret sier hva, på leserens språk.", "content",
                     "application/problem+json", "schema", ref("schemas/", "Problem"));
}

json_t *openapi_document(const struct route *routes, size_t n, const char *base)
{
    json_t *paths = json_object();
    for (size_t i = 0; i < n; i++) {
        const struct about *a = about(routes[i].pattern);
        if (a)
            json_object_set_new(paths, routes[i].pattern,
                                json_pack("{s:o}", "get", operation(&routes[i], a)));
    }
    return json_pack(
        "{s:s, s:{s:s, s:s, s:s, s:{s:s, s:s}}, s:[{s:s}], s:o, s:o}", "openapi", "3.1.0",
        "info", "title", "HF-søk", "version", HFSOK_VERSION, "description",
        "Søk i referater fra helsefellesskapene. Bare GET, HEAD og OPTIONS; HEAD gir "
        "hodene "
        "som GET gir. Språket velges med Accept-Language eller lang, formen med Accept "
        "eller "
        "format. Feil er RFC 9457.",
        "license", "name", "GPL-2.0-or-later", "identifier", "GPL-2.0-or-later",
        "servers", "url", *base ? base : "/", "paths", paths, "components", components());
}
