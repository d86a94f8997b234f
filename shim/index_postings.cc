/* The C++ boundary, with index_rank.cc: the lists of terms that it evaluates. */
#include "index_postings.hh"

#include <cmath>
#include <cstring>

TermLists::TermLists(hf_reader &reader, RankMemory &kept)
    : r(reader), in(*reader.resident), memory(kept), n_docs(r.db.get_doccount())
{
    if (in.mean_length > 0) per_length = 1 / in.mean_length;
}

const hf_share *TermLists::share_of(const std::string &term) const
{
    for (size_t i = 0; i < in.n_shares; i++)
        if (strchr(in.shares[i].letters, term[0])) return &in.shares[i];
    return nullptr;
}

int TermLists::kind_of(const char *term) const
{
    for (size_t i = 0; i < in.n_kinds; i++)
        if (term[0] == in.kind_terms[i][0] && !strcmp(term, in.kind_terms[i]))
            return int(i) + 1;
    return 0;
}

/* Of a term, or of a synonym's terms. In how many documents two of them are follows from
 * how often each is, as if the one told nothing of the other: to know it, both lists
 * would have to be read. */
Postings &TermLists::make(const std::string &key, const hf_query *q)
{
    auto &p = memory.terms[key];
    if (p) return *p;
    p.reset(new Postings);
    p->share_of = share_of(key);
    double n = p->share_of ? p->share_of->n_holders : n_docs, without = n;
    for (size_t i = 0; i < std::max<size_t>(q->n_kids, 1); i++) {
        const char *term = q->op == HF_Q_TERM ? q->term : q->kids[i]->term;
        uint32_t freq = hf_reader_freq(&r, term);
        if (!freq) continue;
        p->terms.push_back(term);
        p->freqs.push_back(freq);
        without *= n > freq ? 1 - freq / n : 0;
    }
    p->freq = p->freqs.size() == 1 ? p->freqs[0] : uint32_t(n - without + 0.5);
    memory.size += 16;
    return *p;
}

Postings &TermLists::of(const hf_query *q)
{
    Postings *&p = found[q];
    if (p) return *p;
    std::string key = q->op == HF_Q_TERM ? q->term : q->kids[0]->term;
    for (size_t i = 1; i < q->n_kids; i++) key.append(1, '\0').append(q->kids[i]->term);
    p = &make(key, q);
    return *p;
}

size_t TermLists::most(const Postings &p) const
{
    return p.share_of ? size_t(p.freq) * n_docs / p.share_of->n_holders : p.freq;
}

/* BM25 as the engine has it, with the parameters of hf_reader_search. */
double TermLists::weight(const Postings &p, double scale) const
{
    double n = p.share_of ? p.share_of->n_holders : n_docs;
    double w = (n - p.freq + 0.5) / (p.freq + 0.5);
    if (w < 2) w = w * 0.5 + 1;
    return std::log(w) * scale * (RANK_K1 + 1);
}

double TermLists::part(uint32_t wdf, uint32_t doc) const
{
    double length = std::max(double(in.lengths[doc]) * per_length, RANK_MIN_LENGTH);
    double bound = RANK_K1 * (length * RANK_B + (1 - RANK_B)) + wdf;
    return wdf / bound;
}

bool TermLists::is_worth_reading(const Postings &p, const List &among) const
{
    return r.db.size() > 1 || p.freq <= among.doc.size() * PROBE;
}

List TermLists::spread(const List &list) const
{
    List out;
    if (!list.heirs) return list;
    std::vector<std::pair<uint32_t, double>> pairs;
    bool weighted = !list.weight.empty(), in_shards = r.db.size() > 1;
    for (size_t i = 0; i < list.doc.size(); i++)
        for (uint32_t d = list.doc[i]; d; d = list.heirs->next[d]) {
            if (in_shards) pairs.push_back({d, weighted ? list.weight[i] : 0});
            out.doc.push_back(d);
            if (weighted) out.weight.push_back(list.weight[i]);
        }
    /* There the heirs of one document come after documents of the other shards. */
    std::sort(pairs.begin(), pairs.end());
    for (size_t i = 0; i < pairs.size(); i++) {
        out.doc[i] = pairs[i].first;
        if (weighted) out.weight[i] = pairs[i].second;
    }
    return out;
}

/* Whether none of the documents is a holder or an heir. */
static bool are_alone(const List &list, const hf_share *share)
{
    for (uint32_t d : list.doc)
        if (share->next[d] || share->holder[d] != d) return false;
    return true;
}

void TermLists::align(std::vector<List *> lists) const
{
    const hf_share *share = nullptr;
    bool is_mixed = false;
    for (const List *list : lists) {
        is_mixed |= share && list->heirs && list->heirs != share;
        if (list->heirs) share = list->heirs;
    }
    for (const List *list : lists)
        if (share && !list->heirs && !is_mixed) is_mixed = !are_alone(*list, share);
    for (List *list : lists) {
        if (!is_mixed)
            list->heirs = share;
        else if (list->heirs)
            *list = spread(*list);
    }
}

List TermLists::all(const Postings &p, double tw) const
{
    List out;
    out.doc = p.doc;
    out.heirs = p.share_of;
    if (tw == 0) return out;
    out.weight.resize(p.doc.size());
    for (size_t i = 0; i < p.doc.size(); i++) out.weight[i] = tw * p.part[i];
    return out;
}

namespace
{
/* A list this long is worth its places. */
const size_t LONG = 256;

/* Calls fn(i, k) for every place i of the list at which the document is that of[] gives
 * for docs[k], or docs[k] itself. */
template <typename F>
void look_up(const Postings &p, const std::vector<uint32_t> &docs, const uint32_t *of,
             F &&fn)
{
    for (size_t k = 0; k < docs.size(); k++) {
        uint32_t d = of ? of[docs[k]] : docs[k];
        if (p.places.has(d)) fn(p.places.of(d), k);
    }
}

/* The same, where the list has no places. */
template <typename F>
void search(const Postings &p, const std::vector<uint32_t> &docs, const uint32_t *of,
            F &&fn)
{
    for (size_t k = 0; k < docs.size(); k++) {
        uint32_t d = of[docs[k]];
        auto at = std::lower_bound(p.doc.begin(), p.doc.end(), d);
        if (at != p.doc.end() && *at == d) fn(size_t(at - p.doc.begin()), k);
    }
}
} // namespace

/* What holds for a document holds for its heirs where those of the term are at least as
 * many. */
List TermLists::among(const Postings &p, double tw, const Among &among) const
{
    const List &asked = among.list;
    const std::vector<uint32_t> &docs = asked.doc;
    if (asked.heirs && (!p.share_of || p.share_of < asked.heirs)) {
        List all = spread(asked);
        return this->among(p, tw, Among(all));
    }
    List out;
    out.heirs = asked.heirs;
    const uint32_t *of =
        p.share_of && p.share_of != asked.heirs ? p.share_of->holder : nullptr;
    auto take = [&](size_t i, size_t k) {
        out.doc.push_back(docs[k]);
        if (tw != 0) out.weight.push_back(tw * p.part[i]);
    };
    bool has_places = !p.places.bits.empty();
    if (!p.is_read) {
        probe(p, tw, asked, out);
    } else if (has_places && (of || docs.size() < p.doc.size() / 2)) {
        look_up(p, docs, of, take);
    } else if (!of && docs.size() > LONG && p.doc.size() > LONG) {
        const Places &places = among.places(in.last);
        for (size_t i = 0; i < p.doc.size(); i++)
            if (places.has(p.doc[i])) take(i, places.of(p.doc[i]));
    } else if (!of) {
        meet(p.doc, docs, take);
    } else if (r.db.size() == 1) {
        meet_through(p.doc, docs, of, take);
    } else {
        search(p, docs, of, take);
    }
    return out;
}

/* Of one database: there the holders of ascending documents ascend. */
void TermLists::probe(const Postings &p, double tw, const List &among, List &out) const
{
    std::vector<Xapian::PostingIterator> at;
    for (const auto &term : p.terms) at.push_back(r.db.postlist_begin(term));
    for (uint32_t d : among.doc) {
        uint32_t holder = p.share_of ? p.share_of->holder[d] : d, wdf = 0;
        bool has = false;
        for (auto &it : at) {
            if (it == Xapian::PostingIterator()) continue;
            it.skip_to(holder);
            if (it == Xapian::PostingIterator() || *it != holder) continue;
            has = true;
            wdf += it.get_wdf();
        }
        if (!has) continue;
        out.doc.push_back(d);
        if (tw != 0) out.weight.push_back(tw * part(wdf, holder));
    }
}

namespace
{
using Stored = std::vector<std::pair<uint32_t, uint32_t>>; /* document, wdf */

Stored stored(const Xapian::Database &db, const std::string &term, size_t freq)
{
    Stored out;
    out.reserve(freq);
    auto end = db.postlist_end(term);
    for (auto it = db.postlist_begin(term); it != end; ++it)
        out.push_back({*it, it.get_wdf()});
    return out;
}

Stored add(const Stored &a, const Stored &b)
{
    Stored out;
    size_t i = 0, k = 0;
    out.reserve(a.size() + b.size());
    while (i < a.size() || k < b.size()) {
        bool of_a = k == b.size() || (i < a.size() && a[i].first <= b[k].first);
        bool of_b = i == a.size() || (k < b.size() && b[k].first <= a[i].first);
        out.push_back(of_a ? a[i] : b[k]);
        if (of_a && of_b) out.back().second += b[k].second;
        i += of_a;
        k += of_b;
    }
    return out;
}
} // namespace

void TermLists::read(Postings &p)
{
    if (p.is_read) return;
    Stored all;
    for (size_t i = 0; i < p.terms.size(); i++) {
        Stored one = stored(r.db, p.terms[i], p.freqs[i]);
        all = i ? add(all, one) : std::move(one);
    }
    p.doc.reserve(all.size());
    p.part.reserve(all.size());
    for (const auto &one : all) {
        p.doc.push_back(one.first);
        p.part.push_back(part(one.second, one.first));
    }
    p.is_read = true;
    memory.size += p.doc.size();
    if (p.doc.size() <= in.last / 64) return;
    p.places.mark(p.doc, in.last);
    memory.size += in.last / 64;
}

std::vector<uint32_t> TermLists::positions(const Postings &p, uint32_t doc) const
{
    std::vector<uint32_t> out;
    for (const auto &term : p.terms) {
        size_t before = out.size();
        for (auto it = r.db.positionlist_begin(doc, term),
                  end = r.db.positionlist_end(doc, term);
             it != end; ++it)
            out.push_back(*it);
        std::inplace_merge(out.begin(), out.begin() + std::ptrdiff_t(before), out.end());
    }
    return out;
}
