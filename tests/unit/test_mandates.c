/* What a decision promises: sentences as secretaries write them, bokmål and nynorsk, and
 * what is none. */
#include "t.h"

#include "../../indexer/minutes_cues.h"
#include "../../indexer/minutes_internal.h"
#include "t_cues.h"

static const struct {
    const char *text, *mandates; /* joined by " | " */
    const char *why;
} rows[] = {
    {"Administrasjonen bes om å utrede saken.", "Administrasjonen bes om å utrede saken.",
     "asked"},
    {"SSU ber sekretariatet sende ut planen.", "SSU ber sekretariatet sende ut planen.",
     "asks"},
    {"Utvalet bad AU om ei oversikt.", "Utvalet bad AU om ei oversikt.", "told, nynorsk"},
    {"Kommunane vert bedne om å melde inn namn.",
     "Kommunane vert bedne om å melde inn namn.", "asked, nynorsk"},
    {"FSU får i oppdrag å lage en rutine.", "FSU får i oppdrag å lage en rutine.",
     "a mandate"},
    {"Rutinen godkjennes. Sekretariatet kommer tilbake med sak om drift.",
     "Sekretariatet kommer tilbake med sak om drift.", "only the sentence that promises"},
    {"Planen skal leggjast fram for SSU til hausten.",
     "Planen skal leggjast fram for SSU til hausten.", "is to be laid before"},
    {"1. Avtalen godkjennes.\n2. Ordningen evalueres etter ett år.",
     "Ordningen evalueres etter ett år.", "a point, without its number"},
    {"Saken utsettes. Sekretariatet legger fram et overslag.",
     "Saken utsettes. | Sekretariatet legger fram et overslag.", "two"},
    {"Saka blir utsett til møtet i mai.", "Saka blir utsett til møtet i mai.",
     "postponed, nynorsk"},
    {"Det jobbes videre med mandatet.", "Det jobbes videre med mandatet.",
     "work goes on"},
    {"Tiltaka skal følgjast opp av FSU.", "Tiltaka skal følgjast opp av FSU.",
     "followed up, nynorsk"},
    {"Referatet godkjennes uten merknader.", "", "an approval"},
    {"Saken tas til orientering.", "", "noted"},
    {"Saken tas til etterretning. Takk for orienteringen.", "", "noted with thanks"},
    {"Avtalen gjelder fra 1. september.", "", "a date is no promise by itself"},
    {"Saken ble lagt fram av Ola Vik.", "", "what has been laid before"},
    {"Kommunene bærer utgiftene selv.", "", "another word: bærer"},
    {"Besøkende registreres i resepsjonen.", "", "another word: besøkende"},
    {"Pasienten følger med på målingene.", "", "another follow"},
    {"Partene lager en enkel avtale. AU ber om svar. Saken avsluttes.", "",
     "the decision itself ends the matter"},
};

static void test_mandates(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct hf_minutes m;
        struct text_doc doc;
        struct hf_buf got = HF_BUF_INIT;
        hf_minutes_init(&m);
        text_doc_init(&doc);
        struct hf_case *c = hf_minutes_add_case(&m);
        struct hf_decision *d = hf_case_add_decision(c);
        c->title = "Sak";
        d->label = "Vedtak";
        d->text = rows[i].text;
        minutes_meaning(cues, &doc, &m);
        const struct hf_strings *list = &m.cases[0].decisions[0].mandates;
        for (size_t k = 0; k < list->n; k++)
            hf_buf_addf(&got, "%s%s", k ? " | " : "", list->at[k]);
        if (strcmp(got.data, rows[i].mandates) != 0) {
            print_message("%s: «%s» from «%s»\n", rows[i].why, got.data, rows[i].text);
            wrong++;
        }
        hf_buf_release(&got);
        text_doc_release(&doc);
        hf_minutes_release(&m);
    }
    if (wrong) fail_msg("%zu of %zu wrong", wrong, N_OF(rows));
}

/* Who promises where a case has a deadline: its decisions with a mandate, else all. */
static void test_who(void **state)
{
    static const struct {
        const char *of_case, *decisions, *promise; /* a digit a decision, then the case */
        const char *why;
    } cases[] = {
        {"{\"deadline\":null}", "[{\"mandates\":[]}]", "00", "nothing"},
        {"{\"deadline\":\"mai\"}", "[{\"mandates\":[]},{\"mandates\":[]}]", "111",
         "the deadline is of both"},
        {"{\"deadline\":\"mai\"}", "[{\"mandates\":[\"x\"]},{\"mandates\":[]}]", "101",
         "of the one that asks"},
        {"{\"deadline\":null}", "[{\"mandates\":[\"x\"]},{\"mandates\":[]}]", "101",
         "without a deadline"},
        {"{\"deadline\":\"mai\"}", "[]", "1", "no decision: the case's"},
        {"{}", "[]", "0", "an empty case"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(cases); i++) {
        json_t *c = json_loads(cases[i].of_case, 0, NULL),
               *list = json_loads(cases[i].decisions, 0, NULL);
        size_t n = json_array_size(list);
        for (size_t k = 0; k <= n; k++)
            if (hf_record_promises(c, list, json_array_get(list, k)) !=
                (cases[i].promise[k] == '1'))
                fail_msg("%s: decision %zu", cases[i].why, k);
        json_decref(c);
        json_decref(list);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_mandates),
                                       cmocka_unit_test(test_who)};
    return cmocka_run_group_tests(tests, open_cues, close_cues);
}
