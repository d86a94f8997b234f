#include <string.h>

#include "minutes_headlabel.h"
#include "minutes_marks.h"
#include "minutes_people.h"

#define MAX_LINES 400

/* "3. Kari Nordby, Luster": a number, a name, and then nothing or a mark. */
static size_t numbered_person(const struct name_ctx *x, const struct text_line *l)
{
    struct name_part name;
    if (l->n_cells != 1 || l->cells[0].len > 200) return 0;
    const char *text = l->cells[0].text;
    size_t len = l->cells[0].len, skip = list_numbering(text, len);
    if (!skip || !name_starts(x, text + skip, len - skip, &name) || name.start) return 0;
    size_t at = skip + name.end;
    if (at < len && text[at] == ' ') at++;
    bool dash = at + 3 <= len && !memcmp(text + at, "\xe2\x80\x93", 3);
    return at >= len || dash || strchr(",(-:;/|", text[at]) ? skip : 0;
}

static bool is_group_line(const struct text_line *l)
{
    return l->n_cells == 1 && l->cells[0].len < 60 &&
           !strpbrk(l->cells[0].text, "0123456789");
}

static void take_number_away(struct text_line *l, size_t skip, struct hf_arena *arena)
{
    struct text_cell *cell = hf_arena_alloc(arena, sizeof *cell);
    *cell = l->cells[0];
    cell->text += skip;
    cell->len -= skip;
    cell->spans = NULL;
    cell->n_spans = 0;
    l->cells = cell;
}

void people_take_numbers_away(const struct name_ctx *x, struct text_doc *view,
                              struct hf_arena *arena)
{
    struct label_reader labels = {x,
                                  view,
                                  cues_table(x->cues, "head"),
                                  cues_table(x->cues, "presence"),
                                  cues_table(x->cues, "presence_words"),
                                  0};
    bool in_list = false;
    for (size_t i = 0; i < view->n_lines && i < MAX_LINES; i++) {
        struct text_line *l = &view->lines[i];
        struct label label;
        size_t skip = in_list ? numbered_person(x, l) : 0;
        if (skip) {
            take_number_away(l, skip, arena);
            continue;
        }
        labels.line_index = i;
        bool labelled =
            l->n_cells == 1 && l->cells[0].len < 90 &&
            read_label(&labels, l->cells[0].text, l->cells[0].len, false, &label);
        if (labelled)
            in_list = label.is_people && label.is_alone;
        else
            in_list = in_list && is_group_line(l);
    }
}
