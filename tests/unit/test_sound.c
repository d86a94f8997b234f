/* The sound key: spellings of one name meet, different names do not. */
#include "t.h"

#include "../../shim/analyse.h"

static char *key(const char *name)
{
    struct hf_buf b = HF_BUF_INIT;
    hf_sound_key(&b, name, strlen(name));
    return hf_buf_take(&b);
}

struct row {
    const char *a, *b, *why;
};

static const struct row same[] = {
    {"Braathen", "Brathen", "aa is å, and å read as a"},
    {"Braathen", "Bråten", "th is t"},
    {"Braten", "Bråten", "å without a Norwegian keyboard"},
    {"Mogster", "Møgster", "ø without a Norwegian keyboard"},
    {"Moegster", "Møgster", "oe for ø"},
    {"Rebekka", "Rebecca", "c before a is k, doubled letters count once"},
    {"Hørthe", "Hørte", "th is t"},
    {"HØRTHE", "hørte", "case"},
    {"Hansen", "Hanssen", "doubled letters count once"},
    {"Wold", "Vold", "w is v"},
    {"Christine", "Kristine", "ch is k"},
    {"Bache", "Bakke", "ch is k"},
    {"Schjelderup", "Skjelderup", "sch is sk"},
    {"Cecilie", "Sesilie", "c before e and i is s"},
    {"Alexander", "Aleksander", "x is ks"},
    {"Philip", "Filip", "ph is f"},
    {"Zakarias", "Sakarias", "z is s"},
    {"Høyem", "Høiem", "y is i"},
    {"Hojem", "Høiem", "j behind a vowel is i"},
    {"Kaj", "Kai", "j behind a vowel is i"},
    {"Gjertsen", "Hjertsen", "gj and hj are j"},
    {"Björn", "Bjørn", "Swedish ö"},
    {"Kjærsti", "Kjersti", "æ is e"},
    {"Ødegaard", "Odegård", "both ends"},
    {"André", "Andre", "accents"},
    {"Haakon", "Hakon", "aa is a"},
    {"Nordli", "Nordly", "y at the end"},
};

static const struct row different[] = {
    {"Hansen", "Hagen", "n and g"},
    {"Hansen", "Hanser", "the last letter counts"},
    {"Berg", "Borg", "vowels count"},
    {"Lie", "Lia", "the last vowel counts"},
    {"Moen", "Moe", "the last consonant counts"},
    {"Olsen", "Larsen", "a common ending is no likeness"},
    {"Lars", "LAR", "an acronym is no name"},
    {"Lars", "Lara", ""},
    {"Nordberg", "Nordanger", ""},
    {"Nordmann", "Norman", "d inside a name counts"},
    {"Braten", "Breivik", ""},
    {"Strand", "Stran", "d at the end counts: Lund and Lunn are two names"},
    {"Vik", "Vika", ""},
    {"Bjørn", "Børn", "j behind a consonant counts"},
    {"Marte", "Marta", ""},
    {"Erik", "Eirik", "two names"},
    {"Hørthe", "Høring", ""},
};

static void test_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_OF(same); i++) {
        char *a = key(same[i].a), *b = key(same[i].b);
        if (strcmp(a, b) != 0)
            fail_msg("%s (%s) and %s (%s): %s", same[i].a, a, same[i].b, b, same[i].why);
        free(a);
        free(b);
    }
}

static void test_different(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_OF(different); i++) {
        char *a = key(different[i].a), *b = key(different[i].b);
        if (!strcmp(a, b))
            fail_msg("%s and %s are both %s: %s", different[i].a, different[i].b, a, different[i].why);
        free(a);
        free(b);
    }
}

/* Whatever comes in, lower-case ASCII comes out, and not more than was given. */
static void test_noise(void **state)
{
    (void)state;
    for (unsigned round = 0; round < t_rounds(20000); round++) {
        char bytes[200];
        size_t n = t_random(sizeof bytes);
        struct hf_buf b = HF_BUF_INIT;
        for (size_t i = 0; i < n; i++)
            bytes[i] = (char)(t_random(3) ? "axyckgjhtdwzqAXÅ\xC3\xB8\xA5-"[t_random(21)] : (int)t_random(256));
        hf_sound_key(&b, bytes, n);
        assert_true(b.len <= 2 * n);
        for (size_t i = 0; i < b.len; i++) assert_true(b.data[i] >= 'a' && b.data[i] <= 'z');
        hf_buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_different),
        cmocka_unit_test(test_noise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
