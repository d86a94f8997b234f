#include "html.h"

#include <stdbool.h>
#include <string.h>

void html_textn(struct hf_buf *b, const char *text, size_t len)
{
    size_t from = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        const char *as = c == '&'                                            ? "&amp;"
                         : c == '<'                                          ? "&lt;"
                         : c == '>'                                          ? "&gt;"
                         : c == '"'                                          ? "&quot;"
                         : c == '\''                                         ? "&#39;"
                         : (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f ? " "
                                                                             : NULL;
        /* U+FFFE and U+FFFF are no characters, in XML not even escaped. */
        bool is_none = c == 0xEF && len - i >= 3 && (unsigned char)text[i + 1] == 0xBF &&
                       (unsigned char)text[i + 2] >= 0xBE;
        if (!as && !is_none) continue;
        hf_buf_add(b, text + from, i - from);
        hf_buf_adds(b, as ? as : " ");
        if (is_none) i += 2;
        from = i + 1;
    }
    hf_buf_add(b, text + from, len - from);
}

void html_text(struct hf_buf *b, const char *text)
{
    if (text) html_textn(b, text, strlen(text));
}

void html_attr(struct hf_buf *b, const char *name, const char *value)
{
    hf_buf_addf(b, " %s=\"", name);
    html_text(b, value);
    hf_buf_addc(b, '"');
}

void html_path(struct hf_buf *b, const char *id)
{
    for (const unsigned char *s = (const unsigned char *)id; *s; s++)
        if (strchr("?#%\"<>\\^`{|} ", *s) || *s < 0x20 || *s > 0x7e)
            hf_buf_addf(b, "%%%02X", *s);
        else
            hf_buf_addc(b, (char)*s);
}

void html_record_url(struct hf_buf *b, const char *id)
{
    hf_buf_adds(b, strncmp(id, "person/", 7) == 0 ? "/" : "/r/");
    html_path(b, id);
}
