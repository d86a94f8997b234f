/* UTF-8, NFC and letters. */
#include "t.h"

#include <utf8proc.h>

#include "../../shim/utf8.h"

static void test_next(void **state)
{
    static const struct {
        const char *bytes;
        size_t len, n;
        uint32_t c;
        const char *why;
    } rows[] = {
        {"a", 1, 1, 'a', "ASCII"},
        {"\0", 1, 1, 0, "NUL is a code point"},
        {"å", 2, 2, 0xE5, "two bytes"},
        {"…", 3, 3, 0x2026, "three"},
        {"\U0001F600", 4, 4, 0x1F600, "four"},
        {"\xF4\x8F\xBF\xBF", 4, 4, 0x10FFFF, "the last one"},
        {"\xC3", 1, 1, 0xFFFD, "cut short at the end"},
        {"\xC3z", 2, 1, 0xFFFD, "cut short by a letter, which stays"},
        {"\xE2\x80", 2, 1, 0xFFFD, "two of three"},
        {"\x80", 1, 1, 0xFFFD, "a follower alone"},
        {"\xC0\x80", 2, 1, 0xFFFD, "overlong NUL"},
        {"\xC1\xBF", 2, 1, 0xFFFD, "overlong ASCII"},
        {"\xE0\x80\xAF", 3, 1, 0xFFFD, "overlong slash"},
        {"\xED\xA0\x80", 3, 1, 0xFFFD, "half a surrogate pair"},
        {"\xF4\x90\x80\x80", 4, 1, 0xFFFD, "past the last"},
        {"\xF5\x80\x80\x80", 4, 1, 0xFFFD, "no such lead"},
        {"\xFF", 1, 1, 0xFFFD, "no such byte"},
        {"\xE5", 1, 1, 0xFFFD, "å in Latin-1"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        uint32_t c = 1;
        size_t n = hf_utf8_next(rows[i].bytes, rows[i].len, &c);
        if (n != rows[i].n || c != rows[i].c)
            fail_msg("%s: %zu bytes, U+%04X", rows[i].why, n, c);
        bool valid = hf_utf8_is_valid(rows[i].bytes, rows[i].len, NULL);
        if (valid != (rows[i].c != 0xFFFD && rows[i].c))
            fail_msg("%s: valid %d", rows[i].why, valid);
    }
}

static void test_round_trip(void **state)
{
    struct hf_buf b = HF_BUF_INIT, lower = HF_BUF_INIT, nfc = HF_BUF_INIT,
                  twice = HF_BUF_INIT;
    (void)state;
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        uint32_t back;
        if (c >= 0xD800 && c < 0xE000) continue;
        hf_buf_clear(&b);
        hf_utf8_put(&b, c);
        assert_int_equal(hf_utf8_next(b.data, b.len, &back), b.len);
        assert_int_equal(back, c);
        assert_true(hf_utf8_is_valid(b.data, b.len, NULL));
        assert_int_equal(hf_utf8_count(b.data, b.len), 1);
        uint32_t l = hf_utf8_lower1(c);
        assert_int_equal(hf_utf8_lower1(l), l); /* lower stays lower */
        if (hf_utf8_is_upper(c)) assert_false(hf_utf8_is_lower(c));
        if (hf_utf8_is_lower(c) || hf_utf8_is_upper(c)) assert_true(hf_utf8_is_letter(c));
        assert_false(hf_utf8_is_letter(c) && hf_utf8_is_space(c));
        if (c > 0x3000 && c % 7)
            continue; /* NFC of every code point once is enough below, of some above */
        hf_buf_clear(&nfc);
        hf_buf_clear(&twice);
        hf_utf8_nfc(&nfc, b.data, b.len);
        hf_utf8_nfc(&twice, nfc.data, nfc.len);
        if (nfc.len != twice.len || memcmp(nfc.data, twice.data, nfc.len))
            fail_msg("NFC of U+%04X is not stable", c);
    }
    hf_buf_clear(&b);
    hf_utf8_put(&b, 0xD800); /* what is no code point becomes the sign for that */
    hf_utf8_put(&b, 0x110000);
    assert_string_equal(b.data, "\uFFFD\uFFFD");
    hf_buf_release(&b);
    hf_buf_release(&lower);
    hf_buf_release(&nfc);
    hf_buf_release(&twice);
}

/* What is answered without utf8proc is what utf8proc would say. */
static void test_as_utf8proc(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
        bool upper = k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LT;
        bool other = k == UTF8PROC_CATEGORY_LM || k == UTF8PROC_CATEGORY_LO ||
                     k == UTF8PROC_CATEGORY_MN;
        bool lower = k == UTF8PROC_CATEGORY_LL;
        if (hf_utf8_is_upper(c) != upper || hf_utf8_is_lower(c) != lower ||
            hf_utf8_is_letter(c) != (upper || lower || other) ||
            hf_utf8_lower1(c) != (uint32_t)utf8proc_tolower((utf8proc_int32_t)c))
            fail_msg("U+%04X is another letter", c);
        if (c >= 0x80 && k == UTF8PROC_CATEGORY_ZS) assert_true(hf_utf8_is_space(c));
    }
}

static void test_plain_run(void **state)
{
    static const struct {
        const char *text;
        size_t n;
        const char *why;
    } rows[] = {
        {"", 0, "nothing"},
        {"Møtet ble satt.", 16, "all of it"},
        {"a b  c", 3, "two blanks are put in order"},
        {" a", 0, "begins in a blank"},
        {"a ", 1, "ends in one"},
        {"a\tb", 1, "a tab"},
        {"a\nb", 1, "a break"},
        {"a\u00a0b", 1, "a blank that does not break"},
        {"a – b", 1, "a dash"},
        {"a\x7f", 1, "a control character"},
        {"ab\xc3", 2, "half a letter"},
        {"ab\xc3z", 2, "and something else"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        size_t n = hf_utf8_plain_run(rows[i].text, strlen(rows[i].text));
        if (n != rows[i].n) fail_msg("%s: %zu", rows[i].why, n);
    }
}

/* A bad byte is found wherever it stands among eight. */
static void test_valid_anywhere(void **state)
{
    static const char bad[] = {0, '\x80', '\xff'};
    char text[40];
    size_t at;
    (void)state;
    for (size_t len = 1; len <= sizeof text; len++)
        for (size_t i = 0; i < len; i++)
            for (size_t k = 0; k < sizeof bad; k++) {
                memset(text, k ? 'a' : 1, len);
                assert_true(hf_utf8_is_valid(text, len, &at));
                text[i] = bad[k];
                assert_false(hf_utf8_is_valid(text, len, &at));
                assert_int_equal(at, i);
            }
}

static void test_valid(void **state)
{
    static const struct {
        const char *text;
        size_t len, bad;
        const char *why;
    } rows[] = {
        {"abc\xFF", 4, 3, "a bad byte at the end"},
        {"æø\0å", 7, 4, "NUL is refused"},
        {"\xE2\x80", 2, 0, "cut short"},
        {"ok \xED\xA0\x80", 6, 3, "surrogate"},
    };
    size_t bad = 77;
    (void)state;
    assert_true(hf_utf8_is_valid("", 0, &bad));
    assert_true(hf_utf8_is_valid("blåbær …", strlen("blåbær …"), &bad));
    assert_int_equal(bad, 77);
    for (size_t i = 0; i < N_OF(rows); i++) {
        assert_false(hf_utf8_is_valid(rows[i].text, rows[i].len, &bad));
        if (bad != rows[i].bad) fail_msg("%s: at %zu", rows[i].why, bad);
    }
}

typedef void (*change)(struct hf_buf *b, const char *text, size_t len);

static void check(change fn, const char *text, const char *want, const char *why)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_buf_adds(&b, "før "); /* it appends */
    fn(&b, text, strlen(text));
    if (strcmp(b.data + strlen("før "), want))
        fail_msg("%s: «%s» gives «%s»", why, text, b.data);
    hf_buf_release(&b);
}

static void test_changes(void **state)
{
    static const struct {
        change fn;
        const char *text, *want, *why;
    } rows[] = {
        {hf_utf8_nfc, "", "", "nothing"},
        {hf_utf8_nfc, "Ra\u030Aholt", "Råholt", "a ring"},
        {hf_utf8_nfc, "ide\u0301", "idé", "an accent"},
        {hf_utf8_nfc, "o\u0308", "ö", "two dots"},
        {hf_utf8_nfc, "å\u212B", "åÅ", "the unit of length is the letter"},
        {hf_utf8_nfc, "a\u2000b", "a\u2002b", "an en quad is an en space"},
        {hf_utf8_nfc, "q\u0323\u0307", "q\u0323\u0307",
         "no composed letter: the marks stay, in order"},
        {hf_utf8_nfc, "q\u0307\u0323", "q\u0323\u0307", "and in the one order"},
        {hf_utf8_nfc, "\uFB01", "\uFB01", "a ligature is no composition"},
        {hf_utf8_nfc,
         "\xE5"
         "pen",
         "\uFFFDpen", "a bad byte is one sign"},
        {hf_utf8_nfc, "– … “x”", "– … “x”", "punctuation"},
        {hf_utf8_lower, "ÆØÅ ÄÖÜ Š Đ Ŋ Ŧ", "æøå äöü š đ ŋ ŧ", "Norwegian, Sámi"},
        {hf_utf8_lower, "LAR 14/2024", "lar 14/2024", "signs stay"},
        {hf_utf8_lower, "Σ", "σ", "Greek"},
        {hf_utf8_lower, "ß", "ß", "already"},
        {hf_utf8_lower, "\xFF", "\uFFFD", "a bad byte"},
        {hf_utf8_slug, "Helse Sør-Øst", "helse-sor-ost", "Norwegian letters"},
        {hf_utf8_slug, "Ærlig talt, Åse!", "aerlig-talt-ase", "signs at the end"},
        {hf_utf8_slug, "  --a--b--  ", "a-b", "runs are one hyphen, none at the ends"},
        {hf_utf8_slug, "Kárášjohka", "karasjohka", "accents go"},
        {hf_utf8_slug, "Ka\u0301ra", "kara", "combining ones too"},
        {hf_utf8_slug, "Đorđe Þór Straße", "dorde-thor-strasse", "other letters"},
        {hf_utf8_slug, "…", "", "no letter at all"},
        {hf_utf8_slug, "日本", "", "letters without a Latin form"},
        {hf_utf8_slug, "14/2024", "14-2024", "numbers"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++)
        check(rows[i].fn, rows[i].text, rows[i].want, rows[i].why);
}

static void test_classes(void **state)
{
    static const struct {
        uint32_t c;
        bool letter, digit, upper, lower, space;
        const char *why;
    } rows[] = {
        {'a', true, false, false, true, false, "a"},
        {'Z', true, false, true, false, false, "Z"},
        {0xE6, true, false, false, true, false, "æ"},
        {0xD8, true, false, true, false, false, "Ø"},
        {0x14A, true, false, true, false, false, "Ŋ"},
        {'5', false, true, false, false, false, "5"},
        {0x0665, false, false, false, false, false, "an Arabic digit is no digit here"},
        {0x00B2, false, false, false, false, false, "a raised two"},
        {'_', false, false, false, false, false, "_"},
        {' ', false, false, false, false, true, "blank"},
        {'\n', false, false, false, false, true, "line end"},
        {0xA0, false, false, false, false, true, "no-break space"},
        {0x2009, false, false, false, false, true, "thin space"},
        {0x202F, false, false, false, false, true, "narrow no-break space"},
        {0x3000, false, false, false, false, true, "wide space"},
        {0x301, true, false, false, false, false,
         "a combining accent goes with its letter"},
        {0xFFFD, false, false, false, false, false, "the sign for a bad byte"},
        {0, false, false, false, false, false, "NUL"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        uint32_t c = rows[i].c;
        if (hf_utf8_is_letter(c) != rows[i].letter ||
            hf_utf8_is_digit(c) != rows[i].digit ||
            hf_utf8_is_upper(c) != rows[i].upper ||
            hf_utf8_is_lower(c) != rows[i].lower || hf_utf8_is_space(c) != rows[i].space)
            fail_msg("%s", rows[i].why);
    }
}

/* Any bytes: NFC and lower case give valid text, and doing it twice changes nothing. */
static void test_noise(void **state)
{
    (void)state;
    for (unsigned round = 0; round < t_rounds(20000); round++) {
        char bytes[40];
        size_t len = t_random(sizeof bytes);
        for (size_t i = 0; i < len; i++)
            bytes[i] = (char)(t_random(3) ? 0xC0 + t_random(0x40) : t_random(256));
        struct hf_buf a = HF_BUF_INIT, b = HF_BUF_INIT;
        hf_utf8_nfc(&a, bytes, len);
        hf_utf8_nfc(&b, a.data, a.len);
        assert_int_equal(a.len, b.len);
        assert_memory_equal(a.data, b.data, a.len);
        if (!memchr(bytes, 0, len)) assert_true(hf_utf8_is_valid(a.data, a.len, NULL));
        hf_buf_clear(&b);
        hf_utf8_slug(&b, bytes, len);
        assert_int_equal(strspn(b.data, "abcdefghijklmnopqrstuvwxyz0123456789-"), b.len);
        hf_buf_release(&a);
        hf_buf_release(&b);
    }
}

static void test_show(void **state)
{
    static const struct {
        const char *text, *bytes, *all, *why;
    } rows[] = {
        {"referat møte.txt", "referat møte.txt", "referat møte.txt", "as it is"},
        {"m\xf8te", "m\\xF8te", "m\\xF8te", "a name in Windows-1252"},
        {"a\nb\x1b[2J\x7f", "a\nb\x1b[2J\x7f", "a\\x0Ab\\x1B[2J\\x7F", "a terminal is not written on"},
        {"\xc2\x9b" "2J", "\xc2\x9b" "2J", "\\xC2\\x9B2J", "nor by the other control characters"},
        {"\xef\xbf\xbd", "\xef\xbf\xbd", "\xef\xbf\xbd", "a replacement character that stands there"},
        {"\xed\xa0\x80\xc0\xaf", "\\xED\\xA0\\x80\\xC0\\xAF", "\\xED\\xA0\\x80\\xC0\\xAF", "no UTF-8"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct hf_buf bytes = HF_BUF_INIT, all = HF_BUF_INIT;
        hf_utf8_show(&bytes, rows[i].text, false);
        hf_utf8_show(&all, rows[i].text, true);
        if (strcmp(bytes.data, rows[i].bytes) || strcmp(all.data, rows[i].all))
            fail_msg("%s: %s, %s", rows[i].why, bytes.data, all.data);
        hf_buf_release(&bytes);
        hf_buf_release(&all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_next),    cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_as_utf8proc),
        cmocka_unit_test(test_plain_run),
        cmocka_unit_test(test_valid_anywhere),
        cmocka_unit_test(test_valid),   cmocka_unit_test(test_changes),
        cmocka_unit_test(test_classes), cmocka_unit_test(test_noise),
        cmocka_unit_test(test_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
