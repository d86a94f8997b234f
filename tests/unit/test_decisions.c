/* Labels of decisions: what is one, what is none, and where a sentence ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../indexer/minutes_case.h"
#include "t_cues.h"

struct row {
    const char *why;
    const char *text;
    enum label_class class;
    const char *label; /* NULL where the class is LABEL_NONE */
};

static const struct row rows[] = {
    {"plain", "Vedtak: Godkjent.", LABEL_DECISION, "Vedtak"},
    {"as Vestfold prints it", "Vedtaks:", LABEL_DECISION, "Vedtaks"},
    {"the body's genitive", "SSUs vedtak: Ja.", LABEL_DECISION, "SSUs vedtak"},
    {"the body, spoken", "SSU sitt vedtak: Ja.", LABEL_DECISION, "SSU sitt vedtak"},
    {"the body behind", "Vedtak SSU: Ja.", LABEL_DECISION, "Vedtak SSU"},
    {"votes in brackets", "Vedtak (mot to stemmer): Ja.", LABEL_DECISION,
     "Vedtak (mot to stemmer)"},
    {"unanimous, participle", "Enstemmig vedtatt:", LABEL_DONE, "Enstemmig vedtatt"},
    {"nynorsk", "Samrøystes vedteke:", LABEL_DONE, "Samrøystes vedteke"},
    {"nynorsk, damaged", "Samrgystes vedteke:", LABEL_DONE, "Samrgystes vedteke"},
    {"votes counted", "Vedtatt mot to stemmer:", LABEL_DONE, "Vedtatt mot to stemmer"},
    {"two words with a stroke", "Konklusjon/vedtak: Ja.", LABEL_DECISION,
     "Konklusjon/vedtak"},
    {"the case's number", "Vedtak i sak 3/23: Ja.", LABEL_DECISION, "Vedtak i sak 3/23"},
    {"one letter wrong", "Vedtnk: Ja.", LABEL_DECISION, "Vedtnk"},
    {"capitals", "VEDTAK: Ja.", LABEL_DECISION, "VEDTAK"},
    {"advice", "Tilråding:", LABEL_ADVICE, "Tilråding"},
    {"follow-up", "Oppfølging:", LABEL_FOLLOWUP, "Oppfølging"},
    {"a proposal is none", "Forslag til vedtak:", LABEL_PROPOSAL, "Forslag til vedtak"},
    {"nynorsk proposal", "Framlegg til vedtak:", LABEL_PROPOSAL, "Framlegg til vedtak"},
    {"a rival", "Alternativt forslag fra Alta:", LABEL_COUNTER,
     "Alternativt forslag fra Alta"},
    {"a statement by name", "Protokolltilførsel fra Ola Lie:", LABEL_OTHER,
     "Protokolltilførsel fra Ola Lie"},
    {"agreed", "Enighet om: Ja.", LABEL_DECISION, "Enighet om"},
    {"agreed in prose is none", "Enighet om at saken er viktig.", LABEL_NONE, NULL},
    {"the body decides", "SSU vedtar:", LABEL_DECISION, "SSU vedtar"},
    {"the body decides, prose", "SSU vedtar planen.", LABEL_NONE, NULL},
    {"points", "Beslutningspunkter:", LABEL_DECISION, "Beslutningspunkter"},
    {"a summary is none", "Oppsummering: Ja.", LABEL_OTHER, "Oppsummering"},
    {"a statement is none", "Protokolltilførsel: Nei.", LABEL_OTHER,
     "Protokolltilførsel"},
    {"another body's decision is none", "Kommunestyrets vedtak: Ja.", LABEL_NONE, NULL},
    {"a speaker is none", "Linn Bergsma: Vedr. flytting", LABEL_NONE, NULL},
    {"a sentence is none", "Budsjettet vedtas 18. des.", LABEL_NONE, NULL},
};

static void labels(void **state)
{
    const struct cue_table *t = cues_table(cues, "decisions");
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *r = &rows[i];
        struct label l;
        bool ok = label_parse(t, r->text, strlen(r->text), &l);
        enum label_class got = ok ? l.class : LABEL_NONE;
        if (got != r->class)
            fail_msg("%s: \"%s\" is of class %d", r->why, r->text, (int)got);
        if (ok && strncmp(r->text, r->label, l.end) != 0)
            fail_msg("%s: \"%s\": %.*s", r->why, r->text, (int)l.end, r->text);
        if (ok && strlen(r->label) != l.end)
            fail_msg("%s: \"%s\": %.*s", r->why, r->text, (int)l.end, r->text);
    }
}

static void inside(void **state)
{
    const struct cue_table *t = cues_table(cues, "decisions");
    static const struct {
        const char *why, *text, *from; /* from NULL = no label */
    } texts[] = {
        {"after the title, no full stop", "Innkalling og dagsorden Vedtak: Godkjennes.",
         "Vedtak:"},
        {"a heading before is no part of it", "Referat SSU 24.11.22 Vedtak: Ja.",
         "Vedtak:"},
        {"small letters are prose", "Kommunen fattet følgende vedtak: nei", NULL},
        {"a proposal is found as such", "Lang tekst. Forslag til vedtak: Ja.",
         "Forslag til vedtak:"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct label l;
        size_t at;
        bool ok = label_find(t, texts[i].text, strlen(texts[i].text), 1, &at, &l);
        if (ok != (texts[i].from != NULL)) fail_msg("%s", texts[i].why);
        if (ok && strncmp(texts[i].text + at, texts[i].from, strlen(texts[i].from)) != 0)
            fail_msg("%s: %s", texts[i].why, texts[i].text + at);
    }
}

static void as_proposed(void **state)
{
    static const char *const yes[] = {"Som innstillingen.", "Som framlegget.",
                                      "Innstillingen ble enstemmig vedtatt.",
                                      "Som tilrådinga."};
    static const char *const no[] = {
        "Saken utsettes.", "Forslaget falt mot tre stemmer.",
        "SSU slutter seg til forslaget og ber om ny sak i mai."};
    (void)state;
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (!label_is_as_proposed(yes[i], strlen(yes[i]))) fail_msg("%s", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (label_is_as_proposed(no[i], strlen(no[i]))) fail_msg("%s", no[i]);
}

static void sentences(void **state)
{
    static const struct {
        const char *why, *text;
        size_t end;
    } texts[] = {
        {"a full stop before a capital", "Det er sagt. Nå går vi.", 12},
        {"a date", "Møtet 20. mars ble avlyst. Nytt møte.", 27},
        {"a date in figures", "Referat fra 30.01.25. Det ble godkjent.", 21},
        {"an abbreviation", "Jf. sak 02/25 om dette. Videre.", 23},
        {"an initial", "Ola K. Hansen sa ja. Per sa nei.", 20},
        {"no end", "Ingen saker til evt", 19},
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t end = text_sentence_end(texts[i].text, strlen(texts[i].text), 0);
        if (end != texts[i].end) fail_msg("%s: %zu", texts[i].why, end);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(labels), cmocka_unit_test(inside),
                                       cmocka_unit_test(as_proposed),
                                       cmocka_unit_test(sentences)};
    return cmocka_run_group_tests(tests, open_cues, close_cues);
}
