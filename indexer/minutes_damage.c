#include "minutes_damage.h"

#include <string.h>

#include "../shim/utf8.h"

#define ENOUGH_LETTERS 300
#define LEAST_SHARE    0.008 /* clean Norwegian has 0.013 to 0.024 */

struct tally {
    size_t letters, norwegian, bad;
};

static void tally_text(struct tally *t, const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (c == 0xFFFD) t->bad++;
        if (!hf_utf8_is_letter(c)) continue;
        t->letters++;
        c = hf_utf8_lower1(c);
        t->norwegian += c == 0xE6 || c == 0xF8 || c == 0xE5 || c == 0xF6 || c == 0xE4;
    }
}

double damage_measure(const struct text_doc *doc)
{
    struct tally t = {0};
    for (size_t i = 0; i < doc->n_lines; i++)
        for (size_t k = 0; k < doc->lines[i].n_cells; k++)
            tally_text(&t, doc->lines[i].cells[k].text, doc->lines[i].cells[k].len);
    if (!t.letters) return 0;
    double share = (double)t.norwegian / (double)t.letters;
    double lost = (double)t.bad / (double)t.letters * 50;
    if (lost > 1) lost = 1;
    if (t.letters < ENOUGH_LETTERS) return t.norwegian || lost < 0.1 ? 0 : lost;
    double damage = share >= LEAST_SHARE ? 0 : 1 - share / LEAST_SHARE;
    if (lost > damage) damage = lost;
    return (double)(int)(damage * 100 + 0.5) / 100;
}

static void count_words(const struct cue_table *t, const struct text_cell *c, size_t *nn,
                        size_t *nb)
{
    struct cue_match m;
    for (size_t from = 0; from < c->len && cue_find(t, c->text, c->len, from, &m);) {
        if (cue_is_exact(m.cue->key, c->text + m.start, m.end - m.start)) {
            if (!strcmp(m.value, "nn"))
                ++*nn;
            else
                ++*nb;
        }
        from = m.end;
    }
}

const char *language_measure(const struct minutes_cues *cues, const struct text_doc *doc)
{
    const struct cue_table *t = cues_table(cues, "language");
    size_t nn = 0, nb = 0;
    for (size_t i = 0; i < doc->n_lines && i < 2000; i++)
        for (size_t k = 0; k < doc->lines[i].n_cells; k++)
            count_words(t, &doc->lines[i].cells[k], &nn, &nb);
    size_t less = nn < nb ? nn : nb;
    if (less >= 4 && less * 4 >= nn + nb) return "mixed";
    return nn > nb ? "nn" : "nb";
}
