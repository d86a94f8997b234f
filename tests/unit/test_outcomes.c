/* What decisions come to: sentences as secretaries write them, bokmål and nynorsk. */
#include "t.h"

#include "../../indexer/minutes_cues.h"
#include "../../indexer/minutes_internal.h"
#include "t_cues.h"

static const struct {
    const char *outcome, *text;
} rows[] = {
    {"vedtatt", "Det opprettes en arbeidsgruppe med tre medlemmer fra hver side."},
    {"vedtatt", "SSU vedtar ny samarbeidsavtale om utskrivning."},
    {"vedtatt", "Utvalet vedtek handlingsplanen for 2025."},
    {"vedtatt", "Møteplan for 2024 fastsettes slik den er lagt fram."},
    {"vedtatt", "Kari Dal velges som leder for to år."},
    {"vedtatt", "Per Vik vart vald til nestleiar."},
    {"vedtatt", "Prosjektet får 300 000 kroner for 2024."},
    {"vedtatt", "Samlinga vert lagd til Sand i september."},
    {"vedtatt", "Retningslinjen gjelder fra 1. januar."},
    {"vedtatt", "SSU oppnevner Ola Berg til styringsgruppen."},
    {"vedtatt", "FSU skal lage mandat for arbeidet innen mai."},
    {"vedtatt", "Dagens ordning videreføres ut året."},
    {"godkjent", "Referatet godkjennes uten merknader."},
    {"godkjent", "Innkalling og saksliste godkjent."},
    {"godkjent", "Møteboka vart samrøystes godkjend."},
    {"godkjent", "Ingen merknader til innkallingen."},
    {"godkjent", "Ingen merknader til innkalling eller saksliste."},
    {"godkjent", "Det kom ikkje merknader til referatet."},
    {"godkjent", "Utvalget gir sin tilslutning til planen."},
    {"godkjent", "SSU slutter seg til forslaget."},
    {"godkjent", "Utvalet slutta seg til tilrådinga."},
    {"godkjent", "SSU sluttet seg til anbefalingen fra FSU."},
    {"godkjent", "Utvalet stilte seg bak framlegget."},
    {"godkjent", "Protokollen anses som godkjent."},
    {"orientering", "Saken tas til orientering."},
    {"orientering", "Saka blir teken til orientering."},
    {"orientering", "SSU tok informasjonen til etterretning."},
    {"orientering", "Utvalet tek meldinga til vitande."},
    {"orientering", "Tatt til orientering."},
    {"orientering", "Til orientering."},
    {"orientering", "Statusrapporten tas til kunnskap."},
    {"orientering", "SSU takker for orienteringen."},
    {"orientering", "Utvalet takka for god orientering."},
    {"orientering", "Referatsakene tas til etterretning."},
    {"enighet", "Det var enighet om å prioritere tiltaket."},
    {"enighet", "Partene er enige om at ordningen prøves i ett år."},
    {"enighet", "Det er semje om å halde fram med møta."},
    {"enighet", "Utvalet er samd i at dette må prioriterast."},
    {"enighet", "Det er konsensus om at FSU eier saken."},
    {"enighet", "Partane vart einige om fordelinga."},
    {"oversendt", "Saken oversendes partnerskapsmøtet."},
    {"oversendt", "Saka vert send til arbeidsutvalet."},
    {"oversendt", "Saken sendes FSU for videre behandling."},
    {"oversendt", "Saken løftes til partnerskapsmøtet."},
    {"oversendt", "Saka vert løfta til SSU."},
    {"oversendt", "Forslaget sendes på høring til kommunene."},
    {"oversendt", "Framlegget blir sendt på høyring."},
    {"oversendt", "Saken meldes videre til SSU."},
    {"oversendt", "Saken videresendes til arbeidsutvalget."},
    {"oversendt", "Saka vert vidaresend til FSU."},
    {"utsatt", "Saken utsettes til neste møte."},
    {"utsatt", "Saka vert utsett."},
    {"utsatt", "Behandlingen utsettes."},
    {"utsatt", "Saken tas opp på nytt i neste møte."},
    {"utsatt", "Saka vert teken opp att på neste møte."},
    {"utsatt", "Saken ble ikke behandlet på grunn av tidsnød."},
    {"utsatt", "Punktet skyves til neste møte."},
    {"utsatt", "Saken trekkes og kommer tilbake i november."},
    {"avvist", "Søknaden avslås."},
    {"avvist", "Forslaget ble nedstemt med fire mot tre stemmer."},
    {"avvist", "Forslaget falt."},
    {"avvist", "SSU støtter ikke søknaden."},
    {"avvist", "SSU slutter seg ikke til forslaget."},
    {"avvist", "Utvalet sluttar seg ikkje til framlegget."},
    {"avvist", "Planen godkjennes ikke."},
    {"avvist", "Søknaden vart ikkje godkjend."},
    {"avvist", "Søknaden vert avslegen."},
    {"avvist", "Søknaden innvilges ikke."},
    {"oppfolging", "Sekretariatet følger opp saken."},
    {"oppfolging", "Saken følges opp av FSU."},
    {"oppfolging", "Saka blir følgd opp av sekretariatet."},
    {"oppfolging", "Det arbeides videre med forslaget."},
    {"oppfolging", "Arbeidsgruppa arbeider vidare med framlegget."},
    {"oppfolging", "Sekretariatet jobber videre med saken."},
    {"godkjent", "Saklista vart godkjend utan merknader."},
    {"godkjent", "SSU gir tilslutning til mandatet."},
    {"godkjent", "Innkalling og referat: ingen kommentarer, godkjent."},
    {"orientering", "Utvalet tok saka til orientering."},
    {"orientering", "SSU takker for presentasjonen."},
    {"orientering", "Informasjonen blir teken til etterretning."},
    {"enighet", "Medlemmene var enige om å ha ett felles møte i året."},
    {"enighet", "Utvalet er samde om å halde på ordninga."},
    {"enighet", "Alle er einige i at dette er viktig."},
    {"oversendt", "Saken sendes over til FSU."},
    {"oversendt", "Utkastet sendes på høring med frist 1. mai."},
    {"oversendt", "Saka vert oversend partnarskapsmøtet."},
    {"utsatt", "Saken utsettes, og sekretariatet følger opp."},
    {"utsatt", "Saka vart ikkje handsama."},
    {"utsatt", "Beslutningen ble utsatt til høsten."},
    {"avvist", "Søknaden ble avvist."},
    {"avvist", "Utvalet støttar ikkje framlegget."},
    {"avvist", "SSU gir ikke sin tilslutning til planen."},
    {"avvist", "Framlegget fekk ikkje fleirtal."},
    {"avvist", "Forslaget fikk ikke flertall."},
    {"oppfolging", "Arbeidsutvalget jobber videre med forslaget."},
    {"oppfolging", "Saka må følgjast opp i lokale utval."},
    {"vedtatt", "Det settes av 50 000 kroner til kurset."},
    {"vedtatt", "Utvalet skal ha fire møte i 2025."},
    {"vedtatt", "Ordningen avsluttes 1. juli."},
    {"vedtatt", "Det skal utarbeides felles rutine for fall hos eldre."},
};

static const char *outcome_of(struct hf_minutes *m, const char *text)
{
    struct text_doc doc;
    hf_minutes_init(m);
    text_doc_init(&doc);
    struct hf_case *c = hf_minutes_add_case(m);
    struct hf_decision *d = hf_case_add_decision(c);
    c->title = "Sak";
    d->label = "Vedtak";
    d->text = text;
    minutes_meaning(cues, &doc, m);
    text_doc_release(&doc);
    return m->cases[0].decisions[0].outcome;
}

static void outcomes(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct hf_minutes m;
        const char *got = outcome_of(&m, rows[i].text);
        if (strcmp(got, rows[i].outcome) != 0) {
            print_message("%s, not %s: %s\n", got, rows[i].outcome, rows[i].text);
            wrong++;
        }
        hf_minutes_release(&m);
    }
    if (wrong) fail_msg("%zu of %zu outcomes wrong", wrong, N_OF(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(outcomes)};
    return cmocka_run_group_tests(tests, open_cues, close_cues);
}
