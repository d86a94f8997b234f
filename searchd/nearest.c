#include "nearest.h"

#include <string.h>

#include "../shim/utf8.h"

enum { MAX_WORD = 63 };

static void fold(char *out, const char *word)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_utf8_slug(&b, word, strnlen(word, 4 * MAX_WORD));
    size_t len = b.len < MAX_WORD ? b.len : MAX_WORD;
    memcpy(out, b.data, len);
    out[len] = 0;
    hf_buf_release(&b);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment distance of two short words. */
static size_t distance(const char *a, const char *b)
{
    size_t row[3][MAX_WORD + 1];
    size_t n = strlen(a), m = strlen(b);
    for (size_t j = 0; j <= m; j++) row[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = row[i % 3], *up = row[(i + 2) % 3], *up2 = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t cost = a[i - 1] != b[j - 1];
            now[j] = least(least(up[j] + 1, now[j - 1] + 1), up[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], up2[j - 2] + 1);
        }
    }
    return row[n % 3][m];
}

void nearest_init(struct nearest *n, const char *word)
{
    n->best = NULL;
    fold(n->word, word);
    size_t len = strlen(n->word);
    n->distance = len < 3 ? 2 : len / 3 + 2; /* the first distance that is too far */
}

void nearest_offer(struct nearest *n, const char *name)
{
    char word[MAX_WORD + 1];
    fold(word, name);
    if (!*word || !*n->word) return;
    size_t len = strlen(word), d = distance(n->word, word);
    if (strncmp(n->word, word, strlen(n->word)) == 0 && d > 1) d = 1; /* cut short */
    if (d < n->distance && d < len + (len < 3)) {
        n->best = name;
        n->distance = d;
    }
}
