/* Every reader on input that was cut, flipped, swapped, repeated and invented: an answer or a reason, never a
 * crash, and never more than a few seconds. Each round has a seed of its own, so that one can be repeated alone:
 *
 *     SEED=7 ROUNDS=200000 READER=docx build/san/tests/test_mutate        long, one reader
 *     SEED=7 FIRST=4711 ROUNDS=4712 READER=docx …                         that round again
 *     SAVE=file …                                                         keeps the input of each round
 *     SECONDS_EACH=60 …                                                   as many rounds as the time has */
#include "t_mutate.h"

#include <fcntl.h>
#include <time.h>

#include "../../indexer/collate.h"
#include "../../indexer/document.h"
#include "../../indexer/extract.h"
#include "../../indexer/layout.h"
#include "../../indexer/minutes.h"
#include "../../indexer/ocr_words.h"
#include "../../indexer/page_image.h"
#include "../../indexer/pdf_words.h"
#include "../../indexer/wire.h"
#include "../../shim/utf8.h"

#define MOST_SECONDS 10.0 /* of CPU, also with sanitizers */

static struct minutes_cues *cues;
static struct document_maker *maker;
static size_t n_read; /* inputs that gave a document */

/* ---- what a text becomes afterwards ---- */

static enum hf_status count_document(void *ctx, const struct hf_doc *doc, struct hf_error *err)
{
    (void)doc;
    (void)err;
    ++*(size_t *)ctx;
    return HF_OK;
}

static void to_documents(json_t *records)
{
    struct hf_error err;
    size_t n = 0;
    const struct document_origin origin = {"0", "2026-01-01T00:00:00Z"};
    struct collate *c = collate_new(t_lexicon(), NULL);
    size_t number = collate_add(c, records);
    collate_finish(c);
    if (!collate_apply(c, number, records)) fail_msg("one document is a double of itself");
    assert_ok(document_each(maker, records, &origin, count_document, &n, &err));
    if (n < json_array_size(records)) fail_msg("%zu documents of %zu records", n, json_array_size(records));
    collate_free(c);
}

/* Text → records → terms, as in the program; what an extractor hands over must pass the wire. */
static void finish_doc(struct text_doc *doc)
{
    n_read++;
    struct hf_minutes m;
    struct hf_buf b = HF_BUF_INIT;
    struct text_doc again;
    struct hf_error err = {HF_OK, ""};
    text_doc_init(&again);
    wire_put(&b, doc, HF_OK, "");
    if (b.len <= WIRE_MAX_BYTES && wire_get(b.data, b.len, &again, &err) != HF_OK)
        fail_msg("what was read is refused by the wire: %s", err.text);
    hf_minutes_init(&m);
    m.source = "a.txt";
    m.source_sha256 = "0123";
    m.media_type = doc->media_type;
    m.text_layer = doc->text_layer ? doc->text_layer : "text";
    minutes_read(cues, doc, &m);
    json_t *records = hf_minutes_records(&m);
    if (!json_array_size(records)) fail_msg("no record of a text that was read");
    to_documents(records);
    json_decref(records);
    hf_minutes_release(&m);
    text_doc_release(&again);
    hf_buf_release(&b);
}

/* ---- the readers ---- */

static void by_kind(enum sniff_kind kind, const char *bytes, size_t len)
{
    struct text_doc doc;
    struct hf_error err = {HF_OK, ""};
    text_doc_init(&doc);
    enum hf_status status = extract_by_kind(kind, bytes, len, &doc, &err);
    if (status == HF_OK)
        finish_doc(&doc);
    else if (!*err.text || !hf_utf8_is_valid(err.text, strlen(err.text), NULL))
        fail_msg("a failure without a reason");
    text_doc_release(&doc);
}

static void read_plain(const char *bytes, size_t len)
{
    by_kind(SNIFF_TEXT, bytes, len);
}

static void read_html(const char *bytes, size_t len)
{
    by_kind(SNIFF_HTML, bytes, len);
}

static void read_docx(const char *bytes, size_t len)
{
    by_kind(SNIFF_DOCX, bytes, len);
}

static void read_odt(const char *bytes, size_t len)
{
    by_kind(SNIFF_ODT, bytes, len);
}

static void read_docbook(const char *bytes, size_t len)
{
    struct text_doc doc;
    struct hf_error err = {HF_OK, ""};
    text_doc_init(&doc);
    if (extract_docbook(bytes, len, &doc, &err) == HF_OK) finish_doc(&doc);
    text_doc_release(&doc);
}

static void read_wire(const char *bytes, size_t len)
{
    struct text_doc doc;
    struct hf_error err = {HF_OK, ""};
    text_doc_init(&doc);
    if (wire_get(bytes, len, &doc, &err) == HF_OK) finish_doc(&doc);
    text_doc_release(&doc);
}

/* The output of pdftotext, pdftohtml and pdftoppm, each ended by a byte 1. */
static void read_layout(const char *bytes, size_t len)
{
    struct layout l;
    struct text_doc doc;
    struct page_image image;
    const char *end = bytes + len, *fonts = memchr(bytes, 1, len), *pages = NULL;
    fonts = fonts ? fonts + 1 : end;
    pages = memchr(fonts, 1, (size_t)(end - fonts));
    pages = pages ? pages + 1 : end;
    layout_init(&l);
    text_doc_init(&doc);
    pdf_words_read(&l, bytes, (size_t)(fonts - bytes));
    pdf_fonts_read(&l, &doc, fonts, (size_t)(pages - fonts));
    size_t left = (size_t)(end - pages);
    for (size_t p = 0; p < l.n_pages && page_image_next(&pages, &left, &image); p++)
        page_image_rules(&image, &l.pages[p]);
    layout_to_doc(&l, &doc);
    if (doc.n_lines) finish_doc(&doc);
    text_doc_release(&doc);
    layout_release(&l);
}

/* A file that stands on descriptor 0, as in the child of a file. */
static void by_tool(enum sniff_kind kind, const char *bytes, size_t len)
{
    char *path = t_path("input");
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600), old = dup(0);
    if (fd < 0 || old < 0 || write(fd, bytes, len) != (ssize_t)len) abort();
    dup2(fd, 0);
    by_kind(kind, bytes, len);
    dup2(old, 0);
    close(old);
    close(fd);
    free(path);
}

static void read_pdf(const char *bytes, size_t len)
{
    by_tool(SNIFF_PDF, bytes, len);
}

static void read_doc(const char *bytes, size_t len)
{
    by_tool(SNIFF_DOC, bytes, len);
}

static void read_rtf(const char *bytes, size_t len)
{
    by_tool(SNIFF_RTF, bytes, len);
}

static void read_image(const char *bytes, size_t len)
{
    by_tool(SNIFF_IMAGE, bytes, len);
}

/* What tesseract says of a page that is all white. */
static void read_hocr(const char *bytes, size_t len)
{
    static unsigned char white[1240 * 1754];
    const struct page_image image = {1240, 1754, white};
    struct layout l;
    struct text_doc doc;
    struct ocr_words words;
    memset(white, 255, sizeof white);
    layout_init(&l);
    text_doc_init(&doc);
    struct layout_page *page = layout_add_page(&l, 595, 842);
    page->is_recognised = true;
    ocr_words_read(&words, bytes, len);
    ocr_words_find_bold(&words, &image);
    for (size_t i = 0; i < words.n; i++) {
        const struct ocr_word *w = &words.at[i];
        struct layout_word word = {
            .x0 = w->x0, .y0 = w->y0, .x1 = w->x1, .y1 = w->y1, .text = w->text, .len = w->len};
        layout_add_word(&l, page, word);
    }
    layout_to_doc(&l, &doc);
    if (doc.n_lines) finish_doc(&doc);
    ocr_words_release(&words);
    text_doc_release(&doc);
    layout_release(&l);
}

/* ---- what they begin with ---- */

static void seed_files(struct t_seeds *s, const char *pattern)
{
    t_seeds_glob(s, "tests/corpus", pattern);
    t_seeds_glob(s, "tests/formats", pattern);
}

static void seed_text(struct t_seeds *s)
{
    seed_files(s, "*.txt");
}

static void seed_html(struct t_seeds *s)
{
    seed_files(s, "*.html");
}

static void seed_docx(struct t_seeds *s)
{
    seed_files(s, "*.docx");
}

static void seed_odt(struct t_seeds *s)
{
    seed_files(s, "*.odt");
}

static void seed_rtf(struct t_seeds *s)
{
    seed_files(s, "*.rtf");
}

static void seed_doc(struct t_seeds *s)
{
    seed_files(s, "*.doc");
}

static void seed_pdf(struct t_seeds *s)
{
    seed_files(s, "*[!n].pdf"); /* not the scan: recognition has its own */
}

/* Of old Word files where their converter is installed, and one of our own anywhere. */
static void seed_docbook(struct t_seeds *s)
{
    hf_buf_adds(t_seeds_add(s),
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><!DOCTYPE book PUBLIC \"-//OASIS//DTD DocBook\" \"x.dtd\">\n"
                "<book><bookinfo><date>2024-03-14</date></bookinfo><chapter>\n<title/>\n <para>\nReferat fra SSU\n </para>\n"
                " <para>\n <informaltable><tgroup cols='2'><tbody><row>\n <entry>\nSak 1/24\n </entry>\n <entry>\n"
                "<para>\nVedtak: Saken tas til orientering.\n</para></entry></row></tbody></tgroup></informaltable></para>\n"
                "<orderedlist numeration='arabic'><listitem><para>\nFørst\n</para></listitem></orderedlist></chapter></book>");
    t_seeds_run(s, "for f in tests/formats/*.doc; do antiword -m UTF-8.txt -x db $f; done 2>/dev/null");
}

static void seed_layout(struct t_seeds *s)
{
    t_seeds_run(s, "for f in tests/formats/ahus*.pdf; do pdftotext -bbox $f -; printf '\\1'; pdftohtml -xml -i "
                   "-q -stdout -nodrm -zoom 1 -noroundcoord $f; printf '\\1'; pdftoppm -gray -r 20 $f; done");
    t_seeds_run(s, "for f in tests/formats/fonna*.pdf; do pdftotext -bbox $f -; printf '\\1'; pdftohtml -xml -i "
                   "-q -stdout -nodrm -zoom 1 -noroundcoord $f; printf '\\1'; pdftoppm -gray -r 20 $f; done");
}

static void seed_image(struct t_seeds *s)
{
    t_seeds_run(s, "pdftoppm -gray -r 100 -l 1 -png tests/formats/*_scan.pdf");
    t_seeds_run(s, "pdftoppm -gray -r 100 -l 1 -jpeg tests/formats/*_scan.pdf");
}

static void seed_hocr(struct t_seeds *s)
{
    t_seeds_run(s, "pdftoppm -gray -r 150 -l 1 -png tests/formats/*_scan.pdf | "
                   "OMP_THREAD_LIMIT=1 tesseract stdin stdout -l nor hocr 2>/dev/null");
}

static void seed_wire(struct t_seeds *s)
{
    struct t_seeds texts = {0};
    t_seeds_glob(&texts, "tests/corpus", "*fsu*.txt");
    for (size_t i = 0; i < texts.n; i++) {
        struct text_doc doc;
        struct hf_error err;
        text_doc_init(&doc);
        assert_ok(extract_text(texts.at[i].data, texts.at[i].len, &doc, &err));
        wire_put(t_seeds_add(s), &doc, HF_OK, "");
        text_doc_release(&doc);
    }
    t_seeds_release(&texts);
}

static const struct reader {
    const char *name;
    unsigned rounds; /* of the quick form */
    void (*seed)(struct t_seeds *s);
    void (*read)(const char *bytes, size_t len);
    bool is_package; /* its parts are changed as well as its bytes */
} readers[] = {
    {"text", 260, seed_text, read_plain, false},
    {"html", 160, seed_html, read_html, false},
    {"docx", 160, seed_docx, read_docx, true},
    {"odt", 160, seed_odt, read_odt, true},
    {"docbook", 60, seed_docbook, read_docbook, false},
    {"layout", 40, seed_layout, read_layout, false},
    {"wire", 120, seed_wire, read_wire, false},
    {"hocr", 30, seed_hocr, read_hocr, false},
    {"pdf", 8, seed_pdf, read_pdf, false},
    {"doc", 16, seed_doc, read_doc, false},
    {"rtf", 10, seed_rtf, read_rtf, false},
    {"image", 6, seed_image, read_image, false},
};

/* ---- the loop ---- */

static unsigned setting(const char *name, unsigned usual)
{
    const char *value = getenv(name);
    return value ? (unsigned)strtoul(value, NULL, 10) : usual;
}

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void one_round(const struct reader *r, const struct t_seeds *seeds, unsigned round)
{
    struct hf_buf input = HF_BUF_INIT;
    *t_state() = (uint64_t)(setting("SEED", 1) * 2 + 1) * 0x9e3779b97f4a7c15u ^ ((uint64_t)round << 20) ^
                 (uint64_t)(r - readers + 1);
    t_random(2);
    t_mutate(&input, seeds, r->is_package);
    if (getenv("SAVE")) t_write(getenv("SAVE"), input.data, input.len);
    /* Of exactly that size: a byte read past the end is seen. */
    char *exact = hf_xmalloc(input.len ? input.len : 1);
    if (input.len) memcpy(exact, input.data, input.len);
    double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    r->read(exact, input.len);
    double took = seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
    if (took > MOST_SECONDS) fail_msg("%s, round %u: %.1f s for %zu bytes", r->name, round, took, input.len);
    free(exact);
    hf_buf_release(&input);
}

static void run_reader(const struct reader *r)
{
    struct t_seeds seeds = {0};
    const char *only = getenv("READER");
    unsigned each = setting("SECONDS_EACH", 0), rounds = each ? ~0u : setting("ROUNDS", 0);
    unsigned first = setting("FIRST", 0), n = first;
    if (only && strcmp(only, r->name)) return;
    if (!rounds) rounds = r->rounds;
    n_read = 0;
    r->seed(&seeds);
    if (!seeds.n) fail_msg("nothing to begin with for %s", r->name);
    double start = seconds(CLOCK_MONOTONIC);
    for (; n < rounds && (!each || seconds(CLOCK_MONOTONIC) - start < each); n++) one_round(r, &seeds, n);
    print_message("%s: %u rounds, %zu read, %.1f s\n", r->name, n - first, n_read,
                  seconds(CLOCK_MONOTONIC) - start);
    /* Else the damage is so great that only the first gate is tried. */
    if (n - first > 100 && n_read * 200 < n - first) fail_msg("%s: nearly all is refused", r->name);
    t_seeds_release(&seeds);
}

static void test_readers(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_OF(readers); i++) run_reader(&readers[i]);
}

static int open_all(void **state)
{
    struct hf_error err;
    (void)state;
    if (minutes_cues_open(hf_lexicon_dir(), &cues, &err) != HF_OK) return -1;
    return document_maker_new(t_lexicon(), &maker, &err) == HF_OK ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    document_maker_free(maker);
    minutes_cues_close(cues);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_readers)};
    setvbuf(stdout, NULL, _IOLBF, 0);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
