/* PDF by poppler's programs: pdftotext gives each word its place, pdftohtml says which
 * are bold, an image of the page shows the rules of tables; pages without text are
 * recognised. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract.h"
#include "layout.h"
#include "page_image.h"
#include "pdf_words.h"
#include "recognise.h"
#include "run_tool.h"

#define MAX_TOOL_BYTES ((size_t)128 << 20)
#define RULES_DPI      "100"
#define MAX_RULE_PAGES "60"
#define SCAN_LETTERS   12 /* a page with fewer letters has no text layer worth the name */

static enum hf_status explain(enum tool_end end, const char *said, struct hf_error *err)
{
    switch (end) {
    case TOOL_MISSING:
        return hf_fail(err, HF_UNREADABLE,
                       "PDF kan ikke leses: poppler-utils er ikke installert");
    case TOOL_LARGE: return hf_fail(err, HF_UNREADABLE, "PDF-filen har for mye tekst");
    case TOOL_TIME:
    case TOOL_CRASHED:
    case TOOL_WAIT: return tool_fail(end, err);
    default: break;
    }
    if (strstr(said, "ncorrect password") || strstr(said, "ncrypt"))
        return hf_fail(err, HF_UNREADABLE, "kryptert PDF: den krever passord");
    return hf_fail(err, HF_UNREADABLE, "filen er avkortet eller ødelagt (PDF)");
}

static enum hf_status read_words(struct layout *l, struct text_doc *out,
                                 struct hf_error *err)
{
    const char *const argv[] = {"pdftotext", "-bbox", "-l", "2000",
                                TOOL_INPUT,  "-",     NULL};
    struct tool_run run = {.argv = argv,
                           .level = SANDBOX_TOOL,
                           .seconds = TOOL_SECONDS,
                           .max_bytes = MAX_TOOL_BYTES};
    enum tool_end end = run_tool(&run);
    enum hf_status status = HF_OK;
    if (end == TOOL_OK) pdf_words_read(l, run.out.data, run.out.len);
    if (end != TOOL_OK || !l->n_pages) {
        status = explain(end, run.said, err);
    } else if (strstr(run.said, "Error")) {
        const char text[] = "PDF-filen er skadet; noe av teksten kan mangle";
        text_doc_note(out, &out->warnings, text, sizeof text - 1);
    }
    tool_run_release(&run);
    return status;
}

/* Without it the text stands, only nothing is bold and no address is known. */
static void read_fonts(struct layout *l, struct text_doc *out)
{
    const char *const argv[] = {
        "pdftohtml", "-xml",          "-i", "-q",   "-stdout",  "-nodrm", "-zoom",
        "1",         "-noroundcoord", "-l", "2000", TOOL_INPUT, NULL};
    struct tool_run run = {.argv = argv,
                           .level = SANDBOX_TOOL,
                           .seconds = TOOL_SECONDS,
                           .max_bytes = MAX_TOOL_BYTES};
    if (run_tool(&run) == TOOL_OK) pdf_fonts_read(l, out, run.out.data, run.out.len);
    tool_run_release(&run);
}

/* Words beside each other with a gap between them may stand in a table. */
static bool page_has_gaps(struct layout_page *page)
{
    struct layout_word **words = hf_xcalloc(page->n_words + 1, sizeof *words);
    struct layout_line *lines;
    size_t n;
    bool found = false;
    for (size_t i = 0; i < page->n_words; i++) words[i] = &page->words[i];
    layout_gather(words, page->n_words, &lines, &n);
    for (size_t i = 0; i < n && !found; i++)
        for (size_t k = 1; k < lines[i].n && !found; k++)
            found = lines[i].words[k]->x0 - lines[i].words[k - 1]->x1 > 9;
    layout_lines_free(lines, n);
    free(words);
    return found;
}

static bool may_have_tables(struct layout *l)
{
    for (size_t p = 0; p < l->n_pages; p++)
        if (page_has_gaps(&l->pages[p])) return true;
    return false;
}

static void read_rules(struct layout *l)
{
    const char *const argv[] = {"pdftoppm",     "-q",       "-gray",     "-r", RULES_DPI,
                                "-aa",          "no",       "-aaVector", "no", "-l",
                                MAX_RULE_PAGES, TOOL_INPUT, NULL};
    struct tool_run run = {.argv = argv,
                           .level = SANDBOX_TOOL,
                           .seconds = TOOL_SECONDS,
                           .max_bytes = MAX_TOOL_BYTES};
    struct page_image image;
    enum tool_end end = run_tool(&run);
    const char *bytes = run.out.data;
    size_t len = run.out.len;
    for (size_t p = 0; end != TOOL_MISSING && p < l->n_pages; p++) {
        if (!page_image_next(&bytes, &len, &image)) break;
        page_image_rules(&image, &l->pages[p]);
    }
    tool_run_release(&run);
}

static size_t letters_on(const struct layout_page *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_words; i++)
        if (text_has_letters(p->words[i].text, p->words[i].len) || p->words[i].len < 3)
            n += p->words[i].len;
    return n;
}

/* One page as an image; *blank where there is nothing on it. */
static enum tool_end recognise_page(struct layout *l, struct layout_page *page,
                                    bool *blank)
{
    char number[16], dpi[16];
    snprintf(number, sizeof number, "%d", page->number);
    /* A very large page is drawn smaller: no side over 5,000 pixels. */
    double side = page->width > page->height ? page->width : page->height;
    int dots = side * PAGE_SCAN_DPI / 72 > 5000 ? (int)(5000 * 72 / side) : PAGE_SCAN_DPI;
    if (dots < 20) dots = 20;
    snprintf(dpi, sizeof dpi, "%d", dots);
    const char *const argv[] = {"pdftoppm", "-q", "-gray", "-r",       dpi, "-f",
                                number,     "-l", number,  TOOL_INPUT, NULL};
    struct tool_run run = {.argv = argv,
                           .level = SANDBOX_OCR,
                           .seconds = TOOL_SECONDS,
                           .max_bytes = MAX_TOOL_BYTES};
    struct page_scan scan;
    enum tool_end end = run_tool(&run);
    if (end == TOOL_OK) {
        end = page_scan_open(run.out.data, run.out.len, 0, dots, &scan);
        *blank = end == TOOL_OK && scan.is_blank;
        if (end == TOOL_OK && !*blank) {
            /* a stamp or a page number beside the scan is read again */
            page->n_words = page->n_across = page->n_down = 0;
            end = recognise(&scan, l, page);
        }
        page_scan_close(&scan);
    }
    tool_run_release(&run);
    return end;
}

static void warn_page(struct text_doc *out, int page, const char *reason)
{
    char text[200];
    int n = snprintf(text, sizeof text, "side %d har ingen tekst: %s", page, reason);
    text_doc_note(out, &out->warnings, text, n > 0 ? (size_t)n : 0);
}

/* Recognises the pages that need it; returns how many were, and the last failure. */
static size_t read_scans(struct layout *l, struct text_doc *out, enum tool_end *failure)
{
    size_t done = 0, tried = 0;
    for (size_t p = 0; p < l->n_pages; p++) {
        struct layout_page *page = &l->pages[p];
        bool blank = false;
        if (letters_on(page) >= SCAN_LETTERS) continue;
        if (tried++ >= RECOGNISE_MAX_PAGES) {
            warn_page(out, page->number, "flere enn 200 skannede sider");
            break;
        }
        run_tool_allow(TOOL_CPU_MS);
        enum tool_end end = recognise_page(l, page, &blank);
        if (end != TOOL_OK) {
            *failure = end;
            warn_page(out, page->number, recognise_reason(end));
            if (end == TOOL_MISSING) break;
        } else if (!blank) {
            done++;
        }
    }
    return done;
}

static enum hf_status settle(struct layout *l, size_t scans, enum tool_end failure,
                             struct text_doc *out, struct hf_error *err)
{
    size_t with_text = 0, letters = 0;
    for (size_t p = 0; p < l->n_pages; p++) {
        with_text += !l->pages[p].is_recognised && l->pages[p].n_words > 0;
        letters += letters_on(&l->pages[p]);
    }
    if (letters < 3 && failure != TOOL_OK)
        return hf_fail(err, tool_has_stopped(failure) ? HF_STOPPED : HF_UNREADABLE,
                       "skannet PDF uten tekst: %s", recognise_reason(failure));
    if (letters < 3)
        return hf_fail(err, HF_UNREADABLE, "PDF-filen inneholder ingen tekst");
    out->text_layer = !scans ? "text" : with_text ? "mixed" : "ocr";
    layout_to_doc(l, out);
    return HF_OK;
}

enum hf_status extract_pdf(const char *bytes, size_t len, struct text_doc *out,
                           struct hf_error *err)
{
    struct layout l;
    enum tool_end failure = TOOL_OK;
    (void)bytes;
    (void)len; /* the programs read the file itself */
    out->media_type = sniff_media_type(SNIFF_PDF);
    out->text_layer = "text";
    layout_init(&l);
    enum hf_status status = read_words(&l, out, err);
    if (status == HF_OK) {
        if (l.n_words) read_fonts(&l, out);
        if (may_have_tables(&l)) read_rules(&l);
        size_t scans = read_scans(&l, out, &failure);
        status = settle(&l, scans, failure, out, err);
    }
    layout_release(&l);
    return status;
}
