/* The properties of test_search.c on generated minutes: other words, many more of them,
 * no text that anybody has tuned on. */
#include "../bench/generate.c"
#include "t.h"

static const char *generated_index(void);
#define T_INDEX       generated_index()
#define T_ORDER_QUERY ""
#include "test_search.c"

enum { CASES = 120 };

static const char *generated_index(void)
{
    static char *index; /* to the end of the program */
    char *dir = t_path("generated"), *paths[] = {dir};
    struct generator *g;
    struct hf_buf text = HF_BUF_INIT;
    index = t_path("generated-index");
    if (!generate_open("stopwords/frequencies.tsv", 1, &g)) exit(1);
    mkdir(dir, 0755);
    for (uint32_t m = 0; m * GENERATE_CASES < CASES; m++) {
        char path[300];
        snprintf(path, sizeof path, "%s/%u.txt", dir, m);
        generate_minutes(g, m, CASES, &text);
        t_write(path, text.data, text.len);
    }
    hf_buf_release(&text);
    generate_close(g);
    if (t_index_to(index, paths, 1, false, NULL, NULL) != HF_OK) exit(1);
    free(dir);
    return index;
}
