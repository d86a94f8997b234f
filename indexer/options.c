#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char options_usage[] =
    "Bruk: hfsok-indexer [--index MAPPE] [--rebuild] [--records] "
    "[--stop-after=text|records|terms]\n"
    "                    [--report FIL] [--jobs N] [--quiet] [--require-sandbox] STI…\n"
    "\n"
    "Leser referater fra filer og mapper og legger dem i søkeindeksen.\n"
    "  --index MAPPE       indeksen; ellers $HFSOK_INDEX, ellers ./index\n"
    "  --rebuild           bygg indeksen fra grunnen av, etter innholdet i alle filer\n"
    "  --records           skriv postene som JSON, én på hver linje, og indekser ikke\n"
    "  --stop-after=TRINN  stans etter text, records eller terms og skriv det som er "
    "lest\n"
    "  --report FIL        skriv rapporten for kjøringen som JSON\n"
    "  --jobs N            så mange filer samtidig (ellers én for hver kjerne)\n"
    "  --quiet             skriv bare feil\n"
    "  --require-sandbox   nekt å lese filer dersom vernet rundt omformerne mangler\n"
    "  --data MAPPE        ordlistene (ellers stopwords/ ved siden av programmet)\n"
    "\n"
    "Utgang: 0 alt lest · 1 noen dokumenter kunne ikke leses · 2 feil bruk ·\n"
    "        3 indeksen kan ikke åpnes eller skrives · 4 låst av en annen kjøring · 5 "
    "annen versjon\n";

enum {
    OPT_INDEX = 256,
    OPT_REBUILD,
    OPT_RECORDS,
    OPT_STOP,
    OPT_REPORT,
    OPT_JOBS,
    OPT_QUIET,
    OPT_SANDBOX,
    OPT_DATA,
    OPT_HELP,
    OPT_VERSION
};

static const struct option table[] = {
    {"index", required_argument, NULL, OPT_INDEX},
    {"rebuild", no_argument, NULL, OPT_REBUILD},
    {"records", no_argument, NULL, OPT_RECORDS},
    {"stop-after", required_argument, NULL, OPT_STOP},
    {"report", required_argument, NULL, OPT_REPORT},
    {"jobs", required_argument, NULL, OPT_JOBS},
    {"quiet", no_argument, NULL, OPT_QUIET},
    {"require-sandbox", no_argument, NULL, OPT_SANDBOX},
    {"data", required_argument, NULL, OPT_DATA},
    {"help", no_argument, NULL, OPT_HELP},
    {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

static enum hf_status read_stop(struct options *o, const char *value,
                                struct hf_error *err)
{
    static const char *const names[] = {"", "text", "records", "terms"};
    for (int i = STOP_TEXT; i <= STOP_TERMS; i++) {
        if (strcmp(names[i], value)) continue;
        o->stop = (enum stop_after)i;
        return HF_OK;
    }
    return hf_fail(err, HF_BAD_ARGUMENT,
                   "--stop-after tar text, records eller terms, ikke «%s»", value);
}

static enum hf_status read_jobs(struct options *o, const char *value,
                                struct hf_error *err)
{
    char *end;
    long n = strtol(value, &end, 10);
    if (end == value || *end || n < 1 || n > 256)
        return hf_fail(err, HF_BAD_ARGUMENT,
                       "--jobs tar et tall fra 1 til 256, ikke «%s»", value);
    o->jobs = (int)n;
    return HF_OK;
}

static enum hf_status read_option(struct options *o, int opt, struct hf_error *err)
{
    switch (opt) {
    case OPT_INDEX: o->index_dir = optarg; break;
    case OPT_REBUILD: o->rebuild = true; break;
    case OPT_RECORDS: o->stop = STOP_RECORDS; break;
    case OPT_STOP: return read_stop(o, optarg, err);
    case OPT_REPORT: o->report = optarg; break;
    case OPT_JOBS: return read_jobs(o, optarg, err);
    case OPT_QUIET: o->quiet = true; break;
    case OPT_SANDBOX: o->require_sandbox = true; break;
    case OPT_DATA: o->data_dir = optarg; break;
    case OPT_HELP: o->help = true; break;
    case OPT_VERSION: o->version = true; break;
    default: return HF_BAD_ARGUMENT;
    }
    return HF_OK;
}

static bool has_lists(const char *dir)
{
    char path[5000];
    snprintf(path, sizeof path, "%s/registry.json", dir);
    return !access(path, R_OK);
}

/* The word lists are made beside the program, stand beside the sources, or are installed.
 */
static void find_data(struct options *o)
{
    static const char *const places[] = {"data", "../stopwords", "../share/hfsok"};
    char self[3072];
    const char *env = getenv("HFSOK_DATA");
    if (o->data_dir) return;
    o->data_dir = o->found_data;
    if (env && *env) {
        snprintf(o->found_data, sizeof o->found_data, "%s", env);
        return;
    }
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    self[n > 0 ? n : 0] = 0;
    char *slash = strrchr(self, '/');
    if (slash) *slash = 0;
    for (size_t i = 0; slash && i < sizeof places / sizeof *places; i++) {
        snprintf(o->found_data, sizeof o->found_data, "%s/%s", self, places[i]);
        if (has_lists(o->found_data)) return;
    }
    snprintf(o->found_data, sizeof o->found_data, "%s", HFSOK_DATADIR);
}

enum hf_status options_parse(struct options *o, int argc, char **argv,
                             struct hf_error *err)
{
    memset(o, 0, sizeof *o);
    const char *env = getenv("HFSOK_INDEX");
    o->index_dir = env && *env ? env : "./index";
    opterr = 0;
    optind = 1;
    for (int opt; (opt = getopt_long(argc, argv, ":", table, NULL)) != -1;) {
        if (opt == ':')
            return hf_fail(err, HF_BAD_ARGUMENT, "valget %s mangler en verdi",
                           argv[optind - 1]);
        if (opt == '?')
            return hf_fail(err, HF_BAD_ARGUMENT, "ukjent valg: %s", argv[optind - 1]);
        enum hf_status status = read_option(o, opt, err);
        if (status != HF_OK) return status;
    }
    o->paths = argv + optind;
    o->n_paths = (size_t)(argc - optind);
    if (!o->n_paths && !o->help && !o->version)
        return hf_fail(err, HF_BAD_ARGUMENT, "ingen filer eller mapper er oppgitt");
    find_data(o);
    return HF_OK;
}

void options_release(struct options *o)
{
    memset(o, 0, sizeof *o);
}
