/* What a decision promises: the sentences that ask somebody for something or say that the
 * matter comes back (stopwords/cues_promises.tsv). Whether that happened, only other
 * meetings can tell. */
#include <string.h>

#include "minutes_block.h"
#include "minutes_case.h"
#include "minutes_meaning.h"

/* Sentences that are kept of one decision. */
enum { MAX_MANDATES = 8, MAX_SENTENCE = 600 };

/* Bullet and point off the front, blanks off both ends. */
static const char *trim(const char *text, size_t *len)
{
    size_t skip = text_trim_left(text, *len);
    text += skip;
    *len = text_trim_right(text, *len - skip);
    skip = block_bullet(text, *len);
    if (!skip) skip = block_point(text, *len);
    *len -= skip;
    return text + skip;
}

/* "mandate", "done"; NULL: the sentence promises nothing. */
static const char *use_of(const struct cue_table *words, const char *text, size_t len,
                          bool damaged)
{
    struct cue_match hit;
    const char *use = NULL;
    for (size_t at = 0; at < len && cue_find(words, text, len, at, &hit);
         at = hit.end > at ? hit.end : at + 1) {
        if (!damaged &&
            !cue_is_exact(hit.cue->key, text + hit.start, hit.end - hit.start))
            continue;
        if (!strcmp(hit.value, "done")) return hit.value;
        use = hit.value;
    }
    return use;
}

void meaning_promises(const struct minutes_cues *cues, bool damaged, struct hf_minutes *m,
                      struct hf_decision *d)
{
    const struct cue_table *words = cues_table(cues, "promises");
    size_t len = strlen(d->text);
    for (size_t at = 0, end; at < len && d->mandates.n < MAX_MANDATES; at = end) {
        end = text_sentence_end(d->text, len, at);
        size_t n = end - at;
        const char *text = trim(d->text + at, &n);
        if (!n || n > MAX_SENTENCE) continue;
        const char *use = use_of(words, text, n, damaged);
        if (use && !strcmp(use, "done")) {
            d->mandates.n = 0;
            return;
        }
        if (use) hf_strings_add(&d->mandates, hf_arena_strdup(&m->arena, text, n));
    }
    /* «Oppfølging: Kommunene sender inn tall.»: the label, or a word that outcomes.tsv
     * knows, says what no sentence does. */
    bool is_owed = d->outcome &&
                   (!strcmp(d->outcome, "oppfolging") || !strcmp(d->outcome, "utsatt"));
    if (d->mandates.n || !is_owed || !len) return;
    size_t n = text_sentence_end(d->text, len, 0);
    const char *text = trim(d->text, &n);
    if (n && n <= MAX_SENTENCE)
        hf_strings_add(&d->mandates, hf_arena_strdup(&m->arena, text, n));
}
