/* The C++ boundary, with index_search.cc: documents, the writer, what a reader holds. */
#include "index_internal.hh"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <set>
#include <vector>

static const size_t max_kept_freqs = 20000;

static char *copy(const std::string &s)
{
    return hf_xstrndup(s.data(), s.size());
}
extern "C" {

/* Building a document can only fail for want of memory, which ends the program. */
struct hf_doc *hf_doc_new(void) noexcept
{
    return new hf_doc;
}

void hf_doc_free(struct hf_doc *d) noexcept
{
    delete d;
}

void hf_doc_clear(struct hf_doc *d) noexcept
{
    d->doc = Xapian::Document();
}

void hf_doc_posting(struct hf_doc *d, const char *term, size_t len, unsigned pos,
                    unsigned wdf) noexcept
{
    if (!len) return;
    if (len > HF_TERM_MAX) {
        len = HF_TERM_MAX;
        while (len && (static_cast<unsigned char>(term[len]) & 0xC0) == 0x80) len--;
    }
    std::string t(term, len);
    if (pos)
        d->doc.add_posting(t, pos, wdf);
    else
        d->doc.add_term(t, wdf);
}

void hf_doc_value(struct hf_doc *d, unsigned slot, const char *bytes, size_t len) noexcept
{
    d->doc.add_value(slot, std::string(bytes, len));
}

void hf_doc_data(struct hf_doc *d, const char *bytes, size_t len) noexcept
{
    d->doc.set_data(std::string(bytes, len));
}

enum hf_status hf_writer_open(const char *path, struct hf_writer **out,
                              struct hf_error *err) noexcept
{
    *out = nullptr;
    return guard(err, [&]() -> hf_status {
        std::unique_ptr<hf_writer> w(new hf_writer);
        w->db = Xapian::WritableDatabase(path,
                                         Xapian::DB_CREATE_OR_OPEN | Xapian::DB_NO_SYNC);
        *out = w.release();
        return HF_OK;
    });
}

enum hf_status hf_writer_add(struct hf_writer *w, const struct hf_doc *d,
                             struct hf_error *err) noexcept
{
    return guard(err, [&]() -> hf_status {
        w->db.add_document(d->doc);
        return HF_OK;
    });
}

enum hf_status hf_writer_delete(struct hf_writer *w, const char *term,
                                struct hf_error *err) noexcept
{
    return guard(err, [&]() -> hf_status {
        w->db.delete_document(std::string(term));
        return HF_OK;
    });
}

enum hf_status hf_writer_add_all(struct hf_writer *w, const char *path,
                                 struct hf_error *err) noexcept
{
    return guard(err, [&]() -> hf_status {
        Xapian::Database from(path);
        for (auto it = from.postlist_begin(""); it != from.postlist_end(""); ++it)
            w->db.add_document(from.get_document(*it));
        return HF_OK;
    });
}

enum hf_status hf_writer_metadata(struct hf_writer *w, const char *key, const char *bytes,
                                  size_t len, struct hf_error *err) noexcept
{
    return guard(err, [&]() -> hf_status {
        w->db.set_metadata(key, std::string(bytes, len));
        return HF_OK;
    });
}

static void writer_free(struct hf_writer *w) noexcept
{
    guard(nullptr, [&]() -> hf_status {
        delete w;
        return HF_OK;
    });
}

enum hf_status hf_writer_close(struct hf_writer *w, struct hf_error *err) noexcept
{
    hf_status status = guard(err, [&]() -> hf_status {
        w->db.commit();
        w->db.close();
        return HF_OK;
    });
    if (status == HF_OK)
        writer_free(w);
    else
        hf_writer_abandon(w);
    return status;
}

/* A database that is closed with changes commits them; only a transaction can be called
 * off, and takes with it what was pending before it. */
void hf_writer_abandon(struct hf_writer *w) noexcept
{
    if (!w) return;
    guard(nullptr, [&]() -> hf_status {
        w->db.begin_transaction(false);
        w->db.cancel_transaction();
        return HF_OK;
    });
    writer_free(w);
}

enum hf_status hf_index_compact(const char *const *paths, size_t n, const char *dest,
                                struct hf_error *err) noexcept
{
    return guard(err, [&]() -> hf_status {
        Xapian::Database all;
        for (size_t i = 0; i < n; i++) all.add_database(Xapian::Database(paths[i]));
        all.compact(dest, 0u);
        return HF_OK;
    });
}

enum hf_status hf_index_check(const char *path, struct hf_error *err) noexcept
{
    return guard(err, [&]() -> hf_status {
        size_t wrong = Xapian::Database::check(path);
        if (wrong)
            throw Failure{HF_CORRUPT,
                          "kontrollen fant " + std::to_string(wrong) + " feil"};
        return HF_OK;
    });
}

enum hf_status hf_reader_open(const char *path, struct hf_reader **out,
                              struct hf_error *err) noexcept
{
    *out = nullptr;
    return guard(err, [&]() -> hf_status {
        std::unique_ptr<hf_reader> r(new hf_reader);
        r->db = Xapian::Database(path);
        *out = r.release();
        return HF_OK;
    });
}

void hf_reader_close(struct hf_reader *r) noexcept
{
    guard(nullptr, [&]() -> hf_status {
        delete r;
        return HF_OK;
    });
}

uint32_t hf_reader_count(const struct hf_reader *r) noexcept
{
    uint32_t n = 0;
    guard(nullptr, [&]() -> hf_status {
        n = r->db.get_doccount();
        return HF_OK;
    });
    return n;
}

uint32_t hf_reader_last(const struct hf_reader *r) noexcept
{
    uint32_t n = 0;
    guard(nullptr, [&]() -> hf_status {
        n = r->db.get_lastdocid();
        return HF_OK;
    });
    return n;
}

uint32_t hf_reader_shards(const struct hf_reader *r) noexcept
{
    return uint32_t(r->db.size());
}

void hf_reader_resident(struct hf_reader *r, const struct hf_resident *in) noexcept
{
    r->resident = in;
}

enum hf_status hf_reader_lengths(struct hf_reader *r, uint32_t *out,
                                 struct hf_error *err) noexcept
{
    return guard(err, [&]() -> hf_status {
        std::fill_n(out, size_t(r->db.get_lastdocid()) + 1, 0u);
        for (auto it = r->db.postlist_begin(""); it != r->db.postlist_end(""); ++it)
            out[*it] = it.get_doclength();
        return HF_OK;
    });
}

enum hf_status hf_reader_metadata(struct hf_reader *r, const char *key, char **out,
                                  struct hf_error *err) noexcept
{
    *out = nullptr;
    return guard(err, [&]() -> hf_status {
        *out = copy(r->db.get_metadata(key));
        return HF_OK;
    });
}

enum hf_status hf_reader_data(struct hf_reader *r, uint32_t docid, char **out,
                              size_t *len, struct hf_error *err) noexcept
{
    *out = nullptr;
    *len = 0;
    return guard(err, [&]() -> hf_status {
        std::string data = r->db.get_document(docid, Xapian::DOC_ASSUME_VALID).get_data();
        *out = copy(data);
        *len = data.size();
        return HF_OK;
    });
}

enum hf_status hf_reader_find(struct hf_reader *r, const char *term, uint32_t *docid,
                              struct hf_error *err) noexcept
{
    *docid = 0;
    return guard(err, [&]() -> hf_status {
        Xapian::PostingIterator it = r->db.postlist_begin(term);
        if (it == r->db.postlist_end(term))
            return hf_fail(err, HF_NOT_FOUND, "%s: finnes ikke", term);
        *docid = *it;
        return HF_OK;
    });
}

uint32_t hf_reader_freq(struct hf_reader *r, const char *term) noexcept
{
    uint32_t n = 0;
    guard(nullptr, [&]() -> hf_status {
        if (r->freqs.size() > max_kept_freqs) r->freqs.clear();
        auto known = r->freqs.find(term);
        if (known == r->freqs.end())
            known = r->freqs.emplace(term, r->db.get_termfreq(term)).first;
        n = known->second;
        return HF_OK;
    });
    return n;
}

enum hf_status hf_reader_terms(struct hf_reader *r, const char *prefix,
                               hf_term_each_fn fn, void *ctx,
                               struct hf_error *err) noexcept
{
    return guard(err, [&]() -> hf_status {
        std::string p(prefix);
        for (auto it = r->db.allterms_begin(p); it != r->db.allterms_end(p); ++it) {
            std::string term = *it;
            if (fn(ctx, term.c_str(), term.size(), it.get_termfreq())) break;
        }
        return HF_OK;
    });
}

enum hf_status hf_reader_postings(struct hf_reader *r, const char *term,
                                  hf_doc_each_fn fn, void *ctx,
                                  struct hf_error *err) noexcept
{
    return guard(err, [&]() -> hf_status {
        for (auto it = r->db.postlist_begin(term); it != r->db.postlist_end(term); ++it)
            if (fn(ctx, *it)) break;
        return HF_OK;
    });
}

enum hf_status hf_reader_values(struct hf_reader *r, unsigned slot, hf_value_each_fn fn,
                                void *ctx, struct hf_error *err) noexcept
{
    return guard(err, [&]() -> hf_status {
        for (auto it = r->db.valuestream_begin(slot); it != r->db.valuestream_end(slot);
             ++it) {
            std::string value = *it;
            if (fn(ctx, it.get_docid(), value.data(), value.size())) break;
        }
        return HF_OK;
    });
}

const char *hf_index_engine(void) noexcept
{
    static const std::string name =
        std::string("xapian-core ") + Xapian::version_string();
    return name.c_str();
}
} /* extern "C" */
