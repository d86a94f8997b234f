#include "template.h"

#include "utf8.h"

#include <kainjow/mustache.hpp>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include <unistd.h>

namespace mustache = kainjow::mustache;

static const size_t max_file = 256 * 1024, max_expanded = 1024 * 1024;

struct hf_templates {
    std::string folder;
    std::map<std::string, std::string> texts; /* the files */
    /* With their partials in place: a partial that is left as a tag is parsed anew each
     * time it is met. Rendering such a template, without lambdas, changes nothing in it,
     * so threads share it. */
    std::map<std::string, std::unique_ptr<mustache::mustache>> parsed;
    std::vector<mustache::data> words;
    std::string tag;
};

namespace
{

/* What is thrown inside a guard to leave with a status of our own. */
struct Failure {
    hf_status status;
    std::string text;
};

template <typename F> hf_status guard(hf_error *err, F &&body) noexcept
{
    try {
        body();
        return HF_OK;
    } catch (const Failure &f) {
        return hf_fail(err, f.status, "%s", f.text.c_str());
    } catch (const std::bad_alloc &) {
        return hf_fail(err, HF_NO_MEMORY, "ikke nok minne");
    } catch (const std::exception &e) {
        return hf_fail(err, HF_INTERNAL, "%s", e.what());
    } catch (...) {
        return hf_fail(err, HF_INTERNAL, "unknown exception");
    }
}

struct Buf : hf_buf {
    Buf()
    {
        hf_buf_init(this);
    }
    ~Buf()
    {
        hf_buf_release(this);
    }
    Buf(const Buf &) = delete;
    Buf &operator=(const Buf &) = delete;
};

/* ---- reading ---- */

std::string path_of(const hf_templates &t, const std::string &name)
{
    return t.folder + "/" + name + ".mustache";
}

[[noreturn]] void refuse(const hf_templates &t, const std::string &name, size_t at,
                         const std::string &why)
{
    const std::string &text = t.texts.at(name);
    auto line = 1 + std::count(text.begin(),
                               text.begin() +
                                   static_cast<std::ptrdiff_t>(std::min(at, text.size())),
                               '\n');
    throw Failure{HF_BAD_ARGUMENT,
                  path_of(t, name) + ":" + std::to_string(line) + ": " + why};
}

struct Tag {
    size_t start, end; /* with the braces */
    char sign;         /* '#', '^', '/', '>', '!', '{', '&', '='; 0: a value */
    std::string name;
};

/* The next tag from `from` on; false: there is none, or it is never closed, which the
 * parser says. */
bool next_tag(const std::string &text, size_t from, Tag &tag)
{
    tag.start = text.find("{{", from);
    size_t close =
        tag.start == std::string::npos ? tag.start : text.find("}}", tag.start + 2);
    if (close == std::string::npos) return false;
    tag.end = close + 2;
    tag.name = mustache::trim(text.substr(tag.start + 2, close - tag.start - 2));
    tag.sign = 0;
    if (tag.name.empty() || !std::strchr("#^/>!{&=", tag.name[0])) return true;
    tag.sign = tag.name[0];
    tag.name = mustache::trim(tag.name.substr(1));
    return true;
}

bool is_word(const std::string &name)
{
    return name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ==
               std::string::npos &&
           !name.empty();
}

/* A file's text without its last line end: a template stands also within a line. */
std::string read_text(const std::string &path)
{
    Buf bytes;
    hf_error err;
    hf_status status = hf_buf_read_file(&bytes, path.c_str(), max_file, &err);
    if (status != HF_OK) throw Failure{status, err.text};
    size_t len = bytes.len;
    if (len && bytes.data[len - 1] == '\n') len--;
    return std::string(bytes.data, len);
}

void load(hf_templates &t, const std::string &name);

/* The rules that a tag keeps. */
void check(hf_templates &t, const std::string &name, const Tag &tag)
{
    if (tag.sign && std::strchr("{&=", tag.sign))
        refuse(t, name, tag.start,
               "{{{…}}}, {{&…}} og {{=…}} er ikke tillatt: alle verdier skal beskyttes");
    if (tag.sign == '>') {
        if (access(path_of(t, tag.name).c_str(), F_OK) != 0)
            refuse(t, name, tag.start, "malen «" + tag.name + "» finnes ikke");
        load(t, tag.name);
    } else if (tag.sign != '!' && is_word(tag.name)) {
        for (const mustache::data &words : t.words)
            if (!words.get(tag.name))
                refuse(t, name, tag.start, "teksten «" + tag.name + "» finnes ikke");
    }
}

/* Reads a file with those that it asks for, and what their rules say. */
void load(hf_templates &t, const std::string &name)
{
    if (t.texts.count(name)) return;
    const std::string &text = t.texts[name] = read_text(path_of(t, name));
    size_t bad;
    if (!hf_utf8_is_valid(text.data(), text.size(), &bad))
        refuse(t, name, bad, "ikke UTF-8");
    Tag tag;
    for (size_t at = 0; next_tag(text, at, tag); at = tag.end) check(t, name, tag);
    mustache::mustache parsed(text);
    if (parsed.is_valid()) return;
    const std::string &why = parsed.error_message(); /* "… at 123" */
    size_t number = why.rfind(' ');
    refuse(t, name, std::strtoul(why.c_str() + number, nullptr, 10),
           why.substr(0, why.rfind(" at ")));
}

/* The file with its partials in place; `within`: those around it. */
std::string expand(const hf_templates &t, const std::string &name,
                   std::vector<std::string> &within)
{
    const std::string &text = t.texts.at(name);
    std::string out;
    size_t at = 0;
    Tag tag;
    within.push_back(name);
    for (size_t from = 0; next_tag(text, from, tag); from = tag.end) {
        if (tag.sign != '>') continue;
        if (std::find(within.begin(), within.end(), tag.name) != within.end())
            refuse(t, name, tag.start, "malen «" + tag.name + "» inneholder seg selv");
        out.append(text, at, tag.start - at);
        out += expand(t, tag.name, within);
        at = tag.end;
        if (out.size() > max_expanded)
            refuse(t, name, tag.start, "malene blir for store");
    }
    within.pop_back();
    out.append(text, at, std::string::npos);
    return out;
}

/* Without blanks at the beginning of lines, and without the line ends of those that hold
 * one tag alone and no value. */
std::string tidy(const std::string &text)
{
    std::string out;
    Tag tag;
    for (size_t at = 0; at < text.size();) {
        size_t start = text.find_first_not_of(" \t", at);
        if (start == std::string::npos) break;
        size_t end = std::min(text.find('\n', start), text.size());
        bool is_tag = next_tag(text, start, tag) && tag.start == start &&
                      tag.end == end && tag.sign;
        out.append(text, start, end - start);
        if (!is_tag && end < text.size()) out += '\n';
        at = end + 1;
    }
    return out;
}

/* ---- values ---- */

mustache::data to_data(const json_t *value)
{
    using type = mustache::data::type;
    switch (json_typeof(value)) {
    case JSON_OBJECT: {
        mustache::data out(type::object);
        const char *name;
        json_t *member;
        json_object_foreach(const_cast<json_t *>(value), name, member)
        {
            out[name] = to_data(member);
            if (json_is_array(member))
                out[std::string("has_") + name] =
                    mustache::data(json_array_size(member) > 0);
        }
        return out;
    }
    case JSON_ARRAY: {
        mustache::data out(type::list);
        /* Its own push_back copies all that is below, as does growing. */
        auto &list = const_cast<mustache::list &>(out.list_value());
        list.reserve(json_array_size(value));
        for (size_t i = 0; i < json_array_size(value); i++)
            list.push_back(to_data(json_array_get(value, i)));
        return out;
    }
    case JSON_STRING: {
        size_t len = json_string_length(value);
        if (!len) return mustache::data(false);
        return mustache::data(std::string(json_string_value(value), len));
    }
    case JSON_INTEGER: return mustache::data(std::to_string(json_integer_value(value)));
    case JSON_TRUE: return mustache::data(true);
    default: return mustache::data(false);
    }
}

/* Where the library writes to. */
struct Sink {
    hf_buf *out;
};

Sink &operator<<(Sink &sink, const std::string &text)
{
    hf_buf_add(sink.out, text.data(), text.size());
    return sink;
}

std::string tag_of(const hf_templates &t)
{
    unsigned long long h = 14695981039346656037u;
    for (const auto &one : t.texts)
        for (const std::string *s : {&one.first, &one.second})
            for (size_t i = 0; i <= s->size(); i++)
                h = (h ^ static_cast<unsigned char>(s->c_str()[i])) * 1099511628211u;
    char out[17];
    snprintf(out, sizeof out, "%016llx", h);
    return out;
}

} // namespace

enum hf_status hf_templates_open(const struct hf_template_options *o,
                                 struct hf_templates **out, struct hf_error *err) noexcept
{
    *out = nullptr;
    return guard(err, [&]() {
        std::unique_ptr<hf_templates> t(new hf_templates);
        t->folder = o->folder;
        for (size_t i = 0; i < o->n_words; i++) t->words.push_back(to_data(o->words[i]));
        auto escape = o->escape;
        for (size_t i = 0; i < o->n_names; i++) {
            std::vector<std::string> within;
            load(*t, o->names[i]);
            auto &parsed = t->parsed[o->names[i]];
            parsed.reset(new mustache::mustache(tidy(expand(*t, o->names[i], within))));
            parsed->set_custom_escape([escape](const std::string &text) {
                Buf b;
                escape(&b, text.data(), text.size());
                return std::string(b.data, b.len);
            });
        }
        t->tag = tag_of(*t);
        *out = t.release();
    });
}

void hf_templates_close(struct hf_templates *t) noexcept
{
    delete t;
}

enum hf_status hf_templates_render(const struct hf_templates *t, const char *name,
                                   size_t words, const json_t *view, struct hf_buf *out,
                                   struct hf_error *err) noexcept
{
    return guard(err, [&]() {
        auto found = t->parsed.find(name);
        if (found == t->parsed.end())
            throw Failure{HF_NOT_FOUND, path_of(*t, name) + ": malen finnes ikke"};
        mustache::data data = to_data(view);
        mustache::context<std::string> context;
        if (words < t->words.size()) context.push(&t->words[words]);
        context.push(&data);
        Sink sink = {out};
        found->second->render(context, sink);
    });
}

const char *hf_templates_tag(const struct hf_templates *t) noexcept
{
    return t->tag.c_str();
}
