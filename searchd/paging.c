#include "paging.h"

enum { MAX_DEPTH = 10000 };

void paging_url(const struct params *p, size_t page, struct hf_buf *out)
{
    hf_buf_adds(out, "/v1/search?");
    size_t start = out->len;
    params_url(p, out);
    if (page > 1) hf_buf_addf(out, "%spage=%zu", out->len > start ? "&" : "", page);
    if (out->len == start) hf_buf_cut(out, start - 1);
}

static void tell(const struct params *p, size_t page, const char *rel, paging_fn fn,
                 void *ctx)
{
    struct hf_buf url = HF_BUF_INIT;
    paging_url(p, page, &url);
    fn(ctx, rel, url.data);
    hf_buf_release(&url);
}

void paging_each(const struct params *p, const json_t *answer, paging_fn fn, void *ctx)
{
    size_t here = p->offset / p->size + 1, most = MAX_DEPTH / p->size;
    size_t pages = (size_t)json_integer_value(json_object_get(answer, "pages"));
    if (pages > most) pages = most;
    if (p->all || !pages) return;
    tell(p, 1, "first", fn, ctx);
    if (here > 1) tell(p, here - 1 < pages ? here - 1 : pages, "prev", fn, ctx);
    if (here < pages) tell(p, here + 1, "next", fn, ctx);
    tell(p, pages, "last", fn, ctx);
}
