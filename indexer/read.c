#include "read.h"

#include <nettle/sha2.h>
#include <string.h>

#include "../shim/buf.h"
#include "extract_child.h"
#include "minutes_cues.h"
#include "privacy.h"
#include "text_breaks.h"

static void hash_hex(const char *bytes, size_t len, char out[65])
{
    static const char hex[] = "0123456789abcdef";
    struct sha256_ctx ctx;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&ctx);
    sha256_update(&ctx, len, (const uint8_t *)bytes);
    sha256_digest(&ctx, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        out[2 * i] = hex[digest[i] >> 4];
        out[2 * i + 1] = hex[digest[i] & 15];
    }
    out[64] = 0;
}

static enum hf_status check_size(const struct text_doc *doc, struct hf_error *err)
{
    size_t total = 0;
    for (size_t i = 0; i < doc->n_lines; i++)
        for (size_t k = 0; k < doc->lines[i].n_cells; k++)
            total += doc->lines[i].cells[k].len + 1;
    if (total <= READ_MAX_TEXT) return HF_OK;
    return hf_fail(err, HF_UNREADABLE, "dokumentet har mer enn %zu MB tekst",
                   READ_MAX_TEXT >> 20);
}

/* Rule 9 of the design's safety: a person's identity number never reaches the index. */
static enum hf_status check_privacy(const struct text_doc *doc, struct hf_error *err)
{
    for (size_t i = 0; i < doc->n_lines; i++) {
        const struct text_line *l = &doc->lines[i];
        for (size_t k = 0; k < l->n_cells; k++)
            if (privacy_has_identity_number(l->cells[k].text, l->cells[k].len))
                return hf_fail(err, HF_UNREADABLE,
                               PRIVACY_HELD_BACK
                               "linje %d ser ut til å ha et fødselsnummer",
                               l->line);
    }
    return HF_OK;
}

enum hf_status read_text(const struct source *s, const struct hf_lexicon *lex,
                         struct text_doc *doc, char sha256[65], struct hf_error *err)
{
    struct hf_buf b = HF_BUF_INIT;
    text_doc_init(doc);
    *sha256 = 0;
    enum hf_status status = source_read(s, READ_MAX_FILE, &b, err);
    if (status == HF_OK) {
        hash_hex(b.data, b.len, sha256);
        status = extract_in_child(sniff(b.data, b.len), b.data, b.len, doc, err);
    }
    if (status == HF_OK) status = check_size(doc, err);
    if (status == HF_OK) text_breaks_mend(doc, lex ? hf_lexicon_lemmas(lex) : NULL);
    if (status == HF_OK) status = check_privacy(doc, err);
    hf_buf_release(&b);
    return status;
}

/* What the operator says in kilder.tsv stands above what the reader found. */
static void apply_source(const struct minutes_cues *cues, const struct source *s,
                         struct hf_minutes *m)
{
    const struct registry *r = cues_registry(cues);
    m->url = s->url;
    if (s->body) m->body = s->body;
    for (size_t i = 0; s->helsefellesskap && i < r->n_hf; i++) {
        if (strcmp(r->hf[i].id, s->helsefellesskap)) continue;
        m->helsefellesskap = r->hf[i].id;
        m->helsefellesskap_name = r->hf[i].name;
        m->health_region = r->hf[i].region;
    }
}

enum hf_status read_records(const struct minutes_cues *cues, const struct hf_lexicon *lex,
                            const struct source *s, json_t **out, struct hf_error *err)
{
    struct text_doc doc;
    struct hf_minutes m;
    char sha256[65];
    *out = NULL;
    hf_minutes_init(&m);
    enum hf_status status = read_text(s, lex, &doc, sha256, err);
    if (status == HF_OK) {
        m.source = s->path;
        m.source_sha256 = sha256;
        m.media_type = doc.media_type;
        m.text_layer = doc.text_layer;
        if (doc.text_layer && !strcmp(doc.text_layer, "mixed")) m.text_layer = "ocr";
        m.n_pages = doc.n_pages;
        minutes_read(cues, &doc, &m);
        for (size_t i = 0; i < doc.warnings.n; i++)
            hf_strings_add(&m.warnings,
                           doc.warnings.at[i]); /* doc outlives the records */
        apply_source(cues, s, &m);
        *out = hf_minutes_records(&m);
    }
    hf_minutes_release(&m);
    text_doc_release(&doc);
    return status;
}
