/* Writes a text file's minutes as a PDF of pages, with ruled tables, running heads and page numbers; with
 * --scan as pages of images, slightly turned and with noise, as a copying machine makes them.
 *
 *     make_pdf [--scan] [--plain | --narrow] IN.txt OUT.pdf       --plain: tables without rules; --narrow: likewise, and
 *     all columns are as wide as each other, as LibreOffice makes them where a file says nothing
 *
 * Needs libpango1.0-dev; the files in this folder and those of make_all.sh are made with it (see README.md). */
#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../indexer/text.h"

#define WIDTH  595.0
#define HEIGHT 842.0
#define LEFT   70.0
#define RIGHT  525.0
#define TOP    80.0
#define BOTTOM 770.0
#define PAD    5.4

struct pdf {
    cairo_surface_t *surface, *image;
    cairo_t *cr, *out;
    double y;
    int page;
    bool is_scan, is_plain, is_narrow;
    char head[200];
};

static PangoLayout *lay(struct pdf *p, const struct text_cell *c, size_t from, size_t to, int size,
                        double width)
{
    PangoLayout *l = pango_cairo_create_layout(p->cr);
    PangoFontDescription *font = pango_font_description_from_string("DejaVu Sans");
    PangoAttrList *attrs = pango_attr_list_new();
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(l, font);
    pango_layout_set_text(l, c->text + from, (int)(to - from));
    pango_layout_set_width(l, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    for (size_t i = 0; i < c->n_spans; i++) {
        if (!c->spans[i].is_bold || c->spans[i].end <= from || c->spans[i].start >= to) continue;
        PangoAttribute *a = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
        a->start_index = (guint)(c->spans[i].start > from ? c->spans[i].start - from : 0);
        a->end_index = (guint)(c->spans[i].end - from);
        pango_attr_list_insert(attrs, a);
    }
    pango_layout_set_attributes(l, attrs);
    pango_attr_list_unref(attrs);
    pango_font_description_free(font);
    return l;
}

static double height_of(PangoLayout *l)
{
    int h;
    pango_layout_get_size(l, NULL, &h);
    return (double)h / PANGO_SCALE;
}

static void put_text(struct pdf *p, const char *text, double x, double y, int size)
{
    struct text_cell c = {.text = text, .len = strlen(text)};
    PangoLayout *l = lay(p, &c, 0, c.len, size, 400);
    cairo_move_to(p->cr, x, y);
    pango_cairo_show_layout(p->cr, l);
    g_object_unref(l);
}

static void begin_page(struct pdf *p)
{
    p->page++;
    p->y = TOP;
    if (p->is_scan) {
        p->image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(WIDTH * 200 / 72),
                                              (int)(HEIGHT * 200 / 72));
        p->cr = cairo_create(p->image);
        cairo_set_source_rgb(p->cr, 1, 1, 1);
        cairo_paint(p->cr);
        cairo_set_source_rgb(p->cr, 0.1, 0.1, 0.1);
        cairo_scale(p->cr, 200.0 / 72, 200.0 / 72);
        cairo_translate(p->cr, WIDTH / 2, HEIGHT / 2);
        cairo_rotate(p->cr, (p->page % 2 ? 0.8 : -0.6) * M_PI / 180);
        cairo_translate(p->cr, -WIDTH / 2, -HEIGHT / 2);
    }
    if (*p->head) put_text(p, p->head, LEFT, 36, 9);
}

static void add_noise(cairo_surface_t *image)
{
    unsigned char *data = cairo_image_surface_get_data(image);
    int w = cairo_image_surface_get_width(image), h = cairo_image_surface_get_height(image);
    int stride = cairo_image_surface_get_stride(image);
    unsigned seed = 7;
    cairo_surface_flush(image);
    for (int i = 0; i < w * h / 700; i++) {
        seed = seed * 1103515245u + 12345u;
        int x = (int)(seed >> 8) % w;
        seed = seed * 1103515245u + 12345u;
        int y = (int)(seed >> 8) % h;
        unsigned char *at = data + y * stride + x * 4;
        at[0] = at[1] = at[2] = (unsigned char)(seed >> 24);
    }
    cairo_surface_mark_dirty(image);
}

static void end_page(struct pdf *p)
{
    char number[40];
    snprintf(number, sizeof number, "Side %d", p->page);
    put_text(p, number, 280, 800, 9);
    if (p->is_scan) {
        cairo_destroy(p->cr);
        add_noise(p->image);
        cairo_save(p->out);
        cairo_scale(p->out, 72.0 / 200, 72.0 / 200);
        cairo_set_source_surface(p->out, p->image, 0, 0);
        cairo_paint(p->out);
        cairo_restore(p->out);
        cairo_surface_destroy(p->image);
    }
    cairo_show_page(p->out);
}

static void need(struct pdf *p, double height)
{
    if (p->y + height <= BOTTOM) return;
    end_page(p);
    begin_page(p);
}

/* A paragraph, line by line, so that it may go over to the next page. */
static void put_paragraph(struct pdf *p, const struct text_cell *c, int size, double indent)
{
    PangoLayout *l = lay(p, c, 0, c->len, size, RIGHT - LEFT - indent);
    int n = pango_layout_get_line_count(l);
    for (int i = 0; i < n; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(l, i);
        PangoRectangle box;
        pango_layout_line_get_extents(line, NULL, &box);
        double h = (double)box.height / PANGO_SCALE;
        need(p, h);
        cairo_move_to(p->cr, LEFT + indent, p->y - (double)box.y / PANGO_SCALE);
        pango_cairo_show_layout_line(p->cr, line);
        p->y += h;
    }
    p->y += 2;
    g_object_unref(l);
}

static size_t longest(const struct text_cell *c)
{
    size_t n = 0, k = 0;
    for (size_t i = 0; i <= c->len; i++) {
        if (i == c->len || c->text[i] == ' ' || c->text[i] == '\n') {
            if (k > n) n = k;
            k = 0;
        } else {
            k++;
        }
    }
    return n;
}

/* Widths by what the columns hold: room for the longest word, the rest by the amount of text. */
static size_t find_widths(const struct text_doc *d, size_t from, size_t to, double *w)
{
    size_t n = 0;
    double least[32] = {0}, amount[32] = {0}, sum = 0, all = 0;
    for (size_t i = from; i < to; i++) {
        if (d->lines[i].n_cells > n) n = d->lines[i].n_cells;
        for (size_t k = 0; k < d->lines[i].n_cells && k < 32; k++) {
            const struct text_cell *c = &d->lines[i].cells[k];
            double need_ = (double)longest(c) * 6.2 + 2 * PAD + 4;
            if (need_ > least[k]) least[k] = need_;
            if ((double)c->len > amount[k]) amount[k] = (double)c->len;
        }
    }
    if (n > 32) n = 32;
    for (size_t k = 0; k < n; k++) {
        if (least[k] < 40) least[k] = 40;
        if (least[k] > 150) least[k] = 150;
        sum += least[k];
        all += sqrt(amount[k]) + 1;
    }
    double rest = RIGHT - LEFT - sum;
    for (size_t k = 0; k < n; k++)
        w[k] = rest > 0 ? least[k] + rest * (sqrt(amount[k]) + 1) / all
                        : least[k] * (RIGHT - LEFT) / sum;
    return n;
}

static void put_row(struct pdf *p, const struct text_line *line, const double *w, size_t n)
{
    PangoLayout *cells[32];
    double height = 0, x = LEFT;
    size_t used = line->n_cells < n ? line->n_cells : n;
    for (size_t k = 0; k < used; k++) {
        cells[k] = lay(p, &line->cells[k], 0, line->cells[k].len, 11, w[k] - 2 * PAD);
        double h = height_of(cells[k]);
        if (h > height) height = h;
    }
    need(p, height);
    for (size_t k = 0; k < n; k++) {
        if (k < used) {
            cairo_move_to(p->cr, x + PAD, p->y);
            pango_cairo_show_layout(p->cr, cells[k]);
            g_object_unref(cells[k]);
        }
        cairo_rectangle(p->cr, x, p->y, w[k], height);
        x += w[k];
    }
    cairo_set_line_width(p->cr, 0.5);
    if (p->is_plain)
        cairo_new_path(p->cr);
    else
        cairo_stroke(p->cr);
    p->y += height;
}

static void put_doc(struct pdf *p, const struct text_doc *d)
{
    for (size_t i = 0; i < d->n_lines;) {
        const struct text_line *l = &d->lines[i];
        if (l->blank_before && i) p->y += 13;
        if (l->n_cells > 1) {
            double w[32];
            size_t to = i;
            while (to < d->n_lines && d->lines[to].n_cells > 1) to++;
            size_t n = find_widths(d, i, to, w);
            for (size_t k = 0; p->is_narrow && k < n; k++) w[k] = (RIGHT - LEFT) / (double)n;
            for (; i < to; i++) put_row(p, &d->lines[i], w, n);
            continue;
        }
        put_paragraph(p, &l->cells[0], l->kind == TEXT_HEADING ? 14 : 11,
                      l->indent < 20 ? l->indent * 5.0 : 0);
        i++;
    }
}

int main(int argc, char **argv)
{
    struct hf_buf in = HF_BUF_INIT;
    struct hf_error err;
    struct text_doc doc;
    struct pdf p = {0};
    int i = 1;
    for (; i < argc && !strncmp(argv[i], "--", 2); i++) {
        p.is_scan |= !strcmp(argv[i], "--scan");
        p.is_narrow |= !strcmp(argv[i], "--narrow");
        p.is_plain |= p.is_narrow || !strcmp(argv[i], "--plain");
    }
    if (argc - i != 2) return 2;
    text_doc_init(&doc);
    if (hf_buf_read_file(&in, argv[i], 1 << 20, &err) != HF_OK ||
        extract_text(in.data, in.len, &doc, &err) != HF_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    snprintf(p.head, sizeof p.head, "Helsefellesskapet · dokument");
    p.surface = cairo_pdf_surface_create(argv[i + 1], WIDTH, HEIGHT);
    p.cr = p.out = cairo_create(p.surface);
    begin_page(&p);
    put_doc(&p, &doc);
    end_page(&p);
    cairo_destroy(p.out);
    cairo_surface_destroy(p.surface);
    text_doc_release(&doc);
    hf_buf_release(&in);
    return 0;
}
