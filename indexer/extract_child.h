/* Extraction outside of the program: each file in a child process of its own, behind the
 * fence of sandbox.h.
 *
 * A server (this program again, --extract-server) is started for each thread that needs
 * one, enters the sandbox once and forks a child for each file; the child gets the bytes
 * in a sealed memory file and answers through a pipe, at most 16 MB. Whatever a child
 * does wrong costs its file only. Plain text is read in the program itself: nothing
 * foreign parses it.
 *
 *     status = extract_in_child(kind, bytes, len, &doc, &err);    on any thread
 *     extract_child_close();                                       at the end
 */
#ifndef HF_EXTRACT_CHILD_H
#define HF_EXTRACT_CHILD_H

#include <stdbool.h>

#include "extract.h"

/* As extract_by_kind. HF_STOPPED where the child was (CPU, memory, a crash), HF_IO
 * where no child can be started. */
HF_MUST_USE enum hf_status extract_in_child(enum sniff_kind kind, const char *bytes,
                                            size_t len, struct text_doc *out,
                                            struct hf_error *err);

/* What the kernel refuses of the sandbox (a set of sandbox_part), asked of a server;
 * *known is false where none could be started. */
unsigned extract_child_missing(bool *known);

/* True if a server was started since the program began. */
bool extract_child_was_used(void);

/* For tests: extract in the calling process, without a sandbox. */
void extract_child_in_process(void);

void extract_child_close(void);

/* The server's side: reads requests from fd until it closes. Returns the exit code. */
int extract_server_run(int fd);

/* Where the child finds its converters. */
#define EXTRACT_PATH "/usr/bin:/bin:/usr/local/bin"

/* What the two sides say to each other. */
#define EXTRACT_MAGIC 0x48464558u /* "HFEX" */
struct extract_hello {
    unsigned magic, missing;
};
struct extract_request { /* with two descriptors: the file's bytes, where to answer */
    unsigned magic, kind;
};
struct extract_reply { /* after the child has ended */
    unsigned magic;
    int status; /* as waitpid gives it */
    long cpu_ms, memory_kb;
};

#endif
