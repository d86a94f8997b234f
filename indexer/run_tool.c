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
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct pipes {
    int out[2], err[2], in;
};

static void be_tool(const struct tool_run *run, const struct pipes *p)
{
    pid_t parent = getppid();
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent) _exit(127);
    if (p->in >= 0) dup2(p->in, 0);
    dup2(p->out[1], 1);
    dup2(p->err[1], 2);
    close_range(3, ~0U, 0);
    lseek(0, 0, SEEK_SET);
    sandbox_limit(run->level);
    execvp(run->argv[0], (char *const *)run->argv);
    _exit(errno == ENOENT ? 127 : 126);
}

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Reads both pipes until they close. False: time is up or the output too long. */
static enum tool_end drain(struct tool_run *run, const struct pipes *p)
{
    long deadline = now_ms() + run->seconds * 1000L;
    size_t said = 0;
    char chunk[16384];
    struct pollfd fds[2] = {{p->out[0], POLLIN, 0}, {p->err[0], POLLIN, 0}};
    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        long left = deadline - now_ms();
        int ready = left > 0 ? poll(fds, 2, (int)left) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return TOOL_TIME;
        for (int i = 0; i < 2; i++) {
            if (!fds[i].revents) continue;
            ssize_t n = read(fds[i].fd, chunk, sizeof chunk);
            if (n <= 0) {
                fds[i].fd = -1;
            } else if (i == 0) {
                if (run->out.len + (size_t)n > run->max_bytes) return TOOL_LARGE;
                hf_buf_add(&run->out, chunk, (size_t)n);
            } else if (said + 1 < sizeof run->said) {
                size_t room = sizeof run->said - 1 - said;
                size_t take = (size_t)n < room ? (size_t)n : room;
                memcpy(run->said + said, chunk, take);
                said += take;
                run->said[said] = 0;
            }
        }
    }
    return TOOL_OK;
}

static enum tool_end finish(pid_t pid, enum tool_end end)
{
    int status = 0;
    if (end != TOOL_OK) kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (end != TOOL_OK) return end;
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL ? TOOL_TIME
                                                                          : TOOL_FAILED;
    if (WEXITSTATUS(status) == 127) return TOOL_MISSING;
    return WEXITSTATUS(status) ? TOOL_FAILED : TOOL_OK;
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
    if (run->input && (p.in = input_file(run)) < 0) return TOOL_FAILED;
    if (pipe2(p.out, O_CLOEXEC) || pipe2(p.err, O_CLOEXEC)) return TOOL_FAILED;
    pid_t pid = fork();
    if (!pid) be_tool(run, &p);
    close(p.out[1]);
    close(p.err[1]);
    if (p.in >= 0) close(p.in);
    enum tool_end end = pid < 0 ? TOOL_FAILED : finish(pid, drain(run, &p));
    close(p.out[0]);
    close(p.err[0]);
    return end;
}

void tool_run_release(struct tool_run *run)
{
    hf_buf_release(&run->out);
}
