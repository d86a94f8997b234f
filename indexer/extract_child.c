#include "extract_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "wire.h"

/* Wall time, for a child that only sleeps; the CPU's is bounded in the child. */
#define PARSE_SECONDS 90
#define SCAN_SECONDS  (20 * 60) /* recognition of up to 200 pages */

struct server {
    struct server *next;
    pid_t pid;
    int fd;
    unsigned missing;
};

static struct {
    pthread_mutex_t lock;
    struct server *idle;
    bool in_process, was_used;
} all = {.lock = PTHREAD_MUTEX_INITIALIZER};

void extract_child_in_process(void)
{
    all.in_process = true;
}

bool extract_child_was_used(void)
{
    return all.was_used;
}

/* ---- servers ---- */

static void stop_server(struct server *s)
{
    close(s->fd);
    kill(s->pid, SIGKILL); /* its child dies with it */
    while (waitpid(s->pid, NULL, 0) < 0 && errno == EINTR) {
    }
    free(s);
}

static pid_t spawn(int fd)
{
    static const char *const keep[] = {
        "TESSDATA_PREFIX=", "ASAN_OPTIONS=", "UBSAN_OPTIONS=", "HFSOK_EXTRACT_STDERR=",
        "LD_LIBRARY_PATH="};
    char *argv[] = {(char *)"hfsok-indexer", (char *)"--extract-server", NULL};
    char *env[16] = {(char *)"PATH=" EXTRACT_PATH, (char *)"LC_ALL=C.UTF-8",
                     (char *)"OMP_THREAD_LIMIT=1", (char *)"HOME=/nonexistent"};
    size_t n = 4;
    pid_t pid = -1;
    posix_spawn_file_actions_t actions;
    for (char **e = environ; *e; e++)
        for (size_t k = 0; k < sizeof keep / sizeof *keep && n < 15; k++)
            if (!strncmp(*e, keep[k], strlen(keep[k]))) env[n++] = *e;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fd, 3);
    if (posix_spawn(&pid, "/proc/self/exe", &actions, NULL, argv, env)) pid = -1;
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

static bool wait_for(int fd, int seconds)
{
    struct pollfd p = {fd, POLLIN, 0};
    int got;
    while ((got = poll(&p, 1, seconds * 1000)) < 0 && errno == EINTR) {
    }
    return got > 0;
}

static struct server *start_server(void)
{
    int pair[2];
    struct extract_hello hello;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair)) return NULL;
    if (pair[1] == 3) { /* dup2 on itself would keep the close-on-exec mark */
        int other = fcntl(pair[1], F_DUPFD_CLOEXEC, 10);
        close(pair[1]);
        pair[1] = other;
    }
    struct server *s = hf_xcalloc(1, sizeof *s);
    s->fd = pair[0];
    s->pid = spawn(pair[1]);
    close(pair[1]);
    if (s->pid < 0) {
        close(s->fd);
        free(s);
        return NULL;
    }
    if (!wait_for(s->fd, 20) ||
        recv(s->fd, &hello, sizeof hello, 0) != (ssize_t)sizeof hello ||
        hello.magic != EXTRACT_MAGIC) {
        stop_server(s);
        return NULL;
    }
    s->missing = hello.missing;
    return s;
}

static struct server *take_server(void)
{
    pthread_mutex_lock(&all.lock);
    struct server *s = all.idle;
    if (s) all.idle = s->next;
    pthread_mutex_unlock(&all.lock);
    return s ? s : start_server();
}

static void give_back(struct server *s)
{
    pthread_mutex_lock(&all.lock);
    s->next = all.idle;
    all.idle = s;
    all.was_used = true;
    pthread_mutex_unlock(&all.lock);
}

void extract_child_close(void)
{
    for (struct server *s; (s = all.idle) != NULL;) {
        all.idle = s->next;
        stop_server(s);
    }
}

unsigned extract_child_missing(bool *known)
{
    struct server *s = take_server();
    *known = s != NULL;
    if (!s) return 0;
    unsigned missing = s->missing;
    give_back(s);
    return missing;
}

/* ---- one file ---- */

/* The bytes as a file that only exists in memory and cannot be changed any more. */
static int memory_file(const char *bytes, size_t len)
{
    int fd = memfd_create("hfsok", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) return -1;
    for (size_t at = 0; at < len;) {
        ssize_t n = write(fd, bytes + at, len - at);
        if (n <= 0) {
            close(fd);
            return -1;
        }
        at += (size_t)n;
    }
    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static bool send_request(const struct server *s, enum sniff_kind kind, const int files[2])
{
    struct extract_request r = {EXTRACT_MAGIC, kind};
    union {
        char bytes[CMSG_SPACE(2 * sizeof(int))];
        struct cmsghdr align;
    } control;
    struct iovec part = {&r, sizeof r};
    struct msghdr m = {.msg_iov = &part,
                       .msg_iovlen = 1,
                       .msg_control = control.bytes,
                       .msg_controllen = sizeof control.bytes};
    memset(&control, 0, sizeof control);
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(2 * sizeof(int));
    memcpy(CMSG_DATA(c), files, 2 * sizeof(int));
    return sendmsg(s->fd, &m, MSG_NOSIGNAL) == (ssize_t)sizeof r;
}

enum end { END_OK, END_TIME, END_TOO_MUCH, END_BROKEN };

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum end read_answer(int fd, long deadline, struct hf_buf *out)
{
    char *chunk = hf_xmalloc(65536);
    enum end end = END_OK;
    for (;;) {
        struct pollfd p = {fd, POLLIN, 0};
        long left = deadline - now_ms();
        int ready = left > 0 ? poll(&p, 1, (int)left) : 0;
        if (ready < 0 && errno == EINTR) continue;
        ssize_t n = ready > 0 ? read(fd, chunk, 65536) : -1;
        if (ready <= 0)
            end = END_TIME;
        else if (n < 0)
            end = END_BROKEN;
        else if (n && out->len + (size_t)n > WIRE_MAX_BYTES)
            end = END_TOO_MUCH;
        if (end != END_OK || n == 0) break;
        hf_buf_add(out, chunk, (size_t)n);
    }
    free(chunk);
    return end;
}

static const char busy[] = "tok for lang tid å lese fordi maskinen er opptatt";

/* HF_STOPPED only where the file would do the same again: never for wall time, nor for a
 * kill from outside. */
static enum hf_status explain(const struct extract_reply *r, struct hf_error *err)
{
    int status = r->status;
    if (status == -1) return hf_fail(err, HF_IO, "omformeren kan ikke startes");
    bool is_kill = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    if (WIFSIGNALED(status) &&
        (WTERMSIG(status) == SIGXCPU || (is_kill && r->cpu_ms > 9500)))
        return hf_fail(err, HF_STOPPED, "tok for lang tid å lese (over 9 sekunder)");
    if (is_kill) return hf_fail(err, HF_UNREADABLE, "%s", busy);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 70)
        return hf_fail(err, HF_STOPPED, "krever for mye minne å lese (over 512 MB)");
    if (WIFSIGNALED(status))
        return hf_fail(err, HF_STOPPED,
                       "filen er ødelagt, eller krever for mye minne å lese");
    return hf_fail(err, HF_UNREADABLE, "filen er ødelagt: leseren stanset");
}

/* Asks one server; false where the server itself is of no use any more. */
static bool ask(struct server *s, enum sniff_kind kind, const int files[2], int from,
                struct hf_buf *out, struct extract_reply *reply, enum end *end)
{
    int seconds = sniff_needs_tools(kind) ? SCAN_SECONDS : PARSE_SECONDS;
    bool sent = send_request(s, kind, files);
    close(files[0]);
    close(files[1]);
    *end = sent ? read_answer(from, now_ms() + seconds * 1000L, out) : END_BROKEN;
    close(from);
    return *end == END_OK && wait_for(s->fd, 20) &&
           recv(s->fd, reply, sizeof *reply, 0) == (ssize_t)sizeof *reply &&
           reply->magic == EXTRACT_MAGIC;
}

static enum hf_status run_child(struct server *s, enum sniff_kind kind, int in,
                                struct text_doc *out, struct hf_error *err)
{
    int back[2];
    struct hf_buf b = HF_BUF_INIT;
    struct extract_reply reply;
    enum end end;
    enum hf_status status;
    if (pipe2(back, O_CLOEXEC)) {
        close(in);
        stop_server(s);
        return hf_fail(err, HF_IO, "omformeren kan ikke startes: %s", strerror(errno));
    }
    const int files[2] = {in, back[1]};
    if (ask(s, kind, files, back[0], &b, &reply, &end)) {
        give_back(s);
        bool ended =
            reply.status != -1 && WIFEXITED(reply.status) && !WEXITSTATUS(reply.status);
        status = ended ? wire_get(b.data, b.len, out, err) : explain(&reply, err);
    } else {
        stop_server(s);
        status = end == END_TIME ? hf_fail(err, HF_UNREADABLE, "%s", busy)
                 : end == END_TOO_MUCH
                     ? hf_fail(err, HF_UNREADABLE, "dokumentet har mer enn 16 MB tekst")
                     : hf_fail(err, HF_UNREADABLE, "leseren stanset uventet");
    }
    hf_buf_release(&b);
    return status;
}

enum hf_status extract_in_child(enum sniff_kind kind, const char *bytes, size_t len,
                                struct text_doc *out, struct hf_error *err)
{
    if (kind == SNIFF_TEXT || kind == SNIFF_REFUSED || all.in_process)
        return extract_by_kind(kind, bytes, len, out, err);
    out->media_type = sniff_media_type(kind);
    out->text_layer = "text";
    struct server *s = take_server();
    if (!s) return hf_fail(err, HF_IO, "omformeren kan ikke startes");
    int in = memory_file(bytes, len);
    if (in < 0) {
        give_back(s);
        return hf_fail(err, HF_IO, "for lite minne til å lese filen");
    }
    return run_child(s, kind, in, out, err);
}
