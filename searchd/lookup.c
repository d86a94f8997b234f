/* hfsok: the command line, over an index here or a server elsewhere. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lookup_place.h"
#include "problem.h"
#include "render_chain.h"
#include "render_coverage.h"
#include "render_figures.h"
#include "render_json.h"
#include "render_text_over.h"
#include "routes.h"

enum { DEFAULT_WIDTH = 80, MAX_WIDTH = 110, MIN_WIDTH = 30 };

/* ---- output ---- */

static size_t terminal_width(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    long n = columns ? strtol(columns, NULL, 10) : 0;
    if (n <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) n = size.ws_col;
    if (n <= 0) n = DEFAULT_WIDTH;
    return n > MAX_WIDTH ? MAX_WIDTH : n < MIN_WIDTH ? MIN_WIDTH : (size_t)n;
}

static bool wants_colour(enum lookup_colour colour)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    if (colour != COLOUR_AUTO) return colour == COLOUR_ALWAYS;
    return isatty(STDOUT_FILENO) && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

static bool is_longer_than_screen(const struct hf_buf *text)
{
    struct winsize size;
    size_t lines = 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_row) return false;
    for (const char *s = text->data; (s = strchr(s, '\n')); s++) lines++;
    return lines >= size.ws_row;
}

/* Through $PAGER, where stdout is a terminal and the text does not fit. False: not done.
 */
static bool page_through(const struct hf_buf *text)
{
    const char *pager = getenv("PAGER");
    if (!pager || !*pager || strcmp(pager, "cat") == 0 || !isatty(STDOUT_FILENO) ||
        !is_longer_than_screen(text))
        return false;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[0], STDIN_FILENO);
        setenv("LESS", "FRX", 0);
        execl("/bin/sh", "sh", "-c", pager, (char *)NULL);
        _exit(127);
    }
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN); /* the reader may quit before the end */
    for (size_t at = 0; child > 0 && at < text->len;) {
        ssize_t n = write(ends[1], text->data + at, text->len - at);
        if (n <= 0) break;
        at += (size_t)n;
    }
    close(ends[1]);
    int status = -1;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return child > 0 && !(WIFEXITED(status) && WEXITSTATUS(status) == 127);
}

/* 0, or 3 where the output cannot be written. */
static int put_out(const struct hf_buf *text)
{
    if (fwrite(text->data, 1, text->len, stdout) == text->len && fflush(stdout) == 0)
        return 0;
    fprintf(stderr, "hfsok: stdout: %s\n", strerror(errno));
    return 3;
}

static int put_text(const struct lookup_options *o, const json_t *answer)
{
    struct text_style style = {terminal_width(), wants_colour(o->colour), o->p.lang};
    struct hf_buf out = HF_BUF_INIT, notes = HF_BUF_INIT;
    int code = 0;
    switch (o->command) {
    case COMMAND_SHOW: render_text_record(&style, answer, &out); break;
    case COMMAND_CHAIN: render_text_chain(&style, answer, &out); break;
    case COMMAND_FACETS: render_text_facets(&style, answer, &out); break;
    case COMMAND_COVERAGE: render_coverage_text(&style, answer, &out); break;
    case COMMAND_PERSON: render_text_person(&style, answer, &out); break;
    case COMMAND_COMPARE: render_text_compare(&style, answer, &out); break;
    case COMMAND_TIMELINE: render_text_timeline(&style, answer, &out); break;
    case COMMAND_EXPLAIN: render_text_outline(&style, answer, &out); break;
    default:
        if (json_array_size(json_object_get(answer, "hits")))
            render_text_search(&style, answer, &out);
        style.colour = style.colour && isatty(STDERR_FILENO);
        render_text_notes(&style, answer, &notes);
    }
    if (!page_through(&out)) code = put_out(&out);
    fputs(notes.data, stderr);
    hf_buf_release(&out);
    hf_buf_release(&notes);
    return code;
}

/* The hits with only the fields that were asked for. */
static void pick_fields(const struct render_columns *columns, json_t *answer)
{
    size_t i;
    json_t *hit, *hits = json_object_get(answer, "hits");
    if (columns->is_default) return;
    json_array_foreach(hits, i, hit)
        json_array_set_new(hits, i, render_columns_pick(columns, hit));
}

static int put_answer(const struct lookup_options *o,
                      const struct render_columns *columns, json_t *answer)
{
    struct hf_buf out = HF_BUF_INIT;
    if (o->format == FORMAT_TEXT) return put_text(o, answer);
    if (o->command == COMMAND_SEARCH) pick_fields(columns, answer);
    if (o->format == FORMAT_JSON)
        render_json(answer, &out);
    else if (o->command == COMMAND_TIMELINE)
        render_timeline_table(o->format, answer, &out);
    else
        render_coverage_table(o->format, answer, &out);
    int code = put_out(&out);
    hf_buf_release(&out);
    return code;
}

/* ---- commands ---- */

static int fail(const struct hf_error *err)
{
    fprintf(stderr, "hfsok: %s\n", err->text);
    return problem_exit(err->status);
}

static void analyse_line(struct place *at, const char *text, size_t len)
{
    struct analyse_options how = {at->o->is_query, at->o->is_damaged};
    struct hf_buf line = HF_BUF_INIT;
    answer_analyse(at->session, &how, text, len, &line);
    hf_buf_addc(&line, '\n');
    fwrite(line.data, 1, line.len, stdout);
    hf_buf_release(&line);
}

static int analyse(struct place *at)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    for (size_t i = 0; i < at->o->n_words; i++)
        analyse_line(at, at->o->words[i], strlen(at->o->words[i]));
    while (!at->o->n_words && (n = getline(&line, &cap, stdin)) >= 0) {
        while (n && (line[n - 1] == '\n' || line[n - 1] == '\r')) n--;
        analyse_line(at, line, (size_t)n);
    }
    free(line);
    if (fflush(stdout) == 0 && !ferror(stdout)) return 0;
    fprintf(stderr, "hfsok: stdout: %s\n", strerror(errno));
    return 3;
}

/* 1 where the answer is that there is nothing. */
static int found_nothing(const struct lookup_options *o, const json_t *answer)
{
    bool counts = o->command == COMMAND_SEARCH || o->command == COMMAND_FACETS ||
                  o->command == COMMAND_COMPARE || o->command == COMMAND_TIMELINE ||
                  o->command == COMMAND_COVERAGE;
    if (o->command == COMMAND_COVERAGE) answer = json_object_get(answer, "totals");
    const char *name = o->command == COMMAND_COVERAGE ? "meetings" : "total";
    return counts && json_integer_value(json_object_get(answer, name)) == 0;
}

static int answer(struct place *at, const struct render_columns *columns)
{
    struct hf_error err = {HF_INTERNAL, ""};
    json_t *doc = NULL;
    if (place_ask(at, &doc, &err) != HF_OK) return fail(&err);
    int nothing = found_nothing(at->o, doc);
    int code = put_answer(at->o, columns, doc);
    json_decref(doc);
    return code ? code : nothing;
}

static int table(struct place *at, const struct render_columns *columns)
{
    struct hf_error err = {HF_INTERNAL, ""};
    size_t n;
    return place_table(at, columns, &n, &err) == HF_OK ? n == 0 : fail(&err);
}

static int run(const struct lookup_options *o)
{
    struct hf_error err = {HF_INTERNAL, ""};
    struct place at;
    struct render_columns columns;
    bool is_table = o->command == COMMAND_SEARCH && o->format != FORMAT_TEXT &&
                    o->format != FORMAT_JSON;
    int code;
    if (render_columns_parse(&columns, o->fields, o->p.lang, &err) != HF_OK)
        return fail(&err);
    if (place_open(&at, o, &err) != HF_OK)
        code = fail(&err);
    else if (o->command == COMMAND_ANALYSE)
        code = analyse(&at);
    else
        code = is_table ? table(&at, &columns) : answer(&at, &columns);
    place_close(&at);
    return code;
}

int main(int argc, char **argv)
{
    struct lookup_options o;
    struct hf_error err = {HF_INTERNAL, ""};
    int code = 0;
    json_object_seed(0);
    if (lookup_options_read(&o, argc, argv, &err) != HF_OK) {
        code = fail(&err);
    } else if (o.command == COMMAND_HELP) {
        struct hf_buf help = HF_BUF_INIT;
        lookup_help(&help);
        code = put_out(&help);
        hf_buf_release(&help);
    } else if (o.command == COMMAND_VERSION) {
        puts("hfsok " HFSOK_VERSION);
    } else {
        code = run(&o);
    }
    lookup_options_release(&o);
    return code;
}
