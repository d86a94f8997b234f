/* Votes told in sentences: what passed, what fell, and what tells of no vote. */
#include "t.h"

#include "../../indexer/minutes_votes.h"
#include "t_cues.h"

static const struct {
    const char *text, *want, *why;
} rows[] = {
    {"Forslaget fikk 6 stemmer og er dermed vedtatt.", "passed", "the count first"},
    {"Forslaget ble enstemmig vedtatt.", "passed", "unanimously"},
    {"Forslaget vart samrøystes vedteke.", "passed", "nynorsk"},
    {"Innstillingen ble vedtatt mot 2 stemmer.", "passed", "another word for it"},
    {"Framlegget frå Vardø fekk 8 røyster og er vedteke.", "passed", "whose it was"},
    {"Leders forslag ble vedtatt med 7 mot 4 stemmer.", "passed", "whose, before it"},
    {"Ved votering fikk forslaget fra Tysvær flertall.", "passed", "turned around"},
    {"Innstillinga vart vedteken.", "passed", "short"},
    {"Forslaget om felles legevakt ble vedtatt:", "passed", "what it was about"},
    {"Forslaget falt med 3 mot 9 stemmer.", "fell", "fell"},
    {"Fall med 3 mot 9 røyster.", "fell", "without a subject"},
    {"Framlegget fekk 4 røyster og fall.", "fell", "nynorsk"},
    {"Forslaget fra Haugesund om å utsette planen ble nedstemt.", "fell", "voted down"},
    {"Forslaget fikk ikke flertall.", "fell", "no majority"},
    {"Endringsforslaget ble ikke vedtatt.", "fell", "not passed"},
    {"Forslag 1 fikk 2 stemmer.", "counted", "no outcome yet"},
    /* refusals */
    {"Dersom forslaget faller, må saken opp på nytt.", "-", "supposed"},
    {"Forslaget skal bli vedtatt i juni.", "-", "to come"},
    {"Forslaget som ble vedtatt i fjor gjelder fortsatt.", "-", "last year's"},
    {"Tiltak mot fall hos eldre ble nevnt i forslaget.", "-", "people fall"},
    {"Forslaget omhandler fall hos eldre og hvordan dette kan forebygges i kommunene.", "-", "a noun"},
    {"Forslag til vedtatt budsjett ligger ved innkallingen som ble sendt ut i mai.", "-", "an adjective"},
    {"Planen ble vedtatt.", "-", "no proposal is named"},
    {"Kommunene ble bedt om forslag.", "-", "no vote"},
};

static void test_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct vote v;
        const char *got = "-";
        if (vote_told(cues_table(cues, "votes"), rows[i].text, strlen(rows[i].text), &v))
            got = !v.decided ? "counted" : v.passed ? "passed" : "fell";
        if (strcmp(got, rows[i].want)) fail_msg("\"%s\": %s (%s)", rows[i].text, got, rows[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_told)};
    return cmocka_run_group_tests(tests, open_cues, close_cues);
}
