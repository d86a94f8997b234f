#include "minutes.h"

#include <stdlib.h>
#include <string.h>

#include "../shim/buf.h"
#include "minutes_damage.h"
#include "minutes_fields.h"
#include "minutes_internal.h"
#include "minutes_people.h"
#include "minutes_version.h"

/* A document without any case must still be found: its text goes with the meeting. */
static void keep_text(const struct text_doc *doc, struct hf_minutes *m)
{
    struct hf_buf b = HF_BUF_INIT;
    for (size_t i = 0; i < doc->n_lines; i++) {
        if (b.len) hf_buf_addc(&b, '\n');
        text_line_join(&doc->lines[i], &b);
    }
    m->text = hf_arena_strdup(&m->arena, b.data, b.len);
    hf_buf_release(&b);
}

/* The lines as they are to be read; the document itself stays as it was. */
static struct text_doc view_of(const struct text_doc *doc, const struct name_ctx *names,
                               struct hf_minutes *m)
{
    struct text_doc view = *doc;
    view.lines = hf_xcalloc(doc->n_lines, sizeof *view.lines);
    if (doc->n_lines) memcpy(view.lines, doc->lines, doc->n_lines * sizeof *view.lines);
    people_take_numbers_away(names, &view, &m->arena);
    return view;
}

static void warn(struct hf_minutes *m)
{
    if (!m->n_cases)
        hf_strings_add(&m->warnings,
                       "ingen saker er funnet; teksten er søkbar som ett dokument");
    if (!m->n_attendees) hf_strings_add(&m->warnings, "ingen deltakere er funnet");
    if (m->damage >= DAMAGE_MATTERS)
        hf_strings_add(&m->warnings,
                       "teksten har mistet norske bokstaver (dårlig skanning)");
}

void minutes_read(const struct minutes_cues *cues, const struct text_doc *doc,
                  struct hf_minutes *m)
{
    struct minutes_parts parts = {0, 0, 0, NULL, NULL};
    struct name_ctx names;
    struct fields fields;
    m->damage = damage_measure(doc);
    name_ctx_init(&names, cues, m->damage >= DAMAGE_MATTERS);
    struct text_doc view = view_of(doc, &names, m);
    minutes_cases(cues, &view, m, &parts);
    fields_read(&fields, &names, &view, &parts);
    parts.names = &names;
    parts.fields = &fields;
    minutes_head(cues, &view, &parts, m);
    minutes_version(cues, &view, &parts, m);
    minutes_people(cues, &view, &parts, m);
    fields_release(&fields);
    name_ctx_release(&names);
    minutes_year(cues, &view, m);
    minutes_meaning(cues, &view, m);
    minutes_approved(cues, m);
    if (!m->n_cases) keep_text(doc, m);
    warn(m);
    free(view.lines);
}
