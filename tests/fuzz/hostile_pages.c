/* Web pages. */
#include "make_hostile.h"

static const char too_many[] = "dokumentet har for mange linjer eller tabellceller";

static void page(FILE *f, const char *head, const char *part, size_t n, const char *tail)
{
    fputs(head, f);
    put_repeated(f, part, n);
    fputs(tail, f);
    fclose(f);
}

#define HEAD "<html><body><p>Sak 1/24 Tittel</p>"
#define TAIL "</body></html>"

static void large(void)
{
    page(good("like-attributter.html", "1/0/0"), HEAD "<p ", "a=b ", 500000, ">Tekst</p>" TAIL);
    page(good("dyp.html", "1/0/0"), HEAD, "<div><b>", is_long() ? 500000 : 50000, "");
    page(good("dype-tabeller.html", "1/0/0"), HEAD, "<table><tr><td>", 50000, "x");
    page(bad("million-celler.html", "krever for mye minne å lese (over 512 MB)"), HEAD "<table>", "<tr><td>a<td>b<td>c<td>d<td>e<td>f<td>g<td>h<td>i<td>j</tr>",
         100000, "</table>" TAIL);
    page(good("brede-celler.html", "1/0/0"), HEAD "<table>",
         "<tr><td colspan=999999999>a<td rowspan=999999999>b<td colspan=-1>c</tr>", 1000, "</table>" TAIL);
    page(good("rader-nedover.html", "1/0/0"), HEAD "<table>", "<tr><td rowspan=65534>a<td rowspan=65534>b</tr>", 10000,
         "</table>" TAIL);
    page(bad("million-avsnitt.html", too_many), HEAD, "<p>a", 1000000, TAIL);
    page(bad("lang-celle.html", "dokumentet har mer enn 4 MB tekst"), HEAD "<table><tr><td>", "tekst ", 1000000, "</table>" TAIL);
    page(good("lang-tittel.html", ""), "<html><head><title>", "Referat ", 100000, "</title></head><body><p>Sak 1/24 A</p>" TAIL);
    page(good("stort-skript.html", "1/0/0"), HEAD "<script>", "var a = '<p>Sak 2/24</p>';\n", 400000, "</script>" TAIL);
    page(bad("uten-slutt.html", "filen inneholder ingen tekst"), "<html><!--", "Sak 1/24 ", 100000, "");
    page(good("linjeskift.html", "1/0/0"), HEAD "<p>", "<br>", 1000000, "x</p>" TAIL);
    page(good("mange-valg.html", "1/0/0"), HEAD "<select>", "<option>a", 100000, "</select>" TAIL);
    if (!is_long()) return;
    FILE *f = bad("mange-attributter.html", "tok for lang tid å lese");
    fputs("<html><body><p ", f);
    for (int i = 0; i < 300000; i++) fprintf(f, "a%d=b ", i);
    fputs("></p></body></html>", f);
    fclose(f);
    page(good("stor.html", "1/0/0"), HEAD, "<p></p>", 6000000, TAIL);
}

static void letters(void)
{
    page(good("entiteter.html", "1/0/0"), HEAD "<p>", "&#xd800;&#x110000;&#0;&lt;&amp&#99999999999999;", 10000, "</p>" TAIL);
    page(good("latter.html", "1/0/0"),
         "<!DOCTYPE html [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>" HEAD "<p>", "&b;", 1000, "</p>" TAIL);
    page(good("utenfra.html", "1/0/0"), "<!DOCTYPE html [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" HEAD "<p>", "&a;", 10, "</p>" TAIL);
    page(good("utenfra-ramme.html", "1/0/0"), HEAD, "<iframe src=\"file:///etc/passwd\"></iframe><img src=/etc/passwd>", 10, TAIL);
    page(good("feil-tegnsett.html", "1/0/0"), "<html><head><meta charset=\"utf-16\"></head><body><p>Sak 1/24 B\xe5t</p>", "x", 10, TAIL);
    page(good("ukjent-tegnsett.html", "1/0/0"), "<html><head><meta charset=\"x-fins-ikke\"></head><body><p>Sak 1/24 B</p>", "x", 10, TAIL);
    FILE *f = bad("nuller.html", "filen er ikke tekst (binære data)");
    fputs(HEAD "<p>", f);
    for (int i = 0; i < 1000; i++) fwrite("a\0b", 1, 3, f);
    fputs("</p>" TAIL, f);
    fclose(f);
    page(good("ugyldig-utf8.html", "1/0/0"), HEAD "<meta charset=utf-8><p>", "\xff\xc0\x80\xed\xa0\x80", 1000, "</p>" TAIL);
}

void make_pages(void)
{
    large();
    letters();
}
