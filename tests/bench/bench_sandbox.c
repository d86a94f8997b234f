/* What the sandbox costs a file: the same documents read in a child and in the program itself, by turns; the median of the
 * differences is not disturbed by what else the machine does.
 *
 *     bench_sandbox FILE... */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../../indexer/extract_child.h"

#define ROUNDS 200

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double read_once(const struct hf_buf *b, bool in_child)
{
    struct text_doc doc;
    struct hf_error err;
    double start = now_ms();
    text_doc_init(&doc);
    enum sniff_kind kind = sniff(b->data, b->len);
    enum hf_status status = in_child ? extract_in_child(kind, b->data, b->len, &doc, &err)
                                     : extract_by_kind(kind, b->data, b->len, &doc, &err);
    double took = now_ms() - start;
    text_doc_release(&doc);
    if (status == HF_OK) return took;
    fprintf(stderr, "%s\n", err.text);
    exit(1);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *at)
{
    qsort(at, ROUNDS, sizeof *at, by_value);
    return at[ROUNDS / 2];
}

int main(int argc, char **argv)
{
    if (argc == 2 && argv[1][0] == '-') return extract_server_run(3); /* as the program itself is started */
    for (int i = 1; i < argc; i++) {
        struct hf_buf b = HF_BUF_INIT;
        struct hf_error err;
        double child[ROUNDS], own[ROUNDS], more[ROUNDS];
        if (hf_buf_read_file(&b, argv[i], (size_t)50 << 20, &err) != HF_OK) return 1;
        for (int k = 0; k < ROUNDS; k++) {
            child[k] = read_once(&b, true);
            own[k] = read_once(&b, false);
            more[k] = child[k] - own[k];
        }
        double cost = median(more);
        printf("sandbox: %.2f ms a file more (%.2f instead of %.2f)  %s\n", cost, median(child), median(own), argv[i]);
        hf_buf_release(&b);
    }
    extract_child_close();
    return 0;
}
