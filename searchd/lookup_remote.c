#include "lookup_remote.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <string.h>

#include "../shim/buf.h"
#include "render_json.h"

enum { MAX_BODY = 512 << 20, CONNECT_SECONDS = 5, SILENT_SECONDS = 60 };

/* What comes in: kept whole, or cut into lines that are handed on. */
struct reception {
    struct hf_buf body;
    CURL *curl;
    lookup_line_fn fn; /* NULL: kept whole */
    void *ctx;
};

/* Hands on the lines that are complete. */
static bool hand_on(struct reception *r)
{
    char *at = r->body.data, *end;
    for (; (end = strchr(at, '\n')); at = end + 1) {
        json_t *line = json_loadb(at, (size_t)(end - at), 0, NULL);
        if (!line) return false;
        r->fn(r->ctx, line);
    }
    size_t rest = r->body.len - (size_t)(at - r->body.data);
    memmove(r->body.data, at, rest);
    hf_buf_cut(&r->body, rest);
    return true;
}

static size_t receive(char *bytes, size_t size, size_t n, void *ctx)
{
    struct reception *r = ctx;
    long code = 0;
    if (r->body.len + size * n > MAX_BODY) return 0; /* ends the transfer */
    hf_buf_add(&r->body, bytes, size * n);
    curl_easy_getinfo(r->curl, CURLINFO_RESPONSE_CODE, &code);
    return r->fn && code == 200 && !hand_on(r) ? 0 : size * n;
}

static enum hf_status refused(const char *server, long code, const json_t *doc,
                              struct hf_error *err)
{
    enum hf_status status = code == 404                  ? HF_NOT_FOUND
                            : code == 400 || code == 414 ? HF_BAD_ARGUMENT
                                                         : HF_NO_INDEX;
    const char *detail = member_text(doc, "detail");
    if (!*detail) detail = member_text(doc, "title");
    if (status == HF_NO_INDEX || !*detail)
        return hf_fail(err, status, "%s svarer %ld %s", server, code, detail);
    return hf_fail(err, status, "%s", detail);
}

static void prepare(struct reception *r, const char *url, char *why)
{
    CURL *curl = r->curl;
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 3L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SILENT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "hfsok");
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, r);
}

/* The body is in r afterwards, or was handed on. */
static enum hf_status transfer(struct reception *r, const char *server,
                               const char *target, struct hf_error *err)
{
    struct hf_buf url = HF_BUF_INIT;
    char why[CURL_ERROR_SIZE] = "";
    long code = 0;
    enum hf_status status = HF_OK;
    r->curl = curl_easy_init();
    if (!r->curl) return hf_fail(err, HF_INTERNAL, "libcurl");
    hf_buf_adds(&url, server);
    while (url.len && url.data[url.len - 1] == '/') hf_buf_cut(&url, url.len - 1);
    hf_buf_adds(&url, target);
    prepare(r, url.data, why);
    CURLcode result = curl_easy_perform(r->curl);
    curl_easy_getinfo(r->curl, CURLINFO_RESPONSE_CODE, &code);
    if (result != CURLE_OK) {
        status = hf_fail(err, HF_NO_INDEX, "%s: %s", server,
                         *why ? why : curl_easy_strerror(result));
    } else if (code != 200) {
        json_t *doc = json_loadb(r->body.data, r->body.len, 0, NULL);
        status = refused(server, code, doc, err);
        json_decref(doc);
    }
    curl_easy_cleanup(r->curl);
    hf_buf_release(&url);
    return status;
}

enum hf_status lookup_remote(const char *server, const char *target, json_t **out,
                             struct hf_error *err)
{
    struct reception r = {.body = HF_BUF_INIT};
    *out = NULL;
    enum hf_status status = transfer(&r, server, target, err);
    if (status == HF_OK) *out = json_loadb(r.body.data, r.body.len, 0, NULL);
    if (status == HF_OK && !json_is_object(*out)) {
        json_decref(*out);
        *out = NULL;
        status = hf_fail(err, HF_NO_INDEX,
                         "%s er ingen hfsok-searchd: svaret er ikke JSON", server);
    }
    hf_buf_release(&r.body);
    return status;
}

enum hf_status lookup_remote_lines(const char *server, const char *target,
                                   lookup_line_fn fn, void *ctx, struct hf_error *err)
{
    struct reception r = {.body = HF_BUF_INIT, .fn = fn, .ctx = ctx};
    enum hf_status status = transfer(&r, server, target, err);
    hf_buf_release(&r.body);
    return status;
}
