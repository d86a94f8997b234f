/* The C++ boundary, with index_search.cc: ranking over what is kept in memory.
 *
 * The engine's matcher walks a tree of iterators, document by document, and our trees
 * name a term many times: in the query itself and in each of its tiers. Here each term is
 * read once, as an array, and the tree is evaluated array by array with the engine's
 * weights. What cannot be done so (operators that no question has) is the engine's, but
 * where documents share terms: of that the engine knows nothing.
 */
#include "index_postings.hh"

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

namespace
{
/* A reader that keeps so many postings begins anew: so many a document, and some in any
 * case. */
const size_t KEPT_EACH = 48, KEPT_ANYWAY = 1500000;

class Ranker
{
    const hf_resident &in;
    RankMemory &memory;
    TermLists kept;

  public:
    explicit Ranker(hf_reader &reader)
        : in(*reader.resident), memory(begin(reader)), kept(reader, memory)
    {
    }

    /* The matches of q among `among` (NULL: of all); weights times scale. */
    List eval(const hf_query *q, double scale, const Among *among);

  private:
    static RankMemory &begin(hf_reader &r)
    {
        size_t most = std::max(KEPT_ANYWAY, r.resident->last * KEPT_EACH);
        if (!r.memory || r.memory->size > most) r.memory = std::make_shared<RankMemory>();
        return *r.memory;
    }
    size_t most(const hf_query *q);
    List all(const Among *among) const;
    List kinds(unsigned mask, const Among *among) const;
    List term(const hf_query *q, double scale, const Among *among);
    unsigned take_kinds(std::vector<const hf_query *> &kids) const;
    List terms(std::vector<const hf_query *> &kids, const List *asked);
    void take_marked(List &out) const;
    List any(const hf_query *q, double scale, const Among *among);
    List join(std::vector<List> &lists, bool is_max);
    List join_long(const std::vector<List> &lists, bool is_max);
    List both(const hf_query *q, size_t first, double scale, const Among *among);
    List maybe(const hf_query *q, double scale, const Among *among);
    List phrase(const hf_query *q, double scale, const Among *among, const List &have);
    List range(const hf_query *q, const Among *among) const;
    bool stands_in(const std::vector<const Postings *> &words, uint32_t doc) const;
};

bool is_term(const hf_query *q)
{
    return q->op == HF_Q_TERM || q->op == HF_Q_SYNONYM;
}

/* How many documents a query can match, about. */
size_t Ranker::most(const hf_query *q)
{
    size_t n = 0, all = size_t(in.last) + 1;
    switch (q->op) {
    case HF_Q_TERM:
    case HF_Q_SYNONYM:
        if (q->op == HF_Q_TERM && kept.kind_of(q->term)) return all;
        return kept.most(kept.of(q));
    case HF_Q_NONE: return 0;
    case HF_Q_ALL:
    case HF_Q_RANGE: return all;
    case HF_Q_OR:
    case HF_Q_MAX:
        for (size_t i = 0; i < q->n_kids; i++) n += most(q->kids[i]);
        return std::min(n, all);
    case HF_Q_AND:
    case HF_Q_FILTER:
    case HF_Q_PHRASE:
        n = q->n_kids ? all : 0;
        for (size_t i = 0; i < q->n_kids; i++) n = std::min(n, most(q->kids[i]));
        return n;
    default: return q->n_kids ? most(q->kids[0]) : 0;
    }
}

List Ranker::all(const Among *among) const
{
    List out;
    if (among) {
        out.doc = among->list.doc;
        out.heirs = among->list.heirs;
        return out;
    }
    for (uint32_t d = 1; d <= in.last; d++)
        if (in.kinds[d]) out.doc.push_back(d);
    return out;
}

/* Of the kinds of which mask has the bits. */
List Ranker::kinds(unsigned mask, const Among *among) const
{
    List out;
    auto has = [&](uint32_t d) { return mask >> in.kinds[d] & 1; };
    if (!among) {
        for (uint32_t d = 1; d <= in.last; d++)
            if (has(d)) out.doc.push_back(d);
        return out;
    }
    const List &asked = among->list;
    const uint32_t *next = asked.heirs ? asked.heirs->next : nullptr;
    bool is_whole = true; /* families are taken or left as a whole */
    out.heirs = asked.heirs;
    for (size_t i = 0; is_whole && i < asked.doc.size(); i++) {
        uint32_t d = asked.doc[i], h = next ? next[d] : 0;
        while (h && has(h) == has(d)) h = next[h];
        is_whole = !h;
        if (has(d)) out.doc.push_back(d);
    }
    if (is_whole) return out;
    List all = kept.spread(take_docs(asked));
    Among of_all(all);
    return kinds(mask, &of_all);
}

List Ranker::term(const hf_query *q, double scale, const Among *among)
{
    int kind = scale != 0 || q->op != HF_Q_TERM ? 0 : kept.kind_of(q->term);
    if (kind) return kinds(1u << kind, among);
    Postings &p = kept.of(q);
    if (!p.freq) return List();
    double tw = scale != 0 ? kept.weight(p, scale) : 0;
    if (!among || kept.is_worth_reading(p, among->list)) kept.read(p);
    return among ? kept.among(p, tw, *among) : kept.all(p, tw);
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

/* The kinds that are asked for among the children, which are taken out of them. */
unsigned Ranker::take_kinds(std::vector<const hf_query *> &kids) const
{
    unsigned mask = 0;
    size_t n = 0;
    for (const hf_query *kid : kids) {
        int kind = kid->op == HF_Q_TERM ? kept.kind_of(kid->term) : 0;
        if (kind)
            mask |= 1u << kind;
        else
            kids[n++] = kid;
    }
    kids.resize(n);
    return mask;
}

/* The documents (NULL: all; else those asked about) that have any of the terms among the
 * children that they store themselves, where no weight counts; those are taken out of the
 * children, but for terms that are much longer than what is asked about. */
List Ranker::terms(std::vector<const hf_query *> &kids, const List *asked)
{
    List out;
    std::vector<const hf_query *> rest;
    std::vector<Postings *> lists;
    if (asked) out.heirs = asked->heirs;
    for (const hf_query *kid : kids) {
        Postings *p = is_term(kid) ? &kept.of(kid) : nullptr;
        if (p && !asked && lists.empty()) out.heirs = p->share_of;
        bool fits =
            p && p->share_of == out.heirs && (!asked || p->freq <= asked->doc.size() * 4);
        if (fits)
            lists.push_back(p);
        else
            rest.push_back(kid);
    }
    if (lists.size() < 2) return List();
    kids = std::move(rest);
    std::vector<uint64_t> &bits = memory.bits;
    bits.resize(in.last / 64 + 1);
    for (Postings *p : lists) {
        kept.read(*p);
        const std::vector<uint64_t> &own = p->places.bits;
        for (size_t i = 0; i < own.size(); i++) bits[i] |= own[i];
        if (own.empty())
            for (uint32_t d : p->doc) bits[d / 64] |= uint64_t(1) << d % 64;
    }
    if (asked) {
        for (uint32_t d : asked->doc)
            if (bits[d / 64] >> d % 64 & 1) out.doc.push_back(d);
    } else {
        take_marked(out);
    }
    std::fill(bits.begin(), bits.end(), 0);
    return out;
}

void Ranker::take_marked(List &out) const
{
    for (size_t i = 0; i < memory.bits.size(); i++)
        for (uint64_t left = memory.bits[i]; left; left &= left - 1)
            out.doc.push_back(uint32_t(i * 64) + uint32_t(__builtin_ctzll(left)));
}

/* Joins long lists over all documents. */
List Ranker::join_long(const std::vector<List> &lists, bool is_max)
{
    List out;
    bool weighted = false;
    size_t n = 0;
    out.heirs = lists[0].heirs;
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
    take_marked(out);
    if (weighted)
        for (uint32_t d : out.doc) out.weight.push_back(memory.sums[d]);
    std::fill(memory.bits.begin(), memory.bits.end(), 0);
    return out;
}

/* The documents of any of the lists; short ones are joined first. */
List Ranker::join(std::vector<List> &lists, bool is_max)
{
    size_t n = 0;
    std::vector<List *> all_of;
    for (List &list : lists) all_of.push_back(&list);
    kept.align(all_of);
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
List Ranker::any(const hf_query *q, double scale, const Among *among)
{
    std::vector<List> lists;
    std::vector<const hf_query *> kids;
    bool is_max = q->op == HF_Q_MAX || scale == 0;
    auto add = [&](List one) {
        if (!one.doc.empty()) lists.push_back(std::move(one));
    };
    flatten(q, scale, kids);
    if (unsigned mask = scale == 0 ? take_kinds(kids) : 0) add(kinds(mask, among));
    if (scale == 0) add(terms(kids, among ? &among->list : nullptr));
    for (const hf_query *kid : kids)
        if (!is_max || kid->op != HF_Q_PHRASE) add(eval(kid, scale, among));
    List out = join(lists, is_max);
    for (const hf_query *kid : kids) {
        if (!is_max || kid->op != HF_Q_PHRASE) continue;
        List one = phrase(kid, scale * kid->factor, among, out);
        if (one.doc.empty()) continue;
        kept.align({&out, &one});
        out = out.doc.empty() ? std::move(one) : merge(out, one, true);
    }
    return out;
}

/* Those that all children have, the rarest first; children from `first` on give no
 * weight. */
List Ranker::both(const hf_query *q, size_t first, double scale, const Among *among)
{
    std::vector<std::pair<size_t, size_t>> order;
    for (size_t i = 0; i < q->n_kids; i++) {
        bool is_kind = q->kids[i]->op == HF_Q_TERM && kept.kind_of(q->kids[i]->term);
        order.push_back({among && is_kind ? 0 : most(q->kids[i]), i});
    }
    std::sort(order.begin(), order.end());
    List out;
    for (size_t i = 0; i < order.size(); i++) {
        size_t k = order[i].second;
        Among so_far(out);
        List one = eval(q->kids[k], k < first ? scale : 0, i ? &so_far : among);
        if (i && !out.weight.empty()) {
            kept.align({&one, &out});
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
List Ranker::maybe(const hf_query *q, double scale, const Among *among)
{
    List out = eval(q->kids[0], scale, among);
    if (scale == 0) return out;
    if (out.weight.empty()) out.weight.assign(out.doc.size(), 0);
    const List first = take_docs(out);
    Among of_first(first);
    for (size_t i = 1; i < q->n_kids && !out.doc.empty(); i++) {
        List one = eval(q->kids[i], scale, &of_first);
        if (one.weight.empty()) continue;
        kept.align({&one, &out});
        meet(one.doc, out.doc,
             [&](size_t a, size_t b) { out.weight[b] += one.weight[a]; });
    }
    return out;
}

/* Whether the phrase's terms stand one after another in a document that stores them. */
bool Ranker::stands_in(const std::vector<const Postings *> &words, uint32_t doc) const
{
    std::vector<uint32_t> at;
    for (uint32_t i = 0; i < words.size() && (!i || !at.empty()); i++) {
        std::vector<uint32_t> of_word = kept.positions(*words[i], doc);
        size_t n = 0, k = 0;
        for (uint32_t p : of_word) {
            while (i && k < at.size() && at[k] + i < p) k++;
            if (i && k == at.size()) break;
            if (!i)
                at.push_back(p);
            else if (at[k] + i == p)
                at[n++] = at[k];
        }
        if (i) at.resize(n);
    }
    return !at.empty();
}

/* Its documents but those that have as much in `have`. */
List Ranker::phrase(const hf_query *q, double scale, const Among *among, const List &have)
{
    std::string key;
    std::vector<const Postings *> words;
    List out;
    for (size_t i = 0; i < q->n_kids; i++) {
        words.push_back(&kept.of(q->kids[i]));
        for (const auto &term : words[i]->terms) key.append(term).push_back('\0');
        key.push_back('\0');
    }
    const hf_share *share = words[0]->share_of;
    Phrase &p = memory.phrases[key];
    if (!p.is_listed && (!among || most(q) <= among->list.doc.size() * 4)) {
        p.found = both(q, q->n_kids, 1, nullptr);
        p.is_listed = true;
        memory.size += p.found.doc.size() * 2;
    }
    List all = p.is_listed ? p.found : both(q, q->n_kids, 1, among), had = have, own;
    if (among && p.is_listed) {
        own = take_docs(among->list);
        kept.align({&all, &own});
    }
    if (!had.doc.empty() && had.heirs != all.heirs) {
        kept.align({&all, &had});
        own = kept.spread(own);
    }
    out.heirs = all.heirs;
    bool is_bound = among && p.is_listed;
    size_t k = 0, m = 0;
    for (size_t i = 0; i < all.doc.size(); i++) {
        uint32_t d = all.doc[i];
        while (is_bound && m < own.doc.size() && own.doc[m] < d) m++;
        if (is_bound && (m == own.doc.size() || own.doc[m] != d)) continue;
        while (k < had.doc.size() && had.doc[k] < d) k++;
        bool has = k < had.doc.size() && had.doc[k] == d;
        double best = has && !had.weight.empty() ? had.weight[k] : 0;
        if (has && best >= scale * all.weight[i]) continue;
        uint32_t holder = share ? share->holder[d] : d;
        auto known = p.known.find(holder);
        if (known == p.known.end())
            known = p.known.emplace(holder, stands_in(words, holder)).first;
        if (!known->second) continue;
        out.doc.push_back(d);
        if (scale != 0) out.weight.push_back(all.weight[i] * scale);
    }
    return out;
}

List Ranker::range(const hf_query *q, const Among *among) const
{
    uint32_t from = uint32_t(atol(q->term)), to = uint32_t(atol(q->to));
    List all_of = kept.spread(all(among)), out;
    for (uint32_t d : all_of.doc)
        if (in.keys[d] && in.keys[d] >= from && in.keys[d] <= to) out.doc.push_back(d);
    return out;
}

List Ranker::eval(const hf_query *q, double scale, const Among *among)
{
    scale *= q->op == HF_Q_BONUS ? 1 : q->factor;
    if (is_term(q) && (q->op == HF_Q_TERM || q->n_kids)) return term(q, scale, among);
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
        List out = eval(q->kids[0], scale, among), not_in, left;
        const List first = take_docs(out);
        Among of_first(first);
        for (size_t i = 1; i < q->n_kids; i++) {
            List one = take_docs(eval(q->kids[i], 0, &of_first));
            if (one.doc.empty()) continue;
            kept.align({&one, not_in.doc.empty() ? &out : &not_in});
            not_in = not_in.doc.empty() ? std::move(one) : merge(not_in, one, false);
        }
        if (not_in.doc.empty()) return out;
        kept.align({&out, &not_in});
        left.heirs = out.heirs;
        size_t k = 0;
        for (size_t i = 0; i < out.doc.size(); i++) {
            while (k < not_in.doc.size() && not_in.doc[k] < out.doc[i]) k++;
            if (k < not_in.doc.size() && not_in.doc[k] == out.doc[i]) continue;
            left.doc.push_back(out.doc[i]);
            if (!out.weight.empty()) left.weight.push_back(out.weight[i]);
        }
        return left;
    }
    default: throw Failure{HF_INTERNAL, "unknown query operator"};
    }
}

/* Words in a row that are stored with the same document. */
bool can_phrase(const hf_query *q)
{
    if (q->window != q->n_kids) return false;
    for (size_t i = 0; i < q->n_kids; i++) {
        const hf_query *word = q->kids[i], *first = q->kids[0];
        if (!is_term(word)) return false;
        if (word->op == HF_Q_SYNONYM) word = word->n_kids ? word->kids[0] : nullptr;
        if (first->op == HF_Q_SYNONYM) first = first->n_kids ? first->kids[0] : nullptr;
        if (!word || !first || word->term[0] != first->term[0]) return false;
    }
    return true;
}

/* What the evaluation above knows. */
bool can_evaluate(const hf_query *q, const hf_resident *in, unsigned depth)
{
    if (depth > RANK_MAX_DEPTH || q->op == HF_Q_NEAR) return false;
    if (q->op == HF_Q_RANGE && q->window != in->key_slot) return false;
    if (q->op == HF_Q_PHRASE && !can_phrase(q)) return false;
    for (size_t i = 0; i < q->n_kids; i++) {
        if (q->op == HF_Q_SYNONYM &&
            (q->kids[i]->op != HF_Q_TERM || q->kids[i]->term[0] != q->kids[0]->term[0]))
            return false;
        if (!can_evaluate(q->kids[i], in, depth + 1)) return false;
    }
    return true;
}

} // namespace

bool rank_can(const hf_reader *r, const hf_query *q, const hf_search_options *o)
{
    const hf_resident *in = r->resident;
    if (!in) return false;
    bool can = can_evaluate(q, in, 0);
    if (can && o)
        can = o->tie_slot == in->key_slot &&
              (o->collapse_slot < 0 || unsigned(o->collapse_slot) == in->group_slot);
    if (!can && in->n_shares) throw Failure{HF_BAD_ARGUMENT, "søket er for dypt nøstet"};
    return can;
}

/* What was half read when something failed is not kept. */
List rank_evaluate(hf_reader *r, const hf_query *q, double scale, const Among *among)
{
    try {
        return Ranker(*r).eval(q, scale, among);
    } catch (...) {
        r->memory.reset();
        throw;
    }
}
