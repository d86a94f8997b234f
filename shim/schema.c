#include "schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "map.h"

#define CHOICES(a) a, sizeof a / sizeof *a

static const struct hf_choice types[] = {
    {"meeting", "Møter", "Møte", "Meetings", "møte"},
    {"case", "Saker", "Saker", "Cases", "sak"},
    {"decision", "Vedtak", "Vedtak", "Decisions", "vedtak"},
    {"attendee", "Deltakere", "Deltakarar", "Attendees", "deltaker"},
};
static const struct hf_choice regions[] = {
    {"nord", "Helse Nord", "Helse Nord", "Northern Norway (Helse Nord)", "helse nord"},
    {"midt", "Helse Midt-Norge", "Helse Midt-Noreg", "Central Norway (Helse Midt-Norge)",
     "helse midt-norge"},
    {"vest", "Helse Vest", "Helse Vest", "Western Norway (Helse Vest)", "helse vest"},
    {"sor-ost", "Helse Sør-Øst", "Helse Sør-Aust", "South-Eastern Norway (Helse Sør-Øst)",
     "helse sør-øst"},
};
static const struct hf_choice groups[] = {
    {"barn_og_unge", "Barn og unge", "Barn og unge", "Children and young people",
     "barn og unge"},
    {"psykisk_helse_og_rus", "Psykisk helse og rus", "Psykisk helse og rus",
     "Mental health and substance use", "psykisk helse og rus"},
    {"skropelige_eldre", "Skrøpelige eldre", "Skrøpelege eldre", "Frail older people",
     "skrøpelige_eldre"},
    {"kroniske_lidelser", "Flere kroniske lidelser", "Fleire kroniske lidingar",
     "Several chronic conditions", "kroniske lidelser"},
    {"fodende", "Gravide, fødende og barsel", "Gravide, fødande og barsel",
     "Maternity care", "fødende"},
};
static const struct hf_choice outcomes[] = {
    {"vedtatt", "Vedtatt", "Vedteke", "Adopted", "vedteke"},
    {"godkjent", "Godkjent", "Godkjent", "Approved", NULL},
    {"orientering", "Tatt til orientering", "Teke til orientering", "Noted", NULL},
    {"enighet", "Enighet", "Semje", "Agreed", "semje"},
    {"oversendt", "Oversendt", "Oversendt", "Referred", NULL},
    {"utsatt", "Utsatt", "Utsett", "Postponed", "utsett"},
    {"avvist", "Avvist", "Avvist", "Rejected", NULL},
    {"oppfolging", "Følges opp", "Vert følgd opp", "To be followed up", "oppfølging"},
};
static const struct hf_choice presences[] = {
    {"present", "Til stede", "Til stades", "Present", "til stede"},
    {"absent", "Forfall", "Forfall", "Absent", "forfall"},
    {"secretariat", "Sekretariat", "Sekretariat", "Secretariat", "sekretariat"},
    {"observer", "Observatør", "Observatør", "Observer", "observatør"},
    {"member", "Medlem", "Medlem", "Member", "medlem"},
};

const struct hf_facet_row hf_facets[HF_N_FACETS] = {
    [HF_FACET_TYPE] = {"type", "Type", "Type", "Type", false, false, HF_SLOT_TYPE,
                       CHOICES(types)},
    [HF_FACET_REGION] = {"region", "Helseregion", "Helseregion", "Health region", true,
                         false, HF_SLOT_REGION, CHOICES(regions)},
    [HF_FACET_HELSEFELLESSKAP] = {"helsefellesskap", "Helsefellesskap", "Helsefellesskap",
                                  "Health community", true, false, HF_SLOT_TRUST, NULL,
                                  0},
    [HF_FACET_YEAR] = {"year", "År", "År", "Year", true, false, HF_SLOT_YEAR, NULL, 0},
    [HF_FACET_GROUP] = {"group", "Pasientgruppe", "Pasientgruppe", "Patient group", true,
                        true, HF_SLOT_GROUP, CHOICES(groups)},
    [HF_FACET_BODY] = {"body", "Utvalg", "Utval", "Committee", true, false, HF_SLOT_BODY,
                       NULL, 0},
    [HF_FACET_OUTCOME] = {"outcome", "Utfall", "Utfall", "Outcome", true, true,
                          HF_SLOT_OUTCOME, CHOICES(outcomes)},
    [HF_FACET_PRESENCE] = {"presence", "Oppmøte", "Oppmøte", "Presence", false, false,
                           HF_SLOT_PRESENCE, CHOICES(presences)},
};

static bool is_same(const char *a, const char *id, size_t len)
{
    return a && strlen(a) == len && !strncasecmp(a, id, len);
}

int hf_choice_find(const struct hf_facet_row *row, const char *id, size_t len)
{
    for (size_t i = 0; i < row->n_choices; i++)
        if (is_same(row->choices[i].id, id, len) ||
            is_same(row->choices[i].alias, id, len))
            return (int)i;
    return -1;
}

int hf_region_find(const char *name)
{
    for (size_t i = 0; name && i < sizeof regions / sizeof *regions; i++)
        if (!strcmp(regions[i].label_nb, name)) return (int)i;
    return -1;
}

size_t hf_term_spell(char *out, enum hf_field field, enum hf_kind kind, const char *word,
                     size_t len)
{
    size_t max = HF_TERM_ROOM - 8;
    if (len > max) {
        len = max;
        while (len && ((unsigned char)word[len] & 0xC0) == 0x80) len--;
    }
    out[0] = (char)field;
    out[1] = (char)kind;
    memcpy(out + 2, word, len);
    out[2 + len] = 0;
    return len + 2;
}

size_t hf_term_flag(char *out, char capital, const char *value, size_t len)
{
    size_t max = HF_TERM_ROOM - 32;
    out[0] = capital;
    if (len <= max) {
        memcpy(out + 1, value, len);
        out[1 + len] = 0;
        return len + 1;
    }
    memcpy(out + 1, value, max);
    int n = snprintf(out + 1 + max, HF_TERM_ROOM - 1 - max, "~%016llx",
                     (unsigned long long)hf_hash(value, len));
    return 1 + max + (size_t)n;
}

size_t hf_term_series(char *out, const char *meeting, const char *number)
{
    char text[HF_TERM_ROOM * 2];
    const char *slash = strrchr(meeting, '/');
    bool is_archive = strtol(number, NULL, 10) >= HF_ARCHIVE_NUMBER;
    size_t len = is_archive ? strcspn(meeting, "/")
                 : slash    ? (size_t)(slash - meeting)
                            : strlen(meeting);
    out[0] = 0;
    if (!len || !strchr(number, '/')) return 0;
    int n = snprintf(text, sizeof text, "%.*s#%.60s", (int)(len < 300 ? len : 300),
                     meeting, number);
    return hf_term_flag(out, 'S', text, (size_t)n);
}

size_t hf_term_series_day(char *out, const char *meeting, const char *day)
{
    char text[HF_TERM_ROOM * 2];
    const char *slash = strrchr(meeting, '/');
    size_t len = slash ? (size_t)(slash - meeting) : strlen(meeting);
    int n = snprintf(text, sizeof text, "%.*s#@%.8s", (int)(len < 300 ? len : 300),
                     meeting, day);
    return hf_term_flag(out, 'S', text, (size_t)n);
}

size_t hf_term_facet(char *out, enum hf_facet facet, const char *value, size_t len)
{
    char text[HF_TERM_ROOM];
    int n = snprintf(text, sizeof text, "%s:%.*s", hf_facets[facet].name,
                     (int)(len < 120 ? len : 120), value);
    for (int i = 0; i < n; i++)
        if (text[i] >= 'A' && text[i] <= 'Z') text[i] = (char)(text[i] + 32);
    return hf_term_flag(out, 'X', text, (size_t)n);
}

/* Sorted by bytes. */
static const char *const fillers[] = {
    "alle",  "andre", "anna",  "annet", "at",     "av",     "bare",  "ble",   "blei",
    "bli",   "blir",  "da",    "de",    "dei",    "dem",    "den",   "denne", "der",
    "det",   "dette", "disse", "du",    "då",     "eg",     "ei",    "ein",   "eit",
    "eller", "en",    "ene",   "enn",   "er",     "et",     "etter", "for",   "fra",
    "frå",   "før",   "hadde", "han",   "har",    "ho",     "hun",   "hva",   "hvis",
    "hvor",  "i",     "ikke",  "ikkje", "inn",    "jeg",    "kan",   "kor",   "kun",
    "kunne", "kva",   "man",   "med",   "meir",   "mellom", "men",   "mer",   "mot",
    "må",    "no",    "noe",   "noen",  "noko",   "nokon",  "nå",    "når",   "og",
    "også",  "om",    "opp",   "oss",   "over",   "på",     "samt",  "seg",   "siden",
    "sin",   "sine",  "sitt",  "skal",  "skulle", "som",    "så",    "til",   "under",
    "ut",    "utan",  "uten",  "var",   "vart",   "ved",    "vere",  "vert",  "vi",
    "vil",   "ville", "viss",  "vore",  "være",   "vært",   "å",     "òg",
};

static int by_bytes(const void *key, const void *row)
{
    return strcmp(key, *(const char *const *)row);
}

bool hf_is_filler(const char *word, size_t len)
{
    char key[16];
    if (!len || len >= sizeof key) return false;
    memcpy(key, word, len);
    key[len] = 0;
    return bsearch(key, fillers, sizeof fillers / sizeof *fillers, sizeof *fillers,
                   by_bytes) != NULL;
}
