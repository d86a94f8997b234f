/* Lists of documents with weights, and joining and meeting them: what index_rank.cc
 * evaluates queries by. */
#ifndef HF_INDEX_LISTS_HH
#define HF_INDEX_LISTS_HH

#include "index.h"

#include <algorithm>
#include <cstdint>
#include <vector>

/* Documents in ascending order, each with its weight; no weights where none counts. Each
 * stands for its heirs too where heirs is set. */
struct List {
    std::vector<uint32_t> doc;
    std::vector<double> weight;
    const hf_share *heirs = nullptr;
};

inline List take_docs(List list)
{
    list.weight.clear();
    return list;
}

/* In place: a call of the compiler's library for each word is dearer than this. */
inline unsigned count_bits(uint64_t x)
{
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    return unsigned(((x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}

/* Where a document stands in a list: a bit a document, and how many are set before each
 * 64 of them. */
struct Places {
    std::vector<uint64_t> bits;
    std::vector<uint32_t> before;

    void mark(const std::vector<uint32_t> &docs, uint32_t last)
    {
        bits.assign(last / 64 + 1, 0);
        before.resize(last / 64 + 1);
        for (uint32_t d : docs) bits[d / 64] |= uint64_t(1) << d % 64;
        uint32_t n = 0;
        for (size_t i = 0; i < bits.size(); i++) {
            before[i] = n;
            n += count_bits(bits[i]);
        }
    }
    bool has(uint32_t doc) const
    {
        return bits[doc / 64] >> doc % 64 & 1;
    }
    size_t of(uint32_t doc) const /* one that it has */
    {
        uint64_t from = bits[doc / 64] >> doc % 64;
        return before[doc / 64] + count_bits(bits[doc / 64]) - count_bits(from);
    }
};

/* The documents that a part of a query is asked about; their places are made when they
 * are asked for. */
class Among
{
    mutable Places made;

  public:
    const List &list;
    explicit Among(const List &of) : list(of)
    {
    }
    const Places &places(uint32_t last) const
    {
        if (made.bits.empty()) made.mark(list.doc, last);
        return made;
    }
};

/* Of either, which stand for the same heirs; the weight of both added, or of the better
 * one. Without branches: which list is next is as good as random. */
template <bool is_max> List merge_weighted(const List &a, const List &b)
{
    List out;
    size_t i = 0, k = 0, na = a.doc.size(), nb = b.doc.size(), n = 0;
    std::vector<double> none;
    if (a.weight.empty() || b.weight.empty()) none.resize(std::max(na, nb));
    const double *wa = a.weight.empty() ? none.data() : a.weight.data(),
                 *wb = b.weight.empty() ? none.data() : b.weight.data();
    out.doc.resize(na + nb);
    out.weight.resize(na + nb);
    while (i < na && k < nb) {
        uint32_t x = a.doc[i], y = b.doc[k];
        double of_a = x <= y ? wa[i] : 0, of_b = y <= x ? wb[k] : 0;
        out.doc[n] = x < y ? x : y;
        out.weight[n++] = is_max ? std::max(of_a, of_b) : of_a + of_b;
        i += x <= y;
        k += y <= x;
    }
    for (; i < na; i++, n++) {
        out.doc[n] = a.doc[i];
        out.weight[n] = wa[i];
    }
    for (; k < nb; k++, n++) {
        out.doc[n] = b.doc[k];
        out.weight[n] = wb[k];
    }
    out.doc.resize(n);
    out.weight.resize(n);
    return out;
}

inline List merge(const List &a, const List &b, bool is_max)
{
    List out;
    if (a.weight.empty() && b.weight.empty()) {
        out.doc.resize(a.doc.size() + b.doc.size());
        auto end = std::set_union(a.doc.begin(), a.doc.end(), b.doc.begin(), b.doc.end(),
                                  out.doc.begin());
        out.doc.resize(size_t(end - out.doc.begin()));
    } else {
        out = is_max ? merge_weighted<true>(a, b) : merge_weighted<false>(a, b);
    }
    out.heirs = a.heirs;
    return out;
}

/* Lists whose lengths are further apart are met by strides through the longer one. */
const size_t MEET_RATIO = 16;

/* Calls fn(i, k) for every a[i] == b[k]. */
template <typename F>
void meet_by_strides(const std::vector<uint32_t> &a, const std::vector<uint32_t> &b,
                     F &&fn)
{
    size_t i = 0, k = 0;
    while (i < a.size() && k < b.size()) {
        if (a[i] == b[k]) {
            fn(i++, k++);
        } else if (a[i] < b[k]) {
            size_t step = 1;
            while (i + step < a.size() && a[i + step] < b[k]) i += step, step *= 2;
            i++;
        } else {
            size_t step = 1;
            while (k + step < b.size() && b[k + step] < a[i]) k += step, step *= 2;
            k++;
        }
    }
}

/* The same, gathering a stretch of pairs before it calls. */
template <typename F>
void meet(const std::vector<uint32_t> &a, const std::vector<uint32_t> &b, F &&fn)
{
    const size_t stretch = 256;
    uint32_t pairs[stretch + 1][2];
    size_t i = 0, k = 0, na = a.size(), nb = b.size();
    if (na > nb * MEET_RATIO || nb > na * MEET_RATIO) return meet_by_strides(a, b, fn);
    while (i < na && k < nb) {
        size_t n = 0;
        while (i < na && k < nb && n < stretch) {
            uint32_t x = a[i], y = b[k];
            pairs[n][0] = uint32_t(i);
            pairs[n][1] = uint32_t(k);
            n += x == y;
            i += x <= y;
            k += y <= x;
        }
        for (size_t m = 0; m < n; m++) fn(pairs[m][0], pairs[m][1]);
    }
}

/* The same for every a[i] == of[b[k]], where of[] keeps the order of b. */
template <typename F>
void meet_through(const std::vector<uint32_t> &a, const std::vector<uint32_t> &b,
                  const uint32_t *of, F &&fn)
{
    size_t i = 0;
    for (size_t k = 0; k < b.size(); k++) {
        uint32_t d = of[b[k]];
        if (i < a.size() && a[i] < d) {
            size_t step = 1;
            while (i + step < a.size() && a[i + step] < d) i += step, step *= 2;
            while (i < a.size() && a[i] < d) i++;
        }
        if (i == a.size()) return;
        if (a[i] == d) fn(i, k);
    }
}

#endif
