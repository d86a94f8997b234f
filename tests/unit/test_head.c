/* The head of minutes: each row is a document and what must be known of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../indexer/minutes.h"
#include "../../shim/buf.h"

static struct minutes_cues *cues;

struct row {
    const char *why;
    const char *text;
    const char *want; /* "field=value" lines; every one of them must hold */
};

static const struct row rows[] = {
    {"labels as lines",
     "Helsefellesskapet i Østfold\nReferat fra strategisk samarbeidsutvalg\nMøtedato: "
     "8.2.2024\nTid: kl. "
     "12 – 15\nSted: Kalnes\nMøteleder: Mari Tomterud\nReferent: Ola Haug\n1. "
     "Godkjenning (B)\n",
     "hf=hf-ostfold\nregion=Helse Sør-Øst\nbody=SSU\ndate=2024-02-08\nyear=2024\ntime=12 "
     "– 15\nplace=Kalnes\n"
     "chair=Mari Tomterud\nby=Ola Haug\nkind=minutes\nlanguage=nb"},
    {"a grid of cells, several labels in a row",
     "Møte:\tFaglig samarbeidsutvalg (FSU) barn og unge\tDato:\t12.09.22\nSted:\tAhus "
     "Nordbyhagen\tLeder:\tGro Enebakk\n\nSak 1/22\tGodkjenning\n",
     "hf=hf-ahus\nbody=FSU\nsuffix=barn og unge\ndate=2022-09-12\nplace=Ahus "
     "Nordbyhagen\nchair=Gro Enebakk"},
    {"the label on a line of its own, the value below",
     "Referat LSU\n\nUtvalg\n\nLokalt samarbeidsutvalg Ringerike "
     "sykehus\n\nNår\n\n05.02.2025 kl. 13:00 - "
     "15:00\n\nHvor\n\nMøterom Krokkleiva\n\nLeder\n\nIda Rua\n",
     "hf=hf-vestre-viken\nbody=LSU\nsuffix=Ringerike "
     "sykehus\ndate=2025-02-05\ntime=13:00 - 15:00\n"
     "place=Møterom Krokkleiva\nchair=Ida Rua"},
    {"place, weekday, date, time and address in one value",
     "Referat fra møte i Strategisk samarbeidsutvalg (SSU)\nDato/sted\tSykehuset i "
     "Vestfold, torsdag "
     "02.02.2023 kl. 1300-1530 Olav Trygvasonsgate 4.\n",
     "hf=hf-vestfold\ndate=2023-02-02\ntime=1300-1530\nplace=Sykehuset i Vestfold"},
    {"several labels on a line with blanks between",
     "Helsefellesskap Lofoten, Vesterålen og Salten\nReferat SSU\nDato:     onsdag "
     "22.05.2024      Tid:   "
     "12.00 – 15.00\nSted:     Bodø      Leder: Guro Steinslett\n",
     "hf=hf-lvs\ndate=2024-05-22\ntime=12.00 – 15.00\nplace=Bodø\nchair=Guro Steinslett"},
    {"the date in the title, in words",
     "Referat Strategisk samarbeidsutvalg (SSU) 30. november 2023\nHelse "
     "Bergen\n",
     "hf=hf-bergen\nregion=Helse Vest\nbody=SSU\ndate=2023-11-30"},
    {"nynorsk labels and months",
     "Helsefellesskapet i Sogn og Fjordane\nMØTEBOK\nUtval: Lokalt samarbeidsutval (LSU) "
     "Nordfjord\n"
     "Møtedato: laurdag 7. mai 2022\nMøtestad: Eid\nMøteleiar: Magnhild "
     "Øvrebotten\nMøtesekretær: Ola Haug\n"
     "Desse møtte ikkje. Dei var ikkje der, og utvalet vart samde om å møtast att frå "
     "hausten.\n",
     "hf=hf-sogn-fjordane\nbody=LSU\nsuffix=Nordfjord\ndate=2022-05-07\nchair=Magnhild "
     "Øvrebotten\nby=Ola "
     "Haug\nlanguage=nn"},
    {"damaged letters in labels and names",
     " Helsefelleskapet Lofoten, Vesteralen og Salten\nStrategisk samarbeidsutvalg "
     "(SSU)\nReferat\nMgtedato: "
     "Torsdag 6. mars 2025 kl. 10.00-14.00\nMateleder: Guro Steinslett\nReferent: "
     "Lill-Ann Valnes\n"
     "Sak 01/25 Godkjenning\nSaken kommer fra utvalget og ble drgftet med alle kommunene "
     "som var til stede i "
     "mgtet. Alle var enige om at dette er en god ide for pasientene og de ansatte i "
     "sykehuset, og at det er "
     "viktig for fremtidens helsetjeneste at kommunene og sykehuset arbeider sammen om "
     "dette i arene som "
     "kommer. Utvalget ber om en ny orientering.\n",
     "hf=hf-lvs\ndate=2025-03-06\nchair=Guro Steinslett\nby=Lill-Ann Valnes"},
    {"«Helse Nord-Trøndelag» is not «Helse Nord»",
     "Helse Nord-Trøndelag HF\nProtokoll Administrativt samarbeidsutvalg "
     "(ASU)\nMøtedato: 8. oktober 2020\n",
     "hf=hf-nord-trondelag\nregion=Helse Midt-Norge\nbody=ASU"},
    {"Herøy by its neighbours: Nordland",
     "Referat fra møte i OSO\nDato: 14.11.2019\nTil stede: Kari Nordby (Vefsn kommune), "
     "Ola Haug (Herøy "
     "kommune), Per Lie (Rana kommune)\n",
     "hf=hf-helgeland\nbody=OSO"},
    {"Herøy by its neighbours: Møre og Romsdal",
     "Møtebok strategisk samarbeidsutval\nDato: 13.06.2024\nTil stades: Kari Nordby, "
     "Volda kommune; Ola Haug, "
     "Herøy kommune; Per Lie, Ørsta kommune\n",
     "hf=hf-more-romsdal\nbody=SSU"},
    {"a web host alone",
     "Referat strategisk samarbeidsutvalg 12. mars 2024\nInnhold: se "
     "https://www.sshf.no/samhandling\n",
     "hf=hf-agder"},
    {"places that are words count only where they are places",
     "Referat SSU 11.02.2021\nTil stede: Kari Nordby (Time), Ola Haug (Klepp), Per Lie "
     "(Hå)\nVi har god tid, "
     "og om en time er vi ferdige.\n",
     "hf=hf-sor-rogaland"},
    {"only the region is known",
     "Referat fra samarbeidsutvalget 12.03.2024\nHELSE MIDT-NORGE\n",
     "hf=\nregion=Helse Midt-Norge\nbody=SU"},
    {"two committees of one trust",
     "PROTOKOLL\nStrategisk samarbeidsutvalg (SSU) nedre Telemark\nMøtedato: "
     "18.03.2021\n",
     "hf=hf-telemark\nbody=SSU\nsuffix=nedre Telemark"},
    {"the committee's field on the next line",
     "Helsefellesskapet i Vestfold\nReferat fra møte i faglig samarbeidsutvalg "
     "(FSU)\nfor legemidler og "
     "informasjonsflyt\nDato: 22.05.2024\n",
     "body=FSU\nsuffix=legemidler og informasjonsflyt"},
    {"a meeting of partners",
     "Helsefellesskapet på Helgeland\n\nProtokoll fra partnerskapsmøtet\nBrønnøysund, "
     "25.april 2024 kl. "
     "10.00–15.30\n",
     "hf=hf-helgeland\nbody=PM\ndate=2024-04-25\ntime=10.00–15.30"},
    {"an annual report has a year and no date",
     "Årsrapport for Strategisk samarbeidsutvalg i\nHelsefellesskap Vest-Viken "
     "2024\n\nUtvalget møttes 7. juni "
     "2025.\n",
     "hf=hf-vestre-viken\nkind=report\nyear=2024\ndate="},
    {"the year by the cases where the date is a slip",
     "Vestre Viken HF\nReferat SSU\nMøtedato: 03.02.2024\n\nSak 01/2025 "
     "Godkjenning\nReferat fra 02.12.2024 er "
     "godkjent.\nVedtak: Godkjent.\n\nSak 02/2025 Årsrapport\nVedtak: Frist for innspill "
     "er fredag "
     "07.02.2025.\n",
     "date=2024-02-03\nyear=2025"},
    {"the printed year stands where one old case comes back",
     "Vestre Viken HF\nReferat SSU\nMøtedato: 06.02.2024\n\nSak 18/2023 "
     "Samhandling\nVedtak: Godkjent.\n\nSak "
     "01/2024 Årsrapport\nVedtak: Godkjent.\n",
     "date=2024-02-06\nyear=2024\nnote="},
    {"a day without its year: the cases know it",
     "Vestre Viken HF\nReferat SSU\nMøtedato: torsdag 14. mars\n\nSak 01/2024 "
     "Godkjenning\nVedtak: "
     "Godkjent.\n\nSak 02/2024 Årsrapport\nVedtak: Godkjent.\n",
     "date=2024-03-14\nyear=2024"},
    {"two days: the first", "Vestre Viken HF\nReferat SSU 12.–13. mars 2024\n",
     "date=2024-03-12"},
    {"two days in figures", "Vestre Viken HF\nReferat SSU\nDato: 12.-13.03.2024\n",
     "date=2024-03-12"},
    {"two whole days", "Vestre Viken HF\nReferat SSU\nDato: 12.3.–13.3.2024\n",
     "date=2024-03-12"},
    {"ISO", "Vestre Viken HF\nReferat SSU\nDato: 2024-03-12\n", "date=2024-03-12"},
    {"a slash and a dash", "Vestre Viken HF\nReferat SSU\nDato: 12/3-24\n",
     "date=2024-03-12"},
    {"the page's own dates are not the meeting's",
     "Helsefellesskap Oslo\nPublisert 30.04.2024. Sist oppdatert 02.05.2024\nReferat fra "
     "strategisk "
     "samarbeidsutvalg 23. april 2024\n",
     "date=2024-04-23"},
    {"the approval's date is not the meeting's",
     "Helsefellesskapet Agder\nGodkjent referat – SSU\nNeste møte: 12.12.2024\nDato: 22. "
     "august 2024\n",
     "date=2024-08-22"},
    {"several labels in one line, after a surname that no list has",
     "Helsefellesskapet Agder\nReferat SSU\nDato: 05.03.2026\nSted: Arendal Møteleder: Siren Ødegårdstuen Referent: Per "
     "Lie\n",
     "place=Arendal\nchair=Siren Ødegårdstuen\nby=Per Lie"},
    {"chair by the list",
     "Helse Fonna\nReferat FSU 16.10.2025\nTil stades:\nKari Nordby, leiar, Stord\nOla "
     "Haug, Karmøy\n",
     "chair=Kari Nordby"},
    {"chair in prose",
     "Helse Fonna\nReferat FSU 16.10.2025\nMøteleder var Kari Nordby. Alle var til "
     "stede.\n",
     "chair=Kari Nordby"},
    {"chair and secretary in one label",
     "Helse Fonna\nReferat FSU 16.10.2025\nMøteleder og referent: Kari Nordby\n",
     "chair=Kari Nordby\nby=Kari Nordby"},
    {"the helsefellesskap's own name tells nothing",
     "OSO Helgeland\nMøtereferat 14. november 2019\n",
     "hf=hf-helgeland\nbody=OSO\nsuffix="},
    {"nor do the parties",
     "SAMARBEIDSUTVALGET (SU) FOR FINNMARKSSYKEHUSET OG KOMMUNENE I "
     "FINNMARK\n27.04.2022\n",
     "hf=hf-finnmark\nbody=SU\nsuffix="},
    {"older committees", "Sykehuset Innlandet\nReferat fra møte i OSU 12.03.2018\n",
     "body=OSU\nhf=hf-innlandet"},
    {"the definite form of a body's name, and an adjective that does not agree",
     "Overordna samarbeidsutvalet\nHelsefellesskapet i Vestfold\nDato: 9. mars 2023",
     "body=OSU\nhf=hf-vestfold"},
    {"a body with a wrong gender is still the local one",
     "Lokal samarbeidsutvalg\nHelsefellesskapet i Vestfold\nDato: 9. mars 2023",
     "body=LSU\nhf=hf-vestfold"},
    {"a coordinating council", "Helse Førde\nMøtebok for koordineringsrådet 12.03.2015\n",
     "body=koordineringsråd\nhf=hf-sogn-fjordane"},
    {"the committee only in the cases' numbers",
     "Universitetssykehuset Nord-Norge\nReferat\n12.03.2024\n\nSSU-sak 1/24 "
     "Godkjenning\nVedtak: Godkjent.\n",
     "body=SSU\nhf=hf-troms-ofoten"},
    {"chair of a committee in a column",
     "Referat fra fagutvalg\nTil stades:\nOla Haug\tlege\tFitjar\t\nKari "
     "Nordby\tavdelingsleiar BUP\tHelse Fonna\tleiar av fagutvalet\n\nSak 1/22 "
     "Godkjenning\n",
     "chair=Kari Nordby"},
    {"the leader after an organisation",
     "Referat SSU\nTil stede: Kari Nordby (UNN - leder), Ola Haug (Tromsø - "
     "nestleder)\n\nSak 1/22 Godkjenning\n",
     "chair=Kari Nordby"},
    {"«leder SSU» in the list",
     "Referat SSU\nTil stede:\nOla Haug, leder fagavdelingen\nKari Nordby, Hamar (leder "
     "SSU)\n\nSak 1/22 Godkjenning\n",
     "chair=Kari Nordby"},
    {"a label of several words in a cell",
     "Referat SSU\nMøtet ledet av\tKari Nordby\nReferat v/\tOla Haug\n\nSak 1/22 "
     "Godkjenning\n",
     "chair=Kari Nordby\nby=Ola Haug"},
    {"who led the debate",
     "Referat SSU\nOrdførar Per Lie frå Fjord opna møtet. Styreleiar Kari Nordby i Helse "
     "Møre og Romsdal styrte ordskiftet (møteleiar).\n\nSak 1/22 Godkjenning\n",
     "chair=Kari Nordby"},
    {"initials mean the one person who has them",
     "Referat SSU\nTil stede:\nKari Nordby (KN), Voss\nOla Haug (OH), Odda\nMøteleder: "
     "KN\nReferent: OH\n\nSak 1/22 Godkjenning\n",
     "chair=Kari Nordby\nby=Ola Haug"},
    {"a sentence that follows the time",
     "Referat SSU\nMøtet blei halde torsdag 14. mars 2024 kl. 12.30–15.30. Møteleiar var "
     "Kari Nordby. Referatet er skrive av Ola Haug.\n\nSak 1/22 Godkjenning\n",
     "date=2024-03-14\nchair=Kari Nordby\nby=Ola Haug"},
    {"the date after the chair",
     "Referat SSU\nMøtet ble ledet av Kari Nordby. 20. april 2023 kl 10-12, Teams\n\nSak "
     "1/22 Godkjenning\n",
     "date=2023-04-20\nchair=Kari Nordby"},
    {"one led the meeting and another wrote, in one sentence",
     "Referat SSU\nTil stede: Per Lie (Moss), Ola Haug (Råde)\nMøtet ble ledet av Ola "
     "Haug og referert av Per Lie.\n\nSak 1/22 Godkjenning\n",
     "chair=Ola Haug\nby=Per Lie"},
    {"approved minutes of two meetings",
     "Referat fra strategisk samarbeidsutvalg (SSU)\nHelse Bergen\nDato: "
     "14.03.2024\n\nSak 1/24 Godkjenning av referat fra møte 30.11.2023 og "
     "25.01.2024\nVedtak: Godkjent.\n",
     "approves=2023-11-30 2024-01-25"},
    {"approved minutes in the decision, the year not printed: the last such day",
     "Referat fra strategisk samarbeidsutvalg (SSU)\nHelse Bergen\nDato: "
     "14.03.2024\n\nSak 1/24 Innkalling og referat\nVedtak: Innkalling og referat fra 7. "
     "desember godkjennes.\n",
     "approves=2023-12-07"},
    {"a protocol, nynorsk",
     "Referat fra strategisk samarbeidsutvalg (SSU)\nHelse Bergen\nDato: "
     "14.03.2024\n\nSak 1/24 Protokoll frå førre møte, 12.9.2023\nVedtak: Protokollen "
     "vart godkjend.\n",
     "approves=2023-09-12"},
    {"minutes of another body are told of",
     "Referat fra strategisk samarbeidsutvalg (SSU)\nHelse Bergen\nDato: "
     "14.03.2024\n\nSak 1/24 Godkjenning og orientering\nReferat fra FSU 12.9.2023 er "
     "lagt ved.\nVedtak: Tas til orientering.\n",
     "approves="},
    {"a date beside the approval is no meeting",
     "Referat fra strategisk samarbeidsutvalg (SSU)\nHelse Bergen\nDato: "
     "14.03.2024\n\nSak 1/24 Godkjenning av referat\nVedtak: Referatet godkjennes. Neste "
     "møte er 12.9.2024, forrige frist 1.2.2024.\n",
     "approves="},
    {"a report of a day is not approved",
     "Referat fra strategisk samarbeidsutvalg (SSU)\nHelse Bergen\nDato: "
     "14.03.2024\n\nSak 1/24 Konferanse om rus\nReferat fra konferansen 12.9.2023 ble "
     "delt ut.\nVedtak: Tas til orientering.\n",
     "approves="},
    {"a day to come is a misprint",
     "Referat fra strategisk samarbeidsutvalg (SSU)\nHelse Bergen\nDato: "
     "14.03.2024\n\nSak 1/24 Godkjenning av referat fra 12.9.2024\nVedtak: Godkjent.\n",
     "approves="},
};

static const char *or_empty(const char *s)
{
    return s ? s : "";
}

static char *head_of(const char *text)
{
    struct hf_buf out = HF_BUF_INIT;
    struct text_doc doc;
    struct hf_minutes m;
    struct hf_error err;
    text_doc_init(&doc);
    hf_minutes_init(&m);
    assert_int_equal(extract_text(text, strlen(text), &doc, &err), HF_OK);
    minutes_read(cues, &doc, &m);
    hf_buf_addf(&out, "\nhf=%s\nregion=%s\nbody=%s\nsuffix=%s\ndate=%s\nyear=%d\n",
                or_empty(m.helsefellesskap), or_empty(m.health_region), or_empty(m.body),
                or_empty(m.body_suffix), or_empty(m.date), m.year);
    hf_buf_addf(
        &out, "time=%s\nplace=%s\nchair=%s\nby=%s\nkind=%s\nlanguage=%s\nnote=%s\n",
        or_empty(m.time), or_empty(m.place), or_empty(m.chair), or_empty(m.minutes_by),
        or_empty(m.kind), or_empty(m.language), or_empty(m.date_note));
    hf_buf_adds(&out, "approves=");
    for (size_t i = 0; i < m.n_approved; i++)
        hf_buf_addf(&out, "%s%s", i ? " " : "", m.approved[i].date);
    hf_buf_addc(&out, '\n');
    hf_minutes_release(&m);
    text_doc_release(&doc);
    return hf_buf_take(&out);
}

static void head(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *got = head_of(rows[i].text);
        for (const char *at = rows[i].want; *at;) {
            char line[200];
            size_t n = strcspn(at, "\n");
            snprintf(line, sizeof line, "\n%.*s\n", (int)n, at);
            if (!strstr(got, line)) {
                print_error("%s: no %.*s in%s\n", rows[i].why, (int)n, at, got);
                wrong++;
            }
            at += n + (at[n] == '\n');
        }
        free(got);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(head)};
    const char *dir = getenv("HFSOK_DATA");
    struct hf_error err;
    if (minutes_cues_open(dir ? dir : "stopwords", &cues, &err) != HF_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    minutes_cues_close(cues);
    return failed;
}
