/* Runs a converter on the file of the child it is called in: no shell, its input on
 * descriptor 0, its output read to a bound, ended with its whole group when time is up.
 *
 *     const char *const argv[] = {"pdftotext", "-bbox", "/proc/self/fd/0", "-", NULL};
 *     struct tool_run run = {.argv = argv, .level = SANDBOX_TOOL, .seconds = 20,
 * .max_bytes = 1 << 24}; enum tool_end end = run_tool(&run);
 *     ... run.out, run.said ...
 *     tool_run_release(&run);
 */
#ifndef HF_RUN_TOOL_H
#define HF_RUN_TOOL_H

#include "../shim/buf.h"
#include "sandbox.h"

/* The input as a name, for programs that want one. */
#define TOOL_INPUT "/proc/self/fd/0"

enum tool_end {
    TOOL_OK,
    TOOL_MISSING, /* not installed */
    TOOL_TIME,    /* CPU or wall time */
    TOOL_LARGE,   /* more than max_bytes */
    TOOL_FAILED   /* ended with an error, see said; out holds what came before */
};

struct tool_run {
    const char *const *argv;
    enum sandbox_level level;
    int seconds; /* wall time */
    size_t max_bytes;
    const char *input; /* bytes for its standard input; NULL: the file itself */
    size_t input_len;
    struct hf_buf out;
    char said[1024]; /* the beginning of its standard error */
};

enum tool_end run_tool(struct tool_run *run);
void tool_run_release(struct tool_run *run);

#endif
