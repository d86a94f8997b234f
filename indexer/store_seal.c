#include "store_seal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../shim/buf.h"
#include "../shim/index.h"

/* What is done with each file below a folder, and after them with the folder. */
typedef enum hf_status (*path_fn)(const char *path, struct hf_error *err);

enum hf_status store_sync(const char *path, struct hf_error *err)
{
    enum hf_status status = HF_OK;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) < 0)
        status = hf_fail(err, HF_IO, "%s: %s", path, strerror(errno));
    if (fd >= 0) close(fd);
    return status;
}

/* Lets the disk begin: only a head start, so a failure is none. */
static enum hf_status begin_to_write(const char *path, struct hf_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    (void)err;
    if (fd < 0) return HF_OK;
    (void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
    close(fd);
    return HF_OK;
}

static enum hf_status each_below(const char *path, path_fn fn, struct hf_error *err)
{
    struct dirent **names = NULL;
    enum hf_status status = HF_OK;
    int n = scandir(path, &names, NULL, alphasort);
    if (n < 0) return hf_fail(err, HF_IO, "%s: %s", path, strerror(errno));
    for (int i = 0; i < n; i++) {
        if (status == HF_OK && strcmp(names[i]->d_name, ".") != 0 &&
            strcmp(names[i]->d_name, "..") != 0) {
            struct hf_buf b = HF_BUF_INIT;
            struct stat st;
            hf_buf_addf(&b, "%s/%s", path, names[i]->d_name);
            bool folder = stat(b.data, &st) == 0 && S_ISDIR(st.st_mode);
            status = folder ? each_below(b.data, fn, err) : fn(b.data, err);
            hf_buf_release(&b);
        }
        free(names[i]);
    }
    free(names);
    return status == HF_OK ? fn(path, err) : status;
}

/* ---- the check ---- */

struct check {
    char *db;
    pthread_t thread;
    bool is_running;
    enum hf_status status;
    struct hf_error err;
};

static void *run_check(void *arg)
{
    struct check *c = arg;
    c->status = hf_index_check(c->db, &c->err);
    return NULL;
}

static void begin_check(struct check *c, const char *gen)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_addf(&b, "%s/db", gen);
    c->db = hf_buf_take(&b);
    c->is_running = pthread_create(&c->thread, NULL, run_check, c) == 0;
    if (!c->is_running) run_check(c);
}

enum hf_status store_seal(const char *gen, const struct hf_sums *known,
                          enum store_check check, struct hf_error *err)
{
    struct check c = {.status = HF_OK};
    enum hf_status status = each_below(gen, begin_to_write, err);
    if (check == STORE_CHECK) begin_check(&c, gen);
    if (status == HF_OK) status = hf_generation_seal(gen, known, err);
    if (status == HF_OK) status = each_below(gen, store_sync, err);
    if (c.is_running) pthread_join(c.thread, NULL);
    if (c.status != HF_OK) {
        status = c.status;
        if (err) *err = c.err;
    }
    free(c.db);
    return status;
}
