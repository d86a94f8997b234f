/* What a child may not do: each row is an attempt, made behind the fence, and at which
 * levels it must fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../indexer/sandbox.h"

static int open_secret(void)
{
    return open("/etc/passwd", O_RDONLY);
}

static int open_own(void)
{
    return open("Makefile", O_RDONLY);
}

static int write_file(void)
{
    return open("/tmp/hfsok-sandbox-test", O_WRONLY | O_CREAT, 0600);
}

static int connect_out(void)
{
    return socket(AF_INET, SOCK_STREAM, 0);
}

static int start_process(void)
{
    pid_t pid = fork();
    if (!pid) _exit(0);
    return pid;
}

static int take_memory(void)
{
    return mmap(NULL, (size_t)2 << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
                   MAP_FAILED
               ? -1
               : 0;
}

static int end_parent(void)
{
    return kill(getppid(), 0);
}

static int read_system(void)
{
    return open("/usr/bin/env", O_RDONLY);
}

static const struct {
    const char *what;
    int (*attempt)(void);
    int parse, tool; /* 1: must fail, 0: must do */
    unsigned needs;  /* the part that stops it in a tool */
} rows[] = {
    {"a file of the system's that is none of its business", open_secret, 1, 1,
     SANDBOX_LANDLOCK},
    {"a file in the folder it was started in", open_own, 1, 1, SANDBOX_LANDLOCK},
    {"a new file", write_file, 1, 1, SANDBOX_LANDLOCK},
    {"a connection", connect_out, 1, 1, SANDBOX_SECCOMP},
    {"a process", start_process, 1, 1, SANDBOX_SECCOMP},
    {"two gigabytes", take_memory, 1, 1, 0},
    {"a signal to its parent", end_parent, 1, 1, SANDBOX_SECCOMP},
    {"a program of the system", read_system, 1, 0, SANDBOX_LANDLOCK},
};

/* 0 did, 1 failed, 2 the kernel lacks what would stop it. */
static int try(size_t row, enum sandbox_level level)
{
    int status;
    pid_t pid = fork();
    if (!pid) {
        unsigned missing = sandbox_enter();
        sandbox_limit(level);
        if (missing & rows[row].needs) _exit(2);
        _exit(rows[row].attempt() < 0 ? 1 : 0);
    }
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static void test_attempts(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__)
    skip(); /* the sanitizers' own calls would be refused; the filter is off there */
#endif
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int parse = try(i, SANDBOX_PARSE), tool = try(i, SANDBOX_TOOL);
        if (parse != 2 && parse != rows[i].parse) fail_msg("parsing: %s", rows[i].what);
        if (tool != 2 && tool != rows[i].tool) fail_msg("a converter: %s", rows[i].what);
    }
}

static void test_missing(void **state)
{
    char text[128];
    (void)state;
    assert_string_equal(
        sandbox_missing_text(SANDBOX_LANDLOCK | SANDBOX_SECCOMP, text, sizeof text),
        "Landlock, seccomp");
    assert_string_equal(sandbox_missing_text(SANDBOX_NAMESPACES, text, sizeof text),
                        "navnerom for nettverk");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_attempts),
                                       cmocka_unit_test(test_missing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
