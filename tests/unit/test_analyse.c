/* The analyser: which terms a text gives, where, and that index and query agree. */
#include "t.h"

#include <dirent.h>

#include "../../shim/analyse.h"
#include "../../shim/utf8.h"

static struct hf_analyser *analyser;
static bool is_damaged; /* what the analyser was told last */

static void set_damaged(bool damaged)
{
    is_damaged = damaged;
    hf_analyser_damaged(analyser, damaged);
}

static int begin(void **state)
{
    (void)state;
    set_damaged(false);
    return 0;
}

/* ---- one text: what must and must not be among its terms ---- */

/* "a:LAR@2 z:la@1[0,3) ~p:del": kind letter, text, position, bytes; @ and [ may be left
 * out. A term that must be weak begins with ~. Specs are separated by blanks. */
struct row {
    const char *why, *text, *has, *lacks;
};

static const struct row index_rows[] = {
    /* words and acronyms */
    {"LAR is neither lar nor Lars", "lar LAR Lars",
     "x:lar@1[0,3) z:la@1 x:LAR@2[4,7) a:LAR@2[4,7) x:lars@3[8,12) z:lars@3",
     "a:LAR@1 a:LAR@3 z:la@2 z:la@3 z:lar@3"},
    {"the colon of a label is no part of it", "LAR: ny rutine",
     "a:LAR@1[0,3) z:ny@2 z:rutine@3", "z:la"},
    {"an inflected acronym is the acronym, the source's bytes are the whole word",
     "PLLen og PLLene", "a:PLL@1[0,5) x:PLL@1 a:PLL@3[9,15)", "x:pllen"},
    {"with a typographic apostrophe", "LSU’ene", "a:LSU@1[0,9)", NULL},
    {"with a plain apostrophe", "LSU'ene", "a:LSU@1[0,7)", NULL},
    {"a genitive", "SSUs vedtak", "a:SSU@1[0,4) z:vedtak@2", NULL},
    {"an acronym in a hyphenated word stands alone", "ROP-tilbudet",
     "a:ROP@1[0,3) z:tilbud@2[4,12)", "z:rop"},
    {"a number at an acronym's end: with and without it", "LIS1-stillinger",
     "a:LIS1@1[0,4) a:LIS@1 z:stilling@2", NULL},
    {"an acronym that nobody knows, of three letters and more", "XYZen er ny",
     "a:XYZ@1[0,5)", NULL},
    {"not of two: ISene is no acronym that stands in no list", "QXene", NULL, "a:QX"},
    {"an unknown word in capitals is both", "MERKNAD fra kommunen",
     "a:MERKNAD@1 z:merknad@1", NULL},
    {"an acronym has no lemma", "ROP", "a:ROP@1", "z:rop z:rope"},
    {"mixed case: Rop is the word", "Rop", "z:rop@1", "a:ROP"},
    {"a single capital letter is no acronym", "Avdeling A", "x:a@2", "a:A"},
    {"an acronym in brackets", "rehabilitering (LAR)", "a:LAR@2[16,19)", NULL},
    {"an acronym between slashes", "LAR/ROP", "a:LAR@1[0,3) a:ROP@2[4,7)", NULL},
    {"acronyms with Norwegian letters", "ØHD-senger", "a:ØHD@1[0,4) z:seng@2", NULL},
    /* lines in capitals */
    {"a line in capitals: only acronyms that are no words", "HVORDAN LAR VI DPS STYRE",
     "z:la@2 a:DPS@4", "a:LAR a:HVORDAN a:STYRE"},
    {"two words in capitals are no such line", "LAR OG", "a:LAR@1", "z:la"},
    {"one lower-case letter and it is none", "SAK OM LAR I Finnmark", "a:LAR@3",
     "z:la@3"},
    {"each line by itself", "LAR I FINNMARK NÅ\nLAR i Finnmark", "z:la@1 a:LAR@5",
     "a:LAR@1 z:la@5"},
    {"the second line is in capitals, the first is not",
     "LAR i Finnmark\nHVA LAR VI VÆRE", "a:LAR@1 z:la@5", "a:LAR@5"},
    {"carriage return at the end of such a line", "HVA LAR VI VÆRE\r\nLAR er",
     "z:la@2 a:LAR@5", "a:LAR@2"},
    /* hyphens */
    {"a word parted at the end of a line", "samhandlings-\ntilskudd til",
     "z:samhandlingstilskudd@1[0,22) z:til@2", NULL},
    {"with blanks around the break", "samhand- \n   ling", "z:samhandling@1", NULL},
    {"with carriage return", "samhand-\r\nling", "z:samhandling@1", NULL},
    {"a capital goes on: no parted word", "Sør-\nTrøndelag", "x:sør@1 x:trøndelag@2",
     NULL},
    {"an open compound before «og» stays", "rekrutterings-\nog stabiliseringstilskudd",
     "z:og@2", "x:rekrutteringsog"},
    {"at the end of the text too", "rekrutterings-\nog", "z:og@2", "x:rekrutteringsog"},
    {"before «og,» too", "barne-\nog, ungdom", "z:og@2", "x:barneog"},
    {"before «eller» at a line's end", "barne-\neller\nungdom", "z:eller@2",
     "x:barneeller"},
    {"a word that only begins like «og»", "hand-\nogså", NULL, "x:og"},
    {"an acronym keeps its hyphen", "ROP-\ntilbudet", "a:ROP@1 z:tilbud@2", NULL},
    {"a hyphenated word is also the word without", "samhandlings-tilskudd",
     "x:samhandlings@1 z:tilskudd@2 x:samhandlingstilskudd@1[0,21) "
     "z:samhandlingstilskudd@1",
     NULL},
    {"a hyphen between blanks parts two words", "samhandling - tilskudd",
     "z:samhandling@1 z:tilskudd@2", "x:samhandlingtilskudd"},
    {"a non-breaking hyphen is a hyphen", "samhandlings‑tilskudd",
     "z:samhandlingstilskudd@1", NULL},
    {"a soft hyphen is nothing", "sam\u00ADhand\u00ADling",
     "x:samhandling@1[0,15) z:samhandling@1", NULL},
    {"a soft hyphen at a line's end", "sam\u00AD\nhandling", "z:samhandling@1", NULL},
    {"a zero-width space is nothing", "sam\u200Bhandling", "z:samhandling@1", NULL},
    /* letters */
    {"ligatures are undone", "e\uFB00ekt og \uFB01nansiering",
     "x:effekt@1[0,7) x:finansiering@3", NULL},
    {"a combining ring", "Ra\u030Aholt", "x:råholt@1[0,8)", NULL},
    {"a combining ring on an acronym's letter", "A\u030ARK er", "x:årk@1", NULL},
    {"a composed accent and a combining one are one", "ide\u0301 idé", "x:idé@1 x:idé@2",
     NULL},
    {"Sámi letters", "Kárášjohka", "x:kárášjohka@1[0,13)", NULL},
    {"a no-break space parts words", "ny\u00A0rutine", "z:ny@1 z:rutine@2", NULL},
    {"capitals of Norwegian letters", "ØYEBLIKKELIG hjelp", "x:øyeblikkelig@1", NULL},
    /* numbers */
    {"a case number and its parts", "sak 14/2024",
     "#:14/2024@2[4,11) x:14@2[4,6) x:2024@3[7,11)", NULL},
    {"two digits for the year", "sak 39/23", "#:39/2023@2[4,9)", NULL},
    {"leading zeros go", "sak 003/23", "#:3/2023@2", NULL},
    {"the year first", "sak 2024/15", "#:15/2024@2", NULL},
    {"the year first with a point", "2021.03 Dialog", "#:3/2021@1", NULL},
    {"a date is none", "den 14.03.2024 og 14/03/2024", NULL,
     "#:3/2024 #:14/2003 #:14/2024"},
    {"an archive number is none", "ref. 23/01234-5 og 2024/1234-7", NULL,
     "#:23/2012 #:1234/2024"},
    {"a hyphen before a whole year may be a case number", "telefon 38-2026.",
     "#:38/2026@2[8,15)", NULL},
    {"years are none", "2019-2023 og 19-23", NULL,
     "#:2019/2023 #:19/2023 #:23/2019 #:2023/2019"},
    {"an interval of cases", "14-16/2024", NULL, "#:14/2024"},
    {"digits alone have the exact form only", "2024", "x:2024@1", "z:2024 y:2024"},
    {"a number in a word", "covid19", "x:covid19@1", NULL},
    /* stop words and parts */
    {"parts of a compound on the index side", "legemiddelliste",
     "z:legemiddelliste@1 ~p:legemiddel@1 ~p:liste@1", NULL},
    {"nynorsk and bokmål meet", "helseføretaket helseforetaket",
     "z:helseforetak@1 z:helseforetak@2", NULL},
    {"so do inflections", "sykehusene sjukehusa", "z:sykehus@1 z:sykehus@2", NULL},
    /* nothing */
    {"an empty text", "", NULL, NULL},
    {"no word", " – , … \n\t", NULL, NULL},
    {"brackets and quotes", "«LAR»", "a:LAR@1[2,5)", NULL},
};

static const struct row query_rows[] = {
    {"a question of acronyms is not set in capitals", "LAR ROP DPS",
     "a:LAR@1 a:ROP@2 a:DPS@3", "z:la"},
    {"not on the query side", "legemiddelliste", "z:legemiddelliste@1",
     "p:legemiddel p:liste"},
};

struct found {
    char text[256];
    size_t start, end;
    unsigned pos;
    char kind;
    bool is_weak;
};
static struct found found[4096];
static size_t n_found;

static char letter_of(enum hf_term_kind kind)
{
    static const char letters[] = {
        [HF_TERM_EXACT] = 'x',  [HF_TERM_LEMMA] = 'z', [HF_TERM_ACRONYM] = 'a',
        [HF_TERM_STEM] = 'y',   [HF_TERM_PART] = 'p',  [HF_TERM_REPAIR] = 'r',
        [HF_TERM_NUMBER] = '#', [HF_TERM_SOUND] = 'k'};
    return letters[kind];
}

static int collect(void *ctx, const struct hf_term *t)
{
    (void)ctx;
    if (n_found == N_OF(found)) return 1;
    struct found *f = &found[n_found++];
    *f = (struct found){"", t->start, t->end, t->pos, letter_of(t->kind), t->is_weak};
    snprintf(f->text, sizeof f->text, "%.*s", (int)t->len, t->text);
    return 0;
}

static unsigned analyse(enum hf_reason reason, const char *text)
{
    n_found = 0;
    return hf_analyse(analyser, reason, text, strlen(text), collect, NULL);
}

static void print_found(const char *text)
{
    print_message("  «%s» gives:", text);
    for (size_t i = 0; i < n_found; i++)
        print_message(" %s%c:%s@%u[%zu,%zu)", found[i].is_weak ? "~" : "", found[i].kind,
                      found[i].text, found[i].pos, found[i].start, found[i].end);
    print_message("\n");
}

static bool has_spec(const char *spec, size_t len)
{
    char one[256], text[256];
    snprintf(one, sizeof one, "%.*s", (int)len, spec);
    bool weak = one[0] == '~';
    char *s = one + weak, *at = strrchr(s, '@'), *bytes = strrchr(s, '[');
    size_t start = 0, end = 0;
    unsigned pos = 0;
    if (bytes && sscanf(bytes, "[%zu,%zu)", &start, &end) == 2) *bytes = 0;
    if (at) {
        pos = (unsigned)strtoul(at + 1, NULL, 10);
        *at = 0;
    }
    snprintf(text, sizeof text, "%s", s + 2);
    for (size_t i = 0; i < n_found; i++) {
        const struct found *f = &found[i];
        if (f->kind != s[0] || strcmp(f->text, text) || (pos && f->pos != pos)) continue;
        if (weak && !f->is_weak) continue;
        if (!bytes || (f->start == start && f->end == end)) return true;
    }
    return false;
}

static unsigned check_specs(const struct row *r, const char *specs, bool wanted)
{
    unsigned wrong = 0;
    for (const char *s = specs; s && *s;) {
        size_t n = strcspn(s, " ");
        if (n && has_spec(s, n) != wanted) {
            print_error("%s: %s %.*s\n", r->why, wanted ? "lacks" : "must not have",
                        (int)n, s);
            print_found(r->text);
            wrong++;
        }
        s += n + (s[n] == ' ');
    }
    return wrong;
}

static unsigned check_rows(enum hf_reason reason, const struct row *rows, size_t n)
{
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        analyse(reason, rows[i].text);
        wrong += check_specs(&rows[i], rows[i].has, true);
        wrong += check_specs(&rows[i], rows[i].lacks, false);
        if (!rows[i].has && !rows[i].lacks && n_found) {
            print_error("%s: no term was expected\n", rows[i].why);
            wrong++;
        }
    }
    return wrong;
}

static void test_rows(void **state)
{
    (void)state;
    unsigned wrong = check_rows(HF_INDEX_TEXT, index_rows, N_OF(index_rows));
    wrong += check_rows(HF_QUERY_TEXT, query_rows, N_OF(query_rows));
    assert_int_equal(wrong, 0);
}

/* ---- numbers ---- */

static void test_numbers(void **state)
{
    static const struct {
        const char *text, *want;
        size_t n;
        const char *why;
    } numbers[] = {
        {"14/2024", "14/2024", 7, "number and year"},
        {"39/23", "39/2023", 5, "year of two digits"},
        {"2023.08", "8/2023", 7, "year first, point"},
        {"2024/15", "15/2024", 7, "year first, slash"},
        {"03/2024", "3/2024", 7, "leading zero"},
        {"14/2024.", "14/2024", 7, "end of a sentence"},
        {"14/2024)", "14/2024", 7, "bracket"},
        {"14/2024-3", "", 0, "an archive number"},
        {"14/03/2024", "", 0, "a date with slashes"},
        {"14.03.2024", "", 0, "a date with points"},
        {"3.2024", "", 0, "a month"},
        {"0/2024", "", 0, "no case has the number 0"},
        {"14/1823", "", 0, "not of this time"},
        {"14/203", "", 0, "three digits are no year"},
        {"12345/24", "", 0, "five digits are an archive number"},
        {"14/", "", 0, "cut off"},
        {"/24", "", 0, "nothing before"},
        {"14", "", 0, "no year"},
        {"", "", 0, "nothing"},
        {"2024/2023", "", 0, "two years"},
        {"14/20245", "", 0, "five digits after"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(numbers); i++) {
        struct hf_buf b = HF_BUF_INIT;
        size_t n = hf_number_read(&b, numbers[i].text, strlen(numbers[i].text));
        if (n != numbers[i].n || strcmp(b.data, numbers[i].want))
            fail_msg("«%s» (%s): %zu bytes, «%s»", numbers[i].text, numbers[i].why, n,
                     b.data);
        hf_buf_release(&b);
    }
}

static void test_sounds(void **state)
{
    static const char *const same[][2] = {
        {"braathen", "bråten"}, {"braathen", "brathen"}, {"christensen", "kristensen"},
        {"solberg", "solberg"}, {"haakon", "håkon"},     {"thorsen", "torsen"}};
    static const char *const other[][2] = {
        {"hansen", "jansen"}, {"berg", "borg"}, {"nilsen", "olsen"}};
    struct hf_buf a = HF_BUF_INIT, b = HF_BUF_INIT;
    (void)state;
    for (size_t i = 0; i < N_OF(same) + N_OF(other); i++) {
        bool equal = i < N_OF(same);
        const char *const *pair = equal ? same[i] : other[i - N_OF(same)];
        hf_buf_clear(&a);
        hf_buf_clear(&b);
        hf_sound_key(&a, pair[0], strlen(pair[0]));
        hf_sound_key(&b, pair[1], strlen(pair[1]));
        if (equal != !strcmp(a.data, b.data))
            fail_msg("%s %s, %s %s", pair[0], a.data, pair[1], b.data);
        for (size_t k = 0; k < a.len; k++)
            assert_true(a.data[k] >= 'a' && a.data[k] <= 'z');
    }
    hf_buf_release(&a);
    hf_buf_release(&b);
}

static void test_concept_key(void **state)
{
    static const char *const same[][2] = {
        {"legemiddelassistert rehabilitering", "Legemiddel-assistert  rehabilitering"},
        {"pasientens legemiddelliste", "pasientens legemiddel-liste"},
    };
    struct hf_buf a = HF_BUF_INIT, b = HF_BUF_INIT;
    (void)state;
    for (size_t i = 0; i < N_OF(same); i++) {
        hf_buf_clear(&a);
        hf_buf_clear(&b);
        hf_concept_key(analyser, &a, same[i][0], strlen(same[i][0]));
        hf_concept_key(analyser, &b, same[i][1], strlen(same[i][1]));
        assert_string_equal(a.data, b.data);
    }
    hf_buf_release(&a);
    hf_buf_release(&b);
}

/* ---- the corpus ---- */

static bool is_boundary(const char *text, size_t len, size_t at)
{
    return at == len || ((unsigned char)text[at] & 0xC0) != 0x80;
}

struct walk {
    const char *text;
    size_t len, last_start, n;
    unsigned last_pos, max_pos, stop_after;
};

static int check_term(void *ctx, const struct hf_term *t)
{
    struct walk *w = ctx;
    w->n++;
    assert_true(t->len > 0 && t->pos > 0);
    assert_true(t->start < t->end && t->end <= w->len);
    assert_true(is_boundary(w->text, w->len, t->start) &&
                is_boundary(w->text, w->len, t->end));
    assert_true(hf_utf8_is_valid(t->text, t->len, NULL));
    assert_true(t->pos <= w->max_pos + 1); /* no gaps */
    if (t->pos > w->max_pos) w->max_pos = t->pos;
    /* Only the joined reading of a hyphenated group goes back. */
    if (t->pos < w->last_pos)
        assert_true(t->kind == HF_TERM_EXACT || t->kind != HF_TERM_ACRONYM);
    uint32_t c;
    hf_utf8_next(w->text + t->start, w->len - t->start, &c);
    /* In damaged text a word may begin with a symbol: @konomi. */
    if (!is_damaged)
        assert_true(hf_utf8_is_letter(c) || hf_utf8_is_digit(c) ||
                    (c >= 0xFB00 && c <= 0xFB06));
    assert_int_equal(t->is_weak, t->kind == HF_TERM_STEM || t->kind == HF_TERM_PART ||
                                     t->kind == HF_TERM_REPAIR ||
                                     t->kind == HF_TERM_SOUND);
    w->last_pos = t->pos;
    return w->stop_after && w->n >= w->stop_after;
}

static size_t check_text(enum hf_reason reason, const char *text, size_t len)
{
    struct walk w = {.text = text, .len = len};
    unsigned n = hf_analyse(analyser, reason, text, len, check_term, &w);
    assert_int_equal(n, w.max_pos);
    if (w.n > 2) { /* stopping is obeyed at once */
        struct walk again = {.text = text, .len = len, .stop_after = 2};
        hf_analyse(analyser, reason, text, len, check_term, &again);
        assert_int_equal(again.n, 2);
    }
    return w.n;
}

static void each_corpus_file(void (*fn)(const char *text, size_t len))
{
    struct dirent **names;
    int n = scandir(T_CORPUS, &names, NULL, alphasort), used = 0;
    struct hf_buf path = HF_BUF_INIT, raw = HF_BUF_INIT, text = HF_BUF_INIT;
    for (int i = 0; i < n; i++) {
        if (strstr(names[i]->d_name, ".txt")) {
            hf_buf_clear(&path);
            hf_buf_clear(&text);
            hf_buf_addf(&path, "%s/%s", T_CORPUS, names[i]->d_name);
            t_read(&raw, path.data);
            hf_utf8_nfc(&text, raw.data,
                        raw.len); /* one is Windows-1252: bad bytes are data too */
            fn(text.data, text.len);
            used++;
        }
        free(names[i]);
    }
    free(names);
    assert_true(used > 20);
    hf_buf_release(&path);
    hf_buf_release(&raw);
    hf_buf_release(&text);
}

static void check_corpus_text(const char *text, size_t len)
{
    assert_true(check_text(HF_INDEX_TEXT, text, len) > 500);
    check_text(HF_QUERY_TEXT, text, len);
    set_damaged(true);
    check_text(HF_INDEX_TEXT, text, len);
    set_damaged(false);
}

static void test_offsets_over_the_corpus(void **state)
{
    (void)state;
    each_corpus_file(check_corpus_text);
}

/* ---- symmetry: a word typed as a query has a term in common with the same word in the
 * text ---- */

struct word {
    size_t start, end;
    size_t first, n; /* its terms in found */
};
static struct found indexed[400000];
static size_t n_indexed, n_words, n_asymmetric;

static int collect_indexed(void *ctx, const struct hf_term *t)
{
    (void)ctx;
    assert_true(n_indexed < N_OF(indexed));
    struct found *f = &indexed[n_indexed++];
    *f = (struct found){"", t->start, t->end, t->pos, letter_of(t->kind), t->is_weak};
    snprintf(f->text, sizeof f->text, "%.*s", (int)t->len, t->text);
    return 0;
}

/* True if the line that holds the byte has no lower-case letter. */
static bool is_in_capitals(const char *text, size_t len, size_t at)
{
    size_t from = at, to = at;
    while (from && text[from - 1] != '\n') from--;
    while (to < len && text[to] != '\n') to++;
    for (size_t i = from; i < to;) {
        uint32_t c;
        i += hf_utf8_next(text + i, len - i, &c);
        if (hf_utf8_is_lower(c)) return false;
    }
    return true;
}

static void check_symmetry(const char *text, size_t len)
{
    n_indexed = 0;
    hf_analyse(analyser, HF_INDEX_TEXT, text, len, collect_indexed, NULL);
    for (size_t i = 0; i < n_indexed; i++) {
        const struct found *x = &indexed[i];
        if (x->kind != 'x') continue;
        n_words++;
        n_found = 0;
        hf_analyse(analyser, HF_QUERY_TEXT, text + x->start, x->end - x->start, collect,
                   NULL);
        unsigned common = 0;
        for (size_t k = 0; k < n_found; k++)
            for (size_t m = 0; m < n_indexed; m++)
                if (indexed[m].pos == x->pos + found[k].pos - 1 &&
                    indexed[m].kind == found[k].kind && !found[k].is_weak &&
                    !strcmp(indexed[m].text, found[k].text)) {
                    common |= 1u << (found[k].pos - 1);
                    break;
                }
        unsigned last = 1;
        for (size_t k = 0; k < n_found; k++)
            if (found[k].pos > last) last = found[k].pos;
        bool all = common + 1 == 1u << last;
        /* «LAR» in a line in capitals is the word there and the acronym as a query: the
         * rule. */
        if (all || is_in_capitals(text, len, x->start)) continue;
        n_asymmetric++;
        print_error("«%.*s» does not meet itself\n", (int)(x->end - x->start),
                    text + x->start);
    }
}

static void test_symmetry_over_the_corpus(void **state)
{
    (void)state;
    each_corpus_file(check_symmetry);
    assert_true(n_words > 9000);
    assert_int_equal(n_asymmetric, 0);
}

/* ---- noise ---- */

static void test_noise(void **state)
{
    static const char *const bits[] = {
        "a",      "LAR",    "-",    "\n",  "\xC3",   "\xB8",       "ø",    "Å",
        "'",      "’",      "1",    "24",  "/",      ".",          " ",    "ﬁ",
        "\u00AD", "\u030A", "\xFF", "og ", "\r",     "s",          "2024", "\xE2",
        "en",     "X",      "@",    "&",   "\u200B", "\U0001F600", "\t",   "’ene"};
    (void)state;
    for (unsigned round = 0; round < t_rounds(20000); round++) {
        struct hf_buf b = HF_BUF_INIT, nfc = HF_BUF_INIT;
        for (uint32_t n = t_random(24); n; n--)
            hf_buf_adds(&b, bits[t_random(N_OF(bits))]);
        if (t_random(50) == 0)
            for (unsigned n = 0; n < 400; n++) hf_buf_adds(&b, bits[t_random(2)]);
        /* The terms of bad bytes are not checked, only that nothing breaks; of good text
         * all is. */
        hf_utf8_nfc(&nfc, b.data, b.len);
        n_found = 0;
        hf_analyse(analyser, HF_INDEX_TEXT, b.data, b.len, collect, NULL);
        set_damaged(t_random(2));
        check_text(t_random(2) ? HF_INDEX_TEXT : HF_QUERY_TEXT, nfc.data, nfc.len);
        hf_buf_release(&b);
        hf_buf_release(&nfc);
    }
    set_damaged(false);
}

static void test_a_word_without_end(void **state)
{
    size_t len = 100000;
    char *text = hf_xmalloc(len);
    (void)state;
    memset(text, 'a', len);
    assert_true(check_text(HF_INDEX_TEXT, text, len) > len / 200);
    for (size_t i = 0; i < len; i++) text[i] = i % 2 ? '-' : 'a';
    check_text(HF_INDEX_TEXT, text, len);
    for (size_t i = 0; i + 1 < len; i += 2) memcpy(text + i, "ø", 2);
    check_text(HF_INDEX_TEXT, text, len);
    for (size_t i = 0; i + 1 < len; i += 2) memcpy(text + i, "\u0301", 2);
    check_text(HF_INDEX_TEXT, text, len);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_rows, begin),
        cmocka_unit_test_setup(test_numbers, begin),
        cmocka_unit_test_setup(test_sounds, begin),
        cmocka_unit_test_setup(test_concept_key, begin),
        cmocka_unit_test_setup(test_offsets_over_the_corpus, begin),
        cmocka_unit_test_setup(test_symmetry_over_the_corpus, begin),
        cmocka_unit_test_setup(test_noise, begin),
        cmocka_unit_test_setup(test_a_word_without_end, begin),
    };
    struct hf_error err;
    if (hf_analyser_new(t_lexicon(), &analyser, &err) != HF_OK) return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    hf_analyser_free(analyser);
    return failed;
}
