#include "xml_pull.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

static void ignore(void *ctx, xmlErrorPtr error)
{
    struct xml_pull *x = ctx;
    if (error->code == XML_ERR_TAG_NOT_FINISHED || error->code == XML_ERR_DOCUMENT_END ||
        error->code == XML_ERR_GT_REQUIRED)
        x->is_cut = true;
}

void xml_pull_open(struct xml_pull *x, const char *bytes, size_t len)
{
    memset(x, 0, sizeof *x);
    x->reader = len && len <= INT32_MAX
                    ? xmlReaderForMemory(bytes, (int)len, NULL, NULL,
                                         XML_PARSE_NONET | XML_PARSE_COMPACT)
                    : NULL;
    x->failed = !x->reader;
    if (x->reader) xmlTextReaderSetStructuredErrorHandler(x->reader, ignore, x);
}

static const char *local_name(struct xml_pull *x)
{
    const xmlChar *name = xmlTextReaderConstLocalName(x->reader);
    return name ? (const char *)name : "";
}

enum xml_pull_event xml_pull_next(struct xml_pull *x)
{
    if (x->failed || x->has_type) return XML_PULL_END;
    if (x->owes_stop) {
        x->owes_stop = false;
        return XML_PULL_STOP;
    }
    for (;;) {
        int got = xmlTextReaderRead(x->reader);
        if (got != 1) {
            x->failed = got < 0;
            return XML_PULL_END;
        }
        switch (xmlTextReaderNodeType(x->reader)) {
        case XML_READER_TYPE_DOCUMENT_TYPE: x->has_type = true; return XML_PULL_END;
        case XML_READER_TYPE_ELEMENT:
            x->name = local_name(x);
            x->depth = xmlTextReaderDepth(x->reader);
            x->is_empty = xmlTextReaderIsEmptyElement(x->reader) == 1;
            x->owes_stop = x->is_empty;
            return XML_PULL_START;
        case XML_READER_TYPE_END_ELEMENT:
            x->name = local_name(x);
            x->depth = xmlTextReaderDepth(x->reader);
            x->is_empty = false;
            return XML_PULL_STOP;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_WHITESPACE:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE: return XML_PULL_TEXT;
        default: break;
        }
    }
}

bool xml_pull_is(const struct xml_pull *x, const char *name)
{
    return !strcmp(x->name, name);
}

void xml_pull_skip(struct xml_pull *x)
{
    int depth = x->depth;
    for (enum xml_pull_event e; (e = xml_pull_next(x)) != XML_PULL_END;)
        if (e == XML_PULL_STOP && x->depth == depth) return;
}

bool xml_pull_get(struct xml_pull *x, const char *name, char *out, size_t size)
{
    bool found = false;
    *out = 0;
    while (!found && xmlTextReaderMoveToNextAttribute(x->reader) == 1) {
        const char *value;
        if (strcmp(local_name(x), name)) continue;
        value = (const char *)xmlTextReaderConstValue(x->reader);
        size_t n = value ? strlen(value) : 0;
        found = value != NULL;
        if (n >= size) n = size - 1;
        if (n) memcpy(out, value, n);
        out[n] = 0;
    }
    xmlTextReaderMoveToElement(x->reader);
    x->name = local_name(x);
    return found;
}

int xml_pull_int(struct xml_pull *x, const char *name, int fallback)
{
    char value[16], *end;
    if (!xml_pull_get(x, name, value, sizeof value)) return fallback;
    long n = strtol(value, &end, 10);
    return end == value || n < -100000 || n > 100000 ? fallback : (int)n;
}

const char *xml_pull_text(struct xml_pull *x)
{
    const xmlChar *text = xmlTextReaderConstValue(x->reader);
    return text ? (const char *)text : "";
}

enum hf_status xml_pull_close(struct xml_pull *x, struct hf_error *err)
{
    enum hf_status status = HF_OK;
    if (x->has_type)
        status = hf_fail(err, HF_UNREADABLE,
                         "dokumentet har en egen XML-typedefinisjon (DTD) og er avvist");
    else if (x->failed && x->is_cut)
        status = hf_fail(err, HF_UNREADABLE, "filen er avkortet");
    else if (x->failed)
        status = hf_fail(err, HF_UNREADABLE, "filen er ødelagt (ugyldig XML)");
    if (x->reader) xmlFreeTextReader(x->reader);
    x->reader = NULL;
    return status;
}
