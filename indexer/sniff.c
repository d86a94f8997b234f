#include "sniff.h"

#include <string.h>
#include <strings.h>

#include "../shim/buf.h"

struct magic {
    const char *bytes;
    size_t len, at;
    const char *reason;
};

/* Files that hold no minutes that could be read, and what to say about them. */
static const struct magic refused[] = {
    {"GIF8", 4, 0, "er et bilde (GIF); legg inn dokumentet som PDF eller Word"},
    {"BM", 2, 0, NULL},
    {"\x1f\x8b", 2, 0, "er en pakket fil (gzip); pakk den ut først"},
    {"7z\xbc\xaf", 4, 0, "er en pakket fil (7z); pakk den ut først"},
    {"Rar!", 4, 0, "er en pakket fil (RAR); pakk den ut først"},
    {"\x7f"
     "ELF",
     4, 0, "er et program, ikke et dokument"},
    {"MZ", 2, 0, NULL},
    {"ID3", 3, 0, "er en lydfil"},
    {"ftyp", 4, 4, "er en lyd- eller videofil"},
    {"SQLite format 3", 15, 0, "er en database, ikke et dokument"},
};

static const struct magic *find_magic(const char *bytes, size_t len)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        const struct magic *m = &refused[i];
        if (!m->reason || m->at + m->len > len) continue;
        if (!memcmp(bytes + m->at, m->bytes, m->len)) return m;
    }
    return NULL;
}

static int has(const char *bytes, size_t len, const char *what)
{
    return memmem(bytes, len, what, strlen(what)) != NULL;
}

static enum sniff_kind sniff_zip(const char *bytes, size_t len)
{
    size_t tail = len > 65536 ? len - 65536 : 0;
    if (has(bytes, len < 400 ? len : 400, "application/vnd.oasis.opendocument.text"))
        return SNIFF_ODT;
    if (has(bytes + tail, len - tail, "word/document")) return SNIFF_DOCX;
    if (has(bytes, len < 65536 ? len : 65536, "word/")) return SNIFF_DOCX;
    return SNIFF_REFUSED;
}

static int looks_like_html(const char *bytes, size_t len)
{
    static const char *const starts[] = {"<!doctype html", "<html", "<head", "<body",
                                         "<?xml"};
    size_t i = 0;
    if (len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) i = 3;
    while (i < len && strchr(" \t\r\n", bytes[i]) && bytes[i]) i++;
    while (i + 4 < len && !memcmp(bytes + i, "<!--", 4)) {
        const char *end = memmem(bytes + i, len - i, "-->", 3);
        if (!end) return 0;
        i = (size_t)(end - bytes) + 3;
        while (i < len && bytes[i] && strchr(" \t\r\n", bytes[i])) i++;
    }
    for (size_t k = 0; k < sizeof starts / sizeof *starts; k++) {
        size_t n = strlen(starts[k]);
        if (i + n > len || strncasecmp(bytes + i, starts[k], n)) continue;
        return k < 4 || has(bytes, len < 4096 ? len : 4096, "<html");
    }
    return 0;
}

static int looks_like_json(const char *bytes, size_t len)
{
    size_t i = 0, end = len;
    while (i < len && bytes[i] && strchr(" \t\r\n", bytes[i])) i++;
    while (end > i && bytes[end - 1] && strchr(" \t\r\n", bytes[end - 1])) end--;
    if (end < i + 2) return 0;
    int object = bytes[i] == '{' && bytes[end - 1] == '}';
    int list = bytes[i] == '[' && bytes[end - 1] == ']';
    return (object || list) && has(bytes + i, end - i, "\":");
}

static int is_scan(const char *bytes, size_t len)
{
    if (len < 8) return 0;
    return !memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) || !memcmp(bytes, "\xff\xd8\xff", 3) ||
           !memcmp(bytes, "II*\0", 4) || !memcmp(bytes, "MM\0*", 4);
}

enum sniff_kind sniff(const char *bytes, size_t len)
{
    if (len >= 5 && has(bytes, len < 1024 ? len : 1024, "%PDF-")) return SNIFF_PDF;
    if (len >= 4 && !memcmp(bytes, "PK\3\4", 4)) return sniff_zip(bytes, len);
    if (len >= 8 && !memcmp(bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
        return SNIFF_DOC;
    if (len >= 5 && !memcmp(bytes, "{\\rtf", 5)) return SNIFF_RTF;
    if (is_scan(bytes, len)) return SNIFF_IMAGE;
    if (find_magic(bytes, len)) return SNIFF_REFUSED;
    if (looks_like_html(bytes, len)) return SNIFF_HTML;
    if (looks_like_json(bytes, len)) return SNIFF_REFUSED;
    return SNIFF_TEXT; /* what is no text either is refused when it is decoded */
}

const char *sniff_reason(const char *bytes, size_t len)
{
    const struct magic *m = find_magic(bytes, len);
    if (m) return m->reason;
    bool is_zip = len >= 4 && !memcmp(bytes, "PK\3\4", 4);
    if (is_zip && !memmem(bytes, len, "PK\5\6", 4)) /* the list at its end */
        return "er avkortet eller ødelagt (zip)";
    if (is_zip)
        return "er et arkiv eller et regneark, ikke et tekstdokument (.docx eller .odt)";
    if (looks_like_json(bytes, len)) return "er data (JSON), ikke et dokument";
    return "er av en type som ikke kan leses";
}

bool sniff_needs_tools(enum sniff_kind kind)
{
    return kind == SNIFF_PDF || kind == SNIFF_DOC || kind == SNIFF_RTF ||
           kind == SNIFF_IMAGE;
}

const char *sniff_media_type(enum sniff_kind kind)
{
    static const char *const types[] = {
        [SNIFF_TEXT] = "text/plain",
        [SNIFF_HTML] = "text/html",
        [SNIFF_DOCX] =
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [SNIFF_ODT] = "application/vnd.oasis.opendocument.text",
        [SNIFF_PDF] = "application/pdf",
        [SNIFF_DOC] = "application/msword",
        [SNIFF_RTF] = "application/rtf",
        [SNIFF_IMAGE] = "image/*",
        [SNIFF_REFUSED] = "application/octet-stream",
    };
    return types[kind];
}
