#include "recognise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ocr_words.h"

#define MAX_HOCR ((size_t)16 << 20)

static void add_words(const struct page_scan *scan, const struct ocr_words *words,
                      struct layout *l, struct layout_page *page)
{
    double scale = 72.0 / scan->dpi;
    for (size_t i = 0; i < words->n; i++) {
        const struct ocr_word *w = &words->at[i];
        struct layout_word word = {.text = w->text, .len = w->len, .bold = w->is_bold};
        word.x0 = w->x0 * scale;
        word.x1 = w->x1 * scale;
        word.y0 = w->y0 * scale;
        word.y1 = w->y1 * scale;
        layout_add_word(l, page, word);
    }
}

enum tool_end recognise(const struct page_scan *scan, struct layout *l,
                        struct layout_page *page)
{
    char dots[16];
    snprintf(dots, sizeof dots, "%d", scan->dpi);
    const char *const argv[] = {"tesseract", "stdin", "stdout", "-l",   "nor", "--dpi",
                                dots,        "--psm", "3",      "hocr", NULL};
    struct tool_run run = {.argv = argv,
                           .level = SANDBOX_OCR,
                           .seconds = TOOL_SECONDS,
                           .max_bytes = MAX_HOCR,
                           .input = scan->pgm,
                           .input_len = scan->pgm_len};
    enum tool_end end = run_tool(&run);
    if (end == TOOL_OK) {
        struct ocr_words words;
        ocr_words_read(&words, run.out.data, run.out.len);
        ocr_words_find_bold(&words, &scan->image);
        page->is_recognised = true;
        page_scan_rules(scan, page);
        add_words(scan, &words, l, page);
        ocr_words_release(&words);
    }
    tool_run_release(&run);
    return end;
}

const char *recognise_reason(enum tool_end end)
{
    switch (end) {
    case TOOL_OK: return "";
    case TOOL_MISSING: return "tekstgjenkjenning (tesseract) er ikke installert";
    case TOOL_TIME: return "tekstgjenkjenningen tok for lang tid (over 9 sekunder)";
    case TOOL_WAIT:
        return "tekstgjenkjenningen tok for lang tid fordi maskinen er opptatt";
    case TOOL_CRASHED: return "bildet er ødelagt, eller krever for mye minne";
    case TOOL_LARGE: return "siden har for mye tekst";
    default: return "tekstgjenkjenningen feilet";
    }
}
