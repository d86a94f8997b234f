/* The server's side of extract_child.h: one thread, no state, a child for each file. */
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "extract_child.h"
#include "sandbox.h"
#include "wire.h"

static bool receive(int fd, struct extract_request *r, int files[2])
{
    char control[CMSG_SPACE(2 * sizeof(int))];
    struct iovec part = {r, sizeof *r};
    struct msghdr m = {.msg_iov = &part,
                       .msg_iovlen = 1,
                       .msg_control = control,
                       .msg_controllen = sizeof control};
    if (recvmsg(fd, &m, MSG_CMSG_CLOEXEC) != (ssize_t)sizeof *r ||
        r->magic != EXTRACT_MAGIC)
        return false;
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    if (!c || c->cmsg_type != SCM_RIGHTS || c->cmsg_len != CMSG_LEN(2 * sizeof(int)))
        return false;
    memcpy(files, CMSG_DATA(c), 2 * sizeof(int));
    return true;
}

static void answer(int fd, const char *bytes, size_t len)
{
    while (len) {
        ssize_t n = write(fd, bytes, len);
        if (n <= 0) return;
        bytes += n;
        len -= (size_t)n;
    }
}

static void read_file(enum sniff_kind kind, int in, int out)
{
    struct stat st;
    struct text_doc doc;
    struct hf_error err = {HF_OK, ""};
    struct hf_buf b = HF_BUF_INIT;
    text_doc_init(&doc);
    if (fstat(in, &st) || st.st_size <= 0) _exit(1);
    size_t len = (size_t)st.st_size;
    const char *bytes = mmap(NULL, len, PROT_READ, MAP_PRIVATE, in, 0);
    if (bytes == MAP_FAILED) _exit(70);
    enum hf_status status = extract_by_kind(kind, bytes, len, &doc, &err);
    wire_put(&b, &doc, status, err.text);
    if (b.len > WIRE_MAX_BYTES) {
        hf_buf_clear(&b);
        wire_put(&b, &doc, HF_UNREADABLE, "dokumentet har mer enn 16 MB tekst");
    }
    answer(out, b.data, b.len);
    _exit(0);
}

/* The child of one file: in a group of its own, which ends with the server. */
static void be_child(const struct extract_request *r, const int files[2], pid_t server)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != server) _exit(1);
    if (dup2(files[0], 0) < 0) _exit(1);
    sandbox_limit(sniff_needs_tools((enum sniff_kind)r->kind) ? SANDBOX_STARTER
                                                              : SANDBOX_PARSE);
    read_file((enum sniff_kind)r->kind, 0, files[1]);
}

static bool serve_one(int fd)
{
    struct extract_request r;
    struct extract_reply reply = {.magic = EXTRACT_MAGIC, .status = -1};
    struct rusage used;
    int files[2];
    pid_t server = getpid();
    if (!receive(fd, &r, files)) return false;
    pid_t pid = r.kind < SNIFF_REFUSED ? fork() : -1;
    if (!pid) {
        close(fd);
        be_child(&r, files, server);
    }
    close(files[0]);
    close(files[1]);
    if (pid > 0) {
        setpgid(pid, pid);
        memset(&used, 0, sizeof used);
        wait4(pid, &reply.status, 0, &used);
        kill(-pid, SIGKILL);
        reply.cpu_ms = used.ru_utime.tv_sec * 1000 + used.ru_utime.tv_usec / 1000 +
                       used.ru_stime.tv_sec * 1000 + used.ru_stime.tv_usec / 1000;
        reply.memory_kb = used.ru_maxrss;
    }
    return send(fd, &reply, sizeof reply, MSG_NOSIGNAL) == (ssize_t)sizeof reply;
}

int extract_server_run(int fd)
{
    struct extract_hello hello = {.magic = EXTRACT_MAGIC};
    if (fd != 3) return 2;
    close_range(4, ~0U, 0);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0) return 2;
    dup2(null, 0);
    dup2(null, 1);
    if (!getenv("HFSOK_EXTRACT_STDERR")) dup2(null, 2);
    if (null > 3) close(null);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    /* No death signal here: it would follow the thread that started the server. It ends
     * with the socket. */
    signal(SIGINT, SIG_IGN); /* the program itself ends its servers */
    setlocale(LC_CTYPE, "C.UTF-8");
    hello.missing = sandbox_enter();
    if (send(fd, &hello, sizeof hello, MSG_NOSIGNAL) != (ssize_t)sizeof hello) return 1;
    while (serve_one(fd)) {
    }
    return 0;
}
