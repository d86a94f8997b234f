#include "paging.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../shim/map.h"

enum { MAX_DEPTH = 10000 };

/* The question without its language and form, which do not change what it finds. */
static uint64_t hash_of(const struct params *p)
{
    struct params bare = *p; /* borrowed members */
    struct hf_buf b = HF_BUF_INIT;
    bare.lang = LANG_NB;
    bare.has_format = false;
    params_url(&bare, &b);
    uint64_t hash = hf_hash(b.data, b.len);
    hf_buf_release(&b);
    return hash;
}

bool paging_fits(const struct params *p)
{
    return !p->has_cursor || p->cursor_hash == hash_of(p);
}

void paging_url(const struct params *p, const struct paging_place *at, struct hf_buf *out)
{
    hf_buf_adds(out, "/v1/search?");
    size_t start = out->len;
    params_url(p, out);
    if (at && at->offset)
        hf_buf_addf(out, "%scursor=%08x%08x%016" PRIx64, out->len > start ? "&" : "",
                    at->generation, (unsigned)at->offset, hash_of(p));
    if (out->len == start) hf_buf_cut(out, start - 1);
}

static void tell(const struct params *p, const struct paging_place *at, const char *rel,
                 paging_fn fn, void *ctx)
{
    struct hf_buf url = HF_BUF_INIT;
    paging_url(p, at, &url);
    fn(ctx, rel, url.data);
    hf_buf_release(&url);
}

struct paging_place paging_here(const struct params *p, const json_t *answer)
{
    const json_t *index = json_object_get(answer, "index");
    return (struct paging_place){
        (unsigned)json_integer_value(json_object_get(index, "generation")), p->offset};
}

void paging_each(const struct params *p, const json_t *answer, paging_fn fn, void *ctx)
{
    size_t total = (size_t)json_integer_value(json_object_get(answer, "total"));
    size_t reach = total < MAX_DEPTH ? total : MAX_DEPTH / p->size * p->size;
    if (p->all || !total) return;
    struct paging_place first = {0}, here = paging_here(p, answer), prev = here,
                        next = here, last = here;
    prev.offset = here.offset > p->size ? here.offset - p->size : 0;
    next.offset = here.offset + p->size;
    last.offset = (reach - 1) / p->size * p->size;
    if (prev.offset > last.offset) prev = last;
    tell(p, &first, "first", fn, ctx);
    if (here.offset) tell(p, &prev, "prev", fn, ctx);
    if (next.offset < total && next.offset + p->size <= MAX_DEPTH)
        tell(p, &next, "next", fn, ctx);
    tell(p, &last, "last", fn, ctx);
}
