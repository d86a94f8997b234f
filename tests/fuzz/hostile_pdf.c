/* PDF. The files have no table of their objects unless they are about it: poppler finds the objects itself. */
#include "make_hostile.h"

static const char broken[] = "filen er avkortet eller ødelagt (PDF)", no_text[] = "PDF-filen inneholder ingen tekst",
                  too_long[] = "tok for lang tid å lese";

#define ROOT  "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
#define PAGES ROOT "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
#define FONT  "/Resources<</Font<</F 5 0 R>>>>"
#define PAGE  PAGES "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R" FONT ">>endobj\n"
#define FACE  "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
#define TEXT  "BT /F 12 Tf 70 700 Td (Sak 1/24 Samarbeid om legevakt) Tj ET"
#define END   "trailer<</Root 1 0 R>>\n%%EOF\n"

static FILE *begin(FILE *f, const char *objects)
{
    fputs("%PDF-1.4\n", f);
    fputs(objects, f);
    return f;
}

static void end(FILE *f)
{
    fputs(END, f);
    fclose(f);
}

static void put_stream(FILE *f, int number, const char *keys, const void *bytes, size_t len)
{
    fprintf(f, "%d 0 obj\n<<%s/Length %zu>>stream\n", number, keys, len);
    fwrite(bytes, 1, len, f);
    fputs("\nendstream\nendobj\n", f);
}

/* One page with this content. */
static void one_page(FILE *f, const char *content)
{
    begin(f, PAGE FACE);
    put_stream(f, 4, "", content, strlen(content));
    end(f);
}

static void trees(void)
{
    end(begin(bad("ring.pdf", broken), ROOT "2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000>>endobj\n"));
    end(begin(bad("ring-av-to.pdf", no_text), ROOT "2 0 obj<</Type/Pages/Kids[6 0 R]/Count 9>>endobj\n6 0 "
                                                  "obj<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 9>>endobj\n"));
    end(begin(bad("uten-sider.pdf", broken), ROOT "2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"));
    end(begin(bad("uten-rot.pdf", broken), "2 0 obj<</Type/Pages>>endobj\n"));
    char *kids = repeat(ROOT "2 0 obj<</Type/Pages/Kids[", "3 0 R ", 100000,
                        "]/Count 100000>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n");
    end(begin(bad("samme-side.pdf", broken), kids));
    free(kids);
    FILE *f = begin(good("100000-sider.pdf", ""), ROOT "2 0 obj<</Type/Pages/Count 100000/Kids[");
    for (int i = 0; i < 100000; i++) fprintf(f, "%d 0 R ", i + 10);
    fputs("]>>endobj\n" FACE, f);
    put_stream(f, 4, "", TEXT, strlen(TEXT));
    for (int i = 0; i < 100000; i++)
        fprintf(f, "%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R" FONT ">>endobj\n", i + 10);
    end(f);
    f = begin(bad("dypt-sidetre.pdf", no_text), ROOT);
    for (int i = 2; i < 50000; i++) fprintf(f, "%d 0 obj<</Type/Pages/Kids[%d 0 R]/Count 1>>endobj\n", i, i + 1);
    end(f);
    f = begin(bad("dype-lister.pdf", broken), "1 0 obj<</Type/Catalog/Pages ");
    put_repeated(f, "[", 1000000);
    end(f);
}

static void boxes(void)
{
    static const char *const rows[][2] = {
        {"side-uten-flate.pdf", "0 0"}, {"side-uendelig.pdf", "1e400 1e400"}, {"stor-side.pdf", "14400 14400"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        FILE *f = begin(good(rows[i][0], "1/0/0"), PAGES FACE);
        fprintf(f, "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents 4 0 R" FONT ">>endobj\n", rows[i][1]);
        put_stream(f, 4, "", TEXT, strlen(TEXT));
        end(f);
    }
    /* What stands kilometres from the corner, or outside of the page, is no text of it. */
    static const char *const outside[][2] = {{"kjempeside.pdf", "9999999 9999999"}, {"negativ-side.pdf", "-595 -842"}};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        FILE *f = begin(bad(outside[i][0], no_text), PAGES FACE);
        fprintf(f, "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents 4 0 R" FONT ">>endobj\n", outside[i][1]);
        put_stream(f, 4, "", TEXT, strlen(TEXT));
        end(f);
    }
    end(begin(bad("kjempeside-tom.pdf", no_text),
              PAGES "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9999999 9999999]>>endobj\n"));
    one_page(good("tekst-langt-borte.pdf", ""),
             TEXT " BT /F 1e30 Tf 1e300 -1e300 Td (borte) Tj ET BT /F -12 Tf 1e-30 0 0 1e-30 0 0 Tm (liten) Tj ET");
}

static void tables(void)
{
    FILE *f = begin(good("ring-i-tabell.pdf", "1/0/0"), PAGE FACE);
    put_stream(f, 4, "", TEXT, strlen(TEXT));
    long at = ftell(f);
    fprintf(f, "xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 6/Prev %ld>>\nstartxref\n%ld\n%%%%EOF\n", at, at);
    fclose(f);
    f = begin(bad("feil-tabell.pdf", broken), PAGE FACE);
    put_stream(f, 4, "", TEXT, strlen(TEXT));
    fputs("xref\n0 99999999\n9999999999 00000 n \ntrailer<</Root 1 0 R/Size 2147483647>>\nstartxref\n4000000000\n%%EOF\n", f);
    fclose(f);
    f = begin(bad("objekter-i-ring.pdf", broken), "");
    put_stream(f, 6, "/Type/ObjStm/N 100000000/First 10/Extends 6 0 R", "1 0 2 9", 7);
    put_stream(f, 7, "/Type/XRef/Size 99/W[1 2 1]/Root 1 0 R/Index[0 99999999]", "\2\0\6\0", 4);
    fprintf(f, "startxref\n%d\n%%%%EOF\n", 100);
    fclose(f);
    struct bytes b = deflate_zeros((size_t)300 << 20);
    f = begin(bad("objektbombe.pdf", broken), "");
    put_stream(f, 6, "/Type/ObjStm/N 1000000/First 1000000/Filter/FlateDecode", b.at, b.len);
    put_stream(f, 7, "/Type/XRef/Size 1000000/W[1 4 1]/Root 1 0 R/Filter/FlateDecode", b.at, b.len);
    fputs("startxref\n9\n%%EOF\n", f);
    fclose(f);
    free(b.at);
    f = begin(bad("lengde-i-ring.pdf", no_text), PAGE FACE);
    fputs("4 0 obj<</Length 4 0 R>>stream\nBT (x) Tj ET\nendstream endobj\n", f);
    end(f);
    f = begin(bad("ukjent-kryptering.pdf", ""), PAGE FACE);
    fputs("6 0 obj<</Filter/Ukjent/V 99/R 99/O(x)/U(x)/P -1>>endobj\ntrailer<</Root 1 0 R/Encrypt 6 0 R/ID[(a)(a)]>>\n%%EOF\n", f);
    fclose(f);
}

static void streams(void)
{
    FILE *f;
    if (is_long()) {
        /* A gigabyte of nothing is read to its end, and drawn to see whether it is a scan; on a slow machine either
         * may take too long. */
        struct bytes b = deflate_zeros((size_t)1 << 30);
        f = begin(bad("flatebombe.pdf", ""), PAGE FACE);
        put_stream(f, 4, "/Filter/FlateDecode", b.at, b.len);
        end(f);
        free(b.at);
        char runs[2000];
        memset(runs, 0x81, sizeof runs);
        f = begin(bad("pakket-fire-ganger.pdf", too_long), PAGE FACE);
        put_stream(f, 4, "/Filter[/RunLengthDecode/RunLengthDecode/RunLengthDecode/RunLengthDecode]", runs, sizeof runs);
        end(f);
    }
    char *s = repeat("/Filter[", "/FlateDecode", 10000, "]");
    f = begin(bad("ti-tusen-filtre.pdf", no_text), PAGE FACE);
    put_stream(f, 4, s, "x", 1);
    end(f);
    free(s);
    f = begin(bad("innhold-i-ring.pdf", no_text), PAGES "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
                                         "/Resources<</XObject<</X 6 0 R>>>>>>endobj\n");
    put_stream(f, 4, "", "/X Do /X Do", 11);
    put_stream(f, 6, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>", "/X Do /X Do /X Do", 17);
    end(f);
    s = repeat("", "q ", 2000000, TEXT);
    one_page(bad("dyp-tilstand.pdf", "filen er ødelagt, eller krever for mye minne"), s);
    free(s);
    s = repeat("BT /F 12 Tf 70 700 Td ", "(Sak 1/24 tekst) Tj 0 -1 Td ", 200000, " ET");
    one_page(good("mye-tekst.pdf", ""), s);
    free(s);
    s = repeat("", "0 0 m 595 842 l S 70 700 m 500 700 l S ", 300000, TEXT);
    one_page(good("million-streker.pdf", "1/0/0"), s);
    free(s);
}

/* A page that is an image of this size, of one bit a point. */
static void scan(FILE *f, long side)
{
    char keys[200];
    struct bytes b = deflate_zeros((size_t)side * (size_t)((side + 7) / 8));
    begin(f, PAGES "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 6 0 "
                   "R>>>>>>endobj\n");
    put_stream(f, 4, "", "595 0 0 842 0 0 cm /I Do", 24);
    snprintf(keys, sizeof keys,
             "/Type/XObject/Subtype/Image/Width %ld/Height %ld/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode", side, side);
    put_stream(f, 6, keys, b.at, b.len);
    free(b.at);
    end(f);
}

static void others(void)
{
    scan(bad("svart-skann.pdf", no_text), 4000);
    if (is_long()) scan(bad("kjempeskann.pdf", no_text), 40000);
    FILE *f = bad("tilfeldig.pdf", broken);
    fputs("%PDF-1.7\n", f);
    put_noise(f, 1000000);
    fclose(f);
    f = bad("bare-hode.pdf", broken);
    fputs("%PDF-1.7\n", f);
    fclose(f);
    f = begin(good("soppel-etter.pdf", "1/0/0"), PAGE FACE);
    put_stream(f, 4, "", TEXT, strlen(TEXT));
    fputs(END, f);
    put_noise(f, 3000000);
    fclose(f);
    f = begin(good("skript.pdf", "1/0/0"), "1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>/AA<</WC<</S/JavaScript/JS(app"
                                ".launchURL\\(1\\))>>>>>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent "
                                "2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R" FONT ">>endobj\n" FACE);
    put_stream(f, 4, "", TEXT, strlen(TEXT));
    end(f);
}

void make_pdfs(void)
{
    trees();
    boxes();
    tables();
    streams();
    others();
}
