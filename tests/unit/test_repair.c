/* Readings of damaged words: what they must be, and what must be left alone. The words are
 * no list that the program knows; they stand for kinds of damage. */
#include "t.h"

#include "../../shim/analyse.h"
#include "../../shim/lemma.h"
#include "../../shim/local.h"
#include "../../shim/repair.h"
#include "../../shim/utf8.h"

static struct hf_lemma_ctx *lemmas;
static struct hf_repair *repair;
static struct hf_analyser *analyser;

static bool has(const struct hf_readings *r, const char *text)
{
    for (size_t i = 0; i < r->n; i++)
        if (!strcmp(r->at[i].text, text)) return true;
    return false;
}

static void print_readings(const struct hf_readings *r)
{
    for (size_t i = 0; i < r->n; i++) print_error("  %s %u\n", r->at[i].text, r->at[i].cost);
}

/* ---- words ---- */

struct row {
    const char *word, *meant, *why;
};

static const struct row words[] = {
    {"mgte", "møte", "ø as g"},
    {"mate", "møte", "ø as a; mate is a word, but a rare one"},
    {"mate", "måte", "both readings are likely"},
    {"mote", "møte", "ø as o"},
    {"m0te", "møte", "ø as 0"},
    {"m@te", "møte", "ø as @"},
    {"m¢te", "møte", "ø as ¢"},
    {"magte", "møte", "ø as ag"},
    {"mgate", "møte", "ø as ga"},
    {"fjdselens", "fødselens", "ø as j"},
    {"jst", "øst", "Ø as J"},
    {"gkonomi", "økonomi", "at the beginning"},
    {"skrgpelighet", "skrøpelighet", "a rare word"},
    {"pa", "på", "å as a"},
    {"ga", "gå", "a word that is rarer than its reading"},
    {"&", "å", "å as &, a word"},
    {"p&", "på", "å as &, in a word"},
    {"a", "å", "a word of one letter"},
    {"a8", "å", "å as a8"},
    {"omr4de", "område", "å as 4"},
    {"vaert", "vært", "æ as ae"},
    {"veere", "være", "æ as ee"},
    {"baerekraftig", "bærekraftig", "æ as ae"},
    {"|", "i", "I as |"},
    {"giennom", "gjennom", "j as i"},
    {"hielp", "hjelp", "j as i"},
    {"saksbchandling", "saksbehandling", "e as c"},
    {"kornmune", "kommune", "m as rn"},
    {"kommurie", "kommune", "n as ri"},
    {"sykeliuset", "sykehuset", "h as li"},
    {"hclse", "helse", "e as c"},
    {"5amarbeid", "samarbeid", "s as 5"},
    {"samarbeid5avtale", "samarbeidsavtale", "s as 5 inside"},
    {"komrnunedirektpr", "kommunedirektør", "two kinds at once"},
    {"utvalqet", "utvalget", "g as q"},
    {"vvedtak", "vedtak", "doubled letter"},
    {"komune", "kommune", "a doubled letter lost"},
    {"sekretariiatet", "sekretariatet", "a letter too many"},
    {"omistilling", "omstilling", "a letter too many; omi is no first part of anything"},
    {"representnt", "representant", "a letter lost"},
    {"erinnvilget", "er innvilget", "a lost blank"},
    {"omtalti", "omtalt i", "a lost blank"},
    {"meldingog", "melding og", "a lost blank"},
    {"leggespa", "legges på", "a lost blank and å as a"},
    {"kompetansekostnadi", "kompetansekostnad i", "a compound that is in no table, and a lost blank"},
    {"partnerskapsmgtet", "partnerskapsmøtet", "a compound that is in no table"},
    {"partnerskapsmaeatet", "partnerskapsmøtet", "the same, three letters for one"},
    {"klinikkdirektar", "klinikkdirektør", "direktar is a form of something, and yet"},
    {"henvisningsforlgp", "henvisningsforløp", "the same"},
    {"gkonomigruppa", "økonomigruppa", "damage in the first part"},
};

static void test_words(void **state)
{
    size_t n_bad = 0;
    (void)state;
    for (size_t i = 0; i < N_OF(words); i++) {
        const struct row *row = &words[i];
        struct hf_readings r;
        hf_repair_word(repair, row->word, strlen(row->word), HF_REPAIR_WORD, &r);
        if (has(&r, row->meant)) continue;
        n_bad++;
        print_error("%s is not read as %s: %s\n", row->word, row->meant, row->why);
        print_readings(&r);
    }
    assert_int_equal(n_bad, 0);
}

static const struct row alone[] = {
    {"skal", NULL, "skål and skøl are far rarer"},
    {"er", NULL, "the commonest words stay"},
    {"og", NULL, ""},
    {"for", NULL, "før is common, but for is far commoner"},
    {"fra", NULL, "frå is nynorsk"},
    {"har", NULL, "hår is rare"},
    {"kan", NULL, ""},
    {"i", NULL, "a letter that is a word"},
    {"kommunen", NULL, "nothing suspicious"},
    {"vedtak", NULL, ""},
    {"helseforetak", NULL, ""},
    {"legemiddelliste", NULL, ""},
    {"arbeid", NULL, "a is not always å"},
    {"samarbeid", NULL, ""},
    {"sak", NULL, "søk is rarer"},
    {"dag", NULL, "døg is none"},
    {"referat", NULL, ""},
    {"samhandling", NULL, ""},
    {"møte", NULL, "read right"},
    {"måte", NULL, "read right: not møte"},
    {"både", NULL, ""},
    {"ikkje", NULL, "nynorsk is no damage"},
    {"berre", NULL, ""},
    {"kva", NULL, ""},
    {"sjukehus", NULL, ""},
    {"tilskot", NULL, ""},
    {"x", NULL, "one letter"},
    {"2024", NULL, "a number"},
};

static void test_left_alone(void **state)
{
    size_t n_bad = 0;
    (void)state;
    for (size_t i = 0; i < N_OF(alone); i++) {
        struct hf_readings r;
        hf_repair_word(repair, alone[i].word, strlen(alone[i].word), HF_REPAIR_WORD, &r);
        if (!r.n) continue;
        n_bad++;
        print_error("%s has readings: %s\n", alone[i].word, alone[i].why);
        print_readings(&r);
    }
    assert_int_equal(n_bad, 0);
}

/* A capital may be a name's. */
static void test_capitals(void **state)
{
    static const struct {
        const char *word;
        enum hf_repair_as as;
        const char *meant, *why;
    } rows[] = {
        {"mgtet", HF_REPAIR_CAPITAL, "møtet", "a sentence begins"},
        {"arsrapport", HF_REPAIR_CAPITAL, "årsrapport", "a heading"},
        {"baerum", HF_REPAIR_NAME, "bærum", "a place of the table"},
        {"sgr", HF_REPAIR_NAME, "sør", "Helse Sør"},
        {"grete", HF_REPAIR_CAPITAL, NULL, "a given name is not gråte"},
        {"bergen", HF_REPAIR_NAME, NULL, "nor a town borgen"},
        {"lars", HF_REPAIR_CAPITAL, NULL, "nor lårs"},
        {"velken", HF_REPAIR_NAME, NULL, "a surname of no table is not veiken"},
        {"syrdal", HF_REPAIR_NAME, NULL, "nor sydal"},
        {"mgte", HF_REPAIR_HEALTHY, "møte", "no word: read even where other words have their ø"},
        {"mate", HF_REPAIR_HEALTHY, NULL, "a word, in a text that has its ø"},
        {"var", HF_REPAIR_HEALTHY, NULL, "the same"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct hf_readings r;
        hf_repair_word(repair, rows[i].word, strlen(rows[i].word), rows[i].as, &r);
        if (rows[i].meant ? has(&r, rows[i].meant) : !r.n) continue;
        print_readings(&r);
        fail_msg("%s as %d: %s", rows[i].word, (int)rows[i].as, rows[i].why);
    }
}

static void test_order_and_bounds(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_OF(words); i++) {
        struct hf_readings r;
        hf_repair_word(repair, words[i].word, strlen(words[i].word), HF_REPAIR_WORD, &r);
        assert_true(r.n <= 4);
        for (size_t k = 0; k < r.n; k++) {
            assert_int_equal(r.at[k].len, strlen(r.at[k].text));
            assert_string_not_equal(r.at[k].text, words[i].word);
            if (k) assert_true(r.at[k - 1].cost <= r.at[k].cost);
            for (size_t j = 0; j < k; j++) assert_string_not_equal(r.at[j].text, r.at[k].text);
        }
    }
}

/* ---- names ---- */

static bool is_found_by(const char *printed, const char *asked)
{
    struct hf_readings keys;
    struct hf_buf want = HF_BUF_INIT, own = HF_BUF_INIT;
    hf_sound_key(&want, asked, strlen(asked));
    hf_sound_key(&own, printed, strlen(printed));
    hf_repair_name_keys(t_lexicon(), printed, strlen(printed), &keys);
    bool found = !strcmp(own.data, want.data) || has(&keys, want.data);
    hf_buf_release(&want);
    hf_buf_release(&own);
    return found;
}

static void test_names(void **state)
{
    static const struct {
        const char *printed, *asked;
        bool found;
        const char *why;
    } rows[] = {
        {"hagrthe", "hørthe", true, "ø as ag"},
        {"klgvtveit", "kløvtveit", true, "ø as g between consonants"},
        {"havard", "håvard", true, "å as a needs no repair"},
        {"brathen", "bråten", true, "the same"},
        {"sgrensen", "sørensen", true, ""},
        {"bjgrn", "bjørn", true, ""},
        {"hgie", "høie", true, "before a vowel"},
        {"bj0rn", "bjørn", true, "ø as 0"},
        {"mgrkgd", "mørkød", true, "two letters"},
        {"hansen", "hagen", false, "a known name has no other readings"},
        {"berg", "borg", false, ""},
        {"lie", "lia", false, ""},
        {"olsen", "larsen", false, ""},
        {"moen", "moe", false, ""},
        {"lars", "lar", false, ""},
        {"syrdal", "sundal", false, "only æ, ø and å are undone"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++)
        if (is_found_by(rows[i].printed, rows[i].asked) != rows[i].found)
            fail_msg("%s asked for as %s: %s", rows[i].printed, rows[i].asked, rows[i].why);
}

/* ---- whole texts ---- */

/* " kind:text@pos[start,end)" */
static int collect(void *ctx, const struct hf_term *t)
{
    static const char kinds[] = {[HF_TERM_EXACT] = 'x',  [HF_TERM_LEMMA] = 'z',  [HF_TERM_ACRONYM] = 'a',
                                 [HF_TERM_STEM] = 'y',   [HF_TERM_PART] = 'p',   [HF_TERM_REPAIR] = 'r',
                                 [HF_TERM_NUMBER] = 'n', [HF_TERM_SOUND] = 'k'};
    hf_buf_addf(ctx, " %c:%.*s@%u[%zu,%zu)", kinds[t->kind], (int)t->len, t->text, t->pos, t->start, t->end);
    return 0;
}

static void test_texts(void **state)
{
    static const struct {
        const char *text, *has, *lacks, *why;
    } rows[] = {
        {"om mgte i dag", " r:møte@2[3,7)", NULL, "beside what was read"},
        {"om mgte i dag", " x:mgte@2[3,7)", NULL, "never in its place"},
        {"for & utarbeide", " r:å@2[4,5)", NULL, "a lone & is a word and has a position"},
        {"for & utarbeide", " x:utarbeide@3", NULL, "the next word comes after it"},
        {"for & utarbeide", NULL, " x:&", "it is no word that one can ask for"},
        {"ny m@teplan her", " r:møteplan@2[3,11)", NULL, "a symbol in a word"},
        {"ny m@teplan her", " x:m@teplan@2", " x:teplan", "one word, not two"},
        {"@konomi", " r:økonomi@1[0,7)", NULL, "a symbol at the beginning"},
        {"| 2024 har", " r:i@1[0,1)", NULL, "I as |"},
        {"post@sykehus.no", " x:sykehus@2", " r:", "an address stays two words"},
        {"H&M", " x:h@1", " r:", "capitals with & are a name"},
        {"skal rettighets vurderes av", " r:rettighetsvurdere@2[5,24)", NULL, "a word split by recognition"},
        {"kommunens ansvar", NULL, " r:", "a genitive is no split word"},
        {"mgtet med mate og måte på åpen høring og øvrige spørsmål så både når vi går", NULL, " r:møte@3",
         "a text that has its letters"},
        {"LAR og SSU", NULL, " r:", "acronyms have no readings"},
        {"innleder Kirsten Hagrthe møtte", NULL, " k:horte", "nobody of such a name is known"},
        {"innleder Erik Hansen møtte", NULL, " k:hagen", "a known name has one"},
        {"er i omtalti dag", " r:omtale@3", NULL, "each word of a lost blank"},
        {"ditt partnerskapsmgte", " r:møte@2", NULL, "a sure compound has its parts"},
        {"av skrgpelighet", " r:skrøp@2", NULL, "and its stem"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct hf_buf b = HF_BUF_INIT;
        hf_analyser_damaged(analyser, true);
        hf_analyse(analyser, HF_INDEX_TEXT, rows[i].text, strlen(rows[i].text), collect, &b);
        if ((rows[i].has && !strstr(b.data, rows[i].has)) || (rows[i].lacks && strstr(b.data, rows[i].lacks)))
            fail_msg("«%s»: %s\n%s", rows[i].text, rows[i].why, b.data);
        hf_buf_clear(&b);
        hf_analyse(analyser, HF_QUERY_TEXT, rows[i].text, strlen(rows[i].text), collect, &b);
        assert_null(strstr(b.data, " r:")); /* a question is not repaired */
        hf_buf_clear(&b);
        hf_analyser_damaged(analyser, false);
        hf_analyse(analyser, HF_INDEX_TEXT, rows[i].text, strlen(rows[i].text), collect, &b);
        assert_null(strstr(b.data, " r:"));
        hf_buf_release(&b);
    }
}

/* A word that was the name of somebody who is known is found by that name, and by what sounds like it. */
static void test_known_names(void **state)
{
    static const struct {
        const char *text, *has, *lacks, *why;
    } rows[] = {
        {"ved Kirsten Hagrthe i dag", " r:hørthe@3[12,19)", NULL, "a reading like that of a word"},
        {"ved Kirsten Hagrthe i dag", " k:horte@3[12,19)", NULL, "and its sound"},
        {"ved Kirsten Hagrthe i dag", " x:hagrthe@3", NULL, "beside what was read"},
        {"ved @ystein i dag", " r:øystein@2[4,11)", NULL, "with a sign for the capital"},
        {"ved hagrthe i dag", NULL, " r:hørthe", "no name without a capital"},
        {"ved Hagrum i dag", NULL, " r:hørum", "another name, of nobody"},
    };
    struct hf_local local = {NULL};
    json_t *record = json_pack("{s:[{s:s,s:s},{s:s,s:s}]}", "names_read", "printed", "Hagrthe", "name", "Hørthe",
                               "printed", "@ystein", "name", "Øystein");
    (void)state;
    hf_local_add_names(&local, record);
    hf_analyser_local(analyser, &local);
    hf_analyser_damaged(analyser, true);
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct hf_buf b = HF_BUF_INIT;
        hf_analyse(analyser, HF_INDEX_TEXT, rows[i].text, strlen(rows[i].text), collect, &b);
        if ((rows[i].has && !strstr(b.data, rows[i].has)) || (rows[i].lacks && strstr(b.data, rows[i].lacks)))
            fail_msg("«%s»: %s\n%s", rows[i].text, rows[i].why, b.data);
        hf_buf_release(&b);
    }
    hf_analyser_damaged(analyser, false);
    hf_analyser_local(analyser, NULL);
    hf_local_clear(&local);
    json_decref(record);
}

/* ---- noise ---- */

static void test_noise(void **state)
{
    static const char *const bits[] = {"a",    "g",    "mgt",  "e",    "ø",    "i",    "rn",   "æ",   "&", "@",
                                       "\xC3", "\xFF", "0",    "kommune", "s", "\x01", "å",   "¢",  "helse", "|",
                                       "ag",   "aea",  "ll",   "\xC2", " ",    "€",    "\xE2\x80", "5"};
    (void)state;
    hf_analyser_damaged(analyser, true);
    for (unsigned round = 0; round < t_rounds(3000); round++) {
        struct hf_buf b = HF_BUF_INIT, terms = HF_BUF_INIT;
        struct hf_readings r;
        struct hf_reading joined;
        for (uint32_t n = t_random(t_random(20) ? 10 : 60); n; n--) hf_buf_adds(&b, bits[t_random(N_OF(bits))]);
        hf_repair_word(repair, b.data, b.len, (enum hf_repair_as)t_random(4), &r);
        for (size_t i = 0; i < r.n; i++) {
            size_t bad;
            assert_true(hf_utf8_is_valid(r.at[i].text, r.at[i].len, &bad));
        }
        hf_repair_name_keys(t_lexicon(), b.data, b.len, &r);
        size_t cut = t_random((uint32_t)b.len + 1);
        hf_repair_join(repair, b.data, cut, b.data + cut, b.len - cut, &joined);
        hf_analyse(analyser, HF_INDEX_TEXT, b.data, b.len, collect, &terms);
        hf_buf_release(&terms);
        hf_buf_release(&b);
    }
    hf_analyser_damaged(analyser, false);
}

/* ---- the data ---- */

static void test_files(void **state)
{
    static const struct {
        const char *confusions, *frequencies, *says;
    } rows[] = {
        {"# x\nmg\tø\t1\t2\n", "møte\t28\n", NULL},
        {"", "", NULL},
        {"g\tø\t1\n", "", "confusions.tsv:1: needs"},
        {"# x\ng\tø\tmange\t0\n", "", "confusions.tsv:2: a count"},
        {"g\tø\t-1\t0\n", "", "a count"},
        {"\tø\t1\t0\n", "", "a side is empty"},
        {"abcde\tø\t1\t0\n", "", "what was written"},
        {"g\t漢\t1\t0\n", "", "what was meant"},
        {"", "møte\n", "frequencies.tsv:1: needs"},
        {"", "møte\t99\n", "frequencies.tsv:1: needs"},
        {"", "b\t20\na\t20\n", "frequencies.tsv:2: a is out of order"},
    };
    char *dir = t_path("data");
    (void)state;
    mkdir(dir, 0700);
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct hf_repair_model *m;
        struct hf_error err = {HF_OK, ""};
        char *a = t_path("data/confusions.tsv"), *b = t_path("data/frequencies.tsv");
        t_write(a, rows[i].confusions, strlen(rows[i].confusions));
        t_write(b, rows[i].frequencies, strlen(rows[i].frequencies));
        enum hf_status status = hf_repair_model_open(dir, &m, &err);
        assert_int_equal(status, rows[i].says ? HF_BAD_ARGUMENT : HF_OK);
        if (rows[i].says && !strstr(err.text, rows[i].says)) fail_msg("%s", err.text);
        hf_repair_model_close(m);
        free(a);
        free(b);
    }
    free(dir);
}

static void test_classes(void **state)
{
    const struct hf_repair_model *m = hf_lexicon_confusions(t_lexicon());
    (void)state;
    assert_true(hf_repair_class(m, "møte", 5) > hf_repair_class(m, "mate", 4));
    assert_int_equal(hf_repair_class(m, "skrgpelighet", 12), 0);
    assert_int_equal(hf_repair_class(m, "", 0), 0);
    assert_true(hf_repair_is_symbol(m, '&') && hf_repair_is_symbol(m, '|'));
    assert_false(hf_repair_is_symbol(m, 'g') || hf_repair_is_symbol(m, '0') || hf_repair_is_symbol(m, '.') ||
                 hf_repair_is_symbol(m, 0x6F22));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words), cmocka_unit_test(test_left_alone), cmocka_unit_test(test_capitals),
        cmocka_unit_test(test_order_and_bounds), cmocka_unit_test(test_names), cmocka_unit_test(test_texts), cmocka_unit_test(test_known_names),
        cmocka_unit_test(test_noise), cmocka_unit_test(test_files), cmocka_unit_test(test_classes),
    };
    struct hf_error err;
    if (hf_lemma_ctx_new(hf_lexicon_lemmas(t_lexicon()), &lemmas, &err) != HF_OK) return 1;
    if (hf_analyser_new(t_lexicon(), &analyser, &err) != HF_OK) return 1;
    repair = hf_repair_new(t_lexicon(), lemmas);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    hf_repair_free(repair);
    hf_analyser_free(analyser);
    hf_lemma_ctx_free(lemmas);
    return failed;
}
