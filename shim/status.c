#include "status.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum hf_status hf_fail(struct hf_error *err, enum hf_status status, const char *fmt, ...)
{
    if (err) {
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(err->text, sizeof err->text, fmt, ap);
        va_end(ap);
        err->status = status;
    }
    return status;
}

const char *hf_status_name(enum hf_status status)
{
    static const char *const names[] = {
        [HF_OK] = "ok",
        [HF_BAD_ARGUMENT] = "bad-argument",
        [HF_NOT_FOUND] = "not-found",
        [HF_NO_INDEX] = "no-index",
        [HF_LOCKED] = "locked",
        [HF_SCHEMA] = "schema",
        [HF_CORRUPT] = "corrupt",
        [HF_CHANGED] = "changed",
        [HF_INDEX] = "index",
        [HF_UNREADABLE] = "unreadable",
        [HF_IO] = "io",
        [HF_NO_MEMORY] = "no-memory",
        [HF_INTERNAL] = "internal",
        [HF_STOPPED] = "stopped",
    };
    size_t i = (size_t)status;
    return i < sizeof names / sizeof *names ? names[i] : "internal";
}

const char *hf_errno_text(int error)
{
    switch (error) {
    case EACCES:
    case EPERM: return "du har ikke tilgang";
    case ENOENT: return "finnes ikke";
    case EIO: return "disken kan ikke leses (maskinfeil)";
    case ENOSPC:
    case EDQUOT: return "disken er full";
    case EROFS: return "disken kan ikke skrives til";
    case EMFILE:
    case ENFILE: return "for mange åpne filer";
    case ENAMETOOLONG: return "navnet er for langt";
    case ENOTDIR: return "er ingen mappe";
    case ELOOP: return "symbolsk lenke, følges ikke";
    case ESTALE:
    case ETIMEDOUT:
    case EHOSTDOWN: return "nettverksdisken svarer ikke";
    case ENXIO: return "ikke en vanlig fil";
    default: return strerror(error);
    }
}

void hf_bug(const char *file, int line, const char *what)
{
    fprintf(stderr, "hfsok: bug at %s:%d: %s\n", file, line, what);
    abort();
}

static void *checked(void *p)
{
    if (!p) {
        fputs("hfsok: out of memory\n", stderr);
        exit(70);
    }
    return p;
}

void *hf_xmalloc(size_t n)
{
    return checked(malloc(n ? n : 1));
}

void *hf_xcalloc(size_t n, size_t size)
{
    return checked(calloc(n ? n : 1, size ? size : 1));
}

void *hf_xrealloc(void *p, size_t n)
{
    return checked(realloc(p, n ? n : 1));
}

char *hf_xstrndup(const char *s, size_t len)
{
    char *copy = hf_xmalloc(len + 1);
    if (len) memcpy(copy, s, len);
    copy[len] = 0;
    return copy;
}

char *hf_xstrdup(const char *s)
{
    return s ? hf_xstrndup(s, strlen(s)) : NULL;
}

void *hf_grow(void *p, size_t *cap, size_t n, size_t size)
{
    if (n < *cap) return p;
    size_t want = *cap ? *cap : 8;
    while (want <= n) want *= 2;
    p = hf_xrealloc(p, want * size);
    *cap = want;
    return p;
}
