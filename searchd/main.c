/* hfsok-searchd: serves an index over HTTP. */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "answer.h"
#include "http.h"
#include "http_log.h"
#include "problem.h"
#include "routes.h"
#include "view.h"

struct options {
    const char *index;
    struct http_options http;
};

static const char usage[] =
    "Bruk: hfsok-searchd [--index MAPPE] [--listen ADRESSE:PORT] [--threads N] "
    "[--log-queries]\n"
    "                     [--public-url URL] [--rate-limit N]\n"
    "\n"
    "Svarer på søk over HTTP: API-et står i /openapi.json, sidene er / og /sok.\n"
    "\n"
    "  --index MAPPE          indeksen; ellers $HFSOK_INDEX, ellers ./index\n"
    "  --listen ADRESSE:PORT  IPv4 eller [IPv6]; port 0 velger en ledig "
    "(127.0.0.1:8080)\n"
    "  --threads N            arbeidstråder, 1 til 64 (antall kjerner)\n"
    "  --log-queries          skriv også det folk søker på i loggen\n"
    "  --public-url URL       adressen som leserne når tjenesten på, som "
    "https://sok.eksempel.no;\n"
    "                         ellers den de spurte på (Host, X-Forwarded-Proto)\n"
    "  --rate-limit N         så mye som én adresse kan spørre i minuttet, 30 til "
    "1000000 poeng (ingen grense):\n"
    "                         en post 1, et søk 2, dekning 5, sammenligning 10, en "
    "eksport 22;\n"
    "                         bak en proxy på samme maskin gjelder X-Forwarded-For\n"
    "  --help, --version\n"
    "\n"
    "SIGHUP leser indeksen på nytt, SIGTERM slutter pent. Utgangskoder: 0 sluttet, 2 "
    "bruk, 3 ingen\n"
    "indeks eller adressen er opptatt, 4 låst, 5 indeks av annen versjon, 6 skadet "
    "indeks.\n";

static unsigned cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 64 ? 64 : (unsigned)n;
}

static bool is_web_address(const char *url)
{
    size_t scheme = !strncmp(url, "https://", 8)  ? 8
                    : !strncmp(url, "http://", 7) ? 7
                                                  : 0;
    size_t len = strlen(url);
    return scheme && len > scheme && len < 400 && url[len - 1] != '/' &&
           !strpbrk(url, " \"<>\\^`{|}?#");
}

static bool read_number(const char *option, const char *text, unsigned min, unsigned max,
                        unsigned *out)
{
    char *end;
    unsigned long n = strtoul(text, &end, 10);
    *out = (unsigned)n;
    if (!*end && *text >= '0' && *text <= '9' && n >= min && n <= max) return true;
    fprintf(stderr, "hfsok-searchd: %s %s: et tall fra %u til %u\n", option, text, min,
            max);
    return false;
}

/* -1: go on; else the exit code. */
static int read_options(int argc, char **argv, struct options *o)
{
    static const struct option longs[] = {
        {"index", required_argument, NULL, 'i'},
        {"listen", required_argument, NULL, 'l'},
        {"threads", required_argument, NULL, 't'},
        {"log-queries", no_argument, NULL, 'q'},
        {"public-url", required_argument, NULL, 'u'},
        {"rate-limit", required_argument, NULL, 'r'},
        {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'v'},
        {NULL, 0, NULL, 0},
    };
    int c;
    while ((c = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
        switch (c) {
        case 'i': o->index = optarg; break;
        case 'l': o->http.listen = optarg; break;
        case 'u':
            if (!is_web_address(optarg)) {
                fprintf(stderr,
                        "hfsok-searchd: --public-url %s: en adresse som "
                        "https://sok.eksempel.no, uten / til slutt\n",
                        optarg);
                return 2;
            }
            o->http.public_url = optarg;
            break;
        case 'q': o->http.log_queries = true; break;
        case 'h': return fputs(usage, stdout), 0;
        case 'v': return puts("hfsok-searchd " HFSOK_VERSION), 0;
        case 't':
            if (!read_number("--threads", optarg, 1, 64, &o->http.threads)) return 2;
            break;
        case 'r':
            if (!read_number("--rate-limit", optarg, 30, 1000000, &o->http.rate_limit))
                return 2;
            break;
        default: return fputs(usage, stderr), 2;
        }
    }
    if (optind < argc) {
        fprintf(stderr, "hfsok-searchd: %s: ukjent argument\n%s", argv[optind], usage);
        return 2;
    }
    return -1;
}

static int fail(const struct hf_error *err)
{
    fprintf(stderr, "hfsok-searchd: %s\n", err->text);
    return problem_exit(err->status);
}

/* Looks for a new generation; what is new is said once. */
static void refresh(struct engine *e, struct http *h, char last[256])
{
    struct hf_error err = {HF_OK, ""};
    unsigned before = engine_generation(e);
    if (engine_refresh(e, &err) == HF_OK) {
        char text[24];
        bool is_new = engine_generation(e) != before;
        if (is_new || *last) http_serves(h, NULL);
        *last = 0;
        snprintf(text, sizeof text, "%u", engine_generation(e));
        if (is_new) http_log_event("generation", text);
        return;
    }
    if (strncmp(last, err.text, 255) == 0) return;
    snprintf(last, 256, "%.255s", err.text);
    http_serves(h, last);
    http_log_event("refused", last);
}

/* Runs until SIGTERM or SIGINT. */
static void serve(struct engine *e, struct http *h, const sigset_t *signals)
{
    const struct timespec tick = {1, 0};
    char last[256] = "";
    for (;;) {
        int sig = sigtimedwait(signals, NULL, &tick);
        if (sig == SIGTERM || sig == SIGINT) return;
        http_sweep(h);
        refresh(e, h, last);
    }
}

int main(int argc, char **argv)
{
    struct options o = {.http = {.listen = "127.0.0.1:8080", .threads = cores()}};
    struct hf_error err;
    struct engine *e;
    struct hf_templates *templates;
    struct http *h;
    sigset_t signals;
    o.index = getenv("HFSOK_INDEX");
    if (!o.index || !*o.index) o.index = "index";
    int code = read_options(argc, argv, &o);
    if (code >= 0) return code;

    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* the worker threads inherit it */
    signal(SIGPIPE, SIG_IGN);
    json_object_seed(0);

    if (engine_open(o.index, NULL, &e, &err) != HF_OK) return fail(&err);
    enum hf_status status = view_templates(NULL, &templates, &err);
    o.http.templates = templates;
    if (status == HF_OK) status = http_start(e, &o.http, &h, &err);
    if (status != HF_OK) {
        hf_templates_close(templates);
        engine_close(e);
        return fail(&err);
    }
    printf("hfsok-searchd: serverer %s (generasjon %u, %s) på %s\n", o.index,
           engine_generation(e), engine_updated(e), http_address(h));
    fflush(stdout);
    serve(e, h, &signals);
    http_stop(h);
    hf_templates_close(templates);
    engine_close(e);
    return 0;
}
