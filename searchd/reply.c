#include "reply.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export.h"

void reply_init(struct reply *r)
{
    *r = (struct reply){.status = 200, .body = HF_BUF_INIT, .route = "-"};
}

void reply_clear(struct reply *r)
{
    for (size_t i = 0; i < r->n_headers; i++) free(r->headers[i].value);
    r->n_headers = 0;
    if (r->more) export_release(r->more);
    free(r->more);
    r->more = NULL;
    r->fixed = NULL;
    r->fixed_len = 0;
    hf_buf_clear(&r->body);
}

void reply_release(struct reply *r)
{
    reply_clear(r);
    hf_buf_release(&r->body);
}

void reply_header(struct reply *r, const char *name, const char *fmt, ...)
{
    char *value;
    va_list ap;
    if (r->n_headers == REPLY_MAX_HEADERS) HF_BUG("too many headers");
    va_start(ap, fmt);
    int n = vasprintf(&value, fmt, ap);
    va_end(ap);
    if (n < 0) HF_BUG("header format");
    for (char *s = value; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f) *s = ' ';
    r->headers[r->n_headers++] = (struct reply_header){name, value};
}

void reply_replace(struct reply *r, const char *name, const char *value)
{
    for (size_t i = 0; i < r->n_headers; i++) {
        if (strcmp(r->headers[i].name, name) != 0) continue;
        free(r->headers[i].value);
        r->headers[i--] = r->headers[--r->n_headers];
    }
    reply_header(r, name, "%s", value);
}
