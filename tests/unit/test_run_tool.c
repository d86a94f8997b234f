/* How a converter ended, and whose doing it was: only what the file would do again may keep it from being tried. */
#include "t.h"

#include "../../indexer/run_tool.h"

static const struct {
    const char *why, *script;
    enum tool_end end;
    bool is_stop;
} rows[] = {
    {"well", "echo ja", TOOL_OK, false},
    {"not installed", NULL, TOOL_MISSING, false},
    {"with an error", "echo nei >&2; exit 3", TOOL_FAILED, false},
    {"a crash", "kill -SEGV $$", TOOL_CRASHED, true},
    {"given up", "kill -ABRT $$", TOOL_CRASHED, true},
    {"out of memory, and said so", "echo std::bad_alloc >&2; exit 1", TOOL_CRASHED, true},
    {"at the limit of its CPU", "kill -XCPU $$", TOOL_TIME, true},
    {"ended from outside, as a busy machine does", "kill -KILL $$", TOOL_WAIT, false},
    {"asleep: wall time", "exec sleep 100", TOOL_WAIT, false},
    {"more than it may write", "yes | head -c 300000", TOOL_LARGE, false},
    {"complaining without end", "yes nei >&2; exit 0", TOOL_OK, false},
};

static void test_ends(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        const char *const argv[] = {rows[i].script ? "sh" : "no-such-converter", "-c", rows[i].script, NULL};
        struct tool_run run = {.argv = argv, .level = SANDBOX_STARTER, .seconds = 2, .max_bytes = 200000};
        struct hf_error err = {HF_OK, ""};
        run_tool_allow(TOOL_CPU_MS);
        enum tool_end end = run_tool(&run);
        if (end != rows[i].end) fail_msg("%s: %d", rows[i].why, (int)end);
        if (tool_has_stopped(end) != rows[i].is_stop) fail_msg("%s: stopped", rows[i].why);
        if (tool_fail(end, &err) != (rows[i].is_stop ? HF_STOPPED : HF_UNREADABLE)) fail_msg("%s", err.text);
        if (strlen(run.said) >= sizeof run.said) fail_msg("%s: it said too much", rows[i].why);
        if (!i) assert_string_equal(run.out.data, "ja\n");
        tool_run_release(&run);
    }
}

/* What several converters of one file may have together. */
static void test_budget(void **state)
{
    const char *const argv[] = {"sh", "-c", "while :; do :; done", NULL};
    struct tool_run run = {.argv = argv, .level = SANDBOX_STARTER, .seconds = 200, .max_bytes = 1000};
    (void)state;
    run_tool_allow(1200);
    assert_int_equal(run_tool(&run), TOOL_TIME);
    tool_run_release(&run);
    assert_int_equal(run_tool(&run), TOOL_TIME); /* nothing is left to begin with */
    tool_run_release(&run);
    const char *const quick[] = {"sh", "-c", "echo ja", NULL};
    run.argv = quick;
    run_tool_allow(1200);
    assert_int_equal(run_tool(&run), TOOL_OK);
    tool_run_release(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ends), cmocka_unit_test(test_budget)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
