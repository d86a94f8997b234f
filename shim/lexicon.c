#include "lexicon.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "lemma.h"
#include "map.h"
#include "record.h"
#include "repair.h"
#include "utf8.h"

#define MAX_LIST_FILE (16u << 20)

struct concept_node {
    struct hf_concept pub;
    bool is_joined; /* part of another concept */
    const char **forms;
    size_t cap;
};

struct hf_lexicon {
    struct hf_arena arena;
    struct hf_map stop, acronyms, acronyms_lower, concept_by_id;
    struct concept_node **nodes;
    size_t n_nodes, cap_nodes;
    struct hf_concept
        *concepts; /* the public copies, in file order, without joined ones */
    size_t n_concepts;
    struct hf_lemmas *lemmas;
    struct hf_repair_model *confusions;
};

static pthread_once_t dir_once = PTHREAD_ONCE_INIT;
static char dir_found[PATH_MAX + 32];

static void find_dir(void)
{
    static const char *const beside[] = {"data", "../share/hfsok"};
    char exe[PATH_MAX + 1];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    char *slash = NULL;
    if (n > 0) {
        exe[n] = 0;
        slash = strrchr(exe, '/');
    }
    for (size_t i = 0; slash && i < sizeof beside / sizeof *beside; i++) {
        snprintf(dir_found, sizeof dir_found, "%.*s/%s", (int)(slash - exe), exe,
                 beside[i]);
        char probe[sizeof dir_found + 16];
        snprintf(probe, sizeof probe, "%s/stopwords.txt", dir_found);
        if (access(probe, R_OK) == 0) return;
    }
    snprintf(dir_found, sizeof dir_found, "%s", HFSOK_DATADIR);
}

const char *hf_lexicon_dir(void)
{
    const char *dir = getenv("HFSOK_DATA");
    if (dir && *dir) return dir;
    pthread_once(&dir_once, find_dir);
    return dir_found;
}

/* One line of a list, fields cut at tabs in place. */
struct list_line {
    const char *path;
    unsigned number;
    char *field[3];
    size_t n;
};
typedef enum hf_status (*line_fn)(struct hf_lexicon *lex, const struct list_line *line,
                                  struct hf_error *err);

static enum hf_status read_list(struct hf_lexicon *lex, const char *dir, const char *name,
                                line_fn fn, struct hf_error *err)
{
    struct hf_buf path = HF_BUF_INIT, text = HF_BUF_INIT;
    hf_buf_addf(&path, "%s/%s", dir, name);
    enum hf_status status = hf_buf_read_file(&text, path.data, MAX_LIST_FILE, err);
    size_t bad;
    if (status == HF_OK && !hf_utf8_is_valid(text.data, text.len, &bad))
        status =
            hf_fail(err, HF_BAD_ARGUMENT, "%s: ikke UTF-8 ved byte %zu", path.data, bad);
    struct list_line line = {path.data, 0, {NULL}, 0};
    for (char *at = text.data; status == HF_OK && *at;) {
        char *end = at + strcspn(at, "\n"), *next = *end ? end + 1 : end;
        line.number++;
        while (end > at && (end[-1] == '\r' || end[-1] == ' ')) end--;
        *end = 0;
        line.n = 0;
        for (char *f = at; *at && *at != '#' && f && line.n < 3;) {
            line.field[line.n++] = f;
            f = strchr(f, '\t');
            if (f) *f++ = 0;
        }
        if (line.n) status = fn(lex, &line, err);
        at = next;
    }
    hf_buf_release(&path);
    hf_buf_release(&text);
    return status;
}

static enum hf_status add_stop(struct hf_lexicon *lex, const struct list_line *line,
                               struct hf_error *err)
{
    (void)err;
    char *word = hf_arena_strdup(&lex->arena, line->field[0], strlen(line->field[0]));
    hf_map_put(&lex->stop, word, strlen(word), word);
    return HF_OK;
}

static struct concept_node *concept_get(struct hf_lexicon *lex, const char *id)
{
    struct concept_node *node = hf_map_get(&lex->concept_by_id, id, strlen(id));
    if (node) return node;
    node = hf_arena_alloc(&lex->arena, sizeof *node);
    *node = (struct concept_node){{NULL, NULL, 0, 0, false}, false, NULL, 0};
    node->pub.id = hf_arena_strdup(&lex->arena, id, strlen(id));
    hf_map_put(&lex->concept_by_id, node->pub.id, strlen(node->pub.id), node);
    lex->nodes = hf_grow(lex->nodes, &lex->cap_nodes, lex->n_nodes, sizeof *lex->nodes);
    lex->nodes[lex->n_nodes++] = node;
    return node;
}

/* A form without a lower-case letter is an acronym; acronyms stand first. */
static bool is_acronym_form(const char *form)
{
    bool upper = false;
    size_t len = strlen(form);
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += hf_utf8_next(form + i, len - i, &c);
        if (hf_utf8_is_lower(c)) return false;
        upper |= hf_utf8_is_upper(c);
    }
    return upper;
}

static void concept_add(struct hf_lexicon *lex, struct concept_node *node,
                        const char *form)
{
    for (size_t i = 0; i < node->pub.n_forms; i++)
        if (!strcmp(node->forms[i], form)) return;
    node->forms =
        hf_grow(node->forms, &node->cap, node->pub.n_forms, sizeof *node->forms);
    size_t at = node->pub.n_forms++;
    if (is_acronym_form(form)) {
        size_t first = node->pub.n_acronyms++;
        memmove(node->forms + first + 1, node->forms + first,
                (at - first) * sizeof *node->forms);
        at = first;
    }
    node->forms[at] = hf_arena_strdup(&lex->arena, form, strlen(form));
}

static void concept_add_list(struct hf_lexicon *lex, struct concept_node *node,
                             const char *forms)
{
    while (*forms) {
        size_t n = strcspn(forms, "|");
        char *form = hf_xstrndup(forms, n);
        if (n) concept_add(lex, node, form);
        free(form);
        forms += n + (forms[n] == '|');
    }
}

static struct hf_acronym *acronym_get(struct hf_lexicon *lex, const char *text)
{
    size_t len = strlen(text);
    struct hf_acronym *a = hf_map_get(&lex->acronyms, text, len);
    if (a) return a;
    a = hf_arena_alloc(&lex->arena, sizeof *a);
    *a = (struct hf_acronym){hf_arena_strdup(&lex->arena, text, len), NULL, false};
    hf_map_put(&lex->acronyms, a->text, len, a);
    struct hf_buf lower = HF_BUF_INIT;
    hf_utf8_lower(&lower, text, len);
    char *key = hf_arena_strdup(&lex->arena, lower.data, lower.len);
    if (!hf_map_get(&lex->acronyms_lower, key, lower.len))
        hf_map_put(&lex->acronyms_lower, key, lower.len, a);
    hf_buf_release(&lower);
    return a;
}

static enum hf_status add_acronym(struct hf_lexicon *lex, const struct list_line *line,
                                  struct hf_error *err)
{
    if (line->n < 2)
        return hf_fail(err, HF_BAD_ARGUMENT,
                       "%s:%u: skal ha forkortelse<TAB>lange former", line->path,
                       line->number);
    struct hf_acronym *a = acronym_get(lex, line->field[0]);
    struct concept_node *node = concept_get(lex, line->field[0]);
    concept_add(lex, node, line->field[0]);
    /* An acronym in mixed case (Hdir, SiV) still is the first form. */
    if (!node->pub.n_acronyms) node->pub.n_acronyms = 1;
    concept_add_list(lex, node, line->field[1]);
    a->concept = &node->pub;
    if (line->n > 2) {
        a->is_word = strstr(line->field[2], "word") != NULL;
        node->pub.is_ambiguous = strstr(line->field[2], "ambiguous") != NULL;
    }
    return HF_OK;
}

/* An acronym that another concept names becomes one of its names, with its long forms. */
static void join_concept(struct hf_lexicon *lex, struct concept_node *node,
                         struct hf_acronym *a)
{
    struct concept_node *other = a->concept ? concept_get(lex, a->concept->id) : NULL;
    for (size_t i = 0; other && i < other->pub.n_forms; i++)
        concept_add(lex, node, other->forms[i]);
    if (other) other->is_joined = true;
    a->concept = &node->pub;
}

static enum hf_status add_concept(struct hf_lexicon *lex, const struct list_line *line,
                                  struct hf_error *err)
{
    if (line->n < 2)
        return hf_fail(err, HF_BAD_ARGUMENT, "%s:%u: skal ha id<TAB>former skilt med |",
                       line->path, line->number);
    struct concept_node *node = concept_get(lex, line->field[0]);
    concept_add_list(lex, node, line->field[1]);
    for (size_t i = 0; i < node->pub.n_acronyms; i++) {
        struct hf_acronym *a = acronym_get(lex, node->forms[i]);
        if (a->concept != &node->pub) join_concept(lex, node, a);
    }
    return HF_OK;
}

static enum hf_status open_lemmas(struct hf_lexicon *lex, const char *dir,
                                  struct hf_error *err)
{
    struct hf_buf path = HF_BUF_INIT;
    hf_buf_addf(&path, "%s/lemmas.dat", dir);
    enum hf_status status = hf_lemmas_open(path.data, &lex->lemmas, err);
    hf_buf_release(&path);
    return status;
}

const struct hf_lemmas *hf_lexicon_lemmas(const struct hf_lexicon *lex)
{
    return lex->lemmas;
}

const struct hf_repair_model *hf_lexicon_confusions(const struct hf_lexicon *lex)
{
    return lex->confusions;
}

enum hf_status hf_lexicon_open(const char *dir, struct hf_lexicon **out,
                               struct hf_error *err)
{
    *out = NULL;
    if (!dir) dir = hf_lexicon_dir();
    struct hf_lexicon *lex = hf_xcalloc(1, sizeof *lex);
    enum hf_status status = read_list(lex, dir, "stopwords.txt", add_stop, err);
    if (status == HF_OK) status = read_list(lex, dir, "acronyms.tsv", add_acronym, err);
    if (status == HF_OK) status = read_list(lex, dir, "concepts.tsv", add_concept, err);
    if (status == HF_OK) status = open_lemmas(lex, dir, err);
    if (status == HF_OK) status = hf_repair_model_open(dir, &lex->confusions, err);
    if (status != HF_OK) {
        hf_lexicon_close(lex);
        return status;
    }
    lex->concepts = hf_xcalloc(lex->n_nodes, sizeof *lex->concepts);
    for (size_t i = 0; i < lex->n_nodes; i++) {
        struct concept_node *node = lex->nodes[i];
        node->pub.forms = node->forms;
        if (!node->is_joined) lex->concepts[lex->n_concepts++] = node->pub;
    }
    *out = lex;
    return HF_OK;
}

void hf_lexicon_close(struct hf_lexicon *lex)
{
    if (!lex) return;
    for (size_t i = 0; i < lex->n_nodes; i++) free(lex->nodes[i]->forms);
    free(lex->nodes);
    hf_lemmas_close(lex->lemmas);
    hf_repair_model_close(lex->confusions);
    free(lex->concepts);
    hf_map_release(&lex->stop);
    hf_map_release(&lex->acronyms);
    hf_map_release(&lex->acronyms_lower);
    hf_map_release(&lex->concept_by_id);
    hf_arena_release(&lex->arena);
    free(lex);
}

const struct hf_acronym *hf_lexicon_acronym(const struct hf_lexicon *lex,
                                            const char *text, size_t len)
{
    return hf_map_get(&lex->acronyms, text, len);
}

const struct hf_acronym *hf_lexicon_acronym_lower(const struct hf_lexicon *lex,
                                                  const char *lower, size_t len)
{
    return hf_map_get(&lex->acronyms_lower, lower, len);
}

bool hf_lexicon_is_stop(const struct hf_lexicon *lex, const char *word, size_t len)
{
    return hf_map_get(&lex->stop, word, len) != NULL;
}

const struct hf_concept *hf_lexicon_concepts(const struct hf_lexicon *lex, size_t *n)
{
    *n = lex->n_concepts;
    return lex->concepts;
}
