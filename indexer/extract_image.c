/* A scan as PNG, JPEG or TIFF: one page, recognised. */
#include "extract.h"
#include "layout.h"
#include "recognise.h"

enum hf_status extract_image(const char *bytes, size_t len, struct text_doc *out,
                             struct hf_error *err)
{
    struct layout l;
    enum hf_status status = HF_OK;
    (void)bytes;
    (void)len; /* tesseract reads the file itself */
    layout_init(&l);
    struct layout_page *page = layout_add_page(&l, 595, 842);
    enum tool_end end = recognise(NULL, 0, RECOGNISE_DPI, &l, page);
    if (end != TOOL_OK)
        status = hf_fail(err, tool_has_stopped(end) ? HF_STOPPED : HF_UNREADABLE,
                         "bildet kan ikke leses: %s", recognise_reason(end));
    else if (l.n_words < 3)
        status = hf_fail(err, HF_UNREADABLE, "bildet inneholder ingen tekst");
    else
        layout_to_doc(&l, out);
    out->media_type = sniff_media_type(SNIFF_IMAGE);
    out->text_layer = "ocr";
    layout_release(&l);
    return status;
}
