/* What became of promises: the table over all records says of each what the record itself
 * is told, on the sample and on minutes made for it. */
#include "t.h"

#include "../../searchd/engine.h"
#include "../../searchd/promise.h"

static const struct {
    uint32_t day, other;
    bool is_later;
    const char *why;
} days[] = {
    {20230101, 20230102, true, "the day after"},
    {20230102, 20230102, false, "the same day: nobody knows which meeting came first"},
    {20230102, 20230101, false, "before"},
    {20230000, 20231231, false, "a year alone: it may be later in it"},
    {20231231, 20230000, false, "the other way round"},
    {20230000, 20240000, true, "another year"},
    {0, 20230101, false, "no day"},
    {20230101, 0, false, "no other day"},
};

static void test_days(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_OF(days); i++)
        if (promise_is_later(days[i].day, days[i].other) != days[i].is_later)
            fail_msg("%s", days[i].why);
}

/* One meeting as a document; what stands in its cases. */
static void minutes(const char *dir, const char *name, const char *body, const char *day,
                    const char *cases)
{
    struct hf_buf path = HF_BUF_INIT, text = HF_BUF_INIT;
    hf_buf_addf(&path, "%s/%s.txt", dir, name);
    hf_buf_addf(&text,
                "Helsefellesskapet Vestfold\n%s\n\nREFERAT\nMøtedato: %s\nSted: "
                "Rådhuset\n\n%s\n",
                body, day, cases);
    t_write(path.data, text.data, text.len);
    hf_buf_release(&path);
    hf_buf_release(&text);
}

#define SSU "Strategisk samarbeidsutvalg (SSU)"
#define FSU "Faglig samarbeidsutvalg (FSU)"

static char *special_index(void)
{
    char *dir = t_path("promises"), *index = t_path("promises-index"), *paths[] = {dir};
    mkdir(dir, 0755);
    minutes(dir, "a", SSU, "10. februar 2022",
            "Sak 1/22 Plan\nVedtak: Sekretariatet bes om å lage en plan.\n\n"
            "Sak 2/22 Team\nVedtak: Saken utsettes.\n\n"
            "Sak 3/22 Tall\nVedtak: FSU bes om å legge fram tall.\n\n"
            "Sak 4/22 Kurs\nVedtak: Kurset holdes.\n");
    minutes(dir, "b", SSU, "12. mai 2022",
            "Sak 2/22 Team på nytt\nVedtak: Teamet opprettes.\n\n"
            "Sak 6/22 Referat fra forrige møte\nVedtak: Referatet godkjennes med rettelsen "
            "i sak 1/22.\n\n"
            "Sak 7/22 Rutine\nVedtak: Administrasjonen bes om å lage en rutine.\n");
    minutes(dir, "c", FSU, "9. juni 2022",
            "Sak 1/22 Tall\nOppfølging av SSU-sak 3/22.\nVedtak: FSU ber kommunene "
            "rapportere.\n");
    assert_ok(t_index_to(index, paths, 1, false, NULL, NULL));
    free(dir);
    return index;
}

static const char *text_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s ? s : "";
}

static void each_state(const char *index, unsigned n[4])
{
    static const char *const names[] = {"", "open", "unknown", "closed"};
    struct engine *engine;
    struct session *s;
    struct hf_error err = {HF_OK, ""};
    struct params p;
    const uint8_t *states;
    params_init(&p);
    p.today = 20260101;
    assert_ok(engine_open(index, NULL, &engine, &err));
    assert_ok(session_open(engine, &s, &err));
    assert_ok(promise_states(s, &states, &err));
    for (uint32_t d = 1; d <= s->served->columns->last; d++) {
        json_t *o;
        if (!s->served->columns->type[d]) continue;
        assert_ok(session_record(s, d, &o, &err));
        assert_ok(promise_note(s, &p, o, d, &err));
        const char *told = text_of(json_object_get(o, "promise"), "state");
        if (strcmp(told, names[states[d]]) != 0)
            fail_msg("%s: the table says «%s», the record «%s»", text_of(o, "id"),
                     names[states[d]], told);
        n[states[d]]++;
        json_decref(o);
    }
    session_close(s);
    engine_close(engine);
}

static void test_sample(void **state)
{
    unsigned n[4] = {0};
    (void)state;
    each_state(t_corpus_index(), n);
    assert_true(n[PROMISE_OPEN] && n[PROMISE_CLOSED] && n[PROMISE_UNKNOWN]);
}

static void test_special(void **state)
{
    unsigned n[4] = {0};
    char *index = special_index();
    (void)state;
    each_state(index, n);
    /* case and decision each: 1/22 (approved only) is open; 2/22 goes on, 3/22 is taken
     * up by FSU; 7/22 and FSU's 1/22 are of their body's last minutes. */
    assert_int_equal(n[PROMISE_OPEN], 2);
    assert_int_equal(n[PROMISE_CLOSED], 4);
    assert_int_equal(n[PROMISE_UNKNOWN], 4);
    free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_sample),
        cmocka_unit_test(test_special),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
