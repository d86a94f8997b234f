#include "pairs.h"

#include <stdlib.h>
#include <string.h>

#include "strings.h"

enum { MAX_PAIRS = 300 };

void pairs_release(struct pairs *list)
{
    for (size_t i = 0; i < list->n; i++) {
        free(list->at[i].name);
        free(list->at[i].value);
    }
    free(list->at);
    *list = (struct pairs){0};
}

static void add_owned(struct pairs *list, char *name, char *value)
{
    list->at = hf_grow(list->at, &list->cap, list->n, sizeof *list->at);
    list->at[list->n++] = (struct pair){name, value};
}

void pairs_add(struct pairs *list, const char *name, const char *value)
{
    add_owned(list, hf_xstrdup(name), hf_xstrdup(value));
}

const char *pairs_get(const struct pairs *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->at[i].name, name) == 0 && *list->at[i].value)
            return list->at[i].value;
    return NULL;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

char *pairs_decode(const char *text, size_t len, bool plus_is_blank)
{
    char *out = hf_xmalloc(len + 1), *w = out;
    for (size_t i = 0; i < len; i++) {
        int hi = -1, lo = -1;
        if (text[i] == '%' && i + 2 < len) {
            hi = hex_value(text[i + 1]);
            lo = hex_value(text[i + 2]);
        }
        if (hi >= 0 && lo >= 0) {
            *w = (char)(hi * 16 + lo);
            i += 2;
        } else {
            *w = plus_is_blank && text[i] == '+' ? ' ' : text[i];
        }
        if (!*w++) {
            free(out);
            return NULL;
        }
    }
    *w = 0;
    return out;
}

enum hf_status pairs_parse(struct pairs *list, const char *query, struct hf_error *err)
{
    while (*query) {
        size_t len = strcspn(query, "&"), eq = strcspn(query, "=&");
        if (list->n == MAX_PAIRS)
            return hf_fail(err, HF_BAD_ARGUMENT, "%s",
                           strings_get(S_ERR_MANY_PARAMS, list->lang));
        if (len) {
            char *name = pairs_decode(query, eq, true);
            char *value = eq < len ? pairs_decode(query + eq + 1, len - eq - 1, true)
                                   : hf_xstrdup("");
            if (!name || !value) {
                free(name);
                free(value);
                return hf_fail(err, HF_BAD_ARGUMENT, "%s",
                               strings_get(S_ERR_NUL, list->lang));
            }
            add_owned(list, name, value);
        }
        query += len + (query[len] == '&');
    }
    return HF_OK;
}

static const struct params_row *row_of(const char *name)
{
    for (size_t i = 0; i < params_table_n; i++) {
        const struct params_row *row = &params_table[i];
        if (strcmp(name, row->name) == 0 || (row->alias && strcmp(name, row->alias) == 0))
            return row;
    }
    return NULL;
}

/* True where an earlier pair sets the same single parameter. */
static bool is_second(const struct pairs *list, size_t i)
{
    const struct params_row *row = row_of(list->at[i].name);
    if (!row || row->is_repeatable || !*list->at[i].value) return false;
    for (size_t k = 0; k < i; k++)
        if (*list->at[k].value && row_of(list->at[k].name) == row) return true;
    return false;
}

static enum hf_status second(const char *name, enum params_lang lang,
                             struct hf_error *err)
{
    struct hf_buf b = HF_BUF_INIT;
    strings_fill(&b, S_ERR_TWICE, lang, name, NULL);
    enum hf_status status = hf_fail(err, HF_BAD_ARGUMENT, "%s", b.data);
    hf_buf_release(&b);
    return status;
}

/* A feed tells what has come since last time: a page of it holds what a run may add. */
static void set_feed(const struct pairs *list, struct params *p)
{
    if (!pairs_get(list, "size") && !pairs_get(list, "limit")) p->size = FEED_SIZE;
    if (p->sort == SORT_RELEVANCE && !pairs_get(list, "sort")) p->sort = SORT_ADDED;
}

enum hf_status pairs_apply(const struct pairs *list, enum params_scope scope,
                           struct params *p, struct hf_error *err)
{
    enum hf_status status = HF_OK;
    const char *lang = pairs_get(list, "lang");
    if (lang) status = params_set(p, scope, "lang", lang, err);
    for (size_t i = 0; i < list->n && status == HF_OK; i++) {
        const struct pair *at = &list->at[i];
        if (is_second(list, i)) return second(at->name, p->lang, err);
        status = params_set(p, scope, at->name, at->value, err);
    }
    if (status != HF_OK) return status;
    bool is_export =
        p->format == FORMAT_CSV || p->format == FORMAT_TSV || p->format == FORMAT_JSONL;
    if (is_export && !pairs_get(list, "size") && !pairs_get(list, "limit") && !p->page &&
        !p->has_offset && !p->has_cursor)
        p->all = true;
    if (p->format == FORMAT_ATOM) set_feed(list, p);
    return params_check(p, err);
}
