/* Highlights: which stretches are marked, and that segments join to the text. */
#include "t.h"

#include "../../searchd/marks.h"
#include "../../shim/utf8.h"

static json_t *parsed(struct hf_buf *b)
{
    json_t *list = json_loadb(b->data, b->len, 0, NULL);
    assert_true(json_is_array(list));
    hf_buf_release(b);
    return list;
}

static json_t *segments_of(const struct mark_hits *h, const char *text, size_t len)
{
    struct hf_buf b = HF_BUF_INIT;
    marks_segments(h, text, len, &b);
    return parsed(&b);
}

static json_t *snippet_of(const struct mark_hits *h, const char *text, size_t len,
                          size_t room)
{
    struct hf_buf b = HF_BUF_INIT;
    marks_snippet(h, text, len, room, &b);
    return parsed(&b);
}

static struct hf_analyser *analyser;

/* ---- terms written as "z:sykehus", sequences as "z:pasient z:legemiddelliste" ---- */

static size_t read_terms(const char *spec, struct mark *out, char room[10][64])
{
    size_t n = 0;
    for (const char *s = spec; *s && n < 10;) {
        size_t len = strcspn(s, " ");
        snprintf(room[n], 64, "%.*s", (int)(len - 2), s + 2);
        enum hf_kind kind = (enum hf_kind)s[0];
        unsigned how = kind == HF_KIND_EXACT   ? MARK_EXACT
                       : kind == HF_KIND_PART  ? MARK_PART
                       : kind == HF_KIND_SOUND ? MARK_LIKENESS
                                               : MARK_FORM;
        out[n] = (struct mark){kind, room[n], how};
        n++;
        s += len + (s[len] == ' ');
    }
    return n;
}

static void add(struct marks *m, const char *spec)
{
    struct mark terms[10];
    char room[10][64];
    size_t n = read_terms(spec, terms, room);
    marks_add_sequence(m, terms, n);
}

/* "a [b] c": the marked stretches in brackets. */
static void show(struct hf_buf *b, const json_t *segments)
{
    size_t i;
    json_t *pair;
    json_array_foreach(segments, i, pair)
    {
        bool match = json_is_true(json_array_get(pair, 1));
        hf_buf_addf(b, "%s%s%s", match ? "[" : "",
                    json_string_value(json_array_get(pair, 0)), match ? "]" : "");
    }
}

static const struct {
    const char *specs[4];
    const char *text, *want, *why;
} rows[] = {
    {{NULL}, "En plan for LAR", "En plan for LAR", "nothing is asked for"},
    {{"a:LAR"},
     "En plan for LAR, og hun lar være. Lars.",
     "En plan for [LAR], og hun lar være. Lars.",
     "the acronym, not the word"},
    {{"z:sykehus"},
     "Sykehusene og sjukehuset.",
     "[Sykehusene] og [sjukehuset].",
     "inflected, in both languages, whole words"},
    {{"x:plan"}, "plan planer", "[plan] planer", "the exact form"},
    {{"p:liste"},
     "Ny legemiddelliste.",
     "Ny [legemiddelliste].",
     "a part marks the whole word"},
    {{"a:PLL"},
     "PLLen, PLL’en og PLL-bruk",
     "[PLLen], [PLL’en] og [PLL]-bruk",
     "an inflected acronym with its ending"},
    {{"z:pasient z:legemiddelliste"},
     "pasientens legemiddelliste",
     "[pasientens legemiddelliste]",
     "a sequence is one stretch"},
    {{"z:pasient z:legemiddelliste"},
     "pasientens nye legemiddelliste",
     "pasientens nye legemiddelliste",
     "not with a word between"},
    {{"z:pasient z:legemiddelliste"},
     "legemiddelliste, pasient",
     "legemiddelliste, pasient",
     "not the other way round"},
    {{"z:pasient z:legemiddelliste"},
     "pasient pasientens legemiddelliste",
     "pasient [pasientens legemiddelliste]",
     "begun twice"},
    {{"z:pasient z:legemiddelliste"},
     "pasientens\nlegemiddelliste",
     "[pasientens\nlegemiddelliste]",
     "over a line's end"},
    {{"x:en x:plan x:for"},
     "en plan for en plan",
     "[en plan for] en plan",
     "not a beginning alone"},
    {{"x:plan x:plan"},
     "plan plan plan",
     "[plan plan plan]",
     "sequences that overlap become one"},
    {{"x:en x:plan", "x:plan x:for"},
     "en plan for",
     "[en plan for]",
     "two sequences that overlap become one"},
    {{"x:en", "x:plan"}, "en plan", "[en] [plan]", "neighbours stay two"},
    {{"x:plan", "z:plan", "x:en x:plan"},
     "en plan",
     "[en plan]",
     "a word in a sequence is not marked again"},
    {{"#:14/2024"},
     "sak 14/24 og 2024/14",
     "sak [14/24] og [2024/14]",
     "a number as a whole, in each form"},
    {{"x:effekt"}, "e\uFB00ekt", "[e\uFB00ekt]", "a ligature in the source stays"},
    {{"z:samhandlingstilskudd"},
     "samhandlings-\ntilskudd",
     "[samhandlings-\ntilskudd]",
     "over a hyphen at a line's end"},
    {{"x:blå"},
     "bla\u030A bær",
     "[bla\u030A] bær",
     "combining accents belong to the stretch"},
    {{"x:finnes x:ikke"}, "", "", "an empty text"},
    {{"k:hansen"},
     "Hansen kom, hansen gikk",
     "[Hansen] kom, hansen gikk",
     "by sound: names only"},
};

static void test_rows(void **state)
{
    unsigned wrong = 0;
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct marks m;
        struct mark_hits h;
        struct hf_buf b = HF_BUF_INIT;
        marks_init(&m);
        for (size_t k = 0; k < 4 && rows[i].specs[k]; k++) add(&m, rows[i].specs[k]);
        marks_find(&m, analyser, rows[i].text, strlen(rows[i].text), &h);
        json_t *segments = segments_of(&h, rows[i].text, strlen(rows[i].text));
        show(&b, segments);
        if (strcmp(b.data, rows[i].want)) {
            print_error("%s: %s\n", rows[i].why, b.data);
            wrong++;
        }
        json_decref(segments);
        mark_hits_release(&h);
        marks_release(&m);
        hf_buf_release(&b);
    }
    assert_int_equal(wrong, 0);
}

static void test_how(void **state)
{
    struct marks m;
    struct mark_hits h;
    (void)state;
    marks_init(&m);
    marks_add(&m, HF_KIND_LEMMA, "sykehus", MARK_FORM);
    marks_add(&m, HF_KIND_EXACT, "sykehuset", MARK_EXACT);
    marks_add(&m, HF_KIND_PART, "sykehus", MARK_PART);
    const char *text = "sykehuset sykehusene sykehusbygg";
    marks_find(&m, analyser, text, strlen(text), &h);
    assert_int_equal(h.n, 3);
    assert_int_equal(h.at[0].how, MARK_EXACT); /* the nearest way counts */
    assert_int_equal(h.at[1].how, MARK_FORM);
    assert_int_equal(h.at[2].how, MARK_PART);
    /* and which term it was */
    assert_int_equal(m.at[h.at[0].mark].kind, HF_KIND_EXACT);
    assert_int_equal(m.at[h.at[1].mark].kind, HF_KIND_LEMMA);
    assert_int_equal(m.at[h.at[2].mark].kind, HF_KIND_PART);
    assert_string_equal(m.at[h.at[2].mark].text, "sykehus");
    mark_hits_release(&h);
    marks_release(&m);
    json_t *how = marks_how_json(MARK_EXACT | MARK_CONCEPT | MARK_PREFIX);
    char *s = json_dumps(how, JSON_COMPACT);
    assert_string_equal(s, "[\"exact\",\"concept\",\"prefix\"]");
    free(s);
    json_decref(how);
    how = marks_how_json(0);
    assert_int_equal(json_array_size(how), 0);
    json_decref(how);
}

/* ---- what holds for all texts and marks ---- */

static void check_hits(const struct mark_hits *h, const char *text, size_t len)
{
    size_t last = 0;
    for (size_t i = 0; i < h->n; i++) {
        assert_true(h->at[i].start >= last && h->at[i].start < h->at[i].end &&
                    h->at[i].end <= len);
        assert_true(((unsigned char)text[h->at[i].start] & 0xC0) != 0x80);
        assert_true(h->at[i].end == len ||
                    ((unsigned char)text[h->at[i].end] & 0xC0) != 0x80);
        assert_true(h->at[i].how != 0);
        last = h->at[i].end;
    }
}

static void check_joined(const json_t *segments, const char *text)
{
    struct hf_buf b = HF_BUF_INIT;
    size_t i;
    json_t *pair;
    json_array_foreach(segments, i, pair)
        hf_buf_adds(&b, json_string_value(json_array_get(pair, 0)));
    assert_string_equal(b.data, text);
    hf_buf_release(&b);
}

/* A snippet is a stretch of the text between signs that something is left out, cut
 * between words. */
static void check_snippet(const json_t *segments, const struct mark_hits *h,
                          const char *text, size_t room)
{
    struct hf_buf b = HF_BUF_INIT;
    size_t i, n_match = 0;
    json_t *pair;
    json_array_foreach(segments, i, pair)
    {
        hf_buf_adds(&b, json_string_value(json_array_get(pair, 0)));
        n_match += json_is_true(json_array_get(pair, 1));
    }
    assert_true(hf_utf8_is_valid(b.data, b.len, NULL));
    const char *s = b.data, *head = "… ", *tail = " …";
    if (!strncmp(s, head, strlen(head))) s += strlen(head);
    size_t len = strlen(s);
    if (len >= strlen(tail) && !strcmp(s + len - strlen(tail), tail))
        hf_buf_cut(&b, b.len - strlen(tail));
    if (!strstr(text, s)) fail_msg("the snippet is no stretch of the text: «%s»", s);
    if (h->n && !n_match) fail_msg("no match in «%s»", s);
    assert_true(b.len <= room * 2 + 400); /* one long match may reach beyond */
    hf_buf_release(&b);
}

static void test_noise(void **state)
{
    static const char *const bits[] = {"plan ",
                                       "LAR ",
                                       "LAR",
                                       "lar ",
                                       "sykehusene ",
                                       "pasientens legemiddelliste ",
                                       "\n",
                                       "-\n",
                                       "ø",
                                       "– ",
                                       ", ",
                                       "14/2024 ",
                                       "\u00AD",
                                       "å\u030A",
                                       "samhandlings-tilskudd ",
                                       "(LAR) ",
                                       "Et langt ord som ikke er der ",
                                       "æøå "};
    static const char *const specs[] = {"a:LAR",
                                        "x:plan",
                                        "z:la",
                                        "z:sykehus",
                                        "z:pasient z:legemiddelliste",
                                        "#:14/2024",
                                        "z:samhandlingstilskudd",
                                        "x:plan a:LAR",
                                        "x:ord",
                                        "p:tilskudd"};
    (void)state;
    for (unsigned round = 0; round < t_rounds(5000); round++) {
        struct hf_buf raw = HF_BUF_INIT, b = HF_BUF_INIT;
        struct marks m;
        struct mark_hits h;
        marks_init(&m);
        for (uint32_t n = t_random(60); n; n--)
            hf_buf_adds(&raw, bits[t_random(N_OF(bits))]);
        hf_utf8_nfc(&b, raw.data, raw.len);
        for (uint32_t n = t_random(4); n; n--) add(&m, specs[t_random(N_OF(specs))]);
        marks_find(&m, analyser, b.data, b.len, &h);
        check_hits(&h, b.data, b.len);
        json_t *all = segments_of(&h, b.data, b.len);
        check_joined(all, b.data);
        size_t room = 120 + t_random(300);
        json_t *some = snippet_of(&h, b.data, b.len, room);
        check_snippet(some, &h, b.data, room);
        json_decref(all);
        json_decref(some);
        mark_hits_release(&h);
        marks_release(&m);
        hf_buf_release(&b);
        hf_buf_release(&raw);
    }
}

/* A text of one word without blanks, or of letters of three bytes, is cut somewhere
 * between letters. */
static void test_snippet_without_blanks(void **state)
{
    static const char *const letters[] = {"a", "ø", "€", "\U0001F600", "-"};
    (void)state;
    for (size_t k = 0; k < N_OF(letters); k++)
        for (size_t shift = 0; shift < 5; shift++) {
            struct hf_buf b = HF_BUF_INIT;
            struct marks m;
            struct mark_hits h;
            for (size_t i = 0; i < shift; i++) hf_buf_addc(&b, 'x');
            while (b.len < 3000) hf_buf_adds(&b, letters[k]);
            hf_buf_adds(&b, " LAR ");
            while (b.len < 6000) hf_buf_adds(&b, letters[k]);
            marks_init(&m);
            add(&m, "a:LAR");
            marks_find(&m, analyser, b.data, b.len, &h);
            assert_int_equal(h.n, 1);
            json_t *some = snippet_of(&h, b.data, b.len, 320);
            check_snippet(some, &h, b.data, 320);
            json_decref(some);
            mark_hits_release(&h);
            marks_release(&m);
            hf_buf_release(&b);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_how),
        cmocka_unit_test(test_noise),
        cmocka_unit_test(test_snippet_without_blanks),
    };
    struct hf_error err;
    if (hf_analyser_new(t_lexicon(), &analyser, &err) != HF_OK) return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    hf_analyser_free(analyser);
    return failed;
}
