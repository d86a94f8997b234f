/* generate minutes N DIR: N invented cases as minutes, one file a meeting.
 * generate urls N QUERIES: that many questions on them, as the addresses of /v1/search.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "generate.h"

static bool write_minutes(const struct generator *g, uint32_t n_cases, const char *dir)
{
    struct hf_buf text = HF_BUF_INIT, path = HF_BUF_INIT;
    bool ok = true;
    for (uint32_t m = 0; ok && m * GENERATE_CASES < n_cases; m++) {
        generate_minutes(g, m, n_cases, &text);
        hf_buf_clear(&path);
        hf_buf_addf(&path, "%s/%04u", dir, m / 1000);
        mkdir(path.data, 0777);
        hf_buf_addf(&path, "/referat-%06u.txt", m);
        FILE *f = fopen(path.data, "w");
        ok = f && fwrite(text.data, 1, text.len, f) == text.len;
        if (f && fclose(f) != 0) ok = false;
        if (!ok) perror(path.data);
    }
    hf_buf_release(&text);
    hf_buf_release(&path);
    return ok;
}

static void print_value(const char *name, const char *value)
{
    if (!*value) return;
    printf("&%s=", name);
    for (; *value; value++)
        printf((*value >= 'a' && *value <= 'z') || (*value >= 'A' && *value <= 'Z')
                   ? "%c"
                   : "%%%02X",
               (unsigned char)*value);
}

static void print_urls(const struct generator *g, uint32_t n_cases, uint32_t n)
{
    struct generated_query q;
    for (uint32_t i = 0; i < n; i++) {
        generate_query(g, i, n_cases, &q);
        printf("/v1/search?size=10");
        print_value("q", q.text);
        print_value("year", q.year);
        print_value("helsefellesskap", q.trust_id);
        print_value("region", q.region_id);
        putchar('\n');
    }
}

int main(int argc, char **argv)
{
    struct generator *g;
    bool minutes = argc == 4 && !strcmp(argv[1], "minutes");
    if (!minutes && !(argc == 4 && !strcmp(argv[1], "urls"))) {
        fprintf(stderr, "generate minutes N DIR | urls N QUERIES\n");
        return 2;
    }
    uint32_t n = (uint32_t)strtoul(argv[2], NULL, 10);
    bool ok = generate_open("stopwords/frequencies.tsv", 1, &g);
    if (ok && minutes)
        ok = write_minutes(g, n, argv[3]);
    else if (ok)
        print_urls(g, n, (uint32_t)strtoul(argv[3], NULL, 10));
    generate_close(g);
    return ok ? 0 : 1;
}
