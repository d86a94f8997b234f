#include "generate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../shim/status.h"

#define TABLE_BITS 20

struct generator {
    uint64_t seed;
    struct hf_buf file;
    char **words;
    double *below; /* cumulated counts */
    size_t n, cap;
    uint32_t *table; /* a word for each equal part of the whole */
};

struct chance {
    uint64_t state;
};

static uint64_t mix(uint64_t z)
{
    z += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static struct chance chance(const struct generator *g, unsigned what, uint32_t number)
{
    return (struct chance){mix(g->seed * 16 + what) ^ mix(number)};
}

static uint32_t below(struct chance *c, uint32_t n)
{
    c->state = mix(c->state);
    return (uint32_t)(((c->state >> 32) * n) >> 32);
}

#define ONE_OF(c, list) (list)[below((c), (uint32_t)(sizeof(list) / sizeof *(list)))]

/* ---- the words ---- */

static void take_line(struct generator *g, char *line)
{
    char *tab = strchr(line, '\t');
    if (*line == '#' || !tab) return;
    *tab = 0;
    if (strpbrk(line, ".-'") || strstr(line, "yyy")) return;
    /* the class stands for a number of times (the file's header) */
    double count = exp(exp((atof(tab + 1) + 9) / 15) - 1);
    if (g->n == g->cap) {
        g->cap = g->cap ? g->cap * 2 : 4096;
        g->words = hf_xrealloc(g->words, g->cap * sizeof *g->words);
        g->below = hf_xrealloc(g->below, g->cap * sizeof *g->below);
    }
    g->below[g->n] = (g->n ? g->below[g->n - 1] : 0) + count;
    g->words[g->n++] = line;
}

bool generate_open(const char *frequencies, uint64_t seed, struct generator **out)
{
    struct generator *g = hf_xcalloc(1, sizeof *g);
    struct hf_error err;
    char *rest = NULL;
    *out = NULL;
    g->seed = seed;
    if (hf_buf_read_file(&g->file, frequencies, 16u << 20, &err) != HF_OK) {
        fprintf(stderr, "%s\n", err.text);
        free(g);
        return false;
    }
    for (char *l = strtok_r(g->file.data, "\n", &rest); l;
         l = strtok_r(NULL, "\n", &rest))
        take_line(g, l);
    size_t parts = (size_t)1 << TABLE_BITS, at = 0;
    g->table = hf_xcalloc(parts, sizeof *g->table);
    for (size_t i = 0; i < parts && g->n; i++) {
        double want = ((double)i + 0.5) / (double)parts * g->below[g->n - 1];
        while (at + 1 < g->n && g->below[at] < want) at++;
        g->table[i] = (uint32_t)at;
    }
    *out = g;
    return g->n > 1000;
}

void generate_close(struct generator *g)
{
    if (!g) return;
    hf_buf_release(&g->file);
    free(g->words);
    free(g->below);
    free(g->table);
    free(g);
}

static const char *usual_word(const struct generator *g, struct chance *c)
{
    return g->words[g->table[below(c, 1u << TABLE_BITS)]];
}

static const char *rare_word(const struct generator *g, struct chance *c)
{
    return g->words[below(c, (uint32_t)g->n)];
}

/* Two words in one, as new words are made. */
static void add_compound(const struct generator *g, struct chance *c, struct hf_buf *b)
{
    const char *head, *tail;
    do head = rare_word(g, c);
    while (strlen(head) < 4 || strlen(head) > 9);
    do tail = usual_word(g, c);
    while (strlen(tail) < 5);
    hf_buf_addf(b, "%s%s", head, tail);
}

static const char *const trade[] = {"samhandling",
                                    "kommunene",
                                    "helseforetaket",
                                    "LAR",
                                    "PLL",
                                    "FACT",
                                    "KAD",
                                    "legemiddelliste",
                                    "utskrivningsklare",
                                    "pasienter",
                                    "pasientforløp",
                                    "fastlegene",
                                    "legevakt",
                                    "sykehuset",
                                    "rehabilitering",
                                    "habilitering",
                                    "samarbeidsavtale",
                                    "delavtale",
                                    "retningslinje",
                                    "fagråd",
                                    "arbeidsgruppen",
                                    "mandat",
                                    "handlingsplan",
                                    "brukermedvirkning",
                                    "brukerrepresentant",
                                    "eldre",
                                    "ernæring",
                                    "kompetanse",
                                    "hjemmeoppfølging",
                                    "velferdsteknologi",
                                    "meldingsutveksling",
                                    "PLO",
                                    "kjernejournal",
                                    "epikrise",
                                    "avvik",
                                    "kvalitet",
                                    "pasientsikkerhet",
                                    "tilskudd",
                                    "rekruttering",
                                    "bemanning",
                                    "beredskap",
                                    "smittevern",
                                    "palliasjon",
                                    "slagrammede",
                                    "demens",
                                    "diabetes",
                                    "kols",
                                    "jordmor",
                                    "helsestasjon",
                                    "barnevern",
                                    "BUP",
                                    "DPS",
                                    "AMK",
                                    "innleggelse",
                                    "utskriving",
                                    "henvisning",
                                    "ventetid",
                                    "korttidsplass",
                                    "hjemmetjenesten",
                                    "sykehjem",
                                    "forebygging",
                                    "folkehelse",
                                    "økonomi",
                                    "finansiering",
                                    "rapportering",
                                    "evaluering",
                                    "implementering",
                                    "pilot",
                                    "prosjektplan",
                                    "høring"};

static const char *const topics[] = {
    "barn og unge",        "skrøpelige eldre",         "psykisk helse og rus",
    "gravide og fødende",  "digital hjemmeoppfølging", "årsrapport",
    "økonomi og tilskudd", "fastlegeordningen"};

/* ---- meetings ---- */

static const struct {
    const char *id, *name, *region_id, *region;
} fellowships[] = {
    {"hf-finnmark", "Helsefellesskapet Finnmark", "nord", "Helse Nord"},
    {"hf-troms-ofoten", "Helsefellesskapet Troms og Ofoten", "nord", "Helse Nord"},
    {"hf-helgeland", "Helsefellesskap Helgeland", "nord", "Helse Nord"},
    {"hf-nord-trondelag", "Helsefellesskapet Nord-Trøndelag", "midt", "Helse Midt-Norge"},
    {"hf-more-romsdal", "Helsefellesskap Møre og Romsdal", "midt", "Helse Midt-Norge"},
    {"hf-sogn-fjordane", "Helsefellesskapet i Sogn og Fjordane", "vest", "Helse Vest"},
    {"hf-fonna", "Helsefellesskapet i Helse Fonna", "vest", "Helse Vest"},
    {"hf-sor-rogaland", "Helsefellesskapet Sør-Rogaland", "vest", "Helse Vest"},
    {"hf-agder", "Helsefellesskapet Agder", "sor-ost", "Helse Sør-Øst"},
    {"hf-telemark", "Helsefellesskapet i Telemark", "sor-ost", "Helse Sør-Øst"},
    {"hf-vestfold", "Helsefellesskapet Vestfold", "sor-ost", "Helse Sør-Øst"},
    {"hf-innlandet", "Helsefellesskap Innlandet", "sor-ost", "Helse Sør-Øst"},
    {"hf-ostfold", "Helsefellesskapet i Østfold", "sor-ost", "Helse Sør-Øst"}};

static const struct {
    const char *id, *name;
} bodies[] = {{"SSU", "Strategisk samarbeidsutvalg"},
              {"FSU", "Faglig samarbeidsutvalg"},
              {"LSU", "Lokalt samarbeidsutvalg"}};

static const char *const given[] = {"Anne",    "Kari",  "Ola",   "Per",   "Ingrid",
                                    "Lars",    "Marit", "Bjørn", "Hilde", "Knut",
                                    "Solveig", "Arne",  "Berit", "Jan",   "Liv",
                                    "Terje",   "Randi", "Svein", "Nina",  "Geir"};
static const char *const family[] = {"Hørthe",  "Nordvik", "Tangstad", "Myklegard",
                                     "Solhaug", "Bremdal", "Kvamstad", "Lunderud",
                                     "Homdal",  "Ørvik",   "Aasland",  "Fossbakk",
                                     "Gylstad", "Rognmo",  "Vatnhamar"};
static const char *const roles[] = {"kommunedirektør",    "kommuneoverlege",
                                    "klinikksjef",        "fagdirektør",
                                    "brukerrepresentant", "fastlege"};

void generate_meeting(const struct generator *g, uint32_t number,
                      struct generated_meeting *out)
{
    struct chance c = chance(g, 1, number);
    memset(out, 0, sizeof *out);
    /* no two meetings of one body on one day */
    uint32_t n_trusts = sizeof fellowships / sizeof *fellowships,
             n_bodies = sizeof bodies / sizeof *bodies,
             left = (uint32_t)(((uint64_t)number * 100003 + g->seed) %
                               (n_trusts * n_bodies * 8 * 12 * 28));
    uint32_t t = left % n_trusts, b = (left /= n_trusts) % n_bodies;
    left /= n_bodies;
    out->trust_id = fellowships[t].id;
    out->trust = fellowships[t].name;
    out->region_id = fellowships[t].region_id;
    out->region = fellowships[t].region;
    out->body = bodies[b].id;
    out->body_name = bodies[b].name;
    out->year = 2019 + (int)(left % 8);
    out->month = 1 + (int)(left / 8 % 12);
    out->day = 1 + (int)(left / 96);
    out->n_people = 5 + below(&c, 8);
    for (unsigned i = 0; i < out->n_people; i++) {
        const char *first = ONE_OF(&c, given), *middle = ONE_OF(&c, given);
        bool two = below(&c, 3) == 0;
        snprintf(out->people[i], sizeof out->people[i], "%s%s%s %s", first,
                 two ? " " : "", two ? middle : "", ONE_OF(&c, family));
        snprintf(out->roles[i], sizeof out->roles[i], "%s", ONE_OF(&c, roles));
        out->absent[i] = below(&c, 6) == 0;
    }
}

/* ---- cases ---- */

static void add_capital(struct hf_buf *b, size_t at)
{
    if (at < b->len && b->data[at] >= 'a' && b->data[at] <= 'z')
        b->data[at] = (char)(b->data[at] - 32);
}

struct topic {
    const char *words[9];
    uint32_t n;
};

static void add_word(const struct generator *g, struct chance *c, const struct topic *t,
                     struct hf_buf *b)
{
    uint32_t d = below(c, 1000);
    if (d < 120)
        hf_buf_adds(b, t->words[below(c, t->n)]);
    else if (d < 170)
        add_compound(g, c, b);
    else if (d < 178)
        hf_buf_addf(b, "%u", 1 + below(c, 2030));
    else if (d < 183)
        hf_buf_adds(b, ONE_OF(c, family));
    else
        hf_buf_adds(b, usual_word(g, c));
}

static void add_sentences(const struct generator *g, struct chance *c,
                          const struct topic *t, uint32_t words, struct hf_buf *b)
{
    uint32_t left = 0;
    for (uint32_t i = 0; i < words; i++) {
        bool first = left == 0;
        if (first) left = 6 + below(c, 16);
        if (first && b->len) hf_buf_addc(b, below(c, 6) ? ' ' : '\n');
        if (!first) hf_buf_adds(b, below(c, 14) ? " " : ", ");
        size_t at = b->len;
        add_word(g, c, t, b);
        if (first) add_capital(b, at);
        left = i + 1 == words ? 0 : left - 1;
        if (!left) hf_buf_addc(b, '.');
    }
}

void generate_case(const struct generator *g, uint32_t number, struct generated_case *out)
{
    struct chance c = chance(g, 2, number), first = chance(g, 3, number / GENERATE_CASES);
    struct topic t = {.n = 4 + below(&c, 5)};
    if (!out->title.data) {
        hf_buf_init(&out->title);
        hf_buf_init(&out->text);
        hf_buf_init(&out->decision);
    }
    hf_buf_clear(&out->title);
    hf_buf_clear(&out->text);
    hf_buf_clear(&out->decision);
    out->number = 1 + below(&first, 90) + number % GENERATE_CASES;
    for (uint32_t i = 0; i < t.n; i++)
        t.words[i] = below(&c, 3) ? rare_word(g, &c) : ONE_OF(&c, trade);
    for (uint32_t i = 0, n = 2 + below(&c, 4); i < n; i++) {
        if (i) hf_buf_addc(&out->title, ' ');
        hf_buf_adds(&out->title,
                    below(&c, 2) ? t.words[below(&c, t.n)] : usual_word(g, &c));
    }
    if (below(&c, 4) == 0) hf_buf_addf(&out->title, " for %s", ONE_OF(&c, topics));
    add_capital(&out->title, 0);
    uint32_t d = below(&c, 1000);
    add_sentences(g, &c, &t, 60 + 340 * d / 1000 * d / 1000, &out->text);
    hf_buf_adds(&out->decision, "Utvalget");
    add_sentences(g, &c, &t, 8 + below(&c, 30), &out->decision);
    for (size_t i = 0; i < out->decision.len; i++)
        if (out->decision.data[i] == '\n') out->decision.data[i] = ' ';
}

void generate_case_release(struct generated_case *c)
{
    hf_buf_release(&c->title);
    hf_buf_release(&c->text);
    hf_buf_release(&c->decision);
}

void generate_minutes(const struct generator *g, uint32_t number, uint32_t n_cases,
                      struct hf_buf *b)
{
    struct generated_meeting m;
    struct generated_case c = {0};
    uint32_t first = number * GENERATE_CASES, end = first + GENERATE_CASES;
    generate_meeting(g, number, &m);
    hf_buf_clear(b);
    hf_buf_addf(
        b,
        "%s\nReferat – %s (%s)\n\nDato: %02d.%02d.%d\nKl.: 09:00–11:30\nSted: Teams\n\n",
        m.trust, m.body_name, m.body, m.day, m.month, m.year);
    hf_buf_adds(b, "Navn\tRolle\tMøtte\tForfall\n");
    for (unsigned i = 0; i < m.n_people; i++)
        hf_buf_addf(b, "%s\t%s\t%s\t%s\n", m.people[i], m.roles[i],
                    m.absent[i] ? "" : "X", m.absent[i] ? "X" : "");
    for (uint32_t i = first; i < end && i < n_cases; i++) {
        generate_case(g, i, &c);
        hf_buf_addf(b, "\nSak %u/%d %s\n%s\nVedtak: %s\n", c.number, m.year, c.title.data,
                    c.text.data, c.decision.data);
    }
    generate_case_release(&c);
}

/* ---- questions ---- */

/* The n words from the random word on, none of them short; false where there are none. */
static bool pick(struct chance *c, const struct hf_buf *text, unsigned n, size_t shortest,
                 char *out, size_t room)
{
    const char *at = text->data + below(c, (uint32_t)(text->len ? text->len : 1));
    while (*at && *at != ' ' && *at != '\n') at++;
    at += *at != 0;
    const char *end = at;
    for (unsigned i = 0; i < n; i++) {
        if (i && *end++ != ' ') return false;
        size_t len = strcspn(end, " \n.,");
        if (len < shortest) return false;
        end += len;
    }
    if ((size_t)(end - at) >= room || !at) return false;
    memcpy(out, at, (size_t)(end - at));
    out[end - at] = 0;
    return true;
}

static void word_or_trade(struct chance *c, const struct hf_buf *text, char *out,
                          size_t room)
{
    if (below(c, 5) < 2)
        for (int i = 0; i < 20; i++)
            if (pick(c, text, 1, 5, out, room)) return;
    snprintf(out, room, "%s", ONE_OF(c, trade));
}

void generate_query(const struct generator *g, uint32_t number, uint32_t n_cases,
                    struct generated_query *out)
{
    static const char *const acronyms[] = {"LAR", "PLL", "FACT", "KAD",
                                           "PLO", "BUP", "DPS",  "AMK"};
    struct chance c = chance(g, 4, number);
    struct generated_case from = {0};
    char a[64], b[64];
    memset(out, 0, sizeof *out);
    out->trust_id = out->region_id = "";
    generate_case(g, below(&c, n_cases), &from);
    uint32_t kind = below(&c, 100), filter = below(&c, 100);
    word_or_trade(&c, &from.text, a, sizeof a);
    word_or_trade(&c, &from.text, b, sizeof b);
    if (kind < 35) {
        out->kind = "word";
        snprintf(out->text, sizeof out->text, "%s", a);
    } else if (kind < 60) {
        out->kind = "two";
        snprintf(out->text, sizeof out->text, "%s %s", a, b);
    } else if (kind < 72) {
        out->kind = "three";
        snprintf(out->text, sizeof out->text, "%s %s %s", a, b, ONE_OF(&c, trade));
    } else if (kind < 87) {
        out->kind = "phrase";
        for (int i = 0; i < 50 && !pick(&c, &from.text, 2, 2, a, sizeof a); i++) continue;
        snprintf(out->text, sizeof out->text, "\"%s\"", a);
    } else if (kind < 94) {
        out->kind = "acronym";
        snprintf(out->text, sizeof out->text, "%s", ONE_OF(&c, acronyms));
    } else {
        out->kind = "acronym+word";
        snprintf(out->text, sizeof out->text, "%s %s", ONE_OF(&c, acronyms),
                 ONE_OF(&c, trade));
    }
    if (filter >= 50 && filter < 68)
        snprintf(out->year, sizeof out->year, "%u", 2019 + below(&c, 8));
    if (filter >= 68 && filter < 84) out->trust_id = ONE_OF(&c, fellowships).id;
    if (filter >= 84 && filter < 92) out->region_id = ONE_OF(&c, fellowships).region_id;
    generate_case_release(&from);
}
