#include "brief.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../shim/record.h"

/* What stays of a case and of a decision. All of an attendee stays, and of a meeting all
 * but its text. */
static const char *const of_case[] = {"type",   "id",          "meeting",
                                      "source", "sources",     "number_normalised",
                                      "title",  "refs_detail", NULL};
static const char *const of_decision[] = {"type",   "id",      "meeting", "case",
                                          "source", "sources", NULL};

static json_t *only(const json_t *record, const char *const *keys)
{
    json_t *out = json_object();
    for (; *keys; keys++) {
        json_t *value = json_object_get(record, *keys);
        if (value) json_object_set(out, *keys, value);
    }
    return out;
}

static json_t *without_text(json_t *record)
{
    json_t *out = json_copy(record);
    json_object_del(out, "text");
    return out;
}

json_t *brief_of(const json_t *records)
{
    json_t *out = json_array(), *r;
    size_t i;
    const json_t *meeting = json_array_get(records, 0);
    bool is_damaged =
        json_number_value(json_object_get(meeting, "damage")) > HF_DAMAGE_GATE;
    json_array_foreach(records, i, r)
    {
        const char *type = json_string_value(json_object_get(r, "type"));
        if (is_damaged || !type || !strcmp(type, "attendee"))
            json_array_append(out, r);
        else if (!strcmp(type, "case"))
            json_array_append_new(out, only(r, of_case));
        else if (!strcmp(type, "decision"))
            json_array_append_new(out, only(r, of_decision));
        else
            json_array_append_new(out, without_text(r));
    }
    return out;
}

/* ---- the file ---- */

/* Two lengths, the records in brief, all records. */
#define HEADER      "%010zu %010zu\n"
#define HEADER_LEN  22
#define MAX_RECORDS (64u << 20)

void brief_file_make(const json_t *records, struct hf_buf *b)
{
    json_t *brief = brief_of(records);
    char *part = json_dumps(brief, JSON_COMPACT),
         *whole = json_dumps(records, JSON_COMPACT);
    hf_buf_addf(b, HEADER, strlen(part), strlen(whole));
    hf_buf_adds(b, part);
    hf_buf_adds(b, whole);
    free(whole);
    free(part);
    json_decref(brief);
}

static bool read_at(int fd, size_t at, size_t len, struct hf_buf *out)
{
    hf_buf_clear(out);
    hf_buf_reserve(out, len);
    while (out->len < len) {
        ssize_t n =
            pread(fd, out->data + out->len, len - out->len, (off_t)(at + out->len));
        if (n <= 0) return false;
        out->len += (size_t)n;
    }
    out->data[len] = 0;
    return true;
}

static bool read_lengths(int fd, struct hf_buf *out, size_t *brief, size_t *whole)
{
    struct stat st;
    return fstat(fd, &st) == 0 && read_at(fd, 0, HEADER_LEN, out) &&
           sscanf(out->data, "%10zu %10zu", brief, whole) == 2 && *brief <= MAX_RECORDS &&
           *whole <= MAX_RECORDS && (size_t)st.st_size == HEADER_LEN + *brief + *whole;
}

static bool read_part(int fd, bool in_brief, struct hf_buf *out)
{
    size_t brief, whole;
    if (!read_lengths(fd, out, &brief, &whole)) return false;
    return in_brief ? read_at(fd, HEADER_LEN, brief, out)
                    : read_at(fd, HEADER_LEN + brief, whole, out);
}

bool brief_file_is(const char *path)
{
    struct hf_buf head = HF_BUF_INIT;
    size_t brief, whole;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool is = fd >= 0 && read_lengths(fd, &head, &brief, &whole);
    if (fd >= 0) close(fd);
    hf_buf_release(&head);
    return is;
}

json_t *brief_file_load(const char *path, bool in_brief)
{
    struct hf_buf text = HF_BUF_INIT;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    json_t *records = NULL;
    if (fd >= 0 && read_part(fd, in_brief, &text))
        records = json_loadb(text.data, text.len, 0, NULL);
    if (fd >= 0) close(fd);
    if (!json_is_array(records)) {
        json_decref(records);
        records = NULL;
    }
    hf_buf_release(&text);
    return records;
}
