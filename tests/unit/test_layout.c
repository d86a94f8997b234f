/* Tables that no rules draw: pages drawn with letters, as the model has them.
 *
 * A letter is 6 points wide and a line 12 high; one blank parts words, two are a narrow gap between columns (9.5 points),
 * three and more a wide one. A line of "=" begins the next page, an empty one leaves space, one that begins with "~" stands
 * half a line higher. "*word" is bold. */
#include "t.h"

#include "../../indexer/layout.h"
#include "../../indexer/text_breaks.h"

static void draw(struct layout *l, const char *text)
{
    struct layout_page *p = layout_add_page(l, 595, 842);
    double y = 160;
    for (const char *line = text; *line;) {
        size_t len = strcspn(line, "\n");
        if (*line == '=') {
            p = layout_add_page(l, 595, 842);
            y = 160 - 14;
        }
        double column = 0;
        size_t first = *line == '~';
        if (first) y -= 7;
        for (size_t i = first; i < len && *line != '=';) {
            size_t from = i;
            for (; i < len && line[i] != ' '; i++) column += ((unsigned char)line[i] & 0xC0) != 0x80;
            size_t skip = line[from] == '*', n = i - from;
            double width = 0;
            for (size_t k = from; k < i; k++) width += ((unsigned char)line[k] & 0xC0) != 0x80;
            double x = 70 + 6 * (column - width);
            if (n)
                layout_add_word(l, p, (struct layout_word){.x0 = x, .x1 = x + 6 * width + 2.5, .y0 = y, .y1 = y + 12,
                                                           .text = line + from + skip, .len = n - skip, .bold = skip});
            for (; i < len && line[i] == ' '; i++) column++;
        }
        y += 14;
        line += len + (line[len] == '\n');
    }
}

static void dump(const struct text_doc *doc, struct hf_buf *out)
{
    for (size_t i = 0; i < doc->n_lines; i++) {
        const struct text_line *line = &doc->lines[i];
        hf_buf_adds(out, line->n_cells > 1 ? "R " : "P ");
        for (size_t k = 0; k < line->n_cells; k++) {
            if (k) hf_buf_addc(out, '|');
            for (const char *c = line->cells[k].text; *c; c++) hf_buf_addc(out, *c == '\n' ? '/' : *c == TEXT_BREAK ? '+' : *c);
        }
        hf_buf_addc(out, '\n');
    }
}

struct row {
    const char *why, *page, *want;
};

static void check(const struct row *rows, size_t n)
{
    bool failed = false;
    for (size_t i = 0; i < n; i++) {
        struct layout l;
        struct text_doc doc;
        struct hf_buf got = HF_BUF_INIT;
        layout_init(&l);
        text_doc_init(&doc);
        draw(&l, rows[i].page);
        layout_to_doc(&l, &doc);
        dump(&doc, &got);
        if (strcmp(got.data, rows[i].want)) {
            failed = true;
            print_message("%s:\n%s---- wanted\n%s\n", rows[i].why, got.data, rows[i].want);
        }
        hf_buf_release(&got);
        text_doc_release(&doc);
        layout_release(&l);
    }
    assert_false(failed);
}

static void test_columns(void **state)
{
    static const struct row rows[] = {
        {"a roster of two columns",
         "Navn            Rolle\n"
         "Kari Nes        leder\n"
         "Ola Bergstrand  lege\n",
         "R Navn|Rolle\nR Kari Nes|leder\nR Ola Bergstrand|lege\n"},
        {"names that nearly touch the next column are parted where the others are",
         "Tiltak                    Ansvar                 Frist\n"
         "Kostnadsoverslag til SSU  Erlend Bjørkelangen    14.12.2023\n",
         "R Tiltak|Ansvar|Frist\nR Kostnadsoverslag til SSU|Erlend Bjørkelangen|14.12.2023\n"},
        {"also in the first line of the table",
         "Kostnadsoverslag til SSU  Erlend Bjørkelangen    14.12.2023\n"
         "Varsling                  Hege Løken             1.11.2023\n",
         "R Kostnadsoverslag til SSU|Erlend Bjørkelangen|14.12.2023\nR Varsling|Hege Løken|1.11.2023\n"},
        {"cells of three lines beside cells of one",
         "Sak     Tema                   Ansvar      Frist\n"
         "12/25   Digital oppfølging     Kari Nes    1. mai\n"
         "        av pasienter med\n"
         "        KOLS\n"
         "13/25   Eventuelt\n",
         "R Sak|Tema|Ansvar|Frist\nR 12/25|Digital oppfølging av pasienter med KOLS|Kari Nes|1. mai\nR 13/25|Eventuelt||\n"},
        {"a row alone whose title is wrapped",
         "Utvalget møttes på Teams og tok opp tre saker fra kommunene i området\n\n"
         "08/24   Elektronisk utsending av epikrise ved      Tinnes\n"
         "        KOLS\n"
         "   Fauske har talt epikriser.\n",
         "P Utvalget møttes på Teams og tok opp tre saker fra kommunene i området\n"
         "R 08/24|Elektronisk utsending av epikrise ved KOLS|Tinnes\nP Fauske har talt epikriser.\n"},
        {"dates that end below each other",
         "Tiltak              Frist\n"
         "Varsle alle     1.12.2024\n"
         "Lage plan      14.12.2024\n",
         "R Tiltak|Frist\nR Varsle alle|1.12.2024\nR Lage plan|14.12.2024\n"},
        {"a narrow column of numbers",
         "Nr  Sak                       Ansvar\n"
         "1   Innkalling og saksliste   Leder\n"
         "2   Kommunenes plan for       Alle\n"
         "    helger\n",
         "R Nr|Sak|Ansvar\nR 1|Innkalling og saksliste|Leder\nR 2|Kommunenes plan for helger|Alle\n"},
        {"another table below has columns of its own",
         "Dato:          3. april\n"
         "Til stede:     Kari Nes, Skien, Ola Bergstrand og Per Moe\n"
         "Saksnr   Sak              Ansvar     Frist\n"
         "09/25    Godkjenning av   Kari Nes   Mai\n"
         "         referat\n",
         "R Dato:|3. april\nR Til stede:|Kari Nes, Skien, Ola Bergstrand og Per Moe\nR Saksnr|Sak|Ansvar|Frist\n"
         "R 09/25|Godkjenning av referat|Kari Nes|Mai\n"},
        {"what a head leaves open is its rest, what begins anew a row",
         "Sted:     Teams\n"
         "Sak       Beskriving og    Ansvar   Frist\n"
         "          vedtak\n"
         "          Innkalling er\n"
         "          godkjend.\n"
         "20/25     Plan             Nes      Mai\n",
         "R Sted:|Teams||\nR Sak|Beskriving og vedtak|Ansvar|Frist\nR |Innkalling er godkjend.||\nR 20/25|Plan|Nes|Mai\n"},
        {"paragraphs of a cell stay apart",
         "Sak     Tema og vedtak                 Ansvar\n"
         "12/25   Plan for helger                Nes\n"
         "        Vedtak: Saken sendes videre\n"
         "        til kommunene.\n",
         "R Sak|Tema og vedtak|Ansvar\nR 12/25|Plan for helger/Vedtak: Saken sendes videre til kommunene.|Nes\n"},
    };
    (void)state;
    check(rows, sizeof rows / sizeof *rows);
}

/* Where a row ends. */
static void test_rows(void **state)
{
    static const struct row rows[] = {
        {"names and places that their columns broke",
         "Navn        Stilling         Organisasjon   Merknad\n"
         "Kari Nes    kommunalsjef     Skien          Leder\n"
         "Dag Rune    helsesjef og     Bamble         Forfall\n"
         "Stathelle   rådgiver\n"
         "Moe\n"
         "Sissel      klinikksjef      Sykehuset i\n"
         "Gjerpenlia                   Telemark sør\n"
         "Lise Holt   overlege         Porsgrunn      Referent\n",
         "R Navn|Stilling|Organisasjon|Merknad\nR Kari Nes|kommunalsjef|Skien|Leder\n"
         "R Dag Rune Stathelle Moe|helsesjef og rådgiver|Bamble|Forfall\n"
         "R Sissel Gjerpenlia|klinikksjef|Sykehuset i Telemark sør|\nR Lise Holt|overlege|Porsgrunn|Referent\n"},
        {"surnames below, though all columns go on",
         "Navn            Rolle          Sted\n"
         "Trygve Haugli   kommunalsjef   Skien\n"
         "Elin Klyvefoss  kommunalsjef   Bamble\n"
         "Bjørg Frogner   bruker-        Porsgrunn\n"
         "Dahlby          representant\n"
         "Lars Petter     avd.overlege   Sykehuset\n"
         "Ulefossmo       medisin        Telemark\n"
         "                Larvik\n"
         "Kari Nes Moe    kommunalsjef   Kragerø\n",
         "R Navn|Rolle|Sted\nR Trygve Haugli|kommunalsjef|Skien\nR Elin Klyvefoss|kommunalsjef|Bamble\nR Bjørg Frogner Dahlby|brukerrepresentant|Porsgrunn\n"
         "R Lars Petter Ulefossmo|avd.overlege+medisin Larvik|Sykehuset Telemark\nR Kari Nes Moe|kommunalsjef|Kragerø\n"},
        {"people of whom less is told are people of their own",
         "Navn         Rolle          Merknad\n"
         "Kari Nes     kommunalsjef   leder\n"
         "Ola Berg     kommunalsjef\n"
         "Liv Moe                     referent\n"
         "Anne Lunde   kommunalsjef   forfall\n"
         "Per Strand   kommunalsjef\n",
         "R Navn|Rolle|Merknad\nR Kari Nes|kommunalsjef|leder\nR Ola Berg|kommunalsjef|\nR Liv Moe||referent\n"
         "R Anne Lunde|kommunalsjef|forfall\nR Per Strand|kommunalsjef|\n"},
        {"labels begin rows",
         "Møte:       Lokalt samarbeidsutvalg   Til stede:   Kari Nes og\n"
         "            i Ringerike                            Ola Berg\n"
         "Møtedato:   torsdag 2. mai\n"
         "Sted:       Teams\n",
         "R Møte:|Lokalt samarbeidsutvalg i Ringerike|Til stede:|Kari Nes og Ola Berg\nR Møtedato:|torsdag 2. mai||\n"
         "R Sted:|Teams||\n"},
        {"words below the number of a case, beside its text",
         "Saksnr    Sak                     Ansvar\n"
         "2021.02   Referat                 Nes\n"
         "2021.03   Oversikt over alle      Holt\n"
         "Vedtak    medisiner på tvers av\n"
         "Vedlegg   alle nivåer i området\n"
         "2021.04   Plan                    Moe\n",
         "R Saksnr|Sak|Ansvar\nR 2021.02|Referat|Nes\n"
         "R 2021.03 Vedtak Vedlegg|Oversikt over alle medisiner på tvers av alle nivåer i området|Holt\n"
         "R 2021.04|Plan|Moe\n"},
        {"a first cell for several rows",
         "Kommunene   Kari Nes   leder\n"
         "            Ola Berg   lege\n"
         "Sykehuset   Liv Moe    overlege\n",
         "R Kommunene|Kari Nes|leder\nR |Ola Berg|lege\nR Sykehuset|Liv Moe|overlege\n"},
        {"rows set apart by space",
         "Sak     Tema      Ansvar\n\n"
         "12/25   Plan      Nes\n\n"
         "13/25   Budsjett  Moe\n",
         "R Sak|Tema|Ansvar\nR 12/25|Plan|Nes\nR 13/25|Budsjett|Moe\n"},
        {"cells in the middle of their rows",
         "Sak     Tema                   Ansvar      Frist\n\n"
         "        Digital oppfølging\n"
         "~12/25                          Kari Nes    1. mai\n"
         "~        av pasienter med\n"
         "        KOLS\n\n"
         "        Oppfølging av\n"
         "13/25   kartleggingen          Moe\n"
         "        fra mars\n",
         "R Sak|Tema|Ansvar|Frist\nR 12/25|Digital oppfølging av pasienter med KOLS|Kari Nes|1. mai\n"
         "R 13/25|Oppfølging av kartleggingen/fra mars|Moe|\n"},
        {"rows without space between, below one that has no number",
         "Sak     Tema                   Ansvar      Frist\n\n"
         "        Orienteringer\n"
         "12/25   Plan                   Nes\n"
         "13/25   Budsjett               Moe         Mai\n",
         "R Sak|Tema|Ansvar|Frist\nR |Orienteringer||\nR 12/25|Plan|Nes|\nR 13/25|Budsjett|Moe|Mai\n"},
        {"one cell only of a row set apart by space",
         "Kari Nes, Skien     Per Moe, Helse Sør\n\n"
         "Liv By, Bamble      Tone Myhre, bruker\n\n"
         "Ola Espe, lege\n\n"
         "Ida Holt, Notodden  Siv Ås, Kragerø\n",
         "R Kari Nes, Skien|Per Moe, Helse Sør\nR Liv By, Bamble|Tone Myhre, bruker\nR Ola Espe, lege|\n"
         "R Ida Holt, Notodden|Siv Ås, Kragerø\n"},
        {"a head without a word above the numbers",
         "        Hva             Hvem\n\n"
         "1       Sende brev      Alle\n\n"
         "2       Bestille rom    Moe\n",
         "R |Hva|Hvem\nR 1|Sende brev|Alle\nR 2|Bestille rom|Moe\n"},
        {"text that ends right before the next column",
         "Sak     Tema                  Ansvar\n"
         "12/25   Plan for helger       Nes\n"
         "        og alle ferier i året\n"
         "13/25   Eventuelt             Moe\n",
         "R Sak|Tema|Ansvar\nR 12/25|Plan for helger/og alle ferier i året|Nes\nR 13/25|Eventuelt|Moe\n"},
        {"numbers that nearly touch their text, dates at the right",
         "Sak    Innhold               Ansvar          Frist\n"
         "1/24   Referat               Nes\n"
         "122/24 Økonomisk ramme for   Berit           1. mai\n"
         "       tiltak i Skien        Søgne          eller 2\n",
         "R Sak|Innhold|Ansvar|Frist\nR 1/24|Referat|Nes|\n"
         "R 122/24|Økonomisk ramme for tiltak i Skien|Berit/Søgne|1. mai eller 2\n"},
        {"a justified cell",
         "Tiltak                          Ansvar              Frist\n\n"
         "Kartlegg   alle   kommuner   i  Kari Nes            1. mars\n"
         "hele   fylket   som   er   med\n\n"
         "Lage plan                       Moe\n",
         "R Tiltak|Ansvar|Frist\nR Kartlegg alle kommuner i hele fylket som er med|Kari Nes|1. mars\n"
         "R Lage plan|Moe|\n"},
    };
    (void)state;
    check(rows, sizeof rows / sizeof *rows);
}

static void test_pages(void **state)
{
    static const struct row rows[] = {
        {"a row goes on over the page, its head is repeated",
         "Sak     Tema                Ansvar     Frist\n"
         "12/25   Plan for helger og  Kari Nes   1. mai\n"
         "        ferier i alle\n"
         "===\n"
         "Sak     Tema                Ansvar     Frist\n"
         "        kommunene\n"
         "13/25   Eventuelt           Moe\n",
         "R Sak|Tema|Ansvar|Frist\nR 12/25|Plan for helger og ferier i alle kommunene|Kari Nes|1. mai\n"
         "R 13/25|Eventuelt|Moe|\n"},
        {"without the head, and with a column that is empty on the second page",
         "Sak     Tema                Ansvar     Frist\n"
         "12/25   Plan for helger og  Kari Nes   1. mai\n"
         "===\n"
         "        ferier i alle\n"
         "        kommunene\n"
         "13/25   Eventuelt                      1. juni\n",
         "R Sak|Tema|Ansvar|Frist\nR 12/25|Plan for helger og ferier i alle kommunene|Kari Nes|1. mai\n"
         "R 13/25|Eventuelt||1. juni\n"},
        {"a head above words that end below each other is repeated",
         "Sak     Tema                Ansvar     Frist\n"
         "12/25   Plan for helger og  Kari Nes  1. mai\n"
         "13/25   Budsjett for alle   Per Moe    Mars\n"
         "===\n"
         "Sak     Tema                Ansvar     Frist\n"
         "        de andre\n",
         "R Sak|Tema|Ansvar|Frist\nR 12/25|Plan for helger og|Kari Nes|1. mai\n"
         "R 13/25|Budsjett for alle de andre|Per Moe|Mars\n"},
        {"prose on the next page is prose",
         "Sak     Tema                Ansvar     Frist\n"
         "12/25   Plan for helger og  Kari Nes   1. mai\n"
         "===\n"
         "Møtet ble hevet. Neste møte holdes i Skien når planen er klar.\n",
         "R Sak|Tema|Ansvar|Frist\nR 12/25|Plan for helger og|Kari Nes|1. mai\n"
         "P Møtet ble hevet. Neste møte holdes i Skien når planen er klar.\n"},
    };
    (void)state;
    check(rows, sizeof rows / sizeof *rows);
}

/* What looks like columns and is none. */
static void test_prose(void **state)
{
    static const struct row rows[] = {
        {"justified lines with wide blanks",
         "Utvalget   drøftet   saken   lenge   og   ble   enig   om\n"
         "at   kommunene   skal   sende   en   felles   plan   til\n"
         "sykehuset  før  sommeren.\n",
         "P Utvalget drøftet saken lenge og ble enig om at kommunene skal sende en felles plan til sykehuset før sommeren.\n"},
        {"a justified line of few words",
         "Utvalget drøftet saken lenge og ble enig om at\n"
         "kommunene          skal      samhandlingsrådet\n"
         "høre om saken.\n",
         "P Utvalget drøftet saken lenge og ble enig om at kommunene skal samhandlingsrådet høre om saken.\n"},
        {"blanks that happen to stand below each other",
         "Utvalget drøftet saken og ble enig om en plan for videre arbeid\n"
         "med saken. Dette  skjer i  løpet av høsten, og alle kommunene er\n"
         "enige om det nye. Partene  skal møtes igjen.\n",
         "P Utvalget drøftet saken og ble enig om en plan for videre arbeid med saken. Dette skjer i løpet av høsten, og "
         "alle kommunene er enige om det nye. Partene skal møtes igjen.\n"},
        {"a row above prose leaves it whole",
         "Sak 16/23      Godkjenning av referat\n"
         "Vedtak: Referatet fra møtet 31. august er godkjent.\n"
         "Sak 17/23      Plan for fengsel\n"
         "Vedtak: Utsatt.\n",
         "R Sak 16/23|Godkjenning av referat\nP Vedtak: Referatet fra møtet 31. august er godkjent.\n"
         "R Sak 17/23|Plan for fengsel\nP Vedtak: Utsatt.\n"},
    };
    (void)state;
    check(rows, sizeof rows / sizeof *rows);
}

/* Whether a line goes on with the one before. */
static void test_joins(void **state)
{
    static const struct row rows[] = {
        {"a dash that found no room on the line before is no item of a list",
         "Utvalget drøftet i dag pasientens legemiddelliste (PLL)\n"
         "– overgang fra pilot til drift i alle de kommunene som\n"
         "har bedt om det.\n",
         "P Utvalget drøftet i dag pasientens legemiddelliste (PLL) – overgang fra pilot til drift i alle de kommunene "
         "som har bedt om det.\n"},
        {"but it is where the line before has come to an end",
         "Utvalget drøftet i dag pasientens legemiddelliste PLL:\n"
         "– overgang fra pilot til drift i alle de kommunene som\n"
         "har bedt om det.\n",
         "P Utvalget drøftet i dag pasientens legemiddelliste PLL:\n"
         "P – overgang fra pilot til drift i alle de kommunene som har bedt om det.\n"},
        {"a label of several words begins a paragraph",
         "Deltakarar frå kommunane: Kari Nes, Ola Bergstrand (Hå)\n"
         "Deltakarar frå Helse Sør: Liv Moe\n",
         "P Deltakarar frå kommunane: Kari Nes, Ola Bergstrand (Hå)\nP Deltakarar frå Helse Sør: Liv Moe\n"},
        {"a full title ends before the sentence below it",
         "SSU-sak 17/23 Felles retningslinje for legemidler (LAR)\n"
         "Hanne Solgård innledet om saken og de nye retningslinjer\n"
         "som kommer.\n",
         "P SSU-sak 17/23 Felles retningslinje for legemidler (LAR)\n"
         "P Hanne Solgård innledet om saken og de nye retningslinjer som kommer.\n"},
        {"and goes on where it must",
         "SSU-sak 17/23 Felles retningslinje for legemidler i det\n"
         "nye rutenettet\n"
         "SSU-sak 18/23 Felles retningslinje for legemidler hos de i\n"
         "Trondheim\n",
         "P SSU-sak 17/23 Felles retningslinje for legemidler i det nye rutenettet\n"
         "P SSU-sak 18/23 Felles retningslinje for legemidler hos de i Trondheim\n"},
        {"words that their column broke at a hyphen, whether soft, short or of a name",
         "Sak     Tema                Ansvar\n"
         "12/25   Hand-               Bjørg-\n"
         "        bok for samar\u00ad      vin\n"
         "        beid om PLO-\n"
         "        meldinger\n",
         "R Sak|Tema|Ansvar\nR 12/25|Handbok for samarbeid om PLO-meldinger|Bjørgvin\n"},
        {"words too long for their column, which the dictionary joins or not",
         "Sak     Tema              Ansvar\n"
         "12/25   legemiddelgjenno  Nes\n"
         "        mgang for alle\n"
         "13/25   Plan              Moe\n",
         "R Sak|Tema|Ansvar\nR 12/25|legemiddelgjenno+mgang for alle|Nes\nR 13/25|Plan|Moe\n"},
        {"a page of few lines breaks them where the others do",
         "Utvalget drøftet saken lenge og ble enig om veien videre for alle\n"
         "Utvalget drøftet saken lenge og ble enig om veien videre for alle\n"
         "Utvalget drøftet saken lenge og ble enig om veien videre for alle\n"
         "Utvalget drøftet saken lenge og ble enig om veien videre for alle.\n"
         "===\n"
         "Sak 44/23 – Eventuelt\n"
         "Ingen saker.\n",
         "P Utvalget drøftet saken lenge og ble enig om veien videre for alle Utvalget drøftet saken lenge og ble enig om "
         "veien videre for alle Utvalget drøftet saken lenge og ble enig om veien videre for alle Utvalget drøftet saken "
         "lenge og ble enig om veien videre for alle.\nP Sak 44/23 – Eventuelt\nP Ingen saker.\n"},
    };
    (void)state;
    check(rows, sizeof rows / sizeof *rows);
}

static void test_foot(void **state) /* the number of a page is no text, that of a case is */
{
    static const char *const feet[] = {"12/24", "2 / 3", "3"};
    struct layout l;
    struct text_doc doc;
    struct hf_buf got = HF_BUF_INIT;
    (void)state;
    layout_init(&l);
    text_doc_init(&doc);
    for (size_t i = 0; i < N_OF(feet); i++) {
        draw(&l, i == 0 ? "Sak\n" : i == 1 ? "Plan for helger\n" : "Slutt\n");
        layout_add_word(&l, &l.pages[i], (struct layout_word){.x0 = 290, .x1 = 320, .y0 = 760, .y1 = 772, .text = feet[i],
                                                              .len = strlen(feet[i])});
    }
    layout_to_doc(&l, &doc);
    dump(&doc, &got);
    assert_string_equal(got.data, "P Sak\nP 12/24\nP Plan for helger\nP Slutt\n");
    hf_buf_release(&got);
    text_doc_release(&doc);
    layout_release(&l);
}

static void test_bold_label(void **state) /* "Vedtak:" after a bold title is bold for itself */
{
    struct layout l;
    struct text_doc doc;
    (void)state;
    layout_init(&l);
    text_doc_init(&doc);
    draw(&l, "*Møtedatoer *2025 *Konklusjon: Utvalget møtes i mars\n");
    layout_to_doc(&l, &doc);
    assert_int_equal(doc.lines[0].cells[0].n_spans, 2);
    assert_int_equal(doc.lines[0].cells[0].spans[1].end, strlen("Møtedatoer 2025 Konklusjon:"));
    text_doc_release(&doc);
    layout_release(&l);
}

static void test_long_rule(void **state) /* a letter below touches the rule between two cells */
{
    static const struct layout_rule across[] = {{158, 70, 400}, {174, 70, 400}},
                                    down[] = {{70, 158, 174}, {113, 158, 181}, {400, 158, 174}};
    struct layout l;
    struct text_doc doc;
    (void)state;
    layout_init(&l);
    text_doc_init(&doc);
    draw(&l, " 12/25  Plan for helger\n Teksten står under tabellen\n");
    for (size_t i = 0; i < 2; i++) layout_add_rule(l.pages, true, across[i]);
    for (size_t i = 0; i < 3; i++) layout_add_rule(l.pages, false, down[i]);
    layout_to_doc(&l, &doc);
    assert_int_equal(doc.lines[0].n_cells, 2);
    assert_int_equal(doc.lines[0].table, 1);
    assert_string_equal(doc.lines[0].cells[1].text, "Plan for helger");
    text_doc_release(&doc);
    layout_release(&l);
}

/* Two columns of running text: the left one to its end, then the right one. */
static void test_columns_of_text(void **state)
{
    static const struct row rows[] = {
        {"side by side, over a page's end",
         "Referat fra strategisk samarbeidsutvalg i helsefellesskapet, 9. februar 2023\n"
         "SSU 1/23 Innkalling                   neste gang.\n"
         "Ingen merknader til innkalling        Vedtak: Partene møtes innen\n"
         "eller saksliste denne gangen.         utgangen av mars og legger fram\n"
         "Vedtak: Innkalling godkjennes.        resultatet på neste møte.\n"
         "SSU 2/23 Legevakt                     SSU 3/23 Digital oppfølging\n"
         "Legevakten hadde stor pågang i        Tjue pasienter har målt seg selv\n"
         "romjulen, og ventetiden på telefon    hjemme i et halvt år. De kjenner\n"
         "var lang. Flere kommuner mangler      seg tryggere, og tallet på\n"
         "leger til kveldsvakter, og to av      innleggelser har gått ned. Det tar\n"
         "dem samarbeider om bakvakt.           tid å lære opp de ansatte.\n"
         "Avdelingen merker det når             Vedtak: SSU anbefaler at ordningen\n"
         "legevakten er full, og vil gjerne     med oppfølging hjemme tilbys i alle\n"
         "ha med ambulansene i drøftingen\n"
         "=\n"
         "kommunene fra neste år.               SSU 4/23 Eventuelt\n"
         "                                      Ingen saker.\n",
         "P Referat fra strategisk samarbeidsutvalg i helsefellesskapet, 9. februar 2023\n"
         "P SSU 1/23 Innkalling\n"
         "P Ingen merknader til innkalling eller saksliste denne gangen.\n"
         "P Vedtak: Innkalling godkjennes.\n"
         "P SSU 2/23 Legevakt\n"
         "P Legevakten hadde stor pågang i romjulen, og ventetiden på telefon var lang. Flere kommuner mangler leger til kveldsvakter, og to av dem samarbeider om bakvakt. Avdelingen merker det når legevakten er full, og vil gjerne ha med ambulansene i drøftingen neste gang.\n"
         "P Vedtak: Partene møtes innen utgangen av mars og legger fram resultatet på neste møte.\n"
         "P SSU 3/23 Digital oppfølging\n"
         "P Tjue pasienter har målt seg selv hjemme i et halvt år. De kjenner seg tryggere, og tallet på innleggelser har gått ned. Det tar tid å lære opp de ansatte.\n"
         "P Vedtak: SSU anbefaler at ordningen med oppfølging hjemme tilbys i alle kommunene fra neste år.\n"
         "P SSU 4/23 Eventuelt\n"
         "P Ingen saker.\n"},
        {"lines that do not stand level",
         "Referat fra strategisk samarbeidsutvalg i helsefellesskapet, 9. februar 2023\n"
         "SSU 1/23 Innkalling\n"
         "~                                     neste gang.\n"
         "Ingen merknader til innkalling\n"
         "~                                     Vedtak: Partene møtes innen\n"
         "eller saksliste denne gangen.\n"
         "~                                     utgangen av mars og legger fram\n"
         "Vedtak: Innkalling godkjennes.\n"
         "~                                     resultatet på neste møte.\n"
         "SSU 2/23 Legevakt\n"
         "~                                     SSU 3/23 Digital oppfølging\n"
         "Legevakten hadde stor pågang i\n"
         "~                                     Tjue pasienter har målt seg selv\n"
         "romjulen, og ventetiden på telefon\n"
         "~                                     hjemme i et halvt år. De kjenner\n"
         "var lang. Flere kommuner mangler\n"
         "~                                     seg tryggere, og tallet på\n"
         "leger til kveldsvakter, og to av\n"
         "~                                     innleggelser har gått ned. Det tar\n"
         "dem samarbeider om bakvakt.\n"
         "~                                     tid å lære opp de ansatte.\n"
         "Avdelingen merker det når\n"
         "~                                     Vedtak: SSU anbefaler at ordningen\n"
         "legevakten er full, og vil gjerne\n"
         "~                                     med oppfølging hjemme tilbys i alle\n"
         "ha med ambulansene i drøftingen\n",
         "P Referat fra strategisk samarbeidsutvalg i helsefellesskapet, 9. februar 2023\n"
         "P SSU 1/23 Innkalling\n"
         "P Ingen merknader til innkalling eller saksliste denne gangen.\n"
         "P Vedtak: Innkalling godkjennes.\n"
         "P SSU 2/23 Legevakt\n"
         "P Legevakten hadde stor pågang i romjulen, og ventetiden på telefon var lang. Flere kommuner mangler leger til kveldsvakter, og to av dem samarbeider om bakvakt. Avdelingen merker det når legevakten er full, og vil gjerne ha med ambulansene i drøftingen neste gang.\n"
         "P Vedtak: Partene møtes innen utgangen av mars og legger fram resultatet på neste møte.\n"
         "P SSU 3/23 Digital oppfølging\n"
         "P Tjue pasienter har målt seg selv hjemme i et halvt år. De kjenner seg tryggere, og tallet på innleggelser har gått ned. Det tar tid å lære opp de ansatte.\n"
         "P Vedtak: SSU anbefaler at ordningen med oppfølging hjemme tilbys i alle\n"},
        {"a table of two columns whose cells are prose",
         "Ambulante team har kapasitet til      Utvalget ber sykehuset om en plan\n"
         "fem nye pasienter i uken fra høsten   for hvordan teamene når de minste\n"
         "av.                                   kommunene.\n"
         "\n"
         "Felles opplæring for legevakter og    Sekretariatet lager en oversikt\n"
         "akuttmottak holdes to ganger i året   over kurs og sender den til\n"
         "fra nå.                               kommunene i mai.\n"
         "\n"
         "Prosedyren for tvungen observasjon    Utvalget slutter seg til prosedyren\n"
         "er prøvd ut i tre av kommunene.       og ber om en ny vurdering om et år.\n"
         "\n"
         "Arbeidsplanen for høsten skal         Leder og nestleder går gjennom\n"
         "sendes ut til alle medlemmene i god   planen og legger den fram på neste\n"
         "tid.                                  møte.\n"
         "\n",
         "R Ambulante team har kapasitet til fem nye pasienter i uken fra høsten av.|Utvalget ber sykehuset om en plan for hvordan teamene når de minste kommunene.\n"
         "R Felles opplæring for legevakter og akuttmottak holdes to ganger i året fra nå.|Sekretariatet lager en oversikt over kurs og sender den til kommunene i mai.\n"
         "R Prosedyren for tvungen observasjon er prøvd ut i tre av kommunene.|Utvalget slutter seg til prosedyren og ber om en ny vurdering om et år.\n"
         "R Arbeidsplanen for høsten skal sendes ut til alle medlemmene i god tid.|Leder og nestleder går gjennom planen og legger den fram på neste møte.\n"},
    };
    (void)state;
    check(rows, N_OF(rows));
}

/* A list of two columns without rules inside of a cell: the gap that all lines have. */
static void test_cell_gutter(void **state)
{
    static const struct {
        const char *lines;
        bool has;
    } rows[] = {
        {"Kari Nes       Seljord\nOla Berg       Vinje\n", true},
        {"Kari Nes       Seljord\nOla Bergersen Moen Vinje\n", false},
        {"Kari Nes og Ola\nBerg fra Vinje\n", false},
        {"Kari Nes       Seljord\n", false},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct layout l;
        struct layout_word *words[20];
        struct layout_cell cell = {.x0 = 60, .x1 = 300};
        layout_init(&l);
        draw(&l, rows[i].lines);
        for (size_t k = 0; k < l.pages[0].n_words; k++) words[k] = &l.pages[0].words[k];
        layout_gather(words, l.pages[0].n_words, &cell.lines, &cell.n);
        double x = layout_cell_gutter(&cell);
        if (rows[i].has ? x < 150 || x > 161 : x > 0) fail_msg("row %zu: %g", i, x);
        layout_lines_free(cell.lines, cell.n);
        layout_release(&l);
    }
}

/* Large letters behind the text are a watermark: no words of the text, but of the margins.
 * A large heading lies behind nothing. */
static void test_watermark(void **state)
{
    static const struct {
        double height;
        double y;
        const char *lines, *margins;
    } rows[] = {
        {60, 160, "P Sak 1/24 Plan for helger\nP Vedtak: Planen godkjennes.\n", "UTKAST"},
        {60, 400, "P Sak 1/24 Plan for helger\nP Vedtak: Planen godkjennes.\nP UTK AST\n", ""},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct layout l;
        struct text_doc doc;
        struct hf_buf got = HF_BUF_INIT, margins = HF_BUF_INIT;
        layout_init(&l);
        text_doc_init(&doc);
        draw(&l, "Sak 1/24 Plan for helger\n\nVedtak: Planen godkjennes.\n");
        layout_add_word(&l, &l.pages[0], (struct layout_word){.x0 = 80, .x1 = 140, .y0 = rows[i].y, .y1 = rows[i].y + rows[i].height,
                                                              .text = "UTK", .len = 3});
        layout_add_word(&l, &l.pages[0], (struct layout_word){.x0 = 150, .x1 = 260, .y0 = rows[i].y, .y1 = rows[i].y + rows[i].height,
                                                              .text = "AST", .len = 3});
        layout_to_doc(&l, &doc);
        dump(&doc, &got);
        for (size_t k = 0; k < doc.margins.n; k++) hf_buf_adds(&margins, doc.margins.at[k]);
        assert_string_equal(got.data, rows[i].lines);
        assert_string_equal(margins.data, rows[i].margins);
        hf_buf_release(&got);
        hf_buf_release(&margins);
        text_doc_release(&doc);
        layout_release(&l);
    }
}

/* Whatever stands on the pages, each word comes out once. */
static void test_every_word(void **state)
{
    unsigned seed = getenv("SEED") ? (unsigned)atoi(getenv("SEED")) : 11;
    (void)state;
    for (unsigned round = 0; round < 300; round++) {
        struct layout l;
        struct text_doc doc;
        struct hf_buf got = HF_BUF_INIT;
        unsigned n = 0, step = 2 + round % 90;
        layout_init(&l);
        text_doc_init(&doc);
        for (int page = 0; page < 3; page++) {
            struct layout_page *p = layout_add_page(&l, 595, 842);
            p->is_recognised = round % 5 == 0;
            for (double y = 130; y < 700; y += 10 + (seed >> 20) % 9)
                for (double x = 60; x < 500;) {
                    char text[8] = {(char)('a' + n / 400 % 20), (char)('a' + n / 20 % 20), (char)('a' + n % 20), 'x'};
                    seed = seed * 1103515245u + 12345u;
                    x += (seed >> 16) % step / 2 * (round % 3 ? 1 : 9);
                    double width = 12 + (seed >> 8) % 40;
                    layout_add_word(&l, p, (struct layout_word){.x0 = x, .x1 = x + width, .y0 = y, .y1 = y + 12,
                                                                .text = text, .len = 4, .bold = seed & 1});
                    x += width + 3;
                    n++;
                }
        }
        layout_to_doc(&l, &doc);
        dump(&doc, &got);
        size_t letters = 0;
        for (const char *c = got.data; *c; c++) letters += *c == 'x';
        if (letters != n)
            fail_msg("seed %u, round %u: %zu of %u words", seed, round, letters, n);
        hf_buf_release(&got);
        text_doc_release(&doc);
        layout_release(&l);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_columns), cmocka_unit_test(test_rows),
                                       cmocka_unit_test(test_pages), cmocka_unit_test(test_prose),
                                       cmocka_unit_test(test_joins), cmocka_unit_test(test_bold_label),
                                       cmocka_unit_test(test_long_rule), cmocka_unit_test(test_foot),
                                       cmocka_unit_test(test_columns_of_text), cmocka_unit_test(test_watermark), cmocka_unit_test(test_cell_gutter),
                                       cmocka_unit_test(test_every_word)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
