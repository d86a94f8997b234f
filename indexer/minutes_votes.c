#include "minutes_votes.h"

#include <string.h>
#include <strings.h>

#include "../shim/utf8.h"
#include "minutes_text.h"

#define MAX_SENTENCE 260
#define MAX_BEFORE   45 /* bytes before the subject: "Helse Fonna sitt forslag" */

static bool next_word(const struct cue_table *words, const char *text, size_t len,
                      size_t from, struct cue_match *hit)
{
    while (cue_find(words, text, len, from, hit)) {
        if (cue_is_exact(hit->cue->key, text + hit->start, hit->end - hit->start))
            return true;
        from = hit->end;
    }
    return false;
}

/* The word that ends before `at`. */
static size_t word_before(const char *text, size_t at, size_t *len)
{
    size_t end = at, from;
    while (end && text[end - 1] == ' ') end--;
    for (from = end; from && text[from - 1] != ' ';) from--;
    *len = end - from;
    return from;
}

static bool is_word(const struct cue_table *words, const char *text, size_t len,
                    const char *value)
{
    struct cue_match hit;
    return len && cue_is_whole(words, text, len, &hit) && !strcmp(hit.value, value);
}

/* "dersom forslaget faller", "skal bli vedtatt", "forslaget som ble vedtatt i fjor": not
 * told of this vote. */
static bool is_supposed(const struct cue_table *words, const char *text, size_t at)
{
    size_t len, to = at;
    for (int k = 0; k < 3 && to; k++) {
        size_t from = word_before(text, to, &len);
        if (is_word(words, text + from, len, "modal")) return true;
        to = from;
    }
    size_t first = 0;
    while (first < at && text[first] != ' ') first++;
    return is_word(words, text, first, "if");
}

/* The participle has its verb beside it, or votes are counted: "Forslaget ble vedtatt",
 * not "forslag til vedtatt budsjett"; a short verb ends the sentence or has its votes. */
static bool is_verb(const struct cue_table *words, const char *text, size_t len,
                    const struct cue_match *hit, bool counted)
{
    size_t n, from = word_before(text, hit->start, &n);
    size_t after = hit->end;
    while (after < len && strchr(" .:", text[after])) after++;
    if (counted || !strcmp(hit->cue->note, "whole")) return true;
    if (is_word(words, text + from, n, "aux")) return true;
    return after >= len && len < 70;
}

/* "fikk", "fekk": votes were given. */
static bool holds_verb(const struct cue_table *words, const char *text, size_t len)
{
    struct cue_match hit;
    for (size_t at = 0; next_word(words, text, len, at, &hit); at = hit.end)
        if (!strcmp(hit.cue->note, "got")) return true;
    return false;
}

static bool told(const struct cue_table *words, const char *text, size_t len,
                 bool is_below, struct vote *out)
{
    struct cue_match hit;
    bool subject = false, counted = false, found = false;
    memset(out, 0, sizeof *out);
    if (len < 8 || len > MAX_SENTENCE) return false;
    for (size_t at = 0; next_word(words, text, len, at, &hit); at = hit.end)
        counted |= !strcmp(hit.value, "count");
    for (size_t at = 0; next_word(words, text, len, at, &hit); at = hit.end) {
        bool fell = !strcmp(hit.value, "fell");
        if (!strcmp(hit.value, "subject")) subject |= hit.start <= MAX_BEFORE;
        if (!fell && strcmp(hit.value, "passed") != 0) continue;
        if (!is_verb(words, text, len, &hit, counted)) continue;
        if (!subject && !(counted && (is_below ? hit.start < 14 : hit.start < 4 && fell)))
            return false;
        if (is_supposed(words, text, hit.start)) return false;
        if (found && out->passed == fell) return false; /* it tells of two */
        out->passed = !fell;
        if (!found) out->subject_end = hit.start;
        found = true;
    }
    size_t end = text_trim_right(text, len);
    out->ends_in_colon = end && text[end - 1] == ':';
    out->decided = found;
    return found || (subject && counted && holds_verb(words, text, len));
}

bool vote_told(const struct cue_table *words, const char *text, size_t len,
               struct vote *out)
{
    return told(words, text, len, false, out);
}

bool vote_told_below(const struct cue_table *words, const char *text, size_t len,
                     struct vote *out)
{
    return told(words, text, len, true, out);
}

size_t vote_count(const char *text, size_t len)
{
    if (len < 8 || (strncasecmp(text, "mot ", 4) && strncasecmp(text, "med ", 4)))
        return 0;
    for (size_t i = 4; i + 4 < len && i < 44; i++) {
        if (text[i - 1] != ' ') continue;
        if (strncasecmp(text + i, "stemme", 6) && strncasecmp(text + i, "røyst", 6))
            continue;
        while (i < len && text_is_word_at(text, len, i)) {
            uint32_t c;
            i += hf_utf8_next(text + i, len - i, &c);
        }
        return i;
    }
    return 0;
}

bool vote_phrase(const struct cue_table *words, const char *text, size_t len,
                 size_t *start, size_t *end)
{
    struct cue_match hit;
    for (size_t i = 0; i < len; i++) {
        if (i && text[i - 1] != ' ') continue;
        size_t n = vote_count(text + i, len - i);
        if (!n) continue;
        *start = i;
        *end = i + n;
        return true;
    }
    for (size_t at = 0; next_word(words, text, len, at, &hit); at = hit.end) {
        if (strcmp(hit.value, "count") || hit.cue->key_len < 9) continue;
        *start = hit.start;
        *end = hit.end;
        return true;
    }
    return false;
}
