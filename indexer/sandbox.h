/* What a process may no longer do: the fence around everything that parses a stranger's
 * file.
 *
 *     unsigned missing = sandbox_enter();         once, in a process of one thread
 *     ... fork a child for a file; in it:
 *     sandbox_limit(SANDBOX_PARSE);               what it needs from here on is memory
 *
 * sandbox_enter: no privileges, no network (user and network namespaces), no files but
 * the system's read-only (Landlock). sandbox_limit: CPU, memory, file size, open files,
 * core dumps, and a seccomp filter. All of it is inherited by what the process starts. */
#ifndef HF_SANDBOX_H
#define HF_SANDBOX_H

enum sandbox_part { SANDBOX_NAMESPACES = 1, SANDBOX_LANDLOCK = 2, SANDBOX_SECCOMP = 4 };

enum sandbox_level {
    SANDBOX_PARSE,   /* computes in memory: no file is opened, nothing is started */
    SANDBOX_STARTER, /* starts converters */
    SANDBOX_TOOL,    /* a converter: opens the system's files, starts nothing */
    SANDBOX_OCR      /* the same with 1 GB */
};

/* CPU of one file's reader. With what the indexer itself spends on a file, no file costs
 * more than 10 s; a page that is recognised has as much again. */
#define SANDBOX_SECONDS 9

/* Pages that one file may have recognised, each with the CPU of a file. */
#define SANDBOX_MAX_PAGES 200

/* Gives up what it can and returns the parts that the kernel refused (a set of
 * sandbox_part; seccomp is only tested). */
unsigned sandbox_enter(void);

/* Before the work on one file, and before a converter's exec. */
void sandbox_limit(enum sandbox_level level);

/* The missing parts in words, for a person: "Landlock, navnerom for nettverk". */
const char *sandbox_missing_text(unsigned missing, char *out, unsigned long size);

#endif
