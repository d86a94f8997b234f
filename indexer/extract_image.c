/* A scan as PNG, JPEG or TIFF: recognised; a TIFF may have several pages. */
#include "extract.h"
#include "layout.h"
#include "recognise.h"

static enum tool_end read_page(const char *bytes, size_t len, int index, struct layout *l,
                               int *n_pages)
{
    struct page_scan scan;
    struct layout_page *page = layout_add_page(l, 595, 842);
    enum tool_end end = page_scan_open(bytes, len, index, 0, &scan);
    if (end == TOOL_OK) {
        *n_pages = scan.n_pages;
        if (!scan.is_blank) end = recognise(&scan, l, page);
    }
    page_scan_close(&scan);
    return end;
}

enum hf_status extract_image(const char *bytes, size_t len, struct text_doc *out,
                             struct hf_error *err)
{
    struct layout l;
    enum hf_status status = HF_OK;
    int n_pages = 1;
    enum tool_end failure = TOOL_OK;
    layout_init(&l);
    for (int i = 0; i < n_pages && i < RECOGNISE_MAX_PAGES; i++) {
        run_tool_allow(TOOL_CPU_MS);
        enum tool_end end = read_page(bytes, len, i, &l, &n_pages);
        if (end != TOOL_OK) failure = end;
    }
    if (l.n_words < 3 && failure != TOOL_OK)
        status = hf_fail(err, tool_has_stopped(failure) ? HF_STOPPED : HF_UNREADABLE,
                         "bildet kan ikke leses: %s", recognise_reason(failure));
    else if (l.n_words < 3)
        status = hf_fail(err, HF_UNREADABLE, "bildet inneholder ingen tekst");
    else
        layout_to_doc(&l, out);
    out->media_type = sniff_media_type(SNIFF_IMAGE);
    out->text_layer = "ocr";
    layout_release(&l);
    return status;
}
