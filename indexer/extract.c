#include "extract.h"

#include "run_tool.h"

enum hf_status extract_by_kind(enum sniff_kind kind, const char *bytes, size_t len,
                               struct text_doc *out, struct hf_error *err)
{
    enum hf_status status;
    run_tool_allow(TOOL_CPU_MS);
    switch (kind) {
    case SNIFF_TEXT: status = extract_text(bytes, len, out, err); break;
    case SNIFF_HTML: status = extract_html(bytes, len, out, err); break;
    case SNIFF_DOCX: status = extract_docx(bytes, len, out, err); break;
    case SNIFF_ODT: status = extract_odt(bytes, len, out, err); break;
    case SNIFF_PDF: status = extract_pdf(bytes, len, out, err); break;
    case SNIFF_IMAGE: status = extract_image(bytes, len, out, err); break;
    case SNIFF_DOC: status = extract_doc(bytes, len, out, err); break;
    case SNIFF_RTF: status = extract_rtf(bytes, len, out, err); break;
    default: return hf_fail(err, HF_UNREADABLE, "filen %s", sniff_reason(bytes, len));
    }
    if (!out->media_type) out->media_type = sniff_media_type(kind);
    return status;
}
