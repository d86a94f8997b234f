/* bench_analyse FILE...: words a second of the whole analysis (lemmas, compounds, stems, acronyms; no repair)
 * on one core, beside Snowball alone on the same words in the same run; and what loading the word lists costs. */
#include <libstemmer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "../../shim/analyse.h"
#include "../../shim/utf8.h"

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct count {
    size_t terms, words;
    struct sb_stemmer *stemmer;
};

static int count_term(void *ctx, const struct hf_term *t)
{
    struct count *c = ctx;
    c->terms++;
    c->words += t->kind == HF_TERM_EXACT;
    return 0;
}

static int stem_word(void *ctx, const struct hf_term *t)
{
    struct count *c = ctx;
    if (t->kind != HF_TERM_EXACT) return 0;
    sb_stemmer_stem(c->stemmer, (const sb_symbol *)t->text, (int)t->len);
    c->words++;
    return 0;
}

/* The words of text, one a line, lower case: what the baseline stems. */
struct words {
    struct hf_buf text;
};
static int keep_word(void *ctx, const struct hf_term *t)
{
    struct words *w = ctx;
    if (t->kind != HF_TERM_EXACT) return 0;
    hf_buf_add(&w->text, t->text, t->len);
    hf_buf_addc(&w->text, '\n');
    return 0;
}

static double stem_all(struct count *c, const struct hf_buf *words, int rounds)
{
    double start = seconds();
    for (int i = 0; i < rounds; i++)
        for (const char *at = words->data; *at;) {
            size_t n = strcspn(at, "\n");
            struct hf_term t = {.kind = HF_TERM_EXACT, .text = at, .len = n};
            stem_word(c, &t);
            at += n + 1;
        }
    return seconds() - start;
}

int main(int argc, char **argv)
{
    struct hf_error err;
    struct hf_lexicon *lex;
    struct hf_analyser *a;
    struct hf_buf text = HF_BUF_INIT;
    struct words words = {HF_BUF_INIT};
    struct count whole = {0}, stems = {0};
    enum { ROUNDS = 60 };
    double start = seconds();
    if (hf_lexicon_open(NULL, &lex, &err) != HF_OK || hf_analyser_new(lex, &a, &err) != HF_OK) {
        fprintf(stderr, "bench_analyse: %s\n", err.text);
        return 1;
    }
    double loading = seconds() - start;
    for (int i = 1; i < argc; i++)
        if (hf_buf_read_file(&text, argv[i], 50u << 20, &err) != HF_OK) fprintf(stderr, "%s\n", err.text);
    hf_analyse(a, HF_INDEX_TEXT, text.data, text.len, keep_word, &words);
    start = seconds();
    for (int i = 0; i < ROUNDS; i++)
        hf_analyse(a, HF_INDEX_TEXT, text.data, text.len, count_term, &whole);
    double used = seconds() - start;
    stems.stemmer = sb_stemmer_new("norwegian", "UTF_8");
    double baseline = stem_all(&stems, &words.text, ROUNDS);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("word lists loaded in %.1f ms CPU; %ld MB resident at the end\n", loading * 1e3,
           usage.ru_maxrss / 1024);
    printf("whole analysis   %10.0f words/s   %.2f terms a word\n", (double)whole.words / used,
           (double)whole.terms / (double)whole.words);
    printf("Snowball alone   %10.0f words/s   (baseline: no tokens, no lemmas)\n",
           (double)stems.words / baseline);
    printf("ratio of time a word, whole to Snowball: %.2f\n",
           used / (double)whole.words / (baseline / (double)stems.words));
    sb_stemmer_delete(stems.stemmer);
    hf_buf_release(&text);
    hf_buf_release(&words.text);
    hf_analyser_free(a);
    hf_lexicon_close(lex);
    return 0;
}
