#include "buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char hf_buf_empty[1];

void hf_buf_init(struct hf_buf *b)
{
    *b = (struct hf_buf)HF_BUF_INIT;
}

void hf_buf_release(struct hf_buf *b)
{
    if (b->cap) free(b->data);
    hf_buf_init(b);
}

void hf_buf_clear(struct hf_buf *b)
{
    hf_buf_cut(b, 0);
}

void hf_buf_reserve(struct hf_buf *b, size_t n)
{
    size_t need = b->len + n + 1;
    if (need <= b->cap) return;
    size_t cap = b->cap ? b->cap * 2 : 64;
    while (cap < need) cap *= 2;
    char *data = hf_xrealloc(b->cap ? b->data : NULL, cap);
    data[b->len] = 0;
    b->data = data;
    b->cap = cap;
}

void hf_buf_add(struct hf_buf *b, const char *text, size_t len)
{
    if (!len) return;
    hf_buf_reserve(b, len);
    memcpy(b->data + b->len, text, len);
    b->len += len;
    b->data[b->len] = 0;
}

void hf_buf_adds(struct hf_buf *b, const char *s)
{
    hf_buf_add(b, s, strlen(s));
}

void hf_buf_addc(struct hf_buf *b, char c)
{
    hf_buf_add(b, &c, 1);
}

void hf_buf_addf(struct hf_buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n > 0) {
        hf_buf_reserve(b, (size_t)n);
        vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
        b->len += (size_t)n;
    }
    va_end(again);
}

void hf_buf_cut(struct hf_buf *b, size_t len)
{
    if (len > b->len) HF_BUG("hf_buf_cut past the end");
    b->len = len;
    if (b->cap) b->data[len] = 0;
}

void hf_buf_rtrim(struct hf_buf *b)
{
    size_t n = b->len;
    while (n && strchr(" \t\r\n", b->data[n - 1])) n--;
    hf_buf_cut(b, n);
}

char *hf_buf_take(struct hf_buf *b)
{
    char *s = b->cap ? b->data : hf_xstrndup("", 0);
    hf_buf_init(b);
    return s;
}

static enum hf_status read_all(int fd, struct hf_buf *b, size_t max, struct hf_error *err)
{
    for (;;) {
        hf_buf_reserve(b, 64 * 1024);
        ssize_t n = read(fd, b->data + b->len, 64 * 1024);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return hf_fail(err, HF_IO, "%s", hf_errno_text(errno));
        b->len += (size_t)n;
        b->data[b->len] = 0;
        if (b->len > max)
            return hf_fail(err, HF_UNREADABLE, "større enn %zu MB", max >> 20);
        if (!n) return HF_OK;
    }
}

enum hf_status hf_buf_load(struct hf_buf *b, const char *path, size_t max,
                           struct hf_error *err)
{
    enum hf_status status = HF_OK;
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return hf_fail(err, errno == ENOENT ? HF_NOT_FOUND : HF_IO, "%s",
                       hf_errno_text(errno));
    if (fstat(fd, &st) < 0)
        status = hf_fail(err, HF_IO, "%s", hf_errno_text(errno));
    else if (!S_ISREG(st.st_mode))
        status = hf_fail(err, HF_UNREADABLE, "ikke en vanlig fil");
    else if ((unsigned long long)st.st_size > max)
        status = hf_fail(err, HF_UNREADABLE, "større enn %zu MB", max >> 20);
    else
        status = read_all(fd, b, max, err);
    close(fd);
    return status;
}

enum hf_status hf_buf_read_file(struct hf_buf *b, const char *path, size_t max,
                                struct hf_error *err)
{
    struct hf_error own = {HF_OK, ""};
    enum hf_status status = hf_buf_load(b, path, max, &own);
    return status == HF_OK ? HF_OK : hf_fail(err, status, "%s: %s", path, own.text);
}
