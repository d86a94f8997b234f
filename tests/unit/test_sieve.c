/* What spares the reader of minutes most of its matching may spare no match: held against
 * trying every key. */
#include "t.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_keys)};
    return cmocka_run_group_tests(tests, open_cues, close_cues);
}
