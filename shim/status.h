/* Statuses, errors and the allocation rule that every module follows.
 *
 * A fallible function returns enum hf_status and takes a caller-owned struct hf_error
 * last (NULL allowed). Results come through out-parameters, which are NULL or 0 on
 * failure. Out of memory ends the program (hf_xmalloc and friends), hence every input is
 * bounded before it is allocated.
 *
 *     struct hf_error err;
 *     if (hf_reader_open(path, &r, &err) != HF_OK)
 *         fprintf(stderr, "hfsok: %s\n", err.text);
 */
#ifndef HF_STATUS_H
#define HF_STATUS_H

#include <stdarg.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum hf_status {
    HF_OK = 0,
    HF_BAD_ARGUMENT, /* a query, an option or a value that cannot be right */
    HF_NOT_FOUND,    /* no such record, file or term */
    HF_NO_INDEX,     /* there is no index at that place */
    HF_LOCKED,       /* another run writes this index */
    HF_SCHEMA,       /* index of another schema version */
    HF_CORRUPT,      /* damaged or foreign index */
    HF_CHANGED,      /* the database changed under the reader: reopen and try again */
    HF_INDEX,        /* the engine failed otherwise */
    HF_UNREADABLE,   /* a document that cannot be read; the run goes on */
    HF_IO,           /* the system refused: errno is in the text */
    HF_NO_MEMORY,
    HF_INTERNAL,
    HF_STOPPED /* as HF_UNREADABLE, but it stopped its reader: a crash, CPU or memory */
};

struct hf_error {
    enum hf_status status;
    char text[768]; /* UTF-8, one line, for a person */
};

#define HF_MUST_USE     __attribute__((warn_unused_result))
#define HF_PRINTF(a, b) __attribute__((format(printf, a, b)))
#ifdef __cplusplus
#define HF_NOEXCEPT noexcept
#else
#define HF_NOEXCEPT
#endif

/* Fills err (if given) and returns status, so that a failure is one statement. */
enum hf_status hf_fail(struct hf_error *err, enum hf_status status, const char *fmt, ...)
    HF_PRINTF(3, 4);

/* What errno says, in words for a person: "du har ikke tilgang". */
const char *hf_errno_text(int error);

/* The status as the stable lower-case word used in logs and problem documents. */
const char *hf_status_name(enum hf_status status);

/* Ends the program: a broken invariant, never bad input. */
#define HF_BUG(what) hf_bug(__FILE__, __LINE__, what)
__attribute__((noreturn)) void hf_bug(const char *file, int line, const char *what);

/* Allocation that ends the program when memory is out. hf_xstrdup(NULL) is NULL. */
void *hf_xmalloc(size_t n);
void *hf_xcalloc(size_t n, size_t size);
void *hf_xrealloc(void *p, size_t n);
char *hf_xstrdup(const char *s);
char *hf_xstrndup(const char *s, size_t len);

/* Grows the array *p of *cap elements of `size` bytes so that index n is valid. */
void *hf_grow(void *p, size_t *cap, size_t n, size_t size);

#ifdef __cplusplus
}
#endif
#endif
