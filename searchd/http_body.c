#include "http_body.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "export.h"
#include "http_log.h"

enum {
    LEAST_BYTES = 1024, /* below it the head outweighs what is won */
    STREAM_BLOCK = 64 << 10,
    GZIP = 15 + 16, /* zlib's word for its form */
    LEVEL = 3
};

/* ---- what is gzipped ---- */

static bool is_text(const char *type)
{
    static const char *const heads[] = {"text/", "image/svg+xml",
                                        "application/javascript", "application/x-ndjson"};
    size_t len = strcspn(type, ";");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (strncmp(type, heads[i], strlen(heads[i])) == 0) return true;
    return (len >= 4 && strncmp(type + len - 4, "json", 4) == 0) ||
           (len >= 3 && strncmp(type + len - 3, "xml", 3) == 0);
}

static const char *header_of(const struct reply *r, const char *name)
{
    for (size_t i = 0; i < r->n_headers; i++)
        if (strcasecmp(r->headers[i].name, name) == 0) return r->headers[i].value;
    return NULL;
}

/* What could have been gzipped depends on Accept-Encoding, whether it was or not. */
static void vary(struct reply *r)
{
    for (size_t i = 0; i < r->n_headers; i++) {
        if (strcasecmp(r->headers[i].name, "Vary") != 0) continue;
        struct hf_buf b = HF_BUF_INIT;
        hf_buf_addf(&b, "%s, Accept-Encoding", r->headers[i].value);
        free(r->headers[i].value);
        r->headers[i].value = hf_buf_take(&b);
        return;
    }
    reply_header(r, "Vary", "Accept-Encoding");
}

/* Whether this reply goes gzipped. */
static bool choose(struct reply *r, const char *accept, size_t len, bool is_stream)
{
    const char *type = header_of(r, "Content-Type");
    bool has_body = is_stream || len, is_304 = r->status == 304;
    if (!is_304 && (!has_body || !type || !is_text(type))) return false;
    vary(r);
    int gzip = strings_quality(accept, "gzip"),
        plain = strings_quality(accept, "identity");
    return !is_304 && gzip > 0 && gzip >= plain && (is_stream || len >= LEAST_BYTES);
}

/* ---- gzip ---- */

static void begin(z_stream *z)
{
    memset(z, 0, sizeof *z);
    if (deflateInit2(z, LEVEL, Z_DEFLATED, GZIP, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        HF_BUG("zlib");
}

/* Appends what comes of the bytes, at the end all that is left. */
static void squeeze(z_stream *z, const char *bytes, size_t len, bool is_end,
                    struct hf_buf *out)
{
    char room[16 << 10];
    z->next_in = (Bytef *)bytes;
    z->avail_in = (uInt)len;
    do {
        z->next_out = (Bytef *)room;
        z->avail_out = sizeof room;
        if (deflate(z, is_end ? Z_FINISH : Z_NO_FLUSH) == Z_STREAM_ERROR) HF_BUG("zlib");
        hf_buf_add(out, room, sizeof room - z->avail_out);
    } while (!z->avail_out);
}

static void squeeze_whole(struct reply *r)
{
    z_stream z;
    struct hf_buf out = HF_BUF_INIT;
    begin(&z);
    squeeze(&z, r->fixed ? r->fixed : r->body.data, r->fixed ? r->fixed_len : r->body.len,
            true, &out);
    deflateEnd(&z);
    hf_buf_release(&r->body);
    r->body = out;
    r->fixed = NULL;
}

/* ---- a reply that is made while it is sent ---- */

struct stream {
    struct server *server;
    struct export *export;
    struct hf_buf piece;
    size_t at;
    bool is_gzip, is_ended;
    z_stream z;
};

/* Makes the next bytes to be sent; none at the end. */
static enum hf_status next_piece(struct stream *s, struct hf_error *err)
{
    struct hf_buf plain = HF_BUF_INIT;
    enum hf_status status = HF_OK;
    hf_buf_clear(&s->piece);
    s->at = 0;
    while (status == HF_OK && !s->piece.len && !s->is_ended) {
        struct session *session = NULL;
        bool is_more = !s->export->is_done;
        if (is_more) session = s->server->session(s->server, err);
        hf_buf_clear(&plain);
        if (is_more)
            status = session ? export_next(s->export, session, &plain, err) : err->status;
        s->is_ended = s->export->is_done;
        if (status == HF_OK && s->is_gzip)
            squeeze(&s->z, plain.data, plain.len, s->is_ended, &s->piece);
        else if (status == HF_OK)
            hf_buf_add(&s->piece, plain.data, plain.len);
    }
    hf_buf_release(&plain);
    return status;
}

static ssize_t read_stream(void *cls, uint64_t pos, char *out, size_t max)
{
    struct stream *s = cls;
    struct hf_error err = {HF_INTERNAL, ""};
    (void)pos;
    if (s->at == s->piece.len) {
        if (next_piece(s, &err) != HF_OK) {
            http_log_event("export", err.text);
            /* The reader sees that the end is missing. */
            return MHD_CONTENT_READER_END_WITH_ERROR;
        }
        if (!s->piece.len) return MHD_CONTENT_READER_END_OF_STREAM;
    }
    size_t n = s->piece.len - s->at < max ? s->piece.len - s->at : max;
    memcpy(out, s->piece.data + s->at, n);
    s->at += n;
    return (ssize_t)n;
}

static void free_stream(void *cls)
{
    struct stream *s = cls;
    export_release(s->export);
    free(s->export);
    hf_buf_release(&s->piece);
    if (s->is_gzip) deflateEnd(&s->z);
    free(s);
}

static struct MHD_Response *stream_response(struct server *server, struct reply *r,
                                            bool is_gzip)
{
    struct stream *s = hf_xcalloc(1, sizeof *s);
    s->server = server;
    s->export = r->more;
    s->is_gzip = is_gzip;
    r->more = NULL;
    hf_buf_init(&s->piece);
    if (is_gzip) {
        begin(&s->z);
        squeeze(&s->z, r->body.data, r->body.len, false, &s->piece);
    } else {
        s->piece = r->body;
        hf_buf_init(&r->body);
    }
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, read_stream,
                                             s, free_stream);
}

/* ---- the response ---- */

struct MHD_Response *body_response(struct server *s, struct reply *r,
                                   const char *accept_encoding, size_t *len)
{
    bool is_stream = r->more && !r->more->is_done;
    struct MHD_Response *response;
    *len = r->fixed ? r->fixed_len : r->body.len;
    bool is_gzip = choose(r, accept_encoding, *len, is_stream);
    if (is_gzip) reply_header(r, "Content-Encoding", "gzip");
    if (is_gzip && !is_stream) {
        squeeze_whole(r);
        *len = r->body.len;
    }
    if (is_stream)
        response = stream_response(s, r, is_gzip);
    else if (r->fixed)
        response = MHD_create_response_from_buffer(r->fixed_len, (void *)r->fixed,
                                                   MHD_RESPMEM_PERSISTENT);
    else
        response = MHD_create_response_from_buffer(*len, hf_buf_take(&r->body),
                                                   MHD_RESPMEM_MUST_FREE);
    for (size_t i = 0; response && i < r->n_headers; i++)
        MHD_add_response_header(response, r->headers[i].name, r->headers[i].value);
    return response;
}
