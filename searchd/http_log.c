#include "http_log.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../shim/utf8.h"

enum { MAX_TARGET_LOGGED = 2000 };

/* A JSON string: quotes and control characters escaped, bytes that are no UTF-8 replaced.
 */
static void put_string(struct hf_buf *b, const char *text)
{
    struct hf_buf clean = HF_BUF_INIT;
    hf_utf8_nfc(&clean, text, strnlen(text, MAX_TARGET_LOGGED));
    hf_buf_addc(b, '"');
    for (const unsigned char *s = (const unsigned char *)clean.data; *s; s++) {
        if (*s == '"' || *s == '\\')
            hf_buf_addf(b, "\\%c", *s);
        else if (*s < 0x20 || *s == 0x7f || (*s == 0xC2 && s[1] < 0xA0)) /* C0, DEL, C1 */
            hf_buf_addf(b, "\\u%04x", *s == 0xC2 ? *++s : *s);
        else
            hf_buf_addc(b, (char)*s);
    }
    hf_buf_addc(b, '"');
    hf_buf_release(&clean);
}

static void put_client(struct hf_buf *b, const struct sockaddr *client)
{
    char text[INET6_ADDRSTRLEN] = "-";
    const char *mask = "";
    if (client && client->sa_family == AF_INET) {
        struct in_addr a = ((const struct sockaddr_in *)client)->sin_addr;
        a.s_addr &= htonl(0xFFFFFF00u);
        inet_ntop(AF_INET, &a, text, sizeof text);
        mask = "/24";
    } else if (client && client->sa_family == AF_INET6) {
        struct in6_addr a = ((const struct sockaddr_in6 *)client)->sin6_addr;
        bool is_v4 = IN6_IS_ADDR_V4MAPPED(&a);
        memset(a.s6_addr + (is_v4 ? 15 : 6), 0, is_v4 ? 1 : 10);
        inet_ntop(AF_INET6, &a, text, sizeof text);
        mask = is_v4 ? "/120" : "/48";
    }
    hf_buf_addf(b, ",\"client\":\"%s%s\"", text, mask);
}

static void put_time(struct hf_buf *b)
{
    struct timespec now;
    struct tm tm;
    char text[32];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm);
    hf_buf_addf(b, "{\"time\":\"%s.%03ldZ\"", text, now.tv_nsec / 1000000);
}

/* One write, so that lines of several threads do not mix. */
static void put_line(struct hf_buf *b)
{
    hf_buf_adds(b, "}\n");
    ssize_t n = write(STDERR_FILENO, b->data, b->len);
    (void)n; /* nobody is left to be told */
    hf_buf_release(b);
}

void http_log(const struct http_log_line *line)
{
    struct hf_buf b = HF_BUF_INIT;
    put_time(&b);
    hf_buf_adds(&b, ",\"method\":");
    put_string(&b, line->method);
    hf_buf_adds(&b, ",\"route\":");
    put_string(&b, line->route);
    hf_buf_addf(&b, ",\"status\":%u,\"bytes\":%zu,\"ms\":%.2f", line->status, line->bytes,
                line->ms);
    if (line->is_cut) hf_buf_adds(&b, ",\"cut\":true");
    put_client(&b, line->client);
    if (line->with_query && line->target) {
        hf_buf_adds(&b, ",\"target\":");
        put_string(&b, line->target);
    }
    put_line(&b);
}

void http_log_event(const char *event, const char *detail)
{
    struct hf_buf b = HF_BUF_INIT;
    put_time(&b);
    hf_buf_adds(&b, ",\"event\":");
    put_string(&b, event);
    if (detail && *detail) {
        hf_buf_adds(&b, ",\"detail\":");
        put_string(&b, detail);
    }
    put_line(&b);
}
