/* Word 97 (.doc) and RTF, by converters where they are installed. */
#include <string.h>

#include "extract.h"
#include "run_tool.h"

#define MAX_BYTES ((size_t)32 << 20)

static enum hf_status explain(enum tool_end end, const char *what, struct hf_error *err)
{
    switch (end) {
    case TOOL_MISSING: return hf_fail(err, HF_UNREADABLE, "%s", what);
    case TOOL_TIME:
    case TOOL_CRASHED:
    case TOOL_WAIT: return tool_fail(end, err);
    case TOOL_LARGE: return hf_fail(err, HF_UNREADABLE, "for stor når den pakkes ut");
    default: return hf_fail(err, HF_UNREADABLE, "filen er avkortet eller ødelagt");
    }
}

static enum hf_status convert(const char *const *argv, bool is_html, struct text_doc *out,
                              struct hf_error *err)
{
    struct tool_run run = {.argv = argv,
                           .level = SANDBOX_TOOL,
                           .seconds = TOOL_SECONDS,
                           .max_bytes = MAX_BYTES};
    enum hf_status status;
    enum tool_end end = run_tool(&run);
    if (end == TOOL_OK && is_html)
        status = extract_html(run.out.data, run.out.len, out, err);
    else if (end == TOOL_OK)
        status = extract_text(run.out.data, run.out.len, out, err);
    else
        status = explain(end, "", err);
    tool_run_release(&run);
    if (end == TOOL_MISSING) return HF_NOT_FOUND;
    return status;
}

/* A document with tables as DocBook, where their cells are whole; false where there is no
 * table: the printed form has the numbers of lists as they were. */
static bool convert_tables(struct text_doc *out, struct hf_error *err)
{
    static const char *const antiword[] = {"antiword", "-m",       "UTF-8.txt", "-x",
                                           "db",       TOOL_INPUT, NULL};
    struct tool_run run = {.argv = antiword,
                           .level = SANDBOX_TOOL,
                           .seconds = TOOL_SECONDS,
                           .max_bytes = MAX_BYTES};
    bool ok = run_tool(&run) == TOOL_OK && run.out.len &&
              memmem(run.out.data, run.out.len, "<informaltable", 14) &&
              extract_docbook(run.out.data, run.out.len, out, err) == HF_OK;
    tool_run_release(&run);
    if (!ok) {
        text_doc_release(out);
        text_doc_init(out);
    }
    return ok;
}

/* The first sector of the text's own part begins with a mark, and has a flag where it is
 * encrypted. Asked only where nothing could be read: the mark may stand elsewhere. */
static bool is_locked(const char *bytes, size_t len)
{
    for (size_t i = 512; i + 12 <= len; i += 512) {
        const unsigned char *p = (const unsigned char *)bytes + i;
        if (p[0] == 0xec && p[1] == 0xa5) return p[11] & 1;
    }
    return false;
}

enum hf_status extract_doc(const char *bytes, size_t len, struct text_doc *out,
                           struct hf_error *err)
{
    static const char *const antiword[] = {"antiword", "-m",       "UTF-8.txt", "-w",
                                           "0",        TOOL_INPUT, NULL};
    static const char *const catdoc[] = {"catdoc", "-d", "utf-8", "-w", TOOL_INPUT, NULL};
    static const char packed[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    static const char word[] = "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t";
    if (memmem(bytes, len, packed, sizeof packed - 1))
        return hf_fail(err, HF_UNREADABLE, "dokumentet er beskyttet med passord");
    if (!memmem(bytes, len, word, sizeof word - 1))
        return hf_fail(
            err, HF_UNREADABLE,
            "filen er ikke et Word-dokument (for eksempel en e-post eller et regneark)");
    enum hf_status status =
        convert_tables(out, err) ? HF_OK : convert(antiword, false, out, err);
    if (status != HF_OK) {
        text_doc_release(out);
        text_doc_init(out);
        struct hf_error other = {HF_OK, ""};
        enum hf_status second = convert(catdoc, false, out, &other);
        if (second != HF_NOT_FOUND) {
            status = second;
            *err = other;
        }
    }
    if (status == HF_UNREADABLE && is_locked(bytes, len))
        status = hf_fail(err, HF_UNREADABLE, "dokumentet er beskyttet med passord");
    out->media_type = sniff_media_type(SNIFF_DOC);
    if (status == HF_NOT_FOUND)
        return explain(
            TOOL_MISSING,
            "gammelt Word-format (.doc): antiword eller catdoc er ikke installert; lagre "
            "dokumentet som .docx",
            err);
    return status;
}

enum hf_status extract_rtf(const char *bytes, size_t len, struct text_doc *out,
                           struct hf_error *err)
{
    static const char *const unrtf[] = {"unrtf",  "--quiet",  "--nopict",
                                        "--html", TOOL_INPUT, NULL};
    (void)bytes;
    (void)len;
    enum hf_status status = convert(unrtf, true, out, err);
    out->media_type = sniff_media_type(SNIFF_RTF);
    if (status == HF_NOT_FOUND)
        return explain(TOOL_MISSING,
                       "RTF-format: unrtf er ikke installert; lagre dokumentet som .docx",
                       err);
    return status;
}
