/* Acronyms that a text defines itself: «felles responssenter (FRS)», «FRS (felles
 * responssenter)».
 *
 * The long form is found by a cheapest alignment of the acronym's letters with the words
 * before the bracket (or inside it): a letter at the start of a word costs 0, inside a
 * word 1, a word without a letter 1.5, a function word 0.5. Measured against Schwartz and
 * Hearst's rule, which takes too short a form for «Strategisk samarbeidsutvalg (SSU)».
 *
 *     hf_define_each(text, len, add, ctx);
 */
#ifndef HF_DEFINE_H
#define HF_DEFINE_H

#include <stddef.h>

struct hf_definition {
    const char *acronym; /* inside the text given */
    size_t acronym_len;
    const char *form;
    size_t form_len;
    double cost; /* 0: every letter starts a word, no word left out */
};

/* Non-zero stops. */
typedef int (*hf_definition_fn)(void *ctx, const struct hf_definition *d);

/* Calls fn for each definition in text (UTF-8, NFC), in order. A form never spans a line
 * or a sentence. */
void hf_define_each(const char *text, size_t len, hf_definition_fn fn, void *ctx);

#endif
