/* The command line of hfsok-indexer (design, section 9).
 *
 *     struct options o;
 *     if (options_parse(&o, argc, argv, &err) != HF_OK) return usage(&err);
 *     ...
 *     options_release(&o);
 */
#ifndef HF_OPTIONS_H
#define HF_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "../shim/status.h"

enum stop_after { STOP_NEVER, STOP_TEXT, STOP_RECORDS, STOP_TERMS };

struct options {
    const char *index_dir; /* --index, else $HFSOK_INDEX, else ./index */
    const char *report;    /* --report FILE, or NULL */
    const char *data_dir;  /* --data DIR, else where stopwords/ is found */
    enum stop_after stop;
    int jobs; /* 0 = one for each core */
    bool rebuild, quiet, require_sandbox, help, version;
    char **paths; /* borrowed from argv */
    size_t n_paths;
    char found_data[4096];
};

/* Reads the command line. HF_BAD_ARGUMENT with a text for the user; keeps pointers into
 * argv. */
HF_MUST_USE enum hf_status options_parse(struct options *o, int argc, char **argv,
                                         struct hf_error *err);
void options_release(struct options *o);

extern const char options_usage[];

#endif
