/* Our C face over Mustache (kainjow): templates of a folder, read once, shared by
 * threads.
 *
 * A template is a file NAME.mustache. {{name}} writes a value of the view and always
 * escapes it: {{{name}}}, {{&name}} and other delimiters are refused when the folder is
 * opened, so that there is no other way from a value into a page. {{#name}}…{{/name}}
 * stands once for a value that is there and once for each item of a list,
 * {{^name}}…{{/name}} where there is none; {{> other}} is that template in this place. A
 * name is looked for in the innermost view first and then in those around it, so a list
 * within a list should not use the same names. Null, false, "" and an empty list are
 * nothing. A list `rows` also gives has_rows, for what stands once around it. Names in
 * CAPITALS are the words, one set a language: a template that asks for one that is not
 * there is refused too. Blanks at the beginning of a line are dropped.
 *
 *     struct hf_template_options o = {"templates", names, 6, escape, words, 3};
 *     hf_templates_open(&o, &t, &err);
 *     hf_templates_render(t, "search", LANG_NN, view, &out, &err);
 */
#ifndef HF_TEMPLATE_H
#define HF_TEMPLATE_H

#include <jansson.h>

#include "buf.h"

#ifdef __cplusplus
extern "C" {
#endif

struct hf_templates;

struct hf_template_options {
    const char *folder;
    const char *const *names; /* what can be rendered; other files are read where one of
                                 these asks for them */
    size_t n_names;
    /* Appends text as it may stand in the output; must be safe from any thread. */
    void (*escape)(struct hf_buf *out, const char *text, size_t len);
    const json_t *const *words; /* objects of texts with the same names; borrowed */
    size_t n_words;
};

/* HF_NOT_FOUND: there is no file of a name; HF_BAD_ARGUMENT: a template that breaks a
 * rule, with file and line; HF_UNREADABLE, HF_IO. *out is yours. */
HF_MUST_USE enum hf_status hf_templates_open(const struct hf_template_options *o,
                                             struct hf_templates **out,
                                             struct hf_error *err) HF_NOEXCEPT;
void hf_templates_close(struct hf_templates *t) HF_NOEXCEPT;

/* Appends the template filled with the view (an object of texts, integers, booleans,
 * objects and lists) and the words of that number. HF_NOT_FOUND: it is none of the names.
 * From any thread. */
HF_MUST_USE enum hf_status hf_templates_render(const struct hf_templates *t,
                                               const char *name, size_t words,
                                               const json_t *view, struct hf_buf *out,
                                               struct hf_error *err) HF_NOEXCEPT;

/* A mark of what the files hold: the same text, the same mark. Borrowed. */
const char *hf_templates_tag(const struct hf_templates *t) HF_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
