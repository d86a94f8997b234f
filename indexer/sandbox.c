#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MB ((rlim_t)1 << 20)

#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED                                                                     \
    1 /* the sanitizers need terabytes of address space and odd calls                    \
       */
#else
#define IS_SANITIZED 0
#endif

/* ---- namespaces ---- */

static int write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    ssize_t n = write(fd, text, strlen(text));
    close(fd);
    return n < 0 ? -1 : 0;
}

static int enter_namespaces(void)
{
    char map[64];
    unsigned uid = getuid(), gid = getgid();
    if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC)) {
        /* root without user namespaces, as in some containers */
        return unshare(CLONE_NEWNET | CLONE_NEWIPC);
    }
    write_file("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "%u %u 1", uid, uid);
    write_file("/proc/self/uid_map", map);
    snprintf(map, sizeof map, "%u %u 1", gid, gid);
    write_file("/proc/self/gid_map", map);
    return 0;
}

static void drop_capabilities(void)
{
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2] = {{0, 0, 0}, {0, 0, 0}};
    for (int cap = 0; cap < 64; cap++) prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
    syscall(SYS_capset, &head, data);
}

/* ---- Landlock: by number, as the headers of the build may be older than the kernel ----
 */

struct landlock_ruleset {
    uint64_t fs, net, scoped;
};

struct landlock_path {
    uint64_t access;
    int32_t fd;
} __attribute__((packed));

#define LL_EXECUTE   1u
#define LL_WRITE     2u
#define LL_READ_FILE 4u
#define LL_READ_DIR  8u

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule       445
#define SYS_landlock_restrict_self  446
#endif

static void allow_path(int ruleset, const char *path, uint64_t access)
{
    struct landlock_path rule = {access, open(path, O_PATH | O_CLOEXEC)};
    if (rule.fd < 0) return;
    syscall(SYS_landlock_add_rule, ruleset, 1, &rule, 0);
    close(rule.fd);
}

static int enter_landlock(void)
{
    static const char *const system[] = {"/usr", "/lib", "/lib64", "/bin"};
    static const char *const files[] = {"/etc/ld.so.cache", "/etc/localtime",
                                        "/dev/urandom"};
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
    if (abi < 1) return -1;
    struct landlock_ruleset r = {(1u << 13) - 1, 0, 0};
    if (abi >= 2) r.fs |= 1u << 13; /* refer */
    if (abi >= 3) r.fs |= 1u << 14; /* truncate */
    if (abi >= 5) r.fs |= 1u << 15; /* ioctl on devices */
    if (abi >= 4) r.net = 3;        /* bind and connect */
    if (abi >= 6) r.scoped = 3;     /* signals and abstract sockets */
    size_t size = abi >= 6 ? sizeof r : abi >= 4 ? 16 : 8;
    int set = (int)syscall(SYS_landlock_create_ruleset, &r, size, 0);
    if (set < 0) return -1;
    uint64_t dir = LL_EXECUTE | LL_READ_FILE | LL_READ_DIR;
    for (size_t i = 0; i < sizeof system / sizeof *system; i++)
        allow_path(set, system[i], dir);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        allow_path(set, files[i], LL_READ_FILE);
    allow_path(set, "/etc/fonts", LL_READ_FILE | LL_READ_DIR);
    allow_path(set, "/dev/null", LL_READ_FILE | LL_WRITE);
    long failed = syscall(SYS_landlock_restrict_self, set, 0);
    close(set);
    return failed ? -1 : 0;
}

/* ---- seccomp ---- */

#if defined(__x86_64__)
#define AUDIT_ARCH_HERE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define AUDIT_ARCH_HERE AUDIT_ARCH_AARCH64
#else
#define AUDIT_ARCH_HERE 0
#endif

/* All that parsing in memory needs. */
static const int parse_calls[] = {
    SYS_read,          SYS_write,        SYS_readv,        SYS_writev,
    SYS_close,         SYS_fstat,        SYS_newfstatat,   SYS_lseek,
    SYS_mmap,          SYS_mprotect,     SYS_munmap,       SYS_mremap,
    SYS_brk,           SYS_madvise,      SYS_rt_sigaction, SYS_rt_sigprocmask,
    SYS_rt_sigreturn,  SYS_sigaltstack,  SYS_futex,        SYS_getpid,
    SYS_gettid,        SYS_tgkill,       SYS_exit,         SYS_exit_group,
    SYS_clock_gettime, SYS_gettimeofday, SYS_getrandom,    SYS_restart_syscall,
};

/* What no converter needs and every attack would like. */
static const int denied_calls[] = {
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_accept,
    SYS_accept4,
    SYS_sendto,
    SYS_sendmsg,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_unshare,
    SYS_setns,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_kexec_load,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_reboot,
    SYS_swapon,
    SYS_swapoff,
    SYS_sethostname,
    SYS_setdomainname,
    SYS_personality,
    SYS_acct,
    SYS_quotactl,
    SYS_open_by_handle_at,
    SYS_name_to_handle_at,
    SYS_execveat,
#ifdef SYS_io_uring_setup
    SYS_io_uring_setup,
    SYS_io_uring_enter,
    SYS_io_uring_register,
#endif
    SYS_mknodat,
    SYS_setuid,
    SYS_setgid,
    SYS_kill,
    SYS_tkill,
    SYS_memfd_create, /* the starter's: the last three */
};

#define MAX_FILTER 128

struct filter {
    struct sock_filter code[MAX_FILTER];
    unsigned short n;
};

static void put(struct filter *f, struct sock_filter s)
{
    if (f->n < MAX_FILTER) f->code[f->n++] = s;
}

static void load(struct filter *f, size_t offset)
{
    put(f, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void answer(struct filter *f, uint32_t action)
{
    put(f, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

static void on_call(struct filter *f, int call, uint32_t action)
{
    put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1));
    answer(f, action);
}

static void begin_filter(struct filter *f)
{
    f->n = 0;
    load(f, offsetof(struct seccomp_data, arch));
    put(f,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_HERE, 1, 0));
    answer(f, SECCOMP_RET_KILL_PROCESS);
    load(f, offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
    put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
    answer(f, SECCOMP_RET_KILL_PROCESS);
#endif
}

/* A new thread is allowed, a new process is not. clone3 hides its flags: the C library
 * falls back to clone where it is told that there is none. */
static void only_threads(struct filter *f)
{
    on_call(f, SYS_clone3, SECCOMP_RET_ERRNO | ENOSYS);
#ifdef SYS_fork
    on_call(f, SYS_fork, SECCOMP_RET_ERRNO | EPERM);
    on_call(f, SYS_vfork, SECCOMP_RET_ERRNO | EPERM);
#endif
    put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4));
    load(f, offsetof(struct seccomp_data, args[0]));
    put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0));
    answer(f, SECCOMP_RET_ERRNO | EPERM);
    answer(f, SECCOMP_RET_ALLOW);
}

static int filter_calls(enum sandbox_level level)
{
    struct filter f;
    if (!AUDIT_ARCH_HERE) return -1;
    if (IS_SANITIZED) return 0;
    begin_filter(&f);
    if (level == SANDBOX_PARSE) {
        for (size_t i = 0; i < sizeof parse_calls / sizeof *parse_calls; i++)
            on_call(&f, parse_calls[i], SECCOMP_RET_ALLOW);
        answer(&f, SECCOMP_RET_ERRNO | EPERM);
    } else {
        size_t n = sizeof denied_calls / sizeof *denied_calls;
        if (level == SANDBOX_STARTER) n -= 3; /* it feeds and ends what it starts */
        for (size_t i = 0; i < n; i++)
            on_call(&f, denied_calls[i], SECCOMP_RET_ERRNO | EPERM);
        if (level != SANDBOX_STARTER) only_threads(&f);
        answer(&f, SECCOMP_RET_ALLOW);
    }
    struct sock_fprog program = {f.n, f.code};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

static int has_seccomp(void)
{
    /* A filter that is no pointer: EFAULT says that the kernel would have taken one. */
    return AUDIT_ARCH_HERE &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL, 0, 0) < 0 && errno == EFAULT;
}

/* ---- the whole ---- */

unsigned sandbox_enter(void)
{
    unsigned missing = 0;
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (enter_namespaces()) missing |= SANDBOX_NAMESPACES;
    drop_capabilities();
    if (enter_landlock()) missing |= SANDBOX_LANDLOCK;
    if (!has_seccomp()) missing |= SANDBOX_SECCOMP;
    return missing;
}

static void limit(int what, rlim_t soft, rlim_t hard)
{
    struct rlimit r = {soft, hard};
    setrlimit((__rlimit_resource_t)what, &r);
}

void sandbox_limit(enum sandbox_level level)
{
    rlim_t memory = level == SANDBOX_OCR ? 1024 * MB : 512 * MB;
    rlim_t most = level == SANDBOX_STARTER || level == SANDBOX_OCR ? 1024 * MB : 512 * MB;
    rlim_t seconds = SANDBOX_SECONDS;
    if (!IS_SANITIZED) limit(RLIMIT_AS, memory, most);
    /* The starter raises its own for each page that is recognised. */
    limit(RLIMIT_CPU, seconds,
          level == SANDBOX_STARTER ? seconds * SANDBOX_MAX_PAGES : seconds + 1);
    /* The starter writes images of pages for the recogniser, in memory; no one writes a
     * file. */
    limit(RLIMIT_FSIZE, level == SANDBOX_STARTER ? 128 * MB : 0,
          level == SANDBOX_STARTER ? 128 * MB : 0);
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_NOFILE, 64, 64);
    if (level == SANDBOX_PARSE) limit(RLIMIT_NPROC, 0, 0);
    if (filter_calls(level)) return; /* named by sandbox_enter */
}

const char *sandbox_missing_text(unsigned missing, char *out, unsigned long size)
{
    snprintf(out, size, "%s%s%s%s%s",
             missing & SANDBOX_NAMESPACES ? "navnerom for nettverk" : "",
             missing & SANDBOX_NAMESPACES && missing & ~(unsigned)SANDBOX_NAMESPACES
                 ? ", "
                 : "",
             missing & SANDBOX_LANDLOCK ? "Landlock" : "",
             missing & SANDBOX_LANDLOCK && missing & SANDBOX_SECCOMP ? ", " : "",
             missing & SANDBOX_SECCOMP ? "seccomp" : "");
    return out;
}
