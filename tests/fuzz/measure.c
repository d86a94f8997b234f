/* measure OUT COMMAND...: runs it without the rights to read what is closed (as root has them), waits for it and all
 * that it left behind, and appends to OUT: CPU in ms (its own and that of all it started), the largest resident memory
 * of any one of them in kB, and the wall time in ms. Ends as the command does. */
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long ms(struct timeval t)
{
    return t.tv_sec * 1000 + t.tv_usec / 1000;
}

int main(int argc, char **argv)
{
    struct timespec start, end;
    struct rusage u;
    int status = 0, got;
    if (argc < 3) return 2;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    clock_gettime(CLOCK_MONOTONIC, &start);
    pid_t pid = fork(), ended;
    if (!pid) {
        prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE);
        prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH);
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    while ((ended = wait(&got)) > 0)
        if (ended == pid) status = got;
    clock_gettime(CLOCK_MONOTONIC, &end);
    getrusage(RUSAGE_CHILDREN, &u);
    FILE *f = fopen(argv[1], "a");
    if (!f) return 2;
    fprintf(f, "%ld\t%ld\t%ld\n", ms(u.ru_utime) + ms(u.ru_stime), u.ru_maxrss,
            (end.tv_sec - start.tv_sec) * 1000 + (end.tv_nsec - start.tv_nsec) / 1000000);
    fclose(f);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
