/* Runs a converter on the file of the child it is called in: no shell, its input on
 * descriptor 0, its output read to a bound, ended with its whole group when time is up.
 *
 *     const char *const argv[] = {"pdftotext", "-bbox", "/proc/self/fd/0", "-", NULL};
 *     struct tool_run run = {.argv = argv, .level = SANDBOX_TOOL, .seconds =
 * TOOL_SECONDS, .max_bytes = 1 << 24}; enum tool_end end = run_tool(&run);
 *     ... run.out, run.said ...
 *     tool_run_release(&run);
 */
#ifndef HF_RUN_TOOL_H
#define HF_RUN_TOOL_H

#include <stdbool.h>

#include "../shim/buf.h"
#include "sandbox.h"

/* Wall time for a converter that only sleeps: far above its CPU, which a busy machine may
 * take long to give. */
#define TOOL_SECONDS 90

#define TOOL_CPU_MS (SANDBOX_SECONDS * 1000)

/* The input as a name, for programs that want one. */
#define TOOL_INPUT "/proc/self/fd/0"

enum tool_end {
    TOOL_OK,
    TOOL_MISSING, /* not installed */
    TOOL_TIME,    /* the CPU it may have */
    TOOL_CRASHED, /* a signal, or out of memory */
    TOOL_WAIT, /* wall time, or ended from outside: the machine's doing, not the file's */
    TOOL_LARGE, /* more than max_bytes */
    TOOL_FAILED /* ended with an error, see said; out holds what came before */
};

/* From here on all converters of this thread together have this CPU, and a sandboxed
 * child itself as much again. Called for each file, and for each page that is recognised.
 */
void run_tool_allow(long cpu_ms);

struct tool_run {
    const char *const *argv;
    int (*work)(const void *data); /* in place of a program: runs in the child's process,
                                      writes to descriptor 1 and returns its exit code */
    const void *work_data;
    enum sandbox_level level;
    int seconds; /* wall time */
    size_t max_bytes;
    const char *input; /* bytes for its standard input; NULL: the file itself */
    size_t input_len;
    struct hf_buf out;
    char said[1024]; /* the beginning of its standard error */
};

enum tool_end run_tool(struct tool_run *run);

/* True where the file stopped the converter, and would stop it again. */
bool tool_has_stopped(enum tool_end end);

/* HF_STOPPED or HF_UNREADABLE with the reason, for the ends that have one of their own:
 * TOOL_TIME, TOOL_CRASHED, TOOL_WAIT. */
enum hf_status tool_fail(enum tool_end end, struct hf_error *err);
void tool_run_release(struct tool_run *run);

#endif
