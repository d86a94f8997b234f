/* bench_query INDEX N_CASES QUERIES [ROUNDS [turn]]: asks generated questions in this
 * process, from the parameters to the bytes of the answer, and prints a line each: CPU
 * microseconds (the least of the rounds; turn: the mean of rounds of all questions, after
 * a first one), total, kind, question. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../searchd/answer.h"
#include "generate.h"

static double micros(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void set(struct params *p, const char *name, const char *value)
{
    struct hf_error err;
    if (*value && params_set(p, PARAMS_SEARCH, name, value, &err) != HF_OK)
        fprintf(stderr, "%s=%s: %s\n", name, value, err.text);
}

/* The question's total, or -1. */
static long ask(struct session *s, const struct generated_query *q)
{
    struct params p;
    struct hf_error err = {HF_OK, ""};
    json_t *head;
    struct hf_buf text = HF_BUF_INIT;
    long total = -1;
    params_init(&p);
    set(&p, "q", q->text);
    set(&p, "year", q->year);
    set(&p, "helsefellesskap", q->trust_id);
    set(&p, "region", q->region_id);
    if (answer_search_text(s, &p, &head, &text, &err) == HF_OK) {
        total = (long)json_integer_value(json_object_get(head, "total"));
        json_decref(head);
    } else {
        fprintf(stderr, "%s: %s\n", q->text, err.text);
    }
    hf_buf_release(&text);
    params_release(&p);
    return total;
}

struct log {
    const struct generator *g;
    uint32_t n, cases;
    int rounds;
};

/* Question i, timed. */
static double ask_one(struct session *s, const struct log *l, uint32_t i, long *total)
{
    struct generated_query q;
    generate_query(l->g, i, l->cases, &q);
    double start = micros();
    *total = ask(s, &q);
    return micros() - start;
}

/* Each question several times in a row: the least. */
static void ask_each(struct session *s, const struct log *l, double *used, long *total)
{
    for (uint32_t i = 0; i < l->n; i++)
        for (int r = 0; r < l->rounds; r++) {
            double now = ask_one(s, l, i, &total[i]);
            if (!r || now < used[i]) used[i] = now;
        }
}

/* All questions once, and then several times, as the daemon is asked them: the mean. */
static void ask_in_turn(struct session *s, const struct log *l, double *used, long *total)
{
    for (int r = 0; r <= l->rounds; r++)
        for (uint32_t i = 0; i < l->n; i++) {
            double now = ask_one(s, l, i, &total[i]);
            if (r) used[i] += now / l->rounds;
        }
}

int main(int argc, char **argv)
{
    struct engine *e = NULL;
    struct session *s = NULL;
    struct generator *g = NULL;
    struct hf_error err = {HF_OK, ""};
    if (argc < 4) return 2;
    uint32_t cases = (uint32_t)atol(argv[2]), n = (uint32_t)atol(argv[3]);
    int rounds = argc > 4 ? atoi(argv[4]) : 3;
    if (!generate_open("stopwords/frequencies.tsv", 1, &g)) return 1;
    if (engine_open(argv[1], NULL, &e, &err) != HF_OK ||
        session_open(e, &s, &err) != HF_OK) {
        fprintf(stderr, "bench_query: %s\n", err.text);
        return 1;
    }
    if (engine_refresh(e, &err) != HF_OK) return 1; /* as the daemon does: all is warm */
    double *used = hf_xcalloc(n, sizeof *used);
    long *total = hf_xcalloc(n, sizeof *total);
    if (argc > 5)
        ask_in_turn(s, &(struct log){g, n, cases, rounds}, used, total);
    else
        ask_each(s, &(struct log){g, n, cases, rounds}, used, total);
    for (uint32_t i = 0; i < n; i++) {
        struct generated_query q;
        generate_query(g, i, cases, &q);
        printf("%.1f\t%ld\t%s\t%s\n", used[i], total[i], q.kind, q.text);
    }
    free(used);
    free(total);
    session_close(s);
    engine_close(e);
    generate_close(g);
    return 0;
}
