/* References, patient groups, outcomes, deadlines: one small case a row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../indexer/minutes_cues.h"
#include "../../indexer/minutes_deadline.h"
#include "../../indexer/minutes_internal.h"
#include "t_cues.h"

struct row {
    const char *why;
    const char *title, *text;
    const char *refs;    /* "14/2023 5" */
    const char *groups;  /* ids */
    const char *outcome; /* of the first decision, NULL = none */
};

static const struct row rows[] = {
    {"a word and a number", "A", "Tilbakemelding og oppfølging av sak 14/23.", "14/2023",
     "", NULL},
    {"a body for the word", "A", "Ref. SSU 2022.41 Oppfølging", "41/2022", "", NULL},
    {"two in a list", "A", "Se sak 12/23, 13/23 og 14/23.", "12/2023 13/2023 14/2023", "",
     NULL},
    {"no year printed, none invented", "A", "Dette henger sammen med sak nr. 4.", "4", "",
     NULL},
    {"its own number is no reference", "A", "Viser til sak 7/24.", "", "", NULL},
    {"nor with its own body", "A", "Viser til SSU-sak 7/24.", "", "", NULL},
    {"another body's case has the same number", "A", "Oversendt fra FSU-sak 7/24.",
     "7/2024", "", NULL},
    {"two bodies, one number", "A", "Se sak 5/24 og FSU-sak 5/24.", "5/2024 5/2024", "",
     NULL},
    {"one body, twice", "A", "Se sak 5/24, altså SSU-sak 5/24.", "5/2024", "", NULL},
    {"a telephone number is none", "A", "Kontakt: telefon 38-2024.", "", "", NULL},
    {"a report's number is none", "A", "NOU 2023:4 og Meld. St. 9 (2023–2024)", "", "",
     NULL},
    {"a point is none", "A", "Rutinen endres i punkt 2.", "", "", NULL},
    {"the title is enough", "Tilbud til skrøpelige eldre", "Orientering.", "",
     "skropelige_eldre", NULL},
    {"an acronym", "LAR i fengsel", "Orientering.", "", "psykisk_helse_og_rus", NULL},
    {"the verb is none", "Hvordan lar dette seg gjøre?",
     "Lars lar seg ikke stoppe. Avklaring.", "", "", NULL},
    {"in capitals only the text can tell", "HVORDAN LAR VI PASIENTENE DELTA?",
     "Orientering.", "", "", NULL},
    {"in capitals, an acronym that is no word", "FRÅ BUP TIL VAKSENLIVET", "Orientering.",
     "", "barn_og_unge psykisk_helse_og_rus", NULL},
    {"a department's name", "Økonomi",
     "Klinikksjef psykisk helse og rus Per Lie orienterte.", "", "", NULL},
    {"a committee's name", "Økonomi", "Saken sendes FSU barn og unge.", "", "",
     "oversendt"},
    {"a list of all", "Handlingsplan",
     "Den gjelder barn og unge, personer med alvorlige psykiske lidelser, skrøpelige "
     "eldre, personer med "
     "flere kroniske lidelser og fødende.",
     "", "", NULL},
    {"in passing", "Responssenter", "Erfaringene med KOLS er gode.", "", "", NULL},
    {"nynorsk", "Svangerskapsomsorg og fødande", "Orientering.", "", "fodende", NULL},
    {"compounds", "Ruskonsulent og rusmiddelomsorg", "x", "", "psykisk_helse_og_rus",
     NULL},
    {"to give rise to", "Avgjerda kan føde nye spørsmål", "Avklaring.", "", "", NULL},
    {"a federation", "Føderasjonen av kommunar", "Avklaring.", "", "", NULL},
    {"a place", "Ammerud helsehus", "Avklaring.", "", "", NULL},
    {"the end of a compound", "Akuttgeriatri", "x", "", "skropelige_eldre", NULL},
    {"measures", "Rustiltak i kommunane", "x", "", "psykisk_helse_og_rus", NULL},
    {"postponed", "A", "Vedtak: Saken utsettes til mai.", "", "", "utsatt"},
    {"noted", "A", "Vedtak: SSU tar saken til orientering.", "", "", "orientering"},
    {"approved", "A", "Vedtak: Referatet godkjennes.", "", "", "godkjent"},
    {"sent on", "A", "Konklusjon: Saken oversendes SSU.", "", "", "oversendt"},
    {"refused", "A", "Vedtak: Søknaden avslås.", "", "", "avvist"},
    {"adopted", "A", "Vedtak: Kurset holdes i mars.", "", "", "vedtatt"},
};

static void read_row(const struct row *r, struct hf_minutes *m)
{
    struct hf_buf text = HF_BUF_INIT;
    struct text_doc doc;
    struct minutes_parts parts;
    struct hf_error err;
    hf_buf_addf(
        &text,
        "Referat SSU 4. april 2024\nSak 6/24 Innkalling\nGodkjent.\nSak 7/24 %s\n%s\n",
        r->title, r->text);
    text_doc_init(&doc);
    hf_minutes_init(m);
    assert_int_equal(extract_text(text.data, text.len, &doc, &err), HF_OK);
    minutes_cases(cues, &doc, m, &parts);
    m->year = 2024;
    m->body = "SSU";
    minutes_meaning(cues, &doc, m);
    text_doc_release(&doc);
    hf_buf_release(&text);
}

static void meaning(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *r = &rows[i];
        struct hf_buf refs = HF_BUF_INIT, groups = HF_BUF_INIT;
        struct hf_minutes m;
        read_row(r, &m);
        if (m.n_cases != 2) fail_msg("%s: %zu cases", r->why, m.n_cases);
        const struct hf_case *c = &m.cases[1];
        for (size_t k = 0; k < c->n_refs; k++)
            hf_buf_addf(&refs, "%s%s", k ? " " : "", c->refs[k].number);
        for (size_t k = 0; k < c->n_groups; k++)
            if (!c->groups[k].is_weak) hf_buf_addf(&groups, "%s%s", k ? " " : "", c->groups[k].group);
        if (strcmp(refs.data, r->refs)) fail_msg("%s: refs \"%s\"", r->why, refs.data);
        if (strcmp(groups.data, r->groups))
            fail_msg("%s: groups \"%s\"", r->why, groups.data);
        const char *outcome = c->n_decisions ? c->decisions[0].outcome : NULL;
        if (!outcome != !r->outcome || (outcome && strcmp(outcome, r->outcome)))
            fail_msg("%s: outcome %s", r->why, outcome ? outcome : "none");
        hf_minutes_release(&m);
        hf_buf_release(&refs);
        hf_buf_release(&groups);
    }
}

static void dates(void **state)
{
    static const struct {
        const char *why, *text;
        int year, month, day;
    } texts[] = {
        {"in figures", "03.02.2024", 2024, 2, 3},
        {"short year", "12.09.22", 2022, 9, 12},
        {"in words", "30. november 2023", 2023, 11, 30},
        {"no year", "innen 1. mai", 0, 5, 1},
        {"no full stop", "12 desember 2024", 2024, 12, 12},
        {"a month", "Juni 2025", 2025, 6, 0},
        {"none", "Neste møte", 0, 0, 0},
        {"a case number is none", "14/2024", 0, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct date_found d = {.year = 0};
        if (!date_find(texts[i].text, strlen(texts[i].text), 0, &d))
            memset(&d, 0, sizeof d);
        if (d.year != texts[i].year || d.month != texts[i].month || d.day != texts[i].day)
            fail_msg("%s: %d-%d-%d", texts[i].why, d.year, d.month, d.day);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(meaning),
                                       cmocka_unit_test(dates)};
    return cmocka_run_group_tests(tests, open_cues, close_cues);
}
