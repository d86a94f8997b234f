/* The C++ boundary, with index_search.cc: ranking over what is kept in memory.
 *
 * The engine's matcher walks a tree of iterators, document by document, and our trees
 * name a term many times: in the query itself and in each of its tiers. Here each term is
 * read once, as an array, and the tree is evaluated array by array with the engine's
 * weights. What cannot be done so (shards, other operators, other orders) is the
 * engine's.
 */
#include "index_internal.hh"
#include "index_lists.hh"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <vector>

namespace
{
struct Postings {
    uint32_t freq = 0;
    bool is_read = false;
    std::vector<uint32_t> doc;
    std::vector<double> share; /* of the term's weight */
};

/* The documents in which a phrase may stand, with its weight there at scale 1, and those
 * that were looked into. */
struct Phrase {
    bool is_listed = false;
    List found;
    std::unordered_map<uint32_t, bool> known;
};

/* A reader that keeps so many postings begins anew: so many a document, and some in any
 * case. */
const size_t KEPT_EACH = 48, KEPT_ANYWAY = 1500000;
} // namespace

/* What was read before: the index never changes. */
struct RankMemory {
    std::unordered_map<std::string, std::unique_ptr<Postings>> terms;
    std::unordered_map<std::string, Phrase> phrases;
    size_t size = 0; /* postings, about */
    /* For joining long lists: a bit and a weight a document; no bit is set between. */
    std::vector<uint64_t> bits;
    std::vector<double> sums;
};

namespace
{
/* A list this many times longer than the documents that it is asked about is probed for
 * each of them instead of being read. */
const size_t PROBE = 24;

class Ranker
{
    hf_reader &r;
    const hf_resident &in;
    RankMemory &memory;
    double per_length = 0; /* 1 / the mean length */

  public:
    explicit Ranker(hf_reader &reader)
        : r(reader), in(*reader.resident), memory(begin(reader))
    {
        double mean = r.db.get_avlength();
        if (mean > 0) per_length = 1 / mean;
    }

    /* The matches of q among `among` (NULL: of all); weights times scale. */
    List eval(const hf_query *q, double scale, const List *among);

  private:
    static RankMemory &begin(hf_reader &r)
    {
        size_t most = std::max(KEPT_ANYWAY, r.resident->last * KEPT_EACH);
        if (!r.memory || r.memory->size > most) r.memory = std::make_shared<RankMemory>();
        return *r.memory;
    }
    Postings &postings(const std::string &term);
    int kind_of(const char *term) const;
    size_t freq(const hf_query *q);
    double term_weight(uint32_t freq, double scale) const;
    double share(uint32_t wdf, uint32_t doc) const;
    List all(const List *among) const;
    List kinds(int kind, const List *among) const;
    void read(const std::string &term, Postings &p);
    List term(const hf_query *q, double scale, const List *among);
    List terms(std::vector<const hf_query *> &kids, const List &among);
    void probe(const std::string &term, double tw, const List &among, List &out) const;
    List any(const hf_query *q, double scale, const List *among);
    List join(std::vector<List> &lists, bool is_max);
    List join_long(const std::vector<List> &lists, bool is_max);
    List both(const hf_query *q, size_t first, double scale, const List *among);
    List maybe(const hf_query *q, double scale, const List *among);
    List phrase(const hf_query *q, double scale, const List *among, const List &have);
    List range(const hf_query *q, const List *among) const;
    bool stands_in(const std::vector<std::string> &words, uint32_t doc) const;
};

Postings &Ranker::postings(const std::string &term)
{
    auto &p = memory.terms[term];
    if (!p) {
        p.reset(new Postings);
        p->freq = hf_reader_freq(&r, term.c_str());
        memory.size += 16;
    }
    return *p;
}

int Ranker::kind_of(const char *term) const
{
    for (size_t i = 0; i < in.n_kinds; i++)
        if (!strcmp(term, in.kind_terms[i])) return int(i) + 1;
    return 0;
}

/* How many documents a query can match at most. */
size_t Ranker::freq(const hf_query *q)
{
    size_t n = 0, all = size_t(in.last) + 1;
    switch (q->op) {
    case HF_Q_TERM: return kind_of(q->term) ? all : postings(q->term).freq;
    case HF_Q_NONE: return 0;
    case HF_Q_ALL:
    case HF_Q_RANGE: return all;
    case HF_Q_OR:
    case HF_Q_MAX:
        for (size_t i = 0; i < q->n_kids; i++) n += freq(q->kids[i]);
        return std::min(n, all);
    case HF_Q_AND:
    case HF_Q_FILTER:
    case HF_Q_PHRASE:
        n = q->n_kids ? all : 0;
        for (size_t i = 0; i < q->n_kids; i++) n = std::min(n, freq(q->kids[i]));
        return n;
    default: return q->n_kids ? freq(q->kids[0]) : 0;
    }
}

/* BM25 as the engine has it, with the parameters of hf_reader_search. */
double Ranker::term_weight(uint32_t freq, double scale) const
{
    double w = (double(r.db.get_doccount()) - freq + 0.5) / (freq + 0.5);
    if (w < 2) w = w * 0.5 + 1;
    return std::log(w) * scale * (RANK_K1 + 1);
}

double Ranker::share(uint32_t wdf, uint32_t doc) const
{
    double length = std::max(double(in.lengths[doc]) * per_length, RANK_MIN_LENGTH);
    double bound = RANK_K1 * (length * RANK_B + (1 - RANK_B)) + wdf;
    return wdf / bound;
}

List Ranker::all(const List *among) const
{
    List out;
    if (among) {
        out.doc = among->doc;
        return out;
    }
    for (uint32_t d = 1; d <= in.last; d++)
        if (in.kinds[d]) out.doc.push_back(d);
    return out;
}

List Ranker::kinds(int kind, const List *among) const
{
    List out;
    if (!among) {
        for (uint32_t d = 1; d <= in.last; d++)
            if (in.kinds[d] == kind) out.doc.push_back(d);
        return out;
    }
    for (uint32_t d : among->doc)
        if (in.kinds[d] == kind) out.doc.push_back(d);
    return out;
}

void Ranker::probe(const std::string &term, double tw, const List &among, List &out) const
{
    auto it = r.db.postlist_begin(term);
    for (uint32_t d : among.doc) {
        it.skip_to(d);
        if (it == r.db.postlist_end(term)) break;
        if (*it != d) continue;
        out.doc.push_back(d);
        if (tw != 0) out.weight.push_back(tw * share(it.get_wdf(), d));
    }
}

void Ranker::read(const std::string &term, Postings &p)
{
    if (p.is_read) return;
    p.doc.reserve(p.freq);
    p.share.reserve(p.freq);
    auto end = r.db.postlist_end(term);
    for (auto it = r.db.postlist_begin(term); it != end; ++it) {
        p.doc.push_back(*it);
        p.share.push_back(share(it.get_wdf(), p.doc.back()));
    }
    p.is_read = true;
    memory.size += p.doc.size();
}

List Ranker::term(const hf_query *q, double scale, const List *among)
{
    List out;
    int kind = scale != 0 ? 0 : kind_of(q->term);
    if (kind) return kinds(kind, among);
    Postings &p = postings(q->term);
    if (!p.freq) return out;
    double tw = scale != 0 ? term_weight(p.freq, scale) : 0;
    if (!p.is_read && among && p.freq > among->doc.size() * PROBE) {
        probe(q->term, tw, *among, out);
        return out;
    }
    read(q->term, p);
    if (!among) {
        out.doc = p.doc;
        if (tw == 0) return out;
        out.weight.resize(p.doc.size());
        for (size_t i = 0; i < p.doc.size(); i++) out.weight[i] = tw * p.share[i];
        return out;
    }
    meet(p.doc, among->doc, [&](size_t i, size_t) {
        out.doc.push_back(p.doc[i]);
        if (tw != 0) out.weight.push_back(tw * p.share[i]);
    });
    return out;
}

/* The children of an OR or MAX; where no weight counts, those of the ORs below it too.
 */
void flatten(const hf_query *q, double scale, std::vector<const hf_query *> &out)
{
    for (size_t i = 0; i < q->n_kids; i++) {
        const hf_query *kid = q->kids[i];
        if (scale == 0 && (kid->op == HF_Q_OR || kid->op == HF_Q_MAX))
            flatten(kid, scale, out);
        else
            out.push_back(kid);
    }
}

/* Which of the documents have any of the terms among the children that are about as long;
 * those are taken out of the children. */
List Ranker::terms(std::vector<const hf_query *> &kids, const List &among)
{
    List out;
    std::vector<const Postings *> marked;
    size_t n = 0;
    memory.bits.resize(in.last / 64 + 1);
    for (const hf_query *kid : kids) {
        bool is_term = kid->op == HF_Q_TERM && !kind_of(kid->term);
        Postings *p = is_term ? &postings(kid->term) : nullptr;
        if (!p || p->freq > among.doc.size() * 4) {
            kids[n++] = kid;
            continue;
        }
        read(kid->term, *p);
        for (uint32_t d : p->doc) memory.bits[d / 64] |= uint64_t(1) << d % 64;
        marked.push_back(p);
    }
    kids.resize(n);
    for (uint32_t d : among.doc)
        if (memory.bits[d / 64] >> d % 64 & 1) out.doc.push_back(d);
    for (const Postings *p : marked)
        for (uint32_t d : p->doc) memory.bits[d / 64] = 0;
    return out;
}

/* Joins long lists over all documents. */
List Ranker::join_long(const std::vector<List> &lists, bool is_max)
{
    List out;
    bool weighted = false;
    size_t n = 0;
    memory.bits.resize(in.last / 64 + 1);
    memory.sums.resize(size_t(in.last) + 1);
    for (const List &list : lists) {
        weighted |= !list.weight.empty();
        for (size_t i = 0; i < list.doc.size(); i++) {
            uint32_t d = list.doc[i];
            uint64_t bit = uint64_t(1) << d % 64, &word = memory.bits[d / 64];
            double w = list.weight.empty() ? 0 : list.weight[i], &sum = memory.sums[d];
            sum = !(word & bit) ? w : is_max ? std::max(sum, w) : sum + w;
            n += !(word & bit);
            word |= bit;
        }
    }
    out.doc.reserve(n);
    if (weighted) out.weight.reserve(n);
    for (size_t i = 0; i < memory.bits.size(); i++) {
        for (uint64_t left = memory.bits[i]; left; left &= left - 1) {
            uint32_t d = uint32_t(i * 64) + uint32_t(__builtin_ctzll(left));
            out.doc.push_back(d);
            if (weighted) out.weight.push_back(memory.sums[d]);
        }
        memory.bits[i] = 0;
    }
    return out;
}

/* The documents of any of the lists; short ones are joined first. */
List Ranker::join(std::vector<List> &lists, bool is_max)
{
    size_t n = 0;
    auto longer = [](const List &a, const List &b) {
        return a.doc.size() > b.doc.size();
    };
    for (const List &list : lists) n += list.doc.size();
    if (lists.size() > 2 && n > in.last / 16) return join_long(lists, is_max);
    std::make_heap(lists.begin(), lists.end(), longer);
    while (lists.size() > 1) {
        std::pop_heap(lists.begin(), lists.end(), longer);
        List a = std::move(lists.back());
        lists.pop_back();
        std::pop_heap(lists.begin(), lists.end(), longer);
        lists.back() = merge(a, lists.back(), is_max);
        std::push_heap(lists.begin(), lists.end(), longer);
    }
    return lists.empty() ? List() : std::move(lists[0]);
}

/* Phrases come last: a document that has no more to
 * win by one is not looked into. */
List Ranker::any(const hf_query *q, double scale, const List *among)
{
    std::vector<List> lists;
    std::vector<const hf_query *> kids;
    bool is_max = q->op == HF_Q_MAX || scale == 0;
    flatten(q, scale, kids);
    if (scale == 0 && among) lists.push_back(terms(kids, *among));
    for (const hf_query *kid : kids) {
        if (is_max && kid->op == HF_Q_PHRASE) continue;
        List one = eval(kid, scale, among);
        if (!one.doc.empty()) lists.push_back(std::move(one));
    }
    List out = join(lists, is_max);
    for (const hf_query *kid : kids) {
        if (!is_max || kid->op != HF_Q_PHRASE) continue;
        List one = phrase(kid, scale * kid->factor, among, out);
        if (!one.doc.empty()) out = merge(out, one, true);
    }
    return out;
}

/* Those that all children have, the rarest first; children from `first` on give no
 * weight. */
List Ranker::both(const hf_query *q, size_t first, double scale, const List *among)
{
    std::vector<std::pair<size_t, size_t>> order;
    for (size_t i = 0; i < q->n_kids; i++) {
        bool is_kind = q->kids[i]->op == HF_Q_TERM && kind_of(q->kids[i]->term);
        order.push_back({among && is_kind ? 0 : freq(q->kids[i]), i});
    }
    std::sort(order.begin(), order.end());
    List out;
    for (size_t i = 0; i < order.size(); i++) {
        size_t k = order[i].second;
        List one = eval(q->kids[k], k < first ? scale : 0, i ? &out : among);
        if (i && !out.weight.empty()) {
            bool weighted = !one.weight.empty();
            std::vector<double> sum(one.doc.size());
            meet(one.doc, out.doc, [&](size_t a, size_t b) {
                sum[a] = out.weight[b] + (weighted ? one.weight[a] : 0);
            });
            one.weight = std::move(sum);
        }
        out = std::move(one);
        if (out.doc.empty()) break;
    }
    return out;
}

/* The first child's; of the others the weight alone. */
List Ranker::maybe(const hf_query *q, double scale, const List *among)
{
    List out = eval(q->kids[0], scale, among);
    if (scale == 0) return out;
    if (out.weight.empty()) out.weight.assign(out.doc.size(), 0);
    for (size_t i = 1; i < q->n_kids && !out.doc.empty(); i++) {
        List one = eval(q->kids[i], scale, &out);
        if (one.weight.empty()) continue;
        meet(one.doc, out.doc,
             [&](size_t a, size_t b) { out.weight[b] += one.weight[a]; });
    }
    return out;
}

/* Whether the phrase's terms stand one after another in the document. */
bool Ranker::stands_in(const std::vector<std::string> &words, uint32_t doc) const
{
    std::vector<uint32_t> at;
    for (uint32_t i = 0; i < words.size() && (!i || !at.empty()); i++) {
        auto p = r.db.positionlist_begin(doc, words[i]),
             end = r.db.positionlist_end(doc, words[i]);
        size_t n = 0, k = 0;
        for (; p != end && (!i || k < at.size()); ++p) {
            while (i && k < at.size() && at[k] + i < *p) k++;
            if (!i)
                at.push_back(*p);
            else if (k < at.size() && at[k] + i == *p)
                at[n++] = at[k];
        }
        if (i) at.resize(n);
    }
    return !at.empty();
}

/* Its documents but those that have as much in `have`. */
List Ranker::phrase(const hf_query *q, double scale, const List *among, const List &have)
{
    std::string key;
    std::vector<std::string> words;
    List some, out;
    for (size_t i = 0; i < q->n_kids; i++) {
        words.push_back(q->kids[i]->term);
        key.append(words[i]).push_back('\0');
    }
    Phrase &p = memory.phrases[key];
    if (!p.is_listed && (!among || freq(q) <= among->doc.size() * 4)) {
        p.found = both(q, q->n_kids, 1, nullptr);
        p.is_listed = true;
        memory.size += p.found.doc.size() * 2;
    }
    if (!p.is_listed) some = both(q, q->n_kids, 1, among);
    const List &all = p.is_listed ? p.found : some;
    size_t k = 0, m = 0;
    for (size_t i = 0; i < all.doc.size(); i++) {
        uint32_t d = all.doc[i];
        while (among && m < among->doc.size() && among->doc[m] < d) m++;
        if (among && (m == among->doc.size() || among->doc[m] != d)) continue;
        while (k < have.doc.size() && have.doc[k] < d) k++;
        bool has = k < have.doc.size() && have.doc[k] == d;
        double had = has && !have.weight.empty() ? have.weight[k] : 0;
        if (has && had >= scale * all.weight[i]) continue;
        auto known = p.known.find(d);
        if (known == p.known.end()) known = p.known.emplace(d, stands_in(words, d)).first;
        if (!known->second) continue;
        out.doc.push_back(d);
        if (scale != 0) out.weight.push_back(all.weight[i] * scale);
    }
    return out;
}

List Ranker::range(const hf_query *q, const List *among) const
{
    uint32_t from = uint32_t(atol(q->term)), to = uint32_t(atol(q->to));
    List out = all(among), kept;
    for (uint32_t d : out.doc)
        if (in.keys[d] && in.keys[d] >= from && in.keys[d] <= to) kept.doc.push_back(d);
    return kept;
}

List Ranker::eval(const hf_query *q, double scale, const List *among)
{
    scale *= q->op == HF_Q_BONUS ? 1 : q->factor;
    if (q->op == HF_Q_TERM) return term(q, scale, among);
    if (q->op == HF_Q_ALL) return all(among);
    if (q->op == HF_Q_RANGE) return range(q, among);
    if (!q->n_kids) return List();
    switch (q->op) {
    case HF_Q_OR:
    case HF_Q_MAX: return any(q, scale, among);
    case HF_Q_AND: return both(q, q->n_kids, scale, among);
    case HF_Q_FILTER: return both(q, 1, scale, among);
    case HF_Q_AND_MAYBE: return maybe(q, scale, among);
    case HF_Q_PHRASE: return phrase(q, scale, among, List());
    case HF_Q_BONUS: {
        List out = eval(q->kids[0], scale, among);
        if (scale == 0) return out;
        out.weight.resize(out.doc.size());
        for (double &w : out.weight) w += q->factor * scale;
        return out;
    }
    case HF_Q_AND_NOT: {
        List out = eval(q->kids[0], scale, among), not_in, kept;
        for (size_t i = 1; i < q->n_kids; i++)
            not_in = merge(not_in, take_docs(eval(q->kids[i], 0, &out)), false);
        size_t k = 0;
        for (size_t i = 0; i < out.doc.size(); i++) {
            while (k < not_in.doc.size() && not_in.doc[k] < out.doc[i]) k++;
            if (k < not_in.doc.size() && not_in.doc[k] == out.doc[i]) continue;
            kept.doc.push_back(out.doc[i]);
            if (!out.weight.empty()) kept.weight.push_back(out.weight[i]);
        }
        return kept;
    }
    default: throw Failure{HF_INTERNAL, "unknown query operator"};
    }
}

/* What the evaluation above knows. */
bool can_evaluate(const hf_query *q, const hf_resident *in, unsigned depth)
{
    if (depth > RANK_MAX_DEPTH || q->op == HF_Q_SYNONYM || q->op == HF_Q_NEAR)
        return false;
    if (q->op == HF_Q_RANGE && q->window != in->key_slot) return false;
    if (q->op == HF_Q_PHRASE && q->window != q->n_kids) return false;
    for (size_t i = 0; i < q->n_kids; i++) {
        if (q->op == HF_Q_PHRASE && q->kids[i]->op != HF_Q_TERM) return false;
        if (!can_evaluate(q->kids[i], in, depth + 1)) return false;
    }
    return true;
}

/* The order of an answer. */
struct Order {
    bool by_key, ascending;
    bool operator()(const Ranked &a, const Ranked &b) const
    {
        if (by_key && a.key != b.key) return ascending ? a.key < b.key : a.key > b.key;
        if (a.weight != b.weight) return a.weight > b.weight;
        if (!by_key && a.key != b.key) return a.key > b.key;
        return a.doc < b.doc;
    }
};

/* Of each group the first in the order. */
void collapse(std::vector<Ranked> &found, const hf_resident &in, const Order &order)
{
    std::unordered_map<uint32_t, size_t> first;
    size_t n = 0;
    for (size_t i = 0; i < found.size(); i++) {
        uint32_t group = in.groups[found[i].doc];
        if (group) {
            auto known = first.emplace(group, n);
            if (!known.second) {
                Ranked &best = found[known.first->second];
                if (order(found[i], best)) best = found[i];
                continue;
            }
        }
        found[n++] = found[i];
    }
    found.resize(n);
}
} // namespace

bool rank_can(const hf_reader *r, const hf_query *q, const hf_search_options *o)
{
    const hf_resident *in = r->resident;
    if (!in || r->db.size() != 1 || !can_evaluate(q, in, 0)) return false;
    if (!o) return true;
    return (o->sort_slot < 0 || unsigned(o->sort_slot) == in->key_slot) &&
           o->tie_slot == in->key_slot &&
           (o->collapse_slot < 0 || unsigned(o->collapse_slot) == in->group_slot);
}

/* What was half read when something failed is not kept. */
static List evaluate(hf_reader *r, const hf_query *q, double scale)
{
    try {
        return Ranker(*r).eval(q, scale, nullptr);
    } catch (...) {
        r->memory.reset();
        throw;
    }
}

void rank_each(hf_reader *r, const hf_query *q, void (*fn)(void *, uint32_t), void *ctx)
{
    List found = evaluate(r, q, 0);
    for (uint32_t d : found.doc) fn(ctx, d);
}

std::vector<Ranked> rank_search(hf_reader *r, const hf_query *q,
                                const hf_search_options *o)
{
    const hf_resident &in = *r->resident;
    Order order{o->sort_slot >= 0, o->sort_ascending};
    List all = evaluate(r, q, 1);
    std::vector<Ranked> found;
    for (size_t i = 0; i < all.doc.size(); i++) {
        uint32_t d = all.doc[i];
        if (o->accept && !o->accept(o->accept_ctx, d)) continue;
        found.push_back(Ranked{all.weight.empty() ? 0 : all.weight[i], in.keys[d], d});
    }
    if (o->collapse_slot >= 0) collapse(found, in, order);
    size_t from = std::min(o->offset, found.size());
    size_t to = std::min(o->size, found.size() - from) + from;
    auto middle = found.begin() + static_cast<std::ptrdiff_t>(to);
    std::partial_sort(found.begin(), middle, found.end(), order);
    found.erase(middle, found.end());
    found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(from));
    return found;
}
