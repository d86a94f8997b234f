#include "media.h"

#include "strings.h"

/* In the order in which they are preferred where a reader likes them the same. */
static const struct media table[] = {
    {FORMAT_JSON, "json", "application/json", "application/json", NULL},
    {FORMAT_JSONL, "jsonl", "application/x-ndjson", "application/x-ndjson", NULL},
    {FORMAT_CSV, "csv", "text/csv", "text/csv; charset=utf-8; header=present",
     "hfsok.csv"},
    {FORMAT_TSV, "tsv", "text/tab-separated-values",
     "text/tab-separated-values; charset=utf-8", "hfsok.tsv"},
    {FORMAT_ATOM, "atom", "application/atom+xml", "application/atom+xml; charset=utf-8",
     NULL},
    {FORMAT_OPENSEARCH, "opensearch", "application/x-suggestions+json",
     "application/x-suggestions+json", NULL},
};
enum { N_MEDIA = sizeof table / sizeof *table };

const struct media *media_table(size_t *n)
{
    *n = N_MEDIA;
    return table;
}

const struct media *media_of(enum params_format format)
{
    for (size_t i = 0; i < N_MEDIA; i++)
        if (table[i].format == format) return &table[i];
    return NULL;
}

enum params_format media_liked(const char *accept, unsigned forms)
{
    enum params_format format = FORMAT_JSON;
    int best = 0;
    for (size_t i = 0; accept && i < N_MEDIA; i++) {
        int q = strings_quality(accept, table[i].type);
        if (q <= best || !((forms | MEDIA(FORMAT_JSON)) & MEDIA(table[i].format)))
            continue;
        best = q;
        format = table[i].format;
    }
    return format;
}
