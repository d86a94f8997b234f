#include "http.h"

#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "assets.h"
#include "http_body.h"
#include "http_conn.h"
#include "http_log.h"
#include "routes.h"

enum {
    MAX_CONNECTIONS = 1000,
    MAX_TARGET = 8000,
    MEMORY_PER_CONNECTION = 32 << 10,
    IDLE_SECONDS = 60, /* the library's own bound; the sweeper is stricter */
    DRAIN_MS = 5000,
    BEGIN_MS = 500,
    BACKLOG = 511
};

struct http {
    struct server server; /* first: the routes' view of this daemon */
    struct MHD_Daemon *daemon;
    struct conn_table conns;
    pthread_key_t session_key;
    bool log_queries;
    atomic_bool is_draining;
    char address[128];
};

/* One request from its first line to its end. */
struct exchange {
    char *target;
    struct timespec began;
    bool is_seen; /* the handler was called once */
    unsigned status;
    size_t bytes;
    const char *route;
    char method[16];
};

/* ---- sessions ---- */

static void close_session(void *session)
{
    session_close(session);
}

static struct session *thread_session(struct server *server, struct hf_error *err)
{
    struct http *h = (struct http *)server;
    struct session *s = pthread_getspecific(h->session_key);
    if (s) return s;
    if (session_open(server->engine, &s, err) != HF_OK) return NULL;
    pthread_setspecific(h->session_key, s);
    return s;
}

/* ---- what is refused ---- */

struct headers {
    unsigned lengths, hosts, encodings;
    bool is_bad, has_body;
};

static enum MHD_Result look_at_header(void *cls, enum MHD_ValueKind kind,
                                      const char *name, const char *value)
{
    static const char odd[] = "\"(),/:;<=>?@[\\]{} \t";
    struct headers *seen = cls;
    (void)kind;
    for (const char *s = name; *s; s++)
        if ((unsigned char)*s <= ' ' || (unsigned char)*s >= 0x7f || strchr(odd, *s))
            seen->is_bad = true;
    if (strcasecmp(name, "Content-Length") == 0) {
        seen->lengths++;
        seen->has_body |= !value || strcmp(value, "0") != 0;
    }
    seen->encodings += strcasecmp(name, "Transfer-Encoding") == 0;
    seen->hosts += strcasecmp(name, "Host") == 0;
    return MHD_YES;
}

/* Why this request is not taken; PROBLEM_N: it is. */
static enum problem_kind refusal(struct MHD_Connection *c, const char *method,
                                 const char *version, const struct exchange *x)
{
    struct headers seen = {0};
    MHD_get_connection_values(c, MHD_HEADER_KIND, look_at_header, &seen);
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0 &&
        strcmp(method, "OPTIONS") != 0)
        return PROBLEM_METHOD;
    bool is_11 = strcmp(version, "HTTP/1.1") == 0;
    if (seen.is_bad || seen.has_body || seen.encodings || seen.lengths > 1 ||
        seen.hosts > 1 || (is_11 && !seen.hosts))
        return PROBLEM_REQUEST;
    if (!x->target || strlen(x->target) > MAX_TARGET) return PROBLEM_TOO_LONG;
    if (x->target[0] != '/' && strcmp(x->target, "*") != 0) return PROBLEM_REQUEST;
    return PROBLEM_N;
}

/* ---- one request ---- */

static struct conn *connection_of(struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static enum MHD_Result send_reply(struct http *h, struct MHD_Connection *c,
                                  struct exchange *x, struct reply *r)
{
    size_t len;
    const char *codings =
        MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Accept-Encoding");
    struct MHD_Response *response = body_response(&h->server, r, codings, &len);
    if (!response) return MHD_NO;
    if (r->must_close || atomic_load(&h->is_draining))
        MHD_add_response_header(response, "Connection", "close");
    x->status = r->status;
    x->bytes = strcmp(x->method, "HEAD") == 0 ? 0 : len;
    x->route = r->route;
    enum MHD_Result queued = MHD_queue_response(c, r->status, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result refuse(struct http *h, struct MHD_Connection *c,
                              struct exchange *x, enum problem_kind kind)
{
    struct reply r;
    struct problem problem = {kind, NULL};
    struct request req = {.method = x->method, .target = x->target ? x->target : "/"};
    req.accept_language =
        MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Accept-Language");
    enum params_lang lang = strings_accept(req.accept_language);
    if (kind == PROBLEM_METHOD) problem.detail = strings_get(S_ERR_METHODS, lang);
    if (kind == PROBLEM_REQUEST) problem.detail = strings_get(S_ERR_NO_BODY, lang);
    reply_init(&r);
    route_problem(&h->server, &req, &problem, &r);
    reply_header(&r, "Allow", "GET, HEAD, OPTIONS");
    r.must_close = true;
    enum MHD_Result result = send_reply(h, c, x, &r);
    reply_release(&r);
    return result;
}

static enum MHD_Result answer(struct http *h, struct MHD_Connection *c,
                              struct exchange *x)
{
    struct reply r;
    struct request req = {.method = x->method, .target = x->target};
    req.accept = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Accept");
    req.accept_language =
        MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Accept-Language");
    req.if_none_match = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "If-None-Match");
    req.host = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Host");
    req.forwarded = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "X-Forwarded-For");
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    req.peer = info ? info->client_addr : NULL;
    req.proto = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "X-Forwarded-Proto");
    reply_init(&r);
    route_answer(&h->server, &req, &r);
    enum MHD_Result result = send_reply(h, c, x, &r);
    reply_release(&r);
    return result;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *c, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_len, void **context)
{
    struct http *h = cls;
    struct exchange *x = *context;
    struct conn *conn = connection_of(c);
    (void)url;
    (void)upload;
    if (!x) return MHD_NO;
    if (!x->is_seen) {
        x->is_seen = true;
        snprintf(x->method, sizeof x->method, "%s", method);
        enum problem_kind why = refusal(c, method, version, x);
        if (why == PROBLEM_N) return MHD_YES;
        enum MHD_Result result = refuse(h, c, x, why);
        if (conn) conn_move(&h->conns, conn, CONN_SENDING);
        return result;
    }
    if (*upload_len) return MHD_NO; /* a body that was not announced */
    if (conn) conn_move(&h->conns, conn, CONN_ANSWERING);
    enum MHD_Result result = answer(h, c, x);
    if (conn) conn_move(&h->conns, conn, CONN_SENDING);
    return result;
}

/* "http://host/path" is as good as "/path" (RFC 9112, 3.2.2). */
static const char *origin_form(const char *target)
{
    size_t scheme = strncasecmp(target, "http://", 7) == 0    ? 7
                    : strncasecmp(target, "https://", 8) == 0 ? 8
                                                              : 0;
    if (!scheme) return target;
    const char *path = target + scheme + strcspn(target + scheme, "/?");
    return *path == '/' ? path : "/";
}

/* The request line as sent. The library would split the query into pairs in its own small
 * memory, and cut the connection without an answer where there are many; ours is parsed
 * by pairs.c, so the library gets to see an empty query. */
static void *begin(void *cls, const char *target, struct MHD_Connection *c)
{
    struct exchange *x = hf_xcalloc(1, sizeof *x);
    (void)cls;
    (void)c;
    clock_gettime(CLOCK_MONOTONIC, &x->began);
    x->target = hf_xstrdup(origin_form(target));
    x->route = "-";
    char *query = strchr(target, '?');
    if (query) query[1] = 0;
    return x;
}

static void end(void *cls, struct MHD_Connection *c, void **context,
                enum MHD_RequestTerminationCode why)
{
    struct http *h = cls;
    struct exchange *x = *context;
    struct conn *conn = connection_of(c);
    struct timespec now;
    if (!x) return;
    *context = NULL;
    if (conn) conn_move(&h->conns, conn, CONN_WAITING);
    clock_gettime(CLOCK_MONOTONIC, &now);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct http_log_line line = {
        .method = x->method,
        .route = x->route,
        .target = x->target,
        .status = x->status,
        .bytes = x->bytes,
        .ms = (double)(now.tv_sec - x->began.tv_sec) * 1e3 +
              (double)(now.tv_nsec - x->began.tv_nsec) / 1e6,
        .is_cut = why != MHD_REQUEST_TERMINATED_COMPLETED_OK,
        .client = info ? info->client_addr : NULL,
        .with_query = h->log_queries,
    };
    if (x->status) metrics_count(&h->server.metrics, x->status, line.ms);
    if (x->is_seen) http_log(&line);
    free(x->target);
    free(x);
}

static void connection(void *cls, struct MHD_Connection *c, void **context,
                       enum MHD_ConnectionNotificationCode what)
{
    struct http *h = cls;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
        *context = info ? conn_add(&h->conns, info->connect_fd) : NULL;
        atomic_fetch_add(&h->server.metrics.connections, 1);
    } else {
        if (*context) conn_remove(&h->conns, *context);
        *context = NULL;
        atomic_fetch_sub(&h->server.metrics.connections, 1);
    }
}

/* ---- start and end ---- */

/* Splits "ADDR:PORT" or "[ADDR]:PORT". */
static bool split_address(const char *listen_at, char host[256], char port[8])
{
    const char *colon = strrchr(listen_at, ':');
    size_t host_len = colon ? (size_t)(colon - listen_at) : 0;
    if (!colon || host_len > 255 || strlen(colon + 1) > 5 || !colon[1] ||
        strspn(colon + 1, "0123456789") != strlen(colon + 1))
        return false;
    bool is_bracketed = host_len > 2 && listen_at[0] == '[' && colon[-1] == ']';
    if (!is_bracketed && memchr(listen_at, ':', host_len)) return false;
    const char *from = is_bracketed ? listen_at + 1 : listen_at;
    size_t len = is_bracketed ? host_len - 2 : host_len;
    memcpy(host, from, len);
    host[len] = 0;
    strcpy(port, colon + 1);
    return len > 0 && atoi(port) < 65536;
}

static void name_address(struct http *h, int fd)
{
    struct sockaddr_storage at;
    socklen_t len = sizeof at;
    char host[100] = "?", port[8] = "?";
    if (getsockname(fd, (struct sockaddr *)&at, &len) == 0)
        getnameinfo((struct sockaddr *)&at, len, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV);
    const char *form = strchr(host, ':') ? "http://[%s]:%s/" : "http://%s:%s/";
    snprintf(h->address, sizeof h->address, form, host, port);
}

static int listen_on(const struct addrinfo *at)
{
    int on = 1, off = 0;
    int fd = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (at->ai_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static enum hf_status open_socket(struct http *h, const char *listen_at, int *fd,
                                  struct hf_error *err)
{
    char host[256], port[8];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *at = NULL;
    *fd = -1;
    if (!split_address(listen_at, host, port))
        return hf_fail(
            err, HF_BAD_ARGUMENT,
            "--listen %s: skriv ADRESSE:PORT, som 127.0.0.1:8080 eller [::1]:8080",
            listen_at);
    int code = getaddrinfo(host, port, &hints, &at);
    if (code)
        return hf_fail(err, HF_BAD_ARGUMENT, "--listen %s: %s", listen_at,
                       gai_strerror(code));
    *fd = listen_on(at);
    freeaddrinfo(at);
    if (*fd < 0)
        return hf_fail(err, HF_IO, "--listen %s: %s", listen_at, strerror(errno));
    name_address(h, *fd);
    return HF_OK;
}

static void allow_many_files(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    rlim_t want = 4 * MAX_CONNECTIONS;
    if (limit.rlim_cur >= want) return;
    limit.rlim_cur = limit.rlim_max < want ? limit.rlim_max : want;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

static enum hf_status start_daemon(struct http *h, int fd, unsigned threads,
                                   struct hf_error *err)
{
    struct MHD_OptionItem more[] = {
        {MHD_OPTION_LISTEN_SOCKET, fd, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, MAX_CONNECTIONS, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_PER_CONNECTION, NULL},
        {threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, threads, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    h->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL,
                                 NULL, handle, h, MHD_OPTION_URI_LOG_CALLBACK, begin, h,
                                 MHD_OPTION_NOTIFY_COMPLETED, end, h,
                                 MHD_OPTION_NOTIFY_CONNECTION, connection, h,
                                 MHD_OPTION_ARRAY, more, MHD_OPTION_END);
    return h->daemon ? HF_OK : hf_fail(err, HF_IO, "HTTP: %s", strerror(errno));
}

enum hf_status http_start(struct engine *e, const struct http_options *o,
                          struct http **out, struct hf_error *err)
{
    int fd;
    struct http *h = hf_xcalloc(1, sizeof *h);
    *out = NULL;
    h->server.engine = e;
    h->server.session = thread_session;
    h->server.templates = o->templates;
    h->server.public_url = o->public_url;
    if (o->rate_limit) h->server.limit = limit_new(o->rate_limit);
    h->log_queries = o->log_queries;
    atomic_init(&h->is_draining, false);
    metrics_init(&h->server.metrics);
    pthread_mutex_init(&h->server.lock, NULL);
    pthread_key_create(&h->session_key, close_session);
    conn_table_init(&h->conns);
    http_serves(h, NULL);
    assets_init();
    allow_many_files();
    enum hf_status status = open_socket(h, o->listen, &fd, err);
    if (status == HF_OK) status = start_daemon(h, fd, o->threads, err);
    if (status == HF_OK) {
        *out = h;
        return HF_OK;
    }
    if (fd >= 0) close(fd);
    conn_table_release(&h->conns);
    pthread_key_delete(h->session_key);
    pthread_mutex_destroy(&h->server.lock);
    limit_free(h->server.limit);
    free(h);
    return status;
}

const char *http_address(const struct http *h)
{
    return h->address;
}

void http_sweep(struct http *h)
{
    atomic_fetch_add(&h->server.metrics.swept, conn_sweep(&h->conns));
}

void http_serves(struct http *h, const char *refused)
{
    struct server *s = &h->server;
    pthread_mutex_lock(&s->lock);
    s->generation = engine_generation(s->engine);
    snprintf(s->updated, sizeof s->updated, "%s", engine_updated(s->engine));
    snprintf(s->refused, sizeof s->refused, "%s", refused ? refused : "");
    pthread_mutex_unlock(&s->lock);
}

void http_stop(struct http *h)
{
    const struct timespec pause = {0, 20 * 1000000};
    int fd = MHD_quiesce_daemon(h->daemon);
    if (fd >= 0) close(fd);
    atomic_store(&h->is_draining, true);
    int64_t began = conn_now_ms(), age = 0;
    while (conn_drain(&h->conns, BEGIN_MS - age) && age < DRAIN_MS) {
        nanosleep(&pause, NULL);
        age = conn_now_ms() - began;
    }
    MHD_stop_daemon(h->daemon); /* its threads end: each closes its session */
    conn_table_release(&h->conns);
    pthread_key_delete(h->session_key);
    pthread_mutex_destroy(&h->server.lock);
    limit_free(h->server.limit);
    free(h);
}
