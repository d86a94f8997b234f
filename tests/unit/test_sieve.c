/* What spares the reader of minutes most of its matching may spare no match: held against
 * trying every key and every pattern. */
#include "t.h"

#include "../../indexer/minutes_glob.h"
#include "../../shim/utf8.h"
#include "t_cues.h"

/* The key as a text may have it: capitals, letters read as something else, other dashes,
 * blanks lost or doubled, something behind, cut short. */
static void print_badly(struct hf_buf *b, const char *key)
{
    uint32_t rate = t_random(4);
    for (size_t i = 0, len = strlen(key), n; i < len; i += n) {
        uint32_t c;
        n = hf_utf8_next(key + i, len - i, &c);
        const char *r = t_random(4) < rate ? cue_readings(hf_utf8_lower1(c)) : NULL;
        for (uint32_t skip = t_random(5); r && skip && r[strlen(r) + 1]; skip--) r += strlen(r) + 1;
        if (r)
            hf_buf_adds(b, r);
        else if (c == ' ' && t_random(4) < rate)
            hf_buf_adds(b, t_random(2) ? "" : "\u00a0 ");
        else if (c == '-' && t_random(4) < rate)
            hf_buf_adds(b, "–");
        else if (c < 0x80 && t_random(8) < rate)
            hf_buf_addc(b, (char)(c >= 'a' && c <= 'z' ? c - 32 : c));
        else
            hf_buf_add(b, key + i, n);
    }
    if (b->len && !t_random(4)) b->len = 1 + t_random((uint32_t)b->len);
    if (t_random(2)) hf_buf_adds(b, t_random(2) ? " og" : ":");
}

/* Gives the keys that match; each must be among those that are walked, in order. */
static size_t try_text(const struct cue_table *t, const char *text, size_t len)
{
    struct cue_walk walk;
    size_t n = 0, at = 0;
    cue_walk_begin(&t->sieve, text, len, &walk);
    for (size_t k = cue_walk_next(&walk); at < t->n; at++) {
        bool walked = k == at;
        if (walked) k = cue_walk_next(&walk);
        bool wide = len && (unsigned char)*text >= 0x80 && (unsigned char)*t->cues[at].key < 0x80;
        if (wide || !cue_key_match(t->cues[at].key, text, len)) continue;
        if (!walked) fail_msg("«%.*s» passes by «%s»", (int)len, text, t->cues[at].key);
        n++;
    }
    assert_int_equal(cue_walk_next(&walk), CUE_WALK_END);
    return n;
}

static void test_keys(void **state)
{
    const struct cue_table *tables[] = {cues_registry_places(cues), cues_registry_names(cues),
                                        cues_table(cues, "words"), cues_table(cues, "decisions"),
                                        cues_table(cues, "prose")};
    size_t n = 0;
    (void)state;
    for (size_t i = 0; i < N_OF(tables); i++) {
        assert_true(tables[i]->n > 64); /* more than a word of the sieve */
        for (size_t k = 0; k < tables[i]->n; k++) {
            struct hf_buf b = HF_BUF_INIT;
            print_badly(&b, tables[i]->cues[k].key);
            n += try_text(tables[i], b.data, b.len);
            hf_buf_release(&b);
        }
    }
    assert_true(n > 1000);
    assert_int_equal(try_text(cues_table(cues, "no such table"), "Vedtak", 6), 0);
}

/* ---- patterns ---- */

/* The pattern as words: letters for the stars, capitals, letters misread, another letter. */
static void print_words(struct hf_buf *b, const char *pattern, bool is_damaged)
{
    for (size_t i = 0, len = strlen(pattern), n; i < len; i += n) {
        uint32_t c;
        n = hf_utf8_next(pattern + i, len - i, &c);
        const char *r = is_damaged && c >= 0x80 && t_random(2) ? cue_readings(c) : NULL;
        if (c == '*')
            for (uint32_t k = t_random(4); k; k--) hf_buf_adds(b, t_random(4) ? "e" : "Ø");
        else if (r)
            hf_buf_adds(b, r);
        else if (!t_random(40))
            hf_buf_addc(b, (char)('a' + t_random(26)));
        else if (c < 0x80 && !t_random(10))
            hf_buf_addc(b, (char)(c >= 'a' && c <= 'z' ? c - 32 : c));
        else
            hf_buf_add(b, pattern + i, n);
    }
    if (!t_random(9)) hf_buf_adds(b, "s");
    hf_buf_addc(b, t_random(9) ? ' ' : '\n');
}

static bool begins_with_any(const char *pattern, bool is_damaged)
{
    return *pattern == '*' || (is_damaged && (unsigned char)*pattern >= 0x80);
}

/* All patterns that match at word i, in the order that they are due. */
static size_t ask_each(const struct glob_set *s, const struct glob_words *w, size_t i, const char *const *patterns, size_t n)
{
    struct glob_cursor cursor;
    size_t k, words, found = 0;
    glob_set_begin(s, w, i, &cursor);
    for (int any = 0; any < 2; any++)
        for (size_t j = 0; j < n; j++) {
            size_t want = begins_with_any(patterns[j], s->is_damaged) == (any > 0) ? glob_match(w, i, patterns[j]) : 0;
            if (!want) continue;
            bool more = glob_set_next(s, w, i, &cursor, &k, &words);
            if (!more || k != j || words != want)
                fail_msg("«%.*s» is not met by «%s»", (int)w->at[i].len, w->text + w->at[i].at, patterns[j]);
            found++;
        }
    assert_false(glob_set_next(s, w, i, &cursor, &k, &words));
    return found;
}

static size_t try_patterns(const char *const *patterns, size_t n, bool is_damaged)
{
    struct glob_set set;
    struct glob_words w;
    struct hf_buf b = HF_BUF_INIT;
    size_t found = 0;
    glob_set_init(&set, patterns, n, is_damaged);
    for (size_t i = 0; i < n; i++) print_words(&b, patterns[i], is_damaged);
    for (int i = 0; i < 40; i++) hf_buf_adds(&b, "psykiatri");
    glob_words_init(&w, b.data, b.len, is_damaged);
    for (size_t i = 0; i < w.n; i++) found += ask_each(&set, &w, i, patterns, n);
    glob_words_release(&w);
    glob_set_release(&set);
    hf_buf_release(&b);
    return found;
}

static void test_patterns(void **state)
{
    static const char *const lists[] = {"patient_groups", "outcomes"};
    static const char *const odd[] = {"", "*", "e*", "*e", "*e*", "å", "*å*", "LAR", "BUP+", "v", "la fram", "65+", "Oslo",
                                      "e*", "ee*", "*ee", "*eee", "e*e", "**e", "*e*e*", "eee*", "eeee*", "*", "*", "*", "*",
                                      "*", "*", "*", "*", "*", "*", "*", "*", "*", "*", "*", "*", "*", "*", "*", "*", "æe*"};
    (void)state;
    for (int damaged = 0; damaged < 2; damaged++) {
        for (size_t i = 0; i < N_OF(lists); i++) {
            const struct cue_rows *rows = cues_rows(cues, lists[i]);
            const char **patterns = hf_xcalloc(rows->n, sizeof *patterns);
            for (size_t k = 0; k < rows->n; k++) patterns[k] = rows->rows[k].field[1];
            assert_true(try_patterns(patterns, rows->n, damaged > 0) > rows->n / 2);
            free(patterns);
        }
        assert_true(try_patterns(odd, N_OF(odd), damaged > 0) > 500); /* more than a cursor holds */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_keys), cmocka_unit_test(test_patterns)};
    return cmocka_run_group_tests(tests, open_cues, close_cues);
}
