/* The C++ boundary, with index_rank.cc: what was found, in the order of an answer. */
#include "index_postings.hh"

#include <algorithm>

namespace
{
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

/* Keys for an order by a slot that is not in memory: the places of its values among
 * each other. */
static void read_keys(hf_reader *r, unsigned slot, std::vector<Ranked> &found)
{
    std::vector<std::pair<std::string, size_t>> values;
    std::sort(found.begin(), found.end(),
              [](const Ranked &a, const Ranked &b) { return a.doc < b.doc; });
    auto it = r->db.valuestream_begin(slot), end = r->db.valuestream_end(slot);
    for (size_t i = 0; i < found.size(); i++) {
        if (it != end) it.skip_to(found[i].doc);
        bool has = it != end && it.get_docid() == found[i].doc;
        values.push_back({has ? *it : std::string(), i});
    }
    std::sort(values.begin(), values.end());
    uint32_t key = 0;
    for (size_t i = 0; i < values.size(); i++) {
        key += i && values[i].first != values[i - 1].first;
        found[values[i].second].key = key;
    }
}

/* Calls fn(document, weight) for each of the list and for their heirs. */
template <typename F> static void each_of(const List &list, F &&fn)
{
    const uint32_t *next = list.heirs ? list.heirs->next : nullptr;
    for (size_t i = 0; i < list.doc.size(); i++)
        for (uint32_t d = list.doc[i]; d; d = next ? next[d] : 0)
            fn(d, list.weight.empty() ? 0 : list.weight[i]);
}

void rank_each(hf_reader *r, const hf_query *q, void (*fn)(void *, uint32_t), void *ctx)
{
    each_of(rank_evaluate(r, q, 0, nullptr), [&](uint32_t d, double) { fn(ctx, d); });
}

/* The matches that are accepted. Where most are not, those alone are weighed. */
static std::vector<Ranked> find(hf_reader *r, const hf_query *q,
                                const hf_search_options *o)
{
    const hf_resident &in = *r->resident;
    std::vector<Ranked> found;
    auto accepts = [&](uint32_t d) { return !o->accept || o->accept(o->accept_ctx, d); };
    if (!o->accepts_few) {
        List all = rank_evaluate(r, q, 1, nullptr);
        found.reserve(all.doc.size());
        each_of(all, [&](uint32_t d, double weight) {
            if (accepts(d)) found.push_back(Ranked{weight, in.keys[d], d});
        });
        return found;
    }
    List some;
    each_of(rank_evaluate(r, q, 0, nullptr), [&](uint32_t d, double) {
        if (accepts(d)) some.doc.push_back(d);
    });
    std::sort(some.doc.begin(), some.doc.end());
    Among among(some);
    each_of(rank_evaluate(r, q, 1, &among), [&](uint32_t d, double weight) {
        found.push_back(Ranked{weight, in.keys[d], d});
    });
    return found;
}

std::vector<Ranked> rank_search(hf_reader *r, const hf_query *q,
                                const hf_search_options *o)
{
    const hf_resident &in = *r->resident;
    Order order{o->sort_slot >= 0, o->sort_ascending};
    std::vector<Ranked> found = find(r, q, o);
    if (order.by_key && unsigned(o->sort_slot) != in.key_slot)
        read_keys(r, unsigned(o->sort_slot), found);
    if (o->collapse_slot >= 0) collapse(found, in, order);
    size_t from = std::min(o->offset, found.size());
    size_t to = std::min(o->size, found.size() - from) + from;
    auto middle = found.begin() + static_cast<std::ptrdiff_t>(to);
    std::partial_sort(found.begin(), middle, found.end(), order);
    found.erase(middle, found.end());
    found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(from));
    return found;
}
