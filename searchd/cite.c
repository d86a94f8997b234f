#include "cite.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static void add(struct hf_buf *out, struct span s)
{
    hf_buf_add(out, s.at, s.len);
}

/* "Helsefellesskapet i Østfold" → "Østfold". */
static struct span short_name(struct span name)
{
    static const char *const heads[] = {"Helsefellesskapet i ", "Helsefellesskapet på ",
                                        "Helsefellesskapet ", "Helsefellesskap i ",
                                        "Helsefellesskap "};
    for (size_t i = 0; name.at && i < sizeof heads / sizeof *heads; i++) {
        size_t len = strlen(heads[i]);
        if (name.len >= len && !memcmp(name.at, heads[i], len))
            return (struct span){name.at + len, name.len - len};
    }
    return name;
}

static void add_day(struct hf_buf *out, const struct cite *c)
{
    char date[32] = "";
    int year, month, day;
    if (c->date.len < sizeof date && c->date.at) memcpy(date, c->date.at, c->date.len);
    if (sscanf(date, "%d-%d-%d", &year, &month, &day) == 3)
        hf_buf_addf(out, " %d.%d.%d", day, month, c->year ? c->year : year);
    else if (c->year)
        hf_buf_addf(out, " %d", c->year);
}

void cite_text(const struct cite *c, struct hf_buf *out)
{
    struct span where = short_name(c->where);
    if (c->name.at) {
        add(out, c->name);
        hf_buf_adds(out, ", ");
    }
    if (c->body.at)
        add(out, c->body);
    else
        hf_buf_adds(out, "Referat");
    if (where.at) {
        hf_buf_addc(out, ' ');
        add(out, where);
    }
    add_day(out, c);
    if (c->number.at) {
        hf_buf_adds(out, ", sak ");
        add(out, c->number);
    }
    if (c->is_decision) hf_buf_adds(out, ", vedtak");
    if (c->page > 0) hf_buf_addf(out, ", s. %d", c->page);
}

void cite_link(const struct cite *c, struct hf_buf *out)
{
    hf_buf_adds(out, c->is_person ? "/" : "/r/");
    if (c->id.at) add(out, c->id);
}

bool cite_source(const struct cite *c, struct hf_buf *out)
{
    struct span to = c->url.at ? c->url : c->source;
    if (!to.at) return false;
    add(out, to);
    if (c->page > 0 && to.len > 4 && !strncasecmp(to.at + to.len - 4, ".pdf", 4))
        hf_buf_addf(out, "#page=%d", c->page);
    return true;
}
