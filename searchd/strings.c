#include "strings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const table[S_N][3] = {
#define S(id, nb, nn, en) [S_##id] = {nb, nn, en},
#include "strings_table.h"
#undef S
};

static const char *const names[S_N] = {
#define S(id, nb, nn, en) [S_##id] = #id,
#include "strings_table.h"
#undef S
};

static const char *const months[3][12] = {
    {"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september",
     "oktober", "november", "desember"},
    {"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september",
     "oktober", "november", "desember"},
    {"January", "February", "March", "April", "May", "June", "July", "August",
     "September", "October", "November", "December"},
};

const char *strings_get(enum string_id id, enum params_lang lang)
{
    return table[id][lang];
}

void strings_fill(struct hf_buf *b, enum string_id id, enum params_lang lang, ...)
{
    const char *arg[10] = {NULL};
    va_list ap;
    va_start(ap, lang);
    for (size_t n = 0; n < 10 && (arg[n] = va_arg(ap, const char *)); n++) {
    }
    va_end(ap);
    for (const char *s = table[id][lang]; *s;) {
        if (s[0] == '{' && s[1] >= '0' && s[1] <= '9' && s[2] == '}') {
            const char *text = arg[s[1] - '0'];
            if (text) hf_buf_adds(b, text);
            s += 3;
        } else {
            size_t len = 1 + strcspn(s + 1, "{");
            hf_buf_add(b, s, len);
            s += len;
        }
    }
}

json_t *strings_words(enum params_lang lang)
{
    json_t *words = json_object();
    for (int id = 0; id < S_N; id++)
        if (!strchr(table[id][lang], '{'))
            json_object_set_new(words, names[id], json_string(table[id][lang]));
    return words;
}

const char *strings_lang(enum params_lang lang)
{
    static const char *const tags[] = {"nb", "nn", "en"};
    return tags[lang];
}

void strings_date(struct hf_buf *b, const char *iso, enum params_lang lang)
{
    int y, m, d, used = 0;
    if (sscanf(iso, "%4d-%2d-%2d%n", &y, &m, &d, &used) != 3 || iso[used] || m < 1 ||
        m > 12)
        hf_buf_adds(b, iso);
    else
        hf_buf_addf(b, "%d%s %s %d", d, lang == LANG_EN ? "" : ".", months[lang][m - 1],
                    y);
}

/* Whether the header's range (len bytes) covers the value: itself, its beginning up to
 * '-', a star. */
static bool covers(const char *range, size_t len, const char *value)
{
    if (len == 1 && *range == '*') return true;
    if (len == 3 && strncmp(range, "*/*", 3) == 0) return true;
    if (len > 2 && strncmp(range + len - 2, "/*", 2) == 0)
        return strncasecmp(range, value, len - 1) == 0;
    size_t n = strlen(value);
    return (len == n || (len > n && range[n] == '-')) &&
           strncasecmp(range, value, n) == 0;
}

int strings_quality(const char *header, const char *value)
{
    int best = 0;
    size_t best_len = 0;
    while (header && *header) {
        header += strspn(header, " \t,");
        size_t item = strcspn(header, ","), len = strcspn(header, ",; \t");
        if (len && covers(header, len, value) && (len >= best_len || !best_len)) {
            const char *q = memmem(header, item, ";q=", 3);
            if (!q) q = memmem(header, item, "; q=", 4);
            double weight = q ? strtod(strchr(q, '=') + 1, NULL) : 1.0;
            best = weight >= 1.0 ? 1000 : weight > 0.0 ? (int)(weight * 1000) : 0;
            best_len = len;
        }
        header += item;
    }
    return best;
}

enum params_lang strings_accept(const char *accept_language)
{
    static const struct {
        const char *tag;
        enum params_lang lang;
    } tags[] = {{"nb", LANG_NB}, {"no", LANG_NB}, {"nn", LANG_NN}, {"en", LANG_EN}};
    enum params_lang lang = LANG_NB;
    int best = 0;
    for (size_t i = 0; accept_language && i < sizeof tags / sizeof *tags; i++) {
        int q = strings_quality(accept_language, tags[i].tag);
        if (q <= best) continue;
        best = q;
        lang = tags[i].lang;
    }
    return lang;
}
