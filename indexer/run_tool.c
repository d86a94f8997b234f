#include "run_tool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LEAST_MS 500 /* with less nothing is begun */

static _Thread_local long left_ms = TOOL_CPU_MS;

void run_tool_allow(long cpu_ms)
{
    struct rlimit own;
    struct rusage used;
    left_ms = cpu_ms;
    if (getrlimit(RLIMIT_CPU, &own) || own.rlim_cur == RLIM_INFINITY) return;
    getrusage(RUSAGE_SELF, &used);
    rlim_t most = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + cpu_ms / 1000);
    own.rlim_cur = most < own.rlim_max ? most : own.rlim_max;
    setrlimit(RLIMIT_CPU, &own);
}

struct pipes {
    int out[2], err[2], in;
};

static void be_tool(const struct tool_run *run, const struct pipes *p)
{
    pid_t parent = getppid();
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent) _exit(127);
    signal(SIGPIPE, SIG_IGN); /* it may go on where no one listens */
    if (p->in >= 0) dup2(p->in, 0);
    dup2(p->out[1], 1);
    dup2(p->err[1], 2);
    close_range(3, ~0U, 0);
    lseek(0, 0, SEEK_SET);
    /* A limit counts whole seconds; half of one too much at most. */
    rlim_t seconds = left_ms < 1500 ? 1 : (rlim_t)(left_ms + 500) / 1000;
    struct rlimit cpu = {seconds, seconds + 1};
    sandbox_limit(run->level);
    setrlimit(RLIMIT_CPU, &cpu);
    if (run->work) _exit(run->work(run->work_data));
    execvp(run->argv[0], (char *const *)run->argv);
    _exit(errno == ENOENT ? 127 : 126);
}

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The kernel holds a limit by its ticks, and misses a process that runs for less than one
 * at a time: here it is exact. */
static long cpu_ms_of(pid_t pid)
{
    clockid_t clock;
    struct timespec t;
    if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &t)) return 0;
    return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void keep_said(struct tool_run *run, const char *chunk, size_t n)
{
    size_t said = strlen(run->said), room = sizeof run->said - 1 - said;
    if (n > room) n = room;
    memcpy(run->said + said, chunk, n);
    run->said[said + n] = 0;
}

/* Takes what one pipe has; false where it is to be looked at no more. */
static bool take(struct tool_run *run, struct pollfd *p, bool is_output)
{
    char chunk[16384];
    ssize_t n = read(p->fd, chunk, sizeof chunk);
    if (n <= 0) return false;
    if (is_output)
        hf_buf_add(&run->out, chunk, (size_t)n);
    else
        keep_said(run, chunk, strnlen(chunk, (size_t)n));
    return is_output || strlen(run->said) + 1 < sizeof run->said;
}

/* Reads both pipes until they close. What is said is cut off once there is enough of it:
 * a file can make a converter complain without end. */
static enum tool_end drain(struct tool_run *run, struct pipes *p, pid_t pid)
{
    long deadline = now_ms() + run->seconds * 1000L;
    struct pollfd fds[2] = {{p->out[0], POLLIN, 0}, {p->err[0], POLLIN, 0}};
    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        long left = deadline - now_ms();
        int ready = left > 0 ? poll(fds, 2, left < 250 ? (int)left : 250) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (left <= 0 || ready < 0) return TOOL_WAIT;
        if (cpu_ms_of(pid) > left_ms) return TOOL_TIME;
        if (fds[0].revents && !take(run, &fds[0], true)) fds[0].fd = -1;
        if (run->out.len > run->max_bytes) return TOOL_LARGE;
        if (fds[1].revents && !take(run, &fds[1], false)) {
            fds[1].fd = -1;
            close(p->err[0]);
            p->err[0] = -1;
        }
    }
    return TOOL_OK;
}

static bool is_out_of_memory(const char *said)
{
    return strstr(said, "bad_alloc") || strstr(said, "ut of memory") ||
           strstr(said, "annot allocate memory");
}

static enum tool_end finish(pid_t pid, enum tool_end end, const char *said)
{
    struct rusage used = {0};
    int status = 0;
    if (end != TOOL_OK) kill(pid, SIGKILL);
    while (wait4(pid, &status, 0, &used) < 0 && errno == EINTR) {
    }
    long cpu_ms = used.ru_utime.tv_sec * 1000 + used.ru_utime.tv_usec / 1000 +
                  used.ru_stime.tv_sec * 1000 + used.ru_stime.tv_usec / 1000;
    left_ms -= cpu_ms;
    if (end != TOOL_OK) return end;
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGXCPU   ? TOOL_TIME
               : WTERMSIG(status) == SIGKILL ? TOOL_WAIT
                                             : TOOL_CRASHED;
    if (WEXITSTATUS(status) == 127) return TOOL_MISSING;
    if (!WEXITSTATUS(status)) return TOOL_OK;
    return is_out_of_memory(said) ? TOOL_CRASHED : TOOL_FAILED;
}

/* Bytes that a tool gets in place of the file: they stand in memory, as the file does. */
static int input_file(const struct tool_run *run)
{
    int fd = memfd_create("hfsok", MFD_CLOEXEC);
    for (size_t at = 0; fd >= 0 && at < run->input_len;) {
        ssize_t n = write(fd, run->input + at, run->input_len - at);
        if (n <= 0) {
            close(fd);
            return -1;
        }
        at += (size_t)n;
    }
    return fd;
}

enum tool_end run_tool(struct tool_run *run)
{
    struct pipes p = {.in = -1};
    hf_buf_init(&run->out);
    *run->said = 0;
    if (left_ms < LEAST_MS) return TOOL_TIME;
    if (run->input && (p.in = input_file(run)) < 0) return TOOL_FAILED;
    if (pipe2(p.out, O_CLOEXEC) || pipe2(p.err, O_CLOEXEC)) return TOOL_FAILED;
    pid_t pid = fork();
    if (!pid) be_tool(run, &p);
    close(p.out[1]);
    close(p.err[1]);
    if (p.in >= 0) close(p.in);
    enum tool_end end =
        pid < 0 ? TOOL_FAILED : finish(pid, drain(run, &p, pid), run->said);
    close(p.out[0]);
    if (p.err[0] >= 0) close(p.err[0]);
    return end;
}

void tool_run_release(struct tool_run *run)
{
    hf_buf_release(&run->out);
}

bool tool_has_stopped(enum tool_end end)
{
    return end == TOOL_TIME || end == TOOL_CRASHED;
}

enum hf_status tool_fail(enum tool_end end, struct hf_error *err)
{
    switch (end) {
    case TOOL_TIME:
        return hf_fail(err, HF_STOPPED, "tok for lang tid å lese (over 9 sekunder)");
    case TOOL_CRASHED:
        return hf_fail(err, HF_STOPPED,
                       "filen er ødelagt, eller krever for mye minne å lese");
    default:
        return hf_fail(err, HF_UNREADABLE,
                       "tok for lang tid å lese fordi maskinen er opptatt");
    }
}
