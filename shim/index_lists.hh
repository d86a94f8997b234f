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

/* Of either, which stand for the same heirs; the weight of both added, or of the better
 * one. */
inline List merge(const List &a, const List &b, bool is_max)
{
    List out;
    out.heirs = a.heirs;
    bool weighted = !a.weight.empty() || !b.weight.empty();
    size_t i = 0, k = 0, na = a.doc.size(), nb = b.doc.size(), n = 0;
    out.doc.resize(na + nb);
    if (weighted) out.weight.resize(na + nb);
    auto wa = [&](size_t at) { return a.weight.empty() ? 0 : a.weight[at]; };
    auto wb = [&](size_t at) { return b.weight.empty() ? 0 : b.weight[at]; };
    while (i < na && k < nb) {
        uint32_t x = a.doc[i], y = b.doc[k];
        out.doc[n] = x < y ? x : y;
        if (weighted) {
            if (x == y)
                out.weight[n] = is_max ? std::max(wa(i), wb(k)) : wa(i) + wb(k);
            else
                out.weight[n] = x < y ? wa(i) : wb(k);
        }
        n++;
        i += x <= y;
        k += y <= x;
    }
    for (; i < na; i++) {
        out.doc[n] = a.doc[i];
        if (weighted) out.weight[n] = wa(i);
        n++;
    }
    for (; k < nb; k++) {
        out.doc[n] = b.doc[k];
        if (weighted) out.weight[n] = wb(k);
        n++;
    }
    out.doc.resize(n);
    if (weighted) out.weight.resize(n);
    return out;
}

/* Calls fn(i, k) for every a[i] == b[k]; strides through the longer one. */
template <typename F>
void meet(const std::vector<uint32_t> &a, const std::vector<uint32_t> &b, F &&fn)
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
