/* Whether a document says that it is a draft of its minutes, or the approved ones:
 * "Foreløpig referat", "Protokoll (ikke godkjent)", "UTKAST" alone on a line, "Godkjent
 * 12.03.2024". A draft of something else ("utkast til handlingsplan") and the minutes of
 * an earlier meeting ("referatet fra forrige møte ble godkjent") say nothing of it.
 *
 *     struct version_found v;
 *     if (version_in(cues, line, len, VERSION_LINE, &v)) use(v.version, v.start, v.end);
 */
#ifndef HF_MINUTES_VERSION_H
#define HF_MINUTES_VERSION_H

#include "minutes_internal.h"

enum version_place {
    VERSION_LINE,     /* a title, a line of the head, a page's margin */
    VERSION_SENTENCE, /* running text below the last case: it must be told of the minutes
                       */
    VERSION_NAME,     /* a file's name, its separators made blanks: the word is enough */
};

struct version_found {
    const char *version; /* draft | approved */
    size_t start, end;   /* what says so, in bytes of the text */
    bool is_dated;       /* a day behind it is the approval's, not the meeting's */
};

bool version_in(const struct minutes_cues *cues, const char *text, size_t len,
                enum version_place place, struct version_found *out);

/* The version that a path's file name gives, weak as it is: "Utkast_referat.docx". NULL
 * where it says nothing; *name is then unset, else the file name within the path. */
const char *version_of_path(const struct minutes_cues *cues, const char *path,
                            const char **name);

/* Sets the meeting's version by title, head, what is told below the last case, and page
 * margins; the first that says it. After minutes_head. */
void minutes_version(const struct minutes_cues *cues, const struct text_doc *doc,
                     const struct minutes_parts *parts, struct hf_minutes *m);

#endif
