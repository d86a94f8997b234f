#include "known.h"

#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "../shim/lexicon.h"
#include "../shim/utf8.h"

#define MAX_REGISTRY (4u << 20)
#define MAX_TRUSTS   64
#define MAX_BODIES   128

/* Bodies with labels in three languages; those that only the list of the reader of
 * minutes knows (cues_bodies.tsv) follow, under the name that they have there. */
static const struct hf_choice named_bodies[] = {
    {"SSU", "Strategisk samarbeidsutvalg", "Strategisk samarbeidsutval",
     "Strategic co-operation committee", NULL},
    {"FSU", "Faglig samarbeidsutvalg", "Fagleg samarbeidsutval",
     "Professional co-operation committee", NULL},
    {"LSU", "Lokalt samarbeidsutvalg", "Lokalt samarbeidsutval",
     "Local co-operation committee", NULL},
    {"PM", "Partnerskapsmøte", "Partnarskapsmøte", "Partnership meeting", "partnerskap"},
    {"OSO", "Overordnet samarbeidsorgan", "Overordna samarbeidsorgan",
     "Overall co-operation body (before 2021)", NULL},
    {"ASU", "Administrativt samarbeidsutvalg", "Administrativt samarbeidsutval",
     "Administrative co-operation committee (before 2021)", NULL},
    {"SU", "Samarbeidsutvalg", "Samarbeidsutval", "Co-operation committee",
     "samhandlingsutvalg"},
    {"AU", "Arbeidsutvalg", "Arbeidsutval", "Executive committee", NULL},
    {"OSU", "Overordnet samarbeidsutvalg", "Overordna samhandlingsutval",
     "Overall co-operation committee", NULL},
    {"GSU", "Geografisk samarbeidsutvalg", "Geografisk samarbeidsutval",
     "Geographical co-operation committee", NULL},
    {"OSS", "Overordnet strategisk samarbeidsutvalg",
     "Overordna strategisk samarbeidsutval", "Overall strategic co-operation committee",
     NULL},
    {"KOSS", "Kommunalt overordnet samarbeidsutvalg",
     "Kommunalt overordna samarbeidsutval", "Municipal co-operation committee", NULL},
    {"ADMS", "Administrativt samarbeidsutvalg i Østfold",
     "Administrativt samarbeidsutval i Østfold",
     "Administrative co-operation committee, Østfold (before 2018)", NULL},
    {"fagutvalg", "Fagutvalg", "Fagutval", "Professional committee", NULL},
    {"samarbeidsstyre", "Samarbeidsstyre", "Samarbeidsstyre", "Co-operation board", NULL},
    {"koordineringsråd", "Koordineringsråd", "Koordineringsråd", "Co-ordination council",
     NULL},
};

static struct hf_choice trusts[MAX_TRUSTS], bodies[MAX_BODIES];
static const char *regions[MAX_TRUSTS]; /* of the trusts */
static size_t n_trusts, n_bodies;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void add_trust(const json_t *row)
{
    const char *id = json_string_value(json_object_get(row, "id"));
    const char *name = json_string_value(json_object_get(row, "canonical"));
    if (!id || !name || n_trusts == MAX_TRUSTS) return;
    char *label = hf_xstrdup(name);
    const char *alias = strncmp(id, "hf-", 3) == 0 ? hf_xstrdup(id + 3) : NULL;
    const char *region = json_string_value(json_object_get(row, "health_region"));
    int r = region ? hf_region_find(region) : -1;
    regions[n_trusts] = r < 0 ? NULL : hf_facets[HF_FACET_REGION].choices[r].id;
    trusts[n_trusts++] = (struct hf_choice){hf_xstrdup(id), label, label, label, alias};
}

static void load_registry(void)
{
    struct hf_buf path = HF_BUF_INIT, text = HF_BUF_INIT;
    hf_buf_addf(&path, "%s/registry.json", hf_lexicon_dir());
    if (hf_buf_read_file(&text, path.data, MAX_REGISTRY, NULL) == HF_OK) {
        json_t *doc = json_loadb(text.data, text.len, 0, NULL);
        size_t i;
        json_t *row;
        json_array_foreach(json_object_get(doc, "helsefellesskap"), i, row)
            add_trust(row);
        json_decref(doc);
    }
    hf_buf_release(&path);
    hf_buf_release(&text);
}

/* One line of cues_bodies.tsv: a name, a tab, its code. */
static void add_body(const char *line, size_t len)
{
    const char *tab = memchr(line, '\t', len);
    if (*line == '#' || !tab || n_bodies == MAX_BODIES) return;
    size_t code_len = strcspn(tab + 1, "\t\r\n");
    if (!code_len) return;
    for (size_t i = 0; i < n_bodies; i++)
        if (strncasecmp(bodies[i].id, tab + 1, code_len) == 0 && !bodies[i].id[code_len])
            return;
    char *label = hf_xstrndup(line, (size_t)(tab - line));
    if (*label >= 'a' && *label <= 'z') *label = (char)(*label - 'a' + 'A');
    bodies[n_bodies++] =
        (struct hf_choice){hf_xstrndup(tab + 1, code_len), label, label, label, NULL};
}

static void load_bodies(void)
{
    struct hf_buf path = HF_BUF_INIT, text = HF_BUF_INIT;
    memcpy(bodies, named_bodies, sizeof named_bodies);
    n_bodies = sizeof named_bodies / sizeof *named_bodies;
    hf_buf_addf(&path, "%s/cues_bodies.tsv", hf_lexicon_dir());
    if (hf_buf_read_file(&text, path.data, MAX_REGISTRY, NULL) == HF_OK)
        for (const char *s = text.data; *s;) {
            size_t len = strcspn(s, "\n");
            add_body(s, len);
            s += len + (s[len] == '\n');
        }
    hf_buf_release(&path);
    hf_buf_release(&text);
}

static void load(void)
{
    load_registry();
    load_bodies();
}

const struct hf_choice *known_choices(enum hf_facet facet, size_t *n)
{
    *n = hf_facets[facet].n_choices;
    if (*n) return hf_facets[facet].choices;
    if (facet != HF_FACET_HELSEFELLESSKAP && facet != HF_FACET_BODY) return NULL;
    pthread_once(&once, load);
    *n = facet == HF_FACET_BODY ? n_bodies : n_trusts;
    return !*n ? NULL : facet == HF_FACET_BODY ? bodies : trusts;
}

static bool is_same(const char *slug, const char *name)
{
    struct hf_buf b = HF_BUF_INIT;
    if (name) hf_utf8_slug(&b, name, strlen(name));
    bool same = b.len && strcmp(slug, b.data) == 0;
    hf_buf_release(&b);
    return same;
}

const struct hf_choice *known_find(enum hf_facet facet, const char *value)
{
    size_t n;
    const struct hf_choice *choices = known_choices(facet, &n), *found = NULL;
    for (size_t i = 0; i < n; i++)
        if (strcasecmp(value, choices[i].id) == 0) return &choices[i];
    struct hf_buf slug = HF_BUF_INIT;
    hf_utf8_slug(&slug, value, strlen(value));
    for (size_t i = 0; i < n && !found; i++)
        if (is_same(slug.data, choices[i].id)) found = &choices[i];
    for (size_t i = 0; i < n && !found; i++) {
        const struct hf_choice *c = &choices[i];
        if (is_same(slug.data, c->alias) || is_same(slug.data, c->label_nb) ||
            is_same(slug.data, c->label_nn) || is_same(slug.data, c->label_en))
            found = c;
    }
    hf_buf_release(&slug);
    return found;
}

const char *known_region(const char *trust)
{
    size_t n;
    const struct hf_choice *choices = known_choices(HF_FACET_HELSEFELLESSKAP, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(trust, choices[i].id) == 0) return regions[i];
    return NULL;
}

const char *known_label(const struct hf_choice *choice, enum params_lang lang)
{
    return lang == LANG_EN   ? choice->label_en
           : lang == LANG_NN ? choice->label_nn
                             : choice->label_nb;
}

const char *known_facet_label(enum hf_facet facet, enum params_lang lang)
{
    const struct hf_facet_row *row = &hf_facets[facet];
    return lang == LANG_EN   ? row->label_en
           : lang == LANG_NN ? row->label_nn
                             : row->label_nb;
}
