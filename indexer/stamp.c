#include "stamp.h"

#include <sys/stat.h>
#include <time.h>

#define SETTLED_S 2

static bool is_settled(const struct timespec *changed, const struct timespec *now)
{
    return changed->tv_sec < now->tv_sec - SETTLED_S;
}

bool stamp_of(const char *path, struct hf_buf *out)
{
    struct stat st;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (lstat(path, &st) < 0 || !S_ISREG(st.st_mode) || !is_settled(&st.st_mtim, &now) ||
        !is_settled(&st.st_ctim, &now))
        return false;
    hf_buf_addf(out, "%lld %llu %lld.%09ld %lld.%09ld", (long long)st.st_size,
                (unsigned long long)st.st_ino, (long long)st.st_mtim.tv_sec,
                st.st_mtim.tv_nsec, (long long)st.st_ctim.tv_sec, st.st_ctim.tv_nsec);
    return true;
}
