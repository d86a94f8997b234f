/* Plain text: its bytes, and what the reader of minutes could take too long over. */
#include "make_hostile.h"

#define HEAD "Referat fra møte i strategisk samarbeidsutvalg (SSU)\nDato: 14.03.2024\n\n"

static void text(FILE *f, const char *head, const char *part, size_t n, const char *tail)
{
    fputs(head, f);
    put_repeated(f, part, n);
    fputs(tail, f);
    fclose(f);
}

/* Each line with its number twice. */
static void numbered(FILE *f, const char *head, const char *format, int n)
{
    fputs(head, f);
    for (int i = 1; i <= n; i++) fprintf(f, format, i, i);
    fclose(f);
}

static void bytes(FILE *f, const void *at, size_t len, int n)
{
    while (n--) fwrite(at, 1, len, f);
    fclose(f);
}

static void encodings(void)
{
    static const char binary[] = "filen er ikke tekst (binære data)", empty[] = "filen inneholder ingen tekst";
    bytes(bad("nuller.txt", binary), "Sak\0 1/24\0", 10, 100000);
    bytes(bad("bare-nuller.txt", binary), "\0\0\0\0", 4, 1000);
    bytes(bad("bare-bom.txt", empty), "\xef\xbb\xbf", 3, 1);
    bytes(bad("bare-blanke.txt", empty), " \t\r\n", 4, 100000);
    bytes(bad("styretegn.txt", binary), "\1\2\3\4\5\6\16\17", 8, 1000);
    FILE *f = bad("tilfeldig.txt", binary);
    put_noise(f, 100000);
    fclose(f);
    f = good("ugyldig-utf8.txt", "1/0/0"); /* as Windows-1252 */
    fputs(HEAD "Sak 1/24 B\xff\xfer\n", f);
    fclose(f);
    f = good("for-lange-former.txt", "1/0/0");
    fputs(HEAD "Sak 1/24 Tittel \xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf\xed\xa0\x80\n", f);
    fclose(f);
    f = good("halve-par.txt", "1/0/0"); /* UTF-16 with lone surrogates */
    fwrite("\xff\xfe", 1, 2, f);
    for (const char *p = "Sak 1/24 Tittel\n"; *p; p++) fputc(*p, f), fputc(0, f);
    for (int i = 0; i < 1000; i++) fwrite("\x00\xd8" "a\0\x00\xdc", 1, 6, f);
    fclose(f);
    f = good("utf16-odde.txt", "1/0/0"); /* and a half letter at the end */
    fwrite("\xff\xfe", 1, 2, f);
    for (const char *p = "Sak 1/24 Tittel\n"; *p; p++) fputc(*p, f), fputc(0, f);
    fputc('x', f);
    fclose(f);
    text(good("aksenter.txt", ""), HEAD "e", "\xcc\x81", 1500000, "\n");
    text(good("usynlige.txt", "1/0/0"), HEAD "Sak 1/24 T", "\xe2\x80\x8b\xc2\xad", 400000, "ittel\n");
}

static void large(void)
{
    text(bad("50-MB-linje.txt", "dokumentet har mer enn 4 MB tekst"), HEAD "Sak 1/24 ", "Vedtak: ja. Utvalget er enig. ", 1650000, "\n");
    text(bad("over-50-MB.txt", "større enn 50 MB"), HEAD, "Vedtak: ja. Utvalget er enig. ", 1800000, "\n");
    text(good("4-MB-linje.txt", "1/2000/0"), HEAD "Sak 1/24 A\n", "Vedtak: ja. Utvalget er enig. ", 130000, "\n");
    if (is_long()) text(bad("tabulatorer.txt", "dokumentet har mer enn 4 MB tekst"), HEAD "Sak 1/24 ", "a\t", 24000000, "\n");
    text(bad("mange-linjer.txt", "filen har mer enn 200000 linjer"), HEAD, "a\n", 250000, "");
    text(good("langt-ord.txt", ""), HEAD, "a", 3000000, "\n");
    text(good("skille.txt", ""), HEAD, "-\n", 150000, "");
    text(good("side-etter-side.txt", ""), HEAD, "a\f", 100000, "");
}

static void minutes(void)
{
    text(good("saker-paa-linje.txt", ""), HEAD, "Sak 1/24 ", 120000, "\n");
    /* A case's number has at most three digits, and a case at most 2,000 decisions; the text is searched all the same. */
    numbered(good("100000-saker.txt", "999/0/0"), HEAD, "Sak %d/24 Emne\n", 100000);
    FILE *f = good("50000-deltakerlinjer.txt", "");
    fputs(HEAD "Til stede:\n", f);
    for (int i = 0; i < 50000; i++)
        fprintf(f, "Kari N%c%c%crvang, rådgiver, Vik kommune\n", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676 % 26);
    fclose(f);
    text(good("forfall.txt", ""), HEAD "Forfall: ", "Kari Nordvang, ", 150000, "\n");
    text(good("siffer.txt", ""), HEAD, "1234567890", 100000, "\n");
    text(good("parenteser.txt", ""), HEAD, "()", 500000, "\n");
    text(good("dype-parenteser.txt", ""), HEAD, "(", 1000000, "\n");
    text(good("datoer.txt", ""), HEAD, "31.12.2024 ", 90000, "\n");
    text(good("datolinjer.txt", ""), HEAD, "31.12.2024\n", 90000, "");
    text(good("punktliste.txt", "1/0/0"), HEAD "Sak 1/24 Emne\n", "- punkt\n", 150000, "");
    text(good("frister.txt", "1/0/0"), HEAD "Sak 1/24 Emne\n", "Ansvar: Kari Nordvang\nFrist: 1.2.2024\n", 60000, "");
    f = bad("fodselsnummer.txt", "holdt tilbake"); /* an invented one that passes the check */
    fputs(HEAD "Sak 1/24 Klage\nGjelder 01010112377.\n", f);
    fclose(f);
    if (!is_long()) return;
    text(good("vedtak-i-en-sak.txt", "1/2000/0"), HEAD "Sak 1/24 Emne\n\n", "Vedtak:\nGodkjent.\n\n", 60000, "");
    text(good("tabell.txt", ""), HEAD, "Sak\tVedtak\tAnsvar\tFrist\n", 100000, "");
    text(good("kolonner.txt", ""), HEAD, "Sak      Vedtak      Ansvar       Frist\n", 80000, "");
    numbered(good("henvisninger.txt", "1/0/0"), HEAD "Sak 1/24 Emne\n", "jf. sak %d/2023 og sak %d/2022, ", 90000);
    numbered(good("innkalling.txt", "999/0/0"), HEAD "Saksliste:\n", "Sak %d/24 Emne %d\n", 50000);
    text(good("adresser.txt", ""), HEAD, "https://a.no/?a=b&c=d ", 150000, "\n");
    f = good("100000-deltakere.txt", "");
    fputs(HEAD "Til stede: ", f);
    for (int i = 0; i < 100000; i++) fprintf(f, "%sKari Nord%.*s", i ? ", " : "", 1 + i % 20, "aeiouaeiouaeiouaeiou" + i / 20 % 7);
    fputs("\n", f);
    fclose(f);
    numbered(good("60000-vedtak.txt", "999/2998/0"), HEAD, "Sak %d/24 Emne %d\nVedtak: Godkjent.\n", 60000);
    numbered(good("forkortelser.txt", ""), HEAD, "Abc Def Ghi%d (ADG%d) ", 100000);
    text(good("korte-ord.txt", ""), HEAD, "a ", 1000000, "\n");
    text(good("anforsel.txt", ""), HEAD, "«", 900000, "\n");
    text(good("store-bokstaver.txt", ""), HEAD, "ÆØÅ ", 400000, "\n");
    numbered(good("overskrifter.txt", ""), HEAD, "%d. ORIENTERING\n", 100000);
    numbered(good("nummerert.txt", ""), HEAD, "%d.%d Tekst her\n", 150000);
}

void make_texts(void)
{
    encodings();
    large();
    minutes();
}
