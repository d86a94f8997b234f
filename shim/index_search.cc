/* The C++ boundary, with index.cc: queries and what they find. */
#include "index_internal.hh"

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

namespace
{
/* Asks the caller's C function which documents count. */
class Decider : public Xapian::MatchDecider
{
    const hf_search_options &o;

  public:
    explicit Decider(const hf_search_options &options) : o(options)
    {
    }
    bool operator()(const Xapian::Document &doc) const override
    {
        return o.accept(o.accept_ctx, doc.get_docid());
    }
};

/* Asks the caller's C function which terms are wanted. */
class Keeper : public Xapian::ExpandDecider
{
    const hf_expand_options &o;

  public:
    explicit Keeper(const hf_expand_options &options) : o(options)
    {
    }
    bool operator()(const std::string &term) const override
    {
        return o.keep(o.keep_ctx, term.c_str(), term.size());
    }
};

/* Takes nothing: whoever counts keeps no list. */
class Teller : public Xapian::MatchDecider
{
    void (*fn)(void *ctx, uint32_t docid);
    void *ctx;

  public:
    Teller(void (*tell)(void *ctx, uint32_t docid), void *with) : fn(tell), ctx(with)
    {
    }
    bool operator()(const Xapian::Document &doc) const override
    {
        fn(ctx, doc.get_docid());
        return false;
    }
};

/* Sorts by numbers in memory instead of by a value slot. */
class NumberKey : public Xapian::KeyMaker
{
    const uint32_t *keys;

  public:
    explicit NumberKey(const uint32_t *by_docid) : keys(by_docid)
    {
    }
    std::string operator()(const Xapian::Document &doc) const override
    {
        uint32_t n = keys[doc.get_docid()];
        const char bytes[4] = {char(n >> 24), char(n >> 16), char(n >> 8), char(n)};
        return std::string(bytes, sizeof bytes);
    }
};

Xapian::Query build(const hf_query *q, unsigned depth)
{
    if (depth > RANK_MAX_DEPTH)
        throw Failure{HF_BAD_ARGUMENT, "søket er for dypt nøstet"};
    if (q->op == HF_Q_TERM) {
        Xapian::Query t{std::string(q->term)};
        return q->factor == 1
                   ? t
                   : Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, t, q->factor);
    }
    if (q->op == HF_Q_RANGE)
        return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, q->window,
                             std::string(q->term), std::string(q->to));
    if (q->op == HF_Q_ALL) return Xapian::Query(std::string());
    if (q->op == HF_Q_NONE || !q->n_kids) return Xapian::Query();
    std::vector<Xapian::Query> kids;
    for (size_t i = 0; i < q->n_kids; i++) kids.push_back(build(q->kids[i], depth + 1));
    Xapian::Query out;
    auto join = [&](Xapian::Query::op op, unsigned window = 0) {
        return Xapian::Query(op, kids.begin(), kids.end(), window);
    };
    auto rest = [&](Xapian::Query::op op) {
        return Xapian::Query(op, kids.begin() + 1, kids.end());
    };
    using Q = Xapian::Query;
    switch (q->op) {
    case HF_Q_AND: out = join(Q::OP_AND); break;
    case HF_Q_OR: out = join(Q::OP_OR); break;
    case HF_Q_MAX: out = join(Q::OP_MAX); break;
    case HF_Q_SYNONYM: out = join(Q::OP_SYNONYM); break;
    case HF_Q_PHRASE: out = join(Q::OP_PHRASE, q->window); break;
    case HF_Q_NEAR: out = join(Q::OP_NEAR, q->window); break;
    case HF_Q_AND_NOT: out = Q(Q::OP_AND_NOT, kids[0], rest(Q::OP_OR)); break;
    case HF_Q_AND_MAYBE: out = Q(Q::OP_AND_MAYBE, kids[0], rest(Q::OP_OR)); break;
    case HF_Q_FILTER:
        out = kids.size() > 1 ? Q(Q::OP_FILTER, kids[0], rest(Q::OP_AND)) : kids[0];
        break;
    case HF_Q_BONUS: {
        /* The constant source matches every document; AND keeps those of the first child.
         */
        Xapian::PostingSource *constant = new Xapian::FixedWeightPostingSource(q->factor);
        return Q(Q::OP_AND, kids[0], Xapian::Query(constant->release()));
    }
    default: throw Failure{HF_INTERNAL, "unknown query operator"};
    }
    return q->factor == 1 ? out : Q(Q::OP_SCALE_WEIGHT, out, q->factor);
}

char *copy(const std::string &s)
{
    return hf_xstrndup(s.data(), s.size());
}
} // namespace

extern "C" {

void hf_matches_release(struct hf_matches *m) noexcept
{
    free(m->at);
    m->at = nullptr;
    m->n = 0;
}

static void set_order(Xapian::Enquire &enquire, const hf_search_options *o)
{
    if (o->sort_slot >= 0)
        enquire.set_sort_by_value_then_relevance(
            static_cast<Xapian::valueno>(o->sort_slot), !o->sort_ascending);
    else
        enquire.set_sort_by_relevance_then_value(o->tie_slot, true);
}

static void push(hf_matches *out, const Xapian::MSetIterator &it)
{
    out->at[out->n++] = hf_match{*it, it.get_weight()};
}

/* The same with the tie's slot in memory. */
static void set_order_in_memory(Xapian::Enquire &enquire, const hf_search_options *o,
                                Xapian::KeyMaker *keys)
{
    if (o->sort_slot < 0)
        enquire.set_sort_by_relevance_then_key(keys, true);
    else if (static_cast<unsigned>(o->sort_slot) == o->tie_slot)
        enquire.set_sort_by_key_then_relevance(keys, !o->sort_ascending);
}

static void search_one(const hf_reader *r, Xapian::Enquire &enquire,
                       const hf_search_options *o, hf_matches *out)
{
    Decider decider(*o);
    NumberKey keys(o->tie_keys);
    if (o->tie_keys) set_order_in_memory(enquire, o, &keys);
    if (o->collapse_slot >= 0)
        enquire.set_collapse_key(static_cast<Xapian::valueno>(o->collapse_slot));
    Xapian::MSet found = enquire.get_mset(
        static_cast<Xapian::doccount>(o->offset), static_cast<Xapian::doccount>(o->size),
        r->db.get_doccount(), nullptr, o->accept ? &decider : nullptr);
    out->at = static_cast<hf_match *>(hf_xcalloc(found.size(), sizeof *out->at));
    for (auto it = found.begin(); it != found.end(); ++it) push(out, it);
}

/* Over several shards a MatchDecider is given the shard's own document numbers, so all
 * matches are fetched and looked at here, in their order. */
static void search_shards(const hf_reader *r, Xapian::Enquire &enquire,
                          const hf_search_options *o, hf_matches *out)
{
    Xapian::MSet all = enquire.get_mset(0, r->db.get_doccount());
    std::set<std::string> seen;
    size_t n = 0;
    out->at = static_cast<hf_match *>(
        hf_xcalloc(std::min<size_t>(o->size, all.size()), sizeof *out->at));
    for (auto it = all.begin(); it != all.end(); ++it) {
        if (o->accept && !o->accept(o->accept_ctx, *it)) continue;
        if (o->collapse_slot >= 0) {
            std::string key = it.get_document().get_value(
                static_cast<Xapian::valueno>(o->collapse_slot));
            if (!key.empty() && !seen.insert(key).second) continue;
        }
        if (n >= o->offset && out->n < o->size) push(out, it);
        n++;
    }
}

enum hf_status hf_reader_search(struct hf_reader *r, const struct hf_query *q,
                                const struct hf_search_options *o, struct hf_matches *out,
                                struct hf_error *err) noexcept
{
    out->at = nullptr;
    out->n = 0;
    return guard(err, [&]() -> hf_status {
        if (rank_can(r, q, o)) {
            std::vector<Ranked> found = rank_search(r, q, o);
            out->at = static_cast<hf_match *>(hf_xcalloc(found.size(), sizeof *out->at));
            for (const Ranked &m : found) out->at[out->n++] = hf_match{m.doc, m.weight};
            return HF_OK;
        }
        Xapian::Query query = build(q, 0);
        if (query.empty()) return HF_OK;
        Xapian::Enquire enquire(r->db);
        enquire.set_query(query);
        enquire.set_weighting_scheme(
            Xapian::BM25Weight(RANK_K1, 0, 1, RANK_B, RANK_MIN_LENGTH));
        set_order(enquire, o);
        if (r->db.size() > 1)
            search_shards(r, enquire, o, out);
        else
            search_one(r, enquire, o, out);
        return HF_OK;
    });
}

bool hf_reader_has(struct hf_reader *r, const char *term, uint32_t docid) noexcept
{
    bool has = false;
    guard(nullptr, [&]() -> hf_status {
        auto it = r->db.postlist_begin(term);
        it.skip_to(docid);
        has = it != r->db.postlist_end(term) && *it == docid;
        return HF_OK;
    });
    return has;
}

void hf_expansion_release(struct hf_expansion *e) noexcept
{
    for (size_t i = 0; i < e->n; i++) free(e->at[i].term);
    free(e->at);
    e->at = nullptr;
    e->n = 0;
}

enum hf_status hf_reader_expand(struct hf_reader *r, const uint32_t *docids, size_t n,
                                const struct hf_expand_options *o,
                                struct hf_expansion *out, struct hf_error *err) noexcept
{
    out->at = nullptr;
    out->n = 0;
    return guard(err, [&]() -> hf_status {
        Xapian::RSet relevant;
        for (size_t i = 0; i < n; i++) relevant.add_document(docids[i]);
        Xapian::Enquire enquire(r->db);
        Keeper keeper(*o);
        Xapian::ESet found =
            enquire.get_eset(static_cast<Xapian::termcount>(o->size), relevant,
                             Xapian::Enquire::USE_EXACT_TERMFREQ, &keeper);
        out->at =
            static_cast<hf_expand_term *>(hf_xcalloc(found.size(), sizeof *out->at));
        for (auto it = found.begin(); it != found.end(); ++it)
            out->at[out->n++] = hf_expand_term{copy(*it), it.get_weight()};
        return HF_OK;
    });
}

enum hf_status hf_reader_each_match(struct hf_reader *r, const struct hf_query *q,
                                    void (*fn)(void *ctx, uint32_t docid), void *ctx,
                                    struct hf_error *err) noexcept
{
    return guard(err, [&]() -> hf_status {
        if (rank_can(r, q, nullptr)) {
            rank_each(r, q, fn, ctx);
            return HF_OK;
        }
        Xapian::Query query = build(q, 0);
        if (query.empty()) return HF_OK;
        Xapian::Enquire enquire(r->db);
        enquire.set_query(query);
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        enquire.set_docid_order(Xapian::Enquire::DONT_CARE);
        Teller teller(fn, ctx);
        if (r->db.size() == 1) {
            enquire.get_mset(0, 1, r->db.get_doccount(), nullptr, &teller);
            return HF_OK;
        }
        /* Over several shards a decider is given the shard's own numbers. */
        Xapian::MSet all = enquire.get_mset(0, r->db.get_doccount());
        for (auto it = all.begin(); it != all.end(); ++it) fn(ctx, *it);
        return HF_OK;
    });
}

char *hf_query_describe(const struct hf_query *q) noexcept
{
    char *text = nullptr;
    guard(nullptr, [&]() -> hf_status {
        text = copy(build(q, 0).get_description());
        return HF_OK;
    });
    return text ? text : hf_xstrdup("");
}
} /* extern "C" */
