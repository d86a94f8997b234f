#include "folder.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../shim/buf.h"

static int remove_entry(const char *path, const struct stat *st, int flag,
                        struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    remove(path);
    return 0;
}

void folder_remove(const char *path)
{
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

enum hf_status folder_make(const char *path, struct hf_error *err)
{
    char *copy = hf_xstrdup(path);
    enum hf_status status = HF_OK;
    for (char *p = copy + 1; status == HF_OK; p++) {
        bool last = !*p;
        if (*p != '/' && !last) continue;
        *p = 0;
        if (mkdir(copy, 0755) < 0 && errno != EEXIST)
            status = hf_fail(err, HF_IO, "%s: %s", copy, strerror(errno));
        if (last) break;
        *p = '/';
    }
    free(copy);
    return status;
}

enum hf_status folder_write(const char *path, const char *bytes, size_t len, bool sync,
                            struct hf_error *err)
{
    struct hf_buf tmp = HF_BUF_INIT;
    enum hf_status status = HF_OK;
    hf_buf_addf(&tmp, "%s.%d.tmp", path, (int)gettid());
    FILE *f = fopen(tmp.data, "w");
    bool ok = f && fwrite(bytes, 1, len, f) == len && fflush(f) == 0 &&
              (!sync || fsync(fileno(f)) == 0);
    if (f && fclose(f) != 0) ok = false;
    if (!ok || rename(tmp.data, path) < 0) {
        status = hf_fail(err, HF_IO, "%s: %s", path, strerror(errno));
        unlink(tmp.data);
    }
    hf_buf_release(&tmp);
    return status;
}
