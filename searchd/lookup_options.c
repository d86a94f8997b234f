#include "lookup_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/utf8.h"
#include "known.h"
#include "nearest.h"
#include "strings.h"

static const struct command {
    const char *name, *usage, *help;
    enum lookup_command command;
    enum params_scope scope;
} commands[] = {
    {"search", "[search] SPØRRING…", "treff i rangert rekkefølge", COMMAND_SEARCH,
     PARAMS_SEARCH},
    {"show", "show ID", "en post med sak, møte og vedtak", COMMAND_SHOW, PARAMS_RECORD},
    {"chain", "chain ID",
     "en sak gjennom møtene: det den viser til og det som viser til den", COMMAND_CHAIN,
     PARAMS_RECORD},
    {"facets", "facets SPØRRING…", "antall treff per region, år, gruppe …",
     COMMAND_FACETS, PARAMS_FACETS},
    {"explain", "explain SPØRRING…", "hvordan spørringen blir forstått", COMMAND_EXPLAIN,
     PARAMS_EXPLAIN},
    {"coverage", "coverage", "møtene som er her, og dem som mangler", COMMAND_COVERAGE,
     PARAMS_COVERAGE},
    {"person", "person NAVN", "en person: roller, møter og saker", COMMAND_PERSON,
     PARAMS_RECORD},
    {"compare", "compare SPØRRING…", "hva hvert av de 19 har vedtatt", COMMAND_COMPARE,
     PARAMS_COMPARE},
    {"timeline", "timeline SPØRRING…", "treff per år ved siden av møtene",
     COMMAND_TIMELINE, PARAMS_TIMELINE},
    {"analyse", "analyse [ORD…]",
     "termene et ord indekseres under; linjer fra stdin uten ORD", COMMAND_ANALYSE, 0},
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

/* Options that are no parameters of the API. */
enum own {
    OWN_INDEX,
    OWN_SERVER,
    OWN_FIELDS,
    OWN_COLOR,
    OWN_FORMAT,
    OWN_QUERY,
    OWN_DAMAGED,
    OWN_HELP,
    OWN_VERSION
};
static const struct own_option {
    const char *name;
    enum own own;
    bool takes_value;
    const char *values, *help;
} own_options[] = {
    {"format", OWN_FORMAT, true, "text, json, jsonl, csv, tsv", "svarets form"},
    {"fields", OWN_FIELDS, true, "felt,felt", "bare disse feltene, i denne rekkefølgen"},
    {"color", OWN_COLOR, true, "auto, always, never", "farger"},
    {"colour", OWN_COLOR, true, NULL, NULL},
    {"index", OWN_INDEX, true, "MAPPE", "indeksen; ellers $HFSOK_INDEX, ellers ./index"},
    {"server", OWN_SERVER, true, "URL", "spør en hfsok-searchd; ellers $HFSOK_SERVER"},
    {"query", OWN_QUERY, false, "", "analyse: som i en spørring"},
    {"damaged", OWN_DAMAGED, false, "", "analyse: som i tekst med tapte bokstaver"},
    {"help", OWN_HELP, false, "", "denne teksten"},
    {"version", OWN_VERSION, false, "", "versjonen"},
};
enum { N_OWN = sizeof own_options / sizeof *own_options };

/* Reading argv: where it stands, and what came before the command was known. */
struct reading {
    struct lookup_options *o;
    char **argv;
    int argc, at;
    bool has_command;
    struct hf_error *err;
};

static enum hf_status bad(struct reading *r, enum string_id id, const char *a,
                          const char *b)
{
    struct hf_buf text = HF_BUF_INIT;
    strings_fill(&text, id, r->o->p.lang, a, b, NULL);
    enum hf_status status = hf_fail(r->err, HF_BAD_ARGUMENT, "%s", text.data);
    hf_buf_release(&text);
    return status;
}

static enum hf_status pick_name(struct reading *r, const char *option, const char *value,
                                const char *const *names, int *out)
{
    struct nearest near;
    struct hf_buf text = HF_BUF_INIT, valid = HF_BUF_INIT;
    for (*out = 0; names[*out]; (*out)++)
        if (strcasecmp(value, names[*out]) == 0) return HF_OK;
    nearest_init(&near, value);
    for (size_t i = 0; names[i]; i++) {
        nearest_offer(&near, names[i]);
        hf_buf_addf(&valid, "%s%s", i ? ", " : "", names[i]);
    }
    strings_fill(&text, S_ERR_BAD_VALUE, r->o->p.lang, value, option, NULL);
    hf_buf_addc(&text, ' ');
    if (near.best) {
        strings_fill(&text, S_ERR_DID_YOU_MEAN, r->o->p.lang, near.best, NULL);
        hf_buf_addc(&text, ' ');
    }
    strings_fill(&text, S_ERR_VALID, r->o->p.lang, valid.data, NULL);
    enum hf_status status = hf_fail(r->err, HF_BAD_ARGUMENT, "%s", text.data);
    hf_buf_release(&text);
    hf_buf_release(&valid);
    return status;
}

static enum hf_status set_own(struct reading *r, const struct own_option *own,
                              const char *value)
{
    static const char *const colours[] = {"auto", "always", "never", NULL};
    static const char *const formats[] = {"text", "json", "jsonl", "csv", "tsv", NULL};
    static const enum params_format values[] = {FORMAT_TEXT, FORMAT_JSON, FORMAT_JSONL,
                                                FORMAT_CSV, FORMAT_TSV};
    struct lookup_options *o = r->o;
    enum hf_status status = HF_OK;
    int i;
    switch (own->own) {
    case OWN_INDEX:
        o->index = value;
        o->server = NULL;
        break;
    case OWN_SERVER: o->server = value; break;
    case OWN_FIELDS: o->fields = value; break;
    case OWN_QUERY: o->is_query = true; break;
    case OWN_DAMAGED: o->is_damaged = true; break;
    case OWN_HELP: o->command = COMMAND_HELP; break;
    case OWN_VERSION: o->command = COMMAND_VERSION; break;
    case OWN_COLOR:
        status = pick_name(r, own->name, value, colours, &i);
        if (status == HF_OK) o->colour = (enum lookup_colour)i;
        break;
    case OWN_FORMAT:
        status = pick_name(r, own->name, value, formats, &i);
        if (status == HF_OK) o->format = values[i];
        break;
    }
    return status;
}

static const struct params_row *row_named(const char *name, size_t len)
{
    for (size_t i = 0; i < params_table_n; i++) {
        const struct params_row *row = &params_table[i];
        const char *names[] = {row->name, row->alias};
        for (size_t k = 0; k < 2; k++)
            if (names[k] && strlen(names[k]) == len && memcmp(names[k], name, len) == 0)
                return row;
    }
    return NULL;
}

static enum hf_status unknown_option(struct reading *r, const char *name)
{
    struct nearest near;
    nearest_init(&near, name);
    for (size_t i = 0; i < params_table_n; i++) {
        nearest_offer(&near, params_table[i].name);
        if (params_table[i].alias) nearest_offer(&near, params_table[i].alias);
    }
    for (size_t i = 0; i < N_OWN; i++) nearest_offer(&near, own_options[i].name);
    if (!near.best) return bad(r, S_ERR_OPTION, name, NULL);
    return bad(r, S_ERR_OPTION_NEAR, name, near.best);
}

/* The value of an option: after '=', or the next word. */
static enum hf_status value_of(struct reading *r, const char *arg, const char **value)
{
    const char *eq = strchr(arg, '=');
    *value = eq ? eq + 1 : NULL;
    if (eq) return HF_OK;
    if (r->at + 1 >= r->argc) return bad(r, S_ERR_OPTION_VALUE, arg, NULL);
    *value = r->argv[++r->at];
    return HF_OK;
}

static enum hf_status read_option(struct reading *r, const char *arg)
{
    const char *name = arg + 2, *value = NULL;
    size_t len = strcspn(name, "=");
    for (size_t i = 0; i < N_OWN; i++) {
        const struct own_option *own = &own_options[i];
        if (strlen(own->name) != len || memcmp(own->name, name, len) != 0) continue;
        if (own->takes_value) {
            if (value_of(r, arg, &value) != HF_OK) return HF_BAD_ARGUMENT;
        } else if (name[len]) {
            return bad(r, S_ERR_OPTION_NO_VALUE, own->name, NULL);
        }
        return set_own(r, own, value);
    }
    const struct params_row *row = row_named(name, len);
    if (!row) return unknown_option(r, arg);
    bool is_flag = strcmp(row->name, "open") == 0 || strcmp(row->name, "all") == 0;
    if (is_flag && !name[len])
        value = "true";
    else if (value_of(r, arg, &value) != HF_OK)
        return HF_BAD_ARGUMENT;
    pairs_add(&r->o->pairs, row->name, value);
    return HF_OK;
}

static enum hf_status read_word(struct reading *r, char *word,
                                const struct command **command)
{
    struct lookup_options *o = r->o;
    if (!r->has_command) {
        r->has_command = true;
        for (size_t i = 0; i < N_COMMANDS; i++) {
            if (strcmp(word, commands[i].name) != 0) continue;
            *command = &commands[i];
            return HF_OK;
        }
    }
    o->words[o->n_words++] = word;
    return HF_OK;
}

/* The language first: messages are in it. */
static void find_language(struct lookup_options *o, int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *value = strncmp(argv[i], "--lang=", 7) == 0 ? argv[i] + 7 : NULL;
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) value = argv[i + 1];
        if (value) (void)!params_set(&o->p, PARAMS_SEARCH, "lang", value, NULL);
    }
}

/* What the words mean, and what the command does not take. */
static enum hf_status settle(struct reading *r, const struct command *command)
{
    struct lookup_options *o = r->o;
    struct hf_buf q = HF_BUF_INIT;
    bool is_subject = o->command == COMMAND_SHOW || o->command == COMMAND_CHAIN;
    bool is_question = !is_subject && o->command != COMMAND_ANALYSE &&
                       o->command != COMMAND_COVERAGE && o->command != COMMAND_PERSON;
    bool has_tables = o->command == COMMAND_SEARCH || o->command == COMMAND_COVERAGE ||
                      o->command == COMMAND_TIMELINE;
    bool table =
        o->format == FORMAT_CSV || o->format == FORMAT_TSV || o->format == FORMAT_JSONL;
    if ((is_subject && o->n_words != 1) || (o->command == COMMAND_PERSON && !o->n_words))
        return bad(r, S_ERR_ONE_ID, command->usage, NULL);
    if (o->command == COMMAND_COVERAGE && o->n_words)
        return bad(r, S_ERR_NO_WORDS, o->words[0], NULL);
    if (o->command == COMMAND_ANALYSE && o->pairs.n)
        return bad(r, S_ERR_OPTION, o->pairs.at[0].name, NULL);
    if ((o->is_query || o->is_damaged) && o->command != COMMAND_ANALYSE)
        return bad(r, S_ERR_OPTION, o->is_query ? "--query" : "--damaged", NULL);
    if (table && !has_tables) return bad(r, S_ERR_NOT_HERE, "--format", NULL);
    if (o->fields && o->command != COMMAND_SEARCH)
        return bad(r, S_ERR_NOT_HERE, "--fields", NULL);
    for (size_t i = 0; is_question && i < o->n_words; i++)
        hf_buf_addf(&q, "%s%s", i ? " " : "", o->words[i]);
    if (q.len) pairs_add(&o->pairs, "q", q.data);
    hf_buf_release(&q);
    if (is_question && !o->pairs.n) return bad(r, S_ERR_NO_QUERY, NULL, NULL);
    if (o->command == COMMAND_ANALYSE) return HF_OK;
    static const char *const names[] = {"json", "jsonl", "csv", NULL, NULL, "tsv"};
    if (table) pairs_add(&o->pairs, "format", names[o->format]);
    o->p.lang = LANG_NB;
    return pairs_apply(&o->pairs, command->scope, &o->p, r->err);
}

enum hf_status lookup_options_read(struct lookup_options *o, int argc, char **argv,
                                   struct hf_error *err)
{
    struct reading r = {o, argv, argc, 1, false, err};
    const struct command *command = &commands[0];
    const char *index = getenv("HFSOK_INDEX"), *server = getenv("HFSOK_SERVER");
    *o = (struct lookup_options){.format = FORMAT_TEXT};
    o->index = index && *index ? index : "index";
    o->server = server && *server ? server : NULL;
    o->words = hf_xcalloc((size_t)argc + 1, sizeof *o->words);
    o->command = COMMAND_SEARCH;
    params_init(&o->p);
    find_language(o, argc, argv);
    enum hf_status status = HF_OK;
    bool options_end = false;
    for (; r.at < argc && status == HF_OK; r.at++) {
        char *arg = argv[r.at];
        if (options_end || strncmp(arg, "--", 2) != 0) {
            if (!options_end && strcmp(arg, "-h") == 0) o->command = COMMAND_HELP;
            /* A word after "--" is never a command. */
            if (options_end) r.has_command = true;
            if (options_end || strcmp(arg, "-h") != 0)
                status = read_word(&r, arg, &command);
        } else if (arg[2]) {
            status = read_option(&r, arg);
        } else {
            options_end = true;
        }
    }
    if (status != HF_OK || o->command == COMMAND_HELP || o->command == COMMAND_VERSION)
        return status;
    o->command = command->command;
    return settle(&r, command);
}

void lookup_options_release(struct lookup_options *o)
{
    free(o->words);
    pairs_release(&o->pairs);
    params_release(&o->p);
}

/* ---- help ---- */

/* Appends blanks up to a column, counted in characters from start. */
static void pad(struct hf_buf *out, size_t start, size_t column)
{
    size_t n = hf_utf8_count(out->data + start, out->len - start);
    do hf_buf_addc(out, ' ');
    while (++n < column);
}

static void help_line(struct hf_buf *out, const char *name, const char *values,
                      const char *help)
{
    size_t start = out->len;
    bool is_flag = values && strcmp(values, "true, false") == 0;
    bool is_word = values && *values && !strpbrk(values, " ,");
    hf_buf_addf(out, "  --%s%s%s", name, is_word ? " " : "", is_word ? values : "");
    pad(out, start, 22);
    hf_buf_adds(out, help);
    if (values && *values && !is_word && !is_flag) hf_buf_addf(out, ": %s", values);
    hf_buf_addc(out, '\n');
}

static void help_command(struct hf_buf *out, const struct command *c)
{
    size_t start = out->len;
    hf_buf_addf(out, "  hfsok %s", c->usage);
    pad(out, start, 30);
    hf_buf_addf(out, "%s\n", c->help);
}

static const char *values_of(const struct params_row *row, struct hf_buf *b)
{
    if (row->values) return row->values;
    for (size_t f = 0; f < HF_N_FACETS; f++) {
        size_t n;
        if (strcmp(hf_facets[f].name, row->name) != 0) continue;
        const struct hf_choice *c = known_choices((enum hf_facet)f, &n);
        if (f == HF_FACET_HELSEFELLESSKAP)
            n = n > 3 ? 3 : n; /* all nineteen are too many here */
        for (size_t i = 0; i < n; i++) hf_buf_addf(b, "%s%s", i ? ", " : "", c[i].id);
        if (f == HF_FACET_HELSEFELLESSKAP) hf_buf_adds(b, " …");
    }
    return b->data;
}

void lookup_help(struct hf_buf *out)
{
    hf_buf_adds(out, "hfsok: søk i referatene fra helsefellesskapene\n\n");
    for (size_t i = 0; i < N_COMMANDS; i++) help_command(out, &commands[i]);
    hf_buf_adds(out, "\nAvgrensning (kan gjentas: ELLER i én, OG mellom dem):\n");
    for (size_t i = 1; i < params_table_n; i++) {
        const struct params_row *row = &params_table[i];
        struct hf_buf values = HF_BUF_INIT;
        if (strcmp(row->name, "format") != 0 && row->scopes != PARAMS_CURSOR)
            help_line(
                out, row->alias && strcmp(row->alias, "limit") == 0 ? "limit" : row->name,
                values_of(row, &values), row->help_nb);
        hf_buf_release(&values);
    }
    hf_buf_adds(out, "\nEllers:\n");
    for (size_t i = 0; i < N_OWN; i++)
        if (own_options[i].help)
            help_line(out, own_options[i].name, own_options[i].values,
                      own_options[i].help);
    hf_buf_adds(
        out,
        "\n«--» avslutter valgene. Spørringen: ord (alle må finnes), \"frase\", OG ELLER "
        "IKKE "
        "eller -ord,\n( ), ord* og felt:verdi — tittel: vedtak: person: sak: region: hf: "
        "utvalg: gruppe: år: etter: før: type: utfall:\n"
        "\nUtgangskoder: 0 funnet, 1 ikke funnet, 2 feil bruk, 3 ingen indeks eller "
        "tjener, "
        "4 låst, 5 annen versjon, 6 skadet indeks.\n");
}
