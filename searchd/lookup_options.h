/* The words of a command line: `hfsok [COMMAND] WORDS… --options`, in any order.
 *
 * A word that begins with one dash is part of the query (-word excludes); `--` ends the
 * options. The parameters come from params_table, so that the command line takes what the
 * API takes.
 *
 *     struct lookup_options o;
 *     if (lookup_options_read(&o, argc, argv, &err) != HF_OK) ...
 *     lookup_options_release(&o);
 */
#ifndef HFSOK_LOOKUP_OPTIONS_H
#define HFSOK_LOOKUP_OPTIONS_H

#include "pairs.h"

enum lookup_command {
    COMMAND_SEARCH,
    COMMAND_SHOW,
    COMMAND_FACETS,
    COMMAND_EXPLAIN,
    COMMAND_COVERAGE,
    COMMAND_PERSON,
    COMMAND_COMPARE,
    COMMAND_TIMELINE,
    COMMAND_CHAIN,
    COMMAND_ANALYSE,
    COMMAND_HELP,
    COMMAND_VERSION
};

enum lookup_colour { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

struct lookup_options {
    enum lookup_command command;
    char **words; /* borrowed from argv */
    size_t n_words;
    struct pairs pairs; /* what becomes params */
    struct params p;
    const char *index, *server; /* server NULL: the index here */
    const char *fields;
    enum params_format format; /* FORMAT_TEXT unless told otherwise */
    enum lookup_colour colour;
    bool is_query, is_damaged; /* of analyse */
};

/* HF_BAD_ARGUMENT names what would be right. Release o in any case. */
HF_MUST_USE enum hf_status lookup_options_read(struct lookup_options *o, int argc,
                                               char **argv, struct hf_error *err);
void lookup_options_release(struct lookup_options *o);

/* The help text. */
void lookup_help(struct hf_buf *out);

#endif
