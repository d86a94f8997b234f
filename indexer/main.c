/* hfsok-indexer: files and folders → records or index. Arguments, messages and exit codes
 * only. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../shim/map.h"
#include "../shim/utf8.h"
#include "extract_child.h"
#include "read.h"
#include "report.h"
#include "run.h"
#include "sandbox.h"

enum {
    EXIT_SOME_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_INDEX = 3,
    EXIT_LOCKED = 4,
    EXIT_SCHEMA = 5
};

static const char *const kind_names[] = {"avsnitt", "overskrift", "punkt", "rad"};

static void print_text(const struct source *s, const struct text_doc *doc)
{
    printf("== %s (%s, %d sider, %zu linjer)\n", s->path, doc->media_type, doc->n_pages,
           doc->n_lines);
    for (size_t i = 0; i < doc->n_lines; i++) {
        const struct text_line *l = &doc->lines[i];
        printf("%d:%d\t%s", l->page, l->line, kind_names[l->kind]);
        if (l->level) printf(" nivå %d", l->level);
        if (l->table) printf(" tabell %d", l->table);
        if (l->indent) printf(" innrykk %d", l->indent);
        if (l->blank_before) printf(" etter %d blanke", l->blank_before);
        putchar('\n');
        for (size_t k = 0; k < l->n_cells; k++) {
            const struct text_cell *c = &l->cells[k];
            printf("\t[%d] ", c->grid_column);
            for (size_t b = 0; b < c->len; b++) {
                if (c->text[b] == '\n')
                    fputs("⏎", stdout);
                else
                    putchar(c->text[b]);
            }
            for (size_t b = 0; b < c->n_spans; b++)
                printf("  {%s %zu-%zu}", c->spans[b].is_bold ? "fet" : "kursiv",
                       c->spans[b].start, c->spans[b].end);
            putchar('\n');
        }
    }
}

static void report_text(json_t *documents, const struct source *s,
                        const struct text_doc *doc)
{
    if (!documents) return;
    json_t *d = report_document(s->path, "read", NULL, NULL);
    json_object_set_new(d, "media_type", json_string(doc->media_type));
    json_object_set_new(d, "text_layer", json_string(doc->text_layer));
    json_array_append_new(documents, d);
}

static void run_text(struct sources *list, struct run_counts *counts)
{
    for (size_t i = 0; i < list->n; i++) {
        struct text_doc doc;
        char sha256[65];
        struct hf_error err = {HF_OK, ""};
        if (read_text(&list->at[i], NULL, &doc, sha256, &err) == HF_OK) {
            print_text(&list->at[i], &doc);
            counts->read++;
            report_text(counts->documents, &list->at[i], &doc);
        } else {
            sources_fail(list, list->at[i].path, err.text);
        }
        text_doc_release(&doc);
    }
}

static enum hf_status run_records(const struct options *o,
                                  const struct minutes_cues *cues, struct sources *list,
                                  struct run_counts *counts, struct hf_error *err)
{
    struct hf_lexicon *lex;
    enum hf_status status = hf_lexicon_open(o->data_dir, &lex, err);
    if (status != HF_OK) return HF_IO;
    json_t **records = hf_xcalloc(list->n, sizeof *records);
    size_t failed = list->n_failures;
    struct run_words words = {cues, lex};
    run_read(o, &words, list, records, counts);
    counts->read = list->n - (list->n_failures - failed);
    counts->doubles = counts->read;
    for (size_t i = 0; i < list->n; i++) {
        size_t k;
        json_t *r;
        if (!records[i]) continue;
        counts->doubles--;
        run_count(counts, records[i]);
        json_array_foreach(records[i], k, r)
        {
            json_dumpf(r, stdout, JSON_COMPACT);
            putchar('\n');
        }
        json_decref(records[i]);
    }
    free(records);
    hf_lexicon_close(lex);
    return HF_OK;
}

static void print_summary(const struct options *o, const struct sources *list,
                          const struct run_counts *n)
{
    struct hf_buf line = HF_BUF_INIT;
    for (size_t i = 0; i < list->n_failures; i++) {
        hf_buf_clear(&line);
        hf_utf8_show(&line, list->failures[i].path, true);
        fprintf(stderr, "hfsok-indexer: %s: %s\n", line.data, list->failures[i].reason);
    }
    hf_buf_release(&line);
    if (o->quiet) return;
    fprintf(stderr, "%zu dokumenter lest, %zu uendret, %zu feilet", n->read, n->unchanged,
            list->n_failures);
    if (n->doubles) fprintf(stderr, ", %zu er samme møte i et annet format", n->doubles);
    fprintf(stderr, ": %zu møter, %zu saker, %zu vedtak, %zu deltakere\n", n->meetings,
            n->cases, n->decisions, n->attendees);
}

static json_t *report_sandbox(void)
{
    bool known;
    unsigned missing = extract_child_missing(&known);
    return json_pack("{s:b,s:b,s:b}", "namespaces",
                     known && !(missing & SANDBOX_NAMESPACES), "landlock",
                     known && !(missing & SANDBOX_LANDLOCK), "seccomp",
                     known && !(missing & SANDBOX_SECCOMP));
}

/* Adds the failures that have no entry yet: an index run makes one where something of the
 * document is still indexed. */
static void report_failures(const struct sources *list, json_t *documents)
{
    struct hf_map told = {NULL, 0, 0};
    size_t i;
    json_t *d;
    json_array_foreach(documents, i, d)
    {
        const char *path = json_string_value(json_object_get(d, "source"));
        hf_map_put(&told, path, strlen(path), d);
    }
    for (i = 0; i < list->n_failures; i++) {
        const struct source_failure *f = &list->failures[i];
        if (!hf_map_get(&told, f->path, strlen(f->path)))
            json_array_append_new(documents,
                                  report_document(f->path, "failed", NULL, f->reason));
    }
    hf_map_release(&told);
    report_sort(documents);
}

static int write_report(const struct options *o, const struct sources *list,
                        const struct run_counts *n)
{
    if (!o->report) return 0;
    json_t *failures = json_array();
    for (size_t i = 0; i < list->n_failures; i++)
        json_array_append_new(failures,
                              json_pack("{s:s+,s:s}", "source", list->failures[i].path,
                                        "", "reason", list->failures[i].reason));
    json_t *report =
        json_pack("{s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:o}", "read", (json_int_t)n->read,
                  "unchanged", (json_int_t)n->unchanged, "doubles",
                  (json_int_t)n->doubles, "meetings", (json_int_t)n->meetings, "cases",
                  (json_int_t)n->cases, "decisions", (json_int_t)n->decisions,
                  "attendees", (json_int_t)n->attendees, "failures", failures);
    report_failures(list, n->documents);
    json_object_set(report, "documents", n->documents);
    if (extract_child_was_used())
        json_object_set_new(report, "sandbox", report_sandbox());
    int failed = json_dump_file(report, o->report, JSON_INDENT(1));
    if (failed)
        fprintf(stderr, "hfsok-indexer: rapporten %s kan ikke skrives\n", o->report);
    json_decref(report);
    return failed;
}

/* With --require-sandbox a run is refused where the kernel lacks a part of the sandbox.
 */
static enum hf_status require_sandbox(struct hf_error *err)
{
    char text[128];
    bool known;
    unsigned missing = extract_child_missing(&known);
    if (!known)
        return hf_fail(err, HF_BAD_ARGUMENT,
                       "vernet rundt omformerne kan ikke settes opp");
    if (missing)
        return hf_fail(err, HF_BAD_ARGUMENT, "vernet rundt omformerne mangler: %s",
                       sandbox_missing_text(missing, text, sizeof text));
    return HF_OK;
}

/* Otherwise it goes on with the rest, and that is said once. */
static void tell_sandbox(void)
{
    char text[128];
    bool known;
    unsigned missing = extract_child_was_used() ? extract_child_missing(&known) : 0;
    if (missing)
        fprintf(stderr,
                "hfsok-indexer: kjernen mangler dette av vernet rundt omformerne: %s\n",
                sandbox_missing_text(missing, text, sizeof text));
}

static int exit_code(enum hf_status status, const struct sources *list)
{
    switch (status) {
    case HF_OK: return list->n_failures ? EXIT_SOME_FAILED : 0;
    case HF_BAD_ARGUMENT: return EXIT_USAGE;
    case HF_LOCKED: return EXIT_LOCKED;
    case HF_SCHEMA: return EXIT_SCHEMA;
    default: return EXIT_INDEX;
    }
}

static int run(const struct options *o)
{
    struct minutes_cues *cues = NULL;
    struct sources list = {0};
    struct run_counts counts = {0};
    struct hf_error err = {HF_OK, ""};
    enum hf_status status = minutes_cues_open(o->data_dir, &cues, &err);
    if (o->report) counts.documents = json_array();
    if (status != HF_OK) {
        status = HF_IO;
        goto out;
    }
    if (o->require_sandbox && (status = require_sandbox(&err)) != HF_OK) goto out;
    for (size_t i = 0; i < o->n_paths; i++) walk(&list, o->paths[i]);
    sources_sort(&list);
    if (o->stop == STOP_TEXT)
        run_text(&list, &counts);
    else if (o->stop == STOP_RECORDS)
        status = run_records(o, cues, &list, &counts, &err);
    else
        status = index_run(o, cues, &list, &counts, &err);
    if (fflush(stdout)) status = hf_fail(&err, HF_IO, "resultatet kan ikke skrives");
    print_summary(o, &list, &counts);
    tell_sandbox();
    if (write_report(o, &list, &counts) && status == HF_OK)
        status = hf_fail(&err, HF_IO, "rapporten mangler");
out:
    if (status != HF_OK) fprintf(stderr, "hfsok-indexer: %s\n", err.text);
    int code = exit_code(status, &list);
    sources_release(&list);
    json_decref(counts.documents);
    extract_child_close();
    minutes_cues_close(cues);
    return code;
}

int main(int argc, char **argv)
{
    struct options o;
    struct hf_error err = {HF_OK, ""};
    int code = 0;
    if (argc == 2 && !strcmp(argv[1], "--extract-server")) _exit(extract_server_run(3));
    json_object_seed(1);
    if (options_parse(&o, argc, argv, &err) != HF_OK) {
        fprintf(stderr, "hfsok-indexer: %s\n%s", err.text, options_usage);
        code = EXIT_USAGE;
    } else if (o.help) {
        fputs(options_usage, stdout);
    } else if (o.version) {
        printf("hfsok-indexer, poster versjon %d, leser versjon %d\n", HF_RECORD_SCHEMA,
               HF_READER_VERSION);
    } else {
        code = run(&o);
    }
    options_release(&o);
    return code;
}
